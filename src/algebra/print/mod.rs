//! Print: the algebra as an indented tree, each operator on a line with its inputs below.

mod expression;
mod pattern_operators;

use crate::model::{Direction, Vocabulary};

use super::{Aggregate, Column, JoinMode, Layout, Operator, PathMode, Query, Route, Selection, SortKey, VariableId, ViewScope};

/// A query as text: its columns and its layout, then its operators as a tree, the last step first and the inputs of
/// each step below it. Variables stand by name; kinds, relation types, qualifiers and entities by id. The same query
/// gives the same text, and everything that changes an answer is in it.
pub fn print(query: &Query, vocabulary: &dyn Vocabulary) -> String {
    let printer = Printer { query, vocabulary };
    let mut lines = vec![format!("columns: {}", joined(&query.columns, |column| printer.column(column)))];
    lines.push(format!("layout: {}", printer.layout()));
    lines.push(format!(
        "view: {}",
        match query.view {
            ViewScope::Support => "support",
            ViewScope::Induced => "induced",
            ViewScope::Whole => "whole",
        }
    ));
    printer.tree(&query.root, 0, &mut lines);
    lines.join("\n")
}

/// The operators of a query as a tree, each with a note behind it: what is estimated of it, or was measured. The notes are
/// asked for in the order of the lines.
pub fn print_noted(query: &Query, vocabulary: &dyn Vocabulary, note: &mut dyn FnMut(&Operator) -> String) -> String {
    let printer = Printer { query, vocabulary };
    let mut lines = Vec::new();
    printer.noted(&query.root, 0, note, &mut lines);
    lines.join("\n")
}

struct Printer<'a> {
    query: &'a Query,
    vocabulary: &'a dyn Vocabulary,
}

impl Printer<'_> {
    fn column(&self, column: &Column) -> String {
        let variable = self.query.name(column.variable);
        let source = if variable == column.name { String::new() } else { format!(" = {variable}") };
        let optional = if column.optional { ", if any" } else { "" };
        format!("{}{source} ({}{optional})", column.name, column.column_type.word())
    }

    fn layout(&self) -> String {
        match &self.query.layout {
            Layout::Rows => "rows".to_owned(),
            Layout::Pivot { row, across, relations, limit } => {
                let limit = limit.map_or(String::new(), |limit| format!(", at most {limit} rows"));
                format!("pivot of {} across {}, cells from {}{limit}", self.name(*row), self.name(*across), self.name(*relations))
            }
        }
    }

    fn tree(&self, operator: &Operator, depth: usize, lines: &mut Vec<String>) {
        lines.push(format!("{}{}", "  ".repeat(depth), self.line(operator)));
        for input in operator.inputs() {
            self.tree(input, depth + 1, lines);
        }
    }

    fn noted(&self, operator: &Operator, depth: usize, note: &mut dyn FnMut(&Operator) -> String, lines: &mut Vec<String>) {
        let written = note(operator);
        let note_behind = if written.is_empty() { String::new() } else { format!("  [{written}]") };
        lines.push(format!("{}{}{note_behind}", "  ".repeat(depth), self.line(operator)));
        for input in operator.inputs() {
            self.noted(input, depth + 1, note, lines);
        }
    }

    fn line(&self, operator: &Operator) -> String {
        match operator {
            Operator::Unit => "unit".to_owned(),
            Operator::Entities { entity, selection, .. } => format!("entities {}: {}", self.name(*entity), self.selection(selection)),
            Operator::Given { entity, name, members } => {
                format!("given {} from {name}: {}", self.name(*entity), joined(members, |member| self.member(member)))
            }
            Operator::Expand { from, relation, to, routes, unlike, .. } => {
                let other = if unlike.is_empty() { String::new() } else { format!(", other than {}", self.names(unlike)) };
                let (relation, from, to) = (self.name(*relation), self.name(*from), self.name(*to));
                format!("expand {from} => {to}: {relation} via {}{other}", self.routes(routes))
            }
            Operator::Mentions { entity, relation, from, to, .. } => {
                format!("mentions of {}: {} -{}-> {}", self.name(*entity), self.name(*from), self.name(*relation), self.name(*to))
            }
            Operator::Relations { relations, relation, from, to } => {
                let numbers = joined(relations, |id| id.0.to_string());
                format!("relations {numbers}: {} -{}-> {}", self.name(*from), self.name(*relation), self.name(*to))
            }
            Operator::Asserted { relations, .. } => format!("asserted {}", self.names(relations)),
            Operator::Filter { conditions, .. } => {
                let each = conditions.iter().map(|condition| self.expression(&condition.expression));
                format!("filter {}", each.collect::<Vec<_>>().join("; "))
            }
            Operator::Known { .. } => "known".to_owned(),
            Operator::Paths { .. } | Operator::Around { .. } => self.way_line(operator),
            Operator::Find { words, entity, matched, place, score } => {
                format!("find {}: {}", quoted(words), self.names(&[*entity, *matched, *place, *score]))
            }
            Operator::About { entity, statements, cited, .. } => {
                format!("about {}: {}, citing at most {cited}", self.name(*entity), self.name(*statements))
            }
            other => self.shaping_line(other),
        }
    }

    fn way_line(&self, operator: &Operator) -> String {
        match operator {
            Operator::Paths { from, to, path, hops, .. } => {
                let mode = match hops.mode {
                    PathMode::OneShortest => "the first shortest",
                    PathMode::AllShortest => "all shortest",
                    PathMode::Simple => "all simple",
                };
                let least = if hops.least == 0 { " from none on" } else { "" };
                let most = hops.most.map_or(String::new(), |most| format!(" within {most}"));
                let parallel = if hops.parallel { ", each by itself" } else { "" };
                let (from, to, path) = (self.name(*from), self.name(*to), self.name(*path));
                format!("paths {from} => {to}: {path}, {mode}{least}{most}{parallel}, via {}", self.routes(&hops.routes))
            }
            Operator::Around { centre, entity, distance, routes, within, .. } => {
                let (centre, entity, distance) = (self.name(*centre), self.name(*entity), self.name(*distance));
                format!("around {centre}: {entity}, {distance} within {within}, via {}", self.routes(routes))
            }
            _ => String::new(),
        }
    }

    /// The line of an operator that shapes rows and reads nothing from the graph.
    fn shaping_line(&self, operator: &Operator) -> String {
        match operator {
            Operator::Project { items, .. } => {
                format!("project {}", joined(items, |(variable, value)| format!("{} := {}", self.name(*variable), self.expression(value))))
            }
            Operator::Unwind { list, element, keep_empty, .. } => {
                let kept = if *keep_empty { "" } else { ", without empty ones" };
                format!("unwind {}: {}{kept}", self.expression(list), self.name(*element))
            }
            Operator::Distinct { keys, .. } => format!("distinct {}", self.columns_or(keys)),
            Operator::Group { keys, aggregates, .. } => {
                let keys = if keys.is_empty() { "group all".to_owned() } else { format!("group by {}", self.names(keys)) };
                let aggregate =
                    |(variable, aggregate): &(VariableId, Aggregate)| format!("{} := {}", self.name(*variable), self.aggregate(aggregate));
                format!("{keys}: {}", joined(aggregates, aggregate))
            }
            Operator::Join { on, mode, .. } => {
                let mode = join_mode(*mode);
                let on = if on.is_empty() { "nothing".to_owned() } else { self.names(on) };
                format!("join on {on}: {mode}")
            }
            Operator::Union { .. } => "union".to_owned(),
            Operator::Sort { keys, columns, .. } => {
                let key =
                    |key: &SortKey| format!("{}{}, ", self.expression(&key.expression), if key.descending { " descending" } else { "" });
                let keys: String = keys.iter().map(key).collect();
                let line = format!("sort by {keys}{}", self.columns_or(columns));
                line.strip_suffix(", ").unwrap_or(&line).to_owned()
            }
            Operator::Slice { skip, limit, .. } => {
                let limit = limit.map_or("no limit".to_owned(), |limit| format!("limit {limit}"));
                if *skip == 0 { format!("slice {limit}") } else { format!("slice skip {skip}, {limit}") }
            }
            other => self.pattern_line(other),
        }
    }

    fn name(&self, variable: VariableId) -> &str {
        self.query.name(variable)
    }

    fn names(&self, variables: &[VariableId]) -> String {
        joined(variables, |variable| self.name(*variable).to_owned())
    }

    /// Variables by name; those of all columns, in order, in two words.
    fn columns_or(&self, variables: &[VariableId]) -> String {
        let all = self.query.columns.iter().map(|column| column.variable).eq(variables.iter().copied());
        if all && variables.len() > 1 { "all columns".to_owned() } else { self.names(variables) }
    }

    fn selection(&self, selection: &Selection) -> String {
        match selection {
            Selection::Any => "any".to_owned(),
            Selection::NamePrefix(prefix) => format!("named {}…", quoted(prefix)),
            Selection::Kinds(kinds) => {
                format!("kind {}", kinds.iter().map(|kind| self.vocabulary.kind(*kind)).collect::<Vec<_>>().join(" or "))
            }
            Selection::IsA(entity) => format!("is_a {}", self.vocabulary.entity(*entity)),
            Selection::Exactly(entity) => format!("exactly {}", self.vocabulary.entity(*entity)),
        }
    }

    fn member(&self, member: &super::Member) -> String {
        let possible = if member.certain { "" } else { "possibly " };
        let support = joined(&member.support, |id| id.0.to_string());
        let support = if support.is_empty() { support } else { format!(" by relations [{support}]") };
        format!("{possible}{}{support}", self.vocabulary.entity(member.entity))
    }

    /// Routes as arrows seen from where they start; a relation type that may be taken both ways has none.
    fn routes(&self, routes: &[Route]) -> String {
        if routes.is_empty() {
            return "any".to_owned();
        }
        let mut written: Vec<String> = Vec::new();
        for route in routes {
            let both = routes.contains(&Route { direction: route.direction.reverse(), ..*route });
            let name = self.vocabulary.relation_type(route.relation_type);
            let arrow = match (both, route.direction) {
                (true, _) => format!("-{name}-"),
                (false, Direction::Outgoing) => format!("-{name}->"),
                (false, Direction::Incoming) => format!("<-{name}-"),
            };
            if !written.contains(&arrow) {
                written.push(arrow);
            }
        }
        written.join(", ")
    }
}

fn join_mode(mode: JoinMode) -> &'static str {
    match mode {
        JoinMode::Inner => "both",
        JoinMode::Semi => "left with partner",
        JoinMode::Without => "left without partner",
        JoinMode::Optional => "left with any partner",
    }
}

fn joined<T>(items: &[T], write: impl Fn(&T) -> String) -> String {
    items.iter().map(write).collect::<Vec<_>>().join(", ")
}

/// Words in quotation marks, on one line.
fn quoted(words: &str) -> String {
    format!("{words:?}")
}
