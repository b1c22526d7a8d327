//! Signals: Ctrl-C stops what runs, and a terminal that is gone ends the conversation.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::SIGINT;
use signal_hook::{SigId, flag, low_level};

/// Watches signals until it is dropped.
pub(super) struct Signals {
    /// Set by Ctrl-C, and by whatever ends the conversation: the query that runs looks at it.
    pub interrupt: Arc<AtomicBool>,
    gone: Arc<AtomicBool>,
    at_rest: Arc<AtomicBool>,
    handlers: Vec<SigId>,
}

impl Signals {
    /// From now on signals set flags. Where no handler can be set, they end the program as they would any other.
    pub fn watch(interrupt: Arc<AtomicBool>) -> Signals {
        let (gone, at_rest) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(true)));
        let mut handlers = vec![flag::register(SIGINT, Arc::clone(&interrupt))];
        #[cfg(unix)]
        for signal in [signal_hook::consts::SIGHUP, signal_hook::consts::SIGTERM] {
            // At the prompt there is nothing to be finished: they end the program as ever.
            handlers.push(flag::register_conditional_default(signal, Arc::clone(&at_rest)));
            handlers.push(flag::register(signal, Arc::clone(&gone)));
            handlers.push(flag::register(signal, Arc::clone(&interrupt)));
        }
        Signals { interrupt, gone, at_rest, handlers: handlers.into_iter().filter_map(Result::ok).collect() }
    }

    /// Whether the conversation is to end.
    pub fn is_gone(&self) -> bool {
        self.gone.load(Ordering::SeqCst)
    }

    /// Does work that is to be finished whatever comes.
    pub fn during<T>(&self, work: impl FnOnce() -> T) -> T {
        self.at_rest.store(false, Ordering::SeqCst);
        let outcome = work();
        self.at_rest.store(true, Ordering::SeqCst);
        outcome
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        for handler in self.handlers.drain(..) {
            low_level::unregister(handler);
        }
    }
}
