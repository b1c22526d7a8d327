//! Spell: writes a query's tree as text.

use std::fmt;

use super::query::{Aggregate, Clause, Direction, Expression, Function, Matching, NodePattern, Operator, Pattern, Projection, Quantifier};
use super::query::{Query, Shortest, Single, StepPattern};

fn joined<T: fmt::Display>(things: &[T], between: &str) -> String {
    things.iter().map(ToString::to_string).collect::<Vec<_>>().join(between)
}

impl fmt::Display for Query {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&joined(&self.parts, if self.all { "\nUNION ALL\n" } else { "\nUNION\n" }))
    }
}

impl fmt::Display for Single {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for clause in &self.clauses {
            writeln!(formatter, "{clause}")?;
        }
        write!(formatter, "RETURN {}", self.results)
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Clause::Match { optional, matching } => write!(formatter, "{}MATCH {matching}", if *optional { "OPTIONAL " } else { "" }),
            Clause::With(projection, None) => write!(formatter, "WITH {projection}"),
            Clause::With(projection, Some(condition)) => write!(formatter, "WITH {projection} WHERE {condition}"),
            Clause::Unwind(list, name) => write!(formatter, "UNWIND {list} AS {name}"),
        }
    }
}

impl fmt::Display for Matching {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&joined(&self.patterns, ", "))?;
        self.condition.as_ref().map_or(Ok(()), |condition| write!(formatter, " WHERE {condition}"))
    }
}

impl fmt::Display for Projection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let item = |(value, name): &(Expression, String)| match value {
            Expression::Variable(variable) if variable == name => name.clone(),
            value => format!("{value} AS {name}"),
        };
        let items: Vec<String> = self.items.iter().map(item).collect();
        write!(formatter, "{}{}", if self.distinct { "DISTINCT " } else { "" }, items.join(", "))?;
        if !self.order.is_empty() {
            let key = |(key, down): &(Expression, bool)| format!("{key}{}", if *down { " DESC" } else { "" });
            write!(formatter, " ORDER BY {}", self.order.iter().map(key).collect::<Vec<_>>().join(", "))?;
        }
        self.skip.map_or(Ok(()), |count| write!(formatter, " SKIP {count}"))?;
        self.limit.map_or(Ok(()), |count| write!(formatter, " LIMIT {count}"))
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = &self.name {
            write!(formatter, "{name} = ")?;
        }
        let (before, behind) = match self.shortest {
            Shortest::No => ("", ""),
            Shortest::One => ("shortestPath(", ")"),
            Shortest::All => ("allShortestPaths(", ")"),
        };
        write!(formatter, "{before}{}", self.start)?;
        for (step, node) in &self.steps {
            write!(formatter, "{step}{node}")?;
        }
        formatter.write_str(behind)
    }
}

fn properties(properties: &[(String, Expression)]) -> String {
    let entries: Vec<String> = properties.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    if entries.is_empty() { String::new() } else { format!(" {{{}}}", entries.join(", ")) }
}

impl fmt::Display for NodePattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let labels: String = self.labels.iter().map(|label| format!(":{label}")).collect();
        write!(formatter, "({}{labels}{})", self.name.as_deref().unwrap_or(""), properties(&self.properties))
    }
}

impl fmt::Display for StepPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let types = if self.types.is_empty() { String::new() } else { format!(":{}", self.types.join("|")) };
        let number = |bound: Option<usize>| bound.map_or(String::new(), |bound| bound.to_string());
        let length = match self.length {
            None => String::new(),
            Some((None, None)) => "*".to_owned(),
            Some((Some(least), Some(most))) if least == most => format!("*{least}"),
            Some((least, most)) => format!("*{}..{}", number(least), number(most)),
        };
        let inside = format!("{}{types}{length}{}", self.name.as_deref().unwrap_or(""), properties(&self.properties));
        let inside = if inside.is_empty() { inside } else { format!("[{inside}]") };
        match self.direction {
            Direction::Forward => write!(formatter, "-{inside}->"),
            Direction::Backward => write!(formatter, "<-{inside}-"),
            Direction::Either => write!(formatter, "-{inside}-"),
        }
    }
}

fn symbol(operator: Operator) -> &'static str {
    match operator {
        Operator::Equal => "=",
        Operator::NotEqual => "<>",
        Operator::Less => "<",
        Operator::LessOrEqual => "<=",
        Operator::Greater => ">",
        Operator::GreaterOrEqual => ">=",
        Operator::And => "AND",
        Operator::Or => "OR",
        Operator::Xor => "XOR",
        Operator::Add => "+",
        Operator::Subtract => "-",
        Operator::Multiply => "*",
        Operator::In => "IN",
        Operator::StartsWith => "STARTS WITH",
        Operator::EndsWith => "ENDS WITH",
        Operator::Contains => "CONTAINS",
    }
}

fn name_of(function: Function) -> &'static str {
    match function {
        Function::Size => "size",
        Function::Length => "length",
        Function::Nodes => "nodes",
        Function::Relationships => "relationships",
        Function::Type => "type",
        Function::Labels => "labels",
        Function::StartNode => "startNode",
        Function::EndNode => "endNode",
        Function::Coalesce => "coalesce",
        Function::Head => "head",
        Function::Last => "last",
        Function::Range => "range",
        Function::ToUpper => "toUpper",
        Function::Abs => "abs",
    }
}

/// An aggregate's name, and what stands behind its argument.
fn aggregate(aggregate: Aggregate) -> (&'static str, String) {
    match aggregate {
        Aggregate::Count => ("count", String::new()),
        Aggregate::Sum => ("sum", String::new()),
        Aggregate::Average => ("avg", String::new()),
        Aggregate::Minimum => ("min", String::new()),
        Aggregate::Maximum => ("max", String::new()),
        Aggregate::Collect => ("collect", String::new()),
        Aggregate::Deviation => ("stDev", String::new()),
        Aggregate::PopulationDeviation => ("stDevP", String::new()),
        Aggregate::Continuous(part) => ("percentileCont", format!(", {part:?}")),
        Aggregate::Discrete(part) => ("percentileDisc", format!(", {part:?}")),
    }
}

fn cases(cases: &[(Expression, Expression)], otherwise: Option<&Expression>) -> String {
    let cases: String = cases.iter().map(|(when, then)| format!(" WHEN {when} THEN {then}")).collect();
    let otherwise = otherwise.map_or(String::new(), |otherwise| format!(" ELSE {otherwise}"));
    format!("{cases}{otherwise} END")
}

impl fmt::Display for Expression {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expression::Literal(value) => write!(formatter, "{value}"),
            Expression::Variable(name) => formatter.write_str(name),
            Expression::Property(value, name) => write!(formatter, "{value}.{name}"),
            Expression::Binary(operator, left, right) => write!(formatter, "({left} {} {right})", symbol(*operator)),
            Expression::Not(value) => write!(formatter, "(NOT {value})"),
            Expression::IsNull(value) => write!(formatter, "({value} IS NULL)"),
            Expression::IsNotNull(value) => write!(formatter, "({value} IS NOT NULL)"),
            Expression::List(members) => write!(formatter, "[{}]", joined(members, ", ")),
            Expression::HasLabels(name, labels) => write!(formatter, "({name}:{})", labels.join(":")),
            Expression::Exists(matching) => write!(formatter, "EXISTS {{ MATCH {matching} }}"),
            Expression::Count(matching) => write!(formatter, "COUNT {{ {matching} }}"),
            Expression::Fits(pattern) => write!(formatter, "{pattern}"),
            Expression::Quantified(quantifier, name, list, condition) => {
                let word = match quantifier {
                    Quantifier::All => "all",
                    Quantifier::Any => "any",
                    Quantifier::None => "none",
                    Quantifier::Single => "single",
                };
                write!(formatter, "{word}({name} IN {list} WHERE {condition})")
            }
            Expression::ListComprehension(name, list, condition, made) => {
                let condition = condition.as_ref().map_or(String::new(), |condition| format!(" WHERE {condition}"));
                let made = made.as_ref().map_or(String::new(), |made| format!(" | {made}"));
                write!(formatter, "[{name} IN {list}{condition}{made}]")
            }
            Expression::PatternComprehension(matching, made) => write!(formatter, "[{matching} | {made}]"),
            Expression::Reduce(total, start, name, list, made) => write!(formatter, "reduce({total} = {start}, {name} IN {list} | {made})"),
            Expression::Case(branches, otherwise) => write!(formatter, "CASE{}", cases(branches, otherwise.as_deref())),
            Expression::CaseOf(value, branches, otherwise) => write!(formatter, "CASE {value}{}", cases(branches, otherwise.as_deref())),
            Expression::Call(function, arguments) => write!(formatter, "{}({})", name_of(*function), joined(arguments, ", ")),
            Expression::Index(list, place) => write!(formatter, "{list}[{place}]"),
            Expression::Aggregate(kind, distinct, value) => {
                let (name, rest) = aggregate(*kind);
                write!(formatter, "{name}({}{value}{rest})", if *distinct { "DISTINCT " } else { "" })
            }
            Expression::CountRows => formatter.write_str("count(*)"),
        }
    }
}
