//! Clauses: the parts of a pattern one after the other, each on the rows of the one before.

use crate::algebra::{Column, Expression, JoinMode, Layout, Operator, Query, VariableId, ViewScope};
use crate::diagnostic::{Code, Diagnostic};
use crate::query::syntax::pattern_tree::{Clause, ClauseKind, PatternQuery, SingleQuery};
use crate::query::syntax::tree::{Span, Spanned};

use super::Resolver;
use super::expression::Environment;
use super::fault;
use super::scope::{Binding, Scope};
use super::sort::Sort;

/// A column that a clause yields.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Output {
    pub name: String,
    pub binding: Binding,
}

/// Rows while they are made: how, and what can be said of them.
pub(super) struct Rows {
    pub plan: Operator,
    pub scope: Scope,
}

/// How clauses may end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// With `RETURN`, or as a single `CALL`.
    Whole,
    /// With `RETURN`: what stands in the braces of `CALL { }`.
    Returning,
    /// Anyhow: what stands in the braces of `EXISTS { }` and `COUNT { }`.
    Free,
}

impl Resolver<'_> {
    /// A whole query.
    pub(super) fn whole(&mut self, query: &PatternQuery) -> Result<Query, Diagnostic> {
        let (root, outputs) = self.parts(query, &Operator::Unit, &Scope::default(), Ending::Whole)?;
        let columns = outputs.into_iter().map(|output| Column {
            name: output.name,
            variable: output.binding.variable,
            column_type: output.binding.sort.column(),
            optional: false,
        });
        Ok(Query {
            variables: Vec::new(),
            root,
            columns: columns.collect(),
            layout: Layout::Rows,
            view: ViewScope::Support,
            noun: ("row".to_owned(), "rows".to_owned()),
        })
    }

    /// The parts of a union, or the only part, over a leaf.
    pub(super) fn parts(
        &mut self,
        query: &PatternQuery,
        leaf: &Operator,
        scope: &Scope,
        ending: Ending,
    ) -> Result<(Operator, Vec<Output>), Diagnostic> {
        let [first, others @ ..] = query.parts.as_slice() else { return Ok((leaf.clone(), Vec::new())) };
        if others.is_empty() {
            return self.part(first, leaf.clone(), scope.clone(), ending);
        }
        if let Some(odd) = query.unions.iter().find(|union| union.value != query.unions[0].value) {
            let (here, before) = if odd.value { ("UNION ALL", "UNION") } else { ("UNION", "UNION ALL") };
            let message = format!("{before} and {here} cannot be mixed");
            return Err(fault::clause(message, odd.span.clone(), here, "use the same everywhere, or put one of them into CALL { … }"));
        }
        let ending = if ending == Ending::Whole { Ending::Returning } else { ending };
        let (plan, outputs) = self.part(first, leaf.clone(), scope.clone(), ending)?;
        let mut united: Vec<Output> = Vec::with_capacity(outputs.len());
        for output in &outputs {
            let variable = self.variable(&output.name);
            united.push(Output { name: output.name.clone(), binding: Binding { variable, ..output.binding.clone() } });
        }
        let mut inputs = vec![renamed(plan, &outputs, &united)];
        for (part, union) in others.iter().zip(&query.unions) {
            let (plan, outputs) = self.part(part, leaf.clone(), scope.clone(), ending)?;
            check_columns(&united, &outputs, union, &part.span)?;
            for (known, output) in united.iter_mut().zip(&outputs) {
                let new = outputs.iter().find(|output| output.name == known.name).unwrap_or(output);
                known.binding.sort = known.binding.sort.clone().or(new.binding.sort.clone());
                known.binding.nullable |= new.binding.nullable;
            }
            inputs.push(renamed(plan, &outputs, &united));
        }
        let plan = Operator::Union { inputs };
        let all = query.unions.first().is_some_and(|union| union.value);
        let keys = united.iter().map(|output| output.binding.variable).collect();
        Ok((if all { plan } else { Operator::Distinct { input: Box::new(plan), keys } }, united))
    }

    /// The clauses of one part.
    pub(super) fn part(
        &mut self,
        part: &SingleQuery,
        leaf: Operator,
        scope: Scope,
        ending: Ending,
    ) -> Result<(Operator, Vec<Output>), Diagnostic> {
        check_order(part, ending)?;
        let before = self.steps;
        let made = self.clauses(part, leaf, scope, ending);
        self.steps = before;
        made
    }

    fn clauses(&mut self, part: &SingleQuery, leaf: Operator, scope: Scope, ending: Ending) -> Result<(Operator, Vec<Output>), Diagnostic> {
        let mut rows = Rows { plan: leaf, scope };
        for (position, clause) in part.clauses.iter().enumerate() {
            self.more_steps(1, &clause.span)?;
            let last = position + 1 == part.clauses.len();
            match &clause.kind {
                ClauseKind::Return(projection) => {
                    let (rows, outputs) = self.projection(rows, projection, None, &clause.span, true)?;
                    return Ok(if ending == Ending::Whole { cited(rows.plan, outputs) } else { (rows.plan, outputs) });
                }
                ClauseKind::Call { procedure, arguments, yields, condition } => {
                    let alone = ending == Ending::Whole && part.clauses.len() == 1;
                    let called = self.procedure(rows, procedure, arguments.as_deref(), yields.as_ref(), condition.as_ref(), alone)?;
                    if last && alone {
                        let outputs = called.scope.own().map(|(name, binding)| Output { name: name.to_owned(), binding: binding.clone() });
                        let outputs = outputs.collect();
                        return Ok((called.plan, outputs));
                    }
                    rows = called;
                }
                _ => rows = self.clause(rows, clause)?,
            }
        }
        Ok((rows.plan, Vec::new()))
    }

    /// A clause that is followed by others.
    fn clause(&mut self, rows: Rows, clause: &Clause) -> Result<Rows, Diagnostic> {
        match &clause.kind {
            ClauseKind::Match { optional: false, patterns, condition } => self.matching(rows, patterns, condition.as_ref()),
            ClauseKind::Match { optional: true, patterns, condition } => {
                let before = rows.scope.clone();
                let within = Rows { plan: Operator::Argument, scope: rows.scope };
                let mut found = self.matching(within, patterns, condition.as_ref())?;
                found.scope.make_nullable_since(&before);
                let plan = Operator::Apply { left: Box::new(rows.plan), right: Box::new(found.plan), mode: JoinMode::Optional };
                Ok(Rows { plan, scope: found.scope })
            }
            ClauseKind::Unwind { list, variable } => self.unwind(rows, list, variable),
            ClauseKind::With { projection, condition } => {
                self.projection(rows, projection, condition.as_ref(), &clause.span, false).map(|(rows, _)| rows)
            }
            ClauseKind::Subquery(query) => self.called_subquery(rows, query, &clause.span),
            // Taken care of by the caller.
            ClauseKind::Return(_) | ClauseKind::Call { .. } => Ok(rows),
        }
    }

    fn unwind(
        &mut self,
        rows: Rows,
        list: &crate::query::syntax::pattern_tree::Expression,
        variable: &Spanned<String>,
    ) -> Result<Rows, Diagnostic> {
        let Rows { plan, mut scope } = rows;
        let (list, sort) = self.expression(list, &Environment::plain(&scope, "UNWIND"))?;
        if scope.get(&variable.value).is_some() {
            return Err(fault::bound(variable, "what UNWIND gives"));
        }
        let element = self.variable(&variable.value);
        let member = match sort {
            Sort::List(member) => *member,
            _ => Sort::Any,
        };
        scope.bind(&variable.value, Binding::of(element, member));
        Ok(Rows { plan: Operator::Unwind { input: Box::new(plan), list, element, keep_empty: false }, scope })
    }

    /// `CALL { … }`: it sees what its first `WITH` imports.
    fn called_subquery(&mut self, rows: Rows, query: &PatternQuery, span: &Span) -> Result<Rows, Diagnostic> {
        let Rows { plan, mut scope } = rows;
        let around = scope.around();
        let mut parts = query.clone();
        let mut imported = Scope::default();
        for part in &mut parts.parts {
            imported_by(part, &around, &mut imported)?;
        }
        let (right, outputs) = self.parts(&parts, &Operator::Argument, &imported, Ending::Returning)?;
        for output in outputs {
            if scope.get(&output.name).is_some() {
                let name = Spanned { value: output.name, span: span.clone() };
                return Err(fault::bound(&name, "a column of the subquery"));
            }
            scope.bind(&output.name, Binding { outer: false, ..output.binding });
        }
        Ok(Rows { plan: Operator::Apply { left: Box::new(plan), right: Box::new(right), mode: JoinMode::Inner }, scope })
    }
}

/// Columns called `support` and `cited` that list relationships are what a row rests on and cites, and are shown as that.
fn cited(plan: Operator, outputs: Vec<Output>) -> (Operator, Vec<Output>) {
    let list = |name: &str| {
        let found = outputs.iter().find(|output| output.name == name && output.binding.sort.lists_relationships());
        found.map(|output| output.binding.variable)
    };
    let (support, cited) = (list("support"), list("cited"));
    let is_list = |output: &Output| ["support", "cited"].contains(&output.name.as_str()) && output.binding.sort.lists_relationships();
    let shown: Vec<Output> = outputs.iter().filter(|output| !is_list(output)).cloned().collect();
    if shown.len() == outputs.len() || shown.is_empty() {
        return (plan, outputs);
    }
    (Operator::Cite { input: Box::new(plan), support, cited }, shown)
}

/// Takes the `WITH` that imports away from the start of a part, and keeps what it imports.
fn imported_by(part: &mut SingleQuery, around: &Scope, imported: &mut Scope) -> Result<(), Diagnostic> {
    use crate::query::syntax::pattern_tree::ExpressionKind;
    let Some(Clause { kind: ClauseKind::With { projection, condition }, .. }) = part.clauses.first() else { return Ok(()) };
    let plain = condition.is_none()
        && !projection.distinct
        && projection.order.is_empty()
        && projection.skip.is_none()
        && projection.limit.is_none()
        && projection.items.iter().all(|item| {
            item.alias.is_none() && matches!(&item.expression.kind, ExpressionKind::Variable(name) if around.get(name).is_some())
        });
    if !plain {
        return Ok(());
    }
    if projection.everything.is_some() {
        *imported = around.clone();
    }
    for item in &projection.items {
        if let ExpressionKind::Variable(name) = &item.expression.kind
            && let Some(binding) = around.get(name)
        {
            imported.bind(name, binding.clone());
        }
    }
    part.clauses.remove(0);
    Ok(())
}

fn check_order(part: &SingleQuery, ending: Ending) -> Result<(), Diagnostic> {
    let is_return = |clause: &Clause| matches!(clause.kind, ClauseKind::Return(_));
    let Some(last) = part.clauses.last() else {
        if ending == Ending::Free {
            return Ok(());
        }
        return Err(fault::clause("there is no clause", part.span.clone(), "empty", "write what is to be returned: RETURN …"));
    };
    if let Some(early) = part.clauses[..part.clauses.len() - 1].iter().position(is_return) {
        let next = &part.clauses[early + 1];
        return Err(fault::clause(
            "RETURN ends a query, and a clause follows it",
            next.span.clone(),
            "follows RETURN",
            "use WITH instead of the RETURN before",
        ));
    }
    let alone = ending == Ending::Whole && part.clauses.len() == 1 && matches!(last.kind, ClauseKind::Call { .. });
    if !is_return(last) && !alone && ending != Ending::Free {
        let end = last.span.end;
        return Err(fault::clause(
            "the query ends without RETURN",
            end..end,
            "RETURN is missing",
            "say what is to be returned: RETURN … at the end",
        ));
    }
    Ok(())
}

fn check_columns(known: &[Output], outputs: &[Output], union: &Spanned<bool>, span: &Span) -> Result<(), Diagnostic> {
    let has = |outputs: &[Output], name: &str| outputs.iter().any(|output| output.name == name);
    let same = known.len() == outputs.len() && known.iter().all(|output| has(outputs, &output.name));
    if same {
        return Ok(());
    }
    let names = |outputs: &[Output]| outputs.iter().map(|output| format!("`{}`", output.name)).collect::<Vec<_>>().join(", ");
    let message = format!("the parts of a union return different columns: {} and {}", names(known), names(outputs));
    Err(Diagnostic::error(Code::BadColumns, message)
        .at(span.clone(), "other columns")
        .at(union.span.clone(), "")
        .help("give the columns of all parts the same names, with AS"))
}

/// The rows of a part with the variables of the union.
fn renamed(plan: Operator, outputs: &[Output], united: &[Output]) -> Operator {
    let own =
        |name: &str| -> Option<VariableId> { outputs.iter().find(|output| output.name == name).map(|output| output.binding.variable) };
    let items = united.iter().filter_map(|output| Some((output.binding.variable, Expression::Variable(own(&output.name)?))));
    Operator::Project { input: Box::new(plan), items: items.collect() }
}
