//! The labelled subgraph queries of LSQB: nine counts on two small social networks, each as the benchmark expects it.

#![allow(clippy::print_stdout, clippy::print_stderr)] // A helper of a test says what it counted, and how long that took.

#[path = "tck/description.rs"]
mod description;
#[path = "tck/graph.rs"]
#[allow(dead_code, reason = "counts need no notation for nodes and relationships")]
mod graph;
#[path = "lsqb/network.rs"]
mod network;
#[path = "tck/value.rs"]
#[allow(dead_code, reason = "counts are compared as numbers")]
mod value;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use oms_graph::model::Value;
use oms_graph::session::{Limits, Session};

/// How many queries there are.
const QUERIES: usize = 9;
/// How long each may take, in a build that is not optimised.
const TIMEOUT: Duration = Duration::from_secs(120);

/// The benchmark's folder, if it is there: a fresh clone has none.
fn benchmark() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/suites/lsqb");
    let folder = std::env::var_os("OMS_LSQB").map_or(folder, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("there is no LSQB at {}: nothing is counted", folder.display());
    None
}

/// The counts that the benchmark expects of a data set, by query.
fn expected(benchmark: &Path, data_set: &str) -> Vec<i64> {
    let text = fs::read_to_string(benchmark.join("expected-sf0.003.json")).expect("the expected counts can be read");
    let counts: serde_json::Value = serde_json::from_str(&text).expect("they are JSON");
    let counts = counts[data_set].as_array().expect("the data set has counts");
    counts.iter().map(|count| count.as_i64().expect("a count")).collect()
}

/// Asks every query of a data set; all that is wrong is told at once.
fn count_all(data_set: &str, folder: &str) {
    let Some(benchmark) = benchmark() else { return };
    let description = network::read(&benchmark.join("data").join(folder)).expect("the network can be read");
    let mut session = Session::of(graph::build(&description).expect("the network makes a graph"));
    session.set_limits(Limits { timeout: Some(TIMEOUT), ..Limits::default() });
    let expected = expected(&benchmark, data_set);
    assert_eq!(expected.len(), QUERIES);
    let mut faults = Vec::new();
    for (number, expected) in (1..).zip(expected) {
        let query = fs::read_to_string(benchmark.join("cypher").join(format!("q{number}.cypher"))).expect("the query can be read");
        let started = Instant::now();
        let answer = session.rows(&query);
        println!("q{number} took {:?}", started.elapsed());
        match answer {
            Ok((_, rows)) if rows == [[Value::Integer(expected)]] => {}
            Ok((_, rows)) => faults.push(format!("q{number}: expected {expected}, found {rows:?}")),
            Err(complaints) => faults.push(format!("q{number}: {complaints}")),
        }
    }
    assert!(faults.is_empty(), "{data_set}:\n{}", faults.join("\n"));
}

#[test]
fn the_example_is_counted() {
    count_all("example", "social-network-sfexample-merged-fk");
}

#[test]
fn the_smallest_network_is_counted() {
    count_all("0.003", "social-network-sf0.003-merged-fk");
}

/// The network itself is what its files say, whatever the program makes of it.
#[test]
fn the_example_is_read() {
    let Some(benchmark) = benchmark() else { return };
    let network = network::read(&benchmark.join("data/social-network-sfexample-merged-fk")).expect("the network can be read");
    let of_type = |name: &str| network.relationships.iter().filter(|link| link.relation_type == name).count();
    let labelled = |name: &str| network.nodes.iter().filter(|node| node.labels.iter().any(|label| label == name)).count();
    assert_eq!(labelled("Message"), labelled("Post") + labelled("Comment"));
    assert_eq!(of_type("HAS_CREATOR"), labelled("Message"));
    assert_eq!(of_type("CONTAINER_OF"), labelled("Post"));
    assert!(
        network
            .relationships
            .iter()
            .filter(|link| link.relation_type == "CONTAINER_OF")
            .all(|link| { network.nodes[link.from].labels == ["Forum"] && network.nodes[link.to].labels[0] == "Post" })
    );
}
