//! Oxigraph inside this process: one generation of a store folder, or a store in memory.

use super::{Folder, Manifest, StoreError};
use oxigraph::model::Quad;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// An open generation. Cheap to clone; clones share it.
#[derive(Clone)]
pub struct Embedded {
    store: oxigraph::store::Store,
    version: Arc<str>,
    manifest: Option<Arc<Manifest>>,
    /// Held as long as the generation is read, so that nobody removes it.
    _held: Option<Arc<File>>,
}

impl Embedded {
    /// Opens the current generation of a store folder for reading.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when the folder is no store, else what reading it gave.
    pub fn open_read_only(folder: &Path) -> Result<Self, StoreError> {
        let folder = Folder::new(folder);
        // A build may swap and a second one remove the generation between reading `current` and opening it.
        let mut last = None;
        for _ in 0..3 {
            let version = folder.current()?.ok_or_else(|| StoreError::Missing {
                path: folder.path().display().to_string(),
            })?;
            let generation = folder.generation(&version);
            let opened = hold(&generation).and_then(|held| {
                Ok((
                    held,
                    Manifest::read(&generation)?,
                    oxigraph::store::Store::open_read_only(generation.join(super::folder::DB))?,
                ))
            });
            match opened {
                Ok((held, manifest, store)) => {
                    return Ok(Self {
                        store,
                        version: version.into(),
                        manifest: Some(Arc::new(manifest)),
                        _held: Some(Arc::new(held)),
                    });
                }
                Err(error) => last = Some(error),
            }
        }
        Err(last.unwrap_or_else(|| StoreError::Missing {
            path: folder.path().display().to_string(),
        }))
    }

    /// A store in memory that holds these quads; its version is `memory`.
    ///
    /// # Errors
    /// [`StoreError::Storage`] when the engine fails.
    pub fn in_memory(quads: impl IntoIterator<Item = Quad>) -> Result<Self, StoreError> {
        let store = oxigraph::store::Store::new()?;
        let mut loader = store.bulk_loader();
        loader.load_quads(quads)?;
        loader.commit()?;
        Ok(Self {
            store,
            version: "memory".into(),
            manifest: None,
            _held: None,
        })
    }

    /// The engine.
    #[must_use]
    pub fn engine(&self) -> &oxigraph::store::Store {
        &self.store
    }

    /// Name of the generation.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What the generation was built from.
    #[must_use]
    pub fn manifest(&self) -> Option<&Manifest> {
        self.manifest.as_deref()
    }
}

/// A lock on a generation that readers share. Where the system has no such locks, the old generation still stays until the next build.
fn hold(generation: &Path) -> Result<File, StoreError> {
    let path = generation.join(super::folder::MANIFEST);
    let file = File::open(&path).map_err(StoreError::io(&path))?;
    let _ = file.try_lock_shared();
    Ok(file)
}
