//! The shelf → the world of all its documents and its graph, of which only those parts are made that changed.

use super::stages::info;
use super::{BuildError, Pipeline};
use crate::diagnostic::Diagnostic;
use crate::resolve::{CONTRADICTS, NOT_APPLIED, Source};
use crate::store::{Counts, Made, Said, Shelf};
use crate::text::Span;
use crate::triples::{Graphs, Part, Print, document_iri, print_of};
use oxigraph::model::Quad;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// A part of the graph that changed.
pub(super) struct Change {
    /// Where its quads stand.
    pub(super) place: Place,
    /// What it now holds.
    pub(super) quads: Vec<Quad>,
}

/// Where the quads of a part stand, before and after.
pub(super) enum Place {
    /// In the default graph, with these subjects (before).
    World(Vec<String>),
    /// In the graph of this name.
    Document(String),
}

/// The documents of a shelf without their texts, sorted by id.
#[derive(Default)]
struct Documents {
    sources: Vec<Source>,
    rest: Vec<Said>,
}

impl Pipeline {
    /// Makes the graph of a shelf anew, or that of it which is not as the last build made it: hands over every part that changed, is new or is
    /// no longer; gives with the counts the decisions of people that rule nothing. `keep` notes what was made, for the next build.
    pub(super) fn graph<E: From<BuildError>>(
        &self,
        shelf: &Shelf,
        keep: bool,
        mut change: impl FnMut(Change) -> Result<(), E>,
    ) -> Result<(Counts, Vec<Diagnostic>), E> {
        let mut documents = Documents::default();
        let mut counts = Counts::default();
        let failed = |error| E::from(BuildError::Store(error));
        shelf
            .each_said(|document, mut said| {
                counts.documents += 1;
                counts.claims += said.claims.len();
                counts.not_facts += said.claims.iter().filter(|claim| !claim.holds()).count();
                counts.sentences += usize::try_from(said.sentences.0).unwrap_or(0);
                counts.silent += usize::try_from(said.sentences.1).unwrap_or(0);
                let claims = std::mem::take(&mut said.claims);
                documents.sources.push(Source { document, claims });
                documents.rest.push(said);
            })
            .map_err(failed)?;
        let hashes = documents.rest.iter().map(|said| said.hashes.as_slice());
        let (world, idle) = self.stages.resolve(&documents.sources, hashes);
        counts.entities = world.entities.len();
        counts.events = world.events.len();
        counts.conflicts = world.conflicts.len();
        let said = documents
            .sources
            .iter()
            .zip(&documents.rest)
            .map(|(source, rest)| crate::triples::Said {
                document: &source.document,
                lang: &rest.lang,
                claims: &source.claims,
                hashes: &rest.hashes,
            })
            .collect();
        let graphs = Graphs::new(&world, said, self.stages.gazetteer(), &self.base);
        let mut there = BTreeSet::new();
        let parts: Vec<Part<'_>> = graphs.parts().collect();
        let prints: Vec<Print> = parts.par_iter().map(|part| graphs.print(*part)).collect();
        for (part, print) in parts.into_iter().zip(prints) {
            let name = format!("w/{}", part.name());
            there.insert(name.clone());
            let old = shelf.made(&name).map_err(failed)?;
            if old.as_ref().is_some_and(|old| old.print == print) {
                continue;
            }
            let quads = graphs.part(part);
            if keep {
                let made = Made {
                    print,
                    subjects: self.subjects(&quads),
                };
                shelf.set_made(&name, Some(&made)).map_err(failed)?;
            }
            let before = old.map(|old| old.subjects).unwrap_or_default();
            let place = Place::World(before.iter().map(|s| format!("{}{s}", self.base)).collect());
            change(Change { place, quads })?;
        }
        let links: Vec<Print> = documents
            .sources
            .par_iter()
            .map(|source| graphs.links_print(&source.document))
            .collect();
        let all = documents.sources.iter().zip(&documents.rest).zip(links);
        for ((source, rest), links) in all {
            let id = &source.document;
            let name = format!("d/{id}");
            let print = both(rest.print, links);
            let old = shelf.made(&name).map_err(failed)?;
            if old.is_some_and(|old| old.print == print) {
                continue;
            }
            let Some((document, said)) = shelf.document(id).map_err(failed)? else {
                continue;
            };
            if keep {
                let subjects = Vec::new();
                shelf
                    .set_made(&name, Some(&Made { print, subjects }))
                    .map_err(failed)?;
            }
            change(Change {
                place: Place::Document(document_iri(&self.base, id).into_string()),
                quads: graphs.document(&info(
                    &document,
                    self.stages.silent(&document, &said.claims),
                )),
            })?;
        }
        let stands = |name: &str| match name.strip_prefix("d/") {
            Some(id) => world
                .sources
                .binary_search_by(|s| s.as_str().cmp(id))
                .is_ok(),
            None => there.contains(name),
        };
        for name in shelf.made_without(stands).map_err(failed)? {
            let old = shelf.made(&name).map_err(failed)?.unwrap_or_default();
            shelf.set_made(&name, None).map_err(failed)?;
            let place = match name.strip_prefix("d/") {
                Some(id) => Place::Document(document_iri(&self.base, id).into_string()),
                None => Place::World(
                    old.subjects
                        .iter()
                        .map(|s| format!("{}{s}", self.base))
                        .collect(),
                ),
            };
            change(Change {
                place,
                quads: Vec::new(),
            })?;
        }
        Ok((counts, idle))
    }

    /// The subjects of quads, without the base.
    fn subjects(&self, quads: &[Quad]) -> Vec<String> {
        let subjects: BTreeSet<String> = quads
            .iter()
            .map(|quad| {
                let subject = quad.subject.to_string();
                let subject = subject.trim_start_matches('<').trim_end_matches('>');
                subject
                    .strip_prefix(&self.base)
                    .unwrap_or(subject)
                    .to_owned()
            })
            .collect();
        subjects.into_iter().collect()
    }
}

fn both(a: Print, b: Print) -> Print {
    let mut hash = Sha256::new();
    hash.update(a);
    hash.update(b);
    print_of(hash)
}

/// A decision that rules nothing, as a build notes it for the next one.
#[derive(Serialize, Deserialize)]
pub(super) struct Idle {
    contradicts: bool,
    message: String,
    source: Option<String>,
    span: Option<Span>,
    help: Option<String>,
}

impl From<&Diagnostic> for Idle {
    fn from(told: &Diagnostic) -> Self {
        Self {
            contradicts: told.code == CONTRADICTS,
            message: told.message.clone(),
            source: told.source.clone(),
            span: told.span,
            help: told.help.clone(),
        }
    }
}

impl From<Idle> for Diagnostic {
    fn from(idle: Idle) -> Self {
        let code = if idle.contradicts {
            CONTRADICTS
        } else {
            NOT_APPLIED
        };
        Self {
            source: idle.source,
            span: idle.span,
            help: idle.help,
            ..Self::warning(code, idle.message)
        }
    }
}
