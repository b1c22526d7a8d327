//! Vocabulary: the names that a schema and its graph give to identifiers, for engines and printers.

use crate::model::{EntityId, KindId, QualifierId, RelationTypeId, Vocabulary};
use crate::schema::Schema;
use crate::store::Graph;

/// The names of a schema and its graph.
pub(super) struct GraphVocabulary<'a> {
    pub schema: &'a Schema,
    pub graph: &'a Graph,
}

impl Vocabulary for GraphVocabulary<'_> {
    fn kind(&self, kind: KindId) -> &str {
        &self.schema.kinds[kind.index()].id
    }

    fn relation_type(&self, relation_type: RelationTypeId) -> &str {
        &self.schema.relation_types[relation_type.index()].id
    }

    fn label(&self, relation_type: RelationTypeId) -> &str {
        let relation_type = &self.schema.relation_types[relation_type.index()];
        relation_type.verbs.first().unwrap_or(&relation_type.id)
    }

    fn qualifier(&self, qualifier: QualifierId) -> &str {
        &self.schema.qualifiers[qualifier.index()].id
    }

    fn entity(&self, entity: EntityId) -> &str {
        self.graph.slug(entity)
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
