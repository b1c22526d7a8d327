//! Procedure: `CALL` of a procedure, with what it yields.

use crate::algebra::{Condition, Operator, PROCEDURES, procedure};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::query::syntax::pattern_tree::{Expression as Tree, Yields};
use crate::query::syntax::tree::Spanned;

use super::Resolver;
use super::clauses::Rows;
use super::expression::Environment;
use super::fault;
use super::phrase_procedures::{PHRASE_PROCEDURES, phrase_procedure};
use super::scope::{Binding, Scope};
use super::sort::Sort;

impl Resolver<'_> {
    /// The rows of a procedure for each row so far. By itself it yields all of its columns.
    pub(super) fn procedure(
        &mut self,
        rows: Rows,
        name: &Spanned<String>,
        arguments: Option<&[Tree]>,
        yields: Option<&Yields>,
        condition: Option<&Tree>,
        alone: bool,
    ) -> Result<Rows, Diagnostic> {
        let given = arguments.unwrap_or_default();
        if let Some(known) = phrase_procedure(&name.value) {
            let takes = (known.takes.0, Some(known.takes.1));
            if given.len() < takes.0 || given.len() > known.takes.1 {
                return Err(fault::argument_count(known.name, takes, known.arguments, given.len(), &name.span));
            }
            let bound = yielded((known.name, known.yields), yields, alone, name)?;
            let Rows { plan, scope } = self.phrase_procedure(rows, known, given, &bound)?;
            return self.kept(plan, scope, condition);
        }
        let Some(signature) = procedure(&name.value) else { return Err(unknown(name)) };
        if given.len() < signature.least || given.len() > signature.most {
            let takes = (signature.least, Some(signature.most));
            return Err(fault::argument_count(signature.name, takes, signature.arguments, given.len(), &name.span));
        }
        let Rows { mut plan, mut scope } = rows;
        let mut lowered = Vec::with_capacity(given.len());
        for argument in given {
            lowered.push(self.expression(argument, &Environment::plain(&scope, "CALL"))?.0);
        }
        let mut bound = Vec::new();
        for (position, variable) in yielded((signature.name, signature.yields), yields, alone, name)? {
            if scope.get(&variable.value).is_some() {
                return Err(fault::bound(&variable, "what CALL yields"));
            }
            let id = self.variable(&variable.value);
            scope.bind(&variable.value, Binding::of(id, column_sort(signature.yields[position])));
            bound.push((position, id));
        }
        plan = Operator::Call { input: Box::new(plan), procedure: signature.procedure, arguments: lowered, yields: bound };
        self.kept(plan, scope, condition)
    }

    /// The rows that satisfy the condition behind a `CALL`.
    fn kept(&mut self, plan: Operator, scope: Scope, condition: Option<&Tree>) -> Result<Rows, Diagnostic> {
        let Some(condition) = condition else { return Ok(Rows { plan, scope }) };
        let conditions: Vec<Condition> = self.conditions(condition, &Environment::plain(&scope, "WHERE"))?;
        Ok(Rows { plan: Operator::Filter { input: Box::new(plan), conditions }, scope })
    }
}

/// The columns that are bound, each with its variable.
fn yielded(
    (called, columns): (&str, &[&str]),
    yields: Option<&Yields>,
    alone: bool,
    name: &Spanned<String>,
) -> Result<Vec<(usize, Spanned<String>)>, Diagnostic> {
    let all = || {
        let columns = columns.iter().enumerate();
        columns.map(|(position, column)| (position, Spanned { value: (*column).to_owned(), span: name.span.clone() })).collect()
    };
    match yields {
        Some(Yields::Every(true)) => Ok(all()),
        Some(Yields::Every(false)) => Ok(Vec::new()),
        None if alone => Ok(all()),
        None if columns.is_empty() => Ok(Vec::new()),
        None => Err(Diagnostic::error(Code::BadClause, format!("`{called}` yields columns, and none is bound"))
            .at(name.span.clone(), "no YIELD")
            .help(format!("name those that are needed: YIELD {}", columns.join(", ")))),
        Some(Yields::Columns(named)) => named
            .iter()
            .map(|(column, variable)| match columns.iter().position(|known| *known == column.value) {
                Some(position) => Ok((position, variable.clone().unwrap_or_else(|| column.clone()))),
                None => Err(Diagnostic::error(Code::UnknownField, format!("`{called}` yields no `{}`", column.value))
                    .at(column.span.clone(), "unknown column")
                    .suggest_at(&column.span, &nearest(&column.value, columns.iter().copied(), 3), str::to_owned)
                    .help(format!("it yields {}", columns.join(", ")))),
            })
            .collect(),
    }
}

/// What a column holds, by its name: the same in every procedure.
pub(super) fn column_sort(column: &str) -> Sort {
    match column {
        "entity" | "from" | "to" => Sort::Node,
        "relation" => Sort::Relationship,
        "path" => Sort::Path,
        "support" => Sort::list_of(Sort::Relationship),
        _ => Sort::Any,
    }
}

fn unknown(name: &Spanned<String>) -> Diagnostic {
    let names: Vec<&str> = PROCEDURES.iter().map(|known| known.name).chain(PHRASE_PROCEDURES.iter().map(|known| known.name)).collect();
    let near = nearest(&name.value, names.iter().copied(), 3);
    Diagnostic::error(Code::UnknownProcedure, format!("there is no procedure `{}`", name.value))
        .at(name.span.clone(), "unknown procedure")
        .suggest_at(&name.span, &near, str::to_owned)
        .help(format!("there are: {}", names.join(", ")))
}
