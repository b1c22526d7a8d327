//! JSON lines: one object a row, complete in itself.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::answer::{Answer, Row};

use super::Page;
use super::json_value::{Citations, Citing, Named, Value, written};

/// Writes a line for each row: `{"values": {column: value, …}, "certainty": …, "evidence": [item, …]}`.
///
/// The values stand under a key of their own, so that no column can take the place of `certainty` or `evidence`; the evidence
/// of a comparison is inline too. Without rows there are no lines. `explain` gives a line a stage:
/// `{"stage": "algebra", "text": …}`.
pub(super) fn write(answer: &Answer, _page: &Page) -> String {
    let mut text = String::new();
    for stage in &answer.stages {
        text.push_str(&format!("{{\"stage\":{},\"text\":{}}}\n", written(&stage.name), written(&stage.text)));
    }
    if answer.stages.is_empty() {
        for row in &answer.rows {
            text.push_str(&written(&Line { answer, row }));
            text.push('\n');
        }
    }
    text
}

struct Line<'a> {
    answer: &'a Answer,
    row: &'a Row,
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let citing = Citing::Inline(&self.answer.evidence);
        let named = self.answer.columns.iter().zip(&self.row.cells).map(|(column, cell)| (column.name.as_str(), Value(cell, citing)));
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("values", &Named(named.collect()))?;
        map.serialize_entry("certainty", self.row.certainty.word())?;
        map.serialize_entry("evidence", &Citations(&self.row.evidence, citing))?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Page, samples};
    use super::write;

    #[test]
    fn a_line_is_complete_in_itself() {
        let text = write(&samples::counts(), &Page::default());
        assert_eq!(
            text.lines().next(),
            Some(
                r#"{"values":{"population":{"id":"adult","name":"adult","kind":"population","kinds":["population"]},"causes":2},"certainty":"certain","evidence":[]}"#
            )
        );
        let text = write(&samples::every_cell(), &Page::default());
        let item = r#"{"statement":"b","source":"oms-overview","sentences":[3,4],"claim":"It may.","quote":"It may be so.","publication":"PMID:1","n":7,"of":12}"#;
        assert_eq!(text.matches(item).count(), 2, "once for the row, once for the comparison: {text}");
    }

    #[test]
    fn no_rows_are_no_lines_and_stages_are_lines() {
        assert_eq!(write(&samples::nothing(), &Page::default()), "");
        assert_eq!(
            write(&samples::explained(), &Page::default()),
            "{\"stage\":\"algebra\",\"text\":\"scan causes\\n  keep\"}\n{\"stage\":\"pattern\",\"text\":\"MATCH (t)-[r:CAUSES]->(d)\"}\n"
        );
    }
}
