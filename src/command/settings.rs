//! Settings: how a shell shows its answers, where it looks for sources, and what a query may cost.

use std::path::PathBuf;

use crate::render::{Format, Page, Palette};
use crate::session::Limits;

use super::Reading;

/// How a shell answers.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The format of answers.
    pub format: &'static Format,
    /// What they are written on.
    pub page: Page,
    /// How what is typed is coloured, where colours may be written.
    pub palette: Palette,
    /// Whether greetings and confirmations are left out.
    pub quiet: bool,
    /// The folder with the sources' sentences, for every graph that is opened.
    pub sources: Option<PathBuf>,
    /// What a query may cost, for every graph that is opened.
    pub limits: Limits,
    /// How answers are laid out for whoever sits at the prompt.
    pub reading: Reading,
    /// The keys that the prompt is edited with.
    pub edit_mode: EditMode,
    /// What stands where an input begins; `{graph}` stands for the name of the open graph.
    pub prompt: String,
    /// The graphs that were opened at the start.
    pub graph: Vec<PathBuf>,
}

/// The keys that a line is edited with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EditMode {
    /// Those of Emacs, as in most shells.
    #[default]
    Emacs,
    /// Those of vi, with a mode for commands behind Escape.
    Vi,
}

impl EditMode {
    /// The mode of this name, letter case aside.
    pub fn named(name: &str) -> Option<EditMode> {
        [EditMode::Emacs, EditMode::Vi].into_iter().find(|mode| mode.name().eq_ignore_ascii_case(name.trim()))
    }

    /// What it is called: `emacs` or `vi`.
    pub fn name(self) -> &'static str {
        match self {
            EditMode::Emacs => "emacs",
            EditMode::Vi => "vi",
        }
    }
}

/// A path as it is typed: without the quotation marks around it, a leading `~` being the home folder.
pub(crate) fn path(words: &str) -> PathBuf {
    let bare = ['"', '\''].iter().find_map(|mark| words.strip_prefix(*mark)?.strip_suffix(*mark)).unwrap_or(words);
    match bare.strip_prefix("~/").and_then(|rest| Some((std::env::home_dir()?, rest))) {
        Some((home, rest)) => home.join(rest),
        None => PathBuf::from(bare),
    }
}
