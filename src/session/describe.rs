//! Describe: the graph itself as answers: its schema, its kinds, its qualifiers, and all of it.

use std::sync::Arc;

use crate::algebra::{Column as QueryColumn, Expression, Field, Layout, Operator, Query, Selection, VariableId, ViewScope};
use crate::answer::{Answer, Cell, Column, ColumnType, Row};
use crate::formats::KnowledgeGraph;
use crate::model::{Direction, KindId, Names, RelationTypeId};
use crate::schema::{Noun, ValueType};

use super::{SchemaView, Session};

impl Session {
    /// The schema as an answer: one row for each relation type, with the words that phrases use for it.
    pub fn describe_schema(&self) -> Answer {
        schema(&self.knowledge, &|text| self.fault_in(text).is_none())
    }

    /// The schema as a graph: kinds, and the relations between them.
    pub fn schema_view(&self, how: SchemaView) -> crate::answer::View {
        super::schema_view::view(&self.knowledge, how)
    }

    /// The properties that entities have beyond the fixed ones, as an answer, with what they hold.
    pub fn describe_properties(&self) -> Answer {
        properties(&self.knowledge)
    }

    /// The kinds as an answer, with their words and how many entities each has.
    pub fn describe_kinds(&self) -> Answer {
        kinds(&self.knowledge)
    }

    /// The qualifiers as an answer, with their types and words.
    pub fn describe_qualifiers(&self) -> Answer {
        qualifiers(&self.knowledge)
    }
}

/// One row for each relation type, with a phrase that asks of it: one that `reads` holds of.
pub(super) fn schema(knowledge: &KnowledgeGraph, reads: &dyn Fn(&str) -> bool) -> Answer {
    let schema = &knowledge.schema;
    let kinds = |ids: &[KindId]| match ids {
        [] => text("any"),
        ids => list(ids.iter().map(|id| schema.kinds[id.index()].id.clone())),
    };
    let nouns = |nouns: &[Noun]| list(nouns.iter().map(|noun| noun.many.clone()));
    let rows = (0u16..).zip(&schema.relation_types).map(|(position, relation_type)| {
        let id = RelationTypeId(position);
        let count = knowledge.graph.statistics().of_type(id).relations;
        vec![
            text(&relation_type.id),
            kinds(&relation_type.from),
            kinds(&relation_type.to),
            Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX)),
            list(relation_type.verbs.iter().cloned()),
            list(relation_type.inverse_verbs.iter().cloned()),
            nouns(&relation_type.source_nouns),
            nouns(&relation_type.target_nouns),
            list(relation_type.qualifiers.iter().map(|id| schema.qualifiers[id.index()].id.clone())),
            example(knowledge, id, reads).map_or(Cell::Absent, text),
        ]
    });
    let columns = [
        "relation",
        "from",
        "to",
        "count",
        "verbs",
        "inverse verbs",
        "nouns for its start",
        "nouns for its end",
        "qualifiers",
        "for example",
    ];
    table(format!("schema of {}", schema.graph), &columns, rows.collect())
}

/// The plainest phrase that asks of a relation type. Where there are very many types the surest one is tried first: to be told what is
/// wrong with a phrase costs a look at all words of the schema.
fn example(knowledge: &KnowledgeGraph, id: RelationTypeId, reads: &dyn Fn(&str) -> bool) -> Option<String> {
    const MANY: usize = 300;
    let mut phrases = examples(knowledge, id);
    if knowledge.schema.relation_types.len() > MANY {
        phrases.reverse();
    }
    phrases.into_iter().find(|phrase| reads(phrase))
}

/// Phrases that may ask of a relation type, the plainest first.
fn examples(knowledge: &KnowledgeGraph, id: RelationTypeId) -> Vec<String> {
    let KnowledgeGraph { schema, graph, .. } = knowledge;
    let relation_type = &schema.relation_types[id.index()];
    // Somebody to ask of: the first that has such relations.
    let asked = |direction: Direction| {
        let (entity, _) = graph.active(direction, id).find(|(entity, _)| !graph.name(*entity).is_empty())?;
        let name = graph.name(entity);
        let is_word = name.chars().all(char::is_alphanumeric);
        (!name.contains('"')).then(|| if is_word { name.to_owned() } else { format!("\"{name}\"") })
    };
    let of = |nouns: &[Noun], direction: Direction| -> Option<String> { Some(format!("{} of {}", nouns.first()?.many, asked(direction)?)) };
    let phrases =
        of(&relation_type.source_nouns, Direction::Incoming).into_iter().chain(of(&relation_type.target_nouns, Direction::Outgoing));
    let kind = |kinds: &[KindId]| match kinds {
        [only] => schema.kinds[only.index()].one().to_owned(),
        _ => "what".to_owned(),
    };
    let (from, to) = (kind(&relation_type.from), kind(&relation_type.to));
    let nouns = relation_type.source_nouns.iter().chain(&relation_type.target_nouns).map(|noun| noun.many.clone());
    let nouns = phrases.chain(nouns);
    let id = &relation_type.id;
    let sentences = relation_type.verbs.iter().chain([id]).map(|verb| format!("{from} {verb} {to}"));
    let arrow = format!("{from} -{}-> {to}", id.replace([' ', '-'], "_"));
    nouns.chain(sentences).chain([arrow, format!("{from} \"{id}\" {to}")]).collect()
}

/// One row for each property that entities have beyond the fixed ones.
pub(super) fn properties(knowledge: &KnowledgeGraph) -> Answer {
    let graph = &knowledge.graph;
    let rows = graph.property_names().map(|name| {
        let (column_type, several) = graph.property_type(name);
        let holds = if several { format!("{}, several", column_type.word()) } else { column_type.word().to_owned() };
        let count = graph.property_count(name);
        vec![text(name), Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX)), text(holds)]
    });
    table(format!("properties of {}", knowledge.schema.graph), &["property", "count", "holds"], rows.collect())
}

/// One row for each kind.
pub(super) fn kinds(knowledge: &KnowledgeGraph) -> Answer {
    let rows = (0u16..).zip(&knowledge.schema.kinds).map(|(position, kind)| {
        let count = knowledge.graph.entities_of_kind(KindId(position)).len();
        let definition = kind.definition.as_ref().map_or(Cell::Absent, text);
        vec![text(&kind.id), Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX)), list(kind.words.iter().cloned()), definition]
    });
    table(format!("kinds of {}", knowledge.schema.graph), &["kind", "count", "words", "definition"], rows.collect())
}

/// One row for each qualifier.
pub(super) fn qualifiers(knowledge: &KnowledgeGraph) -> Answer {
    let schema = &knowledge.schema;
    let rows = schema.qualifiers.iter().map(|qualifier| {
        let value_type = match &qualifier.value_type {
            ValueType::Entity(kinds) if !kinds.is_empty() => {
                let kinds: Vec<&str> = kinds.iter().map(|id| schema.kinds[id.index()].id.as_str()).collect();
                kinds.join(" or ")
            }
            other => other.word().to_owned(),
        };
        let definition = qualifier.definition.as_ref().map_or(Cell::Absent, text);
        vec![text(&qualifier.id), text(&value_type), list(qualifier.words.iter().cloned()), definition]
    });
    table(format!("qualifiers of {}", schema.graph), &["qualifier", "holds", "words", "definition"], rows.collect())
}

/// The query whose rows are all relations, denied ones among them, and whose view is the whole graph.
pub(super) fn whole(knowledge: &KnowledgeGraph) -> Query {
    let (from, relation, to) = (VariableId(0), VariableId(1), VariableId(2));
    let mut variables: Vec<String> = ["from", "r", "to"].map(str::to_owned).to_vec();
    let mut columns = vec![column("from", from, ColumnType::Entity, false)];
    let mut items = Vec::new();
    let mut fields = vec![("relation".to_owned(), Field::RelationType, ColumnType::Text)];
    fields.push(("statement".to_owned(), Field::Statement, ColumnType::Text));
    fields.push(("jointly".to_owned(), Field::Jointly, ColumnType::Entity));
    for (position, qualifier) in (0u16..).zip(&knowledge.schema.qualifiers) {
        let column_type = match &qualifier.value_type {
            ValueType::Text => ColumnType::Text,
            ValueType::Boolean => ColumnType::Boolean,
            ValueType::Number => ColumnType::Number,
            ValueType::Percentage => ColumnType::Percentage,
            ValueType::Ratio => ColumnType::Ratio,
            ValueType::Duration => ColumnType::Duration,
            ValueType::Entity(_) => ColumnType::Entity,
        };
        fields.push((qualifier.id.clone(), Field::Qualifier(crate::model::QualifierId(position)), column_type));
    }
    fields.push(("hedge".to_owned(), Field::Hedge, ColumnType::Hedge));
    fields.push(("denied".to_owned(), Field::Denied, ColumnType::Boolean));
    for (name, field, column_type) in fields {
        let variable = VariableId(u16::try_from(variables.len()).unwrap_or(u16::MAX));
        variables.push(name.clone());
        items.push((variable, Expression::Field(relation, field)));
        columns.push(column(&name, variable, column_type, name != "relation" && name != "statement"));
    }
    columns.insert(2, column("to", to, ColumnType::Entity, false));
    let start = Operator::Entities { input: Box::new(Operator::Unit), entity: from, selection: Selection::Any };
    let routes = (0u16..).take(knowledge.schema.relation_types.len()).map(RelationTypeId);
    let routes =
        routes.map(|relation_type| crate::algebra::Route { relation_type, direction: crate::model::Direction::Outgoing }).collect();
    let expand = Operator::Expand { input: Box::new(start), from, relation, to, routes, unlike: Vec::new() };
    let project = Operator::Project { input: Box::new(expand), items };
    let keys = columns.iter().map(|column| column.variable).collect();
    let root = Operator::Sort { input: Box::new(project), keys: Vec::new(), columns: keys };
    let noun = ("relation".to_owned(), "relations".to_owned());
    Query { variables, root, columns, layout: Layout::Rows, view: ViewScope::Whole, noun }
}

fn column(name: &str, variable: VariableId, column_type: ColumnType, optional: bool) -> QueryColumn {
    QueryColumn { name: name.to_owned(), variable, column_type, optional }
}

fn table(query: String, names: &[&str], cells: Vec<Vec<Cell>>) -> Answer {
    let column = |name: &&str| Column::new(*name, if *name == "count" { ColumnType::Integer } else { ColumnType::Text });
    let row = |cells| Row { cells, certainty: crate::answer::Certainty::Certain, evidence: Vec::new(), support: Vec::new() };
    Answer { query, columns: names.iter().map(column).collect(), rows: cells.into_iter().map(row).collect(), ..Answer::default() }
}

fn text(words: impl AsRef<str>) -> Cell {
    Cell::Text(Arc::from(words.as_ref()))
}

/// Words as a list; nothing if there are none.
fn list(words: impl Iterator<Item = String>) -> Cell {
    let cells: Vec<Cell> = words.map(text).collect();
    if cells.is_empty() { Cell::Absent } else { Cell::List(cells) }
}
