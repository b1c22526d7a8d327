//! CSV and TSV: rows for spreadsheets and scripts, with names and the places that they cite.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::answer::{Answer, Cell, ComparedCell, Row};

use super::Page;

/// Writes the rows with commas and with quotation marks where a field needs them, as RFC 4180 has it, but for the ends of
/// lines: a bare line feed, so that line tools can work on the rows.
///
/// The columns of the answer, then `certainty`, then `evidence`: what the row cites, as places joined by `; `. Values are
/// written as they are: none is guarded against a spreadsheet that takes it for a formula.
pub(super) fn write_commas(answer: &Answer, _page: &Page) -> String {
    let mut builder = WriterBuilder::new();
    builder.terminator(Terminator::Any(b'\n'));
    write(answer, &builder, |field| Cow::Borrowed(field))
}

/// Writes the rows with tabs between the fields and no quotation marks: a tab within a field is `\t`, a line break `\n`, a
/// carriage return `\r`, a backslash `\\`.
pub(super) fn write_tabs(answer: &Answer, _page: &Page) -> String {
    let mut builder = WriterBuilder::new();
    builder.delimiter(b'\t').quote_style(QuoteStyle::Never).terminator(Terminator::Any(b'\n'));
    write(answer, &builder, escaped)
}

fn write(answer: &Answer, builder: &WriterBuilder, escape: impl Fn(&str) -> Cow<'_, str>) -> String {
    let mut writer = builder.from_writer(Vec::new());
    let mut record = |fields: Vec<String>| {
        // Writing to memory cannot fail, and every record has as many fields as the header.
        let _ = writer.write_record(fields.iter().map(|field| escape(field).into_owned()));
    };
    if answer.stages.is_empty() {
        let names = answer.columns.iter().map(|column| column.name.clone());
        record(names.chain(["certainty".to_owned(), "evidence".to_owned()]).collect());
        for row in &answer.rows {
            record(fields(answer, row));
        }
    } else {
        record(vec!["stage".to_owned(), "text".to_owned()]);
        for stage in &answer.stages {
            record(vec![stage.name.to_owned(), stage.text.clone()]);
        }
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn fields(answer: &Answer, row: &Row) -> Vec<String> {
    let compared = row.cells.iter().filter_map(|cell| match cell {
        Cell::Compared(compared) => Some(compared.evidence.as_slice()),
        _ => None,
    });
    let cited: BTreeSet<usize> = compared.flatten().chain(&row.evidence).copied().collect();
    let places = located(answer, &cited.into_iter().collect::<Vec<_>>());
    let values = (0..answer.columns.len()).map(|position| row.cells.get(position).map_or_else(String::new, |cell| plain(cell, answer)));
    values.chain([row.certainty.word().to_owned(), places.join("; ")]).collect()
}

/// A cell as text; several values are joined by `; `, since a name may hold a comma.
fn plain(cell: &Cell, answer: &Answer) -> String {
    match cell {
        Cell::List(cells) => {
            let member = |cell: &Cell| match cell {
                // A list in a list keeps its brackets.
                Cell::List(_) => format!("[{cell}]"),
                cell => plain(cell, answer),
            };
            cells.iter().map(member).collect::<Vec<_>>().join("; ")
        }
        // A number in brackets would point at a list that is not there.
        Cell::Compared(compared) if !compared.evidence.is_empty() => {
            let unnumbered = Cell::Compared(Arc::new(ComparedCell { evidence: Vec::new(), ..compared.as_ref().clone() }));
            format!("{unnumbered} ({})", located(answer, &compared.evidence).join("; "))
        }
        other => other.to_string(),
    }
}

/// The places of items of evidence.
fn located(answer: &Answer, positions: &[usize]) -> Vec<String> {
    positions.iter().filter_map(|position| answer.evidence.get(*position)).map(|item| item.locator()).collect()
}

fn escaped(field: &str) -> Cow<'_, str> {
    if !field.contains(['\\', '\t', '\n', '\r']) {
        return Cow::Borrowed(field);
    }
    Cow::Owned(field.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r"))
}

#[cfg(test)]
mod tests {
    use super::super::{Page, samples};
    use super::{write_commas, write_tabs};

    #[test]
    fn commas_quote_what_needs_it() {
        assert_eq!(
            write_commas(&samples::adult_causes(), &Page::default()),
            "cause,of,population,hedge,certainty,evidence\n\
             breast cancer,opsoclonus-myoclonus syndrome,adult,most often,certain,\"oms-overview, sentence 17\"\n\
             lung cancer,opsoclonus-myoclonus syndrome,adult,most often,certain,\"oms-overview, sentence 17\"\n"
        );
        assert_eq!(
            write_commas(&samples::every_cell(), &Page::default()).lines().nth(1),
            Some(
                "neuroblastoma,\"a, \"\"b\"\"\",true,45,45%,may,OMS; ,neuroblastoma -causes-> OMS,\"contested, frequency 50-80% (oms-overview, sentences 3, 4, PMID:1, 7 of 12)\",possible,\
                 \"oms-overview, sentence 1; oms-overview, sentences 3, 4, PMID:1, 7 of 12\""
            )
        );
        assert_eq!(write_commas(&samples::nothing(), &Page::default()), "cause,certainty,evidence\n");
    }

    #[test]
    fn tabs_escape_and_never_quote() {
        let text = write_tabs(&samples::named("a\tb\\\n\"c\", d"), &Page::default());
        let name = "a\\tb\\\\\\n\"c\", d";
        assert_eq!(text, format!("cause\tnote\tcertainty\tevidence\n{name}\t{name}\tcertain\toms-overview, sentence 1\n"));
        assert_eq!(
            write_tabs(&samples::explained(), &Page::default()),
            "stage\ttext\nalgebra\tscan causes\\n  keep\npattern\tMATCH (t)-[r:CAUSES]->(d)\n"
        );
    }
}
