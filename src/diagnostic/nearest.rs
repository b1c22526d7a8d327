//! Did you mean: which of some names are near to what was typed.

/// Words longer than this are not compared: no name is that long, and the cost grows with the square.
const LONGEST_COMPARED: usize = 120;

/// How alike two words are, from 0 (nothing in common) to 1 (the same), letter case aside.
///
/// The Damerau-Levenshtein similarity: insertions, deletions, substitutions and swaps of neighbours, against the longer length.
pub fn likeness(left: &str, right: &str) -> f64 {
    if left.len() > LONGEST_COMPARED || right.len() > LONGEST_COMPARED {
        return if left.eq_ignore_ascii_case(right) { 1.0 } else { 0.0 };
    }
    strsim::normalized_damerau_levenshtein(&left.to_lowercase(), &right.to_lowercase())
}

/// The names near enough to what was typed to be worth suggesting, best first, at most `limit`.
pub fn nearest<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>, limit: usize) -> Vec<&'a str> {
    const NEAR_ENOUGH: f64 = 0.6;
    let typed = typed.trim();
    let begins = |name: &str| typed.len() >= 3 && name.to_lowercase().starts_with(&typed.to_lowercase());
    let mut scored: Vec<(f64, &str)> = names
        .into_iter()
        .map(|name| (if begins(name) { 0.95 } else { likeness(typed, name) }, name))
        .filter(|(score, _)| *score >= NEAR_ENOUGH)
        .collect();
    // Of two that are equally near the one of the same length is likelier: letters are more often swapped than lost.
    let longer = |name: &str| name.chars().count().abs_diff(typed.chars().count());
    scored.sort_by(|left, right| {
        right.0.total_cmp(&left.0).then_with(|| longer(left.1).cmp(&longer(right.1))).then_with(|| left.1.cmp(right.1))
    });
    scored.dedup_by_key(|(_, name)| *name);
    scored.into_iter().take(limit).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn suggests_what_is_near_and_nothing_else() {
        let names = ["opsoclonus", "myoclonus", "ataxia", "vomiting"];
        assert_eq!(nearest("opsoclnus", names, 3), ["opsoclonus"]);
        assert_eq!(nearest("opso", names, 3), ["opsoclonus"]);
        assert!(nearest("zzzzzz", names, 3).is_empty());
        assert!(nearest(&"x".repeat(1_000_000), names, 3).is_empty());
    }
}
