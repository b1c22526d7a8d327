//! Plain English: what a question that is no phrase may have meant, as a phrase to type instead.

use crate::diagnostic::{Code, Diagnostic};
use crate::query::syntax::tree::{PieceKind, Run};
use crate::schema::Meaning;

use super::builder::Builder;

/// What a question names, in its own words.
#[derive(Default)]
struct Gist {
    noun: Option<String>,
    verb: Option<String>,
    names: Vec<String>,
}

impl Builder<'_> {
    /// The complaint about words that mean nothing, with the phrase that they come near to, if they do.
    pub(super) fn with_phrase(&self, complaint: Diagnostic, run: &Run, of: Option<&Run>) -> Diagnostic {
        if !matches!(complaint.code, Code::UnknownName | Code::UnknownRelation | Code::BadSentence) {
            return complaint;
        }
        match self.phrase_for(run, of) {
            Some(phrase) => Diagnostic { help: vec![format!("try `{phrase}`")], ..complaint },
            None => complaint,
        }
    }

    fn phrase_for(&self, run: &Run, of: Option<&Run>) -> Option<String> {
        let words: Vec<&str> = run
            .pieces
            .iter()
            .filter_map(|piece| match &piece.kind {
                PieceKind::Word(word) | PieceKind::Quoted(word) => Some(word.as_str()),
                _ => None,
            })
            .collect();
        // A single unknown word is a slip of the pen: the nearest names say more.
        if words.len() < 2 && of.is_none() {
            return None;
        }
        let gist = self.gist(&words);
        let counts = words.iter().take(3).any(|word| word.eq_ignore_ascii_case("many"));
        let count = if counts { "count " } else { "" };
        let name = |at: usize| gist.names.get(at).map(|name| quoted_if_needed(name));
        match (&gist.noun, &gist.verb, of) {
            (Some(noun), _, Some(of)) if !self.noun_fits(noun, of) => None,
            (Some(noun), _, Some(of)) => Some(format!("{count}{noun} of {}", super::phrase::run_text(of))),
            (Some(noun), _, None) => Some(match name(0) {
                Some(name) => format!("{count}{noun} of {name}"),
                None => format!("{count}{noun}"),
            }),
            (None, Some(verb), None) => match (name(0), name(1)) {
                (Some(subject), Some(object)) => Some(format!("{subject} {verb} {object}")),
                (Some(subject), None) => Some(format!("{subject} {verb} what")),
                (None, _) => None,
            },
            (None, None, None) => name(0),
            (None, _, Some(_)) => None,
        }
    }

    /// Whether a noun can be asked of what a run names.
    fn noun_fits(&self, noun: &str, of: &Run) -> bool {
        let kinds: Vec<_> = self
            .context
            .names
            .called(&super::phrase::run_text(of))
            .iter()
            .flat_map(|entity| self.context.names.kinds_below(*entity))
            .collect();
        let fits = |meaning: &Meaning| match meaning {
            Meaning::Noun(id, end) => self.context.schema.allows(*id, end.other(), &kinds),
            _ => false,
        };
        kinds.is_empty() || self.context.lexicon.meanings(noun).iter().any(fits)
    }

    /// The first noun, the first verb and the names among the words, the longest at each place; other words are passed over.
    fn gist(&self, words: &[&str]) -> Gist {
        let mut gist = Gist::default();
        let longest = self.context.lexicon.longest().max(self.context.names.longest_name());
        let mut at = 0;
        while at < words.len() {
            let most = longest.min(words.len() - at);
            let taken = (1..=most).rev().find(|count| self.note(&words[at..at + count].join(" "), &mut gist));
            at += taken.unwrap_or(1);
        }
        gist
    }

    /// Notes what the words mean; whether they mean anything.
    fn note(&self, text: &str, gist: &mut Gist) -> bool {
        let meanings = self.context.lexicon.meanings(text);
        let is_noun = meanings.iter().any(|meaning| matches!(meaning, Meaning::Noun(..)));
        let is_verb = meanings.iter().any(|meaning| matches!(meaning, Meaning::Verb(..)));
        if is_noun && gist.noun.is_none() {
            gist.noun = Some(text.to_owned());
        } else if is_verb && gist.verb.is_none() {
            gist.verb = Some(text.to_owned());
        } else if !self.context.names.called(text).is_empty() {
            gist.names.push(text.to_owned());
        } else {
            return !meanings.is_empty();
        }
        true
    }
}

/// A name as a query can hold it.
fn quoted_if_needed(name: &str) -> String {
    let reserved = |word: &str| crate::query::syntax::keyword(word).is_some();
    if name.split(' ').any(reserved) { format!("\"{name}\"") } else { name.to_owned() }
}
