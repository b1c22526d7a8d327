//! CSV and TSV: rows for spreadsheets and scripts, with names and the places that they cite.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::Arc;

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::answer::{Answer, Cell, ComparedCell, RelationRecord, Row, Subgraph};

use super::Page;
use super::graph_words::{jointly_with, locators};

/// Writes the rows with commas and with quotation marks where a field needs them, as RFC 4180 has it, but for the ends of
/// lines: a bare line feed, so that line tools can work on the rows.
///
/// The columns of the answer, then `certainty`, then `evidence`: what the row cites, as places joined by `; `. Values are
/// written as they are: none is guarded against a spreadsheet that takes it for a formula.
pub(super) fn write_commas(answer: &Answer, _page: &Page) -> String {
    write(answer, &commas(), |field| Cow::Borrowed(field))
}

/// Writes a row for each relation of a graph: its ends by name and by id, its type and statement, its qualifiers, its evidence.
pub(super) fn write_graph_commas(graph: &dyn Subgraph, out: &mut dyn Write) -> io::Result<()> {
    write_graph(graph, &commas(), |field| Cow::Borrowed(field), out)
}

fn commas() -> WriterBuilder {
    let mut builder = WriterBuilder::new();
    builder.terminator(Terminator::Any(b'\n'));
    builder
}

/// Writes the rows with tabs between the fields and no quotation marks: a tab within a field is `\t`, a line break `\n`, a
/// carriage return `\r`, a backslash `\\`.
pub(super) fn write_tabs(answer: &Answer, _page: &Page) -> String {
    write(answer, &tabs(), escaped)
}

/// The rows of [`write_graph_commas`], written so.
pub(super) fn write_graph_tabs(graph: &dyn Subgraph, out: &mut dyn Write) -> io::Result<()> {
    write_graph(graph, &tabs(), escaped, out)
}

fn tabs() -> WriterBuilder {
    let mut builder = WriterBuilder::new();
    builder.delimiter(b'\t').quote_style(QuoteStyle::Never).terminator(Terminator::Any(b'\n'));
    builder
}

/// Which of the columns that may be empty hold anything.
#[derive(Default)]
struct Filled {
    jointly: bool,
    hedge: bool,
    denied: bool,
    qualifiers: BTreeSet<usize>,
}

fn write_graph(
    graph: &dyn Subgraph,
    builder: &WriterBuilder,
    escape: impl Fn(&str) -> Cow<'_, str>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut filled = Filled::default();
    graph.relations(&mut |relation| {
        filled.jointly |= !relation.jointly_with.is_empty();
        filled.hedge |= relation.hedge.is_some();
        filled.denied |= relation.denied;
        relation.qualifiers.iter().for_each(|(place, _)| {
            filled.qualifiers.insert(*place);
        });
        Ok(())
    })?;
    let words = graph.words();
    let mut writer = builder.from_writer(out);
    let mut names = vec!["from", "from id", "relation", "to", "to id", "statement"];
    names.extend(filled.jointly.then_some("jointly"));
    names.extend(filled.qualifiers.iter().map(|place| words.qualifiers[*place].id.as_str()));
    names.extend(filled.hedge.then_some("hedge"));
    names.extend(filled.denied.then_some("denied"));
    names.push("evidence");
    writer.write_record(names.into_iter().map(|name| escape(name).into_owned())).map_err(io::Error::other)?;
    graph.relations(&mut |relation| {
        let fields = graph_fields(relation, words.relation_type(relation), &filled);
        fields.iter().try_for_each(|field| writer.write_field(escape(field).as_bytes()))?;
        writer.write_record(None::<&[u8]>).map_err(io::Error::other)
    })?;
    writer.flush()
}

/// The fields of one relation of a graph.
fn graph_fields<'r>(relation: &'r RelationRecord<'_>, relation_type: &'r str, filled: &Filled) -> Vec<Cow<'r, str>> {
    let (from, to) = (&relation.from, &relation.to);
    let mut fields: Vec<Cow<'_, str>> =
        vec![from.called().into(), from.id.into(), relation_type.into(), to.called().into(), to.id.into(), (&*relation.statement).into()];
    if filled.jointly {
        fields.push(jointly_with(relation).into());
    }
    for place in &filled.qualifiers {
        let cell = relation.qualifiers.iter().find(|(known, _)| known == place);
        fields.push(cell.map_or(Cow::Borrowed(""), |(_, cell)| super::graph_words::plain(cell).into()));
    }
    if filled.hedge {
        fields.push(relation.hedge.as_ref().map(ToString::to_string).unwrap_or_default().into());
    }
    if filled.denied {
        fields.push(relation.denied.to_string().into());
    }
    fields.push(locators(relation).into());
    fields
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
