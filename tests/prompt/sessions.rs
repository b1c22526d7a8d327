//! Files that are run, records, receipts and settings, as somebody at the prompt has them.

use std::fs;

use crate::screen::Screen;
use crate::terminal::{PROMPT, ask, leave, start, until};

#[test]
fn a_file_is_run_and_shows_its_queries() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("script.oms"), "-- who?\ncauses where\n  population = adult\ncount it\n").unwrap();
    fs::write(folder.path().join("wrong.oms"), "count symptoms\ncauses of opsoclnus\ncount causes\n").unwrap();
    let mut terminal = start(folder.path(), 100, false);
    until(&mut terminal, PROMPT);
    ask(&mut terminal, ":source script.oms");
    // The queries are shown as they would have been typed.
    until(&mut terminal, "population = adult");
    until(&mut terminal, "lung cancer");
    until(&mut terminal, "oms> count it");
    until(&mut terminal, PROMPT);
    ask(&mut terminal, ":source wrong.oms");
    until(&mut terminal, "wrong.oms:2:11");
    until(&mut terminal, "was not run");
    until(&mut terminal, PROMPT);
    leave(terminal);
}

#[test]
fn a_record_holds_comments_and_is_complete_after_leaving() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = start(folder.path(), 100, true);
    until(&mut terminal, "oms> ");
    for line in [":record notes.md", "-- What causes it?", "causes where population = adult", ":receipt adults.json", ":verify adults.json"]
    {
        ask_coloured(&mut terminal, line);
    }
    leave(terminal);
    let text = fs::read_to_string(folder.path().join("notes.md")).unwrap();
    for words in
        ["- data: `sha256:", "\nWhat causes it?\n", "```oms\ncauses where population = adult\n```", "| lung cancer |", "## Sources cited"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains('\x1b'), "{text}");
    assert!(text.contains("still the same"), "{text}");
    assert!(folder.path().join("adults.json").exists());
}

/// The same as `ask` where prompts are coloured.
fn ask_coloured(terminal: &mut expectrl::session::OsSession, line: &str) {
    use expectrl::Expect;
    terminal.send(format!("{line}{}", crate::terminal::ENTER)).expect("a terminal that takes keys");
    until(terminal, crate::terminal::TAKEN);
    until(terminal, "oms> ");
}

#[test]
fn settings_come_from_a_file_whose_faults_stop_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("config.toml"), "timing = true\npromt = \"? \"\n").unwrap();
    let mut terminal = start(folder.path(), 100, false);
    let banner = until(&mut terminal, PROMPT);
    assert!(banner.contains("config.toml:2:1") && banner.contains("did you mean 'prompt'"), "{banner}");
    let shown = ask(&mut terminal, ":config timing");
    assert!(shown.contains("config.toml:1"), "{shown}");
    ask(&mut terminal, ":config timing false");
    assert!(ask(&mut terminal, ":config timing").contains("this session"));
    leave(terminal);
}

/// A prompt whose file colours the words of the language red.
fn with_red_words(folder: &std::path::Path, no_color: &str) -> Screen {
    fs::write(folder.join("config.toml"), "palette = \"mono\"\n[colours]\nkeyword = \"red\"\ndead-end = \"magenta\"\n")
        .expect("a file can be written");
    let mut screen = Screen::start(folder, 100, &[("NO_COLOR", no_color), ("OMS_CONFIG", "config.toml")]);
    screen.settle();
    screen.press("causes where population = ");
    screen.settle();
    screen.press_until("\t", "girl ");
    screen
}

#[test]
fn colours_of_the_file_and_of_the_session_are_seen_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = with_red_words(folder.path(), "");
    assert_eq!(screen.look_of("where"), Some((vt100::Color::Idx(1), false)));
    assert_eq!(screen.look_of("population = "), Some((vt100::Color::Default, false)));
    assert_eq!(screen.look_of("girl"), Some((vt100::Color::Idx(5), false)));
    screen.press_until("\x03:config colours.keyword underline green\r", "keyword is underline green for this session");
    screen.settle();
    screen.press_until("effects where", "effects where");
    screen.settle();
    assert_eq!(screen.look_of("where"), Some((vt100::Color::Idx(2), true)));
    screen.press_until("\x03:config colours\r", "bright-white");
    screen.press_until(":config colours.keyword redd\r", "did you mean 'red'");
    screen.leave();
}

#[test]
fn nothing_is_coloured_where_nobody_wants_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = with_red_words(folder.path(), "1");
    assert_eq!(screen.look_of("girl"), Some((vt100::Color::Default, false)));
    screen.press_until("\x03:config colours.keyword green\r", "nothing is coloured here");
    screen.leave();
}
