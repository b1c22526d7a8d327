//! Lexicon: from the words that people type to what the schema means by them, with the words kept as written.

use serde::{Deserialize, Serialize};

use crate::model::{FoldedIndex, KindId, QualifierId, RelationTypeId, fold, fold_words, singular_words};

use super::Schema;

/// An end of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// Where it starts.
    Source,
    /// Where it leads.
    Target,
}

impl End {
    /// The other end.
    pub fn other(self) -> End {
        match self {
            End::Source => End::Target,
            End::Target => End::Source,
        }
    }
}

/// What a word means in the schema. One word may mean several things (`triggers` as a verb of two relations).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// A noun for the entities at one end of a relation.
    Noun(RelationTypeId, End),
    /// A verb of a relation; the end is where its subject stands.
    Verb(RelationTypeId, End),
    /// A kind.
    Kind(KindId),
    /// A qualifier.
    Qualifier(QualifierId),
}

/// A word of the lexicon as written in the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The written form: `causes`, `is caused by`.
    pub written: String,
    /// What it means.
    pub meaning: Meaning,
}

/// The words of a schema.
#[derive(Clone, Debug)]
pub struct Lexicon {
    words: Vec<Word>,
    index: LexiconIndex,
}

/// The index of a lexicon, which can be kept in a file beside its schema.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LexiconIndex {
    exact: FoldedIndex,
    singular: FoldedIndex,
    longest: u32,
}

impl Lexicon {
    /// The lexicon of a schema.
    pub fn new(schema: &Schema) -> Lexicon {
        let words = words_of(schema);
        let folded: Vec<String> = words.iter().map(|word| fold(&word.written)).collect();
        let longest = folded.iter().map(|key| key.split(' ').count()).max().unwrap_or(1);
        let singular = FoldedIndex::new(folded.iter().map(|key| singular_words(key)).zip(0u32..));
        let exact = FoldedIndex::new(folded.into_iter().zip(0u32..));
        Lexicon { words, index: LexiconIndex { exact, singular, longest: u32::try_from(longest).unwrap_or(u32::MAX) } }
    }

    /// The lexicon of a schema whose index was kept. An index of another schema finds fewer words, never wrong ones.
    pub fn with_index(schema: &Schema, index: LexiconIndex) -> Lexicon {
        Lexicon { words: words_of(schema), index }
    }

    /// The index, to be kept in a file.
    pub fn index(&self) -> &LexiconIndex {
        &self.index
    }

    /// What the words mean: as written, or, if that means nothing, with plurals folded. In the order of the schema, each once.
    pub fn meanings(&self, words: &str) -> Vec<Meaning> {
        let key = fold(words);
        let exact = self.found(&self.index.exact, &key, fold);
        if !exact.is_empty() {
            return exact;
        }
        self.found(&self.index.singular, &singular_words(&key), fold_words)
    }

    fn found(&self, index: &FoldedIndex, key: &str, form: fn(&str) -> String) -> Vec<Meaning> {
        let mut meanings = Vec::new();
        for number in index.candidates(key) {
            if let Some(word) = self.words.get(number as usize)
                && form(&word.written) == key
                && !meanings.contains(&word.meaning)
            {
                meanings.push(word.meaning);
            }
        }
        meanings
    }

    /// The length of its longest entry, in words.
    pub fn longest(&self) -> usize {
        self.index.longest as usize
    }

    /// Every word as written, in the order of the schema: relation types, kinds, qualifiers.
    pub fn words(&self) -> &[Word] {
        &self.words
    }
}

/// Every word of a schema with its meaning: nouns, verbs and ids of relation types, then kinds, then qualifiers.
fn words_of(schema: &Schema) -> Vec<Word> {
    let mut words = Vec::new();
    let mut add = |written: &String, meaning: Meaning| words.push(Word { written: written.clone(), meaning });
    for (position, relation_type) in (0u16..).zip(&schema.relation_types) {
        let id = RelationTypeId(position);
        for (nouns, end) in [(&relation_type.source_nouns, End::Source), (&relation_type.target_nouns, End::Target)] {
            for noun in nouns {
                add(&noun.many, Meaning::Noun(id, end));
                add(&noun.one, Meaning::Noun(id, end));
            }
        }
        relation_type.verbs.iter().chain([&relation_type.id]).for_each(|verb| add(verb, Meaning::Verb(id, End::Source)));
        relation_type.inverse_verbs.iter().for_each(|verb| add(verb, Meaning::Verb(id, End::Target)));
    }
    for (position, kind) in (0u16..).zip(&schema.kinds) {
        kind.words.iter().chain([&kind.id]).for_each(|word| add(word, Meaning::Kind(KindId(position))));
    }
    for (position, qualifier) in (0u16..).zip(&schema.qualifiers) {
        [&qualifier.id].into_iter().chain(&qualifier.words).for_each(|word| add(word, Meaning::Qualifier(QualifierId(position))));
    }
    words
}
