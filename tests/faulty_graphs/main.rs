//! Faulty graphs: every fault that a curated graph can have, with the complaint that it must get, and what no fault may do.

#![allow(clippy::panic, clippy::too_many_lines)] // Tables of cases are long, and a helper of a test may stop it.

#[path = "../common/mod.rs"]
mod common;
mod cycles;
mod duplicates;
mod evidence;
mod forbidden_relations;
mod malformed;
mod missing_and_unknown_keys;
mod names;
mod unknown_references;
mod warnings;
mod wrong_values;

use common::SmallGraph;
use proptest::prelude::*;

/// Several faults in several files are all reported, in the order of the files and of the places in them.
#[test]
fn all_faults_are_reported_at_once() {
    let folder = SmallGraph::new();
    folder.change("statements.toml", r#"["virus", "causes", "oms"]"#, r#"["virrus", "cause", "oms"]"#);
    folder.change("statements.toml", r#"extent = "most""#, r#"extent = "all""#);
    folder.change("entities.toml", r#"kind = "population""#, r#"kind = "people""#);
    folder.change("schema.toml", r#"type = "boolean""#, r#"type = "bool""#);
    let places: Vec<String> = folder.reported().iter().map(|line| line.split(": ").next().unwrap_or("").to_owned()).collect();
    assert_eq!(
        places,
        ["schema.toml:47:8", "entities.toml:30:8", "statements.toml:7:20", "statements.toml:14:15", "statements.toml:14:25"]
    );
}

#[test]
fn missing_files_and_folders_are_named() {
    let folder = SmallGraph::new();
    folder.remove("entities.toml");
    let reported = folder.reported();
    assert_eq!(reported.len(), 1, "{reported:?}");
    assert!(reported[0].starts_with("the file 'entities.toml' is missing"), "{reported:?}");

    let folder = SmallGraph::new();
    folder.remove("sources.toml");
    let place = "statements.toml:1:3: the file 'sources.toml' is missing, although statements cite sources; ";
    assert_eq!(folder.reported(), [format!("{place}add it beside this file, with a [[source]] for each source")]);

    let folder = SmallGraph::new();
    folder.remove("questions.toml");
    assert!(folder.reported().is_empty());

    let nowhere = oms_graph::formats::curated::read(std::path::Path::new("no/such/folder")).expect_err("there is none");
    assert!(nowhere.to_string().starts_with("the folder 'no/such/folder' cannot be read: it does not exist; a graph is a folder with"));

    let folder = SmallGraph::new();
    let file = oms_graph::formats::curated::read(&folder.path("schema.toml")).expect_err("a file");
    assert!(file.to_string().ends_with("is a file, not the folder of a graph; name the folder that the file is in"), "{file}");
}

#[test]
fn files_that_cannot_be_text_are_refused() {
    let folder = SmallGraph::new();
    folder.remove("entities.toml");
    std::fs::create_dir(folder.path("entities.toml")).expect("a folder can be made");
    assert_eq!(folder.reported(), ["'entities.toml' cannot be read: it is a folder"]);

    let folder = SmallGraph::new();
    let large = std::fs::File::create(folder.path("entities.toml")).expect("a file can be made");
    large.set_len(64 * 1024 * 1024 + 1).expect("a file can be long");
    assert_eq!(folder.reported(), ["'entities.toml' cannot be read: it is larger than 64 MiB"]);

    let folder = SmallGraph::new();
    let mut bytes = "[[entity]]\nname = \"é ".as_bytes().to_vec();
    bytes.extend([0xFF, b'"']);
    std::fs::write(folder.path("entities.toml"), bytes).expect("a file can be written");
    assert_eq!(folder.reported(), ["entities.toml:2:11: the file is not UTF-8 text; save the file as UTF-8"]);
}

#[test]
fn carriage_returns_and_a_byte_order_mark_do_not_matter() {
    let folder = SmallGraph::new();
    for file in common::FILES {
        let text = folder.text(file).replace('\n', "\r\n");
        std::fs::write(folder.path(file), format!("\u{FEFF}{text}")).expect("a file can be written");
    }
    assert!(folder.reported().is_empty(), "{:?}", folder.reported());
}

#[test]
fn an_empty_graph_needs_no_sources() {
    let folder = SmallGraph::new();
    for file in ["sources.toml", "questions.toml"] {
        folder.remove(file);
    }
    for file in ["entities.toml", "statements.toml"] {
        std::fs::write(folder.path(file), "").expect("a file can be written");
    }
    assert!(folder.reported().is_empty(), "{:?}", folder.reported());
}

/// A place is that of the very words at fault, and what is there twice is shown in both places.
#[test]
fn the_very_words_are_shown() {
    let shown = |file: &str, written: &str, instead: &str| {
        let folder = SmallGraph::new();
        folder.change(file, written, instead);
        let complaints = oms_graph::formats::curated::read(&folder.path("")).expect_err(instead);
        let diagnostic = complaints.diagnostics()[0].clone();
        let origin = diagnostic.origin.clone().expect("it has a text");
        diagnostic.labels.into_iter().map(|label| (origin.text[label.span].to_owned(), label.text)).collect::<Vec<_>>()
    };
    let words = |words: &str, label: &str| (words.to_owned(), label.to_owned());
    assert_eq!(shown("entities.toml", "kind = \"population\"", "kind = \"people\""), [words("\"people\"", "")]);
    assert_eq!(shown("entities.toml", "xrefs = [\"MONDO:2\"]", "xref = []"), [words("xref", "")]);
    assert_eq!(shown("entities.toml", "name = \"adult\"\n", ""), [words("[[entity]]", "")]);
    assert_eq!(
        shown("entities.toml", "name = \"virus\"", "name = \"Lung cancers\""),
        [words("\"Lung cancers\"", "here again"), words("\"lung-cancer\"", "here first")]
    );
    assert_eq!(
        shown("entities.toml", "name = \"cancer\"", "name = \"cancer\"\nis_a = [\"lung-cancer\"]"),
        [words("\"lung-cancer\"", "this closes the circle with"), words("\"cancer\"", "this")]
    );
}

/// A hundred thousand faults are reported in reasonable time, the first ten thousand of them in full.
#[test]
fn a_flood_of_faults_ends() {
    let folder = SmallGraph::new();
    let entity = |at: usize| format!("[[entity]]\nid = \"e{at}\"\nname = \"x{at}\"\nkind = \"triger\"\nis_a = [\"f{at}\"]\n");
    let text: String = (0..20_000).map(entity).collect();
    std::fs::write(folder.path("entities.toml"), text).expect("a file can be written");
    let complaints = oms_graph::formats::curated::read(&folder.path("")).expect_err("there are faults");
    assert_eq!(complaints.diagnostics().len(), 10_001);
    let last = complaints.diagnostics()[10_000].to_string();
    assert!(last.ends_with("more faults are not listed"), "{last}");
}

/// A chain of `is_a` as long as a file can hold neither ends the program nor takes long.
#[test]
fn a_very_long_circle_is_found() {
    let folder = SmallGraph::new();
    let entity =
        |at: usize| format!("[[entity]]\nid = \"e{at}\"\nname = \"x{at}\"\nkind = \"trigger\"\nis_a = [\"e{}\"]\n", (at + 1) % 20_000);
    let text: String = (0..20_000).map(entity).collect();
    std::fs::write(folder.path("entities.toml"), text).expect("a file can be written");
    std::fs::write(folder.path("statements.toml"), "").expect("a file can be written");
    folder.remove("questions.toml");
    let reported = folder.reported();
    assert_eq!(reported.len(), 1, "{reported:?}");
    assert!(reported[0].starts_with("entities.toml:5:9: an entity cannot be one of itself: e0 is_a e1 is_a e2"), "{reported:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Whatever the bytes: a graph or complaints whose places lie within their files.
    #[test]
    fn no_bytes_make_it_panic(
        file in 0..common::FILES.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0usize..12, prop::collection::vec(byte(), 0..6)), 1..5),
    ) {
        let folder = SmallGraph::new();
        let path = folder.path(common::FILES[file]);
        let mut bytes = std::fs::read(&path).expect("a file can be read");
        for (place, cut, put) in changes {
            let start = place.index(bytes.len().max(1)).min(bytes.len());
            let end = (start + cut).min(bytes.len());
            bytes.splice(start..end, put);
        }
        std::fs::write(&path, &bytes).expect("a file can be written");
        folder.reported();
    }
}

/// A byte that means something in TOML, or any other.
fn byte() -> impl Strategy<Value = u8> {
    prop_oneof![prop::sample::select(b"[]{}\"'=,.#\n\\-%0123456789abcetx_ ".to_vec()), any::<u8>()]
}
