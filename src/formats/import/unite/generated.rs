//! Generated graphs put together: nothing is lost, and which comes first decides over names alone.

use std::collections::BTreeMap;

use crate::formats::KnowledgeGraph;
use crate::formats::import::{EntityDraft, GraphDraft, draft_of};
use crate::model::{EntityId, Value};

use super::tests::{Written, together};

/// Numbers that look random and are the same at every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// A graph whose ids and identifiers come from few, so that those of several graphs meet in every way. Each entity has a mark that
/// no other has.
fn graph(name: &str, numbers: &mut Numbers) -> GraphDraft {
    const PREFIXES: [&str; 4] = ["X", "Y", "UMLS", "Orphanet"];
    let mut written = Written::new(name);
    let kinds = [("disease", "Disease"), ("symptom", "PhenotypicFeature"), ("trigger", "DiseaseOrPhenotypicFeature"), ("other", "")];
    let kinds = kinds.map(|(id, category)| written.kind(id, category));
    let mut entities = Vec::new();
    for number in 0..3 + numbers.below(12) {
        let identifier = |numbers: &mut Numbers| format!("{}:{}", PREFIXES[numbers.below(4)], numbers.below(6));
        let slug = if numbers.below(4) == 0 { format!("bare-{}", numbers.below(4)) } else { identifier(numbers) };
        if written.0.known_entity(&slug).is_some() {
            continue;
        }
        let id = written.0.entity(&slug);
        let mark = Value::text(format!("{name}{number}"));
        let named = format!("name {}", numbers.below(3));
        written.0.declare(
            id,
            EntityDraft {
                name: if numbers.below(5) == 0 { String::new() } else { named },
                kinds: kinds.iter().copied().filter(|_| numbers.below(3) == 0).collect(),
                xrefs: (0..numbers.below(4)).map(|_| identifier(numbers)).collect(),
                properties: vec![("mark".to_owned(), mark)],
                ..EntityDraft::default()
            },
        );
        entities.push(id);
    }
    for number in 0..numbers.below(20) {
        let (from, to) = (entities[numbers.below(entities.len())], entities[numbers.below(entities.len())]);
        let relation = ["is_a", "causes", "treats"][numbers.below(3)];
        written.says(&format!("s{number}"), from, relation, to, ["one", "two"][numbers.below(2)]);
    }
    written.draft()
}

/// The marks of what stands at an entity.
fn marks(knowledge: &KnowledgeGraph, id: EntityId) -> Vec<String> {
    let value = knowledge.graph.property(id, "mark").unwrap_or(Value::Null);
    let text = |value: &Value| if let Value::Text(text) = value { text.to_string() } else { String::new() };
    let mut marks: Vec<String> = value.members().iter().map(text).collect();
    marks.sort();
    marks
}

/// Every relation by the marks of its ends, with its type and sources; counted.
fn told(knowledge: &KnowledgeGraph) -> BTreeMap<String, usize> {
    let mut told = BTreeMap::new();
    for id in knowledge.graph.relations() {
        let relation = knowledge.graph.relation(id);
        let (from, to) = (marks(knowledge, relation.from), marks(knowledge, relation.to));
        let kind = &knowledge.schema.relation_types[relation.relation_type.index()].id;
        let sources: Vec<&str> = knowledge.graph.sources_of(id).map(|source| knowledge.graph.source(source).slug.as_str()).collect();
        *told.entry(format!("{from:?} {kind} {to:?} {sources:?}")).or_insert(0) += 1;
    }
    told
}

fn partition(knowledge: &KnowledgeGraph) -> Vec<Vec<String>> {
    let mut sets: Vec<Vec<String>> = knowledge.graph.entities().map(|id| marks(knowledge, id)).collect();
    sets.sort();
    sets
}

#[test]
fn the_order_of_graphs_decides_over_names_alone() {
    for seed in 0..150 {
        let names = ["a", "b", "c"];
        let drafts = |order: [usize; 3]| {
            let mut numbers = Numbers(seed);
            let mut made: Vec<Option<GraphDraft>> = names.iter().map(|name| Some(graph(name, &mut numbers))).collect();
            order.iter().filter_map(|at| made[*at].take()).collect::<Vec<GraphDraft>>()
        };
        let (first, unification) = together(drafts([0, 1, 2]));
        for order in [[2, 1, 0], [1, 0, 2], [1, 2, 0]] {
            let (other, _) = together(drafts(order));
            assert_eq!(partition(&first), partition(&other), "seed {seed}, order {order:?}: {unification}");
            assert_eq!(told(&first), told(&other), "seed {seed}, order {order:?}");
        }
    }
}

#[test]
fn nothing_is_lost_and_nothing_is_joined_twice() {
    for seed in 0..150 {
        let mut numbers = Numbers(seed);
        let drafts = [graph("a", &mut numbers), graph("b", &mut numbers)];
        let relations: usize = drafts.iter().map(|draft| draft.relations.from.len()).sum();
        let entities: usize = drafts.iter().map(|draft| draft.entities.slugs.len()).sum();
        let (both, unification) = together(drafts.into());
        assert_eq!(both.graph.relation_count() + unification.repeated, relations, "seed {seed}");
        let sets = partition(&both);
        assert_eq!(sets.iter().map(Vec::len).sum::<usize>(), entities, "seed {seed}: every entity is somewhere");
        let is_of_both = |set: &Vec<String>| set.len() < 2 || (set.len() == 2 && set[0].starts_with('a') && set[1].starts_with('b'));
        assert!(sets.iter().all(is_of_both), "seed {seed}: {sets:?}");
        let mut slugs: Vec<&str> = both.graph.entities().map(|id| both.graph.slug(id)).collect();
        slugs.sort_unstable();
        slugs.dedup();
        assert_eq!(slugs.len(), both.graph.entity_count(), "seed {seed}: each id once");
        // With itself it is what it was.
        let (twice, _) = together(vec![draft_of(&both), draft_of(&both)]);
        assert_eq!((partition(&twice), told(&twice)), (partition(&both), told(&both)), "seed {seed}");
    }
}
