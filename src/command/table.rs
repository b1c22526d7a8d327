//! Table: every `:command`, with the words for help, completion and the manual beside what it does.

use super::commands::{self, Run};

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
    /// A file to read, whatever its extension.
    AnyFile,
    /// A parameter.
    Parameter,
    /// A name that `let` gave.
    Given,
    /// A setting.
    Setting,
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
pub(super) const SCHEMA_PARTS: &[&str] = &["dot", "draw", "kinds", "properties", "qualifiers", "relations"];

/// How `:draw` can be asked to draw.
pub(super) const DRAW_WORDS: &[&str] = &["all", "ascii"];

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
        run: commands::help::run,
    },
    Command {
        name: "schema",
        aliases: &[],
        arguments: "[PART]",
        argument: Argument::Choice(SCHEMA_PARTS),
        summary: "what the graph can hold: its relations, kinds, qualifiers or properties; drawn with `draw`",
        details: "A part is `relations`, `kinds`, `qualifiers` or `properties`. Without one it shows the relations, each with the nouns and \
                  verbs that phrases use for it. `:schema draw` draws kinds and the relations between them, `:schema dot` writes that \
                  for Graphviz, and a file such as `schema.dot` holds it.",
        run: commands::schema::run,
    },
    Command {
        name: "describe",
        aliases: &[],
        arguments: "WORD",
        argument: Argument::Topic,
        summary: "what a kind, relation, field or entity is, and how much of it there is",
        details: "It is the query `describe WORD`: definition, counts, the values of a field with how often they occur, and what to ask next.",
        run: commands::describe::run,
    },
    Command {
        name: "draw",
        aliases: &["tree"],
        arguments: "[all] [ascii]",
        argument: Argument::Choice(DRAW_WORDS),
        summary: "draws where the last answer comes from; `all` folds nothing",
        details: "An answer is drawn as a tree from what was asked about, paths are drawn as chains, a comparison value by value. A dashed \
                  line is a denial, a dotted one is hedged or only possible. More than a screen or two is folded, which is said; \
                  `ascii` does without lines of boxes.",
        run: commands::draw::run,
    },
    Command {
        name: "explain",
        aliases: &[],
        arguments: "QUERY",
        argument: Argument::Query,
        summary: "shows how a query is understood instead of answering it",
        details: "It shows the algebra that runs and the pattern that says the same, as `explain QUERY` does.",
        run: commands::explain::run,
    },
    Command {
        name: "export",
        aliases: &[],
        arguments: "FILE",
        argument: Argument::File,
        summary: "writes the last answer to a file; its extension names the format",
        details: "Formats of rows write the rows, `.dot` the part of the graph that they came from. A file of that name is replaced \
                  once the new one is complete; if that fails, it stays as it was.",
        run: commands::export::run,
    },
    Command {
        name: "copy",
        aliases: &[],
        arguments: "[FORMAT]",
        argument: Argument::Format,
        summary: "puts the last answer on the clipboard, as a table or in another format",
        details: "It uses the clipboard's own program where there is one, else it asks the terminal to do it, which works from afar too, \
                  if the terminal allows it; a terminal takes no more than 74 KB.",
        run: commands::copy::run,
    },
    Command {
        name: "last",
        aliases: &[],
        arguments: "[FORMAT]",
        argument: Argument::Format,
        summary: "shows the last answer again, as wide as the terminal is now, or in another format",
        details: "`:last markdown` shows it in another format this once.",
        run: commands::last::run,
    },
    Command {
        name: "expand",
        aliases: &["x"],
        arguments: "[on|off|N]",
        argument: Argument::Choice(&["off", "on"]),
        summary: "one record at a time, a line a field, with the evidence in full; with N, row N of the last answer so",
        details: "Without a word it turns from one to the other.",
        run: commands::expand::run,
    },
    Command {
        name: "rows",
        aliases: &[],
        arguments: "[N|all]",
        argument: Argument::Choice(&["all"]),
        summary: "how many rows of an answer are shown at most",
        details: "The rest is there: `:rows all` and `:last` show it, `:export` writes it, `why N` knows it.",
        run: commands::rows::run,
    },
    Command {
        name: "numbers",
        aliases: &[],
        arguments: "[on|off]",
        argument: Argument::Choice(&["off", "on"]),
        summary: "whether rows are numbered, where there is room; `why 2` and `:expand 2` take the number",
        details: "Without a word it turns from one to the other.",
        run: commands::numbers::run,
    },
    Command {
        name: "pager",
        aliases: &[],
        arguments: "[on|off|always]",
        argument: Argument::Choice(&["always", "off", "on"]),
        summary: "whether what is longer than the screen is shown by a pager: the program that OMS_PAGER or PAGER names, else `less`",
        details: "The footer is shown again when the pager has left. `always` shows short answers so, too.",
        run: commands::pager::run,
    },
    Command {
        name: "sources",
        aliases: &[],
        arguments: "[FOLDER]",
        argument: Argument::File,
        summary: "the folder whose files SOURCE-ID.txt hold the sources: answers quote the sentences that they cite",
        details: "`why` then shows each sentence with the ones before and after. Without a folder it says which one is in use.",
        run: commands::sources::run,
    },
    Command {
        name: "format",
        aliases: &[],
        arguments: "[NAME]",
        argument: Argument::Format,
        summary: "the format of answers from now on; without a name, all there are",
        details: "",
        run: commands::format::run,
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
        run: commands::open::run,
    },
    Command {
        name: "param",
        aliases: &["params"],
        arguments: "[NAME=VALUE | unset NAME]",
        argument: Argument::Parameter,
        summary: "gives a parameter of patterns its value, or takes it away; without one, all there are",
        details: "A pattern writes a parameter as `$name`. The value is JSON, a text in single quotation marks, or plain words: \
                  `:param least=0.8`, `:param name='lung cancer'`, `:param ids=[\"a\", \"b\"]`. `:param least` shows one, `:param unset least` takes its value away.",
        run: commands::param::run,
    },
    Command {
        name: "let",
        aliases: &["names"],
        arguments: "[NAME | forget NAME]",
        argument: Argument::Given,
        summary: "the answers that `let` has named: the query, its rows and entities; with a name, that one",
        details: "`let NAME = QUERY` gives an answer a name. `:let NAME` shows the query, `:let forget NAME` takes the name away. Names belong to the open \
                  graph: `:open` takes all of them away.",
        run: commands::names::run,
    },
    Command {
        name: "source",
        aliases: &["read", "run"],
        arguments: "FILE",
        argument: Argument::AnyFile,
        summary: "runs the queries and commands of a file, up to the first that fails",
        details: "The file is written as they are typed: a phrase ends with its line, a pattern with `;`, a line that begins with `--` is a comment. Of a Markdown \
                  file (`.md`), such as a record, the blocks of the language `oms` are run. A file may run others, whose names are relative to its own \
                  folder. `:quit` ends the file.",
        run: commands::source::run,
    },
    Command {
        name: "record",
        aliases: &["tee"],
        arguments: "[FILE | append FILE | replace FILE | off]",
        argument: Argument::AnyFile,
        summary: "writes all that is asked and answered from now on to a Markdown file: a page of a lab notebook",
        details: "Each query stands there with its answer and what the answer cites, behind the date, the version of the program and the fingerprint of the data. \
                  Comments (`-- text`) go in as prose. A record that is there is continued; any other file only with `append` or `replace`. `off` ends \
                  it with the list of what was cited, and so does leaving; without a word it says what is being recorded. `:source FILE` asks a record's \
                  queries again.",
        run: commands::record::run,
    },
    Command {
        name: "receipt",
        aliases: &[],
        arguments: "[FILE]",
        argument: Argument::AnyFile,
        summary: "states of the last answer: query, program, fingerprint of the data, checksum of the rows; writes it to a file",
        details: "A receipt is a small JSON file. `:verify FILE` and `oms verify FILE` ask its query again and say whether the answer is still the same. \
                  Queries that it refers to (`it`, `why 2`, a name of `let`) and parameters are part of it.",
        run: commands::receipt::run,
    },
    Command {
        name: "verify",
        aliases: &[],
        arguments: "FILE",
        argument: Argument::AnyFile,
        summary: "asks the query of a receipt again, and says whether the answer is still the same",
        details: "It is asked of the open graph; what `it` and names stand for stays as it was.",
        run: commands::verify::run,
    },
    Command {
        name: "config",
        aliases: &["set", "settings"],
        arguments: "[NAME [VALUE]]",
        argument: Argument::Setting,
        summary: "the settings, with where each comes from; with a name and a value, makes one for this session",
        details: "What is to last stands in the configuration file, which `oms config --default` writes to begin with. Options of the command line win over it.",
        run: commands::config::run,
    },
    Command {
        name: "timing",
        aliases: &[],
        arguments: "[on|off]",
        argument: Argument::Choice(&["off", "on"]),
        summary: "whether each answer says how long it took",
        details: "Without a word it turns from one to the other. The time is that of finding the answer, not of showing it.",
        run: commands::timing::run,
    },
    Command {
        name: "history",
        aliases: &[],
        arguments: "[N]",
        argument: Argument::Number,
        summary: "what was typed, the last 20 entries or the last N",
        details: "Up and Down go through it, where something is typed through what begins so; Ctrl-R searches it. It is kept across runs.",
        run: commands::history::run,
    },
    Command {
        name: "edit",
        aliases: &["e"],
        arguments: "[N]",
        argument: Argument::Number,
        summary: "opens the last input in an editor, then puts it at the prompt",
        details: "With a number it is the N-th input of `:history`. The editor is the one that `VISUAL` or `EDITOR` names, else `vi` or `nano`. What is saved stands at the prompt, to be looked at \
                  and sent off with Enter. Ctrl-X Ctrl-E does the same with what is being typed.",
        run: commands::edit::run,
    },
    Command {
        name: "keys",
        aliases: &[],
        arguments: "[emacs|vi]",
        argument: Argument::Choice(&["emacs", "vi"]),
        summary: "the keys that an input is edited with: those of Emacs, or those of vi",
        details: "Without a word it says which they are. `:help keys` lists them.",
        run: commands::keys::run,
    },
    Command {
        name: "quit",
        aliases: &["q", "exit"],
        arguments: "",
        argument: Argument::None,
        summary: "leaves; so does Ctrl-D on an empty line",
        details: "",
        run: commands::quit::run,
    },
];

/// The command of this name or alias, letter case aside.
pub fn command_named(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| {
        let mut names = std::iter::once(&command.name).chain(command.aliases);
        names.any(|known| known.eq_ignore_ascii_case(name))
    })
}
