//! A generation in the making: the engine's folder, empty or as the last generation has it, and quads put in and taken out.

use super::StoreError;
use super::folder::{DB, sync_folder};
use oxigraph::model::{
    GraphNameRef, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, TermRef,
};
use oxigraph::store::Store;
use std::path::{Path, PathBuf};

/// Quads that are loaded at a time.
const BATCH: usize = 100_000;
/// Bytes of literals that are loaded at a time.
const BYTES: usize = 64 << 20;

/// A generation that is not current yet.
pub struct Generation {
    pub(super) name: String,
    pub(super) path: PathBuf,
    store: Store,
    fresh: bool,
    put: Vec<Quad>,
    taken: Vec<Quad>,
    bytes: usize,
}

impl Generation {
    /// A new folder; with the files of the generation `of`, if there is one to go on from.
    pub(super) fn start(
        name: String,
        path: PathBuf,
        of: Option<&Path>,
    ) -> Result<Self, StoreError> {
        if path.exists() {
            std::fs::remove_dir_all(&path).map_err(StoreError::io(&path))?;
        }
        std::fs::create_dir_all(&path).map_err(StoreError::io(&path))?;
        let db = path.join(DB);
        if let Some(of) = of {
            link(&of.join(DB), &db)?;
        }
        Ok(Self {
            name,
            path,
            store: Store::open(&db)?,
            fresh: of.is_none(),
            put: Vec::new(),
            taken: Vec::new(),
            bytes: 0,
        })
    }

    /// Whether it began empty.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// The quads of a subject in the default graph.
    ///
    /// # Errors
    /// [`StoreError::Storage`] when the engine fails.
    pub fn of_subject(&self, iri: &str) -> Result<Vec<Quad>, StoreError> {
        let subject = NamedOrBlankNodeRef::from(NamedNodeRef::new_unchecked(iri));
        let graph = Some(GraphNameRef::DefaultGraph);
        let quads = self
            .store
            .quads_for_pattern(Some(subject), None, None, graph);
        Ok(quads.collect::<Result<_, _>>()?)
    }

    /// Whether a quad is in it.
    ///
    /// # Errors
    /// [`StoreError::Storage`] when the engine fails.
    pub fn has(&self, quad: &Quad) -> Result<bool, StoreError> {
        Ok(self.store.contains(quad.as_ref())?)
    }

    /// The subjects of the default graph that have a value of a property, as IRIs.
    ///
    /// # Errors
    /// [`StoreError::Storage`] when the engine fails.
    pub fn subjects_of(
        &self,
        predicate: NamedNodeRef<'_>,
        object: TermRef<'_>,
    ) -> Result<Vec<String>, StoreError> {
        let graph = Some(GraphNameRef::DefaultGraph);
        let quads = self
            .store
            .quads_for_pattern(None, Some(predicate), Some(object), graph);
        let mut subjects = Vec::new();
        for quad in quads {
            if let NamedOrBlankNode::NamedNode(node) = quad?.subject {
                subjects.push(node.into_string());
            }
        }
        Ok(subjects)
    }

    /// The quads of a named graph.
    ///
    /// # Errors
    /// [`StoreError::Storage`] when the engine fails.
    pub fn of_graph(&self, iri: &str) -> Result<Vec<Quad>, StoreError> {
        let graph = GraphNameRef::from(NamedNodeRef::new_unchecked(iri));
        let quads = self.store.quads_for_pattern(None, None, None, Some(graph));
        Ok(quads.collect::<Result<_, _>>()?)
    }

    /// Puts a quad in; for good only with [`Generation::settle`].
    ///
    /// # Errors
    /// [`StoreError::Storage`] when the engine fails.
    pub fn put(&mut self, quad: Quad) -> Result<(), StoreError> {
        if let oxigraph::model::Term::Literal(literal) = &quad.object {
            self.bytes += literal.value().len();
        }
        self.put.push(quad);
        self.settle_if_many()
    }

    /// Takes a quad out; for good only with [`Generation::settle`].
    ///
    /// # Errors
    /// [`StoreError::Storage`] when the engine fails.
    pub fn take(&mut self, quad: Quad) -> Result<(), StoreError> {
        self.taken.push(quad);
        self.settle_if_many()
    }

    fn settle_if_many(&mut self) -> Result<(), StoreError> {
        if self.put.len() + self.taken.len() >= BATCH || self.bytes >= BYTES {
            self.settle()?;
        }
        Ok(())
    }

    /// Does what was asked so far.
    ///
    /// # Errors
    /// [`StoreError::Storage`] when the engine fails.
    pub fn settle(&mut self) -> Result<(), StoreError> {
        self.bytes = 0;
        if self.fresh {
            let mut loader = self.store.bulk_loader().with_num_threads(2);
            loader.load_quads(self.put.drain(..))?;
            loader.commit()?;
            return Ok(());
        }
        let mut transaction = self.store.start_transaction()?;
        for quad in self.taken.drain(..) {
            transaction.remove(quad.as_ref());
        }
        for quad in self.put.drain(..) {
            transaction.insert(quad.as_ref());
        }
        transaction.commit()?;
        Ok(())
    }

    /// Copies the named graphs of another generation of which `kept` holds.
    pub(super) fn copy(
        &mut self,
        from: &Path,
        kept: impl Fn(&str) -> bool,
    ) -> Result<(), StoreError> {
        let old = Store::open_read_only(from.join(DB))?;
        for graph in old.named_graphs() {
            let graph = oxigraph::model::GraphName::from(graph?);
            let ours = match &graph {
                oxigraph::model::GraphName::NamedNode(name) => !kept(name.as_str()),
                oxigraph::model::GraphName::BlankNode(_)
                | oxigraph::model::GraphName::DefaultGraph => false,
            };
            if ours {
                continue;
            }
            for quad in old.quads_for_pattern(None, None, None, Some(graph.as_ref())) {
                self.put(quad?)?;
            }
        }
        Ok(())
    }

    /// Makes all durable and closes the engine; gives the generation's name and folder.
    pub(super) fn close(mut self) -> Result<(String, PathBuf), StoreError> {
        self.settle()?;
        if self.fresh {
            // Once, where the time for it is in proportion: queries that touch much are a fifth faster over tables without overlaps.
            self.store.optimize()?;
        }
        self.store.flush()?;
        drop(self.store);
        sync_folder(&self.path.join(DB))?;
        Ok((self.name, self.path))
    }
}

/// Takes over the files of a database that nobody writes: tables, which never change, as hard links; the rest, which is small, as copies.
pub(super) fn link(from: &Path, to: &Path) -> Result<(), StoreError> {
    std::fs::create_dir_all(to).map_err(StoreError::io(to))?;
    for entry in std::fs::read_dir(from).map_err(StoreError::io(from))? {
        let entry = entry.map_err(StoreError::io(from))?;
        let (old, new) = (entry.path(), to.join(entry.file_name()));
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name == "LOCK" || name.starts_with("LOG") || !old.is_file() {
            continue;
        }
        let table = Path::new(&*name)
            .extension()
            .is_some_and(|end| end == "sst" || end == "blob");
        let linked = table && std::fs::hard_link(&old, &new).is_ok();
        if !linked {
            std::fs::copy(&old, &new).map_err(StoreError::io(&old))?;
        }
    }
    Ok(())
}
