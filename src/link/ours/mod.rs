//! Names, types and properties that somebody asks for → the entities of a graph that are meant, by the same scorer and the same index as items of
//! Wikidata are found. Here the sides change: what is asked for is the entity, and the graph's entities are the items.

mod build;
mod by_property;
mod find;
pub mod tenure;
mod wanted;

pub use build::learn;
pub use find::Found;

use super::index::{Index, IndexError};
use super::names::{Nouns, folded};
use super::{Item, ItemType, Qid};
use crate::query::QueryError;
use std::collections::BTreeSet;
use std::path::Path;

/// Under this an item's pages have the IRI of the entity.
const IRI: &str = "iri";
/// Under this the items of Wikidata that it is the same as.
const WIKIDATA: &str = "wikidata";
/// Under this its class, where its type does not tell it.
const CLASS: &str = "class";
/// The class of governments, which are of the type of states.
const GOVERNMENT: &str = "Government";

/// Why entities can't be learned or found.
#[derive(Debug, thiserror::Error)]
pub enum OursError {
    /// The store can't be asked.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The file of names can't be written or read.
    #[error("the names of the store: {0}")]
    Names(#[from] IndexError),
}

/// The entities of a graph by their names, in a file that is mapped into memory.
pub struct Ours {
    index: Index,
    nouns: Nouns,
    base: String,
}

impl Ours {
    /// Opens what [`learn`] wrote. IRIs that begin with `base` have what follows as their id, others are their own.
    ///
    /// # Errors
    /// [`OursError::Names`] when the file can't be read.
    pub fn open(file: &Path, base: &str) -> Result<Self, OursError> {
        Ok(Self {
            index: Index::open(file)?,
            nouns: Nouns::embedded().map_err(IndexError::Program)?,
            base: base.to_owned(),
        })
    }

    /// Entities with a name, or a part of one from the beginning of a word on, that begins with a text; or whose id it is. Of these classes alone,
    /// where any are given.
    #[must_use]
    pub fn beginning(
        &self,
        text: &str,
        classes: &[String],
        skip: usize,
        most: usize,
    ) -> Vec<Found> {
        let wanted = folded(text);
        let mut ids: Vec<Qid> = self.identified(text).into_iter().collect();
        if !wanted.is_empty() {
            // what is asked for first comes of those that begin with it
            for key in ["n", "w"] {
                let more = self.index.beginning(&format!("{key}{wanted}"), SUGGESTED);
                ids.extend(more);
            }
        }
        let mut seen = BTreeSet::new();
        ids.into_iter()
            .filter(|id| seen.insert(*id))
            .filter_map(|id| self.index.item(id))
            .filter(|item| classes.is_empty() || classes.iter().any(|one| one == class(item)))
            .skip(skip)
            .take(most)
            .map(|item| Found::of(&item, &self.base))
            .collect()
    }

    /// The entity that an id, an IRI or the id of an item of Wikidata names.
    fn identified(&self, text: &str) -> Option<Qid> {
        let text = text.trim();
        let whole = format!("{}{text}", self.base);
        let page = |kind: &str, text: &str| self.index.page(kind, text);
        page(IRI, &whole)
            .or_else(|| page(IRI, text))
            .or_else(|| page(WIKIDATA, &Qid::of_iri(text)?.to_string()))
    }
}

/// Most entities among which a text is completed.
const SUGGESTED: usize = 500;

/// The class of an entity in the ontology, without its namespace.
fn class(item: &Item) -> &str {
    let told = item.pages.iter().find(|(kind, _)| kind == CLASS);
    if let Some((_, class)) = told {
        return class;
    }
    match item.types.first() {
        Some(ItemType::Person) => "Person",
        Some(ItemType::State) => "State",
        Some(ItemType::City) => "City",
        Some(ItemType::Organisation) => "Organisation",
        Some(ItemType::Mission) => "Mission",
        Some(ItemType::Treaty) => "Treaty",
        Some(ItemType::Relation) => "BilateralRelation",
        Some(ItemType::Office) => "Office",
        Some(ItemType::Visit) => "Visit",
        None => "",
    }
}

/// The type of a class.
fn kind(class: &str) -> Option<ItemType> {
    Some(match class {
        "Person" => ItemType::Person,
        "State" | GOVERNMENT => ItemType::State,
        "City" => ItemType::City,
        "Organisation" => ItemType::Organisation,
        "Mission" => ItemType::Mission,
        "Treaty" => ItemType::Treaty,
        "BilateralRelation" => ItemType::Relation,
        "Office" => ItemType::Office,
        "Visit" => ItemType::Visit,
        _ => return None,
    })
}

/// The IRI of an entity.
fn iri(item: &Item) -> &str {
    let told = item.pages.iter().find(|(kind, _)| kind == IRI);
    told.map_or("", |(_, iri)| iri)
}
