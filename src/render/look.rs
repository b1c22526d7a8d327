//! Look: how an answer is laid out for somebody who reads it at a prompt, row by row, with the footer apart.

use std::time::Duration;

use anstyle::{AnsiColor, Style};

use super::Page;

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const NAMED: Style = AnsiColor::Cyan.on_default();
pub(super) const UNSURE: Style = AnsiColor::Yellow.on_default();
pub(super) const SAID: Style = AnsiColor::Green.on_default();
pub(super) const DENIED: Style = AnsiColor::Red.on_default();

/// What a reader wants to see of an answer. The default is what is written where nobody sits: every row, without numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Whether the rows are numbered, where there is room.
    pub numbers: bool,
    /// How many rows are shown at most; all where it is absent.
    pub rows: Option<usize>,
    /// Whether each row is a record of its own, a line or more a field, with its evidence in full.
    pub expanded: bool,
    /// The one row to show, counted from 0, as a record.
    pub only: Option<usize>,
    /// How long the answer took, where that is to be told.
    pub taken: Option<Duration>,
}

/// An answer as text: what may be longer than the screen, and the lines that have to be seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The rows and their evidence.
    pub rows: String,
    /// How many rows there are, what was left out, and what deserves a look.
    pub footer: String,
}

/// The style, where the page has colour.
pub(super) fn style(page: &Page, style: Style) -> Style {
    if page.colour { style } else { Style::new() }
}

/// A time for people: `1.3 ms`, `2.45 s`.
pub fn told_time(taken: Duration) -> String {
    let seconds = taken.as_secs_f64();
    if seconds < 1.0 {
        format!("{:.1} ms", seconds * 1000.0)
    } else if seconds < 60.0 {
        format!("{seconds:.2} s")
    } else {
        format!("{:.0} min {:02.0} s", (seconds / 60.0).floor(), seconds % 60.0)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::told_time;

    #[test]
    fn times_are_told_in_the_unit_that_fits() {
        assert_eq!(told_time(Duration::from_micros(1_340)), "1.3 ms");
        assert_eq!(told_time(Duration::from_millis(2_450)), "2.45 s");
        assert_eq!(told_time(Duration::from_secs(125)), "2 min 05 s");
    }
}
