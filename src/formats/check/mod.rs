//! Check: how much a graph holds, how much of its sources it cites, and whether the sources are still the ones that were read.

mod sources;

use std::fmt;
use std::ops::RangeInclusive;

use crate::diagnostic::Diagnostic;
use crate::model::{Citation, Source};

use super::KnowledgeGraph;

pub use sources::{Drift, SourceCheck, SourceTrouble, VerifiedSource, sentences, verify_sources};

/// What `oms check` reports of a graph.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckReport {
    /// How many kinds the schema has.
    pub kinds: usize,
    /// How many relation types the schema has, `is_a` included.
    pub relation_types: usize,
    /// How many qualifiers the schema has.
    pub qualifiers: usize,
    /// How many entities there are.
    pub entities: usize,
    /// How many statements there are, those of the curated hierarchy included.
    pub statements: usize,
    /// How many relations there are, denied ones included.
    pub relations: usize,
    /// How many sources there are.
    pub sources: usize,
    /// How many questions there are.
    pub questions: usize,
    /// How much of each source is cited, in the order of the sources.
    pub coverage: Vec<Coverage>,
    /// What deserves a look.
    pub warnings: Vec<Diagnostic>,
}

/// How much of a source is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The source's slug.
    pub source: String,
    /// How many of its sentences at least one statement cites.
    pub cited: u32,
    /// How many sentences it has; 0 where it is not cut into sentences.
    pub total: u32,
    /// The sentences that no statement cites, ascending, neighbours together.
    pub uncited: Vec<RangeInclusive<u32>>,
}

impl CheckReport {
    /// The report on a graph. `warnings` are those that it was loaded with.
    pub fn new(knowledge: &KnowledgeGraph, warnings: Vec<Diagnostic>) -> CheckReport {
        let (schema, graph) = (&knowledge.schema, &knowledge.graph);
        // Sources that are not cut into sentences have nothing to count, and imported graphs have millions of statements.
        let is_cut = graph.sources().iter().any(|source| source.sentences > 0);
        let evidence: Vec<Citation> = graph.statements().filter(|_| is_cut).flat_map(|id| graph.statement(id).evidence).collect();
        CheckReport {
            kinds: schema.kinds.len(),
            relation_types: schema.relation_types.len(),
            qualifiers: schema.qualifiers.len(),
            entities: graph.entity_count(),
            statements: graph.statement_count(),
            relations: graph.relation_count(),
            sources: graph.sources().len(),
            questions: knowledge.questions.len(),
            coverage: coverage(graph.sources(), || evidence.iter()),
            warnings,
        }
    }
}

impl fmt::Display for CheckReport {
    /// One line for the counts and one for each source, without the warnings.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.kinds, "kind", "kinds"),
            (self.relation_types, "relation type", "relation types"),
            (self.qualifiers, "qualifier", "qualifiers"),
            (self.entities, "entity", "entities"),
            (self.statements, "statement", "statements"),
            (self.relations, "relation", "relations"),
            (self.sources, "source", "sources"),
            (self.questions, "question", "questions"),
        ];
        let counts: Vec<String> =
            counts.into_iter().map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many })).collect();
        formatter.write_str(&counts.join(", "))?;
        // The sources of an imported graph may be hundreds, and of each there is only this to say.
        const MOST_BARE: usize = 3;
        let bare = self.coverage.iter().filter(|coverage| coverage.total == 0).count();
        for coverage in self.coverage.iter().filter(|coverage| bare <= MOST_BARE || coverage.total > 0) {
            write!(formatter, "\n{coverage}")?;
        }
        if bare > MOST_BARE { write!(formatter, "\n{bare} sources: not cut into sentences") } else { Ok(()) }
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.total == 0 {
            return write!(formatter, "{}: not cut into sentences", self.source);
        }
        write!(formatter, "{}: {} of {} sentences cited", self.source, self.cited, self.total)?;
        if !self.uncited.is_empty() {
            write!(formatter, "; not cited: {}", listed(&self.uncited))?;
        }
        Ok(())
    }
}

/// How much of each source the citations cite.
pub(super) fn coverage<'c, Citations: Iterator<Item = &'c Citation>>(
    sources: &[Source],
    evidence: impl Fn() -> Citations,
) -> Vec<Coverage> {
    let mut cited: Vec<Vec<u32>> = vec![Vec::new(); sources.len()];
    for citation in evidence() {
        if let Some(cited) = cited.get_mut(citation.source.index()) {
            cited.extend(&citation.sentences);
        }
    }
    sources.iter().zip(cited).map(|(source, cited)| source_coverage(source, cited)).collect()
}

fn source_coverage(source: &Source, mut cited: Vec<u32>) -> Coverage {
    cited.retain(|number| (1..=source.sentences).contains(number));
    cited.sort_unstable();
    cited.dedup();
    let mut uncited = Vec::new();
    // Counted from the gaps: a source may say that it has billions of sentences.
    let mut next = 1u32;
    for number in &cited {
        if *number > next {
            uncited.push(next..=*number - 1);
        }
        next = number.saturating_add(1);
    }
    if next <= source.sentences && cited.last() != Some(&u32::MAX) {
        uncited.push(next..=source.sentences);
    }
    let count = u32::try_from(cited.len()).unwrap_or(u32::MAX);
    Coverage { source: source.slug.clone(), cited: count, total: source.sentences, uncited }
}

/// Numbers as a list in a sentence: `3, 5-7, 9`; a long list is cut.
pub(super) fn listed(ranges: &[RangeInclusive<u32>]) -> String {
    let one = |range: &RangeInclusive<u32>| match (range.start(), range.end()) {
        (start, end) if start == end => start.to_string(),
        (start, end) if end - start == 1 => format!("{start}, {end}"),
        (start, end) => format!("{start}-{end}"),
    };
    const MOST: usize = 30;
    let mut all: Vec<String> = ranges.iter().take(MOST).map(one).collect();
    if ranges.len() > MOST {
        all.push("and more".to_owned());
    }
    all.join(", ")
}

#[cfg(test)]
mod tests {
    use super::{listed, source_coverage};
    use crate::model::Source;

    #[test]
    fn coverage_is_told_by_its_gaps() {
        let source = |sentences| Source { slug: "s".to_owned(), title: "S".to_owned(), sentences, fingerprints: Vec::new() };
        let coverage = source_coverage(&source(9), vec![2, 4, 2, 7]);
        assert_eq!((coverage.cited, listed(&coverage.uncited).as_str()), (3, "1, 3, 5, 6, 8, 9"));
        assert_eq!(coverage.to_string(), "s: 3 of 9 sentences cited; not cited: 1, 3, 5, 6, 8, 9");
        assert!(source_coverage(&source(2), vec![1, 2]).uncited.is_empty());
        assert_eq!(listed(&source_coverage(&source(u32::MAX), vec![u32::MAX]).uncited), "1-4294967294");
        assert!(source_coverage(&source(0), vec![]).uncited.is_empty());
    }
}
