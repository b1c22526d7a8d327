//! Trees: phrases, and the algebra that they stand for.

use super::{Names, dedented, meaning, memory};
use crate::algebra::print;
use crate::formats::embedded::oms;

/// The algebra itself.
#[test]
#[allow(clippy::too_many_lines)] // A table of cases.
fn trees() {
    let knowledge = oms();
    let rows = [
        (
            "causes of OMS where population = child",
            r"
                columns: cause (entity), of (entity), jointly (entity, if any), population (entity, if any), frequency (percentage, if any), share (text, if any), size (text, if any), behaviour (text, if any), hedge (hedge, if any)
                layout: rows
                view: support
                sort by all columns
                  distinct all columns
                    project jointly := r.jointly, population := r.population, frequency := r.frequency, share := r.share, size := r.size, behaviour := r.behaviour, hedge := r.hedge
                      asserted r
                        filter any one_population in r.population: one_population is_a child
                          expand of => cause: r via <-causes-
                            entities of: is_a oms
                              unit",
        ),
        (
            "(causes or effects) and kind trigger",
            r"
                columns: cause = cause_3 (entity)
                layout: rows
                view: support
                sort by cause_3
                  distinct cause_3
                    join on cause_3: both
                      distinct cause_3
                        project cause_3 := cause_2
                          distinct cause_2
                            union
                              distinct cause_2
                                project cause_2 := cause
                                  asserted r
                                    expand of => cause: r via <-causes-
                                      entities of: kind disease
                                        unit
                              distinct cause_2
                                project cause_2 := effect
                                  asserted r_2
                                    expand of_2 => effect: r_2 via -causes->
                                      entities of_2: kind trigger
                                        unit
                      distinct cause_3
                        project cause_3 := trigger
                          about trigger: statements, citing at most 3
                            entities trigger: kind trigger
                              unit",
        ),
        (
            "compare symptoms of OMS across source limit 2",
            r"
                columns: symptom (entity)
                layout: pivot of symptom across across_source, cells from relations, at most 2 rows
                view: support
                sort by symptom, across_source
                  group by symptom, across_source: relations := list of different r
                    unwind r.sources: across_source
                      expand of => symptom: r via -has_symptom->
                        entities of: is_a oms
                          unit",
        ),
        (
            "paths from lung cancer to opsoclonus via causes, -has_symptom->",
            r"
                columns: from (entity), to (entity), length (integer), path (path)
                layout: rows
                view: support
                sort by path.length, all columns
                  distinct all columns
                    project length := path.length
                      paths from => to: path, all shortest, via -causes-, -has_symptom->
                        entities to: is_a opsoclonus
                          entities from: is_a lung-cancer
                            unit",
        ),
        (
            r#"find "tremor's""#,
            r#"
                columns: entity (entity), matched (text), place (text), statements (integer)
                layout: rows
                view: induced
                sort by score descending, all columns
                  distinct all columns
                    about entity: statements, citing at most 3
                      find "tremor's": entity, matched, place, score"#,
        ),
        (
            "count causes by population",
            r"
                columns: population (entity), count (integer)
                layout: rows
                view: support
                sort by all columns
                  distinct all columns
                    group by population: count := number of different cause
                      unwind r.population: population
                        asserted r
                          expand of => cause: r via <-causes-
                            entities of: kind disease
                              unit",
        ),
        (
            "what causes it show trigger",
            r"
                columns: trigger (entity)
                layout: rows
                view: support
                sort by trigger
                  distinct trigger
                    asserted r
                      expand disease => trigger: r via <-causes-
                        given disease from it: abrupt-onset by relations [3], possibly acute-cerebellar-ataxia",
        ),
        (
            "causes show cause sort by frequency desc limit 3",
            r"
                columns: cause (entity)
                layout: rows
                view: support
                slice limit 3
                  sort by r.frequency descending, cause
                    distinct cause
                      asserted r
                        expand of => cause: r via <-causes-
                          entities of: kind disease
                            unit",
        ),
        (
            "treatment treats disease has outcome what show treatment, has_outcome.frequency",
            r"
                columns: treatment (entity), has_outcome.frequency = has_outcome_frequency (percentage), has_outcome.jointly = has_outcome_jointly (entity, if any)
                layout: rows
                view: support
                sort by all columns
                  distinct all columns
                    project has_outcome_frequency := r_2.frequency, has_outcome_jointly := r_2.jointly
                      asserted r, r_2
                        expand disease => outcome: r_2 via -has_outcome->, other than r
                          entities disease: kind disease
                            expand treatment => disease: r via -treats->
                              entities treatment: kind treatment
                                unit",
        ),
        (
            "why 1 show from, relation, to",
            r"
                columns: from (entity), relation (text), to (entity)
                layout: rows
                view: support
                sort by all columns
                  distinct all columns
                    project relation := r.relation type
                      relations 4, 7: from -r-> to",
        ),
        (
            "around rituximab via -treats->",
            r"
                columns: entity (entity), distance (integer)
                layout: rows
                view: induced
                sort by distance, all columns
                  distinct all columns
                    around centre: entity, distance within 1, via -treats->
                      entities centre: is_a rituximab
                        unit",
        ),
    ];
    for (text, expected) in rows {
        let mut query = meaning(&knowledge, text, &memory());
        // What only counts stands on the pages of the language; here it would hide the shape.
        query.root = query.root.without_counting();
        assert_eq!(print(&query, &Names(&knowledge)), dedented(expected), "`{text}`");
    }
}
