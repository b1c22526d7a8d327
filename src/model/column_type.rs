//! Column type: what the cells of a column of an answer hold.

/// What the cells of a column hold; any cell may be absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnType {
    /// Entities.
    Entity,
    /// Words.
    Text,
    /// True or false.
    Boolean,
    /// Counts.
    Integer,
    /// Numbers.
    Number,
    /// Percentages (or ratios).
    Percentage,
    /// Ratios (or percentages).
    Ratio,
    /// Durations.
    Duration,
    /// Hedges.
    Hedge,
    /// Ways through the graph.
    Path,
    /// What is reported for one value of a comparison.
    Comparison,
    /// Relations.
    Relation,
    /// Lists.
    List,
    /// Maps.
    Map,
    /// Dates, times and spans between them.
    Temporal,
    /// Whatever the expression of a pattern yields, from row to row.
    Any,
}

impl ColumnType {
    /// The word for it in machine-readable answers.
    pub fn word(self) -> &'static str {
        match self {
            ColumnType::Entity => "entity",
            ColumnType::Text => "text",
            ColumnType::Boolean => "boolean",
            ColumnType::Integer => "integer",
            ColumnType::Number => "number",
            ColumnType::Percentage => "percentage",
            ColumnType::Ratio => "ratio",
            ColumnType::Duration => "duration",
            ColumnType::Hedge => "hedge",
            ColumnType::Path => "path",
            ColumnType::Comparison => "comparison",
            ColumnType::Relation => "relation",
            ColumnType::List => "list",
            ColumnType::Map => "map",
            ColumnType::Temporal => "temporal",
            ColumnType::Any => "any",
        }
    }
}
