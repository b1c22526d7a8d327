//! Kinds: what the entities of the well-known collections are, by the prefix of an identifier, by the root that a term stands under, or by namespace.

/// The kind of what nothing better is known of.
pub const TERM: &str = "term";

/// What the entities of a collection are. Sorted by prefix, so that it can be searched by halves. A collection that mixes kinds
/// of everything (NCIT, SNOMEDCT, UMLS, MESH, EFO) is none of them.
const COLLECTIONS: &[(&str, &str)] = &[
    ("ATC", "chemical"),
    ("CHEBI", "chemical"),
    ("CHEMBL.COMPOUND", "chemical"),
    ("CHR", "chromosome_region"),
    ("CL", "cell"),
    ("CLINVAR", "variant"),
    ("CLO", "cell_line"),
    ("CVCL", "cell_line"),
    ("DBSNP", "variant"),
    ("DECIPHER", "disease"),
    ("DOID", "disease"),
    ("DRUGBANK", "chemical"),
    ("ECO", "evidence_type"),
    ("ECTO", "exposure"),
    ("ENSEMBL", "gene"),
    ("ENVO", "environment"),
    ("EXO", "exposure"),
    ("FAO", "anatomy"),
    ("FBbt", "anatomy"),
    ("FBcv", "phenotype"),
    ("FMA", "anatomy"),
    ("FOODON", "food"),
    ("FYPO", "phenotype"),
    ("GARD", "disease"),
    ("GAZ", "place"),
    ("HANCESTRO", "population"),
    ("HGNC", "gene"),
    ("HP", "symptom"),
    ("HsapDv", "life_stage"),
    ("ICD10", "disease"),
    ("ICD10CM", "disease"),
    ("ICD11", "disease"),
    ("ICD9", "disease"),
    ("ICD9CM", "disease"),
    ("MA", "anatomy"),
    ("MAXO", "medical_action"),
    ("MONDO", "disease"),
    ("MP", "phenotype"),
    ("MPATH", "pathology"),
    ("MmusDv", "life_stage"),
    ("NBO", "behaviour"),
    ("NCBIGene", "gene"),
    ("NCBITaxon", "taxon"),
    ("OGG", "gene"),
    ("OMIM", "disease"),
    ("OMIMPS", "disease"),
    ("ORPHA", "disease"),
    ("PATO", "quality"),
    ("PO", "anatomy"),
    ("PR", "protein"),
    ("PUBCHEM.COMPOUND", "chemical"),
    ("REACT", "pathway"),
    ("RXNORM", "chemical"),
    ("SO", "sequence_feature"),
    ("SYMP", "symptom"),
    ("TRANS", "transmission_process"),
    ("UBERON", "anatomy"),
    ("UNII", "chemical"),
    ("UO", "unit"),
    ("UPHENO", "phenotype"),
    ("UniProtKB", "protein"),
    ("VT", "trait"),
    ("WBPhenotype", "phenotype"),
    ("WBbt", "anatomy"),
    ("XAO", "anatomy"),
    ("XPO", "phenotype"),
    ("ZFA", "anatomy"),
    ("ZP", "phenotype"),
];

/// What stands under a term, where it is something else than the rest of its collection. The nearest above a term counts.
/// Sorted by term.
const ROOTS: &[(&str, &str)] = &[
    ("GO:0003674", "molecular_function"),
    ("GO:0005575", "cellular_component"),
    ("GO:0008150", "biological_process"),
    ("HP:0000001", TERM),
    ("HP:0000005", "mode_of_inheritance"),
    ("HP:0000118", "symptom"),
    ("HP:0012823", "clinical_modifier"),
    ("HP:0020228", "biospecimen_feature"),
    ("HP:0031797", "clinical_course"),
    ("HP:0032223", "blood_group"),
    ("HP:0032443", "past_medical_history"),
    ("HP:0040279", "frequency_term"),
    ("MONDO:0000001", "disease"),
    ("MONDO:0021125", "disease_characteristic"),
    ("MONDO:0042489", "disease_susceptibility"),
    ("MONDO:0700096", "disease"),
    ("MP:0000001", "phenotype"),
    ("ORPHA:C001", "disease"),
    ("ORPHA:C003", "epidemiology"),
    ("ORPHA:C005", "mode_of_inheritance"),
    ("ORPHA:C009", "place"),
    ("ORPHA:C010", "gene"),
    ("ORPHA:C023", "age_of_onset"),
    ("SO:0000110", "sequence_feature"),
    ("SO:0000400", "sequence_attribute"),
    ("SO:0001060", "variant"),
];

/// What the terms of a namespace are: the names of the three parts of GO, and those that some ontologies give themselves.
/// Sorted by namespace.
const NAMESPACES: &[(&str, &str)] = &[
    ("biological_process", "biological_process"),
    ("cell", "cell"),
    ("cellular_component", "cellular_component"),
    ("chebi_ontology", "chemical"),
    ("disease_ontology", "disease"),
    ("human_phenotype", "symptom"),
    ("mammalian_phenotype", "phenotype"),
    ("molecular_function", "molecular_function"),
    ("mondo", "disease"),
    ("ncbi_taxonomy", "taxon"),
    ("protein", "protein"),
    ("quality", "quality"),
    ("sequence", "sequence_feature"),
    ("symptoms", "symptom"),
    ("uberon", "anatomy"),
    ("unit.ontology", "unit"),
];

/// The category of the Biolink model that a kind falls under. Sorted by kind.
const CATEGORIES: &[(&str, &str)] = &[
    ("age_of_onset", "biolink:Onset"),
    ("anatomy", "biolink:AnatomicalEntity"),
    ("behaviour", "biolink:Behavior"),
    ("biological_process", "biolink:BiologicalProcess"),
    ("cell", "biolink:Cell"),
    ("cell_line", "biolink:CellLine"),
    ("cellular_component", "biolink:CellularComponent"),
    ("chemical", "biolink:ChemicalEntity"),
    ("clinical_course", "biolink:ClinicalCourse"),
    ("clinical_modifier", "biolink:ClinicalModifier"),
    ("disease", "biolink:Disease"),
    ("environment", "biolink:EnvironmentalFeature"),
    ("evidence_type", "biolink:EvidenceType"),
    ("exposure", "biolink:EnvironmentalExposure"),
    ("food", "biolink:Food"),
    ("gene", "biolink:Gene"),
    ("life_stage", "biolink:LifeStage"),
    ("medical_action", "biolink:Procedure"),
    ("mode_of_inheritance", "biolink:GeneticInheritance"),
    ("molecular_function", "biolink:MolecularActivity"),
    ("pathology", "biolink:PathologicalProcess"),
    ("pathway", "biolink:Pathway"),
    ("phenotype", "biolink:PhenotypicFeature"),
    ("place", "biolink:GeographicLocation"),
    ("population", "biolink:PopulationOfIndividualOrganisms"),
    ("protein", "biolink:Protein"),
    ("quality", "biolink:OntologyClass"),
    ("sequence_feature", "biolink:GenomicEntity"),
    ("symptom", "biolink:PhenotypicFeature"),
    ("taxon", "biolink:OrganismTaxon"),
    (TERM, "biolink:NamedThing"),
    ("trait", "biolink:PhenotypicQuality"),
    ("variant", "biolink:SequenceVariant"),
];

/// What an entity is, by the prefix of its identifier in its canonical spelling: `MONDO:0015247` is a `disease`. None if the
/// collection is not known, or mixes kinds.
pub fn of_identifier(identifier: &str) -> Option<&'static str> {
    looked_up(COLLECTIONS, identifier.split_once(':')?.0)
}

/// What the terms under this one are, itself included: `mode_of_inheritance` under `HP:0000005`. None of most terms.
pub fn under(term: &str) -> Option<&'static str> {
    looked_up(ROOTS, term)
}

/// What the terms of a namespace are. A name that nobody knows is a kind of its own if it reads like one: letters, digits and
/// single underscores; file names and addresses do not.
pub fn of_namespace(namespace: &str) -> Option<String> {
    const LONGEST: usize = 40;
    let lower = namespace.to_lowercase();
    if let Some(kind) = looked_up(NAMESPACES, &lower) {
        return Some(kind.to_owned());
    }
    let spoken = lower.strip_suffix("_ontology").unwrap_or(&lower);
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let reads_well = spoken.len() <= LONGEST
        && spoken.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && spoken.split('_').all(is_word)
        && spoken.contains('_');
    reads_well.then(|| spoken.to_owned())
}

/// The Biolink category of a kind.
pub fn category(kind: &str) -> Option<&'static str> {
    looked_up(CATEGORIES, kind)
}

fn looked_up(table: &'static [(&str, &str)], key: &str) -> Option<&'static str> {
    table.binary_search_by(|(known, _)| (*known).cmp(key)).ok().map(|at| table[at].1)
}

#[cfg(test)]
mod tests {
    use super::{CATEGORIES, COLLECTIONS, NAMESPACES, ROOTS, category, of_identifier, of_namespace, under};

    #[test]
    fn tables_can_be_searched_by_halves() {
        for table in [COLLECTIONS, ROOTS, NAMESPACES, CATEGORIES] {
            assert!(table.is_sorted_by(|left, right| left.0 < right.0), "{table:?}");
        }
    }

    #[test]
    fn kinds_are_found() {
        assert_eq!(of_identifier("MONDO:0015247"), Some("disease"));
        assert_eq!(of_identifier("GO:0005634"), None);
        assert_eq!(of_identifier("tremor"), None);
        assert_eq!(under("HP:0000005"), Some("mode_of_inheritance"));
        assert_eq!(under("HP:0000006"), None);
        assert_eq!(of_namespace("cellular_component").as_deref(), Some("cellular_component"));
        assert_eq!(of_namespace("dictyostelium_anatomy").as_deref(), Some("dictyostelium_anatomy"));
        assert_eq!(of_namespace("evidence_code2").as_deref(), Some("evidence_code2"));
        for unspoken in ["", "file.obo", "http://example.org/x", "_", "a__b", "default", "9_lives"] {
            assert_eq!(of_namespace(unspoken), None, "{unspoken}");
        }
        assert_eq!(category("disease"), Some("biolink:Disease"));
    }
}
