//! Kgx reader: what the documents say of the columns, done in the plainest way, so that what is written is checked by somebody else.

use std::collections::BTreeMap;

use oms_graph::model::Quantity;
use serde_json::{Map, Value};

use super::facts::{Citation, EntityFacts, Facts, RelationFacts, quantity_spelled};

/// A row: the texts of each column. A column that holds JSON holds its text.
type Row = BTreeMap<String, Vec<String>>;

const MARKS: [&str; 10] = ["text", "number", "integer", "boolean", "quantity", "percentage", "ratio", "duration", "entity", "any"];
const SINGLE: [&str; 14] = [
    "id",
    "name",
    "description",
    "subject",
    "predicate",
    "object",
    "relation",
    "statement",
    "supporting_text",
    "extent",
    "confidence",
    "hedge_words",
    "primary_knowledge_source",
    "certainty",
];
const NODE_COLUMNS: [&str; 8] = ["id", "category", "name", "synonym", "xref", "description", "kind", "escaped"];
const EDGE_COLUMNS: [&str; 17] = [
    "id",
    "subject",
    "predicate",
    "object",
    "relation",
    "negated",
    "primary_knowledge_source",
    "publications",
    "supporting_text",
    "citations",
    "statement",
    "extent",
    "confidence",
    "hedge_words",
    "jointly",
    "jointly_with",
    "certainty",
];
const DERIVED: [&str; 7] =
    ["frequency_qualifier", "onset_qualifier", "sex_qualifier", "has_count", "has_total", "has_quotient", "has_percentage"];

/// Reads the two tables.
pub fn tables(nodes: &str, edges: &str) -> Facts {
    facts(&table(nodes), &table(edges))
}

/// Reads lines of JSON.
pub fn lines(nodes: &str, edges: &str) -> Facts {
    facts(&objects(nodes), &objects(edges))
}

fn table(text: &str) -> Vec<Row> {
    let mut lines = text.split_terminator('\n');
    let header: Vec<&str> = lines.next().expect("a header").split('\t').collect();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), header.len(), "{line:?}");
        let escaped = header.last() == Some(&"escaped") && cells.last() == Some(&"true");
        let columns = header.iter().zip(cells).filter(|(name, cell)| **name != "escaped" && !cell.is_empty());
        columns.map(|(name, cell)| ((*name).to_owned(), members(cell, escaped, SINGLE.contains(name)))).collect()
    };
    lines.map(row).collect()
}

fn members(cell: &str, escaped: bool, single: bool) -> Vec<String> {
    if !escaped {
        return if single { vec![cell.to_owned()] } else { cell.split('|').map(str::to_owned).collect() };
    }
    let (mut all, mut text) = (Vec::new(), String::new());
    let mut letters = cell.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '|' if !single => all.push(std::mem::take(&mut text)),
            '\\' => match letters.next().expect("an escape") {
                't' => text.push('\t'),
                'n' => text.push('\n'),
                'r' => text.push('\r'),
                'e' => {}
                'u' => {
                    let code: String = letters.by_ref().skip(1).take_while(|letter| *letter != '}').collect();
                    text.push(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32).expect("a character"));
                }
                mark @ ('\\' | '|') => text.push(mark),
                other => panic!("no escape: {other:?}"),
            },
            letter => text.push(letter),
        }
    }
    all.push(text);
    all
}

fn objects(text: &str) -> Vec<Row> {
    let texts = |value: &Value| -> Vec<String> {
        let one = |value: &Value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        match value {
            Value::Array(values) => values.iter().map(one).collect(),
            value => vec![one(value)],
        }
    };
    let row = |line: &str| -> Row {
        let object: Map<String, Value> = serde_json::from_str(line).expect("an object a line");
        object.iter().map(|(name, value)| (name.clone(), texts(value))).collect()
    };
    text.split_terminator('\n').map(row).collect()
}

fn facts(nodes: &[Row], edges: &[Row]) -> Facts {
    let mut facts = Facts::default();
    let has_kinds = nodes.iter().any(|row| row.contains_key("kind"));
    let natures = natures(nodes, &NODE_COLUMNS);
    for row in nodes {
        let kinds = if has_kinds { list(row, "kind") } else { list(row, "category").iter().map(|word| bare(word)).collect() };
        let entity = EntityFacts {
            name: one(row, "name").unwrap_or_default(),
            kinds,
            synonyms: list(row, "synonym"),
            xrefs: list(row, "xref"),
            definition: one(row, "description"),
            properties: further(row, &NODE_COLUMNS, &natures).into_iter().collect(),
        };
        assert!(facts.entities.insert(one(row, "id").expect("an id"), entity).is_none());
    }
    let has_types = edges.iter().any(|row| row.contains_key("relation"));
    let frequency = edges.iter().flat_map(BTreeMap::keys).map(|name| name.split(':').next().unwrap_or_default().to_owned());
    let own: Vec<String> = frequency.filter(|name| matches!(name.as_str(), "frequency" | "onset" | "sex")).collect();
    let mut known: Vec<&str> = EDGE_COLUMNS.to_vec();
    known.extend(DERIVED.iter().filter(|name| {
        let of = name.strip_suffix("_qualifier").unwrap_or("frequency");
        own.iter().any(|own| own == of)
    }));
    let natures = self::natures(edges, &known);
    for row in edges {
        let predicate = match bare(&one(row, "predicate").expect("a predicate")).as_str() {
            "subclass_of" => "is_a".to_owned(),
            other => other.to_owned(),
        };
        let relation_type = if has_types { one(row, "relation").expect("a relation") } else { predicate };
        facts.relations.push(RelationFacts {
            statement: one(row, "statement").or_else(|| one(row, "id")).expect("an id"),
            from: one(row, "subject").expect("a subject"),
            relation_type,
            to: one(row, "object").expect("an object"),
            claim: one(row, "supporting_text").unwrap_or_default(),
            negated: one(row, "negated").is_some(),
            jointly: one(row, "jointly").is_some(),
            extent: one(row, "extent"),
            confidence: one(row, "confidence").unwrap_or_else(|| "stated".to_owned()),
            hedge_words: one(row, "hedge_words"),
            citations: citations(row, &mut facts.titles),
            qualifiers: further(row, &known, &natures),
        });
    }
    facts.sorted()
}

fn citations(row: &Row, titles: &mut BTreeMap<String, String>) -> Vec<Citation> {
    if let Some(objects) = row.get("citations") {
        let read = |text: &String| {
            let object: Value = serde_json::from_str(text).expect("JSON");
            let source = object["source"].as_str().expect("a source").to_owned();
            let title = object["title"].as_str().map(str::to_owned);
            titles.entry(source.clone()).or_insert_with(|| title.unwrap_or_else(|| source.clone()));
            let number = |value: &Value| value.as_u64().and_then(|number| u32::try_from(number).ok()).expect("a number");
            let sentences = object["sentences"].as_array().map(|all| all.iter().map(number).collect()).unwrap_or_default();
            let cohort = object["cohort"].as_array().map(|both| (number(&both[0]), number(&both[1])));
            (source, sentences, object["publication"].as_str().map(str::to_owned), cohort)
        };
        return objects.iter().map(read).collect();
    }
    let Some(source) = one(row, "primary_knowledge_source") else { return Vec::new() };
    titles.entry(source.clone()).or_insert_with(|| source.clone());
    let publications = list(row, "publications");
    if publications.is_empty() {
        return vec![(source, Vec::new(), None, None)];
    }
    publications.into_iter().map(|publication| (source.clone(), Vec::new(), Some(publication), None)).collect()
}

/// What the values of each column that says nothing of it are.
fn natures(rows: &[Row], known: &[&str]) -> BTreeMap<String, &'static str> {
    let mut values: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    for (name, texts) in rows.iter().flatten().filter(|(name, _)| !known.contains(&name.as_str())) {
        values.entry(name).or_default().extend(texts);
    }
    let nature = |texts: &Vec<&String>| {
        if texts.iter().all(|text| text.parse::<i64>().is_ok()) {
            "integer"
        } else if texts.iter().all(|text| text.parse::<f64>().is_ok()) {
            "number"
        } else {
            "text"
        }
    };
    values.into_iter().map(|(name, texts)| (name.to_owned(), nature(&texts))).collect()
}

fn further(row: &Row, known: &[&str], natures: &BTreeMap<String, &'static str>) -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    for (column, texts) in row.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
        let marked = column.rsplit_once(':').filter(|(_, mark)| MARKS.contains(mark));
        let (name, mark) = marked.unwrap_or((column, natures[column]));
        let value = |text: &String| {
            let (mark, text) = match mark {
                "any" => text.split_once(':').expect("what it is"),
                mark => (mark, text.as_str()),
            };
            match mark {
                "text" | "entity" | "integer" | "boolean" => format!("{mark}:{text}"),
                "number" => format!("number:{}", text.parse::<f64>().expect("a number")),
                _ => quantity_spelled(&text.parse::<Quantity>().expect("a quantity")),
            }
        };
        all.push((name.to_owned(), texts.iter().map(value).collect()));
    }
    all.sort();
    all
}

fn one(row: &Row, name: &str) -> Option<String> {
    let texts = row.get(name)?;
    assert_eq!(texts.len(), 1, "{name}");
    texts.first().cloned()
}

fn list(row: &Row, name: &str) -> Vec<String> {
    row.get(name).cloned().unwrap_or_default()
}

fn bare(word: &str) -> String {
    word.strip_prefix("biolink:").unwrap_or(word).to_owned()
}
