//! Import: other people's tables made into a graph file, with a summary of what became of every row.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use crate::command::{Failure, write_file_with};
use crate::diagnostic::{Code, Diagnostic};
use crate::formats::import::{Imported, Input, Reading, assembled};
use crate::formats::{kgx, snapshot};

use super::arguments::Options;
use super::console::{Console, is_standard_output};
use super::interrupt::Interrupt;

/// Imports tables and writes the graph to the file of `--output`.
pub(super) fn run(files: &[PathBuf], options: &Options, console: &Console) -> Result<(), Failure> {
    let start = Instant::now();
    let Some(target) = options.output.as_deref().filter(|path| !is_standard_output(path)) else {
        let complaint = Diagnostic::error(Code::BadOption, "an import needs a file to write the graph to");
        return Err(complaint.help("`-o mine.graph` names it").into());
    };
    if let Some(table) = files.iter().find(|file| is_same(file, target)) {
        let complaint = Diagnostic::error(Code::BadOption, format!("'{}' cannot be read and replaced at once", table.display()));
        return Err(complaint.help("another name behind `-o` keeps the table").into());
    }
    let name = target.file_stem().map_or_else(|| "graph".to_owned(), |stem| stem.to_string_lossy().into_owned());
    let stop = Arc::new(AtomicBool::new(false));
    let interrupt = Interrupt::new(&stop);
    let imported = {
        let inputs: Vec<Input> = files.iter().map(|file| Input::new(file)).collect();
        let reading = Reading { interrupt: &stop, keep_rejected: false, keep_obsolete: false, mapping: None };
        interrupt.during(|| kgx::read(&name, &inputs, reading).and_then(assembled))?
    };
    // The file is finished even when the user has had enough: nothing is left lying beside it.
    interrupt.during(|| write_file_with(target, &|writer| snapshot::write(&imported.knowledge, writer)))?;
    if !options.quiet {
        console.tell(&summary(&imported, start.elapsed().as_secs_f64()));
    }
    // The program ends here: to give back millions of values one by one would take a while.
    std::mem::forget(imported);
    Ok(())
}

fn is_same(left: &Path, right: &Path) -> bool {
    match (left.canonicalize(), right.canonicalize()) {
        (Ok(left), Ok(right)) => left == right,
        _ => false,
    }
}

fn summary(imported: &Imported, seconds: f64) -> String {
    let graph = &imported.knowledge.graph;
    let counted = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let mut text = format!(
        "{}, {} in {seconds:.1} s\n",
        counted(graph.entity_count(), "entity", "entities"),
        counted(graph.relation_count(), "relation", "relations")
    );
    if imported.stubs > 0 {
        text.push_str(&format!("{} without a row of their own\n", counted(imported.stubs, "entity", "entities")));
    }
    for file in &imported.files {
        for rejection in &file.rejected {
            let rows = if rejection.count == 1 { "row" } else { "rows" };
            text.push_str(&format!(
                "{}: {} {rows} left out: {}; the first is line {}\n",
                file.path.display(),
                rejection.count,
                rejection.cause.words(),
                rejection.first_line
            ));
        }
    }
    text
}
