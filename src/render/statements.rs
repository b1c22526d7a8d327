//! Statements: the answer to `why`, told as a researcher would quote it: what is said of each pair, how surely, by whom, and in which words.

use std::collections::HashMap;

use anstyle::Style;

use crate::answer::{Answer, Evidence, Justification, RelationCard, Sentence};

use super::Page;
use super::look::{BOLD, DENIED, DIM, style};
use super::text::{HELD_TOGETHER, held_citation, painted, paragraph, visible, width, wrap};

/// Stands before what a statement denies.
const DENIES: &str = "denied:";

/// Below this many columns a field has no column of its own for its name.
fn is_narrow(page: &Page) -> bool {
    page.width.is_some_and(|columns| columns < 50)
}

/// What a statement is about: its ends in the view, and how the relation reads.
type Pair<'a> = (usize, usize, &'a str);

/// Writes what is said of each pair, statement by statement, and what else is said of it.
pub(super) fn write(text: &mut String, answer: &Answer, page: &Page) {
    let beside = answer.justification.as_ref().map_or(&[][..], |justification| justification.beside.as_slice());
    let mut places: HashMap<Pair<'_>, usize> = HashMap::new();
    let mut pairs: Vec<(Pair<'_>, Vec<&RelationCard>)> = Vec::new();
    for card in &answer.view.relations {
        let pair = (card.from, card.to, card.label.as_str());
        let at = *places.entry(pair).or_insert(pairs.len());
        if at == pairs.len() {
            pairs.push((pair, Vec::new()));
        }
        pairs[at].1.push(card);
    }
    for (position, (pair, cards)) in pairs.iter().enumerate() {
        if position > 0 {
            text.push('\n');
        }
        let sentence = sentence(answer, *pair);
        put_title(text, &sentence, page);
        let mut denied = cards.iter().any(|card| card.denied);
        cards.iter().for_each(|card| statement(text, answer, card, page));
        for other in beside.iter().filter(|other| other.view.relations.first().is_some_and(|card| of(other, card) == sentence)) {
            denied |= other.view.relations.iter().any(|card| card.denied);
            put_note(text, "also said of it:", BOLD, page);
            other.view.relations.iter().for_each(|card| statement(text, other, card, page));
        }
        if !denied {
            put_note(text, "no statement in this graph denies it", DIM, page);
        }
    }
}

/// The pair as a sentence, above what is said of it.
fn put_title(text: &mut String, sentence: &str, page: &Page) {
    for line in page.width.map_or_else(|| vec![sentence.to_owned()], |columns| wrap(sentence, columns)) {
        text.push_str(&format!("{}\n", painted(&line, style(page, BOLD))));
    }
}

/// A line below the statements of a pair.
fn put_note(text: &mut String, words: &str, painting: Style, page: &Page) {
    for line in page.width.map_or_else(|| vec![words.to_owned()], |columns| wrap(words, columns.saturating_sub(2))) {
        text.push_str(&format!("  {}\n", painted(&line, style(page, painting))));
    }
}

fn of(answer: &Answer, card: &RelationCard) -> String {
    sentence(answer, (card.from, card.to, card.label.as_str()))
}

fn sentence(answer: &Answer, (from, to, label): (usize, usize, &str)) -> String {
    let name = |at: usize| answer.view.entities.get(at).map_or("", |entity| entity.name.as_str());
    format!("{} {} {}", visible(name(from)), visible(label), visible(name(to)))
}

/// Writes one statement: its claim, what qualifies it, its hedge, its source, and the sentences there. An imported one claims
/// nothing in words: its places stand for it.
fn statement(text: &mut String, answer: &Answer, card: &RelationCard, page: &Page) {
    let places: Vec<(usize, String)> = card.evidence.iter().filter_map(|at| Some((*at, place(answer.evidence.get(*at)?)))).collect();
    let claims = !card.claim.is_empty();
    let said = match places.first() {
        _ if claims => visible(&card.claim).into_owned(),
        Some((_, place)) => place.clone(),
        None => "no source stated".to_owned(),
    };
    put_claim(text, &said, card.denied, page);
    let mut fields: Vec<(String, String)> = Vec::new();
    if !card.jointly.is_empty() {
        let names: Vec<&str> = card.jointly.iter().map(|entity| entity.name.as_str()).collect();
        fields.push(("jointly with".to_owned(), names.join(", ")));
    }
    fields.extend(card.qualifiers.iter().map(|(name, cell)| (name.clone(), cell.to_string())));
    match &card.hedge {
        Some(hedge) => fields.push(("hedge".to_owned(), hedge.to_string())),
        None if claims => fields.push(("hedge".to_owned(), "none".to_owned())),
        None => {}
    }
    fields.push(("statement".to_owned(), card.statement.clone()));
    let longest = fields.iter().map(|(name, _)| width(name)).chain([6]).max().unwrap_or(6);
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        put_field(text, &visible(name), &visible(value), longest, page);
    }
    if claims && places.is_empty() {
        put_field(text, "source", "none stated", longest, page);
    }
    for (number, (position, place)) in places.iter().enumerate() {
        if claims || number > 0 {
            put_field(text, "source", place, longest, page);
        }
        let passage = answer.justification.as_ref().and_then(|justification| passage_of(justification, *position));
        let quote = answer.evidence.get(*position).and_then(|item| item.quote.as_ref());
        match (passage, quote) {
            (Some(sentences), _) => sentences.iter().for_each(|sentence| put_sentence(text, sentence, page)),
            (None, Some(quote)) => put_field(text, "quote", &format!("\"{}\"", visible(quote)), longest, page),
            (None, None) => {}
        }
    }
}

/// Where a statement stands, as one word where it is short.
fn place(item: &Evidence) -> String {
    held_citation(&Evidence { claim: String::new(), ..item.clone() })
}

/// What a statement says, marked where it denies.
fn put_claim(text: &mut String, said: &str, denied: bool, page: &Page) {
    let said = if denied { format!("{DENIES} {said}") } else { said.to_owned() };
    let lines = page.width.map_or_else(|| vec![said.clone()], |columns| wrap(&said, columns.saturating_sub(4)));
    for (position, line) in lines.iter().enumerate() {
        let line = line.replace(HELD_TOGETHER, " ");
        let lead = if position == 0 { "  - " } else { "    " };
        match line.strip_prefix(DENIES).filter(|_| denied && position == 0) {
            Some(rest) => text.push_str(&format!("{lead}{}{rest}\n", painted(DENIES, style(page, DENIED)))),
            None => text.push_str(&format!("{lead}{line}\n")),
        }
    }
}

/// A field of a statement, its name in a column as wide as the longest.
fn put_field(text: &mut String, name: &str, value: &str, longest: usize, page: &Page) {
    if is_narrow(page) {
        paragraph(text, "    ", &format!("{name}: {value}"), page.width, Style::new());
    } else {
        let blank = " ".repeat(longest.saturating_sub(width(name)) + 2);
        paragraph(text, &format!("    {name}{blank}"), value, page.width, style(page, DIM));
    }
}

fn passage_of(justification: &Justification, position: usize) -> Option<&[Sentence]> {
    justification.passages.iter().find(|(at, _)| *at == position).map(|(_, sentences)| sentences.as_slice())
}

/// A sentence of the source; a mark stands before a cited one, its neighbours are faint.
fn put_sentence(text: &mut String, sentence: &Sentence, page: &Page) {
    let mark = if sentence.cited { ">" } else { " " };
    let number = sentence.number;
    let lead = if is_narrow(page) { format!("  {mark} {number} ") } else { format!("    {mark} {number:>3}  ") };
    let painting = style(page, if sentence.cited { BOLD } else { DIM });
    let room = page.width.map_or(usize::MAX, |columns| columns.saturating_sub(width(&lead)));
    for (position, line) in wrap(&visible(&sentence.text), room).iter().enumerate() {
        let lead = if position == 0 { lead.clone() } else { " ".repeat(width(&lead)) };
        text.push_str(&format!("{lead}{}\n", painted(line, painting)));
    }
}
