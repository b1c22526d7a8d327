//! Name index: which entities are called exactly so, and the parts of the index that search and completion look into.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::model::{EntityId, Place, canonical, fold, singular_words};
use crate::store::form::{Damage, SectionReader, SectionWriter, hash};
use crate::store::graph::Graph;

use super::beginnings::Beginnings;
use super::hashes::HashIndex;
use super::texts::each_name;
use super::words::Words;

/// What entities are called, indexed. Each part is built when it is first asked for, unless it was kept in a file.
#[derive(Clone, Debug, Default)]
pub struct NameIndex {
    exact: HashIndex,
    singular: HashIndex,
    longest: usize,
    words: OnceLock<Words>,
    beginnings: OnceLock<Beginnings>,
}

/// How an entity is called so: the earlier the stronger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// Its id, letter by letter.
    Id,
    /// Its id, but for case.
    FoldedId,
    /// Its id under another prefix, or as an IRI.
    SameId,
    /// An identifier elsewhere.
    Elsewhere,
    Name,
    Synonym,
    /// With plurals folded.
    NameAsPlural,
    SynonymAsPlural,
    /// A synonym that is wider, narrower or only akin.
    Related,
    RelatedAsPlural,
}

impl NameIndex {
    /// The index of what a graph's entities are called.
    pub fn new(graph: &Graph) -> NameIndex {
        let (mut exact, mut singular) = (Vec::new(), Vec::new());
        let mut longest = 1;
        for id in graph.entities() {
            each_name(graph, id, &mut |text, place| {
                let key = fold(text);
                longest = longest.max(key.split(' ').count());
                exact.push((hash(key.as_bytes()), id.0));
                if place != Place::Identifier {
                    singular.push((hash(singular_words(&key).as_bytes()), id.0));
                } else if let Cow::Owned(usual) = canonical(text) {
                    exact.push((hash(fold(&usual).as_bytes()), id.0));
                }
            });
        }
        NameIndex { exact: HashIndex::new(exact), singular: HashIndex::new(singular), longest, ..NameIndex::default() }
    }

    /// The same with all its parts, made side by side.
    pub fn whole(graph: &Graph) -> NameIndex {
        std::thread::scope(|scope| {
            let words = scope.spawn(|| Words::new(graph));
            let mut index = NameIndex::new(graph);
            index.beginnings = OnceLock::from(Beginnings::new(graph));
            index.words = OnceLock::from(words.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            index
        })
    }

    /// The words of names and definitions.
    pub(super) fn words(&self, graph: &Graph) -> &Words {
        self.words.get_or_init(|| Words::new(graph))
    }

    /// The synonyms in order.
    pub(super) fn beginnings(&self, graph: &Graph) -> &Beginnings {
        self.beginnings.get_or_init(|| Beginnings::new(graph))
    }

    /// How many words the longest name has.
    pub(super) fn longest(&self) -> usize {
        self.longest
    }

    /// The entities that may be called so, by a folded text or a folded identifier.
    pub(super) fn exactly(&self, folded: &str, identifier: &str) -> impl Iterator<Item = u32> + '_ {
        let other = if identifier == folded { &[] } else { self.exact.candidates(identifier) };
        self.exact.candidates(folded).iter().chain(other).copied()
    }

    /// Whether every number in it stands for one of so many entities.
    pub fn fits(&self, entities: usize) -> bool {
        [&self.exact, &self.singular].iter().all(|index| index.is_sound(entities))
            && self.words.get().is_none_or(|words| words.is_sound(entities))
            && self.beginnings.get().is_none_or(|beginnings| beginnings.is_sound(entities))
    }

    /// Keeps it as sections.
    pub fn save<'a>(&'a self, graph: &Graph, sections: &mut SectionWriter<'a>) {
        sections.number(*b"nlon", self.longest);
        self.exact.save(sections);
        self.singular.save(sections);
        self.words(graph).save(sections);
        self.beginnings(graph).save(sections);
    }

    /// Reads it back, the index of the names of so many entities.
    ///
    /// # Errors
    /// The sections are not there, or do not fit together.
    pub fn load(sections: &mut SectionReader<'_>, entities: usize) -> Result<NameIndex, Damage> {
        let longest = sections.number(*b"nlon")?;
        let (exact, singular) = (HashIndex::load(sections, entities)?, HashIndex::load(sections, entities)?);
        let words = OnceLock::from(Words::load(sections)?);
        Ok(NameIndex { exact, singular, longest, words, beginnings: OnceLock::from(Beginnings::load(sections, entities)?) })
    }

    /// The entities that are called so in the strongest way that any is.
    pub(super) fn called(&self, graph: &Graph, words: &str) -> Vec<EntityId> {
        let key = fold(words);
        let identifier = folded_identifier(words, &key);
        let strongest = |entities: &mut dyn Iterator<Item = u32>, weakest: Strength| {
            let mut found: Vec<(Strength, EntityId)> = entities
                .map(EntityId)
                .filter(|id| id.index() < graph.entity_count())
                .filter_map(|id| Some((strength(graph, id, words, &key, &identifier)?, id)))
                .filter(|(strength, _)| *strength <= weakest)
                .collect();
            found.sort_unstable();
            found.dedup();
            let best = found.first().map(|(strength, _)| *strength);
            found.retain(|(strength, _)| Some(*strength) == best);
            (best, found.into_iter().map(|(_, id)| id).collect::<Vec<EntityId>>())
        };
        let (best, found) = strongest(&mut self.exactly(&key, &identifier), Strength::Related);
        if best.is_some_and(|best| best < Strength::NameAsPlural) {
            return found;
        }
        let singular = singular_words(&key);
        let (_, by_plural) = strongest(&mut self.singular.candidates(&singular).iter().copied(), Strength::RelatedAsPlural);
        by_plural
    }
}

/// The one spelling of an identifier, folded; its folded form is at hand.
pub(super) fn folded_identifier<'f>(text: &str, folded: &'f str) -> Cow<'f, str> {
    match canonical(text) {
        Cow::Owned(usual) => Cow::Owned(fold(&usual)),
        Cow::Borrowed(_) => Cow::Borrowed(folded),
    }
}

/// The strongest way in which an entity is called so.
fn strength(graph: &Graph, id: EntityId, words: &str, key: &str, identifier: &str) -> Option<Strength> {
    let slug = graph.slug(id);
    if slug == words {
        return Some(Strength::Id);
    }
    let folded_slug = fold(slug);
    if folded_slug == key {
        return Some(Strength::FoldedId);
    }
    if folded_identifier(slug, &folded_slug) == identifier {
        return Some(Strength::SameId);
    }
    let singular = singular_words(key);
    let mut best = None;
    each_name(graph, id, &mut |text, place| {
        let folded = fold(text);
        let is_same = folded == key || (place == Place::Identifier && folded_identifier(text, &folded) == identifier);
        let found = match place {
            Place::Identifier => is_same.then_some(Strength::Elsewhere),
            _ if !is_same && singular_words(&folded) != singular => None,
            Place::Name => Some(if is_same { Strength::Name } else { Strength::NameAsPlural }),
            Place::Synonym => Some(if is_same { Strength::Synonym } else { Strength::SynonymAsPlural }),
            Place::RelatedSynonym | Place::Definition => Some(if is_same { Strength::Related } else { Strength::RelatedAsPlural }),
        };
        best = match (best, found) {
            (Some(best), Some(found)) => Some(std::cmp::Ord::min(best, found)),
            (best, found) => best.or(found),
        };
    });
    best
}

impl Graph {
    /// The index of the graph's names.
    pub fn name_index(&self) -> &NameIndex {
        self.names.get_or_init(|| NameIndex::new(self))
    }

    /// The same with all its parts, to be kept in a file.
    pub(in crate::store) fn whole_name_index(&self) -> &NameIndex {
        self.names.get_or_init(|| NameIndex::whole(self))
    }
}
