//! Pattern operators: the lines of the operators that only patterns and rewrites have.

use super::super::{Operator, PROCEDURES, VariableId};
use super::{Printer, join_mode, joined};

impl Printer<'_> {
    /// The line of an operator that no phrase has.
    pub(super) fn pattern_line(&self, operator: &Operator) -> String {
        match operator {
            Operator::Argument => "argument".to_owned(),
            Operator::Trail { from, relations, to, routes, least, most, unlike, each, .. } => {
                let most = most.map_or("any number".to_owned(), |most| most.to_string());
                let each = each.as_ref().map_or(String::new(), |(element, condition)| {
                    format!(", every {}: {}", self.name(*element), self.expression(condition))
                });
                let (from, to, relations) = (self.name(*from), self.name(*to), self.name(*relations));
                let (routes, other) = (self.routes(routes), self.other_than(unlike));
                format!("trail {from} => {to}: {relations}, {least} to {most} via {routes}{each}{other}")
            }
            Operator::Apply { mode, .. } => format!("apply: {}", join_mode(*mode)),
            Operator::Call { procedure, arguments, yields, .. } => {
                let signature = PROCEDURES.iter().find(|signature| signature.procedure == *procedure);
                let (name, columns) = signature.map_or(("", &[][..]), |signature| (signature.name, signature.yields));
                let arguments = joined(arguments, |argument| self.expression(argument));
                let column = |(position, variable): &(usize, VariableId)| {
                    format!("{} := {}", self.name(*variable), columns.get(*position).copied().unwrap_or_default())
                };
                format!("call {name}({arguments}): {}", joined(yields, column))
            }
            Operator::Cite { support, cited, .. } => {
                let list = |list: &Option<VariableId>| list.map_or("nothing", |variable| self.name(variable));
                format!("rest on {}, cite {}", list(support), list(cited))
            }
            other => self.rewritten_line(other),
        }
    }

    /// The line of an operator that rewrites make.
    fn rewritten_line(&self, operator: &Operator) -> String {
        let of_kinds = |kinds: &[crate::model::KindId]| {
            let names: Vec<&str> = kinds.iter().map(|kind| self.vocabulary.kind(*kind)).collect();
            if names.is_empty() { String::new() } else { format!(", kind {}", names.join(" or ")) }
        };
        match operator {
            Operator::Weigh { from, to, routes, kinds, unlike, .. } => {
                let to = to.map_or(String::new(), |to| format!(" => {}", self.name(to)));
                let other = self.other_than(unlike);
                format!("weigh {}{to} via {}{}{other}", self.name(*from), self.routes(routes), of_kinds(kinds))
            }
            Operator::Merge { keys, .. } => format!("merge by {}", self.names(keys)),
            Operator::Meet { arms, to, kinds, .. } => {
                let arm = |arm: &super::super::Arm| {
                    format!("{} via {}{}", self.name(arm.from), self.routes(&arm.routes), self.other_than(&arm.unlike))
                };
                let arms: Vec<String> = arms.iter().map(arm).collect();
                format!("meet {}{}: {}", self.name(*to), of_kinds(kinds), arms.join("; "))
            }
            Operator::Reach { from, to, routes, least, most, .. } => {
                let most = most.map_or("any number".to_owned(), |most| most.to_string());
                format!("reach {} => {}: {least} to {most} via {}", self.name(*from), self.name(*to), self.routes(routes))
            }
            Operator::Signatures { from, relation_type, to } => {
                let parts = [("start", from), ("type", relation_type), ("end", to)];
                let bound = parts.iter().filter_map(|(word, variable)| variable.map(|variable| format!("{word} {}", self.name(variable))));
                format!("signatures: {}", bound.collect::<Vec<_>>().join(", "))
            }
            // Every other operator has its line before.
            _ => String::new(),
        }
    }

    pub(super) fn other_than(&self, unlike: &[VariableId]) -> String {
        if unlike.is_empty() { String::new() } else { format!(", other than {}", self.names(unlike)) }
    }
}
