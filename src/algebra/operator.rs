//! Operator: the ways in which rows are made. A row binds variables to values, and carries what supports it.

use crate::model::{KindId, RelationId};

use super::{Aggregate, Arm, Condition, Expression, Hops, JoinMode, Member, Route, Selection, SortKey, VariableId};

/// An operator and its inputs.
///
/// Beside its bindings a row carries the relations that support it and whether it is certain or only possible:
/// [`Operator::Expand`] and its like add to the support, [`Operator::Distinct`], [`Operator::Group`] and
/// [`Operator::Join`] unite it, [`Operator::Filter`] weighs the certainty.
#[derive(Clone, Debug, PartialEq)]
pub enum Operator {
    /// One row that binds nothing: where every query starts.
    Unit,
    /// Within a subquery or the right side of an [`Operator::Apply`]: the row that it is made for.
    Argument,
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
    /// For each row, one row for each trail of so many relations by the routes: no relation twice, none that is denied.
    /// If `to` is bound already, only trails that end there.
    ///
    /// Patterns: `-[r:CAUSES*1..3]->`.
    Trail {
        /// The rows to extend.
        input: Box<Operator>,
        /// The bound entity to start from.
        from: VariableId,
        /// The list of relations taken.
        relations: VariableId,
        /// The entity at the end.
        to: VariableId,
        /// The relation types and directions that may be taken; empty means any.
        routes: Vec<Route>,
        /// The least number of relations; none at all (0) ends where it starts.
        least: u32,
        /// The greatest number of relations; none means any.
        most: Option<u32>,
        /// Relations, or lists of them, of the same match that must not be taken again.
        unlike: Vec<VariableId>,
        /// What every relation of the trail must satisfy, with the variable that stands for it.
        each: Option<(VariableId, Box<Expression>)>,
    },
    /// For each row of the left, the rows that the right makes of it: the right's leaf is [`Operator::Argument`].
    ///
    /// Patterns: `OPTIONAL MATCH`, `CALL { }`, `EXISTS { }` as a condition.
    Apply {
        /// The rows.
        left: Box<Operator>,
        /// What is made of each.
        right: Box<Operator>,
        /// What becomes of rows with and without a partner. Inner and Optional keep what the right binds.
        mode: JoinMode,
    },
    /// For each row, the rows of a procedure. A procedure is run once for rows that give it the same arguments.
    ///
    /// Patterns: `CALL graph.components() YIELD entity`.
    Call {
        /// The rows to extend.
        input: Box<Operator>,
        /// The procedure.
        procedure: super::Procedure,
        /// Its arguments.
        arguments: Vec<Expression>,
        /// The variables to bind, each to a column that the procedure yields, by position.
        yields: Vec<(usize, VariableId)>,
    },
    /// Made by rewrites only: each row stands from here on for as many rows as relations lead on from the entity; a row
    /// from which none leads on is gone. A row's weight multiplies; counts add weights up.
    ///
    /// Of: [`Operator::Expand`] whose relation and end nobody asks for.
    Weigh {
        /// The rows.
        input: Box<Operator>,
        /// The bound entity to start from.
        from: VariableId,
        /// The bound entity that the relations must lead to, if any.
        to: Option<VariableId>,
        /// The relation types and directions that may be taken; empty means any.
        routes: Vec<Route>,
        /// The kinds of which the entities at the other end must have one; empty means any.
        kinds: Vec<KindId>,
        /// Relations of the same match that must not be taken again.
        unlike: Vec<VariableId>,
    },
    /// Made by rewrites only: rows that agree in `keys` as one that stands for all that they stand for. Only the keys stay
    /// bound.
    ///
    /// Of: rows under a count, as soon as what tells them apart is no longer asked for.
    Merge {
        /// The rows.
        input: Box<Operator>,
        /// The variables that must agree.
        keys: Vec<VariableId>,
    },
    /// Made by rewrites only: for each row, one row for each entity that every arm leads to; it stands for as many rows
    /// as there are ways to take one relation of each arm.
    ///
    /// Of: expansions from several bound entities that meet in one (triangles and other cycles), as intersections of
    /// sorted neighbours.
    Meet {
        /// The rows to extend.
        input: Box<Operator>,
        /// Where the relations start; at least two.
        arms: Vec<Arm>,
        /// The entity where they meet; bound by this.
        to: VariableId,
        /// The kinds of which it must have one; empty means any.
        kinds: Vec<KindId>,
    },
    /// Made by rewrites only: for each row, one row for each entity that some trail of so many relations leads to, each
    /// once: breadth first, without listing trails.
    ///
    /// Of: [`Operator::Trail`] of which only the distinct ends are asked for.
    Reach {
        /// The rows to extend.
        input: Box<Operator>,
        /// The bound entity to start from.
        from: VariableId,
        /// The entity at the end.
        to: VariableId,
        /// The relation types and directions that may be taken; empty means any.
        routes: Vec<Route>,
        /// The least number of relations: 0 or 1.
        least: u32,
        /// The greatest number of relations; none means any.
        most: Option<u32>,
    },
    /// Made by rewrites only: one row for each combination of the kinds of a start, a relation type and the kinds of an
    /// end that asserted relations have, which stands for as many rows as there are such relations: from the statistics.
    ///
    /// Of: counts of all relations by type or by the kinds of their ends.
    Signatures {
        /// Bound to the list of labels of the start.
        from: Option<VariableId>,
        /// Bound to the relation type's name.
        relation_type: Option<VariableId>,
        /// Bound to the list of labels of the end.
        to: Option<VariableId>,
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
    /// For each row, one row for each member of a list.
    ///
    /// Phrases: the field of `compare … across` and `count … by`. Patterns: `UNWIND`.
    Unwind {
        /// The rows to extend.
        input: Box<Operator>,
        /// The list.
        list: Expression,
        /// The variable to bind to a member.
        element: VariableId,
        /// Whether a row whose list is empty or absent stays, without a value.
        keep_empty: bool,
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
    /// Makes each row rest on the relations that one variable lists and cite those that another lists, instead of what it
    /// rested on and cited before: also the rows of groups, which cite nothing by themselves. A variable that holds no list
    /// of relations stands for none.
    ///
    /// Patterns: columns of `RETURN` that are called `support` and `cited` and hold relationships.
    Cite {
        /// The rows.
        input: Box<Operator>,
        /// What the rows rest on; without it, nothing.
        support: Option<VariableId>,
        /// What they cite without resting on it; without it, nothing.
        cited: Option<VariableId>,
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
            Operator::Unit
            | Operator::Argument
            | Operator::Signatures { .. }
            | Operator::Given { .. }
            | Operator::Relations { .. }
            | Operator::Find { .. } => Vec::new(),
            Operator::Entities { input, .. }
            | Operator::Expand { input, .. }
            | Operator::Trail { input, .. }
            | Operator::Weigh { input, .. }
            | Operator::Merge { input, .. }
            | Operator::Meet { input, .. }
            | Operator::Reach { input, .. }
            | Operator::Call { input, .. }
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
            | Operator::Cite { input, .. }
            | Operator::Slice { input, .. } => vec![input],
            Operator::Join { left, right, .. } | Operator::Apply { left, right, .. } => vec![left, right],
            Operator::Union { inputs } => inputs.iter().collect(),
        }
    }

    /// The operators whose rows this one takes, in order, to be changed.
    pub fn inputs_mut(&mut self) -> Vec<&mut Operator> {
        match self {
            Operator::Unit
            | Operator::Argument
            | Operator::Signatures { .. }
            | Operator::Given { .. }
            | Operator::Relations { .. }
            | Operator::Find { .. } => Vec::new(),
            Operator::Entities { input, .. }
            | Operator::Expand { input, .. }
            | Operator::Trail { input, .. }
            | Operator::Weigh { input, .. }
            | Operator::Merge { input, .. }
            | Operator::Meet { input, .. }
            | Operator::Reach { input, .. }
            | Operator::Call { input, .. }
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
            | Operator::Cite { input, .. }
            | Operator::Slice { input, .. } => vec![input],
            Operator::Join { left, right, .. } | Operator::Apply { left, right, .. } => vec![left, right],
            Operator::Union { inputs } => inputs.iter_mut().collect(),
        }
    }
}
