//! Draft: the nodes and edges of tables as a draft of a graph.

use crate::diagnostic::{Code, Complaints, Diagnostic};
use crate::formats::import::GraphDraft;
use crate::model::counted;
use crate::schema::ValueType;
use crate::store::{BulkColumn, BulkRelations};

use super::column::Raw;
use super::decode::{Decoded, Entities, decoded};
use super::header::{Further, Slot};
use super::ids;
use super::join::Edges;
use super::nodes::Nodes;
use super::notes::listed;
use super::schema::{self, Numbered, Qualified};
use super::statements::{self, Derived};

/// What the user should know of the tables, of each by itself.
#[derive(Default)]
pub(super) struct Notes {
    pub nodes: Vec<String>,
    pub edges: Vec<String>,
}

/// The draft of what the tables hold, but for its files. Takes most of both.
pub(super) fn drafted(name: &str, nodes: &mut Nodes, edges: &mut Edges) -> Result<(Notes, GraphDraft), Complaints> {
    let mut notes = Notes::default();
    let kinds = Numbered::kinds(&nodes.kinds);
    let types = Numbered::relation_types(&edges.predicates);
    for (numbered, what) in [(&kinds, "categories"), (&types, "predicates")] {
        if numbered.is_too_many() {
            let message = format!("there are {} different {what}, more than a graph can tell apart ({})", numbered.len(), u16::MAX);
            return Err(Diagnostic::error(Code::BadValue, message).help("is it the right column?").into());
        }
    }
    unique(edges, &mut notes);
    let slugs = std::mem::take(&mut nodes.entities.slugs);
    let mut entities = Entities::new((&nodes.table, &slugs), std::mem::take(&mut edges.stubs));
    let has_jointly = edges.details.iter().any(|(_, slot, _)| *slot == Slot::Jointly);
    // Who holds jointly with whom is said by the statements already.
    edges.further.retain(|(further, raw)| !(raw.is_empty() || has_jointly && further.name == "jointly_with"));
    let names: Vec<String> = edges.further.iter().map(|(further, _)| further.name.clone()).collect();
    let mut told = statements::told(name, edges, &|name| names.iter().any(|known| known == name), &mut entities);
    let (mut qualifiers, mut columns) = (Vec::new(), Vec::new());
    for (id, decoded) in all_decoded(std::mem::take(&mut edges.further), &mut entities, &mut notes.edges) {
        qualifiers.push(Qualified { id, value_type: decoded.value_type, several: decoded.several });
        columns.push(decoded.column);
    }
    for Derived { id, value_type, column } in std::mem::take(&mut told.derived) {
        let several = matches!(value_type, ValueType::Entity(_));
        qualifiers.push(Qualified { id: id.to_owned(), value_type, several });
        columns.push(column);
    }
    let further = std::mem::take(&mut nodes.further).into_iter().filter(|(_, raw)| !raw.is_empty()).collect();
    let properties = all_decoded(further, &mut entities, &mut notes.nodes);
    let mut properties: Vec<(String, BulkColumn)> = properties.into_iter().map(|(name, decoded)| (name, decoded.column)).collect();
    properties.sort_by(|(left, _), (right, _)| left.cmp(right));
    told.unite(edges, &columns);
    let stubs = entities.into_stubs();
    let declared = slugs.len();
    nodes.entities.slugs = slugs;
    nodes.entities.properties = properties;
    nodes.add_stubs(&stubs);
    nodes.entities.signature_kinds = nodes.kinds.iter().map(|list| kinds.kinds_of(list)).collect();
    let type_of: Vec<_> = edges.predicates.iter().map(|key| types.relation_type_of(key)).collect();
    let relations = BulkRelations {
        from: std::mem::take(&mut edges.from),
        to: std::mem::take(&mut edges.to),
        types: std::mem::take(&mut edges.types).into_iter().map(|code| type_of[code as usize]).collect(),
        qualifiers: columns,
        statements: told.statements,
    };
    let draft = GraphDraft {
        name: name.to_owned(),
        schema: schema::occurring(name, kinds, types, qualifiers),
        is_schema_complete: false,
        entities: std::mem::take(&mut nodes.entities),
        stubs: (declared..declared + stubs.len()).filter_map(|at| u32::try_from(at).ok()).collect(),
        relations,
        sources: told.sources,
        files: Vec::new(),
    };
    Ok((notes, draft))
}

/// Gives each edge an id of its own, and tells what became of those that had one together.
fn unique(edges: &mut Edges, notes: &mut Notes) {
    let mut shared: Vec<u32> = edges.details.iter().filter(|(_, slot, _)| *slot == Slot::Statement).map(|(row, ..)| *row).collect();
    shared.dedup();
    let repeated = ids::separate(edges, &|row| shared.binary_search(&row).is_ok());
    if repeated.same > 0 {
        notes.edges.push(counted(repeated.same, "row repeats an earlier edge", "rows repeat an earlier edge"));
    }
    if repeated.other > 0 {
        let rest = "the id of an earlier edge and say something else: their ids got a number behind";
        notes.edges.push(counted(
            repeated.other,
            "row has the id of an earlier edge and says something else: its id got a number behind",
            &format!("rows have {rest}"),
        ));
    }
}

/// The values of all columns, by name, and what was made of bars where nothing says what they are.
fn all_decoded(further: Vec<(Further, Raw)>, entities: &mut Entities<'_>, notes: &mut Vec<String>) -> Vec<(String, Decoded)> {
    let (mut lists, mut texts) = (Vec::new(), Vec::new());
    let mut all = Vec::new();
    for (column, raw) in further {
        let decoded = decoded(raw, &column, entities);
        match decoded.guessed {
            Some(true) => lists.push(column.name.clone()),
            Some(false) => texts.push(column.name.clone()),
            None => {}
        }
        all.push((column.name, decoded));
    }
    if !lists.is_empty() {
        notes.push(format!("taken for lists, with bars between their members: {}", listed(&lists)));
    }
    if !texts.is_empty() {
        notes.push(format!("bars are part of the texts of {}", listed(&texts)));
    }
    all
}
