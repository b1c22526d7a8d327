//! Tests of the syntax, by concern.

mod conditions;
mod limits;
mod messages;
mod pattern_messages;
mod pattern_sketch;
mod patterns;
mod phrases;
mod properties;
mod requests;
mod sketch;
mod tokens;
mod vocabulary;

use crate::diagnostic::Diagnostic;

use super::parse;
use super::tree::Request;

/// The request that a text makes.
fn read(text: &str) -> Request {
    parse(text).unwrap_or_else(|faults| panic!("`{text}` is refused: {faults:#?}"))
}

/// The only complaint about a text.
fn refused(text: &str) -> Diagnostic {
    match parse(text) {
        Ok(request) => panic!("`{text}` is accepted: {request:#?}"),
        Err(faults) => {
            assert_eq!(faults.len(), 1, "`{text}`: {faults:#?}");
            faults.into_iter().next().expect("one complaint")
        }
    }
}

/// That texts are read as sketched.
fn assert_sketches(rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        assert_eq!(sketch::request(&read(text)), *expected, "`{text}`");
    }
}
