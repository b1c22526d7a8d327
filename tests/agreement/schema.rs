//! Schema: the kinds, relations and qualifiers that every generated graph has, and the words that queries use for them.

use super::truth::{DURATIONS, Dimension, NUMBERS, PERCENTAGES, Quantity, RATIOS};

/// A kind, one and many.
pub const KINDS: [(&str, &str); 5] =
    [("germ", "germs"), ("illness", "illnesses"), ("sign", "signs"), ("group", "groups"), ("drug", "drugs")];

/// What a qualifier holds.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// Entities of these kinds; none means any.
    Entities(&'static [usize]),
    /// One of these quantities.
    Quantity(Dimension, &'static [Quantity]),
    Boolean,
    /// One of these texts.
    Text(&'static [&'static str]),
}

/// A qualifier.
pub struct Qualifier {
    pub id: &'static str,
    pub holds: Holds,
    pub several: bool,
    written: &'static str,
}

const fn qualifier(id: &'static str, written: &'static str, holds: Holds, several: bool) -> Qualifier {
    Qualifier { id, holds, several, written }
}

/// Every qualifier.
pub const QUALIFIERS: [Qualifier; 9] = [
    qualifier("group", "entity", Holds::Entities(&[3]), true),
    qualifier("aid", "entity", Holds::Entities(&[]), true),
    qualifier("frequency", "percentage", Holds::Quantity(Dimension::Share, PERCENTAGES), false),
    qualifier("onset", "duration", Holds::Quantity(Dimension::Duration, DURATIONS), false),
    qualifier("doses", "number", Holds::Quantity(Dimension::Number, NUMBERS), true),
    qualifier("share", "ratio", Holds::Quantity(Dimension::Share, RATIOS), false),
    qualifier("benign", "boolean", Holds::Boolean, false),
    qualifier("note", "text", Holds::Text(&["rare", "Late onset", "small-sized"]), false),
    qualifier("character", "text", Holds::Text(&["chaotic", "Fast", "very fast"]), true),
];

/// A relation type.
pub struct RelationType {
    pub id: &'static str,
    /// Kinds that it can start from; none means any.
    pub from: &'static [usize],
    pub to: &'static [usize],
    pub source_nouns: &'static [(&'static str, &'static str)],
    pub target_nouns: &'static [(&'static str, &'static str)],
    verbs: &'static [&'static str],
    inverse: &'static [&'static str],
    pub qualifiers: &'static [usize],
}

/// The place of `is_a` among the relation types.
pub const IS_A: usize = 0;

/// Every relation type; the first is built in.
pub const RELATION_TYPES: [RelationType; 6] = [
    RelationType { id: "is_a", from: &[], to: &[], source_nouns: &[], target_nouns: &[], verbs: &[], inverse: &[], qualifiers: &[] },
    RelationType {
        id: "causes",
        from: &[0, 4],
        to: &[1],
        source_nouns: &[("cause", "causes"), ("trigger", "triggers")],
        target_nouns: &[("effect", "effects")],
        verbs: &["causes", "cause", "triggers", "trigger"],
        inverse: &["is caused by", "are caused by"],
        qualifiers: &[0, 2, 3, 6, 7],
    },
    RelationType {
        id: "sets_off",
        from: &[0],
        to: &[2],
        source_nouns: &[("trigger", "triggers")],
        target_nouns: &[],
        verbs: &["sets off", "set off", "triggers", "trigger"],
        inverse: &["is set off by"],
        qualifiers: &[2, 0, 4],
    },
    RelationType {
        id: "shows",
        from: &[1],
        to: &[2],
        source_nouns: &[],
        target_nouns: &[("sign", "signs"), ("manifestation", "manifestations")],
        verbs: &["shows", "exhibits", "exhibit"],
        inverse: &["is shown by", "are shown by"],
        qualifiers: &[8, 2, 1],
    },
    RelationType {
        id: "treats",
        from: &[4],
        to: &[1, 2],
        source_nouns: &[("treatment", "treatments")],
        target_nouns: &[("indication", "indications")],
        verbs: &["treats", "treat"],
        inverse: &["is treated by", "are treated by"],
        qualifiers: &[3, 4, 0, 5],
    },
    RelationType {
        id: "mimics",
        from: &[1],
        to: &[1],
        source_nouns: &[("lookalike", "lookalikes")],
        target_nouns: &[("lookalike", "lookalikes")],
        verbs: &["mimics", "mimic"],
        inverse: &["is mimicked by"],
        qualifiers: &[5, 6, 8, 7],
    },
];

/// The end of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Source,
    Target,
}

impl End {
    /// The other one.
    pub fn other(self) -> End {
        if self == End::Source { End::Target } else { End::Source }
    }
}

/// A relation noun: its spellings (one, many; then synonyms) and what it can mean.
pub struct Noun {
    pub spellings: &'static [(&'static str, &'static str)],
    pub meanings: &'static [(usize, End)],
}

/// Every relation noun that queries use.
pub const NOUNS: [Noun; 7] = [
    Noun { spellings: &[("cause", "causes")], meanings: &[(1, End::Source)] },
    Noun { spellings: &[("effect", "effects")], meanings: &[(1, End::Target)] },
    Noun { spellings: &[("trigger", "triggers")], meanings: &[(1, End::Source), (2, End::Source)] },
    Noun { spellings: &[("sign", "signs"), ("manifestation", "manifestations")], meanings: &[(3, End::Target)] },
    Noun { spellings: &[("treatment", "treatments")], meanings: &[(4, End::Source)] },
    Noun { spellings: &[("indication", "indications")], meanings: &[(4, End::Target)] },
    Noun { spellings: &[("lookalike", "lookalikes")], meanings: &[(5, End::Source), (5, End::Target)] },
];

/// A verb: its spellings, and the relation types that it can mean with the end where its subject stands.
pub struct Verb {
    pub spellings: &'static [&'static str],
    pub meanings: &'static [(usize, End)],
}

/// Every verb that queries use. The first six can stand in arrows and behind `via`.
pub const VERBS: [Verb; 11] = [
    Verb { spellings: &["causes", "cause"], meanings: &[(1, End::Source)] },
    Verb { spellings: &["triggers", "trigger"], meanings: &[(1, End::Source), (2, End::Source)] },
    Verb { spellings: &["shows", "exhibits"], meanings: &[(3, End::Source)] },
    Verb { spellings: &["treats", "treat"], meanings: &[(4, End::Source)] },
    Verb { spellings: &["mimics", "mimic"], meanings: &[(5, End::Source)] },
    Verb { spellings: &["sets off", "set off"], meanings: &[(2, End::Source)] },
    Verb { spellings: &["is caused by", "are caused by"], meanings: &[(1, End::Target)] },
    Verb { spellings: &["is set off by"], meanings: &[(2, End::Target)] },
    Verb { spellings: &["is shown by", "are shown by"], meanings: &[(3, End::Target)] },
    Verb { spellings: &["is treated by", "are treated by"], meanings: &[(4, End::Target)] },
    Verb { spellings: &["is mimicked by"], meanings: &[(5, End::Target)] },
];

/// How many of the verbs can stand in arrows.
pub const ARROW_VERBS: usize = 5;

/// Whether an entity of these kinds can stand at that end.
pub fn allows(relation_type: usize, end: End, kinds: &[usize]) -> bool {
    let relation_type = &RELATION_TYPES[relation_type];
    let allowed = if end == End::Source { relation_type.from } else { relation_type.to };
    allowed.is_empty() || kinds.iter().any(|kind| allowed.contains(kind))
}

/// The qualifiers of several relation types, each once, in their order.
pub fn qualifiers_of(types: &[usize]) -> Vec<usize> {
    let mut all = Vec::new();
    for qualifier in types.iter().flat_map(|id| RELATION_TYPES[*id].qualifiers) {
        if !all.contains(qualifier) {
            all.push(*qualifier);
        }
    }
    all
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
}

fn kinds_of(kinds: &[usize]) -> String {
    quoted(&kinds.iter().map(|kind| KINDS[*kind].0).collect::<Vec<_>>())
}

/// The schema's file.
pub fn toml() -> String {
    let mut text = "[graph]\nid = \"generated\"\ntitle = \"A generated graph\"\n".to_owned();
    for (one, many) in KINDS {
        text += &format!("\n[[kind]]\nid = \"{one}\"\nwords = [\"{one}\", \"{many}\"]\n");
    }
    for relation_type in &RELATION_TYPES[1..] {
        let nouns = |nouns: &[(&str, &str)]| {
            nouns.iter().map(|(one, many)| format!("{{ one = \"{one}\", many = \"{many}\" }}")).collect::<Vec<_>>().join(", ")
        };
        text += &format!("\n[[relation]]\nid = \"{}\"\n", relation_type.id);
        text += &format!("from = [{}]\nto = [{}]\n", kinds_of(relation_type.from), kinds_of(relation_type.to));
        text +=
            &format!("source_nouns = [{}]\ntarget_nouns = [{}]\n", nouns(relation_type.source_nouns), nouns(relation_type.target_nouns));
        text += &format!("verbs = [{}]\ninverse = [{}]\n", quoted(relation_type.verbs), quoted(relation_type.inverse));
        let qualifiers: Vec<&str> = relation_type.qualifiers.iter().map(|qualifier| QUALIFIERS[*qualifier].id).collect();
        text += &format!("qualifiers = [{}]\n", quoted(&qualifiers));
    }
    for Qualifier { id, holds, several, written } in &QUALIFIERS {
        text += &format!("\n[[qualifier]]\nid = \"{id}\"\ntype = \"{written}\"\n");
        match holds {
            Holds::Entities([]) => {}
            Holds::Entities(kinds) => text += &format!("kinds = [{}]\n", kinds_of(kinds)),
            _ => text += &format!("several = {several}\n"),
        }
    }
    text
}
