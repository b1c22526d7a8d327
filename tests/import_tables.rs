//! Tables of nodes and edges with any header become a graph; what is not clear is asked back, what is wrong is told.

#![allow(clippy::panic)] // A helper of a test may stop it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use oms_graph::Session;
use oms_graph::formats::import::{GraphDraft, Input, Reading, assembled};
use oms_graph::formats::tables::{self, Mapping};
use oms_graph::model::{Direction, Value};
use tempfile::TempDir;

fn drafted(paths: &[PathBuf], said: &[&str]) -> Result<GraphDraft, String> {
    let stop = AtomicBool::new(false);
    let mapping = Mapping::united(said.iter().map(|text| Mapping::parse(text).unwrap_or_else(|complaints| panic!("{complaints}"))));
    let inputs: Vec<Input> = paths.iter().map(|path| Input::new(path)).collect();
    let reading = Reading { interrupt: &stop, keep_rejected: true, keep_obsolete: false, mapping: Some(&mapping) };
    tables::read("mine", &inputs, reading).map_err(|complaints| complaints.to_string())
}

/// The tables with these names and texts, read.
fn read(files: &[(&str, &[u8])], said: &[&str]) -> Result<GraphDraft, String> {
    let folder = TempDir::new().expect("a folder can be made");
    let mut paths = Vec::new();
    for (name, bytes) in files {
        paths.push(folder.path().join(name));
        fs::write(folder.path().join(name), bytes).expect("a file can be written");
    }
    drafted(&paths, said)
}

#[track_caller]
fn draft(files: &[(&str, &str)], said: &[&str]) -> GraphDraft {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    read(&files, said).unwrap_or_else(|told| panic!("{told}"))
}

fn session(draft: GraphDraft) -> Session {
    Session::of(assembled(draft).unwrap_or_else(|complaints| panic!("{complaints}")).knowledge)
}

#[track_caller]
fn column(session: &mut Session, query: &str) -> Vec<String> {
    let answer = session.ask(query).unwrap_or_else(|complaints| panic!("{query}: {complaints}"));
    answer.rows.iter().map(|row| row.cells[0].to_string()).collect()
}

/// The relations as `from type to`, sorted.
fn relations(session: &Session) -> Vec<String> {
    let (graph, schema) = (session.graph(), session.schema());
    let told = |at| {
        let id = schema.relation_types[graph.relation_type(at).index()].id.as_str();
        format!("{} {id} {}", graph.slug(graph.start(at)), graph.slug(graph.end(at)))
    };
    let mut all: Vec<String> = graph.relations().map(told).collect();
    all.sort();
    all
}

const NODES: &str = "id\tname\tkind\tscore\nGene::1\tAB1\tGene\t0.5\nCompound::C1\tcuritol\tCompound\t1\nDisease::DOID:1\tbeta fever\tDisease\tNA\nSide Effect::S1\tred nose\tSide Effect\t\n";
const EDGES: &str = "source\tmetaedge\ttarget\nCompound::C1\tCtD\tDisease::DOID:1\nCompound::C1\tCbG\tGene::1\nDisease::DOID:1\tDaG\tGene::1\nCompound::C1\tCcSE\tSide Effect::S1\nGene::1\tGr>G\tGene::2\n";

#[test]
fn usual_tables_need_no_mapping() {
    for names in [["nodes.tsv", "edges.sif"], ["a", "b"]] {
        let draft = draft(&[(names[1], EDGES), (names[0], NODES)], &[]);
        let formats: Vec<&str> = draft.files.iter().map(|file| file.format).collect();
        assert_eq!(formats, ["table of edges", "table of nodes"]);
        let mut session = session(draft);
        assert_eq!(session.graph().entity_count(), 5);
        assert_eq!(column(&mut session, "compound treats disease"), ["curitol"]);
        assert_eq!(column(&mut session, "compound CtD disease"), ["curitol"]);
        assert_eq!(column(&mut session, "compound binds gene associates \"beta fever\""), ["curitol"]);
        assert_eq!(column(&mut session, "gene GrG what"), ["AB1"]);
        assert_eq!(column(&mut session, "kind side_effect"), ["red nose"]);
        assert_eq!(column(&mut session, "diseases"), ["beta fever"]);
        let graph = session.graph();
        let disease = graph.by_slug("Disease::DOID:1").expect("it is there");
        assert_eq!(graph.xrefs(disease).collect::<Vec<_>>(), ["DOID:1"]);
        let gene = graph.by_slug("Gene::1").expect("it is there");
        assert!(matches!(graph.property(gene, "score"), Some(Value::Quantity(score)) if score.to_string() == "0.5"));
        assert_eq!(graph.property(disease, "score"), None);
    }
}

#[test]
fn columns_are_what_is_said() {
    let edges = "gene;drug;how;weight\nA;B;inhibits;0.5\nA;C;;0.25\n";
    let told = read(&[("x.csv", edges.as_bytes())], &[]).expect_err("it is not clear");
    for words in [
        "does not say what its columns hold",
        "gene: A, A",
        "weight: 0.5, 0.25",
        "--map 'gene=id'",
        "--map 'gene=source' --map 'drug=relation' --map 'how=target'",
    ] {
        assert!(told.contains(words), "'{words}' is not in:\n{told}");
    }
    let said = ["gene=target", "DRUG=source", "how=relation"];
    let known = draft(&[("x.csv", edges)], &said);
    assert_eq!(known.files[0].rejected[0].cause.words(), "no predicate");
    let mut known = session(known);
    assert_eq!(relations(&known), ["B inhibits A"]);
    assert_eq!(column(&mut known, "MATCH (drug)-[r:inhibits]->() WHERE r.weight > 0.3 RETURN drug"), ["B"]);
    let all = session(draft(&[("x.csv", edges)], &["gene=from", "drug=to", "how=ignore", "relation:=touches"]));
    assert_eq!(relations(&all), ["A touches B", "A touches C"]);
    let bare = session(draft(&[("x.tsv", "A\tp\tB\n")], &["1=from", "2=relation", "3=to"]));
    assert_eq!(relations(&bare), ["A p B"]);
    let nodes = session(draft(&[("x.csv", "gene,symbol\nA,\"a, b\"\n")], &["gene=id", "symbol=name", "kind:=gene"]));
    assert_eq!(nodes.schema().kinds[0].id, "gene");
    assert_eq!(nodes.graph().name(nodes.graph().by_slug("A").expect("it is there")), "a, b");
    let told = read(&[("x.csv", edges.as_bytes())], &["gene=from", "drugs=to"]).expect_err("there is no such column");
    assert!(told.contains("no table has a column 'drugs'") && told.contains("gene, drug, how, weight"), "{told}");
}

#[test]
fn edges_may_describe_their_ends() {
    let text = "relation,display_relation,x_index,x_id,x_type,x_name,x_source,y_index,y_id,y_type,y_name,y_source\n\
        protein_protein,ppi,0,9796,gene/protein,PHYHIP,NCBI,8889,56992,gene/protein,KIF15,NCBI\n\
        disease_protein,associated with,1,12,disease,beta fever,MONDO,8889,56992,gene/protein,KIF15,NCBI\n";
    let mut session = session(draft(&[("kg.csv", text)], &[]));
    assert_eq!(relations(&session), ["MONDO:12 disease_protein NCBIGene:56992", "NCBIGene:9796 protein_protein NCBIGene:56992"]);
    assert_eq!(column(&mut session, "diseases"), ["beta fever"]);
    assert_eq!(column(&mut session, "find KIF15"), ["KIF15"]);
    let unnamed = draft(&[("list.csv", "from,to\nA,B\n")], &[]);
    assert!(unnamed.files[0].notes[0].contains("`related_to`"), "{:?}", unnamed.files[0].notes);
}

#[test]
fn bulk_headers_and_evidence_are_understood() {
    let nodes = "geneId:ID(Gene),name:string,:LABEL,score:float,tags:string[]\ng1,\"AB \"\"1\"\"\",Gene;Target,0.5,a;b\n";
    let edges = ":START_ID(Gene),:END_ID(Gene),:TYPE,share,ok,pmid,source,negated,edge_id\ng1,g2,BINDS,45%,true,123;456,db1,,e1\ng2,g1,BINDS,5-10%,false,,db2,True,e1\n";
    let session = session(draft(&[("nodes.csv", nodes), ("edges.csv", edges)], &[]));
    let (graph, schema) = (session.graph(), session.schema());
    let gene = graph.by_slug("g1").expect("it is there");
    assert_eq!((graph.name(gene), graph.kinds(gene).len()), ("AB \"1\"", 2));
    assert_eq!(graph.property(gene, "tags"), Some(Value::List(vec![Value::text("a"), Value::text("b")])));
    let relation = graph.relations_of(gene, Direction::Outgoing).next().expect("it is there");
    let statement = graph.statement_of(relation);
    let cited: Vec<_> = statement.evidence.iter().map(|citation| citation.publication.clone().unwrap_or_default()).collect();
    assert_eq!((statement.slug.as_str(), cited), ("e1", vec!["PMID:123".to_owned(), "PMID:456".to_owned()]));
    let share = schema.qualifier("share").expect("it is there");
    assert!(matches!(graph.qualifier(relation, share), Some(Value::Quantity(share)) if share.to_string() == "45%"));
    assert!(graph.statement_by_slug("e1-2").is_some());
    assert_eq!(graph.relations().filter(|at| graph.is_denied(*at)).count(), 1);
}

#[test]
fn simple_interactions_have_several_ends() {
    let session = session(draft(&[("x.sif", "A pp B C\nB pd D\n\nE\nF pp\n")], &[]));
    assert_eq!(relations(&session), ["A pp B", "A pp C", "B pd D"]);
    assert_eq!(session.graph().entity_count(), 5);
    assert!(tables::recognises(b"A pp B C\nB pd D\n", "x.sif"));
}

#[test]
fn bad_rows_are_told() {
    let edges = b"source,relation,target,score,score\r\nA,r,B,1,2\r\n,r,B\r\nA,,B\r\nA,r,\r\nA,r,B,1,2,3\r\nA,r,\xE9\r\nA,r,\0\r\nA,r,B\r\nA,r,B,\"open,1\r\nA,r,C,1\r\nA,r,\"C\r\nD\",1,2\r\n";
    let draft = read(&[("x.csv", edges)], &[]).unwrap_or_else(|told| panic!("{told}"));
    let causes: Vec<(&str, u64)> =
        draft.files[0].rejected.iter().map(|rejection| (rejection.cause.words(), rejection.first_line)).collect();
    assert_eq!(
        causes,
        [
            ("a byte of zero", 8),
            ("more fields than the header", 6),
            ("no object", 5),
            ("no predicate", 4),
            ("no subject", 3),
            ("not UTF-8 text", 7)
        ]
    );
    assert_eq!((draft.files[0].rows, draft.relations.from.len()), (11, 5));
    assert_eq!(
        draft.files[0].notes,
        [
            "another column is called 'score' too: a number is put behind its name",
            "1 quotation mark that is never closed, taken as part of the text; the first is in line 10",
        ]
    );
    let nodes = "\u{FEFF}# a comment\n#id\tname\nA\ta\nA\tagain\n\\N\tnone\nB\n";
    let draft = read(&[("x", nodes.as_bytes())], &[]).unwrap_or_else(|told| panic!("{told}"));
    let causes: Vec<(&str, u64)> =
        draft.files[0].rejected.iter().map(|rejection| (rejection.cause.words(), rejection.first_line)).collect();
    assert_eq!(causes, [("no id", 5), ("the id of an earlier node", 4)]);
    assert_eq!(session(draft).graph().entity_count(), 2);
}

#[test]
fn whatever_a_file_holds_the_program_goes_on() {
    let quotes = format!("id,name\n{}", "A,\"x\n".repeat(5000));
    let wide: String = (0..5000).map(|at| format!("c{at},")).collect::<String>() + "id\n";
    let long = format!("id\tname\nA\t{}\nB\tb\n", "x".repeat(3 << 20));
    for (name, text) in [("quotes.csv", &quotes), ("wide.csv", &wide), ("long.tsv", &long)] {
        let draft = read(&[(name, text.as_bytes())], &[]).unwrap_or_else(|told| panic!("{name}: {told}"));
        assert!(draft.files[0].rows < 6000, "{name}");
    }
    for (text, words) in [("", "holds no table"), ("\n\n", "holds no table"), ("a,b\n", "does not say"), ("\0\0\0\0", "does not say")] {
        let told = read(&[("x.csv", text.as_bytes())], &[]).expect_err("it is no table");
        assert!(told.contains(words), "{told}");
    }
    for bytes in [&b"{\"id\": 1}\n"[..], b"<html>\n", b"", b"format-version: 1.2\nontology: x\n", b"\0\0"] {
        assert!(!tables::recognises(bytes, "x"));
    }
    let whole = [NODES, EDGES].concat();
    for length in 0..whole.len() {
        let _ = read(&[("x.tsv", &whole.as_bytes()[..length])], &[]);
    }
}

/// The tables of a real graph, where they are at hand beside the project.
#[test]
fn a_published_graph_comes_out_whole() {
    let folder = std::env::var_os("OMS_HETIONET")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/hetionet-5k"), PathBuf::from);
    let paths: Vec<PathBuf> = ["hetionet-v1.0-nodes.tsv", "edges-5k.sif"]
        .iter()
        .map(|name| if folder.join(name).is_file() { folder.join(name) } else { folder.join(format!("{name}.gz")) })
        .collect();
    let is_readable = |path: &PathBuf| {
        use std::io::Read;
        let mut first = [0; 2];
        Input::new(path).open().is_ok_and(|mut file| file.read_exact(&mut first).is_ok() && first != [0x1F, 0x8B])
    };
    if !paths.iter().all(is_readable) {
        eprintln!("skipped: the tables in {} are not there, or packed", folder.display());
        return;
    }
    let start = Instant::now();
    let draft = drafted(&paths, &[]).unwrap_or_else(|told| panic!("{told}"));
    assert!(draft.files.iter().all(|file| file.rejected.is_empty() && file.notes.is_empty()));
    assert!(draft.stubs.is_empty());
    let mut session = session(draft);
    eprintln!("read in {:?}", start.elapsed());
    assert_eq!((session.graph().entity_count(), session.graph().relation_count()), (47_031, 99_676));
    assert_eq!(session.ask("compound treats disease").expect("it is answered").rows.len(), 755);
    assert!(!session.ask("compound binds gene associates \"Disease::DOID:2377\"").expect("it is answered").rows.is_empty());
    assert!(!session.ask("gene participates \"pathway\"").expect("it is answered").rows.is_empty());
}
