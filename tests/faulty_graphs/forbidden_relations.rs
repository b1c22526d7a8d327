//! Faults, one at a time: what the schema does not allow.

use crate::common::{Case, check};

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
