//! `/page/…`: an entity as a page that people read, made here and without scripts: its facts in tables, the sentences behind each, links both ways.

mod draw;
mod known;
mod schema;
mod words;

use super::Shared;
use super::answers::coding;
use super::cache;
use super::compress::squeeze;
use super::entity::{alternates, iris};
use super::html;
use super::problem::{Kind, Problem};
use super::protocol::text_header;
use super::tags::{conditional, set_tag, tag};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use words::Language;

/// `/page/…`
pub(super) async fn answer(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let path = uri.path().strip_prefix("/page/").unwrap_or_default();
    let outcome = respond(&shared, path, &headers).await;
    let mut response = outcome.unwrap_or_else(IntoResponse::into_response);
    let headers = response.headers_mut();
    headers.insert(
        header::VARY,
        HeaderValue::from_static("Accept-Language, Accept-Encoding"),
    );
    alternates(headers, path);
    response
}

async fn respond(shared: &Shared, path: &str, headers: &HeaderMap) -> Result<Response, Problem> {
    let language = Language::choose(text_header(headers, &header::ACCEPT_LANGUAGE).as_deref());
    let coding = coding(headers);
    let version = shared.pool.version();
    let mark = version.map(|version| {
        tag(&cache::key(
            &version,
            &("page", path, language.code(), coding),
        ))
    });
    if let Some(unchanged) = mark.as_deref().and_then(|mark| conditional(headers, mark)) {
        return Ok(unchanged);
    }
    let unknown = || Problem::new(Kind::NotFound, format!("No entity is known as {path}."));
    let iris = iris(&shared.base, path).ok_or_else(unknown)?;
    let entity = known::of(shared, &iris).await?.ok_or_else(unknown)?;
    let text = draw::page(&entity, &shared.base, path, language);
    let (body, coding) = squeeze(text.into_bytes(), coding).await?;
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(
        header::CONTENT_LANGUAGE,
        HeaderValue::from_static(language.code()),
    );
    if let Some(name) = coding.name() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    html::protect(headers);
    if let Some(mark) = mark {
        set_tag(headers, &mark);
    }
    Ok(response)
}
