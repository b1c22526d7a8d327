//! Stages: the parts of a pattern as texts that can be asked by themselves.

use crate::query::syntax::pattern_tree::{Arrow, BinaryOperator, Expression, ExpressionKind, NodePattern, RelationshipPattern};

/// The clauses in front of a `MATCH`, and what it has matched so far.
#[derive(Clone, Debug)]
pub(super) struct Matched {
    /// The clauses before, as typed; may be empty.
    pub before: String,
    /// The patterns that are matched, as typed.
    pub patterns: Vec<String>,
}

impl Matched {
    /// The clauses with one more pattern.
    pub fn with(&self, pattern: &str) -> String {
        let patterns: Vec<&str> = self.patterns.iter().map(String::as_str).chain([pattern]).collect();
        format!("{}MATCH {}", self.before, patterns.join(", "))
    }

    /// The clauses with the patterns that there are.
    pub fn whole(&self) -> String {
        format!("{}MATCH {}", self.before, self.patterns.join(", "))
    }
}

/// A node without its properties and conditions; one without a variable gets this name.
pub(super) fn bare_node(text: &str, node: &NodePattern, name: &str) -> String {
    let variable = node.variable.as_ref().map_or(name, |variable| &text[variable.span.clone()]);
    let labels: Vec<String> = node.labels.iter().map(|label| format!(":{}", &text[label.span.clone()])).collect();
    format!("({variable}{})", labels.concat())
}

/// A relationship without its variable, its properties and conditions, in a direction of choice.
pub(super) fn bare_relationship(text: &str, relationship: &RelationshipPattern, direction: Arrow) -> String {
    let types: Vec<&str> = relationship.types.iter().map(|name| &text[name.span.clone()]).collect();
    let types = if types.is_empty() { String::new() } else { format!(":{}", types.join("|")) };
    let length = relationship.length.as_ref().map_or("", |length| &text[length.span.clone()]);
    arrow(&format!("{types}{length}"), direction)
}

/// `-[INSIDE]->` in a direction.
pub(super) fn arrow(inside: &str, direction: Arrow) -> String {
    let inside = if inside.is_empty() { String::new() } else { format!("[{inside}]") };
    match direction {
        Arrow::Right => format!("-{inside}->"),
        Arrow::Left => format!("<-{inside}-"),
        Arrow::Either => format!("-{inside}-"),
    }
}

/// A relationship as typed, pointing the other way; none where it points both ways.
pub(super) fn turned(typed: &str, direction: Arrow) -> Option<String> {
    match direction {
        Arrow::Right => Some(format!("<{}", typed.strip_suffix('>')?)),
        Arrow::Left => Some(format!("{}>", typed.strip_prefix('<')?)),
        Arrow::Either => None,
    }
}

/// The parts of a condition that must all hold.
pub(super) fn conjuncts(condition: &Expression) -> Vec<&Expression> {
    match &condition.kind {
        ExpressionKind::Binary(BinaryOperator::And, left, right) => {
            let mut parts = conjuncts(left);
            parts.extend(conjuncts(right));
            parts
        }
        _ => vec![condition],
    }
}

/// A part of a condition as typed, with the brackets that it needs beside others.
pub(super) fn conjunct(text: &str, part: &Expression) -> String {
    let typed = text[part.span.clone()].trim();
    match &part.kind {
        ExpressionKind::Binary(BinaryOperator::Or | BinaryOperator::Xor, ..) if !typed.starts_with('(') || !typed.ends_with(')') => {
            format!("({typed})")
        }
        _ => typed.to_owned(),
    }
}

/// A comparison of a property of a variable with something written: the variable, the property, and where and what that is.
pub(super) struct PropertyTest<'a> {
    pub variable: &'a str,
    pub property: &'a str,
    pub value: &'a Expression,
}

/// The test of a property that a condition makes, if it is one.
pub(super) fn property_test<'a>(text: &'a str, condition: &'a Expression) -> Option<PropertyTest<'a>> {
    let (property, value) = match &condition.kind {
        ExpressionKind::Comparison(left, rest) => match rest.as_slice() {
            [(_, right)] if matches!(left.kind, ExpressionKind::Property(..)) => (left.as_ref(), right),
            [(_, right)] => (right, left.as_ref()),
            _ => return None,
        },
        ExpressionKind::Binary(
            BinaryOperator::StartsWith | BinaryOperator::EndsWith | BinaryOperator::Contains | BinaryOperator::Matches | BinaryOperator::In,
            left,
            right,
        ) => {
            if matches!(left.kind, ExpressionKind::Property(..)) {
                (left.as_ref(), right.as_ref())
            } else {
                (right.as_ref(), left.as_ref())
            }
        }
        _ => return None,
    };
    let ExpressionKind::Property(owner, name) = &property.kind else { return None };
    let ExpressionKind::Variable(_) = &owner.kind else { return None };
    Some(PropertyTest { variable: text[owner.span.clone()].trim(), property: &text[name.span.clone()], value })
}

/// A text as a pattern writes it, in the quotation marks that it allows.
pub(super) fn quoted(text: &str) -> Option<String> {
    if text.contains(['\\', '\n', '\r']) {
        return None;
    }
    match (text.contains('\''), text.contains('"')) {
        (false, _) => Some(format!("'{text}'")),
        (true, false) => Some(format!("\"{text}\"")),
        (true, true) => None,
    }
}
