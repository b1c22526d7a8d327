//! Keys: whether an input is edited with the keys of Emacs or of vi.

use super::{Outcome, stay};
use crate::command::{Call, EditMode, Shell};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    if !call.words.is_empty() {
        shell.settings.edit_mode = EditMode::named(call.words).ok_or_else(|| call.refused("emacs or vi"))?;
        if shell.settings.quiet {
            return stay(String::new());
        }
    }
    stay(format!("the keys are those of {}\n", shell.settings.edit_mode.name()))
}
