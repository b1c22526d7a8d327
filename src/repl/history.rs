//! History: what was typed, kept across runs in the platform's data folder; never a reason to fail.

use std::path::{Path, PathBuf};

use rustyline::config::Config;
use rustyline::history::{FileHistory, History};

/// The variable that names another file; empty for none.
const VARIABLE: &str = "OMS_HISTORY";

/// The entries that are kept.
pub(super) const MOST_ENTRIES: usize = 10_000;

/// Longer entries are not kept.
const LONGEST_ENTRY: usize = 1 << 16;

/// Where the history is kept, while that works.
pub(super) struct HistoryFile {
    path: Option<PathBuf>,
}

impl HistoryFile {
    /// Reads the history, if there is one, and says what stands in the way of keeping it.
    pub fn load(history: &mut FileHistory) -> (HistoryFile, Option<String>) {
        let Some(path) = place() else { return (HistoryFile { path: None }, None) };
        match read(history, &path) {
            Ok(()) => (HistoryFile { path: Some(path) }, None),
            Err(error) => {
                let note = format!("what is typed is not kept: '{}' cannot be used: {error}", path.display());
                (HistoryFile { path: None }, Some(note))
            }
        }
    }

    /// Adds an entry at once, behind what other sessions added meanwhile. If it cannot, it says so and does not try again.
    pub fn add(&mut self, history: &mut FileHistory, entry: &str) -> Option<String> {
        if entry.len() > LONGEST_ENTRY || !history.add(entry).unwrap_or(false) {
            return None;
        }
        let error = history.append(self.path.as_deref()?).err()?;
        let path = self.path.take()?;
        Some(format!("what is typed is no longer kept: '{}' cannot be written: {error}", path.display()))
    }
}

fn read(history: &mut FileHistory, path: &Path) -> rustyline::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    // An absent file is made now, so that what stands in the way is told once and at the start.
    std::fs::OpenOptions::new().read(true).append(true).create(true).open(path)?;
    history.load(path)
}

fn place() -> Option<PathBuf> {
    match std::env::var_os(VARIABLE) {
        Some(path) if path.is_empty() => None,
        Some(path) => Some(PathBuf::from(path)),
        None => directories::ProjectDirs::from("", "", "oms").map(|folders| folders.data_dir().join("history")),
    }
}

/// A history without entries.
pub(super) fn empty(config: &Config) -> FileHistory {
    FileHistory::with_config(config)
}
