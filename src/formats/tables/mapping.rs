//! Mapping: what a user says that the columns of tables hold, where their names do not say it.

use crate::diagnostic::{Code, Complaints, Diagnostic};

/// What a user says of columns: `gene_symbol=name`, `3=target`, `relation:=interacts_with`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    columns: Vec<(String, Role)>,
    /// The kind of nodes in tables that have no column of kinds.
    pub(super) kind: Option<String>,
    /// The relation of edges in tables that have no column of relations.
    pub(super) relation: Option<String>,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// The id of a node.
    Id,
    Name,
    Kind,
    Synonyms,
    Xrefs,
    Definition,
    /// Where an edge starts: the id of a node, and what else an edge may say of it.
    Source,
    SourceName,
    SourceKind,
    /// The collection that the id belongs to.
    SourcePrefix,
    Target,
    TargetName,
    TargetKind,
    TargetPrefix,
    Relation,
    /// The id of an edge.
    Statement,
    /// Who says so.
    Evidence,
    Publication,
    Negated,
    Ignore,
    /// A property of nodes or a qualifier of edges, under this name.
    Further(String),
}

/// The words for roles; the first for each is the one that messages use.
const WORDS: &[(&str, Role)] = &[
    ("id", Role::Id),
    ("name", Role::Name),
    ("kind", Role::Kind),
    ("synonyms", Role::Synonyms),
    ("xrefs", Role::Xrefs),
    ("definition", Role::Definition),
    ("source", Role::Source),
    ("from", Role::Source),
    ("source_name", Role::SourceName),
    ("source_kind", Role::SourceKind),
    ("source_prefix", Role::SourcePrefix),
    ("relation", Role::Relation),
    ("target", Role::Target),
    ("to", Role::Target),
    ("target_name", Role::TargetName),
    ("target_kind", Role::TargetKind),
    ("target_prefix", Role::TargetPrefix),
    ("statement", Role::Statement),
    ("evidence", Role::Evidence),
    ("publication", Role::Publication),
    ("reference", Role::Publication),
    ("negated", Role::Negated),
    ("ignore", Role::Ignore),
];

impl Mapping {
    /// Reads what is said of one column, `COLUMN=ROLE`, or of all rows, `ROLE:=VALUE`. A column is its name, or its number
    /// (from 1) in a table whose first line is no header. A role that is no known word is the name of a property.
    ///
    /// # Errors
    /// It has neither form, or sets something else than `kind` or `relation` for all rows.
    pub fn parse(text: &str) -> Result<Mapping, Complaints> {
        let mut mapping = Mapping::default();
        if let Some((role, value)) = text.split_once(":=") {
            let value = value.trim();
            let slot = match role.trim() {
                "kind" => &mut mapping.kind,
                "relation" => &mut mapping.relation,
                other => {
                    let message = format!("'{other}' cannot be set for all rows");
                    return Err(Diagnostic::error(Code::BadOption, message).help("`kind:=gene` and `relation:=interacts_with` can").into());
                }
            };
            if value.is_empty() {
                return Err(malformed(text));
            }
            *slot = Some(value.to_owned());
            return Ok(mapping);
        }
        let (column, role) = text.rsplit_once('=').ok_or_else(|| malformed(text))?;
        let (column, role) = (column.trim(), role.trim());
        if column.is_empty() || role.is_empty() {
            return Err(malformed(text));
        }
        let known = WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(role)).map(|(_, role)| role.clone());
        mapping.columns.push((column.to_owned(), known.unwrap_or_else(|| Role::Further(role.to_owned()))));
        Ok(mapping)
    }

    /// All that several say; the last counts where two say something of one column.
    pub fn united(mappings: impl IntoIterator<Item = Mapping>) -> Mapping {
        let mut united = Mapping::default();
        for mapping in mappings {
            united.columns.extend(mapping.columns);
            united.kind = mapping.kind.or(united.kind);
            united.relation = mapping.relation.or(united.relation);
        }
        united
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Mapping::default()
    }

    /// The columns that are spoken of.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(column, _)| column.as_str())
    }

    /// What is said of a column.
    pub(super) fn role(&self, column: &str) -> Option<&Role> {
        let said = |same: &dyn Fn(&str) -> bool| self.columns.iter().rev().find(|(known, _)| same(known)).map(|(_, role)| role);
        said(&|known| known == column).or_else(|| said(&|known| known.eq_ignore_ascii_case(column)))
    }

    /// Whether it speaks of columns by number, and of none by a name in this header: then the first line is no header.
    pub(super) fn is_by_number(&self, header: &[String]) -> bool {
        let is_number = |column: &str| column.parse::<usize>().is_ok_and(|number| number > 0);
        let is_name = |column: &str| header.iter().any(|name| name.trim().eq_ignore_ascii_case(column));
        self.columns().any(is_number) && !self.columns().any(is_name)
    }
}

fn malformed(text: &str) -> Complaints {
    Diagnostic::error(Code::BadOption, format!("'{text}' does not say what a column holds"))
        .help("write COLUMN=ROLE, such as `gene_symbol=name`, or ROLE:=VALUE for all rows, such as `relation:=interacts_with`")
        .help("roles: id, name, kind, synonyms, xrefs, definition of nodes; source, relation, target, statement, evidence, publication, negated of edges; source_name, source_kind, target_name, target_kind of their ends; ignore; any other word names a property")
        .into()
}

#[cfg(test)]
mod tests {
    use super::{Mapping, Role};

    #[test]
    fn columns_and_constants_are_read() {
        let parsed = ["Gene=ID", "a=b=from", "relation:=binds", "3=score", "gene=name"].map(|text| Mapping::parse(text).unwrap());
        let mapping = Mapping::united(parsed);
        assert_eq!(mapping.role("gene"), Some(&Role::Name));
        assert_eq!(mapping.role("Gene"), Some(&Role::Id));
        assert_eq!(mapping.role("a=b"), Some(&Role::Source));
        assert_eq!(mapping.role("3"), Some(&Role::Further("score".to_owned())));
        assert_eq!((mapping.relation.as_deref(), mapping.kind.as_deref()), (Some("binds"), None));
        assert!(mapping.is_by_number(&["x".to_owned()]) && !mapping.is_by_number(&["GENE".to_owned()]));
        for text in ["", "=", "a=", "=id", "gene", "kind:=", "name:=x"] {
            assert!(Mapping::parse(text).is_err(), "{text}");
        }
    }
}
