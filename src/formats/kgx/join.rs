//! Join: the pieces of the table of edges as one, with what is the same in several threads under one number.

use std::sync::atomic::Ordering;

use crate::formats::import::{Rejected, RejectedRow, Rejection};
use crate::store::{ABSENT, BulkIds, Strings};

use super::cell::Cell;
use super::column::{Interner, Raw, Values, concatenated, joined, retain, united};
use super::edges::{Piece, STUB, Shared, Worker};
use super::header::{Further, Role, Slot};

/// What the table of edges holds.
#[derive(Default)]
pub(super) struct Edges {
    /// Starts and ends by position among the nodes, the stubs behind them.
    pub from: Vec<u32>,
    pub to: Vec<u32>,
    /// Positions among the predicates.
    pub types: Vec<u32>,
    pub predicates: Vec<Box<[u8]>>,
    pub ids: BulkIds,
    /// Positions among the sources, or [`ABSENT`]; empty where none is named.
    pub sources: Vec<u32>,
    /// The fields that name sources, as keys.
    pub source_keys: Vec<Box<[u8]>>,
    /// Positions among the fields of publications, or [`ABSENT`]; empty where none is named.
    pub publications: Vec<u32>,
    pub publication_keys: Vec<Box<[u8]>>,
    pub denied: Vec<u32>,
    pub further: Vec<(Further, Raw)>,
    /// What few rows have: the row, what it is, the number of its field; by row.
    pub details: Vec<(u32, Slot, u32)>,
    pub detail_keys: Vec<Box<[u8]>>,
    /// Ends that no node declares, sorted.
    pub stubs: Vec<String>,
    pub rows: u64,
    /// How many rows of the other table are in the same file.
    pub others: u64,
    /// By cause, and the rows themselves if they are kept.
    pub rejected: (Vec<Rejection>, Vec<RejectedRow>),
    pub notes: Vec<String>,
}

/// All pieces as one. The order of the first `settled` further columns is that of the table; which thread named each of the others
/// first is chance.
pub(super) fn joined_edges(shared: &Shared<'_>, settled: usize, mut workers: Vec<Worker>, mut pieces: Vec<Piece>) -> Edges {
    let state = shared.columns.known();
    let mut rejected = Rejected::new(shared.keep_rejected);
    workers.iter_mut().for_each(|worker| rejected.unite(std::mem::take(&mut worker.rejected)));
    let mut lines_before = Vec::with_capacity(pieces.len());
    let mut before = 0;
    for piece in &pieces {
        lines_before.push(before);
        before += piece.lines;
    }
    let (predicates, predicate_places) = united(workers.iter().map(|worker| &worker.predicates));
    let (source_keys, source_places) = united(workers.iter().map(|worker| &worker.sources));
    let (publication_keys, publication_places) = united(workers.iter().map(|worker| &worker.publications));
    let (detail_keys, detail_places) = united(workers.iter().map(|worker| &worker.details));
    let (stubs, stub_places) = united(workers.iter().map(|worker| &worker.stubs));
    let nodes = u32::try_from(shared.nodes.1.len()).unwrap_or(u32::MAX);
    let end = |worker: usize, end: u32| if end & STUB == 0 { end } else { nodes + stub_places[worker][(end ^ STUB) as usize] };
    let mut take = |part: &dyn Fn(&mut Piece) -> Vec<u32>, moved: &dyn Fn(usize, u32) -> u32| {
        concatenated(pieces.iter_mut().map(|piece| {
            let worker = piece.worker;
            let mut codes = part(piece);
            codes.iter_mut().for_each(|code| *code = moved(worker, *code));
            codes
        }))
    };
    let code = |places: &[Vec<u32>], worker: usize, code: u32| places[worker].get(code as usize).copied().unwrap_or(ABSENT);
    let from = take(&|piece| std::mem::take(&mut piece.from), &end);
    let to = take(&|piece| std::mem::take(&mut piece.to), &end);
    let types = take(&|piece| std::mem::take(&mut piece.types), &|worker, old| code(&predicate_places, worker, old));
    let sources = take(&|piece| std::mem::take(&mut piece.sources), &|worker, old| code(&source_places, worker, old));
    let publications = take(&|piece| std::mem::take(&mut piece.publications), &|worker, old| code(&publication_places, worker, old));
    let ids = ids(shared, &mut pieces, from.len());
    let (mut denied, mut details) = (Vec::new(), Vec::new());
    let mut rows_before = 0;
    for piece in &mut pieces {
        denied.extend(piece.denied.iter().map(|row| row + rows_before));
        let worker = piece.worker;
        let moved = |(row, slot, old): (u32, Slot, u32)| (row + rows_before, slot, code(&detail_places, worker, old));
        details.extend(std::mem::take(&mut piece.details).into_iter().map(moved));
        rows_before += piece.kept;
    }
    let mut further = Vec::new();
    for (number, (column, nature)) in state.header.further.into_iter().zip(&state.natures).enumerate() {
        let none = Interner::default();
        let (texts, places) = united(workers.iter().map(|worker| worker.further.get(number).unwrap_or(&none)));
        let values = pieces.iter_mut().map(|piece| {
            let mut values = match piece.further.get_mut(number) {
                Some(values) => std::mem::replace(values, Values::new(nature)),
                None => Values::new(nature),
            };
            values.pad(piece.kept as usize);
            (values, piece.worker)
        });
        let raw = joined(values.collect(), nature, texts, &places);
        further.extend(raw.map(|raw| (number.min(settled), column, raw)));
    }
    further.sort_by(|(left, column, _), (right, other, _)| {
        left.cmp(right).then_with(|| if *left == settled { column.name.cmp(&other.name) } else { std::cmp::Ordering::Equal })
    });
    let further = further.into_iter().map(|(_, column, raw)| (column, raw)).collect();
    let said = |codes: Vec<u32>| if codes.iter().all(|code| *code == ABSENT) { Vec::new() } else { codes };
    Edges {
        from,
        to,
        types,
        predicates,
        ids,
        sources: said(sources),
        source_keys,
        publications: said(publications),
        publication_keys,
        denied,
        further,
        details,
        detail_keys,
        stubs: stubs.iter().map(|stub| String::from_utf8_lossy(stub).into_owned()).collect(),
        rows: pieces.iter().map(|piece| piece.rows).sum(),
        others: shared.others.load(Ordering::Relaxed),
        rejected: rejected.finish(&lines_before),
        notes: Vec::new(),
    }
}

fn ids(shared: &Shared<'_>, pieces: &mut [Piece], count: usize) -> BulkIds {
    let numbered = || BulkIds::Numbered("edge".to_owned(), (1..=u32::try_from(count).unwrap_or(u32::MAX)).collect());
    if shared.columns.known().header.place(Role::Id).is_none() {
        return numbered();
    }
    if !shared.ids.texts.load(Ordering::Relaxed) {
        let prefix = shared.ids.prefix.get().map(|prefix| String::from_utf8_lossy(prefix).into_owned()).unwrap_or_default();
        return BulkIds::Numbered(prefix, concatenated(pieces.iter_mut().map(|piece| std::mem::take(&mut piece.numbers))));
    }
    if pieces.iter().all(|piece| piece.ids.is_empty()) {
        return numbered();
    }
    let (mut offsets, mut bytes) = (vec![0u32], Vec::new());
    for piece in pieces {
        let mut start = 0;
        for end in std::mem::take(&mut piece.id_ends) {
            let id = &piece.ids[start as usize..end as usize];
            start = end;
            if id.is_empty() {
                bytes.extend_from_slice(format!("edge{}", offsets.len()).as_bytes());
            }
            bytes.extend_from_slice(id);
            offsets.push(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        }
        piece.ids = Vec::new();
    }
    BulkIds::Texts(Strings::of_parts(offsets, bytes))
}

impl Edges {
    /// The field of a detail.
    pub(super) fn detail(&self, code: u32) -> Cell<'_> {
        self.detail_keys.get(code as usize).map_or(Cell::NOTHING, |key| Cell::of_key(key))
    }

    /// The details of a row.
    pub(super) fn details_of(&self, row: u32) -> &[(u32, Slot, u32)] {
        let start = self.details.partition_point(|(at, ..)| *at < row);
        let end = start + self.details[start..].partition_point(|(at, ..)| *at == row);
        &self.details[start..end]
    }

    /// Whether two rows say the same but for their ids.
    pub(super) fn is_same(&self, left: u32, right: u32) -> bool {
        let (first, second) = (left as usize, right as usize);
        let columns = [&self.from, &self.to, &self.types, &self.sources, &self.publications];
        let details = |row: u32| self.details_of(row).iter().map(|(_, slot, code)| (slot, code));
        columns.into_iter().all(|codes| codes.get(first) == codes.get(second))
            && self.denied.binary_search(&left).is_ok() == self.denied.binary_search(&right).is_ok()
            && self.further.iter().all(|(_, raw)| raw.is_same(first, second))
            && details(left).eq(details(right))
    }

    /// Keeps the rows that are marked; their ids are theirs already.
    pub(super) fn retain(&mut self, keep: &[bool], ids: BulkIds) {
        for codes in [&mut self.from, &mut self.to, &mut self.types, &mut self.sources, &mut self.publications] {
            retain(codes, keep);
        }
        self.further.iter_mut().for_each(|(_, raw)| raw.retain(keep));
        let mut places = Vec::with_capacity(keep.len());
        let mut next = 0u32;
        for kept in keep {
            places.push(if *kept { next } else { ABSENT });
            next += u32::from(*kept);
        }
        let place = |row: u32| places.get(row as usize).copied().filter(|place| *place != ABSENT);
        self.denied = self.denied.iter().filter_map(|row| place(*row)).collect();
        self.details = self.details.iter().filter_map(|(row, slot, code)| Some((place(*row)?, *slot, *code))).collect();
        self.ids = ids;
    }
}
