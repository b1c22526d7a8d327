//! Sentence: a chain of terms with a relation between each two: `what causes OMS`, `compound binds gene associates disease`.

use crate::algebra::{Member, Operator, Route, Selection, VariableId, ViewScope};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Direction, EntityId, KindId, RelationTypeId};
use crate::schema::{End, Meaning};

use super::builder::{Builder, Lowered, Scope, ScopeColumn, ScopeRelation};
use super::cut::{Item, ItemMeaning};
use super::fault;
use super::phrase::{kind_meaning, noun_meanings};

/// A sentence as a chain: always one term more than links.
pub(super) struct Chain {
    pub terms: Vec<Term>,
    pub links: Vec<Link>,
}

/// A term of a sentence.
pub(super) struct Term {
    pub meaning: TermMeaning,
    pub item: Item,
}

/// What a term stands for.
pub(super) enum TermMeaning {
    What,
    Kind(KindId),
    Entity(EntityId, bool),
    Members(Vec<Member>, String),
}

/// A relation between two terms, with the ways from the left one to the right one.
pub(super) struct Link {
    pub routes: Vec<Route>,
    pub item: Item,
}

/// A chain as algebra.
pub(super) struct LoweredChain {
    pub plan: Operator,
    pub terms: Vec<(VariableId, Vec<KindId>)>,
    pub relations: Vec<ScopeRelation>,
}

impl Builder<'_> {
    /// The rows of a sentence: a column for each term, then what qualifies its relations.
    pub(super) fn sentence(&mut self, items: &[Item]) -> Result<Lowered, Diagnostic> {
        let chain = self.chain(items)?;
        // A named first term answers with everything that is one of it, whatever the kinds of that are.
        let named = match chain.terms[0].meaning {
            TermMeaning::Entity(..) => self.term_kinds(&chain.terms[0]),
            _ => None,
        };
        let lowered = self.lower_chain(chain)?;
        let mut scope = Scope {
            columns: lowered
                .terms
                .iter()
                .map(|(variable, kinds)| ScopeColumn::entity(self.name_of(*variable), *variable, kinds.clone()))
                .collect(),
            relations: lowered.relations,
            entity: lowered.terms.first().map(|(variable, _)| *variable),
        };
        self.add_relation_columns(&mut scope);
        let (answered, kinds) = lowered.terms[0].clone();
        Ok(Lowered {
            plan: lowered.plan,
            answered,
            kinds: named.or_else(|| (!kinds.is_empty()).then_some(kinds)),
            scope,
            noun: ("row".to_owned(), "rows".to_owned()),
            view: ViewScope::Support,
            order: Vec::new(),
            with_denials: false,
        })
    }

    /// The items as terms and links in turn; what is left out at the ends is `what`.
    pub(super) fn chain(&self, items: &[Item]) -> Result<Chain, Diagnostic> {
        let items = self.reordered(items)?;
        let mut chain = Chain { terms: Vec::new(), links: Vec::new() };
        for (position, item) in items.iter().enumerate() {
            let term_expected = chain.terms.len() == chain.links.len();
            let is_verb = is_relation(item);
            if !term_expected {
                let Some(link) = self.link(item)? else {
                    return Err(self.no_relation_between(&chain, item));
                };
                chain.links.push(link);
            } else if is_verb && kind_meaning(item).is_none() && item.entities().is_empty() {
                if !chain.terms.is_empty() {
                    return Err(Diagnostic::error(
                        Code::BadSentence,
                        format!("between two relations stands a term, and '{}' is a relation", item.text),
                    )
                    .at(item.span.clone(), "a term is missing in front of it")
                    .help("a term is a name, a kind or `what`"));
                }
                chain.terms.push(what(item));
                if let Some(link) = self.link(item)? {
                    chain.links.push(link);
                }
            } else {
                chain.terms.push(self.term(item, &chain, items.get(position + 1))?);
            }
        }
        if chain.terms.len() == chain.links.len() {
            let last = items.last().map_or_else(|| what_item(0..0), |item| what_item(item.span.end..item.span.end));
            chain.terms.push(what(&last));
        }
        self.fit(&mut chain)?;
        Ok(chain)
    }

    /// `what does X treat` as `X treat what`; `which` in front of a kind says nothing more.
    fn reordered(&self, items: &[Item]) -> Result<Vec<Item>, Diagnostic> {
        match items {
            [question, does, rest @ ..] if is_what(question) && matches!(does.meaning, ItemMeaning::Does) => match rest {
                [term, verb] => Ok(vec![term.clone(), verb.clone(), question.clone()]),
                _ => Err(Diagnostic::error(Code::BadSentence, "behind `what does` stand one name and one verb")
                    .at(does.span.clone(), "")
                    .help("for example `what does NAME VERB`; `NAME VERB what` asks the same")),
            },
            [question, kind, next, ..]
                if is_what(question) && kind_meaning(kind).is_some() && (!is_relation(kind) || is_relation(next)) =>
            {
                Ok(items[1..].to_vec())
            }
            _ => Ok(items.to_vec()),
        }
    }

    /// An item as a term, behind what is there of the chain and in front of the next item.
    fn term(&self, item: &Item, chain: &Chain, next: Option<&Item>) -> Result<Term, Diagnostic> {
        let meaning = match &item.meaning {
            ItemMeaning::What => TermMeaning::What,
            ItemMeaning::It => TermMeaning::Members(self.last_members(item)?, "it".to_owned()),
            ItemMeaning::Named(members) => TermMeaning::Members(members.clone(), item.text.clone()),
            ItemMeaning::Words { .. } => match kind_meaning(item) {
                Some(kind) => TermMeaning::Kind(kind),
                None => {
                    let places = || self.places_between(chain.links.last(), next.and_then(|next| self.link(next).ok().flatten()).as_ref());
                    TermMeaning::Entity(self.only_entity_at(item, places)?, item.is_exact())
                }
            },
            ItemMeaning::Does | ItemMeaning::Arrow { .. } => {
                return Err(Diagnostic::error(Code::BadSentence, "a term is missing here")
                    .at(item.span.clone(), "")
                    .help("a term is a name, a kind or `what`"));
            }
        };
        Ok(Term { meaning, item: item.clone() })
    }

    /// The kinds that a relation on the left of a term and one on its right each demand of it.
    fn places_between(&self, left: Option<&Link>, right: Option<&Link>) -> Vec<Vec<KindId>> {
        let kinds = |link: &Link, end: &dyn Fn((End, End)) -> End| {
            let ends: Vec<_> = link.routes.iter().map(|route| (route.relation_type, end(ends_of(route.direction)))).collect();
            self.kinds_at(&ends)
        };
        let before = left.and_then(|link| kinds(link, &|(_, end)| end));
        let behind = right.and_then(|link| kinds(link, &|(start, _)| start));
        before.into_iter().chain(behind).collect()
    }

    /// The relation that an item stands for; `None` if it is no relation.
    fn link(&self, item: &Item) -> Result<Option<Link>, Diagnostic> {
        let mut routes: Vec<Route> = match item.meaning {
            ItemMeaning::Arrow { forward } => self
                .arrow_routes(&item.text, item.span.clone())?
                .into_iter()
                .map(|route| if forward { route } else { Route { direction: route.direction.reverse(), ..route } })
                .collect(),
            _ => verb_meanings(item).map(|(relation_type, subject)| Route { relation_type, direction: direction_from(subject) }).collect(),
        };
        routes.sort();
        routes.dedup();
        Ok((!routes.is_empty()).then(|| Link { routes, item: item.clone() }))
    }

    /// The relation types that words in an arrow or behind `via` mean, each in the direction of its verb.
    pub(super) fn arrow_routes(&self, words: &str, span: std::ops::Range<usize>) -> Result<Vec<Route>, Diagnostic> {
        let meanings = self.context.lexicon.meanings(words);
        let verbs = meanings.iter().filter_map(|meaning| match meaning {
            Meaning::Verb(relation_type, subject) => Some(Route { relation_type: *relation_type, direction: direction_from(*subject) }),
            _ => None,
        });
        let nouns = meanings.iter().filter_map(|meaning| match meaning {
            Meaning::Noun(relation_type, _) => Some(Route { relation_type: *relation_type, direction: Direction::Outgoing }),
            _ => None,
        });
        let mut routes: Vec<Route> = verbs.collect();
        if routes.is_empty() {
            routes = nouns.collect();
        }
        if routes.is_empty() { Err(fault::unknown_relation(words, span, self.context)) } else { Ok(routes) }
    }

    /// Leaves each link the routes that its terms' kinds can take.
    fn fit(&self, chain: &mut Chain) -> Result<(), Diagnostic> {
        for position in 0..chain.links.len() {
            let (left, right) = (self.term_kinds(&chain.terms[position]), self.term_kinds(&chain.terms[position + 1]));
            let routes = &chain.links[position].routes;
            let fits = |route: &Route, left: &Option<Vec<KindId>>, right: &Option<Vec<KindId>>| {
                let (start, end) = ends_of(route.direction);
                let allows = |end: End, kinds: &Option<Vec<KindId>>| {
                    kinds.as_ref().is_none_or(|kinds| self.context.schema.allows(route.relation_type, end, kinds))
                };
                allows(start, left) && allows(end, right)
            };
            let fitting: Vec<Route> = routes.iter().copied().filter(|route| fits(route, &left, &right)).collect();
            if !fitting.is_empty() {
                chain.links[position].routes = fitting;
                continue;
            }
            let left_fits = routes.iter().any(|route| fits(route, &left, &None));
            let ends = |left_side: bool| -> Vec<(RelationTypeId, End)> {
                routes
                    .iter()
                    .map(|route| {
                        let (start, end) = ends_of(route.direction);
                        (route.relation_type, if left_side { start } else { end })
                    })
                    .collect()
            };
            let (at, kinds) = if left_fits { (position + 1, right) } else { (position, left) };
            let kinds = kinds.unwrap_or_default();
            let is = self.kind_words(&kinds);
            let complaint = self.impossible(&chain.terms[at].item, &chain.links[position].item, &ends(!left_fits), is.clone());
            return Err(match self.verbs_for(&kinds, !left_fits, &is) {
                Some(hint) => complaint.help(hint),
                None => complaint,
            });
        }
        Ok(())
    }

    fn term_kinds(&self, term: &Term) -> Option<Vec<KindId>> {
        match &term.meaning {
            TermMeaning::What | TermMeaning::Members(..) => None,
            TermMeaning::Kind(kind) => self.kinds_beside(Some(vec![*kind])),
            TermMeaning::Entity(entity, exactly) => Some(self.selection(*entity, *exactly).1),
        }
    }

    /// The verbs whose subject (or object) these kinds can be, as a hint.
    fn verbs_for(&self, kinds: &[KindId], as_subject: bool, described: &str) -> Option<String> {
        let schema = self.context.schema;
        let mut verbs = Vec::new();
        for (position, relation_type) in (0u16..).zip(&schema.relation_types) {
            let id = RelationTypeId(position);
            let (forward, backward) = if as_subject { (End::Source, End::Target) } else { (End::Target, End::Source) };
            if id == RelationTypeId::IS_A {
                continue;
            }
            if schema.allows(id, forward, kinds) {
                verbs.extend(relation_type.verbs.first().cloned());
            }
            if schema.allows(id, backward, kinds) {
                verbs.extend(relation_type.inverse_verbs.first().cloned());
            }
        }
        verbs.dedup();
        let side = if as_subject { "leads on from" } else { "leads to" };
        (!verbs.is_empty()).then(|| format!("what {side} {described}: {}", super::field::listed(verbs)))
    }

    /// The chain as algebra: from a named term outwards to both ends.
    pub(super) fn lower_chain(&mut self, chain: Chain) -> Result<LoweredChain, Diagnostic> {
        let terms: Vec<(VariableId, Vec<KindId>)> = (0..chain.terms.len()).map(|position| self.term_variable(&chain, position)).collect();
        let start = chain.terms.iter().position(|term| matches!(term.meaning, TermMeaning::Entity(..) | TermMeaning::Members(..)));
        let start = start.or_else(|| chain.terms.iter().position(|term| matches!(term.meaning, TermMeaning::Kind(_)))).unwrap_or(0);
        let mut plan = self.bind_term(Operator::Unit, &chain.terms[start], terms[start].0);
        if let (TermMeaning::What, Some(kinds)) = (&chain.terms[start].meaning, Some(&terms[start].1).filter(|kinds| !kinds.is_empty())) {
            let selection = Selection::Kinds(kinds.clone());
            plan = Operator::Entities { input: Box::new(Operator::Unit), entity: terms[start].0, selection };
        }
        let mut relations: Vec<Option<ScopeRelation>> = chain.links.iter().map(|_| None).collect();
        let mut taken: Vec<VariableId> = Vec::new();
        let rightwards = (start..chain.links.len()).map(|position| (position, position, position + 1));
        let leftwards = (0..start).rev().map(|position| (position, position + 1, position));
        for (link, from, to) in rightwards.chain(leftwards) {
            let relation = self.variable("r");
            let routes = chain.links[link]
                .routes
                .iter()
                .map(|route| if from < to { *route } else { Route { direction: route.direction.reverse(), ..*route } });
            let types: Vec<RelationTypeId> = chain.links[link].routes.iter().map(|route| route.relation_type).collect();
            plan = Operator::Expand {
                input: Box::new(plan),
                from: terms[from].0,
                relation,
                to: terms[to].0,
                routes: routes.collect(),
                unlike: taken.clone(),
            };
            taken.push(relation);
            plan = self.bind_term(plan, &chain.terms[to], terms[to].0);
            // A relation that stands in the sentence twice is told apart by a number: `mimics.share`, `mimics_2.share`.
            let text = &chain.links[link].item.text;
            let earlier = chain.links[..link].iter().filter(|other| other.item.text == *text).count();
            let written = if earlier == 0 { text.clone() } else { format!("{text}_{}", earlier + 1) };
            relations[link] = Some(ScopeRelation { variable: relation, types, written });
        }
        Ok(LoweredChain { plan, terms, relations: relations.into_iter().flatten().collect() })
    }

    /// Binds a term, or holds what is bound already to it.
    fn bind_term(&self, input: Operator, term: &Term, variable: VariableId) -> Operator {
        let selection = match &term.meaning {
            TermMeaning::What if input == Operator::Unit => Selection::Any,
            TermMeaning::What => return input,
            TermMeaning::Kind(kind) => Selection::Kinds(vec![*kind]),
            TermMeaning::Entity(entity, exactly) => self.selection(*entity, *exactly).0,
            TermMeaning::Members(members, name) => {
                let given = Operator::Given { entity: variable, name: name.clone(), members: members.clone() };
                if input == Operator::Unit {
                    return given;
                }
                let mode = crate::algebra::JoinMode::Inner;
                return Operator::Join { left: Box::new(input), right: Box::new(given), on: vec![variable], mode };
            }
        };
        Operator::Entities { input: Box::new(input), entity: variable, selection }
    }

    fn term_variable(&mut self, chain: &Chain, position: usize) -> (VariableId, Vec<KindId>) {
        let term = &chain.terms[position];
        let ends = self.term_ends(chain, position);
        let kinds = match &term.meaning {
            // Of an entity's kinds the one that the relation takes it for.
            TermMeaning::Entity(entity, _) => {
                let own = self.context.names.kinds(*entity);
                let taken = self.kinds_at(&ends).and_then(|kinds| own.iter().find(|kind| kinds.contains(kind)).copied());
                taken.or_else(|| own.first().copied()).into_iter().collect()
            }
            TermMeaning::Kind(kind) => vec![*kind],
            TermMeaning::What | TermMeaning::Members(..) => self.kinds_at(&ends).unwrap_or_default(),
        };
        let name = match kinds.as_slice() {
            [only] => self.context.schema.kinds[only.index()].one().to_owned(),
            _ => "what".to_owned(),
        };
        (self.variable(&name), kinds)
    }

    /// Where a term stands in the relation on its right, or in that on its left if it is the last.
    fn term_ends(&self, chain: &Chain, position: usize) -> Vec<(RelationTypeId, End)> {
        let right = chain.links.get(position).map(|link| (link, true));
        let left = position.checked_sub(1).and_then(|before| chain.links.get(before)).map(|link| (link, false));
        let Some((link, starts)) = right.or(left) else {
            return Vec::new();
        };
        let end_of = |route: &Route| {
            let (start, end) = ends_of(route.direction);
            (route.relation_type, if starts { start } else { end })
        };
        link.routes.iter().map(end_of).collect()
    }

    fn no_relation_between(&self, chain: &Chain, item: &Item) -> Diagnostic {
        let before = chain.terms.last().map_or("", |term| term.item.text.as_str());
        let complaint = Diagnostic::error(Code::BadSentence, format!("no relation stands between '{before}' and '{}'", item.text))
            .at(item.span.clone(), "a relation is missing in front of it");
        match chain.terms.last() {
            Some(term) if noun_meanings(&term.item).next().is_some() => {
                complaint.help(format!("a relation noun takes `of`: `{before} of {}`", item.text))
            }
            _ => complaint.help("a sentence goes: term, relation, term, such as `neuroblastoma causes what`; a name of several words may need quotation marks"),
        }
    }
}

fn what(item: &Item) -> Term {
    Term { meaning: TermMeaning::What, item: what_item(item.span.clone()) }
}

fn what_item(span: std::ops::Range<usize>) -> Item {
    Item { meaning: ItemMeaning::What, text: "what".to_owned(), span }
}

fn is_what(item: &Item) -> bool {
    matches!(item.meaning, ItemMeaning::What)
}

/// Whether an item can stand between two terms.
fn is_relation(item: &Item) -> bool {
    matches!(item.meaning, ItemMeaning::Arrow { .. }) || verb_meanings(item).next().is_some()
}

/// The verbs that an item can be: the relation type, and the end where the subject stands.
fn verb_meanings(item: &Item) -> impl Iterator<Item = (RelationTypeId, End)> + '_ {
    item.meanings().iter().filter_map(|meaning| match meaning {
        Meaning::Verb(id, subject) => Some((*id, *subject)),
        _ => None,
    })
}

fn direction_from(subject: End) -> Direction {
    match subject {
        End::Source => Direction::Outgoing,
        End::Target => Direction::Incoming,
    }
}

/// The ends of the relation that stand left and right of it when it is taken in a direction.
fn ends_of(direction: Direction) -> (End, End) {
    match direction {
        Direction::Outgoing => (End::Source, End::Target),
        Direction::Incoming => (End::Target, End::Source),
    }
}
