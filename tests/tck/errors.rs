//! Errors: how the program's complaints are called in the suite.

use oms_graph::Complaints;
use oms_graph::diagnostic::{Class, Code, Diagnostic, Severity};

/// How the program refuses a query, in the words of the suite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// `SyntaxError`, `TypeError` and so on.
    pub error: &'static str,
    /// `compile time` or `runtime`.
    pub phase: &'static str,
    /// What the program says, and its own code.
    pub message: String,
}

/// The codes of complaints that are no syntax errors, with error and phase. Every other complaint about a query comes before it runs.
const CODES: &[(Code, &str, &str)] = &[
    (Code::NotSupported, "not supported", "compile time"),
    (Code::TypeMismatch, "TypeError", "compile time"),
    (Code::WrongType, "TypeError", "runtime"),
    (Code::WrongArgument, "ArgumentError", "runtime"),
    (Code::Arithmetic, "ArithmeticError", "runtime"),
    (Code::Runtime, "Error", "runtime"),
    (Code::MissingParameter, "ParameterMissing", "compile time"),
    (Code::UnknownProcedure, "ProcedureError", "compile time"),
];

/// How complaints are called in the suite: the first error decides.
pub fn refusal(complaints: &Complaints) -> Refusal {
    let diagnostics = complaints.diagnostics();
    let first = diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error).unwrap_or(&diagnostics[0]);
    let message = format!("{} ({})", first.message, first.code.word());
    if let Some((_, error, phase)) = CODES.iter().find(|(code, _, _)| *code == first.code) {
        return Refusal { error, phase, message };
    }
    if first.code == Code::OutOfRange && is_about_parameter(first) {
        // A count that a parameter gives is only known as the query runs; the suite calls it a syntax error all the same.
        return Refusal { error: "SyntaxError", phase: "runtime", message };
    }
    match first.code.class() {
        Class::Query => Refusal { error: "SyntaxError", phase: "compile time", message },
        _ => Refusal { error: "stopped", phase: "runtime", message },
    }
}

/// Whether the words that a complaint points at hold a parameter.
fn is_about_parameter(complaint: &Diagnostic) -> bool {
    let words = complaint.labels.first().zip(complaint.origin.as_ref()).and_then(|(label, origin)| origin.text.get(label.span.clone()));
    words.is_some_and(|words| words.contains('$'))
}

impl Refusal {
    /// Whether this is the failure that is expected.
    pub fn is(&self, error: &str, phase: &str) -> bool {
        self.error == error && (phase == "any time" || self.phase == phase)
    }
}
