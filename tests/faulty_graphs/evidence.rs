//! Faults, one at a time: where statements stand.

use crate::common::{Case, check};

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
