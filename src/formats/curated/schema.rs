//! Schema file: kinds, qualifiers and relation types, each with the words that phrases use for it.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Code;
use crate::model::{KindId, QualifierId, RelationTypeId, fold};
use crate::schema::{Kind, Noun, Qualifier, RelationType, Schema, ValueType};

use super::faults::{either, shortened};
use super::item::{Item, Span, Table};
use super::register::{Once, Register, duplicate};

/// A schema, and what is needed to check the other files against it without repeating its faults.
pub(super) struct SchemaDraft {
    pub(super) schema: Schema,
    pub(super) kinds: Register<KindId>,
    pub(super) relation_types: Register<RelationTypeId>,
    pub(super) qualifiers: Register<QualifierId>,
    /// Relation types whose list of qualifiers is faulty: any qualifier passes.
    pub(super) loose: HashSet<RelationTypeId>,
    /// Qualifiers whose type is faulty: any value passes.
    pub(super) untyped: HashSet<QualifierId>,
}

/// The types of values, entities last.
pub(super) const TYPES: [&str; 7] = ["text", "boolean", "number", "percentage", "ratio", "duration", "entity"];

impl SchemaDraft {
    /// The draft of a schema whose file cannot be read: nothing is known, so nothing is unknown.
    pub(super) fn unreadable() -> SchemaDraft {
        let mut draft = SchemaDraft::empty();
        draft.kinds.give_up();
        draft.relation_types.give_up();
        draft.qualifiers.give_up();
        draft
    }

    fn empty() -> SchemaDraft {
        SchemaDraft {
            schema: Schema {
                graph: String::new(),
                title: String::new(),
                definition: String::new(),
                kinds: Vec::new(),
                relation_types: vec![Schema::is_a()],
                qualifiers: Vec::new(),
            },
            kinds: Register::new("kind"),
            relation_types: Register::new("relation"),
            qualifiers: Register::new("qualifier"),
            loose: HashSet::new(),
            untyped: HashSet::new(),
        }
    }

    /// Reads the file's root table.
    pub(super) fn read(root: Table<'_>) -> SchemaDraft {
        let mut draft = SchemaDraft::empty();
        if root.has_unknown_keys {
            draft.kinds.lose_one();
            draft.relation_types.lose_one();
            draft.qualifiers.lose_one();
        }
        match root.get("graph") {
            Some(item) => draft.read_graph(item),
            None => root.missing("graph", "write [graph] and below it an id and a title"),
        }
        draft.read_kinds(root.tables("kind"));
        draft.read_qualifiers(root.tables("qualifier"));
        draft.read_relation_types(root.tables("relation"));
        draft
    }

    fn read_graph(&mut self, item: Item<'_>) {
        let Some(table) = item.table("graph", &["id", "title", "definition"]) else {
            return;
        };
        self.schema.graph = table.need("id").and_then(|item| item.file_slug()).unwrap_or_default();
        self.schema.title = table.need("title").and_then(|item| item.sentence()).unwrap_or_default();
        self.schema.definition = table.sentence("definition").unwrap_or_default();
    }

    fn read_kinds(&mut self, items: Vec<Item<'_>>) {
        let mut taken = HashMap::new();
        for item in items {
            let Some(table) = item.table("kind", &["id", "words", "category", "definition"]) else {
                self.kinds.lose_one();
                continue;
            };
            let Some(id) = next_id(self.schema.kinds.len(), item, "kinds").map(KindId) else {
                self.kinds.give_up();
                return;
            };
            let slug = declared(table, &mut self.kinds, id);
            let words = own_words(table, "kind", &slug, &mut taken);
            let spaced = slug.replace('_', " ");
            let words = if words.is_empty() { vec![spaced.clone(), format!("{spaced}s")] } else { words };
            let category = table.get("category").and_then(|item| item.curie());
            self.schema.kinds.push(Kind { id: slug, words, category, definition: table.sentence("definition") });
        }
    }

    fn read_qualifiers(&mut self, items: Vec<Item<'_>>) {
        let mut taken = HashMap::new();
        for item in items {
            let Some(table) = item.table("qualifier", &["id", "type", "kinds", "several", "words", "detail", "definition"]) else {
                self.qualifiers.lose_one();
                continue;
            };
            let Some(id) = next_id(self.schema.qualifiers.len(), item, "qualifiers").map(QualifierId) else {
                self.qualifiers.give_up();
                return;
            };
            let slug = declared(table, &mut self.qualifiers, id);
            let value_type = self.value_type(table);
            if value_type.is_none() {
                self.untyped.insert(id);
            }
            let is_entity = matches!(value_type, Some(ValueType::Entity(_)));
            let several = table.flag("several") || is_entity;
            if let (true, Some(item)) = (is_entity, table.get("several").filter(|item| item.boolean() == Some(false))) {
                item.fault_with(Code::BadValue, "a qualifier of entities can always hold several", "leave 'several' out");
            }
            let words = own_words(table, "qualifier", &slug, &mut taken);
            let definition = table.sentence("definition");
            let value_type = value_type.unwrap_or(ValueType::Text);
            self.schema.qualifiers.push(Qualifier { id: slug, value_type, several, words, definition, is_detail: table.flag("detail") });
        }
    }

    fn value_type(&self, table: Table<'_>) -> Option<ValueType> {
        let item = table.need("type")?;
        let word = item.text()?;
        let kinds = table.get("kinds");
        let value_type = match word {
            "text" => ValueType::Text,
            "boolean" => ValueType::Boolean,
            "number" => ValueType::Number,
            "percentage" => ValueType::Percentage,
            "ratio" => ValueType::Ratio,
            "duration" => ValueType::Duration,
            "entity" => return Some(ValueType::Entity(kinds.map(|item| self.kind_list(item)).unwrap_or_default())),
            _ => {
                let hint = format!("write {}", either(&TYPES));
                let near = item.file.faults.nearest(word, TYPES.len(), TYPES.into_iter());
                let hint = near.first().map_or(hint, |near| format!("did you mean '{near}'?"));
                item.fault_with(Code::BadValue, format!("no type of value is called '{}'", shortened(word)), hint);
                return None;
            }
        };
        if let Some(item) = kinds {
            item.fault_with(Code::BadValue, format!("'kinds' is only for entities; the type is '{word}'"), "write type = \"entity\"");
        }
        Some(value_type)
    }

    /// A list of kinds that must not be empty. Any kind passes (an empty list) once one of them is unknown.
    fn kind_list(&self, item: Item<'_>) -> Vec<KindId> {
        let items = item.one_or_list();
        if items.is_empty() {
            item.fault_with(Code::BadValue, "this list of kinds is empty", "name a kind, or leave the key out to allow any");
        }
        let found: Vec<Option<KindId>> = items.into_iter().map(|item| self.kinds.find(item)).collect();
        found.into_iter().collect::<Option<Vec<KindId>>>().unwrap_or_default()
    }

    fn read_relation_types(&mut self, items: Vec<Item<'_>>) {
        const KEYS: [&str; 10] =
            ["id", "from", "to", "source_nouns", "target_nouns", "verbs", "inverse", "predicate", "qualifiers", "definition"];
        for item in items {
            let Some(table) = item.table("relation", &KEYS) else {
                self.relation_types.lose_one();
                continue;
            };
            let Some(id) = next_id(self.schema.relation_types.len(), item, "relations").map(RelationTypeId) else {
                self.relation_types.give_up();
                return;
            };
            if let Some(item) = table.get("id").filter(|item| matches!(item.value.as_str(), Some("is_a"))) {
                item.fault_with(Code::Duplicate, "'is_a' is in every graph and cannot be declared again", "leave this relation out");
                self.relation_types.lose_one();
            }
            let slug = declared(table, &mut self.relation_types, id);
            let relation_type = RelationType {
                id: slug,
                from: table.get("from").map(|item| self.kind_list(item)).unwrap_or_default(),
                to: table.get("to").map(|item| self.kind_list(item)).unwrap_or_default(),
                source_nouns: nouns(table, "source_nouns"),
                target_nouns: nouns(table, "target_nouns"),
                verbs: table.names("verbs").into_iter().map(|(word, _)| word).collect(),
                inverse_verbs: table.names("inverse").into_iter().map(|(word, _)| word).collect(),
                predicate: table.get("predicate").and_then(|item| item.curie()),
                qualifiers: self.qualifier_list(table, id),
                definition: table.sentence("definition"),
            };
            self.schema.relation_types.push(relation_type);
        }
        // Last, so that the register's place in the table is its own and a declared `is_a` is not reported twice.
        self.relation_types.add_built_in("is_a", RelationTypeId::IS_A);
    }

    fn qualifier_list(&mut self, table: Table<'_>, id: RelationTypeId) -> Vec<QualifierId> {
        let Some(item) = table.get("qualifiers") else {
            return Vec::new();
        };
        let Some(items) = item.list() else {
            self.loose.insert(id);
            return Vec::new();
        };
        let mut once = Once::new("this qualifier is listed twice");
        let mut qualifiers = Vec::new();
        for item in items {
            match self.qualifiers.find(item) {
                None => _ = self.loose.insert(id),
                Some(qualifier) if once.is_new(qualifier, item) => qualifiers.push(qualifier),
                Some(_) => {}
            }
        }
        qualifiers
    }
}

/// The id of the next thing of a sort, if there is still one.
fn next_id(count: usize, item: Item<'_>, what: &str) -> Option<u16> {
    let id = u16::try_from(count).ok();
    if id.is_none() {
        item.fault(Code::BadValue, format!("there are more than 65536 {what}"));
    }
    id
}

/// The `id` of a table, registered.
fn declared<Id: Copy>(table: Table<'_>, register: &mut Register<Id>, id: Id) -> String {
    match table.need("id").and_then(|item| item.schema_id().map(|slug| (slug, item))) {
        Some((slug, item)) => {
            register.add(&slug, id, item);
            slug
        }
        None => {
            register.lose_one();
            String::new()
        }
    }
}

/// The `words` of a kind or qualifier, none of which another of them has.
fn own_words(table: Table<'_>, what: &str, slug: &str, taken: &mut HashMap<String, (String, Span)>) -> Vec<String> {
    if let Some(item) = table.get("words").filter(|item| item.value.as_array().is_some_and(|list| list.is_empty())) {
        item.fault_with(Code::BadValue, "this list of words is empty", "leave the key out to use the id");
    }
    let words = table.names("words");
    let id = table.get("id").filter(|_| !slug.is_empty()).map(|item| (slug.to_owned(), item));
    for (word, item) in id.iter().chain(&words) {
        let key = fold(word);
        match taken.get(&key) {
            Some((owner, first)) if owner != slug => {
                duplicate(*item, *first, format!("'{}' is a word for the {what} '{owner}' already", shortened(word)));
            }
            Some(_) => {}
            None => _ = taken.insert(key, (slug.to_owned(), item.span)),
        }
    }
    words.into_iter().map(|(word, _)| word).collect()
}

/// The nouns in the list at a key.
pub(super) fn nouns(table: Table<'_>, key: &str) -> Vec<Noun> {
    let items = table.get(key).and_then(|item| item.list()).unwrap_or_default();
    let noun = |item: Item<'_>| {
        let table = item.table("noun", &["one", "many"])?;
        let (one, many) = (table.need("one"), table.need("many"));
        Some(Noun { one: one?.name()?, many: many?.name()? })
    };
    items.into_iter().filter_map(noun).collect()
}
