//! Graphs together: the graph that ships beside one of other people's tables, asked as one.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use oms_graph::Session;
use oms_graph::formats::import::{Input, Reading, assembled};
use oms_graph::formats::{kgx, snapshot};
use tempfile::TempDir;

const NODES: &str = "\
id\tcategory\tname\tsynonym\txref
ORPHA:1183\tbiolink:Disease\tOpsoclonus-myoclonus syndrome\tMyoclonic encephalopathy\t
ORPHA:99\tbiolink:Disease\tanother disease\t\t
HP:0010543\tbiolink:PhenotypicFeature\tOpsoclonus\tSaccadomania\tUMLS:C0029089
HP:0001251\tbiolink:PhenotypicFeature\tAtaxia\t\t
HP:0000011\tbiolink:PhenotypicFeature\tWandering of the eyes\t\t
HP:0100022\tbiolink:PhenotypicFeature\tAbnormality of movement\t\t
HP:0000496\tbiolink:PhenotypicFeature\tAbnormality of eye movement\t\t
";

const EDGES: &str = "\
id\tsubject\tpredicate\tobject\tprimary_knowledge_source\tnegated\tscore
a1\tORPHA:1183\tbiolink:has_symptom\tHP:0010543\torphanet\t\t0.9
a2\tORPHA:1183\tbiolink:has_symptom\tHP:0000011\torphanet\t\t0.4
a3\tORPHA:1183\tbiolink:has_symptom\tHP:0001251\torphanet\ttrue\t
a4\tORPHA:99\tbiolink:has_symptom\tHP:0010543\torphanet\t\t
a5\tHP:0010543\tbiolink:subclass_of\tHP:0000496\thp\t\t
a6\tHP:0000496\tbiolink:subclass_of\tHP:0100022\thp\t\t
opsoclonus-and-myoclonus\tHP:0000011\tbiolink:subclass_of\tHP:0000496\thp\t\t
";

/// A folder with the tables, and the graph that they make.
struct Folder(TempDir);

impl Folder {
    fn new() -> Folder {
        let folder = Folder(tempfile::tempdir().expect("a folder can be made"));
        fs::write(folder.0.path().join("nodes.tsv"), NODES).expect("a file can be written");
        fs::write(folder.0.path().join("edges.tsv"), EDGES).expect("a file can be written");
        let interrupt = AtomicBool::new(false);
        let inputs = ["nodes.tsv", "edges.tsv"].map(|name| Input::new(&folder.0.path().join(name)));
        let draft = kgx::read("hpo", &inputs, Reading::new(&interrupt)).expect("the tables can be read");
        let imported = assembled(draft).expect("it is small");
        let mut file = fs::File::create(folder.0.path().join("hpo.oms")).expect("a file can be made");
        snapshot::write(&imported.knowledge, &mut file).expect("it can be written");
        folder
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().expect("a plain path").to_owned()
    }

    fn together(&self, graphs: &[&str]) -> Session {
        let graphs: Vec<String> = graphs.iter().map(|name| if *name == "oms" { (*name).to_owned() } else { self.path(name) }).collect();
        Session::open_all(&graphs, &Arc::new(AtomicBool::new(false))).expect("they are opened")
    }
}

/// The rows of an answer: their cells, with bars between.
#[track_caller]
fn rows(session: &mut Session, query: &str) -> Vec<String> {
    match session.ask(query) {
        Ok(answer) => answer.rows.iter().map(|row| row.cells.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")).collect(),
        Err(complaints) => vec![format!("{query}: {complaints}")],
    }
}

#[test]
fn what_shares_an_identifier_is_asked_as_one() {
    let folder = Folder::new();
    for order in [["oms", "hpo.oms"], ["hpo.oms", "oms"]] {
        let mut session = folder.together(&order);
        let shown = "show symptom, source";
        assert_eq!(
            rows(&mut session, &format!("symptoms of OMS where symptom = \"Abnormality of movement\" {shown}")).len(),
            3,
            "opsoclonus of OMS as each of two sources has it, and what the second has besides"
        );
        let both = rows(&mut session, &format!("symptoms of ORPHA:1183 where symptom = HP:0010543 {shown}"));
        assert_eq!(both.len(), 2, "{both:?}");
        assert!(both.iter().any(|row| row.ends_with("|orphanet")) && both.iter().any(|row| row.ends_with("|oms-overview")), "{both:?}");
        let diseases = rows(&mut session, "what has_symptom Saccadomania");
        assert_eq!(diseases.len(), 4, "{diseases:?}");
        assert_eq!(diseases.iter().filter(|row| row.starts_with("another disease|")).count(), 1, "{diseases:?}");
        let denied = rows(&mut session, "symptoms of OMS where symptom = HP:0001251 and source = orphanet");
        assert_eq!(denied.len(), 0, "what is denied is not listed: {denied:?}");
    }
}

#[test]
fn sources_are_compared_side_by_side() {
    let folder = Folder::new();
    let mut session = folder.together(&["oms", "hpo.oms"]);
    let answer = session.ask("compare symptoms of OMS across source").expect("it is answered");
    let columns: Vec<&str> = answer.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(columns, ["symptom", "oms-overview", "orphanet"]);
    let row = |name: &str| {
        answer.rows.iter().find(|row| row.cells[0].to_string() == name).map(|row| {
            let cells = row.cells[1..].iter().map(ToString::to_string).collect::<Vec<_>>();
            cells.join("|")
        })
    };
    let opsoclonus = row("opsoclonus").expect("it has a row");
    assert_eq!(opsoclonus.matches("reported").count(), 2, "{opsoclonus}");
    let ataxia = row("ataxia").expect("it has a row");
    assert!(ataxia.contains("reported absent"), "{ataxia}");
    let wandering = row("Wandering of the eyes").expect("it has a row");
    assert!(wandering.starts_with("not reported|"), "{wandering}");
}

#[test]
fn every_statement_of_both_is_there() {
    let folder = Folder::new();
    let (oms, hpo) = (Session::open("oms").expect("it is built in"), folder.together(&["hpo.oms"]));
    for order in [["oms", "hpo.oms"], ["hpo.oms", "oms"]] {
        let both = folder.together(&order);
        assert_eq!(both.graph().relation_count(), oms.graph().relation_count() + hpo.graph().relation_count());
        assert_eq!(both.graph().statement_count(), oms.graph().statement_count() + hpo.graph().statement_count());
        assert_eq!(both.unification().joined.iter().sum::<usize>(), 3, "{}", both.unification());
        for id in oms.graph().statements() {
            let slug = oms.graph().statement_slug(id);
            // The tables have one of these ids too: whichever comes later gets its graph's name.
            let renamed = format!("oms/{slug}");
            let found = [slug.as_ref(), renamed.as_str()].map(|slug| both.graph().statement_by_slug(slug));
            let claims = found.into_iter().flatten().map(|there| both.graph().statement(there).claim);
            assert_eq!(claims.filter(|claim| *claim == oms.graph().statement(id).claim).count(), 1, "{slug}");
        }
    }
    assert!(folder.together(&["oms", "hpo.oms"]).name().starts_with("oms + "));
    assert!(!folder.together(&["oms", "hpo.oms"]).questions().is_empty());
}

#[test]
fn a_graph_twice_is_that_graph() {
    let folder = Folder::new();
    let (mut once, mut twice) = (folder.together(&["hpo.oms"]), folder.together(&["hpo.oms", "hpo.oms"]));
    assert_eq!(twice.graph().relation_count(), once.graph().relation_count(), "{}", twice.unification());
    for query in ["diseases", "symptoms of ORPHA:1183", "MATCH (n)-[r]->(m) RETURN n, type(r), r.score, m"] {
        assert_eq!(rows(&mut once, query), rows(&mut twice, query), "{query}");
    }
}

#[test]
fn tables_are_imported_beside_a_graph() {
    let folder = Folder::new();
    let mut session = folder.together(&["oms", "nodes.tsv", "edges.tsv"]);
    assert_eq!(session.imported().len(), 2);
    assert_eq!(rows(&mut session, "symptoms of ORPHA:1183 where symptom = HP:0010543 show symptom, source").len(), 2);
    let missing = Session::open_all(&["oms".to_owned(), folder.path("none.oms")], &Arc::new(AtomicBool::new(false)));
    assert!(missing.is_err() && !Path::new(&folder.path("none.oms")).exists());
}
