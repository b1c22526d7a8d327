//! Histogram: numbers, shares and spans of time in a few classes of round width; an interval counts in each class that it touches.

use crate::model::{Measure, Quantity, TimeUnit};

/// About so many classes are made.
const CLASSES: f64 = 8.0;

/// A class of values.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Class {
    /// What lies in it, as an interval.
    pub interval: Quantity,
    /// How many values touch it.
    pub count: u64,
}

/// The classes of values, the lowest first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Histogram {
    pub classes: Vec<Class>,
    /// The least and the greatest value.
    pub range: Quantity,
    /// Whether some values are intervals, which can count in several classes.
    pub has_intervals: bool,
}

/// The classes of quantities of one dimension; none if there are no bounds to speak of.
pub(super) fn of(values: &[Quantity]) -> Option<Histogram> {
    let limits: Vec<(f64, f64)> = values.iter().map(Quantity::limits).collect();
    let finite = || limits.iter().flat_map(|(low, high)| [*low, *high]).filter(|limit| limit.is_finite());
    let (low, high) = (finite().reduce(f64::min)?, finite().reduce(f64::max)?);
    let unit = unit_of(values.first()?.measure, high);
    let (low, high) = (low / unit.scale, high / unit.scale);
    let width = round_width((high - low) / CLASSES);
    let first = (low / width).floor();
    let count = (((high / width).floor() - first) as usize).min(1000) + 1;
    let mut classes: Vec<Class> = (0..count)
        .map(|number| {
            let start = (first + number as f64) * width;
            Class { interval: unit.class(tidy(start), tidy(start + width), number + 1 == count && high <= start), count: 0 }
        })
        .collect();
    for (least, most) in &limits {
        let place = |limit: f64, open: usize| {
            if limit.is_finite() {
                ((((limit / unit.scale) / width + 1e-9).floor() - first).max(0.0) as usize).min(count - 1)
            } else {
                open
            }
        };
        let (from, to) = (place(*least, 0), place(*most, count - 1));
        classes[from..=to.max(from)].iter_mut().for_each(|class| class.count += 1);
    }
    let has_intervals = limits.iter().any(|(low, high)| low != high);
    Some(Histogram { classes, range: unit.between(unit.told(low), unit.told(high)), has_intervals })
}

/// What classes are told in.
struct Unit {
    measure: Measure,
    /// One of it on the common scale of its dimension.
    scale: f64,
}

fn unit_of(measure: Measure, greatest: f64) -> Unit {
    match measure {
        Measure::Number => Unit { measure, scale: 1.0 },
        Measure::Percentage | Measure::Ratio { .. } => Unit { measure: Measure::Percentage, scale: 0.01 },
        Measure::Duration(_) if greatest >= 24.0 => Unit { measure: Measure::Duration(TimeUnit::Year), scale: 12.0 },
        Measure::Duration(_) if greatest >= 2.0 => Unit { measure: Measure::Duration(TimeUnit::Month), scale: 1.0 },
        Measure::Duration(_) => Unit { measure: Measure::Duration(TimeUnit::Day), scale: 12.0 / 365.25 },
    }
}

impl Unit {
    fn between(&self, low: f64, high: f64) -> Quantity {
        Quantity::between(self.measure, low, high)
    }

    /// A number as it is told: of what was converted, four digits.
    fn told(&self, number: f64) -> f64 {
        let exact = matches!(self.measure, Measure::Number);
        if exact { tidy(number) } else { format!("{number:.3e}").parse().unwrap_or(number) }
    }

    /// From a value up to, but not including, another; the last class can be a single value.
    fn class(&self, low: f64, high: f64, single: bool) -> Quantity {
        if single {
            return Quantity::exact(self.measure, low);
        }
        let mut interval = self.between(low, high);
        if let Some(bound) = interval.maximum.as_mut() {
            bound.inclusive = false;
        }
        interval
    }
}

/// The round number (1, 2, 2.5 or 5 times a power of ten) next above a width.
fn round_width(width: f64) -> f64 {
    if !width.is_finite() || width <= 0.0 {
        return 1.0;
    }
    let power = 10f64.powf(width.log10().floor());
    [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|step| step * power).find(|step| *step >= width * (1.0 - 1e-9)).unwrap_or(10.0 * power)
}

/// Without the dust that computing leaves behind the digits.
fn tidy(number: f64) -> f64 {
    format!("{number:.10e}").parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::model::{Measure, Quantity};

    #[test]
    fn intervals_count_in_every_class_that_they_touch() {
        let percent = |low: f64, high: f64| Quantity::between(Measure::Percentage, low, high);
        let histogram = of(&[percent(0.0, 0.0), percent(5.0, 25.0), percent(80.0, 80.0)]).unwrap();
        let counts: Vec<(String, u64)> = histogram.classes.iter().map(|class| (class.interval.to_string(), class.count)).collect();
        assert_eq!(counts[0], (">= 0% < 10%".to_owned(), 2));
        assert_eq!((counts[1].1, counts[2].1, counts[3].1), (1, 1, 0));
        assert_eq!(counts.last().unwrap(), &("80%".to_owned(), 1));
        assert!(histogram.has_intervals && histogram.range.to_string() == "0-80%");
        let odd = of(&[percent(0.425_531_914_89, 0.5), percent(12.5, 99.25)]).unwrap();
        assert_eq!(odd.range.to_string(), "0.4255-99.25%");
    }

    #[test]
    fn one_value_is_one_class_and_open_ends_reach_the_last() {
        let one = Quantity::exact(Measure::Number, 3.0);
        assert_eq!(of(&[one, one]).unwrap().classes.len(), 1);
        let open = Quantity { maximum: None, ..Quantity::exact(Measure::Number, 5.0) };
        let histogram = of(&[Quantity::exact(Measure::Number, 0.0), open, Quantity::exact(Measure::Number, 9.0)]).unwrap();
        let counts: Vec<u64> = histogram.classes.iter().map(|class| class.count).collect();
        assert_eq!((counts.first(), counts.last()), (Some(&1), Some(&2)), "{counts:?}");
        assert!(of(&[]).is_none());
    }
}
