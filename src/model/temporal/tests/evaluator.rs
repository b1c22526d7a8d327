//! A small evaluator of temporal expressions, so that tests can be written as a query would be.

use crate::model::temporal::{Argument, Duration, Span, Temporal, TemporalError, TemporalType};

/// A value of an expression.
enum Operand {
    Integer(i64),
    Float(f64),
    Text(String),
    Temporal(Temporal),
    Map(Vec<(String, Operand)>),
}

impl Operand {
    fn argument(&self) -> Argument<'_> {
        match self {
            Self::Integer(number) => Argument::Integer(*number),
            Self::Float(number) => Argument::Float(*number),
            Self::Text(text) => Argument::Text(text),
            Self::Temporal(value) => Argument::Temporal(value),
            Self::Map(_) => Argument::Other,
        }
    }

    fn temporal(&self) -> &Temporal {
        match self {
            Self::Temporal(value) => value,
            _ => panic!("a temporal value is needed"),
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => panic!("a text is needed"),
        }
    }

    fn integer(&self) -> i64 {
        match self {
            Self::Integer(number) => *number,
            _ => panic!("an integer is needed"),
        }
    }

    fn components(&self) -> Vec<(&str, Argument<'_>)> {
        match self {
            Self::Map(entries) => entries.iter().map(|(name, value)| (name.as_str(), value.argument())).collect(),
            _ => panic!("a map is needed"),
        }
    }
}

/// The value of an expression of calls, maps, texts and numbers.
pub(super) fn evaluate(expression: &str) -> Result<Temporal, TemporalError> {
    let mut rest = expression;
    let value = operand(&mut rest)?;
    assert!(rest.trim().is_empty(), "{expression}: {rest:?} is left");
    Ok(value.temporal().clone())
}

fn skip(rest: &mut &str, character: char) -> bool {
    *rest = rest.trim_start();
    rest.strip_prefix(character).is_some_and(|after| {
        *rest = after;
        true
    })
}

fn word<'a>(rest: &mut &'a str) -> &'a str {
    *rest = rest.trim_start();
    let end = rest.find(|c: char| !(c.is_alphanumeric() || "._+-".contains(c))).unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    *rest = after;
    word
}

fn operand(rest: &mut &str) -> Result<Operand, TemporalError> {
    if skip(rest, '\'') {
        let (text, after) = rest.split_once('\'').unwrap();
        *rest = after;
        return Ok(Operand::Text(text.to_owned()));
    }
    if skip(rest, '{') {
        let mut entries = Vec::new();
        while !skip(rest, '}') {
            let name = word(rest).to_owned();
            assert!(skip(rest, ':'), "a colon is missing before {rest:?}");
            entries.push((name, operand(rest)?));
            skip(rest, ',');
        }
        return Ok(Operand::Map(entries));
    }
    let name = word(rest);
    if !skip(rest, '(') {
        return Ok(name.parse().map_or_else(|_| Operand::Float(name.parse().unwrap()), Operand::Integer));
    }
    let mut arguments = Vec::new();
    while !skip(rest, ')') {
        arguments.push(operand(rest)?);
        skip(rest, ',');
    }
    call(name, &arguments).map(Operand::Temporal)
}

fn call(name: &str, arguments: &[Operand]) -> Result<Temporal, TemporalError> {
    let between = |span| Duration::between(span, arguments[0].temporal(), arguments[1].temporal()).map(Temporal::Duration);
    match name {
        "datetime.fromepoch" => Temporal::of_epoch(arguments[0].integer(), arguments[1].integer()),
        "datetime.fromepochmillis" => Temporal::of_epoch_milliseconds(arguments[0].integer()),
        "duration.between" => between(Span::Mixed),
        "duration.inMonths" => between(Span::Months),
        "duration.inDays" => between(Span::Days),
        "duration.inSeconds" => between(Span::Seconds),
        _ => match name.strip_suffix(".truncate") {
            Some(kind) => {
                let kind = TemporalType::of_name(kind).unwrap();
                let overrides = arguments.get(2).map(Operand::components).unwrap_or_default();
                arguments[1].temporal().truncate(kind, arguments[0].text(), &overrides)
            }
            None => make(TemporalType::of_name(name).unwrap_or_else(|| panic!("{name}")), &arguments[0]),
        },
    }
}

fn make(kind: TemporalType, operand: &Operand) -> Result<Temporal, TemporalError> {
    match operand {
        Operand::Text(text) => Temporal::read(kind, text),
        Operand::Temporal(value) => value.convert(kind),
        _ => Temporal::from_components(kind, &operand.components()),
    }
}
