//! Command line: the program as people and other programs run it: what it writes where, and the status that it ends with.

mod common;

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use common::SmallGraph;
use oms_graph::render::FORMATS;
use serde_json::Value;

const ADULT_CAUSES: &str = "causes where population = adult";

/// The program with a plain environment.
fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oms"));
    command
        .args(arguments)
        .stdin(Stdio::null())
        .env_remove("NO_COLOR")
        .env_remove("COLUMNS")
        .env("TERM", "xterm-256color")
        .env("OMS_CONFIG", "");
    command
}

fn run(arguments: &[&str]) -> Output {
    program(arguments).output().expect("the program runs")
}

/// Runs it with this on standard input.
fn run_with(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = spawned(program(arguments).stdin(Stdio::piped()));
    let mut stdin = child.stdin.take().expect("there is a pipe");
    // It may stop reading before the end.
    let _ = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().expect("the program ends")
}

fn spawned(command: &mut Command) -> Child {
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts")
}

fn shown(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("answers are UTF-8")
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("complaints are UTF-8")
}

/// Asserts a failure with this status whose complaint says all of `words`, and gives the complaint.
#[track_caller]
fn assert_fails(output: &Output, status: i32, words: &[&str]) -> String {
    let complaint = told(output);
    assert_eq!(output.status.code(), Some(status), "{complaint}");
    assert_eq!(shown(output), "", "a failure shows nothing");
    for word in words {
        assert!(complaint.contains(word), "'{word}' is not in:\n{complaint}");
    }
    complaint
}

/// Asserts an answer without a complaint, and gives it.
#[track_caller]
fn assert_answers(output: &Output) -> String {
    assert_eq!((output.status.code(), told(output).as_str()), (Some(0), ""), "{}", shown(output));
    shown(output)
}

#[test]
fn a_query_is_asked_in_one_word_in_several_or_on_standard_input() {
    let answer = assert_answers(&run(&["ask", ADULT_CAUSES]));
    assert!(answer.contains("lung cancer") && answer.contains("breast cancer") && answer.contains("sentence 17"), "{answer}");
    let words: Vec<&str> = std::iter::once("ask").chain(ADULT_CAUSES.split(' ')).collect();
    assert_eq!(shown(&run(&words)), answer);
    assert_eq!(shown(&run_with(&["ask", "-"], b"causes where\n  population = adult\n")), answer);
    assert_eq!(assert_answers(&run(&["ask", "causes where frequency > 90%"])).lines().last().map(str::is_empty), Some(false));
}

#[test]
fn every_format_is_chosen_by_name_alias_or_extension() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for format in FORMATS {
        let answer = assert_answers(&run(&["ask", ADULT_CAUSES, "-f", format.name]));
        for alias in format.aliases {
            assert_eq!(shown(&run(&["--format", alias, "ask", ADULT_CAUSES])), answer, "{alias}");
        }
        for extension in format.extensions {
            let file = folder.path().join(format!("answer.{extension}"));
            assert_eq!(assert_answers(&run(&["ask", ADULT_CAUSES, "-o", file.to_str().expect("it is text")])), "");
            if format.graph.is_some_and(|form| !form.files.is_empty()) {
                // These are several files or an archive: their own tests look into them.
                continue;
            }
            assert_eq!(fs::read_to_string(&file).expect("it was written"), answer);
        }
    }
    let file = folder.path().join("answer.dot");
    assert_answers(&run(&["ask", ADULT_CAUSES, "-o", file.to_str().expect("it is text"), "-f", "csv"]));
    assert!(fs::read_to_string(&file).expect("it was written").starts_with("cause,of"));
    assert_fails(&run(&["ask", "causes", "-f", "jsonn"]), 2, &["jsonn", "similar value", "'json'", "markdown"]);
    assert_fails(&run(&["ask", "causes", "-o", "x.cvs"]), 2, &["'.cvs'", "did you mean '.csv'", ".jsonl"]);
    assert_fails(&run(&["ask", "causes", "-o", "x"]), 2, &["no extension", "-f NAME"]);
    assert_eq!(shown(&run(&["ask", ADULT_CAUSES, "-f", "dot", "-f", "CSV"])), shown(&run(&["ask", ADULT_CAUSES, "-f", "csv"])));
}

#[test]
fn json_has_the_shape_of_the_contract() {
    let answer: Value = serde_json::from_slice(&run(&["ask", ADULT_CAUSES, "-f", "json"]).stdout).expect("it is JSON");
    assert_eq!(answer["query"], ADULT_CAUSES);
    assert_eq!(answer["columns"][0]["name"], "cause");
    assert_eq!(answer["rows"][1]["values"][0]["id"], "lung-cancer");
    assert_eq!(answer["rows"][1]["certainty"], "certain");
    let reference = answer["rows"][1]["evidence"][0].as_str().expect("a reference is text");
    assert_eq!(answer["evidence"][reference]["sentences"], serde_json::json!([17]));
    assert_eq!(answer["view"]["relations"].as_array().map(Vec::len), Some(2));
    assert!(answer["denied"].is_u64() && answer["unknown"].is_u64() && answer["warnings"].is_array());

    let failure = run(&["ask", "causes of opsoclnus", "-f", "json"]);
    let complaint = assert_fails(&failure, 1, &[]);
    let complaint: Value = serde_json::from_str(&complaint).expect("it is JSON");
    assert_eq!(complaint["error"]["code"], "unknown-name");
    assert_eq!(complaint["error"]["span"]["start"], 10);
    assert!(complaint["error"]["help"].to_string().contains("opsoclonus") && complaint["error"]["message"].is_string());
    for wrong in [&["-f", "json", "aks"][..], &["ask", "x", "-fjsonl", "--nonsense"], &["ask", "--format=json", "--timeout", "soon", "x"]] {
        let complaint: Value = serde_json::from_str(&assert_fails(&run(wrong), 2, &[])).expect("it is JSON");
        assert_eq!(complaint["error"]["code"], "bad-option");
    }
}

#[test]
fn wrong_queries_end_with_status_1() {
    let complaint = assert_fails(&run(&["ask", "causes where populaton = adult"]), 1, &["^^^^^^^^^", "did you mean 'population'"]);
    assert!(!complaint.contains('\u{1b}'), "no colour in a pipe: {complaint}");
    for empty in ["", "  ", "-- nothing"] {
        assert_fails(&run(&["ask", "--", empty]), 1, &["empty-query"]);
    }
    assert_fails(&run_with(&["ask", "-"], b""), 1, &["empty-query"]);
    assert_fails(&run(&["ask", "causes \u{7}\u{1b}[31m"]), 1, &["control-character", "U+0007", "U+001B"]);
    assert_fails(&run_with(&["ask", "-"], b"causes\0"), 1, &["control-character"]);
    assert_fails(&run_with(&["ask", "-"], "(".repeat(10_000).as_bytes()), 1, &["too-deep"]);
    assert_fails(&run_with(&[], "(".repeat(10_000).as_bytes()), 1, &["too-deep"]);
    assert_fails(&run_with(&["ask", "-"], "not ".repeat(10_000).as_bytes()), 1, &[]);
    assert_fails(&run_with(&["ask", "-"], "a ".repeat(2000).as_bytes()), 1, &["unknown-name"]);
    assert_fails(&run_with(&["ask", "-"], &vec![b'a'; 1 << 20]), 1, &["unknown-name"]);
    assert_fails(&run_with(&["ask", "-"], &vec![b'a'; 3 << 20]), 1, &["query-too-long"]);
    assert_fails(&run_with(&[], &vec![b'a'; 3 << 20]), 1, &["query-too-long"]);
    assert_fails(&run_with(&["ask", "-"], b"causes\nof \xFFOMS"), 1, &["not-unicode", "query:2:4"]);
    assert_fails(&run(&["ask", "MATCH (n) RETURN m"]), 1, &["undefined-variable", "query:1:18"]);
    assert_fails(&run(&["ask", "CREATE (n)"]), 1, &["read-only", "only reads"]);
    assert_fails(&run(&["ask", "RETURN 1 / 0"]), 1, &["arithmetic"]);
}

#[test]
fn patterns_are_asked_in_every_way() {
    let query = "MATCH (n:Trigger {id: $id}) RETURN n.name AS name";
    let answer = assert_answers(&run(&["ask", "-f", "csv", "--param", "id=lung-cancer", query]));
    assert!(answer.contains("lung cancer"), "{answer}");
    let lines = b"MATCH (n:Trigger\n  {id: $id}) // one\n\nRETURN n.name AS name;\n";
    assert_eq!(assert_answers(&run_with(&["ask", "-", "-f", "csv", "--param", "id='lung-cancer'"], lines)), answer);
    let script = [&lines[..], b"count symptoms\nRETURN 1 AS one"].concat();
    let answers = assert_answers(&run_with(&["-f", "csv", "--param", "id=lung-cancer"], &script));
    assert!(answers.starts_with(&answer) && answers.contains("14,") && answers.contains("one,"), "{answers}");
    assert_fails(&run(&["ask", query]), 1, &["missing-parameter", "--param id="]);
    assert_fails(&run(&["ask", "--param", "id", query]), 2, &["bad-option"]);

    assert!(assert_answers(&run(&["ask", "MATCH (n:Triger) RETURN n"])).contains("did you mean 'Trigger'"));
    assert_fails(&run(&["ask", "--max-rows", "100", "MATCH (a), (b), (c) RETURN a, b, c"]), 4, &["too-many-rows"]);
}

#[cfg(unix)]
#[test]
fn arguments_need_not_be_unicode() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let wrong = OsStr::from_bytes(b"causes of \xFF");
    assert_fails(&program(&["ask"]).arg(wrong).output().expect("it runs"), 1, &["not-unicode", "query:1:11"]);
    assert_fails(&program(&["ask", "causes", "-g"]).arg(wrong).output().expect("it runs"), 2, &["UTF-8"]);
    assert_fails(&program(&["ask", "causes", "-f"]).arg(wrong).output().expect("it runs"), 2, &[]);
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join(OsStr::from_bytes(b"\xFF.csv"));
    if fs::write(&file, "").is_ok() {
        assert_answers(&program(&["ask", "causes", "-o"]).arg(&file).output().expect("it runs"));
        assert!(fs::read_to_string(&file).expect("it was written").starts_with("cause,"));
    }
}

#[test]
fn wrong_options_end_with_status_2() {
    for wrong in [
        &["--nonsense"][..],
        &["ask"],
        &["ask", "causes", "--timeout", "2"],
        &["ask", "causes", "--timeout", "0s"],
        &["ask", "causes", "--memory", "lots"],
        &["ask", "causes", "--max-rows", "-1"],
        &["ask", "causes", "--max-rows", "0"],
        &["ask", "causes", "--width", "1"],
        &["completions", "tcsh"],
        &["schema", "everything"],
        &["import"],
    ] {
        assert_fails(&run(wrong), 2, &["error"]);
    }
    assert_fails(&run(&["causes of OMS"]), 2, &["oms ask 'causes of OMS'"]);
}

#[test]
fn wrong_data_ends_with_status_3() {
    assert_fails(&run(&["-g", "no/such/folder", "ask", "causes"]), 3, &["no/such/folder", "does not exist"]);
    assert_fails(&run(&["check", "no/such/folder"]), 3, &["no/such/folder"]);
    assert_fails(&run(&["ask", "causes", "--sources", "no/such/folder"]), 3, &["sources"]);
    assert_fails(&run(&["ask", "causes", "-o", "no/such/folder/x.csv"]), 3, &["unwritable"]);
    let graph = SmallGraph::new();
    let folder = graph.path("");
    let folder = folder.to_str().expect("it is text");
    assert_fails(&run(&["ask", "causes", "-o", folder, "-f", "csv"]), 3, &["unwritable"]);
    graph.change("entities.toml", "kind = \"population\"", "kind = \"poplation\"");
    assert_fails(&run(&["-g", folder, "ask", "causes"]), 3, &["entities.toml", "poplation", "did you mean", "^^^"]);
    fs::write(graph.path("schema.toml"), b"\xFF").expect("a file can be written");
    assert_fails(&run(&["check", folder]), 3, &["schema.toml", "UTF-8"]);
    assert_fails(&run(&["check", graph.path("schema.toml").to_str().expect("it is text")]), 3, &["is a file"]);
}

#[test]
fn limits_end_with_status_4() {
    let paths = ["ask", "paths from neuroblastoma to rituximab within 14"];
    for limit in [["--max-rows", "5"], ["--memory", "1kB"], ["--timeout", "1ms"]] {
        let output = run(&[&paths[..], &limit[..]].concat());
        // A fast machine may be done in a millisecond.
        if limit[0] != "--timeout" || output.status.code() != Some(0) {
            assert_fails(&output, 4, &[limit[0]]);
        }
    }
    assert_answers(&run(&["ask", "causes", "--timeout", "1m", "--max-rows", "100000", "--memory", "1GiB"]));
}

/// A graph in which a search for all paths takes longer than anybody waits.
fn tangled() -> SmallGraph {
    let graph = SmallGraph::new();
    let (mut entities, mut relations) = (graph.text("entities.toml"), String::new());
    let names: Vec<String> = (0..24).map(|number| format!("knot-{number}")).collect();
    for name in &names {
        entities += &format!("\n[[entity]]\nid = \"{name}\"\nname = \"{}\"\nkind = [\"trigger\", \"disease\"]\n", name.replace('-', " "));
        relations.extend(names.iter().filter(|other| *other != name).map(|other| format!("[\"{name}\", \"causes\", \"{other}\"], ")));
    }
    let statement =
        format!("\n[[statement]]\nid = \"knots\"\nevidence = [{{ source = \"atlas\" }}]\nclaim = \"Knots.\"\nrelations = [{relations}]\n");
    fs::write(graph.path("entities.toml"), entities).expect("a file can be written");
    fs::write(graph.path("statements.toml"), graph.text("statements.toml") + &statement).expect("a file can be written");
    graph
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_with_status_130() {
    let graph = tangled();
    let folder = graph.path("");
    let folder = folder.to_str().expect("it is text");
    let query = "paths from \"knot 0\" to \"knot 1\" within 20";
    let short = run(&["-g", folder, "ask", query, "--timeout", "300ms", "--quiet"]);
    assert_fails(&short, 4, &["timeout"]);
    for script in [false, true] {
        let arguments = if script { vec!["-g", folder, "--quiet"] } else { vec!["-g", folder, "--quiet", "ask", query] };
        let mut child = spawned(program(&arguments).stdin(Stdio::piped()));
        let mut stdin = child.stdin.take().expect("there is a pipe");
        if script {
            writeln!(stdin, "{query}").expect("it reads");
        }
        std::thread::sleep(Duration::from_millis(400));
        let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
        assert!(killed.success());
        let begun = Instant::now();
        let output = child.wait_with_output().expect("it ends");
        assert!(begun.elapsed() < Duration::from_secs(10));
        assert_eq!(assert_fails(&output, 130, &["interrupted"]).lines().next(), Some("error[interrupted]: interrupted"));
    }
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let mut child = spawned(program(&["ask", "paths from neuroblastoma to rituximab within 14", "-f", "json"]).stdin(Stdio::null()));
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), told(&output).as_str()), (Some(0), ""));
    for arguments in [&["--help"][..], &["man"], &["completions", "bash"], &["schema"], &["check"], &["export", "-o", "/dev/stdout"]] {
        let mut child = spawned(program(arguments).stdin(Stdio::null()));
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), told(&output).as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_reported() {
    for arguments in [&["ask", "causes"][..], &["--help"], &["export", "-f", "dot"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("there is such a device");
        let output = program(arguments).stdout(full).output().expect("it runs");
        assert_eq!(output.status.code(), Some(3), "{arguments:?}");
        assert!(told(&output).contains("unwritable"), "{}", told(&output));
    }
    assert_fails(&run(&["ask", "causes", "-f", "csv", "-o", "/dev/full"]), 3, &["/dev/full"]);
}

#[cfg(unix)]
#[test]
fn a_file_is_written_whole_in_its_place() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    let folder = tempfile::tempdir().expect("a folder can be made");
    let (file, link, dangling) = (folder.path().join("a.csv"), folder.path().join("b.csv"), folder.path().join("c.csv"));
    let write = |path: &Path, query: &str| run(&["ask", query, "-o", path.to_str().expect("it is text")]);
    assert_answers(&write(&file, "causes"));
    let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    let mine = folder.path().join("mine");
    fs::write(&mine, "").expect("a file can be written");
    assert_eq!(mode(&file), mode(&mine), "a new file is like any other");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("it is mine");
    symlink("a.csv", &link).expect("links can be made");
    symlink("d.csv", &dangling).expect("links can be made");
    let before = fs::metadata(&file).expect("it is there").ino();
    assert_answers(&write(&link, "symptoms"));
    assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink());
    assert!(fs::read_to_string(&file).expect("it is there").starts_with("symptom"));
    assert_eq!(mode(&file), 0o640);
    assert_ne!(fs::metadata(&file).expect("it is there").ino(), before, "it was written beside, then renamed");
    assert_fails(&write(&file, "causse"), 1, &[]);
    assert!(fs::read_to_string(&file).expect("it is there").starts_with("symptom"), "a failure leaves the old file");
    assert_answers(&write(&dangling, "causes"));
    assert!(folder.path().join("d.csv").is_file());
    assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 5, "nothing is left behind");

    let pipe = folder.path().join("pipe");
    if Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()) {
        let child = spawned(&mut program(&["ask", "causes", "-f", "csv", "-o", pipe.to_str().expect("it is text")]));
        let mut text = String::new();
        fs::File::open(&pipe).and_then(|mut pipe| pipe.read_to_string(&mut text)).expect("a pipe can be read");
        assert!(text.starts_with("cause,"));
        assert_answers(&child.wait_with_output().expect("it ends"));
    }
    let answer = assert_answers(&run(&["ask", "causes", "-f", "csv"]));
    assert_eq!(assert_answers(&run(&["ask", "causes", "-f", "csv", "-o", "/dev/stdout"])), answer);
    assert_eq!(assert_answers(&run(&["ask", "causes", "-f", "csv", "-o", "-"])), answer);
}

#[test]
fn a_script_answers_until_its_first_failure() {
    let script = b"\xEF\xBB\xBF-- causes first\n\ncauses where\n  population = adult\n\r\n-- c\nlet found = symptoms of OMS\r\ncount found";
    let answer = assert_answers(&run_with(&["-f", "jsonl"], b"causes where\npopulation = adult\ncount it\n"));
    let lines: Vec<Value> = answer.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["values"]["cause"]["id"], "breast-cancer");
    let output = run_with(&["-f", "csv"], script);
    assert!(assert_answers(&output).starts_with("cause,of"));

    let failing = run_with(&["-f", "csv"], b"causes where population = adult\n\ncauses of\n  opsoclnus\nsymptoms\n");
    assert_eq!(failing.status.code(), Some(1));
    assert!(shown(&failing).lines().count() == 3, "{}", shown(&failing));
    assert!(told(&failing).contains("standard input:4:3") && told(&failing).contains("opsoclonus"), "{}", told(&failing));
    let failing = run_with(&["-f", "json"], b"causes of\nOMS\ncauses of opsoclnus\n");
    let complaint: Value = serde_json::from_slice(&failing.stderr).expect("it is JSON");
    let span = &complaint["error"]["span"];
    assert_eq!((&span["start"], &span["line"], &span["column"]), (&24.into(), &3.into(), &11.into()));

    let wrong = run_with(&["-f", "csv"], b"causes\nsymptoms \xFF\n");
    assert_eq!(wrong.status.code(), Some(1));
    assert!(shown(&wrong).starts_with("cause,") && told(&wrong).contains("standard input:2:10"), "{}", told(&wrong));
    assert_answers(&run_with(&[], b""));
    assert_answers(&run_with(&[], b"-- nothing\n\n"));
    assert_fails(&run_with(&[], b"causes where"), 1, &["standard input:1:13"]);
    assert_eq!(assert_answers(&run_with(&["-f", "csv"], b":quit\ncausse\n")), "");
    assert_fails(&run_with(&[], b":nonsense\n"), 1, &["bad-command"]);
    assert_fails(&run_with(&[], "(\n".repeat(100_000).as_bytes()), 1, &["too-deep"]);
}

#[test]
fn a_script_writes_one_file_or_none() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("answers.csv");
    let path = file.to_str().expect("it is text");
    assert_eq!(assert_answers(&run_with(&["-o", path], b"causes\nsymptoms\n")), "");
    let written = fs::read_to_string(&file).expect("it was written");
    assert!(written.starts_with("cause,") && written.contains("\nsymptom,"), "{written}");
    assert_fails(&run_with(&["-o", path], b"symptoms\ncausse\n"), 1, &[]);
    assert_eq!(fs::read_to_string(&file).expect("it is there"), written);
}

#[test]
fn answers_come_while_the_script_goes_on() {
    let mut child = spawned(program(&["-f", "csv"]).stdin(Stdio::piped()));
    let (mut stdin, mut stdout) = (child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
    stdin.write_all(b"causes where population = adult\n").expect("it reads");
    let mut first = [0; 6];
    stdout.read_exact(&mut first).expect("the first answer comes before the end");
    assert_eq!(&first, b"cause,");
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn check_reports_and_fails_where_sentences_differ() {
    let report = assert_answers(&run(&["check"]));
    assert!(report.contains("entities") && report.contains("20 of 20 sentences cited") && report.contains("--sources"), "{report}");
    let graph = SmallGraph::new();
    let folder = graph.path("");
    let folder = folder.to_str().expect("it is text");
    assert!(assert_answers(&run(&["check", folder])).contains("review: 3 of 3 sentences cited"));
    let output = run(&["check", folder, "--sources", folder]);
    assert_eq!(output.status.code(), Some(3));
    assert!(shown(&output).contains("0 of 3") && told(&output).contains("missing"), "{}{}", shown(&output), told(&output));
    fs::write(graph.path("review.txt"), "One.\nTwo.\nThree.\n").expect("a file can be written");
    let output = run(&["check", "--sources", folder, "-g", folder, "-f", "json"]);
    assert_eq!(output.status.code(), Some(3));
    let report: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let rows = report["rows"].as_array().expect("it has rows");
    assert!(rows.iter().any(|row| row["values"] == serde_json::json!(["sentences verified", "review", 0, 3])), "{report}");
    let complaint = told(&output).lines().last().map(|line| serde_json::from_str::<Value>(line).expect("it is JSON"));
    assert_eq!(complaint.expect("it complains")["error"]["code"], "fingerprint-mismatch");
}

#[test]
fn warnings_of_the_graph_are_shown_unless_quiet() {
    let graph = SmallGraph::new();
    graph.change("statements.toml", "sentences = [2, 3]", "sentences = [2]");
    let folder = graph.path("");
    let folder = folder.to_str().expect("it is text");
    let output = run(&["-g", folder, "ask", "causes"]);
    assert!(output.status.success() && told(&output).contains("warning[uncited-sentence]"), "{}", told(&output));
    assert_answers(&run(&["-g", folder, "ask", "causes", "--quiet"]));
    let output = run(&["check", folder, "-f", "json"]);
    assert!(output.status.success(), "warnings are no failure");
    let warning: Value = serde_json::from_slice(&output.stderr).expect("it is JSON");
    assert_eq!(warning["warning"]["code"], "uncited-sentence");
}

#[test]
fn schema_and_export_come_in_every_format() {
    for format in FORMATS {
        for command in [&["schema"][..], &["schema", "kinds"], &["export"]] {
            assert!(!assert_answers(&run(&[command, &["-f", format.name]].concat())).is_empty(), "{command:?} {}", format.name);
        }
    }
    let tables = assert_answers(&run(&["schema"]));
    assert!(tables.contains("has_symptom") && tables.contains("body_part") && tables.contains("frequency"));
    let schema: Value = serde_json::from_slice(&run(&["schema", "-f", "json"]).stdout).expect("it is JSON");
    assert_eq!(schema["columns"][0]["name"], "part");
    assert!(schema["view"]["relations"].as_array().is_some_and(|relations| relations.iter().any(|one| one["type"] == "causes")));
    let whole: Value = serde_json::from_slice(&run(&["export", "-f", "json"]).stdout).expect("it is JSON");
    let report = assert_answers(&run(&["check"]));
    let relations = whole["view"]["relations"].as_array().map_or(0, Vec::len);
    assert!(report.contains(&format!("{relations} relations")), "{report}");
}

#[test]
fn completions_are_scripts_that_their_shells_accept() {
    for (shell, check) in [("bash", Some("bash")), ("zsh", Some("zsh")), ("fish", Some("fish")), ("elvish", None), ("powershell", None)] {
        let script = assert_answers(&run(&["completions", shell]));
        assert!(script.contains("max-rows") && script.contains("completions"), "{shell}");
        let Some(check) = check else { continue };
        let Ok(mut child) = Command::new(check).arg("-n").stdin(Stdio::piped()).stderr(Stdio::piped()).spawn() else { continue };
        child.stdin.take().expect("a pipe").write_all(script.as_bytes()).expect("it reads");
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{shell}: {}", told(&output));
    }
}

#[test]
fn help_and_manual_tell_everything() {
    let help = assert_answers(&run(&["--help"]));
    for word in ["Examples:", "--sources", "markdown", "130 interrupted", "completions"] {
        assert!(help.contains(word), "{word}");
    }
    assert_eq!(assert_answers(&run(&["--version"])), format!("oms {}\n", env!("CARGO_PKG_VERSION")));
    assert!(assert_answers(&run(&["ask", "-h"])).contains("<QUERY>"));
    let manual = assert_answers(&run(&["man"]));
    for word in [".TH", "EXIT STATUS", "KEYWORDS", "uncited\\-sentence", "FORMATS", "EXAMPLES", "ENVIRONMENT"] {
        assert!(manual.contains(word), "{word}");
    }
    let Ok(mut child) =
        Command::new("groff").args(["-man", "-Tutf8", "-ww"]).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()
    else {
        return;
    };
    child.stdin.take().expect("a pipe").write_all(manual.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(told(&output), "", "groff has no complaints");
}
