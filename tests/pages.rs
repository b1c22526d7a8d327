//! Pages: one for each form of query, with the query and everything that becomes of it. `OMS_UPDATE=1 cargo test --test pages` rewrites them.
//!
//! A page holds prose and ```` ```oms ```` blocks, one query each; all queries of a page are asked in one session. Behind each the test
//! keeps what came out: `algebra`, `pattern` and `answer` (a table at a width of 100), or `error`. Words behind `oms` ask for more or less:
//! `json`, `dot` and so on add the answer in that format, `brief` leaves the algebra and the pattern out. A block ```` ```oms same ````
//! holds spelling variants, one a line, each of which must get the answer of the query above it.

#[path = "pages/blocks.rs"]
mod blocks;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use blocks::{Block, Fence};
use oms_graph::Session;
use oms_graph::answer::Answer;
use oms_graph::diagnostic::{Class, Code, Complaints};
use oms_graph::query::syntax::is_pattern;
use oms_graph::render::{self, Format, Page};
use oms_graph::session::Limits;

const PAPER: Page = Page { width: Some(100), colour: false, unicode: true };
const OUTPUTS: [&str; 5] = ["algebra", "plan", "pattern", "answer", "error"];

/// The pages with their texts, in the order of their names.
fn pages() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let entries = fs::read_dir(folder).expect("the pages are there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry can be read").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(path).expect("a page can be read"))).collect()
}

fn is_output(fence: &Fence) -> bool {
    OUTPUTS.contains(&fence.info.as_str()) || fence.info.ends_with(" answer")
}

/// What the blocks of a page become when its queries are asked.
struct Asked {
    session: Session,
    blocks: Vec<Block>,
    faults: Vec<String>,
    codes: BTreeSet<Code>,
    last: Option<Answer>,
}

impl Asked {
    fn page(text: &str) -> Asked {
        let session = Session::open("oms").expect("the embedded graph opens");
        let mut asked = Asked { session, blocks: Vec::new(), faults: Vec::new(), codes: BTreeSet::new(), last: None };
        for block in blocks::read(text) {
            match &block {
                Block::Fence(fence) if is_output(fence) => continue,
                Block::Fence(fence) if fence.language() == "oms" && fence.has("same") => {
                    asked.blocks.push(block.clone());
                    asked.variants(fence);
                }
                Block::Fence(fence) if fence.language() == "oms" => {
                    asked.blocks.push(block.clone());
                    asked.query(fence);
                }
                _ => asked.blocks.push(block),
            }
        }
        asked
    }

    fn add(&mut self, info: &str, text: &str) {
        self.blocks.push(Block::Fence(Fence::new(info, text)));
    }

    fn query(&mut self, fence: &Fence) {
        let text = fence.body.trim_end();
        // The stages come before the answer, since an answer changes what `it` and `why 2` mean.
        let stages = match self.session.ask(&format!("explain {}", without_name(text))) {
            Ok(explained) if !fence.has("brief") => explained.stages,
            _ => Vec::new(),
        };
        match self.session.ask(text) {
            Err(complaints) => self.refused(&complaints),
            Ok(answer) => {
                // A pattern says what it is by itself.
                for stage in stages.iter().filter(|stage| stage.name != "pattern" || !is_pattern(text)) {
                    self.add(stage.name, &stage.text);
                }
                self.add("answer", &render::render(&answer, format("table"), &PAPER));
                for word in fence.info.split_whitespace().skip(1).filter_map(Format::named) {
                    self.add(&format!("{} answer", word.name), &render::render(&answer, word, &PAPER));
                }
                self.last = Some(answer);
            }
        }
    }

    fn refused(&mut self, complaints: &Complaints) {
        self.codes.extend(complaints.diagnostics().iter().map(|complaint| complaint.code));
        self.add("error", &render::complaint::render(complaints, &PAPER));
        self.last = None;
    }

    fn variants(&mut self, fence: &Fence) {
        for variant in fence.body.lines() {
            let found = self.session.ask(variant).map(|answer| Answer { query: String::new(), possibly: None, ..answer });
            let expected = self.last.clone().map(|answer| Answer { query: String::new(), possibly: None, ..answer });
            match found {
                Err(complaints) => self.faults.push(format!("`{variant}` is refused: {complaints}")),
                Ok(found) if Some(&found) != expected.as_ref() => {
                    let table = render::render(&found, format("table"), &PAPER);
                    self.faults.push(format!("`{variant}` is answered otherwise:\n{table}"));
                }
                Ok(_) => {}
            }
        }
    }
}

/// A query without the `let` in front of it.
fn without_name(query: &str) -> &str {
    match query.split_once('=') {
        Some((before, query)) if before.starts_with("let ") => query.trim_start(),
        _ => query,
    }
}

fn format(name: &str) -> &'static Format {
    Format::named(name).expect("the format exists")
}

#[test]
fn every_page_shows_what_its_queries_become() {
    let mut faults = Vec::new();
    for (path, text) in pages() {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let asked = Asked::page(&text);
        faults.extend(asked.faults.iter().map(|fault| format!("{name}: {fault}")));
        let found = blocks::write(&asked.blocks);
        if found == text {
            continue;
        }
        if blocks::is_updating() {
            fs::write(&path, found).expect("a page can be written");
        } else {
            faults.push(format!("{name}: {}", blocks::first_difference(&text, &found)));
        }
    }
    assert!(faults.is_empty(), "{}\n`OMS_UPDATE=1 cargo test --test pages` rewrites what came out", faults.join("\n"));
}

/// What no page can hold: queries that are too long to print, or that need a limit. Each with the code that it must get.
fn unprintable() -> Vec<(Code, String, Limits)> {
    let limits = Limits::default;
    let deep = format!("{}causes{}", "(".repeat(10_000), ")".repeat(10_000));
    let long = format!("causes of {}", "x".repeat(2 << 20));
    let rows = Limits { rows: Some(1), ..limits() };
    vec![
        (Code::TooDeep, deep, limits()),
        (Code::QueryTooLong, long, limits()),
        (Code::ControlCharacter, "causes of \u{1}OMS".to_owned(), limits()),
        (Code::TooManyRows, "symptoms of OMS".to_owned(), rows),
    ]
}

#[test]
fn queries_that_no_page_can_hold_are_refused_too() {
    for (code, query, limits) in unprintable() {
        let mut session = Session::open("oms").expect("the embedded graph opens");
        session.set_limits(limits);
        let complaints = session.ask(&query).expect_err("the query is refused");
        assert_eq!(complaints.diagnostics()[0].code, code, "{complaints}");
        assert!(!complaints.diagnostics()[0].help.is_empty(), "{code} helps");
        let message = render::complaint::render(&complaints, &PAPER);
        assert!(message.len() < 2_000, "{code}: a message of {} bytes", message.len());
    }
}

#[test]
fn the_page_of_errors_has_a_query_for_each_code() {
    /// Raised by the prompt and the command line, which have tests of their own; `runtime` by nothing yet.
    const ELSEWHERE: [Code; 3] = [Code::BadCommand, Code::NotUnicode, Code::Runtime];
    let mut raised: BTreeSet<Code> = pages().iter().flat_map(|(_, text)| Asked::page(text).codes).collect();
    raised.extend(unprintable().iter().map(|(code, ..)| *code));
    raised.extend(ELSEWHERE);
    let of_queries = Code::ALL.iter().filter(|code| code.class() == Class::Query);
    let missing: Vec<&str> = of_queries.filter(|code| !raised.contains(code)).map(|code| code.word()).collect();
    assert!(missing.is_empty(), "no page holds a query that is refused as {}", missing.join(", "));
}

#[test]
fn every_form_of_the_language_has_a_page() {
    let names: Vec<String> = pages().iter().filter_map(|(path, _)| Some(path.file_stem()?.to_string_lossy().into_owned())).collect();
    let forms = [
        "relation_noun",
        "of",
        "nested_of",
        "kind",
        "entity",
        "sentence",
        "set",
        "path",
        "around",
        "find",
        "compare",
        "count",
        "why",
        "patterns",
    ];
    for form in forms {
        assert!(names.iter().any(|name| name == form), "tests/pages/{form}.md is missing");
    }
}
