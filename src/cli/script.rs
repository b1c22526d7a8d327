//! Script: the queries that stand on standard input, cut apart and answered one after the other.

use std::io::BufRead;
use std::ops::Range;

use crate::command::{Failure, Flow, Shell};
use crate::diagnostic::{Complaints, Diagnostic, Origin};
use crate::query::syntax::LONGEST_QUERY;

use super::interrupt::Interrupt;
use super::reading;

/// What a script is called in complaints.
const NAME: &str = "standard input";

const LINE_BREAK: [char; 2] = ['\n', '\r'];

/// Of a script longer than this, complaints no longer show what came before the input that they are about.
const KEPT: usize = 16 << 20;

/// How many bytes are looked at to find where the inputs end. Whether an input is finished can be seen only by looking at all
/// of it again with each line; beyond this an input is taken to end with the script.
const LOOKED_AT: usize = 32 << 20;

/// Answers the inputs of a stream until its end, a `:quit` or the first failure. Each answer goes to `write` as soon as it is there.
pub(super) fn run(
    shell: &mut Shell,
    stream: &mut dyn BufRead,
    interrupt: &Interrupt,
    write: &mut dyn FnMut(&[u8]) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut script = Script { stream, read: String::new(), looked_at: 0 };
    let mut shown = Shown { write, is_begun: false };
    while let Some(span) = script.next_input(shell)? {
        let input = script.read[span.clone()].to_owned();
        let flow = shown.answer(shell, &input, interrupt).map_err(|failure| script.placed(failure, span))?;
        while let Some(input) = shell.next_sourced() {
            match shown.answer(shell, &input, interrupt) {
                Ok(Flow::Continue) => {}
                // The file ends, not the script.
                Ok(Flow::Quit) => shell.end_sourced(),
                Err(Failure::Complaints(complaints)) => return Err(shell.fail_sourced(complaints).into()),
                Err(failure) => return Err(failure),
            }
        }
        if flow == Flow::Quit {
            break;
        }
    }
    Ok(())
}

/// What was shown so far.
struct Shown<'w> {
    write: &'w mut dyn FnMut(&[u8]) -> Result<(), Failure>,
    is_begun: bool,
}

impl Shown<'_> {
    /// Answers an input and shows what is to be shown, if it did not fail.
    fn answer(&mut self, shell: &mut Shell, input: &str, interrupt: &Interrupt) -> Result<Flow, Failure> {
        let mut shown = Vec::new();
        let flow = interrupt.during(|| shell.submit_one(input, &mut shown))?;
        // People's tables are set apart by a blank line; programs get the answers as they are.
        let for_people = matches!(shell.settings().format.name, "table" | "markdown");
        if for_people && !shown.is_empty() && std::mem::replace(&mut self.is_begun, true) {
            (self.write)(b"\n")?;
        }
        (self.write)(&shown)?;
        Ok(flow)
    }
}

struct Script<'a> {
    stream: &'a mut dyn BufRead,
    /// What was read so far.
    read: String,
    looked_at: usize,
}

impl Script<'_> {
    /// Where the next input stands in what was read; none at the end.
    fn next_input(&mut self, shell: &mut Shell) -> Result<Option<Range<usize>>, Failure> {
        if self.read.len() > KEPT {
            self.read.clear();
        }
        let mut start = self.read.len();
        loop {
            let line = reading::line(self.stream)?;
            if line.is_empty() {
                let rest = start..self.read.trim_end_matches(LINE_BREAK).len().max(start);
                return Ok(Some(rest).filter(|rest| !rest.is_empty()));
            }
            let before = self.read.len();
            self.append(line)?;
            let words = self.read[before..].trim_start_matches('\u{FEFF}').trim();
            if before == start && (words.is_empty() || words.starts_with("--")) {
                shell.notes(words);
                start = self.read.len();
                continue;
            }
            let input = start..self.read.trim_end_matches(LINE_BREAK).len();
            if input.len() > LONGEST_QUERY || !self.goes_on(shell, &input) {
                return Ok(Some(input));
            }
        }
    }

    fn append(&mut self, line: Vec<u8>) -> Result<(), Failure> {
        // With all that came before it, so that a wrong byte is shown in its line.
        let before = self.read.len();
        if let Ok(text) = std::str::from_utf8(&line) {
            self.read.push_str(text);
            return Ok(());
        }
        let mut bytes = std::mem::take(&mut self.read).into_bytes();
        bytes.extend(line);
        self.read = reading::decoded(bytes, NAME)?;
        debug_assert!(self.read.len() >= before);
        Ok(())
    }

    fn goes_on(&mut self, shell: &Shell, input: &Range<usize>) -> bool {
        self.looked_at = self.looked_at.saturating_add(input.len());
        self.looked_at > LOOKED_AT || shell.is_unfinished(&self.read[input.clone()])
    }

    /// The complaints about an input with their places in the script.
    fn placed(&self, failure: Failure, input: Range<usize>) -> Failure {
        let Failure::Complaints(complaints) = failure else { return failure };
        let asked = &self.read[input.clone()];
        let origin = Origin::new(NAME, self.read.as_str());
        let place = |diagnostic: &Diagnostic| {
            let mut placed = diagnostic.clone();
            if diagnostic.origin.as_ref().is_some_and(|origin| &*origin.text == asked) {
                placed.origin = Some(origin.clone());
                for label in &mut placed.labels {
                    label.span = label.span.start + input.start..label.span.end + input.start;
                }
                for fix in &mut placed.fixes {
                    fix.span = fix.span.start + input.start..fix.span.end + input.start;
                }
            }
            placed
        };
        let placed = complaints.diagnostics().iter().map(place).collect();
        let fixed = complaints.fixed().map(str::to_owned);
        Failure::Complaints(Complaints::new(placed).unwrap_or(complaints).with_fixed(fixed))
    }
}
