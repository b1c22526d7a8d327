//! What arguments and options may be, what is said of those that are wrong, and that every procedure can be stopped.

use super::*;
use crate::algebra::PROCEDURES;
use crate::engine::limits::FailureKind;

fn small() -> Graph {
    graph(4, &[line(0, 1), line(1, 2)])
}

/// The arguments that a procedure needs at least.
fn needed(procedure: Procedure) -> Vec<Value> {
    (0..procedure.signature().least).map(|at| Value::Entity(EntityId(at as u32))).collect()
}

fn with_options(procedure: Procedure, options: Value) -> Vec<Value> {
    let mut values = needed(procedure);
    values.push(options);
    values
}

#[test]
fn an_unknown_name_is_met_with_those_that_exist() {
    for signature in PROCEDURES {
        let cases = [
            (("kind", list(&["Gene"])), "has no option 'kind'", "did you mean 'kinds'? its options are 'kinds', "),
            (("kinds", list(&["Genes"])), "there is no label 'Genes'", "did you mean 'Gene'? the labels are 'Gene', "),
            (
                ("relations", Value::text("CAUSE")),
                "there is no relationship type 'CAUSE'",
                "did you mean 'CAUSES'? the relationship types are 'CAUSES', ",
            ),
        ];
        for (entry, message, help) in cases {
            let failure = refused(signature.procedure, &small(), with_options(signature.procedure, map(&[entry])));
            assert!(failure.message.contains(message) && failure.help.starts_with(help), "{failure:?}");
            assert_eq!(failure.kind, FailureKind::WrongArgument);
        }
        let failure = refused(signature.procedure, &small(), with_options(signature.procedure, Value::Integer(1)));
        assert_eq!(failure.kind, FailureKind::WrongType);
    }
    let failure = refused(Procedure::PageRank, &small(), vec![map(&[("weight", Value::text("scores"))])]);
    assert_eq!(failure.help, "did you mean 'score'? their properties are 'score', 'note'");
}

#[test]
fn an_option_out_of_range_is_refused() {
    let cases: [(Procedure, &str, Value, FailureKind); 12] = [
        (Procedure::PageRank, "damping", Value::Float(1.5), FailureKind::WrongArgument),
        (Procedure::PageRank, "damping", Value::Float(f64::NAN), FailureKind::WrongArgument),
        (Procedure::PageRank, "damping", Value::text("much"), FailureKind::WrongType),
        (Procedure::PageRank, "rounds", Value::Integer(0), FailureKind::WrongArgument),
        (Procedure::PageRank, "default", Value::Integer(1), FailureKind::WrongArgument),
        (Procedure::PageRank, "direction", Value::text("up"), FailureKind::WrongArgument),
        (Procedure::PageRank, "weight", Value::List(Vec::new()), FailureKind::WrongType),
        (Procedure::Betweenness, "samples", Value::Integer(0), FailureKind::WrongArgument),
        (Procedure::Betweenness, "seed", Value::Float(0.5), FailureKind::WrongArgument),
        (Procedure::Communities, "resolution", Value::Integer(-1), FailureKind::WrongArgument),
        (Procedure::Degree, "kinds", Value::Integer(3), FailureKind::WrongType),
        (Procedure::Distances, "within", Value::Float(-0.1), FailureKind::WrongArgument),
    ];
    for (procedure, name, value, kind) in cases {
        let failure = refused(procedure, &small(), with_options(procedure, map(&[(name, value)])));
        assert!(failure.kind == kind && failure.message.contains(name) && !failure.help.is_empty(), "{failure:?}");
    }
}

#[test]
fn null_is_no_option_and_no_path() {
    let nothing = map(&[("kinds", Value::Null), ("weight", Value::Null)]);
    for procedure in [Procedure::PageRank, Procedure::Communities] {
        assert_eq!(run(procedure, &small(), vec![nothing.clone()]), run(procedure, &small(), vec![Value::Null]));
    }
    assert_eq!(run(Procedure::Distances, &small(), vec![Value::Null])[0].len(), 0);
    assert_eq!(run(Procedure::ShortestPath, &small(), vec![Value::text("e000000"), Value::Null])[0].len(), 0);
    let unknown = refused(Procedure::Distances, &small(), vec![Value::text("nobody")]);
    assert_eq!(unknown.message, "there is no node with the id 'nobody'");
    assert_eq!(refused(Procedure::Distances, &small(), vec![Value::Integer(1)]).kind, FailureKind::WrongType);
}

#[test]
fn a_weight_below_zero_is_refused() {
    let negative = graph(2, &[Line { score: Some(-1.0), ..line(0, 1) }]);
    for procedure in [Procedure::PageRank, Procedure::Communities, Procedure::ShortestPath, Procedure::Distances] {
        let failure = refused(procedure, &negative, with_options(procedure, map(&[("weight", Value::text("score"))])));
        assert!(failure.message.ends_with("is -1"), "{failure:?}");
    }
}

#[test]
fn every_procedure_runs_on_next_to_nothing_and_can_be_stopped() {
    let empty = graph(0, &[]);
    for signature in PROCEDURES {
        let procedure = signature.procedure;
        if signature.least == 0 {
            assert_eq!(run(procedure, &empty, vec![])[0].len(), 0, "{procedure:?}");
        }
        let single = graph(1, &[line(0, 0)]);
        let ends = vec![Value::Entity(EntityId(0)); signature.least];
        assert_eq!(run(procedure, &single, ends)[0].len(), 1, "{procedure:?}");
        let stopped = run_within(procedure, &small(), needed(procedure), &interrupted());
        assert_eq!(stopped, Err(Stopped::Interrupted), "{procedure:?}");
        let tight = Limits { memory: Some(8), ..Limits::default() };
        let fits = matches!(procedure, Procedure::Degree);
        assert_eq!(run_within(procedure, &small(), needed(procedure), &tight).is_ok(), fits, "{procedure:?}");
    }
}
