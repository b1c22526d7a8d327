//! Mixed routes: the condition by which `explain` says that a shortest path may not take every relation type in both directions.
//!
//! openCypher has no other form for it, and it must hold while the path is sought, not of the path that was found.

use crate::algebra::Route;
use crate::model::Direction;
use crate::query::syntax::pattern_tree::{BinaryOperator, Expression as Tree, ExpressionKind, PatternPart};

use super::Resolver;
use super::expression::{operands, without_blanks};

impl Resolver<'_> {
    /// The paths of shortest ways whose routes a condition gives, with these.
    pub(super) fn mixed_routes(&self, patterns: &[PatternPart], condition: Option<&Tree>) -> Vec<(String, Vec<Route>)> {
        let Some(condition) = condition else { return Vec::new() };
        let paths = patterns.iter().filter(|part| part.shortest.is_some()).filter_map(|part| part.variable.as_ref());
        let routes =
            |path: &str| operands(condition, BinaryOperator::And).into_iter().find_map(|condition| self.routes_of(condition, path));
        paths.filter_map(|path| Some((path.value.clone(), routes(&path.value)?))).collect()
    }

    /// The routes that a condition gives to the steps of a path: `all(i IN range(0, length(p) - 1) WHERE …)`.
    pub(super) fn routes_of(&self, condition: &Tree, path: &str) -> Option<Vec<Route>> {
        if !matches!(condition.kind, ExpressionKind::Quantified { .. }) {
            return None;
        }
        let text = without_blanks(self.written_text(&condition.span));
        let text = text.strip_prefix(&format!("all(iINrange(0,length({path})-1)WHERE("))?.strip_suffix("))")?;
        let mut routes = Vec::new();
        let separator = "ORendNode(";
        let (first, second) = match text.split_once(separator) {
            Some((first, second)) => (first, Some(format!("endNode({second}"))),
            None => (text, None),
        };
        for way in std::iter::once(first).chain(second.as_deref()) {
            let (end, direction) =
                if way.starts_with("startNode(") { ("startNode", Direction::Outgoing) } else { ("endNode", Direction::Incoming) };
            let relation = format!("relationships({path})[i]");
            let types = way.strip_prefix(&format!("{end}({relation})=nodes({path})[i]ANDtype({relation})"))?;
            let names = match types.strip_prefix('=') {
                Some(only) => only,
                None => types.strip_prefix("IN[")?.strip_suffix(']')?,
            };
            for name in names.split(',') {
                let relation_type = self.relation_type(name.strip_prefix('\'')?.strip_suffix('\'')?)?;
                routes.push(Route { relation_type, direction });
            }
        }
        Some(routes)
    }
}
