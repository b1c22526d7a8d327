//! Names: the addresses of entities, of the words of the model and of what has none elsewhere.

use std::fmt::Write as _;

use oxrdf::NamedNode;

/// The base of everything that has no address elsewhere; `entity:`, `kind:` and the like follow.
pub(super) const OURS: &str = "urn:oms:";

/// Prefixes of identifiers whose collections say under which addresses their members stand, each with the base.
pub(super) const PREFIXES: [(&str, &str); 42] = [
    ("HP", "http://purl.obolibrary.org/obo/HP_"),
    ("MONDO", "http://purl.obolibrary.org/obo/MONDO_"),
    ("DOID", "http://purl.obolibrary.org/obo/DOID_"),
    ("GO", "http://purl.obolibrary.org/obo/GO_"),
    ("CHEBI", "http://purl.obolibrary.org/obo/CHEBI_"),
    ("UBERON", "http://purl.obolibrary.org/obo/UBERON_"),
    ("CL", "http://purl.obolibrary.org/obo/CL_"),
    ("PATO", "http://purl.obolibrary.org/obo/PATO_"),
    ("SO", "http://purl.obolibrary.org/obo/SO_"),
    ("PR", "http://purl.obolibrary.org/obo/PR_"),
    ("RO", "http://purl.obolibrary.org/obo/RO_"),
    ("BFO", "http://purl.obolibrary.org/obo/BFO_"),
    ("ECO", "http://purl.obolibrary.org/obo/ECO_"),
    ("MAXO", "http://purl.obolibrary.org/obo/MAXO_"),
    ("NCIT", "http://purl.obolibrary.org/obo/NCIT_"),
    ("NCBITaxon", "http://purl.obolibrary.org/obo/NCBITaxon_"),
    ("OBI", "http://purl.obolibrary.org/obo/OBI_"),
    ("IAO", "http://purl.obolibrary.org/obo/IAO_"),
    ("GENO", "http://purl.obolibrary.org/obo/GENO_"),
    ("NBO", "http://purl.obolibrary.org/obo/NBO_"),
    ("MP", "http://purl.obolibrary.org/obo/MP_"),
    ("UPHENO", "http://purl.obolibrary.org/obo/UPHENO_"),
    ("OBA", "http://purl.obolibrary.org/obo/OBA_"),
    ("ENVO", "http://purl.obolibrary.org/obo/ENVO_"),
    ("FOODON", "http://purl.obolibrary.org/obo/FOODON_"),
    ("VO", "http://purl.obolibrary.org/obo/VO_"),
    ("OGMS", "http://purl.obolibrary.org/obo/OGMS_"),
    ("BTO", "http://purl.obolibrary.org/obo/BTO_"),
    ("FMA", "http://purl.obolibrary.org/obo/FMA_"),
    ("EFO", "http://www.ebi.ac.uk/efo/EFO_"),
    ("Orphanet", "http://www.orpha.net/ORDO/Orphanet_"),
    ("ORPHA", "http://www.orpha.net/ORDO/Orphanet_"),
    ("MESH", "http://id.nlm.nih.gov/mesh/"),
    ("OMIM", "https://omim.org/entry/"),
    ("PMID", "http://www.ncbi.nlm.nih.gov/pubmed/"),
    ("DOI", "https://doi.org/"),
    ("NCBIGene", "http://identifiers.org/ncbigene/"),
    ("HGNC", "http://identifiers.org/hgnc/"),
    ("ENSEMBL", "http://identifiers.org/ensembl/"),
    ("UniProtKB", "http://purl.uniprot.org/uniprot/"),
    ("biolink", "https://w3id.org/biolink/vocab/"),
    ("infores", "https://w3id.org/biolink/infores/"),
];

/// The position among the prefixes of that which an identifier has; none if it has none of them, or nothing behind it.
pub(super) fn prefix_of(id: &str) -> Option<usize> {
    let (prefix, local) = id.split_once(':')?;
    // The model's own prefix stands for its words, never for an entity.
    PREFIXES.iter().position(|(known, _)| *known == prefix && !local.is_empty() && prefix != "biolink")
}

/// The address of an entity: in its collection, if that is known; where the id is an address itself, that; else one of ours.
pub(super) fn entity(id: &str) -> NamedNode {
    if let (Some(place), Some((_, local))) = (prefix_of(id), id.split_once(':')) {
        return NamedNode::new_unchecked(format!("{}{}", PREFIXES[place].1, encoded(local)));
    }
    if (id.starts_with("http://") || id.starts_with("https://")) && NamedNode::new(id).is_ok() {
        return NamedNode::new_unchecked(id);
    }
    ours("entity", id)
}

/// A word of the Biolink model.
pub(super) fn model_word(word: &str) -> Option<NamedNode> {
    let local = word.strip_prefix("biolink:").filter(|local| !local.is_empty())?;
    Some(NamedNode::new_unchecked(format!("https://w3id.org/biolink/vocab/{}", encoded(local))))
}

/// An address of ours.
pub(super) fn ours(part: &str, id: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{OURS}{part}:{}", encoded(id)))
}

/// A text in which only what may stand anywhere in an address is as it is; everything else by its bytes.
fn encoded(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b':') {
            written.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(written, "%{byte:02X}");
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::{entity, model_word, ours};

    #[test]
    fn known_collections_have_addresses_and_all_else_is_ours() {
        assert_eq!(entity("HP:0000570").as_str(), "http://purl.obolibrary.org/obo/HP_0000570");
        assert_eq!(entity("ORPHA:1183").as_str(), "http://www.orpha.net/ORDO/Orphanet_1183");
        assert_eq!(entity("lung-cancer").as_str(), "urn:oms:entity:lung-cancer");
        assert_eq!(entity("HP:").as_str(), "urn:oms:entity:HP:");
        assert_eq!(entity("a b>\n\u{e9}%").as_str(), "urn:oms:entity:a%20b%3E%0A%C3%A9%25");
        assert_eq!(entity("https://example.org/x").as_str(), "https://example.org/x");
        assert_eq!(entity("https://example.org/<x>").as_str(), "urn:oms:entity:https:%2F%2Fexample.org%2F%3Cx%3E");
        assert_eq!(model_word("biolink:Disease").map(|name| name.to_string()), Some("<https://w3id.org/biolink/vocab/Disease>".to_owned()));
        assert_eq!(ours("kind", "body_part").as_str(), "urn:oms:kind:body_part");
    }
}
