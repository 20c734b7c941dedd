//! The file of an index: where its sections stand, and how they are written.
//!
//! ```text
//! 8 bytes   CHLINK01
//! …         the sections, one after the other
//! header    JSON: version, languages, types, counts, and per section its first byte and its length
//! 8 bytes   length of the header, little-endian
//! ```
//!
//! `keys` is an fst map: key → a number. Odd: twice an item's id, plus one. Even: twice the place in `postings`, where stand how many ids follow
//! and the ids, each a LEB128 number. `ids` has 24 bytes for each item, sorted: its id, its place in `items` and its length there, each
//! big-endian. `items` holds the items as postcard writes them.

use super::IndexError;
use crate::link::ItemType;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};

/// The first bytes of the file.
pub(super) const MAGIC: &[u8; 8] = b"CHLINK01";
/// Changes whenever older files cannot be read any more.
pub(super) const VERSION: u32 = 1;

/// A section of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Section {
    Keys,
    Postings,
    Ids,
    Items,
}

/// What the file says of itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Header {
    pub(super) version: u32,
    pub(super) languages: Vec<String>,
    pub(super) types: Vec<ItemType>,
    pub(super) items: u64,
    pub(super) kept: BTreeMap<String, u64>,
    /// First byte and length.
    pub(super) sections: BTreeMap<Section, (u64, u64)>,
}

/// Writes the file.
pub(super) struct Writer<'f> {
    out: BufWriter<&'f mut File>,
    at: u64,
    sections: Vec<(Section, u64)>,
}

impl<'f> Writer<'f> {
    pub(super) fn new(file: &'f mut File) -> Result<Self, IndexError> {
        let mut out = BufWriter::with_capacity(1 << 20, file);
        out.write_all(MAGIC)?;
        Ok(Self {
            out,
            at: MAGIC.len() as u64,
            sections: Vec::new(),
        })
    }

    /// What follows is of this section.
    pub(super) fn begin(&mut self, section: Section) -> Result<(), IndexError> {
        self.sections.push((section, self.at));
        Ok(())
    }

    /// Writes the header; gives the size of the file.
    pub(super) fn finish(mut self, mut header: Header) -> Result<u64, IndexError> {
        let ends = self.sections.iter().skip(1).map(|(_, start)| *start);
        let ends: Vec<u64> = ends.chain([self.at]).collect();
        header.sections = self
            .sections
            .iter()
            .zip(ends)
            .map(|((section, start), end)| (*section, (*start, end - start)))
            .collect();
        let json =
            serde_json::to_vec(&header).map_err(|error| IndexError::Program(error.to_string()))?;
        self.out.write_all(&json)?;
        self.out.write_all(&(json.len() as u64).to_le_bytes())?;
        self.out.flush()?;
        Ok(self.at + json.len() as u64 + 8)
    }
}

impl Write for Writer<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.at += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

/// The number that stands for ids in the map; several go to the postings, which have `at` bytes.
pub(super) fn post(ids: &[u64], postings: &mut impl Write, at: &mut u64) -> std::io::Result<u64> {
    if let [id] = ids {
        return Ok(id << 1 | 1);
    }
    let mut bytes = Vec::new();
    leb(ids.len() as u64, &mut bytes);
    for id in ids {
        leb(*id, &mut bytes);
    }
    postings.write_all(&bytes)?;
    let place = *at << 1;
    *at += bytes.len() as u64;
    Ok(place)
}

fn leb(mut number: u64, out: &mut Vec<u8>) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

/// A LEB128 number and what stands behind it.
pub(super) fn unleb(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut number = 0_u64;
    for (at, byte) in bytes.iter().enumerate().take(10) {
        number |= u64::from(byte & 0x7f).checked_shl(7 * u32::try_from(at).ok()?)?;
        if byte & 0x80 == 0 {
            return Some((number, bytes.get(at + 1..)?));
        }
    }
    None
}
