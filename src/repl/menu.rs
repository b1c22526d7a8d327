//! Menu: the candidates under the line, one a row, with what each is and the rows that it leaves; one can be chosen with the keys.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustyline::Cmd;
use unicode_width::UnicodeWidthStr;

use crate::model::grouped;
use crate::session::Count;

use super::completion::{Candidate, Completion};
use crate::render::{Palette, Role};

/// The rows of the list at most: more are not read at a glance.
const MOST_LINES: usize = 16;
/// With fewer rows there is no list.
const FEWEST_LINES: usize = 2;

/// What the keys and the helper share: whether a menu is open, and which way the next choice goes.
#[derive(Clone, Debug, Default)]
pub(super) struct MenuKeys {
    open: Arc<AtomicBool>,
    back: Arc<AtomicBool>,
}

impl MenuKeys {
    /// The command of a key that chooses the next (or the one before), if a menu is open.
    pub fn choose(&self, back: bool) -> Option<Cmd> {
        if !self.open.load(Ordering::Relaxed) {
            return None;
        }
        self.back.store(back, Ordering::Relaxed);
        Some(Cmd::Complete)
    }

    /// Has the menu closed before it is drawn again; whether one was open.
    pub fn dismiss(&self) -> bool {
        self.open.swap(false, Ordering::Relaxed)
    }
}

/// The room that a menu has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room<'p> {
    /// The columns of the terminal.
    pub columns: usize,
    /// The rows below the line.
    pub rows: usize,
    /// How what stands there is coloured; not at all where it is absent.
    pub palette: Option<&'p Palette>,
}

impl Room<'_> {
    fn painted(self, role: Role, text: String) -> String {
        match self.palette {
            Some(palette) => palette.painted(role, &text),
            None => text,
        }
    }
}

/// A menu that is open: for which line, and what is chosen.
#[derive(Debug)]
struct Open {
    line: String,
    position: usize,
    /// What was typed where a candidate is put in now.
    typed: String,
    completion: Completion,
    chosen: Option<usize>,
}

/// The menu under the line, if one is open.
#[derive(Debug, Default)]
pub(super) struct Menu {
    open: RefCell<Option<Open>>,
    keys: MenuKeys,
}

impl Menu {
    /// A menu that shares these with the keys.
    pub fn with(keys: MenuKeys) -> Menu {
        Menu { keys, ..Menu::default() }
    }

    /// Closes it.
    pub fn close(&self) {
        self.keys.open.store(false, Ordering::Relaxed);
        self.keys.back.store(false, Ordering::Relaxed);
        self.open.replace(None);
    }

    /// What replaces the text from a place on, now that completion is asked for: the next candidate of the menu that is open, or what the
    /// candidates have in common, with a menu if there are several. Where nothing can stand the menu says so.
    pub fn complete(&self, line: &str, position: usize, offer: impl FnOnce() -> Completion) -> Option<(usize, String)> {
        if let Some(chosen) = self.choose(line, position) {
            return Some(chosen);
        }
        self.close();
        let completion = offer();
        let completion = if completion.candidates.is_empty() { Completion { start: position, ..completion } } else { completion };
        let typed = line.get(completion.start..position)?.to_owned();
        // A space in front of a space is one too many.
        let fitted = |text: &str| if line[position..].starts_with(' ') { text.trim_end().to_owned() } else { text.to_owned() };
        let start = completion.start;
        match completion.candidates.as_slice() {
            [] if line.is_empty() => None,
            [only] => Some((start, fitted(&only.replacement))),
            _ => {
                let common = completion.common(&typed).unwrap_or_else(|| typed.clone());
                let shown = format!("{}{common}{}", &line[..start], &line[position..]);
                self.keys.open.store(true, Ordering::Relaxed);
                let position = start + common.len();
                self.open.replace(Some(Open { line: shown, position, typed: common.clone(), completion, chosen: None }));
                Some((start, common))
            }
        }
    }

    /// The next candidate of the menu that is open for this line; behind the last, and before the first, what was typed.
    fn choose(&self, line: &str, position: usize) -> Option<(usize, String)> {
        let mut open = self.open.borrow_mut();
        let menu = open.as_mut().filter(|menu| menu.line == line && menu.position == position)?;
        let count = menu.completion.candidates.len();
        if count == 0 {
            return Some((position, String::new()));
        }
        let back = self.keys.back.swap(false, Ordering::Relaxed);
        menu.chosen = match (menu.chosen, back) {
            (None, false) => Some(0),
            (None, true) => count.checked_sub(1),
            (Some(0), true) => None,
            (Some(at), true) => Some(at - 1),
            (Some(at), false) => Some(at + 1).filter(|next| *next < count),
        };
        let start = menu.completion.start;
        let put = match menu.chosen.and_then(|at| menu.completion.candidates.get(at)) {
            Some(candidate) if line[position..].starts_with(' ') => candidate.replacement.trim_end().to_owned(),
            Some(candidate) => candidate.replacement.clone(),
            None => menu.typed.clone(),
        };
        menu.line = format!("{}{put}{}", &line[..start], &line[position..]);
        menu.position = start + put.len();
        Some((start, put))
    }

    /// The rows of the menu under this line; none if none is open. Where the line goes on from the one that it was opened for, what is
    /// offered is asked for anew; where it does not, it closes.
    pub fn shown(&self, line: &str, position: usize, room: Room<'_>, offer: impl FnOnce() -> Completion) -> Option<String> {
        if !self.keys.open.load(Ordering::Relaxed) {
            self.close();
            return None;
        }
        let is_known = {
            let open = self.open.borrow();
            let menu = open.as_ref()?;
            let start = menu.completion.start;
            let goes_on = || {
                let before = menu.line.get(..start).is_some_and(|before| line.get(..start) == Some(before));
                menu.chosen.is_none() && before && position == line.len() && position >= start
            };
            if menu.line == line && menu.position == position {
                true
            } else if goes_on() {
                false
            } else {
                drop(open);
                self.close();
                return None;
            }
        };
        if !is_known {
            let completion = offer();
            let typed = line.get(completion.start..position).unwrap_or_default().to_owned();
            let is_over = match completion.candidates.as_slice() {
                [] => true,
                [only] => only.replacement.trim_end() == typed.trim_end(),
                _ => false,
            };
            if is_over {
                self.close();
                return None;
            }
            self.open.replace(Some(Open { line: line.to_owned(), position, typed, completion, chosen: None }));
        }
        let open = self.open.borrow();
        let menu = open.as_ref()?;
        laid_out(&menu.completion, menu.chosen, room)
    }
}

/// The rows, each behind a line break; none where there is no room. Where they are too many for one list, lists stand side by side.
fn laid_out(completion: &Completion, chosen: Option<usize>, room: Room<'_>) -> Option<String> {
    let (lines, width) = (room.rows.min(MOST_LINES), room.columns.saturating_sub(1));
    if lines < FEWEST_LINES {
        return None;
    }
    let all = &completion.candidates;
    let total = all.len() + completion.more;
    if total == 0 {
        return Some(format!("\n{}", room.painted(Role::Note, cut(NOTHING, width))));
    }
    let lists =
        if total <= lines { 1 } else { Columns::of(&all[..all.len().min(lines * MOST_LISTS)], width, WIDEST_WHAT).side_by_side(width) };
    // The last line tells how many are not shown.
    let lines = if total > lines * lists { lines - 1 } else { total.div_ceil(lists) };
    let page = lines * lists;
    let first = chosen.map_or(0, |at| at / page * page);
    let shown = &all[first..(first + page).min(all.len())];
    let columns = Columns::of(shown, width, if lists == 1 { width } else { WIDEST_WHAT });
    let names = names_of(shown, columns.name);
    let mut text = String::new();
    for line in 0..lines.min(shown.len()) {
        let of_line: Vec<usize> = (0..lists).map(|list| list * lines + line).filter(|at| *at < shown.len()).collect();
        let rows =
            of_line.iter().map(|at| columns.row(&shown[*at], &names[*at], chosen == Some(first + at), room, *at + lines < shown.len()));
        text.push('\n');
        text.push_str(&rows.collect::<Vec<_>>().join(&" ".repeat(BETWEEN_LISTS)));
    }
    let rest = total - shown.len();
    if rest > 0 {
        let said = cut(&format!("  ... {rest} more: type on"), width);
        text.push('\n');
        text.push_str(&room.painted(Role::Note, said));
    }
    Some(text)
}

/// How wide the columns of a menu are; 0 for one that is left out.
#[derive(Clone, Copy, Debug)]
struct Columns {
    name: usize,
    what: usize,
    rows: usize,
}

/// So many lists stand side by side at most, and so many columns lie between them.
const MOST_LISTS: usize = 3;
const BETWEEN_LISTS: usize = 3;
/// What is said where nothing can stand.
const NOTHING: &str = "  nothing that is known fits here";
/// Between two columns.
const GAP: usize = 2;
/// In front of a row.
const MARGIN: usize = 2;
/// What something is needs no more where lists stand side by side.
const WIDEST_WHAT: usize = 40;
/// A name with less is no name.
const NARROWEST_NAME: usize = 12;

impl Columns {
    fn of(candidates: &[Candidate], width: usize, widest_what: usize) -> Columns {
        let widest = |text: &dyn Fn(&Candidate) -> usize| candidates.iter().map(text).max().unwrap_or_default();
        let rows = widest(&|candidate| rows_of(candidate.rows).width());
        let name = widest(&|candidate| name_of(candidate).width());
        let what = widest(&|candidate| candidate.what.width()).min(widest_what);
        let behind = |width: usize| if width > 0 { GAP + width } else { 0 };
        let room = width.saturating_sub(MARGIN + behind(rows));
        // A name that has no room takes it from what it is, and is cut only then.
        let left = room.saturating_sub(name);
        let what = if behind(what) <= left {
            what
        } else {
            let least = left.max(room.saturating_sub(NARROWEST_NAME.max(room * 2 / 3)));
            let kept = what.min(least.saturating_sub(GAP));
            if kept < 5 { 0 } else { kept }
        };
        Columns { name: name.min(room.saturating_sub(behind(what))), what, rows }
    }

    /// How many lists of these columns stand side by side.
    fn side_by_side(self, width: usize) -> usize {
        let behind = |width: usize| if width > 0 { GAP + width } else { 0 };
        let one = MARGIN + self.name + behind(self.what) + behind(self.rows);
        ((width + BETWEEN_LISTS) / (one + BETWEEN_LISTS)).clamp(1, MOST_LISTS)
    }

    /// A row; one behind which another list stands has its full width.
    fn row(self, candidate: &Candidate, name: &str, is_chosen: bool, room: Room<'_>, goes_on: bool) -> String {
        let name = padded(name, self.name);
        let what =
            if self.what > 0 { format!("{:GAP$}{}", "", padded(&brief(&candidate.what, self.what), self.what)) } else { String::new() };
        let rows = rows_of(candidate.rows);
        let rows = if self.rows > 0 { format!("{:1$}{rows}", "", GAP + self.rows - rows.width()) } else { String::new() };
        let behind = if self.rows > 0 { GAP + self.rows } else { 0 };
        let rows = if goes_on { padded(&rows, behind) } else { rows };
        let mark = if is_chosen { "> " } else { "  " };
        let whole = || format!("{mark}{name}{what}{rows}");
        match (room.palette.is_some(), is_chosen, candidate.is_dead_end()) {
            (false, ..) if goes_on => whole(),
            (false, ..) => whole().trim_end().to_owned(),
            (true, true, _) => room.painted(Role::Chosen, whole()),
            (true, false, true) => room.painted(Role::DeadEnd, whole()),
            (true, false, false) => format!("{mark}{name}{}{rows}", room.painted(Role::Note, what)),
        }
    }
}

/// What is listed: with what a synonym stands for.
fn name_of(candidate: &Candidate) -> String {
    let shown = visible(&candidate.shown);
    match &candidate.leads_to {
        Some(name) => format!("{shown} -> {}", visible(name)),
        None => shown,
    }
}

/// What is listed of each in so many columns. Where names would look alike with their ends cut off, they lose their middles.
fn names_of(candidates: &[Candidate], width: usize) -> Vec<String> {
    let whole: Vec<String> = candidates.iter().map(name_of).collect();
    let cut: Vec<String> = whole.iter().map(|name| cut(name, width)).collect();
    let apart = |at: usize| {
        let is_alike = whole[at].width() > width && cut.iter().filter(|other| **other == cut[at]).count() > 1;
        if is_alike { without_middle(&whole[at], width) } else { cut[at].clone() }
    };
    (0..whole.len()).map(apart).collect()
}

/// A text that takes so many columns at most, with its beginning and its end.
fn without_middle(text: &str, width: usize) -> String {
    let end_width = width.saturating_sub(2) / 2;
    let mut end = text.len();
    for (at, _) in text.char_indices().rev() {
        if text[at..].width() > end_width {
            break;
        }
        end = at;
    }
    cut(text, width - text[end..].width()) + &text[end..]
}

/// Text without what would move the cursor.
fn visible(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

fn rows_of(rows: Count) -> String {
    match rows {
        Count::Exactly(1) => "1 row ".to_owned(),
        Count::Exactly(rows) => format!("{} rows", grouped(rows)),
        Count::AtLeast(rows) => format!("{}+ rows", grouped(rows)),
        Count::Unknown => String::new(),
    }
}

/// What something is, in so many columns: without its further clauses if these do not fit.
fn brief(what: &str, width: usize) -> String {
    let first = what.split("; ").next().unwrap_or(what);
    cut(if what.width() > width && first.width() <= width { first } else { what }, width)
}

/// A text that takes so many columns at most; where something is cut off, two points say so.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for character in text.chars() {
        if format!("{kept}{character}").width() + 2 > width {
            break;
        }
        kept.push(character);
    }
    kept + &".."[..2.min(width)]
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{:1$}", "", width.saturating_sub(text.width()))
}

#[cfg(test)]
mod tests {
    use super::{Menu, Room, brief, laid_out, names_of};
    use crate::repl::completion::{Candidate, Completion};
    use crate::session::Count;

    fn candidate(name: &str, what: &'static str, rows: Count) -> Candidate {
        Candidate { rows, ..Candidate::word(name, what, 0) }
    }

    fn completion() -> Completion {
        let candidates = vec![
            candidate("adult", "value", Count::Exactly(2)),
            candidate("young child", "value", Count::Exactly(1)),
            candidate("teen", "value", Count::Exactly(0)),
            candidate("child", "value", Count::AtLeast(1000)),
        ];
        Completion { start: 4, candidates, more: 0 }
    }

    #[test]
    fn names_that_differ_in_their_ends_show_these() {
        let names = ["Alexander disease type I", "Alexander disease type II", "Canavan disease"];
        let candidates: Vec<Candidate> = names.iter().map(|name| candidate(name, "disease", Count::Unknown)).collect();
        assert_eq!(names_of(&candidates, 19), ["Alexander..e type I", "Alexander.. type II", "Canavan disease"]);
        assert!((0..30).all(|width| names_of(&candidates, width).iter().all(|name| name.len() <= width)));
    }

    #[test]
    fn what_something_is_loses_its_further_clauses_first() {
        assert_eq!(brief("draws it; `all` folds nothing", 20), "draws it");
        assert_eq!(brief("draws it; `all`", 20), "draws it; `all`");
        assert_eq!(brief("draws where the last answer comes from", 10), "draws wh..");
    }

    const ROOM: Room<'_> = Room { columns: 40, rows: 20, palette: None };

    #[test]
    fn columns_are_aligned_and_dead_ends_are_told_without_colour() {
        let text = laid_out(&completion(), Some(1), ROOM).unwrap();
        let lines: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(
            lines,
            [
                "  adult        value       2 rows",
                "> young child  value       1 row",
                "  teen         value       0 rows",
                "  child        value  1,000+ rows",
            ]
            .map(|line| line)
        );
    }

    #[test]
    fn a_menu_never_has_more_lines_or_columns_than_there_is_room() {
        let mut many = completion();
        for number in 0..300 {
            many.candidates.push(candidate(&format!("a name of many words, number {number}"), "side effect", Count::Exactly(number)));
        }
        for columns in [3, 10, 20, 40, 200] {
            for rows in [0, 1, 2, 5, 50] {
                for chosen in [None, Some(0), Some(150), Some(303)] {
                    let Some(text) = laid_out(&many, chosen, Room { columns, rows, palette: None }) else {
                        assert!(rows < 2);
                        continue;
                    };
                    let lines: Vec<&str> = text.lines().skip(1).collect();
                    assert!(lines.len() <= rows, "{columns} {rows}: {text}");
                    assert!(columns < 20 || lines.iter().all(|line| line.len() < columns), "{columns} {rows}: {text}");
                    assert!(chosen.is_none() || columns < 20 || text.contains("> "), "{text}");
                    assert!(columns < 40 || text.contains("more: type on"), "{text}");
                }
            }
        }
    }

    #[test]
    fn keys_go_through_the_candidates_and_back_to_what_was_typed() {
        let menu = Menu::default();
        let offer = || completion();
        assert_eq!(menu.complete("abc ", 4, offer), Some((4, String::new())));
        assert!(menu.shown("abc ", 4, ROOM, offer).unwrap().contains("adult"));
        assert_eq!(menu.complete("abc ", 4, offer), Some((4, "adult".to_owned())));
        assert!(menu.shown("abc adult", 9, ROOM, offer).unwrap().contains("> adult"));
        assert_eq!(menu.complete("abc adult", 9, offer), Some((4, "young child".to_owned())));
        assert!(menu.keys.choose(true).is_some());
        assert_eq!(menu.complete("abc young child", 15, offer), Some((4, "adult".to_owned())));
        menu.keys.choose(true);
        assert_eq!(menu.complete("abc adult", 9, offer), Some((4, String::new())));
        menu.keys.choose(true);
        assert_eq!(menu.complete("abc ", 4, offer), Some((4, "child".to_owned())));
        // Typing on behind a choice takes it.
        assert_eq!(menu.shown("abc child,", 10, ROOM, offer), None);
        assert!(menu.keys.choose(false).is_none());
    }

    #[test]
    fn typing_on_narrows_it_until_nothing_is_left_to_choose() {
        let menu = Menu::default();
        menu.complete("abc ", 4, completion);
        let fewer = || Completion { candidates: completion().candidates.split_off(2), ..completion() };
        let shown = menu.shown("abc c", 5, ROOM, fewer).unwrap();
        assert!(!shown.contains("adult") && shown.contains("teen"), "{shown}");
        assert_eq!(menu.shown("abc cx", 6, ROOM, Completion::default), None);
        assert_eq!(menu.shown("abc c", 5, ROOM, completion), None);
        // Where nothing fits that is said, and gone with the next key.
        assert_eq!(menu.complete("abc ", 4, Completion::default), Some((4, String::new())));
        assert!(menu.shown("abc ", 4, ROOM, completion).unwrap().contains("nothing that is known fits"));
        assert_eq!(menu.shown("abc x", 5, ROOM, Completion::default), None);
    }
}
