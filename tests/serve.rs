//! A real server on 127.0.0.1 over a small store on disk; each subject is a file of `tests/serve/`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what it does not expect; clippy sees only the bodies of #[test] as tests"
)]

use chancery::serve::{Config, Running, Secret, spawn};
use chancery::store::{Folder, Manifest};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};
use reqwest::blocking::{Client, Response};
use reqwest::redirect::Policy;
use serde_json::Value;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

#[path = "serve/attacks.rs"]
mod attacks;
#[path = "serve/beside.rs"]
mod beside;
#[path = "serve/change.rs"]
mod change;
#[path = "serve/data.rs"]
mod data;
#[path = "serve/describe.rs"]
mod describe;
#[path = "serve/kept.rs"]
mod kept;
#[path = "serve/limits.rs"]
mod limits;
#[path = "serve/mcp.rs"]
mod mcp;
#[path = "serve/protocol.rs"]
mod protocol;
#[path = "serve/reconcile.rs"]
mod reconcile;
#[path = "serve/write.rs"]
mod write;

#[path = "support/mod.rs"]
mod support;

const BASE: &str = "http://example.org/id/";
const DIP: &str = "https://w3id.org/chancery/ontology#";
const LABEL: &str = "http://www.w3.org/2000/01/rdf-schema#label";
const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
/// Runs until it is stopped: every step reads the store.
const HEAVY: &str =
    "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?p ?d . ?e ?p ?f . ?g ?p ?h . ?i ?p ?j }";
/// A product that the engine does not leave before its end, some seconds later.
const DEAF: &str = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . VALUES ?x { 1 2 3 4 5 6 7 8 9 0 } }";

fn iri(text: impl Into<String>) -> NamedNode {
    NamedNode::new(text).unwrap()
}

fn quads() -> Vec<Quad> {
    let mut quads = Vec::new();
    let mut add = |s: &str, p: &str, o: Term, g: GraphName| {
        quads.push(Quad::new(iri(format!("{BASE}{s}")), iri(p), o, g));
    };
    let state: Term = iri(format!("{DIP}State")).into();
    let world = GraphName::DefaultGraph;
    add("state/a", TYPE, state.clone(), world.clone());
    add("state/b", TYPE, state, world.clone());
    let label = Literal::new_language_tagged_literal("État A", "fr").unwrap();
    add("state/a", LABEL, label.into(), world.clone());
    add(
        "visit/1",
        TYPE,
        iri(format!("{DIP}Visit")).into(),
        world.clone(),
    );
    add(
        "visit/1",
        &format!("{DIP}to"),
        iri(format!("{BASE}state/a")).into(),
        world.clone(),
    );
    let graph = GraphName::from(iri(format!("{BASE}document/one")));
    let said = Literal::new_simple_literal("only in the document");
    add("claim/1", &format!("{DIP}quote"), said.into(), graph);
    for number in 0..200 {
        add(
            &format!("thing/{number}"),
            &format!("{DIP}number"),
            Literal::from(number).into(),
            world.clone(),
        );
    }
    quads
}

/// Builds a generation with these quads into a store's folder.
fn build(folder: &Path, content: &str, quads: Vec<Quad>) {
    let manifest = Manifest {
        content: content.to_owned(),
        base: BASE.to_owned(),
        ..Manifest::default()
    };
    let builder = Folder::new(folder).build().unwrap();
    let mut generation = builder.start(content, true).unwrap();
    for quad in quads {
        generation.put(quad).unwrap();
    }
    builder.finish(generation, &manifest).unwrap();
}

fn config(folder: &Path) -> Config {
    let mut config = Config::new(folder.to_str().unwrap());
    config.address = SocketAddr::from(([127, 0, 0, 1], 0));
    config.program = Some(env!("CARGO_BIN_EXE_chancery").into());
    config.limits.concurrent = 2;
    config
}

struct Server {
    running: Running,
    client: Client,
    folder: TempDir,
}

impl Server {
    fn start(change: impl FnOnce(&mut Config)) -> Self {
        Self::of(quads(), change)
    }

    fn of(quads: Vec<Quad>, change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        build(folder.path(), "0123456789abcdef", quads);
        let mut config = config(folder.path());
        change(&mut config);
        Self {
            running: spawn(config).unwrap(),
            client: client(),
            folder,
        }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.address())
    }

    fn get(&self, path: &str, accept: &str) -> Response {
        let mut request = self.client.get(self.url(path));
        if !accept.is_empty() {
            request = request.header("accept", accept);
        }
        request.send().unwrap()
    }

    fn query(&self, sparql: &str, accept: &str) -> Response {
        let mut request = self
            .client
            .get(self.url("/sparql"))
            .query(&[("query", sparql)]);
        if !accept.is_empty() {
            request = request.header("accept", accept);
        }
        request.send().unwrap()
    }

    fn post(&self, media: &str, body: &str) -> Response {
        let request = self
            .client
            .post(self.url("/sparql"))
            .header("content-type", media);
        request.body(body.to_owned()).send().unwrap()
    }
}

/// Sends bytes on a connection of its own, and gives all that comes back until the server closes it.
fn raw(server: &Server, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.running.address()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    // the server may have had enough before all is written
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn client() -> Client {
    let builder = Client::builder()
        .no_proxy()
        .no_gzip()
        .redirect(Policy::none());
    builder.timeout(Duration::from_secs(60)).build().unwrap()
}

fn header<'r>(response: &'r Response, name: &str) -> &'r str {
    response
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

fn problem(response: Response, status: u16, kind: &str) -> Value {
    assert_eq!(response.status(), status);
    assert_eq!(
        header(&response, "content-type"),
        "application/problem+json"
    );
    assert!(!header(&response, "x-request-id").is_empty());
    let value: Value = response.json().unwrap();
    assert_eq!(value["status"], status);
    assert_eq!(
        value["type"],
        format!("https://w3id.org/chancery/problem/{kind}")
    );
    value
}

const STATES: &str =
    "PREFIX dip: <https://w3id.org/chancery/ontology#> SELECT ?s { ?s a dip:State } ORDER BY ?s";
