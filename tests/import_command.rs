//! The import command: what files are is told by their content, what becomes of them by a summary, and nothing is lost or left behind.

#![allow(clippy::panic)] // A helper of a test may stop it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value as Json;
use tempfile::TempDir;

const NODES: &str = "id\tcategory\tname\nD:1\tbiolink:Disease\tBeta fever\nC:1\tbiolink:SmallMolecule\tcuritol\n";
const EDGES: &str = "id\tsubject\tpredicate\tobject\ne1\tC:1\tbiolink:treats\tD:1\n";
/// The second row has no object, the third no subject.
const DIRTY: &str = "id\tsubject\tpredicate\tobject\ne1\tC:1\tbiolink:treats\tD:1\ne2\tC:1\tbiolink:treats\t\ne3\t\tbiolink:treats\tD:1\n";

struct Folder(TempDir);

impl Folder {
    fn new() -> Folder {
        let folder = Folder(tempfile::tempdir().expect("a folder can be made"));
        folder.write("nodes.tsv", NODES);
        folder.write("edges.tsv", EDGES);
        folder
    }

    fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    fn write(&self, file: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).expect("the folder is there");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_oms"));
        command.args(words).current_dir(self.0.path()).stdin(Stdio::null()).env_remove("NO_COLOR");
        command
    }

    fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().expect("the program runs")
    }

    /// What a run writes to standard output and to standard error.
    #[track_caller]
    fn done(&self, words: &[&str], status: i32) -> (String, String) {
        let output = self.run(words);
        let text = |bytes| String::from_utf8(bytes).expect("it is text");
        let (shown, told) = (text(output.stdout), text(output.stderr));
        assert_eq!(output.status.code(), Some(status), "{shown}{told}");
        (shown, told)
    }

    #[track_caller]
    fn refused(&self, words: &[&str], status: i32, parts: &[&str]) {
        let before = self.names();
        let (_, told) = self.done(words, status);
        for part in parts {
            assert!(told.contains(part), "'{part}' is not in:\n{told}");
        }
        assert_eq!(self.names(), before, "nothing is written");
    }
}

fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes.as_ref()).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).expect("memory can be written");
    }
    builder.into_inner().expect("memory can be written")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

#[test]
fn the_same_graph_comes_of_files_however_they_are_packed() {
    let folder = Folder::new();
    let tar = archive(&[("kgx/nodes.tsv", NODES.as_bytes()), ("kgx/edges.tsv", EDGES.as_bytes()), ("kgx/README.md", b"Read me.\n")]);
    folder.write("nodes.gz", gzip(NODES));
    folder.write("edges.zst", zstd(EDGES.as_bytes()));
    folder.write("named-wrongly.tsv", gzip(EDGES));
    folder.write("all.tgz", gzip(&tar));
    folder.write("all.tar.zst", zstd(&tar));
    folder.write("data/nodes.tsv", NODES);
    folder.write("data/edges.tsv.gz", gzip(EDGES));
    folder.done(&["import", "nodes.tsv", "edges.tsv", "-o", "a.oms", "--name", "g"], 0);
    let graph = fs::read(folder.path("a.oms")).expect("it is there");
    for sources in [&["edges.zst", "nodes.gz"][..], &["nodes.tsv", "named-wrongly.tsv"], &["all.tgz"], &["all.tar.zst"], &["data"]] {
        let (_, told) = folder.done(&[&["import", "-o", "b.oms", "--name", "g"], sources].concat(), 0);
        assert!(graph == fs::read(folder.path("b.oms")).expect("it is there"), "{sources:?} differ");
        assert_eq!(told.contains("passed over: 'all.t") && told.contains("README.md"), sources[0].starts_with("all"), "{told}");
    }
}

#[test]
fn columns_of_tables_can_be_told() {
    let folder = Folder::new();
    folder.write("pairs.csv", "who,whom\nA:1,B:1\nA:2,B:1\n");
    folder.done(&["import", "pairs.csv", "-o", "a.oms", "--map", "who=source", "--map", "whom=target", "--map", "relation:=helps"], 0);
    let (shown, _) = folder.done(&["-g", "a.oms", "ask", "MATCH (a)-[:HELPS]->(b) WHERE b.id = 'B:1' RETURN a.id", "-f", "csv"], 0);
    assert!(shown.contains("A:1") && shown.contains("A:2"), "{shown}");
}

#[test]
fn standard_input_is_a_source() {
    let folder = Folder::new();
    let mut run =
        folder.command(&["import", "nodes.tsv", "-", "-o", "a.oms"]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    run.stdin.take().expect("a pipe").write_all(&gzip(EDGES)).expect("it listens");
    let output = run.wait_with_output().expect("it ends");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && told.starts_with("2 entities, 1 relation in "), "{told}");
}

#[test]
fn what_cannot_be_imported_is_named() {
    let folder = Folder::new();
    folder.write("page.tsv", "\n<!DOCTYPE html><html>");
    folder.write("base.db", b"SQLite format 3\0...");
    folder.write("sheet.xlsx", b"PK\x03\x04\x14\0[Content_Types].xml");
    folder.write("text.txt", "Dear reader,\nthis is a letter.\n");
    folder.write("empty.tsv", "");
    folder.write("cut.tsv.gz", &gzip(EDGES)[..40]);
    folder.write("none/letter.txt", "Dear reader,\n");
    folder.write("wide.tsv", b"\xff\xfei\0d\0\t\0");
    for (sources, parts) in [
        (&["page.tsv"][..], &["'page.tsv' is a web page", "instead of the file"][..]),
        (&["base.db"], &["is an SQLite database"]),
        (&["sheet.xlsx"], &["Excel", "saved as CSV"]),
        (&["text.txt"], &["it begins `Dear reader,`", "KGX", "OBO"]),
        (&["empty.tsv"], &["'empty.tsv' is empty"]),
        (&["cut.tsv.gz"], &["cut off", "gzip data stops at byte 40"]),
        (&["none"], &["none of the 1 files in the folder 'none'"]),
        (&["wide.tsv"], &["UTF-16", "iconv"]),
        (&["page.tsv", "text.txt", "nodes.tsv"], &["a web page", "Dear reader"]),
        (&["missing.tsv"], &["'missing.tsv' cannot be read"]),
    ] {
        folder.refused(&[&["import", "-o", "a.oms"], sources].concat(), 3, parts);
    }
    folder.refused(&["import", "nodes.tsv", "-o", "a.oms", "--map", "name"], 2, &["COLUMN=ROLE"]);
    folder.write("t.obo", "format-version: 1.2\n\n[Term]\nid: A:1\nname: a\n");
    folder.refused(&["import", "t.obo", "-o", "a.oms", "--map", "a=name"], 2, &["there is no table"]);
    folder.refused(&["import", "nodes.tsv", "./nodes.tsv", "-o", "a.oms"], 2, &["named twice"]);
}

#[test]
fn where_a_graph_cannot_be_written_is_told_before_anything_is_read() {
    let folder = Folder::new();
    folder.write("sub/x", "");
    folder.refused(&["import", "nodes.tsv"], 2, &["needs a file", "`oms import nodes.tsv -o mine.oms`"]);
    folder.refused(&["import", "nodes.tsv", "-o", "sub"], 3, &["is a folder", "sub/mine.oms"]);
    folder.refused(&["import", "nodes.tsv", "-o", "none/a.oms"], 3, &["its folder does not exist"]);
    folder.refused(&["import", "nodes.tsv", "-o", "nodes.tsv"], 2, &["cannot be read and replaced at once"]);
    folder.refused(&["import", "nodes.tsv", "-o", "edges.tsv"], 2, &["'edges.tsv' is there already, and is no graph file"]);
    folder.refused(&["import", "nodes.tsv", "-o", "a.oms", "-f", "csv"], 2, &["no form 'csv'"]);
    folder.refused(&["import", "nodes.tsv", "-o", "a.oms", "--rejects", "a.oms"], 2, &["cannot go to one file"]);
    assert_eq!(fs::read_to_string(folder.path("edges.tsv")).expect("it is there"), EDGES);
    if Path::new("/dev/full").exists() {
        folder.refused(&["import", "nodes.tsv", "-o", "/dev/full"], 3, &["the disk is full"]);
    }
    folder.done(&["import", "nodes.tsv", "-o", "a.oms"], 0);
    folder.done(&["import", "nodes.tsv", "edges.tsv", "-o", "a.oms"], 0);
}

#[test]
fn rows_that_are_left_out_are_counted_written_and_refused_on_request() {
    let folder = Folder::new();
    folder.write("edges.tsv", DIRTY);
    let (_, told) = folder.done(&["import", "nodes.tsv", "edges.tsv", "-o", "a.oms", "--rejects", "rejects.tsv"], 0);
    assert!(told.contains("edges.tsv: 1 row left out: no object; the first is line 3"), "{told}");
    assert!(told.contains("edges.tsv: 1 row left out: no subject; the first is line 4"), "{told}");
    let rejects = fs::read_to_string(folder.path("rejects.tsv")).expect("it is there");
    let expected = "file\tline\tcause\trow\n\
        edges.tsv\t3\tno object\te2\tC:1\tbiolink:treats\t\n\
        edges.tsv\t4\tno subject\te3\t\tbiolink:treats\tD:1\n";
    assert_eq!(rejects, expected);
    folder.refused(
        &["import", "nodes.tsv", "edges.tsv", "-o", "b.oms", "--strict"],
        3,
        &["edges.tsv:3: no object: 1 row cannot be used", "edges.tsv:4: no subject", "`--rejects FILE`"],
    );
    folder.done(&["import", "nodes.tsv", "-o", "b.oms", "--strict"], 0);
}

#[test]
fn the_summary_counts_for_people_and_for_programs() {
    let folder = Folder::new();
    let (shown, told) = folder.done(&["import", "nodes.tsv", "edges.tsv", "-o", "a.oms"], 0);
    assert_eq!(shown, "");
    for part in ["2 entities, 1 relation in ", "entities by kind\n  1  Disease\n  1  SmallMolecule\n", "relations by type\n  1  treats\n"] {
        assert!(told.contains(part), "'{part}' is not in:\n{told}");
    }
    let next = told.lines().last().expect("there is a next step").trim();
    let example = next.strip_prefix("oms -g a.oms ask '").and_then(|rest| rest.strip_suffix('\'')).unwrap_or_else(|| panic!("{next}"));
    folder.done(&["-g", "a.oms", "ask", example], 0);
    let (shown, told) = folder.done(&["import", "nodes.tsv", "edges.tsv", "-o", "a.oms", "-f", "json"], 0);
    assert_eq!(told, "");
    let summary: Json = serde_json::from_str(&shown).expect("it is JSON");
    assert_eq!((&summary["entities"], &summary["relations"], &summary["stubs"]), (&2.into(), &1.into(), &0.into()));
    assert_eq!((&summary["kinds"]["Disease"], &summary["relation_types"]["treats"]), (&1.into(), &1.into()));
    assert_eq!(summary["files"].as_array().map(Vec::len), Some(2));
    let (shown, told) = folder.done(&["import", "nodes.tsv", "edges.tsv", "-o", "a.oms", "--quiet"], 0);
    assert_eq!((shown.as_str(), told.as_str()), ("", ""));
}

#[test]
fn files_are_asked_without_an_import() {
    let folder = Folder::new();
    folder.write("data/nodes.tsv", NODES);
    folder.write("data/edges.tsv", DIRTY);
    let (shown, told) = folder.done(&["-g", "data", "ask", "what treats Beta fever", "-f", "csv"], 0);
    assert!(shown.contains("curitol"), "{shown}");
    assert!(told.contains("1 row left out: no object"), "{told}");
    let (shown, _) = folder.done(&["check", "data", "--quiet"], 0);
    assert!(shown.contains("1 relation"), "{shown}");
    folder.refused(&["-g", "text", "ask", "kinds"], 3, &["'text' cannot be read"]);
    folder.write("letter.txt", "Dear reader,\n");
    folder.refused(&["-g", "letter.txt", "ask", "kinds"], 3, &["no form that can be imported"]);
}

#[test]
fn graphs_on_both_sides_of_the_command_are_asked_as_one() {
    let folder = Folder::new();
    folder.done(&["import", "nodes.tsv", "edges.tsv", "-o", "a.oms"], 0);
    let count = |words: &[&str]| {
        let (shown, _) = folder.done(words, 0);
        shown.lines().count()
    };
    let both = count(&["-g", "oms", "ask", "-g", "a.oms", "MATCH (n) RETURN n.id", "-f", "csv"]);
    let one = count(&["ask", "MATCH (n) RETURN n.id", "-f", "csv"]);
    assert_eq!(both, one + 2);
}

#[cfg(unix)]
#[test]
fn an_import_that_is_interrupted_leaves_nothing() {
    let folder = Folder::new();
    let mut run = folder.command(&["import", "nodes.tsv", "pipe", "-o", "a.oms"]);
    let made = Command::new("mkfifo").arg(folder.path("pipe")).status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("skipped: there is no mkfifo on this machine");
        return;
    }
    let before = folder.names();
    let mut run = run.stderr(Stdio::piped()).spawn().expect("it runs");
    // It waits for somebody to write into the pipe.
    let mut pipe = fs::OpenOptions::new().write(true).open(folder.path("pipe")).expect("it opens");
    pipe.write_all(EDGES.as_bytes()).expect("it listens");
    let killed = Command::new("kill").args(["-INT", &run.id().to_string()]).status();
    assert!(killed.is_ok_and(|status| status.success()));
    std::thread::sleep(std::time::Duration::from_millis(50));
    drop(pipe);
    assert_eq!(run.wait().expect("it ends").code(), Some(130));
    assert_eq!(folder.names(), before);
}
