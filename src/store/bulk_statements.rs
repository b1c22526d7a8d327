//! Bulk statements: what an importer knows of statements, columns for what all have and a list for what few have, put into the order of their relations.

use crate::model::{Citation, Hedge, QualifierId, Value};

use super::bulk::{ABSENT, BulkColumn};
use super::form::{Bits, Codes, Strings, number};
use super::statements::{Slugs, StatementParts, Statements};

/// Statements in any order, each with at least one relation; each part in that same order.
#[derive(Debug, Default)]
pub struct BulkStatements {
    /// Their ids.
    pub ids: BulkIds,
    /// The statement of each relation; empty where each relation is a statement of its own, with the same number.
    pub of_relation: Vec<u32>,
    /// The source of each, or [`ABSENT`]; empty where none has any.
    pub sources: Vec<u32>,
    /// Publications, several of one statement with a bar between them.
    pub publications: Option<BulkColumn>,
    /// The positions of those that deny.
    pub denied: Vec<u32>,
    /// What else is said, by the position of the statement; ascending.
    pub details: Vec<(u32, StatementDetail)>,
}

/// What a statement says beside its relations and their qualifiers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatementDetail {
    /// What the passage says; may be empty.
    pub claim: String,
    /// Who says so: all of its evidence; what the columns say of the statement does not count beside it.
    pub evidence: Vec<Citation>,
    /// Whether its relations hold together only.
    pub jointly: bool,
    /// How sure and how general the source was.
    pub hedge: Hedge,
    /// The qualifiers that were said of the statement as a whole, if it has several relations; each stands in the relations' columns too.
    pub qualifiers: Vec<(QualifierId, Value)>,
}

/// The ids of statements.
#[derive(Debug)]
pub enum BulkIds {
    /// Any texts.
    Texts(Strings),
    /// One text before a number each.
    Numbered(String, Vec<u32>),
}

impl Default for BulkIds {
    fn default() -> BulkIds {
        BulkIds::Numbered(String::new(), Vec::new())
    }
}

impl BulkStatements {
    /// The statements of relations that have come into this order: at each place the position that the relation had.
    /// Entities have moved to their `places`.
    pub(super) fn placed(self, order: &[u32], places: &[u32]) -> Statements {
        let BulkStatements { ids, of_relation, sources, publications, denied, details } = self;
        let members = Members::new(&of_relation, order);
        let order = members.as_ref().map_or(order, |members| &members.order);
        let count = order.len();
        let mut new_places = Vec::new();
        if !details.is_empty() {
            new_places = vec![ABSENT; count];
            (0u32..).zip(order).for_each(|(at, old)| new_places[*old as usize] = at);
        }
        let mut placed: Vec<(u32, StatementDetail)> = details.into_iter().map(|(old, detail)| (new_places[old as usize], detail)).collect();
        placed.sort_unstable_by_key(|(at, _)| *at);
        for (_, detail) in &mut placed {
            let moved = std::mem::take(&mut detail.qualifiers);
            detail.qualifiers = moved.into_iter().map(|(id, value)| (id, super::bulk::moved(value, places))).collect();
        }
        let denied = placed_denials(&denied, order);
        let details = Statements::packed_details(count, &placed, &denied);
        let parts = StatementParts {
            count,
            slugs: placed_ids(ids, order),
            sources: Cited::new(&sources, order, &placed),
            publications: publications.and_then(|column| column.into_column(order, places)),
            details,
            jointly: marked(count, placed.iter().filter(|(_, detail)| detail.jointly).map(|(at, _)| *at)),
            denied: match &members {
                Some(members) => members.denied(&denied),
                None => denied,
            },
            members: members.map(|members| (members.of_relation, members.offsets, members.relations)),
        };
        Statements::of_parts(parts)
    }
}

fn marked(count: usize, members: impl Iterator<Item = u32>) -> Bits {
    let members: Vec<u32> = members.collect();
    if members.is_empty() { Bits::default() } else { Bits::new(count, members) }
}

/// Which relations belong to which statement, where some statement has several: statements in the order of their first relation.
struct Members {
    /// The position that each statement had.
    order: Vec<u32>,
    of_relation: Vec<u32>,
    offsets: Vec<u32>,
    relations: Vec<u32>,
}

impl Members {
    fn new(of_relation: &[u32], order: &[u32]) -> Option<Members> {
        if of_relation.is_empty() {
            return None;
        }
        let statements = of_relation.iter().max().map_or(0, |last| *last as usize + 1);
        let mut new_places = vec![ABSENT; statements];
        let mut members =
            Members { order: Vec::new(), of_relation: Vec::with_capacity(order.len()), offsets: Vec::new(), relations: Vec::new() };
        for old in order {
            let statement = of_relation[*old as usize];
            let place = &mut new_places[statement as usize];
            if *place == ABSENT {
                *place = number(members.order.len());
                members.order.push(statement);
            }
            members.of_relation.push(*place);
        }
        // The relations of a statement stay in the order in which they were written.
        let mut written: Vec<(u32, u32, u32)> =
            members.of_relation.iter().zip(order).zip(0u32..).map(|((statement, old), at)| (*statement, *old, at)).collect();
        written.sort_unstable();
        members.offsets.push(0);
        for (at, (statement, _, relation)) in written.iter().enumerate() {
            members.relations.push(*relation);
            if written.get(at + 1).is_none_or(|(next, _, _)| next != statement) {
                members.offsets.push(number(at + 1));
            }
        }
        Some(members)
    }

    /// The relations of these statements.
    fn denied(&self, statements: &Bits) -> Bits {
        let denied = (0u32..).zip(&self.of_relation).filter(|(_, statement)| statements.contains(**statement)).map(|(at, _)| at);
        marked(self.of_relation.len(), denied)
    }
}

/// The sources of statements as they are kept.
#[derive(Debug, Default)]
pub struct Cited {
    /// Where each statement's own begin; empty where none cites several.
    pub offsets: Vec<u32>,
    /// The sources.
    pub sources: Codes,
    /// Where there are no offsets and not every statement has a source: those that have one.
    pub sourced: Bits,
}

impl Cited {
    /// The sources of statements in this order, with the details of some.
    fn new(codes: &[u32], order: &[u32], details: &[(u32, StatementDetail)]) -> Cited {
        if codes.is_empty() && details.is_empty() {
            return Cited::default();
        }
        let several = details.iter().any(|(_, detail)| distinct_sources(detail).nth(1).is_some());
        let mut own = details.iter().peekable();
        let mut all = Vec::new();
        let mut present = Vec::new();
        let mut offsets = if several { vec![0] } else { Vec::new() };
        for (at, old) in (0u32..).zip(order) {
            let before = all.len();
            match own.next_if(|(place, _)| *place == at) {
                Some((_, detail)) => all.extend(distinct_sources(detail)),
                None => all.extend(codes.get(*old as usize).copied().filter(|code| *code != ABSENT)),
            }
            if several {
                offsets.push(number(all.len()));
            } else if all.len() > before {
                present.push(at);
            }
        }
        let sourced = if several || present.len() == order.len() { Bits::default() } else { Bits::new(order.len(), present) };
        let largest = all.iter().copied().max().unwrap_or_default();
        Cited { offsets, sources: Codes::below(all, largest), sourced }
    }
}

/// The sources that a statement cites, each once where it cites it in one run.
fn distinct_sources(detail: &StatementDetail) -> impl Iterator<Item = u32> + '_ {
    let mut last = None;
    detail
        .evidence
        .iter()
        .filter_map(move |citation| (last.replace(citation.source.0) != Some(citation.source.0)).then_some(citation.source.0))
}

fn placed_ids(ids: BulkIds, order: &[u32]) -> Slugs {
    match ids {
        BulkIds::Texts(texts) => Slugs::Texts(Strings::new(order.iter().map(|old| texts.get(*old as usize)))),
        BulkIds::Numbered(prefix, numbers) => {
            let numbers: Vec<u32> = order.iter().map(|old| numbers.get(*old as usize).copied().unwrap_or(*old)).collect();
            Slugs::Numbered(prefix, numbers.into())
        }
    }
}

fn placed_denials(denied: &[u32], order: &[u32]) -> Bits {
    if denied.is_empty() {
        return Bits::default();
    }
    let old = Bits::new(order.len(), denied.iter().copied());
    Bits::new(order.len(), (0u32..).zip(order).filter(|(_, at)| old.contains(**at)).map(|(at, _)| at))
}
