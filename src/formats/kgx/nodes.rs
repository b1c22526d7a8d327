//! Nodes: the table of entities, read row by row; rows with one id are one entity.

use std::collections::BTreeSet;

use crate::formats::import::{Cause, Rejected, RejectedRow, Rejection};
use crate::model::{canonical, counted};
use crate::store::{ABSENT, BulkEntities, FastMap, SlugTable, Strings};

use super::cell::{Cell, Place, list_key};
use super::column::{Addition, Interner, Raw, Values, joined, united};
use super::edges::is_true;
use super::header::{Further, Role, is_list};
use super::lines::{Lines, Trouble, lines};
use super::rows::{Columns, Line, Row, RowReader, State};

/// What the table of nodes holds.
#[derive(Default)]
pub(super) struct Nodes {
    /// The entities, without properties. Their signatures stand for the fields that say their kinds.
    pub entities: BulkEntities,
    pub table: SlugTable,
    /// The kinds by signature: their categories, or our own ids with the category of each where that is told.
    pub kinds: Vec<Vec<Named>>,
    /// The further columns.
    pub further: Vec<(Further, Raw)>,
    pub rows: u64,
    /// How many rows of the other table are in the same file.
    pub others: u64,
    /// By cause, and the rows themselves if they are kept.
    pub rejected: (Vec<Rejection>, Vec<RejectedRow>),
    pub notes: Vec<String>,
}

/// A kind as the table names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Named {
    pub id: String,
    pub category: Option<String>,
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

/// Where the fixed columns are.
struct Places {
    id: Option<usize>,
    name: Option<usize>,
    definition: Option<usize>,
    category: Option<usize>,
    kinds: Option<usize>,
    deprecated: Option<usize>,
    synonyms: Vec<usize>,
    xrefs: Vec<usize>,
}

/// How the table is read.
#[derive(Clone, Copy)]
pub(super) struct Choices {
    pub keep_rejected: bool,
    pub keep_obsolete: bool,
}

/// One reading of the table.
struct Reading<'c> {
    places: Places,
    choices: Choices,
    /// Rows, counted from 0, whose id an earlier one has: they are known after a first reading only.
    repeated: &'c BTreeSet<u64>,
    slugs: Texts,
    names: Texts,
    definitions: Texts,
    synonyms: Vec<Vec<String>>,
    xrefs: Vec<Vec<String>>,
    categories: (Interner, Vec<u32>),
    /// Our own ids of kinds, where there is a column of them.
    kinds: (Interner, Vec<u32>),
    further: Vec<Values>,
    interners: Vec<Interner>,
    rows: u64,
    others: u64,
    obsolete: u64,
    /// The row that each entity stands in.
    row_of: Vec<u64>,
    /// The rows with the id of an earlier one.
    again: Vec<(Vec<u8>, Vec<Place>)>,
    rejected: Rejected,
    lines_before: Vec<u64>,
}

/// What became of rows with the id of an earlier one.
#[derive(Default)]
struct Merged {
    same: u64,
    added: u64,
    lost: u64,
    names: Vec<(usize, Vec<u8>)>,
    definitions: Vec<(usize, Vec<u8>)>,
}

/// Reads the table; `open` starts it anew, since what a column holds may only turn out on the way.
pub(super) fn read<'r>(columns: &Columns, choices: Choices, open: &dyn Fn() -> Result<Lines<'r>, Trouble>) -> Result<Nodes, Trouble> {
    let mut repeated = BTreeSet::new();
    loop {
        let mut reading = Reading::new(columns, &repeated, choices);
        reading.all(columns, &open()?)?;
        let Reading { slugs, row_of, .. } = &mut reading;
        let slugs = std::mem::take(slugs).strings();
        let (table, again) = SlugTable::new(&slugs);
        if !again.is_empty() {
            repeated.extend(again.into_iter().map(|at| row_of[at]));
            continue;
        }
        let state = columns.known();
        let merged = reading.merge(&slugs, &table, &state);
        if reading.further.iter().zip(&state.natures).all(|(values, nature)| values.holds(nature)) {
            return Ok(reading.finish(slugs, table, state, merged));
        }
    }
}

impl<'c> Reading<'c> {
    fn new(columns: &Columns, repeated: &'c BTreeSet<u64>, choices: Choices) -> Reading<'c> {
        let header = columns.known().header;
        Reading {
            places: Places {
                id: header.place(Role::Id),
                name: header.place(Role::Name),
                definition: header.place(Role::Definition),
                category: header.place(Role::Category),
                kinds: header.place(Role::Kinds),
                deprecated: header.place(Role::Deprecated),
                synonyms: header.places(Role::Synonyms),
                xrefs: header.places(Role::Xrefs),
            },
            choices,
            repeated,
            slugs: Texts::default(),
            names: Texts::default(),
            definitions: Texts::default(),
            synonyms: Vec::new(),
            xrefs: Vec::new(),
            categories: Default::default(),
            kinds: Default::default(),
            further: Vec::new(),
            interners: Vec::new(),
            rows: 0,
            others: 0,
            obsolete: 0,
            row_of: Vec::new(),
            again: Vec::new(),
            rejected: Rejected::new(choices.keep_rejected),
            lines_before: Vec::new(),
        }
    }

    fn all(&mut self, columns: &Columns, source: &Lines<'_>) -> Result<(), Trouble> {
        let mut reader = RowReader::new(columns);
        let mut piece = Vec::new();
        let mut before = 0;
        while let Some(number) = source.next(&mut piece)? {
            self.lines_before.push(before);
            let mut count = 0;
            for (line, text) in (0u64..).zip(lines(&piece)) {
                count += 1;
                let is_heading = number == 0 && line == 0 && reader.has_heading();
                if is_heading || text.trim_ascii().is_empty() {
                    continue;
                }
                let outcome = if std::str::from_utf8(text).is_err() { Err(Cause::NOT_TEXT) } else { reader.read(text) };
                let outcome = match outcome {
                    Ok((Line::Row(row), state)) => self.row(&row, state),
                    Ok((Line::Other, _)) => {
                        self.others += 1;
                        continue;
                    }
                    Err(cause) => Err(cause),
                };
                if let Err(cause) = outcome {
                    self.rejected.add(cause, number, line, text);
                }
                self.rows += 1;
            }
            if [&self.slugs, &self.names, &self.definitions].iter().any(|texts| texts.bytes.len() >= MOST) {
                return Err(Trouble::TooLarge);
            }
            before += count;
        }
        Ok(())
    }

    fn row(&mut self, row: &Row<'_>, state: &State) -> Result<(), Cause> {
        let places = &self.places;
        let id = row.at(places.id).text();
        let id = String::from_utf8_lossy(&id);
        let id = canonical(id.trim());
        if id.is_empty() {
            return Err(Cause::NO_ID);
        }
        if !self.choices.keep_obsolete && is_true(row.at(places.deprecated)) {
            self.obsolete += 1;
            return Ok(());
        }
        if self.repeated.contains(&self.rows) {
            self.again.push(row.owned());
            return Ok(());
        }
        self.slugs.push(id.as_bytes());
        self.row_of.push(self.rows);
        self.names.push(row.at(places.name).string().as_bytes());
        self.definitions.push(row.at(places.definition).string().as_bytes());
        for ((interner, codes), place) in [(&mut self.categories, places.category), (&mut self.kinds, places.kinds)] {
            if place.is_some() {
                codes.push(interner.code_of(row.at(place)));
            }
        }
        if !places.synonyms.is_empty() {
            self.synonyms.push(listed(row, &places.synonyms));
        }
        if !places.xrefs.is_empty() {
            self.xrefs.push(identifiers(row, &places.xrefs, &id));
        }
        for (number, nature) in state.natures.iter().enumerate() {
            if number == self.further.len() {
                let mut values = Values::new(nature);
                values.pad(self.row_of.len() - 1);
                self.further.push(values);
                self.interners.push(Interner::default());
            }
            let cell = row.cell(state.header.further_at[number]);
            self.further[number].push(cell, nature, &mut self.interners[number]);
        }
        Ok(())
    }

    /// Adds what rows with the id of an earlier one say.
    fn merge(&mut self, slugs: &Strings, table: &SlugTable, state: &State) -> Merged {
        let mut merged = Merged::default();
        for kept in std::mem::take(&mut self.again) {
            let row = Row::of(&kept);
            let id = row.at(self.places.id).text();
            let id = String::from_utf8_lossy(&id);
            let id = canonical(id.trim());
            let Some(at) = table.find(slugs, id.as_bytes()).map(|at| at as usize) else { continue };
            let outcomes = self.add(at, &row, &id, state, &mut merged);
            if outcomes.contains(&Addition::Lost) {
                merged.lost += 1;
            } else if outcomes.contains(&Addition::New) {
                merged.added += 1;
            } else {
                merged.same += 1;
            }
        }
        merged
    }

    fn add(&mut self, at: usize, row: &Row<'_>, id: &str, state: &State, merged: &mut Merged) -> Vec<Addition> {
        let mut outcomes = Vec::new();
        let texts =
            [(&self.names, self.places.name, &mut merged.names), (&self.definitions, self.places.definition, &mut merged.definitions)];
        for (texts, place, added) in texts {
            let text = row.at(place).string().into_bytes();
            let bounds = texts.offsets.get(at).zip(texts.offsets.get(at + 1));
            let known = bounds.and_then(|(start, end)| texts.bytes.get(*start as usize..*end as usize)).unwrap_or_default();
            if text.is_empty() || known == text {
                continue;
            }
            if known.is_empty() && added.iter().all(|(earlier, _)| *earlier != at) {
                added.push((at, text));
                outcomes.push(Addition::New);
            } else {
                outcomes.push(Addition::Lost);
            }
        }
        let mut unite = |lists: &mut Vec<Vec<String>>, further: Vec<String>| {
            let Some(list) = lists.get_mut(at) else { return };
            for text in further {
                if !list.contains(&text) {
                    list.push(text);
                    outcomes.push(Addition::New);
                }
            }
        };
        unite(&mut self.synonyms, listed(row, &self.places.synonyms));
        unite(&mut self.xrefs, identifiers(row, &self.places.xrefs, id));
        for ((interner, codes), place) in [(&mut self.categories, self.places.category), (&mut self.kinds, self.places.kinds)] {
            let Some(code) = codes.get_mut(at) else { continue };
            let mut known = interner.texts().get(*code as usize).map(|key| Cell::of_key(key).strings()).unwrap_or_default();
            let before = known.len();
            known.extend(row.at(place).strings().into_iter().filter(|kind| !known.contains(kind)).collect::<Vec<_>>());
            if known.len() > before {
                *code = interner.code(&list_key(&known));
                outcomes.push(Addition::New);
            }
        }
        for (number, values) in self.further.iter_mut().enumerate() {
            let cell = row.cell(state.header.further_at[number]);
            let is_list = is_list(&state.header.further[number].name) == Some(true);
            values.pad(self.row_of.len());
            outcomes.push(values.add(at, cell, is_list, &state.natures[number], &mut self.interners[number]));
        }
        outcomes
    }

    fn finish(mut self, slugs: Strings, table: SlugTable, state: State, merged: Merged) -> Nodes {
        let count = slugs.len();
        let notes = self.notes(&merged);
        let names = patched(std::mem::take(&mut self.names).strings(), merged.names, count);
        let names = if names.is_empty() { Strings::new((0..count).map(|_| "")) } else { names };
        let definitions = patched(std::mem::take(&mut self.definitions).strings(), merged.definitions, count);
        let mut further = Vec::new();
        for (((column, mut values), nature), interner) in
            state.header.further.into_iter().zip(self.further).zip(&state.natures).zip(&self.interners)
        {
            values.pad(count);
            let (texts, places) = united(std::iter::once(interner));
            further.extend(joined(vec![(values, 0)], nature, texts, &places).map(|raw| (column, raw)));
        }
        let (signatures, kinds) = kinds(&self.categories, &self.kinds, count);
        let entities = BulkEntities {
            slugs,
            names,
            synonyms: self.synonyms,
            xrefs: self.xrefs,
            definitions,
            signatures,
            signature_kinds: Vec::new(),
            properties: Vec::new(),
        };
        Nodes {
            entities,
            table,
            kinds,
            further,
            rows: self.rows,
            others: self.others,
            rejected: self.rejected.finish(&self.lines_before),
            notes,
        }
    }

    fn notes(&self, merged: &Merged) -> Vec<String> {
        let mut notes = Vec::new();
        let mut tell = |count: u64, one: &str, many: &str| {
            if count > 0 {
                notes.push(counted(count, one, many));
            }
        };
        tell(self.obsolete, "deprecated node left out", "deprecated nodes left out");
        tell(merged.same, "row repeats an earlier node", "rows repeat an earlier node");
        tell(merged.added, "row adds to an earlier node with its id", "rows add to an earlier node with their id");
        let lost = "an earlier node with the same id: the first value counts, lists are united";
        tell(merged.lost, &format!("row differs from {lost}"), &format!("rows differ from {lost}"));
        notes
    }
}

/// Texts with some that were empty filled.
fn patched(texts: Strings, mut patches: Vec<(usize, Vec<u8>)>, count: usize) -> Strings {
    if patches.is_empty() {
        return texts;
    }
    patches.sort_unstable();
    let text = |at: usize| match patches.binary_search_by_key(&at, |(at, _)| *at) {
        Ok(place) => String::from_utf8_lossy(&patches[place].1).into_owned(),
        Err(_) => texts.get(at).to_owned(),
    };
    Strings::new((0..count).map(text))
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
        let nameless = self.kinds.iter().position(Vec::is_empty).unwrap_or_else(|| {
            self.kinds.push(Vec::new());
            self.kinds.len() - 1
        });
        let signature = u32::try_from(nameless).unwrap_or(ABSENT);
        entities.signatures.extend(stubs.iter().map(|_| signature));
    }
}

/// The signature of each entity, and the kinds of each signature. Where some row has our own ids of kinds, they alone count.
fn kinds(categories: &(Interner, Vec<u32>), own: &(Interner, Vec<u32>), count: usize) -> (Vec<u32>, Vec<Vec<Named>>) {
    let strings = |interner: &Interner| interner.texts().iter().map(|key| Cell::of_key(key).strings()).collect::<Vec<_>>();
    let plain = |ids: Vec<String>| ids.into_iter().map(|id| Named { id, category: None }).collect::<Vec<_>>();
    let (category_lists, own_lists) = (strings(&categories.0), strings(&own.0));
    if own_lists.iter().all(Vec::is_empty) {
        return if categories.1.is_empty() {
            (vec![0; count], vec![Vec::new()])
        } else {
            (categories.1.clone(), category_lists.into_iter().map(plain).collect())
        };
    }
    let mut numbers: FastMap<(u32, u32), u32> = FastMap::default();
    let mut lists = Vec::new();
    let code = |codes: &[u32], at: usize| codes.get(at).copied().unwrap_or(ABSENT);
    let signatures = (0..count).map(|at| {
        let pair = (code(&own.1, at), code(&categories.1, at));
        *numbers.entry(pair).or_insert_with(|| {
            let ids = own_lists.get(pair.0 as usize).cloned().unwrap_or_default();
            let mut named = plain(ids);
            let categories = category_lists.get(pair.1 as usize).filter(|categories| categories.len() == named.len());
            for (kind, category) in named.iter_mut().zip(categories.into_iter().flatten()) {
                kind.category = Some(category.clone());
            }
            lists.push(named);
            u32::try_from(lists.len() - 1).unwrap_or(ABSENT)
        })
    });
    (signatures.collect(), lists)
}

/// The members of lists in several columns, each once.
fn listed(row: &Row<'_>, places: &[usize]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in places.iter().flat_map(|at| members(row.cell(*at))) {
        if !text.is_empty() && !all.contains(&text) {
            all.push(text);
        }
    }
    all
}

/// The members of a list; a string of JSON is one.
fn members(cell: Cell<'_>) -> Vec<String> {
    cell.members().into_iter().map(|member| member.text).collect()
}

/// Identifiers elsewhere in several columns, in their usual spelling, each once, without the entity's own.
fn identifiers(row: &Row<'_>, places: &[usize], own: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in places.iter().flat_map(|at| row.cell(*at).strings()) {
        let usual = canonical(&text).into_owned();
        if usual != own && !all.contains(&usual) {
            all.push(usual);
        }
    }
    all
}
