//! Schema: what the graph can hold, part by part; and all of it drawn.

use crate::answer::Answer;
use crate::render::{self, Drawn, Format, Page, drawn};
use crate::session::{SchemaView, Session};

use super::{Outcome, stay};
use crate::command::table::SCHEMA_PARTS;
use crate::command::{Call, Shell, settings, write_answer};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    let session = &shell.session;
    let words = call.words.to_lowercase();
    let answer = match words.as_str() {
        "" | "relations" | "relation" => session.describe_schema(),
        "kinds" | "kind" => session.describe_kinds(),
        "qualifiers" | "qualifier" | "fields" => session.describe_qualifiers(),
        "properties" | "property" => session.describe_properties(),
        "draw" | "tree" => return stay(drawn(&pictured(session, SchemaView::Counted), &shell.settings.page, Drawn::default())),
        "dot" | "graphviz" => {
            let Some(dot) = Format::named("dot") else { return stay(String::new()) };
            return stay(render::render(&pictured(session, SchemaView::Pictured), dot, &shell.settings.page));
        }
        _ => {
            // `:schema dot schema.dot` is `:schema schema.dot`.
            let file = ["dot ", "graphviz "].iter().find_map(|part| call.words.get(part.len()..).filter(|_| words.starts_with(part)));
            return written(shell, call, file.unwrap_or(call.words).trim());
        }
    };
    stay(render::render(&answer, shell.settings.format, &shell.settings.page))
}

/// The schema with what is drawn of it.
fn pictured(session: &Session, how: SchemaView) -> Answer {
    Answer { view: session.schema_view(how), rows: Vec::new(), ..session.describe_schema() }
}

/// Writes the schema to a file, if the words name one.
fn written(shell: &Shell, call: &Call<'_>, file: &str) -> Outcome {
    let path = settings::path(file);
    let Some(format) = Format::of_file(&path) else {
        let near = crate::diagnostic::nearest(call.words, SCHEMA_PARTS.iter().copied(), 1);
        let refused = call.refused("no part of a schema").suggest(near);
        return Err(refused.help("the name of a file such as `schema.dot` has it written there").into());
    };
    if let Some(complaint) = shell.is_record(call, &path) {
        return Err(complaint.into());
    }
    let session = &shell.session;
    let answer = Answer { view: session.schema_view(SchemaView::for_format(format.name)), ..session.describe_schema() };
    let files = write_answer(&path, format, &answer, &Page::default())?;
    if shell.settings.quiet {
        return stay(String::new());
    }
    let files: Vec<String> = files.iter().map(|path| render::visible(&path.display().to_string()).into_owned()).collect();
    stay(format!("schema written to {} ({})\n", files.join(" and "), format.name))
}
