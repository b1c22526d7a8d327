//! Table: `count … by` and `compare … across`, which group the rows of a phrase.

use crate::algebra::{Aggregate, Column, Expression, Layout, Operator, Query, VariableId, ViewScope};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::ColumnType;
use crate::query::syntax::tree::{Condition, FieldName, SetExpression, Tails};

use super::builder::{Builder, Lowered, Scope, ScopeColumn, ordered};
use super::field::{FieldReference, FieldType};

impl Builder<'_> {
    /// `count SET by FIELD, …`: distinct entities; one with several values counts in each group, one without in a group of its own.
    pub(super) fn count(
        mut self,
        set: &SetExpression,
        fields: &[FieldName],
        condition: Option<&Condition>,
        tails: &Tails,
    ) -> Result<Query, Diagnostic> {
        let lowered = self.conditioned(set, condition, false)?;
        let mut plan = known_rows(lowered.plan, &lowered.scope);
        let mut keys = Vec::new();
        let mut scope = Scope::default();
        for name in fields {
            let Some(field) = self.recovered(self.field(name, &lowered.scope).map(Some), || None) else { continue };
            let key = self.variable(&field.name);
            plan = bind(plan, &field, key);
            keys.push(key);
            scope.columns.push(ScopeColumn {
                name: field.name,
                expression: Expression::Variable(key),
                field_type: field.field_type,
                several: false,
                optional: false,
            });
        }
        let count = self.variable("count");
        let aggregates = vec![(count, Aggregate::CountDistinct(Expression::Variable(lowered.answered)))];
        plan = Operator::Group { input: Box::new(plan), keys, aggregates };
        scope.columns.push(ScopeColumn::plain("count", Expression::Variable(count), FieldType::Integer));
        let grouped = Lowered {
            plan,
            answered: lowered.answered,
            kinds: None,
            scope,
            noun: ("group".to_owned(), "groups".to_owned()),
            view: ViewScope::Support,
            order: Vec::new(),
            with_denials: true,
        };
        self.finish(grouped, tails)
    }

    /// `compare SET across FIELD`: for each entity and each value of the field what is reported, denials included.
    pub(super) fn compare(
        mut self,
        set: &SetExpression,
        name: &FieldName,
        condition: Option<&Condition>,
        tails: &Tails,
    ) -> Result<Query, Diagnostic> {
        let lowered = self.conditioned(set, condition, true)?;
        let field = self.field(name, &lowered.scope)?;
        let Some(relation) = lowered.scope.relations.first().map(|relation| relation.variable) else {
            return Err(Diagnostic::error(Code::TypeMismatch, "`compare` sets relations side by side, and these rows are entities")
                .at(name.span.clone(), "nothing to compare")
                .help("compare a relation noun or a sentence: `compare causes across population`"));
        };
        if let Some(shown) = tails.show.first() {
            return Err(Diagnostic::error(Code::Syntax, "`compare` has a column for each value: `show` cannot choose them")
                .at(shown.span.clone(), "")
                .help("leave `show` away, or ask the phrase without `compare`"));
        }
        let across = self.variable(&format!("across {}", field.name));
        let plan = bind(known_rows(lowered.plan, &lowered.scope), &field, across);
        let (row, relations) = (lowered.answered, self.variable("relations"));
        let plan = Operator::Group {
            input: Box::new(plan),
            keys: vec![row, across],
            aggregates: vec![(relations, Aggregate::Collect(Expression::Variable(relation)))],
        };
        let keys =
            self.sort_keys(tails, &Scope { entity: Some(row), columns: lowered.scope.columns[..1].to_vec(), relations: Vec::new() })?;
        let unlimited = Tails { limit: None, ..tails.clone() };
        let root = ordered(plan, keys, vec![row, across], &unlimited);
        let columns = vec![self.entity_column(row, &lowered.scope)];
        let limit = tails.limit.as_ref().map(|limit| limit.value);
        let layout = Layout::Pivot { row, across, relations, limit };
        Ok(self.done(root, columns, layout, ViewScope::Support, lowered.noun))
    }

    fn entity_column(&self, row: VariableId, scope: &Scope) -> Column {
        let named = scope.columns.iter().find(|column| column.expression == Expression::Variable(row));
        let name = named.map_or_else(|| self.name_of(row), |column| column.name.clone());
        Column { name, variable: row, column_type: ColumnType::Entity, optional: false }
    }

    /// A set with a condition behind the whole: for a single phrase the condition is the phrase's own.
    fn conditioned(&mut self, set: &SetExpression, condition: Option<&Condition>, with_denials: bool) -> Result<Lowered, Diagnostic> {
        self.keep_denials = with_denials;
        let lowered = match (set, condition) {
            (SetExpression::Phrase(phrase), Some(condition)) => {
                let mut phrase = phrase.clone();
                phrase.condition = Some(match phrase.condition.take() {
                    Some(own) => Condition::And(vec![own, condition.clone()]),
                    None => condition.clone(),
                });
                self.phrase(&phrase)
            }
            (set, None) => self.set(set),
            (set, condition) => {
                let lowered = self.set(set)?;
                self.filtered(lowered, condition)
            }
        };
        self.keep_denials = false;
        lowered
    }
}

/// The rows of a phrase, each once however many ways lead to it, without those for which the condition is unknown.
fn known_rows(plan: Operator, scope: &Scope) -> Operator {
    let bound = scope.columns.iter().filter_map(|column| match column.expression {
        Expression::Variable(variable) => Some(variable),
        _ => None,
    });
    let keys = bound.chain(scope.relations.iter().map(|relation| relation.variable)).collect();
    Operator::Known { input: Box::new(Operator::Distinct { input: Box::new(plan), keys }) }
}

/// Binds a field to a variable: one row for each of several values.
fn bind(plan: Operator, field: &FieldReference, variable: VariableId) -> Operator {
    if field.several {
        Operator::Unwind { input: Box::new(plan), list: field.expression.clone(), element: variable, keep_empty: true }
    } else {
        Operator::Project { input: Box::new(plan), items: vec![(variable, field.expression.clone())] }
    }
}
