//! Forest: the view of an answer as trees: from the entity that most of it is about, each relation drawn once.

use std::collections::{HashMap, VecDeque};

use crate::answer::{Answer, Cell};

use super::twig::{Lead, Twig, Way, line_of, notes, twig_of};

/// From so many relations of one sort on, their words stand once above them.
const GROUPED_FROM: usize = 3;
/// What hangs deeper is counted, not drawn: no terminal has room for it.
const DEEPEST: usize = 40;

/// A relation as seen from one of its ends.
#[derive(Clone, Copy)]
struct Step {
    relation: usize,
    other: usize,
    way: Way,
    repeats: bool,
}

/// The view as a graph, and how it is crossed.
struct Forest<'a> {
    answer: &'a Answer,
    /// The relations at each entity, from both ends.
    steps: Vec<Vec<Step>>,
    /// What hangs from each entity.
    hanging: Vec<Vec<Step>>,
    /// For each entity, where it stands among the rows; those in no row come last.
    ranks: Vec<usize>,
    /// Whether an entity is what a row answers.
    answered: Vec<bool>,
    /// Whether every row names it.
    in_all: Vec<bool>,
}

/// The trees of a view: one for each part that hangs together, the largest first; last the entities without a relation, by kind.
pub(super) fn trees(answer: &Answer) -> Vec<Twig> {
    let mut forest = Forest::new(answer);
    let mut parts = forest.parts();
    parts.sort_by_cached_key(|part| (std::cmp::Reverse(part.len()), part.iter().map(|entity| forest.ranks[*entity]).min()));
    let mut trees = Vec::new();
    let mut alone = Vec::new();
    for part in parts {
        match part.as_slice() {
            [only] if forest.steps[*only].is_empty() => alone.push(*only),
            _ => {
                let root = forest.root(&part);
                forest.hang(root, part.len());
                let mut twig = forest.twig(root, 0);
                if let Some(card) = answer.view.entities.get(root) {
                    twig.notes.push(card.kind().replace('_', " "));
                }
                trees.push(twig);
            }
        }
    }
    trees.extend(forest.by_kind(alone));
    trees
}

impl<'a> Forest<'a> {
    fn new(answer: &'a Answer) -> Forest<'a> {
        let count = answer.view.entities.len();
        let mut steps: Vec<Vec<Step>> = vec![Vec::new(); count];
        for (number, relation) in answer.view.relations.iter().enumerate() {
            if relation.from >= count || relation.to >= count {
                continue;
            }
            let step = |other, way| Step { relation: number, other, way, repeats: false };
            steps[relation.from].push(step(relation.to, Way::Down));
            if relation.from != relation.to {
                steps[relation.to].push(step(relation.from, Way::Up));
            }
        }
        let Places { ranks, answered, in_all } = in_rows(answer);
        Forest { answer, steps, hanging: vec![Vec::new(); count], ranks, answered, in_all }
    }

    /// The parts of the view that hang together.
    fn parts(&self) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.steps.len()];
        let mut parts = Vec::new();
        for start in 0..self.steps.len() {
            if std::mem::replace(&mut seen[start], true) {
                continue;
            }
            let mut part = vec![start];
            let mut at = 0;
            while at < part.len() {
                for step in &self.steps[part[at]] {
                    if !std::mem::replace(&mut seen[step.other], true) {
                        part.push(step.other);
                    }
                }
                at += 1;
            }
            parts.push(part);
        }
        parts
    }

    /// Where a tree begins: at what every row speaks of, else at what was asked about and is no answer, else at what has most relations.
    fn root(&self, part: &[usize]) -> usize {
        let best = |among: &mut dyn Iterator<Item = usize>| among.min_by_key(|entity| (usize::MAX - self.steps[*entity].len(), *entity));
        let common = best(&mut part.iter().copied().filter(|entity| self.in_all[*entity]));
        let asked = || best(&mut part.iter().copied().filter(|entity| !self.answered[*entity]));
        common.or_else(asked).or_else(|| best(&mut part.iter().copied())).unwrap_or_default()
    }

    /// Hangs every relation of a part on one of its entities, so that each entity is as near to the root as can be.
    fn hang(&mut self, root: usize, count: usize) {
        let mut above: HashMap<usize, Option<usize>> = HashMap::from([(root, None)]);
        let mut in_trees: std::collections::HashSet<usize> = std::collections::HashSet::new();
        let mut queue = VecDeque::from([root]);
        let mut reached = Vec::with_capacity(count);
        while let Some(entity) = queue.pop_front() {
            reached.push(entity);
            for step in self.steps[entity].clone() {
                if let std::collections::hash_map::Entry::Vacant(place) = above.entry(step.other) {
                    place.insert(Some(entity));
                    in_trees.insert(step.relation);
                    self.hanging[entity].push(step);
                    queue.push_back(step.other);
                }
            }
        }
        let order = self.order(root);
        for entity in reached {
            for step in self.steps[entity].clone() {
                if in_trees.contains(&step.relation) {
                    continue;
                }
                // A second relation to what hangs here stands beside the first; any other where its later end does.
                let here = step.other == entity
                    || above.get(&step.other) == Some(&Some(entity))
                    || above.get(&entity) != Some(&Some(step.other)) && order.get(&step.other) < order.get(&entity);
                if here {
                    self.hanging[entity].push(Step { repeats: true, ..step });
                }
            }
            self.sort(entity);
        }
    }

    /// Where each entity comes in the drawing, counted from the root.
    fn order(&mut self, root: usize) -> HashMap<usize, usize> {
        let mut order = HashMap::new();
        let mut open = vec![root];
        while let Some(entity) = open.pop() {
            order.insert(entity, order.len());
            self.sort(entity);
            open.extend(self.hanging[entity].iter().rev().filter(|step| !step.repeats).map(|step| step.other));
        }
        order
    }

    /// Puts what hangs from an entity in order: relations of one sort together, within them as in the rows.
    fn sort(&mut self, entity: usize) {
        let relations = &self.answer.view.relations;
        let word = |step: &Step| (relations[step.relation].relation_type.as_str(), step.way);
        let mut hanging = std::mem::take(&mut self.hanging[entity]);
        hanging.sort_by_key(|step| (step.relation, step.way));
        let mut firsts: HashMap<(&str, Way), (usize, usize)> = HashMap::new();
        for step in &hanging {
            let next = firsts.len();
            let first = firsts.entry(word(step)).or_insert((self.ranks[step.other], next));
            first.0 = first.0.min(self.ranks[step.other]);
        }
        hanging.sort_by_key(|step| (firsts[&word(step)], self.ranks[step.other], step.other, step.repeats, step.relation));
        self.hanging[entity] = hanging;
    }

    /// An entity with all that hangs from it.
    fn twig(&self, entity: usize, depth: usize) -> Twig {
        let mut twig = twig_of(self.answer, entity);
        if depth >= DEEPEST {
            twig.deeper = self.below(entity);
            return twig;
        }
        let hanging = &self.hanging[entity];
        let mut at = 0;
        while at < hanging.len() {
            let same = |step: &&Step| self.word(step) == self.word(&hanging[at]);
            let count = hanging[at..].iter().take_while(same).count();
            let twigs: Vec<Twig> = hanging[at..at + count].iter().map(|step| self.hung(step, depth + 1)).collect();
            at += count;
            if count < GROUPED_FROM {
                twig.twigs.extend(twigs);
                continue;
            }
            let lead = Lead { line: super::twig::Line::Stated, ..twigs[0].lead.clone() };
            let bare = |mut twig: Twig| {
                twig.lead.label.clear();
                twig.lead.way = Way::None;
                twig
            };
            let twigs: Vec<Twig> = twigs.into_iter().map(bare).collect();
            twig.twigs.push(Twig { lead, notes: vec![format!("({count})")], twigs, ..Twig::default() });
        }
        twig
    }

    fn word(&self, step: &Step) -> (&str, Way) {
        (self.answer.view.relations[step.relation].relation_type.as_str(), step.way)
    }

    /// What a relation leads to.
    fn hung(&self, step: &Step, depth: usize) -> Twig {
        let relation = &self.answer.view.relations[step.relation];
        let twig = if step.repeats { twig_of(self.answer, step.other) } else { self.twig(step.other, depth) };
        let lead = Lead { label: relation.label.clone(), way: step.way, line: line_of(relation) };
        Twig { lead, notes: notes(relation), repeats: step.repeats, ..twig }
    }

    /// How many entities hang below one.
    fn below(&self, entity: usize) -> usize {
        let mut open = vec![entity];
        let mut count = 0;
        while let Some(entity) = open.pop() {
            let children = self.hanging[entity].iter().filter(|step| !step.repeats);
            for step in children {
                count += 1;
                open.push(step.other);
            }
        }
        count
    }

    /// Entities without relations, under the words for their kinds.
    fn by_kind(&self, mut alone: Vec<usize>) -> Vec<Twig> {
        alone.sort_by_key(|entity| (self.ranks[*entity], *entity));
        let mut kinds: Vec<Twig> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for entity in alone {
            let kind = self.answer.view.entities[entity].kind().replace('_', " ");
            let place = *places.entry(kind.clone()).or_insert_with(|| {
                kinds.push(Twig { name: kind, ..Twig::default() });
                kinds.len() - 1
            });
            kinds[place].twigs.push(twig_of(self.answer, entity));
        }
        for kind in &mut kinds {
            kind.notes.push(format!("({})", kind.twigs.len()));
        }
        kinds
    }
}

/// Where the entities of a view stand among the rows.
struct Places {
    /// The first row that names each.
    ranks: Vec<usize>,
    /// Whether rows answer it in their first column of entities.
    answered: Vec<bool>,
    /// Whether all rows name it, of two at least.
    in_all: Vec<bool>,
}

fn in_rows(answer: &Answer) -> Places {
    let count = answer.view.entities.len();
    let known: HashMap<&str, usize> = answer.view.entities.iter().enumerate().map(|(at, card)| (card.id.as_str(), at)).collect();
    let mut places = Places { ranks: vec![usize::MAX; count], answered: vec![false; count], in_all: Vec::new() };
    // The rows that name an entity: how many, and the last of them.
    let mut naming = vec![(0usize, usize::MAX); count];
    for (number, row) in answer.rows.iter().enumerate() {
        let mut first = true;
        for (cell, column) in row.cells.iter().zip(&answer.columns) {
            // Those that a statement speaks of together are rows of their own, or none.
            if column.name == "jointly" {
                continue;
            }
            let members = match cell {
                Cell::List(members) => members.as_slice(),
                cell => std::slice::from_ref(cell),
            };
            for member in members {
                let Cell::Entity(card) = member else { continue };
                let Some(place) = known.get(card.id.as_str()) else { continue };
                places.ranks[*place] = places.ranks[*place].min(number);
                places.answered[*place] |= first;
                if naming[*place].1 != number {
                    naming[*place] = (naming[*place].0 + 1, number);
                }
            }
            first &= !matches!(cell, Cell::Entity(_));
        }
    }
    places.in_all = naming.into_iter().map(|(rows, _)| rows > 1 && rows == answer.rows.len()).collect();
    places
}
