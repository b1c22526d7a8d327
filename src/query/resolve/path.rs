//! Path: ways between entities, and what lies around one.

use crate::algebra::{Expression, Field, Hops, Operator, PathMode, Route, SortKey, VariableId, ViewScope};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Direction, RelationTypeId};
use crate::query::syntax::tree::{AroundRequest, PathRequest, Run, Spanned, Via};

use super::builder::{Builder, Lowered, Scope, ScopeColumn};
use super::cut::ItemMeaning;
use super::field::FieldType;
use super::phrase::kind_meaning;

impl Builder<'_> {
    /// `path from A to B`, `paths from A to B within 4 via …`.
    pub(super) fn path(&mut self, request: &PathRequest) -> Result<Lowered, Diagnostic> {
        let (from, to, path) = (self.variable("from"), self.variable("to"), self.variable("path"));
        let start = self.end(Operator::Unit, &request.from, from);
        let start = self.recovered(start, || Operator::Unit);
        let plan = self.end(start, &request.to, to);
        let plan = self.recovered(plan, || Operator::Unit);
        let routes = if request.via.is_empty() { self.asserting_routes() } else { self.via(&request.via)? };
        let mode = match (request.all, &request.within) {
            (false, _) => PathMode::OneShortest,
            (true, None) => PathMode::AllShortest,
            (true, Some(_)) => PathMode::Simple,
        };
        let most = request.within.as_ref().map(steps).transpose()?;
        let plan = Operator::Paths { input: Box::new(plan), from, to, path, hops: Hops { routes, least: 1, most, mode, parallel: false } };
        let length = Expression::Field(path, Field::Length);
        let scope = Scope {
            columns: vec![
                ScopeColumn::entity("from", from, Vec::new()),
                ScopeColumn::entity("to", to, Vec::new()),
                ScopeColumn::plain("length", length.clone(), FieldType::Integer),
                ScopeColumn::plain("path", Expression::Variable(path), FieldType::Path),
            ],
            relations: Vec::new(),
            entity: Some(from),
        };
        let lowered = Lowered {
            plan,
            answered: from,
            kinds: None,
            scope,
            noun: ("path".to_owned(), "paths".to_owned()),
            view: ViewScope::Support,
            order: vec![SortKey { expression: length, descending: false, absent_last: true }],
            with_denials: false,
        };
        self.filtered(lowered, request.condition.as_ref())
    }

    /// `around X within N via …`.
    pub(super) fn around(&mut self, request: &AroundRequest) -> Result<Lowered, Diagnostic> {
        let centre = self.variable("centre");
        let (entity, distance) = (self.variable("entity"), self.variable("distance"));
        let input = self.end(Operator::Unit, &request.centre, centre);
        let input = self.recovered(input, || Operator::Unit);
        let routes = if request.via.is_empty() { Vec::new() } else { self.via(&request.via)? };
        let within = request.within.as_ref().map_or(Ok(1), steps)?;
        let scope = Scope {
            columns: vec![
                ScopeColumn::entity("entity", entity, Vec::new()),
                ScopeColumn::plain("distance", Expression::Variable(distance), FieldType::Integer),
            ],
            relations: Vec::new(),
            entity: Some(entity),
        };
        Ok(Lowered {
            plan: Operator::Around { input: Box::new(input), centre, entity, distance, routes, within },
            answered: entity,
            kinds: None,
            scope,
            noun: ("entity".to_owned(), "entities".to_owned()),
            view: ViewScope::Induced,
            order: vec![SortKey { expression: Expression::Variable(distance), descending: false, absent_last: true }],
            with_denials: false,
        })
    }

    /// Binds the end of a path: a name (with everything that is one of it), a kind, `it` or a named answer.
    fn end(&mut self, input: Operator, run: &Run, variable: VariableId) -> Result<Operator, Diagnostic> {
        let items = self.cut(run)?;
        let [item] = items.as_slice() else {
            return Err(Diagnostic::error(Code::BadSentence, "here stands one name")
                .at(items[1].span.clone(), "too many words")
                .help("a name of several words that the graph does not know as one may need quotation marks"));
        };
        let members = match &item.meaning {
            ItemMeaning::It => Some(self.last_members(item)?),
            ItemMeaning::Named(members) => Some(members.clone()),
            _ => None,
        };
        if let Some(members) = members {
            let given = Operator::Given { entity: variable, name: item.text.clone(), members };
            return Ok(if input == Operator::Unit {
                given
            } else {
                Operator::Join { left: Box::new(input), right: Box::new(given), on: Vec::new(), mode: crate::algebra::JoinMode::Inner }
            });
        }
        let selection = match kind_meaning(item) {
            Some(kind) if item.entities().is_empty() => crate::algebra::Selection::Kinds(vec![kind]),
            _ => {
                let entity = self.only_entity(item)?;
                self.selection(entity, item.is_exact()).0
            }
        };
        Ok(Operator::Entities { input: Box::new(input), entity: variable, selection })
    }

    /// Every relation type but `is_a`, in both directions.
    fn asserting_routes(&self) -> Vec<Route> {
        let types = (0u16..).take(self.context.schema.relation_types.len()).map(RelationTypeId);
        both_ways(types.filter(|relation_type| *relation_type != RelationTypeId::IS_A))
    }

    /// The routes behind `via`: both ways, unless an arrow says which.
    fn via(&self, via: &[Via]) -> Result<Vec<Route>, Diagnostic> {
        let mut routes = Vec::new();
        for relation in via {
            let named = self.recovered(self.arrow_routes(&relation.words, relation.span.clone()), Vec::new);
            match relation.forward {
                None => routes.extend(both_ways(named.into_iter().map(|route| route.relation_type))),
                Some(true) => routes.extend(named),
                Some(false) => routes.extend(named.into_iter().map(|route| Route { direction: route.direction.reverse(), ..route })),
            }
        }
        routes.sort();
        routes.dedup();
        Ok(routes)
    }
}

fn both_ways(types: impl Iterator<Item = RelationTypeId>) -> Vec<Route> {
    let both = |relation_type| [Direction::Outgoing, Direction::Incoming].map(|direction| Route { relation_type, direction });
    types.flat_map(both).collect()
}

/// A number of relations behind `within`.
fn steps(within: &Spanned<u64>) -> Result<u32, Diagnostic> {
    if within.value == 0 {
        return Err(Diagnostic::error(Code::OutOfRange, "within 0 relations there is nothing but the start itself")
            .at(within.span.clone(), "too near")
            .help("`within 1` is what is joined directly"));
    }
    u32::try_from(within.value).map_err(|_| {
        Diagnostic::error(Code::OutOfRange, format!("{} relations are more than any path has", within.value))
            .at(within.span.clone(), "too far")
            .help("`within 4` is usually far enough")
    })
}
