//! Edges: the table of relations, read by two threads that take turns.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::formats::import::{Cause, Rejected};
use crate::model::canonical;
use crate::store::{ABSENT, SlugTable, Strings};

use super::cell::Cell;
use super::column::{Interner, Values};
use super::details;
use super::header::{Header, Role, Slot};
use super::join::{Edges, joined_edges};
use super::lines::{Lines, Trouble, lines};
use super::rows::{Columns, Line, NO_OBJECT, Row, RowReader, State};

/// Marks an end that no node is, but a text of the worker's interner of such ends.
pub(super) const STUB: u32 = 1 << 31;
/// How many threads read.
const WORKERS: usize = 2;
/// What stands between our own id of a relation type and the predicate.
pub(super) const BETWEEN: u8 = 0x1f;

/// What all threads share.
pub(super) struct Shared<'s> {
    pub columns: &'s Columns,
    places: Places,
    pub nodes: (&'s SlugTable, &'s Strings),
    pub ids: IdNature,
    /// Whether lines that are no rows at all are told by whoever reads the other table of the same file.
    tells_other: bool,
    /// How many rows belong to the other table.
    pub others: AtomicU64,
    pub keep_rejected: bool,
}

/// Where the fixed columns are.
struct Places {
    id: Option<usize>,
    subject: Option<usize>,
    predicate: Option<usize>,
    object: Option<usize>,
    source: Option<usize>,
    publications: Option<usize>,
    negated: Option<usize>,
    /// The column and its number among the further ones.
    relation: Option<(usize, usize)>,
    /// What it says, the column, and its number among the further ones.
    details: Vec<(Slot, usize, usize)>,
    other_sources: Vec<usize>,
}

/// Ids are thought to be one text before a number each until one is not.
#[derive(Default)]
pub(super) struct IdNature {
    pub prefix: OnceLock<Vec<u8>>,
    pub texts: AtomicBool,
}

/// The rows of one piece.
#[derive(Default)]
pub(super) struct Piece {
    pub number: usize,
    pub worker: usize,
    pub lines: u64,
    pub rows: u64,
    /// The rows that were not rejected.
    pub kept: u32,
    pub from: Vec<u32>,
    pub to: Vec<u32>,
    pub types: Vec<u32>,
    pub numbers: Vec<u32>,
    pub ids: Vec<u8>,
    pub id_ends: Vec<u32>,
    has_text_ids: bool,
    pub sources: Vec<u32>,
    pub publications: Vec<u32>,
    pub denied: Vec<u32>,
    pub further: Vec<Values>,
    /// What few rows have: the row, what it is, the number of the field.
    pub details: Vec<(u32, Slot, u32)>,
    /// The further columns of the row at hand whose fields were taken for something else.
    hidden: Vec<usize>,
    is_hidden: Vec<bool>,
}

/// What one thread has met.
#[derive(Default)]
pub(super) struct Worker {
    pub predicates: Interner,
    pub sources: Interner,
    pub publications: Interner,
    pub stubs: Interner,
    pub details: Interner,
    pub further: Vec<Interner>,
    pub rejected: Rejected,
}

/// Reads the table; `open` starts it anew, since what a column holds may only turn out on the way. `tells_other` says whether
/// lines that are no rows at all are told by whoever reads the other table of the same file.
pub(super) fn read<'r>(
    columns: &Columns,
    nodes: (&SlugTable, &Strings),
    (keep_rejected, tells_other): (bool, bool),
    open: &dyn Fn() -> Result<Lines<'r>, Trouble>,
) -> Result<Edges, Trouble> {
    let places = Places::of(&columns.known().header);
    let others = AtomicU64::new(0);
    let shared = Shared { columns, places, nodes, ids: IdNature::default(), tells_other, others, keep_rejected };
    // The first piece tells what most columns hold, so that the whole table is seldom read twice.
    loop {
        let mut piece = Vec::new();
        match open()?.next(&mut piece)? {
            Some(number) if !shared.holds(&shared.piece(&piece, number, 0, &mut shared.worker())) => {}
            _ => break,
        }
    }
    let settled = columns.known().header.further.len();
    loop {
        shared.others.store(0, Ordering::Relaxed);
        let (workers, mut pieces) = shared.read(&open()?)?;
        if pieces.iter().all(|piece| shared.holds(piece)) {
            let most = u64::from(u32::MAX);
            let total = |count: fn(&Piece) -> u64| pieces.iter().map(count).sum::<u64>();
            // A made-up id takes up to sixteen bytes.
            if total(|piece| piece.from.len() as u64) >= most || total(|piece| (piece.ids.len() + 16 * piece.id_ends.len()) as u64) >= most
            {
                return Err(Trouble::TooLarge);
            }
            pieces.sort_unstable_by_key(|piece| piece.number);
            return Ok(joined_edges(&shared, settled, workers, pieces));
        }
    }
}

impl Places {
    fn of(header: &Header) -> Places {
        let detail = |(at, role): (usize, &Role)| if let Role::Detail(slot, further) = role { Some((*slot, at, *further)) } else { None };
        let relation = |(at, role): (usize, &Role)| if let Role::Relation(number) = role { Some((at, *number)) } else { None };
        Places {
            id: header.place(Role::Id),
            subject: header.place(Role::Subject),
            predicate: header.place(Role::Predicate),
            object: header.place(Role::Object),
            source: header.place(Role::Source),
            publications: header.place(Role::Publications),
            negated: header.place(Role::Negated),
            relation: header.roles.iter().enumerate().find_map(relation),
            details: header.roles.iter().enumerate().filter_map(detail).collect(),
            other_sources: header.other_sources.clone(),
        }
    }

    fn has_sources(&self) -> bool {
        self.source.is_some() || !self.other_sources.is_empty()
    }
}

impl Shared<'_> {
    fn worker(&self) -> Worker {
        Worker { rejected: Rejected::new(self.keep_rejected), ..Worker::default() }
    }

    fn read(&self, source: &Lines<'_>) -> Result<(Vec<Worker>, Vec<Piece>), Trouble> {
        let work = |number: usize| {
            let (mut worker, mut pieces, mut bytes) = (self.worker(), Vec::new(), Vec::new());
            while let Some(piece) = source.next(&mut bytes)? {
                pieces.push(self.piece(&bytes, piece, number, &mut worker));
            }
            Ok((worker, pieces))
        };
        let (mut workers, mut pieces) = (Vec::new(), Vec::new());
        std::thread::scope(|scope| {
            let others: Vec<_> = (1..WORKERS).map(|number| scope.spawn(move || work(number))).collect();
            let mut outcomes = vec![work(0)];
            outcomes.extend(others.into_iter().map(|other| other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))));
            for outcome in outcomes {
                let (worker, mut own) = outcome?;
                workers.push(worker);
                pieces.append(&mut own);
            }
            Ok(())
        })?;
        Ok((workers, pieces))
    }

    /// Whether everything in a piece was thought to be what it is.
    fn holds(&self, piece: &Piece) -> bool {
        piece.has_text_ids == self.ids.texts.load(Ordering::Relaxed)
            && piece.further.iter().zip(&self.columns.known().natures).all(|(values, nature)| values.holds(nature))
    }

    fn piece(&self, bytes: &[u8], number: usize, worker_number: usize, worker: &mut Worker) -> Piece {
        let mut reader = RowReader::new(self.columns);
        let has_text_ids = self.ids.texts.load(Ordering::Relaxed);
        let mut piece = Piece { number, worker: worker_number, has_text_ids, ..Piece::default() };
        let mut further = Vec::new();
        widen(&mut further, &mut piece, &mut worker.further, &reader.state);
        let is_text = std::str::from_utf8(bytes).is_ok();
        let mut others = 0;
        for (line, text) in (0u64..).zip(lines(bytes)) {
            piece.lines += 1;
            if (number == 0 && line == 0 && reader.has_heading()) || text.trim_ascii().is_empty() {
                continue;
            }
            let outcome = if is_text || std::str::from_utf8(text).is_ok() {
                match reader.read(text) {
                    Ok((Line::Row(row), state)) => {
                        if state.header.further.len() > further.len() {
                            widen(&mut further, &mut piece, &mut worker.further, state);
                        }
                        self.row(&row, (state, &further), &mut piece, worker)
                    }
                    Ok((Line::Other, _)) => {
                        others += 1;
                        continue;
                    }
                    Err(NO_OBJECT) if self.tells_other => continue,
                    Err(cause) => Err(cause),
                }
            } else if self.tells_other {
                continue;
            } else {
                Err(Cause::NOT_TEXT)
            };
            piece.rows += 1;
            if let Err(cause) = outcome {
                worker.rejected.add(cause, number, line, text);
            }
        }
        self.others.fetch_add(others, Ordering::Relaxed);
        piece.shrink();
        piece
    }

    #[inline]
    fn row(&self, row: &Row<'_>, (state, further): (&State, &[usize]), piece: &mut Piece, worker: &mut Worker) -> Result<(), Cause> {
        let places = &self.places;
        let (subject, object) = (row.at(places.subject).text(), row.at(places.object).text());
        let (subject, object) = (subject.trim_ascii(), object.trim_ascii());
        let predicate = row.at(places.predicate).text();
        let predicate = predicate.trim_ascii();
        for (is_missing, cause) in
            [(subject.is_empty(), Cause::NO_SUBJECT), (predicate.is_empty(), Cause::NO_PREDICATE), (object.is_empty(), Cause::NO_OBJECT)]
        {
            if is_missing {
                return Err(cause);
            }
        }
        let number = u32::try_from(piece.from.len()).unwrap_or(u32::MAX);
        let mut end = |slug: &[u8]| self.nodes.0.find(self.nodes.1, slug).unwrap_or_else(|| self.stub(slug, worker));
        piece.from.push(end(subject));
        piece.to.push(end(object));
        piece.types.push(match places.relation.map(|(at, further)| (row.cell(at), further)) {
            Some((relation, further)) if !relation.is_nothing() && !relation.bytes.contains(&b':') => {
                piece.hidden.push(further);
                let both = [relation.text().trim_ascii(), &[BETWEEN], predicate].concat();
                worker.predicates.code(&both)
            }
            _ => worker.predicates.code(predicate),
        });
        if places.id.is_some() {
            self.id(row.at(places.id).text().trim_ascii(), piece);
        }
        if places.has_sources() {
            let mut source = row.at(places.source);
            if source.is_nothing() {
                let other = places.other_sources.iter().find(|further| !row.cell(state.header.further_at[**further]).is_nothing());
                if let Some(other) = other {
                    piece.hidden.push(*other);
                    source = row.cell(state.header.further_at[*other]);
                }
            }
            piece.sources.push(if source.is_nothing() { ABSENT } else { worker.sources.code_of(source) });
        }
        if places.publications.is_some() {
            let publications = row.at(places.publications);
            piece.publications.push(if publications.is_nothing() { ABSENT } else { worker.publications.code_of(publications) });
        }
        if places.negated.is_some() && is_true(row.at(places.negated)) {
            piece.denied.push(number);
        }
        if !places.details.is_empty() {
            self.details(row, number, piece, worker);
        }
        if !piece.hidden.is_empty() {
            hide_some(row, (state, further), piece, worker);
            return Ok(());
        }
        for (column, values) in piece.further.iter_mut().enumerate() {
            values.push(row.cell(further[column]), &state.natures[column], &mut worker.further[column]);
        }
        Ok(())
    }

    /// What few rows have.
    fn details(&self, row: &Row<'_>, number: u32, piece: &mut Piece, worker: &mut Worker) {
        let cell_of = |slot: Slot| {
            let place = self.places.details.iter().find(|(known, ..)| *known == slot);
            place.map_or(Cell::NOTHING, |(_, at, _)| row.cell(*at))
        };
        let id = || row.at(self.places.id).text().trim_ascii().to_vec();
        for (slot, at, further) in &self.places.details {
            let cell = row.cell(*at);
            if !cell.is_nothing() && details::makes_sense(*slot, cell, &cell_of, &id) {
                piece.details.push((number, *slot, worker.details.code_of(cell)));
                piece.hidden.push(*further);
            }
        }
    }

    /// An end that is not found as it is written: a node by another spelling of its id, or nobody.
    #[cold]
    fn stub(&self, slug: &[u8], worker: &mut Worker) -> u32 {
        let written = String::from_utf8_lossy(slug);
        let usual = canonical(&written);
        let known = if usual.as_bytes() == slug { None } else { self.nodes.0.find(self.nodes.1, usual.as_bytes()) };
        known.unwrap_or_else(|| worker.stubs.code(usual.as_bytes()) | STUB)
    }

    fn id(&self, id: &[u8], piece: &mut Piece) {
        if piece.has_text_ids {
            piece.ids.extend_from_slice(id);
            piece.id_ends.push(u32::try_from(piece.ids.len()).unwrap_or(u32::MAX));
            return;
        }
        let digits = id.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let prefix = self.ids.prefix.get_or_init(|| id[..id.len() - digits].to_vec());
        let number = id.strip_prefix(prefix.as_slice()).and_then(running_number);
        if number.is_none() {
            self.ids.texts.store(true, Ordering::Relaxed);
        }
        piece.numbers.push(number.unwrap_or_default());
    }
}

/// Adds what a row says in its further columns, but for fields that were taken for something else.
fn hide_some(row: &Row<'_>, (state, further): (&State, &[usize]), piece: &mut Piece, worker: &mut Worker) {
    let mut is_hidden = std::mem::take(&mut piece.is_hidden);
    is_hidden.resize(further.len(), false);
    piece.hidden.iter().for_each(|column| is_hidden[*column] = true);
    for (column, values) in piece.further.iter_mut().enumerate() {
        let cell = if is_hidden[column] { Cell::NOTHING } else { row.cell(further[column]) };
        values.push(cell, &state.natures[column], &mut worker.further[column]);
    }
    while let Some(column) = piece.hidden.pop() {
        is_hidden[column] = false;
    }
    piece.is_hidden = is_hidden;
}

/// Makes room for columns that have been named since.
fn widen(further: &mut Vec<usize>, piece: &mut Piece, interners: &mut Vec<Interner>, state: &State) {
    further.clone_from(&state.header.further_at);
    for nature in &state.natures[piece.further.len()..] {
        let mut values = Values::new(nature);
        values.pad(piece.from.len());
        piece.further.push(values);
    }
    if interners.len() < piece.further.len() {
        interners.resize_with(piece.further.len(), Interner::default);
    }
}

/// Whether a field says yes.
pub(super) fn is_true(cell: Cell<'_>) -> bool {
    let text = cell.bytes.trim_ascii();
    [&b"true"[..], b"1", b"yes", b"t", b"y"].iter().any(|yes| text.eq_ignore_ascii_case(yes))
}

impl Piece {
    fn shrink(&mut self) {
        self.kept = u32::try_from(self.from.len()).unwrap_or(u32::MAX);
        for part in [&mut self.from, &mut self.to, &mut self.types, &mut self.numbers, &mut self.sources, &mut self.publications] {
            part.shrink_to_fit();
        }
    }
}

/// A number without needless zeros.
fn running_number(digits: &[u8]) -> Option<u32> {
    match digits {
        [b'0'] | [b'1'..=b'9', ..] => std::str::from_utf8(digits).ok()?.parse().ok(),
        _ => None,
    }
}
