//! How long the parts take: reading, resolving, running, rendering, and a whole process beside one that prints a line.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};
use oms_graph::Session;
use oms_graph::model::{KindId, Names, RelationTypeId};
use oms_graph::query::resolve::{Context, Memory, resolve};
use oms_graph::query::syntax::tree::Request;
use oms_graph::query::syntax::{self};
use oms_graph::render::{FORMATS, Page, render};
use oms_graph::store::{BulkEntities, BulkIds, BulkRelations, BulkStatements, NameIndex, Strings, bulk};

/// Queries of different shapes, from a look-up to a search.
const QUERIES: &[(&str, &str)] = &[
    ("where", "causes where population=adult"),
    ("nested", "treatments of effects of \"viral infection\""),
    ("set", "symptoms of OMS but not symptoms of \"acute cerebellar ataxia\""),
    ("path", "path from lung cancer to opsoclonus"),
    ("compare", "compare causes across population"),
    ("entity", "OMS"),
];

fn parts(criterion: &mut Criterion) {
    let session = Session::open("oms").expect("the embedded graph opens");
    let memory = Memory::default();
    for (name, text) in QUERIES {
        criterion.bench_function(&format!("parse/{name}"), |bencher| bencher.iter(|| syntax::parse(black_box(text))));
        let Ok(Request::Ask(query)) = syntax::parse(text) else { continue };
        let context = Context {
            schema: session.schema(),
            lexicon: session.lexicon(),
            names: session.graph(),
            memory: &memory,
            parameters: session.parameters(),
        };
        criterion.bench_function(&format!("resolve/{name}"), |bencher| bencher.iter(|| resolve(black_box(&query), context)));
    }
    for (name, text) in QUERIES {
        let mut session = Session::open("oms").expect("the embedded graph opens");
        criterion.bench_function(&format!("ask/{name}"), |bencher| bencher.iter(|| session.ask(black_box(text))));
    }
    let mut session = Session::open("oms").expect("the embedded graph opens");
    let answer = session.ask("symptoms of OMS").expect("the query is answered");
    for format in FORMATS {
        let page = Page { width: Some(100), colour: false, unicode: true };
        criterion.bench_function(&format!("render/{}", format.name), |bencher| bencher.iter(|| render(black_box(&answer), format, &page)));
    }
    criterion.bench_function("open", |bencher| bencher.iter(|| Session::open(black_box("oms"))));
}

/// The whole process, and beside it the least that a process can be: one that prints a line.
fn process(criterion: &mut Criterion) {
    let oms = Path::new(env!("CARGO_BIN_EXE_oms"));
    let baseline = one_line_program();
    let mut group = criterion.benchmark_group("process");
    group.sample_size(100);
    group.bench_function("one line", |bencher| bencher.iter(|| run(&baseline, &[])));
    group.bench_function("causes in adults", |bencher| bencher.iter(|| run(oms, &["ask", "causes where population=adult"])));
    group.finish();
}

fn run(program: &Path, arguments: &[&str]) {
    let status = Command::new(program).args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).status();
    assert!(status.is_ok_and(|status| status.success()), "{} fails", program.display());
}

/// A program that prints one line, compiled with the optimisation of a release.
fn one_line_program() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (source, program) = (folder.join("one_line.rs"), folder.join("one_line"));
    std::fs::write(&source, "fn main() { println!(\"one line\"); }").expect("the source is written");
    let status = Command::new("rustc").args(["-O", "-C", "panic=abort", "-o"]).arg(&program).arg(&source).status();
    assert!(status.is_ok_and(|status| status.success()), "rustc compiles one line");
    program
}

/// What names cost in a graph with 300,000 of them: names and synonyms of 100,000 entities with definitions.
#[expect(clippy::print_stdout, reason = "a figure that is taken once")]
fn names(criterion: &mut Criterion) {
    const ENTITIES: u32 = 100_000;
    let mut dice = Dice(1);
    let vocabulary: Vec<String> = (0..30_000).map(|_| word(&mut dice)).collect();
    let mut phrase = |words: usize| {
        // Some words are in every tenth name, most in a few.
        let mut one = || vocabulary[if dice.roll(3) == 0 { dice.roll(40) } else { dice.roll(vocabulary.len()) }].as_str();
        (0..words).map(|_| one()).collect::<Vec<_>>().join(" ")
    };
    let names: Vec<String> = (0..ENTITIES).map(|at| phrase(2 + at as usize % 4)).collect();
    let entities = BulkEntities {
        slugs: Strings::new((0..ENTITIES).map(|at| format!("MONDO:{at:07}"))),
        names: Strings::new(&names),
        synonyms: (0..ENTITIES).map(|at| vec![phrase(2), phrase(3 + at as usize % 2)]).collect(),
        xrefs: (0..ENTITIES).map(|at| vec![format!("Orphanet:{at}")]).collect(),
        definitions: Strings::new((0..ENTITIES).map(|_| phrase(12))),
        signatures: vec![0; ENTITIES as usize],
        signature_kinds: vec![vec![KindId(0)]],
        properties: Vec::new(),
    };
    let relations = BulkRelations {
        from: (0..ENTITIES * 3).map(|at| at % ENTITIES).collect(),
        to: (0..ENTITIES * 3).map(|at| at % 1000).collect(),
        types: vec![RelationTypeId(0); 3 * ENTITIES as usize],
        statements: BulkStatements { ids: BulkIds::Numbered("r".to_owned(), (0..ENTITIES * 3).collect()), ..BulkStatements::default() },
        ..BulkRelations::default()
    };
    let graph = bulk(entities, relations, Vec::new());
    let mut group = criterion.benchmark_group("names");
    group.sample_size(10);
    group.bench_function("index", |bencher| bencher.iter(|| NameIndex::whole(&graph)));
    let name = names[70_001].as_str();
    let slip = name.replacen(&name[2..3], "q", 1);
    let start = Instant::now();
    graph.search(name);
    println!("names: the first search, which makes what is not in memory, takes {:.0?}", start.elapsed());
    for (what, words) in [
        ("a name", name),
        ("a name with a slip", slip.as_str()),
        ("a rare word", vocabulary[20_000].as_str()),
        ("a frequent word", vocabulary[0].as_str()),
        ("a part of words", "onusa"),
        ("an identifier", "http://www.orpha.net/ORDO/Orphanet_4711"),
        ("nothing", "qwertzuiop asdfghjkl"),
    ] {
        group.bench_function(format!("find {what} ({} found)", graph.search(words).len()), |bencher| bencher.iter(|| graph.search(words)));
    }
    group.bench_function("called", |bencher| bencher.iter(|| graph.called(black_box(name))));
    group.bench_function("called an identifier", |bencher| bencher.iter(|| graph.called(black_box("orphanet:4711"))));
    group.bench_function("like", |bencher| bencher.iter(|| graph.like(black_box(&slip), 3)));
    for typed in ["", &name[..1], &name[..3], name] {
        let what = format!("completion of {} letters", typed.len());
        group.bench_function(what, |bencher| bencher.iter(|| graph.names_beginning(black_box(typed), 100, |_| true)));
    }
    group.finish();
}

/// Numbers without a pattern, the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

fn word(dice: &mut Dice) -> String {
    const SYLLABLES: [&str; 20] = [
        "my", "o", "clo", "nus", "op", "so", "a", "tax", "ia", "neu", "ro", "blas", "toma", "gli", "cere", "bel", "lar", "phos", "pha",
        "tase",
    ];
    (0..2 + dice.roll(4)).map(|_| SYLLABLES[dice.roll(SYLLABLES.len())]).collect()
}

criterion_group!(benches, parts, process, names);
criterion_main!(benches);
