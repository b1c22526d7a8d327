//! Hetionet: the kinds and relation types of a large graph with their counts, and no relations: what plans are made by.

use std::collections::BTreeMap;

use oms_graph::algebra::{self, rewrite};
use oms_graph::model::{Direction, Entity, EntityId, KindId, QualifierId, RelationTypeId, Statistics, Vocabulary};
use oms_graph::query::resolve::{Context, Memory, resolve};
use oms_graph::query::syntax;
use oms_graph::schema::{Kind, Lexicon, Qualifier, RelationType, Schema, ValueType};
use oms_graph::store::{Graph, GraphBuilder};

/// Each kind with its number of entities.
const KINDS: &[(&str, u64)] = &[
    ("Anatomy", 402),
    ("BiologicalProcess", 11381),
    ("Compound", 1552),
    ("Disease", 137),
    ("Gene", 20945),
    ("Pathway", 1822),
    ("PharmacologicClass", 345),
    ("Symptom", 438),
];

/// Each relation type with its number of relations, the kinds of its ends, and how many different entities are at either end.
const TYPES: &[(&str, u64, usize, usize, u64, u64)] = &[
    ("ASSOCIATES_DaG", 12623, 3, 4, 134, 5392),
    ("BINDS_CbG", 11571, 2, 4, 1389, 1689),
    ("EXPRESSES_AeG", 526407, 0, 4, 241, 18094),
    ("INCLUDES_PCiC", 1029, 6, 2, 345, 724),
    ("INTERACTS_GiG", 147164, 4, 4, 9526, 14084),
    ("LOCALIZES_DlA", 3602, 3, 0, 133, 398),
    ("PARTICIPATES_GpBP", 559504, 4, 1, 14772, 11381),
    ("PARTICIPATES_GpPW", 84372, 4, 5, 8979, 1822),
    ("PRESENTS_DpS", 3357, 3, 7, 133, 415),
    ("REGULATES_GrG", 265672, 4, 4, 4634, 7048),
    ("TREATS_CtD", 755, 2, 3, 387, 77),
];

/// The entities that queries name: id and kind.
const NAMED: &[(&str, usize)] = &[
    ("Disease::1", 3),
    ("Disease::2", 3),
    ("Compound::1", 2),
    ("Symptom::1", 7),
    ("PharmacologicClass::1", 6),
    ("PharmacologicClass::2", 6),
];

/// The graph as far as planning sees it.
pub struct Hetionet {
    pub schema: Schema,
    lexicon: Lexicon,
    graph: Graph,
}

impl Hetionet {
    pub fn new() -> Hetionet {
        let kind = |(id, _): &(&str, u64)| Kind { id: (*id).to_owned(), words: vec![(*id).to_owned()], category: None, definition: None };
        let score = Qualifier {
            id: "score".to_owned(),
            value_type: ValueType::Number,
            several: false,
            words: Vec::new(),
            definition: None,
            is_detail: false,
        };
        let relation_type = |(id, ..): &(&str, u64, usize, usize, u64, u64)| RelationType {
            id: (*id).to_owned(),
            from: Vec::new(),
            to: Vec::new(),
            source_nouns: Vec::new(),
            target_nouns: Vec::new(),
            verbs: Vec::new(),
            inverse_verbs: Vec::new(),
            predicate: None,
            qualifiers: vec![QualifierId(0)],
            definition: None,
        };
        let schema = Schema {
            graph: "hetionet".to_owned(),
            title: "Hetionet".to_owned(),
            definition: "Counts alone.".to_owned(),
            kinds: KINDS.iter().map(kind).collect(),
            relation_types: std::iter::once(Schema::is_a()).chain(TYPES.iter().map(relation_type)).collect(),
            qualifiers: vec![score],
        };
        let mut builder = GraphBuilder::new();
        for (slug, kind) in NAMED {
            let entity = Entity {
                slug: (*slug).to_owned(),
                name: (*slug).to_owned(),
                kinds: vec![KindId(u16::try_from(*kind).expect("few kinds"))],
                synonyms: Vec::new(),
                xrefs: Vec::new(),
                definition: None,
                properties: Vec::new(),
            };
            builder.add_entity(entity).expect("each once");
        }
        Hetionet { lexicon: Lexicon::new(&schema), schema, graph: builder.finish() }
    }

    /// The algebra of a query in patterns.
    pub fn query(&self, text: &str) -> algebra::Query {
        let request = syntax::parse(text).expect("the text is a query");
        let query = request.query().expect("a query in patterns");
        let (memory, parameters) = (Memory::default(), BTreeMap::new());
        let context =
            Context { schema: &self.schema, lexicon: &self.lexicon, names: &self.graph, memory: &memory, parameters: &parameters };
        resolve(query, context).expect("the query has a meaning")
    }

    /// The plan of a query, printed, without its head.
    pub fn plan(&self, text: &str, demand: rewrite::Demand) -> String {
        let planned = rewrite::plan(&self.query(text), self, rewrite::Passes::ALL, demand);
        let printed = algebra::print(&planned.query, self);
        printed.lines().skip(3).collect::<Vec<_>>().join("\n")
    }
}

impl Statistics for Hetionet {
    fn entities(&self) -> u64 {
        47031
    }
    fn of_kind(&self, kind: KindId) -> u64 {
        KINDS[kind.index()].1
    }
    fn relation_types(&self) -> u16 {
        u16::try_from(TYPES.len()).expect("few types") + 1
    }
    fn of_type(&self, relation_type: RelationTypeId) -> u64 {
        if relation_type == RelationTypeId::IS_A { 0 } else { TYPES[relation_type.index() - 1].1 }
    }
    fn distinct_ends(&self, relation_type: RelationTypeId, direction: Direction) -> u64 {
        match (relation_type, direction) {
            (RelationTypeId::IS_A, _) => 0,
            (_, Direction::Outgoing) => TYPES[relation_type.index() - 1].4,
            (_, Direction::Incoming) => TYPES[relation_type.index() - 1].5,
        }
    }
    fn always_of_kind(&self, relation_type: RelationTypeId, direction: Direction, kind: KindId) -> bool {
        match (relation_type, direction) {
            (RelationTypeId::IS_A, _) => true,
            (_, Direction::Outgoing) => TYPES[relation_type.index() - 1].2 == kind.index(),
            (_, Direction::Incoming) => TYPES[relation_type.index() - 1].3 == kind.index(),
        }
    }
    fn between(&self, from: Option<KindId>, relation_type: RelationTypeId, to: Option<KindId>) -> u64 {
        let fits = |direction, kind: Option<KindId>| kind.is_none_or(|kind| self.always_of_kind(relation_type, direction, kind));
        if fits(Direction::Outgoing, from) && fits(Direction::Incoming, to) { self.of_type(relation_type) } else { 0 }
    }
    fn has_loops(&self, _: RelationTypeId) -> bool {
        false
    }
    fn has_parallels(&self, _: RelationTypeId) -> bool {
        false
    }
    fn has_denials(&self, _: RelationTypeId) -> bool {
        false
    }
    fn has_identifiers(&self) -> bool {
        true
    }
    fn kinds(&self) -> u16 {
        u16::try_from(KINDS.len()).expect("few kinds")
    }
    fn identified(&self, identifier: &str) -> Option<EntityId> {
        let place = NAMED.iter().position(|(id, _)| *id == identifier)?;
        Some(EntityId(u32::try_from(place).expect("few entities")))
    }
    fn is_of_kind(&self, entity: EntityId, kind: KindId) -> bool {
        NAMED[entity.index()].1 == kind.index()
    }
    fn relations_of(&self, entity: EntityId, relation_type: RelationTypeId, direction: Direction) -> u64 {
        let kind = KindId(u16::try_from(NAMED[entity.index()].1).expect("few kinds"));
        if self.always_of_kind(relation_type, direction, kind) {
            self.of_type(relation_type) / self.distinct_ends(relation_type, direction).max(1)
        } else {
            0
        }
    }
    fn has_own_property(&self, _: &str) -> bool {
        false
    }
    fn with_prefix(&self, _: &str) -> Option<u64> {
        Some(120)
    }
}

impl Vocabulary for Hetionet {
    fn kind(&self, kind: KindId) -> &str {
        KINDS[kind.index()].0
    }
    fn relation_type(&self, relation_type: RelationTypeId) -> &str {
        &self.schema.relation_types[relation_type.index()].id
    }
    fn label(&self, relation_type: RelationTypeId) -> &str {
        self.relation_type(relation_type)
    }
    fn qualifier(&self, _: QualifierId) -> &str {
        "score"
    }
    fn entity(&self, entity: EntityId) -> &str {
        NAMED[entity.index()].0
    }
    fn kinds(&self) -> usize {
        KINDS.len()
    }
    fn relation_types(&self) -> usize {
        TYPES.len() + 1
    }
    fn qualifiers(&self) -> usize {
        1
    }
}
