//! What is seen while something is typed: colours by meaning, brackets, hints.

use vt100::Color;

use crate::screen::Screen;

/// Colour is on.
const COLOURED: &[(&str, &str)] = &[("NO_COLOR", "")];
const RED: Color = Color::Idx(1);
const GREY: Color = Color::Idx(8);
const CYAN: Color = Color::Idx(6);

/// The last row that holds what is typed.
fn line(screen: &Screen) -> String {
    screen.row_of("oms> ").map(|row| screen.rows()[row].clone()).unwrap_or_default()
}

#[test]
fn names_that_are_known_are_told_from_names_that_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::start(folder.path(), 100, COLOURED);
    screen.press("effects of lung cancer");
    screen.until("the name in its colour", |screen| screen.look_of("lung cancer") == Some((CYAN, false)));
    screen.press("\x15effects of lnug ");
    screen.until("the unknown word in its colour", |screen| screen.look_of("lnug") == Some((RED, true)));
    // The word that is being typed is given time, and held to its meaning once it is handed over.
    screen.press("\x15effects of lnug");
    screen.until("the word without a colour", |screen| screen.look_of("lnug") == Some((Color::Default, false)));
    screen.press("\r");
    screen.until("the word in its colour", |screen| screen.row_of("unknown-name").is_some());
    let handed_over = screen.rows().iter().position(|row| row.contains("oms> effects of lnug"));
    assert!(handed_over.is_some());
    screen.press("causes where populaton = ");
    screen.until("the unknown field in its colour", |screen| screen.look_of("populaton") == Some((RED, true)));
    screen.press("\x03");
    screen.leave();
}

#[test]
fn patterns_are_coloured_and_brackets_find_their_partners() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::start(folder.path(), 100, COLOURED);
    screen.press("MATCH (t:Triger)-[:CAUSES]->(d) ");
    screen.until("the unknown label in its colour", |screen| screen.look_of("Triger") == Some((RED, true)));
    screen.press("\x15MATCH (t:Trigger)");
    screen.until("the bracket at the cursor", |screen| screen.look_of("(t") == Some((Color::Default, true)));
    screen.press(" RETURN t]");
    screen.until("the bracket without a partner", |screen| screen.look_of("]") == Some((RED, true)));
    screen.press("\x03");
    screen.leave();
}

#[test]
fn hints_show_the_likeliest_rest_and_vanish_with_the_line() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::start(folder.path(), 100, COLOURED);
    screen.press("effects of lung canc");
    screen.until("the rest of the name", |screen| line(screen) == "oms> effects of lung cancer");
    assert_eq!(screen.look_of("er"), Some((GREY, false)));
    screen.press("\x15MATCH (t:Trigger)-[:CAUSES]->(d:Dis");
    screen.until("the rest of the label", |screen| line(screen).ends_with("(d:Disease"));
    screen.press("\x15RETURN substring(");
    screen.until("what the function takes", |screen| line(screen).ends_with("substring(text, start, [length])"));
    screen.press("\x1b[C\x15count symptoms\r");
    screen.until("the answer", |screen| screen.row_of("14").is_some());
    screen.press("cou");
    screen.until("the rest of the last query", |screen| line(screen) == "oms> count symptoms");
    screen.press("\x1b[C");
    screen.until("the rest taken over", |screen| screen.look_of("symptoms").is_some_and(|(colour, _)| colour != GREY));
    screen.press("\x03");
    screen.leave();
}

#[test]
fn without_colour_nothing_is_coloured_and_nothing_hinted() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::start(folder.path(), 100, &[]);
    screen.press("effects of lung canc");
    screen.settle();
    assert_eq!(line(&screen), "oms> effects of lung canc");
    screen.press("\x15effects of lnug ");
    screen.settle();
    assert_eq!(screen.look_of("lnug"), Some((Color::Default, false)));
    screen.press("\x03");
    screen.leave();
}
