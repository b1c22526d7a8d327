//! Draft: a graph as a reader of files found it, before it is joined with others and put into order.

use std::path::PathBuf;

use crate::model::{EntityId, KindId, QualifierId, RelationTypeId, Source, SourceId, Value};
use crate::schema::{Kind, Qualifier, RelationType, Schema, ValueType};
use crate::store::{
    ABSENT, BulkColumn, BulkEntities, BulkIds, BulkRelations, FastMap, RelationDraft, StatementDetail, StatementDraft, Strings,
};

use super::rejected::{RejectedRow, Rejection};

/// Columns that say how a relation came to be known rather than what it is: answers show them when they are asked for.
const DETAILS: &[&str] = &[
    "agent_type",
    "aggregator_knowledge_source",
    "category",
    "evidence_code",
    "file_source",
    "has_evidence",
    "knowledge_level",
    "knowledge_source",
    "original_object",
    "original_predicate",
    "original_subject",
    "provided_by",
    "relation",
    "supporting_data_source",
    "update_date",
];

/// Whether a column is a detail of a relation's evidence.
pub fn is_detail(column: &str) -> bool {
    DETAILS.contains(&column)
}

/// A graph as a reader found it. Its identifiers (of kinds, relation types, qualifiers, entities, sources) are positions in itself.
///
/// Entities keep the ids of their file; synonyms are those that mean the same, the others are properties named `broad_synonym`,
/// `narrow_synonym` and `related_synonym` (a text, or a list of texts).
#[derive(Debug)]
pub struct GraphDraft {
    /// What the graph is called where it has to be cited: the name of its file, or that of the collection.
    pub name: String,
    /// The kinds, relation types (the first is `is_a`) and qualifiers that occur. What their makers left empty is derived from
    /// the data when all drafts are put together: words of kinds, words and ends of relation types, and which qualifiers they have.
    pub schema: Schema,
    /// Whether the schema was written by somebody: then an empty list of ends means any, and nothing is derived.
    pub is_schema_complete: bool,
    /// The entities.
    pub entities: BulkEntities,
    /// The entities that nothing declares: ends of relations, or values. Ascending.
    pub stubs: Vec<u32>,
    /// The relations and their statements.
    pub relations: BulkRelations,
    /// The sources that statements cite.
    pub sources: Vec<Source>,
    /// What became of each file.
    pub files: Vec<ImportedFile>,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedFile {
    /// The file.
    pub path: PathBuf,
    /// What it was read as, such as `KGX nodes`.
    pub format: &'static str,
    /// How many rows, terms or lines with data it has.
    pub rows: u64,
    /// The rows that were left out, by cause.
    pub rejected: Vec<Rejection>,
    /// These rows, if they were kept.
    pub rejected_rows: Vec<RejectedRow>,
    /// What else the user should know, one line each: `4,217 obsolete terms left out`.
    pub notes: Vec<String>,
}

/// What is said of an entity beside its id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntityDraft {
    /// Its name; empty if it has none.
    pub name: String,
    /// What it is, the primary kind first; may be empty.
    pub kinds: Vec<KindId>,
    /// Other names that mean the same.
    pub synonyms: Vec<String>,
    /// Its identifiers elsewhere.
    pub xrefs: Vec<String>,
    /// What it is, in one sentence; empty if nobody says.
    pub definition: String,
    /// What else is said of it, by name.
    pub properties: Vec<(String, Value)>,
}

/// A draft while it is read, row by row; for files of up to some millions of rows.
#[derive(Debug, Default)]
pub struct DraftBuilder {
    name: String,
    kinds: Named<Kind>,
    relation_types: Named<RelationType>,
    qualifiers: Named<Qualifier>,
    sources: Named<Source>,
    slugs: Vec<Box<str>>,
    by_slug: FastMap<Box<str>, u32>,
    declared: Vec<Option<EntityDraft>>,
    relations: BulkRelations,
    qualifier_values: Vec<Vec<(u32, Value)>>,
    ids: Vec<String>,
    files: Vec<ImportedFile>,
}

/// Things with an id each, in the order in which they were first named.
#[derive(Debug)]
struct Named<T> {
    items: Vec<T>,
    by_id: FastMap<String, usize>,
}

impl<T> Default for Named<T> {
    fn default() -> Named<T> {
        Named { items: Vec::new(), by_id: FastMap::default() }
    }
}

impl<T> Named<T> {
    /// The position of what has this id; it is made if it is new.
    fn place(&mut self, id: &str, make: impl FnOnce() -> T) -> usize {
        if let Some(at) = self.by_id.get(id) {
            return *at;
        }
        self.items.push(make());
        self.by_id.insert(id.to_owned(), self.items.len() - 1);
        self.items.len() - 1
    }
}

impl DraftBuilder {
    /// An empty draft of a graph that is called so.
    pub fn new(name: &str) -> DraftBuilder {
        let mut draft = DraftBuilder { name: name.to_owned(), ..DraftBuilder::default() };
        let is_a = Schema::is_a();
        draft.relation_types.place(&is_a.id.clone(), || is_a);
        draft
    }

    /// The kind with this id, which is made without words if it is new.
    pub fn kind(&mut self, id: &str) -> KindId {
        let at = self.kinds.place(id, || Kind { id: id.to_owned(), words: Vec::new(), category: None, definition: None });
        KindId(u16::try_from(at).unwrap_or(u16::MAX))
    }

    /// A kind, to be given words, a category or a definition.
    pub fn kind_mut(&mut self, id: KindId) -> Option<&mut Kind> {
        self.kinds.items.get_mut(id.index())
    }

    /// The relation type with this id, which is made without words if it is new; `is_a` is there from the beginning.
    pub fn relation_type(&mut self, id: &str) -> RelationTypeId {
        let at = self.relation_types.place(id, || RelationType {
            id: id.to_owned(),
            from: Vec::new(),
            to: Vec::new(),
            source_nouns: Vec::new(),
            target_nouns: Vec::new(),
            verbs: Vec::new(),
            inverse_verbs: Vec::new(),
            predicate: None,
            qualifiers: Vec::new(),
            definition: None,
        });
        RelationTypeId(u16::try_from(at).unwrap_or(u16::MAX))
    }

    /// A relation type, to be given words (nouns, verbs), a predicate or a definition.
    pub fn relation_type_mut(&mut self, id: RelationTypeId) -> Option<&mut RelationType> {
        self.relation_types.items.get_mut(id.index())
    }

    /// The qualifier with this id, which is made if it is new.
    pub fn qualifier(&mut self, id: &str, value_type: ValueType, several: bool) -> QualifierId {
        let make = || Qualifier { id: id.to_owned(), value_type, several, words: Vec::new(), definition: None, is_detail: is_detail(id) };
        let at = self.qualifiers.place(id, make);
        QualifierId(u16::try_from(at).unwrap_or(u16::MAX))
    }

    /// A qualifier, to be given words, a definition or another type of values.
    pub fn qualifier_mut(&mut self, id: QualifierId) -> Option<&mut Qualifier> {
        self.qualifiers.items.get_mut(id.index())
    }

    /// The source with this id, which is made if it is new.
    pub fn source(&mut self, slug: &str, title: &str) -> SourceId {
        let make = || Source { slug: slug.to_owned(), title: title.to_owned(), sentences: 0, fingerprints: Vec::new() };
        let at = self.sources.place(slug, make);
        SourceId(u32::try_from(at).unwrap_or(u32::MAX))
    }

    /// The entity with this id, which is a stub until it is declared.
    pub fn entity(&mut self, slug: &str) -> EntityId {
        if let Some(at) = self.by_slug.get(slug) {
            return EntityId(*at);
        }
        let at = u32::try_from(self.slugs.len()).unwrap_or(u32::MAX);
        self.slugs.push(slug.into());
        self.by_slug.insert(slug.into(), at);
        self.declared.push(None);
        EntityId(at)
    }

    /// The entity with this id, if it has been named.
    pub fn known_entity(&self, slug: &str) -> Option<EntityId> {
        self.by_slug.get(slug).copied().map(EntityId)
    }

    /// Says what an entity is. Gives back what was said of it before, which is replaced.
    pub fn declare(&mut self, entity: EntityId, draft: EntityDraft) -> Option<EntityDraft> {
        self.declared.get_mut(entity.index())?.replace(draft)
    }

    /// What was said of an entity, to be added to; none of a stub.
    pub fn declared_mut(&mut self, entity: EntityId) -> Option<&mut EntityDraft> {
        self.declared.get_mut(entity.index())?.as_mut()
    }

    /// Adds a statement with its relations, of which there must be one at least. Its id must be new.
    pub fn statement(&mut self, statement: StatementDraft, relations: Vec<RelationDraft>) {
        let number = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        let is_single = relations.len() == 1;
        for relation in relations {
            let at = u32::try_from(self.relations.from.len()).unwrap_or(u32::MAX);
            self.relations.from.push(relation.from.0);
            self.relations.to.push(relation.to.0);
            self.relations.types.push(relation.relation_type);
            self.relations.statements.of_relation.push(number);
            let own = |qualifier: QualifierId| relation.qualifiers.iter().any(|(id, _)| *id == qualifier);
            let inherited = statement.qualifiers.iter().filter(|(id, _)| !own(*id));
            for (qualifier, value) in relation.qualifiers.iter().chain(inherited) {
                if self.qualifier_values.len() <= qualifier.index() {
                    self.qualifier_values.resize(qualifier.index() + 1, Vec::new());
                }
                self.qualifier_values[qualifier.index()].push((at, value.clone()));
            }
        }
        let statements = &mut self.relations.statements;
        if statement.negated {
            statements.denied.push(number);
        }
        let detail = StatementDetail {
            claim: statement.claim,
            evidence: statement.evidence,
            jointly: statement.jointly,
            hedge: statement.hedge,
            qualifiers: if is_single { Vec::new() } else { statement.qualifiers },
        };
        // A bare source needs no detail.
        let plain = match detail.evidence.as_slice() {
            [] => Some(ABSENT),
            [citation] if citation.sentences.is_empty() && citation.publication.is_none() && citation.cohort.is_none() => {
                Some(citation.source.0)
            }
            _ => None,
        };
        let is_plain = detail == StatementDetail { evidence: detail.evidence.clone(), ..StatementDetail::default() };
        statements.sources.push(plain.unwrap_or_else(|| detail.evidence[0].source.0));
        if plain.is_none() || !is_plain {
            statements.details.push((number, detail));
        }
        self.ids.push(statement.slug);
    }

    /// How many relations there are so far.
    pub fn relation_count(&self) -> usize {
        self.relations.from.len()
    }

    /// Tells what became of a file.
    pub fn file(&mut self, file: ImportedFile) {
        self.files.push(file);
    }

    /// The draft.
    pub fn finish(mut self) -> GraphDraft {
        let stubs = (0u32..).zip(&self.declared).filter(|(_, draft)| draft.is_none()).map(|(at, _)| at).collect();
        let drafts: Vec<EntityDraft> = std::mem::take(&mut self.declared).into_iter().map(Option::unwrap_or_default).collect();
        let entities = entities(&self.slugs, drafts);
        let mut relations = self.relations;
        let is_own = (0u32..).zip(&relations.statements.of_relation).all(|(at, statement)| at == *statement);
        if is_own {
            relations.statements.of_relation = Vec::new();
        }
        relations.statements.ids = BulkIds::Texts(Strings::new(&self.ids));
        relations.qualifiers = self.qualifier_values.into_iter().map(BulkColumn::Sparse).collect();
        relations.qualifiers.resize_with(self.qualifiers.items.len(), BulkColumn::default);
        let schema = Schema {
            graph: self.name.clone(),
            title: self.name.clone(),
            definition: String::new(),
            kinds: self.kinds.items,
            relation_types: self.relation_types.items,
            qualifiers: self.qualifiers.items,
        };
        GraphDraft {
            name: self.name,
            schema,
            is_schema_complete: false,
            entities,
            stubs,
            relations,
            sources: self.sources.items,
            files: self.files,
        }
    }
}

/// Entities part by part.
fn entities(slugs: &[Box<str>], drafts: Vec<EntityDraft>) -> BulkEntities {
    let mut signature_numbers: FastMap<Vec<KindId>, u32> = FastMap::default();
    let mut entities = BulkEntities {
        slugs: Strings::new(slugs),
        names: Strings::new(drafts.iter().map(|draft| &draft.name)),
        definitions: Strings::sparse(drafts.iter().map(|draft| &draft.definition)),
        ..BulkEntities::default()
    };
    let mut properties: std::collections::BTreeMap<String, Vec<(u32, Value)>> = std::collections::BTreeMap::new();
    for (at, draft) in (0u32..).zip(drafts) {
        let next = u32::try_from(signature_numbers.len()).unwrap_or(u32::MAX);
        let signature = *signature_numbers.entry(draft.kinds).or_insert_with_key(|kinds| {
            entities.signature_kinds.push(kinds.clone());
            next
        });
        entities.signatures.push(signature);
        entities.synonyms.push(draft.synonyms);
        entities.xrefs.push(draft.xrefs);
        for (name, value) in draft.properties {
            let values = properties.entry(name).or_default();
            // Of two values under one name the first counts.
            if values.last().is_none_or(|(last, _)| *last != at) {
                values.push((at, value));
            }
        }
    }
    entities.properties = properties.into_iter().map(|(name, values)| (name, BulkColumn::Sparse(values))).collect();
    entities
}
