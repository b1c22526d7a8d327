//! Describe: what a kind, a relation, a field or an entity is.

use crate::diagnostic::Code;

use super::{Outcome, stay};
use crate::command::{Call, Shell};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    if call.words.is_empty() {
        let complaint = call.wrong(Code::BadCommand, "`:describe` needs a word of the graph", "describe what?");
        let kind = shell.session.schema().kinds.first().map_or("WORD", |kind| kind.one());
        return Err(complaint.help(format!("for example `:describe {kind}`; `:schema kinds` lists the kinds")).into());
    }
    let described = call.words.get(..9).is_some_and(|word| word.eq_ignore_ascii_case("describe "));
    let query = if described { call.words.to_owned() } else { format!("describe {}", call.words) };
    let shown = shell.query(&query)?;
    shell.aside = shown.footer;
    stay(shown.body)
}
