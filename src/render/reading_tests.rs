//! Tests of what a reader at a prompt gets: numbered rows, records, marks, merged evidence, and `why` in full.

use std::sync::Arc;
use std::time::Duration;

use super::text::width;
use super::{Look, Page, Read, read, samples};
use crate::answer::{Answer, Cell, ColumnType, ComparedCell, Evidence, Justification, Sentence, Status};
use crate::model::Quantity;

fn page(columns: usize) -> Page {
    Page { width: Some(columns), colour: false, ..Page::default() }
}

fn at_prompt(answer: &Answer, columns: usize) -> Read {
    read(answer, &page(columns), &Look { numbers: true, rows: Some(3), taken: Some(Duration::from_micros(1_300)), ..Look::default() })
}

fn place(publication: &str) -> Evidence {
    Evidence {
        claim: String::new(),
        publication: Some(publication.to_owned()),
        source: Some("atlas".to_owned()),
        sentences: Vec::new(),
        ..samples::evidence("e", "", 1)
    }
}

fn many(rows: usize) -> Answer {
    let mut answer = samples::counts();
    let row = answer.rows[0].clone();
    answer.rows = vec![row; rows];
    answer
}

#[test]
fn rows_are_numbered_and_the_footer_tells_the_time() {
    let Read { rows, footer } = at_prompt(&samples::counts(), 80);
    assert!(rows.starts_with("┌───┬─────────────┬────────┐\n│ # │ population  │ causes │\n"), "{rows}");
    assert!(rows.contains("│ 2 │ young child │     11 │\n"), "{rows}");
    assert_eq!(footer, "2 rows in 1.3 ms\n");
    // Where it has no room, the frame comes first.
    assert!(at_prompt(&samples::counts(), 26).rows.starts_with("┌─────────────┬────────┐\n"));
    let nothing = at_prompt(&samples::nothing(), 80);
    assert_eq!(nothing.footer, "no cause has population = boy\npopulations of causes: adult (2)\n0 rows in 1.3 ms\n");
}

#[test]
fn more_rows_than_wanted_are_told_not_shown() {
    let Read { rows, footer } = at_prompt(&many(4_003), 200);
    assert_eq!(rows.lines().filter(|line| line.contains("adult")).count(), 3, "{rows}");
    assert!(footer.starts_with("4,003 rows in 1.3 ms\n... 4,000 more, not shown: `:rows all` shows them"), "{footer}");
    let all = read(&many(50), &page(80), &Look::default());
    assert_eq!((all.rows.lines().count(), all.footer.as_str()), (54, "50 rows\n"));
}

#[test]
fn a_record_has_a_line_a_field_and_its_evidence() {
    let record = read(&samples::adult_causes(), &page(60), &Look { only: Some(1), ..Look::default() });
    let expected = "\
── row 2 of 2 ──────────────────────────────────────────────
cause       lung cancer
of          opsoclonus-myoclonus syndrome
population  adult
hedge       most often
evidence
  [1] Lung and breast cancer are the usual causes in adults.
      (oms-overview, sentence 17)

";
    assert_eq!((record.rows.as_str(), record.footer.as_str()), (expected, ""));
    let all = read(&samples::every_cell(), &page(60), &Look { expanded: true, ..Look::default() });
    assert!(all.rows.contains("match") && all.footer.starts_with("1 row (1 only possible)\n"), "{all:?}");
}

#[test]
fn what_cites_the_same_shares_a_number_and_places_of_a_source_a_paragraph() {
    let mut answer = many(3);
    answer.evidence = ["PMID:1", "PMID:2", "PMID:1", "PMID:3", "PMID:4", "PMID:5"].map(place).to_vec();
    answer.rows[0].evidence = vec![0, 1, 2];
    answer.rows[1].evidence = vec![2, 3, 4, 5];
    answer.rows[2].evidence = vec![5];
    let Read { rows, .. } = at_prompt(&answer, 80);
    assert!(rows.contains("│ [1] [2]   │") && rows.contains("│ [1] [3-5] │") && rows.contains("│ [5]       │"), "{rows}");
    assert!(rows.ends_with("\natlas: [1] PMID:1; [2] PMID:2; [3] PMID:3; [4] PMID:4; [5] PMID:5\n"), "{rows}");
}

#[test]
fn entities_of_one_name_are_told_apart() {
    let mut answer = samples::adult_causes();
    answer.rows[0].cells[0] = Cell::Entity(samples::entity("oms-2", "opsoclonus-myoclonus syndrome", "syndrome"));
    assert!(at_prompt(&answer, 200).rows.contains("opsoclonus-myoclonus syndrome (syndrome)"));
    answer.rows[0].cells[0] = Cell::Entity(samples::entity("oms-2", "opsoclonus-myoclonus syndrome", "disease"));
    let rows = at_prompt(&answer, 200).rows;
    assert!(rows.contains("opsoclonus-myoclonus syndrome (oms-2)") && rows.contains("opsoclonus-myoclonus syndrome (oms)"), "{rows}");
}

fn comparison() -> Answer {
    let cell = |status, figures: &[&str], evidence: Vec<usize>| {
        let figures = figures.iter().map(|figure| ("frequency".to_owned(), figure.parse::<Quantity>().unwrap())).collect();
        Cell::Compared(Arc::new(ComparedCell { status, figures, jointly: Vec::new(), evidence }))
    };
    let mut answer = samples::counts();
    answer.columns.truncate(1);
    answer.rows.truncate(1);
    answer.rows[0].cells.truncate(1);
    let cells = [
        ("adult", cell(Status::Reported, &["50-80%"], vec![0])),
        ("child", cell(Status::ReportedAbsent, &[], vec![1])),
        ("teen", cell(Status::Contested, &[], vec![0, 1])),
        ("not stated", cell(Status::NotReported, &[], Vec::new())),
    ];
    for (name, cell) in cells {
        answer.columns.push(samples::column(name, ColumnType::Text));
        answer.rows[0].cells.push(cell);
    }
    answer.evidence = vec![samples::evidence("a", "It is.", 1), samples::evidence("b", "It is not.", 2)];
    answer
}

#[test]
fn a_comparison_has_words_where_they_fit_and_marks_with_a_legend_elsewhere() {
    let wide = at_prompt(&comparison(), 120).rows;
    assert!(wide.contains("│ reported, frequency 50-80% [1] │ reported absent [2] │ contested [1] [2] │ not reported │"), "{wide}");
    assert!(!wide.contains('✓'), "{wide}");
    let narrow = at_prompt(&comparison(), 72).rows;
    assert!(narrow.contains("│ ✓ 50-80% [1] │ ✗ [2] │ ± [1] [2] │ ·          │"), "{narrow}");
    assert!(narrow.contains("✓ reported   ✗ reported absent   ± contested   · not reported\n"), "{narrow}");
    let block = at_prompt(&comparison(), 30).rows;
    assert!(block.contains("child: reported absent [2]\n") && block.contains("not stated: not reported\n"), "{block}");
    let coloured = read(&comparison(), &Page { width: Some(120), colour: true, ..Page::default() }, &Look::default()).rows;
    assert!(coloured.contains("\u{1b}[31mreported absent [2]\u{1b}[0m") && coloured.contains("\u{1b}[33mcontested"), "{coloured}");
}

#[test]
fn why_tells_the_claim_its_source_and_the_sentences_around() {
    let mut answer = samples::adult_causes();
    let sentence = |number, text: &str| Sentence { number, text: text.to_owned(), cited: number == 17 };
    let passage = vec![sentence(16, "Before it."), sentence(17, "The cited one."), sentence(18, "Behind it.")];
    let mut other = samples::adult_causes();
    other.view.relations.truncate(1);
    other.view.relations[0].denied = true;
    answer.justification = Some(Box::new(Justification { passages: vec![(0, passage)], beside: vec![other] }));
    let Read { rows, .. } = at_prompt(&answer, 80);
    for expected in [
        " opsoclonus-myoclonus syndrome\n  - ",
        "oms-overview, sentence 17",
        "       16  Before it.\n    >  17  The cited one.\n       18  Behind it.\n",
        "also said of it:\n  - denied: ",
    ] {
        assert!(rows.contains(expected), "{expected:?} in\n{rows}");
    }
}

#[test]
fn nothing_that_is_read_is_wider_than_the_page() {
    let mut why = samples::adult_causes();
    why.justification = Some(Box::default());
    for answer in
        [samples::adult_causes(), samples::every_cell(), comparison(), why, samples::named("眼球 運動 e\u{301}\u{301} 👁\u{fe0f} αβγ_δεζ")]
    {
        for columns in 20..200 {
            for look in [Look { numbers: true, ..Look::default() }, Look { expanded: true, ..Look::default() }] {
                let Read { rows, footer } = read(&answer, &page(columns), &look);
                for line in rows.lines().chain(footer.lines()) {
                    assert!(width(line) <= columns, "{columns}: {line}");
                }
            }
        }
    }
}

#[test]
fn evidence_is_numbered_as_the_rows_mention_it() {
    let mut answer = samples::adult_causes();
    let places = ["b", "c", "a"].map(|claim| samples::evidence(claim, &format!("It is {claim}."), 1));
    answer.evidence = places.iter().chain(&places).cloned().collect();
    answer.rows[0].evidence = vec![2, 5];
    answer.rows[1].evidence = vec![0, 3, 4];
    let text = read(&answer, &page(100), &Look::default()).rows;
    let below: Vec<&str> = text.lines().filter(|line| line.starts_with('[')).map(|line| line.split('.').next().unwrap_or(line)).collect();
    assert_eq!(below, ["[1] It is a", "[2] It is b", "[3] It is c"], "{text}");
    assert!(text.contains("[1] ") && text.contains("[2] [3]"), "{text}");
    // A row that is shown alone keeps the numbers that it has in the table.
    let record = read(&answer, &page(100), &Look { only: Some(1), ..Look::default() }).rows;
    assert!(record.contains("[2] It is b.") && record.contains("[3] It is c."), "{record}");
}

#[test]
fn much_evidence_does_not_push_the_rows_away() {
    let mut answer = samples::adult_causes();
    answer.evidence = (0..40).map(|at| samples::evidence("s", &format!("It is {at}."), 1)).collect();
    answer.rows[0].evidence = (0..40).collect();
    let lines = |look: &Look| read(&answer, &page(100), look).rows.lines().filter(|line| line.starts_with('[')).count();
    assert_eq!(lines(&Look { rows: Some(100), ..Look::default() }), 12);
    let text = read(&answer, &page(100), &Look { rows: Some(100), ..Look::default() }).rows;
    assert!(text.contains("28 more lines of evidence, not shown"), "{text}");
    assert_eq!(lines(&Look::default()), 40);
}
