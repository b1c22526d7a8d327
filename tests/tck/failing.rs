//! Failing: the checked-in list of the scenarios that fail, each with its reason.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The reasons by the names of the scenarios.
pub type Reasons = BTreeMap<String, String>;

/// Where the list stands.
pub fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tck/failing.txt")
}

/// The list. A list that is not there is empty.
///
/// # Errors
/// A line without a reason.
pub fn read() -> Result<Reasons, String> {
    parse(&fs::read_to_string(path()).unwrap_or_default())
}

/// The list of this text: a line for each scenario, blank lines and those that begin with `#` apart.
///
/// # Errors
/// A line without a reason.
pub fn parse(text: &str) -> Result<Reasons, String> {
    text.lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (name, reason) = line.split_once('\t').ok_or_else(|| format!("no reason behind a tab: {line}"))?;
            Ok((name.to_owned(), reason.trim().to_owned()))
        })
        .collect()
}

/// Writes the list of what failed.
///
/// # Errors
/// The list cannot be written.
pub fn rewrite(old: &Reasons, failures: &BTreeMap<String, String>) -> Result<(), String> {
    fs::write(path(), written(old, failures)).map_err(|error| format!("{}: {error}", path().display()))
}

/// The list of what failed: reasons that stand in the old list are kept, new ones are the first line of the failure.
pub fn written(old: &Reasons, failures: &BTreeMap<String, String>) -> String {
    let mut text =
        String::from("# The scenarios of the suite that fail: name, tab, reason. OMS_UPDATE=1 rewrites the list and keeps the reasons.\n");
    for (name, failure) in failures {
        let first = failure.lines().next().unwrap_or_default().replace('\t', " ");
        text.push_str(&format!("{name}\t{}\n", old.get(name).unwrap_or(&first)));
    }
    text
}

/// What is wrong with the list, one complaint each: what it names but passes, or is not there.
pub fn faults(list: &Reasons, failures: &BTreeMap<String, String>, exists: impl Fn(&str) -> bool) -> Vec<String> {
    list.keys()
        .filter(|name| !failures.contains_key(*name))
        .map(|name| if exists(name) { format!("listed as failing, but passes: {name}") } else { format!("listed, but not there: {name}") })
        .collect()
}
