//! Faults, one at a time: names and ids that cannot be used.

use crate::common::{Case, check};

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
