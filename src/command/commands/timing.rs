//! Timing: whether an answer says how long it took.

use super::{Outcome, stay};
use crate::command::{Call, Shell};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    let is_told = shell.timing || shell.settings.reading.timing;
    shell.timing = match call.words.to_lowercase().as_str() {
        "" => !is_told,
        "on" => true,
        "off" => false,
        _ => return Err(call.refused("on or off").into()),
    };
    shell.settings.reading.timing = shell.timing;
    stay(if shell.settings.quiet { String::new() } else { format!("timing is {}\n", if shell.timing { "on" } else { "off" }) })
}
