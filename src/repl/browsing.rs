//! Browsing: what was typed before, step by step; where something is typed already, only what begins with it.

/// What was typed before, and where in it the reader stands.
#[derive(Debug, Default)]
pub(super) struct Browsing {
    entries: Vec<String>,
    walk: Option<Walk>,
}

/// A walk through the entries, from the first step to the next key that is none.
#[derive(Debug)]
struct Walk {
    /// What was typed when it began, and where the cursor stood.
    typed: String,
    position: usize,
    /// The entry that is shown.
    at: usize,
}

impl Browsing {
    /// Entries, the oldest first.
    pub fn new(entries: Vec<String>) -> Browsing {
        Browsing { entries, walk: None }
    }

    /// The next entry in a direction that begins with what was typed, and the place of the cursor in it; behind the newest one it is what
    /// was typed itself. None where there is no further one.
    pub fn step(&mut self, line: &str, position: usize, newer: bool) -> Option<(String, usize)> {
        let shown = self.walk.as_ref().is_some_and(|walk| self.entries.get(walk.at).is_some_and(|entry| entry == line));
        if !shown {
            self.walk = Some(Walk { typed: line.to_owned(), position, at: self.entries.len() });
        }
        let walk = self.walk.as_mut()?;
        let fits = |entry: &String| entry.starts_with(&walk.typed) && entry != line;
        if newer {
            let later = self.entries.iter().enumerate().skip(walk.at + 1).find(|(_, entry)| fits(entry));
            if let Some((at, entry)) = later {
                walk.at = at;
                return Some((entry.clone(), entry.len()));
            }
            let walk = self.walk.take().filter(|_| shown)?;
            return Some((walk.typed, walk.position));
        }
        let (at, entry) = self.entries[..walk.at].iter().enumerate().rev().find(|(_, entry)| fits(entry))?;
        walk.at = at;
        Some((entry.clone(), entry.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::Browsing;

    fn browsing() -> Browsing {
        Browsing::new(["causes", "count symptoms", "causes of OMS", "why 1"].map(str::to_owned).to_vec())
    }

    #[test]
    fn without_a_beginning_every_entry_comes() {
        let mut browsing = browsing();
        let mut line = String::new();
        for expected in ["why 1", "causes of OMS", "count symptoms", "causes"] {
            let (text, position) = browsing.step(&line, line.len(), false).unwrap();
            assert_eq!((text.as_str(), position), (expected, expected.len()));
            line = text;
        }
        assert_eq!(browsing.step(&line, 0, false), None);
        assert_eq!(browsing.step(&line, 0, true).unwrap().0, "count symptoms");
    }

    #[test]
    fn what_is_typed_chooses_and_comes_back() {
        let mut browsing = browsing();
        assert_eq!(browsing.step("ca", 1, false).unwrap().0, "causes of OMS");
        assert_eq!(browsing.step("causes of OMS", 13, false).unwrap().0, "causes");
        assert_eq!(browsing.step("causes", 6, false), None);
        assert_eq!(browsing.step("causes", 6, true).unwrap().0, "causes of OMS");
        assert_eq!(browsing.step("causes of OMS", 13, true), Some(("ca".to_owned(), 1)));
        assert_eq!(browsing.step("ca", 2, true), None);
        assert_eq!(browsing.step("nothing like it", 2, false), None);
    }
}
