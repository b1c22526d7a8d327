//! Words: what the relations and qualifiers of annotations are called, in files and in phrases.

use crate::formats::import::DraftBuilder;
use crate::model::{QualifierId, RelationTypeId};
use crate::schema::{Noun, ValueType};

/// What the term of a row is to its disease.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aspect {
    Symptom,
    Inheritance,
    Course,
    Modifier,
    History,
}

impl Aspect {
    /// The aspect that a letter stands for; `O` is an older letter for `P`.
    pub(super) fn of_letter(letter: &str) -> Option<Aspect> {
        match letter {
            "P" | "p" | "O" | "o" => Some(Aspect::Symptom),
            "I" | "i" => Some(Aspect::Inheritance),
            "C" | "c" => Some(Aspect::Course),
            "M" | "m" => Some(Aspect::Modifier),
            "H" | "h" => Some(Aspect::History),
            _ => None,
        }
    }
}

/// A relation type and its words: singular and plural of its targets, verbs there and back.
struct Words {
    aspect: Aspect,
    id: &'static str,
    targets: &'static [[&'static str; 2]],
    verbs: &'static [&'static str],
    inverse: &'static [&'static str],
    predicate: &'static str,
    definition: &'static str,
}

const WORDS: [Words; 5] = [
    Words {
        aspect: Aspect::Symptom,
        id: "has_symptom",
        targets: &[["symptom", "symptoms"], ["sign", "signs"], ["manifestation", "manifestations"]],
        verbs: &["has symptom", "have symptom", "presents with", "present with"],
        inverse: &["is shown by", "are shown by"],
        predicate: "biolink:has_phenotype",
        definition: "People who have the disease show the symptom.",
    },
    Words {
        aspect: Aspect::Inheritance,
        id: "has_inheritance",
        targets: &[["inheritance", "inheritances"]],
        verbs: &["has inheritance", "have inheritance", "is inherited as", "are inherited as"],
        inverse: &["is the inheritance for"],
        predicate: "biolink:has_mode_of_inheritance",
        definition: "The disease is passed on within families like this.",
    },
    Words {
        aspect: Aspect::Course,
        id: "has_course",
        targets: &[["course", "courses"]],
        verbs: &["has course", "have course", "runs as", "run as"],
        inverse: &["characterizes", "characterize", "characterises", "characterise"],
        predicate: "biolink:related_to",
        definition: "The disease begins or develops like this over time.",
    },
    Words {
        aspect: Aspect::Modifier,
        id: "has_modifier",
        targets: &[["modifier", "modifiers"]],
        verbs: &["has modifier", "have modifier"],
        inverse: &["modifies", "modify"],
        predicate: "biolink:related_to",
        definition: "The clinical modifier holds of the disease as a whole.",
    },
    Words {
        aspect: Aspect::History,
        id: "has_past_history",
        targets: &[["past history", "past histories"]],
        verbs: &["has past history", "have past history"],
        inverse: &["is the past history for"],
        predicate: "biolink:related_to",
        definition: "People who have the disease are found to have had this before.",
    },
];

/// The relation types of a draft, by aspect, each declared when it first occurs.
#[derive(Debug, Default)]
pub(super) struct RelationTypes([Option<RelationTypeId>; WORDS.len()]);

impl RelationTypes {
    pub(super) fn of(&mut self, aspect: Aspect, draft: &mut DraftBuilder) -> RelationTypeId {
        *self.0[aspect as usize].get_or_insert_with(|| declared(aspect, draft))
    }
}

fn declared(aspect: Aspect, draft: &mut DraftBuilder) -> RelationTypeId {
    let texts = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let noun = |[one, many]: &[&str; 2]| Noun { one: (*one).to_owned(), many: (*many).to_owned() };
    let Some(words) = WORDS.iter().find(|words| words.aspect == aspect) else {
        return RelationTypeId::IS_A;
    };
    let id = draft.relation_type(words.id);
    if let Some(relation_type) = draft.relation_type_mut(id) {
        relation_type.target_nouns = words.targets.iter().map(noun).collect();
        if aspect == Aspect::Symptom {
            relation_type.source_nouns = vec![noun(&["disease", "diseases"])];
        }
        relation_type.verbs = texts(words.verbs);
        relation_type.inverse_verbs = texts(words.inverse);
        relation_type.predicate = Some(words.predicate.to_owned());
        relation_type.definition = Some(words.definition.to_owned());
    }
    id
}

/// The qualifiers of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Detail {
    Frequency,
    FrequencyClass,
    Onset,
    Sex,
    Modifier,
    EvidenceCode,
}

/// Id, other words and definition of each qualifier.
const DETAILS: [(Detail, &str, &[&str], &str); 6] = [
    (Detail::Frequency, "frequency", &["frequencies"], "The share of patients, as counted or as the range that its class stands for."),
    (Detail::FrequencyClass, "frequency_class", &["frequency class"], "The class of frequency, where the source gives no figure."),
    (Detail::Onset, "onset", &["age of onset"], "When in life it first shows."),
    (Detail::Sex, "sex", &[], "The sex of the patients that the statement is about."),
    (Detail::Modifier, "modifier", &["modifiers"], "How it is graded, timed or placed; where several are listed, all apply."),
    (
        Detail::EvidenceCode,
        "evidence_code",
        &["evidence code"],
        "How the statement was come by: PCS published clinical study, TAS traceable author statement, IEA electronic annotation.",
    ),
];

impl Detail {
    /// Its id.
    pub(super) fn id(self) -> &'static str {
        DETAILS[self as usize].1
    }

    /// Its qualifier in a draft, which is declared if it is new.
    pub(super) fn declared(self, draft: &mut DraftBuilder) -> QualifierId {
        let (_, id, words, definition) = DETAILS[self as usize];
        let value_type = match self {
            Detail::Frequency => ValueType::Percentage,
            Detail::Onset | Detail::Modifier => ValueType::Entity(Vec::new()),
            Detail::FrequencyClass | Detail::Sex | Detail::EvidenceCode => ValueType::Text,
        };
        let several = matches!(self, Detail::Onset | Detail::Modifier);
        let qualifier = draft.qualifier(id, value_type, several);
        if let Some(declared) = draft.qualifier_mut(qualifier) {
            declared.words = words.iter().map(|word| (*word).to_owned()).collect();
            declared.definition = Some(definition.to_owned());
        }
        qualifier
    }
}

#[cfg(test)]
mod tests {
    use super::{Aspect, DETAILS, WORDS};

    #[test]
    fn tables_stand_in_the_order_of_what_they_are_about() {
        assert!(WORDS.iter().enumerate().all(|(at, words)| words.aspect as usize == at));
        assert!(DETAILS.iter().enumerate().all(|(at, (detail, ..))| *detail as usize == at));
        assert_eq!(Aspect::of_letter("O"), Some(Aspect::Symptom));
        assert_eq!(Aspect::of_letter("X"), None);
    }
}
