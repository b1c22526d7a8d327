//! Nodes: the table of entities, read row by row.

use std::collections::BTreeSet;

use crate::store::{ABSENT, BulkColumn, BulkEntities, SlugTable, Strings};

use super::column::{Interner, Nature, Values, joined, united};
use super::header::{Header, Role};
use super::lines::{Lines, Trouble, fields, lines};
use crate::formats::import::{Cause, Rejected, RejectedRow, Rejection};

/// What the table of nodes holds.
#[derive(Default)]
pub(super) struct Nodes {
    /// The entities. Their signatures stand for the category fields as written.
    pub entities: BulkEntities,
    pub table: SlugTable,
    pub categories: Vec<String>,
    pub rows: u64,
    /// By cause, and the rows themselves if they are kept.
    pub rejected: (Vec<Rejection>, Vec<RejectedRow>),
}

/// The most bytes of texts that can be told apart.
const MOST: usize = u32::MAX as usize;

/// Texts as they come, in one blob.
#[derive(Default)]
struct Texts {
    offsets: Vec<u32>,
    bytes: Vec<u8>,
}

impl Texts {
    fn push(&mut self, text: &[u8]) {
        if self.offsets.is_empty() {
            self.offsets.push(0);
        }
        self.bytes.extend_from_slice(text);
        self.offsets.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
    }

    fn strings(self) -> Strings {
        if self.bytes.is_empty() { Strings::default() } else { Strings::of_parts(self.offsets, self.bytes) }
    }
}

/// One reading of the table.
struct Reading<'h> {
    header: &'h Header,
    natures: &'h [Nature],
    /// Rows, counted from 0, whose id an earlier one has: they are known after a first reading only.
    repeated: &'h BTreeSet<u64>,
    slugs: Texts,
    names: Texts,
    definitions: Texts,
    synonyms: Vec<Vec<String>>,
    xrefs: Vec<Vec<String>>,
    categories: Interner,
    signatures: Vec<u32>,
    further: Vec<Values>,
    interners: Vec<Interner>,
    rows: u64,
    /// The row that each entity stands in.
    row_of: Vec<u64>,
    rejected: Rejected,
    lines_before: Vec<u64>,
}

/// Reads the table; `open` starts it anew, since what a column holds may only turn out on the way.
pub(super) fn read<'r>(header: &Header, keep_rejected: bool, open: &dyn Fn() -> Result<Lines<'r>, Trouble>) -> Result<Nodes, Trouble> {
    let natures: Vec<Nature> = header.further.iter().map(|_| Nature::default()).collect();
    let mut repeated = BTreeSet::new();
    loop {
        let mut reading = Reading::new(header, &natures, &repeated, keep_rejected);
        reading.all(&open()?)?;
        let Reading { slugs, further, row_of, .. } = &mut reading;
        let slugs = std::mem::take(slugs).strings();
        let (table, again) = SlugTable::new(&slugs);
        if !again.is_empty() {
            repeated.extend(again.into_iter().map(|at| row_of[at]));
            continue;
        }
        if further.iter().zip(&natures).all(|(values, nature)| values.holds(nature)) {
            return Ok(reading.finish(slugs, table));
        }
    }
}

impl<'h> Reading<'h> {
    fn new(header: &'h Header, natures: &'h [Nature], repeated: &'h BTreeSet<u64>, keep_rejected: bool) -> Reading<'h> {
        Reading {
            header,
            natures,
            repeated,
            slugs: Texts::default(),
            names: Texts::default(),
            definitions: Texts::default(),
            synonyms: Vec::new(),
            xrefs: Vec::new(),
            categories: Interner::default(),
            signatures: Vec::new(),
            further: natures.iter().map(Values::new).collect(),
            interners: natures.iter().map(|_| Interner::default()).collect(),
            rows: 0,
            row_of: Vec::new(),
            rejected: Rejected::new(keep_rejected),
            lines_before: Vec::new(),
        }
    }

    fn all(&mut self, source: &Lines<'_>) -> Result<(), Trouble> {
        let (mut piece, mut places) = (Vec::new(), Vec::new());
        let mut before = 0;
        while let Some(number) = source.next(&mut piece)? {
            self.lines_before.push(before);
            let mut count = 0;
            for (line, text) in (0u64..).zip(lines(&piece)) {
                count += 1;
                if (number > 0 || line > 0) && !text.is_empty() {
                    fields(text, &mut places);
                    if let Err(cause) = self.row(text, &places) {
                        self.rejected.add(cause, number, line, text);
                    }
                    self.rows += 1;
                }
            }
            if [&self.slugs, &self.names, &self.definitions].iter().any(|texts| texts.bytes.len() >= MOST) {
                return Err(Trouble::TooLarge);
            }
            before += count;
        }
        Ok(())
    }

    fn row(&mut self, text: &[u8], places: &[std::ops::Range<usize>]) -> Result<(), Cause> {
        if std::str::from_utf8(text).is_err() {
            return Err(Cause::NOT_TEXT);
        }
        if places.len() > self.header.roles.len() {
            return Err(Cause::TOO_MANY_FIELDS);
        }
        let at = |place: Option<usize>| place.and_then(|at| places.get(at)).map_or(&b""[..], |place| &text[place.clone()]);
        let field = |role: Role| at(self.header.place(role));
        let id = field(Role::Id);
        if id.is_empty() {
            return Err(Cause::NO_ID);
        }
        if self.repeated.contains(&self.rows) {
            return Err(Cause::REPEATED_ID);
        }
        self.slugs.push(id);
        self.row_of.push(self.rows);
        self.names.push(field(Role::Name));
        self.definitions.push(field(Role::Definition));
        self.signatures.push(self.categories.code(field(Role::Category)));
        for (lists, role) in [(&mut self.synonyms, Role::Synonyms), (&mut self.xrefs, Role::Xrefs)] {
            if self.header.place(role).is_some() {
                lists.push(listed(field(role)));
            }
        }
        for (number, values) in self.further.iter_mut().enumerate() {
            values.push(field(Role::Further(number)), &self.natures[number], &mut self.interners[number]);
        }
        Ok(())
    }

    fn finish(self, slugs: Strings, table: SlugTable) -> Nodes {
        let count = slugs.len();
        let names = if self.names.bytes.is_empty() { Strings::new((0..count).map(|_| "")) } else { self.names.strings() };
        let categories = self.categories.texts().iter().map(|text| String::from_utf8_lossy(text).into_owned()).collect();
        let mut properties: Vec<(String, BulkColumn)> = Vec::new();
        for (((name, values), nature), interner) in self.header.further.iter().zip(self.further).zip(self.natures).zip(&self.interners) {
            let (texts, places) = united(std::iter::once(interner));
            properties.push((name.clone(), joined(std::iter::once((values, 0)), nature, texts, &places)));
        }
        properties.sort_by(|(left, _), (right, _)| left.cmp(right));
        let entities = BulkEntities {
            slugs,
            names,
            synonyms: self.synonyms,
            xrefs: self.xrefs,
            definitions: self.definitions.strings(),
            signatures: self.signatures,
            signature_kinds: Vec::new(),
            properties,
        };
        Nodes { entities, table, categories, rows: self.rows, rejected: self.rejected.finish(&self.lines_before) }
    }
}

impl Nodes {
    /// Adds the ends of relations that no row declares: entities without name and kind.
    pub(super) fn add_stubs(&mut self, stubs: &[String]) {
        if stubs.is_empty() {
            return;
        }
        let entities = &mut self.entities;
        entities.slugs = Strings::new(entities.slugs.iter().chain(stubs.iter().map(String::as_str)));
        entities.names = Strings::new(entities.names.iter().chain(stubs.iter().map(|_| "")));
        let nameless = self.categories.iter().position(String::is_empty).unwrap_or_else(|| {
            self.categories.push(String::new());
            self.categories.len() - 1
        });
        let signature = u32::try_from(nameless).unwrap_or(ABSENT);
        entities.signatures.extend(stubs.iter().map(|_| signature));
    }
}

/// The members of a list with bars between them.
fn listed(field: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(field);
    text.split('|').map(str::trim).filter(|member| !member.is_empty()).map(str::to_owned).collect()
}
