//! Configuration: the settings of a TOML file, one by one, each with its place.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Origin};

/// A setting of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name; in a table, behind the table's name and a dot: `colours.keyword`.
    pub name: String,
    /// Its value as words; none if it is of a sort that no setting has.
    pub value: Option<Vec<String>>,
    /// Where the name stands, in bytes.
    pub key: Range<usize>,
    /// Where the value stands.
    pub place: Range<usize>,
}

/// The settings of a file, in the order of their places.
///
/// # Errors
/// The file is not TOML.
pub fn entries(origin: &Arc<Origin>) -> Result<Vec<Entry>, Diagnostic> {
    let root = DeTable::parse(&origin.text).map_err(|error| {
        let end = origin.text.len();
        let place = error.span().map_or(end..end, |place| place.start.min(end)..place.end.min(end));
        let message = format!("this is not TOML: {}", error.message().lines().next().unwrap_or_default());
        let complaint = Diagnostic::error(Code::Malformed, message).in_origin(origin).at(place, "");
        complaint.help("a setting is a line such as `timing = true` or `prompt = \"oms> \"`; no setting of this file is heeded")
    })?;
    let mut found = Vec::new();
    gather(root.get_ref(), "", &mut found);
    found.sort_by_key(|entry: &Entry| entry.key.start);
    Ok(found)
}

fn gather(table: &DeTable<'_>, lead: &str, found: &mut Vec<Entry>) {
    for (key, value) in table {
        let name = format!("{lead}{}", key.get_ref());
        if let DeValue::Table(inner) = value.get_ref() {
            gather(inner, &format!("{name}."), found);
            continue;
        }
        found.push(Entry { name, value: words(value), key: key.span(), place: value.span() });
    }
}

fn words(value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
    Some(match value.get_ref() {
        DeValue::String(text) => vec![text.to_string()],
        DeValue::Boolean(holds) => vec![if *holds { "on" } else { "off" }.to_owned()],
        DeValue::Integer(number) => vec![number.to_string()],
        DeValue::Float(number) => vec![number.to_string()],
        DeValue::Array(members) => {
            let members: Option<Vec<Vec<String>>> = members.iter().map(words).collect();
            members?.into_iter().flatten().collect()
        }
        _ => return None,
    })
}

/// A text as TOML writes it.
pub fn quoted(text: &str) -> String {
    let mut written = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => written.extend(['\\', letter]),
            '\n' => written.push_str("\\n"),
            '\t' => written.push_str("\\t"),
            letter if letter.is_control() => written.push_str(&format!("\\u{:04X}", u32::from(letter))),
            letter => written.push(letter),
        }
    }
    written.push('"');
    written
}

#[cfg(test)]
mod tests {
    use super::{entries, quoted};
    use crate::diagnostic::Origin;

    #[test]
    fn settings_have_names_values_and_places() {
        let origin = Origin::new("config.toml", "timing = true\ngraph = [\"oms\", \"x.oms\"]\n[colours]\nkeyword = \"bold\"\nn = 5\n");
        let found = entries(&origin).unwrap();
        let names: Vec<&str> = found.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["timing", "graph", "colours.keyword", "colours.n"]);
        assert_eq!(found[1].value, Some(vec!["oms".to_owned(), "x.oms".to_owned()]));
        assert_eq!(&origin.text[found[2].place.clone()], "\"bold\"");
        assert_eq!(&origin.text[found[2].key.clone()], "keyword");
    }

    #[test]
    fn what_is_not_toml_is_told_in_its_place() {
        for text in ["prompt = oms>", "=", "[colours", "x = \"", "a = 1\na = 2", "\u{0}"] {
            let complaint = entries(&Origin::new("config.toml", text)).unwrap_err().to_string();
            assert!(complaint.starts_with("config.toml:") && complaint.contains("not TOML"), "{complaint}");
        }
    }

    #[test]
    fn quoted_texts_read_back() {
        for text in ["oms> ", "a\"b\\c\nd\te\u{1}"] {
            let origin = Origin::new("config.toml", format!("x = {}", quoted(text)));
            assert_eq!(entries(&origin).unwrap()[0].value, Some(vec![text.to_owned()]));
        }
    }
}
