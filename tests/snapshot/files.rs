//! Files: graph files as the system has them: of other forms, without permission, read by many while one replaces them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::{folder, imported};
use oms_graph::formats::embedded;

fn oms(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_oms")).args(arguments).stdin(Stdio::null()).output().expect("the program runs")
}

fn shown(path: &Path) -> &str {
    path.to_str().expect("the path is text")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const COUNT: &str = "MATCH (a)-[r]->(b) RETURN count(*)";

#[test]
fn newer_and_broken_files_say_so() {
    let folder = folder();
    let path = folder.path().join("tried.oms");
    let bytes = embedded::oms_bytes();
    let cases: [(Vec<u8>, &[&str]); 4] = [
        ([&bytes[..8], &[9], &bytes[9..]].concat(), &["version 9", "newer program", "a newer version of this program reads it"]),
        (bytes[..1000].to_vec(), &["breaks off", "still being copied"]),
        (bytes[..9].to_vec(), &["breaks off"]),
        ([&bytes[..40_000], &[bytes[40_000] ^ 1], &bytes[40_001..]].concat(), &["damaged", "`oms import`"]),
    ];
    for (bytes, words) in cases {
        fs::write(&path, bytes).expect("a file can be written");
        for arguments in [["ask", "-g", shown(&path), COUNT].as_slice(), &["check", shown(&path)]] {
            let output = oms(arguments);
            assert_eq!(output.status.code(), Some(3), "{}", told(&output));
            assert!(output.stdout.is_empty());
            for word in words {
                assert!(told(&output).contains(word), "'{word}' is not in: {}", told(&output));
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = folder.path().join("tried.oms");
    fs::write(&path, embedded::oms_bytes()).expect("a file can be written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("permissions can be taken");
    // Whoever may read everything is not refused.
    let output = oms(&["ask", "-g", shown(&path), COUNT]);
    assert!(output.status.success() || told(&output).contains("cannot be read"), "{}", told(&output));
}

/// Many programs read one file, over and over, while it is replaced: each reads the old one or the new one, whole.
#[test]
fn a_file_is_replaced_under_its_readers() {
    let folder = folder();
    let path = folder.path().join("tried.oms");
    let versions = [embedded::oms_bytes().to_vec(), imported()];
    let expected: Vec<Vec<u8>> = versions
        .iter()
        .map(|bytes| {
            fs::write(&path, bytes).expect("a file can be written");
            oms(&["ask", "-g", shown(&path), "-f", "csv", COUNT]).stdout
        })
        .collect();
    assert_ne!(expected[0], expected[1]);
    // The one that is open keeps what it has, though the name leads to another by now.
    let held = oms_graph::formats::snapshot::open_checking(&path, oms_graph::formats::snapshot::Checking::AtFirstTouch);
    let mut held = oms_graph::Session::of(held.expect("it is whole"));
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| (0..6).map(|_| oms(&["ask", "-g", shown(&path), "-f", "csv", COUNT])).collect::<Vec<Output>>()))
            .collect();
        for round in 0..60 {
            oms_graph::command::write_file(&path, &versions[round % 2]).expect("the file can be replaced");
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        for reader in readers {
            for output in reader.join().expect("no reader panics") {
                assert!(output.status.success(), "{}", told(&output));
                assert!(expected.contains(&output.stdout));
            }
        }
    });
    let kept = held.ask(COUNT).expect("it is whole").rows[0].cells[0].to_string();
    assert!(String::from_utf8_lossy(&expected[1]).contains(&kept), "{kept}");
    let left: Vec<_> = fs::read_dir(folder.path()).expect("the folder is there").collect();
    assert_eq!(left.len(), 1, "nothing is left beside it");
}
