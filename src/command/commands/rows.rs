//! Rows: how many rows of an answer are shown at most.

use super::{Outcome, stay};
use crate::command::{Call, Shell};
use crate::model::grouped;

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    if !call.words.is_empty() && !shell.settings.reading.show_rows(call.words) {
        return Err(call.refused("a number of rows, or `all`").into());
    }
    if shell.settings.quiet && !call.words.is_empty() {
        return stay(String::new());
    }
    stay(match shell.settings.reading.rows {
        Some(1) => "the first row of an answer is shown\n".to_owned(),
        Some(count) => format!("the first {} rows of an answer are shown\n", grouped(count)),
        None => "all rows of an answer are shown\n".to_owned(),
    })
}
