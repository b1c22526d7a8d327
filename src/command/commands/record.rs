//! Record: begins and ends a page of a lab notebook.

use crate::diagnostic::{Code, Complaints, Diagnostic};
use crate::model::counted;
use crate::render::visible;

use super::param::behind;
use super::{Outcome, stay};
use crate::command::record::{Onto, Record};
use crate::command::{Call, Shell, settings};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    let quiet = shell.settings.quiet;
    let shown = |record: &Record| visible(&record.path().display().to_string()).into_owned();
    let (words, onto) = match (behind(call.words, "append"), behind(call.words, "replace")) {
        (Some(file), _) => (file, Onto::Anything),
        (_, Some(file)) => (file, Onto::Nothing),
        (None, None) => (call.words, Onto::Record),
    };
    if words.is_empty() {
        return stay(match &shell.record {
            Some(record) => format!("{} records this, with {} so far\n", shown(record), queries(record.entries())),
            None => "nothing is recorded; `:record notes.md` begins\n".to_owned(),
        });
    }
    if words.eq_ignore_ascii_case("off") {
        let Some((path, entries, ended)) = shell.end_record() else {
            return stay("nothing was recorded; `:record notes.md` begins\n".to_owned());
        };
        let name = visible(&path.display().to_string()).into_owned();
        ended.map_err(|error| {
            Complaints::from(Diagnostic::error(Code::Unwritable, format!("the record '{name}' cannot be ended: {error}")))
        })?;
        return stay(if quiet { String::new() } else { format!("{name} is complete, with {}\n", queries(entries)) });
    }
    let record = Record::begin(&settings::path(words), onto, &shell.session)?;
    let before = shell.end_record().map(|(path, ..)| format!("{} is complete\n", visible(&path.display().to_string())));
    let text = format!("{}{} records from now on; `:record off` ends it\n", before.unwrap_or_default(), shown(&record));
    shell.record = Some(record);
    stay(if quiet { String::new() } else { text })
}

fn queries(count: usize) -> String {
    counted(count, "query", "queries")
}
