//! The rules of the house: imports go down the floors, each outside crate has its door, every file says what it owns.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms with what each may import, from the ground floor up. `ARCHITECTURE.md` draws the same.
const ROOMS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("diagnostic", &[]),
    ("schema", &["model"]),
    ("algebra", &["model"]),
    ("store", &["model", "diagnostic"]),
    ("answer", &["model"]),
    ("query", &["diagnostic", "model", "schema", "algebra"]),
    ("formats", &["diagnostic", "model", "schema", "store"]),
    ("engine", &["model", "diagnostic", "algebra", "store", "answer"]),
    ("render", &["diagnostic", "answer", "model"]),
    ("session", &["model", "diagnostic", "schema", "algebra", "store", "answer", "query", "formats", "engine"]),
    ("command", &["session", "render", "model", "algebra", "diagnostic", "schema", "answer", "query", "formats", "store", "engine"]),
    (
        "repl",
        &["command", "session", "render", "model", "algebra", "diagnostic", "schema", "answer", "query", "formats", "store", "engine"],
    ),
    ("cli", &["repl", "command", "session", "render", "model", "diagnostic", "schema", "answer", "query", "formats", "store", "engine"]),
];

/// The outside crates that only one room names, and that room.
const DOORS: &[(&str, &str)] = &[
    ("petgraph", "store"),
    ("pest", "query/syntax"),
    ("pest_derive", "query/syntax"),
    ("rustyline", "repl"),
    ("clap", "cli"),
    ("clap_complete", "cli"),
    ("clap_mangen", "cli"),
    ("annotate_snippets", "render"),
    ("csv", "render"),
    ("quick_xml", "render"),
    ("oxrdf", "render/turtle"),
    ("oxttl", "render/turtle"),
    ("flate2", "formats"),
    ("tar", "formats"),
    ("toml", "formats"),
    ("fst", "store/names"),
    ("postcard", "store/form"),
    ("memmap2", "store"),
    ("bytemuck", "store/form"),
    ("yoke", "store/form"),
    ("sha2", "formats"),
    ("ruzstd", "formats/import/unpack"),
    ("indicatif", "cli"),
    ("jiff", "model/temporal"),
    ("memchr", "formats"),
    ("same_file", "command"),
    ("regex", "model"),
    ("unicase", "model"),
    ("unicode_normalization", "model"),
    ("strsim", "diagnostic"),
    ("directories", "repl"),
    ("tempfile", "command"),
];

/// Every Rust file of the library and the program, by its path below `src`, with its text.
fn files() -> BTreeMap<String, String> {
    fn gather(folder: &Path, root: &Path, files: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).expect("the folder is there") {
            let path: PathBuf = entry.expect("the entry can be read").path();
            if path.is_dir() {
                gather(&path, root, files);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read_to_string(&path).expect("the file can be read"));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = BTreeMap::new();
    gather(&root, &root, &mut files);
    files
}

/// The room that a file belongs to: its top folder or its own name.
fn room(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

/// The code of a file: without comments, and without tests, which may look anywhere.
fn code(file: &str, text: &str) -> String {
    let is_test_file = file.contains("test") || file.ends_with("samples.rs") || file.ends_with("hostile.rs");
    if is_test_file {
        return String::new();
    }
    let before_tests = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    before_tests.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn imports_go_down_the_floors() {
    let allowed: BTreeMap<&str, &[&str]> = ROOMS.iter().copied().collect();
    let mut faults = Vec::new();
    for (file, text) in files() {
        let room = room(&file);
        if room == "lib" || room == "main" {
            continue;
        }
        let Some(may) = allowed.get(room) else {
            faults.push(format!("{file}: the room `{room}` has no floor"));
            continue;
        };
        let code = code(&file, &text);
        for (other, _) in ROOMS.iter().filter(|(other, _)| *other != room && !may.contains(other)) {
            let names =
                [format!("crate::{other}::"), format!("crate::{other};"), format!("crate::{other} "), format!("oms_graph::{other}::")];
            if names.iter().any(|name| code.contains(name.as_str())) {
                faults.push(format!("{file}: `{room}` must not import `{other}`"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn rooms_are_listed_from_the_ground_up() {
    for (position, (room, may)) in ROOMS.iter().enumerate() {
        for other in *may {
            let below = ROOMS[..position].iter().any(|(lower, _)| lower == other);
            assert!(below, "`{room}` may import `{other}`, which is not below it");
        }
    }
}

#[test]
fn the_resolver_never_sees_the_store() {
    for (file, text) in files().into_iter().filter(|(file, _)| file.starts_with("query/")) {
        let code = code(&file, &text);
        assert!(!code.contains("crate::store") && !code.contains("crate::engine"), "{file} sees the graph itself");
        let resolves = file.starts_with("query/resolve");
        assert!(!resolves || !code.contains("pest"), "{file} names the parser");
    }
}

#[test]
fn each_outside_crate_has_one_door() {
    let mut faults = Vec::new();
    for (file, text) in files() {
        let code = code(&file, &text);
        for (outside, door) in DOORS {
            let uses = [format!("use {outside}::"), format!("use {outside};"), format!(" {outside}::"), format!("({outside}::")];
            let named = uses.iter().any(|name| code.contains(name.as_str()));
            if named && !file.starts_with(door) {
                faults.push(format!("{file}: only `{door}` names `{outside}`"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_file_opens_with_a_sentence_that_says_what_it_owns() {
    for (file, text) in files() {
        let first = text.lines().next().unwrap_or_default();
        let sentence = first.strip_prefix("//! ").unwrap_or_default();
        assert!(sentence.len() > 15, "{file} opens with {first:?}");
    }
}

#[test]
fn nothing_unfinished_is_left() {
    for (file, text) in files() {
        for word in ["todo!(", "unimplemented!(", "dbg!(", "FIXME", "XXX"] {
            assert!(!text.contains(word), "{file} holds {word}");
        }
    }
}

#[test]
fn rooms_are_short() {
    const LONGEST: usize = 500;
    let long: Vec<String> = files()
        .into_iter()
        .map(|(file, text)| (file, text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(file, lines)| format!("{file}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "longer than {LONGEST} lines:\n{}", long.join("\n"));
}
