//! Regular expression: a compiled pattern that knows the text it was written as; the only place that names the crate regex.

use std::fmt;
use std::ops::Range;

use regex::{Regex, RegexBuilder};

/// A regular expression, matched anywhere in a text without regard to case unless it was made otherwise, in time linear in the text.
#[derive(Clone)]
pub struct RegularExpression {
    compiled: Regex,
}

/// The most bytes that a compiled expression may take.
const LARGEST_PROGRAM: usize = 1 << 20;

impl RegularExpression {
    /// Compiles an expression. The error says what is wrong in one line, with the bytes of the expression at fault if known.
    pub fn new(written: &str) -> Result<RegularExpression, (String, Option<Range<usize>>)> {
        RegexBuilder::new(written)
            .case_insensitive(true)
            .size_limit(LARGEST_PROGRAM)
            .build()
            .map(|compiled| RegularExpression { compiled })
            .map_err(|error| (reason(&error), None))
    }

    /// Compiles an expression that must match the whole of a text, with regard to case: the `=~` of patterns.
    ///
    /// # Errors
    /// What is wrong, in one line.
    pub fn whole(written: &str) -> Result<RegularExpression, String> {
        // By itself first: a bracket that is not closed must not be closed by what is put around it.
        let build = |expression: &str| RegexBuilder::new(expression).size_limit(LARGEST_PROGRAM).build();
        build(written)
            .and_then(|_| build(&format!(r"\A(?:{written})\z")))
            .map(|compiled| RegularExpression { compiled })
            .map_err(|error| reason(&error))
    }

    /// The expression as written.
    pub fn written(&self) -> &str {
        self.compiled.as_str()
    }

    /// Whether it matches anywhere in a text.
    pub fn is_match(&self, text: &str) -> bool {
        self.compiled.is_match(text)
    }
}

/// The last line of the crate's report holds the reason; the lines before draw the expression again.
fn reason(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => "the regular expression is too large".to_owned(),
        other => {
            let report = other.to_string();
            let last = report.lines().last().unwrap_or_default();
            last.trim_start_matches("error: ").to_owned()
        }
    }
}

impl fmt::Debug for RegularExpression {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "/{}/", self.written())
    }
}

impl PartialEq for RegularExpression {
    fn eq(&self, other: &RegularExpression) -> bool {
        self.written() == other.written()
    }
}
