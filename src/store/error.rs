//! What can go wrong with a store, and what to try.

use std::path::PathBuf;

/// A store that could not be opened, read or written. Every one of them is exit status 3.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no store there.
    #[error("{path}: no store here\n  help: make one with `chancery build SOURCE… --store {path}`")]
    Missing {
        /// The folder.
        path: String,
    },
    /// A build or a writable server holds the lock.
    #[error(
        "{path}: another build or a writable server is writing this store\n  help: wait until it is done, or stop the server"
    )]
    Locked {
        /// The folder.
        path: String,
    },
    /// A file of the store is not what it should be.
    #[error("{path}: {message}\n  help: build the store again")]
    Corrupt {
        /// The file.
        path: String,
        /// What is wrong.
        message: String,
    },
    /// What builds keep beside the generations cannot be read or written.
    #[error(
        "{path}: {message}\n  help: remove this file and build again; all documents are then read anew"
    )]
    Shelf {
        /// The file.
        path: String,
        /// What is wrong.
        message: String,
    },
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Oxigraph failed.
    #[error("the store failed: {0}")]
    Storage(#[from] oxigraph::store::StorageError),
    /// A remote store did not answer as it should.
    #[error("{url}: {message}")]
    Remote {
        /// The endpoint.
        url: String,
        /// HTTP status, where there was an answer.
        status: Option<u16>,
        /// What it said or what failed.
        message: String,
    },
}

impl StoreError {
    /// For `map_err`: the system's error at a path.
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}
