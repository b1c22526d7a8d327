//! Hint: what stands behind and under the cursor without being typed: the rest of the line in grey, or a menu.

use rustyline::hint::Hint;

/// Something that is shown behind the cursor, and what of it a key takes over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Grey {
    shown: String,
    rest: Option<String>,
}

impl Grey {
    /// The rest of the line.
    pub fn rest(rest: String) -> Grey {
        Grey { shown: rest.clone(), rest: Some(rest) }
    }

    /// Lines under the line, each behind a line break, which nothing takes over.
    pub fn below(lines: String) -> Grey {
        Grey { shown: lines, rest: None }
    }
}

impl Hint for Grey {
    fn display(&self) -> &str {
        &self.shown
    }

    fn completion(&self) -> Option<&str> {
        self.rest.as_deref()
    }
}
