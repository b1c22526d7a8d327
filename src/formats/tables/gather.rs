//! Gather: rows of nodes and edges become entities and relations, column by column.

use std::collections::BTreeMap;

use crate::formats::import::{Cause, DraftBuilder, EntityDraft, GraphDraft, ImportedFile};
use crate::model::{EntityId, KindId, RelationTypeId, canonical};
use crate::store::{ABSENT, BulkColumn, BulkIds, BulkRelations, BulkStatements, FastMap, Strings, hash};

use super::header::Header;
use super::mapping::{Mapping, Role};
use super::metaedges;
use super::records::Fields;
use super::values::{Values, boolean, is_nothing, members};

/// What edges are called that nobody names.
pub(super) const UNNAMED: &str = "related_to";
/// How ids of statements begin that have none of their own.
const EDGE: &str = "edge";

/// What the tables hold so far.
#[derive(Debug)]
pub(super) struct Gathered {
    draft: DraftBuilder,
    /// The kind and the relation of all rows that say none.
    kind: Option<String>,
    relation: String,
    kinds: FastMap<Box<str>, Vec<KindId>>,
    relation_types: FastMap<Box<str>, RelationTypeId>,
    from: Vec<u32>,
    to: Vec<u32>,
    types: Vec<RelationTypeId>,
    sources: Vec<u32>,
    publications: Values,
    denied: Vec<u32>,
    ids: Ids,
    qualifiers: BTreeMap<String, Values>,
    properties: BTreeMap<String, Values>,
    /// Entities that only edges speak of, with a name or kind.
    pub declared_by_edges: u64,
}

/// The ids of statements where edges have ids.
#[derive(Debug, Default)]
struct Ids {
    texts: Vec<Box<str>>,
    taken: FastMap<u64, ()>,
}

/// Where the columns of a table are.
pub(super) struct Places {
    header: Header,
    further: Vec<(usize, String)>,
}

impl Places {
    /// The columns of a table, those that are properties or qualifiers made known to what is gathered.
    pub(super) fn of(header: Header, gathered: &mut Gathered) -> Places {
        let own = if header.is_edges { &mut gathered.qualifiers } else { &mut gathered.properties };
        for (_, name, list) in header.further_columns() {
            let values = own.entry(name.to_owned()).or_default();
            values.list = values.list.or(list);
        }
        let further = header.further_columns().map(|(at, name, _)| (at, name.to_owned())).collect();
        Places { header, further }
    }

    /// How many columns there are.
    pub(super) fn width(&self) -> usize {
        self.header.columns.len()
    }

    /// Whether it is a table of edges.
    pub(super) fn is_edges(&self) -> bool {
        self.header.is_edges
    }

    fn field<'f>(&self, fields: &'f Fields, role: &Role) -> &'f str {
        let field = self.header.place(role).map_or("", |at| fields.get(at));
        if is_nothing(field) { "" } else { field }
    }
}

impl Gathered {
    /// Nothing yet, of a graph of this name.
    pub(super) fn new(name: &str, mapping: &Mapping) -> Gathered {
        Gathered {
            draft: DraftBuilder::new(name),
            kind: mapping.kind.clone(),
            relation: mapping.relation.clone().unwrap_or_else(|| UNNAMED.to_owned()),
            kinds: FastMap::default(),
            relation_types: FastMap::default(),
            from: Vec::new(),
            to: Vec::new(),
            types: Vec::new(),
            sources: Vec::new(),
            publications: Values::default(),
            denied: Vec::new(),
            ids: Ids::default(),
            qualifiers: BTreeMap::new(),
            properties: BTreeMap::new(),
            declared_by_edges: 0,
        }
    }

    /// Adds a row of nodes, or says why it cannot be used.
    pub(super) fn node(&mut self, fields: &Fields, places: &Places) -> Result<(), Cause> {
        let field = |role: Role| places.field(fields, &role);
        let id = field(Role::Id);
        if id.is_empty() {
            return Err(Cause::NO_ID);
        }
        let entity = self.draft.entity(id);
        if self.draft.declared_mut(entity).is_some() {
            return Err(Cause::REPEATED_ID);
        }
        let list = |role: Role| {
            let text = field(role);
            let between = if text.contains('|') { '|' } else { ';' };
            members(text, between).into_iter().map(str::to_owned).collect::<Vec<String>>()
        };
        let mut xrefs = list(Role::Xrefs);
        xrefs.extend(identifier_in(id).filter(|xref| !xrefs.contains(xref)));
        let written = match field(Role::Kind) {
            "" => self.kind.clone().unwrap_or_default(),
            kind => kind.to_owned(),
        };
        let kinds = self.kinds_of(&written);
        let (name, definition) = (field(Role::Name).to_owned(), field(Role::Definition).to_owned());
        let draft = EntityDraft { name, kinds, synonyms: list(Role::Synonyms), xrefs, definition, properties: Vec::new() };
        self.draft.declare(entity, draft);
        for (at, name) in &places.further {
            if let Some(values) = self.properties.get_mut(name) {
                values.push(entity.0, fields.get(*at));
            }
        }
        Ok(())
    }

    /// Adds a row of edges, or says why it cannot be used.
    pub(super) fn edge(&mut self, fields: &Fields, places: &Places) -> Result<(), Cause> {
        let field = |role: Role| places.field(fields, &role);
        if field(Role::Source).is_empty() {
            return Err(Cause::NO_SUBJECT);
        }
        if field(Role::Target).is_empty() {
            return Err(Cause::NO_OBJECT);
        }
        let relation = match (places.header.place(&Role::Relation), field(Role::Relation)) {
            (None, _) => self.relation.clone(),
            (Some(_), "") => return Err(Cause::NO_PREDICATE),
            (Some(_), relation) => relation.to_owned(),
        };
        let from = self.end(field(Role::SourcePrefix), field(Role::Source), field(Role::SourceName), field(Role::SourceKind));
        let to = self.end(field(Role::TargetPrefix), field(Role::Target), field(Role::TargetName), field(Role::TargetKind));
        self.relate(from, &relation, to);
        let at = u32::try_from(self.from.len() - 1).unwrap_or(u32::MAX);
        let is_negated = field(Role::Negated);
        if boolean(is_negated) == Some(true) || ["1", "yes", "not", "y", "t"].iter().any(|word| is_negated.eq_ignore_ascii_case(word)) {
            self.denied.push(at);
        }
        let source = field(Role::Evidence);
        if !source.is_empty() {
            self.sources.resize(at as usize, ABSENT);
            self.sources.push(self.draft.source(source, source).0);
        }
        let publications = publications(field(Role::Publication));
        if !publications.is_empty() {
            self.publications.push(at, &publications);
        }
        let id = field(Role::Statement);
        if !id.is_empty() {
            self.ids.set(at, id);
        }
        for (column, name) in &places.further {
            if let Some(values) = self.qualifiers.get_mut(name) {
                values.push(at, fields.get(*column));
            }
        }
        Ok(())
    }

    /// Adds a row of simple interactions, `a relation b c d`; an entity alone is just that.
    pub(super) fn interactions(&mut self, fields: &Fields) -> Result<(), Cause> {
        let (first, relation) = (fields.get(0), fields.get(1));
        if first.is_empty() {
            return Err(Cause::NO_SUBJECT);
        }
        if fields.len() == 1 {
            self.draft.entity(first);
            return Ok(());
        }
        if relation.is_empty() {
            return Err(Cause::NO_PREDICATE);
        }
        let ends: Vec<&str> = fields.iter().skip(2).filter(|end| !end.is_empty()).collect();
        if ends.is_empty() {
            return Err(Cause::NO_OBJECT);
        }
        for end in ends {
            let (from, to) = (self.draft.entity(first), self.draft.entity(end));
            self.relate(from, relation, to);
        }
        Ok(())
    }

    fn relate(&mut self, from: EntityId, relation: &str, to: EntityId) {
        let relation_type = match self.relation_types.get(relation) {
            Some(known) => *known,
            None => self.new_relation_type(relation),
        };
        self.from.push(from.0);
        self.to.push(to.0);
        self.types.push(relation_type);
    }

    fn new_relation_type(&mut self, written: &str) -> RelationTypeId {
        let id = written.split_whitespace().collect::<Vec<_>>().join("_");
        let bare = id.rsplit(['#', ':', '/']).next().unwrap_or(&id).to_ascii_lowercase();
        let is_subclass = matches!(bare.as_str(), "is_a" | "isa" | "subclass_of" | "subclassof");
        let relation_type = self.draft.relation_type(if is_subclass { "is_a" } else { &id });
        if let Some(declared) = self.draft.relation_type_mut(relation_type) {
            metaedges::give_words(declared);
        }
        self.relation_types.insert(written.into(), relation_type);
        relation_type
    }

    /// The entity at an end of an edge, which its table may declare on the way.
    fn end(&mut self, prefix: &str, id: &str, name: &str, kind: &str) -> EntityId {
        let entity = if prefix.is_empty() || id.contains(':') {
            self.draft.entity(id)
        } else {
            let prefix = if prefix.eq_ignore_ascii_case("ncbi") && kind.contains("gene") { "NCBIGene" } else { prefix };
            self.draft.entity(&canonical(&format!("{prefix}:{id}")))
        };
        if name.is_empty() && kind.is_empty() {
            return entity;
        }
        if self.draft.declared_mut(entity).is_none() {
            let kinds = self.kinds_of(kind);
            self.draft.declare(entity, EntityDraft { name: name.to_owned(), kinds, ..EntityDraft::default() });
            self.declared_by_edges += 1;
        }
        entity
    }

    /// The kinds in a field, in the order written, each once.
    fn kinds_of(&mut self, field: &str) -> Vec<KindId> {
        if let Some(kinds) = self.kinds.get(field) {
            return kinds.clone();
        }
        let between = if field.contains('|') { '|' } else { ';' };
        let mut kinds: Vec<KindId> = Vec::new();
        for written in members(field, between) {
            let kind = self.draft.kind(&kind_id(written));
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        self.kinds.insert(field.into(), kinds.clone());
        kinds
    }

    /// How many relations there are so far.
    pub(super) fn relation_count(&self) -> usize {
        self.from.len()
    }

    /// The draft.
    pub(super) fn finish(mut self, name: &str, files: Vec<ImportedFile>) -> GraphDraft {
        let count = self.from.len();
        let mut columns = Vec::new();
        for (id, values) in std::mem::take(&mut self.qualifiers) {
            let several = values.list.is_some();
            if let Some((column, value_type)) = values.finish(count) {
                self.draft.qualifier(&id, value_type, several);
                columns.push(column);
            }
        }
        let publications = self.publications.finish_texts(count);
        if !self.sources.is_empty() || publications.is_some() {
            self.sources.resize(count, ABSENT);
        }
        if let Some(BulkColumn::Texts(codes, _)) = &publications {
            let is_bare = |(source, code): (&u32, &u32)| *source == ABSENT && *code != ABSENT;
            if self.sources.iter().zip(codes).any(is_bare) {
                // Where publications are named but no source, the graph itself is the source.
                let own = self.draft.source(name, name).0;
                self.sources.iter_mut().zip(codes).filter(|(source, code)| is_bare((source, code))).for_each(|(source, _)| *source = own);
            }
        }
        files.into_iter().for_each(|file| self.draft.file(file));
        let mut draft = self.draft.finish();
        let entities = draft.entities.slugs.len();
        draft.entities.properties =
            self.properties.into_iter().filter_map(|(name, values)| Some((name, values.finish(entities)?.0))).collect();
        draft.relations = BulkRelations {
            from: self.from,
            to: self.to,
            types: self.types,
            qualifiers: columns,
            statements: BulkStatements {
                ids: self.ids.finish(count),
                sources: self.sources,
                publications,
                denied: self.denied,
                ..BulkStatements::default()
            },
        };
        draft
    }
}

impl Ids {
    /// Gives a statement its id, with a number behind it if an earlier one has it.
    fn set(&mut self, at: u32, id: &str) {
        self.texts.resize(at as usize, Box::default());
        let mut own = id.to_owned();
        let mut number = 2u64;
        while !self.take(&own) {
            own = format!("{id}-{number}");
            number += 1;
        }
        self.texts.push(own.into());
    }

    fn take(&mut self, id: &str) -> bool {
        self.taken.insert(hash(id.as_bytes()), ()).is_none()
    }

    fn finish(mut self, count: usize) -> BulkIds {
        if self.texts.is_empty() {
            return BulkIds::Numbered(EDGE.to_owned(), (1..=u32::try_from(count).unwrap_or(u32::MAX)).collect());
        }
        self.texts.resize(count, Box::default());
        for at in 0..count {
            if self.texts[at].is_empty() {
                let mut own = format!("{EDGE}{}", at + 1);
                while !self.take(&own) {
                    own.push('\'');
                }
                self.texts[at] = own.into();
            }
        }
        BulkIds::Texts(Strings::new(&self.texts))
    }
}

/// A kind as an id: `Biological Process` is `BiologicalProcess`, `side effect` is `side_effect`; the model's prefix is left out.
fn kind_id(written: &str) -> String {
    let bare = written.strip_prefix("biolink:").unwrap_or(written);
    let is_lower = bare.chars().next().is_some_and(char::is_lowercase);
    bare.split_whitespace().collect::<Vec<_>>().join(if is_lower { "_" } else { "" })
}

/// The identifier behind a kind in an id: `DOID:2377` in `Disease::DOID:2377`.
fn identifier_in(id: &str) -> Option<String> {
    let (_, behind) = id.split_once("::")?;
    let (prefix, local) = behind.split_once(':')?;
    let is_prefix = !prefix.is_empty() && prefix.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_'));
    let is_local = !local.is_empty() && !local.starts_with(':') && !local.contains(char::is_whitespace);
    (is_prefix && is_local).then(|| canonical(behind).into_owned())
}

/// The publications in a field, with bars between them; bare numbers are those of PubMed.
fn publications(field: &str) -> String {
    let each = field.split(['|', ';', ',']).map(str::trim).filter(|publication| !publication.is_empty());
    let named = each.map(|publication| {
        let is_number = publication.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { format!("PMID:{publication}") } else { canonical(publication).into_owned() }
    });
    named.collect::<Vec<_>>().join("|")
}
