//! Tests of the drawing: every entity is there or counted, no line is too wide, cycles end.

use super::super::Page;
use super::super::samples::{adult_causes, entity, explained, named, nothing, overview, relation};
use super::super::text::width;
use super::{Drawn, drawn};
use crate::answer::{Answer, Certainty, PathCell, PathStep, View};

const ALL: Drawn = Drawn { all: true, ascii: false };

fn paper(columns: usize) -> Page {
    Page { width: Some(columns), ..Page::default() }
}

/// A view of these names and relations.
fn view(names: &[&str], relations: &[(usize, &str, usize)]) -> Answer {
    let entities = names.iter().enumerate().map(|(at, name)| entity(&format!("e{at}"), name, "trigger")).collect();
    let relations = relations.iter().map(|(from, label, to)| relation(*from, label, *to)).collect();
    Answer { view: View { entities, relations, background: None }, ..Answer::default() }
}

#[test]
fn a_star_is_a_tree_from_what_it_is_about() {
    assert_eq!(
        drawn(&adult_causes(), &paper(80), Drawn::default()),
        "opsoclonus-myoclonus syndrome  disease\n\
         ├←─causes─ breast cancer  «most often»; population adult\n\
         └←─causes─ lung cancer  «most often»; population adult\n\
         3 entities, 2 relations\n"
    );
    assert_eq!(
        drawn(&adult_causes(), &paper(40), Drawn { ascii: true, ..Drawn::default() }),
        "opsoclonus-myoclonus syndrome  disease\n\
         |<-causes- breast cancer\n\
         |    \"most often\"; population adult\n\
         `<-causes- lung cancer\n     \
              \"most often\"; population adult\n\
         3 entities, 2 relations\n"
    );
}

#[test]
fn cycles_loops_and_repeats_are_marked_and_end() {
    let answer = view(&["a", "b", "c"], &[(0, "causes", 1), (1, "causes", 2), (2, "causes", 0), (0, "worsens", 1), (1, "feeds", 1)]);
    assert_eq!(
        drawn(&answer, &paper(80), ALL),
        "b  trigger\n\
         ├←─causes─ a\n\
         ├─causes─→ c\n\
         │  └─causes─→ ↺ a\n\
         ├←─worsens─ ↺ a\n\
         └─feeds─→ ↺ b\n\
         3 entities, 5 relations\n\
         ↺ stands before what is drawn above already\n"
    );
}

#[test]
fn relations_of_one_sort_stand_together_and_doubts_show() {
    let mut answer = view(&["OMS", "x", "y", "z"], &[(0, "shows", 1), (0, "shows", 2), (0, "shows", 3)]);
    answer.view.relations[1].denied = true;
    answer.view.relations[2].certainty = Certainty::Possible;
    let text = drawn(&answer, &paper(80), ALL);
    assert!(text.contains("└─shows─→ (3)\n   ├─ x\n   ├╌ y  denied\n   └┄ z  possible\n"), "{text}");
    let ascii = drawn(&answer, &paper(80), Drawn { ascii: true, all: true });
    assert!(ascii.is_ascii() && ascii.contains("|~ y  denied") && ascii.contains("`. z  possible"), "{ascii}");
}

#[test]
fn paths_are_chains() {
    let (from, to) = (entity("a", "lung cancer", "trigger"), entity("b", "OMS", "disease"));
    let step = PathStep { relation_type: "causes".to_owned(), label: "causes".to_owned(), forward: true, to: to.clone() };
    let back = PathStep { forward: false, to: from.clone(), ..step.clone() };
    let path = PathCell { start: from.clone(), steps: vec![step, back] };
    let mut answer = view(&[], &[]);
    answer.rows = vec![super::super::samples::row(vec![crate::answer::Cell::Path(std::sync::Arc::new(path))], Vec::new())];
    assert_eq!(drawn(&answer, &paper(80), ALL), "lung cancer ─causes─→ OMS ←─causes─ lung cancer\n1 path\n");
    assert_eq!(drawn(&answer, &paper(30), ALL), "lung cancer ─causes─→ OMS\n  ←─causes─ lung cancer\n1 path\n");
}

#[test]
fn long_drawings_are_folded_and_say_so() {
    let answer = overview(500);
    let folded = drawn(&answer, &paper(80), Drawn::default());
    assert!(folded.lines().count() <= 64, "{}", folded.lines().count());
    assert!(folded.contains("more") && folded.contains("of 501 not shown, folded away: `:draw all`"), "{folded}");
    // Where it was not asked for at the prompt, no command of the prompt is the only way.
    assert!(super::write(&answer, &paper(80)).contains("not shown, folded away: `-o all.tree`"));
    let whole = drawn(&answer, &paper(80), ALL);
    assert!(whole.lines().count() > 500 && !whole.contains("not shown"));
}

#[test]
fn what_has_no_view_says_why() {
    assert!(drawn(&nothing(), &paper(80), ALL).starts_with("no cause has population = boy\n"));
    assert!(drawn(&explained(), &paper(80), ALL).contains("nothing to draw"));
    let lonely = drawn(&view(&["a", "b"], &[]), &paper(80), ALL);
    assert_eq!(lonely, "trigger  (2)\n├─ a\n└─ b\n2 entities, 0 relations\n");
}

#[test]
fn nothing_in_a_name_acts_on_the_terminal() {
    for name in ["\u{1b}[31m", "a\nb", "\u{202e}", "眼球運動のけいれん眼球運動のけいれん眼球運動のけいれん", ""]
    {
        let text = drawn(&named(name), &paper(40), ALL);
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
        assert!(text.lines().all(|line| width(line) <= 40), "{text}");
    }
}

/// Numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit.max(1)
    }
}

fn random(dice: &mut Dice) -> Answer {
    const TAILS: [&str; 5] = ["", " of the nervous system that goes on", "-眼球運動", " 👁", " supercalifragilisticexpialidociousness"];
    let count = 1 + dice.below(70);
    let names: Vec<String> = (0..count).map(|at| format!("n{at}n{}", TAILS[dice.below(TAILS.len())])).collect();
    let labels = ["causes", "is a", "is associated with the resistance to", "x"];
    let relations: Vec<(usize, &str, usize)> =
        (0..dice.below(140)).map(|_| (dice.below(count), labels[dice.below(labels.len())], dice.below(count))).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut answer = view(&names, &relations);
    for relation in &mut answer.view.relations {
        relation.denied = dice.below(6) == 0;
        if dice.below(3) == 0 {
            relation.qualifiers.push(("population".to_owned(), crate::answer::Cell::Text("young child".into())));
        }
    }
    answer
}

#[test]
fn no_line_is_too_wide_and_every_entity_is_named_or_counted() {
    let mut dice = Dice(7);
    for round in 0..150 {
        let answer = random(&mut dice);
        let entities = answer.view.entities.len();
        for columns in [20, 40, 80, 200] {
            for how in [ALL, Drawn::default(), Drawn { ascii: true, all: false }] {
                let text = drawn(&answer, &paper(columns), how);
                for line in text.lines() {
                    assert!(width(line) <= columns, "{round}, {columns}: {line}\n{text}");
                }
                if columns < 200 {
                    continue;
                }
                let said = text.lines().find_map(|line| line.split_once(" not shown").map(|(of, _)| of));
                let missing = said.and_then(|of| of.split(' ').next()?.parse().ok()).unwrap_or(0);
                let named = (0..entities).filter(|at| text.contains(&format!("n{at}n"))).count();
                assert_eq!(named + missing, entities, "{round}: {text}");
            }
        }
    }
}
