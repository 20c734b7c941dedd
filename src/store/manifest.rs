//! What a generation holds: what it was made by, and what there is of each kind.

use super::StoreError;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What a generation holds, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Documents.
    pub documents: usize,
    /// Claims of all documents.
    pub claims: usize,
    /// Of these, claims that are not facts: planned, expected, denied …
    pub not_facts: usize,
    /// Persons, states, missions … of the world.
    pub entities: usize,
    /// Events and relators of the world.
    pub events: usize,
    /// What sources disagree on.
    pub conflicts: usize,
    /// Sentences and list items of all documents.
    pub sentences: usize,
    /// Of these, those that no claim cites.
    pub silent: usize,
}

/// What a generation holds and where it comes from. Its size does not depend on the store's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Hash of everything that decides the content: readings, rules, data, program, base IRI.
    pub content: String,
    /// Hash of the program with its rules and data.
    pub program: String,
    /// IRI under which entities live. The named graphs under `document/` there are those of builds; all others are the user's.
    pub base: String,
    /// Quads that builds made.
    pub quads: usize,
    /// What it holds, counted.
    pub counts: Counts,
}

impl Manifest {
    /// Reads the manifest of a generation's folder.
    ///
    /// # Errors
    /// [`StoreError::Io`] when the file cannot be read, [`StoreError::Corrupt`] when it is no manifest.
    pub fn read(generation: &Path) -> Result<Self, StoreError> {
        let path = generation.join(super::folder::MANIFEST);
        let bytes = std::fs::read(&path).map_err(StoreError::io(&path))?;
        serde_json::from_slice(&bytes).map_err(|error| StoreError::Corrupt {
            path: path.display().to_string(),
            message: error.to_string(),
        })
    }
}
