//! Obographs: ontologies as OBO Graphs in JSON: nodes, edges and what is said of them, one graph or several in a document.

mod document;
mod element;
mod source;

use serde::de::DeserializeSeed;
use serde_json::error::Category;

use crate::diagnostic::{Code, Complaints, Diagnostic};
use crate::model::counted;

use super::import::{GraphDraft, ImportedFile, Input, Reading, Rejected};
use super::ontology::Ontology;

use document::{Document, Graph};
use source::Source;

/// Whether a file that begins so is one of this format. Other graphs in JSON have nodes and edges too, but call them by other words.
/// `name` is the name of the file, which counts where the beginning tells too little.
pub fn recognises(beginning: &[u8], name: &str) -> bool {
    let text = beginning.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(beginning).trim_ascii_start();
    if !text.starts_with(b"{") {
        return false;
    }
    let has_key = |key: &str| {
        let quoted = format!("\"{key}\"");
        let mut rest = text;
        while let Some(at) = rest.windows(quoted.len()).position(|window| window == quoted.as_bytes()) {
            rest = &rest[at + quoted.len()..];
            if rest.trim_ascii_start().starts_with(b":") {
                return true;
            }
        }
        false
    };
    let is_other = ["elements", "links", "category", "subject", "predicate", "source", "target"].into_iter().any(has_key);
    let is_own = ["lbl", "sub", "pred", "obj", "propertyType", "basicPropertyValues"].into_iter().any(has_key);
    let has_graph = ["graphs", "nodes", "edges"].into_iter().any(has_key);
    let is_called_so = name.to_ascii_lowercase().ends_with(".json");
    has_graph && (is_own || (!is_other && (has_key("graphs") || is_called_so)))
}

/// Reads the graphs of a document as one. `name` is what it is called.
///
/// # Errors
/// A file that cannot be read, is not JSON or holds no graph; an interruption. Nodes and edges that cannot be used are no error: they
/// are counted.
pub fn read(name: &str, input: &Input, reading: Reading<'_>) -> Result<GraphDraft, Complaints> {
    let shown = input.path().display();
    let file = input.open().map_err(|error| Diagnostic::error(Code::Unreadable, format!("'{shown}' cannot be read: {error}")))?;
    let source = Source::new(file, reading.interrupt);
    let mut document = Document {
        source: &source,
        ontology: Ontology::default(),
        rejected: Rejected::new(reading.keep_rejected),
        keep_rejected: reading.keep_rejected,
        lists: 0,
        nodes: 0,
        properties: 0,
        edges: 0,
    };
    let mut deserializer = serde_json::Deserializer::from_reader(&source);
    let outcome = Graph(&mut document).deserialize(&mut deserializer);
    let end = outcome.and_then(|()| match deserializer.end() {
        Err(error) if error.is_io() => Err(error),
        end => Ok(end.is_ok()),
    });
    let is_whole = end.map_err(|error| complaint(&shown.to_string(), &error, source.is_interrupted()))?;
    if document.lists == 0 {
        let complaint = Diagnostic::error(Code::Malformed, format!("'{shown}' holds no graph"));
        return Err(complaint.help("a document of OBO Graphs has a list `graphs`, and each graph its `nodes` and `edges`").into());
    }
    let Document { ontology, rejected, nodes, properties, edges, .. } = document;
    let (rejected, rejected_rows) = rejected.finish(&[0]);
    let mut notes = Vec::new();
    if properties > 0 {
        let all = counted(nodes, "node", "nodes");
        let named = counted(properties, "predicate gives its name to a relation type", "predicates give their names to relation types");
        notes.push(format!("of {all}, {named}"));
    }
    if !is_whole {
        notes.push("what stands behind the end of the document is not read".to_owned());
    }
    let file = ImportedFile { path: input.path().to_owned(), format: "OBO Graphs", rows: nodes + edges, rejected, rejected_rows, notes };
    Ok(ontology.finish(name, reading.keep_obsolete, file))
}

/// Why a document could not be read to its end.
fn complaint(shown: &str, error: &serde_json::Error, is_interrupted: bool) -> Complaints {
    if is_interrupted {
        return Diagnostic::error(Code::Interrupted, "interrupted").into();
    }
    let place = format!("line {}, column {}", error.line(), error.column());
    match error.classify() {
        Category::Io => Diagnostic::error(Code::Unreadable, format!("'{shown}' cannot be read: {error}")),
        Category::Eof => {
            Diagnostic::error(Code::Malformed, format!("'{shown}' breaks off in {place}")).help("was it copied or downloaded to its end?")
        }
        Category::Syntax | Category::Data => {
            // The place stands in front already.
            let fault = error.to_string();
            let fault = fault.split(" at line ").next().unwrap_or_default();
            Diagnostic::error(Code::Malformed, format!("'{shown}' is not a document of OBO Graphs: {place}: {fault}"))
                .help("such a document is JSON with a list `graphs`, and each graph has its `nodes` and `edges`")
        }
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::recognises;

    #[test]
    fn documents_are_recognised_by_their_words() {
        for text in [
            "{\"graphs\": [",
            "\u{FEFF} {\n \"graphs\" : [ { \"nodes\" : [ { \"id\" : \"x\", \"lbl\": \"source\"",
            "{\"meta\": {}, \"nodes\": [{\"id\": \"x\", \"lbl\": \"y\"",
            "{\"edges\": [{\"sub\": \"x\", \"pred\": \"is_a\"",
        ] {
            assert!(recognises(text.as_bytes(), "file"), "{text}");
        }
        assert!(recognises(b"{\"id\": \"x\", \"nodes\": [", "x.json"));
        for text in [
            "",
            "[{\"graphs\": []}]",
            "{\"nodes\": [{\"id\": \"x\", \"category\": [\"biolink:Gene\"]}]}",
            "{\"elements\": {\"nodes\": [{\"data\": {}}]}}",
            "{\"nodes\": [{\"id\": 1}], \"links\": []}",
            "{\"graphs\": [{\"edges\": [{\"source\": \"a\", \"target\": \"b\"",
            "{\"id\": \"graphs\"}",
        ] {
            assert!(!recognises(text.as_bytes(), "x.json"), "{text}");
        }
    }
}
