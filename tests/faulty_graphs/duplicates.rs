//! Faults, one at a time: what is there twice, with both places.

use crate::common::{Case, check};

#[test]
fn duplicates() {
    check(&[
        Case {
            fault: "an entity id",
            file: "entities.toml",
            written: r#"id = "virus""#,
            instead: r#"id = "oms""#,
            reported: &["entities.toml:23:6: there are two entities with the id 'oms'"],
        },
        Case {
            fault: "a name that another entity has as plural of a synonym",
            file: "entities.toml",
            written: r#"name = "virus""#,
            instead: r#"name = "Lung-Carcinomas""#,
            reported: &["entities.toml:18:13: 'lung carcinoma' names the entity 'virus' already"],
        },
        Case {
            fault: "a synonym that is another entity's id",
            file: "entities.toml",
            written: r#"synonyms = ["OMS"]"#,
            instead: r#"synonyms = ["Lung Cancers"]"#,
            reported: &["entities.toml:5:13: 'Lung Cancers' names the entity 'lung-cancer' already"],
        },
        Case {
            fault: "an identifier of another entity",
            file: "entities.toml",
            written: r#"xrefs = ["MONDO:2"]"#,
            instead: r#"xrefs = ["mondo:1"]"#,
            reported: &["entities.toml:19:10: 'mondo:1' names the entity 'oms' already"],
        },
        Case {
            fault: "a statement id",
            file: "statements.toml",
            written: r#"id = "virus-as-cause""#,
            instead: r#"id = "lung-cancer-as-cause""#,
            reported: &["statements.toml:11:6: there are two statements with the id 'lung-cancer-as-cause'"],
        },
        Case {
            fault: "a statement id that the hierarchy has",
            file: "statements.toml",
            written: r#"id = "virus-as-cause""#,
            instead: r#"id = "lung-cancer-is_a-cancer""#,
            reported: &[
                "entities.toml:20:9: a statement has the id 'lung-cancer-is_a-cancer', which this step of the hierarchy is given; give the statement another id",
            ],
        },
        Case {
            fault: "a kind",
            file: "schema.toml",
            written: r#"id = "disease""#,
            instead: r#"id = "trigger""#,
            reported: &["schema.toml:9:6: there are two kinds with the id 'trigger'"],
        },
        Case {
            fault: "a relation",
            file: "schema.toml",
            written: r#"id = "affects""#,
            instead: r#"id = "causes""#,
            reported: &["schema.toml:24:6: there are two relations with the id 'causes'"],
        },
        Case {
            fault: "is_a, which every graph has",
            file: "schema.toml",
            written: r#"id = "affects""#,
            instead: r#"id = "is_a""#,
            reported: &["schema.toml:24:6: 'is_a' is in every graph and cannot be declared again; leave this relation out"],
        },
        Case {
            fault: "a qualifier",
            file: "schema.toml",
            written: r#"id = "note""#,
            instead: r#"id = "benign""#,
            reported: &["schema.toml:50:6: there are two qualifiers with the id 'benign'"],
        },
        Case {
            fault: "a word for two kinds",
            file: "schema.toml",
            written: r#"words = ["person group", "person groups"]"#,
            instead: r#"words = ["illness"]"#,
            reported: &["schema.toml:14:10: 'illness' is a word for the kind 'disease' already"],
        },
        Case {
            fault: "a qualifier listed twice",
            file: "schema.toml",
            written: r#""population", "frequency""#,
            instead: r#""population", "frequency", "frequency""#,
            reported: &["schema.toml:21:42: this qualifier is listed twice"],
        },
        Case {
            fault: "a source",
            file: "sources.toml",
            written: r#"id = "atlas""#,
            instead: r#"id = "review""#,
            reported: &["sources.toml:12:6: there are two sources with the id 'review'"],
        },
        Case {
            fault: "a sentence named twice",
            file: "statements.toml",
            written: r#"source = "review", sentences = [1]"#,
            instead: r#"source = "review", sentences = [1, 1]"#,
            reported: &["statements.toml:12:50: this sentence is named twice"],
        },
        Case {
            fault: "a relation of a statement",
            file: "statements.toml",
            written: r#"["virus", "causes", "oms"]"#,
            instead: r#"["virus", "causes", "oms"], ["virus", "causes", "oms"]"#,
            reported: &["statements.toml:14:42: this statement has the same relation twice"],
        },
        Case {
            fault: "a parent named twice",
            file: "entities.toml",
            written: r#"is_a = ["cancer"]"#,
            instead: r#"is_a = ["cancer", "cancer"]"#,
            reported: &["entities.toml:20:19: this parent is listed twice"],
        },
        Case {
            fault: "a kind listed twice",
            file: "entities.toml",
            written: "kind = \"trigger\"\nsynonyms",
            instead: "kind = [\"trigger\", \"trigger\"]\nsynonyms",
            reported: &["entities.toml:17:20: this kind is listed twice"],
        },
        Case {
            fault: "a key",
            file: "entities.toml",
            written: r#"name = "virus""#,
            instead: "name = \"virus\"\nname = \"virus\"",
            reported: &["entities.toml:25:1: this is not TOML: duplicate key; what the file says is checked once it can be read"],
        },
    ]);
}
