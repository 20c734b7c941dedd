//! Which documents share what: the ties of every document in order, so that those with one of them are found without reading the others;
//! and what documents said before the build in whose hand the tables are.

use super::{CLAIMS, Said, Shelf, StoreError};
use redb::{ReadableTable, TableDefinition};
use std::collections::{BTreeMap, BTreeSet};

/// What is shared, and in which form.
pub type Tie = (u64, u64);

/// Tie and document id.
pub(super) const TIES: TableDefinition<'_, (u64, u64, &str), ()> = TableDefinition::new("ties");

impl Shelf {
    /// From now on, notes what each document said before it is changed or goes ([`Shelf::take_changed`]).
    pub fn note_changes(&self) {
        *self.changed.borrow_mut() = Some(BTreeMap::new());
    }

    /// The documents that changed since [`Shelf::note_changes`], each with what it said before; `None` where nothing was noted.
    #[must_use]
    pub fn take_changed(&self) -> Option<BTreeMap<String, Option<Said>>> {
        self.changed.take()
    }

    /// Notes what a document says now, as it is about to change.
    pub(super) fn changes(&self, id: &str) -> Result<(), StoreError> {
        let noted = match &*self.changed.borrow() {
            None => true,
            Some(changed) => changed.contains_key(id),
        };
        if !noted {
            let said = self.said(id)?;
            if let Some(changed) = &mut *self.changed.borrow_mut() {
                changed.insert(id.to_owned(), said);
            }
        }
        Ok(())
    }

    /// What a document says; of those with one id, the first.
    ///
    /// # Errors
    /// As [`Shelf::state`].
    pub fn said(&self, id: &str) -> Result<Option<Said>, StoreError> {
        let bytes = self.with(|t| {
            let table = t.open_table(CLAIMS)?;
            let row = table.range((id, "", 0)..)?.next().transpose()?;
            Ok(row
                .filter(|(at, _)| at.value().0 == id)
                .map(|(_, said)| said.value().to_vec()))
        })?;
        bytes.map(|bytes| self.read(&bytes)).transpose()
    }

    /// Gives a document these ties for those.
    ///
    /// # Errors
    /// As [`Shelf::state`].
    pub fn tie(&self, id: &str, old: &[Tie], new: &[Tie]) -> Result<(), StoreError> {
        self.with(|t| {
            let mut table = t.open_table(TIES)?;
            for tie in old {
                table.remove((tie.0, tie.1, id))?;
            }
            for tie in new {
                table.insert((tie.0, tie.1, id), ())?;
            }
            Ok(())
        })
    }

    /// Puts these ties of documents in place of all that are there.
    ///
    /// # Errors
    /// As [`Shelf::state`].
    pub fn tie_all(&self, mut all: Vec<(Tie, &str)>) -> Result<(), StoreError> {
        // In order, the tables grow at their end.
        all.sort_unstable();
        self.with(|t| {
            t.delete_table(TIES)?;
            let mut table = t.open_table(TIES)?;
            for (tie, id) in &all {
                table.insert((tie.0, tie.1, *id), ())?;
            }
            Ok(())
        })
    }

    /// The ids of the documents that have a tie, whatever its form.
    ///
    /// # Errors
    /// As [`Shelf::state`].
    pub fn tied(&self, key: u64) -> Result<Vec<String>, StoreError> {
        self.with(|t| {
            let table = t.open_table(TIES)?;
            let mut ids = BTreeSet::new();
            for row in table.range((key, 0, "")..)? {
                let (at, _) = row?;
                let (found, _, id) = at.value();
                if found != key {
                    break;
                }
                ids.insert(id.to_owned());
            }
            Ok(ids.into_iter().collect())
        })
    }

    /// Of each form of a tie the id of the first document that has it and is not among `except`.
    ///
    /// # Errors
    /// As [`Shelf::state`].
    pub fn first_tied(&self, key: u64, except: &BTreeSet<&str>) -> Result<Vec<String>, StoreError> {
        self.with(|t| {
            let table = t.open_table(TIES)?;
            let mut ids = BTreeSet::new();
            let mut form = 0;
            'forms: loop {
                let mut next = None;
                for row in table.range((key, form, "")..)? {
                    let (at, _) = row?;
                    let (found, of, id) = at.value();
                    if found != key {
                        break 'forms;
                    }
                    if !except.contains(id) {
                        ids.insert(id.to_owned());
                        next = of.checked_add(1);
                        break;
                    }
                }
                match next {
                    Some(next) => form = next,
                    None => break,
                }
            }
            Ok(ids.into_iter().collect())
        })
    }
}
