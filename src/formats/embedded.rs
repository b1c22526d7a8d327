//! Embedded: the compact form of a graph that is built into the program and read at every start.

use std::fmt;

use crate::model::{EntityId, KindId, QualifierId, RelationTypeId, StatementId, Value};
use crate::schema::{Lexicon, LexiconIndex, Schema, ValueType};
use crate::store::{Graph, GraphData, NameIndex};

use super::{KnowledgeGraph, Question};

/// What the bytes begin with: the name of the form and its version.
const MAGIC: &[u8; 8] = b"OMSGRPH\x01";

/// The graph that ships, written by the test `embedded_graph_is_current`.
static OMS: &[u8] = include_bytes!("../../graph-data/oms.postcard");

/// Why bytes are no graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// They do not begin as a graph of this version of the program does.
    OtherForm,
    /// They break off or hold what no graph can hold.
    Damaged,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            DecodeError::OtherForm => "not a graph in the form of this version",
            DecodeError::Damaged => "the graph is damaged",
        })
    }
}

impl std::error::Error for DecodeError {}

/// The graph of opsoclonus-myoclonus syndrome that the program carries.
pub fn oms() -> KnowledgeGraph {
    decode(OMS).unwrap_or_else(|error| unreachable!("the tests decode the embedded graph: {error}"))
}

/// The same without its questions, which a program that answers a single query does not need: they are a tenth of the work.
pub fn oms_without_questions() -> KnowledgeGraph {
    let whole = decode_graph(OMS).map(|(knowledge, _)| knowledge);
    whole.unwrap_or_else(|error| unreachable!("the tests decode the embedded graph: {error}"))
}

/// The questions of that graph.
pub fn oms_questions() -> Vec<Question> {
    oms().questions
}

/// The bytes that the program carries.
pub fn oms_bytes() -> &'static [u8] {
    OMS
}

/// A graph as bytes. The same graph gives the same bytes.
pub fn encode(knowledge: &KnowledgeGraph) -> Vec<u8> {
    let indexes = (knowledge.lexicon.index(), knowledge.graph.name_index());
    let whole = (&knowledge.schema, knowledge.graph.data(), indexes, &knowledge.questions);
    // Into a growing vector, serialising plain data cannot fail.
    postcard::to_extend(&whole, MAGIC.to_vec()).unwrap_or_else(|error| unreachable!("plain data can be written: {error}"))
}

/// The graph that bytes from [`encode`] hold.
///
/// # Errors
/// Bytes of another form, or bytes that hold no whole graph. Every reference within the graph is checked, so that a
/// graph which decodes can be asked without harm; whether it is in the declared order is not.
pub fn decode(bytes: &[u8]) -> Result<KnowledgeGraph, DecodeError> {
    let (knowledge, rest) = decode_graph(bytes)?;
    match postcard::take_from_bytes::<Vec<Question>>(rest) {
        Ok((questions, [])) => Ok(KnowledgeGraph { questions, ..knowledge }),
        _ => Err(DecodeError::Damaged),
    }
}

/// What is kept of a graph before its questions: schema, data, and the indexes of their words and names.
type Kept = (Schema, GraphData, (LexiconIndex, NameIndex));

/// The graph without its questions, and the bytes that hold them.
fn decode_graph(bytes: &[u8]) -> Result<(KnowledgeGraph, &[u8]), DecodeError> {
    let body = bytes.strip_prefix(MAGIC).ok_or(DecodeError::OtherForm)?;
    let (kept, rest): (Kept, &[u8]) = postcard::take_from_bytes(body).map_err(|_| DecodeError::Damaged)?;
    let (schema, data, (words, names)) = kept;
    let limits = Limits {
        kinds: schema.kinds.len(),
        relation_types: schema.relation_types.len(),
        qualifiers: schema.qualifiers.len(),
        entities: data.entities.len(),
        statements: data.statements.len(),
    };
    if !(limits.hold_schema(&schema) && limits.hold_graph(&data) && names.fits(limits.entities)) {
        return Err(DecodeError::Damaged);
    }
    let lexicon = Lexicon::with_index(&schema, words);
    Ok((KnowledgeGraph { schema, lexicon, graph: Graph::with_name_index(data, names), questions: Vec::new() }, rest))
}

/// How many of each there are: every reference is below.
struct Limits {
    kinds: usize,
    relation_types: usize,
    qualifiers: usize,
    entities: usize,
    statements: usize,
}

impl Limits {
    fn hold_schema(&self, schema: &Schema) -> bool {
        let kinds = |ids: &[KindId]| ids.iter().all(|id| id.index() < self.kinds);
        self.relation_types > 0
            && schema.kinds.iter().all(|kind| !kind.words.is_empty())
            && schema.qualifiers.iter().all(|qualifier| match &qualifier.value_type {
                ValueType::Entity(allowed) => kinds(allowed),
                _ => true,
            })
            && schema.relation_types.iter().all(|relation_type| {
                kinds(&relation_type.from)
                    && kinds(&relation_type.to)
                    && relation_type.qualifiers.iter().all(|id| id.index() < self.qualifiers)
            })
    }

    fn hold_graph(&self, data: &GraphData) -> bool {
        let entities = data.entities.iter().all(|entity| {
            !entity.kinds.is_empty()
                && entity.kinds.iter().all(|id| id.index() < self.kinds)
                && entity.properties.iter().all(|(_, value)| self.holds_value(value))
        });
        let relations = data.relations.iter().all(|relation| {
            self.holds_entity(relation.from)
                && self.holds_entity(relation.to)
                && self.holds_type(relation.relation_type)
                && self.holds_statement(relation.statement)
                && self.hold_pairs(&relation.qualifiers)
        });
        let statements = data.statements.iter().all(|statement| {
            statement.relations.iter().all(|id| id.index() < data.relations.len())
                && statement.evidence.iter().all(|citation| citation.source.index() < data.sources.len())
                && self.hold_pairs(&statement.qualifiers)
        });
        entities && relations && statements
    }

    fn holds_entity(&self, id: EntityId) -> bool {
        id.index() < self.entities
    }

    fn holds_type(&self, id: RelationTypeId) -> bool {
        id.index() < self.relation_types
    }

    fn holds_statement(&self, id: StatementId) -> bool {
        id.index() < self.statements
    }

    fn hold_pairs(&self, pairs: &[(QualifierId, Value)]) -> bool {
        pairs.iter().all(|(id, value)| id.index() < self.qualifiers && self.holds_value(value))
    }

    /// Data holds neither relations nor paths, and lists of plain values only.
    fn holds_value(&self, value: &Value) -> bool {
        let plain = |value: &Value| match value {
            Value::Entity(id) => self.holds_entity(*id),
            Value::Relation(_) | Value::Path(_) | Value::List(_) => false,
            _ => true,
        };
        match value {
            Value::List(members) => members.iter().all(plain),
            single => plain(single),
        }
    }
}
