//! Fault: the complaints that several parts of the resolver raise, in one voice.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::{EntityId, RelationTypeId, fold};
use crate::query::syntax::tree::{Span, Spanned};
use crate::schema::{End, Meaning, Noun};

use super::Context;
use super::builder::Builder;
use super::cut::Item;
use super::field::{listed, shortened};

/// Words that name nothing.
pub(super) fn unknown_name(words: &str, span: Span, context: Context<'_>) -> Diagnostic {
    let mut near: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        if near.len() < 3 && !near.iter().any(|known| known == name) {
            near.push(name.to_owned());
        }
    };
    let lexicon_words: Vec<&str> = context.lexicon.words().iter().map(|word| word.written.as_str()).collect();
    nearest(words, lexicon_words.into_iter().filter(|word| !fold(word).is_empty()), 1).into_iter().for_each(&mut add);
    for found in context.names.like(words, 3) {
        // The text that is near says more than the name that it belongs to.
        add(&found.text);
    }
    let complaint =
        Diagnostic::error(Code::UnknownName, format!("nothing in the graph is called '{}'", shortened(words))).at(span, "unknown name");
    if near.is_empty() {
        let kinds: Vec<String> = context.schema.kinds.iter().map(|kind| kind.many().to_owned()).collect();
        complaint.help(format!("the graph holds {}; `find \"…\"` searches names and definitions", listed(kinds)))
    } else {
        complaint.suggest(near)
    }
}

/// Words that name several entities.
pub(super) fn ambiguous_name(words: &str, span: Span, entities: &[EntityId], context: Context<'_>) -> Diagnostic {
    let candidates: Vec<String> = entities
        .iter()
        .map(|entity| {
            let kind = context.names.kinds(*entity).first().map_or("entity", |kind| context.schema.kinds[kind.index()].one());
            format!("{} ({kind}, id `{}`)", context.names.name(*entity), context.names.slug(*entity))
        })
        .collect();
    Diagnostic::error(Code::AmbiguousName, format!("'{}' is the name of {} entities", shortened(words), entities.len()))
        .at(span, "which one?")
        .help(format!("name one by its id: {}", listed(candidates)))
}

/// A word that is no kind.
pub(super) fn unknown_kind(words: &str, span: Span, context: Context<'_>) -> Diagnostic {
    let known = context.schema.kinds.iter().flat_map(|kind| kind.words.iter().map(String::as_str));
    let all = context.schema.kinds.iter().map(|kind| kind.one().to_owned());
    Diagnostic::error(Code::UnknownKind, format!("there is no kind '{}'", shortened(words)))
        .at(span, "no such kind")
        .suggest(nearest(words, known, 3))
        .help(format!("kinds: {}", listed(all)))
}

/// A word that is no relation.
pub(super) fn unknown_relation(words: &str, span: Span, context: Context<'_>) -> Diagnostic {
    let known: Vec<&str> = context
        .lexicon
        .words()
        .iter()
        .filter(|word| matches!(word.meaning, Meaning::Verb(..) | Meaning::Noun(..)))
        .map(|word| word.written.as_str())
        .collect();
    let all = context.schema.relation_types.iter().map(|relation_type| relation_type.id.clone());
    Diagnostic::error(Code::UnknownRelation, format!("there is no relation '{}'", shortened(words)))
        .at(span, "no such relation")
        .suggest(nearest(words, known, 3))
        .help(format!("relations: {}", listed(all)))
}

/// `exactly` with no name behind it.
pub(super) fn exactly_what(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Syntax, "`exactly` needs a name behind it")
        .at(span, "exactly what?")
        .help("for example `symptoms of exactly OMS`")
}

/// A name that `let` cannot give.
pub(super) fn reserved_name(name: &Spanned<String>, context: Context<'_>) -> Result<(), Diagnostic> {
    let taken = if !context.names.called(&name.value).is_empty() {
        "an entity of the graph"
    } else {
        match context.lexicon.meanings(&name.value).first() {
            None => return Ok(()),
            Some(Meaning::Noun(..) | Meaning::Verb(..)) => "a relation",
            Some(Meaning::Kind(_)) => "a kind",
            Some(Meaning::Qualifier(_)) => "a field",
        }
    };
    Err(Diagnostic::error(Code::ReservedName, format!("'{}' is the name of {taken} already", name.value))
        .at(name.span.clone(), "taken")
        .help(format!("choose another, such as `my_{}`", name.value)))
}

impl Builder<'_> {
    /// An entity or a noun that can never stand where it is asked of.
    pub(super) fn impossible(&self, asked: &Item, relation: &Item, types: &[(RelationTypeId, End)], is: String) -> Diagnostic {
        let schema = self.context.schema;
        let mut expected = Vec::new();
        for (relation_type, end) in types {
            let relation_type = &schema.relation_types[relation_type.index()];
            let kinds = if *end == End::Source { &relation_type.from } else { &relation_type.to };
            for kind in kinds {
                if !expected.contains(kind) {
                    expected.push(*kind);
                }
            }
        }
        let message = format!("'{}' is {is}, and '{}' asks of {}", asked.text, relation.text, self.kind_words(&expected));
        Diagnostic::error(Code::ImpossibleRelation, message)
            .at(asked.span.clone(), format!("not {}", self.kind_words(&expected)))
            .at(relation.span.clone(), "")
    }

    /// The relation nouns that can be asked of these kinds, as a hint.
    pub(super) fn nouns_for(&self, kinds: &[crate::model::KindId], described: &str) -> Option<String> {
        let schema = self.context.schema;
        let mut nouns = Vec::new();
        for (position, relation_type) in (0u16..).zip(&schema.relation_types) {
            let id = RelationTypeId(position);
            let mut add = |nouns_of_end: &[Noun], asked_end: End| {
                if let Some(noun) = nouns_of_end.first()
                    && schema.allows(id, asked_end, kinds)
                    && id != RelationTypeId::IS_A
                    && !nouns.contains(&noun.many)
                {
                    nouns.push(noun.many.clone());
                }
            };
            add(&relation_type.source_nouns, End::Target);
            add(&relation_type.target_nouns, End::Source);
        }
        (!nouns.is_empty()).then(|| format!("of {described} can be asked: {}", listed(nouns)))
    }
}
