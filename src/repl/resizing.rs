//! Resizing: a terminal that becomes narrower or wider breaks the lines that are on it anew; what is drawn next has to begin where those begin now.

use std::cell::RefCell;
use std::env;

use unicode_width::UnicodeWidthChar;

/// What was drawn last, since an input began.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    last: RefCell<Option<Last>>,
}

#[derive(Debug)]
struct Last {
    /// The buffer in front of the cursor.
    before: String,
    columns: usize,
    /// What is to be written in front of the prompt when it is drawn next.
    correction: String,
}

impl Drawn {
    /// Forgets it: a new input begins.
    pub fn forget(&self) {
        self.last.borrow_mut().take();
    }

    /// Learns what is about to be drawn on a terminal of so many columns. What it gives is to be written at once: the line editor is
    /// about to clear as many rows as it needed before, and where those are fewer now, it would clear what stands above them.
    pub fn about_to(&self, before: &str, columns: usize, indent: usize) -> String {
        let mut last = self.last.borrow_mut();
        let (mut now, mut correction) = (String::new(), String::new());
        if let Some(last) = last.as_ref().filter(|last| columns != last.columns && breaks_anew()) {
            let (was, is) = (rows(&last.before, indent, last.columns), rows(&last.before, indent, columns));
            if is < was {
                now = "\n".repeat(was - is);
            } else if is > was {
                correction = format!("\u{1b}[{}A\r\u{1b}[J", is - was);
            }
        }
        *last = Some(Last { before: before.to_owned(), columns, correction });
        now
    }

    /// What is to be written in front of the prompt, once: the way up to where it stands now, and the removal of what is there.
    pub fn correction(&self) -> String {
        self.last.borrow_mut().as_mut().map(|last| std::mem::take(&mut last.correction)).unwrap_or_default()
    }
}

/// Whether the terminal is one that breaks lines anew: nearly all of today do, and these say who they are.
fn breaks_anew() -> bool {
    env::var_os("XTERM_VERSION").is_none() && env::var_os("TERM").is_none_or(|term| term != "linux")
}

/// The row of the cursor behind a part of the buffer, which begins so far from the left.
fn rows(before: &str, indent: usize, columns: usize) -> usize {
    let (mut row, mut column) = (0, indent);
    for character in before.chars() {
        let width = match character {
            '\n' => {
                (row, column) = (row + 1, 0);
                continue;
            }
            '\t' => indent.max(1) - column % indent.max(1),
            other => other.width().unwrap_or(0),
        };
        column += width;
        if column > columns {
            (row, column) = (row + 1, width);
        }
    }
    row + usize::from(column >= columns)
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn rows_are_counted_as_they_wrap() {
        assert_eq!((rows("abc", 5, 80), rows(&"a".repeat(75), 5, 80), rows(&"a".repeat(76), 5, 80)), (0, 1, 1));
        assert_eq!(rows(&format!("{}\n\tb", "a".repeat(80)), 5, 40), 3);
    }
}
