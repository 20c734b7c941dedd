//! The pure stages behind thin adapters. STUBS until `document::read`, `extract`, `resolve` and `triples` are merged.

use super::DEFAULT_BASE;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::extract::Engine;
use crate::fact::Claim;
use crate::resolve::{Source, World};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, Literal, NamedNode, Quad};

/// Prefixes of exports and of queries typed by hand.
pub const PREFIXES: &[(&str, &str)] = &[
    ("dip", "https://w3id.org/chancery/ontology#"),
    ("said", "https://w3id.org/chancery/said#"),
    ("id", DEFAULT_BASE),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("edtf", "http://id.loc.gov/datatypes/edtf/"),
];

/// The stages with their rules and data.
pub(super) struct Stages {
    engine: Engine,
}

/// IRI of the named graph that holds what a document says.
#[must_use]
pub fn document_graph(base: &str, document: &str) -> String {
    format!("{base}document/{document}")
}

impl Stages {
    pub(super) fn embedded() -> Result<Self, String> {
        Ok(Self { engine: Engine::embedded().map_err(|e| e.to_string())? })
    }

    /// Bytes that stand for the embedded rules and data.
    pub(super) fn fingerprint(&self) -> Vec<u8> {
        Vec::new()
    }

    pub(super) fn read(&self, id: &str, bytes: &[u8]) -> Result<Vec<Document>, Diagnostic> {
        crate::document::read(id, bytes)
    }

    pub(super) fn extract(&self, document: &Document) -> Vec<Claim> {
        self.engine.extract(document)
    }

    /// Documents sorted by id.
    pub(super) fn resolve(&self, documents: &[(&Document, &[Claim])]) -> World {
        let sources: Vec<Source> = documents
            .iter()
            .map(|(document, claims)| Source {
                document: document.id.clone(),
                claims: claims.to_vec(),
            })
            .collect();
        World {
            sources: sources.into_iter().map(|source| source.document).collect(),
            ..World::default()
        }
    }

    pub(super) fn quads(
        &self,
        documents: &[(&Document, &[Claim])],
        _world: &World,
        base: &str,
    ) -> Vec<Quad> {
        let dip = |local: &str| {
            NamedNode::new_unchecked(format!("https://w3id.org/chancery/ontology#{local}"))
        };
        documents
            .iter()
            .flat_map(|(document, _)| {
                let node = NamedNode::new_unchecked(document_graph(base, &document.id));
                let graph = GraphName::from(node.clone());
                [
                    Quad::new(node.clone(), rdf::TYPE, dip("Document"), graph.clone()),
                    Quad::new(
                        node,
                        dip("title"),
                        Literal::new_simple_literal(&document.title),
                        graph,
                    ),
                ]
            })
            .collect()
    }
}
