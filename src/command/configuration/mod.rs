//! Configuration: the settings that a file, the command line and the prompt make, each with where its value comes from.

mod colours;
mod table;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Origin, Severity, nearest};
use crate::formats::configuration::{Entry, entries, quoted};

use super::Shell;
use super::read_file::read_at_most;

pub use colours::{colours, looks};
pub use table::{Holds, SETTINGS, Setting};

pub(super) use colours::{colour_named, complaint};

/// The longest file, in bytes.
const LONGEST: u64 = 1 << 20;

/// A configuration file that was read.
#[derive(Clone, Debug, Default)]
pub struct Configuration {
    origin: Option<Arc<Origin>>,
    entries: Vec<Entry>,
}

/// What the shell knows of where its settings come from.
#[derive(Clone, Debug, Default)]
pub(super) struct Origins {
    /// The file, if one was read.
    file: Option<PathBuf>,
    /// What the file made of each setting, with its line.
    from_file: Vec<(&'static str, String, usize)>,
    /// What the command line made of each.
    from_options: Vec<(&'static str, String)>,
}

impl Configuration {
    /// Reads a file; one that is not there says nothing. What is wrong with it is told and stops nothing.
    pub fn read(path: &Path) -> (Configuration, Vec<Diagnostic>) {
        let unreadable = |reason: String| {
            let complaint =
                Diagnostic::warning(Code::Unreadable, format!("the configuration '{}' cannot be read: {reason}", path.display()));
            (Configuration::default(), vec![complaint.help("nothing of it is heeded; `--no-config` reads none")])
        };
        let found = match std::fs::metadata(path) {
            Ok(found) => found,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return (Configuration::default(), Vec::new()),
            Err(error) => return unreadable(error.to_string()),
        };
        if found.is_dir() {
            return unreadable("it is a folder".to_owned());
        }
        match read_at_most(path, LONGEST).map(|bytes| bytes.map(String::from_utf8)) {
            Ok(None) => unreadable("it is longer than any configuration".to_owned()),
            Ok(Some(Ok(text))) => Configuration::parsed(path, &text),
            Ok(Some(Err(_))) => unreadable("it is not UTF-8 text".to_owned()),
            Err(error) => unreadable(error.to_string()),
        }
    }

    fn parsed(path: &Path, text: &str) -> (Configuration, Vec<Diagnostic>) {
        let origin = Origin::new(path.display().to_string(), text.trim_start_matches('\u{FEFF}'));
        match entries(&origin) {
            Ok(entries) => (Configuration { origin: Some(origin), entries }, Vec::new()),
            Err(complaint) => {
                let complaint = Diagnostic { severity: Severity::Warning, ..complaint };
                (Configuration { origin: Some(origin), entries: Vec::new() }, vec![complaint])
            }
        }
    }

    /// The name of the file, if there is one.
    pub fn file(&self) -> Option<&str> {
        self.origin.as_ref().map(|origin| origin.name.as_str())
    }

    /// The graphs that it names, if it does. Relative names start at its folder.
    pub fn graph(&self) -> Option<Vec<PathBuf>> {
        let words = self.value("graph")?;
        let folder = self.folder();
        let found = |word: &String| {
            let path = super::settings::path(word);
            if word == crate::session::EMBEDDED || path.is_absolute() { path } else { folder.join(path) }
        };
        Some(words.iter().map(found).collect()).filter(|graphs: &Vec<PathBuf>| !graphs.is_empty())
    }

    /// The folder of sources that it names, if it does. A relative name starts at its folder.
    pub fn sources(&self) -> Option<PathBuf> {
        let words = self.value("sources")?;
        let path = super::settings::path(words.first()?);
        Some(if path.is_absolute() { path } else { self.folder().join(path) })
    }

    fn value(&self, name: &str) -> Option<&[String]> {
        self.entries.iter().find(|entry| entry.name == name)?.value.as_deref()
    }

    fn folder(&self) -> PathBuf {
        let file = self.origin.as_ref().map(|origin| PathBuf::from(&origin.name)).unwrap_or_default();
        file.parent().map(Path::to_owned).unwrap_or_default()
    }
}

/// The setting of this name, letter case aside; a hyphen is as good as an underscore.
pub fn setting_named(name: &str) -> Option<&'static Setting> {
    let name = name.replace('-', "_");
    SETTINGS.iter().find(|setting| setting.name.eq_ignore_ascii_case(&name))
}

impl Shell {
    /// Makes the settings of a file, but those that the command line made already. What is wrong with them is told and stops nothing.
    pub fn configure(&mut self, configuration: &Configuration, made: &[&'static str]) -> Vec<Diagnostic> {
        let mut told = Vec::new();
        for name in made {
            let value = setting_named(name).map(|setting| (setting.get)(self)).unwrap_or_default();
            self.origins.from_options.push((name, value));
        }
        let Some(origin) = &configuration.origin else { return told };
        self.origins.file = Some(PathBuf::from(&origin.name));
        for entry in &configuration.entries {
            if let Some(role) = colour_named(&entry.name) {
                let wrong = self.configure_colour(entry, role, origin).err();
                told.extend(wrong.map(|complaint| Diagnostic { severity: Severity::Warning, ..complaint }));
                continue;
            }
            let Some(setting) = setting_named(&entry.name) else {
                told.push(unknown(&entry.name).in_origin(origin).at(entry.key.clone(), "no such setting"));
                continue;
            };
            let words = entry.value.as_deref().unwrap_or_default();
            // What is asked, and of which sources, was settled before the graph was opened.
            let wrong = match setting.holds {
                _ if made.contains(&setting.name) => continue,
                Holds::Always => None,
                _ => (setting.set)(self, words).err(),
            };
            match wrong {
                Some(wrong) => {
                    let complaint = Diagnostic::warning(Code::BadValue, format!("'{}' cannot be this: {wrong}", setting.name));
                    let complaint = complaint.in_origin(origin).at(entry.place.clone(), "").suggest(setting.meant(&words.join(" ")));
                    told.push(complaint.help(format!("it takes {}; `{}` is left as it is", setting.takes, setting.name)));
                }
                None => {
                    let value = (setting.get)(self);
                    self.origins.from_file.push((setting.name, value, origin.position(entry.key.start).0));
                }
            }
        }
        told
    }

    /// Each setting with its value and where that comes from.
    pub fn configured(&self) -> Vec<(&'static Setting, String, String)> {
        SETTINGS.iter().map(|setting| (setting, (setting.get)(self), self.origin_of(setting))).collect()
    }

    /// Where the value of a setting comes from, in words.
    fn origin_of(&self, setting: &Setting) -> String {
        let now = (setting.get)(self);
        if let Some(place) = self.place_in_file(setting.name, &now) {
            return place;
        }
        if self.origins.from_options.iter().any(|(name, value)| *name == setting.name && *value == now) {
            return "command line".to_owned();
        }
        let was_made = self.origins.from_file.iter().any(|(name, ..)| *name == setting.name);
        let was_made = was_made || self.origins.from_options.iter().any(|(name, _)| *name == setting.name);
        if now == setting.usual && !was_made { "usual".to_owned() } else { "this session".to_owned() }
    }

    /// The line of the file that gave a setting, or what is coloured, this value.
    fn place_in_file(&self, name: &str, now: &str) -> Option<String> {
        let (.., line) = self.origins.from_file.iter().find(|(known, value, _)| *known == name && value == now)?;
        let file = self.origins.file.as_ref().map(|file| file.display().to_string()).unwrap_or_default();
        Some(format!("{file}:{line}"))
    }

    /// Makes a setting for this session.
    ///
    /// # Errors
    /// What is wrong with the words, in words.
    pub(super) fn set(&mut self, setting: &Setting, words: &[String]) -> Result<(), String> {
        (setting.set)(self, words)
    }

    /// The file that settings were read from.
    pub fn configuration_file(&self) -> Option<&Path> {
        self.origins.file.as_deref()
    }
}

/// The complaint about a setting that is none.
pub(super) fn unknown(name: &str) -> Diagnostic {
    let names = SETTINGS.iter().map(|setting| setting.name).chain(["colours"]);
    let complaint = Diagnostic::warning(Code::UnknownKey, format!("there is no setting '{name}'")).suggest(nearest(name, names, 3));
    complaint.help("`:config` lists the settings, and so does `oms config`")
}

/// A file that says what every setting is without one, each in a comment with what it is for.
pub fn usual_file() -> String {
    let mut text = String::from(
        "# Settings of oms. A line takes effect without the `#` in front of it.\n\
         # `oms config` shows every setting with its value and where that comes from.\n",
    );
    for setting in SETTINGS {
        let when = match setting.holds {
            Holds::Always => "; also for `oms ask` and scripts",
            Holds::AtPrompt => "",
        };
        let value = if setting.is_bare { setting.usual.to_owned() } else { quoted(setting.usual) };
        text.push_str(&format!("\n# {}{when}.\n# It takes {}.\n#{} = {value}\n", capital(setting.summary), setting.takes, setting.name));
    }
    text + &colours::usual_table()
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| format!("{}{}", first.to_uppercase(), letters.as_str())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Configuration, SETTINGS, usual_file};
    use crate::command::{Reading, Settings, Shell};
    use crate::render::{Palette, Role};
    use crate::session::Session;

    fn shell() -> Shell {
        Shell::new(Session::open("oms").unwrap(), Settings { reading: Reading::at_prompt(), ..Settings::default() })
    }

    fn configured(shell: &mut Shell, text: &str) -> Vec<String> {
        let (configuration, mut told) = Configuration::parsed(Path::new("config.toml"), text);
        told.extend(shell.configure(&configuration, &[]));
        told.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_is_usual_is_what_a_shell_begins_with() {
        let shell = shell();
        for (setting, value, origin) in shell.configured() {
            assert_eq!((value.as_str(), origin.as_str()), (setting.usual, "usual"), "{}", setting.name);
        }
    }

    #[test]
    fn the_usual_file_changes_nothing_and_its_lines_read() {
        let file = usual_file();
        assert!(configured(&mut shell(), &file).is_empty());
        let uncommented: String = file
            .lines()
            .filter_map(|line| line.strip_prefix('#').filter(|line| !line.starts_with(' ')))
            .map(|line| format!("{line}\n"))
            .collect();
        assert_eq!(uncommented.lines().count(), SETTINGS.len() + Palette::names().count());
        let uncommented = uncommented.replace("sources = \"\"\n", "").replacen("keyword = ", "[colours]\nkeyword = ", 1);
        let mut shell = shell();
        let told = configured(&mut shell, &uncommented);
        assert!(told.is_empty(), "{told:?}\n{uncommented}");
        for (setting, value, _) in shell.configured() {
            assert!(value == setting.usual, "{}: {value}", setting.name);
        }
        let looks: Vec<&str> = shell.settings.palette.looks().map(|(_, _, words, _)| words).collect();
        assert_eq!(looks, Palette::names().map(|(_, _, look)| look).collect::<Vec<_>>());
    }

    #[test]
    fn a_value_says_where_it_comes_from() {
        let mut shell = shell();
        assert!(configured(&mut shell, "\ntiming = false\nformat = \"csv\"\n").is_empty());
        shell.settings.prompt = "? ".to_owned();
        let of =
            |name: &str| shell.configured().into_iter().find(|(setting, ..)| setting.name == name).map(|(_, value, from)| (value, from));
        assert_eq!(of("timing"), Some(("false".to_owned(), "config.toml:2".to_owned())));
        assert_eq!(of("format"), Some(("csv".to_owned(), "config.toml:3".to_owned())));
        assert_eq!(of("prompt"), Some(("? ".to_owned(), "this session".to_owned())));
        assert_eq!(of("quiet"), Some(("false".to_owned(), "usual".to_owned())));
    }

    #[test]
    fn colours_have_a_table_of_their_own() {
        let mut shell = shell();
        let text = "palette = \"mono\"\n[colours]\nkeyword = \"Red\"\nkeywrd = \"red\"\nfield = \"bold bolder\"\nrows = 5\n";
        let told = configured(&mut shell, text);
        assert_eq!(shell.settings.palette.look(Role::Keyword), "\u{1b}[31m");
        assert_eq!(shell.settings.palette.look(Role::Command), "\u{1b}[1m");
        assert!(told[0].starts_with("config.toml:4:1:") && told[0].contains("did you mean 'keyword'?"), "{told:?}");
        assert!(told[1].starts_with("config.toml:5:15:") && told[1].contains("did you mean 'bold'"), "{told:?}");
        assert!(
            told[2].starts_with("config.toml:6:1:") && told[2].contains("`rows` is a setting by itself") && told.len() == 3,
            "{told:?}"
        );
        let chosen = shell.chosen_colours();
        assert_eq!(chosen, [("colours.keyword".to_owned(), "red".to_owned(), "config.toml:3".to_owned())]);
    }

    #[test]
    fn faults_are_told_in_their_places_and_the_rest_holds() {
        let mut shell = shell();
        let told = configured(
            &mut shell,
            "timng = true\nformat = \"cvs\"\ntiming = \"perhaps\"\nquiet = 1979-05-27\npalette = \"brigt\"\nprompt = \"? \"\n",
        );
        assert_eq!(told.len(), 5, "{told:?}");
        assert!(told[4].contains("did you mean 'bright'?"), "{}", told[4]);
        assert!(told[0].starts_with("config.toml:1:1: there is no setting 'timng'; did you mean 'timing'?"), "{}", told[0]);
        assert!(told[1].starts_with("config.toml:2:10:") && told[1].contains("markdown"), "{}", told[1]);
        assert!(told[2].contains("`true` or `false`") && told[3].starts_with("config.toml:4:9:"), "{told:?}");
        assert_eq!(shell.settings.prompt, "? ");
        assert!(configured(&mut shell, "prompt = ").concat().contains("not TOML"));
    }
}
