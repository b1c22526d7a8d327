//! Messages about patterns: what each mistake is told, and where its caret stands.

use crate::diagnostic::Code;

use super::messages::assert_messages;
use super::{read, refused};

#[test]
fn clauses_that_write() {
    assert_messages(
        Code::ReadOnly,
        &[
            ("MATCH (n) SET n.x = 1", "SET", "`SET` would change the graph, and this language only reads", "`oms check`"),
            (
                "MATCH (n) DETACH  DELETE n",
                "DETACH  DELETE",
                "`DETACH DELETE` would change the graph, and this language only reads",
                "`oms import`",
            ),
            ("CREATE (n:A)", "CREATE", "`CREATE` would change the graph, and this language only reads", "`UNWIND`"),
            ("explain merge (n)", "merge", "`MERGE` would change the graph, and this language only reads", "`oms check`"),
            ("let x = CREATE (n)", "CREATE", "`CREATE` would change the graph, and this language only reads", "`oms check`"),
            ("create index on :A(b)", "create index", "`CREATE INDEX` would change the graph, and this language only reads", "files"),
            (
                "LOAD CSV FROM 'x' AS y RETURN y",
                "LOAD CSV",
                "`LOAD CSV` would change the graph, and this language only reads",
                "`oms import`",
            ),
            ("CALL { MATCH (a) REMOVE a.x }", "REMOVE", "`REMOVE` would change the graph, and this language only reads", "files"),
            ("FOREACH (x IN [1] | CREATE (n))", "FOREACH", "`FOREACH` would change the graph, and this language only reads", "files"),
            ("set n.x = 1", "set", "`SET` would change the graph, and this language only reads", "files"),
        ],
    );
    for phrase in ["set of things", "create", "delete n", "merge", "drop foot", "load", "remove tumor"] {
        read(phrase);
    }
}

#[test]
fn expressions() {
    assert_messages(
        Code::Syntax,
        &[
            ("MATCH (n) WHERE n.x == 1 RETURN n", "==", "`==` is no operator here", "write `=`"),
            ("RETURN a\ncauses of OMS", "causes", "`causes` cannot stand here", "it ends there with `;`"),
            ("MATCH (n) WHERE n.x != 1 RETURN n", "!=", "`!=` is no operator here", "write `<>`"),
            ("RETURN a && b", "&&", "`&&` is no operator here", "write `AND`"),
            ("RETURN a || b", "||", "`||` is no operator here", "write `OR`"),
            ("MATCH (n) WHERE n.x => 1 RETURN n", "=>", "`=>` is no operator here", "write `>=`"),
            ("MATCH (n) WHERE n.x LIKE 'a%' RETURN n", "LIKE", "`LIKE` is no operator here", "`STARTS WITH`"),
            ("MATCH (n) WHERE n.x = tumor marker RETURN n", "marker", "`marker` cannot stand here", "`'tumor marker …'`"),
            ("MATCH (n {name: tumor marker}) RETURN n", "marker", "`marker` cannot stand here", "quotation marks"),
            ("RETURN “x”", "“", "`“` is no quotation mark in a pattern", "`'…'`"),
            ("MATCH (n) WHERE n.x IN (1, 2) RETURN n", "(", "a list stands in square brackets", "`x IN [1, 2]`"),
            ("RETURN a STARTS 'b'", "STARTS", "`STARTS` is followed by `WITH`", "STARTS WITH 'neuro'"),
            ("RETURN a IS 5", "IS", "`IS` is followed by `NULL` or `NOT NULL`", "`a.x = 5`"),
            ("RETURN n {.name}", "{", "a map has a key in front of each value", "`{name: n.name}`"),
            ("RETURN 1 + THEN", "THEN", "`THEN` stands where a value is expected", "backquotes"),
            ("RETURN [1 | 2]", "[1 | 2]", "these brackets hold neither a list nor a comprehension", "`[x IN list | x.name]`"),
            ("RETURN [x WHERE x]", "WHERE x", "a list takes no condition", "`[x IN list WHERE x > 1]`"),
            ("RETURN any(x WHERE x)", "WHERE x", "`any` cannot be written so", "`any(x IN list WHERE x > 1)`"),
            ("RETURN reduce(x IN l | x)", "reduce(x IN l | x)", "`reduce` needs a start, a list and a step", "`reduce(sum = 0"),
            ("RETURN sum(*)", "*", "`sum` cannot take `*`", "`count(*)`"),
            ("RETURN (:A)", "(:A)", "a node stands where a value is expected", "`(a)-->(b)`"),
            ("RETURN a -[r]- b", "-[r]-", "a relationship stands between two nodes in parentheses", "`(a)-[:CAUSES]->(b)`"),
            ("RETURN (a)(b)", "(b)", "only a function's name can stand in front of parentheses", "operator"),
            ("RETURN a[]", "[]", "the brackets behind a value are empty", "`list[0]`"),
            ("RETURN '\\d'", "\\d", "`\\d` is no escape", "`\\\\`"),
            ("RETURN '\\u12'", "\\u", "`\\u` is no escape", "four hexadecimal digits"),
            ("RETURN {a 1}", "1", "`1` cannot stand here", "reads like"),
        ],
    );
    assert_messages(
        Code::BadNumber,
        &[
            ("RETURN 9223372036854775808", "9223372036854775808", "the whole number is out of range", "lie between"),
            ("RETURN -0x8000000000000001", "-0x8000000000000001", "the whole number is out of range", "lie between"),
            ("RETURN 1e400", "1e400", "the number is too large", "greatest number"),
            ("RETURN 12h3, 1", "12h3", "`12h3` is no number", "backquotes"),
            ("RETURN 0x", "0x", "`0x` is no number", "`0x1F`"),
            ("MATCH ()-[*99999999999999999999]->() RETURN 1", "99999999999999999999", "the length is too large", "`*1..`"),
        ],
    );
}

#[test]
fn paths() {
    assert_messages(
        Code::Syntax,
        &[
            ("MATCH n RETURN n", "n", "the node `n` needs parentheses", "`(n)`"),
            ("MATCH (a)-->b RETURN b", "b", "the node `b` needs parentheses", "`(b)`"),
            ("MATCH (a)-[r]>(b) RETURN b", ">", "the arrow is not complete", "`-[r:CAUSES]->`"),
            ("MATCH (a)->(b) RETURN b", "->", "the arrow is not complete", "`-->`"),
            ("MATCH (a)<-(b) RETURN b", "<-", "the arrow is not complete", "`<--`"),
            ("MATCH (a)-(b) RETURN b", "-", "the arrow is not complete", "`--`"),
            ("MATCH (a)=>(b) RETURN b", "=>", "the arrow is not complete", "`-->`"),
            ("MATCH (a)[r](b) RETURN b", "[", "the arrow is not complete", "`-[r:CAUSES]->`"),
            ("MATCH (n:A|B) RETURN n", "|", "labels take no operators", "`WHERE n:A OR n:B`"),
            ("MATCH (n:!A) RETURN n", "!", "labels take no operators", "`WHERE NOT n:A`"),
            ("MATCH causes of OMS", "causes", "`MATCH` is followed by a node in parentheses", "quotation marks"),
        ],
    );
    assert_messages(
        Code::BadGraphPattern,
        &[
            ("MATCH (a)-[:X..3]->(b) RETURN b", "..", "the length of a path is written behind `*`", "`-[:CAUSES*1..3]->`"),
            ("MATCH (a)-[:X*-2]->(b) RETURN b", "-", "a length cannot be negative", "`-[:CAUSES*1..3]->`"),
            ("MATCH (a)-[:X]->{1,3}(b) RETURN b", "{", "the length of a path is written behind `*`", "`-[:CAUSES*1..3]->`"),
        ],
    );
}

#[test]
fn clauses() {
    assert_messages(
        Code::Syntax,
        &[
            ("MATCH (n) RETURN n GROUP BY n", "GROUP", "`GROUP` is not part of this language", "groups the rows"),
            ("MATCH (n) RETURN n HAVING n.x > 1", "HAVING", "`HAVING` is not part of this language", "behind `WITH`"),
            ("SELECT x FROM y", "SELECT", "`SELECT … FROM` is not part of this language", "`causes of OMS show"),
            ("OPTIONAL (n) RETURN n", "OPTIONAL", "`OPTIONAL` stands in front of `MATCH`", "`OPTIONAL MATCH`"),
            ("MATCH (n) WHERE n.x WHERE n.y RETURN n", "WHERE", "`WHERE` stands twice", "`AND`"),
            ("MATCH (n) RETURN n WHERE n.x", "WHERE", "`WHERE` cannot stand behind `RETURN`", "behind `MATCH`"),
            ("UNWIND [1] x RETURN x", "x", "`AS` is missing", "`AS x`"),
            ("MATCH (n) RETURN n.name cause", "cause", "`cause` cannot stand here", "`AS cause`"),
            ("MATCH (n) RETURN count n", "count", "`count` needs parentheses", "`count(n)`"),
            ("MATCH (n) RETURN count *", "count", "`count` needs parentheses", "`count(*)`"),
            ("RETURN n LIMIT 5 SKIP 2", "SKIP", "`SKIP` stands in front of `LIMIT`", "the order is"),
            ("RETURN n LIMIT 5 LIMIT 2", "LIMIT", "`LIMIT` stands twice", "the order is"),
            ("MATCH (n) LIMIT 5 RETURN n", "LIMIT", "`LIMIT` stands behind `RETURN` or `WITH`", "the order is"),
            ("MATCH (n) WHERE RETURN n", "RETURN", "something is missing in front of `RETURN`", "behind `WHERE`"),
            ("RETURN 1; RETURN 2", "RETURN", "something follows behind the end of the query", "`UNION`"),
            ("RETURN n?", "?", "a pattern does not end in `?`", "`;`"),
            ("RETURN", "", "the query ends behind `RETURN`", "reads like"),
            ("MATCH (n) RETURN n,", "", "the query ends too early", "reads like"),
            ("call of duty", "duty", "`duty` cannot stand here", "needs quotation marks"),
            ("let (a) = RETURN 1", "(a)", "this cannot be the name of an answer", "made of words"),
        ],
    );
    assert_eq!(refused("let where = RETURN 1").code, Code::ReservedName);
}

#[test]
fn texts_that_cannot_be_read_at_all() {
    assert_messages(
        Code::UnclosedQuote,
        &[
            ("RETURN 'abc", "'", "a quotation mark is not closed", "close it with `'`"),
            ("RETURN /* abc", "/*", "a comment is not closed", "`*/`"),
            ("RETURN `abc", "`", "a backquote is not closed", "doubled"),
        ],
    );
    assert_messages(
        Code::UnbalancedBracket,
        &[
            ("MATCH (a)-[r:X->(b) RETURN b", "[", "an opening bracket is not closed", "close it with `]`"),
            ("RETURN {a: 1", "{", "an opening bracket is not closed", "close it with `}`"),
            ("RETURN 1]", "]", "a closing bracket has no opening one", "open it with `[`"),
            ("RETURN (a]", "]", "`(` is closed by `]`", "is closed with `)`"),
        ],
    );
}

#[test]
fn what_was_expected_is_listed() {
    let fault = refused("RETURN {a 1}");
    assert_eq!(fault.labels[0].text, "expected `:`");
    let fault = refused("RETURN CASE WHEN a 1 END");
    assert_eq!(fault.labels[0].text, "expected an operator or `THEN`");
}
