//! Render: an answer or a complaint as text, one file a format, one table of them all.

mod ascii;
mod cells;
mod citations;
pub mod complaint;
mod cytoscape;
mod dot;
mod draw;
mod graph_words;
mod graphml;
mod grid;
mod json;
mod json_lines;
mod json_value;
mod kgx;
mod look;
mod markdown;
mod mermaid;
mod palette;
mod parts;
mod records;
mod separated;
mod statements;
mod table;
mod text;
mod turtle;

#[cfg(test)]
mod complaint_tests;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod reading_tests;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod table_tests;

use std::io::{self, Write};
use std::path::Path;

use crate::answer::{Answer, Subgraph, ViewGraph};

pub use ascii::ascii;
pub use draw::{Drawn, drawn};
pub use look::{Look, Read, told_time};
pub use palette::{PLAIN, PLAIN_LOOK, Palette, Role, USUAL, WrongLook};
pub use table::read;
pub use text::visible;

/// What the text is written on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// The columns of the terminal; none where it is no terminal, and lines may be as long as they need.
    pub width: Option<usize>,
    /// Whether escape sequences for colour may be written.
    pub colour: bool,
    /// Whether it shows more characters than those of ASCII.
    pub unicode: bool,
}

impl Default for Page {
    fn default() -> Page {
        Page { width: None, colour: false, unicode: true }
    }
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
    /// Writes an answer in it; the text ends with a line break unless it is empty. None for forms that only graphs have: of an
    /// answer they write the view.
    pub write: Option<fn(&Answer, &Page) -> String>,
    /// How it writes a whole graph piece by piece, however large that is; none for forms that need all of it at once.
    pub graph: Option<GraphForm>,
}

/// How a form writes a graph.
#[derive(Clone, Copy, Debug)]
pub struct GraphForm {
    /// Writes all of it to one stream.
    pub write: GraphWriter,
    /// The files that it makes of one graph, where one file cannot hold all of it; else none.
    pub files: &'static [GraphFile],
}

/// One of the files that a form makes of a graph.
#[derive(Clone, Copy, Debug)]
pub struct GraphFile {
    /// What follows the name that was chosen: `_nodes.tsv`.
    pub suffix: &'static str,
    /// Writes its content.
    pub write: GraphWriter,
}

/// Writes a graph, or a part of what is known of it.
pub type GraphWriter = fn(&dyn Subgraph, &mut dyn Write) -> io::Result<()>;

/// Every format, in the order of the manual.
pub const FORMATS: &[Format] = &[
    Format {
        name: "table",
        aliases: &["text", "txt"],
        extensions: &["txt"],
        summary: "rows in a frame, with the evidence below; for people",
        draws_view: false,
        write: Some(table::write),
        graph: None,
    },
    Format {
        name: "json",
        aliases: &[],
        extensions: &["json"],
        summary: "the whole answer as one object: columns, rows, view and evidence",
        draws_view: false,
        write: Some(json::write),
        graph: None,
    },
    Format {
        name: "jsonl",
        aliases: &["ndjson", "json-lines"],
        extensions: &["jsonl", "ndjson"],
        summary: "one object a row, each with its evidence inline",
        draws_view: false,
        write: Some(json_lines::write),
        graph: None,
    },
    Format {
        name: "csv",
        aliases: &[],
        extensions: &["csv"],
        summary: "rows separated by commas, with names and the places that they cite",
        draws_view: false,
        write: Some(separated::write_commas),
        graph: Some(one_file(separated::write_graph_commas)),
    },
    Format {
        name: "tsv",
        aliases: &[],
        extensions: &["tsv", "tab"],
        summary: "rows separated by tabs, with names and the places that they cite",
        draws_view: false,
        write: Some(separated::write_tabs),
        graph: Some(one_file(separated::write_graph_tabs)),
    },
    Format {
        name: "markdown",
        aliases: &["md"],
        extensions: &["md", "markdown"],
        summary: "a table for a note or a page, with the evidence as a numbered list",
        draws_view: false,
        write: Some(markdown::write),
        graph: None,
    },
    Format {
        name: "draw",
        aliases: &["tree", "drawing"],
        extensions: &["tree"],
        summary: "the part of the graph that the answer came from, drawn as trees with the letters of a terminal",
        draws_view: true,
        write: Some(draw::write),
        graph: None,
    },
    Format {
        name: "dot",
        aliases: &["graphviz", "gv"],
        extensions: &["dot", "gv"],
        summary: "the part of the graph that the answer came from, for Graphviz to draw",
        draws_view: true,
        write: Some(dot::write),
        graph: None,
    },
    Format {
        name: "kgx",
        aliases: &["kgx-tsv"],
        extensions: &["kgx.tsv", "tar.gz", "tgz"],
        summary: "the graph as tables of the Knowledge Graph Exchange, NAME_nodes.tsv and NAME_edges.tsv; reads back as it was",
        draws_view: true,
        write: None,
        graph: Some(GraphForm {
            write: kgx::write_stream,
            files: &[
                GraphFile { suffix: "_nodes.tsv", write: kgx::write_nodes_table },
                GraphFile { suffix: "_edges.tsv", write: kgx::write_edges_table },
            ],
        }),
    },
    Format {
        name: "kgx-jsonl",
        aliases: &["kgx-json"],
        extensions: &["kgx.jsonl"],
        summary: "the same as lines of JSON: NAME_nodes.jsonl and NAME_edges.jsonl",
        draws_view: true,
        write: None,
        graph: Some(GraphForm {
            write: kgx::write_stream,
            files: &[
                GraphFile { suffix: "_nodes.jsonl", write: kgx::write_nodes_lines },
                GraphFile { suffix: "_edges.jsonl", write: kgx::write_edges_lines },
            ],
        }),
    },
    Format {
        name: "graphml",
        aliases: &[],
        extensions: &["graphml"],
        summary: "the graph for yEd, Gephi, Cytoscape and NetworkX",
        draws_view: true,
        write: None,
        graph: Some(one_file(graphml::write)),
    },
    Format {
        name: "cytoscape",
        aliases: &["cyjs", "cytoscape-json"],
        extensions: &["cyjs"],
        summary: "the graph for Cytoscape and cytoscape.js",
        draws_view: true,
        write: None,
        graph: Some(one_file(cytoscape::write)),
    },
    Format {
        name: "mermaid",
        aliases: &["mmd"],
        extensions: &["mmd", "mermaid"],
        summary: "a small graph as a flowchart that Markdown pages draw",
        draws_view: true,
        write: None,
        graph: Some(one_file(mermaid::write)),
    },
    Format {
        name: "turtle",
        aliases: &["ttl", "rdf"],
        extensions: &["ttl"],
        summary: "the graph as RDF 1.2, with what is said of each relation at a reifier of its triple",
        draws_view: true,
        write: None,
        graph: Some(one_file(turtle::write)),
    },
];

/// A form of which one file holds all.
const fn one_file(write: GraphWriter) -> GraphForm {
    GraphForm { write, files: &[] }
}

impl Format {
    /// The format of this name or alias, letter case aside.
    pub fn named(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| {
            let mut names = std::iter::once(&format.name).chain(format.aliases);
            names.any(|known| known.eq_ignore_ascii_case(name.trim()))
        })
    }

    /// Whether it writes the view, by itself or with the rows.
    pub fn holds_view(&self) -> bool {
        self.draws_view || self.name == "json"
    }

    /// Whether it has a place for why there are no rows.
    pub fn explains(&self) -> bool {
        matches!(self.name, "table" | "markdown" | "json")
    }

    /// The format that files with this extension are in; the dot before it may be there or not.
    pub fn by_extension(extension: &str) -> Option<&'static Format> {
        let extension = extension.trim_start_matches('.');
        FORMATS.iter().find(|format| format.extensions.iter().any(|known| known.eq_ignore_ascii_case(extension)))
    }

    /// The format that a file is in, by the extension of its name, the longest one that is known: `.kgx.tsv` before `.tsv`. One
    /// more, `.gz`, may follow.
    pub fn of_file(path: &Path) -> Option<&'static Format> {
        // Its beginning need not be text.
        let name = &*path.file_name()?.to_string_lossy();
        let known = |name: &str| {
            let dots = name.match_indices('.').map(|(at, _)| at + 1).skip_while(|at| *at == 1);
            dots.filter_map(|at| name.get(at..)).find_map(Format::by_extension)
        };
        known(name).or_else(|| known(name.get(..name.len().checked_sub(3)?).filter(|_| is_packed(path))?))
    }
}

/// Whether a file is to be packed with gzip: by the extension `.gz`.
pub fn is_packed(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"))
}

/// Writes an answer in a format. The text ends with a line break unless it is empty.
pub fn render(answer: &Answer, format: &Format, page: &Page) -> String {
    match (format.write, format.graph) {
        (Some(write), _) => write(answer, page),
        (None, Some(form)) => {
            let mut bytes = Vec::new();
            // Writing to memory cannot fail, and the view of an answer is at hand.
            let _ = (form.write)(&ViewGraph::new(answer), &mut bytes);
            String::from_utf8(bytes).unwrap_or_default()
        }
        (None, None) => String::new(),
    }
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
        for (name, expected) in
            [("x.y.tar.gz", "kgx"), ("x.kgx.tsv", "kgx"), ("x.tsv.GZ", "tsv"), ("x.KGX.JSONL", "kgx-jsonl"), ("a.b.ttl", "turtle")]
        {
            assert_eq!(Format::of_file(Path::new(name)).map(|found| found.name), Some(expected), "{name}");
        }
        for name in ["dot", ".csv", "x.gz", "x.", ""] {
            assert!(Format::of_file(Path::new(name)).is_none(), "{name}");
        }
        assert!(Format::named("yaml").is_none());
    }
}
