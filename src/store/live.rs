//! A store that is written while it is served: one process owns the live database, and makes a generation of it that readers open.

use super::folder::{CURRENT_FIRST, DB};
use super::generation::link;
use super::{Folder, Manifest, StoreError};
use oxigraph::store::Store;
use std::fs::File;
use std::path::Path;
use std::time::{Duration, Instant};

/// Folder of the live database.
const LIVE: &str = "live";
/// Name of the file that the one writer holds locked.
const WRITER: &str = "writer";
/// How long a writer waits for one before it to end.
const PATIENCE: Duration = Duration::from_secs(10);

/// The live database of a store folder. What was published is durable; what was not is gone when it is opened again.
pub struct Live {
    folder: Folder,
    store: Store,
    name: String,
    manifest: Manifest,
    _writer: File,
}

impl Live {
    /// Opens it at what the current generation holds; a folder without one gets an empty one. The caller holds the folder's lock
    /// ([`Folder::lock`]), so that no build runs.
    ///
    /// # Errors
    /// [`StoreError::Locked`] while another writer runs, else what the folder or the engine gives.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(StoreError::io(folder))?;
        let writer = only_writer(folder)?;
        let live = folder.join(LIVE);
        if live.exists() {
            std::fs::remove_dir_all(&live).map_err(StoreError::io(&live))?;
        }
        let folder = Folder::new(folder);
        let name = match folder.current()? {
            Some(name) => name,
            None => {
                let path = folder.generation(CURRENT_FIRST);
                std::fs::create_dir_all(&path).map_err(StoreError::io(&path))?;
                Store::open(path.join(DB))?.flush()?;
                let manifest = Manifest {
                    content: "0".to_owned(),
                    ..Manifest::default()
                };
                folder.finish(CURRENT_FIRST, &manifest)?;
                CURRENT_FIRST.to_owned()
            }
        };
        let current = folder.generation(&name);
        link(&current.join(DB), &live)?;
        Ok(Self {
            manifest: Manifest::read(&current)?,
            store: Store::open(&live)?,
            folder,
            name,
            _writer: writer,
        })
    }

    /// The engine, to be written.
    #[must_use]
    pub fn engine(&self) -> &Store {
        &self.store
    }

    /// Name of the generation that holds all that was published.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.name
    }

    /// Makes all that was written a generation, durable and current; gives its name. Older ones that nobody reads are removed.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written; the generation before is then still current.
    pub fn publish(&mut self) -> Result<String, StoreError> {
        self.store.flush()?;
        let name = next(&self.name);
        let path = self.folder.generation(&name);
        if path.exists() {
            std::fs::remove_dir_all(&path).map_err(StoreError::io(&path))?;
        }
        std::fs::create_dir_all(&path).map_err(StoreError::io(&path))?;
        self.store.backup(path.join(DB))?;
        self.manifest.content = name.trim_start_matches("gen-").to_owned();
        // what builds know of the store does not hold any more
        self.folder.forget_readings()?;
        self.folder.finish(&name, &self.manifest)?;
        self.name.clone_from(&name);
        self.folder.remove_other_generations(Some(&name))?;
        Ok(name)
    }
}

/// The name after this one: `gen-3f0a`, `gen-3f0au1`, `gen-3f0au2` … A build's hash has no `u`.
fn next(name: &str) -> String {
    match name.rsplit_once('u') {
        Some((built, number)) => {
            let number = number.parse::<u64>().unwrap_or(0);
            format!("{built}u{}", number + 1)
        }
        None => format!("{name}u1"),
    }
}

fn only_writer(folder: &Path) -> Result<File, StoreError> {
    let path = folder.join(WRITER);
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(StoreError::io(&path))?;
    let start = Instant::now();
    // one that was killed may not be gone yet
    while file.try_lock().is_err() {
        if start.elapsed() > PATIENCE {
            return Err(StoreError::Locked {
                path: folder.display().to_string(),
            });
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Embedded;
    use oxigraph::model::{GraphNameRef, NamedNodeRef, QuadRef};

    fn quad(local: &str) -> QuadRef<'_> {
        let node = NamedNodeRef::new_unchecked(local);
        QuadRef::new(node, node, node, GraphNameRef::DefaultGraph)
    }

    #[test]
    fn what_was_published_stays_and_the_rest_goes() {
        let folder = tempfile::tempdir().unwrap();
        let count = || {
            let store = Embedded::open_read_only(folder.path()).unwrap();
            store.engine().len().unwrap()
        };
        let mut live = Live::open(folder.path()).unwrap();
        assert_eq!(count(), 0);
        live.engine().insert(quad("http://a")).unwrap();
        assert_eq!(count(), 0, "not before it is published");
        let reader = Embedded::open_read_only(folder.path()).unwrap();
        assert_eq!(live.publish().unwrap(), "gen-0u1");
        live.engine().insert(quad("http://b")).unwrap();
        assert_eq!(live.publish().unwrap(), "gen-0u2");
        assert_eq!(count(), 2);
        assert_eq!(reader.engine().len().unwrap(), 0, "who reads, reads on");
        live.engine().insert(quad("http://c")).unwrap();
        drop((live, reader));
        let mut live = Live::open(folder.path()).unwrap();
        assert_eq!(live.engine().len().unwrap(), 2);
        live.publish().unwrap();
        let left = std::fs::read_dir(folder.path()).unwrap();
        let left = left.filter(|entry| entry.as_ref().unwrap().path().join(DB).exists());
        assert_eq!(left.count(), 1);
    }
}
