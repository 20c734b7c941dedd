//! Joins the stages: sources → documents → claims → world → quads → a store. The only module that knows them all.

mod about;
mod change;
mod dump;
mod graph;
mod inputs;
mod links;
mod packed;
mod reasons;
mod shapes;
mod shelve;
mod sources;
mod stages;

pub use about::About;
pub use links::{links_file, read_links, write_links};
pub use packed::unpacked;
pub use reasons::{Reason, Reasons};
pub use shapes::{
    ValidateError, own_shapes, validate, validate_built, validate_changes, validate_quads,
};
pub use sources::{Input, collect};
pub use stages::{PREFIXES, document_graph};

use crate::diagnostic::Diagnostic;
use crate::document::{Document, Select};
use crate::fact::Claim;
use crate::link::Link;
use crate::resolve::Decision;
use crate::store::{Folder, Manifest, Shelf, State, StoreError};
use change::Done;
use graph::Idle;
use oxigraph::model::Quad;
use sha2::{Digest, Sha256};
use shelve::Shelving;
use stages::Stages;
use std::collections::BTreeSet;

pub use crate::triples::vocabulary::DEFAULT_BASE;

/// Name under which a build notes the decisions that rule nothing.
const IDLE: &str = "idle";
/// Name under which it notes what people had decided.
const DECISIONS: &str = "decisions";

/// The stages, ready to run.
pub struct Pipeline {
    stages: Stages,
    base: String,
    program: String,
    select: Select,
}

/// A message about some input, with the text it points into where there is one.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Id of the file, where it is about one.
    pub id: Option<String>,
    /// The message; its source is the place of the file as the user named it.
    pub diagnostic: Diagnostic,
    /// The text that its span counts in.
    pub text: Option<String>,
}

/// How a build went.
#[derive(Clone, Debug)]
pub struct Summary {
    /// What the store now holds.
    pub manifest: Manifest,
    /// How many files it was made of.
    pub files: usize,
    /// Nothing had changed, and nothing was written.
    pub unchanged: bool,
    /// Files read anew.
    pub read: usize,
    /// Files taken from the last build.
    pub reused: usize,
    /// Ids of files withdrawn because they are no longer among the sources (`prune`).
    pub withdrawn: Vec<String>,
    /// Files of earlier builds that are not among the sources and were kept.
    pub kept: usize,
    /// The store was written anew, and not only where it changed.
    pub anew: bool,
    /// Quads that were put in, and quads that were taken out.
    pub written: (u64, u64),
    /// What was written, where not all was.
    pub changed: Changed,
    /// Documents that have a say in what changed, from which it was made again.
    pub near: usize,
    /// What could not be used.
    pub problems: Vec<Problem>,
    /// Decisions that rule nothing any more.
    pub idle: Vec<Diagnostic>,
}

/// What of a graph a build wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// IRIs of things of the world.
    pub subjects: BTreeSet<String>,
    /// IRIs of documents' graphs.
    pub graphs: BTreeSet<String>,
}

/// Why a build made nothing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// None of the sources could be read; holds why.
    #[error("none of the sources could be read, so nothing was built")]
    Nothing(Vec<Problem>),
    /// The rules or data of the program are broken.
    #[error("{0}")]
    Program(String),
    /// A claim's quote does not stand where the claim says: a fault of the program.
    #[error("{0}")]
    Quote(Diagnostic),
    /// The file of links beside the store is broken or cannot be written.
    #[error("{0}")]
    Links(String),
    /// The store could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Pipeline {
    /// The stages with their embedded rules and data; entities will live under `base`.
    ///
    /// # Errors
    /// [`BuildError::Program`] when rules or data cannot be read.
    pub fn new(base: &str) -> Result<Self, BuildError> {
        let stages = Stages::embedded().map_err(BuildError::Program)?;
        let mut program = Sha256::new();
        program.update(env!("CARGO_PKG_VERSION"));
        program.update(stages.fingerprint());
        // The rules in Rust count too, and every build of the program has its own bytes.
        if let Ok(bytes) = std::env::current_exe().and_then(std::fs::read) {
            program.update(&bytes);
        }
        Ok(Self {
            stages,
            base: base.to_owned(),
            program: hex(program),
            select: Select::All,
        })
    }

    /// Replays what people decided, beside the program's own decisions; `source` names their table. Rows that are no decisions are told of.
    pub fn deciding(&mut self, source: &str, table: &str) -> Vec<Diagnostic> {
        let (found, wrong) = crate::resolve::decisions(source, table, &self.base);
        self.stages.decisions.extend(found);
        self.stages.decisions.sort();
        wrong
    }

    /// Reads only such pages of MediaWiki dumps.
    #[must_use]
    pub fn selecting(self, select: Select) -> Self {
        Self { select, ..self }
    }

    /// What one document, taken whole, says of each event.
    #[must_use]
    pub fn accounts(&self, document: &str, claims: &[Claim]) -> Vec<crate::resolve::Account> {
        let source = crate::resolve::Source {
            document: document.to_owned(),
            claims: claims.to_vec(),
        };
        self.stages
            .resolve(&[source], std::iter::empty(), &[])
            .0
            .accounts
    }

    /// What each sentence of a document gave.
    #[must_use]
    pub fn coverage(&self, document: &Document, claims: &[Claim]) -> crate::check::Coverage {
        self.stages.coverage(document, claims)
    }

    /// Reads the documents of one file and their claims.
    ///
    /// # Errors
    /// A [`Problem`] when the bytes hold no document.
    pub fn read_bytes(
        &self,
        id: &str,
        bytes: &[u8],
    ) -> Result<Vec<(Document, Vec<Claim>)>, Box<Problem>> {
        let documents = self.stages.read(id, bytes).map_err(|diagnostic| {
            Box::new(Problem {
                id: Some(id.to_owned()),
                diagnostic,
                text: std::str::from_utf8(bytes).ok().map(str::to_owned),
            })
        })?;
        Ok(documents
            .into_iter()
            .map(|document| {
                let claims = self.stages.extract(&document);
                (document, claims)
            })
            .collect())
    }

    /// Reads sources and hands over the quads of their world and of what each says, in no order; gives what could not be used. The documents
    /// stand on disk meanwhile; what they claim is held in memory.
    ///
    /// # Errors
    /// [`BuildError`], or the first error of `take`.
    pub fn convert<E: From<BuildError>>(
        &self,
        sources: &[String],
        progress: &(dyn Fn(usize, usize) + Sync),
        mut take: impl FnMut(Quad) -> Result<(), E>,
    ) -> Result<Vec<Problem>, E> {
        let failed = |error| E::from(BuildError::Store(error));
        let shelf = Shelf::temporary().map_err(failed)?;
        let (done, _) = Shelving::new(self, &shelf)
            .map_err(failed)?
            .read(sources, false, progress)?;
        let (told, _) = self.told(&shelf).map_err(failed)?;
        self.graph(&shelf, &told, |quads: Vec<Quad>| {
            quads.into_iter().try_for_each(&mut take)
        })?;
        Ok(done.problems)
    }

    /// Builds a store from sources. Files that an earlier build read from elsewhere stay, unless `prune`.
    ///
    /// # Errors
    /// [`BuildError`]; the old store is then as it was.
    pub fn build(
        &self,
        folder: &Folder,
        sources: &[String],
        prune: bool,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Summary, BuildError> {
        let builder = folder.build()?;
        let old = builder.previous()?;
        let links = read_links(folder)?;
        let shelf = builder.shelf();
        let before = shelf.state()?;
        if before.generation.is_some() && before.program == self.program && before.base == self.base
        {
            shelf.note_changes();
        }
        let (done, mut state) = Shelving::new(self, shelf)?.read(sources, prune, progress)?;
        if done.read + done.reused == 0 && !done.problems.is_empty() {
            return Err(BuildError::Nothing(done.problems));
        }
        state.base.clone_from(&self.base);
        let content = self.content(&state, &links);
        let summary = |manifest: Manifest, unchanged: bool| Summary {
            anew: false,
            written: (0, 0),
            changed: Changed::default(),
            near: 0,
            manifest,
            files: usize::try_from(state.count).unwrap_or(usize::MAX),
            unchanged,
            read: done.read,
            reused: done.reused,
            withdrawn: done.withdrawn.clone(),
            kept: done.kept,
            problems: done.problems.clone(),
            idle: Vec::new(),
        };
        if let Some(old) = &old
            && old.content == content
            && before.generation.is_some()
        {
            let idle: Vec<Idle> = shelf.noted(IDLE)?.unwrap_or_default();
            return Ok(Summary {
                idle: idle.into_iter().map(Diagnostic::from).collect(),
                ..summary(old.clone(), true)
            });
        }
        // Where most is new, or much of what was dropped still takes room, a store from nothing is made sooner.
        let known = shelf.take_changed();
        let goes_on = old.as_ref().zip(known).filter(|(old, known)| {
            before.dropped <= before.quads && known.len() * 2 <= old.counts.documents
        });
        let anew = goes_on.is_none();
        let mut generation = builder.start(&content, anew)?;
        let Done {
            written: (mut put, mut taken),
            changed,
            near,
            counts,
            idle,
        } = if let Some((old, known)) = goes_on {
            let decided: Vec<Decision> = shelf.noted(DECISIONS)?.unwrap_or_default();
            self.change(shelf, &mut generation, known, &decided, old.counts)?
        } else {
            (state.quads, state.dropped) = (0, 0);
            let (told, counts) = self.told(shelf)?;
            shelf.tie_all(told.ties(&self.stages))?;
            let mut put = 0;
            self.graph(shelf, &told, |quads| {
                // The same triple may be told twice.
                let mut told: BTreeSet<String> = BTreeSet::new();
                for quad in quads {
                    if told.insert(quad.to_string()) {
                        put += 1;
                        generation.put(quad)?;
                    }
                }
                Ok::<(), BuildError>(())
            })?;
            Done {
                written: (put, 0),
                changed: Changed::default(),
                near: counts.documents,
                counts,
                idle: told.idle,
            }
        };
        let (more, less) = self.replay_links(&mut generation, &links)?;
        put += more;
        taken += less;
        state.quads = state.quads + put - taken;
        state.dropped += taken;
        shelf.set_state(&state)?;
        shelf.note(IDLE, &idle.iter().map(Idle::from).collect::<Vec<_>>())?;
        shelf.note(DECISIONS, &self.stages.decisions)?;
        let manifest = Manifest {
            quads: usize::try_from(state.quads).unwrap_or(usize::MAX),
            content,
            program: self.program.clone(),
            base: self.base.clone(),
            counts,
        };
        let summary = Summary {
            anew,
            written: (put, taken),
            changed,
            near,
            idle,
            ..summary(manifest, false)
        };
        builder.finish(generation, &summary.manifest)?;
        Ok(summary)
    }

    /// Hash of everything that decides what a store holds.
    fn content(&self, state: &State, links: &[Link]) -> String {
        let mut content = Sha256::new();
        for part in [state.program.as_str(), self.base.as_str()] {
            content.update((part.len() as u64).to_le_bytes());
            content.update(part);
        }
        for number in state.files.0.iter().chain([&state.count]) {
            content.update(number.to_le_bytes());
        }
        content.update(format!("{:?}{links:?}", self.stages.decisions));
        hex(content)
    }
}

fn hex(hash: Sha256) -> String {
    hash.finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Checks that every passage of every claim is a stretch of the document's text that is not blank.
fn check_quotes(document: &Document, claims: &[Claim]) -> Result<(), Diagnostic> {
    for claim in claims {
        let broken = claim.evidence.iter().find(|evidence| {
            document
                .text
                .get(evidence.span.start..evidence.span.end)
                .is_none_or(|quote| quote.trim().is_empty())
        });
        let lost = |message: &str| {
            Diagnostic::error(
                "claim.quote-lost",
                format!(
                    "rule {} gave a {} claim {message}",
                    claim.rule,
                    claim.fact.kind.name()
                ),
            )
            .in_source(document.id.clone())
            .help("this is a fault of the program: please report it with the document")
        };
        if claim.evidence.is_empty() {
            return Err(lost("without a passage"));
        }
        if let Some(evidence) = broken {
            return Err(lost("whose passage is not in the text").at(evidence.span));
        }
    }
    Ok(())
}

/// How many sentences and list items a document has, and how many of them no claim cites.
fn silent(document: &Document, claims: &[Claim]) -> (u64, u64) {
    let (mut sentences, mut silent) = (0, 0);
    let cited: BTreeSet<_> = claims
        .iter()
        .flat_map(|claim| claim.evidence.iter().map(|evidence| evidence.span))
        .collect();
    // Ends of the passages up to each, the farthest, so that one look tells whether any reaches a sentence.
    let mut farthest = 0;
    let reach: Vec<(usize, usize)> = cited
        .iter()
        .map(|span| {
            farthest = farthest.max(span.end);
            (span.start, farthest)
        })
        .collect();
    for sentence in document.blocks.iter().flat_map(|block| &block.sentences) {
        sentences += 1;
        let before = reach.partition_point(|(start, _)| *start < sentence.end);
        let end = before.checked_sub(1).and_then(|last| reach.get(last));
        silent += u64::from(end.is_none_or(|(_, end)| *end <= sentence.start));
    }
    (sentences, silent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{Evidence, EvidenceRole};
    use crate::text::Span;

    #[test]
    fn a_quote_that_is_not_in_its_place_fails_the_build() {
        let pipeline = Pipeline::new(DEFAULT_BASE).unwrap();
        let text = "= Perú–France relations =\n\nFrance and Perú established diplomatic relations in 1826.\n";
        let documents = pipeline.read_bytes("a.txt", text.as_bytes()).unwrap();
        let (document, good) = documents.into_iter().next().unwrap();
        assert!(check_quotes(&document, &good).is_ok());
        // past the end, between the two bytes of "ú", blank, none at all
        let inside = text.find('ú').unwrap();
        let blank = text.find("\n\n").unwrap();
        for span in [
            Some(Span::new(text.len() - 2, text.len() + 2)),
            Some(Span::new(0, inside + 1)),
            Some(Span::new(blank, blank + 2)),
            None,
        ] {
            let mut broken = good.clone();
            let role = EvidenceRole::Statement;
            broken[0].evidence = span
                .map(|span| Evidence { span, role })
                .into_iter()
                .collect();
            let found = check_quotes(&document, &broken).unwrap_err();
            assert_eq!(found.code, "claim.quote-lost");
            assert_eq!(found.source.as_deref(), Some("a.txt"));
        }
    }
}
