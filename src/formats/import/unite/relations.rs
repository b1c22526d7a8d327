//! Relations: those of several graphs one behind the other, in terms of the whole, with their statements.

use crate::model::RelationTypeId;
use crate::store::{BulkColumn, BulkRelations, BulkStatements};

use super::Moves;
use super::columns;
use super::report::Unification;
use super::statements;

/// The relations of a draft in terms of the whole; qualifiers stand at their numbers there.
pub(super) fn moved(mut relations: BulkRelations, moves: &Moves<'_>) -> BulkRelations {
    let place = |entity: &mut u32| *entity = moves.places.get(*entity as usize).copied().unwrap_or_default();
    relations.from.iter_mut().for_each(place);
    relations.to.iter_mut().for_each(place);
    for relation_type in &mut relations.types {
        *relation_type = moves.schema.relation_types.get(relation_type.index()).copied().unwrap_or(RelationTypeId::IS_A);
    }
    let mut qualifiers: Vec<BulkColumn> = Vec::new();
    for (at, column) in moves.schema.qualifiers.iter().zip(relations.qualifiers) {
        if qualifiers.len() <= at.index() {
            qualifiers.resize_with(at.index() + 1, BulkColumn::default);
        }
        qualifiers[at.index()] = columns::moved(column, moves.places);
    }
    BulkRelations { qualifiers, statements: statements::moved(relations.statements, moves), ..relations }
}

/// All relations, those of the graph that has most first: so least has to be moved.
pub(super) fn joined(parts: Vec<BulkRelations>, names: &[String], qualifiers: usize, report: &mut Unification) -> BulkRelations {
    let mut parts: Vec<(usize, BulkRelations)> = parts.into_iter().enumerate().collect();
    parts.sort_by_key(|(at, part)| (std::cmp::Reverse(part.from.len()), *at));
    let mut whole = BulkRelations::default();
    let mut columns: Vec<Vec<(usize, BulkColumn)>> = Vec::new();
    columns.resize_with(qualifiers, Vec::new);
    let mut statements: Vec<(usize, usize, BulkStatements)> = Vec::new();
    for (graph, part) in parts {
        let first = whole.from.len();
        if first == 0 {
            (whole.from, whole.to, whole.types) = (part.from, part.to, part.types);
        } else {
            whole.from.extend(part.from);
            whole.to.extend(part.to);
            whole.types.extend(part.types);
        }
        for (column, own) in columns.iter_mut().zip(part.qualifiers) {
            column.push((first, own));
        }
        statements.push((graph, whole.from.len() - first, part.statements));
    }
    whole.qualifiers = columns.into_iter().map(columns::joined).collect();
    whole.statements = statements::joined(statements, names, report);
    whole
}
