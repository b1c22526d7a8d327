//! Expected: what the words of an operand, cut into names and verbs, want next.

use super::super::words::{Item, Special};
use super::Offer;

/// What a run of items wants next.
pub(super) enum Expected<'a> {
    Term,
    Verb(&'a Item),
    Nothing,
}

pub(super) fn expected(items: &[Item]) -> Expected<'_> {
    let Some(last) = items.last() else { return Expected::Term };
    let mut wants_term = true;
    let mut done = false;
    for (place, item) in items.iter().enumerate() {
        // `which trigger causes …`: the kind goes with the word in front of it.
        if place == 1 && items[0].special == Some(Special::Term) && item.verbs.is_empty() && !item.kinds.is_empty() {
            continue;
        }
        match item.special {
            Some(Special::Exactly) => wants_term = true,
            Some(Special::Does) => (wants_term, done) = (true, true),
            _ if wants_term => {
                if !item.is_term() {
                    return Expected::Nothing;
                }
                wants_term = false;
            }
            _ if item.verbs.is_empty() => return Expected::Nothing,
            // Behind `what does X`, the verb is the last word.
            _ => wants_term = !done,
        }
    }
    if wants_term { Expected::Term } else { Expected::Verb(last) }
}

/// What an operand can begin with.
pub(super) fn operands(words: &'static [&'static str]) -> Vec<Offer> {
    vec![Offer::Nouns, Offer::Kinds, Offer::Begun, Offer::Given, Offer::Keywords(words)]
}
