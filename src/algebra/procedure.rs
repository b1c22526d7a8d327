//! Procedure: the procedures that `CALL` runs, one table for the resolver, the engine, completion and the reference.

/// A procedure, by what it does. Denied relations lie outside all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Procedure {
    /// `graph.components()`
    Components,
    /// `graph.pagerank()`
    PageRank,
    /// `graph.betweenness()`
    Betweenness,
    /// `graph.communities()`
    Communities,
    /// `graph.degree()`
    Degree,
    /// `graph.shortest_path(from, to)`
    ShortestPath,
    /// `graph.distances(from)`
    Distances,
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
    /// The greatest number of arguments; where it is one more than the least, the last is a map of options.
    pub most: usize,
    /// The columns that it yields, in order.
    pub yields: &'static [&'static str],
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// The options that its last argument may name.
    pub options: &'static [ProcedureOption],
}

/// An option of a procedure: a key of the map that is its last argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProcedureOption {
    /// Its key.
    pub name: &'static str,
    /// What it does, in a sentence, with its range and what holds without it.
    pub summary: &'static str,
}

const KINDS: ProcedureOption = ProcedureOption {
    name: "kinds",
    summary: "Labels: only entities of one of these kinds, and the relations between them. Without it, all entities.",
};
const RELATIONS: ProcedureOption = ProcedureOption {
    name: "relations",
    summary: "Relationship types: only relations of these types. Without it, all relations, `IS_A` among them.",
};
const ALONG: ProcedureOption = ProcedureOption {
    name: "direction",
    summary: "'out' follows relations from their start to their end, 'in' the other way, 'both' either way. Without it, 'out'.",
};
const EITHER: ProcedureOption = ProcedureOption {
    name: "direction",
    summary: "'out' follows relations from their start to their end, 'in' the other way, 'both' either way. Without it, 'both'.",
};
const WEIGHT: ProcedureOption = ProcedureOption {
    name: "weight",
    summary: "The property of relations that holds their weight: a number of at least 0 (percentages and ratios as fractions of 1, durations in months). \
              Relations that do not state exactly one number there are left out, unless `default` says what they weigh. Without it, every relation weighs 1.",
};
const DEFAULT: ProcedureOption =
    ProcedureOption { name: "default", summary: "What a relation weighs that does not state its weight: a number of at least 0." };

/// Every procedure.
pub const PROCEDURES: &[ProcedureSignature] = &[
    ProcedureSignature {
        procedure: Procedure::Components,
        name: "graph.components",
        arguments: "options",
        least: 0,
        most: 1,
        yields: &["entity", "component"],
        summary: "The weakly connected components: each entity with the number of its component, counted from 0 in the order of their first entities.",
        options: &[KINDS, RELATIONS],
    },
    ProcedureSignature {
        procedure: Procedure::PageRank,
        name: "graph.pagerank",
        arguments: "options",
        least: 0,
        most: 1,
        yields: &["entity", "score"],
        summary: "How often a random walk along the relations is at each entity: scores that add up to 1.",
        options: &[
            KINDS,
            RELATIONS,
            ALONG,
            WEIGHT,
            DEFAULT,
            ProcedureOption {
                name: "damping",
                summary: "How likely the walk goes on at each step rather than starting anew anywhere: from 0 to 1. Without it, 0.85.",
            },
            ProcedureOption {
                name: "tolerance",
                summary: "The scores are done when a round changes them by less than this in sum. Without it, 0.00000001.",
            },
            ProcedureOption { name: "rounds", summary: "How many rounds at most: from 1 to 10000. Without it, 100." },
        ],
    },
    ProcedureSignature {
        procedure: Procedure::Betweenness,
        name: "graph.betweenness",
        arguments: "options",
        least: 0,
        most: 1,
        yields: &["entity", "score"],
        summary: "For each entity, the sum over all pairs of others of the share of their shortest paths that lead through it; relations that \
                  join the same two entities count as one. Exact on small graphs, estimated from a sample of starts on large ones.",
        options: &[
            KINDS,
            RELATIONS,
            EITHER,
            ProcedureOption {
                name: "samples",
                summary: "From how many entities the paths start: at least 1; with all of them the scores are exact. \
                          Without it, all where that takes at most 1000 million steps (each start crosses every relation), else as many as fit, and at least 16.",
            },
            ProcedureOption {
                name: "seed",
                summary: "Which entities are drawn for the sample: a whole number; the same one draws the same. Without it, 42.",
            },
        ],
    },
    ProcedureSignature {
        procedure: Procedure::Communities,
        name: "graph.communities",
        arguments: "options",
        least: 0,
        most: 1,
        yields: &["entity", "community"],
        summary: "Groups of entities that have more relations among themselves than chance would give (Louvain: greedy modularity), counted \
                  from 0 in the order of their first entities; the same graph gives the same groups.",
        options: &[
            KINDS,
            RELATIONS,
            WEIGHT,
            DEFAULT,
            ProcedureOption {
                name: "resolution",
                summary: "Above 1 for more and smaller groups, below for fewer and larger: from 0 to 1000. Without it, 1.",
            },
        ],
    },
    ProcedureSignature {
        procedure: Procedure::Degree,
        name: "graph.degree",
        arguments: "options",
        least: 0,
        most: 1,
        yields: &["entity", "degree", "incoming", "outgoing"],
        summary: "How many relations each entity has: those that lead to it, those that leave it, and their sum. Every statement counts.",
        options: &[KINDS, RELATIONS],
    },
    ProcedureSignature {
        procedure: Procedure::ShortestPath,
        name: "graph.shortest_path",
        arguments: "from, to, options",
        least: 2,
        most: 3,
        yields: &["path", "cost"],
        summary: "A path of the least cost between two entities, ties by id; no row where there is none. Its two ends may be of any kind.",
        options: &[KINDS, RELATIONS, EITHER, WEIGHT, DEFAULT],
    },
    ProcedureSignature {
        procedure: Procedure::Distances,
        name: "graph.distances",
        arguments: "from, options",
        least: 1,
        most: 2,
        yields: &["entity", "distance"],
        summary: "What the cheapest path to each entity costs, for those that can be reached; the start itself costs 0 and may be of any kind.",
        options: &[
            KINDS,
            RELATIONS,
            EITHER,
            WEIGHT,
            DEFAULT,
            ProcedureOption { name: "within", summary: "Only entities at most this far away: a number of at least 0." },
        ],
    },
];

/// The procedure that a name stands for, in any case.
pub fn procedure(name: &str) -> Option<&'static ProcedureSignature> {
    PROCEDURES.iter().find(|signature| signature.name.eq_ignore_ascii_case(name))
}

impl Procedure {
    /// What is known of it.
    pub fn signature(self) -> &'static ProcedureSignature {
        // Every procedure has a row of its own, which a test holds.
        PROCEDURES.iter().find(|signature| signature.procedure == self).unwrap_or(&PROCEDURES[0])
    }
}

#[cfg(test)]
mod tests {
    use super::{PROCEDURES, procedure};

    #[test]
    fn every_procedure_is_found_by_its_name_and_has_its_row() {
        for signature in PROCEDURES {
            assert_eq!(procedure(&signature.name.to_uppercase()), Some(signature));
            assert_eq!(signature.procedure.signature(), signature);
            assert!(signature.least + 1 == signature.most && !signature.options.is_empty());
        }
    }
}
