//! Pattern values: what quotation marks that are open in a pattern can hold: names, ids, values of the property in front of them.

use crate::model::{Confidence, Extent, KindId, Names, QualifierId, fold};
use crate::query::syntax::{Token, TokenKind};
use crate::schema::ValueType;
use crate::session::Session;

use super::pattern::{Offered, offered};
use super::pattern_chain::{Chain, Node};
use super::{Completion, named, quotation};

/// So many entities are looked at for the values of a property.
const MOST_LOOKED_AT: usize = 4_000;
/// So many names are offered that are nearly spelled as typed.
const MOST_NEAR: usize = 8;

/// What a text that is open can say.
pub(super) fn quoted(session: &Session, text: &str, tokens: &[Token]) -> Completion {
    let Some((open, before)) = tokens.split_last() else { return Completion::default() };
    let Some(mark) = text[open.span.clone()].chars().next().filter(|mark| matches!(mark, '\'' | '"')) else {
        return Completion::default();
    };
    let start = open.span.start + mark.len_utf8();
    let typed = &text[start..];
    let Some((property, variable)) = compared(text, before) else { return Completion::default() };
    let chain = Chain::read(session, text, before);
    let node = match variable {
        Some(variable) => chain.node(variable).cloned(),
        None => chain.open,
    };
    let kinds = node.as_ref().map(|node| node.kinds(session.graph())).unwrap_or_default();
    let words = values(session, property, node.as_ref(), &kinds, typed);
    let mut completion = offered(text, start, words);
    if completion.candidates.is_empty() && property == "name" {
        completion = near(session, text, start, &kinds);
    }
    for candidate in &mut completion.candidates {
        candidate.replacement = quotation::closed(&candidate.shown, mark);
    }
    completion
}

/// The property that a text at the end is compared with, or the function that it stands in, and the variable whose it is.
fn compared<'a>(text: &'a str, before: &[Token]) -> Option<(&'a str, Option<&'a str>)> {
    let typed = |at: usize| before.get(at).map_or("", |token| &text[token.span.clone()]);
    let mut names = 0;
    for at in (0..before.len()).rev() {
        let word = typed(at);
        if word.eq_ignore_ascii_case("where") {
            return None;
        }
        let is_name = matches!(before[at].kind, TokenKind::Word | TokenKind::Function) && !word.eq_ignore_ascii_case("in");
        if !is_name {
            continue;
        }
        // In `'x' IN c.population` and `{name: 'x'}` alike the property stands nearest, but for what a list holds already.
        let is_property = typed(at + 1) != "." && (at == 0 || typed(at - 1) == "." || typed(at + 1) == ":" || typed(at + 1) == "(");
        if is_property {
            let variable = (at >= 2 && typed(at - 1) == ".").then(|| typed(at - 2));
            return Some((word, variable));
        }
        names += 1;
        if names > 2 {
            return None;
        }
    }
    None
}

fn values(session: &Session, property: &str, node: Option<&Node>, kinds: &[KindId], typed: &str) -> Vec<Offered> {
    let graph = session.graph();
    let qualifier = session.schema().qualifiers.iter().zip(0..).find(|(qualifier, _)| qualifier.id == property);
    let plain = |words: Vec<String>, what: &str| words.into_iter().map(|word| Offered::new(0, word, what)).collect();
    if node.is_none()
        && let Some((qualifier, position)) = qualifier
    {
        return match &qualifier.value_type {
            ValueType::Entity(kinds) => plain(named::ids(session, kinds, typed), "id"),
            ValueType::Text => plain(graph.texts(QualifierId(position)), "value"),
            _ => Vec::new(),
        };
    }
    match property {
        "name" => {
            let begun = named::beginning(session, kinds, &fold(typed)).into_iter().filter(|found| found.place == crate::model::Place::Name);
            begun.map(|found| name(session, found.text, found.known)).collect()
        }
        "id" | "is_a" | "graph" | "shortest_path" | "distances" => plain(named::ids(session, kinds, typed), "id"),
        "confidence" => plain(Confidence::ALL.iter().map(|known| known.word().to_owned()).collect(), "on its scale"),
        "extent" => plain(Extent::ALL.iter().map(|known| known.word().to_owned()).collect(), "on its scale"),
        "sources" => plain(graph.sources().iter().map(|source| source.slug.clone()).collect(), "source"),
        "kinds" => session.schema().kinds.iter().map(|kind| Offered::new(0, &kind.id, "kind")).collect(),
        other => plain(texts_of(session, other, kinds, typed), "value"),
    }
}

/// A name, with how many relationships its entity has.
fn name(session: &Session, text: String, known: usize) -> Offered {
    let kind = match session.graph().called(&text).as_slice() {
        [only] => session.graph().kinds(*only).first().map(|kind| session.schema().kinds[kind.index()].one().to_owned()),
        _ => None,
    };
    let offered = Offered::new(0, text, kind.unwrap_or_else(|| "name".to_owned()));
    // A node without relationships is a node: nothing is a dead end here.
    Offered { rows: Some(known.max(1) as u64), ..offered }
}

/// The values of a property of entities that begin as typed, as far as a look at some of them shows.
fn texts_of(session: &Session, property: &str, kinds: &[KindId], typed: &str) -> Vec<String> {
    let graph = session.graph();
    if !graph.property_names().any(|name| name == property) {
        return Vec::new();
    }
    let of_kind = match kinds {
        [only] => graph.entities_of_kind(*only).iter().map(|entity| crate::model::EntityId(*entity)).take(MOST_LOOKED_AT).collect(),
        _ => graph.entities().take(MOST_LOOKED_AT).collect::<Vec<_>>(),
    };
    let mut texts: Vec<String> = Vec::new();
    for value in of_kind.into_iter().filter_map(|entity| graph.property(entity, property)) {
        for member in value.members() {
            if let crate::model::Value::Text(text) = member {
                texts.push(text.to_string());
            }
        }
    }
    texts.sort();
    texts.dedup();
    named::few(texts.into_iter(), typed)
}

/// The names that are nearly spelled as typed, where none begins so.
fn near(session: &Session, text: &str, start: usize, kinds: &[KindId]) -> Completion {
    const SHORTEST: usize = 3;
    let typed = &text[start..];
    if typed.chars().count() < SHORTEST {
        return Completion::default();
    }
    let graph = session.graph();
    let fits = |entity| kinds.is_empty() || graph.kinds(entity).iter().any(|kind| kinds.contains(kind));
    let found = graph.like(typed, MOST_NEAR * 4).into_iter().filter(|found| fits(found.entity));
    let mut names: Vec<String> = found.map(|found| graph.name(found.entity).to_owned()).filter(|name| !name.is_empty()).collect();
    names.truncate(MOST_NEAR);
    let offers = names.into_iter().map(|found| name(session, found, 1)).collect();
    // Whatever is typed, they are to be read.
    let all = offered(&text[..start], start, offers);
    Completion { start, ..all }
}
