//! Command: a shell that answers queries and `:commands` without needing a terminal, and the one table of those commands.

mod banner;
mod clipboard;
mod clock;
mod commands;
mod configuration;
mod forms;
mod forms_of_patterns;
mod help;
mod inputs;
mod layout;
mod offered;
mod outside_editor;
mod parameters;
mod placed;
mod read_file;
mod reading;
mod receipt;
mod record;
mod settings;
mod shown;
mod sourced;
mod table;
mod topics;
mod write_file;
mod write_graph;

#[cfg(test)]
mod sessions_tests;
#[cfg(test)]
mod tests;

use std::fmt;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use crate::answer::Answer;
use crate::diagnostic::{Code, Complaints, Diagnostic, Origin};
use crate::model::{Names, counted};
use crate::render::{self, Page};
use crate::session::{Session, Suggestion};

pub use configuration::{Configuration, Holds, SETTINGS, Setting, colours, looks, setting_named, usual_file};
pub use forms::{FORMS, Form};
pub use forms_of_patterns::{AGGREGATES, CLAUSES, Clause};
pub use inputs::{inputs, is_unfinished};
pub use layout::told;
pub use outside_editor::edit_outside;
pub use parameters::{parameter, shown as shown_value};
pub use placed::placed;
pub use reading::{Pager, Reading};
pub use receipt::{Comparison, Receipt, Verdict, verify};
pub use settings::{EditMode, Settings};
pub use shown::Shown;
pub use table::{Argument, COMMANDS, Command, command_named};
pub use topics::{Topic, topics};
pub use write_file::{Content, write_file, write_file_with};
pub use write_graph::{stream_graph, write_answer, write_graph, write_text};

/// The entries that `:history` shows when it is not told how many.
const HISTORY_SHOWN: usize = 20;

/// A session with everything that a conversation has beside it: how answers are shown, what was answered last, what was typed.
#[derive(Debug)]
pub struct Shell {
    session: Session,
    settings: Settings,
    timing: bool,
    last: Option<Answer>,
    taken: Duration,
    /// What is to be seen below what a command shows, however long that is.
    aside: String,
    history: Vec<String>,
    at_terminal: bool,
    to_edit: Option<String>,
    record: Option<record::Record>,
    /// The files that are being run, each named by the one before it.
    sourced: Vec<sourced::Sourced>,
    origins: configuration::Origins,
    /// The last input as it was probably meant.
    fixed: Option<String>,
    /// What `suggest` offered last.
    offered: Vec<Suggestion>,
}

/// Whether the conversation goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// It does.
    Continue,
    /// `:quit` was asked for.
    Quit,
}

/// Why an input was not answered.
#[derive(Debug)]
pub enum Failure {
    /// Something is wrong with it, or with the files that it names. Nothing was shown.
    Complaints(Complaints),
    /// The answer could not be written to the output: a broken pipe, among others.
    Output(io::Error),
}

impl Shell {
    /// A shell for a session. The limits of the settings become the session's.
    pub fn new(mut session: Session, settings: Settings) -> Shell {
        session.set_limits(settings.limits.clone());
        Shell {
            session,
            settings,
            timing: false,
            last: None,
            taken: Duration::ZERO,
            aside: String::new(),
            history: Vec::new(),
            at_terminal: false,
            to_edit: None,
            record: None,
            sourced: Vec::new(),
            origins: configuration::Origins::default(),
            fixed: None,
            offered: Vec::new(),
        }
    }

    /// The session.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The session, to be changed.
    pub fn session_mut(&mut self) -> &mut Session {
        &mut self.session
    }

    /// How answers are shown.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The columns of the terminal from now on; none where it is no terminal.
    pub fn set_width(&mut self, width: Option<usize>) {
        self.settings.page.width = width;
    }

    /// What was typed so far, the oldest first, replaces what is known of it.
    pub fn set_history(&mut self, entries: Vec<String>) {
        self.history = entries;
    }

    /// Adds what was typed to what `:history` shows; a repetition of the last entry is left out.
    pub fn remember(&mut self, input: &str) {
        if self.history.last().is_none_or(|last| last != input) {
            self.history.push(input.to_owned());
        }
    }

    /// Says that somebody sits at a terminal, so that `:edit` can be answered (the prompt looks at [`Shell::take_edit`] after each input),
    /// and a file's queries are shown above their answers.
    pub fn set_at_terminal(&mut self) {
        self.at_terminal = true;
    }

    /// The text that `:edit` asked to be opened in an editor, once.
    pub fn take_edit(&mut self) -> Option<String> {
        self.to_edit.take()
    }

    /// The last input as it was probably meant, where something was wrong with it and that is known.
    pub fn fixed(&self) -> Option<&str> {
        self.fixed.as_deref()
    }

    /// The answer to the last query, if one was answered.
    pub fn last(&self) -> Option<&Answer> {
        self.last.as_ref()
    }

    /// Answers one complete input, a query or a `:command`, and writes what is to be shown.
    ///
    /// # Errors
    /// What is wrong with the input or with a file that it names (nothing was shown then), or that the output cannot be written.
    pub fn submit(&mut self, input: &str, out: &mut dyn Write) -> Result<Flow, Failure> {
        let flow = self.submit_one(input, out)?;
        // A command may have had files run.
        self.run_sourced(out)?;
        Ok(flow)
    }

    /// The same without the files that `:source` has run: [`Shell::next_sourced`] gives their inputs, one by one.
    ///
    /// # Errors
    /// As for [`Shell::submit`].
    pub fn submit_one(&mut self, input: &str, out: &mut dyn Write) -> Result<Flow, Failure> {
        let (shown, flow) = self.respond(input)?;
        out.write_all(shown.body.as_bytes())
            .and_then(|()| out.write_all(shown.footer.as_bytes()))
            .and_then(|()| out.flush())
            .map_err(Failure::Output)?;
        Ok(flow)
    }

    /// The same as text, for whoever decides how to show it.
    ///
    /// # Errors
    /// What is wrong with the input or with a file that it names.
    pub fn respond(&mut self, input: &str) -> Result<(Shown, Flow), Complaints> {
        self.aside.clear();
        self.fixed = None;
        let input = self.meant(input);
        let outcome = match input.trim().strip_prefix(':') {
            Some(_) => self.command(input.trim()).map(|(body, flow)| (Shown { body, footer: std::mem::take(&mut self.aside) }, flow)),
            None => self.query(input).map(|shown| (shown, Flow::Continue)),
        };
        let note = self.recorded(input, outcome.as_ref().map(|(shown, flow)| (shown.body.as_str(), *flow)));
        let (mut shown, flow) = outcome.inspect_err(|complaints| self.fixed = complaints.fixed().map(str::to_owned))?;
        shown.footer.push_str(&note);
        Ok((shown, flow))
    }

    /// The command that a word stands for at a prompt where other programs would know it, unless something in the graph is called so; else
    /// the input.
    fn meant<'i>(&self, input: &'i str) -> &'i str {
        const ELSEWHERE: [(&str, &[&str]); 2] = [
            (":help", &["help", "?", "\\?", "\\h", "\\help", ".help", "/help"]),
            (":quit", &["quit", "exit", "\\q", ".quit", ".exit", "/quit", "/exit"]),
        ];
        let typed = input.trim().trim_end_matches([';', ' ']).to_ascii_lowercase();
        let known = ELSEWHERE.iter().find(|(_, words)| words.contains(&typed.as_str()));
        match known {
            Some((command, _)) if self.at_terminal && self.session.graph().called(&typed).is_empty() => command,
            _ => input,
        }
    }

    /// Whether the input so far is only a beginning: a phrase that more has to follow, or a pattern before its `;`.
    /// A `:command` never is.
    pub fn is_unfinished(&self, input: &str) -> bool {
        inputs::is_unfinished(input)
    }

    fn query(&mut self, input: &str) -> Result<Shown, Complaints> {
        if let Some(chosen) = self.chosen(input)? {
            let mut shown = self.query(&chosen)?;
            if self.settings.format.name == "table" {
                shown.body.insert_str(0, &format!("{}\n", render::visible(&chosen)));
            }
            return Ok(shown);
        }
        let (answer, taken) = self.timed(input)?;
        let mut shown = self.shown(&answer, taken);
        if offered::asks(input) {
            self.offered = self.session.suggestions();
            if self.settings.format.name == "table" && !self.offered.is_empty() {
                shown = Shown { body: offered::written(&self.offered, &self.settings.page), footer: String::new() };
            }
            // The last answer is still what they lead on from.
            return Ok(shown);
        }
        shown.footer.push_str(&self.record(|record| record.answer(input, &answer)));
        self.fixed = self.session.fixed().map(str::to_owned);
        if answer.stages.is_empty() {
            self.offers_age(&answer);
            self.last = Some(answer);
            self.taken = taken;
        }
        Ok(shown)
    }

    /// Adds to the last answer what it came without because nobody had asked for it: all of it, or what a form that writes all
    /// parts of an answer has of it.
    fn complete_last(&mut self, all: bool) -> Result<(), Complaints> {
        match &mut self.last {
            Some(answer) if self.session.is_incomplete() => self.session.complete(answer, all),
            _ => Ok(()),
        }
    }

    fn timed(&mut self, query: &str) -> Result<(Answer, Duration), Complaints> {
        self.session.set_supports_all(self.settings.format.draws_view);
        self.session.set_spares_views(!self.settings.format.holds_view());
        self.session.set_explains(self.settings.format.explains());
        let begun = Instant::now();
        let mut answer = self.session.ask(query)?;
        let taken = begun.elapsed();
        if self.settings.format.write.is_none() {
            self.session.tell_background(&mut answer);
        }
        Ok((answer, taken))
    }

    fn command(&mut self, input: &str) -> Result<(String, Flow), Complaints> {
        let typed = &input[1..];
        let end = typed.find(char::is_whitespace).unwrap_or(typed.len());
        let (name, rest) = typed.split_at(end);
        let Some(command) = command_named(name) else {
            return Err(unknown_command(input, name));
        };
        let words = rest.trim();
        let start = input.len() - rest.trim_start().len();
        let call = Call { input, command, words, at: start.min(input.len())..(start + words.len()).min(input.len()) };
        let (mut text, flow) = (command.run)(self, &call)?;
        // A single line is what a command says, unless it shows an answer.
        if self.settings.reading.at_prompt && text.lines().count() == 1 && command.name != "last" && !text.contains('\u{1b}') {
            text = told(text, &self.settings.page);
        }
        if matches!(flow, Flow::Continue) {
            self.session.intact()?;
        }
        Ok((text, flow))
    }
}

/// A command as it was typed.
pub(crate) struct Call<'a> {
    /// All of it.
    input: &'a str,
    /// Which one it is.
    command: &'static Command,
    /// What stands behind its name.
    words: &'a str,
    /// Where those words stand in the input.
    at: std::ops::Range<usize>,
}

impl Call<'_> {
    /// What is wrong with the words, and what the command takes.
    fn wrong(&self, code: Code, message: impl Into<String>, label: &str) -> Diagnostic {
        Diagnostic::error(code, message).in_origin(&Origin::new("command", self.input)).at(self.at.clone(), label)
    }

    /// What is wrong with some of the words.
    fn wrong_at(&self, part: &str, code: Code, message: impl Into<String>, label: &str) -> Diagnostic {
        Diagnostic::error(code, message).in_origin(&Origin::new("command", self.input)).at(self.place_of(part), label)
    }

    /// Where some of the words stand in the input: the first place, or all of them if they are not there.
    fn place_of(&self, part: &str) -> std::ops::Range<usize> {
        match self.words.find(part).filter(|_| !part.is_empty()) {
            Some(at) => self.at.start + at..self.at.start + at + part.len(),
            None => self.at.clone(),
        }
    }

    /// The command does not take these words.
    fn refused(&self, label: &str) -> Diagnostic {
        let usage = self.command.usage();
        let message = format!("`:{}` does not take '{}'", self.command.name, layout::shortened(self.words));
        self.wrong(Code::BadCommand, message, label).help(format!("it is used as `{usage}`"))
    }

    /// The words as the name of a file: without the quotation marks around them, `~` being the home folder.
    fn path(&self) -> std::path::PathBuf {
        settings::path(self.words)
    }
}

fn unknown_command(input: &str, name: &str) -> Complaints {
    let names = COMMANDS.iter().flat_map(|command| std::iter::once(&command.name).chain(command.aliases)).copied();
    let near: Vec<String> = crate::diagnostic::nearest(name, names, 3).into_iter().map(|name| format!(":{name}")).collect();
    let meant = near.first().map(|near| input.replacen(&format!(":{name}"), near, 1));
    let complaint = Diagnostic::error(Code::BadCommand, format!("there is no command ':{}'", layout::shortened(name)))
        .in_origin(&Origin::new("command", input))
        .at(0..1 + name.len(), "no such command")
        .suggest(near)
        .help("`:help` lists the commands");
    Complaints::from(complaint).with_fixed(meant)
}

/// The greeting of a conversation: what the graph is and holds, a few questions to begin with, and where help is.
pub fn banner(session: &Session, page: &Page) -> String {
    layout::laid_out(&banner::banner(session, page), page)
}

/// Every setting with its value and where that comes from, a line each.
pub fn configured_lines(shell: &Shell, page: &Page) -> String {
    layout::laid_out(&[layout::Block::Pairs(commands::config::lines(shell))], page)
}

/// Every word that `:help` takes but the names of entities, in alphabetical order, each once.
pub fn topic_names(session: &Session) -> Vec<String> {
    let mut names: Vec<String> = topics(session).into_iter().flat_map(|topic| topic.names).collect();
    names.extend(help::GATHERED.iter().map(|(name, _)| (*name).to_owned()));
    names.sort();
    names.dedup();
    names
}

/// What a graph holds, in a line: `64 entities, 94 relations, 42 statements from 1 source`.
pub fn holdings(session: &Session) -> String {
    let graph = session.graph();
    format!(
        "{}, {}, {} from {}",
        counted(graph.entity_count(), "entity", "entities"),
        counted(graph.relation_count(), "relation", "relations"),
        counted(graph.statement_count(), "statement", "statements"),
        counted(graph.sources().len(), "source", "sources"),
    )
}

impl Failure {
    /// The exit status of a program that ends with this failure. A reader that has left is none.
    pub fn exit_status(&self) -> u8 {
        match self {
            Failure::Complaints(complaints) => complaints.class().exit_status(),
            Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Failure::Output(_) => Code::Unwritable.class().exit_status(),
        }
    }
}

impl From<Complaints> for Failure {
    fn from(complaints: Complaints) -> Failure {
        Failure::Complaints(complaints)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Complaints(complaints) => complaints.fmt(formatter),
            Failure::Output(error) => write!(formatter, "the output cannot be written: {error}"),
        }
    }
}

impl std::error::Error for Failure {}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            format: &render::FORMATS[0],
            page: Page::default(),
            palette: render::Palette::default(),
            quiet: false,
            sources: None,
            limits: crate::session::Limits::default(),
            edit_mode: EditMode::default(),
            prompt: "oms> ".to_owned(),
            reading: Reading::default(),
            graph: vec![crate::session::EMBEDDED.into()],
        }
    }
}
