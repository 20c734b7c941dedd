//! Sources → the shelf: each file that changed is read, its documents that changed are understood, and what is no longer there goes.

use super::inputs::{FILES, Known, Looked, Turned};
use super::{BuildError, Pipeline, Problem, check_quotes, collect, silent};
use crate::document::Document;
use crate::store::{File, Said, Shelf, State, StoreError};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// How the reading of sources went.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelved {
    /// Files read anew.
    pub(super) read: usize,
    /// Files as they were.
    pub(super) reused: usize,
    /// Ids of files taken out.
    pub(super) withdrawn: Vec<String>,
    /// Files of earlier builds that were kept.
    pub(super) kept: usize,
    /// Documents that were put on the shelf.
    pub(super) documents: usize,
    /// What could not be used.
    pub(super) problems: Vec<Problem>,
}

/// The shelf in the hand of a pipeline: what its documents say is what the pipeline's rules give.
pub(super) struct Shelving<'a> {
    pipeline: &'a Pipeline,
    shelf: &'a Shelf,
    /// Its rules made what is on the shelf.
    same_rules: bool,
    state: State,
    done: Shelved,
}

/// A document on its way to its place.
struct Arriving {
    file: String,
    place: u64,
    document: Document,
}

impl<'a> Shelving<'a> {
    pub(super) fn new(pipeline: &'a Pipeline, shelf: &'a Shelf) -> Result<Self, StoreError> {
        let state = shelf.state()?;
        Ok(Self {
            pipeline,
            shelf,
            same_rules: state.program == pipeline.program,
            state,
            done: Shelved::default(),
        })
    }

    /// Reads sources (files, folders, `-`) on all cores; what has not changed is left as it is. Gives how it went and what the shelf then
    /// belongs to. Neither many files nor a large dump take more memory than some of their documents do.
    pub(super) fn read(
        mut self,
        sources: &[String],
        prune: bool,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<(Shelved, State), BuildError> {
        let (inputs, problems) = collect(sources);
        self.done.problems = problems;
        let total = inputs.len();
        let mut known = Known::default();
        let mut count = 0;
        for inputs in inputs.chunks(FILES) {
            let before: Vec<Option<String>> = inputs
                .iter()
                .map(|input| Ok(self.shelf.file(&input.id)?.map(|file| file.hash)))
                .collect::<Result<_, StoreError>>()?;
            let pipeline = self.pipeline;
            let same_rules = self.same_rules;
            let looked: Vec<_> = inputs
                .par_iter()
                .zip(&before)
                .map(|(input, before)| {
                    pipeline.look(input, before.as_deref().filter(|_| same_rules))
                })
                .collect();
            let mut arriving = Vec::new();
            let mut ended = Vec::new();
            for ((input, looked), before) in inputs.iter().zip(looked).zip(before) {
                let looked = match looked {
                    Ok(Looked::InTurn { hash }) => {
                        let new = hash
                            .as_ref()
                            .is_none_or(|hash| known.is_new(input, hash, &mut self.done.problems));
                        if !new {
                            continue;
                        }
                        let mut place = 0;
                        let turned = self.pipeline.turn(input, &mut |documents| {
                            let batch = documents.into_iter().map(|document| {
                                let arriving = Arriving {
                                    file: input.id.clone(),
                                    place,
                                    document,
                                };
                                place += 1;
                                arriving
                            });
                            self.put(batch.collect())
                        })?;
                        match turned {
                            Ok(Turned::Whole(looked)) => Ok(looked),
                            Err(problem) => Err(problem),
                            Ok(Turned::Ended(end)) => {
                                self.done.problems.extend(end.problems);
                                match end.hash {
                                    Ok(hash) => {
                                        if input.path.is_none() {
                                            known.is_new(input, &hash, &mut self.done.problems);
                                        }
                                        ended.push((input.id.clone(), hash, place));
                                    }
                                    Err(problem) => {
                                        self.withdraw(&input.id)?;
                                        self.done.problems.push(*problem);
                                    }
                                }
                                continue;
                            }
                        }
                    }
                    looked => looked,
                };
                match looked {
                    Err(problem) => self.done.problems.push(*problem),
                    Ok(Looked::InTurn { .. }) => {}
                    Ok(Looked::Unchanged) => {
                        let hash = before.unwrap_or_default();
                        if known.is_new(input, &hash, &mut self.done.problems) {
                            self.done.reused += 1;
                        }
                    }
                    Ok(Looked::Read {
                        hash,
                        documents,
                        problems,
                    }) => {
                        self.done.problems.extend(problems);
                        if known.is_new(input, &hash, &mut self.done.problems) {
                            ended.push((input.id.clone(), hash, documents.len() as u64));
                            arriving.extend((0..).zip(documents).map(|(place, document)| {
                                Arriving {
                                    file: input.id.clone(),
                                    place,
                                    document,
                                }
                            }));
                        }
                    }
                }
            }
            self.put(arriving)?;
            for (id, hash, documents) in ended {
                self.done.read += 1;
                self.end(&id, File { hash, documents })?;
            }
            count += inputs.len();
            progress(count, total);
        }
        self.leave(&known, prune)?;
        let mut state = self.state;
        state.program.clone_from(&self.pipeline.program);
        Ok((self.done, state))
    }

    /// Takes out what could not be read again and, if `prune`, all that was not among the sources; what stays is understood by the rules of
    /// today.
    fn leave(&mut self, known: &Known, prune: bool) -> Result<(), BuildError> {
        let named: BTreeSet<String> = self
            .done
            .problems
            .iter()
            .filter_map(|problem| problem.id.clone())
            .filter(|id| !known.has(id))
            .collect();
        if prune || !self.same_rules {
            for id in self.shelf.files()? {
                if known.has(&id) {
                    continue;
                }
                if prune || named.contains(&id) {
                    self.withdraw(&id)?;
                } else {
                    self.renew(&id)?;
                }
            }
        } else {
            for id in named {
                self.withdraw(&id)?;
            }
        }
        let files = usize::try_from(self.state.count).unwrap_or(usize::MAX);
        self.done.kept = files.saturating_sub(known.len());
        Ok(())
    }

    /// Understands the documents of a file by the rules of today.
    fn renew(&mut self, file: &str) -> Result<(), BuildError> {
        let documents = self.shelf.file(file)?.map_or(0, |file| file.documents);
        let mut batch = Vec::new();
        for place in 0..documents {
            let Some((document, _)) = self.shelf.at_place(file, place)? else {
                continue;
            };
            batch.push(Arriving {
                file: file.to_owned(),
                place,
                document,
            });
            if batch.len() >= FILES {
                self.put(std::mem::take(&mut batch))?;
            }
        }
        self.put(batch)
    }

    /// Puts documents at their places; those that stand there as they are, understood by the same rules, are left.
    fn put(&mut self, batch: Vec<Arriving>) -> Result<(), BuildError> {
        let mut changed = Vec::new();
        for arriving in batch {
            let old = if self.same_rules {
                self.shelf.at_place(&arriving.file, arriving.place)?
            } else {
                None
            };
            if old.is_none_or(|(document, _)| document != arriving.document) {
                changed.push(arriving);
            }
        }
        let said: Vec<Result<Said, BuildError>> = changed
            .par_iter()
            .map(|arriving| self.pipeline.said(&arriving.document))
            .collect();
        self.done.documents += changed.len();
        for (arriving, said) in changed.iter().zip(said) {
            let Arriving {
                file,
                place,
                document,
            } = arriving;
            self.shelf.put_document(file, *place, document, &said?)?;
        }
        Ok(())
    }

    fn end(&mut self, id: &str, file: File) -> Result<(), StoreError> {
        self.forget(id)?;
        self.state.files.add(&stands_for(id, &file.hash), false);
        self.state.count += 1;
        self.shelf.put_file(id, &file)
    }

    fn withdraw(&mut self, id: &str) -> Result<(), StoreError> {
        if self.forget(id)? {
            self.done.withdrawn.push(id.to_owned());
        }
        self.shelf.withdraw(id)
    }

    /// Takes a file out of the sum.
    fn forget(&mut self, id: &str) -> Result<bool, StoreError> {
        let Some(old) = self.shelf.file(id)? else {
            return Ok(false);
        };
        self.state.files.add(&stands_for(id, &old.hash), true);
        self.state.count -= 1;
        Ok(true)
    }
}

/// A hash of a file's id and hash.
fn stands_for(id: &str, hash: &str) -> [u8; 32] {
    let mut both = Sha256::new();
    both.update((id.len() as u64).to_le_bytes());
    both.update(id);
    both.update(hash);
    both.finalize().into()
}

impl Pipeline {
    /// What a document says.
    fn said(&self, document: &Document) -> Result<Said, BuildError> {
        let claims = self.stages.extract(document);
        check_quotes(document, &claims).map_err(BuildError::Quote)?;
        Ok(Said {
            lang: document.lang.tag().to_owned(),
            hashes: crate::triples::claim_hashes(&document.id, &claims, &document.text),
            sentences: silent(document, &claims),
            claims,
        })
    }
}
