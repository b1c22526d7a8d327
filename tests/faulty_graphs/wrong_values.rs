//! Faults, one at a time: values of the wrong type.

use crate::common::{Case, check};

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
