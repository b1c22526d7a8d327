//! Network: reads a social network of LSQB from its files, in the form that merges foreign keys into the files of the nodes.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use crate::description::{DescribedNode, DescribedRelationship, Description};
use crate::value::Properties;

/// The files of nodes, each named after its label.
const LABELS: [&str; 11] =
    ["City", "Comment", "Company", "Continent", "Country", "Forum", "Person", "Post", "Tag", "TagClass", "University"];

/// The files of relationships, each named after its start, its type and its end.
const LINKS: [&str; 10] = [
    "Comment_hasTag_Tag",
    "Forum_hasMember_Person",
    "Forum_hasTag_Tag",
    "Person_hasInterest_Tag",
    "Person_knows_Person",
    "Person_likes_Comment",
    "Person_likes_Post",
    "Person_studyAt_University",
    "Person_workAt_Company",
    "Post_hasTag_Tag",
];

/// The types as the files' columns and names have them, folded, and as the queries write them.
const TYPES: [(&str, &str); 15] = [
    ("containerof", "CONTAINER_OF"),
    ("hascreator", "HAS_CREATOR"),
    ("hasinterest", "HAS_INTEREST"),
    ("hasmember", "HAS_MEMBER"),
    ("hasmoderator", "HAS_MODERATOR"),
    ("hastag", "HAS_TAG"),
    ("hastype", "HAS_TYPE"),
    ("islocatedin", "IS_LOCATED_IN"),
    ("ispartof", "IS_PART_OF"),
    ("issubclassof", "IS_SUBCLASS_OF"),
    ("knows", "KNOWS"),
    ("likes", "LIKES"),
    ("replyof", "REPLY_OF"),
    ("studyat", "STUDY_AT"),
    ("workat", "WORK_AT"),
];

/// A cell of a table, and the rows below its header.
type Rows = (Vec<String>, Vec<Vec<String>>);

/// The network in a folder. Posts and comments are messages too.
///
/// # Errors
/// A file that is absent or not of that form.
pub fn read(folder: &Path) -> Result<Description, String> {
    let mut network = Network::default();
    let mut tables = Vec::new();
    for label in LABELS {
        let (header, rows) = rows(&folder.join(format!("{label}.csv")))?;
        for row in &rows {
            network.add(label, &row[0]);
        }
        tables.push((label, header, rows));
    }
    for (label, header, rows) in tables {
        for (column, name) in header.iter().enumerate().skip(1) {
            for row in rows.iter().filter(|row| !row[column].is_empty()) {
                network.link_by_column(label, &row[0], name, &row[column])?;
            }
        }
    }
    for file in LINKS {
        let parts: Vec<&str> = file.split('_').collect();
        let (_, rows) = rows(&folder.join(format!("{file}.csv")))?;
        for row in rows {
            network.link((parts[0], &row[0]), parts[1], (parts[2], &row[1]))?;
        }
    }
    Ok(network.description)
}

fn rows(file: &Path) -> Result<Rows, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let mut rows = text.lines().map(|line| line.split('|').map(str::to_owned).collect::<Vec<String>>());
    let header = rows.next().ok_or_else(|| format!("{} is empty", file.display()))?;
    let rows: Vec<Vec<String>> = rows.collect();
    match rows.iter().position(|row| row.len() != header.len()) {
        Some(row) => Err(format!("{}:{}: another number of columns", file.display(), row + 2)),
        None => Ok((header, rows)),
    }
}

#[derive(Default)]
struct Network {
    description: Description,
    /// The nodes by label and id: ids are unique within a label only.
    places: HashMap<(&'static str, String), usize>,
}

impl Network {
    fn add(&mut self, label: &'static str, id: &str) {
        let labels: &[&str] = if matches!(label, "Post" | "Comment") { &[label, "Message"] } else { &[label] };
        self.places.insert((label, id.to_owned()), self.description.nodes.len());
        let labels = labels.iter().map(|label| (*label).to_owned()).collect();
        self.description.nodes.push(DescribedNode { labels, properties: Properties::new() });
    }

    /// A foreign key: `TYPE_END` in the file of the start, or `START_TYPE` in the file of the end.
    fn link_by_column(&mut self, label: &str, id: &str, column: &str, other: &str) -> Result<(), String> {
        let (first, second) = column.split_once('_').ok_or_else(|| format!("the column {column}"))?;
        match LABELS.into_iter().find(|known| known.eq_ignore_ascii_case(first)) {
            Some(start) => self.link((start, other), second, (label, id)),
            None => self.link((label, id), first, (second, other)),
        }
    }

    fn link(&mut self, from: (&str, &str), name: &str, to: (&str, &str)) -> Result<(), String> {
        let place = |(label, id): (&str, &str)| {
            let known = LABELS.into_iter().find(|known| known.eq_ignore_ascii_case(label));
            let place = known.and_then(|label| self.places.get(&(label, id.to_owned())));
            place.copied().ok_or_else(|| format!("there is no {label} {id}"))
        };
        let (from, to) = (place(from)?, place(to)?);
        let known = TYPES.iter().find(|(folded, _)| folded.eq_ignore_ascii_case(name));
        let (_, relation_type) = known.ok_or_else(|| format!("the type {name}"))?;
        let relation_type = (*relation_type).to_owned();
        self.description.relationships.push(DescribedRelationship { from, relation_type, to, properties: Properties::new() });
        Ok(())
    }
}
