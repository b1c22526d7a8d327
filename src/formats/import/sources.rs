//! Sources: what a user names to be imported (files, folders, archives, graphs), told apart by content and read by the readers of their forms.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Complaints, Diagnostic};
use crate::formats::snapshot::Checking;
use crate::formats::{KnowledgeGraph, Question, curated, embedded, hpoa, kgx, obo, obographs, snapshot, tables};

use super::archive::{is_archive, members};
use super::draft::GraphDraft;
use super::input::{Input, Reading};
use super::recognise::{first_words, foreign, is_about_edges};

/// The name of the graph that the program carries.
const EMBEDDED: &str = "oms";
/// Files that make a folder one of a curated graph; `schema.toml` alone can stand beside tables.
const CURATED: [&str; 4] = ["entities.toml", "statements.toml", "sources.toml", "questions.toml"];

/// What reads a form of files.
#[derive(Debug)]
pub struct Reader {
    /// What the form is called.
    pub name: &'static str,
    /// How such a file can be told, in a few words.
    pub sign: &'static str,
    recognises: fn(&[u8], &str) -> bool,
    read: fn(&str, &[Input], Reading<'_>) -> Result<GraphDraft, Complaints>,
    togetherness: Togetherness,
}

/// Which files of a form make one draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Togetherness {
    /// Each by itself.
    None,
    /// A table of nodes and the table of edges that is called like it.
    Pairs,
    /// All.
    All,
}

/// The forms that can be read, in the order in which files are tried.
pub const READERS: &[Reader] = &[
    Reader {
        name: "OBO",
        sign: "an ontology in text, with frames such as `[Term]`",
        recognises: obo::recognises,
        read: |name, inputs, reading| alone(inputs, |input| obo::read(name, input, reading)),
        togetherness: Togetherness::None,
    },
    Reader {
        name: "OBO Graphs",
        sign: "an ontology in JSON, with `graphs` of `nodes` and `edges`",
        recognises: obographs::recognises,
        read: |name, inputs, reading| alone(inputs, |input| obographs::read(name, input, reading)),
        togetherness: Togetherness::None,
    },
    Reader {
        name: "HPO annotations",
        sign: "`phenotype.hpoa`, with columns such as `database_id` and `hpo_id`",
        recognises: hpoa::recognises,
        read: |name, inputs, reading| alone(inputs, |input| hpoa::read(name, input, reading)),
        togetherness: Togetherness::None,
    },
    Reader {
        name: "KGX",
        sign: "tables with the columns `id` and `category`, or `subject`, `predicate` and `object`",
        recognises: kgx::recognises,
        read: kgx::read,
        togetherness: Togetherness::Pairs,
    },
    Reader {
        name: TABLES,
        sign: "nodes or edges with any header, columns set apart by tabs, commas or the like; `--map COLUMN=ROLE` says what a column holds",
        recognises: tables::recognises,
        read: tables::read,
        togetherness: Togetherness::All,
    },
];

/// What the reader of tables with any header is called.
const TABLES: &str = "tables";

/// Reads the one file that there is of a form whose files have nothing to do with each other.
fn alone(inputs: &[Input], read: impl Fn(&Input) -> Result<GraphDraft, Complaints>) -> Result<GraphDraft, Complaints> {
    match inputs {
        [only] => read(only),
        _ => Err(Diagnostic::error(Code::BadOption, format!("{} files are read as one, and should not be", inputs.len())).into()),
    }
}

/// What was named, opened far enough to know what it is.
#[derive(Debug)]
pub struct Sources {
    parts: Vec<Part>,
    passed_over: Vec<String>,
}

/// What makes one draft.
#[derive(Debug)]
pub enum Part {
    /// A graph that is ready to be asked.
    Graph {
        /// What it was named by.
        name: String,
        /// The graph.
        knowledge: Box<KnowledgeGraph>,
    },
    /// Files of one form that belong together.
    Files {
        /// What reads them.
        reader: &'static Reader,
        /// The files.
        inputs: Vec<Input>,
    },
}

/// Whether a name is that of a graph which is opened as it is: `oms`, a file that was imported, or a folder of curated files. Anything
/// else has to be imported first. What does not exist counts as a graph.
pub fn is_graph(path: &Path) -> bool {
    if path == Path::new(EMBEDDED) {
        return true;
    }
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => is_curated(path) || !holds_files(path),
        Ok(found) if found.is_file() => snapshot::is_snapshot(path) || is_of_curated(path),
        Ok(_) => false,
        Err(_) => path != Path::new("-"),
    }
}

fn is_curated(folder: &Path) -> bool {
    CURATED.iter().any(|name| folder.join(name).is_file())
}

/// Whether a file is one of those in a curated folder, which is to be named instead.
fn is_of_curated(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "schema.toml" || CURATED.iter().any(|known| name == *known))
}

/// Whether a folder holds anything that may be data.
fn holds_files(folder: &Path) -> bool {
    listed(folder).is_ok_and(|files| !files.is_empty())
}

/// The files of a folder by name, without hidden ones and those that curators write.
fn listed(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_hidden = path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
        if path.is_file() && !is_hidden && path.extension().is_none_or(|extension| extension != "toml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The folders within a folder, by name, without hidden ones.
fn folders_in(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    let is_shown = |path: &PathBuf| path.file_name().is_some_and(|name| !name.as_encoded_bytes().starts_with(b"."));
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir() && is_shown(path)).collect();
    folders.sort();
    folders.into_iter()
}

impl Sources {
    /// Looks at everything that was named. Files that belong together become one part.
    ///
    /// # Errors
    /// Every file that cannot be read or whose form nothing reads; one that is named twice; an interruption. What a folder or
    /// an archive holds besides is passed over, unless nothing else is in it.
    pub fn of(named: &[PathBuf], reading: Reading<'_>) -> Result<Sources, Complaints> {
        let mut found = Found { known: Vec::new(), graphs: Vec::new(), passed_over: Vec::new(), faults: Vec::new() };
        for (at, path) in named.iter().enumerate() {
            if named[..at].iter().any(|earlier| is_same(earlier, path)) {
                let complaint = Diagnostic::error(Code::BadOption, format!("'{}' is named twice", path.display()));
                found.faults.push(complaint.help("once is enough"));
                continue;
            }
            if let Err(complaints) = found.take(path, reading) {
                found.faults.extend(complaints.diagnostics().iter().cloned());
            }
        }
        match Complaints::new(std::mem::take(&mut found.faults)) {
            Some(complaints) => Err(complaints),
            None if reading.mapping.is_some() && !found.known.iter().any(|(reader, ..)| reader.name == TABLES) => {
                let complaint = Diagnostic::error(Code::BadOption, "`--map` says what columns hold, and there is no table");
                Err(complaint.help("the forms of ontologies and annotations say it themselves").into())
            }
            None => Ok(found.grouped()),
        }
    }

    /// The parts, in the order in which they were named.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Every file that will be read.
    pub fn inputs(&self) -> impl Iterator<Item = &Input> {
        self.parts.iter().flat_map(|part| match part {
            Part::Files { inputs, .. } => inputs.as_slice(),
            Part::Graph { .. } => &[],
        })
    }

    /// The questions of the first graph among the parts.
    pub fn questions(&self) -> Vec<Question> {
        let own = |part: &Part| if let Part::Graph { knowledge, .. } = part { Some(knowledge.questions.clone()) } else { None };
        self.parts.iter().find_map(own).unwrap_or_default()
    }

    /// What was passed over in folders and archives, one line each.
    pub fn passed_over(&self) -> &[String] {
        &self.passed_over
    }

    /// Reads all parts. A single one is called by the name, several by those of their files.
    ///
    /// # Errors
    /// What the readers say; an interruption.
    pub fn read(self, name: &str, reading: Reading<'_>) -> Result<Vec<GraphDraft>, Complaints> {
        let is_single = self.parts.len() == 1;
        let mut drafts = Vec::new();
        for part in self.parts {
            drafts.push(match part {
                Part::Graph { knowledge, .. } => super::draft_of(&knowledge),
                Part::Files { reader, inputs } => {
                    let own = inputs.first().map(stem).unwrap_or_default();
                    (reader.read)(if is_single { name } else { &own }, &inputs, reading)?
                }
            });
        }
        Ok(drafts)
    }
}

/// Reads everything that was named, each part under its own name.
///
/// # Errors
/// As for [`Sources::of`] and [`Sources::read`].
pub fn read_sources(named: &[PathBuf], reading: Reading<'_>) -> Result<Vec<GraphDraft>, Complaints> {
    let sources = Sources::of(named, reading)?;
    let name = named.first().map(|path| stem(&Input::new(path))).unwrap_or_default();
    sources.read(&name, reading)
}

/// The name of a file without its endings.
fn stem(input: &Input) -> String {
    let name = input.name();
    let end = name.rfind('.').filter(|at| *at > 0).unwrap_or(name.len());
    let stem = name[..end].trim_end_matches(".tar");
    let group = group_key(stem);
    if group.is_empty() { stem.to_owned() } else { group }
}

/// A file's name without the words that tell nodes from edges.
fn group_key(stem: &str) -> String {
    let mut key = stem.to_owned();
    for word in ["nodes", "edges", "node", "edge"] {
        if let Some(at) = key.to_ascii_lowercase().rfind(word) {
            key.replace_range(at..at + word.len(), "");
            break;
        }
    }
    key.trim_matches(['_', '-', '.', ' ']).to_owned()
}

/// Whether two paths lead to one file.
pub fn is_same(left: &Path, right: &Path) -> bool {
    match (left.canonicalize(), right.canonicalize()) {
        (Ok(left), Ok(right)) => left == right,
        _ => left == right,
    }
}

/// What has been found so far.
struct Found {
    /// Files with their readers, the number of the source they came from, and whether they are about edges.
    known: Vec<(&'static Reader, Input, bool)>,
    graphs: Vec<(usize, Part)>,
    passed_over: Vec<String>,
    faults: Vec<Diagnostic>,
}

impl Found {
    fn take(&mut self, path: &Path, reading: Reading<'_>) -> Result<(), Complaints> {
        if reading.is_interrupted() {
            return Err(Diagnostic::error(Code::Interrupted, "interrupted").into());
        }
        if path == Path::new(EMBEDDED) {
            return self.graph(path, embedded::oms());
        }
        if path == Path::new("-") {
            let input = Input::of_stream(Path::new("standard input"), io::stdin().lock());
            return self.file(&input.map_err(|error| unreadable(path, &error))?, reading);
        }
        let found = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        if found.is_dir() {
            return if is_curated(path) { self.graph(path, curated::read(path)?.knowledge) } else { self.folder(path, reading) };
        }
        if !found.is_file() {
            let input = File::open(path).and_then(|stream| Input::of_stream(path, stream));
            return self.file(&input.map_err(|error| unreadable(path, &error))?, reading);
        }
        if snapshot::is_snapshot(path) {
            return self.graph(path, snapshot::open_checking(path, Checking::AtOnce)?);
        }
        let input = Input::new(path);
        let beginning = input.beginning().map_err(|error| unreadable(path, &error))?;
        if is_archive(&beginning) { self.archive(path, reading) } else { self.file_that_begins(&input, &beginning, reading) }
    }

    fn graph(&mut self, path: &Path, knowledge: KnowledgeGraph) -> Result<(), Complaints> {
        let name = if path == Path::new(EMBEDDED) { EMBEDDED.to_owned() } else { stem(&Input::new(path)) };
        self.graphs.push((self.known.len(), Part::Graph { name, knowledge: Box::new(knowledge) }));
        Ok(())
    }

    fn file(&mut self, input: &Input, reading: Reading<'_>) -> Result<(), Complaints> {
        let beginning = input.beginning().map_err(|error| unreadable(input.path(), &error))?;
        if is_archive(&beginning) {
            let complaint = Diagnostic::error(Code::Malformed, format!("'{}' is an archive in a pipe", input.path().display()));
            return Err(complaint.help("the archive is read as a file: its name instead of the pipe").into());
        }
        self.file_that_begins(input, &beginning, reading)
    }

    fn file_that_begins(&mut self, input: &Input, beginning: &[u8], reading: Reading<'_>) -> Result<(), Complaints> {
        let reader = reader_of(input, beginning, reading)?;
        self.known.push((reader, input.clone(), is_about_edges(beginning)));
        Ok(())
    }

    fn folder(&mut self, folder: &Path, reading: Reading<'_>) -> Result<(), Complaints> {
        let files = listed(folder).map_err(|error| unreadable(folder, &error))?;
        self.passed_over
            .extend(folders_in(folder).map(|inner| format!("passed over: '{}' is a folder; it can be named by itself", inner.display())));
        let before = self.known.len();
        for path in &files {
            let input = Input::new(path);
            match input.beginning() {
                Ok(beginning) if is_archive(&beginning) => self.archive(path, reading)?,
                Ok(beginning) => self.file_or_note(&input, &beginning, reading),
                Err(error) => return Err(unreadable(path, &error).into()),
            }
        }
        self.something_since(before, folder, files.len(), "folder")
    }

    fn archive(&mut self, path: &Path, reading: Reading<'_>) -> Result<(), Complaints> {
        let found = members(path, reading);
        if reading.is_interrupted() {
            return Err(Diagnostic::error(Code::Interrupted, "interrupted").into());
        }
        let members = found.map_err(|error| unreadable(path, &error))?;
        let before = self.known.len();
        for input in &members {
            match input.beginning() {
                Ok(beginning) => self.file_or_note(input, &beginning, reading),
                Err(error) => return Err(unreadable(input.path(), &error).into()),
            }
        }
        self.something_since(before, path, members.len(), "archive")
    }

    /// Takes a file that was not named by itself, or notes that it is passed over.
    fn file_or_note(&mut self, input: &Input, beginning: &[u8], reading: Reading<'_>) {
        if let Err(complaint) = self.file_that_begins(input, beginning, reading) {
            let message = complaint.diagnostics().first().map(|diagnostic| diagnostic.message.clone()).unwrap_or_default();
            self.passed_over.push(format!("passed over: {message}"));
        }
    }

    fn something_since(&self, before: usize, path: &Path, files: usize, what: &str) -> Result<(), Complaints> {
        if self.known.len() > before {
            return Ok(());
        }
        let message = format!("none of the {files} files in the {what} '{}' can be imported", path.display());
        Err(with_forms(Diagnostic::error(Code::Malformed, message)).into())
    }

    /// The files that belong together, as parts.
    fn grouped(self) -> Sources {
        let mut parts: Vec<(usize, Part)> = self.graphs;
        let mut groups: Vec<Group> = Vec::new();
        for (at, (reader, input, is_edges)) in self.known.into_iter().enumerate() {
            let key = match reader.togetherness {
                Togetherness::None => format!("{at}"),
                Togetherness::All => String::new(),
                Togetherness::Pairs => format!("{} {}", input.path().parent().unwrap_or(Path::new("")).display(), stem(&input)),
            };
            let has_room =
                |group: &[(Input, bool)]| reader.togetherness != Togetherness::Pairs || group.iter().all(|(_, known)| *known != is_edges);
            let group = groups.iter_mut().find(|(_, known, name, inputs)| std::ptr::eq(*known, reader) && *name == key && has_room(inputs));
            match group {
                Some((_, _, _, inputs)) => inputs.push((input, is_edges)),
                None => groups.push((at, reader, key, vec![(input, is_edges)])),
            }
        }
        for reader in READERS.iter().filter(|reader| reader.togetherness == Togetherness::Pairs) {
            pair_up(&mut groups, reader);
        }
        for (at, reader, _, inputs) in groups {
            parts.push((at, Part::Files { reader, inputs: inputs.into_iter().map(|(input, _)| input).collect() }));
        }
        parts.sort_by_key(|(at, _)| *at);
        Sources { parts: parts.into_iter().map(|(_, part)| part).collect(), passed_over: self.passed_over }
    }
}

/// The number of its first file, its reader, what its files are called, and the files.
type Group = (usize, &'static Reader, String, Vec<(Input, bool)>);

/// A single table of nodes and a single one of edges belong together, whatever they are called.
fn pair_up(groups: &mut Vec<Group>, reader: &'static Reader) {
    let own: Vec<usize> = (0..groups.len()).filter(|at| std::ptr::eq(groups[*at].1, reader)).collect();
    let &[first, second] = own.as_slice() else { return };
    let is_one = |at: usize| groups[at].3.len() == 1;
    if is_one(first) && is_one(second) && groups[first].3[0].1 != groups[second].3[0].1 {
        let (_, _, _, inputs) = groups.remove(second);
        groups[first].3.extend(inputs);
    }
}

fn reader_of(input: &Input, beginning: &[u8], reading: Reading<'_>) -> Result<&'static Reader, Complaints> {
    let shown = input.path().display();
    if beginning.is_empty() {
        return Err(Diagnostic::error(Code::Malformed, format!("'{shown}' is empty"))
            .help("was it written or downloaded to the end?")
            .into());
    }
    if let Some(foreign) = foreign(beginning) {
        let complaint = Diagnostic::error(Code::Malformed, format!("'{shown}' is {}", foreign.words));
        return Err(complaint.help(foreign.help).into());
    }
    let name = input.name();
    let known = READERS.iter().find(|reader| (reader.recognises)(beginning, &name));
    // Whoever says what columns hold wants a table, whatever its header looks like.
    let is_mapped = reading.mapping.is_some() && known.is_none_or(|reader| reader.togetherness == Togetherness::Pairs);
    let tables = READERS.iter().find(|reader| reader.name == TABLES);
    if let Some(reader) = if is_mapped { tables } else { known } {
        return Ok(reader);
    }
    let begins = first_words(beginning).map(|words| format!(": it begins `{words}`")).unwrap_or_default();
    let complaint = Diagnostic::error(Code::Malformed, format!("'{shown}' has no form that can be imported{begins}"));
    Err(with_forms(complaint).into())
}

/// The complaint with the forms that there are.
fn with_forms(complaint: Diagnostic) -> Diagnostic {
    let forms: Vec<String> = READERS.iter().map(|reader| format!("{}: {}", reader.name, reader.sign)).collect();
    complaint.help(format!("what can be imported:\n{}", forms.join("\n")))
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    let shown = path.display();
    match error.kind() {
        io::ErrorKind::NotFound => {
            Diagnostic::error(Code::Unreadable, format!("'{shown}' cannot be read: there is no such file")).help("is the path right?")
        }
        io::ErrorKind::PermissionDenied => {
            Diagnostic::error(Code::Unreadable, format!("'{shown}' cannot be read: its permissions do not allow it"))
        }
        _ => Diagnostic::error(Code::Unreadable, format!("'{shown}' cannot be read: {error}")),
    }
}
