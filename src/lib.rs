//! Chancery reads documents about diplomacy and answers questions about them: documents → claims → world → RDF → SPARQL.

pub mod check;
pub mod cli;
pub mod describe;
pub mod diagnostic;
pub mod document;
pub mod export;
pub mod extract;
pub mod fact;
pub mod language;
pub mod link;
pub mod pipeline;
pub mod query;
pub mod resolve;
pub mod serve;
pub mod store;
pub mod text;
pub mod triples;
