//! Reading: bytes from standard input or from arguments as the text of queries.

use std::io::{BufRead, ErrorKind, Read};

use crate::command::{Failure, inputs};
use crate::diagnostic::{Code, Complaints, Diagnostic, Origin};
use crate::query::syntax::LONGEST_QUERY;

/// The text, if it is UTF-8; else a complaint at the first byte that is not, in the text of this name.
pub(super) fn decoded(bytes: Vec<u8>, name: &str) -> Result<String, Diagnostic> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        // Up to the bad byte the readable text is the same, so the place is right in it too.
        let origin = Origin::new(name, String::from_utf8_lossy(error.as_bytes()));
        Diagnostic::error(Code::NotUnicode, "this is not UTF-8 text")
            .in_origin(&origin)
            .at(at..at + '\u{FFFD}'.len_utf8(), "this byte is not part of a character")
            .help("queries are UTF-8 text; `iconv` converts from other encodings")
    })
}

/// All of a stream as one query. Of one that is too long, no more is read than shows it.
pub(super) fn whole_query(stream: impl Read) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    stream.take(LONGEST_QUERY as u64 + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    if bytes.len() > LONGEST_QUERY {
        return Err(too_long().into());
    }
    Ok(decoded(bytes, "query")?)
}

/// The complaints about a query that was read from standard input, with what else is good to know there.
pub(super) fn of_one_query(complaints: Complaints, query: &str) -> Complaints {
    let count = inputs(query).len();
    let mut all = complaints.diagnostics().to_vec();
    if let Some(first) = all.first_mut() {
        if query.trim().is_empty() {
            first.help.push("`-` reads the query from standard input, which held none".to_owned());
        } else if count > 1 {
            first.help.push(format!("`ask` answers one query, and these may be {count}: `oms < FILE` answers one after the other"));
        }
    }
    Complaints::new(all).unwrap_or(complaints)
}

/// The next line with its line break; empty at the end of the stream.
pub(super) fn line(stream: &mut dyn BufRead) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    stream.take(LONGEST_QUERY as u64 + 2).read_until(b'\n', &mut bytes).map_err(|error| unreadable(&error))?;
    if bytes.len() > LONGEST_QUERY + 1 {
        return Err(too_long().into());
    }
    Ok(bytes)
}

/// The complaint about a query of which nobody wants to read the end.
pub(super) fn too_long() -> Diagnostic {
    Diagnostic::error(Code::QueryTooLong, format!("the query is longer than the limit of {LONGEST_QUERY} bytes"))
        .help("ask it in several queries; `let` names the answer of a part")
}

fn unreadable(error: &std::io::Error) -> Diagnostic {
    let reason = match error.kind() {
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    };
    Diagnostic::error(Code::Unreadable, format!("standard input cannot be read: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::{decoded, whole_query};
    use crate::command::Failure;
    use crate::diagnostic::Code;

    #[test]
    fn a_wrong_byte_is_shown_in_its_place() {
        let complaint = decoded(b"causes\nof \xFFOMS".to_vec(), "query").unwrap_err();
        assert!(complaint.to_string().starts_with("query:2:4: this is not UTF-8 text"), "{complaint}");
        assert!(decoded(b"causes of \xC3".to_vec(), "query").is_err());
        assert_eq!(decoded("é".into(), "query").as_deref(), Ok("é"));
    }

    #[test]
    fn an_endless_stream_is_refused() {
        match whole_query(std::io::repeat(b'a')) {
            Err(Failure::Complaints(complaints)) => assert_eq!(complaints.diagnostics()[0].code, Code::QueryTooLong),
            other => panic!("{other:?}"),
        }
    }
}
