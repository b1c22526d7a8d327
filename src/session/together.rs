//! Together: a session on several graphs at once, or on files that were never imported.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::diagnostic::{Code, Complaints, Diagnostic};
use crate::formats::import::{
    GraphDraft, ImportedFile, Reading, Unification, assembled, draft_of, is_graph, overridden, read_sources, schema_beside, united,
};

use super::{EMBEDDED, Limits, Session};

/// What became of what a session was opened from.
#[derive(Debug, Default)]
pub(super) struct Origins {
    /// Whether the questions of the graph that the program carries are those of the session.
    pub has_embedded_questions: bool,
    /// What became of each file that was imported for this session.
    pub imported: Vec<ImportedFile>,
    /// What became of what several graphs share.
    pub unification: Unification,
}

impl Session {
    /// Opens one graph, exactly as [`Session::open`] does, or several as one: entities that share an identifier are one, and every
    /// statement keeps its source. What is neither a graph nor a curated folder is imported for this session.
    ///
    /// The interrupt stops the reading of files, and becomes that of the session's limits.
    ///
    /// # Errors
    /// Why one of them cannot be opened; see [`Session::open`].
    ///
    /// ```
    /// use std::sync::Arc;
    /// use std::sync::atomic::AtomicBool;
    ///
    /// use oms_graph::Session;
    ///
    /// let interrupt = Arc::new(AtomicBool::new(false));
    /// let twice = Session::open_all(&["oms".to_owned(), "oms".to_owned()], &interrupt)?;
    /// let once = Session::open("oms")?;
    /// assert_eq!(twice.graph().relation_count(), once.graph().relation_count());
    /// # Ok::<(), oms_graph::Complaints>(())
    /// ```
    pub fn open_all(graphs: &[String], interrupt: &Arc<AtomicBool>) -> Result<Session, Complaints> {
        let mut session = match graphs {
            [] => Session::open(EMBEDDED)?,
            [only] if is_graph(only.as_ref()) => Session::open(only)?,
            several => Session::joined(several, interrupt)?,
        };
        session.set_limits(Limits { interrupt: Arc::clone(interrupt), ..session.limits().clone() });
        Ok(session)
    }

    fn joined(graphs: &[String], interrupt: &AtomicBool) -> Result<Session, Complaints> {
        let mut drafts: Vec<GraphDraft> = Vec::new();
        let mut warnings: Vec<Diagnostic> = Vec::new();
        let mut questions = None;
        for graph in graphs {
            if is_graph(graph.as_ref()) {
                let opened = Session::open(graph)?;
                drafts.push(draft_of(&opened.knowledge));
                opened.intact()?;
                warnings.extend(opened.warnings);
                questions.get_or_insert(opened.knowledge.questions);
            } else {
                drafts.extend(read_sources(&[PathBuf::from(graph)], Reading::new(interrupt))?);
            }
        }
        let (mut draft, unification) = united(drafts);
        let sources: Vec<PathBuf> = graphs.iter().map(PathBuf::from).collect();
        if let Some(file) = schema_beside(&sources) {
            let notes = overridden(&mut draft, &file)?;
            warnings.extend(notes.into_iter().map(|note| Diagnostic::warning(Code::BadValue, note)));
        }
        let assembled = assembled(draft)?;
        let mut knowledge = assembled.knowledge;
        knowledge.questions = questions.unwrap_or_default();
        let mut session = Session::new(&graphs.join(" + "), knowledge, warnings);
        // Its questions are not opened with it: they are read when somebody asks.
        let has_embedded_questions = graphs.iter().find(|graph| is_graph(graph.as_ref())).is_some_and(|first| first == EMBEDDED);
        session.origins = Origins { has_embedded_questions, imported: assembled.files, unification };
        Ok(session)
    }

    /// What became of each file that was imported for this session; nothing of graphs that were opened as they are.
    pub fn imported(&self) -> &[ImportedFile] {
        &self.origins.imported
    }

    /// What became of what the graphs share, where there are several.
    pub fn unification(&self) -> &Unification {
        &self.origins.unification
    }
}
