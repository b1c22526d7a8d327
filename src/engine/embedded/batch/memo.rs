//! Memo: expressions that are computed once for entities of the same labels, or for relations of the same type.

use crate::algebra::{Expression, Function, VariableId};
use crate::engine::limits::Stopped;
use crate::model::{EntityId, RelationId, Value};

use super::column::{ABSENT, Column};
use super::keys::QuickMap;
use super::rows::Batch;
use super::run::Run;

/// What alone an expression looks at of its variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Memo {
    /// The labels of an entity.
    Labels,
    /// The type of a relation.
    Type,
}

impl Memo {
    /// What an expression looks at, if that is the labels or the type of one variable and nothing else.
    pub fn of(expression: &Expression) -> Option<(VariableId, Memo)> {
        match expression {
            Expression::Call(Function::Labels, arguments, _) => Some((only_variable(arguments)?, Memo::Labels)),
            Expression::Call(Function::Type, arguments, _) => Some((only_variable(arguments)?, Memo::Type)),
            Expression::Index(of, at, _) if matches!(at.as_ref(), Expression::Literal(_)) => Memo::of(of),
            _ => None,
        }
    }

    /// The values of the expression in all rows; none where the variable holds something else.
    pub fn column(self, run: &Run<'_>, expression: &Expression, batch: &Batch, variable: VariableId) -> Result<Option<Column>, Stopped> {
        let column = batch.column(variable.index());
        let numbers = match (self, column) {
            (Memo::Labels, Column::Entities(numbers)) | (Memo::Type, Column::Relations(numbers)) => numbers,
            _ => return Ok(None),
        };
        let mut known: QuickMap<u64, Value> = QuickMap::default();
        let mut values = Vec::with_capacity(numbers.len());
        for (row, number) in numbers.iter().enumerate() {
            let key = match self {
                _ if *number == ABSENT => u64::MAX,
                Memo::Labels => run.graph.signature(EntityId(*number)) as u64,
                Memo::Type => u64::from(run.graph.relation_type(RelationId(*number)).0),
            };
            let value = match known.get(&key) {
                Some(value) => value.clone(),
                None => {
                    let value = run.value(expression, batch, row)?;
                    known.insert(key, value.clone());
                    value
                }
            };
            values.push(value);
        }
        run.guard.work(batch.length * 2, "computing values")?;
        Ok(Some(Column::Values(values)))
    }
}

fn only_variable(arguments: &[Expression]) -> Option<VariableId> {
    match arguments {
        [Expression::Variable(variable)] => Some(*variable),
        _ => None,
    }
}
