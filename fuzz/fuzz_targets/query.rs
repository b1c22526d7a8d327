//! Any text as a query: it is answered or refused with places inside the text, in every format, and never panics.
#![no_main]

use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use oms_graph::Session;
use oms_graph::render::{FORMATS, Page, complaint, render};
use oms_graph::session::Limits;

fuzz_target!(|text: &str| {
    let mut session = Session::open("oms").expect("the embedded graph opens");
    session.set_limits(Limits { timeout: Some(Duration::from_secs(2)), rows: Some(100_000), ..Limits::default() });
    let page = Page { width: Some(80), colour: false, unicode: true };
    match session.ask(text) {
        Ok(answer) => {
            // What counts nothing is explained too.
            assert!(!answer.rows.is_empty() || !answer.stages.is_empty() || answer.explanation.is_some());
            for format in FORMATS {
                let _ = render(&answer, format, &page);
            }
        }
        Err(complaints) => {
            for diagnostic in complaints.diagnostics() {
                for label in &diagnostic.labels {
                    assert!(text.get(label.span.clone()).is_some(), "{:?} lies outside", label.span);
                }
            }
            let _ = complaint::render(&complaints, &page);
        }
    }
});
