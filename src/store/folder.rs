//! The folder of a store: its generations, which one is current, and how a build makes the next one.

use super::manifest::read_json;
use super::{Manifest, Readings, StoreError};
use oxigraph::model::{GraphName, Quad};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Name of the file that names the current generation.
const CURRENT: &str = "current";
/// Name of the file that a build holds locked.
const LOCK: &str = "lock";
/// Name of the engine's folder in a generation.
pub(super) const DB: &str = "db";
/// Name of the file that says what a generation holds.
pub(super) const MANIFEST: &str = "manifest.json";
/// Name of the file with the documents and claims that a generation was built from.
const READINGS: &str = "readings.json";

/// A folder that holds, or will hold, a store.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

/// A build in progress: holds the folder's lock until it is dropped.
#[derive(Debug)]
pub struct Builder {
    folder: Folder,
    current: Option<String>,
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
        std::fs::create_dir_all(&self.path).map_err(StoreError::io(&self.path))?;
        let path = self.path.join(LOCK);
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(StoreError::io(&path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => {
                return Err(StoreError::Locked {
                    path: self.path.display().to_string(),
                });
            }
            Err(std::fs::TryLockError::Error(error)) => return Err(StoreError::io(path)(error)),
        }
        let current = self.current()?;
        self.remove_other_generations(current.as_deref())?;
        Ok(Builder {
            folder: self.clone(),
            current,
            _lock: lock,
        })
    }

    fn remove_other_generations(&self, keep: Option<&str>) -> Result<(), StoreError> {
        for entry in std::fs::read_dir(&self.path).map_err(StoreError::io(&self.path))? {
            let entry = entry.map_err(StoreError::io(&self.path))?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with("gen-") && Some(name.as_ref()) != keep {
                std::fs::remove_dir_all(entry.path()).map_err(StoreError::io(entry.path()))?;
            }
        }
        Ok(())
    }
}

impl Builder {
    /// What the current generation holds and was built from; `None` where there is none.
    ///
    /// # Errors
    /// [`StoreError`] when there is one that cannot be read.
    pub fn previous(&self) -> Result<Option<(Manifest, Readings)>, StoreError> {
        let Some(current) = &self.current else {
            return Ok(None);
        };
        let generation = self.folder.generation(current);
        Ok(Some((
            Manifest::read(&generation)?,
            read_json(&generation.join(READINGS))?,
        )))
    }

    /// Writes a new generation of these quads, and of the user's graphs of the current one, and makes it current.
    /// `manifest.content` names it; `manifest.graphs`, `quads` and `documents` are filled in here. The old generation
    /// stays until the next build, for those who still read it.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written; the old generation is then still current.
    pub fn finish(
        self,
        quads: Vec<Quad>,
        mut manifest: Manifest,
        readings: &Readings,
    ) -> Result<Manifest, StoreError> {
        let name = format!(
            "gen-{}",
            manifest.content.chars().take(16).collect::<String>()
        );
        let generation = self.folder.generation(&name);
        let graphs: BTreeSet<String> = quads
            .iter()
            .filter_map(|quad| graph_iri(&quad.graph_name))
            .collect();
        manifest.quads = quads.len();
        manifest.documents = super::documents(readings)
            .into_iter()
            .map(|(document, claims)| super::Listed {
                id: document.id.clone(),
                title: document.title.clone(),
                lang: document.lang,
                claims: claims.len(),
            })
            .collect();
        std::fs::create_dir_all(&generation).map_err(StoreError::io(&generation))?;
        {
            let store = oxigraph::store::Store::open(generation.join(DB))?;
            let mut loader = store.bulk_loader();
            loader.load_quads(quads)?;
            for quads in self.user_quads(&graphs)? {
                loader.load_quads([quads])?;
            }
            loader.commit()?;
            store.flush()?;
        }
        manifest.graphs = graphs.into_iter().collect();
        write_json(&generation.join(READINGS), readings)?;
        write_json(&generation.join(MANIFEST), &manifest)?;
        sync_folder(&generation)?;
        let temporary = self.folder.path.join("current.new");
        write_synced(&temporary, format!("{name}\n").as_bytes())?;
        let current = self.folder.path.join(CURRENT);
        std::fs::rename(&temporary, &current).map_err(StoreError::io(&current))?;
        sync_folder(&self.folder.path)?;
        Ok(manifest)
    }

    /// Quads of the current generation's named graphs that no build made.
    fn user_quads(&self, made: &BTreeSet<String>) -> Result<Vec<Quad>, StoreError> {
        let Some(current) = &self.current else {
            return Ok(Vec::new());
        };
        let generation = self.folder.generation(current);
        let built: BTreeSet<String> = Manifest::read(&generation)?.graphs.into_iter().collect();
        let db = generation.join(DB);
        let old = oxigraph::store::Store::open_read_only(db)?;
        let mut quads = Vec::new();
        for graph in old.named_graphs() {
            let graph = GraphName::from(graph?);
            let ours = graph_iri(&graph).is_some_and(|g| built.contains(&g) || made.contains(&g));
            if !ours {
                for quad in old.quads_for_pattern(None, None, None, Some(graph.as_ref())) {
                    quads.push(quad?);
                }
            }
        }
        Ok(quads)
    }
}

fn graph_iri(graph: &GraphName) -> Option<String> {
    match graph {
        GraphName::NamedNode(name) => Some(name.as_str().to_owned()),
        GraphName::BlankNode(_) | GraphName::DefaultGraph => None,
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

fn sync_folder(path: &Path) -> Result<(), StoreError> {
    File::open(path)
        .and_then(|folder| folder.sync_all())
        .map_err(StoreError::io(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Embedded, Store};
    use oxigraph::model::NamedNode;

    fn quad(object: &str, graph: Option<&str>) -> Quad {
        let node = |local: &str| NamedNode::new_unchecked(format!("http://example.org/{local}"));
        Quad::new(
            node("s"),
            node("p"),
            node(object),
            graph.map_or(GraphName::DefaultGraph, |g| node(g).into()),
        )
    }

    fn manifest(content: &str) -> Manifest {
        Manifest {
            content: content.to_owned(),
            ..Manifest::default()
        }
    }

    #[test]
    fn a_build_replaces_what_builds_made_and_keeps_the_users_graphs() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path());
        assert!(matches!(
            Store::open_read_only(&dir.path().display().to_string()),
            Err(StoreError::Missing { .. })
        ));
        let quads = vec![quad("one", None), quad("one", Some("doc1"))];
        folder
            .build()
            .unwrap()
            .finish(quads, manifest("a1"), &Readings::new())
            .unwrap();
        {
            let db = folder.generation("gen-a1").join(DB);
            let live = oxigraph::store::Store::open(db).unwrap();
            live.insert(quad("mine", Some("user")).as_ref()).unwrap();
            live.flush().unwrap();
        }
        let quads = vec![quad("two", None), quad("two", Some("doc2"))];
        folder
            .build()
            .unwrap()
            .finish(quads, manifest("b2"), &Readings::new())
            .unwrap();
        let store = Embedded::open_read_only(dir.path()).unwrap();
        assert_eq!(store.version(), "gen-b2");
        let mut shown: Vec<String> = store
            .engine()
            .iter()
            .map(|q| q.unwrap().to_string())
            .collect();
        shown.sort();
        let mut wanted: Vec<String> = [
            quad("two", None),
            quad("two", Some("doc2")),
            quad("mine", Some("user")),
        ]
        .iter()
        .map(ToString::to_string)
        .collect();
        wanted.sort();
        assert_eq!(shown, wanted);
    }

    #[test]
    fn a_build_that_dies_leaves_the_old_generation_and_its_rest_goes_with_the_next() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path());
        folder
            .build()
            .unwrap()
            .finish(vec![quad("one", None)], manifest("a1"), &Readings::new())
            .unwrap();
        std::fs::create_dir_all(folder.generation("gen-dead").join(DB)).unwrap();
        assert_eq!(folder.current().unwrap().as_deref(), Some("gen-a1"));
        let build = folder.build().unwrap();
        assert!(!folder.generation("gen-dead").exists());
        assert!(matches!(folder.build(), Err(StoreError::Locked { .. })));
        drop(build);
        assert!(folder.build().is_ok());
    }
}
