//! Header: which column of a table of annotations holds what, in any order and under the names of each of its editions.

use std::ops::Range;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The disease, as a CURIE; in the oldest files its number within `Database`.
    Disease,
    Database,
    Name,
    /// `NOT`, or nothing.
    Qualifier,
    Term,
    Reference,
    Evidence,
    Onset,
    Frequency,
    Sex,
    Modifier,
    Aspect,
}

/// How many roles there are.
const ROLES: usize = Role::Aspect as usize + 1;

/// The names of columns, in lower case and without anything but letters and digits.
const NAMES: [(&str, Role); 28] = [
    ("databaseid", Role::Disease),
    ("dbobjectid", Role::Disease),
    ("diseaseid", Role::Disease),
    ("db", Role::Database),
    ("database", Role::Database),
    ("diseasename", Role::Name),
    ("dbname", Role::Name),
    ("dbobjectname", Role::Name),
    ("qualifier", Role::Qualifier),
    ("negation", Role::Qualifier),
    ("hpoid", Role::Term),
    ("hpid", Role::Term),
    ("hpotermid", Role::Term),
    ("reference", Role::Reference),
    ("references", Role::Reference),
    ("dbreference", Role::Reference),
    ("evidence", Role::Evidence),
    ("evidencecode", Role::Evidence),
    ("onset", Role::Onset),
    ("ageofonset", Role::Onset),
    ("onsetmodifier", Role::Onset),
    ("frequency", Role::Frequency),
    ("frequencymodifier", Role::Frequency),
    ("sex", Role::Sex),
    ("modifier", Role::Modifier),
    ("modifiers", Role::Modifier),
    ("with", Role::Modifier),
    ("aspect", Role::Aspect),
];

/// Columns that say who wrote a row and when, which is not kept.
const CURATION: [&str; 7] = ["biocuration", "assignedby", "datecreated", "date", "annotationdate", "createdby", "curators"];

/// The columns of today's files, for one that has lost its header.
const TODAY: &str =
    "database_id\tdisease_name\tqualifier\thpo_id\treference\tevidence\tonset\tfrequency\tsex\tmodifier\taspect\tbiocuration";

/// The columns of a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header {
    places: [Option<usize>; ROLES],
    /// How many columns there are.
    pub width: usize,
    /// The names of columns that are not known, as written.
    pub unknown: Vec<String>,
}

impl Header {
    /// Reads the line with the names; none if it is no header of a table of annotations.
    pub(super) fn read(line: &str) -> Option<Header> {
        let mut header = Header { places: [None; ROLES], width: 0, unknown: Vec::new() };
        for (at, written) in line.trim_start_matches('#').split('\t').enumerate() {
            let name: String = written.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
            match NAMES.iter().find(|(known, _)| *known == name) {
                Some((_, role)) if header.place(*role).is_none() => header.places[*role as usize] = Some(at),
                _ if name.is_empty() || CURATION.contains(&name.as_str()) => {}
                _ => header.unknown.push(written.trim().to_owned()),
            }
            header.width = at + 1;
        }
        let has = |role: Role| header.place(role).is_some();
        let says_something = [Role::Aspect, Role::Frequency, Role::Evidence].into_iter().any(has);
        (has(Role::Disease) && has(Role::Term) && says_something).then_some(header)
    }

    /// The columns of today's files, if a row fits them.
    pub(super) fn of_row(line: &str) -> Option<Header> {
        let fields: Vec<&str> = line.split('\t').collect();
        let fits = matches!(fields.len(), 11 | 12)
            && fields[0].contains(':')
            && fields[3].starts_with("HP:")
            && matches!(fields[10].trim(), "P" | "I" | "C" | "M" | "H");
        if fits { Header::read(TODAY) } else { None }
    }

    /// Where a column is.
    pub(super) fn place(&self, role: Role) -> Option<usize> {
        self.places[role as usize]
    }

    /// The field of a row, without spaces around it; empty where the row or the table has none.
    pub(super) fn field<'t>(&self, role: Role, text: &'t str, places: &[Range<usize>]) -> &'t str {
        let place = self.place(role).and_then(|at| places.get(at));
        place.and_then(|place| text.get(place.clone())).unwrap_or_default().trim()
    }
}

#[cfg(test)]
mod tests {
    use super::{Header, Role, TODAY};

    #[test]
    fn columns_are_known_under_their_names_of_each_edition() {
        let header = Header::read(TODAY).unwrap();
        assert_eq!((header.place(Role::Disease), header.place(Role::Aspect), header.width), (Some(0), Some(10), 12));
        assert!(header.unknown.is_empty());
        let older =
            "#DatabaseID\tDiseaseName\tQualifier\tHPO_ID\tReference\tEvidence\tOnset\tFrequency\tSex\tModifier\tAspect\tBiocuration";
        assert_eq!(Header::read(older).unwrap(), header);
        let oldest = "#DB\tDB_Object_ID\tDB_Name\tQualifier\tHPO ID\tDB:Reference\tEvidence code\tOnset modifier\tFrequency\tWith\tAspect\tSynonym\tDate\tAssigned by";
        let oldest = Header::read(oldest).unwrap();
        assert_eq!((oldest.place(Role::Database), oldest.place(Role::Disease), oldest.place(Role::Term)), (Some(0), Some(1), Some(4)));
        assert_eq!(oldest.unknown, ["Synonym"]);
    }

    #[test]
    fn other_tables_are_none() {
        for line in [
            "",
            "id\tcategory\tname",
            "subject\tpredicate\tobject",
            "hpo_id\thpo_name\tncbi_gene_id\tgene_symbol\tdisease_id",
            "#description: \"HPO\"",
        ] {
            assert_eq!(Header::read(line), None, "{line}");
            assert_eq!(Header::of_row(line), None, "{line}");
        }
        assert!(Header::of_row("ORPHA:1\tx\t\tHP:0000001\tORPHA:1\tTAS\t\t\t\t\tP\t").is_some());
    }
}
