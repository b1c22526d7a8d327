//! Outside editor: a text in the editor of the user's choice, and what became of it there.

use std::env;
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitStatus};

use crate::diagnostic::{Code, Complaints, Diagnostic};

/// The variables that name an editor, the first one first.
const VARIABLES: [&str; 2] = ["VISUAL", "EDITOR"];

/// Editors that are taken where no variable names one.
const COMMON: [&str; 3] = ["vi", "nano", "emacs"];

/// Opens a text in the editor that `VISUAL` or `EDITOR` names, else in one that is there, waits until that has ended, and gives back
/// what was saved, without line breaks at its end.
///
/// # Errors
/// There is no editor, it failed, or what it saved is not UTF-8 text.
pub fn edit_outside(text: &str) -> Result<String, Complaints> {
    let editor = editor()?;
    let unusable =
        |error: std::io::Error| Complaints::from(Diagnostic::error(Code::Unwritable, format!("no file for the editor: {error}")));
    let mut file = tempfile::Builder::new().prefix("query-").suffix(".oms").tempfile().map_err(unusable)?;
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    file.write_all(format!("{text}{end}").as_bytes()).and_then(|()| file.flush()).map_err(unusable)?;
    let status = run(&editor, file.path()).map_err(|error| failed(&editor, &format!("cannot be started: {error}")))?;
    if !status.success() {
        return Err(failed(&editor, &format!("ended with {status}")));
    }
    // By its name: many editors write a new file and give it the name of the old one.
    let bytes = std::fs::read(file.path()).map_err(unusable)?;
    let saved =
        String::from_utf8(bytes).map_err(|_| Complaints::from(Diagnostic::error(Code::NotUnicode, "what was saved is not UTF-8 text")))?;
    Ok(saved.trim_end_matches(['\n', '\r']).to_owned())
}

fn editor() -> Result<String, Complaints> {
    let named = VARIABLES.iter().filter_map(|variable| env::var(variable).ok()).find(|editor| !editor.trim().is_empty());
    let there = |name: &&str| env::var_os("PATH").is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(name).is_file()));
    named.or_else(|| COMMON.iter().copied().find(there).map(str::to_owned)).ok_or_else(|| {
        let complaint = Diagnostic::error(Code::BadCommand, "there is no editor to open");
        complaint.help("the variable `EDITOR` names one: `export EDITOR=nano` before `oms` is started").into()
    })
}

/// Runs the words of an editor as a shell would: they may hold options and quotation marks.
fn run(editor: &str, path: &Path) -> std::io::Result<ExitStatus> {
    if cfg!(unix) {
        return Command::new("/bin/sh").arg("-c").arg(format!("{editor} \"$@\"")).arg(editor).arg(path).status();
    }
    let mut words = editor.split_whitespace();
    Command::new(words.next().unwrap_or(editor)).args(words).arg(path).status()
}

fn failed(editor: &str, how: &str) -> Complaints {
    let complaint = Diagnostic::error(Code::BadCommand, format!("the editor '{editor}' {how}"));
    complaint.help("what was typed is kept; the variables `VISUAL` and `EDITOR` name the editor").into()
}
