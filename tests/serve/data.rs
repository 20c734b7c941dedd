//! Linked data: entities, the ontology, pages for people.

use super::*;

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
