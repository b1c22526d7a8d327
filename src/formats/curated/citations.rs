//! Citations: where in which source a statement stands, checked against what the source has.

use crate::diagnostic::Code;
use crate::model::{Citation, Cohort, SourceId};

use super::faults::shortened;
use super::item::{Item, Table};
use super::register::Once;
use super::sources::SourceDrafts;

/// The citations at the key `evidence`; a statement without any is an error.
pub(super) fn citations(table: Table<'_>, sources: &SourceDrafts<'_>) -> Vec<Citation> {
    const HINT: &str = "write evidence = [{ source = \"...\", sentences = [1] }]";
    let Some(item) = table.get("evidence") else {
        table.missing("evidence", HINT);
        return Vec::new();
    };
    let items = item.one_or_list();
    if items.is_empty() {
        item.fault_with(Code::MissingKey, "this statement has no evidence", HINT);
    }
    items.into_iter().filter_map(|item| citation(item, sources)).collect()
}

fn citation(item: Item<'_>, sources: &SourceDrafts<'_>) -> Option<Citation> {
    let table = item.table("citation", &["source", "sentences", "publication", "cohort"])?;
    let source = table.need("source").and_then(|item| sources.register.find(item));
    let publication = table.get("publication").and_then(|item| item.curie());
    let cohort = table.get("cohort").and_then(cohort);
    let sentences = sentences(table, source, sources);
    Some(Citation { source: source?, sentences, publication, cohort })
}

/// The sentences of a citation, ascending.
fn sentences(table: Table<'_>, source: Option<SourceId>, sources: &SourceDrafts<'_>) -> Vec<u32> {
    let known = source.and_then(|id| sources.last_sentences[id.index()].map(|last| (&sources.sources[id.index()], last)));
    let Some(item) = table.get("sentences") else {
        if known.is_some_and(|(_, last)| last > 0) {
            table.missing("sentences", "the source is cut into sentences; say which, such as sentences = [1]");
        }
        return Vec::new();
    };
    let items = item.one_or_list();
    if items.is_empty() && known.is_some_and(|(_, last)| last > 0) {
        item.fault_with(Code::MissingKey, "this citation names no sentence", "such as sentences = [1]");
    }
    let mut once = Once::new("this sentence is named twice");
    let mut sentences = Vec::new();
    for item in items {
        let Some(number) = item.count() else {
            continue;
        };
        if let Some((source, last)) = known {
            check_sentence(item, number, &source.slug, last);
        }
        if once.is_new(number, item) {
            sentences.push(number);
        }
    }
    sentences.sort_unstable();
    sentences
}

fn check_sentence(item: Item<'_>, number: u32, source: &str, last: u32) {
    if (1..=last).contains(&number) {
        return;
    }
    if last == 0 {
        let message = format!("'{}' is not cut into sentences", shortened(source));
        item.fault_with(Code::NoSuchSentence, message, "leave 'sentences' out, or say in 'sources.toml' how many it has");
        return;
    }
    let message = format!("'{}' has no sentence {number}", shortened(source));
    item.fault_with(Code::NoSuchSentence, message, format!("its sentences are 1 to {last}"));
}

fn cohort(item: Item<'_>) -> Option<Cohort> {
    let table = item.table("cohort", &["n", "of"])?;
    let read = |key: &str| table.need(key).and_then(|item| item.count().map(|count| (count, item)));
    let (n, of) = (read("n"), read("of"));
    let ((n, counted), (of, whole)) = (n?, of?);
    if of == 0 {
        whole.fault_with(Code::BadValue, "a cohort of nobody", "give the number of patients examined, at least 1");
        return None;
    }
    if n > of {
        let message = format!("{n} of {of}: more patients have it than were examined");
        counted.fault_with(Code::BadValue, message, "'n' is how many have the feature, 'of' how many were examined");
        return None;
    }
    Some(Cohort { n, of })
}
