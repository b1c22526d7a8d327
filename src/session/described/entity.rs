//! Entity: what an entity is, what it is called, and what is known of it, relation by relation.

use crate::answer::Cell;
use crate::model::{Direction, EntityId, RelationTypeId};

use super::rows::{Figures, Rows};

/// So many names are listed.
const MOST_NAMES: usize = 12;

pub(super) fn describe(rows: &mut Rows<'_>, id: EntityId) {
    let session = rows.session;
    let graph = session.graph();
    let kinds: Vec<&str> = graph.kinds(id).iter().map(|kind| session.schema().kinds[kind.index()].one()).collect();
    rows.say("about", kinds.first().copied().unwrap_or("entity"), if graph.name(id).is_empty() { graph.slug(id) } else { graph.name(id) });
    rows.say("about", "definition", graph.definition(id).unwrap_or_default());
    if kinds.len() > 1 {
        rows.say("about", "kinds", kinds.join(", "));
    }
    rows.say("about", "id", graph.slug(id));
    rows.say("about", "also called", listed(graph.synonyms(id)));
    rows.say("about", "elsewhere", listed(graph.xrefs(id)));
    for (name, value) in graph.properties(id) {
        let cell = rows.cell(&value);
        rows.put("properties", name, cell, Figures::default(), None);
    }
    let types = session.schema().relation_types.len();
    let mut counts: Vec<(u64, RelationTypeId, Direction)> = Vec::new();
    for relation_type in (0u16..).take(types).map(RelationTypeId) {
        for direction in [Direction::Outgoing, Direction::Incoming] {
            let count = graph.span(id, direction, Some(relation_type)).len() as u64;
            if count > 0 {
                counts.push((count, relation_type, direction));
            }
        }
    }
    counts.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
    for (count, relation_type, direction) in counts {
        let ask = rows.asks_at(id, relation_type, direction);
        let name = rows.reading(relation_type, direction);
        let other = example(rows, id, relation_type, direction);
        rows.put("relations", name, other, Figures { count: Some(count), of: None }, ask);
    }
    let mentions = graph.mentions(id).take(super::rows::SAMPLE).count() as u64;
    if mentions > 0 {
        rows.count("relations", "named by what qualifies relations", mentions, None);
    }
    let name = rows.named(id);
    rows.ask("go on", "all that is known of it", Some(name.clone()));
    rows.ask("go on", "what is near it", Some(format!("around {name} within 2 limit 30")));
}

/// A few of the other ends, in words.
fn example(rows: &Rows<'_>, id: EntityId, relation_type: RelationTypeId, direction: Direction) -> Cell {
    const SHOWN: usize = 3;
    let graph = rows.session.graph();
    let span = graph.span(id, direction, Some(relation_type));
    let ends = graph.ends(direction);
    let mut names: Vec<Cell> = Vec::new();
    for at in span.clone().take(SHOWN * 3) {
        let Some(end) = ends.at(at) else { continue };
        let card = rows.card(EntityId(end));
        if !names.contains(&card) && names.len() < SHOWN {
            names.push(card);
        }
    }
    Cell::List(names)
}

fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.collect();
    if names.len() <= MOST_NAMES {
        return names.join(", ");
    }
    format!("{} and {} more", names[..MOST_NAMES].join(", "), names.len() - MOST_NAMES)
}
