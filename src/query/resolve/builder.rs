//! Builder: what the phrases have in common while their algebra is put together: variables, scope, columns.

use std::cell::RefCell;
use std::rc::Rc;

use crate::algebra::{Column, Condition, Expression, Field, Layout, Operator, Query, SortKey, VariableId, ViewScope};
use crate::diagnostic::Diagnostic;
use crate::model::{ColumnType, KindId, QualifierId, RelationTypeId};
use crate::query::syntax::tree;
use crate::schema::ValueType;

use super::Context;
use super::field::FieldType;

/// The statements that a row of entities cites at most; its count says how many there are.
const CITED: usize = 3;

/// Puts the algebra of one query together.
pub(super) struct Builder<'a> {
    pub context: Context<'a>,
    variables: Vec<String>,
    elements: std::collections::BTreeMap<String, VariableId>,
    /// Whether denials stay among the rows, as `compare` needs them.
    pub keep_denials: bool,
    /// What deserves a look though it can be answered.
    warnings: Rc<RefCell<Vec<Diagnostic>>>,
    /// What is wrong and did not keep the rest from being looked at.
    faults: Rc<RefCell<Vec<Diagnostic>>>,
}

/// A phrase as algebra, before its condition and its layout.
pub(super) struct Lowered {
    /// How its rows are made.
    pub plan: Operator,
    /// The entity that it answers with.
    pub answered: VariableId,
    /// The kinds that it can answer with; none means any.
    pub kinds: Option<Vec<KindId>>,
    /// What can be tested, sorted by and shown.
    pub scope: Scope,
    /// What an answered entity is called, one and many.
    pub noun: (String, String),
    /// What the view holds.
    pub view: ViewScope,
    /// The order before the general one.
    pub order: Vec<SortKey>,
    /// Whether denials belong to the answer (`why`).
    pub with_denials: bool,
}

/// What a condition, a sort key or `show` can name.
#[derive(Clone, Default)]
pub(super) struct Scope {
    /// The columns, in order.
    pub columns: Vec<ScopeColumn>,
    /// The relations, with what they can be; the answered one first.
    pub relations: Vec<ScopeRelation>,
    /// The entity whose properties are fields.
    pub entity: Option<VariableId>,
}

/// A column in scope.
#[derive(Clone)]
pub(super) struct ScopeColumn {
    pub name: String,
    pub expression: Expression,
    pub field_type: FieldType,
    pub several: bool,
    pub optional: bool,
}

/// A relation in scope.
#[derive(Clone)]
pub(super) struct ScopeRelation {
    pub variable: VariableId,
    /// The relation types that it can be; empty means any.
    pub types: Vec<RelationTypeId>,
    /// The words that the query used for it, for `binds.score`.
    pub written: String,
}

impl<'a> Builder<'a> {
    pub fn new(context: Context<'a>) -> Builder<'a> {
        Builder {
            context,
            variables: Vec::new(),
            elements: std::collections::BTreeMap::new(),
            keep_denials: false,
            warnings: Rc::default(),
            faults: Rc::default(),
        }
    }

    /// The algebra of a whole query, and what deserves a look; or else all that is wrong with it, in the order of the places.
    pub fn query(self, query: &tree::Query) -> Result<(Query, Vec<Diagnostic>), Vec<Diagnostic>> {
        let (warnings, faults) = (Rc::clone(&self.warnings), Rc::clone(&self.faults));
        let whole = self.whole(query);
        super::fault::all(whole, faults.take()).map(|query| (query, warnings.take()))
    }

    /// What was asked for, or what stands in for it where something is wrong: the fault is kept, so that the rest is looked at too.
    pub fn recovered<T>(&self, made: Result<T, Diagnostic>, instead: impl FnOnce() -> T) -> T {
        made.unwrap_or_else(|fault| {
            self.faults.borrow_mut().push(fault);
            instead()
        })
    }

    /// Keeps a warning, once.
    pub fn warn(&self, warning: Diagnostic) {
        let mut warnings = self.warnings.borrow_mut();
        if !warnings.contains(&warning) {
            warnings.push(warning);
        }
    }

    fn whole(mut self, query: &tree::Query) -> Result<Query, Diagnostic> {
        match &query.body {
            tree::Body::Set(set) => {
                let lowered = self.set(set)?;
                self.finish(lowered, &query.tails)
            }
            tree::Body::Path(path) => {
                let lowered = self.path(path)?;
                self.finish(lowered, &query.tails)
            }
            tree::Body::Compare(set, field, condition) => self.compare(set, field, condition.as_ref(), &query.tails),
            tree::Body::Count(set, fields, condition) => self.count(set, fields, condition.as_ref(), &query.tails),
            tree::Body::Why(run, condition) => {
                let lowered = self.why(run, condition.as_ref())?;
                self.finish(lowered, &query.tails)
            }
            tree::Body::WhyRow(number) => {
                let lowered = self.why_row(number)?;
                self.finish(lowered, &query.tails)
            }
            // Patterns have a resolver of their own.
            tree::Body::Pattern(pattern) => {
                super::pattern::resolve(pattern, self.context).map(|(query, _)| query).map_err(|mut faults| faults.remove(0))
            }
        }
    }

    /// A new variable, called after what it stands for; a second of the same name gets a number.
    pub fn variable(&mut self, name: &str) -> VariableId {
        let plain: String = name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' }).collect();
        let taken = |name: &str| self.variables.iter().any(|known| known == name);
        let mut unique = plain.clone();
        let mut count = 1;
        while taken(&unique) {
            count += 1;
            unique = format!("{plain}_{count}");
        }
        self.variables.push(unique);
        VariableId(u16::try_from(self.variables.len() - 1).unwrap_or(u16::MAX))
    }

    /// The variable that stands for each member of a field's list in turn: one for each field, however often it is tested.
    pub fn element(&mut self, field: &str) -> VariableId {
        if let Some(known) = self.elements.get(field) {
            return *known;
        }
        let element = self.variable(&format!("one_{field}"));
        self.elements.insert(field.to_owned(), element);
        element
    }

    /// The name of a variable.
    pub fn name_of(&self, variable: VariableId) -> String {
        self.variables[variable.index()].clone()
    }

    /// The phrase with its condition: rows that satisfy it, denials taken out unless it asks for them.
    pub fn filtered(&mut self, mut lowered: Lowered, condition: Option<&tree::Condition>) -> Result<Lowered, Diagnostic> {
        let conditions = match condition {
            Some(condition) => self.conditions(condition, &lowered.scope)?,
            None => Vec::new(),
        };
        let asks_denied = conditions.iter().any(|condition| condition.expression.asks_denied());
        lowered.plan = filter(lowered.plan, conditions);
        let relations: Vec<VariableId> = lowered.scope.relations.iter().map(|relation| relation.variable).collect();
        if asks_denied {
            self.add_denied_column(&mut lowered.scope);
            // Brackets round the phrase must not take out again what was asked for.
            lowered.with_denials = true;
        } else if !relations.is_empty() && !lowered.with_denials && !self.keep_denials && !is_asserted(&lowered.plan, &relations) {
            lowered.plan = Operator::Asserted { input: Box::new(lowered.plan), relations };
        }
        Ok(lowered)
    }

    /// The column that says which rows are denials, where rows of both sorts can come.
    pub fn add_denied_column(&mut self, scope: &mut Scope) {
        if let Some(relation) = scope.relations.first() {
            scope.columns.push(ScopeColumn {
                name: "denied".to_owned(),
                expression: Expression::Field(relation.variable, Field::Denied),
                field_type: FieldType::Boolean,
                several: false,
                optional: false,
            });
        }
    }

    /// Columns that every relation in scope adds behind its ends: jointly, qualifiers, hedge. With several relations
    /// a field that more than one of them can have is named after its relation.
    pub fn add_relation_columns(&self, scope: &mut Scope) {
        let relations = scope.relations.clone();
        let many = relations.len() > 1;
        let mut columns = Vec::new();
        for relation in &relations {
            // A name that a term of the sentence has already is told apart in the same way.
            let taken = |name: &str| scope.columns.iter().any(|column| column.name == name);
            let prefix = |name: &str, shared: bool| {
                if shared || taken(name) { format!("{}.{name}", relation.written.replace(' ', "_")) } else { name.to_owned() }
            };
            let field = |field: Field| Expression::Field(relation.variable, field);
            columns.push(ScopeColumn {
                name: prefix("jointly", many),
                expression: field(Field::Jointly),
                field_type: FieldType::Entity(Vec::new()),
                several: true,
                optional: true,
            });
            for id in self.qualifiers_of(&relation.types) {
                let qualifier = &self.context.schema.qualifiers[id.index()];
                if qualifier.is_detail {
                    continue;
                }
                let shared = relations.iter().filter(|other| self.qualifiers_of(&other.types).contains(&id)).count() > 1;
                columns.push(ScopeColumn {
                    name: prefix(&qualifier.id, shared),
                    expression: field(Field::Qualifier(id)),
                    field_type: FieldType::of_qualifier(&qualifier.value_type),
                    several: is_several(&qualifier.value_type, qualifier.several),
                    optional: true,
                });
            }
            columns.push(ScopeColumn {
                name: prefix("hedge", many),
                expression: field(Field::Hedge),
                field_type: FieldType::Hedge,
                several: false,
                optional: true,
            });
        }
        scope.columns.extend(columns);
    }

    /// The qualifiers that relations of these types can have, in the order of the types' own lists.
    pub fn qualifiers_of(&self, types: &[RelationTypeId]) -> Vec<QualifierId> {
        let schema = self.context.schema;
        let all: Vec<RelationTypeId> = (0u16..).take(schema.relation_types.len()).map(RelationTypeId).collect();
        let mut qualifiers = Vec::new();
        for relation_type in if types.is_empty() { &all } else { types } {
            for id in &schema.relation_types[relation_type.index()].qualifiers {
                if !qualifiers.contains(id) {
                    qualifiers.push(*id);
                }
            }
        }
        qualifiers
    }

    /// Makes rows of entities cite the first statements that speak of them, and counts those statements.
    pub fn about(&mut self, mut lowered: Lowered) -> Lowered {
        let statements = self.variable("statements");
        lowered.plan = Operator::About { input: Box::new(lowered.plan), entity: lowered.answered, statements, cited: CITED };
        lowered.scope.columns.push(ScopeColumn {
            name: "statements".to_owned(),
            expression: Expression::Variable(statements),
            field_type: FieldType::Integer,
            several: false,
            optional: false,
        });
        lowered
    }

    /// The query of a lowered phrase with its tails: columns, one row for equal ones, order, limit.
    pub fn finish(mut self, mut lowered: Lowered, tails: &tree::Tails) -> Result<Query, Diagnostic> {
        let mut keys = self.sort_keys(tails, &lowered.scope)?;
        keys.append(&mut lowered.order);
        let shown = self.shown_columns(tails, &lowered.scope)?;
        let mut items = Vec::new();
        let mut columns = Vec::new();
        for column in shown {
            let variable = match column.expression {
                Expression::Variable(variable) => variable,
                expression => {
                    let variable = self.variable(&column.name);
                    items.push((variable, expression));
                    variable
                }
            };
            columns.push(Column { name: column.name, variable, column_type: column.field_type.column_type(), optional: column.optional });
        }
        let mut root = lowered.plan;
        if !items.is_empty() {
            root = Operator::Project { input: Box::new(root), items };
        }
        let variables: Vec<VariableId> = columns.iter().map(|column| column.variable).collect();
        root = Operator::Distinct { input: Box::new(root), keys: variables.clone() };
        root = Operator::Known { input: Box::new(root) };
        root = ordered(root, keys, variables, tails);
        Ok(self.done(root, columns, Layout::Rows, lowered.view, lowered.noun))
    }

    /// The query, with the variables made on the way.
    pub fn done(self, root: Operator, columns: Vec<Column>, layout: Layout, view: ViewScope, noun: (String, String)) -> Query {
        Query { variables: self.variables, root, columns, layout, view, noun }
    }
}

/// Whether denials of these relations were taken out already, by the phrase within the brackets.
fn is_asserted(plan: &Operator, relations: &[VariableId]) -> bool {
    match plan {
        Operator::Asserted { relations: asserted, .. } => asserted == relations,
        Operator::Filter { input, .. } => is_asserted(input, relations),
        _ => false,
    }
}

/// The rows in order, and the first of them if there is a limit.
pub(super) fn ordered(root: Operator, keys: Vec<SortKey>, columns: Vec<VariableId>, tails: &tree::Tails) -> Operator {
    let sorted = Operator::Sort { input: Box::new(root), keys, columns };
    match &tails.limit {
        Some(limit) => Operator::Slice { input: Box::new(sorted), skip: 0, limit: Some(limit.value) },
        None => sorted,
    }
}

/// The rows for which the conditions hold; the rows as they are if there are none.
pub(super) fn filter(input: Operator, conditions: Vec<Condition>) -> Operator {
    if conditions.is_empty() { input } else { Operator::Filter { input: Box::new(input), conditions } }
}

/// Whether a qualifier's values are lists.
pub(super) fn is_several(value_type: &ValueType, several: bool) -> bool {
    several || matches!(value_type, ValueType::Entity(_))
}

impl ScopeColumn {
    /// A column of entities.
    pub fn entity(name: impl Into<String>, variable: VariableId, kinds: Vec<KindId>) -> ScopeColumn {
        ScopeColumn {
            name: name.into(),
            expression: Expression::Variable(variable),
            field_type: FieldType::Entity(kinds),
            several: false,
            optional: false,
        }
    }

    /// A column of a plain type that every row has.
    pub fn plain(name: impl Into<String>, expression: Expression, field_type: FieldType) -> ScopeColumn {
        ScopeColumn { name: name.into(), expression, field_type, several: false, optional: false }
    }
}

impl FieldType {
    /// What a column of such values holds.
    pub fn column_type(&self) -> ColumnType {
        match self {
            FieldType::Entity(_) => ColumnType::Entity,
            FieldType::Text
            | FieldType::QualifierText(_)
            | FieldType::Kind
            | FieldType::RelationType
            | FieldType::Source
            | FieldType::Statement => ColumnType::Text,
            FieldType::Boolean => ColumnType::Boolean,
            FieldType::Integer => ColumnType::Integer,
            FieldType::Number => ColumnType::Number,
            FieldType::Percentage => ColumnType::Percentage,
            FieldType::Ratio => ColumnType::Ratio,
            FieldType::Duration => ColumnType::Duration,
            FieldType::Extent | FieldType::Confidence => ColumnType::Text,
            FieldType::Hedge => ColumnType::Hedge,
            FieldType::Path => ColumnType::Path,
        }
    }
}
