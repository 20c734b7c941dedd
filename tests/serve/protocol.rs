//! The SPARQL 1.1 Protocol for queries: ways to ask, formats, negotiation, problems, the description of the service.

use super::*;

#[test]
fn rows_in_every_format() {
    let server = Server::start(|_| {});
    let json = server.query(STATES, "");
    assert_eq!(json.status(), 200);
    assert_eq!(
        header(&json, "content-type"),
        "application/sparql-results+json"
    );
    assert_eq!(header(&json, "vary"), "Accept, Accept-Encoding");
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
    let server = Server::start(|config| config.limits.query_bytes = 2000);
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
        403,
        "forbidden",
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
    assert!(html.text().unwrap().contains(" action=\"/sparql\""));
}

#[test]
fn the_description_for_programs_is_true() {
    let server = Server::start(|_| {});
    let response = server.get("/openapi.json", "");
    assert_eq!(header(&response, "content-type"), "application/json");
    let document: Value = response.json().unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let paths = document["paths"].as_object().unwrap();
    assert!(paths.len() > 12);
    for (path, operations) in paths {
        let url = server.url(&path.replace("{path}", "a/b"));
        let options = server
            .client
            .request(reqwest::Method::OPTIONS, url)
            .send()
            .unwrap();
        assert_eq!(options.status(), 204, "{path}");
        let mut allowed: Vec<String> = header(&options, "allow")
            .split(", ")
            .map(str::to_ascii_lowercase)
            .filter(|method| method != "head" && method != "options")
            .collect();
        let mut told: Vec<String> = operations.as_object().unwrap().keys().cloned().collect();
        allowed.sort();
        told.sort();
        assert_eq!(allowed, told, "{path}");
    }
}

#[test]
fn the_access_log_tells_of_requests_and_of_no_query() {
    static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());
    let server = Server::start(|config| {
        config.access_log = Some(|line| LINES.lock().unwrap().push(line.to_owned()));
    });
    server.query("ASK { ?s ?p 'a secret' }", "");
    // the worker that answered tells of it when it has
    let end = Instant::now() + Duration::from_secs(10);
    while LINES.lock().unwrap().is_empty() && Instant::now() < end {
        thread::sleep(Duration::from_millis(5));
    }
    let lines = LINES.lock().unwrap();
    let line: Value = serde_json::from_str(lines.last().unwrap()).unwrap();
    assert_eq!(
        (&line["method"], &line["path"]),
        (&"GET".into(), &"/sparql".into())
    );
    assert_eq!(
        (&line["status"], &line["client"]),
        (&200.into(), &"127.0.0.1".into())
    );
    assert!(!lines.concat().contains("secret"));
}

#[test]
fn the_log_follows_a_request_into_its_worker_and_tells_no_query() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), "0123456789abcdef", quads());
    let said = |level: &str| {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_chancery"))
            .args(["serve", "--bind", "127.0.0.1:0", "--log", level, "--store"])
            .arg(folder.path())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines =
            std::io::BufRead::lines(std::io::BufReader::new(child.stderr.take().unwrap()));
        let address = lines
            .by_ref()
            .map(Result::unwrap)
            .find_map(|line| Some(line.split("http://").nth(1)?.split(' ').next()?.to_owned()))
            .unwrap();
        let query = "SELECT * { ?s ?p 'a secret' }";
        let asked = client()
            .get(format!("http://{address}/sparql"))
            .query(&[("query", query)])
            .header("x-request-id", "my-id.7")
            .header("authorization", "Bearer another secret");
        assert_eq!(asked.send().unwrap().status(), 200);
        let mut events: Vec<Value> = Vec::new();
        // the worker and the server write each for itself
        let said = |events: &[Value], message: &str| {
            let mut own = events.iter().filter(|event| event["id"] == "my-id.7");
            own.any(|event| event["message"] == message)
        };
        while !said(&events, "answered") || !said(&events, "worked") {
            let line = lines.next().unwrap().unwrap();
            events.push(serde_json::from_str(&line).unwrap());
        }
        child.kill().unwrap();
        child.wait().unwrap();
        events.retain(|event| event["id"] == "my-id.7");
        events
    };
    let events = said("info");
    let worked = events
        .iter()
        .find(|event| event["message"] == "worked")
        .unwrap();
    assert_eq!(
        (&worked["what"], &worked["level"]),
        (&"query".into(), &"INFO".into())
    );
    assert!(worked["ms"].is_number() && worked["bytes"].is_number());
    let answered = events
        .iter()
        .find(|event| event["message"] == "answered")
        .unwrap();
    assert_eq!(
        (&answered["path"], &answered["status"]),
        (&"/sparql".into(), &200.into())
    );
    assert!(!Value::from(events).to_string().contains("secret"));
    let told = Value::from(said("debug")).to_string();
    assert!(
        told.contains("'a secret'") && !told.contains("another secret"),
        "{told}"
    );
}
