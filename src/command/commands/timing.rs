//! Timing: whether an answer says how long it took.

use super::{Outcome, stay};
use crate::command::{Call, Shell};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    let is_told = match call.words.to_lowercase().as_str() {
        "" => !shell.tells_time(),
        "on" => true,
        "off" => false,
        _ => return Err(call.refused("on or off").into()),
    };
    shell.tell_time(is_told);
    stay(if shell.settings.quiet { String::new() } else { format!("timing is {}\n", if is_told { "on" } else { "off" }) })
}
