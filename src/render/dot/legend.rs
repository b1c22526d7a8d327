//! The legend of a drawing: the kinds and the lines that are in it.

use std::collections::BTreeSet;

use crate::answer::EntityCard;

use super::look::{Line, look_of};
use super::words::{id, label};
use super::{FONT, spoken};

/// What the drawing holds, in the order in which the legend lists it.
#[derive(Default)]
pub(super) struct Legend {
    kinds: BTreeSet<(usize, String)>,
    lines: BTreeSet<Line>,
}

impl Legend {
    pub(super) fn meet_kind(&mut self, entity: &EntityCard) {
        self.kinds.insert((entity.kind_position, entity.kind().to_owned()));
    }

    pub(super) fn meet_line(&mut self, line: Line) {
        self.lines.insert(line);
    }

    /// The legend as a cluster; nothing where there is nothing to tell.
    pub(super) fn written(&self) -> String {
        if self.kinds.is_empty() {
            return String::new();
        }
        let mut text = format!(
            "  subgraph \"cluster_legend\" {{\n    graph [label=\"Legend\", labelloc=t, labeljust=l, tooltip=\"legend\", fontname=\"{FONT}\", fontsize=11, \
             color=\"#BFBFBF\", style=rounded, margin=10];\n    node [fontsize=10, height=0.3];\n"
        );
        for (position, kind) in &self.kinds {
            text.push_str(&format!(
                "    {} [label=\"{}\", {}, tooltip=\"kind\"];\n",
                kind_id(kind),
                label([spoken(kind).as_str()]),
                look_of(*position).attributes()
            ));
        }
        text.push_str(&self.columns());
        // A plain arrow needs no words where it is the only one.
        let only_stated = self.lines.iter().all(|line| *line == Line::Stated);
        for line in self.lines.iter().filter(|_| !only_stated) {
            text.push_str(&sample(*line));
        }
        text.push_str("  }\n\n");
        text
    }

    /// Lines that nobody sees from one half of many kinds to the other, so that the legend has two columns.
    fn columns(&self) -> String {
        const KINDS_IN_A_COLUMN: usize = 5;
        let ids: Vec<String> = self.kinds.iter().map(|(_, kind)| kind_id(kind)).collect();
        let rows = ids.len().div_ceil(2);
        if ids.len() <= KINDS_IN_A_COLUMN {
            return String::new();
        }
        let pairs = ids.iter().zip(&ids[rows..]);
        pairs.map(|(left, right)| format!("    {left} -> {right} [style=invis, weight=100];\n")).collect()
    }
}

fn kind_id(kind: &str) -> String {
    id("legend", &format!("kind {kind}"))
}

/// A line from a dot to what it means; heavy, so that Graphviz draws it straight.
fn sample(line: Line) -> String {
    let (start, end) = (id("legend", &format!("{line:?} from")), id("legend", &format!("{line:?} to")));
    format!(
        "    {start} [label=\"\", shape=point, width=0.06, color=\"#4D4D4D\", fillcolor=\"#4D4D4D\", tooltip=\"line\"];\n    \
         {end} [label=\"{}\\l\", shape=plaintext, style=\"\", width=1.6, height=0.22, margin=\"0.06,0.02\", tooltip=\"line\"];\n    \
         {start} -> {end} [weight=100, tooltip=\"line\"{}];\n",
        label([line.meaning()]),
        line.attributes()
    )
}
