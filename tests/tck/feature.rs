//! Feature: reads a folder of feature files into scenarios, each example of an outline a scenario of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use gherkin::{Background, Feature, GherkinEnv, Step};

/// A scenario with its steps, in the suite's own words.
#[derive(Debug)]
pub struct Scenario {
    /// Its feature, title and example: `clauses/match/Match1: [1] Match … (example 2)`. No two have the same.
    pub name: String,
    /// The folder of its feature: `clauses/match`.
    pub folder: String,
    /// What is done before the query, in order: queries that write.
    pub set_up: Vec<String>,
    /// The parameters by name, in the notation of the suite.
    pub parameters: Vec<(String, String)>,
    /// Whether it declares a procedure.
    pub has_procedures: bool,
    /// The queries, each with what is expected of it.
    pub queries: Vec<Query>,
    /// A step that is not understood.
    pub strange_step: Option<String>,
}

/// A query and what is expected of it.
#[derive(Debug)]
pub struct Query {
    pub text: String,
    pub expected: Expected,
}

/// What is expected of a query.
#[derive(Debug)]
pub enum Expected {
    /// Nothing is said.
    Unsaid,
    /// No rows.
    Nothing,
    /// These rows.
    Table { columns: Vec<String>, rows: Vec<Vec<String>>, in_order: bool, ordered_lists: bool },
    /// A failure.
    Failure {
        /// Its type: `SyntaxError`.
        error: String,
        /// When it is raised: `compile time`, `runtime`, `any time`.
        phase: String,
        /// What it is about: `UndefinedVariable`; `*` is anything.
        detail: String,
    },
}

/// The scenarios of every feature file below a folder, in the order of their paths; the graphs that they name are in the folder
/// `graphs` beside it.
///
/// # Errors
/// A file that cannot be read, with its path.
pub fn read_all(features: &Path) -> Result<Vec<Scenario>, String> {
    let mut files = Vec::new();
    gather(features, &mut files)?;
    files.sort();
    let graphs = features.parent().unwrap_or(features).join("graphs");
    let mut scenarios = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let place = file.strip_prefix(features).unwrap_or(&file).with_extension("");
        let place = place.to_string_lossy().replace('\\', "/");
        scenarios.extend(read(&text, &place, &graphs).map_err(|fault| format!("{}: {fault}", file.display()))?);
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for scenario in &mut scenarios {
        let count = seen.entry(scenario.name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            scenario.name.push_str(&format!(" (again {count})"));
        }
    }
    Ok(scenarios)
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.is_dir() {
            gather(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "feature") {
            files.push(path);
        }
    }
    Ok(())
}

/// The scenarios of one feature file's text.
///
/// # Errors
/// Where the text is no feature.
pub fn read(text: &str, place: &str, graphs: &Path) -> Result<Vec<Scenario>, String> {
    let text = with_plain_backslashes(text);
    let feature = Feature::parse(&text, GherkinEnv::default()).map_err(|error| error.to_string())?;
    let reader = Reader { text: &text, place, graphs };
    let mut scenarios = Vec::new();
    let plain = feature.scenarios.iter().map(|scenario| (None, scenario));
    let of_rules = feature.rules.iter().flat_map(|rule| rule.scenarios.iter().map(|scenario| (rule.background.as_ref(), scenario)));
    for (own, scenario) in plain.chain(of_rules) {
        let backgrounds: Vec<&Background> = feature.background.iter().chain(own).collect();
        let steps: Vec<&Step> = backgrounds.iter().flat_map(|background| &background.steps).chain(&scenario.steps).collect();
        let mut number = 0;
        for examples in &scenario.examples {
            let Some((header, rows)) = examples.table.as_ref().and_then(|table| table.rows.split_first()) else { continue };
            for row in rows {
                number += 1;
                let example: Vec<(String, &str)> =
                    header.iter().zip(row).map(|(name, value)| (format!("<{name}>"), value.as_str())).collect();
                let title = format!("{} (example {number})", filled(&scenario.name, &example));
                scenarios.push(reader.scenario(&title, &steps, &example)?);
            }
        }
        if scenario.examples.is_empty() {
            scenarios.push(reader.scenario(&scenario.name, &steps, &[])?);
        }
    }
    Ok(scenarios)
}

/// The text with each backslash in a table that escapes nothing doubled: to Gherkin it stands for itself, to its parser it is a fault.
fn with_plain_backslashes(text: &str) -> String {
    let mut in_docstring = false;
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let trimmed = line.trim_start();
        if trimmed.starts_with("\"\"\"") || trimmed.starts_with("```") {
            in_docstring = !in_docstring;
        }
        if in_docstring || !trimmed.starts_with('|') {
            lines.push(line.to_owned());
            continue;
        }
        let mut doubled = String::new();
        let mut characters = line.chars().peekable();
        while let Some(character) = characters.next() {
            doubled.push(character);
            if character == '\\' {
                match characters.peek() {
                    Some('\\' | '|' | 'n') => doubled.extend(characters.next()),
                    _ => doubled.push('\\'),
                }
            }
        }
        lines.push(doubled);
    }
    lines.join("\n")
}

/// A text with the values of an example in their places.
fn filled(text: &str, example: &[(String, &str)]) -> String {
    example.iter().fold(text.to_owned(), |text, (place, value)| text.replace(place, value))
}

struct Reader<'a> {
    text: &'a str,
    place: &'a str,
    graphs: &'a Path,
}

impl Reader<'_> {
    fn scenario(&self, title: &str, steps: &[&Step], example: &[(String, &str)]) -> Result<Scenario, String> {
        let mut scenario = Scenario {
            name: format!("{}: {title}", self.place),
            folder: self.place.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned()),
            set_up: Vec::new(),
            parameters: Vec::new(),
            has_procedures: false,
            queries: Vec::new(),
            strange_step: None,
        };
        for step in steps {
            self.step(step, example, &mut scenario)?;
        }
        Ok(scenario)
    }

    fn step(&self, step: &Step, example: &[(String, &str)], scenario: &mut Scenario) -> Result<(), String> {
        let words = filled(&step.value, example);
        let words = words.trim().trim_end_matches(':');
        let table: Vec<Vec<String>> =
            step.table.iter().flat_map(|table| &table.rows).map(|row| row.iter().map(|cell| filled(cell, example)).collect()).collect();
        let docstring = || self.docstring(step).map(|text| filled(&text, example)).ok_or_else(|| format!("no text below `{words}`"));
        if matches!(words, "an empty graph" | "any graph" | "no side effects" | "the side effects should be") {
            return Ok(());
        }
        if let Some(graph) = words.strip_prefix("the ").and_then(|rest| rest.strip_suffix(" graph")) {
            let file = self.graphs.join(graph).join(format!("{graph}.cypher"));
            scenario.set_up.push(fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?);
        } else if words.starts_with("there exists a procedure") {
            scenario.has_procedures = true;
        } else if words == "having executed" {
            scenario.set_up.push(docstring()?);
        } else if words == "parameters are" {
            scenario
                .parameters
                .extend(table.into_iter().filter_map(|row| <[String; 2]>::try_from(row).ok()).map(|[name, value]| (name, value)));
        } else if matches!(words, "executing query" | "executing control query") {
            scenario.queries.push(Query { text: docstring()?, expected: Expected::Unsaid });
        } else if let (Some(expected), Some(query)) = (expectation(words, table), scenario.queries.last_mut()) {
            query.expected = expected;
        } else {
            scenario.strange_step = Some(words.to_owned());
        }
        Ok(())
    }

    /// The text below a step as it is written, without the indentation of its quotation marks.
    fn docstring(&self, step: &Step) -> Option<String> {
        step.docstring.as_ref()?;
        let mut lines = self.text.get(step.span.end..)?.split('\n').skip(1);
        let opening = lines.find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))?;
        let indentation = opening.len() - opening.trim_start().len();
        let mark = opening.trim().get(..3)?;
        let body: Vec<&str> = lines
            .take_while(|line| line.trim() != mark)
            .map(|line| {
                let blank = line.len() - line.trim_start().len();
                line[blank.min(indentation)..].trim_end_matches('\r')
            })
            .collect();
        Some(body.join("\n"))
    }
}

/// What a step expects of the query before it.
fn expectation(words: &str, table: Vec<Vec<String>>) -> Option<Expected> {
    if words == "the result should be empty" {
        return Some(Expected::Nothing);
    }
    if let Some(how) = words.strip_prefix("the result should be") {
        let mut rows = table.into_iter();
        let columns = rows.next()?;
        let in_order = how.contains("in order");
        let ordered_lists = !how.contains("ignoring element order for lists");
        return Some(Expected::Table { columns, rows: rows.collect(), in_order, ordered_lists });
    }
    let (error, rest) = words.split_once(" should be raised at ")?;
    let error = error.strip_prefix("an ").or_else(|| error.strip_prefix("a ")).unwrap_or(error).trim();
    let (phase, detail) = rest.split_once(": ").unwrap_or((rest, "*"));
    Some(Expected::Failure { error: error.to_owned(), phase: phase.trim().to_owned(), detail: detail.trim().to_owned() })
}
