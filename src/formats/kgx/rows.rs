//! Rows: the fields of a line by column, whether it is a line of a table or an object of JSON, which may name new columns.

use std::ops::Range;
use std::sync::{Arc, RwLock};

use crate::formats::import::Cause;
use crate::store::FastMap;

use super::cell::{Cell, Kind, Place};
use super::column::Nature;
use super::header::{Header, MOST_COLUMNS, Role, Table};
use super::json;

/// A line that is no object.
pub(super) const NO_OBJECT: Cause = Cause("no JSON object");
/// An object with a name that no column has any more.
const TOO_MANY_NAMES: Cause = Cause("more different names than a table can have columns");

/// The columns of a table, shared by all who read it.
pub(super) struct Columns {
    /// Whether lines are objects of JSON.
    is_json: bool,
    state: RwLock<State>,
}

/// Columns as far as they are known.
#[derive(Clone)]
pub(super) struct State {
    pub header: Header,
    /// What the further columns hold.
    pub natures: Vec<Arc<Nature>>,
}

impl Columns {
    pub(super) fn new(header: Header, is_json: bool) -> Columns {
        let natures = header.further.iter().map(|further| Arc::new(Nature::new(further.mark))).collect();
        Columns { is_json, state: RwLock::new(State { header, natures }) }
    }

    /// The columns that are known by now.
    pub(super) fn known(&self) -> State {
        self.state.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Adds a column unless somebody has done so.
    fn add(&self, name: &str) -> Option<State> {
        let mut state = self.state.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        if !state.header.names.iter().any(|known| known == name) {
            if state.header.roles.len() >= MOST_COLUMNS {
                return None;
            }
            state.header.add(name, None);
            let mark = state.header.further.last().and_then(|further| further.mark);
            state.natures.push(Arc::new(Nature::new(mark)));
        }
        Some(state.clone())
    }
}

/// What a line is.
pub(super) enum Line<'r> {
    /// A row of the table.
    Row(Row<'r>),
    /// A row of the other table in the same file.
    Other,
}

/// The fields of a row by column.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    text: &'r [u8],
    places: &'r [Place],
}

impl<'r> Row<'r> {
    /// The field in a column.
    #[inline]
    pub(super) fn cell(&self, at: usize) -> Cell<'r> {
        self.places.get(at).map_or(Cell::NOTHING, |place| place.cell(self.text))
    }

    /// The field in a column that may not be there.
    #[inline]
    pub(super) fn at(&self, place: Option<usize>) -> Cell<'r> {
        place.map_or(Cell::NOTHING, |at| self.cell(at))
    }

    /// The row, to be kept.
    pub(super) fn owned(&self) -> (Vec<u8>, Vec<Place>) {
        (self.text.to_vec(), self.places.to_vec())
    }

    /// A row that was kept.
    pub(super) fn of((text, places): &'r (Vec<u8>, Vec<Place>)) -> Row<'r> {
        Row { text, places }
    }
}

/// One who reads lines.
pub(super) struct RowReader<'c> {
    columns: &'c Columns,
    pub state: State,
    by_name: FastMap<Vec<u8>, usize>,
    escaped: Option<usize>,
    text: Vec<u8>,
    /// The names and values of an object.
    fields: Vec<(Place, Place)>,
    places: Vec<Place>,
}

impl<'c> RowReader<'c> {
    pub(super) fn new(columns: &'c Columns) -> RowReader<'c> {
        let state = columns.known();
        let escaped = state.header.place(Role::Escaped);
        let by_name = if columns.is_json { named(&state.header) } else { FastMap::default() };
        RowReader { columns, state, by_name, escaped, text: Vec::new(), fields: Vec::new(), places: Vec::new() }
    }

    /// Whether the first line names the columns.
    pub(super) fn has_heading(&self) -> bool {
        !self.columns.is_json
    }

    /// Reads a line; gives the columns that are known by then.
    pub(super) fn read<'r>(&'r mut self, line: &'r [u8]) -> Result<(Line<'r>, &'r State), Cause> {
        if self.columns.is_json {
            return self.read_object(line);
        }
        self.places.clear();
        fields(line, |range| self.places.push(Place::new(range, Kind::Plain)));
        let columns = self.state.header.roles.len();
        if self.places.len() > columns {
            // Some writers end every line with a tab.
            let is_empty = |place: &Place| place.cell(line).is_nothing();
            if !self.places[columns..].iter().all(is_empty) {
                return Err(Cause::TOO_MANY_FIELDS);
            }
            self.places.truncate(columns);
        }
        if let Some(at) = self.escaped
            && self.places.get(at).is_some_and(|place| place.cell(line).bytes == b"true")
        {
            self.places.iter_mut().for_each(|place| place.kind = Kind::Escaped);
        }
        Ok((Line::Row(Row { text: line, places: &self.places }), &self.state))
    }

    fn read_object(&mut self, line: &[u8]) -> Result<(Line<'_>, &State), Cause> {
        self.text.clear();
        self.fields.clear();
        json::read_object(line, &mut self.text, &mut self.fields).map_err(|json::NoObject| NO_OBJECT)?;
        let is_end = |name: &Place| matches!(name.cell(&self.text).bytes, b"subject" | b"object" | b"predicate");
        let is_edge = self.fields.iter().filter(|(name, _)| is_end(name)).count() >= 2;
        if is_edge != (self.state.header.table == Table::Edges) {
            return Ok((Line::Other, &self.state));
        }
        self.places.clear();
        self.places.resize(self.state.header.roles.len(), Place::default());
        for (name, place) in &self.fields {
            let name = name.cell(&self.text).bytes;
            let at = match self.by_name.get(name) {
                Some(at) => *at,
                None => {
                    self.state = self.columns.add(&String::from_utf8_lossy(name)).ok_or(TOO_MANY_NAMES)?;
                    self.by_name = named(&self.state.header);
                    self.places.resize(self.state.header.roles.len(), Place::default());
                    self.by_name.get(name).copied().unwrap_or(usize::MAX)
                }
            };
            if let Some(known) = self.places.get_mut(at) {
                *known = *place;
            }
        }
        Ok((Line::Row(Row { text: &self.text, places: &self.places }), &self.state))
    }
}

fn named(header: &Header) -> FastMap<Vec<u8>, usize> {
    header.names.iter().enumerate().map(|(at, name)| (name.clone().into_bytes(), at)).collect()
}

/// Where the fields of a line are.
#[inline]
fn fields(line: &[u8], mut found: impl FnMut(Range<usize>)) {
    let mut start = 0;
    for at in memchr::memchr_iter(b'\t', line) {
        found(start..at);
        start = at + 1;
    }
    found(start..line.len());
}
