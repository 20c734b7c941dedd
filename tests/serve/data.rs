//! Linked data: entities, the ontology, pages for people.

use super::*;

#[test]
fn pages_for_people() {
    let server = Server::start(|_| {});
    let home = server.get("/", "text/html");
    assert_eq!(home.status(), 200);
    assert!(header(&home, "content-security-policy").starts_with("default-src 'none'"));
    let text = home.text().unwrap();
    assert!(text.contains("<strong>2</strong> States</a>"), "{text}");
    // none but those of this server, where they were built
    let own = "<script type=\"module\" src=\"/assets/site-";
    assert_eq!(text.matches("<script").count(), text.matches(own).count());
    let links: Vec<&str> = text
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(
        links
            .iter()
            .filter(|link| link.starts_with("/question/"))
            .count()
            > 2
    );
    let refused: Vec<String> = links
        .iter()
        .filter(|link| link.starts_with("/question/"))
        .map(|link| server.get(link, ""))
        .map(|response| {
            assert_eq!(response.status(), 303);
            server.get(header(&response, "location"), "")
        })
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

#[test]
fn forms_of_an_entity_lead_to_each_other() {
    let server = Server::start(|_| {});
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    let response = server.get("/id/state/a", browser);
    assert_eq!(response.status(), 303);
    assert_eq!(header(&response, "location"), "/page/state/a");
    for path in [
        "/id/state/a",
        "/page/state/a",
        "/data/state/a.ttl",
        "/data/state/a",
    ] {
        let response = server.get(path, "");
        let links = header(&response, "link");
        for link in [
            "</page/state/a>; rel=\"alternate\"; type=\"text/html\"",
            "</data/state/a.jsonld>; rel=\"alternate\"; type=\"application/ld+json\"",
        ] {
            assert!(links.contains(link), "{path}: {links}");
        }
    }
}

/// A visit with the sentence that tells of its host.
fn told() -> Vec<Quad> {
    let mut all = quads();
    let node = |local: &str| iri(format!("{BASE}{local}"));
    let dip = |local: &str| iri(format!("{DIP}{local}"));
    let document = GraphName::from(node("document/one"));
    let mut add =
        |s: NamedNode, p: NamedNode, o: Term, g: GraphName| all.push(Quad::new(s, p, o, g));
    let world = || GraphName::DefaultGraph;
    let value = || node("visit/1/to/a");
    add(node("visit/1"), dip("value"), value().into(), world());
    add(value(), dip("onProperty"), dip("to").into(), world());
    add(
        value(),
        iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#value"),
        node("state/a").into(),
        world(),
    );
    add(value(), dip("supportedBy"), node("claim/2").into(), world());
    add(
        node("visit/1"),
        dip("supportedBy"),
        node("claim/2").into(),
        world(),
    );
    let quote = Literal::new_simple_literal("She came to </script><b>A</b> & left.");
    add(
        node("claim/2"),
        dip("quote"),
        quote.into(),
        document.clone(),
    );
    let title = Literal::new_simple_literal("A document");
    add(
        node("document/one"),
        iri("http://purl.org/dc/terms/title"),
        title.into(),
        document.clone(),
    );
    add(
        node("document/one"),
        iri(TYPE),
        dip("Document").into(),
        document,
    );
    let name =
        |text: &str, language: &str| Literal::new_language_tagged_literal(text, language).unwrap();
    for label in [name("State <A>", "en"), name("Estado A", "es")] {
        add(node("state/a"), iri(LABEL), label.into(), world());
    }
    all
}

#[test]
fn an_entity_has_a_page_in_the_readers_language_with_its_sentences() {
    let server = Server::start(|_| {});
    build(server.folder.path(), "aaaa", told());
    let start = Instant::now();
    while !server
        .get("/ready", "")
        .text()
        .unwrap()
        .contains("gen-aaaa")
    {
        assert!(start.elapsed() < Duration::from_secs(20));
        thread::sleep(Duration::from_millis(50));
    }
    let page = |path: &str, languages: &str| {
        let request = server.client.get(server.url(path));
        request.header("accept-language", languages).send().unwrap()
    };
    let french = page("/page/visit/1", "fr-FR, en;q=0.5");
    assert_eq!(french.status(), 200);
    assert_eq!(header(&french, "content-language"), "fr");
    assert_eq!(
        header(&french, "vary"),
        "Accept, Accept-Language, Accept-Encoding"
    );
    assert!(header(&french, "content-security-policy").starts_with("default-src 'none'"));
    let tag = header(&french, "etag").to_owned();
    let text = french.text().unwrap();
    assert!(text.contains("<html lang=\"fr\">"), "{text}");
    // the property by its name, the value under its own, the sentence behind it
    assert!(text.contains("ontology#to\">Vers</dt>"), "{text}");
    assert!(
        text.contains("<a href=\"/page/state/a\">État A</a> <a class=\"ref\" href=\"#s1\">[1]</a>"),
        "{text}"
    );
    assert!(
        text.contains(
            "<blockquote>She came to &lt;/script&gt;&lt;b&gt;A&lt;/b&gt; &amp; left.</blockquote>"
        ),
        "{text}"
    );
    assert!(
        text.contains("<a href=\"/document/one#c-2\">A document</a>"),
        "{text}"
    );
    let again = server.client.get(server.url("/page/visit/1"));
    let again = again
        .header("accept-language", "fr")
        .header("if-none-match", &tag);
    assert_eq!(again.send().unwrap().status(), 304);
    // the other way round: the state shows the visit, with the sentence
    let state = page("/page/state/a", "en").text().unwrap();
    assert!(state.contains("<h1>State &lt;A&gt;</h1>"), "{state}");
    assert!(
        state.contains("<a class=\"kind\" href=\"/page/visit/1\">Visit</a>")
            && state.contains("<blockquote>She came to"),
        "{state}"
    );
    let data = state
        .split("<script type=\"application/ld+json\">")
        .nth(1)
        .and_then(|rest| rest.split("</script>").next())
        .unwrap();
    let data: Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["@type"], "Country");
    assert_eq!(data["@id"], format!("{BASE}state/a"));
    assert!(
        data["name"]
            .as_array()
            .unwrap()
            .iter()
            .any(|name| name["@value"] == "State <A>")
    );
    let document = page("/document/one", "en").text().unwrap();
    assert!(document.contains("<h1>A document</h1>"), "{document}");
    problem(server.get("/page/state/unknown", ""), 404, "not-found");
    problem(server.get("/page/%3E%7D", ""), 404, "not-found");
}
