//! Ask: puts a query to the program, with its parameters and a limit of time.

use std::collections::BTreeMap;
use std::time::Duration;

use oms_graph::session::{Limits, Session};

use crate::description::Description;
use crate::errors::{Refusal, refusal};
use crate::graph::{build, from_model, to_model};
use crate::value::{Properties, Value};

/// How long a query may take.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The names of the columns, and the rows.
pub type Table = (Vec<String>, Vec<Vec<Value>>);

/// A session that asks the graph of this description.
///
/// # Errors
/// A value that no graph can hold.
pub fn open(description: &Description) -> Result<Session, String> {
    let mut session = Session::of(build(description)?);
    session.set_limits(Limits { timeout: Some(TIMEOUT), ..Limits::default() });
    Ok(session)
}

/// What the program answers, or how it refuses; the outer error is a parameter that the program has no value for.
///
/// # Errors
/// A parameter that cannot be handed over.
pub fn ask(session: &mut Session, query: &str, parameters: &Properties) -> Result<Result<Table, Refusal>, String> {
    let parameters =
        parameters.iter().map(|(name, value)| Ok((name.clone(), to_model(value)?))).collect::<Result<BTreeMap<_, _>, String>>()?;
    session.set_parameters(parameters);
    let session = &*session;
    Ok(match session.rows(query) {
        Ok((columns, rows)) => {
            let seen = |row: &Vec<_>| row.iter().map(|value| from_model(session, value)).collect();
            Ok((columns, rows.iter().map(seen).collect()))
        }
        Err(complaints) => Err(refusal(&complaints)),
    })
}
