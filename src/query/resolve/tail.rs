//! Tail: `sort by` and `show`.

use crate::algebra::{Expression, Field, SortKey};
use crate::diagnostic::Diagnostic;
use crate::model::fold;
use crate::query::syntax::tree::Tails;

use super::builder::{Builder, Scope, ScopeColumn};

/// Words that `show` takes without a column of their own: every answer carries them anyway.
const ALWAYS_SHOWN: [&str; 2] = ["evidence", "certainty"];

impl Builder<'_> {
    pub(super) fn sort_keys(&self, tails: &Tails, scope: &Scope) -> Result<Vec<SortKey>, Diagnostic> {
        let key = |field: &crate::query::syntax::tree::SortField| {
            let reference = self.recovered(self.field(&field.field, scope).map(Some), || None)?;
            Some(SortKey { expression: reference.expression, descending: field.descending, absent_last: true })
        };
        Ok(tails.sort.iter().filter_map(key).collect())
    }

    /// The columns that `show` names, in its order; all of them if there is no `show`.
    pub(super) fn shown_columns(&self, tails: &Tails, scope: &Scope) -> Result<Vec<ScopeColumn>, Diagnostic> {
        let mut shown: Vec<ScopeColumn> = Vec::new();
        for name in &tails.show {
            if ALWAYS_SHOWN.contains(&fold(&name.words).as_str()) {
                continue;
            }
            let Some(field) = self.recovered(self.field(name, scope).map(Some), || None) else { continue };
            if shown.iter().any(|column| column.name == field.name) {
                continue;
            }
            shown.push(ScopeColumn {
                name: field.name,
                expression: field.expression,
                field_type: field.field_type,
                several: field.several,
                optional: false,
            });
        }
        if shown.is_empty() {
            return Ok(scope.columns.clone());
        }
        // What is said of several together is not shown of one alone: with a qualifier goes who shares it.
        for relation in &scope.relations {
            let of_it = |expression: &Expression| matches!(expression, Expression::Field(variable, Field::Qualifier(_)) if *variable == relation.variable);
            let jointly = Expression::Field(relation.variable, Field::Jointly);
            if shown.iter().any(|column| of_it(&column.expression))
                && !shown.iter().any(|column| column.expression == jointly)
                && let Some(column) = scope.columns.iter().find(|column| column.expression == jointly)
            {
                shown.push(column.clone());
            }
        }
        Ok(shown)
    }
}
