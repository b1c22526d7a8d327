//! The conformance suite of openCypher: every scenario that only reads, each a test.
//!
//! `OMS_TCK=FOLDER` plays another folder of the same layout, where the list of known failures does not apply; `OMS_UPDATE=1`
//! rewrites that list (`tests/tck/failing.txt`). The last line is always `N passed, M failed, K skipped`.

#![allow(clippy::print_stdout)] // A harness of its own tells what came of the run.

#[path = "tck/ask.rs"]
mod ask;
#[path = "tck/compare.rs"]
mod compare;
#[path = "tck/description.rs"]
mod description;
#[path = "tck/errors.rs"]
mod errors;
#[path = "tck/failing.rs"]
mod failing;
#[path = "tck/feature.rs"]
mod feature;
#[path = "tck/graph.rs"]
mod graph;
#[path = "tck/notation.rs"]
mod notation;
#[path = "tck/scenario.rs"]
mod scenario;
#[path = "tck/scope.rs"]
mod scope;
#[path = "tck/set_up/mod.rs"]
mod set_up;
#[path = "tck/token.rs"]
mod token;
#[path = "tck/value.rs"]
mod value;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use libtest_mimic::{Arguments, Completion, Failed, FormatSetting, Trial};

use failing::Reasons;
use feature::Scenario;

/// What came of the scenarios so far.
#[derive(Default)]
struct Tally {
    passed: BTreeMap<&'static str, usize>,
    skipped: BTreeMap<&'static str, usize>,
    failures: BTreeMap<&'static str, (&'static str, String)>,
}

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    if arguments.format.is_none() {
        arguments.format = Some(FormatSetting::Terse);
    }
    let given = std::env::var_os("OMS_TCK").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let suite = given.clone().unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/suites/opencypher-tck"));
    let Some(features) = features(&suite) else {
        println!("there is no conformance suite at {}: nothing is played", suite.display());
        println!("0 passed, 0 failed, 0 skipped");
        return if given.is_some() { ExitCode::FAILURE } else { ExitCode::SUCCESS };
    };
    let list = if given.is_some() { Ok(Reasons::new()) } else { failing::read() };
    match (feature::read_all(&features), list) {
        (Ok(scenarios), Ok(list)) => {
            // The scenarios live as long as the program: a query that never ends keeps its own after its test is over.
            play(&arguments, Vec::leak(scenarios), &list, given.is_none())
        }
        (Err(fault), _) | (_, Err(fault)) => {
            println!("the suite cannot be read: {fault}\n0 passed, 0 failed, 0 skipped");
            ExitCode::FAILURE
        }
    }
}

/// The folder of the features: the folder itself may be given, or one or two above it.
fn features(suite: &Path) -> Option<PathBuf> {
    let candidates = [suite.join("tck/features"), suite.join("features"), suite.to_owned()];
    candidates.into_iter().find(|candidate| candidate.is_dir())
}

fn play(arguments: &Arguments, scenarios: &'static [Scenario], list: &Reasons, listed: bool) -> ExitCode {
    scenario::take_down_panics();
    let updates = listed && std::env::var("OMS_UPDATE").is_ok_and(|set| set == "1");
    let tally = Arc::new(Mutex::new(Tally::default()));
    let trials = scenarios
        .iter()
        .map(|scenario| {
            let tally = Arc::clone(&tally);
            let tolerated = updates || list.contains_key(&scenario.name);
            Trial::ignorable_test(scenario.name.clone(), move || outcome(scenario, &tally, tolerated)).with_kind("tck")
        })
        .collect();
    let conclusion = libtest_mimic::run(arguments, trials);
    let tally = std::mem::take(&mut *tally.lock().unwrap_or_else(PoisonError::into_inner));
    let all = !arguments.list && arguments.filter.is_none() && arguments.skip.is_empty();
    let mut faults = Vec::new();
    if all && listed {
        let failures = tally.failures.iter().map(|(name, (_, failure))| ((*name).to_owned(), failure.clone())).collect();
        if updates {
            faults.extend(failing::rewrite(list, &failures).err());
        } else {
            faults = failing::faults(list, &failures, |name| scenarios.iter().any(|scenario| scenario.name == name));
        }
    }
    print_summary(&tally, &faults);
    if conclusion.has_failed() || !faults.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Plays one scenario and takes down what came of it. A failure that the list knows is no failure of the run.
fn outcome(scenario: &'static Scenario, tally: &Mutex<Tally>, tolerated: bool) -> Result<Completion, Failed> {
    if let Some(reason) = scope::left_out(scenario) {
        *tally.lock().unwrap_or_else(PoisonError::into_inner).skipped.entry(&scenario.folder).or_default() += 1;
        return Ok(Completion::ignored_with(reason));
    }
    let played = scenario::play_guarded(scenario);
    let mut tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
    match played {
        Ok(()) => {
            *tally.passed.entry(&scenario.folder).or_default() += 1;
            Ok(Completion::Completed)
        }
        Err(failure) => {
            tally.failures.insert(&scenario.name, (&scenario.folder, failure.clone()));
            if tolerated { Ok(Completion::Completed) } else { Err(failure.into()) }
        }
    }
}

/// How each folder of features fared, what is wrong with the list, and all of it in one line.
fn print_summary(tally: &Tally, faults: &[String]) {
    let mut folders: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for (folder, count) in &tally.passed {
        folders.entry(folder).or_default()[0] += count;
    }
    for (folder, _) in tally.failures.values() {
        folders.entry(folder).or_default()[1] += 1;
    }
    for (folder, count) in &tally.skipped {
        folders.entry(folder).or_default()[2] += count;
    }
    let mut sum = [0; 3];
    for (folder, counts) in &folders {
        println!("{folder:<40} {:>5} passed {:>5} failed {:>5} skipped", counts[0], counts[1], counts[2]);
        for (total, count) in sum.iter_mut().zip(counts) {
            *total += count;
        }
    }
    for fault in faults {
        println!("tests/tck/failing.txt: {fault}");
    }
    println!("{} passed, {} failed, {} skipped", sum[0], sum[1], sum[2]);
}
