//! Links of entities to items of Wikidata: found for a store, kept in a file beside it, and brought into every generation.

use super::{BuildError, Pipeline};
use crate::link::record::{self, Link};
use crate::link::{graph, is_link};
use crate::store::{Folder, Generation, Manifest, StoreError};
use crate::triples::vocabulary::{ABOUT, ITEM, LINK, SUPPORTED_BY, TYPE};
use oxigraph::model::{NamedNodeRef, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The file of links in a store's folder.
#[must_use]
pub fn links_file(folder: &Folder) -> PathBuf {
    folder.path().join("links.jsonl")
}

/// The links of a store; none where there is no file.
///
/// # Errors
/// [`BuildError::Links`] when the file cannot be read or a line is no link.
pub fn read_links(folder: &Folder) -> Result<Vec<Link>, BuildError> {
    let path = links_file(folder);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(BuildError::Links(format!("{}: {error}", path.display()))),
    };
    record::read(&text).map_err(|(line, why)| {
        BuildError::Links(format!(
            "{}, line {line}: {why}; mend it, or delete the file and run `chancery link` again",
            path.display()
        ))
    })
}

/// Writes the links of a store.
///
/// # Errors
/// [`BuildError::Links`] when the file cannot be written.
pub fn write_links(folder: &Folder, links: &[Link]) -> Result<(), BuildError> {
    let path = links_file(folder);
    let failed =
        |error: &dyn std::fmt::Display| BuildError::Links(format!("{}: {error}", path.display()));
    let text = record::write(links).map_err(|error| failed(&error))?;
    let mut file =
        tempfile::NamedTempFile::new_in(folder.path()).map_err(|error| failed(&error))?;
    std::io::Write::write_all(&mut file, text.as_bytes()).map_err(|error| failed(&error))?;
    file.as_file().sync_all().map_err(|error| failed(&error))?;
    file.persist(&path).map_err(|error| failed(&error.error))?;
    Ok(())
}

impl Pipeline {
    /// Brings the links of a store into it, as a new generation; all else stays as it is.
    ///
    /// # Errors
    /// [`BuildError`]; the old store is then as it was.
    pub fn bring_in_links(&self, folder: &Folder) -> Result<(), BuildError> {
        let links = read_links(folder)?;
        let builder = folder.build()?;
        let Some(old) = builder.previous()? else {
            return Err(BuildError::Links(format!(
                "{} holds no store that `chancery build` made",
                folder.path().display()
            )));
        };
        let shelf = builder.shelf();
        let mut state = shelf.state()?;
        let content = self.content(&state, &links);
        if content == old.content {
            return Ok(());
        }
        let mut generation = builder.start(&content, false)?;
        let (put, taken) = self.replay_links(&mut generation, &links)?;
        state.quads = state.quads + put - taken;
        state.dropped += taken;
        shelf.set_state(&state)?;
        let manifest = Manifest {
            content,
            quads: usize::try_from(state.quads).unwrap_or(usize::MAX),
            ..old
        };
        builder.finish(generation, &manifest)?;
        Ok(())
    }

    /// Brings links into a generation in which all else stands: those of entities that are there. Gives how many quads were put in and taken
    /// out.
    pub(super) fn replay_links(
        &self,
        generation: &mut Generation,
        links: &[Link],
    ) -> Result<(u64, u64), StoreError> {
        generation.settle()?;
        let mut old: BTreeMap<String, Quad> = BTreeMap::new();
        for node in generation.subjects_of(TYPE, LINK.into())? {
            let quads = generation.of_subject(&node)?;
            let end = |predicate: NamedNodeRef<'_>| {
                let mut quads = quads.iter();
                quads.find_map(|quad| match &quad.object {
                    Term::NamedNode(node) if quad.predicate == predicate => Some(node.clone()),
                    Term::NamedNode(_)
                    | Term::BlankNode(_)
                    | Term::Literal(_)
                    | Term::Triple(_) => None,
                })
            };
            if let (Some(about), Some(item)) = (end(ABOUT), end(ITEM)) {
                let of = generation.of_subject(about.as_str())?.into_iter();
                let item = Term::from(item);
                old.extend(
                    of.filter(|quad| is_link(&quad.predicate) && quad.object == item)
                        .map(|quad| (quad.to_string(), quad)),
                );
            }
            old.extend(quads.into_iter().map(|quad| (quad.to_string(), quad)));
        }
        let (mut put, mut taken) = (0, 0);
        let mut new = BTreeSet::new();
        for link in links {
            let Some(entity) = self.entity_of(generation, link)? else {
                continue;
            };
            for quad in graph::quads(link, &self.base, &entity) {
                let words = quad.to_string();
                if new.insert(words.clone()) && !old.contains_key(&words) {
                    put += 1;
                    generation.put(quad)?;
                }
            }
        }
        for (words, quad) in old {
            if !new.contains(&words) {
                taken += 1;
                generation.take(quad)?;
            }
        }
        Ok((put, taken))
    }

    /// The path of the entity that a link is of: as the link names it, else the one of its class that has its claim now.
    fn entity_of(
        &self,
        generation: &Generation,
        link: &Link,
    ) -> Result<Option<String>, StoreError> {
        let there = !generation
            .of_subject(&format!("{}{}", self.base, link.entity))?
            .is_empty();
        if there {
            return Ok(Some(link.entity.clone()));
        }
        if link.claim.is_empty() {
            return Ok(None);
        }
        let class = link.entity.split('/').next().unwrap_or_default();
        let claim = format!("{}claim/{}", self.base, link.claim);
        let claim = NamedNodeRef::new_unchecked(&claim);
        let holders = generation.subjects_of(SUPPORTED_BY, claim.into())?;
        let mut paths = holders
            .iter()
            .filter_map(|iri| iri.strip_prefix(&self.base))
            .filter(|path| path.split('/').next() == Some(class) && path.matches('/').count() == 1);
        let first = paths.next().map(str::to_owned);
        // A claim that names several persons does not tell which.
        Ok(first.filter(|_| paths.next().is_none()))
    }
}
