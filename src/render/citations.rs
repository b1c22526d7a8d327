//! Citations: the numbers that rows cite evidence by, and the list below the rows, in which what says the same stands once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anstyle::Style;

use crate::answer::{Answer, Cell, Evidence, Row};
use crate::model::counted;

use super::Page;
use super::look::{DIM, UNSURE, style};
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

/// The evidence of some rows: each item once, numbered in the order in which the rows of the answer mention it first.
pub(super) struct Citations<'a> {
    /// By the position of the evidence; 0 for what no row cites.
    numbers: Vec<usize>,
    listed: Numbered<'a>,
}

impl<'a> Citations<'a> {
    /// The evidence that these rows of the answer cite. It has the same numbers whichever rows are shown.
    pub fn of(answer: &'a Answer, rows: &'a [Row]) -> Citations<'a> {
        let mut numbers: Vec<usize> = vec![0; answer.evidence.len()];
        let mut said: HashMap<Said<'_>, usize> = HashMap::new();
        for position in answer.rows.iter().flat_map(cited) {
            let Some(item) = answer.evidence.get(position).filter(|_| numbers[position] == 0) else { continue };
            let next = said.len() + 1;
            numbers[position] = *said.entry(Said::by(item)).or_insert(next);
        }
        let mut listed: BTreeMap<usize, &Evidence> = BTreeMap::new();
        for position in rows.iter().flat_map(cited) {
            let (Some(item), Some(number)) = (answer.evidence.get(position), numbers.get(position)) else { continue };
            listed.entry(*number).or_insert(item);
        }
        Citations { numbers, listed: listed.into_iter().collect() }
    }

    /// How a row cites: `[1] [3]`; three or more in a row as `[1-3]`.
    pub fn references(&self, evidence: &[usize]) -> String {
        let number = |position: &usize| self.numbers.get(*position).copied().filter(|number| *number > 0);
        if let [only] = evidence {
            return number(only).map(|number| format!("[{number}]")).unwrap_or_default();
        }
        let numbers: BTreeSet<usize> = evidence.iter().filter_map(number).collect();
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
    ///
    /// Where there are more lines than wanted, the last of them says how many are left out.
    pub fn write(&self, page: &Page, most: Option<usize>, text: &mut String) {
        let start = text.len();
        self.write_all(page, text);
        let Some(most) = most else { return };
        let ends: Vec<usize> = text[start..].match_indices('\n').map(|(at, _)| start + at + 1).collect();
        if ends.len() > most + 1 {
            text.truncate(ends[most.saturating_sub(1)]);
            let more = counted(ends.len() - most, "more line", "more lines");
            let told = format!("... {more} of evidence, not shown: `why N` tells whence row N comes, `:rows all` shows everything");
            paragraph(text, "", &told, page.width, style(page, UNSURE));
        }
    }

    fn write_all(&self, page: &Page, text: &mut String) {
        let (groups, single) = self.groups();
        for (number, item) in single {
            write_item(number, item, "", page, text);
        }
        for (source, items) in groups {
            let mut told = format!("{}: ", visible(source));
            for (position, (number, item)) in items.iter().enumerate() {
                let gap = if position > 0 { "; " } else { "" };
                let cited = format!("[{number}] {}", place(item));
                told.push_str(gap);
                told.push_str(&if page.width.is_some() { held(&cited) } else { cited });
            }
            let lines = match page.width {
                Some(columns) => wrap(&told, columns.saturating_sub(4).max(12)),
                None => vec![told],
            };
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

/// The positions of the evidence that a row cites, in its cells too, in the order in which it mentions them.
fn cited(row: &Row) -> impl Iterator<Item = usize> {
    let compared = row.cells.iter().filter_map(|cell| match cell {
        Cell::Compared(compared) => Some(compared.evidence.as_slice()),
        _ => None,
    });
    compared.flatten().chain(&row.evidence).copied()
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
