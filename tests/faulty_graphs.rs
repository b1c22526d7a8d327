//! Faulty graphs: every fault that a curated graph can have, one at a time, with the complaint that it must get.

mod common;

use common::{Case, SmallGraph, check};
use proptest::prelude::*;

/// An id that nothing has: the words at fault, and the nearest that exist.
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

/// What the schema does not allow.
#[test]
fn forbidden_relations() {
    check(&[
        Case {
            fault: "a relation from a kind that it cannot start from",
            file: "statements.toml",
            written: r#"["virus", "causes", "oms"]"#,
            instead: r#"["adult", "causes", "oms"]"#,
            reported: &[
                "statements.toml:14:15: 'causes' cannot start from 'adult', whose kind is 'population'; it must start from 'trigger'",
            ],
        },
        Case {
            fault: "a relation the wrong way round",
            file: "statements.toml",
            written: r#"["virus", "causes", "oms"]"#,
            instead: r#"["oms", "causes", "virus"]"#,
            reported: &[
                "statements.toml:14:15: 'causes' cannot start from 'oms', whose kind is 'disease'; it must start from 'trigger'; the other way round it would be allowed",
            ],
        },
        Case {
            fault: "a relation to a kind that it cannot lead to",
            file: "statements.toml",
            written: r#"["virus", "causes", "oms"]"#,
            instead: r#"["virus", "causes", "adult"]"#,
            reported: &["statements.toml:14:34: 'causes' cannot lead to 'adult', whose kind is 'population'; it must lead to 'disease'"],
        },
        Case {
            fault: "between kinds that another relation joins",
            file: "statements.toml",
            written: r#"["virus", "causes", "oms"]"#,
            instead: r#"["oms", "causes", "adult"]"#,
            reported: &[
                "statements.toml:14:15: 'causes' cannot start from 'oms', whose kind is 'disease'; it must start from 'trigger'; between these two the schema allows 'affects'",
            ],
        },
        Case {
            fault: "a qualifier that the relation does not have",
            file: "statements.toml",
            written: r#"["oms", "affects", "adult"]"#,
            instead: r#"["oms", "affects", "adult", { frequency = "50%" }]"#,
            reported: &[
                "statements.toml:22:44: 'affects' has no qualifier 'frequency'; it has none; the schema lists the qualifiers of each relation",
            ],
        },
        Case {
            fault: "a qualifier of the statement that one of its relations does not have",
            file: "statements.toml",
            written: r#"["virus", "causes", "oms"]"#,
            instead: r#"["virus", "causes", "oms"], ["oms", "affects", "adult"]"#,
            reported: &[
                "statements.toml:16:16: 'affects' has no qualifier 'population'; it has none; the schema lists the qualifiers of each relation; one that fits some of the relations only stands in their own brackets",
            ],
        },
        Case {
            fault: "an entity of the wrong kind in a qualifier",
            file: "statements.toml",
            written: r#"population = ["adult"]"#,
            instead: r#"population = ["virus"]"#,
            reported: &["statements.toml:16:30: 'virus' is of the kind 'trigger'; 'population' takes 'population'; such as 'adult'"],
        },
    ]);
}

/// Values of the wrong type.
#[test]
fn wrong_values() {
    check(&[
        Case {
            fault: "a percentage without its sign",
            file: "statements.toml",
            written: r#"frequency = "50-80%""#,
            instead: r#"frequency = "0.5-0.8""#,
            reported: &[r#"statements.toml:8:28: '0.5-0.8' is a number; 'frequency' takes a percentage; write "50-80%""#],
        },
        Case {
            fault: "a percentage as a bare number",
            file: "statements.toml",
            written: r#"frequency = "50-80%""#,
            instead: "frequency = 0.5",
            reported: &[r#"statements.toml:8:28: '0.5' is a number; 'frequency' takes a percentage; write "50%""#],
        },
        Case {
            fault: "a percentage as a bare whole number",
            file: "statements.toml",
            written: r#"frequency = "50-80%""#,
            instead: "frequency = 50",
            reported: &[r#"statements.toml:8:28: '50' is a number; 'frequency' takes a percentage; write "50%""#],
        },
        Case {
            fault: "an interval that runs backwards",
            file: "statements.toml",
            written: r#"frequency = "50-80%""#,
            instead: r#"frequency = "80-50%""#,
            reported: &[
                r#"statements.toml:8:28: '80-50%' cannot be read as a percentage: the interval runs backwards: its first bound is above its second; write it like "50%", "50-80%" or "> 60%""#,
            ],
        },
        Case {
            fault: "a ratio out of zero",
            file: "statements.toml",
            written: r#"frequency = "50-80%""#,
            instead: r#"frequency = "1 in 0""#,
            reported: &[
                r#"statements.toml:8:28: '1 in 0' cannot be read as a percentage: a ratio cannot be out of zero; write it like "50%", "50-80%" or "> 60%""#,
            ],
        },
        Case {
            fault: "a duration as a percentage",
            file: "statements.toml",
            written: r#"frequency = "50-80%""#,
            instead: r#"frequency = "2 years""#,
            reported: &[
                r#"statements.toml:8:28: '2 years' is a duration; 'frequency' takes a percentage; write "50%", "50-80%" or "> 60%""#,
            ],
        },
        Case {
            fault: "words as a percentage",
            file: "statements.toml",
            written: r#"frequency = "50-80%""#,
            instead: r#"frequency = "often""#,
            reported: &[
                r#"statements.toml:8:28: 'often' cannot be read as a percentage: not a number, percentage, ratio or duration; write it like "50%", "50-80%" or "> 60%""#,
            ],
        },
        Case {
            fault: "true as a percentage",
            file: "statements.toml",
            written: r#"frequency = "50-80%""#,
            instead: "frequency = true",
            reported: &[r#"statements.toml:8:28: this is true or false; a percentage is needed here; such as "50%", "50-80%" or "> 60%""#],
        },
        Case {
            fault: "a list where one value is held",
            file: "statements.toml",
            written: r#"frequency = "50-80%""#,
            instead: r#"frequency = ["50%", "80%"]"#,
            reported: &[
                "statements.toml:8:28: 'frequency' holds one value, not a list; write one statement for each, or several = true in the schema",
            ],
        },
        Case {
            fault: "a duration without its unit",
            file: "statements.toml",
            written: r#"duration = ">= 1 year""#,
            instead: "duration = 18",
            reported: &[
                r#"statements.toml:8:49: '18' is a number; 'duration' takes a duration; write "18 months", "1-2 years" or ">= 1 year""#,
            ],
        },
        Case {
            fault: "a number with a unit",
            file: "statements.toml",
            written: r#"doses = "2-3""#,
            instead: r#"doses = "2 weeks""#,
            reported: &[r#"statements.toml:8:70: '2 weeks' is a duration; 'doses' takes a number; write 2, "2-3" or "> 1""#],
        },
        Case {
            fault: "text as a boolean",
            file: "statements.toml",
            written: "benign = true",
            instead: r#"benign = "true""#,
            reported: &["statements.toml:5:58: this is text; true or false is needed here; write it without quotes"],
        },
        Case {
            fault: "a number as text",
            file: "statements.toml",
            written: r#"note = "rare""#,
            instead: "note = 7",
            reported: &["statements.toml:5:71: this is a number; text is needed here; write it in quotes"],
        },
        Case {
            fault: "an empty list",
            file: "statements.toml",
            written: r#"population = ["adult"]"#,
            instead: "population = []",
            reported: &["statements.toml:16:29: this list is empty; leave the qualifier out where the source says nothing"],
        },
        Case {
            fault: "an entity listed twice",
            file: "statements.toml",
            written: r#"population = ["adult"]"#,
            instead: r#"population = ["adult", "adult"]"#,
            reported: &["statements.toml:16:39: this entity is listed twice"],
        },
        Case {
            fault: "a list as a name",
            file: "entities.toml",
            written: r#"name = "virus""#,
            instead: r#"name = ["virus"]"#,
            reported: &["entities.toml:24:8: this is a list; text is needed here; write it in quotes"],
        },
        Case {
            fault: "text as a list",
            file: "entities.toml",
            written: r#"synonyms = ["OMS"]"#,
            instead: r#"synonyms = "OMS""#,
            reported: &["entities.toml:5:12: this is text; a list is needed here; write it in square brackets"],
        },
        Case {
            fault: "text as a sentence number",
            file: "statements.toml",
            written: r#"source = "review", sentences = [1]"#,
            instead: r#"source = "review", sentences = ["1"]"#,
            reported: &["statements.toml:12:47: this is text; a whole number is needed here; write it without quotes"],
        },
        Case {
            fault: "a negative sentence count",
            file: "sources.toml",
            written: "sentences = 3",
            instead: "sentences = -3",
            reported: &["sources.toml:4:13: a count cannot be below zero"],
        },
        Case {
            fault: "text as a table",
            file: "statements.toml",
            written: r#"hedge = { extent = "most", words = "usually" }"#,
            instead: r#"hedge = "usually""#,
            reported: &["statements.toml:7:9: this is text; a table is needed here; write it in braces: { key = value }"],
        },
        Case {
            fault: "a table where many can occur",
            file: "entities.toml",
            written: "[[entity]]\nid = \"virus\"",
            instead: "[entity]\nid = \"virus\"",
            reported: &["entities.toml:22:2: this is not TOML: duplicate key; what the file says is checked once it can be read"],
        },
        Case {
            fault: "an unknown type of value",
            file: "schema.toml",
            written: r#"type = "percentage""#,
            instead: r#"type = "percent""#,
            reported: &["schema.toml:35:8: no type of value is called 'percent'; did you mean 'percentage'?"],
        },
        Case {
            fault: "kinds for a type that has none",
            file: "schema.toml",
            written: r#"type = "percentage""#,
            instead: "type = \"percentage\"\nkinds = [\"disease\"]",
            reported: &[r#"schema.toml:36:9: 'kinds' is only for entities; the type is 'percentage'; write type = "entity""#],
        },
        Case {
            fault: "several = false for entities",
            file: "schema.toml",
            written: r#"type = "entity""#,
            instead: "type = \"entity\"\nseveral = false",
            reported: &["schema.toml:31:11: a qualifier of entities can always hold several; leave 'several' out"],
        },
        Case {
            fault: "a date as a property",
            file: "entities.toml",
            written: r#"onset = "2 years""#,
            instead: "onset = 2020-01-01",
            reported: &[
                "entities.toml:7:24: this is a date; text, a number, true or false is needed here; a property holds one value, or a list of such values",
            ],
        },
        Case {
            fault: "a property that is not a number",
            file: "entities.toml",
            written: r#"onset = "2 years""#,
            instead: "onset = nan",
            reported: &["entities.toml:7:24: this is not a number that can be computed with"],
        },
        Case {
            fault: "a whole number that is too large",
            file: "entities.toml",
            written: r#"onset = "2 years""#,
            instead: "onset = 99999999999999999999",
            reported: &["entities.toml:7:24: the number is too large"],
        },
        Case {
            fault: "an identifier without its prefix",
            file: "entities.toml",
            written: r#""MONDO:1""#,
            instead: r#""MONDO""#,
            reported: &["entities.toml:6:10: 'MONDO' is not an identifier with its prefix; such as 'MONDO:0008903'"],
        },
    ]);
}

/// What is there twice, with both places.
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
            reported: &["statements.toml:12:50: sentence 1 is named twice"],
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

/// An entity that is, by a chain of `is_a`, one of itself.
#[test]
fn cycles() {
    check(&[
        Case {
            fault: "its own parent",
            file: "entities.toml",
            written: r#"is_a = ["cancer"]"#,
            instead: r#"is_a = ["lung-cancer"]"#,
            reported: &["entities.toml:20:9: an entity cannot be one of itself: lung-cancer is_a lung-cancer; take out one of these steps"],
        },
        Case {
            fault: "a circle of two",
            file: "entities.toml",
            written: r#"name = "cancer""#,
            instead: "name = \"cancer\"\nis_a = [\"lung-cancer\"]",
            reported: &[
                "entities.toml:12:9: an entity cannot be one of itself: cancer is_a lung-cancer is_a cancer; take out one of these steps",
            ],
        },
        Case {
            fault: "a circle that a statement closes",
            file: "statements.toml",
            written: r#"["virus", "causes", "oms"]"#,
            instead: r#"["cancer", "is_a", "lung-cancer"]"#,
            reported: &[
                r#"entities.toml:20:9: an entity cannot be one of itself: lung-cancer is_a cancer is_a lung-cancer; '["cancer", "is_a", "lung-cancer"]' is at statements.toml:14:14; take out one of these steps"#,
                "statements.toml:16:16: 'is_a' has no qualifier 'population'; it has none; the schema lists the qualifiers of each relation",
            ],
        },
    ]);
}

/// Where statements stand.
#[test]
fn evidence() {
    check(&[
        Case {
            fault: "a sentence that the source does not have",
            file: "statements.toml",
            written: r#"source = "review", sentences = [1]"#,
            instead: r#"source = "review", sentences = [4]"#,
            reported: &["statements.toml:12:47: 'review' has no sentence 4; its sentences are 1 to 3"],
        },
        Case {
            fault: "sentence zero",
            file: "statements.toml",
            written: r#"source = "review", sentences = [1]"#,
            instead: r#"source = "review", sentences = [0]"#,
            reported: &["statements.toml:12:47: 'review' has no sentence 0; its sentences are 1 to 3"],
        },
        Case {
            fault: "a sentence of a source without sentences",
            file: "statements.toml",
            written: r#"{ source = "atlas" }"#,
            instead: r#"{ source = "atlas", sentences = [1] }"#,
            reported: &[
                "statements.toml:20:46: 'atlas' is not cut into sentences; leave 'sentences' out, or say in 'sources.toml' how many it has",
            ],
        },
        Case {
            fault: "no sentence of a source that has some",
            file: "statements.toml",
            written: r#"source = "review", sentences = [1]"#,
            instead: r#"source = "review""#,
            reported: &[
                "statements.toml:12:13: this citation has no 'sentences'; the source is cut into sentences; say which, such as sentences = [1]",
            ],
        },
        Case {
            fault: "an empty list of sentences",
            file: "statements.toml",
            written: r#"source = "review", sentences = [1]"#,
            instead: r#"source = "review", sentences = []"#,
            reported: &["statements.toml:12:46: this citation names no sentence; such as sentences = [1]"],
        },
        Case {
            fault: "no evidence",
            file: "statements.toml",
            written: "evidence = [{ source = \"review\", sentences = [1] }]\n",
            instead: "",
            reported: &[
                r#"statements.toml:10:1: this statement has no 'evidence'; write evidence = [{ source = "...", sentences = [1] }]"#,
            ],
        },
        Case {
            fault: "an empty list of evidence",
            file: "statements.toml",
            written: r#"evidence = [{ source = "review", sentences = [1] }]"#,
            instead: "evidence = []",
            reported: &[r#"statements.toml:12:12: this statement has no evidence; write evidence = [{ source = "...", sentences = [1] }]"#],
        },
        Case {
            fault: "more patients than were examined",
            file: "statements.toml",
            written: "n = 3, of = 8",
            instead: "n = 9, of = 8",
            reported: &[
                "statements.toml:3:93: 9 of 8: more patients have it than were examined; 'n' is how many have the feature, 'of' how many were examined",
            ],
        },
        Case {
            fault: "a cohort of nobody",
            file: "statements.toml",
            written: "n = 3, of = 8",
            instead: "n = 0, of = 0",
            reported: &["statements.toml:3:101: a cohort of nobody; give the number of patients examined, at least 1"],
        },
        Case {
            fault: "half a cohort",
            file: "statements.toml",
            written: "n = 3, of = 8",
            instead: "n = 3",
            reported: &["statements.toml:3:87: this cohort has no 'of'"],
        },
        Case {
            fault: "a publication without its prefix",
            file: "statements.toml",
            written: r#""PMID:1""#,
            instead: r#""1""#,
            reported: &["statements.toml:3:68: '1' is not an identifier with its prefix; such as 'MONDO:0008903'"],
        },
        Case {
            fault: "a fingerprint that is too short",
            file: "sources.toml",
            written: r#""1111111111111111111111111111111111111111111111111111111111111111""#,
            instead: r#""1111""#,
            reported: &["sources.toml:6:3: '1111' is not a fingerprint; a fingerprint is a SHA-256 sum: 64 digits from 0 to 9 and a to f"],
        },
        Case {
            fault: "fewer fingerprints than sentences",
            file: "sources.toml",
            written: "sentences = 3",
            instead: "sentences = 4",
            reported: &[
                "sources.toml:5:16: there are 3 fingerprints for 4 sentences; give one for each sentence, in the order of the sentences",
            ],
        },
        Case {
            fault: "fingerprints without a number of sentences",
            file: "sources.toml",
            written: "sentences = 3\n",
            instead: "",
            reported: &["sources.toml:1:1: this source has no 'sentences'; say how many sentences the fingerprints are of"],
        },
        Case {
            fault: "a source that would name a file elsewhere",
            file: "sources.toml",
            written: r#"id = "atlas""#,
            instead: r#"id = "../atlas""#,
            reported: &["sources.toml:12:6: '../atlas' cannot name a file; use letters, digits, '-' and '_'"],
        },
        Case {
            fault: "an unknown extent",
            file: "statements.toml",
            written: r#"extent = "most""#,
            instead: r#"extent = "mots""#,
            reported: &["statements.toml:7:20: 'mots' is not a step on the scale of extent; write 'some', 'many', 'most' or 'nearly all'"],
        },
        Case {
            fault: "an unknown confidence",
            file: "statements.toml",
            written: r#"confidence = "possible""#,
            instead: r#"confidence = "sure""#,
            reported: &[
                "statements.toml:15:24: 'sure' is not a step on the scale of confidence; write 'possible', 'suggested' or 'stated'",
            ],
        },
        Case {
            fault: "a hedge without the source's words",
            file: "statements.toml",
            written: r#"extent = "most", words = "usually""#,
            instead: r#"extent = "most""#,
            reported: &[
                r#"statements.toml:7:9: this hedge has no 'words'; give the words that the source used, such as words = "usually""#,
            ],
        },
    ]);
}

/// Keys that are missing, empty or not of the format.
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

/// Names and ids that cannot be used.
#[test]
fn names() {
    check(&[
        Case {
            fault: "an empty name",
            file: "entities.toml",
            written: r#"name = "virus""#,
            instead: r#"name = " ""#,
            reported: &["entities.toml:24:8: this is empty; a word is needed here"],
        },
        Case {
            fault: "a name without a letter",
            file: "entities.toml",
            written: r#"name = "virus""#,
            instead: r#"name = "--""#,
            reported: &["entities.toml:24:8: this is empty; a word is needed here"],
        },
        Case {
            fault: "a control character in a name",
            file: "entities.toml",
            written: r#"name = "virus""#,
            instead: "name = \"vi\\u001Brus\"",
            reported: &["entities.toml:24:8: this holds the control character U+001B; leave it out"],
        },
        Case {
            fault: "a mark that turns the direction of writing",
            file: "entities.toml",
            written: r#"name = "virus""#,
            instead: "name = \"vi\\u202Erus\"",
            reported: &["entities.toml:24:8: this holds the control character U+202E; leave it out"],
        },
        Case {
            fault: "a space in an id",
            file: "entities.toml",
            written: r#"id = "virus""#,
            instead: r#"id = "a virus""#,
            reported: &[
                "entities.toml:23:6: the id 'a virus' holds a space; such as 'a-virus'",
                "statements.toml:14:15: no entity has the id 'virus'; did you mean ''?",
            ],
        },
        Case {
            fault: "a capital in an id of the schema",
            file: "schema.toml",
            written: r#"id = "note""#,
            instead: r#"id = "Side Note""#,
            reported: &["schema.toml:50:6: the id 'Side Note' holds a space; such as 'side-note'"],
        },
        Case {
            fault: "an empty claim",
            file: "statements.toml",
            written: r#"claim = "Viruses cause it.""#,
            instead: r#"claim = """#,
            reported: &["statements.toml:13:9: this is empty; words are needed here"],
        },
        Case {
            fault: "a control character in a claim",
            file: "statements.toml",
            written: r#"claim = "Viruses cause it.""#,
            instead: "claim = \"Viruses\\u0007cause it.\"",
            reported: &["statements.toml:13:9: this holds the control character U+0007; leave it out"],
        },
    ]);
}

/// Files that are not TOML.
#[test]
fn malformed() {
    check(&[
        Case {
            fault: "a quotation mark that is not closed",
            file: "entities.toml",
            written: r#"name = "virus""#,
            instead: r#"name = "virus"#,
            reported: &[
                r#"entities.toml:24:14: this is not TOML: invalid basic string, expected `"`; what the file says is checked once it can be read"#,
            ],
        },
        Case {
            fault: "no value",
            file: "entities.toml",
            written: r#"name = "virus""#,
            instead: "name =",
            reported: &[
                "entities.toml:24:7: this is not TOML: string values must be quoted, expected literal string; what the file says is checked once it can be read",
            ],
        },
        Case {
            fault: "a bracket that is not closed",
            file: "statements.toml",
            written: r#"relations = [["virus", "causes", "oms"]]"#,
            instead: r#"relations = [["virus", "causes", "oms"]"#,
            reported: &[
                "statements.toml:15:1: this is not TOML: missing comma between array elements, expected `,`; what the file says is checked once it can be read",
            ],
        },
        Case {
            fault: "nested too deep",
            file: "statements.toml",
            written: r#"qualifiers = { population = ["adult"]"#,
            instead: &format!(r#"qualifiers = {{ population = {}1{}"#, "[".repeat(160), "]".repeat(160)),
            reported: &[
                "statements.toml:16:108: this is not TOML: cannot recurse further; max recursion depth met; what the file says is checked once it can be read",
            ],
        },
    ]);
}

/// What is read, but deserves a look.
#[test]
fn warnings() {
    check(&[
        Case {
            fault: "a sentence that no statement cites",
            file: "statements.toml",
            written: "sentences = [2, 3]",
            instead: "sentences = [3]",
            reported: &[
                "sources.toml:4:13: sentence 2 of 'review' is cited by no statement; add what each says, or check that it says nothing about the graph's subject",
            ],
        },
        Case {
            fault: "one relation that holds jointly",
            file: "statements.toml",
            written: r#", ["cancer", "causes", "oms"]]"#,
            instead: "]",
            reported: &[
                "statements.toml:6:11: a single relation cannot hold jointly; add the relations that it holds together with, or leave 'jointly' out",
            ],
        },
        Case {
            fault: "a name that is given twice",
            file: "entities.toml",
            written: r#"synonyms = ["OMS"]"#,
            instead: r#"synonyms = ["OMS", "o m s", "o-m-s"]"#,
            reported: &[
                "entities.toml:5:29: 'o-m-s' is a name of this entity already; letter case, hyphens and spaces do not tell names apart",
            ],
        },
    ]);
}

/// Several faults in several files are all reported, in the order of the files and of the places in them.
#[test]
fn all_faults_are_reported_at_once() {
    let folder = SmallGraph::new();
    folder.change("statements.toml", r#"["virus", "causes", "oms"]"#, r#"["virrus", "cause", "oms"]"#);
    folder.change("statements.toml", r#"extent = "most""#, r#"extent = "all""#);
    folder.change("entities.toml", r#"kind = "population""#, r#"kind = "people""#);
    folder.change("schema.toml", r#"type = "boolean""#, r#"type = "bool""#);
    let places: Vec<String> = folder.reported().iter().map(|line| line.split(": ").next().unwrap_or("").to_owned()).collect();
    assert_eq!(
        places,
        ["schema.toml:47:8", "entities.toml:30:8", "statements.toml:7:20", "statements.toml:14:15", "statements.toml:14:25"]
    );
}

#[test]
fn missing_files_and_folders_are_named() {
    let folder = SmallGraph::new();
    folder.remove("entities.toml");
    let reported = folder.reported();
    assert_eq!(reported.len(), 1, "{reported:?}");
    assert!(reported[0].starts_with("the file 'entities.toml' is missing"), "{reported:?}");

    let folder = SmallGraph::new();
    folder.remove("sources.toml");
    let place = "statements.toml:1:3: the file 'sources.toml' is missing, although statements cite sources; ";
    assert_eq!(folder.reported(), [format!("{place}add it beside this file, with a [[source]] for each source")]);

    let folder = SmallGraph::new();
    folder.remove("questions.toml");
    assert!(folder.reported().is_empty());

    let nowhere = oms_graph::formats::curated::read(std::path::Path::new("no/such/folder")).expect_err("there is none");
    assert!(nowhere.to_string().starts_with("the folder 'no/such/folder' cannot be read: it does not exist; a graph is a folder with"));

    let folder = SmallGraph::new();
    let file = oms_graph::formats::curated::read(&folder.path("schema.toml")).expect_err("a file");
    assert!(file.to_string().ends_with("is a file, not the folder of a graph; name the folder that the file is in"), "{file}");
}

#[test]
fn files_that_cannot_be_text_are_refused() {
    let folder = SmallGraph::new();
    folder.remove("entities.toml");
    std::fs::create_dir(folder.path("entities.toml")).expect("a folder can be made");
    assert_eq!(folder.reported(), ["'entities.toml' cannot be read: it is a folder"]);

    let folder = SmallGraph::new();
    let large = std::fs::File::create(folder.path("entities.toml")).expect("a file can be made");
    large.set_len(64 * 1024 * 1024 + 1).expect("a file can be long");
    assert_eq!(folder.reported(), ["'entities.toml' cannot be read: it is larger than 64 MiB"]);

    let folder = SmallGraph::new();
    let mut bytes = "[[entity]]\nname = \"é ".as_bytes().to_vec();
    bytes.extend([0xFF, b'"']);
    std::fs::write(folder.path("entities.toml"), bytes).expect("a file can be written");
    assert_eq!(folder.reported(), ["entities.toml:2:11: the file is not UTF-8 text; save the file as UTF-8"]);
}

#[test]
fn carriage_returns_and_a_byte_order_mark_do_not_matter() {
    let folder = SmallGraph::new();
    for file in common::FILES {
        let text = folder.text(file).replace('\n', "\r\n");
        std::fs::write(folder.path(file), format!("\u{FEFF}{text}")).expect("a file can be written");
    }
    assert!(folder.reported().is_empty(), "{:?}", folder.reported());
}

#[test]
fn an_empty_graph_needs_no_sources() {
    let folder = SmallGraph::new();
    for file in ["sources.toml", "questions.toml"] {
        folder.remove(file);
    }
    for file in ["entities.toml", "statements.toml"] {
        std::fs::write(folder.path(file), "").expect("a file can be written");
    }
    assert!(folder.reported().is_empty(), "{:?}", folder.reported());
}

/// A chain of `is_a` as long as a file can hold neither ends the program nor takes long.
#[test]
fn a_very_long_circle_is_found() {
    let folder = SmallGraph::new();
    let entity =
        |at: usize| format!("[[entity]]\nid = \"e{at}\"\nname = \"x{at}\"\nkind = \"trigger\"\nis_a = [\"e{}\"]\n", (at + 1) % 20_000);
    let text: String = (0..20_000).map(entity).collect();
    std::fs::write(folder.path("entities.toml"), text).expect("a file can be written");
    std::fs::write(folder.path("statements.toml"), "").expect("a file can be written");
    folder.remove("questions.toml");
    let reported = folder.reported();
    assert_eq!(reported.len(), 1, "{reported:?}");
    assert!(reported[0].starts_with("entities.toml:5:9: an entity cannot be one of itself: e0 is_a e1 is_a e2"), "{reported:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Whatever the bytes: a graph or complaints whose places lie within their files.
    #[test]
    fn no_bytes_make_it_panic(
        file in 0..common::FILES.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0usize..12, prop::collection::vec(byte(), 0..6)), 1..5),
    ) {
        let folder = SmallGraph::new();
        let path = folder.path(common::FILES[file]);
        let mut bytes = std::fs::read(&path).expect("a file can be read");
        for (place, cut, put) in changes {
            let start = place.index(bytes.len().max(1)).min(bytes.len());
            let end = (start + cut).min(bytes.len());
            bytes.splice(start..end, put);
        }
        std::fs::write(&path, &bytes).expect("a file can be written");
        folder.reported();
    }
}

/// A byte that means something in TOML, or any other.
fn byte() -> impl Strategy<Value = u8> {
    prop_oneof![prop::sample::select(b"[]{}\"'=,.#\n\\-%0123456789abcetx_ ".to_vec()), any::<u8>()]
}
