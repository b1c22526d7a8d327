//! Cli: the command line: what the arguments ask for is done, and the outcome is told by the exit status.
//!
//! Answers go to standard output (or to the file of `--output`), complaints to standard error. A run that fails writes no part
//! of an answer; with `--format json` or `jsonl` its complaint is one JSON object on standard error.

mod amounts;
mod arguments;
mod bench;
mod check;
mod configuration;
mod console;
mod import;
mod interrupt;
mod manual;
mod progress;
mod reading;
mod receipt;
mod schema;
mod script;
mod summary;
mod usage;

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use clap::{CommandFactory, Parser};

use crate::Session;
use crate::command::{Configuration, Failure, Reading, Settings, Shell, parameter, stream_graph, write_answer, write_graph};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::formats::import::is_graph;
use crate::render::{FORMATS, Format, render};
use crate::repl;
use crate::session::Limits;

use arguments::{Arguments, Command, Options};
use console::{Console, is_standard_output, to_standard_output};
use interrupt::Interrupt;

/// Runs the program: reads the arguments of the process and its standard input, and gives its exit status.
pub fn run() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let mut arguments = match Arguments::try_parse_from(&words) {
        Ok(arguments) => arguments,
        Err(error) => return ExitCode::from(usage::tell(&error, &words)),
    };
    let graphs = import::graphs_in(&words);
    arguments.options.names_graph = !graphs.is_empty();
    if graphs.len() > arguments.options.graph.len() {
        arguments.options.graph = graphs;
    }
    let console = Console::new(&arguments.options);
    let configuration = configured(&mut arguments, &console);
    match carry_out(arguments, &configuration, &console) {
        Ok(status) => ExitCode::from(status),
        Err(failure) => ExitCode::from(console.fail(failure)),
    }
}

/// What the configuration file says, where the command asks a graph; what holds for every run is taken over.
fn configured(arguments: &mut Arguments, console: &Console) -> Configuration {
    let asks = !matches!(
        arguments.command,
        Some(Command::Completions { .. } | Command::Man | Command::Import(_) | Command::Verify { .. } | Command::Config { default: true })
    );
    if !asks {
        return Configuration::default();
    }
    let (configuration, told) = configuration::read(&arguments.options);
    if !matches!(arguments.command, Some(Command::Config { .. })) {
        console.warn_all(&told);
    }
    configuration::take_over(&mut arguments.options, &configuration);
    configuration
}

/// Does what was asked for; the exit status where nothing failed.
fn carry_out(arguments: Arguments, configuration: &Configuration, console: &Console) -> Result<u8, Failure> {
    let options = &arguments.options;
    let done = match arguments.command {
        Some(Command::Completions { shell }) => console.write(&completions(shell)),
        Some(Command::Import(sources)) => import::run(&sources, options, console),
        Some(Command::Man) => console.write(&manual::page()?),
        // Before anything is read, the options have to make sense.
        command => {
            let format = chosen_format(options)?;
            match command {
                Some(Command::Ask { query, receipt }) => ask(query, receipt.as_deref(), options, format, console),
                Some(Command::Verify { receipt }) => return receipt::check(&receipt, options, format, console),
                Some(Command::Config { default }) => configuration::show(default, options, console),
                Some(Command::Check { target }) => check::run(target.as_deref(), options, format, console),
                Some(Command::Schema { part }) => schema::run(part, &open(options, console)?, format, console),
                Some(Command::Bench { file, runs }) => bench::run(&file, runs, options, format, console),
                Some(Command::Export) => export(options, format, console),
                _ => converse(options, format, configuration, console),
            }
        }
    };
    done.map(|()| 0)
}

/// Opens the graph with what the options say of it, and shows its warnings.
fn open(options: &Options, console: &Console) -> Result<Session, Failure> {
    let session = open_at(&options.graph, options, console).map_err(|failure| with_origin(failure, options))?;
    console.warn(session.warnings());
    Ok(session)
}

/// Why a graph cannot be opened, with where it was named if that was not in the command line.
fn with_origin(failure: Failure, options: &Options) -> Failure {
    let (Failure::Complaints(complaints), Some(file)) = (&failure, &options.graph_said_by) else { return failure };
    let mut all = complaints.diagnostics().to_vec();
    if let Some(first) = all.first_mut() {
        first.help.push(format!(
            "the configuration file '{file}' names this graph (`graph = …`); `-g oms` opens the one that the program carries"
        ));
    }
    crate::Complaints::new(all).map_or(failure, Failure::Complaints)
}

/// Opens graphs as one. Files that have to be imported first are, with bars on a terminal, and it is told what became of them.
fn open_at(graphs: &[PathBuf], options: &Options, console: &Console) -> Result<Session, Failure> {
    let names = graphs.iter().map(|graph| name_of(graph)).collect::<Result<Vec<String>, Diagnostic>>()?;
    let stop = Arc::new(AtomicBool::new(false));
    let mut session = if graphs.iter().all(|graph| is_graph(graph)) {
        Session::open_all(&names, &stop)?
    } else {
        let start = Instant::now();
        let interrupt = Interrupt::new(&stop);
        let is_shown = import::shows_progress(options, options.format.is_some_and(console::is_for_programs));
        let session = {
            let _progress = progress::Progress::of(Vec::new(), is_shown, console.complaints().colour);
            interrupt.during(|| Session::open_all(&names, &stop))?
        };
        console.warn_all(&import::told_of_opened(session.imported(), start.elapsed().as_secs_f64()));
        session
    };
    if let Some(folder) = &options.sources {
        session.quote_from(folder)?;
    }
    let parameters = options.param.iter().map(|typed| parameter(typed)).collect::<Result<Vec<_>, Diagnostic>>()?;
    session.set_parameters(parameters);
    let limits = session.limits().clone();
    session.set_limits(Limits { timeout: options.timeout, rows: options.max_rows, memory: options.memory, ..limits });
    Ok(session)
}

fn name_of(graph: &Path) -> Result<String, Diagnostic> {
    graph.to_str().map(str::to_owned).ok_or_else(|| {
        Diagnostic::error(Code::BadOption, format!("the path of the graph '{}' is not UTF-8 text", graph.display()))
            .help("rename the folder, or name it by a link")
    })
}

/// The format that `--format` names, else that of the file's extension, else the table.
fn chosen_format(options: &Options) -> Result<&'static Format, Failure> {
    if let Some(format) = options.format {
        return Ok(format);
    }
    let Some(path) = options.output.as_deref().filter(|path| !is_standard_output(path)) else {
        return Ok(&FORMATS[0]);
    };
    Format::of_file(path).ok_or_else(|| unknown_extension(path).into())
}

fn unknown_extension(path: &Path) -> Diagnostic {
    let shown = path.display();
    let known: Vec<String> = FORMATS.iter().flat_map(|format| format.extensions).map(|extension| format!(".{extension}")).collect();
    let complaint = match path.extension() {
        Some(extension) => {
            let extension = format!(".{}", extension.to_string_lossy());
            let near: Vec<String> = nearest(&extension, known.iter().map(String::as_str), 3).into_iter().map(str::to_owned).collect();
            Diagnostic::error(Code::BadOption, format!("no format has the extension '{extension}' of '{shown}'")).suggest(near)
        }
        None => Diagnostic::error(Code::BadOption, format!("'{shown}' has no extension that says its format")),
    };
    complaint.help(format!("extensions with a format: {}; `-f NAME` chooses one for any file", known.join(", ")))
}

/// Answers one query.
fn ask(words: Vec<OsString>, receipt: Option<&Path>, options: &Options, format: &Format, console: &Console) -> Result<(), Failure> {
    let is_read = matches!(words.as_slice(), [only] if only == "-");
    let query = match words.as_slice() {
        _ if is_read => reading::whole_query(io::stdin().lock())?,
        words => {
            let words: Vec<&[u8]> = words.iter().map(|word| word.as_encoded_bytes()).collect();
            reading::decoded(words.join(&b' '), "query")?
        }
    };
    let mut session = open(options, console)?;
    session.set_supports_all(format.draws_view);
    session.set_spares_views(!format.holds_view());
    session.set_explains(format.explains());
    let interrupt = Interrupt::new(&session.interrupt());
    let progress = repl::Progress::of(session.limits(), !options.quiet);
    let answered = interrupt.during(|| session.ask(&query));
    drop(progress);
    let mut answer = answered.map_err(|complaints| if is_read { reading::of_one_query(complaints, &query) } else { complaints })?;
    if format.write.is_none() {
        session.tell_background(&mut answer);
    }
    if options.quiet {
        answer.warnings.clear();
    } else if !matches!(format.name, "table" | "markdown" | "json") {
        // The others hold rows or a view, and nothing beside them.
        let warnings: Vec<Diagnostic> = answer.warnings.iter().map(|warning| Diagnostic::warning(Code::UnknownName, warning)).collect();
        console.warn_all(&warnings);
    }
    let stated = receipt.map(|_| interrupt.during(|| receipt::of(&session, &answer))).transpose()?;
    let outcome = match console.file() {
        Some(path) => interrupt.during(|| write_answer(path, format, &answer, &console.answers())).map(|_| ()).map_err(Failure::from),
        None => console.write(&render(&answer, format, &console.answers())),
    };
    let outcome = match (outcome, stated, receipt) {
        (Ok(()), Some(stated), Some(path)) => receipt::write(&stated, path),
        (outcome, ..) => outcome,
    };
    // The program ends here: to take the graph apart piece by piece would cost more than to parse the query.
    std::mem::forget((session, answer));
    outcome
}

/// Writes the whole graph.
fn export(options: &Options, format: &Format, console: &Console) -> Result<(), Failure> {
    let session = open(options, console)?;
    let interrupt = Interrupt::new(&session.interrupt());
    let outcome = match (format.graph, console.file()) {
        (Some(form), Some(path)) => {
            let written = interrupt.during(|| session.write_whole(|graph| write_graph(path, format, &form, graph)));
            written.map(|_| ()).map_err(Failure::from)
        }
        (Some(form), None) => {
            let written = interrupt.during(|| session.write_whole(|graph| Ok(stream_graph(&form, graph, &mut io::stdout().lock()))));
            written.map_err(Failure::from).and_then(|written| written.map_err(Failure::Output))
        }
        (None, _) => {
            let answer = interrupt.during(|| session.whole())?;
            finish(&render(&answer, format, &console.answers()), &interrupt, console)
        }
    };
    // The program ends here: to give back millions of values one by one would take a while.
    std::mem::forget(session);
    outcome
}

/// Writes an answer. A file is finished even then, so that nothing is left lying beside it.
fn finish(text: &str, interrupt: &Interrupt, console: &Console) -> Result<(), Failure> {
    if console.has_file() { interrupt.during(|| console.write(text)) } else { console.write(text) }
}

/// Opens the prompt, or answers the script on standard input.
fn converse(options: &Options, format: &'static Format, configuration: &Configuration, console: &Console) -> Result<(), Failure> {
    let prompt = io::stdin().is_terminal();
    if prompt && console.has_file() {
        let complaint = Diagnostic::error(Code::BadOption, "the prompt does not write to a file of `--output`");
        return Err(complaint.help("`oms ask 'QUERY' -o FILE` does, and so does `:export FILE` at the prompt").into());
    }
    let session = open(options, console)?;
    let interrupt = session.interrupt();
    let limits = session.limits().clone();
    let settings = Settings {
        format,
        page: console.answers(),
        quiet: options.quiet,
        sources: options.sources.clone(),
        limits,
        reading: if prompt { Reading::at_prompt() } else { Reading::default() },
        graph: options.graph.clone(),
        ..Settings::default()
    };
    let mut shell = Shell::new(session, settings);
    if prompt {
        let told = shell.configure(configuration, &configuration::made(options));
        console.warn_all(&told);
        return repl::run(shell);
    }
    let interrupt = Interrupt::new(&interrupt);
    let mut input = io::stdin().lock();
    if !console.has_file() {
        return script::run(&mut shell, &mut input, &interrupt, &mut |shown| to_standard_output(shown).map_err(Failure::Output));
    }
    // A file holds all answers or none.
    let mut all: Vec<Vec<u8>> = Vec::new();
    script::run(&mut shell, &mut input, &interrupt, &mut |shown| {
        all.push(shown.to_vec());
        Ok(())
    })?;
    let all = if format.name == "json" { one_document(all) } else { all.concat() };
    finish(&String::from_utf8_lossy(&all), &interrupt, console)
}

/// Several answers in JSON as one document: a list. One is what it is by itself, and what is no answer is left out.
fn one_document(shown: Vec<Vec<u8>>) -> Vec<u8> {
    let answers: Vec<Vec<u8>> = shown.into_iter().filter(|shown| shown.starts_with(b"{")).collect();
    if answers.len() < 2 {
        return answers.concat();
    }
    let bare = |answer: &Vec<u8>| answer.trim_ascii_end().to_vec();
    let joined = answers.iter().map(bare).collect::<Vec<_>>().join(b",\n".as_slice());
    [b"[\n".as_slice(), &joined, b"\n]\n"].concat()
}

fn completions(shell: clap_complete::Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "oms", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}
