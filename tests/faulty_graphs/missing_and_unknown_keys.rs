//! Faults, one at a time: keys that are missing, empty or not of the format.

use crate::common::{Case, check};

#[test]
fn missing_and_unknown_keys() {
    check(&[
        Case {
            fault: "an unknown key of an entity",
            file: "entities.toml",
            written: r#"xrefs = ["MONDO:2"]"#,
            instead: r#"xref = ["MONDO:2"]"#,
            reported: &["entities.toml:19:1: this entity has the unknown key 'xref'; did you mean 'xrefs'?"],
        },
        Case {
            fault: "an unknown key far from any other",
            file: "statements.toml",
            written: "jointly = true",
            instead: "zzzz = true",
            reported: &[
                "statements.toml:6:1: this statement has the unknown key 'zzzz'; its keys are 'id', 'evidence', 'claim', 'relations', 'jointly', 'negated', 'hedge' and 'qualifiers'",
            ],
        },
        Case {
            fault: "an unknown table",
            file: "entities.toml",
            written: "[[entity]]\nid = \"virus\"",
            instead: "[[entitty]]\nid = \"virus\"",
            reported: &["entities.toml:22:3: this file has the unknown key 'entitty'; did you mean 'entity'?"],
        },
        Case {
            fault: "an entity without id",
            file: "entities.toml",
            written: "id = \"virus\"\n",
            instead: "",
            reported: &[
                "entities.toml:22:1: this entity has no 'id'",
                "statements.toml:14:15: no entity has the id 'virus'; did you mean ''?",
            ],
        },
        Case {
            fault: "an entity without name",
            file: "entities.toml",
            written: "name = \"virus\"\n",
            instead: "",
            reported: &["entities.toml:22:1: this entity has no 'name'"],
        },
        Case {
            fault: "an entity without kind",
            file: "entities.toml",
            written: "name = \"virus\"\nkind = \"trigger\"",
            instead: r#"name = "virus""#,
            reported: &["entities.toml:22:1: this entity has no 'kind'"],
        },
        Case {
            fault: "an empty list of kinds",
            file: "entities.toml",
            written: "name = \"virus\"\nkind = \"trigger\"",
            instead: "name = \"virus\"\nkind = []",
            reported: &[r#"entities.toml:25:8: this entity has no kind; name one: kind = "...""#],
        },
        Case {
            fault: "an empty list of kinds in the schema",
            file: "schema.toml",
            written: r#"from = ["trigger"]"#,
            instead: "from = []",
            reported: &["schema.toml:18:8: this list of kinds is empty; name a kind, or leave the key out to allow any"],
        },
        Case {
            fault: "an empty list of words",
            file: "schema.toml",
            written: r#"words = ["person group", "person groups"]"#,
            instead: "words = []",
            reported: &["schema.toml:14:9: this list of words is empty; leave the key out to use the id"],
        },
        Case {
            fault: "a qualifier without type",
            file: "schema.toml",
            written: "type = \"percentage\"\n",
            instead: "",
            reported: &["schema.toml:33:1: this qualifier has no 'type'"],
        },
        Case {
            fault: "a noun without its plural",
            file: "schema.toml",
            written: r#"{ one = "cause", many = "causes" }"#,
            instead: r#"{ one = "cause" }"#,
            reported: &["schema.toml:20:17: this noun has no 'many'"],
        },
        Case {
            fault: "no graph table",
            file: "schema.toml",
            written: "[graph]\nid = \"small\"\ntitle = \"A small graph\"\n",
            instead: "",
            reported: &["schema.toml:1:1: this file has no 'graph'; write [graph] and below it an id and a title"],
        },
        Case {
            fault: "a graph without title",
            file: "schema.toml",
            written: "title = \"A small graph\"\n",
            instead: "",
            reported: &["schema.toml:1:1: this graph has no 'title'"],
        },
        Case {
            fault: "a statement without relations",
            file: "statements.toml",
            written: "relations = [[\"virus\", \"causes\", \"oms\"]]\n",
            instead: "",
            reported: &[r#"statements.toml:10:1: this statement has no 'relations'; write relations = [["from", "relation", "to"]]"#],
        },
        Case {
            fault: "an empty list of relations",
            file: "statements.toml",
            written: r#"relations = [["virus", "causes", "oms"]]"#,
            instead: "relations = []",
            reported: &[r#"statements.toml:14:13: this statement has no relation; write relations = [["from", "relation", "to"]]"#],
        },
        Case {
            fault: "a relation without brackets of its own",
            file: "statements.toml",
            written: r#"relations = [["virus", "causes", "oms"]]"#,
            instead: r#"relations = ["virus", "causes", "oms"]"#,
            reported: &["statements.toml:14:13: each relation is a list of its own; write another pair of square brackets around it"],
        },
        Case {
            fault: "a relation with two parts",
            file: "statements.toml",
            written: r#"["virus", "causes", "oms"]"#,
            instead: r#"["virus", "oms"]"#,
            reported: &[
                r#"statements.toml:14:14: a relation has 3 parts, or 4 with its qualifiers; this has 2; write ["from", "relation", "to"] or ["from", "relation", "to", { qualifier = value }]"#,
            ],
        },
        Case {
            fault: "a statement without claim",
            file: "statements.toml",
            written: "claim = \"Viruses cause it.\"\n",
            instead: "",
            reported: &["statements.toml:10:1: this statement has no 'claim'"],
        },
        Case {
            fault: "a source without title",
            file: "sources.toml",
            written: "title = \"An atlas\"\n",
            instead: "",
            reported: &["sources.toml:11:1: this source has no 'title'"],
        },
        Case {
            fault: "a question without an answer",
            file: "questions.toml",
            written: "answer = [\"lung cancer\"]\n",
            instead: "",
            reported: &[
                "questions.toml:1:1: this question has no 'answer'; say what is expected: answer = [names], count = number or counts = { value = number }",
            ],
        },
        Case {
            fault: "a question with two answers",
            file: "questions.toml",
            written: r#"answer = ["lung cancer"]"#,
            instead: "answer = [\"lung cancer\"]\ncount = 1",
            reported: &["questions.toml:5:9: this question expects both 'answer' and 'count'; keep one of them"],
        },
    ]);
}
