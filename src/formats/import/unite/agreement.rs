//! Agreement: whether two entities can be one thing, by their kinds: a gene is not its protein, and a symptom is not a disease.

use super::GraphDraft;
use crate::schema::Kind;

/// What two entities' kinds say of them being one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Agreement {
    /// They have a kind in common, or one is narrower than the other, or nothing is said of one.
    Agree,
    /// Nobody knows.
    Unknown,
    /// No thing is both.
    Disagree,
}

/// Categories of the Biolink model, in lower case and sorted, and the branch that each stands on. Things on different branches
/// are different things; what stands on `condition` itself can be either of its branches.
const BRANCHES: &[(&str, &str)] = &[
    ("anatomicalentity", "anatomy"),
    ("behavioralfeature", "condition/feature"),
    ("biologicalprocess", "process"),
    ("cell", "anatomy"),
    ("cellularcomponent", "anatomy"),
    ("chemicalentity", "chemical"),
    ("chemicalmixture", "chemical"),
    ("clinicalfinding", "condition/feature"),
    ("disease", "condition/disease"),
    ("diseaseorphenotypicfeature", "condition"),
    ("drug", "chemical"),
    ("gene", "gene"),
    ("grossanatomicalstructure", "anatomy"),
    ("molecularactivity", "process"),
    ("molecularentity", "chemical"),
    ("molecularmixture", "chemical"),
    ("organismtaxon", "taxon"),
    ("pathway", "process"),
    ("phenotypicfeature", "condition/feature"),
    ("physiologicalprocess", "process"),
    ("polypeptide", "protein"),
    ("protein", "protein"),
    ("publication", "publication"),
    ("smallmolecule", "chemical"),
];

/// The kinds of a draft as they matter here.
pub(super) struct Kinds {
    /// What makes kinds of different graphs the same, by kind.
    keys: Vec<String>,
    branches: Vec<Option<&'static str>>,
}

impl Kinds {
    pub(super) fn of(draft: &GraphDraft) -> Kinds {
        let kinds = &draft.schema.kinds;
        Kinds { keys: kinds.iter().map(|kind| super::schema::key(&kind.id)).collect(), branches: kinds.iter().map(branch).collect() }
    }
}

/// The branch of a kind, by its category, or by its id if that is one.
fn branch(kind: &Kind) -> Option<&'static str> {
    let named = kind.category.as_deref().unwrap_or(&kind.id);
    let name = super::schema::key(named.strip_prefix("biolink:").unwrap_or(named));
    BRANCHES.binary_search_by(|(category, _)| (*category).cmp(&name)).ok().map(|at| BRANCHES[at].1)
}

/// An entity of a draft.
#[derive(Clone, Copy)]
pub(super) struct Whose<'d> {
    pub draft: &'d GraphDraft,
    pub kinds: &'d Kinds,
    pub entity: u32,
}

impl<'d> Whose<'d> {
    fn kinds(self) -> &'d [crate::model::KindId] {
        let entities = &self.draft.entities;
        let signature = entities.signatures.get(self.entity as usize).copied().unwrap_or_default();
        entities.signature_kinds.get(signature as usize).map_or(&[], Vec::as_slice)
    }

    fn branches(self) -> Vec<&'static str> {
        self.kinds().iter().filter_map(|kind| self.kinds.branches.get(kind.index()).copied().flatten()).collect()
    }

    fn keys(self) -> impl Iterator<Item = &'d str> {
        self.kinds().iter().filter_map(move |kind| self.kinds.keys.get(kind.index()).map(String::as_str))
    }
}

/// What the kinds of two entities say.
pub(super) fn agreement(left: Whose<'_>, right: Whose<'_>) -> Agreement {
    if left.kinds().is_empty() || right.kinds().is_empty() {
        return Agreement::Agree;
    }
    let (ours, theirs) = (left.branches(), right.branches());
    if !ours.is_empty() && !theirs.is_empty() {
        let narrower = |one: &str, other: &str| one == other || one.strip_prefix(other).is_some_and(|rest| rest.starts_with('/'));
        let meets = |one: &str| theirs.iter().any(|other| narrower(one, other) || narrower(other, one));
        return if ours.iter().any(|one| meets(one)) { Agreement::Agree } else { Agreement::Disagree };
    }
    if left.keys().any(|key| right.keys().any(|other| other == key)) { Agreement::Agree } else { Agreement::Unknown }
}

#[cfg(test)]
mod tests {
    use super::BRANCHES;

    #[test]
    fn branches_can_be_searched_by_halves() {
        assert!(BRANCHES.is_sorted_by(|left, right| left.0 < right.0));
    }
}
