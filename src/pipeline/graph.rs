//! The shelf → the world of its documents and its graph: all of it, or what a change of some documents makes of it.

use super::stages::{Stages, info};
use super::{BuildError, Pipeline};
use crate::diagnostic::Diagnostic;
use crate::resolve::{CONTRADICTS, Decision, NOT_APPLIED, Source, World};
use crate::store::{Counts, Said, Shelf, StoreError, Tie};
use crate::text::Span;
use crate::triples::{Graphs, Part};
use oxigraph::model::Quad;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Parts whose quads are made at a time.
const PARTS: usize = 4096;

/// What documents say, without their texts, sorted by their ids; and their world.
pub(super) struct Told {
    pub(super) sources: Vec<Source>,
    /// All but the claims, in the same order.
    rest: Vec<Said>,
    world: World,
    /// Decisions that rule nothing.
    pub(super) idle: Vec<Diagnostic>,
}

impl Told {
    /// The world of some documents, under decisions.
    pub(super) fn of(
        pipeline: &Pipeline,
        documents: impl Iterator<Item = (String, Said)>,
        decisions: &[Decision],
    ) -> Self {
        let (mut sources, mut rest) = (Vec::new(), Vec::new());
        for (document, mut said) in documents {
            let claims = std::mem::take(&mut said.claims);
            sources.push(Source { document, claims });
            rest.push(said);
        }
        let hashes = rest.iter().map(|said| said.hashes.as_slice());
        let (world, idle) = pipeline.stages.resolve(&sources, hashes, decisions);
        Self {
            sources,
            rest,
            world,
            idle,
        }
    }

    /// What each document shares with others.
    pub(super) fn ties(&self, stages: &Stages) -> Vec<(Tie, &str)> {
        let both = self.sources.par_iter().zip(&self.rest);
        both.flat_map_iter(|(source, rest)| {
            let ties = stages.ties(source, &rest.hashes).into_iter();
            ties.map(|tie| (tie, source.document.as_str()))
        })
        .collect()
    }

    pub(super) fn graphs<'a>(&'a self, pipeline: &'a Pipeline) -> Graphs<'a> {
        let said = self.sources.iter().zip(&self.rest);
        let said = said.map(|(source, rest)| crate::triples::Said {
            document: &source.document,
            lang: &rest.lang,
            claims: &source.claims,
            hashes: &rest.hashes,
        });
        let known = pipeline.stages.gazetteer();
        Graphs::new(&self.world, said.collect(), known, &pipeline.base)
    }
}

/// Adds what a document brings to the counts, or takes it away.
pub(super) fn count(counts: &mut Counts, said: &Said, away: bool) {
    let change = |number: &mut usize, by: usize| {
        *number = if away {
            number.saturating_sub(by)
        } else {
            *number + by
        };
    };
    change(&mut counts.documents, 1);
    change(&mut counts.claims, said.claims.len());
    let not_facts = said.claims.iter().filter(|claim| !claim.holds()).count();
    change(&mut counts.not_facts, not_facts);
    let number = |of: u64| usize::try_from(of).unwrap_or(0);
    change(&mut counts.sentences, number(said.sentences.0));
    change(&mut counts.silent, number(said.sentences.1));
}

impl Pipeline {
    /// Reads what all documents of a shelf say, and makes their world; with the counts.
    pub(super) fn told(&self, shelf: &Shelf) -> Result<(Told, Counts), StoreError> {
        let mut counts = Counts::default();
        let mut documents = Vec::new();
        shelf.each_said(|document, said| {
            count(&mut counts, &said, false);
            documents.push((document, said));
        })?;
        let told = Told::of(self, documents.into_iter(), &self.stages.decisions);
        counts.entities = told.world.entities.len();
        counts.events = told.world.events.len();
        counts.conflicts = told.world.conflicts.len();
        Ok((told, counts))
    }

    /// Makes the graph of what all documents of a shelf say, and hands it over a stretch at a time.
    pub(super) fn graph<E: From<BuildError>>(
        &self,
        shelf: &Shelf,
        told: &Told,
        mut take: impl FnMut(Vec<Quad>) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |error: StoreError| E::from(BuildError::Store(error));
        let graphs = told.graphs(self);
        let parts: Vec<Part<'_>> = graphs.parts().collect();
        for some in parts.chunks(PARTS) {
            let made: Vec<Vec<Quad>> = some.par_iter().map(|part| graphs.part(*part)).collect();
            made.into_iter().try_for_each(&mut take)?;
        }
        for source in &told.sources {
            let Some((document, _)) = shelf.document(&source.document).map_err(failed)? else {
                continue;
            };
            let silent = self.stages.silent(&document, &source.claims);
            take(graphs.document(&info(&document, silent)))?;
        }
        Ok(())
    }
}

/// The parts of a world by name.
pub(super) fn named<'w>(graphs: &Graphs<'w>) -> BTreeMap<String, Part<'w>> {
    graphs.parts().map(|part| (part.name(), part)).collect()
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
