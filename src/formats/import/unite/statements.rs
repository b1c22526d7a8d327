//! Statements: those of several graphs one behind the other, each with an id of its own.

use std::borrow::Cow;
use std::fmt::Write;

use crate::model::{QualifierId, SourceId, grouped};
use crate::store::{ABSENT, BulkIds, BulkStatements, FastMap, Strings, hash};

use super::Moves;
use super::columns;
use super::report::Unification;

/// The statements of a draft in terms of the whole.
pub(super) fn moved(mut statements: BulkStatements, moves: &Moves<'_>) -> BulkStatements {
    let source = |code: u32| moves.sources.get(code as usize).map_or(code, |id| id.0);
    statements.sources.iter_mut().filter(|code| **code != ABSENT).for_each(|code| *code = source(*code));
    for (_, detail) in &mut statements.details {
        detail.evidence.iter_mut().for_each(|citation| citation.source = SourceId(source(citation.source.0)));
        let qualifier = |id: QualifierId| moves.schema.qualifiers.get(id.index()).copied().unwrap_or(id);
        let own = std::mem::take(&mut detail.qualifiers);
        detail.qualifiers = own.into_iter().map(|(id, value)| (qualifier(id), columns::moved_value(value, moves.places))).collect();
        detail.qualifiers.sort_by_key(|(id, _)| *id);
    }
    statements
}

/// How many statements stand behind so many relations.
pub(super) fn count(statements: &BulkStatements, relations: usize) -> usize {
    match statements.of_relation.iter().max() {
        Some(last) => *last as usize + 1,
        None => relations,
    }
}

/// The id of a statement.
pub(super) fn id(ids: &BulkIds, at: u32) -> Cow<'_, str> {
    match ids {
        BulkIds::Texts(texts) => Cow::Borrowed(texts.get(at as usize)),
        BulkIds::Numbered(prefix, numbers) => Cow::Owned(format!("{prefix}{}", numbers.get(at as usize).copied().unwrap_or(at))),
    }
}

/// Statements one behind the other, each part with the number of its graph and that of its relations. `names` are those of the graphs.
pub(super) fn joined(parts: Vec<(usize, usize, BulkStatements)>, names: &[String], report: &mut Unification) -> BulkStatements {
    let counts: Vec<usize> = parts.iter().map(|(_, relations, part)| count(part, *relations)).collect();
    let is_plain = parts.iter().all(|(_, _, part)| part.of_relation.is_empty());
    let is_sourced = parts.iter().any(|(_, _, part)| !part.sources.is_empty());
    let mut whole = BulkStatements::default();
    let mut publications = Vec::new();
    let mut ids = Vec::new();
    let mut first = 0usize;
    for ((graph, relations, part), count) in parts.into_iter().zip(counts) {
        let offset = number(first);
        if !is_plain {
            if part.of_relation.is_empty() {
                whole.of_relation.extend(offset..offset + number(relations));
            } else {
                whole.of_relation.extend(part.of_relation.into_iter().map(|statement| statement + offset));
            }
        }
        if is_sourced {
            let mut sources = part.sources;
            sources.resize(count, ABSENT);
            if first == 0 { whole.sources = sources } else { whole.sources.extend(sources) }
        }
        publications.extend(part.publications.map(|column| (first, column)));
        whole.denied.extend(part.denied.into_iter().map(|at| at + offset));
        whole.details.extend(part.details.into_iter().map(|(at, detail)| (at + offset, detail)));
        ids.push((graph, count, part.ids));
        first += count;
    }
    whole.publications = (!publications.is_empty()).then(|| columns::joined(publications));
    whole.ids = joined_ids(ids, names, report);
    whole
}

/// Ids of which no two graphs have the same: those of the later graph get its name.
fn joined_ids(parts: Vec<(usize, usize, BulkIds)>, names: &[String], report: &mut Unification) -> BulkIds {
    let mut parts: Vec<(usize, usize, BulkIds)> = parts.into_iter().filter(|(_, count, _)| *count > 0).collect();
    if parts.len() <= 1 {
        return parts.pop().map(|(_, _, ids)| ids).unwrap_or_default();
    }
    let firsts = first_users(&parts);
    let mut renamed = Vec::new();
    let mut prefixes: Vec<Vec<u8>> = Vec::new();
    for (graph, count, ids) in &parts {
        let clashes = clashing(*graph, *count, ids, &firsts);
        if clashes > 0 {
            // Numbers mean nothing by themselves: all of them get the name, so that one graph's are told alike.
            let affected = if matches!(ids, BulkIds::Numbered(..)) { *count } else { clashes };
            let prefix = free_prefix(&names[*graph], &parts);
            renamed.push(format!("{} of {} begin with '{prefix}'", grouped(affected), names[*graph]));
            prefixes.push(prefix.into_bytes());
        } else {
            prefixes.push(Vec::new());
        }
    }
    report.note("statement ids that an earlier graph has, renamed", &renamed);
    let total: usize = parts.iter().map(|(_, count, _)| count).sum();
    let mut offsets = Vec::with_capacity(total + 1);
    let mut text = String::new();
    offsets.push(0);
    for ((graph, count, ids), prefix) in parts.iter().zip(&prefixes) {
        let prefix = std::str::from_utf8(prefix).unwrap_or_default();
        let is_numbered = matches!(ids, BulkIds::Numbered(..));
        each_id(ids, *count, |id| {
            if !prefix.is_empty() && (is_numbered || firsts.get(&hash(id.as_bytes())).is_some_and(|first| first < graph)) {
                text.push_str(prefix);
            }
            text.push_str(id);
            offsets.push(number(text.len()));
        });
    }
    BulkIds::Texts(Strings::of_parts(offsets, text.into_bytes()))
}

/// The first graph that has an id, by the id's hash; of ids that the largest part alone has nothing is kept.
fn first_users(parts: &[(usize, usize, BulkIds)]) -> FastMap<u64, usize> {
    let mut firsts: FastMap<u64, usize> = FastMap::default();
    let largest = (0..parts.len()).max_by_key(|at| parts[*at].1).unwrap_or_default();
    for (_, (graph, count, ids)) in parts.iter().enumerate().filter(|(at, _)| *at != largest) {
        each_id(ids, *count, |id| {
            firsts.entry(hash(id.as_bytes())).and_modify(|first| *first = (*first).min(*graph)).or_insert(*graph);
        });
    }
    let (graph, count, ids) = &parts[largest];
    each_id(ids, *count, |id| {
        firsts.entry(hash(id.as_bytes())).and_modify(|first| *first = (*first).min(*graph));
    });
    firsts
}

fn clashing(graph: usize, count: usize, ids: &BulkIds, firsts: &FastMap<u64, usize>) -> usize {
    let mut clashes = 0;
    each_id(ids, count, |id| clashes += usize::from(firsts.get(&hash(id.as_bytes())).is_some_and(|first| *first < graph)));
    clashes
}

/// The name of a graph with a slash, as no id begins yet.
fn free_prefix(name: &str, parts: &[(usize, usize, BulkIds)]) -> String {
    let mut prefix = format!("{name}/");
    let is_used = |prefix: &str| {
        let mut used = false;
        for (_, count, ids) in parts {
            each_id(ids, *count, |id| used |= id.starts_with(prefix));
        }
        used
    };
    while is_used(&prefix) {
        prefix.insert(prefix.len() - 1, '_');
    }
    prefix
}

fn each_id(ids: &BulkIds, count: usize, mut take: impl FnMut(&str)) {
    match ids {
        BulkIds::Texts(texts) => (0..count).for_each(|at| take(texts.get(at))),
        BulkIds::Numbered(prefix, numbers) => {
            let mut text = prefix.clone();
            for at in 0..count {
                text.truncate(prefix.len());
                // Into a string, writing cannot fail.
                let _ = write!(text, "{}", numbers.get(at).copied().unwrap_or_else(|| number(at)));
                take(&text);
            }
        }
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
