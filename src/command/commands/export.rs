//! Export: the last answer as a file.

use crate::answer::Answer;
use crate::diagnostic::Code;
use crate::model::counted;
use crate::render::{self, FORMATS, Format, Page};

use super::{Outcome, last, stay};
use crate::command::{Call, Shell, write_answer};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    if call.words.is_empty() {
        let complaint = call.wrong(Code::BadCommand, "`:export` needs the name of a file", "to which file?");
        return Err(complaint.help(format!("its extension names the format, `:export answer.csv`: {}", extensions())).into());
    }
    let path = call.path();
    let Some(format) = Format::of_file(&path) else {
        let complaint = call.wrong(Code::BadCommand, "the name of the file does not say which format it is to have", "which format?");
        return Err(complaint.help(format!("extensions that do: {}", extensions())).into());
    };
    if let Some(complaint) = shell.is_record(call, &path) {
        return Err(complaint.into());
    }
    last::complete(shell, format)?;
    let Some(answer) = &shell.last else {
        let complaint = call.wrong(Code::NoLastAnswer, "nothing was answered yet that could be exported", "");
        return Err(complaint.help("ask something first, such as `causes`").into());
    };
    if format.draws_view && answer.view.entities.is_empty() && !answer.rows.is_empty() {
        let complaint = call.wrong(Code::BadCommand, "the last answer has no part of the graph that could be drawn", "a drawing");
        return Err(complaint.help("`:export answer.csv` writes its rows").into());
    }
    let written = write_answer(&path, format, answer, &Page::default())?;
    if shell.settings.quiet {
        return stay(String::new());
    }
    let what = exported(answer, format);
    let files: Vec<String> = written.iter().map(|path| render::visible(&path.display().to_string()).into_owned()).collect();
    let picture = match (format.name, files.as_slice()) {
        ("dot", [file]) if !file.contains(['\'', ' ']) => {
            let bare = file.strip_suffix(".dot").or_else(|| file.strip_suffix(".gv")).unwrap_or(file);
            format!("`dot -Tsvg {file} -o {bare}.svg` makes a picture of it\n")
        }
        _ => String::new(),
    };
    stay(format!("{what} written to {} ({})\n{picture}", files.join(" and "), format.name))
}

/// What of an answer a format writes.
fn exported(answer: &Answer, format: &Format) -> String {
    if format.draws_view {
        let entities = counted(answer.view.entities.len(), "entity", "entities");
        format!("{entities} and {}", counted(answer.view.relations.len(), "relation", "relations"))
    } else {
        counted(answer.rows.len(), "row", "rows")
    }
}

fn extensions() -> String {
    let all: Vec<String> = FORMATS.iter().flat_map(|format| format.extensions).map(|extension| format!(".{extension}")).collect();
    all.join(", ")
}
