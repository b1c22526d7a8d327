//! Draw: where an answer comes from, drawn with the letters of a terminal: paths as chains, comparisons by value, all else as trees.

mod chain;
mod compared;
mod forest;
mod ink;
mod lines;
mod twig;

#[cfg(test)]
mod tests;

use crate::answer::Answer;
use crate::model::{counted, grouped};

use super::Page;
use super::text::{footers, wrap};
use ink::Ink;
use lines::{Drawing, Fold};
use twig::Twig;

/// The columns where there is no terminal.
const USUAL_WIDTH: usize = 100;
/// A drawing needs this many columns.
const LEAST_WIDTH: usize = 20;
/// More lines than this are folded on a terminal.
const MOST_LINES: usize = 60;

/// What is left out first where a drawing is too long: how many side by side, and how deep.
const FOLDS: [(usize, usize); 20] = [
    (40, usize::MAX),
    (25, usize::MAX),
    (15, usize::MAX),
    (10, usize::MAX),
    (7, usize::MAX),
    (5, usize::MAX),
    (20, 2),
    (12, 2),
    (8, 2),
    (5, 2),
    (3, 2),
    (40, 1),
    (25, 1),
    (15, 1),
    (10, 1),
    (7, 1),
    (5, 1),
    (3, 1),
    (2, 1),
    (1, 1),
];

/// How a drawing is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// All of it, rather than no more than a person looks through.
    pub all: bool,
    /// Without signs beyond ASCII.
    pub ascii: bool,
}

/// How all of a drawing is seen that was asked for at the prompt.
const AT_PROMPT: &str = "`:draw all` draws";
/// The same where it may have been asked for elsewhere.
const ANYWHERE: &str = "`-o all.tree` (at the prompt `:draw all`) draws";

/// Draws the view of an answer; long drawings are folded where they are for a terminal.
pub(super) fn write(answer: &Answer, page: &Page) -> String {
    // What is no part of the graph is told in words.
    let has_view = !answer.view.entities.is_empty() || !chain::paths(answer).is_empty() || compared::trees(answer).is_some();
    if !has_view && (!answer.rows.is_empty() || !answer.stages.is_empty()) {
        return super::table::write(answer, page);
    }
    drawn_with(answer, page, Drawn { all: page.width.is_none(), ascii: false }, ANYWHERE)
}

/// Draws the view of an answer for the prompt. No line is wider than the page, or than 20 columns.
pub fn drawn(answer: &Answer, page: &Page, how: Drawn) -> String {
    drawn_with(answer, page, how, AT_PROMPT)
}

fn drawn_with(answer: &Answer, page: &Page, Drawn { all, ascii }: Drawn, whole: &str) -> String {
    let ink = Ink::of(page, ascii || !page.unicode);
    let columns = page.width.unwrap_or(USUAL_WIDTH).max(LEAST_WIDTH);
    let mut text = String::new();
    let mut notes = Vec::new();
    let paths = chain::paths(answer);
    if !paths.is_empty() {
        draw_paths(answer, &paths, (&ink, columns), (all, whole), &mut text, &mut notes);
    } else if let Some(trees) = compared::trees(answer).or_else(|| (!answer.view.entities.is_empty()).then(|| forest::trees(answer))) {
        let drawing = folded(&trees, &ink, columns, all);
        for line in &drawing.lines {
            text.push_str(line.trim_end());
            text.push('\n');
        }
        notes = told(answer, &drawing, &trees, &ink, (all, whole));
    } else if answer.rows.is_empty() && answer.explanation.is_some() {
        notes = footers(answer);
    } else {
        notes.push("nothing to draw: the rows come from no part of the graph that could be shown".to_owned());
    }
    for note in notes {
        for line in wrap(&note, columns) {
            text.push_str(&super::text::painted(&line, ink.faint()));
            text.push('\n');
        }
    }
    text
}

/// Draws trees, folded until they have no more lines than wanted.
fn folded(trees: &[Twig], ink: &Ink, columns: usize, all: bool) -> Drawing {
    let whole = lines::draw(trees, ink, columns, if all { Fold::NONE } else { Fold { lines: MOST_LINES, ..Fold::NONE } });
    if all || !whole.overflows {
        return whole;
    }
    let mut last = whole;
    for (side_by_side, deep) in FOLDS {
        last = lines::draw(trees, ink, columns, Fold { side_by_side, deep, lines: MOST_LINES });
        if !last.overflows {
            break;
        }
    }
    last
}

fn draw_paths(
    answer: &Answer,
    paths: &[(usize, &crate::answer::PathCell)],
    (ink, columns): (&Ink, usize),
    (all, whole): (bool, &str),
    text: &mut String,
    notes: &mut Vec<String>,
) {
    let mut used = 0;
    let mut shown = 0;
    for (number, path) in paths {
        let lines = chain::lines(answer, (paths.len() > 1).then_some(*number), path, ink, columns);
        if !all && shown > 0 && used + lines.len() > MOST_LINES {
            break;
        }
        used += lines.len();
        shown += 1;
        for line in lines {
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    notes.push(counted(paths.len(), "path", "paths"));
    if shown < paths.len() {
        notes.push(format!("+ {}: {whole} them", counted(paths.len() - shown, "more path", "more paths")));
    }
}

/// What is said below trees: how much there is, what is folded and how to see it, and what the signs mean.
fn told(answer: &Answer, drawing: &Drawing, trees: &[Twig], ink: &Ink, (all, whole): (bool, &str)) -> Vec<String> {
    let entities = answer.view.entities.len();
    let mut notes =
        vec![format!("{}, {}", counted(entities, "entity", "entities"), counted(answer.view.relations.len(), "relation", "relations"))];
    let named = |twig: &Twig| twig.entity.is_some();
    // A comparison draws rows: what of the view is no row is not missing from it.
    let compared =
        !trees.iter().any(named) && answer.columns.iter().any(|column| column.column_type == crate::answer::ColumnType::Comparison);
    let missing = entities.saturating_sub(drawing.drawn.len());
    if compared {
        notes.clear();
        if drawing.overflows || missing > 1 && !all && drawing.lines.len() >= MOST_LINES {
            notes.push(format!("more is folded away: {whole} it"));
        }
    } else if missing > 0 {
        let how = if all {
            "too deep for this width; `-f dot` draws them".to_owned()
        } else {
            format!("folded away: {whole} them, `where` and `limit` choose")
        };
        notes.push(format!("{} of {} not shown, {how}", grouped(missing), grouped(entities)));
    }
    if drawing.repeats {
        notes.push(format!("{}stands before what is drawn above already", ink.again));
    }
    notes
}
