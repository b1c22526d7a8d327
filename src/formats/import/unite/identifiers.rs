//! Identifiers: which ids, and identifiers elsewhere, more than one graph knows, each in its one spelling.

use std::borrow::Cow;

use crate::model::canonical;
use crate::store::{FastMap, hash};

use super::GraphDraft;

/// Where a draft speaks of an identifier.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mention {
    hash: u64,
    /// The draft.
    pub draft: u32,
    /// The entity that has the identifier.
    pub entity: u32,
    /// 0 if it is the entity's id, else its place among its identifiers elsewhere, counted from 1.
    pub place: u32,
}

/// Identifiers of texts about things, not of things: to share one says nothing.
const TEXTS: &[&str] = &["DOI", "ISBN", "ISBN-10", "ISBN-13", "ORCID", "PMC", "PMID"];

/// Classifications, whose codes hold many things each: to share one says little.
const CLASSIFICATIONS: &[&str] = &["ICD-10", "ICD-11", "ICD-9", "ICD-O", "ICD10", "ICD10CM", "ICD11", "ICD9", "ICD9CM", "ICDO"];

/// The collection that an identifier stands in; none if it is a bare word that means something in its graph alone.
pub(super) fn collection(identifier: &str) -> Option<&str> {
    if is_address(identifier) {
        return identifier.rfind(['/', '#']).map(|at| &identifier[..at]);
    }
    let (prefix, local) = identifier.split_once(':')?;
    (!prefix.is_empty() && !local.is_empty() && prefix != "_").then_some(prefix)
}

fn is_address(identifier: &str) -> bool {
    identifier.starts_with("http://") || identifier.starts_with("https://")
}

/// Whether it can say of two entities that they are one where it is the id of neither.
pub(super) fn is_telling(identifier: &str) -> bool {
    !is_address(identifier) && collection(identifier).is_some_and(|prefix| !CLASSIFICATIONS.contains(&prefix))
}

/// Whether something that names it elsewhere can be what has it as its id.
pub(super) fn is_of_a_thing(identifier: &str) -> bool {
    collection(identifier).is_some_and(|prefix| !TEXTS.contains(&prefix))
}

/// The id of an entity as it is written.
pub(super) fn slug(drafts: &[GraphDraft], mention: Mention) -> &str {
    drafts[mention.draft as usize].entities.slugs.get(mention.entity as usize)
}

/// The identifiers of an entity elsewhere.
pub(super) fn xrefs(draft: &GraphDraft, entity: u32) -> &[String] {
    draft.entities.xrefs.get(entity as usize).map_or(&[], Vec::as_slice)
}

/// The identifier in its one spelling.
pub(super) fn text(drafts: &[GraphDraft], mention: Mention) -> Cow<'_, str> {
    match mention.place.checked_sub(1) {
        None => canonical(slug(drafts, mention)),
        Some(at) => {
            xrefs(&drafts[mention.draft as usize], mention.entity).get(at as usize).map_or(Cow::Borrowed(""), |xref| canonical(xref))
        }
    }
}

/// The mentions of identifiers that at least two drafts have, those of one identifier together, by draft, entity and place. An
/// identifier of a text, or a bare word, counts only where it is the id of an entity.
pub(super) fn shared(drafts: &[GraphDraft]) -> Vec<Vec<Mention>> {
    let largest = (0..drafts.len()).max_by_key(|at| (drafts[*at].entities.slugs.len(), std::cmp::Reverse(*at))).unwrap_or_default();
    let mut mentions = Vec::new();
    for at in (0..drafts.len()).filter(|at| *at != largest) {
        gather(drafts, at, |mention| mentions.push(mention));
    }
    // Of the largest, what nobody else has needs no room.
    let known: FastMap<u64, ()> = mentions.iter().map(|mention: &Mention| (mention.hash, ())).collect();
    gather(drafts, largest, |mention| {
        if known.contains_key(&mention.hash) {
            mentions.push(mention);
        }
    });
    mentions.sort_unstable_by_key(|mention| (mention.hash, mention.draft, mention.entity, mention.place));
    let mut groups = Vec::new();
    for run in mentions.chunk_by(|left, right| left.hash == right.hash) {
        if run.first().map(|mention| mention.draft) == run.last().map(|mention| mention.draft) {
            continue;
        }
        let first = text(drafts, run[0]);
        if run.iter().all(|mention| text(drafts, *mention) == first) {
            groups.push(run.to_vec());
            continue;
        }
        // Different identifiers with one hash.
        let mut run = run.to_vec();
        run.sort_by(|left, right| text(drafts, *left).cmp(&text(drafts, *right)));
        groups.extend(run.chunk_by(|left, right| text(drafts, *left) == text(drafts, *right)).map(<[Mention]>::to_vec));
    }
    groups.retain(|group| group.first().map(|mention| mention.draft) != group.last().map(|mention| mention.draft));
    groups
}

/// Every mention of a draft.
fn gather(drafts: &[GraphDraft], at: usize, mut take: impl FnMut(Mention)) {
    let entities = &drafts[at].entities;
    let draft = u32::try_from(at).unwrap_or(u32::MAX);
    for (entity, slug) in (0u32..).zip(entities.slugs.iter()) {
        take(Mention { hash: hash(canonical(slug).as_bytes()), draft, entity, place: 0 });
    }
    for (entity, list) in (0u32..).zip(&entities.xrefs) {
        for (place, xref) in (1u32..).zip(list) {
            let xref = canonical(xref);
            if is_of_a_thing(&xref) {
                take(Mention { hash: hash(xref.as_bytes()), draft, entity, place });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{collection, is_of_a_thing, is_telling};

    #[test]
    fn identifiers_stand_in_collections() {
        assert_eq!(collection("HP:0000118"), Some("HP"));
        assert_eq!(collection("http://example.org/things/7"), Some("http://example.org/things"));
        assert_eq!([collection("tremor"), collection("_:b7"), collection(":x"), collection("x:")], [None; 4]);
        assert!(is_of_a_thing("ICD10:G25") && !is_of_a_thing("PMID:1") && !is_of_a_thing("tremor"));
        assert!(is_telling("UMLS:C1") && !is_telling("ICD10:G25") && !is_telling("https://example.org/x"));
    }
}
