//! Likeliest: what probably stands behind what is typed: the rest of a word that leads on, or what a function takes.

use std::cmp::Reverse;
use std::time::Duration;

use crate::algebra::{FUNCTIONS, PROCEDURES};
use crate::command::Shell;
use crate::query::syntax::{TokenKind, is_pattern};
use crate::session::{Budget, Session};

use super::completion::{Candidate, complete_counted};

/// How long it is tried to find out which candidates leave rows: a key must not be felt.
const TIME_FOR_COUNTS: Duration = Duration::from_millis(5);

/// The rank from which on candidates lead to nothing.
const DEAD_END: u8 = 9;

/// The rest of the likeliest candidate for the word at the end of a text; none behind a blank.
pub(super) fn rest(shell: &Shell, text: &str) -> Option<String> {
    if !is_begun(shell, text) {
        return None;
    }
    let completion = complete_counted(shell, text, Budget::lasting(TIME_FOR_COUNTS, 1));
    let typed = text.get(completion.start..).filter(|typed| !typed.trim().is_empty())?;
    let rest = |candidate: &Candidate| {
        let begins = candidate.replacement.get(..typed.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(typed));
        begins.then(|| candidate.replacement[typed.len()..].trim_end().to_owned()).filter(|rest| !rest.trim().is_empty())
    };
    let leading =
        completion.candidates.iter().filter(|candidate| candidate.rank < DEAD_END && !candidate.is_dead_end() && rest(candidate).is_some());
    rest(leading.min_by_key(|candidate| (candidate.rank, Reverse(candidate.known), candidate.replacement.len()))?)
}

/// Whether a word that can have a likeliest rest ends the text: no mere number, no quotation mark with nothing behind it, and a blank only
/// behind a word that means nothing by itself, which may be the first of a name.
fn is_begun(shell: &Shell, text: &str) -> bool {
    let tokens = Session::tokens(text);
    let Some(last) = tokens.last() else { return false };
    let word = &text[last.span.clone()];
    match last.kind {
        TokenKind::Number => word.contains(char::is_alphabetic) && !text.ends_with(char::is_whitespace),
        TokenKind::Unclosed => word.trim_start_matches(['"', '\'', '“', '”', '„', '‘', '’', '/']).chars().any(char::is_alphanumeric),
        TokenKind::Word if text.ends_with(char::is_whitespace) => !is_pattern(text) && shell.session().lexicon().meanings(word).is_empty(),
        _ => !text.ends_with(char::is_whitespace),
    }
}

/// What the function or the procedure takes whose bracket is open at the end of a text, from the argument at the end on.
pub(super) fn signature(text: &str) -> Option<String> {
    if !is_pattern(text) {
        return None;
    }
    let tokens = Session::tokens(text);
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match (token.kind, &text[token.span.clone()]) {
            (TokenKind::Bracket, "(" | "[" | "{") => open.push((at, 0)),
            (TokenKind::Bracket, _) => {
                open.pop();
            }
            (TokenKind::Comma, _) => open.iter_mut().next_back().into_iter().for_each(|(_, commas)| *commas += 1),
            (TokenKind::Unclosed | TokenKind::Comment, _) => return None,
            _ => {}
        }
    }
    let (at, commas) = open.last().copied()?;
    let called = tokens.get(..at)?.last().filter(|token| token.kind == TokenKind::Function)?;
    let before = &text[..called.span.end];
    let is_called = |name: &str| {
        let start = before.len().checked_sub(name.len());
        let whole = start.and_then(|start| Some((before.get(..start)?, before.get(start..)?)));
        whole.is_some_and(|(front, own)| {
            own.eq_ignore_ascii_case(name) && !front.ends_with(|sign: char| sign.is_alphanumeric() || sign == '.')
        })
    };
    let function = FUNCTIONS.iter().find(|known| is_called(known.name)).map(|known| known.arguments);
    let arguments = function.or_else(|| PROCEDURES.iter().find(|known| is_called(known.name)).map(|known| known.arguments))?;
    let begun = tokens.last().is_some_and(|last| !matches!(&text[last.span.clone()], "(" | ","));
    let left: Vec<&str> = arguments.split(", ").skip(commas + usize::from(begun)).collect();
    let apart = if begun && !left.is_empty() {
        ", "
    } else if !begun && text.ends_with(',') {
        " "
    } else {
        ""
    };
    Some(format!("{apart}{})", left.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::{rest, signature};
    use crate::command::{Settings, Shell};
    use crate::session::Session;

    fn hint(text: &str) -> Option<String> {
        rest(&Shell::new(Session::open("oms").unwrap(), Settings::default()), text)
    }

    #[test]
    fn the_rest_of_the_likeliest_word() {
        assert_eq!(hint("effects of lung canc").as_deref(), Some("er"));
        assert_eq!(hint("effects of lung ").as_deref(), Some("cancer"));
        assert_eq!(hint("caus").as_deref(), Some("es"));
        assert_eq!(hint("causes where populat").as_deref(), Some("ion"));
        assert_eq!(hint("causes "), None);
        assert_eq!(hint("effects of lnug"), None);
        assert_eq!(hint("causes where frequency > 5"), None);
        assert_eq!(hint("find \""), None);
        assert_eq!(hint("find \"hand tr").as_deref(), Some("emor\""));
    }

    #[test]
    fn patterns_are_hinted_too_and_nothing_that_leads_nowhere() {
        assert_eq!(hint("MATCH (t:Tr").as_deref(), Some("igger"));
        assert_eq!(hint("MATCH (t:Trigger)-[:CAU").as_deref(), Some("SES"));
        assert_eq!(hint("MATCH (t:Trigger)-[:CAUSES]->(d:Tr"), None);
        assert_eq!(hint("MATCH (t:Trigger {name: 'lung").as_deref(), Some(" cancer'"));
        assert_eq!(hint("MATCH (t:Trigger) RET").as_deref(), Some("URN"));
        assert_eq!(hint("match (t:Trigger) ret").as_deref(), Some("urn"));
    }

    #[test]
    fn functions_tell_what_they_take() {
        let told = |text: &str| signature(text).unwrap_or_default();
        assert_eq!(told("MATCH (n) RETURN substring("), "text, start, [length])");
        assert_eq!(told("MATCH (n) RETURN substring(n.name"), ", start, [length])");
        assert_eq!(told("MATCH (n) RETURN substring(n.name, "), "start, [length])");
        assert_eq!(told("MATCH (n) RETURN substring(n.name,"), " start, [length])");
        assert_eq!(told("MATCH (n) RETURN toLower(n.name"), ")");
        assert_eq!(told("CALL graph.shortest_path("), "from, to, options)");
        assert_eq!(signature("MATCH (n"), None);
        assert_eq!(signature("causes where ("), None);
        assert_eq!(signature("RETURN substring('"), None);
    }
}
