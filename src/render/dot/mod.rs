//! DOT: the view of an answer for Graphviz to draw, with a title, a legend and the citations as tooltips.

mod legend;
mod look;
mod words;

use crate::answer::{Answer, Certainty, EntityCard, RelationCard};

use super::Page;
use super::text::citation;
use legend::Legend;
use look::{Line, look_of};
use words::{id, label, tooltip, wrapped};

/// Labels are wrapped at this many columns.
const LABEL_COLUMNS: usize = 28;
/// The title is wrapped at this many columns.
const TITLE_COLUMNS: usize = 90;
/// No label is longer than this many lines; tooltips hold the whole.
const MOST_LINES: usize = 10;

const FONT: &str = "Helvetica,Arial,sans-serif";

/// Writes the view as a directed graph in UTF-8.
///
/// Ids of entities are prefixed `entity:`, those of the legend `legend:`, so that none can be taken for another or for a word
/// of the format. Each relation is an edge of its own. The same answer gives the same bytes.
pub(super) fn write(answer: &Answer, _page: &Page) -> String {
    let title = if answer.query.trim().is_empty() { "view" } else { &answer.query };
    let mut text = "digraph \"oms\" {\n".to_owned();
    text.push_str(&format!(
        "  graph [charset=\"UTF-8\", rankdir=LR, label=\"{}\", labelloc=t, labeljust=l, tooltip=\"{}\",\n    fontname=\"{FONT}\", \
         fontsize=16, fontcolor=\"#1A1A1A\", bgcolor=white, pad=0.3, nodesep=0.26, ranksep=0.55, outputorder=edgesfirst];\n",
        wrapped(title, TITLE_COLUMNS, 4, "\\l"),
        tooltip([title]),
    ));
    text.push_str(&format!(
        "  node [fontname=\"{FONT}\", fontsize=12, fontcolor=\"#1A1A1A\", style=filled, penwidth=1.3, margin=\"0.14,0.07\", height=0.42];\n"
    ));
    text.push_str(&format!(
        "  edge [fontname=\"{FONT}\", fontsize=10, fontcolor=\"#333333\", color=\"#4D4D4D\", penwidth=1.2, arrowsize=0.75];\n\n"
    ));
    let ends = |relation: &RelationCard| Some((answer.view.entities.get(relation.from)?, answer.view.entities.get(relation.to)?));
    let drawn: Vec<_> = answer.view.relations.iter().filter_map(|relation| Some((relation, ends(relation)?))).collect();
    let mut legend = Legend::default();
    answer.view.entities.iter().for_each(|entity| legend.meet_kind(entity));
    drawn.iter().for_each(|(relation, _)| legend.meet_line(line_of(relation)));
    // What comes first is drawn at the bottom.
    text.push_str(&legend.written());
    let mut sides = vec![(0, 0); answer.view.entities.len()];
    for (relation, _) in &drawn {
        sides[relation.from].0 += 1;
        sides[relation.to].1 += 1;
    }
    for (entity, (outwards, inwards)) in answer.view.entities.iter().zip(sides) {
        text.push_str(&node(entity, outwards.max(inwards)));
    }
    text.push('\n');
    for (relation, (from, to)) in drawn {
        text.push_str(&edge(answer, relation, from, to));
    }
    text.push_str("}\n");
    text
}

/// A node; one where many edges meet on a side is taller, so that they arrive apart.
fn node(entity: &EntityCard, edges_on_a_side: usize) -> String {
    let height = match edges_on_a_side {
        0..=6 => String::new(),
        many => format!(", height={:.2}", many.min(30) as f64 * 0.2),
    };
    let name = if entity.name.trim().is_empty() { &entity.id } else { &entity.name };
    let mut lines = vec![format!("{name} ({})", entity.kinds.iter().map(|kind| spoken(kind)).collect::<Vec<_>>().join(", "))];
    lines.extend(entity.definition.clone());
    format!(
        "  {} [label=\"{}\", {}{height}, tooltip=\"{}\"];\n",
        id("entity", &entity.id),
        label([name.as_str()]),
        look_of(entity.kind_position).attributes(),
        tooltip(lines.iter().map(String::as_str)),
    )
}

/// Which line a relation is drawn with. What is possible matters more than what is hedged.
fn line_of(relation: &RelationCard) -> Line {
    let hedged = relation.hedge.as_ref().is_some_and(|hedge| hedge.confidence != "stated");
    if relation.denied {
        Line::Denied
    } else if relation.certainty == Certainty::Possible {
        Line::Possible
    } else if hedged {
        Line::Hedged
    } else {
        Line::Stated
    }
}

fn edge(answer: &Answer, relation: &RelationCard, from: &EntityCard, to: &EntityCard) -> String {
    let mut lines = vec![relation.label.clone()];
    lines.extend(relation.qualifiers.iter().map(|(name, value)| format!("{} {value}", spoken(name))));
    if let Some(hedge) = &relation.hedge {
        lines.push(format!("\u{ab}{hedge}\u{bb}"));
    }
    if !relation.jointly.is_empty() {
        let names: Vec<&str> = relation.jointly.iter().map(|entity| entity.name.as_str()).collect();
        lines.push(format!("jointly with {}", names.join(", ")));
    }
    if relation.denied {
        lines.push("(denied)".to_owned());
    }
    let mut cited: Vec<String> = relation.evidence.iter().filter_map(|position| answer.evidence.get(*position)).map(citation).collect();
    if cited.is_empty() {
        cited.push(relation.claim.clone());
    }
    format!(
        "  {} -> {} [label=\"{}\"{}, tooltip=\"{}\"];\n",
        id("entity", &from.id),
        id("entity", &to.id),
        label(lines.iter().map(String::as_str)),
        line_of(relation).attributes(),
        tooltip(cited.iter().map(String::as_str)),
    )
}

/// An id of the schema as people read it.
fn spoken(id: &str) -> String {
    id.replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::super::{Page, samples};
    use super::write;

    #[test]
    fn a_view_has_nodes_edges_and_a_legend() {
        let text = write(&samples::adult_causes(), &Page::default());
        for expected in [
            "label=\"causes where population=adult\\l\"",
            "  \"entity:lung-cancer\" [label=\"lung cancer\", shape=ellipse",
            "tooltip=\"lung cancer (trigger)\"];\n",
            "\"entity:lung-cancer\" -> \"entity:oms\" [label=\"causes\\npopulation adult\\n«most often»\", tooltip=\"Lung and breast \
             cancer are the usual causes in adults. (oms-overview, sentence 17)\"];\n",
            "\"legend:kind disease\"",
        ] {
            assert!(text.contains(expected), "{expected}\n{text}");
        }
        assert!(!text.contains("denied by"), "the legend tells only what is drawn");
        assert!(!text.contains("stated by"), "a plain arrow needs no words where there is no other");
        assert_eq!(text, write(&samples::adult_causes(), &Page::default()));
    }

    #[test]
    fn lines_tell_hedges_possible_matches_and_denials() {
        let text = write(&samples::overview(20), &Page::default());
        let count = |words: &str| text.matches(words).count();
        // One of each is the legend's.
        assert_eq!((count("style=dashed"), count("style=dotted"), count("arrowhead=tee")), (4, 2, 2));
        assert!(text.contains("jointly with neuroblastoma"));
        assert!(text.contains("«is thought to»"));
    }

    #[test]
    fn parallel_edges_stay_apart_and_edges_to_nowhere_are_left_out() {
        let mut answer = samples::adult_causes();
        let again = answer.view.relations[0].clone();
        answer.view.relations.push(again);
        assert_eq!(write(&answer, &Page::default()).matches("\"entity:breast-cancer\" -> \"entity:oms\"").count(), 2);
        answer.view.relations[0].to = 99;
        assert_eq!(write(&answer, &Page::default()).matches("\"entity:breast-cancer\" -> \"entity:oms\"").count(), 1);
    }

    #[test]
    fn an_empty_view_is_a_graph_with_a_title() {
        let text = write(&samples::nothing(), &Page::default());
        assert!(text.starts_with("digraph \"oms\" {\n") && text.ends_with("}\n") && !text.contains("cluster"));
    }
}
