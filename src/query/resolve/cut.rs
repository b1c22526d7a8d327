//! Cut: a run of words into the names and words that the graph and its schema know, the longest first.

use crate::algebra::Member;
use crate::diagnostic::Diagnostic;
use crate::model::{EntityId, fold};
use crate::query::syntax::tree::{Piece, PieceKind, Run, Span};
use crate::schema::Meaning;

use super::builder::Builder;
use super::fault;

/// The terms and relations that a sentence can have together.
const MOST_ITEMS: usize = 200;

/// A part of a run that means something.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub meaning: ItemMeaning,
    /// The words as typed, without quotation marks.
    pub text: String,
    pub span: Span,
}

/// What a part of a run means. What a word is, noun or verb or kind, is decided by where it stands.
#[derive(Clone, Debug)]
pub(super) enum ItemMeaning {
    What,
    Does,
    It,
    /// The members of an answer that `let` named.
    Named(Vec<Member>),
    /// Words of the schema, of the graph, or of both.
    Words {
        meanings: Vec<Meaning>,
        entities: Vec<EntityId>,
        exactly: bool,
    },
    /// `-binds->` or `<-binds-`.
    Arrow {
        forward: bool,
    },
}

impl Builder<'_> {
    /// The items of a run. Quoted words are one item; bare words are cut by longest match, from the left.
    pub(super) fn cut(&self, run: &Run) -> Result<Vec<Item>, Diagnostic> {
        let mut items = Vec::new();
        let mut exactly: Option<Span> = None;
        let mut at = 0;
        while at < run.pieces.len() {
            if items.len() > MOST_ITEMS {
                return Err(fault::too_long(run.pieces[at].span.clone(), MOST_ITEMS));
            }
            let piece = &run.pieces[at];
            let span = piece.span.clone();
            match &piece.kind {
                PieceKind::Exactly => {
                    exactly = Some(span);
                    at += 1;
                    continue;
                }
                PieceKind::Word(_) => {
                    let (mut item, taken) = self.longest_match(&run.pieces[at..]).map_err(|complaint| {
                        let whole = words_of(&run.pieces);
                        let is_name = at > 0 && whole.len() == run.pieces.len();
                        let whole = is_name.then(|| (whole.join(" "), run.span.clone()));
                        fault::unknown_in_run(complaint, whole.as_slice(), self.context)
                    })?;
                    if let (Some(before), ItemMeaning::Words { exactly: flag, .. }) = (exactly.take(), &mut item.meaning) {
                        *flag = true;
                        item.span = before.start..item.span.end;
                    }
                    items.push(item);
                    at += taken;
                    continue;
                }
                PieceKind::Quoted(text) => items.push(self.quoted(text, span, exactly.take().is_some())?),
                PieceKind::What => items.push(Item { meaning: ItemMeaning::What, text: "what".to_owned(), span }),
                PieceKind::Does => items.push(Item { meaning: ItemMeaning::Does, text: "does".to_owned(), span }),
                PieceKind::It => items.push(Item { meaning: ItemMeaning::It, text: "it".to_owned(), span }),
                PieceKind::Arrow { words, forward } => {
                    items.push(Item { meaning: ItemMeaning::Arrow { forward: *forward }, text: words.clone(), span });
                }
            }
            at += 1;
        }
        match exactly {
            Some(span) => Err(fault::exactly_what(span)),
            None => Ok(items),
        }
    }

    fn quoted(&self, text: &str, span: Span, exactly: bool) -> Result<Item, Diagnostic> {
        let entities = self.context.names.called(text);
        let meanings = if entities.is_empty() { self.context.lexicon.meanings(text).to_vec() } else { Vec::new() };
        if entities.is_empty() && meanings.is_empty() {
            return Err(fault::unknown_name(text, span, self.context));
        }
        Ok(Item { meaning: ItemMeaning::Words { meanings, entities, exactly }, text: text.to_owned(), span })
    }

    /// The longest name that the words begin with, and how many words it takes.
    fn longest_match(&self, pieces: &[Piece]) -> Result<(Item, usize), Diagnostic> {
        match self.match_at(pieces) {
            Some(found) => Ok(found),
            None => {
                // What is unknown reaches up to the next word that means something.
                const MOST_SHOWN: usize = 12;
                let words = words_of(&pieces[..pieces.len().min(MOST_SHOWN)]);
                let most = words.len();
                let unknown = (1..most).find(|at| self.match_at(&pieces[*at..]).is_some()).unwrap_or(most);
                let span = pieces[0].span.start..pieces[unknown - 1].span.end;
                let complaint = fault::unknown_name(&words[..unknown].join(" "), span, self.context);
                let rest = (unknown < most).then(|| (words.join(" "), pieces[0].span.start..pieces[most - 1].span.end));
                Err(fault::unknown_in_run(complaint, rest.as_slice(), self.context))
            }
        }
    }

    fn match_at(&self, pieces: &[Piece]) -> Option<(Item, usize)> {
        let longest = self.context.lexicon.longest().max(self.context.names.longest_name());
        let words = words_of(&pieces[..longest.min(pieces.len())]);
        let longest = words.len();
        for count in (1..=longest).rev() {
            let text = words[..count].join(" ");
            let span = pieces[0].span.start..pieces[count - 1].span.end;
            if let Some(members) = self.context.memory.named.get(&fold(&text)) {
                return Some((Item { meaning: ItemMeaning::Named(members.clone()), text, span }, count));
            }
            let meanings: Vec<Meaning> =
                self.context.lexicon.meanings(&text).iter().filter(|meaning| !matches!(meaning, Meaning::Qualifier(_))).copied().collect();
            let entities = self.context.names.called(&text);
            if !meanings.is_empty() || !entities.is_empty() {
                return Some((Item { meaning: ItemMeaning::Words { meanings, entities, exactly: false }, text, span }, count));
            }
        }
        None
    }
}

/// The bare words that the pieces begin with.
fn words_of(pieces: &[Piece]) -> Vec<&str> {
    pieces
        .iter()
        .map_while(|piece| match &piece.kind {
            PieceKind::Word(word) => Some(word.as_str()),
            _ => None,
        })
        .collect()
}

impl Item {
    /// The words of the schema that it can be.
    pub fn meanings(&self) -> &[Meaning] {
        match &self.meaning {
            ItemMeaning::Words { meanings, .. } => meanings,
            _ => &[],
        }
    }

    /// The entities that it can be.
    pub fn entities(&self) -> &[EntityId] {
        match &self.meaning {
            ItemMeaning::Words { entities, .. } => entities,
            _ => &[],
        }
    }

    /// Whether `exactly` stands before it.
    pub fn is_exact(&self) -> bool {
        matches!(self.meaning, ItemMeaning::Words { exactly: true, .. })
    }
}
