//! Metaedges: the relations of Hetionet, which its tables abbreviate by their ends and their verb, as `CtD` for a compound that treats a disease.

use crate::schema::RelationType;

/// The abbreviation, its verb in the third person and in the base form, and whether the verb reads the other way round as well.
const METAEDGES: [(&str, &str, &str, bool); 24] = [
    ("AdG", "downregulates", "downregulate", false),
    ("AeG", "expresses", "express", false),
    ("AuG", "upregulates", "upregulate", false),
    ("CbG", "binds", "bind", false),
    ("CcSE", "causes", "cause", false),
    ("CdG", "downregulates", "downregulate", false),
    ("CpD", "palliates", "palliate", false),
    ("CrC", "resembles", "resemble", false),
    ("CtD", "treats", "treat", false),
    ("CuG", "upregulates", "upregulate", false),
    ("DaG", "associates", "associate", true),
    ("DdG", "downregulates", "downregulate", false),
    ("DlA", "localizes", "localize", false),
    ("DpS", "presents", "present", false),
    ("DrD", "resembles", "resemble", false),
    ("DuG", "upregulates", "upregulate", false),
    ("GcG", "covaries", "covary", false),
    ("GiG", "interacts", "interact", false),
    ("GpBP", "participates", "participate", false),
    ("GpCC", "participates", "participate", false),
    ("GpMF", "participates", "participate", false),
    ("GpPW", "participates", "participate", false),
    ("Gr>G", "regulates", "regulate", false),
    ("PCiC", "includes", "include", false),
];

/// Gives a relation type that is called by an abbreviation its verbs; one verb may mean several types, told apart by their ends.
pub(super) fn give_words(relation_type: &mut RelationType) {
    let Some((id, third, base, is_mutual)) = METAEDGES.iter().find(|(id, ..)| *id == relation_type.id) else {
        return;
    };
    relation_type.verbs = vec![(*third).to_owned(), (*base).to_owned()];
    if id.contains('>') {
        // An arrow within a word cannot be typed as a word.
        relation_type.verbs.push(id.replace('>', ""));
    }
    if *is_mutual {
        relation_type.inverse_verbs = vec![(*third).to_owned(), (*base).to_owned()];
    }
}
