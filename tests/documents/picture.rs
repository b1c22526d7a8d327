//! Picture: a view as Graphviz draws it, and a session as a terminal shows it, both from what the program really answers.

use std::fs;
use std::path::Path;

use oms_graph::Session;
use oms_graph::render::{Format, Page, complaint, render};

use crate::{blocks, graphviz};

/// Views to draw: the name of the picture and the query.
const VIEWS: [(&str, &str); 2] = [("causes", "causes of OMS"), ("paths", "paths from lung cancer to immune system within 4")];

/// What is typed in the picture of a session. The last one asks what cannot be.
const TYPED: [&str; 4] = [
    "causes where population = adult",
    "treatments where duration >= 12 months show treatment, duration",
    "why 1 show statement",
    "symptoms of rituximab",
];

const COLUMNS: usize = 92;
const CHARACTER: f64 = 8.4;
const LINE: f64 = 18.0;
const MARGIN: f64 = 16.0;

/// What is wrong with the pictures in a folder; when updating, they are drawn anew.
pub fn faults(folder: &Path) -> Vec<String> {
    let mut session = Session::open("oms").expect("the embedded graph opens");
    let mut faults = Vec::new();
    for (name, query) in VIEWS {
        let answer = session.ask(query).expect("the query is answered");
        let source = graphviz::source(&answer);
        let svg = folder.join(format!("{name}.svg"));
        if !hold(&folder.join(format!("{name}.dot")), &source, &mut faults) && graphviz::is_here() && blocks::is_updating() {
            fs::write(&svg, graphviz::draw(&source).expect("`dot` draws it")).expect("a picture can be written");
        }
        let drawn = fs::read_to_string(&svg).unwrap_or_default();
        let names = answer.view.entities.iter().flat_map(|entity| entity.name.split([' ', '-']));
        faults.extend(names.filter(|word| !drawn.contains(word)).map(|word| format!("{} does not show '{word}'", svg.display())));
    }
    hold(&folder.join("session.svg"), &terminal(&typed_session()), &mut faults);
    faults
}

/// Compares a file, or rewrites it; whether it was right already.
fn hold(path: &Path, found: &str, faults: &mut Vec<String>) -> bool {
    let kept = fs::read_to_string(path).unwrap_or_default();
    if kept == found {
        return true;
    }
    if blocks::is_updating() {
        fs::write(path, found).expect("a picture can be written");
    } else {
        faults.push(format!("{} is not current: `OMS_UPDATE=1 cargo test --test documents` draws it", path.display()));
    }
    false
}

/// The session as the prompt shows it, with escape sequences.
fn typed_session() -> String {
    let page = Page { width: Some(COLUMNS), colour: true, unicode: true };
    let mut session = Session::open("oms").expect("the embedded graph opens");
    let mut text = String::new();
    for typed in TYPED {
        text += &format!("\u{1b}[2moms>\u{1b}[0m {typed}\n");
        text += &match session.ask(typed) {
            Ok(answer) => render(&answer, Format::named("table").expect("there are tables"), &page),
            Err(complaints) => complaint::render(&complaints, &page),
        };
        text.push('\n');
    }
    text
}

/// A text with escape sequences as a picture of a terminal.
fn terminal(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let width = (COLUMNS as f64 * CHARACTER + 2.0 * MARGIN).ceil();
    let height = lines.len() as f64 * LINE + 2.0 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" role=\"img\">\n\
         <title>A session with oms</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#1e2227\"/>\n\
         <g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\" fill=\"#d7dae0\">\n"
    );
    for (row, line) in lines.iter().enumerate() {
        let y = MARGIN + LINE * (row as f64 + 0.8);
        for (style, column, words) in runs(line) {
            let (x, extent) = (MARGIN + CHARACTER * column as f64, CHARACTER * words.chars().count() as f64);
            let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            svg += &format!("<text x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{extent:.1}\"{}>{words}</text>\n", attributes(&style));
        }
    }
    svg + "</g>\n</svg>\n"
}

/// A line cut where its style changes and at wide gaps, since viewers of pictures do not agree on several blanks: the codes in force, the
/// column, and the text.
fn runs(line: &str) -> Vec<(Vec<u8>, usize, String)> {
    let mut runs = Vec::new();
    let mut column = 0;
    for (style, part) in parts(line) {
        for piece in part.split("  ") {
            let words = piece.trim();
            let indent = piece.chars().take_while(|letter| *letter == ' ').count();
            if !words.is_empty() {
                runs.push((style.clone(), column + indent, words.to_owned()));
            }
            column += piece.chars().count() + 2;
        }
        column -= 2;
    }
    runs
}

/// A line cut where its style changes: the codes in force, and the text.
fn parts(line: &str) -> Vec<(Vec<u8>, String)> {
    let mut codes: Vec<u8> = Vec::new();
    let mut parts = Vec::new();
    for (position, piece) in line.split("\u{1b}[").enumerate() {
        let text = match piece.split_once('m') {
            Some((sequence, text)) if position > 0 => {
                for code in sequence.split(';').map(|code| code.parse().unwrap_or(0)) {
                    if code == 0 { codes.clear() } else { codes.push(code) }
                }
                text
            }
            _ => piece,
        };
        parts.push((codes.clone(), text.to_owned()));
    }
    parts
}

/// How codes look on a dark page.
fn attributes(codes: &[u8]) -> String {
    let attribute = |code: &u8| match code {
        1 => " font-weight=\"bold\"",
        2 => " fill-opacity=\"0.6\"",
        31 | 91 => " fill=\"#ff7b72\"",
        32 | 92 => " fill=\"#7ee787\"",
        33 | 93 => " fill=\"#e3b341\"",
        34 | 94 => " fill=\"#79c0ff\"",
        35 | 95 => " fill=\"#d2a8ff\"",
        36 | 96 => " fill=\"#56d4dd\"",
        _ => "",
    };
    codes.iter().map(attribute).collect()
}
