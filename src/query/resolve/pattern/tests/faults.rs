//! Faults.
use super::*;
#[test]
#[allow(clippy::print_stdout)]
fn cases() {
    let Ok(all) = std::fs::read_to_string("/tmp/tck_cases.txt") else { return };
    let (mut good, mut bad) = (0, 0);
    for case in all.split('\u{1d}') {
        let parts: Vec<&str> = case.split('\u{1e}').collect();
        if parts.len() < 5 { continue; }
        let expect = parts[1];
        let outcome = std::panic::catch_unwind(|| resolved(parts[4]));
        let Ok(outcome) = outcome else { println!("PANIC {} {}", parts[0], parts[4]); bad += 1; continue; };
        let right = match &outcome {
            Ok((tree, _)) => {
                let first = tree.lines().next().unwrap_or_default();
                let columns: Vec<&str> = parts[3].split('\u{1f}').filter(|c| !c.is_empty()).collect();
                let named = columns.iter().all(|c| first.contains(c));
                if !named { println!("COLUMNS {first} WANTED {columns:?}"); }
                named && (expect == "ok" || expect.contains("runtime") || expect.contains("any time"))
            }
            Err(fault) => (expect.contains("compile") || expect.contains("any time")) && (expect.starts_with("TypeError") == (fault.code == crate::diagnostic::Code::TypeMismatch)) || (parts[2] == "True" && fault.code.word() == "missing-parameter"),
        };
        if right { good += 1 } else {
            bad += 1;
            println!("## {} EXPECT {expect}\n{}\n   => {:?}", parts[0], parts[4], outcome.map(|_| "resolved").map_err(|f| format!("{} {f} {:?}", f.code, f.labels)));
        }
    }
    println!("GOOD {good} BAD {bad}");
}
