//! Agreement: the engine answers as an evaluator does that is too simple to be wrong, and spelling makes no difference.
//!
//! `OMS_CASES` sets how many graphs are made up; each is asked a few queries.

#[path = "agreement/choices.rs"]
mod choices;
#[path = "common/explained.rs"]
mod explained;
#[path = "agreement/invent.rs"]
mod invent;
#[path = "agreement/naive.rs"]
mod naive;
#[path = "agreement/observed.rs"]
mod observed;
#[path = "agreement/question.rs"]
mod question;
#[path = "agreement/schema.rs"]
mod schema;
#[path = "agreement/spell.rs"]
mod spell;
#[path = "agreement/tables.rs"]
mod tables;
#[path = "agreement/truth.rs"]
mod truth;
#[path = "agreement/values.rs"]
mod values;
#[path = "agreement/world.rs"]
mod world;

use oms_graph::Session;
use oms_graph::answer::{Answer, Cell};
use oms_graph::diagnostic::Code;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use proptest::test_runner::TestCaseError;
use tempfile::TempDir;

use choices::Choices;
use invent::Inventor;
use naive::Memory;
use observed::{idle_columns, observed};
use question::{Line, Question, Shape};
use spell::Speller;
use tables::{Expected, answer};
use world::World;

/// How many graphs are made up: `OMS_CASES`, or as many as a short run allows.
fn config(cases: u32) -> ProptestConfig {
    let cases = std::env::var("OMS_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(cases);
    let kept = FileFailurePersistence::Direct("tests/agreement/regressions.txt");
    ProptestConfig { cases, max_shrink_iters: 20_000, failure_persistence: Some(Box::new(kept)), ..ProptestConfig::default() }
}

/// A graph in a folder, and the choices behind the queries that it is asked.
fn session(folder: &TempDir) -> Session {
    let path = folder.path().to_string_lossy().into_owned();
    Session::open(&path).expect("a generated graph is read")
}

fn written(world: &World) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    world.write(folder.path());
    folder
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

fn question_of(line: &Line) -> &Question {
    match line {
        Line::Ask(question) | Line::Let(_, question) => question,
    }
}

/// What differs between an answer and what is expected of it.
fn difference(expected: &Expected, found: &Result<Answer, oms_graph::Complaints>) -> Option<String> {
    match (&expected.table, found) {
        (None, Err(_)) => None,
        (Some(_), Err(complaints)) if expected.may_refuse && is_all(complaints, Code::ImpossibleRelation) => None,
        (Some(_), Err(complaints)) if expected.may_lack_field && is_all(complaints, Code::UnknownField) => None,
        (Some(table), Err(complaints)) => Some(format!("expected {table}\nrefused: {complaints}")),
        (None, Ok(answer)) => Some(format!("expected a refusal, found {}", observed(answer, &expected.shape, expected.by_place))),
        (Some(table), Ok(answer)) => {
            let mut found = observed(answer, &expected.shape, expected.by_place);
            let mut table = table.clone();
            if expected.in_any_order {
                found.rows.sort();
                table.rows.sort();
            }
            if found != table {
                return Some(format!("expected {table}\nfound {found}"));
            }
            let explained = answer.explanation.as_ref().is_some_and(|explanation| !explanation.to_string().trim().is_empty());
            // A count of nothing is explained too.
            let zero = answer.rows.len() == 1 && answer.rows[0].cells == [Cell::Integer(0)];
            if explained != answer.rows.is_empty() && !(explained && zero) {
                return Some(format!("an answer is explained exactly if it is empty, found {:?}", answer.explanation));
            }
            let idle = if expected.by_place { Vec::new() } else { idle_columns(answer, &expected.shape) };
            (!idle.is_empty()).then(|| format!("columns without a value: {idle:?}"))
        }
    }
}

fn is_all(complaints: &oms_graph::Complaints, code: Code) -> bool {
    complaints.diagnostics().iter().all(|complaint| complaint.code == code)
}

fn graph_text(folder: &TempDir) -> String {
    let read = |file: &str| std::fs::read_to_string(folder.path().join(file)).unwrap_or_default();
    format!("{}\n{}", read("entities.toml"), read("statements.toml"))
}

/// Asks the engine and the naive evaluator the same lines.
fn check_agreement(graph: &[u16], queries: &[Vec<u16>]) -> Result<(), TestCaseError> {
    let world = World::new(&mut Choices::new(graph));
    let folder = written(&world);
    let mut session = session(&folder);
    let mut memory = Memory::default();
    let mut asked = Vec::new();
    for line in lines(&world, queries) {
        let text = Speller { world: &world, style: Choices::new(&[]) }.line(&line);
        asked.push(text.clone());
        let (expected, members) = answer(&world, question_of(&line), &memory);
        let found = session.ask(&text);
        let explained = found.as_ref().ok().and_then(|answer| explained::fault(&session, answer));
        if let Some(difference) = difference(&expected, &found).or(explained) {
            let report = format!("asked {asked:#?}\n{difference}\nof\n{}", graph_text(&folder));
            return Err(TestCaseError::fail(report));
        }
        if let (Some(members), Ok(_)) = (members, &found) {
            if let Line::Let(name, _) = &line {
                memory.given.insert(*name, members.clone());
            }
            memory.it = Some(members);
        }
    }
    Ok(())
}

/// Asks the engine the same lines twice, spelled plainly and otherwise.
fn check_spelling(graph: &[u16], queries: &[Vec<u16>], style: &[u16]) -> Result<(), TestCaseError> {
    let world = World::new(&mut Choices::new(graph));
    let folder = written(&world);
    let (mut plainly, mut otherwise) = (session(&folder), session(&folder));
    let mut speller = Speller { world: &world, style: Choices::new(style) };
    for line in lines(&world, queries) {
        let plain = Speller { world: &world, style: Choices::new(&[]) }.line(&line);
        let spelled = speller.line(&line);
        let (expected, found) = (plainly.ask(&plain), otherwise.ask(&spelled));
        let same = match (&expected, &found) {
            (Ok(expected), Ok(found)) => same_but_for_words(expected, found),
            (Err(_), Err(_)) => true,
            _ => false,
        };
        if !same {
            let shown = |answer: &Result<Answer, oms_graph::Complaints>| match answer {
                Ok(answer) => observed(answer, &Shape::default(), true).to_string(),
                Err(complaints) => complaints.to_string(),
            };
            let (expected, found) = (shown(&expected), shown(&found));
            let report = format!("{plain}\nand\n{spelled}\ndiffer: {expected}\nand\n{found}\nof\n{}", graph_text(&folder));
            return Err(TestCaseError::fail(report));
        }
    }
    Ok(())
}

/// The same answer, the words of the query aside.
fn same_but_for_words(left: &Answer, right: &Answer) -> bool {
    let bare = |answer: &Answer| {
        let explained = answer.explanation.is_some();
        (Answer { query: String::new(), explanation: None, possibly: None, ..answer.clone() }, explained)
    };
    bare(left) == bare(right)
}

proptest! {
    #![proptest_config(config(1500))]

    /// The rows, their order, certainty and citations, what was left out, and what is explained.
    #[test]
    fn the_engine_answers_as_the_naive_evaluator_does(
        graph in vec(any::<u16>(), 0..220),
        queries in vec(vec(any::<u16>(), 0..70), 1..4),
    ) {
        check_agreement(&graph, &queries)?;
    }
}

proptest! {
    #![proptest_config(config(500))]

    /// Case, plural, hyphens, spaces, brackets and synonyms make no difference.
    #[test]
    fn a_query_spelled_otherwise_gets_the_same_answer(
        graph in vec(any::<u16>(), 0..220),
        queries in vec(vec(any::<u16>(), 0..70), 1..4),
        style in vec(any::<u16>(), 0..90),
    ) {
        check_spelling(&graph, &queries, &style)?;
    }
}
