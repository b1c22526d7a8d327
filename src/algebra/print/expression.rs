//! Expression: expressions and values as the tree of the algebra shows them.

use std::sync::Arc;

use crate::model::Value;

use super::super::{Aggregate, AggregateFunction, Arithmetic, Expression, Field, Quantifier, SubqueryKind, TextTest};
use super::{Printer, joined, quoted};

impl Printer<'_> {
    pub(super) fn expression(&self, expression: &Expression) -> String {
        let all = |parts: &[Expression], word: &str| parts.iter().map(|part| self.inner(part)).collect::<Vec<_>>().join(word);
        match expression {
            Expression::Literal(value) => self.value(value),
            Expression::Variable(variable) => self.name(*variable).to_owned(),
            Expression::Field(variable, field) => format!("{}.{}", self.name(*variable), self.field(field)),
            Expression::And(parts) => all(parts, " and "),
            Expression::Or(parts) => all(parts, " or "),
            Expression::Not(inner) => format!("not {}", self.inner(inner)),
            Expression::Possibly(inner) => format!("possibly {}", self.inner(inner)),
            Expression::Compare(comparison, left, right) => {
                format!("{} {} {}", self.inner(left), comparison.symbol(), self.inner(right))
            }
            Expression::Identical(left, right) => format!("{} == {}", self.inner(left), self.inner(right)),
            Expression::IsA(inner, entity) => format!("{} is_a {}", self.inner(inner), self.vocabulary.entity(*entity)),
            Expression::Quantified { quantifier, element, list, condition } => {
                let word = match quantifier {
                    Quantifier::Any => "any",
                    Quantifier::All => "every",
                    Quantifier::None => "no",
                    Quantifier::Single => "a single",
                };
                format!("{word} {} in {}: {}", self.name(*element), self.inner(list), self.expression(condition))
            }
            Expression::Contains(inner, words) => format!("{} contains {}", self.inner(inner), quoted(words)),
            Expression::Matches(inner, pattern) => format!("{} matches /{}/", self.inner(inner), pattern.written()),
            Expression::IsPresent(inner) => format!("has {}", self.inner(inner)),
            other => self.computed(other),
        }
    }

    /// An expression within another: in parentheses unless it is a single thing.
    fn inner(&self, expression: &Expression) -> String {
        match expression {
            Expression::Literal(_)
            | Expression::Variable(_)
            | Expression::Field(..)
            | Expression::Property(..)
            | Expression::Call(..)
            | Expression::List(_)
            | Expression::Map(_)
            | Expression::Path(_)
            | Expression::Subquery(..) => self.expression(expression),
            compound => format!("({})", self.expression(compound)),
        }
    }

    /// An expression that only patterns have.
    fn computed(&self, expression: &Expression) -> String {
        let pair = |left: &Expression, word: &str, right: &Expression| format!("{} {word} {}", self.inner(left), self.inner(right));
        match expression {
            Expression::Cypher(comparison, left, right) => pair(left, &format!("cypher {}", comparison.symbol()), right),
            Expression::Xor(left, right) => pair(left, "xor", right),
            Expression::In(member, list, _) => pair(member, "in", list),
            Expression::TextTest(test, text, other, _) => pair(text, test_word(*test), other),
            Expression::Arithmetic(arithmetic, left, right, _) => pair(left, symbol(*arithmetic), right),
            Expression::Negate(inner, _) => format!("-{}", self.inner(inner)),
            Expression::List(members) => format!("[{}]", joined(members, |member| self.expression(member))),
            Expression::Map(entries) => {
                format!("{{{}}}", joined(entries, |(name, value)| format!("{name}: {}", self.expression(value))))
            }
            Expression::Property(of, name, _) => format!("{}.{name}", self.inner(of)),
            Expression::Index(of, index, _) => format!("{}[{}]", self.inner(of), self.expression(index)),
            Expression::Range(of, from, to, _) => {
                let end = |end: &Option<Box<Expression>>| end.as_ref().map_or(String::new(), |end| self.expression(end));
                format!("{}[{}..{}]", self.inner(of), end(from), end(to))
            }
            Expression::HasLabels(of, labels) => {
                let labels: String = labels.iter().map(|label| format!(":{}", label.name)).collect();
                format!("{} is {labels}", self.inner(of))
            }
            Expression::Call(function, arguments, _) => {
                format!("{}({})", function.name(), joined(arguments, |argument| self.expression(argument)))
            }
            Expression::Path(elements) => format!("path({})", self.names(elements)),
            other => self.gone_through(other),
        }
    }

    /// Branches, lists that are gone through, and subqueries.
    fn gone_through(&self, expression: &Expression) -> String {
        match expression {
            Expression::Case { operand, branches, otherwise } => {
                let operand = operand.as_ref().map_or(String::new(), |operand| format!(" {}", self.inner(operand)));
                let branch = |(when, then): &(Expression, Expression)| format!(" when {} then {}", self.inner(when), self.inner(then));
                let branches: String = branches.iter().map(branch).collect();
                let otherwise = otherwise.as_ref().map_or(String::new(), |otherwise| format!(" else {}", self.inner(otherwise)));
                format!("case{operand}{branches}{otherwise} end")
            }
            Expression::Comprehension { element, list, condition, projection } => {
                let condition = condition.as_ref().map_or(String::new(), |condition| format!(" where {}", self.expression(condition)));
                let value = projection.as_ref().map_or_else(|| self.name(*element).to_owned(), |value| self.expression(value));
                format!("[{value} for {} in {}{condition}]", self.name(*element), self.inner(list))
            }
            Expression::Reduce { accumulator, initial, element, list, step } => {
                let (accumulator, initial) = (self.name(*accumulator), self.inner(initial));
                format!("reduce {accumulator} from {initial} for {} in {} to {}", self.name(*element), self.inner(list), self.inner(step))
            }
            Expression::Subquery(kind, plan) => {
                let asked = match kind {
                    SubqueryKind::Exists => "exists".to_owned(),
                    SubqueryKind::Count => "count".to_owned(),
                    SubqueryKind::Collect(value) => format!("list of {} over", self.inner(value)),
                };
                let mut lines = Vec::new();
                self.tree(plan, 0, &mut lines);
                let steps: Vec<&str> = lines.iter().map(|line| line.trim_start()).collect();
                format!("{asked} {{ {} }}", steps.join(" <- "))
            }
            // Everything else is printed before.
            _ => String::new(),
        }
    }

    /// What is computed for a group.
    pub(super) fn aggregate(&self, aggregate: &Aggregate) -> String {
        match aggregate {
            Aggregate::CountDistinct(value) => format!("number of different {}", self.expression(value)),
            Aggregate::Collect(value) => format!("list of different {}", self.expression(value)),
            Aggregate::Of { function, argument, distinct, parameter } => {
                let argument = argument.as_ref().map_or("*".to_owned(), |argument| self.expression(argument));
                let parameter = parameter.as_ref().map_or(String::new(), |parameter| format!(", {}", self.expression(parameter)));
                format!("{}({}{argument}{parameter})", aggregate_name(*function), if *distinct { "distinct " } else { "" })
            }
        }
    }

    fn field(&self, field: &Field) -> String {
        match field {
            Field::Identifier => "id",
            Field::Name => "name",
            Field::Kinds => "kinds",
            Field::Synonyms => "synonyms",
            Field::Xrefs => "xrefs",
            Field::Definition => "definition",
            Field::Property(name) => return format!("property {}", quoted(name)),
            Field::RelationType => "relation type",
            Field::Statement => "statement",
            Field::Claim => "claim",
            Field::Sources => "sources",
            Field::Publications => "publications",
            Field::Jointly => "jointly",
            Field::Hedge => "hedge",
            Field::HedgeWords => "hedge words",
            Field::Extent => "extent",
            Field::Confidence => "confidence",
            Field::Denied => "denied",
            Field::Qualifier(id) => self.vocabulary.qualifier(*id),
            Field::Length => "length",
        }
        .to_owned()
    }

    pub(super) fn value(&self, value: &Value) -> String {
        match value {
            Value::Null => "null".to_owned(),
            Value::Boolean(holds) => holds.to_string(),
            Value::Integer(count) => count.to_string(),
            Value::Quantity(quantity) => {
                let written = quantity.to_string();
                if written.contains(['<', '>']) { format!("({written})") } else { written }
            }
            Value::Text(text) => quoted(text),
            Value::Entity(entity) => self.vocabulary.entity(*entity).to_owned(),
            Value::Relation(relation) => format!("relation {}", relation.0),
            Value::Extent(extent) => extent.word().to_owned(),
            Value::Confidence(confidence) => confidence.word().to_owned(),
            Value::Hedge(hedge) => format!("hedge {}", quoted(hedge.words.as_deref().unwrap_or_default())),
            Value::List(members) => format!("[{}]", joined(members, |member| self.value(member))),
            Value::Float(number) => number.to_string(),
            Value::Map(entries) => {
                let entry = |(name, value): (&Arc<str>, &Value)| format!("{name}: {}", self.value(value));
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
            Value::Temporal(temporal) => temporal.to_string(),
            Value::Path(path) => {
                let steps = joined(&path.steps, |step| step.relation.0.to_string());
                format!("path from {} by relations [{steps}]", self.vocabulary.entity(path.start))
            }
        }
    }
}

fn aggregate_name(function: AggregateFunction) -> &'static str {
    match function {
        AggregateFunction::Count => "count",
        AggregateFunction::Sum => "sum",
        AggregateFunction::Average => "avg",
        AggregateFunction::Minimum => "min",
        AggregateFunction::Maximum => "max",
        AggregateFunction::Collect => "collect",
        AggregateFunction::StandardDeviation => "stDev",
        AggregateFunction::PopulationStandardDeviation => "stDevP",
        AggregateFunction::PercentileContinuous => "percentileCont",
        AggregateFunction::PercentileDiscrete => "percentileDisc",
    }
}

fn symbol(arithmetic: Arithmetic) -> &'static str {
    match arithmetic {
        Arithmetic::Add => "+",
        Arithmetic::Subtract => "-",
        Arithmetic::Multiply => "*",
        Arithmetic::Divide => "/",
        Arithmetic::Modulo => "%",
        Arithmetic::Power => "^",
    }
}

fn test_word(test: TextTest) -> &'static str {
    match test {
        TextTest::StartsWith => "starts with",
        TextTest::EndsWith => "ends with",
        TextTest::Contains => "contains the text",
        TextTest::Matches => "matches the text",
    }
}
