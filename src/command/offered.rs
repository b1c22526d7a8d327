//! Offered: what `suggest` offered, by number, and the number that asks it.

use crate::answer::Answer;
use crate::diagnostic::{Code, Complaints, Diagnostic, Origin};
use crate::model::{Names, counted};
use crate::render::Page;
use crate::session::Suggestion;

use super::Shell;
use super::layout::{Block, laid_out};

impl Shell {
    /// The query that a number alone stands for; none if the input is something else.
    ///
    /// # Errors
    /// Nothing was offered by that number, and nothing in the graph is called so.
    pub(super) fn chosen(&self, input: &str) -> Result<Option<String>, Complaints> {
        let typed = bare(input);
        if typed.is_empty() || !typed.bytes().all(|digit| digit.is_ascii_digit()) {
            return Ok(None);
        }
        let place = typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let start = input.find(typed).unwrap_or_default();
        let complaint = |message: String, label: &str| {
            let complaint = Diagnostic::error(Code::UnknownName, message).in_origin(&Origin::new("query", input));
            complaint.at(start..start + typed.len(), label)
        };
        if let Some(suggestion) = place.and_then(|place| self.offered.get(place)) {
            if suggestion.query.is_empty() {
                let message = format!("question {typed} was about the answer before this one");
                return Err(complaint(message, "too late").help("`suggest` offers new questions").into());
            }
            return Ok(Some(suggestion.query.clone()));
        }
        if !self.session.graph().called(typed).is_empty() {
            return Ok(None);
        }
        let said = match self.offered.len() {
            0 => "nothing is offered by number yet: `suggest` offers questions".to_owned(),
            count => format!("`suggest` offered {}", counted(count, "question", "questions")),
        };
        let complaint = complaint(format!("no question has the number {typed}"), "no such number").help(said);
        let has_row = self.last.as_ref().is_some_and(|answer| place.is_some_and(|place| place < answer.rows.len()));
        Err(if has_row { complaint.help(format!("`why {typed}` shows what row {typed} rests on")) } else { complaint }.into())
    }

    /// Takes back what was offered about rows of an answer that is no longer the last one.
    pub(super) fn offers_age(&mut self, answer: &Answer) {
        if answer.justification.is_none() {
            self.offered.iter_mut().filter(|offer| offer.query.starts_with("why ")).for_each(|offer| offer.query.clear());
        }
    }
}

/// Whether an input asks for suggestions.
pub(super) fn asks(input: &str) -> bool {
    bare(input).eq_ignore_ascii_case("suggest")
}

fn bare(input: &str) -> &str {
    input.trim().trim_end_matches(';').trim_end()
}

/// Suggestions with the numbers that ask them.
pub(super) fn written(suggestions: &[Suggestion], page: &Page) -> String {
    let mut blocks = Vec::new();
    for (number, suggestion) in (1..).zip(suggestions) {
        blocks.push(Block::Sample(format!("{number}  {}", suggestion.query)));
        blocks.push(Block::Query(suggestion.tells.clone()));
    }
    blocks.push(Block::Prose("Typing its number asks it.".to_owned()));
    laid_out(&blocks, page)
}
