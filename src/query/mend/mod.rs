//! Mend: all that is wrong with a query, found by putting right what can be put right and looking again, and the query as it was probably meant.

mod draft;
mod edits;
mod habits;
mod questions;
mod remembered;
mod slips;

use crate::algebra::Query;
use crate::diagnostic::{Code, Diagnostic};

use super::resolve::{Context, check_name, resolve_with_warnings};
use super::syntax;
use super::syntax::tree::Request;

use draft::Draft;
use edits::Edit;
use remembered::Remembered;

/// How many faults of one query are looked for.
const MOST_FAULTS: usize = 8;

/// How often a query is looked at again for the sake of its faults.
const MOST_TRIALS: usize = 90;

/// How many ways to put one fault right are tried.
const MOST_EDITS: usize = 24;

/// A query that was read, with its meaning.
#[derive(Debug)]
pub struct Understood {
    /// What was asked for.
    pub request: Request,
    /// What it means; nothing for what is no query, `describe …` and `suggest`.
    pub query: Option<Query>,
    /// What deserves a look though it can be answered.
    pub warnings: Vec<Diagnostic>,
}

/// What is wrong with a query, and what it would be without that.
#[derive(Clone, Debug, PartialEq)]
pub struct Mended {
    /// What is wrong, in the order of the places; where a fault has a fix, it is the one that was taken.
    pub faults: Vec<Diagnostic>,
    /// The query with all of the fixes, if it can be asked.
    pub fixed: Option<String>,
}

/// Reads a query and gives it its meaning.
///
/// # Errors
/// What is wrong with it: at least one complaint, each with its place.
pub fn understood(text: &str, context: Context<'_>) -> Result<Understood, Vec<Diagnostic>> {
    let request = syntax::parse(text)?;
    if let Request::Let(name, _) = &request {
        check_name(name, context).map_err(|fault| vec![fault])?;
    }
    let Some(query) = request.query() else { return Ok(Understood { request, query: None, warnings: Vec::new() }) };
    let (query, warnings) = resolve_with_warnings(query, context)?;
    Ok(Understood { request, query: Some(query), warnings })
}

/// All that is wrong with a query of which the first look found these faults. What only shows once another fault is put right is
/// told with it; what follows from how that was put right is not.
pub fn mended(text: &str, faults: Vec<Diagnostic>, context: Context<'_>) -> Mended {
    let names = Remembered::new(context.names);
    let mut mender = Mender { context: Context { names: &names, ..context }, trials: MOST_TRIALS, told: Vec::new() };
    let fixed = mender.mend(text, faults);
    let mut faults = mender.told;
    faults.sort_by_key(|fault| fault.place().start);
    let is_new = |fixed: &String| *fixed != text;
    Mended { faults: settled(faults, fixed.as_deref()), fixed: fixed.filter(is_new) }
}

/// The query without what it is warned about, if that can be asked without a warning.
pub fn without_warnings(text: &str, warnings: &[Diagnostic], context: Context<'_>) -> Option<String> {
    let mut draft = Draft::new(text);
    // From the last to the first, so that the places of the others stay.
    let mut fixes: Vec<_> = warnings.iter().filter_map(|warning| warning.fixes.first()).collect();
    fixes.sort_by_key(|fix| std::cmp::Reverse(fix.span.start));
    for fix in fixes {
        draft = draft.with(&fix.span, &fix.replacement)?;
    }
    let fixed = draft.text();
    let found = understood(fixed, context).ok()?;
    (fixed != text && found.warnings.is_empty()).then(|| fixed.to_owned())
}

/// Hints that say no more than the fixed query does are left out.
fn settled(mut faults: Vec<Diagnostic>, fixed: Option<&str>) -> Vec<Diagnostic> {
    if let Some(fixed) = fixed {
        let said = format!("try `{fixed}`");
        faults.iter_mut().for_each(|fault| fault.help.retain(|hint| *hint != said));
    }
    faults
}

struct Mender<'a> {
    context: Context<'a>,
    /// How often the query may still be looked at.
    trials: usize,
    told: Vec<Diagnostic>,
}

/// What came of an edit.
enum Trial {
    /// It puts its fault right: how much speaks against it, the edit, and what is wrong then.
    Mends(usize, Box<Edit>, Result<(), Vec<Diagnostic>>),
    /// It does not.
    Fails,
    /// What it puts in can mean several things.
    Asks,
}

impl Mender<'_> {
    /// Puts right what can be put right; the text if nothing is wrong with it then.
    fn mend(&mut self, text: &str, faults: Vec<Diagnostic>) -> Option<String> {
        if let Some(complaint) = questions::without_form(text, self.context) {
            self.told.push(complaint);
            return None;
        }
        let mut draft = Draft::new(text);
        let mut current = faults;
        for _ in 0..MOST_FAULTS {
            let taken = self.best_edit(&draft, &current);
            for (position, fault) in current.iter().enumerate() {
                match &taken {
                    Some((chosen, edit, _)) if *chosen == position => self.tell(&draft, fault, Some(edit)),
                    // What is put in other words as a whole has no other fault.
                    Some((_, Edit { rewritten: Some(_), .. }, _)) => {}
                    _ => self.tell(&draft, fault, None),
                }
            }
            let Some((_, edit, outcome)) = taken else {
                self.look_in_front(&draft, &current);
                return None;
            };
            if let Some(rewritten) = edit.rewritten {
                return Some(rewritten);
            }
            draft = draft.with(&edit.span, &edit.replacement)?;
            match outcome {
                Ok(()) => return Some(draft.text().to_owned()),
                Err(faults) => current = faults,
            }
        }
        None
    }

    /// Of the first fault that can be put right: which it is, how, and what is wrong then.
    fn best_edit(&mut self, draft: &Draft, faults: &[Diagnostic]) -> Option<(usize, Edit, Result<(), Vec<Diagnostic>>)> {
        for (position, fault) in faults.iter().enumerate() {
            let mut best: Option<(usize, Edit, Result<(), Vec<Diagnostic>>)> = None;
            for edit in edits::of(draft.text(), fault, self.context).into_iter().take(MOST_EDITS) {
                let (score, edit, outcome) = match self.tried(draft, fault, edit) {
                    Trial::Mends(score, edit, outcome) => (score, *edit, outcome),
                    Trial::Fails => continue,
                    // The likeliest name is that of several: which one, only the reader knows, and another name would be a wrong guess.
                    Trial::Asks => break,
                };
                if best.as_ref().is_none_or(|(least, ..)| score < *least) {
                    let done = score == 0;
                    best = Some((score, edit, outcome));
                    if done {
                        break;
                    }
                }
            }
            if let Some((_, edit, outcome)) = best {
                return Some((position, edit, outcome));
            }
        }
        None
    }

    /// What is wrong after an edit, and how much; nothing if it does not put the fault right.
    fn tried(&mut self, draft: &Draft, fault: &Diagnostic, edit: Edit) -> Trial {
        let Some(left) = self.trials.checked_sub(1) else { return Trial::Fails };
        self.trials = left;
        if let Some(rewritten) = &edit.rewritten {
            let rewritten = match understood(rewritten, self.context) {
                Ok(_) => rewritten.clone(),
                Err(faults) => match self.aside(|mender| mender.mend(rewritten, faults)) {
                    Some(rewritten) => rewritten,
                    None => return Trial::Fails,
                },
            };
            return Trial::Mends(0, Box::new(Edit { rewritten: Some(rewritten), ..edit }), Ok(()));
        }
        let Some(next) = draft.with(&edit.span, &edit.replacement) else { return Trial::Fails };
        let faults = match understood(next.text(), self.context) {
            Ok(_) => return Trial::Mends(0, Box::new(edit), Ok(())),
            Err(faults) => faults,
        };
        let there = edit.span.start..edit.span.start + edit.replacement.len();
        let moved = |place: usize| if place >= edit.span.end { place - edit.span.len() + edit.replacement.len() } else { place };
        let before = fault.place();
        // What speaks of the very words that were put in is wrong because of them.
        let about = |after: &Diagnostic| after.labels.iter().any(|label| overlap(&label.span, &there));
        let still = |after: &Diagnostic| about(after) || (after.code == fault.code && after.place().start == moved(before.start));
        if faults.iter().any(|after| after.code == Code::AmbiguousName && about(after)) {
            return Trial::Asks;
        }
        if faults.iter().any(still) || (fault.code != Code::Syntax && faults.iter().any(|after| after.code == Code::Syntax)) {
            return Trial::Fails;
        }
        Trial::Mends(faults.iter().map(weight).sum(), Box::new(edit), Err(faults))
    }

    /// Does something of which nothing is told.
    fn aside<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let told = std::mem::take(&mut self.told);
        let done = work(self);
        self.told = told;
        done
    }

    /// Keeps a fault of the draft with its places in the text as typed, unless it was told or follows from how another was put right.
    fn tell(&mut self, draft: &Draft, fault: &Diagnostic, edit: Option<&Edit>) {
        let fault = edit.and_then(|edit| edit.complaint.as_ref()).unwrap_or(fault);
        let Some(mut placed) = draft.placed(fault) else { return };
        if let Some(edit) = edit.filter(|edit| edit.complaint.is_none()) {
            // A phrase that leaves out what one word puts right is no good advice.
            let other = |hint: &String| hint.starts_with("try `") && *hint != format!("try `{}`", edit.replacement);
            if placed.help.iter().any(other) {
                placed.help.retain(|hint| !other(hint));
                placed = placed.suggest([&edit.replacement]);
            }
        }
        if fault.code == Code::AmbiguousName {
            let whole = self.each_meant(draft, fault);
            placed.help.extend((!whole.is_empty()).then(|| format!("or type {}", whole.join(", "))));
        }
        placed.fixes = match edit {
            Some(edit) if edit.rewritten.is_none() => draft.fix(edit).into_iter().collect(),
            _ => Vec::new(),
        };
        let known = self.told.iter_mut().find(|told| told.code == placed.code && told.place() == placed.place());
        match known {
            Some(known) => {
                if known.fixes.is_empty() {
                    *known = placed;
                }
            }
            None => self.told.push(placed),
        }
    }

    /// The whole queries that a name which is that of several can mean, as far as they can be asked.
    fn each_meant(&mut self, draft: &Draft, fault: &Diagnostic) -> Vec<String> {
        const LISTED: usize = 3;
        let meant = fault.fixes.iter().take(LISTED).filter_map(|fix| draft.with(&fix.span, &fix.replacement));
        meant.filter(|meant| understood(meant.text(), self.context).is_ok()).map(|meant| format!("`{}`", meant.text())).collect()
    }

    /// Where the words cannot be read any further: what is wrong with the part in front, if that can be read alone.
    fn look_in_front(&mut self, draft: &Draft, faults: &[Diagnostic]) {
        let [fault] = faults else { return };
        if fault.code != Code::Syntax || syntax::is_pattern(draft.text()) {
            return;
        }
        let Some(front) = slips::front(draft.text(), fault.place().start) else { return };
        if let Err(found) = understood(&draft.text()[..front], self.context) {
            for fault in found.iter().filter(|fault| fault.code != Code::Syntax) {
                self.tell(draft, fault, None);
            }
        }
    }
}

/// How much a fault that is left speaks against what was put right before it: a word that can be put right by itself does not.
fn weight(fault: &Diagnostic) -> usize {
    match fault.code {
        Code::Syntax | Code::BadSentence | Code::ImpossibleRelation | Code::UnknownRelation => 3,
        _ if fault.fixes.is_empty() => 1,
        _ => 0,
    }
}

fn overlap(left: &std::ops::Range<usize>, right: &std::ops::Range<usize>) -> bool {
    left.start < right.end && right.start < left.end
}
