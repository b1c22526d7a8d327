//! What is computed over all entities at once: components, degrees and communities.

use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef;

use super::*;

#[test]
fn components_are_those_of_a_union_find() {
    for (graph, lines, count) in generated() {
        for (options, keeps, keeps_entity) in projections() {
            let columns = run(Procedure::Components, &graph, vec![options]);
            let mut sets = UnionFind::<usize>::new(count);
            reference(count, &lines, keeps).edge_references().for_each(|edge| {
                sets.union(edge.source().index(), edge.target().index());
            });
            let mut first_of = Vec::new();
            let expected: Vec<i64> = kept(count, keeps_entity)
                .into_iter()
                .map(|entity| {
                    let set = sets.find(entity as usize);
                    let known = first_of.iter().position(|other| *other == set);
                    known.unwrap_or_else(|| {
                        first_of.push(set);
                        first_of.len() - 1
                    }) as i64
                })
                .collect();
            assert_eq!(entities(&columns), kept(count, keeps_entity));
            assert_eq!(integers(&columns, 1), expected, "{lines:?}");
        }
    }
}

/// Whatever the largest component is guessed to be, and whichever way its hubs point.
#[test]
fn components_of_larger_graphs_are_those_of_a_union_find() {
    for (seed, parts) in [(1, 1), (2, 2), (3, 40)] {
        let (mut random, count) = (Random(seed), 3000);
        let lines: Vec<Line> = (0..5000)
            .map(|at| {
                let (hub, other) = (random.below(10), random.below(count));
                let hub = hub - hub % parts.min(10) + other % parts.min(10);
                let near = other % parts + parts * (random.below(count) / parts);
                let (from, to) = if at % 3 == 0 { (hub.min(count - 1), other) } else { (other, near.min(count - 1)) };
                if seed % 2 == 0 { line(from, to) } else { line(to, from) }
            })
            .collect();
        let columns = run(Procedure::Components, &graph(count, &lines), vec![]);
        let mut sets = UnionFind::<usize>::new(count);
        for line in &lines {
            sets.union(line.from, line.to);
        }
        let labels = sets.into_labeling();
        let mut numbers = std::collections::HashMap::new();
        for (label, component) in labels.iter().zip(integers(&columns, 1)) {
            let next = numbers.len() as i64;
            assert_eq!(numbers.entry(*label).or_insert(next), component);
        }
    }
}

#[test]
fn degrees_count_every_asserted_relation() {
    for (graph, lines, count) in generated() {
        for (options, keeps, keeps_entity) in projections() {
            let columns = run(Procedure::Degree, &graph, vec![options]);
            assert_eq!(entities(&columns), kept(count, keeps_entity));
            for (row, entity) in kept(count, keeps_entity).into_iter().enumerate() {
                let counted = |is: &dyn Fn(&Line) -> usize| {
                    lines.iter().filter(|line| !line.denied && keeps(line) && is(line) == entity as usize).count() as i64
                };
                let (incoming, outgoing) = (counted(&|line| line.to), counted(&|line| line.from));
                assert_eq!(integers(&columns, 1)[row], incoming + outgoing);
                assert_eq!(integers(&columns, 2)[row], incoming);
                assert_eq!(integers(&columns, 3)[row], outgoing);
            }
        }
    }
}

/// Modularity as its formula has it.
fn modularity(lines: &[Line], groups: &[i64]) -> f64 {
    let asserted: Vec<&Line> = lines.iter().filter(|line| !line.denied).collect();
    let total = 2.0 * asserted.len() as f64;
    let most = groups.iter().copied().max().unwrap_or(0);
    let of = |group: i64| {
        let inside = 2.0 * asserted.iter().filter(|line| groups[line.from] == group && groups[line.to] == group).count() as f64;
        let ends: usize = asserted.iter().map(|line| usize::from(groups[line.from] == group) + usize::from(groups[line.to] == group)).sum();
        inside / total - (ends as f64 / total).powi(2)
    };
    (0..=most).map(of).sum()
}

#[test]
fn two_cliques_with_a_bridge_are_two_communities() {
    let clique = |first: usize| (first..first + 5).flat_map(move |from| (from + 1..first + 5).map(move |to| line(from, to)));
    let lines: Vec<Line> = clique(0).chain(clique(5)).chain([line(4, 5)]).collect();
    let columns = run(Procedure::Communities, &graph(11, &lines), vec![]);
    assert_eq!(integers(&columns, 1), [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2]);
    let coarse = run(Procedure::Communities, &graph(11, &lines), vec![map(&[("resolution", Value::Integer(0))])]);
    assert_eq!(integers(&coarse, 1), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
}

#[test]
fn communities_lie_within_components_and_are_no_worse() {
    for (graph, lines, count) in generated().filter(|(_, lines, _)| lines.iter().any(|line| !line.denied)) {
        let columns = run(Procedure::Communities, &graph, vec![]);
        let groups = integers(&columns, 1).to_vec();
        let found = modularity(&lines, &groups);
        let components = run(Procedure::Components, &graph, vec![]);
        let connected = integers(&components, 1);
        assert!(found >= modularity(&lines, connected) - 1e-9, "not even as good as the components: {lines:?}");
        for (entity, other) in (0..count).flat_map(|entity| (0..count).map(move |other| (entity, other))) {
            assert!(groups[entity] != groups[other] || connected[entity] == connected[other], "a group across components");
        }
        assert_eq!(columns, run(Procedure::Communities, &graph, vec![]));
    }
}
