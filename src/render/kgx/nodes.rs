//! Nodes: the columns of the table of entities, and the fields of each.

use std::io;

use crate::answer::{EntityRecord, Subgraph, Words};

use super::nature::{Nature, header, scalars};
use super::row::{Field, any_needs_escapes};
use super::{category, follows};

/// The names that have a meaning of their own in this table.
const FIXED: [&str; 15] = [
    "id",
    "category",
    "name",
    "synonym",
    "synonyms",
    "exact_synonym",
    "xref",
    "xrefs",
    "same_as",
    "equivalent_identifiers",
    "equivalent_curies",
    "description",
    "kind",
    "deprecated",
    "escaped",
];

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Id,
    Category,
    Name,
    Synonyms,
    Xrefs,
    Definition,
    Kinds,
    Property(usize, Option<&'static str>),
}

/// The columns.
pub(super) struct Nodes<'w> {
    words: &'w Words,
    contents: Vec<Content>,
    pub names: Vec<String>,
}

/// What was seen of the entities.
#[derive(Default)]
struct Seen {
    synonyms: bool,
    xrefs: bool,
    definition: bool,
    kinds: bool,
    properties: Vec<Nature>,
}

impl<'w> Nodes<'w> {
    /// Looks at every entity to find out which columns there have to be.
    pub(super) fn new(graph: &'w dyn Subgraph) -> io::Result<Nodes<'w>> {
        let words = graph.words();
        let mut seen = Seen { properties: vec![Nature::default(); words.properties.len()], ..Seen::default() };
        // A category says the kind only where they are called the same.
        let says_kind: Vec<bool> = words.kinds.iter().map(|kind| follows(category(kind), &kind.id)).collect();
        graph.entities(&mut |entity| {
            seen.synonyms |= !entity.synonyms.is_empty();
            seen.xrefs |= !entity.xrefs.is_empty();
            seen.definition |= entity.definition.is_some();
            seen.kinds |= entity.kinds.iter().any(|kind| !says_kind[*kind]);
            entity.properties.iter().for_each(|(place, cell)| seen.properties[*place].meet(cell));
            Ok(())
        })?;
        let mut nodes = Nodes { words, contents: Vec::new(), names: Vec::new() };
        let fixed = [
            (Content::Id, "id", true),
            (Content::Category, "category", true),
            (Content::Name, "name", true),
            (Content::Synonyms, "synonym", seen.synonyms),
            (Content::Xrefs, "xref", seen.xrefs),
            (Content::Definition, "description", seen.definition),
            (Content::Kinds, "kind", seen.kinds),
        ];
        for (content, name, _) in fixed.into_iter().filter(|(_, _, is_there)| *is_there) {
            nodes.contents.push(content);
            nodes.names.push(name.to_owned());
        }
        for (place, nature) in seen.properties.iter().enumerate().filter(|(_, nature)| nature.is_met()) {
            let (name, mark) = header(&words.properties[place], *nature, None, &FIXED);
            nodes.contents.push(Content::Property(place, mark));
            nodes.names.push(name);
        }
        Ok(nodes)
    }

    /// Whether any entity holds what cannot stand in a table as it is.
    pub(super) fn need_escapes(&self, graph: &dyn Subgraph) -> io::Result<bool> {
        let mut needed = false;
        graph.entities(&mut |entity| {
            needed = needed || any_needs_escapes(&self.fields(entity));
            Ok(())
        })?;
        Ok(needed)
    }

    /// The fields of an entity.
    pub(super) fn fields<'e>(&'e self, entity: &'e EntityRecord<'_>) -> Vec<Field<'e>> {
        self.contents.iter().map(|content| self.field(*content, entity)).collect()
    }

    fn field<'e>(&'e self, content: Content, entity: &'e EntityRecord<'_>) -> Field<'e> {
        match content {
            Content::Id => Field::words(entity.id),
            Content::Category => Field::list(entity.kinds.iter().map(|kind| category(&self.words.kinds[*kind]))),
            Content::Name => Field::words(entity.name),
            Content::Synonyms => Field::list(entity.synonyms.iter().copied()),
            Content::Xrefs => Field::list(entity.xrefs.iter().copied()),
            Content::Definition => entity.definition.map_or(Field::Nothing, Field::words),
            Content::Kinds => Field::list(entity.kinds.iter().map(|kind| self.words.kinds[*kind].id.as_str())),
            Content::Property(place, mark) => {
                let cell = entity.properties.iter().find(|(known, _)| *known == place).map(|(_, cell)| cell);
                cell.map_or(Field::Nothing, |cell| Field::of_cell(cell, scalars(cell, mark)))
            }
        }
    }
}
