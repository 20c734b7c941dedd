//! Quads → a store that can be asked: an embedded Oxigraph folder, or any SPARQL 1.1 store by its URL.
//!
//! A store folder holds generations. `current` is a text file that names the generation in use; a build makes a new
//! generation and renames `current` at the end, so that a build that is killed leaves the old store or the new one.
//!
//! ```text
//! DIR/current            gen-3f0a…        (one line)
//! DIR/gen-3f0a…/db/      RocksDB
//! DIR/gen-3f0a…/manifest.json             (what it holds)
//! DIR/readings           what builds read and made: documents, claims, prints of the graph's parts
//! DIR/lock               held while a build or a writable server runs
//! DIR/live/              the database of a writable server (its process holds DIR/writer)
//! ```
//!
//! A generation shares with the one before it what did not change: the engine's tables are hard links, and only the difference is written.
//! The point of no return is the commit of `readings`, which names the new generation; a build that dies after it is finished by the next one.

mod embedded;
mod error;
mod folder;
mod generation;
mod live;
mod manifest;
mod remote;
mod shelf;

pub use embedded::Embedded;
pub use error::StoreError;
pub use folder::{Builder, Folder};
pub use generation::Generation;
pub use live::Live;
pub use manifest::{Counts, Manifest};
pub use remote::{Remote, RemoteAnswer};
pub use shelf::{File, Said, Shelf, State, Sum, Tie};

use std::path::Path;

/// A store to ask.
#[derive(Clone)]
pub enum Store {
    /// Oxigraph inside this process.
    Embedded(Embedded),
    /// A SPARQL 1.1 endpoint over HTTP.
    Remote(Remote),
}

impl Store {
    /// Opens what `location` names for reading: an `http://` or `https://` URL is a SPARQL 1.1 query endpoint, anything
    /// else a store folder.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when the folder is no store, [`StoreError::Storage`] when it cannot be read. A remote
    /// store is not contacted yet.
    pub fn open_read_only(location: &str) -> Result<Self, StoreError> {
        if location.starts_with("http://") || location.starts_with("https://") {
            Ok(Self::Remote(Remote::new(location)?))
        } else {
            Ok(Self::Embedded(Embedded::open_read_only(Path::new(
                location,
            ))?))
        }
    }

    /// A store in memory that holds these quads; for `convert` and for tests.
    ///
    /// # Errors
    /// [`StoreError::Storage`] when the engine fails.
    pub fn in_memory(
        quads: impl IntoIterator<Item = oxigraph::model::Quad>,
    ) -> Result<Self, StoreError> {
        Ok(Self::Embedded(Embedded::in_memory(quads)?))
    }

    /// What names the present content: the generation of an embedded store; `None` for a remote one.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        match self {
            Self::Embedded(embedded) => Some(embedded.version()),
            Self::Remote(_) => None,
        }
    }

    /// What the store was built from, where it is a folder.
    #[must_use]
    pub fn manifest(&self) -> Option<&Manifest> {
        match self {
            Self::Embedded(embedded) => embedded.manifest(),
            Self::Remote(_) => None,
        }
    }
}
