//! Procedures: the rows of `CALL`.

use std::collections::HashMap;

use crate::algebra::{Expression, Operator, Procedure, VariableId};
use crate::model::Value;

use super::super::order;
use super::super::procedures::{self, Arguments, Columns};
use super::super::row::Row;
use super::Run;
use crate::engine::limits::Stopped;

impl Run<'_> {
    /// For each row, the rows of a procedure, which is run once for rows that give it the same arguments.
    pub(super) fn call(
        &self,
        input: &Operator,
        procedure: Procedure,
        arguments: &[Expression],
        yields: &[(usize, VariableId)],
    ) -> Result<Vec<Row>, Stopped> {
        let mut known: HashMap<Vec<u8>, Columns> = HashMap::new();
        let mut rows = Vec::new();
        for row in self.rows(input)? {
            let scope = self.scope(&row, input);
            let values =
                arguments.iter().map(|argument| self.evaluator.value(argument, &scope)).collect::<Result<Vec<Value>, Stopped>>()?;
            let mut key = Vec::new();
            values.iter().for_each(|value| order::write_key(value, &mut key));
            let columns = match known.entry(key) {
                std::collections::hash_map::Entry::Occupied(made) => made.into_mut(),
                std::collections::hash_map::Entry::Vacant(place) => {
                    let called = Arguments { values, graph: self.graph, vocabulary: self.vocabulary, guard: self.guard };
                    place.insert(procedures::call(procedure, &called)?)
                }
            };
            for at in 0..columns.first().map_or(0, procedures::Yielded::len) {
                let mut extended = row.clone();
                for (column, variable) in yields {
                    extended.values[variable.index()] = columns.get(*column).map_or(Value::Null, |column| column.value(at));
                }
                self.push(&mut rows, extended, "running a procedure")?;
            }
        }
        Ok(rows)
    }
}
