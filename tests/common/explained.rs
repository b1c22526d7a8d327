//! Explained: whether the queries that an explanation offers give as many rows as it says.

use oms_graph::Session;
use oms_graph::answer::Answer;

/// What is wrong with the explanation of an answer, if anything is. Nothing of it is remembered by the session.
pub fn fault(session: &Session, answer: &Answer) -> Option<String> {
    let explanation = answer.explanation.as_ref()?;
    for query in explanation.queries() {
        let rows = match session.rows(&query.text) {
            Ok((_, rows)) => rows.len(),
            Err(complaints) => return Some(format!("`{}` is offered and refused: {complaints}", query.text)),
        };
        // The rows of a comparison are laid out as a table of another length.
        let pivoted = query.text.starts_with("compare");
        let agrees = match query.rows.and_more {
            true => rows > query.rows.counted,
            false => rows == query.rows.counted || (pivoted && rows > 0),
        };
        if !agrees || query.rows.counted == 0 {
            return Some(format!("`{}` is said to give {} and gives {rows}, in\n{explanation}", query.text, query.rows));
        }
    }
    None
}
