//! Frames: the stanzas of an OBO file, `[Term]` and its like, clause by clause into an ontology.

use std::collections::BTreeMap;

use crate::formats::import::{Cause, Rejected};
use crate::formats::ontology::{Ontology, Property, Term};
use crate::model::{Value, canonical, counted};

use super::clause::{cross_reference, identifier, property_value, quoted, relation, synonym, tag, words};
use super::lines::Line;

/// A line that holds what no text does.
const NOT_PRINTABLE: Cause = Cause("a NUL character");
/// A line longer than any is read.
const TOO_LONG: Cause = Cause("longer than 64 MB");
/// A second identifier within one frame.
const SECOND_ID: Cause = Cause("a second id in one frame");

/// A file while it is read.
pub(super) struct Frames {
    pub(super) ontology: Ontology,
    pub(super) rejected: Rejected,
    pub(super) notes: Vec<String>,
    /// How many frames there are, of whatever sort.
    pub(super) count: u64,
    /// Whether a clause was seen that only files of this format have.
    pub(super) is_recognised: bool,
    namespace: String,
    frame: Option<Frame>,
    /// How many clauses have tags that are not read.
    unread: BTreeMap<String, u64>,
}

/// What a frame describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Term,
    Typedef,
    Instance,
    /// Something that is not read.
    Other,
}

/// A frame while it is read.
struct Frame {
    sort: Sort,
    /// Where it begins.
    line: u64,
    heading: Vec<u8>,
    /// As written; empty until it is read.
    id: String,
    is_anonymous: bool,
    term: Term,
    property: Property,
    /// The predicate and the other end of each relation.
    relations: Vec<(String, String)>,
    equivalents: Vec<String>,
}

impl Frames {
    pub(super) fn new(keep_rejected: bool) -> Frames {
        Frames {
            ontology: Ontology::default(),
            rejected: Rejected::new(keep_rejected),
            notes: Vec::new(),
            count: 0,
            is_recognised: false,
            namespace: String::new(),
            frame: None,
            unread: BTreeMap::new(),
        }
    }

    /// Takes in a line.
    pub(super) fn line(&mut self, line: &Line<'_>) {
        let outcome = match std::str::from_utf8(line.text) {
            _ if line.is_too_long => Err(TOO_LONG),
            Err(_) => Err(Cause::NOT_TEXT),
            Ok("") => Ok(()),
            Ok(text) if text.starts_with('!') => Ok(()),
            Ok(text) if text.contains('\0') => Err(NOT_PRINTABLE),
            Ok(text) if text.starts_with('[') => {
                self.heading(text, line.number);
                Ok(())
            }
            Ok(text) => tag(text).and_then(|(tag, value)| match self.frame.take() {
                Some(mut frame) => {
                    let outcome = self.clause(&mut frame, tag, value);
                    self.frame = Some(frame);
                    outcome
                }
                None => self.header(tag, value),
            }),
        };
        if let Err(cause) = outcome {
            self.rejected.add(cause, 0, line.number, line.text);
        }
    }

    fn heading(&mut self, text: &str, number: u64) {
        self.end_frame();
        let name = text[1..].split(']').next().unwrap_or_default().trim();
        let sort = match name.to_ascii_lowercase().as_str() {
            "term" => Sort::Term,
            "typedef" => Sort::Typedef,
            "instance" => Sort::Instance,
            _ => Sort::Other,
        };
        self.count += 1;
        self.is_recognised |= sort != Sort::Other;
        if sort == Sort::Other {
            self.ontology.leave_out(
                "frame of another sort than Term, Typedef and Instance",
                "frames of other sorts than Term, Typedef and Instance",
            );
        }
        self.frame = Some(Frame {
            sort,
            line: number,
            heading: text.as_bytes().to_vec(),
            id: String::new(),
            is_anonymous: false,
            term: Term::default(),
            property: Property::default(),
            relations: Vec::new(),
            equivalents: Vec::new(),
        });
    }

    /// A clause before the first frame.
    fn header(&mut self, tag: &str, value: &str) -> Result<(), Cause> {
        let edition = self.ontology.edition_mut();
        match tag {
            "format-version" => self.is_recognised = true,
            "ontology" => {
                edition.ontology = identifier(value)?;
                self.is_recognised = true;
            }
            "data-version" => {
                edition.version = words(value)?;
                self.is_recognised = true;
            }
            "date" if edition.version.is_empty() => edition.version = words(value)?,
            "default-namespace" => self.namespace = identifier(value)?,
            "import" => self.notes.push(format!("imports '{}', which is not read", identifier(value)?)),
            _ if tag.starts_with("treat-xrefs-as") => {
                self.ontology.leave_out("rule that makes relations of xrefs", "rules that make relations of xrefs")
            }
            _ => {}
        }
        Ok(())
    }

    fn clause(&mut self, frame: &mut Frame, tag: &str, value: &str) -> Result<(), Cause> {
        if tag == "id" && frame.sort != Sort::Other {
            if !frame.id.is_empty() {
                return Err(SECOND_ID);
            }
            frame.id = identifier(value)?;
            return Ok(());
        }
        match frame.sort {
            Sort::Term | Sort::Instance => self.said_of_term(frame, tag, value),
            Sort::Typedef => said_of_property(&mut frame.property, tag, value),
            Sort::Other => Ok(()),
        }
    }

    fn said_of_term(&mut self, frame: &mut Frame, tag: &str, value: &str) -> Result<(), Cause> {
        let term = &mut frame.term;
        let mut say = |predicate: &str, value: String| term.properties.push((predicate.to_owned(), Value::text(value)));
        match tag {
            "name" => term.set_name(&words(value)?),
            "namespace" => term.namespace = identifier(value)?,
            "def" => term.set_definition(&quoted(value)?.0),
            "synonym" | "exact_synonym" | "broad_synonym" | "narrow_synonym" | "related_synonym" => {
                term.synonyms.push(synonym(tag, value)?)
            }
            "alt_id" => term.alternative_ids.push(canonical(&identifier(value)?).into_owned()),
            "xref" | "xref_analog" | "xref_unk" | "xref_unknown" => {
                let (id, is_same) = cross_reference(value)?;
                let id = canonical(&id).into_owned();
                if is_same { term.xrefs.push(id) } else { say("related_xref", id) }
            }
            "property_value" => {
                let (predicate, value) = property_value(value)?;
                term.say(&predicate, value);
            }
            "comment" => say("comment", words(value)?),
            "subset" => say("subset", identifier(value)?),
            "consider" | "use_term" => say("consider", canonical(&identifier(value)?).into_owned()),
            "created_by" | "creation_date" => say(tag, words(value)?),
            "replaced_by" => term.replaced_by.push(canonical(&identifier(value)?).into_owned()),
            "is_obsolete" => term.is_obsolete = matches!(identifier(value)?.to_ascii_lowercase().as_str(), "true" | "1"),
            "is_anonymous" => frame.is_anonymous = identifier(value)? != "false",
            "is_a" => frame.relations.push(("is_a".to_owned(), identifier(value)?)),
            "instance_of" => frame.relations.push(("instance_of".to_owned(), identifier(value)?)),
            "relationship" => frame.relations.push(relation(value)?),
            "equivalent_to" => frame.equivalents.push(identifier(value)?),
            "intersection_of" => {
                self.ontology.leave_out("part of a logical definition (intersection_of)", "parts of logical definitions (intersection_of)")
            }
            "union_of" => self.ontology.leave_out("part of a union (union_of)", "parts of unions (union_of)"),
            "disjoint_from" => self.ontology.leave_out("disjointness (disjoint_from)", "disjointnesses (disjoint_from)"),
            "builtin" => {}
            _ => *self.unread.entry(tag.to_owned()).or_default() += 1,
        }
        Ok(())
    }

    fn end_frame(&mut self) {
        let Some(mut frame) = self.frame.take() else { return };
        if frame.sort == Sort::Other {
            return;
        }
        if frame.id.is_empty() {
            self.rejected.add(Cause::NO_ID, 0, frame.line, &frame.heading);
            return;
        }
        if frame.is_anonymous || frame.id.starts_with("_:") {
            self.ontology.leave_out("anonymous term", "anonymous terms");
            return;
        }
        let id = canonical(&frame.id).into_owned();
        if frame.sort == Sort::Typedef {
            self.ontology.declare_property(&id, frame.property);
            return;
        }
        if frame.term.namespace.is_empty() {
            frame.term.namespace.clone_from(&self.namespace);
        }
        self.ontology.declare(&id, frame.term);
        for (predicate, target) in &frame.relations {
            self.ontology.relate(&id, &canonical(predicate), &canonical(target));
        }
        if !frame.equivalents.is_empty() {
            let mut group = vec![id];
            group.extend(frame.equivalents.iter().map(|other| canonical(other).into_owned()));
            self.ontology.equate(&group);
        }
    }

    /// Ends the last frame.
    pub(super) fn end(&mut self) {
        self.end_frame();
        const MOST: usize = 5;
        let clauses = |(tag, count): (&String, &u64)| format!("{} '{tag}' not read", counted(*count, "clause", "clauses"));
        self.notes.extend(self.unread.iter().take(MOST).map(clauses));
        if self.unread.len() > MOST {
            let rest: u64 = self.unread.values().skip(MOST).sum();
            self.notes.push(format!("{} with other tags not read", counted(rest, "clause", "clauses")));
        }
    }
}

fn said_of_property(property: &mut Property, tag: &str, value: &str) -> Result<(), Cause> {
    match tag {
        "name" => property.label = words(value)?,
        "def" => property.definition = quoted(value)?.0,
        "inverse_of" => property.inverse = Some(canonical(&identifier(value)?).into_owned()),
        "xref" => property.xrefs.push(canonical(&cross_reference(value)?.0).into_owned()),
        _ => {}
    }
    Ok(())
}
