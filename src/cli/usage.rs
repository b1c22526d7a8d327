//! Usage: what is said when the arguments are wrong, or ask for help.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::command::Failure;
use crate::diagnostic::{Code, Diagnostic};
use crate::render::Format;

use super::console::{Console, is_for_programs, to_standard_output};

/// Writes the help, the version or the complaint, and gives the exit status.
pub(super) fn tell(error: &clap::Error, words: &[OsString]) -> u8 {
    let console = Console::plain(words.iter().any(|word| word == "--no-color"), asks_for_json(words));
    let text = |colour: bool| {
        let rendered = error.render();
        if colour { rendered.ansi().to_string() } else { rendered.to_string() }
    };
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let written = to_standard_output(text(console.answers().colour).as_bytes());
        return written.map_or_else(|error| console.fail(Failure::Output(error)), |()| 0);
    }
    if asks_for_json(words) {
        return console.fail(complaint(error).into());
    }
    console.tell(&text(console.complaints().colour));
    if let Some(hint) = query_hint(error) {
        console.tell(&format!("\n{hint}\n"));
    }
    Code::BadOption.class().exit_status()
}

/// A query in the place of a command.
fn query_hint(error: &clap::Error) -> Option<String> {
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return None };
    Some(format!("A query stands behind `ask`: oms ask '{}'", crate::render::visible(word)))
}

/// The complaint as data: the first line is the message, what follows are hints.
fn complaint(error: &clap::Error) -> Diagnostic {
    let text = error.render().to_string();
    let mut paragraphs = text.split("\n\n").map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "));
    let first = paragraphs.next().unwrap_or_default();
    let complaint = Diagnostic::error(Code::BadOption, first.strip_prefix("error: ").unwrap_or(&first));
    paragraphs.filter(|paragraph| !paragraph.is_empty()).chain(query_hint(error)).fold(complaint, Diagnostic::help)
}

/// Whether the arguments, which could not be read as a whole, ask for a format for programs.
fn asks_for_json(words: &[OsString]) -> bool {
    let mut words = words.iter().filter_map(|word| word.to_str());
    while let Some(word) = words.next() {
        let name = match word {
            "--" => return false,
            "-f" | "--format" => words.next(),
            word => word.strip_prefix("--format=").or_else(|| word.strip_prefix("-f")),
        };
        if name.and_then(|name| Format::named(name.trim_start_matches('='))).is_some_and(is_for_programs) {
            return true;
        }
    }
    false
}
