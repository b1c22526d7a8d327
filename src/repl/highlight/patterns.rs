//! Patterns: what each word of a pattern is by its place: a label, a type, a property, a variable, a function.

use std::ops::Range;

use crate::algebra::{FUNCTIONS, PROCEDURES};
use crate::command::AGGREGATES;
use crate::model::{Names, label_of_kind, meant_by, type_of_relation};
use crate::query::syntax::{Token, TokenKind};
use crate::render::Role;
use crate::session::Session;

/// The parts of a pattern in their order, each with what it is.
pub(super) fn roles(session: &Session, text: &str, tokens: &[Token]) -> Vec<(Range<usize>, Role)> {
    let typed = |at: Option<usize>| at.and_then(|at| tokens.get(at)).map_or("", |token| &text[token.span.clone()]);
    let mut open: Vec<&str> = Vec::new();
    let mut found = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let word = &text[token.span.clone()];
        let before = typed(at.checked_sub(1));
        let role = match token.kind {
            TokenKind::Keyword => Some(Role::Keyword),
            TokenKind::Label => Some(label(session, word, open.last() == Some(&"["))),
            TokenKind::Function => Some(if is_function(word) { Role::Function } else { Role::Unknown }),
            TokenKind::Parameter => Some(Role::Parameter),
            TokenKind::Number => Some(Role::Number),
            TokenKind::Regex => Some(Role::String),
            TokenKind::Quoted => Some(quoted(session, word)),
            TokenKind::Unclosed if word.starts_with("/*") => Some(Role::Comment),
            TokenKind::Unclosed => Some(Role::String),
            TokenKind::Comment => Some(Role::Comment),
            TokenKind::Unknown => Some(Role::Unknown),
            TokenKind::Operator | TokenKind::Arrow => Some(Role::Operator),
            TokenKind::Word if is_procedure_part(text, tokens, at) => Some(Role::Function),
            TokenKind::Word if before == "." => Some(Role::Field),
            TokenKind::Word if open.last() == Some(&"{") && matches!(before, "{" | ",") && typed(Some(at + 1)) == ":" => Some(Role::Field),
            TokenKind::Word => Some(Role::Variable),
            TokenKind::Bracket => {
                match word {
                    "(" | "[" | "{" => open.push(word),
                    _ => {
                        open.pop();
                    }
                }
                None
            }
            TokenKind::Comma | TokenKind::EndMark => None,
        };
        found.extend(role.map(|role| (token.span.clone(), role)));
    }
    found
}

/// A label of a node or a type of a relationship, or one that the graph does not have.
fn label(session: &Session, word: &str, is_type: bool) -> Role {
    let (name, schema) = (word.trim_matches('`'), session.schema());
    let kind = || meant_by(name, schema.kinds.iter().map(|kind| kind.id.as_str()), label_of_kind).map(|_| Role::Kind);
    let relation = || {
        let types = schema.relation_types.iter().map(|known| known.id.as_str());
        meant_by(name, types, type_of_relation).map(|_| Role::Relation)
    };
    let meant = if is_type { relation() } else { kind().or_else(relation) };
    meant.unwrap_or(Role::Unknown)
}

/// Words in quotation marks: the name or the id of an entity, or any text.
fn quoted(session: &Session, word: &str) -> Role {
    let bare = word.trim_matches(['"', '\'']);
    match session.graph().called(bare).len() {
        0 => Role::String,
        1 => Role::Entity,
        _ => Role::Ambiguous,
    }
}

/// Whether a function, an aggregate or the last part of a procedure's name is called so, or a test of lists.
pub(super) fn is_function(name: &str) -> bool {
    let functions = FUNCTIONS.iter().map(|known| known.name.rsplit('.').next().unwrap_or(known.name));
    let aggregates = AGGREGATES.iter().map(|(written, _)| written.split('(').next().unwrap_or(written));
    let procedures = PROCEDURES.iter().map(|known| known.name.rsplit('.').next().unwrap_or(known.name));
    let others = ["all", "any", "none", "single", "reduce", "exists", "shortestPath", "allShortestPaths", "find", "denials", "mentions"];
    let hidden = ["why", "members"];
    let mut every = functions.chain(aggregates).chain(procedures).chain(others).chain(hidden);
    every.any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether a word is the first part of the name of a function or a procedure, such as `graph` in `graph.degree`.
fn is_procedure_part(text: &str, tokens: &[Token], at: usize) -> bool {
    let typed = |at: usize| tokens.get(at).map_or("", |token| &text[token.span.clone()]);
    let called = typed(at + 1) == "." && tokens.get(at + 2).is_some_and(|token| token.kind == TokenKind::Function);
    let word = typed(at).to_ascii_lowercase();
    let names = || FUNCTIONS.iter().map(|known| known.name).chain(PROCEDURES.iter().map(|known| known.name));
    called && names().any(|name| name.split_once('.').is_some_and(|(first, _)| first == word))
}
