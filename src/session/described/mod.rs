//! Described: `describe WORD`: what a kind, a relation, a field or an entity is, how much of it there is, and what to ask of it.

mod distribution;
mod entity;
mod field;
mod histogram;
mod kind;
mod relation;
mod rows;

use std::sync::Arc;

use crate::answer::Answer;
use crate::diagnostic::{Code, Complaints, Diagnostic, Origin, nearest};
use crate::model::{EntityId, KindId, Names, QualifierId, RelationTypeId, fold};
use crate::query::syntax::tree::{PieceKind, Request, Run, Span};
use crate::schema::Meaning;

use super::{Session, suggest};
pub(super) use rows::{Rows, is_typed, quoted};

impl Session {
    /// Answers what is no query: `describe …` and `suggest`. What `it` and the numbers of rows refer to stays what it was; the view of
    /// an entity is all that is known of it, and suggestions lead on from that.
    pub(super) fn looked_up(&mut self, request: &Request, text: &str, origin: &Arc<Origin>) -> Result<Answer, Complaints> {
        let answer = match request {
            Request::Describe(run) => {
                let mut answer = describe(self, run).map_err(|complaint| self.with_fix(complaint, text, origin))?;
                if let Some(known) = self.known_of(run) {
                    self.last = Some(suggest::Last::of(&known, self.types_in_view(&known, &[])));
                    answer.view = known.view;
                }
                answer
            }
            _ => suggest::answer(&self.suggestions()),
        };
        Ok(Answer { query: text.trim().to_owned(), ..answer })
    }

    /// All that is known of the entity that is described, unless that is too much to look at.
    fn known_of(&self, run: &Run) -> Option<Answer> {
        let Asked { things, .. } = asked(self, run);
        let Some(Thing::Entity(id)) = things.first() else { return None };
        let query = Rows::new(self).named(*id);
        let is_readable = self.graph().degree(*id) <= suggest::MOST_RELATIONS;
        if !is_readable {
            return None;
        }
        self.asked_aside(&query).map(|answer| Answer { query, ..answer })
    }

    /// A complaint with what its fix makes of the text, where that can be asked.
    pub(super) fn with_fix(&self, complaint: Diagnostic, text: &str, origin: &Arc<Origin>) -> Complaints {
        let fixed = complaint.fixes.first().and_then(|fix| {
            let fixed = format!("{}{}{}", text.get(..fix.span.start)?, fix.replacement, text.get(fix.span.end..)?);
            self.fault_in(&fixed).is_none().then(|| fixed.trim().to_owned())
        });
        Complaints::from(complaint.in_origin(origin)).with_fixed(fixed)
    }

    /// What is wrong with the words behind `describe`, and where, if anything is; told without searching for what is like them.
    pub(super) fn undescribable(&self, run: &Run) -> Option<(Code, Span)> {
        let Asked { sort, span, things, .. } = asked(self, run);
        match things.as_slice() {
            [] => Some((code_of(sort), span)),
            _ if entities(&things).len() > 1 => Some((Code::AmbiguousName, span)),
            _ => None,
        }
    }

    /// The words of the schema that `describe` takes, each with its sort (`kind`, `relation` or `field`) and how much there is of it:
    /// entities or relations; of the hierarchy and of fields that is not told.
    pub fn describable(&self) -> Vec<(&str, &'static str, u64)> {
        let schema = self.schema();
        let statistics = self.graph().statistics();
        let kinds = (0u16..).map(KindId).zip(&schema.kinds).map(|(id, kind)| (kind.one(), "kind", statistics.of_kind(id)));
        let mut words: Vec<(&str, &'static str, u64)> = kinds.collect();
        for (id, relation) in (0u16..).map(RelationTypeId).zip(&schema.relation_types) {
            let count = if id == RelationTypeId::IS_A { 0 } else { statistics.of_type(id).relations };
            let nouns = relation.source_nouns.iter().chain(&relation.target_nouns).map(|noun| noun.many.as_str());
            words.extend(nouns.chain([relation.id.as_str()]).map(|word| (word, "relation", count)));
        }
        let fields = schema.qualifiers.iter().map(|qualifier| qualifier.id.as_str()).chain(self.graph().property_names());
        words.extend(fields.chain(field::FIXED.iter().map(|(name, _)| *name)).map(|word| (word, "field", 0)));
        words
    }
}

/// The entities among things that are nothing else.
fn entities(things: &[Thing]) -> Vec<EntityId> {
    let entity = |thing: &Thing| if let Thing::Entity(id) = thing { Some(*id) } else { None };
    if things.first().and_then(entity).is_none() { Vec::new() } else { things.iter().filter_map(entity).collect() }
}

/// The code for what is not known.
fn code_of(sort: Option<&str>) -> Code {
    match sort {
        Some("kind") => Code::UnknownKind,
        Some("relation") => Code::UnknownRelation,
        Some("field") => Code::UnknownField,
        _ => Code::UnknownName,
    }
}

/// What can be described.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Thing {
    Kind(KindId),
    Relation(RelationTypeId),
    Qualifier(QualifierId),
    /// A property of entities beyond the fixed ones.
    Property(String),
    /// A field that every graph has.
    Fixed(&'static str),
    Entity(EntityId),
}

impl Thing {
    /// The word that says which sort is meant: `describe kind trigger`.
    fn sort(&self) -> &'static str {
        match self {
            Thing::Kind(_) => "kind",
            Thing::Relation(_) => "relation",
            Thing::Qualifier(_) | Thing::Property(_) | Thing::Fixed(_) => "field",
            Thing::Entity(_) => "entity",
        }
    }
}

/// The words that say, behind `describe`, which sort of thing is meant.
pub const SORTS: [&str; 4] = ["kind", "relation", "field", "entity"];

/// Describes what a run of words names: `trigger`, `kind trigger`, `"lung cancer"`.
///
/// # Errors
/// Nothing, or more than one entity, is called so.
fn describe(session: &Session, run: &Run) -> Result<Answer, Diagnostic> {
    let Asked { words: asked, sort, span, things } = asked(session, run);
    let Some(first) = things.first() else { return Err(unknown(session, &asked, sort, span)) };
    let entities = entities(&things);
    if entities.len() > 1 {
        return Err(ambiguous(session, &asked, &entities, span));
    }
    let mut rows = Rows::new(session);
    match first {
        Thing::Kind(id) => kind::describe(&mut rows, *id),
        Thing::Relation(id) => relation::describe(&mut rows, *id),
        Thing::Qualifier(id) => field::qualifier(&mut rows, *id),
        Thing::Property(name) => field::property(&mut rows, name),
        Thing::Fixed(name) => field::fixed(&mut rows, name),
        Thing::Entity(id) => entity::describe(&mut rows, *id),
    }
    let mut told = vec![first.sort()];
    for thing in &things[1..] {
        if !told.contains(&thing.sort()) {
            told.push(thing.sort());
            rows.ask_as_is(
                "go on",
                format!("{} of this name", a(thing.sort())),
                format!("describe {} {}", thing.sort(), rows::quoted(&asked)),
            );
        }
    }
    Ok(rows.answer())
}

/// What a run of words asks to be described.
struct Asked {
    /// The words without the one for the sort.
    words: String,
    sort: Option<&'static str>,
    /// Where those words stand.
    span: Span,
    /// All that they name, kinds, relations and fields first.
    things: Vec<Thing>,
}

fn asked(session: &Session, run: &Run) -> Asked {
    let words: Vec<(String, Span)> = run.pieces.iter().filter_map(|piece| Some((word_of(&piece.kind)?, piece.span.clone()))).collect();
    let text = |words: &[(String, Span)]| words.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(" ");
    let sort = match words.as_slice() {
        [(first, _), _, ..] => SORTS.into_iter().find(|sort| sort.eq_ignore_ascii_case(first)),
        _ => None,
    };
    let (asked, span) = match sort {
        Some(_) => (text(&words[1..]), words[1].1.start..run.span.end),
        None => (text(&words), run.span.clone()),
    };
    let mut things = named(session, &asked);
    if let Some(sort) = sort {
        things.retain(|thing| thing.sort() == sort);
    }
    // The whole can be a name too: `field blindness`.
    if things.is_empty() && sort.is_some() {
        things = named(session, &text(&words));
    }
    Asked { words: asked, sort, span, things }
}

/// What is wrong with `describe` alone, where nothing is called so, and behind a word that takes a query.
pub(super) fn of_what(session: &Session, text: &str) -> Option<Diagnostic> {
    let word = text.trim().trim_end_matches(['?', ';']).trim_end();
    let is_alone =
        word.eq_ignore_ascii_case("describe") && named(session, word).is_empty() && session.given_names().all(|name| name != "describe");
    let words: Vec<_> = Session::tokens(text).into_iter().take(3).map(|token| token.span).collect();
    let is = |at: usize, known: &[&str]| {
        words.get(at).and_then(|span| text.get(span.clone())).is_some_and(|word| known.iter().any(|known| known.eq_ignore_ascii_case(word)))
    };
    if is(0, &["explain", "profile", "count", "compare", "why"]) && is(1, &["describe", "suggest"]) && named(session, "describe").is_empty()
    {
        let (first, second) = (words[0].clone(), words[1].clone());
        let alone = text.get(second.start..).unwrap_or_default().trim();
        let message = format!("`{}` takes a query, and `{}` is none", &text[first.clone()], &text[second.clone()]);
        return Some(
            Diagnostic::error(Code::Syntax, message)
                .at(second.clone(), "no query")
                .help(format!("by itself: `{alone}`"))
                .fix(first.start..second.start, ""),
        );
    }
    let example = session.schema().kinds.first().map_or("WORD".to_owned(), |kind| rows::quoted(kind.one()));
    is_alone.then(|| {
        Diagnostic::error(Code::Syntax, "`describe` needs a word of the graph")
            .at(text.len()..text.len(), "describe what?")
            .help(format!("a kind, a relation, a field or the name of an entity, for example `describe {example}`"))
    })
}

/// `a kind`, `an entity`.
fn a(word: &str) -> String {
    if word.starts_with('e') { format!("an {word}") } else { format!("a {word}") }
}

fn word_of(piece: &PieceKind) -> Option<String> {
    match piece {
        PieceKind::Word(word) | PieceKind::Quoted(word) => Some(word.clone()),
        PieceKind::What => Some("what".to_owned()),
        PieceKind::Does => Some("does".to_owned()),
        PieceKind::It => Some("it".to_owned()),
        PieceKind::Exactly => None,
        PieceKind::Arrow { words, .. } => Some(words.clone()),
    }
}

/// All that words name: kinds, relations and fields first, then entities.
fn named(session: &Session, words: &str) -> Vec<Thing> {
    let folded = fold(words);
    let schema = session.schema();
    let mut things: Vec<Thing> = Vec::new();
    let mut meanings: Vec<Thing> = session
        .lexicon()
        .meanings(words)
        .iter()
        .map(|meaning| match meaning {
            Meaning::Kind(id) => Thing::Kind(*id),
            Meaning::Noun(id, _) | Meaning::Verb(id, _) => Thing::Relation(*id),
            Meaning::Qualifier(id) => Thing::Qualifier(*id),
        })
        .collect();
    meanings.extend((0u16..).zip(&schema.kinds).filter(|(_, kind)| fold(&kind.id) == folded).map(|(at, _)| Thing::Kind(KindId(at))));
    let relations = (0u16..).zip(&schema.relation_types).filter(|(_, relation)| fold(&relation.id) == folded);
    meanings.extend(relations.map(|(at, _)| Thing::Relation(RelationTypeId(at))));
    let qualifiers = (0u16..).zip(&schema.qualifiers).filter(|(_, qualifier)| fold(&qualifier.id) == folded);
    meanings.extend(qualifiers.map(|(at, _)| Thing::Qualifier(QualifierId(at))));
    meanings.extend(session.graph().property_names().filter(|name| fold(name) == folded).map(|name| Thing::Property(name.to_owned())));
    meanings.extend(field::FIXED.iter().filter(|(name, _)| fold(name) == folded).map(|(name, _)| Thing::Fixed(name)));
    meanings.sort_by_key(|thing| SORTS.iter().position(|sort| *sort == thing.sort()));
    for thing in meanings.into_iter().chain(session.graph().called(words).into_iter().map(Thing::Entity)) {
        if !things.contains(&thing) {
            things.push(thing);
        }
    }
    things
}

fn unknown(session: &Session, words: &str, sort: Option<&'static str>, span: Span) -> Diagnostic {
    let schema = session.schema();
    let kinds = schema.kinds.iter().flat_map(|kind| kind.words.iter()).map(String::as_str);
    let relations = schema.relation_types.iter().map(|relation| relation.id.as_str());
    let qualifiers = schema.qualifiers.iter().map(|qualifier| qualifier.id.as_str());
    let properties = session.graph().property_names();
    let fixed = field::FIXED.iter().map(|(name, _)| *name);
    let wanted = |own: &str| sort.is_none_or(|sort| sort == own);
    let known = kinds
        .filter(|_| wanted("kind"))
        .chain(relations.filter(|_| wanted("relation")))
        .chain(qualifiers.chain(properties).chain(fixed).filter(|_| wanted("field")));
    let mut near: Vec<String> = nearest(words, known, 3).into_iter().map(str::to_owned).collect();
    if wanted("entity") {
        near.extend(session.graph().like(words, 2).into_iter().map(|found| found.text));
        near.truncate(3);
    }
    let called = match sort {
        Some("kind") => "no kind",
        Some("relation") => "no relation",
        Some("field") => "no field",
        _ => "nothing in the graph",
    };
    let complaint = Diagnostic::error(code_of(sort), format!("{called} is called '{words}'")).at(span.clone(), "not known").suggest_at(
        &span,
        &near,
        rows::quoted,
    );
    complaint.help("`describe` takes a kind, a relation, a field or the name of an entity")
}

fn ambiguous(session: &Session, words: &str, entities: &[EntityId], span: Span) -> Diagnostic {
    const MOST_LISTED: usize = 5;
    let graph = session.graph();
    let mut candidates: Vec<EntityId> = entities.to_vec();
    candidates.sort_by_key(|entity| std::cmp::Reverse(graph.degree(*entity)));
    let lines: Vec<String> = candidates
        .iter()
        .take(MOST_LISTED)
        .map(|entity| {
            let kind = graph.kinds(*entity).first().map_or("entity", |kind| session.schema().kinds[kind.index()].one());
            format!("{} ({kind}): `describe {}`", graph.name(*entity), rows::quoted(graph.slug(*entity)))
        })
        .collect();
    let message = format!("{} entities are called '{words}'", entities.len());
    lines.into_iter().fold(Diagnostic::error(Code::AmbiguousName, message).at(span, "which one?"), Diagnostic::help)
}
