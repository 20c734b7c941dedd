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

use crate::fact::Claim;
use crate::resolve::{
    Conflict, Decided, Entity, EntityKind, Event, Holder, Identity, Impossible, World,
};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

pub use iri::{claim_hashes, claim_iris, dataset_iri, document_iri};
pub use world::decimal;

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

/// What a document says, as far as the world leads to it.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// The document's id.
    pub document: &'a str,
    /// BCP 47 tag of its language; empty where it is not known.
    pub lang: &'a str,
    /// Its claims.
    pub claims: &'a [Claim],
    /// Their [`claim_hashes`].
    pub hashes: &'a [String],
}

/// A part of the world: its quads have subjects of their own, which no other part has.
#[derive(Clone, Copy, Debug)]
pub enum Part<'w> {
    /// Something that lasts.
    Entity(&'w Entity),
    /// What happened or holds.
    Event(&'w Event),
    /// Where sources differ.
    Conflict(&'w Conflict),
    /// What a person decided.
    Decided(&'w Decided),
    /// Why something is one over its documents, or two.
    Identity(&'w Identity),
    /// Who held an office that is given without a name.
    Holder(&'w Holder),
    /// What cannot be as it is told.
    Impossible(&'w Impossible),
}

impl<'w> Part<'w> {
    /// A name that no other part has.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Entity(entity) => entity.id.clone(),
            Self::Event(event) => event.id.clone(),
            Self::Conflict(conflict) => conflict.id.clone(),
            Self::Decided(decided) => decided.id.clone(),
            Self::Identity(identity) => format!("identity/{}", identity.about),
            Self::Holder(holder) => holder.id.clone(),
            Self::Impossible(impossible) => impossible.id.clone(),
        }
    }
}

/// What stands for a part or for a document's links: it changes when their quads do.
pub type Print = [u8; 16];

/// The print of what was hashed: the first half of its SHA-256.
#[must_use]
pub fn print_of(hash: Sha256) -> Print {
    let mut print = Print::default();
    for (byte, hashed) in print.iter_mut().zip(hash.finalize()) {
        *byte = hashed;
    }
    print
}

/// A world and what its documents say, whose quads are made a part at a time.
pub struct Graphs<'a> {
    world: &'a World,
    writer: world::Writer<'a>,
    base: &'a str,
}

impl<'a> Graphs<'a> {
    /// `said` are the sources of the world, in its order. `base` is where entities live and ends with `/` or `#`; a base that is no IRI gives IRIs
    /// that are none.
    #[must_use]
    pub fn new(
        world: &'a World,
        said: Vec<Said<'a>>,
        gazetteer: &'a Gazetteer,
        base: &'a str,
    ) -> Self {
        let names = iri::Names::new(world, said, base);
        Self {
            world,
            writer: world::Writer::new(world, names, gazetteer),
            base,
        }
    }

    /// The parts of the world.
    pub fn parts(&self) -> impl Iterator<Item = Part<'a>> + use<'a> {
        let World {
            entities,
            events,
            conflicts,
            decided,
            identities,
            holders,
            impossible,
            ..
        } = self.world;
        let things = entities.iter().map(Part::Entity);
        things
            .chain(events.iter().map(Part::Event))
            .chain(conflicts.iter().map(Part::Conflict))
            .chain(decided.iter().map(Part::Decided))
            .chain(identities.iter().map(Part::Identity))
            .chain(holders.iter().map(Part::Holder))
            .chain(impossible.iter().map(Part::Impossible))
    }

    /// What stands for the quads of a part.
    #[must_use]
    pub fn print(&self, part: Part<'_>) -> Print {
        let mut out = Triples::hashing();
        self.writer.part(&mut out, part);
        out.print()
    }

    /// The quads of a part, in the default graph.
    #[must_use]
    pub fn part(&self, part: Part<'_>) -> Vec<Quad> {
        let mut out = Triples::default();
        self.writer.part(&mut out, part);
        out.into_quads(GraphName::DefaultGraph)
    }

    /// What stands for the quads of a document's graph that the world decides.
    #[must_use]
    pub fn links_print(&self, document: &str) -> Print {
        let mut out = Triples::hashing();
        document::write_links(&mut out, document, self.writer.names());
        out.print()
    }

    /// The quads of a document's graph.
    #[must_use]
    pub fn document(&self, info: &DocumentInfo) -> Vec<Quad> {
        let mut out = Triples::default();
        document::write(&mut out, info, self.writer.names());
        out.into_quads(document_iri(self.base, &info.id).into())
    }
}

/// Triples of one graph in the making, or only what stands for them.
#[derive(Default)]
struct Triples {
    list: Vec<(NamedNode, NamedNode, Term)>,
    hash: Option<Sha256>,
}

impl Triples {
    /// Keeps no triples.
    fn hashing() -> Self {
        Self {
            list: Vec::new(),
            hash: Some(Sha256::new()),
        }
    }

    fn add(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        let object = object.into();
        if let Some(hash) = &mut self.hash {
            // Hashing never fails.
            let _ = writeln!(Hashed(hash), "{subject} {predicate} {object}");
        } else {
            self.list
                .push((subject.clone(), predicate.into_owned(), object));
        }
    }

    fn print(self) -> Print {
        print_of(self.hash.unwrap_or_default())
    }

    fn into_quads(self, graph: GraphName) -> Vec<Quad> {
        self.list
            .into_iter()
            .map(|(s, p, o)| Quad::new(NamedOrBlankNode::from(s), p, o, graph.clone()))
            .collect()
    }
}

/// Hashes what is written.
struct Hashed<'h>(&'h mut Sha256);

impl Write for Hashed<'_> {
    fn write_str(&mut self, words: &str) -> std::fmt::Result {
        self.0.update(words);
        Ok(())
    }
}
