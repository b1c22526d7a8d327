//! Limits: no text exhausts the stack or the time.

use std::thread;
use std::time::{Duration, Instant};

use crate::diagnostic::{Code, Diagnostic};

use super::super::limits::{DEEPEST_NESTING, LONGEST_QUERY, MOST_OPERANDS};
use super::super::parse;
use super::super::tree::Request;
use super::refused;

/// The stack of a thread that was given no other size, as in tests.
const STACK: usize = 2 << 20;

/// What `parse` says in a thread of its own; the tree is dropped there, too.
fn parsed_in_thread(text: String) -> Result<(), Vec<Diagnostic>> {
    let work = move || parse(&text).map(|request: Request| drop(request.clone()));
    thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread").join().expect("no panic and no overflow")
}

fn nested(open: &str, inner: &str, depth: usize) -> String {
    format!("{}{inner}{}", open.repeat(depth), ")".repeat(depth))
}

/// Texts that are nested to the limit in every position.
fn deep() -> Vec<String> {
    let depth = DEEPEST_NESTING;
    vec![
        nested("(", "causes", depth),
        nested("treatments of (", "causes", MOST_OPERANDS - 1),
        nested("a but not (", "b", MOST_OPERANDS / 2),
        format!("causes where {}", nested("(", "a = 1", depth)),
        format!("causes where {}", nested("a = 1 or not (", "b = 2", depth)),
        format!("causes where a = 1 and {}", nested("(", "b", depth)),
        format!("causes where a = 1 and {}", nested("(", "b where c = 1", depth)),
        nested("a where b = 1 and (", "c", MOST_OPERANDS - 1),
        nested("a where (b = 1 and c = 2) and (", "d", MOST_OPERANDS - 1),
        format!("count {} by x", nested("(", "a", depth)),
        format!("causes where {} a = 1", "not ".repeat(depth)),
        format!("{} x", "a of ".repeat(MOST_OPERANDS)),
        vec!["a"; MOST_OPERANDS].join(" or "),
    ]
}

#[test]
fn what_is_within_the_limits_is_read_on_a_small_stack() {
    for text in deep() {
        let start: String = text.chars().take(40).collect();
        let began = Instant::now();
        assert_eq!(parsed_in_thread(text), Ok(()), "{start}");
        assert!(began.elapsed() < Duration::from_secs(10), "{start}: {:?}", began.elapsed());
    }
}

#[test]
fn what_fails_deep_inside_fails_soon() {
    let depth = DEEPEST_NESTING;
    for text in [
        nested("(", "causes where", depth),
        nested("a where b = 1 and (", "c d =", MOST_OPERANDS - 1),
        format!("causes where {}", nested("a = 1 and (", "b", depth)),
        format!("causes where {}", nested("not (", "b", depth)),
        format!("causes where a = 1 and {}", nested("(", "b = ", depth)),
    ] {
        let start: String = text.chars().take(40).collect();
        let began = Instant::now();
        let faults = parsed_in_thread(text).expect_err(&start);
        assert_eq!(faults[0].code, Code::Syntax, "{start}");
        assert!(began.elapsed() < Duration::from_secs(10), "{start}: {:?}", began.elapsed());
    }
}

#[test]
fn what_is_beyond_the_limits_is_told() {
    for text in [
        nested("(", "causes", DEEPEST_NESTING + 1),
        nested("(", "causes", 10_000),
        "(".repeat(10_000),
        format!("causes where {} a = 1", "not ".repeat(DEEPEST_NESTING + 1)),
        format!("causes where {}", nested("not (", &format!("{} a = 1", "possibly ".repeat(DEEPEST_NESTING)), 1)),
        format!("{} x", "a of ".repeat(MOST_OPERANDS + 1)),
        vec!["a"; MOST_OPERANDS + 1].join(" and "),
        nested("a or (", "b", MOST_OPERANDS),
    ] {
        let start: String = text.chars().take(40).collect();
        let faults = parsed_in_thread(text).expect_err(&start);
        assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), [Code::TooDeep], "{start}");
    }
}

/// A pattern that nests one form to a depth.
fn nested_pattern(open: &str, inner: &str, close: &str, depth: usize) -> String {
    format!("RETURN {}{inner}{}", open.repeat(depth), close.repeat(depth))
}

#[test]
fn patterns_nested_to_the_limit_are_read_or_refused_soon() {
    let depth = DEEPEST_NESTING;
    for (open, close, brackets) in [
        ("(", ")", 1),
        ("[", "]", 1),
        ("{a: ", "}", 1),
        ("({a: ", "})", 2),
        ("({a: ", "})-->()", 2),
        ("(n {a: ", "})-->()", 2),
        ("(n WHERE ", ")-->()", 1),
        ("(WHERE ", ")-->()", 1),
        ("(a)-[r WHERE ", "]->()", 1),
        ("(a)-[{a: ", "}]->()", 2),
        ("(a)-[r * {a: ", "}]->()", 2),
        ("(a)<--({a: ", "}.a)", 2),
        ("[x IN l WHERE ", "]", 1),
        ("[(a)-->() WHERE ", " | 1]", 2),
        ("any(x IN l WHERE ", ")", 1),
        ("f(DISTINCT ", ")", 1),
        ("x[1..", "]", 1),
        ("CASE WHEN ", " THEN 1 END", 1),
        ("CASE (", ") WHEN 1 THEN 1 END", 2),
        ("NOT (", ")", 1),
        ("a = 1 OR NOT (", ")", 1),
        ("EXISTS { MATCH (a) WHERE ", " }", 2),
        ("EXISTS { (a) WHERE ", " }", 2),
    ] {
        for (inner, ends) in [("1", close), ("1 +", close), ("1", &close[..0])] {
            let text = nested_pattern(open, inner, ends, depth / brackets);
            let began = Instant::now();
            let outcome = parsed_in_thread(text);
            assert!(ends.is_empty() || inner != "1" || outcome.is_ok(), "{open}: {outcome:?}");
            assert!(began.elapsed() < Duration::from_secs(5), "{open}: {:?}", began.elapsed());
        }
        let beyond = parsed_in_thread(nested_pattern(open, "1", close, depth + 1)).expect_err(open);
        assert_eq!(beyond[0].code, Code::TooDeep, "{open}");
    }
}

#[test]
fn long_patterns_are_read_in_time_that_grows_with_them() {
    let length = 200_000;
    for (start, piece, end, accepted) in [
        ("RETURN ", "a.b = 1 AND ", "c", true),
        ("RETURN ", "a OR b XOR ", "c", true),
        ("RETURN ", "1 < ", "2", true),
        ("RETURN [", "1, ", "2]", true),
        ("MATCH (a)", "-[:X]->(b)", " RETURN 1", true),
        ("RETURN (a)", "-[:X]->(b)", "", true),
        ("", "RETURN 1 UNION ", "RETURN 1", true),
        ("", "MATCH (a) ", "RETURN 1", true),
        ("RETURN '", "\\n", "'", true),
        ("RETURN ", "/* x */", "1", true),
        ("RETURN ", "1 + ", "2", false),
        ("RETURN ", "NOT ", "true", false),
        ("RETURN ", "- ", "1", false),
        ("RETURN a", ".b", "", false),
        ("RETURN a - [x", ":A|B", " + 1]", false),
        ("RETURN ", "` ", "", false),
        ("RETURN ", "'", "", false),
    ] {
        let text = format!("{start}{}{end}", piece.repeat(length / piece.len()));
        let began = Instant::now();
        let outcome = parsed_in_thread(text);
        assert_eq!(outcome.is_ok(), accepted, "{start}{piece}");
        assert!(began.elapsed() < Duration::from_secs(20), "{start}{piece}: {:?}", began.elapsed());
    }
}

#[test]
fn the_bracket_that_is_too_deep_is_shown() {
    let fault = refused(&nested("(", "causes", DEEPEST_NESTING + 5));
    assert_eq!(fault.labels[0].span, DEEPEST_NESTING..DEEPEST_NESTING + 1);
}

#[test]
fn a_text_may_be_as_long_as_the_limit_says() {
    let fault = refused(&"é".repeat(LONGEST_QUERY / 2 + 1));
    assert_eq!(fault.code, Code::QueryTooLong);
    assert!(parse(&"é".repeat(LONGEST_QUERY / 2)).is_ok());
}

/// Long flat texts take a second or two without optimisation; the bound only catches what grows faster than the text.
#[test]
fn long_flat_texts_are_read_in_time_that_grows_with_them() {
    let length = 900_000;
    let blank = " ".repeat(length);
    let repeated = |piece: &str, between: &str| vec![piece; length / (piece.len() + between.len())].join(between);
    for text in [
        format!("causes where {}", repeated("name = neuroblastoma", " or ")),
        format!("causes where name in ({})", repeated("adult", ", ")),
        format!("causes {}", repeated("word", " ")),
        format!("causes{blank}of{blank}OMS")[..length].to_owned(),
        format!("causes \"{}\"", "x".repeat(length)),
    ] {
        let start: String = text.chars().take(40).collect();
        let began = Instant::now();
        let outcome = parsed_in_thread(text);
        assert!(outcome.is_ok(), "{start}: {:?}", outcome.map_err(|faults| faults[0].message.clone()));
        assert!(began.elapsed() < Duration::from_secs(30), "{start}: {:?}", began.elapsed());
    }
}

#[test]
fn long_crooked_texts_are_read_in_time_that_grows_with_them() {
    let length = 200_000;
    for piece in ["-a ", "- ", "' ", "\"x\" ", "? ", "-a b c d ", "<-a ", "a,", "=", "not ", "where ", "\n--", "/ ", "a = 1 in ", "is x "] {
        let text = format!("causes {}", piece.repeat(length / piece.len()));
        let began = Instant::now();
        drop(parsed_in_thread(text));
        assert!(began.elapsed() < Duration::from_secs(20), "{piece}: {:?}", began.elapsed());
    }
}
