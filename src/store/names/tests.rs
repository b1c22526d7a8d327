//! Tests of names: the index answers as a look at every entity does, names are resolved by the strongest way, beginnings by degree.

use crate::model::{EntityId, Found, KindId, Names, Place, RelationTypeId};
use crate::store::form::Strings;
use crate::store::{BulkColumn, BulkEntities, BulkIds, BulkRelations, BulkStatements, Graph, Memory, SectionReader, SectionWriter, bulk};

use super::search::scan;

/// An entity of a test: id, name, synonyms, identifiers elsewhere, definition, related synonym.
#[derive(Clone, Default)]
struct Row {
    slug: String,
    name: String,
    synonyms: Vec<String>,
    xrefs: Vec<String>,
    definition: String,
    related: Option<String>,
}

fn row(slug: &str, name: &str) -> Row {
    Row { slug: slug.to_owned(), name: name.to_owned(), ..Row::default() }
}

/// The graph of these entities, in which each is related to so many of the first ones.
fn graph(rows: &[Row], degree: impl Fn(usize) -> usize) -> Graph {
    let related: Vec<String> = rows.iter().filter_map(|row| row.related.clone()).collect();
    let mut next = 0..;
    let codes = rows.iter().map(|row| if row.related.is_some() { next.next().unwrap_or_default() } else { crate::store::ABSENT }).collect();
    let entities = BulkEntities {
        slugs: Strings::new(rows.iter().map(|row| &row.slug)),
        names: Strings::new(rows.iter().map(|row| &row.name)),
        synonyms: rows.iter().map(|row| row.synonyms.clone()).collect(),
        xrefs: rows.iter().map(|row| row.xrefs.clone()).collect(),
        definitions: Strings::new(rows.iter().map(|row| &row.definition)),
        signatures: vec![0; rows.len()],
        signature_kinds: vec![vec![KindId(0)]],
        properties: vec![("related_synonym".to_owned(), BulkColumn::Texts(codes, related))],
    };
    let ends: Vec<(u32, u32)> =
        (0..rows.len()).flat_map(|at| (0..degree(at)).map(move |other| (at as u32, (other % rows.len()) as u32))).collect();
    let relations = BulkRelations {
        from: ends.iter().map(|(from, _)| *from).collect(),
        to: ends.iter().map(|(_, to)| *to).collect(),
        types: vec![RelationTypeId(0); ends.len()],
        statements: BulkStatements {
            ids: BulkIds::Numbered("r".to_owned(), (0..ends.len() as u32).collect()),
            ..BulkStatements::default()
        },
        ..BulkRelations::default()
    };
    bulk(entities, relations, Vec::new())
}

/// The same graph, written and read.
fn read_back(graph: &Graph) -> Graph {
    let mut writer = SectionWriter::default();
    graph.save(&mut writer);
    let placed = writer.placed(0, 0);
    let mut bytes = Vec::new();
    for (section, part) in &placed {
        let (start, end) = (section.start as usize, section.start as usize + part.len());
        bytes.resize(bytes.len().max(end), 0);
        bytes[start..end].copy_from_slice(part);
    }
    let sections = placed.into_iter().map(|(section, _)| section).collect();
    Graph::load(&mut SectionReader::new(Memory::Lent(&bytes), sections), 1, 1, 0).expect("it is whole")
}

fn slugs(graph: &Graph, entities: &[EntityId]) -> Vec<String> {
    entities.iter().map(|id| graph.slug(*id).to_owned()).collect()
}

fn called(graph: &Graph, words: &str) -> Vec<String> {
    slugs(graph, &Names::called(graph, words))
}

fn found(graph: &Graph, words: &str) -> Vec<String> {
    graph.search(words).iter().map(|found| graph.slug(found.entity).to_owned()).collect()
}

/// Numbers without a pattern, the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

const SYLLABLES: [&str; 16] = ["my", "o", "clo", "nus", "op", "so", "a", "tax", "ia", "neu", "ro", "blas", "toma", "sjö", "gren", "ic"];

fn word(dice: &mut Dice) -> String {
    (0..=dice.roll(4)).map(|_| SYLLABLES[dice.roll(SYLLABLES.len())]).collect()
}

fn text(dice: &mut Dice, most: usize) -> String {
    let separators = [" ", " ", " ", "-", ", ", "/", "  "];
    let mut text = word(dice);
    for _ in 0..dice.roll(most) {
        text.push_str(separators[dice.roll(separators.len())]);
        text.push_str(&word(dice));
    }
    if dice.roll(8) == 0 { text.to_uppercase() } else { text }
}

/// A text with a slip of the pen.
fn slipped(dice: &mut Dice, text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let at = dice.roll(letters.len().max(1));
    match dice.roll(5) {
        0 if !letters.is_empty() => {
            letters.remove(at);
        }
        1 => letters.insert(at, 'x'),
        2 if at + 1 < letters.len() => letters.swap(at, at + 1),
        3 if !letters.is_empty() => letters[at] = 'q',
        _ => {}
    }
    letters.into_iter().collect()
}

fn invented(dice: &mut Dice, count: usize) -> Vec<Row> {
    let several = |dice: &mut Dice, most: usize, words: usize| (0..dice.roll(most)).map(|_| text(dice, words)).collect::<Vec<_>>();
    (0..count)
        .map(|at| Row {
            slug: format!("HP:{at:07}"),
            name: if dice.roll(9) == 0 { String::new() } else { text(dice, 4) },
            synonyms: several(dice, 3, 3),
            xrefs: (0..dice.roll(3)).map(|_| format!("Orphanet:{}", dice.roll(400))).collect(),
            definition: if dice.roll(2) == 0 { text(dice, 12) } else { String::new() },
            related: (dice.roll(5) == 0).then(|| text(dice, 2)),
        })
        .collect()
}

fn assert_same(index: &[Found], looked: &[Found], words: &str) {
    let brief = |found: &[Found]| found.iter().map(|found| (found.entity, found.text.clone(), found.place)).collect::<Vec<_>>();
    assert_eq!(brief(index), brief(looked), "find {words:?}");
}

#[test]
fn the_index_finds_what_a_look_at_every_entity_finds() {
    let mut dice = Dice(7);
    for size in [0, 1, 40, 400] {
        let rows = invented(&mut dice, size);
        let built = graph(&rows, |_| 0);
        let read = read_back(&built);
        assert!(read.is_sound(1, 1, 0));
        for round in 0..80 {
            let words = match round % 4 {
                0 => text(&mut dice, 3),
                1 if size > 0 => {
                    let name = rows[dice.roll(size)].name.clone();
                    slipped(&mut dice, &name)
                }
                2 if size > 0 => {
                    let name = rows[dice.roll(size)].name.replace(' ', if dice.roll(2) == 0 { "" } else { " " });
                    let letters: Vec<char> = name.chars().collect();
                    let start = dice.roll(letters.len().max(1));
                    letters[start.min(letters.len())..].iter().take(1 + dice.roll(9)).collect()
                }
                _ => {
                    let (one, other) = (word(&mut dice), word(&mut dice));
                    format!("{one}{}{other}", [" ", "", ", ", "/"][dice.roll(4)])
                }
            };
            assert_same(&read.search(&words), &scan(&built, &words), &words);
            assert_same(&built.search(&words), &scan(&built, &words), &words);
        }
    }
}

#[test]
fn the_transducer_of_many_words_finds_the_same() {
    let mut dice = Dice(11);
    let rows: Vec<Row> = (0..20_000)
        .map(|at| {
            let name: String = (0..8).map(|_| char::from(b'a' + dice.roll(12) as u8)).collect();
            row(&format!("e{at}"), &name)
        })
        .collect();
    let built = graph(&rows, |_| 0);
    for _ in 0..6 {
        let name = rows[dice.roll(rows.len())].name.clone();
        let words = slipped(&mut dice, &name);
        assert_same(&built.search(&words), &scan(&built, &words), &words);
    }
    assert!(read_back(&built).is_sound(1, 1, 0));
}

#[test]
fn odd_searches_find_nothing_or_what_is_so() {
    let built = graph(&[row("a", "IL-2 (interleukin)"), row("b", "+/+ 5 %"), row("c", "")], |_| 0);
    assert_eq!(found(&built, "il 2"), ["a"]);
    assert_eq!(found(&built, "+/+"), ["b"]);
    for words in ["", " ", "%", "\0", "((", &"x".repeat(20_000), &"a ".repeat(4_000), &"ab".repeat(300)] {
        let _ = built.search(words);
        let _ = Names::like(&built, words, 3);
        let _ = built.names_beginning(words, 3, |_| true);
    }
}

#[test]
fn slips_splits_and_begun_words_are_found_but_other_numbers_are_not() {
    let built = graph(
        &[row("HP:0001337", "hand tremor"), row("HP:0001338", "lung cancer"), row("x", "opsoclonus-myoclonus syndrome of childhood")],
        |_| 0,
    );
    for words in ["tremr", "Hnad trem", "termor", "HP:0001337", "hp_0001337", "http://purl.obolibrary.org/obo/HP_0001337"] {
        assert_eq!(found(&built, words), ["HP:0001337"], "{words}");
    }
    assert_eq!(found(&built, "lungcancer"), ["HP:0001338"]);
    assert_eq!(found(&built, "opso clonus"), ["x"]);
    assert_eq!(found(&built, "opsoclonus myoclonus disease of childhood"), ["x"]);
    assert_eq!(found(&built, "zebra"), Vec::<String>::new());
}

#[test]
fn the_strongest_way_to_be_called_so_wins() {
    let with = |slug: &str, name: &str, synonym: &str, related: &str| Row {
        synonyms: vec![synonym.to_owned()],
        related: (!related.is_empty()).then(|| related.to_owned()),
        ..row(slug, name)
    };
    let mut rows = vec![
        with("HP:1", "cold", "chill", ""),
        with("HP:2", "common cold", "cold", ""),
        with("HP:3", "flu", "grippe", "colds"),
        with("HP:4", "shivers", "shaking", "ague"),
        row("ORPHA:1183", "opsoclonus-myoclonus syndrome"),
        row("MONDO:1", "the same elsewhere"),
    ];
    rows[5].xrefs = vec!["Orphanet:1183".to_owned(), "mesh:D053578".to_owned()];
    let built = graph(&rows, |_| 0);
    for graph in [&built, &read_back(&built)] {
        assert_eq!(called(graph, "Cold"), ["HP:1"]);
        assert_eq!(called(graph, "colds"), ["HP:1"], "a plural is stronger than a related synonym");
        assert_eq!(called(graph, "chills"), ["HP:1"]);
        assert_eq!(called(graph, "ague"), ["HP:4"], "nothing stronger is called so");
        assert_eq!(called(graph, "agues"), ["HP:4"]);
        for id in ["ORPHA:1183", "Orphanet:1183", "orphanet:1183", "Orphanet_1183", "http://www.orpha.net/ORDO/Orphanet_1183"] {
            assert_eq!(called(graph, id), ["ORPHA:1183"], "{id}: its own id is stronger than one elsewhere");
        }
        for id in ["MESH:D053578", "mesh:D053578", "http://id.nlm.nih.gov/mesh/D053578"] {
            assert_eq!(called(graph, id), ["MONDO:1"], "{id}");
        }
    }
    assert_eq!(built.search("ague").first().map(|found| found.place), Some(Place::RelatedSynonym));
}

#[test]
fn beginnings_come_by_degree() {
    let mut rows: Vec<Row> = (0..50).map(|at| row(&format!("e{at}"), &format!("Ataxia {at:02}"))).collect();
    rows.push(Row { synonyms: vec!["ataxic gait".to_owned()], ..row("gait", "gait") });
    rows.push(row("none", ""));
    let built = graph(&rows, |at| if at == 50 { 100 } else { at % 7 });
    for graph in [&built, &read_back(&built)] {
        let begun = graph.names_beginning("atax", 5, |_| true);
        assert_eq!(begun[0].text, "ataxic gait");
        assert!(begun.windows(2).all(|pair| pair[0].degree >= pair[1].degree) && begun.len() == 5);
        assert_eq!(graph.names_beginning("ataxia", 1000, |_| true).len(), 50);
        assert_eq!(graph.names_beginning("", 1000, |_| true).len(), 51);
        assert_eq!(graph.names_beginning("ataxia 0", 1000, |id| graph.name(id).ends_with('3')).len(), 1);
        assert!(graph.names_beginning("zebra", 1000, |_| true).is_empty());
    }
}
