//! Cited: what the answers of a record cite, for the list at its end.

use std::collections::{BTreeMap, BTreeSet};

use crate::answer::Answer;
use crate::session::Session;

use super::page::escaped;

/// Publications of one source that are listed.
const MOST_PUBLICATIONS: usize = 200;

/// The sources cited so far.
#[derive(Debug, Default)]
pub(super) struct Cited {
    /// By their ids.
    sources: BTreeMap<String, Places>,
}

#[derive(Debug, Default)]
struct Places {
    sentences: BTreeSet<u32>,
    publications: BTreeSet<String>,
    /// How many citations there are without either.
    whole: usize,
}

impl Cited {
    /// Adds what an answer cites.
    pub fn add(&mut self, answer: &Answer) {
        for (_, item) in answer.cited() {
            let Some(source) = &item.source else { continue };
            let places = self.sources.entry(source.clone()).or_default();
            places.sentences.extend(&item.sentences);
            places.publications.extend(item.publication.clone());
            places.whole += usize::from(item.sentences.is_empty() && item.publication.is_none());
        }
    }

    /// The list, or nothing if nothing was cited.
    pub fn written(&self, session: &Session) -> String {
        if self.sources.is_empty() {
            return String::new();
        }
        let mut text = String::from("\n## Sources cited\n\n");
        for (position, (slug, places)) in self.sources.iter().enumerate() {
            let title = session.graph().sources().iter().find(|source| source.slug == *slug).map(|source| source.title.as_str());
            let title = title.filter(|title| !title.is_empty() && title != slug).map(|title| format!(": {}", escaped(title)));
            let mut said = Vec::new();
            let numbers: Vec<String> = places.sentences.iter().map(u32::to_string).collect();
            match numbers.as_slice() {
                [] => {}
                [only] => said.push(format!("sentence {only}")),
                several => said.push(format!("sentences {}", several.join(", "))),
            }
            let publications: Vec<String> = places.publications.iter().take(MOST_PUBLICATIONS).map(|name| escaped(name)).collect();
            if !publications.is_empty() {
                let more = places.publications.len() - publications.len();
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                said.push(format!("{}{more}", publications.join(", ")));
            }
            let said = if said.is_empty() { String::new() } else { format!(" ({})", said.join("; ")) };
            text.push_str(&format!("{}. **{}**{}{said}\n", position + 1, escaped(slug), title.unwrap_or_default()));
        }
        text
    }
}
