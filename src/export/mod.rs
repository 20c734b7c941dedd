//! A store, or a part of it → files: Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML, canonical N-Quads, CSV tables of facts,
//! GeoJSON, a timeline; the same store gives the same bytes, and licence and sources go along.
//!
//! Memory does not grow with the store: quads are sorted in pieces on disk ([`Sorter`]) and written as they come. What needs more says so:
//! JSON-LD holds one subject at a time, canonical labels all quads with blank nodes, a part the IRIs of its nodes.

mod canonical;
mod changes;
mod jsonld;
mod map;
mod part;
mod rdf;
mod scan;
mod sort;
mod tables;
mod terms;
mod timeline;
mod told;
mod turtle;

pub use canonical::{canonical, isomorphic};
pub use changes::{Changes, Item, Section, Side, Told, changes};
pub use map::{Layer, write_map};
pub use part::{Depth, Part, quads_of};
pub use rdf::{RdfFormat, Style, write_quads, write_rdf};
pub use scan::{graph_quads, graphs_of};
pub use sort::{Order, Sorted, Sorter};
pub use tables::Tables;
pub use timeline::write_timeline;
pub use told::point_of;

use crate::query::QueryError;

/// Why an export failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The store could not be asked.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The output could not be written.
    #[error(transparent)]
    Output(#[from] std::io::Error),
    /// The data cannot be written in this format.
    #[error("{0}")]
    Format(String),
}

impl From<crate::store::StoreError> for ExportError {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Query(error.into())
    }
}
