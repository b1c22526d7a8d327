//! Tests: the procedures against petgraph's algorithms and against plain counting, on generated graphs.

mod arguments;
mod between;
mod paths;
mod ranking;
mod speed;
mod whole;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use petgraph::graph::DiGraph;

use super::{Arguments, Columns, Yielded, call};
use crate::algebra::Procedure;
use crate::engine::limits::{Failure, Guard, Limits, Stopped};
use crate::model::{Entity, EntityId, Hedge, KindId, Measure, QualifierId, Quantity, RelationTypeId, Value, Vocabulary};
use crate::store::{Graph, GraphBuilder, RelationDraft, StatementDraft};

const KINDS: [&str; 3] = ["gene", "body_part", "Drug"];
const TYPES: [&str; 3] = ["is_a", "causes", "has_symptom"];
const QUALIFIERS: [&str; 2] = ["score", "note"];

/// The names that the tests' graphs are made with.
struct Names;

impl Vocabulary for Names {
    fn kinds(&self) -> usize {
        KINDS.len()
    }

    fn relation_types(&self) -> usize {
        TYPES.len()
    }

    fn qualifiers(&self) -> usize {
        QUALIFIERS.len()
    }

    fn kind(&self, kind: KindId) -> &str {
        KINDS[kind.index()]
    }

    fn relation_type(&self, relation_type: RelationTypeId) -> &str {
        TYPES[relation_type.index()]
    }

    fn label(&self, relation_type: RelationTypeId) -> &str {
        TYPES[relation_type.index()]
    }

    fn qualifier(&self, qualifier: QualifierId) -> &str {
        QUALIFIERS[qualifier.index()]
    }

    fn entity(&self, _: EntityId) -> &str {
        "e"
    }
}

/// A relation of a graph to be: two entities by position, a type, its score, and whether it is denied.
#[derive(Clone, Copy, Debug)]
struct Line {
    from: usize,
    relation_type: u16,
    to: usize,
    score: Option<f64>,
    denied: bool,
}

/// An asserted relation of type `causes`.
fn line(from: usize, to: usize) -> Line {
    Line { from, relation_type: 1, to, score: None, denied: false }
}

/// The graph of these lines; the entity at a position has the id `e` and its number, and one kind after the other.
fn graph(entities: usize, lines: &[Line]) -> Graph {
    let mut builder = GraphBuilder::new();
    let ids: Vec<EntityId> = (0..entities)
        .map(|position| {
            let slug = format!("e{position:06}");
            let kinds = vec![KindId((position % KINDS.len()) as u16)];
            let (synonyms, xrefs, properties) = (Vec::new(), Vec::new(), Vec::new());
            builder.add_entity(Entity { name: slug.clone(), slug, kinds, synonyms, xrefs, definition: None, properties }).unwrap()
        })
        .collect();
    for (position, line) in lines.iter().enumerate() {
        let statement = StatementDraft {
            slug: format!("s{position:08}"),
            claim: String::new(),
            evidence: Vec::new(),
            jointly: false,
            negated: line.denied,
            hedge: Hedge::default(),
            qualifiers: Vec::new(),
        };
        let score = line.score.map(|score| (QualifierId(0), Value::Quantity(Quantity::exact(Measure::Number, score))));
        let relation = RelationDraft {
            from: ids[line.from],
            relation_type: RelationTypeId(line.relation_type),
            to: ids[line.to],
            qualifiers: score.into_iter().collect(),
        };
        builder.add_statement(statement, vec![relation]);
    }
    builder.finish()
}

/// Numbers that look random and are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % limit as u64) as usize
    }
}

/// Lines between random entities: some parallel, some loops, some denied, some without a score.
fn lines(random: &mut Random, entities: usize, count: usize) -> Vec<Line> {
    (0..count)
        .map(|_| Line {
            from: random.below(entities),
            relation_type: random.below(TYPES.len()) as u16,
            to: random.below(entities),
            score: (random.below(5) > 0).then(|| random.below(20) as f64 / 2.0),
            denied: random.below(8) == 0,
        })
        .collect()
}

/// Generated graphs from a single entity on, each with its lines.
fn generated() -> impl Iterator<Item = (Graph, Vec<Line>, usize)> {
    (0..60).map(|seed| {
        let mut random = Random(seed);
        let entities = 1 + random.below(30);
        let count = random.below(3 * entities);
        let lines = lines(&mut random, entities, count);
        (graph(entities, &lines), lines, entities)
    })
}

/// What a projection leaves in.
type Keeps = fn(&Line) -> bool;

/// The projections that are tried: options, the lines that they leave in, and the entities (as the starts of lines).
fn projections() -> [(Value, Keeps, Keeps); 4] {
    [
        (map(&[]), |_| true, |_| true),
        (map(&[("relations", list(&["CAUSES", "is_a"]))]), |line| line.relation_type < 2, |_| true),
        (map(&[("kinds", list(&["Gene", ":drug"]))]), |line| line.from % 3 != 1 && line.to % 3 != 1, |line| line.from % 3 != 1),
        (map(&[("kinds", Value::text("BodyPart")), ("relations", list(&[]))]), |_| false, |line| line.from % 3 == 1),
    ]
}

/// The entities that a projection keeps.
fn kept(entities: usize, keeps: Keeps) -> Vec<u32> {
    (0..entities).filter(|position| keeps(&line(*position, 0))).map(|position| position as u32).collect()
}

/// The asserted lines that a projection keeps, as a graph of petgraph's; its weights are the positions of the lines.
fn reference(entities: usize, lines: &[Line], keeps: impl Fn(&Line) -> bool) -> DiGraph<(), usize> {
    let mut graph = DiGraph::new();
    let nodes: Vec<_> = (0..entities).map(|_| graph.add_node(())).collect();
    for (position, line) in lines.iter().enumerate().filter(|(_, line)| !line.denied && keeps(line)) {
        graph.add_edge(nodes[line.from], nodes[line.to], position);
    }
    graph
}

fn map(entries: &[(&str, Value)]) -> Value {
    Value::map(entries.iter().map(|(key, value)| (Arc::from(*key), value.clone())))
}

fn list(texts: &[&str]) -> Value {
    Value::List(texts.iter().map(Value::text).collect())
}

fn run_within(procedure: Procedure, graph: &Graph, values: Vec<Value>, limits: &Limits) -> Result<Columns, Stopped> {
    let guard = Guard::new(limits);
    let columns = call(procedure, &Arguments { values, graph, vocabulary: &Names, guard: &guard })?;
    assert_eq!(columns.len(), procedure.signature().yields.len());
    assert!(columns.iter().all(|column| column.len() == columns[0].len()));
    Ok(columns)
}

fn run(procedure: Procedure, graph: &Graph, values: Vec<Value>) -> Columns {
    run_within(procedure, graph, values, &Limits::default()).unwrap_or_else(|stopped| panic!("{procedure:?}: {stopped:?}"))
}

fn refused(procedure: Procedure, graph: &Graph, values: Vec<Value>) -> Failure {
    match run_within(procedure, graph, values, &Limits::default()) {
        Err(Stopped::Failed(failure)) => *failure,
        other => panic!("{procedure:?}: {other:?}"),
    }
}

fn entities(columns: &Columns) -> &[u32] {
    if let Yielded::Entities(numbers) = &columns[0] { numbers } else { panic!("no entities: {columns:?}") }
}

fn integers(columns: &Columns, column: usize) -> &[i64] {
    if let Yielded::Integers(numbers) = &columns[column] { numbers } else { panic!("no counts: {columns:?}") }
}

fn floats(columns: &Columns, column: usize) -> &[f64] {
    if let Yielded::Floats(numbers) = &columns[column] { numbers } else { panic!("no numbers: {columns:?}") }
}

fn close(left: f64, right: f64) -> bool {
    (left - right).abs() <= 1e-9 * left.abs().max(right.abs()).max(1.0)
}

/// Limits that were reached before the start.
fn interrupted() -> Limits {
    Limits { interrupt: Arc::new(AtomicBool::new(true)), ..Limits::default() }
}
