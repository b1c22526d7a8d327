//! Properties: conditions of patterns, and the values that are near to what they ask of a property.

use std::ops::Range;

use crate::model::{Measure, Names, Quantity, Value};
use crate::query::syntax::pattern_tree::{Expression, ExpressionKind};

use super::patterns::{shown, where_of};
use super::stages::{PropertyTest, conjunct, conjuncts, property_test, quoted};
use super::values::{Side, nearest_text, neighbours, quantity};
use super::{Explainer, Frame, listed};

/// How many different values of a property are looked at.
const MOST_VALUES: usize = 100_000;

/// How many different texts are compared with what was asked.
const MOST_WORDS: usize = 5000;

/// How many names like a text are tried.
const TRIED: usize = 3;

impl Explainer<'_> {
    /// Conditions that leave nothing of what clauses match; `end` is where the clause ends in the text.
    pub(super) fn pattern_conditions(&mut self, text: &str, base: &str, condition: &Expression, end: usize) {
        let Some(at) = where_of(text, condition) else { return };
        let parts = conjuncts(condition);
        let texts: Vec<String> = parts.iter().map(|part| conjunct(text, part)).collect();
        let with = |chosen: &dyn Fn(usize) -> bool| -> String {
            let kept: Vec<&str> = (0..texts.len()).filter(|at| chosen(*at)).map(|at| texts[at].as_str()).collect();
            if kept.is_empty() { String::new() } else { format!(" WHERE {}", kept.join(" AND ")) }
        };
        let whole = |conditions: &str| format!("{}{conditions}{}", text[..at].trim_end(), &text[end..]);
        let alone: Vec<Option<bool>> = (0..parts.len())
            .map(|at| if parts.len() == 1 { Some(false) } else { self.matches(&format!("{base}{}", with(&|other| other == at))) })
            .collect();
        let culprits: Vec<usize> = (0..parts.len()).filter(|at| alone[*at] == Some(false)).collect();
        if culprits.is_empty() {
            let which = if parts.len() == 2 { "both conditions" } else { "all conditions" };
            let together = if alone.contains(&None) { String::new() } else { format!("{which} of ") };
            let behind = if alone.contains(&None) { "" } else { " together" };
            self.say(format!("nothing satisfies {together}`{}`{behind}", text[at..end].trim()));
        }
        for culprit in &culprits {
            self.say(format!("nothing satisfies `{}`", texts[*culprit]));
            if let Some(test) = property_test(text, parts[*culprit]) {
                let place = &parts[*culprit].span;
                let name = format!("{}.{}", test.variable, test.property);
                self.near_property(base, &test, &name, &|literal| replaced(text, place, &format!("{name} = {literal}")));
            }
        }
        let spare = if culprits.is_empty() { (0..parts.len()).map(|at| vec![at]).collect() } else { vec![culprits.clone()] };
        for dropped in spare {
            let others = with(&|other| !dropped.contains(&other));
            let lead = match (culprits.len(), dropped.as_slice()) {
                (0, [only]) => format!("without `{}`", texts[*only]),
                (1, _) => "without this condition".to_owned(),
                _ => "without these conditions".to_owned(),
            };
            if !self.offer(&lead, &Frame::default(), &whole(&others)) {
                self.offer_match(&lead, &format!("{base}{others}"));
            }
        }
        if let [culprit] = culprits.as_slice()
            && let Some(test) = property_test(text, parts[*culprit])
        {
            let rest = format!("{base}{}", with(&|other| other != *culprit));
            let rest = if self.matches(&rest) == Some(true) { rest } else { base.to_owned() };
            self.property_values(&rest, &test);
        }
    }

    /// `values of d.name that occur: …`
    fn property_values(&mut self, matched: &str, test: &PropertyTest<'_>) {
        let name = format!("{}.{}", test.variable, test.property);
        let query = format!("{matched} RETURN {name} AS value, count(*) AS matches ORDER BY matches DESC");
        let Some(values) = self.counted_names(&query) else { return };
        if values.is_empty() {
            self.say(format!("`{name}` is null in all of them"));
        } else {
            self.say(format!("values of {name} that occur: {}", listed(&shown(&values))));
        }
    }

    /// What is near to the properties that a map asks of a variable; whether something was offered.
    pub(super) fn near_properties(&mut self, text: &str, matched: &str, variable: &str, map: &Expression) -> bool {
        let ExpressionKind::Map(entries) = &map.kind else { return false };
        let mut found = false;
        for (key, value) in entries {
            let property = &text[key.span.clone()];
            let test = PropertyTest { variable, property, value };
            let condition = format!("{variable}.{property} = {}", &text[value.span.clone()]);
            if entries.len() == 1 || self.matches(&format!("{matched} WHERE {condition}")) == Some(false) {
                found |= self.near_property(matched, &test, property, &|literal| replaced(text, &value.span, literal));
            }
        }
        found
    }

    /// Offers the query with a value that is near to the one asked of a property; `edited` is the whole query with a value.
    fn near_property(&mut self, matched: &str, test: &PropertyTest<'_>, name: &str, edited: &dyn Fn(&str) -> String) -> bool {
        let asked = match &test.value.kind {
            ExpressionKind::Text(asked) => return self.near_text(matched, test, asked, name, edited),
            // Only whole numbers that are exact in floating point are compared.
            ExpressionKind::Integer(number) => i32::try_from(*number).ok().map(f64::from),
            ExpressionKind::Float(number) => Some(*number),
            _ => None,
        };
        let Some(asked) = asked else { return false };
        let values: Vec<Quantity> = self.values(matched, test).iter().filter_map(quantity).collect();
        let mut found = false;
        for (lead, value) in neighbours(&[Quantity::exact(Measure::Number, asked)], &values, Side::Either) {
            let value = value.to_string();
            found |= self.offer_near(&format!("{lead}, {name} {value}"), matched, test, &value, &edited(&value));
        }
        found
    }

    fn near_text(&mut self, matched: &str, test: &PropertyTest<'_>, asked: &str, name: &str, edited: &dyn Fn(&str) -> String) -> bool {
        let graph = self.session().graph();
        if matches!(test.property, "name" | "id") {
            let value = |entity| if test.property == "name" { graph.name(entity) } else { graph.slug(entity) };
            let called = Names::called(graph, asked);
            let exists = called.iter().any(|entity| value(*entity) == asked);
            let like = if exists { Vec::new() } else { Names::like(graph, asked, TRIED) };
            let how = if test.property == "name" { "is called" } else { "has the id" };
            let called = called.into_iter().take(TRIED).map(|entity| (entity, how));
            let like = like.into_iter().map(|found| (found.entity, "is near to"));
            for (entity, how) in called.chain(like).filter(|(entity, _)| value(*entity) != asked) {
                let Some(literal) = quoted(value(entity)) else { continue };
                if self.offer_near(&format!("'{asked}' {how} {literal}"), matched, test, &literal, &edited(&literal)) {
                    return true;
                }
            }
        }
        let values = self.values(matched, test);
        let texts: Vec<&str> = values
            .iter()
            .filter_map(|value| match value {
                Value::Text(text) => Some(&**text),
                _ => None,
            })
            .collect();
        let same = texts.iter().find(|text| **text != asked && text.to_lowercase() == asked.to_lowercase()).copied();
        let alike = if texts.len() > MOST_WORDS { None } else { nearest_text(asked, &texts) };
        let Some(near) = same.or(alike).filter(|near| *near != asked) else { return false };
        let Some(literal) = quoted(near) else { return false };
        let why = if same.is_some() { "case counts in patterns" } else { "the nearest that occurs" };
        self.offer_near(&format!("{why}: {name} {literal}"), matched, test, &literal, &edited(&literal))
    }

    /// The different values of a property.
    fn values(&self, matched: &str, test: &PropertyTest<'_>) -> Vec<Value> {
        let query = format!("{matched} RETURN DISTINCT {}.{} AS value", test.variable, test.property);
        let rows = self.prober.resolved(&query).and_then(|query| self.prober.rows(&query, MOST_VALUES + 1, 2)).unwrap_or_default();
        if rows.len() > MOST_VALUES {
            // The nearest may be among those that were not looked at.
            return Vec::new();
        }
        rows.into_iter().flatten().flat_map(|value| value.members().to_vec()).collect()
    }

    /// Offers the whole query with another value, or else only what matches with it.
    fn offer_near(&mut self, lead: &str, matched: &str, test: &PropertyTest<'_>, literal: &str, whole: &str) -> bool {
        if self.offer(lead, &Frame::default(), whole) {
            return true;
        }
        let joint = if matched.to_ascii_lowercase().contains(" where ") { "AND" } else { "WHERE" };
        self.offer_match(lead, &format!("{matched} {joint} {}.{} = {literal}", test.variable, test.property))
    }
}

fn replaced(text: &str, place: &Range<usize>, by: &str) -> String {
    format!("{}{by}{}", &text[..place.start], &text[place.end..])
}
