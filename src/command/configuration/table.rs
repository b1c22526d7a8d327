//! Table: every setting, with what it takes, what it is without one, and what it does.

use std::path::PathBuf;

use crate::command::{Argument, EditMode, Pager, Shell, settings};
use crate::diagnostic::nearest;
use crate::render::{FORMATS, Format, Palette};

/// When a setting takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// At once; `:config` changes it.
    AtPrompt,
    /// Whenever the program runs, also without a prompt.
    Always,
}

/// A setting.
#[derive(Clone, Copy)]
pub struct Setting {
    /// Its name, as the file and `:config` write it.
    pub name: &'static str,
    /// What it takes.
    pub takes: &'static str,
    /// What it takes, for completion.
    pub argument: Argument,
    /// What it is where nothing is said; empty for nothing.
    pub usual: &'static str,
    /// What it is for, in a line.
    pub summary: &'static str,
    /// Whether the file writes it without quotation marks.
    pub is_bare: bool,
    /// When it takes effect.
    pub holds: Holds,
    /// Makes it so; what is wrong with the words if they are not what it takes.
    pub(super) set: fn(&mut Shell, &[String]) -> Result<(), String>,
    /// What it is now, as words.
    pub(super) get: fn(&Shell) -> String,
}

impl Setting {
    /// The words nearest to some that it does not take, if it takes one of a few.
    pub(in crate::command) fn meant(&self, words: &str) -> Vec<&'static str> {
        match self.argument {
            Argument::Choice(known) => nearest(words, known.iter().copied(), 2),
            Argument::Format => nearest(words, FORMATS.iter().map(|format| format.name), 2),
            _ => Vec::new(),
        }
    }
}

impl std::fmt::Debug for Setting {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

/// What a switch takes.
const SWITCH: Argument = Argument::Choice(&["false", "true"]);

/// Every setting, in the order of the manual.
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: "graph",
        takes: "a graph, or a list of graphs that are asked as one",
        argument: Argument::None,
        usual: "oms",
        summary: "the graph that is open where `--graph` names none",
        is_bare: false,
        holds: Holds::Always,
        set: |shell, words| {
            shell.settings.graph = words.iter().map(|word| settings::path(word)).collect();
            if words.iter().any(|word| word.trim().is_empty()) { Err("a graph has a name".to_owned()) } else { Ok(()) }
        },
        get: |shell| joined(&shell.settings.graph),
    },
    Setting {
        name: "sources",
        takes: "a folder with a file SOURCE-ID.txt for each source",
        argument: Argument::AnyFile,
        usual: "",
        summary: "answers quote the sentences that they cite from it",
        is_bare: false,
        holds: Holds::Always,
        set: |shell, words| {
            let folder = settings::path(&one(words)?);
            shell.session.quote_from(&folder).map_err(|complaints| complaints.diagnostics()[0].message.clone())?;
            shell.settings.sources = Some(folder);
            Ok(())
        },
        get: |shell| joined(shell.settings.sources.as_slice()),
    },
    Setting {
        name: "format",
        takes: "a format: `:format` lists them",
        argument: Argument::Format,
        usual: "table",
        summary: "how answers are shown at the prompt",
        is_bare: false,
        holds: Holds::AtPrompt,
        set: |shell, words| {
            let word = one(words)?;
            let known: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
            shell.settings.format = Format::named(&word).ok_or_else(|| format!("formats are {}", known.join(", ")))?;
            Ok(())
        },
        get: |shell| shell.settings.format.name.to_owned(),
    },
    Setting {
        name: "timing",
        takes: "true or false",
        argument: SWITCH,
        usual: "true",
        summary: "whether each answer says how long it took",
        is_bare: true,
        holds: Holds::AtPrompt,
        set: |shell, words| {
            let is_told = switch(words)?;
            shell.tell_time(is_told);
            Ok(())
        },
        get: |shell| shell.tells_time().to_string(),
    },
    Setting {
        name: "pager",
        takes: "on, off or always",
        argument: Argument::Choice(&["always", "off", "on"]),
        usual: "on",
        summary: "whether what is longer than the screen goes through a pager",
        is_bare: false,
        holds: Holds::AtPrompt,
        set: |shell, words| {
            shell.settings.reading.pager = Pager::named(&one(words)?).ok_or("it is `on`, `off` or `always`")?;
            Ok(())
        },
        get: |shell| shell.settings.reading.pager.word().to_owned(),
    },
    Setting {
        name: "rows",
        takes: "a number above 0, or \"all\"",
        argument: Argument::Choice(&["all"]),
        usual: "1000",
        summary: "how many rows of an answer are shown at most",
        is_bare: true,
        holds: Holds::AtPrompt,
        set: |shell, words| {
            let is_known = shell.settings.reading.show_rows(&one(words)?);
            if is_known { Ok(()) } else { Err("it is a number above 0, or `all`".to_owned()) }
        },
        get: |shell| shell.settings.reading.rows.map_or("all".to_owned(), |rows| rows.to_string()),
    },
    Setting {
        name: "numbers",
        takes: "true or false",
        argument: SWITCH,
        usual: "true",
        summary: "whether rows are numbered, where there is room",
        is_bare: true,
        holds: Holds::AtPrompt,
        set: |shell, words| {
            shell.settings.reading.numbers = switch(words)?;
            Ok(())
        },
        get: |shell| shell.settings.reading.numbers.to_string(),
    },
    Setting {
        name: "quiet",
        takes: "true or false",
        argument: SWITCH,
        usual: "false",
        summary: "whether greeting and confirmations are left out",
        is_bare: true,
        holds: Holds::AtPrompt,
        set: |shell, words| {
            shell.settings.quiet = switch(words)?;
            Ok(())
        },
        get: |shell| shell.settings.quiet.to_string(),
    },
    Setting {
        name: "prompt",
        takes: "a text, `{graph}` in it being the name of the open graph",
        argument: Argument::None,
        usual: "oms> ",
        summary: "what stands where a query begins",
        is_bare: false,
        holds: Holds::AtPrompt,
        set: |shell, words| {
            let text = words.join(" ");
            if text.is_empty() || text.chars().any(char::is_control) || text.chars().count() > 40 {
                return Err("a prompt is a text of 1 to 40 characters on one line".to_owned());
            }
            shell.settings.prompt = text;
            Ok(())
        },
        get: |shell| shell.settings.prompt.clone(),
    },
    Setting {
        name: "edit_mode",
        takes: "emacs or vi",
        argument: Argument::Choice(&["emacs", "vi"]),
        usual: "emacs",
        summary: "the keys that a line is edited with",
        is_bare: false,
        holds: Holds::AtPrompt,
        set: |shell, words| {
            shell.settings.edit_mode = EditMode::named(&one(words)?).ok_or("it is `emacs` or `vi`")?;
            Ok(())
        },
        get: |shell| shell.settings.edit_mode.name().to_owned(),
    },
    Setting {
        name: "palette",
        takes: "usual, bright (lighter colours, for dark grounds) or mono (no colours: bold, dim and underlined words)",
        argument: Argument::Choice(&["bright", "mono", "usual"]),
        usual: "usual",
        summary: "the colours of what is typed, for whatever `[colours]` gives no look of its own",
        is_bare: false,
        holds: Holds::AtPrompt,
        set: |shell, words| {
            let is_known = shell.settings.palette.begin_from(&one(words)?);
            let known: Vec<&str> = Palette::palettes().map(|(name, _)| name).collect();
            if is_known { Ok(()) } else { Err(format!("palettes are {}", known.join(", "))) }
        },
        get: |shell| shell.settings.palette.base().to_owned(),
    },
];

/// The only word.
pub(super) fn one(words: &[String]) -> Result<String, String> {
    match words {
        [only] if !only.trim().is_empty() => Ok(only.trim().to_owned()),
        _ => Err("it is one value".to_owned()),
    }
}

/// On or off.
pub(super) fn switch(words: &[String]) -> Result<bool, String> {
    match one(words)?.to_lowercase().as_str() {
        "on" | "true" | "yes" => Ok(true),
        "off" | "false" | "no" => Ok(false),
        _ => Err("it is `true` or `false`".to_owned()),
    }
}

fn joined(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(" ")
}
