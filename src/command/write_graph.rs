//! Write graph: the file or the files of a graph in a form: which they are, and each whole or not at all.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::answer::{Answer, Subgraph, ViewGraph};
use crate::diagnostic::Complaints;
use crate::formats::packing::{Member, archive, gzip};
use crate::render::{Format, GraphForm, GraphWriter, Page, is_packed, render};

use super::write_file::{write_file, write_file_with};

/// Endings of names that the files of a form of several files replace by their own.
const ENDINGS: [&str; 6] = [".kgx.tsv", ".kgx.jsonl", ".tsv", ".jsonl", ".kgx", ""];

/// Writes a graph to the file of this name, or, in a form of several files, to files whose names begin like it. One that ends with
/// `.gz` is packed, one that ends with `.tar.gz` or `.tgz` is an archive of all files of the form. Gives the files written.
///
/// # Errors
/// A file cannot be written; no part of the graph is left then. Or whatever stops the visit of the graph.
pub fn write_graph(path: &Path, format: &Format, form: &GraphForm, graph: &dyn Subgraph) -> Result<Vec<PathBuf>, Complaints> {
    if is_archive(path) {
        let stem = stem(path, &[".tar.gz", ".tgz"]);
        let name = stem.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let files: Vec<(String, GraphWriter)> = match form.files {
            [] => vec![(format!("{name}.{}", format.extensions.first().unwrap_or(&format.name)), form.write)],
            files => files.iter().map(|file| (format!("{name}{}", file.suffix), file.write)).collect(),
        };
        write_archive(path, &files, graph)?;
        return Ok(vec![path.to_owned()]);
    }
    match form.files {
        // A device has no files beside it.
        files if files.is_empty() || path.starts_with("/dev") => {
            write_one(path, form.write, graph, &|| Ok(())).map(|()| vec![path.to_owned()])
        }
        files => {
            let packed = if is_packed(path) { ".gz" } else { "" };
            let stem = without_table(stem(&without_packing(path), &ENDINGS));
            let named = |suffix: &str| {
                let mut name = stem.clone().into_os_string();
                name.push(suffix);
                name.push(packed);
                PathBuf::from(name)
            };
            let files: Vec<(PathBuf, GraphWriter)> = files.iter().map(|file| (named(file.suffix), file.write)).collect();
            write_all(&files, graph)?;
            Ok(files.into_iter().map(|(path, _)| path).collect())
        }
    }
}

/// Writes an answer to the file of this name, or its view to the files of a form of graphs; packed if the name ends with `.gz`.
///
/// # Errors
/// As for [`write_graph`].
pub fn write_answer(path: &Path, format: &Format, answer: &Answer, page: &Page) -> Result<Vec<PathBuf>, Complaints> {
    match format.graph {
        Some(form) if format.write.is_none() => write_graph(path, format, &form, &ViewGraph::new(answer)),
        _ => {
            write_text(path, &render(answer, format, page))?;
            Ok(vec![path.to_owned()])
        }
    }
}

/// Writes a text to a file, packed if its name ends with `.gz`.
///
/// # Errors
/// The file cannot be written.
pub fn write_text(path: &Path, text: &str) -> Result<(), Complaints> {
    if is_packed(path) {
        write_file_with(path, &|out| gzip(out, |out| out.write_all(text.as_bytes())))
    } else {
        write_file(path, text.as_bytes())
    }
}

/// Writes files, each of which takes its place only once the next ones are complete.
fn write_all(files: &[(PathBuf, GraphWriter)], graph: &dyn Subgraph) -> Result<(), Complaints> {
    match files {
        [] => Ok(()),
        [(path, write), rest @ ..] => write_one(path, *write, graph, &|| write_all(rest, graph)),
    }
}

/// Writes a file, does what has to be done before it takes its place, and puts it there.
fn write_one(path: &Path, write: GraphWriter, graph: &dyn Subgraph, before: &dyn Fn() -> Result<(), Complaints>) -> Result<(), Complaints> {
    let failure: RefCell<Option<Complaints>> = RefCell::default();
    let written = write_file_with(path, &|out| {
        let mut out = BufWriter::with_capacity(1 << 16, out);
        if is_packed(path) {
            gzip(&mut out, |out| write(graph, out))?
        } else {
            write(graph, &mut out)?
        }
        out.flush()?;
        drop(out);
        before().map_err(|complaints| {
            *failure.borrow_mut() = Some(complaints);
            io::Error::other("another file cannot be written")
        })
    });
    match failure.into_inner() {
        Some(complaints) => Err(complaints),
        None => written,
    }
}

fn write_archive(path: &Path, files: &[(String, GraphWriter)], graph: &dyn Subgraph) -> Result<(), Complaints> {
    let member = |(name, write): &(String, GraphWriter)| -> Member<'_> {
        let write = *write;
        (name.clone(), Box::new(move |out| write(graph, out)))
    };
    let members: Vec<Member<'_>> = files.iter().map(member).collect();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
    // What has to be measured first lies where the archive will: there is room for it if there is for that.
    let room = || -> io::Result<File> { tempfile::tempfile_in(&folder).or_else(|_| tempfile::tempfile()) };
    write_file_with(path, &|out| {
        let mut out = BufWriter::with_capacity(1 << 16, out);
        archive(&mut out, &members, room)?;
        out.flush()
    })
}

/// Writes a graph to standard output or wherever else bytes are wanted one after the other.
///
/// # Errors
/// Those of the stream, and whatever stops the visit of the graph.
pub fn stream_graph(form: &GraphForm, graph: &dyn Subgraph, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    (form.write)(graph, &mut out)?;
    out.flush()
}

fn is_archive(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    name.ends_with(".tar.gz") || name.ends_with(".tgz")
}

/// A path without the extension `.gz`.
fn without_packing(path: &Path) -> PathBuf {
    if is_packed(path) { path.with_extension("") } else { path.to_owned() }
}

/// A path without the first of these endings that its name has.
fn stem(path: &Path, endings: &[&str]) -> PathBuf {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return path.to_owned() };
    let is_ending = |ending: &&&str| {
        let at = name.len().checked_sub(ending.len()).filter(|at| *at > 0);
        at.and_then(|at| name.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(ending))
    };
    match endings.iter().find(is_ending) {
        Some(ending) => path.with_file_name(&name[..name.len() - ending.len()]),
        None => path.to_owned(),
    }
}

/// A path without what tells the two tables apart: who names one of them means both.
fn without_table(path: PathBuf) -> PathBuf {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return path };
    let bare = name.strip_suffix("_nodes").or_else(|| name.strip_suffix("_edges")).filter(|bare| !bare.is_empty());
    match bare {
        Some(bare) => path.with_file_name(bare),
        None => path,
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{ENDINGS, is_archive, stem, without_packing, without_table};

    #[test]
    fn names_of_tables_follow_from_the_name_given() {
        let base = |name: &str| without_table(stem(&without_packing(Path::new(name)), &ENDINGS));
        for name in ["x", "x.tsv", "x.kgx.tsv", "x.jsonl", "x_nodes.tsv", "x_edges.tsv.gz", "x.KGX", "x.kgx.jsonl"] {
            assert_eq!(base(name), PathBuf::from("x"), "{name}");
        }
        assert_eq!(base("a.b/x.y"), PathBuf::from("a.b/x.y"));
        assert_eq!(base("_nodes.tsv"), PathBuf::from("_nodes"));
        assert!(is_archive(Path::new("x.TAR.GZ")) && is_archive(Path::new("a/x.tgz")) && !is_archive(Path::new("x.gz")));
    }
}
