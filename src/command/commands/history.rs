//! History: what was typed.

use crate::diagnostic::Complaints;
use crate::render::{self};

use super::{Outcome, stay};
use crate::command::{Call, HISTORY_SHOWN, Shell};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    let shown = match call.words {
        "" => HISTORY_SHOWN,
        words => words.parse().map_err(|_| Complaints::from(call.refused("how many?")))?,
    };
    let skipped = shell.history.len().saturating_sub(shown);
    let width = shell.history.len().to_string().len();
    let mut text = String::new();
    for (position, entry) in shell.history.iter().enumerate().skip(skipped) {
        let entry: Vec<String> = entry.lines().map(|line| render::visible(line).into_owned()).collect();
        let indent = format!("\n{}", " ".repeat(width + 2));
        text.push_str(&format!("{:>width$}  {}\n", position + 1, entry.join(&indent)));
    }
    stay(text)
}
