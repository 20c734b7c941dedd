//! A file → its documents: whole, or, of a dump, some pages at a time, so that a dump of any size is read in little memory.

use super::dump::Pages;
use super::{About, Input, Pipeline, Problem, collect, hex};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, read_page};
use crate::fact::Claim;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::BufRead;

/// What the head of a dump holds.
const DUMP: &[u8] = b"<mediawiki";

/// Bytes of a dump's pages that are read at a time.
const BATCH: usize = 8 << 20;

/// Files that are read at a time.
pub(super) const FILES: usize = 64;

/// What a look at a file gave.
pub(super) enum Looked {
    /// It has the hash that was known.
    Unchanged,
    /// It was read.
    Read {
        hash: String,
        documents: Vec<Document>,
        problems: Vec<Problem>,
    },
    /// It is to be read in its turn, page by page where it is a dump. Its hash, but for standard input, which can be read only once.
    InTurn { hash: Option<String> },
}

/// What came of a file that was read in its turn.
pub(super) enum Turned {
    /// No dump: as [`Looked::Read`].
    Whole(Looked),
    /// A dump, whose documents were handed over.
    Ended(Ended),
}

/// How the reading of a dump ended: its hash or why it broke off, and what could not be read of it.
pub(super) struct Ended {
    pub(super) hash: Result<String, Box<Problem>>,
    pub(super) problems: Vec<Problem>,
}

impl Pipeline {
    /// Reads sources (files, folders, `-`) and hands over each document with its claims as soon as it is read, in order of their ids and of
    /// their files; gives what could not be used. Neither many files nor a large dump take more memory than some of their documents do.
    ///
    /// # Errors
    /// The first error of `take`; nothing more is read then.
    pub fn each<E>(
        &self,
        sources: &[String],
        progress: &(dyn Fn(usize, usize) + Sync),
        mut take: impl FnMut(&Document, &[Claim]) -> Result<(), E>,
    ) -> Result<Vec<Problem>, E> {
        let (inputs, mut problems) = collect(sources);
        let total = inputs.len();
        let mut hand_over = |documents: Vec<Document>| {
            let claims: Vec<Vec<Claim>> = documents
                .par_iter()
                .map(|document| self.stages.extract(document))
                .collect();
            documents
                .iter()
                .zip(&claims)
                .try_for_each(|(document, claims)| take(document, claims))
        };
        let mut known = Known::default();
        let mut done = 0;
        for inputs in inputs.chunks(FILES) {
            let looked: Vec<_> = inputs
                .par_iter()
                .map(|input| self.look(input, None))
                .collect();
            let mut batch = Vec::new();
            for (input, looked) in inputs.iter().zip(looked) {
                let looked = match looked {
                    Ok(Looked::InTurn { hash }) => {
                        hand_over(std::mem::take(&mut batch))?;
                        let new = hash.is_none_or(|hash| known.is_new(input, &hash, &mut problems));
                        match new.then(|| self.turn(input, &mut hand_over)).transpose()? {
                            None => Ok(Looked::Unchanged),
                            Some(Ok(Turned::Whole(looked))) => Ok(looked),
                            Some(Ok(Turned::Ended(ended))) => {
                                problems.extend(ended.problems);
                                problems.extend(ended.hash.err().map(|problem| *problem));
                                Ok(Looked::Unchanged)
                            }
                            Some(Err(problem)) => Err(problem),
                        }
                    }
                    looked => looked,
                };
                match looked {
                    Err(problem) => problems.push(*problem),
                    Ok(Looked::Unchanged | Looked::InTurn { .. }) => {}
                    Ok(Looked::Read {
                        hash,
                        documents,
                        problems: wrong,
                    }) => {
                        problems.extend(wrong);
                        if known.is_new(input, &hash, &mut problems) {
                            batch.extend(documents);
                        }
                    }
                }
                done += 1;
                progress(done, total);
            }
            hand_over(batch)?;
        }
        Ok(problems)
    }

    /// Reads a file, unless it is a dump, standard input, or has the hash that is known.
    pub(super) fn look(&self, input: &Input, known: Option<&str>) -> Result<Looked, Box<Problem>> {
        if input.path.is_none() {
            return Ok(Looked::InTurn { hash: None });
        }
        let mut stream = input.open()?;
        if is_dump(input, &mut stream)? {
            let hash = input.hash()?.map(|hash| self.selected(hash, input));
            if known.is_some() && hash.as_deref() == known {
                return Ok(Looked::Unchanged);
            }
            return Ok(Looked::InTurn { hash });
        }
        self.whole(input, stream, known)
    }

    /// Reads a file in its turn.
    pub(super) fn turn<E>(
        &self,
        input: &Input,
        hand_over: &mut impl FnMut(Vec<Document>) -> Result<(), E>,
    ) -> Result<Result<Turned, Box<Problem>>, E> {
        let opened = input.open().and_then(|mut stream| {
            let dump = is_dump(input, &mut stream)?;
            Ok((stream, dump))
        });
        Ok(match opened {
            Err(problem) => Err(problem),
            Ok((stream, false)) => self.whole(input, stream, None).map(Turned::Whole),
            Ok((stream, true)) => Ok(Turned::Ended(self.pages(input, stream, hand_over)?)),
        })
    }

    /// Reads a file that is no dump.
    fn whole(
        &self,
        input: &Input,
        stream: Box<dyn BufRead>,
        known: Option<&str>,
    ) -> Result<Looked, Box<Problem>> {
        let bytes = input.read(stream)?;
        let mut hash = Sha256::new();
        hash.update(&bytes);
        let hash = told(hash, input);
        if known == Some(hash.as_str()) {
            return Ok(Looked::Unchanged);
        }
        let found = crate::document::read_all(&input.id, &bytes, self.select);
        let text = std::str::from_utf8(&bytes).ok();
        let mut problems: Vec<Problem> = found
            .problems
            .into_iter()
            .map(|wrong| problem(input, wrong, text))
            .collect();
        if found.documents.is_empty() && !problems.is_empty() {
            return Err(Box::new(problems.swap_remove(0)));
        }
        let mut documents = found.documents;
        for document in &mut documents {
            fill(document, input);
        }
        Ok(Looked::Read {
            hash,
            documents,
            problems,
        })
    }

    fn selected(&self, mut hash: Sha256, input: &Input) -> String {
        hash.update(format!("{:?}", self.select));
        told(hash, input)
    }

    /// Reads a dump page by page, some pages at a time, on all cores, and hands over the documents of each such batch.
    fn pages<E>(
        &self,
        input: &Input,
        stream: Box<dyn BufRead>,
        hand_over: &mut impl FnMut(Vec<Document>) -> Result<(), E>,
    ) -> Result<Ended, E> {
        let mut problems = Vec::new();
        let mut pages = Pages::new(stream);
        let mut more = true;
        while more {
            let (mut batch, mut size) = (Vec::new(), 0);
            while more && size < BATCH {
                match pages.next() {
                    Ok(Some(Ok(page))) => {
                        size += page.xml.len();
                        batch.push(page);
                    }
                    Ok(Some(Err(wrong))) => problems.push(problem(input, wrong, None)),
                    Ok(None) => more = false,
                    Err(error) => {
                        let hash = Err(input.unreadable(&error));
                        return Ok(Ended { hash, problems });
                    }
                }
            }
            let site = pages.site();
            let read: Vec<_> = batch
                .par_iter()
                .map(|page| read_page(&input.id, &page.xml, page.start, self.select, site))
                .collect();
            let mut documents = Vec::new();
            for result in read {
                match result {
                    Ok(document) => documents.extend(document.map(|mut document| {
                        fill(&mut document, input);
                        document
                    })),
                    Err(wrong) => problems.push(problem(input, wrong, None)),
                }
            }
            hand_over(documents)?;
        }
        Ok(Ended {
            hash: Ok(self.selected(pages.hash(), input)),
            problems,
        })
    }
}

/// The hash of each file of a run by its id.
#[derive(Default)]
pub(super) struct Known(BTreeMap<String, String>);

impl Known {
    /// Whether no file of this id came before; one of other bytes is a problem.
    pub(super) fn is_new(
        &mut self,
        input: &Input,
        hash: &str,
        problems: &mut Vec<Problem>,
    ) -> bool {
        match self.0.get(&input.id) {
            None => {
                self.0.insert(input.id.clone(), hash.to_owned());
                true
            }
            Some(known) => {
                if known != hash {
                    problems.push(same_id(input));
                }
                false
            }
        }
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Adds what is told of a document's file.
fn fill(document: &mut Document, input: &Input) {
    if let Some(about) = &input.about {
        about.fill(document);
    }
}

/// Whether a stream begins as a dump does.
fn is_dump(input: &Input, stream: &mut Box<dyn BufRead>) -> Result<bool, Box<Problem>> {
    let head = stream
        .fill_buf()
        .map_err(|error| input.unreadable(&error))?;
    let head = head.get(..head.len().min(4096)).unwrap_or(head);
    Ok(head.windows(DUMP.len()).any(|part| part == DUMP))
}

/// Says that a file has the id of another.
fn same_id(input: &Input) -> Problem {
    Problem {
        id: None,
        diagnostic: Diagnostic::error(
            "source.same-id",
            format!(
                "{} has the id of another document, {:?}",
                input.place(),
                input.id
            ),
        )
        .help("give the folder that holds both, so that their paths differ"),
        text: None,
    }
}

/// The hash of a file and of what is told of it.
fn told(mut hash: Sha256, input: &Input) -> String {
    for cell in input.about.iter().flat_map(About::cells) {
        hash.update((cell.len() as u64).to_le_bytes());
        hash.update(cell);
    }
    hex(hash)
}

fn problem(input: &Input, mut diagnostic: Diagnostic, text: Option<&str>) -> Problem {
    diagnostic.source = Some(input.place());
    Problem {
        id: Some(input.id.clone()),
        diagnostic,
        text: text.map(str::to_owned),
    }
}
