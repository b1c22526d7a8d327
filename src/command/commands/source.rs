//! Source: has a file of queries and commands run.

use crate::diagnostic::{Code, Origin};

use super::{Outcome, stay};
use crate::command::{Call, Shell};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    if call.words.is_empty() {
        let complaint = call.wrong(Code::BadCommand, "`:source` needs the name of a file", "which file?");
        return Err(complaint.help("a file of queries and commands, written as they are typed here").into());
    }
    match shell.begin_source(&call.path()) {
        // Its inputs are what comes next.
        Ok(()) => stay(String::new()),
        Err(complaint) if complaint.origin.is_none() => {
            Err(complaint.in_origin(&Origin::new("command", call.input)).at(call.at.clone(), "").into())
        }
        Err(complaint) => Err(complaint.into()),
    }
}
