//! Quantity: a number, percentage, ratio or duration that may be known only as an interval, and how two of them compare.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Comparison, Truth};

/// One value, known exactly or as an interval: one value that nobody knows exactly, not several values.
///
/// Bounds are kept in the unit that was written (`1-2 years` keeps 1 and 2) and compare on a common scale: a year is
/// 12 months, and percentages compare with ratios (50 % with 7/12).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// What is measured, and the unit that the bounds are in.
    pub measure: Measure,
    /// The least that it can be; none where open.
    pub minimum: Option<Bound>,
    /// The most that it can be; none where open.
    pub maximum: Option<Bound>,
}

/// An end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bound {
    /// The number, in the unit of the quantity; finite.
    pub value: f64,
    /// Whether the value can be the bound itself.
    pub inclusive: bool,
}

/// What a quantity measures, with the unit of its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Measure {
    /// A bare number.
    Number,
    /// Of a hundred.
    Percentage,
    /// So many of `of`: the bounds count, `of` is what they are counted among (at least 1).
    Ratio {
        /// The denominator.
        of: f64,
        /// Whether it was written `1 in 5 million` rather than `7/12`.
        spoken: bool,
    },
    /// A span of time.
    Duration(TimeUnit),
}

/// The unit of a duration. A year is 12 months, a month the twelfth of 365.25 days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TimeUnit {
    /// 24 hours.
    Day,
    /// 7 days.
    Week,
    /// A twelfth of a year.
    Month,
    /// 12 months.
    Year,
}

/// Why a text is no quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuantityError {
    /// It does not read as a quantity at all.
    Unreadable,
    /// The first bound is above the second.
    Backwards,
    /// So many in, or of, none.
    ZeroDenominator,
    /// A number too large to compute with.
    TooLarge,
    /// Less than nothing, where nothing is the least (percentages, ratios, durations).
    Negative,
}

impl fmt::Display for QuantityError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            QuantityError::Unreadable => "not a number, percentage, ratio or duration",
            QuantityError::Backwards => "the interval runs backwards: its first bound is above its second",
            QuantityError::ZeroDenominator => "a ratio cannot be out of zero",
            QuantityError::TooLarge => "the number is too large",
            QuantityError::Negative => "a percentage, ratio or duration cannot be below zero",
        })
    }
}

impl std::error::Error for QuantityError {}

/// An end of an interval on the common scale; infinite where open.
#[derive(Clone, Copy)]
struct Limit {
    value: f64,
    attained: bool,
}

impl TimeUnit {
    /// The singular word for it.
    pub fn word(self) -> &'static str {
        match self {
            TimeUnit::Day => "day",
            TimeUnit::Week => "week",
            TimeUnit::Month => "month",
            TimeUnit::Year => "year",
        }
    }

    fn months(self) -> f64 {
        const DAYS_IN_MONTH: f64 = 365.25 / 12.0;
        match self {
            TimeUnit::Day => 1.0 / DAYS_IN_MONTH,
            TimeUnit::Week => 7.0 / DAYS_IN_MONTH,
            TimeUnit::Month => 1.0,
            TimeUnit::Year => 12.0,
        }
    }
}

impl Measure {
    /// What it is called in messages and in the columns of an answer.
    pub fn word(self) -> &'static str {
        match self {
            Measure::Number => "number",
            Measure::Percentage => "percentage",
            Measure::Ratio { .. } => "ratio",
            Measure::Duration(_) => "duration",
        }
    }

    /// Whether two quantities can be held against each other.
    pub fn comparable(self, other: Measure) -> bool {
        self.dimension() == other.dimension()
    }

    fn dimension(self) -> u8 {
        match self {
            Measure::Number => 0,
            Measure::Percentage | Measure::Ratio { .. } => 1,
            Measure::Duration(_) => 2,
        }
    }

    /// A bound on the common scale. Division by what the unit is out of keeps 50 % and 1/2 the same number.
    fn scaled(self, value: f64) -> f64 {
        match self {
            Measure::Number => value,
            Measure::Percentage => value / 100.0,
            Measure::Ratio { of, .. } => value / of,
            Measure::Duration(unit) => value * unit.months(),
        }
    }
}

impl Quantity {
    /// A value known exactly, in the unit of its measure.
    pub fn exact(measure: Measure, value: f64) -> Quantity {
        let bound = Some(Bound { value, inclusive: true });
        Quantity { measure, minimum: bound, maximum: bound }
    }

    /// A value between two bounds, both possible, in the unit of its measure.
    pub fn between(measure: Measure, minimum: f64, maximum: f64) -> Quantity {
        Quantity {
            measure,
            minimum: Some(Bound { value: minimum, inclusive: true }),
            maximum: Some(Bound { value: maximum, inclusive: true }),
        }
    }

    /// The value in its unit, if it is known exactly.
    pub fn exact_value(&self) -> Option<f64> {
        match (self.minimum, self.maximum) {
            (Some(minimum), Some(maximum)) if minimum == maximum && minimum.inclusive => Some(minimum.value),
            _ => None,
        }
    }

    /// Compares with what is asked. True only if every reading of both satisfies the comparison, false only if none
    /// does, unknown between. `=` with an interval asks whether this lies within it. `None` if the two measure
    /// different things.
    pub fn compare(&self, comparison: Comparison, asked: &Quantity) -> Option<Truth> {
        if !self.measure.comparable(asked.measure) {
            return None;
        }
        Some(match comparison {
            Comparison::Equal => self.lies_within(asked),
            Comparison::NotEqual => self.lies_within(asked).not(),
            Comparison::Less => self.is_less(asked),
            Comparison::GreaterOrEqual => self.is_less(asked).not(),
            Comparison::Greater => asked.is_less(self),
            Comparison::LessOrEqual => asked.is_less(self).not(),
        })
    }

    /// Whether the two are the same interval of the same dimension.
    pub fn is_identical(&self, other: &Quantity) -> bool {
        let same = |left: Limit, right: Limit| order(left.value, right.value).is_eq() && left.attained == right.attained;
        self.measure.comparable(other.measure) && same(self.lower(), other.lower()) && same(self.upper(), other.upper())
    }

    /// A total order for sorting: by measure, then by minimum, then by maximum; an open minimum first, an open maximum last.
    pub fn total_order(&self, other: &Quantity) -> Ordering {
        let (low, high) = (self.lower(), self.upper());
        let (other_low, other_high) = (other.lower(), other.upper());
        self.measure
            .dimension()
            .cmp(&other.measure.dimension())
            .then(low.value.total_cmp(&other_low.value))
            .then(other_low.attained.cmp(&low.attained))
            .then(high.value.total_cmp(&other_high.value))
            .then(high.attained.cmp(&other_high.attained))
    }

    /// The least and the greatest value on the common scale (shares of one, months, bare numbers); infinite where open.
    pub fn limits(&self) -> (f64, f64) {
        (self.lower().value, self.upper().value)
    }

    fn lower(&self) -> Limit {
        self.minimum.map_or(Limit { value: f64::NEG_INFINITY, attained: false }, |bound| self.limit(bound))
    }

    fn upper(&self) -> Limit {
        self.maximum.map_or(Limit { value: f64::INFINITY, attained: false }, |bound| self.limit(bound))
    }

    fn limit(&self, bound: Bound) -> Limit {
        // Adding zero turns a negative zero into zero, so that the two sort as one.
        Limit { value: self.measure.scaled(bound.value) + 0.0, attained: bound.inclusive }
    }

    fn is_less(&self, asked: &Quantity) -> Truth {
        let (low, high) = (self.lower(), self.upper());
        let (asked_low, asked_high) = (asked.lower(), asked.upper());
        let touches = high.attained && asked_low.attained;
        let meets = order(high.value, asked_low.value);
        if meets.is_lt() || (meets.is_eq() && !touches && high.value.is_finite()) {
            Truth::True
        } else if order(low.value, asked_high.value).is_ge() && low.value.is_finite() {
            Truth::False
        } else {
            Truth::Unknown
        }
    }

    fn lies_within(&self, asked: &Quantity) -> Truth {
        let (low, high) = (self.lower(), self.upper());
        let (asked_low, asked_high) = (asked.lower(), asked.upper());
        let (least, most) = (order(low.value, asked_low.value), order(high.value, asked_high.value));
        let above_minimum = least.is_gt() || (least.is_eq() && (asked_low.attained || !low.attained));
        let below_maximum = most.is_lt() || (most.is_eq() && (asked_high.attained || !high.attained));
        if above_minimum && below_maximum {
            return Truth::True;
        }
        let apart = |left: Limit, right: Limit| {
            let order = order(left.value, right.value);
            order.is_lt() || (order.is_eq() && !(left.attained && right.attained))
        };
        Truth::from(!(apart(high, asked_low) || apart(asked_high, low))).and(Truth::Unknown)
    }
}

/// The order of two limits. Units are turned into one another by division, which rounds: 1 in 5 million and 0.00002 %
/// are the same limit though their last bits differ.
fn order(left: f64, right: f64) -> Ordering {
    const ROUNDING: f64 = 1e-12;
    let near = left.is_finite() && right.is_finite() && (left - right).abs() <= ROUNDING * left.abs().max(right.abs());
    if near { Ordering::Equal } else { left.total_cmp(&right) }
}

impl fmt::Display for Quantity {
    /// Writes the quantity as a query would: `50-80%`, `>= 1 year`, `1 in 5 million`. What is written reads back as the same.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, plural) = match (self.minimum, self.maximum) {
            (Some(minimum), Some(maximum)) if minimum == maximum && minimum.inclusive => (spell(minimum.value), minimum.value != 1.0),
            (Some(minimum), Some(maximum)) if minimum.inclusive && maximum.inclusive => {
                (format!("{}-{}", spell(minimum.value), spell(maximum.value)), true)
            }
            (Some(minimum), Some(maximum)) => {
                let (low, high) = (if minimum.inclusive { ">=" } else { ">" }, if maximum.inclusive { "<=" } else { "<" });
                let unit = unit_of(self.measure, minimum.value != 1.0);
                write!(formatter, "{low} {}{unit} ", spell(minimum.value))?;
                (format!("{high} {}", spell(maximum.value)), maximum.value != 1.0)
            }
            (Some(bound), None) => (format!("{} {}", if bound.inclusive { ">=" } else { ">" }, spell(bound.value)), bound.value != 1.0),
            (None, Some(bound)) => (format!("{} {}", if bound.inclusive { "<=" } else { "<" }, spell(bound.value)), bound.value != 1.0),
            (None, None) => ("unbounded".to_owned(), false),
        };
        write!(formatter, "{number}{}", unit_of(self.measure, plural))
    }
}

fn unit_of(measure: Measure, plural: bool) -> String {
    match measure {
        Measure::Number => String::new(),
        Measure::Percentage => "%".to_owned(),
        Measure::Ratio { of, spoken: true } => format!(" in {}", spell_large(of)),
        Measure::Ratio { of, spoken: false } => format!("/{}", spell(of)),
        Measure::Duration(unit) => format!(" {}{}", unit.word(), if plural { "s" } else { "" }),
    }
}

fn spell(value: f64) -> String {
    format!("{}", value + 0.0)
}

/// Whole millions and billions as words: `5 million` reads better than its zeros.
fn spell_large(value: f64) -> String {
    for (name, size) in [("billion", 1e9), ("million", 1e6)] {
        let count = value / size;
        if count >= 1.0 && count * size == value && (count * 10.0).fract() == 0.0 {
            return format!("{} {name}", spell(count));
        }
    }
    spell(value)
}
