//! View graph: the view of an answer as a graph that can be written down, with what was told of its background.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::io;

use super::subgraph::{
    CitationRecord, End, EntityRecord, KindWord, QualifierWord, RelationRecord, RelationWord, Subgraph, VisitEntity, VisitRelation, Words,
};
use super::{Answer, Cell, ColumnType, EntityCard, RelationCard};

/// What the graph knows beyond the view of an answer: those who write whole graphs say it too.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Background {
    /// The words of the schema.
    pub words: Words,
    /// What else is said of each entity of the view, in their order.
    pub details: Vec<EntityDetails>,
    /// What sources are called, by id.
    pub titles: BTreeMap<String, String>,
}

/// What is said of an entity beyond its card.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntityDetails {
    /// Whether it has a name: the card of one that has none shows its id.
    pub is_named: bool,
    /// Other names.
    pub synonyms: Vec<String>,
    /// Identifiers elsewhere.
    pub xrefs: Vec<String>,
    /// Whatever else is said of it, by name, sorted.
    pub properties: Vec<(String, Cell)>,
}

/// The view of an answer as a graph.
#[derive(Debug)]
pub struct ViewGraph<'a> {
    answer: &'a Answer,
    words: Words,
    kinds: HashMap<String, usize>,
    relation_types: HashMap<String, usize>,
    qualifiers: HashMap<String, usize>,
    properties: HashMap<String, usize>,
    /// For each relation, which of its statement's relations in this view it is, if there are several.
    members: Vec<Option<usize>>,
}

/// Words by their ids.
fn places<'w>(ids: impl Iterator<Item = &'w String>) -> HashMap<String, usize> {
    ids.enumerate().map(|(place, id)| (id.clone(), place)).collect()
}

impl<'a> ViewGraph<'a> {
    /// The view of this answer.
    pub fn new(answer: &'a Answer) -> ViewGraph<'a> {
        let words = answer.view.background.as_ref().map(|background| background.words.clone()).unwrap_or_default();
        let mut graph = ViewGraph {
            answer,
            kinds: places(words.kinds.iter().map(|kind| &kind.id)),
            relation_types: places(words.relation_types.iter().map(|relation_type| &relation_type.id)),
            qualifiers: places(words.qualifiers.iter().map(|qualifier| &qualifier.id)),
            properties: places(words.properties.iter()),
            words,
            members: Vec::new(),
        };
        answer.view.entities.iter().for_each(|entity| graph.learn_kinds(entity));
        answer.view.relations.iter().for_each(|relation| graph.learn_relation(relation));
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let numbers: Vec<usize> = answer
            .view
            .relations
            .iter()
            .map(|relation| {
                let count = counts.entry(relation.statement.as_str()).or_default();
                *count += 1;
                *count
            })
            .collect();
        let member = |(number, relation): (usize, &RelationCard)| (counts[relation.statement.as_str()] > 1).then_some(number);
        graph.members = numbers.into_iter().zip(&answer.view.relations).map(member).collect();
        graph
    }

    fn learn_kinds(&mut self, entity: &EntityCard) {
        for (at, id) in entity.kinds.iter().enumerate() {
            if !self.kinds.contains_key(id) {
                self.kinds.insert(id.clone(), self.words.kinds.len());
                let position = if at == 0 { entity.kind_position } else { self.words.kinds.len() };
                self.words.kinds.push(KindWord { id: id.clone(), category: None, position });
            }
        }
    }

    fn learn_relation(&mut self, relation: &RelationCard) {
        let id = &relation.relation_type;
        if !self.relation_types.contains_key(id) {
            self.relation_types.insert(id.clone(), self.words.relation_types.len());
            let word = RelationWord { id: id.clone(), label: relation.label.clone(), predicate: None };
            self.words.relation_types.push(word);
        }
        for (name, cell) in &relation.qualifiers {
            if !self.qualifiers.contains_key(name) {
                self.qualifiers.insert(name.clone(), self.words.qualifiers.len());
                self.words.qualifiers.push(QualifierWord { id: name.clone(), column_type: type_of(cell) });
            }
        }
    }

    fn end(&self, number: usize) -> Option<End<'a>> {
        let card = self.answer.view.entities.get(number)?;
        Some(End { number, id: &card.id, name: self.name(number, card) })
    }

    fn name(&self, number: usize, card: &'a EntityCard) -> &'a str {
        let details = self.answer.view.background.as_ref().and_then(|background| background.details.get(number));
        if details.is_some_and(|details| !details.is_named) { "" } else { &card.name }
    }

    fn citations(&self, relation: &RelationCard) -> Vec<CitationRecord<'a>> {
        let titles = self.answer.view.background.as_ref().map(|background| &background.titles);
        let items = relation.evidence.iter().filter_map(|position| self.answer.evidence.get(*position));
        let citation = |item: &'a super::Evidence| {
            let source = item.source.as_deref()?;
            let title = titles.and_then(|titles| titles.get(source)).map_or(source, String::as_str);
            Some(CitationRecord {
                source,
                title,
                sentences: Cow::Borrowed(&item.sentences),
                publication: item.publication.as_deref().map(Cow::Borrowed),
                cohort: item.cohort,
            })
        };
        items.filter_map(citation).collect()
    }
}

/// What the values of a qualifier are, by one of them.
fn type_of(cell: &Cell) -> ColumnType {
    match cell {
        Cell::Entity(_) => ColumnType::Entity,
        Cell::Boolean(_) => ColumnType::Boolean,
        Cell::Integer(_) => ColumnType::Integer,
        Cell::List(members) => members.first().map_or(ColumnType::Any, type_of),
        Cell::Text(_) => ColumnType::Text,
        _ => ColumnType::Any,
    }
}

impl Subgraph for ViewGraph<'_> {
    fn title(&self) -> String {
        if self.answer.query.trim().is_empty() { "view".to_owned() } else { self.answer.query.clone() }
    }

    fn words(&self) -> &Words {
        &self.words
    }

    fn entity_count(&self) -> usize {
        self.answer.view.entities.len()
    }

    fn relation_count(&self) -> usize {
        self.answer.view.relations.len()
    }

    fn entities(&self, visit: &mut VisitEntity<'_>) -> io::Result<()> {
        let background = self.answer.view.background.as_deref();
        let nothing = EntityDetails::default();
        for (number, card) in self.answer.view.entities.iter().enumerate() {
            let details = background.and_then(|background| background.details.get(number)).unwrap_or(&nothing);
            let property = |(name, cell): &(String, Cell)| Some((*self.properties.get(name)?, cell.clone()));
            let mut properties: Vec<(usize, Cell)> = details.properties.iter().filter_map(property).collect();
            properties.sort_by_key(|(place, _)| *place);
            visit(&EntityRecord {
                number,
                id: &card.id,
                name: self.name(number, card),
                kinds: card.kinds.iter().filter_map(|kind| self.kinds.get(kind).copied()).collect(),
                synonyms: details.synonyms.iter().map(String::as_str).collect(),
                xrefs: details.xrefs.iter().map(String::as_str).collect(),
                definition: card.definition.as_deref(),
                properties,
            })?;
        }
        Ok(())
    }

    fn relations(&self, visit: &mut VisitRelation<'_>) -> io::Result<()> {
        for (number, relation) in self.answer.view.relations.iter().enumerate() {
            let (Some(from), Some(to)) = (self.end(relation.from), self.end(relation.to)) else { continue };
            let qualifier = |(name, cell): &(String, Cell)| Some((*self.qualifiers.get(name)?, cell.clone()));
            let mut qualifiers: Vec<(usize, Cell)> = relation.qualifiers.iter().filter_map(qualifier).collect();
            qualifiers.sort_by_key(|(place, _)| *place);
            visit(&RelationRecord {
                number,
                from,
                relation_type: self.relation_types.get(&relation.relation_type).copied().unwrap_or_default(),
                to,
                statement: Cow::Borrowed(&relation.statement),
                member: self.members.get(number).copied().flatten(),
                claim: Cow::Borrowed(&relation.claim),
                qualifiers,
                hedge: relation.hedge.clone(),
                jointly: !relation.jointly.is_empty(),
                jointly_with: relation.jointly.clone(),
                denied: relation.denied,
                certainty: relation.certainty,
                citations: self.citations(relation),
            })?;
        }
        Ok(())
    }
}
