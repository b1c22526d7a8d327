//! Values: what qualifiers hold, read by the type that the schema gives them.

use toml::de::DeValue;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{KindId, Measure, QualifierId, Quantity, Value};
use crate::schema::ValueType;

use super::entities::EntityDrafts;
use super::faults::{either, shortened};
use super::item::Item;
use super::register::Once;
use super::schema::SchemaDraft;

/// The value of a qualifier; `None` if it is faulty, or if the fault is in the schema.
pub(super) fn qualifier_value(item: Item<'_>, id: QualifierId, schema: &SchemaDraft, entities: &EntityDrafts<'_>) -> Option<Value> {
    if schema.untyped.contains(&id) {
        return None;
    }
    let qualifier = schema.schema.qualifiers.get(id.index())?;
    let is_list = matches!(item.value, DeValue::Array(_));
    let items = item.one_or_list();
    if items.is_empty() {
        item.fault_with(Code::BadValue, "this list is empty", "leave the qualifier out where the source says nothing");
        return None;
    }
    if let ValueType::Entity(kinds) = &qualifier.value_type {
        return entity_list(items, &qualifier.id, kinds, schema, entities);
    }
    if is_list && !qualifier.several {
        let message = format!("'{}' holds one value, not a list", qualifier.id);
        item.fault_with(Code::BadValue, message, "write one statement for each, or several = true in the schema");
        return None;
    }
    let values: Vec<Option<Value>> = items.into_iter().map(|member| single(member, &qualifier.id, &qualifier.value_type)).collect();
    let mut values = values.into_iter().collect::<Option<Vec<Value>>>()?;
    if is_list { Some(Value::List(values)) } else { values.pop() }
}

fn entity_list(
    items: Vec<Item<'_>>,
    qualifier: &str,
    kinds: &[KindId],
    schema: &SchemaDraft,
    entities: &EntityDrafts<'_>,
) -> Option<Value> {
    let mut once = Once::new("this entity is listed twice");
    let mut values = Vec::new();
    for item in items {
        let Some(id) = entities.find(item).filter(|id| once.is_new(*id, item)) else {
            continue;
        };
        let own = &entities.entities[id.index()].kinds;
        if !kinds.is_empty() && !own.is_empty() && !own.iter().any(|kind| kinds.contains(kind)) {
            let slug = &entities.entities[id.index()].slug;
            let message =
                format!("'{}' is of the kind {}; '{qualifier}' takes {}", shortened(slug), named(own, schema), named(kinds, schema));
            let mut fault = Diagnostic::error(Code::BadValue, message).at(item.span.range(), "");
            let some = if item.file.faults.may_compare(entities.entities.len()) { 8 } else { 0 };
            let fitting = entities.entities.iter().filter(|entity| entity.kinds.iter().any(|kind| kinds.contains(kind)));
            let fitting: Vec<&str> = fitting.map(|entity| entity.slug.as_str()).take(some).collect();
            if !fitting.is_empty() {
                fault = fault.help(format!("such as {}", either(&fitting)));
            }
            item.complain(fault);
        }
        values.push(Value::Entity(id));
    }
    Some(Value::List(values))
}

/// Kinds by their ids, as a message names them.
pub(super) fn named(kinds: &[KindId], schema: &SchemaDraft) -> String {
    let ids: Vec<&str> = kinds.iter().filter_map(|kind| schema.schema.kinds.get(kind.index())).map(|kind| kind.id.as_str()).collect();
    either(&ids)
}

fn single(item: Item<'_>, qualifier: &str, value_type: &ValueType) -> Option<Value> {
    match value_type {
        ValueType::Text => item.sentence().map(Value::text),
        ValueType::Boolean => item.boolean().map(Value::Boolean),
        _ => quantity(item, qualifier, value_type).map(Value::Quantity),
    }
}

fn quantity(item: Item<'_>, qualifier: &str, value_type: &ValueType) -> Option<Quantity> {
    let written = match item.value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str().to_owned(),
        DeValue::Integer(_) => item.whole()?.to_string(),
        DeValue::Float(float) => float.as_str().to_owned(),
        _ => {
            item.expected(&format!("a {}", value_type.word()), &format!("such as {}", example(value_type)));
            return None;
        }
    };
    let quantity = match written.parse::<Quantity>() {
        Ok(quantity) => quantity,
        Err(error) => {
            let message = format!("'{}' cannot be read as a {}: {error}", shortened(&written), value_type.word());
            item.fault_with(Code::BadValue, message, format!("write it like {}", example(value_type)));
            return None;
        }
    };
    if fits(quantity.measure, value_type) {
        return Some(quantity);
    }
    let message = format!("'{}' is a {}; '{qualifier}' takes a {}", shortened(&written), quantity.measure.word(), value_type.word());
    item.fault_with(Code::BadValue, message, format!("write {}", with_unit(&quantity, value_type)));
    None
}

fn fits(measure: Measure, value_type: &ValueType) -> bool {
    matches!(
        (measure, value_type),
        (Measure::Number, ValueType::Number)
            | (Measure::Percentage | Measure::Ratio { .. }, ValueType::Percentage | ValueType::Ratio)
            | (Measure::Duration(_), ValueType::Duration)
    )
}

fn example(value_type: &ValueType) -> &'static str {
    match value_type {
        ValueType::Number => "2, \"2-3\" or \"> 1\"",
        ValueType::Ratio => "\"7/12\" or \"1 in 5 million\"",
        ValueType::Duration => "\"18 months\", \"1-2 years\" or \">= 1 year\"",
        _ => "\"50%\", \"50-80%\" or \"> 60%\"",
    }
}

/// A bare number with the unit that was left out: 0.5 and 50 as a percentage are both 50%.
fn with_unit(quantity: &Quantity, value_type: &ValueType) -> String {
    let (Measure::Number, ValueType::Percentage | ValueType::Ratio) = (quantity.measure, value_type) else {
        return example(value_type).to_owned();
    };
    let bounds = [quantity.minimum, quantity.maximum];
    if bounds.iter().flatten().any(|bound| bound.value < 0.0) {
        return example(value_type).to_owned();
    }
    let is_share = bounds.iter().flatten().all(|bound| bound.value <= 1.0);
    let scaled = |bound: crate::model::Bound| {
        // Rounded, so that 0.07 does not become 7.000000000000001%.
        let value = if is_share { (bound.value * 1e8).round() / 1e6 } else { bound.value };
        crate::model::Bound { value, ..bound }
    };
    let percentage = Quantity { measure: Measure::Percentage, minimum: bounds[0].map(scaled), maximum: bounds[1].map(scaled) };
    format!("\"{percentage}\"")
}
