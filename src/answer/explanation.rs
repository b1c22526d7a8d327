//! Explanation: why an answer has no rows, line by line, with queries that do give rows.

use std::fmt;

/// Why an answer has no rows, or counts none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// What was found out, the most telling first. Never empty.
    pub lines: Vec<ExplanationLine>,
}

/// A line of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplanationLine {
    /// What it says, without a full stop.
    pub text: String,
    /// A query that goes on from there, if there is one. It was run, and it gave rows.
    pub query: Option<RunnableQuery>,
}

/// A query that gives rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunnableQuery {
    /// The query, to be asked as it is.
    pub text: String,
    /// How many rows it gave.
    pub rows: RowCount,
}

/// How many rows there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowCount {
    /// The rows that were counted.
    pub counted: usize,
    /// Whether there are more than that.
    pub and_more: bool,
}

impl Explanation {
    /// The queries that go on from here, each once.
    pub fn queries(&self) -> Vec<&RunnableQuery> {
        let mut queries: Vec<&RunnableQuery> = Vec::new();
        for query in self.lines.iter().filter_map(|line| line.query.as_ref()) {
            if !queries.iter().any(|other| other.text == query.text) {
                queries.push(query);
            }
        }
        queries
    }
}

impl fmt::Display for Explanation {
    /// One line for each line.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, line) in self.lines.iter().enumerate() {
            let gap = if position > 0 { "\n" } else { "" };
            write!(formatter, "{gap}{line}")?;
        }
        Ok(())
    }
}

impl fmt::Display for ExplanationLine {
    /// `without this condition: `causes` (7 rows)`, on one line.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)?;
        match &self.query {
            Some(query) => write!(formatter, ": `{}` ({})", query.text, query.rows),
            None => Ok(()),
        }
    }
}

impl fmt::Display for RowCount {
    /// `1 row`, `7 rows`, `1000+ rows`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = if self.and_more { "+" } else { "" };
        let rows = if self.counted == 1 && !self.and_more { "row" } else { "rows" };
        write!(formatter, "{}{more} {rows}", self.counted)
    }
}

#[cfg(test)]
mod tests {
    use super::{Explanation, ExplanationLine, RowCount, RunnableQuery};

    #[test]
    fn lines_show_their_queries() {
        let rows = RowCount { counted: 1000, and_more: true };
        let query = RunnableQuery { text: "causes".to_owned(), rows };
        let line = |text: &str, query: Option<&RunnableQuery>| ExplanationLine { text: text.to_owned(), query: query.cloned() };
        let explanation = Explanation { lines: vec![line("none", None), line("without it", Some(&query)), line("again", Some(&query))] };
        assert_eq!(explanation.to_string(), "none\nwithout it: `causes` (1000+ rows)\nagain: `causes` (1000+ rows)");
        assert_eq!(explanation.queries(), [&query]);
        assert_eq!(RowCount { counted: 1, and_more: false }.to_string(), "1 row");
    }
}
