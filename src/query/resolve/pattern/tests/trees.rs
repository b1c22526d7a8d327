//! Trees: what patterns are in the algebra.

use super::resolved;

#[test]
#[allow(clippy::print_stdout)]
fn show() {
    for query in std::fs::read_to_string("/tmp/q.txt").unwrap().split("\n---\n") {
        println!("### {query}");
        match resolved(query) {
            Ok((tree, warnings)) => {
                println!("{tree}");
                for w in warnings { println!("WARN {w} {:?}", w.labels); }
            }
            Err(fault) => println!("ERR {} {fault} {:?}", fault.code, fault.labels),
        }
    }
}
