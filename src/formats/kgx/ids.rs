//! Ids: every statement has one of its own; a row that says an earlier one again is dropped, another with its id gets a new one.

use std::collections::BTreeSet;

use crate::store::{BulkIds, FastMap, SlugTable, Strings};

use super::join::Edges;

/// What became of ids that several rows have.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Repeated {
    /// Rows that repeat an earlier one.
    pub same: u64,
    /// Rows that say something else under the id of an earlier one.
    pub other: u64,
}

/// Gives every row an id of its own. Rows of one statement share theirs: `is_shared` knows.
pub(super) fn separate(edges: &mut Edges, is_shared: &dyn Fn(u32) -> bool) -> Repeated {
    let mut repeated = Repeated::default();
    let (texts, again) = match std::mem::take(&mut edges.ids) {
        BulkIds::Numbered(prefix, numbers) => {
            if !has_repeated(&numbers) {
                edges.ids = BulkIds::Numbered(prefix, numbers);
                return repeated;
            }
            let texts = Strings::new(numbers.iter().map(|number| format!("{prefix}{number}")));
            let again = SlugTable::new(&texts);
            (texts, again)
        }
        BulkIds::Texts(texts) => {
            let again = SlugTable::new(&texts);
            (texts, again)
        }
    };
    let (table, again) = again;
    if again.is_empty() {
        edges.ids = BulkIds::Texts(texts);
        return repeated;
    }
    let mut keep = vec![true; edges.from.len()];
    let mut renamed: FastMap<u32, String> = FastMap::default();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    // The rows that have an id, by the first of them.
    let mut rows_of: FastMap<u32, Vec<u32>> = FastMap::default();
    for at in again.into_iter().filter_map(|at| u32::try_from(at).ok()).filter(|at| !is_shared(*at)) {
        let id = texts.bytes(at as usize);
        let Some(first) = table.find(&texts, id) else { continue };
        let known = rows_of.entry(first).or_insert_with(|| vec![first]);
        if known.iter().take(MOST_COMPARED).any(|earlier| edges.is_same(*earlier, at)) {
            keep[at as usize] = false;
            repeated.same += 1;
            continue;
        }
        known.push(at);
        repeated.other += 1;
        let name = |number: usize| format!("{}#{number}", String::from_utf8_lossy(id));
        let is_free = |name: &String| table.find(&texts, name.as_bytes()).is_none() && !taken.contains(name);
        if let Some(name) = (known.len()..).map(name).find(is_free) {
            taken.insert(name.clone());
            renamed.insert(at, name);
        }
    }
    let kept = (0u32..).zip(&keep).filter(|(_, keep)| **keep);
    let ids = Strings::new(kept.map(|(at, _)| renamed.get(&at).map_or_else(|| texts.get(at as usize), String::as_str)));
    edges.retain(&keep, BulkIds::Texts(ids));
    repeated
}

/// How many rows with one id are looked at for one that says the same.
const MOST_COMPARED: usize = 64;

/// Whether a number is there twice.
fn has_repeated(numbers: &[u32]) -> bool {
    let largest = numbers.iter().copied().max().unwrap_or_default() as usize;
    if largest / 64 <= numbers.len() * 2 {
        let mut seen = vec![0u64; largest / 64 + 1];
        return numbers.iter().any(|number| {
            let (word, bit) = (*number as usize / 64, 1u64 << (number % 64));
            let is_known = seen[word] & bit != 0;
            seen[word] |= bit;
            is_known
        });
    }
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).any(|pair| pair[0] == pair[1])
}

#[cfg(test)]
mod tests {
    use super::has_repeated;

    #[test]
    fn repeated_numbers_are_seen() {
        assert!(!has_repeated(&[]) && !has_repeated(&[3, 1, 2, 4_000_000_000]));
        assert!(has_repeated(&[3, 1, 3]) && has_repeated(&[4_000_000_000, 1, 4_000_000_000]));
    }
}
