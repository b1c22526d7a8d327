//! Receipt: what was asked of which data and what came out, so that it can be asked again and compared.

mod compare;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::answer::{Answer, Certainty};
use crate::diagnostic::{Code, Complaints, Diagnostic};
use crate::formats::fingerprint::{Sum, digits, sum_of};
use crate::session::Session;

use super::clock;
use super::parameters;
use super::read_file::read_at_most;

pub use compare::{Comparison, Verdict, verify};

/// The version of the form.
const VERSION: u32 = 1;
/// Rows beyond this many are told apart only by the sum of all.
const MOST_ROWS: usize = 5_000;
/// No receipt is longer than this, in bytes.
const LONGEST: u64 = 16 << 20;

/// A receipt of an answer. As a file it is one JSON object with these keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The version of its form: 1.
    receipt: u32,
    /// When it was asked, in universal time.
    asked: String,
    program: Program,
    graph: Data,
    /// The query.
    query: String,
    /// The queries that it refers to (by `it`, by a row's number, by a name of `let`), in the order in which they were asked.
    before: Vec<String>,
    /// The parameters that these queries name, each as `:param` takes it.
    parameters: BTreeMap<String, serde_json::Value>,
    rows: Rows,
    /// The sources that the rows cite.
    sources: Vec<Cited>,
    /// The sum of all of the above: a slip that changes a receipt is found. It is no signature: whoever wants to can make another one.
    seal: String,
}

/// Which program answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Program {
    name: String,
    version: String,
}

/// What was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    /// The names by which it was opened.
    opened: Vec<String>,
    title: String,
    entities: usize,
    relations: usize,
    /// See [`Session::fingerprint`].
    fingerprint: String,
}

/// What came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows {
    columns: Vec<String>,
    count: usize,
    /// How many of them are only possible.
    possible: usize,
    checksum: String,
    /// The sum of each row and the words that it shows; absent where there are too many.
    each: Option<Vec<(String, String)>>,
}

/// A source that the rows cite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cited {
    source: String,
    title: String,
    /// The sum of the fingerprints of its sentences, where it is cut into sentences.
    fingerprint: Option<String>,
    /// The sentences that are cited.
    sentences: Vec<u32>,
}

impl Receipt {
    /// The receipt of the answer that a session gave last.
    ///
    /// # Errors
    /// The answer has no rows to speak of (that of `explain`), or a part of the graph's file is damaged.
    pub fn of(session: &Session, answer: &Answer) -> Result<Receipt, Complaints> {
        if !answer.stages.is_empty() {
            let complaint =
                Diagnostic::error(Code::NoLastAnswer, "what `explain` and `profile` show has no rows that a receipt could state");
            return Err(complaint.help("ask the query itself").into());
        }
        let summed = rows::summed(answer);
        let before: Vec<String> = session.before_last().into_iter().map(str::to_owned).collect();
        let is_named = |name: &str| before.iter().chain([&answer.query]).any(|query| query.contains(&format!("${name}")));
        let parameters = session.parameters().iter().filter(|(name, _)| is_named(name));
        let each = || summed.each.iter().zip(&answer.rows).map(|(sum, row)| (sum.clone(), rows::words(answer, row))).collect();
        let graph = session.graph();
        let receipt = Receipt {
            receipt: VERSION,
            asked: clock::now(),
            program: Program::here(),
            graph: Data {
                opened: session.name().split(" + ").map(str::to_owned).collect(),
                title: session.schema().title.clone(),
                entities: graph.entity_count(),
                relations: graph.relation_count(),
                fingerprint: session.fingerprint()?.to_owned(),
            },
            query: answer.query.clone(),
            parameters: parameters.map(|(name, value)| (name.clone(), parameters::to_json(value))).collect(),
            rows: Rows {
                columns: answer.columns.iter().map(|column| column.name.clone()).collect(),
                count: answer.rows.len(),
                possible: answer.rows.iter().filter(|row| row.certainty == Certainty::Possible).count(),
                each: (answer.rows.len() <= MOST_ROWS).then(each),
                checksum: summed.checksum,
            },
            sources: cited(session, answer),
            before,
            seal: String::new(),
        };
        Ok(Receipt { seal: receipt.sum(), ..receipt })
    }

    /// The receipt as a file holds it; the text ends with a line break.
    pub fn written(&self) -> String {
        // Keys are texts and values are plain: this cannot fail.
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        format!("{}\n", flattened(&text))
    }

    /// Reads a receipt from a file.
    ///
    /// # Errors
    /// The file cannot be read, is no receipt, is one of a newer form, or is not as it was written.
    pub fn read(path: &Path) -> Result<Receipt, Complaints> {
        let shown = path.display();
        let unreadable = |reason: String| Diagnostic::error(Code::Unreadable, format!("the receipt '{shown}' cannot be read: {reason}"));
        let size = std::fs::metadata(path).map_err(|error| unreadable(error.to_string()))?;
        if size.is_dir() {
            return Err(unreadable("it is a folder".to_owned()).into());
        }
        let bytes = read_at_most(path, LONGEST).map_err(|error| unreadable(error.to_string()))?;
        let Some(bytes) = bytes else { return Err(unreadable("it is larger than any receipt".to_owned()).into()) };
        Receipt::parsed(&bytes, &shown.to_string())
    }

    /// Reads a receipt from the bytes of the file of this name.
    ///
    /// # Errors
    /// They are no receipt, one of a newer form, or one that is not as it was written.
    pub fn parsed(bytes: &[u8], name: &str) -> Result<Receipt, Complaints> {
        let malformed = |message: String| Diagnostic::error(Code::Malformed, message);
        let help = "`:receipt FILE` and `oms ask QUERY --receipt FILE` write receipts";
        let json: serde_json::Value = serde_json::from_slice(bytes).map_err(|error| {
            let reason = if error.is_eof() { "it breaks off before its end".to_owned() } else { format!("it is not JSON: {error}") };
            malformed(format!("'{name}' is no receipt: {reason}")).help(help)
        })?;
        match json.get("receipt").and_then(serde_json::Value::as_u64) {
            None => return Err(malformed(format!("'{name}' is no receipt: it has no key 'receipt'")).help(help).into()),
            Some(version) if version > u64::from(VERSION) => {
                let message = format!("'{name}' is a receipt of form {version}; this program reads form {VERSION}");
                return Err(malformed(message).help("a newer version of this program reads it").into());
            }
            Some(_) => {}
        }
        let receipt: Receipt =
            serde_json::from_value(json).map_err(|error| malformed(format!("'{name}' is not as a receipt is written: {error}")))?;
        if receipt.sum() != receipt.seal {
            let complaint = malformed(format!("'{name}' was changed after it was written: its seal does not fit what it says"));
            return Err(complaint.help("ask again and have a new receipt written, or compare with a copy that was kept").into());
        }
        Ok(receipt)
    }

    /// The query that it is about.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The names by which the graph was opened that it was asked of.
    pub fn opened(&self) -> &[String] {
        &self.graph.opened
    }

    /// The sum of what it says.
    fn sum(&self) -> String {
        let bare = Receipt { seal: String::new(), ..self.clone() };
        sum_of(serde_json::to_string(&bare).unwrap_or_default().as_bytes())
    }

    /// For people: a few lines.
    pub(super) fn told(&self) -> Vec<(String, String)> {
        let mut pairs = vec![("query", self.query.clone())];
        pairs.extend(self.before.iter().map(|query| ("behind", query.clone())));
        pairs.extend(self.parameters.iter().map(|(name, value)| ("parameter", format!("${name} = {value}"))));
        pairs.push(("asked", self.asked.clone()));
        pairs.push(("program", format!("{} {}", self.program.name, self.program.version)));
        pairs.push(("graph", format!("{} ({})", self.graph.opened.join(" + "), self.graph.title)));
        pairs.push(("data", self.graph.fingerprint.clone()));
        let possible = if self.rows.possible > 0 { format!(", {} of them only possible", self.rows.possible) } else { String::new() };
        pairs.push(("rows", format!("{}{possible}", self.rows.count)));
        pairs.push(("checksum", self.rows.checksum.clone()));
        let cited = |cited: &Cited| match cited.sentences.len() {
            0 => cited.source.clone(),
            1 => format!("{}, 1 sentence", cited.source),
            count => format!("{}, {count} sentences", cited.source),
        };
        pairs.extend(self.sources.iter().map(|source| ("cites", cited(source))));
        pairs.into_iter().map(|(term, said)| (term.to_owned(), said)).collect()
    }
}

impl Program {
    fn here() -> Program {
        Program { name: "oms".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

/// The sources of what the rows cite, by their ids.
fn cited(session: &Session, answer: &Answer) -> Vec<Cited> {
    let mut sentences: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    for (_, item) in answer.cited() {
        if let Some(source) = &item.source {
            sentences.entry(source).or_default().extend(&item.sentences);
        }
    }
    let sources = session.graph().sources();
    let of = |(slug, sentences): (&str, BTreeSet<u32>)| {
        let known = sources.iter().find(|source| source.slug == slug);
        let sum = known.filter(|source| !source.fingerprints.is_empty()).map(|source| {
            let mut sum = Sum::default();
            source.fingerprints.iter().for_each(|fingerprint| sum.add(digits(fingerprint).as_bytes()));
            sum.digits()
        });
        let title = known.map(|source| source.title.clone()).unwrap_or_default();
        Cited { source: slug.to_owned(), title, fingerprint: sum, sentences: sentences.into_iter().collect() }
    };
    sentences.into_iter().map(of).collect()
}

/// Pretty JSON with the pairs of a row, and lists of numbers, on a line each.
fn flattened(pretty: &str) -> String {
    let mut text = String::with_capacity(pretty.len());
    let mut lines = pretty.lines().peekable();
    while let Some(line) = lines.next() {
        let opens_short = line.trim() == "[" || line.trim_end().ends_with("\"sentences\": [");
        if !opens_short {
            text.push_str(line);
            text.push('\n');
            continue;
        }
        let mut joined = line.to_owned();
        for inner in lines.by_ref() {
            let inner = inner.trim_start();
            let closes = inner.starts_with(']');
            if !closes && !joined.ends_with('[') {
                joined.push(' ');
            }
            joined.push_str(inner);
            if closes {
                break;
            }
        }
        text.push_str(&joined);
        text.push('\n');
    }
    text.trim_end().to_owned()
}
