//! Fold: the form in which names are compared, so that case, hyphens, underscores, spacing and plural do not matter.

use unicase::UniCase;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The words in Unicode normal form C, case-folded, with every run of white space, hyphens and underscores as one space.
pub fn fold(words: &str) -> String {
    if words.is_ascii() {
        return join_pieces(words.split(is_separator), |piece, folded| {
            folded.extend(piece.chars().map(|letter| letter.to_ascii_lowercase()));
        });
    }
    let normal = normal_form(words);
    // Folding can leave normal form (a letter with a mark may fold to two), so it is normalised again.
    let folded = normal_form(&UniCase::unicode(normal.as_str()).to_folded_case());
    join_pieces(folded.split(is_separator), |piece, joined| joined.push_str(piece))
}

/// The folded form of a run of words with every word in its singular: the form in which plurals compare.
pub fn fold_words(words: &str) -> String {
    let folded = fold(words);
    let mut out = String::with_capacity(folded.len());
    for word in folded.split(' ') {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&singular(word));
    }
    out
}

/// The singular of an English word, by its ending alone. Both sides of a comparison go through it, so a word that
/// it cuts wrongly still meets itself; irregular plurals (`children`) are synonyms in the data.
pub fn singular(word: &str) -> String {
    let keep = || word.to_owned();
    if word.len() < 4 || !word.ends_with('s') {
        return keep();
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return if stem.len() > 1 { format!("{stem}y") } else { keep() };
    }
    for ending in ["sses", "shes", "ches", "xes", "zes"] {
        if word.ends_with(ending) {
            return word[..word.len() - 2].to_owned();
        }
    }
    if ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending)) {
        return keep();
    }
    word[..word.len() - 1].to_owned()
}

fn normal_form(words: &str) -> String {
    match is_nfc_quick(words.chars()) {
        IsNormalized::Yes => words.to_owned(),
        _ => words.nfc().collect(),
    }
}

fn is_separator(letter: char) -> bool {
    matches!(letter, '-' | '_' | '\u{2010}' | '\u{2011}' | '\u{2013}') || letter.is_whitespace()
}

fn join_pieces<'a>(pieces: impl Iterator<Item = &'a str>, mut push: impl FnMut(&'a str, &mut String)) -> String {
    let mut joined = String::new();
    for piece in pieces.filter(|piece| !piece.is_empty()) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        push(piece, &mut joined);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::{fold, fold_words};

    #[test]
    fn case_hyphen_underscore_and_space_are_alike() {
        assert_eq!(fold("Opsoclonus-Myoclonus__Syndrome "), "opsoclonus myoclonus syndrome");
        assert_eq!(fold("  lung \n cancer"), "lung cancer");
    }

    #[test]
    fn unicode_folds_across_forms() {
        assert_eq!(fold("STRASSE"), fold("Straße"));
        assert_eq!(fold("Sjo\u{308}gren"), fold("SJÖGREN"));
        assert_eq!(fold("ΟΔΟΣ"), fold("οδος"));
    }

    #[test]
    fn plural_meets_singular() {
        assert_eq!(fold_words("Viral infections"), fold_words("viral infection"));
        assert_eq!(fold_words("biopsies"), fold_words("biopsy"));
        assert_eq!(fold_words("abscesses"), fold_words("abscess"));
        assert_eq!(fold_words("opsoclonus"), "opsoclonus");
        assert_eq!(fold_words("diagnosis"), "diagnosis");
    }
}
