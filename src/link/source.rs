//! Where candidates come from, all asked in the same way.

use super::index::Index;
use super::subject::Subject;
use super::{Item, ItemType, Qid, Table};
use std::collections::BTreeMap;

/// Why a source gave nothing.
#[derive(Debug, thiserror::Error)]
#[error("{source_name}: {message}")]
pub struct SourceError {
    /// Which source.
    pub source_name: &'static str,
    /// What happened, and what to do.
    pub message: String,
}

/// A source of candidates.
pub trait Source {
    /// What links call it: `table`, `index`, `wikidata`, `reconciliation`.
    fn name(&self) -> &'static str;

    /// Items whose names are those of an entity, or nearly.
    ///
    /// # Errors
    /// [`SourceError`] when the source fails.
    fn named(&self, subject: &Subject) -> Result<Vec<Qid>, SourceError>;

    /// Missions of one state in another, or relations of two, by the states' items.
    ///
    /// # Errors
    /// [`SourceError`] when the source fails.
    fn between(&self, _kind: ItemType, _one: Qid, _other: Qid) -> Result<Vec<Qid>, SourceError> {
        Ok(Vec::new())
    }

    /// The items of pages of Wikipedia, given as (language tag, title).
    ///
    /// # Errors
    /// [`SourceError`] when the source fails.
    fn pages(
        &self,
        _pages: &[(String, String)],
    ) -> Result<BTreeMap<(String, String), Qid>, SourceError> {
        Ok(BTreeMap::new())
    }

    /// The items that have these ids or had them; unknown ones are absent.
    ///
    /// # Errors
    /// [`SourceError`] when the source fails.
    fn items(&self, ids: &[Qid]) -> Result<Vec<Item>, SourceError>;

    /// How many sources agree on an item, where this one knows.
    fn agreeing(&self, _id: Qid) -> Option<u8> {
        None
    }

    /// What the source itself thinks of an item for an entity, and what that weighs as a reason.
    fn says(&self, _subject: &Subject, _id: Qid) -> Option<(String, f64)> {
        None
    }

    /// Asks for several entities at once, so that [`Source::named`] needs not ask for each.
    ///
    /// # Errors
    /// [`SourceError`] when the source fails.
    fn prepare(&self, _subjects: &[&Subject]) -> Result<(), SourceError> {
        Ok(())
    }

    /// Whether asking takes time and the patience of others: such a source is asked only about what the others leave open.
    fn is_far(&self) -> bool {
        false
    }

    /// The item with which an entity shares a key.
    fn keyed(&self, _subject: &Subject) -> Option<Qid> {
        None
    }
}

impl Source for Table {
    fn name(&self) -> &'static str {
        "table"
    }

    fn named(&self, subject: &Subject) -> Result<Vec<Qid>, SourceError> {
        let names = subject
            .names
            .iter()
            .flat_map(|(_, name)| self.look_up(name));
        Ok(names
            .map(|(id, _)| id)
            .chain(<Self as Source>::keyed(self, subject))
            .collect())
    }

    fn between(&self, kind: ItemType, one: Qid, other: Qid) -> Result<Vec<Qid>, SourceError> {
        let missions = (kind == ItemType::Mission).then(|| self.missions_between(one, other));
        Ok(missions.map(<[Qid]>::to_vec).unwrap_or_default())
    }

    fn items(&self, ids: &[Qid]) -> Result<Vec<Item>, SourceError> {
        Ok(ids
            .iter()
            .filter_map(|id| self.item(*id))
            .map(|(item, _)| item.clone())
            .collect())
    }

    fn agreeing(&self, id: Qid) -> Option<u8> {
        self.item(id).map(|(_, sources)| sources)
    }

    fn keyed(&self, subject: &Subject) -> Option<Qid> {
        self.with_key(subject.kind?, subject.key.as_deref()?)
    }
}

impl Source for Index {
    fn name(&self) -> &'static str {
        "index"
    }

    fn named(&self, subject: &Subject) -> Result<Vec<Qid>, SourceError> {
        let names = subject
            .names
            .iter()
            .flat_map(|(_, name)| self.look_up(name));
        Ok(names.map(|(id, _)| id).collect())
    }

    fn between(&self, kind: ItemType, one: Qid, other: Qid) -> Result<Vec<Qid>, SourceError> {
        Ok(match kind {
            ItemType::Mission => self.missions(one, other),
            ItemType::Relation => self.relations(one, other),
            ItemType::Person
            | ItemType::State
            | ItemType::City
            | ItemType::Organisation
            | ItemType::Treaty
            | ItemType::Office
            | ItemType::Visit => Vec::new(),
        })
    }

    fn pages(
        &self,
        pages: &[(String, String)],
    ) -> Result<BTreeMap<(String, String), Qid>, SourceError> {
        Ok(pages
            .iter()
            .filter_map(|page| Some((page.clone(), self.page(&page.0, &page.1)?)))
            .collect())
    }

    fn items(&self, ids: &[Qid]) -> Result<Vec<Item>, SourceError> {
        Ok(ids.iter().filter_map(|id| self.item(*id)).collect())
    }
}
