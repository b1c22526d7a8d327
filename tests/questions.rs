//! The questions that the graph was curated to answer: each query must give the answer written beside it.

use oms_graph::Session;
use oms_graph::answer::{Answer, Cell, ColumnType};
use oms_graph::formats::Expected;

#[test]
fn every_question_gets_its_answer() {
    let mut failures = Vec::new();
    let questions = Session::open("oms").expect("the embedded graph opens").questions().to_vec();
    assert!(questions.len() >= 30, "only {} questions", questions.len());
    assert_eq!(questions.iter().filter(|question| question.featured).count(), 3);
    for question in questions {
        let mut session = Session::open("oms").expect("the embedded graph opens");
        match session.ask(&question.query) {
            Err(complaints) => failures.push(format!("{}\n  {}\n  {complaints}", question.text, question.query)),
            Ok(answer) => {
                let found = match &question.expected {
                    Expected::Names(_) => Expected::Names(first_entities(&answer)),
                    Expected::Count(_) => Expected::Count(counts(&answer).first().map_or(-1, |(_, count)| *count)),
                    Expected::Counts(_) => Expected::Counts(counts(&answer)),
                };
                if found != question.expected {
                    failures
                        .push(format!("{}\n  {}\n  expected {:?}\n  found    {found:?}", question.text, question.query, question.expected));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

/// The names of the entities in the first column of entities, each once.
fn first_entities(answer: &Answer) -> Vec<String> {
    let mut names = Vec::new();
    let Some(column) = answer.columns.iter().position(|column| column.column_type == ColumnType::Entity) else {
        return names;
    };
    for row in &answer.rows {
        if let Cell::Entity(entity) = &row.cells[column]
            && !names.contains(&entity.name)
        {
            names.push(entity.name.clone());
        }
    }
    names
}

/// The count of each row, under what it is counted by.
fn counts(answer: &Answer) -> Vec<(String, i64)> {
    let label = |cell: &Cell| if *cell == Cell::Absent { "not stated".to_owned() } else { cell.to_string() };
    let count = |cells: &[Cell]| match cells.last() {
        Some(Cell::Integer(count)) => *count,
        _ => -1,
    };
    answer.rows.iter().map(|row| (label(&row.cells[0]), count(&row.cells))).collect()
}
