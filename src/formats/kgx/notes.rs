//! Notes: what a user should know of tables beside their rejected rows.

/// A count with what is counted: `1,204 rows repeat an earlier one`.
pub(super) fn counted(count: u64, one: &str, many: &str) -> String {
    let digits = count.to_string();
    let mut shown = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    format!("{shown} {}", if count == 1 { one } else { many })
}

/// Names as they are listed in a sentence, some of many.
pub(super) fn listed(names: &[String]) -> String {
    const MOST: usize = 8;
    let mut shown: Vec<String> = names.iter().take(MOST).map(|name| format!("'{name}'")).collect();
    if names.len() > MOST {
        shown.push(format!("and {} more", names.len() - MOST));
    }
    shown.join(", ")
}

#[cfg(test)]
mod tests {
    use super::{counted, listed};

    #[test]
    fn counts_are_grouped_and_lists_cut() {
        assert_eq!(counted(1, "row", "rows"), "1 row");
        assert_eq!(counted(1_234_567, "row", "rows"), "1,234,567 rows");
        assert_eq!(listed(&["a".to_owned(), "b".to_owned()]), "'a', 'b'");
        assert!(listed(&vec!["x".to_owned(); 10]).ends_with("and 2 more"));
    }
}
