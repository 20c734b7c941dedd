//! A store and limits → an HTTP server: SPARQL 1.1 Protocol (reading), linked data, and a page to start from.
//!
//! One request goes: `layers` (request id, CORS) → a handler → `protocol` reads what is asked → `formats` chooses how to send it →
//! `pool` runs it within its limits → the answer, whole. An answer is sent only when it is complete, so that half of one can't be taken for all of it.

mod description;
mod entity;
mod evaluate;
mod formats;
mod home;
mod html;
mod layers;
mod negotiate;
mod ontology;
mod parameters;
mod pool;
mod problem;
mod protocol;
mod sparql;

use crate::query::MAX_BYTES;
use crate::store::{Store, StoreError};
use axum::Router;
use axum::http::{HeaderValue, Uri, header};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use pool::Pool;
use problem::{Kind, Problem};
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::{self, Runtime};
use tokio::sync::{OnceCell, oneshot};

/// What the IRIs of entities begin with, when nobody says otherwise.
const BASE: &str = "https://w3id.org/chancery/id/";

/// How a server is set up. [`Config::new`] gives safe defaults; every field may be changed.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address and port to listen at; port 0 takes a free one.
    pub address: SocketAddr,
    /// The store: a folder, or the URL of a SPARQL 1.1 endpoint.
    pub store: String,
    /// What the IRIs of entities begin with; `/id/…` and `/data/…` answer for what follows. None for what the store was built with.
    pub base: Option<String>,
    /// The longest that a query may take.
    pub time_limit: Duration,
    /// The longest text of a query, in bytes.
    pub max_query_bytes: usize,
    /// The most rows or triples of an answer; none for as many as there are room for.
    pub max_rows: Option<usize>,
    /// The largest answer, in bytes.
    pub max_answer_bytes: usize,
    /// How many queries may run at once.
    pub concurrent: usize,
}

impl Config {
    /// A server of `store` at 127.0.0.1:7878: 30 s a query, 100,000 rows and 64 MiB an answer, four queries at once.
    #[must_use]
    pub fn new(store: impl Into<String>) -> Self {
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], 7878)),
            store: store.into(),
            base: None,
            time_limit: Duration::from_secs(30),
            max_query_bytes: MAX_BYTES,
            max_rows: Some(100_000),
            max_answer_bytes: 64 << 20,
            concurrent: 4,
        }
    }
}

/// Why a server does not start, or stopped.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address can't be listened at.
    #[error(
        "cannot listen at {address}: {source}; is another server running there? choose another address or port"
    )]
    Address {
        /// The address asked for.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// The store can't be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The system gives no threads or signals, or the listener failed.
    #[error("cannot serve: {0}")]
    System(#[from] io::Error),
}

/// What the handlers share.
struct Shared {
    store: Store,
    pool: Pool,
    config: Config,
    base: String,
    address: SocketAddr,
    counts: OnceCell<Vec<home::Count>>,
}

impl Shared {
    /// The store to ask for one request.
    fn store(&self) -> Store {
        self.store.clone()
    }
}

/// A server that runs on a thread of its own; dropped, it stops.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<Result<(), ServeError>>>,
}

impl Running {
    /// The address that it listens at.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops it gracefully and waits for its end.
    ///
    /// # Errors
    /// What made the server fail.
    pub fn stop(mut self) -> Result<(), ServeError> {
        self.end()
    }

    fn end(&mut self) -> Result<(), ServeError> {
        if let Some(stop) = self.stop.take() {
            // it may have ended by itself
            let _ = stop.send(());
        }
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(outcome)) => outcome,
            Some(Err(_)) => Err(ServeError::System(io::Error::other("the server broke off"))),
            None => Ok(()),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.end();
    }
}

/// Serves until Ctrl-C or SIGTERM; requests under way are answered first, a second signal does not wait for them.
///
/// # Errors
/// When the address or the store can't be opened, or the system fails.
pub fn run(config: Config) -> Result<(), ServeError> {
    run_and_tell(config, |_| {})
}

/// As [`run`]; `ready` is told the address once connections are accepted.
///
/// # Errors
/// As [`run`].
pub fn run_and_tell(config: Config, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let store = Store::open_read_only(&config.store)?;
    let server = Server::open(store, config)?;
    ready(server.shared.address);
    server.serve(signal())
}

/// Starts a server beside the caller, for tests and for programs that embed it.
///
/// # Errors
/// As [`run`].
pub fn spawn(config: Config) -> Result<Running, ServeError> {
    let store = Store::open_read_only(&config.store)?;
    spawn_with(store, config)
}

/// As [`spawn`] with a store that is open already; `config.store` is not looked at.
///
/// # Errors
/// As [`run`].
pub fn spawn_with(store: Store, config: Config) -> Result<Running, ServeError> {
    let server = Server::open(store, config)?;
    let address = server.shared.address;
    let (stop, stopped) = oneshot::channel::<()>();
    let thread = thread::Builder::new()
        .name("serve".to_owned())
        .spawn(move || {
            server.serve(async {
                let _ = stopped.await;
            })
        })?;
    Ok(Running {
        address,
        stop: Some(stop),
        thread: Some(thread),
    })
}

/// A server that listens and does not yet answer.
struct Server {
    runtime: Runtime,
    listener: TcpListener,
    shared: Arc<Shared>,
}

impl Server {
    fn open(store: Store, config: Config) -> Result<Self, ServeError> {
        let runtime = runtime::Builder::new_multi_thread().enable_all().build()?;
        let asked = config.address;
        let failed = |source| ServeError::Address {
            address: asked,
            source,
        };
        let listener = runtime.block_on(TcpListener::bind(asked)).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let built_with = store
            .manifest()
            .map(|manifest| manifest.base.as_str())
            .filter(|base| !base.is_empty());
        let base = config
            .base
            .as_deref()
            .or(built_with)
            .unwrap_or(BASE)
            .to_owned();
        let shared = Shared {
            base,
            store,
            pool: Pool::new(config.concurrent, config.time_limit),
            config,
            address,
            counts: OnceCell::new(),
        };
        Ok(Self {
            runtime,
            listener,
            shared: Arc::new(shared),
        })
    }

    /// Serves until `stop` is there, then lets what still runs end for a while: RocksDB wants its threads gone before the process is.
    /// The store is dropped after the runtime, for a remote one has a runtime of its own.
    fn serve(self, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), ServeError> {
        let shared = Arc::clone(&self.shared);
        let outcome = self
            .runtime
            .block_on(serve(self.listener, self.shared, stop));
        self.runtime.shutdown_timeout(Duration::from_secs(5));
        drop(shared);
        outcome
    }
}

/// Serves until `stop` is there; then no new connections, and the requests under way have their time limit to end.
async fn serve(
    listener: TcpListener,
    shared: Arc<Shared>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let grace = shared.pool.limit() + Duration::from_secs(2);
    let (stopping, stopped) = oneshot::channel::<()>();
    let server = axum::serve(listener, router(shared)).with_graceful_shutdown(async move {
        stop.await;
        let _ = stopping.send(());
    });
    let patience = async move {
        if stopped.await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::select! {
            () = tokio::time::sleep(grace) => {}
            () = signal() => {}
        }
    };
    tokio::select! {
        outcome = async { server.await } => Ok(outcome?),
        () = patience => Ok(()),
    }
}

/// Ready at Ctrl-C, and on Unix at SIGTERM.
async fn signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut stream) => {
                stream.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

/// All paths of the server.
fn router(shared: Arc<Shared>) -> Router {
    let paths = Router::new()
        .route("/", get(home::page))
        .route("/health", get(health))
        .route("/sparql", get(sparql::answer).post(sparql::answer))
        .route("/update", any(refuse_update))
        .route("/id/{*path}", get(entity::redirect))
        .route("/data/{*path}", get(entity::data))
        .route("/ontology", get(ontology::answer))
        .fallback(not_found)
        .with_state(shared);
    // one router around the other: the inner one adds `Allow` to its 405 outside of its own layers
    Router::new()
        .fallback_service(paths)
        .layer(from_fn(layers::around))
}

/// Says that the server answers; no query is needed for it.
async fn health() -> Response {
    let mut response = "{\"status\":\"ok\"}\n".into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn refuse_update() -> Problem {
    protocol::read_only()
}

async fn not_found(uri: Uri) -> Problem {
    Problem::new(
        Kind::NotFound,
        format!("Nothing is served at {}.", uri.path()),
    )
}
