//! Register: the ids that a file declares, each once, and what is said when another id is used.

use std::collections::HashMap;
use std::hash::Hash;

use crate::diagnostic::{Code, Diagnostic};

use super::faults::{all_of, shortened};
use super::item::{Item, Span};

/// Where nothing is near, a message lists what there is, if it is no more than this.
const MOST_LISTED: usize = 12;

/// How much of what was declared is here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    /// All of it.
    All,
    /// Some ids are faulty: one that is not here and resembles none may be one of them.
    Most,
    /// The file cannot be read: any id may be right.
    Nothing,
}

/// The ids of one sort of thing.
pub(super) struct Register<Id> {
    what: &'static str,
    ids: HashMap<String, (Id, Span)>,
    known: Known,
}

impl<Id: Copy> Register<Id> {
    /// A register that holds nothing yet. `what` is what messages call its things.
    pub(super) fn new(what: &'static str) -> Register<Id> {
        Register { what, ids: HashMap::new(), known: Known::All }
    }

    /// From now on unknown ids are not complained about: the file that would declare them cannot be read.
    pub(super) fn give_up(&mut self) {
        self.known = Known::Nothing;
    }

    /// Something was declared whose id cannot be told: what uses that id is not at fault.
    pub(super) fn lose_one(&mut self) {
        if self.known == Known::All {
            self.known = Known::Most;
        }
    }

    /// Whether everything that was declared is here.
    pub(super) fn is_complete(&self) -> bool {
        self.known == Known::All
    }

    /// Adds an id; one that is there already is an error.
    pub(super) fn add(&mut self, slug: &str, id: Id, item: Item<'_>) {
        if let Some((_, first)) = self.ids.get(slug) {
            duplicate(item, *first, format!("there are two {} with the id '{}'", plural(self.what), shortened(slug)));
            // One of the two was meant to have another id.
            self.lose_one();
            return;
        }
        self.ids.insert(slug.to_owned(), (id, item.span));
    }

    /// Adds an id that no file declares.
    pub(super) fn add_built_in(&mut self, slug: &str, id: Id) {
        self.ids.insert(slug.to_owned(), (id, Span { start: 0, end: 0 }));
    }

    /// The id that is called so, without a complaint.
    pub(super) fn get(&self, slug: &str) -> Option<Id> {
        self.ids.get(slug).map(|(id, _)| *id)
    }

    /// The id that the text of an item stands for; an unknown one is an error.
    pub(super) fn find(&self, item: Item<'_>) -> Option<Id> {
        self.find_or(item, |_| None)
    }

    /// The same, where the caller may know which id was meant.
    pub(super) fn find_or(&self, item: Item<'_>, meant: impl Fn(&str) -> Option<String>) -> Option<Id> {
        let text = item.text()?;
        self.find_word(item, item.span, text, meant)
    }

    /// The same for a word that is not itself a value, such as a key.
    pub(super) fn find_word(&self, item: Item<'_>, span: Span, text: &str, meant: impl Fn(&str) -> Option<String>) -> Option<Id> {
        if let Some(id) = self.get(text) {
            return Some(id);
        }
        let near = match meant(text) {
            Some(slug) => vec![slug],
            None if self.known == Known::Nothing => return None,
            None => item.file.faults.nearest(text, self.ids.len(), self.ids.keys().map(String::as_str)),
        };
        if near.is_empty() && self.known != Known::All {
            return None;
        }
        let mut fault = Diagnostic::error(Code::UnknownReference, format!("no {} has the id '{}'", self.what, shortened(text)));
        fault = fault.at(span.range(), "").suggest(&near);
        if near.is_empty() && self.ids.len() <= MOST_LISTED {
            fault = fault.help(self.all());
        }
        item.complain(fault);
        None
    }

    fn all(&self) -> String {
        let mut all: Vec<&String> = self.ids.keys().collect();
        all.sort();
        match all.len() {
            0 => "there is none".to_owned(),
            1 => format!("there is only {}", all_of(&all)),
            _ => format!("there are {}", all_of(&all)),
        }
    }
}

/// What a list has held so far: a member that is there twice is an error.
pub(super) struct Once<Key> {
    message: &'static str,
    places: HashMap<Key, Span>,
}

impl<Key: Eq + Hash> Once<Key> {
    /// A list that has held nothing. `message` is what is said of a member that comes again.
    pub(super) fn new(message: &'static str) -> Once<Key> {
        Once { message, places: HashMap::new() }
    }

    /// Whether the member was not there before.
    pub(super) fn is_new(&mut self, key: Key, item: Item<'_>) -> bool {
        let first = *self.places.entry(key).or_insert(item.span);
        if first != item.span {
            duplicate(item, first, self.message.to_owned());
        }
        first == item.span
    }
}

/// Adds the error that something is there twice, with both places.
pub(super) fn duplicate(item: Item<'_>, first: Span, message: String) {
    let fault = Diagnostic::error(Code::Duplicate, message);
    item.complain(fault.at(item.span.range(), "here again").at(first.range(), "here first"));
}

fn plural(what: &str) -> String {
    match what.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{what}s"),
    }
}
