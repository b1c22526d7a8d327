//! Function sorts: what functions take and yield, as far as it can be told before a pattern runs.

use crate::algebra::Function;

use super::sort::Sort;

/// What an argument must be: in words, and the test.
pub(super) type Demand = (&'static str, fn(&Sort) -> bool);

/// What the first argument of a function must be, where openCypher refuses anything else before the query runs.
pub(super) fn demanded(function: Function) -> Option<Demand> {
    let demanded: Demand = match function {
        Function::Labels => ("a node", Sort::may_be_node),
        Function::Type | Function::StartNode | Function::EndNode => ("a relationship", Sort::may_be_relationship),
        Function::Length => ("a path", |sort| sort.may_be_path() || matches!(sort, Sort::List(_) | Sort::Text)),
        Function::Nodes | Function::Relationships => ("a path", Sort::may_be_path),
        Function::Size => ("a list or a text", |sort| sort.may_be_list() || *sort == Sort::Text),
        Function::Properties | Function::Keys => {
            ("a node, a relationship or a map", |sort| matches!(sort, Sort::Any | Sort::Null | Sort::Node | Sort::Relationship | Sort::Map))
        }
        _ => return None,
    };
    Some(demanded)
}

/// What a function yields of such arguments.
pub(super) fn yielded(function: Function, arguments: &[Sort]) -> Sort {
    let member = || match arguments.first() {
        Some(Sort::List(member)) => member.as_ref().clone(),
        _ => Sort::Any,
    };
    match function {
        Function::Exists
        | Function::IsEmpty
        | Function::IsNaN
        | Function::ToBoolean
        | Function::ToBooleanOrNull
        | Function::IsA
        | Function::Identical
        | Function::Mentions => Sort::Boolean,
        Function::Size | Function::Length | Function::Id | Function::ToInteger | Function::ToIntegerOrNull | Function::Timestamp => {
            Sort::Integer
        }
        Function::ToFloat | Function::ToFloatOrNull | Function::Random | Function::Euler | Function::Pi => Sort::Number,
        Function::Type | Function::ToText | Function::ToTextOrNull | Function::ElementId => Sort::Text,
        Function::ToLower | Function::ToUpper | Function::Left | Function::Right | Function::Substring | Function::Replace => Sort::Text,
        Function::Trim | Function::TrimLeft | Function::TrimRight => Sort::Text,
        Function::Split | Function::Labels | Function::Keys => Sort::list_of(Sort::Text),
        Function::Range => Sort::list_of(Sort::Integer),
        Function::Nodes => Sort::list_of(Sort::Node),
        Function::Relationships | Function::Statements => Sort::list_of(Sort::Relationship),
        Function::StartNode | Function::EndNode => Sort::Node,
        Function::Properties => Sort::Map,
        Function::Head | Function::Last => member(),
        Function::Tail => Sort::list_of(member()),
        Function::Date
        | Function::LocalTime
        | Function::Time
        | Function::LocalDateTime
        | Function::DateTime
        | Function::Duration
        | Function::DurationBetween => Sort::Temporal,
        Function::Coalesce => arguments.iter().cloned().fold(Sort::Null, Sort::or),
        _ => Sort::Any,
    }
}
