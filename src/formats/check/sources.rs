//! Sources: whether the sentences in a folder are still the very ones that the graph's citations point at.

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Origin};
use crate::formats::curated::{Refusal, read_bytes};
use crate::formats::{KnowledgeGraph, fingerprint};
use crate::model::{Fingerprint, Source};

/// The outcome for every source of a graph.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceCheck {
    /// One for each source, in the order of the sources.
    pub sources: Vec<VerifiedSource>,
}

/// The outcome for one source.
#[derive(Clone, Debug, PartialEq)]
pub struct VerifiedSource {
    /// The source's slug.
    pub source: String,
    /// The file that was looked for.
    pub file: PathBuf,
    /// How many sentences the graph says that it has.
    pub total: u32,
    /// How many of them stand on their line, word for word.
    pub verified: u32,
    /// Lines that hold another sentence than the one that was read, ascending.
    pub mismatched: Vec<Drift>,
    /// How many sentences are missing because the file ends too early; they are the last ones.
    pub missing: u32,
    /// How many lines the file has beyond the last sentence, blank ones at the end left out.
    pub extra: u32,
    /// Why nothing could be compared, if so.
    pub trouble: Option<SourceTrouble>,
    /// The file's text, where it was read: what complaints point into.
    origin: Option<Arc<Origin>>,
}

/// A line that does not hold its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drift {
    /// The line, which is also the number of the sentence, counted from 1.
    pub line: u32,
    /// The line on which the sentence stands instead, if it is in the file at all.
    pub found_on: Option<u32>,
}

/// Why a source cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceTrouble {
    /// There is no such file.
    NoFile,
    /// The file cannot be read, for this reason.
    Unreadable(String),
    /// The file is not UTF-8 from this line on, counted from 1.
    NotUnicode(usize),
    /// The graph holds no fingerprints of the source.
    NoFingerprints,
    /// The source's slug cannot be the name of a file.
    NoFileName,
}

impl fmt::Display for SourceTrouble {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SourceTrouble::NoFile => formatter.write_str("the file is missing"),
            SourceTrouble::Unreadable(why) => write!(formatter, "the file cannot be read: {why}"),
            SourceTrouble::NotUnicode(line) => write!(formatter, "the file is not UTF-8 text: line {line} has a byte that is no character"),
            SourceTrouble::NoFingerprints => formatter.write_str("the graph holds no fingerprints of this source"),
            SourceTrouble::NoFileName => formatter.write_str("the source's id cannot be the name of a file"),
        }
    }
}

impl SourceCheck {
    /// Whether every sentence of every source was verified.
    pub fn is_whole(&self) -> bool {
        self.sources.iter().all(VerifiedSource::is_whole)
    }

    /// A complaint for each sentence that is not where it was, and for each source that could not be compared.
    pub fn complaints(&self) -> Vec<Diagnostic> {
        self.sources.iter().flat_map(VerifiedSource::complaints).collect()
    }
}

impl VerifiedSource {
    /// Whether every sentence was verified and the file holds nothing else.
    pub fn is_whole(&self) -> bool {
        self.trouble.is_none() && self.verified == self.total && self.extra == 0
    }

    fn complaints(&self) -> Vec<Diagnostic> {
        if let Some(trouble) = &self.trouble {
            let code = match trouble {
                SourceTrouble::NoFingerprints | SourceTrouble::NoFileName => Code::FingerprintMismatch,
                _ => Code::Unreadable,
            };
            let complaint = Diagnostic::error(code, format!("'{}' cannot be compared: {trouble}", self.source));
            let hint = format!("the sentences are looked for in '{}', one a line", self.file.display());
            let complaint = complaint.help(hint);
            return vec![match self.fingerprints_of_file() {
                Some(list) if *trouble == SourceTrouble::NoFingerprints => complaint.help(format!("its lines have\n{list}")),
                _ => complaint,
            }];
        }
        let mut complaints: Vec<Diagnostic> = self.mismatched.iter().map(|drift| self.drift_complaint(*drift)).collect();
        if self.missing > 0 {
            let message = format!("'{}' ends after {} of {} sentences", self.file.display(), self.total - self.missing, self.total);
            complaints.push(Diagnostic::error(Code::FingerprintMismatch, message).help("one sentence stands on each line"));
        }
        if self.extra > 0 {
            let first = self.total.saturating_add(1);
            let noun = if self.extra == 1 { "line" } else { "lines" };
            let message = format!("'{}' has {} {noun} more than '{}' has sentences", self.file.display(), self.extra, self.source);
            complaints.push(self.at_line(Diagnostic::error(Code::FingerprintMismatch, message), first));
        }
        complaints
    }

    fn drift_complaint(&self, drift: Drift) -> Diagnostic {
        let message = format!("line {} is not sentence {} of '{}' as it was read", drift.line, drift.line, self.source);
        let complaint = self.at_line(Diagnostic::error(Code::FingerprintMismatch, message), drift.line);
        let complaint = complaint.help(match drift.found_on {
            Some(line) => format!("that sentence stands on line {line}"),
            None => "that sentence is on no other line; statements that cite it need another look".to_owned(),
        });
        match self.line(drift.line) {
            Some(text) if drift.found_on.is_none() => {
                complaint.help(format!("the fingerprint of the line is now {}", fingerprint::digits(&fingerprint::of(text))))
            }
            _ => complaint,
        }
    }

    /// The fingerprints of the file's lines, as `sources.toml` writes them.
    fn fingerprints_of_file(&self) -> Option<String> {
        let text = std::fs::read_to_string(&self.file).ok()?;
        let each: Vec<String> =
            lines(&text).into_iter().map(|line| format!("  \"{}\",", fingerprint::digits(&fingerprint::of(line)))).collect();
        Some(format!("fingerprints = [\n{}\n]", each.join("\n")))
    }

    /// A line of the file, counted from 1.
    fn line(&self, number: u32) -> Option<&str> {
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        self.origin.as_ref()?.text.split('\n').nth(at)
    }

    fn at_line(&self, complaint: Diagnostic, line: u32) -> Diagnostic {
        let Some(origin) = &self.origin else {
            return complaint;
        };
        let wanted = usize::try_from(line).unwrap_or(usize::MAX).saturating_sub(1);
        let mut start = 0;
        for (at, text) in origin.text.split('\n').enumerate() {
            if at == wanted {
                return complaint.in_origin(origin).at(start..start + text.trim_end().len(), "");
            }
            start += text.len() + 1;
        }
        complaint
    }
}

/// Compares the sentences in a folder (files `SOURCE-ID.txt`, one sentence a line) with the graph's fingerprints.
/// Blank lines at the end, carriage returns and a byte order mark do not matter.
pub fn verify_sources(knowledge: &KnowledgeGraph, folder: &Path) -> SourceCheck {
    SourceCheck { sources: knowledge.graph.sources().iter().map(|source| verify_source(source, folder)).collect() }
}

fn verify_source(source: &Source, folder: &Path) -> VerifiedSource {
    let file = folder.join(format!("{}.txt", source.slug));
    let mut verified = VerifiedSource {
        source: source.slug.clone(),
        file,
        total: source.sentences,
        verified: 0,
        mismatched: Vec::new(),
        missing: 0,
        extra: 0,
        trouble: None,
        origin: None,
    };
    let origin = match read_source(source, folder) {
        Ok(origin) => origin,
        Err(trouble) => {
            verified.trouble = Some(trouble);
            return verified;
        }
    };
    let lines: Vec<Fingerprint> = lines(&origin.text).into_iter().map(fingerprint::of).collect();
    let mut places: HashMap<Fingerprint, u32> = HashMap::new();
    for (line, found) in (1..).zip(&lines) {
        places.entry(*found).or_insert(line);
    }
    for (line, expected) in (1u32..).zip(&source.fingerprints) {
        match lines.get(line as usize - 1) {
            Some(found) if found == expected => verified.verified += 1,
            Some(_) => verified.mismatched.push(Drift { line, found_on: places.get(expected).copied() }),
            None => verified.missing += 1,
        }
    }
    verified.extra = u32::try_from(lines.len().saturating_sub(source.fingerprints.len())).unwrap_or(u32::MAX);
    verified.origin = Some(origin);
    verified
}

/// The sentences of a source as the folder has them, for quoting: the first is sentence 1. A line that is not the
/// sentence that was read (or is missing) gives `None`, so that nothing else is quoted in its place.
///
/// # Errors
/// Why the file cannot be compared with the graph.
pub fn sentences(folder: &Path, source: &Source) -> Result<Vec<Option<String>>, SourceTrouble> {
    let origin = read_source(source, folder)?;
    let lines = lines(&origin.text);
    let quote = |(at, expected): (usize, &Fingerprint)| {
        let line = lines.get(at)?;
        (fingerprint::of(line) == *expected).then(|| line.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    Ok(source.fingerprints.iter().enumerate().map(quote).collect())
}

fn read_source(source: &Source, folder: &Path) -> Result<Arc<Origin>, SourceTrouble> {
    // A slug with a slash in it would lead out of the folder.
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    if source.slug.is_empty() || source.slug.starts_with('.') || !source.slug.chars().all(plain) {
        return Err(SourceTrouble::NoFileName);
    }
    if source.fingerprints.is_empty() {
        return Err(SourceTrouble::NoFingerprints);
    }
    let path = folder.join(format!("{}.txt", source.slug));
    let bytes = read_bytes(&path).map_err(|refusal| match refusal {
        Refusal::Missing => SourceTrouble::NoFile,
        Refusal::Other(why) => SourceTrouble::Unreadable(why),
    })?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Origin::new(path.display().to_string(), text)),
        Err(error) => {
            let readable = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            Err(SourceTrouble::NotUnicode(readable.iter().filter(|byte| **byte == b'\n').count() + 1))
        }
    }
}

/// The lines of a text, without a byte order mark and without the blank lines at the end.
fn lines(text: &str) -> Vec<&str> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut lines: Vec<&str> = text.lines().collect();
    while lines.last().is_some_and(|line| line.trim().is_empty()) {
        lines.pop();
    }
    lines
}
