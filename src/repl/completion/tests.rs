//! Tests of completion: places and what is offered there.

use super::complete;
use crate::command::{Settings, Shell};
use crate::session::Session;

fn shell() -> Shell {
    Shell::new(Session::open("oms").unwrap(), Settings::default())
}

fn offered(text: &str) -> Vec<String> {
    complete(&shell(), text).candidates.into_iter().map(|candidate| candidate.shown).collect()
}

/// The text with its only candidate put in.
fn completed(text: &str) -> String {
    let completion = complete(&shell(), text);
    match completion.candidates.as_slice() {
        [only] => format!("{}{}", &text[..completion.start], only.replacement),
        several => panic!("{text}: {several:?}"),
    }
}

fn has(text: &str, words: &[&str]) {
    let offered = offered(text);
    for word in words {
        assert!(offered.iter().any(|known| known == word), "`{text}` should offer '{word}': {offered:?}");
    }
}

fn lacks(text: &str, words: &[&str]) {
    let offered = offered(text);
    for word in words {
        assert!(!offered.iter().any(|known| known == word), "`{text}` should not offer '{word}': {offered:?}");
    }
}

#[test]
fn a_query_begins_with_nouns_kinds_keywords_and_names() {
    has("", &["causes", "symptoms", "populations", "what", "compare", "find"]);
    has("neu", &["neuroblastoma"]);
    has("explain ", &["causes", "what"]);
    has("ca", &["causes", "cancer"]);
    lacks("", &["where", "of", "sort by"]);
    assert_eq!(completed("neuro"), "neuroblastoma");
    assert_eq!(completed("POPULA"), "populations");
    assert_eq!(completed("symptoms wh"), "symptoms where ");
}

#[test]
fn behind_describe_stands_what_can_be_described() {
    has("describe ", &["trigger", "causes", "frequency", "field"]);
    has("describe neu", &["neuroblastoma"]);
    has("describe field ", &["population", "source"]);
    lacks("describe field ", &["trigger", "causes"]);
    lacks("describe kind ", &["frequency", "causes"]);
    assert_eq!(completed("describe entity neuro"), "describe entity neuroblastoma");
    assert_eq!(completed("sugg"), "suggest");
    lacks("describe trigger ", &["where", "of", "population"]);
}

#[test]
fn behind_the_number_of_a_span_of_time_stands_its_unit() {
    assert_eq!(offered("treatments where duration >= 1 "), ["days", "weeks", "months", "years"]);
    assert_eq!(completed("treatments where duration >= 12 mon"), "treatments where duration >= 12 months");
    has("treatments where duration >= 1 year ", &["and", "sort by"]);
    has("causes where frequency > 12 ", &["and"]);
}

#[test]
fn names_of_several_words_complete_and_are_quoted_where_they_must() {
    assert_eq!(completed("effects of lung ca"), "effects of lung cancer");
    assert_eq!(completed("symptoms of acute cer"), "symptoms of acute cerebellar ataxia");
    assert_eq!(completed("around loss of bal"), "around \"loss of balance\"");
    assert_eq!(completed("find \"hand tr"), "find \"hand tremor\"");
    assert_eq!(completed("find 'hand tr"), "find 'hand tremor'");
    assert_eq!(completed("path from lung cancer to vom"), "path from lung cancer to vomiting");
}

#[test]
fn what_stands_behind_of_fits_the_noun() {
    has("causes of ", &["opsoclonus-myoclonus syndrome", "symptoms", "exactly"]);
    lacks("causes of ", &["lung cancer", "rituximab"]);
    has("effects of ", &["neuroblastoma"]);
    lacks("causes o", &["opsoclonus"]);
    assert!(offered("colours of ").is_empty());
}

#[test]
fn conditions_offer_the_fields_of_the_phrase() {
    has("causes where ", &["population", "frequency", "cause", "of", "source", "hedge", "not", "possibly"]);
    lacks("causes where ", &["dose", "severity", "sex_ratio"]);
    has("treatments of OMS where ", &["dose", "severity", "treatment"]);
    has("causes where population = adult and ", &["frequency", "possibly"]);
    has("what treats OMS where ", &["dose", "disease"]);
    has("causes where of.", &["of.kind", "of.xref"]);
    has("causes where has ", &["frequency"]);
    has("causes where frequency ", &["between", "in"]);
    has("causes where population = adult ", &["and", "or", "but not", "sort by", "limit", "show"]);
}

#[test]
fn values_are_those_of_the_field() {
    has("causes where population = ", &["adult", "young child"]);
    lacks("causes where population = ", &["neuroblastoma", "mild"]);
    assert_eq!(completed("causes where population = young c"), "causes where population = young child");
    assert_eq!(completed("causes where population=old"), "causes where population=older child");
    has("causes where population in (adult, ", &["teen"]);
    has("treatments where dose = ", &["high"]);
    has("treatments where standard = ", &["false", "true"]);
    assert_eq!(offered("causes where extent = "), ["some", "many", "most", "nearly all"]);
    has("causes where hedge = ", &["possible", "some"]);
    has("causes where source = ", &["oms-overview"]);
    has("causes where frequency = ", &["50-80%"]);
    has("causes where cause = ", &["lung cancer"]);
    has("symptoms where symptom = \"hand", &["hand tremor"]);
}

#[test]
fn tails_offer_fields_and_what_may_follow() {
    has("causes sort by ", &["frequency", "cause"]);
    has("causes sort by frequency ", &["desc", "limit", "show"]);
    has("causes limit 3 ", &["show"]);
    has("causes show cause, ", &["population"]);
    has("compare causes ", &["across", "where"]);
    has("compare causes across ", &["population", "source"]);
    has("count causes ", &["by"]);
    has("count causes by ", &["population"]);
    assert!(offered("causes limit ").is_empty());
    assert_eq!(completed("causes sort b"), "causes sort by ");
}

#[test]
fn paths_and_sentences_know_their_next_word() {
    assert_eq!(completed("path "), "path from ");
    has("path from lung cancer ", &["to"]);
    has("paths from lung cancer to vomiting ", &["within", "via"]);
    has("paths from lung cancer to vomiting via ", &["causes", "has_symptom", "is_a"]);
    assert_eq!(
        completed("paths from lung cancer to vomiting within 2 via causes, has_s"),
        "paths from lung cancer to vomiting within 2 via causes, has_symptom"
    );
    has("neuroblastoma ", &["causes", "where"]);
    lacks("neuroblastoma ", &["treats", "of"]);
    has("what causes ", &["opsoclonus-myoclonus syndrome", "what"]);
    has("kind ", &["triggers", "symptoms"]);
    assert_eq!(completed("causes but "), "causes but not ");
    has("causes but not ", &["causes"]);
}

#[test]
fn settings_complete_with_their_values() {
    has(":config ", &["timing", "colours.", "palette"]);
    assert_eq!(completed(":config num"), ":config numbers ");
    assert_eq!(completed(":config col"), ":config colours.");
    assert_eq!(completed(":config colours.key"), ":config colours.keyword ");
    assert!(offered(":config keybord ").is_empty());
    assert_eq!(offered(":config colours.keyword u"), ["usual", "underline"]);
    assert_eq!(offered(":config colours.keyword bold bright-b"), ["bright-black", "bright-blue"]);
    assert_eq!(offered(":config pager "), ["always", "off", "on"]);
    assert_eq!(completed(":config format=mark"), ":config format=markdown");
    assert_eq!(completed(":set palette m"), ":set palette mono");
    assert_eq!(offered(":config numbers "), ["false", "true"]);
}

#[test]
fn commands_complete_with_what_they_take() {
    assert_eq!(completed(":he"), ":help ");
    has(":", &[":help", ":quit"]);
    has(":help wh", &["where", "what", "why"]);
    has(":help lung", &["lung cancer"]);
    assert_eq!(offered(":format js"), ["json", "jsonl"]);
    has(":schema ", &["kinds", "qualifiers", "relations"]);
    has(":timing ", &["on", "off"]);
    has(":explain causes where ", &["population"]);
    has(":open ", &["oms"]);
    assert!(offered(":quit ").is_empty());
    assert!(offered(":nothing ").is_empty());
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("causes.csv"), "").unwrap();
    let typed = format!(":export {}/cau", folder.path().display());
    assert_eq!(completed(&typed), format!("{typed}ses.csv"));
}

#[test]
fn what_is_offered_is_there_once() {
    for text in ["", "s", "causes of ", "causes where ", "causes where population = ", ":help "] {
        let mut offered = offered(text);
        let count = offered.len();
        offered.sort();
        offered.dedup();
        assert_eq!(offered.len(), count, "`{text}`: {offered:?}");
    }
}

#[test]
fn what_is_nearly_spelled_so_is_offered_where_nothing_begins_so() {
    assert_eq!(completed("effects of neuroblastomma"), "effects of neuroblastoma");
    assert_eq!(completed("symptoms of cerebellar"), "symptoms of acute cerebellar ataxia");
    assert_eq!(completed("symptoms of cerebelar atax"), "symptoms of acute cerebellar ataxia");
    has("symptms", &["symptoms"]);
    has("causes where popluation", &["population"]);
    has("causes where population = adlt", &["adult"]);
    has("find \"cerebellar", &["acute cerebellar ataxia"]);
    has(":hlep", &[":help"]);
    assert!(offered("causes of qwertzuiop").is_empty());
}

#[test]
fn a_word_that_is_complete_is_followed_by_what_can_stand_behind_it() {
    assert_eq!(completed("causes where population"), "causes where population ");
    has("causes where population = adult", &["and", "sort by"]);
    let completion = complete(&shell(), "causes limit 3");
    assert!(completion.candidates.iter().all(|candidate| candidate.replacement.starts_with(' ')), "{completion:?}");
}

#[test]
fn a_field_is_tested_with_what_it_can_be_tested_with() {
    has("causes where frequency ", &["=", ">=", "between"]);
    lacks("causes where frequency ", &["contains"]);
    has("causes where population ", &["=", "!=", "in"]);
    lacks("causes where population ", &["<", "between"]);
}

#[test]
fn synonyms_tell_what_they_lead_to_and_names_what_they_are() {
    let completion = complete(&shell(), "symptoms of OM");
    let synonym = completion.candidates.iter().find(|candidate| candidate.shown == "OMS").unwrap_or_else(|| panic!("{completion:?}"));
    assert_eq!(synonym.leads_to.as_deref(), Some("opsoclonus-myoclonus syndrome"));
    assert_eq!(synonym.what, "disease");
    let completion = complete(&shell(), "what treats ");
    assert!(completion.candidates.iter().all(|candidate| candidate.rank < 3 || candidate.what != "trigger"), "{completion:?}");
}

#[test]
fn only_the_input_at_the_cursor_counts() {
    has("causes\nsymptoms of ", &["opsoclonus-myoclonus syndrome"]);
    has("causes where\n  population = ", &["adult"]);
    has("causes where\n", &["population"]);
    has("causes\n", &["symptoms"]);
    assert!(offered("-- causes of ").is_empty());
}

#[test]
fn names_that_let_gave_are_offered() {
    let mut shell = shell();
    shell.submit("let adult_causes = causes where population = adult", &mut Vec::new()).unwrap();
    let candidates = complete(&shell, "effects of adult_").candidates;
    assert_eq!(candidates.len(), 1, "{candidates:?}");
}

#[test]
fn patterns_offer_labels_types_and_properties_in_their_places() {
    has("", &["MATCH", "RETURN"]);
    assert_eq!(completed("mat"), "match ");
    has("MATCH (t:", &["Trigger", "BodyPart"]);
    assert_eq!(completed("MATCH (t:Trig"), "MATCH (t:Trigger");
    assert_eq!(completed("MATCH (t)-[c:HAS_SY"), "MATCH (t)-[c:HAS_SYMPTOM");
    has("MATCH (t)-[:CAUSES|", &["TREATS"]);
    has("MATCH (t)-[c:CAUSES]->(d) WHERE t.", &["name", "xrefs"]);
    lacks("MATCH (t)-[c:CAUSES]->(d) WHERE t.", &["frequency", "claim"]);
    has("MATCH (t)-[c:CAUSES]->(d) WHERE c.", &["frequency", "claim", "confidence"]);
    lacks("MATCH (t)-[c:CAUSES]->(d) WHERE c.", &["synonyms"]);
    has("MATCH (t {", &["id", "name"]);
    has("MATCH (t)-[c {", &["frequency"]);
    assert_eq!(completed("MATCH (t {id: 'lung-c"), "MATCH (t {id: 'lung-cancer'");
    has("MATCH (t)-[c:CAUSES]->() WHERE '", &[]);
    has("MATCH (t) WHERE t.name = '", &["lung cancer"]);
    has("MATCH ()-[c:CAUSES]->() WHERE c.population = '", &["young-child"]);
    lacks("MATCH ()-[c:CAUSES]->() WHERE c.population = '", &["lung-cancer"]);
}

#[test]
fn patterns_offer_clauses_variables_functions_and_procedures() {
    has("MATCH (t)\n", &["WHERE", "RETURN", "OPTIONAL MATCH"]);
    assert_eq!(completed("match (t) ret"), "match (t) return");
    has("MATCH ", &["shortestPath("]);
    has("MATCH (trigger)-[cause:CAUSES]->() RETURN ", &["trigger", "cause", "DISTINCT", "count("]);
    has("MATCH (t) RETURN lab", &["labels("]);
    assert_eq!(completed("RETURN date.trunc"), "RETURN date.truncate(");
    has("MATCH (trigger) WHERE tr", &["trigger", "true", "trim("]);
    has("MATCH (trigger) WHERE trigger.name ", &["CONTAINS", "STARTS WITH", "IS NULL"]);
    has("MATCH (a)-[r]->(b) WITH b, count(*) AS many ", &["WHERE", "ORDER BY"]);
    has("MATCH (a)-[r]->(b) WITH b, count(*) AS many RETURN ", &["b", "many"]);
    lacks("MATCH (a)-[r]->(b) WITH b, count(*) AS many RETURN ", &["a", "r"]);
    has("CALL ", &["graph.degree(", "graph.components("]);
    assert_eq!(completed("CALL graph.deg"), "CALL graph.degree(");
    has("CALL graph.degree() YIELD ", &["entity", "degree", "incoming"]);
    has("CALL graph.degree() YIELD entity ", &["RETURN"]);
    has("explain MATCH (t:", &["Trigger"]);
    has(":explain MATCH (t:", &["Trigger"]);
    assert!(offered("MATCH (t) // ").is_empty());
    let mut shell = shell();
    shell.submit(":param least=5", &mut Vec::new()).unwrap();
    assert_eq!(complete(&shell, "RETURN $").candidates[0].shown, "$least");
}

#[test]
fn nothing_that_is_typed_makes_it_fail() {
    let long = "(".repeat(20_000);
    for text in [
        "\0",
        "\"",
        "/",
        "\u{1f600}",
        ":",
        ": ",
        ")",
        "of",
        "of of",
        "= =",
        "a matches /x",
        "causes where (",
        &long,
        "ß\u{301}",
        "‘x",
        "MATCH",
        "MATCH (",
        "MATCH )]}.",
        "RETURN $",
        "RETURN 'é",
        "CALL .",
        "CALL graph.",
        "MATCH (n:`x",
        "WITH",
        "MATCH [ {",
        "CALL graph.degree() YIELD ,",
        "UNION RETURN .",
        "RETURN a.b.",
        "MATCH (",
    ] {
        let completion = complete(&shell(), text);
        assert!(text.is_char_boundary(completion.start));
    }
}

#[test]
fn the_fields_that_are_offered_exist() {
    let mut shell = shell();
    for field in super::fixed_fields() {
        let query = format!("symptoms where has {field}");
        shell.submit(&query, &mut Vec::new()).unwrap_or_else(|failure| panic!("{query}: {failure}"));
    }
}

#[test]
fn names_come_first_behind_of_and_passives_by_any_of_their_words() {
    let names = offered("symptoms of ");
    assert!(names.iter().position(|word| word == "exactly") > names.iter().position(|word| word == "acute cerebellar ataxia"), "{names:?}");
    assert!(names.iter().position(|word| word == "causes") > names.iter().position(|word| word == "acute cerebellar ataxia"), "{names:?}");
    has("mistaken", &["is mistaken for"]);
    has("is mistaken for", &["is mistaken for"]);
    has("diseases with ", &["has symptom"]);
}
