//! The services as sources of candidates.

use super::{Online, OnlineError, Query, Reconciler};
use crate::link::index::settle_types;
use crate::link::names::{Nouns, folded};
use crate::link::properties::HUMAN;
use crate::link::source::{Source, SourceError};
use crate::link::{Item, ItemType, Qid, Subject};
use std::collections::{BTreeMap, BTreeSet};

/// Most names of an entity that are searched for.
const NAMES: usize = 3;

/// Wikidata as a source. Offline, what was not asked before is not there; [`super::Tally::unasked`] counts it.
pub struct WikidataSource<'a> {
    /// The client.
    pub online: &'a Online,
    /// Words that tell missions, whose classes are many.
    pub nouns: &'a Nouns,
}

/// What a reconciliation service said of entities, asked for together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReconciliationSource {
    /// By the entities' IRIs.
    found: BTreeMap<String, Vec<Qid>>,
}

impl ReconciliationSource {
    /// Asks a service for all entities, in batches. Candidates that are no items of Wikidata are left out.
    ///
    /// # Errors
    /// [`OnlineError`] of the first request that failed; what was answered before is in the folder.
    pub fn ask(
        reconciler: &Reconciler,
        subjects: &BTreeMap<String, Subject>,
    ) -> Result<Self, OnlineError> {
        let mut queries = Vec::new();
        let mut of = Vec::new();
        for (iri, subject) in subjects {
            for (language, name) in names(subject) {
                queries.push(Query {
                    types: match subject.kind {
                        Some(ItemType::Person) => vec![HUMAN.to_string()],
                        _ => Vec::new(),
                    },
                    language: Some(language).filter(|lang| !lang.is_empty()),
                    ..Query::name(&name)
                });
                of.push(iri);
            }
        }
        let answers = reconciler.reconcile(&queries)?.candidates;
        let mut found: BTreeMap<String, Vec<Qid>> = BTreeMap::new();
        for (iri, candidates) in of.into_iter().zip(&answers) {
            let items = candidates
                .iter()
                .filter_map(|candidate| reconciler.manifest().item(candidate));
            found.entry(iri.clone()).or_default().extend(items);
        }
        Ok(Self { found })
    }
}

/// Names to search for, with their languages: the label first, and none twice.
fn names(subject: &Subject) -> Vec<(String, String)> {
    let label = subject
        .names
        .iter()
        .find(|(_, name)| *name == subject.label);
    let mut seen = BTreeSet::new();
    label
        .into_iter()
        .chain(&subject.names)
        .filter(|(_, name)| seen.insert(folded(name)))
        .take(NAMES)
        .cloned()
        .collect()
}

impl Source for WikidataSource<'_> {
    fn name(&self) -> &'static str {
        "wikidata"
    }

    fn named(&self, subject: &Subject) -> Result<Vec<Qid>, SourceError> {
        let mut found = Vec::new();
        for (language, name) in names(subject) {
            let language = if language.is_empty() {
                self.online.language()
            } else {
                &language
            };
            found.extend(known(self.online.search(&name, language, subject.kind))?);
        }
        let mut seen = BTreeSet::new();
        found.retain(|id| seen.insert(*id));
        Ok(found)
    }

    fn between(&self, kind: ItemType, one: Qid, other: Qid) -> Result<Vec<Qid>, SourceError> {
        known(self.online.between(kind, one, other))
    }

    fn pages(
        &self,
        pages: &[(String, String)],
    ) -> Result<BTreeMap<(String, String), Qid>, SourceError> {
        let mut by_language: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (language, title) in pages {
            by_language.entry(language).or_default().push(title.clone());
        }
        let mut found = BTreeMap::new();
        for (language, titles) in by_language {
            let site = format!("{}wiki", language.replace('-', "_"));
            let paged = self.online.by_pages(&site, &titles).map_err(failed)?;
            let items = paged.items.into_iter();
            found.extend(items.map(|(title, item)| ((language.to_owned(), title), item.id)));
        }
        Ok(found)
    }

    fn items(&self, ids: &[Qid]) -> Result<Vec<Item>, SourceError> {
        let fetched = self.online.items(ids).map_err(failed)?;
        let mut items: Vec<Item> = fetched.items.into_values().collect();
        for item in &mut items {
            settle_types(item, self.nouns);
        }
        Ok(items)
    }
}

impl Source for ReconciliationSource {
    fn name(&self) -> &'static str {
        "reconciliation"
    }

    fn named(&self, subject: &Subject) -> Result<Vec<Qid>, SourceError> {
        Ok(self.found.get(&subject.iri).cloned().unwrap_or_default())
    }

    fn between(&self, _: ItemType, _: Qid, _: Qid) -> Result<Vec<Qid>, SourceError> {
        Ok(Vec::new())
    }

    fn pages(
        &self,
        _: &[(String, String)],
    ) -> Result<BTreeMap<(String, String), Qid>, SourceError> {
        Ok(BTreeMap::new())
    }

    /// Nothing: a service tells too little of its candidates to score them; another source must know them.
    fn items(&self, _: &[Qid]) -> Result<Vec<Item>, SourceError> {
        Ok(Vec::new())
    }
}

/// What was found; offline, nothing where it was not asked before.
fn known(found: Result<Vec<Qid>, OnlineError>) -> Result<Vec<Qid>, SourceError> {
    match found {
        Err(OnlineError::Offline { .. }) => Ok(Vec::new()),
        other => other.map_err(failed),
    }
}

fn failed(error: OnlineError) -> SourceError {
    SourceError {
        source_name: "wikidata",
        message: error.to_string(),
    }
}
