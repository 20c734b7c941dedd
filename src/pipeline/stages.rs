//! The pure stages behind thin adapters.

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::extract::Engine;
use crate::fact::Claim;
use crate::resolve::{Source, Topics, World};
use crate::triples::DocumentInfo;
use oxigraph::model::Quad;

pub use crate::triples::vocabulary::PREFIXES;

/// The stages with their rules and data.
pub(super) struct Stages {
    engine: Engine,
}

/// IRI of the named graph that holds what a document says.
#[must_use]
pub fn document_graph(base: &str, document: &str) -> String {
    crate::triples::document_iri(base, document).into_string()
}

impl Stages {
    pub(super) fn embedded() -> Result<Self, String> {
        Ok(Self {
            engine: Engine::embedded().map_err(|e| e.to_string())?,
        })
    }

    /// Bytes that stand for the embedded rules and data.
    pub(super) fn fingerprint(&self) -> Vec<u8> {
        crate::language::embedded_data().concat().into_bytes()
    }

    pub(super) fn read(&self, id: &str, bytes: &[u8]) -> Result<Vec<Document>, Diagnostic> {
        crate::document::read(id, bytes)
    }

    pub(super) fn extract(&self, document: &Document) -> Vec<Claim> {
        self.engine.extract(document)
    }

    /// What all documents say together. Words of topics are few and parsed for each world anew.
    pub(super) fn resolve(&self, sources: &[Source]) -> Result<World, String> {
        let topics = Topics::parse(TOPICS).map_err(|error| error.to_string())?;
        Ok(crate::resolve::resolve(sources, &topics))
    }

    pub(super) fn quads(
        &self,
        documents: &[(&Document, &[Claim])],
        sources: &[Source],
        world: &World,
        base: &str,
    ) -> Vec<Quad> {
        let documents: Vec<DocumentInfo> = documents
            .iter()
            .map(|(document, _)| DocumentInfo {
                id: document.id.clone(),
                title: document.title.clone(),
                lang: document.lang.tag().to_owned(),
                licence: document.metadata.license.clone(),
                publisher: document.metadata.publisher.clone(),
                date: document.metadata.date.clone(),
                url: document.metadata.url.clone(),
                hash: document.hash.clone(),
                text: document.text.clone(),
            })
            .collect();
        let gazetteer = crate::triples::Gazetteer::default();
        crate::triples::quads(world, sources, &documents, &gazetteer, base)
    }
}

/// What a document's claims become for the stages that know no documents.
pub(super) fn source(document: &Document, claims: &[Claim]) -> Source {
    Source {
        document: document.id.clone(),
        claims: claims.to_vec(),
    }
}

/// Words for what treaties and talks are about.
const TOPICS: &str = include_str!("../../data/languages/topics.tsv");
