//! Words in DOT: any text as a label, a tooltip or an id, so that Graphviz shows just that text.
//!
//! Graphviz reads backslashes (`\N` is the node's name, `\l` a line break) and entities (`&amp;`) in labels and tooltips, so both
//! are written as escapes of themselves.

use super::super::text::{push_visible, visible, wrap};
use super::{LABEL_COLUMNS, MOST_LINES};

/// An id in quotation marks. Two different ids never become the same: a backslash is doubled, and what would act is an escape
/// with a single one.
pub(super) fn id(prefix: &str, id: &str) -> String {
    let mut written = format!("\"{prefix}:");
    for character in id.chars() {
        match character {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            other => push_visible(&mut written, other),
        }
    }
    written.push('"');
    written
}

/// The text for between the quotation marks of a label or tooltip.
pub(super) fn quoted(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 8);
    for character in visible(text).chars() {
        match character {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '&' => written.push_str("&amp;"),
            other => written.push(other),
        }
    }
    written
}

/// A label of several texts, each on lines of its own, wrapped and, if it is very long, cut.
pub(super) fn label<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let lines: Vec<String> = texts.into_iter().map(|text| wrapped(text, LABEL_COLUMNS, MOST_LINES, "\\n")).collect();
    lines.join("\\n")
}

/// A text wrapped at a number of columns, with a line break of Graphviz between the lines (and behind them, if it justifies).
pub(super) fn wrapped(text: &str, columns: usize, most_lines: usize, line_break: &str) -> String {
    let mut lines = wrap(&visible(text), columns);
    if lines.len() > most_lines {
        lines.truncate(most_lines);
        lines.push("…".to_owned());
    }
    // The lines are safe already, so that escaping them changes only what Graphviz reads.
    let mut written = lines.iter().map(|line| quoted(line)).collect::<Vec<_>>().join(line_break);
    if line_break != "\\n" {
        written.push_str(line_break);
    }
    written
}

/// A tooltip of several lines.
///
/// Some versions of Graphviz read tooltips twice, so that even a doubled backslash before one of its letters is replaced. A word
/// joiner between the two, which has no width, keeps them as they are in every version.
pub(super) fn tooltip<'a>(lines: impl IntoIterator<Item = &'a str>) -> String {
    let guarded = |line: &str| {
        let mut written = String::with_capacity(line.len());
        let mut behind_backslash = false;
        for character in visible(line).chars() {
            if behind_backslash && matches!(character, 'N' | 'G' | 'E' | 'T' | 'H' | 'L' | 'n' | 'l' | 'r' | '\\') {
                written.push('\u{2060}');
            }
            behind_backslash = character == '\\';
            written.push(character);
        }
        quoted(&written)
    };
    lines.into_iter().map(guarded).collect::<Vec<_>>().join("\\n")
}

#[cfg(test)]
mod tests {
    use super::{id, label, quoted, tooltip};

    #[test]
    fn what_graphviz_reads_is_escaped() {
        assert_eq!(quoted("a\"b\\N &amp; <x>\n"), "a\\\"b\\\\N &amp;amp; <x>\\\\n");
        assert_eq!(label(["one", ""]), "one\\n");
        assert_eq!(label(["rapid, multidirectional eye movements"]), "rapid, multidirectional eye\\nmovements");
        assert_eq!(label(["x".repeat(1000).as_str()]).matches("\\n").count(), 10);
        assert_eq!(tooltip(["a\\Gb", "c"]), "a\\\\\u{2060}Gb\\nc");
    }

    #[test]
    fn ids_that_differ_stay_different() {
        assert_eq!(id("entity", "a\nb"), "\"entity:a\\nb\"");
        assert_eq!(id("entity", "a\\nb"), "\"entity:a\\\\nb\"");
        assert_eq!(id("entity", ""), "\"entity:\"");
        assert_eq!(id("entity", "\"\\"), "\"entity:\\\"\\\\\"");
    }
}
