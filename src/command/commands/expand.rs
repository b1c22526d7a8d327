//! Expand: one record at a time, or one row of the last answer as a record.

use std::num::NonZeroUsize;

use crate::diagnostic::Code;
use crate::render::{self, Look};

use super::{Outcome, last, stay};
use crate::command::{Call, Shell};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    let expanded = match call.words.to_lowercase().as_str() {
        "" => !shell.settings.reading.expanded,
        "on" => true,
        "off" => false,
        words => match words.parse::<NonZeroUsize>() {
            Ok(number) => return row(shell, call, number.get() - 1),
            Err(_) => return Err(call.refused("on, off, or the number of a row").into()),
        },
    };
    shell.settings.reading.expanded = expanded;
    let says = if expanded { "answers are shown one record at a time" } else { "answers are shown as tables" };
    stay(if shell.settings.quiet { String::new() } else { format!("{says} from now on; `:last` shows the last one so\n") })
}

/// One row of the last answer.
fn row(shell: &mut Shell, call: &Call<'_>, only: usize) -> Outcome {
    let answer = last::answer(shell, call)?;
    if only >= answer.rows.len() {
        let complaint = call.wrong(Code::NoLastAnswer, format!("the last answer has no row {}", only + 1), "no such row");
        let help = match answer.rows.len() {
            0 => "it has no rows".to_owned(),
            1 => "it has one row: `:expand 1`".to_owned(),
            count => format!("its rows are 1 to {count}"),
        };
        return Err(complaint.help(help).into());
    }
    let look = Look { only: Some(only), ..Look::default() };
    stay(render::read(answer, &shell.settings.page, &look).rows)
}
