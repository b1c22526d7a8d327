//! Param: the parameters of patterns.

use crate::diagnostic::{Complaints, Diagnostic};

use super::{Outcome, stay};
use crate::command::{Call, Shell, layout, parameters};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    if call.words.is_empty() {
        let pairs: Vec<(String, String)> =
            shell.session.parameters().iter().map(|(name, value)| (format!("${name}"), parameters::shown(value))).collect();
        if pairs.is_empty() {
            return stay("no parameter has a value; `:param x=5` gives one\n".to_owned());
        }
        return stay(layout::laid_out(&[layout::Block::Pairs(pairs)], &shell.settings.page));
    }
    let (name, value) = parameters::parameter(call.words).map_err(|complaint| {
        let placed = call.refused("a name, `=` and a value");
        Complaints::from(complaint.help.into_iter().fold(placed, Diagnostic::help))
    })?;
    let text = if shell.settings.quiet { String::new() } else { format!("${name} is {}\n", parameters::shown(&value)) };
    shell.session.set_parameters([(name, value)]);
    stay(text)
}
