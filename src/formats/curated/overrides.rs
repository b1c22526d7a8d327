//! Overrides: a schema file beside imported data, which says in words what the data cannot: names of kinds and relations, types of columns.

use std::collections::HashSet;
use std::path::Path;

use crate::diagnostic::{Code, Complaints};
use crate::model::{KindId, QualifierId};
use crate::schema::{Schema, ValueType};

use super::faults::{Faults, either, shortened};
use super::files::{Part, Text, read_part_at};
use super::item::{File, Item, Table};
use super::schema::{TYPES, nouns};

/// What a schema file asks of the data beside its words: another type for the values of a qualifier.
#[derive(Clone, Debug, PartialEq)]
pub struct Retyped {
    /// The qualifier.
    pub qualifier: QualifierId,
    /// What its values are to be.
    pub value_type: ValueType,
    /// What a bare number is counted among, as a percentage or a ratio: 1 where 0.5 is a half, 100 where 50 is.
    pub whole: Option<f64>,
}

/// Puts what a schema file says over a schema that was made from data. The file has the form of a curated schema, but names only
/// what is there, and only what is to be different.
///
/// # Errors
/// Every fault of the file, each with its place: what it names must be there.
pub fn overridden(schema: &mut Schema, path: &Path) -> Result<Vec<Retyped>, Complaints> {
    let faults = Faults::new();
    let mut retyped = Vec::new();
    if let Text::Read(origin) = read_part_at(path, Part::Schema, &faults)
        && let Some(root) = File::parse(Part::Schema, &origin, &faults)
    {
        let file = File { part: Part::Schema, origin: &origin, faults: &faults };
        let root = file.root(&root, &["graph", "kind", "relation", "qualifier"]);
        if let Some(table) = root.get("graph").and_then(|item| item.table("graph", &["id", "title", "definition"])) {
            override_graph(schema, table);
        }
        override_kinds(schema, root.tables("kind"));
        retyped = override_qualifiers(schema, root.tables("qualifier"));
        override_relations(schema, root.tables("relation"));
    }
    faults.finish()?;
    Ok(retyped)
}

fn override_graph(schema: &mut Schema, table: Table<'_>) {
    for (key, target) in [("title", &mut schema.title), ("definition", &mut schema.definition)] {
        if let Some(text) = table.sentence(key) {
            *target = text;
        }
    }
    if let Some(id) = table.get("id").and_then(|item| item.file_slug()) {
        schema.graph = id;
    }
}

fn override_kinds(schema: &mut Schema, items: Vec<Item<'_>>) {
    let known: Vec<String> = schema.kinds.iter().map(|kind| kind.id.clone()).collect();
    let mut seen = HashSet::new();
    for item in items {
        let Some(table) = item.table("kind", &["id", "words", "category", "definition"]) else { continue };
        let Some(at) = named(table, "kind", &known, &mut seen) else { continue };
        let kind = &mut schema.kinds[at];
        let words: Vec<String> = table.names("words").into_iter().map(|(word, _)| word).collect();
        if !words.is_empty() {
            kind.words = words;
        }
        kind.category = table.get("category").and_then(|item| item.curie()).or(kind.category.take());
        kind.definition = table.sentence("definition").or(kind.definition.take());
    }
}

fn override_qualifiers(schema: &mut Schema, items: Vec<Item<'_>>) -> Vec<Retyped> {
    const KEYS: [&str; 7] = ["id", "type", "whole", "several", "words", "detail", "definition"];
    let known: Vec<String> = schema.qualifiers.iter().map(|qualifier| qualifier.id.clone()).collect();
    let mut seen = HashSet::new();
    let mut retyped = Vec::new();
    for item in items {
        let Some(table) = item.table("qualifier", &KEYS) else { continue };
        let Some(at) = named(table, "qualifier", &known, &mut seen) else { continue };
        let qualifier = &mut schema.qualifiers[at];
        let words: Vec<String> = table.names("words").into_iter().map(|(word, _)| word).collect();
        if !words.is_empty() {
            qualifier.words = words;
        }
        if table.get("several").is_some() {
            qualifier.several = table.flag("several");
        }
        if table.get("detail").is_some() {
            qualifier.is_detail = table.flag("detail");
        }
        qualifier.definition = table.sentence("definition").or(qualifier.definition.take());
        let whole = table.get("whole").and_then(whole);
        if let Some(value_type) = table.get("type").and_then(value_type)
            && value_type != qualifier.value_type
        {
            qualifier.value_type = value_type.clone();
            let id = QualifierId(u16::try_from(at).unwrap_or(u16::MAX));
            retyped.push(Retyped { qualifier: id, value_type, whole });
        }
    }
    retyped
}

fn override_relations(schema: &mut Schema, items: Vec<Item<'_>>) {
    const KEYS: [&str; 9] = ["id", "from", "to", "source_nouns", "target_nouns", "verbs", "inverse", "predicate", "definition"];
    let known: Vec<String> = schema.relation_types.iter().map(|relation_type| relation_type.id.clone()).collect();
    let kinds: Vec<String> = schema.kinds.iter().map(|kind| kind.id.clone()).collect();
    let mut seen = HashSet::new();
    for item in items {
        let Some(table) = item.table("relation", &KEYS) else { continue };
        let Some(at) = named(table, "relation", &known, &mut seen) else { continue };
        let relation_type = &mut schema.relation_types[at];
        for (key, ends) in [("from", &mut relation_type.from), ("to", &mut relation_type.to)] {
            let items = table.get(key).map(|item| item.one_or_list()).unwrap_or_default();
            let found: Vec<KindId> = items.into_iter().filter_map(|item| kind_named(item, &kinds)).collect();
            if !found.is_empty() {
                *ends = found;
            }
        }
        for (key, own) in [("source_nouns", &mut relation_type.source_nouns), ("target_nouns", &mut relation_type.target_nouns)] {
            if table.get(key).is_some() {
                *own = nouns(table, key);
            }
        }
        for (key, verbs) in [("verbs", &mut relation_type.verbs), ("inverse", &mut relation_type.inverse_verbs)] {
            if table.get(key).is_some() {
                *verbs = table.names(key).into_iter().map(|(word, _)| word).collect();
            }
        }
        relation_type.predicate = table.get("predicate").and_then(|item| item.curie()).or(relation_type.predicate.take());
        relation_type.definition = table.sentence("definition").or(relation_type.definition.take());
    }
}

/// The position of what the `id` of a table names, which must be there and be named once.
fn named(table: Table<'_>, what: &str, known: &[String], seen: &mut HashSet<usize>) -> Option<usize> {
    let item = table.need("id")?;
    let at = position(item, what, known)?;
    if !seen.insert(at) {
        item.fault_with(Code::Duplicate, format!("the {what} '{}' is overridden twice", shortened(&known[at])), "put both into one table");
        return None;
    }
    Some(at)
}

fn kind_named(item: Item<'_>, kinds: &[String]) -> Option<KindId> {
    position(item, "kind", kinds).and_then(|at| u16::try_from(at).ok()).map(KindId)
}

fn position(item: Item<'_>, what: &str, known: &[String]) -> Option<usize> {
    let id = item.text()?;
    let found = known.iter().position(|known| known == id);
    if found.is_none() {
        let near = item.file.faults.nearest(id, known.len(), known.iter().map(String::as_str));
        let hint = match near.as_slice() {
            [] => format!("`oms schema` lists what there is; the {what}s are {}", either(&known[..known.len().min(8)])),
            near => format!("did you mean {}?", either(near)),
        };
        item.fault_with(Code::UnknownReference, format!("the data has no {what} '{}'", shortened(id)), hint);
    }
    found
}

fn value_type(item: Item<'_>) -> Option<ValueType> {
    Some(match item.text()? {
        "text" => ValueType::Text,
        "boolean" => ValueType::Boolean,
        "number" => ValueType::Number,
        "percentage" => ValueType::Percentage,
        "ratio" => ValueType::Ratio,
        "duration" => ValueType::Duration,
        other => {
            let types = &TYPES[..TYPES.len() - 1];
            item.fault_with(Code::BadValue, format!("values cannot be made '{}'", shortened(other)), format!("write {}", either(types)));
            return None;
        }
    })
}

fn whole(item: Item<'_>) -> Option<f64> {
    match item.whole() {
        Some(1) => Some(1.0),
        Some(100) => Some(100.0),
        Some(_) => {
            item.fault_with(Code::BadValue, "a whole is 1 or 100", "write 1 where 0.5 is a half, 100 where 50 is");
            None
        }
        None => None,
    }
}
