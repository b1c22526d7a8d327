//! How long the procedures take on a graph of the size that they are made for; run by name, with optimisation.

use std::time::{Duration, Instant};

use super::*;

/// A graph of 47,000 entities and 2.25 million relations, a few entities of which have most of them.
fn large() -> Graph {
    let mut random = Random(1);
    let mut skewed = move || {
        let part = random.below(47_000) as f64 / 47_000.0;
        (part * part * part * 47_000.0) as usize
    };
    let lines: Vec<Line> = (0..2_250_000).map(|at| Line { relation_type: (at % 3) as u16, ..line(skewed(), skewed()) }).collect();
    graph(47_000, &lines)
}

#[test]
#[ignore = "takes long without optimisation"]
fn on_a_large_graph() {
    let graph = large();
    let cases: [(&str, Procedure, Vec<Value>); 10] = [
        ("components", Procedure::Components, vec![]),
        ("components, two types", Procedure::Components, vec![map(&[("relations", list(&["CAUSES", "IS_A"]))])]),
        ("components, two kinds", Procedure::Components, vec![map(&[("kinds", list(&["Gene", "Drug"]))])]),
        ("degree", Procedure::Degree, vec![]),
        ("pagerank", Procedure::PageRank, vec![]),
        ("pagerank, two kinds", Procedure::PageRank, vec![map(&[("kinds", list(&["Gene", "Drug"]))])]),
        ("communities", Procedure::Communities, vec![]),
        ("betweenness", Procedure::Betweenness, vec![]),
        ("shortest path", Procedure::ShortestPath, vec![Value::Entity(EntityId(46_000)), Value::Entity(EntityId(45_000))]),
        ("distances", Procedure::Distances, vec![Value::Entity(EntityId(46_000))]),
    ];
    for (name, procedure, values) in cases {
        let times: Vec<Duration> = (0..if procedure == Procedure::Components { 7 } else { 1 })
            .map(|_| {
                let started = Instant::now();
                run(procedure, &graph, values.clone());
                started.elapsed()
            })
            .collect();
        println!("{name}: {:?}", times.iter().min());
    }
    for (procedure, values) in [(Procedure::Betweenness, vec![]), (Procedure::Communities, vec![]), (Procedure::PageRank, vec![])] {
        let limits = Limits { timeout: Some(Duration::from_millis(200)), ..Limits::default() };
        let started = Instant::now();
        let outcome = run_within(procedure, &graph, values, &limits);
        println!("{procedure:?} stopped within {:?}: {}", started.elapsed(), outcome.is_err());
        assert!(started.elapsed() < Duration::from_millis(300));
    }
}
