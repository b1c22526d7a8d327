//! Engines: the engine that makes many rows at a time gives the same rows as the simple one, planned or not.

#[path = "rewrites/invent.rs"]
mod invent;
// The other tests of these worlds ask more of them.
#[allow(dead_code)]
#[path = "rewrites/world.rs"]
mod world;

use oms_graph::algebra::rewrite::{self, Demand, Passes};
use oms_graph::algebra::{self, Query};
use oms_graph::engine::{Embedded, Engine, Limits};

use world::{Chance, World};

/// How many graphs are made, and how many queries are asked of each.
const GRAPHS: u64 = 60;
const QUERIES: u64 = 40;

/// The rows by one engine, as text and sorted.
fn rows(world: &World, engine: Engine, query: &Query) -> Result<Vec<String>, String> {
    let limits = Limits::default();
    let embedded = Embedded { graph: &world.graph, vocabulary: world, limits: &limits, passes: Passes::NONE };
    let rows = embedded.rows_by(engine, query).map_err(|stopped| format!("{stopped:?}"))?;
    Ok(sorted(rows.iter().map(|row| format!("{row:?}"))))
}

/// The rows of the answer by one engine, with what supports them, sorted.
fn answer(world: &World, engine: Engine, query: &Query) -> Result<Vec<String>, String> {
    let limits = Limits::default();
    let embedded = Embedded { graph: &world.graph, vocabulary: world, limits: &limits, passes: Passes::NONE };
    let outcome = embedded.run_by(engine, query, Demand::Evidence).map_err(|stopped| format!("{stopped:?}"))?;
    let counts = format!("{} denied, {} unknown", outcome.answer.denied, outcome.answer.unknown);
    let rows = outcome.answer.rows.iter().map(|row| format!("{:?} {:?} {:?}", row.cells, row.support, row.certainty));
    Ok(sorted(rows.chain([counts])))
}

fn sorted(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut texts: Vec<String> = texts.collect();
    texts.sort();
    texts
}

/// Asks queries by chance of graphs by chance, and hands each on that can be asked.
fn ask(check: impl Fn(&World, &str, &Query)) {
    let number = |name: &str, otherwise: u64| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise);
    let from = number("OMS_FROM", 0);
    for seed in from..from + number("OMS_CASES", GRAPHS) {
        let mut chance = Chance(seed.wrapping_mul(104_729).wrapping_add(17));
        let world = World::new(&mut chance);
        for _ in 0..QUERIES {
            let text = invent::query(&mut chance);
            if let Ok(query) = world.query(&text) {
                check(&world, &format!("seed {seed}: {text}"), &query);
            }
        }
    }
}

/// Where rows are cut without an order that decides all of them, engines may keep others.
fn is_decided(text: &str) -> bool {
    !text.contains("LIMIT") && !text.contains(" shortestPath")
}

#[test]
fn rows_are_the_same() {
    ask(|world, text, query| {
        let expected = rows(world, Engine::Rows, query);
        let plain = rows(world, Engine::Batches, query);
        let crumbs = rows(world, Engine::Crumbs, query);
        let show = |query: &Query| algebra::print(query, world);
        let same = |found: &Result<Vec<String>, String>| match (found, &expected) {
            (Ok(found), Ok(expected)) if !is_decided(text) => found.len() == expected.len(),
            (found, expected) => found == expected,
        };
        assert!(same(&plain), "{text}\nexpected {expected:#?}\nfound {plain:#?}\n{}", show(query));
        assert!(same(&crumbs), "in crumbs, {text}\nexpected {expected:#?}\nfound {crumbs:#?}\n{}", show(query));
        let planned = rewrite::plan(query, world, Passes::ALL, Demand::Rows).query;
        for engine in [Engine::Batches, Engine::Crumbs] {
            let found = rows(world, engine, &planned);
            assert!(same(&found), "{engine:?}, {text}\nexpected {expected:#?}\nfound {found:#?}\n{}", show(&planned));
        }
        let measured =
            Embedded { graph: &world.graph, vocabulary: world, limits: &Limits::default(), passes: Passes::NONE }.profile(&planned);
        assert_eq!(measured.is_ok(), expected.is_ok(), "{text}");
    });
}

#[test]
fn answers_are_the_same() {
    ask(|world, text, query| {
        if !is_decided(text) {
            return;
        }
        let expected = answer(world, Engine::Rows, query);
        for engine in [Engine::Batches, Engine::Crumbs] {
            let found = answer(world, engine, query);
            assert!(found == expected, "{engine:?}, {text}\nexpected {expected:#?}\nfound {found:#?}\n{}", algebra::print(query, world));
        }
        let planned = rewrite::plan(query, world, Passes::ALL, Demand::Evidence).query;
        let expected = answer(world, Engine::Rows, &planned);
        let found = answer(world, Engine::Batches, &planned);
        assert!(found == expected, "{text}\nexpected {expected:#?}\nfound {found:#?}\n{}", algebra::print(&planned, world));
    });
}
