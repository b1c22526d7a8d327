//! The vocabulary: the grammar's keywords and the published list are the same.

use std::collections::BTreeSet;

use pest::Parser;

use super::super::grammar::{PhraseParser, Rule};
use super::super::keywords::{KEYWORDS, PATTERN_WORDS, Reserved, keyword};
use super::read;

/// The rules of the grammar that are keywords, with their words.
fn keyword_rules() -> Vec<(Rule, String)> {
    let named = |rule: &Rule| format!("{rule:?}").strip_prefix("keyword_").map(|word| (*rule, word.to_owned()));
    Rule::all_rules().iter().filter_map(named).collect()
}

fn matches_whole(rule: Rule, text: &str) -> bool {
    PhraseParser::parse(rule, text).is_ok_and(|pairs| pairs.as_str() == text)
}

#[test]
fn the_table_lists_the_keywords_of_the_grammar() {
    let listed: BTreeSet<String> = KEYWORDS.iter().map(|keyword| keyword.word.to_owned()).collect();
    let ruled: BTreeSet<String> = keyword_rules().into_iter().map(|(_, word)| word).collect();
    assert_eq!(listed, ruled);
    assert_eq!(listed.len(), KEYWORDS.len(), "a keyword is listed twice");
}

#[test]
fn keywords_match_in_any_letter_case_and_end_where_the_word_ends() {
    for (rule, word) in keyword_rules() {
        assert!(matches_whole(rule, &word), "{word}");
        assert!(matches_whole(rule, &word.to_uppercase()), "{word}");
        for longer in ["x", "-x", ".x", "'s", "_", "é", "/2"] {
            assert!(PhraseParser::parse(rule, &format!("{word}{longer}")).is_err(), "{word}{longer}");
        }
    }
}

#[test]
fn the_grammar_reserves_what_the_table_says() {
    for entry in KEYWORDS {
        assert_eq!(matches_whole(Rule::structural, entry.word), entry.reserved == Reserved::Everywhere, "{}", entry.word);
        assert_eq!(matches_whole(Rule::opener, entry.word), entry.reserved == Reserved::AtStart, "{}", entry.word);
        let inside = super::super::parse(&format!("causes {} x", entry.word));
        let completed = ["of", "or", "and", "where", "show"].contains(&entry.word);
        if entry.reserved == Reserved::Everywhere && !completed {
            assert!(inside.is_err(), "{}", entry.word);
        }
        if matches!(entry.reserved, Reserved::InPlace | Reserved::AtStart) {
            assert!(inside.is_ok(), "{}", entry.word);
        }
    }
}

#[test]
fn words_that_hold_keywords_are_words() {
    for entry in KEYWORDS {
        read(&format!("causes of {0}ish x{0} {0}-1 a.{0}", entry.word));
    }
}

#[test]
fn a_keyword_is_found_in_any_letter_case() {
    assert_eq!(keyword("WHERE").map(|entry| entry.word), Some("where"));
    assert_eq!(keyword("opsoclonus"), None);
    assert!(PATTERN_WORDS.iter().all(|word| keyword(word).is_none()));
}
