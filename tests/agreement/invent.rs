//! Invent: makes queries up from choices, about the names of a graph.

use super::choices::Choices;
use super::question::{Chain, Class, Condition, Field, Join, Line, Link, Operand, Phrase, Question, Set, Shape, Tails, Term, Walk, What};
use super::schema::{ARROW_VERBS, KINDS, NOUNS, RELATION_TYPES, VERBS, allows};
use super::truth::{ASKED, Comparison, DURATIONS, NUMBERS, PERCENTAGES, Quantity, RATIOS};
use super::world::{CONFIDENCES, EXTENTS, HEDGE_WORDS, Value, World};

const PIECES: [&str; 7] = ["a", "LATE-onset", "usual", "virus", "fast", "man", "z"];

/// Makes queries up, one after the other.
pub struct Inventor<'w, 'c> {
    pub world: &'w World,
    pub choices: Choices<'c>,
    /// Whether there is an answer that `it` can stand for.
    pub asked_before: bool,
    /// The names that `let` has given so far.
    pub given: Vec<usize>,
}

impl Inventor<'_, '_> {
    /// One line of a session.
    pub fn line(&mut self) -> Line {
        let name = if self.choices.once_in(8) { Some(self.choices.pick(2)) } else { None };
        let question = self.question();
        self.asked_before = true;
        match name {
            Some(name) => {
                self.given.push(name);
                Line::Let(name, question)
            }
            None => Line::Ask(question),
        }
    }

    fn question(&mut self) -> Question {
        match self.choices.pick(10) {
            7 => {
                let walk = self.walk(true);
                let condition = if self.choices.once_in(4) { Some(self.condition(&Shape::path(), 1)) } else { None };
                let tails = self.tails(&Shape::path(), false);
                Question::Path(walk, condition, tails)
            }
            8 => {
                let phrase = self.comparable();
                let shape = phrase.shape();
                let plain = |field: &Field| !matches!(field.class, Class::Quantity(_) | Class::Hedge | Class::Other);
                let field = self.field(&shape, plain);
                let limit = self.choices.once_in(4).then(|| self.choices.pick(3));
                Question::Compare(phrase, field, limit)
            }
            9 => self.count(),
            _ => {
                let set = self.set(2);
                let shape = set.shape();
                let with_denied = matches!(&set, Set::Phrase(phrase) if phrase.asks_denied());
                let tails = self.tails(&shape, with_denied);
                Question::Set(set, tails)
            }
        }
    }

    fn count(&mut self) -> Question {
        let set = self.set(1);
        let shape = set.shape();
        let mut fields: Vec<Field> = Vec::new();
        for _ in 0..self.choices.pick(3) {
            let field = self.field(&shape, |field| field.class != Class::Other);
            if fields.iter().all(|known| known.text != field.text) {
                fields.push(field);
            }
        }
        let has_condition = matches!(&set, Set::Phrase(phrase) if phrase.condition.is_some());
        // Behind a set without `by` a condition would be that of its last phrase.
        let has_place = matches!(&set, Set::Phrase(_)) || !fields.is_empty();
        let condition = if !has_condition && has_place && self.choices.once_in(3) { Some(self.condition(&shape, 1)) } else { None };
        let mut tails = Tails::default();
        if self.choices.once_in(3) {
            let count = Field { text: "count".to_owned(), what: What::Extra(0), class: Class::Other };
            tails.sort.push((count, self.choices.pick(2) == 0));
        }
        tails.limit = self.choices.once_in(4).then(|| self.choices.pick(3));
        Question::Count(set, fields, condition, tails)
    }

    /// A phrase whose rows are relations.
    fn comparable(&mut self) -> Phrase {
        let mut phrase = match self.choices.pick(4) {
            3 => Phrase { nouns: Vec::new(), operand: Operand::Chain(self.chain(1)), condition: None },
            2 => Phrase { nouns: Vec::new(), operand: Operand::Noun(self.choices.pick(NOUNS.len())), condition: None },
            _ => self.nested(1),
        };
        if self.choices.once_in(3) {
            phrase.condition = Some(self.condition(&phrase.shape(), 1));
        }
        phrase
    }

    fn set(&mut self, depth: usize) -> Set {
        if depth == 0 || self.choices.pick(4) != 3 {
            return Set::Phrase(Box::new(self.phrase(depth, false)));
        }
        if self.choices.once_in(3) {
            let first = self.conjunction(depth);
            let rest = (0..1 + self.choices.pick(2)).map(|_| (Join::Or, self.conjunction(depth))).collect();
            Set::Joined(Box::new(first), rest)
        } else {
            let first = Set::Phrase(Box::new(self.phrase(depth - 1, true)));
            let join = *self.choices.of(&[Join::And, Join::Or, Join::ButNot]);
            Set::Joined(Box::new(first), vec![(join, Set::Phrase(Box::new(self.phrase(depth - 1, true))))])
        }
    }

    fn conjunction(&mut self, depth: usize) -> Set {
        let first = Set::Phrase(Box::new(self.phrase(depth - 1, true)));
        if self.choices.pick(2) == 0 {
            return first;
        }
        let join = *self.choices.of(&[Join::And, Join::ButNot]);
        Set::Joined(Box::new(first), vec![(join, Set::Phrase(Box::new(self.phrase(depth - 1, true))))])
    }

    /// A phrase; as an operand of a set a name stands for an entity, which is asked no condition.
    fn phrase(&mut self, depth: usize, in_set: bool) -> Phrase {
        let mut phrase = match self.choices.pick(12) {
            0 => Phrase { nouns: Vec::new(), operand: Operand::Noun(self.choices.pick(NOUNS.len())), condition: None },
            6 => Phrase { nouns: Vec::new(), operand: Operand::Kind(self.choices.pick(KINDS.len())), condition: None },
            7 => Phrase { nouns: Vec::new(), operand: self.entity(), condition: None },
            8 | 9 => {
                let links = if self.choices.once_in(3) { 2 } else { 1 };
                Phrase { nouns: Vec::new(), operand: Operand::Chain(self.chain(links)), condition: None }
            }
            10 => Phrase { nouns: Vec::new(), operand: self.remembered(), condition: None },
            11 if depth > 0 && self.choices.pick(2) == 0 => {
                Phrase { nouns: Vec::new(), operand: Operand::Set(Box::new(self.set(depth - 1))), condition: None }
            }
            11 => Phrase { nouns: Vec::new(), operand: Operand::Around(self.walk(false)), condition: None },
            _ => self.nested(depth),
        };
        let is_entity = in_set && matches!(phrase.operand, Operand::Entity(..) | Operand::Set(_)) && phrase.nouns.is_empty();
        let is_bracket = matches!(phrase.operand, Operand::Set(_)) && phrase.nouns.is_empty();
        if !is_entity && !is_bracket && self.choices.pick(2) == 1 {
            let condition = self.condition(&phrase.shape(), 2);
            phrase.condition = Some(if self.choices.once_in(4) { Condition::Possibly(Box::new(condition)) } else { condition });
        }
        phrase
    }

    /// Nouns with `of`.
    fn nested(&mut self, depth: usize) -> Phrase {
        let mut nouns = vec![self.choices.pick(NOUNS.len())];
        if self.choices.once_in(3) {
            nouns.push(self.choices.pick(NOUNS.len()));
        }
        let operand = match self.choices.pick(8) {
            4 => Operand::Kind(self.choices.pick(KINDS.len())),
            5 => Operand::Noun(self.choices.pick(NOUNS.len())),
            6 => self.remembered(),
            7 if depth > 0 => Operand::Set(Box::new(self.set(depth - 1))),
            _ => self.asked_of(nouns[nouns.len() - 1]),
        };
        Phrase { nouns, operand, condition: None }
    }

    /// An entity, mostly one that the noun can be asked of.
    fn asked_of(&mut self, noun: usize) -> Operand {
        let fits = |entity: &usize| {
            let kinds = self.world.kinds(*entity, false);
            NOUNS[noun].meanings.iter().any(|(id, end)| allows(*id, end.other(), &kinds))
        };
        let fitting: Vec<usize> = (0..self.world.entities.len()).filter(fits).collect();
        if fitting.is_empty() || self.choices.once_in(8) {
            return self.entity();
        }
        Operand::Entity(*self.choices.of(&fitting), self.choices.once_in(6))
    }

    fn entity(&mut self) -> Operand {
        let entity = self.choices.pick(self.world.entities.len());
        Operand::Entity(entity, self.choices.once_in(5))
    }

    fn remembered(&mut self) -> Operand {
        if !self.given.is_empty() && self.choices.pick(2) == 0 {
            return Operand::Given(*self.choices.of(&self.given));
        }
        if self.asked_before { Operand::It } else { self.entity() }
    }

    fn term(&mut self) -> Term {
        match self.choices.pick(6) {
            0 | 1 => Term::What,
            4 => Term::Kind(self.choices.pick(KINDS.len())),
            5 if self.asked_before => Term::It,
            _ => Term::Entity(self.choices.pick(self.world.entities.len()), self.choices.once_in(5)),
        }
    }

    fn chain(&mut self, links: usize) -> Chain {
        let mut chain = Chain { terms: vec![self.term()], links: Vec::new() };
        for _ in 0..links {
            let arrow = if self.choices.once_in(4) { Some(self.choices.pick(2) == 0) } else { None };
            let verb = self.choices.pick(if arrow.is_some() { ARROW_VERBS } else { VERBS.len() });
            chain.links.push(Link { verb, arrow });
            chain.terms.push(self.term());
        }
        chain
    }

    fn end(&mut self) -> Term {
        match self.term() {
            Term::What => Term::Entity(self.choices.pick(self.world.entities.len()), false),
            term => term,
        }
    }

    fn walk(&mut self, is_path: bool) -> Walk {
        let all = is_path && self.choices.pick(2) == 1;
        let (from, to) = (self.end(), if is_path { self.end() } else { Term::What });
        let within = self.choices.once_in(2).then(|| 1 + self.choices.pick(3));
        let mut via = Vec::new();
        if self.choices.once_in(3) {
            for _ in 0..1 + self.choices.pick(2) {
                let verb = self.choices.pick(ARROW_VERBS + 1);
                let arrow = if self.choices.once_in(2) { Some(self.choices.pick(2) == 0) } else { None };
                via.push(((verb < ARROW_VERBS).then_some(verb), arrow));
            }
        }
        Walk { all, from, to, within, via }
    }

    fn field(&mut self, shape: &Shape, fits: impl Fn(&Field) -> bool) -> Field {
        let fields: Vec<Field> = shape.fields().into_iter().filter(fits).collect();
        self.choices.of(&fields).clone()
    }

    fn tails(&mut self, shape: &Shape, with_denied: bool) -> Tails {
        let mut tails = Tails::default();
        if self.choices.once_in(4) {
            for _ in 0..1 + self.choices.pick(3) {
                let field = self.field(shape, |_| true);
                if tails.show.iter().all(|known| known.text != field.text) {
                    tails.show.push(field);
                }
            }
        }
        // Only what is shown decides the order: of rows that are one, other fields can differ.
        let shown = shape.columns(with_denied);
        let sortable = |field: &Field| {
            let settled = matches!(field.what, What::Extent(_) | What::Confidence(_) | What::Kind(_) | What::Name(_) | What::Id(_));
            let visible = shown.iter().any(|column| column.what == field.what) || settled;
            (if tails.show.is_empty() { visible } else { tails.show.contains(field) })
                && !matches!(field.class, Class::Hedge | Class::Other)
        };
        let candidates: Vec<Field> = shape.fields().into_iter().filter(sortable).collect();
        if self.choices.once_in(3) && !candidates.is_empty() {
            for _ in 0..1 + self.choices.pick(2) {
                tails.sort.push((self.choices.of(&candidates).clone(), self.choices.pick(2) == 1));
            }
        }
        let is_settled = tails.show.is_empty() || shape.order().is_empty();
        tails.limit = (self.choices.once_in(5) && is_settled).then(|| self.choices.pick(4));
        tails
    }

    fn condition(&mut self, shape: &Shape, depth: usize) -> Condition {
        let choice = self.choices.pick(8);
        match choice {
            4 | 5 if depth > 0 => {
                let parts = (0..2 + self.choices.pick(2)).map(|_| self.condition(shape, depth - 1)).collect();
                if choice == 4 { Condition::And(parts) } else { Condition::Or(parts) }
            }
            6 if depth > 0 => Condition::Not(Box::new(self.condition(shape, depth - 1))),
            7 if depth > 0 => Condition::Possibly(Box::new(self.condition(shape, depth - 1))),
            _ => self.test(shape),
        }
    }

    fn test(&mut self, shape: &Shape) -> Condition {
        if !shape.links.is_empty() && self.choices.once_in(8) {
            return Condition::Denied;
        }
        // Mostly what qualifies some relation of the graph.
        let is_held = |field: &Field| match field.what {
            What::Qualifier(id, _) => self.world.facts.iter().any(|fact| fact.qualifiers.iter().any(|(known, _)| *known == id)),
            _ => false,
        };
        let held: Vec<Field> = shape.fields().into_iter().filter(is_held).collect();
        let field = if held.is_empty() || self.choices.once_in(2) {
            self.field(shape, |field| field.class != Class::Other)
        } else {
            self.choices.of(&held).clone()
        };
        let is_textual = !matches!(field.class, Class::Quantity(_) | Class::Boolean | Class::Extent | Class::Confidence);
        match self.choices.pick(8) {
            4 if is_textual => return Condition::Contains(field, PIECES[self.choices.pick(PIECES.len())]),
            5 => return Condition::Has(field),
            6 => {
                let values: Vec<Value> = (0..2).filter_map(|_| self.value(&field)).collect();
                if !values.is_empty() {
                    return Condition::In(field, values);
                }
            }
            7 => {
                if let (Some(low), Some(high)) = (self.exact_value(&field), self.exact_value(&field)) {
                    return Condition::Between(field, low, high);
                }
            }
            _ => {}
        }
        let is_ordered = matches!(field.class, Class::Quantity(_) | Class::Extent | Class::Confidence | Class::Words(_) | Class::Hedge);
        match self.value(&field) {
            Some(value) => {
                let is_words = field.class == Class::Hedge && matches!(value, Value::Text(_));
                let comparisons = if is_ordered && !is_words { &Comparison::ALL[..] } else { &Comparison::ALL[..3] };
                Condition::Compare(field, *self.choices.of(comparisons), value)
            }
            None => Condition::Has(field),
        }
    }

    fn exact_value(&mut self, field: &Field) -> Option<Value> {
        match self.value(field) {
            Some(Value::Quantity(quantity)) if !quantity.is_exact() => None,
            value @ Some(Value::Quantity(_) | Value::Extent(_) | Value::Confidence(_)) => value,
            _ => None,
        }
    }

    /// A value that the field can be compared with; none if the graph has none.
    fn value(&mut self, field: &Field) -> Option<Value> {
        let world = self.world;
        let text = |text: &str| Some(Value::Text(text.to_owned()));
        match &field.class {
            Class::Entity(kinds) => {
                let fits = |entity: &usize| kinds.is_empty() || world.kinds(*entity, false).iter().any(|kind| kinds.contains(kind));
                let fitting: Vec<usize> = (0..world.entities.len()).filter(fits).collect();
                fitting.get(self.choices.pick(fitting.len())).map(|entity| Value::Entity(*entity))
            }
            Class::Quantity(dimension) => {
                let all = [PERCENTAGES, RATIOS, DURATIONS, NUMBERS, ASKED].concat();
                let pool: Vec<Quantity> = all.into_iter().filter(|quantity| quantity.dimension == *dimension).collect();
                Some(Value::Quantity(*self.choices.of(&pool)))
            }
            Class::Boolean => Some(Value::Boolean(self.choices.pick(2) == 0)),
            Class::Words(qualifier) => {
                let held = world.facts.iter().flat_map(|fact| &fact.qualifiers).filter(|(id, _)| id == qualifier);
                let texts: Vec<Value> = held.flat_map(|(_, value)| members(value)).collect();
                texts.get(self.choices.pick(texts.len())).cloned()
            }
            Class::Kind => text(KINDS[self.choices.pick(KINDS.len())].0),
            Class::Text => {
                let entity = &world.entities[self.choices.pick(world.entities.len())];
                match field.what {
                    What::Id(_) => text(entity.slug),
                    What::Synonym(_) => entity.synonyms.first().and_then(|synonym| text(synonym)),
                    What::Xref(_) => {
                        if entity.xref.is_empty() {
                            None
                        } else {
                            text(entity.xref)
                        }
                    }
                    What::Definition(_) => text("something SMALL."),
                    _ => text(entity.name),
                }
            }
            Class::Source => text(World::source(self.choices.pick(3))),
            Class::Statement => world.statements.get(self.choices.pick(world.statements.len())).and_then(|statement| text(&statement.slug)),
            Class::Extent => Some(Value::Extent(self.choices.pick(EXTENTS.len()))),
            Class::Confidence => Some(Value::Confidence(self.choices.pick(CONFIDENCES.len()))),
            Class::Hedge => match self.choices.pick(3) {
                0 => Some(Value::Extent(self.choices.pick(EXTENTS.len()))),
                1 => Some(Value::Confidence(self.choices.pick(CONFIDENCES.len()))),
                _ => text(HEDGE_WORDS[self.choices.pick(HEDGE_WORDS.len())]),
            },
            Class::Relation => text(RELATION_TYPES[1 + self.choices.pick(RELATION_TYPES.len() - 1)].id),
            Class::Other => None,
        }
    }
}

/// The members of a list, or the value itself; none of what is absent.
pub fn members(value: &Value) -> Vec<Value> {
    match value {
        Value::Absent => Vec::new(),
        Value::List(members) => members.clone(),
        single => vec![single.clone()],
    }
}
