//! Why: the statements behind a sentence, or behind a row of the last answer. Denials belong to it.

use crate::algebra::{Expression, Field, Operator, VariableId};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Direction, Value};
use crate::query::syntax::tree::{Condition, PieceKind, Run, Spanned};

use super::builder::{Builder, Lowered, Scope, ScopeColumn};
use super::field::FieldType;

impl Builder<'_> {
    /// `why rituximab treats OMS`: every statement that speaks of it, for or against.
    pub(super) fn why(&mut self, run: &Run, condition: Option<&Condition>) -> Result<Lowered, Diagnostic> {
        let items = self.cut(&without_auxiliary(run))?;
        let mut lowered = match items.as_slice() {
            [item] if !item.entities().is_empty() => {
                let entity = self.only_entity(item)?;
                self.entity(entity)
            }
            items => {
                let chain = self.chain(items)?;
                let single = chain.links.len() == 1;
                if single { self.why_link(chain)? } else { self.sentence(items)? }
            }
        };
        lowered.with_denials = true;
        self.add_statement_columns(&mut lowered.scope);
        self.filtered(lowered, condition)
    }

    /// `why 2`: what row 2 of the last answer rested on.
    pub(super) fn why_row(&mut self, number: &Spanned<u64>) -> Result<Lowered, Diagnostic> {
        let rows = self.context.memory.rows.as_ref().ok_or_else(|| {
            Diagnostic::error(Code::NoLastAnswer, "there is no last answer to ask about")
                .at(number.span.clone(), "nothing was answered yet")
                .help("ask something first, or ask with words: `why rituximab treats OMS`")
        })?;
        let row = usize::try_from(number.value).ok().and_then(|number| number.checked_sub(1)).and_then(|at| rows.get(at));
        let Some(relations) = row else {
            let message = format!("the last answer has no row {}", number.value);
            let complaint = Diagnostic::error(Code::NoLastAnswer, message).at(number.span.clone(), "no such row");
            return Err(match rows.len() {
                0 => complaint.help("it has no rows"),
                1 => complaint.help("it has one row: `why 1`"),
                count => complaint.help(format!("its rows are 1 to {count}")),
            });
        };
        let relations = relations.clone();
        let (from, relation, to) = (self.variable("from"), self.variable("r"), self.variable("to"));
        let plan = Operator::Relations { relations, relation, from, to };
        let mut lowered = self.relation_rows(plan, from, relation, to);
        lowered.with_denials = true;
        self.add_statement_columns(&mut lowered.scope);
        self.filtered(lowered, None)
    }

    fn why_link(&mut self, chain: super::sentence::Chain) -> Result<Lowered, Diagnostic> {
        let backwards = chain.links[0].routes.iter().all(|route| route.direction == Direction::Incoming);
        let lowered = self.lower_chain(chain)?;
        let (left, right) = (lowered.terms[0].0, lowered.terms[1].0);
        // Told from the relation's start to its end, whichever way it was asked.
        let (from, to) = if backwards { (right, left) } else { (left, right) };
        let relation = lowered.relations[0].variable;
        let mut rows = self.relation_rows(lowered.plan, from, relation, to);
        rows.noun = ("statement".to_owned(), "statements".to_owned());
        Ok(rows)
    }

    /// The statement behind each relation, and whether it denies it.
    fn add_statement_columns(&self, scope: &mut Scope) {
        let many = scope.relations.len() > 1;
        let mut columns = Vec::new();
        for relation in &scope.relations {
            let name = |field: &str| if many { format!("{}.{field}", relation.written.replace(' ', "_")) } else { field.to_owned() };
            columns.push(ScopeColumn::plain(
                name("statement"),
                Expression::Field(relation.variable, Field::Statement),
                FieldType::Statement,
            ));
            let denied = ScopeColumn::plain(name("denied"), denial_or_nothing(relation.variable), FieldType::Boolean);
            columns.push(ScopeColumn { optional: true, ..denied });
        }
        scope.columns.extend(columns);
    }
}

/// True where the statement denies, nothing where it asserts: a column of it is left out where nothing is denied.
fn denial_or_nothing(relation: VariableId) -> Expression {
    Expression::Or(vec![Expression::Field(relation, Field::Denied), Expression::Literal(Value::Null)])
}

/// `why does rituximab treat OMS` asks what `why rituximab treats OMS` asks.
fn without_auxiliary(run: &Run) -> Run {
    let says = |word: &str| ["does", "do", "is", "are"].contains(&word.to_lowercase().as_str());
    match run.pieces.first().map(|piece| &piece.kind) {
        Some(PieceKind::Word(word)) if run.pieces.len() > 1 && says(word) => {
            Run { pieces: run.pieces[1..].to_vec(), span: run.span.clone() }
        }
        Some(PieceKind::Does) if run.pieces.len() > 1 => Run { pieces: run.pieces[1..].to_vec(), span: run.span.clone() },
        _ => run.clone(),
    }
}
