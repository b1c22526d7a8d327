//! Receipt: writes the receipt of an answer, and holds one against what is answered now.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::Session;
use crate::answer::Answer;
use crate::command::{Failure, Receipt, Verdict, verify, write_file};
use crate::render::{Format, complaint};

use super::arguments::Options;
use super::console::{Console, is_for_programs, is_standard_output, to_standard_output};
use super::interrupt::Interrupt;
use super::open_at;

/// Receipts longer than this are not read from standard input, in bytes.
const LONGEST: u64 = 16 << 20;
/// The status of a run that found another answer.
const DIFFERS: u8 = 1;

/// The receipt of an answer as a file holds it.
pub(super) fn of(session: &Session, answer: &Answer) -> Result<String, Failure> {
    Ok(Receipt::of(session, answer)?.written())
}

/// Writes a receipt to its file or to standard output.
pub(super) fn write(receipt: &str, path: &Path) -> Result<(), Failure> {
    if is_standard_output(path) {
        return to_standard_output(receipt.as_bytes()).map_err(Failure::Output);
    }
    Ok(write_file(path, receipt.as_bytes())?)
}

/// Asks the query of a receipt again and says what became of its answer; the exit status.
pub(super) fn check(path: &Path, options: &Options, format: &Format, console: &Console) -> Result<u8, Failure> {
    let receipt = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().take(LONGEST).read_to_end(&mut bytes).map_err(Failure::Output)?;
        Receipt::parsed(&bytes, "standard input")?
    } else {
        Receipt::read(path)?
    };
    let graphs = if options.names_graph { options.graph.clone() } else { named_in(&receipt, path) };
    let mut session = open_at(&graphs, options, console)?;
    let interrupt = Interrupt::new(&session.interrupt());
    let comparison = interrupt.during(|| verify(&receipt, &mut session))?;
    let is_same = comparison.is_same();
    if is_for_programs(format) {
        console.write(&comparison.json())?;
    } else {
        console.write(&comparison.text())?;
        if let Verdict::Refused(complaints) = comparison.verdict() {
            console.tell(&complaint::render(complaints, &console.complaints()));
        }
    }
    // The program ends here: to take the graph apart piece by piece would take a while.
    std::mem::forget(session);
    Ok(if is_same { 0 } else { DIFFERS })
}

/// The graphs that a receipt names, from here or, where they are not, from the receipt's own folder.
fn named_in(receipt: &Receipt, path: &Path) -> Vec<PathBuf> {
    let found = |name: &String| {
        let here = PathBuf::from(name);
        let beside = path.parent().map(|folder| folder.join(name));
        match beside {
            Some(beside) if name != crate::session::EMBEDDED && !here.exists() && beside.exists() => beside,
            _ => here,
        }
    };
    receipt.opened().iter().map(found).collect()
}
