//! Explain: how a query is understood.

use crate::diagnostic::Code;

use super::{Outcome, stay};
use crate::command::{Call, Shell};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    if call.words.is_empty() {
        return Err(call
            .wrong(Code::BadCommand, "`:explain` needs a query", "of which query?")
            .help("for example `:explain causes`")
            .into());
    }
    let explained = call.words.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("explain"));
    let query = if explained { call.words.to_owned() } else { format!("explain {}", call.words) };
    let (answer, taken) = shell.timed(&query)?;
    let shown = shell.shown(&answer, taken);
    shell.aside = shown.footer;
    stay(shown.body)
}
