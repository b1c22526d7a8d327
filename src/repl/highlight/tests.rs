//! Tests of the colours: they never contradict the answer, whatever is typed.

use std::fs;
use std::path::Path;
use std::time::Instant;

use super::super::likeliest;
use super::{Painter, Seen};
use crate::command::{Settings, Shell};
use crate::diagnostic::{Class, Code, Severity};
use crate::render::{Palette, Role};
use crate::session::Session;

/// The parts of a text that are coloured so, with the cursor behind all of it.
fn coloured(session: &Session, text: &str, cursor: Option<usize>, wanted: &[Role]) -> Vec<String> {
    let roles = Painter::default().roles(session, Seen { text, cursor });
    roles.into_iter().filter(|(_, role)| wanted.contains(role)).map(|(span, _)| text[span].to_owned()).collect()
}

fn as_typed(text: &str, wanted: Role) -> Vec<String> {
    coloured(&Session::open("oms").unwrap(), text, Some(text.len()), &[wanted])
}

const WRONG: &[Role] = &[Role::Unknown, Role::Ambiguous, Role::Unmatched];

/// The queries of a page, in their order.
fn queries(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in page.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => open = Some((String::new(), info.to_owned())),
            (Some((text, info)), Some(_)) => {
                if info == "oms same" {
                    found.extend(text.lines().map(str::to_owned));
                } else if info.split_whitespace().next() == Some("oms") {
                    found.push(text.trim_end().to_owned());
                }
                open = None;
            }
            (Some((text, _)), None) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    found
}

fn pages() -> Vec<(String, Vec<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let pages = paths.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    pages.map(|path| (path.display().to_string(), queries(&fs::read_to_string(&path).unwrap()))).collect()
}

#[test]
fn what_is_answered_is_never_coloured_wrong_not_even_while_it_is_typed() {
    let mut faults = Vec::new();
    for (page, queries) in pages() {
        let mut session = Session::open("oms").unwrap();
        for query in queries {
            let before = session.questions().len();
            let painter = Painter::default();
            let mut seen: Vec<String> = Vec::new();
            for (end, _) in query.char_indices().skip(1).chain([(query.len(), ' ')]) {
                let typed = &query[..end];
                for (span, role) in painter.roles(&session, Seen { text: typed, cursor: Some(end) }) {
                    if WRONG.contains(&role) {
                        seen.push(format!("{page}: `{typed}`: '{}' {role:?}", &typed[span]));
                    }
                }
            }
            let finished = painter.roles(&session, Seen { text: &query, cursor: None });
            for (span, role) in finished {
                if WRONG.contains(&role) {
                    seen.push(format!("{page}: `{query}` finished: '{}' {role:?}", &query[span]));
                }
            }
            let answered = session.ask(&query).is_ok_and(|answer| answer.warnings.is_empty());
            if answered {
                faults.extend(seen);
            }
            assert_eq!(before, session.questions().len());
        }
    }
    let count = faults.len();
    faults.truncate(60);
    assert!(faults.is_empty(), "{count}:\n{}", faults.join("\n"));
}

fn is_told_before_it_runs(code: Code) -> bool {
    let running = matches!(code, Code::WrongType | Code::WrongArgument | Code::Arithmetic | Code::Runtime);
    code.class() == Class::Query && !running
}

#[test]
fn what_a_complaint_points_at_is_coloured_wrong() {
    let mut faults = Vec::new();
    let mut words = 0;
    for (page, queries) in pages() {
        let mut session = Session::open("oms").unwrap();
        for query in queries {
            let wrong: Vec<_> = Painter::default().roles(&session, Seen { text: &query, cursor: None });
            let Err(complaints) = session.ask(&query) else { continue };
            // What stands behind a fault of syntax, and behind a word that is wrong, is found by mending the query, which no key waits for.
            if complaints.diagnostics().iter().any(|complaint| complaint.code == Code::Syntax) {
                continue;
            }
            let first = complaints.diagnostics().iter().min_by_key(|complaint| complaint.labels.first().map(|label| label.span.start));
            for complaint in first.into_iter().filter(|complaint| complaint.severity == Severity::Error) {
                let Some(label) = complaint.labels.first() else { continue };
                let is_word = query[label.span.clone()].chars().any(char::is_alphanumeric);
                let is_shown =
                    wrong.iter().any(|(span, role)| WRONG.contains(role) && span.start < label.span.end && label.span.start < span.end);
                words += usize::from(is_word);
                if is_word && !is_shown && is_told_before_it_runs(complaint.code) {
                    faults.push(format!("{page}: `{query}`: '{}' {}", &query[label.span.clone()], complaint.code));
                }
            }
        }
    }
    assert!(words > 50);
    assert!(faults.is_empty(), "{}:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn words_are_told_apart_by_what_they_mean() {
    assert_eq!(as_typed("effects of lung cancer", Role::Relation), ["effects"]);
    assert_eq!(as_typed("effects of lung cancer", Role::Entity), ["lung cancer"]);
    assert_eq!(as_typed("effects of lung cancer", Role::Keyword), ["of"]);
    assert_eq!(as_typed("what treats disease where ", Role::Kind), ["disease"]);
    assert_eq!(as_typed("kind trigger", Role::Kind), ["trigger"]);
    assert_eq!(as_typed("treatments where dose = high ", Role::Field), ["dose"]);
    assert_eq!(as_typed("treatments where dose = high ", Role::Value), ["high"]);
    assert_eq!(as_typed("causes where frequency >= 50% ", Role::Number), ["50%"]);
    assert_eq!(as_typed("treatments where duration between 12 months and 2 years", Role::Number), ["12 months", "2 years"]);
    assert_eq!(as_typed("causes sort by frequency desc show cause, of.kind", Role::Field), ["frequency", "cause", "of.kind"]);
    assert_eq!(as_typed("effects of it", Role::Variable), ["it"]);
    assert_eq!(as_typed("paths from lung cancer to ataxia via -causes->, has_symptom", Role::Relation), ["-causes->", "has_symptom"]);
    assert_eq!(as_typed("-- who?\ncauses", Role::Comment), ["-- who?"]);
    assert_eq!(as_typed(":explain causes of OMS", Role::Entity), ["OMS"]);
    assert_eq!(as_typed(":explain causes of OMS", Role::Command), [":explain"]);
    assert_eq!(as_typed(":explan causes of OMS", Role::Unknown), [":explan"]);
}

#[test]
fn words_of_patterns_are_told_apart_by_their_place() {
    let pattern = "MATCH (t:Trigger {name: 'lung cancer'})-[c:CAUSES]->(d) WHERE c.frequency > $least RETURN count(t)";
    assert_eq!(as_typed(pattern, Role::Kind), ["Trigger"]);
    assert_eq!(as_typed(pattern, Role::Relation), ["CAUSES"]);
    assert_eq!(as_typed(pattern, Role::Field), ["name", "frequency"]);
    assert_eq!(as_typed(pattern, Role::Entity), ["'lung cancer'"]);
    assert_eq!(as_typed(pattern, Role::Variable), ["t", "c", "d", "c", "t"]);
    assert_eq!(as_typed(pattern, Role::Function), ["count"]);
    // That the parameter has no value is wrong as well.
    assert_eq!(as_typed(pattern, Role::Unknown), ["$least"]);
    assert_eq!(as_typed("MATCH (t:Triger)-[:CAUSE]->(d", Role::Unknown), ["Triger", "CAUSE"]);
    assert_eq!(as_typed("MATCH (t) WHERE m.name = 'x' RETURN t", Role::Unknown), ["m"]);
    assert_eq!(as_typed("MATCH (t:Trigger) WHERE t.nam = 'x' RETURN t", Role::Unknown), ["nam"]);
    assert_eq!(as_typed("MATCH (t) RETURN cuont(t) ", Role::Unknown), ["cuont"]);
    assert_eq!(as_typed("CALL graph.degree() YIELD entity RETURN entity", Role::Function), ["graph", "degree"]);
}

#[test]
fn the_word_that_is_typed_is_given_time() {
    assert!(as_typed("effects of lung canc", Role::Unknown).is_empty());
    assert!(as_typed("effects of lung ", Role::Unknown).is_empty());
    assert!(as_typed("effects of lnug", Role::Unknown).is_empty());
    assert_eq!(as_typed("effects of lnug ", Role::Unknown), ["lnug"]);
    assert_eq!(as_typed("effects of lnug cancr", Role::Unknown), ["lnug"]);
    assert_eq!(as_typed("causes where populaton = ", Role::Unknown), ["populaton"]);
    assert_eq!(as_typed("causes where population = adlt and fre", Role::Unknown), ["adlt"]);
    assert_eq!(as_typed("path from lnug cancr to ", Role::Unknown), ["lnug", "cancr"]);
    assert_eq!(as_typed("effects of (lnug and ", Role::Unknown), ["lnug"]);
    let session = Session::open("oms").unwrap();
    assert_eq!(coloured(&session, "effects of lnug", None, WRONG), ["lnug"]);
    assert_eq!(coloured(&session, "effects of lnug", Some(3), WRONG), ["lnug"]);
    assert_eq!(coloured(&session, "effects of (lung cancer", None, WRONG), ["("]);
    assert_eq!(coloured(&session, "symptms of OMS\neffects of lnug", Some(26), WRONG), ["symptms"]);
}

#[test]
fn nothing_but_colour_is_added() {
    let session = Session::open("oms").unwrap();
    let long = "(".repeat(5_000);
    for line in [
        "causes where (population = \"adult\" and",
        "\0 \u{1f600} 'x",
        ":explain causes of OMS",
        ":nothing x",
        "  -- note",
        "a matches /x/ ;",
        "MATCH (n:`odd`) RETURN n.name, $x /* ",
        ":explain MATCH (n) RETURN n",
        "causes\n\n-- a\n\tsymptoms of ",
        "ß\u{301} of ‘x",
        ")]}",
        &long,
    ] {
        for cursor in [None, Some(0), Some(1), Some(line.len())] {
            let painted = Painter::default().painted(&session, &Palette::default(), Seen { text: line, cursor }, 0).into_owned();
            let mut bare = String::new();
            let mut rest = painted.as_str();
            while let Some(at) = rest.find('\u{1b}') {
                bare.push_str(&rest[..at]);
                rest = rest[at..].split_once('m').map_or("", |(_, rest)| rest);
            }
            bare.push_str(rest);
            assert_eq!(bare, line);
        }
    }
}

#[test]
fn a_line_is_painted_from_a_place_on() {
    let session = Session::open("oms").unwrap();
    let text = "RETURN 'a\nb' AS c";
    let painted = Painter::default().painted(&session, &Palette::default(), Seen { text, cursor: None }, 10).into_owned();
    assert!(painted.starts_with("\u{1b}[32mb'\u{1b}[0m "), "{painted:?}");
}

/// With `OMS_LARGE_GRAPH=FILE`: what each key costs on a graph of millions; held to its budget where the program is optimised.
#[test]
fn a_key_costs_little_on_a_large_graph() {
    let Some(file) = std::env::var_os("OMS_LARGE_GRAPH") else { return };
    let shell = Shell::new(Session::open(&file.to_string_lossy()).unwrap(), Settings::default());
    let mut painter = Painter::default();
    let schema = shell.session().schema();
    let kind = schema.kinds.first().map(|kind| crate::model::label_of_kind(&kind.id)).unwrap_or_default();
    let relation = schema.relation_types.get(3).map(|known| known.id.clone()).unwrap_or_default();
    let noun = schema.relation_types.iter().find_map(|known| known.source_nouns.first()).map(|noun| noun.many.clone()).unwrap_or_default();
    let lines = [
        format!("{noun} of Headache where score > 0.5 sort by score desc limit 10"),
        "path from aspirin to lnug cancer within 3".to_owned(),
        format!("what {relation} abdominal pain and unknown words of many kinds"),
        format!(
            "MATCH (n:{kind} {{name: 'abc'}})-[r:{relation}]->(m:{kind}) WHERE m.nam = 'x' AND r.score > 0.5 RETURN n, count(m) AS many"
        ),
    ];
    for line in lines {
        let (mut worst_paint, mut worst_hint) = ((0.0, String::new()), (0.0, String::new()));
        let (mut paint, mut hint, mut keys) = (0.0, 0.0, 0.0);
        for (end, _) in line.char_indices().skip(1).chain([(line.len(), ' ')]) {
            let typed = &line[..end];
            painter.refresh(shell.session());
            let begun = Instant::now();
            let _ = painter.painted(shell.session(), &Palette::default(), Seen { text: typed, cursor: Some(end) }, 0);
            let painted = begun.elapsed().as_secs_f64() * 1000.0;
            let begun = Instant::now();
            let _ = likeliest::rest(&shell, typed);
            let hinted = begun.elapsed().as_secs_f64() * 1000.0;
            (paint, hint, keys) = (paint + painted, hint + hinted, keys + 1.0);
            if painted > worst_paint.0 {
                worst_paint = (painted, typed.to_owned());
            }
            if hinted > worst_hint.0 {
                worst_hint = (hinted, typed.to_owned());
            }
        }
        eprintln!(
            "{line}\n  colours {:.2} ms a key, at most {worst_paint:.2?}\n  hints {:.2} ms a key, at most {worst_hint:.2?}",
            paint / keys,
            hint / keys
        );
        if cfg!(not(debug_assertions)) {
            assert!(paint / keys < 2.0 && hint / keys < 10.0, "{line}");
        }
    }
}
