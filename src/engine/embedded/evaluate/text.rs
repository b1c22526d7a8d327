//! Text: values as words, and tests of texts letter by letter.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::algebra::TextTest;
use crate::model::{RegularExpression, Truth, Value};

use super::fault::Fault;

/// The value as `toString` writes it; none for what has no such form: nodes, relationships, paths, lists and maps.
pub(super) fn as_text(value: &Value) -> Option<Cow<'_, str>> {
    Some(match value {
        Value::Text(text) => Cow::Borrowed(text),
        Value::Extent(extent) => Cow::Borrowed(extent.word()),
        Value::Confidence(confidence) => Cow::Borrowed(confidence.word()),
        Value::Hedge(hedge) => Cow::Borrowed(hedge.words.as_deref()?),
        Value::Boolean(holds) => Cow::Borrowed(if *holds { "true" } else { "false" }),
        Value::Integer(number) => Cow::Owned(number.to_string()),
        Value::Float(number) => Cow::Owned(written(*number)),
        Value::Quantity(quantity) => Cow::Owned(quantity.to_string()),
        Value::Temporal(temporal) => Cow::Owned(temporal.to_string()),
        Value::Null | Value::Entity(_) | Value::Relation(_) | Value::List(_) | Value::Path(_) | Value::Map(_) => return None,
    })
}

/// A float with its point: `1.0`, `0.5`, `1e21`.
pub(in crate::engine) fn written(number: f64) -> String {
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    format!("{number:?}")
}

/// The words of a value that is a text or a place on a scale.
pub(super) fn words(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        Value::Extent(extent) => Some(extent.word()),
        Value::Confidence(confidence) => Some(confidence.word()),
        Value::Hedge(hedge) => hedge.words.as_deref(),
        _ => None,
    }
}

/// The regular expressions of a query, each compiled once.
#[derive(Default)]
pub(super) struct Expressions {
    compiled: RefCell<HashMap<Arc<str>, RegularExpression>>,
}

impl Expressions {
    /// The outcome of a test; unknown where one of the two is no text.
    pub fn test(&self, test: TextTest, text: &Value, part: &Value) -> Result<Truth, Fault> {
        let (Some(text), Some(part)) = (words(text), words(part)) else { return Ok(Truth::Unknown) };
        Ok(Truth::from(match test {
            TextTest::StartsWith => text.starts_with(part),
            TextTest::EndsWith => text.ends_with(part),
            TextTest::Contains => text.contains(part),
            TextTest::Matches => return self.matches(text, part).map(Truth::from),
        }))
    }

    fn matches(&self, text: &str, written: &str) -> Result<bool, Fault> {
        /// Expressions can come from the data, a new one for each row: not all of them are kept.
        const KEPT: usize = 1_000;
        let mut compiled = self.compiled.borrow_mut();
        if let Some(known) = compiled.get(written) {
            return Ok(known.is_match(text));
        }
        let expression = RegularExpression::whole(written).map_err(|reason| {
            Fault::wrong_argument(format!("the regular expression '{written}' cannot be read: {reason}")).help(
                "`CONTAINS` looks for words as they are; in an expression a backslash takes the meaning from . * + ? ( ) [ ] { } ^ $ |",
            )
        })?;
        let matches = expression.is_match(text);
        if compiled.len() >= KEPT {
            compiled.clear();
        }
        compiled.insert(Arc::from(written), expression);
        Ok(matches)
    }
}
