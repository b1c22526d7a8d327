//! Signatures: relations by type and the kinds of their ends, from the statistics: no relation is looked at.

use crate::algebra::VariableId;
use crate::engine::limits::Stopped;
use crate::model::{Value, label_of_kind, type_of_relation};

use super::Cursor;
use super::column::Column;
use super::rows::{Batch, Mark, Ready};
use super::run::Run;

/// One row for each combination of kinds, type and kinds that asserted relations have, which weighs as much as there are.
pub(super) struct Signatures {
    pub from: Option<VariableId>,
    pub relation_type: Option<VariableId>,
    pub to: Option<VariableId>,
    pub marked: bool,
    pub ready: Option<Ready>,
}

impl Signatures {
    fn make(&self, run: &Run<'_>) -> Batch {
        let statistics = run.graph.statistics();
        let labels: Vec<Value> = (statistics.signatures.iter())
            .map(|kinds| Value::List(kinds.iter().map(|kind| Value::text(label_of_kind(run.vocabulary.kind(*kind)))).collect()))
            .collect();
        let labels_of = |signature: u32| labels.get(signature as usize).cloned().unwrap_or(Value::Null);
        let patterns: Vec<_> = statistics.patterns.iter().filter(|pattern| pattern.asserted > 0).collect();
        let mut batch = Batch::unit(false);
        batch.length = patterns.len();
        batch.weights = Some(patterns.iter().map(|pattern| pattern.asserted).collect());
        batch.marks = self.marked.then(|| vec![Mark::default(); patterns.len()]);
        if let Some(from) = self.from {
            batch.bind(from.index(), Column::Values(patterns.iter().map(|pattern| labels_of(pattern.from)).collect()));
        }
        if let Some(to) = self.to {
            batch.bind(to.index(), Column::Values(patterns.iter().map(|pattern| labels_of(pattern.to)).collect()));
        }
        if let Some(relation_type) = self.relation_type {
            let named =
                |pattern: &&crate::store::Pattern| Value::text(type_of_relation(run.vocabulary.relation_type(pattern.relation_type)));
            batch.bind(relation_type.index(), Column::Values(patterns.iter().map(named).collect()));
        }
        batch
    }
}

impl Cursor for Signatures {
    fn next(&mut self, run: &Run<'_>, want: usize) -> Result<Option<Batch>, Stopped> {
        if self.ready.is_none() {
            self.ready = Some(Ready::new(self.make(run)));
        }
        Ok(self.ready.as_mut().and_then(|ready| ready.next(want)))
    }

    fn restart(&mut self) {
        self.ready = None;
    }
}
