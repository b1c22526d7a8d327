//! Spell: a question as the text of a query, plainly or in one of the ways that mean the same.

use super::choices::Choices;
use super::question::{Chain, Condition, Field, GIVEN, Join, Line, Operand, Phrase, Question, Set, Tails, Term, Walk};
use super::schema::{KINDS, NOUNS, VERBS};
use super::truth::Comparison;
use super::world::{CONFIDENCES, EXTENTS, Value, World};

/// Writes questions; its choices decide how. Without any it writes plainly.
pub struct Speller<'w, 'c> {
    pub world: &'w World,
    pub style: Choices<'c>,
}

impl Speller<'_, '_> {
    /// The text of a line.
    pub fn line(&mut self, line: &Line) -> String {
        match line {
            Line::Ask(question) => self.question(question),
            Line::Let(name, question) => {
                let sign = self.style.of(&[" = ", "="]).to_owned();
                format!("{} {}{sign}{}", self.keyword("let"), GIVEN[*name], self.question(question))
            }
        }
    }

    fn question(&mut self, question: &Question) -> String {
        match question {
            Question::Set(set, tails) => {
                let set = self.set(set);
                let set = if self.style.once_in(6) { format!("({set})") } else { set };
                set + &self.tails(tails)
            }
            Question::Path(walk, condition, tails) => {
                let opener = self.keyword(if walk.all { "paths" } else { "path" });
                let from = self.keyword("from");
                let start = self.term(walk.from);
                let to = self.keyword("to");
                let end = self.term(walk.to);
                let reach = self.reach(walk);
                format!("{opener} {from} {start} {to} {end}{reach}") + &self.clause(condition.as_ref()) + &self.tails(tails)
            }
            Question::Compare(phrase, field, limit) => {
                let text = format!("{} {} {} {}", self.keyword("compare"), self.phrase(phrase), self.keyword("across"), self.field(field));
                let limit = limit.map_or(String::new(), |limit| format!(" {} {limit}", self.keyword("limit")));
                text + &limit
            }
            Question::Count(set, fields, condition, tails) => {
                let mut text = format!("{} {}", self.keyword("count"), self.set(set));
                if !fields.is_empty() {
                    let fields: Vec<String> = fields.iter().map(|field| self.field(field)).collect();
                    text += &format!(" {} {}", self.keyword("by"), fields.join(", "));
                }
                text + &self.clause(condition.as_ref()) + &self.tails(tails)
            }
        }
    }

    fn set(&mut self, set: &Set) -> String {
        match set {
            Set::Phrase(phrase) => {
                let text = self.phrase(phrase);
                if self.style.once_in(6) { format!("({text})") } else { text }
            }
            Set::Joined(first, rest) => {
                let mut text = self.set(first);
                for (join, operand) in rest {
                    let word = self.keyword(match join {
                        Join::And => "and",
                        Join::Or => "or",
                        Join::ButNot => "but not",
                    });
                    text += &format!(" {word} {}", self.set(operand));
                }
                text
            }
        }
    }

    fn phrase(&mut self, phrase: &Phrase) -> String {
        let mut text = String::new();
        for noun in &phrase.nouns {
            let of = self.keyword("of");
            text += &format!("{} {of} ", self.noun(*noun));
        }
        let operand = self.operand(&phrase.operand);
        // Behind `of` a bracket changes nothing.
        text += &if !phrase.nouns.is_empty() && self.style.once_in(8) { format!("({operand})") } else { operand };
        text + &self.clause(phrase.condition.as_ref())
    }

    fn noun(&mut self, noun: usize) -> String {
        let (one, many) = *self.style.of(NOUNS[noun].spellings);
        let word = *self.style.of(&[many, one]);
        self.words(word)
    }

    fn operand(&mut self, operand: &Operand) -> String {
        match operand {
            Operand::Noun(noun) => self.noun(*noun),
            Operand::Kind(kind) => {
                let word = *self.style.of(&[KINDS[*kind].1, KINDS[*kind].0]);
                // A relation noun of the same name would win.
                let must = NOUNS.iter().any(|noun| noun.spellings[0].0 == KINDS[*kind].0);
                let word = self.words(word);
                if must || self.style.once_in(3) { format!("{} {word}", self.keyword("kind")) } else { word }
            }
            Operand::Entity(entity, exactly) => self.named(*entity, *exactly),
            Operand::Chain(chain) => self.chain(chain),
            Operand::It => self.keyword("it"),
            Operand::Given(name) => self.words(GIVEN[*name]),
            Operand::Set(set) => format!("({})", self.set(set)),
            Operand::Around(walk) => format!("{} {}{}", self.keyword("around"), self.term(walk.from), self.reach(walk)),
        }
    }

    fn named(&mut self, entity: usize, exactly: bool) -> String {
        let name = self.entity(entity);
        if exactly { format!("{} {name}", self.keyword("exactly")) } else { name }
    }

    fn term(&mut self, term: Term) -> String {
        match term {
            Term::What => {
                let word = *self.style.of(&["what", "which"]);
                self.keyword(word)
            }
            Term::Kind(kind) => self.words(KINDS[kind].0),
            Term::Entity(entity, exactly) => self.named(entity, exactly),
            Term::It => self.keyword("it"),
        }
    }

    fn chain(&mut self, chain: &Chain) -> String {
        let mut text = self.term(chain.terms[0]);
        for (link, term) in chain.links.iter().zip(&chain.terms[1..]) {
            // The words of a relation name its fields: they stay as they are.
            let verb = VERBS[link.verb].spellings[0];
            let verb = match link.arrow {
                Some(true) => format!("-{verb}->"),
                Some(false) => format!("<-{verb}-"),
                None if chain.links.len() == 1 => {
                    let spelling = *self.style.of(VERBS[link.verb].spellings);
                    spelling.to_owned()
                }
                None => verb.to_owned(),
            };
            text += &format!(" {verb} {}", self.term(*term));
        }
        text
    }

    fn reach(&mut self, walk: &Walk) -> String {
        let mut text = String::new();
        if let Some(within) = walk.within {
            text += &format!(" {} {within}", self.keyword("within"));
        }
        if !walk.via.is_empty() {
            let mut steps = Vec::new();
            for (verb, arrow) in &walk.via {
                let word = verb.map_or("is_a", |verb| VERBS[verb].spellings[0]);
                steps.push(match arrow {
                    Some(true) => format!("-{word}->"),
                    Some(false) => format!("<-{word}-"),
                    None => self.words(word),
                });
            }
            text += &format!(" {} {}", self.keyword("via"), steps.join(", "));
        }
        text
    }

    fn clause(&mut self, condition: Option<&Condition>) -> String {
        match condition {
            Some(condition) => format!(" {} {}", self.keyword("where"), self.condition(condition)),
            None => String::new(),
        }
    }

    fn tails(&mut self, tails: &Tails) -> String {
        let mut text = String::new();
        if !tails.sort.is_empty() {
            let mut keys = Vec::new();
            for (field, descending) in &tails.sort {
                let order = if *descending { *self.style.of(&[" desc", " descending", " DESC"]) } else { *self.style.of(&["", " asc"]) };
                keys.push(format!("{}{order}", self.field(field)));
            }
            text += &format!(" {} {}", self.keyword("sort by"), keys.join(", "));
        }
        if let Some(limit) = tails.limit {
            text += &format!(" {} {limit}", self.keyword("limit"));
        }
        if !tails.show.is_empty() {
            let fields: Vec<String> = tails.show.iter().map(|field| self.field(field)).collect();
            text += &format!(" {} {}", self.keyword("show"), fields.join(*self.style.of(&[", ", ","])));
        }
        text
    }

    fn condition(&mut self, condition: &Condition) -> String {
        let text = match condition {
            Condition::And(parts) => self.joined(parts, "and"),
            Condition::Or(parts) => self.joined(parts, "or"),
            Condition::Not(inner) => format!("{} {}", self.keyword("not"), self.part(inner)),
            Condition::Possibly(inner) => format!("{} {}", self.keyword("possibly"), self.part(inner)),
            Condition::Compare(field, comparison, value) => self.comparison(field, *comparison, value),
            Condition::In(field, values) => {
                let values: Vec<String> = values.iter().map(|value| self.value(value)).collect();
                format!("{} {} ({})", self.field(field), self.keyword("in"), values.join(*self.style.of(&[", ", ","])))
            }
            Condition::Between(field, low, high) => {
                let field = self.field(field);
                let (low, high) = (self.value(low), self.value(high));
                format!("{field} {} {low} {} {high}", self.keyword("between"), self.keyword("and"))
            }
            Condition::Contains(field, piece) => format!("{} {} \"{piece}\"", self.field(field), self.keyword("contains")),
            Condition::Has(field) => format!("{} {}", self.keyword("has"), self.field(field)),
            Condition::Denied => self.keyword("denied"),
        };
        if self.style.once_in(6) { format!("({text})") } else { text }
    }

    fn comparison(&mut self, field: &Field, comparison: Comparison, value: &Value) -> String {
        let symbol = match (comparison, self.style.pick(3)) {
            (Comparison::NotEqual, 1) => "<>",
            (Comparison::NotEqual, 2) => "≠",
            (Comparison::LessOrEqual, 2) => "≤",
            (Comparison::GreaterOrEqual, 2) => "≥",
            (comparison, _) => comparison.symbol(),
        };
        let space = *self.style.of(&[" ", "", "  "]);
        format!("{}{space}{symbol}{space}{}", self.field(field), self.value(value))
    }

    fn joined(&mut self, parts: &[Condition], word: &str) -> String {
        let mut text = self.part(&parts[0]);
        for part in &parts[1..] {
            text += &format!(" {} {}", self.keyword(word), self.part(part));
        }
        text
    }

    fn part(&mut self, condition: &Condition) -> String {
        let text = self.condition(condition);
        if matches!(condition, Condition::And(_) | Condition::Or(_)) { format!("({text})") } else { text }
    }

    fn field(&mut self, field: &Field) -> String {
        self.words(&field.text)
    }

    fn value(&mut self, value: &Value) -> String {
        match value {
            Value::Entity(entity) => self.entity(*entity),
            Value::Quantity(quantity) if quantity.text.starts_with(['<', '>']) => format!("\"{}\"", quantity.text),
            Value::Quantity(quantity) => quantity.text.to_owned(),
            Value::Boolean(holds) => {
                let words = if *holds { ["true", "yes"] } else { ["false", "no"] };
                let word = *self.style.of(&words);
                self.words(word)
            }
            Value::Extent(extent) => self.words(EXTENTS[*extent]),
            Value::Confidence(confidence) => self.words(CONFIDENCES[*confidence]),
            Value::Text(text) => format!("\"{text}\""),
            other => unreachable!("no query asks for {other:?}"),
        }
    }

    /// An entity by its id, or by another of its names.
    fn entity(&mut self, place: usize) -> String {
        let entity = &self.world.entities[place];
        let mut names: Vec<(&str, bool)> = vec![(entity.slug, false), (entity.name, true)];
        names.extend(entity.synonyms.iter().map(|synonym| (*synonym, true)));
        if !entity.xref.is_empty() {
            names.push((entity.xref, false));
        }
        let (name, bends) = *self.style.of(&names);
        let ends_plainly = name.ends_with(|letter: char| letter.is_ascii_lowercase() && !matches!(letter, 's' | 'h' | 'x' | 'y'));
        let name = if bends && ends_plainly && self.style.once_in(4) { format!("{name}s") } else { name.to_owned() };
        let name = self.words(&name);
        if name.to_lowercase().contains(" of ") || self.style.once_in(5) { format!("\"{name}\"") } else { name }
    }

    fn keyword(&mut self, word: &str) -> String {
        match self.style.pick(4) {
            1 => word.to_uppercase(),
            2 => capitalised(word),
            _ => word.to_owned(),
        }
    }

    /// Words in another case, or with something else between them.
    fn words(&mut self, words: &str) -> String {
        let words = match self.style.pick(6) {
            1 => words.to_uppercase(),
            2 => capitalised(words),
            _ => words.to_owned(),
        };
        let between = |from: [char; 3], to: &str| words.replace(from, to);
        match self.style.pick(6) {
            1 => between([' ', '-', '_'], "-"),
            2 => between([' ', '-', '_'], "_"),
            3 => between([' ', '-', '_'], " "),
            _ => words,
        }
    }
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
