//! Draw: where the last answer comes from, drawn with the letters of the terminal.

use crate::diagnostic::Code;
use crate::render::{Drawn, drawn};

use super::{Outcome, stay};
use crate::command::table::DRAW_WORDS;
use crate::command::{Call, Shell};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    let mut how = Drawn::default();
    for word in call.words.split_whitespace() {
        match word.to_lowercase().as_str() {
            "all" => how.all = true,
            "ascii" => how.ascii = true,
            _ => {
                let near = crate::diagnostic::nearest(word, DRAW_WORDS.iter().copied(), 1);
                return Err(call.refused("no way to draw").suggest(near).into());
            }
        }
    }
    shell.complete_last(true)?;
    let Some(answer) = &shell.last else {
        let complaint = call.wrong(Code::NoLastAnswer, "nothing was answered yet that could be drawn", "");
        return Err(complaint.help("ask something first, such as `causes`").into());
    };
    stay(drawn(answer, &shell.settings.page, how))
}
