//! Pager: whether what is longer than the screen is shown by a pager.

use super::{Outcome, stay};
use crate::command::{Call, Pager, Shell};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    if !call.words.is_empty() {
        shell.settings.reading.pager = Pager::named(call.words).ok_or_else(|| call.refused("on, off or always"))?;
        if shell.settings.quiet {
            return stay(String::new());
        }
    }
    stay(match shell.settings.reading.pager {
        Pager::Off => "the pager is off: everything is shown at once\n".to_owned(),
        Pager::On => "the pager is on: it shows what is longer than the screen\n".to_owned(),
        Pager::Always => "the pager shows everything, whatever its length\n".to_owned(),
    })
}
