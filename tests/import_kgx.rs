//! Import of KGX as it is found: lines and documents of JSON, tables with quotes, multivalued columns, evidence, cohorts, duplicates.

#![allow(clippy::panic)] // A helper of a test may stop it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use oms_graph::Session;
use oms_graph::formats::import::{Imported, ImportedFile, Input, Reading, assembled};
use oms_graph::formats::kgx;
use oms_graph::model::{EntityId, Extent, QualifierId, RelationId, Value};
use oms_graph::schema::ValueType;
use tempfile::TempDir;

/// Files in a folder of their own, read together.
struct Files {
    folder: TempDir,
    inputs: Vec<Input>,
}

impl Files {
    fn new(files: &[(&str, &str)]) -> Files {
        let bytes: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        Files::of_bytes(&bytes)
    }

    fn of_bytes(files: &[(&str, &[u8])]) -> Files {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let inputs = files.iter().map(|(name, bytes)| {
            let path: PathBuf = folder.path().join(name);
            fs::write(&path, bytes).expect("a file can be written");
            Input::new(&path)
        });
        Files { inputs: inputs.collect(), folder }
    }

    fn read(&self) -> Result<Imported, String> {
        assert!(self.folder.path().exists());
        let stop = AtomicBool::new(false);
        let reading = Reading { keep_rejected: true, ..Reading::new(&stop) };
        kgx::read("mine", &self.inputs, reading).and_then(assembled).map_err(|complaints| complaints.to_string())
    }

    #[track_caller]
    fn graph(&self) -> Graph {
        Graph(self.read().unwrap_or_else(|complaints| panic!("{complaints}")))
    }
}

/// A graph that was read, with short ways to look at it.
struct Graph(Imported);

impl Graph {
    fn counts(&self) -> (usize, usize, usize) {
        let graph = &self.0.knowledge.graph;
        (graph.entity_count(), graph.relation_count(), self.0.stubs)
    }

    #[track_caller]
    fn entity(&self, id: &str) -> EntityId {
        self.0.knowledge.graph.by_slug(id).unwrap_or_else(|| panic!("no entity {id}"))
    }

    fn kinds(&self, id: &str) -> Vec<&str> {
        let knowledge = &self.0.knowledge;
        knowledge.graph.kinds(self.entity(id)).iter().map(|kind| knowledge.schema.kinds[kind.index()].id.as_str()).collect()
    }

    fn property(&self, id: &str, name: &str) -> String {
        shown(self.0.knowledge.graph.property(self.entity(id), name))
    }

    #[track_caller]
    fn relation(&self, statement: &str) -> RelationId {
        let graph = &self.0.knowledge.graph;
        let id = graph.statement_by_slug(statement).unwrap_or_else(|| panic!("no statement {statement}"));
        graph.statement_relations(id)[0]
    }

    fn qualifier_id(&self, name: &str) -> Option<QualifierId> {
        self.0.knowledge.schema.qualifier(name)
    }

    fn qualifier(&self, statement: &str, name: &str) -> String {
        let id = self.qualifier_id(name).unwrap_or_else(|| panic!("no qualifier {name}"));
        match self.0.knowledge.graph.qualifier(self.relation(statement), id) {
            Some(Value::Entity(entity)) => format!("<{}>", self.0.knowledge.graph.slug(entity)),
            value => shown(value),
        }
    }

    fn relation_type(&self, statement: &str) -> &str {
        let relation_type = self.0.knowledge.graph.relation_type(self.relation(statement));
        &self.0.knowledge.schema.relation_types[relation_type.index()].id
    }

    /// Source, publication and cohort of each citation.
    fn evidence(&self, statement: &str) -> Vec<String> {
        let graph = &self.0.knowledge.graph;
        let told = graph.statement_of(self.relation(statement)).evidence.into_iter().map(|citation| {
            let cohort = citation.cohort.map(|cohort| format!(" {}/{}", cohort.n, cohort.of)).unwrap_or_default();
            format!("{} {}{cohort}", graph.source(citation.source).slug, citation.publication.unwrap_or_default())
        });
        told.collect()
    }

    fn file(&self, number: usize) -> &ImportedFile {
        &self.0.files[number]
    }

    fn rejected(&self, number: usize) -> Vec<(&str, u64, u64)> {
        self.file(number).rejected.iter().map(|rejection| (rejection.cause.words(), rejection.count, rejection.first_line)).collect()
    }
}

fn shown(value: Option<Value>) -> String {
    match value {
        None => "-".to_owned(),
        Some(Value::Text(text)) => format!("'{text}'"),
        Some(Value::Integer(integer)) => integer.to_string(),
        Some(Value::Boolean(holds)) => holds.to_string(),
        Some(Value::Quantity(quantity)) => format!("{quantity}."),
        Some(Value::List(members)) => format!("[{}]", members.into_iter().map(|member| shown(Some(member))).collect::<Vec<_>>().join(", ")),
        Some(other) => format!("{other:?}"),
    }
}

const NODES: &str = r#"{"id": "D:1", "category": ["biolink:Disease", "biolink:NamedThing"], "name": "Beta fever", "synonym": ["fever | B", "hot"], "xref": ["MONDO:1"], "weight": 2.5, "big": true, "in_taxon": ["NCBITaxon:9606"], "note": "a|b"}
{"id": "P:1", "category": "biolink:PhenotypicFeature", "name": null, "weight": 3, "note": "", "same_as": ["hp:0000001", "P:1"], "nested": {"a": [1, {"b": null}]}}
"#;
const EDGES: &str = r#"{"id": "e1", "subject": "D:1", "predicate": "biolink:has_phenotype", "object": "P:1", "publications": ["PMID:1", "pmid:2"], "primary_knowledge_source": "infores:a", "score": 1, "mixed": 1, "has_evidence": ["ECO:1", "ECO:2"]}
{"subject": "P:1", "predicate": "related_to", "object": "X:9", "negated": true, "sources": [{"resource_id": "infores:b", "resource_role": "primary_knowledge_source"}], "score": 0.5, "mixed": "one"}
"#;

#[test]
fn lines_of_json_are_read() {
    let graph = Files::new(&[("n.jsonl", NODES), ("e.jsonl", EDGES)]).graph();
    assert_eq!(graph.counts(), (3, 2, 1));
    assert_eq!(graph.kinds("D:1"), ["Disease", "NamedThing"]);
    let store = &graph.0.knowledge.graph;
    assert_eq!(store.synonyms(graph.entity("D:1")).collect::<Vec<_>>(), ["fever | B", "hot"]);
    assert_eq!(store.xrefs(graph.entity("P:1")).collect::<Vec<_>>(), ["HP:0000001"]);
    assert_eq!(
        (store.name(graph.entity("P:1")), graph.property("D:1", "weight"), graph.property("P:1", "weight")),
        ("", "2.5.".into(), "3.".into())
    );
    assert_eq!(graph.property("D:1", "big"), "true");
    assert_eq!(graph.property("D:1", "in_taxon"), "['NCBITaxon:9606']");
    assert_eq!((graph.property("D:1", "note"), graph.property("P:1", "note")), ("'a|b'".into(), "-".into()));
    assert_eq!(graph.property("P:1", "nested"), r#"'{"a":[1,{"b":null}]}'"#);
    assert_eq!(graph.evidence("e1"), ["infores:a PMID:1", "infores:a PMID:2"]);
    assert_eq!(graph.evidence("edge2"), ["infores:b "]);
    assert_eq!((graph.qualifier("e1", "score"), graph.qualifier("edge2", "score")), ("1.".into(), "0.5.".into()));
    assert_eq!((graph.qualifier("e1", "mixed"), graph.qualifier("edge2", "mixed")), ("1".into(), "'one'".into()));
    assert_eq!(graph.qualifier("e1", "has_evidence"), "['ECO:1', 'ECO:2']");
    assert!(store.is_denied(graph.relation("edge2")) && !store.is_denied(graph.relation("e1")));
    assert_eq!(graph.qualifier_id("supporting_text"), None, "a column that says nothing is none");
}

#[test]
fn one_file_may_hold_nodes_and_edges() {
    let document = |separator: &str| {
        let list = |lines: &str| lines.trim().replace('\n', separator);
        format!("{{\"nodes\": [{}],{separator}\"edges\": [{}]}}", list(NODES), list(EDGES))
            .replace(&format!("],{separator}\"edges"), "],\n\"edges")
    };
    let (compact, spaced) = (document(", "), document(",\n   "));
    let (forward, backward) = (format!("{NODES}{EDGES}"), format!("{EDGES}{NODES}"));
    for text in [&compact, &spaced, &forward, &backward] {
        let graph = Files::new(&[("all.json", text)]).graph();
        assert_eq!(graph.counts(), (3, 2, 1), "{text}");
        assert_eq!((graph.file(0).format, graph.file(0).rows), ("KGX", 4), "{text}");
        assert_eq!(graph.evidence("e1").len(), 2);
    }
}

#[test]
fn bad_lines_of_json_are_counted_once() {
    let bad = "[1]\n{\"id\": \"G:1\", \"x\": NaN}\n{\"id\": \n{\"name\": \"nobody\"}\n\n{\"id\": \"G:2\"\n{\"subject\": \"D:1\", \"object\": \"P:1\"}\n";
    let graph = Files::new(&[("all.jsonl", &format!("{NODES}{bad}{EDGES}"))]).graph();
    assert_eq!(graph.counts(), (4, 2, 1));
    assert_eq!(graph.rejected(0), [("no JSON object", 3, 3), ("no id", 1, 6), ("no predicate", 1, 9)]);
    assert_eq!(graph.file(0).rejected_rows.len(), 5);
    let bytes = [NODES.as_bytes(), b"{\"id\": \"G:\xFF\"}\n"].concat();
    let graph = Graph(Files::of_bytes(&[("n.jsonl", &bytes)]).read().expect("it is read"));
    assert_eq!(graph.rejected(0), [("not UTF-8 text", 1, 3)]);
}

#[test]
fn columns_with_bars_are_lists_where_they_are_meant_so() {
    let nodes = "id\tcategory\tname\tin_taxon\tdescription\tcodes\tremark\tflag\tcounts\n\
        A:1\tGene\tone|two\tT:1|T:2\ta|b\tx|y\tsee a | b\ttrue\t1|2\n\
        A:2\tGene\t\tT:1\t\tz\tc|d\tFalse\t3\n";
    let graph = Files::new(&[("n.tsv", nodes)]).graph();
    let store = &graph.0.knowledge.graph;
    let first = graph.entity("A:1");
    assert_eq!((store.name(first), store.definition(first)), ("one|two", Some("a|b")));
    assert_eq!((graph.property("A:1", "in_taxon"), graph.property("A:2", "in_taxon")), ("['T:1', 'T:2']".into(), "'T:1'".into()));
    assert_eq!((graph.property("A:1", "codes"), graph.property("A:2", "codes")), ("['x', 'y']".into(), "'z'".into()));
    assert_eq!((graph.property("A:1", "remark"), graph.property("A:2", "remark")), ("'see a | b'".into(), "'c|d'".into()));
    assert_eq!((graph.property("A:1", "flag"), graph.property("A:2", "flag")), ("true".into(), "false".into()));
    assert_eq!(graph.property("A:1", "counts"), "[1, 2]");
    let notes = graph.file(0).notes.join("\n");
    assert!(notes.contains("taken for lists, with bars between their members: 'codes', 'counts'"), "{notes}");
    assert!(notes.contains("bars are part of the texts of 'remark'"), "{notes}");
}

#[test]
fn evidence_and_cohorts_are_kept() {
    let edges = "subject\tpredicate\tobject\tid\thas_count\thas_total\thas_percentage\thas_quotient\tfrequency_qualifier\tonset_qualifier\tsex_qualifier\tsupporting_text\tknowledge_source\tprovided_by\tpublications\n\
        D:1\tbiolink:has_phenotype\tP:1\ta\t7\t12\t58.3\t0.583\tHP:0040282\tHP:0003577\tPATO:0000383\t\tinfores:h|infores:m\t\tPMID:1\n\
        D:1\tbiolink:has_phenotype\tP:2\tb\t13\t12\t\t0.07\tcommon\tlate in life\tother\tIt is said.\t\tfile.json\t\n\
        D:1\tbiolink:has_phenotype\tP:3\tc\t0\t5\t\t\t\t\tMALE\t\t\t\t\n\
        D:1\tbiolink:has_phenotype\tP:4\td\t\t\t45\t\tHP:0040281\tHP:0003577|HP:0011462\t\t\t\t\t\n";
    let graph = Files::new(&[("e.tsv", edges)]).graph();
    assert_eq!(graph.evidence("a"), ["infores:h PMID:1 7/12", "infores:m "]);
    assert_eq!((graph.evidence("b"), graph.evidence("c")), (vec!["file.json ".to_owned()], vec!["mine  0/5".to_owned()]));
    let frequencies: Vec<String> = ["a", "b", "c", "d"].iter().map(|id| graph.qualifier(id, "frequency")).collect();
    assert_eq!(frequencies, ["7/12.", "7%.", "0/5.", "45%."]);
    assert_eq!(
        (graph.qualifier("a", "frequency_class"), graph.qualifier("d", "frequency_class")),
        ("'frequent'".into(), "'very frequent'".into())
    );
    assert_eq!(
        (graph.qualifier("a", "onset"), graph.qualifier("a", "sex"), graph.qualifier("c", "sex")),
        ("<HP:0003577>".into(), "'female'".into(), "'male'".into())
    );
    assert!(graph.qualifier("d", "onset").starts_with("[Entity("), "{}", graph.qualifier("d", "onset"));
    // What is no frequency, onset, sex or cohort stays what it says.
    let others =
        ["frequency_qualifier", "onset_qualifier", "sex_qualifier", "has_count", "has_total"].map(|name| graph.qualifier("b", name));
    assert_eq!(others, ["'common'", "'late in life'", "'other'", "13", "12"]);
    assert_eq!(graph.qualifier_id("has_percentage"), None);
    let store = &graph.0.knowledge.graph;
    assert_eq!(store.statement_of(graph.relation("b")).claim, "It is said.");
    let denied: Vec<bool> = ["a", "b", "c"].iter().map(|id| store.is_denied(graph.relation(id))).collect();
    assert_eq!(denied, [false, false, true], "who was looked at and had it not, had it not");
    let schema = &graph.0.knowledge.schema;
    assert_eq!(schema.qualifiers[graph.qualifier_id("frequency").expect("it is there").index()].value_type, ValueType::Percentage);
}

#[test]
fn rows_with_one_id_are_united() {
    let nodes = "id\tcategory\tname\tsynonym\tdescription\tlength\tprovided_by\n\
        A:1\tbiolink:Gene\tone\ta|b\t\t\tx\n\
        A:1\tbiolink:Gene\tone\ta|b\t\t\tx\n\
        A:1\tbiolink:NamedThing\tother\tc\tIt is one.\t5\ty\n\
        A:1\tbiolink:Gene\t\td\t\t\t\n\
        B:1\tbiolink:Gene\ttwo\t\t\t7\t\n";
    let edges = "id\tsubject\tpredicate\tobject\tscore\n\
        x\tA:1\taffects\tB:1\t1\n\
        x\tA:1\taffects\tB:1\t1\n\
        x\tA:1\taffects\tB:1\t2\n\
        y\tB:1\taffects\tA:1\t\n\
        \tB:1\taffects\tA:1\t\n\
        \tB:1\taffects\tA:1\t\n";
    let graph = Files::new(&[("n.tsv", nodes), ("e.tsv", edges)]).graph();
    assert_eq!(graph.counts(), (2, 5, 0));
    let store = &graph.0.knowledge.graph;
    let one = graph.entity("A:1");
    assert_eq!((store.name(one), store.definition(one)), ("one", Some("It is one.")));
    assert_eq!(store.synonyms(one).collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    assert_eq!((graph.property("A:1", "length"), graph.property("A:1", "provided_by")), ("5".into(), "['x', 'y']".into()));
    assert_eq!(graph.kinds("A:1"), ["Gene", "NamedThing"]);
    assert_eq!((graph.qualifier("x", "score"), graph.qualifier("x#2", "score")), ("1".into(), "2".into()));
    let notes = format!("{}\n{}", graph.file(0).notes.join("\n"), graph.file(1).notes.join("\n"));
    for line in [
        "1 row repeats an earlier node\n",
        "1 row adds to an earlier node with its id",
        "1 row differs from an earlier node with the same id",
        "1 row repeats an earlier edge",
        "1 row has the id of an earlier edge and says something else",
    ] {
        assert!(format!("{notes}\n").contains(line), "'{line}' is not in:\n{notes}");
    }
}

#[test]
fn tables_in_other_clothes_are_read() {
    let plain = "id\tname\nA:1\t\"quoted\" name\nA:2\t\"\n";
    let cases = [
        plain.to_owned(),
        format!("\u{feff}{}", plain.replace('\n', "\r\n")),
        plain.replace("id\tname", " ID \t Name "),
        "id,name\nA:1,\"\"\"quoted\"\" name\"\nA:2,\"\"\"\"\n".to_owned(),
        "\"id\"\t\"name\"\n\"A:1\"\t\"\"\"quoted\"\" name\"\n\"A:2\"\t\"\"\"\"\n".to_owned(),
        "id;name;x\nA:1;\"\"\"quoted\"\" name\";\nA:2;\"\"\"\"\n".to_owned(),
        plain.replace('\n', "\t\n"),
        plain.trim_end().to_owned(),
    ];
    for text in &cases {
        assert!(kgx::recognises(text.as_bytes(), "nodes.tsv"), "{text}");
        let graph = Files::new(&[("nodes.tsv", text)]).graph();
        assert_eq!(graph.counts(), (2, 0, 0), "{text}");
        let names: Vec<&str> = ["A:1", "A:2"].iter().map(|id| graph.0.knowledge.graph.name(graph.entity(id))).collect();
        assert_eq!(names, ["\"quoted\" name", "\""], "{text}");
    }
}

#[test]
fn other_spellings_of_an_id_are_the_node() {
    let nodes = "id\tcategory\nOrphanet:1183\tbiolink:Disease\nHP:0000001\tbiolink:PhenotypicFeature\n";
    let edges = "subject\tedge_label\tobject\nhttp://www.orpha.net/ORDO/Orphanet_1183\thas_phenotype\tHP_0000001\n ORPHA:1183 \thas_phenotype\thp:0000001\n";
    let graph = Files::new(&[("n.tsv", nodes), ("e.tsv", edges)]).graph();
    assert_eq!(graph.counts(), (2, 2, 0));
    assert_eq!(graph.kinds("ORPHA:1183"), ["Disease"]);
}

#[test]
fn what_our_export_writes_is_read_back() {
    let nodes = "id\tcategory\tname\tkind\tlength:duration\tages:any\tescaped\n\
        s\tbiolink:Disease\ta\\\\b\tsyndrome\t>= 1 year\ttext:x\\|y|integer:3|entity:p\ttrue\n\
        p\tbiolink:PhenotypicFeature\tplain\\name\tsymptom\t\t\t\n";
    let edges = "id\tsubject\tpredicate\tobject\trelation\tstatement\tcitations\tsupporting_text\textent\thedge_words\tjointly\tjointly_with\tfrequency:percentage\tpopulation:entity\thas_percentage\tnegated\n\
        k#1\ts\tbiolink:has_phenotype\tp\thas_symptom\tk\t{\"source\":\"o\",\"title\":\"The O\",\"sentences\":[1,2]}|{\"source\":\"q\",\"cohort\":[3,4],\"publication\":\"PMID:1\"}\tBoth.\tmost\tmostly\ttrue\tz\t50-80%\tp|adult\t65\t\n\
        k#2\ts\tbiolink:has_phenotype\tz\thas_symptom\tk\t{\"source\":\"o\",\"sentences\":[1,2]}|{\"source\":\"q\",\"cohort\":[3,4],\"publication\":\"PMID:1\"}\tBoth.\tmost\tmostly\ttrue\tp\t50-80%\tp|adult\t65\t\n\
        m\ts\tbiolink:related_to\tp\todd\t\t\t\t\t\t\t\t7/12\t\t\ttrue\n\
        n\tp\tbiolink:subclass_of\tz\tis_a\t\t\t\t\t\t\t\t\t\t\t\n";
    let graph = Files::new(&[("n.tsv", nodes), ("e.tsv", edges)]).graph();
    let (store, schema) = (&graph.0.knowledge.graph, &graph.0.knowledge.schema);
    assert_eq!(graph.counts(), (4, 4, 2));
    assert_eq!((store.name(graph.entity("s")), store.name(graph.entity("p"))), ("a\\b", "plain\\name"));
    assert_eq!(graph.kinds("s"), ["syndrome"]);
    assert_eq!(schema.kinds[schema.kind("syndrome").expect("it is there").index()].category.as_deref(), Some("biolink:Disease"));
    assert_eq!(graph.property("s", "length"), ">= 1 year.");
    assert!(graph.property("s", "ages").starts_with("['x|y', 3, Entity("), "{}", graph.property("s", "ages"));
    assert_eq!((graph.relation_type("k"), graph.relation_type("m"), graph.relation_type("n")), ("has_symptom", "odd", "is_a"));
    let statement = store.statement_of(graph.relation("k"));
    assert_eq!((statement.slug.as_str(), statement.relations.len(), statement.jointly), ("k", 2, true));
    assert_eq!(
        (statement.claim.as_str(), statement.hedge.extent, statement.hedge.words.as_deref()),
        ("Both.", Some(Extent::Most), Some("mostly"))
    );
    assert_eq!(graph.evidence("k"), ["o ", "q PMID:1 3/4"]);
    assert_eq!(statement.evidence[0].sentences, [1, 2]);
    assert_eq!(store.source(statement.evidence[0].source).title, "The O");
    assert_eq!(statement.qualifiers.len(), 2, "what all relations share is the statement's");
    assert_eq!((graph.qualifier("k", "frequency"), graph.qualifier("m", "frequency")), ("50-80%.".into(), "7/12.".into()));
    assert!(store.is_denied(graph.relation("m")));
    assert_eq!(
        (graph.qualifier_id("jointly_with"), graph.qualifier_id("relation"), graph.qualifier_id("has_percentage")),
        (None, None, None)
    );
}

#[test]
fn columns_of_others_with_names_of_ours_stay_theirs() {
    let edges = "id\tsubject\tpredicate\tobject\trelation\tconfidence\tstatement\n\
        x\tA:1\tbiolink:affects\tB:1\tRO:0002\t0.9\tA does it\n\
        y\tA:1\tbiolink:affects\tB:1\tRO:0001\t0.8\tA does it\n";
    let graph = Files::new(&[("e.tsv", edges)]).graph();
    assert_eq!((graph.counts(), graph.relation_type("x")), ((2, 2, 2), "affects"));
    let told = ["relation", "confidence", "statement"].map(|name| graph.qualifier("x", name));
    assert_eq!(told, ["'RO:0002'", "0.9.", "'A does it'"]);
}

#[test]
fn hostile_files_are_refused_or_read() {
    for (text, words) in [
        ("", "it is empty"),
        ("\u{feff}", "neither a table of nodes nor one of edges"),
        ("{", "neither"),
        ("{\"graphs\": [{\"nodes\": []}]}", "neither"),
        ("a\tb\n", "neither"),
    ] {
        let complaint = Files::new(&[("x.tsv", text)]).read().err().unwrap_or_else(|| panic!("'{text}' is read"));
        assert!(complaint.contains(words), "{complaint}");
        assert!(!kgx::recognises(text.as_bytes(), "x.tsv"));
    }
    for text in ["id\tcategory", "id\tcategory\n\n\r\n", "subject\tpredicate\tobject\n"] {
        assert_eq!(Files::new(&[("x.tsv", text)]).graph().counts(), (0, 0, 0), "{text:?}");
    }
    let long = format!("id\tcategory\tname\nA:1\tGene\t{}\nA:2\tGe\0ne\tx\0\n", "y".repeat(20_000_000));
    let graph = Files::new(&[("x.tsv", &long)]).graph();
    assert_eq!(graph.0.knowledge.graph.name(graph.entity("A:1")).len(), 20_000_000);
    let names: Vec<String> = (0..5000).map(|at| format!("{{\"id\": \"A:{at}\", \"key{at}\": 1}}\n")).collect();
    let graph = Files::new(&[("x.jsonl", &names.concat())]).graph();
    assert!(graph.counts().0 > 4000 && graph.rejected(0)[0].1 > 800, "{:?}", graph.counts());
    let deep = format!("{NODES}{{\"id\": \"G:1\", \"deep\": {}{}}}\n", "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(Files::new(&[("x.jsonl", &deep)]).graph().rejected(0), [("no JSON object", 1, 3)]);
    let cycle = "subject\tpredicate\tobject\nA:1\tsubclass_of\tA:2\nA:2\tsubclass_of\tA:1\nA:1\tsubclass_of\tA:1\n";
    let mut session = Session::of(Files::new(&[("e.tsv", cycle)]).graph().0.knowledge);
    assert!(session.ask("subtypes of A:1").is_ok());
}

#[test]
fn only_such_tables_are_recognised() {
    for text in [
        "id\tcategory\tname\n",
        "subject\tpredicate\tobject\n",
        "id\tname\nMONDO:0000001\tdisease\n",
        "{\"id\": \"A:1\", \"category\": [\"biolink:Gene\"]}\n{\"id\"",
        "{\"nodes\": [{\"id\": \"A:1\", \"category\": \"x\"}, {\"id",
        "{\"subject\": \"A:1\", \"predicate\": \"x\", \"object\": \"B:1\"}\n",
    ] {
        assert!(kgx::recognises(text.as_bytes(), "x"), "{text}");
    }
    for text in [
        "id\tname\tkind\nGene::9021\tGOLGA6L1\tGene\n",
        "id\tname\nGene::9021\tGOLGA6L1\n",
        "id:ID\tname\t:LABEL\n",
        "source\tmetaedge\ttarget\n",
        "{\"graphs\": [{\"nodes\": [{\"id\": \"x\"}]}]}",
        "{\"nodes\": [{\"id\": 1}], \"links\": []}",
        "format-version: 1.2\n",
        "#description: \"HPO annotations\"\ndatabase_id\tdisease_name\n",
    ] {
        assert!(!kgx::recognises(text.as_bytes(), "x"), "{text}");
    }
}

#[test]
fn the_rare_diseases_of_mondo_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/mondo-rare");
    let packed = ["nodes", "edges"].map(|table| folder.join(format!("mondo-rare_{table}.tsv.gz")));
    let unpacked = packed.map(|path| std::process::Command::new("gzip").arg("-dc").arg(path).output().map(|output| output.stdout));
    let [Ok(nodes), Ok(edges)] = unpacked else {
        println!("skipped: no `gzip`");
        return;
    };
    if nodes.is_empty() {
        println!("skipped: no {}", folder.display());
        return;
    }
    let graph = Files::of_bytes(&[("n.tsv", &nodes), ("e.tsv", &edges)]).graph();
    println!("{:?}", graph.0.files);
    assert_eq!((graph.file(0).rows, graph.file(1).rows), (18_966, 29_913));
    assert_eq!(graph.counts().1, 29_913);
    assert_eq!(graph.evidence("urn:uuid:be4609f0-ffb6-458a-a589-0a61463afe62"), ["mondo-rare.json "]);
    assert_eq!(graph.relation_type("urn:uuid:be4609f0-ffb6-458a-a589-0a61463afe62"), "is_a");
}

#[test]
fn whatever_the_bytes_nothing_breaks() {
    let tables = "id\tsubject\tpredicate\tobject\thas_count\thas_total\tcitations\tstatement\tescaped\tdose:any\n\
        k#1\tA:1\tis\tB:1\t1\t2\t{\"source\":\"o\"}\tk\ttrue\tinteger:3|text:\\u{41}\n\
        k#2\tA:1\tis\tC:1\t1\t2\t{\"source\":\"o\"}\tk\t\tentity:x\n";
    let quoted = "\"id\",\"name\",\"category\"\n\"A:1\",\"a \"\"b\"\"\nc\",\"Gene\"\n\"A:1\",,Protein\n";
    let document = format!("{{\"nodes\": [{}], \"edges\": [{}]}}", NODES.trim().replace('\n', ",\n"), EDGES.trim().replace('\n', ","));
    for text in [tables, quoted, document.as_str(), EDGES] {
        let bytes = text.as_bytes();
        for at in (0..bytes.len()).step_by(7) {
            let _ = Files::of_bytes(&[("x", &bytes[..at])]).read();
            for letter in [b'\0', b'"', b'\\', b'{', b'\n', b'\t', 0xFF] {
                let mut changed = bytes.to_vec();
                changed[at] = letter;
                let _ = Files::of_bytes(&[("x", &changed)]).read();
            }
        }
    }
}
