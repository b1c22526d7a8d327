//! CURIEs: the one spelling of an identifier that is written in many ways, as a prefix of another case, an alias or an IRI.

use std::borrow::Cow;

/// Prefixes of collections as files write them, in lower case and sorted, and how each is written here. Only names of one and the
/// same collection share a spelling: `OMIM` and `OMIMPS` (phenotypic series) number different things, so do `ICD10` and
/// `ICD10CM`, or `UMLS` and `MEDGEN`.
const PREFIXES: &[(&str, &str)] = &[
    ("atc", "ATC"),
    ("atccode", "ATC"),
    ("bfo", "BFO"),
    ("cas", "CAS"),
    ("chebi", "CHEBI"),
    ("chembl", "CHEMBL.COMPOUND"),
    ("chembl.compound", "CHEMBL.COMPOUND"),
    ("cl", "CL"),
    ("clinvar", "CLINVAR"),
    ("clinvarvariant", "CLINVAR"),
    ("cui", "UMLS"),
    ("dbsnp", "DBSNP"),
    ("decipher", "DECIPHER"),
    ("do", "DOID"),
    ("doi", "DOI"),
    ("doid", "DOID"),
    ("drugbank", "DRUGBANK"),
    ("eco", "ECO"),
    ("ecto", "ECTO"),
    ("efo", "EFO"),
    ("ensembl", "ENSEMBL"),
    ("entrez", "NCBIGene"),
    ("entrezgene", "NCBIGene"),
    ("fma", "FMA"),
    ("gard", "GARD"),
    ("geneid", "NCBIGene"),
    ("geno", "GENO"),
    ("go", "GO"),
    ("hgnc", "HGNC"),
    ("hp", "HP"),
    ("hpo", "HP"),
    ("hsapdv", "HsapDv"),
    ("iao", "IAO"),
    ("icd-10", "ICD10"),
    ("icd-10-cm", "ICD10CM"),
    ("icd-11", "ICD11"),
    ("icd-9", "ICD9"),
    ("icd-9-cm", "ICD9CM"),
    ("icd10", "ICD10"),
    ("icd10-cm", "ICD10CM"),
    ("icd10cm", "ICD10CM"),
    ("icd10who", "ICD10"),
    ("icd11", "ICD11"),
    ("icd9", "ICD9"),
    ("icd9-cm", "ICD9CM"),
    ("icd9cm", "ICD9CM"),
    ("kegg", "KEGG"),
    ("maxo", "MAXO"),
    ("meddra", "MEDDRA"),
    ("medgen", "MEDGEN"),
    ("mesh", "MESH"),
    ("mim", "OMIM"),
    ("mim.ps", "OMIMPS"),
    ("mimps", "OMIMPS"),
    ("mondo", "MONDO"),
    ("mp", "MP"),
    ("mpath", "MPATH"),
    ("msh", "MESH"),
    ("nbo", "NBO"),
    ("ncbigene", "NCBIGene"),
    ("ncbitaxon", "NCBITaxon"),
    ("nci", "NCIT"),
    ("ncit", "NCIT"),
    ("ncithesaurus", "NCIT"),
    ("obi", "OBI"),
    ("omim", "OMIM"),
    ("omim.ps", "OMIMPS"),
    ("omimps", "OMIMPS"),
    ("ordo", "ORPHA"),
    ("orpha", "ORPHA"),
    ("orphacode", "ORPHA"),
    ("orphanet", "ORPHA"),
    ("orphanet.ordo", "ORPHA"),
    ("pato", "PATO"),
    ("pmc", "PMC"),
    ("pmcid", "PMC"),
    ("pmid", "PMID"),
    ("pr", "PR"),
    ("pubchem.compound", "PUBCHEM.COMPOUND"),
    ("pubmed", "PMID"),
    ("react", "REACT"),
    ("reactome", "REACT"),
    ("ro", "RO"),
    ("rxcui", "RXNORM"),
    ("rxnorm", "RXNORM"),
    ("sct", "SNOMEDCT"),
    ("sctid", "SNOMEDCT"),
    ("snomed", "SNOMEDCT"),
    ("snomed_ct", "SNOMEDCT"),
    ("snomedct", "SNOMEDCT"),
    ("snomedct_ct", "SNOMEDCT"),
    ("snomedct_us", "SNOMEDCT"),
    ("so", "SO"),
    ("swissprot", "UniProtKB"),
    ("symp", "SYMP"),
    ("taxonomy", "NCBITaxon"),
    ("uberon", "UBERON"),
    ("umls", "UMLS"),
    ("umls_cui", "UMLS"),
    ("unii", "UNII"),
    ("uniprot", "UniProtKB"),
    ("uniprotkb", "UniProtKB"),
    ("vo", "VO"),
    ("wikidata", "WIKIDATA"),
];

/// How IRIs begin, without scheme and `www.`, and the prefix of what stands behind; an empty one where that bears its own.
const IRIS: &[(&str, &str)] = &[
    ("purl.obolibrary.org/obo/", ""),
    ("orpha.net/ORDO/", ""),
    ("ebi.ac.uk/efo/", ""),
    ("identifiers.org/", ""),
    ("bioregistry.io/", ""),
    ("n2t.net/", ""),
    ("orpha.net/en/disease/detail/", "ORPHA"),
    ("omim.org/entry/", "OMIM"),
    ("omim.org/phenotypicSeries/", "OMIMPS"),
    ("id.nlm.nih.gov/mesh/", "MESH"),
    ("meshb.nlm.nih.gov/record/ui?ui=", "MESH"),
    ("purl.bioontology.org/ontology/", ""),
    ("linkedlifedata.com/resource/umls/id/", "UMLS"),
    ("snomed.info/id/", "SNOMEDCT"),
    ("ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl#", "NCIT"),
    ("ncbi.nlm.nih.gov/gene/", "NCBIGene"),
    ("ncbi.nlm.nih.gov/medgen/", "MEDGEN"),
    ("ncbi.nlm.nih.gov/pubmed/", "PMID"),
    ("pubmed.ncbi.nlm.nih.gov/", "PMID"),
    ("doi.org/", "DOI"),
    ("dx.doi.org/", "DOI"),
    ("purl.uniprot.org/uniprot/", "UniProtKB"),
    ("uniprot.org/uniprot/", "UniProtKB"),
    ("drugbank.ca/drugs/", "DRUGBANK"),
    ("drugbank.com/drugs/", "DRUGBANK"),
    ("go.drugbank.com/drugs/", "DRUGBANK"),
    ("wikidata.org/entity/", "WIKIDATA"),
    ("wikidata.org/wiki/", "WIKIDATA"),
];

/// An identifier in its one spelling: a prefix by another name or in another case as the one that is usual (`Orphanet:1183` is
/// `ORPHA:1183`), an underscore for the colon (`HP_0000118`), a prefix said twice (`HGNC:HGNC:5`), or an IRI of a known
/// collection (`http://purl.obolibrary.org/obo/HP_0000118`) as the CURIE.
///
/// Everything else comes back as it is, and so does what stands behind the prefix. Spaces around it are dropped. To apply it
/// again changes nothing.
pub fn canonical(identifier: &str) -> Cow<'_, str> {
    // A page has many addresses; no identifier is as long as the longest that is looked at.
    const LONGEST: usize = 300;
    let text = identifier.trim();
    if text.len() > LONGEST {
        return Cow::Borrowed(identifier);
    }
    if let Some(curie) = of_iri(text) {
        return Cow::Owned(curie);
    }
    let Some((at, is_colon)) = text.bytes().enumerate().find_map(|(at, byte)| match byte {
        b':' => Some((at, true)),
        b'_' if !text[at..].contains(':') => Some((at, false)),
        _ => None,
    }) else {
        return Cow::Borrowed(text);
    };
    let (prefix, local) = (&text[..at], &text[at + 1..]);
    let Some(usual) = usual_prefix(prefix).filter(|usual| is_local(usual, prefix, local, is_colon)) else {
        return Cow::Borrowed(text);
    };
    let (usual, bare) = bare_local(usual, local);
    if is_colon && usual == prefix && bare.len() == local.len() { Cow::Borrowed(text) } else { Cow::Owned(format!("{usual}:{bare}")) }
}

/// How the prefix of a collection is usually written; none if it is not known.
fn usual_prefix(prefix: &str) -> Option<&'static str> {
    const LONGEST: usize = 32;
    let known = |prefix: &str| {
        let mut lower = [0; LONGEST];
        let lower = lower.get_mut(..prefix.len())?;
        lower.copy_from_slice(prefix.as_bytes());
        lower.make_ascii_lowercase();
        let at = PREFIXES.binary_search_by(|(alias, _)| alias.as_bytes().cmp(lower)).ok()?;
        Some(PREFIXES[at].1)
    };
    known(prefix).or_else(|| known(undated(prefix)?))
}

/// A prefix without the date of an edition behind it: `SNOMEDCT_US_2023_03_01`.
fn undated(prefix: &str) -> Option<&str> {
    let bare = prefix.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '_');
    (prefix.len() - bare.len() >= "_2023".len() && prefix[bare.len()..].starts_with('_')).then_some(bare)
}

/// Whether what stands behind a prefix can be an identifier of its collection: short prefixes are words too.
fn is_local(usual: &str, prefix: &str, local: &str, is_colon: bool) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if local.is_empty() || local.starts_with([':', '/']) || local.contains(char::is_whitespace) {
        return false;
    }
    if !is_colon {
        let digits = local.strip_prefix(['C', 'D']).unwrap_or(local);
        return is_number(digits) && (digits.len() >= 4 || usual == "ORPHA");
    }
    match prefix.to_ascii_lowercase().as_str() {
        // These also stand before the names of people, institutes and works.
        "hpo" | "do" | "mim" | "geneid" | "entrez" => is_number(local) || local.starts_with("PS"),
        "nci" => local.strip_prefix('C').is_some_and(is_number),
        "cui" => local.strip_prefix('C').is_some_and(is_number),
        _ => true,
    }
}

/// What stands behind a prefix, without the prefix said again, and the prefix that it belongs to.
fn bare_local<'t>(usual: &'static str, local: &'t str) -> (&'static str, &'t str) {
    let again = local.find([':', '_']).filter(|at| usual_prefix(&local[..*at]) == Some(usual) && *at + 1 < local.len());
    let bare = again.map_or(local, |at| &local[at + 1..]);
    let series = bare.strip_prefix("PS").filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()) && !number.is_empty());
    match (usual, series) {
        ("OMIM" | "OMIMPS", Some(series)) => ("OMIMPS", series),
        _ => (usual, bare),
    }
}

/// The CURIE that an IRI of a known collection stands for.
fn of_iri(text: &str) -> Option<String> {
    let text = text.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')).unwrap_or(text);
    let rest = text.strip_prefix("http").and_then(|rest| rest.strip_prefix("s://").or_else(|| rest.strip_prefix("://")))?;
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let (_, prefix, local) = IRIS.iter().find_map(|(start, prefix)| Some((start, *prefix, rest.strip_prefix(start)?)))?;
    let local = local.trim_end_matches('/');
    let is_bare = !local.is_empty() && local.bytes().all(|byte| byte.is_ascii_graphic());
    let has_digit = local.bytes().any(|byte| byte.is_ascii_digit());
    if !is_bare || !has_digit || local.contains(['#', '?', '&']) {
        return None;
    }
    if prefix == "DOI" {
        return local.starts_with("10.").then(|| format!("DOI:{local}"));
    }
    if !prefix.is_empty() {
        return (!local.contains('/')).then(|| canonical(&format!("{prefix}:{local}")).into_owned());
    }
    // `HP_0000118`, `hp/HP:0000118`, `HP:0000118`, `orphanet/1183`, `MESH/D053578`.
    let last = local.rsplit('/').next().unwrap_or(local);
    if local.matches('/').count() > 1 {
        return None;
    }
    if let Some((prefix, number)) = last.split_once([':', '_']) {
        let is_prefix = !prefix.is_empty() && prefix.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
        let is_number =
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':'));
        return (is_prefix && is_number && number.bytes().any(|byte| byte.is_ascii_digit()))
            .then(|| canonical(&format!("{prefix}:{number}")).into_owned());
    }
    let collection = local.strip_suffix(last)?.strip_suffix('/')?;
    let usual = usual_prefix(collection)?;
    Some(canonical(&format!("{usual}:{last}")).into_owned())
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{PREFIXES, canonical};

    #[test]
    fn aliases_and_cases_mean_one_collection() {
        for (written, meant) in [
            ("ORPHA:1183", "ORPHA:1183"),
            ("Orphanet:1183", "ORPHA:1183"),
            ("ORDO:1183", "ORPHA:1183"),
            ("ORDO:Orphanet_1183", "ORPHA:1183"),
            ("Orphanet_1183", "ORPHA:1183"),
            ("Orphanet_C016", "ORPHA:C016"),
            ("orphanet.ordo:Orphanet_1183", "ORPHA:1183"),
            ("mesh:D053578", "MESH:D053578"),
            ("MSH:D053578", "MESH:D053578"),
            ("umls:C0027066", "UMLS:C0027066"),
            ("UMLS_CUI:C0027066", "UMLS:C0027066"),
            ("SNOMEDCT_US:14648003", "SNOMEDCT:14648003"),
            ("SCTID:14648003", "SNOMEDCT:14648003"),
            ("SNOMEDCT_US_2023_03_01:14648003", "SNOMEDCT:14648003"),
            ("MIM:164190", "OMIM:164190"),
            ("OMIM:PS164190", "OMIMPS:164190"),
            ("NCIt:C4686", "NCIT:C4686"),
            ("NCI:C4686", "NCIT:C4686"),
            ("MedDRA:10053854", "MEDDRA:10053854"),
            ("hp:0010543", "HP:0010543"),
            ("HP_0010543", "HP:0010543"),
            ("HPO:0010543", "HP:0010543"),
            ("HGNC:HGNC:5", "HGNC:5"),
            ("MONDO:MONDO:0000004", "MONDO:0000004"),
            (" HP:0010543 ", "HP:0010543"),
        ] {
            assert_eq!(canonical(written), meant, "{written}");
        }
    }

    #[test]
    fn iris_are_their_curies() {
        for (written, meant) in [
            ("http://purl.obolibrary.org/obo/HP_0000118", "HP:0000118"),
            ("https://purl.obolibrary.org/obo/NCIT_C4686", "NCIT:C4686"),
            ("<http://purl.obolibrary.org/obo/MONDO_0015247>", "MONDO:0015247"),
            ("http://purl.obolibrary.org/obo/Orphanet_1183", "ORPHA:1183"),
            ("http://purl.obolibrary.org/obo/XYZ_0000001", "XYZ:0000001"),
            ("http://www.orpha.net/ORDO/Orphanet_1183", "ORPHA:1183"),
            ("http://www.ebi.ac.uk/efo/EFO_0000508", "EFO:0000508"),
            ("https://omim.org/entry/164190", "OMIM:164190"),
            ("https://www.omim.org/phenotypicSeries/PS164190", "OMIMPS:164190"),
            ("http://identifiers.org/omim/164190", "OMIM:164190"),
            ("http://identifiers.org/mesh/D053578", "MESH:D053578"),
            ("https://identifiers.org/HP:0000118", "HP:0000118"),
            ("http://identifiers.org/hp/HP:0000118", "HP:0000118"),
            ("https://identifiers.org/hgnc/HGNC:5", "HGNC:5"),
            ("https://identifiers.org/orphanet.ordo:Orphanet_1183", "ORPHA:1183"),
            ("https://bioregistry.io/orphanet:1183", "ORPHA:1183"),
            ("http://id.nlm.nih.gov/mesh/D053578", "MESH:D053578"),
            ("http://purl.bioontology.org/ontology/SNOMEDCT/14648003", "SNOMEDCT:14648003"),
            ("http://linkedlifedata.com/resource/umls/id/C0027066", "UMLS:C0027066"),
            ("http://snomed.info/id/14648003", "SNOMEDCT:14648003"),
            ("https://doi.org/10.1000/xyz_123", "DOI:10.1000/xyz_123"),
            ("https://pubmed.ncbi.nlm.nih.gov/12345/", "PMID:12345"),
        ] {
            assert_eq!(canonical(written), meant, "{written}");
        }
    }

    #[test]
    fn what_is_another_collection_or_no_identifier_stays() {
        for text in [
            "",
            ":",
            "_",
            "tremor",
            "lung-cancer",
            "Gene::2625",
            "Disease::DOID:14330",
            "urn:uuid:be4609f0",
            "biolink:Disease",
            "OMIMPS:164190",
            "ICD10CM:G25.3",
            "ICD10:G25.3",
            "MEDGEN:C0027066",
            "HPO:probinson",
            "NCI:pathway",
            "MP_1",
            "go_home",
            "DO: or do not",
            "Doi:",
            "HP:",
            "http://purl.obolibrary.org/obo/definition_citation",
            "http://purl.obolibrary.org/obo/hp#has_part2",
            "http://www.orpha.net/ontology/orphanet.owl#ordo_group",
            "http://example.org/HP_0000118",
            "https://identifiers.org/",
            "Sjögren:\u{e9}",
            "é_0001",
        ] {
            assert_eq!(canonical(text), text);
        }
        assert!(matches!(canonical("HP:0000118"), Cow::Borrowed(_)));
        assert_eq!(canonical(&"x".repeat(10_000)).len(), 10_000);
    }

    #[test]
    fn to_apply_it_again_changes_nothing() {
        let locals = ["1183", "C016", "PS12", "HGNC:5", "Orphanet_1183", "HP_0000118", "OMIM:PS12", ""];
        assert!(PREFIXES.is_sorted_by(|left, right| left.0 < right.0), "they are searched by halves");
        for prefix in PREFIXES.iter().flat_map(|(alias, usual)| [alias, usual]) {
            for local in locals {
                for joined in [format!("{prefix}:{local}"), format!("{prefix}_{local}"), format!("http://identifiers.org/{prefix}/{local}")]
                {
                    let once = canonical(&joined).into_owned();
                    assert_eq!(canonical(&once), once, "{joined}");
                }
            }
        }
    }
}
