//! Condition: which of the conditions behind `where` leaves nothing, alone or with another.

use crate::answer::RowCount;
use crate::query::syntax::tree::{Condition, FieldName, Test, TestKind};

use super::{Explainer, Frame};

/// Conditions beyond this number are not tried in pairs.
const PAIRED: usize = 6;

/// The conditions of a phrase, as they are tried.
struct Tried<'a> {
    /// The phrase without them.
    base: &'a str,
    /// Each as it was typed.
    texts: Vec<String>,
}

impl Tried<'_> {
    /// The phrase with some of the conditions.
    fn with(&self, chosen: impl Fn(usize) -> bool) -> String {
        let kept: Vec<&str> = (0..self.texts.len()).filter(|at| chosen(*at)).map(|at| self.texts[at].as_str()).collect();
        if kept.is_empty() { self.base.to_owned() } else { format!("{} where {}", self.base, kept.join(" and ")) }
    }

    /// The phrase with one condition put in the place of another, or of none.
    fn instead(&self, replaced: usize, text: &str, others: bool) -> String {
        let texts = self.texts.iter().enumerate().map(|(at, kept)| if at == replaced { text.to_owned() } else { kept.clone() });
        let texts = texts.enumerate().filter(|(at, _)| others || *at == replaced).map(|(_, text)| text).collect();
        Tried { base: self.base, texts }.with(|_| true)
    }
}

impl Explainer<'_> {
    /// Why conditions leave nothing of a phrase that has rows without them.
    pub(super) fn conditions(&mut self, text: &str, base: &str, condition: &Condition, frame: &Frame) {
        let parts: &[Condition] = match condition {
            Condition::And(parts) => parts,
            single => std::slice::from_ref(single),
        };
        let tried = Tried { base, texts: parts.iter().map(|part| spelled(text, part)).collect() };
        self.prober.know_empty(&tried.with(|_| true));
        let noun = self.prober.resolved(base).map_or_else(|| "row".to_owned(), |query| query.noun.0);
        let alone: Vec<Option<RowCount>> = (0..parts.len()).map(|at| self.prober.count(&tried.with(|other| other == at))).collect();
        match alone.iter().position(|rows| rows.is_some_and(|rows| rows.counted == 0)) {
            Some(at) => {
                self.say(none_has(&noun, &tried.texts[at]));
                let others = tried.with(|other| other != at);
                let rest = match self.prober.gives(&others) {
                    Some(true) => others,
                    _ => base.to_owned(),
                };
                self.offer("without this condition", frame, &rest);
                self.left_out(&tried, at, &parts[at], frame);
                self.values_that_occur(&Survivors { noun: &noun, rest: &rest, keeps_others: rest != base }, &parts[at], text, frame);
            }
            None if parts.len() > 1 => self.together(&tried, parts, text, &noun, frame),
            None => {}
        }
    }

    /// Each condition leaves something, and all together nothing.
    fn together(&mut self, tried: &Tried<'_>, parts: &[Condition], text: &str, noun: &str, frame: &Frame) {
        let which = if parts.len() == 2 { "both conditions" } else { "all conditions" };
        self.say(format!("no {noun} satisfies {which} together"));
        if (3..=PAIRED).contains(&parts.len()) {
            let pairs = (0..parts.len()).flat_map(|first| (first + 1..parts.len()).map(move |second| (first, second)));
            for (first, second) in pairs.collect::<Vec<_>>() {
                if self.prober.gives(&tried.with(|at| at == first || at == second)) == Some(false) {
                    self.say(format!("no {noun} satisfies both `{}` and `{}`", tried.texts[first], tried.texts[second]));
                }
            }
        }
        for (at, part) in parts.iter().enumerate() {
            let rest = tried.with(|other| other != at);
            if self.offer(&format!("without `{}`", tried.texts[at]), frame, &rest) {
                self.values_that_occur(&Survivors { noun, rest: &rest, keeps_others: true }, part, text, frame);
            }
        }
        if self.prober.is_large() && self.prober.nothing_left_out {
            return;
        }
        let lenient: Vec<String> = parts.iter().zip(&tried.texts).map(|(part, text)| possibly(part, text)).collect();
        let lenient = Tried { base: tried.base, texts: lenient };
        self.offer("with what is not stated, or too vague to tell", frame, &lenient.with(|_| true));
    }

    /// Rows that a condition leaves out because it is unknown of them, or because they are denied.
    fn left_out(&mut self, tried: &Tried<'_>, at: usize, part: &Condition, frame: &Frame) {
        if self.prober.is_large() && self.prober.nothing_left_out {
            return;
        }
        let text = &tried.texts[at];
        let lenient = possibly(part, text);
        let lead = "not stated, or too vague to tell";
        if lenient != *text && !self.offer_if(lead, frame, &tried.instead(at, &lenient, true)) {
            self.offer_if(lead, frame, &tried.instead(at, &lenient, false));
        }
        if text != "denied" && self.session().graph().has_denials() {
            self.offer_if("reported absent", frame, &tried.instead(at, &format!("{text} and denied"), false));
        }
    }

    fn offer_if(&mut self, lead: &str, frame: &Frame, text: &str) -> bool {
        self.prober.gives(text) == Some(true) && self.offer(lead, frame, text)
    }
}

/// What is left where one condition is taken away.
pub(super) struct Survivors<'a> {
    /// What a row is called.
    pub noun: &'a str,
    /// The query that has rows.
    pub rest: &'a str,
    /// Whether it has conditions of its own.
    pub keeps_others: bool,
}

impl Survivors<'_> {
    /// The query with one more condition.
    pub fn and(&self, condition: &str) -> String {
        let joint = if self.keeps_others { "and" } else { "where" };
        format!("{} {joint} {condition}", self.rest)
    }
}

/// The condition with `possibly` in front of it, if that changes anything.
fn possibly(part: &Condition, text: &str) -> String {
    match part {
        Condition::Possibly(_) => text.to_owned(),
        Condition::Test(Test { kind: TestKind::Denied | TestKind::Has(_), .. }) => text.to_owned(),
        _ => format!("possibly {text}"),
    }
}

/// A condition as it was typed, with the brackets that it needs.
pub(super) fn spelled(text: &str, condition: &Condition) -> String {
    let joined = |parts: &[Condition], word: &str| {
        let parts: Vec<String> = parts.iter().map(|part| spelled(text, part)).collect();
        format!("({})", parts.join(word))
    };
    match condition {
        Condition::And(parts) => joined(parts, " and "),
        Condition::Or(parts) => joined(parts, " or "),
        Condition::Not(inner) => format!("not {}", spelled(text, inner)),
        Condition::Possibly(inner) => format!("possibly {}", spelled(text, inner)),
        Condition::Test(test) => {
            let typed = &text[super::phrase::balanced(text, test.span.clone())];
            // A regular expression ends with the slash behind its last part.
            let slash = matches!(test.kind, TestKind::Matches(..)) && !typed.ends_with('/');
            format!("{}{}", typed.trim(), if slash { "/" } else { "" })
        }
    }
}

/// Where the first test of a condition begins.
pub(super) fn first_test(condition: &Condition) -> Option<usize> {
    match condition {
        Condition::And(parts) | Condition::Or(parts) => parts.first().and_then(first_test),
        Condition::Not(inner) | Condition::Possibly(inner) => first_test(inner),
        Condition::Test(test) => Some(test.span.start),
    }
}

/// The test that a condition makes of one field, whether or not it is turned round.
pub(super) fn only_test(condition: &Condition) -> Option<&TestKind> {
    match condition {
        Condition::And(_) | Condition::Or(_) => None,
        Condition::Not(inner) | Condition::Possibly(inner) => only_test(inner),
        Condition::Test(test) => Some(&test.kind),
    }
}

/// The field of a test.
pub(super) fn tested(test: &TestKind) -> Option<&FieldName> {
    match test {
        TestKind::Compare(field, ..)
        | TestKind::In(field, _)
        | TestKind::Between(field, ..)
        | TestKind::Contains(field, _)
        | TestKind::Matches(field, _)
        | TestKind::Has(field) => Some(field),
        TestKind::Denied => None,
    }
}

/// `no cause has population = boy`; conditions that do not read so behind `has` are quoted.
fn none_has(noun: &str, condition: &str) -> String {
    if condition == "denied" {
        return format!("no {noun} is denied");
    }
    let plain = !["not ", "possibly ", "has ", "("].iter().any(|start| condition.starts_with(start))
        && ![" contains ", " matches ", " in ", " between "].iter().any(|part| condition.contains(part));
    if plain { format!("no {noun} has {condition}") } else { format!("no {noun} satisfies `{condition}`") }
}
