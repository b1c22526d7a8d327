//! Values: what the fields behind a phrase can be compared with: what occurs, the most frequent first, and on how many rows.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use crate::model::{
    Comparison, Confidence, EntityId, Extent, KindId, Names, QualifierId, Quantity, RelationTypeId, Truth, Value, fold, fold_words,
};
use crate::schema::{End, Meaning, ValueType};
use crate::session::{Count, Session};
use crate::store::{Distribution, Graph};

use super::Wanted;
use super::candidate::Candidate;
use super::named::{self, Named};
use super::scope::{FIXED, Scope, Source};

/// How long the relations of a large graph are gone through for the values of one field.
const MOMENT: Duration = Duration::from_millis(10);
/// How many different values are told apart.
const MOST_DIFFERENT: usize = 4096;
/// In graphs with fewer relations each value is asked for by itself: that is as quick.
const FEW_RELATIONS: u64 = 20_000;

/// The values that a field can be compared with, as candidates; `alone` where nothing but the noun and the field stand in front, so that
/// what the field holds tells how many rows there are.
pub(super) fn candidates(session: &Session, scope: &Scope, field: &str, alone: bool, wanted: &Wanted) -> Vec<Candidate> {
    let folded = fold(field);
    if let Some((_, kinds)) = scope.columns().iter().find(|(name, _)| fold(name) == folded) {
        return entities(session, kinds, wanted, &HashMap::new());
    }
    let bare = folded.rsplit('.').next().unwrap_or(&folded);
    let meanings = session.lexicon().meanings(bare);
    let qualifiers = || meanings.iter().filter_map(|meaning| if let Meaning::Qualifier(id) = meaning { Some(*id) } else { None });
    let in_scope = qualifiers().find(|id| scope.has(session, *id));
    if let Some(qualifier) = in_scope.or_else(|| qualifiers().next()) {
        return of_qualifier(session, scope, qualifier, alone, wanted);
    }
    let singular = fold_words(bare);
    match FIXED.iter().find(|(name, _)| *name == bare || *name == singular) {
        Some((_, Source::Entities)) => entities(session, &[], wanted, &HashMap::new()),
        Some((_, source)) => {
            let words = |words: String| Candidate { replacement: wanted.put(&words), ..Candidate::word(words, "value", 0) };
            listed(session, *source, &wanted.typed).into_iter().map(words).collect()
        }
        None => Vec::new(),
    }
}

/// Names of entities of these kinds; what occurs as a value is known by how often.
fn entities(session: &Session, kinds: &[KindId], wanted: &Wanted, occurring: &HashMap<EntityId, Often>) -> Vec<Candidate> {
    let graph = session.graph();
    let mut found: Vec<Named> = named::beginning(session, kinds, &wanted.folded);
    let mut passes = named::passes(graph, kinds);
    for entity in occurring.keys() {
        let name = graph.name(*entity);
        if wanted.fits(name) && !name.is_empty() && passes(*entity) && found.iter().all(|known| known.entity != *entity) {
            let place = crate::model::Place::Name;
            found.push(Named { entity: *entity, text: name.to_owned(), place, closeness: super::Closeness::Begins, known: 0 });
        }
    }
    let often = |entity: EntityId| occurring.get(&entity).copied().unwrap_or_default();
    if !occurring.is_empty() {
        for named in &mut found {
            named.known = usize::try_from(often(named.entity).all).unwrap_or(usize::MAX);
        }
    }
    // What is stated itself comes before what is only wider than that.
    let is_wider = |entity: EntityId| often(entity).all > 0 && !often(entity).is_stated;
    found.sort_by(|left, right| {
        let place = |named: &Named| (is_wider(named.entity), std::cmp::Reverse(named.known));
        place(left).cmp(&place(right)).then_with(|| left.text.cmp(&right.text))
    });
    found.truncate(named::MOST_NAMES);
    let candidate = |named: Named| {
        let rank = u8::from(is_wider(named.entity));
        Candidate { rank, ..named::candidate(session, named, wanted) }
    };
    found.into_iter().map(candidate).collect()
}

fn of_qualifier(session: &Session, scope: &Scope, id: QualifierId, alone: bool, wanted: &Wanted) -> Vec<Candidate> {
    let graph = session.graph();
    let every: Vec<RelationTypeId> = (0..).take(session.schema().relation_types.len()).map(RelationTypeId).collect();
    let types = if scope.types().is_empty() { every.as_slice() } else { scope.types() };
    let end = Instant::now() + MOMENT;
    let found = graph.distribution(id, types, MOST_DIFFERENT, || Instant::now() < end);
    let tells = alone && tells_rows(graph, session, scope);
    match &session.schema().qualifiers[id.index()].value_type {
        ValueType::Entity(kinds) => {
            let occurring = with_broader(graph, &found);
            let mut candidates = entities(session, kinds, wanted, &occurring);
            if tells && found.is_complete && found.values.iter().all(|(value, _)| matches!(value, Value::Entity(_))) {
                candidates.iter_mut().for_each(|candidate| candidate.rows = Count::Exactly(candidate.known as u64));
            }
            candidates
        }
        value_type => {
            let mut texts: Vec<(String, u64)> = Vec::new();
            let mut places: HashMap<String, usize> = HashMap::new();
            let mut add = |text: String, count: u64| match places.get(&text) {
                Some(at) => texts[*at].1 += count,
                None => {
                    places.insert(text.clone(), texts.len());
                    texts.push((text, count));
                }
            };
            for (value, count) in &found.values {
                value.members().iter().filter_map(written).for_each(|text| add(text, *count));
            }
            match value_type {
                ValueType::Text if !found.is_complete || found.values.is_empty() => {
                    graph.texts(id).into_iter().take(MOST_DIFFERENT).for_each(|text| add(text, 0));
                }
                ValueType::Boolean => ["true", "false"].into_iter().for_each(|text| add(text.to_owned(), 0)),
                _ => {}
            }
            texts.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
            let rows = |text: &str| if tells { rows_with(&found, text) } else { Count::Unknown };
            let mut told: Vec<Quantity> = Vec::new();
            // Of quantities that are the same, such as `1/2` and `50%`, one is enough.
            let mut is_new = |text: &str| match text.parse::<Quantity>() {
                Ok(quantity) if told.iter().any(|other| other.is_identical(&quantity)) => false,
                Ok(quantity) => {
                    told.push(quantity);
                    true
                }
                Err(_) => true,
            };
            let fitting = texts.into_iter().filter(|(text, _)| wanted.fits(text) && is_new(text)).take(named::MOST_NAMES);
            let candidate = |(text, count): (String, u64)| Candidate {
                replacement: wanted.put(&text),
                rows: rows(&text),
                known: usize::try_from(count).unwrap_or(usize::MAX),
                ..Candidate::word(text, "value", 0)
            };
            fitting.map(candidate).collect()
        }
    }
}

/// How often an entity is a value.
#[derive(Clone, Copy, Debug, Default)]
struct Often {
    /// Itself, or something that is one of it.
    all: u64,
    /// Whether it is stated itself.
    is_stated: bool,
}

/// How often each entity occurs, with all that is one of it.
fn with_broader(graph: &Graph, found: &Distribution) -> HashMap<EntityId, Often> {
    let mut occurring: HashMap<EntityId, Often> = HashMap::new();
    for (value, count) in &found.values {
        let mut all: Vec<EntityId> = Vec::new();
        for member in value.members() {
            if let Value::Entity(entity) = member {
                occurring.entry(*entity).or_default().is_stated = true;
                all.extend(graph.ancestors(*entity));
            }
        }
        all.sort_unstable();
        all.dedup();
        all.into_iter().for_each(|entity| occurring.entry(entity).or_default().all += count);
    }
    occurring
}

/// Whether each relation of the noun is one row: then counts of relations are counts of rows.
fn tells_rows(graph: &Graph, session: &Session, scope: &Scope) -> bool {
    let Some((relation_type, end)) = scope.noun() else { return false };
    let counts = graph.statistics().of_type(relation_type);
    let relation = &session.schema().relation_types[relation_type.index()];
    let (fed, always) = match end {
        End::Source => (&relation.to, &counts.kinds_of_every_end),
        End::Target => (&relation.from, &counts.kinds_of_every_start),
    };
    counts.relations >= FEW_RELATIONS && (fed.is_empty() || fed.iter().any(|kind| always.contains(kind)))
}

/// On how many relations a value stands that is equal to a text.
fn rows_with(found: &Distribution, text: &str) -> Count {
    let (asked, folded) = (text.parse::<Quantity>().ok(), fold(text));
    let is_equal = |member: &Value| match member {
        Value::Quantity(quantity) => asked.as_ref().is_some_and(|asked| quantity.compare(Comparison::Equal, asked) == Some(Truth::True)),
        Value::Text(own) => fold(own) == folded,
        Value::Boolean(own) => own.to_string() == folded,
        _ => false,
    };
    let rows = found.values.iter().filter(|(value, _)| value.members().iter().any(is_equal)).map(|(_, count)| count).sum();
    match (found.is_complete, rows) {
        (true, rows) => Count::Exactly(rows),
        (false, 0) => Count::Unknown,
        (false, rows) => Count::AtLeast(rows),
    }
}

/// A value as a query writes it.
fn written(value: &Value) -> Option<String> {
    match value {
        Value::Quantity(quantity) => Some(quantity.to_string()),
        Value::Text(text) => Some(text.to_string()),
        Value::Boolean(holds) => Some(holds.to_string()),
        Value::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

fn listed(session: &Session, source: Source, typed: &str) -> Vec<String> {
    let graph = session.graph();
    let owned = |words: &str| words.to_owned();
    match source {
        Source::Sources => graph.sources().iter().map(|source| source.slug.clone()).collect(),
        Source::Statements => named::few(graph.statements().map(|id| graph.statement_slug(id)), typed),
        Source::Extents => Extent::ALL.iter().map(|extent| owned(extent.word())).collect(),
        Source::Confidences => Confidence::ALL.iter().map(|confidence| owned(confidence.word())).collect(),
        Source::Hedges => {
            let mut words = listed(session, Source::Extents, typed);
            words.extend(listed(session, Source::Confidences, typed));
            words
        }
        Source::Relations => session.schema().relation_types.iter().map(|relation_type| relation_type.id.clone()).collect(),
        Source::Booleans => vec![owned("true"), owned("false")],
        Source::Kinds => session.schema().kinds.iter().map(|kind| owned(kind.one())).collect(),
        Source::Identifiers => named::ids(session, &[], typed),
        Source::Synonyms => named::few(graph.entities().flat_map(|id| graph.synonyms(id)), typed),
        Source::Xrefs => named::identifiers_elsewhere(session, typed),
        Source::Entities | Source::Nothing => Vec::new(),
    }
}
