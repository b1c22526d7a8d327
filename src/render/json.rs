//! JSON: the whole answer as one object whose shape is stable, a row, entity, relation or item of evidence a line.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::answer::{Answer, Column, RelationCard, Row, View};

use super::Page;
use super::json_value::{Citations, Citing, Entity, Hedge, Item, Named, Value};

/// Writes the answer as one JSON object.
///
/// Its keys, in order: `query`, `columns`, `rows`, `view`, `evidence`, `denied`, `unknown`, `explanation` (only without rows, or where they count none),
/// `warnings`, `explain` (only for `explain`). Keys of `evidence` are what rows and relations refer to.
pub(super) fn write(answer: &Answer, _page: &Page) -> String {
    let mut sheet = Sheet::default();
    sheet.open('{');
    sheet.member("query", 0, &answer.query);
    sheet.key("columns", 0);
    sheet.list(2, answer.columns.iter().map(Typed));
    sheet.key("rows", 0);
    sheet.list(2, answer.rows.iter().map(Filled));
    sheet.key("view", 0);
    sheet.open('{');
    sheet.key("entities", 2);
    sheet.list(4, answer.view.entities.iter().map(|entity| Entity(entity)));
    sheet.key("relations", 2);
    sheet.list(4, answer.view.relations.iter().filter_map(|relation| Related::new(relation, &answer.view)));
    sheet.close('}', 2);
    sheet.key("evidence", 0);
    sheet.open('{');
    for (position, item) in answer.evidence.iter().enumerate() {
        sheet.member(&(position + 1).to_string(), 2, &Item(item));
    }
    sheet.close('}', 2);
    sheet.member("denied", 0, &answer.denied);
    sheet.member("unknown", 0, &answer.unknown);
    if let Some(explanation) = &answer.explanation {
        sheet.member("explanation", 0, &explanation.to_string());
    }
    sheet.member("warnings", 0, &answer.warnings);
    if !answer.stages.is_empty() {
        sheet.member("explain", 0, &Stages(answer));
    }
    sheet.close('}', 0);
    sheet.text.push(b'\n');
    // What serde writes is UTF-8.
    String::from_utf8(sheet.text).unwrap_or_default()
}

/// JSON as it grows, what is within brackets one item a line; on one line where there are none.
#[derive(Default)]
struct Sheet {
    text: Vec<u8>,
    /// Whether something stands within the brackets that are open.
    filled: bool,
}

impl Sheet {
    fn open(&mut self, bracket: char) {
        self.text.push(bracket as u8);
        self.filled = false;
    }

    fn close(&mut self, bracket: char, indent: usize) {
        if self.filled {
            self.line(indent);
        }
        self.text.push(bracket as u8);
        self.filled = true;
    }

    fn line(&mut self, indent: usize) {
        self.text.push(b'\n');
        self.text.resize(self.text.len() + indent, b' ');
    }

    /// Begins the next item within brackets that are indented so far.
    fn item(&mut self, indent: usize) {
        if self.filled {
            self.text.push(b',');
        }
        self.filled = true;
        self.line(indent + 2);
    }

    fn key(&mut self, key: &str, indent: usize) {
        self.item(indent);
        self.value(key);
        self.text.extend_from_slice(b": ");
    }

    fn member<T: Serialize + ?Sized>(&mut self, key: &str, indent: usize, value: &T) {
        self.key(key, indent);
        self.value(value);
    }

    fn list<T: Serialize>(&mut self, indent: usize, items: impl Iterator<Item = T>) {
        self.open('[');
        for item in items {
            self.item(indent);
            self.value(&item);
        }
        self.close(']', indent);
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) {
        // Into a growing vector, serialising plain data cannot fail.
        let _ = serde_json::to_writer(&mut self.text, value);
    }
}

struct Typed<'a>(&'a Column);

impl Serialize for Typed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", &self.0.name)?;
        map.serialize_entry("type", self.0.column_type.word())?;
        map.end()
    }
}

struct Filled<'a>(&'a Row);

impl Serialize for Filled<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let values: Vec<Value> = self.0.cells.iter().map(|cell| Value(cell, Citing::Reference)).collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("values", &values)?;
        map.serialize_entry("certainty", self.0.certainty.word())?;
        map.serialize_entry("evidence", &Citations(&self.0.evidence, Citing::Reference))?;
        map.end()
    }
}

struct Related<'a> {
    relation: &'a RelationCard,
    from: &'a str,
    to: &'a str,
}

impl<'a> Related<'a> {
    fn new(relation: &'a RelationCard, view: &'a View) -> Option<Related<'a>> {
        let from = &view.entities.get(relation.from)?.id;
        let to = &view.entities.get(relation.to)?.id;
        Some(Related { relation, from, to })
    }
}

impl Serialize for Related<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let RelationCard { relation_type, statement, qualifiers, hedge, jointly, denied, evidence, .. } = self.relation;
        let qualifiers = qualifiers.iter().map(|(name, cell)| (name.as_str(), Value(cell, Citing::Reference)));
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("from", self.from)?;
        map.serialize_entry("type", relation_type)?;
        map.serialize_entry("to", self.to)?;
        map.serialize_entry("statement", statement)?;
        map.serialize_entry("qualifiers", &Named(qualifiers.collect()))?;
        if let Some(hedge) = hedge {
            map.serialize_entry("hedge", &Hedge(hedge))?;
        }
        if !jointly.is_empty() {
            map.serialize_entry("jointly", &jointly.iter().map(|entity| Entity(entity)).collect::<Vec<_>>())?;
        }
        if *denied {
            map.serialize_entry("denied", denied)?;
        }
        map.serialize_entry("evidence", &Citations(evidence, Citing::Reference))?;
        map.end()
    }
}

struct Stages<'a>(&'a Answer);

impl Serialize for Stages<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.stages.iter().map(|stage| (stage.name, &stage.text)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Page, samples};
    use super::write;

    #[test]
    fn the_object_has_the_shape_of_the_contract() {
        let entity = |id: &str, name: &str, kind: &str| format!(r#"{{"id":"{id}","name":"{name}","kind":"{kind}","kinds":["{kind}"]}}"#);
        let breast = entity("breast-cancer", "breast cancer", "trigger");
        let lung = entity("lung-cancer", "lung cancer", "trigger");
        let oms = entity("oms", "opsoclonus-myoclonus syndrome", "disease");
        let adult = entity("adult", "adult", "population");
        let hedge = r#"{"extent":"most","confidence":"stated","words":"most often"}"#;
        let row = |cause: &str| format!(r#"    {{"values":[{cause},{oms},[{adult}],{hedge}],"certainty":"certain","evidence":["1"]}}"#);
        let relation = |from: &str| {
            format!(
                r#"      {{"from":"{from}","type":"causes","to":"oms","statement":"adult-causes","qualifiers":{{"population":[{adult}]}},"hedge":{hedge},"evidence":["1"]}}"#
            )
        };
        let expected = [
            "{".to_owned(),
            r#"  "query": "causes where population=adult","#.to_owned(),
            r#"  "columns": ["#.to_owned(),
            r#"    {"name":"cause","type":"entity"},"#.to_owned(),
            r#"    {"name":"of","type":"entity"},"#.to_owned(),
            r#"    {"name":"population","type":"entity"},"#.to_owned(),
            r#"    {"name":"hedge","type":"hedge"}"#.to_owned(),
            "  ],".to_owned(),
            r#"  "rows": ["#.to_owned(),
            row(&breast) + ",",
            row(&lung),
            "  ],".to_owned(),
            r#"  "view": {"#.to_owned(),
            r#"    "entities": ["#.to_owned(),
            format!("      {breast},"),
            format!("      {lung},"),
            format!("      {oms}"),
            "    ],".to_owned(),
            r#"    "relations": ["#.to_owned(),
            relation("breast-cancer") + ",",
            relation("lung-cancer"),
            "    ]".to_owned(),
            "  },".to_owned(),
            r#"  "evidence": {"#.to_owned(),
            r#"    "1": {"statement":"adult-causes","source":"oms-overview","sentences":[17],"claim":"Lung and breast cancer are the usual causes in adults."}"#
                .to_owned(),
            "  },".to_owned(),
            r#"  "denied": 1,"#.to_owned(),
            r#"  "unknown": 3,"#.to_owned(),
            r#"  "warnings": []"#.to_owned(),
            "}\n".to_owned(),
        ];
        assert_eq!(write(&samples::adult_causes(), &Page::default()), expected.join("\n"));
    }

    #[test]
    fn every_sort_of_cell_has_its_shape() {
        let text = write(&samples::every_cell(), &Page::default());
        for expected in [
            r#""a, \"b\"",true,45,{"value":45,"unit":"%"},{"extent":null,"confidence":"possible","words":"may"},[{"id":"oms","#,
            r#"{"entities":[{"id":"nb","name":"neuroblastoma","kind":"trigger","kinds":["trigger"]},{"id":"oms","name":"OMS","kind":"disease","kinds":["disease"]}],"relations":[{"type":"causes","forward":true}]}"#,
            r#"{"status":"contested","figures":[{"name":"frequency","value":{"min":50,"max":80,"unit":"%"}}],"evidence":["2"]}],"certainty":"possible","evidence":["1","2"]}"#,
            r#""2": {"statement":"b","source":"oms-overview","sentences":[3,4],"claim":"It may.","quote":"It may be so.","publication":"PMID:1","n":7,"of":12}"#,
            r#""warnings": ["look"]"#,
        ] {
            assert!(text.contains(expected), "{expected}\n{text}");
        }
    }

    #[test]
    fn relations_tell_what_is_joint_and_what_is_denied() {
        let text = write(&samples::overview(20), &Page::default());
        assert!(text.contains(r#""jointly":[{"id":"e1","name":"neuroblastoma","#), "{text}");
        assert!(text.contains(r#""qualifiers":{},"denied":true,"evidence":["15"]}"#), "{text}");
    }

    #[test]
    fn explanation_and_explain_are_there_when_there_is_something_to_tell() {
        let text = write(&samples::nothing(), &Page::default());
        assert!(text.contains("\"rows\": [],\n") && text.contains("\"explanation\": \"no cause has population = boy\\n"), "{text}");
        assert!(!text.contains("\"explain\":"));
        let text = write(&samples::explained(), &Page::default());
        assert!(
            text.ends_with("\"explain\": {\"algebra\":\"scan causes\\n  keep\",\"pattern\":\"MATCH (t)-[r:CAUSES]->(d)\"}\n}\n"),
            "{text}"
        );
    }
}
