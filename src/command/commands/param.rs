//! Param: the parameters of patterns.

use crate::diagnostic::{Code, Complaints, Diagnostic, nearest};

use super::{Outcome, stay};
use crate::command::{Call, Shell, layout, parameters};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    let words = call.words;
    if let Some(name) = behind(words, "unset") {
        let name = name.trim_start_matches('$');
        if !shell.session.unset_parameter(name) {
            return Err(unknown(shell, call, name).into());
        }
        return stay(if shell.settings.quiet { String::new() } else { format!("${name} has no value any more\n") });
    }
    if words.is_empty() || !words.contains('=') {
        return listed(shell, call);
    }
    let (name, value) = parameters::parameter(words).map_err(|complaint| {
        let placed = call.refused("a name, `=` and a value");
        Complaints::from(complaint.help.into_iter().fold(placed, Diagnostic::help))
    })?;
    let text = if shell.settings.quiet { String::new() } else { format!("${name} is {}\n", parameters::shown(&value)) };
    shell.session.set_parameters([(name, value)]);
    stay(text)
}

/// All parameters, or the one that is named.
fn listed(shell: &Shell, call: &Call<'_>) -> Outcome {
    let wanted = call.words.trim_start_matches('$');
    let known = shell.session.parameters().iter().filter(|(name, _)| wanted.is_empty() || name.as_str() == wanted);
    let pairs: Vec<(String, String)> = known.map(|(name, value)| (format!("${name}"), parameters::shown(value))).collect();
    if pairs.is_empty() && !wanted.is_empty() {
        return Err(unknown(shell, call, wanted).into());
    }
    if pairs.is_empty() {
        return stay("no parameter has a value; `:param x=5` gives one\n".to_owned());
    }
    stay(layout::laid_out(&[layout::Block::Pairs(pairs)], &shell.settings.page))
}

fn unknown(shell: &Shell, call: &Call<'_>, name: &str) -> Diagnostic {
    let names = shell.session.parameters().keys().map(String::as_str);
    let near: Vec<String> = nearest(name, names, 3).into_iter().map(|name| format!("${name}")).collect();
    let complaint = call.wrong(Code::BadCommand, format!("the parameter '{}' has no value", layout::shortened(name)), "no value");
    complaint.suggest(near).help("`:param x=5` gives one, `:param` lists all there are")
}

/// What stands behind a word at the beginning.
pub(super) fn behind<'w>(words: &'w str, word: &str) -> Option<&'w str> {
    let head = words.get(..word.len())?;
    let rest = words.get(word.len()..)?;
    (head.eq_ignore_ascii_case(word) && rest.starts_with(char::is_whitespace)).then(|| rest.trim()).filter(|rest| !rest.is_empty())
}
