//! An index of Wikidata's items in one file that is mapped into memory: names, pages and neighbours → items.

mod build;
mod format;
pub(super) mod keys;
mod pieces;

pub use build::{IndexBuilder, Keep, Made};

use super::names::{Nouns, bag, folded};
use super::properties::{ADMINISTRATIVE_ENTITY, COUNTRY, OPERATOR};
use super::{Item, ItemType, Qid};
use format::{Header, Section};
use fst::automaton::{Levenshtein, Str};
use fst::{Automaton, IntoStreamer, Streamer};
use mmap_io::MemoryMappedFile;
use std::path::Path;

/// Most items that one look-up gives.
const MOST: usize = 50;
/// Shortest name in which a typo is looked for, in characters.
const TYPO: usize = 6;

/// Why an index cannot be made or used.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// A file failed.
    #[error(transparent)]
    File(#[from] std::io::Error),
    /// The file is no index, or one of another version.
    #[error("{0}")]
    Format(String),
    /// The names could not be written or read.
    #[error("the index's names: {0}")]
    Names(#[from] fst::Error),
    /// A fault of the program.
    #[error("{0}")]
    Program(String),
}

/// How a look-up found an item, from the closest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Match {
    /// By its names, accents, case and punctuation aside.
    Folded,
    /// By the words of a name in another order, or with other small words.
    Reordered,
    /// By a name with one typo.
    Typo,
}

/// An index, ready to be asked. Cheap to look into from many threads.
pub struct Index {
    file: MemoryMappedFile,
    header: Header,
}

impl Index {
    /// Opens an index.
    ///
    /// # Errors
    /// [`IndexError::Format`] when the file is none, or was made by another version.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        let shown = path.display();
        let none = |why: &str| {
            IndexError::Format(format!(
                "{shown} is no index of Wikidata: {why}; make one with `chancery link index DUMP --out {shown}`"
            ))
        };
        let size = std::fs::metadata(path)
            .map_err(|error| IndexError::Format(format!("{shown}: {error}")))?
            .len();
        if size < 16 {
            return Err(none("it is too short"));
        }
        let file = MemoryMappedFile::open_ro(path)
            .map_err(|error| IndexError::Format(format!("{shown}: {error}")))?;
        let bytes = file
            .as_slice_bytes(0, size)
            .map_err(|error| none(&error.to_string()))?;
        if !bytes.starts_with(format::MAGIC) {
            return Err(none("it does not begin as one"));
        }
        let header = bytes
            .split_last_chunk::<8>()
            .and_then(|(rest, length)| {
                let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
                rest.get(rest.len().checked_sub(length)?..)
            })
            .ok_or_else(|| none("its end is cut off"))?;
        let header: Header =
            serde_json::from_slice(header).map_err(|error| none(&error.to_string()))?;
        if header.version != format::VERSION {
            return Err(none(&format!("it is of version {}", header.version)));
        }
        let index = Self { file, header };
        for section in [
            Section::Keys,
            Section::Postings,
            Section::Ids,
            Section::Items,
        ] {
            if index.section(section).is_none() {
                return Err(none("a section is not within it"));
            }
        }
        index.map()?;
        Ok(index)
    }

    /// Tags of the languages that its names are in.
    #[must_use]
    pub fn languages(&self) -> &[String] {
        &self.header.languages
    }

    /// How many items it has.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.header.items
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn section(&self, section: Section) -> Option<&[u8]> {
        let (start, length) = *self.header.sections.get(&section)?;
        self.file.as_slice_bytes(start, length).ok()
    }

    fn map(&self) -> Result<fst::Map<&[u8]>, IndexError> {
        Ok(fst::Map::new(
            self.section(Section::Keys).unwrap_or_default(),
        )?)
    }

    /// The items behind a key, the best known first.
    fn behind(&self, value: u64) -> Vec<Qid> {
        if value & 1 == 1 {
            return vec![Qid(value >> 1)];
        }
        let at = usize::try_from(value >> 1).unwrap_or(usize::MAX);
        let postings = self.section(Section::Postings).unwrap_or_default();
        let mut ids = Vec::new();
        let Some((count, mut rest)) = postings.get(at..).and_then(format::unleb) else {
            return ids;
        };
        for _ in 0..count.min(MOST as u64) {
            let Some((id, more)) = format::unleb(rest) else {
                break;
            };
            ids.push(Qid(id));
            rest = more;
        }
        ids
    }

    fn get(&self, key: &str) -> Vec<Qid> {
        let value = self.map().ok().and_then(|map| map.get(key));
        value.map(|value| self.behind(value)).unwrap_or_default()
    }

    /// The items of a folded name.
    #[must_use]
    pub fn named(&self, folded: &str) -> Vec<Qid> {
        self.get(&keys::name(folded))
    }

    /// Ids of items that a name may mean, the closest matches first.
    #[must_use]
    pub fn look_up(&self, name: &str) -> Vec<(Qid, Match)> {
        let name = folded(name);
        let mut found: Vec<(Qid, Match)> = self
            .named(&name)
            .into_iter()
            .map(|id| (id, Match::Folded))
            .collect();
        let more = |ids: Vec<Qid>, how: Match, found: &mut Vec<(Qid, Match)>| {
            for id in ids {
                if !found.iter().any(|(other, _)| *other == id) {
                    found.push((id, how));
                }
            }
        };
        let words = bag(&name);
        if words != name {
            // As a whole name that has no small words.
            more(self.get(&keys::name(&words)), Match::Reordered, &mut found);
        }
        if words.contains(' ') || words != name {
            more(self.get(&keys::words(&name)), Match::Reordered, &mut found);
        }
        if found.is_empty() && name.chars().count() >= TYPO {
            more(self.with_typo(&name), Match::Typo, &mut found);
        }
        found.truncate(MOST);
        found
    }

    /// The items of names that differ from a folded one by a letter.
    fn with_typo(&self, folded: &str) -> Vec<Qid> {
        let mut ids = Vec::new();
        let key = keys::name(folded);
        let (Ok(map), Ok(automaton)) = (self.map(), Levenshtein::new(&key, 1)) else {
            return ids;
        };
        let mut stream = map.search(automaton).into_stream();
        while let Some((found, value)) = stream.next() {
            if found.first() == key.as_bytes().first() {
                ids.extend(self.behind(value));
            }
            if ids.len() >= MOST {
                break;
            }
        }
        ids
    }

    /// The first items of keys that begin with a text, by key.
    #[must_use]
    pub(super) fn beginning(&self, text: &str, most: usize) -> Vec<Qid> {
        let mut ids = Vec::new();
        let Ok(map) = self.map() else {
            return ids;
        };
        let mut stream = map.search(Str::new(text).starts_with()).into_stream();
        while let Some((_, value)) = stream.next() {
            ids.extend(self.behind(value));
            if ids.len() >= most {
                break;
            }
        }
        ids
    }

    /// The item of a page of Wikipedia.
    #[must_use]
    pub fn page(&self, lang: &str, title: &str) -> Option<Qid> {
        self.get(&keys::page(lang, title)).first().copied()
    }

    /// The missions of one state in another.
    #[must_use]
    pub fn missions(&self, sending: Qid, receiving: Qid) -> Vec<Qid> {
        self.get(&keys::between(ItemType::Mission, sending, receiving))
    }

    /// The relations of two states.
    #[must_use]
    pub fn relations(&self, one: Qid, other: Qid) -> Vec<Qid> {
        let (one, other) = (one.min(other), one.max(other));
        self.get(&keys::between(ItemType::Relation, one, other))
    }

    /// An item by its id or a former one.
    #[must_use]
    pub fn item(&self, id: Qid) -> Option<Item> {
        let (rows, _) = self.section(Section::Ids)?.as_chunks::<24>();
        let key = id.0.to_be_bytes();
        let at = rows
            .binary_search_by(|row| row.get(..8).cmp(&Some(key.as_slice())))
            .ok()?;
        let row = rows.get(at)?;
        let number = |from: usize| -> Option<usize> {
            let bytes = row.get(from..)?.first_chunk::<8>()?;
            usize::try_from(u64::from_be_bytes(*bytes)).ok()
        };
        let (start, length) = (number(8)?, number(16)?);
        let bytes = self
            .section(Section::Items)?
            .get(start..start.checked_add(length)?)?;
        postcard::from_bytes(bytes).ok()
    }
}

/// Tells missions by their names, where their class does not: ranks of missions have many classes.
pub fn settle_types(item: &mut Item, nouns: &Nouns) {
    let belongs = [OPERATOR, COUNTRY, ADMINISTRATIVE_ENTITY]
        .iter()
        .any(|property| item.linked(*property).next().is_some());
    let unsure = item
        .types
        .iter()
        .all(|kind| matches!(kind, ItemType::City | ItemType::Organisation));
    if !belongs || !unsure {
        return;
    }
    if item
        .names()
        .any(|(_, text)| nouns.mission(&folded(text)).is_some())
    {
        item.types = vec![ItemType::Mission];
    }
}
