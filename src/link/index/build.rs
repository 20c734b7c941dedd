//! A dump of Wikidata (or any slice of one) → an index file, as a stream: memory does not grow with the dump.
//!
//! Accepted, line by line: a dump's `[`, `{…},` and `]`, one entity to a line, and JSON lines; and whole answers of `wbgetentities` or
//! `Special:EntityData` (`{"entities": {…}}`), one to a file or to a line.

use super::format::{self, Header, Section};
use super::pieces::Pieces;
use super::{IndexError, keys};
use crate::link::names::Nouns;
use crate::link::{Entity, Item, ItemType, entity};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Seek, Write};
use std::path::Path;

/// Longest line that is read, in bytes; the largest entities of Wikidata have some ten million.
const LINE: usize = 256 << 20;
/// How many broken lines are told of one by one.
const TOLD: usize = 20;

/// What to keep of a dump.
#[derive(Clone, Debug)]
pub struct Keep {
    /// Types of items.
    pub types: Vec<ItemType>,
    /// Tags of languages of names; `mul` is always kept.
    pub languages: Vec<String>,
    /// Persons without an office too.
    pub all_persons: bool,
}

/// How the making of an index went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Bytes of text read.
    pub bytes: u64,
    /// Entities read.
    pub entities: u64,
    /// Items kept, by type; an item of two types counts twice.
    pub kept: BTreeMap<String, u64>,
    /// Items kept.
    pub items: u64,
    /// Keys by which they are found.
    pub keys: u64,
    /// Lines that hold no entity.
    pub broken: u64,
    /// The first of these, as (line from 1, why).
    pub told: Vec<(u64, String)>,
    /// Size of the index in bytes.
    pub size: u64,
}

/// Makes an index; `progress` is told how many bytes were read and how many items kept.
pub struct IndexBuilder {
    keep: Keep,
    nouns: Nouns,
    keys: Pieces,
    ids: Pieces,
    items: BufWriter<File>,
    at: u64,
    made: Made,
}

impl IndexBuilder {
    /// An empty index.
    ///
    /// # Errors
    /// [`IndexError`] when no temporary file can be made or the program's data are broken.
    pub fn new(keep: Keep) -> Result<Self, IndexError> {
        Ok(Self {
            keep,
            nouns: Nouns::embedded().map_err(IndexError::Program)?,
            keys: Pieces::new(),
            ids: Pieces::new(),
            items: BufWriter::with_capacity(1 << 20, tempfile::tempfile()?),
            at: 0,
            made: Made::default(),
        })
    }

    /// Takes all entities of an unpacked stream.
    ///
    /// # Errors
    /// [`IndexError`] when the stream or a temporary file fails; broken lines are counted and left out.
    pub fn read(
        &mut self,
        mut stream: impl BufRead,
        progress: &mut dyn FnMut(&Made),
    ) -> Result<(), IndexError> {
        let mut line = Vec::new();
        let mut number = 0;
        // An answer that is spread over lines is put together first.
        let mut spread: Option<(u64, Vec<u8>)> = None;
        loop {
            line.clear();
            let read = stream
                .by_ref()
                .take(LINE as u64)
                .read_until(b'\n', &mut line)?;
            if read == 0 {
                break;
            }
            number += 1;
            self.made.bytes += read as u64;
            if let Some((_, whole)) = &mut spread {
                if whole.len() + line.len() <= LINE {
                    whole.extend_from_slice(&line);
                }
                continue;
            }
            let text = line.trim_ascii();
            let text = text.strip_suffix(b",").unwrap_or(text).trim_ascii_end();
            if text.is_empty() || text == b"[" || text == b"]" {
                continue;
            }
            let cut = || serde_json::from_slice::<serde::de::IgnoredAny>(text).is_err();
            if number == 1 && text.starts_with(b"{") && cut() {
                spread = Some((number, line.clone()));
                continue;
            }
            self.line(number, text)?;
            if number.is_multiple_of(1000) {
                progress(&self.made);
            }
        }
        if let Some((number, whole)) = spread {
            self.line(number, whole.trim_ascii())?;
        }
        progress(&self.made);
        Ok(())
    }

    fn line(&mut self, number: u64, text: &[u8]) -> Result<(), IndexError> {
        #[derive(serde::Deserialize)]
        struct Answer<'a> {
            #[serde(borrow)]
            entities: BTreeMap<String, &'a RawValue>,
        }
        let Ok(text) = std::str::from_utf8(text) else {
            self.broken(number, "it is not UTF-8".to_owned());
            return Ok(());
        };
        // Whole answers begin with their only key, or with one of few words.
        let head: String = text.chars().take(200).collect();
        if head.contains("\"entities\"")
            && let Ok(answer) = serde_json::from_str::<Answer<'_>>(text)
        {
            for raw in answer.entities.values() {
                self.one(number, raw.get())?;
            }
            return Ok(());
        }
        self.one(number, text)
    }

    fn one(&mut self, number: u64, json: &str) -> Result<(), IndexError> {
        match entity(json, &self.keep.languages) {
            Ok(Entity::Item(item)) => {
                self.made.entities += 1;
                self.take(*item)
            }
            Ok(Entity::Other | Entity::Missing(_)) => {
                self.made.entities += 1;
                Ok(())
            }
            Err(error) => {
                self.broken(number, error.to_string());
                Ok(())
            }
        }
    }

    fn broken(&mut self, number: u64, why: String) {
        self.made.broken += 1;
        if self.made.told.len() < TOLD {
            self.made.told.push((number, why));
        }
    }

    /// Takes an item, if it is of a type that is kept.
    ///
    /// # Errors
    /// [`IndexError`] when a temporary file fails.
    pub fn take(&mut self, item: Item) -> Result<(), IndexError> {
        self.take_with(item, BTreeSet::new())
    }

    /// As [`IndexBuilder::take`]; these keys lead to the item too.
    pub(in crate::link) fn take_with(
        &mut self,
        mut item: Item,
        more: BTreeSet<String>,
    ) -> Result<(), IndexError> {
        super::settle_types(&mut item, &self.nouns);
        let kept = item.types.iter().any(|kind| self.keep.types.contains(kind));
        let private =
            item.types == [ItemType::Person] && item.positions.is_empty() && !self.keep.all_persons;
        if !kept || private {
            return Ok(());
        }
        for kind in &item.types {
            *self.made.kept.entry(kind.name().to_owned()).or_default() += 1;
        }
        self.made.items += 1;
        for key in keys::of(&item)
            .into_iter()
            .chain(more)
            .filter(|key| !key.contains('\0'))
        {
            // The better known first, then the smaller id.
            let mut record = key.into_bytes();
            record.push(0);
            record.extend_from_slice(&(u32::MAX - item.known).to_be_bytes());
            record.extend_from_slice(&item.id.0.to_be_bytes());
            self.keys.push(record)?;
        }
        let bytes =
            postcard::to_allocvec(&item).map_err(|error| IndexError::Program(error.to_string()))?;
        for id in std::iter::once(item.id).chain(item.former.iter().copied()) {
            let mut record = id.0.to_be_bytes().to_vec();
            record.extend_from_slice(&self.at.to_be_bytes());
            record.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
            self.ids.push(record)?;
        }
        self.items.write_all(&bytes)?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    /// Writes the index to a file, which is there whole or not at all.
    ///
    /// # Errors
    /// [`IndexError`] when a file fails.
    pub fn finish(mut self, out: &Path) -> Result<Made, IndexError> {
        let folder = out.parent().filter(|parent| !parent.as_os_str().is_empty());
        let folder = folder.unwrap_or_else(|| Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        let mut writer = format::Writer::new(file.as_file_mut())?;

        writer.begin(Section::Keys)?;
        let mut postings = BufWriter::new(tempfile::tempfile()?);
        let mut at = 0_u64;
        let mut map = fst::MapBuilder::new(&mut writer)?;
        let mut now: Option<(Vec<u8>, Vec<u64>)> = None;
        for record in self.keys.finish()? {
            let record = record?;
            let Some((head, id)) = record.split_last_chunk::<8>() else {
                continue;
            };
            let key = head.get(..head.len().saturating_sub(5)).unwrap_or_default();
            let id = u64::from_be_bytes(*id);
            match &mut now {
                Some((last, ids)) if last == key => ids.push(id),
                other => {
                    self.made.keys += 1;
                    if let Some((last, ids)) = other.replace((key.to_vec(), vec![id])) {
                        map.insert(&last, format::post(&ids, &mut postings, &mut at)?)?;
                    }
                }
            }
        }
        if let Some((last, ids)) = now {
            map.insert(&last, format::post(&ids, &mut postings, &mut at)?)?;
        }
        map.finish()?;

        writer.begin(Section::Postings)?;
        copy(postings, &mut writer)?;
        writer.begin(Section::Ids)?;
        let mut last = None;
        for record in self.ids.finish()? {
            let record = record?;
            let id = record.get(..8).map(<[u8]>::to_vec);
            // Of an item that was given twice, one stands.
            if id != last {
                writer.write_all(&record)?;
                last = id;
            }
        }
        writer.begin(Section::Items)?;
        copy(self.items, &mut writer)?;
        let header = Header {
            version: format::VERSION,
            languages: self.keep.languages.clone(),
            types: self.keep.types.clone(),
            items: self.made.items,
            kept: self.made.kept.clone(),
            sections: BTreeMap::new(),
        };
        self.made.size = writer.finish(header)?;
        file.as_file().sync_all()?;
        file.persist(out).map_err(|error| error.error)?;
        Ok(self.made)
    }
}

fn copy(from: BufWriter<File>, to: &mut impl Write) -> Result<(), IndexError> {
    let mut file = from
        .into_inner()
        .map_err(std::io::IntoInnerError::into_error)?;
    file.rewind()?;
    std::io::copy(&mut BufReader::with_capacity(1 << 20, file), to)?;
    Ok(())
}
