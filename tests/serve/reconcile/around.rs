//! What stands around matching: previews, errors, pages of other origins, new generations, remote stores, many clients at once.

use super::*;

#[test]
fn previews_are_small_pages_for_frames() {
    let server = service();
    let preview = server.get("/reconcile/preview?id=person/anselmo-brant", "");
    assert_eq!(header(&preview, "content-type"), "text/html; charset=utf-8");
    let policy = header(&preview, "content-security-policy").to_owned();
    assert!(
        policy.contains("default-src 'none'") && policy.contains("frame-ancestors *"),
        "{policy}"
    );
    let text = preview.text().unwrap();
    for wanted in [
        "<b>Anselmo Brant Salas</b> person",
        "Ambassador of Utopia",
        "&lt;presented&gt;",
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    assert!(!text.contains("<script"));
    let flyout = get(
        &server,
        "/reconcile/flyout/entity?id=mission/embassy",
        "flyout",
    );
    let html = flyout["html"].as_str().unwrap();
    assert!(
        html.contains("<td>Strelsau</td>")
            && html.contains(&server.url("/reconcile/view?id=mission%2Fembassy")),
        "{html}"
    );
    for (path, status, kind) in [
        ("preview?id=nobody", 404, "not-found"),
        ("preview?id=%3E%20%7D", 404, "not-found"),
        ("preview", 400, "bad-request"),
        ("flyout/type?id=Spaceship", 404, "not-found"),
        ("flyout/property?id=colour", 404, "not-found"),
        ("view?id=http://elsewhere.example/", 404, "not-found"),
        ("view?id=", 400, "bad-request"),
        ("suggest/entity", 400, "bad-request"),
        ("suggest/entity?prefix=a&cursor=-1", 400, "bad-request"),
        ("properties?type=City&limit=x", 400, "bad-request"),
    ] {
        problem(server.get(&format!("/reconcile/{path}"), ""), status, kind);
    }
    let view = server.get("/reconcile/view?id=//elsewhere.example", "");
    assert!(header(&view, "location").starts_with("/id/"), "{view:?}");
}

#[test]
fn what_is_wrong_is_said() {
    let server = service();
    let many: serde_json::Map<String, Value> = (0..51)
        .map(|at| (format!("q{at}"), json!({ "query": "Utopia" })))
        .collect();
    let large = problem(
        post(&server, &[("queries", &Value::Object(many).to_string())]),
        413,
        "too-large",
    );
    assert_eq!(large["limit"], 50);
    let syntax = problem(
        post(&server, &[("queries", "{\n \"q0\": }")]),
        400,
        "syntax",
    );
    assert_eq!((&syntax["line"], &syntax["column"]), (&json!(2), &json!(8)));
    for queries in [
        "[]",
        "7",
        r#"{"q0":{}}"#,
        r#"{"q0":{"query":"a","limit":-1}}"#,
    ] {
        problem(post(&server, &[("queries", queries)]), 400, "bad-request");
    }
    for extend in [
        "{}",
        r#"{"ids":[7],"properties":[]}"#,
        r#"{"ids":[],"properties":[{}]}"#,
        r#"{"ids":[],"properties":[{"id":"> }"}]}"#,
        r#"{"ids":["a"],"properties":[{"id":"role","settings":{"date":"in May"}}]}"#,
        r#"{"ids":["a"],"properties":[{"id":"role","settings":{"limit":"many"}}]}"#,
    ] {
        problem(post(&server, &[("extend", extend)]), 400, "bad-request");
    }
    let ids: Vec<String> = (0..501).map(|at| format!("person/{at}")).collect();
    let extend = json!({ "ids": ids, "properties": [] }).to_string();
    assert_eq!(
        problem(post(&server, &[("extend", &extend)]), 413, "too-large")["limit"],
        500
    );
    problem(
        post(&server, &[("queries", "{}"), ("extend", "{}")]),
        400,
        "bad-request",
    );
    problem(
        post(&server, &[("queries", "{}"), ("queries", "{}")]),
        400,
        "bad-request",
    );
    let json = server
        .client
        .post(server.url("/reconcile"))
        .header("content-type", "application/json");
    problem(json.body("{}").send().unwrap(), 415, "media-type");
    let put = server.client.put(server.url("/reconcile")).send().unwrap();
    problem(put, 405, "method");
    // an id can't leave its brackets
    let odd = r#"{"ids":["> } DROP ALL #","a b","state/utopia"],"properties":[{"id":"key"}]}"#;
    let value: Value = post(&server, &[("extend", odd)]).json().unwrap();
    valid("extended", &value);
    assert_eq!(
        value["rows"]["state/utopia"]["key"],
        json!([{ "str": "UTO" }])
    );
    let form = server
        .client
        .post(server.url("/reconcile"))
        .form(&[("queries", "x".repeat(1 << 20))]);
    problem(form.send().unwrap(), 413, "too-large");
}

#[test]
fn pages_of_listed_origins_may_read() {
    let refine = "http://127.0.0.1:3333";
    let asked = |server: &Server, path: &str| {
        let response = server
            .client
            .get(server.url(path))
            .header("origin", refine)
            .send()
            .unwrap();
        assert_eq!(response.status(), 200, "{path}");
        let allowed = header(&response, "access-control-allow-origin").to_owned();
        let frames = header(&response, "content-security-policy");
        (
            allowed,
            frames.rsplit("frame-ancestors ").next().unwrap().to_owned(),
        )
    };
    let paths = [
        "/reconcile",
        "/reconcile/suggest/entity?prefix=u",
        "/reconcile/preview?id=state/utopia",
    ];
    let open = service();
    let listed = Server::of(entities(), |config| config.origins.push(refine.to_owned()));
    let other = Server::of(entities(), |config| {
        config.origins.push("https://other.example".to_owned())
    });
    let writes = Server::of(entities(), |config| {
        config.write = Some(Secret::new("open sesame, open sesame"))
    });
    for path in paths {
        assert_eq!(asked(&open, path).0, "*");
        assert_eq!(asked(&listed, path).0, refine);
        assert_eq!(asked(&other, path).0, "");
        assert_eq!(
            asked(&writes, path).0,
            "",
            "a server that writes is read by listed origins alone"
        );
    }
    let preview = paths[2];
    assert_eq!(asked(&open, preview).1, "*");
    assert_eq!(asked(&listed, preview).1, format!("'self' {refine}"));
    assert_eq!(asked(&other, preview).1, "'self' https://other.example");
    assert_eq!(asked(&writes, preview).1, "'self'");
}

#[test]
fn a_new_generation_is_picked_up() {
    let server = service();
    let found = |name: &str| found(&server, &json!({ "query": name }));
    let path = "/reconcile/suggest/entity?prefix=utop";
    let first = server.get(path, "");
    let tag = header(&first, "etag").to_owned();
    let unchanged = server
        .client
        .get(server.url(path))
        .header("if-none-match", &tag)
        .send()
        .unwrap();
    assert_eq!(unchanged.status(), 304);
    assert_eq!(found("Odo Finch"), ["person/odo-finch!"]);
    let mut quads = entities();
    quads.retain(|quad| !quad.subject.to_string().contains("odo-finch"));
    let person = iri(format!("{BASE}person/new"));
    quads.push(Quad::new(
        person.clone(),
        iri(TYPE),
        iri(format!("{DIP}Person")),
        GraphName::DefaultGraph,
    ));
    quads.push(Quad::new(
        person,
        iri(LABEL),
        Literal::new_simple_literal("Wanda Neuman"),
        GraphName::DefaultGraph,
    ));
    build(server.folder.path(), "fedcba9876543210", quads);
    let start = Instant::now();
    while found("Wanda Neuman").is_empty() && start.elapsed() < Duration::from_secs(20) {
        thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(found("Wanda Neuman"), ["person/new!"]);
    assert!(found("Odo Finch").is_empty());
    let changed = server
        .client
        .get(server.url(path))
        .header("if-none-match", &tag)
        .send()
        .unwrap();
    assert_eq!(changed.status(), 200);
}

#[test]
fn a_remote_store_is_matched_too() {
    let behind = service();
    let url = behind.url("/sparql");
    let server = Server::of(Vec::new(), |config| {
        config.store = url;
        config.base = Some(BASE.to_owned());
    });
    assert_eq!(
        found(&server, &json!({ "query": "Utopie", "type": "State" })),
        ["state/utopia!"]
    );
    let query = json!({ "type": "Mission", "properties": [{ "pid": "city", "v": "Zenda" }] });
    assert_eq!(found(&server, &query), ["mission/consulate!"]);
    assert_eq!(
        extended(
            &server,
            "mission/embassy",
            "headOfMission",
            &json!({ "date": "1967" })
        ),
        ["person/marta-quell"]
    );
    assert_eq!(
        header(
            &server.get("/reconcile/preview?id=state/utopia", ""),
            "cache-control"
        ),
        "no-store"
    );
}

#[test]
fn batches_run_beside_each_other() {
    // a turn for each, so that none waits longer than the server lets it
    let server = Server::of(entities(), |config| config.limits.concurrent = 6);
    let batch: serde_json::Map<String, Value> = (0..50)
        .map(|at| {
            (
                format!("q{at}"),
                json!({ "query": if at % 2 == 0 { "Utopia" } else { "Marta Quel" } }),
            )
        })
        .collect();
    let batch = Value::Object(batch);
    // the first to ask learns the names; the others wait for the same
    thread::scope(|scope| {
        let asking: Vec<_> = (0..6)
            .map(|_| scope.spawn(|| matched(&server, &batch)))
            .collect();
        let answers: Vec<Value> = asking.into_iter().map(|one| one.join().unwrap()).collect();
        assert!(answers.iter().all(|answer| *answer == answers[0]));
    });
}
