//! Last: the last answer once more.

use crate::diagnostic::Code;
use crate::render::{FORMATS, Format};

use super::{Outcome, stay};
use crate::answer::Answer;
use crate::command::{Call, Shell, layout};
use crate::diagnostic::Diagnostic;

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    let format = format(call, shell.settings.format)?;
    complete(shell, format)?;
    let answer = answer(shell, call)?;
    let shown = shell.shown_as(answer, format, shell.taken);
    shell.aside = shown.footer;
    stay(shown.body)
}

/// The format that a command names, or the usual one.
pub(super) fn format(call: &Call<'_>, usual: &'static Format) -> Result<&'static Format, Diagnostic> {
    if call.words.is_empty() {
        return Ok(usual);
    }
    Format::named(call.words).ok_or_else(|| {
        let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
        let complaint = call.wrong(Code::BadCommand, format!("there is no format '{}'", layout::shortened(call.words)), "no such format");
        let near = crate::diagnostic::nearest(call.words, names.iter().copied(), 2);
        complaint.suggest(near).help(format!("formats: {}", names.join(", ")))
    })
}

/// The last answer.
pub(super) fn answer<'s>(shell: &'s Shell, call: &Call<'_>) -> Result<&'s Answer, Diagnostic> {
    shell.last.as_ref().ok_or_else(|| {
        let message = format!("nothing was answered yet that `:{}` could show", call.command.name);
        call.wrong(Code::NoLastAnswer, message, "").help("ask something first, such as `causes`")
    })
}

/// Gives the last answer what a format needs that writes the view.
pub(super) fn complete(shell: &mut Shell, format: &Format) -> Result<(), crate::diagnostic::Complaints> {
    if format.holds_view() {
        shell.complete_last(format.draws_view)?;
    }
    if format.write.is_none()
        && let Some(answer) = shell.last.as_mut().filter(|answer| answer.view.background.is_none())
    {
        shell.session.tell_background(answer);
    }
    Ok(())
}
