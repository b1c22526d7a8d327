//! Row: the fields of one line, as a line of a table without quoting and as an object.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::answer::Cell;

use super::nature::Scalar;

/// What stands in a column of a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Field<'a> {
    /// Nothing.
    #[default]
    Nothing,
    /// One value in a column that readers do not split.
    Single(Scalar<'a>),
    /// One value in a column that they split at bars.
    Member(Scalar<'a>),
    /// Several.
    List(Vec<Scalar<'a>>),
}

impl<'a> Field<'a> {
    /// Words in a column that is not split; empty ones are nothing.
    pub(super) fn words(text: &'a str) -> Field<'a> {
        if text.is_empty() { Field::Nothing } else { Field::Single(Scalar::Text(text.into())) }
    }

    /// Several words.
    pub(super) fn list(texts: impl IntoIterator<Item = &'a str>) -> Field<'a> {
        let texts: Vec<Scalar<'_>> = texts.into_iter().map(|text| Scalar::Text(text.into())).collect();
        if texts.is_empty() { Field::Nothing } else { Field::List(texts) }
    }

    /// The values of a cell, in a column that readers split.
    pub(super) fn of_cell(cell: &Cell, mut scalars: Vec<Scalar<'a>>) -> Field<'a> {
        match cell {
            Cell::List(_) if scalars.is_empty() => Field::Nothing,
            Cell::List(_) => Field::List(scalars),
            _ => scalars.pop().map_or(Field::Nothing, Field::Member),
        }
    }

    fn scalars(&self) -> &[Scalar<'a>] {
        match self {
            Field::Nothing => &[],
            Field::Single(scalar) | Field::Member(scalar) => std::slice::from_ref(scalar),
            Field::List(scalars) => scalars,
        }
    }
}

/// Whether a text cannot stand in a table as it is.
pub(super) fn needs_escapes(text: &str, is_split: bool) -> bool {
    text.is_empty()
        || text.bytes().any(|byte| byte < b' ' || byte == 0x7f || (byte == b'|' && is_split))
        || text.starts_with(char::is_whitespace)
        || text.ends_with(char::is_whitespace)
        || (!text.is_ascii() && text.chars().any(char::is_control))
}

/// Writes a line of a table. Where there is a column for it (the last one), it says whether the line holds escapes.
pub(super) fn write_line(fields: &[Field<'_>], tells_escapes: bool, line: &mut String, out: &mut dyn Write) -> io::Result<()> {
    let escaped = tells_escapes && any_needs_escapes(fields);
    line.clear();
    for (place, field) in fields.iter().enumerate() {
        if place > 0 {
            line.push('\t');
        }
        let is_split = !matches!(field, Field::Single(_));
        for (place, scalar) in field.scalars().iter().enumerate() {
            if place > 0 {
                line.push('|');
            }
            match scalar {
                Scalar::Text(text) if escaped => push_escaped(line, text, is_split),
                Scalar::Text(text) => line.push_str(text),
                Scalar::Literal(text) => line.push_str(text),
                Scalar::Object(object) => {
                    // Within JSON a bar can only stand in a string.
                    let text = object.to_string().replace('|', "\\u007c");
                    if escaped { push_escaped(line, &text, is_split) } else { line.push_str(&text) }
                }
            }
        }
    }
    if tells_escapes {
        line.push_str(if escaped { "\ttrue" } else { "\t" });
    }
    line.push('\n');
    out.write_all(line.as_bytes())
}

/// Whether any field cannot stand in a table as it is.
pub(super) fn any_needs_escapes(fields: &[Field<'_>]) -> bool {
    fields.iter().any(field_needs_escapes)
}

fn field_needs_escapes(field: &Field<'_>) -> bool {
    let is_split = !matches!(field, Field::Single(_));
    field.scalars().iter().any(|scalar| matches!(scalar, Scalar::Text(text) if needs_escapes(text, is_split)))
}

fn push_escaped(line: &mut String, text: &str, is_split: bool) {
    if text.is_empty() {
        line.push_str("\\e");
        return;
    }
    let first = text.len() - text.trim_start().len();
    let last = text.trim_end().len();
    for (at, letter) in text.char_indices() {
        match letter {
            '\\' => line.push_str("\\\\"),
            '\t' => line.push_str("\\t"),
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            '|' if is_split => line.push_str("\\|"),
            letter if letter.is_control() || (letter.is_whitespace() && (at < first || at >= last)) => {
                // Writing to a string cannot fail.
                let _ = write!(line, "\\u{{{:x}}}", u32::from(letter));
            }
            letter => line.push(letter),
        }
    }
}

/// Writes an object on a line: the names of the columns with what stands in them.
pub(super) fn write_object(names: &[String], fields: &[Field<'_>], line: &mut Vec<u8>, out: &mut dyn Write) -> io::Result<()> {
    line.clear();
    line.push(b'{');
    for (name, field) in names.iter().zip(fields) {
        if *field == Field::Nothing {
            continue;
        }
        if line.len() > 1 {
            line.push(b',');
        }
        serde_json::to_writer(&mut *line, name)?;
        line.push(b':');
        match field {
            Field::List(scalars) => {
                line.push(b'[');
                for (place, scalar) in scalars.iter().enumerate() {
                    if place > 0 {
                        line.push(b',');
                    }
                    push_json(line, scalar)?;
                }
                line.push(b']');
            }
            single => single.scalars().iter().try_for_each(|scalar| push_json(line, scalar))?,
        }
    }
    line.extend_from_slice(b"}\n");
    out.write_all(line)
}

fn push_json(line: &mut Vec<u8>, scalar: &Scalar<'_>) -> io::Result<()> {
    match scalar {
        Scalar::Text(text) => serde_json::to_writer(line, text)?,
        Scalar::Literal(literal) => line.extend_from_slice(literal.as_bytes()),
        Scalar::Object(object) => serde_json::to_writer(line, object)?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::nature::Scalar;
    use super::{Field, write_line, write_object};

    #[test]
    fn what_breaks_a_line_is_escaped_and_told() {
        let line = |fields: &[Field<'_>]| {
            let mut out = Vec::new();
            write_line(fields, true, &mut String::new(), &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(line(&[Field::words("a\\b|c"), Field::list(["d", "e"])]), "a\\b|c\td|e\t\n");
        assert_eq!(line(&[Field::words("a\\b|c"), Field::list(["d|", ""])]), "a\\\\b|c\td\\||\\e\ttrue\n");
        assert_eq!(line(&[Field::words(" a\tb\r\n\u{0}\u{a0}")]), "\\u{20}a\\tb\\r\\n\\u{0}\\u{a0}\ttrue\n");
        assert_eq!(line(&[Field::Member(Scalar::Text("a|b".into()))]), "a\\|b\ttrue\n");
    }

    #[test]
    fn objects_leave_out_what_is_not_there() {
        let names = ["a", "b", "c"].map(str::to_owned);
        let fields = [Field::words("x\n"), Field::Nothing, Field::List(vec![Scalar::Literal("1".to_owned())])];
        let mut out = Vec::new();
        write_object(&names, &fields, &mut Vec::new(), &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "{\"a\":\"x\\n\",\"c\":[1]}\n");
    }
}
