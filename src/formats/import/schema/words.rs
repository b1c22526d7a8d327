//! Words: how people say the names that files have for kinds and relations, by English endings alone.

/// Verbs whose participle is not made with `ed`, each with it.
const PARTICIPLES: &[(&str, &str)] = &[
    ("binds", "bound"),
    ("finds", "found"),
    ("forms", "formed"),
    ("shows", "shown"),
    ("sets off", "set off"),
    ("underlies", "underlain"),
    ("gives", "given"),
    ("takes", "taken"),
];

/// Verbs that say the same the other way round.
const MUTUAL: &[&str] = &[
    "associates",
    "associates with",
    "associated with",
    "binds",
    "binds to",
    "coexists with",
    "coexpressed with",
    "correlated with",
    "correlates with",
    "covaries",
    "covaries with",
    "genetically interacts with",
    "interacts",
    "interacts with",
    "overlaps",
    "physically interacts with",
    "related to",
    "resembles",
    "similar to",
];

/// What stands at the start of relations that one verb names, in both numbers: `treatments of D` are what treats D.
const AGENTS: &[(&str, &str, &str)] = &[
    ("causes", "cause", "causes"),
    ("treats", "treatment", "treatments"),
    ("prevents", "prevention", "preventions"),
    ("inhibits", "inhibitor", "inhibitors"),
    ("activates", "activator", "activators"),
    ("regulates", "regulator", "regulators"),
];

/// The words of a name: `BiologicalProcess` and `biological_process` are both `biological process`; `RNAProduct` is `rna product`.
pub(super) fn spaced(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut words = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| letters[at]);
        let after = letters.get(at + 1);
        let begins = letter.is_uppercase()
            && (before.is_some_and(|before| before.is_lowercase() || before.is_ascii_digit())
                || (before.is_some_and(char::is_uppercase) && after.is_some_and(|after| after.is_lowercase())));
        if begins {
            words.push(' ');
        }
        if matches!(letter, '_' | '-' | '.' | ':' | '/') { words.push(' ') } else { words.extend(letter.to_lowercase()) }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The plural of English words, by the ending alone.
pub(super) fn plural(words: &str) -> String {
    let sibilant = ["s", "x", "z", "ch", "sh"].iter().any(|ending| words.ends_with(ending));
    match words.strip_suffix('y') {
        Some(stem) if stem.ends_with(|letter: char| letter.is_alphabetic() && !"aeiou".contains(letter)) => format!("{stem}ies"),
        _ if sibilant => format!("{words}es"),
        _ => format!("{words}s"),
    }
}

/// How a relation is said: `has_phenotype` and `HAS_PHENOTYPE` are `has phenotype`; of `TREATS_CtD`, which names its ends behind
/// the verb, the verb. Nothing for what is no word, such as `CtD` or `r17`.
pub(super) fn spoken(id: &str) -> Option<String> {
    let id = id.rsplit_once('_').filter(|(_, ends)| is_abbreviation(ends)).map_or(id, |(verb, _)| verb);
    let words = spaced(id);
    // `PUBLISHED` and `IS_PART_OF` are words in capitals; a single capital within is an abbreviation.
    let is_word = |word: &str| word.chars().count() > 1 && word.chars().all(char::is_alphabetic);
    let abbreviates =
        id.chars().any(char::is_uppercase) && id.chars().any(char::is_lowercase) && words.split(' ').any(|word| word.chars().count() < 3);
    (!words.is_empty() && words.split(' ').all(is_word) && !abbreviates).then_some(words)
}

/// Whether this is a relation by the first letters of its ends and its verb, such as `CtD`, `GpBP` or `Gr>G`.
fn is_abbreviation(text: &str) -> bool {
    let inner = text.trim_matches(char::is_uppercase);
    let mut letters = inner.chars();
    let is_verb = letters.next().is_some_and(char::is_lowercase) && matches!(letters.as_str(), "" | ">" | "<");
    is_verb && text.starts_with(char::is_uppercase) && text.ends_with(char::is_uppercase)
}

/// The verbs for the other way, such as `is treated by` for `treats`: only of single verbs in the third person.
pub(super) fn inverse(verb: &str) -> Vec<String> {
    let Some(participle) = participle(verb) else {
        return Vec::new();
    };
    vec![format!("is {participle} by"), format!("are {participle} by")]
}

/// Whether a verb says the same the other way round: what A associates, associates A.
pub(super) fn is_mutual(verb: &str) -> bool {
    MUTUAL.contains(&verb)
}

fn participle(verb: &str) -> Option<String> {
    if let Some((_, participle)) = PARTICIPLES.iter().find(|(known, _)| *known == verb) {
        return Some((*participle).to_owned());
    }
    // `has` and `is` are followed by more, and what ends in `ss` is no third person.
    if verb.contains(' ') || verb.len() < 5 || verb.ends_with("ss") || verb.ends_with("us") || verb.ends_with("is") {
        return None;
    }
    let stem = if let Some(stem) = verb.strip_suffix("ies") {
        format!("{stem}i")
    } else if ["sses", "shes", "ches", "xes", "zzes"].iter().any(|ending| verb.ends_with(ending)) {
        verb[..verb.len() - 2].to_owned()
    } else {
        verb.strip_suffix('s')?.to_owned()
    };
    Some(if stem.ends_with('e') { format!("{stem}d") } else { format!("{stem}ed") })
}

/// The noun for what a relation starts from, in both numbers: that of a verb for whose doers there is a common word, or that of
/// `part of` and its like.
pub(super) fn doer(spoken: &str) -> Option<(String, String)> {
    if let Some((_, one, many)) = AGENTS.iter().find(|(verb, _, _)| *verb == spoken) {
        return Some(((*one).to_owned(), (*many).to_owned()));
    }
    let one = spoken.strip_suffix(" of")?;
    let one = one.strip_prefix("is ").unwrap_or(one);
    let one = one.strip_prefix("a ").unwrap_or(one);
    (!one.is_empty()).then(|| (one.to_owned(), plural(one)))
}

/// The noun for what a relation leads to, in both numbers: `phenotypes of D` are what D has by `has phenotype`.
pub(super) fn possession(spoken: &str) -> Option<(String, String)> {
    let one = spoken.strip_prefix("has ").filter(|rest| !rest.is_empty())?;
    Some((one.to_owned(), plural(one)))
}

#[cfg(test)]
mod tests {
    use super::{doer, inverse, plural, possession, spaced, spoken};

    #[test]
    fn names_become_words() {
        assert_eq!(spaced("BiologicalProcess"), "biological process");
        assert_eq!(spaced("Biological Process"), "biological process");
        assert_eq!(spaced("RNAProduct"), "rna product");
        assert_eq!(spaced("body_part"), "body part");
        assert_eq!((plural("anatomy"), plural("pathway"), plural("process")), ("anatomies".into(), "pathways".into(), "processes".into()));
    }

    #[test]
    fn relations_are_said_if_they_are_words() {
        let said = ["has_phenotype", "TREATS", "PART_OF", "interactsWith", "CtD", "GpBP", "r17", "Gr>G"].map(spoken);
        let expected = ["has phenotype", "treats", "part of", "interacts with"].map(|words| Some(words.to_owned()));
        assert_eq!(said[..4], expected);
        assert_eq!(
            ["TREATS_CtD", "PARTICIPATES_GpBP", "REGULATES_Gr>G"].map(|id| spoken(id).unwrap()),
            ["treats", "participates", "regulates"]
        );
        assert!(said[4..].iter().all(Option::is_none), "{said:?}");
    }

    #[test]
    fn the_other_way_is_passive() {
        let passive = |verb: &str| inverse(verb).into_iter().next();
        for (verb, expected) in [
            ("treats", "is treated by"),
            ("causes", "is caused by"),
            ("binds", "is bound by"),
            ("expresses", "is expressed by"),
            ("modifies", "is modified by"),
        ] {
            assert_eq!(passive(verb).as_deref(), Some(expected));
        }
        for verb in ["has phenotype", "part of", "is", "xref", "affinity"] {
            assert_eq!(passive(verb), None, "{verb}");
        }
    }

    #[test]
    fn nouns_are_made_of_some_verbs() {
        let one = |noun: Option<(String, String)>| noun.map(|(_, many)| many);
        assert_eq!(one(doer("treats")).as_deref(), Some("treatments"));
        assert_eq!(one(doer("part of")).as_deref(), Some("parts"));
        assert_eq!(one(possession("has phenotype")).as_deref(), Some("phenotypes"));
        assert_eq!((doer("binds"), possession("has ")), (None, None));
    }
}
