//! Knowledge: what the whole of a query says about its parts, gathered before the first clause is written.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ColumnType, QualifierId};

use super::super::{Aggregate, Expression, Field, JoinMode, Layout, Operator, Query, VariableId};

/// What is known of a query.
#[derive(Default)]
pub(super) struct Knowledge<'a> {
    /// The relations that must be asserted.
    asserted: BTreeSet<VariableId>,
    /// Whether denials are rows like others (`denied`, `compare`), not what `why` adds to them.
    pub compares_denials: bool,
    /// What is projected.
    items: Vec<(VariableId, &'a Expression)>,
    /// Numbers that every row has.
    numbers: BTreeSet<VariableId>,
    /// Qualifiers that are shown, and whether as entities.
    shown: BTreeMap<QualifierId, bool>,
}

impl<'a> Knowledge<'a> {
    /// What is known of a query.
    pub fn of(query: &'a Query) -> Knowledge<'a> {
        let mut knowledge = Knowledge { compares_denials: query.layout != Layout::Rows, ..Knowledge::default() };
        let mut open = vec![&query.root];
        while let Some(operator) = open.pop() {
            knowledge.learn(operator);
            open.extend(operator.inputs());
        }
        for (variable, expression) in &knowledge.items {
            if let Expression::Field(_, Field::Qualifier(id)) = expression
                && let Some(column) = query.columns.iter().find(|column| column.variable == *variable)
            {
                knowledge.shown.insert(*id, column.column_type == ColumnType::Entity);
            }
        }
        knowledge
    }

    fn learn(&mut self, operator: &'a Operator) {
        match operator {
            Operator::Asserted { relations, .. } => self.asserted.extend(relations),
            Operator::Filter { conditions, .. } => {
                self.compares_denials |= conditions.iter().any(|condition| condition.expression.asks_denied());
            }
            Operator::Project { items, .. } => self.items.extend(items.iter().map(|(variable, value)| (*variable, value))),
            Operator::Around { distance, .. } => {
                self.numbers.insert(*distance);
            }
            Operator::Find { score, .. } => {
                self.numbers.insert(*score);
            }
            Operator::About { statements, .. } => {
                self.numbers.insert(*statements);
            }
            Operator::Group { aggregates, .. } => {
                let counts = aggregates.iter().filter(|(_, aggregate)| matches!(aggregate, Aggregate::CountDistinct(_)));
                self.numbers.extend(counts.map(|(variable, _)| *variable));
            }
            _ => {}
        }
    }

    /// Whether a relation must be asserted.
    pub fn is_asserted(&self, relation: VariableId) -> bool {
        self.asserted.contains(&relation)
    }

    /// Whether the values of a qualifier may be entities: they are not if the query shows them as something else.
    pub fn may_hold_entities(&self, qualifier: QualifierId) -> bool {
        self.shown.get(&qualifier).copied().unwrap_or(true)
    }

    /// Whether every row has a value for an expression.
    pub fn is_never_absent(&self, expression: &Expression) -> bool {
        match expression {
            Expression::Variable(variable) => self.numbers.contains(variable),
            Expression::Field(_, Field::Length | Field::Name | Field::Identifier) => true,
            _ => false,
        }
    }

    /// The variable among these that an expression is projected to.
    pub fn projected(&self, expression: &Expression, among: &[VariableId]) -> Option<VariableId> {
        let found = self.items.iter().find(|(variable, value)| *value == expression && among.contains(variable));
        found.map(|(variable, _)| *variable)
    }
}

/// Whether the rows of an operator are sure to differ in these variables.
pub(super) fn differ_in(operator: &Operator, keys: &[VariableId]) -> bool {
    let has = |variable: &VariableId| keys.contains(variable);
    match operator {
        Operator::Unit => true,
        Operator::Distinct { input, keys: known } => known.iter().all(has) || differ_in(input, keys),
        Operator::Group { keys: known, .. } => known.iter().all(has),
        Operator::Project { input, items } => {
            let mut wider = keys.to_vec();
            for (variable, value) in items {
                if let (true, Expression::Variable(same)) = (has(variable), value) {
                    wider.push(*same);
                }
            }
            differ_in(input, &wider)
        }
        Operator::Filter { input, .. }
        | Operator::Known { input }
        | Operator::Asserted { input, .. }
        | Operator::Sort { input, .. }
        | Operator::Slice { input, .. }
        | Operator::Cite { input, .. }
        | Operator::About { input, .. } => differ_in(input, keys),
        Operator::Paths { path, .. } => has(path),
        Operator::Around { entity, .. } | Operator::Find { entity, .. } | Operator::Given { entity, .. } => has(entity),
        Operator::Entities { input, entity, .. } => has(entity) && differ_in(input, keys),
        Operator::Join { left, right, mode, .. } => match mode {
            JoinMode::Semi | JoinMode::Without => differ_in(left, keys),
            JoinMode::Inner | JoinMode::Optional => differ_in(left, keys) && differ_in(right, keys),
        },
        Operator::Expand { .. }
        | Operator::Argument
        | Operator::Trail { .. }
        | Operator::Weigh { .. }
        | Operator::Merge { .. }
        | Operator::Meet { .. }
        | Operator::Reach { .. }
        | Operator::Signatures { .. }
        | Operator::Apply { .. }
        | Operator::Call { .. }
        | Operator::Mentions { .. }
        | Operator::Relations { .. }
        | Operator::Unwind { .. }
        | Operator::Union { .. } => false,
    }
}
