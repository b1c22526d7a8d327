//! Graph patterns: paths, nodes and relationships.

use pest::iterators::{Pair, Pairs};

use crate::diagnostic::{Code, Diagnostic};

use super::super::super::pattern_tree::{Arrow, Expression, Length, NodePattern, PatternPart, RelationshipPattern};
use super::super::super::tree::{Span, Spanned};
use super::super::grammar::Rule;
use super::{Outcome, Reader, is_name, name, next, place, unreadable};

impl Reader {
    /// A path of a `MATCH`.
    pub(super) fn path(&mut self, pair: Pair<'_, Rule>) -> Outcome<PatternPart> {
        let span = place(&pair);
        let (mut variable, mut shortest, mut chain) = (None, None, Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::path_name => variable = part.into_inner().next().map(|written| name(&written)),
                Rule::shortest => {
                    let mut inside = part.into_inner();
                    shortest = Some(is_all(next(&mut inside, &span)?.as_str()));
                    chain.extend(inside.filter(|part| part.as_rule() != Rule::closing_round));
                }
                Rule::closing_round => {}
                _ => chain.push(part),
            }
        }
        let mut chain = chain.into_iter();
        let start = self.node(chain.next().ok_or_else(|| unreadable(span.clone()))?)?;
        let mut steps = Vec::with_capacity(chain.len() / 2);
        while let (Some(relationship), Some(node)) = (chain.next(), chain.next()) {
            steps.push((self.relationship(relationship)?, self.node(node)?));
        }
        Ok(PatternPart { variable, shortest, start, steps, span })
    }

    /// A node, whether the grammar knew it for one or read parentheses.
    pub(super) fn node(&mut self, pair: Pair<'_, Rule>) -> Outcome<NodePattern> {
        let span = place(&pair);
        let mut node = NodePattern { variable: None, labels: Vec::new(), properties: None, condition: None, span };
        self.fill_node(pair.into_inner(), &mut node)?;
        Ok(node)
    }

    fn fill_node(&mut self, pairs: Pairs<'_, Rule>, node: &mut NodePattern) -> Outcome<()> {
        for part in pairs {
            match part.as_rule() {
                rule if is_name(rule) => node.variable = Some(name(&part)),
                Rule::labels => node.labels = labels(part),
                Rule::where_clause => node.condition = Some(self.condition(part)?),
                Rule::node_inside => self.fill_node(part.into_inner(), node)?,
                Rule::closing_round => {}
                _ => node.properties = Some(self.properties(part)?),
            }
        }
        Ok(())
    }

    /// A map or a parameter.
    fn properties(&mut self, pair: Pair<'_, Rule>) -> Outcome<Expression> {
        match pair.as_rule() {
            Rule::expression => self.expression(pair),
            _ => self.lone(pair),
        }
    }

    /// A relationship.
    pub(super) fn relationship(&mut self, pair: Pair<'_, Rule>) -> Outcome<RelationshipPattern> {
        let direction = match (pair.as_str().starts_with('<'), pair.as_str().ends_with('>')) {
            (false, true) => Arrow::Right,
            (true, false) => Arrow::Left,
            _ => Arrow::Either,
        };
        let span = place(&pair);
        let mut found =
            RelationshipPattern { variable: None, types: Vec::new(), direction, length: None, properties: None, condition: None, span };
        for part in pair.into_inner() {
            match part.as_rule() {
                rule if is_name(rule) => found.variable = Some(name(&part)),
                Rule::types => found.types = labels(part),
                Rule::length => found.length = Some(length(part)?),
                Rule::where_clause => found.condition = Some(self.condition(part)?),
                Rule::closing_square | Rule::dash => {}
                _ => found.properties = Some(self.properties(part)?),
            }
        }
        Ok(found)
    }
}

/// Whether `allShortestPaths` is written, and not `shortestPath`.
pub(super) fn is_all(word: &str) -> bool {
    word.starts_with(['a', 'A'])
}

/// The names that a list of labels or types holds.
pub(super) fn labels(pair: Pair<'_, Rule>) -> Vec<Spanned<String>> {
    pair.into_inner().map(|label| name(&label)).collect()
}

fn length(pair: Pair<'_, Rule>) -> Outcome<Length> {
    let span = place(&pair);
    let (mut least, mut most, mut ranged) = (None, None, false);
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::dots => ranged = true,
            _ if ranged => most = Some(bound(&part)?),
            _ => least = Some(bound(&part)?),
        }
    }
    // `*2` means exactly two.
    let most = if ranged { most } else { least };
    Ok(Length { least, most, span })
}

fn bound(pair: &Pair<'_, Rule>) -> Outcome<u64> {
    let too_large = |span: Span| {
        Diagnostic::error(Code::BadNumber, "the length is too large")
            .at(span, "too large")
            .help("leave the bound out to take paths of any length: `*1..`")
    };
    pair.as_str().parse().map_err(|_| too_large(place(pair)))
}
