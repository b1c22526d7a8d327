//! Entities file: names, kinds, identifiers, hierarchy and further properties of what the graph speaks of.

use std::collections::HashMap;

use toml::de::DeValue;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Entity, EntityId, KindId, Measure, Quantity, Value, fold, fold_words};

use super::faults::shortened;
use super::item::{Item, Span, Table};
use super::register::{Once, Register, duplicate};
use super::schema::SchemaDraft;

/// The entities in the order written; an [`EntityId`] is a place in it.
pub(super) struct EntityDrafts<'d> {
    pub(super) entities: Vec<Entity>,
    pub(super) register: Register<EntityId>,
    /// What is called so, by folded singular.
    pub(super) names: HashMap<String, (EntityId, Span)>,
    /// The curated hierarchy: child, parent, and where it says so.
    pub(super) parents: Vec<(EntityId, EntityId, Item<'d>)>,
}

/// A name with its place.
type Name<'d> = (String, Item<'d>);

/// An entity as it is written: what it is called, and its table.
struct Written<'d> {
    id: EntityId,
    table: Table<'d>,
    slug: Option<Name<'d>>,
    name: Option<Name<'d>>,
    synonyms: Vec<Name<'d>>,
    xrefs: Vec<Name<'d>>,
}

impl<'d> EntityDrafts<'d> {
    /// Entities that nothing is known of, because their file cannot be read.
    pub(super) fn unreadable() -> EntityDrafts<'d> {
        let mut drafts = EntityDrafts::empty();
        drafts.register.give_up();
        drafts
    }

    fn empty() -> EntityDrafts<'d> {
        EntityDrafts { entities: Vec::new(), register: Register::new("entity"), names: HashMap::new(), parents: Vec::new() }
    }

    /// Reads the file's root table.
    pub(super) fn read(root: Table<'d>, schema: &SchemaDraft) -> EntityDrafts<'d> {
        let mut drafts = EntityDrafts::empty();
        if root.has_unknown_keys {
            drafts.register.lose_one();
        }
        let mut written = Vec::new();
        for item in root.tables("entity") {
            const KEYS: [&str; 8] = ["id", "name", "kind", "synonyms", "xrefs", "definition", "is_a", "properties"];
            match item.table("entity", &KEYS) {
                Some(table) => written.push(drafts.read_entity(table, schema)),
                None => drafts.register.lose_one(),
            }
        }
        drafts.claim_names(&written);
        // Parents may stand below their children.
        for entity in &written {
            drafts.read_parents(entity);
        }
        drafts
    }

    fn read_parents(&mut self, entity: &Written<'d>) {
        let items = entity.table.get("is_a").map(|item| item.one_or_list()).unwrap_or_default();
        let mut once = Once::new("this parent is listed twice");
        for item in items {
            if let Some(parent) = self.find(item).filter(|parent| once.is_new(*parent, item)) {
                self.parents.push((entity.id, parent, item));
            }
        }
    }

    /// The entity whose id is the text of an item; an unknown one is an error, which knows names too.
    pub(super) fn find(&self, item: Item<'_>) -> Option<EntityId> {
        self.register.find_or(item, |written| {
            let (entity, _) = self.names.get(&fold_words(written))?;
            Some(self.entities[entity.index()].slug.clone())
        })
    }

    fn read_entity(&mut self, table: Table<'d>, schema: &SchemaDraft) -> Written<'d> {
        let id = EntityId(u32::try_from(self.entities.len()).unwrap_or(u32::MAX));
        let slug = table.need("id").and_then(|item| item.slug().map(|slug| (slug, item)));
        let name = table.need("name").and_then(|item| item.name().map(|name| (name, item)));
        let kinds = table.need("kind").map(|item| kinds(item, schema)).unwrap_or_default();
        let synonyms = table.names("synonyms");
        let xrefs: Vec<(String, Item<'d>)> = table
            .get("xrefs")
            .and_then(|item| item.list())
            .unwrap_or_default()
            .into_iter()
            .filter_map(|item| item.curie().map(|curie| (curie, item)))
            .collect();
        let entity = Entity {
            slug: slug.as_ref().map(|(slug, _)| slug.clone()).unwrap_or_default(),
            name: name.as_ref().map(|(name, _)| name.clone()).unwrap_or_default(),
            kinds,
            synonyms: synonyms.iter().map(|(synonym, _)| synonym.clone()).collect(),
            xrefs: xrefs.iter().map(|(curie, _)| curie.clone()).collect(),
            definition: table.sentence("definition"),
            properties: table.get("properties").map(properties).unwrap_or_default(),
        };
        self.entities.push(entity);
        match &slug {
            Some((slug, item)) => self.register.add(slug, id, *item),
            None => self.register.lose_one(),
        }
        warn_of_repeats(name.iter().chain(&synonyms).chain(&xrefs));
        Written { id, table, slug, name, synonyms, xrefs }
    }

    /// Notes what every entity is called: ids before names, names before identifiers and synonyms, so that of two that
    /// are the same the lighter one is at fault.
    fn claim_names(&mut self, written: &[Written<'d>]) {
        // An id that is there twice has been reported; the second entity's names are left alone.
        let is_known = |entity: &&Written<'d>| entity.slug.as_ref().is_none_or(|(slug, _)| self.register.get(slug) == Some(entity.id));
        let known: Vec<&Written<'d>> = written.iter().filter(is_known).collect();
        let by_weight: [for<'w> fn(&'w Written<'d>) -> &'w [Name<'d>]; 4] =
            [|entity| entity.slug.as_slice(), |entity| entity.name.as_slice(), |entity| &entity.xrefs, |entity| &entity.synonyms];
        for names in by_weight {
            for entity in &known {
                for (text, item) in names(entity) {
                    self.claim_name(entity.id, text, *item);
                }
            }
        }
    }

    /// Notes that an entity is called so; another one that is called so too is an error.
    fn claim_name(&mut self, id: EntityId, text: &str, item: Item<'d>) {
        let key = fold_words(text);
        match self.names.get(&key) {
            Some((owner, first)) if *owner != id => {
                let owner = &self.entities[owner.index()].slug;
                duplicate(item, *first, format!("'{}' names the entity '{}' already", shortened(text), shortened(owner)));
            }
            Some(_) => {}
            None => _ = self.names.insert(key, (id, item.span)),
        }
    }
}

/// Warns of names that one entity is given twice.
fn warn_of_repeats<'n, 'd: 'n>(names: impl Iterator<Item = &'n Name<'d>>) {
    let mut own: HashMap<String, Span> = HashMap::new();
    for (text, item) in names {
        if let Some(first) = own.insert(fold(text), item.span) {
            let message = format!("'{}' is a name of this entity already", shortened(text));
            let warning = Diagnostic::warning(Code::Duplicate, message).at(item.span.range(), "here again");
            item.complain(warning.at(first.range(), "here first").help("letter case, hyphens and spaces do not tell names apart"));
        }
    }
}

/// The kinds of an entity; none if any of them is faulty.
fn kinds(item: Item<'_>, schema: &SchemaDraft) -> Vec<KindId> {
    let items = item.one_or_list();
    if items.is_empty() {
        item.fault_with(Code::BadValue, "this entity has no kind", "name one: kind = \"...\"");
    }
    let mut once = Once::new("this kind is listed twice");
    let found: Vec<Option<KindId>> = items.iter().map(|item| schema.kinds.find(*item)).collect();
    let Some(mut kinds) = found.into_iter().collect::<Option<Vec<KindId>>>() else {
        return Vec::new();
    };
    let mut items = items.into_iter();
    kinds.retain(|kind| items.next().is_some_and(|item| once.is_new(*kind, item)));
    kinds
}

/// What else is said of an entity, sorted by name.
fn properties(item: Item<'_>) -> Vec<(String, Value)> {
    let Some(table) = item.open_table("property table") else {
        return Vec::new();
    };
    let mut properties = Vec::new();
    for (key, span, item) in table.entries() {
        if fold(key).is_empty() || key.contains(super::faults::is_control) {
            let fault = Diagnostic::error(Code::BadValue, "a property needs a name without control characters");
            item.complain(fault.at(span.range(), ""));
        } else if let Some(value) = property(item, true) {
            properties.push((key.to_owned(), value));
        }
    }
    properties.sort_by(|left, right| left.0.cmp(&right.0));
    properties
}

fn property(item: Item<'_>, may_be_list: bool) -> Option<Value> {
    match item.value {
        DeValue::Boolean(holds) => Some(Value::Boolean(*holds)),
        DeValue::Integer(_) => item.whole().map(Value::Integer),
        DeValue::Float(float) => match float.as_str().parse::<f64>() {
            Ok(number) if number.is_finite() => Some(Value::Quantity(Quantity::exact(Measure::Number, number))),
            _ => {
                item.fault(Code::BadValue, "this is not a number that can be computed with");
                None
            }
        },
        DeValue::String(_) => item.sentence().map(|text| quantity_or_text(&text)),
        DeValue::Array(_) if may_be_list => {
            let values: Vec<Value> = item.list()?.into_iter().filter_map(|member| property(member, false)).collect();
            Some(Value::List(values))
        }
        _ => {
            item.expected("text, a number, true or false", "a property holds one value, or a list of such values");
            None
        }
    }
}

/// `50%` and `>= 1 year` are quantities; `7` in quotes stays text, such as a code that happens to be digits.
fn quantity_or_text(text: &str) -> Value {
    match text.parse::<Quantity>() {
        Ok(quantity) if quantity.measure != Measure::Number => Value::Quantity(quantity),
        _ => Value::text(text),
    }
}
