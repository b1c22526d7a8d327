//! Graph: the flat, read-only form that is queried: arrays in the declared order, and the ways into them.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::model::{
    Direction, EntityId, KindId, QualifierId, Relation, RelationId, RelationTypeId, Source, SourceId, Statement, StatementId, Value, fold,
};

use super::bulk::{BulkEntities, BulkRelations};
use super::column::{Column, NumberColumn, is_plain};
use super::directory::Adjacency;
use super::entities::Entities;
use super::form::{Array, Seal, View, number, unpack};
use super::names::NameIndex;
use super::statements::Statements;
use super::statistics::Statistics;
use super::topology::Topology;

/// A graph that can be asked. Everything in it is an array, in memory or in a mapped file: to open one reads nothing but the
/// places of its arrays. Entities stand by folded name, then id; relations by start, type, end and statement.
#[derive(Debug, Default)]
pub struct Graph {
    pub(super) entities: Entities,
    pub(super) topology: Topology,
    pub(super) statements: Statements,
    /// What qualifies relations, their own and that of their statements, by [`QualifierId`].
    pub(super) qualifiers: Vec<Option<Column>>,
    pub(super) mention_offsets: Array<u32>,
    pub(super) mention_relations: Array<u32>,
    pub(super) sources: Kept<Vec<Source>>,
    pub(super) statistics: Kept<Statistics>,
    pub(super) names: OnceLock<NameIndex>,
    /// The checksums of the file that it lies in.
    pub(super) seal: Option<Arc<Seal>>,
}

/// A part that is not read before it is asked for.
#[derive(Debug, Default)]
pub(super) struct Kept<T> {
    packed: Array<u8>,
    read: OnceLock<T>,
}

impl<T: serde::de::DeserializeOwned> Kept<T> {
    /// A part that lies packed in a file.
    pub(super) fn packed(packed: Array<u8>) -> Kept<T> {
        Kept { packed, read: OnceLock::new() }
    }

    /// Whether it can be read, or is there already.
    pub(super) fn is_sound(&self) -> bool {
        self.packed.is_empty() || unpack::<T>(self.packed.whole()).is_ok()
    }

    fn get_or(&self, fits: impl FnOnce(&T) -> bool, make: impl FnOnce() -> T) -> &T {
        self.read.get_or_init(|| unpack(self.packed.whole()).ok().filter(fits).unwrap_or_else(make))
    }
}

/// The parts that a graph is put together from; all of them in the declared order.
#[derive(Debug, Default)]
pub struct GraphParts {
    /// The entities.
    pub entities: Entities,
    /// The relations.
    pub topology: Topology,
    /// What stands behind the relations.
    pub statements: Statements,
    /// What qualifies relations.
    pub qualifiers: Vec<Option<Column>>,
    /// The sources.
    pub sources: Vec<Source>,
}

impl Graph {
    /// The graph of these parts.
    pub fn new(parts: GraphParts) -> Graph {
        let mut graph = Graph {
            entities: parts.entities,
            topology: parts.topology,
            statements: parts.statements,
            qualifiers: parts.qualifiers,
            sources: Kept { packed: Array::default(), read: OnceLock::from(parts.sources) },
            ..Graph::default()
        };
        graph.index_mentions();
        graph
    }

    fn index_mentions(&mut self) {
        let naming: Vec<&Column> = self.qualifiers.iter().flatten().filter(|column| column.may_name_entities()).collect();
        let mut mentions: Vec<(u32, u32)> = Vec::new();
        for column in naming {
            for relation in self.relations() {
                for member in column.get(relation.index()).unwrap_or(Value::Null).members() {
                    if let Value::Entity(entity) = member {
                        mentions.push((entity.0, relation.0));
                    }
                }
            }
        }
        if mentions.is_empty() {
            return;
        }
        mentions.sort_unstable();
        mentions.dedup();
        let before = |entity: usize| number(mentions.partition_point(|(mentioned, _)| (*mentioned as usize) < entity));
        self.mention_offsets = (0..=self.entity_count()).map(before).collect::<Vec<_>>().into();
        self.mention_relations = mentions.iter().map(|(_, relation)| *relation).collect::<Vec<_>>().into();
    }

    /// The graph taken apart, as an importer would have found it: what [`bulk`](super::bulk()) puts together again.
    pub fn to_bulk(&self) -> (BulkEntities, BulkRelations, Vec<Source>) {
        let relations = self.relation_count();
        let column = |column: &Option<Column>| column.as_ref().map(|column| column.to_bulk(relations)).unwrap_or_default();
        let bulk = BulkRelations {
            from: self.relations().map(|id| self.start(id).0).collect(),
            to: self.relations().map(|id| self.end(id).0).collect(),
            types: self.relations().map(|id| self.relation_type(id)).collect(),
            qualifiers: self.qualifiers.iter().map(column).collect(),
            statements: self.statements.to_bulk(relations),
        };
        (self.entities.to_bulk(), bulk, self.sources().to_vec())
    }

    /// How many entities it has.
    pub fn entity_count(&self) -> usize {
        self.topology.entity_count()
    }

    /// How many relations it has, denied ones included.
    pub fn relation_count(&self) -> usize {
        self.topology.relation_count()
    }

    /// How many statements it has.
    pub fn statement_count(&self) -> usize {
        self.statements.count()
    }

    /// Every entity, in order.
    pub fn entities(&self) -> impl DoubleEndedIterator<Item = EntityId> + use<> {
        (0..number(self.entity_count())).map(EntityId)
    }

    /// Every relation, in order.
    pub fn relations(&self) -> impl DoubleEndedIterator<Item = RelationId> + use<> {
        (0..number(self.relation_count())).map(RelationId)
    }

    /// Every statement, in order.
    pub fn statements(&self) -> impl DoubleEndedIterator<Item = StatementId> + use<> {
        (0..number(self.statement_count())).map(StatementId)
    }

    /// The positions of an entity's relations in the arrays of a direction: all of them, by type, other end and statement,
    /// or those of one type.
    #[inline]
    pub fn span(&self, entity: EntityId, direction: Direction, relation_type: Option<RelationTypeId>) -> Range<usize> {
        self.topology.span(entity, direction, relation_type)
    }

    /// How many relations each of some entities that stand behind each other has, in both directions.
    pub(super) fn degrees(&self, entities: Range<u32>) -> impl Iterator<Item = u32> + '_ {
        self.topology.degrees(entities)
    }

    /// The other end of each relation, by its position in the arrays of a direction.
    #[inline]
    pub fn ends(&self, direction: Direction) -> View<'_, u32> {
        self.topology.ends(direction)
    }

    /// The relation at a position in the arrays of a direction.
    #[inline]
    pub fn relation_at(&self, direction: Direction, position: usize) -> RelationId {
        self.topology.relation_at(direction, position)
    }

    /// The relations of a type in a direction, to be crossed from many entities: what is found once is not looked for again.
    #[inline]
    pub fn adjacency(&self, direction: Direction, relation_type: RelationTypeId) -> Adjacency<'_> {
        self.topology.adjacency(direction, relation_type)
    }

    /// The entities that have relations of a type in a direction, in order, each with the positions of these.
    pub fn active(&self, direction: Direction, relation_type: RelationTypeId) -> impl Iterator<Item = (EntityId, Range<usize>)> + '_ {
        self.adjacency(direction, relation_type).active()
    }

    /// The type of a relation.
    #[inline]
    pub fn relation_type(&self, id: RelationId) -> RelationTypeId {
        self.topology.relation_type(id)
    }

    /// Where a relation starts.
    pub fn start(&self, id: RelationId) -> EntityId {
        self.topology.start(id)
    }

    /// Where a relation leads.
    #[inline]
    pub fn end(&self, id: RelationId) -> EntityId {
        self.topology.end(id)
    }

    /// A relation as a whole.
    pub fn relation(&self, id: RelationId) -> Relation {
        Relation { from: self.start(id), relation_type: self.relation_type(id), to: self.end(id), statement: self.statement_id(id) }
    }

    /// Whether the statement of a relation denies it.
    #[inline]
    pub fn is_denied(&self, id: RelationId) -> bool {
        self.statements.is_denied(id)
    }

    /// Whether any relation is denied.
    #[inline]
    pub fn has_denials(&self) -> bool {
        self.statements.has_denials()
    }

    /// Counts over the whole graph, kept with it or made when they are first asked for.
    pub fn statistics(&self) -> &Statistics {
        self.statistics.get_or(|kept| kept.fits(self), || Statistics::of(self))
    }

    /// The kinds of an entity, the primary one first; an entity may have none.
    #[inline]
    pub fn kinds(&self, id: EntityId) -> &[KindId] {
        self.entities.kinds(id)
    }

    /// Whether an entity is of a kind.
    #[inline]
    pub fn has_kind(&self, id: EntityId, kind: KindId) -> bool {
        self.kinds(id).contains(&kind)
    }

    /// The entities of a kind, ascending.
    pub fn entities_of_kind(&self, kind: KindId) -> &[u32] {
        self.entities.of_kind(kind)
    }

    /// The number that stands for an entity's list of kinds, as in [`Statistics::signatures`].
    #[inline]
    pub fn signature(&self, id: EntityId) -> usize {
        self.entities.signature(id)
    }

    /// The id of an entity. One that begins with `_:` is that of a node without an id of its own.
    pub fn slug(&self, id: EntityId) -> &str {
        self.entities.slug(id)
    }

    /// The name of an entity; empty if it has none.
    pub fn name(&self, id: EntityId) -> &str {
        self.entities.name(id)
    }

    /// The entity with this id.
    pub fn by_slug(&self, slug: &str) -> Option<EntityId> {
        self.entities.by_slug(slug)
    }

    /// Other names of an entity.
    pub fn synonyms(&self, id: EntityId) -> impl Iterator<Item = &str> + Clone + '_ {
        self.entities.synonyms(id)
    }

    /// Identifiers of an entity in other collections.
    pub fn xrefs(&self, id: EntityId) -> impl Iterator<Item = &str> + Clone + '_ {
        self.entities.xrefs(id)
    }

    /// What an entity is, in one sentence.
    pub fn definition(&self, id: EntityId) -> Option<&str> {
        self.entities.definition(id)
    }

    /// A property of an entity beyond the fixed ones.
    pub fn property(&self, id: EntityId, name: &str) -> Option<Value> {
        self.entities.property(name)?.get(id.index())
    }

    /// Every property of an entity beyond the fixed ones, by name.
    pub fn properties(&self, id: EntityId) -> Vec<(&str, Value)> {
        let columns = self.entities.properties().iter();
        columns.filter_map(|(name, column)| Some((name.as_str(), column.get(id.index())?))).collect()
    }

    /// The names of the properties that entities have beyond the fixed ones, sorted.
    pub fn property_names(&self) -> impl Iterator<Item = &str> + '_ {
        self.entities.properties().iter().map(|(name, _)| name.as_str())
    }

    /// How many entities have a property.
    pub fn property_count(&self, name: &str) -> usize {
        self.entities.property(name).map_or(0, Column::count)
    }

    /// The numbers of a property, if it holds nothing but bare numbers, by the position of the entity.
    pub fn number_property(&self, name: &str) -> Option<NumberColumn<'_>> {
        self.entities.property(name)?.numbers()
    }

    /// Entities among which are all whose name, in lower case, begins with a text that folds to this: a range, since they
    /// stand in the order of their folded names. All of them, where a name is not in Unicode normal form C.
    pub fn names_with_prefix(&self, folded: &str) -> Range<u32> {
        if self.statistics().has_decomposed_names {
            return 0..number(self.entity_count());
        }
        let first = |is_before: &dyn Fn(&str) -> bool| {
            let (mut low, mut high) = (0, self.entity_count());
            while low < high {
                let middle = low + (high - low) / 2;
                if is_before(&fold(self.entities.name(EntityId(number(middle))))) { low = middle + 1 } else { high = middle }
            }
            number(low)
        };
        first(&|name| name < folded)..first(&|name| name < folded || name.starts_with(folded))
    }

    /// The statement that a relation belongs to.
    #[inline]
    pub fn statement_id(&self, id: RelationId) -> StatementId {
        self.statements.of_relation(id)
    }

    /// The id that a statement has outside.
    pub fn statement_slug(&self, id: StatementId) -> Cow<'_, str> {
        self.statements.slug(id)
    }

    /// The statement with this id. Looks through all of them.
    pub fn statement_by_slug(&self, slug: &str) -> Option<StatementId> {
        self.statements.by_slug(slug)
    }

    /// A statement as a whole.
    pub fn statement(&self, id: StatementId) -> Statement {
        let mut statement = self.statements.get(id);
        // In a file that was tampered with, details may name what is not there.
        let (entities, qualifiers) = (self.entity_count(), self.qualifiers.len());
        statement.qualifiers.retain(|(qualifier, value)| qualifier.index() < qualifiers && is_plain(value, entities));
        statement.evidence.retain(|citation| citation.source.index() < self.sources().len());
        statement
    }

    /// The statement that a relation belongs to, as a whole.
    pub fn statement_of(&self, id: RelationId) -> Statement {
        self.statement(self.statement_id(id))
    }

    /// The relations of a statement, in the order written.
    pub fn statement_relations(&self, id: StatementId) -> Vec<RelationId> {
        self.statements.relations(id)
    }

    /// The sources.
    pub fn sources(&self) -> &[Source] {
        self.sources.get_or(|_| true, Vec::new)
    }

    /// A source; one without a name where there is none of this number.
    pub fn source(&self, id: SourceId) -> &Source {
        const NONE: &Source = &Source { slug: String::new(), title: String::new(), sentences: 0, fingerprints: Vec::new() };
        self.sources().get(id.index()).unwrap_or(NONE)
    }

    /// The sources that the statement of a relation cites; none for the hierarchy of the graph itself.
    pub fn sources_of(&self, id: RelationId) -> impl Iterator<Item = SourceId> + '_ {
        self.statement_sources(self.statement_id(id))
    }

    /// Whether a statement cites anything; the hierarchy of the graph itself does not.
    #[inline]
    pub fn is_cited(&self, id: StatementId) -> bool {
        self.statements.is_cited(id)
    }

    /// The sources that a statement cites.
    pub fn statement_sources(&self, id: StatementId) -> impl Iterator<Item = SourceId> + '_ {
        self.statements.sources(id)
    }

    /// A qualifier of a relation: its own, or that of its statement. `None` if neither has it.
    pub fn qualifier(&self, id: RelationId, qualifier: QualifierId) -> Option<Value> {
        self.column(qualifier)?.get(id.index())
    }

    /// Every qualifier of a relation, its own and those of its statement, in the schema's order.
    pub fn qualifiers(&self, id: RelationId) -> Vec<(QualifierId, Value)> {
        let columns = (0u16..).zip(&self.qualifiers);
        columns.filter_map(|(at, column)| Some((QualifierId(at), column.as_ref()?.get(id.index())?))).collect()
    }

    /// All that is said under a qualifier; none where nothing is.
    pub fn column(&self, qualifier: QualifierId) -> Option<&Column> {
        self.qualifiers.get(qualifier.index())?.as_ref()
    }

    /// The numbers of a qualifier, if it holds nothing but bare numbers, by the position of the relation.
    pub fn number_column(&self, qualifier: QualifierId) -> Option<NumberColumn<'_>> {
        self.column(qualifier)?.numbers()
    }

    /// The entities that the statement of a relation speaks of together with it: those at the ends of its other
    /// relations that are not its own ends. Empty unless the statement holds jointly.
    pub fn jointly(&self, id: RelationId) -> Vec<EntityId> {
        let statement = self.statement_id(id);
        if !self.statements.is_joint(statement) {
            return Vec::new();
        }
        let relation = self.relation(id);
        let mut others: Vec<EntityId> = self
            .statement_relations(statement)
            .into_iter()
            .map(|other| self.relation(other))
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
        self.span(entity, direction, None).map(move |position| self.relation_at(direction, position))
    }

    /// The relations of one type of an entity in one direction, by other end and statement.
    pub fn relations_of_type(
        &self,
        entity: EntityId,
        direction: Direction,
        relation_type: RelationTypeId,
    ) -> impl DoubleEndedIterator<Item = RelationId> + '_ {
        self.span(entity, direction, Some(relation_type)).map(move |position| self.relation_at(direction, position))
    }

    /// The relations whose qualifiers name an entity, in order: `adult` is named by what causes OMS in adults.
    pub fn mentions(&self, entity: EntityId) -> impl Iterator<Item = RelationId> + '_ {
        let range = match *self.mention_offsets.part(entity.index()..entity.index() + 2) {
            [start, end] => start as usize..end as usize,
            _ => 0..0,
        };
        self.mention_relations.part(range).iter().copied().map(RelationId)
    }
}
