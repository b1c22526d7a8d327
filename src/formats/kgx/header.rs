//! Header: which column of a table holds what, by name, and how its values are spelled.

/// What a table lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    /// Entities.
    Nodes,
    /// Relations.
    Edges,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Id,
    Category,
    Name,
    Synonyms,
    Xrefs,
    Definition,
    /// The kinds by our own ids.
    Kinds,
    Deprecated,
    Subject,
    Predicate,
    Object,
    Source,
    Publications,
    Negated,
    /// The relation type by our own id, or the finer term that older tables name; then it is this further column.
    Relation(usize),
    /// Whether the row has escapes.
    Escaped,
    /// What few rows have, and what becomes something else than a column; a field that makes no sense as such belongs to this
    /// further column.
    Detail(Slot, usize),
    /// Whatever else: the position among the further columns.
    Further(usize),
}

/// What a column of details says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    Statement,
    Claim,
    Citations,
    Extent,
    Confidence,
    HedgeWords,
    Jointly,
    Count,
    Total,
    Percentage,
    Quotient,
    Frequency,
    Onset,
    Sex,
}

/// How the values of a column are spelled, where its name says so: `dose:quantity`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Text,
    Number,
    Integer,
    Boolean,
    Quantity,
    Percentage,
    Ratio,
    Duration,
    Entity,
    Any,
}

/// A column that is a property or qualifier of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Further {
    pub name: String,
    pub mark: Option<Mark>,
}

/// The columns of a table.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub table: Table,
    /// The names as they are written, and what each column holds.
    pub names: Vec<String>,
    pub roles: Vec<Role>,
    /// The further columns.
    pub further: Vec<Further>,
    /// Where each further column is.
    pub further_at: Vec<usize>,
    /// Where a source stands that counts if no primary one is named: positions among the further columns, the best first.
    pub other_sources: Vec<usize>,
}

/// The columns that every table knows, by name.
const NODE_COLUMNS: &[(&str, Role)] = &[
    ("id", Role::Id),
    ("category", Role::Category),
    ("name", Role::Name),
    ("synonym", Role::Synonyms),
    ("synonyms", Role::Synonyms),
    ("exact_synonym", Role::Synonyms),
    ("xref", Role::Xrefs),
    ("xrefs", Role::Xrefs),
    ("same_as", Role::Xrefs),
    ("equivalent_identifiers", Role::Xrefs),
    ("equivalent_curies", Role::Xrefs),
    ("description", Role::Definition),
    ("kind", Role::Kinds),
    ("deprecated", Role::Deprecated),
    ("escaped", Role::Escaped),
];
const EDGE_COLUMNS: &[(&str, Role)] = &[
    ("id", Role::Id),
    ("subject", Role::Subject),
    ("predicate", Role::Predicate),
    ("object", Role::Object),
    ("primary_knowledge_source", Role::Source),
    ("publications", Role::Publications),
    ("negated", Role::Negated),
    ("escaped", Role::Escaped),
    ("statement", Role::Detail(Slot::Statement, 0)),
    ("supporting_text", Role::Detail(Slot::Claim, 0)),
    ("citations", Role::Detail(Slot::Citations, 0)),
    ("extent", Role::Detail(Slot::Extent, 0)),
    ("confidence", Role::Detail(Slot::Confidence, 0)),
    ("hedge_words", Role::Detail(Slot::HedgeWords, 0)),
    ("jointly", Role::Detail(Slot::Jointly, 0)),
    ("has_count", Role::Detail(Slot::Count, 0)),
    ("has_total", Role::Detail(Slot::Total, 0)),
    ("has_percentage", Role::Detail(Slot::Percentage, 0)),
    ("has_quotient", Role::Detail(Slot::Quotient, 0)),
    ("frequency_qualifier", Role::Detail(Slot::Frequency, 0)),
    ("onset_qualifier", Role::Detail(Slot::Onset, 0)),
    ("sex_qualifier", Role::Detail(Slot::Sex, 0)),
];

/// Columns that name a source if no primary one is named, the best first.
const OTHER_SOURCES: [&str; 4] = ["original_knowledge_source", "knowledge_source", "provided_by", "aggregator_knowledge_source"];

/// The most columns of a table: what has more has data for names.
pub(super) const MOST_COLUMNS: usize = 4096;

impl Header {
    /// Reads a line of names; none if they are those of no such table. Of two columns with one name or role the first counts as
    /// such, the other as a further one under its number.
    pub(super) fn read(line: &[u8]) -> Option<Header> {
        let line = String::from_utf8_lossy(line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line));
        let line = line.trim_end_matches(['\r', '\n']);
        let names: Vec<&str> = line.strip_prefix('#').unwrap_or(line).split('\t').map(str::trim).collect();
        if names.len() > MOST_COLUMNS {
            return None;
        }
        let has = |name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        let table = if has("subject") && has("object") && (has("predicate") || has("edge_label")) {
            Table::Edges
        } else if has("id") && (has("category") || has("name")) {
            Table::Nodes
        } else {
            return None;
        };
        let mut header = Header::empty(table);
        for name in &names {
            let lower = name.to_ascii_lowercase();
            // Names of tables from before a column had the name that it has now.
            let usual = match lower.as_str() {
                "edge_label" if !has("predicate") => "predicate",
                "pubs" if !has("publications") => "publications",
                name => name,
            };
            header.add(name, standard(table, usual));
        }
        Some(header.finished())
    }

    /// The columns of a table in which any row may name new ones: those that are known, to begin with.
    pub(super) fn open(table: Table) -> Header {
        let mut header = Header::empty(table);
        for (name, role) in if table == Table::Nodes { NODE_COLUMNS } else { EDGE_COLUMNS } {
            header.add(name, Some(*role));
        }
        if table == Table::Edges {
            OTHER_SOURCES.iter().chain(&["relation"]).for_each(|name| header.add(name, standard(table, name)));
        }
        header.finished()
    }

    fn empty(table: Table) -> Header {
        Header { table, names: Vec::new(), roles: Vec::new(), further: Vec::new(), further_at: Vec::new(), other_sources: Vec::new() }
    }

    /// Adds the next column.
    pub(super) fn add(&mut self, name: &str, role: Option<Role>) {
        let several = |role: Role| matches!(role, Role::Synonyms | Role::Xrefs);
        let is_known = |role: &Role| self.roles.iter().any(|known| is_same(*known, *role));
        let role = match role.filter(|role| several(*role) || !is_known(role)) {
            Some(Role::Relation(_)) => Role::Relation(self.add_further(name)),
            Some(Role::Detail(slot, _)) => Role::Detail(slot, self.add_further(name)),
            Some(role) => role,
            None => Role::Further(self.add_further(name)),
        };
        self.names.push(name.to_owned());
        self.roles.push(role);
    }

    fn add_further(&mut self, name: &str) -> usize {
        let at = self.roles.len();
        let (name, mark) = marked(name);
        let name = if name.is_empty() { format!("column_{}", at + 1) } else { name.to_owned() };
        let is_known = self.further.iter().any(|known| known.name == name);
        let name = if is_known { format!("{name}_{}", at + 1) } else { name };
        self.further.push(Further { name, mark });
        self.further_at.push(at);
        self.further.len() - 1
    }

    /// What follows from all columns together.
    fn finished(mut self) -> Header {
        let place = |name: &&str| self.further.iter().position(|further| further.name.eq_ignore_ascii_case(name));
        self.other_sources = OTHER_SOURCES.iter().filter_map(place).collect();
        self
    }

    /// Where the column with a role is.
    pub(super) fn place(&self, role: Role) -> Option<usize> {
        self.roles.iter().position(|known| *known == role)
    }

    /// Where the columns with a role are.
    pub(super) fn places(&self, role: Role) -> Vec<usize> {
        (0..self.roles.len()).filter(|at| self.roles[*at] == role).collect()
    }
}

fn is_same(left: Role, right: Role) -> bool {
    match (left, right) {
        (Role::Relation(_), Role::Relation(_)) => true,
        (Role::Detail(left, _), Role::Detail(right, _)) => left == right,
        _ => left == right,
    }
}

/// What a column of this name (in small letters) holds in every table.
fn standard(table: Table, name: &str) -> Option<Role> {
    if table == Table::Edges && name == "relation" {
        return Some(Role::Relation(0));
    }
    let columns = if table == Table::Nodes { NODE_COLUMNS } else { EDGE_COLUMNS };
    columns.iter().find_map(|(known, role)| (*known == name).then_some(*role))
}

/// A name and the mark behind its last colon.
fn marked(name: &str) -> (&str, Option<Mark>) {
    let mark = |word: &str| {
        Some(match word {
            "text" => Mark::Text,
            "number" => Mark::Number,
            "integer" => Mark::Integer,
            "boolean" => Mark::Boolean,
            "quantity" => Mark::Quantity,
            "percentage" => Mark::Percentage,
            "ratio" => Mark::Ratio,
            "duration" => Mark::Duration,
            "entity" => Mark::Entity,
            "any" => Mark::Any,
            _ => return None,
        })
    };
    match name.rsplit_once(':') {
        Some((bare, word)) => mark(word).map_or((name, None), |mark| (bare, Some(mark))),
        None => (name, None),
    }
}

/// Whether a further column holds lists (with bars between members) or single texts, where its name says so.
pub(super) fn is_list(name: &str) -> Option<bool> {
    const LISTS: [&str; 28] = [
        "aggregator_knowledge_source",
        "all_categories",
        "attribute",
        "available_from",
        "broad_synonym",
        "category",
        "evidence",
        "has_attribute",
        "has_evidence",
        "has_gene",
        "has_supporting_studies",
        "in_taxon",
        "keyword",
        "keywords",
        "knowledge_source",
        "mesh_terms",
        "narrow_synonym",
        "provided_by",
        "publications",
        "qualifiers",
        "related_synonym",
        "same_as",
        "subsets",
        "supporting_data_source",
        "supporting_documents",
        "synonym",
        "type",
        "xref",
    ];
    const TEXTS: [&str; 18] = [
        "comment",
        "definition",
        "description",
        "formula",
        "full_name",
        "inchi",
        "in_taxon_label",
        "iri",
        "label",
        "name",
        "note",
        "relation",
        "sentence",
        "smiles",
        "summary",
        "supporting_text",
        "symbol",
        "title",
    ];
    match name {
        _ if LISTS.contains(&name) => Some(true),
        _ if TEXTS.contains(&name) || name.ends_with("_text") => Some(false),
        _ => None,
    }
}

/// A name of the Biolink model without its prefix.
pub(super) fn without_prefix(name: &str) -> &str {
    const PREFIX: &str = "biolink:";
    match name.get(..PREFIX.len()) {
        Some(prefix) if prefix.eq_ignore_ascii_case(PREFIX) => &name[PREFIX.len()..],
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::{Header, Mark, Role, Table};

    fn further(header: &Header) -> Vec<&str> {
        header.further.iter().map(|further| further.name.as_str()).collect()
    }

    #[test]
    fn columns_are_told_by_name() {
        let nodes = Header::read(b"\xEF\xBB\xBFname\tid\tcategory\tin_taxon\r").unwrap();
        assert_eq!(nodes.table, Table::Nodes);
        assert_eq!(nodes.roles, [Role::Name, Role::Id, Role::Category, Role::Further(0)]);
        let edges = Header::read(b"subject\tobject\tpredicate\tcategory\tscore\tscore\t").unwrap();
        assert_eq!(edges.table, Table::Edges);
        assert_eq!(edges.place(Role::Object), Some(1));
        assert_eq!(further(&edges), ["category", "score", "score_6", "column_7"]);
        assert!(Header::read(b"id\tkind").is_none() && Header::read(b"").is_none());
        assert!(Header::read(b"id:ID\tname\t:LABEL").is_none() && Header::read(b":START_ID\t:END_ID\t:TYPE").is_none());
    }

    #[test]
    fn names_are_taken_with_spaces_in_any_case_and_by_their_old_name() {
        let edges = Header::read(b"#ID \t Subject\tEDGE_LABEL\tobject\tprovided_by").unwrap();
        assert_eq!(&edges.roles[..4], [Role::Id, Role::Subject, Role::Predicate, Role::Object]);
        assert_eq!(edges.other_sources, [0]);
    }

    #[test]
    fn marks_tell_the_type() {
        let nodes = Header::read(b"id\tname\tdose:quantity\ta:b\tcategory:text").unwrap();
        let marks: Vec<_> = nodes.further.iter().map(|further| (further.name.as_str(), further.mark)).collect();
        assert_eq!(marks, [("dose", Some(Mark::Quantity)), ("a:b", None), ("category", Some(Mark::Text))]);
    }
}
