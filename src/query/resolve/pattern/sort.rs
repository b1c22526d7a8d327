//! Sort: what an expression of a pattern is known to yield before it runs.

use crate::model::ColumnType;

/// What values an expression yields; any of them may be absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Nobody knows before it runs.
    Any,
    /// Always absent.
    Null,
    /// True or false.
    Boolean,
    /// Whole numbers.
    Integer,
    /// Numbers, whole or not.
    Number,
    /// Texts.
    Text,
    /// Lists of such values.
    List(Box<Sort>),
    /// Maps.
    Map,
    /// Nodes.
    Node,
    /// Relationships.
    Relationship,
    /// Paths.
    Path,
    /// Dates, times and spans between them.
    Temporal,
}

impl Sort {
    /// A list of such values.
    pub fn list_of(member: Sort) -> Sort {
        Sort::List(Box::new(member))
    }

    /// What is either of two.
    pub fn or(self, other: Sort) -> Sort {
        match (self, other) {
            (Sort::Null, sort) | (sort, Sort::Null) => sort,
            (left, right) if left == right => left,
            (Sort::Integer | Sort::Number, Sort::Integer | Sort::Number) => Sort::Number,
            (Sort::List(left), Sort::List(right)) => Sort::list_of(left.or(*right)),
            _ => Sort::Any,
        }
    }

    /// What `+` makes of two: a sum, or a longer list or text.
    pub fn added(self, other: Sort) -> Sort {
        match (self, other) {
            (Sort::Integer, Sort::Integer) => Sort::Integer,
            (Sort::Integer | Sort::Number, Sort::Integer | Sort::Number) => Sort::Number,
            (Sort::List(left), Sort::List(right)) => Sort::list_of(left.or(*right)),
            (Sort::Text, Sort::Text) => Sort::Text,
            _ => Sort::Any,
        }
    }

    /// Whether such a value is a list of relationships.
    pub fn lists_relationships(&self) -> bool {
        matches!(self, Sort::List(member) if **member == Sort::Relationship)
    }

    /// Whether such a value could be a boolean.
    pub fn may_be_boolean(&self) -> bool {
        matches!(self, Sort::Any | Sort::Null | Sort::Boolean)
    }

    /// Whether such a value could be a list.
    pub fn may_be_list(&self) -> bool {
        matches!(self, Sort::Any | Sort::Null | Sort::List(_))
    }

    /// Whether such a value could be a node.
    pub fn may_be_node(&self) -> bool {
        matches!(self, Sort::Any | Sort::Null | Sort::Node)
    }

    /// Whether such a value could be a relationship.
    pub fn may_be_relationship(&self) -> bool {
        matches!(self, Sort::Any | Sort::Null | Sort::Relationship)
    }

    /// Whether such a value could be a path.
    pub fn may_be_path(&self) -> bool {
        matches!(self, Sort::Any | Sort::Null | Sort::Path)
    }

    /// Whether such a value can be reckoned with: numbers and spans of time.
    pub fn may_be_reckoned(&self) -> bool {
        matches!(self, Sort::Any | Sort::Null | Sort::Integer | Sort::Number | Sort::Temporal)
    }

    /// What it is called in a message.
    pub fn words(&self) -> &'static str {
        match self {
            Sort::Any => "a value",
            Sort::Null => "null",
            Sort::Boolean => "true or false",
            Sort::Integer => "an integer",
            Sort::Number => "a number",
            Sort::Text => "a text",
            Sort::List(_) => "a list",
            Sort::Map => "a map",
            Sort::Node => "a node",
            Sort::Relationship => "a relationship",
            Sort::Path => "a path",
            Sort::Temporal => "a date or a time",
        }
    }

    /// The type of a column that shows such values.
    pub fn column(&self) -> ColumnType {
        match self {
            Sort::Node => ColumnType::Entity,
            Sort::Relationship => ColumnType::Relation,
            Sort::Path => ColumnType::Path,
            _ => ColumnType::Any,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Sort;

    #[test]
    fn what_is_either_of_two_is_no_more_than_both_share() {
        assert_eq!(Sort::Null.or(Sort::Text), Sort::Text);
        assert_eq!(Sort::Integer.or(Sort::Number), Sort::Number);
        assert_eq!(Sort::Integer.or(Sort::Text), Sort::Any);
        assert_eq!(Sort::list_of(Sort::Integer).or(Sort::list_of(Sort::Text)), Sort::list_of(Sort::Any));
    }
}
