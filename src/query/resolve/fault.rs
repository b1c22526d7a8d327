//! Fault: the complaints that several parts of the resolver raise, in one voice.

use crate::diagnostic::{Code, Diagnostic, likeness, nearest};
use crate::model::{EntityId, KindId, RelationTypeId, fold};
use crate::query::syntax::tree::{Span, Spanned};
use crate::query::syntax::written;
use crate::schema::{End, Meaning, Noun, ValueType};

use super::Context;
use super::builder::Builder;
use super::cut::Item;
use super::field::{listed, shortened};
use super::phrase::kind_meaning;

/// What was made, or all that is wrong: the fault that ended the work and those before it, each once, in the order of their places.
pub(super) fn all<T>(made: Result<T, Diagnostic>, mut faults: Vec<Diagnostic>) -> Result<T, Vec<Diagnostic>> {
    let made = made.map_err(|fault| faults.push(fault)).ok();
    let mut unique: Vec<Diagnostic> = Vec::with_capacity(faults.len());
    for fault in faults {
        // The same words can be looked at twice: `between` asks both of its halves of one field.
        if !unique.iter().any(|known| known.code == fault.code && known.place() == fault.place()) {
            unique.push(fault);
        }
    }
    unique.sort_by_key(|fault| fault.place().start);
    match made {
        Some(made) if unique.is_empty() => Ok(made),
        _ => Err(unique),
    }
}

/// Words that name nothing.
pub(super) fn unknown_name(words: &str, span: Span, context: Context<'_>) -> Diagnostic {
    let message = format!("nothing in the graph is called '{}'", shortened(words));
    let complaint = Diagnostic::error(Code::UnknownName, message).at(span.clone(), "unknown name");
    if let Some(hint) = field_hint(words, context) {
        return complaint.help(hint);
    }
    let near = near_words(words, context);
    if near.is_empty() {
        let kinds: Vec<String> = context.schema.kinds.iter().map(|kind| kind.many().to_owned()).collect();
        if kinds.is_empty() {
            return complaint.help("the graph holds no entities: there is nothing to ask of it");
        }
        complaint.help(format!("the graph holds {}; `find \"…\"` searches names and definitions", listed(kinds)))
    } else {
        complaint.suggest_at(&span, &near, written)
    }
}

/// The complaint about words of a run that name nothing, with the longer names that they may be a part of.
pub(super) fn unknown_in_run(complaint: Diagnostic, longer: &[(String, Span)], context: Context<'_>) -> Diagnostic {
    let mut complaint = complaint;
    for (words, span) in longer {
        for near in near_words(words, context) {
            complaint = complaint.fix(span.clone(), written(&near));
        }
    }
    complaint
}

/// What to do with a word that names a field and stands where a name should.
fn field_hint(words: &str, context: Context<'_>) -> Option<String> {
    let qualifier = context.lexicon.meanings(words).iter().find_map(|meaning| match meaning {
        Meaning::Qualifier(id) => Some(&context.schema.qualifiers[id.index()]),
        _ => None,
    })?;
    let name = &qualifier.id;
    Some(match &qualifier.value_type {
        ValueType::Entity(kinds) if !kinds.is_empty() => {
            let kind = context.schema.kinds[kinds[0].index()].many();
            format!("it is the field '{name}', which stands behind `where`; `kind {kind}` lists what it can hold")
        }
        _ => format!("it is the field '{name}', which stands behind `where` or `show`"),
    })
}

/// The words of the schema and the names of the graph nearest to some words, best first, at most three.
fn near_words(words: &str, context: Context<'_>) -> Vec<String> {
    const NEAR_ENOUGH: f64 = 0.7;
    let of_schema = context
        .lexicon
        .words()
        .iter()
        .filter(|word| !matches!(word.meaning, Meaning::Qualifier(_)))
        .map(|word| (likeness(words, &word.written), word.written.clone()))
        .filter(|(score, _)| *score >= NEAR_ENOUGH);
    // The text that is near says more than the name that it belongs to.
    let of_graph = context.names.like(words, 3).into_iter().map(|found| (found.score, found.text));
    let given = context.memory.named.keys().map(|name| (likeness(words, name), name.clone())).filter(|(score, _)| *score >= NEAR_ENOUGH);
    let mut near: Vec<(f64, String)> = of_schema.chain(of_graph).chain(given).collect();
    if near.is_empty() {
        near.extend(short_name(words, context).map(|name| (NEAR_ENOUGH, name)));
    }
    let longer = |text: &str| text.chars().count().abs_diff(words.chars().count());
    near.sort_by(|left, right| {
        right.0.total_cmp(&left.0).then_with(|| longer(&left.1).cmp(&longer(&right.1))).then_with(|| left.1.cmp(&right.1))
    });
    let mut unique: Vec<String> = Vec::new();
    for (_, text) in near {
        if unique.len() < 3 && fold(&text) != fold(words) && !unique.iter().any(|known| fold(known) == fold(&text)) {
            unique.push(text);
        }
    }
    unique
}

/// The only name that is one slip away from a short word: too short to be searched for, and quickly tried.
fn short_name(word: &str, context: Context<'_>) -> Option<String> {
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
    let letters: Vec<char> = word.chars().collect();
    if !(2..=4).contains(&letters.len()) || !letters.iter().all(|letter| letter.is_alphanumeric()) {
        return None;
    }
    let edited = |edit: &dyn Fn(&mut Vec<char>)| {
        let mut letters = letters.clone();
        edit(&mut letters);
        letters.into_iter().collect::<String>()
    };
    let swaps: Vec<String> = (1..letters.len()).map(|at| edited(&|letters| letters.swap(at - 1, at))).collect();
    let mut others: Vec<String> = (0..letters.len())
        .map(|at| {
            edited(&|letters| {
                letters.remove(at);
            })
        })
        .collect();
    for letter in LETTERS.chars() {
        others.extend((0..letters.len()).map(|at| edited(&|letters| letters[at] = letter)));
        others.extend((0..=letters.len()).map(|at| edited(&|letters| letters.insert(at, letter))));
    }
    // Two letters that changed places are the likeliest slip of all.
    [swaps, others].into_iter().find_map(|tried| {
        let mut found: Vec<EntityId> = Vec::new();
        let mut name = None;
        for text in tried.into_iter().filter(|text| text.chars().count() > 1 && fold(text) != fold(word)) {
            let called = context.names.called(&text);
            if let [only] = called.as_slice() {
                name.get_or_insert(text);
                found.push(*only);
            }
            found.extend(called.iter().skip(1));
        }
        found.dedup();
        name.filter(|_| found.len() == 1).map(|name| if word.chars().any(char::is_uppercase) { name.to_uppercase() } else { name })
    })
}

/// Words that name several entities: those with most relations first, what they are and how to name each.
pub(super) fn ambiguous_name(words: &str, span: Span, entities: &[EntityId], context: Context<'_>) -> Diagnostic {
    const LISTED: usize = 8;
    let mut by_degree: Vec<(std::cmp::Reverse<usize>, EntityId)> =
        entities.iter().map(|entity| (std::cmp::Reverse(context.names.degree(*entity)), *entity)).collect();
    by_degree.sort_unstable();
    let mut candidates: Vec<String> = by_degree.iter().take(LISTED).map(|(_, entity)| candidate(*entity, context)).collect();
    if entities.len() > LISTED {
        let last = candidates.pop().unwrap_or_default();
        candidates.push(format!("{last} and {} more", entities.len() - LISTED));
    }
    let several = match entities.len() {
        2 => "two entities".to_owned(),
        count => format!("{count} entities"),
    };
    let complaint = Diagnostic::error(Code::AmbiguousName, format!("'{}' is the name of {several}", shortened(words)))
        .at(span.clone(), "which one?")
        .help(format!("name one by its id: {}", listed(candidates)));
    by_degree
        .iter()
        .take(LISTED)
        .fold(complaint, |complaint, (_, entity)| complaint.fix(span.clone(), written(context.names.slug(*entity))))
}

/// An entity among several that are called so: `common cold (disease, 12 relations, id `MONDO:1`)`.
fn candidate(entity: EntityId, context: Context<'_>) -> String {
    let names = context.names;
    let kind = names.kinds(entity).first().map_or("entity", |kind| context.schema.kinds[kind.index()].one());
    let relations = match names.degree(entity) {
        0 => "no relations".to_owned(),
        1 => "1 relation".to_owned(),
        count => format!("{count} relations"),
    };
    let name = if names.name(entity).is_empty() { "without a name" } else { names.name(entity) };
    format!("{} ({kind}, {relations}, id `{}`)", shortened(name), names.slug(entity))
}

/// What was taken of several entities that are called so, and why no other can be meant.
pub(super) fn taken_of_several(words: &str, span: Span, taken: EntityId, several: usize, why: &str, context: Context<'_>) -> Diagnostic {
    let taken = candidate(taken, context);
    let message = format!("'{}' is the name of {several} entities; taken is {taken}, the only one {why}", shortened(words));
    Diagnostic::warning(Code::AmbiguousName, message).at(span, "several are called so")
}

/// A word that is no kind.
pub(super) fn unknown_kind(words: &str, span: Span, context: Context<'_>) -> Diagnostic {
    let known = context.schema.kinds.iter().flat_map(|kind| kind.words.iter().map(String::as_str));
    let all = context.schema.kinds.iter().map(|kind| kind.one().to_owned());
    Diagnostic::error(Code::UnknownKind, format!("there is no kind '{}'", shortened(words)))
        .at(span.clone(), "no such kind")
        .suggest_at(&span, &nearest(words, known, 3), str::to_owned)
        .help(told_all("kinds", all))
}

/// All words of a sort, for a help; that there are none is said too.
fn told_all(many: &str, words: impl ExactSizeIterator<Item = String>) -> String {
    if words.len() == 0 { format!("the graph has no {many}") } else { format!("{many}: {}", listed(words)) }
}

/// A question of this graph, for a help: `what causes disease`; none where it has no relations with verbs.
pub(super) fn example_question(context: Context<'_>) -> Option<String> {
    let schema = context.schema;
    let with_verb = schema.relation_types.iter().skip(1).find(|known| !known.verbs.is_empty() && !known.to.is_empty());
    let known = with_verb?;
    let kind = schema.kinds.get(known.to.first()?.index())?.one();
    Some(format!("what {} {kind}", known.verbs.first()?))
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
        .at(span.clone(), "no such relation")
        .suggest_at(&span, &nearest(words, known, 3), str::to_owned)
        .help(told_all("relations", all))
}

/// A sentence of more parts than anybody means.
pub(super) fn too_long(span: Span, most: usize) -> Diagnostic {
    Diagnostic::error(Code::TooDeep, format!("the sentence has more than {most} terms and relations"))
        .at(span, "too many")
        .help("ask a part of it, and go on from `it`")
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
        let subject = if asked.text == "( )" {
            format!("what stands in the parentheses is {is}")
        } else if kind_meaning(asked).is_some() && asked.entities().is_empty() {
            format!("'{}' is a kind", asked.text)
        } else {
            format!("'{}' is {is}", asked.text)
        };
        let message = format!("{subject}, and '{}' asks of {}", relation.text, self.kind_words(&expected));
        Diagnostic::error(Code::ImpossibleRelation, message)
            .at(asked.span.clone(), format!("not {}", self.kind_words(&expected)))
            .at(relation.span.clone(), "")
    }

    /// What can be asked of what is fed: nouns, and sentences where a relation has no noun; first those that lead to a kind.
    pub(super) fn asked_of(&self, kinds: &[KindId], item: &Item, towards: Option<KindId>) -> Option<String> {
        const LISTED: usize = 3;
        let is = self.kind_words(kinds);
        // Only a name can be the subject as it stands.
        let is_name = !item.entities().is_empty();
        let subject = written(&item.text);
        let mut sentences = Vec::new();
        for (id, relation) in (0u16..).map(RelationTypeId).zip(&self.context.schema.relation_types).skip(1).filter(|_| is_name) {
            for (own, nouns, verbs) in
                [(End::Source, &relation.target_nouns, &relation.verbs), (End::Target, &relation.source_nouns, &relation.inverse_verbs)]
            {
                if let (true, Some(verb)) = (nouns.is_empty() && self.context.schema.allows(id, own, kinds), verbs.first()) {
                    let leads = towards.is_some_and(|kind| self.context.schema.allows(id, own.other(), &[kind]));
                    sentences.push((!leads, format!("`{subject} {verb} what`")));
                }
            }
        }
        sentences.sort_by_key(|(is_other, _)| *is_other);
        let sentences: Vec<String> = sentences.into_iter().take(LISTED).map(|(_, sentence)| sentence).collect();
        match (self.nouns_for(kinds, &is), sentences.is_empty()) {
            (hint, true) => hint,
            (Some(hint), false) => Some(format!("{hint}; and {}", listed(sentences))),
            (None, false) => Some(format!("of {is} can be asked: {}", listed(sentences))),
        }
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
