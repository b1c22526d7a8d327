//! World: small graphs by chance, with loops, parallel and denied relations, and their statistics counted one by one.

use std::collections::BTreeMap;

use oms_graph::algebra::rewrite::{Demand, Passes};
use oms_graph::algebra::{self, rewrite};
use oms_graph::engine::{Embedded, Limits};
use oms_graph::model::{
    Direction, Entity, EntityId, Hedge, KindId, QualifierId, RelationId, RelationTypeId, Statistics, Value, Vocabulary,
};
use oms_graph::query::resolve::{Context, Memory, resolve};
use oms_graph::query::syntax;
use oms_graph::query::syntax::tree::Request;
use oms_graph::schema::{Kind, Lexicon, Qualifier, RelationType, Schema, ValueType};
use oms_graph::store::{Graph, GraphBuilder, RelationDraft, StatementDraft};

/// Numbers by chance, the same for the same seed.
pub struct Chance(pub u64);

impl Chance {
    /// A number below a bound.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ mixed >> 31) % bound
    }

    /// True so many times of a hundred.
    pub fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    /// One of these.
    pub fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[usize::try_from(self.below(choices.len() as u64)).expect("few choices")]
    }
}

pub const KINDS: [&str; 3] = ["A", "B", "C"];
pub const TYPES: [&str; 4] = ["R", "S", "T", "U"];

/// A graph with its words.
pub struct World {
    schema: Schema,
    lexicon: Lexicon,
    pub graph: Graph,
}

impl World {
    /// `R` leads from `A` to `B`, `S` from `A` to anything, `T` from and to anything, `U` within `C`.
    pub fn new(chance: &mut Chance) -> World {
        let schema = schema();
        let mut builder = GraphBuilder::new();
        let count = 4 + chance.below(6);
        let mut of_kind: [Vec<EntityId>; 3] = Default::default();
        let mut all = Vec::new();
        for number in 0..count {
            let kind = if number < 3 { number } else { chance.below(3) };
            let mut kinds = vec![KindId(u16::try_from(kind).expect("few kinds"))];
            if chance.percent(15) {
                let other = KindId(u16::try_from((kind + 1) % 3).expect("few kinds"));
                kinds.push(other);
            }
            let name = chance.of(&["Neuron", "neural crest", "Muscle", "Nerve", ""]).to_owned();
            let properties = if chance.percent(70) {
                let value = i64::try_from(chance.below(4)).expect("small");
                vec![("weight".to_owned(), Value::Integer(value))]
            } else {
                Vec::new()
            };
            let entity = Entity {
                slug: format!("x{number}"),
                name,
                kinds: kinds.clone(),
                synonyms: Vec::new(),
                xrefs: Vec::new(),
                definition: None,
                properties,
            };
            let id = builder.add_entity(entity).expect("each once");
            kinds.iter().for_each(|kind| of_kind[kind.index()].push(id));
            all.push(id);
        }
        let (loops, denials, parallels) = (chance.percent(50), chance.percent(25), chance.percent(60));
        let mut known = Vec::new();
        for number in 0..4 + chance.below(20) {
            let relation_type = chance.below(4);
            let (starts, ends) = match relation_type {
                0 => (&of_kind[0], &of_kind[1]),
                1 => (&of_kind[0], &all),
                2 => (&all, &all),
                _ => (&of_kind[2], &of_kind[2]),
            };
            let mut pick = |from: &[EntityId]| from[usize::try_from(chance.below(from.len() as u64)).expect("few")];
            let (from, to) = (pick(starts), pick(ends));
            if !loops && from == to || !parallels && known.contains(&(from, relation_type, to)) {
                continue;
            }
            known.push((from, relation_type, to));
            let score = i64::try_from(chance.below(4)).expect("small");
            let statement = StatementDraft {
                slug: format!("s{number}"),
                claim: String::new(),
                evidence: Vec::new(),
                jointly: false,
                negated: denials && chance.percent(25),
                hedge: Hedge::default(),
                qualifiers: Vec::new(),
            };
            let relation_type = RelationTypeId(u16::try_from(relation_type + 1).expect("few types"));
            let qualifiers = vec![(QualifierId(0), Value::Integer(score))];
            builder.add_statement(statement, vec![RelationDraft { from, relation_type, to, qualifiers }]);
        }
        World { lexicon: Lexicon::new(&schema), schema, graph: builder.finish() }
    }

    /// The algebra of a query.
    ///
    /// # Errors
    /// Why it has none.
    pub fn query(&self, text: &str) -> Result<algebra::Query, String> {
        let request = syntax::parse(text).map_err(|complaints| format!("{complaints:?}"))?;
        let Request::Ask(query) = request else { return Err("no query".to_owned()) };
        let (memory, parameters) = (Memory::default(), BTreeMap::new());
        let context =
            Context { schema: &self.schema, lexicon: &self.lexicon, names: &self.graph, memory: &memory, parameters: &parameters };
        resolve(&query, context).map_err(|fault| format!("{fault:?}"))
    }

    /// The rows of a query, as text and sorted, under some rewrites.
    pub fn rows(&self, query: &algebra::Query, passes: rewrite::Passes, demand: rewrite::Demand) -> Result<Vec<String>, String> {
        let planned = rewrite::plan(query, self, passes, demand).query;
        let limits = Limits::default();
        let engine = Embedded { graph: &self.graph, vocabulary: self, limits: &limits, passes: Passes::NONE };
        let rows = engine.rows(&planned).map_err(|stopped| format!("{stopped:?}"))?;
        let mut rows: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
        rows.sort();
        Ok(rows)
    }

    /// The answer to a query under some rewrites: its rows with what supports each, sorted, and how many denials were met.
    pub fn evidence(&self, query: &algebra::Query, passes: rewrite::Passes) -> Result<(Vec<String>, usize), String> {
        let planned = rewrite::plan(query, self, passes, rewrite::Demand::Evidence).query;
        let limits = Limits::default();
        let engine = Embedded { graph: &self.graph, vocabulary: self, limits: &limits, passes: Passes::NONE };
        let outcome = engine.run(&planned, Demand::Evidence).map_err(|stopped| format!("{stopped:?}"))?;
        let row = |row: &oms_graph::answer::Row| format!("{:?} {:?} {:?}", row.cells, row.support, row.certainty);
        let mut rows: Vec<String> = outcome.answer.rows.iter().map(row).collect();
        rows.sort();
        Ok((rows, outcome.answer.denied))
    }

    /// A plan as text.
    pub fn printed(&self, query: &algebra::Query, passes: rewrite::Passes, demand: rewrite::Demand) -> String {
        algebra::print(&rewrite::plan(query, self, passes, demand).query, self)
    }

    /// The relations of the graph that are not denied.
    fn asserted(&self, relation_type: RelationTypeId) -> impl Iterator<Item = RelationId> {
        let of_type = move |id: &RelationId| self.graph.relation(*id).relation_type == relation_type && !self.graph.is_denied(*id);
        self.graph.relations().filter(of_type)
    }

    fn ends(&self, relation_type: RelationTypeId, direction: Direction) -> impl Iterator<Item = EntityId> {
        self.asserted(relation_type).map(move |id| {
            let relation = self.graph.relation(id);
            if direction == Direction::Outgoing { relation.from } else { relation.to }
        })
    }
}

fn schema() -> Schema {
    let kind = |id: &&str| Kind { id: (*id).to_owned(), words: vec![(*id).to_owned()], category: None, definition: None };
    let score = Qualifier {
        id: "score".to_owned(),
        value_type: ValueType::Number,
        several: false,
        words: Vec::new(),
        definition: None,
        is_detail: false,
    };
    let relation_type = |id: &&str| RelationType {
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
    Schema {
        graph: "chance".to_owned(),
        title: "Chance".to_owned(),
        definition: "A graph by chance.".to_owned(),
        kinds: KINDS.iter().map(kind).collect(),
        relation_types: std::iter::once(Schema::is_a()).chain(TYPES.iter().map(relation_type)).collect(),
        qualifiers: vec![score],
    }
}

impl Statistics for World {
    fn entities(&self) -> u64 {
        self.graph.entity_count() as u64
    }
    fn of_kind(&self, kind: KindId) -> u64 {
        self.graph.entities().filter(|id| self.graph.has_kind(*id, kind)).count() as u64
    }
    fn relation_types(&self) -> u16 {
        5
    }
    fn of_type(&self, relation_type: RelationTypeId) -> u64 {
        self.asserted(relation_type).count() as u64
    }
    fn distinct_ends(&self, relation_type: RelationTypeId, direction: Direction) -> u64 {
        let mut ends: Vec<EntityId> = self.ends(relation_type, direction).collect();
        ends.sort_unstable();
        ends.dedup();
        ends.len() as u64
    }
    fn always_of_kind(&self, relation_type: RelationTypeId, direction: Direction, kind: KindId) -> bool {
        self.ends(relation_type, direction).all(|id| self.graph.has_kind(id, kind))
    }
    fn between(&self, from: Option<KindId>, relation_type: RelationTypeId, to: Option<KindId>) -> u64 {
        let is = |id: EntityId, kind: Option<KindId>| kind.is_none_or(|kind| self.graph.has_kind(id, kind));
        let fits = |id: &RelationId| is(self.graph.relation(*id).from, from) && is(self.graph.relation(*id).to, to);
        self.asserted(relation_type).filter(fits).count() as u64
    }
    fn has_loops(&self, relation_type: RelationTypeId) -> bool {
        self.asserted(relation_type).any(|id| self.graph.relation(id).from == self.graph.relation(id).to)
    }
    fn has_parallels(&self, relation_type: RelationTypeId) -> bool {
        let mut pairs: Vec<_> = self.asserted(relation_type).map(|id| (self.graph.relation(id).from, self.graph.relation(id).to)).collect();
        let all = pairs.len();
        pairs.sort_unstable();
        pairs.dedup();
        pairs.len() < all
    }
    fn has_denials(&self, relation_type: RelationTypeId) -> bool {
        self.graph.relations().any(|id| self.graph.relation(id).relation_type == relation_type && self.graph.is_denied(id))
    }
    fn has_identifiers(&self) -> bool {
        true
    }
    fn kinds(&self) -> u16 {
        3
    }
    fn identified(&self, identifier: &str) -> Option<EntityId> {
        self.graph.entities().find(|id| self.graph.slug(*id) == identifier)
    }
    fn is_of_kind(&self, entity: EntityId, kind: KindId) -> bool {
        self.graph.has_kind(entity, kind)
    }
    fn relations_of(&self, entity: EntityId, relation_type: RelationTypeId, direction: Direction) -> u64 {
        self.ends(relation_type, direction).filter(|end| *end == entity).count() as u64
    }
    fn has_own_property(&self, name: &str) -> bool {
        name == "weight"
    }
    fn with_prefix(&self, _: &str) -> Option<u64> {
        None
    }
}

impl Vocabulary for World {
    fn kind(&self, kind: KindId) -> &str {
        KINDS[kind.index()]
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
        self.graph.slug(entity)
    }
    fn kinds(&self) -> usize {
        3
    }
    fn relation_types(&self) -> usize {
        5
    }
    fn qualifiers(&self) -> usize {
        1
    }
}
