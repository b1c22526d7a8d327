//! Numbers: whether rows are numbered.

use super::{Outcome, stay};
use crate::command::{Call, Shell};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    shell.settings.reading.numbers = match call.words.to_lowercase().as_str() {
        "" => !shell.settings.reading.numbers,
        "on" => true,
        "off" => false,
        _ => return Err(call.refused("on or off").into()),
    };
    let says = if shell.settings.reading.numbers { "rows are numbered" } else { "rows are not numbered" };
    stay(if shell.settings.quiet { String::new() } else { format!("{says}\n") })
}
