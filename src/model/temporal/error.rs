//! Why a temporal value cannot be made or computed, said for people.

use std::fmt;

use super::TemporalType;

/// Why a temporal value cannot be made or computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemporalError {
    /// A text that does not read as a value of this type.
    Unreadable {
        /// The type that was asked for.
        kind: TemporalType,
        /// The text, cut if it is long.
        text: String,
    },
    /// A number outside what the calendar or the clock has.
    OutOfRange {
        /// The component, by its name in a query.
        name: &'static str,
        /// What was given.
        value: i128,
        /// The least that is accepted.
        least: i64,
        /// The greatest that is accepted.
        greatest: i64,
    },
    /// A component without which those that are given say nothing.
    Missing {
        /// The type that was asked for.
        kind: TemporalType,
        /// The component that is missing.
        name: &'static str,
    },
    /// A component that this type has not.
    UnknownComponent {
        /// The type that was asked for.
        kind: TemporalType,
        /// The name as given, cut if it is long.
        name: String,
    },
    /// Two components that cannot both say where the value lies.
    Conflict {
        /// One of the two.
        first: &'static str,
        /// The other.
        second: &'static str,
    },
    /// A component that holds a value of another type than it takes.
    WrongArgument {
        /// The component, by its name in a query.
        name: &'static str,
        /// What it takes.
        expected: &'static str,
    },
    /// A time zone that is neither an offset nor in the zone database.
    UnknownZone(String),
    /// A named zone where only an offset can be meant, because the zone's offset depends on the date.
    ZoneWithoutDate(String),
    /// An offset that the named zone did not have at that local time.
    OffsetOfOtherZone {
        /// The offset as written.
        offset: String,
        /// The zone's name.
        zone: String,
    },
    /// A unit that a value of this type cannot be cut at.
    UnknownUnit {
        /// The type that was asked for.
        kind: TemporalType,
        /// The unit as given, cut if it is long.
        unit: String,
    },
    /// A value that has not what the other type needs.
    NoConversion {
        /// The type of the value.
        from: TemporalType,
        /// The type that was asked for.
        to: TemporalType,
    },
    /// A duration where a point in time is needed.
    DurationBetween,
    /// A result beyond what a value can hold.
    TooLarge,
    /// A duration divided by zero.
    DivisionByZero,
    /// A factor or divisor that is no finite number.
    NotFinite,
}

/// The text, cut so that a message stays a line.
pub(super) fn cut(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST { text.to_owned() } else { text.chars().take(LONGEST).chain("...".chars()).collect() }
}

impl fmt::Display for TemporalError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { kind, text } => write!(formatter, "'{text}' does not read as a {kind}: write it as {}", kind.written_as()),
            Self::OutOfRange { name, value, least, greatest } => {
                write!(formatter, "{value} is no {name} here: it lies between {least} and {greatest}")
            }
            Self::Missing { kind, name } => write!(formatter, "the {kind} needs `{name}` as well"),
            Self::UnknownComponent { kind, name } => {
                write!(formatter, "a {kind} has no component `{name}`: it takes {}", kind.components().join(", "))
            }
            Self::Conflict { first, second } => write!(formatter, "`{first}` and `{second}` exclude each other: keep one of them"),
            Self::WrongArgument { name, expected } => write!(formatter, "`{name}` takes {expected}"),
            Self::UnknownZone(zone) => {
                write!(formatter, "'{zone}' is no time zone: write an offset such as '+01:00' or a name such as 'Europe/Stockholm'")
            }
            Self::ZoneWithoutDate(zone) => {
                write!(formatter, "the offset of '{zone}' depends on the date, which a time has not: write an offset such as '+01:00'")
            }
            Self::OffsetOfOtherZone { offset, zone } => {
                write!(formatter, "{zone} had not the offset {offset} at that time: leave the offset out, or correct one of the two")
            }
            Self::UnknownUnit { kind, unit } => {
                write!(formatter, "a {kind} cannot be truncated to '{unit}': accepted are {}", kind.units().join(", "))
            }
            Self::NoConversion { from, to } => write!(formatter, "a {to} cannot be made from a {from}, which lacks a part of it"),
            Self::DurationBetween => {
                write!(formatter, "a duration lies between two points in time: give dates or times, not durations")
            }
            Self::TooLarge => {
                write!(
                    formatter,
                    "the result is too large: years lie between -999999999 and 999999999, and parts of durations are 64-bit integers"
                )
            }
            Self::DivisionByZero => write!(formatter, "a duration cannot be divided by zero"),
            Self::NotFinite => write!(formatter, "a duration can only be multiplied and divided by a finite number"),
        }
    }
}

impl std::error::Error for TemporalError {}
