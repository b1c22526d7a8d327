//! Projection: uniting and grouping rows, and the clauses that end a pattern.

use std::collections::BTreeSet;

use super::super::{Aggregate, Expression, Layout, Operator, SortKey, VariableId};
use super::Writer;
use super::condition::Level;
use super::knowledge::differ_in;
use super::names::identifier;
use super::operators::{renamed, slice};
use super::part::{Part, Reference, Scope, Sort, Support};

/// What rows rest on and cite, as lists; absent where there is nothing.
pub(super) struct Lists {
    pub support: Option<String>,
    pub cited: Option<String>,
}

/// What the rows of a part rest on and cite, for each row or for those that a clause unites.
pub(super) fn listed(part: &Part, merging: bool) -> Lists {
    let list = |name: &String| if merging { format!("reduce(whole = [], one IN collect({name}) | whole + one)") } else { name.clone() };
    let mut terms = Vec::new();
    let mut relations = Vec::new();
    for support in &part.support {
        match support {
            Support::Relation(_, name) if merging => terms.push(format!("collect({name})")),
            Support::Relation(_, name) => relations.push(name.clone()),
            Support::List(name) => terms.push(list(name)),
        }
    }
    if !relations.is_empty() {
        terms.insert(0, format!("[{}]", relations.join(", ")));
    }
    let join = |terms: Vec<String>| (!terms.is_empty()).then(|| terms.join(" + "));
    Lists { support: join(terms), cited: join(part.cited.iter().map(list).collect()) }
}

/// The end of a pattern.
struct Ending<'a> {
    operator: &'a Operator,
    keys: &'a [SortKey],
    skip: u64,
    limit: Option<u64>,
}

impl Writer<'_> {
    /// The whole query.
    pub(super) fn query(mut self) -> String {
        let query = self.query;
        let mut end = Ending { operator: &query.root, keys: &[], skip: 0, limit: None };
        if let Operator::Slice { input, skip, limit } = end.operator {
            (end.operator, end.skip, end.limit) = (input, *skip, *limit);
        }
        if let Operator::Sort { input, keys, .. } = end.operator {
            (end.operator, end.keys) = (input, keys);
        }
        while let Operator::Distinct { input, keys } = end.operator
            && differ_in(input, keys)
        {
            end.operator = input;
        }
        match query.layout {
            Layout::Rows => self.rows(&end),
            Layout::Pivot { row, across, relations, limit } => self.long_form(&end, [row, across, relations], limit),
        }
    }

    fn rows(&mut self, end: &Ending<'_>) -> String {
        let returned: Vec<VariableId> = self.query.columns.iter().map(|column| column.variable).collect();
        let set: BTreeSet<VariableId> = returned.iter().copied().collect();
        let names = self.column_names();
        let hidden = self.hidden(end.keys, &returned);
        let (mut part, items, merging) = match end.operator {
            Operator::Distinct { input, keys } if keys.iter().copied().collect::<BTreeSet<_>>() == set && hidden.is_empty() => {
                let part = self.distinct_input(input, keys);
                let items = self.items(&part.scope, &names);
                (part, items, true)
            }
            Operator::Distinct { input, keys } => {
                let part = self.distinct_input(input, keys);
                let part = self.united(part, keys, &hidden);
                let items = self.items(&part.scope, &names);
                (part, items, false)
            }
            Operator::Group { input, keys, aggregates } if grouped(keys, aggregates) == set => {
                let mut part = self.part(input);
                self.bind_aggregates(&mut part, keys, aggregates);
                let items = self.items(&part.scope, &names);
                (part, items, false)
            }
            other => {
                let part = self.part(other);
                let items = self.items(&part.scope, &names);
                (part, items, false)
            }
        };
        let mut returns = items;
        let lists = listed(&part, merging);
        let distinct = merging && lists.support.is_none() && lists.cited.is_none();
        let has_support = lists.support.is_some();
        returns.extend(lists.support.map(|list| renamed(&list, "support")));
        returns.extend(lists.cited.map(|list| renamed(&list, "cited")));
        part.clause(format!("RETURN {}{}", if distinct { "DISTINCT " } else { "" }, returns.join(", ")));
        let scope = renaming(&part.scope, &names);
        // A count of everything is one row, in no order.
        let single = matches!(end.operator, Operator::Group { keys, .. } if keys.is_empty());
        if end.limit.is_none() && end.skip == 0 {
            return self.close(&mut part, &scope, end, if single { &[] } else { &returned });
        }
        let is_grouped = matches!(end.operator, Operator::Group { .. });
        let order = self.whole_order(&scope, end.keys, &returned, has_support && !is_grouped);
        order.into_iter().chain(slice(end.skip, end.limit)).for_each(|clause| part.clause(clause));
        part.text()
    }

    /// `ORDER BY` where a limit follows, which needs the order of every answer: behind the keys the first column, the first
    /// statement that a row rests on, and the other columns.
    fn whole_order(&self, scope: &Scope, keys: &[SortKey], columns: &[VariableId], has_support: bool) -> Option<String> {
        const FIRST: &str = "reduce(least = null, one IN support | CASE WHEN least < one.statement THEN least ELSE one.statement END)";
        let mut order = self.order_of(scope, keys, &[], true).into_iter().collect::<Vec<_>>();
        let mut columns = columns.iter().map(|column| self.reference(scope, *column).text);
        order.extend(columns.next());
        order.extend(has_support.then(|| FIRST.to_owned()));
        order.extend(columns);
        let keys = order.join(", ");
        (!keys.is_empty()).then(|| if keys.starts_with("ORDER BY ") { keys } else { format!("ORDER BY {keys}") })
    }

    /// `compare`: a row for each entity and value. A limit counts entities.
    fn long_form(&mut self, end: &Ending<'_>, [row, across, relations]: [VariableId; 3], limit: Option<u64>) -> String {
        let shown = [row, across, relations];
        let mut part = match end.operator {
            Operator::Group { input, keys, aggregates } => {
                let mut part = self.part(input);
                self.bind_aggregates(&mut part, keys, aggregates);
                part
            }
            other => self.part(other),
        };
        let column = self.query.columns.first().map_or_else(|| self.query.name(row).to_owned(), |column| column.name.clone());
        let own = |variable: VariableId| (variable, identifier(self.query.name(variable)));
        let names = vec![(row, identifier(&column)), own(across), own(relations)];
        let scope = renaming(&part.scope, &names);
        let items = self.items(&part.scope, &names).join(", ");
        let Some(limit) = limit else {
            part.clause(format!("RETURN {items}"));
            return self.close(&mut part, &scope, end, &shown);
        };
        let cells: Vec<&str> = names.iter().map(|(_, name)| name.as_str()).collect();
        let order = self.whole_order(&scope, end.keys, &shown[..1], false);
        let (all, first, cell) = (self.fresh("cells"), self.fresh("shown"), self.fresh("cell"));
        part.clause(format!("WITH {items}"));
        order.into_iter().for_each(|clause| part.clause(clause));
        part.clause(format!("WITH collect([{}]) AS {all}, collect(DISTINCT {})[..{limit}] AS {first}", cells.join(", "), cells[0]));
        part.clause(format!("UNWIND {all} AS {cell}"));
        let again: Vec<String> = cells.iter().enumerate().map(|(place, name)| format!("{cell}[{place}] AS {name}")).collect();
        part.filterable(format!("WITH {}, {first}", again.join(", ")));
        part.condition(format!("{} IN {first}", cells[0]));
        part.clause(format!("RETURN {}", cells.join(", ")));
        self.close(&mut part, &scope, end, &shown)
    }

    fn close(&self, part: &mut Part, scope: &Scope, end: &Ending<'_>, columns: &[VariableId]) -> String {
        let order = self.order(scope, end.keys, columns);
        order.into_iter().chain(slice(end.skip, end.limit)).for_each(|clause| part.clause(clause));
        part.text()
    }

    /// The columns' variables with the names that they are returned under, each name once.
    fn column_names(&self) -> Vec<(VariableId, String)> {
        let mut names: Vec<(VariableId, String)> = Vec::new();
        for column in &self.query.columns {
            let mut name = identifier(&column.name);
            if names.iter().any(|(_, known)| *known == name) {
                name = identifier(self.query.name(column.variable));
            }
            names.push((column.variable, name));
        }
        names
    }

    fn items(&self, scope: &Scope, names: &[(VariableId, String)]) -> Vec<String> {
        names.iter().map(|(variable, name)| renamed(&self.reference(scope, *variable).text, name)).collect()
    }

    /// The rows of an input, those that agree in the keys as one.
    pub(super) fn distinct(&mut self, input: &Operator, keys: &[VariableId]) -> Part {
        let part = self.distinct_input(input, keys);
        if differ_in(input, keys) { part } else { self.united(part, keys, &[]) }
    }

    /// Rows that agree in the keys as one, which keeps what its first row has for the hidden variables.
    fn united(&mut self, mut part: Part, keys: &[VariableId], hidden: &[VariableId]) -> Part {
        let lists = listed(&part, true);
        let mut scope = Scope::new();
        let mut items = Vec::new();
        for variable in keys.iter().chain(hidden) {
            let known = self.reference(&part.scope, *variable);
            let name = identifier(self.query.name(*variable));
            let text = if keys.contains(variable) { known.text } else { format!("head(collect({}))", known.text) };
            items.push(renamed(&text, &name));
            scope.insert(*variable, Reference { text: name, sort: known.sort });
        }
        let distinct = hidden.is_empty() && lists.support.is_none() && lists.cited.is_none();
        (part.scope, part.support, part.cited) = (scope, Vec::new(), Vec::new());
        if let Some(list) = lists.support {
            let name = self.fresh("support");
            items.push(renamed(&list, &name));
            part.support.push(Support::List(name));
        }
        if let Some(list) = lists.cited {
            let name = self.fresh("cited");
            items.push(renamed(&list, &name));
            part.cited.push(name);
        }
        part.filterable(format!("WITH {}{}", if distinct { "DISTINCT " } else { "" }, items.join(", ")));
        part
    }

    /// Groups as a clause in between.
    pub(super) fn group(&mut self, input: &Operator, keys: &[VariableId], aggregates: &[(VariableId, Aggregate)]) -> Part {
        let mut part = self.part(input);
        self.bind_aggregates(&mut part, keys, aggregates);
        let names: Vec<(VariableId, String)> =
            grouped(keys, aggregates).into_iter().map(|variable| (variable, identifier(self.query.name(variable)))).collect();
        let items = self.items(&part.scope, &names);
        part.filterable(format!("WITH {}", items.join(", ")));
        part.scope = renaming(&part.scope, &names);
        part
    }

    /// Binds what is computed for groups; what is neither that nor a key is gone, and a group cites nothing by itself.
    fn bind_aggregates(&self, part: &mut Part, keys: &[VariableId], aggregates: &[(VariableId, Aggregate)]) {
        let scope = part.scope.clone();
        part.scope.retain(|variable, _| keys.contains(variable));
        for (variable, aggregate) in aggregates {
            let (text, sort) = match aggregate {
                Aggregate::CountDistinct(value) => (format!("count(DISTINCT {})", self.expression(&scope, value)), Sort::Plain),
                Aggregate::Collect(value) => (format!("collect(DISTINCT {})", self.expression(&scope, value)), Sort::Plain),
                // Only patterns have it, and a pattern stands for itself.
                Aggregate::Of { .. } => ("null".to_owned(), Sort::Plain),
            };
            part.scope.insert(*variable, Reference { text, sort });
        }
        part.support.clear();
        part.cited.clear();
    }

    /// Variables that rows are sorted by without being returned.
    fn hidden(&self, keys: &[SortKey], returned: &[VariableId]) -> Vec<VariableId> {
        let mut hidden = Vec::new();
        for key in keys {
            if self.knowledge.projected(&key.expression, returned).is_some() {
                continue;
            }
            if let Expression::Variable(variable) | Expression::Field(variable, _) = &key.expression
                && !returned.contains(variable)
                && !hidden.contains(variable)
            {
                hidden.push(*variable);
            }
        }
        hidden
    }

    /// `ORDER BY`: the keys, absent values last, then the first column. What is left equal is in the order of every answer.
    pub(super) fn order(&self, scope: &Scope, keys: &[SortKey], columns: &[VariableId]) -> Option<String> {
        self.order_of(scope, keys, columns, false)
    }

    /// The same; where the order must be that of every answer, nodes are sorted as they are: by folded name, then id.
    fn order_of(&self, scope: &Scope, keys: &[SortKey], columns: &[VariableId], as_they_are: bool) -> Option<String> {
        let mut written: Vec<String> = Vec::new();
        for key in keys {
            let column = self.knowledge.projected(&key.expression, columns);
            let expression = column.map_or_else(|| key.expression.clone(), Expression::Variable);
            let text = self.within(scope, &expression, Level::Value);
            let direction = if key.descending { " DESC" } else { "" };
            if self.sort(scope, &expression) == Sort::Node && !as_they_are {
                written.extend([format!("{text}.name{direction}"), format!("{text}.id{direction}")]);
                continue;
            }
            if key.descending && !self.knowledge.is_never_absent(&key.expression) {
                written.push(format!("{text} IS NULL"));
            }
            written.push(format!("{text}{direction}"));
        }
        if let Some(first) = columns.first() {
            let reference = self.reference(scope, *first);
            let text = if reference.sort == Sort::Node { format!("{}.name", reference.text) } else { reference.text };
            if !written.iter().any(|known| known.split(' ').next() == Some(&text)) {
                written.push(text);
            }
        }
        (!written.is_empty()).then(|| format!("ORDER BY {}", written.join(", ")))
    }
}

/// The variables that grouped rows have.
fn grouped(keys: &[VariableId], aggregates: &[(VariableId, Aggregate)]) -> BTreeSet<VariableId> {
    keys.iter().copied().chain(aggregates.iter().map(|(variable, _)| *variable)).collect()
}

/// What can be referred to behind a clause that gives these names.
fn renaming(scope: &Scope, names: &[(VariableId, String)]) -> Scope {
    let mut renamed = scope.clone();
    for (variable, name) in names {
        let sort = scope.get(variable).map_or(Sort::Plain, |reference| reference.sort);
        renamed.insert(*variable, Reference { text: name.clone(), sort });
    }
    renamed
}
