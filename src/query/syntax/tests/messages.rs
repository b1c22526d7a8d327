//! Messages: what each mistake is told, and where its caret stands.

use crate::diagnostic::{Class, Code};

use super::super::parse;
use super::{read, refused};

/// Code, marked text, message and a piece of the help for each query.
pub(super) fn assert_messages(code: Code, rows: &[(&str, &str, &str, &str)]) {
    for (text, marked, message, help) in rows {
        let fault = refused(text);
        assert_eq!(fault.code, code, "`{text}`: {fault:#?}");
        assert_eq!(fault.message, *message, "`{text}`");
        assert_eq!(&text[fault.labels[0].span.clone()], *marked, "`{text}`: {fault:#?}");
        assert!(fault.help.iter().any(|hint| hint.contains(help)), "`{text}`: {:#?}", fault.help);
        assert_eq!(fault.code.class(), Class::Query);
    }
}

#[test]
fn texts_that_cannot_be_read_at_all() {
    assert_messages(
        Code::EmptyQuery,
        &[
            ("", "", "the query is empty", "`causes of OMS`"),
            (" \n-- only a comment", "", "the query is empty", "`what causes OMS`"),
            (";", "", "the query is empty", "`what causes OMS`"),
        ],
    );
    assert_messages(
        Code::ControlCharacter,
        &[
            ("a\u{1b}[1m", "\u{1b}", "the query holds the control character U+001B", "`\\u{1b}`"),
            ("é\0", "\0", "the query holds the control character U+0000", "remove it"),
        ],
    );
    assert_messages(
        Code::UnclosedQuote,
        &[
            ("causes of \"OMS", "\"", "a quotation mark is not closed", "close it with `\"`"),
            ("causes of “OMS (", "“", "a quotation mark is not closed", "close it with `”`"),
            ("causes of 'OMS's", "'", "a quotation mark is not closed", "at the end of a word"),
            ("a where b matches /x", "/", "a regular expression is not closed", "close it with `/`"),
            ("\"a\\\"", "\"", "a quotation mark is not closed", "is written `\\\"`"),
        ],
    );
    assert_messages(
        Code::UnbalancedBracket,
        &[
            ("causes of (a or (b)", "(", "an opening bracket is not closed", "close it with `)`"),
            ("causes)", ")", "a closing bracket has no opening one", "open it with `(`"),
        ],
    );
    assert_eq!(refused("causes of (a or (b)").labels[0].span, 10..11);
    assert_eq!(refused("(a) or b)").labels[0].span, 8..9);
    assert_eq!(refused("a \"(\" )").labels[0].span, 6..7);
}

#[test]
fn several_faults_are_told_at_once() {
    let faults = parse(")a(").expect_err("brackets");
    assert_eq!(faults.iter().map(|fault| fault.labels[0].span.clone()).collect::<Vec<_>>(), [0..1, 2..3]);
    assert_eq!(parse(&"\u{1}".repeat(1000)).expect_err("controls").len(), 8);
}

#[test]
fn what_this_version_does_not_answer() {
    assert_messages(
        Code::NotSupported,
        &[
            ("similar to OMS by symptoms", "similar", "`similar` is not answered yet", "`symptoms of A and symptoms of B`"),
            ("explain similar to OMS", "similar", "`similar` is not answered yet", "`and`"),
        ],
    );
}

#[test]
fn conditions() {
    assert_messages(
        Code::Syntax,
        &[
            ("causes where", "", "`where` needs a condition", "`where population = adult`"),
            ("causes where or a = 1", "or", "`where` needs a condition", "`where population = adult`"),
            ("causes where not", "", "`not` needs a condition", "`not population = adult`"),
            ("causes where population", "", "`population` needs an operator and a value", "`population = …`"),
            ("causes where population =", "", "a value is missing behind `=`", "`population = …`"),
            ("causes where a = of", "of", "a value is missing behind `=`", "needs quotation marks"),
            ("causes where a between", "", "a value is missing behind `between`", "`a between 1 year and 2 years`"),
            ("causes where a between 1 or 2", "or", "`between` needs `and` and a second value", "`a between 1 and …`"),
            ("causes where a between 1 and", "", "`between` needs a second value", "`a between 1 and …`"),
            ("causes where population is adult", "is", "`is` is no operator", "`population = adult`"),
            ("causes where sex ratio is not 1 and b = 2", "is not", "`is not` is no operator", "`sex ratio != 1`"),
            ("causes where frequency => 50%", "=>", "`=>` is no operator", "`>=`"),
            ("causes where frequency =< 50%", "=<", "`=<` is no operator", "`<=`"),
            ("causes where has a = 1", "=", "`has` asks only whether there is a value", "`a = 1`"),
            ("causes where a in adult", "adult", "`in` needs a list in parentheses", "`a in (adult)`"),
            ("causes where a in (b,)", ")", "a value is missing in the list", "commas"),
            ("causes where a matches \"b\"", "\"b\"", "`matches` needs a regular expression between slashes", "/^neuro/"),
            ("causes where a = 1 b = 2", "=", "two conditions need `and` or `or` between them", "`a = 1 and b = …`"),
            ("causes where a = 1 = 2", "=", "two conditions need `and` or `or` between them", "`a = 1 and a = …`"),
            ("causes where a = 1 and", "", "the query ends behind `and`", "remove the word"),
            ("causes where a = 1 where b = 2", "where", "`where` stands twice", "join the conditions"),
            ("causes sort by a where b = 1", "where", "`where` stands in front of `sort by`", "move it to the front"),
            ("causes where name = loss of balance", "of", "`of` cannot stand behind a value", "`name = \"loss of balance\"`"),
            ("causes population = adult", "population =", "a condition stands behind `where`", "`causes where population = adult`"),
            ("causes in adults", "in", "`in` stands only in a condition", "`causes where population = adults`"),
        ],
    );
}

#[test]
fn phrases() {
    assert_messages(
        Code::Syntax,
        &[
            ("causes of", "", "the query ends behind `of`", "`causes of OMS`"),
            ("causes of where a = 1", "where", "`of` needs a name", "`causes of OMS`"),
            ("causes and", "", "the query ends behind `and`", "`causes or effects`"),
            ("causes and not effects", "and not", "`and not` does not join phrases", "`but not`"),
            ("causes but effects", "effects", "`but` needs `not` behind it", "`but not`"),
            ("causes but not", "", "the query ends behind `not`", "`causes but not causes"),
            ("why 1, 2", ",", "`why` takes the number of one row", "`why 1`, then `why 2`"),
            ("causes, effects", ",", "a comma cannot stand here", "joined by `and`"),
            ("causes or count symptoms", "count", "`count` stands only at the start of a query", "quotation marks"),
            ("treats (causes of A)", "(", "parentheses cannot stand behind a name", "`treatments of (causes of A or causes of B)`"),
            ("(a or b) of c", "(a or b)", "a set in parentheses cannot be asked `of` something", "the noun comes first"),
            ("kind a of c", "kind a", "`kind a` cannot be asked `of` something", "`causes of OMS`"),
            ("find loss of balance", "find loss", "`find` looks for words up to the next keyword, and `of` is one", "`find \"loss of …\"`"),
            ("response to treatment", "to", "`to` is a keyword and cannot stand here", "`\"response to treatment\"`"),
            ("causes by population", "by", "`by` belongs to `count` and `sort`", "`count causes by …`"),
            ("where a = 1", "where", "a query cannot begin with `where`", "begin with what is asked for"),
            ("compound-binds->gene", "compound-binds->", "the arrow cannot be told from the word in front of it", "white space in front"),
            ("gene <-binds compound", "<", "the arrow is not closed", "`gene <-binds- compound`"),
            ("causes of /x", "/x", "`/x` begins no word", "`\"/x\"`"),
            ("exactly", "exactly", "`exactly` needs a name behind it", "`symptoms of exactly OMS`"),
            ("causes of 'x\\q'", "\\q", "`\\q` is no escape", "`\\\\`"),
            ("causes of \"\\u{110000}\"", "\\u", "`\\u` is no escape", "braces"),
            ("(a) b", "b", "`b` cannot stand here", "a query reads like"),
        ],
    );
    // A keyword inside a name is legal where the language can read it; the words are looked up later.
    read("symptoms of loss of balance");
}

#[test]
fn requests() {
    assert_messages(
        Code::Syntax,
        &[
            (":schema", ":schema", "`:schema` is a command of the prompt, not a query", "open the prompt"),
            ("causes; effects", "effects", "more follows behind `;`", "one query at a time"),
            ("let = causes", "=", "`let` needs a name", "`let adult_causes = causes"),
            ("let x causes", "", "`let` needs `=` between the name and the query", "`let adult_causes = causes"),
            ("let x =", "", "`let` needs a query behind `=`", "`let adult_causes = causes"),
            ("path to B", "to", "`path` needs `from` and where it starts", "`path from A to B`"),
            ("path from A", "", "`path` needs `to` and where it ends", "`path from A to B`"),
            ("paths from to B", "to", "`from` needs a name", "`paths from A to B`"),
            ("path from A to B and causes", "and", "what `path` asks for cannot be joined with something else", "ask for each by itself"),
            ("path from A to B within", "", "`within` needs a whole number", "`within 3`"),
            ("path from A to B via", "", "the query ends behind `via`", "`via causes, -treats->`"),
            ("around", "", "the query ends behind `around`", "`around rituximab within 2`"),
            ("around within 2", "within", "`around` needs a name", "`around rituximab within 2`"),
            ("find", "", "the query ends behind `find`", "`find \"tremor\"`"),
            ("count", "", "the query ends behind `count`", "`count causes by population`"),
            ("count causes across population", "across", "`across` belongs to `compare`", "`count causes by population`"),
            ("compare across population", "across", "`compare` needs a phrase", "`compare causes across population`"),
            ("compare causes", "", "`compare` needs `across` and a field", "`compare causes across population`"),
            ("compare causes by population", "by", "`compare` needs `across` and a field", "`compare causes across population`"),
            ("why causes of OMS", "of", "`why` takes a sentence", "`why rituximab treats OMS`"),
            ("causes limit -1", "-1", "`limit` needs a whole number", "`limit 10`"),
            ("causes limit ten", "ten", "`limit` needs a whole number", "`limit 10`"),
            ("causes limit 1 limit 2", "limit 2", "`limit` stands twice", "keep one"),
            ("causes show a show b", "show b", "`show` stands twice", "with commas"),
            ("causes sort population", "population", "`sort` needs `by` behind it", "`sort by population`"),
            ("causes show a,", "", "something is missing behind the comma", "remove the comma"),
            ("(causes limit 3) or b", "limit", "`limit` belongs to the whole query", "behind the last bracket"),
            ("explain let x = causes", "let", "`let` stands only at the start of a query", "quotation marks"),
        ],
    );
    assert_messages(
        Code::OutOfRange,
        &[
            ("causes limit 18446744073709551616", "18446744073709551616", "the number is too large", "18446744073709551615"),
            ("around a within 99999999999999999999999", "99999999999999999999999", "the number is too large", "18446744073709551615"),
        ],
    );
    assert_messages(
        Code::ReservedName,
        &[
            ("let of = causes", "of", "`of` is a keyword, and no name for an answer", "another name"),
            ("let my Where = causes", "Where", "`Where` is a keyword, and no name for an answer", "another name"),
            ("let path = causes", "path", "`path` is a keyword, and no name for an answer", "another name"),
            ("let it = causes", "it", "`it` is a keyword, and no name for an answer", "another name"),
        ],
    );
}

#[test]
fn a_second_place_points_at_what_collides() {
    let fault = refused("causes sort by a where b = 1");
    assert_eq!(fault.labels.iter().map(|label| label.span.clone()).collect::<Vec<_>>(), [17..22, 7..11]);
}

#[test]
fn the_caret_stands_behind_the_last_word_where_the_query_ends() {
    assert_eq!(refused("causes where  \n -- x\n").labels[0].span, 12..12);
    assert_eq!(refused("causes where ;").labels[0].span, 12..12);
}

#[test]
fn messages_address_nobody() {
    let queries =
        ["", "a where", "a,", "let = b", "a limit x", "MATCH n", "a)", "\"a", "similar", ":x", "a where b is c", "let of = a", "a \u{1}"];
    for fault in queries.iter().flat_map(|query| parse(query).expect_err(query)) {
        let words = format!("{} {}", fault.message, fault.help.join(" ")).to_lowercase();
        assert!(!words.split(|letter: char| !letter.is_alphabetic()).any(|word| word == "you" || word == "your"), "{words}");
    }
}
