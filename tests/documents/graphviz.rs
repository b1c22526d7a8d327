//! Graphviz: the real `dot` draws a view, and says what it thinks of it.

use std::io::Write;
use std::process::{Command, Stdio};

use oms_graph::answer::Answer;
use oms_graph::render::{Format, Page, render};

/// Whether there is a `dot` on this machine.
pub fn is_here() -> bool {
    Command::new("dot").arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// The view of an answer in DOT.
pub fn source(answer: &Answer) -> String {
    render(answer, Format::named("dot").expect("there is DOT"), &Page::default())
}

/// Draws a graph as SVG.
///
/// # Errors
/// What `dot` complained of, warnings included.
pub fn draw(source: &str) -> Result<String, String> {
    let mut dot = Command::new("dot");
    let mut child = dot
        .arg("-Tsvg")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("`dot` does not start: {error}"))?;
    let mut input = child.stdin.take().expect("the input is piped");
    let text = source.to_owned();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    writer.join().expect("the writer ends").map_err(|error| error.to_string())?;
    let complaints = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    if !output.status.success() || !complaints.is_empty() {
        return Err(format!("`dot` says: {complaints} ({})", output.status));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What `dot` complains of in each view, drawn on all processors.
pub fn faults(views: &[(String, Answer)]) -> Vec<String> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let share = views.len().div_ceil(workers).max(1);
    let check = |(place, answer): &(String, Answer)| draw(&source(answer)).err().map(|fault| format!("{place}: {fault}"));
    std::thread::scope(|scope| {
        let running: Vec<_> = views.chunks(share).map(|part| scope.spawn(move || part.iter().filter_map(check).collect())).collect();
        let results = running.into_iter().map(|worker| worker.join().expect("a worker ends"));
        results.flat_map(|faults: Vec<String>| faults).collect()
    })
}
