//! Documents: everything in README.md and docs/*.md that can be run is run. `OMS_UPDATE=1 cargo test --test documents` rewrites what came out.
//!
//! - ```` ```oms ````: queries, one after the other in one session; each must be answered, and Graphviz must draw each view without a warning.
//! - ```` ```oms-error ````: queries that must be refused, each in a session of its own.
//! - ```` ```toml PATH ```` or ```` ```text PATH ````: a file in the document's folder, for the transcripts below it.
//! - `<!-- files: PATH PATH -->`: files of the repository, for the transcripts below it.
//! - ```` ```console ````: a transcript, see `console.rs`.
//! - ```` ```screen KEYS ````: what the prompt shows in a real terminal once these keys are pressed, see `typed.rs`.
//! - `<!-- table: NAME -->` to `<!-- table: end -->`: a table of the program, see `tables.rs`.

#[path = "pages/blocks.rs"]
mod blocks;
#[path = "documents/console.rs"]
mod console;
#[path = "documents/graphviz.rs"]
mod graphviz;
#[path = "documents/picture.rs"]
mod picture;
#[allow(dead_code)] // Tests of the prompt press more keys, and look at more.
#[cfg(unix)]
#[path = "prompt/screen.rs"]
mod screen;
#[cfg(unix)]
#[path = "documents/session_picture.rs"]
mod session_picture;
#[path = "documents/tables.rs"]
mod tables;
#[cfg(unix)]
#[path = "documents/typed.rs"]
mod typed;

use std::fs;
use std::path::{Path, PathBuf};

use blocks::{Block, Fence};
use oms_graph::Session;
use oms_graph::answer::Answer;
use oms_graph::query::syntax::is_unfinished;

const LANGUAGES: [&str; 10] = ["oms", "oms-error", "console", "screen", "toml", "text", "rust", "json", "cypher", "sh"];

/// A document with its text.
struct Document {
    name: String,
    path: PathBuf,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// README.md and the manual, in the order of their names.
fn documents() -> Vec<Document> {
    let entries = fs::read_dir(root().join("docs")).expect("the manual is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry can be read").path()).collect();
    paths.push(root().join("README.md"));
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
        Document { name, text: fs::read_to_string(&path).expect("a document can be read"), path }
    };
    paths.into_iter().map(read).collect()
}

fn fences(document: &Document) -> Vec<Fence> {
    let fence = |block| if let Block::Fence(fence) = block { Some(fence) } else { None };
    blocks::read(&document.text).into_iter().filter_map(fence).collect()
}

/// The queries of a block, cut where the prompt would cut them. Comments and blank lines between them are left out.
fn queries(body: &str) -> Vec<String> {
    let mut queries = Vec::new();
    let mut query = String::new();
    for line in body.lines() {
        if query.is_empty() && (line.trim().is_empty() || line.trim_start().starts_with("--")) {
            continue;
        }
        query += line;
        if is_unfinished(&query) {
            query.push('\n');
        } else {
            queries.push(std::mem::take(&mut query));
        }
    }
    queries.extend((!query.is_empty()).then_some(query));
    queries
}

fn session() -> Session {
    Session::open("oms").expect("the embedded graph opens")
}

/// Every query that a document says is answered, with its place and what became of it.
fn answers(document: &Document) -> Vec<(String, Result<Answer, String>)> {
    let mut answers = Vec::new();
    for fence in fences(document).iter().filter(|fence| fence.language() == "oms") {
        let mut session = session();
        for query in queries(&fence.body) {
            let place = format!("{}:{}: `{query}`", document.name, fence.line);
            answers.push((place, session.ask(&query).map_err(|complaints| complaints.to_string())));
        }
    }
    answers
}

fn report(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Compares a document with what it should be, or rewrites it.
fn hold(document: &Document, found: &str, faults: &mut Vec<String>) {
    if found == document.text {
        return;
    }
    if blocks::is_updating() {
        fs::write(&document.path, found).expect("a document can be written");
    } else {
        faults.push(format!("{}: {}", document.name, blocks::first_difference(&document.text, found)));
        faults.push("`OMS_UPDATE=1 cargo test --test documents` rewrites what came out".to_owned());
    }
}

#[test]
fn every_block_is_in_a_language_that_is_tested() {
    let mut faults = Vec::new();
    for document in documents() {
        for fence in fences(&document) {
            if !LANGUAGES.contains(&fence.language()) {
                faults.push(format!("{}:{}: a block in '{}'", document.name, fence.line, fence.info));
            }
        }
    }
    report(&faults);
}

#[test]
fn every_example_is_answered() {
    let mut faults = Vec::new();
    let mut count = 0;
    for document in documents() {
        for (place, answer) in answers(&document) {
            count += 1;
            faults.extend(answer.err().map(|complaint| format!("{place} is refused: {complaint}")));
        }
    }
    report(&faults);
    assert!(count > 90, "only {count} examples were found");
}

#[test]
fn every_example_of_a_mistake_is_refused() {
    let mut faults = Vec::new();
    for document in documents() {
        for fence in fences(&document).iter().filter(|fence| fence.language() == "oms-error") {
            for query in queries(&fence.body) {
                match session().ask(&query) {
                    Ok(_) => faults.push(format!("{}:{}: `{query}` is answered", document.name, fence.line)),
                    Err(complaints) if complaints.diagnostics()[0].help.is_empty() => {
                        faults.push(format!("{}:{}: no help: {complaints}", document.name, fence.line));
                    }
                    Err(_) => {}
                }
            }
        }
    }
    report(&faults);
}

#[test]
fn graphviz_draws_every_example_without_a_warning() {
    if !graphviz::is_here() {
        assert!(std::env::var_os("OMS_REQUIRE_DOT").is_none(), "OMS_REQUIRE_DOT is set, and there is no `dot`");
        eprintln!("skipped: there is no `dot` on this machine, so no view is drawn");
        return;
    }
    let mut views: Vec<(String, Answer)> = Vec::new();
    for document in documents() {
        views.extend(answers(&document).into_iter().filter_map(|(place, answer)| Some((place, answer.ok()?))));
    }
    views.push(("the whole graph".to_owned(), session().whole().expect("the whole graph is an answer")));
    report(&graphviz::faults(&views));
}

/// Puts files of the repository that a document names in a comment into its folder.
fn lend_files(prose: &str, folder: &Path, faults: &mut Vec<String>) {
    let named = prose.lines().filter_map(|line| line.strip_prefix("<!-- files: ")?.strip_suffix(" -->"));
    for path in named.flat_map(str::split_whitespace) {
        let target = folder.join(Path::new(path).file_name().unwrap_or_default());
        if let Err(error) = fs::copy(root().join(path), target) {
            faults.push(format!("`{path}` cannot be lent: {error}"));
        }
    }
}

/// A document with its transcripts as they come out now.
fn replayed(name: &str, text: &str, faults: &mut Vec<String>) -> String {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut blocks = blocks::read(text);
    for block in &mut blocks {
        let fence = match block {
            Block::Fence(fence) => fence,
            Block::Prose(prose) => {
                lend_files(prose, folder.path(), faults);
                continue;
            }
        };
        match (fence.language(), fence.info.split_whitespace().nth(1)) {
            ("toml" | "text", Some(file)) => console::put(folder.path(), file, &fence.body),
            ("console", _) => match console::run(&fence.body, folder.path()) {
                Ok(found) => fence.body = found,
                Err(fault) => faults.push(format!("{name}:{}: {fault}", fence.line)),
            },
            #[cfg(unix)]
            ("screen", _) => fence.body = typed::lines(folder.path(), fence.info["screen".len()..].trim_start(), &fence.body),
            _ => {}
        }
    }
    blocks::write(&blocks)
}

#[test]
fn transcripts_and_tables_are_what_the_program_prints() {
    let mut faults = Vec::new();
    let mut left: Vec<&str> = tables::NAMES.to_vec();
    for document in documents() {
        match tables::filled(&document.text, &mut left) {
            Ok(text) => {
                let found = replayed(&document.name, &text, &mut faults);
                hold(&document, &found, &mut faults);
            }
            Err(fault) => faults.push(format!("{}: {fault}", document.name)),
        }
    }
    assert!(left.is_empty(), "no document has the table {}", left.join(", "));
    report(&faults);
}

#[test]
fn links_lead_to_files_that_are_there() {
    let mut faults = Vec::new();
    let extra = ["ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(|name| root().join(name));
    let others = extra.into_iter().map(|path| {
        let text = fs::read_to_string(&path).unwrap_or_default();
        Document { name: path.display().to_string(), path, text }
    });
    for document in documents().into_iter().chain(others) {
        let folder = document.path.parent().expect("a document is in a folder");
        for piece in document.text.split("](").skip(1) {
            let target = piece.split([')', '#', ' ', '\n']).next().unwrap_or("");
            let is_path = !target.is_empty() && !target.contains("://") && target.chars().all(|letter| !letter.is_whitespace());
            if is_path && !folder.join(target).exists() {
                faults.push(format!("{}: `{target}` is not there", document.name));
            }
        }
    }
    report(&faults);
}

#[test]
fn pictures_show_what_the_program_draws() {
    report(&picture::faults(&root().join("docs/pictures")));
}
