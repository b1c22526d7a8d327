//! Hierarchy: chains of `is_a` that come back to where they started.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::EntityId;

use super::entities::EntityDrafts;
use super::faults::shortened;
use super::item::Item;

/// After so many cycles the rest is not searched: one wrong parent high up can close a great many.
const MOST: usize = 20;

/// One step of the hierarchy: child, parent, and where it is written.
pub(super) type Step<'d> = (EntityId, EntityId, Item<'d>);

/// Complains of every cycle, each entity in one complaint at most, with the chain of names and every step's place.
pub(super) fn check_cycles(entities: &EntityDrafts<'_>, steps: &[Step<'_>]) {
    for cycle in cycles(entities.entities.len(), steps) {
        let Some((_, _, first)) = cycle.first().map(|at| steps[*at]) else {
            continue;
        };
        let slug = |id: EntityId| shortened(&entities.entities[id.index()].slug);
        let mut chain: Vec<String> = cycle.iter().map(|at| slug(steps[*at].0)).collect();
        chain.extend(chain.first().cloned());
        let chain = if chain.len() <= 12 {
            chain.join(" is_a ")
        } else {
            format!("{} is_a ... ({} more) ... is_a {}", chain[..6].join(" is_a "), chain.len() - 7, chain[0])
        };
        let mut fault = Diagnostic::error(Code::IsACycle, format!("an entity cannot be one of itself: {chain}"));
        for (position, at) in cycle.iter().enumerate().take(12) {
            let item = steps[*at].2;
            if item.file.part == first.file.part {
                fault = fault.at(item.span.range(), if position == 0 { "this closes the circle with" } else { "this" });
            } else {
                let (line, column) = item.file.origin.position(item.span.start);
                fault = fault.help(format!("'{}' is at {}:{line}:{column}", shortened(item.file.words(item.span)), item.file.origin.name));
            }
        }
        if cycle.len() == 1 {
            fault.labels.truncate(1);
            fault.labels.iter_mut().for_each(|label| label.text.clear());
        }
        first.complain(fault.help("take out one of these steps"));
    }
}

/// The steps of each cycle, starting with the one that is written first. A search in depth without recursion, since a
/// chain can be as long as the file.
fn cycles(entities: usize, steps: &[Step<'_>]) -> Vec<Vec<usize>> {
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); entities];
    for (at, (child, _, _)) in steps.iter().enumerate() {
        leaving[child.index()].push(at);
    }
    let mut done = vec![false; entities];
    let mut reported = vec![false; entities];
    let mut cycles = Vec::new();
    for start in 0..entities {
        if done[start] {
            continue;
        }
        // The path so far: each entity, and how many of its steps were tried; the step taken is the last one tried.
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        let mut place: HashMap<usize, usize> = HashMap::from([(start, 0)]);
        while let Some((entity, tried)) = path.last().copied() {
            if done[entity] || tried == leaving[entity].len() {
                done[entity] = true;
                place.remove(&entity);
                path.pop();
                continue;
            }
            if let Some(last) = path.last_mut() {
                last.1 += 1;
            }
            let parent = steps[leaving[entity][tried]].1.index();
            if let Some(from) = place.get(&parent) {
                if !reported[entity] && !reported[parent] && cycles.len() < MOST {
                    let cycle = &path[*from..];
                    cycle.iter().for_each(|(member, _)| reported[*member] = true);
                    cycles.push(first_written_first(cycle.iter().map(|(member, tried)| leaving[*member][tried - 1]).collect()));
                }
            } else if !done[parent] {
                place.insert(parent, path.len());
                path.push((parent, 0));
            }
        }
    }
    cycles
}

/// Steps are numbered in the order of the files, so the least number is the place that a reader meets first.
fn first_written_first(mut cycle: Vec<usize>) -> Vec<usize> {
    let least = (0..cycle.len()).min_by_key(|at| cycle[*at]).unwrap_or(0);
    cycle.rotate_left(least);
    cycle
}
