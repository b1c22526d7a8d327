//! Patterns agree: the engine gives the rows of a pattern that an evaluator gives that tries everything.
//!
//! The cases are the same every time: `PROPTEST_RNG_SEED` makes others, `OMS_CASES` sets how many.

#[path = "patterns/aggregates.rs"]
mod aggregates;
#[path = "agreement/choices.rs"]
mod choices;
#[path = "common/explained.rs"]
mod explained;
#[path = "patterns/expressions.rs"]
mod expressions;
#[path = "patterns/invent.rs"]
mod invent;
#[path = "patterns/invent_expressions.rs"]
mod invent_expressions;
#[path = "patterns/invent_patterns.rs"]
mod invent_patterns;
#[path = "patterns/matching.rs"]
mod matching;
#[path = "patterns/naive.rs"]
mod naive;
#[path = "patterns/query.rs"]
mod query;
#[path = "patterns/scope.rs"]
mod scope;
#[path = "patterns/spell.rs"]
mod spell;
#[path = "patterns/value.rs"]
mod value;
#[path = "patterns/world.rs"]
mod world;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use oms_graph::session::Limits;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseError, TestError, TestRunner};

use choices::Choices;
use expressions::{Naive, Skip};
use invent::Inventor;
use naive::Table;
use query::Query;
use value::Value;
use world::World;

/// How many cases a short run plays.
const CASES: u32 = 2_000;
/// The seed of the cases that are always played.
const SEED: u64 = 20_240;
/// How much the naive evaluator may try for one query.
const EFFORT: usize = 60_000;
/// How long the engine may take for one query.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Of a hundred cases so many at least must be compared.
const LEAST_COMPARED: usize = 90;
/// Of a hundred cases so many at least must have rows: where there are none, little is compared.
const LEAST_WITH_ROWS: usize = 30;

fn config() -> ProptestConfig {
    let number = |name: &str| std::env::var(name).ok().and_then(|number| number.parse::<u64>().ok());
    ProptestConfig {
        cases: number("OMS_CASES").and_then(|cases| u32::try_from(cases).ok()).unwrap_or(CASES),
        rng_seed: RngSeed::Fixed(number("PROPTEST_RNG_SEED").unwrap_or(SEED)),
        max_shrink_iters: 20_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Whether a list in a row of this query may be in any order.
fn has_unordered_lists(query: &str) -> bool {
    query.contains("collect(") || query.contains("[(")
}

fn written(rows: &[Vec<Value>]) -> String {
    let row = |row: &Vec<Value>| format!("  {}\n", row.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | "));
    rows.iter().map(row).collect()
}

/// What differs between the rows found and those expected: each group of them, in any order, follows the last.
fn difference(expected: &Table, found: &[Vec<Value>], any_order: bool) -> Option<String> {
    let normal = |row: &Vec<Value>| -> Vec<Value> { if any_order { row.iter().map(Value::in_any_order).collect() } else { row.clone() } };
    let wanted: Vec<Vec<Value>> = expected.groups.concat();
    let report = || format!("expected\n{}found\n{}", written(&wanted), written(found));
    if wanted.len() != found.len() {
        return Some(report());
    }
    let mut rest = found;
    for group in &expected.groups {
        let (these, others) = rest.split_at(group.len());
        rest = others;
        let mut left: Vec<Vec<Value>> = these.iter().map(normal).collect();
        for row in group.iter().map(normal) {
            let same = |found: &Vec<Value>| found.len() == row.len() && found.iter().zip(&row).all(|(left, right)| left.close(right));
            match left.iter().position(same) {
                Some(place) => left.swap_remove(place),
                None => return Some(report()),
            };
        }
    }
    None
}

/// Asks both the same query of the same graph; how many rows they agree in, none where there is nothing to compare.
fn check(graph: &[u16], query: &[u16]) -> Result<Option<usize>, TestCaseError> {
    let mut world = World::new(&mut Choices::new(graph));
    let mut session = world.session();
    session.set_limits(Limits { timeout: Some(TIMEOUT), ..Limits::default() });
    let query: Query = Inventor { choices: &mut Choices::new(query), nodes: world.nodes.len(), in_where: false }.query();
    let text = query.to_string();
    let expected = match Naive::new(&world, EFFORT).table(&query) {
        Ok(table) => table,
        Err(Skip::TooLong | Skip::Senseless) => return Ok(None),
    };
    let difference = match session.rows(&text) {
        Ok((_, rows)) => {
            let seen = |row: &Vec<_>| row.iter().map(|value| Value::observed(&world, value)).collect();
            let found: Vec<Vec<Value>> = rows.iter().map(seen).collect();
            difference(&expected, &found, has_unordered_lists(&text))
        }
        Err(complaints) => Some(format!("expected\n{}refused: {complaints}", written(&expected.groups.concat()))),
    };
    let explained = || session.ask(&text).ok().and_then(|answer| explained::fault(&session, &answer));
    match difference.or_else(explained) {
        Some(difference) => Err(TestCaseError::fail(format!("{text}\n{difference}of\n{world}"))),
        None => Ok(Some(expected.groups.iter().map(Vec::len).sum())),
    }
}

#[test]
fn the_engine_gives_the_rows_that_the_naive_evaluator_gives() {
    let config = config();
    let cases = config.cases as usize;
    let (compared, with_rows) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let numbers = (vec(any::<u16>(), 40..240), vec(any::<u16>(), 0..180));
    let outcome = TestRunner::new(config).run(&numbers, |(graph, query)| {
        let rows = check(&graph, &query)?;
        compared.fetch_add(usize::from(rows.is_some()), Ordering::Relaxed);
        with_rows.fetch_add(usize::from(rows.is_some_and(|rows| rows > 0)), Ordering::Relaxed);
        Ok(())
    });
    match outcome {
        Ok(()) => {}
        // The numbers behind a case say nothing to anybody.
        Err(TestError::Fail(reason, _)) => panic!("{reason}"),
        Err(failure) => panic!("{failure}"),
    }
    let (compared, with_rows) = (compared.into_inner(), with_rows.into_inner());
    println!("{compared} of {cases} compared, {with_rows} with rows");
    assert!(compared * 100 >= cases * LEAST_COMPARED, "only {compared} of {cases} cases were compared");
    assert!(with_rows * 100 >= cases * LEAST_WITH_ROWS, "only {with_rows} of {cases} cases have rows");
}
