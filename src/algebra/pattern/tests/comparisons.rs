//! Comparisons: counts, comparisons, denials and earlier answers, and the patterns that they stand for.

use super::{Names, assert_patterns, meaning, memory};
use crate::algebra::pattern;
use crate::formats::embedded::oms;

/// The long form, denials in a branch of their own; a limit counts entities.
#[test]
fn comparisons() {
    assert_patterns(&[
        (
            "compare causes across population",
            r"
                MATCH (of:Disease)
                CALL {
                  WITH of
                  MATCH (cause)-[r:CAUSES]->(of)
                  RETURN r, cause
                  UNION ALL
                  WITH of
                  CALL graph.denials() YIELD from AS cause, relation AS r, to AS start
                  WHERE start = of AND type(r) = 'CAUSES'
                  RETURN r, cause
                }
                UNWIND coalesce(r.population, [null]) AS across_population
                RETURN cause, across_population, collect(DISTINCT r) AS relations
                ORDER BY cause.name",
        ),
        (
            "compare symptoms of OMS across source limit 2",
            r"
                MATCH (of)
                WHERE is_a(of, 'oms')
                CALL {
                  WITH of
                  MATCH (of)-[r:HAS_SYMPTOM]->(symptom)
                  RETURN r, symptom
                  UNION ALL
                  WITH of
                  CALL graph.denials() YIELD from AS start, relation AS r, to AS symptom
                  WHERE start = of AND type(r) = 'HAS_SYMPTOM'
                  RETURN r, symptom
                }
                UNWIND coalesce(r.sources, [null]) AS across_source
                WITH symptom, across_source, collect(DISTINCT r) AS relations
                ORDER BY symptom
                WITH collect([symptom, across_source, relations]) AS cells, collect(DISTINCT symptom)[..2] AS shown
                UNWIND cells AS cell
                WITH cell[0] AS symptom, cell[1] AS across_source, cell[2] AS relations, shown
                WHERE symptom IN shown
                RETURN symptom, across_source, relations
                ORDER BY symptom.name",
        ),
    ]);
}

/// Counts cite nothing.
#[test]
fn counts() {
    assert_patterns(&[
        (
            "count causes by population",
            r"
                MATCH (cause)-[r:CAUSES]->(of:Disease)
                UNWIND coalesce(r.population, [null]) AS population
                RETURN population, count(DISTINCT cause) AS count
                ORDER BY population",
        ),
        (
            "count symptoms",
            r"
                MATCH (of:Disease)-[r:HAS_SYMPTOM]->(symptom)
                RETURN count(DISTINCT symptom) AS count",
        ),
    ]);
}

/// What is behind a sentence or a row, and denials.
#[test]
fn why() {
    assert_patterns(&[
        (
            "why rituximab treats OMS show from, statement, denied",
            r"
                MATCH (treatment)
                WHERE is_a(treatment, 'rituximab')
                CALL graph.why(treatment, ['TREATS>']) YIELD relation AS r, entity AS disease
                WHERE is_a(disease, 'oms')
                RETURN treatment AS from, r.statement AS statement, (r.denied OR null) AS denied, collect(r) AS support
                ORDER BY from.name",
        ),
        (
            "why 1 show from, relation, to",
            r"
                CALL graph.why([4, 7]) YIELD from, relation AS r, to
                RETURN from, type(r) AS relation, to, collect(r) AS support
                ORDER BY from.name",
        ),
        (
            "symptoms where denied show symptom",
            r"
                MATCH (of:Disease)
                CALL {
                  WITH of
                  MATCH (of)-[r:HAS_SYMPTOM]->(symptom)
                  RETURN r, symptom
                  UNION ALL
                  WITH of
                  CALL graph.denials() YIELD from AS start, relation AS r, to AS symptom
                  WHERE start = of AND type(r) = 'HAS_SYMPTOM'
                  RETURN r, symptom
                }
                WITH *
                WHERE r.denied
                RETURN symptom, collect(r) AS support
                ORDER BY symptom.name",
        ),
    ]);
}

/// Earlier answers carry what they rested on, if they rested on anything.
#[test]
fn earlier_answers() {
    assert_patterns(&[
        (
            "it and causes",
            r"
                CALL graph.members([{id: 'abrupt-onset', support: [3]}, {id: 'acute-cerebellar-ataxia', support: [], certain: false}]) YIELD entity, support
                CALL {
                  MATCH (cause)-[r:CAUSES]->(of:Disease)
                  RETURN cause AS entity_2_2, collect(r) AS support_2
                }
                WITH *
                WHERE entity_2_2 = entity
                RETURN entity, support + support_2 AS support
                ORDER BY entity.name",
        ),
        (
            "what causes it show trigger",
            r"
                CALL graph.members([{id: 'abrupt-onset', support: [3]}, {id: 'acute-cerebellar-ataxia', support: [], certain: false}]) YIELD entity AS disease, support
                MATCH (trigger)-[r:CAUSES]->(disease)
                RETURN trigger, reduce(whole = [], one IN collect(support) | whole + one) + collect(r) AS support
                ORDER BY trigger.name",
        ),
        (
            "what causes named_kids show trigger",
            r"
                UNWIND ['abrupt-onset'] AS id
                MATCH (trigger)-[r:CAUSES]->(disease {id: id})
                RETURN trigger, collect(r) AS support
                ORDER BY trigger.name",
        ),
    ]);
}

/// Absent values come last; what is not shown can be sorted by.
#[test]
fn order() {
    assert_patterns(&[
        (
            "causes show cause sort by frequency desc limit 3",
            r"
                MATCH (cause)-[r:CAUSES]->(of:Disease)
                WITH cause, head(collect(r)) AS r, collect(r) AS support
                RETURN cause, support
                ORDER BY r.frequency IS NULL, r.frequency DESC, cause, reduce(least = null, one IN support | CASE WHEN least < one.statement THEN least ELSE one.statement END)
                LIMIT 3",
        ),
        (
            "causes of OMS show cause, frequency sort by frequency desc",
            r"
                MATCH (cause)-[r:CAUSES]->(of)
                WHERE is_a(of, 'oms')
                RETURN cause, r.frequency AS frequency, r.jointly AS jointly, collect(r) AS support
                ORDER BY frequency IS NULL, frequency DESC, cause.name",
        ),
        (
            "causes show cause, kind sort by cause desc",
            r"
                MATCH (cause)-[r:CAUSES]->(of:Disease)
                RETURN cause, kinds(cause) AS kind, collect(r) AS support
                ORDER BY cause.name DESC, cause.id DESC",
        ),
    ]);
}

/// An entity that a qualifier names: through a procedure where denials belong to it.
#[test]
fn why_of_an_entity_reaches_mentions() {
    let knowledge = oms();
    let text = pattern(&meaning(&knowledge, "why exactly OMS show statement", &memory()), &Names(&knowledge));
    assert!(text.contains("  CALL graph.why(from, ['IS_A>', 'CAUSES>',"), "{text}");
    assert!(text.contains("  CALL graph.why(to, ['<IS_A', '<CAUSES',"), "{text}");
    assert!(text.contains("  CALL graph.mentions(named) YIELD from, relation AS r, to\n  RETURN from, r, to\n}"), "{text}");
}
