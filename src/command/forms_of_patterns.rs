//! Forms of patterns: every clause, with an example and what it does, and the aggregates: the tables behind help, completion and the reference.

/// A clause of patterns, or a form that stands in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clause {
    /// What it is looked up by; the first is its name.
    pub names: &'static [&'static str],
    /// How it is built; brackets stand round what may be left out.
    pub written: &'static str,
    /// A pattern that has it, on the graph that the program carries.
    pub example: &'static str,
    /// What it does.
    pub summary: &'static str,
}

const fn clause(names: &'static [&'static str], written: &'static str, example: &'static str, summary: &'static str) -> Clause {
    Clause { names, written, example, summary }
}

/// Every clause, in the order of the reference.
pub const CLAUSES: &[Clause] = &[
    clause(
        &["MATCH"],
        "MATCH pattern, ... [WHERE condition]",
        "MATCH (t:Trigger)-[:CAUSES]->(d:Disease) WHERE t.name CONTAINS 'cancer' RETURN t, d",
        "finds every way in which the patterns fit the graph; `WHERE` keeps those for which the condition is true",
    ),
    clause(
        &["OPTIONAL MATCH", "optional"],
        "OPTIONAL MATCH pattern, ... [WHERE condition]",
        "MATCH (t:Treatment) OPTIONAL MATCH (t)-[:IS_A]->(above) RETURN t.name, above.name",
        "the same; where nothing fits, the row stays and the new variables are null",
    ),
    clause(
        &["WITH"],
        "WITH [DISTINCT] items [ORDER BY ...] [SKIP n] [LIMIT n] [WHERE condition]",
        "MATCH (t:Trigger)-[:CAUSES]->(d) WITH d, count(DISTINCT t) AS triggers WHERE triggers > 1 RETURN d.name, triggers",
        "hands on these values alone; aggregates are computed for each combination of the other items",
    ),
    clause(
        &["UNWIND"],
        "UNWIND list AS name",
        "UNWIND ['oms', 'neuroblastoma'] AS id MATCH (n {id: id}) RETURN n.name, labels(n)",
        "a row for each member of the list",
    ),
    clause(
        &["CALL", "YIELD"],
        "CALL procedure(arguments) [YIELD column [AS name], ... [WHERE condition]]",
        "CALL graph.degree() YIELD entity, degree RETURN entity, degree ORDER BY degree DESC LIMIT 3",
        "the rows of a procedure; `:help procedures` lists them",
    ),
    clause(
        &["CALL { }", "subquery", "subqueries"],
        "CALL { query }",
        "MATCH (t:Trigger) CALL { WITH t MATCH (t)-[:CAUSES]->(d) RETURN count(d) AS caused } RETURN t.name, caused",
        "the rows of a query of its own, for each row in front",
    ),
    clause(
        &["UNION", "UNION ALL"],
        "query UNION [ALL] query",
        "MATCH (n:Trigger) RETURN n.name AS name UNION MATCH (n:Population) RETURN n.name AS name",
        "the rows of both queries, which have the same columns; without `ALL` each row once",
    ),
    clause(
        &["RETURN", "DISTINCT", "ORDER BY", "SKIP", "LIMIT"],
        "RETURN [DISTINCT] items [ORDER BY ...] [SKIP n] [LIMIT n]",
        "MATCH (n:Trigger) RETURN n.name AS trigger ORDER BY trigger DESC SKIP 1 LIMIT 3",
        "the columns of the answer; `*` is every variable",
    ),
    clause(
        &["variable length", "named path"],
        "path = (a)-[:TYPE*1..3]-(b)",
        "MATCH p = ({id: 'lung-cancer'})-[:CAUSES|HAS_SYMPTOM*1..2]->(s) RETURN p, length(p)",
        "one to three relationships in a row; `*` alone is any number; `path =` names the whole way",
    ),
    clause(
        &["shortestPath", "allShortestPaths"],
        "shortestPath((a)-[*]-(b))",
        "MATCH p = shortestPath((a {id: 'lung-cancer'})-[*]-(b {id: 'opsoclonus'})) RETURN p",
        "the shortest way between two nodes; `allShortestPaths` gives every way of that length",
    ),
    clause(
        &["EXISTS { }", "COUNT { }", "exists"],
        "EXISTS { pattern [WHERE condition] }, COUNT { pattern }",
        "MATCH (t:Trigger) WHERE NOT EXISTS { (t)-[:CAUSES]->() } RETURN t.name",
        "whether a pattern fits at all, and in how many ways",
    ),
    clause(
        &["list", "lists", "comprehension"],
        "[x IN list WHERE condition | value], [pattern | value], list[0], list[1..3]",
        "MATCH (d {id: 'oms'}) RETURN [(d)-[:HAS_SYMPTOM]->(s) | s.name][0..3] AS symptoms",
        "a list made of another or of the ways in which a pattern fits, and its parts",
    ),
    clause(
        &["CASE", "WHEN"],
        "CASE WHEN condition THEN value ELSE value END",
        "MATCH (n:Trigger) RETURN n.name, CASE WHEN (n)-[:CAUSES]->() THEN 'causes' ELSE 'none' END AS does",
        "the value of the first condition that is true",
    ),
    clause(
        &["parameter", "parameters"],
        "$name",
        "MATCH (n:Trigger) RETURN n.name LIMIT 3",
        "a value that is given beside the query: `:param name=value`, or `--param name=value` on the command line",
    ),
];

/// The aggregates: how each is written, and what it yields. What is null does not count.
pub const AGGREGATES: &[(&str, &str)] = &[
    ("count(*)", "how many rows there are"),
    ("count(x)", "how many values there are"),
    ("sum(x)", "their sum; of durations, too"),
    ("avg(x)", "their mean"),
    ("min(x)", "the least"),
    ("max(x)", "the greatest"),
    ("collect(x)", "all of them, as a list"),
    ("stDev(x)", "their standard deviation, as of a sample"),
    ("stDevP(x)", "their standard deviation, as of all there are"),
    ("percentileCont(x, p)", "the value below which the share `p`, 0 to 1, of them lies; between two values where it falls there"),
    ("percentileDisc(x, p)", "the same, always one of the values"),
];
