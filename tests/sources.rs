//! Sources: sentences in a folder against the fingerprints that a graph holds of them.

#![allow(clippy::panic, clippy::too_many_lines)] // Tables of cases are long, and a helper of a test may stop it.

mod common;

use std::fs;
use std::path::Path;

use common::SmallGraph;
use oms_graph::Session;
use oms_graph::formats::check::{Drift, SourceTrouble, VerifiedSource, sentences, verify_sources};
use oms_graph::formats::{KnowledgeGraph, curated, fingerprint};
use oms_graph::render::{FORMATS, Page, render};

const SENTENCES: [&str; 3] = ["The first one.", "A  second, with \u{c9}clat.", "And a third."];

/// The small graph with fingerprints of three real sentences, and the outcome for a file of that text.
fn outcome(text: &[u8]) -> (KnowledgeGraph, VerifiedSource, SmallGraph) {
    let folder = SmallGraph::new();
    for (digit, sentence) in ["1", "2", "3"].iter().zip(SENTENCES) {
        folder.change("sources.toml", &digit.repeat(64), &fingerprint::digits(&fingerprint::of(sentence)));
    }
    fs::write(folder.path("review.txt"), text).expect("a file can be written");
    let knowledge = curated::read(&folder.path("")).unwrap_or_else(|complaints| panic!("{complaints}")).knowledge;
    let mut check = verify_sources(&knowledge, &folder.path(""));
    assert_eq!(check.sources.len(), 2);
    assert_eq!(check.sources[1].trouble, Some(SourceTrouble::NoFingerprints));
    (knowledge, check.sources.remove(0), folder)
}

#[test]
fn the_same_sentences_are_verified_however_they_are_laid_out() {
    for text in [SENTENCES.join("\n"), format!("\u{FEFF}{}\r\n\r\n \r\n", SENTENCES.join(" \r\n").to_uppercase())] {
        let (_, source, _) = outcome(text.as_bytes());
        assert_eq!((source.verified, source.total), (3, 3), "{source:?}");
        assert!(source.is_whole());
    }
}

#[test]
fn moved_changed_missing_and_further_sentences_are_told_apart() {
    let (knowledge, source, folder) = outcome(b"And a third.\nAnother second.\nThe first one.\nOne more.\n\n");
    assert_eq!((source.verified, source.missing, source.extra), (0, 0, 1));
    let drift = |line, found_on| Drift { line, found_on };
    assert_eq!(source.mismatched, [drift(1, Some(3)), drift(2, None), drift(3, Some(1))]);
    let check = verify_sources(&knowledge, &folder.path(""));
    let lines: Vec<String> = check.complaints().iter().map(|complaint| complaint.to_string().replace(&folder.shown(), "")).collect();
    assert_eq!(
        lines[..4],
        [
            "review.txt:1:1: line 1 is not sentence 1 of 'review' as it was read; that sentence stands on line 3",
            "review.txt:2:1: line 2 is not sentence 2 of 'review' as it was read; that sentence is on no other line; statements that cite it need another look; the fingerprint of the line is now 36c58e84c864be4bbd1b94ae1c0e2c534f332f80c0d01db8f47e37f9919e12e1",
            "review.txt:3:1: line 3 is not sentence 3 of 'review' as it was read; that sentence stands on line 1",
            "review.txt:4:1: 'review.txt' has 1 line more than 'review' has sentences",
        ]
    );
    assert!(!check.is_whole());

    let (_, source, _) = outcome(b"The first one.\n");
    assert_eq!((source.verified, source.missing, source.extra), (1, 2, 0));
    let (_, source, _) = outcome(b"");
    assert_eq!((source.verified, source.missing), (0, 3));
}

#[test]
fn files_that_cannot_be_compared_are_named() {
    let (_, source, _) = outcome(b"The first one.\n\xFF\n");
    assert_eq!(source.trouble, Some(SourceTrouble::NotUnicode(2)));
    let (knowledge, _, folder) = outcome(b"");
    fs::remove_file(folder.path("review.txt")).expect("a file can be removed");
    let check = verify_sources(&knowledge, &folder.path(""));
    assert_eq!(check.sources[0].trouble, Some(SourceTrouble::NoFile));
    let complaint = check.complaints()[0].to_string();
    assert!(complaint.starts_with("'review' cannot be compared: the file is missing; the sentences are looked for in"), "{complaint}");
}

#[test]
fn only_the_sentences_that_were_read_are_quoted() {
    let (knowledge, _, folder) = outcome("The first one.\nSomething else.\n  And a   third.\n".as_bytes());
    let source = &knowledge.graph.sources()[0];
    let quotes = sentences(&folder.path(""), source).expect("the file is there");
    assert_eq!(quotes, [Some("The first one.".to_owned()), None, Some("And a third.".to_owned())]);
    assert_eq!(sentences(Path::new("no/such/folder"), source), Err(SourceTrouble::NoFile));

    let mut elsewhere = source.clone();
    elsewhere.slug = "../review".to_owned();
    assert_eq!(sentences(&folder.path(""), &elsewhere), Err(SourceTrouble::NoFileName));
}

/// The overview that the graph was curated from does not ship with it. Where a folder has it (`OMS_SOURCES`, or `../shared/sources`
/// beside the project), every sentence must still be the one that was read.
#[test]
fn the_overview_is_the_text_that_was_read() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::var_os("OMS_SOURCES").map_or_else(|| root.join("../shared/sources"), Into::into);
    if !folder.join("oms-overview.txt").is_file() {
        println!("skipped: {} does not hold oms-overview.txt", folder.display());
        return;
    }
    let check = verify_sources(&oms_graph::formats::embedded::oms(), &folder);
    assert!(check.is_whole(), "{:?}", check.complaints());
    assert_eq!(check.sources[0].verified, 20);
}

#[test]
fn why_shows_the_sentences_around_and_who_denies_the_same() {
    let (_, _, folder) = outcome(SENTENCES.join("\n").as_bytes());
    let statements = fs::read_to_string(folder.path("statements.toml")).expect("the file is there");
    let denial = "\n[[statement]]\nid = \"virus-is-none\"\nevidence = [{ source = \"review\", sentences = [3] }]\nclaim = \"Viruses do not.\"\n\
                  relations = [[\"virus\", \"causes\", \"oms\"]]\nnegated = true\n";
    fs::write(folder.path("statements.toml"), statements + denial).expect("a file can be written");
    let mut session = Session::open(&folder.path("").display().to_string()).unwrap_or_else(|complaints| panic!("{complaints}"));
    session.quote_from(&folder.path("")).unwrap_or_else(|complaints| panic!("{complaints}"));
    let ask = |session: &mut Session, query: &str| {
        let answer = session.ask(query).unwrap_or_else(|complaints| panic!("{complaints}"));
        render(&answer, &FORMATS[0], &Page::default())
    };
    let causes = ask(&mut session, "causes where population = adult");
    assert!(causes.contains("virus"), "{causes}");
    let why = ask(&mut session, "why 1");
    let expected = "\
virus causes opsoclonus-myoclonus syndrome
  - Viruses cause it.
    population  adult
    hedge       may
    statement   virus-as-cause
    source      review, sentence 1
    >   1  The first one.
        2  A second, with \u{c9}clat.
  also said of it:
  - denied: Viruses do not.
    hedge      none
    statement  virus-is-none
    source     review, sentence 3
        2  A second, with \u{c9}clat.
    >   3  And a third.
1 row
";
    assert_eq!(why, expected);
}
