//! Questions file: what people ask of the graph, with the answers that they must get.

use crate::diagnostic::{Code, Diagnostic};
use crate::formats::{Expected, Question};
use crate::model::fold_words;

use super::entities::EntityDrafts;
use super::faults::shortened;
use super::item::{Item, Table};

/// The questions in the order written.
pub(super) fn questions(root: Table<'_>, entities: &EntityDrafts<'_>) -> Vec<Question> {
    const KEYS: [&str; 6] = ["text", "query", "answer", "count", "counts", "featured"];
    let mut questions = Vec::new();
    for item in root.tables("question") {
        let Some(table) = item.table("question", &KEYS) else {
            continue;
        };
        let text = table.need("text").and_then(|item| item.sentence()).unwrap_or_default();
        let query = table.need("query").and_then(|item| item.sentence()).unwrap_or_default();
        let featured = table.flag("featured");
        if let Some(expected) = expected(table, entities) {
            questions.push(Question { text, query, expected, featured });
        }
    }
    questions
}

/// What is expected, which is said in exactly one of three ways.
fn expected(table: Table<'_>, entities: &EntityDrafts<'_>) -> Option<Expected> {
    let given: Vec<(&str, Item<'_>)> =
        ["answer", "count", "counts"].into_iter().filter_map(|key| table.get(key).map(|item| (key, item))).collect();
    match given.as_slice() {
        [] => {
            table.missing("answer", "say what is expected: answer = [names], count = number or counts = { value = number }");
            None
        }
        [("answer", item)] => {
            let items = item.list()?;
            items.iter().for_each(|item| check_name(*item, entities));
            items.into_iter().map(|item| item.name()).collect::<Option<Vec<String>>>().map(Expected::Names)
        }
        [("count", item)] => item.whole().map(Expected::Count),
        [(_, item)] => {
            let entries = item.open_table("table of counts")?.entries();
            let count = |(key, _, item): (&str, _, Item<'_>)| item.whole().map(|count| (key.to_owned(), count));
            entries.into_iter().map(count).collect::<Option<Vec<(String, i64)>>>().map(Expected::Counts)
        }
        [(first_key, first), (key, second), ..] => {
            let fault = Diagnostic::error(Code::BadValue, format!("this question expects both '{first_key}' and '{key}'"));
            second.complain(fault.at(second.span.range(), "").at(first.span.range(), "").help("keep one of them"));
            None
        }
    }
}

/// An answer lists names as the graph writes them.
fn check_name(item: Item<'_>, entities: &EntityDrafts<'_>) {
    let Some(text) = item.value.as_str() else {
        return;
    };
    if !entities.register.is_complete() {
        return;
    }
    let meant = entities.names.get(&fold_words(text)).map(|(id, _)| entities.entities[id.index()].name.as_str());
    if meant == Some(text) {
        return;
    }
    let near = match meant {
        Some(name) => vec![name.to_owned()],
        None => item.file.faults.nearest(text, entities.entities.len(), entities.entities.iter().map(|entity| entity.name.as_str())),
    };
    let fault = Diagnostic::error(Code::UnknownReference, format!("no entity has the name '{}'", shortened(text)));
    item.complain(fault.at(item.span.range(), "").suggest(&near));
}
