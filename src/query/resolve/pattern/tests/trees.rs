//! Trees: what patterns are in the algebra.

use super::resolved;

#[test]
#[allow(clippy::too_many_lines)] // A table of cases.
fn trees() {
    let rows = [
        (
            "MATCH (t:Trigger {name: 'x'})-[r:CAUSES]->(d:Disease) WHERE r.share > 1 AND d.name = 'a' RETURN d.id, r",
            "columns: d.id (any), r (relation)
            project d.id := d.id
              asserted r
                filter d is :Disease; r.share cypher > 1; d.name cypher = \"a\"
                  expand t => d: r via -causes->
                    filter t.name cypher = \"x\"
                      entities t: kind trigger
                        unit",
        ),
        (
            "MATCH (d:Disease)-[:HAS_SYMPTOM]->(s) RETURN d.name, count(*) + 1 AS c ORDER BY c DESC, d.name SKIP 1 LIMIT $five",
            "columns: d.name (any), c (any)
            slice skip 1, limit 5
              sort by c descending, d.name
                project c := _count + 1
                  group by d.name: _count := count(*)
                    project d.name := d.name
                      asserted _relationship
                        expand d => s: _relationship via -has_symptom->
                          entities d: kind disease
                            unit",
        ),
        (
            "MATCH p = (a)-[r:CAUSES*0..3 {share: 1}]-(b) OPTIONAL MATCH (b)<-[:TREATS]-(c) WHERE c.name = a.name WITH DISTINCT a, c WHERE c IS NULL RETURN *",
            "columns: a (entity), c (entity)
            filter not (has c)
              distinct all columns
                apply: left with any partner
                  project p := path(a, r, b)
                    trail a => b: r, 0 to 3 via -causes-, every _each: _each.share cypher = 1
                      entities a: any
                        unit
                  asserted _relationship
                    filter c.name cypher = a.name
                      expand b => c: _relationship via <-treats-
                        argument",
        ),
        (
            "MATCH (a)-[r]->(b) WITH r MATCH (x)<-[r]-(y:Trigger) RETURN x, y",
            "columns: x (entity), y (entity)
            filter y is :Trigger
              project y := startNode(r)
                project x := endNode(r)
                  asserted r
                    expand a => b: r via ALL
                      entities a: any
                        unit",
        ),
        (
            "MATCH (n) WHERE NOT (n)-[:CAUSES]->() AND coalesce(n.x = 1, true) RETURN [(m)-[:TREATS]->(n) WHERE m.name > 'a' | m.name] AS l",
            "columns: l (any)
            project l := list of m.name over { asserted _relationship_2 <- filter m.name cypher > \"a\" <- expand n => m: _relationship_2 via <-treats- <- argument }
              filter not exists { asserted _relationship <- expand n => _node: _relationship via -causes-> <- argument }; possibly (n.x cypher = 1)
                entities n: any
                  unit",
        ),
        (
            "MATCH p = shortestPath((a:Trigger)-[:CAUSES*..5]-(b)) RETURN p UNION ALL RETURN null AS p",
            "columns: p = p_2 (path)
            union
              project p_2 := p
                paths a => b: p, the first shortest within 5, each by itself, via -causes-
                  entities b: any
                    entities a: kind trigger
                      unit
              project p_2 := p_3
                project p_3 := null
                  unit",
        ),
        (
            "MATCH (a) CALL { WITH a MATCH (a)-[r:CAUSES]->(b) RETURN count(b) AS c } RETURN a, c",
            "columns: a (entity), c = _count (any)
            apply: both
              entities a: any
                unit
              apply: both
                argument
                group all: _count := count(b)
                  asserted r
                    expand a => b: r via -causes->
                      argument",
        ),
        (
            "MATCH (cause)-[r:CAUSES]->(of:Disease) RETURN cause, collect(r) AS support",
            "columns: cause (entity)
            rest on _collect, cite nothing
              group by cause: _collect := collect(r)
                asserted r
                  filter of is :Disease
                    expand cause => of: r via -causes->
                      entities cause: any
                        unit",
        ),
        (
            "MATCH (a:Trigger), (b:Symptom) MATCH p = shortestPath((a)-[:CAUSES|HAS_SYMPTOM*]-(b)) WHERE all(i IN range(0, length(p) - 1) WHERE (startNode(relationships(p)[i]) = nodes(p)[i] AND type(relationships(p)[i]) IN ['CAUSES', 'HAS_SYMPTOM'] OR endNode(relationships(p)[i]) = nodes(p)[i] AND type(relationships(p)[i]) = 'CAUSES')) RETURN p",
            "columns: p (path)
            paths a => b: p, the first shortest, each by itself, via -causes-, -has_symptom->
              entities b: kind symptom
                entities a: kind trigger
                  unit",
        ),
        (
            "MATCH (a)-[r:CAUSES]->() WITH [r] AS rs, r MATCH (x)-[rs*]->(y)-[r]->(z) RETURN z",
            "columns: z (entity)
            filter not (r in _relationships)
              project z := endNode(r)
                filter _relationships cypher = rs; y cypher = startNode(r)
                  trail x => y: _relationships, 1 to any number via ALL
                    entities x: any
                      project rs := [r]
                        asserted r
                          expand a => _node: r via -causes->
                            entities a: any
                              unit",
        ),
        (
            "CALL graph.find('tremor') YIELD entity AS e, score RETURN e ORDER BY score DESC",
            "columns: e (entity)
            sort by score descending
              find \"tremor\": e, matched, place, score",
        ),
        (
            "MATCH (n) WHERE is_a(n, 'neuroblastoma') AND reduce(a = 0, x IN [1, 2] | a + x) = 3 RETURN CASE n.name WHEN 'a' THEN 1 ELSE -2 END",
            "columns: CASE n.name WHEN 'a' THEN 1 ELSE -2 END (any)
            project CASE n.name WHEN 'a' THEN 1 ELSE -2 END := case n.name when \"a\" then 1 else -2 end
              filter n is_a neuroblastoma; (reduce a from 0 for x in [1, 2] to (a + x)) cypher = 3
                entities n: any
                  unit",
        ),
    ];
    for (query, expected) in rows {
        let (tree, _) = resolved(query).unwrap_or_else(|fault| panic!("{query}: {fault}"));
        let lines: Vec<&str> = expected.lines().map(|line| line.strip_prefix("            ").unwrap_or(line)).collect();
        let shortened: Vec<String> = tree.lines().map(without_all_types).collect();
        assert_eq!(shortened.join("\n"), lines.join("\n"), "{query}");
    }
}

/// A directed relationship of any type lists all types: here in one word.
fn without_all_types(line: &str) -> String {
    match line.split_once("via -is_a->, ") {
        Some((before, _)) => format!("{before}via ALL"),
        None => line.to_owned(),
    }
}
