//! Condition: expressions as a pattern writes them.

use crate::model::{Comparison, EntityId, Measure, Quantity, RegularExpression, Value, fold};

use super::super::{Expression, Field, Quantifier, VariableId};
use super::Writer;
use super::names::{identifier, key, label, relationship_type, text};
use super::part::{Reference, Scope, Sort};

/// How tightly the operators of a pattern bind, loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Or,
    And,
    Not,
    Comparison,
    Value,
}

/// Properties of every relationship: a qualifier of such a name is reached through a function.
const RELATION_PROPERTIES: &[&str] =
    &["statement", "claim", "sources", "publications", "jointly", "hedge", "hedge_words", "extent", "confidence", "denied"];

impl Writer<'_> {
    /// A condition that can stand beside others behind `AND`.
    pub(super) fn condition(&self, scope: &Scope, expression: &Expression) -> String {
        self.within(scope, expression, Level::And)
    }

    /// An expression by itself.
    pub(super) fn expression(&self, scope: &Scope, expression: &Expression) -> String {
        self.within(scope, expression, Level::Or)
    }

    /// An expression in a place that binds at least so tightly.
    pub(super) fn within(&self, scope: &Scope, expression: &Expression, least: Level) -> String {
        let (written, level) = self.written(scope, expression);
        if level < least { format!("({written})") } else { written }
    }

    fn written(&self, scope: &Scope, expression: &Expression) -> (String, Level) {
        let all = |parts: &[Expression], level: Level, word: &str, empty: &str| match parts {
            [] => (empty.to_owned(), Level::Value),
            [only] => self.written(scope, only),
            parts => (parts.iter().map(|part| self.within(scope, part, level)).collect::<Vec<_>>().join(word), level),
        };
        match expression {
            Expression::Literal(value) => (self.literal(value), Level::Value),
            Expression::Variable(variable) => (self.reference(scope, *variable).text, Level::Value),
            Expression::Field(variable, field) => (self.field(scope, *variable, field), Level::Value),
            Expression::And(parts) => all(parts, Level::And, " AND ", "true"),
            Expression::Or(parts) => all(parts, Level::Or, " OR ", "false"),
            Expression::Not(inner) => match inner.as_ref() {
                Expression::IsPresent(value) => (format!("{} IS NULL", self.within(scope, value, Level::Value)), Level::Comparison),
                inner => (format!("NOT {}", self.negated(scope, inner)), Level::Not),
            },
            // Said twice it is said once; certainty follows from one.
            Expression::Possibly(inner) if matches!(**inner, Expression::Possibly(_)) => self.written(scope, inner),
            Expression::Possibly(inner) => (format!("coalesce({}, true)", self.expression(scope, inner)), Level::Value),
            Expression::Compare(comparison, left, right) => (self.comparison(scope, *comparison, left, right), Level::Comparison),
            Expression::Identical(left, right) => self.identity(scope, left, right),
            Expression::IsA(inner, entity) => (format!("is_a({}, {})", self.expression(scope, inner), self.entity(*entity)), Level::Value),
            Expression::Quantified { quantifier, element, list, condition } => {
                (self.quantified(scope, *quantifier, *element, list, condition), Level::Value)
            }
            Expression::Contains(inner, words) => {
                (format!("{} CONTAINS {}", self.folded(scope, inner), text(&fold(words))), Level::Comparison)
            }
            Expression::Matches(inner, pattern) => {
                (format!("{} =~ {}", self.words_of(scope, inner), text(&anywhere(pattern))), Level::Comparison)
            }
            Expression::IsPresent(inner) => (format!("{} IS NOT NULL", self.within(scope, inner, Level::Value)), Level::Comparison),
            // What only patterns say is never printed: a pattern stands for itself.
            _ => ("null".to_owned(), Level::Value),
        }
    }

    /// What stands behind `NOT`: comparisons in parentheses, so that nobody need know which binds tighter.
    fn negated(&self, scope: &Scope, inner: &Expression) -> String {
        let (written, level) = self.written(scope, inner);
        if level == Level::Value { written } else { format!("({written})") }
    }

    /// How a variable is referred to here.
    pub(super) fn reference(&self, scope: &Scope, variable: VariableId) -> Reference {
        let unbound = || Reference { text: identifier(self.query.name(variable)), sort: Sort::Plain };
        scope.get(&variable).cloned().unwrap_or_else(unbound)
    }

    /// The id of an entity, as a string.
    pub(super) fn entity(&self, entity: EntityId) -> String {
        text(self.vocabulary.entity(entity))
    }

    fn field(&self, scope: &Scope, variable: VariableId, field: &Field) -> String {
        let of = self.reference(scope, variable).text;
        let property = match field {
            Field::Identifier => "id",
            Field::Name => "name",
            Field::Kinds => return format!("kinds({of})"),
            Field::Synonyms => "synonyms",
            Field::Xrefs => "xrefs",
            Field::Definition => "definition",
            Field::Property(name) => name,
            Field::RelationType => return format!("type({of})"),
            Field::Statement => "statement",
            Field::Claim => "claim",
            Field::Sources => "sources",
            Field::Publications => "publications",
            Field::Jointly => "jointly",
            Field::Hedge => "hedge",
            Field::HedgeWords => "hedge_words",
            Field::Extent => "extent",
            Field::Confidence => "confidence",
            Field::Denied => "denied",
            Field::Length => return format!("length({of})"),
            Field::Qualifier(id) => match self.vocabulary.qualifier(*id) {
                name if RELATION_PROPERTIES.contains(&name) => return format!("qualifier({of}, {})", text(name)),
                name => name,
            },
        };
        format!("{of}.{}", key(property))
    }

    /// What the value of an expression is, and what the members are if it is a list.
    pub(super) fn sort(&self, scope: &Scope, expression: &Expression) -> Sort {
        match expression {
            Expression::Variable(variable) => self.reference(scope, *variable).sort,
            Expression::Field(_, Field::Jointly) => Sort::Identifier,
            // What the query does not show to be words may be entities: `name(x)` of words is the words themselves.
            Expression::Field(_, Field::Qualifier(id)) if self.knowledge.may_hold_entities(*id) => Sort::Identifier,
            _ => Sort::Plain,
        }
    }

    fn quantified(&self, scope: &Scope, quantifier: Quantifier, element: VariableId, list: &Expression, condition: &Expression) -> String {
        if let Some(labelled) = self.labelled(scope, quantifier, element, list, condition) {
            return labelled;
        }
        let name = self.element_name(scope, element);
        let mut inner = scope.clone();
        inner.insert(element, Reference { text: name.clone(), sort: self.sort(scope, list) });
        let word = if quantifier == Quantifier::Any { "any" } else { "all" };
        format!("{word}({name} IN {} WHERE {})", self.within(scope, list, Level::Value), self.expression(&inner, condition))
    }

    /// `x:Trigger`, where any of the kinds of `x` must be this one.
    fn labelled(
        &self,
        scope: &Scope,
        quantifier: Quantifier,
        element: VariableId,
        list: &Expression,
        condition: &Expression,
    ) -> Option<String> {
        let Expression::Field(node, Field::Kinds) = list else { return None };
        let (Expression::Compare(Comparison::Equal, left, right) | Expression::Identical(left, right)) = condition else { return None };
        match (quantifier, left.as_ref(), right.as_ref()) {
            (Quantifier::Any, Expression::Variable(tested), Expression::Literal(Value::Text(kind))) if *tested == element => {
                Some(format!("{}{}", self.reference(scope, *node).text, label(kind)))
            }
            _ => None,
        }
    }

    /// The first letter of what is unfolded (`p` of `one_population`), unless it stands for something already.
    fn element_name(&self, scope: &Scope, element: VariableId) -> String {
        let whole = self.query.name(element);
        let letter = whole.strip_prefix("one_").unwrap_or(whole).chars().find(|letter| letter.is_alphabetic());
        let short = letter.map(|letter| letter.to_lowercase().to_string()).unwrap_or_default();
        let taken = short.is_empty()
            || self.query.variables.contains(&short)
            || scope.values().any(|reference| reference.text == short)
            || identifier(&short) != short;
        if taken { identifier(whole) } else { short }
    }

    fn comparison(&self, scope: &Scope, comparison: Comparison, left: &Expression, right: &Expression) -> String {
        let symbol = if comparison == Comparison::NotEqual { "<>" } else { comparison.symbol() };
        let is_text = |side: &Expression| matches!(side, Expression::Literal(Value::Text(_)));
        let (left, right) = if is_text(left) || is_text(right) {
            (self.folded(scope, left), self.folded(scope, right))
        } else {
            let both = [left, right];
            (self.compared(scope, left, both), self.compared(scope, right, both))
        };
        format!("{left} {symbol} {right}")
    }

    /// A side of a comparison: a node that is compared with an id is compared by its id.
    fn compared(&self, scope: &Scope, side: &Expression, both: [&Expression; 2]) -> String {
        let with_id = both.iter().any(|side| matches!(side, Expression::Literal(Value::Entity(_))));
        match side {
            Expression::Variable(_) if with_id && self.sort(scope, side) == Sort::Node => {
                format!("{}.id", self.within(scope, side, Level::Value))
            }
            side => self.within(scope, side, Level::Value),
        }
    }

    /// Whether two values are the very same: quantities bound by bound through a function, as `=` of intervals is three-valued.
    fn identity(&self, scope: &Scope, left: &Expression, right: &Expression) -> (String, Level) {
        let both = [left, right];
        if both.iter().any(|side| matches!(side, Expression::Literal(Value::Quantity(_)))) {
            return (format!("identical({}, {})", self.expression(scope, left), self.expression(scope, right)), Level::Value);
        }
        let of_types = both.iter().any(|side| matches!(side, Expression::Field(_, Field::RelationType)));
        let side = |side: &Expression| match side {
            Expression::Literal(Value::Text(id)) if of_types => text(&relationship_type(id)),
            side => self.compared(scope, side, both),
        };
        (format!("{} = {}", side(left), side(right)), Level::Comparison)
    }

    /// The folded words of an expression: literals are folded here.
    fn folded(&self, scope: &Scope, expression: &Expression) -> String {
        match expression {
            Expression::Literal(Value::Text(words)) => text(&fold(words)),
            expression => format!("fold({})", self.words_of(scope, expression)),
        }
    }

    /// The words of an expression: of an entity its name.
    fn words_of(&self, scope: &Scope, expression: &Expression) -> String {
        let written = self.within(scope, expression, Level::Value);
        match self.sort(scope, expression) {
            Sort::Node => format!("{written}.name"),
            Sort::Identifier => format!("name({written})"),
            Sort::Plain => written,
        }
    }

    /// A value as a query writes it.
    pub(super) fn literal(&self, value: &Value) -> String {
        match value {
            Value::Null => "null".to_owned(),
            Value::Boolean(holds) => holds.to_string(),
            Value::Integer(count) => count.to_string(),
            Value::Quantity(quantity) => number(quantity).unwrap_or_else(|| format!("quantity({})", text(&quantity.to_string()))),
            Value::Text(words) => text(words),
            Value::Entity(entity) => self.entity(*entity),
            Value::Relation(relation) => format!("relation({})", relation.0),
            Value::Extent(extent) => format!("extent({})", text(extent.word())),
            Value::Confidence(confidence) => format!("confidence({})", text(confidence.word())),
            Value::Hedge(hedge) => text(hedge.words.as_deref().unwrap_or_default()),
            Value::List(members) => format!("[{}]", members.iter().map(|member| self.literal(member)).collect::<Vec<_>>().join(", ")),
            Value::Float(number) => number.to_string(),
            Value::Map(entries) => {
                let entry = |(name, value): (&std::sync::Arc<str>, &Value)| format!("{}: {}", identifier(name), self.literal(value));
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
            Value::Temporal(temporal) => text(&temporal.to_string()),
            Value::Path(path) => {
                let steps = path.steps.iter().map(|step| step.relation.0.to_string()).collect::<Vec<_>>();
                format!("path({}, [{}])", self.entity(path.start), steps.join(", "))
            }
        }
    }
}

/// A bare number that is known exactly, as patterns write numbers.
fn number(quantity: &Quantity) -> Option<String> {
    const LARGEST_PLAIN: f64 = 1e15;
    let value = quantity.exact_value().filter(|_| quantity.measure == Measure::Number)?;
    Some(if value.abs() < LARGEST_PLAIN { format!("{value}") } else { format!("{value:e}") })
}

/// `=~` asks for the whole text, a phrase for any part of it.
fn anywhere(pattern: &RegularExpression) -> String {
    let written = pattern.written();
    if written.contains('|') { format!("(?i).*(?:{written}).*") } else { format!("(?i).*{written}.*") }
}
