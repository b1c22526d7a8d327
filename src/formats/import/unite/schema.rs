//! Schema: the schemas of several graphs as one: what has the same id is the same, with the words of all.

use crate::model::{KindId, QualifierId, RelationTypeId};
use crate::schema::{Kind, Qualifier, RelationType, Schema, ValueType};

use super::GraphDraft;
use super::report::Unification;
use super::words::Words;

/// Where the parts of one schema have gone.
#[derive(Debug, Default)]
pub(super) struct SchemaMap {
    pub kinds: Vec<KindId>,
    pub relation_types: Vec<RelationTypeId>,
    pub qualifiers: Vec<QualifierId>,
}

/// What makes ids of different graphs the same: `BodyPart`, `body_part` and `body part` are one.
pub(super) fn key(id: &str) -> String {
    id.chars().filter(|letter| !matches!(letter, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

/// One schema of all, and where the parts of each have gone.
pub(super) fn united(drafts: &[GraphDraft], report: &mut Unification) -> (Schema, Vec<SchemaMap>) {
    let mut schema = Schema {
        graph: super::joint_name(drafts.iter().map(|draft| draft.name.as_str())),
        title: super::joint_name(drafts.iter().map(|draft| super::title(&draft.schema))),
        definition: String::new(),
        kinds: Vec::new(),
        relation_types: vec![Schema::is_a()],
        qualifiers: Vec::new(),
    };
    let mut words = Words::default();
    let mut renamed = Vec::new();
    let mut maps: Vec<SchemaMap> = Vec::new();
    for draft in drafts {
        let map = placed(&mut schema, draft, &mut renamed);
        // Words come when everything has its place: what collides depends on what means the same.
        words.begin(&draft.name);
        for (at, kind) in draft.schema.kinds.iter().enumerate() {
            words.add_kind(&mut schema, map.kinds[at], kind);
        }
        for (at, relation_type) in draft.schema.relation_types.iter().enumerate() {
            words.add_relation_type(&mut schema, map.relation_types[at], relation_type);
        }
        for (at, qualifier) in draft.schema.qualifiers.iter().enumerate() {
            words.add_qualifier(&mut schema, map.qualifiers[at], qualifier);
        }
        words.keep(&schema);
        maps.push(map);
    }
    let definitions: Vec<&str> = drafts.iter().map(|draft| draft.schema.definition.as_str()).filter(|text| !text.is_empty()).collect();
    schema.definition = definitions.join(" ");
    report.note("qualifiers of different sorts under one name, renamed", &renamed);
    report.note("words that mean something else already, dropped", words.dropped());
    (schema, maps)
}

/// Gives everything in a draft's schema its place in the whole, without words.
fn placed(schema: &mut Schema, draft: &GraphDraft, renamed: &mut Vec<String>) -> SchemaMap {
    let own = &draft.schema;
    let ids = |items: &[Kind]| items.iter().map(|kind| kind.id.clone()).collect::<Vec<_>>();
    let (known, wanted) = (ids(&schema.kinds), ids(&own.kinds));
    let kinds: Vec<KindId> = matched(&known, &wanted).into_iter().map(|at| KindId(number(at))).collect();
    for (id, kind) in kinds.iter().zip(&own.kinds) {
        if id.index() >= schema.kinds.len() {
            schema.kinds.push(Kind { words: Vec::new(), ..kind.clone() });
            continue;
        }
        let united = &mut schema.kinds[id.index()];
        united.category = united.category.take().or_else(|| kind.category.clone());
        united.definition = united.definition.take().or_else(|| kind.definition.clone());
    }
    let qualifiers = placed_qualifiers(schema, draft, &kinds, renamed);
    let known: Vec<String> = schema.relation_types.iter().map(|relation_type| relation_type.id.clone()).collect();
    let wanted: Vec<String> = own.relation_types.iter().map(|relation_type| relation_type.id.clone()).collect();
    let relation_types: Vec<RelationTypeId> = matched(&known, &wanted).into_iter().map(|at| RelationTypeId(number(at))).collect();
    for (id, relation_type) in relation_types.iter().zip(&own.relation_types) {
        place_relation_type(schema, *id, relation_type, &kinds, &qualifiers);
    }
    SchemaMap { kinds, relation_types, qualifiers }
}

fn place_relation_type(schema: &mut Schema, id: RelationTypeId, own: &RelationType, kinds: &[KindId], qualifiers: &[QualifierId]) {
    let moved = |ids: &[KindId]| -> Vec<KindId> { ids.iter().filter_map(|id| kinds.get(id.index()).copied()).collect() };
    let (from, to) = (moved(&own.from), moved(&own.to));
    let may_have = own.qualifiers.iter().filter_map(|id| qualifiers.get(id.index()).copied());
    if id.index() >= schema.relation_types.len() {
        schema.relation_types.push(RelationType {
            from: distinct(from),
            to: distinct(to),
            source_nouns: Vec::new(),
            target_nouns: Vec::new(),
            verbs: Vec::new(),
            inverse_verbs: Vec::new(),
            qualifiers: distinct(may_have.collect()),
            ..own.clone()
        });
        return;
    }
    let united = &mut schema.relation_types[id.index()];
    for (ends, others) in [(&mut united.from, from), (&mut united.to, to)] {
        // Where any kind can stand, others add nothing.
        if ends.is_empty() || others.is_empty() {
            ends.clear();
        } else {
            *ends = distinct(ends.iter().copied().chain(others).collect());
        }
    }
    united.qualifiers = distinct(united.qualifiers.iter().copied().chain(may_have).collect());
    united.predicate = united.predicate.take().or_else(|| own.predicate.clone());
    united.definition = united.definition.take().or_else(|| own.definition.clone());
}

fn placed_qualifiers(schema: &mut Schema, draft: &GraphDraft, kinds: &[KindId], renamed: &mut Vec<String>) -> Vec<QualifierId> {
    let known: Vec<String> = schema.qualifiers.iter().map(|qualifier| qualifier.id.clone()).collect();
    let wanted: Vec<String> = draft.schema.qualifiers.iter().map(|qualifier| qualifier.id.clone()).collect();
    let before = schema.qualifiers.len();
    let mut ids = Vec::new();
    for (qualifier, at) in draft.schema.qualifiers.iter().zip(matched(&known, &wanted)) {
        let value_type = moved_type(&qualifier.value_type, kinds);
        if at < before
            && let Some(joint) = joint_type(&schema.qualifiers[at].value_type, &value_type)
        {
            let united = &mut schema.qualifiers[at];
            united.value_type = joint;
            united.several |= qualifier.several;
            united.definition = united.definition.take().or_else(|| qualifier.definition.clone());
            ids.push(QualifierId(number(at)));
            continue;
        }
        let mut id = qualifier.id.clone();
        if at < before {
            id = free_id(schema, &qualifier.id, &draft.name);
            renamed.push(format!("'{}' of {} is '{id}'", qualifier.id, draft.name));
        }
        schema.qualifiers.push(Qualifier { id, value_type, words: Vec::new(), ..qualifier.clone() });
        ids.push(QualifierId(number(schema.qualifiers.len() - 1)));
    }
    ids
}

/// The id of a qualifier behind which the name of its graph stands, as far as it fits into an id.
fn free_id(schema: &Schema, id: &str, graph: &str) -> String {
    let plain = |letter: char| if letter.is_alphanumeric() { letter } else { '_' };
    let suffix: String = graph.to_lowercase().chars().map(plain).collect();
    let mut free = format!("{id}_{}", suffix.trim_matches('_'));
    while schema.qualifiers.iter().any(|known| key(&known.id) == key(&free)) {
        free.push('_');
    }
    free
}

fn moved_type(value_type: &ValueType, kinds: &[KindId]) -> ValueType {
    match value_type {
        ValueType::Entity(own) => ValueType::Entity(distinct(own.iter().filter_map(|id| kinds.get(id.index()).copied()).collect())),
        other => other.clone(),
    }
}

/// The type of values that are of one or the other; none if a condition cannot be asked of both alike.
fn joint_type(left: &ValueType, right: &ValueType) -> Option<ValueType> {
    match (left, right) {
        (ValueType::Entity(ours), ValueType::Entity(theirs)) if ours.is_empty() || theirs.is_empty() => Some(ValueType::Entity(Vec::new())),
        (ValueType::Entity(ours), ValueType::Entity(theirs)) => {
            Some(ValueType::Entity(distinct(ours.iter().chain(theirs).copied().collect())))
        }
        (ValueType::Percentage | ValueType::Ratio, ValueType::Percentage | ValueType::Ratio) => Some(left.clone()),
        (left, right) if left == right => Some(left.clone()),
        _ => None,
    }
}

/// For each wanted id its place among the known ones: that of the same id, else of the only one that is written alike and that no
/// other wants; else a place behind them, in order.
fn matched(known: &[String], wanted: &[String]) -> Vec<usize> {
    let mut places: Vec<Option<usize>> = wanted.iter().map(|id| known.iter().position(|other| other == id)).collect();
    let keys: Vec<String> = known.iter().map(|id| key(id)).collect();
    let mut taken: Vec<usize> = places.iter().flatten().copied().collect();
    for (place, id) in places.iter_mut().zip(wanted) {
        let alike = || keys.iter().position(|known| *known == key(id));
        if place.is_none()
            && let Some(at) = alike().filter(|at| !taken.contains(at))
        {
            taken.push(at);
            *place = Some(at);
        }
    }
    let mut next = known.len();
    let mut behind = || {
        next += 1;
        next - 1
    };
    places.into_iter().map(|place| place.unwrap_or_else(&mut behind)).collect()
}

fn distinct<T: PartialEq>(items: Vec<T>) -> Vec<T> {
    let mut kept = Vec::new();
    for item in items {
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    kept
}

/// A position as the number of an identifier. A schema with more than these tell apart is refused when the graph is assembled.
fn number(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::{key, matched};

    #[test]
    fn ids_match_as_written_first_then_alike() {
        let ids = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(matched(&ids(&["disease", "body_part"]), &ids(&["Disease", "BodyPart", "gene", "disease"])), [2, 1, 3, 0]);
        assert_eq!(key("Body-Part"), "bodypart");
    }
}
