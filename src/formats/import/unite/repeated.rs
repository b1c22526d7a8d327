//! Repeated: statements that two graphs have in every respect are told once: the same file may have gone into both.

use std::borrow::Cow;

use crate::model::{Citation, QualifierId, Value, grouped};
use crate::store::{ABSENT, BulkIds, BulkRelations, FastMap, StatementDetail, Strings, hash, pack};

use super::columns;
use super::identity::Places;
use super::report::Unification;
use super::statements;

/// A statement all of whose relations lead between entities that several graphs have.
struct Candidate {
    /// The hash of what its first relation is.
    key: u64,
    graph: u32,
    statement: u32,
    /// Its relations: their places in the list of those of the graph.
    first: usize,
    count: usize,
}

/// Leaves out what an earlier graph says in every respect, the id included where ids mean something.
pub(super) fn drop_repeated(parts: &mut [BulkRelations], places: &Places, report: &mut Unification) {
    if places.further.is_empty() {
        return;
    }
    let mut is_shared = vec![false; places.firsts.len()];
    for place in places.further.keys() {
        is_shared[*place as usize] = true;
    }
    let lists: Vec<Vec<(u32, u32)>> = parts.iter().map(|part| between(part, &is_shared)).collect();
    let mut candidates: Vec<Candidate> = Vec::new();
    for ((graph, part), list) in (0u32..).zip(parts.iter()).zip(&lists) {
        gather(graph, part, list, &mut candidates);
    }
    candidates.sort_unstable_by_key(|candidate| (candidate.key, candidate.graph, candidate.statement));
    let names_matter = parts.iter().any(|part| matches!(part.statements.ids, BulkIds::Texts(_)));
    let denials: Vec<FastMap<u32, ()>> =
        parts.iter().map(|part| part.statements.denied.iter().map(|statement| (*statement, ())).collect()).collect();
    let mut repeated: Vec<Vec<u32>> = vec![Vec::new(); parts.len()];
    for run in candidates.chunk_by(|left, right| left.key == right.key) {
        if run.first().map(|candidate| candidate.graph) == run.last().map(|candidate| candidate.graph) {
            continue;
        }
        let mut known: FastMap<Vec<u8>, u32> = FastMap::default();
        for candidate in run {
            let at = candidate.graph as usize;
            let own = &lists[at][candidate.first..candidate.first + candidate.count];
            let content = content(&parts[at], candidate.statement, own, &denials[at], names_matter);
            if *known.entry(content).or_insert(candidate.graph) < candidate.graph {
                repeated[at].push(candidate.statement);
            }
        }
    }
    for (part, mut statements) in parts.iter_mut().zip(repeated) {
        if !statements.is_empty() {
            statements.sort_unstable();
            report.repeated += statements.len();
            *part = without(std::mem::take(part), &statements);
        }
    }
    match report.repeated {
        0 => {}
        1 => report.notes.push("1 statement stands in two graphs in every respect and is told once".to_owned()),
        count => report.notes.push(format!("{} statements stand in two graphs in every respect and are told once", grouped(count))),
    }
}

/// The relations between entities that several graphs have, each behind its statement; sorted.
fn between(part: &BulkRelations, is_shared: &[bool]) -> Vec<(u32, u32)> {
    let is = |place: &u32| is_shared.get(*place as usize).copied().unwrap_or_default();
    let ends = (0u32..).zip(part.from.iter().zip(&part.to));
    let shared = ends.filter(|(_, (from, to))| is(from) && is(to)).map(|(relation, _)| relation);
    let of_relation = &part.statements.of_relation;
    let mut list: Vec<(u32, u32)> =
        shared.map(|relation| (of_relation.get(relation as usize).copied().unwrap_or(relation), relation)).collect();
    if !of_relation.is_empty() {
        list.sort_unstable();
    }
    list
}

/// The statements of a graph of which all relations are in the list.
fn gather(graph: u32, part: &BulkRelations, list: &[(u32, u32)], candidates: &mut Vec<Candidate>) {
    let mut counts: Vec<u32> = Vec::new();
    if !part.statements.of_relation.is_empty() && !list.is_empty() {
        counts.resize(statements::count(&part.statements, part.from.len()), 0);
        part.statements.of_relation.iter().for_each(|statement| counts[*statement as usize] += 1);
    }
    let mut first = 0;
    for run in list.chunk_by(|left, right| left.0 == right.0) {
        let (statement, relation) = (run[0].0, run[0].1 as usize);
        if counts.is_empty() || counts[statement as usize] as usize == run.len() {
            let mut bytes = [0; 10];
            bytes[..4].copy_from_slice(&part.from[relation].to_le_bytes());
            bytes[4..8].copy_from_slice(&part.to[relation].to_le_bytes());
            bytes[8..].copy_from_slice(&part.types[relation].0.to_le_bytes());
            candidates.push(Candidate { key: hash(&bytes), graph, statement, first, count: run.len() });
        }
        first += run.len();
    }
}

/// A relation with what qualifies it.
type Said = (u32, u16, u32, Vec<(QualifierId, Value)>);

/// All that a statement says, as bytes.
fn content(part: &BulkRelations, statement: u32, own: &[(u32, u32)], denials: &FastMap<u32, ()>, names_matter: bool) -> Vec<u8> {
    let at = statement as usize;
    let statements = &part.statements;
    let id = if names_matter { statements::id(&statements.ids, statement) } else { Cow::Borrowed("") };
    let relations: Vec<Said> = own
        .iter()
        .map(|(_, relation)| {
            let columns = (0u16..).zip(&part.qualifiers);
            let qualifiers = columns.filter_map(|(id, column)| Some((QualifierId(id), columns::value_at(column, *relation)?)));
            let at = *relation as usize;
            (part.from[at], part.types[at].0, part.to[at], qualifiers.collect())
        })
        .collect();
    let is_denied = denials.contains_key(&statement);
    let detail = statements.details.binary_search_by_key(&statement, |(at, _)| *at).ok().map(|at| &statements.details[at].1);
    let plain;
    let detail = match detail {
        Some(detail) => detail,
        None => {
            plain = StatementDetail { evidence: plain_evidence(part, at), ..StatementDetail::default() };
            &plain
        }
    };
    // Those of a single relation stand beside it already.
    let qualifiers: &[(QualifierId, Value)] = if own.len() > 1 { &detail.qualifiers } else { &[] };
    pack(&(&*id, is_denied, detail.jointly, &detail.claim, &detail.hedge, &detail.evidence, relations, qualifiers))
}

/// The evidence of a statement that has nothing but columns.
fn plain_evidence(part: &BulkRelations, at: usize) -> Vec<Citation> {
    let statements = &part.statements;
    let Some(source) = statements.sources.get(at).copied().filter(|code| *code != ABSENT) else {
        return Vec::new();
    };
    let named = statements.publications.as_ref().and_then(|column| columns::value_at(column, u32::try_from(at).unwrap_or(u32::MAX)));
    let named = if let Some(Value::Text(text)) = named { text.to_string() } else { String::new() };
    let cited = |publication: &str| Citation {
        source: crate::model::SourceId(source),
        sentences: Vec::new(),
        publication: Some(publication.to_owned()).filter(|publication| !publication.is_empty()),
        cohort: None,
    };
    named.split('|').map(cited).collect()
}

/// The relations of a graph without those of some statements (ascending).
fn without(part: BulkRelations, dropped: &[u32]) -> BulkRelations {
    let count = statements::count(&part.statements, part.from.len());
    let relation_count = part.from.len();
    let statement_places = places_without(count, |at| dropped.binary_search(&at).is_err());
    let of_relation = &part.statements.of_relation;
    let statement_of = |relation: u32| of_relation.get(relation as usize).copied().unwrap_or(relation);
    let relation_places = places_without(relation_count, |at| statement_places[statement_of(at) as usize] != ABSENT);
    fn chosen<T>(items: Vec<T>, places: &[u32]) -> Vec<T> {
        items.into_iter().zip(places).filter(|(_, place)| **place != ABSENT).map(|(item, _)| item).collect()
    }
    let mut statements = part.statements;
    let moved = |at: u32| Some(statement_places[at as usize]).filter(|place| *place != ABSENT);
    statements.of_relation = chosen(statements.of_relation, &relation_places).into_iter().filter_map(moved).collect();
    statements.sources = chosen(statements.sources, &statement_places);
    statements.publications = statements.publications.map(|column| columns::kept(column, &statement_places));
    statements.denied = statements.denied.into_iter().filter_map(moved).collect();
    statements.details = statements.details.into_iter().filter_map(|(at, detail)| Some((moved(at)?, detail))).collect();
    statements.ids = match statements.ids {
        BulkIds::Texts(texts) => {
            BulkIds::Texts(Strings::new(texts.iter().zip(&statement_places).filter(|(_, place)| **place != ABSENT).map(|(text, _)| text)))
        }
        BulkIds::Numbered(prefix, numbers) => {
            let kept = (0u32..).zip(&statement_places).filter(|(_, place)| **place != ABSENT);
            BulkIds::Numbered(prefix, kept.map(|(at, _)| numbers.get(at as usize).copied().unwrap_or(at)).collect())
        }
    };
    BulkRelations {
        from: chosen(part.from, &relation_places),
        to: chosen(part.to, &relation_places),
        types: chosen(part.types, &relation_places),
        qualifiers: part.qualifiers.into_iter().map(|column| columns::kept(column, &relation_places)).collect(),
        statements,
    }
}

/// The new position of each of so many things, or [`ABSENT`].
fn places_without(count: usize, is_kept: impl Fn(u32) -> bool) -> Vec<u32> {
    let mut next = 0;
    (0..u32::try_from(count).unwrap_or(u32::MAX))
        .map(|at| {
            if !is_kept(at) {
                return ABSENT;
            }
            next += 1;
            next - 1
        })
        .collect()
}
