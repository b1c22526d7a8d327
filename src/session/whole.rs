//! Whole: a graph, all of it, as those see it who write it down; and what it knows beyond the view of an answer.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use crate::answer::{
    Answer, Background, Cell, Certainty, CitationRecord, ColumnType, End, EntityCard, EntityDetails, EntityRecord, HedgeCard, KindWord,
    QualifierWord, RelationRecord, RelationWord, Subgraph, VisitEntity, VisitRelation, Words,
};
use crate::engine::{Limits, Stopped};
use crate::model::{EntityId, Extent, RelationId, Statement, Value};
use crate::schema::{Schema, ValueType};
use crate::store::Graph;

use super::Session;

/// How many records are visited between two looks at the limits.
const BETWEEN_LOOKS: usize = 1 << 10;

/// All of a graph.
pub struct WholeGraph<'a> {
    schema: &'a Schema,
    graph: &'a Graph,
    limits: &'a Limits,
    started: Instant,
    words: Words,
    /// The cards of the entities that qualifiers name: few, and named often.
    cards: RefCell<HashMap<EntityId, Arc<EntityCard>>>,
    stopped: RefCell<Option<Stopped>>,
}

impl<'a> WholeGraph<'a> {
    /// The graph of a session, within its limits of time.
    pub(super) fn new(session: &'a Session) -> WholeGraph<'a> {
        let (schema, graph) = (session.schema(), session.graph());
        WholeGraph {
            schema,
            graph,
            limits: session.limits(),
            started: Instant::now(),
            words: words(schema, graph),
            cards: RefCell::default(),
            stopped: RefCell::default(),
        }
    }

    /// Why a visit was stopped, if a limit or the user stopped it.
    pub(super) fn stopped(&self) -> Option<Stopped> {
        self.stopped.borrow().clone()
    }

    /// Whether what was visited is what was written; the session tells what is not.
    fn intact(&self) -> io::Result<()> {
        self.graph.fault().map_or(Ok(()), |_| Err(io::Error::other("damaged")))
    }

    /// Looks at the limits, now and then.
    fn tick(&self, number: usize) -> io::Result<()> {
        if !number.is_multiple_of(BETWEEN_LOOKS) {
            return Ok(());
        }
        let timeout = self.limits.timeout.filter(|timeout| self.started.elapsed() > *timeout);
        let stopped = if self.limits.interrupt.load(Ordering::Relaxed) {
            Stopped::Interrupted
        } else if let Some(given) = timeout {
            Stopped::Timeout { given, doing: "writing the graph" }
        } else {
            return Ok(());
        };
        *self.stopped.borrow_mut() = Some(stopped);
        Err(io::Error::other("stopped"))
    }

    fn card(&self, id: EntityId) -> Arc<EntityCard> {
        let mut cards = self.cards.borrow_mut();
        let card = cards.entry(id).or_insert_with(|| {
            let (slug, name) = (self.graph.slug(id), self.graph.name(id));
            let kinds = self.graph.kinds(id);
            Arc::new(EntityCard {
                id: slug.to_owned(),
                name: if name.is_empty() { slug } else { name }.to_owned(),
                kinds: kinds.iter().map(|kind| self.schema.kinds[kind.index()].id.clone()).collect(),
                definition: self.graph.definition(id).map(str::to_owned),
                kind_position: kinds.first().map_or(0, |kind| kind.index()),
            })
        });
        Arc::clone(card)
    }

    /// A value of the data; nothing of what only computing yields.
    fn cell(&self, value: &Value) -> Cell {
        match value {
            Value::Boolean(holds) => Cell::Boolean(*holds),
            Value::Integer(count) => Cell::Integer(*count),
            Value::Quantity(quantity) => Cell::Quantity(*quantity),
            Value::Text(text) => Cell::Text(Arc::clone(text)),
            Value::Entity(id) => Cell::Entity(self.card(*id)),
            Value::Extent(extent) => Cell::Text(Arc::from(extent.word())),
            Value::Confidence(confidence) => Cell::Text(Arc::from(confidence.word())),
            Value::List(members) => Cell::List(members.iter().map(|member| self.cell(member)).collect()),
            Value::Float(number) => Cell::Float(*number),
            Value::Temporal(temporal) => Cell::Text(Arc::from(temporal.to_string())),
            Value::Null | Value::Relation(_) | Value::Hedge(_) | Value::Path(_) | Value::Map(_) => Cell::Absent,
        }
    }

    fn properties(&self, id: EntityId) -> Vec<(usize, Cell)> {
        let place = |name: &str| self.words.properties.binary_search_by(|known| known.as_str().cmp(name)).ok();
        let properties = self.graph.properties(id);
        properties.into_iter().filter_map(|(name, value)| Some((place(name)?, self.cell(&value)))).collect()
    }

    fn end(&self, id: EntityId) -> End<'a> {
        End { number: id.index(), id: self.graph.slug(id), name: self.graph.name(id) }
    }

    fn citations(&self, statement: &Statement) -> Vec<CitationRecord<'a>> {
        let sources = self.graph.sources();
        let citation = |citation: &crate::model::Citation| {
            let source = sources.get(citation.source.index())?;
            Some(CitationRecord {
                source: &source.slug,
                title: if source.title.is_empty() { &source.slug } else { &source.title },
                sentences: citation.sentences.clone().into(),
                publication: citation.publication.clone().map(Into::into),
                cohort: citation.cohort.map(|cohort| (cohort.n, cohort.of)),
            })
        };
        statement.evidence.iter().filter_map(citation).collect()
    }

    fn relation(&self, id: RelationId) -> RelationRecord<'a> {
        let relation = self.graph.relation(id);
        let statement = self.graph.statement(relation.statement);
        let member = match statement.relations.as_slice() {
            [] | [_] => None,
            several => several.iter().position(|other| *other == id).map(|place| place + 1),
        };
        let qualifiers = self.graph.qualifiers(id).into_iter().map(|(qualifier, value)| (qualifier.index(), self.cell(&value)));
        RelationRecord {
            number: id.index(),
            from: self.end(relation.from),
            relation_type: relation.relation_type.index(),
            to: self.end(relation.to),
            member,
            qualifiers: qualifiers.collect(),
            hedge: (!statement.hedge.is_none()).then(|| HedgeCard {
                extent: statement.hedge.extent.map(Extent::word),
                confidence: statement.hedge.confidence.word(),
                words: statement.hedge.words.clone(),
            }),
            jointly: statement.jointly,
            jointly_with: self.graph.jointly(id).into_iter().map(|entity| self.card(entity)).collect(),
            denied: statement.negated,
            certainty: Certainty::Certain,
            citations: self.citations(&statement),
            statement: statement.slug.into(),
            claim: statement.claim.into(),
        }
    }
}

impl Subgraph for WholeGraph<'_> {
    fn title(&self) -> String {
        self.schema.title.clone()
    }

    fn words(&self) -> &Words {
        &self.words
    }

    fn entity_count(&self) -> usize {
        self.graph.entity_count()
    }

    fn relation_count(&self) -> usize {
        self.graph.relation_count()
    }

    fn entities(&self, visit: &mut VisitEntity<'_>) -> io::Result<()> {
        for id in self.graph.entities() {
            self.tick(id.index())?;
            visit(&EntityRecord {
                number: id.index(),
                id: self.graph.slug(id),
                name: self.graph.name(id),
                kinds: self.graph.kinds(id).iter().map(|kind| kind.index()).collect(),
                synonyms: self.graph.synonyms(id).collect(),
                xrefs: self.graph.xrefs(id).collect(),
                definition: self.graph.definition(id),
                properties: self.properties(id),
            })?;
        }
        self.intact()
    }

    fn relations(&self, visit: &mut VisitRelation<'_>) -> io::Result<()> {
        for id in self.graph.relations() {
            self.tick(id.index())?;
            visit(&self.relation(id))?;
        }
        self.intact()
    }
}

/// What the view of an answer does not say, found in the graph that the answer is of.
pub(super) fn background(session: &Session, answer: &Answer) -> Background {
    let whole = WholeGraph::new(session);
    let details = |card: &Arc<EntityCard>| {
        let Some(id) = whole.graph.by_slug(&card.id) else { return EntityDetails { is_named: true, ..EntityDetails::default() } };
        let properties = whole.properties(id).into_iter().map(|(place, cell)| (whole.words.properties[place].clone(), cell));
        EntityDetails {
            is_named: !whole.graph.name(id).is_empty(),
            synonyms: whole.graph.synonyms(id).map(str::to_owned).collect(),
            xrefs: whole.graph.xrefs(id).map(str::to_owned).collect(),
            properties: properties.collect(),
        }
    };
    let details = answer.view.entities.iter().map(details).collect();
    let titles: BTreeMap<String, String> = whole
        .graph
        .sources()
        .iter()
        .map(|source| (source.slug.clone(), source.title.clone()))
        .filter(|(_, title)| !title.is_empty())
        .collect();
    Background { details, titles, words: whole.words }
}

fn words(schema: &Schema, graph: &Graph) -> Words {
    let column_type = |value_type: &ValueType| match value_type {
        ValueType::Text => ColumnType::Text,
        ValueType::Boolean => ColumnType::Boolean,
        ValueType::Number => ColumnType::Number,
        ValueType::Percentage => ColumnType::Percentage,
        ValueType::Ratio => ColumnType::Ratio,
        ValueType::Duration => ColumnType::Duration,
        ValueType::Entity(_) => ColumnType::Entity,
    };
    let kinds = schema.kinds.iter().enumerate();
    Words {
        kinds: kinds.map(|(position, kind)| KindWord { id: kind.id.clone(), category: kind.category.clone(), position }).collect(),
        relation_types: schema
            .relation_types
            .iter()
            .map(|relation_type| RelationWord {
                id: relation_type.id.clone(),
                label: relation_type.verbs.first().unwrap_or(&relation_type.id).clone(),
                predicate: relation_type.predicate.clone(),
            })
            .collect(),
        qualifiers: schema
            .qualifiers
            .iter()
            .map(|qualifier| QualifierWord { id: qualifier.id.clone(), column_type: column_type(&qualifier.value_type) })
            .collect(),
        properties: graph.property_names().map(str::to_owned).collect(),
    }
}
