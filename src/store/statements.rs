//! Statements: what stands behind relations: ids, evidence, claims and hedges; next to nothing where each relation has one of its own.

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::model::{Citation, Hedge, QualifierId, RelationId, SourceId, Statement, StatementId, Value};

use super::bulk::ABSENT;
use super::bulk_statements::{BulkIds, BulkStatements, Cited, StatementDetail};
use super::column::Column;
use super::directory::span;
use super::form::{Array, Bits, Blobs, Codes, Damage, Limit, SectionReader, SectionWriter, Strings, number, pack, unpack};

/// The statements of a graph.
#[derive(Clone, Debug, Default)]
pub struct Statements {
    count: usize,
    /// The statement of each relation; empty where each relation is its own.
    of_relation: Array<u32>,
    member_offsets: Array<u32>,
    members: Array<u32>,
    slugs: Slugs,
    /// The sources that each cites: the positions of its own in `sources`; empty offsets where each cites exactly one.
    source_offsets: Array<u32>,
    sources: Codes,
    /// Where not every statement has a source and there are no offsets: those that have one.
    sourced: Bits,
    /// Publications that a source names, with a bar between several; in imported graphs.
    publications: Option<Column>,
    /// Claim, evidence, hedge and qualifiers, packed; an empty run where nothing is said but the sources and publications.
    details: Blobs,
    jointly: Bits,
    /// The relations that are denied.
    denied: Bits,
}

/// The parts that statements are put together from, in the order of the statements.
#[derive(Debug)]
pub struct StatementParts {
    /// How many there are.
    pub count: usize,
    /// Their ids.
    pub slugs: Slugs,
    /// The sources that they cite.
    pub sources: Cited,
    /// Publications, with a bar between several.
    pub publications: Option<Column>,
    /// What else is said of each, packed; nothing at all where nothing is said of any.
    pub details: Blobs,
    /// Those that hold jointly; no room for any where none does.
    pub jointly: Bits,
    /// The relations that are denied; no room for any where none is.
    pub denied: Bits,
    /// The statement of each relation, where each statement's relations begin, and these; nothing where each relation has one of
    /// its own, with the same number.
    pub members: Option<(Vec<u32>, Vec<u32>, Vec<u32>)>,
}

/// The ids of statements.
#[derive(Clone, Debug)]
pub enum Slugs {
    /// Any texts.
    Texts(Strings),
    /// One text before a number each: `e17`.
    Numbered(String, Array<u32>),
}

impl Default for Slugs {
    fn default() -> Slugs {
        Slugs::Texts(Strings::default())
    }
}

/// What is said beside the arrays.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Detail<'a> {
    claim: Cow<'a, str>,
    evidence: Cow<'a, [Citation]>,
    negated: bool,
    hedge: Hedge,
    qualifiers: Cow<'a, [(QualifierId, Value)]>,
}

impl Detail<'_> {
    /// What is said of a statement, packed; nothing where nothing is said.
    fn packed(detail: &StatementDetail, negated: bool) -> Vec<u8> {
        if *detail == StatementDetail::default() {
            return Vec::new();
        }
        pack(&Detail {
            claim: Cow::Borrowed(&detail.claim),
            evidence: Cow::Borrowed(&detail.evidence),
            negated,
            hedge: detail.hedge.clone(),
            qualifiers: Cow::Borrowed(&detail.qualifiers),
        })
    }
}

impl Slugs {
    fn get(&self, at: usize) -> Cow<'_, str> {
        match self {
            Slugs::Texts(texts) => Cow::Borrowed(texts.get(at)),
            Slugs::Numbered(prefix, numbers) => Cow::Owned(format!("{prefix}{}", numbers.at(at).unwrap_or_default())),
        }
    }

    fn position(&self, slug: &str) -> Option<usize> {
        match self {
            Slugs::Texts(texts) => (0..texts.len()).find(|at| texts.bytes(*at) == slug.as_bytes()),
            Slugs::Numbered(prefix, numbers) => {
                let digits = slug.strip_prefix(prefix.as_str())?;
                let wanted: u32 = digits.parse().ok()?;
                // `e017` and `e+17` are other ids than `e17`.
                if wanted.to_string() != digits {
                    return None;
                }
                numbers.whole().iter().position(|number| *number == wanted)
            }
        }
    }
}

impl Statements {
    /// These statements, in order, of so many relations.
    pub fn of(statements: &[Statement], relations: usize) -> Statements {
        let mut of_relation = vec![0; relations];
        let (mut member_offsets, mut members) = (vec![0], Vec::new());
        let (mut source_offsets, mut sources) = (vec![0], Vec::new());
        let mut denied = Vec::new();
        for (at, statement) in (0u32..).zip(statements) {
            for relation in &statement.relations {
                of_relation[relation.index()] = at;
                members.push(relation.0);
                denied.extend(statement.negated.then_some(relation.0));
            }
            member_offsets.push(number(members.len()));
            let mut cited: Vec<u32> = statement.evidence.iter().map(|citation| citation.source.0).collect();
            cited.dedup();
            sources.extend(cited);
            source_offsets.push(number(sources.len()));
        }
        let jointly = (0u32..).zip(statements).filter(|(_, statement)| statement.jointly).map(|(at, _)| at);
        let detail = |statement: &Statement| {
            pack(&Detail {
                claim: Cow::Borrowed(&statement.claim),
                evidence: Cow::Borrowed(&statement.evidence),
                negated: statement.negated,
                hedge: statement.hedge.clone(),
                qualifiers: Cow::Borrowed(&statement.qualifiers),
            })
        };
        Statements {
            count: statements.len(),
            of_relation: of_relation.into(),
            member_offsets: member_offsets.into(),
            members: members.into(),
            slugs: Slugs::Texts(Strings::new(statements.iter().map(|statement| &statement.slug))),
            source_offsets: source_offsets.into(),
            sources: Codes::new(sources.iter().copied()),
            details: Blobs::new(statements.iter().map(detail)),
            jointly: Bits::new(statements.len(), jointly),
            sourced: Bits::default(),
            publications: None,
            denied: if denied.is_empty() { Bits::default() } else { Bits::new(relations, denied) },
        }
    }

    /// The statements of these parts.
    pub fn of_parts(parts: StatementParts) -> Statements {
        let (of_relation, member_offsets, members) = parts.members.unwrap_or_default();
        Statements {
            count: parts.count,
            of_relation: of_relation.into(),
            member_offsets: member_offsets.into(),
            members: members.into(),
            slugs: parts.slugs,
            source_offsets: parts.sources.offsets.into(),
            sources: parts.sources.sources,
            sourced: parts.sources.sourced,
            publications: parts.publications,
            details: parts.details,
            jointly: parts.jointly,
            denied: parts.denied,
        }
    }

    /// What is said of some of so many statements (ascending), packed, with an empty run for each of the others.
    pub(super) fn packed_details(count: usize, details: &[(u32, StatementDetail)], denied: &Bits) -> Blobs {
        if details.is_empty() {
            return Blobs::default();
        }
        let mut own = details.iter().peekable();
        Blobs::new((0..number(count)).map(|at| match own.next_if(|(place, _)| *place == at) {
            Some((_, detail)) => Detail::packed(detail, denied.contains(at)),
            None => Vec::new(),
        }))
    }

    /// The statements as an importer would have found them; see [`BulkStatements`].
    pub fn to_bulk(&self, relations: usize) -> BulkStatements {
        let all = || (0..number(self.count)).map(StatementId);
        let ids = match &self.slugs {
            Slugs::Texts(texts) => BulkIds::Texts(texts.clone()),
            Slugs::Numbered(prefix, numbers) => BulkIds::Numbered(prefix.clone(), numbers.whole().to_vec()),
        };
        let of_relation = if self.of_relation.is_empty() { Vec::new() } else { self.of_relation.whole().to_vec() };
        let mut denied: Vec<u32> = (0..number(relations))
            .filter(|relation| self.is_denied(RelationId(*relation)))
            .map(|relation| self.of_relation(RelationId(relation)).0)
            .collect();
        denied.sort_unstable();
        denied.dedup();
        // What has details has its sources there.
        let source = |id: StatementId| self.sources(id).next().map_or(ABSENT, |source| source.0);
        let detail = |id: StatementId| {
            let packed = self.details.get(id.index());
            let detail: Option<Detail<'_>> = if packed.is_empty() { None } else { unpack(packed).ok() };
            detail.map(|detail| StatementDetail {
                claim: detail.claim.into_owned(),
                evidence: detail.evidence.into_owned(),
                jointly: self.is_joint(id),
                hedge: detail.hedge,
                qualifiers: detail.qualifiers.into_owned(),
            })
        };
        BulkStatements {
            ids,
            of_relation,
            sources: if self.sources.is_empty() { Vec::new() } else { all().map(source).collect() },
            publications: self.publications.as_ref().map(|column| column.to_bulk(self.count)),
            denied,
            details: if self.details.is_empty() { Vec::new() } else { all().filter_map(|id| Some((id.0, detail(id)?))).collect() },
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The statement that a relation belongs to.
    #[inline]
    pub fn of_relation(&self, relation: RelationId) -> StatementId {
        StatementId(if self.of_relation.is_empty() { relation.0 } else { self.of_relation.at(relation.index()).unwrap_or_default() })
    }

    /// The relations of a statement, in the order written.
    pub fn relations(&self, id: StatementId) -> Vec<RelationId> {
        if self.member_offsets.is_empty() {
            return vec![RelationId(id.0)];
        }
        let range = bounds(&self.member_offsets, id.index());
        self.members.part(range).iter().copied().map(RelationId).collect()
    }

    /// The id of a statement.
    pub fn slug(&self, id: StatementId) -> Cow<'_, str> {
        self.slugs.get(id.index())
    }

    /// The statement with this id. Looks through all of them.
    pub fn by_slug(&self, slug: &str) -> Option<StatementId> {
        self.slugs.position(slug).map(|at| StatementId(number(at)))
    }

    /// The sources that a statement cites, each once where it cites it in one run.
    pub fn sources(&self, id: StatementId) -> impl Iterator<Item = SourceId> + '_ {
        let range = if !self.source_offsets.is_empty() {
            bounds(&self.source_offsets, id.index())
        } else if self.sourced.is_empty() {
            id.index()..id.index().saturating_add(1)
        } else {
            self.sourced.rank(id.0).map_or(0..0, |rank| rank..rank.saturating_add(1))
        };
        (range.start..range.end.min(self.sources.len())).map(|at| SourceId(self.sources.get(at)))
    }

    /// Whether a statement cites anything.
    #[inline]
    pub fn is_cited(&self, id: StatementId) -> bool {
        self.sources(id).next().is_some()
    }

    /// Whether the relations of a statement hold together only.
    pub fn is_joint(&self, id: StatementId) -> bool {
        self.jointly.contains(id.0)
    }

    /// Whether a relation is denied.
    #[inline]
    pub fn is_denied(&self, relation: RelationId) -> bool {
        self.denied.contains(relation.0)
    }

    /// Whether any relation is denied.
    #[inline]
    pub fn has_denials(&self) -> bool {
        !self.denied.is_empty()
    }

    /// All that is known of a statement.
    pub fn get(&self, id: StatementId) -> Statement {
        let relations = self.relations(id);
        let slug = self.slug(id).into_owned();
        let jointly = self.is_joint(id);
        let packed = self.details.get(id.index());
        let detail: Option<Detail<'_>> = if packed.is_empty() { None } else { unpack(packed).ok() };
        match detail {
            Some(detail) => Statement {
                slug,
                claim: detail.claim.into_owned(),
                evidence: detail.evidence.into_owned(),
                jointly,
                negated: detail.negated,
                hedge: detail.hedge,
                qualifiers: detail.qualifiers.into_owned(),
                relations,
            },
            None => {
                let publications = self.publications.as_ref().and_then(|column| column.text(id.index())).unwrap_or_default();
                let cited = |source| {
                    publications.split('|').map(move |publication| Citation {
                        source,
                        sentences: Vec::new(),
                        publication: Some(publication.to_owned()).filter(|publication| !publication.is_empty()),
                        cohort: None,
                    })
                };
                let negated = relations.first().is_some_and(|relation| self.is_denied(*relation));
                let evidence = self.sources(id).flat_map(cited).collect();
                Statement {
                    slug,
                    claim: String::new(),
                    evidence,
                    jointly,
                    negated,
                    hedge: Hedge::default(),
                    qualifiers: Vec::new(),
                    relations,
                }
            }
        }
    }

    /// Whether every number in it stands for something that is there. Reads everything.
    pub fn is_sound(&self, relations: usize, sources: usize) -> bool {
        let known = |id: SourceId| id.index() < sources;
        (0..relations).all(|at| self.of_relation(RelationId(number(at))).index() < self.count)
            && (0..self.count).map(|at| StatementId(number(at))).all(|id| {
                self.relations(id).iter().all(|relation| relation.index() < relations)
                    && self.sources(id).all(known)
                    && self.get(id).evidence.iter().all(|citation| known(citation.source))
                    && (self.details.get(id.index()).is_empty() || unpack::<Detail<'_>>(self.details.get(id.index())).is_ok())
            })
    }

    /// Keeps them as sections.
    pub fn save<'a>(&'a self, sections: &mut SectionWriter<'a>) {
        sections.number(*b"stat", self.count);
        sections.array(*b"ofre", &self.of_relation);
        sections.array(*b"memo", &self.member_offsets);
        sections.array(*b"memb", &self.members);
        match &self.slugs {
            Slugs::Texts(texts) => {
                sections.number(*b"slug", 0);
                texts.save(sections);
            }
            Slugs::Numbered(prefix, numbers) => {
                sections.number(*b"slug", 1);
                sections.bytes(*b"pref", prefix.as_bytes());
                sections.array(*b"numb", numbers);
            }
        }
        sections.array(*b"sroo", &self.source_offsets);
        self.sources.save(sections);
        self.sourced.save(sections);
        sections.number(*b"publ", usize::from(self.publications.is_some()));
        self.publications.iter().for_each(|column| column.save(sections));
        self.details.save(sections);
        self.jointly.save(sections);
        self.denied.save(sections);
    }

    /// Reads them back, those of a graph with so many entities and relations.
    ///
    /// # Errors
    /// The sections are not there, or do not fit together.
    pub fn load(sections: &mut SectionReader<'_>, entities: usize, relations: usize) -> Result<Statements, Damage> {
        let mut statements = Statements {
            count: sections.number(*b"stat")?,
            of_relation: sections.array(*b"ofre")?,
            member_offsets: sections.array(*b"memo")?,
            members: sections.array(*b"memb")?,
            slugs: Slugs::load(sections)?,
            source_offsets: sections.array(*b"sroo")?,
            sources: Codes::load(sections)?,
            sourced: Bits::load(sections)?,
            publications: if sections.number(*b"publ")? == 0 { None } else { Some(Column::load(sections, entities)?) },
            details: Blobs::load(sections)?,
            jointly: Bits::load(sections)?,
            denied: Bits::load(sections)?,
        };
        statements.of_relation.set_limit(Limit::Below(statements.count));
        statements.members.set_limit(Limit::Below(relations));
        let each_its_own = statements.of_relation.is_empty() && statements.count == relations;
        let fits = statements.slugs.len() == statements.count && (each_its_own || statements.of_relation.len() == relations);
        if fits { Ok(statements) } else { Err(Damage) }
    }
}

impl Slugs {
    fn len(&self) -> usize {
        match self {
            Slugs::Texts(texts) => texts.len(),
            Slugs::Numbered(_, numbers) => numbers.len(),
        }
    }

    fn load(sections: &mut SectionReader<'_>) -> Result<Slugs, Damage> {
        if sections.number(*b"slug")? == 0 {
            return Strings::load(sections).map(Slugs::Texts);
        }
        let prefix: Array<u8> = sections.array(*b"pref")?;
        let prefix = String::from_utf8(prefix.whole().to_vec()).map_err(|_| Damage)?;
        Ok(Slugs::Numbered(prefix, sections.array(*b"numb")?))
    }
}

/// The range that two neighbouring offsets bound.
fn bounds(offsets: &Array<u32>, at: usize) -> Range<usize> {
    match *offsets.part(at..at.saturating_add(2)) {
        [start, end] => span([start, end]),
        _ => 0..0,
    }
}
