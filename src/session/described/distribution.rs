//! Distribution: which values a field has and how often: each of a few, classes of many figures, the most frequent of many words.

use std::collections::HashMap;

use crate::answer::Cell;
use crate::model::{EntityId, Quantity, Value};

use super::histogram;
use super::rows::{Figures, Rows, text};

/// Figures of which no more differ are listed one by one.
const FEW: usize = 10;
/// So many words or entities are listed.
const MOST_LISTED: usize = 12;

/// Makes a query of a condition, where there is one to be made: of the group that most of what it holds of is in, if that is known.
pub(super) type Ask<'q> = dyn Fn(Option<usize>, &str) -> Option<String> + 'q;

/// The values of things, as they are counted.
#[derive(Default)]
pub(super) struct Distribution {
    /// Things that have a value.
    pub things: u64,
    /// The group of the things that are being counted.
    pub group: usize,
    quantities: Vec<Quantity>,
    entities: HashMap<EntityId, Tally>,
    others: HashMap<String, Tally>,
}

/// How often a value occurs.
#[derive(Default)]
struct Tally {
    count: u64,
    /// The count in each group, in which it occurs.
    groups: Vec<(usize, u64)>,
}

impl Tally {
    fn add(&mut self, group: usize) {
        self.count += 1;
        match self.groups.iter_mut().find(|(known, _)| *known == group) {
            Some((_, count)) => *count += 1,
            None => self.groups.push((group, 1)),
        }
    }

    fn busiest(&self) -> Option<usize> {
        self.groups.iter().max_by_key(|(group, count)| (*count, std::cmp::Reverse(*group))).map(|(group, _)| *group)
    }
}

impl Distribution {
    /// Counts the value of a thing; of several, each.
    pub(super) fn add(&mut self, value: &Value) {
        self.things += 1;
        for member in value.members() {
            match member {
                Value::Quantity(quantity) => self.quantities.push(*quantity),
                Value::Integer(number) => self.quantities.push(Quantity::exact(crate::model::Measure::Number, *number as f64)),
                Value::Float(number) if number.is_finite() => {
                    self.quantities.push(Quantity::exact(crate::model::Measure::Number, *number));
                }
                Value::Entity(id) => self.entities.entry(*id).or_default().add(self.group),
                Value::Null => {}
                other => self.others.entry(words_of(other)).or_default().add(self.group),
            }
        }
    }

    /// Counts a word.
    pub(super) fn add_word(&mut self, word: &str) {
        self.things += 1;
        match self.others.get_mut(word) {
            Some(tally) => tally.add(self.group),
            None => self.others.entry(word.to_owned()).or_default().add(self.group),
        }
    }

    /// Tells what values of a field there are; `ask` makes a query of a condition.
    pub(super) fn tell(self, rows: &mut Rows<'_>, field: &str, ask: &Ask<'_>) {
        let things = Some(self.things);
        figures(rows, &self.quantities, things, (field, ask));
        // `==`: what is one of it is another value.
        let named = self.entities.into_iter().map(|(id, tally)| {
            let card = rows.card(id);
            (card.to_string(), card, format!("{field} == {}", rows.named(id)), tally)
        });
        let mut words: Vec<(String, Cell, String, Tally)> = named.collect();
        let others = self.others.into_iter();
        words.extend(others.map(|(word, tally)| (word.clone(), text(&word), format!("{field} = {}", super::rows::quoted(&word)), tally)));
        words.sort_by(|one, other| other.3.count.cmp(&one.3.count).then_with(|| one.0.cmp(&other.0)));
        let (distinct, more) = (words.len(), words.len().saturating_sub(MOST_LISTED));
        if more > 0 {
            rows.count("values", "different ones", distinct as u64, None);
        }
        for (name, cell, condition, tally) in words.into_iter().take(MOST_LISTED) {
            let ask = ask(tally.busiest(), &condition);
            rows.put("values", name, cell, Figures { count: Some(tally.count), of: things }, ask);
        }
        if more > 0 {
            rows.say("values", "", format!("and {more} more"));
        }
    }
}

/// Figures: each of a few, else classes.
fn figures(rows: &mut Rows<'_>, quantities: &[Quantity], things: Option<u64>, (field, ask): (&str, &Ask<'_>)) {
    let Some(first) = quantities.first() else { return };
    let comparable: Vec<Quantity> = quantities.iter().filter(|quantity| quantity.measure.comparable(first.measure)).copied().collect();
    let mut sorted = comparable.clone();
    sorted.sort_by(Quantity::total_order);
    let mut distinct: Vec<(Quantity, u64)> = Vec::new();
    for quantity in sorted {
        let full = distinct.len() > FEW;
        match distinct.last_mut() {
            Some((known, count)) if known.is_identical(&quantity) => *count += 1,
            _ if full => break,
            _ => distinct.push((quantity, 1)),
        }
    }
    let Some(histogram) = histogram::of(&comparable) else { return };
    rows.put("values", "range", Cell::Quantity(histogram.range), Figures::default(), None);
    if distinct.len() <= FEW {
        for (quantity, count) in distinct {
            let exact = quantity.exact_value().map(|_| format!("{field} = {quantity}"));
            let ask = exact.and_then(|typed| ask(None, &typed));
            rows.put("values", quantity.to_string(), Cell::Quantity(quantity), Figures { count: Some(count), of: things }, ask);
        }
        return;
    }
    for class in &histogram.classes {
        let name = class.interval.to_string();
        let figures = Figures { count: Some(class.count), of: things };
        let end = |bound: Option<crate::model::Bound>| bound.map(|bound| Quantity::exact(class.interval.measure, bound.value));
        let ask = match (end(class.interval.minimum), end(class.interval.maximum)) {
            (Some(least), Some(most)) if class.count > 0 && least != most => {
                let within = format!("{field} >= {least} and {field} < {most}");
                // An interval that only touches the class possibly lies in it.
                ask(None, &if histogram.has_intervals { format!("has {field} and possibly ({within})") } else { within })
            }
            (Some(least), _) if class.count > 0 => ask(None, &format!("{field} = {least}")),
            _ => None,
        };
        rows.put("values", name, Cell::Quantity(class.interval), figures, ask);
    }
    if histogram.has_intervals {
        rows.note("an interval counts in every class that it touches, so shares can add up to more than 100%".to_owned());
    }
}

fn words_of(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Boolean(holds) => holds.to_string(),
        Value::Extent(extent) => extent.word().to_owned(),
        Value::Confidence(confidence) => confidence.word().to_owned(),
        Value::Temporal(temporal) => temporal.to_string(),
        _ => "something else".to_owned(),
    }
}
