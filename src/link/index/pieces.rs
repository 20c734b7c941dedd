//! Records (bytes) in any order → the same in order, each once. What does not fit in memory is sorted in pieces that stand in temporary files and
//! are merged.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Result, Seek, Write};

/// Bytes of records that are held before they go to a file.
const HELD: usize = 128 << 20;
/// How many files are merged at once.
const FILES: usize = 256;
/// What a record costs in memory besides its bytes.
const RECORD: usize = size_of::<Box<[u8]>>();

/// Takes records and sorts them.
pub(super) struct Pieces {
    limit: usize,
    held: Vec<Box<[u8]>>,
    bytes: usize,
    files: Vec<File>,
}

impl Pieces {
    pub(super) fn new() -> Self {
        Self::holding(HELD)
    }

    fn holding(limit: usize) -> Self {
        Self {
            limit,
            held: Vec::new(),
            bytes: 0,
            files: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, record: Vec<u8>) -> Result<()> {
        self.bytes += record.len() + RECORD;
        self.held.push(record.into_boxed_slice());
        if self.bytes > self.limit {
            self.spill()?;
        }
        Ok(())
    }

    fn sorted(&mut self) -> Vec<Box<[u8]>> {
        self.bytes = 0;
        let mut held = std::mem::take(&mut self.held);
        held.sort_unstable();
        held.dedup();
        held
    }

    fn spill(&mut self) -> Result<()> {
        let held = self.sorted();
        self.files.push(written(held.into_iter().map(Ok))?);
        if self.files.len() >= FILES {
            let merged = Merged::of(Vec::new(), std::mem::take(&mut self.files))?;
            self.files.push(written(merged)?);
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<Merged> {
        let held = self.sorted();
        Merged::of(held, self.files)
    }
}

/// Sorted records, one by one.
pub(super) struct Merged {
    memory: std::vec::IntoIter<Box<[u8]>>,
    files: Vec<BufReader<File>>,
    /// The next record of memory and of each file, smallest first.
    heap: BinaryHeap<Reverse<(Box<[u8]>, usize)>>,
    last: Option<Box<[u8]>>,
}

impl Merged {
    fn of(held: Vec<Box<[u8]>>, files: Vec<File>) -> Result<Self> {
        let mut merged = Self {
            memory: held.into_iter(),
            files: files.into_iter().map(BufReader::new).collect(),
            heap: BinaryHeap::new(),
            last: None,
        };
        for from in 0..=merged.files.len() {
            merged.refill(from)?;
        }
        Ok(merged)
    }

    /// Puts the next record of a file (from 1 on) or of memory (0) into the heap.
    fn refill(&mut self, from: usize) -> Result<()> {
        let next = match from.checked_sub(1).and_then(|at| self.files.get_mut(at)) {
            None => self.memory.next(),
            Some(file) => read(file)?,
        };
        if let Some(record) = next {
            self.heap.push(Reverse((record, from)));
        }
        Ok(())
    }
}

impl Iterator for Merged {
    type Item = Result<Box<[u8]>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Reverse((record, from)) = self.heap.pop()?;
            if let Err(error) = self.refill(from) {
                return Some(Err(error));
            }
            if self.last.as_ref() != Some(&record) {
                self.last = Some(record.clone());
                return Some(Ok(record));
            }
        }
    }
}

/// A temporary file of records without a name, each behind its length in four bytes, ready to be read.
fn written(records: impl Iterator<Item = Result<Box<[u8]>>>) -> Result<File> {
    let mut file = tempfile::tempfile()?;
    let mut out = BufWriter::with_capacity(1 << 20, &mut file);
    for record in records {
        let record = record?;
        let length = u32::try_from(record.len()).map_err(std::io::Error::other)?;
        out.write_all(&length.to_le_bytes())?;
        out.write_all(&record)?;
    }
    out.flush()?;
    drop(out);
    file.rewind()?;
    Ok(file)
}

fn read(file: &mut BufReader<File>) -> Result<Option<Box<[u8]>>> {
    let mut length = [0; 4];
    let mut got = 0;
    while got < 4 {
        let read = file.read(length.get_mut(got..).unwrap_or_default())?;
        if read == 0 && got == 0 {
            return Ok(None);
        }
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        got += read;
    }
    let length = usize::try_from(u32::from_le_bytes(length)).map_err(std::io::Error::other)?;
    let mut record = vec![0; length];
    file.read_exact(&mut record)?;
    Ok(Some(record.into_boxed_slice()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_in_files_give_what_memory_gives() {
        let records: Vec<Vec<u8>> = (0..5000_u32)
            .map(|n| format!("{}", n * 7919 % 3001).into_bytes())
            .collect();
        let sorted = |limit: usize| -> Vec<Box<[u8]>> {
            let mut pieces = Pieces::holding(limit);
            for record in &records {
                pieces.push(record.clone()).unwrap();
            }
            pieces.finish().unwrap().collect::<Result<_>>().unwrap()
        };
        let whole = sorted(usize::MAX);
        assert_eq!(whole.len(), 3001);
        assert!(whole.is_sorted());
        // Hundreds of files, merged in steps.
        assert!(whole == sorted(200));
        assert!(whole == sorted(20_000));
    }
}
