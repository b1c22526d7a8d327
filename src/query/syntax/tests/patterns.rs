//! Patterns: what each form is read as.

use super::super::parse;
use super::super::pattern_tree::{ClauseKind, PatternQuery};
use super::super::tree::{Body, Request};
use super::{pattern_sketch, read};

fn pattern(text: &str) -> PatternQuery {
    let request = read(text);
    match &request.query().expect("a query").body {
        Body::Pattern(pattern) => (**pattern).clone(),
        other => panic!("`{text}` is no pattern: {other:?}"),
    }
}

fn assert_read(rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        assert_eq!(pattern_sketch::query(&pattern(text)), *expected, "`{text}`");
    }
}

/// That what stands behind `RETURN` is read as sketched.
fn assert_values(rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        let text = format!("RETURN {text}");
        assert_eq!(pattern_sketch::query(&pattern(&text)), format!("return({expected})"), "`{text}`");
    }
}

#[test]
fn clauses() {
    assert_read(&[
        ("MATCH (n) RETURN n;", "match((n)) return(n)"),
        ("match (a), (b) where a.x = 1 return distinct *, a.x as y", "match((a), (b) where (a.x Equal 1)) return(distinct *, a.x as y)"),
        (
            "OPTIONAL MATCH (a) WITH a AS b ORDER BY b.x DESC, b SKIP 1 LIMIT $n WHERE b:A RETURN *",
            "optional((a)) with(a as b order b.x-, b+ skip 1 limit $n where b:A) return(*)",
        ),
        (
            "UNWIND [1, 2] AS x RETURN x UNION ALL RETURN 3 AS x UNION RETURN 4 AS x",
            "unwind([1, 2] as x) return(x) union all return(3 as x) union return(4 as x)",
        ),
        ("CALL graph.pagerank", "call(graph.pagerank)"),
        (
            "CALL graph.pagerank() YIELD entity AS e, score WHERE score > 1 RETURN e",
            "call(graph.pagerank() yield entity as e, score where (score Greater 1)) return(e)",
        ),
        ("CALL a.b(1, 'x') YIELD - RETURN 1", "call(a.b(1, \"x\") yield -) return(1)"),
        (
            "CALL { MATCH (a) RETURN a UNION ALL MATCH (a:B) RETURN a } RETURN a",
            "call{match((a)) return(a) union all match((a:B)) return(a)} return(a)",
        ),
        ("RETURN 1 AS `a b`, 2 AS order", "return(1 as a b, 2 as order)"),
        ("RETURN /* ; */ 1 // '\n-- \"\n, 2", "return(1, 2)"),
    ]);
    assert!(matches!(read("profile MATCH (n) RETURN n"), Request::Profile(_)));
    assert!(matches!(read("explain\nMATCH (n) RETURN n"), Request::Explain(_)));
    assert!(matches!(read("profile causes"), Request::Profile(_)));
    let Request::Let(name, _) = read("let my  answer = MATCH (n) RETURN n") else { panic!("no `let`") };
    assert_eq!((name.value.as_str(), name.span), ("my answer", 4..14));
}

#[test]
fn paths() {
    assert_read(&[
        (
            "MATCH p = (a:A:B {x: 1})-[r:R|S|:T*1..3 {y: $z}]->(b)<--(c)--()<-->(d) RETURN p",
            "match(p=(a:A:B {x: 1})-[r:R:S:T*1..3 {y: $z}]->(b)<-[]-(c)-[]-()-[]-(d)) return(p)",
        ),
        (
            "MATCH (a $p)-[*]-(b)-[*2]-(c)-[*..3]-(d)-[*2..]-(e) RETURN 1",
            "match((a $p)-[*..]-(b)-[*2..2]-(c)-[*..3]-(d)-[*2..]-(e)) return(1)",
        ),
        (
            "MATCH (a WHERE a.x > 1)-[r:R WHERE r.y]->(WHERE true) RETURN 1",
            "match((a where (a.x Greater 1))-[r:R where r.y]->( where true)) return(1)",
        ),
        (
            "MATCH p = shortestPath((a)-[*]-(b)), allShortestPaths((c)-->(d)) RETURN p",
            "match(p=shortest (a)-[*..]-(b), all shortest (c)-[]->(d)) return(p)",
        ),
        ("MATCH ((a)-->(b)), (`a b`:`C``D`) RETURN 1", "match((a)-[]->(b), (a b:C`D)) return(1)"),
        ("MATCH (a)\n-->(b)\n-- (a comment)\n--(c) RETURN 1", "match((a)-[]->(b)-[]-(c)) return(1)"),
        ("MATCH (match:Match {return: 1})-[in:IN]->(end) RETURN 1", "match((match:Match {return: 1})-[in:IN]->(end)) return(1)"),
    ]);
}

#[test]
fn which_operator_binds_tighter() {
    assert_values(&[
        ("a OR b XOR c AND NOT d = e", "(a Or (b Xor (c And not((d Equal e)))))"),
        ("NOT NOT a IS NULL", "not(not(absent(a)))"),
        ("a = b IS NOT NULL", "(a Equal present(b))"),
        ("1 < a + 2 <= b * 3", "(1 Less (a Add 2) LessOrEqual (b Multiply 3))"),
        ("a + b IN c = d", "(((a Add b) In c) Equal d)"),
        (
            "a.x STARTS WITH 'b' + c AND d CONTAINS e OR f ENDS  WITH g",
            "(((a.x StartsWith (\"b\" Add c)) And (d Contains e)) Or (f EndsWith g))",
        ),
        ("4 - 3 - 2 * 6 / 3 % 2 ^ 3 ^ 2", "((4 Subtract 3) Subtract (((2 Multiply 6) Divide 3) Modulo ((2 Power 3) Power 2)))"),
        ("-2 ^ 2, - - a, +a, -a.b[0]", "(-2 Power 2), neg(neg(a)), pos(a), neg(a.b[0])"),
        ("(a + b) * c", "((a Add b) Multiply c)"),
    ]);
    assert_values(&[("a =~ 'x' + b", "(a Matches (\"x\" Add b))"), ("a AND b AND c AND d", "((a And b) And (c And d))")]);
    assert_values(&[
        ("a--b", "(a Subtract neg(b))"),
        ("a<--1", "(a Less neg(-1))"),
        ("(1)--(2)", "(1 Subtract neg(2))"),
        ("a<-1", "(a Less -1)"),
    ]);
}

#[test]
fn literals() {
    assert_values(&[
        ("-9223372036854775808, 9223372036854775807", "-9223372036854775808, 9223372036854775807"),
        ("0x1F, -0x8000000000000000, 0o17, 0XfF", "31, -9223372036854775808, 15, 255"),
        (".5, 1.5, 1e3, 1.5E-3, -1e-9", "0.5, 1.5, 1000.0, 0.0015, -1e-9"),
        (r#"'it\'s', "\"", '\u00e9\n', '\U0001f600', '\ud83d\ude00'"#, r#""it's", "\"", "é\n", "😀", "😀""#),
        ("true, FALSE, Null, $x, $0, $`a b`", "true, false, null, $x, $0, $a b"),
        ("[], [1, [2]], {}, {a: 1, `b c`: {}}", "[], [1, [2]], {}, {a: 1, b c: {}}"),
        ("'//', '/*', \"--\", '`'", "\"//\", \"/*\", \"--\", \"`\""),
    ]);
}

#[test]
fn what_is_asked_of_values() {
    assert_values(&[
        ("a.b.c[0].d, a['x'], l[1..3], l[..-1], l[1..], l[..]", "a.b.c[0].d, a[\"x\"], l[1..3], l[..-1], l[1..], l[..]"),
        ("n:A:B, (n:A), n.x:B", "n:A:B, n:A, n.x:B"),
        (
            "count(*), COUNT(DISTINCT n.x), f(), date.truncate('day', d).year",
            "count(*), COUNT(distinct n.x), f(), date.truncate(\"day\", d).year",
        ),
        ("count, all, none", "count, all, none"),
        (
            "CASE WHEN a THEN 1 ELSE 2 END, CASE x WHEN 1 THEN 2 WHEN 3 THEN 4 END",
            "case when a then 1 else 2 end, case x when 1 then 2 when 3 then 4 end",
        ),
        ("[x IN l], [x IN l WHERE x > 1 | x + 1], [x IN l, 1]", "[x in l], [x in l where (x Greater 1) | (x Add 1)], [(x In l), 1]"),
        (
            "any(x IN l WHERE x), all(x in l where true), none(x IN l), single(x IN a + b WHERE x)",
            "Any(x in l where x), All(x in l where true), None(x in l), Single(x in (a Add b) where x)",
        ),
        (
            "reduce(s = 0, x IN l | s + x), filter(x IN l WHERE x), extract(x IN l | x.y)",
            "reduce(s = 0, x in l | (s Add x)), [x in l where x], [x in l | x.y]",
        ),
    ]);
}

#[test]
fn patterns_where_values_stand() {
    assert_values(&[
        ("(a)-->(b), (a)-[:R*]-(:B {x: 1})<--()", "<(a)-[]->(b)>, <(a)-[:R*..]-(:B {x: 1})<-[]-()>"),
        ("NOT (a)--(b) AND (a).x = (b)", "(not(<(a)-[]-(b)>) And (a.x Equal b))"),
        ("({a: 1}).a, ({a: 1})-->($p), (x) - [1][0]", "{a: 1}.a, <( {a: 1})-[]->( $p)>, (x Subtract [1][0])"),
        (
            "[(a)-->(b) | b.x], [p = (a)-->(b:B) WHERE b.x > 1 | length(p)], [(a)-->(b), 1], [(a), 1]",
            "[(a)-[]->(b) | b.x], [p=(a)-[]->(b:B) where (b.x Greater 1) | length(p)], [<(a)-[]->(b)>, 1], [a, 1]",
        ),
        ("shortestPath((a)-[*]-(b)), length(allShortestPaths((a)-->(b)))", "<shortest (a)-[*..]-(b)>, length(<all shortest (a)-[]->(b)>)"),
        (
            "EXISTS { (a)-->(b) WHERE b.x }, EXISTS { MATCH (a)-->(b) WHERE b.x }, exists((a)-->(b))",
            "exists{(a)-[]->(b) where b.x}, exists{(a)-[]->(b) where b.x}, exists(<(a)-[]->(b)>)",
        ),
        (
            "COUNT { MATCH (a)-->(b) RETURN b UNION MATCH (c) RETURN c }, count { (a)--() }",
            "count{match((a)-[]->(b)) return(b) union match((c)) return(c)}, count{(a)-[]-()}",
        ),
    ]);
}

#[test]
fn a_column_is_called_what_was_written() {
    let text = "RETURN  ( a + 1 ) , count( * )  ;";
    let query = pattern(text);
    let ClauseKind::Return(projection) = &query.parts[0].clauses[0].kind else { panic!("no `RETURN`") };
    let written: Vec<&str> = projection.items.iter().map(|item| &text[item.expression.span.clone()]).collect();
    assert_eq!(written, ["( a + 1 )", "count( * )"]);
}

/// Everything that `explain` prints on the pages of the tests.
#[test]
fn printed_patterns_are_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the pages are there") {
        let path = entry.expect("an entry can be read").path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let page = std::fs::read_to_string(&path).expect("a page can be read");
        for block in page.split("```pattern\n").skip(1) {
            let text = block.split("\n```").next().expect("a block ends");
            if let Err(faults) = parse(text) {
                panic!("{}: {faults:#?}\n{text}", path.display());
            }
            count += 1;
        }
    }
    assert!(count > 50, "{count} patterns");
}
