//! Habits: words that people bring along from SQL, Cypher, programming and plain English, and what is written here instead.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::query::resolve::Context;
use crate::query::syntax::{self, Token, TokenKind};

use super::edits::Edit;

/// Words, what is written instead (nothing: they are left out), and what to say.
type Habit = (&'static [&'static str], &'static str, &'static str);

/// Wherever they stand. Longer ones come first.
const ANYWHERE: &[Habit] = &[
    (&["order", "by"], "sort by", "rows are ordered by `sort by`"),
    (&["sorted", "by"], "sort by", "rows are ordered by `sort by`"),
    (&["ordered", "by"], "sort by", "rows are ordered by `sort by`"),
    (&["is", "not", "equal", "to"], "!=", "'not equal' is written `!=`"),
    (&["is", "equal", "to"], "=", "'equal' is written `=`"),
    (&["is", "greater", "than"], ">", "'greater than' is written `>`"),
    (&["is", "less", "than"], "<", "'less than' is written `<`"),
    (&["greater", "than"], ">", "'greater than' is written `>`"),
    (&["more", "than"], ">", "'more than' is written `>`"),
    (&["less", "than"], "<", "'less than' is written `<`"),
    (&["at", "least"], ">=", "'at least' is written `>=`"),
    (&["at", "most"], "<=", "'at most' is written `<=`"),
    (&["is", "not"], "!=", "'is not' is written `!=`"),
    (&["and", "not"], "but not", "a set is taken away by `but not`"),
    (&["such", "that"], "where", "a condition follows `where`"),
    (&["equals"], "=", "'equal' is written `=`"),
    (&["is"], "=", "'is' is written `=` in a condition"),
    (&["&&"], "and", "conditions are joined by `and`"),
    (&["&"], "and", "phrases and conditions are joined by `and`"),
    (&["||"], "or", "conditions are joined by `or`"),
    (&["<>"], "!=", "'not equal' is written `!=`"),
    (&["<", ">"], "!=", "'not equal' is written `!=`"),
    (&["=>"], ">=", "'at least' is written `>=`"),
    (&["=<"], "<=", "'at most' is written `<=`"),
    (&["like"], "contains", "a piece of text is looked for by `contains`"),
    (&["return"], "show", "columns are chosen by `show`"),
    (&["having"], "where", "a condition follows `where`"),
    (&["except"], "but not", "a set is taken away by `but not`"),
    (&["minus"], "but not", "a set is taken away by `but not`"),
    (&["without"], "but not", "a set is taken away by `but not`"),
    (&["for"], "of", "what a noun is asked of stands behind `of`"),
    (&["from"], "of", "what a noun is asked of stands behind `of`"),
    (&["in"], "of", "what a noun is asked of stands behind `of`"),
    (&["with"], "where", "a condition follows `where`"),
    (&["who"], "what", "the open place of a sentence is `what`"),
    (&["percent"], "%", "a percentage is written `50%`"),
];

/// At the start of a query: they say nothing here.
const AT_START: &[&[&str]] = &[
    &["can", "you", "tell", "me"],
    &["can", "you", "show", "me"],
    &["please", "show", "me"],
    &["give", "me", "all"],
    &["show", "me", "all"],
    &["give", "me"],
    &["show", "me"],
    &["tell", "me"],
    &["show", "all"],
    &["list", "all"],
    &["find", "all"],
    &["get", "all"],
    &["what", "are"],
    &["which", "are"],
    &["show"],
    &["list"],
    &["display"],
    &["get"],
    &["please"],
    &["all"],
    &["the"],
];

/// What such words may be put right by, where one of them stands in or near a fault.
pub(super) fn of(text: &str, fault: &Diagnostic, context: Context<'_>) -> Vec<Edit> {
    if syntax::is_pattern(text) {
        return Vec::new();
    }
    let tokens: Vec<Token> = syntax::tokens(text).into_iter().filter(|token| token.kind != TokenKind::Comment).collect();
    let words: Vec<String> = tokens.iter().map(|token| text[token.span.clone()].to_lowercase()).collect();
    let mut edits = Vec::new();
    edits.extend(selected(text, &tokens, &words));
    edits.extend(null_test(text, &tokens, &words));
    edits.extend(grouped(text, &tokens, &words));
    edits.extend(opening(&tokens, &words));
    let place = fault.place();
    for (habit, instead, said) in ANYWHERE {
        for at in (0..words.len()).filter(|at| begins(&words[*at..], habit)) {
            let span = tokens[at].span.start..tokens[at + habit.len() - 1].span.end;
            if !is_near(&place, &span, &tokens, fault.code) {
                continue;
            }
            // Only a noun is asked of something.
            let follows_name = || at > 0 && is_only_name(&words[at - 1], context);
            if *instead == "of" && follows_name() {
                continue;
            }
            let glued = *instead == "%" && at > 0;
            let whole = if glued { tokens[at - 1].span.end..span.end } else { span.clone() };
            let edit = told(whole, span.clone(), instead, said, &text[span]);
            // The grammar has its own words for some of these.
            let known = !matches!(*habit, ["is"] | ["is", "not"] | ["and", "not"] | ["=>"] | ["=<"] | ["in"]);
            edits.push(Edit { complaint: edit.complaint.filter(|_| known), ..edit });
        }
    }
    edits
}

/// Whether a word is a name, and no word of the schema.
fn is_only_name(word: &str, context: Context<'_>) -> bool {
    context.lexicon.meanings(word).is_empty() && !context.names.called(word.trim_matches(['"', '\''])).is_empty()
}

/// Whether words begin with others.
fn begins(words: &[String], with: &[&str]) -> bool {
    words.len() >= with.len() && words.iter().zip(with).all(|(word, wanted)| word == wanted)
}

/// Whether words may be what a fault is about: within its place, or no more than two words from it. The grammar gives up late.
fn is_near(place: &Range<usize>, span: &Range<usize>, tokens: &[Token], code: Code) -> bool {
    if span.start <= place.end && place.start <= span.end {
        return true;
    }
    let between = |from: usize, to: usize| tokens.iter().filter(|token| token.span.start >= from && token.span.end <= to).count();
    let reach = if code == Code::Syntax { 3 } else { 1 };
    if span.end <= place.start { between(span.end, place.start) <= reach } else { between(place.end, span.start) <= 1 }
}

/// An edit with what is said of it.
fn told(span: Range<usize>, place: Range<usize>, instead: &str, said: &str, typed: &str) -> Edit {
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let (message, label) = match instead {
        "" => (format!("`{typed}` says nothing here"), "not needed".to_owned()),
        "%" => (format!("`{typed}` is written as a sign"), "`%`".to_owned()),
        instead => (format!("`{typed}` is not a word of this language"), format!("`{instead}` is meant")),
    };
    let complaint = Diagnostic::error(Code::Syntax, message).at(place, label).help(said);
    Edit { span, replacement: instead.to_owned(), complaint: Some(complaint), rewritten: None }
}

/// `show me symptoms of OMS`, `list causes`
fn opening(tokens: &[Token], words: &[String]) -> Option<Edit> {
    let lead = AT_START.iter().find(|lead| begins(words, lead) && words.len() > lead.len())?;
    let end = tokens.get(lead.len())?.span.start;
    let place = tokens.first()?.span.start..tokens.get(lead.len() - 1)?.span.end;
    Some(told(place.start..end, place, "", "a query begins with what is asked for: `symptoms of OMS`", &lead.join(" ")))
}

/// `select cause from causes where …`
fn selected(text: &str, tokens: &[Token], words: &[String]) -> Option<Edit> {
    if words.first().map(String::as_str) != Some("select") {
        return None;
    }
    let from = words.iter().position(|word| word == "from")?;
    let first = if words.get(1).is_some_and(|word| word == "distinct") { 2 } else { 1 };
    let asked = text.get(tokens.get(from + 1)?.span.start..)?.trim_end().trim_end_matches(';');
    let columns = text.get(tokens.get(first)?.span.start..tokens[from].span.start)?.trim();
    let rewritten = if columns == "*" || from <= first { asked.to_owned() } else { format!("{asked} show {columns}") };
    let complaint = Diagnostic::error(Code::Syntax, "a query does not begin with `select`")
        .at(tokens[0].span.clone(), "this is no SQL")
        .help("what is asked for stands first, and columns are chosen at the end: `causes where population = adult show cause`");
    Some(Edit { span: tokens[0].span.clone(), replacement: String::new(), complaint: Some(complaint), rewritten: Some(rewritten) })
}

/// `frequency is null`, `frequency is not null`, `frequency != null`
fn null_test(text: &str, tokens: &[Token], words: &[String]) -> Option<Edit> {
    let null = words.iter().position(|word| word == "null")?;
    let front = words.get(..null)?;
    let (sign, has) = match front {
        [.., is, not] if is == "is" && not == "not" => (2, true),
        [.., sign] if sign == "!=" || sign == "<>" => (1, true),
        [.., sign] if sign == "is" || sign == "=" || sign == "==" => (1, false),
        _ => return None,
    };
    let operator = null.checked_sub(sign)?;
    let opens = |word: &String| ["where", "and", "or", "not", "("].contains(&word.as_str());
    let start = words[..operator].iter().rposition(opens)? + 1;
    let field = text.get(tokens.get(start)?.span.start..tokens[operator].span.start)?.trim();
    let span = tokens[start].span.start..tokens[null].span.end;
    let instead = if has { format!("has {field}") } else { format!("not has {field}") };
    let typed = &text[tokens[operator].span.start..tokens[null].span.end];
    Some(told(span.clone(), span, &instead, "whether there is a value is asked with `has`", typed))
}

/// `causes group by population`
fn grouped(text: &str, tokens: &[Token], words: &[String]) -> Option<Edit> {
    let group = (0..words.len()).find(|at| begins(&words[*at..], &["group", "by"]) || begins(&words[*at..], &["grouped", "by"]))?;
    let (front, fields) = (text[..tokens[group].span.start].trim(), text.get(tokens.get(group + 2)?.span.start..)?);
    let counted = if words[0] == "count" { front.to_owned() } else { format!("count {front}") };
    // A condition stands behind the fields of a count.
    let rewritten = match words[..group].iter().position(|word| word == "where") {
        Some(condition) => {
            let at = tokens[condition].span.start;
            let (phrase, condition) = (text[..at].trim(), text[at..tokens[group].span.start].trim());
            let counted = if words[0] == "count" { phrase.to_owned() } else { format!("count {phrase}") };
            format!("{counted} by {} {condition}", fields.trim())
        }
        None => format!("{counted} by {}", fields.trim()),
    };
    let span = tokens[group].span.start..tokens[group + 1].span.end;
    let complaint = Diagnostic::error(Code::Syntax, "rows are not grouped by `group by` here")
        .at(span.clone(), "`count … by` does that")
        .help("how many there are for each value: `count causes by population`");
    Some(Edit { span, replacement: String::new(), complaint: Some(complaint), rewritten: Some(rewritten) })
}
