//! A real server on 127.0.0.1 over a small store: the SPARQL 1.1 Protocol, negotiation, problems, limits, linked data.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what it does not expect; clippy sees only the bodies of #[test] as tests"
)]

use chancery::serve::{Config, Running, spawn, spawn_with};
use chancery::store::{Folder, Manifest, Store};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};
use reqwest::blocking::{Client, Response};
use reqwest::redirect::Policy;
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

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

fn config() -> Config {
    let mut config = Config::new("");
    config.address = SocketAddr::from(([127, 0, 0, 1], 0));
    config.base = Some(BASE.to_owned());
    config
}

struct Server {
    running: Running,
    client: Client,
}

impl Server {
    fn start(change: impl FnOnce(&mut Config)) -> Self {
        let mut config = config();
        change(&mut config);
        let running = spawn_with(Store::in_memory(quads()).unwrap(), config).unwrap();
        Self {
            running,
            client: client(),
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

fn client() -> Client {
    let builder = Client::builder().no_proxy().redirect(Policy::none());
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
    assert_eq!(header(&response, "access-control-allow-origin"), "*");
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

#[test]
fn rows_in_every_format() {
    let server = Server::start(|_| {});
    let json = server.query(STATES, "");
    assert_eq!(json.status(), 200);
    assert_eq!(
        header(&json, "content-type"),
        "application/sparql-results+json"
    );
    assert_eq!(header(&json, "vary"), "Accept");
    assert_eq!(header(&json, "access-control-allow-origin"), "*");
    let json: Value = json.json().unwrap();
    assert_eq!(
        json["results"]["bindings"][0]["s"]["value"],
        format!("{BASE}state/a")
    );
    for (accept, media, start) in [
        (
            "application/sparql-results+xml",
            "application/sparql-results+xml",
            "<?xml",
        ),
        ("text/csv", "text/csv; charset=utf-8", "s\r\nhttp://"),
        (
            "text/tab-separated-values",
            "text/tab-separated-values; charset=utf-8",
            "?s\n<http://",
        ),
        ("application/json", "application/json", "{"),
        (
            "text/csv;q=0.3, application/sparql-results+xml;q=0.8, */*;q=0.1",
            "application/sparql-results+xml",
            "<?xml",
        ),
        ("image/png, text/*", "text/csv; charset=utf-8", "s\r\n"),
    ] {
        let response = server.query(STATES, accept);
        assert_eq!(response.status(), 200, "{accept}");
        assert_eq!(header(&response, "content-type"), media, "{accept}");
        let text = response.text().unwrap();
        assert!(text.starts_with(start), "{accept}: {text}");
    }
    let by_name = server.get("/sparql?format=csv&query=ASK%7B%7D", "application/json");
    assert_eq!(by_name.status(), 200, "?format= goes before Accept");
}

#[test]
fn yes_or_no() {
    let server = Server::start(|_| {});
    let response = server.query("ASK { ?s ?p ?o }", "application/sparql-results+json");
    let value: Value = response.json().unwrap();
    assert_eq!(value["boolean"], true);
    let xml = server.query("ASK { ?s ?p 'nothing' }", "application/sparql-results+xml");
    assert!(xml.text().unwrap().contains("<boolean>false</boolean>"));
}

#[test]
fn graphs_in_every_format() {
    let server = Server::start(|_| {});
    let query =
        "CONSTRUCT { ?s ?p ?o } { ?s a <https://w3id.org/chancery/ontology#State> ; ?p ?o }";
    for (accept, media, format) in [
        ("", "text/turtle; charset=utf-8", RdfFormat::Turtle),
        (
            "application/n-triples",
            "application/n-triples",
            RdfFormat::NTriples,
        ),
        (
            "application/rdf+xml",
            "application/rdf+xml",
            RdfFormat::RdfXml,
        ),
        (
            "application/ld+json",
            "application/ld+json",
            RdfFormat::from_media_type("application/ld+json").unwrap(),
        ),
    ] {
        let response = server.query(query, accept);
        assert_eq!(response.status(), 200, "{accept}");
        assert_eq!(header(&response, "content-type"), media);
        let text = response.text().unwrap();
        if format == RdfFormat::Turtle {
            assert!(
                text.contains("@prefix dip:") && text.contains("dip:State"),
                "{text}"
            );
            assert!(
                !text.contains("@prefix foaf:"),
                "unused prefixes are left out: {text}"
            );
        }
        let triples = RdfParser::from_format(format).for_slice(text.as_bytes());
        assert_eq!(triples.map(Result::unwrap).count(), 3, "{accept}: {text}");
    }
    let described = server.query(
        &format!("DESCRIBE <{BASE}state/b>"),
        "application/n-triples",
    );
    assert_eq!(described.text().unwrap().lines().count(), 1);
}

#[test]
fn posted_queries_and_their_dataset() {
    let server = Server::start(|_| {});
    let form = server
        .client
        .post(server.url("/sparql"))
        .form(&[
            ("query", "ASK { ?s ?p 'only in the document' }"),
            ("default-graph-uri", "http://example.org/id/document/one"),
        ])
        .send()
        .unwrap();
    assert_eq!(form.json::<Value>().unwrap()["boolean"], true);
    let direct = server.post(
        "application/sparql-query",
        "ASK { ?s ?p 'only in the document' }",
    );
    assert_eq!(direct.json::<Value>().unwrap()["boolean"], false);
    let named = server
        .client
        .post(server.url("/sparql"))
        .query(&[("named-graph-uri", "http://example.org/id/document/one")]);
    let named = named
        .header("content-type", "application/sparql-query")
        .body("SELECT ?g { GRAPH ?g { ?s ?p ?o } }")
        .send()
        .unwrap();
    assert_eq!(
        named.json::<Value>().unwrap()["results"]["bindings"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let relative = server.get("/sparql?query=ASK%7B%7D&default-graph-uri=no-iri", "");
    problem(relative, 400, "bad-request");
}

#[test]
fn what_is_wrong_and_where() {
    let server = Server::start(|config| config.max_query_bytes = 2000);
    let value = problem(server.query("SELECT *\nWHERE { ?s ?p }", ""), 400, "syntax");
    assert_eq!(value["line"], 2);
    assert!(value["column"].as_u64().unwrap() > 1, "{value}");
    let deep = format!("ASK {{ FILTER {}1{} }}", "(".repeat(500), ")".repeat(500));
    let value = problem(server.query(&deep, ""), 400, "refused");
    assert_eq!(value["line"], 1);
    problem(
        server.query(
            "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
            "",
        ),
        400,
        "refused",
    );
    let long = format!("ASK {{ FILTER('{}' = '') }}", "x".repeat(2000));
    problem(
        server.post("application/sparql-query", &long),
        413,
        "too-large",
    );

    let refused = problem(server.query(STATES, "image/png"), 406, "not-acceptable");
    assert!(
        refused["acceptable"]
            .as_array()
            .unwrap()
            .iter()
            .any(|media| media == "text/csv")
    );
    problem(server.query(STATES, "text/turtle"), 406, "not-acceptable");
    problem(server.query(STATES, "*/*;q=0"), 406, "not-acceptable");
    problem(server.get("/sparql?query=&x=", ""), 400, "bad-request");
    problem(
        server.post("application/x-www-form-urlencoded", "x=1"),
        400,
        "bad-request",
    );
    problem(
        server.get("/sparql?query=ASK%7B%7D&query=ASK%7B%7D", ""),
        400,
        "bad-request",
    );
    problem(server.post("text/plain", "ASK {}"), 415, "media-type");
    problem(
        server.post("application/sparql-update", "DROP ALL"),
        403,
        "read-only",
    );
    problem(
        server.post("application/x-www-form-urlencoded", "update=DROP+ALL"),
        403,
        "read-only",
    );
    let update = server
        .client
        .post(server.url("/update"))
        .body("DROP ALL")
        .send()
        .unwrap();
    problem(update, 403, "read-only");
    problem(server.get("/nowhere", ""), 404, "not-found");

    let put = server
        .client
        .put(server.url("/sparql"))
        .body("ASK {}")
        .send()
        .unwrap();
    assert_eq!(header(&put, "allow"), "GET, HEAD, POST, OPTIONS");
    problem(put, 405, "method");
    let post = server.client.post(server.url("/health")).send().unwrap();
    assert_eq!(header(&post, "allow"), "GET, HEAD, OPTIONS");
    problem(post, 405, "method");
}

#[test]
fn other_methods_and_headers() {
    let server = Server::start(|_| {});
    let head = server
        .client
        .head(server.url("/sparql"))
        .query(&[("query", STATES)])
        .send()
        .unwrap();
    assert_eq!(head.status(), 200);
    assert_eq!(
        header(&head, "content-type"),
        "application/sparql-results+json"
    );
    assert_eq!(head.text().unwrap(), "");
    let options = server
        .client
        .request(reqwest::Method::OPTIONS, server.url("/sparql"))
        .send()
        .unwrap();
    assert_eq!(options.status(), 204);
    assert_eq!(header(&options, "allow"), "GET, HEAD, POST, OPTIONS");
    assert_eq!(
        header(&options, "access-control-allow-methods"),
        "GET, HEAD, POST, OPTIONS"
    );
    assert_eq!(header(&options, "access-control-allow-origin"), "*");
    assert_eq!(header(&options, "access-control-allow-credentials"), "");
    let echoed = server
        .client
        .get(server.url("/health"))
        .header("x-request-id", "mine-1")
        .send()
        .unwrap();
    assert_eq!(header(&echoed, "x-request-id"), "mine-1");
    assert_eq!(echoed.json::<Value>().unwrap()["status"], "ok");
}

#[test]
fn the_service_describes_itself() {
    let server = Server::start(|_| {});
    let response = server.get("/sparql", "application/n-triples");
    assert_eq!(response.status(), 200);
    let text = response.text().unwrap();
    let endpoint = format!(
        "sparql-service-description#endpoint> <{}>",
        server.url("/sparql")
    );
    assert!(text.contains(&endpoint), "{text}");
    assert!(text.contains("SPARQL11Query"));
    let html = server.get("/sparql", "text/html,*/*;q=0.8");
    assert!(html.text().unwrap().contains("<form action=\"/sparql\""));
}

#[test]
fn pages_for_people() {
    let server = Server::start(|_| {});
    let home = server.get("/", "text/html");
    assert_eq!(home.status(), 200);
    assert!(header(&home, "content-security-policy").starts_with("default-src 'none'"));
    let text = home.text().unwrap();
    assert!(text.contains(">State</a></td><td>2</td>"), "{text}");
    assert!(!text.contains("<script"));
    let links: Vec<&str> = text
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(
        links
            .iter()
            .filter(|link| link.starts_with("/sparql?query="))
            .count()
            > 2
    );
    let refused: Vec<String> = links
        .iter()
        .filter(|link| link.starts_with("/sparql"))
        .map(|link| server.get(&link.replace("&amp;", "&"), ""))
        .filter(|response| response.status() != 200)
        .map(|response| format!("{}: {}", response.url().clone(), response.text().unwrap()))
        .collect();
    assert!(refused.is_empty(), "{refused:#?}");
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    let page = server.query(
        "SELECT ?s ('<b>&' AS ?x) { ?s a <https://w3id.org/chancery/ontology#Visit> }",
        browser,
    );
    assert_eq!(header(&page, "content-type"), "text/html; charset=utf-8");
    let text = page.text().unwrap();
    assert!(
        text.contains("<td><a href=\"/id/visit/1\">visit/1</a></td><td>&lt;b&gt;&amp;</td>"),
        "{text}"
    );
}

#[test]
fn the_ontology_answers() {
    let server = Server::start(|_| {});
    let response = server.get("/ontology", "");
    assert_eq!(response.status(), 200);
    assert!(header(&response, "content-type").starts_with("text/turtle"));
    let turtle = response.text().unwrap();
    let triples = |format, text: &str| {
        let read = RdfParser::from_format(format).for_slice(text);
        read.collect::<Result<Vec<_>, _>>().unwrap().len()
    };
    let count = triples(RdfFormat::Turtle, &turtle);
    assert!(count > 100 && turtle.contains("dip:Visit"), "{count}");
    let response = server.get("/ontology", "application/n-triples");
    assert_eq!(response.status(), 200);
    assert_eq!(
        triples(RdfFormat::NTriples, &response.text().unwrap()),
        count
    );
}

#[test]
fn entities_answer() {
    let server = Server::start(|_| {});
    for (accept, location) in [
        ("", "/data/state/a.ttl"),
        ("application/ld+json", "/data/state/a.jsonld"),
        ("application/rdf+xml", "/data/state/a.rdf"),
        ("application/n-triples", "/data/state/a.nt"),
    ] {
        let response = server.get("/id/state/a", accept);
        assert_eq!(response.status(), 303);
        assert_eq!(header(&response, "location"), location);
        assert_eq!(header(&response, "vary"), "Accept");
    }
    problem(
        server.get("/id/state/a", "image/png"),
        406,
        "not-acceptable",
    );
    let data = server.get("/data/state/a.nt", "");
    assert_eq!(header(&data, "content-type"), "application/n-triples");
    let text = data.text().unwrap();
    assert_eq!(
        text.lines().count(),
        3,
        "type, label, and the visit that points at it: {text}"
    );
    // a claim stands in its document's graph alone
    let claim = server.get("/data/claim/1", "text/turtle");
    assert!(claim.text().unwrap().contains("only in the document"));
    let visit = server.get("/data/visit/1.ttl", "").text().unwrap();
    assert!(
        visit.contains("\"État A\"@fr"),
        "the names of what it points at: {visit}"
    );
    problem(server.get("/data/state/unknown.ttl", ""), 404, "not-found");
    problem(server.get("/data/state/%3E%7D.ttl", ""), 404, "not-found");
}

/// Tests that put load on the machine run one after the other.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn a_heavy_query_ends_in_time_and_hinders_nobody() {
    let _alone = alone();
    let server = Server::start(|config| {
        config.time_limit = Duration::from_millis(1500);
        config.concurrent = 2;
    });
    thread::scope(|scope| {
        let heavy = scope.spawn(|| {
            let start = Instant::now();
            let response = server.query(HEAVY, "");
            (start.elapsed(), response)
        });
        thread::sleep(Duration::from_millis(200));
        for _ in 0..5 {
            let start = Instant::now();
            assert_eq!(server.get("/health", "").status(), 200);
            assert!(
                start.elapsed() < Duration::from_millis(700),
                "{:?}",
                start.elapsed()
            );
        }
        assert_eq!(server.query("ASK {}", "").status(), 200);
        let (took, response) = heavy.join().unwrap();
        assert!(took < Duration::from_secs(6), "{took:?}");
        assert!(!header(&response, "retry-after").is_empty());
        let value = problem(response, 503, "timeout");
        assert_eq!(value["limit"], 1.5);
    });
}

#[test]
fn a_query_that_can_not_be_stopped_does_not_hinder_the_next() {
    let _alone = alone();
    let server = Server::start(|config| {
        config.time_limit = Duration::from_millis(300);
        config.concurrent = 1;
    });
    let start = Instant::now();
    problem(server.query(DEAF, ""), 503, "timeout");
    assert!(start.elapsed() < Duration::from_secs(3));
    assert_eq!(server.query("ASK {}", "").status(), 200);
}

#[test]
fn too_many_at_once_are_told_to_come_again() {
    let _alone = alone();
    let server = Server::start(|config| {
        config.time_limit = Duration::from_secs(5);
        config.concurrent = 1;
    });
    thread::scope(|scope| {
        scope.spawn(|| server.query(HEAVY, "").status());
        thread::sleep(Duration::from_millis(500));
        let response = server.query("ASK {}", "");
        assert_eq!(header(&response, "retry-after"), "1");
        problem(response, 503, "busy");
    });
}

#[test]
fn a_query_stops_when_its_client_leaves() {
    let _alone = alone();
    let server = Server::start(|config| {
        config.time_limit = Duration::from_secs(120);
        config.concurrent = 1;
    });
    let hasty = Client::builder()
        .no_proxy()
        .timeout(Duration::from_millis(500))
        .build()
        .unwrap();
    let request = hasty.get(server.url("/sparql")).query(&[("query", HEAVY)]);
    assert!(request.send().is_err());
    drop(hasty);
    let start = Instant::now();
    while server.query("ASK {}", "").status() != 200 {
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "the query goes on"
        );
    }
}

#[test]
fn an_answer_over_the_limit_is_an_error_and_not_half_an_answer() {
    let server = Server::start(|config| config.max_rows = Some(50));
    problem(
        server.query("SELECT * { ?s ?p ?o }", ""),
        422,
        "answer-too-large",
    );
    assert_eq!(
        server.query("SELECT * { ?s ?p ?o } LIMIT 50", "").status(),
        200
    );
    let server = Server::start(|config| config.max_answer_bytes = 3000);
    problem(
        server.query("SELECT * { ?s ?p ?o }", ""),
        422,
        "answer-too-large",
    );
    problem(
        server.query("CONSTRUCT WHERE { ?s ?p ?o }", ""),
        422,
        "answer-too-large",
    );
}

#[test]
fn a_store_on_disk_is_served_and_a_missing_one_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = Manifest {
        content: "0123456789abcdef".into(),
        base: BASE.into(),
        ..Manifest::default()
    };
    let builder = Folder::new(folder.path()).build().unwrap();
    let mut generation = builder.start(&manifest.content, true).unwrap();
    for quad in quads() {
        generation.put(quad).unwrap();
    }
    builder.finish(generation, &manifest).unwrap();
    let mut config = config();
    config.store = folder.path().to_str().unwrap().to_owned();
    config.base = None;
    let running = spawn(config.clone()).unwrap();
    let url = format!("http://{}/data/state/a.nt", running.address());
    assert_eq!(
        client()
            .get(url)
            .send()
            .unwrap()
            .text()
            .unwrap()
            .lines()
            .count(),
        3
    );
    // the port is taken
    let mut second = config.clone();
    second.address = running.address();
    let error = spawn(second).err().unwrap().to_string();
    assert!(error.contains("another address"), "{error}");
    running.stop().unwrap();
    config.store = folder.path().join("none").to_str().unwrap().to_owned();
    assert!(
        spawn(config)
            .err()
            .unwrap()
            .to_string()
            .contains("no store here")
    );
}
