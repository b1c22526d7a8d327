//! Stages: the plan of a query as text, with what is estimated of each operator, or what it was measured to do.

use crate::algebra::rewrite::estimate;
use crate::algebra::{self, Query};
use crate::answer::Stage;
use crate::engine::Measure;
use crate::model::{Vocabulary, counted};
use crate::store::Graph;

/// The plan with the rows that each operator is estimated to make.
pub(super) fn plan(planned: &Query, graph: &Graph, vocabulary: &dyn Vocabulary) -> Stage {
    let text = algebra::print_noted(planned, vocabulary, &mut |operator| format!("about {}", rows(estimate(operator, graph))));
    Stage { name: "plan", text }
}

/// The plan with the rows that each operator made, the time that it took with all below it, and the estimate.
pub(super) fn profile(planned: &Query, measures: &[Measure], graph: &Graph, vocabulary: &dyn Vocabulary) -> Stage {
    let mut measures = measures.iter();
    let text = algebra::print_noted(planned, vocabulary, &mut |operator| {
        let estimated = rows(estimate(operator, graph));
        match measures.next() {
            Some(measure) if measure.fused => format!("done by the operator above; estimated {estimated}"),
            Some(measure) => {
                let milliseconds = measure.time.as_secs_f64() * 1000.0;
                format!("{} in {milliseconds:.3} ms; estimated {estimated}", counted(measure.rows, "row", "rows"))
            }
            None => format!("not measured; estimated {estimated}"),
        }
    });
    Stage { name: "profile", text }
}

fn rows(estimated: f64) -> String {
    const LARGEST: f64 = 1e15;
    if estimated < 1.0 {
        "less than 1 row".to_owned()
    } else if estimated < LARGEST {
        // Below the largest it is a whole number that fits.
        counted(estimated.round() as u64, "row", "rows")
    } else {
        format!("{estimated:.0e} rows")
    }
}
