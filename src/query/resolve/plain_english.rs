//! Plain English: what a question that is no phrase may have meant, as a phrase to type instead.

use crate::diagnostic::{Code, Diagnostic};
use crate::query::syntax::tree::{PieceKind, Run};
use crate::query::syntax::written;
use crate::schema::{End, Meaning};

use super::builder::Builder;

/// What a question names, in its own words.
#[derive(Default)]
struct Gist {
    noun: Option<String>,
    verb: Option<String>,
    names: Vec<String>,
    /// Words that mean nothing and more than politeness or grammar: a phrase without them asks for something else.
    left_out: bool,
}

/// Words that a question can lose without asking for something else.
const FILLERS: &[&str] = &[
    "what", "which", "who", "are", "is", "was", "were", "the", "a", "an", "does", "do", "did", "have", "has", "had", "how", "many", "can",
    "could", "me", "tell", "show", "give", "list", "please", "there", "known", "all", "some", "any", "about", "for", "exist", "get",
    "find", "you", "i",
];

impl Builder<'_> {
    /// The complaint about words that mean nothing, with the phrase that they come near to, if they do.
    pub(super) fn with_phrase(&self, complaint: Diagnostic, run: &Run, of: Option<&Run>) -> Diagnostic {
        if !matches!(complaint.code, Code::UnknownName | Code::UnknownRelation | Code::BadSentence) {
            return complaint;
        }
        match self.phrase_for(run, of) {
            Some((phrase, certain)) => {
                // Both runs with the `of` between them; where more stands between them, the phrase is only a part of what was meant.
                let whole = of.map_or(run.span.clone(), |of| run.span.start..of.span.end);
                let together = of.is_none_or(|of| of.span.start.saturating_sub(run.span.end) <= 4);
                let complaint = Diagnostic { help: vec![format!("try `{phrase}`")], ..complaint };
                // Fewer words than were typed can leave out what was meant: that comes behind what mends a single word.
                if together && certain { complaint.fix(whole, phrase) } else { complaint }
            }
            None => complaint,
        }
    }

    /// The phrase, and whether it asks for all that was typed.
    fn phrase_for(&self, run: &Run, of: Option<&Run>) -> Option<(String, bool)> {
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
        let certain = !gist.left_out && (gist.noun.is_some() || gist.verb.is_some());
        self.phrase_of(&gist, &words, of).map(|phrase| (phrase, certain))
    }

    fn phrase_of(&self, gist: &Gist, words: &[&str], of: Option<&Run>) -> Option<String> {
        let counts = words.iter().take(3).any(|word| word.eq_ignore_ascii_case("many"));
        let count = if counts { "count " } else { "" };
        let name = |at: usize| gist.names.get(at).map(|name| written(name));
        let asks = words.first().is_some_and(|word| ["is", "are", "was", "were", "does", "do"].contains(&word.to_lowercase().as_str()));
        if let (true, Some(noun), Some(of), Some(named)) = (asks, &gist.noun, of, name(0)) {
            return self.sentence_of(noun, &super::phrase::run_text(of), &named);
        }
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

    /// `is A a symptom of B` as `B has symptom A`.
    fn sentence_of(&self, noun: &str, of: &str, named: &str) -> Option<String> {
        let (relation_type, end) = self.context.lexicon.meanings(noun).iter().find_map(|meaning| match meaning {
            Meaning::Noun(id, end) => Some((&self.context.schema.relation_types[id.index()], *end)),
            _ => None,
        })?;
        let verb = relation_type.verbs.first()?;
        Some(match end {
            End::Target => format!("{} {verb} {named}", written(of)),
            End::Source => format!("{named} {verb} {}", written(of)),
        })
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
            gist.left_out |= taken.is_none() && !FILLERS.contains(&words[at].to_lowercase().as_str());
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
