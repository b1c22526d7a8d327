//! Names: the answers that `let` has named.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::counted;
use crate::session::Asked;

use super::param::behind;
use super::{Outcome, stay};
use crate::command::{Call, Shell, layout};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    // Who meant to give a name typed a colon too many.
    if call.words.contains('=') {
        let complaint = call.refused("a name is given without the colon");
        return Err(complaint.help(format!("`let {}` gives the name", layout::shortened(call.words))).into());
    }
    if let Some(name) = behind(call.words, "forget") {
        if !shell.session.forget(name) {
            return Err(unknown(shell, call, name).into());
        }
        return stay(if shell.settings.quiet { String::new() } else { format!("'{name}' names nothing any more\n") });
    }
    let known = shell.session.named();
    let shown: Vec<&Asked> = match call.words {
        "" => known,
        name => vec![shell.session.named_as(name).ok_or_else(|| unknown(shell, call, name))?],
    };
    if shown.is_empty() {
        return stay("nothing has a name; `let adult_causes = causes where population = adult` gives one\n".to_owned());
    }
    let line = |asked: &Asked| {
        let entities = counted(asked.entities, "entity", "entities");
        let query = asked.query.split_once('=').map_or(asked.query.as_str(), |(_, query)| query.trim());
        let query = query.split_whitespace().collect::<Vec<_>>().join(" ");
        let said = format!("{entities}, {}: `{query}`", counted(asked.rows, "row", "rows"));
        (asked.name.clone().unwrap_or_default(), said)
    };
    stay(layout::laid_out(&[layout::Block::Pairs(shown.into_iter().map(line).collect())], &shell.settings.page))
}

fn unknown(shell: &Shell, call: &Call<'_>, name: &str) -> Diagnostic {
    let complaint = call.wrong(Code::UnknownName, format!("`let` has named nothing '{}'", layout::shortened(name)), "no such name");
    let near: Vec<String> = nearest(name, shell.session.given_names(), 3).into_iter().map(str::to_owned).collect();
    complaint.suggest(near).help("`:let` lists the names there are; `:open` takes them away")
}
