//! Checked: what deserves a look in a graph, and whether its sources are the ones that were read.

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Origin, Severity};
use crate::formats::Question;
use crate::formats::check::{CheckReport, SourceCheck, verify_sources};
use crate::query::mend;
use crate::query::syntax::tree::Request;

use super::Session;

impl Session {
    /// How much the graph holds, and how much of its sources it cites.
    pub fn check(&self) -> CheckReport {
        let mut warnings = self.warnings.clone();
        warnings.extend(self.unification().notes.iter().map(|note| Diagnostic::warning(Code::Duplicate, note)));
        warnings.extend(self.questions().iter().filter_map(|question| self.check_question(question)));
        CheckReport { questions: self.questions().len(), ..CheckReport::new(&self.knowledge, warnings) }
    }

    /// What is wrong with the query of a question, if anything is.
    fn check_question(&self, question: &Question) -> Option<Diagnostic> {
        let origin = Origin::new(format!("the query of the question '{}'", question.text), question.query.as_str());
        let fault = self.fault_in(&question.query)?;
        Some(Diagnostic { severity: Severity::Warning, ..fault }.in_origin(&origin))
    }

    /// Why a query cannot be asked, if it cannot.
    pub(super) fn fault_in(&self, query: &str) -> Option<Diagnostic> {
        match mend::understood(query, self.context()) {
            Err(faults) => faults.into_iter().next(),
            Ok(understood) => match understood.request {
                Request::Describe(run) => {
                    self.undescribable(&run).map(|(code, span)| Diagnostic::error(code, "nothing is called so").at(span, "not known"))
                }
                _ => None,
            },
        }
    }

    /// Whether the sources in a folder are the ones that were read.
    pub fn check_sources(&self, folder: &Path) -> SourceCheck {
        verify_sources(&self.knowledge, folder)
    }
}
