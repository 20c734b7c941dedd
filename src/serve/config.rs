//! How a server is set up: its address, its store, and its limits.

use super::guard::Secret;
use super::mcp::Speaks;
use crate::query::{MAX_BYTES, MAX_NESTING};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// How a server is set up. [`Config::new`] gives safe defaults; every field may be changed.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address and port to listen at; port 0 takes a free one.
    pub address: SocketAddr,
    /// The store: a folder, or the URL of a SPARQL 1.1 endpoint.
    pub store: String,
    /// What the IRIs of entities begin with; `/id/…` and `/data/…` answer for what follows. None for what the store was built with.
    pub base: Option<String>,
    /// The limits of queries.
    pub limits: Limits,
    /// The limits of those who connect.
    pub clients: Clients,
    /// The credential of those who may write; none for a server that only reads.
    pub write: Option<Secret>,
    /// Whether a server that writes may listen at an address that other machines reach.
    pub write_from_anywhere: bool,
    /// The table of decisions about identity that a server which writes adds to; none for a server that takes none. Decisions about links
    /// stand in the store's folder.
    pub decisions: Option<PathBuf>,
    /// Names that this server is known by, beside those of this machine; looked at when it writes, or when there is one.
    pub hosts: Vec<String>,
    /// Origins of pages that may read, and write with the credential; without any, all may read a server that only reads.
    pub origins: Vec<String>,
    /// Hosts that `SERVICE` and `LOAD` may reach, each alone or with a port; of these, only public addresses.
    pub reach: Vec<String>,
    /// What speaks the Model Context Protocol in place of this program's own tools; none for these.
    pub speaks: Option<Speaks>,
    /// The most bytes that answers are kept in; 0 for keeping none.
    pub cache_bytes: usize,
    /// What is told of every request, as a line of JSON; none for nothing.
    pub access_log: Option<fn(&str)>,
    /// From which level on workers tell what they do; none for nothing. What this process does is told by [`super::listen`].
    pub log: Option<tracing::Level>,
    /// The program that workers run: one with the command `worker`. None for this one.
    pub program: Option<PathBuf>,
}

/// What a query may take.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The longest that a query may take, its wait included.
    pub time: Duration,
    /// The most memory of a worker, in bytes of address space; a worker runs one query at a time.
    pub memory: u64,
    /// The longest text of a query, in bytes.
    pub query_bytes: usize,
    /// How deep brackets may nest in a query, and brackets or elements in an update or document.
    pub nesting: usize,
    /// The longest update or document that is sent, in bytes.
    pub upload_bytes: usize,
    /// The most rows or triples of an answer; none for as many as there are room for.
    pub rows: Option<usize>,
    /// The largest answer, in bytes.
    pub answer_bytes: usize,
    /// How many queries may run at once; so many workers there are.
    pub concurrent: usize,
}

/// What a client may do.
#[derive(Clone, Debug)]
pub struct Clients {
    /// The most connections of all clients.
    pub connections: usize,
    /// The most connections from one address.
    pub per_address: usize,
    /// The most requests a minute from one address; 0 for as many as it likes.
    pub requests_per_minute: u32,
    /// Whether the limit of requests holds for clients on this machine too.
    pub limit_loopback: bool,
    /// How long the headers of a request may take, and a connection may stay idle.
    pub header_time: Duration,
    /// How long the body of a request may take.
    pub body_time: Duration,
    /// How long a client may take no bytes of an answer.
    pub stalled: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(30),
            memory: 1 << 30,
            query_bytes: MAX_BYTES,
            nesting: MAX_NESTING,
            upload_bytes: 64 << 20,
            rows: Some(100_000),
            answer_bytes: 64 << 20,
            concurrent: 4,
        }
    }
}

impl Default for Clients {
    fn default() -> Self {
        Self {
            connections: 2048,
            per_address: 256,
            requests_per_minute: 6000,
            limit_loopback: false,
            header_time: Duration::from_secs(10),
            body_time: Duration::from_secs(30),
            stalled: Duration::from_secs(30),
        }
    }
}

impl Config {
    /// A server of `store` at 127.0.0.1:7878 with the limits that [`Limits`] and [`Clients`] have by default, and 64 MiB of kept answers.
    #[must_use]
    pub fn new(store: impl Into<String>) -> Self {
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], 7878)),
            store: store.into(),
            base: None,
            limits: Limits::default(),
            clients: Clients::default(),
            write: None,
            write_from_anywhere: false,
            decisions: None,
            hosts: Vec::new(),
            origins: Vec::new(),
            reach: Vec::new(),
            speaks: None,
            cache_bytes: 64 << 20,
            access_log: None,
            log: None,
            program: None,
        }
    }
}
