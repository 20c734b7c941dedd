//! What helps others to use the data: the ontology → a reference page with a diagram; a store → its description as VoID and DCAT.

mod dataset;
mod diagram;
mod names;
mod page;
mod terms;
mod write;

pub use dataset::{Dataset, DocumentLine, dataset};
pub use page::reference;
pub use terms::{Ontology, OntologyError};

/// The files of `ontology/`, as the program carries them.
pub mod files {
    /// Classes and properties, Turtle.
    pub const TERMS: &str = include_str!("../../ontology/chancery.ttl");
    /// How they stand to public vocabularies, Turtle.
    pub const ALIGNMENTS: &str = include_str!("../../ontology/alignments.ttl");
    /// SHACL shapes, Turtle.
    pub const SHAPES: &str = include_str!("../../ontology/shapes.ttl");
    /// An example of every class, TriG.
    pub const EXAMPLES: &str = include_str!("../../ontology/examples.trig");
}
