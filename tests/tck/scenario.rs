//! Scenario: plays one scenario from its set-up to the last comparison, whatever the program does meanwhile.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use crate::ask;
use crate::compare::compare;
use crate::feature::Scenario;
use crate::notation;
use crate::set_up;
use crate::value::Properties;

/// How long the program has to come back at all. Its own limit is shorter: this one is for a query that does not look at it.
const PATIENCE: Duration = Duration::from_secs(20);
/// The stack of the program's main thread, in bytes.
const STACK: usize = 8 << 20;

/// Plays a scenario.
///
/// # Errors
/// Why it fails.
pub fn play(scenario: &Scenario) -> Result<(), String> {
    if let Some(step) = &scenario.strange_step {
        return Err(format!("the step is not understood: {step}"));
    }
    let graph = set_up::describe(&scenario.set_up)?;
    let parameters = parameters(scenario)?;
    let mut session = ask::open(&graph)?;
    for query in &scenario.queries {
        let answer = ask::ask(&mut session, &query.text, &parameters)?;
        compare(&answer, &query.expected).map_err(|difference| format!("{difference}\nquery\n{}", query.text))?;
    }
    Ok(())
}

/// The parameters of a scenario.
///
/// # Errors
/// A value that is not understood.
pub fn parameters(scenario: &Scenario) -> Result<Properties, String> {
    scenario.parameters.iter().map(|(name, value)| Ok((name.clone(), notation::read(value)?))).collect()
}

/// Where the program panicked, by the name of the thread, which is that of its scenario.
static PANICS: Mutex<BTreeMap<String, String>> = Mutex::new(BTreeMap::new());

/// From now on a panic is taken down for its scenario, instead of being printed between the outcomes of the others.
pub fn take_down_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let scenario = thread::current().name().unwrap_or_default().to_owned();
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        PANICS.lock().unwrap_or_else(PoisonError::into_inner).insert(scenario, place);
    }));
}

/// Plays a scenario on a thread of its own: a panic and a query that never ends are failures like others.
///
/// # Errors
/// Why it fails.
pub fn play_guarded(scenario: &'static Scenario) -> Result<(), String> {
    let (sender, receiver) = mpsc::channel();
    let player = move || {
        // The receiver is gone when the scenario took too long: nobody wants to know any more.
        let _ = sender.send(play(scenario));
    };
    let player = thread::Builder::new().stack_size(STACK).name(scenario.name.clone()).spawn(player).map_err(|error| error.to_string())?;
    match receiver.recv_timeout(PATIENCE) {
        Ok(outcome) => outcome,
        Err(mpsc::RecvTimeoutError::Timeout) => Err("panic: the query does not come back".to_owned()),
        Err(mpsc::RecvTimeoutError::Disconnected) => {
            let payload = player.join().err();
            let words = payload.as_ref().and_then(|payload| {
                payload.downcast_ref::<String>().map(String::as_str).or_else(|| payload.downcast_ref::<&str>().copied())
            });
            let panics = PANICS.lock().unwrap_or_else(PoisonError::into_inner);
            let place = panics.get(&scenario.name).map_or("somewhere", String::as_str);
            Err(format!("panic: {} at {place}", words.unwrap_or("without words")))
        }
    }
}
