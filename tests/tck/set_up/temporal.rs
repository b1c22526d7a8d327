//! Temporal: dates, times and durations of set-ups, written out of their parts in the ISO form.

use crate::value::{Properties, Value};

/// The functions that make such a value.
const MAKERS: [&str; 6] = ["date", "localtime", "time", "localdatetime", "datetime", "duration"];

/// The value that a function makes of a text or a map of parts.
pub(super) fn make(name: &str, argument: &Value) -> Result<Value, String> {
    let Some(maker) = MAKERS.into_iter().find(|maker| *maker == name) else { return Err(format!("set-up: no function {name}")) };
    let text = match argument {
        Value::Text(text) => text.clone(),
        Value::Map(parts) => match maker {
            "date" => date(parts)?,
            "localtime" => time(parts)?,
            "time" => format!("{}{}", time(parts)?, zone(parts)),
            "localdatetime" => format!("{}T{}", date(parts)?, time(parts)?),
            "datetime" => format!("{}T{}{}", date(parts)?, time(parts)?, zone(parts)),
            _ => duration(parts)?,
        },
        other => return Err(format!("set-up: {name} of {other}")),
    };
    Ok(Value::Temporal(maker, text))
}

/// A part that is a whole number.
fn part(parts: &Properties, name: &str, default: i64) -> Result<i64, String> {
    match parts.get(name) {
        None => Ok(default),
        Some(Value::Integer(number)) => Ok(*number),
        Some(other) => Err(format!("set-up: {name} is {other}")),
    }
}

fn only(parts: &Properties, known: &[&str]) -> Result<(), String> {
    parts.keys().find(|name| !known.contains(&name.as_str())).map_or(Ok(()), |name| Err(format!("set-up: the part {name}")))
}

const PARTS: [&str; 10] = ["year", "month", "day", "hour", "minute", "second", "millisecond", "microsecond", "nanosecond", "timezone"];

fn date(parts: &Properties) -> Result<String, String> {
    only(parts, &PARTS)?;
    let year = part(parts, "year", 0)?;
    let sign = if year < 0 { "-" } else { "" };
    Ok(format!("{sign}{:04}-{:02}-{:02}", year.abs(), part(parts, "month", 1)?, part(parts, "day", 1)?))
}

fn time(parts: &Properties) -> Result<String, String> {
    only(parts, &PARTS)?;
    let nanoseconds = part(parts, "nanosecond", 0)? + 1000 * part(parts, "microsecond", 0)? + 1_000_000 * part(parts, "millisecond", 0)?;
    let fraction = if nanoseconds == 0 { String::new() } else { format!(".{nanoseconds:09}") };
    Ok(format!("{:02}:{:02}:{:02}{fraction}", part(parts, "hour", 0)?, part(parts, "minute", 0)?, part(parts, "second", 0)?))
}

/// The zone as it stands behind a time: an offset as it is, a name in brackets.
fn zone(parts: &Properties) -> String {
    match parts.get("timezone") {
        Some(Value::Text(zone)) if zone.starts_with(['+', '-', 'Z']) => zone.clone(),
        Some(Value::Text(zone)) => format!("[{zone}]"),
        _ => "Z".to_owned(),
    }
}

fn duration(parts: &Properties) -> Result<String, String> {
    only(parts, &["years", "months", "weeks", "days", "hours", "minutes", "seconds", "milliseconds", "microseconds", "nanoseconds"])?;
    let count = |name: &str| part(parts, name, 0);
    let nanoseconds = count("nanoseconds")? + 1000 * count("microseconds")? + 1_000_000 * count("milliseconds")?;
    let days = count("days")? + 7 * count("weeks")?;
    let whole = i128::from(count("seconds")?) * 1_000_000_000 + i128::from(nanoseconds);
    let sign = if whole < 0 { "-" } else { "" };
    let (seconds, rest) = (whole.unsigned_abs() / 1_000_000_000, whole.unsigned_abs() % 1_000_000_000);
    let (hours, minutes) = (count("hours")?, count("minutes")?);
    Ok(format!("P{}Y{}M{days}DT{hours}H{minutes}M{sign}{seconds}.{rest:09}S", count("years")?, count("months")?))
}
