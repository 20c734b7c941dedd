//! `/reconcile`: names of a table → entities of the store, as the W3C's Reconciliation Service API has it, so that OpenRefine and others can match
//! against this graph and extend their tables from it.
//!
//! Version 0.2 of the specification is spoken (<https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/>). Names are looked
//! up and scored in a worker by `crate::link`; what is told of an entity is asked for in SPARQL.

mod asked;
mod extend;
mod manifest;
mod names;
mod place;
mod preview;
mod suggest;
mod task;
mod types;

pub(super) use names::Names;
pub(super) use task::{Open, Task, perform};

use super::Shared;
use super::answers::coding;
use super::cache;
use super::compress::{Coding, squeeze};
use super::parameters::Parameters;
use super::problem::{Kind, Problem};
use super::protocol::{body, media_type};
use super::tags::{conditional, set_tag, tag};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, Request, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::sync::Arc;
use task::What;

/// Namespace of classes and properties.
const SCHEMA: &str = "https://w3id.org/chancery/ontology#";
/// Prefixes of the queries of this service.
const PREFIXES: &str = "PREFIX dip: <https://w3id.org/chancery/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
";
/// Most queries in a batch.
const BATCH: usize = 50;

/// The paths of this service.
pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/reconcile", get(endpoint).post(endpoint))
        .route("/reconcile/properties", get(suggest::proposed))
        .route("/reconcile/suggest/entity", get(suggest::entities))
        .route("/reconcile/suggest/type", get(suggest::types))
        .route("/reconcile/suggest/property", get(suggest::properties))
        .route("/reconcile/flyout/entity", get(preview::entity_flyout))
        .route("/reconcile/flyout/type", get(preview::type_flyout))
        .route("/reconcile/flyout/property", get(preview::property_flyout))
        .route("/reconcile/preview", get(preview::page))
        .route("/reconcile/view", get(preview::view))
}

/// `/reconcile`: the manifest, matches, values of properties.
async fn endpoint(
    State(shared): State<Arc<Shared>>,
    request: Request<Body>,
) -> Result<Response, Problem> {
    let headers = request.headers().clone();
    let address = Parameters::parse(request.uri().query().unwrap_or_default().as_bytes())?;
    if request.method() != Method::POST {
        return answer(&shared, &address, &headers).await;
    }
    // every byte may be an escape of three
    let limit = shared.config.limits.query_bytes.saturating_mul(3);
    let form = body(request, limit, shared.config.clients.body_time).await?;
    if form.is_empty() {
        // the manifest, or what the address asks for
        return answer(&shared, &address, &headers).await;
    }
    if media_type(&headers)? != "application/x-www-form-urlencoded" {
        let problem = "Queries are sent as a form (application/x-www-form-urlencoded).";
        return Err(Problem::new(Kind::UnsupportedMediaType, problem)
            .with("acceptable", vec!["application/x-www-form-urlencoded"]));
    }
    let form = Parameters::parse(&form)?;
    answer(&shared, &form, &headers).await
}

async fn answer(
    shared: &Arc<Shared>,
    asked: &Parameters,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let what = match (
        asked.one("queries")?,
        asked.one("extend")?,
        asked.one("query")?,
    ) {
        (None, None, None) => {
            let manifest = manifest::manifest(shared, headers).to_string();
            return Sent::json(manifest.into_bytes()).unkept(headers).await;
        }
        (Some(queries), None, None) => What::Batch {
            queries: queries.to_owned(),
            most: BATCH,
        },
        (None, None, Some(query)) => What::Single(query.to_owned()),
        (None, Some(query), None) => {
            let values = extend::values(shared, query).await?;
            return Sent::json(values.to_string().into_bytes())
                .unkept(headers)
                .await;
        }
        _ => {
            let problem = "Only one of “queries”, “query” and “extend” can be asked for at once.";
            return Err(Problem::new(Kind::BadRequest, problem));
        }
    };
    let given = names::ask(shared, what).await?;
    Sent::json(given.body.to_vec()).unkept(headers).await
}

/// An answer of this service.
struct Sent {
    media: &'static str,
    body: Vec<u8>,
}

impl Sent {
    fn json(body: Vec<u8>) -> Self {
        Self {
            media: "application/json",
            body,
        }
    }

    /// As an answer that is asked for anew each time.
    async fn unkept(self, headers: &HeaderMap) -> Result<Response, Problem> {
        let mut response = self.response(coding(headers)).await?;
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Ok(response)
    }

    async fn response(self, coding: Coding) -> Result<Response, Problem> {
        let (body, coding) = squeeze(self.body, coding).await?;
        let mut response = Response::new(Body::from(body));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media));
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        if let Some(name) = coding.name() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        Ok(response)
    }
}

/// A GET whose answer stays the same as long as the generation does: what makes it is asked only of clients that do not have it.
async fn kept(
    shared: &Arc<Shared>,
    uri: &Uri,
    headers: &HeaderMap,
    made: impl Future<Output = Result<Sent, Problem>>,
) -> Response {
    let coding = coding(headers);
    let mark = shared.pool.version().map(|version| {
        tag(&cache::key(
            &version,
            &("reconcile", uri.to_string(), coding),
        ))
    });
    if let Some(unchanged) = mark.as_deref().and_then(|mark| conditional(headers, mark)) {
        return unchanged;
    }
    let outcome = async { made.await?.response(coding).await };
    match outcome.await {
        Ok(mut response) => {
            match mark {
                Some(mark) => set_tag(response.headers_mut(), &mark),
                None => drop(
                    response
                        .headers_mut()
                        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
                ),
            }
            response
        }
        Err(problem) => problem.into_response(),
    }
}
