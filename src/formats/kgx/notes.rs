//! Notes: what a user should know of tables beside their rejected rows.

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
    use super::listed;

    #[test]
    fn long_lists_are_cut() {
        assert_eq!(listed(&["a".to_owned(), "b".to_owned()]), "'a', 'b'");
        assert!(listed(&vec!["x".to_owned(); 10]).ends_with("and 2 more"));
    }
}
