//! Edit: an input of before, to be opened in an editor.

use crate::diagnostic::{Code, Complaints};

use super::{Outcome, stay};
use crate::command::{Call, Shell, command_named};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    if !shell.at_terminal {
        let complaint = call.wrong(Code::BadCommand, "`:edit` needs the prompt of a terminal", "nobody is here to edit");
        return Err(complaint.into());
    }
    let entry = match call.words {
        "" => shell.history.iter().rev().find(|entry| !is_edit(entry)).cloned(),
        words => {
            let number: usize = words.parse().map_err(|_| Complaints::from(call.refused("which entry?")))?;
            let entry = number.checked_sub(1).and_then(|position| shell.history.get(position));
            let Some(entry) = entry else {
                let message = format!("there is no entry {number}: there are {}", shell.history.len());
                return Err(call.wrong(Code::BadCommand, message, "which entry?").help("`:history` shows them with their numbers").into());
            };
            Some(entry.clone())
        }
    };
    shell.to_edit = Some(entry.unwrap_or_default());
    stay(String::new())
}

/// Whether an input is this command itself.
fn is_edit(input: &str) -> bool {
    let word = input.trim().strip_prefix(':').and_then(|rest| rest.split_whitespace().next());
    word.and_then(command_named).is_some_and(|command| command.name == "edit")
}
