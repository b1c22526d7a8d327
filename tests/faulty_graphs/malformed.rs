//! Faults, one at a time: files that are not TOML.

use crate::common::{Case, check};

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
