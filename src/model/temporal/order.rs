//! How temporal values compare, and the order in which they sort.

use std::cmp::Ordering;

use super::{DateTime, Temporal, Time};

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Time {
    /// The same moment of the day counts first, whatever the offset; then the offset.
    fn cmp(&self, other: &Self) -> Ordering {
        (self.universal(), self.offset).cmp(&(other.universal(), other.offset))
    }
}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    /// The instant counts first; then the offset, then the name of the zone.
    fn cmp(&self, other: &Self) -> Ordering {
        (self.instant(), self.offset, &self.zone).cmp(&(other.instant(), other.offset, &other.zone))
    }
}

impl Temporal {
    /// Which of the two is less, as `<` asks: none between types, and none between durations, since a month has no fixed length.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Date(left), Self::Date(right)) => Some(left.cmp(right)),
            (Self::LocalTime(left), Self::LocalTime(right)) => Some(left.cmp(right)),
            (Self::Time(left), Self::Time(right)) => Some(left.cmp(right)),
            (Self::LocalDateTime(left), Self::LocalDateTime(right)) => Some(left.cmp(right)),
            (Self::DateTime(left), Self::DateTime(right)) => Some(left.cmp(right)),
            _ => None,
        }
    }

    /// The place of the two in a sorted list: any two have one, and only equal values share theirs.
    ///
    /// Points in time come first, then local ones, dates, times, local times and durations; durations sort by their average length.
    pub fn order(&self, other: &Self) -> Ordering {
        if let (Self::Duration(left), Self::Duration(right)) = (self, other) {
            let key = |value: &super::Duration| (value.average_nanoseconds(), value.months(), value.days());
            return key(left).cmp(&key(right));
        }
        self.compare(other).unwrap_or_else(|| self.rank().cmp(&other.rank()))
    }

    /// The place of the type among the types.
    fn rank(&self) -> u8 {
        match self {
            Self::DateTime(_) => 0,
            Self::LocalDateTime(_) => 1,
            Self::Date(_) => 2,
            Self::Time(_) => 3,
            Self::LocalTime(_) => 4,
            Self::Duration(_) => 5,
        }
    }
}
