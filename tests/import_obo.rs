//! Ontologies, as OBO files and as OBO Graphs: what becomes of terms, relations and everything that is wrong with a file.

#![allow(clippy::panic, clippy::print_stdout)] // A helper of a test may stop it, or say that it is skipped.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use oms_graph::Session;
use oms_graph::diagnostic::{Code, Complaints};
use oms_graph::formats::import::{GraphDraft, Imported, Input, Reading, assembled};
use oms_graph::formats::{obo, obographs};
use tempfile::TempDir;

/// A little of everything that an OBO file can say.
const OBO: &str = r#"format-version: 1.2
data-version: mini/releases/2024-02-29
ontology: mini.obo
default-namespace: small_things
subsetdef: core "The core"
! a comment

[Term]
id: HP:0000001
name: All

[Term]
id: HP:0000118 ! with a comment
name: Phenotypic abnormality
is_a: HP:0000001 ! All

[Term]
id: HP:0000005
name: Mode of inheritance
is_a: HP:0000001

[Term]
id: HP:0000010
name: Red nose
alt_id: HP:0000011
def: "A nose that is \"red\"." [PMID:1, https://orcid.org/0000-0002-0736-9199] {source="x"}
comment: See {braces}! and more {xref="PMID:2"}
subset: core
synonym: "rubor nasi" EXACT []
synonym: "Rudolph's nose" EXACT layperson [PMID:3]
synonym: "Red nose" EXACT []
synonym: "reddish nose" BROAD []
synonym: "nose" RELATED []
xref: UMLS:C0000010 {source="somebody"}
xref: Orphanet:10 "by another name"
xref: OMIM:10 {source="MONDO:relatedTo"}
property_value: terms:creator https://orcid.org/0000-0002-0736-9199
property_value: IAO:0000233 "17" xsd:integer
is_a: HP:0000118 {is_inferred="true"} ! Phenotypic abnormality
is_a: HP:0000118
relationship: part_of UBERON:0000004 {source="x"} ! nose
relationship: RO:0002200 HP:0000020 ! old
intersection_of: HP:0000118
intersection_of: part_of UBERON:0000004
created_by: somebody
frobnicated_by: nobody

[Term]
id: HP:0000020
name: obsolete Green nose
is_obsolete: true
replaced_by: HP:0000010

[Term]
id: HP:0000030
name: Autosomal\Wdominant
is_a: HP:0000005

[Term]
id: X:1
name: loop
is_a: X:2
is_a: X:1

[Term]
id: X:2
name: back
is_a: X:1

[Term]
id: X:2
name: further back
xref: Y:2

[Term]
id: X:3
name: A long \
name of a thing
namespace: GO.stuff
is_anonymous: true

[Instance]
id: X:4
name: this nose
instance_of: HP:0000010

[Typedef]
id: part_of
name: part of
def: "It belongs to a whole." []
xref: BFO:0000050
inverse_of: has_part ! has part
is_transitive: true

[Typedef]
id: RO:0002200
name: has phenotype

[Typedef]
id: has_part
name: has part
"#;

/// The same for OBO Graphs, two graphs in one document.
const GRAPHS: &str = r#"{"graphs": [{
  "edges": [
    {"sub": "http://purl.obolibrary.org/obo/MONDO_0000010", "pred": "is_a", "obj": "http://purl.obolibrary.org/obo/MONDO_0000001"},
    {"sub": "http://purl.obolibrary.org/obo/MONDO_0000010", "pred": "is_a", "obj": "http://purl.obolibrary.org/obo/MONDO_0000001", "meta": {}},
    {"sub": "http://purl.obolibrary.org/obo/MONDO_0000010", "pred": "http://purl.obolibrary.org/obo/mondo#disease_has_feature", "obj": "http://purl.obolibrary.org/obo/HP_0000010"},
    {"sub": "http://purl.obolibrary.org/obo/MONDO_0000010", "pred": "http://www.orpha.net/ORDO/Orphanet_C016", "obj": "http://www.orpha.net/ORDO/Orphanet_409930"},
    {"sub": "http://purl.obolibrary.org/obo/MONDO_0000010", "pred": "is_a", "obj": "http://purl.obolibrary.org/obo/MONDO_0000099"},
    {"sub": "_:genid1", "pred": "is_a", "obj": "http://purl.obolibrary.org/obo/MONDO_0000001"},
    {"sub": "http://www.orpha.net/ORDO/Orphanet_C016", "pred": "subPropertyOf", "obj": "http://www.orpha.net/ORDO/Orphanet_C000"}
  ],
  "id": "http://purl.obolibrary.org/obo/mini.json",
  "meta": {"version": "http://purl.obolibrary.org/obo/mini/releases/2024-02-29/mini.json", "xrefs": null},
  "nodes": [
    {"id": "http://purl.obolibrary.org/obo/MONDO_0000001", "lbl": "disease", "type": "CLASS"},
    {"id": "http://purl.obolibrary.org/obo/MONDO_0000010", "lbl": "red nose disease", "type": "CLASS", "meta": {
      "definition": {"val": "A disease of the nose.", "xrefs": ["PMID:1"]},
      "comments": ["Not to be laughed at."],
      "subsets": ["http://purl.obolibrary.org/obo/mondo#rare"],
      "xrefs": [{"val": "Orphanet:10"}, {"val": null}],
      "synonyms": [
        {"pred": "hasExactSynonym", "val": "RND", "xrefs": []},
        {"pred": "http://www.geneontology.org/formats/oboInOwl#hasNarrowSynonym", "val": "scarlet nose disease"}
      ],
      "basicPropertyValues": [
        {"pred": "http://www.w3.org/2004/02/skos/core#exactMatch", "val": "http://purl.obolibrary.org/obo/DOID_10"},
        {"pred": "http://www.geneontology.org/formats/oboInOwl#hasAlternativeId", "val": "MONDO:0000011"},
        {"pred": "http://purl.org/dc/terms/conformsTo", "val": "a pattern"}
      ]
    }},
    {"id": "http://purl.obolibrary.org/obo/MONDO_0000099", "lbl": "obsolete nose", "meta": {"deprecated": true,
      "basicPropertyValues": [{"pred": "http://purl.obolibrary.org/obo/IAO_0100001", "val": "http://purl.obolibrary.org/obo/MONDO_0000010"}]}},
    {"id": "http://www.orpha.net/ORDO/Orphanet_C016", "lbl": "has_Inheritance", "type": "PROPERTY",
      "meta": {"definition": {"val": "How it is passed on."}}},
    {"id": "_:genid1", "type": "CLASS"},
    {"lbl": "nobody"},
    {"id": "X:1", "lbl": 17},
    null,
    {"id": "http://purl.obolibrary.org/obo/MONDO_0000200", "lbl": "a person's nose", "type": "INDIVIDUAL"}
  ],
  "equivalentNodesSets": [{"representativeNodeId": "http://purl.obolibrary.org/obo/MONDO_0000010", "nodeIds": ["http://purl.obolibrary.org/obo/MONDO_0000010", "OMIM:10"]}],
  "logicalDefinitionAxioms": [{"definedClassId": "x", "genusIds": [], "restrictions": [null]}],
  "unheardOf": [[[{"deep": true}]]]
}, {
  "nodes": [{"id": "http://purl.obolibrary.org/obo/MONDO_0000010", "type": "CLASS"}, {"id": "http://purl.obolibrary.org/obo/HP_0000010", "lbl": "Red nose", "type": "CLASS"}],
  "edges": [{"sub": "http://purl.obolibrary.org/obo/MONDO_0000010", "pred": "is_a", "obj": "http://purl.obolibrary.org/obo/MONDO_0000001"}],
  "id": "http://purl.obolibrary.org/obo/other.owl"
}, null], "@context": {"a": "b"}}
"#;

type Reader = fn(&str, &Input, Reading<'_>) -> Result<GraphDraft, Complaints>;

/// Reads a text with a reader.
fn read(reader: Reader, text: impl AsRef<[u8]>, keep_obsolete: bool) -> Result<Imported, Complaints> {
    let folder = TempDir::new().expect("a folder can be made");
    let path = folder.path().join("file");
    fs::write(&path, text).expect("a file can be written");
    let interrupt = AtomicBool::new(false);
    let reading = Reading { keep_rejected: true, keep_obsolete, ..Reading::new(&interrupt) };
    reader("mine", &Input::new(&path), reading).and_then(assembled)
}

#[track_caller]
fn imported(reader: Reader, text: impl AsRef<[u8]>) -> Imported {
    read(reader, text, false).unwrap_or_else(|complaints| panic!("{complaints}"))
}

#[track_caller]
fn session(reader: Reader, text: impl AsRef<[u8]>) -> Session {
    Session::of(imported(reader, text).knowledge)
}

/// The rows of an answer, cells with bars between them.
#[track_caller]
fn rows(session: &mut Session, query: &str) -> Vec<String> {
    let answer = session.ask(query).unwrap_or_else(|complaints| panic!("{query}: {complaints}"));
    let row = |row: &oms_graph::answer::Row| row.cells.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | ");
    answer.rows.iter().map(row).collect()
}

/// The rows that were left out: cause, count and first line.
fn rejected(imported: &Imported) -> Vec<(&'static str, u64, u64)> {
    imported.files[0].rejected.iter().map(|rejection| (rejection.cause.words(), rejection.count, rejection.first_line)).collect()
}

#[test]
fn terms_have_what_is_said_of_them() {
    let mut session = session(obo::read, OBO);
    let entity = "MATCH (n {id: 'HP:0000010'}) RETURN";
    let one = |session: &mut Session, what: &str| rows(session, &format!("{entity} {what}")).join("\n");
    assert_eq!(one(&mut session, "n.name"), "Red nose");
    assert_eq!(one(&mut session, "n.definition"), "A nose that is \"red\".");
    assert_eq!(one(&mut session, "n.comment"), "See {braces}! and more");
    assert_eq!(one(&mut session, "size(n.synonyms)"), "2");
    assert_eq!(one(&mut session, "n.broad_synonym"), "reddish nose");
    assert_eq!(one(&mut session, "n.related_synonym"), "nose");
    assert_eq!(one(&mut session, "n.related_xref"), "OMIM:10");
    assert_eq!(one(&mut session, "n.subset"), "core");
    assert_eq!(one(&mut session, "n.term_tracker_item + 1"), "18");
    assert_eq!(one(&mut session, "n.creator"), "https://orcid.org/0000-0002-0736-9199");
    // What it was called before, and what it has taken the place of, is found under the same name.
    assert_eq!(one(&mut session, "size(n.xrefs)"), "4");
    for id in ["UMLS:C0000010", "ORPHA:10", "HP:0000011", "HP:0000020"] {
        assert_eq!(one(&mut session, &format!("'{id}' IN n.xrefs")), "true", "{id}");
    }
    let kinds = rows(&mut session, "MATCH (n) WHERE n.name IS NOT NULL RETURN labels(n)[0] AS kind, count(*) AS c ORDER BY kind");
    assert_eq!(kinds, ["ModeOfInheritance | 2", "SmallThings | 3", "Symptom | 2", "Term | 1"]);
    assert_eq!(rows(&mut session, "MATCH (n {id: 'HP:0000030'}) RETURN n.name"), ["Autosomal dominant"]);
}

#[test]
fn relations_are_named_and_cited() {
    let imported = imported(obo::read, OBO);
    assert_eq!(imported.stubs, 1);
    assert_eq!(rejected(&imported), []);
    assert_eq!(
        imported.files[0].notes,
        [
            "1 clause 'frobnicated_by' not read",
            "1 obsolete term left out",
            "1 relation with an obsolete term left out",
            "1 relation stated more than once, each counted once",
            "1 term described in more than one place, taken together",
            "1 anonymous term left out",
            "2 parts of logical definitions (intersection_of) left out",
        ]
    );
    let sources: Vec<_> = imported.knowledge.graph.sources().iter().map(|source| (&*source.slug, &*source.title)).collect();
    assert_eq!(sources, [("mini", "mini/releases/2024-02-29")]);
    let schema = &imported.knowledge.schema;
    let part_of = &schema.relation_types[schema.relation_type("part_of").expect("it is used").index()];
    assert_eq!(part_of.inverse_verbs, ["has part"]);
    assert_eq!(part_of.predicate.as_deref(), Some("biolink:part_of"));
    assert_eq!(part_of.definition.as_deref(), Some("It belongs to a whole."));
    assert!(schema.relation_type("has_phenotype").is_none(), "its only relation is with an obsolete term");
    let mut session = Session::of(imported.knowledge);
    let relations = rows(&mut session, "MATCH (a)-[r]->(b) RETURN a.id, type(r), b.id ORDER BY a.id, type(r), b.id");
    assert_eq!(
        relations,
        [
            "HP:0000005 | IS_A | HP:0000001",
            "HP:0000010 | IS_A | HP:0000118",
            "HP:0000010 | PART_OF | UBERON:0000004",
            "HP:0000030 | IS_A | HP:0000005",
            "HP:0000118 | IS_A | HP:0000001",
            "X:1 | IS_A | X:1",
            "X:1 | IS_A | X:2",
            "X:2 | IS_A | X:1",
            "X:4 | INSTANCE_OF | HP:0000010",
        ]
    );
    let stated = rows(&mut session, "MATCH ({id: 'HP:0000010'})-[r:part_of]->() RETURN r.statement");
    assert_eq!(stated, ["mini:part_of:HP:0000010:UBERON:0000004"]);
    // A ring of `is_a` ends nothing and hangs nothing.
    let ring = rows(&mut session, "MATCH (a {id: 'X:1'})-[:is_a*1..]->(b) RETURN DISTINCT b.id ORDER BY b.id");
    assert_eq!(ring, ["X:1", "X:2"]);
    rows(&mut session, "subtypes of loop");
}

#[test]
fn obsolete_terms_are_kept_if_asked_for() {
    let imported = read(obo::read, OBO, true).unwrap_or_else(|complaints| panic!("{complaints}"));
    assert!(imported.files[0].notes.contains(&"1 obsolete term kept".to_owned()));
    let mut session = Session::of(imported.knowledge);
    let kept = rows(&mut session, "MATCH (n {id: 'HP:0000020'}) RETURN n.obsolete, n.replaced_by");
    assert_eq!(kept, ["true | HP:0000010"]);
    assert_eq!(rows(&mut session, "MATCH (n)-[:has_phenotype]->(m) RETURN n.id, m.id"), ["HP:0000010 | HP:0000020"]);
}

#[test]
fn bad_clauses_cost_themselves_alone() {
    let text = b"format-version: 1.4\n\n[Term]\nid: A:1\nname: one\nnonsense\nsynonym: \"open EXACT []\ndef: bare\nis_a:\n\
        relationship: part_of\nname: caf\xE9\ncomment: a\0b\nid: A:7\nis_a: A:2\n\n[Term]\nname: nobody\n\n[Gizmo]\nid: A:3\n\n\
        [Term]\nid: A:2\nname: two\nproperty_value: x\nxref: \n";
    let imported = imported(obo::read, text);
    assert_eq!(
        rejected(&imported),
        [
            ("a NUL character", 1, 12),
            ("a quotation mark that is not closed", 1, 7),
            ("a relation without its other end", 1, 10),
            ("a second id in one frame", 1, 13),
            ("a tag without a value", 3, 9),
            ("a text without quotation marks", 1, 8),
            ("no id", 1, 16),
            ("no tag with a colon", 1, 6),
            ("not UTF-8 text", 1, 11),
        ]
    );
    assert_eq!(imported.files[0].rejected_rows.len(), 11);
    assert_eq!(imported.files[0].rows, 4);
    assert_eq!(imported.stubs, 0);
    let mut session = Session::of(imported.knowledge);
    assert_eq!(rows(&mut session, "MATCH (a)-[:is_a]->(b) RETURN a.name, b.name"), ["one | two"]);
}

#[test]
fn files_come_in_every_shape() {
    // Windows, a byte order mark, no end of the last line.
    let text = format!("\u{FEFF}{}", OBO.trim_end().replace('\n', "\r\n"));
    let windows = imported(obo::read, text);
    let plain = imported(obo::read, OBO);
    assert_eq!(windows.knowledge.graph.relation_count(), plain.knowledge.graph.relation_count());
    assert_eq!((windows.files[0].rows, windows.files[0].rejected.len()), (plain.files[0].rows, 0));

    // A header alone is an ontology without terms; a line of 50 MB is a line.
    assert_eq!(imported(obo::read, "format-version: 1.2\n").knowledge.graph.entity_count(), 0);
    let long = format!("[Term]\nid: A:1\nname: one\ncomment: {}\nis_a: A:2\n", "x ".repeat(25_000_000));
    assert_eq!(imported(obo::read, long).knowledge.graph.relation_count(), 1);
    let braces = format!("[Term]\nid: A:1\nname: one\ncomment: {}}}\n", " {".repeat(1_000_000));
    assert_eq!(imported(obo::read, braces).knowledge.graph.entity_count(), 1);

    for text in ["", "\n\n", "id\tcategory\nA\tB\n", "{\"graphs\": []}", "\0\0\0", "[[[[\n]]]]"] {
        let complaints = read(obo::read, text, false).expect_err("it is no OBO file");
        assert_eq!(complaints.diagnostics()[0].code, Code::Malformed, "{text:?}");
    }
    // However it is cut, it is read or refused.
    for end in (0..OBO.len()).step_by(7) {
        let _ = read(obo::read, &OBO.as_bytes()[..end], false);
    }
}

#[test]
fn graphs_become_terms_and_relations() {
    let imported = imported(obographs::read, GRAPHS);
    assert_eq!(rejected(&imported), [("no id", 1, 35), ("not of the form of a node", 2, 36)]);
    assert_eq!(imported.files[0].rejected_rows[0].row, b"{\"lbl\": \"nobody\"}");
    assert_eq!(imported.files[0].rows, 11 + 8);
    assert_eq!(imported.stubs, 1);
    assert_eq!(
        imported.files[0].notes,
        [
            "of 11 nodes, 1 predicate gives its name to a relation type",
            "1 obsolete term left out",
            "1 relation with an obsolete term left out",
            "1 relation stated more than once, each counted once",
            "1 anonymous node left out",
            "1 edge between predicates left out",
            "1 edge of an anonymous node left out",
            "1 logical definition left out",
        ]
    );
    let schema = &imported.knowledge.schema;
    let inherits = &schema.relation_types[schema.relation_type("has_inheritance").expect("it is used").index()];
    assert_eq!(inherits.definition.as_deref(), Some("How it is passed on."));
    let mut session = Session::of(imported.knowledge);
    let relations = rows(&mut session, "MATCH (a)-[r]->(b) RETURN a.id, type(r), b.id ORDER BY a.id, type(r), b.id");
    assert_eq!(
        relations,
        [
            "MONDO:0000010 | DISEASE_HAS_FEATURE | HP:0000010",
            "MONDO:0000010 | HAS_INHERITANCE | ORPHA:409930",
            "MONDO:0000010 | IS_A | MONDO:0000001",
            "MONDO:0000010 | IS_A | MONDO:0000001",
        ],
        "each of the two graphs states the same"
    );
    let entity = "MATCH (n {id: 'MONDO:0000010'}) RETURN";
    let one = |session: &mut Session, what: &str| rows(session, &format!("{entity} {what}")).join("\n");
    assert_eq!(one(&mut session, "n.name"), "red nose disease");
    assert_eq!(one(&mut session, "labels(n)[0]"), "Disease");
    assert_eq!(one(&mut session, "n.synonyms[0]"), "RND");
    assert_eq!(one(&mut session, "n.narrow_synonym"), "scarlet nose disease");
    assert_eq!(one(&mut session, "n.conforms_to"), "a pattern");
    assert_eq!(one(&mut session, "n.subset"), "rare");
    for id in ["ORPHA:10", "DOID:10", "MONDO:0000011", "MONDO:0000099", "OMIM:10"] {
        assert_eq!(one(&mut session, &format!("'{id}' IN n.xrefs")), "true", "{id}");
    }
    assert_eq!(one(&mut session, "size(n.xrefs)"), "5");
}

#[test]
fn documents_come_in_every_shape() {
    let windows = format!("\u{FEFF}{}", GRAPHS.replace('\n', "\r\n"));
    assert_eq!(imported(obographs::read, windows).knowledge.graph.relation_count(), 4);
    // One graph without a list around it; a name that is no text costs its node alone.
    let bare = b"{\"nodes\": [{\"id\": \"A:1\", \"lbl\": \"a\"},\n{\"id\": \"A:2\", \"lbl\": \"caf\xE9\"}], \"edges\": null} rest";
    let imported_bare = imported(obographs::read, bare);
    assert_eq!(imported_bare.knowledge.graph.entity_count(), 1);
    assert_eq!(rejected(&imported_bare), [("not UTF-8 text", 1, 2)]);
    assert_eq!(imported_bare.files[0].notes, ["what stands behind the end of the document is not read"]);
    let long = format!("{{\"nodes\": [{{\"id\": \"A:1\", \"lbl\": \"{}\"}}]}}", "x".repeat(5_000_000));
    assert_eq!(imported(obographs::read, long).knowledge.graph.entity_count(), 1);
    let deep = format!("{{\"nodes\": [{}{}]}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(rejected(&imported(obographs::read, deep)), [("not of the form of a node", 1, 1)]);

    for text in ["", "[]", "{}", "17", "{\"graphs\": {}}", "{\"nodes\": [}", "id: x", "\0", "{\"graphs\": [[]]}"] {
        let complaints = read(obographs::read, text, false).expect_err("it is no such document");
        assert_eq!(complaints.diagnostics()[0].code, Code::Malformed, "{text:?}");
    }
    for end in (0..GRAPHS.trim_end().len()).step_by(5) {
        assert!(read(obographs::read, &GRAPHS.as_bytes()[..end], false).is_err(), "cut behind {end} bytes");
    }
}

#[test]
fn an_interrupt_ends_the_reading() {
    let folder = TempDir::new().expect("a folder can be made");
    let path = folder.path().join("file");
    for (reader, text) in [(obo::read as Reader, OBO), (obographs::read, GRAPHS)] {
        fs::write(&path, text).expect("a file can be written");
        let interrupt = AtomicBool::new(true);
        let reading = Reading::new(&interrupt);
        let complaints = reader("mine", &Input::new(&path), reading).expect_err("it was interrupted");
        assert_eq!(complaints.diagnostics()[0].code, Code::Interrupted);
    }
    let nowhere = Input::new(Path::new("no/such/file"));
    let interrupt = AtomicBool::new(false);
    let reading = Reading::new(&interrupt);
    for reader in [obo::read as Reader, obographs::read] {
        assert_eq!(reader("mine", &nowhere, reading).expect_err("it is not there").diagnostics()[0].code, Code::Unreadable);
    }
}

/// The public ontologies do not ship with the program. Where a folder has them (`OMS_DATA`, or `../shared/data` beside the project),
/// their counts must come out.
fn data(file: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::var_os("OMS_DATA").map_or_else(|| root.join("../shared/data"), Into::into);
    let path = folder.join(file);
    if path.is_file() {
        return Some(path);
    }
    println!("skipped: {} is not there", path.display());
    None
}

fn imported_file(reader: Reader, path: &Path) -> Imported {
    let interrupt = AtomicBool::new(false);
    let reading = Reading::new(&interrupt);
    reader("mine", &Input::new(path), reading).and_then(assembled).unwrap_or_else(|complaints| panic!("{complaints}"))
}

#[test]
fn the_phenotype_ontology_comes_out_whole() {
    let Some(path) = data("hpo/hp.obo.gz") else { return };
    let imported = imported_file(obo::read, &path);
    let graph = &imported.knowledge.graph;
    // 19,484 terms, 450 of them obsolete.
    assert_eq!((graph.entity_count(), graph.relation_count(), imported.stubs), (19_034, 23_392, 0));
    assert_eq!(imported.files[0].rows, 19_487);
    assert_eq!(rejected(&imported), []);
    let mut session = Session::of(imported.knowledge);
    let above = rows(&mut session, "MATCH ({id: 'HP:0001336'})-[:is_a*]->(b {name: 'Abnormality of movement'}) RETURN DISTINCT b.id");
    assert_eq!(above, ["HP:0100022"]);
    assert_eq!(rows(&mut session, "MATCH (n {id: 'HP:0000006'}) RETURN labels(n)[0]"), ["ModeOfInheritance"]);
}

#[test]
fn the_ontology_of_rare_diseases_comes_out_whole() {
    let Some(path) = data("obographs/ordo-2_6-2018-07-12.json.gz") else { return };
    let imported = imported_file(obographs::read, &path);
    let graph = &imported.knowledge.graph;
    // 13,894 nodes, of which 23 are predicates; 64,085 edges, of which 39 are stated twice.
    assert_eq!((graph.entity_count(), graph.relation_count(), imported.stubs), (13_871, 64_046, 0));
    assert_eq!(imported.files[0].rows, 13_894 + 64_085);
    assert_eq!(rejected(&imported), []);
    let mut session = Session::of(imported.knowledge);
    let related = rows(&mut session, "MATCH ({id: 'ORPHA:1183'})-[r]->() RETURN type(r) AS t, count(*) AS c ORDER BY t");
    assert_eq!(related, ["HAS_AGE_OF_ONSET | 2", "HAS_INHERITANCE | 1", "HAS_POINT_PREVALENCE_RANGE | 1", "IS_A | 5", "PRESENT_IN | 1"]);
}
