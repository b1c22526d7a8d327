//! Mermaid: a small graph as a flowchart that Markdown pages draw.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use crate::answer::{RelationRecord, Subgraph};
use crate::model::counted;

use super::graph_words::{Drawn, drawn, plain};
use super::text::{visible, wrap};

/// Mermaid refuses to draw more edges than this, as it comes.
const MOST_RELATIONS: usize = 500;
/// No more entities are drawn than this.
const MOST_ENTITIES: usize = 500;
/// Mermaid refuses longer texts, in characters, as it comes: this leaves room for what comes last.
const LONGEST_TEXT: usize = 48_000;
/// Labels are wrapped at this many columns.
const COLUMNS: usize = 28;
/// No label has more lines.
const MOST_LINES: usize = 6;

/// Tints of kinds with the colours of their borders, told apart by every sort of colour vision.
const COLOURS: [(&str, &str); 8] = [
    ("#FBE3B8", "#C98600"),
    ("#D6EEFB", "#3B93C8"),
    ("#BFE5D9", "#007A59"),
    ("#F3D9E8", "#B0608B"),
    ("#FAF5BE", "#A79B00"),
    ("#F6D0B6", "#D55E00"),
    ("#B4CFE8", "#0072B2"),
    ("#E4E4E4", "#595959"),
];

/// A relation that is drawn.
struct Arrow {
    from: usize,
    to: usize,
    line: String,
}

/// An entity that may be drawn.
struct Node {
    colour: usize,
    line: String,
}

/// Writes the graph from left to right. Of one that is too large for Mermaid the first relations are drawn, and a note says so.
pub(super) fn write(graph: &dyn Subgraph, out: &mut dyn Write) -> io::Result<()> {
    let arrows = arrows(graph)?;
    let nodes = nodes(graph, &arrows)?;
    let (wanted, drawn) = chosen(graph, &arrows, &nodes);
    out.write_all(b"flowchart LR\n")?;
    for node in wanted.iter().filter_map(|number| nodes.get(number)) {
        out.write_all(node.line.as_bytes())?;
    }
    for arrow in arrows.iter().take(drawn) {
        out.write_all(arrow.line.as_bytes())?;
    }
    let colours: BTreeSet<usize> = wanted.iter().filter_map(|number| nodes.get(number)).map(|node| node.colour).collect();
    for (place, (fill, border)) in COLOURS.iter().enumerate().filter(|(place, _)| colours.contains(place)) {
        writeln!(out, "  classDef kind{place} fill:{fill},stroke:{border},color:#1A1A1A")?;
    }
    let left_out = (graph.relation_count().saturating_sub(drawn), graph.entity_count().saturating_sub(wanted.len()));
    if left_out != (0, 0) {
        let (relations, entities) = (counted(left_out.0, "relation", "relations"), counted(left_out.1, "entity", "entities"));
        writeln!(out, "  note[\"not drawn here: {relations} and {entities}; Mermaid draws small graphs only\"]")?;
    }
    Ok(())
}

/// The entities that are drawn, and how many of the arrows: all, or as many of the first as there is room for.
fn chosen(graph: &dyn Subgraph, arrows: &[Arrow], nodes: &BTreeMap<usize, Node>) -> (BTreeSet<usize>, usize) {
    let length = |number: &usize| nodes.get(number).map_or(0, |node| node.line.chars().count());
    let mut wanted: BTreeSet<usize> = BTreeSet::new();
    let (mut room, mut drawn) = (LONGEST_TEXT, 0);
    for arrow in arrows {
        let missing: BTreeSet<usize> = [arrow.from, arrow.to].into_iter().filter(|end| !wanted.contains(end)).collect();
        let needed = arrow.line.chars().count() + missing.iter().map(length).sum::<usize>();
        if needed > room || wanted.len() + missing.len() > MOST_ENTITIES {
            break;
        }
        room -= needed;
        drawn += 1;
        wanted.extend(missing);
    }
    if drawn == graph.relation_count() {
        // What stands alone is drawn where there is room.
        for number in nodes.keys() {
            if wanted.len() < MOST_ENTITIES && length(number) <= room && wanted.insert(*number) {
                room -= length(number);
            }
        }
    }
    (wanted, drawn)
}

/// The first relations, as many as may be drawn.
fn arrows(graph: &dyn Subgraph) -> io::Result<Vec<Arrow>> {
    let mut arrows = Vec::new();
    let outcome = graph.relations(&mut |relation| {
        if arrows.len() >= MOST_RELATIONS {
            return Err(enough());
        }
        arrows.push(Arrow { from: relation.from.number, to: relation.to.number, line: arrow(graph, relation) });
        Ok(())
    });
    tolerated(outcome, arrows.len() >= MOST_RELATIONS)?;
    Ok(arrows)
}

/// The nodes at the ends of arrows and the first others.
fn nodes(graph: &dyn Subgraph, arrows: &[Arrow]) -> io::Result<BTreeMap<usize, Node>> {
    let ends: BTreeSet<usize> = arrows.iter().flat_map(|arrow| [arrow.from, arrow.to]).collect();
    let last = ends.last().copied().unwrap_or_default().max(MOST_ENTITIES);
    let words = graph.words();
    let mut nodes = BTreeMap::new();
    let mut is_over = false;
    let outcome = graph.entities(&mut |entity| {
        if entity.number > last {
            is_over = true;
            return Err(enough());
        }
        if ends.contains(&entity.number) || entity.number < MOST_ENTITIES {
            let colour = entity.kinds.first().map_or(0, |kind| words.kinds[*kind].position % COLOURS.len());
            let line = format!("  n{}[\"{}\"]:::kind{colour}\n", entity.number, label([entity.called()]));
            nodes.insert(entity.number, Node { colour, line });
        }
        Ok(())
    });
    tolerated(outcome, is_over)?;
    Ok(nodes)
}

/// What ends a visit of which nothing more is needed.
fn enough() -> io::Error {
    io::Error::other("enough")
}

fn tolerated(outcome: io::Result<()>, is_over: bool) -> io::Result<()> {
    if is_over { Ok(()) } else { outcome }
}

fn arrow(graph: &dyn Subgraph, relation: &RelationRecord<'_>) -> String {
    let words = graph.words();
    let mut lines = vec![words.label(relation).to_owned()];
    let qualifiers = relation.qualifiers.iter();
    lines.extend(qualifiers.map(|(place, cell)| format!("{} {}", words.qualifiers[*place].id.replace('_', " "), plain(cell))));
    if let Some(hedge) = &relation.hedge {
        lines.push(format!("\u{ab}{hedge}\u{bb}"));
    }
    if !relation.jointly_with.is_empty() {
        let names: Vec<&str> = relation.jointly_with.iter().map(|entity| entity.name.as_str()).collect();
        lines.push(format!("jointly with {}", names.join(", ")));
    }
    let line = match drawn(relation.denied, relation.certainty, relation.hedge.as_ref()) {
        Drawn::Stated => "-->",
        Drawn::Unsure => "-.->",
        Drawn::Denied => {
            lines.push("(denied)".to_owned());
            "--x"
        }
    };
    format!("  n{} {line}|\"{}\"| n{}\n", relation.from.number, label(lines.iter().map(String::as_str)), relation.to.number)
}

/// A label of several texts, wrapped and, if it is very long, cut; no character in it has a meaning for Mermaid.
fn label<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut lines: Vec<String> = texts.into_iter().flat_map(|text| wrap(&visible(text), COLUMNS)).collect();
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        lines.push("\u{2026}".to_owned());
    }
    lines.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("<br/>")
}

/// Letters, digits and harmless marks as they are, everything else by its number.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_alphanumeric()
            || matches!(letter, ' ' | ',' | '.' | '(' | ')' | '/' | ':' | '\u{ab}' | '\u{bb}' | '\u{2026}' | '-' | '_')
        {
            written.push(letter);
        } else {
            written.push_str(&format!("#{};", u32::from(letter)));
        }
    }
    if written.is_empty() { "#160;".to_owned() } else { written }
}
