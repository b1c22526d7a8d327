//! Folders: where the platform has a program keep what belongs to whoever uses it.

use std::path::PathBuf;

/// The configuration file, whether it is there or not; none where the platform names no home.
pub fn configuration_file() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "oms").map(|folders| folders.config_dir().join("config.toml"))
}
