//! Plans: what becomes of some queries, by the counts of a large graph.

use oms_graph::algebra::rewrite::{Demand, Passes, estimate, plan};

use super::hetionet::Hetionet;

/// The plan of a query, as it is printed.
#[track_caller]
fn assert_plan(text: &str, expected: &[&str]) {
    let plan = Hetionet::new().plan(text, Demand::Rows);
    assert_eq!(plan, expected.join("\n"), "{text}\n{plan}");
}

#[test]
fn an_id_is_an_entity_and_its_label_is_known() {
    assert_plan(
        "MATCH (d:Disease {id:'Disease::1'})-[r:ASSOCIATES_DaG]->(g:Gene) WHERE r.score > 0.8 RETURN g.id, r.score",
        &[
            "project g.id := g.id, r.score := r.score",
            "  filter r.score cypher > 0.8",
            "    expand d => g: r via -ASSOCIATES_DaG->",
            "      entities d: exactly Disease::1",
            "        unit",
        ],
    );
}

#[test]
fn what_has_another_label_or_no_such_id_is_nothing() {
    assert_plan("MATCH (d:Gene {id:'Disease::1'})-->(g) RETURN g.name", &["project g.name := g.name", "  slice limit 0", "    unit"]);
    assert_plan("MATCH (d {id:'none'})-->(g) RETURN g.name", &["project g.name := g.name", "  slice limit 0", "    unit"]);
}

#[test]
fn distinct_counts_are_counts_and_ids_are_read_last() {
    assert_plan(
        "MATCH (d:Disease {id:'Disease::1'})-[:ASSOCIATES_DaG]->(g:Gene)-[:PARTICIPATES_GpPW]->(p:Pathway) \
         RETURN p.id AS pid, count(DISTINCT g.id) AS n ORDER BY n DESC, pid LIMIT 10",
        &[
            "project pid := p.id",
            "  slice limit 10",
            "    sort by _count descending, p.id",
            "      group by p: _count := count(*)",
            "        expand g => p: _relationship_2 via -PARTICIPATES_GpPW->",
            "          expand d => g: _relationship via -ASSOCIATES_DaG->",
            "            entities d: exactly Disease::1",
            "              unit",
        ],
    );
}

#[test]
fn cycles_are_intersections() {
    assert_plan(
        "MATCH (g:Gene)-[:INTERACTS_GiG]->(h:Gene), (d:Disease)-[:ASSOCIATES_DaG]->(g), (d)-[:ASSOCIATES_DaG]->(h) RETURN count(*)",
        &[
            "group all: _count := count(*)",
            "  meet h: d via -ASSOCIATES_DaG->; g via -INTERACTS_GiG->",
            "    expand d => g: _relationship_2 via -ASSOCIATES_DaG->",
            "      entities d: kind Disease",
            "        unit",
        ],
    );
    assert_plan(
        "MATCH (a:Disease {id:'Disease::1'})-[]-(x)-[]-(b:Disease {id:'Disease::2'}) RETURN DISTINCT x.id",
        &[
            "project x.id := x.id",
            "  distinct x",
            "    meet x: a via any; b via any",
            "      entities b: exactly Disease::2",
            "        entities a: exactly Disease::1",
            "          unit",
        ],
    );
}

#[test]
fn existence_is_asked_once_for_each() {
    assert_plan(
        "MATCH (d:Disease {id:'Disease::1'})-[:ASSOCIATES_DaG]->(g:Gene)<-[:BINDS_CbG]-(c:Compound) \
         WHERE NOT EXISTS { MATCH (c)-[:TREATS_CtD]->(:Disease) } RETURN DISTINCT c.id",
        &[
            "project c.id := c.id",
            "  apply: left without partner",
            "    distinct c",
            "      expand g => c: _relationship_2 via <-BINDS_CbG-",
            "        expand d => g: _relationship via -ASSOCIATES_DaG->",
            "          entities d: exactly Disease::1",
            "            unit",
            "    weigh c via -TREATS_CtD->",
            "      argument",
        ],
    );
}

#[test]
fn partners_that_are_only_counted_are_not_listed() {
    assert_plan(
        "MATCH (n) WHERE toLower(n.name) STARTS WITH 'neuro' OPTIONAL MATCH (n)-[r]-() RETURN n.id, count(r)",
        &[
            "project n.id := n.id",
            "  group by n: _count := count(#partner)",
            "    apply: left with any partner",
            "      filter toLower(n.name) starts with \"neuro\"",
            "        entities n: named \"neuro\"…",
            "          unit",
            "      project #partner := true",
            "        weigh n via any",
            "          argument",
        ],
    );
}

#[test]
fn the_statistics_answer_what_they_can() {
    assert_plan(
        "MATCH (a)-[r]->(b) RETURN labels(a)[0], type(r), count(*)",
        &[
            "group by labels(a)[0], type(r): _count := count(*)",
            "  project labels(a)[0] := #from[0], type(r) := #type",
            "    signatures: start #from, type #type",
        ],
    );
    assert_plan("MATCH (g:Gene) RETURN count(*)", &["project _count := 20945", "  unit"]);
}

#[test]
fn ends_of_trails_are_reached() {
    assert_plan(
        "MATCH (a:Symptom {id:'Symptom::1'})-[*1..3]-(b) WHERE b.id <> 'Symptom::1' RETURN count(DISTINCT b.id)",
        &[
            "group all: _count := count(distinct b)",
            "  filter b cypher != Symptom::1",
            "    reach a => b: 1 to 3 via any",
            "      entities a: exactly Symptom::1",
            "        unit",
        ],
    );
}

#[test]
fn evidence_keeps_every_relation() {
    let graph = Hetionet::new();
    let text = "MATCH (c:Compound)-[:BINDS_CbG]->(g:Gene)<-[:ASSOCIATES_DaG]-(d:Disease) RETURN c.id, count(*)";
    assert!(graph.plan(text, Demand::Rows).contains("weigh"));
    let plan = graph.plan(text, Demand::Evidence);
    assert!(!plan.contains("weigh") && plan.contains("ASSOCIATES_DaG") && plan.contains("BINDS_CbG"), "{plan}");
}

#[test]
fn a_long_chain_is_counted_step_by_step() {
    let graph = Hetionet::new();
    let text = "MATCH (a:Anatomy)-[:EXPRESSES_AeG]->(g:Gene)-[:PARTICIPATES_GpPW]->(p:Pathway)<-[:PARTICIPATES_GpPW]-(h:Gene)\
                <-[:BINDS_CbG]-(c:Compound)-[:TREATS_CtD]->(d:Disease) WHERE g <> h RETURN count(*)";
    let planned = plan(&graph.query(text), &graph, Passes::ALL, Demand::Rows);
    assert!(format!("{:?}", planned.query.root).contains("Merge"), "{planned:?}");
    let rows = estimate(&planned.query.root, &graph);
    assert!((0.0..10.0).contains(&rows), "one row, or about so: {rows}");
}

#[test]
fn without_rewrites_a_query_is_as_it_was() {
    let graph = Hetionet::new();
    let query = graph.query("MATCH (a)-[r]->(b) WHERE a.id = 'Disease::1' RETURN b LIMIT 3");
    assert_eq!(plan(&query, &graph, Passes::NONE, Demand::Rows).query, query);
}
