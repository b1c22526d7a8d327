//! Sources file: each source with its number of sentences and their fingerprints.

use crate::diagnostic::Code;
use crate::formats::fingerprint;
use crate::model::{Fingerprint, Source, SourceId};

use super::faults::shortened;
use super::item::{Item, Table};
use super::register::Register;

/// The sources, and where each says how many sentences it has.
pub(super) struct SourceDrafts<'d> {
    pub(super) sources: Vec<Source>,
    pub(super) register: Register<SourceId>,
    /// The number of sentences where it stands in the file; none where it is absent.
    pub(super) counts: Vec<Option<Item<'d>>>,
    /// The highest number that a sentence can have; none where that cannot be told.
    pub(super) last_sentences: Vec<Option<u32>>,
}

impl<'d> SourceDrafts<'d> {
    /// No sources.
    pub(super) fn none() -> SourceDrafts<'d> {
        SourceDrafts { sources: Vec::new(), register: Register::new("source"), counts: Vec::new(), last_sentences: Vec::new() }
    }

    /// Sources that nothing is known of, because their file cannot be read.
    pub(super) fn unreadable() -> SourceDrafts<'d> {
        let mut drafts = SourceDrafts::none();
        drafts.register.give_up();
        drafts
    }

    /// Reads the file's root table.
    pub(super) fn read(root: Table<'d>) -> SourceDrafts<'d> {
        let mut drafts = SourceDrafts::none();
        if root.has_unknown_keys {
            drafts.register.lose_one();
        }
        for item in root.tables("source") {
            let Some(table) = item.table("source", &["id", "title", "sentences", "fingerprints"]) else {
                drafts.register.lose_one();
                continue;
            };
            drafts.read_source(table);
        }
        drafts
    }

    fn read_source(&mut self, table: Table<'d>) {
        let id = SourceId(u32::try_from(self.sources.len()).unwrap_or(u32::MAX));
        let slug = table.need("id").and_then(|item| item.file_slug().map(|slug| (slug, item)));
        match &slug {
            Some((slug, item)) => self.register.add(slug, id, *item),
            None => self.register.lose_one(),
        }
        let title = table.need("title").and_then(|item| item.sentence()).unwrap_or_default();
        let sentences = table.get("sentences");
        let count = sentences.and_then(|item| item.count());
        let fingerprints = table.get("fingerprints").map(|item| (item, fingerprints(item)));
        if let Some((item, (written, _))) = &fingerprints {
            match count {
                Some(count) if count as usize != *written => {
                    let message = format!("there are {written} fingerprints for {count} sentences");
                    item.fault_with(Code::BadValue, message, "give one for each sentence, in the order of the sentences");
                }
                None if sentences.is_none() => table.missing("sentences", "say how many sentences the fingerprints are of"),
                _ => {}
            }
        }
        let agree = fingerprints.as_ref().is_none_or(|(_, (written, _))| count.is_some_and(|count| count as usize == *written));
        self.last_sentences.push(count.or(sentences.is_none().then_some(0)).filter(|_| agree));
        self.counts.push(sentences);
        self.sources.push(Source {
            slug: slug.map(|(slug, _)| slug).unwrap_or_default(),
            title,
            sentences: count.unwrap_or(0),
            fingerprints: fingerprints.map(|(_, (_, read))| read).unwrap_or_default(),
        });
    }
}

/// How many fingerprints are written, and those that read.
fn fingerprints(item: Item<'_>) -> (usize, Vec<Fingerprint>) {
    let items = item.list().unwrap_or_default();
    let read = |item: &Item<'_>| {
        let text = item.text()?;
        let read = fingerprint::parse(text);
        if read.is_none() {
            let message = format!("'{}' is not a fingerprint", shortened(text));
            item.fault_with(Code::BadValue, message, "a fingerprint is a SHA-256 sum: 64 digits from 0 to 9 and a to f");
        }
        read
    };
    (items.len(), items.iter().filter_map(read).collect())
}
