//! Config: the settings, and where each comes from.

use crate::diagnostic::{Code, Diagnostic, Origin};
use crate::render::{Palette, USUAL, visible};

use super::{Outcome, stay};
use crate::command::configuration::{self, colour_named, setting_named};
use crate::command::{Call, Shell, layout};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    let page = shell.settings.page;
    if call.words.is_empty() {
        let file = match shell.configuration_file() {
            Some(file) => format!("The file is {}.", visible(&file.display().to_string())),
            None => "There is no file; `oms config --default` writes one to begin with.".to_owned(),
        };
        let more = "`:config colours` shows what is coloured, and how.".to_owned();
        let blocks = [layout::Block::Pairs(lines(shell)), layout::Block::Prose(file), layout::Block::Prose(more)];
        return stay(layout::laid_out(&blocks, &page));
    }
    let (name, rest) = call.words.split_once(|letter: char| letter.is_whitespace() || letter == '=').unwrap_or((call.words, ""));
    let rest = rest.trim().trim_start_matches('=').trim();
    if let Some(role) = colour_named(name) {
        return coloured(shell, call, role, rest);
    }
    let Some(setting) = setting_named(name) else {
        let complaint = configuration::unknown(name);
        let placed = call.wrong_at(name, Code::BadCommand, complaint.message, "no such setting");
        return Err(complaint.help.into_iter().fold(placed, Diagnostic::help).into());
    };
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
    let bare = unquoted(rest);
    if let Err(wrong) = shell.set(setting, &[bare.to_owned()]) {
        let complaint =
            call.wrong_at(rest, Code::BadCommand, format!("'{}' cannot be '{}': {wrong}", setting.name, layout::shortened(rest)), "");
        return Err(complaint.suggest(setting.meant(bare)).help(format!("it takes {}", setting.takes)).into());
    }
    if shell.settings.quiet {
        return stay(String::new());
    }
    let unseen = if setting.name == "palette" { unseen(shell) } else { "" };
    stay(format!("{} is {} for this session{unseen}\n", setting.name, shown(bare)))
}

/// Shows what is coloured, or gives it another look.
fn coloured(shell: &mut Shell, call: &Call<'_>, role: &str, rest: &str) -> Outcome {
    let look = unquoted(rest).trim();
    if role.is_empty() && look.is_empty() {
        let takes = layout::laid_out(&[layout::Block::Prose(format!("A look is {}.", configuration::looks()))], &shell.settings.page);
        return stay(shell.coloured_lines() + &takes);
    }
    // Without a look it only says whether there is such a name.
    match shell.settings.palette.clone().set(role, if look.is_empty() { USUAL } else { look }) {
        Err(wrong) => {
            let origin = Origin::new("command", call.input);
            let name = call.place_of(call.words.split([' ', '\t', '=']).next().unwrap_or_default());
            let complaint = configuration::complaint(&wrong, &origin, name, call.place_of(look));
            let complaint = Diagnostic { code: Code::BadCommand, ..complaint };
            Err(complaint.help("for example `:config colours.keyword bold blue`").into())
        }
        Ok(role) if look.is_empty() => {
            let lines = shell.coloured_lines();
            let line = Palette::names().zip(lines.lines()).find(|((name, ..), _)| *name == role);
            stay(line.map(|(_, line)| format!("{line}\n")).unwrap_or_default())
        }
        Ok(role) => {
            let _ = shell.settings.palette.set(role, look);
            let now = shell.settings.palette.looks().find(|(_, name, ..)| *name == role).map_or("", |(_, _, words, _)| words);
            let said = format!("{role} is {now} for this session{}\n", unseen(shell));
            stay(if shell.settings.quiet { String::new() } else { said })
        }
    }
}

/// What is to be known where no colours are written.
fn unseen(shell: &Shell) -> &'static str {
    if shell.settings.page.colour { "" } else { "; but nothing is coloured here: `NO_COLOR`, `--no-color` or the terminal says so" }
}

/// Words without the quotation marks around them.
fn unquoted(words: &str) -> &str {
    ['"', '\''].iter().find_map(|mark| words.strip_prefix(*mark)?.strip_suffix(*mark)).unwrap_or(words)
}

/// The settings, each with its value and where that comes from.
pub(in crate::command) fn lines(shell: &Shell) -> Vec<(String, String)> {
    let line = |(setting, value, origin): (&configuration::Setting, String, String)| {
        let origin = if origin == "usual" { String::new() } else { format!("  ({origin})") };
        (setting.name.to_owned(), format!("{}{origin}", shown(&value)))
    };
    let chosen = shell.chosen_colours().into_iter().map(|(name, look, origin)| (name, format!("{look}  ({origin})")));
    shell.configured().into_iter().map(line).chain(chosen).collect()
}

/// A value as it can be told from its surroundings.
fn shown(value: &str) -> String {
    if value.is_empty() || value.starts_with(' ') || value.ends_with(' ') { format!("'{value}'") } else { value.to_owned() }
}
