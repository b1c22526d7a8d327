//! Table: every `:command`, with the words for help, completion and the manual beside what it does.

use crate::answer::Answer;
use crate::diagnostic::{Code, Complaints, Diagnostic, Origin};
use crate::render::{self, FORMATS, Format, Page};
use crate::session::Session;

use super::{Call, Flow, HISTORY_SHOWN, Shell, help, holdings, layout, parameters, write_answer};

/// What can stand behind a command's name: it decides what the prompt offers there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Nothing.
    None,
    /// A topic of the help.
    Topic,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// The name of a file to write, whose extension names a format.
    File,
    /// The name of a format.
    Format,
    /// A graph: the name of the one that the program carries, or a folder.
    Graph,
    /// A query.
    Query,
    /// A number.
    Number,
}

/// A command of the prompt.
#[derive(Clone, Copy)]
pub struct Command {
    /// Its name, without the colon.
    pub name: &'static str,
    /// Other names for it.
    pub aliases: &'static [&'static str],
    /// What stands behind it, as the manual writes it: `FILE`, `[TOPIC]`; empty for nothing.
    pub arguments: &'static str,
    /// What stands behind it, for completion.
    pub argument: Argument,
    /// What it does, in a line.
    pub summary: &'static str,
    /// The rest that there is to know, in sentences.
    pub details: &'static str,
    pub(super) run: Run,
}

impl Command {
    /// How it is typed: `:export FILE`.
    pub fn usage(&self) -> String {
        if self.arguments.is_empty() { format!(":{}", self.name) } else { format!(":{} {}", self.name, self.arguments) }
    }
}

impl std::fmt::Debug for Command {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.usage())
    }
}

/// The parts of the schema that `:schema` shows.
const SCHEMA_PARTS: &[&str] = &["kinds", "properties", "qualifiers", "relations"];

/// Every command, in the order of the manual.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "help",
        aliases: &["h", "?"],
        arguments: "[TOPIC]",
        argument: Argument::Topic,
        summary: "what can be asked and typed; with a topic, what it means",
        details: "A topic is a keyword, a form of the language, a command, a format, the code of a message, or a word of the open \
                  graph: a kind, a relation, a field, an entity. `:help examples` lists the questions that the graph was made for.",
        run: run_help,
    },
    Command {
        name: "schema",
        aliases: &[],
        arguments: "[PART]",
        argument: Argument::Choice(SCHEMA_PARTS),
        summary: "what the graph can hold: its relations, kinds, qualifiers or properties",
        details: "A part is `relations`, `kinds`, `qualifiers` or `properties`. Without one it shows the relations, each with the nouns and verbs that phrases use for it.",
        run: run_schema,
    },
    Command {
        name: "explain",
        aliases: &[],
        arguments: "QUERY",
        argument: Argument::Query,
        summary: "shows how a query is understood instead of answering it",
        details: "It shows the algebra that runs and the pattern that says the same, as `explain QUERY` does.",
        run: run_explain,
    },
    Command {
        name: "export",
        aliases: &[],
        arguments: "FILE",
        argument: Argument::File,
        summary: "writes the last answer to a file; its extension names the format",
        details: "Formats of rows write the rows, `.dot` the part of the graph that they came from. A file of that name is replaced \
                  once the new one is complete; if that fails, it stays as it was.",
        run: run_export,
    },
    Command {
        name: "format",
        aliases: &[],
        arguments: "[NAME]",
        argument: Argument::Format,
        summary: "the format of answers from now on; without a name, all there are",
        details: "",
        run: run_format,
    },
    Command {
        name: "open",
        aliases: &[],
        arguments: "[GRAPH]",
        argument: Argument::Graph,
        summary: "opens another graph: a file of `oms import`, a folder, or the one that the program carries; several as one",
        details: "`oms` is the graph that the program carries, a folder of that name is `./oms`. `:open oms hpo.oms` asks both as one. \
                  If the folder has faults they are all told, and the graph that was open stays open. Without a name it says which \
                  graph is open.",
        run: run_open,
    },
    Command {
        name: "param",
        aliases: &["params"],
        arguments: "[NAME=VALUE]",
        argument: Argument::None,
        summary: "gives a parameter of patterns its value; without one, all there are",
        details: "A pattern writes a parameter as `$name`. The value is JSON, a text in single quotation marks, or plain words: \
                  `:param least=0.8`, `:param name='lung cancer'`, `:param ids=[\"a\", \"b\"]`.",
        run: run_param,
    },
    Command {
        name: "timing",
        aliases: &[],
        arguments: "[on|off]",
        argument: Argument::Choice(&["off", "on"]),
        summary: "whether each answer says how long it took",
        details: "Without a word it turns from one to the other. The time is that of finding the answer, not of showing it.",
        run: run_timing,
    },
    Command {
        name: "history",
        aliases: &[],
        arguments: "[N]",
        argument: Argument::Number,
        summary: "what was typed, the last 20 entries or the last N",
        details: "The arrow keys go through it, and Ctrl-R searches it.",
        run: run_history,
    },
    Command {
        name: "quit",
        aliases: &["q", "exit"],
        arguments: "",
        argument: Argument::None,
        summary: "leaves; so does Ctrl-D on an empty line",
        details: "",
        run: run_quit,
    },
];

/// The command of this name or alias, letter case aside.
pub fn command_named(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| {
        let mut names = std::iter::once(&command.name).chain(command.aliases);
        names.any(|known| known.eq_ignore_ascii_case(name))
    })
}

/// What is to be shown, and whether the conversation goes on.
type Outcome = Result<(String, Flow), Complaints>;

/// What a command does.
type Run = fn(&mut Shell, &Call<'_>) -> Outcome;

fn stay(text: String) -> Outcome {
    Ok((text, Flow::Continue))
}

fn run_help(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    let page = shell.settings.page;
    if call.words.is_empty() {
        return stay(layout::laid_out(&help::overview(&shell.session), &page));
    }
    match help::on(&shell.session, call.words) {
        Ok(blocks) => stay(layout::laid_out(&blocks, &page)),
        Err(near) => Err(call
            .wrong(Code::BadCommand, format!("there is no help on '{}'", layout::shortened(call.words)), "no such topic")
            .suggest(near)
            .help("`:help topics` lists every topic")
            .into()),
    }
}

fn run_schema(shell: &mut Shell, call: &Call<'_>) -> Outcome {
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

fn run_explain(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    if call.words.is_empty() {
        return Err(call
            .wrong(Code::BadCommand, "`:explain` needs a query", "of which query?")
            .help("for example `:explain causes`")
            .into());
    }
    let explained = call.words.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("explain"));
    let query = if explained { call.words.to_owned() } else { format!("explain {}", call.words) };
    let (answer, taken) = shell.timed(&query)?;
    stay(shell.shown(&answer, taken))
}

fn run_export(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    if call.words.is_empty() {
        let complaint = call.wrong(Code::BadCommand, "`:export` needs the name of a file", "to which file?");
        return Err(complaint.help(format!("its extension names the format, `:export answer.csv`: {}", extensions())).into());
    }
    let path = call.path();
    let Some(format) = Format::of_file(&path) else {
        let complaint = call.wrong(Code::BadCommand, "the name of the file does not say which format it is to have", "which format?");
        return Err(complaint.help(format!("extensions that do: {}", extensions())).into());
    };
    if format.draws_view
        && shell.session.is_unsupported()
        && let Some(query) = shell.last.as_ref().map(|answer| answer.query.clone())
    {
        shell.session.set_supports_all(true);
        shell.last = Some(shell.session.ask(&query)?);
    }
    if format.write.is_none()
        && let Some(answer) = shell.last.as_mut().filter(|answer| answer.view.background.is_none())
    {
        shell.session.tell_background(answer);
    }
    let Some(answer) = &shell.last else {
        let complaint = call.wrong(Code::NoLastAnswer, "nothing was answered yet that could be exported", "");
        return Err(complaint.help("ask something first, such as `causes`").into());
    };
    let written = write_answer(&path, format, answer, &Page::default())?;
    if shell.settings.quiet {
        return stay(String::new());
    }
    let what = exported(answer, format);
    let files: Vec<String> = written.iter().map(|path| render::visible(&path.display().to_string()).into_owned()).collect();
    stay(format!("{what} written to {} ({})\n", files.join(" and "), format.name))
}

/// What of an answer a format writes.
fn exported(answer: &Answer, format: &Format) -> String {
    if format.draws_view {
        let entities = layout::counted(answer.view.entities.len(), "entity", "entities");
        format!("{entities} and {}", layout::counted(answer.view.relations.len(), "relation", "relations"))
    } else {
        layout::counted(answer.rows.len(), "row", "rows")
    }
}

fn extensions() -> String {
    let all: Vec<String> = FORMATS.iter().flat_map(|format| format.extensions).map(|extension| format!(".{extension}")).collect();
    all.join(", ")
}

fn run_format(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    if call.words.is_empty() {
        let current = shell.settings.format.name;
        let mark = |format: &Format| if format.name == current { format!("{} (now)", format.name) } else { format.name.to_owned() };
        let pairs = FORMATS.iter().map(|format| (mark(format), format.summary.to_owned())).collect();
        return stay(layout::laid_out(&[layout::Block::Pairs(pairs)], &shell.settings.page));
    }
    let Some(format) = Format::named(call.words) else {
        let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
        let complaint = call.wrong(Code::BadCommand, format!("there is no format '{}'", layout::shortened(call.words)), "no such format");
        let near = crate::diagnostic::nearest(call.words, names.iter().copied(), 2);
        return Err(complaint.suggest(near).help(format!("formats: {}", names.join(", "))).into());
    };
    shell.settings.format = format;
    let text = if shell.settings.quiet { String::new() } else { format!("answers are shown as {} from now on\n", format.name) };
    stay(text)
}

fn run_open(shell: &mut Shell, call: &Call<'_>) -> Outcome {
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

fn run_param(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    if call.words.is_empty() {
        let pairs: Vec<(String, String)> =
            shell.session.parameters().iter().map(|(name, value)| (format!("${name}"), parameters::shown(value))).collect();
        if pairs.is_empty() {
            return stay("no parameter has a value; `:param x=5` gives one\n".to_owned());
        }
        return stay(layout::laid_out(&[layout::Block::Pairs(pairs)], &shell.settings.page));
    }
    let (name, value) = parameters::parameter(call.words).map_err(|complaint| {
        let placed = call.refused("a name, `=` and a value");
        Complaints::from(complaint.help.into_iter().fold(placed, Diagnostic::help))
    })?;
    let text = if shell.settings.quiet { String::new() } else { format!("${name} is {}\n", parameters::shown(&value)) };
    shell.session.set_parameters([(name, value)]);
    stay(text)
}

fn run_timing(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    shell.timing = match call.words.to_lowercase().as_str() {
        "" => !shell.timing,
        "on" => true,
        "off" => false,
        _ => return Err(call.refused("on or off").into()),
    };
    stay(if shell.settings.quiet { String::new() } else { format!("timing is {}\n", if shell.timing { "on" } else { "off" }) })
}

fn run_history(shell: &mut Shell, call: &Call<'_>) -> Outcome {
    let shown = match call.words {
        "" => HISTORY_SHOWN,
        words => words.parse().map_err(|_| Complaints::from(call.refused("how many?")))?,
    };
    let skipped = shell.history.len().saturating_sub(shown);
    let width = shell.history.len().to_string().len();
    let mut text = String::new();
    for (position, entry) in shell.history.iter().enumerate().skip(skipped) {
        let entry: Vec<String> = entry.lines().map(|line| render::visible(line).into_owned()).collect();
        let indent = format!("\n{}", " ".repeat(width + 2));
        text.push_str(&format!("{:>width$}  {}\n", position + 1, entry.join(&indent)));
    }
    stay(text)
}

fn run_quit(_: &mut Shell, call: &Call<'_>) -> Outcome {
    if call.words.is_empty() {
        return Ok((String::new(), Flow::Quit));
    }
    let complaint: Diagnostic = call.refused("nothing goes here");
    Err(complaint.into())
}
