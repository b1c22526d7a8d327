//! Entities: what several graphs say of their entities, put together: the first says what they differ in, nothing of the others is lost.

use std::collections::BTreeMap;

use crate::model::{KindId, Value, canonical, fold};
use crate::store::{BulkColumn, BulkEntities, FastMap, SlugTable, Strings};

use super::Moves;
use super::columns;
use super::identity::Places;
use super::report::Unification;

/// The property that holds further definitions of an entity.
const OTHER_DEFINITION: &str = "other_definition";

/// The entities of one graph, with kinds and entities by their numbers in the whole.
pub(super) struct EntityPart {
    entities: BulkEntities,
    /// Whether each is declared nowhere in it.
    stubs: Vec<bool>,
}

/// The entities of a draft in terms of the whole.
pub(super) fn moved(mut entities: BulkEntities, stubs: Vec<u32>, moves: &Moves<'_>) -> EntityPart {
    for kinds in &mut entities.signature_kinds {
        let mut own: Vec<KindId> = Vec::new();
        for kind in kinds.iter().filter_map(|kind| moves.schema.kinds.get(kind.index())) {
            if !own.contains(kind) {
                own.push(*kind);
            }
        }
        *kinds = own;
    }
    let properties = std::mem::take(&mut entities.properties);
    entities.properties = properties.into_iter().map(|(name, column)| (name, columns::moved(column, moves.places))).collect();
    let mut is_stub = vec![false; entities.slugs.len()];
    for at in stubs {
        if let Some(slot) = is_stub.get_mut(at as usize) {
            *slot = true;
        }
    }
    EntityPart { entities, stubs: is_stub }
}

/// The entities of all graphs, and those that none of them declares. `names` are those of the graphs.
pub(super) fn united(mut parts: Vec<EntityPart>, names: &[String], places: &Places, report: &mut Unification) -> (BulkEntities, Vec<u32>) {
    let count = places.firsts.len();
    let all = All { places, parts: &parts };
    let slugs = unique(Strings::new((0..count).map(|place| all.slug(place))), names, places, report);
    let entity_names = Strings::new((0..count).map(|place| all.first_text(place, |entities| &entities.names)));
    let definitions = Strings::sparse((0..count).map(|place| all.first_text(place, |entities| &entities.definitions)));
    let stubs = (0u32..).take(count).filter(|place| all.members(*place as usize).all(|member| all.is_stub(member))).collect();
    let (signatures, signature_kinds) = all.signatures();
    let mut lists: FastMap<u32, (Vec<String>, Vec<String>)> = FastMap::default();
    let mut other_definitions = Vec::new();
    let mut shared: Vec<u32> = places.further.keys().copied().collect();
    shared.sort_unstable();
    for place in shared {
        lists.insert(place, (all.synonyms(place, &entity_names), all.xrefs(place, &slugs)));
        if let Some(value) = all.other_definitions(place, &definitions) {
            other_definitions.push((place, value));
        }
    }
    let mut synonyms = Vec::with_capacity(count);
    let mut xrefs = Vec::with_capacity(count);
    for (place, (graph, entity)) in (0u32..).zip(&places.firsts) {
        let entities = &mut parts[*graph as usize].entities;
        let take = |lists: &mut Vec<Vec<String>>| lists.get_mut(*entity as usize).map(std::mem::take).unwrap_or_default();
        let (own_synonyms, own_xrefs) = (take(&mut entities.synonyms), take(&mut entities.xrefs));
        let (all_synonyms, all_xrefs) = lists.remove(&place).unwrap_or((own_synonyms, own_xrefs));
        synonyms.push(all_synonyms);
        xrefs.push(all_xrefs);
    }
    let properties = properties(parts, names, places, other_definitions, report);
    (BulkEntities { slugs, names: entity_names, synonyms, xrefs, definitions, signatures, signature_kinds, properties }, stubs)
}

/// The entities of all graphs, to be looked at place by place.
struct All<'a> {
    places: &'a Places,
    parts: &'a [EntityPart],
}

impl<'a> All<'a> {
    /// What has gone to a place, by graph.
    fn members(&self, place: usize) -> impl Iterator<Item = (u32, u32)> + 'a {
        let further = u32::try_from(place).ok().and_then(|place| self.places.further.get(&place));
        std::iter::once(self.places.firsts[place]).chain(further.into_iter().flatten().copied())
    }

    fn entities(&self, (graph, _): (u32, u32)) -> &'a BulkEntities {
        &self.parts[graph as usize].entities
    }

    fn is_stub(&self, (graph, entity): (u32, u32)) -> bool {
        self.parts[graph as usize].stubs.get(entity as usize).copied().unwrap_or_default()
    }

    /// The id: that of the first graph that declares the entity.
    fn slug(&self, place: usize) -> &'a str {
        let declared = self.members(place).find(|member| !self.is_stub(*member));
        let member = declared.unwrap_or(self.places.firsts[place]);
        self.entities(member).slugs.get(member.1 as usize)
    }

    fn first_text(&self, place: usize, texts: impl Fn(&'a BulkEntities) -> &'a Strings) -> &'a str {
        let mut all = self.members(place).map(|member| texts(self.entities(member)).get(member.1 as usize));
        all.find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// The names of what stands at a place that are not its name.
    fn synonyms(&self, place: u32, names: &Strings) -> Vec<String> {
        let mut seen: FastMap<String, ()> = FastMap::default();
        seen.insert(fold(names.get(place as usize)), ());
        let mut all = Vec::new();
        for (at, member) in self.members(place as usize).enumerate() {
            let entities = self.entities(member);
            let own = entities.synonyms.get(member.1 as usize).map_or(&[][..], Vec::as_slice);
            if at == 0 {
                // What one graph says stays as it is.
                seen.extend(own.iter().map(|name| (fold(name), ())));
                all.extend_from_slice(own);
                continue;
            }
            let name = entities.names.get(member.1 as usize);
            for name in Some(name).filter(|name| !name.is_empty()).into_iter().chain(own.iter().map(String::as_str)) {
                if seen.insert(fold(name), ()).is_none() {
                    all.push(name.to_owned());
                }
            }
        }
        all
    }

    /// The identifiers of what stands at a place that are not its id.
    fn xrefs(&self, place: u32, slugs: &Strings) -> Vec<String> {
        let mut seen: FastMap<String, ()> = FastMap::default();
        seen.insert(canonical(slugs.get(place as usize)).into_owned(), ());
        let mut all = Vec::new();
        for (at, member) in self.members(place as usize).enumerate() {
            let entities = self.entities(member);
            let own = entities.xrefs.get(member.1 as usize).map_or(&[][..], Vec::as_slice);
            if at == 0 {
                seen.extend(own.iter().map(|xref| (canonical(xref).into_owned(), ())));
                all.extend_from_slice(own);
            }
            for xref in std::iter::once(entities.slugs.get(member.1 as usize)).chain(own.iter().map(String::as_str)) {
                let xref = canonical(xref).into_owned();
                if seen.insert(xref.clone(), ()).is_none() {
                    all.push(xref);
                }
            }
        }
        all
    }

    /// The definitions of what stands at a place that are not its definition.
    fn other_definitions(&self, place: u32, definitions: &Strings) -> Option<Value> {
        let mut texts: Vec<&str> = Vec::new();
        for member in self.members(place as usize) {
            let text = self.entities(member).definitions.get(member.1 as usize);
            if !text.is_empty() && text != definitions.get(place as usize) && !texts.contains(&text) {
                texts.push(text);
            }
        }
        match texts.as_slice() {
            [] => None,
            [only] => Some(Value::text(only)),
            several => Some(Value::List(several.iter().map(Value::text).collect())),
        }
    }

    /// The kinds of what stands at each place, those of the first graph first, as numbers of different lists.
    fn signatures(&self) -> (Vec<u32>, Vec<Vec<KindId>>) {
        let mut lists: Vec<Vec<KindId>> = Vec::new();
        let mut numbers: FastMap<Vec<KindId>, u32> = FastMap::default();
        let mut number = |kinds: &[KindId]| {
            if let Some(number) = numbers.get(kinds) {
                return *number;
            }
            let next = u32::try_from(lists.len()).unwrap_or(u32::MAX);
            lists.push(kinds.to_vec());
            numbers.insert(kinds.to_vec(), next);
            next
        };
        let own: Vec<Vec<u32>> =
            self.parts.iter().map(|part| part.entities.signature_kinds.iter().map(|kinds| number(kinds)).collect()).collect();
        let of_member = |(graph, entity): (u32, u32)| {
            let signature = self.parts[graph as usize].entities.signatures.get(entity as usize);
            (graph as usize, signature.map(|signature| *signature as usize))
        };
        let kinds_of = |member: (u32, u32)| {
            let (graph, signature) = of_member(member);
            signature.and_then(|at| self.parts[graph].entities.signature_kinds.get(at)).map_or(&[][..], Vec::as_slice)
        };
        let signatures = (0..self.places.firsts.len()).map(|place| {
            let mut members = self.members(place);
            let first = self.places.firsts[place];
            if members.nth(1).is_none() {
                let (graph, signature) = of_member(first);
                return signature.and_then(|at| own[graph].get(at).copied()).unwrap_or_else(|| number(&[]));
            }
            let mut kinds: Vec<KindId> = Vec::new();
            for kind in self.members(place).flat_map(kinds_of) {
                if !kinds.contains(kind) {
                    kinds.push(*kind);
                }
            }
            number(&kinds)
        });
        let signatures = signatures.collect();
        (signatures, lists)
    }
}

/// Ids of which each is there once: a later one gets the name of its graph.
fn unique(slugs: Strings, names: &[String], places: &Places, report: &mut Unification) -> Strings {
    let (table, again) = SlugTable::new(&slugs);
    if again.is_empty() {
        return slugs;
    }
    let mut new: FastMap<usize, String> = FastMap::default();
    let mut taken: FastMap<String, ()> = FastMap::default();
    let mut renamed = Vec::new();
    for place in again {
        let old = slugs.get(place);
        let (graph, _) = places.firsts[place];
        let mut free = format!("{}/{old}", names[graph as usize]);
        while table.find(&slugs, free.as_bytes()).is_some() || taken.contains_key(&free) {
            free.push('_');
        }
        renamed.push(format!("'{old}' of {} is '{free}'", names[graph as usize]));
        taken.insert(free.clone(), ());
        new.insert(place, free);
    }
    report.note("different entities under one id, renamed", &renamed);
    Strings::new((0..slugs.len()).map(|place| new.get(&place).map_or(slugs.get(place), String::as_str)))
}

/// What else is said of the entities, by name.
fn properties(
    parts: Vec<EntityPart>,
    names: &[String],
    places: &Places,
    other_definitions: Vec<(u32, Value)>,
    report: &mut Unification,
) -> Vec<(String, BulkColumn)> {
    let count = places.firsts.len();
    let mut by_name: BTreeMap<String, Vec<(usize, BulkColumn)>> = BTreeMap::new();
    for (graph, part) in parts.into_iter().enumerate() {
        for (name, column) in part.entities.properties {
            let column = columns::scattered(column, &places.of_draft[graph], count);
            by_name.entry(name).or_default().push((graph, column));
        }
    }
    if !other_definitions.is_empty() {
        by_name.entry(OTHER_DEFINITION.to_owned()).or_default().push((names.len(), BulkColumn::Sparse(other_definitions)));
    }
    let mut all: BTreeMap<String, BulkColumn> = BTreeMap::new();
    let mut apart: BTreeMap<String, Vec<(u32, Value)>> = BTreeMap::new();
    let mut told = Vec::new();
    for (name, mut columns) in by_name {
        if columns.len() == 1
            && let Some((_, column)) = columns.pop()
        {
            all.insert(name, column);
            continue;
        }
        let (column, others) = columns::merged(columns, false);
        for (graph, at, value) in others {
            let own = format!("{name}_{}", names.get(graph).map_or("other", String::as_str));
            let values = apart.entry(own.clone()).or_default();
            if values.is_empty() {
                told.push(format!("'{own}'"));
            }
            values.push((at, value));
        }
        all.insert(name, column);
    }
    for (name, mut values) in apart {
        values.sort_by_key(|(at, _)| *at);
        let column = BulkColumn::Sparse(values);
        let column = match all.remove(&name) {
            Some(known) => columns::merged(vec![(0, known), (1, column)], true).0,
            None => column,
        };
        all.insert(name, column);
    }
    report.note("properties that graphs give one entity with different values, also kept under the name of the graph", &told);
    all.into_iter().collect()
}
