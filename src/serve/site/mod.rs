//! What the store knows → pages that people read: complete without scripts, in English, French and Spanish, all in one layout.
//!
//! A page is a template of `templates/` and a struct that holds what it shows; its words stand in `data/site/`. `docs/SITE.md` tells what scripts
//! find in them.

pub(super) mod assets;
mod bars;
pub(super) mod conflicts;
mod dates;
pub(super) mod decide;
pub(super) mod document;
pub(super) mod documents;
pub(super) mod entity;
pub(super) mod events;
mod facts;
pub(super) mod frame;
pub(super) mod home;
pub(super) mod list;
mod marks;
mod pages;
pub(super) mod problem;
pub(super) mod relations;
pub(super) mod review;
pub(super) mod search;
pub(super) mod sparql;
mod teller;
pub(super) mod timeline;
pub(super) mod words;

use super::Shared;
use super::answers::coding;
use super::cache;
use super::compress::{Coding, squeeze};
use super::parameters::Parameters;
use super::problem::{Kind, Problem};
use super::protocol::text_header;
use super::tags::{conditional, set_tag, tag};
use crate::store::Folder;
use askama::Template;
use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use frame::Frame;
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;

/// What a page may do: load what this server has, and send its forms here.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// A request for a page.
pub(super) struct Visit {
    /// The frame that the page will have.
    pub(super) frame: Frame,
    /// What stands behind `?`.
    pub(super) parameters: Parameters,
    coding: Coding,
    mark: Option<String>,
    same: Option<Response>,
}

impl Visit {
    /// Reads a request.
    ///
    /// # Errors
    /// `BadRequest` for parameters that can't be read.
    pub(super) fn new(shared: &Shared, uri: &Uri, headers: &HeaderMap) -> Result<Self, Problem> {
        let parameters = Parameters::parse(uri.query().unwrap_or_default().as_bytes())?;
        let frame = shared.frame(uri.path(), &parameters, headers);
        let coding = coding(headers);
        let mark = shared.pool.version().map(|version| {
            let asked = (uri.path(), uri.query(), frame.code(), coding, frame.style());
            tag(&cache::key(&version, &asked))
        });
        let same = mark.as_deref().and_then(|mark| conditional(headers, mark));
        Ok(Self {
            frame,
            parameters,
            coding,
            mark,
            same,
        })
    }

    /// The answer to a client that has the page already.
    pub(super) fn unchanged(&mut self) -> Option<Response> {
        let mut same = self.same.take()?;
        vary(same.headers_mut());
        Some(same)
    }

    /// From now on the page is made anew for everybody: it shows what is not of the generation.
    pub(super) fn fresh(&mut self) {
        self.mark = None;
        self.same = None;
    }

    /// The number of the page of a long list, from 1.
    pub(super) fn number(&self) -> usize {
        let asked = self.parameters.all("page").next();
        asked
            .and_then(|text| text.parse().ok())
            .unwrap_or(1)
            .clamp(1, 1_000_000)
    }

    /// The first value of a parameter, trimmed; empty where there is none.
    pub(super) fn asked<'a>(&'a self, name: &'a str) -> &'a str {
        self.parameters.all(name).next().unwrap_or_default().trim()
    }

    /// The response with JSON for scripts and programs.
    ///
    /// # Errors
    /// `Internal` when it can't be compressed.
    pub(super) async fn send(self, body: &Value) -> Result<Response, Problem> {
        self.send_as("application/json", body).await
    }

    /// As [`Visit::send`], of another type of JSON.
    ///
    /// # Errors
    /// As [`Visit::send`].
    pub(super) async fn send_as(
        self,
        media: &'static str,
        body: &Value,
    ) -> Result<Response, Problem> {
        let (body, coding) = squeeze(format!("{body}\n").into_bytes(), self.coding).await?;
        let mut response = Response::new(Body::from(body));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
        if let Some(name) = coding.name() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        vary(headers);
        self.tag(headers);
        Ok(response)
    }

    /// By what a client asks whether it has the answer already.
    fn tag(self, headers: &mut HeaderMap) {
        match self.mark {
            Some(mark) => set_tag(headers, &mark),
            None => {
                headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            }
        }
    }

    /// The response with a page.
    ///
    /// # Errors
    /// `Internal` when the template fails.
    pub(super) async fn show(self, page: &impl Template) -> Result<Response, Problem> {
        let text = page.render().map_err(internal)?;
        let (body, coding) = squeeze(text.into_bytes(), self.coding).await?;
        let mut response = html(StatusCode::OK, body, self.frame.code());
        let headers = response.headers_mut();
        if let Some(name) = coding.name() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        self.tag(headers);
        Ok(response)
    }
}

/// A request whose client has not the answer already; to one that has, it is told so.
impl FromRequestParts<Arc<Shared>> for Visit {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        shared: &Arc<Shared>,
    ) -> Result<Self, Self::Rejection> {
        let mut visit =
            Self::new(shared, &parts.uri, &parts.headers).map_err(IntoResponse::into_response)?;
        match visit.unchanged() {
            Some(same) => Err(same),
            None => Ok(visit),
        }
    }
}

impl Shared {
    /// The frame of a page at a path.
    pub(super) fn frame(&self, path: &str, parameters: &Parameters, headers: &HeaderMap) -> Frame {
        let accept = text_header(headers, &header::ACCEPT_LANGUAGE);
        let mut frame = Frame::new(path, parameters, accept.as_deref());
        frame.base.clone_from(&self.base);
        frame.writable = self.writer.is_some();
        if let Some(version) = self.pool.version() {
            let folder = Folder::new(Path::new(&self.config.store));
            let made = std::fs::metadata(folder.generation(&version))
                .and_then(|metadata| metadata.modified());
            frame.day = made.map(frame::day).unwrap_or_default();
            frame.generation = version;
        }
        frame
    }
}

/// A response with a whole page of HTML.
pub(super) fn html(status: StatusCode, body: Vec<u8>, language: &'static str) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language));
    protect(headers);
    vary(headers);
    response
}

/// The headers that say what a page may do.
pub(super) fn protect(headers: &mut HeaderMap) {
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    );
}

fn vary(headers: &mut HeaderMap) {
    headers.insert(
        header::VARY,
        HeaderValue::from_static("Accept, Accept-Language, Accept-Encoding"),
    );
}

fn internal(error: impl std::fmt::Display) -> Problem {
    Problem::new(Kind::Internal, error.to_string())
}
