//! Embedded: the graph that is built into the program, in the form of a snapshot.

use super::snapshot::{self, DecodeError, decode_fixed};
use super::{KnowledgeGraph, Question};

/// Bytes that lie as the numbers in them must.
#[repr(C, align(64))]
struct Aligned<B: ?Sized>(B);

/// The graph that ships, written by the test `embedded_graph_is_current`.
static OMS: &Aligned<[u8]> = &Aligned(*include_bytes!("../../graph-data/oms.graph"));

/// The graph of opsoclonus-myoclonus syndrome that the program carries.
pub fn oms() -> KnowledgeGraph {
    whole(true).unwrap_or_else(|error| unreachable!("the tests decode the embedded graph: {error}"))
}

/// The same without its questions, which a program that answers a single query does not need.
pub fn oms_without_questions() -> KnowledgeGraph {
    whole(false).unwrap_or_else(|error| unreachable!("the tests decode the embedded graph: {error}"))
}

/// The questions of that graph.
pub fn oms_questions() -> Vec<Question> {
    oms().questions
}

/// The bytes that the program carries.
pub fn oms_bytes() -> &'static [u8] {
    &OMS.0
}

fn whole(with_questions: bool) -> Result<KnowledgeGraph, DecodeError> {
    let (mut knowledge, mut rest) = decode_fixed(&OMS.0)?;
    if with_questions {
        knowledge.questions = crate::store::unpack(rest.array::<u8>(*b"ques")?.whole())?;
    }
    Ok(knowledge)
}

/// A graph as bytes. The same graph gives the same bytes.
pub fn encode(knowledge: &KnowledgeGraph) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Into a growing vector, writing cannot fail.
    snapshot::write(knowledge, &mut bytes).unwrap_or_else(|error| unreachable!("a vector takes what it is given: {error}"));
    bytes
}
