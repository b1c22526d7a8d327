//! Words: the names under which identifiers, predicates and ontologies appear in a graph.

/// What well-known predicates are called in a graph, by CURIE, whatever the labels say that a file has for them, so that the graphs
/// of different files agree; and their Biolink predicates, where there is one. Sorted.
const PREDICATES: &[(&str, &str, Option<&str>)] = &[
    ("BFO:0000050", "part_of", Some("biolink:part_of")),
    ("BFO:0000051", "has_part", Some("biolink:has_part")),
    ("BFO:0000062", "preceded_by", Some("biolink:preceded_by")),
    ("BFO:0000063", "precedes", Some("biolink:precedes")),
    ("BFO:0000066", "occurs_in", Some("biolink:occurs_in")),
    ("IAO:0000112", "example", None),
    ("IAO:0000116", "editor_note", None),
    ("IAO:0000117", "term_editor", None),
    ("IAO:0000119", "definition_source", None),
    ("IAO:0000231", "reason_for_obsolescence", None),
    ("IAO:0000232", "curator_note", None),
    ("IAO:0000233", "term_tracker_item", None),
    ("IAO:0000412", "imported_from", None),
    ("IAO:0000589", "foundry_label", None),
    ("IAO:0000700", "root_term", None),
    ("IAO:0006012", "scheduled_for_obsoletion", None),
    ("OMO:0002000", "defined_by_construct", None),
    ("RO:0000053", "has_characteristic", None),
    ("RO:0000056", "participates_in", Some("biolink:participates_in")),
    ("RO:0000057", "has_participant", Some("biolink:has_participant")),
    ("RO:0000086", "has_quality", None),
    ("RO:0000087", "has_role", None),
    ("RO:0001015", "location_of", Some("biolink:location_of")),
    ("RO:0001025", "located_in", Some("biolink:located_in")),
    ("RO:0002160", "only_in_taxon", None),
    ("RO:0002161", "never_in_taxon", None),
    ("RO:0002162", "in_taxon", Some("biolink:in_taxon")),
    ("RO:0002175", "present_in_taxon", None),
    ("RO:0002200", "has_phenotype", Some("biolink:has_phenotype")),
    ("RO:0002202", "develops_from", Some("biolink:develops_from")),
    ("RO:0002211", "regulates", Some("biolink:regulates")),
    ("RO:0002212", "negatively_regulates", None),
    ("RO:0002213", "positively_regulates", None),
    ("RO:0002215", "capable_of", Some("biolink:capable_of")),
    ("RO:0002216", "capable_of_part_of", None),
    ("RO:0002233", "has_input", Some("biolink:has_input")),
    ("RO:0002234", "has_output", Some("biolink:has_output")),
    ("RO:0002573", "has_modifier", None),
    ("RO:0003304", "contributes_to_condition", None),
    ("RO:0004003", "has_material_basis_in_germline_mutation_in", None),
    ("RO:0004020", "has_basis_in_dysfunction_of", None),
    ("RO:0004024", "disease_causes_disruption_of", None),
    ("RO:0004026", "disease_has_location", Some("biolink:disease_has_location")),
    ("RO:0004027", "disease_has_inflammation_site", None),
    ("RO:0004029", "disease_has_feature", None),
];

/// What a predicate of this CURIE is always called, and its Biolink predicate.
pub(super) fn well_known(predicate: &str) -> Option<(&'static str, Option<&'static str>)> {
    let at = PREDICATES.binary_search_by(|(known, _, _)| (*known).cmp(predicate)).ok()?;
    Some((PREDICATES[at].1, PREDICATES[at].2))
}

/// What a predicate that nothing is known of is called: by the end of its address, `mondo#disease_has_feature`, or as a whole where
/// that is but a number, `ro_0002573`.
pub(super) fn called_by_itself(predicate: &str) -> String {
    let local = local_name(predicate);
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let name = if is_number(local) { words_joined(predicate) } else { words_joined(local) };
    name.unwrap_or_else(|| "related_to".to_owned())
}

/// The end of an address or CURIE: behind the last `#`, `/` or `:`.
pub(in crate::formats) fn local_name(identifier: &str) -> &str {
    let trimmed = identifier.trim_end_matches(['#', '/', ':']);
    trimmed.rsplit(['#', '/', ':']).next().unwrap_or(trimmed)
}

/// A label as a word of the language: lower case, with underscores. `has_AgeOfOnset` is `has_age_of_onset`, and
/// `germline mutation(s) in` is `germline_mutations_in`. None if nothing of it is left.
pub(super) fn words_joined(label: &str) -> Option<String> {
    const LONGEST: usize = 100;
    let label = label.replace("(s)", "s");
    let mut joined = String::new();
    let mut before = None;
    let mut letters = label.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_ascii_alphanumeric() {
            let is_lower = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_lowercase());
            let is_upper = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_uppercase());
            let begins = letter.is_ascii_uppercase() && (is_lower(before) || (is_upper(before) && is_lower(letters.peek().copied())));
            if begins && !joined.ends_with('_') {
                joined.push('_');
            }
            joined.push(letter.to_ascii_lowercase());
        } else if !joined.is_empty() && !joined.ends_with('_') {
            joined.push('_');
        }
        before = Some(letter);
        if joined.len() >= LONGEST {
            break;
        }
    }
    joined.truncate(joined.trim_end_matches('_').len());
    match joined.bytes().next() {
        None => None,
        Some(b'0'..=b'9') => Some(format!("r_{joined}")),
        Some(_) => Some(joined),
    }
}

/// The short name of an ontology: `hp` of `hp.obo`, of `http://purl.obolibrary.org/obo/hp.owl` and of `hp/hp-base.obo`.
pub(super) fn short_name(ontology: &str) -> Option<String> {
    let local = local_name(ontology.trim());
    let stem = [".obo", ".owl", ".json"].iter().find_map(|ending| local.strip_suffix(ending)).unwrap_or(local);
    let name: String = stem.to_lowercase().chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
    let name = name.trim_matches('-');
    const LONGEST: usize = 60;
    (!name.is_empty() && name.len() <= LONGEST).then(|| name.to_owned())
}

/// What a source is called of an ontology and its version: `hp/releases/2025-01-16`, or `orphanet 2.6` where the version does not
/// name the ontology.
pub(super) fn title(short_name: &str, version: &str) -> String {
    let version = version.trim();
    let version = version.strip_prefix("http://purl.obolibrary.org/obo/").unwrap_or(version);
    let folder = version.rsplit_once('/').filter(|(_, file)| [".obo", ".owl", ".json"].iter().any(|ending| file.ends_with(ending)));
    let version = folder.map_or(version, |(folder, _)| folder);
    match version {
        "" => short_name.to_owned(),
        _ if version.to_lowercase().contains(short_name) => version.to_owned(),
        _ => format!("{short_name} {version}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{PREDICATES, called_by_itself, short_name, title, words_joined};

    #[test]
    fn predicates_are_called_by_words() {
        assert!(PREDICATES.is_sorted_by(|left, right| left.0 < right.0), "they are searched by halves");
        let joined = |label| words_joined(label).unwrap_or_default();
        assert_eq!(joined("has_AgeOfOnset"), "has_age_of_onset");
        assert_eq!(
            joined("Disease-causing germline mutation(s) (loss of function) in"),
            "disease_causing_germline_mutations_loss_of_function_in"
        );
        assert_eq!(joined("has DNA part"), "has_dna_part");
        assert_eq!(joined("5' end of"), "r_5_end_of");
        assert_eq!(words_joined("発症"), None);
        assert_eq!(called_by_itself("http://purl.obolibrary.org/obo/mondo#disease_has_feature"), "disease_has_feature");
        assert_eq!(called_by_itself("RO:0009999"), "ro_0009999");
        assert_eq!(called_by_itself("://#"), "related_to");
    }

    #[test]
    fn sources_are_called_after_ontology_and_version() {
        for written in ["hp.obo", "hp", "http://purl.obolibrary.org/obo/hp.owl", "hp/hp.json"] {
            assert_eq!(short_name(written).as_deref(), Some("hp"), "{written}");
        }
        assert_eq!(short_name("http://"), Some("http".to_owned()));
        assert_eq!(short_name(""), None);
        assert_eq!(title("hp", "hp/releases/2025-01-16"), "hp/releases/2025-01-16");
        assert_eq!(title("hp", "http://purl.obolibrary.org/obo/hp/releases/2025-01-16/hp.json"), "hp/releases/2025-01-16");
        assert_eq!(title("orphanet", "2.6"), "orphanet 2.6");
        assert_eq!(title("x", ""), "x");
    }
}
