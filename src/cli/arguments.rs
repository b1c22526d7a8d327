//! Arguments: what the command line accepts, and the words that explain it.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueHint};
use clap_complete::Shell;

use crate::render::{FORMATS, Format};
use crate::session::EMBEDDED;

use super::amounts;

/// Commands to begin with, each with what it does.
pub(super) const EXAMPLES: &[(&str, &str)] = &[
    ("oms", "opens the prompt"),
    ("oms ask 'causes where population = adult'", "asks one query; every row cites its evidence"),
    ("oms ask what causes OMS -f json", "answers for a program"),
    ("oms ask 'treatments of OMS' -f dot | dot -Tsvg > treatments.svg", "draws where the rows come from"),
    ("oms ask 'symptoms of OMS' -o symptoms.csv", "writes a file, its format chosen by its extension"),
    ("oms -f jsonl < questions.txt", "answers a script, one query after the other"),
    ("oms import hp.obo phenotype.hpoa -o hpo.oms", "makes a graph of files as they were downloaded"),
    ("oms -g oms -g hpo.oms ask 'symptoms of OMS'", "asks several graphs as one"),
    ("oms ask 'causes of OMS' --receipt causes.receipt.json", "also writes what the answer can be checked by"),
    ("oms verify causes.receipt.json", "asks again, and says whether the answer is still the same"),
    ("oms check --sources texts", "compares the sentences that are cited with the sources"),
];

/// A knowledge graph of opsoclonus-myoclonus syndrome that answers questions and cites its evidence.
///
/// Without a command, `oms` opens a prompt; where standard input is no terminal, it answers the queries that stand there, and
/// stops at the first that fails.
#[derive(Debug, Parser)]
#[command(name = "oms", version, args_override_self = true, after_help = examples())]
pub(super) struct Arguments {
    #[command(flatten)]
    pub options: Options,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What holds for every command.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// The graph to ask: `oms` is built in, anything else is a file of `oms import`, a folder, or a small file that could be imported
    /// (`./oms` is one of that name); several are asked as one
    #[arg(short, long, global = true, value_name = "PATH", default_value = EMBEDDED, hide_default_value = true, value_hint = ValueHint::AnyPath)]
    pub graph: Vec<PathBuf>,

    /// The form of the answer; `table` unless a file's extension says otherwise
    #[arg(short, long, global = true, value_name = "NAME", ignore_case = true, value_parser = formats())]
    pub format: Option<&'static Format>,

    /// Writes to a file, whole or not at all; its extension chooses the format
    #[arg(short, long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,

    /// Quotes the cited sentences from this folder, which holds a file SOURCE-ID.txt for each source, one sentence a line
    #[arg(long, global = true, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub sources: Option<PathBuf>,

    /// Gives a parameter of patterns its value: `--param x=5`, `--param 'name="lung cancer"'`; may be repeated
    #[arg(long, global = true, value_name = "NAME=VALUE")]
    pub param: Vec<String>,

    /// Stops a query after this time, such as `2s`, `500ms` or `1m`
    #[arg(long, global = true, value_name = "DURATION", value_parser = amounts::duration)]
    pub timeout: Option<Duration>,

    /// Stops a query when one of its steps makes more rows than this
    #[arg(long, global = true, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..))]
    pub max_rows: Option<u64>,

    /// Stops a query when the rows of one of its steps need more memory than this, such as `512MB` or `2GiB`
    #[arg(long, global = true, value_name = "SIZE", value_parser = amounts::memory)]
    pub memory: Option<u64>,

    /// Reads no configuration file
    #[arg(long, global = true)]
    pub no_config: bool,

    /// Leaves out warnings
    #[arg(long, global = true)]
    pub quiet: bool,

    /// Writes no colours; so does the environment variable NO_COLOR
    #[arg(long, global = true)]
    pub no_color: bool,

    /// Wraps tables and messages at this many columns; else at the width of the terminal, if there is one
    #[arg(long, global = true, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(10..=10_000))]
    pub width: Option<u16>,

    /// Whether `--graph` was given.
    #[arg(skip)]
    pub names_graph: bool,

    /// The configuration file that names the graph, where it does.
    #[arg(skip)]
    pub graph_said_by: Option<String>,

    /// Whether `--sources` was given.
    #[arg(skip)]
    pub names_sources: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Answers one query
    #[command(after_help = "A query is best put between single quotes. Its words may also stand alone: oms ask causes of OMS")]
    Ask {
        /// The query, in one word or in several; a lone `-` reads it from standard input
        #[arg(required = true, value_name = "QUERY")]
        query: Vec<OsString>,
        /// Writes a receipt of the answer to this file (`-` is standard output): what was asked, of which data, and the checksum of the rows
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        receipt: Option<PathBuf>,
    },
    /// Asks the query of a receipt again, and says whether the answer is still the same
    #[command(
        after_help = "The graph is the one that the receipt names, unless `--graph` names another. Status 0: the rows are the same; 1: they are not; 3: the receipt or the graph cannot be read, or is not as it was written.\nWith `-f json`, one object: verdict (same, other-order, differs, refused), query, asked, rows, data, program."
    )]
    Verify {
        /// The receipt, as `oms ask QUERY --receipt FILE` or `:receipt FILE` wrote it; `-` reads it from standard input
        #[arg(value_name = "RECEIPT", value_hint = ValueHint::FilePath)]
        receipt: PathBuf,
    },
    /// Shows the settings with their values and where those come from; `--default` writes a configuration file to begin with
    Config {
        /// Writes a configuration file that says what every setting is without one, with a comment for each
        #[arg(long)]
        default: bool,
    },
    /// Reports what the graph holds and how much of its sources it cites; with `--sources`, whether they still say so
    #[command(after_help = "Status 3 if the graph is faulty or a sentence is not the one that was read; warnings leave it at 0.")]
    Check {
        /// The graph to check, instead of `--graph`
        #[arg(value_name = "GRAPH", value_hint = ValueHint::DirPath)]
        target: Option<PathBuf>,
    },
    /// Shows the relations, kinds and qualifiers that queries can name
    #[command(
        after_help = "For people there is one table for each part. For programs there is one answer: its column `part` tells them apart, and its view has the kinds as entities."
    )]
    Schema {
        /// Only this part
        #[arg(value_enum, value_name = "PART")]
        part: Option<Part>,
    },
    /// Writes the whole graph: a row for each relation, or all of it in the form of another program
    #[command(
        after_help = "oms export -f kgx -o mine            mine_nodes.tsv and mine_edges.tsv\noms export -o mine.tar.gz            both in an archive\noms export -o mine.graphml           for Gephi, yEd, Cytoscape and NetworkX\noms -g mine.graph export -o all.csv  a row for each relation\nA file whose name ends with .gz is packed."
    )]
    Export,
    /// Measures how long the queries of a file take
    #[command(
        after_help = "Each line of the file is `name<TAB>query`. The first time is told by itself; then a query runs for 30 ms unmeasured, then as often as `--runs` says. A time is that from the text of a query to the values of all its rows; the evidence and the view that answers come with are not made.\nWith `-f json`, one JSON object a line: name, first_s, median_s, min_s, rows."
    )]
    Bench {
        /// The file with the queries
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// How often each query is measured once it is warm
        #[arg(long, value_name = "NUMBER", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
        runs: u32,
    },
    /// Makes a graph file of tables, ontologies and annotations, as they were downloaded; `-o FILE` says where
    #[command(after_help = IMPORT_HELP)]
    Import(ImportOptions),
    /// Writes the completions of the command line for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Writes the manual page, which `man -l -` shows
    Man,
}

/// What is said below the options of an import.
const IMPORT_HELP: &str = "\
oms import hp.obo.gz phenotype.hpoa -o hpo.oms
oms import nodes.tsv edges.tsv -o mine.oms
oms -g mine.oms schema

The form of a file is told by its content; what is packed with gzip or zstd is read as it is, and so are tar archives and folders. \
Rows that cannot be used are left out, counted and told; status 0 all the same, unless `--strict` is given.";

/// What an import is told beside what holds for every command.
#[derive(Debug, Args)]
pub(super) struct ImportOptions {
    /// What to import: files, archives and folders, `-` for standard input, and graphs to join them with, such as `oms`
    #[arg(required = true, value_name = "SOURCE", value_hint = ValueHint::AnyPath)]
    pub sources: Vec<PathBuf>,

    /// Writes the rows that are left out to this file: file, line, cause and the row, with tabs between them
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub rejects: Option<PathBuf>,

    /// Makes rows that would be left out an error: nothing is written
    #[arg(long)]
    pub strict: bool,

    /// Says what a column of a table holds: `--map gene_symbol=name`, `--map relation:=binds` for all rows; may be repeated
    #[arg(long, value_name = "COLUMN=ROLE")]
    pub map: Vec<String>,

    /// Keeps terms that their ontology calls obsolete
    #[arg(long)]
    pub obsolete: bool,

    /// Words and types for what the data names, instead of the `schema.toml` beside the first source
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub schema: Option<PathBuf>,

    /// What the graph is called; else as its file
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
}

/// A part of the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Part {
    /// What relates two entities
    Relations,
    /// What entities are
    Kinds,
    /// What statements say more of a relation
    Qualifiers,
    /// What is said of entities beyond their names and identifiers
    Properties,
}

/// The names of formats; completions and messages list them.
fn formats() -> impl TypedValueParser<Value = &'static Format> {
    let values = FORMATS.iter().map(|format| PossibleValue::new(format.name).aliases(format.aliases).help(format.summary));
    PossibleValuesParser::new(values).try_map(|name| Format::named(&name).ok_or("there is no such format"))
}

fn examples() -> String {
    let mut text = String::from("Examples:\n");
    for (command, purpose) in EXAMPLES {
        text.push_str(&format!("  {command}\n          {purpose}\n"));
    }
    text.push_str("\nExit status:\n  0 answered, 1 the query is wrong, 2 an option is wrong, 3 data or a file is wrong,\n  4 a limit was hit, 130 interrupted");
    text
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Arguments;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }
}
