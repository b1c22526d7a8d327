//! How long the parts take: reading, resolving, running, rendering, and a whole process beside one that prints a line.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use criterion::{Criterion, criterion_group, criterion_main};
use oms_graph::Session;
use oms_graph::query::resolve::{Context, Memory, resolve};
use oms_graph::query::syntax::tree::Request;
use oms_graph::query::syntax::{self};
use oms_graph::render::{FORMATS, Page, render};

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
        let page = Page { width: Some(100), colour: false };
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

criterion_group!(benches, parts, process);
criterion_main!(benches);
