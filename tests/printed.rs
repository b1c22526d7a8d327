//! Printed: the pattern that `explain` prints for a phrase, run as a query, gives what the phrase gives.
//!
//! Held against each other, as bags of rows: the cells of every column that both answers have (entities by their ids), the
//! certainty of each row and the statements that it cites. `compare` prints its long form: there the entity, whether a value
//! is stated and the statements of each cell of the phrase's pivot are held against the rows of the pattern. The order of
//! rows, the counts of what was left out, the view, and explanations are not compared: a pattern has none of a phrase's.
//!
//! `OMS_CASES` sets how many graphs are made up, `OMS_SEED` which; each is asked a few phrases.

#[allow(dead_code)] // Pages are only read here.
#[path = "pages/blocks.rs"]
mod blocks;
#[allow(dead_code)] // What is made up here is only asked, never answered by hand.
#[path = "agreement/choices.rs"]
mod choices;
#[path = "printed/compared.rs"]
mod compared;
#[path = "agreement/invent.rs"]
mod invent;
#[allow(dead_code)]
#[path = "agreement/question.rs"]
mod question;
#[allow(dead_code)]
#[path = "agreement/schema.rs"]
mod schema;
#[path = "agreement/spell.rs"]
mod spell;
#[allow(dead_code)]
#[path = "agreement/truth.rs"]
mod truth;
#[allow(dead_code)]
#[path = "agreement/world.rs"]
mod world;

use std::fs;
use std::path::Path;

use oms_graph::Session;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestCaseError, TestRng, TestRunner};

use blocks::Block;
use choices::Choices;
use compared::difference;
use invent::Inventor;
use question::Line;
use spell::Speller;
use world::World;

fn number(variable: &str, otherwise: u32) -> u32 {
    std::env::var(variable).ok().and_then(|number| number.parse().ok()).unwrap_or(otherwise)
}

/// A session that is asked phrases, and one that is asked what they are printed as, which must not change what `it` means.
struct Pair {
    phrases: Session,
    patterns: Session,
    compared: usize,
}

impl Pair {
    fn open(graph: &str) -> Pair {
        let session = || Session::open(graph).expect("the graph opens");
        Pair { phrases: session(), patterns: session(), compared: 0 }
    }

    /// What differs between a phrase and the pattern that it is printed as; nothing where the phrase is refused.
    fn ask(&mut self, phrase: &str) -> Option<String> {
        let explained = self.phrases.ask(&format!("explain {}", without_name(phrase)));
        let expected = self.phrases.ask(phrase);
        let (Ok(explained), Ok(expected)) = (explained, expected) else { return None };
        let pattern = &explained.stages.iter().find(|stage| stage.name == "pattern")?.text;
        if expected.columns.is_empty() || is_pattern(phrase) {
            return None;
        }
        self.compared += 1;
        let report = |what: String| Some(format!("{phrase}\nis printed as\n{pattern}\n{what}"));
        match self.patterns.ask(pattern) {
            Err(complaints) => report(format!("which is refused: {complaints}")),
            Ok(found) => difference(&expected, &found).and_then(report),
        }
    }
}

/// A query without the `let` in front of it.
fn without_name(query: &str) -> &str {
    match query.split_once('=') {
        Some((before, query)) if before.starts_with("let ") => query.trim_start(),
        _ => query,
    }
}

fn is_pattern(query: &str) -> bool {
    let first = query.split_whitespace().next().unwrap_or_default().to_uppercase();
    ["MATCH", "OPTIONAL", "WITH", "UNWIND", "RETURN", "CALL", "EXPLAIN", "PROFILE"].contains(&first.as_str())
}

/// The phrases of the fences of a page, in their order.
fn phrases_of(page: &str) -> Vec<String> {
    let mut phrases = Vec::new();
    for block in blocks::read(page) {
        if let Block::Fence(fence) = block
            && fence.language() == "oms"
        {
            let single = fence.body.lines().count() == 1;
            let lines: Vec<&str> = if single { vec![fence.body.trim_end()] } else { fence.body.lines().collect() };
            phrases.extend(lines.into_iter().filter(|line| !line.trim().is_empty()).map(str::to_owned));
        }
    }
    phrases
}

fn pages(folder: &str) -> Vec<(String, Vec<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<_> = fs::read_dir(folder).expect("the folder is there").flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    let phrases = |path: &Path| phrases_of(&fs::read_to_string(path).expect("a page can be read"));
    paths.iter().map(|path| (path.display().to_string(), phrases(path))).collect()
}

#[test]
fn every_phrase_of_the_pages_and_documents_is_its_pattern() {
    let (mut faults, mut compared) = (Vec::new(), 0);
    for (page, phrases) in pages("tests/pages").into_iter().chain(pages("docs")) {
        let mut pair = Pair::open("oms");
        faults.extend(phrases.iter().filter_map(|phrase| pair.ask(phrase)).map(|fault| format!("{page}: {fault}")));
        compared += pair.compared;
    }
    assert!(faults.is_empty(), "{} differ:\n{}", faults.len(), faults.join("\n\n"));
    assert!(compared >= 150, "only {compared} phrases are compared");
}

#[test]
fn every_question_of_the_graph_is_its_pattern() {
    let mut pair = Pair::open("oms");
    let questions = pair.phrases.questions().to_vec();
    let faults: Vec<String> = questions.iter().filter_map(|question| pair.ask(&question.query)).collect();
    assert!(faults.is_empty(), "{} differ:\n{}", faults.len(), faults.join("\n\n"));
    assert_eq!(pair.compared, questions.len());
}

/// The lines that the choices make.
fn lines(world: &World, numbers: &[Vec<u16>]) -> Vec<Line> {
    let (mut asked_before, mut given) = (false, Vec::new());
    let mut lines = Vec::new();
    for numbers in numbers {
        let mut inventor = Inventor { world, choices: Choices::new(numbers), asked_before, given };
        lines.push(inventor.line());
        (asked_before, given) = (inventor.asked_before, inventor.given);
    }
    lines
}

fn check(graph: &[u16], queries: &[Vec<u16>]) -> Result<usize, TestCaseError> {
    let world = World::new(&mut Choices::new(graph));
    let folder = tempfile::tempdir().expect("a folder can be made");
    world.write(folder.path());
    let mut pair = Pair::open(&folder.path().to_string_lossy());
    for line in lines(&world, queries) {
        let phrase = Speller { world: &world, style: Choices::new(&[]) }.line(&line);
        if let Some(difference) = pair.ask(&phrase) {
            let read = |file: &str| fs::read_to_string(folder.path().join(file)).unwrap_or_default();
            return Err(TestCaseError::fail(format!("{difference}\nof\n{}\n{}", read("entities.toml"), read("statements.toml"))));
        }
    }
    Ok(pair.compared)
}

#[test]
fn every_phrase_made_up_is_its_pattern() {
    let cases = number("OMS_CASES", 250);
    let config = ProptestConfig { cases, max_shrink_iters: 300, failure_persistence: None, ..ProptestConfig::default() };
    let mut seed = [7; 32];
    seed[..4].copy_from_slice(&number("OMS_SEED", 0).to_le_bytes());
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let made_up = (vec(any::<u16>(), 0..220), vec(vec(any::<u16>(), 0..70), 4..9));
    let compared = std::cell::Cell::new(0);
    let outcome = runner.run(&made_up, |(graph, queries)| {
        compared.set(compared.get() + check(&graph, &queries)?);
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
    assert!(compared.get() >= cases as usize, "only {} phrases are compared", compared.get());
}

/// The stack of a test's thread is small, which is what is tested with the deepest expression that is read.
#[test]
fn a_deep_expression_fits_on_a_small_stack() {
    let asked = |query: String| {
        let asking = move || Session::open("oms").expect("the embedded graph opens").ask(&query).map(|answer| answer.rows.len());
        let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(asking).expect("a thread starts");
        thread.join().expect("nothing panics").expect("the query is answered")
    };
    let terms = |count: usize, term: &str, sign: &str| vec![term; count].join(sign);
    assert_eq!(asked(format!("RETURN {} AS sum", terms(490, "1", " + "))), 1);
    assert_eq!(asked(format!("UNWIND [1] AS x RETURN {} AS sum", terms(490, "x", " + "))), 1);
    assert_eq!(asked(format!("MATCH (n {{id: 'oms'}}) WHERE {} RETURN n", terms(490, "n.id = 'oms'", " AND "))), 1);
    assert_eq!(asked(format!("RETURN {}true AS holds", "NOT ".repeat(100))), 1);
    assert_eq!(asked(format!("explain RETURN {} AS sum", terms(150, "1", " + "))), 0);
}

#[test]
fn a_position_that_the_graph_does_not_have_is_an_error() {
    let mut session = Session::open("oms").expect("the embedded graph opens");
    for query in [
        "CALL graph.why([999999]) YIELD relation RETURN relation",
        "CALL graph.why([4294967295]) YIELD from RETURN from",
        "CALL graph.members([{id: 'oms', support: [999999]}]) YIELD entity, support RETURN entity, support",
    ] {
        let complaint = session.ask(query).expect_err("there is no such relation").to_string();
        assert!(complaint.contains("no relation at position"), "{complaint}");
    }
}
