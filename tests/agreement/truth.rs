//! Truth and quantities, the naive way: a comparison of intervals tries one pair of points after the other.

/// True, false, or unknown (`None`).
pub type Truth = Option<bool>;

/// Both hold.
pub fn and(left: Truth, right: Truth) -> Truth {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// All hold.
pub fn all(truths: impl IntoIterator<Item = Truth>) -> Truth {
    let mut together = Some(true);
    for truth in truths {
        together = and(together, truth);
    }
    together
}

/// At least one of several holds.
pub fn any(truths: impl IntoIterator<Item = Truth>) -> Truth {
    not(all(truths.into_iter().map(not)))
}

/// The opposite.
pub fn not(truth: Truth) -> Truth {
    truth.map(|holds| !holds)
}

/// How a condition compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    Identical,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    /// Every comparison, the plainest first.
    pub const ALL: [Comparison; 7] = [
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::Identical,
        Comparison::GreaterOrEqual,
        Comparison::Greater,
        Comparison::LessOrEqual,
        Comparison::Less,
    ];

    /// As a query writes it.
    pub fn symbol(self) -> &'static str {
        match self {
            Comparison::Equal => "=",
            Comparison::Identical => "==",
            Comparison::NotEqual => "!=",
            Comparison::Less => "<",
            Comparison::LessOrEqual => "<=",
            Comparison::Greater => ">",
            Comparison::GreaterOrEqual => ">=",
        }
    }

    /// What it says of two things in order; `=` and `==` alike.
    pub fn holds<T: Ord>(self, left: &T, right: &T) -> bool {
        match self {
            Comparison::Equal | Comparison::Identical => left == right,
            Comparison::NotEqual => left != right,
            Comparison::Less => left < right,
            Comparison::LessOrEqual => left <= right,
            Comparison::Greater => left > right,
            Comparison::GreaterOrEqual => left >= right,
        }
    }
}

/// What a quantity measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// Bare numbers.
    Number,
    /// Percentages and ratios, in hundredths.
    Share,
    /// Durations, in months.
    Duration,
}

/// A quantity whose bounds are whole on the scale of its dimension; each bound with whether it is attained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    pub text: &'static str,
    pub dimension: Dimension,
    pub low: Option<(i64, bool)>,
    pub high: Option<(i64, bool)>,
}

const fn exact(text: &'static str, dimension: Dimension, value: i64) -> Quantity {
    span(text, dimension, value, value)
}

const fn span(text: &'static str, dimension: Dimension, low: i64, high: i64) -> Quantity {
    Quantity { text, dimension, low: Some((low, true)), high: Some((high, true)) }
}

const fn from(text: &'static str, dimension: Dimension, low: i64, attained: bool) -> Quantity {
    Quantity { text, dimension, low: Some((low, attained)), high: None }
}

const fn up_to(text: &'static str, dimension: Dimension, high: i64, attained: bool) -> Quantity {
    Quantity { text, dimension, low: None, high: Some((high, attained)) }
}

use Dimension::{Duration, Number, Share};

/// Percentages that the data can hold. No two of one list begin and end alike, so that their order is total.
pub const PERCENTAGES: &[Quantity] = &[
    exact("50%", Share, 50),
    span("50-80%", Share, 50, 80),
    from("> 60%", Share, 60, false),
    up_to("<= 20%", Share, 20, true),
    exact("80%", Share, 80),
    span("10-30%", Share, 10, 30),
];
/// Ratios that the data can hold.
pub const RATIOS: &[Quantity] = &[exact("1/2", Share, 50), exact("1 in 5", Share, 20), exact("30%", Share, 30)];
/// Durations that the data can hold.
pub const DURATIONS: &[Quantity] = &[
    exact("1 year", Duration, 12),
    exact("6 months", Duration, 6),
    span("1-2 years", Duration, 12, 24),
    from(">= 1 year", Duration, 12, true),
    up_to("< 2 years", Duration, 24, false),
    exact("18 months", Duration, 18),
];
/// Numbers that the data can hold.
pub const NUMBERS: &[Quantity] =
    &[exact("1", Number, 1), exact("10", Number, 10), span("2-3", Number, 2, 3), from("> 1", Number, 1, false)];

/// Quantities that are only asked for.
pub const ASKED: &[Quantity] = &[
    exact("60%", Share, 60),
    span("40-90%", Share, 40, 90),
    exact("85%", Share, 85),
    exact("1/2", Share, 50),
    span("60-70%", Share, 60, 70),
    exact("12 months", Duration, 12),
    exact("2 years", Duration, 24),
    span("6-18 months", Duration, 6, 18),
    exact("2", Number, 2),
    exact("4", Number, 4),
    span("1-3", Number, 1, 3),
];

impl Quantity {
    /// A count as a quantity.
    pub fn count(count: i64) -> Quantity {
        exact("", Number, count)
    }

    /// Whether it is a single point.
    pub fn is_exact(&self) -> bool {
        self.low.is_some() && self.low == self.high
    }

    /// Points are halves, so that there is one between any two bounds.
    fn has(&self, point: i64) -> bool {
        let above = self.low.is_none_or(|(bound, attained)| point > 2 * bound || (attained && point == 2 * bound));
        let below = self.high.is_none_or(|(bound, attained)| point < 2 * bound || (attained && point == 2 * bound));
        above && below
    }

    /// Points of this quantity: of every bound of either, itself and what is next to it, and points far outside.
    fn points(&self, other: &Quantity) -> Vec<i64> {
        let bounds = [self.low, self.high, other.low, other.high];
        let near = bounds.into_iter().flatten().flat_map(|(bound, _)| [2 * bound - 1, 2 * bound, 2 * bound + 1]);
        near.chain([-1000, 1000]).filter(|point| self.has(*point)).collect()
    }

    /// True if every point satisfies the comparison, false if none does, else unknown. `=` means: lies within.
    pub fn compare(&self, comparison: Comparison, asked: &Quantity) -> Truth {
        let outcomes: Vec<bool> = match comparison {
            Comparison::Equal => self.points(asked).iter().map(|point| asked.has(*point)).collect(),
            Comparison::NotEqual => return not(self.compare(Comparison::Equal, asked)),
            Comparison::Identical => return Some(self.low == asked.low && self.high == asked.high),
            _ => {
                let pairs =
                    self.points(asked).into_iter().flat_map(|stated| asked.points(self).into_iter().map(move |asked| (stated, asked)));
                pairs.map(|(stated, asked)| comparison.holds(&stated, &asked)).collect()
            }
        };
        if outcomes.iter().all(|holds| *holds) {
            Some(true)
        } else if outcomes.iter().all(|holds| !holds) {
            Some(false)
        } else {
            None
        }
    }

    /// Sorts by the least, then by the most, open ends outermost.
    pub fn rank(&self) -> (Dimension, i64, i64) {
        let low = self.low.map_or(i64::MIN, |(bound, attained)| 2 * bound + i64::from(!attained));
        let high = self.high.map_or(i64::MAX, |(bound, attained)| 2 * bound - i64::from(!attained));
        (self.dimension, low, high)
    }
}
