//! The pure stages behind thin adapters.

use crate::check::{Coverage, Outcome, coverage};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Lang};
use crate::extract::{Engine, Mark};
use crate::fact::{BodyClass, Claim};
use crate::language::Gazetteer;
use crate::resolve::{
    Decision, EntityKind, Source, Topics, Tying, World, claim_tie, decisions, resolve_decided, ties,
};
use crate::text::Span;
use crate::triples::DocumentInfo;
use std::collections::BTreeMap;

pub use crate::triples::vocabulary::PREFIXES;

/// The stages with their rules and data.
pub(super) struct Stages {
    engine: Engine,
    topics: Topics,
    gazetteer: crate::triples::Gazetteer,
    /// What people decided: the program's own table, and a user's.
    pub(super) decisions: Vec<Decision>,
}

/// IRI of the named graph that holds what a document says.
#[must_use]
pub fn document_graph(base: &str, document: &str) -> String {
    crate::triples::document_iri(base, document).into_string()
}

impl Stages {
    pub(super) fn embedded() -> Result<Self, String> {
        let gazetteer = Gazetteer::embedded().map_err(|error| error.to_string())?;
        Ok(Self {
            engine: Engine::embedded().map_err(|error| error.to_string())?,
            topics: Topics::parse(TOPICS).map_err(|error| error.to_string())?,
            decisions: decisions("data/decisions.csv", DECISIONS, "").0,
            gazetteer: known_of_entities(&gazetteer),
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

    pub(super) fn marks(&self, document: &Document, claims: &[Claim]) -> Vec<Vec<Mark>> {
        self.engine.marks(document, claims)
    }

    /// What a rule finds, by the name that claims give it (`en.visit.verb`).
    pub(super) fn says(&self, rule: &str) -> Option<&str> {
        let (tag, id) = rule.split_once('.')?;
        let rule = self.engine.lexicon(Lang::parse(tag)?)?.rule(id)?;
        Some(&rule.says)
    }

    /// The sentences and items of a document that tell of facts and were not understood, in order.
    pub(super) fn silent(&self, document: &Document, claims: &[Claim]) -> Vec<Span> {
        let Some(lexicon) = self.engine.lexicon(document.lang) else {
            return Vec::new();
        };
        // which words the claims took tells only what sentences with claims may have left over
        let lines = coverage(document, claims, &[], lexicon).lines;
        let silent = lines
            .iter()
            .filter(|line| line.outcome == Outcome::NotUnderstood);
        silent.map(|line| line.span).collect()
    }

    pub(super) fn coverage(&self, document: &Document, claims: &[Claim]) -> Coverage {
        let Some(lexicon) = self.engine.lexicon(document.lang) else {
            return Coverage::default();
        };
        let marks = self.engine.marks(document, claims);
        let taken: Vec<Vec<Span>> = marks
            .iter()
            .map(|marks| marks.iter().map(|mark| mark.span).collect())
            .collect();
        coverage(document, claims, &taken, lexicon)
    }

    /// What a document shares with others; `hashes` are those of its claims.
    pub(super) fn ties(&self, source: &Source, hashes: &[String]) -> Vec<crate::store::Tie> {
        let shared = ties(source, self.tying());
        let shared = shared.iter().map(|tie| (tie.key, tie.form));
        let claims = hashes.iter().map(|hash| (claim_tie(hash), 0));
        shared.chain(claims).collect()
    }

    /// What ties documents together is read by.
    pub(super) fn tying(&self) -> Tying<'_> {
        Tying {
            topics: &self.topics,
            governs: &self.gazetteer.governs,
        }
    }

    /// What all documents say together under what people decided, and the decisions that rule nothing; `hashes` are those of each source's
    /// claims.
    pub(super) fn resolve<'h>(
        &self,
        sources: &[Source],
        hashes: impl Iterator<Item = &'h [String]>,
        decisions: &[Decision],
    ) -> (World, Vec<Diagnostic>) {
        if decisions.is_empty() {
            let world = crate::resolve::resolve(sources, &self.topics);
            return (world, Vec::new());
        }
        let mut places = BTreeMap::new();
        for (source, hashes) in sources.iter().zip(hashes) {
            for (at, hash) in hashes.iter().enumerate() {
                places.insert(hash.clone(), (source.document.clone(), at));
            }
        }
        resolve_decided(sources, &self.topics, decisions, &places)
    }

    /// What the gazetteer adds to entities.
    pub(super) fn gazetteer(&self) -> &crate::triples::Gazetteer {
        &self.gazetteer
    }
}

/// What is known of a document besides its claims.
pub(super) fn info(document: &Document, silent: Vec<Span>) -> DocumentInfo {
    DocumentInfo {
        id: document.id.clone(),
        title: document.title.clone(),
        lang: document.lang.tag().to_owned(),
        licence: document.metadata.license.clone(),
        publisher: document.metadata.publisher.clone(),
        date: document.metadata.date.clone(),
        url: document.metadata.url.clone(),
        hash: document.hash.clone(),
        text: document.text.clone(),
        silent,
    }
}

/// What the gazetteer adds to the entities of the world: names in three languages, which state a government governs, and where
/// cities lie.
fn known_of_entities(gazetteer: &Gazetteer) -> crate::triples::Gazetteer {
    let named = |names: &[String]| -> Vec<(String, String)> {
        Lang::ALL
            .iter()
            .zip(names)
            .filter(|(_, name)| !name.is_empty())
            .map(|(lang, name)| (lang.tag().to_owned(), name.clone()))
            .collect()
    };
    let bodies = gazetteer.bodies().iter().map(|body| {
        let kind = match body.class {
            BodyClass::State => EntityKind::State,
            BodyClass::Government => EntityKind::Government,
            BodyClass::Organisation => EntityKind::Organisation,
        };
        ((kind, body.key.clone()), named(&body.names))
    });
    let cities = gazetteer
        .cities()
        .iter()
        .map(|city| ((EntityKind::Place, city.key.clone()), named(&city.names)));
    crate::triples::Gazetteer {
        names: bodies.chain(cities).collect(),
        governs: gazetteer
            .bodies()
            .iter()
            .filter(|body| body.class == BodyClass::Government)
            .filter_map(|body| Some((body.key.clone(), body.of.clone()?)))
            .collect(),
        coordinates: gazetteer
            .cities()
            .iter()
            .filter_map(|city| Some((city.key.clone(), city.at.clone()?)))
            .collect(),
    }
}

/// Words for what treaties and talks are about.
const TOPICS: &str = include_str!("../../data/languages/topics.tsv");

/// What the project decided about identity and disagreement.
const DECISIONS: &str = include_str!("../../data/decisions.csv");
