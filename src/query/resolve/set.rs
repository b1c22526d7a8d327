//! Set: phrases joined by `and`, `or` and `but not`, on distinct entities.

use crate::algebra::{Expression, JoinMode, Operator, VariableId, ViewScope};
use crate::diagnostic::Diagnostic;
use crate::query::syntax::tree::{Operand, Phrase, SetExpression, SetOperator};

use super::builder::{Builder, Lowered, Scope, ScopeColumn};
use super::phrase::{column_name, kind_meaning, noun_meanings, unbracketed};

impl Builder<'_> {
    /// A phrase, or phrases joined.
    pub(super) fn set(&mut self, set: &SetExpression) -> Result<Lowered, Diagnostic> {
        let (first, rest) = match set {
            SetExpression::Phrase(phrase) => return self.phrase(phrase),
            SetExpression::Joined(first, rest) => (first, rest),
        };
        let left = match self.set_operand(first) {
            Ok(left) => left,
            Err(fault) => {
                // What is wrong with the others is told too.
                for (_, operand) in rest {
                    let made = self.set_operand(operand).map(|_| ());
                    self.recovered(made, || ());
                }
                return Err(fault);
            }
        };
        let (noun, kinds) = (left.noun.clone(), left.kinds.clone());
        let member = self.variable(&noun.0);
        let mut plan = self.distinct_members(left, member);
        for (operator, operand) in rest {
            let made = self.set_operand(operand).map(Some);
            let Some(right) = self.recovered(made, || None) else { continue };
            let right = self.distinct_members(right, member);
            plan = match operator {
                SetOperator::And => join(plan, right, member, JoinMode::Inner),
                SetOperator::ButNot => join(plan, right, member, JoinMode::Without),
                SetOperator::Or => {
                    let union = Operator::Union { inputs: vec![plan, right] };
                    Operator::Distinct { input: Box::new(union), keys: vec![member] }
                }
            };
        }
        let scope = Scope {
            columns: vec![ScopeColumn::entity(column_name(&noun.0), member, kinds.clone().unwrap_or_default())],
            relations: Vec::new(),
            entity: Some(member),
        };
        let only_left = rest.iter().all(|(operator, _)| *operator != SetOperator::Or);
        let kinds = kinds.filter(|_| only_left);
        Ok(Lowered { plan, answered: member, kinds, scope, noun, view: ViewScope::Support, order: Vec::new(), with_denials: false })
    }

    /// An operand of a set. A name alone is the entity itself with everything that is one of it, not all that is known about it.
    fn set_operand(&mut self, set: &SetExpression) -> Result<Lowered, Diagnostic> {
        if let SetExpression::Phrase(phrase) = set
            && let Some(lowered) = self.entity_operand(phrase)?
        {
            return self.filtered(lowered, phrase.condition.as_ref());
        }
        self.set(set)
    }

    fn entity_operand(&mut self, phrase: &Phrase) -> Result<Option<Lowered>, Diagnostic> {
        let (true, Operand::Run(run)) = (phrase.nouns.is_empty(), unbracketed(&phrase.operand)) else {
            return Ok(None);
        };
        let items = self.cut(run)?;
        let [item] = items.as_slice() else {
            return Ok(None);
        };
        if item.entities().is_empty() || noun_meanings(item).next().is_some() || kind_meaning(item).is_some() {
            return Ok(None);
        }
        let entity = self.only_entity(item)?;
        let (selection, kinds) = self.selection(entity, item.is_exact());
        let variable = self.variable("entity");
        let scope =
            Scope { columns: vec![ScopeColumn::entity("entity", variable, kinds.clone())], relations: Vec::new(), entity: Some(variable) };
        Ok(Some(Lowered {
            plan: Operator::Entities { input: Box::new(Operator::Unit), entity: variable, selection },
            answered: variable,
            kinds: Some(kinds),
            scope,
            noun: ("entity".to_owned(), "entities".to_owned()),
            view: ViewScope::Support,
            order: Vec::new(),
            with_denials: false,
        }))
    }

    /// The distinct entities that a phrase answers with, bound to the variable of the set.
    fn distinct_members(&mut self, lowered: Lowered, member: VariableId) -> Operator {
        let items = vec![(member, Expression::Variable(lowered.answered))];
        let bound = Operator::Project { input: Box::new(lowered.plan), items };
        Operator::Distinct { input: Box::new(bound), keys: vec![member] }
    }
}

fn join(left: Operator, right: Operator, member: VariableId, mode: JoinMode) -> Operator {
    Operator::Join { left: Box::new(left), right: Box::new(right), on: vec![member], mode }
}
