//! Values: the values of a column as they come, and what they are once all are known.

use crate::model::{Measure, Quantity, Value};
use crate::schema::ValueType;
use crate::store::{BulkColumn, FastMap};

/// A column: positions of relations or entities, each with the number of its text.
#[derive(Debug, Default)]
pub(super) struct Values {
    at: Vec<u32>,
    codes: Vec<u32>,
    texts: Vec<Box<str>>,
    places: FastMap<Box<str>, u32>,
    /// What stands between the members of a list, where values are lists.
    pub list: Option<char>,
}

/// What all values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nature {
    Integers,
    Numbers,
    Booleans,
    Percentages,
    Lists(char),
    Texts,
}

impl Values {
    /// Adds the value of what has this position, which must not lie before the last.
    pub(super) fn push(&mut self, at: u32, text: &str) {
        if is_nothing(text) || self.at.last() == Some(&at) {
            return;
        }
        let code = match self.places.get(text) {
            Some(code) => *code,
            None => {
                let code = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
                self.texts.push(text.into());
                self.places.insert(text.into(), code);
                code
            }
        };
        self.at.push(at);
        self.codes.push(code);
    }

    /// The column of things below `count`, and the type of its values; none if nothing is said.
    pub(super) fn finish(mut self, count: usize) -> Option<(BulkColumn, ValueType)> {
        if self.at.is_empty() {
            return None;
        }
        self.places = FastMap::default();
        self.sort();
        let nature = self.list.map_or_else(|| nature_of(&self.texts), Nature::Lists);
        Some(match nature {
            Nature::Integers => {
                let numbers: Vec<i64> = self.texts.iter().map(|text| integer(text).unwrap_or(i64::MIN)).collect();
                (BulkColumn::Integers(self.spread(count, i64::MIN, |code| numbers[code as usize])), ValueType::Number)
            }
            Nature::Numbers => {
                let numbers: Vec<f64> = self.texts.iter().map(|text| number(text).unwrap_or(f64::NAN)).collect();
                (BulkColumn::Numbers(self.spread(count, f64::NAN, |code| numbers[code as usize])), ValueType::Number)
            }
            Nature::Booleans => (self.sparse(|text| Value::Boolean(boolean(text) == Some(true))), ValueType::Boolean),
            Nature::Percentages => (self.sparse(|text| percentage(text).map_or(Value::Null, Value::Quantity)), ValueType::Percentage),
            Nature::Lists(between) => {
                let members = |text: &str| members(text, between).into_iter().map(Value::text).collect();
                (self.sparse(|text| Value::List(members(text))), ValueType::Text)
            }
            Nature::Texts => {
                let codes = self.spread(count, crate::store::ABSENT, |code| code);
                (BulkColumn::Texts(codes, self.texts.into_iter().map(String::from).collect()), ValueType::Text)
            }
        })
    }

    /// The column as texts, whatever they are; none if nothing is said.
    pub(super) fn finish_texts(self, count: usize) -> Option<BulkColumn> {
        if self.at.is_empty() {
            return None;
        }
        let codes = self.spread(count, crate::store::ABSENT, |code| code);
        Some(BulkColumn::Texts(codes, self.texts.into_iter().map(String::from).collect()))
    }

    /// By position; of two values for one thing the first stays.
    fn sort(&mut self) {
        if self.at.is_sorted() {
            return;
        }
        let mut pairs: Vec<(u32, u32)> = self.at.iter().copied().zip(self.codes.iter().copied()).collect();
        pairs.sort_by_key(|(at, _)| *at);
        pairs.dedup_by_key(|(at, _)| *at);
        (self.at, self.codes) = pairs.into_iter().unzip();
    }

    fn spread<T: Copy>(&self, count: usize, absent: T, value: impl Fn(u32) -> T) -> Vec<T> {
        let mut all = vec![absent; count];
        for (at, code) in self.at.iter().zip(&self.codes) {
            if let Some(place) = all.get_mut(*at as usize) {
                *place = value(*code);
            }
        }
        all
    }

    fn sparse(&self, value: impl Fn(&str) -> Value) -> BulkColumn {
        let values: Vec<Value> = self.texts.iter().map(|text| value(text)).collect();
        BulkColumn::Sparse(self.at.iter().zip(&self.codes).map(|(at, code)| (*at, values[*code as usize].clone())).collect())
    }
}

fn nature_of(texts: &[Box<str>]) -> Nature {
    let all = |test: &dyn Fn(&str) -> bool| texts.iter().all(|text| test(text));
    if all(&|text| integer(text).is_some()) {
        Nature::Integers
    } else if all(&|text| number(text).is_some()) {
        Nature::Numbers
    } else if all(&|text| boolean(text).is_some()) {
        Nature::Booleans
    } else if all(&|text| percentage(text).is_some()) {
        Nature::Percentages
    } else {
        Nature::Texts
    }
}

/// Whether a field says nothing.
pub(super) fn is_nothing(field: &str) -> bool {
    matches!(field, "" | "NA" | "N/A" | "n/a" | "NULL" | "null" | "\\N" | "NaN" | "nan" | "None" | "<NA>" | "#N/A")
}

/// The members of a list.
pub(super) fn members(text: &str, between: char) -> Vec<&str> {
    text.split(between).map(str::trim).filter(|member| !is_nothing(member)).collect()
}

/// True or false as tables write them.
pub(super) fn boolean(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") { Some(true) } else { text.eq_ignore_ascii_case("false").then_some(false) }
}

fn percentage(text: &str) -> Option<Quantity> {
    text.contains('%').then(|| text.parse().ok()).flatten().filter(|quantity: &Quantity| quantity.measure == Measure::Percentage)
}

/// A whole number as it would be written again; `007` and `+7` are texts.
fn integer(text: &str) -> Option<i64> {
    let number: i64 = text.parse().ok().filter(|number| *number != i64::MIN)?;
    (text == "0" || !text.trim_start_matches('-').starts_with(['0', '+'])).then_some(number)
}

/// A finite number in digits; `inf` and `007` are texts.
fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let begins = digits.starts_with(|letter: char| letter.is_ascii_digit() || letter == '.');
    let is_padded = digits.len() > 1 && digits.starts_with('0') && digits[1..].starts_with(|letter: char| letter.is_ascii_digit());
    if !begins || is_padded {
        return None;
    }
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::Values;
    use crate::model::Value;
    use crate::schema::ValueType;
    use crate::store::BulkColumn;

    fn column(texts: &[&str]) -> Option<(BulkColumn, ValueType)> {
        let mut values = Values::default();
        for (at, text) in (0u32..).zip(texts) {
            values.push(at, text);
        }
        values.finish(texts.len())
    }

    #[test]
    fn columns_are_what_all_values_are() {
        assert!(matches!(column(&["1", "", "-3"]), Some((BulkColumn::Integers(all), ValueType::Number)) if all == [1, i64::MIN, -3]));
        assert!(matches!(column(&["1", "NA", "2.5e3"]), Some((BulkColumn::Numbers(all), _)) if all[2] == 2500.0 && all[1].is_nan()));
        assert!(
            matches!(column(&["TRUE", "false"]), Some((BulkColumn::Sparse(all), ValueType::Boolean)) if all[0] == (0, Value::Boolean(true)))
        );
        assert!(matches!(column(&["45%", "5-10%"]), Some((BulkColumn::Sparse(_), ValueType::Percentage))));
        for texts in [&["007", "8"][..], &["inf"], &["1", "2", "many"], &["2020-01-02"], &["1/2"], &["true", "1"]] {
            assert!(matches!(column(texts), Some((BulkColumn::Texts(..), ValueType::Text))), "{texts:?}");
        }
        assert!(column(&["", "NULL", "\\N", "nan"]).is_none());
    }
}
