//! Pattern names: what kinds and relation types are called in patterns, and which of them a name in a pattern means.

/// The label of a kind, without its colon: `body_part` is `BodyPart`; what is not in lower snake case stays as it is.
pub fn label_of_kind(kind: &str) -> String {
    if !is_lower_snake(kind) {
        return kind.to_owned();
    }
    let mut camel = String::with_capacity(kind.len());
    for word in kind.split('_') {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
    }
    camel
}

/// The relationship type of a relation type, as `type(r)` gives it: `has_symptom` is `HAS_SYMPTOM`; what is not in lower
/// snake case stays as it is.
pub fn type_of_relation(relation_type: &str) -> String {
    if is_lower_snake(relation_type) { relation_type.to_ascii_uppercase() } else { relation_type.to_owned() }
}

/// The position of the id that a name in a pattern means: the one that is shown so, else the one that is written so, else the
/// only one of either without regard to case.
///
/// `shown` is [`label_of_kind`] or [`type_of_relation`].
pub fn meant_by<'a>(name: &str, ids: impl Iterator<Item = &'a str> + Clone, shown: impl Fn(&str) -> String) -> Option<usize> {
    let exact = ids.clone().position(|id| shown(id) == name).or_else(|| ids.clone().position(|id| id == name));
    if exact.is_some() {
        return exact;
    }
    let lower = name.to_lowercase();
    let mut alike =
        ids.enumerate().filter(|(_, id)| id.to_lowercase() == lower || shown(id).to_lowercase() == lower).map(|(position, _)| position);
    let first = alike.next();
    if alike.next().is_some() { None } else { first }
}

fn is_lower_snake(id: &str) -> bool {
    id.starts_with(|letter: char| letter.is_ascii_lowercase())
        && id.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
}

#[cfg(test)]
mod tests {
    use super::{label_of_kind, meant_by, type_of_relation};

    #[test]
    fn an_exact_name_wins_and_any_other_must_be_the_only_one() {
        let kinds = ["body_part", "Person", "person", "BodyPart2"];
        let meant = |name: &str| meant_by(name, kinds.iter().copied(), label_of_kind).map(|position| kinds[position]);
        assert_eq!(meant("BodyPart"), Some("body_part"));
        assert_eq!(meant("body_part"), Some("body_part"));
        assert_eq!(meant("BODYPART"), Some("body_part"));
        assert_eq!(meant("Person"), Some("Person"));
        assert_eq!(meant("person"), Some("person"));
        assert_eq!(meant("PERSON"), None);
        assert_eq!(meant("Nobody"), None);
        assert_eq!(meant_by("has_symptom", ["is_a", "has_symptom"].into_iter(), type_of_relation), Some(1));
        assert_eq!(meant_by("HAS_SYMPTOM", ["is_a", "has_symptom"].into_iter(), type_of_relation), Some(1));
    }
}
