//! Properties: whatever is typed, nothing panics, and every place lies in the text.

use proptest::collection::vec;
use proptest::prelude::*;

use super::super::keywords::KEYWORDS;
use super::super::parse;
use super::super::tokens::{TokenKind, is_pattern, is_unfinished, tokens};
use super::super::tree::{Body, Operand, PieceKind, Request, SetExpression, Span};

/// The places that the debug form of a tree shows.
fn places(shown: &str) -> Vec<Span> {
    let read = |place: &str| {
        let end = place.find(|character: char| !character.is_ascii_digit() && character != '.')?;
        let (from, to) = place[..end].split_once("..")?;
        Some(from.parse().ok()?..to.parse().ok()?)
    };
    shown.split("span: ").skip(1).filter_map(read).collect()
}

fn is_place(text: &str, place: &Span) -> bool {
    place.start <= place.end && text.get(place.clone()).is_some()
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let mut end = 0;
    for token in tokens(text) {
        prop_assert!(token.span.start >= end && token.span.end > token.span.start, "{token:?}");
        prop_assert!(is_place(text, &token.span), "{token:?}");
        prop_assert!(
            text[end..token.span.start].chars().all(|character| character.is_whitespace() || character == '\u{feff}'),
            "{token:?}"
        );
        end = token.span.end;
    }
    is_unfinished(text);
    is_pattern(text);
    match parse(text) {
        Ok(request) => {
            for place in places(&format!("{request:?}")) {
                prop_assert!(is_place(text, &place), "{place:?}");
                // Only a regular expression may be empty or begin with white space.
                let trimmed = text.contains('/') || !place.is_empty() && text[place.clone()].trim() == &text[place.clone()];
                prop_assert!(trimmed, "{place:?}");
            }
            check_run(text, &request)
        }
        Err(faults) => {
            prop_assert!(!faults.is_empty());
            for fault in faults {
                prop_assert!(!fault.message.is_empty() && !fault.message.ends_with('.') && !fault.help.is_empty(), "{fault:?}");
                prop_assert!(!fault.labels.is_empty() && fault.labels.iter().all(|label| is_place(text, &label.span)), "{fault:?}");
            }
            Ok(())
        }
    }
}

/// That the lexer cuts a lone run where the grammar does.
fn check_run(text: &str, request: &Request) -> Result<(), TestCaseError> {
    let Request::Ask(query) = request else { return Ok(()) };
    let Body::Set(SetExpression::Phrase(phrase)) = &query.body else { return Ok(()) };
    let Operand::Run(run) = &phrase.operand else { return Ok(()) };
    let cut: Vec<Span> = tokens(text).into_iter().filter(|token| token.kind != TokenKind::Comment).map(|token| token.span).collect();
    for piece in &run.pieces {
        prop_assert!(cut.contains(&piece.span), "{piece:?} in {cut:?}");
        if let PieceKind::Word(word) = &piece.kind {
            prop_assert_eq!(word, &text[piece.span.clone()]);
        }
    }
    Ok(())
}

/// Tokens of the language, whole and broken.
fn piece() -> impl Strategy<Value = String> {
    let keywords: Vec<String> = KEYWORDS.iter().map(|keyword| keyword.word.to_owned()).collect();
    let signs = [
        "=", "==", "!=", "<", "<=", ">", ">=", "=>", "(", ")", ",", ";", "?", "\"", "'", "“", "”", "/", "/x/", "\\", "\n", "\n--", "-",
        "->", "<-", "-x->", "<-x-", "!", "≥", ":", "…", "\u{feff}", "🧠", "[", "]", "{", "}", "`", "$", "|", "*", "..", ".", "--", "//",
        "/*",
    ];
    let words = [
        "causes",
        "OMS",
        "adult",
        "50-80%",
        "1",
        "5 million",
        "\"a b\"",
        "'it's'",
        "of.kind",
        "a",
        "é",
        "\"\\u{e9}\"",
        "\"\\q\"",
        "match",
        "RETURN",
        "(n)",
        "-[r]->",
        "AS x",
        "CASE WHEN",
        "END",
        "$p",
        "0x",
        "UNWIND",
    ];
    let fixed: Vec<String> = signs.iter().chain(&words).map(|text| (*text).to_owned()).collect();
    prop_oneof![3 => prop::sample::select(keywords), 4 => prop::sample::select(fixed)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_texts_are_answered(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn lines_of_printable_text_are_answered(text in "[ -~é“”’\n]{0,40}") {
        check(&text)?;
    }

    #[test]
    fn shuffled_tokens_are_answered(pieces in vec((piece(), prop::sample::select(vec![" ", " ", " ", ""])), 0..14)) {
        let text: String = pieces.into_iter().map(|(piece, space)| piece + space).collect();
        check(&text)?;
    }

    #[test]
    fn queries_with_one_thing_changed_are_answered(
        query in prop::sample::select(vec![
            "causes where population=adult and (frequency >= 50% or not has x) sort by a desc, b limit 3 show a, b",
            "treatments of (causes of A but not causes of \"B c\") where x in (1, 2) and y matches /z/",
            "paths from lung cancer to opsoclonus within 4 via causes, -treats->",
            "compare symptoms of OMS across source where age between 1 year and 2 years",
            "let x = count what is caused by OMS by population",
            "compound -binds-> gene <-is bound by- what",
            "MATCH p = (a:A {x: 1})-[r:R|S*1..3]->(b WHERE b.y > 1), (c) WHERE NOT (a)-->(c) RETURN DISTINCT p, count(*) AS n ORDER BY n DESC LIMIT 3",
            "WITH [x IN [1, .5, 0x1F] WHERE x > $p | x ^ 2] AS l RETURN CASE l[0] WHEN 1 THEN 'a\\n' ELSE {k: l[1..2]} END, any(y IN l WHERE y)",
            "CALL graph.degree() YIELD entity AS e /* c */ RETURN e:A, [(e)--(f) | f.`a b`], EXISTS { (e)<--() } UNION RETURN 1, 2, 3",
        ]),
        at in any::<prop::sample::Index>(),
        removed in 0_usize..6,
        inserted in piece(),
    ) {
        let start = at.index(query.len());
        let end = (start + removed).min(query.len());
        check(&format!("{}{inserted}{}", &query[..start], &query[end..]))?;
    }
}
