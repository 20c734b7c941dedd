//! The world and the documents' claims → quads under the ontology; all IRIs are made here.
//!
//! The world stands in the default graph, what each document says in a graph of its own. There are no blank nodes, so that any
//! serialisation in a fixed order has the same bytes for the same documents.

mod document;
mod geometry;
mod identity;
mod iri;
mod labels;
pub mod vocabulary;
mod world;

#[cfg(test)]
mod tests;

use crate::resolve::{EntityKind, Source, World};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::collections::BTreeMap;

pub use iri::{claim_iris, document_iri};

/// What is known of a document besides its claims.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentInfo {
    /// The document's id, as in [`Source::document`].
    pub id: String,
    /// Title, or empty.
    pub title: String,
    /// BCP 47 tag of its language.
    pub lang: String,
    /// Licence: an SPDX identifier, an IRI or words.
    pub licence: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Date of publication as EDTF.
    pub date: Option<String>,
    /// Where it stands on the web.
    pub url: Option<String>,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub hash: String,
    /// What a reader sees; spans of the claims are bytes of it.
    pub text: String,
}

/// What the gazetteer adds to entities, by kind and key. May be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gazetteer {
    /// Preferred names as (BCP 47 tag, name).
    pub names: BTreeMap<(EntityKind, String), Vec<(String, String)>>,
    /// A government's key → the key of the state that it governs or claims to.
    pub governs: BTreeMap<String, String>,
    /// A city's key → its latitude and longitude in degrees (WGS 84), as the gazetteer writes them.
    pub coordinates: BTreeMap<String, (String, String)>,
}

/// The quads of the world and of every document, sorted, each once.
///
/// `sources` are those that the world was resolved from, in any order; `documents` tell the rest about them (a document without claims is
/// written too). `base` is where entities live and ends with `/` or `#`; a base that is no IRI gives IRIs that are none.
#[must_use]
pub fn quads(
    world: &World,
    sources: &[Source],
    documents: &[DocumentInfo],
    gazetteer: &Gazetteer,
    base: &str,
) -> Vec<Quad> {
    let names = iri::Names::new(world, sources, documents, base);
    let mut out = Triples::default();
    world::write(&mut out, world, &names, gazetteer);
    let mut quads = out.into_quads(GraphName::DefaultGraph);
    for info in documents {
        let mut out = Triples::default();
        document::write(&mut out, info, &names);
        quads.extend(out.into_quads(document_iri(base, &info.id).into()));
    }
    quads.sort_by_cached_key(ToString::to_string);
    quads.dedup();
    quads
}

/// Triples of one graph in the making.
#[derive(Debug, Default)]
struct Triples {
    list: Vec<(NamedNode, NamedNode, Term)>,
}

impl Triples {
    fn add(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        self.list
            .push((subject.clone(), predicate.into_owned(), object.into()));
    }

    fn into_quads(self, graph: GraphName) -> Vec<Quad> {
        self.list
            .into_iter()
            .map(|(s, p, o)| Quad::new(NamedOrBlankNode::from(s), p, o, graph.clone()))
            .collect()
    }
}
