//! Services on the network as sources of candidates.

use super::online::{Candidate, Online, OnlineError, Query, Reconciler};
use super::properties::INSTANCE_OF;
use super::source::{Source, SourceError};
use super::subject::Subject;
use super::{Item, ItemType, Nouns, Qid, settle_types};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// How many names of an entity are asked for.
const NAMES: usize = 2;
/// How many candidates a reconciliation service is asked for.
const CANDIDATES: u32 = 10;

/// The action API of Wikidata.
pub struct Wikidata<'a> {
    online: Online,
    nouns: &'a Nouns,
}

impl<'a> Wikidata<'a> {
    /// The API behind a client.
    #[must_use]
    pub fn new(online: Online, nouns: &'a Nouns) -> Self {
        Self { online, nouns }
    }

    /// Its client.
    #[must_use]
    pub fn client(&self) -> &Online {
        &self.online
    }

    fn settled(&self, mut item: Item) -> Item {
        settle_types(&mut item, self.nouns);
        item
    }
}

fn failed(source_name: &'static str, error: OnlineError) -> SourceError {
    SourceError {
        source_name,
        message: error.to_string(),
    }
}

/// What was not asked before is not there, when nothing is asked.
fn there<T: Default>(
    source_name: &'static str,
    answer: Result<T, OnlineError>,
) -> Result<T, SourceError> {
    match answer {
        Ok(found) => Ok(found),
        Err(OnlineError::Offline { .. }) => Ok(T::default()),
        Err(error) => Err(failed(source_name, error)),
    }
}

/// The names to ask for, each with its language: the preferred one first.
fn names(subject: &Subject) -> Vec<(&str, &str)> {
    let mut names: Vec<(&str, &str)> = subject
        .names
        .iter()
        .map(|(lang, name)| {
            (
                if lang.is_empty() { "en" } else { lang.as_str() },
                name.as_str(),
            )
        })
        .collect();
    names.sort_by_key(|(_, name)| *name != subject.label);
    names.dedup_by_key(|(_, name)| *name);
    names.truncate(NAMES);
    names
}

impl Source for Wikidata<'_> {
    fn name(&self) -> &'static str {
        "wikidata"
    }

    fn is_far(&self) -> bool {
        true
    }

    fn named(&self, subject: &Subject) -> Result<Vec<Qid>, SourceError> {
        // A made-up description is nobody's name.
        if matches!(subject.kind, Some(ItemType::Mission | ItemType::Relation)) {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for (lang, name) in names(subject) {
            if found.is_empty() {
                found = there(self.name(), self.online.search(name, lang, subject.kind))?;
            }
        }
        Ok(found)
    }

    fn between(&self, kind: ItemType, one: Qid, other: Qid) -> Result<Vec<Qid>, SourceError> {
        there(self.name(), self.online.between(kind, one, other))
    }

    fn pages(
        &self,
        pages: &[(String, String)],
    ) -> Result<BTreeMap<(String, String), Qid>, SourceError> {
        let mut by_lang: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (lang, title) in pages {
            by_lang.entry(lang).or_default().push(title.clone());
        }
        let mut found = BTreeMap::new();
        for (lang, titles) in by_lang {
            let site = format!("{}wiki", lang.replace('-', "_"));
            let paged = there(self.name(), self.online.by_pages(&site, &titles))?;
            for (title, item) in paged.items {
                found.insert((lang.to_owned(), title), item.id);
            }
        }
        Ok(found)
    }

    fn items(&self, ids: &[Qid]) -> Result<Vec<Item>, SourceError> {
        let fetched = there(self.name(), self.online.items(ids))?;
        Ok(fetched
            .items
            .into_values()
            .map(|item| self.settled(item))
            .collect())
    }
}

/// A reconciliation service that gives items of Wikidata.
pub struct Reconciliation<'a> {
    service: Reconciler,
    nouns: &'a Nouns,
    /// What it said so far, by item: the item as far as it tells of it.
    items: RefCell<BTreeMap<Qid, Item>>,
    /// What it thinks of an item for an entity, by the entity's IRI.
    said: RefCell<BTreeMap<(String, Qid), (f64, bool)>>,
}

impl<'a> Reconciliation<'a> {
    /// The service behind a client.
    #[must_use]
    pub fn new(service: Reconciler, nouns: &'a Nouns) -> Self {
        Self {
            service,
            nouns,
            items: RefCell::default(),
            said: RefCell::default(),
        }
    }

    /// Its client.
    #[must_use]
    pub fn client(&self) -> &Reconciler {
        &self.service
    }

    /// Keeps what the service says of an item for an entity.
    fn note(&self, iri: &str, lang: &str, id: Qid, candidate: &Candidate) {
        let mut items = self.items.borrow_mut();
        let item = items.entry(id).or_insert_with(|| {
            let mut item = Item::new(id);
            item.description.clone_from(&candidate.description);
            let classes = candidate
                .types
                .iter()
                .filter_map(|class| class.parse().ok());
            item.links = classes.map(|class: Qid| (INSTANCE_OF.0, class)).collect();
            item.types = super::entity::types(&item, &[]);
            item
        });
        let label = (lang.to_owned(), candidate.name.clone());
        if !candidate.name.is_empty() && !item.labels.contains(&label) {
            item.labels.push(label);
            item.labels.sort();
        }
        settle_types(item, self.nouns);
        let says = (candidate.score.unwrap_or_default(), candidate.certain);
        self.said.borrow_mut().insert((iri.to_owned(), id), says);
    }
}

impl Source for Reconciliation<'_> {
    fn name(&self) -> &'static str {
        "reconciliation"
    }

    fn is_far(&self) -> bool {
        true
    }

    fn prepare(&self, subjects: &[&Subject]) -> Result<(), SourceError> {
        let (mut queries, mut of) = (Vec::new(), Vec::new());
        for subject in subjects {
            for (lang, name) in names(subject) {
                queries.push(Query {
                    limit: Some(CANDIDATES),
                    language: Some(lang.to_owned()),
                    ..Query::name(name)
                });
                of.push((subject.iri.as_str(), lang));
            }
        }
        let answers = there(self.name(), self.service.reconcile(&queries))?;
        for ((iri, lang), candidates) in of.into_iter().zip(&answers.candidates) {
            for candidate in candidates {
                if let Some(id) = self.service.manifest().item(candidate) {
                    self.note(iri, lang, id, candidate);
                }
            }
        }
        Ok(())
    }

    fn named(&self, subject: &Subject) -> Result<Vec<Qid>, SourceError> {
        let said = self.said.borrow();
        let first = (subject.iri.clone(), Qid(0));
        let of = said
            .range(first..)
            .take_while(|((iri, _), _)| *iri == subject.iri);
        Ok(of.map(|((_, id), _)| *id).collect())
    }

    fn items(&self, ids: &[Qid]) -> Result<Vec<Item>, SourceError> {
        let items = self.items.borrow();
        Ok(ids.iter().filter_map(|id| items.get(id)).cloned().collect())
    }

    fn says(&self, subject: &Subject, id: Qid) -> Option<(String, f64)> {
        let said = self.said.borrow();
        let (score, certain) = said.get(&(subject.iri.clone(), id))?;
        // Scales differ from service to service; only its certainty counts.
        let words = if *certain { "a match" } else { "a candidate" };
        Some((
            format!("{words}, {score:.1}"),
            if *certain { 0.3 } else { 0.0 },
        ))
    }
}
