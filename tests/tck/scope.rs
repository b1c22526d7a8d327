//! Scope: which scenarios ask for more than a language that only reads, so that they are left out.

use crate::feature::Scenario;
use crate::token::{Token, tokens};

/// Why a scenario is out of scope, if it is.
pub fn left_out(scenario: &Scenario) -> Option<&'static str> {
    if scenario.has_procedures {
        return Some("declares a procedure");
    }
    scenario.queries.iter().find_map(|query| beyond_reading(&query.text))
}

/// What a query does beyond reading the graph.
pub fn beyond_reading(query: &str) -> Option<&'static str> {
    let tokens = tokens(query);
    let mut braces: Vec<bool> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Sign(sign) if sign == "{" => braces.push(opens_map(&tokens, at)),
            Token::Sign(sign) if sign == "}" => {
                braces.pop();
            }
            Token::Word(word) if !is_name(&tokens, at, braces.last().copied().unwrap_or(false)) => {
                match word.to_ascii_uppercase().as_str() {
                    "CREATE" | "MERGE" | "SET" | "DELETE" | "DETACH" | "REMOVE" | "FOREACH" => return Some("writes"),
                    "CALL" => return Some("calls a procedure"),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether the brace at this place opens a map: a name or nothing is behind it, then a colon or its end.
fn opens_map(tokens: &[Token], brace: usize) -> bool {
    let closes = matches!(tokens.get(brace + 1), Some(Token::Sign(sign)) if sign == "}");
    let is_key = matches!(tokens.get(brace + 1), Some(Token::Word(_) | Token::Quoted(_)))
        && matches!(tokens.get(brace + 2), Some(Token::Sign(sign)) if sign == ":");
    closes || is_key
}

/// Whether the word at this place is a name, whatever it looks like: a label, a property, the key of a map, a variable, an alias or a
/// function. A clause stands behind the end of another one and before a name or a bracket.
fn is_name(tokens: &[Token], at: usize, in_map: bool) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let named = match before {
        Some(Token::Sign(sign)) => !matches!(sign.as_str(), ")" | "]" | "}" | ";" | "*") && (sign != "{" || in_map),
        Some(Token::Word(word)) => word.eq_ignore_ascii_case("AS"),
        _ => false,
    };
    let opens_clause = match tokens.get(at + 1) {
        Some(Token::Sign(sign)) => matches!(sign.as_str(), "(" | "[" | "{"),
        Some(_) => true,
        None => false,
    };
    named || !opens_clause
}
