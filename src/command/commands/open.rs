//! Open: another graph, or several as one.

use crate::diagnostic::{Complaints, Origin};
use crate::render::{self};
use crate::session::Session;

use super::{Outcome, stay};
use crate::command::{Call, Shell, holdings};

pub(in crate::command) fn run(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    if call.words.is_empty() {
        return stay(opened(&shell.session));
    }
    let path = call.path();
    let name = path.to_string_lossy();
    // Several names are several graphs, unless it is one path with blanks in it.
    let words = call.words.split_whitespace().map(str::to_owned).collect::<Vec<String>>();
    let names = if words.len() > 1 && !path.exists() { words } else { vec![name.clone().into_owned()] };
    let interrupt = shell.session.interrupt();
    let mut session = Session::open_all(&names, &interrupt).map_err(|complaints| with_choice(complaints, &name))?;
    if let Some(folder) = &shell.settings.sources {
        session.quote_from(folder)?;
    }
    session.set_limits(shell.settings.limits.clone());
    session.set_parameters(shell.session.parameters().clone());
    shell.session = session;
    shell.last = None;
    shell.offered.clear();
    let warnings: String =
        shell.session.warnings().iter().map(|warning| render::complaint::render_one(warning, &shell.settings.page)).collect();
    let text = if shell.settings.quiet { String::new() } else { opened(&shell.session) };
    stay(format!("{warnings}{text}"))
}

/// The complaints, and where nothing of that name is there, what can be opened.
fn with_choice(complaints: Complaints, name: &str) -> Complaints {
    let mut all = complaints.diagnostics().to_vec();
    if all.len() == 1 && all[0].labels.is_empty() && !std::path::Path::new(name).exists() {
        all[0].origin.get_or_insert_with(|| Origin::new("command", format!(":open {name}")));
        all[0].help.push("`:open` takes the folder of a graph, or `oms` for the one that the program carries".to_owned());
    }
    Complaints::new(all).unwrap_or(complaints)
}

fn opened(session: &Session) -> String {
    let title = render::visible(&session.schema().title).into_owned();
    format!("{}: {title}, {}\n", render::visible(session.name()), holdings(session))
}
