//! Header: which column of a table holds what, by name.

/// What a table of this form lists.
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
    Subject,
    Predicate,
    Object,
    Source,
    Publications,
    Negated,
    /// Whatever else: the position among the further columns.
    Further(usize),
}

/// The columns of a table.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub table: Table,
    pub roles: Vec<Role>,
    /// The names of the further columns.
    pub further: Vec<String>,
}

impl Header {
    /// Reads a line of names; none if they are those of no such table. Of two columns with one name or role the first counts as
    /// such, the other as a further one under its number.
    pub(super) fn read(line: &[u8]) -> Option<Header> {
        let line = String::from_utf8_lossy(line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line));
        let names: Vec<&str> = line.trim_end_matches(['\r', '\n']).split('\t').map(str::trim).collect();
        let has = |name: &str| names.contains(&name);
        let table = if has("subject") && has("predicate") && has("object") {
            Table::Edges
        } else if has("id") && has("category") {
            Table::Nodes
        } else {
            return None;
        };
        let mut header = Header { table, roles: Vec::new(), further: Vec::new() };
        for (at, name) in names.iter().enumerate() {
            let role = role(table, name).filter(|role| !header.roles.contains(role));
            let role = role.unwrap_or_else(|| {
                let name = if name.is_empty() { format!("column_{}", at + 1) } else { (*name).to_owned() };
                let name = if header.further.contains(&name) { format!("{name}_{}", at + 1) } else { name };
                header.further.push(name);
                Role::Further(header.further.len() - 1)
            });
            header.roles.push(role);
        }
        Some(header)
    }

    /// Where the column with a role is.
    pub(super) fn place(&self, role: Role) -> Option<usize> {
        self.roles.iter().position(|known| *known == role)
    }
}

fn role(table: Table, name: &str) -> Option<Role> {
    Some(match (table, name) {
        (_, "id") => Role::Id,
        (Table::Nodes, "category") => Role::Category,
        (Table::Nodes, "name") => Role::Name,
        (Table::Nodes, "synonym") => Role::Synonyms,
        (Table::Nodes, "xref") => Role::Xrefs,
        (Table::Nodes, "description") => Role::Definition,
        (Table::Edges, "subject") => Role::Subject,
        (Table::Edges, "predicate") => Role::Predicate,
        (Table::Edges, "object") => Role::Object,
        (Table::Edges, "primary_knowledge_source") => Role::Source,
        (Table::Edges, "publications") => Role::Publications,
        (Table::Edges, "negated") => Role::Negated,
        _ => return None,
    })
}

/// A name of the Biolink model without its prefix.
pub(super) fn without_prefix(name: &str) -> &str {
    name.strip_prefix("biolink:").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::{Header, Role, Table};

    #[test]
    fn columns_are_told_by_name() {
        let nodes = Header::read(b"\xEF\xBB\xBFname\tid\tcategory\tin_taxon\r").unwrap();
        assert_eq!(nodes.table, Table::Nodes);
        assert_eq!(nodes.roles, [Role::Name, Role::Id, Role::Category, Role::Further(0)]);
        let edges = Header::read(b"subject\tobject\tpredicate\tcategory\tscore\tscore\t").unwrap();
        assert_eq!(edges.table, Table::Edges);
        assert_eq!(edges.place(Role::Object), Some(1));
        assert_eq!(edges.further, ["category", "score", "score_6", "column_7"]);
        assert!(Header::read(b"id\tname").is_none() && Header::read(b"").is_none());
    }
}
