//! Forms: phrases that name entities and relations, and the patterns that they stand for.

use super::assert_patterns;

/// Relation nouns, alone, with `of`, and nested.
#[test]
fn relation_nouns() {
    assert_patterns(&[
        (
            "causes of OMS where population = child",
            r"
                MATCH (cause)-[r:CAUSES]->(of)
                WHERE is_a(of, 'oms') AND any(p IN r.population WHERE is_a(p, 'child'))
                RETURN cause, of, r.jointly AS jointly, r.population AS population, r.frequency AS frequency, r.share AS share, r.size AS size, r.behaviour AS behaviour, r.hedge AS hedge, collect(r) AS support
                ORDER BY cause.name",
        ),
        (
            r#"treatments of effects of "viral infection" show treatment, of"#,
            r"
                MATCH (of)-[r:CAUSES]->(effect)
                WHERE is_a(of, 'viral-infection')
                MATCH (treatment)-[r_2:TREATS]->(effect)
                RETURN treatment, effect AS of, collect(r) + collect(r_2) AS support
                ORDER BY treatment.name",
        ),
    ]);
}

/// A kind lists what is of it; an entity everything that is known about it.
#[test]
fn kinds_and_entities() {
    assert_patterns(&[
        (
            "populations",
            r"
                MATCH (population:Population)
                RETURN population, size(statements(population)) AS statements, statements(population)[..3] AS cited
                ORDER BY population.name",
        ),
        (
            "kind body part show body_part",
            r"
                MATCH (body_part:BodyPart)
                RETURN body_part, statements(body_part)[..3] AS cited
                ORDER BY body_part.name",
        ),
        (
            "neuroblastoma show from, relation, to",
            r"
                CALL {
                  MATCH (from {id: 'neuroblastoma'})-[r:IS_A|CAUSES|SETS_OFF|ATTACKS|HAS_MECHANISM|HAS_SYMPTOM|INVOLVES|IMPAIRS|AFFECTS|DIAGNOSED_IN|MISTAKEN_FOR|LOCATED_IN|TREATS|INCLUDES|HAS_OUTCOME|LOWERS|IMPROVES|HAS_GOAL|HAS_ONSET|HAS_COURSE]->(to)
                  RETURN from, r, to
                  UNION ALL
                  MATCH (from)-[r:IS_A|CAUSES|SETS_OFF|ATTACKS|HAS_MECHANISM|HAS_SYMPTOM|INVOLVES|IMPAIRS|AFFECTS|DIAGNOSED_IN|MISTAKEN_FOR|LOCATED_IN|TREATS|INCLUDES|HAS_OUTCOME|LOWERS|IMPROVES|HAS_GOAL|HAS_ONSET|HAS_COURSE]->(to {id: 'neuroblastoma'})
                  RETURN from, r, to
                  UNION ALL
                  MATCH (named {id: 'neuroblastoma'}), (from)-[r]->(to)
                  WHERE mentions(r, named)
                  RETURN from, r, to
                }
                RETURN from, type(r) AS relation, to, collect(r) AS support
                ORDER BY from.name, from.id, relation, to.name, to.id",
        ),
    ]);
}

/// Sentences take no relation twice.
#[test]
fn sentences() {
    assert_patterns(&[
        (
            "what causes OMS show trigger, frequency",
            r"
                MATCH (trigger)-[r:CAUSES]->(disease)
                WHERE is_a(disease, 'oms')
                RETURN trigger, r.frequency AS frequency, r.jointly AS jointly, collect(r) AS support
                ORDER BY trigger.name",
        ),
        (
            "treatment treats disease has outcome what show treatment, has_outcome.frequency",
            r"
                MATCH (treatment:Treatment)-[r:TREATS]->(disease:Disease)-[r_2:HAS_OUTCOME]->(outcome)
                RETURN treatment, r_2.frequency AS `has_outcome.frequency`, r_2.jointly AS `has_outcome.jointly`, collect(r) + collect(r_2) AS support
                ORDER BY treatment.name",
        ),
    ]);
}

/// Sets keep what both sides rest on.
#[test]
fn sets() {
    assert_patterns(&[
        (
            r#"symptoms of OMS and symptoms of "acute cerebellar ataxia""#,
            r"
                MATCH (of)-[r:HAS_SYMPTOM]->(symptom)
                WHERE is_a(of, 'oms')
                WITH symptom AS symptom_2, collect(r) AS support
                CALL {
                  MATCH (of_2)-[r_2:HAS_SYMPTOM]->(symptom_3)
                  WHERE is_a(of_2, 'acute-cerebellar-ataxia')
                  RETURN symptom_3 AS symptom_2_2, collect(r_2) AS support_2
                }
                WITH *
                WHERE symptom_2_2 = symptom_2
                RETURN symptom_2 AS symptom, support + support_2 AS support
                ORDER BY symptom.name",
        ),
        (
            "causes or symptoms or effects of neuroblastoma",
            r"
                CALL {
                  MATCH (cause)-[r:CAUSES]->(of:Disease)
                  RETURN cause AS cause_2, collect(r) AS support
                  UNION ALL
                  MATCH (of_2:Disease)-[r_2:HAS_SYMPTOM]->(symptom)
                  RETURN symptom AS cause_2, collect(r_2) AS support
                  UNION ALL
                  MATCH (of_3)-[r_3:CAUSES]->(effect)
                  WHERE is_a(of_3, 'neuroblastoma')
                  RETURN effect AS cause_2, collect(r_3) AS support
                }
                RETURN cause_2 AS cause, reduce(whole = [], one IN collect(support) | whole + one) AS support
                ORDER BY cause.name",
        ),
        (
            "causes but not causes where population = adult",
            r"
                MATCH (cause)-[r:CAUSES]->(of:Disease)
                WITH cause AS cause_2, collect(r) AS support
                WHERE NOT EXISTS {
                  MATCH (cause_3)-[r_2:CAUSES]->(of_2:Disease)
                  WHERE any(p IN r_2.population WHERE is_a(p, 'adult')) AND cause_3 = cause_2
                }
                RETURN cause_2 AS cause, support
                ORDER BY cause.name",
        ),
        (
            "(causes or effects) and kind trigger",
            r"
                CALL {
                  MATCH (cause)-[r:CAUSES]->(of:Disease)
                  RETURN cause AS cause_2, collect(r) AS support
                  UNION ALL
                  MATCH (of_2:Trigger)-[r_2:CAUSES]->(effect)
                  RETURN effect AS cause_2, collect(r_2) AS support
                }
                WITH cause_2, reduce(whole = [], one IN collect(support) | whole + one) AS support_2
                CALL {
                  MATCH (trigger:Trigger)
                  RETURN trigger AS cause_3_2, statements(trigger)[..3] AS cited
                }
                WITH *
                WHERE cause_3_2 = cause_2
                RETURN cause_2 AS cause, support_2 AS support, cited
                ORDER BY cause.name",
        ),
    ]);
}

/// Paths, and what lies around.
#[test]
fn paths() {
    assert_patterns(&[
        (
            "path from lung cancer to opsoclonus via causes, has_symptom",
            r"
                MATCH (from), (to)
                WHERE is_a(from, 'lung-cancer') AND is_a(to, 'opsoclonus')
                WITH DISTINCT from, to
                MATCH path = allShortestPaths((from)-[:CAUSES|HAS_SYMPTOM*]-(to))
                WHERE from <> to
                WITH nodes(path) AS entities, [r IN relationships(path) | [type(r), startNode(r).id]] AS steps, head(collect(path)) AS path, reduce(whole = [], one IN collect(relationships(path)) | whole + one) AS support
                ORDER BY size(steps), [n IN entities | n.id], steps
                LIMIT 1
                WITH head(entities) AS from, last(entities) AS to, path, support
                RETURN from, to, length(path) AS length, path, support
                ORDER BY length, from.name",
        ),
        (
            "paths from lung cancer to opsoclonus via causes, -has_symptom->",
            r"
                MATCH (from), (to)
                WHERE is_a(from, 'lung-cancer') AND is_a(to, 'opsoclonus')
                WITH DISTINCT from, to
                MATCH path = allShortestPaths((from)-[:CAUSES|HAS_SYMPTOM*]-(to))
                WHERE from <> to AND all(i IN range(0, length(path) - 1) WHERE (startNode(relationships(path)[i]) = nodes(path)[i] AND type(relationships(path)[i]) IN ['CAUSES', 'HAS_SYMPTOM'] OR endNode(relationships(path)[i]) = nodes(path)[i] AND type(relationships(path)[i]) = 'CAUSES'))
                WITH min(length(path)) AS shortest, collect(path) AS found
                UNWIND [p IN found WHERE length(p) = shortest] AS path
                WITH nodes(path) AS entities, [r IN relationships(path) | [type(r), startNode(r).id]] AS steps, head(collect(path)) AS path, reduce(whole = [], one IN collect(relationships(path)) | whole + one) AS support
                WITH head(entities) AS from, last(entities) AS to, path, support
                RETURN from, to, length(path) AS length, path, support
                ORDER BY length, from.name",
        ),
        (
            "paths from viral infection to vomiting within 2 via causes, has_symptom",
            r"
                MATCH (from), (to)
                WHERE is_a(from, 'viral-infection') AND is_a(to, 'vomiting')
                MATCH path = (from)-[:CAUSES|HAS_SYMPTOM*1..2]-(to)
                WHERE all(n IN nodes(path) WHERE single(m IN nodes(path) WHERE m = n))
                WITH nodes(path) AS entities, [r IN relationships(path) | [type(r), startNode(r).id]] AS steps, head(collect(path)) AS path, reduce(whole = [], one IN collect(relationships(path)) | whole + one) AS support
                WITH head(entities) AS from, last(entities) AS to, path, support
                RETURN from, to, length(path) AS length, path, support
                ORDER BY length, from.name",
        ),
        (
            "around rituximab within 2",
            r"
                MATCH (centre)
                WHERE is_a(centre, 'rituximab')
                WITH collect(DISTINCT centre) AS centres
                UNWIND centres AS centre
                MATCH path = allShortestPaths((centre)-[*1..2]-(entity))
                WHERE NOT entity IN centres
                WITH entity, min(length(path)) AS distance, collect(path) AS paths
                WITH entity, distance, [p IN paths WHERE length(p) = distance | last(relationships(p))] AS support
                RETURN entity, distance, support
                ORDER BY distance, entity.name",
        ),
        (
            "around rituximab via -treats->",
            r"
                MATCH (centre)
                WHERE is_a(centre, 'rituximab')
                WITH collect(DISTINCT centre) AS centres
                UNWIND centres AS centre
                MATCH path = allShortestPaths((centre)-[:TREATS*1..1]->(entity))
                WHERE NOT entity IN centres
                WITH entity, min(length(path)) AS distance, collect(path) AS paths
                WITH entity, distance, [p IN paths WHERE length(p) = distance | last(relationships(p))] AS support
                RETURN entity, distance, support
                ORDER BY distance, entity.name",
        ),
    ]);
}

/// Searching; what would end the string does not.
#[test]
fn find() {
    assert_patterns(&[(
        r#"find "tremor's""#,
        r"
                CALL graph.find('tremor\'s') YIELD entity, matched, place, score
                RETURN entity, matched, place, size(statements(entity)) AS statements, statements(entity)[..3] AS cited
                ORDER BY score DESC, entity.name",
    )]);
}
