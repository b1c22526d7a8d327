//! Count: how many there are of something, as people read it.

use std::fmt::Display;

/// A whole number with commas between its thousands: `49,000`.
pub fn grouped(count: impl Display) -> String {
    let digits = count.to_string();
    let mut written = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

/// A whole number with what is counted: `1 row`, `2 rows`, `49,000 rows`.
pub fn counted(count: impl Display, one: &str, several: &str) -> String {
    let written = grouped(count);
    let what = if written == "1" { one } else { several };
    format!("{written} {what}")
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(counted(0, "row", "rows"), "0 rows");
        assert_eq!(counted(1, "row", "rows"), "1 row");
        assert_eq!(counted(999, "row", "rows"), "999 rows");
        assert_eq!(counted(49_000, "row", "rows"), "49,000 rows");
        assert_eq!(counted(1_234_567_u64, "row", "rows"), "1,234,567 rows");
    }
}
