//! Tests: patterns and the algebra that they stand for.

mod faults;
mod trees;

use std::collections::BTreeMap;

use crate::algebra::print;
use crate::diagnostic::Diagnostic;
use crate::formats::embedded::oms;
use crate::model::{EntityId, KindId, Names, QualifierId, RelationTypeId, Value, Vocabulary};
use crate::query::resolve::{Context, Memory, resolve_with_warnings};
use crate::query::syntax;

struct Words<'a> {
    schema: &'a crate::schema::Schema,
    names: &'a dyn Names,
}

impl Vocabulary for Words<'_> {
    fn kind(&self, kind: KindId) -> &str {
        &self.schema.kinds[kind.index()].id
    }
    fn relation_type(&self, relation_type: RelationTypeId) -> &str {
        &self.schema.relation_types[relation_type.index()].id
    }
    fn label(&self, relation_type: RelationTypeId) -> &str {
        self.relation_type(relation_type)
    }
    fn qualifier(&self, qualifier: QualifierId) -> &str {
        &self.schema.qualifiers[qualifier.index()].id
    }
    fn entity(&self, entity: EntityId) -> &str {
        self.names.slug(entity)
    }
    fn kinds(&self) -> usize {
        self.schema.kinds.len()
    }
    fn relation_types(&self) -> usize {
        self.schema.relation_types.len()
    }
    fn qualifiers(&self) -> usize {
        self.schema.qualifiers.len()
    }
}

/// The printed algebra of a pattern, without its layout and its view, and its warnings.
fn resolved(text: &str) -> Result<(String, Vec<Diagnostic>), Diagnostic> {
    let knowledge = oms();
    let request = syntax::parse(text).map_err(|complaints| complaints[0].clone())?;
    let query = request.query().expect("a query in patterns");
    let parameters = BTreeMap::from([("five".to_owned(), Value::Integer(5)), ("less".to_owned(), Value::Integer(-1))]);
    let memory = Memory::default();
    let context = Context {
        schema: &knowledge.schema,
        lexicon: &knowledge.lexicon,
        names: &knowledge.graph,
        memory: &memory,
        parameters: &parameters,
    };
    let (query, warnings) = resolve_with_warnings(query, context).map_err(|mut faults| faults.remove(0))?;
    let printed = print(&query, &Words { schema: &knowledge.schema, names: &knowledge.graph });
    let lines: Vec<&str> = printed.lines().filter(|line| *line != "layout: rows" && *line != "view: support").collect();
    Ok((lines.join("\n"), warnings))
}
