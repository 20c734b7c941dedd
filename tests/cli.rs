//! The command as a user runs it: documents in, answers out, exit status, streams.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod support;

use std::path::Path;
use std::process::Command;
use support::chancery;

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const ARTICLE: &str = "= France–Peru relations =\n\nFrance–Peru relations are the bilateral relations between France and Peru.\n\n==History==\n\nIn 1964, President Anselmo Brant paid a visit to Peru.\n";

fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("docs")).unwrap();
    std::fs::write(dir.path().join("docs/a.txt"), ARTICLE).unwrap();
    std::fs::write(
        dir.path().join("docs/b.txt"),
        ARTICLE.replace("1964", "1965"),
    )
    .unwrap();
    dir
}

#[test]
fn building_twice_changes_nothing_and_a_changed_document_is_replaced() {
    let dir = folder();
    let first = chancery(dir.path(), &["build", "docs", "--store", "s"]);
    assert!(first.status.success(), "{}", text(&first.stderr));
    assert!(first.stdout.is_empty());
    let current = std::fs::read_to_string(dir.path().join("s/current")).unwrap();
    let again = chancery(dir.path(), &["build", "docs", "--store", "s", "--json"]);
    assert!(text(&again.stdout).contains("\"unchanged\":true"));
    assert_eq!(
        current,
        std::fs::read_to_string(dir.path().join("s/current")).unwrap()
    );
    let before = chancery(dir.path(), &["export", "--store", "s", "--format", "nq"]);
    std::fs::write(
        dir.path().join("docs/b.txt"),
        ARTICLE.replace("France", "Spain"),
    )
    .unwrap();
    let changed = chancery(dir.path(), &["build", "docs", "--store", "s", "--json"]);
    assert!(
        text(&changed.stdout).contains("\"reused\":1"),
        "{}",
        text(&changed.stdout)
    );
    let after = chancery(dir.path(), &["export", "--store", "s", "--format", "nq"]);
    assert_ne!(before.stdout, after.stdout);
    std::fs::write(
        dir.path().join("docs/b.txt"),
        ARTICLE.replace("1964", "1965"),
    )
    .unwrap();
    chancery(dir.path(), &["build", "docs", "--store", "s"]);
    let back = chancery(dir.path(), &["export", "--store", "s", "--format", "nq"]);
    assert_eq!(before.stdout, back.stdout);
}

#[test]
fn the_order_of_sources_does_not_matter() {
    let dir = folder();
    for (store, sources) in [
        ("s1", ["docs/a.txt", "docs/b.txt"]),
        ("s2", ["docs/b.txt", "docs/a.txt"]),
    ] {
        let built = chancery(
            dir.path(),
            &["build", sources[0], sources[1], "--store", store],
        );
        assert!(built.status.success());
    }
    for format in ["ttl", "nq", "trig", "nt", "jsonld", "rdf", "canonical"] {
        let [one, two] = ["s1", "s2"]
            .map(|s| chancery(dir.path(), &["export", "--store", s, "--format", format]));
        assert!(one.status.success(), "{}", text(&one.stderr));
        assert_eq!(one.stdout, two.stdout, "{format}");
    }
}

#[test]
fn bad_files_are_named_and_the_rest_goes_on() {
    let dir = folder();
    std::fs::write(dir.path().join("docs/bad.txt"), b"caf\xe9 in Lima").unwrap();
    std::fs::write(dir.path().join("docs/empty.txt"), "").unwrap();
    std::fs::write(dir.path().join("docs/paper.pdf"), "%PDF-1.7\n").unwrap();
    let built = chancery(
        dir.path(),
        &["build", "docs", "missing.txt", "--store", "s"],
    );
    assert_eq!(built.status.code(), Some(1));
    let said = text(&built.stderr);
    for wanted in [
        "bad.txt",
        "document.not-utf-8",
        "empty.txt",
        "document.empty",
        "paper.pdf:1:1",
        "document.unknown-form",
        "missing.txt",
        "2 documents",
    ] {
        assert!(said.contains(wanted), "{wanted} in {said}");
    }
    assert!(
        chancery(dir.path(), &["info", "--store", "s"])
            .status
            .success()
    );
    let nothing = chancery(dir.path(), &["build", "missing.txt", "--store", "s2"]);
    assert_eq!(nothing.status.code(), Some(1));
    assert!(!dir.path().join("s2/current").exists());
}

#[test]
fn documents_of_earlier_builds_stay_unless_pruned() {
    let dir = folder();
    let count = |store: &str| {
        let info = chancery(dir.path(), &["info", "--json", "--store", store]);
        let record: serde_json::Value = serde_json::from_slice(&info.stdout).unwrap();
        record["documents"].as_array().unwrap().len()
    };
    chancery(dir.path(), &["build", "docs", "--store", "s"]);
    chancery(dir.path(), &["build", "docs/a.txt", "--store", "s"]);
    assert_eq!(count("s"), 2);
    let pruned = chancery(
        dir.path(),
        &["build", "docs/a.txt", "--store", "s", "--prune"],
    );
    assert!(
        text(&pruned.stderr).contains("withdrawn: b.txt"),
        "{}",
        text(&pruned.stderr)
    );
    assert_eq!(count("s"), 1);
}

#[test]
fn errors_of_a_query_carry_their_place_and_status() {
    let dir = folder();
    chancery(dir.path(), &["build", "docs", "--store", "s"]);
    let status = |arguments: &[&str]| {
        let output = chancery(dir.path(), arguments);
        assert!(output.stdout.is_empty(), "{arguments:?}");
        (output.status.code(), text(&output.stderr))
    };
    let (code, said) = status(&["query", "SELECT * {\n ?s ?p }", "--store", "s"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("line 2, column"), "{said}");
    assert_eq!(status(&["query", "ASK {}", "--store", "none"]).0, Some(3));
    assert_eq!(
        status(&["query", "no-such-question", "--store", "s"]).0,
        Some(2)
    );
    assert_eq!(
        status(&["query", "ASK {}", "--format", "x", "--store", "s"]).0,
        Some(2)
    );
    assert_eq!(
        status(&["query", "ASK {}", "--format", "ttl", "--store", "s"]).0,
        Some(2)
    );
    assert_eq!(status(&["nonsense"]).0, Some(2));
    let (code, said) = status(&["query", "ASK {}", "--store", "http://127.0.0.1:9/sparql"]);
    assert_eq!(code, Some(3), "{said}");
}

#[test]
fn answers_come_in_every_format() {
    let dir = folder();
    chancery(dir.path(), &["build", "docs", "--store", "s"]);
    let ask = |format: &str, query: &str| {
        let output = chancery(
            dir.path(),
            &["query", query, "--format", format, "--store", "s"],
        );
        assert!(
            output.status.success(),
            "{format}: {}",
            text(&output.stderr)
        );
        text(&output.stdout)
    };
    let select =
        "SELECT ?title { GRAPH ?g { ?d a dip:Document ; dct:title ?title } FILTER($x = 'Peru') }";
    let with = |format: &str| {
        let output = chancery(
            dir.path(),
            &[
                "query", select, "--format", format, "--store", "s", "--param", "x=Peru",
            ],
        );
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    assert_eq!(with("csv").lines().count(), 3);
    assert!(with("json").starts_with("{\"head\""));
    assert!(with("xml").starts_with("<?xml"));
    assert!(with("tsv").starts_with("?title"));
    assert!(with("table").contains("─────"));
    assert_eq!(ask("table", "ASK {}"), "yes\n");
    let construct = "CONSTRUCT { ?d a dip:Document } WHERE { GRAPH ?g { ?d a dip:Document } }";
    for format in ["ttl", "nt", "jsonld", "rdf", "nq", "trig"] {
        assert!(ask(format, construct).contains("a.txt"), "{format}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let dir = folder();
    chancery(dir.path(), &["build", "docs", "--store", "s"]);
    let run = |command: &str| {
        Command::new("bash")
            .args(["-o", "pipefail", "-c", command])
            .env("CHANCERY", env!("CARGO_BIN_EXE_chancery"))
            .current_dir(dir.path())
            .output()
            .unwrap()
    };
    let many = "$CHANCERY query 'SELECT * { VALUES ?a {1 2 3 4 5 6 7 8 9} VALUES ?b {1 2 3 4 5 6 7 8 9} VALUES ?c {1 2 3 4 5 6 7 8 9} VALUES ?d {1 2 3 4 5 6 7 8 9} VALUES ?e {1 2 3 4 5 6 7 8 9} }' --store s | head -1";
    let output = run(many);
    assert!(output.status.success());
    assert_eq!(text(&output.stderr), "");
}

/// A store of the small graph that the queries are tested on.
fn fixture() -> tempfile::TempDir {
    use chancery::store::{Folder, Manifest};
    use oxigraph::io::{RdfFormat, RdfParser};
    let dir = tempfile::tempdir().unwrap();
    let quads = RdfParser::from_format(RdfFormat::TriG)
        .for_slice(include_str!("data/graph.trig"))
        .collect::<Result<Vec<_>, _>>()
        .unwrap();
    let manifest = Manifest {
        content: "f1".to_owned(),
        base: "https://w3id.org/chancery/id/".to_owned(),
        ..Manifest::default()
    };
    let builder = Folder::new(&dir.path().join("s")).build().unwrap();
    let mut generation = builder.start("f1", true).unwrap();
    for quad in quads {
        generation.put(quad).unwrap();
    }
    builder.finish(generation, &manifest).unwrap();
    dir
}

#[test]
fn disagreements_show_each_side_with_its_sentence() {
    let dir = fixture();
    let shown = chancery(dir.path(), &["conflicts", "--store", "s"]);
    let said = text(&shown.stdout);
    assert!(shown.status.success(), "{}", text(&shown.stderr));
    for wanted in [
        "contradiction: date",
        "• date 1943-01\n      “Peru broke off relations with Vichy in January 1943.” (one.txt)",
        "• date 1944\n      “En 1944, le Pérou rompt avec Vichy.” (two.txt)",
    ] {
        assert!(said.contains(wanted), "{wanted} in {said}");
    }
    let json = chancery(dir.path(), &["conflicts", "--json", "--store", "s"]);
    let record: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(record[0]["sides"].as_array().unwrap().len(), 2);
}

#[test]
fn a_fact_is_explained_by_its_claims() {
    let dir = fixture();
    let explain = |iri: &str| {
        let output = chancery(dir.path(), &["explain", iri, "--store", "s"]);
        (output.status.code(), text(&output.stdout))
    };
    let (code, said) = explain("visit/v1");
    assert_eq!(code, Some(0));
    for wanted in [
        "Visit of Anselmo Brant to France",
        "start: 1960-02  [1]",
        "[1] one.txt: visit, asserted, affirmed; rule en.visit, confidence 0.9",
        "statement: “In February 1960, President Brant came to Paris.” (characters 10 to 57)",
    ] {
        assert!(said.contains(wanted), "{wanted} in {said}");
    }
    assert!(explain("person/anselmo-brant").1.contains("one.txt: visit"));
    assert!(explain("id:conflict/c1").1.contains("two.txt: relations"));
    let claim = explain("<https://w3id.org/chancery/id/claim/p1>").1;
    assert!(
        claim.contains("hypothetical") && claim.contains("said by question"),
        "{claim}"
    );
    assert!(explain("claim/g1").1.contains("flag: unresolved-date"));
    assert_eq!(explain("visit/none").0, Some(2));
}

/// Builds a store of documents given by name and text.
fn built(documents: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("docs")).unwrap();
    for (name, words) in documents {
        std::fs::write(dir.path().join("docs").join(name), words).unwrap();
    }
    let done = chancery(dir.path(), &["build", "docs", "--store", "s"]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    dir
}

#[test]
fn carets_point_at_the_words_behind_each_slot() {
    let page = "<html lang=\"fr\"><body><main><h1>Relations entre le Chili et le P&eacute;rou</h1>\n<h2>Visites officielles</h2><p>Visites du Chili au Pérou<ul><li>Président <b>Elías Montoya</b> (1964)</ul></main></body></html>";
    let dir = built(&[("page.html", page), ("two.txt", ARTICLE)]);
    let explain = |iri: &str, json: bool| {
        let mut arguments = vec!["explain", iri, "--store", "s"];
        arguments.extend(json.then_some("--json"));
        let output = chancery(dir.path(), &arguments);
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let said = explain("visit/chile-peru-1964-elias-montoya", false);
    // The heading gives the states; the rule says what it finds.
    for wanted in [
        "    rule: ",
        "      Président Elías Montoya (1964)\n      ^^^^^^^^^ ^^^^^^^^^^^^^  ^^^^\n      role      visitor        start\n",
        "      Visites du Chili au Pérou\n                 ^^^^^    ^^^^^\n                 from     to\n",
    ] {
        assert!(said.contains(wanted), "{wanted} in {said}");
    }
    let record: serde_json::Value =
        serde_json::from_str(&explain("visit/chile-peru-1964-elias-montoya", true)).unwrap();
    let claim = &record["claims"][0];
    assert!(claim["says"].as_str().is_some_and(|says| !says.is_empty()));
    let marks = claim["marks"].as_array().unwrap();
    let has = |part: &str, words: &str| {
        marks
            .iter()
            .any(|m| m["part"] == part && m["words"] == words)
    };
    assert!(has("visitor", "Elías Montoya") && has("from", "Chili") && has("start", "1964"));
}

#[test]
fn what_each_sentence_gave_is_told_in_words_and_in_json() {
    let dir = tempfile::tempdir().unwrap();
    let words = "= Chile–Peru relations =\n\nChile and Peru established diplomatic relations in 1823. Both lie by the sea.\n\n== Visits ==\nPresidential visits from Chile to Peru\n- President Ana Soto (1964)\n- someone forgotten, 1971\n";
    std::fs::write(dir.path().join("a.txt"), words).unwrap();
    let shown = text(&chancery(dir.path(), &["coverage", "a.txt"]).stdout);
    for wanted in [
        "a.txt\n    3  Chile and Peru established diplomatic relations in 1823.\n       → relations: parties Chile, Peru; event established; date 1823 (en.relations.established)\n",
        "    3  Both lie by the sea.\n       no fact\n",
        "    8  someone forgotten, 1971\n       not understood: Presidential visits\n",
        "sentences: 2 facts, 1 no fact, 1 not understood\n",
    ] {
        assert!(shown.contains(wanted), "{wanted} in {shown}");
    }
    let records = text(&chancery(dir.path(), &["coverage", "a.txt", "--json"]).stdout);
    let records: Vec<serde_json::Value> = records
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(records.len(), 4);
    assert_eq!(records[0]["outcome"], "facts");
    assert_eq!(records[0]["facts"].as_array().unwrap().len(), 1);
    assert_eq!(records[3]["outcome"], "not understood");
    assert_eq!(records[3]["text"], "someone forgotten, 1971");
    assert_eq!(records[3]["words"][0], "Presidential visits");
}

#[test]
fn a_remote_store_answers_like_a_folder() {
    use std::io::{Read, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/sparql", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut seen = String::new();
        let mut buffer = [0; 4096];
        while !seen.contains("query=") {
            let n = stream.read(&mut buffer).unwrap();
            seen.push_str(&String::from_utf8_lossy(&buffer[..n]));
        }
        let body = r#"{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","value":"7"}}]}}"#;
        write!(
            stream,
            "HTTP/1.1 200 OK\r\ncontent-type: application/sparql-results+json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        seen
    });
    let dir = tempfile::tempdir().unwrap();
    let query = "SELECT (COUNT(*) AS ?n) { ?v a dip:Visit }";
    let output = chancery(
        dir.path(),
        &["query", query, "--format", "csv", "--store", &url],
    );
    let seen = server.join().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "n\r\n7\r\n");
    assert!(seen.contains("PREFIX+dip%3A"), "{seen}");
}

#[test]
fn a_build_that_is_killed_leaves_the_old_store_or_the_new_one() {
    let dir = folder();
    assert!(
        chancery(dir.path(), &["build", "docs", "--store", "s"])
            .status
            .success()
    );
    for wait in [5, 20, 40, 80, 160] {
        std::fs::write(
            dir.path().join("docs/b.txt"),
            format!("{ARTICLE}\nIt waited {wait}.\n"),
        )
        .unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_chancery"))
            .args(["build", "docs", "--store", "s"])
            .current_dir(dir.path())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        let info = chancery(dir.path(), &["info", "--json", "--store", "s"]);
        assert!(info.status.success(), "{}", text(&info.stderr));
        let record: serde_json::Value = serde_json::from_slice(&info.stdout).unwrap();
        assert_eq!(record["documents"].as_array().unwrap().len(), 2);
    }
    assert!(
        chancery(dir.path(), &["build", "docs", "--store", "s"])
            .status
            .success()
    );
    let generations = std::fs::read_dir(dir.path().join("s"))
        .unwrap()
        .filter(|entry| {
            entry
                .as_ref()
                .unwrap()
                .file_name()
                .to_string_lossy()
                .starts_with("gen-")
        })
        .count();
    assert!(generations <= 2);
}

#[test]
fn one_core_and_many_give_the_same_claims() {
    let claims = |cores: &str| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let output = Command::new(env!("CARGO_BIN_EXE_chancery"))
            .arg("convert")
            .args([
                "tests/passages/en",
                "tests/passages/fr",
                "tests/passages/es",
                "data/documents",
            ])
            .current_dir(root)
            .env("RAYON_NUM_THREADS", cores)
            .output()
            .unwrap();
        assert!(output.status.success() && !output.stdout.is_empty());
        output.stdout
    };
    assert!(claims("1") == claims("4"), "the claims differ");
}
