//! Phrases: nouns, sentences, sets, neighbourhoods and searches.

use super::super::tree::{Body, Operand, Phrase, Piece, PieceKind, Query, Request, Run, SetExpression, Tails};
use super::{assert_sketches, read};

#[test]
fn a_tree_holds_words_and_their_places() {
    let word = |text: &str, start: usize| Piece { kind: PieceKind::Word(text.to_owned()), span: start..start + text.len() };
    let phrase = Phrase {
        nouns: vec![Run { pieces: vec![word("Causes", 1)], span: 1..7 }],
        operand: Operand::Run(Run {
            pieces: vec![word("lung", 12), Piece { kind: PieceKind::Quoted("a \"b\"".to_owned()), span: 17..26 }],
            span: 12..26,
        }),
        condition: None,
        span: 1..26,
    };
    let body = Body::Set(SetExpression::Phrase(Box::new(phrase)));
    assert_eq!(read(" Causes OF  lung \"a \\\"b\\\"\" ; "), Request::Ask(Query { body, tails: Tails::default() }));
}

#[test]
fn relation_nouns_kinds_and_entities_are_runs() {
    assert_sketches(&[
        ("causes", "causes"),
        ("CAUSES", "CAUSES"),
        ("populations", "populations"),
        ("neuroblastoma", "neuroblastoma"),
        ("acute cerebellar ataxia", "acute cerebellar ataxia"),
        ("\"loss of balance\"", "\"loss of balance\""),
        ("'loss of balance'", "\"loss of balance\""),
        ("“loss of balance”", "\"loss of balance\""),
        ("„loss of balance“", "\"loss of balance\""),
        ("‘loss of balance’", "\"loss of balance\""),
        ("MONDO:0015247", "MONDO:0015247"),
        ("Epstein-Barr virus", "Epstein-Barr virus"),
        ("Parkinson's disease", "Parkinson's disease"),
        ("'Parkinson's disease'", "\"Parkinson's disease\""),
        ("Sjögren 日本 🧠", "Sjögren 日本 🧠"),
        ("kind trigger", "kind(trigger)"),
        ("KIND viral infection", "kind(viral infection)"),
        ("it", "IT"),
        ("exactly child", "EXACTLY child"),
        ("order bypass important", "order bypass important"),
        ("causes 'a\\tb\\u{e9}\\\\'", "causes \"a\tbé\\\""),
        ("causes of OMS?", "causes < OMS"),
        ("what causes OMS ?", "WHAT causes OMS"),
        ("what causes OMS;\n", "WHAT causes OMS"),
    ]);
}

#[test]
fn of_nests() {
    assert_sketches(&[
        ("causes of OMS", "causes < OMS"),
        ("effects of neuroblastoma", "effects < neuroblastoma"),
        ("treatments of effects of \"viral infection\"", "treatments < effects < \"viral infection\""),
        ("treatments of (causes of A or causes of B)", "treatments < ([causes < A or causes < B])"),
        ("symptoms of exactly OMS", "symptoms < EXACTLY OMS"),
        ("symptoms of it", "symptoms < IT"),
        ("symptoms of kind disease", "symptoms < kind(disease)"),
        ("symptoms of loss of balance", "symptoms < loss < balance"),
        ("causes of OMS where a = 1", "causes < OMS where <a Equal 1>"),
    ]);
}

#[test]
fn sentences_are_runs_of_words_questions_and_arrows() {
    assert_sketches(&[
        ("what causes OMS", "WHAT causes OMS"),
        ("which drugs treat OMS", "WHAT drugs treat OMS"),
        ("neuroblastoma causes what", "neuroblastoma causes WHAT"),
        ("what does IVIg treat", "WHAT DOES IVIg treat"),
        ("what do drugs treat", "WHAT DOES drugs treat"),
        ("doctors do treat what", "doctors do treat WHAT"),
        ("what has opsoclonus", "WHAT has opsoclonus"),
        ("OMS is caused by what", "OMS is caused by WHAT"),
        ("what is caused by OMS", "WHAT is caused by OMS"),
        ("symptoms were\n treated BY what", "symptoms were treated BY WHAT"),
        ("compound binds gene associates \"multiple sclerosis\"", "compound binds gene associates \"multiple sclerosis\""),
        ("compound -binds-> gene <-binds- compound", "compound -binds-> gene <-binds- compound"),
        ("compound - binds -> gene <- binds - compound", "compound -binds-> gene <-binds- compound"),
        ("OMS - is  caused by -> what", "OMS -is caused by-> WHAT"),
        ("OMS <-is-caused-by- what", "OMS <-is-caused-by- WHAT"),
        ("-5 - x", "-5 - x"),
    ]);
}

#[test]
fn sets_join_from_left_to_right_and_or_binds_loosest() {
    assert_sketches(&[
        ("symptoms of OMS and symptoms of \"acute cerebellar ataxia\"", "[symptoms < OMS and symptoms < \"acute cerebellar ataxia\"]"),
        ("a or b", "[a or b]"),
        ("a but not b", "[a but not b]"),
        ("a and b but not c and d", "[a and b but not c and d]"),
        ("a or b and c or d", "[a or [b and c] or d]"),
        ("(a or b) and c", "[([a or b]) and c]"),
        ("(a)", "(a)"),
    ]);
}

#[test]
fn a_condition_belongs_to_the_phrase_that_it_stands_behind() {
    assert_sketches(&[
        ("causes but not causes where population = adult", "[causes but not causes where <population Equal adult>]"),
        ("a where x = 1 or b", "[a where <x Equal 1> or b]"),
        ("a where x = 1 or b where y = 2", "[a where <x Equal 1> or b where <y Equal 2>]"),
        ("a where x = 1 or y = 2", "a where (or <x Equal 1> <y Equal 2>)"),
        ("a where x = 1 and symptoms of OMS", "[a where <x Equal 1> and symptoms < OMS]"),
        ("a where x = 1 and (y = 2 or z = 3)", "a where (and <x Equal 1> (or <y Equal 2> <z Equal 3>))"),
        ("a where x = 1 and (b or c)", "[a where <x Equal 1> and ([b or c])]"),
        ("a where x = 1 and it", "[a where <x Equal 1> and IT]"),
        ("a where x = 1 and what causes OMS", "[a where <x Equal 1> and WHAT causes OMS]"),
        ("a where (x = 1) and b", "[a where <x Equal 1> and b]"),
        ("(a or b) where x = 1", "([a or b]) where <x Equal 1>"),
    ]);
}

#[test]
fn neighbourhoods_and_searches() {
    assert_sketches(&[
        ("around rituximab", "around(rituximab)"),
        ("around rituximab within 2", "around(rituximab; within 2)"),
        ("around lung cancer within 2 via treats, -causes->", "around(lung cancer; within 2; via treats, -causes->)"),
        ("around it via treats within 1 where kind = drug", "around(IT; within 1; via treats) where <kind Equal drug>"),
        ("find \"tremor\"", "find(tremor)"),
        ("find eye movement", "find(eye movement)"),
        ("find tremor or symptoms", "[find(tremor) or symptoms]"),
    ]);
}

#[test]
fn comments_and_line_breaks_are_white_space() {
    assert_sketches(&[
        ("-- a comment\ncauses\n  -- another \"\n\tof OMS\n--", "causes < OMS"),
        ("  -- first\r\ncauses\r\nof\u{a0}OMS", "causes < OMS"),
        ("\u{feff}causes\n--a\n--b\n\n--c\nwhere a = 1", "causes where <a Equal 1>"),
        ("causes of \"a\n-- b\"", "causes < \"a\n-- b\""),
        ("a -- b", "a -- b"),
    ]);
}
