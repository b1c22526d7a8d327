//! Configuration: finds the configuration file and what of it holds for this run.

use std::path::PathBuf;

use crate::Session;
use crate::command::{Configuration, Failure, Reading, Settings, Shell, configured_lines, usual_file};
use crate::diagnostic::Diagnostic;
use crate::repl;

use super::arguments::Options;
use super::console::Console;

/// The variable that names the file; empty for none.
const VARIABLE: &str = "OMS_CONFIG";

/// The file that is read, if it is there.
fn place() -> Option<PathBuf> {
    match std::env::var_os(VARIABLE) {
        Some(path) if path.is_empty() => None,
        Some(path) => Some(PathBuf::from(path)),
        None => repl::configuration_file(),
    }
}

/// What the file says, and what is wrong with it.
pub(super) fn read(options: &Options) -> (Configuration, Vec<Diagnostic>) {
    if options.no_config {
        return (Configuration::default(), Vec::new());
    }
    match place() {
        Some(path) => Configuration::read(&path),
        None => (Configuration::default(), Vec::new()),
    }
}

/// Takes over what holds for every run, where the command line says nothing of it.
pub(super) fn take_over(options: &mut Options, configuration: &Configuration) {
    options.names_sources = options.sources.is_some();
    if let Some(graphs) = configuration.graph().filter(|_| !options.names_graph) {
        options.graph = graphs;
        options.graph_said_by = configuration.file().map(str::to_owned);
    }
    if options.sources.is_none() {
        options.sources = configuration.sources();
    }
}

/// The settings that the command line makes.
pub(super) fn made(options: &Options) -> Vec<&'static str> {
    let made = [
        ("graph", options.names_graph),
        ("sources", options.names_sources),
        ("format", options.format.is_some()),
        ("quiet", options.quiet),
    ];
    made.into_iter().filter(|(_, is_made)| *is_made).map(|(name, _)| name).collect()
}

/// Shows the settings with their values and origins, or writes a file to begin with.
pub(super) fn show(default: bool, options: &Options, console: &Console) -> Result<(), Failure> {
    if default {
        return console.write(&usual_file());
    }
    let (configuration, told) = read(options);
    console.warn_all(&told);
    let settings = Settings {
        graph: options.graph.clone(),
        quiet: options.quiet,
        sources: options.sources.clone(),
        reading: Reading::at_prompt(),
        ..Settings::default()
    };
    let mut shell = Shell::new(Session::open(crate::session::EMBEDDED)?, settings);
    console.warn_all(&shell.configure(&configuration, &made(options)));
    let file = match place().filter(|_| !options.no_config) {
        Some(path) if path.exists() => format!("The file is {}.\n", path.display()),
        Some(path) => format!("There is no file {}; `oms config --default` writes one to begin with.\n", path.display()),
        None => "No file is read.\n".to_owned(),
    };
    console.write(&format!("{}{file}", configured_lines(&shell, &console.answers())))
}
