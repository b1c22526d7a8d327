//! Question: what a generated query asks, as a tree of its own, and the fields that its rows have.

use super::schema::{Holds, KINDS, NOUNS, QUALIFIERS, RELATION_TYPES, VERBS, qualifiers_of};
use super::truth::{Comparison, Dimension};
use super::world::Value;

/// One line of a session.
#[derive(Clone, Debug)]
pub enum Line {
    Ask(Question),
    /// `let NAME = …`, by the place of the name in [`GIVEN`].
    Let(usize, Question),
}

/// Names that `let` can give.
pub const GIVEN: [&str; 2] = ["chosen", "first_pick"];

#[derive(Clone, Debug)]
pub enum Question {
    Set(Set, Tails),
    Path(Walk, Option<Condition>, Tails),
    Compare(Phrase, Field, Option<usize>),
    Count(Set, Vec<Field>, Option<Condition>, Tails),
}

#[derive(Clone, Debug)]
pub enum Set {
    Phrase(Box<Phrase>),
    /// Operators of one level: all `or`, or `and` and `but not`; the operands of the latter are phrases.
    Joined(Box<Set>, Vec<(Join, Set)>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    And,
    Or,
    ButNot,
}

/// Nouns from the outermost in, by their places in [`NOUNS`], and what they are asked of.
#[derive(Clone, Debug)]
pub struct Phrase {
    pub nouns: Vec<usize>,
    pub operand: Operand,
    pub condition: Option<Condition>,
}

#[derive(Clone, Debug)]
pub enum Operand {
    Noun(usize),
    Kind(usize),
    Entity(usize, bool),
    Chain(Chain),
    It,
    Given(usize),
    Set(Box<Set>),
    Around(Walk),
}

#[derive(Clone, Debug)]
pub struct Chain {
    pub terms: Vec<Term>,
    pub links: Vec<Link>,
}

#[derive(Clone, Copy, Debug)]
pub enum Term {
    What,
    Kind(usize),
    Entity(usize, bool),
    It,
}

/// A relation between two terms: a verb, perhaps in an arrow that points to the right or to the left.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    pub verb: usize,
    pub arrow: Option<bool>,
}

/// What `path`, `paths` and `around` take: two ends (`around` has one), a length and relations.
#[derive(Clone, Debug)]
pub struct Walk {
    pub all: bool,
    pub from: Term,
    pub to: Term,
    pub within: Option<usize>,
    /// Verbs, none for `is_a`, each with the direction that an arrow gives it.
    pub via: Vec<(Option<usize>, Option<bool>)>,
}

#[derive(Clone, Debug)]
pub enum Condition {
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    Possibly(Box<Condition>),
    Compare(Field, Comparison, Value),
    In(Field, Vec<Value>),
    Between(Field, Value, Value),
    Contains(Field, &'static str),
    Has(Field),
    Denied,
}

impl Condition {
    /// Whether it asks for denials.
    pub fn asks_denied(&self) -> bool {
        match self {
            Condition::And(parts) | Condition::Or(parts) => parts.iter().any(Condition::asks_denied),
            Condition::Not(inner) | Condition::Possibly(inner) => inner.asks_denied(),
            Condition::Denied => true,
            _ => false,
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct Tails {
    pub sort: Vec<(Field, bool)>,
    pub limit: Option<usize>,
    pub show: Vec<Field>,
}

/// A field: how it is written, what it is of, and what it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub text: String,
    pub what: What,
    pub class: Class,
}

/// What a field is of: a column, a relation (by its place in a chain), or the entity in a column.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    Column(usize),
    Extra(usize),
    Qualifier(usize, usize),
    Source(usize),
    Statement(usize),
    Hedge(usize),
    Extent(usize),
    Confidence(usize),
    Jointly(usize),
    Relation(usize),
    Denied,
    Kind(usize),
    Name(usize),
    Id(usize),
    Synonym(usize),
    Xref(usize),
    Definition(usize),
}

/// What a field holds: it decides which conditions can be made of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Class {
    /// Entities of these kinds; none means any.
    Entity(Vec<usize>),
    Quantity(Dimension),
    Boolean,
    /// A text that the qualifier has somewhere.
    Words(usize),
    Kind,
    Text,
    Source,
    Statement,
    Extent,
    Confidence,
    Hedge,
    Relation,
    /// Nothing is asked of it.
    Other,
}

/// The rows of a phrase: what their columns are.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// The columns of entities: a name by which fields may call them, if that is certain, and the kinds that they hold.
    pub ends: Vec<(Option<&'static str>, Vec<usize>)>,
    /// The relations, each with the types that it can be and the words that stand for it.
    pub links: Vec<(Vec<usize>, &'static str)>,
    /// Further columns.
    pub extras: Vec<(&'static str, Class)>,
    /// Whether the relation's type stands behind the first column.
    pub names_relation: bool,
}

fn ends_of(meanings: &[(usize, super::schema::End)], other: bool) -> Vec<usize> {
    let mut kinds = Vec::new();
    for (id, end) in meanings {
        let end = if other { end.other() } else { *end };
        kinds.extend_from_slice(if end == super::schema::End::Source { RELATION_TYPES[*id].from } else { RELATION_TYPES[*id].to });
    }
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

impl Phrase {
    /// Whether its condition asks for denials.
    pub fn asks_denied(&self) -> bool {
        let within = match &self.operand {
            Operand::Set(set) if self.nouns.is_empty() => matches!(set.as_ref(), Set::Phrase(phrase) if phrase.asks_denied()),
            _ => false,
        };
        within || self.condition.as_ref().is_some_and(Condition::asks_denied)
    }

    /// What its rows are made of.
    pub fn shape(&self) -> Shape {
        let Some(noun) = self.nouns.first() else {
            return self.operand.shape();
        };
        Shape::noun(*noun)
    }
}

impl Shape {
    fn noun(place: usize) -> Shape {
        let noun = &NOUNS[place];
        let name = (noun.meanings.len() == 1).then_some(noun.spellings[0].0);
        let mut types: Vec<usize> = noun.meanings.iter().map(|(id, _)| *id).collect();
        types.dedup();
        Shape {
            ends: vec![(name, ends_of(noun.meanings, false)), (Some("of"), ends_of(noun.meanings, true))],
            links: vec![(types, "")],
            ..Shape::default()
        }
    }

    pub fn members() -> Shape {
        Shape { ends: vec![(None, Vec::new())], ..Shape::default() }
    }

    pub fn path() -> Shape {
        let extras = vec![("length", Class::Quantity(Dimension::Number)), ("path", Class::Other)];
        Shape { ends: vec![(Some("from"), Vec::new()), (Some("to"), Vec::new())], extras, ..Shape::default() }
    }

    fn chain(chain: &Chain) -> Shape {
        let types = |link: &Link| VERBS[link.verb].meanings.iter().map(|(id, _)| *id).collect();
        Shape {
            ends: chain.terms.iter().map(|_| (None, Vec::new())).collect(),
            links: chain.links.iter().map(|link| (types(link), VERBS[link.verb].spellings[0])).collect(),
            ..Shape::default()
        }
    }

    /// The columns in order: what each is called when answers are held against each other, and what it shows.
    pub fn columns(&self, with_denied: bool) -> Vec<Field> {
        let column = |text: String, what: What, class: Class| Field { text, what, class };
        let mut columns: Vec<Field> = Vec::new();
        for (place, (_, kinds)) in self.ends.iter().enumerate() {
            columns.push(column(format!("#{place}"), What::Column(place), Class::Entity(kinds.clone())));
            if place == 0 && self.names_relation {
                columns.push(column("relation".to_owned(), What::Relation(0), Class::Relation));
            }
        }
        for (place, (types, _)) in self.links.iter().enumerate() {
            let name = |field: &str| self.prefixed(place, field);
            columns.push(column(name("jointly"), What::Jointly(place), Class::Entity(Vec::new())));
            for id in qualifiers_of(types) {
                columns.push(column(name(QUALIFIERS[id].id), What::Qualifier(id, place), class_of(id)));
            }
            columns.push(column(name("hedge"), What::Hedge(place), Class::Hedge));
        }
        for (place, (name, class)) in self.extras.iter().enumerate() {
            columns.push(column((*name).to_owned(), What::Extra(place), class.clone()));
        }
        if with_denied && !self.links.is_empty() {
            columns.push(column("denied".to_owned(), What::Denied, Class::Boolean));
        }
        columns
    }

    /// What rows are sorted by, behind what the question says and before the order of all answers: paths by their length,
    /// neighbours by their distance, what is known of an entity relation by relation.
    pub fn order(&self) -> Vec<Field> {
        let columns = self.columns(false);
        let leading = |column: &Field| match column.what {
            What::Extra(0) => matches!(self.extras[0].0, "length" | "distance"),
            What::Column(_) | What::Relation(_) => self.names_relation,
            _ => false,
        };
        columns.into_iter().filter(leading).collect()
    }

    /// A field of one of the relations, as a query has to write it.
    pub fn prefixed(&self, link: usize, field: &str) -> String {
        if self.links.len() < 2 {
            return field.to_owned();
        }
        // A relation that stands there twice is told apart by a number.
        let words = self.links[link].1.replace(' ', "_");
        let earlier = self.links[..link].iter().filter(|(_, written)| *written == self.links[link].1).count();
        if earlier == 0 { format!("{words}.{field}") } else { format!("{words}_{}.{field}", earlier + 1) }
    }

    /// The relations whose fields can be told apart by their words.
    fn clear_links(&self) -> Vec<usize> {
        let clear = |place: &usize| self.links.iter().filter(|(_, written)| *written == self.links[*place].1).count() == 1;
        (0..self.links.len()).filter(clear).collect()
    }

    /// Whether a term of a sentence can be called as the qualifier is: its name then means the term.
    fn hides(&self, qualifier: usize) -> bool {
        let has_terms = self.ends.len() == self.links.len() + 1 && self.ends.iter().all(|(name, _)| name.is_none());
        has_terms && self.links.len() == 1 && !self.names_relation && KINDS.iter().any(|(one, _)| *one == QUALIFIERS[qualifier].id)
    }

    /// Everything that a condition can test, the plainest first.
    pub fn fields(&self) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        let mut add = |text: String, what: What, class: Class| fields.push(Field { text, what, class });
        for place in self.clear_links() {
            let name = |field: &str| self.prefixed(place, field);
            for id in qualifiers_of(&self.links[place].0).into_iter().filter(|id| !self.hides(*id)) {
                add(name(QUALIFIERS[id].id), What::Qualifier(id, place), class_of(id));
            }
            add(name("source"), What::Source(place), Class::Source);
            add(name("hedge"), What::Hedge(place), Class::Hedge);
            add(name("extent"), What::Extent(place), Class::Extent);
            add(name("confidence"), What::Confidence(place), Class::Confidence);
            add(name("jointly"), What::Jointly(place), Class::Entity(Vec::new()));
            add(name("statement"), What::Statement(place), Class::Statement);
            add(name("relation"), What::Relation(place), Class::Relation);
        }
        for (place, (name, kinds)) in self.ends.iter().enumerate() {
            if let Some(name) = name {
                add((*name).to_owned(), What::Column(place), Class::Entity(kinds.clone()));
                add(format!("{name}.kind"), What::Kind(place), Class::Kind);
                add(format!("{name}.name"), What::Name(place), Class::Text);
            }
        }
        for (place, (name, class)) in self.extras.iter().enumerate() {
            add((*name).to_owned(), What::Extra(place), class.clone());
        }
        add("kind".to_owned(), What::Kind(0), Class::Kind);
        add("name".to_owned(), What::Name(0), Class::Text);
        add("id".to_owned(), What::Id(0), Class::Text);
        add("synonym".to_owned(), What::Synonym(0), Class::Text);
        add("xref".to_owned(), What::Xref(0), Class::Text);
        add("definition".to_owned(), What::Definition(0), Class::Text);
        fields
    }
}

impl Operand {
    fn shape(&self) -> Shape {
        match self {
            Operand::Noun(noun) => Shape::noun(*noun),
            Operand::Kind(kind) => Shape {
                ends: vec![(Some(KINDS[*kind].0), vec![*kind])],
                extras: vec![("statements", Class::Quantity(Dimension::Number))],
                ..Shape::default()
            },
            Operand::Entity(..) => Shape {
                ends: vec![(None, Vec::new()); 2],
                links: vec![((1..RELATION_TYPES.len()).collect(), "relation")],
                names_relation: true,
                ..Shape::default()
            },
            Operand::Chain(chain) => Shape::chain(chain),
            Operand::It | Operand::Given(_) => Shape::members(),
            Operand::Set(set) => set.shape(),
            Operand::Around(_) => Shape {
                ends: vec![(Some("entity"), Vec::new())],
                extras: vec![("distance", Class::Quantity(Dimension::Number))],
                ..Shape::default()
            },
        }
    }
}

impl Set {
    /// What its rows are made of.
    pub fn shape(&self) -> Shape {
        match self {
            Set::Phrase(phrase) => phrase.shape(),
            Set::Joined(..) => Shape::members(),
        }
    }
}

fn class_of(qualifier: usize) -> Class {
    match QUALIFIERS[qualifier].holds {
        Holds::Entities(kinds) => Class::Entity(kinds.to_vec()),
        Holds::Quantity(dimension, _) => Class::Quantity(dimension),
        Holds::Boolean => Class::Boolean,
        Holds::Text(_) => Class::Words(qualifier),
    }
}
