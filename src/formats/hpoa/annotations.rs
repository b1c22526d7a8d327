//! Annotations: rows become relations with what qualifies them, in columns as they will be kept.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::formats::import::frequency::Frequency;
use crate::formats::import::{Cause, DraftBuilder, EntityDraft, GraphDraft, ImportedFile};
use crate::model::{EntityId, KindId, RelationTypeId, Value, canonical};
use crate::store::{BulkIds, BulkRelations, BulkStatements, FastMap, StatementDetail, Strings, hash};

use super::columns::{Columns, as_written};
use super::header::{Header, Role};
use super::references::References;
use super::words::{Aspect, Detail, RelationTypes};

/// A row that names no disease.
const NO_DISEASE: Cause = Cause("no disease with a prefix such as `OMIM:`");
/// A row that names no term.
const NO_TERM: Cause = Cause("no term of the HPO");
/// A row of which nobody says what the term is to the disease.
const NO_ASPECT: Cause = Cause("no aspect that is known (P, I, C, M or H)");
/// A row with bytes that no text has.
const NO_TEXT: Cause = Cause("a byte of zero");
/// A row behind so many that their ids alone are more than a graph can hold.
const TOO_MANY: Cause = Cause("more rows than a graph can hold");
/// The most bytes that the ids of statements may take.
const MOST_ID_BYTES: usize = u32::MAX as usize - (1 << 22);

/// Annotations as they come.
#[derive(Debug)]
pub(super) struct Annotations {
    draft: DraftBuilder,
    relation_types: RelationTypes,
    disease_kind: KindId,
    /// The disease of the last row, as written with its name: rows of one disease stand together.
    last_disease: Option<(String, String, EntityId)>,
    references: References,
    columns: Columns,
    from: Vec<u32>,
    to: Vec<u32>,
    types: Vec<RelationTypeId>,
    /// The field of references of each.
    cited: Vec<u32>,
    sources: Vec<u32>,
    denied: Vec<u32>,
    details: Vec<(u32, StatementDetail)>,
    ids: Ids,
    /// What could not be read, by column: how many, the line of the first and what stands there.
    unreadable: BTreeMap<Detail, (u64, u64, String)>,
    /// What stands where only `NOT` may: how many, the line of the first and what stands there.
    odd_qualifiers: Option<(u64, u64, String)>,
    fields: Vec<Range<usize>>,
}

/// The ids of statements, and what is needed to keep each apart from all others.
#[derive(Debug, Default)]
struct Ids {
    offsets: Vec<u32>,
    bytes: Vec<u8>,
    taken: FastMap<u64, ()>,
    rows: FastMap<u64, ()>,
    /// Rows that say what an earlier one says.
    repeated: u64,
}

impl Annotations {
    /// None so far, of a graph of this name and a table of this version.
    pub(super) fn new(name: &str, version: &str) -> Annotations {
        let mut draft = DraftBuilder::new(name);
        let disease_kind = draft.kind("disease");
        if let Some(kind) = draft.kind_mut(disease_kind) {
            kind.category = Some("biolink:Disease".to_owned());
        }
        Annotations {
            draft,
            relation_types: RelationTypes::default(),
            disease_kind,
            last_disease: None,
            references: References::new(version),
            columns: Columns::default(),
            from: Vec::new(),
            to: Vec::new(),
            types: Vec::new(),
            cited: Vec::new(),
            sources: Vec::new(),
            denied: Vec::new(),
            details: Vec::new(),
            ids: Ids::default(),
            unreadable: BTreeMap::new(),
            odd_qualifiers: None,
            fields: Vec::new(),
        }
    }

    /// Adds a row, or says why it cannot be used.
    pub(super) fn add(&mut self, text: &str, line: u64, header: &Header) -> Result<(), Cause> {
        let mut fields = std::mem::take(&mut self.fields);
        split(text, &mut fields);
        let outcome = self.add_fields(text, &fields, line, header);
        self.fields = fields;
        outcome
    }

    fn add_fields(&mut self, text: &str, fields: &[Range<usize>], line: u64, header: &Header) -> Result<(), Cause> {
        if text.contains('\0') {
            return Err(NO_TEXT);
        }
        if fields.iter().skip(header.width).any(|field| !field.is_empty()) {
            return Err(Cause::TOO_MANY_FIELDS);
        }
        if self.ids.bytes.len() > MOST_ID_BYTES {
            return Err(TOO_MANY);
        }
        let field = |role: Role| header.field(role, text, fields);
        let disease = disease_in(field(Role::Database), field(Role::Disease)).ok_or(NO_DISEASE)?;
        let term = canonical(field(Role::Term));
        if !is_term(&term) {
            return Err(NO_TERM);
        }
        let aspect = match header.place(Role::Aspect) {
            Some(_) => Aspect::of_letter(field(Role::Aspect)).ok_or(NO_ASPECT)?,
            None => Aspect::Symptom,
        };
        let from = self.disease(&disease, field(Role::Name));
        let at = u32::try_from(self.from.len()).unwrap_or(u32::MAX);
        let to = self.draft.entity(&term);
        self.from.push(from.0);
        self.to.push(to.0);
        self.types.push(self.relation_types.of(aspect, &mut self.draft));
        let frequency = self.frequency(at, line, field(Role::Frequency));
        self.qualifiers(at, line, field);
        if self.is_denied(line, field(Role::Qualifier)) || frequency.is_some_and(|frequency| frequency.is_zero()) {
            self.denied.push(at);
        }
        let cited = self.references.place(field(Role::Reference), &mut self.draft);
        self.cite(at, cited, frequency);
        let reference = self.references.get(cited).map_or("", |cited| cited.first());
        let row_end = header.place(Role::Aspect).and_then(|place| fields.get(place)).map_or(text.len(), |aspect| aspect.end);
        self.ids.push((&disease, &term, reference), &text[..row_end]);
        Ok(())
    }

    /// The entity of a disease. Of several names the first is its name, the others are synonyms.
    fn disease(&mut self, id: &str, name: &str) -> EntityId {
        if let Some((last, last_name, entity)) = &self.last_disease
            && last == id
            && last_name == name
        {
            return *entity;
        }
        let entity = self.draft.entity(id);
        match self.draft.declared_mut(entity) {
            Some(known) if known.name.is_empty() => name.clone_into(&mut known.name),
            Some(known) => {
                if !name.is_empty() && known.name != name && known.synonyms.iter().all(|synonym| synonym != name) {
                    known.synonyms.push(name.to_owned());
                }
            }
            None => {
                let kinds = vec![self.disease_kind];
                self.draft.declare(entity, EntityDraft { name: name.to_owned(), kinds, ..EntityDraft::default() });
            }
        }
        self.last_disease = Some((id.to_owned(), name.to_owned(), entity));
        entity
    }

    fn frequency(&mut self, at: u32, line: u64, text: &str) -> Option<Frequency> {
        if is_nothing(text) {
            return None;
        }
        let frequency = Frequency::read(text);
        match &frequency {
            Some(frequency) => {
                self.columns.set(Detail::Frequency, at, Value::Quantity(frequency.share));
                if let Some(class) = frequency.class {
                    self.columns.set_text(Detail::FrequencyClass, at, class);
                }
            }
            None => self.keep_as_written(Detail::Frequency, at, line, text),
        }
        frequency
    }

    fn qualifiers<'t>(&mut self, at: u32, line: u64, field: impl Fn(Role) -> &'t str) {
        self.terms(Detail::Onset, at, line, field(Role::Onset));
        self.terms(Detail::Modifier, at, line, field(Role::Modifier));
        match field(Role::Sex) {
            sex if is_nothing(sex) => {}
            sex if ["male", "m"].iter().any(|word| sex.eq_ignore_ascii_case(word)) => self.columns.set_text(Detail::Sex, at, "male"),
            sex if ["female", "f"].iter().any(|word| sex.eq_ignore_ascii_case(word)) => self.columns.set_text(Detail::Sex, at, "female"),
            sex => self.keep_as_written(Detail::Sex, at, line, sex),
        }
        let code = field(Role::Evidence);
        if !is_nothing(code) {
            self.columns.set_text(Detail::EvidenceCode, at, code);
        }
    }

    /// Terms in a field, each once.
    fn terms(&mut self, detail: Detail, at: u32, line: u64, text: &str) {
        if is_nothing(text) {
            return;
        }
        let mut terms: Vec<Value> = Vec::new();
        for written in text.split([';', ',', '|']).map(str::trim).filter(|written| !written.is_empty()) {
            let term = canonical(written);
            if !is_term(&term) {
                self.keep_as_written(detail, at, line, text);
                return;
            }
            let entity = Value::Entity(self.draft.entity(&term));
            if !terms.contains(&entity) {
                terms.push(entity);
            }
        }
        if !terms.is_empty() {
            self.columns.set(detail, at, Value::List(terms));
        }
    }

    fn keep_as_written(&mut self, detail: Detail, at: u32, line: u64, text: &str) {
        self.columns.set_as_written(detail, at, text);
        self.unreadable.entry(detail).or_insert_with(|| (0, line, text.to_owned())).0 += 1;
    }

    fn is_denied(&mut self, line: u64, qualifier: &str) -> bool {
        let is_denied = qualifier.eq_ignore_ascii_case("not");
        if !is_denied && !is_nothing(qualifier) {
            self.odd_qualifiers.get_or_insert_with(|| (0, line, qualifier.to_owned())).0 += 1;
        }
        is_denied
    }

    fn cite(&mut self, at: u32, place: u32, frequency: Option<Frequency>) {
        let cohort = frequency.and_then(|frequency| frequency.cohort);
        let Some(cited) = self.references.get(place) else { return };
        let source = cited.source();
        if source.is_none() || cohort.is_some() {
            self.details.push((at, StatementDetail { evidence: cited.evidence(cohort), ..StatementDetail::default() }));
        }
        self.cited.push(place);
        self.sources.push(source.or_else(|| Some(cited.evidence(None).first()?.source)).map_or(crate::store::ABSENT, |source| source.0));
    }

    /// What the user should know.
    pub(super) fn notes(&self, header: &Header) -> Vec<String> {
        let mut notes = Vec::new();
        let counted = |count: u64, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
        for (detail, (count, line, text)) in &self.unreadable {
            let what = detail.id().replace('_', " ");
            let values = counted(*count, "value", "values");
            notes.push(format!(
                "{what}: {values} not understood, kept as `{}`; the first is '{}' in line {}",
                as_written(*detail),
                shortened(text),
                line + 1
            ));
        }
        if let Some((count, line, text)) = &self.odd_qualifiers {
            let rows = counted(*count, "row has", "rows have");
            notes.push(format!(
                "{rows} another qualifier than NOT, which is left out; the first is '{}' in line {}",
                shortened(text),
                line + 1
            ));
        }
        if self.ids.repeated > 0 {
            notes.push(format!("{} what an earlier row says; all are kept", counted(self.ids.repeated, "row says", "rows say")));
        }
        if !header.unknown.is_empty() {
            let names: Vec<String> = header.unknown.iter().map(|name| format!("'{}'", shortened(name))).collect();
            notes.push(format!("columns left out: {}", names.join(", ")));
        }
        if header.place(Role::Aspect).is_none() {
            notes.push("there is no column `aspect`: all terms are taken for symptoms".to_owned());
        }
        notes
    }

    /// The draft.
    pub(super) fn finish(mut self, file: ImportedFile) -> GraphDraft {
        let qualifiers = self.columns.finish(&mut self.draft);
        self.draft.file(file);
        let mut draft = self.draft.finish();
        draft.relations = BulkRelations {
            from: self.from,
            to: self.to,
            types: self.types,
            qualifiers,
            statements: BulkStatements {
                ids: self.ids.finish(),
                of_relation: Vec::new(),
                sources: self.sources,
                publications: Some(self.references.publications(self.cited)),
                denied: self.denied,
                details: self.details,
            },
        };
        draft
    }
}

impl Ids {
    /// Adds the id of a statement: disease, term and, if it is not the disease's own entry, the first reference. What differs
    /// otherwise gets digits that depend on all of its row, and what does not differ at all a number.
    fn push(&mut self, (disease, term, reference): (&str, &str, &str), row: &str) {
        const LONGEST_REFERENCE: usize = 40;
        let content = hash(row.as_bytes());
        let is_repeated = self.rows.insert(content, ()).is_some();
        self.repeated += u64::from(is_repeated);
        let mut id = format!("{disease}-{term}");
        if reference.len() > LONGEST_REFERENCE {
            id.push_str(&format!("-{:08x}", hash(reference.as_bytes()) as u32));
        } else if !reference.is_empty() && reference != disease {
            id.push('-');
            id.push_str(reference);
        }
        if !self.take(&id) {
            id.push_str(&format!("-{:08x}", content as u32));
            if !self.take(&id) {
                let numbered = (2u64..).map(|number| format!("{id}-{number}"));
                id = numbered.into_iter().find(|id| self.take(id)).unwrap_or_default();
            }
        }
        if self.offsets.is_empty() {
            self.offsets.push(0);
        }
        self.bytes.extend_from_slice(id.as_bytes());
        self.offsets.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
    }

    fn take(&mut self, id: &str) -> bool {
        self.taken.insert(hash(id.as_bytes()), ()).is_none()
    }

    fn finish(self) -> BulkIds {
        BulkIds::Texts(if self.offsets.is_empty() { Strings::default() } else { Strings::of_parts(self.offsets, self.bytes) })
    }
}

fn split(text: &str, fields: &mut Vec<Range<usize>>) {
    fields.clear();
    let mut start = 0;
    for (at, _) in text.match_indices('\t') {
        fields.push(start..at);
        start = at + 1;
    }
    fields.push(start..text.len());
}

/// The identifier of a disease, from its field and, in the oldest files, that of its collection.
fn disease_in(database: &str, disease: &str) -> Option<String> {
    let written = if database.is_empty() || disease.contains(':') { disease.to_owned() } else { format!("{database}:{disease}") };
    let (prefix, local) = written.split_once(':')?;
    let is_identifier = !prefix.is_empty() && !local.is_empty() && !written.contains(char::is_whitespace);
    is_identifier.then(|| canonical(&written).into_owned())
}

/// Whether an identifier is that of a term of the HPO.
fn is_term(identifier: &str) -> bool {
    identifier.strip_prefix("HP:").is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a field says nothing.
fn is_nothing(field: &str) -> bool {
    matches!(field, "" | "-" | "." | "NA" | "N/A" | "n/a" | "null" | "NULL")
}

/// A text as a note shows it.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    let shown: String = text.chars().take(LONGEST).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if shown.len() < text.len() { format!("{shown}...") } else { shown }
}
