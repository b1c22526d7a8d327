//! Config: the settings, and where each comes from.

use crate::diagnostic::Code;
use crate::render::visible;

use super::{Outcome, stay};
use crate::command::configuration::{self, Holds, setting_named};
use crate::command::{Call, Shell, layout};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    let page = shell.settings.page;
    if call.words.is_empty() {
        let file = match shell.configuration_file() {
            Some(file) => format!("The file is {}.", visible(&file.display().to_string())),
            None => "There is no file; `oms config --default` writes one to begin with.".to_owned(),
        };
        let blocks = [layout::Block::Pairs(lines(shell)), layout::Block::Prose(file)];
        return stay(layout::laid_out(&blocks, &page));
    }
    let (name, rest) = call.words.split_once(|letter: char| letter.is_whitespace() || letter == '=').unwrap_or((call.words, ""));
    let Some(setting) = setting_named(name) else {
        let mut complaint = configuration::unknown(name);
        complaint.severity = crate::diagnostic::Severity::Error;
        let placed = call.wrong(Code::BadCommand, complaint.message, "no such setting");
        return Err(complaint.help.into_iter().fold(placed, crate::diagnostic::Diagnostic::help).into());
    };
    let rest = rest.trim().trim_start_matches('=').trim();
    if rest.is_empty() {
        let said = lines(shell).into_iter().filter(|(name, _)| name == setting.name);
        let mut pairs: Vec<(String, String)> = said.collect();
        pairs.push(("takes".to_owned(), setting.takes.to_owned()));
        pairs.push(("usual".to_owned(), shown(setting.usual)));
        let blocks = [layout::Block::Prose(format!("{}: {}", setting.name, setting.summary)), layout::Block::Pairs(pairs)];
        return stay(layout::laid_out(&blocks, &page));
    }
    if setting.name == "graph" {
        let complaint = call.wrong(Code::BadCommand, "the open graph is no setting of the session", "a graph");
        return Err(complaint.help(format!("`:open {rest}` opens it")).into());
    }
    // Quotation marks keep the blanks at the ends of a text.
    let bare = ['"', '\''].iter().find_map(|mark| rest.strip_prefix(*mark)?.strip_suffix(*mark)).unwrap_or(rest);
    if let Err(wrong) = shell.set(setting, &[bare.to_owned()]) {
        let complaint = call.wrong(Code::BadCommand, format!("'{}' cannot be '{}': {wrong}", setting.name, layout::shortened(rest)), "");
        return Err(complaint.help(format!("it takes {}", setting.takes)).into());
    }
    if shell.settings.quiet {
        return stay(String::new());
    }
    let late = if setting.holds == Holds::AtStart { ", which a new prompt heeds: write it into the file" } else { "" };
    stay(format!("{} is {} for this session{late}\n", setting.name, shown(bare)))
}

/// The settings, each with its value and where that comes from.
pub(in crate::command) fn lines(shell: &Shell) -> Vec<(String, String)> {
    let line = |(setting, value, origin): (&configuration::Setting, String, String)| {
        let origin = if origin == "usual" { String::new() } else { format!("  ({origin})") };
        (setting.name.to_owned(), format!("{}{origin}", shown(&value)))
    };
    shell.configured().into_iter().map(line).collect()
}

/// A value as it can be told from its surroundings.
fn shown(value: &str) -> String {
    if value.is_empty() || value.starts_with(' ') || value.ends_with(' ') { format!("'{value}'") } else { value.to_owned() }
}
