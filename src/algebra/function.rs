//! Function: the functions that expressions call, one table for the resolver, the engine, completion and the reference.

/// A function, by what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Function {
    /// `coalesce(a, b, …)`
    Coalesce,
}

/// What is known of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The function.
    pub function: Function,
    /// Its name as the reference writes it; any case is accepted.
    pub name: &'static str,
    /// Its arguments, as the reference shows them: `list, separator`.
    pub arguments: &'static str,
    /// The least number of arguments.
    pub least: usize,
    /// The greatest number of arguments; none where any number will do.
    pub most: Option<usize>,
    /// What it yields, in a sentence.
    pub summary: &'static str,
}

/// Every function.
pub const FUNCTIONS: &[Signature] = &[Signature {
    function: Function::Coalesce,
    name: "coalesce",
    arguments: "value, …",
    least: 1,
    most: None,
    summary: "The first of its arguments that is not null.",
}];

/// The function that a name stands for, in any case.
pub fn function(name: &str) -> Option<&'static Signature> {
    FUNCTIONS.iter().find(|signature| signature.name.eq_ignore_ascii_case(name))
}
