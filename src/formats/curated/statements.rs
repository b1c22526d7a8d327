//! Statements file: what the sources say, each with its relations, qualifiers, hedge and evidence.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Confidence, EntityId, Extent, Hedge, QualifierId, RelationTypeId, Value};
use crate::schema::End;
use crate::store::{RelationDraft, StatementDraft};

use super::citations::citations;
use super::entities::EntityDrafts;
use super::faults::{all_of, either, shortened};
use super::item::{Item, Table};
use super::register::{Once, Register};
use super::schema::SchemaDraft;
use super::sources::SourceDrafts;
use super::values::{named, qualifier_value};

/// What the other files declare.
pub(super) struct Declared<'d> {
    pub(super) schema: SchemaDraft,
    pub(super) sources: SourceDrafts<'d>,
    pub(super) entities: EntityDrafts<'d>,
}

/// The statements in the order written.
pub(super) struct StatementDrafts<'d> {
    pub(super) statements: Vec<(StatementDraft, Vec<RelationDraft>)>,
    pub(super) register: Register<()>,
    /// `is_a` that a source states: child, parent, and where.
    pub(super) parents: Vec<(EntityId, EntityId, Item<'d>)>,
}

/// A relation as far as it could be read.
struct Written<'d> {
    item: Item<'d>,
    from: Option<(EntityId, Item<'d>)>,
    relation_type: Option<RelationTypeId>,
    to: Option<(EntityId, Item<'d>)>,
    qualifiers: Vec<(QualifierId, Value)>,
}

impl<'d> StatementDrafts<'d> {
    /// No statements.
    pub(super) fn none() -> StatementDrafts<'d> {
        StatementDrafts { statements: Vec::new(), register: Register::new("statement"), parents: Vec::new() }
    }

    /// Reads the file's root table.
    pub(super) fn read(root: Table<'d>, declared: &Declared<'_>) -> StatementDrafts<'d> {
        const KEYS: [&str; 8] = ["id", "evidence", "claim", "relations", "jointly", "negated", "hedge", "qualifiers"];
        let mut drafts = StatementDrafts::none();
        for item in root.tables("statement") {
            if let Some(table) = item.table("statement", &KEYS) {
                drafts.read_statement(table, declared);
            }
        }
        drafts
    }

    fn read_statement(&mut self, table: Table<'d>, declared: &Declared<'_>) {
        let slug = table.need("id").and_then(|item| item.slug().map(|slug| (slug, item)));
        if let Some((slug, item)) = &slug {
            self.register.add(slug, (), *item);
        }
        let claim = table.need("claim").and_then(|item| item.sentence()).unwrap_or_default();
        let evidence = citations(table, &declared.sources);
        let negated = table.flag("negated");
        let relations = written_relations(table, declared);
        let qualifiers = match table.get("qualifiers").and_then(|item| item.open_table("qualifier table")) {
            Some(qualifiers) => {
                let types: Option<BTreeSet<RelationTypeId>> = relations.iter().map(|relation| relation.relation_type).collect();
                let types: Vec<RelationTypeId> = types.unwrap_or_default().into_iter().collect();
                qualifier_pairs(qualifiers, &types, declared)
            }
            None => Vec::new(),
        };
        let jointly = table.flag("jointly");
        if let (true, [_], Some(item)) = (jointly, relations.as_slice(), table.get("jointly")) {
            let warning = Diagnostic::warning(Code::BadValue, "a single relation cannot hold jointly").at(item.span.range(), "");
            item.complain(warning.help("add the relations that it holds together with, or leave 'jointly' out"));
        }
        let relations = self.check_relations(relations, negated, declared);
        let hedge = table.get("hedge").map(hedge).unwrap_or_default();
        let slug = slug.map(|(slug, _)| slug).unwrap_or_default();
        self.statements.push((StatementDraft { slug, claim, evidence, jointly, negated, hedge, qualifiers }, relations));
    }

    /// The relations that are whole, none of them twice.
    fn check_relations(&mut self, written: Vec<Written<'d>>, negated: bool, declared: &Declared<'_>) -> Vec<RelationDraft> {
        let mut once = Once::new("this statement has the same relation twice");
        let mut relations = Vec::new();
        for relation in written {
            let (Some(from), Some(relation_type), Some(to)) = (relation.from, relation.relation_type, relation.to) else {
                continue;
            };
            check_kinds(from, relation_type, to, declared);
            if relation_type == RelationTypeId::IS_A && !negated {
                self.parents.push((from.0, to.0, relation.item));
            }
            if once.is_new((from.0, relation_type, to.0), relation.item) {
                relations.push(RelationDraft { from: from.0, relation_type, to: to.0, qualifiers: relation.qualifiers });
            }
        }
        relations
    }
}

fn written_relations<'d>(table: Table<'d>, declared: &Declared<'_>) -> Vec<Written<'d>> {
    const HINT: &str = "write relations = [[\"from\", \"relation\", \"to\"]]";
    let Some(item) = table.get("relations") else {
        table.missing("relations", HINT);
        return Vec::new();
    };
    let Some(items) = item.list() else {
        return Vec::new();
    };
    if items.is_empty() {
        item.fault_with(Code::MissingKey, "this statement has no relation", HINT);
    }
    if items.first().is_some_and(|first| first.value.is_str()) {
        item.fault_with(Code::BadValue, "each relation is a list of its own", "write another pair of square brackets around it");
        return Vec::new();
    }
    items.into_iter().filter_map(|item| written_relation(item, declared)).collect()
}

fn written_relation<'d>(item: Item<'d>, declared: &Declared<'_>) -> Option<Written<'d>> {
    let parts = item.list()?;
    let (&[from, relation, to], rest) = parts.split_first_chunk::<3>().filter(|(_, rest)| rest.len() <= 1).or_else(|| {
        let message = format!("a relation has 3 parts, or 4 with its qualifiers; this has {}", parts.len());
        item.fault_with(
            Code::BadValue,
            message,
            "write [\"from\", \"relation\", \"to\"] or [\"from\", \"relation\", \"to\", { qualifier = value }]",
        );
        None
    })?;
    let relation_type = declared.schema.relation_types.find(relation);
    let qualifiers = match rest.first().and_then(|item| item.open_table("qualifier table")) {
        Some(table) => qualifier_pairs(table, relation_type.as_slice(), declared),
        None => Vec::new(),
    };
    let entity = |item: Item<'d>| declared.entities.find(item).map(|id| (id, item));
    Some(Written { item, from: entity(from), relation_type, to: entity(to), qualifiers })
}

/// Whether the schema lets the relation join entities of these kinds.
fn check_kinds(from: (EntityId, Item<'_>), relation_type: RelationTypeId, to: (EntityId, Item<'_>), declared: &Declared<'_>) {
    let schema = &declared.schema;
    let kinds = |id: EntityId| declared.entities.entities[id.index()].kinds.as_slice();
    let allows = |end: End, id: EntityId| kinds(id).is_empty() || schema.schema.allows(relation_type, end, kinds(id));
    let relation = &schema.schema.relation_types[relation_type.index()];
    let turned = allows(End::Source, to.0) && allows(End::Target, from.0);
    for (end, (id, item), allowed) in [(End::Source, from, &relation.from), (End::Target, to, &relation.to)] {
        if allows(end, id) {
            continue;
        }
        let slug = &declared.entities.entities[id.index()].slug;
        let verb = if end == End::Source { "start from" } else { "lead to" };
        let message = format!("'{}' cannot {verb} '{}', whose kind is {}", relation.id, shortened(slug), named(kinds(id), schema));
        let fitting = (0u16..).zip(&schema.schema.relation_types).map(|(at, fitting)| (RelationTypeId(at), fitting));
        let fitting: Vec<&str> = fitting
            .filter(|(at, _)| *at != RelationTypeId::IS_A)
            .filter(|(at, _)| schema.schema.allows(*at, End::Source, kinds(from.0)) && schema.schema.allows(*at, End::Target, kinds(to.0)))
            .map(|(_, fitting)| fitting.id.as_str())
            .take(if from.1.file.faults.may_compare(schema.schema.relation_types.len()) { 5 } else { 0 })
            .collect();
        let mut fault = Diagnostic::error(Code::ForbiddenRelation, message).at(item.span.range(), "");
        fault = fault.help(format!("it must {verb} {}", named(allowed, schema)));
        if turned {
            fault = fault.help("the other way round it would be allowed");
        } else if !fitting.is_empty() {
            fault = fault.help(format!("between these two the schema allows {}", either(&fitting)));
        }
        item.complain(fault);
        return;
    }
}

/// The qualifiers of a table, each of which every one of the relation types must have.
fn qualifier_pairs(table: Table<'_>, relation_types: &[RelationTypeId], declared: &Declared<'_>) -> Vec<(QualifierId, Value)> {
    let schema = &declared.schema;
    let mut pairs = Vec::new();
    for (key, span, item) in table.entries() {
        let Some(id) = schema.qualifiers.find_word(item, span, key, |_| None) else {
            continue;
        };
        let lacking = relation_types.iter().find(|relation_type| {
            let declared = &schema.schema.relation_types[relation_type.index()].qualifiers;
            !schema.loose.contains(relation_type) && !declared.contains(&id)
        });
        if let Some(relation_type) = lacking {
            let relation = &schema.schema.relation_types[relation_type.index()];
            let known: Vec<&str> = relation
                .qualifiers
                .iter()
                .filter_map(|id| schema.schema.qualifiers.get(id.index()))
                .map(|known| known.id.as_str())
                .collect();
            let hint = match known.as_slice() {
                [] => "it has none; the schema lists the qualifiers of each relation".to_owned(),
                known => format!("it has {}; the schema lists the qualifiers of each relation", all_of(known)),
            };
            let mut fault = Diagnostic::error(Code::UnknownKey, format!("'{}' has no qualifier '{key}'", relation.id));
            fault = fault.at(span.range(), "").help(hint);
            if relation_types.iter().any(|other| other != relation_type) {
                fault = fault.help("one that fits some of the relations only stands in their own brackets");
            }
            item.complain(fault);
        }
        if let Some(value) = qualifier_value(item, id, schema, &declared.entities) {
            pairs.push((id, value));
        }
    }
    pairs
}

fn hedge(item: Item<'_>) -> Hedge {
    let Some(table) = item.table("hedge", &["extent", "confidence", "words"]) else {
        return Hedge::default();
    };
    let extent = table.get("extent").and_then(|item| scale(item, "extent", Extent::from_word, Extent::ALL.map(Extent::word)));
    let confidence = table
        .get("confidence")
        .and_then(|item| scale(item, "confidence", Confidence::from_word, Confidence::ALL.map(Confidence::word)))
        .unwrap_or_default();
    let words = match table.get("words") {
        Some(item) => item.sentence(),
        None => {
            table.missing("words", "give the words that the source used, such as words = \"usually\"");
            None
        }
    };
    Hedge { extent, confidence, words }
}

fn scale<Step, const COUNT: usize>(item: Item<'_>, what: &str, read: impl Fn(&str) -> Option<Step>, words: [&str; COUNT]) -> Option<Step> {
    let text = item.text()?;
    let step = read(text);
    if step.is_none() {
        let message = format!("'{}' is not a step on the scale of {what}", shortened(text));
        item.fault_with(Code::BadValue, message, format!("write {}", either(&words)));
    }
    step
}
