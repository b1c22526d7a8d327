//! Grammar: the parser that pest makes of `grammar/*.pest`.

use pest_derive::Parser;

/// The parser of phrases. Its rules are documented in the grammar's own files.
#[derive(Parser)]
#[grammar = "grammar/words.pest"]
#[grammar = "grammar/keywords.pest"]
#[grammar = "grammar/phrases.pest"]
#[grammar = "grammar/conditions.pest"]
#[grammar = "grammar/requests.pest"]
pub struct PhraseParser;
