//! Faults, one at a time: an id that nothing has: the words at fault, and the nearest that exist.

use crate::common::{Case, check};

#[test]
fn unknown_references() {
    check(&[
        Case {
            fault: "unknown kind of an entity",
            file: "entities.toml",
            written: "kind = \"trigger\"\nsynonyms",
            instead: "kind = \"triger\"\nsynonyms",
            reported: &["entities.toml:17:8: no kind has the id 'triger'; did you mean 'trigger'?"],
        },
        Case {
            fault: "unknown kind in the schema, and nothing that follows from it",
            file: "schema.toml",
            written: r#"from = ["trigger"]"#,
            instead: r#"from = ["tirgger"]"#,
            reported: &["schema.toml:18:9: no kind has the id 'tirgger'; did you mean 'trigger'?"],
        },
        Case {
            fault: "unknown entity in a relation",
            file: "statements.toml",
            written: r#"["virus", "causes", "oms"]"#,
            instead: r#"["virrus", "causes", "oms"]"#,
            reported: &["statements.toml:14:15: no entity has the id 'virrus'; did you mean 'virus'?"],
        },
        Case {
            fault: "an entity by its name",
            file: "statements.toml",
            written: r#"["lung-cancer", "causes", "oms", {"#,
            instead: r#"["lung carcinoma", "causes", "oms", {"#,
            reported: &["statements.toml:5:15: no entity has the id 'lung carcinoma'; did you mean 'lung-cancer'?"],
        },
        Case {
            fault: "unknown relation",
            file: "statements.toml",
            written: r#"["virus", "causes", "oms"]"#,
            instead: r#"["virus", "cause", "oms"]"#,
            reported: &["statements.toml:14:24: no relation has the id 'cause'; did you mean 'causes'?"],
        },
        Case {
            fault: "unknown qualifier",
            file: "statements.toml",
            written: r#"qualifiers = { population = ["adult"]"#,
            instead: r#"qualifiers = { popluation = ["adult"]"#,
            reported: &["statements.toml:16:16: no qualifier has the id 'popluation'; did you mean 'population'?"],
        },
        Case {
            fault: "unknown qualifier in the schema, and nothing that follows from it",
            file: "schema.toml",
            written: r#""population", "frequency""#,
            instead: r#""populaton", "frequency""#,
            reported: &["schema.toml:21:15: no qualifier has the id 'populaton'; did you mean 'population'?"],
        },
        Case {
            fault: "unknown entity in a qualifier",
            file: "statements.toml",
            written: r#"population = ["adult"]"#,
            instead: r#"population = ["adullt"]"#,
            reported: &["statements.toml:16:30: no entity has the id 'adullt'; did you mean 'adult'?"],
        },
        Case {
            fault: "unknown parent",
            file: "entities.toml",
            written: r#"is_a = ["cancer"]"#,
            instead: r#"is_a = ["cancr"]"#,
            reported: &["entities.toml:20:9: no entity has the id 'cancr'; did you mean 'cancer'?"],
        },
        Case {
            fault: "unknown source",
            file: "statements.toml",
            written: r#"source = "review", sentences = [1]"#,
            instead: r#"source = "reveiw", sentences = [1]"#,
            reported: &["statements.toml:12:24: no source has the id 'reveiw'; did you mean 'review'?"],
        },
        Case {
            fault: "unknown name in the answer of a question",
            file: "questions.toml",
            written: r#""lung cancer""#,
            instead: r#""lung-cancer""#,
            reported: &["questions.toml:4:11: no entity has the name 'lung-cancer'; did you mean 'lung cancer'?"],
        },
    ]);
}
