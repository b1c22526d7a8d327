//! JSON values: the shapes of entities, quantities, hedges, paths and evidence, with keys in a fixed order.

use std::sync::Arc;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::answer::{Cell, ComparedCell, EntityCard, Evidence, HedgeCard, PathCell, RelationCell};
use crate::model::{Bound, Measure, Quantity};

/// How the evidence of a comparison is told.
#[derive(Clone, Copy)]
pub(super) enum Citing<'a> {
    /// By the keys of the answer's evidence.
    Reference,
    /// By the items themselves.
    Inline(&'a [Evidence]),
}

/// A value that serializes as a reference to the n-th item of the evidence, counted from 1.
pub(super) struct Reference(pub usize);

/// A cell.
pub(super) struct Value<'a>(pub &'a Cell, pub Citing<'a>);

/// An entity.
pub(super) struct Entity<'a>(pub &'a EntityCard);

/// A hedge.
pub(super) struct Hedge<'a>(pub &'a HedgeCard);

/// An item of evidence.
pub(super) struct Item<'a>(pub &'a Evidence);

/// Names and values, in their order.
pub(super) struct Named<'a>(pub Vec<(&'a str, Value<'a>)>);

/// What cites: a list of references, or of the items themselves.
pub(super) struct Citations<'a>(pub &'a [usize], pub Citing<'a>);

struct Measured<'a>(&'a Quantity);
struct Number(f64);
struct Way<'a>(&'a PathCell);
struct Edge<'a>(&'a RelationCell, Citing<'a>);
struct Entries<'a>(&'a [(Arc<str>, Cell)], Citing<'a>);
struct Compared<'a>(&'a ComparedCell, Citing<'a>);
struct Figure<'a>(&'a str, &'a Quantity);
struct Step<'a>(&'a str, bool);

/// The text of a value as JSON on one line.
pub(super) fn written(value: &impl Serialize) -> String {
    // Every key is a string and every value is plain, so that this cannot fail; null keeps the text well-formed all the same.
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}

impl Serialize for Reference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&(self.0 + 1))
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Cell::Absent => serializer.serialize_none(),
            Cell::Entity(entity) => Entity(entity).serialize(serializer),
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Boolean(holds) => serializer.serialize_bool(*holds),
            Cell::Integer(count) => serializer.serialize_i64(*count),
            Cell::Quantity(quantity) => Measured(quantity).serialize(serializer),
            Cell::Hedge(hedge) => Hedge(hedge).serialize(serializer),
            Cell::List(cells) => serializer.collect_seq(cells.iter().map(|cell| Value(cell, self.1))),
            // JSON has no such numbers: their names stand for them.
            Cell::Float(number) if !number.is_finite() => serializer.collect_str(self.0),
            Cell::Float(number) => serializer.serialize_f64(*number),
            Cell::Map(entries) => Entries(entries, self.1).serialize(serializer),
            Cell::Relation(relation) => Edge(relation, self.1).serialize(serializer),
            Cell::Path(path) => Way(path).serialize(serializer),
            Cell::Compared(compared) => Compared(compared, self.1).serialize(serializer),
        }
    }
}

impl Serialize for Entity<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.0.id)?;
        map.serialize_entry("name", &self.0.name)?;
        map.serialize_entry("kind", self.0.kind())?;
        map.serialize_entry("kinds", &self.0.kinds)?;
        map.end()
    }
}

impl Serialize for Hedge<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("extent", &self.0.extent)?;
        map.serialize_entry("confidence", self.0.confidence)?;
        map.serialize_entry("words", &self.0.words)?;
        map.end()
    }
}

impl Serialize for Number {
    /// A whole number without a fraction, as far as whole numbers are exact.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;
        if self.0.fract() == 0.0 && self.0.abs() <= LARGEST_EXACT {
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

/// The word for the unit of a measure; none for a bare number.
fn unit(measure: Measure) -> Option<String> {
    match measure {
        Measure::Number => None,
        Measure::Percentage => Some("%".to_owned()),
        Measure::Ratio { .. } => Some("ratio".to_owned()),
        Measure::Duration(unit) => Some(format!("{}s", unit.word())),
    }
}

/// A bound in the unit of [`unit()`]: a ratio is divided out, so that exact ratios and intervals are on one scale.
fn in_unit(measure: Measure, value: f64) -> Number {
    Number(if let Measure::Ratio { of, .. } = measure { value / of } else { value })
}

impl Serialize for Measured<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Quantity { measure, minimum, maximum } = *self.0;
        let Some(value) = self.0.exact_value() else {
            let mut map = serializer.serialize_map(None)?;
            map.serialize_entry("min", &minimum.map(|bound| in_unit(measure, bound.value)))?;
            map.serialize_entry("max", &maximum.map(|bound| in_unit(measure, bound.value)))?;
            map.serialize_entry("unit", &unit(measure))?;
            if let Measure::Ratio { of, .. } = measure {
                map.serialize_entry("denominator", &Number(of))?;
            }
            let exclusive = |bound: Option<Bound>| bound.is_some_and(|bound| !bound.inclusive);
            if exclusive(minimum) {
                map.serialize_entry("min_exclusive", &true)?;
            }
            if exclusive(maximum) {
                map.serialize_entry("max_exclusive", &true)?;
            }
            return map.end();
        };
        let Some(unit) = unit(measure) else {
            return Number(value).serialize(serializer);
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("value", &in_unit(measure, value))?;
        map.serialize_entry("unit", &unit)?;
        if let Measure::Ratio { of, .. } = measure {
            map.serialize_entry("numerator", &Number(value))?;
            map.serialize_entry("denominator", &Number(of))?;
        }
        map.end()
    }
}

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, cell)| (name.as_ref(), Value(cell, self.1))))
    }
}

impl Serialize for Edge<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let RelationCell { id, relation_type, label: _, from, to, statement, properties } = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", id)?;
        map.serialize_entry("type", relation_type)?;
        map.serialize_entry("from", &from.id)?;
        map.serialize_entry("to", &to.id)?;
        map.serialize_entry("statement", statement)?;
        map.serialize_entry("properties", &Entries(properties, self.1))?;
        map.end()
    }
}

impl Serialize for Way<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let PathCell { start, steps } = self.0;
        let entities = std::iter::once(start).chain(steps.iter().map(|step| &step.to));
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("entities", &entities.map(|entity| Entity(entity)).collect::<Vec<_>>())?;
        map.serialize_entry("relations", &steps.iter().map(|step| Step(&step.relation_type, step.forward)).collect::<Vec<_>>())?;
        map.end()
    }
}

impl Serialize for Step<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", self.0)?;
        map.serialize_entry("forward", &self.1)?;
        map.end()
    }
}

impl Serialize for Compared<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let figures: Vec<Figure> = self.0.figures.iter().map(|(name, quantity)| Figure(name, quantity)).collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("status", self.0.status.words())?;
        map.serialize_entry("figures", &figures)?;
        if !self.0.jointly.is_empty() {
            map.serialize_entry("jointly", &self.0.jointly.iter().map(|entity| Entity(entity)).collect::<Vec<_>>())?;
        }
        map.serialize_entry("evidence", &Citations(&self.0.evidence, self.1))?;
        map.end()
    }
}

impl Serialize for Figure<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", self.0)?;
        map.serialize_entry("value", &Measured(self.1))?;
        map.end()
    }
}

impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Evidence { statement, claim, source, sentences, quote, publication, cohort } = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("statement", statement)?;
        map.serialize_entry("source", source)?;
        map.serialize_entry("sentences", sentences)?;
        map.serialize_entry("claim", claim)?;
        if let Some(quote) = quote {
            map.serialize_entry("quote", quote)?;
        }
        if let Some(publication) = publication {
            map.serialize_entry("publication", publication)?;
        }
        if let Some((n, of)) = cohort {
            map.serialize_entry("n", n)?;
            map.serialize_entry("of", of)?;
        }
        map.end()
    }
}

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl Serialize for Citations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.1 {
            Citing::Reference => serializer.collect_seq(self.0.iter().map(|position| Reference(*position))),
            Citing::Inline(evidence) => serializer.collect_seq(self.0.iter().filter_map(|position| evidence.get(*position)).map(Item)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Citing, Value, written};
    use crate::answer::Cell;
    use crate::model::{Bound, Measure, Quantity, TimeUnit};

    fn shape(quantity: Quantity) -> String {
        written(&Value(&Cell::Quantity(quantity), Citing::Reference))
    }

    #[test]
    fn exact_quantities_name_their_unit() {
        assert_eq!(shape(Quantity::exact(Measure::Number, 45.0)), "45");
        assert_eq!(shape(Quantity::exact(Measure::Number, -0.0)), "0");
        assert_eq!(shape(Quantity::exact(Measure::Number, 0.5)), "0.5");
        assert_eq!(shape(Quantity::exact(Measure::Percentage, 45.0)), r#"{"value":45,"unit":"%"}"#);
        assert_eq!(shape(Quantity::exact(Measure::Duration(TimeUnit::Month), 18.0)), r#"{"value":18,"unit":"months"}"#);
        assert_eq!(
            shape(Quantity::exact(Measure::Ratio { of: 4.0, spoken: true }, 1.0)),
            r#"{"value":0.25,"unit":"ratio","numerator":1,"denominator":4}"#
        );
    }

    #[test]
    fn intervals_flag_what_is_open_or_excluded() {
        assert_eq!(shape(Quantity::between(Measure::Percentage, 50.0, 80.0)), r#"{"min":50,"max":80,"unit":"%"}"#);
        assert_eq!(shape(Quantity::between(Measure::Number, 0.5, 3.0)), r#"{"min":0.5,"max":3,"unit":null}"#);
        let open =
            Quantity { measure: Measure::Duration(TimeUnit::Year), minimum: Some(Bound { value: 1.0, inclusive: false }), maximum: None };
        assert_eq!(shape(open), r#"{"min":1,"max":null,"unit":"years","min_exclusive":true}"#);
        assert_eq!(
            shape(Quantity::between(Measure::Ratio { of: 4.0, spoken: false }, 1.0, 2.0)),
            r#"{"min":0.25,"max":0.5,"unit":"ratio","denominator":4}"#
        );
    }
}
