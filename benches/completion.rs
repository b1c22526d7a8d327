//! Benches of completion: how long the first offers take, counts among them, at a dozen cursors of each graph.
//!
//! `OMS_LARGE_GRAPH=FILE` names a graph to measure beside the embedded one; without it one with 300,000 names is made up.

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use oms_graph::Session;
use oms_graph::command::{Settings, Shell};
use oms_graph::model::Names;
use oms_graph::repl::completion::complete_counted;
use oms_graph::schema::Schema;
use oms_graph::session::Budget;

/// What the prompt allows.
const TIME: Duration = Duration::from_millis(18);
const MOST: u64 = 1000;

fn offers(criterion: &mut Criterion) {
    let embedded = Session::open("oms").expect("the embedded graph opens");
    let texts = [
        "",
        "ca",
        "causes ",
        "causes of ",
        "effects of neu",
        "causes where ",
        "causes where population = ",
        "causes where frequency = ",
        "what treats ",
        "neuroblastoma ",
        "path from lung cancer to ",
        "effects of neuroblastomma",
    ];
    measure(criterion, "embedded", embedded, &texts.map(str::to_owned));
    match std::env::var("OMS_LARGE_GRAPH") {
        Ok(file) => {
            let session = Session::open(&file).expect("the graph opens");
            let texts = cursors(&session);
            let name = Path::new(&file).file_stem().map_or_else(|| "large".into(), |stem| stem.to_string_lossy().into_owned());
            measure(criterion, &name, session, &texts);
        }
        Err(_) => {
            let session = made_up();
            let texts = cursors(&session);
            measure(criterion, "made up", session, &texts);
        }
    }
}

fn measure(criterion: &mut Criterion, graph: &str, session: Session, texts: &[String]) {
    let shell = Shell::new(session, Settings::default());
    let mut group = criterion.benchmark_group(format!("first offers, {graph}"));
    group.sample_size(20).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    for text in texts {
        group.bench_function(format!("`{text}`"), |bencher| {
            bencher.iter(|| complete_counted(&shell, black_box(text), Budget::lasting(TIME, MOST)));
        });
    }
    group.finish();
}

/// A dozen places at which somebody who asks a graph may stand, with the words of its own schema.
fn cursors(session: &Session) -> Vec<String> {
    let (graph, schema) = (session.graph(), session.schema());
    let counts = |at: usize| graph.statistics().types.get(at).map_or(0, |counts| counts.relations);
    let largest = |schema: &Schema| (1..schema.relation_types.len()).max_by_key(|at| counts(*at));
    let mut texts: Vec<String> = ["", "s", "find ", "find a", "path from "].map(str::to_owned).to_vec();
    let best = graph.entities().max_by_key(|id| Names::degree(graph, *id)).expect("the graph has entities");
    let name = Names::name(graph, best).to_owned();
    let slip: String = name.chars().enumerate().filter(|(at, _)| *at != 2).map(|(_, letter)| letter).collect();
    let word = name.split(' ').next_back().unwrap_or_default().to_owned();
    texts.extend([format!("\"{name}\" "), format!("path from \"{name}\" to "), format!("around {slip}"), format!("around {word}")]);
    texts.push(graph.slug(best).chars().take(6).collect());
    if let Some(relation) = largest(schema).map(|at| &schema.relation_types[at]) {
        let verb = relation.verbs.first().cloned().unwrap_or_default();
        texts.push(format!("what {verb} "));
        texts.push(format!("what {verb} what where "));
        if let Some(noun) = relation.target_nouns.first().or(relation.source_nouns.first()) {
            texts.extend([format!("{} of ", noun.many), format!("{} where ", noun.many)]);
            texts.extend(relation.qualifiers.iter().take(2).map(|id| {
                let qualifier = &schema.qualifiers[id.index()];
                format!("{} where {} = ", noun.many, qualifier.id)
            }));
        }
    }
    texts
}

/// A graph of 300,000 names and a million relations, as an importer makes it.
fn made_up() -> Session {
    const ENTITIES: usize = 300_000;
    const SYLLABLES: [&str; 12] = ["my", "o", "clo", "nus", "tax", "ia", "neu", "ro", "blas", "toma", "cere", "bel"];
    let mut state = 1_u64;
    let mut roll = |sides: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % sides
    };
    let folder = tempfile::tempdir().expect("a folder");
    let (mut nodes, mut edges) = ("id\tname\tcategory\n".to_owned(), "subject\tpredicate\tobject\n".to_owned());
    for at in 0..ENTITIES {
        let mut word = || (0..2 + roll(3)).map(|_| SYLLABLES[roll(SYLLABLES.len())]).collect::<String>();
        let (first, second) = (word(), word());
        let kind = if at % 3 == 0 { "biolink:Disease" } else { "biolink:PhenotypicFeature" };
        let _ = writeln!(nodes, "T:{at:06}\t{first} {second}\t{kind}");
    }
    for _ in 0..1_000_000 {
        let _ = writeln!(edges, "T:{:06}\tbiolink:has_phenotype\tT:{:06}", roll(ENTITIES / 3) * 3, roll(ENTITIES / 3) * 3 + 1);
    }
    let paths = [folder.path().join("made_nodes.tsv"), folder.path().join("made_edges.tsv")];
    std::fs::write(&paths[0], nodes).expect("a file is written");
    std::fs::write(&paths[1], edges).expect("a file is written");
    let graph = folder.path().to_string_lossy().into_owned();
    Session::open_all(&[graph], &Arc::default()).expect("the made up graph is imported")
}

criterion_group!(benches, offers);
criterion_main!(benches);
