//! What every answer carries: a request id, the CORS headers of an open reader, and a body for 405.

use super::listen::Peer;
use super::problem::{Kind, Problem};
use super::site::problem::Asker;
use super::{Shared, apart, guard, tags, trace};
use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use axum::middleware::Next;
use axum::response::IntoResponse;
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tracing::info;

/// The header that carries the id of a request, both ways.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Around every answer. OPTIONS is answered here with the methods of the resource; nothing depends on who asks, so that any page may read (no credentials).
pub(super) async fn around(
    State(shared): State<Arc<Shared>>,
    mut request: Request,
    next: Next,
) -> Response<Body> {
    let start = Instant::now();
    // HEAD is GET without its body: all that is said of that body holds, its tag too
    let head = request.method() == Method::HEAD;
    if head {
        *request.method_mut() = Method::GET;
    }
    let get = request.method() == Method::GET;
    let asked = request.headers().clone();
    let id = request_id(request.headers());
    let shown = id.to_str().unwrap_or_default().to_owned();
    let options = request.method() == Method::OPTIONS;
    // without its query, which may hold what nobody else should read
    let line = (
        request.method().to_string(),
        request.uri().path().to_owned(),
    );
    let asker = Asker::of(request.method(), request.uri(), request.headers());
    let peer = request.extensions().get::<Peer>().copied();
    let allowed = peer.map_or(Ok(()), |peer| shared.rate.take(peer.0.ip(), start));
    let readable = guard::readable_by(&shared.config, request.headers());
    let known = guard::is_plain(request.version(), request.headers())
        .and_then(|()| guard::host(&shared.config, request.headers()));
    let mut response = match (allowed, known) {
        (Ok(()), Ok(())) => {
            // also for what goes on in a task of its own
            request.headers_mut().insert(REQUEST_ID, id.clone());
            let short = apart::is_short(&line.1);
            let work = trace::within(shown.clone(), next.run(request));
            if short {
                work.await
            } else {
                let done = apart::elsewhere(&shared.apart, work).await;
                done.unwrap_or_else(|error| {
                    Problem::new(Kind::Internal, error.to_string()).into_response()
                })
            }
        }
        (Ok(()), Err(problem)) => problem.into_response(),
        (Err(seconds), _) => Problem::new(
            Kind::TooMany,
            format!(
                "At most {} requests a minute.",
                shared.config.clients.requests_per_minute
            ),
        )
        .with("limit", shared.config.clients.requests_per_minute)
        .retry_after(seconds)
        .into_response(),
    };
    if get {
        response = tags::tagged(&asked, response).await;
    }
    if head {
        response = without_body(response);
    }
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        response = if options {
            methods(&response)
        } else {
            method_not_allowed(&response)
        };
    }
    if let Some(asker) = asker {
        response = asker.told(&shared, response);
    }
    let headers = response.headers_mut();
    dress(headers, readable, !shared.config.origins.is_empty(), id);
    let took = start.elapsed();
    let (method, path) = &line;
    let status = response.status().as_u16();
    note(&shared, &shown, peer, (method, path), status, took);
    response
}

/// What every answer carries, whoever makes it.
pub(super) fn dress(
    headers: &mut HeaderMap,
    readable: Option<HeaderValue>,
    by_origin: bool,
    id: HeaderValue,
) {
    if let Some(origin) = readable {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    if by_origin {
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
    }
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("ETag, Link, Location, Mcp-Session-Id, Retry-After, X-Request-Id"),
    );
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(REQUEST_ID, id);
}

/// Counts an answer and tells of it: of its request, method and path.
pub(super) fn note(
    shared: &Shared,
    id: &str,
    peer: Option<Peer>,
    (method, path): (&str, &str),
    status: u16,
    took: Duration,
) {
    shared.metrics.request(status, took);
    let client = peer.map(|peer| peer.0.ip().to_string());
    let ms = took.as_secs_f64() * 1000.0;
    info!(id, client, method, path, status, ms, "answered");
    if let Some(log) = shared.config.access_log {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let line = serde_json::json!({
            "time": now.map_or(0.0, |now| (now.as_secs_f64() * 1000.0).round() / 1000.0),
            "id": id,
            "client": client,
            "method": method,
            "path": path,
            "status": status,
            "ms": took.as_micros() as f64 / 1000.0,
        });
        log(&line.to_string());
    }
}

/// An answer without its body, and with its length.
fn without_body(response: Response<Body>) -> Response<Body> {
    let (mut parts, body) = response.into_parts();
    if let Some(length) = body
        .size_hint()
        .exact()
        .filter(|_| parts.status != StatusCode::NOT_MODIFIED)
    {
        parts
            .headers
            .insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    Response::from_parts(parts, Body::empty())
}

/// The answer to OPTIONS, and to the question that a browser asks before a request to another origin.
fn methods(refused: &Response<Body>) -> Response<Body> {
    let allowed = allowed(refused);
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, allowed.clone());
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static(
            "Accept, Authorization, Content-Type, If-None-Match, Last-Event-ID, MCP-Protocol-Version, Mcp-Session-Id, X-Request-Id",
        ),
    );
    headers.insert(
        header::ACCESS_CONTROL_MAX_AGE,
        HeaderValue::from_static("86400"),
    );
    headers.insert(header::ALLOW, allowed);
    response
}

fn method_not_allowed(refused: &Response<Body>) -> Response<Body> {
    let allowed = allowed(refused);
    let listed = allowed.to_str().unwrap_or_default().to_owned();
    let mut response =
        Problem::new(Kind::MethodNotAllowed, format!("Allowed here: {listed}.")).into_response();
    response.headers_mut().insert(header::ALLOW, allowed);
    response
}

/// The methods that the router knows for the path, and OPTIONS.
fn allowed(refused: &Response<Body>) -> HeaderValue {
    let known = refused
        .headers()
        .get(header::ALLOW)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let mut methods: Vec<&str> = known.split(',').map(str::trim).collect();
    methods.retain(|method| !method.is_empty());
    methods.push("OPTIONS");
    HeaderValue::from_str(&methods.join(", ")).unwrap_or(HeaderValue::from_static("OPTIONS"))
}

/// The client's own id if it is short and plain, else a new one.
pub(super) fn request_id(headers: &HeaderMap) -> HeaderValue {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    // the system is asked once
    static PROCESS: OnceLock<u32> = OnceLock::new();
    if let Some(value) = headers.get(REQUEST_ID) {
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._".contains(byte);
        if (1..=64).contains(&value.len()) && value.as_bytes().iter().all(plain) {
            return value.clone();
        }
    }
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let process = PROCESS.get_or_init(process::id);
    let id = format!("{seconds:x}-{process:x}-{number:x}");
    HeaderValue::from_str(&id).unwrap_or(HeaderValue::from_static("-"))
}
