//! Stopped: what is said when a query is stopped before its end.

use crate::diagnostic::{Code, Diagnostic};
use crate::engine::{Failure, FailureKind, Stopped};

/// The complaint about a query that was stopped.
pub(super) fn complaint(stopped: &Stopped) -> Diagnostic {
    const HELP: &str = "a condition or a label closer to where rows are made, a bound on `within` or `*`, or a limit makes fewer rows";
    match stopped {
        Stopped::Failed(failure) => failed(failure),
        Stopped::Interrupted => Diagnostic::error(Code::Interrupted, "interrupted"),
        Stopped::Timeout { given, doing } => Diagnostic::error(Code::Timeout, format!("stopped after {given:?} while {doing}"))
            .help(HELP)
            .help("`--timeout` gives it longer"),
        Stopped::Rows { given, doing } => Diagnostic::error(Code::TooManyRows, format!("stopped at {given} rows while {doing}"))
            .help(HELP)
            .help("`--max-rows` allows more"),
        Stopped::Memory { given, doing } => {
            let amount = if *given < 1 << 10 {
                format!("{given} bytes")
            } else if *given < 1 << 20 {
                format!("{} KiB", given / 1024)
            } else {
                format!("{} MiB", given / (1 << 20))
            };
            let message = format!("stopped at {amount} of memory while {doing}");
            Diagnostic::error(Code::TooMuchMemory, message).help(HELP).help("`--memory` allows more")
        }
    }
}

/// The complaint about a query that could not be computed.
fn failed(failure: &Failure) -> Diagnostic {
    let code = match failure.kind {
        FailureKind::WrongType => Code::WrongType,
        FailureKind::WrongArgument => Code::WrongArgument,
        FailureKind::Arithmetic => Code::Arithmetic,
    };
    let mut complaint = Diagnostic::error(code, failure.message.clone());
    let (start, end) = failure.place;
    if start < end {
        complaint = complaint.at(start as usize..end as usize, "");
    }
    if failure.help.is_empty() { complaint } else { complaint.help(failure.help.clone()) }
}
