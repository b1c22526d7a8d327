//! Decode: from the fields of a further column, as they are written, to its values.

use std::collections::BTreeSet;

use crate::model::{EntityId, Measure, Quantity, Value, canonical};
use crate::schema::ValueType;
use crate::store::{ABSENT, BulkColumn, FastMap, SlugTable, Strings};

use super::cell::{Cell, Kind, Scalar};
use super::column::{Raw, integer, number};
use super::header::{Further, Mark, is_list};

/// Entities by their ids: those of the table of nodes, and those that are named elsewhere only.
pub(super) struct Entities<'n> {
    nodes: (&'n SlugTable, &'n Strings),
    stubs: Vec<String>,
    by_id: FastMap<String, u32>,
}

impl<'n> Entities<'n> {
    /// Stubs are counted behind the nodes.
    pub(super) fn new(nodes: (&'n SlugTable, &'n Strings), stubs: Vec<String>) -> Entities<'n> {
        Entities { nodes, stubs, by_id: FastMap::default() }
    }

    /// The entity with an id, a stub if nobody has it.
    pub(super) fn place(&mut self, id: &str) -> EntityId {
        let find = |id: &str| self.nodes.0.find(self.nodes.1, id.as_bytes());
        let id = id.trim();
        let usual = canonical(id);
        if let Some(at) = find(id).or_else(|| find(&usual)) {
            return EntityId(at);
        }
        if self.by_id.is_empty() {
            self.by_id = (0u32..).zip(&self.stubs).map(|(at, stub)| (stub.clone(), at)).collect();
        }
        let nodes = u32::try_from(self.nodes.1.len()).unwrap_or(u32::MAX);
        let next = u32::try_from(self.stubs.len()).unwrap_or(u32::MAX);
        let at = *self.by_id.entry(usual.clone().into_owned()).or_insert(next);
        if at == next {
            self.stubs.push(usual.into_owned());
        }
        EntityId(nodes.saturating_add(at))
    }

    /// The stubs.
    pub(super) fn into_stubs(self) -> Vec<String> {
        self.stubs
    }
}

/// The values of a column.
pub(super) struct Decoded {
    pub column: BulkColumn,
    pub value_type: ValueType,
    /// Whether some have several.
    pub several: bool,
    /// What was made of bars where no name says what they are: taken for lists, or for texts.
    pub guessed: Option<bool>,
}

/// Reads the fields of a column.
pub(super) fn decoded(raw: Raw, further: &Further, entities: &mut Entities<'_>) -> Decoded {
    let single = |column, value_type| Decoded { column, value_type, several: false, guessed: None };
    let (codes, keys) = match raw {
        Raw::Integers(integers) => return single(BulkColumn::Integers(integers), ValueType::Number),
        Raw::Numbers(numbers) => return single(BulkColumn::Numbers(numbers), ValueType::Number),
        Raw::Fields(codes, keys) => (codes, keys),
    };
    let cells: Vec<Cell<'_>> = keys.iter().map(|key| Cell::of_key(key)).collect();
    let (splits, guessed) = splits(&cells, further);
    let members: Vec<(Vec<Scalar>, bool)> = cells
        .iter()
        .map(|cell| (if splits || cell.kind != Kind::Plain { cell.members() } else { cell.whole() }, cell.is_array()))
        .collect();
    let reads = match further.mark {
        Some(mark) => Reads::Marked(mark),
        None => Reads::of(members.iter().flat_map(|(members, _)| members)),
    };
    let values: Vec<Value> = members
        .into_iter()
        .map(|(members, is_array)| {
            // An empty text is nothing, unless texts are what the column's name promises.
            let is_said = |scalar: &Scalar| further.mark.is_some() || !scalar.text.is_empty();
            let mut values: Vec<Value> = members.into_iter().filter(is_said).map(|scalar| reads.value(scalar, entities)).collect();
            match values.len() {
                0 => Value::Null,
                1 if !is_array => values.swap_remove(0),
                _ => Value::List(values),
            }
        })
        .collect();
    let several = values.iter().any(|value| matches!(value, Value::List(_)));
    Decoded { value_type: reads.value_type(), several, guessed, column: column(codes, &values) }
}

/// Whether bars stand between members, and whether that is a guess.
fn splits(cells: &[Cell<'_>], further: &Further) -> (bool, Option<bool>) {
    const LONGEST_MEMBER: usize = 200;
    if further.mark.is_some() {
        return (true, None);
    }
    if let Some(is_list) = is_list(&further.name) {
        return (is_list, None);
    }
    let mut with_bars = cells.iter().filter(|cell| cell.has_bar()).peekable();
    if with_bars.peek().is_none() {
        return (false, None);
    }
    // Within a sentence or a formula a bar has space beside it, or nothing.
    let is_member = |member: &[u8]| !member.is_empty() && member.len() <= LONGEST_MEMBER && member.trim_ascii().len() == member.len();
    let is_list = with_bars.all(|cell| cell.bytes.split(|byte| *byte == b'|').all(is_member));
    (is_list, Some(is_list))
}

/// How members are read.
enum Reads {
    Marked(Mark),
    Integers,
    Numbers,
    Booleans,
    /// Each as it is written in JSON; everything in a table is a text.
    Mixed {
        json: bool,
    },
}

impl Reads {
    /// What all members can be.
    fn of<'s>(members: impl Iterator<Item = &'s Scalar> + Clone) -> Reads {
        let all = |is: &dyn Fn(&str) -> bool| members.clone().all(|member| !member.is_text && is(&member.text));
        if members.clone().next().is_none() {
            return Reads::Mixed { json: false };
        }
        if all(&|text| integer(text.as_bytes()).is_some()) {
            Reads::Integers
        } else if all(&|text| number(text.as_bytes()).is_some()) {
            Reads::Numbers
        } else if all(&|text| boolean(text).is_some()) {
            Reads::Booleans
        } else {
            Reads::Mixed { json: members.clone().any(|member| member.is_text) }
        }
    }

    fn value(&self, scalar: Scalar, entities: &mut Entities<'_>) -> Value {
        let Scalar { text, is_text } = scalar;
        let value = match self {
            Reads::Marked(mark) => marked(*mark, &text, entities),
            Reads::Integers => marked(Mark::Integer, &text, entities),
            Reads::Numbers => marked(Mark::Number, &text, entities),
            Reads::Booleans => boolean(&text).map(Value::Boolean),
            Reads::Mixed { json: true } if !is_text => marked(Mark::Integer, &text, entities)
                .or_else(|| marked(Mark::Number, &text, entities))
                .or_else(|| boolean(&text).map(Value::Boolean)),
            Reads::Mixed { .. } => None,
        };
        value.unwrap_or_else(|| Value::text(text))
    }

    fn value_type(&self) -> ValueType {
        match self {
            Reads::Integers | Reads::Numbers | Reads::Marked(Mark::Integer | Mark::Number | Mark::Quantity) => ValueType::Number,
            Reads::Booleans | Reads::Marked(Mark::Boolean) => ValueType::Boolean,
            Reads::Marked(Mark::Percentage) => ValueType::Percentage,
            Reads::Marked(Mark::Ratio) => ValueType::Ratio,
            Reads::Marked(Mark::Duration) => ValueType::Duration,
            Reads::Marked(Mark::Entity) => ValueType::Entity(Vec::new()),
            Reads::Mixed { .. } | Reads::Marked(Mark::Text | Mark::Any) => ValueType::Text,
        }
    }
}

/// A text as a value of a certain sort; none if it is none.
fn marked(mark: Mark, text: &str, entities: &mut Entities<'_>) -> Option<Value> {
    match mark {
        Mark::Text => Some(Value::text(text)),
        Mark::Integer => text.parse().ok().map(Value::Integer),
        Mark::Number => number(text.as_bytes()).map(|number| Value::Quantity(Quantity::exact(Measure::Number, number))),
        Mark::Boolean => boolean(text).map(Value::Boolean),
        Mark::Quantity | Mark::Percentage | Mark::Ratio | Mark::Duration => text.parse().ok().map(Value::Quantity),
        Mark::Entity => Some(Value::Entity(entities.place(text))),
        Mark::Any => {
            let (word, rest) = text.split_once(':')?;
            let mark = match word {
                "text" => Mark::Text,
                "integer" => Mark::Integer,
                "boolean" => Mark::Boolean,
                "entity" => Mark::Entity,
                "number" => Mark::Number,
                "quantity" | "percentage" | "ratio" | "duration" => Mark::Quantity,
                _ => return None,
            };
            marked(mark, rest, entities)
        }
    }
}

/// Truth values as tables write them.
fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

/// The column of values by their codes: texts under one number each where it holds nothing else.
fn column(codes: Vec<u32>, values: &[Value]) -> BulkColumn {
    let text = |value: &Value| match value {
        Value::Text(text) => Some(Some(text.to_string())),
        Value::Null => Some(None),
        _ => None,
    };
    let texts: Option<Vec<Option<String>>> = values.iter().map(text).collect();
    if let Some(texts) = texts {
        let distinct: BTreeSet<&String> = texts.iter().flatten().collect();
        let distinct: Vec<String> = distinct.into_iter().cloned().collect();
        let place = |text: &Option<String>| {
            let at = text.as_ref().and_then(|text| distinct.binary_search(text).ok());
            at.and_then(|at| u32::try_from(at).ok()).unwrap_or(ABSENT)
        };
        let places: Vec<u32> = texts.iter().map(place).collect();
        let codes = codes.into_iter().map(|code| places.get(code as usize).copied().unwrap_or(ABSENT)).collect();
        return BulkColumn::Texts(codes, distinct);
    }
    let said = (0u32..).zip(codes).filter_map(|(at, code)| {
        let value = values.get(code as usize).filter(|value| !value.is_null())?;
        Some((at, value.clone()))
    });
    BulkColumn::Sparse(said.collect())
}
