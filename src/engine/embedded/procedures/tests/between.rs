//! Betweenness against the listing of all shortest paths.

use super::*;

/// Who is next to whom, each once.
fn table(lines: &[Line], count: usize, keeps: Keeps, direction: &str) -> Vec<Vec<bool>> {
    let mut next = vec![vec![false; count]; count];
    for line in lines.iter().filter(|line| !line.denied && keeps(line) && line.from != line.to) {
        next[line.from][line.to] |= direction != "in";
        next[line.to][line.from] |= direction != "out";
    }
    next
}

/// Distances and numbers of shortest paths from a start, by widening one step at a time.
fn widen(next: &[Vec<bool>], start: usize) -> (Vec<Option<u32>>, Vec<f64>) {
    let mut distances = vec![None; next.len()];
    let mut paths = vec![0.0; next.len()];
    (distances[start], paths[start]) = (Some(0), 1.0);
    for step in 0..next.len() as u32 {
        let before = paths.clone();
        for from in (0..next.len()).filter(|from| distances[*from] == Some(step)).collect::<Vec<_>>() {
            for to in (0..next.len()).filter(|to| next[from][*to]) {
                if distances[to].is_none_or(|known| known == step + 1) {
                    distances[to] = Some(step + 1);
                    paths[to] += before[from];
                }
            }
        }
    }
    (distances, paths)
}

fn brute(next: &[Vec<bool>], halved: bool) -> Vec<f64> {
    let size = next.len();
    let all: Vec<_> = (0..size).map(|start| widen(next, start)).collect();
    let mut scores = vec![0.0; size];
    for (from, to, middle) in (0..size).flat_map(|from| (0..size).flat_map(move |to| (0..size).map(move |middle| (from, to, middle)))) {
        if from == to || middle == from || middle == to {
            continue;
        }
        if let (Some(whole), Some(first), Some(second)) = (all[from].0[to], all[from].0[middle], all[middle].0[to])
            && first + second == whole
        {
            scores[middle] += all[from].1[middle] * all[middle].1[to] / all[from].1[to];
        }
    }
    scores.into_iter().map(|score| if halved { score / 2.0 } else { score }).collect()
}

#[test]
fn scores_are_those_of_all_shortest_paths() {
    for (graph, lines, count) in generated().filter(|(_, _, count)| *count < 16) {
        for (options, keeps, keeps_entity) in projections() {
            for direction in ["out", "in", "both"] {
                let Value::Map(entries) = &options else { panic!("options are a map") };
                let mut entries: Vec<(&str, Value)> = entries.iter().map(|(key, value)| (key.as_ref(), value.clone())).collect();
                entries.push(("direction", Value::text(direction)));
                let columns = run(Procedure::Betweenness, &graph, vec![map(&entries)]);
                let expected = brute(&table(&lines, count, keeps, direction), direction == "both");
                assert_eq!(entities(&columns), kept(count, keeps_entity));
                for (entity, score) in entities(&columns).iter().zip(floats(&columns, 1)) {
                    assert!(close(*score, expected[*entity as usize]), "{lines:?} {direction}");
                }
            }
        }
    }
}

#[test]
fn a_sample_is_drawn_by_its_seed_and_near_the_truth() {
    let mut random = Random(7);
    let lines: Vec<Line> = lines(&mut random, 300, 1200);
    let graph = graph(300, &lines);
    let sampled = |seed: i64, samples: i64| {
        let options = map(&[("seed", Value::Integer(seed)), ("samples", Value::Integer(samples))]);
        floats(&run(Procedure::Betweenness, &graph, vec![options]), 1).to_vec()
    };
    let exact = floats(&run(Procedure::Betweenness, &graph, vec![]), 1).to_vec();
    assert_eq!(sampled(1, 300), exact);
    assert_eq!(sampled(1, i64::MAX), exact);
    assert_eq!(sampled(1, 100), sampled(1, 100));
    assert_ne!(sampled(1, 100), sampled(2, 100));
    let sum = |scores: &[f64]| scores.iter().sum::<f64>();
    assert!((sum(&sampled(1, 100)) / sum(&exact) - 1.0).abs() < 0.1);
}

#[test]
fn more_paths_than_can_be_counted_are_an_error() {
    // Each pair of steps doubles the number of shortest paths.
    let lines: Vec<Line> =
        (0..1100).flat_map(|at| [(0, 1), (0, 2), (1, 3), (2, 3)].map(|(from, to)| line(3 * at + from, 3 * at + to))).collect();
    let failure = refused(Procedure::Betweenness, &graph(3301, &lines), vec![map(&[("samples", Value::Integer(16))])]);
    assert!(failure.message.contains("more shortest paths"), "{failure:?}");
}
