//! Phrase: relation nouns with their `of`, kinds, entities, and the answers named before.

use crate::algebra::{Operator, Route, Selection, VariableId, ViewScope};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Direction, EntityId, KindId, RelationTypeId};
use crate::query::syntax::tree::{self, Operand, Run, SetExpression};
use crate::schema::{End, Meaning};

use super::builder::{Builder, Lowered, Scope, ScopeColumn, ScopeRelation};
use super::cut::{Item, ItemMeaning};
use super::fault;

/// What feeds an `of`: entities, what they can be, and the words that named them.
pub(super) struct Fed {
    pub plan: Operator,
    pub variable: VariableId,
    /// The kinds that the entities can have; none means any.
    pub kinds: Option<Vec<KindId>>,
    pub item: Item,
}

impl Builder<'_> {
    /// A phrase with its condition.
    pub(super) fn phrase(&mut self, phrase: &tree::Phrase) -> Result<Lowered, Diagnostic> {
        let lowered = self.unconditioned(phrase)?;
        if let Some(complaint) = self.asked_by_condition(phrase, &lowered) {
            return Err(complaint);
        }
        self.filtered(lowered, phrase.condition.as_ref())
    }

    fn unconditioned(&mut self, phrase: &tree::Phrase) -> Result<Lowered, Diagnostic> {
        let Some((outermost, inner)) = phrase.nouns.split_first() else {
            return match bracketed_phrase(&phrase.operand) {
                // Brackets round a phrase change nothing: a condition behind them is the phrase's own.
                Some(bracketed) => self.unconditioned(bracketed),
                None => self.operand(&phrase.operand),
            };
        };
        self.check_split_name(phrase)?;
        // What feeds the outermost noun is asserted, whatever the outermost does with denials.
        let keep_denials = std::mem::take(&mut self.keep_denials);
        let mut fed = match self.fed_operand(phrase) {
            Ok(fed) => fed,
            Err(fault) => {
                // Whatever they are asked of: a word that is no noun at all is told beside it.
                for noun in &phrase.nouns {
                    let made = self.relation_noun(noun, None).map(|_| ()).map_err(|complaint| self.with_phrase(complaint, noun, None));
                    self.recovered(made, || ());
                }
                return Err(fault);
            }
        };
        let last = match &phrase.operand {
            Operand::Run(run) => Some(run),
            _ => None,
        };
        for noun in inner.iter().rev() {
            let (lowered, item) = self.relation_noun(noun, Some(fed)).map_err(|complaint| self.with_phrase(complaint, noun, last))?;
            let lowered = self.filtered(lowered, None)?;
            fed = Fed { plan: lowered.plan, variable: lowered.answered, kinds: self.kinds_beside(lowered.kinds), item };
        }
        self.keep_denials = keep_denials;
        self.relation_noun(outermost, Some(fed))
            .map(|(lowered, _)| lowered)
            .map_err(|complaint| self.with_phrase(complaint, outermost, last))
    }

    /// A phrase without `of`.
    fn operand(&mut self, operand: &Operand) -> Result<Lowered, Diagnostic> {
        match unbracketed(operand) {
            Operand::Run(run) => self.run(run),
            Operand::Kind(run) => self.forced_kind(run).map(|(kind, _)| self.kind(kind)),
            Operand::Set(set) => self.set(set),
            Operand::Around(around) => self.around(around),
            Operand::Find(words) => self.find(words),
        }
    }

    fn run(&mut self, run: &Run) -> Result<Lowered, Diagnostic> {
        let items = self.cut(run).map_err(|complaint| self.with_phrase(complaint, run, None))?;
        let [item] = items.as_slice() else {
            return self.sentence(&items).map_err(|complaint| self.with_phrase(complaint, run, None));
        };
        match &item.meaning {
            ItemMeaning::It => {
                let members = self.last_members(item)?;
                Ok(self.members("it", members))
            }
            ItemMeaning::Named(members) => Ok(self.members(&item.text, members.clone())),
            ItemMeaning::Words { .. } => {
                if noun_meanings(item).next().is_some() {
                    return self.noun_item(item, None);
                }
                if let Some(kind) = kind_meaning(item) {
                    return Ok(self.kind(kind));
                }
                if item.entities().is_empty() {
                    return self.sentence(&items);
                }
                let entity = self.only_entity(item)?;
                Ok(self.entity(entity))
            }
            ItemMeaning::What | ItemMeaning::Does | ItemMeaning::Arrow { .. } => {
                let complaint = Diagnostic::error(Code::BadSentence, "a question needs a relation and a name");
                let complaint = complaint.at(run.span.clone(), "incomplete");
                Err(match fault::example_question(self.context) {
                    Some(question) => complaint.help(format!("for example `{question}`")),
                    None => complaint,
                })
            }
        }
    }

    /// A relation noun, asked of what is fed, or of everything.
    fn relation_noun(&mut self, run: &Run, fed: Option<Fed>) -> Result<(Lowered, Item), Diagnostic> {
        let item = match self.cut(run) {
            Ok(mut items) if items.len() == 1 => items.remove(0),
            Ok(items) => {
                return Err(Diagnostic::error(Code::BadSentence, "in front of `of` stands one relation noun")
                    .at(items[1].span.clone(), "too many words")
                    .help("for example `causes of OMS`; a sentence has no `of`: `what causes OMS`"));
            }
            Err(complaint) if complaint.code == Code::UnknownName => {
                let complaint = fault::unknown_relation(&run_text(run), run.span.clone(), self.context);
                let asked = fed.as_ref().and_then(|fed| self.asked_of(fed.kinds.as_ref()?, &fed.item, None));
                return Err(match asked {
                    // What can be asked of the very name says more than every relation that there is.
                    Some(hint) => Diagnostic {
                        help: complaint.help.iter().filter(|hint| !hint.starts_with("relations:")).cloned().chain([hint]).collect(),
                        ..complaint
                    },
                    None => complaint,
                });
            }
            Err(complaint) => return Err(complaint),
        };
        let lowered = self.noun_item(&item, fed)?;
        Ok((lowered, item))
    }

    fn noun_item(&mut self, item: &Item, fed: Option<Fed>) -> Result<Lowered, Diagnostic> {
        let all: Vec<(RelationTypeId, End)> = noun_meanings(item).collect();
        if all.is_empty() {
            return Err(self.not_a_noun(item, fed.as_ref()));
        }
        let schema = self.context.schema;
        let asked: Vec<(RelationTypeId, End)> = all.iter().map(|(id, end)| (*id, end.other())).collect();
        let fitting: Vec<(RelationTypeId, End)> = match fed.as_ref().and_then(|fed| fed.kinds.as_ref()) {
            Some(kinds) => all.iter().copied().filter(|(id, end)| schema.allows(*id, end.other(), kinds)).collect(),
            None => all,
        };
        if fitting.is_empty() {
            return Err(self.noun_impossible(item, fed.as_ref(), &asked));
        }
        let (one, many) = self.noun_words(fitting[0], item);
        let relation = self.variable("r");
        let answered = self.variable(&one);
        let (plan, of) = match fed {
            Some(fed) => (fed.plan, fed.variable),
            None => {
                let of = self.variable("of");
                let selection = match self.kinds_at(&asked) {
                    Some(kinds) => Selection::Kinds(kinds),
                    None => Selection::Any,
                };
                (Operator::Entities { input: Box::new(Operator::Unit), entity: of, selection }, of)
            }
        };
        let direction = |end: End| if end == End::Source { Direction::Incoming } else { Direction::Outgoing };
        let routes = fitting.iter().map(|(id, end)| Route { relation_type: *id, direction: direction(*end) }).collect();
        let plan = Operator::Expand { input: Box::new(plan), from: of, relation, to: answered, routes, unlike: Vec::new() };
        let kinds = self.kinds_at(&fitting);
        let types: Vec<RelationTypeId> = fitting.iter().map(|(id, _)| *id).collect();
        let mut scope = Scope {
            columns: vec![
                ScopeColumn::entity(column_name(&one), answered, kinds.clone().unwrap_or_default()),
                ScopeColumn::entity("of", of, self.kinds_at(&asked).unwrap_or_default()),
            ],
            relations: vec![ScopeRelation { variable: relation, types, written: item.text.clone() }],
            entity: Some(answered),
        };
        self.add_relation_columns(&mut scope);
        Ok(Lowered { plan, answered, kinds, scope, noun: (one, many), view: ViewScope::Support, order: Vec::new(), with_denials: false })
    }

    /// What stands behind the last `of`, as entities.
    fn fed_operand(&mut self, phrase: &tree::Phrase) -> Result<Fed, Diagnostic> {
        let words = |text: &str, span: &tree::Span| Item {
            meaning: ItemMeaning::Words { meanings: Vec::new(), entities: Vec::new(), exactly: false },
            text: text.to_owned(),
            span: span.clone(),
        };
        let (lowered, item) = match unbracketed(&phrase.operand) {
            // A sentence may feed an `of` from within brackets.
            Operand::Run(run) if matches!(phrase.operand, Operand::Set(_)) && self.cut(run)?.len() > 1 => {
                (self.run(run)?, words("( )", &phrase.span))
            }
            Operand::Run(run) => {
                let items = self.cut(run)?;
                let [item] = items.as_slice() else {
                    return Err(Diagnostic::error(Code::BadSentence, "behind `of` stands a name, a kind or a noun")
                        .at(items[1].span.clone(), "too many words")
                        .help("a condition goes behind `where`; a longer phrase into parentheses: `treatments of (causes of OMS)`"));
                };
                if let Some(fed) = self.fed_item(item, phrase.nouns.last())? {
                    return Ok(fed);
                }
                (self.run(run)?, item.clone())
            }
            Operand::Kind(run) => {
                let (kind, item) = self.forced_kind(run)?;
                return Ok(self.fed_kind(kind, &item));
            }
            Operand::Set(set) => (self.set(set)?, words("( )", &phrase.span)),
            Operand::Around(around) => (self.around(around)?, words("around", &phrase.span)),
            Operand::Find(found) => (self.find(found)?, words("find", &phrase.span)),
        };
        let lowered = self.filtered(lowered, None)?;
        Ok(Fed { plan: lowered.plan, variable: lowered.answered, kinds: self.kinds_beside(lowered.kinds), item })
    }

    /// A name or a kind behind the `of` of a noun; `None` if the item is something else.
    fn fed_item(&mut self, item: &Item, noun: Option<&Run>) -> Result<Option<Fed>, Diagnostic> {
        if noun_meanings(item).next().is_some() {
            return Ok(None);
        }
        if let Some(kind) = kind_meaning(item) {
            return Ok(Some(self.fed_kind(kind, item)));
        }
        if item.entities().is_empty() {
            return Ok(None);
        }
        let entity = self.only_entity_at(item, || noun.and_then(|noun| self.asked_kinds(noun)).into_iter().collect())?;
        let variable = self.variable("of");
        // What a name is one of is asked of that name alone: with its subtypes, they themselves would be among the answers.
        let (selection, kinds) = self.selection(entity, item.is_exact() || noun.is_some_and(|noun| self.asks_upwards(noun)));
        let plan = Operator::Entities { input: Box::new(Operator::Unit), entity: variable, selection };
        Ok(Some(Fed { plan, variable, kinds: Some(kinds), item: item.clone() }))
    }

    /// Whether a noun asks what something is one of.
    fn asks_upwards(&self, noun: &Run) -> bool {
        let Ok(items) = self.cut(noun) else { return false };
        let [item] = items.as_slice() else { return false };
        let mut meanings = noun_meanings(item).peekable();
        meanings.peek().is_some() && meanings.all(|meaning| meaning == (RelationTypeId::IS_A, End::Target))
    }

    /// The kinds that a relation noun can be asked of; none where it can be asked of any, or is no noun.
    fn asked_kinds(&self, noun: &Run) -> Option<Vec<KindId>> {
        let items = self.cut(noun).ok()?;
        let [item] = items.as_slice() else { return None };
        let asked: Vec<(RelationTypeId, End)> = noun_meanings(item).map(|(id, end)| (id, end.other())).collect();
        self.kinds_at(&asked).filter(|kinds| !kinds.is_empty())
    }

    fn fed_kind(&mut self, kind: KindId, item: &Item) -> Fed {
        let variable = self.variable("of");
        let plan = Operator::Entities { input: Box::new(Operator::Unit), entity: variable, selection: Selection::Kinds(vec![kind]) };
        Fed { plan, variable, kinds: self.kinds_beside(Some(vec![kind])), item: item.clone() }
    }

    /// The kinds that entities of these kinds have in the graph: a trigger may be a disease too.
    pub(super) fn kinds_beside(&self, kinds: Option<Vec<KindId>>) -> Option<Vec<KindId>> {
        kinds.map(|kinds| self.context.names.kinds_beside(&kinds))
    }

    /// An entity as the end of a phrase: with everything that is one of it, unless `exactly` forbids that.
    pub(super) fn selection(&self, entity: EntityId, exactly: bool) -> (Selection, Vec<KindId>) {
        if exactly {
            (Selection::Exactly(entity), self.context.names.kinds(entity).to_vec())
        } else {
            (Selection::IsA(entity), self.context.names.kinds_below(entity))
        }
    }

    fn forced_kind(&self, run: &Run) -> Result<(KindId, Item), Diagnostic> {
        let text = run_text(run);
        let kind = self.context.lexicon.meanings(&text).iter().find_map(|meaning| match meaning {
            Meaning::Kind(kind) => Some(*kind),
            _ => None,
        });
        let item = Item {
            meaning: ItemMeaning::Words { meanings: Vec::new(), entities: Vec::new(), exactly: false },
            text: text.clone(),
            span: run.span.clone(),
        };
        kind.map(|kind| (kind, item)).ok_or_else(|| fault::unknown_kind(&text, run.span.clone(), self.context))
    }

    /// `symptoms of loss of balance`: the `of` of a name that should be in quotation marks.
    fn check_split_name(&self, phrase: &tree::Phrase) -> Result<(), Diagnostic> {
        let Operand::Run(last) = &phrase.operand else {
            return Ok(());
        };
        for (position, noun) in phrase.nouns.iter().enumerate() {
            let runs: Vec<String> = phrase.nouns[position..].iter().chain([last]).map(run_text).collect();
            let name = runs.join(" of ");
            if !self.context.names.called(&name).is_empty() {
                return Err(Diagnostic::error(Code::UnknownName, format!("the name '{name}' has the keyword `of` in it"))
                    .at(noun.span.start..last.span.end, "a name with a keyword")
                    .help(format!("put it in quotation marks: \"{name}\""))
                    .fix(noun.span.start..last.span.end, format!("\"{name}\"")));
            }
        }
        Ok(())
    }

    /// The kinds that can stand at these ends; none means any.
    pub(super) fn kinds_at(&self, ends: &[(RelationTypeId, End)]) -> Option<Vec<KindId>> {
        let mut kinds: Vec<KindId> = Vec::new();
        for (id, end) in ends {
            let relation_type = &self.context.schema.relation_types[id.index()];
            let allowed = if *end == End::Source { &relation_type.from } else { &relation_type.to };
            if allowed.is_empty() {
                return None;
            }
            for kind in allowed {
                if !kinds.contains(kind) {
                    kinds.push(*kind);
                }
            }
        }
        Some(kinds)
    }

    /// The noun, one and many, as the schema writes it: the one that was typed, in both numbers.
    fn noun_words(&self, (id, end): (RelationTypeId, End), item: &Item) -> (String, String) {
        let relation_type = &self.context.schema.relation_types[id.index()];
        let nouns = if end == End::Source { &relation_type.source_nouns } else { &relation_type.target_nouns };
        // The column is called after the first noun, whichever synonym was typed: programs rely on it.
        nouns.first().map_or_else(|| (item.text.clone(), item.text.clone()), |noun| (noun.one.clone(), noun.many.clone()))
    }

    fn not_a_noun(&self, item: &Item, fed: Option<&Fed>) -> Diagnostic {
        let what = if kind_meaning(item).is_some() {
            "a kind"
        } else if item.entities().is_empty() {
            "a verb"
        } else {
            "a name"
        };
        let mut complaint = Diagnostic::error(
            Code::UnknownRelation,
            format!("'{}' is {what}, not a relation noun: it cannot stand before `of`", item.text),
        )
        .at(item.span.clone(), "no relation noun");
        if let Some(fed) = fed
            && let Some(kinds) = &fed.kinds
            && let Some(hint) = self.asked_of(kinds, &fed.item, kind_meaning(item))
        {
            complaint = complaint.help(hint);
        }
        complaint
    }

    fn noun_impossible(&self, item: &Item, fed: Option<&Fed>, asked: &[(RelationTypeId, End)]) -> Diagnostic {
        let (Some(fed), Some(kinds)) = (fed, fed.and_then(|fed| fed.kinds.as_ref())) else {
            return self.impossible(item, item, asked, "nothing".to_owned());
        };
        let is = self.kind_words(kinds);
        let complaint = self.impossible(&fed.item, item, asked, is);
        match self.asked_of(kinds, &fed.item, None) {
            Some(hint) => complaint.help(hint),
            None => complaint,
        }
    }
}

/// The phrase without a condition that an operand holds in brackets, alone.
fn bracketed_phrase(operand: &Operand) -> Option<&tree::Phrase> {
    match operand {
        Operand::Set(set) => match set.as_ref() {
            SetExpression::Phrase(phrase) if phrase.condition.is_none() => Some(phrase),
            _ => None,
        },
        _ => None,
    }
}

/// An operand without the brackets that hold nothing else: brackets group, they change no meaning.
pub(super) fn unbracketed(operand: &Operand) -> &Operand {
    let mut inner = operand;
    while let Operand::Set(set) = inner
        && let SetExpression::Phrase(phrase) = set.as_ref()
        && phrase.nouns.is_empty()
        && phrase.condition.is_none()
    {
        inner = &phrase.operand;
    }
    inner
}

/// The relation nouns that an item can be.
pub(super) fn noun_meanings(item: &Item) -> impl Iterator<Item = (RelationTypeId, End)> + '_ {
    item.meanings().iter().filter_map(|meaning| match meaning {
        Meaning::Noun(id, end) => Some((*id, *end)),
        _ => None,
    })
}

/// The kind that an item can be.
pub(super) fn kind_meaning(item: &Item) -> Option<KindId> {
    item.meanings().iter().find_map(|meaning| match meaning {
        Meaning::Kind(kind) => Some(*kind),
        _ => None,
    })
}

/// The words of a run, as typed.
pub(super) fn run_text(run: &Run) -> String {
    let words = run.pieces.iter().map(|piece| match &piece.kind {
        tree::PieceKind::Word(text) | tree::PieceKind::Quoted(text) => text.as_str(),
        tree::PieceKind::What => "what",
        tree::PieceKind::Does => "does",
        tree::PieceKind::It => "it",
        tree::PieceKind::Exactly => "exactly",
        tree::PieceKind::Arrow { words, .. } => words.as_str(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A word as the name of a column: spaces as underscores.
pub(super) fn column_name(word: &str) -> String {
    word.replace(' ', "_")
}
