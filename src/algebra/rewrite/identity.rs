//! Identity: an entity's `id` stands for the entity. What is asked of ids is asked of the entities themselves.
//!
//! `x.id = 'c'` selects one entity, `x.id = y.id` compares two, and rows grouped by `x.id` are grouped by `x`: right where
//! every entity has an id of its own that no property of its own hides. It takes reading ids out of the rows that are only
//! passed through (Q1 to Q4, Q8, Q11).

use std::sync::Arc;

use super::planner::Planner;
use super::walk::{PartMut, expression_parts_mut};
use crate::algebra::{Expression, Function, TextTest, VariableId};
use crate::model::{Comparison, EntityId, Value};

/// What a condition selects.
pub(super) enum Selected {
    /// One entity.
    Exactly(VariableId, EntityId),
    /// Entities whose names begin so in lower case, among others.
    Prefix(VariableId, Arc<str>),
    /// Nothing at all.
    Nothing,
    /// That cannot be told.
    Unknown,
}

/// What a condition selects, after [`Planner::by_identity`].
pub(super) fn selected(expression: &Expression, planner: &Planner) -> Selected {
    match expression {
        Expression::Literal(Value::Boolean(false)) => Selected::Nothing,
        Expression::Cypher(Comparison::Equal, left, right) => match (&**left, &**right) {
            (Expression::Variable(variable), Expression::Literal(Value::Entity(entity)))
            | (Expression::Literal(Value::Entity(entity)), Expression::Variable(variable)) => Selected::Exactly(*variable, *entity),
            _ => Selected::Unknown,
        },
        Expression::TextTest(TextTest::StartsWith, text, prefix, _) => prefix_of(text, prefix, planner),
        _ => Selected::Unknown,
    }
}

/// The names that a test of a name, or of a name in lower case, lets through.
fn prefix_of(text: &Expression, prefix: &Expression, planner: &Planner) -> Selected {
    let (name, lowered) = match text {
        Expression::Call(Function::ToLower, arguments, _) => match &arguments[..] {
            [name] => (name, true),
            _ => return Selected::Unknown,
        },
        name => (name, false),
    };
    let (Some(variable), Expression::Literal(Value::Text(prefix))) = (planner.built_in(name, "name"), prefix) else {
        return Selected::Unknown;
    };
    let lower: Arc<str> = Arc::from(prefix.to_lowercase());
    if lowered && *lower != **prefix {
        return Selected::Nothing;
    }
    Selected::Prefix(variable, lower)
}

impl Planner<'_> {
    /// The entity whose built-in property an expression is.
    pub(super) fn built_in(&self, expression: &Expression, property: &str) -> Option<VariableId> {
        let Expression::Property(subject, name, _) = expression else { return None };
        match &**subject {
            Expression::Variable(variable)
                if **name == *property && self.entities.contains(*variable) && !self.statistics.has_own_property(property) =>
            {
                Some(*variable)
            }
            _ => None,
        }
    }

    /// The entity whose id an expression is, where ids tell entities apart.
    pub(super) fn identified(&self, expression: &Expression) -> Option<VariableId> {
        if !self.passes.identity || !self.statistics.has_identifiers() {
            return None;
        }
        self.built_in(expression, "id")
    }

    /// A condition with its comparisons of ids made comparisons of entities.
    pub(super) fn by_identity(&self, mut expression: Expression) -> Expression {
        if self.passes.identity {
            self.compare_entities(&mut expression, true);
        }
        expression
    }

    /// `whole`: whether it is the condition itself, where unknown counts as false.
    fn compare_entities(&self, expression: &mut Expression, whole: bool) {
        if let Expression::Cypher(Comparison::Equal | Comparison::NotEqual, left, right) = expression {
            match (self.identified(left), self.identified(right)) {
                (Some(one), Some(other)) => {
                    **left = Expression::Variable(one);
                    **right = Expression::Variable(other);
                }
                (Some(variable), None) => self.compare_with(expression, variable, false, whole),
                (None, Some(variable)) => self.compare_with(expression, variable, true, whole),
                (None, None) => {}
            }
            return;
        }
        expression_parts_mut(expression, &mut |part| {
            if let PartMut::Expression(inner) = part {
                self.compare_entities(inner, false);
            }
        });
    }

    /// A comparison of an entity's id with a text becomes one with the entity of that id; with one that no entity has, it
    /// says the same of every entity, and nothing of what is no entity.
    fn compare_with(&self, expression: &mut Expression, variable: VariableId, swapped: bool, whole: bool) {
        let Expression::Cypher(comparison, left, right) = expression else { return };
        let (identifier, text) = if swapped { (right, left) } else { (left, right) };
        let Expression::Literal(Value::Text(words)) = &**text else { return };
        match self.statistics.identified(words) {
            Some(entity) => {
                **identifier = Expression::Variable(variable);
                **text = Expression::Literal(Value::Entity(entity));
            }
            // A row whose entity is null is left out either way.
            None if whole && *comparison == Comparison::Equal => *expression = Expression::Literal(Value::Boolean(false)),
            None => {}
        }
    }
}
