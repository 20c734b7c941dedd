//! `/.well-known/void`: what the store holds, from which sources and on what terms, as VoID and DCAT (W3C note of 3 March 2011, section 7.2).

use super::Shared;
use super::answers::coding;
use super::parameters::Parameters;
use super::problem::Problem;
use super::protocol::text_header;
use super::worker::{Description, Job};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Where it is served.
pub(super) const PATH: &str = "/.well-known/void";

/// The `Link` that leads to it.
pub(super) const LINK: &str = "</.well-known/void>; rel=\"describedby\"";

/// GET of `/.well-known/void`.
pub(super) async fn answer(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let outcome = respond(&shared, &uri, &headers).await;
    let mut response = outcome.unwrap_or_else(IntoResponse::into_response);
    response.headers_mut().insert(
        header::VARY,
        HeaderValue::from_static("Accept, Accept-Encoding, Host"),
    );
    response
}

async fn respond(shared: &Shared, uri: &Uri, headers: &HeaderMap) -> Result<Response, Problem> {
    let parameters = Parameters::parse(uri.query().unwrap_or_default().as_bytes())?;
    let asked = Description {
        endpoint: shared.address_of(headers, "/sparql"),
        accept: text_header(headers, &header::ACCEPT),
        format: parameters.one("format")?.map(str::to_owned),
        bytes: shared.config.limits.answer_bytes,
        coding: coding(headers),
    };
    shared
        .respond(Job::Describe(asked), headers, |_| Ok(()))
        .await
}
