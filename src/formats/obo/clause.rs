//! Clause: one line of an OBO file taken apart: its tag, identifiers, texts between quotation marks, and what is said of the clause itself.

use crate::formats::import::Cause;
use crate::formats::ontology::Scope;
use crate::model::{Measure, Quantity, Value};

/// A line that is no clause.
pub(super) const NO_TAG: Cause = Cause("no tag with a colon");
/// A clause without what it has to say.
const NO_VALUE: Cause = Cause("a tag without a value");
/// A text that is not between quotation marks though it should.
const NO_QUOTE: Cause = Cause("a text without quotation marks");
/// A text that does not end.
const OPEN_QUOTE: Cause = Cause("a quotation mark that is not closed");
/// A relation that leads nowhere.
const NO_TARGET: Cause = Cause("a relation without its other end");

/// The tag of a clause and what stands behind it.
pub(super) fn tag(line: &str) -> Result<(&str, &str), Cause> {
    let (tag, value) = line.split_once(':').ok_or(NO_TAG)?;
    let tag = tag.trim_end();
    let is_tag = !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if is_tag { Ok((tag, value.trim())) } else { Err(NO_TAG) }
}

/// Words as they are meant: backslashes taken away.
pub(super) fn unescaped(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut meant = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n') => meant.push('\n'),
                Some('t') => meant.push('\t'),
                Some('W') => meant.push(' '),
                Some(other) => meant.push(other),
                None => meant.push('\\'),
            },
            other => meant.push(other),
        }
    }
    meant
}

/// Free words: up to what is said of the clause in braces at its end.
pub(super) fn words(value: &str) -> Result<String, Cause> {
    let words = unescaped(without_modifiers(value).trim());
    if words.is_empty() { Err(NO_VALUE) } else { Ok(words) }
}

/// An identifier: up to a comment, `! …`, or to what is said of the clause in braces.
pub(super) fn identifier(value: &str) -> Result<String, Cause> {
    let bare = bare(value);
    if bare.is_empty() { Err(NO_VALUE) } else { Ok(unescaped(bare)) }
}

/// A value without comment and braces at its end.
fn bare(value: &str) -> &str {
    let bytes = value.as_bytes();
    let before = |at: usize| at.checked_sub(1).map_or(b' ', |at| bytes[at]);
    let begins = |(at, byte): (usize, &u8)| match byte {
        b'!' => before(at) != b'\\',
        b'{' => before(at).is_ascii_whitespace(),
        _ => false,
    };
    let end = bytes.iter().enumerate().position(begins).unwrap_or(bytes.len());
    value[..end].trim()
}

/// The predicate and the other end of a relation: `part_of UBERON:0000955 ! brain`.
pub(super) fn relation(value: &str) -> Result<(String, String), Cause> {
    let (predicate, rest) = bare(value).split_once(char::is_whitespace).ok_or(NO_TARGET)?;
    let target = rest.split_whitespace().next().ok_or(NO_TARGET)?;
    Ok((unescaped(predicate), unescaped(target)))
}

/// A text between quotation marks, and what stands behind it.
pub(super) fn quoted(value: &str) -> Result<(String, &str), Cause> {
    let inner = value.strip_prefix('"').ok_or(NO_QUOTE)?;
    let mut is_escaped = false;
    for (at, letter) in inner.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return Ok((unescaped(&inner[..at]), inner[at + 1..].trim_start())),
            _ => {}
        }
    }
    Err(OPEN_QUOTE)
}

/// The text and the scope of a synonym. `tag` has the scope in the oldest form, `broad_synonym`; the word behind the text
/// otherwise; a synonym without one is related.
pub(super) fn synonym(tag: &str, value: &str) -> Result<(Scope, String), Cause> {
    let (text, rest) = quoted(value)?;
    let text = text.trim();
    if text.is_empty() {
        return Err(NO_VALUE);
    }
    let word = tag.strip_suffix("_synonym").unwrap_or_else(|| rest.split_whitespace().next().unwrap_or_default());
    let scope = match word.to_ascii_uppercase().as_str() {
        "EXACT" => Scope::Exact,
        "BROAD" => Scope::Broad,
        "NARROW" => Scope::Narrow,
        _ => Scope::Related,
    };
    Ok((scope, text.to_owned()))
}

/// The identifier of a cross-reference, and whether it is one of the same thing: some ontologies say in braces that it is only
/// related, or is broader or narrower.
pub(super) fn cross_reference(value: &str) -> Result<(String, bool), Cause> {
    const OTHER: [&str; 6] = [
        "MONDO:relatedTo",
        "MONDO:mondoIsNarrowerThanSource",
        "MONDO:mondoIsBroaderThanSource",
        "MONDO:directSiblingOf",
        "MONDO:otherHierarchy",
        "MONDO:closeTo",
    ];
    let bare = bare(value);
    let id = bare.split_once(" \"").map_or(bare, |(id, _)| id).trim();
    if id.is_empty() || id.starts_with('"') {
        return Err(NO_VALUE);
    }
    let said = &value[without_modifiers(value).len()..];
    let is_same = said.contains("MONDO:equivalentTo") || !OTHER.iter().any(|other| said.contains(other));
    Ok((unescaped(id), is_same))
}

/// The predicate and the value of a `property_value` clause.
pub(super) fn property_value(value: &str) -> Result<(String, Value), Cause> {
    let (predicate, rest) = value.split_once(char::is_whitespace).ok_or(NO_VALUE)?;
    let rest = rest.trim_start();
    let value = if rest.starts_with('"') {
        let (text, behind) = quoted(rest)?;
        typed(text.trim(), behind.split_whitespace().next().unwrap_or_default())
    } else {
        Value::text(identifier(rest)?)
    };
    if value == Value::text("") { Err(NO_VALUE) } else { Ok((unescaped(predicate), value)) }
}

/// A text as the value that its type makes of it; as it is where it does not fit.
fn typed(text: &str, data_type: &str) -> Value {
    let kind = data_type.rsplit([':', '#']).next().unwrap_or_default();
    let value = match kind {
        "boolean" => match text {
            "true" | "1" => Some(Value::Boolean(true)),
            "false" | "0" => Some(Value::Boolean(false)),
            _ => None,
        },
        "integer" | "int" | "long" | "nonNegativeInteger" | "positiveInteger" => text.parse().ok().map(Value::Integer),
        "decimal" | "float" | "double" => {
            let number = text.parse().ok().filter(|number: &f64| number.is_finite());
            number.map(|number| Value::Quantity(Quantity::exact(Measure::Number, number)))
        }
        _ => None,
    };
    value.unwrap_or_else(|| Value::text(text))
}

/// A value up to what is said of the clause in braces: `{source="X:1", xref="Y:2"}`. Braces that hold no such pairs are words.
fn without_modifiers(value: &str) -> &str {
    let trimmed = match value.rfind('}') {
        // A comment may stand behind the braces.
        Some(end) if end + 1 == value.len() || value[end + 1..].trim_start().starts_with('!') => &value[..=end],
        _ => return value,
    };
    let bytes = trimmed.as_bytes();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b':' | b'/' | b'.' | b'#');
    let opens = |at: usize| {
        let inner = bytes[at + 1..].trim_ascii_start();
        let name = inner.iter().take_while(|byte| is_name(byte)).count();
        let value = inner[name..].trim_ascii_start().strip_prefix(b"=").map(<[u8]>::trim_ascii_start);
        name > 0 && value.is_some_and(|value| value.starts_with(b"\""))
    };
    // The first that opens pairs is the one: later ones stand in their values.
    let stands_apart = |at: usize| at == 0 || matches!(bytes[at - 1], b' ' | b'\t' | b']' | b'"');
    let mut places = trimmed.match_indices('{').map(|(at, _)| at);
    places.find(|at| stands_apart(*at) && opens(*at)).map_or(value, |at| &value[..at])
}

#[cfg(test)]
mod tests {
    use super::{cross_reference, identifier, property_value, quoted, relation, synonym, tag, unescaped, words};
    use crate::formats::ontology::Scope;
    use crate::model::Value;

    #[test]
    fn clauses_are_taken_apart() {
        assert_eq!(tag("name: a: b"), Ok(("name", "a: b")));
        assert!(tag("no tag").is_err() && tag(": x").is_err() && tag("two words: x").is_err());
        assert_eq!(unescaped(r#"a\nb\Wc\td\:\,\"\\\(\)\[\]\{\}\!\"#), "a\nb c\td:,\"\\()[]{}!\\");
        assert_eq!(words("a {b} c! {xref=\"X:1\"}").as_deref(), Ok("a {b} c!"));
        assert_eq!(words("a {b}").as_deref(), Ok("a {b}"));
        assert_eq!(words("a {x:y=\"{z}\", b=\"c\"}").as_deref(), Ok("a"));
        assert_eq!(identifier("HP:1 {source=\"x\"} ! name").as_deref(), Ok("HP:1"));
        assert_eq!(identifier("HP:1! name").as_deref(), Ok("HP:1"));
        assert!(identifier("! name").is_err());
        assert_eq!(relation("part_of  X:1 ! b"), Ok(("part_of".into(), "X:1".into())));
        assert!(relation("part_of").is_err() && relation("part_of ! b").is_err());
    }

    #[test]
    fn texts_stand_between_quotation_marks() {
        assert_eq!(quoted(r#""a \"b\" c" [X:1]"#), Ok(("a \"b\" c".into(), "[X:1]")));
        assert!(quoted("a").is_err() && quoted("\"a").is_err() && quoted(r#""a\""#).is_err());
        assert_eq!(synonym("synonym", r#""a" BROAD layperson []"#), Ok((Scope::Broad, "a".into())));
        assert_eq!(synonym("exact_synonym", r#""a" []"#), Ok((Scope::Exact, "a".into())));
        assert_eq!(synonym("synonym", r#""a" []"#), Ok((Scope::Related, "a".into())));
        assert!(synonym("synonym", "\" \" EXACT []").is_err());
    }

    #[test]
    fn references_and_values_are_read() {
        assert_eq!(cross_reference(r#"OMIM:1 {source="MONDO:relatedTo"} ! x"#), Ok(("OMIM:1".into(), false)));
        assert_eq!(cross_reference(r#"OMIM:1 {source="MONDO:equivalentTo", source="MONDO:otherHierarchy"}"#), Ok(("OMIM:1".into(), true)));
        assert_eq!(cross_reference(r#"Wikipedia:Foo\:bar "the page""#), Ok(("Wikipedia:Foo:bar".into(), true)));
        assert!(cross_reference("").is_err() && cross_reference("\"x\"").is_err());
        assert_eq!(property_value(r#"x:a "true" xsd:boolean"#), Ok(("x:a".into(), Value::Boolean(true))));
        assert_eq!(property_value(r#"x:a "17" xsd:integer"#), Ok(("x:a".into(), Value::Integer(17))));
        assert_eq!(property_value(r#"x:a "17x" xsd:integer"#), Ok(("x:a".into(), Value::text("17x"))));
        assert_eq!(property_value("x:a http://x.org/y"), Ok(("x:a".into(), Value::text("http://x.org/y"))));
        assert!(property_value("x:a").is_err() && property_value("x:a \"\" xsd:string").is_err());
    }
}
