//! Tests of completion inside patterns: what can stand there given what is typed, and with how many behind it.

use super::pattern::Offered;
use super::{complete, pattern};
use crate::command::{Settings, Shell};
use crate::session::Session;

fn offers(text: &str) -> Vec<Offered> {
    pattern::offers(&Session::open("oms").unwrap(), text)
}

/// The words that lead on, with their counts.
fn leading(text: &str) -> Vec<String> {
    let lead = offers(text).into_iter().filter(|offered| offered.rows != Some(0));
    lead.map(|offered| offered.rows.map_or(offered.word.clone(), |rows| format!("{} {rows}", offered.word))).collect()
}

fn what(text: &str, word: &str) -> String {
    offers(text).into_iter().find(|offered| offered.word == word).unwrap_or_else(|| panic!("`{text}`: no {word}")).what
}

fn quoted(text: &str) -> Vec<String> {
    let shell = Shell::new(Session::open("oms").unwrap(), Settings::default());
    complete(&shell, text).candidates.into_iter().map(|candidate| candidate.replacement).collect()
}

#[test]
fn labels_and_types_are_those_that_lead_on() {
    assert!(leading("MATCH (t:").contains(&"Trigger 9".to_owned()));
    assert_eq!(leading("MATCH (t:Trigger)-[:CAUSES]->(d:"), ["Disease 7"]);
    assert_eq!(leading("MATCH (d:Disease)<-[:CAUSES]-(t:"), ["Trigger 7"]);
    assert_eq!(leading("MATCH (t:Trigger)-[c:"), ["IS_A 6", "CAUSES 7", "SETS_OFF 4", "LOCATED_IN 4"]);
    assert!(leading("MATCH (d:Disease)<-[c:").contains(&"CAUSES 7".to_owned()));
    assert!(!leading("MATCH (d:Disease)<-[c:").contains(&"HAS_SYMPTOM 17".to_owned()));
    assert_eq!(leading("MATCH (t {id: 'lung-cancer'})-[:CAUSES]->(d:"), ["Disease 1"]);
    // An arrow that is not typed yet may lead the other way.
    assert_eq!(what("MATCH (d:Disease)-[:", "CAUSES"), "type, from the right");
    assert_eq!(what("MATCH (d:Disease)-[:", "HAS_SYMPTOM"), "type");
    let dead: Vec<Offered> = offers("MATCH (t:Trigger)-[:CAUSES]->(d:").into_iter().filter(|offered| offered.rows == Some(0)).collect();
    assert!(dead.iter().any(|offered| offered.word == "Trigger") && dead.iter().all(|offered| offered.rank == 9));
}

#[test]
fn counts_are_those_of_the_answers() {
    let session = Session::open("oms").unwrap();
    let asked = |pattern: String| match session.rows(&pattern).unwrap().1[0][0] {
        crate::model::Value::Integer(count) => u64::try_from(count).unwrap(),
        ref other => panic!("{pattern}: {other:?}"),
    };
    for (before, after) in [
        ("MATCH (t:Trigger)-[:", "]->()"),
        ("MATCH (t:Disease)<-[:", "]-()"),
        ("MATCH (t {id: 'oms'})-[:", "]->()"),
        ("MATCH (t:Trigger)-[:CAUSES]->(d)-[:", "]->()"),
        ("MATCH (t:Trigger)-[:CAUSES]->(:", ")"),
        ("MATCH (t {id: 'lung-cancer'})-[]->(:", ")"),
        ("MATCH (:", ")"),
    ] {
        for offered in offers(before).into_iter().filter(|offered| offered.what == "label" || offered.what == "type") {
            // Several paths may lead to the node in the middle: each of its relationships is counted once.
            let middle = before.contains("(d)");
            let pattern = if middle {
                format!("MATCH (:Trigger)-[:CAUSES]->(d) WITH DISTINCT d MATCH (d)-[:{}]->() RETURN count(*)", offered.word)
            } else {
                format!("{before}{}{after} RETURN count(*)", offered.word)
            };
            let count = asked(pattern.clone());
            if middle {
                assert!(offered.rows >= Some(count), "{pattern}: {count}, {offered:?}");
            } else {
                assert_eq!(offered.rows, Some(count), "{pattern}");
            }
        }
    }
}

#[test]
fn variables_say_what_they_are() {
    let text = "MATCH (t:Trigger)-[c:CAUSES]->(d)-[x]->(e) WITH *, 1 AS one RETURN ";
    assert_eq!(what(text, "t"), "node of Trigger");
    assert_eq!(what(text, "c"), "relationship CAUSES");
    assert_eq!(what(text, "d"), "node of Disease");
    assert_eq!(what(text, "x"), "relationship");
    assert_eq!(what(text, "one"), "variable");
    assert_eq!(what("MATCH (n) RETURN toL", "toLower("), "function (text)");
    assert_eq!(what("MATCH (n) RETURN co", "count("), "aggregate (*)");
    assert_eq!(what("CALL gr", "graph.degree("), "procedure: entity, degree, incoming, outgoing");
}

#[test]
fn properties_are_those_of_what_they_are_of() {
    let of_causes = leading("MATCH (t)-[c:CAUSES]->(d) WHERE c.");
    assert!(of_causes.contains(&"population 5".to_owned()), "{of_causes:?}");
    assert!(!of_causes.iter().any(|word| word.starts_with("dose")), "{of_causes:?}");
    assert_eq!(what("MATCH (t)-[c:CAUSES]->(d) WHERE c.", "frequency"), "percentage");
    assert_eq!(what("MATCH (t)-[c:CAUSES]->(d) WHERE c.", "population"), "population");
    assert!(leading("MATCH (t {").contains(&"name".to_owned()));
    assert!(leading("MATCH ()-[c:TREATS {").iter().any(|word| word.starts_with("dose")));
}

#[test]
fn names_in_quotation_marks_fit_the_label() {
    assert_eq!(quoted("MATCH (t:Trigger {name: 'lung"), ["lung cancer'"]);
    assert!(quoted("MATCH (t:Symptom {name: 'lung").is_empty());
    assert_eq!(quoted("MATCH (t:Trigger) WHERE t.name IN ['neuro"), ["neuroblastoma'"]);
    assert_eq!(quoted("MATCH (t:Trigger {id: \"lung"), ["lung-cancer\""]);
    // A slip of the keys is forgiven.
    assert_eq!(quoted("MATCH (t:Trigger) WHERE t.name = 'lnug canc"), ["lung cancer'"]);
    assert_eq!(quoted("MATCH ()-[c:CAUSES]->() WHERE 'adu"), Vec::<String>::new());
    assert_eq!(quoted("MATCH ()-[c:CAUSES]->() WHERE c.population = 'adu"), ["adult'"]);
    assert_eq!(quoted("MATCH ()-[c]->() WHERE c.confidence < confidence('sta"), ["stated'"]);
}

#[test]
fn nodes_and_relationships_begin_with_what_there_is_of_them() {
    assert!(leading("MATCH (").contains(&":Trigger 9".to_owned()));
    assert!(leading("MATCH (t").contains(&"t:Trigger 9".to_owned()));
    let types = leading("MATCH (t:Trigger)-[");
    assert!(types.contains(&":CAUSES 7".to_owned()) && !types.contains(&"t".to_owned()), "{types:?}");
}
