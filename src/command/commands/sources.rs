//! Sources: where the sentences are quoted from.

use super::{Outcome, stay};
use crate::command::{Call, Shell};
use crate::render::visible;

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    if call.words.is_empty() {
        return stay(match &shell.settings.sources {
            Some(folder) => format!("sentences are quoted from {}\n", visible(&folder.display().to_string())),
            None => "no sentences are quoted; `:sources FOLDER` quotes them from its files SOURCE-ID.txt\n".to_owned(),
        });
    }
    let folder = call.path();
    shell.session.quote_from(&folder)?;
    let says = format!("sentences are quoted from {} from now on\n", visible(&folder.display().to_string()));
    shell.settings.sources = Some(folder);
    stay(if shell.settings.quiet { String::new() } else { says })
}
