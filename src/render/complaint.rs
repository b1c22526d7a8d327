//! Complaints as text: with carets for people, as one object for programs.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin as Place, Renderer, Snippet};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::diagnostic::{Complaints, Diagnostic, Fix, Label, Origin, Severity};

use super::Page;
use super::json_value::written;
use super::text::{push_visible, visible, wrap};

/// Lines longer than this many bytes are shown in part, and so are texts of more lines than a screen has.
const LONGEST_LINE: usize = 200;
const MOST_LINES: usize = 30;

/// Bytes shown before and after the caret of a line that is shown in part.
const BEFORE: usize = 60;
const AFTER: usize = 80;

/// Draws complaints, errors and warnings alike: what is wrong, the words with a caret under them, and what to do instead. Several
/// faults of one query share a drawing, and its last line is the query as it was probably meant.
pub fn render(complaints: &Complaints, page: &Page) -> String {
    let diagnostics = complaints.diagnostics();
    if let Some(origin) = shared_query(diagnostics) {
        return together(diagnostics, origin, complaints.fixed(), page);
    }
    let last = diagnostics.len() - 1;
    let fixed = |position: usize| complaints.fixed().filter(|_| position == last);
    let drawn: Vec<String> =
        diagnostics.iter().enumerate().map(|(position, diagnostic)| drawn_one(diagnostic, fixed(position), page)).collect();
    drawn.join("\n")
}

/// The query that several faults are all about, if each has a place in it.
fn shared_query(diagnostics: &[Diagnostic]) -> Option<&Origin> {
    let (first, others) = diagnostics.split_first()?;
    let origin = first.origin.as_deref()?;
    let same = |other: &Diagnostic| {
        other.severity == Severity::Error && !other.labels.is_empty() && other.origin.as_deref().is_some_and(|other| other == origin)
    };
    let short = origin.text.len() <= LONGEST_LINE * MOST_LINES && origin.text.lines().all(|line| line.len() <= LONGEST_LINE);
    (!others.is_empty() && short && diagnostics.iter().all(same)).then_some(origin)
}

/// Several faults in one drawing: a number at each place, and behind it what is wrong there and what to do instead.
fn together(diagnostics: &[Diagnostic], origin: &Origin, fixed: Option<&str>, page: &Page) -> String {
    let title = Level::ERROR.primary_title(format!("{} things are wrong here", diagnostics.len())).id(diagnostics[0].code.word());
    let labels: Vec<Label> = diagnostics
        .iter()
        .zip(1..)
        .filter_map(|(diagnostic, number)| {
            let label = diagnostic.labels.first()?;
            let text = if label.text.is_empty() { number.to_string() } else { format!("{number}: {}", label.text) };
            Some(Label { span: label.span.clone(), text })
        })
        .collect();
    let mut group = drawn_in(Group::with_title(title), origin, &labels, AnnotationKind::Primary);
    for (diagnostic, number) in diagnostics.iter().zip(1..) {
        // Of several faults each gets one hint; the first says most.
        let hint = diagnostic.help.first().map_or_else(String::new, |hint| format!("; {hint}"));
        let level = Level::NOTE.with_name(format!("{number}"));
        group = group.element(level.message(lines_of(&format!("{}{hint}", diagnostic.message), page)));
    }
    drawn(with_fixed(group, fixed, page), page)
}

/// Adds the query as it was probably meant.
fn with_fixed<'a>(group: Group<'a>, fixed: Option<&str>, page: &Page) -> Group<'a> {
    match fixed {
        Some(fixed) => group.element(Level::HELP.with_name("fixed").message(lines_of(fixed, page))),
        None => group,
    }
}

/// Draws one complaint; the text ends with a line break.
pub fn render_one(diagnostic: &Diagnostic, page: &Page) -> String {
    drawn_one(diagnostic, None, page)
}

fn drawn_one(diagnostic: &Diagnostic, fixed: Option<&str>, page: &Page) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(title_of(diagnostic, page)).id(diagnostic.code.word());
    let mut group = Group::with_title(title);
    if let Some(origin) = diagnostic.origin.as_ref().filter(|origin| !diagnostic.labels.is_empty() || origin.name != "query") {
        group = drawn_in(group, origin, &diagnostic.labels, AnnotationKind::Context);
    }
    for hint in &diagnostic.help {
        group = group.element(Level::HELP.message(lines_of(hint, page)));
    }
    drawn(with_fixed(group, fixed, page), page)
}

/// What is wrong, cut into lines that fit behind the level and the code.
fn title_of(diagnostic: &Diagnostic, page: &Page) -> String {
    /// What stands around the code: the longer level, brackets, a colon and a blank.
    const AROUND: usize = "warning[]: ".len();
    let message = visible(&diagnostic.message);
    match page.width {
        Some(columns) => wrap(&message, columns.max(40).saturating_sub(AROUND + diagnostic.code.word().len()).max(16)).join("\n"),
        None => message.into_owned(),
    }
}

/// A drawing as text.
fn drawn(group: Group<'_>, page: &Page) -> String {
    let renderer = if page.colour { Renderer::styled() } else { Renderer::plain() };
    let drawn = renderer.term_width(page.width.unwrap_or(140).max(40)).render(&[group]).to_string();
    let mut text = String::with_capacity(drawn.len() + 1);
    for line in drawn.lines().filter(|line| !is_bare_place(line)) {
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// A hint cut into lines that fit the page.
fn lines_of(hint: &str, page: &Page) -> String {
    /// What stands before a hint: the gutter and `= help: `.
    const LEAD: usize = 14;
    let columns = page.width.unwrap_or(140).max(40) - LEAD;
    let lines = hint.lines().flat_map(|line| wrap(&visible(line), columns));
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether a line announces an excerpt without saying of what: the place was named above it, as it is in the whole text.
fn is_bare_place(line: &str) -> bool {
    line.contains(":::")
        && line.split('\u{1b}').map(|part| part.split_once('m').map_or(part, |(_, shown)| shown)).collect::<String>().trim() == ":::"
}

/// Adds the place and the words in question; `others` is how places beside the first are marked.
fn drawn_in<'a>(group: Group<'a>, origin: &'a Origin, labels: &[Label], others: AnnotationKind) -> Group<'a> {
    let Some(first) = labels.first() else {
        return group.element(Place::path(visible(&origin.name)));
    };
    let (line, column) = origin.position(first.span.start);
    let mut group = group.element(Place::path(visible(&origin.name)).line(line).char_column(column));
    for (position, excerpt) in excerpts(origin, labels).into_iter().enumerate() {
        let path = (position > 0).then(|| visible(&origin.name));
        let mut snippet = Snippet::source(excerpt.text).line_start(excerpt.line).path(path);
        for (span, label) in excerpt.marks {
            let kind = if label == 0 { AnnotationKind::Primary } else { others };
            let words = &labels[label].text;
            let words = (!words.is_empty()).then(|| visible(words).into_owned());
            snippet = snippet.annotation(kind.span(span).label(words));
        }
        group = group.element(snippet);
    }
    group
}

/// A part of the origin as it is shown, and the spans in it that labels mark.
struct Excerpt {
    text: String,
    line: usize,
    marks: Vec<(Range<usize>, usize)>,
}

/// The whole text where it is short; else a window round each label.
fn excerpts(origin: &Origin, labels: &[Label]) -> Vec<Excerpt> {
    let text: &str = &origin.text;
    let short = text.len() <= LONGEST_LINE * MOST_LINES
        && text.lines().count() <= MOST_LINES
        && text.lines().all(|line| line.len() <= LONGEST_LINE);
    let numbered = labels.iter().enumerate().map(|(number, label)| (within(text, &label.span), number));
    if short {
        let whole = text.trim_end_matches(['\n', '\r']);
        let marks = numbered.map(|(span, number)| (span.start.min(whole.len())..span.end.min(whole.len()), number)).collect();
        return vec![shown(whole, 0..whole.len(), 1, marks)];
    }
    numbered
        .map(|(span, number)| {
            let window = window(text, &span);
            let marked = span.start.clamp(window.start, window.end)..span.end.clamp(window.start, window.end);
            let line = text[..window.start].matches('\n').count() + 1;
            shown(text, window, line, vec![(marked, number)])
        })
        .collect()
}

/// The span on character boundaries of the text.
fn within(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = boundary_before(text, span.start);
    start..boundary_before(text, span.end.max(span.start))
}

fn boundary_before(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The part of the label's first line that is worth showing.
fn window(text: &str, span: &Range<usize>) -> Range<usize> {
    // An end of input after the last line break belongs to the last line that has words.
    let at = span.start.min(text.trim_end_matches(['\n', '\r']).len());
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    if line_end - line_start <= LONGEST_LINE {
        return line_start..line_end;
    }
    let start = boundary_before(text, at.saturating_sub(BEFORE)).max(line_start);
    let end = boundary_before(text, at.saturating_add(AFTER)).min(line_end);
    start..end
}

/// The window as a terminal can show it, with the marks moved along and dots where the line goes on.
fn shown(text: &str, window: Range<usize>, line: usize, marks: Vec<(Range<usize>, usize)>) -> Excerpt {
    let mut excerpt = Excerpt { text: String::new(), line, marks: Vec::new() };
    let goes_on = |at: usize| text.as_bytes().get(at).is_some_and(|byte| *byte != b'\n' && *byte != b'\r');
    if window.start > 0 && goes_on(window.start - 1) {
        excerpt.text.push('…');
    }
    // Where each byte of the window went.
    let mut moved = vec![0; window.len() + 1];
    for (offset, character) in text[window.clone()].char_indices() {
        moved[offset..offset + character.len_utf8()].fill(excerpt.text.len());
        match character {
            '\n' => excerpt.text.push('\n'),
            '\r' if text[window.start + offset + 1..].starts_with('\n') => {}
            '\t' => excerpt.text.push_str("    "),
            other => push_visible(&mut excerpt.text, other),
        }
    }
    moved[window.len()] = excerpt.text.len();
    if goes_on(window.end) {
        excerpt.text.push('…');
    }
    for (span, number) in marks {
        excerpt.marks.push((moved[span.start - window.start]..moved[span.end - window.start], number));
    }
    excerpt
}

/// Writes complaints as one JSON object: `{"error": {"code", "message", "span", "help"}}`.
///
/// `span` is `null` or `{"start", "end", "line", "column"}`: bytes of the text counted from 0, line and column (in characters)
/// from 1. `file` names the text where that is not the query itself, `severity` is there for a warning, and further complaints
/// are listed in `others` in the same shape. `fix` (`{"start", "end", "replacement"}`) is what was probably meant at a place, `fixed`
/// the whole query with all of the fixes, which can be asked as it is. The text ends with a line break.
pub fn json(complaints: &Complaints) -> String {
    let diagnostics = complaints.diagnostics();
    let first = diagnostics.iter().position(|diagnostic| diagnostic.severity == Severity::Error).unwrap_or(0);
    let others = diagnostics.iter().enumerate().filter(|(position, _)| *position != first).map(|(_, diagnostic)| diagnostic);
    let others = others.map(|diagnostic| Told { diagnostic, others: Vec::new(), fixed: None }).collect();
    let error = Told { diagnostic: &diagnostics[first], others, fixed: complaints.fixed() };
    format!("{{\"error\":{}}}\n", written(&error))
}

struct Told<'a> {
    diagnostic: &'a Diagnostic,
    others: Vec<Told<'a>>,
    fixed: Option<&'a str>,
}

struct Mend<'a>(&'a Fix);

impl Serialize for Mend<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("start", &self.0.span.start)?;
        map.serialize_entry("end", &self.0.span.end)?;
        map.serialize_entry("replacement", &self.0.replacement)?;
        map.end()
    }
}

struct Spot<'a>(&'a Origin, &'a Label);

impl Serialize for Told<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Diagnostic { severity, code, message, origin, labels, help, fixes } = self.diagnostic;
        let spot = origin.as_ref().zip(labels.first()).map(|(origin, label)| Spot(origin, label));
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", code.word())?;
        map.serialize_entry("message", message)?;
        map.serialize_entry("span", &spot)?;
        map.serialize_entry("help", help)?;
        if let Some(fix) = fixes.first() {
            map.serialize_entry("fix", &Mend(fix))?;
        }
        if let Some(fixed) = self.fixed {
            map.serialize_entry("fixed", fixed)?;
        }
        if let Some(origin) = origin.as_ref().filter(|origin| origin.name != "query") {
            map.serialize_entry("file", &origin.name)?;
        }
        if *severity == Severity::Warning {
            map.serialize_entry("severity", "warning")?;
        }
        if !self.others.is_empty() {
            map.serialize_entry("others", &self.others)?;
        }
        map.end()
    }
}

impl Serialize for Spot<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Spot(origin, label) = self;
        let (line, column) = origin.position(label.span.start);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("start", &label.span.start)?;
        map.serialize_entry("end", &label.span.end)?;
        map.serialize_entry("line", &line)?;
        map.serialize_entry("column", &column)?;
        map.end()
    }
}
