//! Exact decimal numbers with 18 places, in which parts of durations are added up before they are carried to smaller units.

/// One, in units of the last place.
const ONE: i128 = 1_000_000_000_000_000_000;

/// A number with 18 decimal places; beyond them it is cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Decimal {
    /// The number, in units of the last place.
    units: i128,
}

impl Decimal {
    /// Zero.
    pub(super) const ZERO: Self = Self { units: 0 };

    /// A whole number.
    pub(super) fn whole(number: i64) -> Self {
        Self { units: i128::from(number) * ONE }
    }

    /// Digits with an optional sign and fraction; none if it reads otherwise or is too large.
    pub(super) fn read(text: &str) -> Option<Self> {
        let negative = text.starts_with('-');
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let fraction: i128 = format!("{:0<18}", fraction.get(..fraction.len().min(18))?).parse().ok()?;
        let units = whole.checked_mul(ONE)?.checked_add(fraction)?;
        Some(Self { units: if negative { -units } else { units } })
    }

    /// The number that the shortest decimal text of a float says; none if it is not finite or too large.
    pub(super) fn of_float(number: f64) -> Option<Self> {
        if number.is_finite() { Self::read(&number.to_string()) } else { None }
    }

    /// The sum; none if it is too large.
    pub(super) fn plus(self, other: Self) -> Option<Self> {
        Some(Self { units: self.units.checked_add(other.units)? })
    }

    /// The product with a whole number; none if it is too large.
    pub(super) fn times(self, factor: i64) -> Option<Self> {
        Some(Self { units: self.units.checked_mul(factor.into())? })
    }

    /// The quotient by a whole number that is not zero, cut at the last place; none for zero.
    pub(super) fn divided_by(self, divisor: i64) -> Option<Self> {
        Some(Self { units: self.units.checked_div(divisor.into())? })
    }

    /// The quotient by a float; none if it is zero, not finite, or the result is too large.
    ///
    /// Exact up to the last place while the numbers are small enough, otherwise as exact as floats are.
    pub(super) fn divided_by_float(self, divisor: f64) -> Option<Self> {
        let divisor_units = Self::of_float(divisor)?.units;
        if let (Some(numerator), true) = (self.units.checked_mul(reduced(divisor_units).1), divisor_units != 0) {
            return Some(Self { units: numerator.checked_div(reduced(divisor_units).0)? });
        }
        let quotient = self.to_float() / divisor;
        Self::of_float(quotient)
    }

    /// The whole part, cut towards zero; none if it does not fit.
    pub(super) fn trunc(self) -> Option<i64> {
        i64::try_from(self.units / ONE).ok()
    }

    /// What is behind the point, with the sign of the number.
    pub(super) fn fraction(self) -> Self {
        Self { units: self.units % ONE }
    }

    /// The number in thousand millionths, cut towards zero.
    pub(super) fn nanos(self) -> i128 {
        self.units / 1_000_000_000
    }

    /// The nearest float.
    fn to_float(self) -> f64 {
        self.units as f64 / ONE as f64
    }
}

/// The fraction of one that so many units are, without common divisors: numerator and denominator.
fn reduced(units: i128) -> (i128, i128) {
    let (mut greater, mut lesser) = (units.unsigned_abs(), ONE.unsigned_abs());
    while lesser != 0 {
        (greater, lesser) = (lesser, greater % lesser);
    }
    // The greatest common divisor divides one in units, which fits.
    let divisor = i128::try_from(greater).unwrap_or(1).max(1);
    (units / divisor, ONE / divisor)
}
