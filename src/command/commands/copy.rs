//! Copy: the last answer on the clipboard.

use crate::diagnostic::Code;
use crate::model::counted;
use crate::render::{self, FORMATS, Page};

use super::{Outcome, last, stay};
use crate::command::clipboard::{self, Copied};
use crate::command::{Call, Shell, told};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    let format = last::format(call, shell.settings.format)?;
    last::complete(shell, format)?;
    let answer = last::answer(shell, call)?;
    // What is copied is pasted elsewhere: as wide as it is shown here, but without colours.
    let width = shell.settings.page.width.filter(|_| format.name == FORMATS[0].name);
    let text = render::render(answer, format, &Page { width, colour: false, ..Page::default() });
    let what = if format.draws_view {
        counted(answer.view.relations.len(), "relation", "relations")
    } else {
        counted(answer.rows.len(), "row", "rows")
    };
    let size = clipboard::told_size(text.len());
    match clipboard::copy(&text, shell.settings.reading.at_prompt) {
        Copied::By(program) => stay(format!("{what} copied as {} ({size}, by {program})\n", format.name)),
        Copied::ByTerminal(sequence) => {
            // The sequence is for the terminal, not for a pager.
            let said = format!("{what} sent to the terminal's clipboard as {} ({size}); some terminals refuse this\n", format.name);
            shell.aside = format!("{sequence}{}", told(said, &shell.settings.page));
            stay(String::new())
        }
        Copied::TooLong => {
            let complaint = call.wrong(Code::BadCommand, format!("the answer is too long for the terminal's clipboard: {size}"), "");
            Err(complaint.help("a terminal takes 74 KB; `:export FILE` writes it to a file").into())
        }
        Copied::Nowhere => {
            let complaint = call.wrong(Code::BadCommand, "there is no clipboard here", "");
            Err(complaint.help("`:export FILE` writes the answer to a file").into())
        }
    }
}
