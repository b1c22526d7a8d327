//! Texts: what an entity is called, with the place of each text, and the words of a text.

use crate::model::{EntityId, Place, Value};
use crate::store::graph::Graph;

/// The properties that hold synonyms which mean something wider, narrower or only akin.
const RELATED: [&str; 3] = ["broad_synonym", "narrow_synonym", "related_synonym"];

/// What an entity is called, and where each of these texts stands, identifiers last; its definition is not among them.
pub(super) fn each_name(graph: &Graph, id: EntityId, found: &mut impl FnMut(&str, Place)) {
    let name = graph.name(id);
    if !name.is_empty() {
        found(name, Place::Name);
    }
    graph.synonyms(id).for_each(|synonym| found(synonym, Place::Synonym));
    for property in RELATED {
        let Some(value) = graph.property(id, property) else { continue };
        for text in value.members() {
            if let Value::Text(text) = text {
                found(text, Place::RelatedSynonym);
            }
        }
    }
    found(graph.slug(id), Place::Identifier);
    graph.xrefs(id).for_each(|xref| found(xref, Place::Identifier));
}

/// The words of a folded text: whatever stands between what is neither letter nor digit.
pub(super) fn words_of(folded: &str) -> impl Iterator<Item = &str> + Clone + '_ {
    folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The first eight bytes as a number that compares as they do: most texts are told apart by it.
pub(super) fn first_bytes(text: &[u8]) -> u64 {
    let mut first = [0; 8];
    let length = text.len().min(8);
    first[..length].copy_from_slice(&text[..length]);
    u64::from_be_bytes(first)
}
