//! Nature: what the values of a property or a qualifier are, how its column says so, and how each value is spelled.

use std::borrow::Cow;
use std::str::FromStr;

use crate::answer::{Cell, ColumnType};
use crate::model::{Measure, Quantity};

/// The words behind a colon in the name of a column that tell what its values are.
const MARKS: [&str; 10] = ["text", "number", "integer", "boolean", "quantity", "percentage", "ratio", "duration", "entity", "any"];

/// What an attribute in a graph of others can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render) enum Attribute {
    /// Words.
    Text,
    /// True or false.
    Boolean,
    /// Whole numbers.
    Long,
    /// Numbers.
    Double,
}

/// One value in a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Scalar<'a> {
    /// Words.
    Text(Cow<'a, str>),
    /// A number or a truth value, as JSON writes it.
    Literal(String),
    /// An object.
    Object(serde_json::Value),
}

/// What the values under one name have been so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::render) struct Nature {
    text: bool,
    /// Texts among them that a reader would take for something else.
    misleading: bool,
    /// A list of several values, or of one.
    list: bool,
    integer: bool,
    whole: bool,
    fraction: bool,
    quantity: bool,
    boolean: bool,
    entity: bool,
    /// Something that has no form of its own here: it is written as text.
    other: bool,
}

impl Nature {
    /// Takes one more value into account.
    pub(in crate::render) fn meet(&mut self, cell: &Cell) {
        match cell {
            Cell::Absent => {}
            Cell::List(members) => {
                self.list = self.list || !members.is_empty();
                members.iter().for_each(|member| self.meet(member));
            }
            Cell::Text(text) => {
                self.text = true;
                self.misleading = self.misleading || misleads(text);
            }
            Cell::Integer(_) => self.integer = true,
            Cell::Boolean(_) => self.boolean = true,
            Cell::Entity(_) => self.entity = true,
            Cell::Quantity(quantity) => match plain(quantity) {
                Some(number) if number.fract() == 0.0 => self.whole = true,
                Some(_) => self.fraction = true,
                None => self.quantity = true,
            },
            _ => self.other = true,
        }
    }

    /// Whether there was any value.
    pub(in crate::render) fn is_met(&self) -> bool {
        *self != Nature::default()
    }

    /// The type of an attribute that holds every value of it by itself.
    pub(in crate::render) fn attribute(&self) -> Attribute {
        let number = self.whole || self.fraction;
        match (self.text || self.quantity || self.entity || self.other || self.list, self.boolean, self.integer, number) {
            (false, true, false, false) => Attribute::Boolean,
            (false, false, true, false) => Attribute::Long,
            (false, false, _, true) => Attribute::Double,
            _ => Attribute::Text,
        }
    }

    /// What has to stand behind the name of the column, so that every value is read back as what it is.
    pub(super) fn mark(&self, declared: Option<ColumnType>) -> Option<&'static str> {
        let number = self.whole || self.fraction;
        let sorts = [self.text, self.integer, self.boolean, self.entity, self.other, number || self.quantity];
        if self.other || sorts.iter().filter(|sort| **sort).count() > 1 {
            return Some("any");
        }
        let declared = match declared {
            Some(ColumnType::Percentage) => Some("percentage"),
            Some(ColumnType::Ratio) => Some("ratio"),
            Some(ColumnType::Duration) => Some("duration"),
            _ => None,
        };
        if self.quantity || (number && declared.is_some()) {
            return declared.or(Some("quantity"));
        }
        if self.entity {
            return Some("entity");
        }
        if self.boolean {
            return Some("boolean");
        }
        // A reader that does not know the name cannot know that there are lists.
        match (number, self.text) {
            (true, _) => (self.list || !self.fraction).then_some("number"),
            (false, true) => (self.list || self.misleading).then_some("text"),
            (false, false) => (self.list && self.integer).then_some("integer"),
        }
    }
}

/// Names under which everybody expects lists of texts.
const LISTS: [&str; 14] = [
    "aggregator_knowledge_source",
    "broad_synonym",
    "has_attribute",
    "has_evidence",
    "has_gene",
    "has_supporting_studies",
    "in_taxon",
    "keyword",
    "keywords",
    "knowledge_source",
    "mesh_terms",
    "narrow_synonym",
    "provided_by",
    "related_synonym",
];

/// The name of the column for what is called so, and its mark; one whose name could be taken for another has one.
pub(super) fn header(name: &str, nature: Nature, declared: Option<ColumnType>, fixed: &[&str]) -> (String, Option<&'static str>) {
    let mark = nature.mark(declared).filter(|mark| *mark != "text" || nature.misleading || !LISTS.contains(&name));
    let name = column_name(name, mark, fixed);
    let mark = if name.ends_with(":any") { Some("any") } else { mark };
    (name, mark)
}

fn column_name(name: &str, mark: Option<&str>, fixed: &[&str]) -> String {
    let name: String = name.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let looks_marked = name.rsplit_once(':').is_some_and(|(_, behind)| MARKS.contains(&behind));
    let confusing = looks_marked || fixed.contains(&name.to_ascii_lowercase().as_str()) || name.trim() != name || name.is_empty();
    match mark {
        Some(mark) => format!("{name}:{mark}"),
        None if confusing => format!("{name}:any"),
        None => name,
    }
}

/// The values of a cell, spelled for a column with this mark.
pub(super) fn scalars<'a>(cell: &Cell, mark: Option<&str>) -> Vec<Scalar<'a>> {
    match cell {
        Cell::Absent => Vec::new(),
        Cell::List(members) => members.iter().flat_map(|member| scalars(member, mark)).collect(),
        single => vec![scalar(single, mark == Some("any"))],
    }
}

fn scalar<'a>(cell: &Cell, says_type: bool) -> Scalar<'a> {
    let (sort, spelled) = match cell {
        Cell::Integer(count) => ("integer", Scalar::Literal(count.to_string())),
        Cell::Boolean(holds) => ("boolean", Scalar::Literal(holds.to_string())),
        Cell::Quantity(quantity) => match plain(quantity) {
            Some(number) => ("number", Scalar::Literal(format!("{number}"))),
            None => ("quantity", Scalar::Text(quantity.to_string().into())),
        },
        Cell::Entity(entity) => ("entity", Scalar::Text(entity.id.clone().into())),
        Cell::Text(text) => ("text", Scalar::Text(text.to_string().into())),
        other => ("text", Scalar::Text(other.to_string().into())),
    };
    match spelled {
        Scalar::Text(text) if says_type => Scalar::Text(format!("{sort}:{text}").into()),
        Scalar::Literal(text) if says_type => Scalar::Text(format!("{sort}:{text}").into()),
        spelled => spelled,
    }
}

/// A quantity that is a bare number.
fn plain(quantity: &Quantity) -> Option<f64> {
    quantity.exact_value().filter(|number| *quantity == Quantity::exact(Measure::Number, *number) && number.is_finite())
}

/// Whether a text looks like a value of another sort.
fn misleads(text: &str) -> bool {
    const WORDS: [&str; 10] = ["", "true", "false", "nan", "na", "n/a", "null", "none", "inf", "infinity"];
    let bare = text.trim().trim_start_matches(['+', '-']);
    WORDS.iter().any(|word| bare.eq_ignore_ascii_case(word))
        || (text.contains(|letter: char| letter.is_ascii_digit())
            && (text.trim().parse::<f64>().is_ok() || Quantity::from_str(text).is_ok()))
}

#[cfg(test)]
mod tests {
    use super::{Nature, column_name, header, scalars};
    use crate::answer::{Cell, ColumnType};

    fn mark(cells: &[Cell], declared: Option<ColumnType>) -> Option<&'static str> {
        let mut nature = Nature::default();
        cells.iter().for_each(|cell| nature.meet(cell));
        nature.mark(declared)
    }

    fn text(words: &str) -> Cell {
        Cell::Text(words.into())
    }

    fn quantity(words: &str) -> Cell {
        Cell::Quantity(words.parse().unwrap())
    }

    #[test]
    fn a_mark_stands_only_where_a_reader_could_err() {
        assert_eq!(mark(&[text("a"), text("b c")], None), None);
        assert_eq!(mark(&[text("a"), text("50-80%")], None), Some("text"));
        assert_eq!(mark(&[text("-inf")], None), Some("text"));
        assert_eq!(mark(&[Cell::Integer(1)], None), None);
        assert_eq!(mark(&[quantity("1"), quantity("0.5")], None), None);
        assert_eq!(mark(&[quantity("1")], None), Some("number"));
        assert_eq!(mark(&[quantity("50%"), quantity("7/12")], Some(ColumnType::Percentage)), Some("percentage"));
        assert_eq!(mark(&[quantity(">= 1 year")], None), Some("quantity"));
        assert_eq!(mark(&[quantity("> 1")], Some(ColumnType::Number)), Some("quantity"));
        assert_eq!(mark(&[text("a"), Cell::Integer(1)], None), Some("any"));
        assert_eq!(mark(&[Cell::List(vec![Cell::Boolean(true)])], None), Some("boolean"));
    }

    #[test]
    fn names_of_columns_are_not_taken_for_others() {
        assert_eq!(column_name("score", None, &["id"]), "score");
        assert_eq!(column_name("Id", None, &["id"]), "Id:any");
        assert_eq!(column_name("x:text", None, &[]), "x:text:any");
        assert_eq!(column_name("a\tb", Some("text"), &[]), "a b:text");
        let mut list = Nature::default();
        list.meet(&Cell::List(vec![text("a")]));
        assert_eq!(header("notes", list, None, &[]), ("notes:text".to_owned(), Some("text")));
        assert_eq!(header("in_taxon", list, None, &[]), ("in_taxon".to_owned(), None));
    }

    #[test]
    fn values_of_several_sorts_say_which() {
        let spelled = format!("{:?}", scalars(&Cell::List(vec![text("a"), Cell::Integer(1)]), Some("any")));
        assert_eq!(spelled, "[Text(\"text:a\"), Text(\"integer:1\")]");
        assert_eq!(format!("{:?}", scalars(&Cell::Integer(1), None)), "[Literal(\"1\")]");
    }
}
