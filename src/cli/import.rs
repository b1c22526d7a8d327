//! Import: other people's files made into a graph file, with a summary of what became of every row.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use crate::Session;
use crate::command::{Failure, write_file_with};
use crate::diagnostic::{Code, Complaints, Diagnostic};
use crate::formats::import::{Imported, ImportedFile, Reading, Sources, assembled, is_same, overridden, schema_beside, united};
use crate::formats::tables::Mapping;
use crate::formats::{KnowledgeGraph, snapshot};
use crate::model::counted;

use super::arguments::{ImportOptions, Options};
use super::console::{Console, is_for_programs, is_standard_output};
use super::interrupt::Interrupt;
use super::progress::{Phase, Progress};
use super::summary::Summary;

/// Imports files and writes the graph to the file of `--output`.
pub(super) fn run(import: &ImportOptions, options: &Options, console: &Console) -> Result<(), Failure> {
    let start = Instant::now();
    let target = target(import, options)?;
    let for_programs = options.format.is_some_and(is_for_programs);
    let name = match &import.name {
        Some(name) => name.clone(),
        None => target.file_stem().map_or_else(|| "graph".to_owned(), |stem| stem.to_string_lossy().into_owned()),
    };
    let stop = Arc::new(AtomicBool::new(false));
    let interrupt = Interrupt::new(&stop);
    let mappings = import.map.iter().map(|text| Mapping::parse(text)).collect::<Result<Vec<Mapping>, Complaints>>()?;
    let mapping = Mapping::united(mappings);
    let reading = Reading {
        mapping: Some(&mapping).filter(|mapping| !mapping.is_empty()),
        keep_rejected: import.rejects.is_some(),
        keep_obsolete: import.obsolete,
        ..Reading::new(&stop)
    };
    let (imported, notes) = interrupt.during(|| -> Result<_, Failure> {
        let sources = Sources::of(&import.sources, reading)?;
        let progress =
            Progress::of(sources.inputs().cloned().collect(), shows_progress(options, for_programs), console.complaints().colour);
        let mut notes = sources.passed_over().to_vec();
        let questions = sources.questions();
        let drafts = sources.read(&name, reading)?;
        let is_named = drafts.len() > 1 || import.name.is_some();
        progress.enter(Phase::Ordering);
        let interrupted = || console.fail(interrupted().into());
        let (mut draft, unification) = interrupt.at_most_a_moment(interrupted, || united(drafts));
        draft.name.clone_from(&name);
        notes.extend(unification.to_string().lines().map(str::to_owned));
        if is_named {
            draft.schema.graph.clone_from(&name);
            draft.schema.title.clone_from(&name);
        }
        if let Some(file) = import.schema.clone().or_else(|| schema_beside(&import.sources)) {
            notes.push(format!("words and types from '{}'", file.display()));
            notes.extend(overridden(&mut draft, &file)?);
        }
        let mut imported =
            interrupt.at_most_a_moment(interrupted, || assembled(draft).inspect(|imported| imported.knowledge.graph.prepare()))?;
        imported.knowledge.questions = questions;
        if reading.is_interrupted() {
            return Err(self::interrupted().into());
        }
        if let Some(path) = &import.rejects {
            write_file_with(path, &|writer| write_rejects(&imported.files, writer))?;
        }
        if import.strict {
            refuse_rejected(&imported.files, import.rejects.as_deref())?;
        }
        progress.enter(Phase::Writing);
        write_graph(&imported.knowledge, target, &stop)?;
        Ok((imported, notes))
    })?;
    let seconds = start.elapsed().as_secs_f64();
    if !options.quiet || for_programs {
        let Imported { knowledge, files, stubs } = imported;
        let mut session = Session::of(knowledge);
        let summary = Summary::of(&mut session, target, files, stubs, notes, seconds);
        if for_programs {
            super::to_standard_output(summary.json().as_bytes()).map_err(Failure::Output)?;
        } else {
            console.tell(&summary.text(&console.complaints()));
        }
        // The program ends here: to give back millions of values one by one would take a while.
        std::mem::forget((session, summary));
    } else {
        std::mem::forget(imported);
    }
    Ok(())
}

/// The file to be written, if a graph can be written there without harm.
fn target<'o>(import: &ImportOptions, options: &'o Options) -> Result<&'o Path, Diagnostic> {
    if let Some(format) = options.format.filter(|format| format.name != "table" && !is_for_programs(format)) {
        let complaint = Diagnostic::error(Code::BadOption, format!("an import has no form '{}'", format.name));
        return Err(complaint.help("it writes a graph file; `-f json` gives its summary for programs"));
    }
    let Some(target) = options.output.as_deref().filter(|path| !is_standard_output(path)) else {
        let complaint = Diagnostic::error(Code::BadOption, "an import needs a file to write the graph to");
        return Err(complaint.help(format!("`oms import {} -o mine.oms` names it", shown_sources(&import.sources))));
    };
    if let Some(source) = import.sources.iter().find(|source| is_same(source, target)) {
        let complaint = Diagnostic::error(Code::BadOption, format!("'{}' cannot be read and replaced at once", source.display()));
        return Err(complaint.help("another name behind `-o` keeps the source"));
    }
    if let Some(rejects) = import.rejects.as_deref() {
        let is_source = import.sources.iter().any(|source| is_same(source, rejects));
        if is_source || snapshot::is_snapshot(rejects) {
            let what = if is_source { "one of the files to read" } else { "a graph" };
            let complaint = Diagnostic::error(Code::BadOption, format!("'{}' is {what}, and would be lost", rejects.display()));
            return Err(complaint.help("another name behind `--rejects` keeps it"));
        }
    }
    if import.rejects.as_deref().is_some_and(|rejects| is_same(rejects, target)) {
        let complaint = Diagnostic::error(Code::BadOption, "the graph and the rows that are left out cannot go to one file");
        return Err(complaint.help("another name behind `--rejects` keeps both"));
    }
    let shown = target.display();
    if target.is_dir() {
        let complaint = Diagnostic::error(Code::Unwritable, format!("'{shown}' is a folder, and a graph is a file"));
        return Err(complaint.help(format!("`-o {}` names a file in it", target.join("mine.oms").display())));
    }
    if target.parent().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        let complaint = Diagnostic::error(Code::Unwritable, format!("'{shown}' cannot be written: its folder does not exist"));
        return Err(complaint.help("the folder has to be made first"));
    }
    // Nobody wants to lose a table by a slip.
    let is_full = target.is_file() && std::fs::metadata(target).is_ok_and(|found| found.len() > 0);
    if is_full && !snapshot::is_snapshot(target) {
        let complaint = Diagnostic::error(Code::BadOption, format!("'{shown}' is there already, and is no graph file"));
        return Err(complaint.help("another name behind `-o` keeps it; if it is not needed, it has to be removed first"));
    }
    Ok(target)
}

fn shown_sources(sources: &[PathBuf]) -> String {
    sources.iter().map(|source| source.display().to_string()).collect::<Vec<_>>().join(" ")
}

/// Bars are for people who look at a terminal.
pub(super) fn shows_progress(options: &Options, for_programs: bool) -> bool {
    let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb" || term.is_empty());
    !options.quiet && !for_programs && !is_dumb && io::stderr().is_terminal()
}

fn interrupted() -> Diagnostic {
    Diagnostic::error(Code::Interrupted, "interrupted").help("nothing was written")
}

/// Writes the graph, whole or not at all, and stops when the user has had enough.
fn write_graph(knowledge: &KnowledgeGraph, target: &Path, stop: &AtomicBool) -> Result<(), Complaints> {
    let written = write_file_with(target, &|writer| snapshot::write(knowledge, &mut Interruptible { writer, stop }));
    written.map_err(|complaints| if stop.load(Ordering::Relaxed) { interrupted().into() } else { complaints })
}

struct Interruptible<'w> {
    writer: &'w mut dyn Write,
    stop: &'w AtomicBool,
}

impl Write for Interruptible<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(io::Error::other("interrupted"));
        }
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Rows that were left out: file, line, cause, and the row as it stands, with whatever tabs are in it.
fn write_rejects(files: &[ImportedFile], writer: &mut dyn Write) -> io::Result<()> {
    let mut writer = io::BufWriter::new(writer);
    writer.write_all(b"file\tline\tcause\trow\n")?;
    for file in files {
        let path = file.path.display().to_string().replace(['\t', '\n', '\r'], " ");
        for rejected in &file.rejected_rows {
            write!(writer, "{path}\t{}\t{}\t", rejected.line, rejected.cause.words())?;
            writer.write_all(without_line_break(&rejected.row))?;
            writer.write_all(b"\n")?;
        }
    }
    writer.flush()
}

/// A row without the line breaks at its end.
fn without_line_break(row: &[u8]) -> &[u8] {
    let end = row.iter().rposition(|byte| !matches!(byte, b'\n' | b'\r')).map_or(0, |at| at + 1);
    &row[..end]
}

/// With `--strict`, rows that were left out are an error each cause.
fn refuse_rejected(files: &[ImportedFile], rejects: Option<&Path>) -> Result<(), Complaints> {
    let mut faults = Vec::new();
    for file in files {
        for rejection in &file.rejected {
            let rows = counted(rejection.count, "row", "rows");
            let message = format!("{}:{}: {}: {rows} cannot be used", file.path.display(), rejection.first_line, rejection.cause.words());
            faults.push(Diagnostic::error(Code::Malformed, message));
        }
    }
    if let Some(last) = faults.last_mut() {
        last.help.push("without `--strict` they are left out; nothing was written".to_owned());
        last.help.push(match rejects {
            Some(path) => format!("'{}' has the rows", path.display()),
            None => "`--rejects FILE` writes the rows to a file".to_owned(),
        });
    }
    Complaints::new(faults).map_or(Ok(()), Err)
}

/// What is told of files that were imported only to be asked now.
pub(super) fn told_of_opened(files: &[ImportedFile], seconds: f64) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    for file in files {
        for rejection in &file.rejected {
            let rows = counted(rejection.count, "row", "rows");
            let (path, cause) = (file.path.display(), rejection.cause.words());
            let message = format!("{path}: {rows} left out: {cause}; the first is line {}", rejection.first_line);
            told.push(Diagnostic::warning(Code::Malformed, message));
        }
    }
    if seconds > 1.0
        && let Some(first) = files.first()
    {
        let names: Vec<String> = files.iter().map(|file| file.path.display().to_string()).collect();
        let slow = Diagnostic::warning(Code::BadOption, format!("reading '{}' took {seconds:.1} s", names.join("', '")));
        let stem = first.path.file_stem().map_or_else(|| "mine".to_owned(), |stem| stem.to_string_lossy().into_owned());
        let stem = stem.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or("mine").to_owned();
        told.push(
            slow.help(format!("`oms import {} -o {stem}.oms` keeps the graph, and `-g {stem}.oms` opens it at once", names.join(" "))),
        );
    }
    told
}

/// The values of `-g` in a command line, before and behind its command: the parser itself keeps those behind.
pub(super) fn graphs_in(words: &[OsString]) -> Vec<PathBuf> {
    let mut graphs = Vec::new();
    let mut words = words.iter().skip(1);
    while let Some(word) = words.next() {
        if word == "--" {
            break;
        }
        let text = word.to_string_lossy();
        if text == "-g" || text == "--graph" {
            graphs.extend(words.next().map(PathBuf::from));
        } else if let Some(value) = text.strip_prefix("--graph=") {
            graphs.push(PathBuf::from(value));
        } else if let Some(value) = text.strip_prefix("-g").filter(|_| !text.starts_with("--")) {
            graphs.push(PathBuf::from(value.strip_prefix('=').unwrap_or(value)));
        } else if [
            "-o",
            "-f",
            "--output",
            "--format",
            "--sources",
            "--param",
            "--timeout",
            "--max-rows",
            "--memory",
            "--width",
            "--receipt",
        ]
        .contains(&text.as_ref())
        {
            words.next();
        }
    }
    graphs
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::path::PathBuf;

    use super::graphs_in;

    #[test]
    fn graphs_are_found_on_both_sides_of_the_command() {
        let found = |line: &str| {
            let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            graphs_in(&words)
        };
        let paths = |names: &[&str]| names.iter().map(PathBuf::from).collect::<Vec<_>>();
        assert_eq!(found("oms -g oms ask x --graph=a.oms -gb -- -g c"), paths(&["oms", "a.oms", "b"]));
        assert_eq!(found("oms -o -g ask x"), paths(&[]));
    }
}
