//! Schema: what the graph can hold, part by part.

use crate::render::{self};

use super::{Outcome, stay};
use crate::command::table::SCHEMA_PARTS;
use crate::command::{Call, Shell};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    let session = &shell.session;
    let answer = match call.words.to_lowercase().as_str() {
        "" | "relations" | "relation" => session.describe_schema(),
        "kinds" | "kind" => session.describe_kinds(),
        "qualifiers" | "qualifier" | "fields" => session.describe_qualifiers(),
        "properties" | "property" => session.describe_properties(),
        _ => {
            let near = crate::diagnostic::nearest(call.words, SCHEMA_PARTS.iter().copied(), 1);
            return Err(call.refused("no part of a schema").suggest(near).into());
        }
    };
    stay(render::render(&answer, shell.settings.format, &shell.settings.page))
}
