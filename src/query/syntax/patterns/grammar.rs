//! Grammar: the parser that pest makes of `grammar/pattern_*.pest`.

use pest_derive::Parser;

/// The parser of patterns. Its rules are documented in the grammar's own files.
#[derive(Parser)]
#[grammar = "grammar/pattern_words.pest"]
#[grammar = "grammar/pattern_clauses.pest"]
#[grammar = "grammar/pattern_graphs.pest"]
#[grammar = "grammar/pattern_expressions.pest"]
pub struct PatternParser;
