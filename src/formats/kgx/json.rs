//! Json: an object on a line as named fields.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value as Json;

use super::cell::{Kind, Place};

/// A line that is no object.
#[derive(Debug)]
pub(super) struct NoObject;

/// Reads an object: its names and values are put into `text`, their places into `fields`, without those that are null.
pub(super) fn read_object(line: &[u8], text: &mut Vec<u8>, fields: &mut Vec<(Place, Place)>) -> Result<(), NoObject> {
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    let line = line.trim_ascii();
    let line = line.strip_suffix(b",").unwrap_or(line);
    let (text_before, fields_before) = (text.len(), fields.len());
    if read(line, text, fields).is_ok() {
        return Ok(());
    }
    text.truncate(text_before);
    fields.truncate(fields_before);
    match without_non_numbers(line) {
        Some(line) => read(&line, text, fields).map_err(|_| NoObject),
        None => Err(NoObject),
    }
}

fn read(line: &[u8], text: &mut Vec<u8>, fields: &mut Vec<(Place, Place)>) -> serde_json::Result<()> {
    let mut deserializer = serde_json::Deserializer::from_slice(line);
    deserializer.deserialize_map(Object { text, fields })?;
    deserializer.end()
}

/// A line with null for the `NaN` and `Infinity` that some programs write; none if it has none.
fn without_non_numbers(line: &[u8]) -> Option<Vec<u8>> {
    let mut clean = Vec::new();
    let (mut at, mut is_string) = (0, false);
    let mut is_changed = false;
    while at < line.len() {
        let rest = &line[at..];
        let word = [&b"NaN"[..], b"-Infinity", b"Infinity"].into_iter().find(|word| !is_string && rest.starts_with(word));
        let length = match (word, rest[0]) {
            (Some(word), _) => {
                clean.extend_from_slice(b"null");
                is_changed = true;
                at += word.len();
                continue;
            }
            (None, b'\\') if is_string => 2,
            (None, b'"') => {
                is_string = !is_string;
                1
            }
            _ => 1,
        };
        let end = (at + length).min(line.len());
        clean.extend_from_slice(&line[at..end]);
        at = end;
    }
    is_changed.then_some(clean)
}

struct Object<'t> {
    text: &'t mut Vec<u8>,
    fields: &'t mut Vec<(Place, Place)>,
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Object { text, fields } = self;
        while let Some(name) = map.next_key_seed(Name(text))? {
            if name.cell(text).bytes == b"sources" {
                let sources: Json = map.next_value()?;
                add_sources(&sources, text, fields);
                fields.push((name, nested(&sources, text)));
            } else if let Some(place) = map.next_value_seed(Field(text))? {
                fields.push((name, place));
            }
        }
        Ok(())
    }
}

/// Who says so first, and who passed it on, where sources are objects with a role each.
fn add_sources(sources: &Json, text: &mut Vec<u8>, fields: &mut Vec<(Place, Place)>) {
    for (role, is_several) in [("primary_knowledge_source", false), ("aggregator_knowledge_source", true)] {
        let of_role = |source: &&Json| source["resource_role"].as_str().is_some_and(|known| known.trim_start_matches("biolink:") == role);
        let named = sources.as_array().into_iter().flatten().filter(of_role).filter_map(|source| source["resource_id"].as_str());
        let named: Vec<Json> = named.map(Json::from).collect();
        let value = match named.as_slice() {
            [] => continue,
            [single] if !is_several => single.clone(),
            _ => Json::Array(named),
        };
        let start = text.len();
        text.extend_from_slice(role.as_bytes());
        let name = Place::new(start..text.len(), Kind::Text);
        let place = match &value {
            Json::String(single) => appended(text, single.as_bytes(), Kind::Text),
            several => nested(several, text),
        };
        fields.push((name, place));
    }
}

fn appended(text: &mut Vec<u8>, bytes: &[u8], kind: Kind) -> Place {
    let start = text.len();
    text.extend_from_slice(bytes);
    Place::new(start..text.len(), kind)
}

fn nested(value: &Json, text: &mut Vec<u8>) -> Place {
    match value {
        Json::Null => Place::default(),
        Json::Array(members) if members.is_empty() => Place::default(),
        Json::Object(members) if members.is_empty() => Place::default(),
        Json::Object(_) => appended(text, Json::from(value.to_string()).to_string().as_bytes(), Kind::Nested),
        value => appended(text, value.to_string().as_bytes(), Kind::Nested),
    }
}

struct Name<'t>(&'t mut Vec<u8>);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Place;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Place, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Place;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Place, E> {
        Ok(appended(self.0, name.as_bytes(), Kind::Text))
    }
}

struct Field<'t>(&'t mut Vec<u8>);

impl<'de> DeserializeSeed<'de> for Field<'_> {
    type Value = Option<Place>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Place>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Field<'_> {
    type Value = Option<Place>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_str<E>(self, value: &str) -> Result<Option<Place>, E> {
        // An empty text is something, if the name says that texts are meant.
        let (bytes, kind) = if value.is_empty() { (&b"\"\""[..], Kind::Nested) } else { (value.as_bytes(), Kind::Text) };
        Ok(Some(appended(self.0, bytes, kind)))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Option<Place>, E> {
        Ok(Some(appended(self.0, if value { b"true" } else { b"false" }, Kind::Bare)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Option<Place>, E> {
        Ok(Some(appended(self.0, value.to_string().as_bytes(), Kind::Bare)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Option<Place>, E> {
        Ok(Some(appended(self.0, value.to_string().as_bytes(), Kind::Bare)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Option<Place>, E> {
        Ok(Some(appended(self.0, format!("{value:?}").as_bytes(), Kind::Bare)))
    }

    fn visit_unit<E>(self) -> Result<Option<Place>, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Option<Place>, A::Error> {
        // Most lists are lists of texts.
        let mut members: Vec<Json> = Vec::new();
        while let Some(member) = sequence.next_element::<Json>()? {
            members.push(member);
        }
        Ok(Some(nested(&Json::Array(members), self.0)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<Place>, A::Error> {
        let mut object = serde_json::Map::new();
        while let Some((name, value)) = map.next_entry::<Cow<'de, str>, Json>()? {
            object.insert(name.into_owned(), value);
        }
        Ok(Some(nested(&Json::Object(object), self.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::read_object;

    fn told(line: &str) -> Option<Vec<(String, String)>> {
        let (mut text, mut fields) = (Vec::new(), Vec::new());
        read_object(line.as_bytes(), &mut text, &mut fields).ok()?;
        Some(fields.iter().map(|(name, place)| (name.cell(&text).string(), place.cell(&text).string())).collect())
    }

    #[test]
    fn objects_are_fields() {
        let fields = told(r#" {"a": "x\ty", "b": [1, "2|3"], "c": null, "d": 1.0, "e": true, "f": {"g": []}, "h": -3}, "#).unwrap();
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(pairs, [("a", "x\ty"), ("b", "1|2|3"), ("d", "1.0"), ("e", "true"), ("f", r#"{"g":[]}"#), ("h", "-3")]);
        assert!(["", "[]", "{", "3", "{\"a\": }", "{} {}", "null"].iter().all(|line| told(line).is_none()));
    }

    #[test]
    fn what_is_no_number_is_nothing() {
        let fields = told(r#"{"a": NaN, "b": -Infinity, "c": "NaN \" NaN", "d": [NaN, 1]}"#).unwrap();
        assert_eq!(fields, [("c".to_owned(), "NaN \" NaN".to_owned()), ("d".to_owned(), "1".to_owned())]);
    }

    #[test]
    fn sources_by_role_are_named() {
        let line = r#"{"sources": [{"resource_id": "infores:a", "resource_role": "primary_knowledge_source"},
            {"resource_id": "infores:b", "resource_role": "aggregator_knowledge_source"}]}"#;
        let fields = told(line).unwrap();
        assert_eq!(fields[0], ("primary_knowledge_source".to_owned(), "infores:a".to_owned()));
        assert_eq!(fields[1], ("aggregator_knowledge_source".to_owned(), "infores:b".to_owned()));
        assert_eq!(fields.len(), 3);
    }
}
