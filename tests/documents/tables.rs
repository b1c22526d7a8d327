//! Tables: what the program knows about itself, as the reference prints it.

use oms_graph::Session;
use oms_graph::algebra::{FUNCTIONS, PROCEDURES};
use oms_graph::command::{AGGREGATES, CLAUSES, COMMANDS, FORMS};
use oms_graph::diagnostic::{Class, Code};
use oms_graph::query::syntax::{KEYWORDS, PATTERN_WORDS, Reserved};
use oms_graph::render::{FORMATS, Format, Page, render};

/// The tables that some document must have.
pub const NAMES: [&str; 14] = [
    "clauses",
    "aggregates",
    "functions",
    "procedures",
    "keywords",
    "forms",
    "formats",
    "codes",
    "commands",
    "fields",
    "relations",
    "kinds",
    "qualifiers",
    "questions",
];

const OPEN: &str = "<!-- table: ";
const CLOSE: &str = "<!-- table: end -->";

/// A document with its tables as they are now. Their names are struck from `left`.
///
/// # Errors
/// A table that does not end, or that the program does not have.
pub fn filled(text: &str, left: &mut Vec<&str>) -> Result<String, String> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(OPEN) {
        let (before, from) = rest.split_at(at);
        let (mark, _) = from.split_once('\n').ok_or("a table's mark ends the document")?;
        let end = from.find(CLOSE).ok_or_else(|| format!("`{mark}` has no end"))?;
        let name = mark[OPEN.len()..].trim_end_matches("-->").trim();
        let table = table(name).ok_or_else(|| format!("there is no table '{name}'"))?;
        left.retain(|known| *known != name);
        filled += &format!("{before}{mark}\n\n{}\n\n", table.trim_end());
        rest = &from[end..];
        // Past the end's own mark, which begins like any other.
        filled += CLOSE;
        rest = &rest[CLOSE.len()..];
    }
    Ok(filled + rest)
}

fn table(name: &str) -> Option<String> {
    let session = Session::open("oms").expect("the embedded graph opens");
    let markdown = |answer| {
        let text = render(&answer, Format::named("markdown").expect("there is Markdown"), &Page::default());
        text.lines().filter(|line| line.starts_with('|')).map(|line| format!("{line}\n")).collect::<String>()
    };
    Some(match name {
        "keywords" => keywords(),
        "forms" => forms(),
        "commands" => commands(),
        "formats" => formats(),
        "codes" => codes(),
        "fields" => fields(),
        "clauses" => clauses(),
        "aggregates" => aggregates(),
        "functions" => functions(),
        "procedures" => procedures(),
        "relations" => markdown(session.describe_schema()),
        "kinds" => markdown(session.describe_kinds()),
        "qualifiers" => markdown(session.describe_qualifiers()),
        "questions" => questions(&session),
        _ => return None,
    })
}

/// A table of Markdown. Bars inside cells are escaped.
fn rows(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.iter().map(|cell| cell.replace('|', "\\|")).collect::<Vec<_>>().join(" | "));
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    let rule: Vec<String> = head.iter().map(|_| "---".to_owned()).collect();
    [head, rule].into_iter().chain(rows).map(|cells| line(&cells)).collect()
}

fn keywords() -> String {
    let reserved = |place| match place {
        Reserved::Everywhere => "everywhere",
        Reserved::InRuns => "between names",
        Reserved::AtStart => "at the start",
        Reserved::InPlace => "in its place only",
    };
    let cells = KEYWORDS
        .iter()
        .map(|keyword| vec![format!("`{}`", keyword.word), reserved(keyword.reserved).to_owned(), keyword.summary.to_owned()]);
    let patterns: Vec<String> = PATTERN_WORDS.iter().map(|word| format!("`{}`", word.to_uppercase())).collect();
    format!("{}\nWords that begin a pattern: {}.\n", rows(&["word", "reserved", "what it does"], cells), patterns.join(", "))
}

fn forms() -> String {
    let cells = FORMS.iter().map(|form| {
        let examples = form.examples.iter().map(|example| format!("`{example}`")).collect::<Vec<_>>().join("<br>");
        vec![form.name.to_owned(), format!("`{}`", form.pattern), examples, form.answer.to_owned()]
    });
    rows(&["form", "written", "for example", "answers"], cells)
}

fn commands() -> String {
    let cells = COMMANDS.iter().map(|command| {
        let aliases = command.aliases.iter().map(|alias| format!("`:{alias}`")).collect::<Vec<_>>().join(", ");
        let sentence = format!("{}. {}", command.summary, command.details);
        vec![format!("`{}`", command.usage()), aliases, sentence.trim().to_owned()]
    });
    rows(&["command", "also", "what it does"], cells)
}

fn formats() -> String {
    let list = |words: &[&str]| words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    let cells = FORMATS.iter().map(|format| {
        let holds = if format.draws_view { "view" } else { "rows" };
        vec![format!("`{}`", format.name), list(format.aliases), list(format.extensions), holds.to_owned(), format.summary.to_owned()]
    });
    rows(&["name", "also called", "extensions", "writes", "what it is good for"], cells)
}

fn codes() -> String {
    let class = |class| match class {
        Class::Query => "query",
        Class::Options => "options",
        Class::Data => "data",
        Class::Limit => "limit",
        Class::Interrupted => "interrupted",
    };
    let cells = Code::ALL.iter().map(|code| {
        let status = code.class().exit_status().to_string();
        vec![format!("`{}`", code.word()), code.meaning().to_owned(), class(code.class()).to_owned(), status]
    });
    rows(&["code", "meaning", "class", "exit status"], cells)
}

/// The fields of a relation noun, in the order of precedence: a message lists them.
fn fields() -> String {
    let mut session = Session::open("oms").expect("the embedded graph opens");
    let complaints = session.ask("causes where no_such_field = 1").expect_err("there is no such field");
    let help = complaints.diagnostics().iter().flat_map(|complaint| &complaint.help);
    let listed = help.filter_map(|hint| hint.strip_prefix("fields here: ")).next().expect("the message lists the fields");
    listed.split(", ").map(|field| format!("`{field}`")).collect::<Vec<_>>().join(", ")
}

fn questions(session: &Session) -> String {
    let cells = session.questions().iter().map(|question| vec![question.text.clone(), format!("`{}`", question.query)]);
    rows(&["question", "query"], cells)
}

/// Every clause of patterns.
fn clauses() -> String {
    rows(&["clause", "does"], CLAUSES.iter().map(|clause| vec![format!("`{}`", clause.written), clause.summary.to_owned()]))
}

fn aggregates() -> String {
    rows(&["aggregate", "yields"], AGGREGATES.iter().map(|(written, summary)| vec![format!("`{written}`"), (*summary).to_owned()]))
}

/// Every function that an expression can call.
fn functions() -> String {
    let cells = FUNCTIONS.iter().map(|function| vec![format!("`{}({})`", function.name, function.arguments), function.summary.to_owned()]);
    rows(&["function", "yields"], cells)
}

/// Every procedure that `CALL` runs.
fn procedures() -> String {
    let cells = PROCEDURES.iter().map(|procedure| {
        let call = format!("`{}({})`", procedure.name, procedure.arguments);
        vec![call, format!("`{}`", procedure.yields.join("`, `")), procedure.summary.to_owned()]
    });
    rows(&["procedure", "yields", "what it does"], cells)
}
