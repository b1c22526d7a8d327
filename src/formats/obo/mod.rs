//! Obo: ontologies in the OBO flat file format, 1.2 and 1.4: frames of clauses, one in a line.
//!
//! It is read by lines of our own rather than by `fastobo`, for which one bad clause costs the whole frame, one bad line the header
//! and one byte that is no text the rest of the file.

mod clause;
mod frames;
mod lines;

use std::io::BufReader;
use std::sync::atomic::Ordering;

use crate::diagnostic::{Code, Complaints, Diagnostic};

use super::import::{GraphDraft, ImportedFile, Input, Reading};

use frames::Frames;
use lines::Lines;

/// How many lines are read between two looks at the interrupt.
const PACE: u64 = 1 << 12;

/// Whether a file that begins so is one of this format. `name` is the name of the file, which counts where the beginning tells
/// nothing.
pub fn recognises(beginning: &[u8], name: &str) -> bool {
    const HEADS: [&[u8]; 3] = [b"[Term]", b"[Typedef]", b"[Instance]"];
    let text = beginning.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(beginning);
    let lines = || text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let Some(first) = lines().find(|line| !line.is_empty() && !line.starts_with(b"!")) else {
        return false;
    };
    if first.starts_with(b"format-version:") || HEADS.iter().any(|head| first.starts_with(head)) {
        return true;
    }
    // Some files begin with another tag.
    let is_tag = |line: &[u8]| {
        let end = line.iter().position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')));
        end.is_some_and(|end| end > 0 && line[end] == b':')
    };
    let has_frame = || lines().any(|line| HEADS.iter().any(|head| line.starts_with(head)) || line.starts_with(b"format-version:"));
    is_tag(first) && (name.to_ascii_lowercase().ends_with(".obo") || has_frame())
}

/// Reads an ontology. `name` is what the graph is called.
///
/// # Errors
/// A file that cannot be read or that has no frame of this format; an interruption. Clauses that cannot be used are no error: they
/// are counted.
pub fn read(name: &str, input: &Input, reading: Reading<'_>) -> Result<GraphDraft, Complaints> {
    let shown = input.path().display();
    let unreadable = |error| Diagnostic::error(Code::Unreadable, format!("'{shown}' cannot be read: {error}"));
    let file = input.open().map_err(unreadable)?;
    let mut lines = Lines::new(BufReader::with_capacity(1 << 16, file));
    let mut frames = Frames::new(reading.keep_rejected);
    let mut next_look = 0;
    while let Some(line) = lines.next().map_err(unreadable)? {
        if line.number >= next_look {
            next_look = line.number + PACE;
            if reading.interrupt.load(Ordering::Relaxed) {
                return Err(Diagnostic::error(Code::Interrupted, "interrupted").into());
            }
        }
        frames.line(&line);
    }
    frames.end();
    if !frames.is_recognised {
        let complaint = Diagnostic::error(Code::Malformed, format!("'{shown}' is not an ontology in the OBO format"));
        return Err(complaint.help("such a file begins with `format-version: 1.4`, and its terms with `[Term]`").into());
    }
    let (rejected, rejected_rows) = frames.rejected.finish(&[0]);
    let file =
        ImportedFile { path: input.path().to_owned(), format: "OBO", rows: frames.count, rejected, rejected_rows, notes: frames.notes };
    Ok(frames.ontology.finish(name, reading.keep_obsolete, file))
}

#[cfg(test)]
mod tests {
    use super::recognises;

    #[test]
    fn files_are_recognised_by_their_beginning() {
        for text in [
            "format-version: 1.2\n",
            "\u{FEFF}\r\n! comment\r\nformat-version: 1.4\r\n",
            "[Term]\nid: X:1",
            "ontology: x\n\n[Term]\nid: X:1\nname: cut",
            "data-version: 1\nformat-version: 1.2",
        ] {
            assert!(recognises(text.as_bytes(), "file"), "{text:?}");
        }
        assert!(recognises(b"ontology: x\n", "X.OBO"));
        for text in ["", "\n", "{\"graphs\": []}", "id\tcategory\n", "[table]\nx = 1", "graph:\n  - [Term]", "\0\0", "ontology: x\n"] {
            assert!(!recognises(text.as_bytes(), "file"), "{text:?}");
        }
    }
}
