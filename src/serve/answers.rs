//! A query and the headers that came with it → the response: unchanged, kept from before, or of a worker.

use super::Shared;
use super::cache::{self, Key};
use super::compress::Coding;
use super::formats::content_type;
use super::pool::Given;
use super::problem::{Kind, Problem};
use super::protocol::{Query, text_header};
use super::rows::{self, Row};
use super::site::{self, sparql::Around};
use super::tags::{conditional, set_tag, tag};
use super::worker::{Ask, Job};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Functions whose value is another each time, and what reaches other stores.
const VOLATILE: [&str; 4] = ["now", "rand", "uuid", "service"];

/// How many minutes the description of a remote store is kept.
const REMOTE: u64 = 10;

impl Shared {
    /// The response to a query; `page` for one that people read, with what is around it.
    ///
    /// # Errors
    /// What is wrong with the query, or which limit it met.
    pub(super) async fn answer(
        &self,
        query: Query,
        page: Option<Around>,
        headers: &HeaderMap,
    ) -> Result<Response, Problem> {
        let accept = text_header(headers, &header::ACCEPT);
        let asked = self.asked(query, accept, page, coding(headers));
        self.respond(asked, headers, |_| Ok(())).await
    }

    /// As [`Shared::answer`] for a job that is set up; `check` may refuse what came of it.
    pub(super) async fn respond(
        &self,
        job: impl Into<Job>,
        headers: &HeaderMap,
        check: impl FnOnce(&Given) -> Result<(), Problem>,
    ) -> Result<Response, Problem> {
        let job = job.into();
        let language = match &job {
            Job::Ask(asked) => asked.page.as_ref().map(|around| around.language.clone()),
            Job::Open
            | Job::Serve(_)
            | Job::Back(_)
            | Job::Names(_)
            | Job::Describe(_)
            | Job::Timeline(_) => None,
        };
        let version = self.pool.version();
        let key = key_of(&job, version.clone());
        if let Some(key) = &key
            && let Some(unchanged) = conditional(headers, &tag(key))
        {
            return Ok(unchanged);
        }
        let (given, key) = self.given_under(job, version, key).await?;
        check(&given)?;
        let mut response = Response::new(Body::empty());
        let headers = response.headers_mut();
        tell(headers, &given, key.as_ref());
        if given.media == "text/html" {
            site::protect(headers);
            if let Some(language) = language
                && let Ok(value) = HeaderValue::from_str(&language)
            {
                headers.insert(header::CONTENT_LANGUAGE, value);
            }
        }
        *response.body_mut() = Body::from(given.body);
        Ok(response)
    }

    /// The rows of a query that the server itself asks.
    pub(super) async fn rows(&self, text: String) -> Result<Vec<Row>, Problem> {
        let query = Query {
            text,
            prefixes: true,
            ..Query::default()
        };
        self.rows_of(query, self.config.limits.rows).await
    }

    /// As [`Shared::rows`], with another limit of rows.
    pub(super) async fn rows_of(
        &self,
        query: Query,
        most: Option<usize>,
    ) -> Result<Vec<Row>, Problem> {
        let accept = Some("application/sparql-results+json".to_owned());
        let mut asked = self.asked(query, accept, None, Coding::Identity);
        asked.rows = most;
        let (given, _) = self.given(asked.into()).await?;
        rows::read(&given.body).map_err(|error| Problem::new(Kind::Internal, error.to_string()))
    }

    /// A job with the limits of this server.
    pub(super) fn asked(
        &self,
        query: Query,
        accept: Option<String>,
        page: Option<Around>,
        coding: Coding,
    ) -> Ask {
        Ask {
            query,
            accept,
            page: page.map(Box::new),
            rows: self.config.limits.rows,
            bytes: self.config.limits.answer_bytes,
            nesting: self.config.limits.nesting,
            coding,
        }
    }

    /// Has a worker do a job, and counts it.
    ///
    /// # Errors
    /// As [`super::pool::Pool::run`].
    pub(super) async fn run(&self, job: &Job) -> Result<Given, Problem> {
        self.run_within(job, self.pool.time()).await
    }

    /// As [`Shared::run`], with another time, where that is longer.
    pub(super) async fn run_within(&self, job: &Job, time: Duration) -> Result<Given, Problem> {
        let start = Instant::now();
        let outcome = self.pool.run(job, time.max(self.pool.time())).await;
        self.metrics.query(outcome.as_ref().err(), start.elapsed());
        outcome
    }

    /// The answer, and its key where the same is answered again as long as the generation stays.
    pub(super) async fn given(&self, job: Job) -> Result<(Given, Option<Key>), Problem> {
        let version = self.pool.version();
        let key = key_of(&job, version.clone());
        self.given_under(job, version, key).await
    }

    /// As [`Shared::given`], with the key under a version.
    async fn given_under(
        &self,
        job: Job,
        version: Option<String>,
        key: Option<Key>,
    ) -> Result<(Given, Option<Key>), Problem> {
        if let Some(key) = key
            && let Some(given) = self.cache.get(&key)
        {
            self.metrics.cache_hit();
            return Ok((given, Some(key)));
        }
        let given = self.run(&job).await?;
        // the generation may have changed meanwhile
        let key = if given.version == version {
            key
        } else {
            key_of(&job, given.version.clone())
        };
        if let Some(key) = key {
            self.cache.put(key, &given);
        }
        Ok((given, key))
    }
}

/// What the answer to a job is known by, where the same is answered again as long as the generation stays.
pub(super) fn key_of(job: &Job, version: Option<String>) -> Option<Key> {
    let version = match (job, version) {
        (Job::Open | Job::Serve(_) | Job::Back(_) | Job::Names(_), _) => return None,
        (Job::Ask(asked), version) => version.filter(|_| is_steady(&asked.query.text)),
        (Job::Describe(_) | Job::Timeline(_), Some(version)) => Some(version),
        (Job::Timeline(_), None) => None,
        // nobody says when a remote store changed; its description may be some minutes old
        (Job::Describe(_), None) => Some(format!("remote {}", minutes() / REMOTE)),
    };
    version.map(|version| cache::key(&version, job))
}

/// Says how an answer is sent, and what it is known by.
pub(super) fn tell(headers: &mut HeaderMap, given: &Given, key: Option<&Key>) {
    if let Ok(value) = HeaderValue::from_str(&content_type(&given.media)) {
        headers.insert(header::CONTENT_TYPE, value);
    }
    if let Some(name) = given.coding.name() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    match key {
        Some(key) => set_tag(headers, &tag(key)),
        None => {
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
    }
}

/// Minutes since 1970.
fn minutes() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |now| now.as_secs() / 60)
}

/// How the client wants bodies.
pub(super) fn coding(headers: &HeaderMap) -> Coding {
    Coding::choose(text_header(headers, &header::ACCEPT_ENCODING).as_deref())
}

/// Whether a query gives the same as long as the store is the same.
fn is_steady(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    !VOLATILE.iter().any(|word| lower.contains(word))
}
