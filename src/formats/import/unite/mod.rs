//! Unite: several graphs as one: entities that share an identifier are one, statements keep their ids and sources, nothing vanishes silently.

mod agreement;
mod columns;
mod entities;
mod identifiers;
mod identity;
mod of_graph;
mod relations;
mod repeated;
mod report;
mod schema;
mod sources;
mod statements;
mod words;

#[cfg(test)]
mod generated;
#[cfg(test)]
mod tests;

use crate::model::SourceId;
use crate::schema::Schema;
use crate::store::FastMap;

use super::GraphDraft;

pub use of_graph::draft_of;
pub use report::{JoinedGraph, Unification};

use schema::SchemaMap;

/// Where the parts of one draft have gone.
struct Moves<'m> {
    /// The entities.
    places: &'m [u32],
    /// Kinds, relation types and qualifiers.
    schema: &'m SchemaMap,
    /// The sources.
    sources: &'m [SourceId],
}

/// Several graphs as one, and what became of what they share. What the graphs say differently of one thing, the first says.
///
/// - Entities with the same identifier are one, as is an entity with that which names it among its identifiers elsewhere; those
///   that share such an identifier are one only where nothing speaks against it: see [`Unification`]. Two entities of one graph
///   never become one.
/// - An entity keeps the id, the name and the definition of the first graph that declares it; other names become synonyms, other
///   ids identifiers elsewhere, other definitions the property `other_definition`.
/// - Kinds, relation types and qualifiers with the same id are one. A word belongs to the first graph that uses it.
/// - Statements keep their ids unless an earlier graph has it; then it is put behind the name of the later: `hpo/e17`. A statement
///   that two graphs have in every respect is one.
///
/// Of graphs without a schema of their own, those of which one declares what another only names are put together first, so that one
/// schema is derived from all of their data.
pub fn united(drafts: Vec<GraphDraft>) -> (GraphDraft, Unification) {
    let is_complete = |draft: &GraphDraft| draft.is_schema_complete;
    if drafts.iter().any(is_complete) && !drafts.iter().all(is_complete) {
        return united_with_raw(drafts);
    }
    let mut drafts = drafts;
    if drafts.len() == 1
        && let Some(only) = drafts.pop()
    {
        return (only, Unification::default());
    }
    let mut report = Unification::of(&drafts);
    name_apart(&mut drafts);
    let (places, joins) = identity::found(&drafts);
    report.count(&drafts, &joins);
    let (schema, schema_maps) = schema::united(&drafts, &mut report);
    let sources_of = drafts.iter_mut().map(|draft| (draft.name.as_str(), std::mem::take(&mut draft.sources))).collect();
    let (sources, source_maps) = sources::united(sources_of, &mut report);
    let files = drafts.iter_mut().flat_map(|draft| std::mem::take(&mut draft.files)).collect();
    let is_schema_complete = drafts.iter().all(is_complete);
    let moves: Vec<Moves<'_>> =
        (0..drafts.len()).map(|at| Moves { places: &places.of_draft[at], schema: &schema_maps[at], sources: &source_maps[at] }).collect();
    let mut entity_parts = Vec::new();
    let mut relation_parts = Vec::new();
    let mut names = Vec::new();
    for (draft, moves) in drafts.into_iter().zip(&moves) {
        entity_parts.push(entities::moved(draft.entities, draft.stubs, moves));
        relation_parts.push(relations::moved(draft.relations, moves));
        names.push(draft.name);
    }
    repeated::drop_repeated(&mut relation_parts, &places, &mut report);
    let (entities, stubs) = entities::united(entity_parts, &names, &places, &mut report);
    let relations = relations::joined(relation_parts, &names, schema.qualifiers.len(), &mut report);
    let draft = GraphDraft { name: schema.graph.clone(), schema, is_schema_complete, entities, stubs, relations, sources, files };
    (draft, report)
}

/// The same where some graphs have a schema of their own and others do not: of these, what one names only and another declares
/// belongs together and becomes one graph first, in the place of the first of them.
fn united_with_raw(drafts: Vec<GraphDraft>) -> (GraphDraft, Unification) {
    let groups = groups(&drafts);
    let mut gathered: Vec<Vec<GraphDraft>> = Vec::new();
    gathered.resize_with(drafts.len(), Vec::new);
    for (draft, group) in drafts.into_iter().zip(groups) {
        gathered[group].push(draft);
    }
    let (mut whole, mut told) = (Vec::new(), Unification::default());
    for group in gathered.into_iter().filter(|group| !group.is_empty()) {
        if group.iter().all(|draft| draft.is_schema_complete) {
            whole.extend(group);
            continue;
        }
        let (raw, report) = united(group);
        if !super::fits(&raw.schema) {
            // Whoever assembles it will say so.
            return (raw, report);
        }
        told = told.then(report);
        whole.push(with_schema(raw));
    }
    let (united, last) = united(whole);
    (united, told.then(last))
}

/// The position of the first of the drafts that each belongs to: its own, unless one names what the other declares and neither has
/// a schema of its own.
fn groups(drafts: &[GraphDraft]) -> Vec<usize> {
    let mut groups: Vec<usize> = (0..drafts.len()).collect();
    let mut named: FastMap<&str, Vec<usize>> = FastMap::default();
    for (at, draft) in drafts.iter().enumerate().filter(|(_, draft)| !draft.is_schema_complete) {
        for stub in &draft.stubs {
            named.entry(draft.entities.slugs.get(*stub as usize)).or_default().push(at);
        }
    }
    for (at, draft) in drafts.iter().enumerate().filter(|(_, draft)| !draft.is_schema_complete) {
        let mut stubs = draft.stubs.iter().copied().peekable();
        for (place, slug) in (0u32..).zip(draft.entities.slugs.iter()) {
            if stubs.next_if_eq(&place).is_some() {
                continue;
            }
            for other in named.get(slug).into_iter().flatten() {
                let (first, second) = (groups[at].min(groups[*other]), groups[at].max(groups[*other]));
                groups.iter_mut().filter(|group| **group == second).for_each(|group| *group = first);
            }
        }
    }
    groups
}

/// A draft with the schema that its data amounts to.
fn with_schema(raw: GraphDraft) -> GraphDraft {
    let stubs: Vec<String> = raw.stubs.iter().map(|at| raw.entities.slugs.get(*at as usize).to_owned()).collect();
    let (name, files, imported) = (raw.name.clone(), raw.files.clone(), super::completed(raw));
    let mut draft = draft_of(&imported);
    draft.name = name;
    draft.files = files;
    let mut places: Vec<u32> = stubs.iter().filter_map(|slug| imported.graph.by_slug(slug)).map(|id| id.0).collect();
    places.sort_unstable();
    draft.stubs = places;
    draft
}

/// Gives graphs of one name different ones, so that what is put behind a name is told apart.
fn name_apart(drafts: &mut [GraphDraft]) {
    for at in 0..drafts.len() {
        let mut name = drafts[at].name.clone();
        let mut number = 2;
        while drafts[..at].iter().any(|earlier| earlier.name == name) {
            name = format!("{}-{number}", drafts[at].name);
            number += 1;
        }
        drafts[at].name = name;
    }
}

/// What the graphs are called together.
fn joint_name<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<Vec<_>>().join(" + ")
}

/// The title of a graph, or its id if it has none.
fn title(schema: &Schema) -> &str {
    if schema.title.is_empty() { &schema.graph } else { &schema.title }
}
