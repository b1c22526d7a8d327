//! Citations: the numbers that rows cite evidence by, and the list below the rows, in which what says the same stands once.

use std::collections::{BTreeSet, HashMap};

use anstyle::Style;

use crate::answer::{Answer, Cell, Evidence, Row};

use super::Page;
use super::look::{DIM, style};
use super::text::{HELD_TOGETHER, held_citation, painted, paragraph, visible, width, wrap};

/// From this many on, places of one source that claim nothing in words share a paragraph.
const MANY: usize = 4;

/// Items with their numbers.
type Numbered<'a> = Vec<(usize, &'a Evidence)>;

/// What people see of an item of evidence.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Said<'a> {
    claim: &'a str,
    source: Option<&'a str>,
    sentences: &'a [u32],
    publication: Option<&'a str>,
    cohort: Option<(u32, u32)>,
    quote: Option<&'a str>,
}

impl<'a> Said<'a> {
    fn by(item: &'a Evidence) -> Said<'a> {
        Said {
            claim: &item.claim,
            source: item.source.as_deref(),
            sentences: &item.sentences,
            publication: item.publication.as_deref(),
            cohort: item.cohort,
            quote: item.quote.as_deref(),
        }
    }
}

/// The evidence of some rows: each item once, under the number of the first that says the same.
pub(super) struct Citations<'a> {
    /// By the position of the evidence.
    numbers: Vec<usize>,
    listed: Numbered<'a>,
}

impl<'a> Citations<'a> {
    /// The evidence that these rows of the answer cite.
    pub fn of(answer: &'a Answer, rows: &'a [Row]) -> Citations<'a> {
        let mut numbers: Vec<usize> = (1..=answer.evidence.len()).collect();
        let mut listed = Vec::new();
        let mut said: HashMap<Said<'_>, usize> = HashMap::new();
        for position in cited(rows) {
            let Some(item) = answer.evidence.get(position) else { continue };
            let number = *said.entry(Said::by(item)).or_insert(position + 1);
            numbers[position] = number;
            if number == position + 1 {
                listed.push((number, item));
            }
        }
        Citations { numbers, listed }
    }

    /// How a row cites: `[1] [3]`; three or more in a row as `[1-3]`.
    pub fn references(&self, evidence: &[usize]) -> String {
        let number = |position: &usize| self.numbers.get(*position).copied().unwrap_or(position + 1);
        if let [only] = evidence {
            return format!("[{}]", number(only));
        }
        let numbers: BTreeSet<usize> = evidence.iter().map(number).collect();
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for number in numbers {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == number => *last = number,
                _ => runs.push((number, number)),
            }
        }
        let written = |(first, last): &(usize, usize)| match last - first {
            0 => format!("[{first}]"),
            1 => format!("[{first}] [{last}]"),
            _ => format!("[{first}-{last}]"),
        };
        runs.iter().map(written).collect::<Vec<_>>().join(" ")
    }

    /// The list that the numbers point to: claims and their places first, then the places that stand for themselves, by source.
    pub fn write(&self, page: &Page, text: &mut String) {
        let (groups, single) = self.groups();
        for (number, item) in single {
            write_item(number, item, "", page, text);
        }
        for (source, items) in groups {
            let lead = format!("{}: ", visible(source));
            let places: Vec<String> = items.iter().map(|(number, item)| held(&format!("[{number}] {}", place(item)))).collect();
            let text_of = format!("{lead}{}", places.join("; "));
            let lines = page.width.map_or_else(|| vec![text_of.clone()], |columns| wrap(&text_of, columns.saturating_sub(4).max(12)));
            for (position, line) in lines.iter().enumerate() {
                let line = line.replace(HELD_TOGETHER, " ");
                let indent = if position == 0 { "" } else { "    " };
                text.push_str(&format!("{indent}{}\n", painted(&line, style(page, DIM))));
            }
        }
    }

    /// One item with its number, indented.
    pub fn write_one(&self, position: usize, answer: &Answer, indent: &str, page: &Page, text: &mut String) {
        if let (Some(number), Some(item)) = (self.numbers.get(position), answer.evidence.get(position)) {
            write_item(*number, item, indent, page, text);
        }
    }

    /// Places that claim nothing, many of one source, in the order of the sources; and everything else, by number.
    fn groups(&self) -> (Vec<(&'a str, Numbered<'a>)>, Numbered<'a>) {
        let bare = |item: &'a Evidence| {
            let shares = item.claim.is_empty() && item.quote.is_none() && (item.publication.is_some() || !item.sentences.is_empty());
            item.source.as_deref().filter(|_| shares)
        };
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for source in self.listed.iter().filter_map(|(_, item)| bare(item)) {
            *counts.entry(source).or_default() += 1;
        }
        let mut groups: Vec<(&str, Numbered<'a>)> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut single = Vec::new();
        for (number, item) in &self.listed {
            match bare(item).filter(|source| counts.get(source).is_some_and(|count| *count >= MANY)) {
                Some(source) => {
                    let at = *places.entry(source).or_insert_with(|| {
                        groups.push((source, Vec::new()));
                        groups.len() - 1
                    });
                    groups[at].1.push((*number, *item));
                }
                None => single.push((*number, *item)),
            }
        }
        (groups, single)
    }
}

/// The positions of the evidence that rows cite, in their cells too, ascending.
fn cited(rows: &[Row]) -> Vec<usize> {
    let mut positions: Vec<usize> = Vec::new();
    for row in rows {
        let compared = row.cells.iter().filter_map(|cell| match cell {
            Cell::Compared(compared) => Some(compared.evidence.as_slice()),
            _ => None,
        });
        positions.extend(compared.flatten().chain(&row.evidence));
    }
    positions.sort_unstable();
    positions.dedup();
    positions
}

fn write_item(number: usize, item: &Evidence, indent: &str, page: &Page, text: &mut String) {
    let lead = format!("{indent}[{number}] ");
    paragraph(text, &lead, &held_citation(item), page.width, style(page, DIM));
    if let Some(quote) = &item.quote {
        let indent = " ".repeat(width(&lead));
        paragraph(text, &indent, &format!("\"{}\"", visible(quote)), page.width, Style::new());
    }
}

/// Where in its source something stands.
fn place(item: &Evidence) -> String {
    let locator = item.locator();
    let within = item.source.as_deref().and_then(|source| locator.strip_prefix(source)).map(|rest| rest.trim_start_matches(", "));
    visible(within.unwrap_or(&locator)).into_owned()
}

/// A short text as one word.
fn held(text: &str) -> String {
    const LONGEST_HELD: usize = 40;
    if width(text) <= LONGEST_HELD { text.replace(' ', HELD_TOGETHER) } else { text.to_owned() }
}
