//! Joins the stages: sources → documents → claims → world → quads → a store. The only module that knows them all.

mod about;
mod dump;
mod inputs;
mod packed;
mod reasons;
mod shapes;
mod sources;
mod stages;

pub use about::About;
pub use reasons::{Reason, Reasons};
pub use shapes::{ValidateError, own_shapes, validate, validate_quads};
pub use sources::{Input, collect};
pub use stages::{PREFIXES, document_graph};

use crate::diagnostic::Diagnostic;
use crate::document::{Document, Select};
use crate::fact::Claim;
use crate::resolve::{Source, World};
use crate::store::{Counts, Folder, Manifest, Reading, Readings, StoreError, documents};
use oxigraph::model::Quad;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use stages::Stages;
use std::collections::BTreeSet;

pub use crate::triples::vocabulary::DEFAULT_BASE;

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

/// A reading, whether it was taken from the last build, and what of its file could not be read.
type ReadResult = Result<(Reading, bool, Vec<Problem>), Box<Problem>>;

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct ReadInputs {
    /// Readings by the id of the file.
    pub readings: Readings,
    /// How many of them were taken from the last build as they were.
    pub reused: usize,
    /// What could not be used.
    pub problems: Vec<Problem>,
}

/// What an earlier build read, and by which program.
#[derive(Clone, Debug, Default)]
pub struct Previous {
    /// [`Manifest::program`]
    pub program: String,
    /// Its readings.
    pub readings: Readings,
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
    /// What could not be used.
    pub problems: Vec<Problem>,
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

    /// Reads only such pages of MediaWiki dumps.
    #[must_use]
    pub fn selecting(self, select: Select) -> Self {
        Self { select, ..self }
    }

    /// Reads sources (files, folders, `-`), on all cores; what `previous` holds and has not changed is taken from there.
    /// `progress` is told how many files are done. The result does not depend on the number of cores.
    pub fn read(
        &self,
        sources: &[String],
        previous: &Previous,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> ReadInputs {
        let (inputs, problems) = collect(sources);
        let total = inputs.len();
        let done = std::sync::atomic::AtomicUsize::new(0);
        let results: Vec<(Input, ReadResult)> = inputs
            .into_par_iter()
            .map(|input| {
                let result = self.read_input(&input, previous);
                let done = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
                progress(done, total);
                (input, result)
            })
            .collect();
        let mut read = ReadInputs {
            problems,
            ..ReadInputs::default()
        };
        for (input, result) in results {
            match result {
                Err(problem) => read.problems.push(*problem),
                Ok((reading, reused, problems)) => {
                    read.problems.extend(problems);
                    read.add(&input, reading, reused);
                }
            }
        }
        read
    }

    /// A document with what is told of its file, and its claims.
    fn claims(&self, mut document: Document, input: &Input) -> (Document, Vec<Claim>) {
        if let Some(about) = &input.about {
            about.fill(&mut document);
        }
        let claims = self.stages.extract(&document);
        (document, claims)
    }

    /// What one document, taken whole, says of each event.
    #[must_use]
    pub fn accounts(&self, document: &str, claims: &[Claim]) -> Vec<crate::resolve::Account> {
        let source = crate::resolve::Source {
            document: document.to_owned(),
            claims: claims.to_vec(),
        };
        self.stages.resolve(&[source]).accounts
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

    /// All readings together: the world and its quads, every claim's quotes checked.
    ///
    /// # Errors
    /// [`BuildError::Quote`] when a claim points outside its document or between two bytes of a character.
    pub fn join(&self, readings: &Readings) -> Result<(World, Vec<Quad>, Counts), BuildError> {
        let documents = documents(readings);
        let mut counts = Counts::default();
        for (document, claims) in &documents {
            check_quotes(document, claims).map_err(BuildError::Quote)?;
            count(document, claims, &mut counts);
        }
        let sources: Vec<Source> = documents
            .iter()
            .map(|(document, claims)| stages::source(document, claims))
            .collect();
        let world = self.stages.resolve(&sources);
        counts.entities = world.entities.len();
        counts.events = world.events.len();
        counts.conflicts = world.conflicts.len();
        let quads = self.stages.quads(&documents, &sources, &world, &self.base);
        Ok((world, quads, counts))
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
        let (old, previous) = match builder.previous()? {
            Some((manifest, readings)) => {
                let program = manifest.program.clone();
                (manifest, Previous { program, readings })
            }
            None => Default::default(),
        };
        let ReadInputs {
            mut readings,
            reused,
            problems,
        } = self.read(sources, &previous, progress);
        if readings.is_empty() && !problems.is_empty() {
            return Err(BuildError::Nothing(problems));
        }
        let read = readings.len() - reused;
        let named: BTreeSet<String> = problems
            .iter()
            .filter_map(|problem| problem.id.clone())
            .collect();
        let mut withdrawn = Vec::new();
        let mut kept = 0;
        for (id, reading) in &previous.readings {
            if readings.contains_key(id) {
                continue;
            }
            if prune || named.contains(id) {
                withdrawn.push(id.clone());
            } else {
                kept += 1;
                readings.insert(id.clone(), self.renew(reading, &previous));
            }
        }
        let files = readings.len();
        let content = self.content(&readings);
        if old.content == content {
            return Ok(Summary {
                manifest: old,
                files,
                unchanged: true,
                read,
                reused,
                withdrawn,
                kept,
                problems,
            });
        }
        let (_, quads, counts) = self.join(&readings)?;
        let manifest = builder.finish(
            quads,
            Manifest {
                content,
                program: self.program.clone(),
                base: self.base.clone(),
                counts,
                ..Manifest::default()
            },
            &readings,
        )?;
        Ok(Summary {
            manifest,
            files,
            unchanged: false,
            read,
            reused,
            withdrawn,
            kept,
            problems,
        })
    }

    /// A reading of an earlier build whose file is not at hand: its documents are read by the rules of today.
    fn renew(&self, reading: &Reading, previous: &Previous) -> Reading {
        if previous.program == self.program {
            return reading.clone();
        }
        Reading {
            hash: reading.hash.clone(),
            documents: reading
                .documents
                .iter()
                .map(|(document, _)| (document.clone(), self.stages.extract(document)))
                .collect(),
        }
    }

    /// Hash of everything that decides what a store holds.
    fn content(&self, readings: &Readings) -> String {
        let mut content = Sha256::new();
        for part in [self.program.as_str(), self.base.as_str()]
            .into_iter()
            .chain(
                readings
                    .iter()
                    .flat_map(|(id, r)| [id.as_str(), r.hash.as_str()]),
            )
        {
            content.update((part.len() as u64).to_le_bytes());
            content.update(part);
        }
        hex(content)
    }
}

impl ReadInputs {
    /// Adds a reading; a second one of the same id is dropped when its bytes are the same, else it is a problem.
    fn add(&mut self, input: &Input, reading: Reading, reused: bool) {
        match self.readings.get(&input.id) {
            None => {
                self.reused += usize::from(reused);
                self.readings.insert(input.id.clone(), reading);
            }
            Some(known) if known.hash == reading.hash => {}
            Some(_) => self.problems.push(inputs::same_id(input)),
        }
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

fn count(document: &Document, claims: &[Claim], counts: &mut Counts) {
    counts.documents += 1;
    counts.claims += claims.len();
    counts.not_facts += claims.iter().filter(|claim| !claim.holds()).count();
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
        counts.sentences += 1;
        let before = reach.partition_point(|(start, _)| *start < sentence.end);
        let end = before.checked_sub(1).and_then(|last| reach.get(last));
        let silent = end.is_none_or(|(_, end)| *end <= sentence.start);
        counts.silent += usize::from(silent);
    }
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
        let hash = String::new();
        let good: Readings = [("a.txt".to_owned(), Reading { hash, documents })].into();
        assert!(pipeline.join(&good).is_ok());
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
            let claims = &mut broken.get_mut("a.txt").unwrap().documents[0].1;
            let role = EvidenceRole::Statement;
            claims[0].evidence = span
                .map(|span| Evidence { span, role })
                .into_iter()
                .collect();
            let Err(BuildError::Quote(found)) = pipeline.join(&broken) else {
                panic!("{span:?} passes");
            };
            assert_eq!(found.code, "claim.quote-lost");
            assert_eq!(found.source.as_deref(), Some("a.txt"));
        }
    }
}
