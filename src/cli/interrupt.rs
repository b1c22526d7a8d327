//! Interrupt: Ctrl-C stops the query that runs; at any other time, and the second time, it ends the program at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use signal_hook::consts::SIGINT;
use signal_hook::{SigId, flag, low_level};

use crate::diagnostic::Class;

/// Watches for Ctrl-C until it is dropped.
pub(super) struct Interrupt {
    at_rest: Arc<AtomicBool>,
    stop: Arc<AtomicBool>,
    handlers: Vec<SigId>,
}

impl Interrupt {
    /// From now on Ctrl-C sets the flag while work is done. Where signals cannot be watched, it ends the program as ever.
    pub fn new(stop: &Arc<AtomicBool>) -> Interrupt {
        let at_rest = Arc::new(AtomicBool::new(true));
        let status = i32::from(Class::Interrupted.exit_status());
        // In this order: the first time finds the flag unset and sets it, the second time finds it set.
        let handlers = [
            flag::register_conditional_shutdown(SIGINT, status, Arc::clone(&at_rest)),
            flag::register_conditional_shutdown(SIGINT, status, Arc::clone(stop)),
            flag::register(SIGINT, Arc::clone(stop)),
        ];
        Interrupt { at_rest, stop: Arc::clone(stop), handlers: handlers.into_iter().filter_map(Result::ok).collect() }
    }

    /// Does work that looks at the flag, so that Ctrl-C lets it end in its own way.
    pub fn during<T>(&self, work: impl FnOnce() -> T) -> T {
        self.at_rest.store(false, Ordering::SeqCst);
        let outcome = work();
        self.at_rest.store(true, Ordering::SeqCst);
        outcome
    }

    /// Does work, within [`Interrupt::during`], that does not look at the flag, and that leaves nothing half done if the program ends
    /// within it: where it goes on for a moment after Ctrl-C, `tell` says so, and the program ends with the status that this gives.
    pub fn at_most_a_moment<T>(&self, tell: impl FnOnce() -> u8 + Send, work: impl FnOnce() -> T) -> T {
        const LOOK: Duration = Duration::from_millis(20);
        const MOMENT: Duration = Duration::from_millis(50);
        let done = AtomicBool::new(false);
        thread::scope(|scope| {
            let watch = scope.spawn(|| {
                while !done.load(Ordering::SeqCst) {
                    if self.stop.load(Ordering::SeqCst) {
                        thread::park_timeout(MOMENT);
                        if !done.load(Ordering::SeqCst) {
                            std::process::exit(tell().into());
                        }
                        return;
                    }
                    thread::park_timeout(LOOK);
                }
            });
            let outcome = work();
            done.store(true, Ordering::SeqCst);
            watch.thread().unpark();
            outcome
        })
    }
}

impl Drop for Interrupt {
    /// Somebody else watches from now on: this one's rest would end the program in the midst of that one's work.
    fn drop(&mut self) {
        for handler in self.handlers.drain(..) {
            low_level::unregister(handler);
        }
    }
}
