//! Scope: the variables that a query has at a place, by what they hold.

/// What a variable holds, or nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sort {
    Node,
    Relationship,
    /// What a step of several relationships took.
    Relationships,
    Path,
    /// One of several paths, of which only the length is certain.
    AnyShortest,
    Number,
    Text,
    Boolean,
    /// A number, a text, a boolean or a list.
    Mixed,
    Interval,
    /// A list of scalars in an order.
    List,
    /// A list of scalars that nobody ordered.
    Bag,
    /// A list of nodes that nobody ordered.
    Nodes,
}

impl Sort {
    /// Whether rows can be ordered by it, so that they are in the same order everywhere.
    pub fn is_ordered(self) -> bool {
        matches!(self, Sort::Number | Sort::Text | Sort::Boolean | Sort::Mixed | Sort::List)
    }

    /// Whether two values of it are equal wherever the query is run.
    pub fn is_settled(self) -> bool {
        !matches!(self, Sort::Bag | Sort::Nodes | Sort::AnyShortest)
    }
}

/// The variables, and the names that were given to any so far.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    pub variables: Vec<(String, Sort)>,
    pub named: usize,
}

impl Scope {
    /// A name that nothing has.
    pub fn fresh(&mut self, letter: &str) -> String {
        self.named += 1;
        format!("{letter}{}", self.named)
    }

    pub fn add(&mut self, name: &str, sort: Sort) {
        self.variables.push((name.to_owned(), sort));
    }

    /// The names of the variables of a sort.
    pub fn of(&self, sort: Sort) -> Vec<String> {
        self.variables.iter().filter(|(_, known)| *known == sort).map(|(name, _)| name.clone()).collect()
    }
}
