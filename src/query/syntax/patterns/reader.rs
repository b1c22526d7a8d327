//! Reader of patterns: turns what the grammar matched into the tree of a pattern.

mod clauses;
mod expressions;
mod forms;
mod graphs;
mod operands;
mod operators;
mod values;

use std::thread;

use pest::Parser;
use pest::iterators::{Pair, Pairs};

use crate::diagnostic::{Code, Diagnostic};

use super::super::limits::too_deep;
use super::super::reader::given_name;
use super::super::tree::{Body, Query, Request, Span, Spanned, Tails};
use super::admission::{Admitted, admitted};
use super::grammar::{PatternParser, Rule};
use super::mistakes;

/// What a function of the reader answers: the first thing that is wrong ends the work.
type Outcome<T> = Result<T, Diagnostic>;

/// How deep the tree of an expression may be; beyond it a walk through the tree could exhaust the stack.
const DEEPEST_TREE: usize = 500;

/// Reads a pattern, perhaps behind `explain`, `profile` or `let NAME =`.
///
/// # Errors
/// At least one complaint, each with its place in the text.
pub(in crate::query::syntax) fn parse(text: &str) -> Result<Request, Vec<Diagnostic>> {
    let admitted = admitted(text)?;
    if admitted.depth <= SHALLOW {
        return read(text, &admitted);
    }
    // The grammar calls itself for each bracket: what is nested deep is read on a stack of its own.
    thread::scope(|scope| {
        let reading = thread::Builder::new().stack_size(ROOM).spawn_scoped(scope, || read(text, &admitted));
        let outcome = reading.ok().and_then(|reading| reading.join().ok());
        outcome.unwrap_or_else(|| Err(vec![too_deep(text.len()..text.len())]))
    })
}

/// How deep brackets are nested at most in what is read on the stack that there is.
const SHALLOW: usize = 24;

/// The stack that the deepest nesting needs, in bytes, with room to spare where nothing is optimised.
const ROOM: usize = 24 << 20;

fn read(text: &str, admitted: &Admitted<'_>) -> Result<Request, Vec<Diagnostic>> {
    let parsed = PatternParser::parse(Rule::request, &admitted.text);
    let mut pairs = parsed.map_err(|error| vec![mistakes::explained(text, &admitted.tokens, &error)])?;
    let request = pairs.next().ok_or_else(|| unreadable(0..text.len())).and_then(|all| Reader::default().request(all));
    let mut request = request.map_err(|fault| vec![fault])?;
    if let Request::Ask(query) | Request::Explain(query) | Request::Profile(query) | Request::Let(_, query) = &mut request
        && let Body::Pattern(pattern) = &mut query.body
    {
        pattern.text = std::sync::Arc::from(text);
    }
    Ok(request)
}

/// What is known while a pattern is read.
#[derive(Default)]
struct Reader {
    /// How deep the deepest expression is that was read since this was last set to 0.
    deepest: usize,
}

/// Where a pair stands.
fn place(pair: &Pair<'_, Rule>) -> Span {
    let span = pair.as_span();
    span.start()..span.end()
}

/// The name that a pair writes, without its backquotes.
fn name(pair: &Pair<'_, Rule>) -> Spanned<String> {
    let typed = pair.as_str();
    let value = match typed.strip_prefix('`').and_then(|inner| inner.strip_suffix('`')) {
        Some(inner) => inner.replace("``", "`"),
        None => typed.to_owned(),
    };
    Spanned { value, span: place(pair) }
}

/// Whether a rule makes a name.
fn is_name(rule: Rule) -> bool {
    matches!(rule, Rule::word | Rule::quoted_name)
}

/// The complaint about a tree that is not what the grammar makes.
fn unreadable(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Syntax, "the query cannot be read").at(span, "").help("write this part in another way")
}

/// The next pair, which the grammar promises.
fn next<'i>(pairs: &mut Pairs<'i, Rule>, whole: &Span) -> Outcome<Pair<'i, Rule>> {
    pairs.next().ok_or_else(|| unreadable(whole.clone()))
}

impl Reader {
    fn request(&mut self, pair: Pair<'_, Rule>) -> Outcome<Request> {
        let whole = place(&pair);
        let mut pairs = pair.into_inner();
        let first = next(&mut pairs, &whole)?;
        match first.as_rule() {
            Rule::let_prefix => {
                let naming = next(&mut first.into_inner(), &whole)?;
                let name = given_name(naming.as_str(), naming.as_span().start())?;
                Ok(Request::Let(name, self.asked(next(&mut pairs, &whole)?)?))
            }
            Rule::lead_word => {
                let query = self.asked(next(&mut pairs, &whole)?)?;
                let explains = first.as_str().eq_ignore_ascii_case("explain");
                Ok(if explains { Request::Explain(query) } else { Request::Profile(query) })
            }
            _ => Ok(Request::Ask(self.asked(first)?)),
        }
    }

    fn asked(&mut self, pair: Pair<'_, Rule>) -> Outcome<Query> {
        Ok(Query { body: Body::Pattern(Box::new(self.query(pair)?)), tails: Tails::default() })
    }

    /// Something that holds expressions, with the depth of the deepest among them.
    fn measured<T>(&mut self, read: impl FnOnce(&mut Reader) -> Outcome<T>) -> Outcome<(T, usize)> {
        let outer = std::mem::take(&mut self.deepest);
        let thing = read(self)?;
        let depth = std::mem::replace(&mut self.deepest, outer);
        Ok((thing, depth))
    }
}

/// The depth of a tree over another; a complaint where it is too deep.
fn deeper(depth: usize, span: &Span) -> Outcome<usize> {
    if depth < DEEPEST_TREE {
        return Ok(depth + 1);
    }
    Err(Diagnostic::error(Code::TooDeep, format!("the expression is built of more than {DEEPEST_TREE} levels"))
        .at(span.clone(), "one level too many")
        .help("values in great number go into a list: `x IN [1, 2, 3]`, `reduce(sum = 0, x IN list | sum + x)`"))
}
