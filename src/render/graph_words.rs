//! Graph words: what the forms that draw graphs say of entities and relations, as plain texts that everybody reads.

use std::io;

use crate::answer::{Cell, Certainty, HedgeCard, RelationRecord, Subgraph};

use super::kgx::nature::Nature;

/// The values of a cell as one text: names of entities, several values with `; ` between them.
pub(super) fn plain(cell: &Cell) -> String {
    match cell {
        Cell::List(members) => members.iter().map(plain).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

/// What a relation cites, for people.
pub(super) fn locators(relation: &RelationRecord<'_>) -> String {
    relation.citations.iter().map(|citation| citation.locator()).collect::<Vec<_>>().join("; ")
}

/// The names of the entities that a relation's statement speaks of together with it.
pub(super) fn jointly_with(relation: &RelationRecord<'_>) -> String {
    relation.jointly_with.iter().map(|entity| entity.name.as_str()).collect::<Vec<_>>().join("; ")
}

/// How a relation is to be drawn. What is possible matters more than what is hedged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Drawn {
    /// A source states it.
    Stated,
    /// A source suggests it or calls it possible, or an answer rests on it only possibly.
    Unsure,
    /// A source denies it.
    Denied,
}

/// How a relation is to be drawn.
pub(super) fn drawn(denied: bool, certainty: Certainty, hedge: Option<&HedgeCard>) -> Drawn {
    if denied {
        Drawn::Denied
    } else if certainty == Certainty::Possible || hedge.is_some_and(|hedge| hedge.confidence != "stated") {
        Drawn::Unsure
    } else {
        Drawn::Stated
    }
}

/// What the values of properties and qualifiers are, by their positions among the words of a graph.
pub(super) struct Natures {
    pub properties: Vec<Nature>,
    pub qualifiers: Vec<Nature>,
}

impl Natures {
    /// Looks at everything once.
    pub(super) fn of(graph: &dyn Subgraph) -> io::Result<Natures> {
        let words = graph.words();
        let mut natures = Natures {
            properties: vec![Nature::default(); words.properties.len()],
            qualifiers: vec![Nature::default(); words.qualifiers.len()],
        };
        graph.entities(&mut |entity| {
            entity.properties.iter().for_each(|(place, cell)| natures.properties[*place].meet(cell));
            Ok(())
        })?;
        graph.relations(&mut |relation| {
            relation.qualifiers.iter().for_each(|(place, cell)| natures.qualifiers[*place].meet(cell));
            Ok(())
        })?;
        Ok(natures)
    }
}
