//! Words: the words of several schemas in one: a word keeps the meaning that the first graph gives it.

use crate::model::{KindId, QualifierId, RelationTypeId, fold_words};
use crate::schema::{End, Kind, Meaning, Noun, Qualifier, RelationType, Schema};
use crate::store::FastMap;

/// What words mean in the graphs so far.
#[derive(Debug, Default)]
pub(super) struct Words {
    graph: String,
    /// By folded word, what it means in the graphs before this one.
    taken: FastMap<String, Vec<Meaning>>,
    dropped: Vec<String>,
}

impl Words {
    /// From here on the words are those of this graph.
    pub(super) fn begin(&mut self, graph: &str) {
        graph.clone_into(&mut self.graph);
    }

    /// The words that were dropped, each with its graph.
    pub(super) fn dropped(&self) -> &[String] {
        &self.dropped
    }

    /// Whether an earlier graph gives a word a meaning that is none of those allowed.
    fn is_taken(&self, word: &str, allowed: impl Fn(Meaning) -> bool) -> bool {
        self.taken.get(&fold_words(word)).is_some_and(|meanings| meanings.iter().any(|meaning| !allowed(*meaning)))
    }

    fn drop(&mut self, word: &str) {
        let told = format!("'{word}' of {}", self.graph);
        if !self.dropped.contains(&told) {
            self.dropped.push(told);
        }
    }

    /// Gives a kind its words.
    pub(super) fn add_kind(&mut self, schema: &mut Schema, id: KindId, own: &Kind) {
        let is_free = |word: &String| {
            !self.is_taken(word, |meaning| match meaning {
                Meaning::Kind(other) => other == id,
                // Nouns come first where both exist, as long as the noun is for such entities.
                Meaning::Noun(relation_type, end) => has_kind_at(schema, relation_type, end, id),
                Meaning::Verb(..) | Meaning::Qualifier(_) => true,
            })
        };
        let (free, lost): (Vec<&String>, Vec<&String>) = own.words.iter().partition(|word| is_free(word));
        let names_itself = own.words.iter().take(2).all(is_free);
        let mut words: Vec<String> = free.into_iter().cloned().collect();
        if schema.kinds[id.index()].words.is_empty() && !names_itself && !own.words.is_empty() {
            // Singular and plural stand first and stand together.
            let spoken = |word: &String| format!("{} {word}", self.graph);
            words = own
                .words
                .iter()
                .take(2)
                .map(spoken)
                .chain(words.into_iter().filter(|word| !own.words[..2.min(own.words.len())].contains(word)))
                .collect();
        }
        for word in &lost {
            self.drop(word);
        }
        append(&mut schema.kinds[id.index()].words, words);
    }

    /// Gives a relation type its nouns and verbs.
    pub(super) fn add_relation_type(&mut self, schema: &mut Schema, id: RelationTypeId, own: &RelationType) {
        for end in [End::Source, End::Target] {
            let nouns = if end == End::Source { &own.source_nouns } else { &own.target_nouns };
            let allowed = |meaning: Meaning| match meaning {
                Meaning::Noun(relation_type, other) => (relation_type, other) == (id, end),
                Meaning::Verb(relation_type, _) => relation_type == id,
                Meaning::Kind(kind) => has_kind_at(schema, id, end, kind),
                Meaning::Qualifier(_) => true,
            };
            let (free, lost): (Vec<&Noun>, Vec<&Noun>) =
                nouns.iter().partition(|noun| !self.is_taken(&noun.one, allowed) && !self.is_taken(&noun.many, allowed));
            let free: Vec<Noun> = free.into_iter().cloned().collect();
            for noun in lost {
                self.drop(&noun.many);
            }
            let united = &mut schema.relation_types[id.index()];
            append(if end == End::Source { &mut united.source_nouns } else { &mut united.target_nouns }, free);
        }
        for (verbs, is_inverse) in [(&own.verbs, false), (&own.inverse_verbs, true)] {
            let allowed = |meaning: Meaning| match meaning {
                Meaning::Noun(relation_type, _) | Meaning::Verb(relation_type, _) => relation_type == id,
                Meaning::Kind(_) => false,
                Meaning::Qualifier(_) => true,
            };
            let (free, lost): (Vec<&String>, Vec<&String>) = verbs.iter().partition(|verb| !self.is_taken(verb, allowed));
            let free: Vec<String> = free.into_iter().cloned().collect();
            for verb in lost {
                self.drop(verb);
            }
            let united = &mut schema.relation_types[id.index()];
            append(if is_inverse { &mut united.inverse_verbs } else { &mut united.verbs }, free);
        }
        // A relation that is written otherwise here can be asked for as it is written there.
        let united = &mut schema.relation_types[id.index()];
        if united.id != own.id {
            append(&mut united.verbs, vec![own.id.clone()]);
        }
    }

    /// Gives a qualifier its words.
    pub(super) fn add_qualifier(&mut self, schema: &mut Schema, id: QualifierId, own: &Qualifier) {
        let allowed = |meaning: Meaning| !matches!(meaning, Meaning::Qualifier(other) if other != id);
        let (free, lost): (Vec<&String>, Vec<&String>) = own.words.iter().partition(|word| !self.is_taken(word, allowed));
        let mut words: Vec<String> = free.into_iter().cloned().collect();
        for word in lost {
            self.drop(word);
        }
        let united = &mut schema.qualifiers[id.index()];
        if united.id.len() > own.id.len() && united.id.starts_with(&own.id) {
            words.push(united.id.replace('_', " "));
        }
        append(&mut united.words, words);
    }

    /// Keeps what the words mean so far: those of later graphs give way.
    pub(super) fn keep(&mut self, schema: &Schema) {
        self.taken.clear();
        for word in crate::schema::Lexicon::new(schema).words() {
            let meanings = self.taken.entry(fold_words(&word.written)).or_default();
            if !meanings.contains(&word.meaning) {
                meanings.push(word.meaning);
            }
        }
    }
}

/// Whether this kind can stand at that end of a relation type; where nobody says what can, it may.
fn has_kind_at(schema: &Schema, relation_type: RelationTypeId, end: End, kind: KindId) -> bool {
    schema.relation_types.get(relation_type.index()).is_some_and(|relation_type| {
        let kinds = if end == End::Source { &relation_type.from } else { &relation_type.to };
        // The ends of what was not curated are known when its graph is put together.
        kinds.is_empty() || kinds.contains(&kind)
    })
}

fn append<T: PartialEq>(items: &mut Vec<T>, more: Vec<T>) {
    for item in more {
        if !items.contains(&item) {
            items.push(item);
        }
    }
}
