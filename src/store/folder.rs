//! The folder of a store: its generations, which one is current, and how a build makes the next one.

use super::{Generation, Manifest, Shelf, StoreError};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Name of the file that names the current generation.
const CURRENT: &str = "current";
/// Name of the file that a build holds locked.
const LOCK: &str = "lock";
/// Name of the engine's folder in a generation.
pub(super) const DB: &str = "db";
/// Name of the first generation of a folder that no build made.
pub(super) const CURRENT_FIRST: &str = "gen-0";
/// Name of the file that says what a generation holds.
pub(super) const MANIFEST: &str = "manifest.json";
/// Name of the file with what builds read and made.
const READINGS: &str = "readings";

/// A folder that holds, or will hold, a store.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

/// A build in progress: holds the folder's lock until it is dropped.
pub struct Builder {
    folder: Folder,
    current: Option<String>,
    shelf: Shelf,
    _lock: File,
}

impl Folder {
    /// The folder at a path; nothing is touched.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
        }
    }

    /// Whether a folder is that of a store.
    #[must_use]
    pub fn is_at(path: &Path) -> bool {
        let holds = |name| path.join(name).is_file();
        holds(LOCK) && (holds(CURRENT) || holds(READINGS))
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Name of the current generation; `None` where there is none yet. A server compares it with
    /// [`super::Store::version`] to see whether a build has made a new one.
    ///
    /// # Errors
    /// [`StoreError::Io`] when `current` cannot be read, [`StoreError::Corrupt`] when it names no generation.
    pub fn current(&self) -> Result<Option<String>, StoreError> {
        let path = self.path.join(CURRENT);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(StoreError::io(path)(error)),
        };
        let name = text.trim();
        let valid = name.strip_prefix("gen-").is_some_and(|hash| {
            !hash.is_empty() && hash.bytes().all(|b| b.is_ascii_alphanumeric())
        });
        if valid {
            Ok(Some(name.to_owned()))
        } else {
            Err(StoreError::Corrupt {
                path: path.display().to_string(),
                message: "does not name a generation".to_owned(),
            })
        }
    }

    /// Folder of a generation.
    #[must_use]
    pub fn generation(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Starts a build: makes the folder where needed, takes its lock, removes what killed builds and older generations
    /// left.
    ///
    /// # Errors
    /// [`StoreError::Locked`] while another build runs, [`StoreError::Io`] when the folder cannot be written.
    pub fn build(&self) -> Result<Builder, StoreError> {
        let lock = self.lock()?;
        let readings = self.path.join(READINGS);
        let mut shelf = Shelf::open(&readings)?;
        let mut current = self.current()?;
        let made = shelf.state()?.generation;
        if made != current {
            match made.filter(|made| self.generation(made).join(MANIFEST).exists()) {
                // A build died between the last two steps.
                Some(made) => {
                    self.switch(&made)?;
                    current = Some(made);
                }
                None => {
                    drop(shelf);
                    std::fs::remove_file(&readings).map_err(StoreError::io(&readings))?;
                    shelf = Shelf::open(&readings)?;
                }
            }
        }
        self.remove_other_generations(current.as_deref())?;
        Ok(Builder {
            folder: self.clone(),
            current,
            shelf,
            _lock: lock,
        })
    }

    /// Removes older generations that nobody reads; does nothing while a build runs.
    ///
    /// # Errors
    /// [`StoreError::Io`] when the folder cannot be written.
    pub fn tidy(&self) -> Result<(), StoreError> {
        let path = self.path.join(LOCK);
        let lock = File::options()
            .write(true)
            .open(&path)
            .map_err(StoreError::io(&path))?;
        if lock.try_lock().is_err() {
            return Ok(());
        }
        match self.current()? {
            Some(current) => self.remove_other_generations(Some(&current)),
            None => Ok(()),
        }
    }

    /// Makes a generation current.
    fn switch(&self, name: &str) -> Result<(), StoreError> {
        let temporary = self.path.join("current.new");
        write_synced(&temporary, format!("{name}\n").as_bytes())?;
        let current = self.path.join(CURRENT);
        std::fs::rename(&temporary, &current).map_err(StoreError::io(&current))?;
        sync_folder(&self.path)
    }

    /// Makes a generation whose database is on disk durable and current.
    pub(super) fn finish(&self, name: &str, manifest: &Manifest) -> Result<(), StoreError> {
        let path = self.generation(name);
        write_json(&path.join(MANIFEST), manifest)?;
        sync_folder(&path.join(DB))?;
        sync_folder(&path)?;
        sync_folder(&self.path)?;
        self.switch(name)
    }

    /// Removes what builds read and made, as the store is not what they left: the next one begins from nothing, but for the user's graphs.
    pub(super) fn forget_readings(&self) -> Result<(), StoreError> {
        let path = self.path.join(READINGS);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(StoreError::io(path)(error))
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Takes the lock of builds, for as long as the file is open: none can begin.
    ///
    /// # Errors
    /// [`StoreError::Locked`] while a build or a writable server runs, [`StoreError::Io`] when the folder cannot be written.
    pub fn lock(&self) -> Result<File, StoreError> {
        std::fs::create_dir_all(&self.path).map_err(StoreError::io(&self.path))?;
        let path = self.path.join(LOCK);
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(StoreError::io(&path))?;
        match lock.try_lock() {
            Ok(()) => Ok(lock),
            Err(std::fs::TryLockError::WouldBlock) => Err(StoreError::Locked {
                path: self.path.display().to_string(),
            }),
            Err(std::fs::TryLockError::Error(error)) => Err(StoreError::io(path)(error)),
        }
    }

    pub(super) fn remove_other_generations(&self, keep: Option<&str>) -> Result<(), StoreError> {
        for entry in std::fs::read_dir(&self.path).map_err(StoreError::io(&self.path))? {
            let entry = entry.map_err(StoreError::io(&self.path))?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with("gen-") && Some(name.as_ref()) != keep {
                // who reads it holds its manifest
                let manifest = File::open(entry.path().join(MANIFEST)).ok();
                if manifest
                    .as_ref()
                    .is_some_and(|file| file.try_lock().is_err())
                {
                    continue;
                }
                std::fs::remove_dir_all(entry.path()).map_err(StoreError::io(entry.path()))?;
            }
        }
        Ok(())
    }
}

impl Builder {
    /// What the current generation holds; `None` where there is none.
    ///
    /// # Errors
    /// [`StoreError`] when there is one that cannot be read.
    pub fn previous(&self) -> Result<Option<Manifest>, StoreError> {
        let current = self.current.as_ref();
        current
            .map(|current| Manifest::read(&self.folder.generation(current)))
            .transpose()
    }

    /// What builds read and made so far.
    #[must_use]
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// Begins the generation of a content (hexadecimal): `anew` with nothing but the user's graphs, else with all that the current one holds.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn start(&self, content: &str, anew: bool) -> Result<Generation, StoreError> {
        let short: String = content.chars().take(16).collect();
        let mut name = format!("gen-{short}");
        if self.current.as_ref() == Some(&name) {
            // The same content, made anew.
            name.push('x');
        }
        let path = self.folder.generation(&name);
        let old = self.current.as_ref().map(|old| self.folder.generation(old));
        let mut generation = Generation::start(name, path, old.as_deref().filter(|_| !anew))?;
        if let Some(old) = old.filter(|_| anew) {
            let ours = format!("{}document/", Manifest::read(&old)?.base);
            generation.copy(&old, |graph| !graph.starts_with(&ours))?;
        }
        Ok(generation)
    }

    /// Makes a generation current, and all that was done to the shelf with it. The old generation stays until the next build, for those who
    /// still read it.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written; the old generation is then still current, or the new one will be with the next build.
    pub fn finish(self, generation: Generation, manifest: &Manifest) -> Result<(), StoreError> {
        let (name, path) = generation.close()?;
        write_json(&path.join(MANIFEST), manifest)?;
        sync_folder(&path)?;
        sync_folder(&self.folder.path)?;
        let mut state = self.shelf.state()?;
        state.generation = Some(name.clone());
        self.shelf.set_state(&state)?;
        self.shelf.commit()?;
        self.folder.switch(&name)
    }
}

fn write_json(path: &Path, value: &impl serde::Serialize) -> Result<(), StoreError> {
    let json = serde_json::to_vec(value).map_err(|error| StoreError::Corrupt {
        path: path.display().to_string(),
        message: error.to_string(),
    })?;
    write_synced(path, &json)
}

fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let mut file = File::create(path).map_err(StoreError::io(path))?;
    file.write_all(bytes).map_err(StoreError::io(path))?;
    file.sync_all().map_err(StoreError::io(path))
}

pub(super) fn sync_folder(path: &Path) -> Result<(), StoreError> {
    File::open(path)
        .and_then(|folder| folder.sync_all())
        .map_err(StoreError::io(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Embedded, Store};
    use oxigraph::model::{GraphName, NamedNode, Quad};

    const BASE: &str = "http://example.org/";

    fn quad(object: &str, graph: Option<&str>) -> Quad {
        let node = |local: &str| NamedNode::new_unchecked(format!("{BASE}{local}"));
        Quad::new(
            node("s"),
            node("p"),
            node(object),
            graph.map_or(GraphName::DefaultGraph, |g| node(g).into()),
        )
    }

    /// Builds a generation; gives its folder.
    fn build(folder: &Folder, content: &str, anew: bool, take: &[Quad], put: &[Quad]) -> PathBuf {
        let builder = folder.build().unwrap();
        let mut generation = builder.start(content, anew).unwrap();
        for quad in take {
            generation.take(quad.clone()).unwrap();
        }
        for quad in put {
            generation.put(quad.clone()).unwrap();
        }
        let manifest = Manifest {
            content: content.to_owned(),
            base: BASE.to_owned(),
            ..Manifest::default()
        };
        builder.finish(generation, &manifest).unwrap();
        folder.generation(&format!("gen-{content}"))
    }

    fn holds(folder: &Folder) -> Vec<String> {
        let store = Embedded::open_read_only(folder.path()).unwrap();
        let quads = store.engine().iter();
        let mut shown: Vec<String> = quads.map(|q| q.unwrap().to_string()).collect();
        shown.sort();
        shown
    }

    fn sorted(quads: &[Quad]) -> Vec<String> {
        let mut shown: Vec<String> = quads.iter().map(ToString::to_string).collect();
        shown.sort();
        shown
    }

    #[test]
    fn a_build_replaces_what_builds_made_and_keeps_the_users_graphs() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path());
        assert!(matches!(
            Store::open_read_only(&dir.path().display().to_string()),
            Err(StoreError::Missing { .. })
        ));
        let one = [quad("one", None), quad("one", Some("document/1"))];
        let generation = build(&folder, "a1", true, &[], &one);
        {
            let live = oxigraph::store::Store::open(generation.join(DB)).unwrap();
            live.insert(quad("mine", Some("user")).as_ref()).unwrap();
            live.flush().unwrap();
        }
        let two = [quad("two", None), quad("two", Some("document/2"))];
        let [a, b] = two.clone();
        build(&folder, "b2", true, &[], &two);
        let all = sorted(&[a.clone(), b, quad("mine", Some("user"))]);
        assert_eq!(holds(&folder), all);
        // Only the difference.
        build(&folder, "c3", false, &two[1..], &[quad("three", None)]);
        let all = sorted(&[a.clone(), quad("three", None), quad("mine", Some("user"))]);
        assert_eq!(holds(&folder), all);
        build(&folder, "d4", false, &[a], &[]);
        assert_eq!(
            holds(&folder),
            sorted(&[quad("three", None), quad("mine", Some("user"))])
        );
    }

    #[test]
    fn those_who_read_the_old_generation_go_on_reading_it() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path());
        let one = [quad("one", None)];
        build(&folder, "a1", true, &[], &one);
        let reader = Embedded::open_read_only(dir.path()).unwrap();
        build(&folder, "b2", false, &one, &[quad("two", None)]);
        let seen: Vec<Quad> = reader.engine().iter().map(Result::unwrap).collect();
        assert_eq!(seen, one);
    }

    #[test]
    fn a_build_that_dies_leaves_the_old_generation_and_its_rest_goes_with_the_next() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path());
        build(&folder, "a1", true, &[], &[quad("one", None)]);
        std::fs::create_dir_all(folder.generation("gen-dead").join(DB)).unwrap();
        assert_eq!(folder.current().unwrap().as_deref(), Some("gen-a1"));
        let builder = folder.build().unwrap();
        assert!(!folder.generation("gen-dead").exists());
        assert!(matches!(folder.build(), Err(StoreError::Locked { .. })));
        let mut generation = builder.start("b2", false).unwrap();
        generation.put(quad("two", None)).unwrap();
        generation.settle().unwrap();
        drop(generation);
        drop(builder);
        assert_eq!(holds(&folder), sorted(&[quad("one", None)]));
        assert!(folder.build().is_ok());
    }

    #[test]
    fn a_build_that_dies_at_its_last_step_is_finished_by_the_next() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path());
        build(&folder, "a1", true, &[], &[quad("one", None)]);
        let old = std::fs::read(dir.path().join(CURRENT)).unwrap();
        build(&folder, "b2", false, &[], &[quad("two", None)]);
        std::fs::write(dir.path().join(CURRENT), old).unwrap();
        drop(folder.build().unwrap());
        assert_eq!(folder.current().unwrap().as_deref(), Some("gen-b2"));
        // A shelf that belongs to no generation there is begins anew.
        std::fs::remove_dir_all(folder.generation("gen-b2")).unwrap();
        std::fs::remove_file(dir.path().join(CURRENT)).unwrap();
        let builder = folder.build().unwrap();
        assert_eq!(
            builder.shelf().state().unwrap(),
            crate::store::State::default()
        );
    }
}
