//! What builds read and made, on disk beside the generations of a store: every file and document with its claims, and what stands for every
//! part of the graph. Tables in order; all that one build does to them is one transaction.

mod ties;

pub use ties::Tie;

use super::StoreError;
use crate::document::Document;
use crate::fact::Claim;
use redb::{Database, ReadableTable, TableDefinition, WriteTransaction};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Memory for pages of the tables, in bytes.
const CACHE: usize = 64 << 20;

/// Where a document comes from: its id, the id of its file, and its place there. Of documents with one id, the first holds.
type Place<'a> = (&'a str, &'a str, u64);

/// File id → [`File`].
const FILES: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("files");
/// File id and place → document id.
const PLACES: TableDefinition<'_, (&str, u64), &str> = TableDefinition::new("places");
/// → [`Document`]
const DOCUMENTS: TableDefinition<'_, Place<'static>, &[u8]> = TableDefinition::new("documents");
/// → [`Said`]
const CLAIMS: TableDefinition<'_, Place<'static>, &[u8]> = TableDefinition::new("claims");
/// One row: [`State`].
const STATE: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("state");

/// What a build noted for the next one, by name.
const NOTES: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("notes");

/// The tables of a store, in the hand of one build. What was not committed never was.
pub struct Shelf {
    path: PathBuf,
    transaction: WriteTransaction,
    database: Database,
    /// What documents said before they were changed, where that is noted.
    changed: RefCell<Option<BTreeMap<String, Option<Said>>>>,
    _folder: Option<tempfile::TempDir>,
}

/// What the tables belong to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Name of the generation that was made from them.
    pub generation: Option<String>,
    /// Hash of the program that read the documents.
    pub program: String,
    /// IRI under which entities live.
    pub base: String,
    /// The sum of the hashes of all files; it does not depend on the order in which they came and went.
    pub files: Sum,
    /// Number of files.
    pub count: u64,
    /// Quads that the generation holds.
    pub quads: u64,
    /// Quads taken out since the generations began: their words still take room.
    pub dropped: u64,
}

/// A sum of SHA-256 hashes, each taken as four numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum(pub [u64; 4]);

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// SHA-256 of the file's bytes and of what is told about the file, in hexadecimal.
    pub hash: String,
    /// How many documents it gave.
    pub documents: u64,
}

/// What a document says, and what else the graph needs of it but for its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// BCP 47 tag of its language.
    pub lang: String,
    /// Its claims.
    pub claims: Vec<Claim>,
    /// The last part of each claim's IRI.
    pub hashes: Vec<String>,
    /// Sentences and list items, and how many of them no claim cites.
    pub sentences: (u64, u64),
}

impl Shelf {
    /// Opens the tables in a folder, or makes them.
    ///
    /// # Errors
    /// [`StoreError::Shelf`] when they cannot be read.
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        Self::at(path.to_owned(), None)
    }

    /// Tables that go when they are dropped.
    ///
    /// # Errors
    /// [`StoreError`] when there is no room for them.
    pub fn temporary() -> Result<Self, StoreError> {
        let folder = tempfile::tempdir().map_err(StoreError::io(std::env::temp_dir()))?;
        Self::at(folder.path().join("readings"), Some(folder))
    }

    fn at(path: PathBuf, folder: Option<tempfile::TempDir>) -> Result<Self, StoreError> {
        let wrong = |error: redb::Error| wrong(&path, &error);
        let database = Database::builder()
            .set_cache_size(CACHE)
            .create(&path)
            .map_err(|error| wrong(error.into()))?;
        let transaction = database
            .begin_write()
            .map_err(|error| wrong(error.into()))?;
        let shelf = Self {
            path,
            transaction,
            database,
            changed: RefCell::default(),
            _folder: folder,
        };
        shelf.with(|t| {
            t.open_table(FILES)?;
            t.open_table(PLACES)?;
            t.open_table(DOCUMENTS)?;
            t.open_table(CLAIMS)?;
            t.open_table(ties::TIES)?;
            t.open_table(STATE)?;
            t.open_table(NOTES)?;
            Ok(())
        })?;
        Ok(shelf)
    }

    /// Does something to the tables.
    fn with<T>(
        &self,
        act: impl FnOnce(&WriteTransaction) -> Result<T, redb::Error>,
    ) -> Result<T, StoreError> {
        act(&self.transaction).map_err(|error| wrong(&self.path, &error))
    }

    fn read<T: DeserializeOwned>(&self, bytes: &[u8]) -> Result<T, StoreError> {
        postcard::from_bytes(bytes).map_err(|error| StoreError::Corrupt {
            path: self.path.display().to_string(),
            message: error.to_string(),
        })
    }

    fn written(&self, value: &impl Serialize) -> Result<Vec<u8>, StoreError> {
        postcard::to_allocvec(value).map_err(|error| StoreError::Corrupt {
            path: self.path.display().to_string(),
            message: error.to_string(),
        })
    }

    /// What the tables belong to.
    ///
    /// # Errors
    /// As all that is done with the tables: [`StoreError::Shelf`], [`StoreError::Corrupt`].
    pub fn state(&self) -> Result<State, StoreError> {
        let bytes = self.with(|t| {
            Ok(t.open_table(STATE)?
                .get("")?
                .map(|row| row.value().to_vec()))
        })?;
        bytes.map_or_else(|| Ok(State::default()), |bytes| self.read(&bytes))
    }

    /// Says what the tables belong to.
    ///
    /// # Errors
    /// As [`Shelf::state`].
    pub fn set_state(&self, state: &State) -> Result<(), StoreError> {
        let bytes = self.written(state)?;
        self.with(|t| {
            t.open_table(STATE)?.insert("", bytes.as_slice())?;
            Ok(())
        })
    }

    /// What an earlier build noted under a name.
    ///
    /// # Errors
    /// As [`Shelf::state`].
    pub fn noted<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        let bytes = self.with(|t| {
            let table = t.open_table(NOTES)?;
            let row = table.get(name)?;
            Ok(row.map(|row| row.value().to_vec()))
        })?;
        bytes.map(|bytes| self.read(&bytes)).transpose()
    }

    /// Notes something for the next build.
    ///
    /// # Errors
    /// As [`Shelf::state`].
    pub fn note(&self, name: &str, value: &impl Serialize) -> Result<(), StoreError> {
        let bytes = self.written(value)?;
        self.with(|t| {
            t.open_table(NOTES)?.insert(name, bytes.as_slice())?;
            Ok(())
        })
    }

    /// A file, where it was read.
    ///
    /// # Errors
    /// As [`Shelf::state`].
    pub fn file(&self, id: &str) -> Result<Option<File>, StoreError> {
        let bytes = self.with(|t| {
            Ok(t.open_table(FILES)?
                .get(id)?
                .map(|row| row.value().to_vec()))
        })?;
        bytes.map(|bytes| self.read(&bytes)).transpose()
    }

    /// The ids of all files, in order.
    ///
    /// # Errors
    /// As [`Shelf::state`].
    pub fn files(&self) -> Result<Vec<String>, StoreError> {
        self.with(|t| {
            let table = t.open_table(FILES)?;
            let mut ids = Vec::new();
            for row in table.iter()? {
                ids.push(row?.0.value().to_owned());
            }
            Ok(ids)
        })
    }

    /// Puts a document at its place in a file, for that which stood there.
    ///
    /// # Errors
    /// As [`Shelf::state`].
    pub fn put_document(
        &self,
        file: &str,
        place: u64,
        document: &Document,
        said: &Said,
    ) -> Result<(), StoreError> {
        self.changes(&document.id)?;
        if let Some(old) = self.id_at(file, place)? {
            self.changes(&old)?;
        }
        let (text, claims) = (self.written(document)?, self.written(said)?);
        self.with(|t| {
            let mut places = t.open_table(PLACES)?;
            let old = places
                .insert((file, place), document.id.as_str())?
                .map(|row| row.value().to_owned());
            let (mut documents, mut saids) = (t.open_table(DOCUMENTS)?, t.open_table(CLAIMS)?);
            if let Some(old) = old.filter(|old| *old != document.id) {
                documents.remove((old.as_str(), file, place))?;
                saids.remove((old.as_str(), file, place))?;
            }
            let at = (document.id.as_str(), file, place);
            documents.insert(at, text.as_slice())?;
            saids.insert(at, claims.as_slice())?;
            Ok(())
        })
    }

    fn id_at(&self, file: &str, place: u64) -> Result<Option<String>, StoreError> {
        self.with(|t| {
            let table = t.open_table(PLACES)?;
            let row = table.get((file, place))?;
            Ok(row.map(|row| row.value().to_owned()))
        })
    }

    /// What stands at a place of a file.
    ///
    /// # Errors
    /// As [`Shelf::state`].
    pub fn at_place(&self, file: &str, place: u64) -> Result<Option<(Document, Said)>, StoreError> {
        let Some(id) = self.id_at(file, place)? else {
            return Ok(None);
        };
        let found = self.with(|t| {
            let at = (id.as_str(), file, place);
            let text = t
                .open_table(DOCUMENTS)?
                .get(at)?
                .map(|row| row.value().to_vec());
            let said = t
                .open_table(CLAIMS)?
                .get(at)?
                .map(|row| row.value().to_vec());
            Ok(text.zip(said))
        })?;
        found
            .map(|(text, said)| Ok((self.read(&text)?, self.read(&said)?)))
            .transpose()
    }

    /// Ends the reading of a file: it has this hash and so many documents, and those that stood behind them go.
    ///
    /// # Errors
    /// As [`Shelf::state`].
    pub fn put_file(&self, id: &str, file: &File) -> Result<(), StoreError> {
        self.clear(id, file.documents)?;
        let bytes = self.written(file)?;
        self.with(|t| {
            t.open_table(FILES)?.insert(id, bytes.as_slice())?;
            Ok(())
        })
    }

    /// Takes a file out with all its documents.
    ///
    /// # Errors
    /// As [`Shelf::state`].
    pub fn withdraw(&self, id: &str) -> Result<(), StoreError> {
        self.clear(id, 0)?;
        self.with(|t| {
            t.open_table(FILES)?.remove(id)?;
            Ok(())
        })
    }

    /// Takes out the documents of a file from a place on.
    fn clear(&self, file: &str, from: u64) -> Result<(), StoreError> {
        let ids = self.with(|t| {
            let places = t.open_table(PLACES)?;
            let rows = places.range((file, from)..=(file, u64::MAX))?;
            let ids = rows.map(|row| Ok(row?.1.value().to_owned()));
            ids.collect::<Result<Vec<String>, redb::Error>>()
        })?;
        for id in ids {
            self.changes(&id)?;
        }
        self.with(|t| {
            let mut places = t.open_table(PLACES)?;
            let (mut documents, mut saids) = (t.open_table(DOCUMENTS)?, t.open_table(CLAIMS)?);
            for row in places.extract_from_if((file, from)..=(file, u64::MAX), |_, _| true)? {
                let (at, id) = row?;
                let at = (id.value(), file, at.value().1);
                documents.remove(at)?;
                saids.remove(at)?;
            }
            Ok(())
        })
    }

    /// A document by its id, with what it says.
    ///
    /// # Errors
    /// As [`Shelf::state`].
    pub fn document(&self, id: &str) -> Result<Option<(Document, Said)>, StoreError> {
        let found = self.with(|t| {
            let documents = t.open_table(DOCUMENTS)?;
            let Some(row) = documents.range((id, "", 0)..)?.next().transpose()? else {
                return Ok(None);
            };
            let at = row.0.value();
            if at.0 != id {
                return Ok(None);
            }
            let said = t
                .open_table(CLAIMS)?
                .get(at)?
                .map(|row| row.value().to_vec());
            Ok(said.map(|said| (row.1.value().to_vec(), said)))
        })?;
        found
            .map(|(text, said)| Ok((self.read(&text)?, self.read(&said)?)))
            .transpose()
    }

    /// Hands over what each document says, in order of the documents' ids; of those with one id, the first.
    ///
    /// # Errors
    /// As [`Shelf::state`].
    pub fn each_said(&self, mut take: impl FnMut(String, Said)) -> Result<(), StoreError> {
        let mut broken = None;
        self.with(|t| {
            let table = t.open_table(CLAIMS)?;
            let mut last: Option<String> = None;
            for row in table.iter()? {
                let (at, bytes) = row?;
                let (id, _, _) = at.value();
                if last.as_deref() == Some(id) {
                    continue;
                }
                last = Some(id.to_owned());
                match self.read(bytes.value()) {
                    Ok(said) => take(id.to_owned(), said),
                    Err(error) => {
                        broken = Some(error);
                        break;
                    }
                }
            }
            Ok(())
        })?;
        broken.map_or(Ok(()), Err)
    }

    /// Makes all that was done last.
    ///
    /// # Errors
    /// As [`Shelf::state`].
    pub(super) fn commit(self) -> Result<(), StoreError> {
        let Self {
            path,
            transaction,
            database,
            ..
        } = self;
        transaction
            .commit()
            .map_err(|error| wrong(&path, &error.into()))?;
        drop(database);
        Ok(())
    }
}

fn wrong(path: &Path, error: &redb::Error) -> StoreError {
    StoreError::Shelf {
        path: path.display().to_string(),
        message: error.to_string(),
    }
}

impl Sum {
    /// Adds a hash, or takes it away.
    pub fn add(&mut self, hash: &[u8; 32], away: bool) {
        for (number, bytes) in self.0.iter_mut().zip(hash.chunks_exact(8)) {
            let mut four = [0; 8];
            four.copy_from_slice(bytes);
            let value = u64::from_le_bytes(four);
            *number = if away {
                number.wrapping_sub(value)
            } else {
                number.wrapping_add(value)
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read;

    fn document(id: &str) -> Document {
        read(id, b"= T =\n\nA text of words.\n").unwrap().remove(0)
    }

    #[test]
    fn documents_stand_by_id_and_go_with_their_file() {
        let shelf = Shelf::temporary().unwrap();
        let said = |n: u64| Said {
            sentences: (n, 0),
            ..Said::default()
        };
        for (file, place, id, n) in [("f", 0, "a", 1), ("f", 1, "b", 2), ("g", 0, "a", 3)] {
            shelf
                .put_document(file, place, &document(id), &said(n))
                .unwrap();
        }
        let file = |documents| File {
            hash: "h".to_owned(),
            documents,
        };
        shelf.put_file("f", &file(2)).unwrap();
        shelf.put_file("g", &file(1)).unwrap();
        let all = |shelf: &Shelf| {
            let mut all = Vec::new();
            shelf
                .each_said(|id, said| all.push((id, said.sentences.0)))
                .unwrap();
            all
        };
        assert_eq!(all(&shelf), [("a".to_owned(), 1), ("b".to_owned(), 2)]);
        assert_eq!(shelf.document("a").unwrap().unwrap().0, document("a"));
        assert_eq!(shelf.document("aa").unwrap(), None);
        // The first file is read again: one document less, of another name.
        shelf
            .put_document("f", 0, &document("c"), &said(4))
            .unwrap();
        shelf.put_file("f", &file(1)).unwrap();
        assert_eq!(all(&shelf), [("a".to_owned(), 3), ("c".to_owned(), 4)]);
        shelf.withdraw("g").unwrap();
        assert_eq!(all(&shelf), [("c".to_owned(), 4)]);
        assert_eq!(shelf.files().unwrap(), ["f"]);
        assert_eq!(shelf.at_place("f", 0).unwrap().unwrap().0.id, "c");
    }

    #[test]
    fn a_sum_forgets_what_is_taken_away() {
        let mut sum = Sum::default();
        sum.add(&[7; 32], false);
        let one = sum;
        sum.add(&[250; 32], false);
        sum.add(&[7; 32], true);
        sum.add(&[7; 32], false);
        sum.add(&[250; 32], true);
        assert_eq!(sum, one);
    }
}
