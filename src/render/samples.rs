//! Samples: answers made by hand for the tests of the renderers.

use std::sync::Arc;

use crate::answer::{
    Answer, Cell, Certainty, Column, ColumnType, ComparedCell, EntityCard, Evidence, Explanation, ExplanationLine, HedgeCard, PathCell,
    PathStep, RelationCard, Row, Stage, Status, View,
};
use crate::model::{Measure, Quantity};

/// Kinds in the order of a schema.
const KINDS: [&str; 8] = ["disease", "trigger", "symptom", "population", "treatment", "body_part", "severity", "measure"];

pub(super) fn entity(id: &str, name: &str, kind: &str) -> Arc<EntityCard> {
    Arc::new(EntityCard {
        id: id.to_owned(),
        name: name.to_owned(),
        kinds: vec![kind.to_owned()],
        definition: None,
        kind_position: KINDS.iter().position(|known| *known == kind).unwrap_or(KINDS.len()),
    })
}

pub(super) fn column(name: &str, column_type: ColumnType) -> Column {
    Column::new(name, column_type)
}

pub(super) fn row(cells: Vec<Cell>, evidence: Vec<usize>) -> Row {
    Row { cells, certainty: Certainty::Certain, evidence, support: Vec::new() }
}

pub(super) fn evidence(statement: &str, claim: &str, sentence: u32) -> Evidence {
    Evidence {
        statement: statement.to_owned(),
        claim: claim.to_owned(),
        source: Some("oms-overview".to_owned()),
        sentences: vec![sentence],
        quote: None,
        publication: None,
        cohort: None,
    }
}

pub(super) fn hedge(confidence: &'static str, words: &str) -> HedgeCard {
    HedgeCard { extent: None, confidence, words: Some(words.to_owned()) }
}

pub(super) fn relation(from: usize, label: &str, to: usize) -> RelationCard {
    RelationCard {
        from,
        relation_type: label.replace(' ', "_"),
        label: label.to_owned(),
        to,
        statement: String::new(),
        claim: String::new(),
        qualifiers: Vec::new(),
        hedge: None,
        jointly: Vec::new(),
        denied: false,
        certainty: Certainty::Certain,
        evidence: Vec::new(),
    }
}

/// `causes where population=adult`: two rows, one citation.
pub(super) fn adult_causes() -> Answer {
    let (breast, lung) = (entity("breast-cancer", "breast cancer", "trigger"), entity("lung-cancer", "lung cancer", "trigger"));
    let oms = entity("oms", "opsoclonus-myoclonus syndrome", "disease");
    let adult = Cell::List(vec![Cell::Entity(entity("adult", "adult", "population"))]);
    let most = Arc::new(HedgeCard { extent: Some("most"), confidence: "stated", words: Some("most often".to_owned()) });
    let relations = [0, 1].map(|from| RelationCard {
        statement: "adult-causes".to_owned(),
        claim: "Lung and breast cancer are the usual causes in adults.".to_owned(),
        qualifiers: vec![("population".to_owned(), adult.clone())],
        hedge: Some((*most).clone()),
        evidence: vec![0],
        ..relation(from, "causes", 2)
    });
    let cells =
        |cause: &Arc<EntityCard>| vec![Cell::Entity(cause.clone()), Cell::Entity(oms.clone()), adult.clone(), Cell::Hedge(most.clone())];
    Answer {
        query: "causes where population=adult".to_owned(),
        columns: vec![
            column("cause", ColumnType::Entity),
            column("of", ColumnType::Entity),
            column("population", ColumnType::Entity),
            column("hedge", ColumnType::Hedge),
        ],
        rows: vec![row(cells(&breast), vec![0]), row(cells(&lung), vec![0])],
        view: View { entities: vec![breast, lung, oms], relations: relations.to_vec(), background: None },
        evidence: vec![evidence("adult-causes", "Lung and breast cancer are the usual causes in adults.", 17)],
        denied: 1,
        unknown: 3,
        ..Answer::default()
    }
}

/// A count, without anything to cite.
pub(super) fn counts() -> Answer {
    Answer {
        query: "count causes by population".to_owned(),
        columns: vec![column("population", ColumnType::Entity), column("causes", ColumnType::Integer)],
        rows: vec![
            row(vec![Cell::Entity(entity("adult", "adult", "population")), Cell::Integer(2)], vec![]),
            row(vec![Cell::Entity(entity("child", "young child", "population")), Cell::Integer(11)], vec![]),
        ],
        ..Answer::default()
    }
}

/// One cell of every sort, a possible row, a quotation.
pub(super) fn every_cell() -> Answer {
    let (tumour, oms) = (entity("nb", "neuroblastoma", "trigger"), entity("oms", "OMS", "disease"));
    let path = PathCell {
        start: tumour.clone(),
        steps: vec![PathStep { relation_type: "causes".to_owned(), label: "causes".to_owned(), forward: true, to: oms.clone() }],
    };
    let compared = ComparedCell {
        status: Status::Contested,
        figures: vec![("frequency".to_owned(), Quantity::between(Measure::Percentage, 50.0, 80.0))],
        jointly: Vec::new(),
        evidence: vec![1],
    };
    let cells = vec![
        (column("cause", ColumnType::Entity), Cell::Entity(tumour)),
        (column("note", ColumnType::Text), Cell::Text("a, \"b\"".into())),
        (column("open", ColumnType::Boolean), Cell::Boolean(true)),
        (column("cases", ColumnType::Integer), Cell::Integer(45)),
        (column("frequency", ColumnType::Percentage), Cell::Quantity(Quantity::exact(Measure::Percentage, 45.0))),
        (column("hedge", ColumnType::Hedge), Cell::Hedge(Arc::new(hedge("possible", "may")))),
        (column("jointly", ColumnType::Entity), Cell::List(vec![Cell::Entity(oms), Cell::Absent])),
        (column("path", ColumnType::Path), Cell::Path(Arc::new(path))),
        (column("adult", ColumnType::Comparison), Cell::Compared(Arc::new(compared))),
    ];
    let (columns, cells) = cells.into_iter().unzip();
    let quoted = Evidence {
        quote: Some("It may be so.".to_owned()),
        publication: Some("PMID:1".to_owned()),
        cohort: Some((7, 12)),
        sentences: vec![3, 4],
        ..evidence("b", "It may.", 3)
    };
    Answer {
        query: "q".to_owned(),
        columns,
        rows: vec![Row { certainty: Certainty::Possible, ..row(cells, vec![0, 1]) }],
        evidence: vec![evidence("a", "It is.", 1), quoted],
        warnings: vec!["look".to_owned()],
        ..Answer::default()
    }
}

/// No rows, and why.
pub(super) fn nothing() -> Answer {
    let line = |text: &str| ExplanationLine { text: text.to_owned(), query: None };
    Answer {
        query: "causes where population = boy".to_owned(),
        columns: vec![column("cause", ColumnType::Entity)],
        explanation: Some(Explanation { lines: vec![line("no cause has population = boy"), line("populations of causes: adult (2)")] }),
        ..Answer::default()
    }
}

/// What `explain` answers.
pub(super) fn explained() -> Answer {
    Answer {
        query: "explain causes".to_owned(),
        stages: vec![
            Stage { name: "algebra", text: "scan causes\n  keep".to_owned() },
            Stage { name: "pattern", text: "MATCH (t)-[r:CAUSES]->(d)".to_owned() },
        ],
        ..Answer::default()
    }
}

/// An answer in which everything that has a name has this one.
pub(super) fn named(name: &str) -> Answer {
    let mut card = (*entity(name, name, "trigger")).clone();
    card.definition = Some(name.to_owned());
    let card = Arc::new(card);
    let other = entity(&format!("{name} 2"), name, name);
    let edge = RelationCard {
        qualifiers: vec![(name.to_owned(), Cell::Text(name.into()))],
        hedge: Some(hedge("suggested", name)),
        jointly: vec![card.clone()],
        evidence: vec![0],
        ..relation(0, name, 1)
    };
    Answer {
        query: name.to_owned(),
        columns: vec![column("cause", ColumnType::Entity), column("note", ColumnType::Text)],
        rows: vec![row(vec![Cell::Entity(card.clone()), Cell::Text(name.into())], vec![0])],
        view: View { entities: vec![card, other], relations: vec![edge], background: None },
        evidence: vec![Evidence { quote: Some(name.to_owned()), ..evidence(name, name, 1) }],
        ..Answer::default()
    }
}

/// A view as large as one wishes: the disease with its causes, symptoms and treatments, every sort of line among them.
pub(super) fn overview(relations: usize) -> Answer {
    let ends: [(&str, &str, &str); 20] = [
        ("neuroblastoma", "trigger", "causes"),
        ("ganglioneuroblastoma", "trigger", "causes"),
        ("rapid, multidirectional eye movements", "symptom", "has symptom"),
        ("loss of balance", "symptom", "has symptom"),
        ("rituximab", "treatment", "treats"),
        ("viral infection", "trigger", "causes"),
        ("irritability", "symptom", "has symptom"),
        ("adrenocorticotropic hormone", "treatment", "treats"),
        ("lung cancer", "trigger", "causes"),
        ("breast cancer", "trigger", "causes"),
        ("low muscle tone", "symptom", "has symptom"),
        ("intravenous immunoglobulin", "treatment", "treats"),
        ("sleep disturbance", "symptom", "has symptom"),
        ("young child", "population", "occurs in"),
        ("drooling", "symptom", "has symptom"),
        ("cyclophosphamide", "treatment", "treats"),
        ("immune system attacking the nervous system", "trigger", "causes"),
        ("adult", "population", "occurs in"),
        ("speech delay", "symptom", "has symptom"),
        ("steroids", "treatment", "treats"),
    ];
    let mut answer = Answer { query: "OMS".to_owned(), ..Answer::default() };
    answer.view.entities.push(entity("oms", "opsoclonus-myoclonus syndrome", "disease"));
    for number in 0..relations {
        let (name, kind, label) = ends[number % ends.len()];
        let round = number / ends.len();
        let name = if round == 0 { name.to_owned() } else { format!("{name} {}", round + 1) };
        let position = answer.view.entities.len();
        answer.view.entities.push(entity(&format!("e{position}"), &name, kind));
        let inwards = matches!(label, "causes" | "treats");
        let mut edge = if inwards { relation(position, label, 0) } else { relation(0, label, position) };
        decorate(&mut edge, number, &answer.view.entities);
        edge.evidence = vec![answer.evidence.len()];
        answer.evidence.push(evidence(&format!("s{number}"), &format!("Claim {number} of {name}."), number as u32 % 20 + 1));
        answer.view.relations.push(edge);
    }
    answer
}

/// Qualifiers, hedges and denials, as a curated graph has them.
fn decorate(edge: &mut RelationCard, number: usize, entities: &[Arc<EntityCard>]) {
    match number % 20 {
        0 | 1 => {
            edge.qualifiers.push(("frequency".to_owned(), Cell::Quantity(Quantity::between(Measure::Percentage, 50.0, 80.0))));
            edge.qualifiers.push(("population".to_owned(), Cell::Text("young child".into())));
            edge.jointly = entities.get(2 - number % 20).cloned().into_iter().collect();
        }
        3 | 6 => edge.hedge = Some(hedge("possible", "may")),
        8 | 9 => edge.hedge = Some(HedgeCard { extent: Some("most"), confidence: "stated", words: Some("most often".to_owned()) }),
        11 => edge.certainty = Certainty::Possible,
        14 => edge.denied = true,
        16 => edge.hedge = Some(hedge("suggested", "is thought to")),
        _ => {}
    }
}
