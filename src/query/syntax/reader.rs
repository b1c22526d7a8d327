//! Reader: turns what the grammar matched into the tree of a query.

mod conditions;
mod phrases;
mod words;

use pest::Parser;
use pest::iterators::Pair;

use crate::diagnostic::{Code, Diagnostic};

use super::grammar::{PhraseParser, Rule};
use super::keywords::{Reserved, keyword};
use super::tokens::is_pattern;
use super::tree::{Body, Query, Request, SortField, Span, Spanned, Tails};
use super::{limits, mistakes, patterns};

/// Reads a query.
///
/// # Errors
/// At least one complaint, each with its place in the text; the caller adds the origin.
pub fn parse(text: &str) -> Result<Request, Vec<Diagnostic>> {
    if is_pattern(text) || patterns::begins_with_write(text) {
        return patterns::parse(text);
    }
    let tokens = limits::admitted(text)?;
    let mut pairs = PhraseParser::parse(Rule::request, text).map_err(|error| vec![mistakes::explained(text, &tokens, &error)])?;
    let mut reader = Reader::default();
    let request = pairs.next().and_then(|all| reader.request(&part(&all, Rule::entry)?));
    match request {
        Some(request) if reader.faults.is_empty() => Ok(request),
        _ if reader.faults.is_empty() => Err(vec![Diagnostic::error(Code::Syntax, "the query cannot be read").at(0..text.len(), "")]),
        _ => Err(reader.faults),
    }
}

/// What is known while a query is read. Its functions answer `None` only behind a fault.
#[derive(Default)]
struct Reader {
    /// What the grammar lets through and the language does not.
    faults: Vec<Diagnostic>,
    /// How many phrases there were so far.
    operands: usize,
    /// How many nouns in front of `of` there were so far.
    nouns: usize,
}

/// The first part of a pair that a rule made.
fn part<'i>(pair: &Pair<'i, Rule>, rule: Rule) -> Option<Pair<'i, Rule>> {
    parts(pair, rule).next()
}

/// The parts of a pair that a rule made.
fn parts<'i>(pair: &Pair<'i, Rule>, rule: Rule) -> impl Iterator<Item = Pair<'i, Rule>> {
    pair.clone().into_inner().filter(move |part| part.as_rule() == rule)
}

/// Where a pair stands. A rule that ends in something optional also matches the white space in front of what is not there;
/// its last part does not.
fn place(pair: &Pair<'_, Rule>) -> Span {
    let mut last = pair.clone();
    while let Some(part) = last.clone().into_inner().next_back() {
        last = part;
    }
    pair.as_span().start()..last.as_span().end()
}

impl Reader {
    fn fault(&mut self, diagnostic: Diagnostic) {
        self.faults.push(diagnostic);
    }

    fn request(&mut self, pair: &Pair<'_, Rule>) -> Option<Request> {
        if let Some(naming) = part(pair, Rule::let_request) {
            let named = part(&naming, Rule::let_name)?;
            let name = given_name(named.as_str(), named.as_span().start()).map_err(|fault| self.fault(fault)).ok();
            let query = self.query(&part(&naming, Rule::query)?);
            return Some(Request::Let(name?, query?));
        }
        if let Some(explaining) = part(pair, Rule::explain_request) {
            return Some(Request::Explain(self.query(&part(&explaining, Rule::query)?)?));
        }
        if let Some(profiling) = part(pair, Rule::profile_request) {
            return Some(Request::Profile(self.query(&part(&profiling, Rule::query)?)?));
        }
        if let Some(describing) = part(pair, Rule::describe_request) {
            return Some(Request::Describe(self.run(&part(&describing, Rule::run)?)?));
        }
        if part(pair, Rule::suggest_request).is_some() {
            return Some(Request::Suggest);
        }
        Some(Request::Ask(self.query(&part(pair, Rule::query)?)?))
    }

    fn query(&mut self, pair: &Pair<'_, Rule>) -> Option<Query> {
        let body = self.body(&pair.clone().into_inner().next()?);
        let tails = self.tails(pair);
        Some(Query { body: body?, tails: tails? })
    }

    fn body(&mut self, pair: &Pair<'_, Rule>) -> Option<Body> {
        match pair.as_rule() {
            Rule::path_request => self.path(pair).map(Body::Path),
            Rule::compare_request => {
                let set = self.set(&part(pair, Rule::set_expression)?);
                let field = self.field(&part(pair, Rule::field)?);
                let condition = self.optional_condition(pair);
                Some(Body::Compare(set?, field?, condition?))
            }
            Rule::count_request => {
                let set = self.set(&part(pair, Rule::set_expression)?);
                let fields = part(pair, Rule::count_fields).map_or(Some(Vec::new()), |list| self.fields(&list));
                let condition = self.optional_condition(pair);
                Some(Body::Count(set?, fields?, condition?))
            }
            Rule::why_request => self.why(pair),
            _ => self.set(pair).map(Body::Set),
        }
    }

    fn why(&mut self, pair: &Pair<'_, Rule>) -> Option<Body> {
        if let Some(row) = part(pair, Rule::why_row) {
            return Some(Body::WhyRow(self.number(&part(&row, Rule::whole_number)?)?));
        }
        let run = self.run(&part(pair, Rule::run)?);
        let condition = self.optional_condition(pair);
        Some(Body::Why(run?, condition?))
    }

    /// Sorting, limit and columns: in any order, each once.
    fn tails(&mut self, pair: &Pair<'_, Rule>) -> Option<Tails> {
        let mut tails = Tails::default();
        let mut seen: Vec<(Rule, Span)> = Vec::new();
        for tail in pair.clone().into_inner() {
            let rule = tail.as_rule();
            let name = match rule {
                Rule::sort_tail => "sort by",
                Rule::limit_tail => "limit",
                Rule::show_tail => "show",
                _ => continue,
            };
            if let Some((_, first)) = seen.iter().find(|(before, _)| *before == rule) {
                let fault = repeated(name, place(&tail), first.clone());
                self.fault(fault);
                return None;
            }
            seen.push((rule, place(&tail)));
            match rule {
                Rule::sort_tail => {
                    tails.sort = parts(&tail, Rule::sort_field).map(|field| self.sort_field(&field)).collect::<Option<_>>()?
                }
                Rule::limit_tail => tails.limit = Some(self.number(&part(&tail, Rule::whole_number)?)?),
                _ => tails.show = self.fields(&tail)?,
            }
        }
        Some(tails)
    }

    fn sort_field(&mut self, pair: &Pair<'_, Rule>) -> Option<SortField> {
        let field = self.field(&part(pair, Rule::field)?)?;
        let direction = part(pair, Rule::direction).and_then(|direction| direction.into_inner().next());
        let descending = direction.is_some_and(|word| matches!(word.as_rule(), Rule::keyword_desc | Rule::keyword_descending));
        Some(SortField { field, descending })
    }
}

/// The name that `let` gives, from the text in front of its `=` and where that begins: words of which none is a keyword there,
/// or the name could not be asked for.
pub(super) fn given_name(typed: &str, start: usize) -> Result<Spanned<String>, Diagnostic> {
    let end = start + typed.trim_end().len();
    let start = start + typed.len() - typed.trim_start().len();
    let no_name = |span: Span| {
        Diagnostic::error(Code::Syntax, "this cannot be the name of an answer")
            .at(span, "not a name")
            .help("a name is made of words, for example `let my_answer = …`")
    };
    let Ok(pairs) = PhraseParser::parse(Rule::let_name, typed.trim()) else { return Err(no_name(start..end)) };
    if pairs.as_str() != typed.trim() {
        return Err(no_name(start..end));
    }
    let words: Vec<(&str, Span)> = pairs
        .flatten()
        .filter(|pair| pair.as_rule() == Rule::word)
        .map(|pair| (pair.as_str(), start + pair.as_span().start()..start + pair.as_span().end()))
        .collect();
    for (position, (word, span)) in words.iter().enumerate() {
        let reserved = keyword(word).is_some_and(|keyword| match keyword.reserved {
            Reserved::Everywhere | Reserved::InRuns => true,
            Reserved::AtStart => position == 0,
            Reserved::InPlace => false,
        });
        if reserved {
            return Err(Diagnostic::error(Code::ReservedName, format!("`{word}` is a keyword, and no name for an answer"))
                .at(span.clone(), "a keyword")
                .help("choose another name, for example `let my_answer = …`"));
        }
    }
    let name: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    Ok(Spanned { value: name.join(" "), span: start..end })
}

fn repeated(name: &str, second: Span, first: Span) -> Diagnostic {
    let help = match name {
        "limit" => "keep one of the two numbers".to_owned(),
        _ => format!("one `{name}` takes several fields, with commas: `{name} cause, population`"),
    };
    Diagnostic::error(Code::Syntax, format!("`{name}` stands twice")).at(second, "the second one").at(first, "the first one").help(help)
}
