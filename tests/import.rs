//! Import: tables of nodes and edges become a graph file that is asked like any other; what is wrong with them is told.

#![allow(clippy::panic)] // A helper of a test may stop it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use oms_graph::Session;
use oms_graph::formats::snapshot;
use oms_graph::model::{Direction, QualifierId, Value};
use serde_json::Value as Json;
use tempfile::TempDir;

const NODES: &str = "\
id\tcategory\tname\tsynonym\txref\tdescription\tweight
D:1\tbiolink:Disease|biolink:NamedThing\tBeta fever\tfever B|hot beta\tMONDO:1\tA fever.\t
D:2\tbiolink:Disease\talpha rash\t\t\t\t
G:1\tbiolink:Gene\tAB1\t\t\t\t2.5
C:1\tbiolink:SmallMolecule\tcuritol\t\tCHEBI:1|CHEBI:2\t\t17
P:1\tbiolink:PhenotypicFeature\tred nose\t\t\t\t
";

const EDGES: &str = "\
id\tsubject\tpredicate\tobject\tscore\tcount\tprimary_knowledge_source\tpublications\tnegated
e10\tC:1\tbiolink:treats\tD:1\t0.5\t3\tinfores:a\tPMID:1|PMID:2\t
e11\tC:1\tbiolink:treats\tD:2\t0.25\t\tinfores:b\t\ttrue
e12\tD:1\tbiolink:has_phenotype\tP:1\t\t4\tinfores:a\t\tfalse
e13\tD:2\tbiolink:subclass_of\tD:1\t\t\t\t\t
e14\tG:1\tbiolink:causes\tX:9\t1e-3\t5\tinfores:a\t\t
";

/// A folder with tables in it.
struct Tables(TempDir);

impl Tables {
    fn new() -> Tables {
        let tables = Tables(tempfile::tempdir().expect("a folder can be made"));
        tables.write("nodes.tsv", NODES);
        tables.write("edges.tsv", EDGES);
        tables
    }

    fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    fn write(&self, file: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(file), text).expect("a file can be written");
    }

    fn import(&self, files: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_oms"));
        command.arg("import").args(files).args(["-o", "mine.graph"]).current_dir(self.0.path()).stdin(Stdio::null());
        command.output().expect("the program runs")
    }

    /// What an import tells when it succeeds.
    #[track_caller]
    fn imported(&self, files: &[&str]) -> String {
        let output = self.import(files);
        let told = String::from_utf8(output.stderr).expect("it is text");
        assert_eq!(output.status.code(), Some(0), "{told}");
        told
    }

    fn opened(&self) -> Session {
        Session::open(self.path("mine.graph").to_str().expect("a plain path")).unwrap_or_else(|complaints| panic!("{complaints}"))
    }
}

/// The first column of an answer.
#[track_caller]
fn column(session: &mut Session, query: &str) -> Vec<String> {
    let answer = session.ask(query).unwrap_or_else(|complaints| panic!("{query}: {complaints}"));
    answer.rows.iter().map(|row| row.cells[0].to_string()).collect()
}

#[test]
fn tables_become_a_graph_in_either_order() {
    let tables = Tables::new();
    let told = tables.imported(&["nodes.tsv", "edges.tsv"]);
    assert!(told.starts_with("6 entities, 5 relations in "), "{told}");
    assert!(told.contains("1 entity without a row of their own"), "{told}");
    let bytes = fs::read(tables.path("mine.graph")).expect("the graph is there");
    tables.imported(&["edges.tsv", "nodes.tsv"]);
    assert!(bytes == fs::read(tables.path("mine.graph")).expect("the graph is there"), "the same tables give the same bytes");
}

#[test]
fn an_imported_graph_holds_what_the_tables_say() {
    let tables = Tables::new();
    tables.imported(&["nodes.tsv", "edges.tsv"]);
    let session = tables.opened();
    let (graph, schema) = (session.graph(), session.schema());
    let disease = graph.by_slug("D:1").expect("it is there");
    assert_eq!((graph.name(disease), graph.definition(disease)), ("Beta fever", Some("A fever.")));
    assert_eq!(graph.synonyms(disease).collect::<Vec<_>>(), ["fever B", "hot beta"]);
    let kinds: Vec<&str> = graph.kinds(disease).iter().map(|kind| schema.kinds[kind.index()].id.as_str()).collect();
    assert_eq!(kinds, ["Disease", "NamedThing"]);
    let stub = graph.by_slug("X:9").expect("the end without a row is there");
    assert_eq!((graph.name(stub), graph.kinds(stub)), ("", &[][..]));
    let compound = graph.by_slug("C:1").expect("it is there");
    let weight = graph.property(compound, "weight").map(|value| matches!(value, Value::Quantity(weight) if weight.to_string() == "17"));
    assert_eq!((weight, graph.property(disease, "weight")), (Some(true), None));
    let relations: Vec<_> = graph.relations_of(compound, Direction::Outgoing).collect();
    let slugs: Vec<_> = relations.iter().map(|id| graph.statement_slug(graph.statement_id(*id)).into_owned()).collect();
    assert_eq!(slugs, ["e11", "e10"], "in the order of the ends' names");
    assert!(graph.is_denied(relations[0]) && !graph.is_denied(relations[1]));
    assert_eq!(graph.statement_by_slug("e10"), Some(graph.statement_id(relations[1])));
    assert_eq!(graph.statement_by_slug("e010"), None);
    let publications: Vec<_> = graph.statement_of(relations[1]).evidence.into_iter().map(|citation| citation.publication).collect();
    assert_eq!(publications, [Some("PMID:1".to_owned()), Some("PMID:2".to_owned())]);
    let ids: Vec<&str> = schema.qualifiers.iter().map(|qualifier| qualifier.id.as_str()).collect();
    assert_eq!(ids, ["score", "count"]);
    let scores = graph.number_column(QualifierId(0)).expect("all are numbers");
    assert_eq!((scores.get(relations[1].index()), scores.get(relations[0].index())), (Some(0.5), Some(0.25)));
    assert_eq!(graph.qualifier(relations[1], QualifierId(1)), Some(Value::Integer(3)));
    assert_eq!(graph.qualifier(relations[0], QualifierId(1)), None);
    let treats = schema.relation_type("treats").expect("it is there");
    let counts = graph.statistics().of_type(treats);
    assert_eq!((counts.relations, counts.denied, counts.starts, counts.ends), (2, 1, 1, 2));
    assert_eq!(schema.relation_types[treats.index()].predicate.as_deref(), Some("biolink:treats"));
}

#[test]
fn an_imported_graph_is_asked_in_phrases() {
    let tables = Tables::new();
    tables.imported(&["nodes.tsv", "edges.tsv"]);
    let mut session = tables.opened();
    assert_eq!(column(&mut session, "what treats Beta fever"), ["curitol"]);
    assert_eq!(column(&mut session, "phenotypes of fever B"), ["red nose"]);
    assert_eq!(column(&mut session, "diseases"), ["alpha rash", "Beta fever"]);
    assert_eq!(column(&mut session, "subtypes of Beta fever"), ["alpha rash"]);
    assert_eq!(column(&mut session, "what treats disease where score > 0.3"), ["curitol"]);
    assert_eq!(column(&mut session, "find curitl"), ["curitol"]);
    let whole = Command::new(env!("CARGO_BIN_EXE_oms")).args(["export", "-f", "json", "-g"]).arg(tables.path("mine.graph")).output();
    let whole: Json = serde_json::from_slice(&whole.expect("the program runs").stdout).expect("it is JSON");
    assert_eq!(whole["rows"].as_array().map(Vec::len), Some(5));
    assert!(session.check().relations == 5);
}

#[test]
fn bad_rows_are_left_out_and_told() {
    let tables = Tables::new();
    tables.write("nodes.tsv", [NODES.as_bytes(), b"\tbiolink:Gene\tnameless\t\nD:1\tbiolink:Gene\tagain\n\nG:2\tGene\t\xFF\n"].concat());
    tables.write(
        "edges.tsv",
        EDGES.replace("e12\tD:1\t", "e12\t\t") + "e15\tG:1\t\tD:1\ne16\tG:1\tcauses\tD:1\t\t\t\t\t\tmore\ne17\tG:1\tcauses\t\r\n",
    );
    let told = tables.imported(&["nodes.tsv", "edges.tsv"]);
    for line in [
        "6 entities, 4 relations in ",
        "nodes.tsv: 1 row left out: not UTF-8 text; the first is line 10",
        "nodes.tsv: 1 row left out: no id; the first is line 7",
        "edges.tsv: 1 row left out: more fields than the header; the first is line 8",
        "edges.tsv: 1 row left out: no subject; the first is line 4",
        "edges.tsv: 1 row left out: no predicate; the first is line 7",
        "edges.tsv: 1 row left out: no object; the first is line 9",
    ] {
        assert!(told.contains(line), "'{line}' is not in:\n{told}");
    }
}

#[test]
fn columns_are_what_their_values_are() {
    let tables = Tables::new();
    // Numbers until far behind the first piece that is read, then a text; ids that run, then one that does not.
    let mut edges = String::from("id\tsubject\tpredicate\tobject\tlate\tdose\n");
    for at in 0..60_000 {
        edges.push_str(&format!("r{at}\tG:1\tcauses\tD:{}\t{at}\t{}.5\n", at % 7, at % 3));
    }
    edges.push_str("odd\tG:1\tcauses\tD:1\tmany\t\n\tG:1\tcauses\tD:1\n");
    tables.write("edges.tsv", edges);
    let told = tables.imported(&["edges.tsv"]);
    assert!(told.starts_with("8 entities, 60,002 relations in "), "{told}");
    let session = tables.opened();
    let graph = session.graph();
    let relation = |slug: &str| graph.statement_relations(graph.statement_by_slug(slug).unwrap_or_else(|| panic!("{slug}")))[0];
    assert_eq!(graph.qualifier(relation("odd"), QualifierId(0)), Some(Value::text("many")));
    assert_eq!(graph.qualifier(relation("r59999"), QualifierId(0)), Some(Value::text("59999")));
    assert_eq!(graph.qualifier(relation("edge60002"), QualifierId(0)), None);
    let doses = graph.number_column(QualifierId(1)).expect("all are numbers");
    assert_eq!((doses.get(relation("r59999").index()), doses.get(relation("odd").index())), (Some(2.5), None));
    for at in graph.relations() {
        assert!(graph.span(graph.start(at), Direction::Outgoing, None).contains(&at.index()));
    }
    assert!(graph.statistics().types[1].has_parallel);
}

#[test]
fn what_cannot_be_imported_is_told() {
    let tables = Tables::new();
    tables.write("other.tsv", "a\tb\n1\t2\n");
    for (files, status, words) in [
        (&["none.tsv"][..], 3, "'none.tsv' cannot be read"),
        (&["other.tsv"], 3, "'other.tsv' does not say what its columns hold"),
        (&["nodes.tsv", "nodes.tsv"], 2, "is named twice"),
    ] {
        let output = tables.import(files);
        let told = String::from_utf8(output.stderr).expect("it is text");
        assert_eq!(output.status.code(), Some(status), "{told}");
        assert!(told.contains(words), "'{words}' is not in:\n{told}");
        assert!(!tables.path("mine.graph").exists());
    }
    let output = Command::new(env!("CARGO_BIN_EXE_oms")).args(["import", "nodes.tsv"]).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_graph_file_that_is_not_whole_is_refused() {
    let tables = Tables::new();
    tables.imported(&["nodes.tsv", "edges.tsv"]);
    let bytes = fs::read(tables.path("mine.graph")).expect("the graph is there");
    let fault = |bytes: &[u8]| {
        tables.write("mine.graph", bytes);
        let complaints = Session::open(tables.path("mine.graph").to_str().expect("a plain path")).err()?;
        assert_eq!(complaints.class().exit_status(), 3);
        Some(complaints.to_string())
    };
    assert_eq!(fault(&bytes), None);
    for length in (8..bytes.len()).step_by(61) {
        let told = fault(&bytes[..length]).expect("a part is refused");
        assert!(told.contains("breaks off"), "{length}: {told}");
    }
    for at in (0..bytes.len()).step_by(13) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x41;
        assert!(snapshot::decode(&changed).is_err(), "byte {at}");
    }
    let newer = [&bytes[..8], &[9], &bytes[9..]].concat();
    assert!(fault(&newer).expect("it is refused").contains("newer program"));
    assert!(fault(b"something else").is_some());
    assert!(fault(b"").is_some());
}
