//! Any W3C Reconciliation Service: names with types and properties → candidates.
//!
//! Two forms of the protocol are spoken:
//! - 0.2 (<https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/>), and 0.1, of which it is a superset for what is
//!   asked here: batches in a form field `queries`, a map of `q0`, `q1` …;
//! - the draft of 1.0 (<https://reconciliation-api.github.io/specs/1.0-draft/>, as of the end of 2024, with `conditions` whose parts are
//!   `matchType`, `propertyId` and `propertyValue`): a list in JSON, posted to `/match`. It is spoken only where a manifest names no final version.

use super::ask::{Ask, Body};
use super::cache::Cache;
use super::polite::{Polite, Verdict};
use super::{OnlineError, Settings, Tally};
use crate::link::Qid;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// Queries in a batch where the manifest does not say.
const BATCH: usize = 10;
/// Most queries in a batch, whatever the manifest says.
const LARGEST_BATCH: usize = 50;

/// A form of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// 0.1 and 0.2.
    Form,
    /// The draft of 1.0.
    Draft,
}

/// What a service says of itself.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Versions of the protocol that it speaks; none is 0.1.
    #[serde(default)]
    pub versions: Vec<String>,
    /// IRI before the ids of entities (until 0.2).
    #[serde(default)]
    pub identifier_space: String,
    /// IRI of what its types and properties are (until 0.2).
    #[serde(default)]
    pub schema_space: String,
    /// Most queries in a batch.
    pub batch_size: Option<usize>,
    /// Where an entity can be looked at.
    view: Option<View>,
    /// Whether scores are from 0 to 100 (1.0).
    #[serde(default)]
    pub standardized_score: bool,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct View {
    url: String,
}

impl Manifest {
    /// The form of the protocol that is spoken with it.
    #[must_use]
    pub fn version(&self) -> Version {
        let has = |start: &str| self.versions.iter().any(|one| one.starts_with(start));
        if has("1.") && !has("0.") {
            Version::Draft
        } else {
            Version::Form
        }
    }

    /// The IRI of an entity: its id in the identifier space, or else in the template of the view.
    #[must_use]
    pub fn iri(&self, id: &str) -> Option<String> {
        if !self.identifier_space.is_empty() {
            return Some(format!("{}{id}", self.identifier_space));
        }
        let template = &self.view.as_ref()?.url;
        ["{{id}}", "{+id}", "{id}"]
            .iter()
            .find(|place| template.contains(**place))
            .map(|place| template.replacen(place, id, 1))
    }

    /// The item that a candidate is, where the service gives items of Wikidata.
    #[must_use]
    pub fn item(&self, candidate: &Candidate) -> Option<Qid> {
        let iri = self.iri(&candidate.id)?;
        let (_, after) = iri.split_once("://")?;
        let (host, _) = after.split_once('/')?;
        ["www.wikidata.org", "wikidata.org"]
            .contains(&host)
            .then(|| candidate.id.parse().ok())?
    }
}

/// A value of a property.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
    /// Another entity by its id.
    Entity(String),
}

impl Value {
    fn json(&self) -> Json {
        match self {
            Self::Text(text) => json!(text),
            Self::Number(number) => json!(number),
            Self::Boolean(is) => json!(is),
            Self::Entity(id) => json!({ "id": id }),
        }
    }
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// A name; may be empty where there are properties.
    pub name: String,
    /// Ids of types in the service's own words; the draft of 1.0 takes the first.
    pub types: Vec<String>,
    /// Most candidates.
    pub limit: Option<u32>,
    /// Properties with their values.
    pub properties: Vec<(String, Vec<Value>)>,
    /// Language of the texts; only in the draft of 1.0.
    pub language: Option<String>,
}

impl Query {
    /// A query for a name.
    #[must_use]
    pub fn name(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    fn json(&self, version: Version) -> Json {
        let mut query = Map::new();
        let value = |values: &[Value]| match values {
            [one] => one.json(),
            many => many.iter().map(Value::json).collect(),
        };
        match version {
            Version::Form => {
                if !self.name.is_empty() {
                    query.insert("query".to_owned(), json!(self.name));
                }
                match self.types.as_slice() {
                    [] => {}
                    [one] => drop(query.insert("type".to_owned(), json!(one))),
                    many => drop(query.insert("type".to_owned(), json!(many))),
                }
                let properties: Vec<Json> = self
                    .properties
                    .iter()
                    .map(|(pid, values)| json!({ "pid": pid, "v": value(values) }))
                    .collect();
                if !properties.is_empty() {
                    query.insert("properties".to_owned(), Json::Array(properties));
                }
            }
            Version::Draft => {
                if let Some(one) = self.types.first() {
                    query.insert("type".to_owned(), json!(one));
                }
                if let Some(language) = &self.language {
                    query.insert("lang".to_owned(), json!(language));
                }
                let name = (!self.name.is_empty())
                    .then(|| json!({ "matchType": "name", "propertyValue": self.name }));
                let properties = self.properties.iter().map(|(pid, values)| {
                    json!({ "matchType": "property", "propertyId": pid, "propertyValue": value(values) })
                });
                let conditions = name.into_iter().chain(properties).collect();
                query.insert("conditions".to_owned(), Json::Array(conditions));
            }
        }
        if let Some(limit) = self.limit {
            query.insert("limit".to_owned(), json!(limit));
        }
        Json::Object(query)
    }
}

/// An entity that may be meant.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Candidate {
    /// Its id at the service.
    pub id: String,
    /// Its name.
    #[serde(default, deserialize_with = "text")]
    pub name: String,
    /// A short description, where given.
    #[serde(default, deserialize_with = "text")]
    pub description: String,
    /// How well it fits, on the service's own scale; where given.
    pub score: Option<f64>,
    /// Whether the service finds it certain.
    #[serde(default, rename = "match")]
    pub certain: bool,
    /// Ids of its types.
    #[serde(default, rename = "type", deserialize_with = "types")]
    pub types: Vec<String>,
}

/// Candidates of each query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reconciled {
    /// Per query, in the order given; in the service's order.
    pub candidates: Vec<Vec<Candidate>>,
    /// Offline only: places of queries that were not asked before.
    pub unasked: Vec<usize>,
}

/// A client of one service.
#[derive(Debug)]
pub struct Reconciler {
    endpoint: String,
    manifest: Manifest,
    offline: bool,
    polite: Polite,
    cache: Cache,
}

impl Reconciler {
    /// A client of the service at a URL; asks for its manifest.
    ///
    /// # Errors
    /// [`OnlineError`], among others where there is no manifest.
    pub fn new(settings: &Settings, endpoint: &str) -> Result<Self, OnlineError> {
        let (polite, cache) = (Polite::new(settings)?, Cache::new(settings));
        let key = format!("manifest {endpoint}");
        let text = match cache.get(&key) {
            Some(text) => {
                polite.was_cached();
                text
            }
            None if settings.offline => {
                let what = format!("the manifest of {endpoint}");
                return Err(OnlineError::Offline { what });
            }
            None => {
                let ask = Ask {
                    url: endpoint.to_owned(),
                    body: Body::Query(Vec::new()),
                };
                let text = polite.ask(&ask, &|text| match is_manifest(text) {
                    Ok(()) => Verdict::Whole,
                    Err(why) => Verdict::Again(why),
                })?;
                cache.put(&key, &text)?;
                text
            }
        };
        let manifest = serde_json::from_str(&text)
            .map_err(|error| failed(endpoint, &format!("no manifest: {error}")))?;
        Ok(Self {
            endpoint: endpoint.to_owned(),
            manifest,
            offline: settings.offline,
            polite,
            cache,
        })
    }

    /// What the service says of itself.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// What was done so far.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.polite.tally()
    }

    /// Candidates for each query, asked for in batches as large as the service takes them.
    ///
    /// # Errors
    /// [`OnlineError`] of the first request that failed; what was answered before is in the folder.
    pub fn reconcile(&self, queries: &[Query]) -> Result<Reconciled, OnlineError> {
        let version = self.manifest.version();
        let key = |query: &Json| format!("reconcile {version:?} {} {query}", self.endpoint);
        let mut known: BTreeMap<String, Vec<Candidate>> = BTreeMap::new();
        let mut open: Vec<Json> = Vec::new();
        let asked: Vec<Json> = queries.iter().map(|query| query.json(version)).collect();
        for (query, json) in queries.iter().zip(&asked) {
            let key = key(json);
            if known.contains_key(&key) || open.contains(json) {
                continue;
            }
            let kept = self.cache.get(&key);
            if query.name.is_empty() && query.properties.is_empty() {
                // Nothing is asked for; the protocol does not allow it.
                known.insert(key, Vec::new());
            } else if let Some(found) = kept.and_then(|text| serde_json::from_str(&text).ok()) {
                self.polite.was_cached();
                known.insert(key, found);
            } else if !self.offline {
                open.push(json.clone());
            }
        }
        let size = self.manifest.batch_size.unwrap_or(BATCH);
        for batch in open.chunks(size.clamp(1, LARGEST_BATCH)) {
            self.batch(batch, &mut |query, found| {
                let candidates = serde_json::from_value(found.clone())
                    .map_err(|error| failed(&self.endpoint, &error.to_string()))?;
                self.cache.put(&key(query), &found.to_string())?;
                known.insert(key(query), candidates);
                Ok(())
            })?;
        }
        let mut reconciled = Reconciled::default();
        for (at, json) in asked.iter().enumerate() {
            let found = known.get(&key(json)).cloned();
            if found.is_none() {
                self.polite.was_unasked();
                reconciled.unasked.push(at);
            }
            reconciled.candidates.push(found.unwrap_or_default());
        }
        Ok(reconciled)
    }

    fn batch(
        &self,
        batch: &[Json],
        done: &mut dyn FnMut(&Json, &Json) -> Result<(), OnlineError>,
    ) -> Result<(), OnlineError> {
        let names: Vec<String> = (0..batch.len()).map(|at| format!("q{at}")).collect();
        let version = self.manifest.version();
        let ask = match version {
            Version::Form => {
                let queries: Map<String, Json> =
                    names.iter().cloned().zip(batch.iter().cloned()).collect();
                let queries = Json::Object(queries).to_string();
                Ask {
                    url: self.endpoint.clone(),
                    body: Body::Form(vec![("queries".to_owned(), queries)]),
                }
            }
            Version::Draft => Ask {
                url: format!("{}/match", self.endpoint.trim_end_matches('/')),
                body: Body::Json(json!({ "queries": batch }).to_string()),
            },
        };
        let results = |text: &str| results(text, version, &names);
        let answer = self.polite.ask(&ask, &|text| match results(text) {
            Ok(_) => Verdict::Whole,
            Err(why) => Verdict::Again(why),
        });
        match answer {
            Ok(text) => {
                let results = results(&text).map_err(|why| failed(&self.endpoint, &why))?;
                for (query, found) in batch.iter().zip(&results) {
                    done(query, found)?;
                }
                Ok(())
            }
            // The batch is too large for the service, whatever its manifest says.
            Err(OnlineError::Failed {
                status: Some(413 | 414),
                ..
            }) if batch.len() > 1 => {
                let (first, second) = batch.split_at(batch.len() / 2);
                self.batch(first, done)?;
                self.batch(second, done)
            }
            Err(error) => Err(error),
        }
    }
}

fn failed(endpoint: &str, message: &str) -> OnlineError {
    OnlineError::Failed {
        url: endpoint.to_owned(),
        status: None,
        code: None,
        message: message.to_owned(),
        tries: 1,
    }
}

/// Whether a text is the manifest of a service: one object that names it.
fn is_manifest(text: &str) -> Result<(), String> {
    let manifest: Manifest =
        serde_json::from_str(text).map_err(|error| format!("no manifest ({error})"))?;
    let told = !manifest.identifier_space.is_empty() || manifest.view.is_some();
    if manifest.name.is_empty() && !told {
        return Err("no manifest of a reconciliation service".to_owned());
    }
    Ok(())
}

/// The candidates of each query of a batch, each list of the known form.
fn results(text: &str, version: Version, names: &[String]) -> Result<Vec<Json>, String> {
    let broken = |error: serde_json::Error| format!("broken JSON ({error})");
    let mut answer: Json = serde_json::from_str(text).map_err(broken)?;
    let mut results = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let found = match version {
            Version::Form => answer.get_mut(name).and_then(|one| one.get_mut("result")),
            Version::Draft => answer
                .get_mut("results")
                .and_then(|all| all.get_mut(at))
                .and_then(|one| one.get_mut("candidates")),
        };
        let found = found.ok_or_else(|| format!("no result of query {at}"))?;
        let _: Vec<Candidate> = serde_json::from_value(found.clone())
            .map_err(|error| format!("query {at}: {error}"))?;
        results.push(found.take());
    }
    Ok(results)
}

/// A text, or texts with their languages (`[{"str": "Lima", "lang": "es"}]`, in the draft of 1.0), of which the first counts.
fn text<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let first = match Json::deserialize(deserializer)? {
        Json::String(text) => text,
        Json::Array(texts) => texts
            .iter()
            .find_map(|text| text.get("str")?.as_str())
            .unwrap_or_default()
            .to_owned(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Object(_) => String::new(),
    };
    Ok(first)
}

/// Types by their ids, or as objects that have them.
fn types<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let types = Json::deserialize(deserializer)?;
    let one = std::slice::from_ref(&types);
    let types = types.as_array().map_or(one, Vec::as_slice);
    Ok(types
        .iter()
        .filter_map(|one| one.as_str().or_else(|| one.get("id")?.as_str()))
        .map(str::to_owned)
        .collect())
}
