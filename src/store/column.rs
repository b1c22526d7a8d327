//! Column: what the data says under one name of many things (relations or entities), packed by what it is.

use std::sync::Arc;

use crate::model::{ColumnType, EntityId, Measure, Quantity, Value};

use super::bulk::{ABSENT, BulkColumn};
use super::form::{
    Array, Bits, Blobs, Codes, Damage, FastMap, Limit, SectionReader, SectionWriter, Strings, View, hash, number, pack, unpack,
};

/// The values of one qualifier or property, by the number of the relation or entity.
#[derive(Clone, Debug)]
pub struct Column {
    presence: Presence,
    storage: Storage,
    /// Entities in it stand below this: that is known of a graph that was put together, and looked at in one that lies in a file.
    entities: usize,
}

/// Who has a value, and at which position it stands.
#[derive(Clone, Debug)]
enum Presence {
    /// Everyone, at their own number.
    All,
    /// Those of a set, at their rank.
    Some(Bits),
}

/// The values that are there, in order.
#[derive(Clone, Debug)]
enum Storage {
    Numbers(Array<f64>),
    /// Numbers of which few differ.
    NumberCodes(Codes, Array<f64>),
    Integers(Array<i64>),
    /// Whole numbers from 0 to 2^32 - 1.
    Counts(Codes),
    Booleans(Codes),
    /// Texts of which few differ.
    TextCodes(Codes, Strings),
    Texts(Strings),
    Entities(Codes),
    /// Whatever else, each packed by itself.
    Packed(Blobs),
}

/// The numbers of a column that holds nothing else.
#[derive(Clone, Copy, Debug)]
pub struct NumberColumn<'a> {
    presence: &'a Presence,
    numbers: Numbers<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Numbers<'a> {
    Plain(View<'a, f64>),
    Codes(&'a Codes, View<'a, f64>),
}

impl NumberColumn<'_> {
    /// The number at a position; none where nothing is said.
    #[inline]
    pub fn get(&self, at: usize) -> Option<f64> {
        let place = self.presence.place(at)?;
        match self.numbers {
            Numbers::Plain(numbers) => numbers.at(place),
            Numbers::Codes(codes, numbers) => numbers.at(codes.get(place) as usize),
        }
    }
}

impl Presence {
    fn of(limit: usize, present: &[u32]) -> Presence {
        if present.len() == limit { Presence::All } else { Presence::Some(Bits::new(limit, present.iter().copied())) }
    }

    #[inline]
    fn place(&self, at: usize) -> Option<usize> {
        match self {
            Presence::All => Some(at),
            Presence::Some(bits) => bits.rank(u32::try_from(at).ok()?),
        }
    }
}

/// Different items with a number for each, in the order in which they were first met.
struct Dictionary<K> {
    codes: Vec<u32>,
    known: FastMap<K, u32>,
}

impl<K: Eq + std::hash::Hash> Dictionary<K> {
    fn new(items: impl Iterator<Item = K>) -> Dictionary<K> {
        let mut dictionary = Dictionary { codes: Vec::new(), known: FastMap::default() };
        for item in items {
            let next = number(dictionary.known.len());
            dictionary.codes.push(*dictionary.known.entry(item).or_insert(next));
        }
        dictionary
    }

    /// The items by their numbers.
    fn items(self) -> Vec<K> {
        let mut items: Vec<(u32, K)> = self.known.into_iter().map(|(item, code)| (code, item)).collect();
        items.sort_unstable_by_key(|(code, _)| *code);
        items.into_iter().map(|(_, item)| item).collect()
    }
}

impl Column {
    /// The column of these values of things below `limit`; ascending, each thing once.
    pub fn new(limit: usize, values: &[(u32, Value)]) -> Column {
        let present: Vec<u32> = values.iter().map(|(at, _)| *at).collect();
        let storage = numbers(values)
            .map(Storage::numbers)
            .or_else(|| integers(values).map(Storage::integers))
            .or_else(|| booleans(values).map(|booleans| Storage::Booleans(Codes::below(booleans, 1))))
            .or_else(|| texts(values).map(Storage::texts))
            .or_else(|| entities(values).map(|entities| Storage::Entities(Codes::new(entities))))
            .unwrap_or_else(|| Storage::Packed(Blobs::new(values.iter().map(|(_, value)| pack(value)))));
        Column { presence: Presence::of(limit, &present), storage, entities: usize::MAX }
    }

    /// A column of numbers: those of the things in `present` (ascending, below `limit`), in their order.
    pub fn of_numbers(limit: usize, present: &[u32], numbers: Vec<f64>) -> Column {
        Column { presence: Presence::of(limit, present), storage: Storage::numbers(numbers), entities: usize::MAX }
    }

    /// A column of whole numbers, as [`Column::of_numbers`].
    pub fn of_integers(limit: usize, present: &[u32], integers: Vec<i64>) -> Column {
        Column { presence: Presence::of(limit, present), storage: Storage::integers(integers), entities: usize::MAX }
    }

    /// A column of texts of which few differ: for each thing in `present` the position of its text.
    pub fn of_texts(limit: usize, present: &[u32], codes: Vec<u32>, texts: Strings) -> Column {
        let codes = Codes::below(codes, number(texts.len()));
        Column { presence: Presence::of(limit, present), storage: Storage::TextCodes(codes, texts), entities: usize::MAX }
    }

    /// The value at a position; none where nothing is said.
    pub fn get(&self, at: usize) -> Option<Value> {
        let place = self.presence.place(at)?;
        match &self.storage {
            Storage::Numbers(_) | Storage::NumberCodes(..) => {
                self.numbers()?.get(at).map(|number| Value::Quantity(Quantity::exact(Measure::Number, number)))
            }
            Storage::Integers(integers) => integers.at(place).map(Value::Integer),
            Storage::Counts(codes) => (place < codes.len()).then(|| Value::Integer(codes.get(place).into())),
            Storage::Booleans(codes) => (place < codes.len()).then(|| Value::Boolean(codes.get(place) == 1)),
            Storage::TextCodes(codes, texts) => (place < codes.len()).then(|| Value::text(texts.get(codes.get(place) as usize))),
            Storage::Texts(texts) => (place < texts.len()).then(|| Value::text(texts.get(place))),
            Storage::Entities(entities) => (place < entities.len()).then(|| Value::Entity(EntityId(entities.get(place)))),
            Storage::Packed(blobs) => unpack(blobs.get(place)).ok().filter(|value| is_plain(value, self.entities)),
        }
    }

    /// A number for the value at a position that equal values share and others do not; none where nothing is said.
    pub(super) fn key(&self, at: usize) -> Option<u64> {
        let place = self.presence.place(at)?;
        match &self.storage {
            Storage::Numbers(numbers) => numbers.at(place).map(f64::to_bits),
            Storage::Integers(integers) => integers.at(place).map(i64::cast_unsigned),
            Storage::NumberCodes(codes, _)
            | Storage::Counts(codes)
            | Storage::Booleans(codes)
            | Storage::TextCodes(codes, _)
            | Storage::Entities(codes) => (place < codes.len()).then(|| codes.get(place).into()),
            Storage::Texts(texts) => (place < texts.len()).then(|| hash(texts.bytes(place))),
            Storage::Packed(blobs) => (place < blobs.len()).then(|| hash(blobs.get(place))),
        }
    }

    /// The values of things below `limit` as an importer would have found them.
    pub fn to_bulk(&self, limit: usize) -> BulkColumn {
        let place = |at: usize| self.presence.place(at);
        match &self.storage {
            Storage::Numbers(_) | Storage::NumberCodes(..) => {
                let numbers = self.numbers();
                BulkColumn::Numbers((0..limit).map(|at| numbers.and_then(|numbers| numbers.get(at)).unwrap_or(f64::NAN)).collect())
            }
            Storage::TextCodes(codes, texts) => {
                let code = |at: usize| place(at).filter(|place| *place < codes.len()).map_or(ABSENT, |place| codes.get(place));
                BulkColumn::Texts((0..limit).map(code).collect(), texts.iter().map(str::to_owned).collect())
            }
            _ => BulkColumn::Sparse((0..limit).filter_map(|at| Some((number(at), self.get(at)?))).collect()),
        }
    }

    /// Whether something is said at a position.
    #[inline]
    pub fn has(&self, at: usize) -> bool {
        self.presence.place(at).is_some_and(|place| place < self.storage.len())
    }

    /// Its numbers, if it holds nothing but bare numbers.
    pub fn numbers(&self) -> Option<NumberColumn<'_>> {
        let numbers = match &self.storage {
            Storage::Numbers(numbers) => Numbers::Plain(numbers.view()),
            Storage::NumberCodes(codes, numbers) => Numbers::Codes(codes, numbers.view()),
            _ => return None,
        };
        Some(NumberColumn { presence: &self.presence, numbers })
    }

    /// The text at a position, if the column holds nothing but single texts.
    #[inline]
    pub fn text(&self, at: usize) -> Option<&str> {
        let place = self.presence.place(at)?;
        match &self.storage {
            Storage::TextCodes(codes, texts) => (place < codes.len()).then(|| texts.get(codes.get(place) as usize)),
            Storage::Texts(texts) => (place < texts.len()).then(|| texts.get(place)),
            _ => None,
        }
    }

    /// The different texts in it, sorted; members of lists among them.
    pub fn distinct_texts(&self) -> Vec<String> {
        let mut texts: Vec<String> = match &self.storage {
            Storage::TextCodes(_, texts) | Storage::Texts(texts) => texts.iter().map(str::to_owned).collect(),
            Storage::Packed(blobs) => {
                let values = (0..blobs.len()).filter_map(|place| unpack::<Value>(blobs.get(place)).ok());
                let texts = |value: Value| value.members().iter().filter_map(text_of).map(|text| text.to_string()).collect::<Vec<_>>();
                values.flat_map(texts).collect()
            }
            _ => Vec::new(),
        };
        texts.sort_unstable();
        texts.dedup();
        texts
    }

    /// How many things have a value.
    pub fn count(&self) -> usize {
        self.storage.len()
    }

    /// What its values are, and whether some are lists of such. Of values packed one by one, the first thousands are looked at.
    pub fn holds(&self) -> (ColumnType, bool) {
        match &self.storage {
            Storage::Numbers(_) | Storage::NumberCodes(..) => (ColumnType::Number, false),
            Storage::Integers(_) | Storage::Counts(_) => (ColumnType::Integer, false),
            Storage::Booleans(_) => (ColumnType::Boolean, false),
            Storage::TextCodes(..) | Storage::Texts(_) => (ColumnType::Text, false),
            Storage::Entities(_) => (ColumnType::Entity, false),
            Storage::Packed(blobs) => {
                const LOOKED_AT: usize = 4096;
                let values = (0..blobs.len().min(LOOKED_AT)).filter_map(|place| unpack::<Value>(blobs.get(place)).ok());
                let (mut held, mut several) = (None, false);
                for value in values {
                    several |= matches!(value, Value::List(_));
                    for member in value.members() {
                        let own = type_of(member);
                        held = Some(held.filter(|known| *known != own).map_or(own, |_| ColumnType::Any));
                    }
                }
                (held.unwrap_or(ColumnType::Any), several)
            }
        }
    }

    /// Whether a value in it can name an entity.
    pub fn may_name_entities(&self) -> bool {
        matches!(self.storage, Storage::Entities(_) | Storage::Packed(_))
    }

    /// Keeps it as sections.
    pub fn save<'a>(&'a self, sections: &mut SectionWriter<'a>) {
        sections.number(*b"pres", usize::from(matches!(self.presence, Presence::Some(_))));
        if let Presence::Some(bits) = &self.presence {
            bits.save(sections);
        }
        sections.number(*b"stor", self.storage.word());
        match &self.storage {
            Storage::Numbers(numbers) => sections.array(*b"numb", numbers),
            Storage::NumberCodes(codes, numbers) => {
                codes.save(sections);
                sections.array(*b"numb", numbers);
            }
            Storage::Integers(integers) => sections.array(*b"inte", integers),
            Storage::Counts(codes) | Storage::Booleans(codes) | Storage::Entities(codes) => codes.save(sections),
            Storage::TextCodes(codes, texts) => {
                codes.save(sections);
                texts.save(sections);
            }
            Storage::Texts(texts) => texts.save(sections),
            Storage::Packed(blobs) => blobs.save(sections),
        }
    }

    /// Reads it back, one of a graph with so many entities.
    ///
    /// # Errors
    /// The sections are not there.
    pub fn load(sections: &mut SectionReader<'_>, entities: usize) -> Result<Column, Damage> {
        let presence = match sections.number(*b"pres")? {
            0 => Presence::All,
            _ => Presence::Some(Bits::load(sections)?),
        };
        let storage = match sections.number(*b"stor")? {
            0 => Storage::Numbers(sections.array(*b"numb")?),
            1 => Storage::NumberCodes(Codes::load(sections)?, sections.array(*b"numb")?),
            2 => Storage::Integers(sections.array(*b"inte")?),
            3 => Storage::Booleans(Codes::load(sections)?),
            4 => Storage::TextCodes(Codes::load(sections)?, Strings::load(sections)?),
            5 => Storage::Texts(Strings::load(sections)?),
            6 => {
                let mut codes = Codes::load(sections)?;
                codes.set_limit(Limit::Below(entities));
                Storage::Entities(codes)
            }
            7 => Storage::Packed(Blobs::load(sections)?),
            8 => Storage::Counts(Codes::load(sections)?),
            _ => return Err(Damage),
        };
        Ok(Column { presence, storage, entities })
    }

    /// Whether every value in it can be had, and names entities only below `entities`. Reads everything below `limit`.
    pub fn is_sound(&self, limit: usize, entities: usize) -> bool {
        let sound = |value: Value| is_plain(&value, entities);
        (0..limit).filter(|at| self.presence.place(*at).is_some()).all(|at| self.get(at).is_some_and(sound))
    }
}

impl Storage {
    fn numbers(numbers: Vec<f64>) -> Storage {
        let dictionary = Dictionary::new(numbers.iter().map(|number| number.to_bits()));
        if dictionary.known.len() > 1 << 16 || dictionary.known.len() * 4 > numbers.len() * 3 {
            return Storage::Numbers(numbers.into());
        }
        let codes = Codes::new(dictionary.codes.iter().copied());
        let items: Vec<f64> = dictionary.items().into_iter().map(f64::from_bits).collect();
        Storage::NumberCodes(codes, items.into())
    }

    fn integers(integers: Vec<i64>) -> Storage {
        match integers.iter().map(|integer| u32::try_from(*integer)).collect::<Result<Vec<u32>, _>>() {
            Ok(counts) => Storage::Counts(Codes::new(counts)),
            Err(_) => Storage::Integers(integers.into()),
        }
    }

    fn texts(texts: Vec<&Arc<str>>) -> Storage {
        let dictionary = Dictionary::new(texts.iter().copied());
        if dictionary.known.len() * 2 > texts.len() {
            return Storage::Texts(Strings::new(texts.iter().map(|text| &***text)));
        }
        let codes = Codes::new(dictionary.codes.iter().copied());
        Storage::TextCodes(codes, Strings::new(dictionary.items().into_iter().map(|text| &**text)))
    }

    /// The number that stands for the kind of storage in files.
    fn word(&self) -> usize {
        match self {
            Storage::Numbers(_) => 0,
            Storage::NumberCodes(..) => 1,
            Storage::Integers(_) => 2,
            Storage::Booleans(_) => 3,
            Storage::TextCodes(..) => 4,
            Storage::Texts(_) => 5,
            Storage::Entities(_) => 6,
            Storage::Packed(_) => 7,
            Storage::Counts(_) => 8,
        }
    }

    fn len(&self) -> usize {
        match self {
            Storage::Numbers(numbers) => numbers.len(),
            Storage::Integers(integers) => integers.len(),
            Storage::NumberCodes(codes, _)
            | Storage::Counts(codes)
            | Storage::Booleans(codes)
            | Storage::TextCodes(codes, _)
            | Storage::Entities(codes) => codes.len(),
            Storage::Texts(texts) => texts.len(),
            Storage::Packed(blobs) => blobs.len(),
        }
    }
}

/// Whether a value is what data can say: nothing but entities that there are, and no value within a value but in one list.
pub(super) fn is_plain(value: &Value, entities: usize) -> bool {
    let single = |value: &Value| match value {
        Value::Entity(id) => id.index() < entities,
        Value::Relation(_) | Value::Path(_) | Value::List(_) => false,
        _ => true,
    };
    match value {
        Value::List(members) => members.iter().all(single),
        value => single(value),
    }
}

/// What a single value is.
fn type_of(value: &Value) -> ColumnType {
    match value {
        Value::Text(_) => ColumnType::Text,
        Value::Boolean(_) => ColumnType::Boolean,
        Value::Integer(_) => ColumnType::Integer,
        Value::Float(_) => ColumnType::Number,
        Value::Quantity(quantity) => match quantity.measure {
            Measure::Number => ColumnType::Number,
            Measure::Duration(_) => ColumnType::Duration,
            _ => ColumnType::Percentage,
        },
        Value::Entity(_) => ColumnType::Entity,
        Value::Temporal(_) => ColumnType::Temporal,
        Value::Map(_) => ColumnType::Map,
        _ => ColumnType::Any,
    }
}

fn text_of(value: &Value) -> Option<&Arc<str>> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn numbers(values: &[(u32, Value)]) -> Option<Vec<f64>> {
    let number = |value: &Value| match value {
        // An interval, or an end that is not part of it, is more than a number.
        Value::Quantity(quantity) => quantity.exact_value().filter(|number| *quantity == Quantity::exact(Measure::Number, *number)),
        _ => None,
    };
    values.iter().map(|(_, value)| number(value)).collect()
}

fn integers(values: &[(u32, Value)]) -> Option<Vec<i64>> {
    values.iter().map(|(_, value)| if let Value::Integer(integer) = value { Some(*integer) } else { None }).collect()
}

fn booleans(values: &[(u32, Value)]) -> Option<Vec<u32>> {
    values.iter().map(|(_, value)| if let Value::Boolean(holds) = value { Some(u32::from(*holds)) } else { None }).collect()
}

fn texts(values: &[(u32, Value)]) -> Option<Vec<&Arc<str>>> {
    values.iter().map(|(_, value)| text_of(value)).collect()
}

fn entities(values: &[(u32, Value)]) -> Option<Vec<u32>> {
    values.iter().map(|(_, value)| if let Value::Entity(entity) = value { Some(entity.0) } else { None }).collect()
}
