//! Faults, one at a time: what is read, but deserves a look.

use crate::common::{Case, check};

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
