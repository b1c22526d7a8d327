//! Temporal values against the facts of openCypher, one file for each thing that is done with them.

mod arithmetic;
mod between;
mod construct;
mod convert;
mod evaluator;
mod hostile;
mod order;
mod parts;
mod print;
mod read;
mod truncate;

use evaluator::evaluate;

/// Checks rows of an expression as a query writes it with the text of the value that it must give.
fn check(rows: &[(&str, &str)]) {
    for (expression, expected) in rows {
        let value = evaluate(expression).unwrap_or_else(|error| panic!("{expression}: {error}"));
        assert_eq!(value.to_string(), *expected, "{expression}");
    }
}

/// Checks rows of an expression with a part of the message that it must fail with.
fn check_errors(rows: &[(&str, &str)]) {
    for (expression, expected) in rows {
        match evaluate(expression) {
            Ok(value) => panic!("{expression} gives {value}"),
            Err(error) => assert!(error.to_string().contains(expected), "{expression}: {error}"),
        }
    }
}
