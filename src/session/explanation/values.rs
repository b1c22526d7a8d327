//! Values: which values of a field do occur where the one asked for does not, and which of them are near.

use crate::algebra::{Expression, Operator};
use crate::answer::RowCount;
use crate::diagnostic::nearest;
use crate::model::{EntityId, Measure, Names, Quantity, Truth, Value, fold};
use crate::query::syntax::tree::{Condition, TestKind, TestOperator};

use super::condition::{Survivors, only_test, spelled, tested};
use super::probe::COUNTED;
use super::{Explainer, Frame, listed};

/// How many different values are looked at.
const MOST_VALUES: usize = 100_000;

/// How many different words are compared with what was asked.
const MOST_WORDS: usize = 5000;

/// More different numbers than this are told by the first and the last.
const MOST_NUMBERS: usize = 20;

/// Which neighbours of a number are asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The nearest value below.
    Below,
    /// The nearest value above.
    Above,
    /// Both.
    Either,
}

impl Explainer<'_> {
    /// `values of population that occur: adult (2), young child (2), …`, and the nearest of them to what was asked.
    pub(super) fn values_that_occur(&mut self, survivors: &Survivors<'_>, part: &Condition, text: &str, frame: &Frame) {
        let Some(test) = only_test(part) else { return };
        let Some(field) = tested(test) else { return };
        let name = text[field.span.clone()].to_owned();
        let counting = format!("count {} by {name}", survivors.rest);
        let Some(query) = self.prober.resolved(&counting) else { return };
        let Some(rows) = self.prober.rows(&query, MOST_VALUES + 1, 2).filter(|rows| rows.len() <= MOST_VALUES) else {
            return self.names_alike(survivors, &name, test, frame);
        };
        let mut values: Vec<(Value, i64)> = rows.iter().filter_map(|row| counted_value(row)).collect();
        if values.is_empty() {
            self.say(format!("no {} says anything of its {}", survivors.noun, field.words));
            return;
        }
        let ordered = values.iter().all(|(value, _)| quantity(value).is_some());
        if !ordered && values.len() > MOST_WORDS {
            return self.names_alike(survivors, &name, test, frame);
        }
        values.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| self.order(&left.0, &right.0)));
        if let Some(shown) = self.shown_values(&values, ordered) {
            let lead = format!("values of {} that occur: {shown}", field.words);
            let count = RowCount { counted: rows.len().min(COUNTED), and_more: rows.len() > COUNTED };
            if self.prober.is_lasting(&counting) {
                self.push_query(&lead, &counting, count);
            } else {
                self.say(lead);
            }
        }
        let asked = self.prober.resolved(&survivors.and(&spelled(text, part))).map(|query| asked_values(&query.root)).unwrap_or_default();
        let found = if ordered {
            self.nearest_numbers(survivors, &name, (test, &asked), &values, frame)
        } else {
            self.nearest_entities(survivors, &name, &asked, &values, frame) || self.nearest_text(survivors, &name, test, &values, frame)
        };
        // Of values that occur once each, none is more worth a look than the others.
        let frequent = values.first().filter(|(_, count)| *count > 1 || values.len() == 1);
        if let (false, Some((value, _))) = (found, frequent)
            && let (Some(shown), Some(spelled)) = (self.written(value), self.spelled(value))
            && !says(survivors.rest, &format!("{name} = {spelled}"))
        {
            self.offer(&format!("with {shown}"), frame, &survivors.and(&format!("{name} = {spelled}")));
        }
    }

    /// The values with how often they occur; of many numbers only the first and the last.
    fn shown_values(&self, values: &[(Value, i64)], ordered: bool) -> Option<String> {
        if ordered && values.len() > MOST_NUMBERS {
            let least = values.iter().min_by(|left, right| self.order(&left.0, &right.0))?;
            let most = values.iter().max_by(|left, right| self.order(&left.0, &right.0))?;
            return Some(format!("{} of them, from {} to {}", values.len(), self.written(&least.0)?, self.written(&most.0)?));
        }
        let shown: Vec<String> =
            values.iter().filter_map(|(value, count)| self.written(value).map(|value| format!("{value} ({count})"))).collect();
        (!shown.is_empty()).then(|| listed(&shown))
    }

    /// Where there is no time to look at all names: those that the index of names holds for like ones.
    fn names_alike(&mut self, survivors: &Survivors<'_>, name: &str, test: &TestKind, frame: &Frame) {
        const TRIED: usize = 3;
        let (TestKind::Compare(_, _, literal) | TestKind::Contains(_, literal)) = test else { return };
        if fold(name) != "name" {
            return;
        }
        let graph = self.session().graph();
        for found in Names::like(graph, &literal.text, TRIED) {
            let near = graph.name(found.entity);
            if near.contains(['"', '\\', '\n']) {
                continue;
            }
            if self.offer(&format!("a name like it, '{near}'"), frame, &survivors.and(&format!("{name} = \"{near}\""))) {
                return;
            }
        }
    }

    /// Values in the order in which a reader looks for them.
    fn order(&self, left: &Value, right: &Value) -> std::cmp::Ordering {
        match (quantity(left), quantity(right)) {
            (Some(left), Some(right)) => left.total_order(&right),
            _ => fold(&self.written(left).unwrap_or_default()).cmp(&fold(&self.written(right).unwrap_or_default())),
        }
    }

    fn nearest_numbers(
        &mut self,
        survivors: &Survivors<'_>,
        name: &str,
        (test, asked): (&TestKind, &[Value]),
        values: &[(Value, i64)],
        frame: &Frame,
    ) -> bool {
        let side = match test {
            TestKind::Compare(_, TestOperator::Greater | TestOperator::GreaterOrEqual, _) => Side::Below,
            TestKind::Compare(_, TestOperator::Less | TestOperator::LessOrEqual, _) => Side::Above,
            _ => Side::Either,
        };
        let asked: Vec<Quantity> = asked.iter().filter_map(quantity).collect();
        let values: Vec<Quantity> = values.iter().filter_map(|(value, _)| quantity(value)).collect();
        let mut found = false;
        for (lead, value) in neighbours(&asked, &values, side) {
            found |= self.offer(&format!("{lead}, {value}"), frame, &survivors.and(&format!("{name} = {value}")));
        }
        found
    }

    /// Values that are stated more broadly than what was asked, or that are of the same sort.
    fn nearest_entities(&mut self, survivors: &Survivors<'_>, name: &str, asked: &[Value], values: &[(Value, i64)], frame: &Frame) -> bool {
        let entities = |values: &mut dyn Iterator<Item = &Value>| -> Vec<EntityId> {
            values
                .filter_map(|value| match value {
                    Value::Entity(entity) => Some(*entity),
                    _ => None,
                })
                .collect()
        };
        let asked = entities(&mut asked.iter());
        let occurring = entities(&mut values.iter().map(|(value, _)| value));
        let Some(asked) = asked.first() else { return false };
        let graph = self.session().graph();
        let parents: Vec<EntityId> = graph.parents(*asked).collect();
        let broader = occurring.iter().find(|value| graph.is_a(**value, *asked) == Truth::Unknown).copied();
        let akin = occurring.iter().find(|value| graph.parents(**value).any(|parent| parents.contains(&parent))).copied();
        let mut found = false;
        for (entity, word) in [(broader, "broader than what was asked"), (akin, "akin to what was asked")] {
            let Some(entity) = entity else { continue };
            let lead = format!("{} is {word}", graph.name(entity));
            found |= self.offer(&lead, frame, &survivors.and(&format!("{name} = {}", self.named(entity))));
        }
        found
    }

    fn nearest_text(&mut self, survivors: &Survivors<'_>, name: &str, test: &TestKind, values: &[(Value, i64)], frame: &Frame) -> bool {
        let typed = match test {
            TestKind::Compare(_, _, literal) | TestKind::Contains(_, literal) => literal.text.as_str(),
            TestKind::In(_, literals) => literals.first().map_or("", |literal| literal.text.as_str()),
            _ => return false,
        };
        let texts: Vec<&str> = values
            .iter()
            .filter_map(|(value, _)| match value {
                Value::Text(text) => Some(&**text),
                _ => None,
            })
            .collect();
        let near = nearest_text(typed, &texts);
        let Some(near) = near.filter(|near| !near.contains(['"', '\\', '\n'])) else { return false };
        self.offer(&format!("the nearest that occurs, '{near}'"), frame, &survivors.and(&format!("{name} = \"{near}\"")))
    }
}

/// Whether a query has a condition already, whatever its quotation marks and blanks.
fn says(query: &str, condition: &str) -> bool {
    let plain =
        |text: &str| text.chars().filter(|sign| !sign.is_whitespace() && !matches!(sign, '"' | '\'')).collect::<String>().to_lowercase();
    plain(query).contains(&plain(condition))
}

/// The text that is nearest to what was typed: by spelling, or the shortest that has a word alike.
pub(super) fn nearest_text<'a>(typed: &str, texts: &[&'a str]) -> Option<&'a str> {
    let by_spelling = nearest(typed, texts.iter().copied(), 1).first().copied();
    let by_word = || {
        let alike = |text: &&&str| text.split_whitespace().any(|word| !nearest(typed, [word], 1).is_empty());
        texts.iter().filter(alike).min_by_key(|text| text.len()).copied()
    };
    by_spelling.or_else(by_word)
}

/// The values nearest to those asked, with the words for them.
pub(super) fn neighbours(asked: &[Quantity], values: &[Quantity], side: Side) -> Vec<(&'static str, Quantity)> {
    let mut values = values.to_vec();
    values.sort_by(Quantity::total_order);
    let (least, most) =
        (asked.iter().min_by(|left, right| left.total_order(right)), asked.iter().max_by(|left, right| left.total_order(right)));
    let (Some(least), Some(most)) = (least, most) else { return Vec::new() };
    let below = values.iter().rev().find(|value| value.total_order(least).is_lt());
    let above = values.iter().find(|value| value.total_order(most).is_gt());
    let (below, above) = match side {
        Side::Below => (values.last(), None),
        Side::Above => (None, values.first()),
        Side::Either => (below, above),
    };
    let words = match side {
        Side::Either => ("the nearest below", "the nearest above"),
        _ => ("the highest that occurs", "the lowest that occurs"),
    };
    below.map(|value| (words.0, *value)).into_iter().chain(above.map(|value| (words.1, *value))).collect()
}

/// A number as a quantity.
pub(super) fn quantity(value: &Value) -> Option<Quantity> {
    match value {
        Value::Quantity(quantity) => Some(*quantity),
        // Whole numbers of this size are exact in floating point.
        Value::Integer(count) => i32::try_from(*count).ok().map(|count| Quantity::exact(Measure::Number, f64::from(count))),
        Value::Float(number) if number.is_finite() => Some(Quantity::exact(Measure::Number, *number)),
        _ => None,
    }
}

/// A value with how often it occurs: a row of `count … by FIELD`.
fn counted_value(row: &[Value]) -> Option<(Value, i64)> {
    match row {
        [Value::Null, _] => None,
        [value, Value::Integer(count)] => Some((value.clone(), *count)),
        _ => None,
    }
}

/// What the last condition of a query compares with.
fn asked_values(operator: &Operator) -> Vec<Value> {
    if let Operator::Filter { conditions, .. } = operator {
        let mut values = Vec::new();
        if let Some(condition) = conditions.last() {
            literals(&condition.expression, &mut values);
        }
        return values;
    }
    operator.inputs().first().map(|input| asked_values(input)).unwrap_or_default()
}

fn literals(expression: &Expression, values: &mut Vec<Value>) {
    match expression {
        Expression::Literal(value) => values.push(value.clone()),
        Expression::IsA(inner, entity) => {
            values.push(Value::Entity(*entity));
            literals(inner, values);
        }
        Expression::And(parts) | Expression::Or(parts) => parts.iter().for_each(|part| literals(part, values)),
        Expression::Not(inner) | Expression::Possibly(inner) => literals(inner, values),
        Expression::Compare(_, left, right) | Expression::Identical(left, right) => {
            literals(left, values);
            literals(right, values);
        }
        Expression::Quantified { condition, .. } => literals(condition, values),
        _ => {}
    }
}
