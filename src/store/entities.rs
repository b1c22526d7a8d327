//! Entities: what a graph's entities are called, what they are, and whatever else is said of them, each in arrays of its own.

use crate::model::{Entity, EntityId, KindId};

use super::bulk::BulkEntities;
use super::column::Column;
use super::form::{Array, Codes, Damage, Limit, SectionReader, SectionWriter, SlugTable, StringLists, Strings, number, pack, unpack};

/// The entities of a graph, in order.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    slugs: Strings,
    slug_table: SlugTable,
    names: Strings,
    synonyms: StringLists,
    xrefs: StringLists,
    definitions: Strings,
    /// Which of the different lists of kinds each entity has.
    signatures: Codes,
    signature_kinds: Vec<Vec<KindId>>,
    kind_offsets: Array<u32>,
    of_kind: Array<u32>,
    properties: Vec<(String, Column)>,
}

/// The parts that entities are put together from; every part in the order of the entities.
#[derive(Debug, Default)]
pub struct EntityParts {
    /// Their ids.
    pub slugs: Strings,
    /// Their names; an empty one is none.
    pub names: Strings,
    /// Their synonyms.
    pub synonyms: StringLists,
    /// Their identifiers elsewhere.
    pub xrefs: StringLists,
    /// Their definitions; an empty one is none.
    pub definitions: Strings,
    /// Which of `signature_kinds` each one has.
    pub signatures: Vec<u32>,
    /// The different lists of kinds.
    pub signature_kinds: Vec<Vec<KindId>>,
    /// What else is said of them, sorted by name.
    pub properties: Vec<(String, Column)>,
}

impl Entities {
    /// The entities of these parts.
    pub fn new(parts: EntityParts) -> Entities {
        let (slug_table, _) = SlugTable::new(&parts.slugs);
        let kinds = parts.signature_kinds.iter().flatten().map(|kind| kind.index() + 1).max().unwrap_or_default();
        let mut lists: Vec<Vec<u32>> = vec![Vec::new(); kinds];
        for (entity, signature) in (0u32..).zip(&parts.signatures) {
            for kind in &parts.signature_kinds[*signature as usize] {
                if lists[kind.index()].last() != Some(&entity) {
                    lists[kind.index()].push(entity);
                }
            }
        }
        let mut kind_offsets = vec![0u32];
        let mut of_kind = Vec::new();
        for list in lists {
            of_kind.extend(list);
            kind_offsets.push(number(of_kind.len()));
        }
        Entities {
            slugs: parts.slugs,
            slug_table,
            names: parts.names,
            synonyms: parts.synonyms,
            xrefs: parts.xrefs,
            definitions: parts.definitions,
            signatures: Codes::below(parts.signatures, number(parts.signature_kinds.len())),
            signature_kinds: parts.signature_kinds,
            kind_offsets: kind_offsets.into(),
            of_kind: of_kind.into(),
            properties: parts.properties,
        }
    }

    /// The same from whole entities, in order.
    pub fn of(entities: &[Entity]) -> Entities {
        let mut signature_kinds: Vec<Vec<KindId>> = Vec::new();
        let signatures = entities.iter().map(|entity| {
            let known = signature_kinds.iter().position(|kinds| *kinds == entity.kinds);
            number(known.unwrap_or_else(|| {
                signature_kinds.push(entity.kinds.clone());
                signature_kinds.len() - 1
            }))
        });
        let signatures = signatures.collect();
        let mut names: Vec<&String> = entities.iter().flat_map(|entity| entity.properties.iter().map(|(name, _)| name)).collect();
        names.sort_unstable();
        names.dedup();
        let column = |name: &String| {
            let of = |entity: &Entity| entity.properties.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
            let values: Vec<_> = (0u32..).zip(entities).filter_map(|(at, entity)| Some((at, of(entity)?))).collect();
            (name.clone(), Column::new(entities.len(), &values))
        };
        Entities::new(EntityParts {
            slugs: Strings::new(entities.iter().map(|entity| &entity.slug)),
            names: Strings::new(entities.iter().map(|entity| &entity.name)),
            synonyms: StringLists::new(entities.iter().map(|entity| &entity.synonyms)),
            xrefs: StringLists::new(entities.iter().map(|entity| &entity.xrefs)),
            definitions: Strings::sparse(entities.iter().map(|entity| entity.definition.as_deref().unwrap_or_default())),
            signatures,
            signature_kinds,
            properties: names.into_iter().map(column).collect(),
        })
    }

    /// The entities as an importer would have found them; see [`BulkEntities`].
    pub fn to_bulk(&self) -> BulkEntities {
        let count = self.count();
        let lists = |lists: &StringLists| -> Vec<Vec<String>> {
            if lists.is_empty() { Vec::new() } else { (0..count).map(|at| lists.get(at).map(str::to_owned).collect()).collect() }
        };
        let properties = self.properties.iter().map(|(name, column)| (name.clone(), column.to_bulk(count)));
        BulkEntities {
            slugs: self.slugs.clone(),
            names: self.names.clone(),
            synonyms: lists(&self.synonyms),
            xrefs: lists(&self.xrefs),
            definitions: self.definitions.clone(),
            signatures: (0..count).map(|at| self.signatures.get(at)).collect(),
            signature_kinds: self.signature_kinds.clone(),
            properties: properties.collect(),
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.slugs.len()
    }

    /// The id of an entity.
    pub fn slug(&self, id: EntityId) -> &str {
        self.slugs.get(id.index())
    }

    /// The name of an entity; empty if it has none.
    pub fn name(&self, id: EntityId) -> &str {
        self.names.get(id.index())
    }

    /// The entity with this id.
    pub fn by_slug(&self, slug: &str) -> Option<EntityId> {
        self.slug_table.find(&self.slugs, slug.as_bytes()).map(EntityId)
    }

    /// The synonyms of an entity.
    pub fn synonyms(&self, id: EntityId) -> impl Iterator<Item = &str> + Clone + '_ {
        self.synonyms.get(id.index())
    }

    /// The identifiers of an entity elsewhere.
    pub fn xrefs(&self, id: EntityId) -> impl Iterator<Item = &str> + Clone + '_ {
        self.xrefs.get(id.index())
    }

    /// The definition of an entity.
    pub fn definition(&self, id: EntityId) -> Option<&str> {
        Some(self.definitions.get(id.index())).filter(|text| !text.is_empty())
    }

    /// Which of the different lists of kinds an entity has.
    #[inline]
    pub fn signature(&self, id: EntityId) -> usize {
        self.signatures.get(id.index()) as usize
    }

    /// The different lists of kinds, by signature.
    pub fn signatures(&self) -> &[Vec<KindId>] {
        &self.signature_kinds
    }

    /// The kinds of an entity, the primary one first.
    #[inline]
    pub fn kinds(&self, id: EntityId) -> &[KindId] {
        self.signature_kinds.get(self.signature(id)).map_or(&[], Vec::as_slice)
    }

    /// The entities of a kind, ascending.
    pub fn of_kind(&self, kind: KindId) -> &[u32] {
        match *self.kind_offsets.part(kind.index()..kind.index() + 2) {
            [start, end] => self.of_kind.part(start as usize..end as usize),
            _ => &[],
        }
    }

    /// What else is said of them, by name.
    pub fn properties(&self) -> &[(String, Column)] {
        &self.properties
    }

    /// What is said under one name.
    pub fn property(&self, name: &str) -> Option<&Column> {
        let at = self.properties.binary_search_by(|(own, _)| own.as_str().cmp(name)).ok()?;
        Some(&self.properties[at].1)
    }

    /// Whether every number in it stands for something that is there. Reads everything.
    pub fn is_sound(&self, kinds: usize) -> bool {
        let count = self.count();
        self.slug_table.is_sound(count)
            && self.signatures.iter().all(|signature| (signature as usize) < self.signature_kinds.len())
            && self.signature_kinds.iter().flatten().all(|kind| kind.index() < kinds)
            && self.of_kind.whole().iter().all(|entity| (*entity as usize) < count)
            && self.properties.iter().all(|(_, column)| column.is_sound(count, count))
    }

    /// Keeps them as sections.
    pub fn save<'a>(&'a self, sections: &mut SectionWriter<'a>) {
        self.slugs.save(sections);
        self.slug_table.save(sections);
        self.names.save(sections);
        self.synonyms.save(sections);
        self.xrefs.save(sections);
        self.definitions.save(sections);
        self.signatures.save(sections);
        let names: Vec<&String> = self.properties.iter().map(|(name, _)| name).collect();
        sections.bytes(*b"desc", pack(&(&self.signature_kinds, names)));
        sections.array(*b"kino", &self.kind_offsets);
        sections.array(*b"kind", &self.of_kind);
        self.properties.iter().for_each(|(_, column)| column.save(sections));
    }

    /// Reads them back; there are `count` of them, of so many kinds at most.
    ///
    /// # Errors
    /// The sections are not there, or do not fit together.
    pub fn load(sections: &mut SectionReader<'_>, count: usize, kinds: usize) -> Result<Entities, Damage> {
        let mut entities = Entities {
            slugs: Strings::load(sections)?,
            slug_table: SlugTable::load(sections, count)?,
            names: Strings::load(sections)?,
            synonyms: StringLists::load(sections)?,
            xrefs: StringLists::load(sections)?,
            definitions: Strings::load(sections)?,
            signatures: Codes::load(sections)?,
            ..Entities::default()
        };
        let description: Array<u8> = sections.array(*b"desc")?;
        let (signature_kinds, names): (Vec<Vec<KindId>>, Vec<String>) = unpack(description.whole())?;
        entities.signatures.set_limit(Limit::Below(signature_kinds.len()));
        entities.kind_offsets = sections.array(*b"kino")?;
        entities.of_kind = sections.array(*b"kind")?;
        entities.of_kind.set_limit(Limit::Below(count));
        for name in names {
            entities.properties.push((name, Column::load(sections, count)?));
        }
        let fits = entities.count() == count
            && entities.names.len() == count
            && entities.signatures.len() == count
            && signature_kinds.iter().flatten().all(|kind| kind.index() < kinds);
        entities.signature_kinds = signature_kinds;
        if fits { Ok(entities) } else { Err(Damage) }
    }
}
