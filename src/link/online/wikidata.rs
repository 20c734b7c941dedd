//! The action API of Wikidata: names → ids, ids → items, pages of Wikipedia → items.
//!
//! `wbsearchentities`, `query` with `list=search`, and `wbgetentities` (<https://www.wikidata.org/w/api.php>), with `maxlag=5`
//! (<https://www.mediawiki.org/wiki/Manual:Maxlag_parameter>: when exceeded, the error comes with HTTP 200).

use super::answer::{Answer, Head, judge, raw_entities, read};
use super::ask::{Ask, Body};
use super::cache::Cache;
use super::polite::Polite;
use super::written::{NOT_IN_TITLES, normal, plain, stating, words};
use super::{OnlineError, Settings, Tally};
use crate::link::properties::{
    BILATERAL_RELATION, COUNTRY, HUMAN, INSTANCE_OF, JURISDICTION, OPERATOR, PARTICIPANT,
};
use crate::link::{Entity, Item, ItemType, Qid, entity};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};

/// Most ids or titles in one request.
const BATCH: usize = 50;
/// Codes of errors that one id or title of a batch can bring upon all of it.
const OF_ONE: &[&str] = &["no-such-entity", "invalid-entity-id", "unresolved-redirect"];
type Parameters = Vec<(&'static str, String)>;
/// Hears of the ids or titles of a batch and of what was answered; of nothing where one was refused by itself.
type Done<'a> = dyn FnMut(&[String], Option<&str>) -> Result<(), OnlineError> + 'a;

/// A client of the action API.
#[derive(Debug)]
pub struct Online {
    settings: Settings,
    polite: Polite,
    cache: Cache,
    /// Value of `languages`, with `mul`.
    languages: String,
}

/// Items by their ids.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fetched {
    /// The items, by their present ids. [`Item::former`] has the ids that were asked for and lead to them.
    pub items: BTreeMap<Qid, Item>,
    /// Ids that do not exist, or not any more, or are not of an item.
    pub missing: Vec<Qid>,
    /// Ids that were asked for → the ids they lead to.
    pub redirected: BTreeMap<Qid, Qid>,
    /// Ids whose entities are not of the known form, and why; they are not kept.
    pub broken: Vec<(Qid, String)>,
    /// Offline only: ids that were not asked for before.
    pub unasked: Vec<Qid>,
}

/// Items by the titles of pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paged {
    /// Titles, as they were given, → the item that the page tells of.
    pub items: BTreeMap<String, Item>,
    /// Titles of pages that do not exist or tell of no item.
    pub missing: Vec<String>,
    /// Titles whose entities are not of the known form, and why.
    pub broken: Vec<(String, String)>,
    /// Offline only: titles that were not asked for before.
    pub unasked: Vec<String>,
}

impl Online {
    /// A client; it asks nothing yet.
    ///
    /// # Errors
    /// [`OnlineError::Contact`] without a contact, unless offline; [`OnlineError::Client`].
    pub fn new(settings: Settings) -> Result<Self, OnlineError> {
        let mut languages = settings.languages.clone();
        languages.push("mul".to_owned());
        let mut seen = BTreeSet::new();
        languages.retain(|lang| seen.insert(lang.clone()));
        Ok(Self {
            polite: Polite::new(&settings)?,
            cache: Cache::new(&settings),
            languages: languages.join("|"),
            settings,
        })
    }

    /// What was done so far.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.polite.tally()
    }

    /// The language that is wanted most.
    #[must_use]
    pub fn language(&self) -> &str {
        let first = self.settings.languages.first();
        first.map_or("en", String::as_str)
    }

    /// Items that may bear a name: first those whose labels and aliases begin with it, as the site's own search box gives them, then those whose
    /// page holds its words; each once, in that order. Of persons, the second are only humans.
    ///
    /// # Errors
    /// [`OnlineError`]; offline, [`OnlineError::Offline`] where this was not asked before.
    pub fn search(
        &self,
        name: &str,
        language: &str,
        kind: Option<ItemType>,
    ) -> Result<Vec<Qid>, OnlineError> {
        let name = plain(name);
        if name.is_empty() {
            return Ok(Vec::new());
        }
        let per_page = self.settings.limits.per_page.clamp(1, 50);
        let mut found = Vec::new();
        let mut at = 0;
        for _ in 0..self.settings.limits.pages {
            let answer = self.kept(&[
                ("action", "wbsearchentities".to_owned()),
                ("search", name.clone()),
                ("language", language.to_owned()),
                ("uselang", language.to_owned()),
                ("type", "item".to_owned()),
                ("limit", per_page.to_string()),
                ("continue", at.to_string()),
            ])?;
            let page: Answer<'_> = read(&answer)?;
            let hits = page.search.unwrap_or_default();
            found.extend(hits.iter().filter_map(|hit| hit.id.parse::<Qid>().ok()));
            match page.next {
                Some(next) if next > at => at = next,
                _ => break,
            }
        }
        let words = words(&name);
        if !words.is_empty() {
            found.extend(self.full_text(&match kind {
                Some(ItemType::Person) => format!("{words} {}", stating(&[INSTANCE_OF], HUMAN)),
                _ => words,
            })?);
        }
        let mut seen = BTreeSet::new();
        found.retain(|id| seen.insert(*id));
        Ok(found)
    }

    /// Missions of one state in another, or relations of two, by what is stated of them.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn between(&self, kind: ItemType, one: Qid, other: Qid) -> Result<Vec<Qid>, OnlineError> {
        match kind {
            ItemType::Mission => self.full_text(&format!(
                "{} {}",
                stating(&[OPERATOR], one),
                stating(&[COUNTRY, JURISDICTION], other)
            )),
            ItemType::Relation => self.full_text(&format!(
                "{} {} {}",
                stating(&[INSTANCE_OF], BILATERAL_RELATION),
                stating(&[PARTICIPANT, COUNTRY], one.min(other)),
                stating(&[PARTICIPANT, COUNTRY], one.max(other))
            )),
            ItemType::Person
            | ItemType::State
            | ItemType::City
            | ItemType::Organisation
            | ItemType::Treaty
            | ItemType::Office
            | ItemType::Visit => Ok(Vec::new()),
        }
    }

    /// Items whose pages hold these words or statements, page after page.
    fn full_text(&self, wanted: &str) -> Result<Vec<Qid>, OnlineError> {
        let per_page = self.settings.limits.per_page.clamp(1, 50);
        let mut found = Vec::new();
        let mut at = 0;
        for _ in 0..self.settings.limits.pages {
            let answer = self.kept(&[
                ("action", "query".to_owned()),
                ("list", "search".to_owned()),
                ("srsearch", wanted.to_owned()),
                ("srnamespace", "0".to_owned()),
                ("srinfo", String::new()),
                ("srprop", String::new()),
                ("srlimit", per_page.to_string()),
                ("sroffset", at.to_string()),
            ])?;
            let page: Answer<'_> = read(&answer)?;
            let hits = page.query.map(|query| query.search).unwrap_or_default();
            found.extend(hits.iter().filter_map(|hit| hit.title.parse::<Qid>().ok()));
            match page.proceed.map(|proceed| proceed.sroffset) {
                Some(next) if next > at => at = next,
                _ => break,
            }
        }
        Ok(found)
    }

    /// The items of these ids, asked for in batches of 50.
    ///
    /// # Errors
    /// [`OnlineError`] of the first request that failed; what was answered before is in the folder.
    pub fn items(&self, ids: &[Qid]) -> Result<Fetched, OnlineError> {
        let key = |id: &str| format!("entity {} {} {id}", self.settings.api, self.languages);
        let mut fetched = Fetched::default();
        let mut open = Vec::new();
        for id in ids.iter().copied().collect::<BTreeSet<_>>() {
            match self.cache.get(&key(&id.to_string())) {
                Some(text) => {
                    self.polite.was_cached();
                    self.place(id, &text, &mut fetched);
                }
                None if self.settings.offline => {
                    self.polite.was_unasked();
                    fetched.unasked.push(id);
                }
                None => open.push(id.to_string()),
            }
        }
        let parameters = |ids: &[String]| -> Parameters { vec![("ids", ids.join("|"))] };
        for batch in open.chunks(BATCH) {
            self.entities(batch, &parameters, &mut |ids, answer| {
                let mut by_id: BTreeMap<String, &RawValue> = BTreeMap::new();
                for (key, raw) in answer.map(raw_entities).transpose()?.unwrap_or_default() {
                    let head: Head<'_> = read(raw.get())?;
                    let from = head.redirects.map(|redirect| redirect.from.into_owned());
                    by_id.insert(from.unwrap_or(key), raw);
                }
                for id in ids {
                    let raw = match by_id.get(id.as_str()) {
                        Some(raw) => raw.get().to_owned(),
                        // Refused by itself.
                        None if answer.is_none() => format!(r#"{{"id":"{id}","missing":""}}"#),
                        None => return Err(self.lacks(id)),
                    };
                    if id
                        .parse()
                        .is_ok_and(|id| self.place(id, &raw, &mut fetched))
                    {
                        self.cache.put(&key(id), &raw)?;
                    }
                }
                Ok(())
            })?;
        }
        for item in fetched.items.values_mut() {
            item.former.sort_unstable();
            item.former.dedup();
        }
        fetched.missing.sort_unstable();
        Ok(fetched)
    }

    /// The items that pages of a wiki (`enwiki`, `frwiki`) tell of, by their titles, asked for in batches of 50. A title may be written as in a
    /// URL, with `_`; one that redirects on its wiki is followed there.
    ///
    /// # Errors
    /// As [`Self::items`].
    pub fn by_pages(&self, site: &str, titles: &[String]) -> Result<Paged, OnlineError> {
        let key = |title: &str| {
            let api = &self.settings.api;
            format!("page {api} {} {site} {title}", self.languages)
        };
        // Normal title → the answer, or that there is none.
        let mut answers: BTreeMap<String, Option<String>> = BTreeMap::new();
        let mut open = Vec::new();
        let wanted: BTreeSet<String> = titles.iter().map(|title| normal(title)).collect();
        for title in wanted {
            if title.is_empty() || title.contains(NOT_IN_TITLES) {
                answers.insert(title, None);
            } else if let Some(text) = self.cache.get(&key(&title)) {
                self.polite.was_cached();
                answers.insert(title, Some(text).filter(|text| !text.is_empty()));
            } else if !self.settings.offline {
                open.push(title);
            }
        }
        let mut alone = Vec::new();
        let parameters = |titles: &[String]| -> Parameters {
            vec![("sites", site.to_owned()), ("titles", titles.join("|"))]
        };
        for batch in open.chunks(BATCH) {
            self.entities(batch, &parameters, &mut |titles, answer| {
                let mut by_title: BTreeMap<String, &RawValue> = BTreeMap::new();
                for (_, raw) in answer.map(raw_entities).transpose()?.unwrap_or_default() {
                    let head: Head<'_> = read(raw.get())?;
                    let page = head.sitelinks.0.get(site).map(|page| page.title.clone());
                    by_title.extend(page.map(|title| (title.into_owned(), raw)));
                }
                for title in titles {
                    let Some(raw) = by_title.get(title.as_str()) else {
                        alone.push(title.clone());
                        continue;
                    };
                    self.cache.put(&key(title), raw.get())?;
                    answers.insert(title.clone(), Some(raw.get().to_owned()));
                }
                Ok(())
            })?;
        }
        // Only a title that is asked for alone may be normalised by its wiki, which follows redirects there.
        for title in alone {
            let parameters = |titles: &[String]| -> Parameters {
                let mut alone = parameters(titles);
                alone.push(("normalize", "1".to_owned()));
                alone
            };
            self.entities(&[title], &parameters, &mut |titles, answer| {
                let entities = answer.map(raw_entities).transpose()?.unwrap_or_default();
                let mut found = None;
                for raw in entities.values() {
                    let head: Head<'_> = read(raw.get())?;
                    if head.missing.is_none() && head.id.is_some() {
                        found = Some(raw.get().to_owned());
                    }
                }
                for title in titles {
                    self.cache
                        .put(&key(title), found.as_deref().unwrap_or_default())?;
                    answers.insert(title.clone(), found.clone());
                }
                Ok(())
            })?;
        }
        let mut paged = Paged::default();
        for title in titles.iter().collect::<BTreeSet<_>>() {
            match answers.get(&normal(title)) {
                None => {
                    self.polite.was_unasked();
                    paged.unasked.push(title.clone());
                }
                Some(None) => paged.missing.push(title.clone()),
                Some(Some(text)) => match entity(text, &self.settings.languages) {
                    Ok(Entity::Item(item)) => {
                        paged.items.insert(title.clone(), *item);
                    }
                    Ok(Entity::Other | Entity::Missing(_)) => paged.missing.push(title.clone()),
                    Err(error) => paged.broken.push((title.clone(), error.to_string())),
                },
            }
        }
        Ok(paged)
    }

    /// Puts what was answered for an id where it belongs; whether it is of the known form.
    fn place(&self, asked: Qid, text: &str, fetched: &mut Fetched) -> bool {
        let mut item = match entity(text, &self.settings.languages) {
            Ok(Entity::Item(item)) => *item,
            Ok(Entity::Other | Entity::Missing(_)) => {
                fetched.missing.push(asked);
                return true;
            }
            Err(error) => {
                fetched.broken.push((asked, error.to_string()));
                return false;
            }
        };
        if item.id != asked {
            fetched.redirected.insert(asked, item.id);
            item.former.push(asked);
        }
        match fetched.items.get_mut(&item.id) {
            Some(known) => known.former.append(&mut item.former),
            None => {
                fetched.items.insert(item.id, item);
            }
        }
        true
    }

    /// Asks `wbgetentities` for some ids or titles. Where the batch is refused because of one of them, it is halved until that one is alone; of
    /// it `done` hears without an answer.
    fn entities(
        &self,
        batch: &[String],
        parameters: &dyn Fn(&[String]) -> Parameters,
        done: &mut Done<'_>,
    ) -> Result<(), OnlineError> {
        let mut all = vec![
            ("action", "wbgetentities".to_owned()),
            (
                "props",
                "labels|aliases|descriptions|claims|sitelinks".to_owned(),
            ),
            ("languages", self.languages.clone()),
            ("languagefallback", "1".to_owned()),
        ];
        all.extend(parameters(batch));
        match self.api(&all, "entities") {
            Ok(answer) => done(batch, Some(&answer)),
            Err(OnlineError::Failed {
                code: Some(code), ..
            }) if OF_ONE.contains(&code.as_str()) => match batch {
                [] => Ok(()),
                [_] => done(batch, None),
                many => {
                    let (first, second) = many.split_at(many.len() / 2);
                    self.entities(first, parameters, done)?;
                    self.entities(second, parameters, done)
                }
            },
            Err(error) => Err(error),
        }
    }

    /// An answer from the folder, else from the service and then into the folder.
    fn kept(&self, parameters: &[(&'static str, String)]) -> Result<String, OnlineError> {
        let mut key = format!("api {}", self.settings.api);
        for (name, value) in parameters {
            key.push_str(&format!(" {name}={value}"));
        }
        if let Some(answer) = self.cache.get(&key) {
            self.polite.was_cached();
            return Ok(answer);
        }
        if self.settings.offline {
            self.polite.was_unasked();
            let what = parameters
                .iter()
                .find(|(name, _)| matches!(*name, "search" | "srsearch"))
                .map_or_else(|| key.clone(), |(_, name)| format!("{name:?}"));
            return Err(OnlineError::Offline { what });
        }
        let needs = match parameters.first() {
            Some((_, action)) if action == "query" => "query",
            _ => "search",
        };
        let answer = self.api(parameters, needs)?;
        self.cache.put(&key, &answer)?;
        Ok(answer)
    }

    fn api(
        &self,
        parameters: &[(&'static str, String)],
        needs: &'static str,
    ) -> Result<String, OnlineError> {
        let fixed = [("format", "json"), ("formatversion", "2"), ("maxlag", "5")];
        let query = fixed
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .chain(
                parameters
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), value.clone())),
            )
            .collect();
        let ask = Ask {
            url: self.settings.api.clone(),
            body: Body::Query(query),
        };
        self.polite.ask(&ask, &|text| judge(text, needs))
    }

    fn lacks(&self, what: &str) -> OnlineError {
        OnlineError::Failed {
            url: self.settings.api.clone(),
            status: None,
            code: None,
            message: format!("the answer lacks {what}, which was asked for"),
            tries: 1,
        }
    }
}
