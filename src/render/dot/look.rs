//! The look of the drawing: which shape and colour a kind has, and which line a relation.

/// How the nodes of a kind look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    shape: &'static str,
    details: &'static str,
    fill: &'static str,
    border: &'static str,
    peripheries: usize,
}

/// Shapes that are told apart at a glance and leave room for words, with what each needs beyond its name. The last one is drawn
/// with a single outline only.
const SHAPES: [(&str, &str); 14] = [
    ("box", ""),
    ("ellipse", ", margin=\"0.06,0.05\""),
    ("hexagon", ", margin=\"0.01,0.05\""),
    ("cds", ", margin=\"0.2,0.12\""),
    ("octagon", ", margin=\"0.02,0.04\""),
    ("note", ""),
    ("box", ", style=\"filled,rounded\""),
    ("house", ", margin=\"0.03,0.05\""),
    ("component", ", margin=\"0.2,0.07\""),
    ("tab", ""),
    ("invhouse", ", margin=\"0.03,0.05\""),
    ("box3d", ""),
    ("folder", ", margin=\"0.14,0.09\""),
    ("cylinder", ", margin=\"0.14,0.1\""),
];

/// Light tints that stay apart for every sort of colour vision, each with its full colour for the border: the palette of Okabe
/// and Ito, the yellow's border darkened to be seen on white.
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

/// Outlines are drawn up to this many times.
const MOST_OUTLINES: usize = 4;

/// The look of the kind at this position of the schema. It comes back only after 53 kinds, and the shape with its outlines is
/// enough to tell them apart.
pub(super) fn look_of(kind_position: usize) -> Look {
    let (fill, border) = COLOURS[kind_position % COLOURS.len()];
    let (position, peripheries) = match kind_position.checked_sub(SHAPES.len()) {
        None => (kind_position, 1),
        Some(beyond) => {
            let repeated = SHAPES.len() - 1;
            (beyond % repeated, 2 + (beyond / repeated) % (MOST_OUTLINES - 1))
        }
    };
    let (shape, details) = SHAPES[position];
    Look { shape, details, fill, border, peripheries }
}

impl Look {
    pub(super) fn attributes(self) -> String {
        let Look { shape, details, fill, border, peripheries } = self;
        let several = if peripheries > 1 { format!(", peripheries={peripheries}") } else { String::new() };
        format!("shape={shape}{details}, fillcolor=\"{fill}\", color=\"{border}\"{several}")
    }
}

/// How a relation is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Line {
    /// A source states it.
    Stated,
    /// A source suggests it, or calls it possible.
    Hedged,
    /// It supports a row only possibly.
    Possible,
    /// A source denies it.
    Denied,
}

impl Line {
    /// The attributes beyond those of every edge, each led by a comma.
    pub(super) fn attributes(self) -> &'static str {
        match self {
            Line::Stated => "",
            Line::Hedged => ", style=dashed",
            Line::Possible => ", style=dotted, penwidth=1.8",
            Line::Denied => ", color=\"#8C8C8C\", fontcolor=\"#595959\", arrowhead=tee, arrowsize=1.1",
        }
    }

    /// What it means, for the legend.
    pub(super) fn meaning(self) -> &'static str {
        match self {
            Line::Stated => "stated by the source",
            Line::Hedged => "hedged by the source",
            Line::Possible => "match only possible",
            Line::Denied => "denied by the source",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::look_of;

    #[test]
    fn kinds_stay_apart_without_colour() {
        let looks: HashSet<(&str, &str, usize)> = (0..53).map(look_of).map(|look| (look.shape, look.details, look.peripheries)).collect();
        assert_eq!(looks.len(), 53);
    }
}
