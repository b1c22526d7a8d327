//! Parts: what operators are made of beside their inputs: selections, routes, conditions, aggregates, sort keys.

use crate::model::{Direction, EntityId, KindId, RelationId, RelationTypeId};

use super::{Expression, VariableId};

/// An arm of an [`super::Operator::Meet`].
#[derive(Clone, Debug, PartialEq)]
pub struct Arm {
    /// The bound entity to start from.
    pub from: VariableId,
    /// The relation types and directions that may be taken; empty means any.
    pub routes: Vec<Route>,
    /// Relations of the same match that must not be taken again.
    pub unlike: Vec<VariableId>,
}

/// Which entities an [`super::Operator::Entities`] binds.
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
    /// Those whose name, in lower case, begins so. Made by rewrites only, of `toLower(n.name) STARTS WITH 'neuro'`.
    NamePrefix(std::sync::Arc<str>),
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
    /// How many relations at least: 1, or 0 where the path may be a single entity.
    pub least: u32,
    /// How many relations at most; none means any number.
    pub most: Option<u32>,
    /// Which paths count.
    pub mode: PathMode,
    /// Whether paths that differ only in the statement behind a step count each by themselves, as patterns have it;
    /// otherwise they are one path with the support of all.
    pub parallel: bool,
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
    /// An aggregate as patterns have it.
    Of {
        /// What is computed.
        function: AggregateFunction,
        /// Of what; `count(*)` has none. Nulls do not count.
        argument: Option<Expression>,
        /// Whether equal values count once.
        distinct: bool,
        /// The percentile, from 0 to 1, of those that have one.
        parameter: Option<Expression>,
    },
}

/// An aggregate of openCypher.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AggregateFunction {
    /// `count`
    Count,
    /// `sum`
    Sum,
    /// `avg`
    Average,
    /// `min`
    Minimum,
    /// `max`
    Maximum,
    /// `collect`
    Collect,
    /// `stDev`: of a sample.
    StandardDeviation,
    /// `stDevP`: of the whole population.
    PopulationStandardDeviation,
    /// `percentileCont`: interpolated.
    PercentileContinuous,
    /// `percentileDisc`: one of the values.
    PercentileDiscrete,
}

/// A key to sort by.
#[derive(Clone, Debug, PartialEq)]
pub struct SortKey {
    /// The value.
    pub expression: Expression,
    /// Whether the greatest comes first.
    pub descending: bool,
    /// Whether absent values come last either way, as in phrases; in patterns they count as the greatest. Patterns also
    /// order values as openCypher does, letter by letter and across types.
    pub absent_last: bool,
}
