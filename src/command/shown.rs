//! Shown: what an input comes to as text, and how an answer becomes it.

use std::time::Duration;

use crate::answer::Answer;
use crate::render::{self, Format, Look, Read};

use super::Shell;

/// What is to be shown: a body that may be longer than the screen, and the lines below it that have to be seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The rows and their evidence, or whatever a command has to say.
    pub body: String,
    /// How many rows there are, how long it took, what was left out.
    pub footer: String,
}

impl Shell {
    /// Whether answers say how long they took.
    pub(super) fn tells_time(&self) -> bool {
        self.timing || self.settings.reading.timing
    }

    /// Has answers say how long they took, or not.
    pub(super) fn tell_time(&mut self, is_told: bool) {
        self.timing = is_told;
        self.settings.reading.timing = is_told;
    }

    /// An answer in the current format, and how long it took if that is wanted.
    pub(super) fn shown(&self, answer: &Answer, taken: Duration) -> Shown {
        self.shown_as(answer, self.settings.format, taken)
    }

    /// The same in a format.
    pub(super) fn shown_as(&self, answer: &Answer, format: &Format, taken: Duration) -> Shown {
        let reading = &self.settings.reading;
        let is_table = format.name == render::FORMATS[0].name;
        if is_table && (reading.at_prompt || reading.expanded) {
            let look = if reading.at_prompt { reading.look(taken) } else { Look { expanded: true, ..Look::default() } };
            let Read { rows, footer } = render::read(answer, &self.settings.page, &look);
            let untold = self.timing && (answer.in_parts || !answer.stages.is_empty());
            return Shown { body: rows, footer: if untold { footer + &answered_in(taken) } else { footer } };
        }
        let footer = if self.timing { answered_in(taken) } else { String::new() };
        Shown { body: render::render(answer, format, &self.settings.page), footer }
    }
}

fn answered_in(taken: Duration) -> String {
    format!("answered in {}\n", render::told_time(taken))
}
