//! Reconciliation services: the shapes of the specifications, and csv-reconcile, a program of somebody else's.

use crate::csv_reconcile;
use crate::server::{Request, Response, Server};
use crate::{offline, settings, strings};
use chancery::link::Qid;
use chancery::link::online::{OnlineError, Query, Reconciler, Settings, Value as Given, Version};
use serde_json::{Value, json};

/// A manifest with what 0.2 wants, in the shape of the specification's example for Wikidata.
fn manifest(batch: usize) -> Value {
    json!({
        "versions": ["0.1", "0.2"],
        "name": "Wikidata (en)",
        "identifierSpace": "http://www.wikidata.org/entity/",
        "schemaSpace": "http://www.wikidata.org/prop/direct/",
        "documentation": "https://example.org/about",
        "view": { "url": "https://www.wikidata.org/wiki/{{id}}" },
        "preview": { "url": "https://example.org/preview?id={{id}}", "width": 400, "height": 100 },
        "defaultTypes": [{ "id": "Q35120", "name": "entity" }],
        "batchSize": batch,
        "extend": { "property_settings": [{ "name": "limit", "label": "Limit", "type": "number", "default": 0 }] },
    })
}

/// Candidates of a name, in the shape of 0.2: all fields, and only those that must be there.
fn candidates(name: &str) -> Value {
    json!([
        { "id": "Q2868", "name": name, "description": "capital of Peru", "score": 98.5, "match": true,
          "features": [{ "id": "name_tfidf", "value": 334.188 }, { "id": "deprecated", "value": false }],
          "type": [{ "id": "Q515", "name": "city" }, "Q5119", { "id": "Q1549591" }] },
        { "id": "Q105855", "name": format!("{name}, Ohio"), "score": 64 },
    ])
}

/// A service of 0.2.
fn service(batch: usize, takes: usize) -> Server {
    Server::start(move |request: &Request| {
        assert!(request.header("user-agent").starts_with("chancery/"));
        if request.method == "GET" {
            assert!(request.parameters.is_empty());
            return Response::json(manifest(batch).to_string());
        }
        assert_eq!(
            request.header("content-type"),
            "application/x-www-form-urlencoded"
        );
        let queries: Value = serde_json::from_str(request.get("queries")).unwrap();
        let queries = queries.as_object().unwrap();
        if queries.len() > takes {
            return Response::of(413, "text/plain", "too many");
        }
        let results = queries.iter().map(|(key, query)| {
            let found = match query["query"].as_str() {
                Some(name) if name.starts_with("Lima") => candidates(name),
                _ => json!([]),
            };
            (key.clone(), json!({ "result": found }))
        });
        Response::json(Value::Object(results.collect()).to_string())
    })
}

fn names(count: usize) -> Vec<Query> {
    (0..count)
        .map(|at| Query::name(&format!("Lima {at}")))
        .collect()
}

fn queries(server: &Server) -> Vec<Value> {
    let requests = server.requests();
    let asked = requests.iter().filter(|request| request.method == "POST");
    asked
        .map(|request| serde_json::from_str(request.get("queries")).unwrap())
        .collect()
}

#[test]
fn a_service_of_0_2_gives_candidates() {
    let server = service(3, 50);
    let cache = tempfile::tempdir().unwrap();
    let settings = settings(&server, cache.path());
    let reconciler = Reconciler::new(&settings, &server.url("/en/api")).unwrap();
    assert_eq!(reconciler.manifest().name, "Wikidata (en)");
    assert_eq!(reconciler.manifest().version(), Version::Form);
    let lima = Query {
        name: "Lima".to_owned(),
        types: strings(&["Q515"]),
        limit: Some(5),
        properties: vec![
            ("P17".to_owned(), vec![Given::Entity("Q419".to_owned())]),
            (
                "P1082".to_owned(),
                vec![
                    Given::Number(8_852_000.0),
                    Given::Text("many".to_owned()),
                    Given::Boolean(true),
                ],
            ),
        ],
        language: Some("es".to_owned()),
    };
    let mut asked = vec![lima, Query::name("Nowhere"), Query::default()];
    asked.extend(names(5));
    let found = reconciler.reconcile(&asked).unwrap();
    assert_eq!(found.candidates.len(), 8);
    let first = &found.candidates[0][0];
    assert_eq!((first.id.as_str(), first.name.as_str()), ("Q2868", "Lima"));
    assert_eq!(first.description, "capital of Peru");
    assert_eq!((first.score, first.certain), (Some(98.5), true));
    assert_eq!(first.types, ["Q515", "Q5119", "Q1549591"]);
    assert_eq!(reconciler.manifest().item(first), Some(Qid(2868)));
    let second = &found.candidates[0][1];
    assert_eq!((second.score, second.certain), (Some(64.0), false));
    assert!(second.types.is_empty() && second.description.is_empty());
    assert!(found.candidates[1].is_empty() && found.candidates[2].is_empty());
    assert_eq!(found.candidates[7][0].name, "Lima 4");
    // Batches of three, and what was sent is what the specification wants.
    let sent = queries(&server);
    let sizes: Vec<usize> = sent
        .iter()
        .map(|batch| batch.as_object().unwrap().len())
        .collect();
    assert_eq!(sizes, [3, 3, 1]);
    assert_eq!(
        sent[0]["q0"],
        json!({
            "query": "Lima", "type": "Q515", "limit": 5,
            "properties": [
                { "pid": "P17", "v": { "id": "Q419" } },
                { "pid": "P1082", "v": [8_852_000.0, "many", true] },
            ],
        })
    );
    assert_eq!(sent[0]["q1"], json!({ "query": "Nowhere" }));
    // A second run asks nothing, online or not.
    let before = server.count();
    for settings in [settings.clone(), offline(&settings)] {
        let again = Reconciler::new(&settings, &server.url("/en/api")).unwrap();
        assert_eq!(again.reconcile(&asked).unwrap(), found);
        assert_eq!(again.tally().requests, 0);
    }
    assert_eq!(server.count(), before);
    let without = Reconciler::new(&offline(&settings), &server.url("/en/api")).unwrap();
    let two = [Query::name("Lima 4"), Query::name("Lima 5")];
    let some = without.reconcile(&two).unwrap();
    assert_eq!((some.unasked, some.candidates[0].len()), (vec![1], 2));
    match Reconciler::new(&offline(&settings), "https://example.org/other") {
        Err(OnlineError::Offline { what }) => assert!(what.contains("example.org/other")),
        other => panic!("{other:?}"),
    }
    match Reconciler::new(
        &Settings {
            contact: String::new(),
            ..settings
        },
        &server.url("/en/api"),
    ) {
        Err(OnlineError::Contact(_)) => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_batch_that_is_too_large_is_halved() {
    let server = service(8, 3);
    let cache = tempfile::tempdir().unwrap();
    let settings = settings(&server, cache.path());
    let reconciler = Reconciler::new(&settings, &server.url("/")).unwrap();
    let found = reconciler.reconcile(&names(8)).unwrap();
    assert!(found.candidates.iter().all(|found| found.len() == 2));
    let sizes: Vec<usize> = queries(&server)
        .iter()
        .map(|batch| batch.as_object().unwrap().len())
        .collect();
    assert_eq!(sizes, [8, 4, 2, 2, 4, 2, 2]);
}

#[test]
fn the_draft_of_1_0_is_spoken_where_no_final_version_is() {
    let server = Server::start(|request: &Request| {
        match (request.method.as_str(), request.path.as_str()) {
            // The least that a manifest of the draft must have.
            ("GET", "/api") => Response::json(
                json!({ "versions": ["1.0-draft"], "name": "Wikidata", "standardizedScore": true,
                        "view": { "url": "http://www.wikidata.org/entity/{id}" } })
                .to_string(),
            ),
            ("POST", "/api/match") => {
                assert_eq!(request.header("content-type"), "application/json");
                let batch: Value = serde_json::from_str(&request.body).unwrap();
                assert_eq!(batch.as_object().unwrap().len(), 1);
                let results = batch["queries"].as_array().unwrap().iter().map(|query| {
                    let name = &query["conditions"][0]["propertyValue"];
                    json!({ "candidates": [
                        { "id": "Q2868", "name": [{ "str": name, "lang": "es", "dir": "auto" }],
                          "description": [{ "str": "capital del Perú" }], "score": 86.4, "match": true,
                          "features": [{ "id": "deprecated", "name": "Deprecation", "value": false }],
                          "type": [{ "id": "Q515", "name": "ciudad" }] },
                        { "id": "Q1", "name": "universe", "type": "Q36906466" },
                    ] })
                });
                Response::json(json!({ "results": results.collect::<Vec<_>>() }).to_string())
            }
            _ => Response::of(404, "text/plain", "no such route"),
        }
    });
    let cache = tempfile::tempdir().unwrap();
    let settings = settings(&server, cache.path());
    let reconciler = Reconciler::new(&settings, &server.url("/api")).unwrap();
    assert_eq!(reconciler.manifest().version(), Version::Draft);
    assert!(reconciler.manifest().standardized_score);
    let lima = Query {
        types: strings(&["Q515"]),
        limit: Some(5),
        properties: vec![("P17".to_owned(), vec![Given::Entity("Q419".to_owned())])],
        language: Some("es".to_owned()),
        ..Query::name("Lima")
    };
    let found = reconciler
        .reconcile(&[lima, Query::name("Callao")])
        .unwrap();
    let [first, second] = found.candidates[0].as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!((first.name.as_str(), first.score), ("Lima", Some(86.4)));
    assert_eq!(first.description, "capital del Perú");
    assert_eq!(reconciler.manifest().item(first), Some(Qid(2868)));
    assert_eq!((second.score, second.certain), (None, false));
    assert_eq!(second.types, ["Q36906466"]);
    assert_eq!(found.candidates[1][0].name, "Callao");
    let sent: Value = serde_json::from_str(&server.requests()[1].body).unwrap();
    assert_eq!(
        sent["queries"][0],
        json!({
            "type": "Q515", "limit": 5, "lang": "es",
            "conditions": [
                { "matchType": "name", "propertyValue": "Lima" },
                { "matchType": "property", "propertyId": "P17", "propertyValue": { "id": "Q419" } },
            ],
        })
    );
}

#[test]
fn versions_and_places_of_entities_are_as_the_manifest_says() {
    let of = |manifest: Value| {
        let text = manifest.to_string();
        let server = Server::start(move |_| Response::json(text.clone()));
        let cache = tempfile::tempdir().unwrap();
        let settings = settings(&server, cache.path());
        let reconciler = Reconciler::new(&settings, &server.url("/")).unwrap();
        reconciler.manifest().clone()
    };
    let view =
        |url: &str| json!({ "versions": ["1.0-draft"], "name": "N", "view": { "url": url } });
    // Since the field did not exist in 0.1, none is 0.1.
    let oldest = of(
        json!({ "name": "N", "identifierSpace": "http://example.org/", "schemaSpace": "http://example.org/t" }),
    );
    assert_eq!(oldest.version(), Version::Form);
    assert_eq!(oldest.iri("7").as_deref(), Some("http://example.org/7"));
    let both = of(
        json!({ "versions": ["0.2", "1.0-draft"], "name": "N", "view": { "url": "http://example.org/{{id}}" } }),
    );
    assert_eq!(both.version(), Version::Form);
    assert_eq!(both.iri("7").as_deref(), Some("http://example.org/7"));
    let draft = of(view("http://example.org/{id}/page"));
    assert_eq!(draft.iri("7").as_deref(), Some("http://example.org/7/page"));
    assert_eq!(of(view("{+id}")).iri("urn:7").as_deref(), Some("urn:7"));
    assert_eq!(of(view("http://example.org/")).iri("7"), None);
}

#[test]
fn broken_services_are_errors_and_nothing_of_them_is_kept() {
    let cache = tempfile::tempdir().unwrap();
    for answer in ["", "[]", "{}", r#"{"name":7}"#] {
        let server = Server::start(move |_| Response::json(answer));
        let error = Reconciler::new(&settings(&server, cache.path()), &server.url("/"));
        assert!(
            error.unwrap_err().to_string().contains("no manifest"),
            "{answer}"
        );
    }
    let answers = [
        r#"{"q0":{"result":[]}}"#,
        r#"{"q0":{"result":[]},"q1":{}}"#,
        r#"{"q0":{"result":[]},"q1":{"result":[{"name":"Lima"}]}}"#,
        r#"{"error":"no"}"#,
        r#"{"q0":"#,
    ];
    for answer in answers {
        let server = Server::start(move |request| match request.method.as_str() {
            "GET" => Response::json(manifest(2).to_string()),
            _ => Response::json(answer),
        });
        let settings = settings(&server, cache.path());
        let reconciler = Reconciler::new(&settings, &server.url("/")).unwrap();
        assert!(reconciler.reconcile(&names(2)).is_err(), "{answer}");
        assert_eq!(reconciler.tally().retries, 4);
        let without = Reconciler::new(&offline(&settings), &server.url("/")).unwrap();
        assert_eq!(without.reconcile(&names(2)).unwrap().unasked, [0, 1]);
    }
}

#[expect(clippy::print_stderr, reason = "says what was not checked")]
fn skip() {
    eprintln!("skipped, no csv-reconcile here and none to be had: a service of somebody else's");
}

#[test]
fn somebody_elses_service_is_understood() {
    let Some(python) = csv_reconcile::python() else {
        skip();
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    // Invented ids: nothing is linked by this.
    let table = "id\tname\tstate\n\
        Q900001\tLima\tPeru\n\
        Q900002\tLima, Ohio\tUnited States\n\
        Q900003\tSão Tomé\tSão Tomé and Príncipe\n\
        Q900004\tSantiago de Chile\tChile\n\
        Q900005\tSantiago de Compostela\tSpain\n\
        Q900006\tCallao\tPeru\n";
    let theirs = csv_reconcile::start(&python, folder.path(), table);
    let cache = folder.path().join("cache");
    let settings = Settings {
        contact: "archive@example.org".to_owned(),
        cache: Some(cache),
        ..Settings::default()
    };
    let reconciler = Reconciler::new(&settings, &theirs.url).unwrap();
    assert_eq!(reconciler.manifest().name, "Places");
    assert_eq!(reconciler.manifest().versions, ["0.1"]);
    let mut asked: Vec<Query> = ["Lima", "São Tomé", "Santiago", "Zzyzx", "Callao"]
        .map(Query::name)
        .to_vec();
    // More than fit in a batch of ten.
    asked.extend(names(15));
    asked[2].limit = Some(1);
    let found = reconciler.reconcile(&asked).unwrap();
    let best = |at: usize| {
        let candidate = found.candidates[at].first()?;
        Some((reconciler.manifest().item(candidate)?.0, candidate.certain))
    };
    assert_eq!(best(0), Some((900_001, true)));
    assert_eq!(best(1), Some((900_003, true)));
    assert_eq!(found.candidates[2].len(), 1);
    assert_eq!(best(3), None);
    assert_eq!(best(4), Some((900_006, true)));
    assert!(found.candidates[5..].iter().all(|found| !found.is_empty()));
    let scores: Vec<f64> = found.candidates[0]
        .iter()
        .filter_map(|one| one.score)
        .collect();
    assert!(
        scores.len() > 1 && scores.is_sorted_by(|a, b| a >= b),
        "{scores:?}"
    );
    // The manifest, and two batches of ten.
    assert_eq!(reconciler.tally().requests, 3);
    let url = theirs.url.clone();
    drop(theirs);
    let again = Reconciler::new(&offline(&settings), &url).unwrap();
    assert_eq!(again.reconcile(&asked).unwrap(), found);
}
