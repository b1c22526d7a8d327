//! Grid: cells in columns that fit the page: in a frame, with details in one column, or as a block a row.

use anstyle::Style;

use super::Page;
use super::look::{BOLD, DIM, style};
use super::text::{HELD_TOGETHER, fits_line, longest_piece, longest_word, painted, width, wrap};

/// A word up to this many columns is never broken to make a table fit.
const LONGEST_KEPT_WHOLE: usize = 20;

/// No column is wider than this, whatever the page: longer text wraps.
const WIDEST: usize = 20_000;

/// A column of a grid.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    pub name: String,
    /// Whether its cells are aligned at the right.
    pub right: bool,
    pub style: Style,
    /// Whether it only adds to those before it.
    pub detail: bool,
    /// Whether it holds what rows cite, or their numbers: neither is ever taken out.
    pub fixed: bool,
}

/// What a table shows: headings, the cells as text, and the styles of cells that have one of their own.
pub(super) struct Grid {
    pub headings: Vec<Heading>,
    pub rows: Vec<Vec<String>>,
    /// By row and column; empty where no cell has a style of its own.
    pub styles: Vec<Vec<Option<Style>>>,
    /// Whether the first column holds the numbers of the rows.
    pub numbered: bool,
}

impl Grid {
    /// Whether every cell can stand on one line.
    pub fn fits_unwrapped(&self, page: &Page) -> bool {
        let natural = || (0..self.headings.len()).map(|position| self.widest(width, position).clamp(1, WIDEST)).sum::<usize>();
        page.width.is_none_or(|columns| natural() + 3 * self.headings.len() < columns)
    }

    /// Takes out a column that says the same in every row, the widest, and tells what it says: where room is short, once
    /// is enough. The first column of cells stays, and so does everything in a single row.
    pub fn take_constant(&mut self) -> Option<(String, String)> {
        let first = self.rows.first().filter(|_| self.rows.len() > 1)?;
        let constant = |position: &usize| {
            !first[*position].is_empty()
                && !self.headings[*position].fixed
                && self.rows.iter().all(|row| row[*position] == first[*position])
        };
        let begin = 1 + usize::from(self.numbered);
        let position = (begin..self.headings.len()).filter(constant).max_by_key(|position| self.widest(width, *position))?;
        let says = first[position].clone();
        Some((self.take(position), says))
    }

    /// The same without the numbers of the rows; none if it has none.
    pub fn without_numbers(&self) -> Option<Grid> {
        if !self.numbered {
            return None;
        }
        let mut bare = Grid { headings: self.headings.clone(), rows: self.rows.clone(), styles: self.styles.clone(), numbered: false };
        bare.take(0);
        Some(bare)
    }

    fn take(&mut self, position: usize) -> String {
        self.rows.iter_mut().for_each(|row| drop(row.remove(position)));
        self.styles.iter_mut().for_each(|row| {
            row.remove(position);
        });
        self.headings.remove(position).name
    }

    /// The greatest measure among the heading and the cells of a column.
    fn widest(&self, measure: fn(&str) -> usize, position: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(position)).map(|cell| measure(cell));
        cells.chain([measure(&self.headings[position].name)]).max().unwrap_or(0)
    }

    /// The same with all details in one column, each with its heading; none if there are fewer than two of them.
    pub fn folded(&self) -> Option<Grid> {
        let first = self.headings.iter().position(|heading| heading.detail)?;
        if self.headings.iter().filter(|heading| heading.detail).count() < 2 {
            return None;
        }
        let kept: Vec<usize> = (0..self.headings.len()).filter(|at| *at == first || !self.headings[*at].detail).collect();
        let told = |heading: &str, cell: &str| match cell {
            "" => None,
            "true" => Some(heading.to_owned()),
            said => Some(format!("{heading} {said}")),
        };
        let fold = |row: &Vec<String>| -> Vec<String> {
            let details = (0..row.len()).filter(|at| self.headings[*at].detail);
            let all: Vec<String> = details.filter_map(|at| told(&self.headings[at].name, &row[at])).collect();
            kept.iter().map(|at| if *at == first { all.join("; ") } else { row[*at].clone() }).collect()
        };
        let details = Heading { name: "details".to_owned(), right: false, style: Style::new(), detail: false, fixed: false };
        Some(Grid {
            headings: kept.iter().map(|at| if *at == first { details.clone() } else { self.headings[*at].clone() }).collect(),
            rows: self.rows.iter().map(fold).collect(),
            styles: Vec::new(),
            numbered: self.numbered,
        })
    }

    /// The rows in a frame; none if the page is too narrow for it.
    pub fn framed(&self, page: &Page) -> Option<String> {
        let widths = self.widths(page)?;
        let fits = |row: &[String]| row.iter().zip(&widths).all(|(cell, columns)| fits_line(cell, *columns));
        // Where some cell takes several lines, a thin line between the rows keeps them apart.
        let takes_several = |row: &Vec<String>| {
            let long = |(cell, columns): (&String, &usize)| !fits_line(cell, *columns) && wrap(cell, *columns).len() > 1;
            row.iter().zip(&widths).any(long)
        };
        let apart = self.rows.iter().any(takes_several);
        // About as much as the rows take: a page of many rows would else be copied each time that it grows.
        let mut text = String::with_capacity((self.rows.len() + 4) * (widths.iter().sum::<usize>() + 5 * widths.len() + 4));
        rule(&mut text, &widths, ['┌', '─', '┬', '┐']);
        let names: Vec<String> = self.headings.iter().map(|heading| heading.name.clone()).collect();
        self.line(&mut text, &wrapped(&names, &widths), &widths, |_| style(page, BOLD));
        rule(&mut text, &widths, ['├', '─', '┼', '┤']);
        for (position, row) in self.rows.iter().enumerate() {
            if apart && position > 0 {
                rule(&mut text, &widths, ['├', '╌', '┼', '┤']);
            }
            let painting = |column| style(page, self.style_at(position, column));
            if fits(row) {
                self.short_line(&mut text, row, &widths, painting);
            } else {
                self.line(&mut text, &wrapped(row, &widths), &widths, painting);
            }
        }
        rule(&mut text, &widths, ['└', '─', '┴', '┘']);
        Some(text)
    }

    fn style_at(&self, row: usize, column: usize) -> Style {
        let own = self.styles.get(row).and_then(|row| row.get(column)).copied().flatten();
        own.or_else(|| self.headings.get(column).map(|heading| heading.style)).unwrap_or_default()
    }

    /// Writes a row of which every cell stands on one line.
    fn short_line(&self, text: &mut String, cells: &[String], widths: &[usize], style: impl Fn(usize) -> Style) {
        for (column, (cell, columns)) in cells.iter().zip(widths).enumerate() {
            let part = cell.trim_end();
            let blank = columns.saturating_sub(part.len());
            let before = if self.headings.get(column).is_some_and(|heading| heading.right) { blank } else { 0 };
            text.push_str("│ ");
            text.extend(std::iter::repeat_n(' ', before));
            let painting = style(column);
            if painting.is_plain() {
                text.push_str(part);
            } else {
                text.push_str(&painted(part, painting));
            }
            text.extend(std::iter::repeat_n(' ', blank - before + 1));
        }
        text.push_str("│\n");
    }

    /// Writes a row, which may take several lines.
    fn line(&self, text: &mut String, cells: &[Vec<String>], widths: &[usize], style: impl Fn(usize) -> Style) {
        let height = cells.iter().map(Vec::len).max().unwrap_or(1);
        for at in 0..height {
            for (column, (lines, columns)) in cells.iter().zip(widths).enumerate() {
                let part = &lines.get(at).map_or("", |line| line.trim_end()).replace(HELD_TOGETHER, " ");
                let blank = columns.saturating_sub(width(part));
                let before = if self.headings.get(column).is_some_and(|heading| heading.right) { blank } else { 0 };
                text.push_str("│ ");
                text.extend(std::iter::repeat_n(' ', before));
                text.push_str(&painted(part, style(column)));
                text.extend(std::iter::repeat_n(' ', blank - before + 1));
            }
            text.push_str("│\n");
        }
    }

    /// The columns that each column gets, so that the frame fits the page; none if it cannot.
    ///
    /// A column is never narrower than its longest word, up to a limit; where that does not fit, words are broken behind hyphens
    /// and the like. What remains goes to columns that lack little of it, then to whichever would take the most lines.
    fn widths(&self, page: &Page) -> Option<Vec<usize>> {
        let count = self.headings.len();
        let natural: Vec<usize> = (0..count).map(|position| self.widest(width, position).clamp(1, WIDEST)).collect();
        let Some(columns) = page.width else {
            return Some(natural);
        };
        // Two blanks a column, and a line before, between and after them.
        let room = columns.checked_sub(3 * count + 1)?;
        if natural.iter().sum::<usize>() <= room {
            return Some(natural);
        }
        let least = |measure: fn(&str) -> usize| -> Option<(Vec<usize>, usize)> {
            let of = |position: usize| self.widest(measure, position).clamp(3, LONGEST_KEPT_WHOLE).min(natural[position]);
            let widths: Vec<usize> = (0..count).map(of).collect();
            let spare = room.checked_sub(widths.iter().sum())?;
            Some((widths, spare))
        };
        let (mut widths, mut spare) = least(longest_word).or_else(|| least(longest_piece))?;
        // Columns that lack little get all of it, one after the other, while none takes more than an equal share.
        let mut open: Vec<usize> = (0..count).filter(|position| widths[*position] < natural[*position]).collect();
        open.sort_by_key(|position| natural[*position] - widths[*position]);
        for (satisfied, position) in open.iter().enumerate() {
            let lack = natural[*position] - widths[*position];
            if lack > spare / (open.len() - satisfied) {
                break;
            }
            widths[*position] = natural[*position];
            spare -= lack;
        }
        while spare > 0 {
            // The last of those that are equally crowded: the first column holds names, the later ones what is said of them.
            let (_, crowded) = (0..count).map(|position| (natural[position] * 1000 / widths[position], position)).max()?;
            widths[crowded] += 1;
            spare -= 1;
        }
        Some(widths)
    }

    /// A block a row, a line or more a value; values that say nothing are left out.
    pub fn blocks(&self, page: &Page) -> String {
        let mut text = String::new();
        for (number, row) in self.rows.iter().enumerate() {
            for (column, (heading, cell)) in self.headings.iter().zip(row).enumerate() {
                if cell.is_empty() {
                    continue;
                }
                if column == 0 && self.numbered {
                    text.push_str(&painted(&format!("row {cell}"), style(page, DIM)));
                    text.push('\n');
                    continue;
                }
                self.block_line(&mut text, &heading.name, cell, self.style_at(number, column), page);
            }
            text.push('\n');
        }
        text
    }

    fn block_line(&self, text: &mut String, heading: &str, cell: &str, painting: Style, page: &Page) {
        let limit = page.width.unwrap_or(WIDEST).saturating_sub(2);
        let lead = format!("{heading}:");
        for (position, line) in wrap(&format!("{lead} {cell}"), limit).iter().enumerate() {
            match line.strip_prefix(&lead) {
                Some(rest) if position == 0 => {
                    text.push_str(&painted(&lead, style(page, BOLD)));
                    let core = rest.trim_start_matches(' ');
                    text.push_str(&rest[..rest.len() - core.len()]);
                    text.push_str(&painted(core, style(page, painting)));
                }
                _ => text.push_str(&format!("  {}", painted(line, style(page, painting)))),
            }
            text.push('\n');
        }
    }
}

/// The lines of each cell of a row.
fn wrapped(row: &[String], widths: &[usize]) -> Vec<Vec<String>> {
    row.iter().zip(widths).map(|(cell, columns)| wrap(cell, *columns)).collect()
}

/// Writes a line across: its left end, the line itself, what stands between columns, its right end.
fn rule(text: &mut String, widths: &[usize], [left, line, between, right]: [char; 4]) {
    text.push(left);
    for (position, columns) in widths.iter().enumerate() {
        if position > 0 {
            text.push(between);
        }
        text.extend(std::iter::repeat_n(line, columns + 2));
    }
    text.push(right);
    text.push('\n');
}
