//! `/health`, `/ready`, `/metrics`: how the server is; no query is needed for them.

use super::Shared;
use super::problem::{Kind, Problem};
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

fn plain(text: impl Into<String>, media: &'static str) -> Response {
    let mut response = text.into().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Says that the server answers.
pub(super) async fn health() -> Response {
    plain("{\"status\":\"ok\"}\n", "application/json")
}

/// Says whether a query would be answered now: a worker waits, or runs within its limits.
pub(super) async fn ready(State(shared): State<Arc<Shared>>) -> Result<Response, Problem> {
    let (running, idle) = shared.pool.load();
    if running + idle == 0 {
        return Err(Problem::new(Kind::Busy, "No worker is ready yet.").retry_after(1));
    }
    let version = shared
        .pool
        .version()
        .map_or(serde_json::Value::Null, Into::into);
    let text = serde_json::json!({ "status": "ready", "generation": version });
    Ok(plain(format!("{text}\n"), "application/json"))
}

/// Counts for Prometheus.
pub(super) async fn metrics(State(shared): State<Arc<Shared>>) -> Response {
    let (running, idle) = shared.pool.load();
    let (answers, bytes) = shared.cache.size();
    let text = shared.metrics.text(&[
        ("queries_running", "Queries that run now.", running as u64),
        ("workers_idle", "Workers that wait.", idle as u64),
        ("cache_answers", "Answers that are kept.", answers as u64),
        (
            "cache_bytes",
            "Bytes of answers that are kept.",
            bytes as u64,
        ),
    ]);
    plain(text, "text/plain; version=0.0.4; charset=utf-8")
}
