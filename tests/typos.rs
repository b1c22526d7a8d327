//! Typos: every query of the pages with a slip of the keys in one of its words: most are put right, what is offered can be asked, and
//! nothing panics.

#![allow(clippy::print_stdout)] // What is not mended is told to whoever asks for it.

#[path = "pages/blocks.rs"]
#[allow(dead_code)] // Nothing is written here.
mod blocks;

use std::fs;
use std::path::Path;

use blocks::Block;
use oms_graph::Session;
use oms_graph::query::syntax::{TokenKind, tokens};

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }
}

/// A word with a letter too many, one too few, another one, or two that changed places.
fn slipped(word: &str, numbers: &mut Numbers) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = numbers.below(letters.len());
    let other = char::from(b'a' + u8::try_from(numbers.below(26)).unwrap_or(0));
    match numbers.below(4) {
        0 => letters.insert(at, other),
        1 => drop(letters.remove(at)),
        2 => letters[at] = other,
        _ => {
            let next = (at + 1).min(letters.len() - 1);
            letters.swap(next.saturating_sub(1), next);
        }
    }
    letters.into_iter().collect()
}

/// What became of the queries with a slip.
#[derive(Debug, Default)]
struct Tally {
    /// Those that were refused or warned about.
    noticed: usize,
    /// Those of them for which something was offered.
    offered: usize,
    /// Those for which what was offered is the query as it was.
    restored: usize,
}

impl Tally {
    fn share(&self) -> usize {
        self.restored * 100 / self.noticed.max(1)
    }
}

/// Asks for the meaning of a query with a slip; what was offered instead, and whether anything was said at all.
fn offered(session: &mut Session, query: &str) -> (bool, Option<String>) {
    match session.ask(query) {
        Err(complaints) => {
            for diagnostic in complaints.diagnostics() {
                let text = diagnostic.origin.as_ref().map_or("", |origin| &origin.text);
                assert!(diagnostic.labels.iter().all(|label| text.get(label.span.clone()).is_some()), "{query}: {diagnostic:?}");
                assert!(diagnostic.fixes.iter().all(|fix| text.get(fix.span.clone()).is_some()), "{query}: {diagnostic:?}");
            }
            (true, complaints.fixed().map(str::to_owned))
        }
        Ok(answer) => (!answer.warnings.is_empty(), session.fixed().map(str::to_owned)),
    }
}

/// Tries slips in the words of the queries of a page, `slips` for each query.
fn try_page(text: &str, slips: usize, numbers: &mut Numbers, phrases: &mut Tally, patterns: &mut Tally) {
    let mut session = Session::open("oms").expect("the embedded graph opens");
    for block in blocks::read(text) {
        let Block::Fence(fence) = block else { continue };
        let query = fence.body.trim();
        // `let` would name what was named already.
        let asked = session.ask(query);
        if fence.language() != "oms"
            || fence.has("same")
            || ["let", "describe", "suggest"].iter().any(|word| query.starts_with(word))
            || !asked.is_ok_and(|answer| answer.warnings.is_empty())
        {
            continue;
        }
        let query = if query.to_lowercase().starts_with("explain") { query.to_owned() } else { format!("explain {query}") };
        let wordlike = |kind| matches!(kind, TokenKind::Word | TokenKind::Keyword | TokenKind::Label | TokenKind::Function);
        let words: Vec<_> =
            tokens(&query).into_iter().filter(|token| wordlike(token.kind) && token.span.start > 0 && token.span.len() > 2).collect();
        if words.is_empty() {
            continue;
        }
        for _ in 0..slips {
            let place = words[numbers.below(words.len())].span.clone();
            let word = slipped(&query[place.clone()], numbers);
            let typed = format!("{}{word}{}", &query[..place.start], &query[place.end..]);
            let (noticed, fixed) = offered(&mut session, &typed);
            if typed == query || !noticed {
                continue;
            }
            let tally = if oms_graph::query::syntax::is_pattern(&query) { &mut *patterns } else { &mut *phrases };
            tally.noticed += 1;
            if let Some(fixed) = fixed {
                tally.offered += 1;
                tally.restored += usize::from(fixed.eq_ignore_ascii_case(&query));
                if std::env::var_os("OMS_SHOW_TYPOS").is_some() && !fixed.eq_ignore_ascii_case(&query) {
                    println!("{typed}\n   -> {fixed}");
                }
                let again = session.ask(&fixed);
                assert!(again.is_ok(), "`{typed}` is fixed as `{fixed}`, which is refused: {again:?}");
            } else if std::env::var_os("OMS_SHOW_TYPOS").is_some() {
                println!("{typed}\n   -> nothing");
            }
        }
    }
}

#[test]
fn most_slips_of_the_keys_are_put_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut paths: Vec<_> = fs::read_dir(folder).expect("the pages are there").map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    let (mut phrases, mut patterns) = (Tally::default(), Tally::default());
    let mut numbers = Numbers(7);
    for path in paths {
        try_page(&fs::read_to_string(path).expect("a page can be read"), 3, &mut numbers, &mut phrases, &mut patterns);
    }
    println!("phrases: {phrases:?}, {} of 100; patterns: {patterns:?}, {} of 100", phrases.share(), patterns.share());
    assert!(phrases.noticed > 200 && patterns.noticed > 50, "{phrases:?} {patterns:?}");
    assert!(phrases.share() >= 88, "{phrases:?}");
    assert!(patterns.share() >= 85, "{patterns:?}");
}

/// What a wrong query is told as, for programs.
fn told(query: &str) -> (oms_graph::Complaints, String) {
    let mut session = Session::open("oms").expect("the embedded graph opens");
    let complaints = session.ask(query).expect_err("the query is wrong");
    let json = oms_graph::render::complaint::json(&complaints);
    (complaints, json)
}

#[test]
fn every_fault_has_its_place_in_the_bytes_as_they_were_typed() {
    let query = "causes\twhere popluation = „adlt“\r\nand frequncy > 50%";
    let (complaints, json) = told(query);
    let words: Vec<&str> = complaints.diagnostics().iter().map(|fault| &query[fault.labels[0].span.clone()]).collect();
    assert_eq!(words, ["popluation", "„adlt“", "frequncy"], "{complaints}");
    assert_eq!(complaints.fixed(), Some("causes\twhere population = adult\r\nand frequency > 50%"));
    assert!(json.contains(r#""fix":{"start":13,"end":23,"replacement":"population"}"#), "{json}");
    assert!(json.contains(r#""fixed":"causes\twhere population = adult\r\nand frequency > 50%""#), "{json}");
    assert!(json.contains(r#""others":["#), "{json}");
}

#[test]
fn what_only_follows_from_another_fault_is_not_told() {
    let (complaints, _) = told("symptms of rituximab");
    assert_eq!(complaints.diagnostics().len(), 1, "{complaints}");
    assert_eq!(complaints.fixed(), None);
    let (complaints, _) = told("nonsense of balderdash where x = 1 and y = 2");
    assert!(complaints.diagnostics().len() <= 2, "{complaints}");
    assert_eq!(complaints.fixed(), None);
}

#[test]
fn a_question_is_not_answered_by_another_one() {
    // What these say beside the noun and the name would be lost: nothing is offered.
    for query in ["rare symptoms of OMS", "symptoms that never show in OMS"] {
        let (complaints, _) = told(query);
        assert_eq!(complaints.fixed(), None, "{query}: {complaints}");
    }
}

#[test]
fn questions_of_plain_english_become_the_phrase_that_says_the_same() {
    for (question, phrase) in [
        ("what is OMS mistaken for", "OMS is mistaken for what"),
        ("which triggers is OMS caused by?", "OMS is caused by triggers"),
        ("how is OMS treated", "OMS is treated by what"),
        ("what is OMS treated with where severity = severe", "OMS is treated by what where severity = severe"),
        ("How is lung cancer connected with opsoclonus?", "path from lung cancer to opsoclonus"),
        ("how are lung cancer and opsoclonus related", "path from lung cancer to opsoclonus"),
        ("what treats moderate to severe OMS", "what treats OMS where severity = moderate and severity = severe"),
        ("treatments of severe OMS", "treatments of OMS where severity = severe"),
        ("causes of OMS in adults", "causes of OMS where population = adults"),
        ("diseases with ataxia", "disease has symptom ataxia"),
    ] {
        let (complaints, _) = told(question);
        assert_eq!(complaints.fixed(), Some(phrase), "{question}: {complaints}");
        assert_eq!(complaints.diagnostics().len(), 1, "{question}: {complaints}");
    }
}

#[test]
fn what_has_no_form_is_told_with_what_can_be_asked() {
    let (complaints, _) = told("treatment of OMS in children");
    assert_eq!(complaints.fixed(), None, "{complaints}");
    assert!(complaints.to_string().contains("no field for a population"), "{complaints}");
    let (complaints, _) = told("compare OMS and acute cerebellar ataxia");
    assert_eq!(complaints.fixed(), None, "{complaints}");
    assert!(complaints.to_string().contains("`causes of OMS and causes of acute cerebellar ataxia`"), "{complaints}");
}

#[test]
fn an_explanation_does_not_offer_the_query_that_is_empty() {
    let mut session = Session::open("oms").expect("the embedded graph opens");
    let answer = session.ask("causes where population = adult and population = teen").expect("it can be asked");
    let explained = answer.explanation.expect("it is empty");
    assert!(explained.queries().iter().all(|query| query.text.matches("adult").count() < 2), "{explained:?}");
}
