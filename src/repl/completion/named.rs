//! Named: the names, synonyms and identifiers of a graph that answer to what is typed, the best known first, from graphs of any size.

use std::borrow::Cow;

use crate::model::{Direction, EntityId, KindId, Names, Place, RelationTypeId};
use crate::session::Session;
use crate::store::Graph;

use super::Wanted;
use super::candidate::{Candidate, Closeness};

/// How many names are offered at most: nobody reads more, and another letter makes them fewer.
pub(super) const MOST_NAMES: usize = 100;
/// How many entities are looked at with all that is below them, to see whether one of that has a kind.
const MOST_DESCENDED: usize = 200;
/// How many identifiers, statements or values are gone through.
const MOST_SEARCHED: usize = 1 << 20;
/// A likeness from which on words of a name begin as those that were typed.
const AS_TYPED: f64 = 0.85;
/// A likeness from which on a name holds what was typed somewhere.
const HOLDING: f64 = 0.75;

/// A name that can be put in.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub entity: EntityId,
    pub text: String,
    pub place: Place,
    pub closeness: Closeness,
    /// How many relations its entity has, and one: no name is unknown.
    pub known: usize,
}

/// The names of entities of these kinds (none means any) that begin so, folded; other names where the name itself does not.
pub(super) fn beginning(session: &Session, kinds: &[KindId], folded: &str) -> Vec<Named> {
    let graph = session.graph();
    let mut passes = passes(graph, kinds);
    // Without a hierarchy nothing is of a kind but what has it.
    let among = if graph.statistics().of_type(RelationTypeId::IS_A).relations == 0 { kinds } else { &[] };
    let begun = graph.names_beginning_among(among, folded, MOST_NAMES, &mut passes).into_iter();
    let named = |found: crate::store::Begun<'_>| Named {
        entity: found.entity,
        text: found.text.to_owned(),
        place: found.place,
        closeness: Closeness::Begins,
        known: found.degree + 1,
    };
    begun.map(named).collect()
}

/// The names in which a word begins as typed, or, where there are none, those from which a slip of the pen leads to what is typed.
pub(super) fn like(session: &Session, kinds: &[KindId], typed: &str) -> Vec<Named> {
    const MOST_LIKE: usize = 40;
    const SHORTEST: usize = 3;
    if typed.trim().chars().count() < SHORTEST {
        return Vec::new();
    }
    let graph = session.graph();
    let mut passes = passes(graph, kinds);
    let found = graph.like(typed, MOST_LIKE * 4).into_iter().filter(|found| !found.text.is_empty() && passes(found.entity));
    let named = |found: crate::model::Found| Named {
        entity: found.entity,
        closeness: match found.score {
            score if score >= AS_TYPED => Closeness::Within,
            score if score >= HOLDING => Closeness::Part,
            _ => Closeness::Slip,
        },
        known: graph.degree(found.entity) + 1,
        text: found.text,
        place: found.place,
    };
    found.map(named).take(MOST_LIKE).collect()
}

/// The ids that begin so, where what is typed looks like one.
pub(super) fn identified(session: &Session, kinds: &[KindId], typed: &str) -> Vec<Named> {
    let looks_so =
        !typed.contains(char::is_whitespace) && (typed.contains([':', '_']) || typed.contains(|sign: char| sign.is_ascii_digit()));
    if !looks_so {
        return Vec::new();
    }
    let graph = session.graph();
    let mut passes = passes(graph, kinds);
    let begins = |text: &str| text.as_bytes().get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed.as_bytes()));
    let found = graph.entities().take(MOST_SEARCHED).filter(|id| begins(graph.slug(*id)) && passes(*id));
    let named = |entity: EntityId| Named {
        entity,
        text: graph.slug(entity).to_owned(),
        place: Place::Identifier,
        closeness: Closeness::Begins,
        known: graph.degree(entity) + 1,
    };
    found.take(MOST_NAMES).map(named).collect()
}

/// A name as a candidate. One that several entities have is put in as the id of its own; the list shows that beside it.
pub(super) fn candidate(session: &Session, found: Named, wanted: &Wanted) -> Candidate {
    let graph = session.graph();
    let slug = graph.slug(found.entity);
    let is_own = found.place == Place::Identifier || graph.called(&found.text) == [found.entity];
    let is_name = found.place == Place::Name;
    let shown = if is_own { found.text.clone() } else { format!("{} ({slug})", found.text) };
    let name = if graph.name(found.entity).is_empty() { slug } else { graph.name(found.entity) };
    Candidate {
        replacement: wanted.put(if is_own { &found.text } else { slug }),
        shown,
        what: kind_of(session, found.entity),
        leads_to: (!is_name && name != found.text).then(|| name.to_owned()),
        closeness: found.closeness,
        rank: if is_name { 3 } else { 4 },
        known: found.known,
        ..Candidate::default()
    }
}

/// The word for the first kind of an entity.
pub(super) fn kind_of(session: &Session, entity: EntityId) -> Cow<'static, str> {
    match session.graph().kinds(entity).first() {
        Some(kind) => Cow::Owned(session.schema().kinds[kind.index()].one().to_owned()),
        None => Cow::Borrowed("entity"),
    }
}

/// Whether an entity, or something that is one of it, is of one of these kinds.
pub(super) fn passes(graph: &Graph, kinds: &[KindId]) -> impl FnMut(EntityId) -> bool {
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
