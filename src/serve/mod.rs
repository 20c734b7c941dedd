//! A store and limits → an HTTP server: SPARQL 1.1 Protocol (reading), linked data, and the site.
//!
//! A connection that asks nothing but queries is lent to a worker (`direct`, `quick`), as long as nobody else needs that.
//!
//! Any other request goes: `listen` (limits of connections and headers) → `layers` (request id, CORS, requests a minute) → a handler → `protocol`
//! reads what is asked → `answers` (unchanged? kept?) → `pool` → a process of `worker` evaluates and writes the answer within its limits. An
//! answer is sent only when it is complete, so that half of one can't be taken for all of it.

mod answers;
mod apart;
mod cache;
mod compress;
mod config;
mod description;
#[cfg(target_os = "linux")]
mod direct;
mod entity;
mod evaluate;
mod formats;
mod graph_store;
mod guard;
mod histogram;
mod html;
mod kept;
mod layers;
mod listen;
mod mcp;
mod metrics;
mod names;
mod naming;
mod negotiate;
mod ontology;
mod openapi;
mod parameters;
mod pool;
mod problem;
mod protocol;
#[cfg_attr(
    not(target_os = "linux"),
    expect(dead_code, reason = "connections are lent on Linux alone")
)]
mod quick;
mod rate;
mod reconcile;
mod rows;
mod site;
mod sparql;
mod status;
mod tags;
mod trace;
mod update;
mod void;
mod watch;
mod worker;
mod writer;

pub use config::{Clients, Config, Limits};
pub use guard::Secret;
pub use mcp::{Speaks, speak};
pub use trace::listen;
pub use worker::{work, work_writing};

use crate::store::{Folder, Store, StoreError};
use apart::Apart;
use axum::Router;
use axum::http::{HeaderMap, Uri};
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, post};
use cache::Cache;
use kept::Kept;
use metrics::Metrics;
use pool::Pool;
use problem::{Kind, Problem};
use rate::Rate;
use std::fs::File;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::{self, Handle, Runtime};
use tokio::sync::oneshot;
use writer::Writer;

/// What the IRIs of entities begin with, when nobody says otherwise.
const BASE: &str = "https://w3id.org/chancery/id/";

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
    /// A server that writes would listen where other machines reach it.
    #[error(
        "{address}: other machines would reach a server that writes; add --writable-from-anywhere if that is meant, behind HTTPS"
    )]
    Exposed {
        /// The address asked for.
        address: SocketAddr,
    },
    /// Only a folder can be written.
    #[error("a remote store is not written through this server; write to it directly")]
    NotAFolder,
    /// No worker can be started.
    #[error("cannot start a worker: {0}; has it enough memory?")]
    Worker(#[source] io::Error),
    /// The system gives no threads or signals, or the listener failed.
    #[error("cannot serve: {0}")]
    System(#[from] io::Error),
}

/// What the handlers share.
struct Shared {
    pool: Pool,
    writer: Option<Writer>,
    cache: Cache,
    rate: Rate,
    metrics: Metrics,
    names: reconcile::Names,
    known: Kept<names::Names>,
    events: Kept<site::events::Months>,
    /// Where work is done that takes long.
    apart: Handle,
    config: Config,
    base: String,
    address: SocketAddr,
}

impl Shared {
    /// The address of a path of this server, as the client knows it.
    fn address_of(&self, headers: &HeaderMap, path: &str) -> String {
        format!("http://{}{path}", description::host(self, headers))
    }

    /// The writer, for a client that may write.
    fn writer_for(&self, headers: &HeaderMap) -> Result<&Writer, Problem> {
        guard::may_write(self, headers)?;
        self.writer.as_ref().ok_or_else(protocol::read_only)
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
    let server = Server::open(config)?;
    ready(server.shared.address);
    server.serve(signal())
}

/// Starts a server beside the caller, for tests and for programs that embed it.
///
/// # Errors
/// As [`run`].
pub fn spawn(config: Config) -> Result<Running, ServeError> {
    let server = Server::open(config)?;
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

/// A server that does not yet answer.
struct Server {
    runtime: Runtime,
    apart: Apart,
    /// None for one that speaks on standard input and output.
    listener: Option<TcpListener>,
    shared: Arc<Shared>,
    turns: Option<writer::Turns>,
    /// Held so that no build runs while the server writes.
    _lock: Option<File>,
}

impl Server {
    fn open(config: Config) -> Result<Self, ServeError> {
        let asked = config.address;
        if config.write.is_some() && !asked.ip().is_loopback() && !config.write_from_anywhere {
            return Err(ServeError::Exposed { address: asked });
        }
        let runtime = threads()?;
        let failed = |source| ServeError::Address {
            address: asked,
            source,
        };
        let listener = runtime.block_on(TcpListener::bind(asked)).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Self::with(config, runtime, address, Some(listener))
    }

    /// One that listens nowhere, and only reads.
    fn without_address(mut config: Config) -> Result<Self, ServeError> {
        config.write = None;
        let address = config.address;
        Self::with(config, threads()?, address, None)
    }

    fn with(
        config: Config,
        runtime: Runtime,
        address: SocketAddr,
        listener: Option<TcpListener>,
    ) -> Result<Self, ServeError> {
        let setup = worker::Setup {
            program: config.program.clone(),
            store: config.store.clone(),
            memory: config.limits.memory,
            reach: config.reach.clone(),
            log: config.log,
            writes: false,
        };
        let mut lock = None;
        let mut writing = None;
        if config.write.is_some() {
            if config.store.contains("://") {
                return Err(ServeError::NotAFolder);
            }
            lock = Some(Folder::new(Path::new(&config.store)).lock()?);
            let setup = worker::Setup {
                writes: true,
                ..setup.clone()
            };
            writing = Some(
                runtime
                    .block_on(Writer::start(setup, config.limits.time))
                    .map_err(ServeError::Worker)?,
            );
        }
        // opened here only to see that it can be; the workers read it
        let built_with = Store::open_read_only(&config.store)?
            .manifest()
            .map(|manifest| manifest.base.clone())
            .filter(|base| !base.is_empty());
        let bounds = pool::Bounds {
            turns: config.limits.concurrent,
            time: config.limits.time,
            bytes: config.limits.answer_bytes,
        };
        let pool = runtime
            .block_on(Pool::start(setup, bounds))
            .map_err(ServeError::Worker)?;
        let (writer, turns) = writing.unzip();
        let apart = Apart::new()?;
        let base = config
            .base
            .clone()
            .or(built_with)
            .unwrap_or_else(|| BASE.to_owned());
        let shared = Shared {
            base,
            pool,
            writer,
            cache: Cache::new(config.cache_bytes),
            rate: Rate::new(
                config.clients.requests_per_minute,
                config.clients.limit_loopback,
            ),
            metrics: Metrics::default(),
            names: reconcile::Names::default(),
            known: Kept::default(),
            events: Kept::default(),
            apart: apart.handle(),
            config,
            address,
        };
        Ok(Self {
            runtime,
            apart,
            listener,
            shared: Arc::new(shared),
            turns,
            _lock: lock,
        })
    }

    /// Serves until `stop` is there; then no new connections, and the requests under way have their time limit to end.
    fn serve(self, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), ServeError> {
        let shared = self.shared;
        let grace = shared.pool.time() + Duration::from_secs(2);
        self.runtime.block_on(async {
            let watching = tokio::spawn(watch::generations(Arc::clone(&shared)));
            if let Some(turns) = self.turns {
                tokio::spawn(turns.take(Arc::clone(&shared)));
            }
            let speaks = mcp::speaks(&shared);
            let router = router(Arc::clone(&shared), speaks.routes());
            let stop = async move {
                stop.await;
                // what they send has no end of its own
                speaks.stop();
            };
            if let Some(listener) = self.listener {
                listen::listen(listener, router, &shared, stop, grace, signal()).await;
            }
            watching.abort();
        });
        self.runtime.shutdown_timeout(Duration::from_secs(2));
        self.apart.end();
        Ok(())
    }
}

/// Few threads speak HTTP: what they do is short. More than one, as who comes should not wait behind what is read of another.
fn threads() -> io::Result<Runtime> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    runtime::Builder::new_multi_thread()
        .worker_threads(cores.clamp(1, 4))
        .thread_name("http")
        .enable_all()
        .build()
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
fn router(shared: Arc<Shared>, mcp: Router<Arc<Shared>>) -> Router {
    let paths = Router::new()
        .route("/", get(site::home::answer))
        .route("/question/{name}", get(site::home::question))
        .route("/search", get(site::search::answer))
        .route("/search.json", get(site::search::suggest))
        .route("/documents", get(site::documents::answer))
        .route("/document/{*path}", get(site::document::answer))
        .route("/list/{class}", get(site::list::answer))
        .route("/relations", get(site::relations::all))
        .route("/relations.json", get(site::relations::map))
        .route("/timeline.json", get(site::timeline::answer))
        .route("/relations/{one}", get(site::relations::partners))
        .route("/relations/{one}/{other}", get(site::relations::between))
        .route("/conflicts", get(site::conflicts::answer))
        .route(
            "/review",
            get(site::review::answer).post(site::decide::answer),
        )
        .route("/assets/{*path}", get(site::assets::answer))
        .route("/health", get(status::health))
        .route("/ready", get(status::ready))
        .route("/metrics", get(status::metrics))
        .route("/sparql", get(sparql::answer).post(sparql::answer))
        .route("/openapi.json", get(openapi::answer))
        .route("/update", post(update::answer))
        .route("/store", graph_routes())
        .route("/store/{*path}", graph_routes())
        .route("/id/{*path}", get(entity::redirect))
        .route("/data/{*path}", get(entity::data))
        .route("/page/{*path}", get(site::entity::answer))
        .route("/ontology", get(ontology::answer))
        .merge(reconcile::routes())
        .route("/.well-known/void", get(void::answer))
        .merge(mcp)
        .fallback(not_found)
        .with_state(Arc::clone(&shared));
    // one router around the other: the inner one adds `Allow` to its 405 outside of its own layers
    Router::new()
        .fallback_service(paths)
        .layer(from_fn_with_state(shared, layers::around))
}

fn graph_routes() -> MethodRouter<Arc<Shared>> {
    get(graph_store::get)
        .put(graph_store::put)
        .post(graph_store::post)
        .delete(graph_store::delete)
}

async fn not_found(uri: Uri) -> Problem {
    Problem::new(
        Kind::NotFound,
        format!("Nothing is served at {}.", uri.path()),
    )
}
