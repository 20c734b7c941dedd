//! What a generation was built from: every file read, with its hash, its documents and their claims.

use super::StoreError;
use crate::document::{Document, Lang};
use crate::fact::Claim;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// One file as it was read: what a later build can use again if neither the file nor the program changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// SHA-256 of the file's bytes and of what is told about the file, in hexadecimal.
    pub hash: String,
    /// Its documents, each with its claims.
    pub documents: Vec<(Document, Vec<Claim>)>,
}

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

/// What a generation holds and where it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Hash of everything that decides the content: readings, rules, data, program, base IRI.
    pub content: String,
    /// Hash of the program with its rules and data.
    pub program: String,
    /// IRI under which entities live.
    pub base: String,
    /// Names of the graphs that the build made; all other named graphs are the user's.
    pub graphs: Vec<String>,
    /// Quads that the build made.
    pub quads: usize,
    /// What it holds, counted.
    pub counts: Counts,
    /// Its documents, sorted by id.
    pub documents: Vec<Listed>,
}

/// A document of a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// Its title; may be empty.
    pub title: String,
    /// Its language.
    pub lang: Lang,
    /// How many claims it makes.
    pub claims: usize,
}

/// Files read, by the id of the file (its path relative to the source given).
pub type Readings = BTreeMap<String, Reading>;

/// The documents of all readings with their claims, sorted by the document's id.
#[must_use]
pub fn documents(readings: &Readings) -> Vec<(&Document, &[Claim])> {
    let mut documents: Vec<_> = readings
        .values()
        .flat_map(|reading| &reading.documents)
        .map(|(document, claims)| (document, claims.as_slice()))
        .collect();
    documents.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    documents
}

impl Manifest {
    /// Reads the manifest of a generation's folder.
    ///
    /// # Errors
    /// [`StoreError::Io`] when the file cannot be read, [`StoreError::Corrupt`] when it is no manifest.
    pub fn read(generation: &Path) -> Result<Self, StoreError> {
        read_json(&generation.join(super::folder::MANIFEST))
    }
}

/// Reads a file of JSON.
pub(super) fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, StoreError> {
    let bytes = std::fs::read(path).map_err(StoreError::io(path))?;
    serde_json::from_slice(&bytes).map_err(|error| StoreError::Corrupt {
        path: path.display().to_string(),
        message: error.to_string(),
    })
}
