//! Shortest paths and distances against petgraph's.

use std::collections::HashMap;

use petgraph::algo::dijkstra;
use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::visit::EdgeRef;

use super::*;

/// The distances by petgraph: of directed or undirected lines, and what each weighs.
fn theirs(lines: &[Line], entities: usize, start: usize, direction: &str, weigh: impl Fn(&Line) -> f64) -> HashMap<NodeIndex, f64> {
    let directed = reference(entities, lines, |line| weigh(line).is_finite());
    let weight = |position: &usize| weigh(&lines[*position]);
    let start = NodeIndex::new(start);
    let costs = match direction {
        "out" => dijkstra(&directed, start, None, |edge| weight(edge.weight())),
        "in" => dijkstra(petgraph::visit::Reversed(&directed), start, None, |edge| weight(edge.weight())),
        _ => {
            let mut either = UnGraph::<(), usize>::new_undirected();
            let nodes: Vec<NodeIndex> = (0..entities).map(|_| either.add_node(())).collect();
            for edge in directed.edge_references() {
                either.add_edge(nodes[edge.source().index()], nodes[edge.target().index()], *edge.weight());
            }
            dijkstra(&either, start, None, |edge| weight(edge.weight()))
        }
    };
    costs.into_iter().collect()
}

/// Options, and what a line then weighs; what is infinite is left out.
type Weighing = (Vec<(&'static str, Value)>, fn(&Line) -> f64);

/// The ways of weighing that are tried.
fn weighings() -> [Weighing; 3] {
    [
        (vec![], |_| 1.0),
        (vec![("weight", Value::text("score"))], |line| line.score.unwrap_or(f64::INFINITY)),
        (vec![("weight", Value::text("Score")), ("default", Value::Float(2.5))], |line| line.score.unwrap_or(2.5)),
    ]
}

#[test]
fn distances_are_those_of_petgraph() {
    for (graph, lines, count) in generated() {
        for (mut options, weigh) in weighings() {
            for direction in ["out", "in", "both"] {
                options.retain(|(name, _)| *name != "direction");
                options.push(("direction", Value::text(direction)));
                let start = count / 2;
                let columns = run(Procedure::Distances, &graph, vec![Value::Entity(EntityId(start as u32)), map(&options)]);
                let mut expected: Vec<(u32, f64)> =
                    theirs(&lines, count, start, direction, weigh).into_iter().map(|(node, cost)| (node.index() as u32, cost)).collect();
                expected.sort_by_key(|(entity, _)| *entity);
                let found: Vec<(u32, f64)> = entities(&columns).iter().copied().zip(floats(&columns, 1).iter().copied()).collect();
                assert_eq!(found, expected, "{lines:?}");
                options.push(("within", Value::Integer(2)));
                let near = run(Procedure::Distances, &graph, vec![Value::Entity(EntityId(start as u32)), map(&options)]);
                options.pop();
                expected.retain(|(_, cost)| *cost <= 2.0);
                assert_eq!(floats(&near, 1).len(), expected.len());
            }
        }
    }
}

#[test]
fn a_shortest_path_leads_from_start_to_end_at_its_cost() {
    for (graph, lines, count) in generated() {
        for (mut options, weigh) in weighings() {
            for direction in ["out", "in", "both"] {
                options.retain(|(name, _)| *name != "direction");
                options.push(("direction", Value::text(direction)));
                let expected = theirs(&lines, count, 0, direction, weigh);
                for end in 0..count {
                    let values = vec![Value::text("e000000"), Value::Entity(EntityId(end as u32)), map(&options)];
                    let columns = run(Procedure::ShortestPath, &graph, values);
                    let Some(cost) = expected.get(&NodeIndex::new(end)) else {
                        assert_eq!(columns[0].len(), 0);
                        continue;
                    };
                    let Value::Path(path) = columns[0].value(0) else { panic!("no path: {columns:?}") };
                    assert_eq!(columns[1].value(0), Value::Float(*cost));
                    assert_eq!((path.start, path.end()), (EntityId(0), EntityId(end as u32)));
                    follow(&graph, &path, direction);
                }
            }
        }
    }
}

/// That each step of a path is a relation that is there and may be taken.
fn follow(graph: &Graph, path: &crate::model::Path, direction: &str) {
    let mut here = path.start;
    for step in &path.steps {
        let ends = (graph.start(step.relation), graph.end(step.relation));
        assert_eq!(ends, if step.forward { (here, step.to) } else { (step.to, here) });
        assert!(!graph.is_denied(step.relation));
        assert!(direction == "both" || step.forward == (direction == "out"));
        here = step.to;
    }
}

#[test]
fn ties_are_settled_by_id() {
    let lines = [line(0, 2), line(0, 1), line(2, 3), line(1, 3), line(1, 3)];
    let graph = graph(4, &lines);
    let columns = run(Procedure::ShortestPath, &graph, vec![Value::text("e000000"), Value::text("e000003")]);
    let Value::Path(path) = columns[0].value(0) else { panic!("no path: {columns:?}") };
    assert_eq!(path.entities().collect::<Vec<_>>(), [EntityId(0), EntityId(1), EntityId(3)]);
    assert_eq!(path.steps[1].relation, graph.relations_of(EntityId(1), crate::model::Direction::Outgoing).next().unwrap());
}

#[test]
fn the_ends_of_a_path_may_be_of_any_kind() {
    // Genes are 0 and 3, body parts 1 and 4.
    let lines = [line(1, 0), line(0, 3), line(3, 4), line(1, 2), line(2, 4)];
    let columns = run(
        Procedure::ShortestPath,
        &graph(5, &lines),
        vec![Value::text("e000001"), Value::text("e000004"), map(&[("kinds", list(&["Gene"]))])],
    );
    assert_eq!(columns[1].value(0), Value::Float(3.0));
}
