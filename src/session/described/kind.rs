//! Kind: what a kind is, what its entities take part in, what is said of them, and the best connected among them.

use std::collections::BTreeMap;

use crate::answer::Cell;
use crate::model::{Direction, EntityId, KindId, RelationTypeId};

use super::rows::{Figures, Rows, quoted, spread, text};

/// Of so many entities the fixed and other properties are counted.
const LOOKED_AT: usize = 20_000;
/// So many examples are shown.
const EXAMPLES: usize = 5;

pub(super) fn describe(rows: &mut Rows<'_>, id: KindId) {
    let session = rows.session;
    let kind = &session.schema().kinds[id.index()];
    let entities = session.graph().entities_of_kind(id);
    let asked = format!("kind {}", quoted(kind.one()));
    rows.say("about", "kind", kind.one());
    rows.say("about", "definition", kind.definition.as_deref().unwrap_or_default());
    rows.say("about", "words", kind.words.join(", "));
    if kind.id != kind.one() {
        rows.say("about", "id", &kind.id);
    }
    rows.say("about", "in Biolink", kind.category.as_deref().unwrap_or_default());
    let all = session.graph().entity_count() as u64;
    rows.put(
        "about",
        "entities",
        Cell::Absent,
        Figures { count: Some(entities.len() as u64), of: Some(all) },
        Some(format!("count {asked}")),
    );
    relations(rows, id);
    properties(rows, entities, &asked);
    examples(rows, entities);
    rows.ask("go on", "all of them", Some(asked.clone()).filter(|_| entities.len() <= 1000).or(Some(format!("{asked} limit 20"))));
}

/// What entities of a kind take part in, either way round, from the counts of the graph.
fn relations(rows: &mut Rows<'_>, id: KindId) {
    let session = rows.session;
    let statistics = session.graph().statistics();
    let has = |signature: u32| statistics.signatures.get(signature as usize).is_some_and(|kinds| kinds.contains(&id));
    let mut counts: BTreeMap<(RelationTypeId, bool), (u64, BTreeMap<usize, u64>)> = BTreeMap::new();
    for pattern in &statistics.patterns {
        for (own, other, forward) in [(pattern.from, pattern.to, true), (pattern.to, pattern.from, false)] {
            if has(own) {
                let entry = counts.entry((pattern.relation_type, !forward)).or_default();
                entry.0 += pattern.asserted;
                if let Some(kind) = statistics.signatures.get(other as usize).and_then(|kinds| kinds.first()) {
                    *entry.1.entry(kind.index()).or_default() += pattern.asserted;
                }
            }
        }
    }
    let mut counts: Vec<_> = counts.into_iter().filter(|(_, (count, _))| *count > 0).collect();
    counts.sort_by_key(|(key, (count, _))| (std::cmp::Reverse(*count), *key));
    for ((relation_type, backwards), (count, others)) in counts {
        let direction = if backwards { Direction::Incoming } else { Direction::Outgoing };
        let mut others: Vec<(usize, u64)> = others.into_iter().collect();
        others.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let words: Vec<&str> = others.iter().take(3).map(|(kind, _)| session.schema().kinds[*kind].one()).collect();
        let more = if others.len() > 3 { format!(" and {} more kinds", others.len() - 3) } else { String::new() };
        let someone = rows.typical(relation_type, direction, Some(id));
        let ask = someone.and_then(|entity| rows.asks_at(entity, relation_type, direction));
        let name = rows.reading(relation_type, direction);
        rows.put("relations", name, text(format!("{}{more}", words.join(", "))), Figures { count: Some(count), of: None }, ask);
    }
}

/// How many of the entities have each property.
fn properties(rows: &mut Rows<'_>, entities: &[u32], asked: &str) {
    let session = rows.session;
    let graph = session.graph();
    let sample: Vec<EntityId> = spread(entities.len(), LOOKED_AT).filter_map(|at| entities.get(at)).map(|id| EntityId(*id)).collect();
    let own: Vec<String> = graph.property_names().map(str::to_owned).collect();
    let fixed = ["definition", "synonym", "xref"].into_iter().map(str::to_owned);
    for name in fixed.chain(own) {
        let has = |id: &&EntityId| match name.as_str() {
            "definition" => graph.definition(**id).is_some(),
            "synonym" => graph.synonyms(**id).next().is_some(),
            "xref" => graph.xrefs(**id).next().is_some(),
            name => graph.property(**id, name).is_some(),
        };
        let count = sample.iter().filter(has).count() as u64;
        if count == 0 {
            continue;
        }
        let ask = format!("{asked} where has {} limit 20", quoted(&name));
        rows.put("properties", &name, Cell::Absent, Figures { count: Some(count), of: Some(sample.len() as u64) }, Some(ask));
    }
    if sample.len() < entities.len() && rows.has("properties") {
        rows.note(format!("properties were counted in {} of the {} entities, evenly spread", sample.len(), entities.len()));
    }
}

/// The entities with most relations.
fn examples(rows: &mut Rows<'_>, entities: &[u32]) {
    let graph = rows.session.graph();
    let mut best: Vec<(usize, u32)> = Vec::new();
    for id in entities {
        let degree = graph.degree(EntityId(*id));
        if best.len() < EXAMPLES || best.last().is_some_and(|(least, _)| degree > *least) {
            best.push((degree, *id));
            best.sort_by_key(|(degree, id)| (std::cmp::Reverse(*degree), *id));
            best.truncate(EXAMPLES);
        }
    }
    for (degree, id) in best {
        let id = EntityId(id);
        let (card, name) = (rows.card(id), rows.named(id));
        let shown = card.to_string();
        rows.put("best connected", shown, card, Figures { count: Some(degree as u64), of: None }, Some(format!("describe {name}")));
    }
}
