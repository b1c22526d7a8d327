//! Session: a graph, an engine and what was asked before; `ask` is the whole way from text to answer.

mod asked;
mod beside;
mod checked;
mod describe;
mod described;
mod explanation;
mod fingerprint;
mod foresee;
mod justify;
mod quote;
mod schema_view;
mod stages;
mod stopped;
mod suggest;
mod together;
mod verdict;
mod vocabulary;
mod whole;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use crate::algebra;
use crate::algebra::rewrite::{Demand, Passes};
use crate::answer::{Answer, Stage, Subgraph};
use crate::diagnostic::{Code, Complaints, Diagnostic, Origin};
use crate::engine::{Embedded, Outcome};
use crate::formats::{KnowledgeGraph, Question, curated, embedded, snapshot};
use crate::model::{Value, fold};
use crate::query::mend::{self, Understood};
use crate::query::resolve::{Context, Memory, resolve};
use crate::query::syntax::tree::{self, Request};
use crate::query::syntax::{self, Token};
use crate::schema::{Lexicon, Schema};
use crate::store::Graph;

pub use crate::engine::Limits;
pub use asked::Asked;
pub use described::SORTS;
pub use foresee::{Budget, Count};
pub use schema_view::SchemaView;
pub use suggest::Suggestion;
pub use verdict::{Judge, Wrong};
use vocabulary::GraphVocabulary;

/// The name of the graph that the program carries.
pub const EMBEDDED: &str = "oms";

/// A graph that is being asked.
///
/// ```
/// use oms_graph::Session;
///
/// let mut session = Session::open("oms")?;
/// let answer = session.ask("causes where population = adult")?;
/// let causes: Vec<String> = answer.rows.iter().map(|row| row.cells[0].to_string()).collect();
/// assert_eq!(causes, ["breast cancer", "lung cancer"]);
/// assert_eq!(answer.evidence[0].locator(), "oms-overview, sentence 17");
/// # Ok::<(), oms_graph::Complaints>(())
/// ```
#[derive(Debug)]
pub struct Session {
    name: String,
    knowledge: KnowledgeGraph,
    questions: OnceLock<Vec<Question>>,
    memory: Memory,
    asked: Vec<Asked>,
    fingerprint: OnceLock<String>,
    limits: Limits,
    parameters: BTreeMap<String, Value>,
    sources: Option<PathBuf>,
    warnings: Vec<Diagnostic>,
    origins: together::Origins,
    beside: beside::Beside,
    /// The last query without what it was warned about.
    fixed: Option<String>,
    explains: bool,
    /// What is remembered of the last answer, for `suggest`.
    last: Option<suggest::Last>,
}

impl Session {
    /// Opens a graph: `oms` is the one that the program carries, anything else a file that was
    /// imported, or a folder of curated files (`./oms` is one of that name).
    ///
    /// # Errors
    /// Every fault of the folder's files, each with its place; or why the file cannot be opened.
    ///
    /// ```
    /// # use oms_graph::Session;
    /// let missing = Session::open("no/such/folder").unwrap_err();
    /// assert_eq!(missing.class().exit_status(), 3);
    /// ```
    pub fn open(graph: &str) -> Result<Session, Complaints> {
        if graph == EMBEDDED {
            return Ok(Session::new(graph, embedded::oms_without_questions(), Vec::new()));
        }
        let path = Path::new(graph);
        if snapshot::is_snapshot(path) {
            return Ok(Session::new(graph, snapshot::open(path)?, Vec::new()));
        }
        let loaded = curated::read(path)?;
        Ok(Session::new(graph, loaded.knowledge, loaded.warnings))
    }

    fn new(name: &str, knowledge: KnowledgeGraph, warnings: Vec<Diagnostic>) -> Session {
        let memory = Memory::default();
        Session {
            name: name.to_owned(),
            knowledge,
            questions: OnceLock::new(),
            memory,
            asked: Vec::new(),
            fingerprint: OnceLock::new(),
            limits: Limits::default(),
            parameters: BTreeMap::new(),
            sources: None,
            warnings,
            origins: together::Origins { has_embedded_questions: name == EMBEDDED, ..together::Origins::default() },
            beside: beside::Beside::default(),
            fixed: None,
            explains: true,
            last: None,
        }
    }

    /// A session on a graph that is in memory already.
    pub fn of(knowledge: KnowledgeGraph) -> Session {
        Session::new("graph", knowledge, Vec::new())
    }

    /// The values that `$name` stands for in patterns, by name.
    pub fn parameters(&self) -> &BTreeMap<String, Value> {
        &self.parameters
    }

    /// Gives parameters their values from now on; those with other names keep theirs.
    pub fn set_parameters(&mut self, parameters: impl IntoIterator<Item = (String, Value)>) {
        self.parameters.extend(parameters);
    }

    /// The plain values of the rows of a query, with the names of the columns: for programs that compute with them. Nothing
    /// is remembered.
    ///
    /// # Errors
    /// See [`Session::ask`].
    pub fn rows(&self, text: &str) -> Result<(Vec<String>, Vec<Vec<Value>>), Complaints> {
        let origin = Origin::new("query", text);
        let placed = |complaint: Diagnostic| Complaints::from(complaint.in_origin(&origin));
        let understood = mend::understood(text, self.context()).map_err(|faults| self.told(text, faults, &origin))?;
        let Some(query) = understood.query else { return Ok((Vec::new(), Vec::new())) };
        let vocabulary = self.vocabulary();
        let engine = Embedded { graph: &self.knowledge.graph, vocabulary: &vocabulary, limits: &self.limits, passes: Passes::ALL };
        let rows = engine.rows(&query).map_err(|stopped| placed(stopped::complaint(&stopped)));
        self.intact()?;
        let rows = rows?;
        Ok((query.columns.into_iter().map(|column| column.name).collect(), rows))
    }

    /// Answers a query. The session remembers the answer for `it` and `why N`, and those that `let` names.
    ///
    /// # Errors
    /// What is wrong with the query, with its place, or why it was stopped.
    ///
    /// ```
    /// # use oms_graph::Session;
    /// let mut session = Session::open("oms")?;
    /// session.ask("symptoms of OMS")?;
    /// let eyes = session.ask("it where symptom contains \"eye\"");
    /// # let _ = eyes;
    /// let wrong = session.ask("symptom of opsoclnus").unwrap_err();
    /// assert!(wrong.to_string().contains("opsoclonus"));
    /// # Ok::<(), oms_graph::Complaints>(())
    /// ```
    pub fn ask(&mut self, text: &str) -> Result<Answer, Complaints> {
        let answer = self.answered(text);
        self.intact()?;
        answer
    }

    /// Whether all that was read of the graph's file up to now is what was written. Whatever this session answers is held
    /// against it already; whoever reads from [`Session::graph`] asks before relying on what was read.
    ///
    /// # Errors
    /// A part of the file is damaged.
    pub fn intact(&self) -> Result<(), Complaints> {
        self.knowledge.graph.fault().map_or(Ok(()), |fault| Err(snapshot::damaged(&self.name, fault)))
    }

    fn answered(&mut self, text: &str) -> Result<Answer, Complaints> {
        let origin = Origin::new("query", text);
        let placed = |complaint: Diagnostic| Complaints::from(complaint.in_origin(&origin));
        let stopped = |stopped| placed(stopped::complaint(&stopped));
        if self.is_unsupported() && is_why_row(text) {
            self.support_rows().map_err(stopped)?;
        }
        self.fixed = None;
        let Understood { request, query, warnings } =
            mend::understood(text, self.context()).map_err(|faults| self.told(text, faults, &origin))?;
        let (Some(tree), Some(query)) = (request.query(), query) else { return self.looked_up(&request, text, &origin) };
        let is_pattern = matches!(tree.body, tree::Body::Pattern(_));
        let why = match tree.body {
            tree::Body::WhyRow(_) => Some(true),
            tree::Body::Why(..) => Some(false),
            _ => None,
        };
        let needs = self.needs(tree, text);
        let name = match &request {
            Request::Let(name, _) => Some(name),
            _ => None,
        };
        let fixed = (!warnings.is_empty()).then(|| mend::without_warnings(text, &warnings, self.context())).flatten();
        let wanted = self.wanted(&query, is_pattern, why.is_some());
        let mut first_relations = Vec::new();
        let mut answer = match &request {
            Request::Explain(_) => self.explain(&query, is_pattern, wanted.demand),
            Request::Profile(_) => self.profile(&query).map_err(stopped)?,
            _ => {
                let mut outcome = self.engine().run(&query, wanted.demand, wanted.view).map_err(stopped)?;
                if self.explains {
                    let asked = explanation::Asked { tree, query: &query, name: name.map(|name| name.value.as_str()) };
                    outcome.answer.explanation = explanation::explain(self, text, &asked, &outcome.answer);
                    if self.limits.interrupt.load(Ordering::Relaxed) {
                        return Err(stopped(crate::engine::Stopped::Interrupted));
                    }
                }
                self.leave_out(text, query, wanted, is_pattern);
                first_relations = std::mem::take(&mut outcome.first_relations);
                let name = name.map(|name| name.value.as_str());
                // The reasons of a row leave what the numbers of rows refer to as it was.
                let is_row = why == Some(true);
                let answer = if is_row { outcome.answer } else { self.remember(outcome, name) };
                self.note(text, name, needs, &answer, !is_row);
                answer
            }
        };
        answer.query = text.trim().to_owned();
        if self.explains && answer.unknown > 0 {
            answer.possibly = suggest::possibly(self, text.trim());
        }
        answer.warnings.extend(warnings.into_iter().map(|warning| warning.in_origin(&origin).to_string()));
        answer.warnings.extend(fixed.as_ref().map(|fixed| format!("probably meant: {fixed}")));
        self.fixed = fixed;
        if let Some(folder) = &self.sources {
            quote::fill(&mut answer, &self.knowledge.graph, folder);
        }
        if let Some(is_row) = why {
            answer.justification = justify::justification(self, &answer, is_row);
        }
        // What leads on from reasons leads on from what they are the reasons of.
        if answer.stages.is_empty() && why.is_none() {
            self.last = Some(suggest::Last::of(&answer, self.types_in_view(&answer, &first_relations)));
        }
        Ok(answer)
    }

    /// The answer to a query that nobody typed; nothing is remembered. None where it cannot be answered.
    fn asked_aside(&self, text: &str) -> Option<Answer> {
        let request = syntax::parse(text).ok()?;
        let Request::Ask(query) = &request else { return None };
        let query = resolve(query, self.context()).ok()?;
        self.engine().run(&query, Demand::Evidence, true).ok().map(|outcome| outcome.answer)
    }

    /// What is wrong with a query: everything that can be seen at once, with the query as it was probably meant.
    fn told(&self, text: &str, faults: Vec<Diagnostic>, origin: &Arc<Origin>) -> Complaints {
        if let Some(complaint) = described::of_what(self, text) {
            return self.with_fix(complaint, text, origin);
        }
        let mend::Mended { mut faults, mut fixed } = mend::mended(text, faults, self.context());
        if let Some(whole) = suggest::asked_whole(self, text, &faults) {
            if let Some(fault) = faults.first_mut() {
                fault.help = vec![format!("`it` stands for entities, without what was said of them; the whole question: `{whole}`")];
            }
            fixed = Some(whole);
        }
        all_placed(faults, origin).with_fixed(fixed.map(|fixed| fixed.trim().to_owned()))
    }

    /// The last query as it was probably meant, where a warning about it says how.
    pub fn fixed(&self) -> Option<&str> {
        self.fixed.as_deref()
    }

    fn context(&self) -> Context<'_> {
        let KnowledgeGraph { schema, lexicon, graph, .. } = &self.knowledge;
        Context { schema, lexicon, names: graph, memory: &self.memory, parameters: &self.parameters }
    }

    fn vocabulary(&self) -> GraphVocabulary<'_> {
        GraphVocabulary { schema: &self.knowledge.schema, graph: &self.knowledge.graph }
    }

    fn engine(&self) -> Engine<'_> {
        Engine { session: self, vocabulary: self.vocabulary() }
    }

    /// The stages of a query; a pattern is its own equivalent.
    fn explain(&self, query: &algebra::Query, is_pattern: bool, demand: Demand) -> Answer {
        let vocabulary = self.vocabulary();
        let mut stages = vec![Stage { name: "algebra", text: algebra::print(query, &vocabulary) }];
        stages.push(stages::plan(&self.engine().embedded().planned(query, demand), &self.knowledge.graph, &vocabulary));
        if !is_pattern {
            stages.push(Stage { name: "pattern", text: algebra::pattern(query, &vocabulary) });
        }
        Answer { stages, ..Answer::default() }
    }

    /// What each operator of a query makes, and how long that takes.
    fn profile(&self, query: &algebra::Query) -> Result<Answer, crate::engine::Stopped> {
        let vocabulary = self.vocabulary();
        let engine = self.engine();
        let planned = engine.embedded().planned(query, Demand::Rows);
        let (_, measures) = engine.embedded().profile(&planned)?;
        let stage = stages::profile(&planned, &measures, &self.knowledge.graph, &vocabulary);
        Ok(Answer { stages: vec![stage], ..Answer::default() })
    }

    /// Whether answers without rows are explained, from now on; they are unless it is said otherwise.
    pub fn set_explains(&mut self, explains: bool) {
        self.explains = explains;
    }

    fn remember(&mut self, outcome: Outcome, name: Option<&str>) -> Answer {
        if let Some(name) = name {
            self.memory.named.insert(fold(name), outcome.members.clone());
        }
        self.memory.it = Some(outcome.members);
        self.memory.rows = Some(outcome.rows);
        outcome.answer
    }

    /// The name that the graph was opened by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the graph can hold.
    pub fn schema(&self) -> &Schema {
        &self.knowledge.schema
    }

    /// The words of the schema.
    pub fn lexicon(&self) -> &Lexicon {
        &self.knowledge.lexicon
    }

    /// What the graph holds.
    pub fn graph(&self) -> &Graph {
        &self.knowledge.graph
    }

    /// The questions that the graph was curated to answer.
    pub fn questions(&self) -> &[Question] {
        // Those of the embedded graph are read only when somebody asks for them: most runs answer one query.
        let own = || if self.origins.has_embedded_questions { embedded::oms_questions() } else { self.knowledge.questions.clone() };
        self.questions.get_or_init(own)
    }

    /// What deserves a look in the graph's files.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The names that `let` has given, folded, in alphabetical order.
    pub fn given_names(&self) -> impl Iterator<Item = &str> {
        self.memory.named.keys().map(String::as_str)
    }

    /// What a query may cost from now on. The interrupt of these limits replaces the session's.
    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
    }

    /// What a query may cost.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The flag that stops what runs, from a signal handler or another thread. It stays set until it is cleared.
    pub fn interrupt(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.limits.interrupt)
    }

    /// Quotes sentences from the sources in this folder (`SOURCE-ID.txt`) from now on.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn quote_from(&mut self, folder: &Path) -> Result<(), Complaints> {
        std::fs::read_dir(folder).map_err(|error| {
            Complaints::from(
                Diagnostic::error(Code::Unreadable, format!("the sources' folder '{}' cannot be read: {error}", folder.display()))
                    .help("`--sources` takes a folder that holds a file SOURCE-ID.txt for each source, one sentence a line"),
            )
        })?;
        self.sources = Some(folder.to_owned());
        Ok(())
    }

    /// Has all of the graph written, entity by entity and relation by relation, however large it is: nothing of it is put
    /// together first. The limit of time holds for the writing too.
    ///
    /// # Errors
    /// What `write` fails with, or why it was stopped before its end.
    pub fn write_whole<T>(&self, write: impl FnOnce(&dyn Subgraph) -> Result<T, Complaints>) -> Result<T, Complaints> {
        let graph = whole::WholeGraph::new(self);
        let outcome = write(&graph);
        self.intact()?;
        match graph.stopped() {
            Some(stopped) => Err(stopped::complaint(&stopped).into()),
            None => outcome,
        }
    }

    /// Adds to an answer of this session what its view leaves out and formats of graphs say: synonyms, identifiers and
    /// properties of the entities, the words of the Biolink model, the titles of the sources.
    pub fn tell_background(&self, answer: &mut Answer) {
        answer.view.background = Some(Arc::new(whole::background(self, answer)));
    }

    /// The whole graph as an answer: one row for each relation, everything in the view.
    ///
    /// # Errors
    /// Why it was stopped before its end.
    pub fn whole(&self) -> Result<Answer, Complaints> {
        let query = describe::whole(&self.knowledge);
        let outcome = self.engine().run(&query, Demand::Evidence, true).map_err(|stopped| Complaints::from(stopped::complaint(&stopped)));
        self.intact()?;
        let mut answer = outcome?.answer;
        answer.query = format!("the whole graph: {}", self.knowledge.schema.title);
        Ok(answer)
    }

    /// The parts of a query's text, for highlighting; never fails.
    pub fn tokens(text: &str) -> Vec<Token> {
        syntax::tokens(text)
    }
}

/// The engine with the names that it shows things by.
struct Engine<'a> {
    session: &'a Session,
    vocabulary: GraphVocabulary<'a>,
}

impl Engine<'_> {
    fn embedded(&self) -> Embedded<'_> {
        let Session { knowledge, limits, .. } = self.session;
        Embedded { graph: &knowledge.graph, vocabulary: &self.vocabulary, limits, passes: Passes::ALL }
    }

    fn run(&self, query: &algebra::Query, demand: Demand, has_view: bool) -> Result<Outcome, crate::engine::Stopped> {
        if has_view { self.embedded().run(query, demand) } else { self.embedded().run_without_view(query, demand) }
    }
}

/// Whether a text asks for the reasons of a row of the last answer.
fn is_why_row(text: &str) -> bool {
    syntax::parse(text).is_ok_and(|request| matches!(request.query().map(|query| &query.body), Some(tree::Body::WhyRow(_))))
}

fn all_placed(complaints: Vec<Diagnostic>, origin: &Arc<Origin>) -> Complaints {
    let placed = complaints.into_iter().map(|complaint| complaint.in_origin(origin)).collect();
    Complaints::new(placed).unwrap_or_else(|| Diagnostic::error(Code::Syntax, "the query cannot be read").in_origin(origin).into())
}
