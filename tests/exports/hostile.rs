//! Hostile: a graph that holds every sort of value everywhere, and texts that would break a form if it let them.

use std::sync::Arc;

use oms_graph::Session;
use oms_graph::formats::KnowledgeGraph;
use oms_graph::model::{Citation, Cohort, Confidence, Entity, EntityId, Extent, Hedge, KindId, QualifierId, RelationTypeId, Source, Value};
use oms_graph::schema::{Kind, Lexicon, Qualifier, RelationType, Schema, ValueType};
use oms_graph::store::{GraphBuilder, RelationDraft, StatementDraft};

/// Texts that would break something.
pub const TEXTS: [&str; 20] = [
    "plain",
    "",
    " ",
    "\"",
    "\\",
    "a\\tb\\|c\\e",
    "a|b",
    "|",
    "a\tb\nc\r\nd\r",
    "\0\u{1b}[31m\u{7f}\u{85}\u{2028}",
    "]]> <b>x</b> &amp; &#65; <!-- -->",
    "\u{202e}abc שלום \u{200f} 眼球 👨\u{200d}👩\u{200d}👧 e\u{301}",
    "50-80%",
    "true",
    "null",
    "-12.5e3",
    "\u{a0}x\u{3000}",
    "end %%{init: {}}%% `code` \"] --> x",
    "\u{ffff}\u{fffe}\u{fdd0}\u{feff}",
    "' ;\" ''' \"\"\" <<( >>) {| |} ^^@en",
];

fn text(words: &str) -> Value {
    Value::Text(Arc::from(words))
}

fn quantity(words: &str) -> Value {
    Value::Quantity(words.parse().expect("a quantity"))
}

fn schema() -> Schema {
    let kind = |id: &str, category: Option<&str>| Kind {
        id: id.to_owned(),
        words: vec![id.to_owned()],
        category: category.map(str::to_owned),
        definition: None,
    };
    let relation_type = |id: &str, predicate: Option<&str>| RelationType {
        id: id.to_owned(),
        verbs: vec![id.to_owned()],
        inverse_verbs: Vec::new(),
        source_nouns: Vec::new(),
        target_nouns: Vec::new(),
        predicate: predicate.map(str::to_owned),
        ..Schema::is_a()
    };
    let qualifier = |id: &str, value_type: ValueType| Qualifier {
        id: id.to_owned(),
        value_type,
        several: true,
        words: Vec::new(),
        definition: None,
        is_detail: false,
    };
    Schema {
        graph: "hostile".to_owned(),
        title: "a \"title\" <&> \n ]]>".to_owned(),
        definition: String::new(),
        kinds: vec![kind("disease", Some("biolink:Disease")), kind("odd kind", None)],
        relation_types: vec![Schema::is_a(), relation_type("causes", Some("biolink:causes")), relation_type("odd|type\t", None)],
        qualifiers: vec![
            qualifier("note", ValueType::Text),
            qualifier("frequency", ValueType::Percentage),
            qualifier("who", ValueType::Entity(Vec::new())),
            qualifier("score", ValueType::Number),
            qualifier("certain", ValueType::Boolean),
            qualifier("for", ValueType::Duration),
            qualifier("id", ValueType::Text),
            qualifier("odd:text", ValueType::Ratio),
            qualifier("mixed", ValueType::Text),
        ],
    }
}

/// What qualifies the statement of this number.
fn qualifiers(number: usize, words: &str, entity: EntityId) -> Vec<(QualifierId, Value)> {
    let frequencies = ["50-80%", "7/12", "45%", "> 10% <= 20%", "1 in 5 million"];
    let durations = [">= 1 year", "2-3 weeks", "1 day", "< 18 months"];
    let mixed = [text(words), Value::Integer(4), quantity("2.5"), Value::Entity(entity), Value::Boolean(false), quantity("1-2 days")];
    vec![
        (QualifierId(0), if number.is_multiple_of(2) { text(words) } else { Value::List(vec![text(words), text("x|y"), text("z")]) }),
        (QualifierId(1), quantity(frequencies[number % frequencies.len()])),
        (QualifierId(2), Value::List(vec![Value::Entity(entity), Value::Entity(EntityId(0))])),
        (QualifierId(3), quantity(if number.is_multiple_of(3) { "3" } else { "0.125" })),
        (QualifierId(4), Value::Boolean(number.is_multiple_of(2))),
        (QualifierId(5), quantity(durations[number % durations.len()])),
        (QualifierId(6), text(words)),
        (QualifierId(7), quantity("1/3")),
        (QualifierId(8), mixed[number % mixed.len()].clone()),
    ]
}

/// The graph.
pub fn graph() -> Session {
    let mut builder = GraphBuilder::new();
    let source =
        |slug: &str, title: &str| Source { slug: slug.to_owned(), title: title.to_owned(), sentences: 9, fingerprints: Vec::new() };
    let sources = [builder.add_source(source("plain", "plain")), builder.add_source(source("a|\"b\"\t", "A title | with\na bar"))];
    let mut entities = Vec::new();
    for (number, words) in TEXTS.iter().enumerate() {
        let mut properties = vec![
            ("count".to_owned(), Value::Integer(i64::try_from(number).expect("small"))),
            ("mixed".to_owned(), if number.is_multiple_of(2) { text(words) } else { quantity("50%") }),
            ("name".to_owned(), text(words)),
            ("weight".to_owned(), quantity("0.5")),
        ];
        properties.extend((number % 3 == 0).then(|| ("tags".to_owned(), Value::List(vec![text(words), text("b")]))));
        properties.sort_by(|(left, _), (right, _)| left.cmp(right));
        let entity = Entity {
            slug: format!("id{number}{words}"),
            name: (*words).to_owned(),
            kinds: [vec![KindId(0)], vec![KindId(1), KindId(0)]][number % 2].clone(),
            synonyms: if number.is_multiple_of(2) { vec![format!("{words}1"), format!("2{words}")] } else { Vec::new() },
            xrefs: vec![format!("HP:{words}7")],
            definition: Some(format!("{words}.")).filter(|_| number != 1),
            properties,
        };
        entities.push(builder.add_entity(entity).expect("ids differ"));
    }
    for (number, words) in TEXTS.iter().enumerate() {
        let at = |further: usize| entities[(number + further) % entities.len()];
        let citation = |source: usize, publication: Option<&str>| Citation {
            source: sources[source],
            sentences: if number % 4 == 1 { vec![1, 3] } else { Vec::new() },
            publication: publication.map(str::to_owned),
            cohort: (number % 4 == 2).then_some(Cohort { n: 7, of: 12 }),
        };
        let evidence = match number % 5 {
            0 => Vec::new(),
            1 => vec![citation(0, None)],
            2 => vec![citation(0, Some("PMID:1")), citation(0, Some("PMID:2"))],
            3 => vec![citation(0, Some(words)), citation(1, None)],
            _ => vec![citation(1, Some("a|b"))],
        };
        let hedge = Hedge {
            extent: (number % 3 == 0).then_some(Extent::NearlyAll),
            confidence: Confidence::ALL[number % 3],
            words: (number % 2 == 1 && !words.is_empty()).then(|| (*words).to_owned()),
        };
        let draft = StatementDraft {
            slug: format!("s{number}#{words}"),
            claim: (*words).to_owned(),
            evidence,
            jointly: number % 4 == 3,
            negated: number % 6 == 5,
            hedge,
            qualifiers: if number % 7 == 6 { Vec::new() } else { qualifiers(number, words, at(3)) },
        };
        let relation = |further: usize, relation_type: u16| RelationDraft {
            from: at(0),
            relation_type: RelationTypeId(relation_type),
            to: at(further),
            qualifiers: Vec::new(),
        };
        let relations = if number % 4 == 3 { vec![relation(1, 1), relation(2, 1), relation(0, 2)] } else { vec![relation(5, 2)] };
        builder.add_statement(draft, relations);
    }
    let schema = schema();
    Session::of(KnowledgeGraph { lexicon: Lexicon::new(&schema), schema, graph: builder.finish(), questions: Vec::new() })
}

/// A chain of so many entities that are called alike.
pub fn chain(length: u32, name: &str) -> Session {
    let mut builder = GraphBuilder::new();
    let entity = |number: u32| Entity {
        slug: format!("{number}"),
        name: name.to_owned(),
        kinds: vec![KindId(0)],
        synonyms: Vec::new(),
        xrefs: Vec::new(),
        definition: None,
        properties: Vec::new(),
    };
    let entities: Vec<EntityId> = (0..length).map(|number| builder.add_entity(entity(number)).expect("ids differ")).collect();
    for (number, both) in entities.windows(2).enumerate() {
        let draft = StatementDraft {
            slug: format!("s{number}"),
            claim: String::new(),
            evidence: Vec::new(),
            jointly: false,
            negated: false,
            hedge: Hedge::default(),
            qualifiers: Vec::new(),
        };
        let relation = RelationDraft { from: both[0], relation_type: RelationTypeId(1), to: both[1], qualifiers: Vec::new() };
        builder.add_statement(draft, vec![relation]);
    }
    let schema = schema();
    Session::of(KnowledgeGraph { lexicon: Lexicon::new(&schema), schema, graph: builder.finish(), questions: Vec::new() })
}
