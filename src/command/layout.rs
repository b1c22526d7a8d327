//! Layout: paragraphs and two columns for the texts of help, within the page's width.

use crate::render::{Page, visible};

/// A piece of a help text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A line that stands above others.
    Heading(String),
    /// Prose.
    Prose(String),
    /// What can be typed as it stands.
    Sample(String),
    /// A query below the question that it answers.
    Query(String),
    /// Terms, each with what it means.
    Pairs(Vec<(String, String)>),
    /// Words in rows.
    Words(Vec<String>),
}

/// A blank at which no line is cut.
const HELD_TOGETHER: &str = "\u{e0a0}";
/// The columns where there is no terminal.
const USUAL_WIDTH: usize = 100;
/// Lines longer than this are hard to read.
const WIDEST: usize = 110;
/// The columns that a term may take before what it means goes below it.
const WIDEST_TERM: usize = 28;

/// The blocks as text, a line break at the end of each line.
pub(super) fn laid_out(blocks: &[Block], page: &Page) -> String {
    let width = page.width.unwrap_or(USUAL_WIDTH).clamp(20, WIDEST);
    let mut text = String::new();
    for block in blocks {
        match block {
            Block::Heading(words) => {
                if !text.is_empty() {
                    text.push('\n');
                }
                let shown = visible(words);
                text.push_str(&if page.colour { format!("\u{1b}[1m{shown}\u{1b}[0m\n") } else { format!("{shown}\n") });
            }
            Block::Prose(words) => put(&mut text, "", 0, &visible(words), width),
            Block::Sample(words) => put(&mut text, "  ", 4, &visible(words), width),
            Block::Query(words) => put(&mut text, "    ", 6, &visible(words), width),
            Block::Pairs(pairs) => put_pairs(&mut text, pairs, width),
            Block::Words(words) => {
                // A word with a blank in it is not broken there.
                let mut rows = String::new();
                let words: Vec<String> = words.iter().map(|word| word.replace(' ', HELD_TOGETHER)).collect();
                put(&mut rows, "  ", 2, &visible(&words.join(", ")), width);
                text.push_str(&rows.replace(HELD_TOGETHER, " "));
            }
        }
    }
    text
}

fn put_pairs(text: &mut String, pairs: &[(String, String)], width: usize) {
    let widest = WIDEST_TERM.min(width / 2);
    let term_width = pairs.iter().map(|(term, _)| columns(term)).filter(|columns| *columns <= widest).max().unwrap_or(0);
    for (term, meaning) in pairs {
        let term = visible(term);
        if columns(&term) <= term_width && width >= 50 {
            let lead = format!("  {term}{}  ", " ".repeat(term_width - columns(&term)));
            put(text, &lead, term_width + 4, &visible(meaning), width);
        } else {
            put(text, "  ", 4, &term, width);
            put(text, "      ", 6, &visible(meaning), width);
        }
    }
}

/// Writes words behind a lead, broken between words; lines after the first are indented.
fn put(text: &mut String, lead: &str, indent: usize, words: &str, width: usize) {
    let mut line = lead.to_owned();
    let mut used = columns(lead);
    let mut empty = true;
    for word in words.split(' ') {
        let needed = columns(word) + usize::from(!empty);
        if !empty && used + needed > width {
            text.push_str(line.trim_end());
            text.push('\n');
            line = " ".repeat(indent);
            used = indent;
            empty = true;
        }
        if !empty {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += columns(word);
        empty = false;
    }
    text.push_str(line.trim_end());
    text.push('\n');
}

/// A message, broken between words where one of its lines is wider than the page; as it is where nobody knows how wide that is.
pub fn told(message: String, page: &Page) -> String {
    let Some(width) = page.width.filter(|width| message.lines().any(|line| columns(line) > *width)) else { return message };
    let mut text = String::with_capacity(message.len() + 8);
    message.lines().for_each(|line| put(&mut text, "", 0, line, width));
    text
}

fn columns(text: &str) -> usize {
    text.chars().count()
}

/// Words for a message; long ones are cut.
pub(super) fn shortened(words: &str) -> String {
    const MOST: usize = 60;
    if words.chars().count() <= MOST {
        return words.to_owned();
    }
    words.chars().take(MOST).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::{Block, laid_out, told};
    use crate::render::Page;

    #[test]
    fn messages_break_between_words() {
        let page = |width| Page { width, colour: false, unicode: true };
        assert_eq!(told("some terminals refuse this\n".to_owned(), &page(Some(20))), "some terminals\nrefuse this\n");
        for whole in [Some(26), None] {
            assert_eq!(told("some terminals refuse this\n".to_owned(), &page(whole)), "some terminals refuse this\n");
        }
    }

    #[test]
    fn lines_keep_within_the_width() {
        let pairs = vec![(":help".to_owned(), "what can be asked and typed, on any topic there is".to_owned())];
        for width in [20, 40, 80] {
            let text = laid_out(&[Block::Pairs(pairs.clone())], &Page { width: Some(width), colour: false, unicode: true });
            assert!(text.lines().all(|line| line.chars().count() <= width), "{text}");
        }
    }
}
