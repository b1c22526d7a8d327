//! Fold: the form in which names are compared, so that case, hyphens, underscores, spacing and plural do not matter.

use unicase::UniCase;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The words in Unicode normal form C, case-folded, with every run of white space, hyphens and underscores as one space.
pub fn fold(words: &str) -> String {
    if words.is_ascii() {
        return fold_ascii(words);
    }
    let normal = normal_form(words);
    // Folding can leave normal form (a letter with a mark may fold to two), so it is normalised again.
    let folded = normal_form(&UniCase::unicode(normal.as_str()).to_folded_case());
    let mut joined = String::with_capacity(folded.len());
    for piece in folded.split(is_separator).filter(|piece| !piece.is_empty()) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(piece);
    }
    joined
}

/// Whether a text is in Unicode normal form C: no letter is written as a plain one with marks behind it that has a form of its own.
pub fn is_composed(text: &str) -> bool {
    text.is_ascii() || unicode_normalization::is_nfc(text)
}

/// A character taken apart, without the marks on it: `é` as `e`, `ﬁ` as `fi`. One that is a mark by itself is nothing.
pub fn without_marks(character: char) -> String {
    let is_mark = |part: &char| matches!(part, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}' | '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}');
    let parts = std::iter::once(character).nfkd().filter(|part| !is_mark(part));
    parts.map(|part| if part == '\u{2044}' { '/' } else { part }).collect()
}

/// [`fold`] for plain ASCII, which most names are, in one pass.
fn fold_ascii(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    let mut apart = false;
    for byte in words.bytes() {
        if matches!(byte, b'-' | b'_' | b' ' | b'\t'..=b'\r' | 0x1c..=0x1f) {
            apart = !folded.is_empty();
            continue;
        }
        if std::mem::take(&mut apart) {
            folded.push(' ');
        }
        folded.push(char::from(byte.to_ascii_lowercase()));
    }
    folded
}

/// The folded form of a run of words with every word in its singular: the form in which plurals compare.
pub fn fold_words(words: &str) -> String {
    singular_words(&fold(words))
}

/// Words that are folded already, each in its singular.
pub fn singular_words(folded: &str) -> String {
    let mut singulars = String::with_capacity(folded.len());
    for (position, word) in folded.split(' ').enumerate() {
        if position > 0 {
            singulars.push(' ');
        }
        let (stem, ending) = singular(word);
        singulars.push_str(stem);
        singulars.push_str(ending);
    }
    singulars
}

/// The singular of an English word, as a stem and an ending, by its ending alone. Both sides of a comparison go through
/// it, so a word that it cuts wrongly still meets itself; irregular plurals (`children`) are synonyms in the data.
fn singular(word: &str) -> (&str, &'static str) {
    if word.len() < 3 || !word.ends_with('s') {
        return (word, "");
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return if stem.len() > 1 { (stem, "y") } else { (word, "") };
    }
    if ["sses", "shes", "ches", "xes", "zes"].iter().any(|ending| word.ends_with(ending)) {
        return (&word[..word.len() - 2], "");
    }
    if ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending)) {
        return (word, "");
    }
    (&word[..word.len() - 1], "")
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
