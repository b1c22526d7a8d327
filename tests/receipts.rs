//! Receipts on the command line: written, verified, tampered with; scripts that write one file; the configuration file.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn run_in(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oms"));
    command.args(arguments).current_dir(folder).env_remove("NO_COLOR").env("TERM", "xterm").env("OMS_CONFIG", "config.toml");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    // It may stop reading before the end.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("it ends")
}

fn shown(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_receipt_is_written_and_verified() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| run_in(folder.path(), arguments, "");
    let plain = run(&["ask", "causes where population = adult"]);
    let asked = run(&["ask", "causes where population = adult", "--receipt", "r.json"]);
    assert_eq!(asked.stdout, plain.stdout);
    let verified = run(&["verify", "r.json"]);
    assert_eq!(verified.status.code(), Some(0), "{}", told(&verified));
    assert!(shown(&verified).starts_with("the answer is still the same: 2 rows\n"), "{}", shown(&verified));
    let object: Value = serde_json::from_slice(&run(&["verify", "r.json", "-f", "json"]).stdout).expect("it is JSON");
    assert_eq!((object["verdict"].as_str(), object["data"]["same"].as_bool()), (Some("same"), Some(true)));
    // What is shown, and which sentences are quoted, does not matter.
    let csv = run(&["ask", "causes where population = adult", "-f", "csv", "--receipt", "-"]);
    let text = shown(&csv);
    let receipt = &text[text.find('{').expect("the receipt follows the answer")..];
    let from_pipe = run_in(folder.path(), &["verify", "-"], receipt);
    assert_eq!(from_pipe.status.code(), Some(0), "{}", told(&from_pipe));
}

#[test]
fn another_graph_gives_another_verdict_and_the_same_graph_imported_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| run_in(folder.path(), arguments, "");
    run(&["ask", "causes of OMS", "--receipt", "r.json"]);
    let curated = Path::new(env!("CARGO_MANIFEST_DIR")).join("graph-data/oms");
    let verified = run(&["-g", curated.to_str().expect("text"), "verify", "r.json"]);
    assert_eq!(verified.status.code(), Some(0), "{}{}", shown(&verified), told(&verified));
    assert!(shown(&verified).contains("the same as then"), "{}", shown(&verified));
    fs::write(folder.path().join("nodes.tsv"), "id\tname\tcategory\nA:1\tapple\tfruit\n").expect("a file");
    let refused = run(&["-g", "nodes.tsv", "verify", "r.json"]);
    assert_eq!(refused.status.code(), Some(1), "{}{}", shown(&refused), told(&refused));
    assert!(shown(&refused).contains("refused now") && shown(&refused).contains("others:"), "{}", shown(&refused));
}

#[test]
fn what_was_changed_or_is_no_receipt_has_status_3() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| run_in(folder.path(), arguments, "");
    run(&["ask", "causes", "--receipt", "r.json"]);
    let text = fs::read_to_string(folder.path().join("r.json")).expect("it was written");
    fs::write(folder.path().join("changed.json"), text.replace("lung cancer", "a cold")).expect("a file");
    fs::write(folder.path().join("cut.json"), &text[..text.len() / 2]).expect("a file");
    fs::write(folder.path().join("other.json"), "[]").expect("a file");
    for (file, words) in [
        ("changed.json", "was changed"),
        ("cut.json", "breaks off"),
        ("other.json", "no receipt"),
        ("none.json", "cannot be read"),
        (".", "folder"),
    ] {
        let output = run(&["verify", file]);
        assert_eq!(output.status.code(), Some(3), "{file}: {}", told(&output));
        assert!(told(&output).contains(words) && shown(&output).is_empty(), "{file}: {}", told(&output));
    }
    let explained = run(&["ask", "explain causes", "--receipt", "x.json"]);
    assert_eq!(explained.status.code(), Some(1));
    assert!(!folder.path().join("x.json").exists());
}

#[test]
fn a_script_that_writes_json_to_a_file_writes_one_document() {
    let folder = tempfile::tempdir().expect("a folder");
    run_in(folder.path(), &["-o", "two.json"], "causes\n:param x=1\nsymptoms\n");
    let two: Value = serde_json::from_slice(&fs::read(folder.path().join("two.json")).expect("it was written")).expect("it is JSON");
    assert_eq!(two.as_array().map(Vec::len), Some(2));
    run_in(folder.path(), &["-o", "one.json"], "causes\n");
    let one: Value = serde_json::from_slice(&fs::read(folder.path().join("one.json")).expect("it was written")).expect("it is JSON");
    assert_eq!(one["query"], "causes");
}

#[test]
fn one_query_on_standard_input_is_told_from_several() {
    let folder = tempfile::tempdir().expect("a folder");
    let several = run_in(folder.path(), &["ask", "-"], "causes\nsymptoms\n");
    assert!(told(&several).contains("these may be 2") && told(&several).contains("oms < FILE"), "{}", told(&several));
    let empty = run_in(folder.path(), &["ask", "-"], "");
    assert!(told(&empty).contains("which held none"), "{}", told(&empty));
    let comments = run_in(folder.path(), &["ask", "-"], "\u{FEFF}-- who?\r\ncauses where\r\n  population = adult\r\n");
    assert!(shown(&comments).contains("lung cancer"), "{}", told(&comments));
}

#[test]
fn a_script_runs_files_and_shows_what_came_before_a_failure() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.oms"), "count symptoms\ncauses of opsoclnus\n").expect("a file");
    let output = run_in(folder.path(), &["-f", "csv"], ":source a.oms\ncount causes\n");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(shown(&output).lines().count(), 2, "{}", shown(&output));
    assert!(told(&output).contains("a.oms:2:11"), "{}", told(&output));
}

#[test]
fn the_graph_of_the_configuration_holds_for_every_run_and_options_win() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("nodes.tsv"), "id\tname\tcategory\nA:1\tapple\tfruit\n").expect("a file");
    fs::write(folder.path().join("config.toml"), "graph = \"nodes.tsv\"\nformat = \"csv\"\n").expect("a file");
    let run = |arguments: &[&str]| run_in(folder.path(), arguments, "");
    let apple = run(&["ask", "find apple"]);
    assert!(shown(&apple).contains("apple"), "{}", told(&apple));
    assert!(!shown(&apple).starts_with("entity,"), "how answers are shown is for the prompt alone");
    assert!(shown(&run(&["-g", "oms", "ask", "count symptoms"])).contains("14"));
    assert!(shown(&run(&["--no-config", "ask", "count symptoms"])).contains("14"));
    let shown_settings = shown(&run(&["config"]));
    assert!(shown_settings.contains("config.toml:1") && shown_settings.contains("config.toml:2"), "{shown_settings}");
    fs::write(folder.path().join("config.toml"), "graph = ").expect("a file");
    let broken = run(&["ask", "count symptoms"]);
    assert_eq!(broken.status.code(), Some(0));
    assert!(told(&broken).contains("not TOML") && shown(&broken).contains("14"), "{}", told(&broken));
    fs::write(folder.path().join("config.toml"), "graph = \"nowhere\"\n").expect("a file");
    let nowhere = run(&["ask", "count symptoms"]);
    assert!(told(&nowhere).contains("config.toml' names this graph"), "{}", told(&nowhere));
    let usual = run(&["config", "--default"]);
    fs::write(folder.path().join("config.toml"), &usual.stdout).expect("a file");
    assert_eq!(told(&run(&["ask", "count symptoms"])), "");
}
