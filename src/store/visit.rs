//! Visit: petgraph's visit traits on the flat form, so that petgraph's algorithms run on it as they are.
//! Weights are empty: whoever needs more of a relation asks the graph by its id. Denied relations are left out: they lie outside everything that asserts.

use petgraph::visit::{
    Data, EdgeRef, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges, IntoNeighbors, IntoNodeIdentifiers, NodeCompactIndexable,
    NodeCount, NodeIndexable, Visitable,
};
use petgraph::{Directed, visit::VisitMap};

use crate::model::{Direction, EntityId, RelationId};

use super::graph::Graph;

/// A relation as petgraph sees an edge.
#[derive(Clone, Copy, Debug)]
pub struct RelationReference {
    id: RelationId,
    from: EntityId,
    to: EntityId,
}

impl EdgeRef for RelationReference {
    type NodeId = EntityId;
    type EdgeId = RelationId;
    type Weight = ();

    fn source(&self) -> EntityId {
        self.from
    }

    fn target(&self) -> EntityId {
        self.to
    }

    fn weight(&self) -> &() {
        &()
    }

    fn id(&self) -> RelationId {
        self.id
    }
}

/// The entities that an algorithm has been at.
#[derive(Clone, Debug, Default)]
pub struct Visited(Vec<bool>);

impl VisitMap<EntityId> for Visited {
    fn visit(&mut self, entity: EntityId) -> bool {
        !std::mem::replace(&mut self.0[entity.index()], true)
    }

    fn is_visited(&self, entity: &EntityId) -> bool {
        self.0[entity.index()]
    }

    fn unvisit(&mut self, entity: EntityId) -> bool {
        std::mem::replace(&mut self.0[entity.index()], false)
    }
}

impl GraphBase for Graph {
    type NodeId = EntityId;
    type EdgeId = RelationId;
}

impl Data for Graph {
    type NodeWeight = ();
    type EdgeWeight = ();
}

impl GraphProp for Graph {
    type EdgeType = Directed;
}

impl NodeCount for Graph {
    fn node_count(&self) -> usize {
        self.entity_count()
    }
}

impl NodeIndexable for Graph {
    fn node_bound(&self) -> usize {
        self.entity_count()
    }

    fn to_index(&self, entity: EntityId) -> usize {
        entity.index()
    }

    fn from_index(&self, index: usize) -> EntityId {
        EntityId(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

impl NodeCompactIndexable for Graph {}

impl Visitable for Graph {
    type Map = Visited;

    fn visit_map(&self) -> Visited {
        Visited(vec![false; self.entity_count()])
    }

    fn reset_map(&self, map: &mut Visited) {
        map.0.clear();
        map.0.resize(self.entity_count(), false);
    }
}

impl<'graph> IntoNodeIdentifiers for &'graph Graph {
    type NodeIdentifiers = Box<dyn Iterator<Item = EntityId> + 'graph>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        Box::new(self.entities())
    }
}

impl<'graph> IntoNeighbors for &'graph Graph {
    type Neighbors = Box<dyn Iterator<Item = EntityId> + 'graph>;

    fn neighbors(self, entity: EntityId) -> Self::Neighbors {
        Box::new(self.edges(entity).map(|edge| edge.target()))
    }
}

impl<'graph> IntoEdgeReferences for &'graph Graph {
    type EdgeRef = RelationReference;
    type EdgeReferences = Box<dyn Iterator<Item = RelationReference> + 'graph>;

    fn edge_references(self) -> Self::EdgeReferences {
        let reference = move |id| RelationReference { id, from: self.start(id), to: self.end(id) };
        Box::new(self.relations().filter(|id| !self.is_denied(*id)).map(reference))
    }
}

impl<'graph> IntoEdges for &'graph Graph {
    type Edges = Box<dyn Iterator<Item = RelationReference> + 'graph>;

    fn edges(self, entity: EntityId) -> Self::Edges {
        let reference = move |id| RelationReference { id, from: entity, to: self.end(id) };
        Box::new(self.relations_of(entity, Direction::Outgoing).filter(|id| !self.is_denied(*id)).map(reference))
    }
}
