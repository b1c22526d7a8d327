//! Banner: the greeting of a conversation: what the graph is, a few questions, and the handful of moves that lead on from an answer.

use crate::render::Page;
use crate::session::Session;

use super::layout::Block;

/// The columns where there is no terminal.
const USUAL_WIDTH: usize = 100;
/// Below this many columns there is room for the queries, not for what they ask.
const NARROW: usize = 64;

/// The greeting.
pub(super) fn banner(session: &Session, page: &Page) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(session.schema().title.clone()), Block::Prose(super::holdings(session))];
    let (questions, described) = session.beginnings();
    if page.width.unwrap_or(USUAL_WIDTH) < NARROW {
        blocks.extend(questions.into_iter().take(2).map(|question| Block::Sample(question.query)));
        blocks.extend(described.map(|name| Block::Sample(format!("describe {name}"))));
        let moves = "Then: `:draw` a picture, `:export answer.dot` a file, `why 1` who says so, `suggest` what to ask next.";
        blocks.push(Block::Prose(moves.to_owned()));
    } else {
        for question in questions {
            blocks.push(Block::Sample(question.query));
            blocks.push(Block::Query(question.tells));
        }
        let mut moves: Vec<(String, String)> = Vec::new();
        moves.extend(described.map(|name| (format!("describe {name}"), "what is known of it, and the words that ask for it".to_owned())));
        moves.extend(MOVES.iter().map(|(typed, does)| ((*typed).to_owned(), (*does).to_owned())));
        blocks.push(Block::Prose("And then:".to_owned()));
        blocks.push(Block::Pairs(moves));
    }
    blocks.push(Block::Prose("`:help` shows what can be asked, Tab completes, Ctrl-D leaves.".to_owned()));
    blocks
}

/// What can be done with any answer.
const MOVES: [(&str, &str); 4] = [
    (":draw", "the last answer as a picture, here"),
    (":export answer.dot", "as a file: .dot is a picture for Graphviz, .csv a table"),
    ("why 1", "who says so: the sources behind row 1"),
    ("suggest", "what to ask next; typing its number asks it"),
];
