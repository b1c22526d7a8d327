//! Render: an answer or a complaint as text, one file a format, one table of them all.

pub mod complaint;
mod dot;
mod json;
mod json_lines;
mod json_value;
mod markdown;
mod separated;
mod table;
mod text;

#[cfg(test)]
mod complaint_tests;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod table_tests;

use std::path::Path;

use crate::answer::Answer;

pub use text::visible;

/// What the text is written on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The columns of the terminal; none where it is no terminal, and lines may be as long as they need.
    pub width: Option<usize>,
    /// Whether escape sequences for colour may be written.
    pub colour: bool,
}

/// A form that an answer can be written in.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What it is called where a format is chosen.
    pub name: &'static str,
    /// Other names for it.
    pub aliases: &'static [&'static str],
    /// The extensions of files in it, without the dot, the usual one first.
    pub extensions: &'static [&'static str],
    /// What it is good for, in one line.
    pub summary: &'static str,
    /// Whether it writes the view (the part of the graph) rather than the rows.
    pub draws_view: bool,
    /// Writes an answer in it; the text ends with a line break unless it is empty.
    pub write: fn(&Answer, &Page) -> String,
}

/// Every format, in the order of the manual.
pub const FORMATS: &[Format] = &[
    Format {
        name: "table",
        aliases: &["text", "txt"],
        extensions: &["txt"],
        summary: "rows in a frame, with the evidence below; for people",
        draws_view: false,
        write: table::write,
    },
    Format {
        name: "json",
        aliases: &[],
        extensions: &["json"],
        summary: "the whole answer as one object: columns, rows, view and evidence",
        draws_view: false,
        write: json::write,
    },
    Format {
        name: "jsonl",
        aliases: &["ndjson", "json-lines"],
        extensions: &["jsonl", "ndjson"],
        summary: "one object a row, each with its evidence inline",
        draws_view: false,
        write: json_lines::write,
    },
    Format {
        name: "csv",
        aliases: &[],
        extensions: &["csv"],
        summary: "rows separated by commas, with names and the places that they cite",
        draws_view: false,
        write: separated::write_commas,
    },
    Format {
        name: "tsv",
        aliases: &[],
        extensions: &["tsv", "tab"],
        summary: "rows separated by tabs, with names and the places that they cite",
        draws_view: false,
        write: separated::write_tabs,
    },
    Format {
        name: "markdown",
        aliases: &["md"],
        extensions: &["md", "markdown"],
        summary: "a table for a note or a page, with the evidence as a numbered list",
        draws_view: false,
        write: markdown::write,
    },
    Format {
        name: "dot",
        aliases: &["graphviz", "gv"],
        extensions: &["dot", "gv"],
        summary: "the part of the graph that the answer came from, for Graphviz to draw",
        draws_view: true,
        write: dot::write,
    },
];

impl Format {
    /// The format of this name or alias, letter case aside.
    pub fn named(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| {
            let mut names = std::iter::once(&format.name).chain(format.aliases);
            names.any(|known| known.eq_ignore_ascii_case(name.trim()))
        })
    }

    /// The format that files with this extension are in; the dot before it may be there or not.
    pub fn by_extension(extension: &str) -> Option<&'static Format> {
        let extension = extension.trim_start_matches('.');
        FORMATS.iter().find(|format| format.extensions.iter().any(|known| known.eq_ignore_ascii_case(extension)))
    }

    /// The format that a file is in, by the extension of its name.
    pub fn of_file(path: &Path) -> Option<&'static Format> {
        Format::by_extension(path.extension()?.to_str()?)
    }
}

/// Writes an answer in a format. The text ends with a line break unless it is empty.
pub fn render(answer: &Answer, format: &Format, page: &Page) -> String {
    (format.write)(answer, page)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{FORMATS, Format};

    #[test]
    fn formats_are_found_by_name_alias_and_extension() {
        for format in FORMATS {
            assert_eq!(Format::named(format.name).map(|found| found.name), Some(format.name));
            for alias in format.aliases {
                assert_eq!(Format::named(alias).map(|found| found.name), Some(format.name));
            }
            for extension in format.extensions {
                assert_eq!(Format::by_extension(extension).map(|found| found.name), Some(format.name));
            }
        }
        assert_eq!(Format::named("MD").map(|found| found.name), Some("markdown"));
        assert_eq!(Format::named("ndjson").map(|found| found.name), Some("jsonl"));
        assert_eq!(Format::of_file(Path::new("out/view.dot")).map(|found| found.name), Some("dot"));
        assert_eq!(Format::by_extension(".TSV").map(|found| found.name), Some("tsv"));
        assert!(Format::of_file(Path::new("dot")).is_none());
        assert!(Format::named("yaml").is_none());
    }
}
