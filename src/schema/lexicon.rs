//! Lexicon: from the words that people type to what the schema means by them, with the words kept as written.

use std::collections::HashMap;

use crate::model::{KindId, QualifierId, RelationTypeId, fold, fold_words};

use super::{Noun, Schema};

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
    exact: HashMap<String, Vec<Meaning>>,
    singular: HashMap<String, Vec<Meaning>>,
    longest: usize,
}

impl Lexicon {
    /// The lexicon of a schema.
    pub fn new(schema: &Schema) -> Lexicon {
        let mut lexicon = Lexicon { words: Vec::new(), exact: HashMap::new(), singular: HashMap::new(), longest: 1 };
        lexicon.add_relation_types(schema);
        for (position, kind) in (0u16..).zip(&schema.kinds) {
            let meaning = Meaning::Kind(KindId(position));
            lexicon.add_all(kind.words.iter().chain([&kind.id]), meaning);
        }
        for (position, qualifier) in (0u16..).zip(&schema.qualifiers) {
            let meaning = Meaning::Qualifier(QualifierId(position));
            lexicon.add_all([&qualifier.id].into_iter().chain(&qualifier.words), meaning);
        }
        lexicon
    }

    /// What the words mean: as written, or, if that means nothing, with plurals folded.
    pub fn meanings(&self, words: &str) -> &[Meaning] {
        if let Some(meanings) = self.exact.get(&fold(words)) {
            return meanings;
        }
        self.singular.get(&fold_words(words)).map_or(&[], Vec::as_slice)
    }

    /// The length of its longest entry, in words.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// Every word as written, in the order of the schema: relation types, kinds, qualifiers.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    fn add_relation_types(&mut self, schema: &Schema) {
        for (position, relation_type) in (0u16..).zip(&schema.relation_types) {
            let id = RelationTypeId(position);
            let both = |noun: &Noun| [noun.many.clone(), noun.one.clone()];
            for (nouns, end) in [(&relation_type.source_nouns, End::Source), (&relation_type.target_nouns, End::Target)] {
                self.add_all(&nouns.iter().flat_map(both).collect::<Vec<_>>(), Meaning::Noun(id, end));
            }
            self.add_all(relation_type.verbs.iter().chain([&relation_type.id]), Meaning::Verb(id, End::Source));
            self.add_all(&relation_type.inverse_verbs, Meaning::Verb(id, End::Target));
        }
    }

    fn add_all<'a>(&mut self, words: impl IntoIterator<Item = &'a String>, meaning: Meaning) {
        for written in words {
            let folded = fold(written);
            self.longest = self.longest.max(folded.split(' ').count());
            let plural_folded = fold_words(written);
            let known = self.exact.get(&folded).is_some_and(|meanings| meanings.contains(&meaning));
            for (index, key) in [(&mut self.exact, folded), (&mut self.singular, plural_folded)] {
                let meanings = index.entry(key).or_default();
                if !meanings.contains(&meaning) {
                    meanings.push(meaning);
                }
            }
            if !known {
                self.words.push(Word { written: written.clone(), meaning });
            }
        }
    }
}
