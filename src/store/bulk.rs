//! Bulk: millions of entities and relations as an importer finds them, put into the declared order and straight into flat arrays.

use crate::model::{EntityId, KindId, RelationTypeId, Source, Value, fold};

use super::bulk_statements::BulkStatements;
use super::column::Column;
use super::entities::{Entities, EntityParts};
use super::form::{Codes, StringLists, Strings, number};
use super::graph::{Graph, GraphParts};
use super::topology::Topology;

/// What stands for nothing among codes.
pub const ABSENT: u32 = u32::MAX;

/// Entities in any order; each part in that same order, or empty where nothing is said.
#[derive(Debug, Default)]
pub struct BulkEntities {
    /// Their ids, each once.
    pub slugs: Strings,
    /// Their names; an empty one is none.
    pub names: Strings,
    /// Their synonyms, one list each.
    pub synonyms: Vec<Vec<String>>,
    /// Their identifiers elsewhere, one list each.
    pub xrefs: Vec<Vec<String>>,
    /// Their definitions; an empty one is none.
    pub definitions: Strings,
    /// Which of `signature_kinds` each one has.
    pub signatures: Vec<u32>,
    /// The different lists of kinds.
    pub signature_kinds: Vec<Vec<KindId>>,
    /// What else is said of them, by name; sorted.
    pub properties: Vec<(String, BulkColumn)>,
}

/// Relations in any order; each part in that same order.
#[derive(Debug, Default)]
pub struct BulkRelations {
    /// Where they start, by position among the entities as they were added.
    pub from: Vec<u32>,
    /// Where they lead.
    pub to: Vec<u32>,
    /// What they are.
    pub types: Vec<RelationTypeId>,
    /// What qualifies them, their own qualifiers and those of their statements, by qualifier.
    pub qualifiers: Vec<BulkColumn>,
    /// What stands behind them.
    pub statements: BulkStatements,
}

/// What is said under one name, with nothing where nothing is said.
#[derive(Debug)]
pub enum BulkColumn {
    /// Numbers; nothing is no number.
    Numbers(Vec<f64>),
    /// Whole numbers; nothing is the least.
    Integers(Vec<i64>),
    /// Positions among these texts, or [`ABSENT`].
    Texts(Vec<u32>, Vec<String>),
    /// Any values (entities by their position as they were added), each with the position of what has it; ascending.
    Sparse(Vec<(u32, Value)>),
}

impl Default for BulkColumn {
    fn default() -> BulkColumn {
        BulkColumn::Sparse(Vec::new())
    }
}

impl BulkColumn {
    /// The column in a new order: at each place the position that it had. Entities move to their `places`.
    pub(super) fn into_column(self, order: &[u32], places: &[u32]) -> Option<Column> {
        fn gathered<T: Copy + PartialEq>(order: &[u32], items: &[T], absent: impl Fn(T) -> bool) -> (Vec<u32>, Vec<T>) {
            let mut present = Vec::with_capacity(order.len());
            let mut kept = Vec::with_capacity(order.len());
            for (at, old) in (0u32..).zip(order) {
                if let Some(item) = items.get(*old as usize).copied().filter(|item| !absent(*item)) {
                    present.push(at);
                    kept.push(item);
                }
            }
            (present, kept)
        }
        match self {
            BulkColumn::Numbers(numbers) => {
                let (present, numbers) = gathered(order, &numbers, f64::is_nan);
                (!present.is_empty()).then(|| Column::of_numbers(order.len(), &present, numbers))
            }
            BulkColumn::Integers(integers) => {
                let (present, integers) = gathered(order, &integers, |integer| integer == i64::MIN);
                (!present.is_empty()).then(|| Column::of_integers(order.len(), &present, integers))
            }
            BulkColumn::Texts(codes, texts) => {
                let (present, codes) = gathered(order, &codes, |code| code == ABSENT);
                (!present.is_empty()).then(|| Column::of_texts(order.len(), &present, codes, Strings::new(texts)))
            }
            BulkColumn::Sparse(values) if values.is_empty() => None,
            BulkColumn::Sparse(values) => {
                let mut new_places = vec![ABSENT; order.len()];
                (0u32..).zip(order).for_each(|(at, old)| new_places[*old as usize] = at);
                let moved = values.into_iter().map(|(at, value)| (new_places[at as usize], moved(value, places)));
                let mut values: Vec<(u32, Value)> = moved.collect();
                values.sort_unstable_by_key(|(at, _)| *at);
                Some(Column::new(order.len(), &values))
            }
        }
    }
}

/// A value whose entities have moved to their new places.
pub(super) fn moved(value: Value, places: &[u32]) -> Value {
    match value {
        Value::Entity(entity) => Value::Entity(EntityId(places.get(entity.index()).copied().unwrap_or_default())),
        Value::List(values) => Value::List(values.iter().map(|value| moved(value.clone(), places)).collect()),
        other => other,
    }
}

/// A graph from all its parts.
pub fn bulk(entities: BulkEntities, relations: BulkRelations, sources: Vec<Source>) -> Graph {
    let (entities, places) = placed_entities(entities);
    let BulkRelations { from, to, types, qualifiers, statements } = relations;
    let sorted = sort_relations(&places, &from, &to, &types);
    drop((from, to, types));
    let Sorted { offsets, types, ends, order } = sorted;
    // Two halves that need nothing of each other.
    let (topology, statements, qualifiers) = std::thread::scope(|scope| {
        let topology = scope.spawn(|| Topology::new(offsets, types, ends));
        let qualifiers: Vec<Option<Column>> = qualifiers.into_iter().map(|column| column.into_column(&order, &places)).collect();
        let statements = statements.placed(&order, &places);
        (topology.join(), statements, qualifiers)
    });
    let topology = topology.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    Graph::new(GraphParts { entities, topology, statements, qualifiers, sources })
}

/// Relations in their order.
struct Sorted {
    offsets: Vec<u32>,
    types: Codes,
    ends: Vec<u32>,
    /// The position that each had before.
    order: Vec<u32>,
}

/// The relations by start, type, end and the order in which they came.
fn sort_relations(places: &[u32], from: &[u32], to: &[u32], types: &[RelationTypeId]) -> Sorted {
    let mut offsets = vec![0u32; places.len() + 1];
    for start in from {
        offsets[places[*start as usize] as usize + 1] += 1;
    }
    for at in 1..offsets.len() {
        offsets[at] += offsets[at - 1];
    }
    let mut next = offsets.clone();
    let mut rows = vec![(0u64, 0u32); from.len()];
    for (at, start) in from.iter().enumerate() {
        let place = &mut next[places[*start as usize] as usize];
        rows[*place as usize] = (u64::from(types[at].0) << 32 | u64::from(places[to[at] as usize]), number(at));
        *place += 1;
    }
    drop(next);
    // Each entity's relations are sorted by themselves, one half of the entities in a second thread.
    let middle = offsets.partition_point(|offset| (*offset as usize) < rows.len() / 2).min(places.len());
    let (left, right) = rows.split_at_mut(offsets[middle] as usize);
    std::thread::scope(|scope| {
        scope.spawn(|| sort_each(left, &offsets[..=middle]));
        sort_each(right, &offsets[middle..]);
    });
    let largest = types.iter().map(|relation_type| u32::from(relation_type.0)).max().unwrap_or_default();
    let types = Codes::below(rows.iter().map(|(key, _)| (key >> 32) as u32), largest);
    let ends = rows.iter().map(|(key, _)| *key as u32).collect();
    let order = rows.into_iter().map(|(_, row)| row).collect();
    Sorted { offsets, types, ends, order }
}

fn sort_each(rows: &mut [(u64, u32)], offsets: &[u32]) {
    let first = offsets.first().copied().unwrap_or_default();
    for bounds in offsets.windows(2) {
        rows[(bounds[0] - first) as usize..(bounds[1] - first) as usize].sort_unstable();
    }
}

/// The entities by folded name, then id, and the place that each got.
fn placed_entities(entities: BulkEntities) -> (Entities, Vec<u32>) {
    let count = entities.slugs.len();
    let folded = Strings::new((0..count).map(|at| fold(entities.names.get(at))));
    let mut order: Vec<(u64, u32)> = (0..count).map(|at| (beginning(folded.bytes(at)), number(at))).collect();
    order.sort_unstable_by(|(left_beginning, left), (right_beginning, right)| {
        let (left, right) = (*left as usize, *right as usize);
        let names = || folded.bytes(left).cmp(folded.bytes(right));
        let slugs = || entities.slugs.bytes(left).cmp(entities.slugs.bytes(right));
        left_beginning.cmp(right_beginning).then_with(names).then_with(slugs)
    });
    let order: Vec<u32> = order.into_iter().map(|(_, at)| at).collect();
    let mut places = vec![0; count];
    for (place, old) in (0u32..).zip(&order) {
        places[*old as usize] = place;
    }
    let moved = |texts: &Strings| Strings::new(order.iter().map(|old| texts.get(*old as usize)));
    let sparse = |texts: &Strings| if texts.is_empty() { Strings::default() } else { moved(texts) };
    let lists = |lists: &[Vec<String>]| StringLists::new(order.iter().map(|old| lists.get(*old as usize).map_or(&[][..], Vec::as_slice)));
    let parts = EntityParts {
        slugs: moved(&entities.slugs),
        names: moved(&entities.names),
        synonyms: lists(&entities.synonyms),
        xrefs: lists(&entities.xrefs),
        definitions: sparse(&entities.definitions),
        signatures: order.iter().map(|old| entities.signatures.get(*old as usize).copied().unwrap_or_default()).collect(),
        signature_kinds: entities.signature_kinds,
        properties: entities
            .properties
            .into_iter()
            .filter_map(|(name, column)| Some((name, column.into_column(&order, &places)?)))
            .collect(),
    };
    (Entities::new(parts), places)
}

/// The first eight bytes as a number that compares as they do.
fn beginning(bytes: &[u8]) -> u64 {
    let mut first = [0; 8];
    let length = bytes.len().min(8);
    first[..length].copy_from_slice(&bytes[..length]);
    u64::from_be_bytes(first)
}
