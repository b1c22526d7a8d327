//! Progress: bars on a terminal while files are imported, drawn by a thread of its own, so that the work is not held up.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::formats::import::Input;

/// How often bars are drawn anew. Work that is shorter than this shows none.
const PAUSE: Duration = Duration::from_millis(120);

/// What is done with the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// They are read.
    Reading,
    /// What they hold is put in order.
    Ordering,
    /// The graph is written.
    Writing,
}

impl Phase {
    fn words(self) -> &'static str {
        match self {
            Phase::Reading => "reading",
            Phase::Ordering => "putting entities and relations in order",
            Phase::Writing => "writing the graph",
        }
    }
}

const PHASES: [Phase; 3] = [Phase::Reading, Phase::Ordering, Phase::Writing];

/// Bars that are shown until this is dropped.
pub(super) struct Progress {
    shared: Arc<Shared>,
    drawer: Option<JoinHandle<()>>,
}

struct Shared {
    phase: AtomicU8,
    ended: AtomicBool,
}

impl Progress {
    /// Shows how far the files have come, without files only that it goes on; nothing where nobody looks.
    pub fn of(inputs: Vec<Input>, is_shown: bool, colours: bool) -> Progress {
        let shared = Arc::new(Shared { phase: AtomicU8::new(0), ended: AtomicBool::new(false) });
        let drawer = is_shown.then(|| {
            let shared = Arc::clone(&shared);
            thread::Builder::new().name("progress".to_owned()).spawn(move || draw(&inputs, &shared, colours)).ok()
        });
        Progress { shared, drawer: drawer.flatten() }
    }

    /// Tells that the next phase has begun.
    pub fn enter(&self, phase: Phase) {
        self.shared.phase.store(phase as u8, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::Relaxed);
        if let Some(drawer) = self.drawer.take() {
            drawer.thread().unpark();
            // A drawer that failed has nothing to say that matters.
            let _ = drawer.join();
        }
    }
}

fn draw(inputs: &[Input], shared: &Shared, colours: bool) {
    thread::park_timeout(PAUSE);
    if shared.ended.load(Ordering::Relaxed) {
        return;
    }
    let bars = MultiProgress::with_draw_target(ProgressDrawTarget::stderr());
    let mut of_files: Vec<Option<ProgressBar>> = vec![None; inputs.len()];
    let mut of_phase: Option<(Phase, ProgressBar)> = None;
    while !shared.ended.load(Ordering::Relaxed) {
        let phase = PHASES[usize::from(shared.phase.load(Ordering::Relaxed)).min(PHASES.len() - 1)];
        for (input, bar) in inputs.iter().zip(&mut of_files) {
            let read = input.read_so_far();
            if read > 0 {
                let bar = bar.get_or_insert_with(|| bars.add(of_file(input, colours).with_position(read)));
                // A file can be read more than once: a bar does not go back.
                bar.set_position(bar.position().max(read));
            }
        }
        if phase != Phase::Reading || inputs.is_empty() {
            of_files.iter().flatten().filter(|bar| !bar.is_finished()).for_each(|bar| bar.finish_and_clear());
            if of_phase.as_ref().is_none_or(|(shown, _)| *shown != phase) {
                if let Some((_, bar)) = of_phase.take() {
                    bar.finish_and_clear();
                }
                of_phase = Some((phase, bars.add(spinner(phase))));
            }
            if let Some((_, bar)) = &of_phase {
                bar.tick();
            }
        }
        thread::park_timeout(PAUSE);
    }
    // Nothing of them stays on the terminal: the summary says what came of it.
    let _ = bars.clear();
}

fn of_file(input: &Input, colours: bool) -> ProgressBar {
    let name = crate::render::visible(&input.name()).into_owned();
    let Some(size) = input.size().filter(|size| *size > 0) else {
        return ProgressBar::no_length().with_message(name);
    };
    let template = if colours {
        "{msg:24!} {bar:24.cyan} {bytes:>10} of {total_bytes:<10} {binary_bytes_per_sec:>12}  {eta} left"
    } else {
        "{msg:24!} {bar:24} {bytes:>10} of {total_bytes:<10} {binary_bytes_per_sec:>12}  {eta} left"
    };
    let style = ProgressStyle::with_template(template).map_or_else(|_| ProgressStyle::default_bar(), |style| style.progress_chars("=> "));
    ProgressBar::new(size).with_style(style).with_message(name)
}

fn spinner(phase: Phase) -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {msg}, {elapsed}").unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::new_spinner().with_style(style).with_message(phase.words())
}
