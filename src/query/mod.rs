//! SPARQL text or a query of the catalogue → rows, a yes or no, or a graph, in every result format.

mod answer;
mod catalogue;
mod error;
mod harmless;
mod lexical;
mod outside;
mod remote;
mod run;
mod stack;
mod table;
mod update;

use answer::names;
pub use answer::{Answer, GraphFormat, RowFormat, Shape, plain};
pub use catalogue::{CatalogueQuery, Parameter, catalogue, fact_tables, federated, find};
pub use error::QueryError;
pub use harmless::Part;
pub use lexical::{MAX_BYTES, MAX_CHAIN, MAX_NESTING, check, place_parameters};
pub use outside::Outside;
pub use oxigraph::sparql::CancellationToken;
pub use run::{Request, answer};
pub use stack::with_large_stack;
pub use table::write_table;
pub use update::{UpdateRequest, put_graph, remove_graph, update};
