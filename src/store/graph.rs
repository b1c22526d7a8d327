//! Graph: the flat, read-only form that is queried: arrays in the declared order, and the ways into them.

use std::ops::Range;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::model::{
    Direction, Entity, EntityId, QualifierId, Relation, RelationId, RelationTypeId, Source, SourceId, Statement, StatementId, Value,
};

use super::name_index::NameIndex;

/// What a graph holds, as it is kept in files: arrays in the declared order (see [`super::GraphBuilder::finish`]).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GraphData {
    /// The entities, by folded name, then slug.
    pub entities: Vec<Entity>,
    /// The relations, by start, type, end and statement.
    pub relations: Vec<Relation>,
    /// The statements, by slug.
    pub statements: Vec<Statement>,
    /// The sources.
    pub sources: Vec<Source>,
}

/// A graph that can be asked. Relations stand in the order of their start, so those that leave an entity are a range;
/// those that enter it are a range of a second array.
#[derive(Debug)]
pub struct Graph {
    data: GraphData,
    outgoing: Vec<u32>,
    incoming: Vec<u32>,
    pub(super) entering: Vec<RelationId>,
    pub(super) outgoing_to: Vec<u32>,
    pub(super) incoming_from: Vec<u32>,
    pub(super) names: OnceLock<NameIndex>,
    mentions: OnceLock<Vec<(EntityId, RelationId)>>,
}

impl Graph {
    /// The graph that holds this data, which must be in the declared order.
    pub fn new(data: GraphData) -> Graph {
        let outgoing = offsets(data.entities.len(), data.relations.iter().map(|relation| relation.from));
        let incoming = offsets(data.entities.len(), data.relations.iter().map(|relation| relation.to));
        let mut entering: Vec<RelationId> = (0..).take(data.relations.len()).map(RelationId).collect();
        entering.sort_by_key(|id| {
            let relation = &data.relations[id.index()];
            (relation.to, relation.relation_type, relation.from, *id)
        });
        let outgoing_to = data.relations.iter().map(|relation| relation.to.0).collect();
        let incoming_from = entering.iter().map(|id| data.relations[id.index()].from.0).collect();
        Graph { data, outgoing, incoming, entering, outgoing_to, incoming_from, names: OnceLock::new(), mentions: OnceLock::new() }
    }

    /// The graph that holds this data, with the index of its names that was kept beside it.
    pub fn with_name_index(data: GraphData, names: NameIndex) -> Graph {
        Graph { names: OnceLock::from(names), ..Graph::new(data) }
    }

    /// What the graph holds.
    pub fn data(&self) -> &GraphData {
        &self.data
    }

    /// How many entities it has.
    pub fn entity_count(&self) -> usize {
        self.data.entities.len()
    }

    /// How many relations it has, denied ones included.
    pub fn relation_count(&self) -> usize {
        self.data.relations.len()
    }

    /// Every entity, in order.
    pub fn entities(&self) -> impl Iterator<Item = EntityId> + use<> {
        (0..).take(self.data.entities.len()).map(EntityId)
    }

    /// Every relation, in order.
    pub fn relations(&self) -> impl Iterator<Item = RelationId> + use<> {
        (0..).take(self.data.relations.len()).map(RelationId)
    }

    /// An entity.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.data.entities[id.index()]
    }

    /// A relation.
    pub fn relation(&self, id: RelationId) -> &Relation {
        &self.data.relations[id.index()]
    }

    /// A statement.
    pub fn statement(&self, id: StatementId) -> &Statement {
        &self.data.statements[id.index()]
    }

    /// The statement that a relation belongs to.
    pub fn statement_of(&self, id: RelationId) -> &Statement {
        self.statement(self.relation(id).statement)
    }

    /// A source.
    pub fn source(&self, id: SourceId) -> &Source {
        &self.data.sources[id.index()]
    }

    /// Whether the statement of a relation denies it.
    pub fn is_denied(&self, id: RelationId) -> bool {
        self.statement_of(id).negated
    }

    /// A qualifier of a relation: its own, or that of its statement. `None` if neither has it.
    pub fn qualifier(&self, id: RelationId, qualifier: QualifierId) -> Option<&Value> {
        let within = |pairs: &'_ [(QualifierId, Value)]| pairs.binary_search_by_key(&qualifier, |(id, _)| *id).ok();
        let relation = self.relation(id);
        if let Some(at) = within(&relation.qualifiers) {
            return Some(&relation.qualifiers[at].1);
        }
        let statement = self.statement(relation.statement);
        within(&statement.qualifiers).map(|at| &statement.qualifiers[at].1)
    }

    /// Every qualifier of a relation, its own and those of its statement, in the schema's order.
    pub fn qualifiers(&self, id: RelationId) -> Vec<(QualifierId, &Value)> {
        let relation = self.relation(id);
        let statement = self.statement(relation.statement);
        let own = |qualifier: &QualifierId| relation.qualifiers.iter().any(|(id, _)| id == qualifier);
        let inherited = statement.qualifiers.iter().filter(|(qualifier, _)| !own(qualifier));
        let mut all: Vec<(QualifierId, &Value)> = relation.qualifiers.iter().chain(inherited).map(|(id, value)| (*id, value)).collect();
        all.sort_by_key(|(qualifier, _)| *qualifier);
        all
    }

    /// The entities that the statement of a relation speaks of together with it: those at the ends of its other
    /// relations that are not its own ends. Empty unless the statement holds jointly.
    pub fn jointly(&self, id: RelationId) -> Vec<EntityId> {
        let relation = self.relation(id);
        let statement = self.statement(relation.statement);
        if !statement.jointly {
            return Vec::new();
        }
        let mut others: Vec<EntityId> = statement
            .relations
            .iter()
            .map(|other| self.relation(*other))
            .filter(|other| other.relation_type == relation.relation_type)
            .flat_map(|other| [other.from, other.to])
            .filter(|entity| *entity != relation.from && *entity != relation.to)
            .collect();
        others.sort();
        others.dedup();
        others
    }

    /// The relations of an entity in one direction, by type, other end and statement.
    pub fn relations_of(&self, entity: EntityId, direction: Direction) -> impl DoubleEndedIterator<Item = RelationId> + '_ {
        let range = self.range(entity, direction);
        range.map(move |at| match direction {
            Direction::Outgoing => RelationId(at),
            Direction::Incoming => self.entering[at as usize],
        })
    }

    /// The relations of one type of an entity in one direction, by other end and statement.
    pub fn relations_of_type(
        &self,
        entity: EntityId,
        direction: Direction,
        relation_type: RelationTypeId,
    ) -> impl Iterator<Item = RelationId> + '_ {
        let range = self.range(entity, direction);
        let at = move |position: u32| match direction {
            Direction::Outgoing => RelationId(position),
            Direction::Incoming => self.entering[position as usize],
        };
        let type_at = |position: u32| self.relation(at(position)).relation_type;
        let start = partition(range.clone(), |position| type_at(position) < relation_type);
        let end = partition(start..range.end, |position| type_at(position) == relation_type);
        (start..end).map(at)
    }

    /// The relations whose qualifiers name an entity, in order: `adult` is named by what causes OMS in adults.
    pub fn mentions(&self, entity: EntityId) -> impl Iterator<Item = RelationId> + '_ {
        let mentions = self.mentions.get_or_init(|| self.collect_mentions());
        let start = mentions.partition_point(|(mentioned, _)| *mentioned < entity);
        mentions[start..].iter().take_while(move |(mentioned, _)| *mentioned == entity).map(|(_, relation)| *relation)
    }

    fn collect_mentions(&self) -> Vec<(EntityId, RelationId)> {
        let mut mentions = Vec::new();
        for relation in self.relations() {
            for (_, value) in self.qualifiers(relation) {
                for member in value.members() {
                    if let Value::Entity(entity) = member {
                        mentions.push((*entity, relation));
                    }
                }
            }
        }
        mentions.sort();
        mentions.dedup();
        mentions
    }

    pub(super) fn range(&self, entity: EntityId, direction: Direction) -> Range<u32> {
        let offsets = match direction {
            Direction::Outgoing => &self.outgoing,
            Direction::Incoming => &self.incoming,
        };
        offsets[entity.index()]..offsets[entity.index() + 1]
    }
}

/// The first position of a range for which the test fails; the test must hold for a beginning of the range only.
pub(super) fn partition(range: Range<u32>, test: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (range.start, range.end);
    while low < high {
        let middle = low + (high - low) / 2;
        if test(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// For each entity the first position of its relations in an array sorted by that entity, and the end behind the last.
fn offsets(entities: usize, ends: impl Iterator<Item = EntityId>) -> Vec<u32> {
    let mut offsets = vec![0; entities + 1];
    for end in ends {
        offsets[end.index() + 1] += 1;
    }
    for at in 1..offsets.len() {
        offsets[at] += offsets[at - 1];
    }
    offsets
}
