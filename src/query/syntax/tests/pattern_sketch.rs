//! A sketch of the tree of a pattern in one line, every operator in its own parentheses.

use super::super::pattern_tree::{
    Arrow, Clause, ClauseKind, Expression, ExpressionKind, Length, NodePattern, PatternPart, PatternQuery, Projection, RelationshipPattern,
    Subquery, Yields,
};
use super::super::tree::Spanned;

pub(super) fn query(query: &PatternQuery) -> String {
    let mut sketch = String::new();
    for (position, part) in query.parts.iter().enumerate() {
        if let Some(union) = position.checked_sub(1).and_then(|before| query.unions.get(before)) {
            sketch += if union.value { " union all " } else { " union " };
        }
        sketch += &joined(&part.clauses, " ", clause);
    }
    sketch
}

fn joined<T>(things: &[T], between: &str, sketch: impl Fn(&T) -> String) -> String {
    things.iter().map(sketch).collect::<Vec<_>>().join(between)
}

fn clause(clause: &Clause) -> String {
    match &clause.kind {
        ClauseKind::Match { optional, patterns, condition } => {
            format!("{}({}{})", if *optional { "optional" } else { "match" }, joined(patterns, ", ", path), when(condition.as_ref()))
        }
        ClauseKind::Unwind { list, variable } => format!("unwind({} as {})", value(list), variable.value),
        ClauseKind::With { projection: columns, condition } => format!("with({}{})", projection(columns), when(condition.as_ref())),
        ClauseKind::Return(columns) => format!("return({})", projection(columns)),
        ClauseKind::Call { procedure, arguments, yields, condition } => {
            let given = arguments.as_ref().map_or(String::new(), |values| format!("({})", joined(values, ", ", value)));
            let yields = match yields {
                None => String::new(),
                Some(Yields::Every(every)) => format!(" yield {}", if *every { "*" } else { "-" }),
                Some(Yields::Columns(columns)) => {
                    format!(" yield {}", joined(columns, ", ", |(column, name)| column.value.clone() + &alias(name.as_ref())))
                }
            };
            format!("call({}{given}{yields}{})", procedure.value, when(condition.as_ref()))
        }
        ClauseKind::Subquery(inner) => format!("call{{{}}}", query(inner)),
    }
}

fn alias(name: Option<&Spanned<String>>) -> String {
    name.map_or(String::new(), |name| format!(" as {}", name.value))
}

fn when(condition: Option<&Expression>) -> String {
    condition.map_or(String::new(), |condition| format!(" where {}", value(condition)))
}

fn projection(projection: &Projection) -> String {
    let mut parts = Vec::new();
    parts.extend(projection.everything.iter().map(|_| "*".to_owned()));
    parts.extend(projection.items.iter().map(|item| value(&item.expression) + &alias(item.alias.as_ref())));
    let mut sketch = format!("{}{}", if projection.distinct { "distinct " } else { "" }, parts.join(", "));
    if !projection.order.is_empty() {
        sketch += &format!(
            " order {}",
            joined(&projection.order, ", ", |(key, down)| format!("{}{}", value(key), if *down { "-" } else { "+" }))
        );
    }
    for (word, bound) in [("skip", &projection.skip), ("limit", &projection.limit)] {
        sketch += &bound.as_ref().map_or(String::new(), |bound| format!(" {word} {}", value(bound)));
    }
    sketch
}

fn path(part: &PatternPart) -> String {
    let named = part.variable.as_ref().map_or(String::new(), |name| format!("{}=", name.value));
    let shortest = part.shortest.map_or("", |all| if all { "all shortest " } else { "shortest " });
    format!("{named}{shortest}{}{}", node(&part.start), joined(&part.steps, "", |(step, end)| relationship(step) + &node(end)))
}

fn inside(
    variable: Option<&Spanned<String>>,
    names: &[Spanned<String>],
    length: Option<&Length>,
    properties: Option<&Expression>,
    condition: Option<&Expression>,
) -> String {
    let name = variable.map_or("", |name| &name.value);
    let names = names.iter().map(|name| format!(":{}", name.value)).collect::<String>();
    let shown = |bound: Option<u64>| bound.map_or(String::new(), |bound| bound.to_string());
    let length = length.map_or(String::new(), |length| format!("*{}..{}", shown(length.least), shown(length.most)));
    let properties = properties.map_or(String::new(), |properties| format!(" {}", value(properties)));
    format!("{name}{names}{length}{properties}{}", when(condition))
}

fn node(node: &NodePattern) -> String {
    format!("({})", inside(node.variable.as_ref(), &node.labels, None, node.properties.as_ref(), node.condition.as_ref()))
}

fn relationship(step: &RelationshipPattern) -> String {
    let detail = inside(step.variable.as_ref(), &step.types, step.length.as_ref(), step.properties.as_ref(), step.condition.as_ref());
    match step.direction {
        Arrow::Right => format!("-[{detail}]->"),
        Arrow::Left => format!("<-[{detail}]-"),
        Arrow::Either => format!("-[{detail}]-"),
    }
}

fn list(values: &[Expression]) -> String {
    joined(values, ", ", value)
}

fn maybe(word: &str, expression: Option<&Expression>) -> String {
    expression.map_or(String::new(), |expression| format!("{word}{}", value(expression)))
}

pub(super) fn value(expression: &Expression) -> String {
    match &expression.kind {
        ExpressionKind::Null => "null".to_owned(),
        ExpressionKind::Boolean(truth) => truth.to_string(),
        ExpressionKind::Integer(number) => number.to_string(),
        ExpressionKind::Float(number) => format!("{number:?}"),
        ExpressionKind::Text(text) => format!("{text:?}"),
        ExpressionKind::Parameter(name) => format!("${name}"),
        ExpressionKind::Variable(name) => name.clone(),
        ExpressionKind::List(values) => format!("[{}]", list(values)),
        ExpressionKind::Map(entries) => format!("{{{}}}", joined(entries, ", ", |(key, entry)| format!("{}: {}", key.value, value(entry)))),
        ExpressionKind::Not(inner) => format!("not({})", value(inner)),
        ExpressionKind::Negate(inner) => format!("neg({})", value(inner)),
        ExpressionKind::Plus(inner) => format!("pos({})", value(inner)),
        ExpressionKind::Binary(operator, left, right) => format!("({} {operator:?} {})", value(left), value(right)),
        ExpressionKind::Comparison(first, others) => {
            format!("({}{})", value(first), others.iter().map(|(sign, other)| format!(" {sign:?} {}", value(other))).collect::<String>())
        }
        ExpressionKind::IsPresent(inner, wanted) => format!("{}({})", if *wanted { "present" } else { "absent" }, value(inner)),
        ExpressionKind::HasLabels(inner, names) => {
            format!("{}{}", value(inner), names.iter().map(|name| format!(":{}", name.value)).collect::<String>())
        }
        ExpressionKind::Property(inner, key) => format!("{}.{}", value(inner), key.value),
        ExpressionKind::Index(inner, index) => format!("{}[{}]", value(inner), value(index)),
        ExpressionKind::Range(inner, from, to) => format!("{}[{}..{}]", value(inner), maybe("", from.as_deref()), maybe("", to.as_deref())),
        ExpressionKind::Call { name, distinct, arguments } => {
            format!("{}({}{})", name.value, if *distinct { "distinct " } else { "" }, list(arguments))
        }
        ExpressionKind::CountRows => "count(*)".to_owned(),
        other => form(other),
    }
}

fn form(kind: &ExpressionKind) -> String {
    match kind {
        ExpressionKind::Case { operand, branches, otherwise } => {
            let cases = branches.iter().map(|(when, then)| format!(" when {} then {}", value(when), value(then))).collect::<String>();
            format!("case{}{cases}{} end", maybe(" ", operand.as_deref()), maybe(" else ", otherwise.as_deref()))
        }
        ExpressionKind::Comprehension { variable, list, condition, projection } => {
            format!("[{} in {}{}{}]", variable.value, value(list), when(condition.as_deref()), maybe(" | ", projection.as_deref()))
        }
        ExpressionKind::PatternComprehension { pattern, condition, projection } => {
            format!("[{}{} | {}]", path(pattern), when(condition.as_deref()), value(projection))
        }
        ExpressionKind::Quantified { quantifier, variable, list, condition } => {
            format!("{quantifier:?}({} in {}{})", variable.value, value(list), when(condition.as_deref()))
        }
        ExpressionKind::Reduce { accumulator, initial, variable, list, step } => {
            format!("reduce({} = {}, {} in {} | {})", accumulator.value, value(initial), variable.value, value(list), value(step))
        }
        ExpressionKind::Pattern(part) => format!("<{}>", path(part)),
        ExpressionKind::Exists(inner) => format!("exists{{{}}}", subquery(inner)),
        ExpressionKind::Count(inner) => format!("count{{{}}}", subquery(inner)),
        _ => "?".to_owned(),
    }
}

fn subquery(inner: &Subquery) -> String {
    match inner {
        Subquery::Patterns(patterns, condition) => joined(patterns, ", ", path) + &when(condition.as_ref()),
        Subquery::Query(inner) => query(inner),
    }
}
