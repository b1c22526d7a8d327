//! Commands: what can stand at the end of a `:command` that is typed so far.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use crate::command::{Argument, COMMANDS, SETTINGS, Shell, colours, command_named, setting_named, topic_names, topics};
use crate::diagnostic::nearest;
use crate::model::fold;
use crate::render::{FORMATS, PLAIN_LOOK, Palette, USUAL};
use crate::session::EMBEDDED;

use super::{Candidate, Closeness, Completion, Wanted, named, query, tidy};

/// The ending of the files that hold a graph.
const GRAPH_EXTENSION: &str = ".oms";
/// What the names of colours begin with.
const COLOURS: &str = "colours.";
/// So many words may have been meant where none begins as typed.
const MOST_NEAR: usize = 3;

/// The entries of a folder that are looked at.
const MOST_ENTRIES: usize = 2_000;

/// What can stand at the end of a text that begins with a colon.
pub(super) fn complete(shell: &Shell, text: &str) -> Completion {
    let Some(end) = text.find(char::is_whitespace) else {
        let every = COMMANDS.iter().map(|command| {
            let name = format!(":{}", command.name);
            let replacement = if command.argument == Argument::None { name.clone() } else { format!("{name} ") };
            Candidate { replacement, what: Cow::Borrowed(command.summary), ..Candidate::word(name, "", 1) }
        });
        return choice(0, text, every);
    };
    let Some(command) = command_named(&text[1..end]) else { return Completion::default() };
    argument(shell, command.argument, text, text.len() - text[end..].trim_start().len())
}

/// What can stand from this place on, where something of this sort is taken.
fn argument(shell: &Shell, argument: Argument, text: &str, start: usize) -> Completion {
    let typed = &text[start..];
    let word = |words: &str, what: &'static str| Candidate::word(words, what, 1);
    match argument {
        Argument::None | Argument::Number => Completion::default(),
        Argument::Topic => {
            let sorts: HashMap<String, &'static str> =
                topics(shell.session()).into_iter().flat_map(|topic| topic.names.into_iter().map(move |name| (name, topic.sort))).collect();
            let topics = topic_names(shell.session()).into_iter().map(|name| {
                let sort = sorts.get(&name).copied().unwrap_or("topic");
                Candidate::word(name, sort, 1)
            });
            let wanted = Wanted::new(typed, None);
            let named = if typed.is_empty() { Vec::new() } else { named::beginning(shell.session(), &[], &wanted.folded) };
            let named = named.into_iter().map(|found| {
                let what = named::kind_of(shell.session(), found.entity);
                Candidate { what, known: found.known, ..Candidate::word(found.text, "", 3) }
            });
            choice(start, typed, topics.chain(named))
        }
        Argument::Choice(words) => choice(start, typed, words.iter().map(|found| word(found, ""))),
        Argument::Format => {
            let formats =
                FORMATS.iter().map(|format| Candidate { what: Cow::Borrowed(format.summary), ..Candidate::word(format.name, "", 1) });
            choice(start, typed, formats)
        }
        Argument::File | Argument::AnyFile => files(start, typed, |_| true),
        Argument::Parameter => {
            choice(start, typed, shell.session().parameters().keys().map(|name| Candidate::word(format!("{name}="), "parameter", 1)))
        }
        Argument::Setting => setting(shell, text, start),
        Argument::Given => choice(start, typed, shell.session().given_names().map(|name| Candidate::word(name.to_owned(), "answer", 1))),
        Argument::Graph => {
            // Several graphs can be named, one behind the other.
            let start = text.len() - typed.rsplit(char::is_whitespace).next().map_or(0, str::len);
            let typed = &text[start..];
            let mut completion = files(start, typed, |name| name.ends_with(GRAPH_EXTENSION));
            if EMBEDDED.starts_with(typed) {
                completion.candidates.insert(0, Candidate { rank: 0, ..word(EMBEDDED, "the graph of this program") });
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

/// The name of a setting, or what it takes.
fn setting(shell: &Shell, text: &str, start: usize) -> Completion {
    let typed = &text[start..];
    let Some(end) = typed.find([' ', '\t', '=']) else {
        let with_value = |candidate: Candidate| Candidate { replacement: format!("{} ", candidate.shown), ..candidate };
        let settings = SETTINGS.iter().map(|known| with_value(Candidate::word(known.name, "setting", 1)));
        if typed.contains('.') {
            let meant = |meaning: &'static str| Candidate { what: Cow::Borrowed(meaning), ..Candidate::default() };
            let colours = colours().map(|(name, meaning, _)| with_value(Candidate { shown: name, rank: 1, ..meant(meaning) }));
            return choice(start, typed, colours);
        }
        return choice(start, typed, settings.chain([Candidate::word(COLOURS, "looks of what is typed", 1)]));
    };
    let (name, rest) = typed.split_at(end);
    let value = text.len() - rest.trim_start_matches([' ', '\t', '=']).len();
    if name.starts_with(COLOURS) {
        // A look is made of several words.
        let value = text.len() - text[value..].rsplit([' ', '"', '\'']).next().map_or(0, str::len);
        let words = Palette::words().map(|known| Candidate::word(known, "look", 2));
        let whole = [(PLAIN_LOOK, "without colour"), (USUAL, "as in the palette")].map(|(known, what)| Candidate::word(known, what, 1));
        return choice(value, &text[value..], whole.into_iter().chain(words));
    }
    setting_named(name).map(|known| argument(shell, known.argument, text, value)).unwrap_or_default()
}

/// The candidates that begin with what is typed, letter case aside; else those that may have been meant.
fn choice(start: usize, typed: &str, every: impl Iterator<Item = Candidate>) -> Completion {
    let wanted = fold(typed);
    let every: Vec<Candidate> = every.collect();
    let mut candidates: Vec<Candidate> = every.iter().filter(|word| fold(&word.shown).starts_with(&wanted)).cloned().collect();
    if candidates.is_empty() {
        let near = nearest(typed, every.iter().map(|word| word.shown.as_str()), MOST_NEAR);
        let meant = near.into_iter().filter_map(|shown| every.iter().find(|word| word.shown == shown).cloned());
        candidates = meant.map(|word| Candidate { closeness: Closeness::Slip, ..word }).collect();
    }
    tidy(&mut candidates);
    Completion { start, candidates, more: 0 }
}

/// The folders, and the files whose names are wanted, whose path begins with what is typed; sorted.
fn files(start: usize, typed: &str, is_wanted: impl Fn(&str) -> bool) -> Completion {
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
        if hidden || !name.starts_with(beginning) || !is_folder && !is_wanted(&name) {
            continue;
        }
        let (shown, what) = if is_folder { (format!("{name}/"), "folder") } else { (name, "file") };
        candidates.push(Candidate { replacement: format!("{folder}{shown}"), ..Candidate::word(shown, what, 2) });
    }
    candidates.sort_by(|left, right| left.shown.cmp(&right.shown));
    tidy(&mut candidates);
    Completion { start, candidates, more: 0 }
}
