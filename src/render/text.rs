//! Text as a terminal can show it: nothing in it acts, its width is known, and it wraps between words.

use std::borrow::Cow;
use std::fmt::Write;

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::answer::{Answer, Certainty, Evidence};
use crate::model::{counted, grouped};

/// The text with every character that would act on a terminal, or turn the reading order, shown as an escape: a line break as
/// `\n`, the escape character as `\u{1b}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if is_plain(text) || !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        push_visible(&mut shown, character);
    }
    Cow::Owned(shown)
}

/// Appends one character as [`visible`] shows it.
pub(super) fn push_visible(shown: &mut String, character: char) {
    if acts(character) {
        shown.extend(character.escape_default());
    } else {
        shown.push(character);
    }
}

/// Controls of the terminal and of the reading order, separators of lines, and what no text may hold.
fn acts(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || u32::from(character) & 0xfffe == 0xfffe
        || matches!(character, '\u{fdd0}'..='\u{fdef}')
}

/// Whether a text is of letters of which each takes a column, and none acts: what most are, told at a glance.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// The columns that a terminal needs for the text.
pub(super) fn width(text: &str) -> usize {
    if is_plain(text) { text.len() } else { text.width() }
}

/// Whether a text stands on one line of so many columns for sure, as it is.
pub(super) fn fits_line(text: &str, limit: usize) -> bool {
    text.len() <= limit && is_plain(text)
}

/// Lines of at most `limit` columns, broken at spaces. A word that is longer by itself is broken behind hyphens between
/// letters, and else where it must be.
///
/// There is always one line at least, which may be empty. No character but spaces at a break gets lost.
pub(super) fn wrap(text: &str, limit: usize) -> Vec<String> {
    let limit = limit.max(2);
    if fits_line(text, limit) {
        return vec![text.to_owned()];
    }
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for (position, word) in text.split(' ').enumerate() {
        let mut gap = usize::from(position > 0);
        let whole = width(word) <= limit;
        let parts = std::iter::once(word).filter(|_| whole).chain(pieces(word).filter(|_| !whole));
        for piece in parts {
            let needed = width(piece);
            if used + gap + needed <= limit {
                line.extend(std::iter::repeat_n(' ', gap));
                line.push_str(piece);
                used += gap + needed;
            } else {
                if !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                }
                used = push_broken(&mut lines, &mut line, piece, limit);
            }
            gap = 0;
        }
    }
    lines.push(line);
    lines
}

/// Puts a piece on a line of its own, which is empty, and on as many more as it needs; gives the columns used of the last one.
fn push_broken(lines: &mut Vec<String>, line: &mut String, piece: &str, limit: usize) -> usize {
    if width(piece) <= limit {
        line.push_str(piece);
        return width(piece);
    }
    let mut used = 0;
    for character in piece.chars() {
        let columns = character.width().unwrap_or(0);
        if used + columns > limit {
            lines.push(std::mem::take(line));
            used = 0;
        }
        line.push(character);
        used += columns;
    }
    used
}

/// The parts of a word between which a line may end: behind each hyphen, underscore, colon or slash that stands between letters.
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(word);
    std::iter::from_fn(move || {
        let word = rest?;
        let breaks = word.match_indices(['-', '_', ':', '/']).map(|(at, _)| at + 1).find(|at| {
            let before = word[..at - 1].chars().next_back();
            let after = word[*at..].chars().next();
            before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic)
        });
        let (piece, further) = breaks.map_or((word, None), |at| (&word[..at], Some(&word[at..])));
        rest = further;
        Some(piece)
    })
}

/// The columns of the longest word of a text.
pub(super) fn longest_word(text: &str) -> usize {
    text.split(' ').map(width).max().unwrap_or(0)
}

/// The columns of the longest part of a text that a line does not break.
pub(super) fn longest_piece(text: &str) -> usize {
    text.split(' ').flat_map(pieces).map(width).max().unwrap_or(0)
}

/// Appends a paragraph whose first line begins with `lead` and whose further lines are indented as deep.
pub(super) fn paragraph(written: &mut String, lead: &str, text: &str, page_width: Option<usize>, style: Style) {
    let indent = width(lead);
    let lines = match page_width {
        // A place in a source is read as one word: its blanks hold it together until the lines are cut.
        Some(columns) => {
            wrap(text, columns.saturating_sub(indent).max(12)).into_iter().map(|line| line.replace(HELD_TOGETHER, " ")).collect()
        }
        None => vec![text.replace(HELD_TOGETHER, " ")],
    };
    for (position, line) in lines.iter().enumerate() {
        if position == 0 {
            written.push_str(&painted(lead, style));
        } else {
            written.extend(std::iter::repeat_n(' ', indent));
        }
        written.push_str(line);
        written.push('\n');
    }
}

/// The text in a style; as it is where the style is plain or the text is blank.
pub(super) fn painted(text: &str, style: Style) -> String {
    if style.is_plain() || text.is_empty() { text.to_owned() } else { format!("{style}{text}{style:#}") }
}

/// How many rows there are, and how many of them match only possibly: `12 rows (3 only possible)`.
pub(super) fn tally(answer: &Answer) -> String {
    let rows = counted(answer.rows.len(), "row", "rows");
    match answer.rows.iter().filter(|row| row.certainty == Certainty::Possible).count() {
        0 => rows,
        possible => format!("{rows} ({} only possible)", grouped(possible)),
    }
}

/// A blank at which no line is cut: a private-use character, which no text for people holds.
pub(super) const HELD_TOGETHER: &str = "\u{e0a0}";

/// What people see of an item of evidence: the claim, then where it stands.
pub(super) fn citation(evidence: &Evidence) -> String {
    cited(evidence, &visible(&evidence.locator()))
}

/// The same for [`paragraph`], which then cuts no line within the place.
pub(super) fn held_citation(evidence: &Evidence) -> String {
    const LONGEST_HELD: usize = 40;
    let mut locator = visible(&evidence.locator()).into_owned();
    if width(&locator) <= LONGEST_HELD {
        locator = locator.replace(' ', HELD_TOGETHER);
    }
    cited(evidence, &locator)
}

/// What a statement says and where; of an imported one, which claims nothing in words, only where.
fn cited(evidence: &Evidence, locator: &str) -> String {
    if evidence.claim.is_empty() { locator.to_owned() } else { format!("{} ({locator})", visible(&evidence.claim)) }
}

/// References as they stand in a row: `[1] [3]`.
pub(super) fn references(evidence: &[usize]) -> String {
    let mut written = String::new();
    for position in evidence {
        let gap = if written.is_empty() { "" } else { " " };
        // Writing to a string cannot fail.
        let _ = write!(written, "{gap}[{}]", position + 1);
    }
    written
}

/// What is said below the rows: how many there are, what was left out, and what deserves a look.
pub(super) fn footers(answer: &Answer) -> Vec<String> {
    let mut lines = Vec::new();
    if answer.explanation.is_none() || !answer.rows.is_empty() {
        lines.push(tally(answer));
    }
    if let Some(explanation) = &answer.explanation {
        lines.extend(explanation.lines.iter().map(|line| visible(&line.to_string()).into_owned()));
    }
    let is_explained = answer.explanation.as_ref().is_some_and(|told| told.queries().iter().any(|query| query.text.contains("possibly")));
    if answer.unknown > 0 && !is_explained {
        let rows = counted(answer.unknown, "row", "rows");
        lines.push(match &answer.possibly {
            Some(query) => format!("{rows} left out, not stated or too vague: `{}`", visible(query)),
            None => {
                let them = if answer.unknown == 1 { "it" } else { "them" };
                format!("{rows} left out: not stated, or too vague to tell (`possibly` keeps {them})")
            }
        });
    }
    if answer.denied > 0 {
        lines.push(format!("{} met and left out (`where denied` lists them)", counted(answer.denied, "denial", "denials")));
    }
    lines.extend(answer.warnings.iter().map(|warning| format!("warning: {}", visible(warning))));
    lines
}

/// A column's heading for people.
pub(super) fn heading(name: &str) -> Cow<'_, str> {
    if name == "jointly" { Cow::Borrowed("jointly with") } else { visible(name) }
}

#[cfg(test)]
mod tests {
    use super::{Evidence, citation, visible, width, wrap};

    #[test]
    fn what_acts_is_shown() {
        assert_eq!(visible("a\nb\u{1b}[31m\u{7f}\u{202e}c\0"), "a\\nb\\u{1b}[31m\\u{7f}\\u{202e}c\\u{0}");
        assert_eq!(visible("naïve ατ 眼 👁 שלום"), "naïve ατ 眼 👁 שלום");
        assert_eq!(visible("\u{ffff}\u{1fffe}\u{9b}"), "\\u{ffff}\\u{1fffe}\\u{9b}");
    }

    #[test]
    fn lines_break_at_spaces_and_lose_nothing() {
        assert_eq!(wrap("the loss of balance", 8), ["the loss", "of", "balance"]);
        assert_eq!(wrap("neuroblastoma cells", 6), ["neurob", "lastom", "a", "cells"]);
        assert_eq!(wrap("opsoclonus-myoclonus syndrome, 50-80%", 12), ["opsoclonus-", "myoclonus", "syndrome,", "50-80%"]);
        assert_eq!(wrap("眼球運動", 5), ["眼球", "運動"]);
        assert_eq!(wrap("", 10), [""]);
        assert_eq!(wrap("a", 0), ["a"]);
        assert_eq!(width("眼 👁\u{fe0f}"), 5);
    }

    #[test]
    fn what_claims_nothing_in_words_is_cited_by_its_place_alone() {
        let item = |source: Option<&str>, claim: &str| Evidence {
            statement: "e1".to_owned(),
            claim: claim.to_owned(),
            source: source.map(str::to_owned),
            sentences: Vec::new(),
            quote: None,
            publication: None,
            cohort: None,
        };
        assert_eq!(citation(&item(Some("atlas"), "")), "atlas");
        assert_eq!(citation(&item(None, "")), "no source stated");
        assert_eq!(citation(&item(None, "A is a B.")), "A is a B. (hierarchy of the graph)");
    }
}
