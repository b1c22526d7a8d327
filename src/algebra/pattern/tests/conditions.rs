//! Conditions: what stands behind `where`, and what it is in a pattern.

use super::{Names, meaning, memory};
use crate::algebra::pattern;
use crate::formats::embedded::oms;

/// That conditions on a relation noun stand for these.
fn assert_conditions(rows: &[(&str, &str, &str)]) {
    let knowledge = oms();
    for (noun, condition, expected) in rows {
        let query = meaning(&knowledge, &format!("{noun} where {condition}"), &memory());
        let text = pattern(&query, &Names(&knowledge));
        let line = text.lines().find_map(|line| line.strip_prefix("WHERE ")).unwrap_or_default();
        assert_eq!(line, *expected, "`{condition}`");
    }
}

#[test]
fn conditions() {
    assert_conditions(&[
        ("causes", "population = child", "any(p IN r.population WHERE is_a(p, 'child'))"),
        ("causes", "population == boy", "any(p IN r.population WHERE p = 'boy')"),
        ("causes", "population != adult", "NOT any(p IN r.population WHERE is_a(p, 'adult'))"),
        ("causes", "possibly frequency > 60%", "coalesce(r.frequency > quantity('60%'), true)"),
        ("causes", "frequency == 50-80%", "identical(r.frequency, quantity('50-80%'))"),
        ("causes", "frequency between 10% and 1 in 2", "r.frequency >= quantity('10%') AND r.frequency <= quantity('1 in 2')"),
        ("causes", "has frequency and not has population", "r.frequency IS NOT NULL AND r.population IS NULL"),
        ("causes", "extent >= most and hedge > possible", "r.extent >= extent('most') AND r.confidence > confidence('possible')"),
        ("causes", "hedge != \"Most-often\"", "fold(r.hedge_words) <> 'most often'"),
        (
            "causes",
            "(has population or cause = tumour) and cause == neuroblastoma",
            "(r.population IS NOT NULL OR is_a(cause, 'tumor')) AND cause.id = 'neuroblastoma'",
        ),
        ("causes", "not (has population and has frequency)", "NOT (r.population IS NOT NULL AND r.frequency IS NOT NULL)"),
        ("causes", "name contains \"Lung-C\"", "fold(cause.name) CONTAINS 'lung c'"),
        ("causes", "population contains \"it's\"", "any(p IN r.population WHERE fold(name(p)) CONTAINS 'it\\'s')"),
        ("causes", "name matches /^neuro/ and id matches /a|\\d/", "cause.name =~ '(?i).*^neuro.*' AND cause.id =~ '(?i).*(?:a|\\\\d).*'"),
        ("causes", "kind = trigger and not of.kind = body part", "cause:Trigger AND NOT of:BodyPart"),
        ("causes", "jointly = neuroblastoma", "any(j IN r.jointly WHERE is_a(j, 'neuroblastoma'))"),
        ("causes", "source = oms-overview", "any(s IN r.sources WHERE fold(s) = 'oms overview')"),
        ("symptoms", "character = brief", "any(c IN r.character WHERE fold(c) = 'brief')"),
        ("outcomes", "relation == has_outcome", "type(r) = 'HAS_OUTCOME'"),
        ("outcomes", "relation = has_outcome", "fold(type(r)) = 'has outcome'"),
        ("affected populations", "sex_ratio > 1.5", "r.sex_ratio > 1.5"),
        ("treatments", "standard = true", "r.standard = true"),
    ]);
}
