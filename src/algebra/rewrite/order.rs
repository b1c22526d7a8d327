//! Order: in which steps the entities and relations of a region are matched, by estimated cost.
//!
//! Any order gives the same rows. The steps that a few rows need are taken first: from an entity that is known, else from
//! the fewest, each relation from the side that is bound, entities where bound ones meet as intersections (Q4a, Q4b, Q7).
//! Up to eight relations every order is weighed; beyond that the cheapest next step is taken.

use std::rc::Rc;

use super::estimate::{likelihood, selected, spread};
use super::planner::{Ask, Multiplicity, Planner};
use super::region::Region;
use super::set::VariableSet;

/// A step of matching a region.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step {
    /// Lists the entities that a node can be.
    Start(usize),
    /// Follows an edge from one of its ends, whose node is bound.
    Follow(usize, usize),
    /// Counts the relations of an edge from one of its ends.
    Weigh(usize, usize),
    /// Binds a node to where several edges meet.
    Meet(usize, Vec<usize>),
    /// Rows that what is still to come cannot tell apart become one.
    Unite,
}

/// What is known of a region while it is put in order.
pub(super) struct Outline<'a> {
    pub region: &'a Region,
    pub ask: &'a Ask,
    pub planner: &'a Planner<'a>,
    /// How many entities each node can be.
    pub domains: Vec<f64>,
    /// How many different entities it is after its edges are matched.
    spreads: Vec<f64>,
    /// How likely a pair of entities is joined by each edge.
    likelihoods: Vec<f64>,
    /// Which nodes and edges each test needs.
    needs: Vec<(u64, u64)>,
    /// The nodes at the ends of each edge.
    ends: Vec<u64>,
    /// The edges whose relation is used by nothing but other edges.
    quiet: u64,
    /// The nodes that are asked for above.
    asked: u64,
    /// Pairs of nodes that are different entities.
    apart: Vec<(usize, usize)>,
}

/// Where matching has come to.
#[derive(Clone, Debug)]
struct State {
    nodes: u64,
    /// The nodes that tell rows apart: those that are bound to one of several entities.
    listed: u64,
    edges: u64,
    rows: f64,
    cost: f64,
    steps: Trace,
}

/// The steps that lead to a state: the last ones, and what came before. States share what they have in common.
type Trace = Option<Rc<Taken>>;

#[derive(Debug)]
struct Taken {
    step: Step,
    before: Trace,
}

/// The steps of a trace in order.
fn in_order(trace: &Trace) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut place = trace;
    while let Some(taken) = place {
        steps.push(taken.step.clone());
        place = &taken.before;
    }
    steps.reverse();
    steps
}

/// More nodes or edges than this are matched as they are written.
const WEIGHED: usize = 60;

/// More edges than this are put in order step by step.
const EXACT: usize = 8;

/// The steps that match a region. `at_start` are the nodes that are bound, or can be for nothing, before any step.
pub(super) fn steps(region: &Region, ask: &Ask, planner: &Planner) -> Vec<Step> {
    if !planner.passes.order || region.nodes.len() > WEIGHED || region.edges.len() > WEIGHED {
        return as_written(region);
    }
    let exact = |place: &usize| {
        let node = &region.nodes[*place];
        !node.bound && node.exactly.is_some() && !super::reach::only_reached(region, *place, ask, planner)
    };
    let mut steps: Vec<Step> = (0..region.nodes.len()).filter(exact).map(Step::Start).collect();
    let ready = |place: usize| region.nodes[place].bound || steps.contains(&Step::Start(place));
    if region.edges.is_empty() {
        let rest: Vec<Step> = (0..region.nodes.len()).filter(|place| !ready(*place)).map(Step::Start).collect();
        steps.extend(rest);
        return steps;
    }
    let nodes = (0..region.nodes.len()).filter(|place| ready(*place)).fold(0, |nodes, place| nodes | 1 << place);
    let outline = Outline::new(region, ask, planner);
    let mut state = State { nodes, listed: 0, edges: 0, rows: 1.0, cost: 0.0, steps: None };
    for component in outline.components(nodes) {
        state = outline.match_component(state, component);
    }
    steps.extend(in_order(&state.steps));
    steps
}

/// The steps in the order in which they were written.
fn as_written(region: &Region) -> Vec<Step> {
    let mut bound: Vec<bool> = region.nodes.iter().map(|node| node.bound).collect();
    let mut steps = Vec::new();
    for (place, edge) in region.edges.iter().enumerate() {
        // Nodes of a chain are listed before what is written behind them.
        if !bound[edge.from] {
            steps.push(Step::Start(edge.from));
        }
        bound[edge.from] = true;
        bound[edge.to] = true;
        steps.push(Step::Follow(place, edge.from));
    }
    steps.extend((0..region.nodes.len()).filter(|place| !bound[*place]).map(Step::Start));
    steps
}

impl<'a> Outline<'a> {
    pub fn new(region: &'a Region, ask: &'a Ask, planner: &'a Planner<'a>) -> Outline<'a> {
        let statistics = planner.statistics;
        let listed = |place: usize| match region.nodes[place].exactly {
            Some(_) => 1.0,
            None => selected(&planner.best_selection(region, place), statistics).max(1.0),
        };
        let domains: Vec<f64> = (0..region.nodes.len()).map(listed).collect();
        let spreads = (0..region.nodes.len()).map(|place| spread(region, place, statistics)).collect();
        let likelihoods = region.edges.iter().map(|edge| likelihood(region, edge, &domains, statistics)).collect();
        let nodes_in = |set: &VariableSet| {
            let with = region.nodes.iter().enumerate().filter(|(_, node)| set.contains(node.variable));
            with.fold(0, |bits, (place, _)| bits | 1 << place)
        };
        let edges_in = |set: &VariableSet| {
            let with = region.edges.iter().enumerate().filter(|(_, edge)| set.contains(edge.relation));
            with.fold(0, |bits, (place, _)| bits | 1 << place)
        };
        let needs: Vec<(u64, u64)> = region.tests.iter().map(|test| (nodes_in(&test.uses), edges_in(&test.uses))).collect();
        let asked = nodes_in(&ask.needed);
        let loud = edges_in(&ask.needed) | needs.iter().fold(0, |bits, (_, edges)| bits | edges);
        let mut quiet = 0;
        for (place, edge) in region.edges.iter().enumerate() {
            if loud >> place & 1 == 0 && edge.trail.is_none() && planner.is_undenied(edge) {
                quiet |= 1 << place;
            }
        }
        let ends = region.edges.iter().map(|edge| 1 << edge.from | 1 << edge.to).collect();
        Outline {
            region,
            ask,
            planner,
            domains,
            spreads,
            likelihoods,
            needs,
            ends,
            quiet,
            asked,
            apart: super::uniqueness::entities_apart(region, planner),
        }
    }

    /// The edges of each connected part, those that touch a bound node first, then those that start from the fewest.
    fn components(&self, ready: u64) -> Vec<u64> {
        let mut parts: Vec<(u64, u64)> = Vec::new();
        for (place, ends) in self.ends.iter().enumerate() {
            let mut part = (1 << place, *ends);
            parts.retain(|(edges, nodes)| {
                let joins = nodes & part.1 != 0;
                if joins {
                    part = (part.0 | edges, part.1 | nodes);
                }
                !joins
            });
            parts.push(part);
        }
        // An entity without an edge is listed when everything else is matched.
        let least = |nodes: u64| bits(nodes).map(|place| self.domains[place]).fold(f64::INFINITY, f64::min);
        parts.sort_by(|(_, one), (_, other)| {
            (one & ready == 0).cmp(&(other & ready == 0)).then_with(|| least(*one).total_cmp(&least(*other)))
        });
        let lone =
            (0..self.region.nodes.len()).any(|place| ready >> place & 1 == 0 && !self.ends.iter().any(|ends| ends >> place & 1 == 1));
        parts.into_iter().map(|(edges, _)| edges).chain(lone.then_some(0)).collect()
    }

    fn match_component(&self, state: State, edges: u64) -> State {
        if edges == 0 {
            return self.list_lone(state);
        }
        if edges.count_ones() as usize > EXACT { self.greedily(state, edges) } else { self.exactly(state, edges) }
    }

    /// Lists the entities that no edge touches.
    fn list_lone(&self, mut state: State) -> State {
        for place in 0..self.region.nodes.len() {
            if state.nodes >> place & 1 == 0 {
                state = self.after(&state, Step::Start(place));
            }
        }
        state
    }

    /// Takes the cheapest next step, again and again.
    fn greedily(&self, mut state: State, edges: u64) -> State {
        while edges & !state.edges != 0 {
            let next = self.next(&state, edges);
            let Some(best) = next.into_iter().min_by(|one, other| (one.cost + one.rows).total_cmp(&(other.cost + other.rows))) else {
                return state;
            };
            state = best;
        }
        state
    }

    /// Weighs every order: the best way to have matched each set of edges.
    fn exactly(&self, start: State, edges: u64) -> State {
        let places: Vec<usize> = bits(edges).collect();
        let slot =
            |state: &State| places.iter().enumerate().fold(0, |slot, (bit, place)| slot | (state.edges >> place & 1) << bit) as usize;
        let mut best: Vec<Option<State>> = vec![None; 1 << places.len()];
        let full = best.len() - 1;
        best[0] = Some(start.clone());
        for from in 0..full {
            let Some(state) = best[from].take() else { continue };
            for next in self.next(&state, edges) {
                let place = &mut best[slot(&next)];
                if place.as_ref().is_none_or(|known| next.cost < known.cost) {
                    *place = Some(next);
                }
            }
            best[from] = Some(state);
        }
        // Some order there always is: an entity can be listed wherever nothing else leads to it.
        best.pop().flatten().unwrap_or(start)
    }

    /// What can be done next, with what it leads to.
    fn next(&self, state: &State, edges: u64) -> Vec<State> {
        let mut next = Vec::new();
        let open = edges & !state.edges;
        for place in bits(open) {
            let edge = &self.region.edges[place];
            let bound = [edge.from, edge.to].map(|node| state.nodes >> node & 1 == 1);
            match bound {
                [true, true] => next.push(self.after(state, Step::Follow(place, edge.from))),
                [true, false] => self.onward(state, place, edge.from, &mut next),
                [false, true] if edge.trail.is_none() || self.reversible(place) => self.onward(state, place, edge.to, &mut next),
                [false, false] if bits(open).any(|other| self.ends[other] & state.nodes != 0) => {}
                _ => {
                    for node in [edge.from, edge.to].into_iter().take(if edge.trail.is_none() || self.reversible(place) { 2 } else { 1 }) {
                        if state.nodes >> node & 1 == 0 {
                            let started = self.after(state, Step::Start(node));
                            if started.nodes >> edge.other(node) & 1 == 1 {
                                next.push(self.after(&started, Step::Follow(place, node)));
                            } else {
                                self.onward(&started, place, node, &mut next);
                            }
                        }
                    }
                }
            }
        }
        next
    }

    /// The ways to go on along an edge from a bound node to one that is not.
    fn onward(&self, state: &State, place: usize, from: usize, next: &mut Vec<State>) {
        let node = self.region.edges[place].other(from);
        if self.can_weigh(state, place, node) {
            next.push(self.after(state, Step::Weigh(place, from)));
            return;
        }
        next.push(self.after(state, Step::Follow(place, from)));
        let arms: Vec<usize> = bits(!state.edges & self.all())
            .filter(|other| self.ends[*other] >> node & 1 == 1 && state.nodes >> self.region.edges[*other].other(node) & 1 == 1)
            .collect();
        // Each set of arms is tried once, from its first edge.
        if arms.len() >= 2 && arms[0] == place && self.can_meet(state, &arms) {
            next.push(self.after(state, Step::Meet(node, arms)));
        }
    }

    fn all(&self) -> u64 {
        if self.ends.len() == 64 { u64::MAX } else { (1 << self.ends.len()) - 1 }
    }

    /// Whether a trail may be taken from its end: nobody sees in which order it went.
    fn reversible(&self, place: usize) -> bool {
        let relation = self.region.edges[place].relation;
        !self.ask.needed.contains(relation) && !self.region.tests.iter().any(|test| test.uses.contains(relation))
    }

    /// Whether a relation is not used, nor compared with one that is matched later.
    fn is_silent(&self, state: &State, place: usize, beside: &[usize]) -> bool {
        let later = |other: usize| state.edges >> other & 1 == 0 || beside.contains(&other);
        let compared = |(one, other): &(usize, usize)| *one == place && later(*other) || *other == place && later(*one);
        self.quiet >> place & 1 == 1 && !self.ask.evidence && !self.region.unlike.iter().any(compared)
    }

    fn can_weigh(&self, state: &State, place: usize, node: usize) -> bool {
        let free = self.asked >> node & 1 == 0
            && !self.region.nodes[node].bound
            && self.region.edges[place].from != self.region.edges[place].to
            && self.needs.iter().all(|(nodes, _)| nodes >> node & 1 == 0)
            && self.ends.iter().enumerate().all(|(other, ends)| other == place || ends >> node & 1 == 0);
        free && self.planner.passes.counts && self.is_silent(state, place, &[]) && self.planner.kinds_suffice(self.region, node)
    }

    fn can_meet(&self, state: &State, arms: &[usize]) -> bool {
        // Whether arms may be one relation is not for the intersection to say.
        let differ = |one: usize, others: &[usize]| {
            others.iter().all(|other| !super::uniqueness::may_be_same(self.region, one, *other, &self.apart))
        };
        arms.iter().all(|arm| self.is_silent(state, *arm, arms))
            && arms.iter().enumerate().all(|(position, arm)| differ(*arm, &arms[position + 1..]))
    }

    /// The state after a step, and after what is tested then.
    fn after(&self, state: &State, step: Step) -> State {
        let mut next = State { steps: None, ..*state };
        match &step {
            Step::Start(node) => {
                next.rows *= self.domains[*node];
                next.cost += next.rows;
                next.listed |= 1 << node;
                next.nodes |= 1 << node;
            }
            Step::Follow(place, from) => {
                let edge = &self.region.edges[*place];
                let node = edge.other(*from);
                if state.nodes >> node & 1 == 1 {
                    next.cost += state.rows * 8.0;
                    next.rows *= self.likelihoods[*place];
                } else {
                    let fan = self.likelihoods[*place] * self.domains[node];
                    next.rows *= fan;
                    next.cost += state.rows * 2.0 + next.rows * 3.0;
                    next.listed |= 1 << node;
                }
                next.nodes |= self.ends[*place];
                next.edges |= 1 << place;
            }
            Step::Weigh(place, from) => {
                let node = self.region.edges[*place].other(*from);
                let fan = self.likelihoods[*place] * self.domains[node];
                next.cost += state.rows * 3.0 + if self.planner.kind_of_leaf(self.region, node).is_some() { state.rows * fan } else { 0.0 };
                next.rows *= fan.min(1.0);
                // The node is never bound, but nothing waits for it.
                next.edges |= 1 << place;
                next.nodes |= 1 << node;
            }
            Step::Meet(node, arms) => {
                let fans: Vec<f64> = arms.iter().map(|arm| self.likelihoods[*arm] * self.domains[*node]).collect();
                let found: f64 = arms.iter().map(|arm| self.likelihoods[*arm]).product::<f64>() * self.domains[*node];
                let least = fans.iter().copied().fold(f64::INFINITY, f64::min);
                next.cost += state.rows * (4.0 + least) + state.rows * found * 2.0;
                next.rows *= found;
                next.nodes |= 1 << node;
                next.listed |= 1 << node;
                arms.iter().for_each(|arm| next.edges |= 1 << arm);
            }
            Step::Unite => {}
        }
        next.steps = Some(Rc::new(Taken { step, before: state.steps.clone() }));
        self.test(state, &mut next);
        self.unite(&mut next);
        next
    }

    /// Fewer rows by the tests that can be made only now.
    fn test(&self, before: &State, now: &mut State) {
        for (test, (nodes, edges)) in self.region.tests.iter().zip(&self.needs) {
            let can = |state: &State| nodes & !state.nodes == 0 && edges & !state.edges == 0;
            if test.movable && can(now) && !can(before) {
                now.rows *= test.share;
            }
        }
    }

    /// Unites rows where that leaves far fewer of them for what is to come.
    fn unite(&self, state: &mut State) {
        let remaining = self.all() & !state.edges;
        if !self.may_unite() || remaining == 0 {
            return;
        }
        let relations_wait = self.region.unlike.iter().any(|(one, other)| (remaining >> one & 1) != (remaining >> other & 1));
        let tests_wait = self
            .region
            .tests
            .iter()
            .zip(&self.needs)
            .filter(|(test, (nodes, edges))| !test.movable || nodes & !state.nodes != 0 || edges & !state.edges != 0);
        let (mut live, mut loud) = (self.asked, 0);
        for (_, (nodes, edges)) in tests_wait {
            live |= nodes;
            loud |= edges & state.edges;
        }
        live |= bits(remaining).fold(0, |nodes, place| nodes | self.ends[place]);
        live &= state.nodes;
        let named = self
            .region
            .edges
            .iter()
            .enumerate()
            .any(|(place, edge)| state.edges >> place & 1 == 1 && self.ask.needed.contains(edge.relation));
        if relations_wait || loud != 0 || named {
            return;
        }
        let different: f64 = bits(live).map(|place| self.spreads[place]).product();
        if different * 2.0 < state.rows && state.listed & !live != 0 {
            state.cost += state.rows * 6.0;
            state.listed &= live;
            state.rows = different;
            state.steps = Some(Rc::new(Taken { step: Step::Unite, before: state.steps.take() }));
        }
    }

    /// Whether equal rows may be united at all.
    fn may_unite(&self) -> bool {
        may_unite(self.region, self.ask, self.planner)
    }
}

/// Whether rows of a region that agree in all that is asked for may become one.
pub(super) fn may_unite(region: &Region, ask: &Ask, planner: &Planner) -> bool {
    let wanted = match ask.multiplicity {
        Multiplicity::Each => false,
        Multiplicity::Weighted => planner.passes.counts,
        Multiplicity::Once => planner.passes.existence,
    };
    // Within a subquery the rows of different outer rows must stay apart.
    wanted && !ask.evidence && !ask.within && region.asserted.is_empty()
}

/// The positions of the bits that are set.
fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (set != 0).then(|| {
            let bit = set.trailing_zeros() as usize;
            set &= set - 1;
            bit
        })
    })
}
