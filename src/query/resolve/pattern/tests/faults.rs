//! Faults: what is refused before a pattern runs, and what is only warned about.

use super::resolved;
use crate::diagnostic::Code;

#[test]
fn names_must_be_there_and_mean_one_thing() {
    let rows = [
        ("MATCH (n) RETURN m", Code::UndefinedVariable),
        ("MATCH (n) WHERE (n)-[r]->() RETURN n", Code::UndefinedVariable),
        ("MATCH (a) WITH a.name AS name RETURN a", Code::UndefinedVariable),
        ("MATCH (a) RETURN DISTINCT a.name ORDER BY a.age", Code::UndefinedVariable),
        ("RETURN [x IN [1] | x] AS l, x", Code::UndefinedVariable),
        ("MATCH ()-[r]->() MATCH (r) RETURN r", Code::VariableConflict),
        ("WITH [1] AS n MATCH (n) RETURN n", Code::VariableConflict),
        ("MATCH (n) WITH [n] AS some MATCH (some)-->() RETURN 1", Code::VariableConflict),
        ("MATCH (a)-[r]->()-[r]->(b) RETURN r", Code::VariableBound),
        ("MATCH p = (p)-->() RETURN p", Code::VariableBound),
        ("WITH 1 AS x UNWIND [1] AS x RETURN x", Code::VariableBound),
        ("MATCH (a) CALL { MATCH (a) RETURN a } RETURN a", Code::VariableBound),
    ];
    check(&rows);
}

#[test]
fn aggregates_stand_where_rows_are_grouped() {
    let rows = [
        ("MATCH (a) WHERE count(a) > 1 RETURN a", Code::BadAggregate),
        ("RETURN count(count(*))", Code::BadAggregate),
        ("MATCH (a) RETURN a.x + count(*)", Code::BadAggregate),
        ("MATCH (a) RETURN a.x + a.y, a.x + a.y + count(*)", Code::BadAggregate),
        ("MATCH (n) RETURN [x IN [1] | count(*)]", Code::BadAggregate),
        ("MATCH (n) RETURN n.x ORDER BY max(n.y)", Code::BadAggregate),
        ("MATCH (n) RETURN n.x + n.y, count(*) AS c ORDER BY n.x + n.y + count(*)", Code::BadAggregate),
        ("UNWIND collect(1) AS x RETURN x", Code::BadAggregate),
        ("RETURN count(rand())", Code::NotConstant),
    ];
    check(&rows);
    for fine in [
        "MATCH (a) RETURN a, a.x + count(*)",
        "MATCH (a) RETURN a.x, a.x + count(*) ORDER BY a.x + count(*)",
        "MATCH (a)-->(b) RETURN a.x, count(b) AS c ORDER BY c + a.x",
        "MATCH (a) RETURN [x IN collect(a) | x.name] AS names",
        "MATCH (a) RETURN count(*) AS c ORDER BY $five + count(*)",
    ] {
        assert!(resolved(fine).is_ok(), "{fine}: {:?}", resolved(fine).err());
    }
}

#[test]
fn clauses_stand_in_their_order_and_columns_have_names() {
    let rows = [
        ("MATCH (n)", Code::BadClause),
        ("RETURN 1 AS a UNION RETURN 2 AS a UNION ALL RETURN 3 AS a", Code::BadClause),
        ("RETURN 1 AS a UNION RETURN 2 AS b", Code::BadColumns),
        ("RETURN 1 AS a, 2 AS a", Code::BadColumns),
        ("MATCH (a) WITH a, count(*) RETURN a", Code::BadColumns),
        ("MATCH () RETURN *", Code::BadColumns),
        ("MATCH (n) RETURN n SKIP n.count", Code::NotConstant),
        ("MATCH (n) RETURN n LIMIT -1", Code::BadArguments),
        ("MATCH (n) RETURN n LIMIT 1.5", Code::BadArguments),
        ("MATCH (n) RETURN n LIMIT $less", Code::OutOfRange),
        ("RETURN $unheard", Code::MissingParameter),
        ("CALL graph.nonsense() YIELD x RETURN x", Code::UnknownProcedure),
        ("CALL graph.find('x') YIELD nothing RETURN 1", Code::UnknownField),
    ];
    check(&rows);
}

#[test]
fn values_fit_what_is_done_with_them() {
    let rows = [
        ("RETURN 1 AND true", Code::BadArguments),
        ("RETURN NOT 'a'", Code::BadArguments),
        ("MATCH (n) WHERE (n) RETURN n", Code::BadArguments),
        ("RETURN 1 IN 2", Code::BadArguments),
        ("RETURN all(x IN ['a'] WHERE x % 2 = 0)", Code::BadArguments),
        ("MATCH p = (a) RETURN labels(p)", Code::BadArguments),
        ("MATCH (a) RETURN type(a)", Code::BadArguments),
        ("MATCH (a) RETURN length(a)", Code::BadArguments),
        ("MATCH p = (a)-->() RETURN size(p)", Code::BadArguments),
        ("MATCH p = (a)-->() WHERE p.name = 'a' RETURN p", Code::BadArguments),
        ("RETURN properties(1)", Code::BadArguments),
        ("WITH 1 AS x RETURN x.name", Code::TypeMismatch),
        ("WITH true AS x RETURN x[0]", Code::TypeMismatch),
        ("MATCH (n $less) RETURN n", Code::BadGraphPattern),
        ("MATCH (n) RETURN (n)-->()", Code::Syntax),
        ("MATCH (n) RETURN size((n)-->())", Code::Syntax),
        ("RETURN toUpperr('a')", Code::UnknownFunction),
        ("RETURN toUpper('a', 'b')", Code::BadArguments),
        ("RETURN quantity('so many')", Code::BadArguments),
        ("RETURN extent('hardly')", Code::BadArguments),
    ];
    check(&rows);
}

#[test]
fn what_the_graph_does_not_have_is_a_warning() {
    let rows = [
        ("MATCH (n:Symptm) RETURN n", Code::UnknownKind, "Symptom"),
        ("MATCH ()-[r:CAUSE]->() RETURN r", Code::UnknownRelation, "CAUSES"),
        ("MATCH (n) RETURN n.nam", Code::UnknownField, "name"),
        ("MATCH ()-[r]->() RETURN r.populaton", Code::UnknownField, "population"),
        ("MATCH (n) WHERE is_a(n, 'neuroblastom') RETURN n", Code::UnknownName, "neuroblastoma"),
    ];
    for (query, code, near) in rows {
        let (_, warnings) = resolved(query).expect(query);
        let [only] = warnings.as_slice() else { panic!("{query}: {warnings:?}") };
        assert_eq!(only.code, code, "{query}");
        assert!(only.help.iter().any(|hint| hint.contains(near)), "{query}: {:?}", only.help);
    }
    for fine in ["MATCH (n:symptom) RETURN n.id", "MATCH ()-[r:has_symptom|HAS_SYMPTOM]->() RETURN r.statement", "RETURN {a: 1}.b"] {
        assert_eq!(resolved(fine).expect(fine).1, [], "{fine}");
    }
}

fn check(rows: &[(&str, Code)]) {
    for (query, code) in rows {
        match resolved(query) {
            Ok((tree, _)) => panic!("{query} is refused, not\n{tree}"),
            Err(fault) => {
                assert_eq!(fault.code, *code, "{query}: {fault}");
                assert!(!fault.labels.is_empty() && !fault.help.is_empty(), "{query}: {fault:?}");
            }
        }
    }
}
