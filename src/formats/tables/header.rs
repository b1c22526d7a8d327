//! Header: what the columns of a table hold, by what a user says of them, else by their names.

use super::mapping::{Mapping, Role};

/// What a table is a table of, and what its columns hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub is_edges: bool,
    /// What each column holds.
    pub columns: Vec<Column>,
    /// Names that stand there twice.
    pub repeated: Vec<String>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub role: Role,
    /// What stands between the members of a list, where the header says that it holds lists.
    pub list: Option<char>,
}

/// The words for the two ends of an edge, the clearest first.
const ENDS: [[&str; 2]; 13] = [
    ["start_id", "end_id"],
    ["subject", "object"],
    ["x", "y"],
    ["source", "target"],
    ["from", "to"],
    ["head", "tail"],
    ["start", "end"],
    ["src", "dst"],
    ["node1", "node2"],
    ["node_1", "node_2"],
    ["entity1", "entity2"],
    ["node_a", "node_b"],
    ["interactor_a", "interactor_b"],
];
/// Words that say something else where nothing stands behind them: places on a map or on a chromosome.
const NOT_BARE: [&str; 2] = ["x", "start"];

/// Names of columns of edges, the clearest first for each role.
const OF_EDGES: &[(Role, &[&str])] = &[
    (
        Role::Relation,
        &[
            "metaedge",
            "relation",
            "predicate",
            "edge_type",
            "rel_type",
            "relation_type",
            "relationship",
            "relationship_type",
            "interaction",
            "interaction_type",
            "rel",
            "verb",
            "type",
            "label",
            "edge",
        ],
    ),
    (Role::Statement, &["statement", "statement_id", "edge_id", "id"]),
    (Role::Publication, &["publications", "publication", "pmids", "pmid", "pubmed_id", "pubmed_ids", "references", "reference"]),
    (
        Role::Evidence,
        &["primary_knowledge_source", "knowledge_source", "provided_by", "data_source", "database", "evidence_source", "source"],
    ),
    (Role::Negated, &["negated", "negative", "not"]),
];

/// Names of columns of nodes, the clearest first for each role.
const OF_NODES: &[(Role, &[&str])] = &[
    (Role::Id, &["id", "identifier", "node_id", "nodeid", "entity_id", "curie", "node", "accession"]),
    (Role::Name, &["name", "label", "title", "node_name", "preferred_label", "preferred_name", "display_name", "symbol"]),
    (
        Role::Kind,
        &[
            "kind",
            "kinds",
            "category",
            "categories",
            "type",
            "node_type",
            "entity_type",
            "class",
            "labels",
            "metanode",
            "semantic_type",
            "label",
        ],
    ),
    (Role::Synonyms, &["synonyms", "synonym", "aliases", "alias", "exact_synonym", "exact_synonyms"]),
    (Role::Xrefs, &["xrefs", "xref", "dbxrefs", "dbxref", "cross_references", "equivalent_identifiers", "same_as"]),
    (Role::Definition, &["definition", "description", "def"]),
];

impl Header {
    /// What the columns with these names hold; none if that is not clear.
    pub(super) fn of(names: &[String], mapping: &Mapping) -> Option<Header> {
        let (plain, typed): (Vec<String>, Vec<Option<String>>) = names.iter().map(|name| parted(name)).unzip();
        let mut roles: Vec<Option<Role>> = names.iter().zip(&typed).map(|(name, typed)| said(name, typed.as_deref(), mapping)).collect();
        if let Some(ends) = ends_of(&plain, &roles) {
            for (at, role) in ends {
                roles[at].get_or_insert(role);
            }
        }
        let has = |roles: &[Option<Role>], role: Role| roles.iter().any(|known| known.as_ref() == Some(&role));
        let is_edges = has(&roles, Role::Source) && has(&roles, Role::Target);
        for (role, words) in if is_edges { OF_EDGES } else { OF_NODES } {
            if has(&roles, role.clone()) {
                continue;
            }
            let at = words.iter().find_map(|word| (0..plain.len()).find(|at| plain[*at] == *word && roles[*at].is_none()));
            if let Some(at) = at {
                roles[at] = Some(role.clone());
            }
        }
        if !is_edges && !has(&roles, Role::Id) {
            return None;
        }
        let mut header = Header { is_edges, columns: Vec::new(), repeated: Vec::new() };
        for ((role, name), typed) in roles.into_iter().zip(names).zip(&typed) {
            let role = role.unwrap_or_else(|| header.further(name));
            let list = typed.as_deref().filter(|typed| typed.ends_with("[]")).map(|_| ';');
            header.columns.push(Column { role, list });
        }
        Some(header)
    }

    /// A column that is called as it is, with a number behind it if another is called so.
    fn further(&mut self, name: &str) -> Role {
        let bare = if parted(name).1.is_some() { name.split(':').next().unwrap_or(name) } else { name };
        let words: Vec<&str> = bare.split_whitespace().collect();
        let own = if words.is_empty() { format!("column_{}", self.columns.len() + 1) } else { words.join("_") };
        let is_taken = |name: &str| self.columns.iter().any(|column| matches!(&column.role, Role::Further(known) if known == name));
        if !is_taken(&own) {
            return Role::Further(own);
        }
        let numbered = (2..).map(|number| format!("{own}_{number}")).find(|name| !is_taken(name));
        self.repeated.push(own.clone());
        Role::Further(numbered.unwrap_or(own))
    }

    /// Where a role is.
    pub(super) fn place(&self, role: &Role) -> Option<usize> {
        self.columns.iter().position(|column| column.role == *role)
    }

    /// The columns that are properties or qualifiers, with their names.
    pub(super) fn further_columns(&self) -> impl Iterator<Item = (usize, &str, Option<char>)> {
        self.columns.iter().enumerate().filter_map(|(at, column)| match &column.role {
            Role::Further(name) => Some((at, name.as_str(), column.list)),
            _ => None,
        })
    }
}

/// A name in lower case with underscores, and the type that a header for bulk imports puts behind a colon: `score:float`.
fn parted(name: &str) -> (String, Option<String>) {
    const TYPES: [&str; 12] =
        ["int", "integer", "long", "short", "float", "double", "boolean", "string", "char", "byte", "date", "datetime"];
    const MARKS: [&str; 6] = ["ID", "LABEL", "TYPE", "START_ID", "END_ID", "IGNORE"];
    let name = name.trim().trim_start_matches('#').trim();
    let plain = |name: &str| {
        let words: Vec<String> =
            name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        words.join("_")
    };
    if let Some((bare, behind)) = name.rsplit_once(':') {
        let mark = behind.split('(').next().unwrap_or(behind).trim();
        let is_type = TYPES.contains(&mark.trim_end_matches("[]").to_ascii_lowercase().as_str());
        if MARKS.contains(&mark) || (is_type && !bare.is_empty()) {
            return (plain(bare), Some(mark.to_owned()));
        }
    }
    (plain(name), None)
}

/// What the user or the header itself says of a column.
fn said(name: &str, typed: Option<&str>, mapping: &Mapping) -> Option<Role> {
    if let Some(role) = mapping.role(name.trim()) {
        return Some(role.clone());
    }
    match typed? {
        "ID" => Some(Role::Id),
        "LABEL" => Some(Role::Kind),
        "TYPE" => Some(Role::Relation),
        "START_ID" => Some(Role::Source),
        "END_ID" => Some(Role::Target),
        "IGNORE" => Some(Role::Ignore),
        _ => None,
    }
}

/// The columns of the two ends, if both are there: those that are called by the words for them, and by these words and what they
/// say of the end (`x_id`, `x_name`, `x_type`).
fn ends_of(plain: &[String], roles: &[Option<Role>]) -> Option<Vec<(usize, Role)>> {
    let is_said = |role: Role| roles.iter().any(|known| known.as_ref() == Some(&role));
    if is_said(Role::Source) && is_said(Role::Target) {
        return None;
    }
    let free = |name: &str| (0..plain.len()).find(|at| plain[*at] == name && roles[*at].is_none());
    for words in ENDS {
        let own = [
            [Role::Source, Role::SourceName, Role::SourceKind, Role::SourcePrefix],
            [Role::Target, Role::TargetName, Role::TargetKind, Role::TargetPrefix],
        ];
        let mut found = Vec::new();
        for (word, [end, name, kind, prefix]) in words.into_iter().zip(own) {
            let behind = |suffix: &str| free(&format!("{word}_{suffix}"));
            let bare = if NOT_BARE.contains(&words[0]) { None } else { free(word) };
            let id = behind("id").or_else(|| behind("identifier")).or(bare).or_else(|| behind("index"));
            let named = behind("name").or_else(|| behind("label")).or(bare.filter(|at| Some(*at) != id));
            let of_kind = behind("type").or_else(|| behind("kind")).or_else(|| behind("category"));
            let is_numbered = id.is_some_and(|at| plain[at].ends_with("_id"));
            let collection = behind("source").filter(|_| is_numbered && words == ["x", "y"]);
            // An index is of no use where there is an id.
            let index = behind("index").filter(|at| Some(*at) != id);
            found.extend(id.map(|at| (at, end)));
            found.extend(named.map(|at| (at, name)));
            found.extend(of_kind.map(|at| (at, kind)));
            found.extend(collection.map(|at| (at, prefix)));
            found.extend(index.map(|at| (at, Role::Ignore)));
        }
        let has = |role: Role| is_said(role.clone()) || found.iter().any(|(_, known)| *known == role);
        if has(Role::Source) && has(Role::Target) {
            return Some(found);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Header, Mapping, Role};

    fn roles(names: &str, said: &[&str]) -> Option<(bool, Vec<String>)> {
        let names: Vec<String> = names.split(',').map(str::to_owned).collect();
        let mapping = Mapping::united(said.iter().map(|text| Mapping::parse(text).unwrap()));
        let header = Header::of(&names, &mapping)?;
        let roles = header.columns.iter().map(|column| match &column.role {
            Role::Further(name) => name.clone(),
            role => format!("{role:?}"),
        });
        Some((header.is_edges, roles.collect()))
    }

    #[test]
    fn usual_names_are_known() {
        for (names, is_edges, expected) in [
            ("source,metaedge,target", true, "Source Relation Target"),
            ("From,To,weight,type", true, "Source Target weight Relation"),
            ("subject,predicate,object,source,PMID", true, "Source Relation Target Evidence Publication"),
            ("head_id,head,relation,tail_id,tail,head_type", true, "Source SourceName Relation Target TargetName SourceKind"),
            (
                "relation,display_relation,x_index,x_id,x_type,x_name,x_source,y_index,y_id,y_type,y_name,y_source",
                true,
                "Relation display_relation Ignore Source SourceKind SourceName SourcePrefix Ignore Target TargetKind TargetName TargetPrefix",
            ),
            (":START_ID(Gene),score:float,:END_ID,:TYPE,tags:string[]", true, "Source score Target Relation tags"),
            ("geneId:ID(Gene),name:string,:LABEL,score:double", false, "Id Name Kind score"),
            ("#id,label,type,source,x,x", false, "Id Name Kind source x x_2"),
            ("Identifier,Title,Aliases,Description", false, "Id Name Synonyms Definition"),
            ("id,name,label", false, "Id Name Kind"),
            ("id,,my column", false, "Id column_2 my_column"),
        ] {
            let expected: Vec<String> = expected.split(' ').map(str::to_owned).collect();
            assert_eq!(roles(names, &[]), Some((is_edges, expected)), "{names}");
        }
        for names in ["", "gene,score", "name,kind", "source,score", "a,b", "date:year,b", "name,x,y", "gene,start,end"] {
            assert_eq!(roles(names, &[]), None, "{names}");
        }
    }

    #[test]
    fn what_is_said_counts_first() {
        let expected = ["Source", "SourceName", "Target", "value"].map(str::to_owned).to_vec();
        assert_eq!(roles("gene,symbol,drug,score", &["gene=from", "symbol=source_name", "DRUG=to", "score=value"]), Some((true, expected)));
        assert_eq!(roles("gene,id", &["gene=id"]), Some((false, vec!["Id".to_owned(), "id".to_owned()])));
    }
}
