use super::*;
use std::io::Write;
use std::thread::JoinHandle;

#[test]
fn only_public_addresses_are() {
    for other in [
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:8.8.8.8",
        "::8.8.8.8",
        "64:ff9b::7f00:1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "2002:7f00:1::",
        "2001::1",
        "2001:db8::1",
    ] {
        assert!(!is_public(other.parse().unwrap()), "{other}");
    }
    for public in [
        "8.8.8.8",
        "91.198.174.192",
        "172.32.0.1",
        "100.128.0.1",
        "2620:0:862:ed1a::1",
        "2a02:ec80:300:ed1a::1",
    ] {
        assert!(is_public(public.parse().unwrap()), "{public}");
    }
}

#[test]
fn a_listed_name_is_not_enough() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let outside = Outside::new(vec![
        format!("localhost:{port}"),
        format!("127.0.0.1:{port}"),
        format!("[::ffff:127.0.0.1]:{port}"),
        "example.org".to_owned(),
    ]);
    for url in [
        format!("http://localhost:{port}/"),
        format!("http://127.0.0.1:{port}/"),
        format!("http://0x7f.1:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://example.org:{port}/"),
        "http://example.org@localhost/".to_owned(),
        "http://a:b@example.org/".to_owned(),
        "http://other.example/".to_owned(),
        "ftp://example.org/".to_owned(),
        "file:///etc/passwd".to_owned(),
    ] {
        let fetched = outside.fetch(&url, "*/*", None);
        assert!(matches!(fetched, Err(QueryError::Outside(_))), "{url}");
    }
    assert!(listener.accept().is_err(), "something connected");
}

#[test]
fn public_addresses_of_listed_hosts_are_given() {
    let outside = Outside::new(vec!["8.8.8.8".to_owned(), "1.1.1.1:8443".to_owned()]);
    let address = |url: &str| outside.address(&Url::parse(url).unwrap());
    let public = |text: &str| vec![text.parse::<SocketAddr>().unwrap()];
    assert_eq!(
        address("https://8.8.8.8/sparql").unwrap(),
        public("8.8.8.8:443")
    );
    assert_eq!(
        address("http://1.1.1.1:8443/").unwrap(),
        public("1.1.1.1:8443")
    );
    for other in [
        "https://8.8.8.8:8443/",
        "https://1.1.1.1/",
        "https://9.9.9.9/",
        "ftp://8.8.8.8/",
        "https://user@8.8.8.8/",
    ] {
        assert!(address(other).is_err(), "{other}");
    }
    let none = Outside::default().address(&Url::parse("https://8.8.8.8/").unwrap());
    assert!(none.unwrap_err().to_string().contains("--reach HOST"));
}

/// Asks as [`Outside`] does, of a server on this machine: that its address is not public is what the tests above hold.
#[derive(Clone)]
struct Here(SocketAddr);

impl DefaultServiceHandler for Here {
    type Error = QueryEvaluationError;

    fn handle(
        &self,
        service_name: &NamedNode,
        pattern: &GraphPattern,
        base_iri: Option<&oxiri::Iri<String>>,
    ) -> Result<QuerySolutionIter<'static>, Self::Error> {
        let url = Url::parse(service_name.as_str()).unwrap();
        let query = asked_for(pattern, base_iri);
        let got = exchange(&url, &[self.0], RESULTS, Some(&query));
        match got.map_err(|error| QueryEvaluationError::Service(error.into()))? {
            Exchange::Done(got) => solutions(got),
            Exchange::Elsewhere(to) => Err(QueryEvaluationError::Service(to.into())),
        }
    }
}

/// A server that gives this answer once; what it was asked.
fn answering(head: &'static str, body: &'static str) -> (SocketAddr, JoinHandle<String>) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let asked = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut asked = Vec::new();
        let mut piece = [0; 4096];
        // the head, and as many bytes of a body as it tells
        loop {
            let read = stream.read(&mut piece).unwrap();
            asked.extend_from_slice(&piece[..read]);
            let text = String::from_utf8_lossy(&asked).into_owned();
            let length = text.split("content-length: ").nth(1);
            let length = length.and_then(|rest| rest.lines().next()?.parse().ok());
            let body = text.split_once("\r\n\r\n").map(|(_, body)| body.len());
            if body.is_some_and(|got| got >= length.unwrap_or(0)) {
                break;
            }
        }
        let answer = format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        stream.write_all(answer.as_bytes()).unwrap();
        String::from_utf8_lossy(&asked).into_owned()
    });
    (address, asked)
}

fn ask(address: SocketAddr) -> Result<Vec<String>, String> {
    let node = |text: &str| NamedNode::new_unchecked(text);
    let same = node("http://www.w3.org/2002/07/owl#sameAs");
    let store = oxigraph::store::Store::new().unwrap();
    for (entity, item) in [("one", "Q900001"), ("two", "Q900002")] {
        let entity = node(&format!("http://example.org/id/{entity}"));
        let item = node(&format!("http://items.example/{item}"));
        let quad = oxigraph::model::Quad::new(
            entity,
            same.clone(),
            item,
            oxigraph::model::GraphName::DefaultGraph,
        );
        store.insert(&quad).unwrap();
    }
    let query = "SELECT ?entity ?opened { SERVICE <http://service.example/sparql> { ?item <http://items.example/opened> ?opened }
        ?entity <http://www.w3.org/2002/07/owl#sameAs> ?item } ORDER BY ?entity";
    let found = oxigraph::sparql::SparqlEvaluator::new()
        .with_default_service_handler(Here(address))
        .parse_query(query)
        .unwrap()
        .on_store(&store)
        .execute()
        .map_err(|error| error.to_string())?;
    let oxigraph::sparql::QueryResults::Solutions(rows) = found else {
        return Err("no rows".to_owned());
    };
    rows.map(|row| {
        let row = row.map_err(|error| error.to_string())?;
        Ok(format!("{} {}", row["entity"], row["opened"]))
    })
    .collect()
}

#[test]
fn what_a_service_answers_is_joined_with_the_store() {
    let (address, asked) = answering(
        "HTTP/1.1 200 OK\r\ncontent-type: application/sparql-results+json; charset=utf-8",
        r#"{"head":{"vars":["item","opened"]},"results":{"bindings":[
            {"item":{"type":"uri","value":"http://items.example/Q900002"},"opened":{"type":"literal","value":"1951"}},
            {"item":{"type":"uri","value":"http://items.example/Q900009"},"opened":{"type":"literal","value":"1952"}}]}}"#,
    );
    let rows = ask(address).unwrap();
    assert_eq!(rows, ["<http://example.org/id/two> \"1951\""]);
    let asked = asked.join().unwrap();
    assert!(asked.starts_with("POST /sparql HTTP/1.1\r\n"), "{asked}");
    for wanted in [
        "host: service.example\r\n",
        "content-type: application/sparql-query\r\n",
        "accept: application/sparql-results+json",
        "http://items.example/opened",
    ] {
        assert!(asked.contains(wanted), "{wanted}: {asked}");
    }
}

#[test]
fn what_a_service_does_not_answer_is_an_error() {
    for (head, body) in [
        ("HTTP/1.1 503 Busy\r\ncontent-type: text/plain", "later"),
        (
            "HTTP/1.1 200 OK\r\ncontent-type: text/html",
            "<p>no rows</p>",
        ),
        (
            "HTTP/1.1 200 OK\r\ncontent-type: application/sparql-results+json",
            "{\"head\"",
        ),
        (
            "HTTP/1.1 200 OK\r\ncontent-type: application/sparql-results+json",
            "{\"head\":{},\"boolean\":true}",
        ),
        ("HTTP/1.1 302 Found\r\nlocation: http://10.0.0.1/", ""),
    ] {
        let (address, asked) = answering(head, body);
        assert!(ask(address).is_err(), "{head}");
        asked.join().unwrap();
    }
}
