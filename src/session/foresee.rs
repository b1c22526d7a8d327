//! Foresee: how many rows a query would have, within a moment, for completion and hints; nothing is remembered.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use crate::diagnostic::Complaints;
use crate::engine::{Embedded, Limits};
use crate::query::resolve::resolve;
use crate::query::syntax;

use super::Session;

pub use crate::engine::Count;

/// What counting may cost.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// When it has to be done.
    pub until: Instant,
    /// How far it counts: beyond this many rows nobody wants to know how many.
    pub most: u64,
}

impl Budget {
    /// So much time from now on.
    pub fn lasting(time: Duration, most: u64) -> Budget {
        Budget { until: Instant::now() + time, most }
    }

    /// The same, but no longer than this from now on.
    #[must_use]
    pub fn at_most(self, time: Duration) -> Budget {
        Budget { until: self.until.min(Instant::now() + time), ..self }
    }

    /// Whether its time is over.
    pub fn is_spent(&self) -> bool {
        Instant::now() >= self.until
    }
}

impl Session {
    /// How many rows the answer of a query has: as many as [`Session::ask`] shows.
    ///
    /// # Errors
    /// What is wrong with the query. One that is right and takes too long, or fails as it runs, has an unknown number of rows.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use oms_graph::Session;
    /// use oms_graph::session::{Budget, Count};
    ///
    /// let session = Session::open("oms")?;
    /// let budget = Budget::lasting(Duration::from_secs(5), 1000);
    /// assert_eq!(session.count("causes where population = adult", budget)?, Count::Exactly(2));
    /// assert!(session.count("causes where population = adlt", budget).is_err());
    /// # Ok::<(), oms_graph::Complaints>(())
    /// ```
    pub fn count(&self, text: &str, budget: Budget) -> Result<Count, Complaints> {
        let placed = |complaints| super::all_placed(complaints, &crate::diagnostic::Origin::new("query", text));
        let request = syntax::parse(text).map_err(placed)?;
        // What is no query has no rows that could be counted.
        let Some(query) = request.query() else { return Ok(Count::Unknown) };
        let query = resolve(query, self.context()).map_err(placed)?;
        let Some(left) = budget.until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) else {
            return Ok(Count::Unknown);
        };
        let timeout = Some(self.limits.timeout.map_or(left, |given| given.min(left)));
        // The session's interrupt stays out of it: it may still be set by what was stopped before.
        let limits = Limits { timeout, interrupt: Arc::new(AtomicBool::new(false)), ..self.limits.clone() };
        let vocabulary = self.vocabulary();
        let engine = Embedded {
            graph: &self.knowledge.graph,
            vocabulary: &vocabulary,
            limits: &limits,
            passes: crate::algebra::rewrite::Passes::ALL,
        };
        let counted = engine.count(&query, budget.most);
        self.intact()?;
        Ok(counted.unwrap_or_default())
    }
}
