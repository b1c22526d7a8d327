//! PageRank against the equations that it solves, and against petgraph's order.

use super::*;

/// The scores by iterating over a full table of who links to whom.
fn table(lines: &[&Line], members: &[u32], damping: f64, weigh: impl Fn(&Line) -> f64) -> Vec<f64> {
    let size = members.len();
    let place = |entity: usize| members.iter().position(|member| *member as usize == entity).unwrap();
    let mut weights = vec![vec![0.0; size]; size];
    for line in lines {
        weights[place(line.from)][place(line.to)] += weigh(line);
    }
    let mut scores = vec![1.0 / size as f64; size];
    for _ in 0..220 {
        let mut next = vec![(1.0 - damping) / size as f64; size];
        for (from, row) in weights.iter().enumerate() {
            let leaving: f64 = row.iter().sum();
            for (to, weight) in row.iter().enumerate() {
                let share = if leaving > 0.0 { weight / leaving } else { 1.0 / size as f64 };
                next[to] += damping * scores[from] * share;
            }
        }
        scores = next;
    }
    scores
}

fn exact(mut entries: Vec<(&str, Value)>) -> Value {
    entries.extend([("tolerance", Value::Float(0.0)), ("rounds", Value::Integer(220))]);
    map(&entries)
}

#[test]
fn scores_solve_the_equations() {
    for (graph, lines, count) in generated() {
        for (weight, direction) in [(false, "out"), (true, "out"), (false, "in"), (true, "both")] {
            let mut options = vec![("direction", Value::text(direction)), ("damping", Value::Float(0.7))];
            if weight {
                options.push(("weight", Value::text("SCORE")));
            }
            let columns = run(Procedure::PageRank, &graph, vec![exact(options)]);
            let turned: Vec<Line> = lines.iter().map(|line| Line { from: line.to, to: line.from, ..*line }).collect();
            let mut followed: Vec<&Line> = Vec::new();
            if direction != "in" {
                followed.extend(&lines);
            }
            if direction != "out" {
                followed.extend(&turned);
            }
            followed.retain(|line| !line.denied && (!weight || line.score.is_some()));
            let members: Vec<u32> = (0..count as u32).collect();
            let expected = table(&followed, &members, 0.7, |line| if weight { line.score.unwrap() } else { 1.0 });
            assert!(
                floats(&columns, 1).iter().zip(&expected).all(|(found, expected)| close(*found, *expected)),
                "{lines:?} {direction} {weight}"
            );
            assert!(close(floats(&columns, 1).iter().sum(), 1.0));
        }
    }
}

/// petgraph gives no random jump to where a relation leads, so its numbers differ; on a ring with a hub the order is the same.
#[test]
fn the_order_is_that_of_petgraph() {
    let mut lines: Vec<Line> = (0..8).map(|at| line(at, (at + 1) % 8)).collect();
    lines.extend((1..8).map(|at| line(at, 0)));
    let columns = run(Procedure::PageRank, &graph(8, &lines), vec![]);
    let theirs = petgraph::algo::page_rank(&reference(8, &lines, |_| true), 0.85_f64, 100);
    let order = |scores: &[f64]| {
        let mut places: Vec<usize> = (0..8).collect();
        places.sort_by(|left, right| scores[*right].total_cmp(&scores[*left]).then(left.cmp(right)));
        places
    };
    assert_eq!(order(floats(&columns, 1)), order(&theirs));
}

#[test]
fn a_part_of_the_graph_is_ranked_for_itself() {
    for (graph, lines, count) in generated() {
        for (options, keeps, keeps_entity) in projections() {
            let Value::Map(entries) = &options else { panic!("options are a map") };
            let entries = entries.iter().map(|(key, value)| (key.as_ref(), value.clone())).collect();
            let columns = run(Procedure::PageRank, &graph, vec![exact(entries)]);
            let members = kept(count, keeps_entity);
            assert_eq!(entities(&columns), members);
            let followed: Vec<&Line> = lines.iter().filter(|line| !line.denied && keeps(line)).collect();
            let expected = table(&followed, &members, 0.85, |_| 1.0);
            assert!(floats(&columns, 1).iter().zip(&expected).all(|(found, expected)| close(*found, *expected)));
        }
    }
}
