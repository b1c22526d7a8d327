//! Console: transcripts of a terminal, run again with the built program and compared with what it prints.
//!
//! A line `$ oms …` is run by a shell in the document's folder (`cat`, `ls`, `head` and `echo $?` behind it, too; `cargo run --release --` is
//! the program itself). A line `oms> …` is typed at the prompt, all of a block in one session; `...> ` goes on with it. The lines below are
//! what is printed; where there are none, nothing is compared. A line `...` stands for any number of lines.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Something typed, and what was printed.
struct Step {
    typed: Vec<String>,
    printed: Vec<String>,
}

/// Writes a file that a document shows.
pub fn put(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

/// Runs a transcript, and gives it with what is printed now.
///
/// # Errors
/// A command that fails without showing it, or whose output lacks a shown part.
pub fn run(transcript: &str, folder: &Path) -> Result<String, String> {
    let mut written = String::new();
    let mut script = String::new();
    let mut before = String::new();
    let mut status = 0;
    for step in steps(transcript) {
        step.typed.iter().for_each(|line| written += &format!("{line}\n"));
        let Some(typed) = step.typed.first() else {
            continue;
        };
        let printed = if let Some(command) = typed.strip_prefix("$ ") {
            let Some(command) = runnable(command) else {
                step.printed.iter().for_each(|line| written += &format!("{line}\n"));
                continue;
            };
            let (printed, now) = shell(&format!("(exit {status}); {command}"), "", folder)?;
            if now != 0 && step.printed.is_empty() {
                return Err(format!("`{typed}` ends with status {now}:\n{printed}"));
            }
            status = now;
            printed
        } else {
            step.typed.iter().for_each(|line| script += &format!("{}\n", line[4..].trim_start()));
            let (all, _) = shell("oms", &script, folder)?;
            let printed =
                all.strip_prefix(before.as_str()).ok_or_else(|| format!("`{typed}` changes what was printed before it"))?.to_owned();
            before = all;
            printed
        };
        written += &shown(&step, &printed)?;
    }
    Ok(written)
}

/// What a step shows: nothing, what is printed, or what it shows already where that leaves lines out.
fn shown(step: &Step, printed: &str) -> Result<String, String> {
    let lines: Vec<&str> = printed.trim_end().lines().map(str::trim_end).collect();
    // Blank lines at the end set steps apart; they are kept as they are.
    let blank = step.printed.iter().rev().take_while(|line| line.is_empty()).count();
    let kept: Vec<&str> = step.printed[..step.printed.len() - blank].iter().map(String::as_str).collect();
    let shown = if kept.is_empty() {
        Vec::new()
    } else if kept.contains(&"...") {
        if !agrees(&kept, &lines) {
            return Err(format!("`{}` does not print what is shown, but:\n{printed}", step.typed.join("\n")));
        }
        kept
    } else {
        lines
    };
    let text: String = shown.iter().flat_map(|line| [line, "\n"]).collect();
    Ok(text + &"\n".repeat(blank))
}

/// Whether lines are as shown, `...` standing for any number of lines.
fn agrees(shown: &[&str], lines: &[&str]) -> bool {
    match shown {
        [] => lines.is_empty(),
        ["...", rest @ ..] => (0..=lines.len()).any(|skipped| agrees(rest, &lines[skipped..])),
        [first, rest @ ..] => lines.first() == Some(first) && agrees(rest, &lines[1..]),
    }
}

fn steps(transcript: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for line in transcript.lines() {
        if line.starts_with("$ ") || line.starts_with("oms> ") || steps.is_empty() {
            steps.push(Step { typed: vec![line.to_owned()], printed: Vec::new() });
        } else if let Some(last) = steps.last_mut() {
            let list = if line.starts_with("...> ") { &mut last.typed } else { &mut last.printed };
            list.push(line.to_owned());
        }
    }
    steps
}

/// The command as it is run here; none if it is not one for a test.
fn runnable(command: &str) -> Option<String> {
    let command = command.replace("cargo run --release -- ", "oms ");
    let first = command.split_whitespace().find(|word| !word.contains('='))?;
    ["oms", "cat", "ls", "head", "echo", "printf"].contains(&first).then_some(command)
}

/// Runs a command; what it prints to both streams, in order, and its status.
fn shell(command: &str, input: &str, folder: &Path) -> Result<(String, i32), String> {
    let given = folder.join(".typed");
    fs::write(&given, input).map_err(|error| error.to_string())?;
    // As wide as a page of the manual. A shell function, so that what is typed stays what is shown.
    let program = format!("oms() {{ '{}' --width 100 \"$@\"; }}", env!("CARGO_BIN_EXE_oms"));
    let output = Command::new("sh")
        .arg("-c")
        .arg(format!("exec 2>&1\n{program}\n{command}"))
        .current_dir(folder)
        .env("HOME", folder)
        .env("XDG_DATA_HOME", folder)
        .env("XDG_CONFIG_HOME", folder)
        .env_remove("OMS_CONFIG")
        .env_remove("NO_COLOR")
        .stdin(Stdio::from(fs::File::open(&given).map_err(|error| error.to_string())?))
        .output()
        .map_err(|error| format!("`{command}` does not start: {error}"))?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok((printed, output.status.code().unwrap_or(-1)))
}
