//! Verify: whether the answer that a receipt speaks of is still the same.

use crate::diagnostic::Code;
use crate::render::complaint;

use super::{Outcome, stay};
use crate::command::{Call, Receipt, Shell, Verdict, verify};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    if call.words.is_empty() {
        let complaint = call.wrong(Code::BadCommand, "`:verify` needs the name of a receipt", "which file?");
        return Err(complaint.help("`:receipt FILE` writes one of the last answer").into());
    }
    let receipt = Receipt::read(&call.path())?;
    let comparison = verify(&receipt, &mut shell.session)?;
    if matches!(shell.settings.format.name, "json" | "jsonl") {
        return stay(comparison.json());
    }
    let mut text = comparison.text();
    if let Verdict::Refused(complaints) = comparison.verdict() {
        text.push_str(&complaint::render(complaints, &shell.settings.page));
    }
    stay(text)
}
