//! Named: the names, synonyms and identifiers of a graph that begin with what is typed, the best known first, from graphs of any size.

use crate::model::{Direction, EntityId, KindId, Names, Place, RelationTypeId};
use crate::session::Session;
use crate::store::Graph;

/// How many names are offered at most: nobody reads more, and another letter makes them fewer.
pub(super) const MOST_NAMES: usize = 100;
/// How many entities are looked at with all that is below them, to see whether one of that has a kind.
const MOST_DESCENDED: usize = 200;
/// How many identifiers, statements or values are gone through.
const MOST_SEARCHED: usize = 1 << 20;

/// A name that can be put in.
pub(super) struct Named {
    pub text: String,
    /// Whether it is a synonym.
    pub is_other: bool,
    /// How many relations its entity has, and one: no name is unknown.
    pub known: usize,
}

/// The names of entities of these kinds (none means any) that begin so, folded; other names where the name itself does not.
pub(super) fn beginning(session: &Session, kinds: &[KindId], folded: &str) -> Vec<Named> {
    let graph = session.graph();
    let mut passes = passes(graph, kinds);
    let begun = graph.names_beginning(folded, MOST_NAMES, &mut passes).into_iter();
    begun.map(|found| Named { text: found.text.to_owned(), is_other: found.place != Place::Name, known: found.degree + 1 }).collect()
}

/// Whether an entity, or something that is one of it, is of one of these kinds.
fn passes(graph: &Graph, kinds: &[KindId]) -> impl FnMut(EntityId) -> bool {
    let mut descended = 0;
    move |id| {
        if kinds.is_empty() || graph.kinds(id).iter().any(|kind| kinds.contains(kind)) {
            return true;
        }
        let is_leaf = graph.span(id, Direction::Incoming, Some(RelationTypeId::IS_A)).is_empty();
        descended += usize::from(!is_leaf);
        !is_leaf && descended <= MOST_DESCENDED && graph.kinds_below(id).iter().any(|kind| kinds.contains(kind))
    }
}

/// The ids of entities of these kinds that begin so, whatever their case.
pub(super) fn ids(session: &Session, kinds: &[KindId], typed: &str) -> Vec<String> {
    let graph = session.graph();
    let of_kind = |id: &EntityId| kinds.is_empty() || graph.kinds(*id).iter().any(|kind| kinds.contains(kind));
    few(graph.entities().filter(of_kind).map(|id| graph.slug(id)), typed)
}

/// The identifiers elsewhere that begin so.
pub(super) fn identifiers_elsewhere(session: &Session, typed: &str) -> Vec<String> {
    few(session.graph().entities().flat_map(|id| session.graph().xrefs(id)), typed)
}

/// The texts that begin so, the first of them.
pub(super) fn few<T: AsRef<str>>(texts: impl Iterator<Item = T>, typed: &str) -> Vec<String> {
    let begins = |text: &T| text.as_ref().as_bytes().get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed.as_bytes()));
    texts.take(MOST_SEARCHED).filter(begins).take(MOST_NAMES).map(|text| text.as_ref().to_owned()).collect()
}
