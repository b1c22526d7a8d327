//! Progress: a line that says how far a long query has come, and how it is stopped; gone when the answer comes.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::model::grouped;
use crate::session::Limits;

/// What is shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often the line is written anew.
const PAUSE: Duration = Duration::from_millis(100);

const SPINNER: [char; 4] = ['|', '/', '-', '\\'];

/// A line on the standard error output, until this is dropped. It is drawn by a thread of its own, which looks at a count that the
/// engine keeps anyway: the work is not held up.
#[derive(Debug)]
pub struct Progress {
    ended: Arc<AtomicBool>,
    drawer: Option<JoinHandle<()>>,
}

impl Progress {
    /// Watches what is done within these limits, where somebody sits at a terminal that can erase a line.
    pub fn of(limits: &Limits, is_shown: bool) -> Progress {
        let ended = Arc::new(AtomicBool::new(false));
        let plain = std::env::var_os("TERM").is_none_or(|value| value == "dumb" || value.is_empty());
        let drawer = (is_shown && !plain && io::stderr().is_terminal()).then(|| {
            let (ended, steps, stop) = (Arc::clone(&ended), Arc::clone(&limits.steps), Arc::clone(&limits.interrupt));
            let before = steps.load(Ordering::Relaxed);
            thread::Builder::new().name("progress".to_owned()).spawn(move || draw(&ended, &steps, before, &stop)).ok()
        });
        Progress { ended, drawer: drawer.flatten() }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        if let Some(drawer) = self.drawer.take() {
            drawer.thread().unpark();
            // A drawer that failed has nothing to say that matters.
            let _ = drawer.join();
        }
    }
}

fn draw(ended: &AtomicBool, steps: &AtomicU64, before: u64, stop: &AtomicBool) {
    let begun = Instant::now();
    let mut turn = 0;
    let mut drawn = false;
    loop {
        thread::park_timeout(if drawn { PAUSE } else { PATIENCE.saturating_sub(begun.elapsed()) });
        if ended.load(Ordering::Relaxed) {
            break;
        }
        if begun.elapsed() < PATIENCE {
            continue;
        }
        let rows = steps.load(Ordering::Relaxed).saturating_sub(before);
        let line = line(SPINNER[turn % SPINNER.len()], begun.elapsed(), rows, stop.load(Ordering::Relaxed));
        turn += 1;
        drawn = true;
        // If it cannot be seen, nothing is lost.
        let _ = write!(io::stderr(), "\r{line}\u{1b}[K");
    }
    if drawn {
        let _ = write!(io::stderr(), "\r\u{1b}[K");
    }
}

/// What the line says; short enough for any terminal.
fn line(spinner: char, passed: Duration, rows: u64, stopping: bool) -> String {
    let rows = match usize::try_from(rows).unwrap_or(usize::MAX) {
        0 => String::new(),
        rows => format!(", {} rows", grouped(rows)),
    };
    let end = if stopping { "stopping" } else { "Ctrl-C stops" };
    format!("{spinner} {:.1} s{rows}, {end}", passed.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::line;

    #[test]
    fn the_line_says_how_long_how_many_and_how_to_stop() {
        assert_eq!(line('|', Duration::from_millis(1_240), 340_000, false), "| 1.2 s, 340,000 rows, Ctrl-C stops");
        assert_eq!(line('/', Duration::from_millis(600), 0, true), "/ 0.6 s, stopping");
        assert!(line('-', Duration::from_secs(36_000), u64::MAX / 1024, false).len() < 80);
    }
}
