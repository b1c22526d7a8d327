//! Common to the tests of curated graphs: a small valid graph in a folder of its own, to be made faulty one way at a time.

#![allow(dead_code)] // Each test program uses its own part of this.

use std::fs;
use std::path::PathBuf;

use oms_graph::diagnostic::Diagnostic;
use oms_graph::formats::curated;
use tempfile::TempDir;

/// The files of the small graph.
pub const FILES: [&str; 5] = ["schema.toml", "sources.toml", "entities.toml", "statements.toml", "questions.toml"];

const TEXTS: [&str; 5] = [
    include_str!("../small_graph/schema.toml"),
    include_str!("../small_graph/sources.toml"),
    include_str!("../small_graph/entities.toml"),
    include_str!("../small_graph/statements.toml"),
    include_str!("../small_graph/questions.toml"),
];

/// The small graph in a folder that goes away with it.
pub struct SmallGraph(TempDir);

/// A fault: in this file, the words `written` (which occur once) give way to `instead`.
pub struct Case<'a> {
    /// What is wrong, for the failing test's message.
    pub fault: &'a str,
    /// The file that is changed.
    pub file: &'a str,
    /// What stood there.
    pub written: &'a str,
    /// What stands there now.
    pub instead: &'a str,
    /// All that must be reported, one line each.
    pub reported: &'a [&'a str],
}

impl SmallGraph {
    /// A fresh valid graph.
    pub fn new() -> SmallGraph {
        let folder = SmallGraph(tempfile::tempdir().expect("a folder can be made"));
        for (file, text) in FILES.iter().zip(TEXTS) {
            fs::write(folder.path(file), text).expect("a file can be written");
        }
        folder
    }

    /// Where a file of it is.
    pub fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    /// The folder as messages show it before a file's name.
    pub fn shown(&self) -> String {
        format!("{}{}", self.0.path().display(), std::path::MAIN_SEPARATOR)
    }

    /// What a file of it says.
    pub fn text(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).expect("a file can be read")
    }

    /// Changes words that occur once in a file.
    pub fn change(&self, file: &str, written: &str, instead: &str) {
        let text = self.text(file);
        assert_eq!(text.matches(written).count(), 1, "'{written}' occurs once in {file}");
        fs::write(self.path(file), text.replace(written, instead)).expect("a file can be written");
    }

    /// Takes a file away.
    pub fn remove(&self, file: &str) {
        fs::remove_file(self.path(file)).expect("a file can be removed");
    }

    /// What reading it reports, errors or else warnings, one line each, files by their names alone.
    pub fn reported(&self) -> Vec<String> {
        let diagnostics = match curated::read(self.0.path()) {
            Ok(loaded) => loaded.warnings,
            Err(complaints) => complaints.diagnostics().to_vec(),
        };
        diagnostics.iter().for_each(assert_places_exist);
        let folder = self.shown();
        diagnostics.iter().map(|diagnostic| diagnostic.to_string().replace(&folder, "")).collect()
    }
}

fn assert_places_exist(diagnostic: &Diagnostic) {
    assert!(diagnostic.labels.is_empty() || diagnostic.origin.is_some(), "a place without a text: {diagnostic}");
    for label in &diagnostic.labels {
        let text = diagnostic.origin.as_ref().map_or("", |origin| &origin.text);
        assert!(text.get(label.span.clone()).is_some(), "no such place in the text: {label:?} of {diagnostic}");
    }
}

/// Reads the small graph with each fault in turn.
pub fn check(cases: &[Case<'_>]) {
    let mut wrong = String::new();
    for case in cases {
        let folder = SmallGraph::new();
        folder.change(case.file, case.written, case.instead);
        let reported = folder.reported();
        if reported != case.reported {
            wrong += &format!("\n{}\n", case.fault);
            reported.iter().for_each(|line| wrong += &format!("  reported: {line}\n"));
            case.reported.iter().for_each(|line| wrong += &format!("  expected: {line}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
