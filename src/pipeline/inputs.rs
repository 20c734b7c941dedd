//! A file → its documents with their claims: whole, or, of a dump, some pages at a time, so that a dump of any size is read in little memory.

use super::dump::Pages;
use super::{About, Input, Pipeline, Previous, Problem, ReadResult, collect, hex};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, read_page};
use crate::fact::Claim;
use crate::store::Reading;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io::BufRead;

/// What the head of a dump holds.
const DUMP: &[u8] = b"<mediawiki";

/// Bytes of a dump's pages that are read at a time.
const BATCH: usize = 8 << 20;

/// Files that are read at a time where they are handed over as they are read.
const FILES: usize = 64;

/// Documents with their claims, in order of their file.
type Batch = Vec<(Document, Vec<Claim>)>;

/// How the reading of a dump ended: the hash of what was read or why it broke off, and what could not be read of it.
struct Ended {
    hash: Result<Sha256, Box<Problem>>,
    problems: Vec<Problem>,
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
        let mut hand_over = |batch: Batch| {
            batch
                .iter()
                .try_for_each(|(document, claims)| take(document, claims))
        };
        // The hash of each file by its id: a second one of the same id is passed over.
        let mut known: BTreeMap<&str, String> = BTreeMap::new();
        let mut done = 0;
        for inputs in inputs.chunks(FILES) {
            let read: Vec<_> = inputs
                .par_iter()
                .map(|input| self.read_unless_dump(input))
                .collect();
            for (input, result) in inputs.iter().zip(read) {
                let ended = self.in_turn(input, result, &mut known, &mut hand_over)?;
                problems.extend(ended);
                done += 1;
                progress(done, total);
            }
        }
        Ok(problems)
    }

    /// Hands over the documents of a file that was read, or else of a dump while it is read; gives what could not be used.
    fn in_turn<'i, E>(
        &self,
        input: &'i Input,
        read: Result<Option<(Reading, Vec<Problem>)>, Box<Problem>>,
        known: &mut BTreeMap<&'i str, String>,
        hand_over: &mut impl FnMut(Batch) -> Result<(), E>,
    ) -> Result<Vec<Problem>, E> {
        let (mut documents, mut problems) = (None, Vec::new());
        let hash = match read {
            Ok(Some((reading, wrong))) => {
                documents = Some(reading.documents);
                problems = wrong;
                Ok(reading.hash)
            }
            Ok(None) => self.dump_hash(input).map(Option::unwrap_or_default),
            Err(problem) => Err(problem),
        };
        let hash = match hash {
            Ok(hash) => hash,
            Err(problem) => return Ok(vec![*problem]),
        };
        match known.get(input.id.as_str()) {
            Some(same) if *same == hash => return Ok(problems),
            Some(_) => {
                problems.push(same_id(input));
                return Ok(problems);
            }
            None => known.insert(&input.id, hash),
        };
        if let Some(documents) = documents {
            hand_over(documents)?;
            return Ok(problems);
        }
        match input.open() {
            Ok(stream) => {
                let ended = self.pages(input, stream, hand_over)?;
                problems.extend(ended.problems);
                problems.extend(ended.hash.err().map(|problem| *problem));
            }
            Err(problem) => problems.push(*problem),
        }
        Ok(problems)
    }

    /// Reads a file with what could not be used of it; `None` for a dump. Standard input, which can be read only once, is read whole.
    fn read_unless_dump(
        &self,
        input: &Input,
    ) -> Result<Option<(Reading, Vec<Problem>)>, Box<Problem>> {
        let mut stream = input.open()?;
        if input.path.is_some() && is_dump(input, &mut stream)? {
            return Ok(None);
        }
        let (reading, _, problems) = self.read_stream(input, stream, &Previous::default())?;
        Ok(Some((reading, problems)))
    }

    /// Reads a file, unless the last build read the same.
    pub(super) fn read_input(&self, input: &Input, previous: &Previous) -> ReadResult {
        self.read_stream(input, input.open()?, previous)
    }

    fn read_stream(
        &self,
        input: &Input,
        mut stream: Box<dyn BufRead>,
        previous: &Previous,
    ) -> ReadResult {
        if is_dump(input, &mut stream)? {
            return self.read_dump(input, stream, previous);
        }
        let bytes = input.read(stream)?;
        let mut hash = Sha256::new();
        hash.update(&bytes);
        let hash = told(hash, input);
        if let Some(old) = self.unchanged(input, &hash, previous) {
            return Ok((old.clone(), true, Vec::new()));
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
        let documents = found
            .documents
            .into_iter()
            .map(|document| self.claims(document, input));
        let documents = documents.collect();
        Ok((Reading { hash, documents }, false, problems))
    }

    /// What the last build, by this program, read of a file with this hash.
    fn unchanged<'p>(
        &self,
        input: &Input,
        hash: &str,
        previous: &'p Previous,
    ) -> Option<&'p Reading> {
        previous
            .readings
            .get(&input.id)
            .filter(|old| previous.program == self.program && old.hash == hash)
    }

    /// The hash of a dump and of which of its pages are read; `None` for standard input.
    fn dump_hash(&self, input: &Input) -> Result<Option<String>, Box<Problem>> {
        Ok(input.hash()?.map(|hash| self.selected(hash, input)))
    }

    fn selected(&self, mut hash: Sha256, input: &Input) -> String {
        hash.update(format!("{:?}", self.select));
        told(hash, input)
    }

    /// Reads a dump; not at all, where the last build read the same file.
    fn read_dump(
        &self,
        input: &Input,
        stream: Box<dyn BufRead>,
        previous: &Previous,
    ) -> ReadResult {
        let hash = self.dump_hash(input)?;
        if let Some(old) = hash
            .as_ref()
            .and_then(|hash| self.unchanged(input, hash, previous))
        {
            return Ok((old.clone(), true, Vec::new()));
        }
        let mut documents = Vec::new();
        let Ok(ended) = self.pages(input, stream, &mut |batch: Batch| {
            documents.extend(batch);
            Ok::<(), Infallible>(())
        });
        let streamed = ended.hash?;
        let hash = hash.unwrap_or_else(|| self.selected(streamed, input));
        Ok((Reading { hash, documents }, false, ended.problems))
    }

    /// Reads a dump page by page, some pages at a time, on all cores, and hands over the documents of each such batch.
    fn pages<E>(
        &self,
        input: &Input,
        stream: Box<dyn BufRead>,
        hand_over: &mut impl FnMut(Batch) -> Result<(), E>,
    ) -> Result<Ended, E> {
        let mut pages = Pages::new(stream);
        let mut problems = Vec::new();
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
                .map(|page| {
                    read_page(&input.id, &page.xml, page.start, self.select, site)
                        .map(|document| document.map(|document| self.claims(document, input)))
                })
                .collect();
            let mut documents = Vec::new();
            for result in read {
                match result {
                    Ok(document) => documents.extend(document),
                    Err(wrong) => problems.push(problem(input, wrong, None)),
                }
            }
            hand_over(documents)?;
        }
        Ok(Ended {
            hash: Ok(pages.hash()),
            problems,
        })
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
pub(super) fn same_id(input: &Input) -> Problem {
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
