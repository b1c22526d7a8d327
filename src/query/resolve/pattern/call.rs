//! Call: functions in expressions, with those that are known before the query runs.

use crate::algebra::{Expression, FUNCTIONS, Function, function};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Confidence, EntityId, Extent, Quantity, Value};
use crate::query::syntax::pattern_tree::{Expression as Tree, ExpressionKind, PatternPart};
use crate::query::syntax::tree::Spanned;

use super::aggregation::{aggregate, aggregate_names};
use super::expression::{Environment, Sorted};
use super::sort::Sort;
use super::{Resolver, fault, function_sorts, subquery, written};

impl Resolver<'_> {
    /// A function or an aggregate of its arguments.
    pub(super) fn call(
        &mut self,
        tree: &Tree,
        name: &Spanned<String>,
        distinct: bool,
        arguments: &[Tree],
        environment: &Environment<'_>,
    ) -> Result<Sorted, Diagnostic> {
        if aggregate(&name.value).is_some() {
            return self.aggregate_call(tree, name, distinct, arguments, environment);
        }
        if distinct {
            return Err(Diagnostic::error(Code::BadArguments, format!("`{}` is no aggregate and cannot be DISTINCT", name.value))
                .at(name.span.clone(), "no aggregate")
                .help("aggregates can: count(DISTINCT x)"));
        }
        if let [Tree { kind: ExpressionKind::Pattern(part), .. }] = arguments {
            return self.of_pattern(tree, name, part, environment);
        }
        let Some(signature) = function(&name.value) else {
            return Err(fault::unknown_function(name, FUNCTIONS.iter().map(|known| known.name).chain(aggregate_names())));
        };
        if arguments.len() < signature.least || signature.most.is_some_and(|most| arguments.len() > most) {
            let takes = (signature.least, signature.most);
            return Err(fault::argument_count(signature.name, takes, signature.arguments, arguments.len(), &tree.span));
        }
        let mut values = Vec::with_capacity(arguments.len());
        let mut sorts = Vec::with_capacity(arguments.len());
        for argument in arguments {
            let (value, sort) = self.expression(argument, environment)?;
            values.push(value);
            sorts.push(sort);
        }
        if let (Some((wanted, fits)), Some(sort), Some(argument)) =
            (function_sorts::demanded(signature.function), sorts.first(), arguments.first())
            && !fits(sort)
        {
            return Err(fault::wrong_sort(&format!("`{}`", signature.name), wanted, sort, &argument.span));
        }
        self.chance |= signature.function == Function::Random;
        if let Some(known) = self.known_before(signature.function, &values, arguments)? {
            return Ok(known);
        }
        let sort = function_sorts::yielded(signature.function, &sorts);
        Ok((Expression::Call(signature.function, values, written(&tree.span)), sort))
    }

    /// `exists((a)-->(b))`, `shortestPath((a)-[*]-(b))`; no other function takes a pattern.
    fn of_pattern(
        &mut self,
        tree: &Tree,
        name: &Spanned<String>,
        part: &PatternPart,
        environment: &Environment<'_>,
    ) -> Result<Sorted, Diagnostic> {
        let named = |known: &str| name.value.eq_ignore_ascii_case(known);
        if named("exists") {
            return Ok((self.pattern_predicate(part, environment)?, Sort::Boolean));
        }
        if named("shortestPath") || named("allShortestPaths") {
            let part = PatternPart { shortest: Some(named("allShortestPaths")), ..part.clone() };
            let path = Tree { kind: ExpressionKind::Pattern(Box::new(part)), span: tree.span.clone() };
            return self.subquery(&path, environment);
        }
        Err(subquery::pattern_here(&part.span))
    }

    /// What a function of constants yields, where it is the same in every row.
    fn known_before(&mut self, function: Function, values: &[Expression], arguments: &[Tree]) -> Result<Option<Sorted>, Diagnostic> {
        let (Some(Expression::Literal(Value::Text(last))), Some(argument)) = (values.last(), arguments.last()) else { return Ok(None) };
        let literal = |value: Value| Ok(Some((Expression::Literal(value), Sort::Any)));
        match (function, values) {
            (Function::IsA, [first, _]) => {
                let Some(entity) = self.entity(last) else {
                    let complaint = Diagnostic::warning(Code::UnknownName, format!("nothing in the graph has the id '{last}'"));
                    let near: Vec<String> =
                        self.context.names.like(last, 3).iter().map(|found| self.context.names.slug(found.entity).to_owned()).collect();
                    let quoted = |near: &str| format!("'{}'", near.replace('\'', "\\'"));
                    self.warn(complaint.at(argument.span.clone(), "unknown id").suggest_at(&argument.span, &near, quoted));
                    return Ok(None);
                };
                Ok(Some((Expression::IsA(Box::new(first.clone()), entity), Sort::Boolean)))
            }
            (Function::Quantity, [_]) => match last.parse::<Quantity>() {
                Ok(quantity) => literal(Value::Quantity(quantity)),
                Err(_) => Err(Diagnostic::error(Code::BadArguments, format!("'{last}' is no quantity"))
                    .at(argument.span.clone(), "no quantity")
                    .help("numbers, percentages, ratios and durations are: '50-80%', '>= 1 year', '1 in 5 million', '2-3'")),
            },
            (Function::Extent, [_]) => match Extent::from_word(last) {
                Some(extent) => literal(Value::Extent(extent)),
                None => Err(off_scale(argument, last, "extent", Extent::ALL.iter().map(|extent| extent.word()))),
            },
            (Function::Confidence, [_]) => match Confidence::from_word(last) {
                Some(confidence) => literal(Value::Confidence(confidence)),
                None => Err(off_scale(argument, last, "confidence", Confidence::ALL.iter().map(|confidence| confidence.word()))),
            },
            _ => Ok(None),
        }
    }

    /// The entity with this id.
    pub(super) fn entity(&self, id: &str) -> Option<EntityId> {
        let names = self.context.names;
        names.called(id).into_iter().find(|entity| names.slug(*entity) == id)
    }
}

fn off_scale<'w>(argument: &Tree, word: &str, scale: &str, places: impl Iterator<Item = &'w str>) -> Diagnostic {
    let places: Vec<String> = places.map(|place| format!("'{place}'")).collect();
    Diagnostic::error(Code::BadArguments, format!("'{word}' is no place on the scale of {scale}"))
        .at(argument.span.clone(), "not on the scale")
        .help(format!("from least to most: {}", places.join(", ")))
}
