//! Words: cuts a run of words into what the graph and its schema know by name, by longest match.

use crate::model::{EntityId, KindId, Names, QualifierId, RelationTypeId};
use crate::schema::{End, Meaning};
use crate::session::Session;

/// A word of a run, or several in quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Word(String),
    Quoted(String),
    /// `-causes->`, with the words in it.
    Arrow(String),
}

/// What a piece of a run stands for; a word can mean several things.
#[derive(Clone, Debug, Default)]
pub(crate) struct Item {
    pub nouns: Vec<(RelationTypeId, End)>,
    pub verbs: Vec<(RelationTypeId, End)>,
    pub kinds: Vec<KindId>,
    pub qualifiers: Vec<QualifierId>,
    pub entities: Vec<EntityId>,
    pub special: Option<Special>,
    /// How many pieces of the run it takes.
    pub taken: usize,
}

/// A piece that means the same in every graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Special {
    /// `what`, `it`, or a name that `let` gave: a term.
    Term,
    /// `exactly`.
    Exactly,
    /// `does`.
    Does,
}

impl Item {
    /// Whether it can stand for entities.
    pub fn is_term(&self) -> bool {
        !self.nouns.is_empty() || !self.kinds.is_empty() || !self.entities.is_empty() || self.special == Some(Special::Term)
    }

    /// The kinds that its entities can have; none means any.
    pub fn term_kinds(&self, session: &Session) -> Vec<KindId> {
        let mut kinds: Vec<KindId> = self.entities.iter().flat_map(|id| session.graph().kinds_below(*id)).collect();
        if kinds.is_empty() {
            kinds.clone_from(&self.kinds);
        }
        kinds
    }

    fn is_nothing(&self) -> bool {
        !self.is_term() && self.verbs.is_empty() && self.qualifiers.is_empty() && self.special.is_none()
    }
}

/// The items of a run; `None` if a word of it is unknown.
pub(crate) fn cut(session: &Session, run: &[Piece]) -> Option<Vec<Item>> {
    let mut items = Vec::new();
    let mut at = 0;
    while at < run.len() {
        let item = longest(session, &run[at..])?;
        at += item.taken;
        items.push(item);
    }
    Some(items)
}

/// The longest item that a run begins with.
pub(crate) fn longest(session: &Session, run: &[Piece]) -> Option<Item> {
    match run.first()? {
        Piece::Quoted(words) => return named(session, words, 1),
        Piece::Arrow(words) => {
            let mut item = named(session, words, 1).unwrap_or_default();
            item = Item { verbs: item.verbs, taken: 1, ..Item::default() };
            return Some(item);
        }
        Piece::Word(_) => {}
    }
    let words: Vec<&str> = run.iter().map_while(|piece| if let Piece::Word(word) = piece { Some(word.as_str()) } else { None }).collect();
    let longest = session.lexicon().longest().max(session.graph().longest_name()).min(words.len());
    (1..=longest).rev().find_map(|count| named(session, &words[..count].join(" "), count)).or_else(|| special(words[0]))
}

/// What words mean all together.
fn named(session: &Session, words: &str, taken: usize) -> Option<Item> {
    let mut item = Item { taken, entities: session.graph().called(words), ..Item::default() };
    for meaning in session.lexicon().meanings(words) {
        match meaning {
            Meaning::Noun(relation_type, end) => item.nouns.push((relation_type, end)),
            Meaning::Verb(relation_type, end) => item.verbs.push((relation_type, end)),
            Meaning::Kind(kind) => item.kinds.push(kind),
            Meaning::Qualifier(qualifier) => item.qualifiers.push(qualifier),
        }
    }
    let folded = crate::model::fold(words);
    if session.given_names().any(|name| name == folded) {
        item.special = Some(Special::Term);
    }
    (!item.is_nothing()).then_some(item)
}

fn special(word: &str) -> Option<Item> {
    let special = match word.to_lowercase().as_str() {
        "what" | "which" | "it" => Special::Term,
        "exactly" => Special::Exactly,
        "does" | "do" => Special::Does,
        _ => return None,
    };
    Some(Item { special: Some(special), taken: 1, ..Item::default() })
}
