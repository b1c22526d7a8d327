//! Recognise: what a file is that no reader takes, by how it begins, so that a message can say so and what to do.

/// What a file is that is not read, and what can be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Foreign {
    /// What it is, to be put behind `it is`.
    pub words: &'static str,
    /// What to do instead.
    pub help: &'static str,
}

const PAGE: Foreign = Foreign {
    words: "a web page",
    help: "the download gave a page instead of the file: the link of the file itself is needed, often named 'raw' or 'download'",
};
const ONTOLOGY: Foreign =
    Foreign { words: "RDF or OWL in XML", help: "most ontologies are published as '.obo' and '.json' (OBO Graphs) too, which can be read" };
const TURTLE: Foreign =
    Foreign { words: "RDF in Turtle", help: "most ontologies are published as '.obo' and '.json' (OBO Graphs) too, which can be read" };
const UTF16: Foreign =
    Foreign { words: "text in UTF-16", help: "`iconv -f UTF-16 -t UTF-8 FILE > NEW` makes the UTF-8 text that can be read" };
const BINARY: Foreign = Foreign { words: "no text, and no archive that can be read", help: "tables, ontologies and annotations are text" };

/// How files of other forms begin.
const BEGINNINGS: &[(&[u8], &str, &str)] = &[
    (b"BZh", "packed with bzip2", "`bunzip2 FILE` unpacks it; gzip and zstd are read as they are"),
    (b"\xfd7zXZ\0", "packed with xz", "`unxz FILE` unpacks it; gzip and zstd are read as they are"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "the files in it, unpacked, may be readable"),
    (b"Rar!", "a RAR archive", "the files in it, unpacked, may be readable"),
    (
        b"SQLite format 3\0",
        "an SQLite database",
        "its tables can be read once they are written as files: `sqlite3 -header -csv FILE 'select * from TABLE'`",
    ),
    (b"%PDF", "a PDF document", "tables, ontologies and annotations are text"),
    (b"PAR1", "a Parquet file", "its table can be read once it is written as TSV or CSV"),
    (b"\x89HDF", "an HDF5 file", "its tables can be read once they are written as TSV or CSV"),
    (b"ARROW1", "an Arrow file", "its table can be read once it is written as TSV or CSV"),
    (b"\x7fELF", "a program", "tables, ontologies and annotations are text"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file", "a sheet can be read once it is saved as CSV"),
    (b"version https://git-lfs", "a Git LFS pointer, not the file itself", "`git lfs pull` downloads the file"),
    (b"digraph", "a DOT drawing", "the tables that it was drawn from can be read"),
    (b"@prefix", TURTLE.words, TURTLE.help),
    (b"@base", TURTLE.words, TURTLE.help),
    (b"Ontology(", "OWL in functional syntax", ONTOLOGY.help),
    (b"Prefix(", "OWL in functional syntax", ONTOLOGY.help),
];

/// What a file is, if it is something well known that cannot be read.
pub(super) fn foreign(beginning: &[u8]) -> Option<Foreign> {
    if beginning.starts_with(b"\xff\xfe") || beginning.starts_with(b"\xfe\xff") {
        return Some(UTF16);
    }
    if beginning.starts_with(b"PK\x03\x04") {
        return Some(zip(beginning));
    }
    let text = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning).trim_ascii_start();
    if let Some((_, words, help)) = BEGINNINGS.iter().find(|(start, _, _)| text.starts_with(start)) {
        return Some(Foreign { words, help });
    }
    if text.first() == Some(&b'<') {
        return markup(text);
    }
    if beginning.iter().take(4096).filter(|byte| **byte == 0).count() > 16 {
        return Some(BINARY);
    }
    let has_old_ends = memchr::memchr(b'\n', beginning).is_none() && beginning.iter().filter(|byte| **byte == b'\r').count() > 1;
    has_old_ends.then_some(Foreign {
        words: "text whose lines end as they did on old Macs",
        help: "`tr '\\r' '\\n' < FILE > NEW` gives the lines the ends of today",
    })
}

fn zip(beginning: &[u8]) -> Foreign {
    let holds = |name: &[u8]| beginning.windows(name.len()).any(|window| window == name);
    if holds(b"xl/") || holds(b"[Content_Types].xml") {
        return Foreign { words: "an Excel or Word file", help: "a sheet can be read once it is saved as CSV" };
    }
    Foreign { words: "a zip archive", help: "`unzip FILE` unpacks it; the files in it may be readable, and so are '.tar.gz' archives" }
}

fn markup(text: &[u8]) -> Option<Foreign> {
    let start = String::from_utf8_lossy(&text[..text.len().min(4096)]).to_lowercase();
    let has = |word: &str| start.contains(word);
    if has("<!doctype html") || has("<html") || has("<head>") {
        return Some(PAGE);
    }
    if has("<rdf:rdf") || has("<ontology") || has("owl#") {
        return Some(ONTOLOGY);
    }
    if has("<graphml") {
        return Some(Foreign { words: "GraphML", help: "it is written, not read; the tables that it was made of can be read" });
    }
    if start.starts_with("<http") {
        return Some(Foreign { words: "RDF as N-Triples", help: TURTLE.help });
    }
    start.starts_with("<?xml").then_some(Foreign { words: "XML", help: "tables, ontologies ('.obo', '.json') and annotations can be read" })
}

/// The first words of a text, to be shown; nothing of what is no text.
pub(super) fn first_words(beginning: &[u8]) -> Option<String> {
    const MOST: usize = 60;
    let line = beginning.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).find(|line| !line.is_empty())?;
    let text = String::from_utf8_lossy(&line[..line.len().min(4 * MOST)]).replace('\t', " ");
    let words: String = text.chars().filter(|letter| !letter.is_control()).take(MOST).collect();
    Some(if text.chars().count() > MOST { format!("{words}...") } else { words })
}

/// Whether the first line or object of a KGX file is about edges rather than nodes.
pub(super) fn is_about_edges(beginning: &[u8]) -> bool {
    let line = beginning.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    let line = String::from_utf8_lossy(line).to_lowercase();
    line.contains("subject") && line.contains("object")
}

#[cfg(test)]
mod tests {
    use super::{first_words, foreign, is_about_edges};

    #[test]
    fn what_is_not_read_is_named() {
        let words = |beginning: &[u8]| foreign(beginning).map(|foreign| foreign.words);
        for (beginning, expected) in [
            (&b"\n<!DOCTYPE html>\n<html>"[..], "a web page"),
            (b"<?xml version='1.0'?><rdf:RDF xmlns", "RDF or OWL in XML"),
            (b"<http://a> <http://b> <http://c> .", "RDF as N-Triples"),
            (b"PK\x03\x04..[Content_Types].xml", "an Excel or Word file"),
            (b"PK\x03\x04..nodes.tsv", "a zip archive"),
            (b"SQLite format 3\0", "an SQLite database"),
            (b"\xff\xfei\0d\0", "text in UTF-16"),
            (&[0; 100], "no text, and no archive that can be read"),
            (b"version https://git-lfs.github.com/spec/v1", "a Git LFS pointer, not the file itself"),
        ] {
            assert_eq!(words(beginning), Some(expected));
        }
        assert_eq!((words(b"id\tname\n"), words(b""), words(b"a\0b")), (None, None, None));
    }

    #[test]
    fn beginnings_are_shown_in_short() {
        assert_eq!(first_words(b"\r\n  {\"message\":\t\"Not Found\"}\nmore").as_deref(), Some("{\"message\": \"Not Found\"}"));
        assert_eq!(first_words("ä".repeat(200).as_bytes()).map(|words| words.chars().count()), Some(63));
        assert_eq!(first_words(b"\n \n"), None);
        assert!(is_about_edges(b"id\tsubject\tpredicate\tobject\n") && !is_about_edges(b"id\tcategory\n"));
    }
}
