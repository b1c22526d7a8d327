//! Algebra: the meaning of a query, whichever way it was asked. It knows names, not words, and prints itself.

mod expression;
mod function;
mod operator;
mod parts;
mod pattern;
mod print;
mod procedure;
pub mod rewrite;

use crate::model::ColumnType;

pub use expression::{Arithmetic, Expression, Field, Label, Quantifier, SubqueryKind, TextTest, Written};
pub use function::{FUNCTIONS, Function, Signature, function};
pub use operator::Operator;
pub use parts::{Aggregate, AggregateFunction, Arm, Condition, Hops, JoinMode, Member, PathMode, Route, Selection, SortKey};
pub use pattern::{name_in_pattern, pattern, text_in_pattern};
pub use print::{print, print_noted};
pub use procedure::{PROCEDURES, Procedure, ProcedureOption, ProcedureSignature, procedure};

/// A variable of a query: the position of its name in [`Query::variables`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VariableId(pub u16);

impl VariableId {
    /// Its position among the variables of the query, and in every row.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A query: how rows are made, and how they are laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// The names of its variables, each once.
    pub variables: Vec<String>,
    /// How rows are made.
    pub root: Operator,
    /// The columns of the answer.
    pub columns: Vec<Column>,
    /// How rows become the table.
    pub layout: Layout,
    /// What the view of the answer holds.
    pub view: ViewScope,
    /// What a row is called, one and many: for explanations (`no cause has …`).
    pub noun: (String, String),
}

/// A column of the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// The variable that it shows.
    pub variable: VariableId,
    /// What its values are.
    pub column_type: ColumnType,
    /// Whether it is left out of an answer in which no row has a value for it.
    pub optional: bool,
}

/// How rows become the table of the answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Layout {
    /// A row is a row.
    Rows,
    /// `compare`: a row for each value of `row`, a column for each value of `across`, in the cells what the relations
    /// collected in `relations` report. Presentation only: the rows of the algebra are the long form.
    Pivot {
        /// The entity of a row.
        row: VariableId,
        /// The value of a column.
        across: VariableId,
        /// The list of relations behind a cell.
        relations: VariableId,
        /// How many rows at most.
        limit: Option<u64>,
    },
}

/// What the view of an answer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewScope {
    /// The relations that support the rows, and their ends.
    Support,
    /// The entities of the rows, and every asserted relation between them.
    Induced,
    /// Everything.
    Whole,
}

impl Query {
    /// Whether its rows stand for groups of rows, of which nothing asks what supports them.
    pub fn aggregates(&self) -> bool {
        fn groups(operator: &Operator) -> bool {
            match operator {
                Operator::Group { .. } => true,
                Operator::Cite { .. } => false,
                Operator::Union { inputs } => inputs.iter().any(groups),
                other => other.inputs().first().is_some_and(|input| groups(input)),
            }
        }
        groups(&self.root)
    }

    /// Whether a condition asks what is only possible, so that rows have to tell whether they are certain.
    pub fn is_lenient(&self) -> bool {
        fn lenient(operator: &Operator) -> bool {
            let here = matches!(operator, Operator::Filter { conditions, .. } if conditions.iter().any(|one| one.expression.is_lenient()));
            let given = matches!(operator, Operator::Given { members, .. } if members.iter().any(|member| !member.certain));
            here || given || operator.inputs().into_iter().any(lenient)
        }
        lenient(&self.root)
    }

    /// The name of a variable.
    pub fn name(&self, variable: VariableId) -> &str {
        &self.variables[variable.index()]
    }
}
