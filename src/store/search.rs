//! Search: entities by words in their names, identifiers or definitions, typos tolerated, ranked.

use crate::diagnostic::likeness;
use crate::model::{EntityId, Found, Place, fold};

use super::graph::Graph;
use super::name_index::names_of;

/// Below this a text has too little in common with the words to be worth showing.
const WORTH_SHOWING: f64 = 0.6;

impl Graph {
    /// The entities in whose names, identifiers or definitions the words stand, best first; each entity once, with
    /// its best text. Equal scores are in the order of place, then of the graph.
    pub fn search(&self, words: &str) -> Vec<Found> {
        let wanted = fold(words);
        const LONGEST_WANTED: usize = 10_000;
        if wanted.is_empty() || wanted.len() > LONGEST_WANTED {
            return Vec::new();
        }
        let mut found: Vec<Found> = self.entities().filter_map(|entity| self.best_match(entity, &wanted)).collect();
        found.sort_by(|left, right| {
            right.score.total_cmp(&left.score).then(weight(left.place).cmp(&weight(right.place))).then(left.entity.cmp(&right.entity))
        });
        found
    }

    fn best_match(&self, entity: EntityId, wanted: &str) -> Option<Found> {
        let definition = self.definition(entity).map(|text| (text, Place::Definition));
        names_of(self, entity)
            .chain(definition)
            .map(|(text, place)| (score(wanted, &fold(text), place), text, place))
            .filter(|(score, _, _)| *score >= WORTH_SHOWING)
            .max_by(|left, right| left.0.total_cmp(&right.0).then(weight(right.2).cmp(&weight(left.2))))
            .map(|(score, text, place)| Found { entity, text: text.to_owned(), place, score })
    }
}

/// Which of two texts that match alike is shown: a name says more than an id.
fn weight(place: Place) -> u8 {
    match place {
        Place::Name => 0,
        Place::Synonym => 1,
        Place::Identifier => 2,
        Place::Definition => 3,
    }
}

/// How well a folded text answers folded words: the same words 1; all the words as whole words 0.9; as beginnings of
/// words 0.85; as a part 0.75 (a definition always less than a name); else by likeness, word by word.
fn score(wanted: &str, text: &str, place: Place) -> f64 {
    let raw = if text == wanted {
        1.0
    } else {
        let text_words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let every = |test: &dyn Fn(&str, &str) -> bool| wanted.split(' ').all(|want| text_words.iter().any(|word| test(want, word)));
        let share = wanted.chars().count() as f64 / text.chars().count().max(1) as f64;
        if every(&|want, word| want == word) {
            0.9 + 0.05 * share
        } else if every(&|want, word| word.starts_with(want)) {
            0.85 + 0.05 * share
        } else if wanted.chars().count() >= 3 && text.contains(wanted) {
            0.75 + 0.05 * share
        } else if place == Place::Definition {
            0.0
        } else {
            typo_score(wanted, text, &text_words)
        }
    };
    match place {
        // A definition speaks of many things: it counts, but below every name.
        Place::Definition => raw * 0.8,
        _ => raw,
    }
}

/// Likeness of the whole, or of each wanted word with its nearest word; at most 0.84, below every true match.
fn typo_score(wanted: &str, text: &str, text_words: &[&str]) -> f64 {
    // No name is so long: what is longer is no slip of the pen, and comparing it would take forever.
    const LONGEST_COMPARED: usize = 200;
    if wanted.len() > LONGEST_COMPARED {
        return 0.0;
    }
    let whole = likeness(wanted, text);
    let mut sum = 0.0;
    let mut count = 0.0;
    for want in wanted.split(' ') {
        sum += text_words.iter().map(|word| likeness(want, word)).fold(0.0, f64::max);
        count += 1.0;
    }
    let by_word = if count > 0.0 { sum / count * 0.95 } else { 0.0 };
    // A typo leaves most of a word standing.
    let likeliest = whole.max(by_word);
    if likeliest >= 0.7 { likeliest * 0.84 } else { 0.0 }
}
