//! Typed: what the prompt shows on a real terminal while keys are pressed: a document says the keys, a picture too.

use std::path::Path;

use crate::screen::Screen;

/// What an input begins with.
const PROMPT: &str = "oms> ";
/// So often it is tried again whether a screen is as it is to be: a busy machine leaves counts out of a menu.
pub const MOST_TRIES: usize = 5;

/// The keys that have names.
const KEYS: [(&str, &str); 8] = [
    ("<Tab>", "\t"),
    ("<Shift-Tab>", "\x1b[Z"),
    ("<Enter>", "\r"),
    ("<Right>", "\x1b[C"),
    ("<Up>", "\x1b[A"),
    ("<Down>", "\x1b[B"),
    ("<Ctrl-C>", "\x03"),
    ("<Ctrl-W>", "\x17"),
];

/// The program at its prompt in this folder, in a terminal of so many columns, with what is pressed shown; times are all the same.
pub fn play(folder: &Path, columns: u16, keys: &str) -> Screen {
    let variables = [("NO_COLOR", ""), ("OMS_HISTORY", "")];
    let mut screen = Screen::run(folder, columns, &variables, &format!("exec {} --no-config --quiet", env!("CARGO_BIN_EXE_oms")));
    screen.until("the prompt", is_at_prompt);
    screen.settle();
    for key in strokes(keys) {
        screen.press(&key);
        if key == "\r" {
            screen.until("the next prompt", is_at_prompt);
        }
        screen.settle();
    }
    screen
}

/// What a block shows once these keys are pressed: what is kept, if a few tries come to that, else the last try.
pub fn lines(folder: &Path, keys: &str, kept: &str) -> String {
    let mut found = String::new();
    for _ in 0..MOST_TRIES {
        let screen = play(folder, 100, keys);
        found = screen.rows().iter().map(|row| format!("{}\n", same_time(row))).collect();
        if found == kept {
            break;
        }
    }
    found
}

/// Whether an input can begin.
fn is_at_prompt(screen: &Screen) -> bool {
    let (row, column) = screen.cursor();
    usize::from(column) == PROMPT.len() && screen.rows().get(usize::from(row)).is_some_and(|row| row.starts_with(PROMPT.trim_end()))
}

/// Keys by name, and what is typed between them.
fn strokes(keys: &str) -> Vec<String> {
    let mut strokes = Vec::new();
    let mut rest = keys;
    while !rest.is_empty() {
        let key = KEYS.iter().find(|(name, _)| rest.starts_with(name));
        let (stroke, taken) = match key {
            Some((name, code)) => ((*code).to_owned(), name.len()),
            None => {
                let end = KEYS.iter().filter_map(|(name, _)| rest.find(name)).min().unwrap_or(rest.len());
                (rest[..end].to_owned(), end)
            }
        };
        strokes.push(stroke);
        rest = &rest[taken..];
    }
    strokes
}

/// A line with the time that an answer took made the same on every machine: `2 rows in 0.2 ms`.
pub fn same_time(line: &str) -> String {
    let told = line.rsplit_once(" in ").filter(|(rows, _)| rows.contains(" row"));
    let is_time =
        |taken: &str| taken.strip_suffix(" ms").or_else(|| taken.strip_suffix(" s")).is_some_and(|number| number.parse::<f64>().is_ok());
    told.filter(|(_, taken)| is_time(taken)).map_or_else(|| line.to_owned(), |(rows, _)| format!("{rows} in 0.2 ms"))
}
