//! Faults, one at a time: an entity that is, by a chain of `is_a`, one of itself.

use crate::common::{Case, check};

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
