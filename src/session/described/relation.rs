//! Relation: what a relation joins, what is said beside it, who says so and how surely, and what has most of it.

use std::collections::BTreeMap;

use crate::model::{Direction, EntityId, KindId, RelationId, RelationTypeId};
use crate::schema::{Noun, Schema};

use super::rows::{Figures, Rows, SAMPLE, noun_of, quoted, spread, text};

/// So many of the best connected ends are shown.
const EXAMPLES: usize = 5;
/// So many pairs of kinds, sources and hedges are listed.
const MOST_LISTED: usize = 10;
/// Of so many relations the statements are read.
const READ: usize = 20_000;

pub(super) fn describe(rows: &mut Rows<'_>, id: RelationTypeId) {
    let session = rows.session;
    let relation = &session.schema().relation_types[id.index()];
    let counts = session.graph().statistics().of_type(id);
    let nouns = |nouns: &[Noun]| nouns.iter().map(|noun| noun.many.clone()).collect::<Vec<_>>().join(", ");
    rows.say("about", "relation", relation.verbs.first().unwrap_or(&relation.id));
    rows.say("about", "definition", relation.definition.as_deref().unwrap_or_default());
    rows.say("about", "joins", format!("{} to {}", kinds(session.schema(), &relation.from), kinds(session.schema(), &relation.to)));
    rows.say("about", "id", &relation.id);
    rows.say("about", "verbs", relation.verbs.join(", "));
    rows.say("about", "verbs back", relation.inverse_verbs.join(", "));
    rows.say("about", "its start is called", nouns(&relation.source_nouns));
    rows.say("about", "its end is called", nouns(&relation.target_nouns));
    rows.say("about", "in Biolink", relation.predicate.as_deref().unwrap_or_default());
    let all = session.graph().relation_count() as u64;
    rows.count("number", "relations", counts.relations, Some(all));
    if counts.denied > 0 {
        rows.count("number", "of them denied", counts.denied, Some(counts.relations));
    }
    rows.count("number", "different starts", counts.starts, None);
    rows.count("number", "different ends", counts.ends, None);
    rows.count("number", "most from one start", counts.most_from_one, None);
    rows.count("number", "most to one end", counts.most_to_one, None);
    joined(rows, id);
    let sample = sample(rows, id, SAMPLE);
    if (sample.len() as u64) < counts.relations {
        rows.note(format!("what is said beside it was counted in {} of the {} relations, evenly spread", sample.len(), counts.relations));
    }
    fill(rows, id, &sample);
    said(rows, &sample, counts.relations);
    busiest(rows, id, Direction::Outgoing, "most connected starts");
    busiest(rows, id, Direction::Incoming, "most connected ends");
    go_on(rows, id, counts.relations);
}

/// Kinds as words.
fn kinds(schema: &Schema, ids: &[KindId]) -> String {
    if ids.is_empty() {
        return "anything".to_owned();
    }
    let words: Vec<&str> = ids.iter().map(|id| schema.kinds[id.index()].one()).collect();
    words.join(" or ")
}

/// How many relations lead from which kind to which.
fn joined(rows: &mut Rows<'_>, id: RelationTypeId) {
    let session = rows.session;
    let statistics = session.graph().statistics();
    let primary = |signature: u32| statistics.signatures.get(signature as usize).and_then(|kinds| kinds.first()).copied();
    let mut pairs: BTreeMap<(Option<KindId>, Option<KindId>), u64> = BTreeMap::new();
    let mut all = 0;
    for pattern in statistics.patterns.iter().filter(|pattern| pattern.relation_type == id) {
        let count = pattern.asserted + pattern.denied;
        *pairs.entry((primary(pattern.from), primary(pattern.to))).or_default() += count;
        all += count;
    }
    let mut pairs: Vec<_> = pairs.into_iter().collect();
    pairs.sort_by_key(|(pair, count)| (std::cmp::Reverse(*count), *pair));
    let word = |kind: Option<KindId>| kind.map_or("no kind", |kind| session.schema().kinds[kind.index()].one());
    let more = pairs.len().saturating_sub(MOST_LISTED);
    for ((from, to), count) in pairs.into_iter().take(MOST_LISTED) {
        rows.count("from and to", format!("{} to {}", word(from), word(to)), count, Some(all));
    }
    if more > 0 {
        rows.say("from and to", "further pairs", more.to_string());
    }
}

/// Some of the relations of a type, evenly spread: all where there are no more than `most`.
pub(super) fn sample(rows: &Rows<'_>, id: RelationTypeId, most: usize) -> Vec<RelationId> {
    let graph = rows.session.graph();
    let count = usize::try_from(graph.statistics().of_type(id).relations).unwrap_or(usize::MAX);
    let step = count.div_ceil(most).max(1);
    let mut at = 0usize;
    let mut sample = Vec::with_capacity(count.min(most));
    for (_, span) in graph.active(Direction::Outgoing, id) {
        // The next of the sample need not be among those of this start.
        let mut next = at.div_ceil(step) * step;
        while next < at + span.len() {
            sample.push(graph.relation_at(Direction::Outgoing, span.start + (next - at)));
            next += step;
        }
        at += span.len();
    }
    sample
}

/// How many have each qualifier.
fn fill(rows: &mut Rows<'_>, id: RelationTypeId, sample: &[RelationId]) {
    let session = rows.session;
    let relation = &session.schema().relation_types[id.index()];
    for qualifier in &relation.qualifiers {
        let Some(column) = session.graph().column(*qualifier) else { continue };
        let count = sample.iter().filter(|relation| column.has(relation.index())).count() as u64;
        if count > 0 {
            let name = &session.schema().qualifiers[qualifier.index()].id;
            let figures = Figures { count: Some(count), of: Some(sample.len() as u64) };
            let holds = session.schema().qualifiers[qualifier.index()].value_type.word();
            rows.put("qualifiers", name, text(holds), figures, None);
        }
    }
}

/// Who says so, and how surely.
fn said(rows: &mut Rows<'_>, sample: &[RelationId], all: u64) {
    let graph = rows.session.graph();
    let mut sources: BTreeMap<usize, u64> = BTreeMap::new();
    let mut unsourced = 0;
    for relation in sample {
        let mut none = true;
        for source in graph.sources_of(*relation) {
            *sources.entry(source.index()).or_default() += 1;
            none = false;
        }
        unsourced += u64::from(none);
    }
    let mut sources: Vec<(usize, u64)> = sources.into_iter().collect();
    sources.sort_by_key(|(source, count)| (std::cmp::Reverse(*count), *source));
    let more = sources.len().saturating_sub(MOST_LISTED);
    let of = Some(sample.len() as u64);
    for (source, count) in sources.into_iter().take(MOST_LISTED) {
        let name = graph.sources().get(source).map_or_else(String::new, |source| source.slug.clone());
        rows.count("sources", name, count, of);
    }
    if more > 0 {
        rows.say("sources", "further sources", more.to_string());
    }
    if unsourced > 0 {
        rows.count("sources", "no source stated", unsourced, of);
    }
    let read: Vec<RelationId> = spread(sample.len(), READ).filter_map(|at| sample.get(at)).copied().collect();
    let mut hedges: BTreeMap<&str, u64> = BTreeMap::new();
    for relation in &read {
        let hedge = graph.statement_of(*relation).hedge;
        *hedges.entry(hedge.confidence.word()).or_default() += 1;
        if let Some(extent) = hedge.extent {
            *hedges.entry(extent.word()).or_default() += 1;
        }
    }
    // Where every statement is flat there is nothing to tell.
    if hedges.len() > 1 {
        for (word, count) in hedges {
            rows.count("hedges", word, count, Some(read.len() as u64));
        }
        if (read.len() as u64) < all {
            rows.note(format!("hedges were counted in {} of the {all} relations", read.len()));
        }
    }
}

/// The ends with most relations of a type.
fn busiest(rows: &mut Rows<'_>, id: RelationTypeId, direction: Direction, part: &str) {
    let graph = rows.session.graph();
    let mut best: Vec<(usize, EntityId)> = Vec::new();
    for (entity, span) in graph.active(direction, id) {
        if best.len() < EXAMPLES || best.last().is_some_and(|(least, _)| span.len() > *least) {
            best.push((span.len(), entity));
            best.sort_by_key(|(count, entity)| (std::cmp::Reverse(*count), *entity));
            best.truncate(EXAMPLES);
        }
    }
    for (count, entity) in best {
        let ask = rows.asks_at(entity, id, direction);
        let card = rows.card(entity);
        rows.put(part, card.to_string(), card, Figures { count: Some(count as u64), of: None }, ask);
    }
}

fn go_on(rows: &mut Rows<'_>, id: RelationTypeId, count: u64) {
    let relation = &rows.session.schema().relation_types[id.index()];
    let noun = noun_of(relation);
    let limit = if count > 1000 { " limit 20" } else { "" };
    let all = noun.clone().or_else(|| Some(format!("what -{}-> what", relation.id.replace([' ', '-'], "_"))));
    rows.ask("go on", "all of them", all.clone().map(|all| format!("{all}{limit}")).filter(|_| count > 0));
    if let Some(id) = relation.qualifiers.iter().find(|id| rows.session.graph().column(**id).is_some()) {
        let name = &rows.session.schema().qualifiers[id.index()].id;
        rows.ask("go on", "a field of it", Some(format!("describe field {}", quoted(name))));
    }
    let denied = rows.session.graph().statistics().of_type(id).denied;
    if denied > 0 {
        rows.ask("go on", "what is denied", all.map(|all| format!("{all} where denied{limit}")));
    }
}
