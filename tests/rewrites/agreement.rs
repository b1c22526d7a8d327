//! Agreement: the rows of queries by chance are the same with every rewrite, with none, and with each left out.

use oms_graph::algebra::rewrite::{Demand, Passes};
use oms_graph::model::{Direction, KindId, RelationTypeId, Statistics};

use super::invent;
use super::world::{Chance, World};

/// How many graphs are made, and how many queries are asked of each.
const GRAPHS: u64 = 12;
const QUERIES: u64 = 40;

/// What the counts of a graph say is what counting one by one says.
#[test]
fn counts_are_as_counted() {
    for seed in 0..30 {
        let world = World::new(&mut Chance(seed));
        let counts: &dyn Statistics = &world.graph;
        assert!(counts.has_identifiers());
        for relation_type in (0..Statistics::relation_types(counts)).map(RelationTypeId) {
            assert_eq!(counts.of_type(relation_type), world.of_type(relation_type));
            let kinds = (0..3).map(|kind| Some(KindId(kind))).chain([None]);
            for (from, to) in kinds.clone().flat_map(|from| kinds.clone().map(move |to| (from, to))) {
                assert_eq!(counts.between(from, relation_type, to), world.between(from, relation_type, to));
            }
            // What counts promise holds; they may promise less.
            assert!(counts.has_loops(relation_type) || !world.has_loops(relation_type));
            assert!(counts.has_parallels(relation_type) || !world.has_parallels(relation_type));
            assert_eq!(counts.has_denials(relation_type), world.has_denials(relation_type));
            for (direction, kind) in
                [Direction::Outgoing, Direction::Incoming].into_iter().flat_map(|way| (0..3).map(move |kind| (way, KindId(kind))))
            {
                assert!(!counts.always_of_kind(relation_type, direction, kind) || world.always_of_kind(relation_type, direction, kind));
                for entity in world.graph.entities().filter(|_| !counts.has_denials(relation_type)) {
                    assert_eq!(counts.relations_of(entity, relation_type, direction), world.relations_of(entity, relation_type, direction));
                }
            }
        }
        assert!((0..3).map(KindId).all(|kind| counts.of_kind(kind) == world.of_kind(kind)));
        assert_eq!(counts.identified("x1"), world.identified("x1"));
    }
}

#[test]
fn rows_are_the_same_with_and_without() {
    let from: u64 = std::env::var("REWRITES_FROM").ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    let graphs: u64 = std::env::var("REWRITES_GRAPHS").ok().and_then(|text| text.parse().ok()).unwrap_or(GRAPHS);
    let (mut asked, mut refused, mut answered) = (0, 0, 0);
    let mut faults = Vec::new();
    for seed in from..from + graphs {
        let mut chance = Chance(seed.wrapping_mul(7919));
        let world = World::new(&mut chance);
        for _ in 0..QUERIES {
            let text = invent::query(&mut chance);
            asked += 1;
            let query = match world.query(&text) {
                Ok(query) => query,
                Err(fault) => {
                    assert!(!fault.contains("Syntax"), "{text}: {fault}");
                    refused += 1;
                    continue;
                }
            };
            let Ok(expected) = world.rows(&query, Passes::NONE, Demand::Rows) else { continue };
            answered += usize::from(!expected.is_empty());
            let supported = world.evidence(&query, Passes::NONE);
            let sets = [("all", Passes::ALL)].into_iter().chain(Passes::each_left_out());
            for (name, passes) in sets {
                let found = world.evidence(&query, passes);
                // Among rows that a limit cuts through, which ones are left depends on the order of matching.
                if found != supported && !text.contains("LIMIT") {
                    faults.push(format!(
                        "seed {seed}, without {name}, evidence: {text}\nexpected {supported:#?}\nfound {found:#?}\n{}\n{}",
                        world.printed(&query, Passes::NONE, Demand::Evidence),
                        world.printed(&query, passes, Demand::Evidence)
                    ));
                }
                for demand in [Demand::Rows, Demand::Evidence] {
                    let found = world.rows(&query, passes, demand);
                    if found.as_ref() != Ok(&expected) {
                        faults.push(format!(
                            "seed {seed}, without {name}, {demand:?}: {text}\nexpected {expected:#?}\nfound {found:#?}\n{}\n{}",
                            world.printed(&query, Passes::NONE, demand),
                            world.printed(&query, passes, demand)
                        ));
                        break;
                    }
                }
            }
            assert!(faults.is_empty(), "{}", faults[0]);
        }
    }
    println!("{asked} asked, {refused} refused, {answered} with rows");
    assert!(refused * 5 < asked && answered * 4 > asked, "{asked} asked, {refused} refused, {answered} with rows");
}
