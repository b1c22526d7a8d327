//! Snapshots: files that are cut off, changed, forged or of another form are refused or answer alike, and never end the program.

#![allow(clippy::panic)] // A helper of a test may stop it.

#[path = "snapshot/files.rs"]
mod files;
#[path = "snapshot/forge.rs"]
mod forge;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use oms_graph::formats::embedded;
use oms_graph::formats::snapshot::{self, Checking};
use oms_graph::session::Limits;
use oms_graph::store::{BLOCK, checksum_of};
use oms_graph::{Complaints, Session};
use tempfile::TempDir;

use forge::{Forger, sealed_again};

/// Patterns that together look at every part of a graph.
const PATTERNS: &[&str] = &[
    "MATCH (a)-[r]->(b) RETURN type(r), a.id, b.id, labels(a), labels(b), properties(r), properties(a)",
    "MATCH (a)<-[r]-(b) WHERE a.id = 'oms' RETURN b, r.frequency, r.population ORDER BY b.id LIMIT 20",
    "MATCH (n) WHERE toLower(n.name) STARTS WITH 'o' OPTIONAL MATCH (n)-[r]-() RETURN n.id, count(r)",
    "MATCH (a)-[r]->(b) RETURN type(r), count(*)",
    "MATCH (a)-[r]->(b) RETURN labels(a), labels(b), count(*)",
    "MATCH (a {id: 'oms'})-[*1..3]-(b) RETURN count(DISTINCT b.id)",
    "MATCH (a {id: 'oms'}), (b) WITH a, b LIMIT 5 MATCH p = allShortestPaths((a)-[*..6]-(b)) RETURN length(p), count(*)",
    "MATCH (a)-[:causes]->(b)<-[:treats]-(c) RETURN a, b, c",
    "MATCH (a)-[r]->(b) WHERE r.weight > 0.5 RETURN a.id, r.weight, b.kind LIMIT 30",
    "MATCH (a)-->(x)<--(b) WHERE a.id < b.id RETURN x.id, count(*) ORDER BY x.id LIMIT 10",
    "CALL graph.components() YIELD entity, component WITH component AS g, count(*) AS c RETURN count(*), max(c)",
    "CALL graph.degree() YIELD entity, relations RETURN entity, relations ORDER BY relations DESC LIMIT 3",
    "CALL graph.pagerank() YIELD entity, score RETURN entity.id, score LIMIT 3",
    "MATCH (n) RETURN n.name, n.synonyms, n.xrefs, n.definition, n.kind, n.number, n.note",
];

/// What every graph is asked; the session remembers, so the order matters.
fn questions() -> Vec<String> {
    let curated = embedded::oms_questions().into_iter().map(|question| question.query);
    let more = ["why 1", "find opsoclonis", "node number 7", "OMS", "explain causes", "profile symptoms of OMS", "find 'n7' "];
    curated.chain(more.map(str::to_owned)).chain(PATTERNS.iter().map(|pattern| (*pattern).to_owned())).collect()
}

/// What a graph answers, each answer or complaint as text; a complaint of damage alone counts as none.
fn answers(session: &mut Session, questions: &[String]) -> Vec<Option<String>> {
    let limits = Limits {
        timeout: Some(Duration::from_secs(2)),
        rows: Some(200_000),
        memory: Some(1 << 28),
        interrupt: Arc::new(AtomicBool::new(false)),
        ..Limits::default()
    };
    session.set_limits(limits);
    let mut all: Vec<Option<String>> = questions.iter().map(|question| answer(session, question)).collect();
    let whole = session.whole().map(|answer| format!("{:?}", answer.rows)).map_err(|complaints| complaints.to_string());
    all.push(if session.intact().is_ok() { Some(format!("{whole:?}")) } else { None });
    all
}

fn answer(session: &mut Session, question: &str) -> Option<String> {
    let answer = session.ask(question);
    if let Err(refusal) = session.intact() {
        let complaint = answer.expect_err("an answer from a damaged file is never given");
        assert_eq!(complaint.to_string(), refusal.to_string());
        assert_eq!(complaint.class().exit_status(), 3);
        return None;
    }
    let shown = match answer {
        Ok(answer) if question.starts_with("profile") => format!("{} stages", answer.stages.len()),
        Ok(answer) => format!("{:?} {:?} {:?}", answer.rows, answer.evidence, answer.stages),
        Err(complaints) => complaints.to_string(),
    };
    Some(shown)
}

fn opened(path: &Path, checking: Checking) -> Result<Session, Complaints> {
    snapshot::open_checking(path, checking).map(Session::of)
}

fn file_of(folder: &TempDir, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join("tried.oms");
    // A new file each time: what is mapped is never changed in place.
    let _ = fs::remove_file(&path);
    fs::write(&path, bytes).expect("a file can be written");
    path
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder can be made")
}

/// A graph that was imported, of several blocks, as bytes.
fn imported() -> Vec<u8> {
    let folder = folder();
    let mut nodes = "id\tname\tcategory\tnumber\tnote\tsynonym\txref\tdescription\n".to_owned();
    let mut edges = "id\tsubject\tpredicate\tobject\tweight\tcount\tcomment\tnegated\tprimary_knowledge_source\tpublications\n".to_owned();
    for at in 0..400 {
        nodes.push_str(&format!(
            "N:{at}\tnode number {at}\tbiolink:{}\t{}\tnote {}\tn{at}|nn{at}\tX:{at}\tThe {at}th.\n",
            ["Gene", "Disease", "Drug"][at % 3],
            at * 7,
            at % 5
        ));
    }
    for at in 0..1500 {
        let (from, to) = (at * 7919 % 400, at * 104_729 % 397);
        let predicate = ["treats", "causes", "related_to", "subclass_of"][at % 4];
        let weight = (at % 100) as f64 / 100.0;
        edges.push_str(&format!(
            "e{at}\tN:{from}\tbiolink:{predicate}\tN:{to}\t{weight}\t{}\tsome words {at}\t{}\tinfores:{}\tPMID:{at}\n",
            at % 300,
            at % 11 == 0,
            at % 3
        ));
    }
    let (node_file, edge_file) = (folder.path().join("nodes.tsv"), folder.path().join("edges.tsv"));
    fs::write(&node_file, nodes).expect("a file can be written");
    fs::write(&edge_file, edges).expect("a file can be written");
    let graph = folder.path().join("tried.oms");
    let mut program = Command::new(env!("CARGO_BIN_EXE_oms"));
    let output = program.arg("import").args([&node_file, &edge_file]).arg("-o").arg(&graph).output().expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    fs::read(graph).expect("the graph is there")
}

#[test]
fn a_graph_that_is_checked_as_it_is_read_answers_alike() {
    let folder = folder();
    for bytes in [embedded::oms_bytes().to_vec(), imported()] {
        let path = file_of(&folder, &bytes);
        let questions = questions();
        let at_once = answers(&mut opened(&path, Checking::AtOnce).expect("it is whole"), &questions);
        let at_touch = answers(&mut opened(&path, Checking::AtFirstTouch).expect("it is whole"), &questions);
        assert_eq!(at_once, at_touch);
        assert!(at_once.iter().all(Option::is_some));
        snapshot::verify(&path, &mut |_, _| {}).expect("it is whole");
    }
}

/// Flips a bit of every so many bytes: a file that is checked whole is refused, one that is checked as it is read is refused or
/// answers alike.
fn flipped(bytes: &[u8], every: usize, asked_every: usize) {
    let folder = folder();
    let questions = questions();
    let path = file_of(&folder, bytes);
    let right = answers(&mut opened(&path, Checking::AtOnce).expect("it is whole"), &questions);
    let mut bytes = bytes.to_vec();
    for at in (0..bytes.len()).step_by(every) {
        let bit = 1 << (at / every % 8);
        bytes[at] ^= bit;
        let path = file_of(&folder, &bytes);
        assert!(!snapshot::is_snapshot(&path) || opened(&path, Checking::AtOnce).is_err(), "byte {at}");
        if (at / every).is_multiple_of(asked_every) {
            assert!(snapshot::verify(&path, &mut |_, _| {}).is_err(), "byte {at}");
            if let Ok(mut session) = opened(&path, Checking::AtFirstTouch) {
                for (given, right) in answers(&mut session, &questions).iter().zip(&right) {
                    assert!(given.is_none() || given == right, "byte {at}: {given:?} is not {right:?}");
                }
            }
        }
        bytes[at] ^= bit;
    }
}

#[test]
fn flipped_bits_are_refused_or_never_seen() {
    flipped(embedded::oms_bytes(), 97, 60);
    flipped(&imported(), 401, 60);
}

#[test]
#[ignore = "takes minutes; every byte with --release, one in thirty-one without"]
fn every_flipped_byte_is_refused_or_never_seen() {
    let stride = if cfg!(debug_assertions) { 31 } else { 1 };
    flipped(embedded::oms_bytes(), stride, 20);
    flipped(&imported(), stride, 60);
}

#[test]
fn truncated_files_are_refused() {
    let folder = folder();
    for bytes in [embedded::oms_bytes().to_vec(), imported()] {
        for length in (0..bytes.len()).filter(|length| *length < 300 || length % 211 == 0 || length + 70 > bytes.len()) {
            let path = file_of(&folder, &bytes[..length]);
            for checking in [Checking::AtOnce, Checking::AtFirstTouch] {
                let refused = snapshot::open_checking(&path, checking).expect_err("a part of a file is no graph");
                assert_eq!(refused.class().exit_status(), 3, "{length} bytes");
            }
        }
    }
}

#[test]
fn what_is_damaged_is_told_by_its_part() {
    let folder = folder();
    let mut bytes = imported();
    let at = bytes.len() - BLOCK;
    bytes[at] ^= 1;
    let told = snapshot::verify(&file_of(&folder, &bytes), &mut |_, _| {}).expect_err("a byte was changed").to_string();
    assert!(told.contains("1 of its ") && told.contains("they hold ") && told.contains("begins at byte"), "{told}");
}

/// Asks graphs whose content was changed and whose checksums were made right again. Whatever they answer, they do not panic
/// and do not run on.
fn forged(bytes: &[u8], rounds: u64, first: u64) {
    let folder = folder();
    let questions = questions();
    let mut asked = 0;
    for seed in first..first + rounds {
        let forged = sealed_again(&Forger::new(seed).changed(bytes));
        let path = file_of(&folder, &forged);
        let begun = Instant::now();
        let outcome = std::panic::catch_unwind(|| {
            if let Ok(mut session) = opened(&path, Checking::AtFirstTouch) {
                answers(&mut session, &questions);
                let _ = (session.describe_schema(), session.describe_kinds(), session.describe_qualifiers(), session.check());
                return true;
            }
            false
        });
        asked += u64::from(outcome.unwrap_or_else(|_| panic!("the file of seed {seed} made it panic")));
        assert!(begun.elapsed() < Duration::from_secs(60), "seed {seed} took {:?}", begun.elapsed());
        // To look at all of it must not panic either; what it says of a forgery is its own affair.
        let _ = snapshot::verify(&path, &mut |_, _| {});
    }
    assert!(asked * 4 > rounds, "most of what is forged can be asked: {asked} of {rounds}");
}

#[test]
fn forged_files_do_not_panic() {
    forged(embedded::oms_bytes(), 25, 0);
    forged(&imported(), 15, 10_000);
}

#[test]
#[ignore = "takes minutes; thousands with --release, hundreds without"]
fn thousands_of_forged_files_do_not_panic() {
    let share = if cfg!(debug_assertions) { 20 } else { 1 };
    forged(embedded::oms_bytes(), 6000 / share, 100_000);
    forged(&imported(), 3000 / share, 200_000);
}

#[test]
fn an_untouched_file_sealed_again_is_the_same() {
    let bytes = imported();
    assert!(sealed_again(&bytes) == bytes);
    assert_ne!(checksum_of(&bytes), 0);
}
