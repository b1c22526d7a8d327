//! World: a generated graph as plain lists, made up from choices and written down as a curated folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::choices::Choices;
use super::schema::{End, Holds, IS_A, KINDS, QUALIFIERS, RELATION_TYPES, allows, toml};
use super::truth::Quantity;

/// Slug, name, synonyms, CURIE of every entity that a graph can have. Slugs and names do not sort alike.
const POOL: [(&str, &str, &[&str], &str); 8] = [
    ("alpha-virus", "Alpha virus", &["AV"], "X:1"),
    ("beta", "beta", &[], "X:2"),
    ("lung-rot", "Lung rot", &["mouldy lung"], "X:3"),
    ("balance", "loss of balance", &["dizzy spell"], ""),
    ("adult", "adult", &["grown-up"], "X:5"),
    ("zeta", "Ärger", &[], ""),
    ("yam", "adult man", &[], ""),
    ("crowd", "Very old fern", &["VOF"], "X:8"),
];
const SOURCES: [&str; 3] = ["review", "atlas", "registry"];
const SLUGS: [&str; 12] = ["kilo", "bravo", "zulu", "echo", "alfa", "tango", "golf", "sierra", "delta", "lima", "foxtrot", "india"];
/// The two scales of hedges, and words for them.
pub const EXTENTS: [&str; 4] = ["some", "many", "most", "nearly all"];
pub const CONFIDENCES: [&str; 3] = ["possible", "suggested", "stated"];
pub const HEDGE_WORDS: [&str; 2] = ["usually", "Is thought to"];

/// A value of the data or of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Absent,
    Boolean(bool),
    Count(i64),
    Quantity(Quantity),
    Text(String),
    Entity(usize),
    Extent(usize),
    Confidence(usize),
    Hedge(Hedge),
    List(Vec<Value>),
    Path(Way),
}

/// A way through the graph: where it starts, then each relation type, whether it is taken forwards, and where it leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Way {
    pub start: usize,
    pub steps: Vec<(usize, bool, usize)>,
}

/// How general and how sure; places on the scales.
#[derive(Clone, Debug, PartialEq)]
pub struct Hedge {
    pub extent: Option<usize>,
    pub confidence: usize,
    pub words: Option<&'static str>,
}

impl Hedge {
    const FLAT: Hedge = Hedge { extent: None, confidence: 2, words: None };

    pub fn is_flat(&self) -> bool {
        *self == Hedge::FLAT
    }
}

#[derive(Clone, Debug)]
pub struct Entity {
    pub slug: &'static str,
    pub name: &'static str,
    pub synonyms: &'static [&'static str],
    pub xref: &'static str,
    pub kinds: Vec<usize>,
    pub parents: Vec<usize>,
    pub definition: Option<&'static str>,
}

#[derive(Clone, Debug)]
pub struct Statement {
    pub slug: String,
    pub sources: Vec<usize>,
    pub jointly: bool,
    pub negated: bool,
    pub hedge: Hedge,
}

/// A relation with everything that qualifies it, its own before that of its statement.
#[derive(Clone, Debug)]
pub struct Fact {
    pub from: usize,
    pub relation_type: usize,
    pub to: usize,
    pub statement: usize,
    pub qualifiers: Vec<(usize, Value)>,
    own: Vec<(usize, Value)>,
}

/// A graph.
#[derive(Clone, Debug)]
pub struct World {
    pub entities: Vec<Entity>,
    pub statements: Vec<Statement>,
    pub facts: Vec<Fact>,
    shared: Vec<Vec<(usize, Value)>>,
}

impl World {
    /// Makes a graph up.
    pub fn new(choices: &mut Choices<'_>) -> World {
        let count = 2 + choices.pick(POOL.len() - 1);
        let mut world = World { entities: Vec::new(), statements: Vec::new(), facts: Vec::new(), shared: Vec::new() };
        for place in 0..count {
            world.add_entity(place, choices);
        }
        let statements = 1 + choices.pick(SLUGS.len());
        for slug in &SLUGS[..statements] {
            world.add_statement(slug, choices);
        }
        world.add_hierarchy();
        world
    }

    fn add_entity(&mut self, place: usize, choices: &mut Choices<'_>) {
        let (slug, name, synonyms, xref) = POOL[place];
        let mut kinds = vec![(place + choices.pick(KINDS.len())) % KINDS.len()];
        if choices.once_in(4) {
            let second = choices.pick(KINDS.len());
            if second != kinds[0] {
                kinds.push(second);
            }
        }
        let alike: Vec<usize> = (0..place).filter(|other| self.entities[*other].kinds.contains(&kinds[0])).collect();
        let earlier: Vec<usize> = (0..place).collect();
        let mut parents = Vec::new();
        for times in [2, 6] {
            let candidates = if alike.is_empty() || choices.once_in(5) { &earlier } else { &alike };
            if choices.once_in(times) && !candidates.is_empty() {
                let parent = *choices.of(candidates);
                if !parents.contains(&parent) {
                    parents.push(parent);
                }
            }
        }
        let definition = choices.once_in(5).then_some("Something small.");
        self.entities.push(Entity { slug, name, synonyms, xref, kinds, parents, definition });
    }

    fn candidates(&self, relation_type: usize, end: End) -> Vec<usize> {
        (0..self.entities.len()).filter(|entity| allows(relation_type, end, &self.entities[*entity].kinds)).collect()
    }

    fn add_statement(&mut self, slug: &str, choices: &mut Choices<'_>) {
        let joint = choices.once_in(3);
        let count = if joint { 2 + choices.pick(2) } else { 1 };
        let preferred = choices.pick(5);
        let mut relations: Vec<(usize, usize, usize)> = Vec::new();
        for _ in 0..count {
            let start = if choices.once_in(6) { choices.pick(5) } else { preferred };
            let types = (0..5).map(|step| 1 + (start + step) % 5);
            let possible = types.map(|id| (id, self.candidates(id, End::Source), self.candidates(id, End::Target)));
            if let Some((id, sources, targets)) =
                possible.into_iter().find(|(_, sources, targets)| !sources.is_empty() && !targets.is_empty())
            {
                let relation = (*choices.of(&sources), id, *choices.of(&targets));
                if !relations.contains(&relation) {
                    relations.push(relation);
                }
            }
        }
        if relations.is_empty() {
            return;
        }
        let negated = choices.once_in(4);
        let shared_by_all = |qualifier: &usize| relations.iter().all(|(_, id, _)| RELATION_TYPES[*id].qualifiers.contains(qualifier));
        let mut shared = Vec::new();
        for qualifier in (0..QUALIFIERS.len()).filter(shared_by_all) {
            if choices.once_in(2) {
                shared.extend(self.made_up(qualifier, choices).map(|value| (qualifier, value)));
            }
        }
        let hedge = hedge(choices);
        let mut sources = vec![choices.pick(SOURCES.len())];
        if choices.once_in(4) {
            sources.push(choices.pick(SOURCES.len()));
        }
        let place = self.statements.len();
        for (from, relation_type, to) in &relations {
            let mut own = Vec::new();
            if choices.once_in(6) {
                let qualifier = *choices.of(RELATION_TYPES[*relation_type].qualifiers);
                own.extend(self.made_up(qualifier, choices).map(|value| (qualifier, value)));
            }
            let inherited = shared.iter().filter(|(id, _)| own.iter().all(|(known, _)| known != id)).cloned();
            let qualifiers = own.iter().cloned().chain(inherited).collect();
            self.facts.push(Fact { from: *from, relation_type: *relation_type, to: *to, statement: place, qualifiers, own });
        }
        let jointly = relations.len() > 1 && choices.once_in(2);
        self.shared.push(shared);
        self.statements.push(Statement { slug: slug.to_owned(), sources, jointly, negated, hedge });
    }

    /// A value of a qualifier; none where the graph has no entity for it.
    fn made_up(&self, qualifier: usize, choices: &mut Choices<'_>) -> Option<Value> {
        let Holds::Entities(kinds) = QUALIFIERS[qualifier].holds else {
            let count = if QUALIFIERS[qualifier].several { 1 + choices.pick(2) } else { 1 };
            let mut values: Vec<Value> = Vec::new();
            for _ in 0..count {
                let value = match QUALIFIERS[qualifier].holds {
                    Holds::Quantity(_, pool) => Value::Quantity(*choices.of(pool)),
                    Holds::Text(pool) => Value::Text((*choices.of(pool)).to_owned()),
                    _ => Value::Boolean(choices.pick(2) == 0),
                };
                if !values.contains(&value) {
                    values.push(value);
                }
            }
            return if QUALIFIERS[qualifier].several { Some(Value::List(values)) } else { values.pop() };
        };
        let fitting = |entity: &usize| kinds.is_empty() || self.entities[*entity].kinds.iter().any(|kind| kinds.contains(kind));
        let candidates: Vec<usize> = (0..self.entities.len()).filter(fitting).collect();
        let mut members = Vec::new();
        for _ in 0..1 + choices.pick(2) {
            let value = candidates.get(choices.pick(candidates.len())).map(|entity| Value::Entity(*entity));
            members.extend(value.filter(|value| !members.contains(value)));
        }
        (!members.is_empty()).then_some(Value::List(members))
    }

    /// Every step of the hierarchy is a statement of its own, which no source makes.
    fn add_hierarchy(&mut self) {
        for child in 0..self.entities.len() {
            for parent in self.entities[child].parents.clone() {
                let slug = format!("{}-is_a-{}", self.entities[child].slug, self.entities[parent].slug);
                let statement = self.statements.len();
                self.statements.push(Statement { slug, sources: Vec::new(), jointly: false, negated: false, hedge: Hedge::FLAT });
                let none = Vec::new;
                self.facts.push(Fact { from: child, relation_type: IS_A, to: parent, statement, qualifiers: none(), own: none() });
            }
        }
    }

    /// The entity and everything that it is one of.
    pub fn above(&self, entity: usize) -> BTreeSet<usize> {
        let mut all = BTreeSet::from([entity]);
        for parent in &self.entities[entity].parents {
            all.extend(self.above(*parent));
        }
        all
    }

    /// The entity and everything that is one of it.
    pub fn below(&self, entity: usize) -> BTreeSet<usize> {
        (0..self.entities.len()).filter(|other| self.above(*other).contains(&entity)).collect()
    }

    /// The kinds of an entity, and of what is one of it unless it stands for itself alone.
    pub fn kinds(&self, entity: usize, exactly: bool) -> Vec<usize> {
        let family = if exactly { BTreeSet::from([entity]) } else { self.below(entity) };
        family.into_iter().flat_map(|member| self.entities[member].kinds.clone()).collect()
    }

    pub fn is_denied(&self, fact: usize) -> bool {
        self.statements[self.facts[fact].statement].negated
    }

    /// The source's slug at a place.
    pub fn source(place: usize) -> &'static str {
        SOURCES[place]
    }

    /// Writes the graph as a curated folder.
    pub fn write(&self, folder: &Path) {
        let sources: Vec<String> =
            SOURCES.iter().map(|slug| format!("[[source]]\nid = \"{slug}\"\ntitle = \"Title of {slug}\"\n")).collect();
        for (file, text) in [
            ("schema.toml", toml()),
            ("sources.toml", sources.concat()),
            ("entities.toml", self.entities.iter().map(|entity| self.entity_toml(entity)).collect()),
            ("statements.toml", self.statements_toml()),
        ] {
            fs::write(folder.join(file), text).expect("a file can be written");
        }
    }

    fn entity_toml(&self, entity: &Entity) -> String {
        let list = |words: Vec<&str>| words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
        let mut text = format!("[[entity]]\nid = \"{}\"\nname = \"{}\"\n", entity.slug, entity.name);
        text += &format!("kind = [{}]\n", list(entity.kinds.iter().map(|kind| KINDS[*kind].0).collect()));
        if !entity.synonyms.is_empty() {
            text += &format!("synonyms = [{}]\n", list(entity.synonyms.to_vec()));
        }
        if !entity.xref.is_empty() {
            text += &format!("xrefs = [\"{}\"]\n", entity.xref);
        }
        if let Some(definition) = entity.definition {
            text += &format!("definition = \"{definition}\"\n");
        }
        if !entity.parents.is_empty() {
            text += &format!("is_a = [{}]\n", list(entity.parents.iter().map(|parent| self.entities[*parent].slug).collect()));
        }
        text
    }

    fn statements_toml(&self) -> String {
        let mut text = String::new();
        for (place, statement) in self.statements.iter().enumerate().filter(|(_, statement)| !statement.sources.is_empty()) {
            let sources: Vec<String> = statement.sources.iter().map(|source| format!("{{ source = \"{}\" }}", SOURCES[*source])).collect();
            text += &format!("[[statement]]\nid = \"{}\"\nclaim = \"A claim.\"\nevidence = [{}]\n", statement.slug, sources.join(", "));
            text += &format!("jointly = {}\nnegated = {}\n", statement.jointly, statement.negated);
            let relations: Vec<String> =
                self.facts.iter().filter(|fact| fact.statement == place).map(|fact| self.fact_toml(fact)).collect();
            text += &format!("relations = [{}]\n", relations.join(", "));
            if !self.shared[place].is_empty() {
                text += &format!("qualifiers = {{ {} }}\n", self.pairs_toml(&self.shared[place]));
            }
            let Hedge { extent, confidence, words } = &statement.hedge;
            if !statement.hedge.is_flat() {
                let mut parts = vec![format!("confidence = \"{}\"", CONFIDENCES[*confidence])];
                parts.extend(extent.map(|extent| format!("extent = \"{}\"", EXTENTS[extent])));
                parts.extend(words.map(|words| format!("words = \"{words}\"")));
                text += &format!("hedge = {{ {} }}\n", parts.join(", "));
            }
        }
        text
    }

    fn fact_toml(&self, fact: &Fact) -> String {
        let slug = |entity: usize| self.entities[entity].slug;
        let own = if fact.own.is_empty() { String::new() } else { format!(", {{ {} }}", self.pairs_toml(&fact.own)) };
        format!("[\"{}\", \"{}\", \"{}\"{own}]", slug(fact.from), RELATION_TYPES[fact.relation_type].id, slug(fact.to))
    }

    fn pairs_toml(&self, pairs: &[(usize, Value)]) -> String {
        pairs.iter().map(|(id, value)| format!("{} = {}", QUALIFIERS[*id].id, self.value_toml(value))).collect::<Vec<_>>().join(", ")
    }

    fn value_toml(&self, value: &Value) -> String {
        match value {
            Value::List(members) => format!("[{}]", members.iter().map(|member| self.value_toml(member)).collect::<Vec<_>>().join(", ")),
            Value::Entity(entity) => format!("\"{}\"", self.entities[*entity].slug),
            Value::Quantity(quantity) => format!("\"{}\"", quantity.text),
            Value::Boolean(holds) => holds.to_string(),
            Value::Text(text) => format!("\"{text}\""),
            other => unreachable!("no qualifier holds {other:?}"),
        }
    }
}

fn hedge(choices: &mut Choices<'_>) -> Hedge {
    let mut hedge = Hedge::FLAT;
    match choices.pick(4) {
        0 => return hedge,
        1 => hedge.extent = Some(choices.pick(EXTENTS.len())),
        2 => hedge.confidence = choices.pick(2),
        _ => {
            hedge.extent = choices.once_in(2).then(|| choices.pick(EXTENTS.len()));
            hedge.confidence = choices.pick(3);
        }
    }
    hedge.words = Some(*choices.of(&HEDGE_WORDS));
    hedge
}
