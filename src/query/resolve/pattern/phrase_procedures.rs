//! Phrase procedures: what `explain` writes as `CALL` where openCypher has no clause for it, as the operators that phrases use.

use crate::algebra::{Condition, Expression, Field, Member, Operator, Route, Selection, VariableId};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Direction, RelationId, RelationTypeId, Value, type_of_relation};
use crate::query::syntax::pattern_tree::{Expression as Tree, ExpressionKind};
use crate::query::syntax::tree::{Span, Spanned};

use super::Resolver;
use super::clauses::Rows;
use super::expression::Environment;
use super::fault;
use super::scope::Binding;

/// What is known of a procedure.
pub(super) struct PhraseProcedure {
    /// Its name.
    pub name: &'static str,
    /// Its arguments, as the reference shows them.
    pub arguments: &'static str,
    /// The least and the greatest number of arguments.
    pub takes: (usize, usize),
    /// The columns that it yields.
    pub yields: &'static [&'static str],
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Find,
    Why,
    Denials,
    Mentions,
    Members,
}

/// Every one of them.
pub(super) const PHRASE_PROCEDURES: &[PhraseProcedure] = &[
    PhraseProcedure {
        name: "graph.find",
        arguments: "'words'",
        takes: (1, 1),
        yields: &["entity", "matched", "place", "score"],
        kind: Kind::Find,
    },
    PhraseProcedure {
        name: "graph.why",
        arguments: "node or list of positions, ['TYPE>', '<TYPE']",
        takes: (1, 2),
        yields: &["from", "relation", "to", "entity"],
        kind: Kind::Why,
    },
    PhraseProcedure { name: "graph.denials", arguments: "", takes: (0, 0), yields: &["from", "relation", "to"], kind: Kind::Denials },
    PhraseProcedure { name: "graph.mentions", arguments: "node", takes: (1, 1), yields: &["from", "relation", "to"], kind: Kind::Mentions },
    PhraseProcedure {
        name: "graph.members",
        arguments: "[{id: 'x', support: [1, 2], certain: true}, …]",
        takes: (1, 1),
        yields: &["entity", "support"],
        kind: Kind::Members,
    },
];

/// The procedure with this name, in any case.
pub(super) fn phrase_procedure(name: &str) -> Option<&'static PhraseProcedure> {
    PHRASE_PROCEDURES.iter().find(|known| known.name.eq_ignore_ascii_case(name))
}

impl Resolver<'_> {
    /// The rows of a procedure, with its columns bound.
    pub(super) fn phrase_procedure(
        &mut self,
        rows: Rows,
        procedure: &PhraseProcedure,
        arguments: &[Tree],
        yields: &[(usize, Spanned<String>)],
    ) -> Result<Rows, Diagnostic> {
        let Rows { plan, mut scope } = rows;
        let mut columns = Vec::new();
        for (position, column) in procedure.yields.iter().enumerate() {
            let named = yields.iter().find(|(yielded, _)| *yielded == position);
            let variable = self.variable(named.map_or(*column, |(_, name)| name.value.as_str()));
            columns.push(variable);
        }
        let around = scope.clone();
        for (position, name) in yields {
            if scope.get(&name.value).is_some() {
                return Err(fault::bound(name, "what CALL yields"));
            }
            let sort = super::procedure::column_sort(procedure.yields[*position]);
            scope.bind(&name.value, Binding::of(columns[*position], sort));
        }
        let environment = Environment::plain(&around, "CALL");
        let plan = match (procedure.kind, arguments) {
            (Kind::Find, [words]) => {
                let words = self.constant_text(words)?;
                let (entity, matched, place, score) = (columns[0], columns[1], columns[2], columns[3]);
                beside(plan, Operator::Find { words, entity, matched, place, score })
            }
            (Kind::Why, [Tree { kind: ExpressionKind::List(positions), .. }]) => {
                let relations = positions.iter().map(relation_at).collect::<Result<Vec<_>, _>>()?;
                beside(plan, Operator::Relations { relations, relation: columns[1], from: columns[0], to: columns[2] })
            }
            (Kind::Why, [entity, types @ ..]) => {
                let routes = types.first().map(|types| self.directed_types(types)).transpose()?.unwrap_or_default();
                let (plan, from) = self.bound_entity(plan, entity, &environment)?;
                Operator::Expand { input: Box::new(plan), from, relation: columns[1], to: columns[3], routes, unlike: Vec::new() }
            }
            (Kind::Mentions, [entity]) => {
                let (plan, entity) = self.bound_entity(plan, entity, &environment)?;
                Operator::Mentions { input: Box::new(plan), entity, relation: columns[1], from: columns[0], to: columns[2] }
            }
            (Kind::Members, [Tree { kind: ExpressionKind::List(members), .. }]) => {
                let members = members.iter().map(|member| self.member(member)).collect::<Result<Vec<_>, _>>()?;
                beside(plan, given(members, columns[0], columns[1]))
            }
            (Kind::Denials, _) => self.denials(plan, (columns[0], columns[1], columns[2])),
            (_, [first, ..]) => return Err(constant_wanted(&first.span, procedure.arguments)),
            _ => plan,
        };
        Ok(Rows { plan, scope })
    }

    /// Every denied relation.
    fn denials(&self, plan: Operator, (from, relation, to): (VariableId, VariableId, VariableId)) -> Operator {
        let entities = Operator::Entities { input: Box::new(plan), entity: from, selection: Selection::Any };
        let types = 0..u16::try_from(self.context.schema.relation_types.len()).unwrap_or(u16::MAX);
        let route = |number| Route { relation_type: RelationTypeId(number), direction: Direction::Outgoing };
        let routes = types.map(route).collect();
        let every = Operator::Expand { input: Box::new(entities), from, relation, to, routes, unlike: Vec::new() };
        let denied =
            Condition { expression: Expression::Field(relation, Field::Denied), text: "the relation is denied".to_owned(), field: None };
        Operator::Filter { input: Box::new(every), conditions: vec![denied] }
    }

    /// The variable of an entity that an argument names.
    fn bound_entity(
        &mut self,
        plan: Operator,
        argument: &Tree,
        environment: &Environment<'_>,
    ) -> Result<(Operator, VariableId), Diagnostic> {
        let (expression, sort) = self.expression(argument, environment)?;
        match expression {
            Expression::Variable(variable) if sort.may_be_node() => Ok((plan, variable)),
            expression if sort.may_be_node() => {
                let variable = self.variable("_entity");
                Ok((Operator::Project { input: Box::new(plan), items: vec![(variable, expression)] }, variable))
            }
            _ => Err(fault::wrong_sort("the procedure", "a node", &sort, &argument.span)),
        }
    }

    fn constant_text(&self, argument: &Tree) -> Result<String, Diagnostic> {
        let value = match &argument.kind {
            ExpressionKind::Text(words) => return Ok(words.clone()),
            ExpressionKind::Parameter(name) => self.parameter(name, &argument.span)?,
            _ => Value::Null,
        };
        match value {
            Value::Text(words) => Ok(words.to_string()),
            _ => Err(constant_wanted(&argument.span, "'words'")),
        }
    }

    /// `['TREATS>', '<CAUSES']`: relation types with the direction to take them in.
    fn directed_types(&self, argument: &Tree) -> Result<Vec<Route>, Diagnostic> {
        let ExpressionKind::List(types) = &argument.kind else { return Err(constant_wanted(&argument.span, "['TYPE>', '<TYPE']")) };
        let mut routes = Vec::new();
        for written in types {
            let ExpressionKind::Text(text) = &written.kind else { return Err(constant_wanted(&written.span, "'TYPE>'")) };
            let (name, directions) = match (text.strip_suffix('>'), text.strip_prefix('<')) {
                (Some(name), _) => (name, vec![Direction::Outgoing]),
                (_, Some(name)) => (name, vec![Direction::Incoming]),
                _ => (text.as_str(), vec![Direction::Outgoing, Direction::Incoming]),
            };
            let Some(relation_type) = self.relation_type(name) else {
                let known: Vec<String> = self.context.schema.relation_types.iter().map(|known| type_of_relation(&known.id)).collect();
                let warning = fault::unknown_in_graph(Code::UnknownRelation, "relationship type", name, &written.span, &known);
                return Err(Diagnostic { severity: crate::diagnostic::Severity::Error, ..warning });
            };
            routes.extend(directions.into_iter().map(|direction| Route { relation_type, direction }));
        }
        Ok(routes)
    }

    /// `{id: 'x', support: [1, 2], certain: false}`
    fn member(&self, tree: &Tree) -> Result<Member, Diagnostic> {
        const SHAPE: &str = "[{id: 'x', support: [1, 2], certain: true}]";
        let ExpressionKind::Map(entries) = &tree.kind else { return Err(constant_wanted(&tree.span, SHAPE)) };
        let (mut entity, mut support, mut certain) = (None, Vec::new(), true);
        for (name, value) in entries {
            match (name.value.as_str(), &value.kind) {
                ("id", ExpressionKind::Text(id)) => {
                    let unknown = || Diagnostic::error(Code::UnknownName, format!("nothing in the graph has the id '{id}'"));
                    entity = Some(self.entity(id).ok_or_else(|| unknown().at(value.span.clone(), "unknown id"))?);
                }
                ("support", ExpressionKind::List(positions)) => {
                    support = positions.iter().map(relation_at).collect::<Result<Vec<_>, _>>()?;
                }
                ("certain", ExpressionKind::Boolean(holds)) => certain = *holds,
                _ => return Err(constant_wanted(&value.span, SHAPE)),
            }
        }
        let entity = entity.ok_or_else(|| constant_wanted(&tree.span, SHAPE))?;
        Ok(Member { entity, support, certain })
    }
}

/// Members of an answer, each with what it rests on as a list.
fn given(members: Vec<Member>, entity: VariableId, support: VariableId) -> Operator {
    let each = members.into_iter().map(|member| {
        let relations = Value::List(member.support.iter().copied().map(Value::Relation).collect());
        let given = Operator::Given { entity, name: "members".to_owned(), members: vec![member] };
        Operator::Project { input: Box::new(given), items: vec![(support, Expression::Literal(relations))] }
    });
    Operator::Union { inputs: each.collect() }
}

/// Rows beside others: each with each.
fn beside(left: Operator, right: Operator) -> Operator {
    if left == Operator::Unit {
        return right;
    }
    Operator::Join { left: Box::new(left), right: Box::new(right), on: Vec::new(), mode: crate::algebra::JoinMode::Inner }
}

fn relation_at(tree: &Tree) -> Result<RelationId, Diagnostic> {
    let number = match &tree.kind {
        ExpressionKind::Integer(number) => u32::try_from(*number).ok(),
        _ => None,
    };
    number.map(RelationId).ok_or_else(|| constant_wanted(&tree.span, "[1, 2]"))
}

fn constant_wanted(span: &Span, shape: &str) -> Diagnostic {
    Diagnostic::error(Code::NotConstant, "this argument is written out in the query itself")
        .at(span.clone(), "not written out")
        .help(format!("write it so: {shape}"))
}
