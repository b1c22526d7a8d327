//! Requests: paths, comparisons, counts, reasons, names and tails.

use super::assert_sketches;

#[test]
fn paths() {
    assert_sketches(&[
        ("path from lung cancer to opsoclonus", "path(lung cancer; opsoclonus)"),
        ("paths from A to B within 4 via causes, has_symptom", "paths(A; B; within 4; via causes, has_symptom)"),
        ("paths from A to B via causes within 4", "paths(A; B; within 4; via causes)"),
        ("path from A to B via -causes->, <-treats-, is caused by", "path(A; B; via -causes->, <-treats-, is caused by)"),
        ("path from \"a to b\" to exactly C where x = 1 limit 2", "path(\"a to b\"; EXACTLY C) where <x Equal 1> limit(2)"),
    ]);
}

#[test]
fn comparisons_and_counts() {
    assert_sketches(&[
        ("compare causes across population", "compare(causes; population)"),
        ("compare treatments across severity", "compare(treatments; severity)"),
        ("compare symptoms of OMS across source", "compare(symptoms < OMS; source)"),
        ("compare a where x = 1 across sex ratio where y = 2", "compare(a where <x Equal 1>; sex ratio) where <y Equal 2>"),
        ("compare a or b across of", "compare([a or b]; of)"),
        ("count causes by population", "count(causes; population)"),
        ("count symptoms", "count(symptoms; )"),
        ("count symptoms of OMS or causes by population, sex ratio", "count([symptoms < OMS or causes]; population, sex ratio)"),
        ("count causes where a = 1", "count(causes where <a Equal 1>; )"),
        ("count causes by population where a = 1", "count(causes; population) where <a Equal 1>"),
        ("count what is treated by IVIg by population", "count(WHAT is treated by IVIg; population)"),
    ]);
}

#[test]
fn reasons() {
    assert_sketches(&[
        ("why rituximab treats OMS", "why(rituximab treats OMS)"),
        ("why rituximab treats OMS where a = 1", "why(rituximab treats OMS) where <a Equal 1>"),
        ("why 2", "why row 2"),
        ("why 2;", "why row 2"),
        ("why 2 limit 1", "why row 2 limit(1)"),
        ("why 2 drugs treat OMS", "why(2 drugs treat OMS)"),
    ]);
}

#[test]
fn names_and_explanations() {
    assert_sketches(&[
        ("let adult_causes = causes where population = adult", "let(adult_causes) causes where <population Equal adult>"),
        ("let my  answer=causes", "let(my answer) causes"),
        ("LET a = count causes", "let(a) count(causes; )"),
        ("explain causes of OMS", "explain causes < OMS"),
        ("explain path from A to B", "explain path(A; B)"),
    ]);
}

#[test]
fn tails_come_in_any_order() {
    assert_sketches(&[
        ("causes sort by frequency desc, cause limit 10 show cause, of", "causes sort(frequency-, cause+) limit(10) show(cause, of)"),
        ("causes show sex ratio limit 0 sort by to asc", "causes sort(to+) limit(0) show(sex ratio)"),
        ("a where x = 1 or b sort by sex ratio DESCENDING", "[a where <x Equal 1> or b] sort(sex ratio-)"),
        ("causes sort by desc", "causes sort(desc+)"),
        ("causes sort by desc desc", "causes sort(desc-)"),
        ("compare causes across population limit 3", "compare(causes; population) limit(3)"),
    ]);
}
