//! Any text as a file of a graph folder: the folder is read or every fault is reported, and nothing panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use oms_graph::formats::curated;

fuzz_target!(|input: (u8, &str)| {
    let (file, text) = input;
    let names = ["schema.toml", "entities.toml", "statements.toml", "sources.toml", "questions.toml"];
    let folder = tempfile::tempdir().expect("a folder can be made");
    let valid = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/small_graph");
    for name in names {
        std::fs::copy(format!("{valid}/{name}"), folder.path().join(name)).expect("the small graph can be copied");
    }
    let changed = names[usize::from(file) % names.len()];
    std::fs::write(folder.path().join(changed), text).expect("the file can be written");
    if let Err(complaints) = curated::read(folder.path()) {
        assert!(!complaints.diagnostics().is_empty());
    }
});
