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
use super::worker::{Ask, Job};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::fmt::Write;

/// Functions whose value is another each time, and what reaches other stores.
const VOLATILE: [&str; 4] = ["now", "rand", "uuid", "service"];

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
        asked: Ask,
        headers: &HeaderMap,
        check: impl FnOnce(&Given) -> Result<(), Problem>,
    ) -> Result<Response, Problem> {
        let steady = is_steady(&asked.query.text);
        let language = asked.page.as_ref().map(|around| around.language.clone());
        if let Some(version) = self.pool.version().filter(|_| steady) {
            let tag = tag(&cache::key(&version, &asked));
            if let Some(unchanged) = conditional(headers, &tag) {
                return Ok(unchanged);
            }
        }
        let (given, key) = self.given(asked, steady).await?;
        check(&given)?;
        let mut response = Response::new(Body::from(given.body));
        let headers = response.headers_mut();
        if let Ok(value) = HeaderValue::from_str(&content_type(&given.media)) {
            headers.insert(header::CONTENT_TYPE, value);
        }
        if let Some(name) = given.coding.name() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        if given.media == "text/html" {
            site::protect(headers);
            if let Some(language) = language
                && let Ok(value) = HeaderValue::from_str(&language)
            {
                headers.insert(header::CONTENT_LANGUAGE, value);
            }
        }
        match key {
            Some(key) => set_tag(headers, &tag(&key)),
            None => {
                headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            }
        }
        Ok(response)
    }

    /// The rows of a query that the server itself asks.
    pub(super) async fn rows(&self, text: String) -> Result<Vec<Row>, Problem> {
        let query = Query {
            text,
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
        let (given, _) = self.given(asked, true).await?;
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
            coding,
        }
    }

    /// The answer, and its key where the same is answered again as long as the generation stays.
    async fn given(&self, asked: Ask, steady: bool) -> Result<(Given, Option<Key>), Problem> {
        let expected = self
            .pool
            .version()
            .filter(|_| steady)
            .map(|version| cache::key(&version, &asked));
        if let Some(key) = expected
            && let Some(given) = self.cache.get(&key)
        {
            self.metrics.cache_hit();
            return Ok((given, Some(key)));
        }
        let job = Job::Ask(asked);
        let outcome = self.pool.run(&job).await;
        self.metrics.query(outcome.as_ref().err());
        let given = outcome?;
        let Job::Ask(asked) = job else {
            return Ok((given, None));
        };
        // the generation may have changed meanwhile
        let key = given
            .version
            .as_deref()
            .filter(|_| steady)
            .map(|version| cache::key(version, &asked));
        if let Some(key) = key {
            self.cache.put(key, &given);
        }
        Ok((given, key))
    }
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

/// The answer to a client that has what carries this tag.
pub(super) fn conditional(headers: &HeaderMap, tag: &str) -> Option<Response> {
    matches(headers, tag).then(|| {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        set_tag(response.headers_mut(), tag);
        response
    })
}

/// The tag of what has this key.
pub(super) fn tag(key: &Key) -> String {
    let mut tag = String::from("\"");
    for byte in key.iter().take(16) {
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

/// Says that what is sent carries this tag, and is to be asked for again.
pub(super) fn set_tag(headers: &mut HeaderMap, tag: &str) {
    if let Ok(value) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, value);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
}

/// Whether `If-None-Match` names the tag (RFC 9110, section 13.1.2).
fn matches(headers: &HeaderMap, tag: &str) -> bool {
    text_header(headers, &header::IF_NONE_MATCH).is_some_and(|listed| {
        listed
            .split(',')
            .map(|one| one.trim().trim_start_matches("W/"))
            .any(|one| one == tag)
    })
}
