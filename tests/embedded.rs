//! The graph that ships: it loads without a warning, cites every sentence, and is the one that the program carries.

#![allow(clippy::panic, clippy::too_many_lines)] // Tables of cases are long, and a helper of a test may stop it.

use std::fs;
use std::path::{Path, PathBuf};

use oms_graph::formats::check::CheckReport;
use oms_graph::formats::snapshot::{self, DecodeError};
use oms_graph::formats::{KnowledgeGraph, curated, embedded};
use proptest::prelude::*;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("graph-data")
}

fn loaded() -> curated::Loaded {
    curated::read(&folder().join("oms")).unwrap_or_else(|complaints| panic!("{complaints}"))
}

fn assert_same(left: &KnowledgeGraph, right: &KnowledgeGraph) {
    assert_eq!(left.schema, right.schema);
    assert!(embedded::encode(left) == embedded::encode(right));
    assert_eq!(left.questions, right.questions);
}

#[test]
fn embedded_graph_is_current() {
    let knowledge = loaded().knowledge;
    let bytes = embedded::encode(&knowledge);
    let file = folder().join("oms.graph");
    if std::env::var_os("OMS_UPDATE").is_some_and(|value| value == "1") {
        fs::write(&file, &bytes).expect("the embedded graph can be written");
        return;
    }
    let committed = fs::read(&file).expect("the embedded graph is there");
    assert!(bytes == committed, "graph-data/oms has changed: run this test with OMS_UPDATE=1, then build again");
    assert_same(&embedded::oms(), &knowledge);
    let without = embedded::oms_without_questions();
    assert_eq!((without.schema, without.questions), (knowledge.schema, Vec::new()));
}

#[test]
fn the_graph_that_ships_needs_no_second_look() {
    let curated::Loaded { knowledge, warnings } = loaded();
    assert!(warnings.is_empty(), "{warnings:?}");
    let report = CheckReport::new(&knowledge, warnings);
    assert_eq!(report.coverage.len(), 1);
    assert_eq!((report.coverage[0].cited, report.coverage[0].total), (20, 20));
    assert!(report.to_string().ends_with("\noms-overview: 20 of 20 sentences cited"), "{report}");
    assert!(report.questions >= 30);
}

#[test]
fn the_hierarchy_of_entities_becomes_statements() {
    let knowledge = loaded().knowledge;
    let graph = &knowledge.graph;
    let statement = graph.statement(graph.statement_by_slug("lung-cancer-is_a-cancer").expect("the step is there"));
    assert_eq!(statement.claim, "Lung cancer is a kind of cancer.");
    assert!(statement.evidence.is_empty());
}

#[test]
fn encoding_is_deterministic_and_reads_back() {
    let knowledge = loaded().knowledge;
    let bytes = embedded::encode(&knowledge);
    assert!(bytes == embedded::encode(&loaded().knowledge));
    let decoded = snapshot::decode(&bytes).expect("what was encoded decodes");
    assert_same(&decoded, &knowledge);
}

#[test]
fn damaged_bytes_are_refused() {
    let bytes = embedded::oms_bytes();
    assert_eq!(snapshot::decode(b"").err(), Some(DecodeError::OtherForm));
    assert_eq!(snapshot::decode(b"something else").err(), Some(DecodeError::OtherForm));
    for length in (8..bytes.len()).step_by(97) {
        assert_eq!(snapshot::decode(&bytes[..length]).err(), Some(DecodeError::BreaksOff), "{length} bytes");
    }
    let longer = [bytes, b"\x00"].concat();
    assert_eq!(snapshot::decode(&longer).err(), Some(DecodeError::Damaged));
    let newer = [&bytes[..8], &[200], &bytes[9..]].concat();
    assert_eq!(snapshot::decode(&newer).err(), Some(DecodeError::OtherVersion(200)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    /// Whatever single byte is changed: the file is refused.
    #[test]
    fn a_changed_byte_is_found(place in any::<prop::sample::Index>(), change in 1..=u8::MAX) {
        let mut bytes = embedded::oms_bytes().to_vec();
        let at = place.index(bytes.len());
        bytes[at] ^= change;
        prop_assert!(snapshot::decode(&bytes).is_err());
    }
}

/// Prints what reading costs; run with `--release --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn how_long_reading_takes() {
    const ROUNDS: u32 = 1000;
    let time = |what: &str, rounds: u32, work: &dyn Fn()| {
        work();
        let start = std::time::Instant::now();
        (0..rounds).for_each(|_| work());
        println!("{what}: {:.1} us", start.elapsed().as_secs_f64() * 1e6 / f64::from(rounds));
    };
    // Without giving the memory back, as a program that ends right after its answer does.
    time("decode the embedded graph", ROUNDS, &|| std::mem::forget(std::hint::black_box(embedded::oms())));
    time("the same without questions", ROUNDS, &|| std::mem::forget(std::hint::black_box(embedded::oms_without_questions())));
    time("decode and give back", ROUNDS, &|| drop(std::hint::black_box(embedded::oms())));
    time("read the folder", 100, &|| drop(std::hint::black_box(loaded())));
}
