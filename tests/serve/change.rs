//! A build into a store that is being served; answers that did not change.

use super::*;

#[test]
fn a_store_on_disk_is_served_and_a_missing_one_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), "0123456789abcdef", quads());
    let mut config = config(folder.path());
    let running = spawn(config.clone()).unwrap();
    let url = format!("http://{}/data/state/a.nt", running.address());
    assert_eq!(
        client()
            .get(url)
            .send()
            .unwrap()
            .text()
            .unwrap()
            .lines()
            .count(),
        3
    );
    // the port is taken
    let mut second = config.clone();
    second.address = running.address();
    let error = spawn(second).err().unwrap().to_string();
    assert!(error.contains("another address"), "{error}");
    running.stop().unwrap();
    config.store = folder.path().join("none").to_str().unwrap().to_owned();
    assert!(
        spawn(config)
            .err()
            .unwrap()
            .to_string()
            .contains("no store here")
    );
}

/// A state that only the second build knows.
fn newer() -> Quad {
    Quad::new(
        iri(format!("{BASE}state/new")),
        iri(TYPE),
        iri(format!("{DIP}State")),
        GraphName::DefaultGraph,
    )
}

fn generations(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .filter(|entry| {
            entry
                .as_ref()
                .unwrap()
                .file_name()
                .to_string_lossy()
                .starts_with("gen-")
        })
        .count()
}

#[test]
fn a_build_is_picked_up_while_nothing_fails() {
    let server = Server::start(|_| {});
    let found = || {
        let response = server.query(STATES, "text/csv");
        assert_eq!(response.status(), 200);
        let tag = header(&response, "etag").to_owned();
        (response.text().unwrap().lines().count() - 1, tag)
    };
    let before = found();
    assert_eq!(before.0, 2);
    for (content, add) in [("aaaa", true), ("bbbb", false)] {
        let mut all = quads();
        if add {
            all.push(newer());
        }
        build(server.folder.path(), content, all);
        let start = Instant::now();
        let wanted = if add { 3 } else { 2 };
        let mut last = 0;
        while last != wanted {
            assert!(
                start.elapsed() < Duration::from_secs(20),
                "{content}: {last}"
            );
            last = found().0;
        }
        let ready: Value = server.get("/ready", "").json().unwrap();
        assert_eq!(ready["generation"], format!("gen-{content}"));
    }
    assert_ne!(found().1, before.1, "another generation, another tag");
    let start = Instant::now();
    while generations(server.folder.path()) > 1 {
        assert!(
            start.elapsed() < Duration::from_secs(30),
            "an old generation stays"
        );
        thread::sleep(Duration::from_millis(100));
        assert_eq!(found().0, 2);
    }
}

#[test]
fn a_generation_that_is_read_is_not_removed() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), "aaaa", quads());
    let reader = chancery::store::Store::open_read_only(folder.path().to_str().unwrap()).unwrap();
    build(folder.path(), "bbbb", quads());
    build(folder.path(), "cccc", quads());
    assert!(folder.path().join("gen-aaaa").exists());
    drop(reader);
    Folder::new(folder.path()).tidy().unwrap();
    assert_eq!(generations(folder.path()), 1);
}

#[test]
fn what_did_not_change_is_not_sent_again() {
    let server = Server::start(|_| {});
    let first = server.query(STATES, "text/csv");
    let tag = header(&first, "etag").to_owned();
    assert!(tag.starts_with('"') && tag.len() > 10, "{tag}");
    let again = |tag: &str| {
        let request = server.client.get(server.url("/sparql"));
        let request = request
            .query(&[("query", STATES)])
            .header("accept", "text/csv");
        request.header("if-none-match", tag).send().unwrap()
    };
    let same = again(&format!("\"other\", W/{tag}"));
    assert_eq!(same.status(), 304);
    assert_eq!(header(&same, "etag"), tag);
    assert_eq!(header(&same, "vary"), "Accept, Accept-Encoding");
    assert_eq!(same.text().unwrap(), "");
    assert_eq!(again("\"other\"").status(), 200);
    let other = server.query(STATES, "application/sparql-results+json");
    assert_ne!(header(&other, "etag"), tag, "another form, another tag");
    let entity = server.get("/data/state/a.ttl", "");
    let request = server.client.get(server.url("/data/state/a.ttl"));
    let request = request.header("if-none-match", header(&entity, "etag"));
    assert_eq!(request.send().unwrap().status(), 304);
    let now = server.query("SELECT (NOW() AS ?now) {}", "");
    assert_eq!(header(&now, "etag"), "", "not the same each time");
    assert_eq!(header(&now, "cache-control"), "no-store");
    server.query(STATES, "text/csv");
    let metrics = server.get("/metrics", "").text().unwrap();
    let hits: u32 = metrics
        .lines()
        .find_map(|line| line.strip_prefix("chancery_cache_hits_total "))
        .unwrap()
        .parse()
        .unwrap();
    assert!(hits >= 2, "{metrics}");
}

#[test]
fn answers_are_compressed_for_those_who_read_it() {
    let server = Server::start(|_| {});
    let plain = server.query("SELECT * { ?s ?p ?o }", "text/csv");
    assert_eq!(header(&plain, "content-encoding"), "");
    let text = plain.text().unwrap();
    for (accept, coding) in [
        ("gzip", "gzip"),
        ("gzip, br", "br"),
        ("br;q=0.1, gzip", "gzip"),
        ("identity", ""),
    ] {
        let request = server.client.get(server.url("/sparql"));
        let request = request.query(&[("query", "SELECT * { ?s ?p ?o }")]);
        let request = request
            .header("accept", "text/csv")
            .header("accept-encoding", accept);
        let response = request.send().unwrap();
        assert_eq!(header(&response, "content-encoding"), coding, "{accept}");
        assert_eq!(header(&response, "vary"), "Accept, Accept-Encoding");
        let bytes = response.bytes().unwrap();
        if coding == "gzip" {
            let mut read = String::new();
            flate2::read::GzDecoder::new(&bytes[..])
                .read_to_string(&mut read)
                .unwrap();
            assert_eq!(read, text);
        }
        assert!(
            coding.is_empty() || bytes.len() * 3 < text.len(),
            "{accept}: {}",
            bytes.len()
        );
    }
    let short = server
        .client
        .get(server.url("/sparql"))
        .query(&[("query", "ASK {}")]);
    let short = short.header("accept-encoding", "gzip").send().unwrap();
    assert_eq!(header(&short, "content-encoding"), "", "short ones are not");
}
