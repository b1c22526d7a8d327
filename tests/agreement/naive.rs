//! Naive: answers the phrases of the language from plain lists with nested loops, as its contract words it.

use std::collections::{BTreeMap, BTreeSet};

use super::question::{Chain, Condition, Join, Link, Operand, Phrase, Set, Term};
use super::schema::{End, IS_A, NOUNS, RELATION_TYPES, VERBS, allows};
use super::values::Row;
use super::world::{Value, World};

/// What supports an entity of an answer.
#[derive(Clone, Debug, Default)]
pub struct Member {
    pub support: BTreeSet<usize>,
    pub cited: BTreeSet<usize>,
    pub certain: bool,
    /// Whether a condition is unknown for it: it is no member, but is counted where it would have been one.
    pub unknown: bool,
}

/// Distinct entities, each with what supports it.
pub type Members = BTreeMap<usize, Member>;

/// What a session remembers.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    pub it: Option<Members>,
    pub given: BTreeMap<usize, Members>,
}

/// Why there is no answer.
pub struct Refused;

/// The evaluation of one question.
pub struct Naive<'w> {
    pub world: &'w World,
    pub memory: &'w Memory,
    /// Statements that deny what was asked for.
    pub denied: BTreeSet<usize>,
    /// Whether a part of the question finds nothing at all, and may be refused because by the schema it never can.
    pub may_refuse: bool,
    /// Whether a word means several relation types, of which the kinds may leave too few for a field.
    pub may_lack_field: bool,
}

impl<'w> Naive<'w> {
    pub fn new(world: &'w World, memory: &'w Memory) -> Naive<'w> {
        Naive { world, memory, denied: BTreeSet::new(), may_refuse: false, may_lack_field: false }
    }

    /// The rows of a set: those of its phrase, or one for each distinct entity.
    pub fn set(&mut self, set: &Set, with_denials: bool) -> Result<Vec<Row>, Refused> {
        match set {
            Set::Phrase(phrase) => self.phrase(phrase, with_denials),
            Set::Joined(..) => Ok(rows_of(self.members_of_set(set)?)),
        }
    }

    /// The rows of a phrase that satisfy its condition; denials are left out and counted, unless they are asked for.
    pub fn phrase(&mut self, phrase: &Phrase, with_denials: bool) -> Result<Vec<Row>, Refused> {
        let rows = self.unconditioned(phrase)?;
        // What stands in brackets was decided there: brackets take no denials out again.
        let decided = phrase.nouns.is_empty() && matches!(phrase.operand, Operand::Set(_)) && bracketed_phrase(&phrase.operand).is_none();
        Ok(self.filtered(rows, phrase.condition.as_ref(), with_denials || decided))
    }

    /// Rows that satisfy a condition, and those for which it is unknown.
    pub fn filtered(&mut self, rows: Vec<Row>, condition: Option<&Condition>, with_denials: bool) -> Vec<Row> {
        let reaches_denials = with_denials || condition.is_some_and(Condition::asks_denied);
        let mut kept = Vec::new();
        for mut row in rows {
            let truth = condition.map_or(Some(true), |condition| self.world.holds(condition, &row, false));
            row.unknown |= truth.is_none();
            row.certain &= condition.is_none_or(|condition| self.world.holds(condition, &row, true) == Some(true));
            let denied: Vec<usize> = row.facts.iter().copied().filter(|fact| self.world.is_denied(*fact)).collect();
            if truth == Some(false) {
                continue;
            }
            if denied.is_empty() || reaches_denials {
                kept.push(row);
            } else if !row.unknown {
                self.denied.extend(denied.iter().map(|fact| self.world.facts[*fact].statement));
            }
        }
        kept
    }

    fn unconditioned(&mut self, phrase: &Phrase) -> Result<Vec<Row>, Refused> {
        let Some((outermost, inner)) = phrase.nouns.split_first() else {
            return match bracketed_phrase(&phrase.operand) {
                Some(bracketed) => self.unconditioned(bracketed),
                None => self.operand(&phrase.operand),
            };
        };
        let mut fed = self.members_of_operand(&phrase.operand)?;
        let mut kinds = match &phrase.operand {
            Operand::Entity(entity, exactly) => Some(self.world.kinds(*entity, *exactly)),
            _ => None,
        };
        for noun in inner.iter().rev() {
            let rows = self.noun_of(*noun, &fed, kinds.take())?;
            fed = members_of(self.filtered(rows, None, false));
        }
        self.noun_of(*outermost, &fed, kinds)
    }

    /// A noun asked of what is fed: of an entity, whose kinds must be able to stand there, or of anything else.
    fn noun_of(&mut self, noun: usize, fed: &Members, kinds: Option<Vec<usize>>) -> Result<Vec<Row>, Refused> {
        let ends: Vec<(usize, End)> = NOUNS[noun].meanings.iter().map(|(id, end)| (*id, end.other())).collect();
        if kinds.is_some_and(|kinds| !ends.iter().any(|(id, end)| allows(*id, *end, &kinds))) {
            return Err(Refused);
        }
        let rows = self.noun(noun, Some(fed));
        self.may_refuse |= rows.is_empty();
        Ok(rows)
    }

    fn operand(&mut self, operand: &Operand) -> Result<Vec<Row>, Refused> {
        match operand {
            Operand::Noun(noun) => Ok(self.noun(*noun, None)),
            Operand::Entity(entity, _) => Ok(self.all_of(*entity)),
            Operand::Kind(kind) => Ok(self.kind(*kind)),
            Operand::Chain(chain) => self.chain(chain),
            Operand::It | Operand::Given(_) => self.members_of_operand(operand).map(rows_of),
            Operand::Set(set) => self.set(set, false),
            Operand::Around(walk) => self.around(walk),
        }
    }

    /// Every relation that a noun means, asked of what is fed or of everything.
    fn noun(&mut self, noun: usize, fed: Option<&Members>) -> Vec<Row> {
        self.may_lack_field |= NOUNS[noun].meanings.iter().any(|(id, _)| *id != NOUNS[noun].meanings[0].0);
        let mut rows = Vec::new();
        for (place, fact) in self.world.facts.iter().enumerate() {
            for (id, end) in NOUNS[noun].meanings {
                let (answered, of) = if *end == End::Source { (fact.from, fact.to) } else { (fact.to, fact.from) };
                if fact.relation_type != *id {
                    continue;
                }
                let feeding = match fed {
                    Some(fed) => fed.get(&of).cloned(),
                    None => Some(Member { certain: true, ..Member::default() }),
                };
                if let Some(mut member) = feeding {
                    member.support.insert(place);
                    rows.push(Row { ends: vec![answered, of], facts: vec![place], ..row_of(member) });
                }
            }
        }
        rows
    }

    /// Every relation at whose ends an entity stands, and every one that a qualifier names it in.
    fn all_of(&self, entity: usize) -> Vec<Row> {
        let facts = self.world.facts.iter().enumerate();
        let mine = facts.filter(|(place, fact)| fact.from == entity || fact.to == entity || self.names(*place, entity));
        mine.map(|(place, fact)| Row {
            ends: vec![fact.from, fact.to],
            facts: vec![place],
            support: BTreeSet::from([place]),
            certain: true,
            ..Row::default()
        })
        .collect()
    }

    fn names(&self, fact: usize, entity: usize) -> bool {
        self.world.facts[fact].qualifiers.iter().any(|(_, value)| super::invent::members(value).contains(&Value::Entity(entity)))
    }

    /// Every entity of a kind, with how many statements of sources speak of it; the first three are cited.
    fn kind(&self, kind: usize) -> Vec<Row> {
        let mut rows = Vec::new();
        for (entity, _) in self.world.entities.iter().enumerate().filter(|(_, entity)| entity.kinds.contains(&kind)) {
            let speaks =
                |(place, fact): &(usize, &super::world::Fact)| fact.from == entity || fact.to == entity || self.names(*place, entity);
            let speaking = self.world.facts.iter().enumerate().filter(speaks).map(|(_, fact)| fact.statement);
            let asserted = |place: &usize| !self.world.statements[*place].negated && !self.world.statements[*place].sources.is_empty();
            let statements: BTreeSet<usize> = speaking.filter(asserted).collect();
            let mut first: Vec<usize> = statements.iter().copied().collect();
            first.sort_by_key(|place| &self.world.statements[*place].slug);
            rows.push(Row {
                ends: vec![entity],
                extras: vec![Value::Count(statements.len() as i64)],
                cited: first.into_iter().take(3).collect(),
                certain: true,
                ..Row::default()
            });
        }
        rows
    }

    /// The rows of a sentence: every choice of relations, none taken twice, whose ends are what the terms say.
    fn chain(&mut self, chain: &Chain) -> Result<Vec<Row>, Refused> {
        self.check_chain(chain)?;
        let every = self.term(chain.terms[0])?;
        let mut rows: Vec<Row> = every.into_iter().map(|(entity, member)| Row { ends: vec![entity], ..row_of(member) }).collect();
        for (link, term) in chain.links.iter().zip(&chain.terms[1..]) {
            let ends = self.term(*term)?;
            let mut longer = Vec::new();
            for row in &rows {
                for (place, fact) in self.world.facts.iter().enumerate() {
                    for (id, forward) in meanings(link) {
                        let (start, end) = if forward { (fact.from, fact.to) } else { (fact.to, fact.from) };
                        if fact.relation_type != id || Some(&start) != row.ends.last() || row.facts.contains(&place) {
                            continue;
                        }
                        if let Some(member) = ends.get(&end) {
                            let mut row = row.clone();
                            row.ends.push(end);
                            row.facts.push(place);
                            row.support.insert(place);
                            row.support.extend(&member.support);
                            row.cited.extend(&member.cited);
                            row.certain &= member.certain;
                            row.unknown |= member.unknown;
                            longer.push(row);
                        }
                    }
                }
            }
            rows = longer;
        }
        self.may_refuse |= rows.is_empty();
        Ok(rows)
    }

    fn check_chain(&mut self, chain: &Chain) -> Result<(), Refused> {
        for (place, link) in chain.links.iter().enumerate() {
            self.may_lack_field |= VERBS[link.verb].meanings.len() > 1;
            for (term, left) in [(chain.terms[place], true), (chain.terms[place + 1], false)] {
                if let Term::Entity(entity, exactly) = term {
                    let end = |forward: bool| if forward == left { End::Source } else { End::Target };
                    let ends: Vec<(usize, End)> = meanings(link).into_iter().map(|(id, forward)| (id, end(forward))).collect();
                    let kinds = self.world.kinds(entity, exactly);
                    if !ends.iter().any(|(id, end)| allows(*id, *end, &kinds)) {
                        return Err(Refused);
                    }
                }
            }
        }
        Ok(())
    }

    /// The entities that a term can be.
    pub fn term(&self, term: Term) -> Result<Members, Refused> {
        let all = 0..self.world.entities.len();
        match term {
            Term::What => Ok(all.map(certainly).collect()),
            Term::Kind(kind) => Ok(all.filter(|entity| self.world.entities[*entity].kinds.contains(&kind)).map(certainly).collect()),
            Term::Entity(entity, true) => Ok(Members::from([certainly(entity)])),
            Term::Entity(entity, false) => Ok(self.world.below(entity).into_iter().map(certainly).collect()),
            Term::It => self.memory.it.clone().ok_or(Refused),
        }
    }

    /// The entities that an operand stands for, behind `of` and in sets: a name is itself and what is one of it.
    fn members_of_operand(&mut self, operand: &Operand) -> Result<Members, Refused> {
        match operand {
            Operand::Entity(entity, exactly) => self.term(Term::Entity(*entity, *exactly)),
            Operand::Kind(kind) => self.term(Term::Kind(*kind)),
            Operand::It => self.term(Term::It),
            Operand::Given(name) => self.memory.given.get(name).cloned().ok_or(Refused),
            // A bracket round a single operand changes nothing.
            Operand::Set(set) => match &**set {
                Set::Phrase(phrase) if phrase.nouns.is_empty() && phrase.condition.is_none() => self.members_of_operand(&phrase.operand),
                set => self.members_of_set(set),
            },
            _ => {
                let rows = self.operand(operand)?;
                Ok(members_of(self.filtered(rows, None, false)))
            }
        }
    }

    fn members_of_set(&mut self, set: &Set) -> Result<Members, Refused> {
        let (first, rest) = match set {
            Set::Phrase(phrase) if phrase.nouns.is_empty() && phrase.condition.is_none() => match &phrase.operand {
                Operand::Kind(kind) => return Ok(members_of(self.kind(*kind))),
                Operand::Set(inner) => return self.members_of_set(inner),
                operand => return self.members_of_operand(operand),
            },
            Set::Phrase(phrase) => return self.phrase(phrase, false).map(members_of),
            Set::Joined(first, rest) => (first, rest),
        };
        let mut members = self.members_of_set(first)?;
        for (join, operand) in rest {
            let right = self.members_of_set(operand)?;
            members = joined(members, *join, right);
        }
        Ok(members)
    }

    /// The neighbourhood: for each distance the entities that are no nearer, with the relations that lead to them.
    fn around(&mut self, walk: &super::question::Walk) -> Result<Vec<Row>, Refused> {
        let mut edge = self.term(walk.from)?;
        let mut near: BTreeSet<usize> = edge.keys().copied().collect();
        let mut rows: Vec<Row> = Vec::new();
        for distance in 1..=walk.within.unwrap_or(1) {
            let mut reached = Members::new();
            for (place, from, _, _, to) in self.moves(&walk.via, true) {
                if let Some(before) = edge.get(&from).filter(|_| !near.contains(&to)) {
                    let member = reached.entry(to).or_default();
                    member.support.insert(place);
                    member.certain |= before.certain;
                }
            }
            near.extend(reached.keys());
            let at_distance = |row: Row| Row { extras: vec![Value::Count(distance as i64)], ..row };
            rows.extend(rows_of(reached.clone()).into_iter().map(at_distance));
            edge = reached;
        }
        Ok(rows)
    }

    /// Every asserted step that `via` allows: relation, start, relation type, whether forwards, end. Without `via`
    /// every relation, both ways; the hierarchy only for a neighbourhood.
    pub fn moves(&self, via: &[(Option<usize>, Option<bool>)], with_hierarchy: bool) -> Vec<(usize, usize, usize, bool, usize)> {
        let mut allowed: BTreeSet<(usize, bool)> = BTreeSet::new();
        for (verb, arrow) in via {
            let meanings = verb.map_or(vec![(IS_A, true)], |verb| meanings(&Link { verb, arrow: None }));
            for (id, forward) in meanings {
                let directions = arrow.map_or(vec![true, false], |right| vec![forward == right]);
                allowed.extend(directions.into_iter().map(|forward| (id, forward)));
            }
        }
        if via.is_empty() {
            let types = (0..RELATION_TYPES.len()).filter(|id| with_hierarchy || *id != IS_A);
            allowed.extend(types.flat_map(|id| [(id, true), (id, false)]));
        }
        let mut moves = Vec::new();
        for (place, fact) in self.world.facts.iter().enumerate().filter(|(place, _)| !self.world.is_denied(*place)) {
            for (forward, from, to) in [(true, fact.from, fact.to), (false, fact.to, fact.from)] {
                if allowed.contains(&(fact.relation_type, forward)) {
                    moves.push((place, from, fact.relation_type, forward, to));
                }
            }
        }
        moves
    }
}

/// The relation types that a link can mean, each with whether it leads from left to right.
fn meanings(link: &Link) -> Vec<(usize, bool)> {
    let right = link.arrow.unwrap_or(true);
    VERBS[link.verb].meanings.iter().map(|(id, subject)| (*id, (*subject == End::Source) == right)).collect()
}

fn certainly(entity: usize) -> (usize, Member) {
    (entity, Member { certain: true, ..Member::default() })
}

fn row_of(member: Member) -> Row {
    Row { support: member.support, cited: member.cited, certain: member.certain, unknown: member.unknown, ..Row::default() }
}

fn rows_of(members: Members) -> Vec<Row> {
    members.into_iter().map(|(entity, member)| Row { ends: vec![entity], ..row_of(member) }).collect()
}

/// The distinct entities in the first column, certain if one of their rows is. What is known needs nothing that is unknown.
pub fn members_of(rows: Vec<Row>) -> Members {
    let mut members = Members::new();
    for row in rows {
        let unknown = row.unknown;
        let member = Member { support: row.support, cited: row.cited, certain: row.certain, unknown };
        match members.get_mut(&row.ends[0]) {
            Some(known) if known.unknown == unknown => {
                known.support.extend(member.support);
                known.cited.extend(member.cited);
                known.certain |= member.certain;
            }
            Some(known) if known.unknown => *known = member,
            Some(_) => {}
            None => _ = members.insert(row.ends[0], member),
        }
    }
    members
}

/// `and` takes the weaker certainty, `or` the stronger; `but not` leaves out what is on the right, possibly or certainly.
fn joined(left: Members, join: Join, right: Members) -> Members {
    if join == Join::Or {
        return members_of(rows_of(left).into_iter().chain(rows_of(right)).collect());
    }
    let mut members = Members::new();
    for (entity, mut member) in left {
        let partner = right.get(&entity);
        match (join, partner) {
            (Join::And, Some(other)) => {
                member.support.extend(&other.support);
                member.cited.extend(&other.cited);
                member.certain &= other.certain;
                member.unknown |= other.unknown;
            }
            (Join::ButNot, Some(other)) if other.unknown => {}
            (Join::ButNot, None) => {}
            _ => continue,
        }
        members.insert(entity, member);
    }
    members
}

/// The phrase without a condition that an operand holds in brackets, alone: the brackets change nothing.
fn bracketed_phrase(operand: &Operand) -> Option<&Phrase> {
    match operand {
        Operand::Set(set) => match set.as_ref() {
            Set::Phrase(phrase) if phrase.condition.is_none() => Some(phrase),
            _ => None,
        },
        _ => None,
    }
}
