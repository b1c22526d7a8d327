//! Field: what a qualifier, a property or a field of every graph holds, how many have it, and which values occur how often.

use crate::answer::Cell;
use crate::model::{EntityId, Names, QualifierId, RelationId, RelationTypeId};
use crate::schema::ValueType;

use super::distribution::Distribution;
use super::relation::sample;
use super::rows::{Figures, Rows, SAMPLE, noun_of, quoted, spread, text};

/// Of so many relations the statements are read.
const READ: usize = 20_000;

/// The fields that every graph has, with what they hold.
pub(super) const FIXED: &[(&str, &str)] = &[
    ("source", "who says so: the id of a source"),
    ("confidence", "how sure the source was: possible, suggested or stated"),
    ("extent", "how general the source was: some, many, most or nearly all"),
    ("hedge", "how sure and how general the source was, in its own words"),
    ("denied", "whether the source says that it is not so"),
    ("kind", "what an entity is"),
    ("name", "what an entity is called"),
    ("id", "the id of an entity"),
    ("synonym", "other names of an entity"),
    ("xref", "identifiers of an entity elsewhere"),
    ("definition", "what an entity is, in a sentence"),
    ("statement", "the id of a statement"),
    ("claim", "what a statement says, in the curator's words"),
    ("publication", "a publication that a source names"),
    ("jointly", "the entities that a statement speaks of together"),
    ("relation", "the relation of a row"),
];

pub(super) fn qualifier(rows: &mut Rows<'_>, id: QualifierId) {
    let session = rows.session;
    let (schema, graph) = (session.schema(), session.graph());
    let qualifier = &schema.qualifiers[id.index()];
    rows.say("about", "field", &qualifier.id);
    rows.say("about", "definition", qualifier.definition.as_deref().unwrap_or_default());
    rows.say("about", "holds", holds(rows, &qualifier.value_type, qualifier.several));
    rows.say("about", "unit", unit(&qualifier.value_type));
    rows.say("about", "words", qualifier.words.join(", "));
    let types: Vec<RelationTypeId> = (0u16..)
        .zip(&schema.relation_types)
        .filter(|(_, relation)| relation.qualifiers.contains(&id))
        .map(|(at, _)| RelationTypeId(at))
        .collect();
    let names: Vec<String> = types.iter().map(|id| schema.relation_types[id.index()].id.replace('_', " ")).collect();
    rows.say("about", "qualifies", names.join(", "));
    let Some(column) = graph.column(id) else { return rows.count("filled", "relations that have it", 0, None) };
    let mut distribution = Distribution::default();
    let mut asked: Option<String> = None;
    let (mut most, mut looked_at) = (0, 0u64);
    let asserted = |id: &RelationTypeId| graph.statistics().of_type(*id).relations - graph.statistics().of_type(*id).denied;
    let total: u64 = types.iter().map(asserted).sum();
    // What asks for all relations of each type, where they are not too many.
    let mut queries: Vec<Option<String>> = vec![None; types.len()];
    for (group, relation_type) in types.iter().enumerate() {
        distribution.group = group;
        let relation = &schema.relation_types[relation_type.index()];
        let all = asserted(relation_type);
        // Of many relations each type gives as large a part as of all.
        let part = (SAMPLE as f64 * (all as f64 / total.max(1) as f64)).ceil() as usize;
        let mut sample: Vec<RelationId> = sample(rows, *relation_type, part.max(1000));
        // What is denied is no value; answers leave it out too.
        sample.retain(|relation| !graph.is_denied(*relation));
        looked_at += sample.len() as u64;
        let filled = sample.iter().filter_map(|relation| column.get(relation.index()));
        let mut count = 0;
        for value in filled {
            count += 1;
            distribution.add(&value);
        }
        if count == 0 {
            continue;
        }
        let noun = noun_of(relation);
        let query = noun.unwrap_or_else(|| format!("what -{}-> what", relation.id.replace([' ', '-'], "_")));
        let limit = if all > 1000 { " limit 20" } else { "" };
        let ask = format!("{query} where has {}{limit}", quoted(&qualifier.id));
        rows.put(
            "filled",
            relation.id.replace('_', " "),
            Cell::Absent,
            Figures { count: Some(count), of: Some(sample.len() as u64) },
            Some(ask),
        );
        if all <= 2_000_000 {
            queries[group] = Some(query.clone());
            if count > most {
                most = count;
                asked = Some(query);
            }
        }
    }
    if looked_at < total {
        rows.note(format!("values were counted in {looked_at} of the {total} relations that can have it, evenly spread"));
    }
    let name = quoted(&qualifier.id);
    let limit = if graph.relation_count() > 10_000 { " limit 20" } else { "" };
    distribution.tell(rows, &name, &|group, condition| {
        let query = group.map_or(&asked, |group| &queries[group]).as_ref()?;
        Some(format!("{query} where {condition}{limit}"))
    });
    if let Some(query) = asked {
        if !matches!(qualifier.value_type, ValueType::Text | ValueType::Boolean | ValueType::Entity(_)) {
            rows.ask("go on", "the greatest first", Some(format!("{query} where has {name} sort by {name} desc limit 10")));
        }
        rows.ask(
            "go on",
            "how many have each value",
            Some(format!("count {query} by {name}")).filter(|_| graph.relation_count() < 1_000_000),
        );
    }
}

fn holds(rows: &Rows<'_>, value_type: &ValueType, several: bool) -> String {
    let schema = rows.session.schema();
    let one = match value_type {
        ValueType::Entity(kinds) if !kinds.is_empty() => {
            let words: Vec<&str> = kinds.iter().map(|kind| schema.kinds[kind.index()].one()).collect();
            words.join(" or ")
        }
        other => other.word().to_owned(),
    };
    if several || matches!(value_type, ValueType::Entity(_)) { format!("{one}, also several") } else { one }
}

fn unit(value_type: &ValueType) -> &'static str {
    match value_type {
        ValueType::Percentage => "%; a ratio such as 7/12 is one too",
        ValueType::Ratio => "so many in so many, such as 1 in 5 million",
        ValueType::Duration => "days, weeks, months or years",
        _ => "",
    }
}

pub(super) fn property(rows: &mut Rows<'_>, name: &str) {
    let graph = rows.session.graph();
    let (column_type, several) = graph.property_type(name);
    rows.say("about", "field", name);
    rows.say("about", "definition", "A property of entities.");
    rows.say("about", "holds", if several { format!("{}, also several", column_type.word()) } else { column_type.word().to_owned() });
    let all = graph.entity_count();
    rows.count("filled", "entities", graph.property_count(name) as u64, Some(all as u64));
    let mut distribution = Distribution::default();
    let mut of_kind = vec![0u64; rows.session.schema().kinds.len()];
    let mut looked_at = 0;
    for at in spread(all, SAMPLE) {
        looked_at += 1;
        let id = EntityId(u32::try_from(at).unwrap_or(u32::MAX));
        if let Some(value) = graph.property(id, name) {
            distribution.add(&value);
            if let Some(count) = graph.kinds(id).first().and_then(|kind| of_kind.get_mut(kind.index())) {
                *count += 1;
            }
        }
    }
    if looked_at < all {
        rows.note(format!("values were counted in {looked_at} of the {all} entities, evenly spread"));
    }
    let mut kinds: Vec<(usize, u64)> = of_kind.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
    kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let things = distribution.things;
    let kind = kinds.first().map(|(kind, _)| quoted(rows.session.schema().kinds[*kind].one()));
    for (kind, count) in kinds.into_iter().take(12) {
        let word = rows.session.schema().kinds[kind].one();
        let ask = format!("kind {} where has {} limit 20", quoted(word), quoted(name));
        rows.put("filled", word, Cell::Absent, Figures { count: Some(count), of: Some(things) }, Some(ask));
    }
    let field = quoted(name);
    distribution.tell(rows, &field, &|_, condition| Some(format!("kind {} where {condition} limit 20", kind.clone()?)));
}

pub(super) fn fixed(rows: &mut Rows<'_>, name: &'static str) {
    let graph = rows.session.graph();
    rows.say("about", "field", name);
    rows.say("about", "definition", FIXED.iter().find(|(known, _)| *known == name).map_or("", |(_, said)| said));
    let mut distribution = Distribution::default();
    let relations = graph.relation_count();
    let id = |at: usize| RelationId(u32::try_from(at).unwrap_or(u32::MAX));
    let (all, looked_at) = match name {
        "source" => {
            let mut looked_at = 0;
            for at in spread(relations, SAMPLE) {
                looked_at += 1;
                graph.sources_of(id(at)).for_each(|source| distribution.add_word(&graph.source(source).slug));
            }
            (relations, looked_at)
        }
        "confidence" | "extent" | "hedge" => {
            let mut looked_at = 0;
            for at in spread(relations, READ) {
                looked_at += 1;
                let hedge = graph.statement_of(id(at)).hedge;
                let word = match name {
                    "confidence" => Some(hedge.confidence.word().to_owned()),
                    "extent" => hedge.extent.map(|extent| extent.word().to_owned()),
                    _ => hedge.words,
                };
                word.iter().for_each(|word| distribution.add_word(word));
            }
            (relations, looked_at)
        }
        "denied" => {
            let denied: u64 = graph.statistics().types.iter().map(|of_type| of_type.denied).sum();
            rows.count("filled", "relations that are denied", denied, Some(relations as u64));
            return;
        }
        "kind" => {
            for (at, kind) in rows.session.schema().kinds.iter().enumerate() {
                let count = graph.entities_of_kind(crate::model::KindId(u16::try_from(at).unwrap_or(u16::MAX))).len() as u64;
                let figures = Figures { count: Some(count), of: Some(graph.entity_count() as u64) };
                rows.put("values", kind.one(), text(&kind.id), figures, Some(format!("describe kind {}", quoted(kind.one()))));
            }
            return;
        }
        _ => return,
    };
    if looked_at < all {
        rows.note(format!("values were counted in {looked_at} of the {all} relations, evenly spread"));
    }
    rows.count("filled", "relations", distribution.things.min(looked_at as u64), Some(looked_at as u64));
    distribution.tell(rows, name, &|_, _| None);
}
