//! Interrupt: Ctrl-C stops the query that runs; at any other time, and the second time, it ends the program at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::SIGINT;
use signal_hook::{SigId, flag, low_level};

use crate::diagnostic::Class;

/// Watches for Ctrl-C until it is dropped.
pub(super) struct Interrupt {
    at_rest: Arc<AtomicBool>,
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
        Interrupt { at_rest, handlers: handlers.into_iter().filter_map(Result::ok).collect() }
    }

    /// Does work that looks at the flag, so that Ctrl-C lets it end in its own way.
    pub fn during<T>(&self, work: impl FnOnce() -> T) -> T {
        self.at_rest.store(false, Ordering::SeqCst);
        let outcome = work();
        self.at_rest.store(true, Ordering::SeqCst);
        outcome
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
