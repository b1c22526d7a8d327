//! Entities: kinds, names, earlier answers and what `find` finds, as rows.

use crate::algebra::{Expression, Field, Member, Operator, Route, Selection, SortKey, VariableId, ViewScope};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Direction, EntityId, KindId, RelationTypeId};
use crate::query::syntax::tree;

use super::builder::{Builder, Lowered, Scope, ScopeColumn, ScopeRelation};
use super::cut::Item;
use super::fault;
use super::field::FieldType;
use super::phrase::column_name;

impl Builder<'_> {
    /// Every entity of a kind, with the statements that speak of it.
    pub(super) fn kind(&mut self, kind: KindId) -> Lowered {
        let data = &self.context.schema.kinds[kind.index()];
        let (one, many) = (data.one().to_owned(), data.many().to_owned());
        let entity = self.variable(&one);
        let plan = Operator::Entities { input: Box::new(Operator::Unit), entity, selection: Selection::Kinds(vec![kind]) };
        let scope = Scope {
            columns: vec![ScopeColumn::entity(column_name(&one), entity, vec![kind])],
            relations: Vec::new(),
            entity: Some(entity),
        };
        let lowered = Lowered {
            plan,
            answered: entity,
            kinds: Some(vec![kind]),
            scope,
            noun: (one, many),
            view: ViewScope::Induced,
            order: Vec::new(),
            with_denials: false,
        };
        self.about(lowered)
    }

    /// All that is known about an entity: the relations at whose ends it stands, and those that a qualifier names it in.
    pub(super) fn entity(&mut self, asked: EntityId) -> Lowered {
        let (from, relation, to) = (self.variable("from"), self.variable("r"), self.variable("to"));
        let middle = self.variable("named");
        let itself = |variable: VariableId| {
            Box::new(Operator::Entities { input: Box::new(Operator::Unit), entity: variable, selection: Selection::Exactly(asked) })
        };
        let all_routes = |direction: Direction| {
            let types = (0u16..).take(self.context.schema.relation_types.len()).map(RelationTypeId);
            types.map(|relation_type| Route { relation_type, direction }).collect()
        };
        let expand = |start: VariableId, end: VariableId, direction: Direction| Operator::Expand {
            input: itself(start),
            from: start,
            relation,
            to: end,
            routes: all_routes(direction),
            unlike: Vec::new(),
        };
        let plan = Operator::Union {
            inputs: vec![
                expand(from, to, Direction::Outgoing),
                expand(to, from, Direction::Incoming),
                Operator::Mentions { input: itself(middle), entity: middle, relation, from, to },
            ],
        };
        let mut lowered = self.relation_rows(plan, from, relation, to);
        // What is known is told relation by relation.
        let by = |expression: Expression| SortKey { expression, descending: false, absent_last: true };
        lowered.order =
            vec![by(Expression::Variable(from)), by(Expression::Field(relation, Field::RelationType)), by(Expression::Variable(to))];
        lowered
    }

    /// Rows that are relations of any type: their ends, what they are, and everything that qualifies them.
    pub(super) fn relation_rows(&mut self, plan: Operator, from: VariableId, relation: VariableId, to: VariableId) -> Lowered {
        let mut scope = Scope {
            columns: vec![
                ScopeColumn::entity("from", from, Vec::new()),
                ScopeColumn::plain("relation", Expression::Field(relation, Field::RelationType), FieldType::RelationType),
                ScopeColumn::entity("to", to, Vec::new()),
            ],
            relations: vec![ScopeRelation { variable: relation, types: Vec::new(), written: "relation".to_owned() }],
            entity: Some(from),
        };
        self.add_relation_columns(&mut scope);
        Lowered {
            plan,
            answered: from,
            kinds: None,
            scope,
            noun: ("relation".to_owned(), "relations".to_owned()),
            view: ViewScope::Support,
            order: Vec::new(),
            with_denials: false,
        }
    }

    /// The members of an earlier answer.
    pub(super) fn members(&mut self, name: &str, members: Vec<Member>) -> Lowered {
        let entity = self.variable("entity");
        let scope = Scope { columns: vec![ScopeColumn::entity("entity", entity, Vec::new())], relations: Vec::new(), entity: Some(entity) };
        Lowered {
            plan: Operator::Given { entity, name: name.to_owned(), members },
            answered: entity,
            kinds: None,
            scope,
            noun: ("entity".to_owned(), "entities".to_owned()),
            view: ViewScope::Support,
            order: Vec::new(),
            with_denials: false,
        }
    }

    /// Entities found by words.
    pub(super) fn find(&mut self, words: &tree::Spanned<String>) -> Result<Lowered, Diagnostic> {
        if words.value.trim().is_empty() {
            return Err(Diagnostic::error(Code::EmptyQuery, "`find` needs words to look for")
                .at(words.span.clone(), "no words")
                .help("for example `find \"tremor\"`"));
        }
        let (entity, matched) = (self.variable("entity"), self.variable("matched"));
        let (place, score) = (self.variable("place"), self.variable("score"));
        let scope = Scope {
            columns: vec![
                ScopeColumn::entity("entity", entity, Vec::new()),
                ScopeColumn::plain("matched", Expression::Variable(matched), FieldType::Text),
                ScopeColumn::plain("place", Expression::Variable(place), FieldType::Text),
            ],
            relations: Vec::new(),
            entity: Some(entity),
        };
        let lowered = Lowered {
            plan: Operator::Find { words: words.value.clone(), entity, matched, place, score },
            answered: entity,
            kinds: None,
            scope,
            noun: ("entity".to_owned(), "entities".to_owned()),
            view: ViewScope::Induced,
            order: vec![SortKey { expression: Expression::Variable(score), descending: true, absent_last: true }],
            with_denials: false,
        };
        Ok(self.about(lowered))
    }

    /// The entities of the last answer.
    pub(super) fn last_members(&self, item: &Item) -> Result<Vec<Member>, Diagnostic> {
        self.context.memory.it.clone().ok_or_else(|| {
            Diagnostic::error(Code::NoLastAnswer, "there is no last answer for `it` to stand for")
                .at(item.span.clone(), "nothing was answered yet")
                .help("ask something first; `it` then stands for the entities in its first column")
        })
    }

    /// The one entity that an item names, wherever it stands.
    pub(super) fn only_entity(&self, item: &Item) -> Result<EntityId, Diagnostic> {
        self.only_entity_at(item, Vec::new)
    }

    /// The one entity that an item names, where the places that it takes each demand certain kinds; these are asked for only if
    /// several entities are called so.
    pub(super) fn only_entity_at(&self, item: &Item, places: impl FnOnce() -> Vec<Vec<KindId>>) -> Result<EntityId, Diagnostic> {
        match item.entities() {
            [only] => Ok(*only),
            [] => Err(fault::unknown_name(&item.text, item.span.clone(), self.context)),
            several => self.obvious_entity(&item.text, &item.span, several, &places()),
        }
    }

    /// The obvious one of several entities that are called alike: the only one that has a name of its own, else the only one (of
    /// those that have) that can stand at these places. How many relations it has never decides. What is taken so is told.
    pub(super) fn obvious_entity(
        &self,
        words: &str,
        span: &tree::Span,
        several: &[EntityId],
        places: &[Vec<KindId>],
    ) -> Result<EntityId, Diagnostic> {
        let named: Vec<EntityId> = several.iter().copied().filter(|entity| !self.context.names.name(*entity).is_empty()).collect();
        let pool = if named.is_empty() { several.to_vec() } else { named };
        let (taken, why) = match pool.as_slice() {
            [only] => (*only, "that has a name of its own"),
            _ => {
                let fits = |entity: &&EntityId| places.iter().all(|kinds| self.fits(**entity, kinds));
                match pool.iter().filter(fits).collect::<Vec<_>>().as_slice() {
                    [only] => (**only, "that can stand here"),
                    _ => return Err(fault::ambiguous_name(words, span.clone(), several, self.context)),
                }
            }
        };
        self.warn(fault::taken_of_several(words, span.clone(), taken, several.len(), why, self.context));
        Ok(taken)
    }
}
