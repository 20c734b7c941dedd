//! How fast the server answers beside Oxigraph's own, over the same quads: `make bench-serve`; `docs/PERFORMANCE.md` holds the figures.
//!
//! Both run at once and are asked in turns, so that whatever else the machine does meets both. `OXIGRAPH` names Oxigraph's command (PyPI `oxigraph`);
//! without one, only this server is measured. `CHANCERY` names another build of this program, `SOURCES` the documents (else the demo's and those of
//! `../shared/corpus`), `ROUNDS` and `CLIENTS` how much is asked, `ONLY` a word of those lines that are wanted.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a measurement stops at what it does not expect, and prints what it found"
)]

use reqwest::blocking::Client;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const PREFIXES: &str = "PREFIX dip: <https://w3id.org/chancery/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX prov: <http://www.w3.org/ns/prov#> ";
/// `{}` is another entity each time, so that no answer is kept from before.
const SMALL: [&str; 4] = [
    "SELECT ?p ?o { <{}> ?p ?o }",
    "ASK { ?x ?p <{}> }",
    "SELECT ?label ?class { <{}> a ?class ; rdfs:label ?label } LIMIT 10",
    "CONSTRUCT { ?s ?p <{}> } WHERE { ?s ?p <{}> } LIMIT 20",
];
/// `{}` is a number, which changes the text and not the answer.
const HEAVY: [&str; 4] = [
    "SELECT ?class (COUNT(*) AS ?n) { ?s a ?class . FILTER({} >= 0) } GROUP BY ?class",
    "SELECT ?fact ?quote { ?fact a dip:Fact ; dip:supportedBy ?claim . GRAPH ?d { ?claim dip:quote ?quote } } LIMIT 1{}000",
    "SELECT ?a ?b (COUNT(DISTINCT ?f) AS ?n) { ?f a dip:Fact ; ?p ?a ; ?q ?b . ?a a dip:State . ?b a dip:State . FILTER(STR(?a) < STR(?b) && {} >= 0) } GROUP BY ?a ?b ORDER BY DESC(?n)",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 1{}000",
];
const REPEATED: &str =
    "SELECT ?class (COUNT(*) AS ?n) { ?s a ?class } GROUP BY ?class ORDER BY ?class";

/// A server that is stopped when it is dropped.
struct Server {
    child: Child,
    sparql: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(program: &Path, arguments: &[&str], path: &str) -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let address = format!("127.0.0.1:{port}");
        let child = Command::new(program)
            .args(arguments)
            .args(["--bind", &address])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self {
            child,
            sparql: format!("http://{address}{path}"),
        };
        let start = Instant::now();
        while client()
            .get(&server.sparql)
            .query(&[("query", "ASK {}")])
            .send()
            .is_err()
        {
            assert!(
                start.elapsed() < Duration::from_secs(60),
                "{} does not answer",
                program.display()
            );
            thread::sleep(Duration::from_millis(50));
        }
        server
    }

    /// Asks, and gives the time to the last byte.
    fn ask(&self, client: &Client, query: &str) -> Duration {
        let start = Instant::now();
        let response = client
            .post(&self.sparql)
            .header("content-type", "application/sparql-query")
            .header(
                "accept",
                "application/sparql-results+json, application/n-triples",
            )
            .body(format!("{PREFIXES}{query}"))
            .send()
            .unwrap();
        let status = response.status();
        let body = response.bytes().unwrap();
        assert!(
            status.is_success(),
            "{query}: {status} {}",
            String::from_utf8_lossy(&body)
        );
        start.elapsed()
    }

    /// What `clients` at once wait for `count` answers.
    fn times(
        &self,
        clients: usize,
        count: usize,
        query: &(impl Fn(usize) -> String + Sync),
    ) -> Vec<Duration> {
        let next = AtomicUsize::new(0);
        thread::scope(|scope| {
            let clients: Vec<_> = (0..clients)
                .map(|_| {
                    scope.spawn(|| {
                        let client = client();
                        let mut times = Vec::new();
                        loop {
                            let at = next.fetch_add(1, Ordering::Relaxed);
                            if at >= count {
                                return times;
                            }
                            times.push(self.ask(&client, &query(at)));
                        }
                    })
                })
                .collect();
            clients
                .into_iter()
                .flat_map(|client| client.join().unwrap())
                .collect()
        })
    }
}

fn client() -> Client {
    Client::builder()
        .no_proxy()
        .no_gzip()
        .timeout(Duration::from_secs(120))
        .build()
        .unwrap()
}

fn number(name: &str, default: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

fn run(program: &Path, arguments: &[&str]) {
    let done = Command::new(program)
        .args(arguments)
        .stderr(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(done.success(), "{} {arguments:?}", program.display());
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let chancery = std::env::var_os("CHANCERY").map_or_else(
        || PathBuf::from(env!("CARGO_BIN_EXE_chancery")),
        PathBuf::from,
    );
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (store, quads, other) = (at("store"), at("all.nq"), at("oxigraph"));
    let sources: Vec<String> = match std::env::var("SOURCES") {
        Ok(sources) => sources.split(',').map(str::to_owned).collect(),
        Err(_) => ["data/documents", "../shared/corpus"]
            .map(|folder| root.join(folder))
            .iter()
            .filter(|folder| folder.exists())
            .map(|folder| folder.display().to_string())
            .collect(),
    };
    let mut build = vec!["build", "--no-validate", "--store", &store];
    build.extend(sources.iter().map(String::as_str));
    run(&chancery, &build);
    run(
        &chancery,
        &[
            "export", "--format", "nq", "--to", &quads, "--store", &store,
        ],
    );
    let text = std::fs::read_to_string(&quads).unwrap();
    let entities: Vec<String> = {
        let mut entities: Vec<String> = text
            .lines()
            .filter(|line| line.contains("#Fact>") || line.contains("#State>"))
            .filter_map(|line| Some(line.strip_prefix('<')?.split_once('>')?.0.to_owned()))
            .collect();
        entities.sort();
        entities.dedup();
        entities
    };
    println!(
        "{} quads, {} entities\n",
        text.lines().count(),
        entities.len()
    );
    drop(text);
    // as the other server has no limits, ours are set where they are not met
    let many = number("CLIENTS", 8);
    let at_once = many.max(4).to_string();
    let common = [
        "serve",
        "--store",
        &store,
        "--max-rows",
        "1000000",
        "--concurrent",
        &at_once,
        "--requests-per-minute",
        "0",
    ];
    let fresh = [&common[..], &["--cache", "0"]].concat();
    let ours = Server::start(&chancery, &fresh, "/sparql");
    let keeping = Server::start(&chancery, &common, "/sparql");
    let theirs = std::env::var_os("OXIGRAPH").map(|program| {
        let program = PathBuf::from(program);
        run(&program, &["load", "--location", &other, "--file", &quads]);
        Server::start(
            &program,
            &["serve-read-only", "--location", &other],
            "/query",
        )
    });
    let rounds = number("ROUNDS", 5);
    println!(
        "| what | clients | p50, ms | p99, ms | Oxigraph p50 | p99 | p50 ratio | p99 ratio |\n|---|---|---|---|---|---|---|---|"
    );
    let small = |at: usize| {
        SMALL[at % SMALL.len()].replace("{}", &entities[at / SMALL.len() % entities.len()])
    };
    let heavy = |kind: usize| move |at: usize| HEAVY[kind].replace("{}", &(at % 10).to_string());
    for clients in [1, many] {
        line(
            "small queries",
            clients,
            rounds,
            &ours,
            theirs.as_ref(),
            400,
            &small,
        );
    }
    for (kind, name) in ["counts", "facts with quotes", "pairs", "triples"]
        .iter()
        .enumerate()
    {
        for clients in [1, many] {
            line(
                &format!("heavy: {name}"),
                clients,
                rounds,
                &ours,
                theirs.as_ref(),
                10,
                &heavy(kind),
            );
        }
    }
    for clients in [1, many] {
        line(
            "repeated",
            clients,
            rounds,
            &keeping,
            theirs.as_ref(),
            100,
            &|_| REPEATED.to_owned(),
        );
    }
}

fn line(
    name: &str,
    clients: usize,
    rounds: usize,
    ours: &Server,
    theirs: Option<&Server>,
    count: usize,
    query: &(impl Fn(usize) -> String + Sync),
) {
    if std::env::var("ONLY").is_ok_and(|only| !name.contains(&only)) {
        return;
    }
    let (mut own, mut other) = (Vec::new(), Vec::new());
    // what is read for the first time is not measured
    ours.times(clients, count.min(20), query);
    if let Some(theirs) = theirs {
        theirs.times(clients, count.min(20), query);
    }
    for round in 0..rounds {
        let asked = |at: usize| query(round * count + at);
        own.extend(ours.times(clients, count, &asked));
        if let Some(theirs) = theirs {
            other.extend(theirs.times(clients, count, &asked));
        }
    }
    let milliseconds = |times: &mut Vec<Duration>, part: usize| {
        times.sort();
        times
            .get((times.len() * part / 100).min(times.len().saturating_sub(1)))
            .map(|time| time.as_secs_f64() * 1000.0)
    };
    let [p50, p99] = [50, 99].map(|part| milliseconds(&mut own, part).unwrap());
    print!("| {name} | {clients} | {p50:.2} | {p99:.2} |");
    match [50, 99].map(|part| milliseconds(&mut other, part)) {
        [Some(their50), Some(their99)] => {
            println!(
                " {their50:.2} | {their99:.2} | {:.2} | {:.2} |",
                p50 / their50,
                p99 / their99
            );
        }
        _ => println!(" – | – | – | – |"),
    }
}
