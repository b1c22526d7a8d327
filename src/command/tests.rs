//! Tests of the commands: what each does, and what each says to the wrong words.

use std::fs;

use super::{CLAUSES, COMMANDS, FORMS, Failure, Flow, Settings, Shell, topics};
use crate::diagnostic::{Code, Complaints};
use crate::model::fold;
use crate::query::syntax::KEYWORDS;
use crate::render::{FORMATS, Page};
use crate::session::Session;

fn shell() -> Shell {
    let settings = Settings { page: Page { width: Some(80), colour: false, unicode: true }, ..Settings::default() };
    Shell::new(Session::open("oms").unwrap(), settings)
}

fn said(shell: &mut Shell, input: &str) -> String {
    let mut out = Vec::new();
    let flow = shell.submit(input, &mut out).unwrap_or_else(|failure| panic!("{input}: {failure}"));
    assert_eq!(flow, Flow::Continue, "{input}");
    String::from_utf8(out).unwrap()
}

fn refused(shell: &mut Shell, input: &str) -> Complaints {
    let mut out = Vec::new();
    match shell.submit(input, &mut out) {
        Err(Failure::Complaints(complaints)) => {
            assert!(out.is_empty(), "{input}");
            complaints
        }
        other => panic!("{input}: {other:?}"),
    }
}

fn code(complaints: &Complaints) -> Code {
    complaints.diagnostics()[0].code
}

#[test]
fn a_query_is_answered_in_the_current_format() {
    let mut shell = shell();
    assert!(said(&mut shell, "causes where population=adult").contains("lung cancer"));
    assert!(said(&mut shell, ":format json").contains("json"));
    assert!(said(&mut shell, "causes where population=adult").starts_with('{'));
    assert!(said(&mut shell, ":format").contains("json (now)"));
    let wrong = refused(&mut shell, ":format jsn");
    assert!(wrong.to_string().contains("did you mean 'json'"), "{wrong}");
}

#[test]
fn timing_is_told_where_it_is_wanted() {
    let mut shell = shell();
    assert_eq!(said(&mut shell, ":timing"), "timing is on\n");
    let answer = said(&mut shell, "causes");
    assert!(answer.lines().last().unwrap().starts_with("answered in "), "{answer}");
    assert_eq!(said(&mut shell, ":TIMING off"), "timing is off\n");
    assert!(!said(&mut shell, "causes").contains("answered in"));
    assert!(refused(&mut shell, ":timing maybe").to_string().contains(":timing [on|off]"));
}

#[test]
fn a_command_that_does_not_exist_suggests_the_nearest() {
    let mut shell = shell();
    let wrong = refused(&mut shell, ":hlep");
    assert_eq!(code(&wrong), Code::BadCommand);
    assert!(wrong.to_string().contains("did you mean ':help'"), "{wrong}");
    for input in [":", ": help", ":\u{1f600}", ":quit now", ":history many", ":schema colours", ":explain"] {
        assert_eq!(code(&refused(&mut shell, input)), Code::BadCommand, "{input}");
    }
}

#[test]
fn quit_has_three_names() {
    for input in [":quit", ":q", " :EXIT \n"] {
        assert_eq!(shell().submit(input, &mut Vec::new()).unwrap(), Flow::Quit);
    }
}

#[test]
fn export_writes_the_last_answer_in_the_format_of_the_extension() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("of causes.csv");
    let command = format!(":export \"{}\"", file.display());
    let mut shell = shell();
    assert_eq!(code(&refused(&mut shell, &command)), Code::NoLastAnswer);
    said(&mut shell, "causes where population = adult");
    said(&mut shell, "explain causes");
    assert!(said(&mut shell, &command).starts_with("2 rows written to "));
    let rows = fs::read_to_string(&file).unwrap();
    assert!(rows.contains("lung cancer"), "{rows}");
    let drawing = folder.path().join("view.dot");
    let written = said(&mut shell, &format!(":export {}", drawing.display()));
    assert!(written.contains("entities and 2 relations"), "{written}");
    assert!(fs::read_to_string(&drawing).unwrap().contains("digraph"));
}

#[test]
fn export_that_fails_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut shell = shell();
    said(&mut shell, "causes");
    for (input, wanted) in [
        (":export".to_owned(), Code::BadCommand),
        (":export causes".to_owned(), Code::BadCommand),
        (format!(":export {}/none/causes.csv", folder.path().display()), Code::Unwritable),
    ] {
        assert_eq!(code(&refused(&mut shell, &input)), wanted, "{input}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_graph_that_cannot_be_opened_leaves_the_open_one() {
    let mut shell = shell();
    assert!(said(&mut shell, ":open").starts_with("oms: Opsoclonus-myoclonus syndrome, "));
    let wrong = refused(&mut shell, ":open no/such/folder");
    assert_eq!(wrong.class().exit_status(), 3);
    assert!(said(&mut shell, "causes where population=adult").contains("lung cancer"));
    assert!(said(&mut shell, ":open oms").contains("64 entities"));
    assert_eq!(code(&refused(&mut shell, ":export a.csv")), Code::NoLastAnswer);
}

#[test]
fn schema_and_explain_and_history_show_what_they_promise() {
    let mut shell = shell();
    assert!(said(&mut shell, ":schema").contains("has_symptom"));
    assert!(said(&mut shell, ":schema kinds").contains("body_part"));
    assert!(said(&mut shell, ":schema qualifiers").contains("frequency"));
    let explained = said(&mut shell, ":explain causes");
    assert_eq!(explained, said(&mut shell, "explain causes"));
    assert_eq!(explained, said(&mut shell, ":explain explain causes"));
    shell.set_history(vec!["one".to_owned()]);
    for entry in ["two", "two", "three\nfour"] {
        shell.remember(entry);
    }
    assert_eq!(said(&mut shell, ":history"), "1  one\n2  two\n3  three\n   four\n");
    assert_eq!(said(&mut shell, ":history 1"), "3  three\n   four\n");
}

#[test]
fn every_topic_can_be_looked_up() {
    let mut shell = shell();
    let mut words: Vec<String> = topics(shell.session()).into_iter().flat_map(|topic| topic.names).collect();
    words.extend(KEYWORDS.iter().map(|keyword| keyword.word.to_owned()));
    words.extend(COMMANDS.iter().map(|command| command.name.to_owned()));
    words.extend(FORMATS.iter().map(|format| format.name.to_owned()));
    words.extend(Code::ALL.iter().map(|code| code.word().to_owned()));
    words.extend(super::help::GATHERED.iter().map(|(name, _)| (*name).to_owned()));
    words.extend(["symptom", "lung cancer", "IVIg", "`where`", "young children"].map(str::to_owned));
    for word in words {
        let text = said(&mut shell, &format!(":help {word}"));
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{word}:\n{text}");
    }
    let wrong = refused(&mut shell, ":help wehre");
    assert!(wrong.to_string().contains("'where'"), "{wrong}");
    assert_eq!(code(&refused(&mut shell, ":help zzzzzzzz")), Code::BadCommand);
}

#[test]
fn help_alone_is_one_screen() {
    let mut shell = shell();
    let text = said(&mut shell, ":help");
    assert!(text.lines().count() <= 23, "{} lines", text.lines().count());
    for command in COMMANDS {
        assert!(text.contains(&format!(":{}", command.name)), "{}", command.name);
    }
    let examples = said(&mut shell, ":help examples");
    for question in Session::open("oms").unwrap().questions() {
        let first = question.query.split(' ').next().unwrap();
        assert!(examples.contains(first), "{}", question.query);
    }
}

#[test]
fn every_form_is_answered_as_it_says() {
    let mut shell = shell();
    for form in FORMS {
        for example in form.examples {
            if form.answered {
                said(&mut shell, example);
            } else {
                assert_eq!(code(&refused(&mut shell, example)), Code::NotSupported, "{example}");
            }
        }
    }
}

#[test]
fn every_clause_is_answered_as_it_says() {
    let mut shell = shell();
    for clause in CLAUSES {
        assert!(said(&mut shell, clause.example).contains("row"), "{}", clause.example);
    }
}

#[test]
fn names_of_commands_and_forms_are_given_once() {
    let mut names: Vec<String> =
        COMMANDS.iter().flat_map(|command| std::iter::once(&command.name).chain(command.aliases)).map(|name| fold(name)).collect();
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count);
    let mut forms: Vec<&str> = FORMS.iter().flat_map(|form| std::iter::once(&form.name).chain(form.aliases)).copied().collect();
    let count = forms.len();
    forms.sort_unstable();
    forms.dedup();
    assert_eq!(forms.len(), count);
}

#[test]
fn whatever_is_typed_ends_in_an_answer_or_a_complaint() {
    let mut shell = shell();
    let long = "causes of ".repeat(200_000);
    for input in ["", ";", "\0", "\u{1b}[31m", ":\0", ":help \u{202e}", "(((((", "\"", &long, ":export \0.csv", ":open \0"] {
        let _ = shell.submit(input, &mut Vec::new());
    }
}
