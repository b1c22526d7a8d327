//! Settings: how a shell shows its answers, where it looks for sources, and what a query may cost.

use std::path::PathBuf;

use crate::render::{Format, Page};
use crate::session::Limits;

/// How a shell answers.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The format of answers.
    pub format: &'static Format,
    /// What they are written on.
    pub page: Page,
    /// Whether greetings and confirmations are left out.
    pub quiet: bool,
    /// The folder with the sources' sentences, for every graph that is opened.
    pub sources: Option<PathBuf>,
    /// What a query may cost, for every graph that is opened.
    pub limits: Limits,
}

/// A path as it is typed: without the quotation marks around it, a leading `~` being the home folder.
pub(crate) fn path(words: &str) -> PathBuf {
    let bare = ['"', '\''].iter().find_map(|mark| words.strip_prefix(*mark)?.strip_suffix(*mark)).unwrap_or(words);
    match bare.strip_prefix("~/").and_then(|rest| Some((std::env::home_dir()?, rest))) {
        Some((home, rest)) => home.join(rest),
        None => PathBuf::from(bare),
    }
}
