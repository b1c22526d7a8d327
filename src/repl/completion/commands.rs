//! Commands: what can stand at the end of a `:command` that is typed so far.

use std::path::Path;

use crate::command::{Argument, COMMANDS, SETTINGS, Shell, command_named, topic_names};
use crate::model::fold;
use crate::render::FORMATS;
use crate::session::EMBEDDED;

use super::{Candidate, Completion, named, query, tidy};

/// The entries of a folder that are looked at.
const MOST_ENTRIES: usize = 2_000;

/// What can stand at the end of a text that begins with a colon.
pub(super) fn complete(shell: &Shell, text: &str) -> Completion {
    let Some(end) = text.find(char::is_whitespace) else {
        let every = COMMANDS.iter().map(|command| format!(":{}", command.name));
        return choice(0, text, every);
    };
    let Some(command) = command_named(&text[1..end]) else { return Completion::default() };
    let start = text.len() - text[end..].trim_start().len();
    let typed = &text[start..];
    let own = |word: &str| word.to_owned();
    match command.argument {
        Argument::None | Argument::Number => Completion::default(),
        Argument::Topic => {
            let entities = if typed.is_empty() { Vec::new() } else { named::beginning(shell.session(), &[], &fold(typed)) };
            let entities = entities.into_iter().map(|found| found.text);
            choice(start, typed, topic_names(shell.session()).into_iter().chain(entities))
        }
        Argument::Choice(words) => choice(start, typed, words.iter().map(|word| own(word))),
        Argument::Format => choice(start, typed, FORMATS.iter().map(|format| own(format.name))),
        Argument::File | Argument::AnyFile => files(start, typed, false),
        Argument::Parameter => choice(start, typed, shell.session().parameters().keys().map(|name| format!("{name}="))),
        Argument::Setting => choice(start, typed, SETTINGS.iter().map(|setting| own(setting.name))),
        Argument::Given => choice(start, typed, shell.session().given_names().map(own)),
        Argument::Graph => {
            let mut completion = files(start, typed, true);
            if EMBEDDED.starts_with(typed) {
                completion.candidates.push(candidate(own(EMBEDDED)));
                tidy(&mut completion.candidates);
            }
            completion
        }
        Argument::Query => {
            let mut completion = query(shell.session(), typed);
            completion.start += start;
            completion
        }
    }
}

fn candidate(words: String) -> Candidate {
    Candidate { replacement: words.clone(), shown: words, rank: 1, known: 0 }
}

/// The words that begin with what is typed, letter case aside.
fn choice(start: usize, typed: &str, words: impl Iterator<Item = String>) -> Completion {
    let wanted = fold(typed);
    let mut candidates: Vec<Candidate> = words.filter(|word| fold(word).starts_with(&wanted)).map(candidate).collect();
    tidy(&mut candidates);
    Completion { start, candidates }
}

/// The files and folders, or the folders alone, whose path begins with what is typed.
fn files(start: usize, typed: &str, folders_only: bool) -> Completion {
    let cut = typed.rfind('/').map_or(0, |slash| slash + 1);
    let (folder, beginning) = typed.split_at(cut);
    let home = folder.strip_prefix("~/").and_then(|rest| Some(std::env::home_dir()?.join(rest)));
    let place = match (&home, folder) {
        (Some(home), _) => home.as_path(),
        (None, "") => Path::new("."),
        (None, folder) => Path::new(folder),
    };
    let Ok(entries) = std::fs::read_dir(place) else { return Completion::default() };
    let mut candidates = Vec::new();
    for entry in entries.take(MOST_ENTRIES).flatten() {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let hidden = name.starts_with('.') && !beginning.starts_with('.');
        let is_folder = entry.path().is_dir();
        if hidden || !name.starts_with(beginning) || folders_only && !is_folder {
            continue;
        }
        let shown = if is_folder { format!("{name}/") } else { name };
        candidates.push(Candidate { replacement: format!("{folder}{shown}"), shown, rank: 2, known: 0 });
    }
    tidy(&mut candidates);
    Completion { start, candidates }
}
