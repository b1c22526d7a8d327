//! Format: how answers are shown from now on.

use crate::diagnostic::Code;
use crate::render::{FORMATS, Format};

use super::{Outcome, stay};
use crate::command::{Call, Shell, layout};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    if call.words.is_empty() {
        let current = shell.settings.format.name;
        let mark = |format: &Format| if format.name == current { format!("{} (now)", format.name) } else { format.name.to_owned() };
        let pairs = FORMATS.iter().map(|format| (mark(format), format.summary.to_owned())).collect();
        return stay(layout::laid_out(&[layout::Block::Pairs(pairs)], &shell.settings.page));
    }
    let Some(format) = Format::named(call.words) else {
        let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
        let complaint = call.wrong(Code::BadCommand, format!("there is no format '{}'", layout::shortened(call.words)), "no such format");
        let near = crate::diagnostic::nearest(call.words, names.iter().copied(), 2);
        return Err(complaint.suggest(near).help(format!("formats: {}", names.join(", "))).into());
    };
    shell.settings.format = format;
    let text = if shell.settings.quiet { String::new() } else { format!("answers are shown as {} from now on\n", format.name) };
    stay(text)
}
