//! Manual: the manual page, made from the tables that the program itself works by.

use clap::CommandFactory;
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

use crate::command::{COMMANDS, Failure, SETTINGS, colours, looks};
use crate::diagnostic::{Class, Code};
use crate::query::syntax::KEYWORDS;
use crate::render::FORMATS;

use super::arguments::{Arguments, EXAMPLES};

/// What the environment can say, and where.
const ENVIRONMENT: &[(&str, &str)] = &[
    (
        "OMS_CONFIG",
        "The configuration file; empty for none. Else it is `config.toml` in the folder `oms` of the platform's configuration folder.",
    ),
    ("OMS_HISTORY", "The file in which what is typed at the prompt is kept; empty for none."),
    ("NO_COLOR", "Any value but an empty one: no colours."),
    ("TERM", "`dumb`, or nothing at all: no colours, and at the prompt lines as the terminal hands them over."),
    (
        "LC_ALL, LC_CTYPE, LANG",
        "The first that says something: whether a terminal shows UTF-8. On others tables are drawn with `+-|`, and letters lose their marks.",
    ),
    ("VISUAL, EDITOR", "The editor that `:edit` and Ctrl-X Ctrl-E open."),
    ("OMS_HISTORY", "The file that keeps what is typed at the prompt; empty for none."),
    ("OMS_PAGER, PAGER", "The program that shows what is longer than the screen, at the prompt; empty for none. Else less."),
    ("COLUMNS", "The width of the terminal, where the terminal itself is not to be asked."),
];

/// The manual page in roff.
pub(super) fn page() -> Result<String, Failure> {
    let mut command = Arguments::command();
    command.build();
    let page = Man::new(command.clone().disable_help_subcommand(true)).manual("Knowledge graph of opsoclonus-myoclonus syndrome");
    let mut bytes = Vec::new();
    page.render_title(&mut bytes)
        .and_then(|()| page.render_name_section(&mut bytes))
        .and_then(|()| page.render_synopsis_section(&mut bytes))
        .and_then(|()| page.render_description_section(&mut bytes))
        .and_then(|()| page.render_options_section(&mut bytes))
        .and_then(|()| sections(&command).to_writer(&mut bytes))
        .map_err(Failure::Output)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn sections(command: &clap::Command) -> Roff {
    let mut roff = Roff::new();
    commands(&mut roff, command);
    let formats = FORMATS.iter().map(|format| {
        let extensions: Vec<String> = format.extensions.iter().map(|extension| format!(".{extension}")).collect();
        (format.name.to_owned(), format!("{} ({})", sentence(format.summary), extensions.join(", ")))
    });
    section(&mut roff, "FORMATS", "What `--format` and the extension of `--output` choose from:", formats);
    let failures = "With the formats json and jsonl, a run that fails writes nothing to standard output, and to standard error one object: {\"error\": {\"code\", \"message\", \"span\", \"help\"}}. Warnings are objects with the key \"warning\".";
    paragraph(&mut roff, failures);
    let keywords = KEYWORDS.iter().map(|keyword| (keyword.word.to_owned(), keyword.summary.to_owned()));
    section(&mut roff, "KEYWORDS", "Names in a query need no quotation marks unless they hold one of these words:", keywords);
    let prompt = COMMANDS.iter().map(|command| (command.usage(), command.summary.to_owned()));
    section(&mut roff, "COMMANDS OF THE PROMPT", "At the prompt and in scripts, a line that begins with a colon is a command:", prompt);
    let settings =
        SETTINGS.iter().map(|setting| (setting.name.to_owned(), format!("{} It takes {}.", sentence(setting.summary), setting.takes)));
    let lead = "What the configuration file and `:config` set; `oms config --default` writes a file to begin with:";
    section(&mut roff, "SETTINGS", lead, settings);
    let coloured = colours().map(|(name, meaning, look)| (name, format!("{} Usually {look}.", sentence(meaning))));
    let lead = format!("How what is typed at the prompt is coloured, in the table [colours] of the file. A look is {}.", looks());
    section(&mut roff, "COLOURS", &lead, coloured);
    let statuses = statuses().into_iter().map(|(status, meaning)| (status.to_string(), meaning.to_owned()));
    section(&mut roff, "EXIT STATUS", "A script ends at the first failure, with its status.", statuses);
    let codes = Code::ALL.iter().map(|code| (code.word().to_owned(), format!("{} Status {}.", code.meaning(), code.class().exit_status())));
    section(&mut roff, "ERRORS", "Messages name what sort of fault they are about:", codes);
    let environment = ENVIRONMENT.iter().map(|(name, meaning)| ((*name).to_owned(), (*meaning).to_owned()));
    section(&mut roff, "ENVIRONMENT", "", environment);
    let examples = EXAMPLES.iter().map(|(command, purpose)| ((*command).to_owned(), sentence(purpose)));
    section(&mut roff, "EXAMPLES", "", examples);
    roff
}

/// Each command with its own arguments; the options hold for all of them.
fn commands(roff: &mut Roff, command: &clap::Command) {
    roff.control("SH", ["COMMANDS"]);
    for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
        let mut title = vec![bold(format!("oms {}", command.get_name()))];
        for argument in command.get_positionals() {
            let name = argument.get_value_names().map_or_else(|| argument.get_id().to_string(), |names| names.join(" ").to_owned());
            let shown = if argument.is_required_set() { name.to_string() } else { format!("[{name}]") };
            title.push(roman(" "));
            title.push(italic(shown.to_uppercase()));
        }
        roff.control("TP", []);
        roff.text(title);
        let about = command.get_about().map(|about| sentence(&about.to_string())).unwrap_or_default();
        let more = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        roff.text(quoted(format!("{about} {more}").trim()));
    }
}

fn section(roff: &mut Roff, title: &str, lead: &str, items: impl Iterator<Item = (String, String)>) {
    roff.control("SH", [title]);
    if !lead.is_empty() {
        roff.text(quoted(lead));
    }
    for (term, meaning) in items {
        roff.control("TP", []);
        roff.text([bold(term.trim())]);
        roff.text(quoted(&sentence(&meaning)));
    }
}

fn paragraph(roff: &mut Roff, text: &str) {
    roff.control("PP", []);
    roff.text(quoted(text));
}

/// What stands between backquotes, in bold.
fn quoted(text: &str) -> Vec<Inline> {
    let part = |(position, part): (usize, &str)| if position % 2 == 1 { bold(part) } else { roman(part) };
    text.split('`').enumerate().map(part).collect()
}

/// The words as a sentence of their own.
fn sentence(words: &str) -> String {
    let mut letters = words.trim().chars();
    let Some(first) = letters.next() else { return String::new() };
    let end = if words.trim_end().ends_with(['.', ')', '`']) { "" } else { "." };
    format!("{}{}{end}", first.to_uppercase(), letters.as_str())
}

/// The exit statuses, each with what it means.
fn statuses() -> Vec<(u8, &'static str)> {
    let of = |class: Class| {
        let meaning = match class {
            Class::Query => "The query is wrong, empty or too deeply nested, or it failed as it ran.",
            Class::Options => "An option or a command of the command line is wrong.",
            Class::Data => "Data or a file is wrong, unreadable or unwritable.",
            Class::Limit => "A limit of time, rows or memory was hit; no part of the answer was written.",
            Class::Interrupted => "The user interrupted the work.",
        };
        (class.exit_status(), meaning)
    };
    let mut statuses = vec![(0, "Answered, also with no rows, and also when the reader of a pipe leaves early.")];
    statuses.extend([Class::Query, Class::Options, Class::Data, Class::Limit, Class::Interrupted].map(of));
    statuses
}
