//! Page: the pieces of a record as Markdown.

use crate::answer::Answer;
use crate::diagnostic::Complaints;
use crate::render::{Format, Page, complaint, render, visible};
use crate::session::Session;

use crate::command::holdings;
use crate::command::inputs::is_unfinished;

/// Rows of an answer that are written; the query gives the others again.
const MOST_ROWS: usize = 200;
/// The columns of messages.
const WIDTH: usize = 100;

/// What stands at the beginning: what was asked, with which program, and when.
pub(super) fn header(session: &Session, fingerprint: &str, now: &str, goes_on: bool) -> String {
    let title = escaped(&session.schema().title);
    let day = now.split('T').next().unwrap_or(now);
    let heading = if goes_on { format!("# {day}: {title}, continued") } else { format!("# {day}: {title}") };
    format!("{heading}\n\n- begun: {now}\n- program: oms {}\n{}", env!("CARGO_PKG_VERSION"), data(session, fingerprint))
}

/// Which data is asked.
fn data(session: &Session, fingerprint: &str) -> String {
    format!("- graph: {} ({})\n- data: `{fingerprint}`\n", code(session.name()), escaped(&holdings(session)))
}

/// A query with its answer.
pub(super) fn answer(query: &str, answer: &Answer) -> String {
    // A pattern that was ended by a blank line is told apart from what follows, so that it can be asked again from here.
    let end = if is_unfinished(query) { ";" } else { "" };
    let mut text = fenced("oms", &format!("{}{end}", query.trim()));
    let Some(markdown) = Format::named("markdown") else { return text };
    text.push('\n');
    if answer.rows.len() <= MOST_ROWS {
        text.push_str(&render(answer, markdown, &Page::default()));
        return text;
    }
    let mut first = answer.clone();
    first.rows.truncate(MOST_ROWS);
    text.push_str(&render(&first, markdown, &Page::default()));
    text.push_str(&format!("\n*These are the first {MOST_ROWS} of {} rows; the query gives all of them again.*\n", answer.rows.len()));
    text
}

/// A query that was refused, with why.
pub(super) fn refusal(query: &str, complaints: &Complaints) -> String {
    let page = Page { width: Some(WIDTH), colour: false, ..Page::default() };
    format!("{}{}", fenced("oms-error", query), fenced("text", complaint::render(complaints, &page).trim_end()))
}

/// A command, with what it showed.
pub(super) fn command(command: &str, shown: &str) -> String {
    let shown = without_colours(shown);
    let shown = if shown.trim().is_empty() { String::new() } else { fenced("text", shown.trim_end()) };
    format!("{}{shown}", fenced("oms", command))
}

/// That another graph was opened.
pub(super) fn opened(command: &str, session: &Session, fingerprint: &str) -> String {
    format!("\n## {}\n{}\n{}", escaped(&session.schema().title), fenced("oms", command), data(session, fingerprint))
}

/// What somebody noted. It may be Markdown; what would swallow the rest of the page is made plain.
pub(super) fn prose(words: &str) -> String {
    let words = visible(words);
    let swallows = words.starts_with("```") || words.starts_with("~~~") || words.starts_with('<');
    format!("\n{}{words}\n", if swallows { "\\" } else { "" })
}

/// A block that no text within can end.
fn fenced(language: &str, text: &str) -> String {
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let lines: Vec<_> = text.lines().map(visible).collect();
    format!("\n{fence}{language}\n{}\n{fence}\n", lines.join("\n"))
}

/// A name as code.
fn code(name: &str) -> String {
    let name = visible(name);
    if name.contains('`') { escaped(&name) } else { format!("`{name}`") }
}

/// The text with whatever Markdown would read as markup made plain.
pub(super) fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 8);
    for letter in visible(text).chars() {
        match letter {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '~' | '$' | '#' => {
                written.push('\\');
                written.push(letter);
            }
            _ => written.push(letter),
        }
    }
    written
}

/// A text without the escape sequences of colours.
fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            // They end with a letter.
            for inner in letters.by_ref() {
                if inner.is_ascii_alphabetic() {
                    break;
                }
            }
        } else {
            plain.push(letter);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{fenced, prose, without_colours};

    #[test]
    fn what_is_quoted_stays_within_its_block() {
        assert_eq!(fenced("oms", "find \"```\""), "\n````oms\nfind \"```\"\n````\n");
        assert_eq!(prose("```x"), "\n\\```x\n");
        assert_eq!(without_colours("\u{1b}[1mbold\u{1b}[0m"), "bold");
    }
}
