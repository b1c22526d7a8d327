//! Edges: the table of relations, read by two threads that take turns.

use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::store::{ABSENT, BulkColumn, BulkIds, SlugTable, Strings};

use super::column::{Interner, Nature, Values, concatenated, joined, united};
use super::header::{Header, Role};
use super::lines::{Lines, Trouble, fields, lines};
use crate::formats::import::{Cause, Rejected, RejectedRow, Rejection};

/// Marks an end that no node is, but a text of the worker's interner of such ends.
const STUB: u32 = 1 << 31;
/// How many threads read.
const WORKERS: usize = 2;

/// What the table of edges holds.
#[derive(Default)]
pub(super) struct Edges {
    /// Starts and ends by position among the nodes, the stubs behind them.
    pub from: Vec<u32>,
    pub to: Vec<u32>,
    /// Positions among the predicates.
    pub types: Vec<u32>,
    pub predicates: Vec<String>,
    pub ids: BulkIds,
    /// Positions among the sources, or [`ABSENT`]; empty where there is no such column.
    pub sources: Vec<u32>,
    pub source_names: Vec<String>,
    pub publications: Option<BulkColumn>,
    pub denied: Vec<u32>,
    pub further: Vec<BulkColumn>,
    /// Ends that no node declares, sorted.
    pub stubs: Vec<String>,
    pub rows: u64,
    /// By cause, and the rows themselves if they are kept.
    pub rejected: (Vec<Rejection>, Vec<RejectedRow>),
}

/// What all threads share.
struct Shared<'s> {
    header: &'s Header,
    places: Places,
    nodes: (&'s SlugTable, &'s Strings),
    natures: Vec<Nature>,
    ids: IdNature,
    keep_rejected: bool,
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
    further: Vec<Option<usize>>,
}

/// Ids are thought to be one text before a number each until one is not.
#[derive(Default)]
struct IdNature {
    prefix: OnceLock<Vec<u8>>,
    texts: AtomicBool,
}

/// The rows of one piece.
#[derive(Default)]
struct Piece {
    number: usize,
    worker: usize,
    lines: u64,
    rows: u64,
    /// The rows that were not rejected.
    kept: u32,
    from: Vec<u32>,
    to: Vec<u32>,
    types: Vec<u32>,
    numbers: Vec<u32>,
    ids: Vec<u8>,
    id_ends: Vec<u32>,
    has_text_ids: bool,
    sources: Vec<u32>,
    publications: Vec<u32>,
    denied: Vec<u32>,
    further: Vec<Values>,
}

/// What one thread has met.
#[derive(Default)]
struct Worker {
    predicates: Interner,
    sources: Interner,
    publications: Interner,
    stubs: Interner,
    further: Vec<Interner>,
    rejected: Rejected,
}

/// Reads the table; `open` starts it anew, since what a column holds may only turn out on the way.
pub(super) fn read<'r>(
    header: &Header,
    nodes: (&SlugTable, &Strings),
    keep_rejected: bool,
    open: &dyn Fn() -> Result<Lines<'r>, Trouble>,
) -> Result<Edges, Trouble> {
    let shared = Shared {
        header,
        places: Places {
            id: header.place(Role::Id),
            subject: header.place(Role::Subject),
            predicate: header.place(Role::Predicate),
            object: header.place(Role::Object),
            source: header.place(Role::Source),
            publications: header.place(Role::Publications),
            negated: header.place(Role::Negated),
            further: (0..header.further.len()).map(|number| header.place(Role::Further(number))).collect(),
        },
        nodes,
        natures: header.further.iter().map(|_| Nature::default()).collect(),
        ids: IdNature::default(),
        keep_rejected,
    };
    // The first piece tells what most columns hold, so that the whole table is seldom read twice.
    loop {
        let mut piece = Vec::new();
        match open()?.next(&mut piece)? {
            Some(number) if !shared.holds(&shared.piece(&piece, number, 0, &mut shared.worker())) => {}
            _ => break,
        }
    }
    loop {
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
            return Ok(shared.finish(workers, pieces));
        }
    }
}

impl Shared<'_> {
    fn worker(&self) -> Worker {
        Worker {
            further: self.natures.iter().map(|_| Interner::default()).collect(),
            rejected: Rejected::new(self.keep_rejected),
            ..Worker::default()
        }
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
            && piece.further.iter().zip(&self.natures).all(|(values, nature)| values.holds(nature))
    }

    fn piece(&self, bytes: &[u8], number: usize, worker_number: usize, worker: &mut Worker) -> Piece {
        let mut piece = Piece {
            number,
            worker: worker_number,
            has_text_ids: self.ids.texts.load(Ordering::Relaxed),
            further: self.natures.iter().map(Values::new).collect(),
            ..Piece::default()
        };
        let is_text = std::str::from_utf8(bytes).is_ok();
        let mut fields_at = Vec::new();
        for (line, text) in (0u64..).zip(lines(bytes)) {
            piece.lines += 1;
            if (number == 0 && line == 0) || text.is_empty() {
                continue;
            }
            piece.rows += 1;
            fields(text, &mut fields_at);
            let outcome = if is_text || std::str::from_utf8(text).is_ok() {
                self.row(text, &fields_at, &mut piece, worker)
            } else {
                Err(Cause::NOT_TEXT)
            };
            if let Err(cause) = outcome {
                worker.rejected.add(cause, number, line, text);
            }
        }
        piece.shrink();
        piece
    }

    fn row(&self, text: &[u8], fields: &[Range<usize>], piece: &mut Piece, worker: &mut Worker) -> Result<(), Cause> {
        if fields.len() > self.header.roles.len() {
            return Err(Cause::TOO_MANY_FIELDS);
        }
        let field = |place: Option<usize>| place.and_then(|at| fields.get(at)).map_or(&b""[..], |place| &text[place.clone()]);
        let places = &self.places;
        let named = |place: Option<usize>, cause: Cause| Some(field(place)).filter(|text| !text.is_empty()).ok_or(cause);
        let subject = named(places.subject, Cause::NO_SUBJECT)?;
        let predicate = named(places.predicate, Cause::NO_PREDICATE)?;
        let object = named(places.object, Cause::NO_OBJECT)?;
        let row = u32::try_from(piece.from.len()).unwrap_or(u32::MAX);
        let mut end = |slug: &[u8]| self.nodes.0.find(self.nodes.1, slug).unwrap_or_else(|| worker.stubs.code(slug) | STUB);
        piece.from.push(end(subject));
        piece.to.push(end(object));
        piece.types.push(worker.predicates.code(predicate));
        if places.id.is_some() {
            self.id(field(places.id), piece);
        }
        if places.source.is_some() {
            let source = field(places.source);
            piece.sources.push(if source.is_empty() { ABSENT } else { worker.sources.code(source) });
        }
        if places.publications.is_some() {
            let publications = field(places.publications);
            piece.publications.push(if publications.is_empty() { ABSENT } else { worker.publications.code(publications) });
        }
        if places.negated.is_some() && field(places.negated).eq_ignore_ascii_case(b"true") {
            piece.denied.push(row);
        }
        for (number, values) in piece.further.iter_mut().enumerate() {
            values.push(field(places.further[number]), &self.natures[number], &mut worker.further[number]);
        }
        Ok(())
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

    /// All pieces as one, with what is the same in several threads under one number.
    fn finish(&self, mut workers: Vec<Worker>, mut pieces: Vec<Piece>) -> Edges {
        let mut rejected = Rejected::new(self.keep_rejected);
        workers.iter_mut().for_each(|worker| rejected.unite(std::mem::take(&mut worker.rejected)));
        let mut lines_before = Vec::with_capacity(pieces.len());
        let mut before = 0;
        for piece in &pieces {
            lines_before.push(before);
            before += piece.lines;
        }
        let (predicates, predicate_places) = united(workers.iter().map(|worker| &worker.predicates));
        let (source_names, source_places) = united(workers.iter().map(|worker| &worker.sources));
        let (stubs, stub_places) = united(workers.iter().map(|worker| &worker.stubs));
        let nodes = u32::try_from(self.nodes.1.len()).unwrap_or(u32::MAX);
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
        let publications = self.places.publications.map(|_| {
            let (texts, places) = united(workers.iter().map(|worker| &worker.publications));
            BulkColumn::Texts(take(&|piece| std::mem::take(&mut piece.publications), &|worker, old| code(&places, worker, old)), texts)
        });
        let ids = self.ids(&mut pieces, from.len());
        let mut denied = Vec::new();
        let mut rows_before = 0;
        for piece in &pieces {
            denied.extend(piece.denied.iter().map(|row| row + rows_before));
            rows_before += piece.kept;
        }
        let mut further = Vec::new();
        for (number, nature) in self.natures.iter().enumerate() {
            let (texts, places) = united(workers.iter().map(|worker| &worker.further[number]));
            let empty = || Values::new(nature);
            let values = pieces.iter_mut().map(|piece| (std::mem::replace(&mut piece.further[number], empty()), piece.worker));
            further.push(joined(values, nature, texts, &places));
        }
        let rows = pieces.iter().map(|piece| piece.rows).sum();
        let rejected = rejected.finish(&lines_before);
        Edges { from, to, types, predicates, ids, sources, source_names, publications, denied, further, stubs, rows, rejected }
    }

    fn ids(&self, pieces: &mut [Piece], count: usize) -> BulkIds {
        if self.places.id.is_none() {
            let numbers = (1..=u32::try_from(count).unwrap_or(u32::MAX)).collect();
            return BulkIds::Numbered("edge".to_owned(), numbers);
        }
        if !self.ids.texts.load(Ordering::Relaxed) {
            let prefix = self.ids.prefix.get().map(|prefix| String::from_utf8_lossy(prefix).into_owned()).unwrap_or_default();
            return BulkIds::Numbered(prefix, concatenated(pieces.iter_mut().map(|piece| std::mem::take(&mut piece.numbers))));
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
