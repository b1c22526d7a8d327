//! Search: entities by words in their names, identifiers or definitions, typos tolerated, ranked. The index of words says who may
//! answer, the score says how well each one does.

use crate::model::{EntityId, Found, Place};
use crate::store::graph::Graph;

use super::score::{SHORTEST_PIECE, Wanted};
use super::texts::each_name;
use super::words::{Part, Words};

impl Graph {
    /// The entities in whose names, identifiers or definitions the words stand, best first; each entity once, with
    /// its best text. Equal scores are in the order of place, then of the graph.
    pub fn search(&self, words: &str) -> Vec<Found> {
        let Some(wanted) = Wanted::new(words) else { return Vec::new() };
        let (mut named, defined) = self.candidates(&wanted, true);
        named.extend(&defined);
        named.sort_unstable();
        named.dedup();
        let is_defined = |entity: u32| defined.binary_search(&entity).is_ok();
        ranked(named.into_iter().filter_map(|entity| self.best_match(EntityId(entity), &wanted, is_defined(entity))).collect())
    }

    /// The same without definitions, and not more than `limit`.
    pub(super) fn search_names(&self, words: &str, limit: usize) -> Vec<Found> {
        let Some(wanted) = Wanted::new(words) else { return Vec::new() };
        let (named, _) = self.candidates(&wanted, false);
        let mut found = ranked(named.into_iter().filter_map(|entity| self.best_match(EntityId(entity), &wanted, false)).collect());
        found.truncate(limit);
        found
    }

    /// The best text of an entity.
    fn best_match(&self, entity: EntityId, wanted: &Wanted, with_definition: bool) -> Option<Found> {
        let mut best = None::<Found>;
        let mut offer = |text: &str, place: Place| {
            let so_far = best.as_ref().map_or(0.0, |best| best.score);
            let Some(score) = wanted.score(text, place, so_far) else { return };
            let better = best.as_ref().is_none_or(|best| score.total_cmp(&best.score).then(weight(best.place).cmp(&weight(place))).is_ge());
            if better {
                best = Some(Found { entity, text: text.to_owned(), place, score });
            }
        };
        each_name(self, entity, &mut offer);
        if let Some(definition) = self.definition(entity).filter(|_| with_definition) {
            offer(definition, Place::Definition);
        }
        best
    }

    /// The entities that may answer: by their names or identifiers, and (ascending) by their definitions.
    fn candidates(&self, wanted: &Wanted, with_definitions: bool) -> (Vec<u32>, Vec<u32>) {
        if wanted.words.is_empty() {
            // Signs alone stand in no index.
            let all: Vec<u32> = if wanted.is_part() { self.entities().map(|id| id.0).collect() } else { Vec::new() };
            return (all.clone(), all);
        }
        let index = self.name_index();
        let words = index.words(self);
        let mut named = Tally::new(self.entity_count());
        let mut defined = Tally::new(if with_definitions { self.entity_count() } else { 0 });
        for at in 0..wanted.words.len() {
            each_word(words, wanted, at, &mut |word, is_spelled_so| {
                words.entities(word, Part::Names).for_each(|entity| named.add(entity, at));
                if is_spelled_so && with_definitions {
                    words.entities(word, Part::Definition).for_each(|entity| defined.add(entity, at));
                }
            });
            for entity in split_in_two(words, &wanted.words[at].text) {
                named.add(entity, at);
            }
        }
        let mut found = named.with(wanted.needed());
        found.extend(index.exactly(&wanted.folded, &wanted.identifier));
        found.sort_unstable();
        found.dedup();
        found.retain(|entity| (*entity as usize) < self.entity_count());
        let mut defining = defined.with(wanted.words.len());
        defining.sort_unstable();
        (found, defining)
    }
}

/// The words of the graph that may stand for a wanted one, and whether they have it as it was typed: those that begin with it, those
/// that hold it (or end with it, where more words follow), those that differ by a slip, and those that two wanted words make
/// together.
fn each_word(words: &Words, wanted: &Wanted, at: usize, found: &mut impl FnMut(usize, bool)) {
    let want = &wanted.words[at];
    words.beginning(&want.text).for_each(|word| found(word, true));
    if at == 0 && wanted.is_part() {
        words.holding(&want.text, wanted.words.len() > 1, |word| found(word, true));
    }
    if let Some(typed) = &want.typed {
        words.near(typed, |word| found(word, false));
    }
    let neighbours = [at.checked_sub(1).map(|before| (before, at)), Some((at, at + 1))];
    for (left, right) in neighbours.into_iter().flatten() {
        let Some((left, right)) = wanted.words.get(left).zip(wanted.words.get(right)) else { continue };
        if left.text.len() >= SHORTEST_PIECE && right.text.len() >= SHORTEST_PIECE {
            let joined = format!("{}{}", left.text, right.text);
            words.position(joined.as_bytes()).into_iter().for_each(|word| found(word, false));
        }
    }
}

/// The entities that have both words of which a wanted one was made by leaving out the space.
fn split_in_two(words: &Words, want: &str) -> Vec<u32> {
    /// No word is so long, and each of its letters is a place to cut it.
    const LONGEST: usize = 100;
    let mut both = Vec::new();
    if want.len() > LONGEST {
        return both;
    }
    for cut in SHORTEST_PIECE..(want.len() + 1).saturating_sub(SHORTEST_PIECE) {
        let (left, right) = want.as_bytes().split_at(cut);
        let Some((left, right)) = words.position(left).zip(words.position(right)) else { continue };
        let of_right: Vec<u32> = words.entities(right, Part::Names).collect();
        both.extend(words.entities(left, Part::Names).filter(|entity| of_right.binary_search(entity).is_ok()));
    }
    both
}

/// Best first.
fn ranked(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by(|left, right| {
        right.score.total_cmp(&left.score).then(weight(left.place).cmp(&weight(right.place))).then(left.entity.cmp(&right.entity))
    });
    found
}

/// Which of two texts that match alike is shown: a name says more than an id.
fn weight(place: Place) -> u8 {
    match place {
        Place::Name => 0,
        Place::Synonym => 1,
        Place::RelatedSynonym => 2,
        Place::Identifier => 3,
        Place::Definition => 4,
    }
}

/// How many of the wanted words each entity has.
struct Tally {
    /// For each entity the wanted word that it was last counted for (from 1), and the count.
    counts: Vec<(u16, u16)>,
    met: Vec<u32>,
}

impl Tally {
    fn new(entities: usize) -> Tally {
        Tally { counts: vec![(0, 0); entities], met: Vec::new() }
    }

    fn add(&mut self, entity: u32, want: usize) {
        let Some((last, count)) = self.counts.get_mut(entity as usize) else { return };
        let want = u16::try_from(want + 1).unwrap_or(u16::MAX);
        if *last != want {
            if *count == 0 {
                self.met.push(entity);
            }
            (*last, *count) = (want, count.saturating_add(1));
        }
    }

    fn with(self, needed: usize) -> Vec<u32> {
        let Tally { counts, met } = self;
        met.into_iter().filter(|entity| counts.get(*entity as usize).is_some_and(|(_, count)| usize::from(*count) >= needed)).collect()
    }
}

/// The words of a text as they are searched for; for tests that search without the index.
#[cfg(test)]
pub(super) fn scan(graph: &Graph, words: &str) -> Vec<Found> {
    let Some(wanted) = Wanted::new(words) else { return Vec::new() };
    ranked(graph.entities().filter_map(|entity| graph.best_match(entity, &wanted, true)).collect())
}
