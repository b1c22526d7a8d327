//! Exports: graphs in the forms of others, read back by somebody else: nothing is lost, nothing breaks, and the bytes are the same every time.

#![allow(clippy::panic)] // A helper of a test may stop it.

mod facts;
mod hostile;
mod kgx_reader;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::{Command, Output};

use oms_graph::Session;
use oms_graph::render::{Format, render};
use serde_json::Value;

use facts::Facts;

fn curated() -> Session {
    Session::open("oms").expect("the graph of the program")
}

/// A whole graph in a form of one file, or the one stream of a form of several.
fn stream(session: &Session, format: &str) -> String {
    let form = Format::named(format).and_then(|format| format.graph).expect("a form of graphs");
    let written = session.write_whole(|graph| {
        let mut bytes = Vec::new();
        (form.write)(graph, &mut bytes).expect("memory can be written");
        Ok(bytes)
    });
    String::from_utf8(written.expect("no limit")).expect("text")
}

/// The files of a form of several.
fn files(session: &Session, format: &str) -> Vec<String> {
    let form = Format::named(format).and_then(|format| format.graph).expect("a form of graphs");
    let written = |file: &oms_graph::render::GraphFile| {
        let written = session.write_whole(|graph| {
            let mut bytes = Vec::new();
            (file.write)(graph, &mut bytes).expect("memory can be written");
            Ok(bytes)
        });
        String::from_utf8(written.expect("no limit")).expect("text")
    };
    form.files.iter().map(written).collect()
}

fn assert_same(expected: &Facts, read: &Facts) {
    for (id, entity) in &expected.entities {
        assert_eq!(Some(entity), read.entities.get(id), "{id:?}");
    }
    for (expected, read) in expected.relations.iter().zip(&read.relations) {
        assert_eq!(expected, read);
    }
    assert_eq!(expected, read);
}

#[test]
fn kgx_says_all_that_a_graph_says() {
    for session in [curated(), hostile::graph()] {
        let expected = Facts::of(&session);
        let tables = files(&session, "kgx");
        assert_same(&expected, &kgx_reader::tables(&tables[0], &tables[1]));
        let lines = files(&session, "kgx-jsonl");
        assert_same(&expected, &kgx_reader::lines(&lines[0], &lines[1]));
        assert_eq!(stream(&session, "kgx"), lines.concat(), "a stream has entities, then relations");
    }
}

#[test]
fn kgx_has_no_more_columns_than_it_needs() {
    let tables = files(&curated(), "kgx");
    assert!(!tables[0].contains("escaped") && !tables[1].contains("escaped"), "nothing of the curated graph breaks a line");
    let header: Vec<&str> = tables[1].lines().next().expect("a header").split('\t').collect();
    assert_eq!(header[..4], ["id", "subject", "predicate", "object"]);
    assert!(header.contains(&"population:entity") && header.contains(&"frequency:percentage"));
    assert!(!header.contains(&"certainty") && !header.contains(&"negated"));
}

/// The same with identifiers in the spelling that importers give them, each once.
fn in_one_spelling(mut facts: Facts) -> Facts {
    let canonical = |text: &str| oms_graph::model::canonical(text).into_owned();
    facts.entities = facts
        .entities
        .into_iter()
        .map(|(id, mut entity)| {
            let mut xrefs: Vec<String> = Vec::new();
            for xref in entity.xrefs.iter().map(|xref| canonical(xref)) {
                if !xrefs.contains(&xref) {
                    xrefs.push(xref);
                }
            }
            entity.xrefs = xrefs;
            (canonical(&id), entity)
        })
        .collect();
    for relation in &mut facts.relations {
        (relation.from, relation.to) = (canonical(&relation.from), canonical(&relation.to));
    }
    facts
}

#[test]
fn kgx_is_imported_as_it_was() {
    // The importer trims ids and splits sources at bars, as KGX has them: a graph whose own ids hold such comes back differently.
    for (name, session) in [("curated", curated())] {
        let expected = in_one_spelling(Facts::of(&session));
        let folder = tempfile::tempdir().expect("a folder");
        for (format, ending) in [("kgx", "tsv"), ("kgx-jsonl", "jsonl")] {
            let paths = ["nodes", "edges"].map(|table| folder.path().join(format!("{name}_{table}.{ending}")));
            for (path, text) in paths.iter().zip(files(&session, format)) {
                fs::write(path, text).expect("it can be written");
            }
            let graph = folder.path().join("read.graph");
            let output =
                Command::new(env!("CARGO_BIN_EXE_oms")).arg("import").args(&paths).arg("-o").arg(&graph).output().expect("it runs");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let read = Session::open(graph.to_str().expect("text")).expect("a graph");
            assert_same(&expected, &in_one_spelling(Facts::of(&read)));
        }
    }
}

#[test]
fn the_same_graph_gives_the_same_bytes() {
    for format in ["kgx", "kgx-jsonl", "graphml", "cytoscape", "mermaid", "turtle", "csv", "tsv"] {
        for make in [curated, hostile::graph] {
            assert_eq!(stream(&make(), format), stream(&make(), format), "{format}");
        }
    }
}

/// What becomes of characters that XML cannot hold.
fn legal(text: &str) -> String {
    let is_legal = |letter: char| (!letter.is_control() || "\t\n\r".contains(letter)) && letter != '\u{ffff}' && letter != '\u{fffe}';
    text.chars().map(|letter| if is_legal(letter) { letter.to_string() } else { letter.escape_default().to_string() }).collect()
}

#[test]
fn graphml_is_read_by_others() {
    for session in [curated(), hostile::graph()] {
        let (graph, text) = (session.graph(), stream(&session, "graphml"));
        let document = roxmltree::Document::parse(&text).expect("well-formed");
        let named = |name: &str| document.descendants().filter(|node| node.has_tag_name(name)).collect::<Vec<_>>();
        let (nodes, edges) = (named("node"), named("edge"));
        assert_eq!((nodes.len(), edges.len()), (graph.entity_count(), graph.relation_count()));
        let ids: BTreeSet<&str> = nodes.iter().filter_map(|node| node.attribute("id")).collect();
        assert_eq!(ids.len(), nodes.len(), "ids that differ stay different");
        assert!(edges.iter().all(|edge| ["source", "target"].iter().all(|end| edge.attribute(*end).is_some_and(|id| ids.contains(id)))));
        let keys: BTreeMap<&str, &str> =
            named("key").iter().filter_map(|key| Some((key.attribute("id")?, key.attribute("attr.type")?))).collect();
        for data in named("data") {
            let (key, text) = (data.attribute("key").expect("a key"), data.text().unwrap_or_default());
            match *keys.get(key).expect("a key that is declared") {
                "double" => assert!(text.parse::<f64>().is_ok(), "{key} {text}"),
                "long" => assert!(text.parse::<i64>().is_ok(), "{key} {text}"),
                "boolean" => assert!(matches!(text, "true" | "false"), "{key} {text}"),
                _ => {}
            }
        }
        for (node, id) in nodes.iter().zip(graph.entities()) {
            let label = node.children().find(|data| data.attribute("key") == Some("label")).and_then(|data| data.text());
            let name = if graph.name(id).is_empty() { graph.slug(id) } else { graph.name(id) };
            assert_eq!(label, Some(legal(name).as_str()));
        }
    }
}

#[test]
fn cytoscape_is_json_with_ids_of_their_own() {
    for session in [curated(), hostile::graph()] {
        let (graph, text) = (session.graph(), stream(&session, "cytoscape"));
        let object: Value = serde_json::from_str(&text).expect("JSON");
        let elements = |name: &str| object["elements"][name].as_array().expect("elements").clone();
        let (nodes, edges) = (elements("nodes"), elements("edges"));
        assert_eq!((nodes.len(), edges.len()), (graph.entity_count(), graph.relation_count()));
        let ids: BTreeSet<&str> = nodes.iter().chain(&edges).filter_map(|element| element["data"]["id"].as_str()).collect();
        assert_eq!(ids.len(), nodes.len() + edges.len());
        for (node, id) in nodes.iter().zip(graph.entities()) {
            assert_eq!(node["data"]["id"], graph.slug(id));
        }
        assert!(edges.iter().all(|edge| edge["data"]["source"].as_str().is_some_and(|id| graph.by_slug(id).is_some())));
    }
}

#[test]
fn turtle_is_read_as_rdf_1_2() {
    for session in [curated(), hostile::graph()] {
        let (graph, text) = (session.graph(), stream(&session, "turtle"));
        let triples: Vec<oxrdf::Triple> = oxttl::TurtleParser::new().for_slice(&text).map(|triple| triple.expect("well-formed")).collect();
        let with = |end: &str| triples.iter().filter(|triple| triple.predicate.as_str().ends_with(end)).collect::<Vec<_>>();
        assert_eq!(with("#reifies").len(), graph.relation_count());
        let reified: BTreeSet<String> = with("#reifies").iter().map(|triple| triple.object.to_string()).collect();
        let asserted: BTreeSet<String> = triples.iter().map(|triple| format!("<<( {triple} )>>")).collect();
        for id in graph.relations() {
            let reifier = with("#reifies")[id.index()];
            let is_asserted = asserted.contains(&reifier.object.to_string());
            let asserted_elsewhere = graph.relations().any(|other| {
                let (one, other_relation) = (graph.relation(id), graph.relation(other));
                !graph.is_denied(other)
                    && (one.from, one.relation_type, one.to) == (other_relation.from, other_relation.relation_type, other_relation.to)
            });
            assert_eq!(is_asserted, asserted_elsewhere, "what is denied is not asserted: {reifier}");
        }
        assert!(!reified.is_empty());
        let labels: BTreeSet<String> = with("#label").iter().map(|triple| literal(&triple.object)).collect();
        assert!(graph.entities().all(|id| graph.name(id).is_empty() || labels.contains(graph.name(id))), "names are as they are");
        let claims: BTreeSet<String> = with(":claim").iter().map(|triple| literal(&triple.object)).collect();
        assert!(graph.relations().map(|id| graph.statement_of(id).claim).all(|claim| claim.is_empty() || claims.contains(&claim)));
    }
}

fn literal(term: &oxrdf::Term) -> String {
    match term {
        oxrdf::Term::Literal(literal) => literal.value().to_owned(),
        other => panic!("{other} is no literal"),
    }
}

#[test]
fn mermaid_holds_nothing_that_it_could_misread() {
    for session in [curated(), hostile::graph()] {
        let text = stream(&session, "mermaid");
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some("flowchart LR"));
        for line in lines {
            let (outside, labels) = labels(line);
            let shape: String = outside.trim().chars().filter(|letter| !letter.is_ascii_digit()).collect();
            let is_known = matches!(shape.as_str(), "n[]:::kind" | "n -->|| n" | "n -.->|| n" | "n --x|| n" | "note[]")
                || outside.trim().starts_with("classDef kind");
            assert!(is_known, "{line}");
            for label in labels {
                let bare = label.replace("<br/>", "");
                let harmless = |letter: char| letter.is_alphanumeric() || " ,.()/:«»…-_#;".contains(letter);
                assert!(bare.chars().all(harmless), "{line}");
            }
        }
    }
}

/// A line without its labels, and its labels.
fn labels(line: &str) -> (String, Vec<String>) {
    let parts: Vec<&str> = line.split('"').collect();
    assert!(parts.len() % 2 == 1, "{line}");
    let outside = parts.iter().step_by(2).copied().collect();
    (outside, parts.iter().skip(1).step_by(2).map(|label| (*label).to_owned()).collect())
}

#[test]
fn very_long_texts_and_large_graphs_are_cut_by_mermaid_alone() {
    let text = stream(&hostile::chain(2_000, &"word ".repeat(2_000)), "mermaid");
    assert!(text.chars().count() < 50_000, "{}", text.len());
    assert!(text.contains("not drawn here: ") && text.contains("relations and "));
    let all = stream(&hostile::chain(2_000, "short"), "mermaid");
    assert!(all.matches("-->").count() <= 500);
    assert_eq!(stream(&hostile::chain(2_000, "short"), "csv").lines().count(), 2_000);
}

#[test]
fn rows_of_a_whole_graph_say_ids_beside_names() {
    for session in [curated(), hostile::graph()] {
        let text = stream(&session, "csv");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
        assert_eq!(header[..6], ["from", "from id", "relation", "to", "to id", "statement"]);
        let rows: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("well-formed")).collect();
        assert_eq!(rows.len(), session.graph().relation_count());
        for (row, id) in rows.iter().zip(session.graph().relations()) {
            assert_eq!(
                (&row[1], &row[4]),
                (session.graph().slug(session.graph().start(id)), session.graph().slug(session.graph().end(id)))
            );
        }
        let tabs = stream(&session, "tsv");
        assert!(tabs.lines().all(|line| line.split('\t').count() == header.len()));
    }
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_oms")).args(arguments).output().expect("it runs")
}

#[test]
fn an_answer_is_exported_as_the_part_of_the_graph_that_it_came_from() {
    let mut session = curated();
    let mut answer = session.ask("causes where population = adult").expect("an answer");
    session.tell_background(&mut answer);
    let text = render(&answer, Format::named("kgx").expect("a format"), &oms_graph::render::Page::default());
    let (edges, nodes): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.contains("\"subject\""));
    let read = kgx_reader::lines(&(nodes.join("\n") + "\n"), &(edges.join("\n") + "\n"));
    let whole = Facts::of(&session);
    assert_eq!(read.entities.len(), 3);
    assert!(read.entities.iter().all(|(id, entity)| whole.entities.get(id) == Some(entity)), "{read:?}");
    assert_eq!(read.relations.len(), 2);
    assert!(read.relations.iter().all(|relation| whole.relations.contains(relation)), "{read:?}");
}

#[test]
fn files_are_named_packed_and_written_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("text").to_owned();
    let names = || {
        let names =
            fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("a file").file_name().into_string().expect("text"));
        names.collect::<BTreeSet<String>>()
    };
    for (arguments, expected) in [
        (vec!["export", "-f", "kgx", "-o"], ("mine", vec!["mine_nodes.tsv", "mine_edges.tsv"])),
        (vec!["export", "-o"], ("all.kgx.jsonl", vec!["all_nodes.jsonl", "all_edges.jsonl"])),
        (vec!["export", "-o"], ("all.tar.gz", vec!["all.tar.gz"])),
        (vec!["export", "-f", "kgx", "-o"], ("packed.tsv.gz", vec!["packed_nodes.tsv.gz", "packed_edges.tsv.gz"])),
        (vec!["export", "-o"], ("all.graphml.gz", vec!["all.graphml.gz"])),
        (vec!["ask", "causes", "-o"], ("causes.kgx.tsv", vec!["causes_nodes.tsv", "causes_edges.tsv"])),
        (vec!["ask", "causes", "-o"], ("causes.csv.gz", vec!["causes.csv.gz"])),
        (vec!["ask", "causes", "-o"], ("causes.ttl", vec!["causes.ttl"])),
        (vec!["ask", "causes", "-o"], ("causes.mermaid", vec!["causes.mermaid"])),
    ] {
        let before = names();
        let target = path(expected.0);
        let output = run(&[arguments.as_slice(), &[target.as_str()]].concat());
        assert!(output.status.success() && output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        let new: BTreeSet<String> = names().difference(&before).cloned().collect();
        assert_eq!(new, expected.1.into_iter().map(str::to_owned).collect(), "{}", expected.0);
    }
    let refused = run(&["export", "-f", "kgx", "-o", &path("none/mine")]);
    assert_eq!(refused.status.code(), Some(3));
    let before = names();
    fs::create_dir(path("half_edges.tsv")).expect("a folder");
    assert_eq!(run(&["export", "-f", "kgx", "-o", &path("half")]).status.code(), Some(3));
    assert!(!names().contains("half_nodes.tsv") && names().len() == before.len() + 1, "half a graph is none");
    assert_eq!(run(&["export", "-f", "kgx", "-o", "/dev/null"]).status.code(), Some(0));
}
