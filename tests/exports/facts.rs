//! Facts: all that a graph says, in a form in which two graphs compare: one in memory, one read from what was written of it.

use std::collections::BTreeMap;

use oms_graph::Session;
use oms_graph::model::{EntityId, Measure, Quantity, Value};

/// What a graph says, sorted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    pub entities: BTreeMap<String, EntityFacts>,
    pub relations: Vec<RelationFacts>,
    pub titles: BTreeMap<String, String>,
}

/// What is said of an entity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntityFacts {
    pub name: String,
    pub kinds: Vec<String>,
    pub synonyms: Vec<String>,
    pub xrefs: Vec<String>,
    pub definition: Option<String>,
    pub properties: BTreeMap<String, Vec<String>>,
}

/// What is said of a relation. The order of the fields is that in which relations are sorted.
#[derive(Clone, Debug, Default, PartialEq, PartialOrd)]
pub struct RelationFacts {
    pub statement: String,
    pub from: String,
    pub relation_type: String,
    pub to: String,
    pub claim: String,
    pub negated: bool,
    pub jointly: bool,
    pub extent: Option<String>,
    pub confidence: String,
    pub hedge_words: Option<String>,
    pub citations: Vec<Citation>,
    pub qualifiers: Vec<(String, Vec<String>)>,
}

/// Source, sentences, publication, cohort.
pub type Citation = (String, Vec<u32>, Option<String>, Option<(u32, u32)>);

impl Facts {
    /// What a graph in memory says.
    pub fn of(session: &Session) -> Facts {
        let (schema, graph) = (session.schema(), session.graph());
        let mut facts = Facts::default();
        for id in graph.entities() {
            let properties = graph.properties(id).into_iter().map(|(name, value)| (name.to_owned(), spelled(session, &value)));
            let entity = EntityFacts {
                name: graph.name(id).to_owned(),
                kinds: graph.kinds(id).iter().map(|kind| schema.kinds[kind.index()].id.clone()).collect(),
                synonyms: graph.synonyms(id).map(str::to_owned).collect(),
                xrefs: graph.xrefs(id).map(str::to_owned).collect(),
                definition: graph.definition(id).map(str::to_owned),
                properties: properties.filter(|(_, values)| !values.is_empty()).collect(),
            };
            assert!(facts.entities.insert(graph.slug(id).to_owned(), entity).is_none(), "ids are those of one entity each");
        }
        for id in graph.relations() {
            let (relation, statement) = (graph.relation(id), graph.statement_of(id));
            let citations = statement.evidence.iter().map(|citation| {
                let source = graph.source(citation.source);
                facts.titles.insert(source.slug.clone(), source.title.clone());
                let cohort = citation.cohort.map(|cohort| (cohort.n, cohort.of));
                (source.slug.clone(), citation.sentences.clone(), citation.publication.clone(), cohort)
            });
            let qualifiers = graph.qualifiers(id).into_iter();
            let mut qualifiers: Vec<(String, Vec<String>)> = qualifiers
                .map(|(qualifier, value)| (schema.qualifiers[qualifier.index()].id.clone(), spelled(session, &value)))
                .filter(|(_, values)| !values.is_empty())
                .collect();
            qualifiers.sort();
            let slug = |id: EntityId| graph.slug(id).to_owned();
            facts.relations.push(RelationFacts {
                statement: statement.slug.clone(),
                from: slug(relation.from),
                relation_type: schema.relation_types[relation.relation_type.index()].id.clone(),
                to: slug(relation.to),
                claim: statement.claim.clone(),
                negated: statement.negated,
                jointly: statement.jointly,
                extent: statement.hedge.extent.map(|extent| extent.word().to_owned()),
                confidence: statement.hedge.confidence.word().to_owned(),
                hedge_words: statement.hedge.words.clone(),
                citations: citations.collect(),
                qualifiers,
            });
        }
        facts.sorted()
    }

    pub fn sorted(mut self) -> Facts {
        self.relations.sort_by(|left, right| left.partial_cmp(right).expect("texts compare"));
        self
    }
}

/// The members of a value, each with what it is: `entity:adult`, `quantity:50-80%`.
fn spelled(session: &Session, value: &Value) -> Vec<String> {
    let member = |member: &Value| match member {
        Value::Text(text) => format!("text:{text}"),
        Value::Integer(count) => format!("integer:{count}"),
        Value::Boolean(holds) => format!("boolean:{holds}"),
        Value::Entity(id) => format!("entity:{}", session.graph().slug(*id)),
        Value::Quantity(quantity) => quantity_spelled(quantity),
        other => panic!("no graph holds {other:?}"),
    };
    value.members().iter().map(member).collect()
}

/// A bare number, or a quantity as a query would write it.
pub fn quantity_spelled(quantity: &Quantity) -> String {
    match quantity.exact_value() {
        Some(number) if quantity.measure == Measure::Number => format!("number:{number}"),
        _ => format!("quantity:{quantity}"),
    }
}
