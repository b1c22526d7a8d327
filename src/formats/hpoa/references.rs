//! References: who says what an annotation says: the sources, and the publications or entries that they name.

use crate::formats::import::DraftBuilder;
use crate::model::{Citation, Cohort, SourceId, canonical};
use crate::store::{BulkColumn, FastMap};

/// The source of what the HPO's curators took from publications.
const CURATED: (&str, &str) = ("hpoa", "HPO annotations");

/// The collections whose own entries are cited: prefix, source and title. What their entries say is theirs, not the HPO's.
const COLLECTIONS: [(&str, &str, &str); 3] =
    [("ORPHA:", "orphanet", "Orphanet"), ("OMIM:", "omim", "OMIM"), ("DECIPHER:", "decipher", "DECIPHER")];

/// What one field of references says.
#[derive(Debug)]
pub(super) struct Cited {
    /// Each reference with its source, in the order written; never empty.
    each: Vec<(SourceId, String)>,
}

/// The fields of references so far, each read once.
#[derive(Debug, Default)]
pub(super) struct References {
    version: String,
    places: FastMap<Box<str>, u32>,
    cited: Vec<Cited>,
}

impl References {
    /// None so far, of annotations of a version, which may be empty.
    pub(super) fn new(version: &str) -> References {
        References { version: version.to_owned(), ..References::default() }
    }

    /// The number of a field.
    pub(super) fn place(&mut self, field: &str, draft: &mut DraftBuilder) -> u32 {
        if let Some(place) = self.places.get(field) {
            return *place;
        }
        let place = u32::try_from(self.cited.len()).unwrap_or(u32::MAX);
        let mut each: Vec<(SourceId, String)> = Vec::new();
        for reference in field.split([';', '|']).map(str::trim).filter(|reference| !reference.is_empty()) {
            let reference = canonical(reference);
            if each.iter().all(|(_, known)| *known != reference) {
                each.push((self.source(&reference, draft), reference.into_owned()));
            }
        }
        if each.is_empty() {
            each.push((self.source("", draft), String::new()));
        }
        self.cited.push(Cited { each });
        self.places.insert(field.into(), place);
        place
    }

    fn source(&self, reference: &str, draft: &mut DraftBuilder) -> SourceId {
        let version = if self.version.is_empty() { String::new() } else { format!(" {}", self.version) };
        match COLLECTIONS.iter().find(|(prefix, ..)| reference.starts_with(prefix)) {
            Some((_, slug, title)) => draft.source(slug, &format!("{title}, in the {}{version}", CURATED.1)),
            None => draft.source(CURATED.0, &format!("{}{version}", CURATED.1)),
        }
    }

    /// The fields by their numbers.
    pub(super) fn get(&self, place: u32) -> Option<&Cited> {
        self.cited.get(place as usize)
    }

    /// The publications of relations with these fields, as a column: those of one field with bars between them.
    pub(super) fn publications(self, places: Vec<u32>) -> BulkColumn {
        let text = |cited: &Cited| cited.each.iter().map(|(_, reference)| reference.as_str()).collect::<Vec<_>>().join("|");
        BulkColumn::Texts(places, self.cited.iter().map(text).collect())
    }
}

impl Cited {
    /// The source, if all of it has one and the same.
    pub(super) fn source(&self) -> Option<SourceId> {
        let first = self.each.first()?.0;
        self.each.iter().all(|(source, _)| *source == first).then_some(first)
    }

    /// The first reference; empty if there is none.
    pub(super) fn first(&self) -> &str {
        self.each.first().map_or("", |(_, reference)| reference)
    }

    /// The evidence. What was counted stands with the first citation: it was counted once.
    pub(super) fn evidence(&self, cohort: Option<Cohort>) -> Vec<Citation> {
        let citation = |(at, (source, reference)): (usize, &(SourceId, String))| Citation {
            source: *source,
            sentences: Vec::new(),
            publication: Some(reference.clone()).filter(|reference| !reference.is_empty()),
            cohort: cohort.filter(|_| at == 0),
        };
        self.each.iter().enumerate().map(citation).collect()
    }
}
