//! Mismatch: comparisons that can never hold, because a property holds another sort of value than it is compared with.

use crate::algebra::text_in_pattern;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ColumnType, Comparison, Confidence, Extent, Measure, Quantity};
use crate::query::syntax::pattern_tree::{Expression as Tree, ExpressionKind};
use crate::query::syntax::tree::Span;
use crate::schema::ValueType;

use super::Resolver;
use super::scope::Scope;
use super::sort::Sort;

/// What a property holds, as far as comparisons mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    Text,
    Number,
    Percentage,
    Ratio,
    Duration,
    Extent,
    Confidence,
    Hedge,
    /// A list of texts.
    Texts,
    /// A list of the ids of entities.
    Entities,
}

impl Held {
    fn words(self) -> &'static str {
        match self {
            Held::Text => "texts",
            Held::Number => "numbers",
            Held::Percentage => "percentages",
            Held::Ratio => "ratios",
            Held::Duration => "durations",
            Held::Extent => "extents",
            Held::Confidence => "confidences",
            Held::Hedge => "hedges",
            Held::Texts => "lists of texts",
            Held::Entities => "lists of the ids of entities",
        }
    }

    fn of_value_type(value_type: &ValueType, several: bool) -> Option<Held> {
        Some(match value_type {
            ValueType::Entity(_) => Held::Entities,
            ValueType::Text if several => Held::Texts,
            _ if several => return None,
            ValueType::Text => Held::Text,
            ValueType::Number => Held::Number,
            ValueType::Percentage => Held::Percentage,
            ValueType::Ratio => Held::Ratio,
            ValueType::Duration => Held::Duration,
            ValueType::Boolean => return None,
        })
    }

    fn of_column(column_type: ColumnType, several: bool) -> Option<Held> {
        Some(match column_type {
            ColumnType::Text if several => Held::Texts,
            _ if several => return None,
            ColumnType::Text => Held::Text,
            ColumnType::Integer | ColumnType::Number => Held::Number,
            ColumnType::Percentage => Held::Percentage,
            ColumnType::Ratio => Held::Ratio,
            ColumnType::Duration => Held::Duration,
            _ => return None,
        })
    }
}

/// What a property is compared with.
enum Literal<'t> {
    Text(&'t str),
    Number(f64),
}

/// The places of a comparison: of the property and of the literal, and whether the property stands on the left.
struct Places {
    property: Span,
    literal: Span,
    whole: Span,
}

impl Resolver<'_> {
    /// Warns about a comparison of a property with a literal that can never hold, with what to write instead.
    pub(super) fn check_compared(&mut self, left: &Tree, comparison: Comparison, right: &Tree, scope: &Scope) {
        let whole = left.span.start..right.span.end;
        for (property, literal) in [(left, right), (right, left)] {
            if let (ExpressionKind::Property(of, name), Some(value)) = (&property.kind, literal_of(literal))
                && let ExpressionKind::Variable(variable) = &of.kind
                && let Some(sort) = scope.get(variable).map(|binding| binding.sort.clone())
            {
                let places = Places { property: property.span.clone(), literal: literal.span.clone(), whole: whole.clone() };
                self.check_held(&sort, &name.value, comparison, &value, &places);
            }
        }
    }

    /// The same for `{name: literal}` of a node or a relationship.
    pub(super) fn check_given(&mut self, sort: &Sort, name: &str, name_span: &Span, value: &Tree) {
        if let Some(literal) = literal_of(value) {
            let places = Places { property: name_span.clone(), literal: value.span.clone(), whole: 0..0 };
            self.check_held(sort, name, Comparison::Equal, &literal, &places);
        }
    }

    fn check_held(&mut self, sort: &Sort, name: &str, comparison: Comparison, literal: &Literal<'_>, places: &Places) {
        let Some(held) = self.held(sort, name) else { return };
        let warning = match (held, literal) {
            (Held::Entities | Held::Texts, Literal::Text(text)) => self.in_list(held, name, text, comparison, places),
            (Held::Percentage | Held::Ratio | Held::Duration, Literal::Number(number)) => bare_number(held, name, *number, places),
            (Held::Percentage | Held::Ratio | Held::Duration, Literal::Text(text)) => {
                call_of("quantity", held, name, text, text.parse::<Quantity>().is_ok(), places)
            }
            (Held::Extent, Literal::Text(text)) => call_of("extent", held, name, text, Extent::from_word(text).is_some(), places),
            (Held::Confidence, Literal::Text(text)) => {
                call_of("confidence", held, name, text, Confidence::from_word(text).is_some(), places)
            }
            (Held::Text, Literal::Number(_)) => {
                let written = self.written_text(&places.literal).to_owned();
                let warning = mismatch(held, name, "a number", places).help(format!("a text stands in quotation marks: '{written}'"));
                if comparison.is_ordering() { warning } else { warning.fix(places.literal.clone(), format!("'{written}'")) }
            }
            (Held::Number, Literal::Text(text)) => {
                let warning = mismatch(held, name, "a text", places).help("a number stands without quotation marks");
                if text.trim().parse::<f64>().is_ok_and(f64::is_finite) {
                    warning.fix(places.literal.clone(), text.trim())
                } else {
                    warning
                }
            }
            (Held::Hedge, Literal::Text(text)) => self.hedge(name, text, comparison, places),
            _ => return,
        };
        self.warn(warning);
    }

    /// What a property of a node or a relationship holds; nothing where that is not known, or anything can be compared with it.
    fn held(&self, sort: &Sort, name: &str) -> Option<Held> {
        match sort {
            Sort::Relationship => {
                if let Some(qualifier) = self.context.schema.qualifiers.iter().find(|qualifier| qualifier.id == name) {
                    return Held::of_value_type(&qualifier.value_type, qualifier.several);
                }
                Some(match name {
                    "statement" | "claim" | "hedge_words" => Held::Text,
                    "sources" | "publications" => Held::Texts,
                    "jointly" => Held::Entities,
                    "extent" => Held::Extent,
                    "confidence" => Held::Confidence,
                    "hedge" => Held::Hedge,
                    _ => return None,
                })
            }
            // A property of the data hides what every node has under the same name.
            Sort::Node if self.context.names.properties().contains(&name) => {
                let (column_type, several) = self.context.names.property_type(name);
                Held::of_column(column_type, several)
            }
            Sort::Node => match name {
                "id" | "name" | "definition" => Some(Held::Text),
                "synonyms" | "xrefs" => Some(Held::Texts),
                _ => None,
            },
            _ => None,
        }
    }

    /// `r.hedge = 'may'`: its parts can be compared.
    fn hedge(&self, name: &str, text: &str, comparison: Comparison, places: &Places) -> Diagnostic {
        let warning = mismatch(Held::Hedge, name, "a text", places);
        let (part, value) = if Extent::from_word(text).is_some() {
            ("extent", format!("extent('{text}')"))
        } else if Confidence::from_word(text).is_some() {
            ("confidence", format!("confidence('{text}')"))
        } else {
            ("hedge_words", self.written_text(&places.literal).to_owned())
        };
        let node = self.written_text(&places.property).trim_end_matches(name);
        if places.whole.is_empty() || comparison != Comparison::Equal {
            return warning.help(format!("its parts can be compared: `{part}` with `{value}`"));
        }
        let instead = format!("{node}{part} = {value}");
        warning.help(format!("write `{instead}`")).fix(places.whole.clone(), instead)
    }

    /// A list that is compared with one of its members.
    fn in_list(&self, held: Held, name: &str, text: &str, comparison: Comparison, places: &Places) -> Diagnostic {
        let warning = mismatch(held, name, "a single text", places);
        let names = self.context.names;
        let member = match held {
            Held::Entities => match names.called(text).as_slice() {
                [only] => names.slug(*only).to_owned(),
                _ => text.to_owned(),
            },
            _ => text.to_owned(),
        };
        let member = text_in_pattern(&member);
        if places.whole.is_empty() {
            return warning.help(format!("a member is asked for behind WHERE: `WHERE {member} IN r.{name}`"));
        }
        let property = self.written_text(&places.property);
        let instead = match comparison {
            Comparison::Equal => format!("{member} IN {property}"),
            Comparison::NotEqual => format!("NOT {member} IN {property}"),
            _ => return warning.help(format!("its members are asked one by one: `ANY(x IN {property} WHERE x > …)`")),
        };
        warning.help(format!("write `{instead}`")).fix(places.whole.clone(), instead)
    }
}

fn mismatch(held: Held, name: &str, with: &str, places: &Places) -> Diagnostic {
    let message = format!("`{name}` holds {}: compared with {with} nothing is ever found", held.words());
    Diagnostic::warning(Code::TypeMismatch, message).at(places.literal.clone(), with.to_owned())
}

/// `r.frequency > 0.5`
fn bare_number(held: Held, name: &str, number: f64, places: &Places) -> Diagnostic {
    let warning = mismatch(held, name, "a bare number", places);
    let meant = match held {
        Held::Percentage | Held::Ratio if number > 0.0 && number <= 1.0 => {
            Quantity::exact(Measure::Percentage, (number * 1e8).round() / 1e6).to_string()
        }
        Held::Percentage => format!("{number}%"),
        _ => return warning.help("such a value is written `quantity('18 months')`, `quantity('1 in 5 million')`"),
    };
    let instead = format!("quantity('{meant}')");
    warning.help(format!("write `{instead}`")).fix(places.literal.clone(), instead)
}

/// `r.extent = 'most'`, `r.frequency > '50%'`
fn call_of(function: &str, held: Held, name: &str, text: &str, readable: bool, places: &Places) -> Diagnostic {
    let warning = mismatch(held, name, "a text", places);
    if !readable {
        return warning.help(format!("a value of that sort is made by `{function}('…')`"));
    }
    let instead = format!("{function}('{text}')");
    warning.help(format!("write `{instead}`")).fix(places.literal.clone(), instead)
}

fn literal_of(tree: &Tree) -> Option<Literal<'_>> {
    match &tree.kind {
        ExpressionKind::Text(text) => Some(Literal::Text(text)),
        #[allow(clippy::cast_precision_loss)] // Only its size is looked at.
        ExpressionKind::Integer(number) => Some(Literal::Number(*number as f64)),
        ExpressionKind::Float(number) => Some(Literal::Number(*number)),
        _ => None,
    }
}
