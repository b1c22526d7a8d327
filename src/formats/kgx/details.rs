//! Details: what few rows of edges say beside their columns: cohorts, frequencies, claims, hedges, whole citations.

use serde::Deserialize;

use crate::formats::import::frequency::Frequency;
use crate::model::{Cohort, Confidence, Extent, Hedge, Measure, Quantity, Value, canonical};

use super::cell::{Cell, Kind};
use super::column::number;
use super::edges::is_true;
use super::header::Slot;

/// A citation as it is written whole.
#[derive(Debug, Deserialize)]
pub(super) struct Written {
    pub source: String,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub sentences: Vec<u32>,
    #[serde(default)]
    pub publication: Option<String>,
    #[serde(default)]
    cohort: Option<(u32, u32)>,
}

impl Written {
    /// How many of how many were counted, if that can be.
    pub(super) fn cohort(&self) -> Option<Cohort> {
        self.cohort.map(|(n, of)| Cohort { n, of }).filter(|cohort| cohort.of > 0 && cohort.n <= cohort.of)
    }
}

/// Whether a field is what its column's name says; if not, it is a value like any other. `of` gives other fields of the row,
/// `id` its id.
pub(super) fn makes_sense<'t>(slot: Slot, cell: Cell<'_>, of: &dyn Fn(Slot) -> Cell<'t>, id: &dyn Fn() -> Vec<u8>) -> bool {
    match slot {
        Slot::Claim | Slot::HedgeWords => true,
        Slot::Statement => id().starts_with(cell.text().trim_ascii()),
        Slot::Citations => citations(cell).is_some(),
        Slot::Extent => Extent::from_word(&cell.string()).is_some(),
        Slot::Confidence => Confidence::from_word(&cell.string()).is_some(),
        Slot::Jointly => is_true(cell) || cell.bytes.eq_ignore_ascii_case(b"false"),
        Slot::Count | Slot::Total => cohort(of(Slot::Count), of(Slot::Total)).is_some(),
        Slot::Percentage => percentage(cell).is_some(),
        Slot::Quotient => quotient(cell).is_some(),
        Slot::Frequency => Frequency::read(&cell.string()).is_some(),
        Slot::Onset => cell.strings().iter().all(|id| is_identifier(id)),
        Slot::Sex => sex(cell).is_some(),
    }
}

/// The details of one row.
#[derive(Clone, Copy)]
pub(super) struct Details<'d>(pub [Option<Cell<'d>>; 14]);

impl<'d> Details<'d> {
    pub(super) fn get(&self, slot: Slot) -> Cell<'d> {
        self.0.get(slot as usize).copied().flatten().unwrap_or(Cell::NOTHING)
    }

    /// The counts of a cohort.
    pub(super) fn cohort(&self) -> Option<Cohort> {
        cohort(self.get(Slot::Count), self.get(Slot::Total))
    }

    /// How often: by the counts, else as a percentage, else by its class. The name of the class is told beside.
    pub(super) fn frequency(&self) -> Option<(Quantity, Option<&'static str>, bool)> {
        let term = Some(self.get(Slot::Frequency)).filter(|cell| !cell.is_nothing()).and_then(|cell| Frequency::read(&cell.string()));
        let counted = self.cohort().map(|cohort| Quantity::exact(Measure::Ratio { of: cohort.of.into(), spoken: false }, cohort.n.into()));
        let share = counted
            .or_else(|| percentage(self.get(Slot::Percentage)))
            .or_else(|| quotient(self.get(Slot::Quotient)))
            .or(term.map(|term| term.share))?;
        let is_zero = share.maximum.is_some_and(|most| most.value == 0.0);
        Some((share, term.and_then(|term| term.class), is_zero))
    }

    /// How sure and how general the source was.
    pub(super) fn hedge(&self) -> Hedge {
        Hedge {
            extent: Extent::from_word(&self.get(Slot::Extent).string()),
            confidence: Confidence::from_word(&self.get(Slot::Confidence).string()).unwrap_or_default(),
            words: Some(text(self.get(Slot::HedgeWords))).filter(|words| !words.is_empty()),
        }
    }

    /// What the passage says.
    pub(super) fn claim(&self) -> String {
        text(self.get(Slot::Claim))
    }

    /// The sexes that it holds of.
    pub(super) fn sex(&self) -> Option<Value> {
        sex(self.get(Slot::Sex)).map(Value::text)
    }

    /// Whether something is said that no column holds.
    pub(super) fn is_more_than_columns(&self) -> bool {
        let slots = [Slot::Statement, Slot::Claim, Slot::Citations, Slot::Extent, Slot::Confidence, Slot::HedgeWords, Slot::Jointly];
        slots.into_iter().any(|slot| !self.get(slot).is_nothing()) || self.cohort().is_some()
    }
}

/// A field that is a text whatever stands in it; the members of an array one after the other.
fn text(cell: Cell<'_>) -> String {
    if cell.is_array() {
        return cell.members().into_iter().map(|member| member.text).collect::<Vec<_>>().join(" | ");
    }
    String::from_utf8_lossy(&cell.text()).into_owned()
}

/// The citations of a field; none if it holds anything else.
pub(super) fn citations(cell: Cell<'_>) -> Option<Vec<Written>> {
    let members = cell.members();
    let read = members.iter().map(|member| serde_json::from_str(&member.text).ok());
    read.collect::<Option<Vec<Written>>>().filter(|citations| !citations.is_empty())
}

fn cohort(count: Cell<'_>, total: Cell<'_>) -> Option<Cohort> {
    let cohort = Cohort { n: whole(count)?, of: whole(total)? };
    (cohort.of > 0 && cohort.n <= cohort.of).then_some(cohort)
}

/// A whole number, as programs that know no others may write it (`7.0`).
fn whole(cell: Cell<'_>) -> Option<u32> {
    let number = number(cell.bytes.trim_ascii())?;
    (number >= 0.0 && number <= f64::from(u32::MAX) && number.fract() == 0.0).then_some(number as u32)
}

fn percentage(cell: Cell<'_>) -> Option<Quantity> {
    let text = cell.bytes.trim_ascii();
    let number = number(text.strip_suffix(b"%").unwrap_or(text).trim_ascii())?;
    (0.0..=100.0).contains(&number).then(|| Quantity::exact(Measure::Percentage, number))
}

fn quotient(cell: Cell<'_>) -> Option<Quantity> {
    let number = number(cell.bytes.trim_ascii())?;
    // A hundred times a decimal fraction seldom is the number that is meant: 0.07 would become 7.000000000000001.
    (0.0..=1.0).contains(&number).then(|| Quantity::exact(Measure::Percentage, (number * 1e12).round() / 1e10))
}

fn sex(cell: Cell<'_>) -> Option<&'static str> {
    if cell.is_nothing() || cell.kind == Kind::Nested {
        return None;
    }
    let text = cell.string();
    match canonical(&text).to_ascii_lowercase().as_str() {
        "pato:0000383" | "female" => Some("female"),
        "pato:0000384" | "male" => Some("male"),
        _ => None,
    }
}

/// Whether a text can be the id of an entity.
fn is_identifier(text: &str) -> bool {
    let has_prefix = text.split_once([':', '_']).is_some_and(|(prefix, local)| !prefix.is_empty() && !local.is_empty());
    has_prefix && !text.contains(char::is_whitespace)
}
