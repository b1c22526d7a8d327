//! The nouns of the house: entities, relations, statements, evidence, values and truth, and nothing that acts on a graph.

mod column_type;
mod comparison;
mod entity;
mod evidence;
mod fold;
mod folded_index;
mod hedge;
mod identifiers;
mod names;
mod quantity;
mod quantity_reader;
mod regular_expression;
mod relation;
mod source;
mod statement;
mod statistics;
pub mod temporal;
mod truth;
mod value;

pub use column_type::ColumnType;
pub use comparison::Comparison;
pub use entity::{Entity, Synonym};
pub use evidence::{Citation, Cohort};
pub use fold::{fold, fold_words, singular_words};
pub use folded_index::FoldedIndex;
pub use hedge::{Confidence, Extent, Hedge};
pub use identifiers::{EntityId, KindId, QualifierId, RelationId, RelationTypeId, SourceId, StatementId};
pub use names::{Found, Names, Place, Vocabulary};
pub use quantity::{Bound, Measure, Quantity, QuantityError, TimeUnit};
pub use regular_expression::RegularExpression;
pub use relation::{Direction, Relation};
pub use source::{Fingerprint, Source};
pub use statement::Statement;
pub use statistics::Statistics;
pub use truth::Truth;
pub use value::{Path, Step, Value};
