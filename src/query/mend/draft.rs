//! Draft: a text while it is put right, which knows where each of its parts stood in the text as typed.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Fix, Label};

use super::edits::Edit;

/// A text with what was changed in it.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    text: String,
    /// What was changed, from left to right: the place in the text as typed, and in this one. None touch.
    changes: Vec<(Range<usize>, Range<usize>)>,
}

impl Draft {
    pub fn new(text: &str) -> Draft {
        Draft { text: text.to_owned(), changes: Vec::new() }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The draft with another text at a place of it; nothing if there is no such place.
    pub fn with(&self, span: &Range<usize>, replacement: &str) -> Option<Draft> {
        self.text.get(span.clone())?;
        let mut text = self.text.clone();
        text.replace_range(span.clone(), replacement);
        // A change within an earlier one becomes a part of it.
        let mut whole = span.clone();
        let mut typed: Option<Range<usize>> = None;
        for (original, current) in self.changes.iter().filter(|(_, current)| meet(current, span)) {
            whole = whole.start.min(current.start)..whole.end.max(current.end);
            typed = Some(typed.map_or(original.clone(), |typed| typed.start.min(original.start)..typed.end.max(original.end)));
        }
        let start = self.original(whole.start, typed.as_ref().map(|typed| typed.start));
        let end = self.original(whole.end, typed.as_ref().map(|typed| typed.end));
        let (grown, shrunk) = (replacement.len(), span.len());
        let changed = (start.min(end)..end.max(start), whole.start..whole.end - shrunk + grown);
        let mut changes = Vec::with_capacity(self.changes.len() + 1);
        for (original, current) in self.changes.iter().filter(|(_, current)| !meet(current, span)) {
            let moved =
                if current.start >= span.end { current.start - shrunk + grown..current.end - shrunk + grown } else { current.clone() };
            changes.push((original.clone(), moved));
        }
        changes.push(changed);
        changes.sort_by_key(|(_, current)| (current.start, current.end));
        Some(Draft { text, changes })
    }

    /// Where a byte of the draft stood in the text as typed; `within` if it lies in a change.
    fn original(&self, at: usize, within: Option<usize>) -> usize {
        let mut moved = at;
        for (original, current) in &self.changes {
            if current.end <= at && !(current.is_empty() && current.start == at && within.is_some()) {
                moved = original.end + (at - current.end);
            } else if current.start < at {
                return within.unwrap_or(original.start);
            }
        }
        moved
    }

    /// A place of the draft in the text as typed; nothing if it touches what was changed.
    fn typed(&self, span: &Range<usize>) -> Option<Range<usize>> {
        let touches = |current: &Range<usize>| current.start < span.end && span.start < current.end;
        if self.changes.iter().any(|(_, current)| touches(current)) {
            return None;
        }
        let start = self.original(span.start, None);
        Some(start..start + span.len())
    }

    /// A complaint about the draft with its places in the text as typed; nothing if one of them touches a change.
    pub fn placed(&self, fault: &Diagnostic) -> Option<Diagnostic> {
        let placed = |label: &Label| Some(Label { span: self.typed(&label.span)?, text: label.text.clone() });
        let labels = fault.labels.iter().map(placed).collect::<Option<Vec<_>>>()?;
        Some(Diagnostic { labels, ..fault.clone() })
    }

    /// What an edit of the draft is in the text as typed.
    pub fn fix(&self, edit: &Edit) -> Option<Fix> {
        self.typed(&edit.span).map(|span| Fix { span, replacement: edit.replacement.clone() })
    }
}

/// Whether two places overlap, or one is empty and lies at an end of the other.
fn meet(left: &Range<usize>, right: &Range<usize>) -> bool {
    left.start < right.end && right.start < left.end
}

#[cfg(test)]
mod tests {
    use super::Draft;
    use crate::diagnostic::{Code, Diagnostic};

    #[test]
    fn places_are_told_as_they_were_typed() {
        let draft = Draft::new("symptms of OMS where popluation = adlt");
        let draft = draft.with(&(0..7), "symptoms").and_then(|draft| draft.with(&(22..32), "population")).expect("the places are there");
        assert_eq!(draft.text(), "symptoms of OMS where population = adlt");
        let fault = |start: usize, end: usize| Diagnostic::error(Code::UnknownName, "").at(start..end, "");
        assert_eq!(draft.placed(&fault(35, 39)).map(|fault| fault.place()), Some(34..38));
        assert_eq!(draft.placed(&fault(12, 15)).map(|fault| fault.place()), Some(11..14));
        assert_eq!(draft.placed(&fault(0, 8)), None, "what was put in is nobody's fault");
        let again = draft.with(&(3..8), "x").expect("the place is there");
        assert_eq!(again.text(), "symx of OMS where population = adlt");
        assert_eq!(again.placed(&fault(31, 35)).map(|fault| fault.place()), Some(34..38));
        assert!(draft.with(&(0..400), "").is_none());
    }
}
