//! Two reconciliation services over HTTP in one run: csv-reconcile on a table of names, and our `/reconcile` on a store with the same names.

use chancery::language::Gazetteer;
use chancery::serve::{Config, Running, spawn};
use chancery::store::{Folder, Manifest};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad};
use reqwest::blocking::Client;
use serde_json::{Value, json};
use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

#[path = "../../tests/support/csv_reconcile.rs"]
mod csv_reconcile;

const BASE: &str = "http://example.org/id/";
/// Queries of a batch: what csv-reconcile takes.
const BATCH: usize = 10;
/// Batches of each kind of names.
const BATCHES: usize = 30;

/// Names of cities with the key of their city; each name once.
fn names() -> Vec<(String, String)> {
    let gazetteer = Gazetteer::embedded().unwrap();
    let mut names: Vec<(String, String)> = gazetteer
        .cities()
        .iter()
        .flat_map(|city| {
            let names = city.names.iter().filter(|name| !name.is_empty());
            names.map(|name| (name.clone(), city.key.clone()))
        })
        .collect();
    names.sort();
    names.dedup();
    names
}

/// Names of one city alone.
fn of_one(names: &[(String, String)]) -> Vec<(String, String)> {
    let alone = |at: usize| {
        let name = |at: usize| names.get(at).map(|(name, _)| name);
        at.checked_sub(1).and_then(name) != name(at) && name(at + 1) != name(at)
    };
    (0..names.len())
        .filter(|at| alone(*at))
        .map(|at| names[at].clone())
        .collect()
}

fn ours(folder: &Path, names: &[(String, String)]) -> Running {
    let iri = |text: String| NamedNode::new(text).unwrap();
    let dip = |local: &str| iri(format!("https://w3id.org/chancery/ontology#{local}"));
    let builder = Folder::new(folder).build().unwrap();
    let mut generation = builder.start("names", true).unwrap();
    let mut last = "";
    let mut sorted: Vec<&(String, String)> = names.iter().collect();
    sorted.sort_by_key(|(_, key)| key);
    for (name, key) in sorted {
        let city = iri(format!("{BASE}city/{key}"));
        let name = Literal::new_simple_literal(name);
        let mut put = |property: NamedNode, value: oxigraph::model::Term| {
            let quad = Quad::new(city.clone(), property, value, GraphName::DefaultGraph);
            generation.put(quad).unwrap();
        };
        let label = if last == key {
            "http://www.w3.org/2004/02/skos/core#altLabel"
        } else {
            "http://www.w3.org/2000/01/rdf-schema#label"
        };
        put(iri(label.to_owned()), name.into());
        put(
            iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type".to_owned()),
            dip("City").into(),
        );
        last = key;
    }
    let manifest = Manifest {
        content: "names".to_owned(),
        base: BASE.to_owned(),
        ..Manifest::default()
    };
    builder.finish(generation, &manifest).unwrap();
    let mut config = Config::new(folder.to_str().unwrap());
    config.address = SocketAddr::from(([127, 0, 0, 1], 0));
    config.program = Some(env!("CARGO_BIN_EXE_chancery").into());
    spawn(config).unwrap()
}

/// What became of the names of a kind at a service.
struct Answered {
    /// How long each batch took.
    times: Vec<Duration>,
    asked: usize,
    /// The right city stands first.
    first: usize,
    /// It is called a match, rightly and wrongly.
    matched: usize,
    wrong: usize,
}

fn ask(
    client: &Client,
    url: &str,
    names: &[(String, String)],
    key: &dyn Fn(&str) -> String,
) -> Answered {
    let mut answered = Answered {
        times: Vec::new(),
        asked: 0,
        first: 0,
        matched: 0,
        wrong: 0,
    };
    for batch in names.chunks(BATCH) {
        let queries: serde_json::Map<String, Value> = batch
            .iter()
            .enumerate()
            .map(|(at, (name, _))| (format!("q{at}"), json!({ "query": name, "limit": 5 })))
            .collect();
        let queries = Value::Object(queries).to_string();
        let start = Instant::now();
        let response = client
            .post(url)
            .form(&[("queries", &queries)])
            .send()
            .unwrap();
        let answer: Value = response.error_for_status().unwrap().json().unwrap();
        answered.times.push(start.elapsed());
        for (at, (_, city)) in batch.iter().enumerate() {
            let best = &answer[format!("q{at}")]["result"][0];
            let right = best["id"].as_str().is_some_and(|id| key(id) == *city);
            let certain = best["match"] == true;
            answered.asked += 1;
            answered.first += usize::from(right);
            answered.matched += usize::from(right && certain);
            answered.wrong += usize::from(!right && certain);
        }
    }
    answered.times.sort();
    answered
}

/// Measures both; says so where csv-reconcile is not to be had.
pub(crate) fn compare(out: &mut impl Write) {
    let names = names();
    let folder = tempfile::tempdir().unwrap();
    let running = ours(&folder.path().join("store"), &names);
    let client = Client::builder().no_proxy().build().unwrap();
    let mut table = String::from("id\tname\n");
    for (at, (name, key)) in names.iter().enumerate() {
        table.push_str(&format!("{key}|{at}\t{name}\n"));
    }
    let theirs =
        csv_reconcile::python().map(|python| csv_reconcile::start(&python, folder.path(), &table));
    if theirs.is_none() {
        writeln!(
            out,
            "csv-reconcile: not here and not to be had, only our own service is measured"
        )
        .unwrap();
    }
    let own = format!("http://{}/reconcile", running.address());
    let id = |id: &str| id.split(['|']).next().unwrap_or(id).to_owned();
    let path = |id: &str| id.trim_start_matches("city/").to_owned();
    type Key<'k> = &'k dyn Fn(&str) -> String;
    let mut services: Vec<(&str, &str, Key<'_>)> = vec![("chancery", &own, &path)];
    if let Some(theirs) = &theirs {
        services.push(("csv-reconcile", &theirs.url, &id));
    }
    // the first answer waits for the names to be read
    let start = Instant::now();
    ask(&client, &own, &names[..1], &path);
    writeln!(
        out,
        "reconciliation of {} names of cities, batches of {BATCH}; names learned in {:.2} s",
        names.len(),
        start.elapsed().as_secs_f64()
    )
    .unwrap();
    let alone = of_one(&names);
    let step = alone.len() / (BATCH * BATCHES);
    let exact: Vec<(String, String)> = alone
        .iter()
        .step_by(step.max(1))
        .take(BATCH * BATCHES)
        .cloned()
        .collect();
    let changed = |change: &dyn Fn(&str) -> String| -> Vec<(String, String)> {
        let named = exact.iter().filter(|(name, _)| name.chars().count() > 6);
        named
            .map(|(name, key)| (change(name), key.clone()))
            .collect()
    };
    let upper = changed(&|name| name.to_uppercase());
    // one letter left out
    let typos = changed(&|name| {
        name.chars()
            .enumerate()
            .filter(|(at, _)| *at != 4)
            .map(|(_, c)| c)
            .collect()
    });
    for (what, asked) in [
        ("exact", &exact),
        ("upper case", &upper),
        ("one letter missing", &typos),
    ] {
        for (service, url, key) in &services {
            let answered = ask(&client, url, asked, *key);
            let total: Duration = answered.times.iter().sum();
            let at = |share: usize| {
                answered.times[(answered.times.len() * share / 100).min(answered.times.len() - 1)]
            };
            writeln!(
                out,
                "{what}, {service}: {:.0} names a second; a batch p50 {:.1} ms, p99 {:.1} ms; of {} right first {}, matched {}, wrongly {}",
                answered.asked as f64 / total.as_secs_f64(),
                at(50).as_secs_f64() * 1000.0,
                at(99).as_secs_f64() * 1000.0,
                answered.asked,
                answered.first,
                answered.matched,
                answered.wrong,
            )
            .unwrap();
        }
    }
    // several clients at once
    for (service, url, key) in &services {
        let start = Instant::now();
        let url = *url;
        let _ = key;
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let client = Client::builder().no_proxy().build().unwrap();
                    ask(&client, url, &exact, &|id| id.to_owned());
                });
            }
        });
        let rate = (4 * exact.len()) as f64 / start.elapsed().as_secs_f64();
        writeln!(
            out,
            "exact, four clients, {service}: {rate:.0} names a second"
        )
        .unwrap();
    }
}
