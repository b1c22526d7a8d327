//! A reader of one text from left to right, for the forms in which dates, times and durations are written.

use super::decimal::Decimal;

/// What is left of a text.
#[derive(Clone, Copy)]
pub(super) struct Scanner<'a> {
    /// The text that is not read yet.
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    /// A reader at the start of the text.
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// Whether everything is read.
    pub(super) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// What is left.
    pub(super) fn rest(&self) -> &'a str {
        self.rest
    }

    /// Reads the character if it comes next.
    pub(super) fn take(&mut self, character: char) -> bool {
        match self.rest.strip_prefix(character) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Whether that character comes next.
    pub(super) fn sees(&self, character: char) -> bool {
        self.rest.starts_with(character)
    }

    /// How many digits come next.
    pub(super) fn digits_ahead(&self) -> usize {
        self.rest.bytes().take_while(u8::is_ascii_digit).count()
    }

    /// Reads exactly so many digits (at most 18) as a number.
    pub(super) fn number(&mut self, digits: usize) -> Option<i64> {
        if digits == 0 || self.digits_ahead() < digits {
            return None;
        }
        let (head, rest) = self.rest.split_at(digits);
        let number = head.parse().ok()?;
        self.rest = rest;
        Some(number)
    }

    /// Reads a sign: true if it is a minus.
    pub(super) fn sign(&mut self) -> Option<bool> {
        if self.take('-') {
            Some(true)
        } else if self.take('+') {
            Some(false)
        } else {
            None
        }
    }

    /// Reads the digits after the point of a second, at most nine, as nanoseconds.
    pub(super) fn fraction(&mut self) -> Option<i64> {
        let digits = self.digits_ahead();
        if digits > 9 {
            return None;
        }
        let mut number = self.number(digits)?;
        for _ in digits..9 {
            number *= 10;
        }
        Some(number)
    }

    /// Reads a number with an optional sign and fraction.
    pub(super) fn decimal(&mut self) -> Option<Decimal> {
        let mut ahead = *self;
        ahead.sign();
        let whole = ahead.digits_ahead();
        ahead.rest = ahead.rest.get(whole..)?;
        let mut fraction = 0;
        if ahead.take('.') || ahead.take(',') {
            fraction = ahead.digits_ahead();
            ahead.rest = ahead.rest.get(fraction..)?;
            if fraction == 0 {
                return None;
            }
        }
        if whole == 0 && fraction == 0 {
            return None;
        }
        let read = self.rest.get(..self.rest.len() - ahead.rest.len())?;
        let number = Decimal::read(&read.replace(',', "."))?;
        *self = ahead;
        Some(number)
    }

    /// Reads an offset from UTC, in seconds: `Z`, `+01`, `+0100`, `+01:00`, `+010000`, `+01:00:00`, or with a minus.
    ///
    /// Minutes and seconds are at most 59; how wide the whole may be is for the caller to check. Nothing is read where none comes next.
    pub(super) fn offset(&mut self) -> Option<i64> {
        if self.take('Z') {
            return Some(0);
        }
        let mut ahead = *self;
        let negative = ahead.sign()?;
        let mut seconds = ahead.number(2)? * 3_600;
        let separated = ahead.sees(':');
        for unit in [60, 1] {
            if separated && !ahead.take(':') || !separated && ahead.digits_ahead() == 0 {
                break;
            }
            seconds += ahead.number(2).filter(|number| *number < 60)? * unit;
        }
        *self = ahead;
        Some(if negative { -seconds } else { seconds })
    }
}
