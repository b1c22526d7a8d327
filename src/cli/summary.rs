//! Summary: what became of the files of an import, for people and for programs.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::Session;
use crate::formats::import::ImportedFile;
use crate::model::{Direction, EntityId, KindId, RelationTypeId, counted, grouped};
use crate::render::{Page, visible};
use crate::session::Limits;

/// How many kinds and relation types are listed.
const MOST_LISTED: usize = 20;
/// How many entities are looked at for an example.
const MOST_LOOKED_AT: usize = 4096;
/// How long an example may take to be tried.
const LONGEST_TRIAL: Duration = Duration::from_millis(250);

/// What an import came to.
pub(super) struct Summary {
    target: String,
    entities: usize,
    relations: usize,
    /// Each with its count, the most frequent first.
    kinds: Vec<(String, u64)>,
    relation_types: Vec<(String, u64)>,
    stubs: usize,
    files: Vec<ImportedFile>,
    notes: Vec<String>,
    seconds: f64,
    /// The size of the graph file, where it is a file.
    bytes: Option<u64>,
    /// The most memory that the program had, where the system tells.
    memory: Option<u64>,
    /// A query that has an answer.
    example: Option<String>,
}

impl Summary {
    /// Counts what a graph holds. The session is only asked for an example.
    pub fn of(session: &mut Session, target: &Path, files: Vec<ImportedFile>, stubs: usize, notes: Vec<String>, seconds: f64) -> Summary {
        let (graph, schema) = (session.graph(), session.schema());
        let statistics = graph.statistics();
        let counted = |id: usize| statistics.of_type(RelationTypeId(u16::try_from(id).unwrap_or(u16::MAX))).relations;
        let types = schema.relation_types.iter().enumerate().map(|(at, known)| (known.id.clone(), counted(at)));
        let mut of_kind: BTreeMap<KindId, u64> = BTreeMap::new();
        for entity in graph.entities() {
            if let Some(kind) = graph.kinds(entity).first() {
                *of_kind.entry(*kind).or_default() += 1;
            }
        }
        let kinds = of_kind.into_iter().filter_map(|(id, count)| Some((schema.kinds.get(id.index())?.id.clone(), count)));
        let (entities, relations) = (graph.entity_count(), graph.relation_count());
        let (kinds, relation_types) = (sorted(kinds), sorted(types));
        Summary {
            target: target.display().to_string(),
            entities,
            relations,
            kinds,
            relation_types,
            stubs,
            files,
            notes,
            seconds,
            bytes: std::fs::metadata(target).ok().filter(std::fs::Metadata::is_file).map(|found| found.len()),
            memory: peak_memory(),
            example: example(session),
        }
    }

    /// For people.
    pub fn text(&self, page: &Page) -> String {
        let heading = |words: &str| if page.colour { format!("\u{1b}[1m{words}\u{1b}[0m") } else { words.to_owned() };
        let loud = |words: &str| if page.colour { format!("\u{1b}[33m{words}\u{1b}[0m") } else { words.to_owned() };
        let mut text = heading(&format!(
            "{}, {} in {:.1} s",
            counted(self.entities as u64, "entity", "entities"),
            counted(self.relations as u64, "relation", "relations"),
            self.seconds
        ));
        text.push('\n');
        let amounts =
            [self.bytes.map(|bytes| format!("file {}", size(bytes))), self.memory.map(|peak| format!("memory at most {}", size(peak)))];
        let amounts: Vec<String> = amounts.into_iter().flatten().collect();
        if !amounts.is_empty() {
            text.push_str(&format!("{}\n", amounts.join(", ")));
        }
        for (title, list, one, many) in
            [("entities by kind", &self.kinds, "kind", "kinds"), ("relations by type", &self.relation_types, "type", "types")]
        {
            if !list.is_empty() {
                text.push_str(&format!("\n{}\n{}", heading(title), listed(list, one, many, page)));
            }
        }
        let mut told = String::new();
        for file in &self.files {
            let name = visible(&file.path.display().to_string()).into_owned();
            for rejection in &file.rejected {
                let count = counted(rejection.count, "row", "rows");
                let words = rejection.cause.words();
                told.push_str(&loud(&format!("{name}: {count} left out: {words}; the first is line {}", grouped(rejection.first_line))));
                told.push('\n');
            }
            for note in &file.notes {
                told.push_str(&format!("{name}: {}\n", visible(note)));
            }
        }
        for note in &self.notes {
            told.push_str(&format!("{}\n", visible(note)));
        }
        if self.stubs > 0 {
            told.push_str(&format!("{} without a row of their own\n", counted(self.stubs as u64, "entity", "entities")));
        }
        if !told.is_empty() {
            text.push_str(&format!("\n{told}"));
        }
        let next = match &self.example {
            Some(query) => format!("oms -g {} ask {}", shell_word(&self.target), shell_word(query)),
            None => format!("oms -g {}", shell_word(&self.target)),
        };
        text.push_str(&format!("\nNow ask it, for example:\n  {}\n", visible(&next)));
        text
    }

    /// For programs: one object.
    pub fn json(&self) -> String {
        let counts = |list: &[(String, u64)]| Json::Object(list.iter().map(|(name, count)| (name.clone(), json!(count))).collect());
        let files: Vec<Json> = self.files.iter().map(file_json).collect();
        let object = json!({
            "graph": self.target,
            "entities": self.entities,
            "relations": self.relations,
            "kinds": counts(&self.kinds),
            "relation_types": counts(&self.relation_types),
            "stubs": self.stubs,
            "files": files,
            "notes": self.notes,
            "seconds": self.seconds,
            "bytes": self.bytes,
            "memory": self.memory,
            "example": self.example,
        });
        format!("{object}\n")
    }
}

fn file_json(file: &ImportedFile) -> Json {
    let rejected: Vec<Json> = file
        .rejected
        .iter()
        .map(|rejection| json!({ "cause": rejection.cause.words(), "rows": rejection.count, "first_line": rejection.first_line }))
        .collect();
    json!({
        "file": file.path.display().to_string(),
        "format": file.format,
        "rows": file.rows,
        "rejected": rejected,
        "notes": file.notes,
    })
}

/// The counts that are not zero, the greatest first.
fn sorted(counts: impl Iterator<Item = (String, u64)>) -> Vec<(String, u64)> {
    let mut counts: Vec<(String, u64)> = counts.filter(|(_, count)| *count > 0).collect();
    counts.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    counts
}

fn listed(list: &[(String, u64)], one: &str, many: &str, page: &Page) -> String {
    let digits = list.first().map_or(0, |(_, count)| grouped(*count).len());
    let room = page.width.unwrap_or(100).saturating_sub(digits + 4).max(12);
    let mut text = String::new();
    for (name, count) in &list[..list.len().min(MOST_LISTED)] {
        let name = visible(name);
        let shown: String =
            if name.chars().count() > room { name.chars().take(room - 1).chain(['…']).collect() } else { name.into_owned() };
        text.push_str(&format!("  {:>digits$}  {shown}\n", grouped(*count)));
    }
    if list.len() > MOST_LISTED {
        let rest = &list[MOST_LISTED..];
        let sum: u64 = rest.iter().map(|(_, count)| count).sum();
        let more = rest.len();
        text.push_str(&format!("  {:>digits$}  of {more} more {}\n", grouped(sum), if more == 1 { one } else { many }));
    }
    text
}

fn size(bytes: u64) -> String {
    let scaled = |unit: f64| bytes as f64 / unit;
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", scaled(1e3)),
        1_000_000..1_000_000_000 => format!("{:.1} MB", scaled(1e6)),
        _ => format!("{:.2} GB", scaled(1e9)),
    }
}

/// The most memory that the program had so far, in bytes; none where the system does not tell.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

/// A word as a shell takes it.
fn shell_word(word: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "_-./".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

/// A query that has some rows, but not too many to look at.
fn example(session: &mut Session) -> Option<String> {
    let limits = session.limits().clone();
    session.set_limits(Limits { timeout: Some(LONGEST_TRIAL), rows: Some(100_000), ..limits });
    candidates(session).into_iter().find(|query| session.rows(query).is_ok_and(|(_, rows)| !rows.is_empty()))
}

fn candidates(session: &Session) -> Vec<String> {
    let (graph, schema) = (session.graph(), session.schema());
    let quoted = |entity: EntityId| {
        let name = if graph.name(entity).is_empty() { graph.slug(entity) } else { graph.name(entity) };
        Some(format!("\"{name}\"")).filter(|_| {
            !name.is_empty() && name.len() < 60 && !name.contains(|letter: char| letter.is_control() || "\"\\".contains(letter))
        })
    };
    // Someone of whom there is something to say, but not everything.
    let step = (graph.entity_count() / MOST_LOOKED_AT).max(1);
    let best = |relation_type: RelationTypeId| {
        let degree = |entity: &EntityId| graph.span(*entity, Direction::Outgoing, Some(relation_type)).len();
        let named = graph.entities().step_by(step).filter(|entity| quoted(*entity).is_some());
        named.min_by_key(|entity| degree(entity).abs_diff(6)).filter(|entity| degree(entity) > 0)
    };
    let mut by_count: Vec<usize> = (0..schema.relation_types.len()).collect();
    let id = |at: usize| RelationTypeId(u16::try_from(at).unwrap_or(u16::MAX));
    by_count.sort_by_key(|at| std::cmp::Reverse(graph.statistics().of_type(id(*at)).relations));
    let mut queries = Vec::new();
    for at in by_count.into_iter().filter(|at| id(*at) != RelationTypeId::IS_A).take(3) {
        let Some(name) = best(id(at)).and_then(quoted) else { continue };
        let known = &schema.relation_types[at];
        queries.extend(known.target_nouns.first().map(|noun| format!("{} of {name}", noun.many)));
        queries.extend(known.verbs.first().map(|verb| format!("{name} {verb} what")));
        queries.push(format!("around {name}"));
    }
    let any = graph.entities().step_by(step).find_map(quoted);
    queries.extend(best(RelationTypeId::IS_A).and_then(quoted).map(|name| format!("around {name}")));
    queries.extend(any.map(|name| format!("find {name}")));
    queries
}

#[cfg(test)]
mod tests {
    use super::{grouped, shell_word, size};

    #[test]
    fn numbers_read_well() {
        assert_eq!([0, 999, 1000, 60_002, 1_234_567].map(grouped), ["0", "999", "1,000", "60,002", "1,234,567"]);
        assert_eq!([7, 1500, 12_300_000, 2_250_000_000].map(size), ["7 B", "1.5 kB", "12.3 MB", "2.25 GB"]);
    }

    #[test]
    fn a_word_reaches_the_program_as_it_is() {
        assert_eq!(["hpo.oms", "it's", ""].map(shell_word), ["hpo.oms", "'it'\\''s'", "''"]);
    }
}
