//! Foreign: what a file is that is no graph file, by how it begins, so that a message can say so.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

/// What a file is, and what can be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Foreign {
    /// What it is: `a folder`.
    pub words: &'static str,
    /// What to do.
    pub help: &'static str,
}

const A_GRAPH: &str = "a graph is a folder of TOML files, or a file that `oms import` made";
const IMPORT: &str = "`oms import FILE… -o mine.oms` makes a graph of tables and ontologies";

/// How files of other forms begin.
const BEGINNINGS: &[(&[u8], &str, &str)] = &[
    (b"\x1f\x8b", "packed with gzip", IMPORT),
    (b"\x28\xb5\x2f\xfd", "packed with zstd", IMPORT),
    (b"BZh", "packed with bzip2", "unpacked, `oms import` may read it"),
    (b"\xfd7zXZ", "packed with xz", "unpacked, `oms import` may read it"),
    (b"PK\x03\x04", "a zip archive", "unpacked, `oms import` may read what is in it"),
    (b"SQLite format 3\0", "an SQLite database", "its tables, written as TSV or CSV, can be read by `oms import`"),
    (b"\x7fELF", "a program", A_GRAPH),
    (b"%PDF", "a PDF document", A_GRAPH),
    (b"PAR1", "a Parquet file", "its table, written as TSV or CSV, can be read by `oms import`"),
];

/// What a path leads to; nothing where that cannot be told.
pub(super) fn what_is(path: &Path) -> Option<Foreign> {
    let found = fs::metadata(path).ok()?;
    if found.is_dir() {
        return Some(Foreign { words: "a folder", help: A_GRAPH });
    }
    if !found.is_file() {
        return Some(Foreign { words: "a pipe or a device, and only a file can be opened without reading it whole", help: A_GRAPH });
    }
    if found.len() == 0 {
        return Some(Foreign { words: "an empty file", help: IMPORT });
    }
    let mut beginning = Vec::new();
    File::open(path).ok()?.take(4096).read_to_end(&mut beginning).ok()?;
    by_beginning(&beginning)
}

fn by_beginning(beginning: &[u8]) -> Option<Foreign> {
    if let Some((_, words, help)) = BEGINNINGS.iter().find(|(start, _, _)| beginning.starts_with(start)) {
        return Some(Foreign { words, help });
    }
    let text = match std::str::from_utf8(beginning) {
        Ok(text) => text,
        // What was read may end within a letter.
        Err(error) => std::str::from_utf8(&beginning[..error.valid_up_to()]).ok().filter(|text| text.len() + 4 > beginning.len())?,
    };
    (!text.contains('\0')).then_some(Foreign { words: "text", help: IMPORT })
}

#[cfg(test)]
mod tests {
    use super::by_beginning;

    #[test]
    fn beginnings_tell_forms_apart() {
        let words = |beginning: &[u8]| by_beginning(beginning).map(|foreign| foreign.words);
        assert_eq!(words(b"id\tcategory\n"), Some("text"));
        assert_eq!(words(b"\x1f\x8b\x08"), Some("packed with gzip"));
        assert_eq!(words(b"SQLite format 3\0\x10"), Some("an SQLite database"));
        assert_eq!((words(b"\0\x01\x02\xff"), words(b"OMS\0")), (None, None));
        assert_eq!(words(&["ä".repeat(2048).as_bytes(), b"\xc3"].concat()), Some("text"));
    }
}
