//! A sketch of a tree in one line, so that tests show many of them.

use super::super::tree::{
    AroundRequest, Body, Condition, FieldName, Literal, Operand, PathRequest, Phrase, PieceKind, Query, Request, Run, SetExpression,
    SetOperator, Tails, Test, TestKind, Via,
};

/// `let(NAME) …`, `explain …` or the query.
pub(super) fn request(request: &Request) -> String {
    match request {
        Request::Ask(asked) => query(asked),
        Request::Explain(asked) => format!("explain {}", query(asked)),
        Request::Profile(asked) => format!("profile {}", query(asked)),
        Request::Let(name, asked) => format!("let({}) {}", name.value, query(asked)),
        Request::Describe(words) => format!("describe {}", run(words)),
        Request::Suggest => "suggest".to_owned(),
    }
}

fn query(query: &Query) -> String {
    format!("{}{}", body(&query.body), tails(&query.tails))
}

fn tails(tails: &Tails) -> String {
    let mut sketch = String::new();
    if !tails.sort.is_empty() {
        let sorted = tails.sort.iter().map(|by| format!("{}{}", by.field.words, if by.descending { "-" } else { "+" }));
        sketch += &format!(" sort({})", sorted.collect::<Vec<_>>().join(", "));
    }
    if let Some(limit) = &tails.limit {
        sketch += &format!(" limit({})", limit.value);
    }
    if !tails.show.is_empty() {
        sketch += &format!(" show({})", fields(&tails.show));
    }
    sketch
}

fn body(body: &Body) -> String {
    match body {
        Body::Set(expression) => set(expression),
        Body::Path(path) => path_request(path),
        Body::Compare(expression, field, where_) => format!("compare({}; {}){}", set(expression), field.words, clause(where_.as_ref())),
        Body::Count(expression, by, where_) => format!("count({}; {}){}", set(expression), fields(by), clause(where_.as_ref())),
        Body::Why(sentence, where_) => format!("why({}){}", run(sentence), clause(where_.as_ref())),
        Body::WhyRow(row) => format!("why row {}", row.value),
        Body::Pattern(_) => "pattern".to_owned(),
    }
}

fn path_request(path: &PathRequest) -> String {
    let word = if path.all { "paths" } else { "path" };
    let within = path.within.as_ref().map_or(String::new(), |within| format!("; within {}", within.value));
    format!("{word}({}; {}{within}{}){}", run(&path.from), run(&path.to), steps(&path.via), clause(path.condition.as_ref()))
}

fn steps(via: &[Via]) -> String {
    if via.is_empty() {
        return String::new();
    }
    let step = |via: &Via| match via.forward {
        None => via.words.clone(),
        Some(forward) => arrow(&via.words, forward),
    };
    format!("; via {}", via.iter().map(step).collect::<Vec<_>>().join(", "))
}

fn arrow(words: &str, forward: bool) -> String {
    if forward { format!("-{words}->") } else { format!("<-{words}-") }
}

fn set(expression: &SetExpression) -> String {
    match expression {
        SetExpression::Phrase(single) => phrase(single),
        SetExpression::Joined(first, rest) => {
            let mut sketch = format!("[{}", set(first));
            for (operator, member) in rest {
                let sign = match operator {
                    SetOperator::And => "and",
                    SetOperator::Or => "or",
                    SetOperator::ButNot => "but not",
                };
                sketch += &format!(" {sign} {}", set(member));
            }
            sketch + "]"
        }
    }
}

fn phrase(phrase: &Phrase) -> String {
    let nouns: String = phrase.nouns.iter().map(|noun| format!("{} < ", run(noun))).collect();
    format!("{nouns}{}{}", operand(&phrase.operand), clause(phrase.condition.as_ref()))
}

fn operand(operand: &Operand) -> String {
    match operand {
        Operand::Run(words) => run(words),
        Operand::Kind(words) => format!("kind({})", run(words)),
        Operand::Set(expression) => format!("({})", set(expression)),
        Operand::Find(words) => format!("find({})", words.value),
        Operand::Around(around) => around_request(around),
    }
}

fn around_request(around: &AroundRequest) -> String {
    let within = around.within.as_ref().map_or(String::new(), |within| format!("; within {}", within.value));
    format!("around({}{within}{})", run(&around.centre), steps(&around.via))
}

fn run(run: &Run) -> String {
    let piece = |kind: &PieceKind| match kind {
        PieceKind::Word(word) => word.clone(),
        PieceKind::Quoted(words) => format!("\"{words}\""),
        PieceKind::What => "WHAT".to_owned(),
        PieceKind::Does => "DOES".to_owned(),
        PieceKind::It => "IT".to_owned(),
        PieceKind::Exactly => "EXACTLY".to_owned(),
        PieceKind::Arrow { words, forward } => arrow(words, *forward),
    };
    run.pieces.iter().map(|part| piece(&part.kind)).collect::<Vec<_>>().join(" ")
}

fn clause(where_: Option<&Condition>) -> String {
    where_.map_or(String::new(), |inner| format!(" where {}", condition(inner)))
}

fn condition(inner: &Condition) -> String {
    let several = |members: &[Condition]| members.iter().map(condition).collect::<Vec<_>>().join(" ");
    match inner {
        Condition::And(members) => format!("(and {})", several(members)),
        Condition::Or(members) => format!("(or {})", several(members)),
        Condition::Not(negated) => format!("(not {})", condition(negated)),
        Condition::Possibly(open) => format!("(possibly {})", condition(open)),
        Condition::Test(single) => format!("<{}>", test(single)),
    }
}

fn test(test: &Test) -> String {
    match &test.kind {
        TestKind::Compare(field, operator, value) => format!("{} {operator:?} {}", field.words, literal(value)),
        TestKind::In(field, values) => format!("{} in {}", field.words, values.iter().map(literal).collect::<Vec<_>>().join(" | ")),
        TestKind::Between(field, low, high) => format!("{} between {} and {}", field.words, literal(low), literal(high)),
        TestKind::Contains(field, value) => format!("{} contains {}", field.words, literal(value)),
        TestKind::Matches(field, expression) => format!("{} matches /{}/", field.words, expression.value),
        TestKind::Has(field) => format!("has {}", field.words),
        TestKind::Denied => "denied".to_owned(),
    }
}

fn literal(value: &Literal) -> String {
    if value.quoted { format!("\"{}\"", value.text) } else { value.text.clone() }
}

fn fields(fields: &[FieldName]) -> String {
    fields.iter().map(|field| field.words.clone()).collect::<Vec<_>>().join(", ")
}
