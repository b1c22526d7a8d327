//! Names: several entities that are called alike; what is taken, what is asked back, and what the answer says of it.

use oms_graph::Session;
use oms_graph::formats::{KnowledgeGraph, embedded};
use oms_graph::model::KindId;
use oms_graph::store::{BulkEntities, BulkIds, BulkRelations, BulkStatements, Strings, bulk};

/// A graph in the words of the one that ships: entities (id, name, synonym, kind), and relations of one type between them.
fn session(entities: &[(&str, &str, &str, &str)], relations: &[(usize, &str, usize)]) -> Session {
    let KnowledgeGraph { schema, lexicon, .. } = embedded::oms();
    let kind = |id: &str| schema.kinds.iter().position(|kind| kind.id == id).expect("the schema has the kind");
    let relation_type = |id: &str| schema.relation_type(id).expect("the schema has the relation");
    let graph = bulk(
        BulkEntities {
            slugs: Strings::new(entities.iter().map(|entity| entity.0)),
            names: Strings::new(entities.iter().map(|entity| entity.1)),
            synonyms: entities
                .iter()
                .map(|entity| Some(entity.2.to_owned()).into_iter().filter(|text| !text.is_empty()).collect())
                .collect(),
            signatures: entities.iter().map(|entity| kind(entity.3) as u32).collect(),
            signature_kinds: (0..schema.kinds.len()).map(|kind| vec![KindId(kind as u16)]).collect(),
            ..BulkEntities::default()
        },
        BulkRelations {
            from: relations.iter().map(|relation| relation.0 as u32).collect(),
            types: relations.iter().map(|relation| relation_type(relation.1)).collect(),
            to: relations.iter().map(|relation| relation.2 as u32).collect(),
            statements: BulkStatements {
                ids: BulkIds::Numbered("r".to_owned(), (0..relations.len() as u32).collect()),
                ..BulkStatements::default()
            },
            ..BulkRelations::default()
        },
        Vec::new(),
    );
    Session::of(KnowledgeGraph { schema, lexicon, graph, questions: Vec::new() })
}

fn colds() -> Session {
    session(
        &[
            ("D:1", "cold", "", "disease"),
            ("S:1", "cold", "", "symptom"),
            ("T:1", "warm tea", "cold", "treatment"),
            ("D:2", "shivers", "", "disease"),
            ("D:3", "fever", "", "disease"),
            ("D:4", "fever", "", "disease"),
            ("X:1", "", "fog", "disease"),
            ("D:5", "mist", "fog", "disease"),
        ],
        &[(2, "treats", 0), (3, "has_symptom", 1), (0, "has_symptom", 1), (2, "treats", 4), (2, "treats", 7)],
    )
}

#[test]
fn the_only_one_that_can_stand_there_is_taken_and_told() {
    for (query, kind) in [
        ("treatments of cold", "(disease, 2 relations, id `D:1`)"),
        ("treatments of \"cold\"", "(disease, 2 relations, id `D:1`)"),
        ("warm tea treats cold", "(disease, 2 relations, id `D:1`)"),
        ("what treats cold", "(disease, 2 relations, id `D:1`)"),
        ("symptoms of shivers where symptom = cold", "(symptom, 2 relations, id `S:1`)"),
    ] {
        let answer = colds().ask(query).unwrap_or_else(|complaints| unreachable!("{query}: {complaints}"));
        assert_eq!(answer.rows.len(), 1, "{query}");
        let [warning] = answer.warnings.as_slice() else { unreachable!("{query}: {:?}", answer.warnings) };
        assert!(warning.contains(kind) && warning.contains("the only one that can stand here"), "{query}: {warning}");
    }
}

#[test]
fn what_is_not_obvious_is_asked_back_with_kind_degree_and_id() {
    let complaint = colds().ask("cold").expect_err("two are called so").to_string();
    assert!(complaint.contains("'cold' is the name of two entities"), "{complaint}");
    let symptom = complaint.find("cold (symptom, 2 relations, id `S:1`)");
    let disease = complaint.find("cold (disease, 2 relations, id `D:1`)");
    assert!(symptom.is_some() && disease.is_some(), "{complaint}");
    // One has a relation and the other none: how well known they are does not decide.
    let complaint = colds().ask("treatments of fever").expect_err("two are called so").to_string();
    assert!(complaint.contains("fever (disease, 1 relation, id `D:3`), fever (disease, no relations, id `D:4`)"), "{complaint}");
    let many: Vec<(String, &str, &str, &str)> = (0..20).map(|at| (format!("D:{at}"), "cough", "", "disease")).collect();
    let many: Vec<(&str, &str, &str, &str)> = many.iter().map(|(id, name, other, kind)| (id.as_str(), *name, *other, *kind)).collect();
    let complaint = session(&many, &[(7, "is_a", 3)]).ask("treatments of cough").expect_err("many are called so").to_string();
    assert!(complaint.contains("is the name of 20 entities") && complaint.contains("and 12 more"), "{complaint}");
    assert_eq!(complaint.matches("id `").count(), 8, "{complaint}");
    assert!(complaint.contains("by its id: cough (disease, 1 relation, id `D:3`)"), "the best known first: {complaint}");
}

#[test]
fn the_only_one_with_a_name_of_its_own_is_taken() {
    let answer = colds().ask("treatments of fog").unwrap_or_else(|complaints| unreachable!("{complaints}"));
    assert_eq!(answer.rows.len(), 1);
    assert!(answer.warnings[0].contains("the only one that has a name of its own"), "{:?}", answer.warnings);
}

#[test]
fn an_id_is_never_ambiguous() {
    let mut session = colds();
    for id in ["D:1", "d:1", "S:1"] {
        assert!(session.ask(id).is_ok_and(|answer| answer.warnings.is_empty()), "{id}");
    }
}
