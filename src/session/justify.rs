//! Justify: what an answer to `why` shows beside its rows: the cited sentences with their neighbours, and who else speaks of the same.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use crate::answer::{Answer, Evidence, Justification, RelationCard, Sentence};
use crate::formats::check::sentences;
use crate::store::Graph;

use super::Session;

/// An answer with more relations than this is told as a table.
const MOST_TOLD: usize = 24;

/// Of more pairs than this nobody asks what else is said of them.
const MOST_PAIRS: usize = 6;

/// What stands beside the rows of an answer to `why`; nothing where they are too many to be told one by one.
pub(super) fn justification(session: &Session, answer: &Answer, is_row: bool) -> Option<Box<Justification>> {
    let relations = &answer.view.relations;
    if relations.is_empty() || relations.len() > MOST_TOLD {
        return None;
    }
    let beside = if is_row { beside(session, answer) } else { Vec::new() };
    let passages = session.sources.as_deref().map_or_else(Vec::new, |folder| passages(&answer.evidence, &session.knowledge.graph, folder));
    Some(Box::new(Justification { passages, beside }))
}

/// What else is said of the pairs of an answer: an answer for each pair of which there is more.
fn beside(session: &Session, answer: &Answer) -> Vec<Answer> {
    let id = |answer: &Answer, at: usize| answer.view.entities.get(at).map_or_else(String::new, |entity| entity.id.clone());
    let pairs: BTreeSet<(String, &str, String)> =
        answer.view.relations.iter().map(|card| (id(answer, card.from), card.relation_type.as_str(), id(answer, card.to))).collect();
    let told: HashSet<&str> = answer.view.relations.iter().map(|card| card.statement.as_str()).collect();
    let more = |(from, relation, to): &(String, &str, String)| {
        // An id that the language cannot write is not asked about.
        let spells = |text: &str| !text.is_empty() && !text.contains(['"', '\n']) && !text.chars().any(char::is_control);
        if !spells(from) || !spells(to) {
            return None;
        }
        let mut found = session.asked_aside(&format!("why exactly \"{from}\" -{relation}-> exactly \"{to}\""))?;
        let is_other = |card: &RelationCard| !told.contains(card.statement.as_str());
        found.view.relations.retain(is_other);
        if let Some(folder) = &session.sources {
            found.justification =
                Some(Box::new(Justification { passages: passages(&found.evidence, &session.knowledge.graph, folder), beside: Vec::new() }));
        }
        (!found.view.relations.is_empty()).then_some(found)
    };
    pairs.iter().take(MOST_PAIRS).filter_map(more).collect()
}

/// The cited sentences of each item of evidence whose source is at hand, with one before and one after.
fn passages(evidence: &[Evidence], graph: &Graph, folder: &Path) -> Vec<(usize, Vec<Sentence>)> {
    let mut found = Vec::new();
    let mut texts: std::collections::HashMap<&str, Vec<Option<String>>> = std::collections::HashMap::new();
    for (position, item) in evidence.iter().enumerate() {
        let Some(slug) = item.source.as_deref() else { continue };
        let Some(source) = graph.sources().iter().find(|source| source.slug == slug) else { continue };
        // What stands in the way is told with the quotes.
        let lines = texts.entry(slug).or_insert_with(|| sentences(folder, source).unwrap_or_default());
        let near: BTreeSet<u32> = item.sentences.iter().flat_map(|number| number.saturating_sub(1)..=number.saturating_add(1)).collect();
        let sentence = |number: u32| {
            let text = lines.get((number as usize).checked_sub(1)?)?.clone()?;
            Some(Sentence { number, text, cited: item.sentences.contains(&number) })
        };
        let passage: Vec<Sentence> = near.into_iter().filter_map(sentence).collect();
        if passage.iter().any(|sentence| sentence.cited) {
            found.push((position, passage));
        }
    }
    found
}
