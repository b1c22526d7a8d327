//! Quantity reader: turns `50-80%`, `>= 1 year`, `1 in 5 million`, `7/12` into a quantity.

use std::str::FromStr;

use super::{Bound, Measure, Quantity, QuantityError, TimeUnit};

impl FromStr for Quantity {
    type Err = QuantityError;

    /// Reads a quantity as data and queries write it:
    /// `0.8`, `50%`, `50-80%`, `50% to 80%`, `18 months`, `1-2 years`, `>= 1 year`, `> 1`, `7/12`, `1 in 5 million`.
    fn from_str(text: &str) -> Result<Quantity, QuantityError> {
        let text = text.trim();
        let (comparison, rest) = comparison_prefix(text);
        if let Some((first, second)) = rest.split_once(['<', '≤']).filter(|_| comparison.starts_with(['>', '≥'])) {
            return two_sided(comparison, first, &rest[first.len()..], second);
        }
        let body = one_or_two(rest)?;
        let quantity = match comparison {
            "" => body,
            _ => {
                let value = body.exact_value().ok_or(QuantityError::Unreadable)?;
                let bound = Some(Bound { value, inclusive: matches!(comparison, ">=" | "<=" | "≥" | "≤") });
                let upwards = comparison.starts_with(['>', '≥']);
                Quantity { measure: body.measure, minimum: if upwards { bound } else { None }, maximum: if upwards { None } else { bound } }
            }
        };
        checked(quantity)
    }
}

fn comparison_prefix(text: &str) -> (&str, &str) {
    for prefix in [">=", "<=", "≥", "≤", ">", "<"] {
        if let Some(rest) = text.strip_prefix(prefix) {
            return (prefix, rest.trim_start());
        }
    }
    ("", text)
}

/// `> 1 year < 2 years`: an interval whose bounds are not both its own.
fn two_sided(low: &str, first: &str, rest: &str, _second: &str) -> Result<Quantity, QuantityError> {
    let (high, last) = comparison_prefix(rest);
    let (minimum, maximum) = (one_or_two(first.trim())?, one_or_two(last)?);
    if minimum.measure != maximum.measure {
        return Err(QuantityError::Unreadable);
    }
    let bound = |quantity: Quantity, sign: &str| {
        quantity.exact_value().map(|value| Bound { value, inclusive: sign.len() > 1 }).ok_or(QuantityError::Unreadable)
    };
    checked(Quantity { measure: minimum.measure, minimum: Some(bound(minimum, low)?), maximum: Some(bound(maximum, high)?) })
}

/// A single value, or two with `-` or `to` between them, and the unit of both.
fn one_or_two(text: &str) -> Result<Quantity, QuantityError> {
    let (first, after) = number(text)?;
    let (own_unit, after_unit) = unit(after);
    let (second, rest) = match separator(after_unit) {
        Some(rest) => {
            let (second, rest) = number(rest)?;
            (Some(second), rest)
        }
        None => (None, after_unit),
    };
    let (measure, rest) = match (own_unit, second) {
        (Some(measure), None) => (measure, rest),
        (own_unit, _) => {
            let (last_unit, rest) = unit(rest);
            match (own_unit, last_unit) {
                (Some(own), Some(last)) if own == last => (own, rest),
                (None, Some(last)) => (last, rest),
                (None, None) => (Measure::Number, rest),
                _ => return Err(QuantityError::Unreadable),
            }
        }
    };
    if !rest.trim().is_empty() {
        return Err(QuantityError::Unreadable);
    }
    if let Measure::Ratio { of: 0.0, .. } = measure {
        return Err(QuantityError::ZeroDenominator);
    }
    Ok(match second {
        None => Quantity::exact(measure, first),
        Some(second) if second < first => return Err(QuantityError::Backwards),
        Some(second) => Quantity::between(measure, first, second),
    })
}

/// The number at the start of the text, with `1,000,000` and `5 million` as people write them, and what follows.
fn number(text: &str) -> Result<(f64, &str), QuantityError> {
    let text = text.trim_start();
    let digits_end = number_end(text);
    let digits: String = text[..digits_end].chars().filter(|letter| *letter != ',').collect();
    if digits.is_empty() {
        return Err(QuantityError::Unreadable);
    }
    let value: f64 = digits.parse().map_err(|_| QuantityError::Unreadable)?;
    let (scale, rest) = scale_word(&text[digits_end..]);
    let value = value * scale;
    if value.is_finite() { Ok((value, rest)) } else { Err(QuantityError::TooLarge) }
}

fn number_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = usize::from(matches!(bytes.first(), Some(b'-' | b'+')));
    let start = at;
    while digit(at) || (at > start && matches!(bytes.get(at), Some(b',')) && digit(at + 1) && digit(at + 2) && digit(at + 3)) {
        at += 1;
    }
    if bytes.get(at) == Some(&b'.') && digit(at + 1) {
        at += 1;
        while digit(at) {
            at += 1;
        }
    }
    if at > start && matches!(bytes.get(at), Some(b'e' | b'E')) {
        let exponent = at + 1 + usize::from(matches!(bytes.get(at + 1), Some(b'-' | b'+')));
        if digit(exponent) {
            at = exponent;
            while digit(at) {
                at += 1;
            }
        }
    }
    if at > start { at } else { 0 }
}

fn scale_word(text: &str) -> (f64, &str) {
    let trimmed = text.trim_start();
    for (word, scale) in [("thousand", 1e3), ("million", 1e6), ("billion", 1e9)] {
        if let Some(rest) = strip_word(trimmed, word) {
            return (scale, rest);
        }
    }
    (1.0, text)
}

/// The unit at the start of the text, and what follows.
fn unit(text: &str) -> (Option<Measure>, &str) {
    let trimmed = text.trim_start();
    if let Some(rest) = trimmed.strip_prefix('%') {
        return (Some(Measure::Percentage), rest);
    }
    for word in ["percent", "per cent"] {
        if let Some(rest) = strip_word(trimmed, word) {
            return (Some(Measure::Percentage), rest);
        }
    }
    let ratio = [trimmed.strip_prefix('/').map(|rest| (false, rest)), strip_word(trimmed, "in").map(|rest| (true, rest))];
    if let Some((spoken, rest)) = ratio.into_iter().flatten().next()
        && let Ok((of, rest)) = number(rest)
        && of >= 0.0
    {
        return (Some(Measure::Ratio { of, spoken }), rest);
    }
    const TIMES: [(&[&str], TimeUnit); 4] = [
        (&["days", "day"], TimeUnit::Day),
        (&["weeks", "week", "wk"], TimeUnit::Week),
        (&["months", "month", "mo"], TimeUnit::Month),
        (&["years", "year", "yr", "y"], TimeUnit::Year),
    ];
    for (words, time) in TIMES {
        if let Some(rest) = words.iter().find_map(|word| strip_word(trimmed, word)) {
            return (Some(Measure::Duration(time)), rest);
        }
    }
    (None, text)
}

fn separator(text: &str) -> Option<&str> {
    let trimmed = text.trim_start();
    trimmed.strip_prefix(['-', '–', '—']).or_else(|| strip_word(trimmed, "to"))
}

/// What follows a word, in any case, if the text begins with that whole word.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len())?;
    let rest = &text[word.len()..];
    let whole = !rest.starts_with(|letter: char| letter.is_alphanumeric());
    (head.eq_ignore_ascii_case(word) && whole).then_some(rest)
}

fn checked(quantity: Quantity) -> Result<Quantity, QuantityError> {
    let lowest = quantity.minimum.or(quantity.maximum).map_or(0.0, |bound| bound.value);
    if lowest < 0.0 && quantity.measure != Measure::Number {
        return Err(QuantityError::Negative);
    }
    if let (Some(minimum), Some(maximum)) = (quantity.minimum, quantity.maximum) {
        let empty = minimum.value == maximum.value && !(minimum.inclusive && maximum.inclusive);
        if minimum.value > maximum.value || empty {
            return Err(QuantityError::Backwards);
        }
    }
    Ok(quantity)
}

#[cfg(test)]
mod tests {
    use crate::model::{Comparison, Quantity, QuantityError, Truth};

    fn read(text: &str) -> Quantity {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn what_is_written_reads_back() {
        for text in [
            "50-80%",
            ">= 1 year",
            "18 months",
            "1-2 years",
            "1 in 5 million",
            "7/12",
            "0.8",
            "> 1",
            "<= 5%",
            "> 1 year < 2 years",
            "1 in 2500",
        ] {
            assert_eq!(read(text).to_string(), text);
            assert!(read(&read(text).to_string()).is_identical(&read(text)), "{text}");
        }
        for (written, same) in
            [("50 to 80 percent", "50-80%"), ("50%–80%", "50-80%"), ("1 in 5,000,000", "1 in 5 million"), ("1.5 years", "18 months")]
        {
            assert!(read(written).is_identical(&read(same)), "{written}");
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for (text, error) in [
            ("", QuantityError::Unreadable),
            ("often", QuantityError::Unreadable),
            ("80-50%", QuantityError::Backwards),
            ("1/0", QuantityError::ZeroDenominator),
            ("1e999", QuantityError::TooLarge),
            ("-5%", QuantityError::Negative),
            ("5 parsecs", QuantityError::Unreadable),
            ("1 year - 2 months", QuantityError::Unreadable),
        ] {
            assert_eq!(text.parse::<Quantity>(), Err(error), "{text}");
        }
    }

    #[test]
    fn intervals_compare_by_every_point() {
        let check = |stated: &str, comparison, asked: &str| read(stated).compare(comparison, &read(asked)).expect("comparable");
        use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
        assert_eq!(check("50-80%", GreaterOrEqual, "50%"), Truth::True);
        assert_eq!(check("50-80%", Greater, "90%"), Truth::False);
        assert_eq!(check("50-80%", Greater, "60%"), Truth::Unknown);
        assert_eq!(check("50-80%", Greater, "50%"), Truth::Unknown);
        assert_eq!(check("50-80%", LessOrEqual, "80%"), Truth::True);
        assert_eq!(check("50-80%", Less, "50%"), Truth::False);
        assert_eq!(check("50-80%", Equal, "40-90%"), Truth::True);
        assert_eq!(check("50-80%", Equal, "60-90%"), Truth::Unknown);
        assert_eq!(check("50-80%", Equal, "85%"), Truth::False);
        assert_eq!(check("50-80%", NotEqual, "85%"), Truth::True);
        assert_eq!(check(">= 1 year", GreaterOrEqual, "6 months"), Truth::True);
        assert_eq!(check(">= 1 year", Less, "2 years"), Truth::Unknown);
        assert_eq!(check(">= 1 year", Less, "1 year"), Truth::False);
        assert_eq!(check("> 1", Equal, "1"), Truth::False);
        assert_eq!(check("> 1", LessOrEqual, "1"), Truth::False);
        assert_eq!(check("7/12", Greater, "50%"), Truth::True);
        assert_eq!(check("1/2", Equal, "50%"), Truth::True);
        assert!(read("50%").compare(Equal, &read("1 year")).is_none());
    }
}
