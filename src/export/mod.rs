//! A store → files: Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML, canonical N-Quads, CSV tables of facts; the same
//! store gives the same bytes.

mod canonical;
mod rdf;
mod tables;
mod turtle;

pub use canonical::{canonical, isomorphic};
pub use rdf::{Scope, quads_of, sort_quads, write_quads};
pub use tables::{fact_table, write_tables};

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
