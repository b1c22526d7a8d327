//! Procedure: the procedures that `CALL` runs, one table for the resolver, the engine, completion and the reference.

/// A procedure, by what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Procedure {
    /// `graph.components()`
    Components,
}

/// What is known of a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProcedureSignature {
    /// The procedure.
    pub procedure: Procedure,
    /// Its name, with its namespace.
    pub name: &'static str,
    /// Its arguments, as the reference shows them.
    pub arguments: &'static str,
    /// The least number of arguments.
    pub least: usize,
    /// The greatest number of arguments.
    pub most: usize,
    /// The columns that it yields, in order.
    pub yields: &'static [&'static str],
    /// What it does, in a sentence.
    pub summary: &'static str,
}

/// Every procedure.
pub const PROCEDURES: &[ProcedureSignature] = &[ProcedureSignature {
    procedure: Procedure::Components,
    name: "graph.components",
    arguments: "",
    least: 0,
    most: 1,
    yields: &["entity", "component"],
    summary: "The weakly connected components: each entity with the number of its component.",
}];

/// The procedure that a name stands for, in any case.
pub fn procedure(name: &str) -> Option<&'static ProcedureSignature> {
    PROCEDURES.iter().find(|signature| signature.name.eq_ignore_ascii_case(name))
}
