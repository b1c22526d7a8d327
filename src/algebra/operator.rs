//! Operator: the ways in which rows are made. A row binds variables to values, and carries what supports it.

use crate::model::{Direction, EntityId, KindId, RelationId, RelationTypeId};

use super::{Expression, VariableId};

/// An operator and its inputs.
///
/// Beside its bindings a row carries the relations that support it and whether it is certain or only possible:
/// [`Operator::Expand`] and its like add to the support, [`Operator::Distinct`], [`Operator::Group`] and
/// [`Operator::Join`] unite it, [`Operator::Filter`] weighs the certainty.
#[derive(Clone, Debug, PartialEq)]
pub enum Operator {
    /// One row that binds nothing: where every query starts.
    Unit,
    /// For each row, one row for each selected entity.
    ///
    /// Phrases: `populations`, the `OMS` of `causes of OMS`. Patterns: `MATCH (p:Population)`, `MATCH (d {id: 'oms'})`.
    Entities {
        /// The rows to extend.
        input: Box<Operator>,
        /// The variable to bind.
        entity: VariableId,
        /// Which entities.
        selection: Selection,
    },
    /// One row for each member of an earlier answer, with the support that it had there.
    ///
    /// Phrases: `it`, a name given by `let`.
    Given {
        /// The variable to bind.
        entity: VariableId,
        /// What the phrase called it.
        name: String,
        /// The members.
        members: Vec<Member>,
    },
    /// For each row, one row for each relation that leads on by one of the routes; denied relations are among them
    /// until [`Operator::Asserted`] takes them out. If `to` is bound already, only relations that lead there.
    ///
    /// Phrases: `causes of OMS`, each relation of a sentence. Patterns: `-[r:CAUSES]->`.
    Expand {
        /// The rows to extend.
        input: Box<Operator>,
        /// The bound entity to start from.
        from: VariableId,
        /// The relation.
        relation: VariableId,
        /// The entity at its other end.
        to: VariableId,
        /// The relation types and directions that may be taken; empty means any.
        routes: Vec<Route>,
        /// Relations of the same match that must not be taken again.
        unlike: Vec<VariableId>,
    },
    /// For each row, one row for each relation one of whose qualifiers names the entity.
    ///
    /// Phrases: part of `adult`. Patterns: `MATCH (a)-[r]->(b) WHERE 'adult' IN r.population`.
    Mentions {
        /// The rows to extend.
        input: Box<Operator>,
        /// The bound entity.
        entity: VariableId,
        /// The relation.
        relation: VariableId,
        /// Where the relation starts.
        from: VariableId,
        /// Where the relation leads.
        to: VariableId,
    },
    /// One row for each of these relations.
    ///
    /// Phrases: `why 2`.
    Relations {
        /// The relations.
        relations: Vec<RelationId>,
        /// The relation.
        relation: VariableId,
        /// Where it starts.
        from: VariableId,
        /// Where it leads.
        to: VariableId,
    },
    /// Takes out the rows with a denied relation, and counts those that were certain to be rows: the denials met.
    ///
    /// Every phrase but `why`, and those whose condition says `denied`. Every pattern.
    Asserted {
        /// The rows.
        input: Box<Operator>,
        /// The relations that must be asserted.
        relations: Vec<VariableId>,
    },
    /// Keeps the rows for which all conditions are true. A row is only possible when a condition, read without its
    /// `possibly`s, is not true. Rows for which they are unknown go on beside the rows, only to be counted if they would
    /// have become rows of the answer.
    ///
    /// Phrases and patterns: `where`.
    Filter {
        /// The rows.
        input: Box<Operator>,
        /// What must hold: all of it.
        conditions: Vec<Condition>,
    },
    /// Takes out the rows for which a condition is unknown, and counts them: where it stands, a row is a row of the answer.
    ///
    /// Phrases: above the last [`Operator::Distinct`]. Patterns: nothing is written for it.
    Known {
        /// The rows.
        input: Box<Operator>,
    },
    /// For each row, the ways between two bound entities.
    ///
    /// Phrases: `path`, `paths`. Patterns: `shortestPath`, `allShortestPaths`.
    Paths {
        /// The rows to extend.
        input: Box<Operator>,
        /// Where the paths start: every entity that the rows bind here counts as one start.
        from: VariableId,
        /// Where they end.
        to: VariableId,
        /// The path.
        path: VariableId,
        /// What steps may be taken, how many, and which paths count.
        hops: Hops,
    },
    /// For each row, the entities around a bound one, with their distance; each is supported by the relations that lead
    /// to it from one step nearer.
    ///
    /// Phrases: `around`. Patterns: `MATCH p = shortestPath((c)-[*1..n]-(e))`.
    Around {
        /// The rows to extend.
        input: Box<Operator>,
        /// The entity in the middle.
        centre: VariableId,
        /// An entity near it.
        entity: VariableId,
        /// How many relations away it is.
        distance: VariableId,
        /// The relation types and directions that may be taken; empty means any.
        routes: Vec<Route>,
        /// How many relations away at most.
        within: u32,
    },
    /// One row for each entity found by words.
    ///
    /// Phrases: `find`. Patterns: `CALL graph.find('tremor')`.
    Find {
        /// The words.
        words: String,
        /// The entity.
        entity: VariableId,
        /// The text that matched.
        matched: VariableId,
        /// Where that text stands.
        place: VariableId,
        /// How well it matched, from 0 to 1.
        score: VariableId,
    },
    /// Binds the number of asserted statements that speak of an entity, and cites the first few of them.
    ///
    /// Phrases: `populations`, `find`. Patterns: `statements(p)`.
    About {
        /// The rows to extend.
        input: Box<Operator>,
        /// The bound entity.
        entity: VariableId,
        /// The number of statements.
        statements: VariableId,
        /// How many of them to cite at most.
        cited: usize,
    },
    /// Binds variables to the values of expressions.
    ///
    /// Phrases: the columns. Patterns: `WITH`, `RETURN`.
    Project {
        /// The rows to extend.
        input: Box<Operator>,
        /// The variables and their expressions.
        items: Vec<(VariableId, Expression)>,
    },
    /// For each row, one row for each member of a list; one row without a value where the list is empty or absent.
    ///
    /// Phrases: the field of `compare … across` and `count … by`. Patterns: `UNWIND`.
    Unwind {
        /// The rows to extend.
        input: Box<Operator>,
        /// The list.
        list: Expression,
        /// The variable to bind to a member.
        element: VariableId,
    },
    /// The rows that agree in `keys` as one row, which has the support of all and the strongest certainty among them.
    ///
    /// Phrases: always last. Patterns: `DISTINCT`.
    Distinct {
        /// The rows.
        input: Box<Operator>,
        /// The variables that must agree.
        keys: Vec<VariableId>,
    },
    /// One row for each group of rows that agree in `keys`; without keys always one row. A grouped row cites nothing by
    /// itself; it keeps the support of its members for `why`.
    ///
    /// Phrases: `count`, `compare`. Patterns: aggregates.
    Group {
        /// The rows.
        input: Box<Operator>,
        /// The variables that must agree; they stay bound.
        keys: Vec<VariableId>,
        /// What to bind for each group.
        aggregates: Vec<(VariableId, Aggregate)>,
    },
    /// The rows of two inputs that agree in the variables that both bind.
    ///
    /// Phrases: `and` (inner), `but not` (without). Patterns: several `MATCH`es, `OPTIONAL MATCH`, `EXISTS { }`.
    Join {
        /// The left rows.
        left: Box<Operator>,
        /// The right rows; they see nothing of the left ones.
        right: Box<Operator>,
        /// The variables in which they must agree.
        on: Vec<VariableId>,
        /// What becomes of rows with and without a partner.
        mode: JoinMode,
    },
    /// The rows of all inputs, one after the other.
    ///
    /// Phrases: `or`. Patterns: `UNION`.
    Union {
        /// The inputs, which bind the same variables.
        inputs: Vec<Operator>,
    },
    /// The rows in order: by the keys, then in the order that all answers keep (the entities of the columns, the first
    /// supporting statement, the other columns).
    ///
    /// Phrases: always; `sort by`. Patterns: `ORDER BY`.
    Sort {
        /// The rows.
        input: Box<Operator>,
        /// The keys, the first counts most.
        keys: Vec<SortKey>,
        /// The variables of the columns, for the order behind the keys.
        columns: Vec<VariableId>,
    },
    /// The first rows.
    ///
    /// Phrases: `limit`. Patterns: `SKIP`, `LIMIT`.
    Slice {
        /// The rows.
        input: Box<Operator>,
        /// How many to leave out first.
        skip: u64,
        /// How many to keep at most.
        limit: Option<u64>,
    },
}

impl Operator {
    /// The operator without what only counts the rows left out as unknown: [`Operator::Known`], and below grouping the
    /// [`Operator::Distinct`] that serves it. The rows are the same.
    pub fn without_counting(&self) -> Operator {
        let mut plain = self.clone();
        plain.leave_out_counting();
        plain
    }

    fn leave_out_counting(&mut self) {
        let ordered = matches!(self, Operator::Sort { .. });
        for input in self.inputs_mut() {
            while let Operator::Known { input: known } = input {
                *input = match std::mem::replace(known.as_mut(), Operator::Unit) {
                    Operator::Distinct { input: below, .. } if !ordered => *below,
                    other => other,
                };
            }
            input.leave_out_counting();
        }
    }

    /// The operators whose rows this one takes, in order.
    pub fn inputs(&self) -> Vec<&Operator> {
        match self {
            Operator::Unit | Operator::Given { .. } | Operator::Relations { .. } | Operator::Find { .. } => Vec::new(),
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
            | Operator::Distinct { input, .. }
            | Operator::Group { input, .. }
            | Operator::Sort { input, .. }
            | Operator::Slice { input, .. } => vec![input],
            Operator::Join { left, right, .. } => vec![left, right],
            Operator::Union { inputs } => inputs.iter().collect(),
        }
    }

    fn inputs_mut(&mut self) -> Vec<&mut Operator> {
        match self {
            Operator::Unit | Operator::Given { .. } | Operator::Relations { .. } | Operator::Find { .. } => Vec::new(),
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
            | Operator::Distinct { input, .. }
            | Operator::Group { input, .. }
            | Operator::Sort { input, .. }
            | Operator::Slice { input, .. } => vec![input],
            Operator::Join { left, right, .. } => vec![left, right],
            Operator::Union { inputs } => inputs.iter_mut().collect(),
        }
    }
}

/// Which entities an [`Operator::Entities`] binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// Every entity.
    Any,
    /// Those of at least one of these kinds.
    Kinds(Vec<KindId>),
    /// This one, and every one of it.
    IsA(EntityId),
    /// This one alone.
    Exactly(EntityId),
}

/// A member of an earlier answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The entity.
    pub entity: EntityId,
    /// The relations that supported it.
    pub support: Vec<RelationId>,
    /// Whether it was certain.
    pub certain: bool,
}

/// A relation type, and the direction to take it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route {
    /// The relation type.
    pub relation_type: RelationTypeId,
    /// The direction, seen from where the route starts.
    pub direction: Direction,
}

/// What steps paths may take, and which paths count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hops {
    /// The relation types and directions that may be taken.
    pub routes: Vec<Route>,
    /// How many relations at most; none means any number.
    pub most: Option<u32>,
    /// Which paths count.
    pub mode: PathMode,
}

/// Which paths count. Paths that differ only in the statement behind a step are one path with the support of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathMode {
    /// The first of the shortest, in the order of their entities and relation types.
    OneShortest,
    /// All of the shortest.
    AllShortest,
    /// All that pass no entity twice.
    Simple,
}

/// A condition of a filter.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// What must be true.
    pub expression: Expression,
    /// How it was asked, for explanations.
    pub text: String,
    /// The field that it tests, if it tests one alone: its name and its value.
    pub field: Option<(String, Expression)>,
}

/// What becomes of rows with and without a partner in a join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JoinMode {
    /// Rows with a partner, united: support of both, the weaker certainty.
    Inner,
    /// Left rows with a partner, as they are.
    Semi,
    /// Left rows without a partner, as they are.
    Without,
    /// Rows with a partner, united; left rows without one as they are.
    Optional,
}

/// What is computed for a group of rows.
#[derive(Clone, Debug, PartialEq)]
pub enum Aggregate {
    /// How many different values, nulls not counted.
    CountDistinct(Expression),
    /// The values as a list, nulls left out, each once.
    Collect(Expression),
}

/// A key to sort by.
#[derive(Clone, Debug, PartialEq)]
pub struct SortKey {
    /// The value; absent values come last either way.
    pub expression: Expression,
    /// Whether the greatest comes first.
    pub descending: bool,
}
