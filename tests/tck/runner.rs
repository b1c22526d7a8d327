//! The runner of the conformance suite, tested: it reads what the suite writes, and tells right answers from wrong ones.

#[allow(dead_code, reason = "nothing is asked here")]
mod ask;
mod compare;
mod description;
mod errors;
#[allow(dead_code, reason = "the checked-in list is left alone")]
mod failing;
#[path = "feature.rs"]
#[allow(dead_code, reason = "not every part of a scenario is looked at here")]
mod feature;
#[allow(dead_code, reason = "nothing is asked here")]
mod graph;
mod notation;
mod scope;
mod set_up;
mod token;
mod value;

use std::path::Path;

use ask::Table;
use compare::compare;
use description::Description;
use errors::Refusal;
use feature::{Expected, Scenario};
use value::Value;

const FEATURE: &str = r#"#encoding: utf-8

Feature: Made up
# A remark

  Background:
    Given an empty graph

  Scenario: [1] A query with blanks
    And having executed:
      """
      CREATE (a:A {name: 'x'}),
             (a)-[:T]->()
      """
    When executing query:
      """
      MATCH (n) // a remark
        WHERE n.name = '  two  blanks'

      RETURN n.name AS `a | b`
      """
    Then the result should be, in order (ignoring element order for lists):
      | a \| b | t\h     |
      | '\''   | 'b\\\\' |
    And no side effects

  @skipStyleCheck
  Scenario Outline: [2] Give <what>
    And parameters are:
      | p | <value> |
    When executing query:
      """
      RETURN <value> < 3 AS x
      """
    Then a TypeError should be raised at runtime: <what>

    Examples:
      | value | what |
      | 1     | One  |
      | 'two' | Two  |
"#;

fn made_up() -> Vec<Scenario> {
    feature::read(FEATURE, "made/Up1", Path::new("nowhere")).expect("it is a feature")
}

fn described(queries: &[&str]) -> Description {
    let queries: Vec<String> = queries.iter().map(|query| (*query).to_owned()).collect();
    set_up::describe(&queries).expect("the set-up is understood")
}

fn nodes(description: &Description) -> Vec<String> {
    let written = |node: &description::DescribedNode| {
        let labels = node.labels.join(":");
        format!("{labels} {}", Value::Map(node.properties.clone()))
    };
    description.nodes.iter().map(written).collect()
}

fn links(description: &Description) -> Vec<(usize, &str, usize)> {
    description.relationships.iter().map(|link| (link.from, link.relation_type.as_str(), link.to)).collect()
}

#[test]
fn scenarios_are_read_as_they_are_written() {
    let scenarios = made_up();
    let names: Vec<&str> = scenarios.iter().map(|scenario| scenario.name.as_str()).collect();
    let expected = ["made/Up1: [1] A query with blanks", "made/Up1: [2] Give One (example 1)", "made/Up1: [2] Give Two (example 2)"];
    assert_eq!(names, expected);
    let first = &scenarios[0];
    assert_eq!(first.folder, "made");
    assert_eq!(first.set_up, ["CREATE (a:A {name: 'x'}),\n       (a)-[:T]->()"]);
    assert_eq!(first.queries[0].text, "MATCH (n) // a remark\n  WHERE n.name = '  two  blanks'\n\nRETURN n.name AS `a | b`");
    let Expected::Table { columns, rows, in_order: true, ordered_lists: false } = &first.queries[0].expected else {
        panic!("{:?}", first.queries[0].expected)
    };
    assert_eq!(*columns, ["a | b", "t\\h"]);
    assert_eq!(rows[0], ["'\\''", "'b\\\\'"]);
    assert_eq!(notation::read(&rows[0][0]), Ok(Value::Text("'".to_owned())));
    assert_eq!(notation::read(&rows[0][1]), Ok(Value::Text("b\\".to_owned())));
}

#[test]
fn outlines_are_filled_everywhere() {
    let second = &made_up()[2];
    assert_eq!(second.parameters, [("p".to_owned(), "'two'".to_owned())]);
    assert_eq!(second.queries[0].text, "RETURN 'two' < 3 AS x");
    let Expected::Failure { error, phase, detail } = &second.queries[0].expected else { panic!("no failure") };
    assert_eq!((error.as_str(), phase.as_str(), detail.as_str()), ("TypeError", "runtime", "Two"));
}

#[test]
fn what_only_reads_is_in_scope() {
    for query in [
        "MATCH (n:CREATE {SET: 1})-[:MERGE|DELETE]->(m) RETURN n.remove, {delete: 1} AS CREATE",
        "RETURN 'CREATE (n)' AS a // SET b\n",
        "MATCH (create)-->(b) RETURN create, [set IN [1] | set]",
        "RETURN `MERGE` (1)",
    ] {
        assert_eq!(scope::beyond_reading(query), None, "{query}");
    }
    for query in [
        "CREATE (n)",
        "MATCH (n) set n.x = 1",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n) WITH * REMOVE n:A RETURN n",
        "FOREACH (x IN [1] | CREATE ())",
        "MATCH (n) WHERE exists { MATCH (n) SET n.x = 1 } RETURN n",
        "MERGE (a) ON CREATE SET a.x = 1",
        "CALL test.my.proc(1) YIELD out",
        "UNWIND [1] AS x CREATE (:A)",
    ] {
        assert!(scope::beyond_reading(query).is_some(), "{query}");
    }
}

#[test]
fn values_are_read_and_written() {
    for text in [
        "null",
        "true",
        "-17",
        "1.5",
        "-0.0",
        "1e300",
        "''",
        "'it\\'s'",
        "[]",
        "[1, [2, null], 'x']",
        "{}",
        "{a: 1, b: {c: [false]}}",
        "()",
        "(:A:B {x: 1.0})",
        "({x: 1})",
        "[:T]",
        "[:T {since: 1999}]",
        "<()>",
        "<(:A)-[:T]->(:B {x: 1})<-[:U {y: 'z'}]-()>",
        "[[:T], [:U]]",
        "NaN",
    ] {
        let value = notation::read(text).expect(text);
        assert_eq!(value.to_string(), text);
        assert!(value.same(&notation::read(text).expect(text)));
    }
    assert_eq!(notation::read("(:B:A)").map(|value| value.to_string()), Ok("(:A:B)".to_owned()));
    assert_eq!(notation::read(".5"), Ok(Value::Float(0.5)));
    assert!(matches!(notation::read("-Infinity"), Ok(Value::Float(number)) if number == f64::NEG_INFINITY));
    for text in ["", "[1", "(", "tru", "'a", "1 2", "<()-[:T]-()>", "{a}"] {
        assert!(notation::read(text).is_err(), "{text}");
    }
    assert!(!Value::Integer(1).same(&Value::Float(1.0)));
    assert!(Value::Temporal("", "2020-01-01".to_owned()).same(&Value::Text("2020-01-01".to_owned())));
}

#[test]
fn set_ups_make_graphs() {
    let shared = described(&["CREATE (a:A:B {x: 1, y: null}), (b), (a)-[:T {z: 'q'}]->(b)<-[:U]-(:C)", "CREATE (:D)"]);
    assert_eq!(nodes(&shared), ["A:B {x: 1}", " {}", "C {}", "D {}"]);
    assert_eq!(links(&shared), [(0, "T", 1), (2, "U", 1)]);
    let counted = described(&["UNWIND range(0, 2) AS i CREATE (s:S) WITH s, i UNWIND range(1, i) AS j CREATE (s)-[:R {j: j}]->()"]);
    assert_eq!((counted.nodes.len(), counted.relationships.len()), (6, 3));
    let chained = described(&["CREATE (a {v: 's'}) WITH * UNWIND [1, 2] AS i CREATE (n {v: i}) WITH a, [a] + collect(n) AS all \
         UNWIND range(0, size(all) - 2) AS i WITH all[i] AS x, all[i + 1] AS y CREATE (x)-[:T]->(y)"]);
    assert_eq!(links(&chained), [(0, "T", 1), (1, "T", 2)]);
    let turned = described(&[
        "CREATE (:A {name: 'a'})-[:T]->(:B)",
        "MATCH (a:A)-[r]->(b) WHERE NOT b:A DELETE r CREATE (b)-[:U]->(:C {name: a.name + '1'})",
    ]);
    assert_eq!(nodes(&turned), ["A {name: 'a'}", "B {}", "C {name: 'a1'}"]);
    assert_eq!(links(&turned), [(1, "U", 2)]);
    let merged = described(&[
        "CREATE (:A {x: 1})",
        "MERGE (a:A {x: 1}) ON MATCH SET a.y = 2 MERGE (b:A {x: 2}) ON CREATE SET b:New SET b += {z: 3}",
    ]);
    assert_eq!(nodes(&merged), ["A {x: 1, y: 2}", "A:New {x: 2, z: 3}"]);
    let deleted = described(&["CREATE (:A)-[:T]->(:B), (:C)", "MATCH (a:A) DETACH DELETE a", "FOREACH (x IN [1, 2] | CREATE (:N {x: x}))"]);
    assert_eq!(
        (nodes(&deleted), links(&deleted)),
        (vec!["B {}".to_owned(), "C {}".to_owned(), "N {x: 1}".to_owned(), "N {x: 2}".to_owned()], vec![])
    );
    assert!(set_up::describe(&["MATCH (a)-[*2]->(b) CREATE (a)".to_owned()]).is_err());
}

#[test]
fn temporal_values_are_written_in_the_iso_form() {
    let made = described(&[
        "CREATE ({a: date({year: 1984, month: 10, day: 11}), b: time({hour: 12, minute: 5, nanosecond: 7, timezone: '+01:00'}), \
         c: datetime({year: 1, hour: 1, timezone: 'Europe/Stockholm'}), d: duration({years: 1, days: 10, seconds: -1, nanoseconds: 1}), e: localtime('10:35')})",
    ]);
    let expected = "{a: '1984-10-11', b: '12:05:00.000000007+01:00', c: '0001-01-01T01:00:00[Europe/Stockholm]', \
         d: 'P1Y0M10DT0H0M-0.999999999S', e: '10:35'}";
    assert_eq!(nodes(&made), [format!(" {expected}")]);
}

#[test]
fn right_answers_are_told_from_wrong_ones() {
    let table = |cells: &[&[&str]]| -> Table {
        let read = |row: &&[&str]| row.iter().map(|cell| notation::read(cell).expect(cell)).collect();
        (vec!["x".to_owned()], cells.iter().map(read).collect())
    };
    let expected = |cells: &[&str], in_order, ordered_lists| Expected::Table {
        columns: vec!["x".to_owned()],
        rows: cells.iter().map(|cell| vec![(*cell).to_owned()]).collect(),
        in_order,
        ordered_lists,
    };
    let found = Ok(table(&[&["1"], &["NaN"], &["[2, 1]"]]));
    assert!(compare(&found, &expected(&["[2, 1]", "1", "NaN"], false, true)).is_ok());
    assert!(compare(&found, &expected(&["[2, 1]", "1", "NaN"], true, true)).is_err());
    assert!(compare(&found, &expected(&["1", "NaN", "[1, 2]"], true, false)).is_ok());
    assert!(compare(&found, &expected(&["1", "NaN", "[1, 2]"], true, true)).is_err());
    assert!(compare(&found, &expected(&["1", "NaN"], false, true)).is_err());
    assert!(compare(&Ok(table(&[&["1"], &["1"], &["2"]])), &expected(&["1", "2", "2"], false, true)).is_err());
    assert!(compare(&found, &Expected::Nothing).is_err());
    assert!(compare(&Ok(table(&[])), &Expected::Nothing).is_ok());
    let refused = Err(Refusal { error: "TypeError", phase: "runtime", message: String::new() });
    let failure = |error: &str, phase: &str| Expected::Failure { error: error.to_owned(), phase: phase.to_owned(), detail: "*".to_owned() };
    assert!(compare(&refused, &failure("TypeError", "any time")).is_ok());
    assert!(compare(&refused, &failure("TypeError", "runtime")).is_ok());
    assert!(compare(&refused, &failure("TypeError", "compile time")).is_err());
    assert!(compare(&refused, &failure("SyntaxError", "runtime")).is_err());
    assert!(compare(&found, &failure("TypeError", "runtime")).is_err());
    assert!(compare(&refused, &Expected::Nothing).is_err());
}

#[test]
fn the_list_of_failures_must_be_right_in_both_directions() {
    let list = failing::parse("# Remarks are left out.\n\nstill failing\tfor a reason\nrepaired\tonce\ngone\tlong ago\n").expect("a list");
    let failures = [("still failing", "other rows\nmore"), ("new", "panic:\tat home\nmore")];
    let failures = failures.into_iter().map(|(name, failure)| (name.to_owned(), failure.to_owned())).collect();
    let faults = failing::faults(&list, &failures, |name| name != "gone");
    assert_eq!(faults, ["listed, but not there: gone", "listed as failing, but passes: repaired"]);
    let rewritten = failing::written(&list, &failures);
    assert!(rewritten.ends_with("\nnew\tpanic: at home\nstill failing\tfor a reason\n"), "{rewritten}");
    assert_eq!(failing::parse(&rewritten).map(|list| list.len()), Ok(2));
    assert!(failing::parse("no reason").is_err());
}

/// Everything that a scenario of the suite needs is understood: its steps, its graph, its parameters and its tables.
#[test]
fn the_whole_suite_is_understood() {
    let features = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/suites/opencypher-tck/tck/features");
    let features = std::env::var_os("OMS_TCK").map_or(features, |folder| Path::new(&folder).join("tck/features"));
    if !features.is_dir() {
        return;
    }
    let scenarios = feature::read_all(&features).expect("the suite can be read");
    let (mut faults, mut set_ups, mut tables, mut in_scope) = (Vec::new(), 0, 0, 0);
    for scenario in scenarios.iter().filter(|scenario| scope::left_out(scenario).is_none()) {
        in_scope += 1;
        set_ups += scenario.set_up.len();
        let mut fault = |what: String| faults.push(format!("{}: {what}", scenario.name));
        if let Some(step) = &scenario.strange_step {
            fault(format!("the step `{step}`"));
        }
        match set_up::describe(&scenario.set_up).and_then(|description| graph::build(&description)) {
            Ok(_) => {}
            Err(what) => fault(what),
        }
        let cells = scenario.parameters.iter().map(|(_, value)| value);
        let expected = scenario.queries.iter().filter_map(|query| match &query.expected {
            Expected::Table { rows, .. } => Some(rows),
            _ => None,
        });
        tables += expected.clone().count();
        for cell in cells.chain(expected.flatten().flatten()) {
            notation::read(cell).err().map(&mut fault);
        }
        if scenario.queries.iter().any(|query| matches!(query.expected, Expected::Unsaid)) {
            fault("a query of which nothing is expected".to_owned());
        }
    }
    println!("{} scenarios, {in_scope} in scope, {set_ups} set-ups, {tables} tables", scenarios.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(in_scope > 0 && tables > 0);
}
