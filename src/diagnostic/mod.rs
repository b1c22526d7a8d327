//! Complaints as data: what is wrong, where, and what to do instead. How they look is a matter for the renderers.

mod code;
mod nearest;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

pub use code::{Class, Code};
pub use nearest::{likeness, nearest};

/// How serious a complaint is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The work went on; something deserves a look.
    Warning,
    /// The work could not be done.
    Error,
}

/// A text that complaints point into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// What it is called: a file's path, or `query`.
    pub name: String,
    /// The whole text.
    pub text: Arc<str>,
}

/// A place in the origin, and what is to be said there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Bytes of the origin's text; may be empty (an end of input), lies on character boundaries and within the text.
    pub span: Range<usize>,
    /// A few words beside the caret; may be empty.
    pub text: String,
}

/// What to write instead at a place of the origin, so that a program can do it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Bytes of the origin's text that give way; empty where something is only added.
    pub span: Range<usize>,
    /// What stands there instead.
    pub replacement: String,
}

/// One complaint.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// How serious it is.
    pub severity: Severity,
    /// What sort of fault it is; stable, for programs.
    pub code: Code,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// The text that the labels point into.
    pub origin: Option<Arc<Origin>>,
    /// Where: the first is the fault itself, others add to it.
    pub labels: Vec<Label>,
    /// What to do instead, one hint each.
    pub help: Vec<String>,
    /// What may have been meant, the likeliest first: each by itself would end this complaint.
    pub fixes: Vec<Fix>,
}

/// The complaints that ended a piece of work: at least one, in the order of their places.
#[derive(Clone, Debug, PartialEq)]
pub struct Complaints {
    diagnostics: Vec<Diagnostic>,
    fixed: Option<String>,
}

impl Origin {
    /// A text with its name.
    pub fn new(name: impl Into<String>, text: impl Into<Arc<str>>) -> Arc<Origin> {
        Arc::new(Origin { name: name.into(), text: text.into() })
    }

    /// Line and column, both counted from 1 (columns in characters), of a byte of the text.
    pub fn position(&self, at: usize) -> (usize, usize) {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let before = &self.text[..at];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

impl Diagnostic {
    /// An error without a place.
    pub fn error(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            code,
            message: message.into(),
            origin: None,
            labels: Vec::new(),
            help: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// A warning without a place.
    pub fn warning(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, message) }
    }

    /// The same with a place in the origin.
    pub fn at(mut self, span: Range<usize>, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// The same with the text that its places are in.
    pub fn in_origin(mut self, origin: &Arc<Origin>) -> Diagnostic {
        self.origin = Some(Arc::clone(origin));
        self
    }

    /// The same with a hint.
    pub fn help(mut self, hint: impl Into<String>) -> Diagnostic {
        self.help.push(hint.into());
        self
    }

    /// The same with something that may have been meant, behind what was said so far.
    pub fn fix(mut self, span: Range<usize>, replacement: impl Into<String>) -> Diagnostic {
        let fix = Fix { span, replacement: replacement.into() };
        if !self.fixes.contains(&fix) {
            self.fixes.push(fix);
        }
        self
    }

    /// The same with words of which each may have been meant at a place: as fixes, and as `did you mean …?`.
    pub fn suggest_at<S: AsRef<str>>(self, span: &Range<usize>, names: &[S], written: impl Fn(&str) -> String) -> Diagnostic {
        let complaint = self.suggest(names.iter().map(AsRef::as_ref));
        names.iter().fold(complaint, |complaint, name| complaint.fix(span.clone(), written(name.as_ref())))
    }

    /// Where the fault itself is; the start of the text if no place is known.
    pub fn place(&self) -> Range<usize> {
        self.labels.first().map_or(0..0, |label| label.span.clone())
    }

    /// The same with `did you mean …?`, if there is anything near.
    pub fn suggest<I, S>(self, names: I) -> Diagnostic
    where
        I: IntoIterator<Item = S>,
        S: AsRef<str>,
    {
        let quoted: Vec<String> = names.into_iter().map(|name| format!("'{}'", name.as_ref())).collect();
        match quoted.as_slice() {
            [] => self,
            [only] => self.help(format!("did you mean {only}?")),
            [first @ .., last] => {
                let hint = format!("did you mean {} or {last}?", first.join(", "));
                self.help(hint)
            }
        }
    }
}

impl fmt::Display for Diagnostic {
    /// One line: place, message and hints. The renderers draw the full form with carets.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(origin), Some(label)) = (&self.origin, self.labels.first()) {
            let (line, column) = origin.position(label.span.start);
            write!(formatter, "{}:{line}:{column}: ", origin.name)?;
        }
        formatter.write_str(&self.message)?;
        for hint in &self.help {
            write!(formatter, "; {hint}")?;
        }
        Ok(())
    }
}

impl Complaints {
    /// Complaints that hold these; `None` if there are none.
    pub fn new(diagnostics: Vec<Diagnostic>) -> Option<Complaints> {
        (!diagnostics.is_empty()).then_some(Complaints { diagnostics, fixed: None })
    }

    /// The complaints, at least one.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The same with the whole text as it was probably meant.
    pub fn with_fixed(self, fixed: Option<String>) -> Complaints {
        Complaints { fixed, ..self }
    }

    /// The whole text as it was probably meant, if that is known and nothing is wrong with it.
    pub fn fixed(&self) -> Option<&str> {
        self.fixed.as_deref()
    }

    /// What class of failure the first error is; it decides the exit status.
    pub fn class(&self) -> Class {
        let first = self.diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error).unwrap_or(&self.diagnostics[0]);
        first.code.class()
    }
}

impl From<Diagnostic> for Complaints {
    fn from(diagnostic: Diagnostic) -> Complaints {
        Complaints { diagnostics: vec![diagnostic], fixed: None }
    }
}

impl fmt::Display for Complaints {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, diagnostic) in self.diagnostics.iter().enumerate() {
            if position > 0 {
                formatter.write_str("\n")?;
            }
            diagnostic.fmt(formatter)?;
        }
        Ok(())
    }
}

impl std::error::Error for Complaints {}
