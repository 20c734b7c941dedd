//! `/reconcile`: what OpenRefine and other clients send, as the specification has it; every answer is held against schemas written from its text.

#[path = "reconcile/around.rs"]
mod around;

use super::*;
use chancery::link::online::{Query, Reconciler, Settings, Value as Given, Version};
use serde_json::json;
use std::collections::BTreeSet;

fn entities() -> Vec<Quad> {
    let turtle = include_str!("reconcile.ttl");
    let read = RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle);
    let mut quads: Vec<Quad> = read.collect::<Result<_, _>>().unwrap();
    let quote =
        Literal::new_simple_literal("Anselmo Brant Salas <presented> his credentials in 1960.");
    quads.push(Quad::new(
        iri(format!("{BASE}claim/1")),
        iri(format!("{DIP}quote")),
        Term::from(quote),
        GraphName::from(iri(format!("{BASE}document/one"))),
    ));
    quads
}

fn service() -> Server {
    Server::of(entities(), |_| {})
}

/// Holds a value against a schema of `tests/serve/schemas/`.
#[track_caller]
fn valid(schema: &str, value: &Value) {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/serve/schemas/{schema}.json"));
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let wrong: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}\n{value:#}");
}

/// What a GET gives, held against a schema.
#[track_caller]
fn get(server: &Server, path: &str, schema: &str) -> Value {
    let response = server.get(path, "");
    assert_eq!(response.status(), 200, "{path}");
    assert_eq!(header(&response, "content-type"), "application/json");
    let value: Value = response.json().unwrap();
    valid(schema, &value);
    value
}

fn post(server: &Server, fields: &[(&str, &str)]) -> Response {
    let request = server.client.post(server.url("/reconcile"));
    request.form(fields).send().unwrap()
}

/// Candidates of a batch by its keys; the batch and its answer are as the schemas want them.
#[track_caller]
fn matched(server: &Server, batch: &Value) -> Value {
    valid("queries", batch);
    let response = post(server, &[("queries", &batch.to_string())]);
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "content-type"), "application/json");
    assert_eq!(header(&response, "access-control-allow-origin"), "*");
    let value: Value = response.json().unwrap();
    valid("results", &value);
    let keys =
        |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    assert_eq!(keys(&value), keys(batch), "each query has its result");
    for result in value.as_object().unwrap().values() {
        let scores: Vec<f64> = list(&result["result"])
            .map(|one| one["score"].as_f64().unwrap())
            .collect();
        assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
        assert!(scores.iter().all(|score| (0.0..=100.0).contains(score)));
        let certain = list(&result["result"])
            .skip(1)
            .any(|one| one["match"] == true);
        assert!(!certain, "only the first can be certain");
    }
    value
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().unwrap().iter()
}

/// Ids of the candidates of one query, the certain one with a `!`.
#[track_caller]
fn found(server: &Server, query: &Value) -> Vec<String> {
    let answer = matched(server, &json!({ "q0": query }));
    list(&answer["q0"]["result"])
        .map(|one| {
            let certain = if one["match"] == true { "!" } else { "" };
            format!("{}{certain}", one["id"].as_str().unwrap())
        })
        .collect()
}

/// Values of a property of one entity: ids, or texts.
#[track_caller]
fn extended(server: &Server, id: &str, property: &str, settings: &Value) -> Vec<String> {
    let query = json!({ "ids": [id], "properties": [{ "id": property, "settings": settings }] });
    let response = post(server, &[("extend", &query.to_string())]);
    assert_eq!(response.status(), 200);
    let value: Value = response.json().unwrap();
    valid("extended", &value);
    assert_eq!(value["meta"][0]["id"], property);
    list(&value["rows"][id][property])
        .map(|one| {
            one["id"]
                .as_str()
                .or(one["str"].as_str())
                .unwrap()
                .to_owned()
        })
        .collect()
}

#[test]
fn the_service_says_what_it_can_do() {
    let server = service();
    let manifest = get(&server, "/reconcile", "manifest");
    assert_eq!(manifest["identifierSpace"], BASE);
    assert_eq!(manifest["schemaSpace"], DIP);
    let empty = server.client.post(server.url("/reconcile")).send().unwrap();
    assert_eq!(empty.json::<Value>().unwrap(), manifest);
    assert_eq!(
        post(&server, &[("a", "b")]).json::<Value>().unwrap(),
        manifest
    );
    // every address that it names answers
    let fill = |template: &Value, id: &str| {
        let url = template.as_str().unwrap().replace("{{id}}", id);
        server.client.get(url).send().unwrap()
    };
    let view = fill(&manifest["view"]["url"], "person%2Fanselmo-brant");
    assert_eq!(view.status(), 303);
    assert_eq!(header(&view, "location"), "/id/person/anselmo-brant");
    let preview = fill(&manifest["preview"]["url"], "person%2Fanselmo-brant");
    assert_eq!(preview.status(), 200);
    for (what, id) in [
        ("entity", "state%2Futopia"),
        ("type", "State"),
        ("property", "role"),
    ] {
        let service = &manifest["suggest"][what];
        let url = |base: &str, path: &str| {
            format!(
                "{}{}",
                service[base].as_str().unwrap(),
                service[path].as_str().unwrap()
            )
        };
        let suggested = format!("{}?prefix=", url("service_url", "service_path"));
        assert_eq!(server.client.get(suggested).send().unwrap().status(), 200);
        let flyout = url("flyout_service_url", "flyout_service_path").replace("${id}", id);
        let flyout: Value = server.client.get(flyout).send().unwrap().json().unwrap();
        valid("flyout", &flyout);
        assert_eq!(flyout["id"], id.replace("%2F", "/"));
    }
}

#[test]
fn names_are_matched() {
    let server = service();
    let name = |name: &str| found(&server, &json!({ "query": name }));
    // accents, case, order, language, codes; what is near is offered, not certain
    assert_eq!(name("Anselmo Brant Salas"), ["person/anselmo-brant!"]);
    assert_eq!(name("ANSELMO BRANT SALAS"), ["person/anselmo-brant!"]);
    assert_eq!(name("Brant Salas, Anselmo"), ["person/anselmo-brant"]);
    assert_eq!(name("Anselmo Brant Sallas"), ["person/anselmo-brant"]);
    assert_eq!(name("Utopie"), ["state/utopia!"]);
    assert_eq!(name("RUR"), ["state/ruritania!"]);
    assert_eq!(name("Embassy of Utopia in Ruritania"), ["mission/embassy!"]);
    assert_eq!(name("League of Invented States"), ["organisation/league!"]);
    assert_eq!(name("Free Utopia"), ["government/free-utopia!"]);
    assert_eq!(
        name("Treaty of Friendship between Ruritania and Utopia"),
        ["treaty/1!"]
    );
    assert!(name("Nobody At All").is_empty());
    assert!(name("…").is_empty());
    // an id is a name too, and so is an item of Wikidata
    assert_eq!(name("person/odo-finch"), ["person/odo-finch!"]);
    assert_eq!(
        name("http://example.org/id/person/odo-finch"),
        ["person/odo-finch!"]
    );
    assert_eq!(name("Q900001"), ["state/ruritania!"]);
    // namesakes are not decided by their name
    assert_eq!(
        name("Marta Quell"),
        ["person/marta-quell", "person/marta-quell-2"]
    );
    assert_eq!(name("Strelsau"), ["city/strelsau", "city/strelsau-utopia"]);
    // types bind, by id and by IRI
    let typed = |kind: Value| {
        found(
            &server,
            &json!({ "query": "Utopia", "type": kind, "limit": 5 }),
        )
    };
    assert_eq!(typed(json!("State")), ["state/utopia!"]);
    assert_eq!(
        typed(json!([format!("{DIP}State"), "City"])),
        ["state/utopia!"]
    );
    assert!(typed(json!("City")).is_empty());
    assert!(typed(json!("Spaceship")).is_empty());
}

#[test]
fn properties_tell_namesakes_apart() {
    let server = service();
    let asked = |name: &str, kind: &str, properties: Value| {
        let properties: Vec<Value> = properties
            .as_object()
            .unwrap()
            .iter()
            .map(|(pid, v)| json!({ "pid": pid, "v": v }))
            .collect();
        let mut query = json!({ "type": kind, "properties": properties });
        if !name.is_empty() {
            query["query"] = name.into();
        }
        found(&server, &query)
    };
    // a person by name, office and date
    let minister = asked(
        "Marta Quell",
        "Person",
        json!({ "role": "Foreign Minister of Ruritania", "date": "1991" }),
    );
    assert_eq!(minister[0], "person/marta-quell-2!");
    let ambassador = asked(
        "Marta Quell",
        "Person",
        json!({ "role": "ambassador", "date": "1967-03-01" }),
    );
    assert_eq!(ambassador[0], "person/marta-quell!");
    let by_state = asked(
        "Marta Quell",
        "Person",
        json!({ "state": { "id": "state/ruritania", "name": "Ruritania" } }),
    );
    assert_eq!(by_state[0], "person/marta-quell-2!");
    // without a name
    let then = |date: &str| {
        asked(
            "",
            "Person",
            json!({ "role": "Ambassador of Utopia to Ruritania", "date": date }),
        )
    };
    assert_eq!(then("1962-07-01")[0], "person/anselmo-brant!");
    assert_eq!(then("1967-07-01T00:00:00Z")[0], "person/marta-quell!");
    // a mission by city and states, also in other languages and without a name
    let mission = |city: &str| {
        asked(
            "",
            "Mission",
            json!({ "sending": "Utopie", "receiving": ["Ruritania"], "city": city }),
        )
    };
    assert_eq!(mission("Strelsau")[0], "mission/embassy!");
    assert_eq!(mission("Zenda")[0], "mission/consulate!");
    // a city by its state, a visit by its sides and date, a treaty by its parties
    let city = asked("Strelsau", "City", json!({ "state": "Utopia" }));
    assert_eq!(city[0], "city/strelsau-utopia!");
    let visit = asked(
        "",
        "Visit",
        json!({ "from": "Ruritania", "to": "Utopia", "date": "1991-05" }),
    );
    assert_eq!(visit[0], "visit/1!");
    let visit = asked("", "Visit", json!({ "visitor": "Odo Finch" }));
    assert_eq!(visit, ["visit/2!"]);
    let treaty = asked(
        "",
        "Treaty",
        json!({ "party": ["Ruritania", "Utopia"], "date": 1971 }),
    );
    assert_eq!(treaty, ["treaty/1!"]);
    // what speaks against the only one of the name keeps it from being certain
    let wrong = asked(
        "Anselmo Brant Salas",
        "Person",
        json!({ "state": "Ruritania" }),
    );
    assert!(wrong.iter().all(|one| !one.ends_with('!')), "{wrong:?}");
    // what nobody knows decides nothing
    let unknown = asked(
        "Strelsau",
        "City",
        json!({ "state": "Atlantis", "colour": true }),
    );
    assert_eq!(unknown, ["city/strelsau", "city/strelsau-utopia"]);
}

/// What OpenRefine sends, in the order in which a user makes it.
#[test]
fn as_open_refine_asks() {
    let server = service();
    // it guesses types from the first cells, then asks in batches with the chosen type and columns
    let guess = json!({ "q0": { "query": "Strelsau", "limit": 3 }, "q1": { "query": "Zenda", "limit": 3 } });
    let answer = matched(&server, &guess);
    let types: BTreeSet<&str> = list(&answer["q1"]["result"])
        .flat_map(|one| list(&one["type"]))
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(types, BTreeSet::from(["City"]));
    let batch = json!({
        "q0": { "query": "Strelsau", "type": "City", "type_strict": "should",
                "properties": [{ "pid": "state", "v": { "id": "state/ruritania", "name": "Ruritania" } }] },
        "q1": { "query": "Zenda", "type": "City", "type_strict": "should", "properties": [{ "pid": "state", "v": "Ruritania" }] },
    });
    let answer = matched(&server, &batch);
    let (first, second) = (&answer["q0"]["result"][0], &answer["q1"]["result"][0]);
    assert_eq!(
        (&first["id"], &first["match"]),
        (&json!("city/strelsau"), &json!(true))
    );
    assert_eq!(
        (&second["id"], &second["match"]),
        (&json!("city/zenda"), &json!(true))
    );
    assert_eq!(first["description"], "city; Ruritania");
    assert!(list(&first["features"]).any(|one| one["id"] == "state" && one["value"] == 0.5));
    // it searches for a match by hand
    let suggested = get(
        &server,
        "/reconcile/suggest/entity?prefix=brant",
        "suggested-entities",
    );
    let ids: Vec<&Value> = list(&suggested["result"]).map(|one| &one["id"]).collect();
    assert_eq!(ids, ["person/anselmo-brant"]);
    let people = get(
        &server,
        "/reconcile/suggest/entity?prefix=MART&type=Person",
        "suggested-entities",
    );
    assert_eq!(list(&people["result"]).count(), 2);
    let rest = get(
        &server,
        "/reconcile/suggest/entity?prefix=mart&cursor=1&type=Person",
        "suggested-entities",
    );
    assert_eq!(rest["result"][0], people["result"][1]);
    let exact = get(
        &server,
        "/reconcile/suggest/entity?prefix=state/utopia",
        "suggested-entities",
    );
    assert_eq!(exact["result"][0]["id"], "state/utopia");
    let property = get(
        &server,
        "/reconcile/suggest/property?prefix=amb&type=Mission",
        "suggested",
    );
    assert_eq!(property["result"][0]["id"], "headOfMission");
    let kinds = get(&server, "/reconcile/suggest/type?prefix=", "suggested");
    assert_eq!(list(&kinds["result"]).count(), 10);
    // it proposes columns, and fills them
    let proposed = get(
        &server,
        "/reconcile/properties?type=Mission&limit=100",
        "proposed",
    );
    assert!(list(&proposed["properties"]).any(|one| one["id"] == "headOfMission"));
    let two = get(
        &server,
        "/reconcile/properties?type=City&limit=2",
        "proposed",
    );
    assert_eq!(
        (list(&two["properties"]).count(), &two["limit"]),
        (2, &json!(2))
    );
    let query = json!({
        "ids": ["mission/embassy", "mission/consulate", "nobody"],
        "properties": [{ "id": "city" }, { "id": "opened" }, { "id": "headOfMission", "settings": { "date": "1968-01-01", "limit": 0 } }],
    });
    let response = post(&server, &[("extend", &query.to_string())]);
    let values: Value = response.json().unwrap();
    valid("extended", &values);
    assert_eq!(
        values["meta"][0],
        json!({ "id": "city", "name": "city", "type": { "id": "City", "name": "city" } })
    );
    let rows = &values["rows"];
    assert_eq!(
        rows["mission/embassy"]["city"],
        json!([{ "id": "city/strelsau", "name": "Strelsau" }])
    );
    // a month stays a month
    assert_eq!(
        rows["mission/embassy"]["opened"],
        json!([{ "str": "1950-03" }])
    );
    assert_eq!(
        rows["mission/embassy"]["headOfMission"],
        json!([{ "id": "person/marta-quell", "name": "Marta Quell" }])
    );
    assert_eq!(rows["mission/consulate"]["headOfMission"], json!([]));
    assert_eq!(
        rows["nobody"],
        json!({ "city": [], "opened": [], "headOfMission": [] })
    );
}

#[test]
fn the_ambassador_on_a_date() {
    let server = service();
    let on = |id: &str, property: &str, date: &str| {
        extended(&server, id, property, &json!({ "date": date }))
    };
    for (id, property) in [
        ("mission/embassy", "headOfMission"),
        ("state/utopia", "headOfMission"),
        ("state/ruritania", "headOfMissionReceived"),
        ("relation/1", "headOfMission"),
        ("office/ambassador", "holder"),
    ] {
        // one whose end is not told had the office until the next
        assert_eq!(
            on(id, property, "1964-11-20"),
            ["person/anselmo-brant"],
            "{id}"
        );
        assert_eq!(on(id, property, "1967"), ["person/marta-quell"], "{id}");
        assert!(
            on(id, property, "1955").is_empty() && on(id, property, "1975").is_empty(),
            "{id}"
        );
    }
    let both = extended(&server, "mission/embassy", "headOfMission", &json!({}));
    assert_eq!(
        both,
        ["person/anselmo-brant", "person/marta-quell"],
        "in the order of time"
    );
    let office = |office: &str| {
        extended(
            &server,
            "state/utopia",
            "headOfMission",
            &json!({ "office": office, "limit": 1 }),
        )
    };
    assert_eq!(office("Ambassador"), ["person/anselmo-brant"]);
    assert!(office("consul").is_empty());
    let held = extended(
        &server,
        "person/anselmo-brant",
        "role",
        &json!({ "date": "1965-12-31" }),
    );
    assert_eq!(held, ["office/ambassador"]);
    assert!(on("person/anselmo-brant", "role", "1967").is_empty());
    // of a state, texts, and what the list does not have
    let plain = |id: &str, property: &str| extended(&server, id, property, &Value::Null);
    assert_eq!(
        plain("state/utopia", "label"),
        ["Utopia", "Utopie", "Utopía"]
    );
    assert_eq!(plain("state/ruritania", "wikidata"), ["Q900001"]);
    assert_eq!(plain("state/utopia", "memberOf"), ["organisation/league"]);
    assert_eq!(plain("visit/1", "date"), ["1991-05-02/1991-05-04"]);
    assert_eq!(plain("treaty/1", &format!("{DIP}signed")), ["1971"]);
    assert_eq!(plain("person/anselmo-brant", "quote").len(), 1);
    assert!(plain("state/utopia", "http://example.org/nothing").is_empty());
}

#[test]
fn other_clients_ask_otherwise() {
    let server = service();
    let batch = r#"{"row 1":{"query":"Utopia"},"":{"query":"Zenda"}}"#;
    // GET, as the specification has it for browsers; a single query, as 0.1 has it; JSONP is not spoken, and does no harm
    let response = server
        .client
        .get(server.url("/reconcile"))
        .query(&[("queries", batch), ("callback", "f")])
        .send()
        .unwrap();
    let value: Value = response.json().unwrap();
    valid("results", &value);
    assert_eq!(value["row 1"]["result"][0]["id"], "state/utopia");
    assert_eq!(value[""]["result"][0]["id"], "city/zenda");
    for query in ["Utopia", r#"{"query":"Utopia","type":"State"}"#] {
        let response = server
            .client
            .get(server.url("/reconcile"))
            .query(&[("query", query)])
            .send()
            .unwrap();
        let value: Value = response.json().unwrap();
        assert_eq!(value["result"][0]["id"], "state/utopia");
    }
    let extend = r#"{"ids":["city/zenda"],"properties":[{"id":"state"}]}"#;
    let response = server
        .client
        .get(server.url("/reconcile"))
        .query(&[("extend", extend)])
        .send()
        .unwrap();
    let value: Value = response.json().unwrap();
    valid("extended", &value);
    assert_eq!(
        value["rows"]["city/zenda"]["state"][0]["id"],
        "state/ruritania"
    );
    // an empty batch has an empty answer
    assert_eq!(matched(&server, &json!({})), json!({}));
}

#[test]
fn our_own_client_is_answered() {
    let server = service();
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings {
        contact: "archive@example.org".to_owned(),
        cache: Some(folder.path().to_owned()),
        ..Settings::default()
    };
    let client = Reconciler::new(&settings, &server.url("/reconcile")).unwrap();
    let manifest = client.manifest();
    assert_eq!(
        (manifest.version(), manifest.batch_size),
        (Version::Form, Some(50))
    );
    assert_eq!(
        manifest.iri("state/utopia").unwrap(),
        format!("{BASE}state/utopia")
    );
    let ambassador = Query {
        types: vec!["Person".to_owned()],
        limit: Some(2),
        properties: vec![
            (
                "role".to_owned(),
                vec![Given::Text("ambassador".to_owned())],
            ),
            (
                "state".to_owned(),
                vec![Given::Entity("state/utopia".to_owned())],
            ),
            ("date".to_owned(), vec![Given::Number(1967.0)]),
        ],
        ..Query::name("Marta Quell")
    };
    // more than a batch holds
    let mut queries = vec![ambassador];
    queries.extend((0..60).map(|at| Query::name(if at == 59 { "Zenda" } else { "Utopia" })));
    queries.extend((0..60).map(|at| Query::name(&format!("Nobody {at}"))));
    let answered = client.reconcile(&queries).unwrap();
    let first = &answered.candidates[0][0];
    assert_eq!(
        (first.id.as_str(), first.certain),
        ("person/marta-quell", true)
    );
    assert_eq!(first.types, ["Person"]);
    assert_eq!(answered.candidates[60][0].id, "city/zenda");
    assert!(answered.candidates[61..].iter().all(Vec::is_empty));
    // its ids are ours: none is taken for an item of Wikidata
    assert_eq!(manifest.item(first), None);
}
