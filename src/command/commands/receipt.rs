//! Receipt: what the last answer can be checked by later.

use crate::diagnostic::Code;
use crate::render::visible;

use super::{Outcome, stay};
use crate::command::{Call, Receipt, Shell, layout, write_file};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    let Some(answer) = &shell.last else {
        let complaint = call.wrong(Code::NoLastAnswer, "nothing was answered yet that a receipt could be of", "");
        return Err(complaint.help("ask something first, such as `causes`").into());
    };
    let receipt = Receipt::of(&shell.session, answer)?;
    if call.words.is_empty() {
        return stay(layout::laid_out(&[layout::Block::Pairs(receipt.told())], &shell.settings.page));
    }
    let path = call.path();
    write_file(&path, receipt.written().as_bytes())?;
    let name = visible(&path.display().to_string()).into_owned();
    stay(if shell.settings.quiet { String::new() } else { format!("receipt written to {name}; `:verify {name}` asks again\n") })
}
