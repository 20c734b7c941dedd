//! `/mcp`: requests → what answers them, alone or in the session of their client. Sessions are bounded in number, and end when nothing is asked in
//! them; when there are as many as there may be, whoever comes is answered without one.

use crate::serve::layers::REQUEST_ID;
use crate::serve::listen::Peer;
use crate::serve::problem::{Kind, Problem};
use crate::serve::{Shared, guard, protocol};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use rmcp::ServerHandler;
use rmcp::transport::streamable_http_server::session::local::{LocalSessionManager, SessionConfig};
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The longest message that is read, in bytes; a query may be [`crate::query::MAX_BYTES`] long.
const MESSAGE: usize = 1 << 20;
/// The most sessions.
const SESSIONS: usize = 256;
/// A session in which nothing is asked for so long ends.
const IDLE: Duration = Duration::from_secs(300);
/// For so long an answer is held for a client whose connection broke.
const AGAIN: Duration = Duration::from_secs(5);
/// The header that names a session.
const SESSION: HeaderName = HeaderName::from_static("mcp-session-id");
/// The longest answer of the protocol's library that is told as a problem, in bytes.
const WORDS: usize = 4096;

/// What speaks the protocol at `/mcp`.
#[derive(Clone)]
pub struct Speaks {
    routes: Router<Arc<Shared>>,
    stop: Arc<dyn Fn() + Send + Sync>,
}

impl fmt::Debug for Speaks {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Speaks")
    }
}

impl Speaks {
    /// Tools, resources and prompts, spoken to as this program's own are: `speaker` gives what speaks in one session (`true`), or to requests that stand
    /// alone.
    #[must_use]
    pub fn new<S: ServerHandler>(
        speaker: impl Fn(bool) -> S + Clone + Send + Sync + 'static,
    ) -> Self {
        let config = || {
            StreamableHttpServerConfig::default()
                .with_max_request_body_bytes(MESSAGE)
                // looked at here, by the rules of the whole server
                .disable_allowed_hosts()
                .disable_allowed_origins()
        };
        let one = speaker.clone();
        let alone = StreamableHttpService::new(
            move || Ok(one(false)),
            Arc::new(NeverSessionManager::default()),
            config()
                .with_legacy_session_mode(false)
                .with_json_response(true),
        );
        let mut manager = LocalSessionManager::default();
        let mut times = SessionConfig::default();
        times.keep_alive = Some(IDLE);
        times.completed_cache_ttl = AGAIN;
        manager.session_config = times;
        let sessions = Arc::new(manager);
        let kept = config();
        let token = kept.cancellation_token.clone();
        let held =
            StreamableHttpService::new(move || Ok(speaker(true)), Arc::clone(&sessions), kept);
        let answer = move |State(shared): State<Arc<Shared>>, request: Request| {
            let (alone, held) = (alone.clone(), held.clone());
            let sessions = Arc::clone(&sessions);
            async move {
                let (request, method) = checked(&shared, request).await?;
                let begins = method.as_deref() == Some("initialize")
                    && sessions.sessions.read().await.len() < SESSIONS;
                let response = if begins || request.headers().contains_key(SESSION) {
                    held.handle(request).await.into_response()
                } else {
                    alone.handle(request).await.into_response()
                };
                Ok::<Response, Problem>(told(response).await)
            }
        };
        Self {
            routes: Router::new().route(
                "/mcp",
                post(answer.clone()).get(answer.clone()).delete(answer),
            ),
            stop: Arc::new(move || token.cancel()),
        }
    }

    /// Its paths.
    pub(in crate::serve) fn routes(&self) -> Router<Arc<Shared>> {
        self.routes.clone()
    }

    /// Ends all sessions and what they still send.
    pub(in crate::serve) fn stop(&self) {
        (self.stop)();
    }
}

/// A request that may speak to us, with all of its message, and the method that it names.
async fn checked(shared: &Shared, request: Request) -> Result<(Request, Option<String>), Problem> {
    guard::speaks_to_us(&shared.config, request.headers())?;
    if request.method() != Method::POST {
        // messages without being asked are for sessions
        if !request.headers().contains_key(SESSION) {
            let words =
                "Only POST, but for a session: GET for what it is told, DELETE for its end.";
            return Err(Problem::new(Kind::MethodNotAllowed, words));
        }
        return Ok((request, None));
    }
    let (parts, body) = request.into_parts();
    let time = shared.config.clients.body_time;
    // all of it, in the time that bodies have
    let body = protocol::body(Request::new(body), MESSAGE, time).await?;
    // by the parser that reads it then, so that what it refuses (nesting, numbers out of range) is told here
    let message: BTreeMap<String, Value> = serde_json::from_slice(&body).map_err(|error| {
        let problem = format!("The message is not one JSON object: {error}");
        Problem::new(Kind::BadRequest, problem).at(error.line(), error.column())
    })?;
    let method = message
        .get("method")
        .and_then(Value::as_str)
        .map(str::to_owned);
    let mut request = Request::from_parts(parts, Body::from(body));
    request.extensions_mut().remove::<Peer>();
    Ok((request, method))
}

/// What the library refuses in plain words is told as all problems are.
async fn told(response: Response) -> Response {
    let kind = match response.status() {
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => Kind::BadRequest,
        StatusCode::NOT_FOUND => Kind::NotFound,
        StatusCode::NOT_ACCEPTABLE => Kind::NotAcceptable,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Kind::UnsupportedMediaType,
        _ => return response,
    };
    if response.headers().contains_key(header::CONTENT_TYPE) {
        return response;
    }
    let id = response.headers().get(REQUEST_ID).cloned();
    let words = axum::body::to_bytes(response.into_body(), WORDS).await;
    let words = words.unwrap_or_default();
    let mut response =
        Problem::new(kind, String::from_utf8_lossy(&words).into_owned()).into_response();
    if let Some(id) = id {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}
