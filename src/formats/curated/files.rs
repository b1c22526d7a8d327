//! Files: which files a graph's folder holds, and their texts, whatever stands in the way of reading them.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Origin};

use super::faults::Faults;

/// A file larger than this is not read; a curated graph is written by hand.
const LARGEST: u64 = 64 * 1024 * 1024;

/// A file of the folder, in the order in which complaints are reported.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Schema,
    Sources,
    Entities,
    Statements,
    Questions,
}

impl Part {
    const ALL: [Part; 5] = [Part::Schema, Part::Sources, Part::Entities, Part::Statements, Part::Questions];

    pub(super) fn name(self) -> &'static str {
        match self {
            Part::Schema => "schema.toml",
            Part::Sources => "sources.toml",
            Part::Entities => "entities.toml",
            Part::Statements => "statements.toml",
            Part::Questions => "questions.toml",
        }
    }

    /// Its place among the files.
    pub(super) fn rank(self) -> usize {
        self as usize
    }

    fn is_required(self) -> bool {
        !matches!(self, Part::Sources | Part::Questions)
    }
}

/// What became of a file.
pub(super) enum Text {
    /// It was read.
    Read(Arc<Origin>),
    /// It is not there, which is no fault.
    Absent,
    /// It could not be read; the complaint is made.
    Faulty,
}

/// Reads the files of a folder, in the order of [`Part::ALL`].
pub(super) fn read_folder(folder: &Path, faults: &Faults) -> Vec<Text> {
    let shown = folder.display();
    let complain = |message: String, hint: &str| {
        let complaint = Diagnostic::error(Code::Unreadable, message).help(hint);
        faults.add(0, if hint == FOLDER_HINT { complaint.help(FILE_HINT) } else { complaint });
        Part::ALL.iter().map(|_| Text::Faulty).collect()
    };
    match fs::metadata(folder) {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => {
            let known = folder.file_name().is_some_and(|name| Part::ALL.iter().any(|part| name == part.name()));
            let hint = if known { "name the folder that the file is in" } else { FOLDER_HINT };
            return complain(format!("'{shown}' is a file, not the folder of a graph"), hint);
        }
        Err(error) => return complain(format!("the folder '{shown}' cannot be read: {}", reason(&error)), FOLDER_HINT),
    }
    Part::ALL.iter().map(|part| read_part(folder, *part, faults)).collect()
}

const FILE_HINT: &str = "any other graph is a file that `oms import SOURCE -o FILE` makes";

const FOLDER_HINT: &str =
    "a graph is a folder with 'schema.toml', 'entities.toml', 'statements.toml' and, for what it cites, 'sources.toml'";

fn read_part(folder: &Path, part: Part, faults: &Faults) -> Text {
    read_part_at(&folder.join(part.name()), part, faults)
}

/// Reads a file that stands for a part, wherever it is.
pub(super) fn read_part_at(path: &Path, part: Part, faults: &Faults) -> Text {
    let name = path.display().to_string();
    let fault = |diagnostic: Diagnostic| {
        faults.add(part.rank(), diagnostic);
        Text::Faulty
    };
    let bytes = match read_bytes(path) {
        Ok(bytes) => bytes,
        Err(Refusal::Missing) if !part.is_required() => return Text::Absent,
        Err(Refusal::Missing) => {
            return fault(Diagnostic::error(Code::Unreadable, format!("the file '{name}' is missing")).help(FOLDER_HINT));
        }
        Err(Refusal::Other(why)) => return fault(Diagnostic::error(Code::Unreadable, format!("'{name}' cannot be read: {why}"))),
    };
    match String::from_utf8(bytes) {
        Ok(text) => Text::Read(Origin::new(name, text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            // Up to the bad byte the readable text is the same, so the place is right in it too.
            let origin = Origin::new(name, String::from_utf8_lossy(error.as_bytes()).into_owned());
            let span = at..at + '\u{FFFD}'.len_utf8();
            fault(
                Diagnostic::error(Code::Malformed, "the file is not UTF-8 text")
                    .in_origin(&origin)
                    .at(span, "this byte is not part of a character")
                    .help("save the file as UTF-8"),
            )
        }
    }
}

/// Why a file was not read.
pub(in crate::formats) enum Refusal {
    /// There is none.
    Missing,
    /// It cannot be read, for this reason.
    Other(String),
}

/// The bytes of a file that is no larger than a hand can write.
pub(in crate::formats) fn read_bytes(path: &Path) -> Result<Vec<u8>, Refusal> {
    let refuse = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => Refusal::Missing,
        _ => Refusal::Other(reason(&error)),
    };
    // A device or a pipe could go on for ever, so only plain files (or links to them) are opened.
    let metadata = fs::metadata(path).map_err(refuse)?;
    if !metadata.is_file() {
        let what = if metadata.is_dir() { "it is a folder" } else { "it is not a plain file" };
        return Err(Refusal::Other(what.to_owned()));
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)).map_err(refuse)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Refusal::Other("it is larger than 64 MiB".to_owned()));
    }
    Ok(bytes)
}

/// The reason without the number that the operating system gives it.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "it does not exist".to_owned(),
        ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        _ => error.to_string(),
    }
}
