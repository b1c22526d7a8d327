//! Tests of scripts and sessions: files that are run, records, names, parameters, settings.

use std::fs;
use std::path::Path;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::{Failure, Flow, Settings, Shell, inputs};
use crate::render::Page;
use crate::session::Session;

fn shell() -> Shell {
    let settings = Settings { page: Page { width: Some(80), ..Page::default() }, ..Settings::default() };
    Shell::new(Session::open("oms").unwrap(), settings)
}

/// What an input shows, and what is wrong with it.
fn outcome(shell: &mut Shell, input: &str) -> (String, String) {
    let mut out = Vec::new();
    let wrong = match shell.submit(input, &mut out) {
        Ok(flow) => {
            assert_eq!(flow, Flow::Continue, "{input}");
            String::new()
        }
        Err(Failure::Complaints(complaints)) => complaints.to_string(),
        Err(Failure::Output(error)) => panic!("{error}"),
    };
    (String::from_utf8(out).unwrap(), wrong)
}

fn said(shell: &mut Shell, input: &str) -> String {
    let (shown, wrong) = outcome(shell, input);
    assert_eq!(wrong, "", "{input}");
    shown
}

fn refused(shell: &mut Shell, input: &str) -> String {
    let (_, wrong) = outcome(shell, input);
    assert_ne!(wrong, "", "{input}");
    wrong
}

fn put(folder: &Path, name: &str, text: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_file_is_run_up_to_the_first_failure() {
    let folder = tempfile::tempdir().unwrap();
    let inner = "count it\n\ncauses of opsoclnus\ncount symptoms\n";
    fs::create_dir(folder.path().join("more")).unwrap();
    put(folder.path(), "more/inner.oms", inner);
    let outer = put(
        folder.path(),
        "outer.oms",
        "\u{FEFF}-- who?\r\ncauses where\r\n  population = adult\r\n:source more/inner.oms\r\nsymptoms\r\n",
    );
    let mut shell = shell();
    let (shown, wrong) = outcome(&mut shell, &format!(":source {outer}"));
    assert!(shown.contains("lung cancer") && shown.contains("count") && !shown.contains("vomiting"), "{shown}");
    assert!(wrong.contains("inner.oms:3:11: nothing in the graph is called 'opsoclnus'"), "{wrong}");
    assert!(wrong.contains("outer.oms', line 4") && wrong.contains("was not run"), "{wrong}");
    // Whatever failed, the next input is a new one.
    assert!(said(&mut shell, "count symptoms").contains("14"));
}

#[test]
fn files_that_run_one_another_come_to_an_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut shell = shell();
    put(folder.path(), "b.oms", ":read a.oms\n");
    let a = put(folder.path(), "a.oms", ":source b.oms\n");
    let wrong = refused(&mut shell, &format!(":source {a}"));
    assert!(wrong.contains("without end") && wrong.contains("a.oms runs b.oms runs a.oms"), "{wrong}");
    for depth in 0..20 {
        put(folder.path(), &format!("{depth}.oms"), format!(":source {}.oms\n", depth + 1));
    }
    let wrong = refused(&mut shell, &format!(":source {}", folder.path().join("0.oms").display()));
    assert!(wrong.contains("more than 16 files"), "{wrong}");
}

#[test]
fn quit_ends_a_file_and_nothing_more() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "inner.oms", "count causes\n:quit\nnonsense here\n");
    let outer = put(folder.path(), "outer.oms", ":source inner.oms\ncount symptoms\n");
    assert!(said(&mut shell(), &format!(":source \"{outer}\"")).contains("14"));
}

#[test]
fn what_cannot_be_run_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut shell = shell();
    assert!(refused(&mut shell, ":source").contains("needs the name of a file"));
    assert!(refused(&mut shell, ":source no/such/file").contains("there is no such file"));
    assert!(refused(&mut shell, &format!(":source {}", folder.path().display())).contains("it is a folder"));
    let latin = put(folder.path(), "latin.oms", b"causes\nfind \"na\xEFve\"\n");
    let wrong = refused(&mut shell, &format!(":source {latin}"));
    assert!(wrong.contains("latin.oms:2:9: this is not UTF-8"), "{wrong}");
    assert_eq!(said(&mut shell, &format!(":source {}", put(folder.path(), "empty.oms", ""))), "");
}

/// The blocks of code of a page, by language, as a reader of Markdown finds them.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut inside = false;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &*info == language => {
                inside = true;
                blocks.push(String::new());
            }
            Event::End(TagEnd::CodeBlock) => inside = false,
            Event::Text(words) if inside => blocks.last_mut().unwrap().push_str(&words),
            _ => {}
        }
    }
    blocks
}

/// The rows of all tables of a page, headings included.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut inside = false;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => {
                rows.last_mut().unwrap().push(String::new());
                inside = true;
            }
            Event::End(TagEnd::TableCell) => inside = false,
            Event::Text(words) if inside => rows.last_mut().unwrap().last_mut().unwrap().push_str(&words),
            _ => {}
        }
    }
    rows
}

const ASKED: &[&str] = &[
    "causes where population = adult",
    "let ad = causes where population = adult",
    "effects of it",
    "why 1",
    "compare symptoms of OMS across source",
    "causes where frequency > 99%",
    ":param least=1",
    "MATCH (t)-[r:CAUSES]->(d) WHERE $least = 1 RETURN t.name, count(*) AS n",
    "find \"```\"",
    "count ad",
    ":open oms",
    "explain causes",
];

fn recorded(file: &Path) -> String {
    let mut shell = shell();
    assert!(said(&mut shell, &format!(":record {}", file.display())).contains("records from now on"));
    shell.notes("-- What is it *mistaken* for?\n\n-- ```\n");
    for input in ASKED {
        said(&mut shell, input);
    }
    refused(&mut shell, "causes of opsoclnus");
    said(&mut shell, ":help");
    assert!(said(&mut shell, ":record").contains("11 queries"));
    // Nothing is lost if the program ends here.
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains("opsoclnus") && !text.contains("## Sources cited"));
    assert!(said(&mut shell, ":record off").contains("is complete"));
    assert!(said(&mut shell, ":record off").contains("nothing was recorded"));
    fs::read_to_string(file).unwrap()
}

#[test]
fn a_record_is_markdown_whose_queries_can_be_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    let text = recorded(&folder.path().join("notes.md"));
    for words in ["Opsoclonus-myoclonus syndrome", "- program: oms ", "- data: `sha256:", "What is it *mistaken* for?", "## Sources cited"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let asked = blocks(&text, "oms");
    let again: Vec<&str> = asked.iter().map(|block| block.trim().trim_end_matches(';')).collect();
    assert_eq!(again, ASKED, "{text}");
    assert_eq!(blocks(&text, "oms-error"), ["causes of opsoclnus\n"]);
    assert!(blocks(&text, "text").iter().any(|block| block.contains("^^^^")));
    assert!(asked.iter().all(|block| inputs(block).len() == 1));
    // Asked again from the record itself, a new record has the same answers.
    let mut shell = shell();
    let second = folder.path().join("again.md");
    said(&mut shell, &format!(":record {}", second.display()));
    said(&mut shell, &format!(":source {}", folder.path().join("notes.md").display()));
    drop(shell);
    let repeated = fs::read_to_string(&second).unwrap();
    assert!(rows(&text).len() > 20);
    assert_eq!(rows(&repeated), rows(&text));
    assert_eq!(blocks(&repeated, "oms"), asked);
    assert!(repeated.contains("## Sources cited"), "leaving ends a record");
}

#[test]
fn a_file_that_is_no_record_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let notes = put(folder.path(), "notes.md", "# Mine\n");
    let mut shell = shell();
    let wrong = refused(&mut shell, &format!(":record {notes}"));
    assert!(wrong.contains("is no record") && wrong.contains(":record append"), "{wrong}");
    said(&mut shell, &format!(":record append {notes}"));
    said(&mut shell, "count symptoms");
    said(&mut shell, ":record off");
    assert!(fs::read_to_string(&notes).unwrap().starts_with("# Mine\n"));
    said(&mut shell, &format!(":record replace {notes}"));
    said(&mut shell, ":record off");
    assert!(!fs::read_to_string(&notes).unwrap().contains("# Mine"));
    // A record is continued.
    said(&mut shell, &format!(":record {notes}"));
    assert!(fs::read_to_string(&notes).unwrap().contains("continued"));
    let wrong = refused(&mut shell, ":record no/such/folder/notes.md");
    assert!(wrong.contains("folder that it is to stand in"), "{wrong}");
    // The one that was begun goes on.
    assert!(said(&mut shell, ":record").contains("notes.md"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_record_on_a_full_disk_is_told() {
    let mut shell = shell();
    assert!(refused(&mut shell, ":record /dev/full").contains("cannot be written"));
}

#[test]
fn names_and_parameters_are_listed_and_taken_away() {
    let mut shell = shell();
    assert!(said(&mut shell, ":let").contains("nothing has a name"));
    said(&mut shell, "let ad = causes where population = adult");
    assert!(said(&mut shell, ":let").contains("ad  2 entities, 2 rows: `causes where population = adult`"));
    assert!(said(&mut shell, ":let AD").contains("2 rows"));
    assert!(refused(&mut shell, ":let add").contains("did you mean 'ad'"));
    assert!(refused(&mut shell, ":let x = causes").contains("`let x = causes`"));
    said(&mut shell, ":let forget ad");
    assert!(refused(&mut shell, "count ad").contains("ad"));
    said(&mut shell, "let ad = causes");
    said(&mut shell, ":open oms");
    assert!(said(&mut shell, ":let").contains("nothing has a name"));
    said(&mut shell, ":param least=5");
    assert!(said(&mut shell, ":param $least").contains('5'));
    assert!(refused(&mut shell, ":param leas").contains("did you mean '$least'"));
    said(&mut shell, ":param unset least");
    assert!(refused(&mut shell, ":param unset least").contains("has no value"));
    assert!(refused(&mut shell, "MATCH (n) RETURN $least;").contains("least"));
}

#[test]
fn settings_are_shown_and_made() {
    let mut shell = shell();
    assert!(said(&mut shell, ":config").contains("prompt"));
    assert!(said(&mut shell, ":config prompt = \"? \"").contains("is '? ' for this session"));
    assert!(said(&mut shell, ":config prompt").contains("'? '  (this session)"));
    said(&mut shell, ":set format csv");
    assert!(said(&mut shell, "causes where population = adult").starts_with("cause,"));
    assert!(refused(&mut shell, ":config fromat csv").contains("did you mean 'format'"));
    assert!(refused(&mut shell, ":config format cvs").contains("markdown"));
    assert!(refused(&mut shell, ":config graph x.oms").contains("`:open x.oms`"));
    // The commands of the same settings and the settings are one.
    said(&mut shell, ":rows 2,000");
    assert!(said(&mut shell, ":config rows").contains("2000  (this session)"));
    said(&mut shell, ":config pager always");
    assert!(said(&mut shell, ":pager").contains("whatever its length"));
    said(&mut shell, ":config timing true");
    assert!(said(&mut shell, ":timing").contains("timing is off"));
    assert!(refused(&mut shell, ":config rows 0").contains("above 0"));
}

#[test]
fn colours_are_shown_and_made() {
    let mut shell = shell();
    assert!(said(&mut shell, ":config colours").contains("  keyword    bold blue  "));
    assert!(
        said(&mut shell, ":config colours.keyword bold  Red").contains("keyword is bold red for this session; but nothing is coloured")
    );
    let shown = said(&mut shell, ":config colours.keyword");
    assert!(shown.starts_with("  keyword    bold red  ") && shown.ends_with("a word of the language  (this session)\n"), "{shown}");
    assert!(said(&mut shell, ":config").contains("colours.keyword  bold red  (this session)"));
    said(&mut shell, ":config colors.keyword = usual");
    assert!(!said(&mut shell, ":config").contains("colours.keyword"));
    assert!(
        refused(&mut shell, ":config colours.keywrd red")
            .starts_with("command:1:17: nothing is coloured as 'keywrd'; did you mean 'keyword'?")
    );
    assert!(refused(&mut shell, ":config colours.field bold redd").starts_with("command:1:28: 'redd' is no colour; did you mean 'red'?"));
    assert!(refused(&mut shell, ":config palette loud").contains("palettes are usual, bright, mono"));
    assert!(said(&mut shell, ":config palette mono").contains("but nothing is coloured here"));
    shell.settings.page.colour = true;
    assert!(said(&mut shell, ":config colours").contains("  \u{1b}[1mkeyword\u{1b}[0m"));
}

#[test]
fn a_receipt_is_shown_written_and_verified() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("r.json");
    let mut shell = shell();
    assert!(refused(&mut shell, ":receipt").contains("nothing was answered"));
    said(&mut shell, "causes where population = adult");
    said(&mut shell, "effects of it");
    let shown = said(&mut shell, ":receipt");
    assert!(shown.contains("causes where population = adult") && shown.contains("sha256:"), "{shown}");
    said(&mut shell, &format!(":receipt {}", file.display()));
    said(&mut shell, "symptoms");
    assert!(said(&mut shell, &format!(":verify {}", file.display())).contains("still the same"));
    assert!(said(&mut shell, "count it").contains("14"));
    said(&mut shell, ":format json");
    assert!(said(&mut shell, &format!(":verify {}", file.display())).contains("\"verdict\":\"same\""));
    assert!(refused(&mut shell, ":verify").contains("needs the name"));
    assert!(refused(&mut shell, ":verify no.json").contains("cannot be read"));
}
