//! Tokens: what is what in any text, finished or not.

use super::super::tokens::{TokenKind, is_pattern, is_unfinished, tokens};

/// Each token with the letter of its kind in front.
fn sketch(text: &str) -> String {
    let letter = |kind: TokenKind| match kind {
        TokenKind::Keyword => 'K',
        TokenKind::Word => 'w',
        TokenKind::Number => 'n',
        TokenKind::Quoted => 'q',
        TokenKind::Regex => 'r',
        TokenKind::Unclosed => 'U',
        TokenKind::Operator => 'o',
        TokenKind::Bracket => 'b',
        TokenKind::Comma => 'c',
        TokenKind::Arrow => 'a',
        TokenKind::EndMark => 'e',
        TokenKind::Comment => '#',
        TokenKind::Label => 'l',
        TokenKind::Function => 'f',
        TokenKind::Parameter => 'p',
        TokenKind::Unknown => '?',
    };
    let shown = tokens(text).into_iter().map(|token| format!("{}{}", letter(token.kind), &text[token.span]));
    shown.collect::<Vec<_>>().join(" ")
}

#[test]
fn every_kind_of_token() {
    for (text, expected) in [
        ("", ""),
        ("causes where population=adult", "wcauses Kwhere wpopulation o= wadult"),
        ("frequency >= 50-80%;", "wfrequency o>= n50-80% e;"),
        ("-- a comment\nx -- y\n  -- z", "#-- a comment wx w-- wy #-- z"),
        ("a in (\"b, c\", 'd's')", "wa Kin b( q\"b, c\" c, q'd's' b)"),
        ("x matches /a b\\/c/ or / y", "wx Kmatches r/a b\\/c/ Kor ?/ wy"),
        ("what does it treat?", "Kwhat Kdoes Kit wtreat e?"),
        ("it does what", "Kit wdoes Kwhat"),
        ("a -is bound by-> b <- c - d -5", "wa a-is bound by-> wb a<- c - wd n-5"),
        ("a => ! b ≥ c", "wa o=> ?! wb o≥ wc"),
        ("say \"no", "wsay U\"no"),
        ("x matches /no", "wx Kmatches U/no"),
        ("’x /y", "?’x ?/y"),
        ("OMS is caused by what is", "wOMS Kis wcaused Kby Kwhat wis"),
        ("count kind where kind = a and of = b", "Kcount Kkind Kwhere wkind o= wa Kand wof o= wb"),
        ("causes where has x and denied or y = denied", "wcauses Kwhere Khas wx Kand Kdenied Kor wy o= wdenied"),
        ("causes has x", "wcauses whas wx"),
        ("a sort by desc desc, of show to", "wa Ksort Kby wdesc Kdesc c, wof Kshow wto"),
        ("path from a to from", "Kpath Kfrom wa Kto wfrom"),
        ("let x = count a", "Klet wx o= Kcount wa"),
        (
            "MATCH (n:A {k: 'v'})-[r:R|S*1..2]->() // c",
            "KMATCH b( wn o: lA b{ wk o: q'v' b} b) o- b[ wr o: lR o| lS o* n1 o.. n2 b] a-> b( b) #// c",
        ),
        ("RETURN count(x.y) + $p AS `a b`;", "KRETURN fcount b( wx o. wy b) o+ p$p KAS w`a b` e;"),
        ("explain return all(x IN l WHERE x)\n-- c\n--(", "Kexplain Kreturn fall b( wx KIN wl KWHERE wx b) #-- c a-- b("),
        ("RETURN 'no", "KRETURN U'no"),
        ("a where p = 1 in 5 and q in (1)", "wa Kwhere wp o= n1 win n5 Kand wq Kin b( n1 b)"),
    ] {
        assert_eq!(sketch(text), expected, "`{text}`");
    }
}

#[test]
fn unfinished_queries_want_more() {
    for text in [
        "causes where",
        "causes of",
        "a and",
        "a or",
        "a but",
        "a but not",
        "a where not",
        "a where x =",
        "a where x >=",
        "a sort by",
        "a sort",
        "a where x in (",
        "(a",
        "\"a",
        "a where x matches /b",
        "a show x,",
        "path from A to B via",
        "path",
        "explain",
        "let x =",
        "a where possibly",
        "a where x between 1 and",
        "a limit",
        "causes of\n-- y",
        "causes of\n",
        "what does",
        "MATCH (n)",
        "RETURN ';'",
        "RETURN 1 // ;",
        "a where has",
    ] {
        assert!(is_unfinished(text), "`{text}`");
    }
}

#[test]
fn finished_queries_want_nothing() {
    for text in [
        "",
        "-- x",
        "causes",
        "causes;",
        "what causes OMS?",
        "neuroblastoma causes what",
        "it",
        "a where denied",
        "a sort by x desc",
        "(a)",
        "a)",
        "\"a\"",
        "a where x = 1",
        "symptoms of it",
        "a where of = \"and\"",
        "why 2",
        "RETURN 1; // done",
        "MATCH (n) RETURN n ; ",
    ] {
        assert!(!is_unfinished(text), "`{text}`");
    }
}

#[test]
fn patterns_are_told_by_their_first_word() {
    for text in [
        "MATCH (n) RETURN n",
        "optional match (n)",
        "WITH 1 AS x",
        "unwind [1] as x",
        "Return 1",
        "CALL graph.components()",
        "match(n)",
        "explain MATCH (n)",
        "let a b = MATCH (n)",
        "profile match (n)",
        "-- x\nmatch (n)",
        "// x\n/* y\n */ explain /* z */ MATCH (n)",
        "\u{feff}match (n)",
    ] {
        assert!(is_pattern(text), "`{text}`");
    }
    for text in ["", "causes", "explain causes", "matches", "\"match\"", "match-funding", "// x", "/* x", "-- match", "a match", "explain"]
    {
        assert!(!is_pattern(text), "`{text}`");
    }
}

#[test]
fn words_that_are_typed_alone_to_know_what_they_are_for_are_complete() {
    for text in ["why", "possibly ", "Why\n"] {
        assert!(!is_unfinished(text), "`{text}`");
    }
}
