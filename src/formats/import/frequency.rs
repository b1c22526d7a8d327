//! Frequency: how often a feature is seen, as annotations write it: a count `7/12`, a percentage, or a term of the HPO with its published range.

use crate::model::{Cohort, Measure, Quantity, canonical};

/// How often a feature is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frequency {
    /// The share, known exactly or as an interval: a ratio or a percentage.
    pub share: Quantity,
    /// How many of how many were counted, where it was written as a count.
    pub cohort: Option<Cohort>,
    /// The name of its class, where it was written as a class: `very frequent`.
    pub class: Option<&'static str>,
}

/// The classes of frequency of the HPO: term, name, least and most of a hundred.
const CLASSES: [(&str, &str, f64, f64); 6] = [
    ("HP:0040280", "obligate", 100.0, 100.0),
    ("HP:0040281", "very frequent", 80.0, 99.0),
    ("HP:0040282", "frequent", 30.0, 79.0),
    ("HP:0040283", "occasional", 5.0, 29.0),
    ("HP:0040284", "very rare", 1.0, 4.0),
    ("HP:0040285", "excluded", 0.0, 0.0),
];

impl Frequency {
    /// Reads a frequency: `7/12`, `45%`, `30-79%`, a term of the HPO by its identifier, or a class by its name, with or without
    /// its range in parentheses (`Very frequent (99-80%)`). None if it is none of these, is out of nobody, or exceeds the whole.
    pub fn read(text: &str) -> Option<Frequency> {
        let text = text.trim();
        if let Some(class) = class(text) {
            return Some(class);
        }
        if let Some((n, of)) = text.split_once('/') {
            let cohort = Cohort { n: count(n)?, of: count(of)? };
            let share = Quantity::exact(Measure::Ratio { of: cohort.of.into(), spoken: false }, cohort.n.into());
            return (cohort.of > 0 && cohort.n <= cohort.of).then_some(Frequency { share, cohort: Some(cohort), class: None });
        }
        let share: Quantity = text.parse().ok()?;
        let is_within = [share.minimum, share.maximum].iter().flatten().all(|bound| bound.value <= 100.0);
        (share.measure == Measure::Percentage && is_within).then_some(Frequency { share, cohort: None, class: None })
    }

    /// Whether it says that the feature was looked for and not seen.
    pub fn is_zero(&self) -> bool {
        self.share.maximum.is_some_and(|most| most.value == 0.0)
    }
}

fn class(text: &str) -> Option<Frequency> {
    let is_name = text.starts_with(|letter: char| letter.is_ascii_alphabetic());
    if !is_name {
        return None;
    }
    let term = canonical(text);
    let name = text.split_once('(').map_or(text, |(name, _)| name).trim();
    let (_, class, least, most) =
        CLASSES.into_iter().find(|(id, class, ..)| term == *id || class.eq_ignore_ascii_case(name) || is_spelled(class, name))?;
    let share =
        if least == most { Quantity::exact(Measure::Percentage, least) } else { Quantity::between(Measure::Percentage, least, most) };
    Some(Frequency { share, cohort: None, class: Some(class) })
}

/// Whether a name is a class's with hyphens or underscores for spaces.
fn is_spelled(class: &str, name: &str) -> bool {
    class.len() == name.len() && name.replace(['-', '_'], " ").eq_ignore_ascii_case(class)
}

/// Digits alone: no sign, no fraction, no exponent.
fn count(text: &str) -> Option<u32> {
    let digits = text.trim();
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::Frequency;

    /// Share, class, cohort, and whether it is none.
    type Told = (String, Option<&'static str>, Option<(u32, u32)>, bool);

    fn told(text: &str) -> Option<Told> {
        let read = Frequency::read(text)?;
        Some((read.share.to_string(), read.class, read.cohort.map(|cohort| (cohort.n, cohort.of)), read.is_zero()))
    }

    #[test]
    fn each_way_of_writing_is_read() {
        let plain = |share: &str| Some((share.to_owned(), None, None, false));
        assert_eq!(told("7/12"), Some(("7/12".to_owned(), None, Some((7, 12)), false)));
        assert_eq!(told("0/5"), Some(("0/5".to_owned(), None, Some((0, 5)), true)));
        assert_eq!(told("45%"), plain("45%"));
        assert_eq!(told("32.3 %"), plain("32.3%"));
        assert_eq!(told("5-10%"), plain("5-10%"));
        assert_eq!(told("100%"), plain("100%"));
        assert_eq!(told("0%"), Some(("0%".to_owned(), None, None, true)));
        for text in ["HP:0040281", "HP_0040281", "http://purl.obolibrary.org/obo/HP_0040281", "Very frequent", "Very frequent (99-80%)"] {
            assert_eq!(told(text), Some(("80-99%".to_owned(), Some("very frequent"), None, false)), "{text}");
        }
        assert_eq!(told("HP:0040280"), Some(("100%".to_owned(), Some("obligate"), None, false)));
        assert_eq!(told("HP:0040285"), Some(("0%".to_owned(), Some("excluded"), None, true)));
        assert_eq!(told("VERY_RARE"), Some(("1-4%".to_owned(), Some("very rare"), None, false)));
    }

    #[test]
    fn what_is_no_frequency_is_none() {
        for text in [
            "",
            "12",
            "7/0",
            "0/0",
            "13/12",
            "foo",
            "120%",
            "-5%",
            "1/-2",
            "1/2/3",
            "1.5/3",
            "0.4",
            "HP:0000118",
            "1 year",
            "5%-",
            "/",
            "é",
            "9/99999999999",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
