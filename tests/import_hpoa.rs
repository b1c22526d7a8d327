//! HPO annotations become relations with frequencies, evidence and denials that are asked like any other.

#![allow(clippy::panic)] // A helper of a test may stop it.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use oms_graph::Session;
use oms_graph::formats::hpoa;
use oms_graph::formats::import::{GraphDraft, ImportedFile, Input, Reading, assembled};
use tempfile::TempDir;

const HEADER: &str =
    "database_id\tdisease_name\tqualifier\thpo_id\treference\tevidence\tonset\tfrequency\tsex\tmodifier\taspect\tbiocuration\n";

const COMMENTS: &str = "#description: \"annotations\"\n#version: 2031-02-03\n#tracker: none\n";

const ROWS: &str = "\
ORPHA:1\tBeta fever\t\tHP:0000011\tORPHA:1\tTAS\t\tHP:0040281\t\t\tP\tHPO:x[2020-01-01]
ORPHA:1\tBeta fever\t\tHP:0000012\tORPHA:1\tTAS\t\tHP:0040282\t\t\tP\tHPO:x[2020-01-01]
ORPHA:1\tBeta fever\t\tHP:0000013\tORPHA:1\tTAS\t\tHP:0040285\t\t\tP\tHPO:x[2020-01-01]
OMIM:2\tAlpha rash\t\tHP:0000011\tPMID:5;PMID:6\tPCS\tHP:0003577\t7/12\tMALE\tHP:0012825;HP:0012825;HP:0012828\tP\tHPO:y[2020-01-01]
OMIM:2\tAlpha rash\t\tHP:0000012\tPMID:5\tPCS\t\t0/9\t\t\tP\tHPO:y[2020-01-01]
OMIM:2\tALPHA RASH\tNOT\tHP:0000013\tOMIM:2;PMID:5\tIEA\t\t\tFEMALE\t\tP\tHPO:y[2020-01-01]
OMIM:2\tAlpha rash\t\tHP:0000014\tPMID:5\tPCS\t\t45%\t\t\tP\tHPO:y[2020-01-01]
OMIM:2\tAlpha rash\t\tHP:0000006\tPMID:5\tPCS\t\t\t\t\tI\tHPO:y[2020-01-01]
OMIM:2\tAlpha rash\t\tHP:0003577\tPMID:5\tPCS\t\t\t\t\tC\tHPO:y[2020-01-01]
OMIM:2\tAlpha rash\t\tHP:0012828\tPMID:5\tPCS\t\t\t\t\tM\tHPO:y[2020-01-01]
OMIM:2\tAlpha rash\t\tHP:0032444\tPMID:5\tPCS\t\t\t\t\tH\tHPO:y[2020-01-01]
";

/// A file with this in it, read.
fn draft(bytes: impl AsRef<[u8]>) -> Result<GraphDraft, String> {
    let folder = TempDir::new().expect("a folder can be made");
    let path = folder.path().join("phenotype.hpoa");
    fs::write(&path, bytes).expect("a file can be written");
    let stop = AtomicBool::new(false);
    let reading = Reading { interrupt: &stop, keep_rejected: true, keep_obsolete: false, mapping: None };
    hpoa::read("hpoa", &Input::new(&path), reading).map_err(|complaints| complaints.to_string())
}

#[track_caller]
fn file(bytes: impl AsRef<[u8]>) -> ImportedFile {
    let draft = draft(bytes).unwrap_or_else(|told| panic!("{told}"));
    draft.files.into_iter().next().expect("the file is told of")
}

fn session(draft: GraphDraft) -> Session {
    Session::of(assembled(draft).unwrap_or_else(|complaints| panic!("{complaints}")).knowledge)
}

fn asked() -> Session {
    session(draft([COMMENTS, HEADER, ROWS].concat()).unwrap_or_else(|told| panic!("{told}")))
}

/// The first cell of each row of an answer.
#[track_caller]
fn column(session: &mut Session, query: &str) -> Vec<String> {
    cells(session, query).into_iter().map(|row| row[0].clone()).collect()
}

#[track_caller]
fn cells(session: &mut Session, query: &str) -> Vec<Vec<String>> {
    let answer = session.ask(query).unwrap_or_else(|complaints| panic!("{query}: {complaints}"));
    answer.rows.iter().map(|row| row.cells.iter().map(ToString::to_string).collect()).collect()
}

#[test]
fn frequencies_are_compared_however_they_are_written() {
    let mut session = asked();
    assert_eq!(column(&mut session, "symptoms of ORPHA:1 where frequency >= 80%"), ["HP:0000011"]);
    assert_eq!(column(&mut session, "symptoms of ORPHA:1 where frequency >= 30%"), ["HP:0000011", "HP:0000012"]);
    assert_eq!(column(&mut session, "symptoms of OMIM:2 where frequency >= 50%"), ["HP:0000011"]);
    assert_eq!(column(&mut session, "symptoms of OMIM:2 where frequency = 45%"), ["HP:0000014"]);
    assert_eq!(column(&mut session, "symptoms where frequency_class = \"very frequent\""), ["HP:0000011"]);
    assert_eq!(column(&mut session, "diseases of HP:0000011"), ["Alpha rash", "Beta fever"]);
    assert_eq!(column(&mut session, "find \"beta fever\""), ["Beta fever"]);
}

#[test]
fn what_was_looked_for_and_not_seen_is_a_denial() {
    let mut session = asked();
    assert_eq!(column(&mut session, "symptoms of ORPHA:1"), ["HP:0000011", "HP:0000012"]);
    assert_eq!(column(&mut session, "symptoms of Alpha rash"), ["HP:0000011", "HP:0000014"]);
    assert_eq!(column(&mut session, "symptoms of Alpha rash where denied"), ["HP:0000012", "HP:0000013"]);
    let answer = session.ask("symptoms of OMIM:2 where denied").expect("it is answered");
    let cited: Vec<String> = answer.evidence.iter().map(|evidence| evidence.locator()).collect();
    assert!(cited.contains(&"hpoa, PMID:5, 0 of 9".to_owned()), "{cited:?}");
    assert!(cited.contains(&"omim, OMIM:2".to_owned()), "{cited:?}");
}

#[test]
fn qualifiers_and_evidence_are_kept() {
    let mut session = asked();
    let found = cells(&mut session, "symptoms of OMIM:2 where symptom = HP:0000011 show frequency, onset, sex, modifier, evidence_code");
    assert_eq!(found, [["7/12", "HP:0003577", "male", "HP:0012825, HP:0012828", "PCS"]]);
    assert_eq!(column(&mut session, "symptoms of OMIM:2 where onset = HP:0003577"), ["HP:0000011"]);
    assert_eq!(column(&mut session, "symptoms where sex = male"), ["HP:0000011"]);
    assert_eq!(column(&mut session, "symptoms where source = orphanet"), ["HP:0000011", "HP:0000012"]);
    assert_eq!(column(&mut session, "symptoms where publication = \"PMID:6\""), ["HP:0000011"]);
    let answer = session.ask("symptoms of OMIM:2 where symptom = HP:0000011").expect("it is answered");
    let cited: Vec<String> = answer.evidence.iter().map(|evidence| evidence.locator()).collect();
    assert_eq!(cited, ["hpoa, PMID:5, 7 of 12", "hpoa, PMID:6"]);
    let graph = session.graph();
    let titles: Vec<&str> = graph.sources().iter().map(|source| source.title.as_str()).collect();
    assert!(titles.contains(&"HPO annotations 2031-02-03"), "{titles:?}");
    assert!(titles.contains(&"Orphanet, in the HPO annotations 2031-02-03"), "{titles:?}");
    let disease = graph.by_slug("OMIM:2").expect("it is there");
    assert_eq!(graph.synonyms(disease).collect::<Vec<_>>(), ["ALPHA RASH"]);
}

#[test]
fn each_aspect_is_a_relation() {
    let mut session = asked();
    for (query, found) in [
        ("inheritance of OMIM:2", "HP:0000006"),
        ("courses of OMIM:2", "HP:0003577"),
        ("modifiers of OMIM:2", "HP:0012828"),
        ("past history of OMIM:2", "HP:0032444"),
        ("Alpha rash has_inheritance what", "Alpha rash"),
    ] {
        assert_eq!(column(&mut session, query), [found], "{query}");
    }
}

#[test]
fn statement_ids_come_from_what_is_said() {
    let ids = |text: &str| {
        let session = session(draft(text).unwrap_or_else(|told| panic!("{told}")));
        let graph = session.graph();
        let mut ids: Vec<String> = graph.relations().map(|at| graph.statement_slug(graph.statement_id(at)).into_owned()).collect();
        ids.sort();
        ids
    };
    let all = ids(&[COMMENTS, HEADER, ROWS].concat());
    for id in ["ORPHA:1-HP:0000011", "OMIM:2-HP:0000011-PMID:5", "OMIM:2-HP:0000013"] {
        assert!(all.iter().any(|known| known == id), "{id} is not in {all:?}");
    }
    let backwards: String = ROWS.lines().rev().map(|row| format!("{row}\n")).collect();
    assert_eq!(ids(&[HEADER, &backwards].concat()), all);
    let row = "ORPHA:1\tBeta fever\t\tHP:0000011\tORPHA:1\tTAS\t\t\t\t\tP\t\n";
    let (other, same) = (row.replace("TAS", "PCS"), row);
    let several = ids(&[HEADER, row, &other, same, same].concat());
    assert_eq!(several.len(), 4);
    assert_eq!(several.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
    assert_eq!(file([HEADER, row, &other, same, same].concat()).notes, ["2 rows say what an earlier row says; all are kept"]);
}

#[test]
fn bad_rows_and_bad_fields_are_told() {
    let row = |disease: &str, term: &str, frequency: &str, aspect: &str| {
        format!("{disease}\tx\t\t{term}\tPMID:1\tPCS\t\t{frequency}\t\t\t{aspect}\t\n")
    };
    let mut text = HEADER.as_bytes().to_vec();
    for (number, frequency) in ["12", "7/0", "13/12", "foo"].iter().enumerate() {
        text.extend(row("OMIM:1", &format!("HP:00001{number}"), frequency, "P").bytes());
    }
    text.extend(row("", "HP:0000001", "", "P").bytes());
    text.extend(row("none", "HP:0000001", "", "P").bytes());
    text.extend(row("OMIM:1", "headache", "", "P").bytes());
    text.extend(row("OMIM:1", "HP:0000001", "", "X").bytes());
    text.extend(b"\xFF\tx\t\tHP:0000001\tPMID:1\tPCS\t\t\t\t\tP\t\n");
    text.extend(b"OMIM:1\tx\0\t\tHP:0000001\tPMID:1\tPCS\t\t\t\t\tP\t\n");
    text.extend(b"OMIM:1\tx\t\tHP:0000001\tPMID:1\tPCS\t\t\t\t\tP\t\tmore\n");
    text.extend(b"OMIM:1\tx\tPERHAPS\tHP:0000777\tPMID:1\tPCS\tsoon\t\tboth\tmild\tP\n");
    text.extend(b"OMIM:1\tx\n");
    let told = file(&text);
    assert_eq!(told.rows, 13);
    let causes: Vec<(&str, u64, u64)> =
        told.rejected.iter().map(|rejection| (rejection.cause.words(), rejection.count, rejection.first_line)).collect();
    assert_eq!(
        causes,
        [
            ("a byte of zero", 1, 11),
            ("more fields than the header", 1, 12),
            ("no aspect that is known (P, I, C, M or H)", 1, 9),
            ("no disease with a prefix such as `OMIM:`", 2, 6),
            ("no term of the HPO", 2, 8),
            ("not UTF-8 text", 1, 10),
        ]
    );
    assert_eq!(told.rejected_rows.len(), 8);
    assert_eq!(
        told.notes,
        [
            "frequency: 4 values not understood, kept as `frequency_as_written`; the first is '12' in line 2",
            "onset: 1 value not understood, kept as `onset_as_written`; the first is 'soon' in line 13",
            "sex: 1 value not understood, kept as `sex_as_written`; the first is 'both' in line 13",
            "modifier: 1 value not understood, kept as `modifier_as_written`; the first is 'mild' in line 13",
            "1 row has another qualifier than NOT, which is left out; the first is 'PERHAPS' in line 13",
        ]
    );
    let mut session = session(draft(&text).unwrap_or_else(|told| panic!("{told}")));
    assert_eq!(column(&mut session, "symptoms where frequency_as_written = foo"), ["HP:000013"]);
    assert_eq!(column(&mut session, "symptoms").len(), 5);
}

#[test]
fn older_editions_are_read() {
    let older = "#date: 2019-04-15\r\n#DatabaseID\tDiseaseName\tQualifier\tHPO_ID\tReference\tEvidence\tOnset\tFrequency\tSex\tModifier\tAspect\tBiocuration\r\n\
        ORPHANET:1\tBeta fever\t\tHP:0000011\tORPHANET:1\tTAS\t\tVery frequent (99-80%)\t\t\tP\t\r\n";
    let oldest = "\u{FEFF}#DB\tDB_Object_ID\tDB_Name\tQualifier\tHPO ID\tDB:Reference\tEvidence code\tOnset modifier\tFrequency\tWith\tAspect\tSynonym\tDate\tAssigned by\n\
        ORPHA\t1\tBeta fever\t\tHP:0000011\tORPHA:1\tTAS\t\tvery frequent\t\tO\tbeta\t2010.01.01\tx\n";
    let bare = "ORPHA:1\tBeta fever\t\tHP:0000011\tORPHA:1\tTAS\t\tHP:0040281\t\t\tP\tx";
    for text in [older, oldest, bare] {
        assert!(hpoa::recognises(text.as_bytes(), "x.tab"), "{text}");
        let mut session = session(draft(text).unwrap_or_else(|told| panic!("{told}")));
        assert_eq!(column(&mut session, "symptoms of ORPHA:1 where frequency >= 80%"), ["HP:0000011"], "{text}");
        assert!(session.graph().by_slug("ORPHA:1").is_some(), "{text}");
    }
    assert_eq!(file(oldest).notes, ["columns left out: 'Synonym'"]);
}

#[test]
fn what_is_no_such_table_is_told() {
    for text in ["", "\n\n", "#version: 1\n", "id\tname\n1\t2\n", "\0\0\0", "subject\tpredicate\tobject\n"] {
        assert!(!hpoa::recognises(text.as_bytes(), "phenotype.hpoa"), "{text:?}");
        let told = draft(text).expect_err("it is no such table");
        assert!(told.contains("is no table of HPO annotations"), "{told}");
    }
    assert!(draft(b"\xFF\xFEd\0a\0").expect_err("it is refused").contains("UTF-16"));
    assert!(hpoa::recognises([COMMENTS, HEADER].concat().as_bytes(), "x"));
    let empty = draft(HEADER).unwrap_or_else(|told| panic!("{told}"));
    assert_eq!(empty.files[0].rows, 0);
    assert_eq!(session(empty).graph().relation_count(), 0);
}

#[test]
fn a_line_without_an_end_is_left_out() {
    let text = [HEADER.as_bytes(), b"OMIM:1\t", &vec![b'x'; 5 << 20], b"\n", ROWS.as_bytes()].concat();
    let told = file(&text);
    assert_eq!((told.rows, told.rejected.len(), told.rejected[0].cause.words()), (12, 1, "a line without an end"));
    // Cut anywhere, a file is read or refused, and never stops the program.
    let whole = [COMMENTS, HEADER, ROWS].concat();
    for length in 0..whole.len() {
        let _ = draft(&whole[..length]);
    }
}

/// The annotations as they are published, where they are at hand beside the project.
#[test]
fn published_annotations_come_out_whole() {
    let published = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/hpo/phenotype.hpoa.gz");
    let path: PathBuf = std::env::var_os("OMS_HPOA").map_or(published, Into::into);
    let mut first = [0; 2];
    let is_text = Input::new(&path).open().is_ok_and(|mut file| file.read_exact(&mut first).is_ok() && first != [0x1F, 0x8B]);
    if !is_text {
        eprintln!("skipped: {} is not there, or packed", path.display());
        return;
    }
    let stop = AtomicBool::new(false);
    let reading = Reading { interrupt: &stop, keep_rejected: false, keep_obsolete: false, mapping: None };
    let start = Instant::now();
    let draft = hpoa::read("hpoa", &Input::new(&path), reading).unwrap_or_else(|complaints| panic!("{complaints}"));
    eprintln!("read in {:?}", start.elapsed());
    assert_eq!((draft.files[0].rows, draft.files[0].rejected.len()), (271_702, 0));
    eprintln!("{:?}", draft.files[0].notes);
    let mut session = session(draft);
    eprintln!("assembled in {:?}", start.elapsed());
    assert_eq!(session.graph().relation_count(), 271_702);
    let symptoms = session.schema().relation_type("has_symptom").expect("it is there");
    assert_eq!(session.graph().statistics().of_type(symptoms).relations, 254_621);
    assert_eq!(session.graph().statistics().of_type(symptoms).denied, 704 + 2000);
    let frequent = column(&mut session, "symptoms of ORPHA:1183 where frequency >= 80%");
    assert_eq!(frequent, ["HP:0000570", "HP:0001251", "HP:0001336", "HP:0002360", "HP:0010543"]);
    assert_eq!(column(&mut session, "symptoms of ORPHA:1183").len(), 22);
    eprintln!("asked in {:?}", start.elapsed());
}
