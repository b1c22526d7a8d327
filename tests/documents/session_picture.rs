//! Session picture: a session at the prompt as a real terminal shows it, drawn cell by cell.

use std::fs;
use std::path::Path;

use crate::picture::hold;
use crate::typed::{MOST_TRIES, play, same_time};

/// What is pressed: an answer and who says so; a slip, put right by one key; and what could stand there, with the rows that each would leave.
const KEYS: &str = "causes where frequency >= 50%<Enter>why 1<Enter>causes where poplation = adult<Enter><Right><Ctrl-W><Tab><Tab>";

/// The columns of the terminal.
const COLUMNS: u16 = 100;
/// The width and the height of a character, and the room at the edges.
const CHARACTER: f64 = 8.4;
const LINE: f64 = 18.0;
const MARGIN: f64 = 16.0;

/// The page, what stands on it, and its sixteen colours.
const GROUND: &str = "#1e2227";
const TEXT: &str = "#d7dae0";
const COLOURS: [&str; 16] = [
    "#484f58", "#ff7b72", "#7ee787", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#d7dae0", "#868e98", "#ff7b72", "#7ee787", "#e3b341",
    "#79c0ff", "#d2a8ff", "#56d4dd", "#ffffff",
];

/// How a cell looks.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    colour: Option<u8>,
    bold: bool,
    dim: bool,
    italic: bool,
    underline: bool,
    inverse: bool,
}

/// Neighbouring cells that look the same.
struct Run {
    look: Look,
    column: usize,
    text: String,
}

/// Compares the picture with a session that is played now, or draws it anew. Another try may have all the counts that a busy machine left out.
pub fn hold_session(path: &Path, faults: &mut Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let kept = fs::read_to_string(path).unwrap_or_default();
    let mut drawn = String::new();
    for _ in 0..MOST_TRIES {
        drawn = drawing(play(folder.path(), COLUMNS, KEYS).shown());
        if drawn == kept {
            break;
        }
    }
    hold(path, &drawn, faults);
}

/// A screen as a picture, down to its last row that is not empty.
fn drawing(screen: &vt100::Screen) -> String {
    let (rows, columns) = screen.size();
    let lines: Vec<Vec<Run>> = (0..rows.get()).map(|row| runs(screen, row, columns.get())).collect();
    let count = lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
    let width = (f64::from(columns.get()) * CHARACTER + 2.0 * MARGIN).ceil();
    let height = count as f64 * LINE + 2.0 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" role=\"img\">\n\
         <title>A session with oms</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{GROUND}\"/>\n\
         <g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\" fill=\"{TEXT}\">\n"
    );
    for (row, line) in lines.iter().take(count).enumerate() {
        line.iter().for_each(|run| svg += &drawn_run(run, MARGIN + LINE * row as f64));
    }
    let (row, column) = screen.cursor_position();
    svg += &bar(MARGIN + CHARACTER * f64::from(column), MARGIN + LINE * f64::from(row), CHARACTER, TEXT);
    svg + "</g>\n</svg>\n"
}

/// The runs of a row; blanks are drawn only where they look like something, since viewers of pictures do not agree on them.
fn runs(screen: &vt100::Screen, row: u16, columns: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut blanks = 0;
    for column in 0..columns {
        let Some(cell) = screen.cell(row, column).filter(|cell| !cell.is_wide_continuation()) else { continue };
        let text = if cell.has_contents() { cell.contents() } else { " " };
        let look = look(cell);
        if text == " " && !look.inverse {
            blanks += 1;
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.look == look && blanks < 2 && !(look.underline && blanks > 0) => {
                run.text.push_str(if blanks > 0 { " " } else { "" });
                run.text.push_str(text);
            }
            _ => runs.push(Run { look, column: usize::from(column), text: text.to_owned() }),
        }
        blanks = 0;
    }
    runs
}

fn look(cell: &vt100::Cell) -> Look {
    let colour = if let vt100::Color::Idx(colour) = cell.fgcolor() { Some(colour) } else { None };
    let (bold, dim, italic) = (cell.bold(), cell.dim(), cell.italic());
    Look { colour, bold, dim, italic, underline: cell.underline(), inverse: cell.inverse() }
}

/// A run whose line begins so far down. Pieces that wide gaps set apart are drawn each in its place.
fn drawn_run(run: &Run, top: f64) -> String {
    let text = same_time(&run.text);
    let look = run.look;
    let x = |column: usize| MARGIN + CHARACTER * column as f64;
    let colour = look.colour.and_then(|colour| COLOURS.get(usize::from(colour))).copied();
    let fill = if look.inverse { Some(GROUND) } else { colour };
    let mut attributes = fill.map(|fill| format!(" fill=\"{fill}\"")).unwrap_or_default();
    for (is_so, attribute) in [
        (look.bold, " font-weight=\"bold\""),
        (look.dim, " fill-opacity=\"0.6\""),
        (look.italic, " font-style=\"italic\""),
        (look.underline, " text-decoration=\"underline\""),
    ] {
        attributes += if is_so { attribute } else { "" };
    }
    let mut drawn = String::new();
    if look.inverse {
        drawn += &bar(x(run.column), top, CHARACTER * text.chars().count() as f64, colour.unwrap_or(TEXT));
    }
    let mut column = run.column;
    for piece in text.split("  ") {
        let words = piece.trim();
        let indent = piece.chars().take_while(|letter| *letter == ' ').count();
        if !words.is_empty() {
            let extent = CHARACTER * words.chars().count() as f64;
            let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let (x, y) = (x(column + indent), top + 0.8 * LINE);
            drawn += &format!("<text x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{extent:.1}\"{attributes}>{words}</text>\n");
        }
        column += piece.chars().count() + 2;
    }
    drawn
}

/// The ground of cells.
fn bar(x: f64, top: f64, extent: f64, colour: &str) -> String {
    format!("<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"{extent:.1}\" height=\"{LINE}\" fill=\"{colour}\"/>\n", top + 0.06 * LINE)
}
