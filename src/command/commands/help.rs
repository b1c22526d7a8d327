//! Help: what can be asked and typed, and what a word means.

use crate::diagnostic::Code;

use super::{Outcome, stay};
use crate::command::{Call, Shell, help, layout};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    let page = shell.settings.page;
    if call.words.is_empty() {
        return stay(layout::laid_out(&help::overview(&shell.session), &page));
    }
    match help::on(&shell.session, call.words) {
        Ok(blocks) => stay(layout::laid_out(&blocks, &page)),
        Err(near) => Err(call
            .wrong(Code::BadCommand, format!("there is no help on '{}'", layout::shortened(call.words)), "no such topic")
            .suggest(near)
            .help("`:help topics` lists every topic")
            .into()),
    }
}
