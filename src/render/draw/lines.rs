//! Lines: a tree of names as lines within a width, long ones wrapped, and no more of them than wanted.

use std::collections::HashSet;

use super::super::text::{visible, width, wrap};
use super::ink::{Ink, Written};
use super::twig::{Lead, Twig};

/// The columns that a level of the tree is indented by.
const INDENT: usize = 3;
/// A name, or what is said beside it, takes no more lines than this.
const MOST_LINES: usize = 3;
/// So many relations of one name are shown at least.
const LEAST_RELATIONS: usize = 12;
/// A name that would have less room than this begins on a line of its own.
const LEAST_ROOM: usize = 14;

/// How much is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fold {
    /// Of what hangs side by side, how many.
    pub side_by_side: usize,
    /// How many names deep.
    pub deep: usize,
    /// How many lines at most; drawing stops behind them.
    pub lines: usize,
}

impl Fold {
    /// Everything is drawn.
    pub(super) const NONE: Fold = Fold { side_by_side: usize::MAX, deep: usize::MAX, lines: usize::MAX };
}

/// What became of a drawing.
pub(super) struct Drawing {
    /// The lines.
    pub lines: Vec<String>,
    /// The entities of the view that are named in it.
    pub drawn: HashSet<usize>,
    /// Whether a name stands for what is drawn above.
    pub repeats: bool,
    /// Whether it has more lines than wanted.
    pub overflows: bool,
}

/// Draws trees one below the other.
pub(super) fn draw(trees: &[Twig], ink: &Ink, columns: usize, fold: Fold) -> Drawing {
    let drawing = Drawing { lines: Vec::new(), drawn: HashSet::new(), repeats: false, overflows: false };
    let mut pen = Pen { ink, columns, fold, drawing };
    let shown = shown_of(trees.len(), fold.side_by_side);
    for (number, tree) in trees.iter().take(shown).enumerate() {
        if pen.drawing.overflows {
            break;
        }
        if number > 0 {
            pen.line(Written::default());
        }
        pen.root(tree);
    }
    if shown < trees.len() {
        let rest = format!("+ {} more trees", trees.len() - shown);
        pen.faint_line("", &rest);
    }
    pen.drawing
}

/// How many of several are shown, so that it is never just one that is left out.
fn shown_of(count: usize, most: usize) -> usize {
    if count <= most.saturating_add(1) { count } else { most }
}

struct Pen<'a> {
    ink: &'a Ink,
    columns: usize,
    fold: Fold,
    drawing: Drawing,
}

impl Pen<'_> {
    fn line(&mut self, written: Written) {
        if self.drawing.lines.len() >= self.fold.lines {
            self.drawing.overflows = true;
            return;
        }
        self.drawing.lines.push(written.text);
    }

    fn faint_line(&mut self, prefix: &str, text: &str) {
        let mut line = Written::default();
        line.push(prefix, self.ink.faint());
        let room = self.columns.saturating_sub(width(prefix));
        line.push(&self.ink.fitted(text, room), self.ink.faint());
        self.line(line);
    }

    fn root(&mut self, twig: &Twig) {
        let below = if self.shows_below(twig, "", 0) { format!("{} ", self.ink.bar) } else { "  ".to_owned() };
        self.entry(twig, "", &below, None, 0);
        self.hanging(twig, "", 0);
    }

    /// Whether anything is drawn below a name.
    fn shows_below(&self, twig: &Twig, prefix: &str, depth: usize) -> bool {
        !twig.twigs.is_empty() && depth < self.fold.deep && width(prefix) + INDENT <= self.columns / 2
    }

    fn hanging(&mut self, twig: &Twig, prefix: &str, depth: usize) {
        if !self.shows_below(twig, prefix, depth) || self.drawing.overflows {
            return;
        }
        // Different relations of one name are left out last.
        let most = if twig.name.is_empty() { self.fold.side_by_side } else { self.fold.side_by_side.max(LEAST_RELATIONS) };
        let shown = shown_of(twig.twigs.len(), most);
        for (number, child) in twig.twigs.iter().take(shown).enumerate() {
            if self.drawing.overflows {
                return;
            }
            let last = number + 1 == twig.twigs.len();
            let (sign, past) = if last { (self.ink.corner, " ") } else { (self.ink.tee, self.ink.bar) };
            // A heading is no name, and what hangs from it no deeper.
            let depth = if child.name.is_empty() { depth } else { depth + 1 };
            let inner = format!("{prefix}{past}{}", " ".repeat(INDENT - 1));
            let more = if self.shows_below(child, &inner, depth) { self.ink.bar } else { " " };
            self.entry(
                child,
                &format!("{prefix}{sign}"),
                &format!("{inner}{more} "),
                Some(&child.lead),
                self.unshown(child, &inner, depth),
            );
            self.hanging(child, &inner, depth);
        }
        if shown < twig.twigs.len() {
            self.faint_line(&format!("{prefix}{}", self.ink.corner), &format!(" + {} more", twig.twigs.len() - shown));
        }
    }

    /// How many names below this one are left out as a whole.
    fn unshown(&self, twig: &Twig, prefix: &str, depth: usize) -> usize {
        if self.shows_below(twig, prefix, depth) { twig.deeper } else { twig.deeper + names_below(twig) }
    }

    /// A name with the line to it and what is said beside it, on as many lines as it needs.
    fn entry(&mut self, twig: &Twig, first: &str, rest: &str, lead: Option<&Lead>, unshown: usize) {
        let known = twig.entity.is_some_and(|entity| !self.drawing.drawn.insert(entity));
        let repeats = twig.repeats && known;
        self.drawing.repeats |= repeats;
        let name = self.ink.plain(&visible(&twig.name));
        let name = if repeats { format!("{}{name}", self.ink.again) } else { name };
        let mut notes = self.ink.plain(&visible(&twig.notes.join("; ")));
        if unshown > 0 {
            notes.push_str(&format!("{}+ {unshown} below", if notes.is_empty() { "" } else { "  " }));
        }
        let style = if repeats { self.ink.faint() } else { self.ink.name(twig.kind) };
        let style = if lead.is_none() { style.bold() } else { style };
        let style = if self.ink.faint().is_plain() { anstyle::Style::new() } else { style };
        let mut line = Written::default();
        line.push(first, self.ink.faint());
        if let Some(lead) = lead {
            let room = self.columns.saturating_sub(line.columns);
            line.push(&self.ink.fitted(&self.ink.lead(lead), room), self.ink.faint());
        }
        let room = self.columns.saturating_sub(line.columns);
        let gap = if name.is_empty() || notes.is_empty() { 0 } else { 2 };
        if width(&name) + gap + width(&notes) <= room {
            line.push(&name, style);
            line.push(&" ".repeat(gap), anstyle::Style::new());
            line.push(&notes, self.ink.faint());
            return self.line(line);
        }
        self.long_entry(line, &name, &notes, rest, style);
    }

    /// A name that does not fit beside the line to it with all that is said.
    fn long_entry(&mut self, mut line: Written, name: &str, notes: &str, rest: &str, style: anstyle::Style) {
        let inner = self.columns.saturating_sub(width(rest)).max(2);
        let room = self.columns.saturating_sub(line.columns);
        if width(name) <= room {
            line.push(name, style);
            self.line(line);
        } else {
            let beside = room >= LEAST_ROOM;
            let limit = if beside { room.min(inner) } else { inner };
            let mut begun = Some(line);
            if !beside {
                self.line(begun.take().unwrap_or_default());
            }
            for part in self.few(name, limit) {
                let mut line = begun.take().unwrap_or_else(|| self.continued(rest));
                line.push(&part, style);
                self.line(line);
            }
        }
        if !notes.is_empty() {
            for part in self.few(notes, inner) {
                let mut line = self.continued(rest);
                line.push(&part, self.ink.faint());
                self.line(line);
            }
        }
    }

    fn continued(&self, rest: &str) -> Written {
        let mut line = Written::default();
        line.push(rest, self.ink.faint());
        line
    }

    /// A text on a few lines; what is longer loses its middle.
    fn few(&self, text: &str, limit: usize) -> Vec<String> {
        let lines = wrap(text, limit);
        if lines.len() <= MOST_LINES {
            return lines;
        }
        let mut few: Vec<String> = lines[..MOST_LINES - 1].to_vec();
        few.push(self.ink.fitted(&lines[MOST_LINES - 1..].join(" "), limit));
        few
    }
}

/// How many names hang below one.
fn names_below(twig: &Twig) -> usize {
    twig.twigs.iter().map(|child| usize::from(!child.name.is_empty() && !child.repeats) + child.deeper + names_below(child)).sum()
}
