//! Duration: months, days and seconds that are kept apart, because neither a month nor a day has a fixed length.

use super::clock_times::SECOND;
use super::decimal::Decimal;
use super::{TemporalError, scanner::Scanner};

/// The days of an average month are so many millionths: 365.2425 days are 12 months.
const DAY_MILLIONTHS_OF_MONTH: i64 = 30_436_875;
/// The seconds of a day without a change of clocks.
const DAY_SECONDS: i64 = 86_400;

/// A span of time in months, days and seconds, each of either sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Duration {
    /// Whole months.
    months: i64,
    /// Whole days, whose length depends on where they lie.
    days: i64,
    /// Whole seconds, rounded down.
    seconds: i64,
    /// Nanoseconds on top of the seconds, 0 to 999999999.
    nanoseconds: i32,
}

/// A number that a duration is multiplied with or divided by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Factor {
    /// A whole number.
    Integer(i64),
    /// A floating point number.
    Float(f64),
}

/// Parts of a duration that may have fractions, before those are carried to the smaller units.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts {
    pub(super) months: Decimal,
    pub(super) days: Decimal,
    pub(super) seconds: Decimal,
}

impl Duration {
    /// No time at all.
    pub const ZERO: Self = Self { months: 0, days: 0, seconds: 0, nanoseconds: 0 };

    /// A duration of months, days, seconds and nanoseconds; nanoseconds beyond a second are carried.
    ///
    /// # Errors
    /// More seconds than a 64-bit integer holds.
    pub fn new(months: i64, days: i64, seconds: i64, nanoseconds: i64) -> Result<Self, TemporalError> {
        Self::of_nanoseconds(months, days, i128::from(seconds) * i128::from(SECOND) + i128::from(nanoseconds))
    }

    /// A duration of months, days and so many nanoseconds.
    pub(super) fn of_nanoseconds(months: i64, days: i64, nanoseconds: i128) -> Result<Self, TemporalError> {
        let seconds = i64::try_from(nanoseconds.div_euclid(SECOND.into())).map_err(|_| TemporalError::TooLarge)?;
        let rest = i32::try_from(nanoseconds.rem_euclid(SECOND.into())).map_err(|_| TemporalError::TooLarge)?;
        Ok(Self { months, days, seconds, nanoseconds: rest })
    }

    /// Whole months.
    pub fn months(self) -> i64 {
        self.months
    }

    /// Whole days beside the months.
    pub fn days(self) -> i64 {
        self.days
    }

    /// Whole seconds beside the days, rounded down.
    pub fn seconds(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds on top of the seconds, 0 to 999999999.
    pub fn nanoseconds_of_second(self) -> i64 {
        self.nanoseconds.into()
    }

    /// Seconds and nanoseconds, in nanoseconds.
    pub(super) fn nanoseconds(self) -> i128 {
        i128::from(self.seconds) * i128::from(SECOND) + i128::from(self.nanoseconds)
    }

    /// The length in nanoseconds with months and days of average length: an order for durations that cannot be compared.
    pub(super) fn average_nanoseconds(self) -> i128 {
        // The first product is below 2^63 * 2^52 and fits by far.
        let days = i128::from(self.months) * i128::from(DAY_MILLIONTHS_OF_MONTH) + i128::from(self.days) * 1_000_000;
        days * i128::from(DAY_SECONDS) * 1_000 + self.nanoseconds()
    }

    /// The sum, part by part.
    ///
    /// # Errors
    /// A part that a 64-bit integer does not hold.
    pub fn plus(self, other: Self) -> Result<Self, TemporalError> {
        let months = self.months.checked_add(other.months).ok_or(TemporalError::TooLarge)?;
        let days = self.days.checked_add(other.days).ok_or(TemporalError::TooLarge)?;
        Self::of_nanoseconds(months, days, self.nanoseconds() + other.nanoseconds())
    }

    /// The difference, part by part.
    ///
    /// # Errors
    /// A part that a 64-bit integer does not hold.
    pub fn minus(self, other: Self) -> Result<Self, TemporalError> {
        self.plus(other.negated()?)
    }

    /// The same span the other way.
    ///
    /// # Errors
    /// A part that a 64-bit integer does not hold.
    pub fn negated(self) -> Result<Self, TemporalError> {
        let months = self.months.checked_neg().ok_or(TemporalError::TooLarge)?;
        let days = self.days.checked_neg().ok_or(TemporalError::TooLarge)?;
        Self::of_nanoseconds(months, days, -self.nanoseconds())
    }

    /// The duration so many times; fractions of a month or day are carried to the smaller units.
    ///
    /// # Errors
    /// A result that is too large, or a factor that is not finite.
    pub fn times(self, factor: Factor) -> Result<Self, TemporalError> {
        let factor = match factor {
            Factor::Integer(number) => Decimal::whole(number),
            Factor::Float(number) if number.is_finite() => Decimal::of_float(number).ok_or(TemporalError::TooLarge)?,
            Factor::Float(_) => return Err(TemporalError::NotFinite),
        };
        self.scaled(|part| factor.times(part), |nanoseconds| factor.times(nanoseconds)?.divided_by(SECOND))
    }

    /// The duration divided by a number; fractions of a month or day are carried to the smaller units.
    ///
    /// # Errors
    /// A result that is too large, or a divisor that is zero or not finite.
    pub fn divided_by(self, divisor: Factor) -> Result<Self, TemporalError> {
        match divisor {
            Factor::Integer(0) => Err(TemporalError::DivisionByZero),
            Factor::Float(0.0) => Err(TemporalError::DivisionByZero),
            Factor::Float(number) if !number.is_finite() => Err(TemporalError::NotFinite),
            Factor::Integer(number) => self.divided(|part| part.divided_by(number)),
            Factor::Float(number) => self.divided(|part| part.divided_by_float(number)),
        }
    }

    /// The duration with each part divided.
    fn divided(self, divide: impl Fn(Decimal) -> Option<Decimal>) -> Result<Self, TemporalError> {
        self.scaled(|part| divide(Decimal::whole(part)), |nanoseconds| divide(Decimal::whole(nanoseconds).divided_by(SECOND)?))
    }

    /// The duration with each part changed: `part` takes a number of months, days or seconds, `rest` of nanoseconds to seconds.
    fn scaled(self, part: impl Fn(i64) -> Option<Decimal>, rest: impl Fn(i64) -> Option<Decimal>) -> Result<Self, TemporalError> {
        let parts = || {
            let seconds = part(self.seconds)?.plus(rest(self.nanoseconds.into())?)?;
            Some(Parts { months: part(self.months)?, days: part(self.days)?, seconds })
        };
        parts().and_then(Parts::carried).ok_or(TemporalError::TooLarge)
    }

    /// A duration as ISO 8601 writes it: `P1Y2M3W4DT5H6M7.5S`, where each number may have a sign and a fraction, or by components as
    /// `P2012-02-02T14:37:21.545`; none if it reads otherwise or is too large.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut scanner = Scanner::new(text);
        let negative = scanner.sign().unwrap_or(false);
        if !scanner.take('P') {
            return None;
        }
        let duration = by_units(scanner).or_else(|| by_components(scanner))?;
        if negative { duration.negated().ok() } else { Some(duration) }
    }
}

impl Parts {
    /// The duration, with fractions of months carried to days and those of days to seconds; none if it is too large.
    pub(super) fn carried(self) -> Option<Duration> {
        let from_months = self.months.fraction().times(DAY_MILLIONTHS_OF_MONTH)?.divided_by(1_000_000)?;
        let days = self.days.plus(from_months)?;
        let seconds = self.seconds.plus(days.fraction().times(DAY_SECONDS)?)?;
        Duration::of_nanoseconds(self.months.trunc()?, days.trunc()?, seconds.nanos()).ok()
    }
}

/// Reads numbers with their units, larger before smaller, up to the end.
fn by_units(mut scanner: Scanner<'_>) -> Option<Duration> {
    let mut parts = Parts::default();
    let mut units = [('Y', 12), ('M', 1), ('W', 7), ('D', 1)].iter();
    let mut any = false;
    while !scanner.is_done() && !scanner.sees('T') {
        let number = scanner.decimal()?;
        let (unit, factor) = units.find(|(unit, _)| scanner.sees(*unit))?;
        scanner.take(*unit);
        let part = if matches!(unit, 'Y' | 'M') { &mut parts.months } else { &mut parts.days };
        *part = part.plus(number.times(*factor)?)?;
        any = true;
    }
    if scanner.take('T') {
        let mut units = [('H', 3_600), ('M', 60), ('S', 1)].iter();
        any = !scanner.is_done();
        while !scanner.is_done() {
            let number = scanner.decimal()?;
            let (unit, factor) = units.find(|(unit, _)| scanner.sees(*unit))?;
            scanner.take(*unit);
            parts.seconds = parts.seconds.plus(number.times(*factor)?)?;
        }
    }
    if any { parts.carried() } else { None }
}

/// Reads `2012-02-02T14:37:21.545` up to the end: years, months, days, hours, minutes and seconds.
fn by_components(mut scanner: Scanner<'_>) -> Option<Duration> {
    let years = scanner.number(4)?;
    let months = scanner.take('-').then(|| scanner.number(2))??;
    let days = scanner.take('-').then(|| scanner.number(2))??;
    let (mut seconds, mut nanoseconds) = (0, 0);
    if scanner.take('T') {
        let hours = scanner.number(2)?;
        let minutes = scanner.take(':').then(|| scanner.number(2))??;
        seconds = scanner.take(':').then(|| scanner.number(2))??;
        if scanner.take('.') || scanner.take(',') {
            nanoseconds = scanner.fraction()?;
        }
        seconds += hours * 3_600 + minutes * 60;
    }
    if scanner.is_done() { Duration::new(years * 12 + months, days, seconds, nanoseconds).ok() } else { None }
}
