//! Operators: the clauses of each operator, behind those of its input.

use crate::model::KindId;

use super::super::{Expression, Operator, Selection, VariableId};
use super::Writer;
use super::condition::Level;
use super::names::{identifier, label, text};
use super::part::{Part, Reference, Sort, Support};

impl Writer<'_> {
    /// The clauses that make the rows of an operator.
    pub(super) fn part(&mut self, operator: &Operator) -> Part {
        match operator {
            // What only patterns say is never printed: a pattern stands for itself.
            Operator::Unit
            | Operator::Argument
            | Operator::Trail { .. }
            | Operator::Apply { .. }
            | Operator::Call { .. }
            | Operator::Cite { .. }
            | Operator::Weigh { .. }
            | Operator::Merge { .. }
            | Operator::Meet { .. }
            | Operator::Reach { .. }
            | Operator::Signatures { .. } => Part::default(),
            Operator::Given { entity, members, .. } => self.given(Part::default(), *entity, members),
            Operator::Find { words, entity, matched, place, score } => self.find(words, [*entity, *matched, *place, *score]),
            Operator::Relations { relations, relation, from, to } => self.relations(relations, [*from, *relation, *to]),
            Operator::Join { left, right, on, mode } => self.join(left, right, on, *mode),
            Operator::Union { inputs } => self.union(&inputs.iter().collect::<Vec<_>>()),
            Operator::Distinct { input, keys } => self.distinct(input, keys),
            Operator::Group { input, keys, aggregates } => self.group(input, keys, aggregates),
            Operator::Entities { input, .. }
            | Operator::Expand { input, .. }
            | Operator::Mentions { input, .. }
            | Operator::Asserted { input, .. }
            | Operator::Filter { input, .. }
            | Operator::Known { input }
            | Operator::Paths { input, .. }
            | Operator::Around { input, .. }
            | Operator::About { input, .. }
            | Operator::Project { input, .. }
            | Operator::Unwind { input, .. }
            | Operator::Sort { input, .. }
            | Operator::Slice { input, .. } => {
                let part = self.part(input);
                self.step(part, operator)
            }
        }
    }

    /// The clauses of an operator with one input, behind that.
    fn step(&mut self, mut part: Part, operator: &Operator) -> Part {
        match operator {
            Operator::Entities { entity, selection, .. } => self.entities(&mut part, *entity, selection),
            Operator::Expand { from, relation, to, routes, unlike, .. } => {
                self.expand(&mut part, (*from, *relation, *to), routes, unlike);
            }
            Operator::Mentions { entity, relation, from, to, .. } => self.mentions(&mut part, *entity, [*from, *relation, *to]),
            Operator::Filter { conditions, .. } => {
                for condition in conditions {
                    let written = self.condition(&part.scope, &condition.expression);
                    part.condition(written);
                }
            }
            Operator::Paths { from, to, path, hops, .. } => self.paths(&mut part, (*from, *to, *path), hops),
            Operator::Around { centre, entity, distance, routes, within, .. } => {
                self.around(&mut part, (*centre, *entity, *distance), routes, *within);
            }
            Operator::About { entity, statements, cited, .. } => {
                let entity = self.reference(&part.scope, *entity).text;
                part.bind(*statements, format!("size(statements({entity}))"), Sort::Plain);
                part.cited.push(format!("statements({entity})[..{cited}]"));
            }
            Operator::Project { items, .. } => self.project(&mut part, items),
            Operator::Unwind { list, element, .. } => self.unwind(&mut part, list, *element),
            Operator::Sort { keys, columns, .. } => {
                part.clause("WITH *");
                let order = self.order(&part.scope, keys, columns);
                order.into_iter().for_each(|clause| part.clause(clause));
            }
            Operator::Slice { skip, limit, .. } => {
                part.clause("WITH *");
                slice(*skip, *limit).into_iter().for_each(|clause| part.clause(clause));
            }
            // Denials are not among what a MATCH finds; what else can be asserted is written as it is found.
            _ => {}
        }
        part
    }

    /// Binds a variable under its own name.
    pub(super) fn bind(&self, part: &mut Part, variable: VariableId, sort: Sort) -> String {
        let name = identifier(self.query.name(variable));
        part.bind(variable, name.clone(), sort);
        name
    }

    fn entities(&mut self, part: &mut Part, entity: VariableId, selection: &Selection) {
        let name = match part.scope.get(&entity) {
            Some(bound) => bound.text.clone(),
            None => {
                let name = self.bind(part, entity, Sort::Node);
                part.matching(|_| true).add_node(entity, &name);
                name
            }
        };
        match selection {
            Selection::Any => {}
            Selection::NamePrefix(prefix) => part.condition(format!("toLower({name}.name) STARTS WITH {}", text(prefix))),
            Selection::Kinds(kinds) => self.kinds(part, entity, &name, kinds),
            Selection::IsA(asked) => part.condition(format!("is_a({name}, {})", self.entity(*asked))),
            Selection::Exactly(asked) => {
                let asked = self.entity(*asked);
                if !part.decorate(entity, &format!(" {{id: {asked}}}")) {
                    part.condition(format!("{name}.id = {asked}"));
                }
            }
        }
    }

    fn kinds(&self, part: &mut Part, entity: VariableId, name: &str, kinds: &[KindId]) {
        let labels: Vec<String> = kinds.iter().map(|kind| label(self.vocabulary.kind(*kind))).collect();
        match labels.as_slice() {
            [only] => {
                if !part.decorate(entity, only) {
                    part.condition(format!("{name}{only}"));
                }
            }
            [] => part.condition("false".to_owned()),
            several => {
                let each: Vec<String> = several.iter().map(|label| format!("{name}{label}")).collect();
                part.condition(format!("({})", each.join(" OR ")));
            }
        }
    }

    fn find(&mut self, words: &str, places: [VariableId; 4]) -> Part {
        let mut part = Part::default();
        let mut yields = Vec::new();
        for (yielded, variable) in ["entity", "matched", "place", "score"].into_iter().zip(places) {
            let sort = if yielded == "entity" { Sort::Node } else { Sort::Plain };
            let name = self.bind(&mut part, variable, sort);
            yields.push(renamed(yielded, &name));
        }
        part.filterable(format!("CALL graph.find({}) YIELD {}", text(words), yields.join(", ")));
        part
    }

    /// Relations by their positions, which is all that they are known by.
    fn relations(&mut self, relations: &[crate::model::RelationId], [from, relation, to]: [VariableId; 3]) -> Part {
        let mut part = Part::default();
        let positions: Vec<String> = relations.iter().map(|id| id.0.to_string()).collect();
        let yields = self.yield_relation(&mut part, [from, relation, to]);
        part.filterable(format!("CALL graph.why([{}]) YIELD {yields}", positions.join(", ")));
        if self.knowledge.is_asserted(relation) {
            let name = self.reference(&part.scope, relation).text;
            part.condition(format!("NOT {name}.denied"));
        }
        part
    }

    /// Binds a relation and its ends to what a procedure yields.
    pub(super) fn yield_relation(&self, part: &mut Part, [from, relation, to]: [VariableId; 3]) -> String {
        let from = renamed("from", &self.bind(part, from, Sort::Node));
        let name = self.bind(part, relation, Sort::Plain);
        let to = renamed("to", &self.bind(part, to, Sort::Node));
        part.support.push(Support::Relation(relation, name.clone()));
        format!("{from}, {}, {to}", renamed("relation", &name))
    }

    /// What is projected is written where it is used: a clause that keeps it names it.
    pub(super) fn project(&mut self, part: &mut Part, items: &[(VariableId, Expression)]) {
        let scope = part.scope.clone();
        for (variable, value) in items {
            let text = self.within(&scope, value, Level::Value);
            part.scope.insert(*variable, Reference { text, sort: self.sort(&scope, value) });
        }
    }

    fn unwind(&mut self, part: &mut Part, list: &Expression, element: VariableId) {
        let sort = self.sort(&part.scope, list);
        let list = self.expression(&part.scope, list);
        let name = self.bind(part, element, sort);
        part.clause(format!("UNWIND coalesce({list}, [null]) AS {name}"));
    }
}

/// What a clause calls something that it can name as it is.
pub(super) fn renamed(text: &str, name: &str) -> String {
    if text == name { text.to_owned() } else { format!("{text} AS {name}") }
}

/// The clauses that leave rows out at the beginning and at the end.
pub(super) fn slice(skip: u64, limit: Option<u64>) -> Vec<String> {
    let skip = (skip > 0).then(|| format!("SKIP {skip}"));
    skip.into_iter().chain(limit.map(|limit| format!("LIMIT {limit}"))).collect()
}
