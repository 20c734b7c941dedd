//! What the store holds for crawlers, tags of what the program itself holds, and a server in front of another one.

use super::*;

const VOID: &str = "/.well-known/void";

#[test]
fn the_store_is_described() {
    let server = Server::start(|_| {});
    let response = server.get(VOID, "");
    assert_eq!(
        header(&response, "content-type"),
        "text/turtle; charset=utf-8"
    );
    let tag = header(&response, "etag").to_owned();
    let text = response.text().unwrap();
    let endpoint = format!("void:sparqlEndpoint <{}>", server.url("/sparql"));
    for part in [
        "<http://example.org/id/dataset> a void:Dataset , dcat:Dataset",
        &endpoint,
        "void:triples \"206\"^^xsd:integer",
        "void:uriSpace \"http://example.org/id/\"",
        "dcat:version",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let triples = |response: Response| {
        assert_eq!(response.status(), 200);
        let format = RdfFormat::from_media_type(header(&response, "content-type")).unwrap();
        let body = response.bytes().unwrap();
        let read = RdfParser::from_format(format).for_slice(&body);
        read.collect::<Result<Vec<_>, _>>().unwrap().len()
    };
    let all = triples(server.get(VOID, "application/n-triples"));
    assert!(all > 20, "{all}");
    assert_eq!(triples(server.get(VOID, "application/rdf+xml")), all);
    assert_eq!(
        triples(server.get(&format!("{VOID}?format=jsonld"), "")),
        all
    );
    problem(server.get(VOID, "image/png"), 406, "not-acceptable");
    let again = server
        .client
        .get(server.url(VOID))
        .header("if-none-match", &tag);
    assert_eq!(again.send().unwrap().status(), 304);
    // the data set's own IRI, and the way to its description from everything in it
    let entity = server.get("/id/dataset", "");
    assert_eq!(entity.status(), 303);
    assert_eq!(header(&entity, "location"), VOID);
    for path in ["/", "/page/state/a", "/data/state/a.ttl"] {
        let response = server.get(path, "");
        let links: Vec<&str> = response
            .headers()
            .get_all("link")
            .iter()
            .map(|link| link.to_str().unwrap())
            .collect();
        assert!(
            links
                .join(", ")
                .contains("</.well-known/void>; rel=\"describedby\""),
            "{path}: {links:?}"
        );
    }
    // another generation, another description
    let mut more = quads();
    more.push(Quad::new(
        iri(format!("{BASE}state/c")),
        iri(TYPE),
        iri(format!("{DIP}State")),
        GraphName::DefaultGraph,
    ));
    build(server.folder.path(), "cccc", more);
    let start = Instant::now();
    while !server
        .get(VOID, "")
        .text()
        .unwrap()
        .contains("void:triples \"207\"")
    {
        assert!(start.elapsed() < Duration::from_secs(20));
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn what_the_program_holds_is_not_sent_twice() {
    let server = Server::start(|_| {});
    for path in ["/", "/ontology", "/ontology?format=nt", "/openapi.json"] {
        let first = server.get(path, "");
        let tag = header(&first, "etag").to_owned();
        assert!(tag.len() > 10, "{path}");
        let body = first.text().unwrap();
        let head = server.client.head(server.url(path)).send().unwrap();
        assert_eq!(header(&head, "etag"), tag, "{path}");
        assert_eq!(
            header(&head, "content-length"),
            body.len().to_string(),
            "{path}"
        );
        let again = server
            .client
            .get(server.url(path))
            .header("if-none-match", &tag)
            .send()
            .unwrap();
        assert_eq!(
            (again.status().as_u16(), header(&again, "etag")),
            (304, tag.as_str()),
            "{path}"
        );
        assert_eq!(again.text().unwrap(), "");
    }
    for path in ["/health", "/metrics", "/nowhere"] {
        assert_eq!(header(&server.get(path, ""), "etag"), "", "{path}");
    }
}

#[test]
fn a_server_stands_in_front_of_another_one() {
    let behind = Server::start(|config| config.limits.rows = Some(1000));
    let front = Server::start(|config| {
        config.store = behind.url("/sparql");
        config.base = Some(BASE.to_owned());
        config.limits.rows = Some(150);
    });
    let states = front.query(STATES, "text/csv");
    assert_eq!(header(&states, "etag"), "", "nobody says when it changes");
    assert_eq!(states.text().unwrap().lines().count(), 3);
    assert_eq!(
        front.query("ASK { ?s ?p 7 }", "").json::<Value>().unwrap()["boolean"],
        true
    );
    let graph = front.query("CONSTRUCT WHERE { ?s a ?o }", "application/n-triples");
    assert_eq!(graph.text().unwrap().lines().count(), 3);
    assert!(
        front
            .get("/data/state/a.ttl", "")
            .text()
            .unwrap()
            .contains("État A")
    );
    assert!(
        front
            .get("/data/claim/1.nt", "")
            .text()
            .unwrap()
            .contains("only in the document")
    );
    let page = front.get("/page/state/a", "text/html");
    assert_eq!(page.status(), 200);
    assert!(page.text().unwrap().contains("État A"));
    assert_eq!(front.get("/", "text/html").status(), 200);
    let described = front.get(VOID, "");
    let tag = header(&described, "etag").to_owned();
    let text = described.text().unwrap();
    assert!(text.contains("void:triples \"206\""), "{text}");
    assert!(
        text.contains(&format!("void:sparqlEndpoint <{}>", front.url("/sparql"))),
        "{text}"
    );
    assert!(!tag.is_empty());
    // the limits of the one in front hold, and its messages tell the place
    problem(
        front.query("SELECT * { ?s ?p ?o }", ""),
        422,
        "answer-too-large",
    );
    problem(front.query("SELECT * { ?s ?p }", ""), 400, "syntax");
    problem(
        front.query(&format!("ASK {{ {}", "(".repeat(200)), ""),
        400,
        "refused",
    );
    problem(
        front.query(
            "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
            "",
        ),
        403,
        "forbidden",
    );
    problem(
        front.client.post(front.url("/update")).send().unwrap(),
        403,
        "read-only",
    );
    behind.running.stop().unwrap();
    let gone = front.query(STATES, "");
    problem(gone, 500, "store");
    assert_eq!(front.get("/health", "").status(), 200);
}
