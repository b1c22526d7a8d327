//! Twig: what is drawn, as a tree of names with the relations that lead to them, before anybody knows how much room there is.

use crate::answer::{Answer, EntityCard, RelationCard};

use super::super::graph_words::{Drawn, drawn};

/// A name in the drawing, with what hangs from it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Twig {
    /// How it hangs from the name above.
    pub lead: Lead,
    /// What is written.
    pub name: String,
    /// The entity of the view that it stands for; none for headings.
    pub entity: Option<usize>,
    /// The position of its kind in the schema, for its colour.
    pub kind: Option<usize>,
    /// What is said of the relation: qualifiers, hedge, what it is shared with.
    pub notes: Vec<String>,
    /// Whether the entity is drawn elsewhere with all that hangs from it.
    pub repeats: bool,
    /// What hangs from it.
    pub twigs: Vec<Twig>,
    /// How many entities hang below it that are too deep to be drawn.
    pub deeper: usize,
}

/// The line from a name to the next.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lead {
    /// The words of the relation; empty where a heading says them.
    pub label: String,
    /// Which way the relation goes.
    pub way: Way,
    /// How the line is drawn.
    pub line: Line,
}

/// Which way a relation goes between a name and the one that hangs from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Way {
    /// No relation, or a heading says it.
    #[default]
    None,
    /// Down to the name that hangs.
    Down,
    /// Up from it.
    Up,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Line {
    /// A source states it.
    #[default]
    Stated,
    /// An answer rests on it only possibly, or a source is not sure.
    Unsure,
    /// A source denies it.
    Denied,
}

/// How a relation is drawn.
pub(super) fn line_of(relation: &RelationCard) -> Line {
    match drawn(relation.denied, relation.certainty, relation.hedge.as_ref()) {
        Drawn::Stated => Line::Stated,
        Drawn::Unsure => Line::Unsure,
        Drawn::Denied => Line::Denied,
    }
}

/// What is said of a relation beside its ends.
pub(super) fn notes(relation: &RelationCard) -> Vec<String> {
    let mut notes = Vec::new();
    if relation.denied {
        notes.push("denied".to_owned());
    } else if relation.certainty == crate::answer::Certainty::Possible {
        notes.push("possible".to_owned());
    }
    notes.extend(relation.hedge.as_ref().map(|hedge| format!("\u{ab}{hedge}\u{bb}")));
    notes.extend(relation.qualifiers.iter().map(|(name, value)| format!("{} {value}", name.replace('_', " "))));
    if !relation.jointly.is_empty() {
        let names: Vec<&str> = relation.jointly.iter().map(|entity| entity.name.as_str()).collect();
        notes.push(format!("jointly with {}", names.join(", ")));
    }
    notes
}

/// What an entity is called: its id where it has no name.
pub(super) fn name_of(entity: &EntityCard) -> &str {
    if entity.name.trim().is_empty() { &entity.id } else { &entity.name }
}

/// The twig of an entity of the view.
pub(super) fn twig_of(answer: &Answer, entity: usize) -> Twig {
    let card = answer.view.entities.get(entity);
    Twig {
        name: card.map(|card| name_of(card).to_owned()).unwrap_or_default(),
        entity: Some(entity),
        kind: card.map(|card| card.kind_position),
        ..Twig::default()
    }
}
