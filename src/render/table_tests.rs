//! Tests of how rows look to people: the table, blocks where it does not fit, and Markdown.

use super::text::width;
use super::{Format, Page, render, samples};
use crate::answer::{Answer, Cell};

fn written(answer: &Answer, format: &str, page: Page) -> String {
    render(answer, Format::named(format).unwrap(), &page)
}

fn table(answer: &Answer, columns: Option<usize>) -> String {
    written(answer, "table", Page { width: columns, colour: false, unicode: true })
}

#[test]
fn rows_stand_in_a_frame_with_evidence_and_footers_below() {
    let expected = "\
┌───────────────┬───────────────────────────────┬────────────┬────────────┬──────────┐
│ cause         │ of                            │ population │ hedge      │ evidence │
├───────────────┼───────────────────────────────┼────────────┼────────────┼──────────┤
│ breast cancer │ opsoclonus-myoclonus syndrome │ adult      │ most often │ [1]      │
│ lung cancer   │ opsoclonus-myoclonus syndrome │ adult      │ most often │ [1]      │
└───────────────┴───────────────────────────────┴────────────┴────────────┴──────────┘
[1] Lung and breast cancer are the usual causes in adults. (oms-overview, sentence 17)
2 rows
3 rows left out: not stated, or too vague to tell (`possibly` keeps them)
1 denial met and left out (`where denied` lists them)
";
    assert_eq!(table(&samples::adult_causes(), None), expected);
    assert_eq!(table(&samples::adult_causes(), Some(100)), expected);
}

#[test]
fn a_narrow_terminal_wraps_between_words() {
    let expected = "\
in every row: of = opsoclonus-myoclonus syndrome
┌───────────────┬────────────┬────────────┬──────────┐
│ cause         │ population │ hedge      │ evidence │
├───────────────┼────────────┼────────────┼──────────┤
│ breast cancer │ adult      │ most often │ [1]      │
│ lung cancer   │ adult      │ most often │ [1]      │
└───────────────┴────────────┴────────────┴──────────┘
[1] Lung and breast cancer are the usual causes in adults.
    (oms-overview, sentence 17)
";
    let text = table(&samples::adult_causes(), Some(58));
    assert!(text.starts_with(expected), "{text}");
}

#[test]
fn a_very_narrow_terminal_gets_a_block_a_row() {
    let text = table(&samples::adult_causes(), Some(20));
    assert!(text.starts_with("in every row: of =\nopsoclonus-myoclonus\nsyndrome\n"), "{text}");
    assert!(text.contains("\nevidence: [1]\n\ncause: lung cancer\n"), "{text}");
}

#[test]
fn nothing_is_wider_than_the_page() {
    for answer in
        [samples::adult_causes(), samples::every_cell(), samples::counts(), samples::nothing(), samples::named("眼球 運動 👁\u{fe0f} x")]
    {
        for columns in 20..160 {
            for line in table(&answer, Some(columns)).lines() {
                assert!(width(line) <= columns, "{columns}: {line}");
            }
        }
    }
}

#[test]
fn counts_are_aligned_right_and_wide_characters_keep_the_frame() {
    let expected = "\
┌─────────────┬────────┐
│ population  │ causes │
├─────────────┼────────┤
│ adult       │      2 │
│ young child │     11 │
└─────────────┴────────┘
2 rows
";
    assert_eq!(table(&samples::counts(), Some(80)), expected);
    let mut wide = samples::counts();
    wide.rows[0].cells[0] = Cell::Text("眼球運動 👁\u{fe0f}".into());
    let text = table(&wide, Some(80));
    let framed: Vec<usize> = text.lines().take(6).map(width).collect();
    assert_eq!(framed, [24; 6], "{text}");
}

#[test]
fn every_sort_of_cell_has_its_words() {
    let text = table(&samples::every_cell(), None);
    for expected in [
        "jointly with",
        "│    45 │",
        " 45% ",
        " may ",
        "neuroblastoma -causes-> OMS",
        "contested, frequency 50-80% [1]",
        " possible ",
        " [1] [2] ",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    assert!(
        text.ends_with(
            "[1] It may. (oms-overview, sentences 3, 4, PMID:1, 7 of 12)\n    \"It may be so.\"\n[2] It is. (oms-overview, sentence 1)\n\
             1 row (1 only possible)\nwarning: look\n"
        ),
        "{text}"
    );
}

#[test]
fn without_rows_the_explanation_stands_alone() {
    assert_eq!(table(&samples::nothing(), Some(80)), "no cause has population = boy\npopulations of causes: adult (2)\n");
}

#[test]
fn stages_stand_under_headings() {
    assert_eq!(table(&samples::explained(), Some(80)), "algebra\nscan causes\n  keep\n\npattern\nMATCH (t)-[r:CAUSES]->(d)\n");
}

#[test]
fn colour_marks_the_parts_and_nothing_else_differs() {
    let coloured = written(&samples::every_cell(), "table", Page { width: None, colour: true, unicode: true });
    for expected in
        ["\u{1b}[1mcause\u{1b}[0m", "\u{1b}[36mneuroblastoma\u{1b}[0m", "\u{1b}[33mpossible\u{1b}[0m", "\u{1b}[2m[1] [2]\u{1b}[0m"]
    {
        assert!(coloured.contains(expected), "{expected:?}\n{coloured}");
    }
    let bare: String =
        coloured.split('\u{1b}').enumerate().map(|(at, part)| if at == 0 { part } else { part.split_once('m').unwrap().1 }).collect();
    assert_eq!(bare, table(&samples::every_cell(), None));
    for columns in [20, 60] {
        assert!(!table(&samples::every_cell(), Some(columns)).contains('\u{1b}'));
    }
}

#[test]
fn markdown_is_a_table_a_list_and_footers() {
    let expected = "\
| cause | of | population | hedge | evidence |
| --- | --- | --- | --- | --- |
| breast cancer | opsoclonus-myoclonus syndrome | adult | most often | \\[1\\] |
| lung cancer | opsoclonus-myoclonus syndrome | adult | most often | \\[1\\] |

1. Lung and breast cancer are the usual causes in adults. (oms-overview, sentence 17)

*2 rows*  
*3 rows left out: not stated, or too vague to tell (\\`possibly\\` keeps them)*  
*1 denial met and left out (\\`where denied\\` lists them)*
";
    assert_eq!(written(&samples::adult_causes(), "md", Page::default()), expected);
    assert!(written(&samples::counts(), "md", Page::default()).starts_with("| population | causes |\n| --- | ---: |\n"));
    assert!(
        written(&samples::every_cell(), "md", Page::default())
            .contains("2. It may. (oms-overview, sentences 3, 4, PMID:1, 7 of 12)\\\n   \"It may be so.\"\n")
    );
    assert_eq!(
        written(&samples::explained(), "md", Page::default()),
        "### algebra\n\n```\nscan causes\n  keep\n```\n\n### pattern\n\n```\nMATCH (t)-[r:CAUSES]->(d)\n```\n"
    );
}

#[test]
fn markdown_shows_any_name_as_it_is() {
    let text = written(&samples::named("a|b\\*c_<d>&`[e]\nf"), "md", Page::default());
    let escaped = "a\\|b\\\\\\*c\\_&lt;d&gt;&amp;\\`\\[e\\]\\\\nf";
    assert_eq!(text.lines().nth(2), Some(format!("| {escaped} | {escaped} | \\[1\\] |").as_str()));
    let list = written(&samples::named("# 1"), "md", Page::default());
    assert!(list.contains("\n1. \\# 1 ("), "{list}");
    assert!(written(&samples::named("3. x"), "md", Page::default()).contains("\n1. 3\\. x ("));
}
