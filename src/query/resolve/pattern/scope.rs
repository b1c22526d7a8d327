//! Scope: the names that can be used at a place of a pattern, and what stands behind each.

use crate::algebra::VariableId;

use super::sort::Sort;

/// What stands behind a name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Binding {
    /// The variable.
    pub variable: VariableId,
    /// What its values are.
    pub sort: Sort,
    /// Whether a row may have no value for it.
    pub nullable: bool,
    /// Whether it comes from around a subquery: `*` does not mean it.
    pub outer: bool,
}

impl Binding {
    /// A value that every row has.
    pub fn present(variable: VariableId, sort: Sort) -> Binding {
        Binding { variable, sort, nullable: false, outer: false }
    }

    /// A value that a row may lack.
    pub fn of(variable: VariableId, sort: Sort) -> Binding {
        Binding { variable, sort, nullable: true, outer: false }
    }
}

/// Names, in the order in which they were given.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Scope {
    names: Vec<(String, Binding)>,
}

impl Scope {
    /// What stands behind a name.
    pub fn get(&self, name: &str) -> Option<&Binding> {
        self.names.iter().find(|(known, _)| known == name).map(|(_, binding)| binding)
    }

    /// Gives a name its meaning from here on.
    pub fn bind(&mut self, name: &str, binding: Binding) {
        match self.names.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = binding,
            None => self.names.push((name.to_owned(), binding)),
        }
    }

    /// The same with one more name.
    pub fn with(&self, name: &str, binding: Binding) -> Scope {
        let mut scope = self.clone();
        scope.bind(name, binding);
        scope
    }

    /// The names of this query itself, in order.
    pub fn own(&self) -> impl Iterator<Item = (&str, &Binding)> {
        self.names.iter().filter(|(_, binding)| !binding.outer).map(|(name, binding)| (name.as_str(), binding))
    }

    /// What a subquery sees of it.
    pub fn around(&self) -> Scope {
        let outer = |(name, binding): &(String, Binding)| (name.clone(), Binding { outer: true, ..binding.clone() });
        Scope { names: self.names.iter().map(outer).collect() }
    }

    /// Only what comes from around the subquery.
    pub fn outer(&self) -> Scope {
        Scope { names: self.names.iter().filter(|(_, binding)| binding.outer).cloned().collect() }
    }

    /// Every name.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(name, _)| name.as_str())
    }

    /// Names that came since an earlier state of the scope may lack a value from here on.
    pub fn make_nullable_since(&mut self, earlier: &Scope) {
        for (name, binding) in &mut self.names {
            if earlier.get(name).is_none() {
                binding.nullable = true;
            }
        }
    }
}
