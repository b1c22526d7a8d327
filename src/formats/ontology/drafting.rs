//! Drafting: an ontology that was read to its end becomes the draft of a graph: obsolete terms go, terms get their kinds, predicates their names.

use std::collections::{BTreeMap, HashSet, VecDeque};

use crate::formats::import::kinds;
use crate::formats::import::{DraftBuilder, EntityDraft, GraphDraft, ImportedFile};
use crate::model::{Citation, EntityId, Hedge, RelationTypeId, SourceId, Value, counted};
use crate::store::{RelationDraft, StatementDraft};

use super::words::{called_by_itself, short_name, title, well_known, words_joined};
use super::{Edge, Ontology, Term};

/// The predicate of a hierarchy.
const IS_A: &str = "is_a";
/// No ontology says more different things of its terms; what goes beyond that is left out.
const MOST_PROPERTIES: usize = 1000;
/// No more identifiers than these mean one thing.
const LARGEST_GROUP: usize = 100;

/// What relations are made of.
struct Relating {
    /// The source of each edition, and its short name.
    sources: Vec<(SourceId, String)>,
    /// The relation type of each predicate, once it is needed.
    types: Vec<Option<RelationTypeId>>,
    /// The entity of each thing, once there is one.
    entities: Vec<Option<EntityId>>,
    /// What each predicate is called.
    names: Vec<String>,
    seen: HashSet<(u32, RelationTypeId, u32, SourceId)>,
    repeated: u64,
    with_obsolete: u64,
    between_properties: u64,
}

impl Ontology {
    /// The draft of a graph that is called `name`, and what became of the file.
    pub(in crate::formats) fn finish(mut self, name: &str, keep_obsolete: bool, mut file: ImportedFile) -> GraphDraft {
        self.edition_mut();
        let obsolete = self.terms.iter().flatten().filter(|term| term.is_obsolete).count() as u64;
        let gone: Vec<bool> = self.terms.iter().map(|term| !keep_obsolete && term.as_ref().is_some_and(|term| term.is_obsolete)).collect();
        self.hand_ids_on(&gone);
        self.number_properties();
        let names: Vec<String> = (0..self.predicates.texts.len()).map(|at| self.name_of(at)).collect();
        let kinds = self.kinds();
        let mut draft = DraftBuilder::new(name);
        let sources = self.sources(name, &mut draft);
        let mut entities = vec![None; self.terms.len()];
        for (at, term) in std::mem::take(&mut self.terms).into_iter().enumerate() {
            if let Some(term) = term.filter(|_| !gone[at]) {
                let entity = draft.entity(&self.things.texts[at]);
                let described = self.described(term, kinds[at].as_deref(), &names, &mut draft);
                draft.declare(entity, described);
                entities[at] = Some(entity);
            }
        }
        let mut relating = Relating {
            sources,
            types: vec![None; names.len()],
            entities,
            names,
            seen: HashSet::new(),
            repeated: 0,
            with_obsolete: 0,
            between_properties: 0,
        };
        for edge in std::mem::take(&mut self.edges) {
            self.draw(edge, &gone, &mut relating, &mut draft);
        }
        self.describe_types(&relating, &mut draft);
        let kept = if keep_obsolete { "kept" } else { "left out" };
        let counts = [
            (obsolete, "obsolete term", "obsolete terms", kept),
            (relating.with_obsolete, "relation with an obsolete term", "relations with obsolete terms", "left out"),
            (relating.repeated, "relation", "relations", "stated more than once, each counted once"),
            (relating.between_properties, "relation", "relations", "between predicates left out"),
            (self.united, "term", "terms", "described in more than one place, taken together"),
        ];
        let told = counts.into_iter().filter(|(count, ..)| *count > 0);
        file.notes.extend(told.map(|(count, one, many, what)| format!("{} {what}", counted(count, one, many))));
        file.notes.extend(self.left_out.iter().map(|((one, many), count)| format!("{} left out", counted(*count, one, many))));
        draft.file(file);
        draft.finish()
    }

    /// Former identifiers go to the terms that have taken their place, so that they are still found: those that a term had
    /// before, those of obsolete terms that are not kept, and those that mean the same.
    fn hand_ids_on(&mut self, gone: &[bool]) {
        let is_kept = |terms: &[Option<Term>], number: u32| terms[number as usize].is_some() && !gone[number as usize];
        for (at, is_gone) in gone.iter().enumerate() {
            let Some(term) = &mut self.terms[at] else { continue };
            if *is_gone {
                let [successor] = term.replaced_by.as_slice() else { continue };
                let Some(successor) = self.things.get(successor).filter(|number| is_kept(&self.terms, *number)) else { continue };
                let former = self.things.texts[at].to_string();
                if let Some(successor) = &mut self.terms[successor as usize] {
                    successor.xrefs.push(former);
                }
            } else {
                let former = std::mem::take(&mut term.alternative_ids);
                let is_other = |id: &String| self.things.get(id).is_none_or(|number| !is_kept(&self.terms, number));
                let former: Vec<String> = former.into_iter().filter(is_other).collect();
                if let Some(term) = &mut self.terms[at] {
                    term.xrefs.extend(former);
                }
            }
        }
        for group in std::mem::take(&mut self.equivalents) {
            if group.len() > LARGEST_GROUP {
                self.leave_out("group of equivalent terms that is too large", "groups of equivalent terms that are too large");
                continue;
            }
            for member in &group {
                let Some(term) = &mut self.terms[*member as usize] else { continue };
                let others = group.iter().filter(|other| *other != member);
                term.xrefs.extend(others.map(|other| self.things.texts[*other as usize].to_string()));
            }
        }
    }

    /// Numbers the predicates of what is said of terms.
    fn number_properties(&mut self) {
        let mut names: HashSet<u32> = HashSet::new();
        let mut terms = std::mem::take(&mut self.terms);
        for term in terms.iter_mut().flatten() {
            term.properties.retain(|(predicate, _)| {
                let number = self.property(predicate).0;
                let is_one_of_few = names.contains(&number) || (names.len() < MOST_PROPERTIES && names.insert(number));
                if !is_one_of_few {
                    self.leave_out("value of too many different properties", "values of too many different properties");
                }
                is_one_of_few
            });
        }
        self.terms = terms;
    }

    /// What a predicate is called: as everywhere if it is well known, else by its label, else by its own identifier.
    fn name_of(&self, predicate: usize) -> String {
        let id = &self.predicates.texts[predicate];
        let property = &self.properties[predicate];
        let known = std::iter::once(id.as_ref()).chain(property.xrefs.iter().map(String::as_str)).find_map(well_known);
        match known {
            _ if id.as_ref() == IS_A => IS_A.to_owned(),
            Some((name, _)) => name.to_owned(),
            None => words_joined(&property.label).unwrap_or_else(|| called_by_itself(id)),
        }
    }

    /// What each thing is: what stands under the nearest root above it, else what its collection holds, else its namespace.
    /// None of things that nothing is said of.
    fn kinds(&self) -> Vec<Option<String>> {
        let is_a = self.predicates.get(IS_A);
        let mut children: Vec<(u32, u32)> =
            self.edges.iter().filter(|edge| Some(edge.predicate) == is_a).map(|edge| (edge.to, edge.from)).collect();
        children.sort_unstable();
        let mut nearest: Vec<Option<&'static str>> = self.things.texts.iter().map(|id| kinds::under(id)).collect();
        let mut next: VecDeque<u32> = (0u32..).zip(&nearest).filter(|(_, kind)| kind.is_some()).map(|(at, _)| at).collect();
        while let Some(parent) = next.pop_front() {
            let first = children.partition_point(|(other, _)| *other < parent);
            for (_, child) in children[first..].iter().take_while(|(other, _)| *other == parent) {
                if nearest[*child as usize].is_none() {
                    nearest[*child as usize] = nearest[parent as usize];
                    next.push_back(*child);
                }
            }
        }
        let kind = |(at, term): (usize, &Option<Term>)| {
            let namespace = &term.as_ref()?.namespace;
            let known = nearest[at].or_else(|| kinds::of_identifier(&self.things.texts[at])).map(str::to_owned);
            Some(known.or_else(|| kinds::of_namespace(namespace)).unwrap_or_else(|| kinds::TERM.to_owned()))
        };
        self.terms.iter().enumerate().map(kind).collect()
    }

    /// The source of each edition, with its short name.
    fn sources(&self, name: &str, draft: &mut DraftBuilder) -> Vec<(SourceId, String)> {
        let source = |edition: &super::Edition| {
            let slug = short_name(&edition.ontology).unwrap_or_else(|| name.to_owned());
            (draft.source(&slug, &title(&slug, &edition.version)), slug)
        };
        self.editions.iter().map(source).collect()
    }

    /// What is said of a term, in the form of every graph.
    fn described(&self, term: Term, kind: Option<&str>, names: &[String], draft: &mut DraftBuilder) -> EntityDraft {
        let mut properties: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        let mut synonyms = Vec::new();
        for (scope, synonym) in term.synonyms {
            match scope.property() {
                Some(property) => properties.entry(property).or_default().push(Value::text(&synonym)),
                None if synonym != term.name => synonyms.push(synonym),
                None => {}
            }
        }
        if term.is_obsolete {
            properties.insert("obsolete", vec![Value::Boolean(true)]);
        }
        if !term.replaced_by.is_empty() {
            properties.insert("replaced_by", term.replaced_by.iter().map(Value::text).collect());
        }
        for (predicate, value) in term.properties {
            if let Some(number) = self.predicates.get(&predicate) {
                properties.entry(&names[number as usize]).or_default().push(value);
            }
        }
        EntityDraft {
            name: term.name,
            kinds: kind.map(|kind| kind_of(kind, draft)).into_iter().collect(),
            synonyms: distinct(synonyms),
            xrefs: distinct(term.xrefs),
            definition: term.definition,
            properties: properties.into_iter().map(|(name, values)| (property_name(name), together(values))).collect(),
        }
    }

    /// Adds a relation, unless it is known or one of its ends is not in the graph.
    fn draw(&self, edge: Edge, gone: &[bool], relating: &mut Relating, draft: &mut DraftBuilder) {
        let Edge { from, predicate, to, edition } = edge;
        if gone[from as usize] || gone[to as usize] {
            relating.with_obsolete += 1;
            return;
        }
        let is_property = |end: u32| {
            relating.entities[end as usize].is_none()
                && self.predicates.get(&self.things.texts[end as usize]).is_some_and(|at| self.properties[at as usize].is_declared)
        };
        if is_property(from) || is_property(to) {
            relating.between_properties += 1;
            return;
        }
        let name = &relating.names[predicate as usize];
        let relation_type = *relating.types[predicate as usize].get_or_insert_with(|| draft.relation_type(name));
        let (source, short_name) = &relating.sources[edition as usize];
        if !relating.seen.insert((from, relation_type, to, *source)) {
            relating.repeated += 1;
            return;
        }
        let slug = statement_id(short_name, name, &self.things.texts[from as usize], &self.things.texts[to as usize]);
        let mut end = |end: u32| *relating.entities[end as usize].get_or_insert_with(|| draft.entity(&self.things.texts[end as usize]));
        let relation = RelationDraft { from: end(from), relation_type, to: end(to), qualifiers: Vec::new() };
        let citation = Citation { source: *source, sentences: Vec::new(), publication: None, cohort: None };
        let statement = StatementDraft {
            slug,
            claim: String::new(),
            evidence: vec![citation],
            jointly: false,
            negated: false,
            hedge: Hedge::default(),
            qualifiers: Vec::new(),
        };
        draft.statement(statement, vec![relation]);
    }

    /// Gives relation types their definitions, their Biolink predicates, and the names of their inverses as verbs, unless these are
    /// relations of their own.
    fn describe_types(&self, relating: &Relating, draft: &mut DraftBuilder) {
        let used = || relating.types.iter().zip(&relating.names).filter(|(id, _)| id.is_some()).map(|(_, name)| name);
        for (at, relation_type) in relating.types.iter().enumerate() {
            let Some(relation_type) = relation_type.filter(|id| *id != RelationTypeId::IS_A) else { continue };
            let property = &self.properties[at];
            let inverse = property.inverse.as_ref().map(|inverse| match self.predicates.get(inverse) {
                Some(number) => relating.names[number as usize].clone(),
                None => well_known(inverse).map_or_else(|| called_by_itself(inverse), |(name, _)| name.to_owned()),
            });
            let id = &self.predicates.texts[at];
            let known = std::iter::once(id.as_ref()).chain(property.xrefs.iter().map(String::as_str)).find_map(well_known);
            let Some(described) = draft.relation_type_mut(relation_type) else { continue };
            if described.definition.is_none() && !property.definition.is_empty() {
                described.definition = Some(property.definition.clone());
            }
            if described.predicate.is_none() {
                described.predicate = known.and_then(|(_, biolink)| biolink).map(str::to_owned);
            }
            if let Some(inverse) = inverse.filter(|inverse| described.inverse_verbs.is_empty() && !used().any(|name| name == inverse)) {
                described.inverse_verbs.push(inverse.replace('_', " "));
            }
        }
    }
}

/// The name of a property, unless every entity has something else under it.
fn property_name(name: &str) -> String {
    const TAKEN: [&str; 6] = ["id", "name", "synonyms", "xrefs", "definition", "kinds"];
    if TAKEN.contains(&name) { format!("{name}_property") } else { name.to_owned() }
}

/// The kind with this id, with its Biolink category.
fn kind_of(id: &str, draft: &mut DraftBuilder) -> crate::model::KindId {
    let kind = draft.kind(id);
    if let Some(described) = draft.kind_mut(kind).filter(|described| described.category.is_none()) {
        described.category = kinds::category(id).map(str::to_owned);
    }
    kind
}

/// Each once, in the order of their first appearance.
fn distinct(texts: Vec<String>) -> Vec<String> {
    const FEW: usize = 16;
    let mut seen: HashSet<String> = HashSet::new();
    let mut kept: Vec<String> = Vec::with_capacity(texts.len());
    for text in texts {
        let is_new = if kept.len() < FEW { !kept.contains(&text) } else { !kept[..FEW].contains(&text) && seen.insert(text.clone()) };
        if is_new {
            kept.push(text);
        }
    }
    kept
}

/// The value, or the list of several, each once.
fn together(mut values: Vec<Value>) -> Value {
    // A longer list is no list of a few words that stand in two places.
    const LONGEST_CLEANED: usize = 200;
    if values.len() <= LONGEST_CLEANED {
        let mut kept: Vec<Value> = Vec::with_capacity(values.len());
        values.drain(..).for_each(|value| {
            if !kept.contains(&value) {
                kept.push(value);
            }
        });
        values = kept;
    }
    if values.len() == 1 { values.swap_remove(0) } else { Value::List(values) }
}

/// The id of a statement: the same in every release that states it, `hp:is_a:HP:0000003:HP:0000107`. An end that is no CURIE stands
/// between angle brackets, so that no two statements share an id.
fn statement_id(source: &str, relation_type: &str, from: &str, to: &str) -> String {
    let end = |id: &str| if id.matches(':').count() == 1 { id.to_owned() } else { format!("<{id}>") };
    format!("{source}:{relation_type}:{}:{}", end(from), end(to))
}

#[cfg(test)]
mod tests {
    use super::statement_id;

    #[test]
    fn statements_have_ids_of_their_own() {
        assert_eq!(statement_id("hp", "is_a", "HP:0000003", "HP:0000107"), "hp:is_a:HP:0000003:HP:0000107");
        assert_ne!(statement_id("x", "is_a", "A", "A:B"), statement_id("x", "is_a", "A:A", "B"));
    }
}
