//! Chancery reads documents about diplomacy and answers questions about them: documents → claims → world → RDF → SPARQL.

pub mod diagnostic;
pub mod document;
pub mod fact;
pub mod resolve;
pub mod text;
pub mod triples;
