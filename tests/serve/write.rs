//! A server that writes: SPARQL Update, the Graph Store Protocol, who may, and that nothing leads out.

use super::*;
use crate::support::chancery;
use reqwest::Method;
use reqwest::blocking::RequestBuilder;

const TOKEN: &str = "a credential of some length";

fn writable(change: impl FnOnce(&mut Config)) -> Server {
    Server::start(|config| {
        config.write = Some(Secret::new(TOKEN));
        change(config);
    })
}

impl Server {
    fn send(&self, method: &str, path: &str, media: &str, body: &str) -> Response {
        self.ask(method, path)
            .header("content-type", media)
            .body(body.to_owned())
            .send()
            .unwrap()
    }

    /// A request with the credential.
    fn ask(&self, method: &str, path: &str) -> RequestBuilder {
        self.client
            .request(
                Method::from_bytes(method.as_bytes()).unwrap(),
                self.url(path),
            )
            .bearer_auth(TOKEN)
    }

    fn update(&self, sparql: &str) -> Response {
        self.send("POST", "/update", "application/sparql-update", sparql)
    }

    fn holds(&self, pattern: &str) -> bool {
        let response = self.query(&format!("ASK {{ {pattern} }}"), "");
        response.json::<Value>().unwrap()["boolean"]
            .as_bool()
            .unwrap()
    }
}

#[test]
fn an_update_is_seen_once_it_is_acknowledged() {
    let server = writable(|_| {});
    for number in 0..10 {
        let done = server.update(&format!("INSERT DATA {{ <http://a> <http://b> {number} }}"));
        assert_eq!(done.status(), 204);
        assert!(server.holds(&format!("<http://a> <http://b> {number}")));
    }
    let form = server.ask("POST", "/update").form(&[
        (
            "update",
            "INSERT { <http://a> <http://c> ?o } WHERE { ?s ?p ?o }",
        ),
        ("using-graph-uri", "http://example.org/id/document/one"),
    ]);
    assert_eq!(form.send().unwrap().status(), 204);
    assert!(server.holds("<http://a> <http://c> 'only in the document'"));
    assert!(!server.holds("<http://a> <http://c> 1"));
    assert!(
        server.holds(&format!("<{BASE}state/a> ?p ?o")),
        "what was built is there still"
    );
    let ready: Value = server.get("/ready", "").json().unwrap();
    assert_eq!(ready["generation"], "gen-0123456789abcdefu11");
    let text = server
        .get("/sparql", "application/n-triples")
        .text()
        .unwrap();
    assert!(text.contains("SPARQL11Update"));
}

#[test]
fn what_is_wrong_changes_nothing() {
    let server = writable(|config| config.limits.upload_bytes = 5000);
    let value = problem(server.update("INSERT DATA {\n <http://a> }"), 400, "syntax");
    assert_eq!(value["line"], 2);
    let half = "INSERT DATA { <http://a> <http://b> 1 } ; CREATE GRAPH <http://g> ; CREATE GRAPH <http://g>";
    problem(server.update(half), 400, "refused");
    let conflict = server.send(
        "POST",
        "/update?using-graph-uri=http%3A%2F%2Fg",
        "application/sparql-update",
        "WITH <http://g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    );
    problem(conflict, 400, "bad-request");
    let long = format!(
        "INSERT DATA {{ <http://a> <http://b> '{}' }}",
        "x".repeat(6000)
    );
    problem(server.update(&long), 413, "too-large");
    problem(
        server.send("POST", "/update", "text/plain", "DROP ALL"),
        415,
        "media-type",
    );
    problem(
        server.ask("GET", "/update?update=DROP+ALL").send().unwrap(),
        405,
        "method",
    );
    problem(
        server.send(
            "POST",
            "/update?update=DROP+ALL",
            "application/sparql-update",
            "DROP ALL",
        ),
        400,
        "bad-request",
    );
    assert!(!server.holds("<http://a> ?b ?c"));
}

#[test]
fn only_who_has_the_credential_writes() {
    let server = writable(|config| {
        config.origins = vec!["https://ours.example".to_owned()];
        config.hosts = vec!["data.example".to_owned()];
    });
    let bare = || {
        let request = server.client.post(server.url("/update"));
        request
            .header("content-type", "application/sparql-update")
            .body("INSERT DATA { <http://a> <http://b> 1 }")
    };
    let none = bare().send().unwrap();
    assert_eq!(
        header(&none, "www-authenticate"),
        "Bearer realm=\"chancery\""
    );
    assert_eq!(none.status(), 401);
    for wrong in ["Bearer nope", "Bearer ", "Basic YTpi", TOKEN] {
        let refused = bare().header("authorization", wrong).send().unwrap();
        assert_eq!(refused.status(), 401, "{wrong}");
    }
    let right = || bare().bearer_auth(TOKEN);
    for (name, value) in [
        ("cookie", "a=b"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("host", "evil.example"),
    ] {
        let refused = right().header(name, value).send().unwrap();
        assert_eq!(refused.status(), 403, "{name}: {value}");
    }
    let rebound = server
        .client
        .get(server.url("/sparql"))
        .header("host", "evil.example");
    assert_eq!(rebound.send().unwrap().status(), 403, "nor is it read");
    let form = server.client.post(server.url("/update"));
    let form = form.header("origin", "https://evil.example");
    let form = form.form(&[("update", "DROP ALL")]).send().unwrap();
    assert_eq!(form.status(), 403, "a form of another site");
    assert!(!server.holds("<http://a> ?b ?c"));
    let own = format!("http://{}", server.running.address());
    for (name, value) in [
        ("origin", own.as_str()),
        ("origin", "https://ours.example"),
        ("host", "data.example:80"),
    ] {
        let done = right().header(name, value).send().unwrap();
        assert_eq!(done.status(), 204, "{name}: {value}");
    }
    let read = |origin: &str| {
        let request = server
            .client
            .get(server.url("/health"))
            .header("origin", origin);
        let response = request.send().unwrap();
        assert!(header(&response, "vary").contains("Origin"));
        header(&response, "access-control-allow-origin").to_owned()
    };
    assert_eq!(read("https://ours.example"), "https://ours.example");
    assert_eq!(read("https://evil.example"), "");
}

const TURTLE: &str = "text/turtle";
const GRAPH: &str = "/store?graph=http%3A%2F%2Fg.example%2Fone";

#[test]
fn graphs_are_put_read_and_removed() {
    let server = writable(|_| {});
    let lines = |path: &str| {
        let response = server.get(path, "application/n-triples");
        assert_eq!(response.status(), 200, "{path}");
        response.text().unwrap().lines().count()
    };
    problem(server.get(GRAPH, ""), 404, "not-found");
    assert_eq!(
        server.send("PUT", GRAPH, TURTLE, "<s> <p> 1, 2 .").status(),
        201
    );
    assert_eq!(lines(GRAPH), 2);
    assert!(server.holds("GRAPH <http://g.example/one> { <http://g.example/s> ?p ?o }"));
    assert_eq!(
        server.send("PUT", GRAPH, TURTLE, "<s> <p> 3 .").status(),
        204
    );
    assert_eq!(lines(GRAPH), 1);
    let more = server.send(
        "POST",
        GRAPH,
        "application/n-triples",
        "<http://s> <http://p> \"4\" .",
    );
    assert_eq!(more.status(), 204);
    assert_eq!(lines(GRAPH), 2);
    let form = "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a.ttl\"\r\n\r\n<s> <p> 5 .\r\n\
        --b\r\nContent-Disposition: form-data; name=\"b\"\r\nContent-Type: application/n-triples\r\n\r\n<http://s> <http://p> \"6\" .\r\n--b--\r\n";
    let form = server.send("POST", GRAPH, "multipart/form-data; boundary=b", form);
    assert_eq!(form.status(), 204);
    assert_eq!(lines(GRAPH), 4);
    let head = server
        .ask("HEAD", GRAPH)
        .header("accept", "text/turtle")
        .send()
        .unwrap();
    assert_eq!(head.status(), 200);
    assert_eq!(header(&head, "content-type"), "text/turtle; charset=utf-8");
    assert!(header(&head, "content-length").parse::<usize>().unwrap() > 10);
    let options = server.ask("OPTIONS", GRAPH).send().unwrap();
    assert_eq!(
        header(&options, "allow"),
        "GET, HEAD, PUT, POST, DELETE, OPTIONS"
    );
    problem(server.ask("PATCH", GRAPH).send().unwrap(), 405, "method");
    assert_eq!(server.ask("DELETE", GRAPH).send().unwrap().status(), 204);
    problem(
        server.ask("DELETE", GRAPH).send().unwrap(),
        404,
        "not-found",
    );

    let fresh = server.send("POST", "/store", TURTLE, "<> <http://p> 1 .");
    assert_eq!(fresh.status(), 201);
    let place = header(&fresh, "location").to_owned();
    let direct = place.strip_prefix(&server.url("")).unwrap();
    assert_eq!(lines(direct), 1);
    assert_eq!(
        server.send("PUT", "/store/by/name", TURTLE, "").status(),
        201
    );
    assert_eq!(lines("/store/by/name"), 0, "an empty graph is there");
    let before = lines("/store?default");
    assert_eq!(
        server
            .send(
                "POST",
                "/store?default",
                TURTLE,
                "<http://s> <http://p> 1 ."
            )
            .status(),
        204
    );
    assert_eq!(lines("/store?default"), before + 1);

    let value = problem(
        server.send("PUT", GRAPH, TURTLE, "<s> <p> 1 .\n<s> <p>"),
        400,
        "syntax",
    );
    assert_eq!(value["line"], 2);
    problem(
        server.send("PUT", GRAPH, "image/png", "x"),
        415,
        "media-type",
    );
    problem(server.send("PUT", "/store", TURTLE, ""), 400, "bad-request");
    problem(
        server.get("/store?default&graph=http%3A%2F%2Fg", ""),
        400,
        "bad-request",
    );
    problem(server.get("/store?graph=no+iri", ""), 400, "bad-request");
    let bare = server
        .client
        .put(server.url(GRAPH))
        .body("")
        .send()
        .unwrap();
    assert_eq!(bare.status(), 401);
    problem(server.get(GRAPH, ""), 404, "not-found");
}

#[test]
fn nothing_leads_out_and_nothing_swells() {
    let server = writable(|_| {});
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let there = format!("http://{}/x", listener.local_addr().unwrap());
    problem(server.update(&format!("LOAD <{there}>")), 403, "forbidden");
    let service = format!("INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{there}> {{ ?s ?p ?o }} }}");
    problem(server.update(&service), 403, "forbidden");
    assert_eq!(
        server.update(&format!("LOAD SILENT <{there}>")).status(),
        204
    );
    let context = format!("{{\"@context\": \"{there}\", \"a\": 1}}");
    problem(
        server.send("PUT", GRAPH, "application/ld+json", &context),
        400,
        "syntax",
    );
    let outside =
        format!("<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a SYSTEM \"{there}\">]><r>&a;</r>");
    problem(
        server.send("PUT", GRAPH, "application/rdf+xml", &outside),
        400,
        "refused",
    );
    let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    problem(
        server.send("PUT", GRAPH, "application/ld+json", &deep),
        400,
        "refused",
    );
    for (open, close) in [
        ("[ <http://p> ", "]"),
        ("( ", ")"),
        ("<<( <http://a> <http://b> ", ")>>"),
    ] {
        let deep = format!(
            "<http://s> <http://p> {}1{} .",
            open.repeat(30_000),
            close.repeat(30_000)
        );
        let value = problem(server.send("PUT", GRAPH, TURTLE, &deep), 400, "refused");
        assert!(value["column"].as_u64().unwrap() > 100, "{open}: {value}");
    }
    assert!(listener.accept().is_err(), "something connected");
    assert_eq!(
        server
            .update("INSERT DATA { <http://a> <http://b> 1 }")
            .status(),
        204
    );
    assert!(server.holds("<http://a> <http://b> 1"));
}

#[test]
fn a_small_upload_of_large_iris_meets_the_limit_of_memory() {
    let server = writable(|config| {
        config.limits.memory = 512 << 20;
        config.limits.time = Duration::from_secs(60);
    });
    let base = "a/".repeat(200_000);
    let upload = format!(
        "@base <http://a/{base}> . {}",
        "<../x> <b> <c> . ".repeat(2000)
    );
    problem(server.send("PUT", GRAPH, TURTLE, &upload), 422, "memory");
    let after = server.update("INSERT DATA { <http://a> <http://b> 1 }");
    assert_eq!(after.status(), 204);
}

#[test]
fn a_listed_host_on_this_machine_is_not_reached() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let names = ["127.0.0.1", "localhost"].map(|name| format!("{name}:{port}"));
    let server = writable(|config| config.reach = names.to_vec());
    for name in names {
        let query = format!("SELECT * {{ SERVICE <http://{name}/> {{ ?s ?p ?o }} }}");
        let value = problem(server.query(&query, ""), 403, "forbidden");
        assert!(
            value["detail"].as_str().unwrap().contains("not public"),
            "{value}"
        );
        let load = server.update(&format!("LOAD <http://{name}/x>"));
        problem(load, 403, "forbidden");
    }
    assert!(listener.accept().is_err(), "something connected");
}

#[test]
fn a_change_over_its_time_changes_nothing() {
    let server = writable(|config| config.limits.time = Duration::from_secs(2));
    let heavy = HEAVY.replace(
        "SELECT (COUNT(*) AS ?n)",
        "INSERT { ?a <http://never> ?j } WHERE",
    );
    problem(server.update(&heavy), 503, "timeout");
    assert_eq!(
        server
            .update("INSERT DATA { <http://a> <http://b> 1 }")
            .status(),
        204
    );
    assert!(server.holds("<http://a> <http://b> 1"));
    assert!(!server.holds("?s <http://never> ?o"));
}

#[test]
fn a_change_that_waits_too_long_is_given_up() {
    let server = writable(|config| config.limits.time = Duration::from_secs(2));
    let heavy = HEAVY.replace(
        "SELECT (COUNT(*) AS ?n)",
        "INSERT { ?a <http://never> ?j } WHERE",
    );
    let start = Instant::now();
    // one runs for all of its time, which is all that the others had to wait
    let mut answers: Vec<String> = thread::scope(|scope| {
        let asked: Vec<_> = (0..3)
            .map(|_| scope.spawn(|| server.update(&heavy)))
            .collect();
        let answers = asked.into_iter().map(|asked| asked.join().unwrap());
        answers
            .map(|answer| {
                assert_eq!(answer.status(), 503);
                let value: Value = answer.json().unwrap();
                assert!(
                    value["detail"]
                        .as_str()
                        .unwrap()
                        .contains("nothing was changed")
                );
                value["type"]
                    .as_str()
                    .unwrap()
                    .rsplit('/')
                    .next()
                    .unwrap()
                    .to_owned()
            })
            .collect()
    });
    answers.sort();
    // the second may have a moment left to begin in
    assert!(
        answers == ["busy", "busy", "timeout"] || answers == ["busy", "timeout", "timeout"],
        "{answers:?}"
    );
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "{:?}",
        start.elapsed()
    );
    assert!(!server.holds("?s <http://never> ?o"));
    assert_eq!(
        server
            .update("INSERT DATA { <http://a> <http://b> 1 }")
            .status(),
        204
    );
}

#[test]
fn the_limit_of_nesting_is_a_setting() {
    let nested = |n: usize| format!("ASK {{ FILTER {}1{} }}", "(".repeat(n), ")".repeat(n));
    let server = writable(|config| config.limits.nesting = 20);
    assert_eq!(server.query(&nested(15), "").status(), 200);
    problem(server.query(&nested(40), ""), 400, "refused");
    let list = |n: usize| format!("<s> <p> {}1{} .", "( ".repeat(n), ")".repeat(n));
    assert_eq!(server.send("PUT", GRAPH, TURTLE, &list(15)).status(), 201);
    problem(server.send("PUT", GRAPH, TURTLE, &list(40)), 400, "refused");
    let data = |n: usize| format!("INSERT DATA {{ {} }}", list(n));
    assert_eq!(server.update(&data(15)).status(), 204);
    problem(server.update(&data(40)), 400, "refused");
    let server = Server::start(|config| config.limits.nesting = 1000);
    assert_eq!(server.query(&nested(300), "").status(), 200);
    // deeper than the stack holds is the end of a worker, not of the server
    assert!(server.query(&nested(900), "").status().as_u16() >= 200);
    assert_eq!(server.query("ASK {}", "").status(), 200);
}

#[test]
fn a_build_goes_on_after_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let docs = folder.path().join("docs");
    std::fs::create_dir(&docs).unwrap();
    let article =
        "= Chile–Peru relations =\n\nChile and Peru established diplomatic relations in 1823.\n";
    std::fs::write(docs.join("a.txt"), article).unwrap();
    let store = folder.path().join("store");
    let build = || {
        let built = chancery(folder.path(), &["build", "docs", "--store", "store"]);
        assert!(
            built.status.success(),
            "{}",
            String::from_utf8_lossy(&built.stderr)
        );
    };
    build();
    let mut config = config(&store);
    config.write = Some(Secret::new(TOKEN));
    let start = || Server {
        running: spawn(config.clone()).unwrap(),
        client: client(),
        folder: tempfile::tempdir().unwrap(),
    };
    let relation = "?r a <https://w3id.org/chancery/ontology#RelationEvent>";
    let server = start();
    assert!(server.holds(relation));
    assert_eq!(
        server.send("PUT", GRAPH, TURTLE, "<s> <p> 1 .").status(),
        201
    );
    for change in [
        "INSERT DATA { <http://mine> <http://p> 1 }".to_owned(),
        format!("DELETE WHERE {{ {relation} }}"),
        "CLEAR GRAPH <https://w3id.org/chancery/id/document/a.txt>".to_owned(),
    ] {
        assert_eq!(server.update(&change).status(), 204, "{change}");
    }
    let refused = chancery(folder.path(), &["build", "docs", "--store", "store"]);
    assert_eq!(
        refused.status.code(),
        Some(3),
        "a build while it is written"
    );
    server.running.stop().unwrap();
    build();
    let server = start();
    // what documents tell is there again, a graph of one's own stays, and what was put into the world goes
    assert!(server.holds(relation));
    assert!(server.holds("GRAPH <https://w3id.org/chancery/id/document/a.txt> { ?d a <https://w3id.org/chancery/ontology#Document> }"));
    assert!(server.holds("GRAPH <http://g.example/one> { <http://g.example/s> ?p 1 }"));
    assert!(!server.holds("<http://mine> ?p ?o"));
    server.running.stop().unwrap();
    // and it is what a build from nothing gives
    let export = |store: &str| {
        let out = chancery(
            folder.path(),
            &["export", "--format", "ttl", "--store", store],
        );
        assert!(out.status.success());
        out.stdout
    };
    let fresh = chancery(folder.path(), &["build", "docs", "--store", "fresh"]);
    assert!(fresh.status.success());
    assert_eq!(export("store"), export("fresh"));
    build();
    assert_eq!(export("store"), export("fresh"));
}

#[test]
fn what_was_acknowledged_is_there_after_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = config(folder.path());
    config.write = Some(Secret::new(TOKEN));
    let start = || Server {
        running: spawn(config.clone()).unwrap(),
        client: client(),
        folder: tempfile::tempdir().unwrap(),
    };
    let server = start();
    assert_eq!(
        server
            .update("INSERT DATA { <http://a> <http://b> 1 }")
            .status(),
        204
    );
    assert_eq!(
        server.send("PUT", GRAPH, TURTLE, "<s> <p> 1 .").status(),
        201
    );
    let locked = Folder::new(folder.path()).build().err().unwrap();
    assert!(locked.to_string().contains("writable server"), "{locked}");
    let second = spawn(config.clone()).err().unwrap();
    assert!(second.to_string().contains("writable server"), "{second}");
    server.running.stop().unwrap();
    let server = start();
    assert!(server.holds("<http://a> <http://b> 1"));
    assert_eq!(server.get(GRAPH, "").status(), 200);
    server.running.stop().unwrap();
    let mut open = config.clone();
    open.address = SocketAddr::from(([0, 0, 0, 0], 0));
    let exposed = spawn(open).err().unwrap();
    assert!(
        exposed.to_string().contains("--writable-from-anywhere"),
        "{exposed}"
    );
}

#[test]
fn a_server_that_only_reads_takes_no_graphs() {
    let server = Server::start(|_| {});
    problem(server.send("PUT", GRAPH, TURTLE, ""), 403, "read-only");
    problem(server.send("POST", "/store", TURTLE, ""), 403, "read-only");
    problem(
        server.ask("DELETE", GRAPH).send().unwrap(),
        403,
        "read-only",
    );
    let read = server.get(
        "/store?graph=http%3A%2F%2Fexample.org%2Fid%2Fdocument%2Fone",
        "",
    );
    assert!(read.text().unwrap().contains("only in the document"));
}
