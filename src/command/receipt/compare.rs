//! Compare: a receipt's query asked again, and what became of its answer.

use std::collections::BTreeMap;

use serde_json::json;

use crate::answer::{Answer, Certainty};
use crate::diagnostic::{Class, Complaints};
use crate::render::visible;
use crate::session::Session;

use super::rows::{self, Summed};
use super::{Program, Receipt};
use crate::command::parameters;

/// The rows that are shown of those that are new or gone.
const MOST_SHOWN: usize = 5;

/// What became of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// The rows are the same.
    Same,
    /// The same rows stand in another order.
    OtherOrder,
    /// The rows are others.
    Differs,
    /// The query is no longer answered, for this reason.
    Refused(Complaints),
}

/// A receipt beside what is answered now.
#[derive(Clone, Debug)]
pub struct Comparison<'r> {
    receipt: &'r Receipt,
    verdict: Verdict,
    fingerprint: String,
    rows: usize,
    possible: usize,
    /// Rows that were not there, in words, with how many they are; none where the receipt does not tell rows apart.
    added: Option<Vec<String>>,
    /// Rows that are no longer there.
    gone: Option<Vec<String>>,
}

/// Asks the query of a receipt again, with the queries that it refers to and its parameters. What the session remembers stays as it was.
///
/// # Errors
/// A limit was hit, it was interrupted, or the graph's file is damaged. A query that is refused is a verdict.
pub fn verify<'r>(receipt: &'r Receipt, session: &mut Session) -> Result<Comparison<'r>, Complaints> {
    let values = receipt.parameters.iter().map(|(name, value)| (name.clone(), parameters::from_json(value))).collect();
    let outcome = session.apart(|session| {
        session.replace_parameters(values);
        for query in &receipt.before {
            session.ask(query)?;
        }
        session.ask(&receipt.query)
    });
    let fingerprint = session.fingerprint()?.to_owned();
    let answer = match outcome {
        Ok(answer) => answer,
        Err(complaints) if complaints.class() == Class::Query => {
            let verdict = Verdict::Refused(complaints);
            return Ok(Comparison { receipt, verdict, fingerprint, rows: 0, possible: 0, added: None, gone: None });
        }
        Err(complaints) => return Err(complaints),
    };
    let summed = rows::summed(&answer);
    let (added, gone) = changes(receipt, &answer, &summed);
    let columns = answer.columns.iter().map(|column| &column.name);
    let verdict = if summed.checksum == receipt.rows.checksum {
        Verdict::Same
    } else if added.as_ref().zip(gone.as_ref()).is_some_and(|(added, gone)| added.is_empty() && gone.is_empty())
        && columns.eq(&receipt.rows.columns)
    {
        Verdict::OtherOrder
    } else {
        Verdict::Differs
    };
    let possible = answer.rows.iter().filter(|row| row.certainty == Certainty::Possible).count();
    Ok(Comparison { receipt, verdict, fingerprint, rows: answer.rows.len(), possible, added, gone })
}

/// The rows that are new, and those that are gone.
fn changes(receipt: &Receipt, answer: &Answer, summed: &Summed) -> (Option<Vec<String>>, Option<Vec<String>>) {
    let Some(each) = &receipt.rows.each else { return (None, None) };
    let mut left: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (sum, words) in each.iter().rev() {
        left.entry(sum).or_default().push(words);
    }
    let mut added = Vec::new();
    for (sum, row) in summed.each.iter().zip(&answer.rows) {
        if left.get_mut(sum.as_str()).and_then(Vec::pop).is_none() {
            added.push(rows::words(answer, row));
        }
    }
    // In the order of the receipt.
    let mut gone = Vec::new();
    for (sum, words) in each {
        if let Some(rest) = left.get_mut(sum.as_str())
            && rest.pop().is_some()
        {
            gone.push(words.clone());
        }
    }
    (Some(added), Some(gone))
}

impl Comparison<'_> {
    /// What became of the answer.
    pub fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// Whether the answer is the same.
    pub fn is_same(&self) -> bool {
        self.verdict == Verdict::Same
    }

    fn same_data(&self) -> bool {
        self.fingerprint == self.receipt.graph.fingerprint
    }

    fn word(&self) -> &'static str {
        match self.verdict {
            Verdict::Same => "same",
            Verdict::OtherOrder => "other-order",
            Verdict::Differs => "differs",
            Verdict::Refused(_) => "refused",
        }
    }

    /// For people.
    pub fn text(&self) -> String {
        let Receipt { rows, graph, asked, program, .. } = self.receipt;
        let counted = |count: usize| if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
        let mut text = match &self.verdict {
            Verdict::Same => format!("the answer is still the same: {}\n", counted(self.rows)),
            Verdict::OtherOrder => format!("the answer differs in the order of its {}\n", counted(self.rows)),
            Verdict::Differs if self.rows != rows.count => {
                format!("the answer differs: {} now, {} then\n", counted(self.rows), rows.count)
            }
            Verdict::Differs => format!("the answer differs: {} as then, but others\n", counted(self.rows)),
            Verdict::Refused(_) => "the answer differs: the query is refused now\n".to_owned(),
        };
        let mut line = |term: &str, said: &str| text.push_str(&format!("  {term:<8}  {}\n", visible(said)));
        line("query", &self.receipt.query.split_whitespace().collect::<Vec<_>>().join(" "));
        line("asked", asked);
        let data = if self.same_data() {
            "the same as then".to_owned()
        } else {
            let (then, now) = (short(&graph.fingerprint), short(&self.fingerprint));
            format!(
                "others: {now} now, {then} then ('{}': {} entities, {} relations)",
                graph.opened.join(" + "),
                graph.entities,
                graph.relations
            )
        };
        line("data", &data);
        let here = Program::here();
        line(
            "program",
            &if *program == here {
                format!("{} {}, as then", here.name, here.version)
            } else {
                format!("{} {} now, {} {} then", here.name, here.version, program.name, program.version)
            },
        );
        if self.possible != rows.possible && !matches!(self.verdict, Verdict::Refused(_)) {
            line("possible", &format!("{} now, {} then", self.possible, rows.possible));
        }
        for (term, list) in [("new", &self.added), ("gone", &self.gone)] {
            let Some(list) = list.as_ref().filter(|list| !list.is_empty()) else { continue };
            line(term, &counted(list.len()));
            list.iter().take(MOST_SHOWN).for_each(|row| line("", row));
            if list.len() > MOST_SHOWN {
                line("", &format!("and {} more", list.len() - MOST_SHOWN));
            }
        }
        if self.verdict == Verdict::Differs && self.added.is_none() {
            line("rows", "the receipt does not tell which: there were too many to list");
        }
        text
    }

    /// For programs: one object on a line.
    pub fn json(&self) -> String {
        let Receipt { rows, graph, asked, program, query, .. } = self.receipt;
        let here = Program::here();
        let object = json!({
            "verdict": self.word(),
            "query": query,
            "asked": asked,
            "rows": { "then": rows.count, "now": self.rows, "new": self.added.as_ref().map(Vec::len), "gone": self.gone.as_ref().map(Vec::len) },
            "data": { "same": self.same_data(), "then": graph.fingerprint, "now": self.fingerprint },
            "program": { "same": *program == here, "then": program.version, "now": here.version },
        });
        format!("{object}\n")
    }
}

/// The beginning of a sum.
fn short(sum: &str) -> String {
    sum.trim_start_matches("sha256:").chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Receipt;
    use super::{Verdict, verify};
    use crate::session::Session;

    fn receipt(queries: &[&str]) -> (Session, Receipt) {
        let mut session = Session::open("oms").unwrap();
        let answers: Vec<_> = queries.iter().map(|query| session.ask(query).unwrap()).collect();
        let receipt = Receipt::of(&session, answers.last().unwrap()).unwrap();
        (session, receipt)
    }

    #[test]
    fn the_same_query_gives_the_same_answer() {
        for queries in [
            &["causes"][..],
            &["causes where population = adult", "effects of it"],
            &["symptoms", "why 2"],
            &["let xy = causes where population = adult", "count xy"],
            &["compare symptoms of OMS across source"],
            &["MATCH (t)-[r:CAUSES]->(d) RETURN t, r, d"],
            &["MATCH p = (t)-[:CAUSES]->(d) RETURN p, count(*)"],
            &["causes where name contains \"no such cause\""],
        ] {
            let (_, receipt) = receipt(queries);
            let written = receipt.written();
            let read = Receipt::parsed(written.as_bytes(), "receipt").unwrap_or_else(|complaints| panic!("{complaints}\n{written}"));
            assert_eq!(read, receipt);
            let mut fresh = Session::open("oms").unwrap();
            let comparison = verify(&read, &mut fresh).unwrap();
            assert_eq!(comparison.verdict(), &Verdict::Same, "{queries:?}");
            assert!(comparison.text().contains("still the same"));
        }
    }

    #[test]
    fn what_is_remembered_stays_as_it_was() {
        let (mut session, receipt) = receipt(&["causes"]);
        session.ask("symptoms").unwrap();
        verify(&receipt, &mut session).unwrap();
        assert_eq!(session.ask("count it").unwrap().rows[0].cells[0].to_string(), "14");
        assert_eq!(session.before_last(), ["symptoms"]);
    }

    #[test]
    fn rows_that_are_new_or_gone_are_told() {
        let (mut session, mut receipt) = receipt(&["causes where population = adult"]);
        receipt.query = "causes where population = teen".to_owned();
        let comparison = verify(&receipt, &mut session).unwrap();
        assert_eq!(comparison.verdict(), &Verdict::Differs);
        let text = comparison.text();
        assert!(text.contains("lung cancer, opsoclonus") && text.contains("gone      2 rows"), "{text}");
        receipt.query = "causes of nobody".to_owned();
        assert!(matches!(verify(&receipt, &mut session).unwrap().verdict(), Verdict::Refused(_)));
        receipt.query = "causes where population = adult sort by cause desc".to_owned();
        assert_eq!(verify(&receipt, &mut session).unwrap().verdict(), &Verdict::OtherOrder);
    }

    #[test]
    fn what_is_no_receipt_is_refused() {
        let (_, receipt) = receipt(&["causes"]);
        let written = receipt.written();
        for (text, words) in [
            ("", "breaks off"),
            (&written[..written.len() / 2], "breaks off"),
            ("causes", "not JSON"),
            ("{}", "no key 'receipt'"),
            ("{\"receipt\": 2}", "form 2"),
            ("{\"receipt\": 1}", "not as a receipt"),
            (&written.replace("lung cancer", "long cancer"), "changed after"),
            (&written.replace("\"count\": ", "\"count\": 1"), "changed after"),
            ("[1]", "no key"),
        ] {
            let complaint = Receipt::parsed(text.as_bytes(), "x.json").unwrap_err().to_string();
            assert!(complaint.contains(words), "{complaint}");
        }
        // How it is laid out does not matter.
        let compact: serde_json::Value = serde_json::from_str(&written).unwrap();
        assert!(Receipt::parsed(compact.to_string().as_bytes(), "x.json").is_ok());
    }

    #[test]
    fn what_explain_shows_has_no_receipt() {
        let mut session = Session::open("oms").unwrap();
        let answer = session.ask("explain causes").unwrap();
        assert!(Receipt::of(&session, &answer).is_err());
    }
}
