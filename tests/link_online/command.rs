//! `chancery link --online` as a user runs it, against a server that behaves like Wikidata.

use crate::wikidata::{Wiki, maxlag};
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Output};

const ARTICLE: &str = "= Chile–Peru relations =\n\nIn 1992, Chilean President Anselmo Brant paid a state visit to Peru.\n";

fn run(dir: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(arguments)
        .current_dir(dir)
        .env_remove("CHANCERY_CONTACT")
        .env_remove("CHANCERY_STORE")
        .output()
        .unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A statement whose value is an item.
fn item(property: &str, id: &str) -> Value {
    json!([{ "mainsnak": { "snaktype": "value", "property": property, "datavalue": {
        "value": { "entity-type": "item", "id": id }, "type": "wikibase-entityid" } }, "type": "statement", "rank": "normal" }])
}

/// A person who was president of Chile, the office, and a namesake.
fn wiki() -> Wiki {
    let mut wiki = Wiki::default();
    for (id, name) in [
        (900_001, "Anselmo Brant"),
        (900_002, "President of Chile"),
        (900_003, "Anselmo Brant"),
    ] {
        wiki.insert(id, name);
    }
    let person = wiki.items.get_mut("Q900001").unwrap();
    person["claims"]["P39"] = item("P39", "Q900002");
    person["claims"]["P27"] = item("P27", "Q298");
    let office = wiki.items.get_mut("Q900002").unwrap();
    office["claims"] = json!({ "P1308": item("P1308", "Q900001"), "P1001": item("P1001", "Q298") });
    wiki.begin.insert(
        "Anselmo Brant".to_owned(),
        vec!["Q900003".to_owned(), "Q900001".to_owned()],
    );
    wiki.begin
        .insert("President of Chile".to_owned(), vec!["Q900002".to_owned()]);
    wiki
}

#[test]
fn what_tables_leave_open_is_asked_once() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    std::fs::write(dir.join("a.txt"), ARTICLE).unwrap();
    assert!(
        run(dir, &["build", "a.txt", "--store", "s"])
            .status
            .success()
    );
    let (server, troubles) = wiki().serve();
    let api = server.url("/w/api.php");
    let link = ["link", "--store", "s", "--online", "--api", &api];

    // Without a contact nothing is asked.
    let refused = run(dir, &link);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        told(&refused).contains("CHANCERY_CONTACT"),
        "{}",
        told(&refused)
    );
    assert_eq!(server.count(), 0);

    let with_contact: Vec<&str> = link
        .iter()
        .copied()
        .chain(["--contact", "ops@example.org"])
        .collect();
    let first = run(dir, &with_contact);
    assert!(first.status.success(), "{}", told(&first));
    let asked = server.count();
    assert!(
        asked > 0 && told(&first).contains("requests"),
        "{}",
        told(&first)
    );
    // States are known by the tables; nobody is asked about them.
    let names = |request: &crate::server::Request| request.get("search").to_owned();
    assert!(
        server
            .requests()
            .iter()
            .all(|request| names(request) != "Peru")
    );
    let query = "SELECT ?o WHERE { ?s a dip:Person ; owl:sameAs ?o }";
    let rows = run(dir, &["query", query, "--store", "s", "--format", "csv"]);
    let rows = String::from_utf8(rows.stdout).unwrap();
    assert!(
        rows.contains("Q900001") && rows.lines().count() == 2,
        "{rows}"
    );

    // The second time the folder answers; so it does with --offline, without a contact.
    assert!(run(dir, &with_contact).status.success());
    let offline: Vec<&str> = link.iter().copied().chain(["--offline"]).collect();
    let again = run(dir, &offline);
    assert!(again.status.success(), "{}", told(&again));
    assert_eq!(server.count(), asked);

    // Answers that went are asked for again; a server that is too busy is waited for.
    std::fs::remove_dir_all(dir.join("s/link-answers")).unwrap();
    let blind = run(dir, &offline);
    assert!(
        blind.status.success() && server.count() == asked,
        "{}",
        told(&blind)
    );
    troubles.lock().unwrap().push_back(maxlag(0.1));
    let waited = run(dir, &with_contact);
    assert!(waited.status.success(), "{}", told(&waited));
    assert!(told(&waited).contains("waiting"), "{}", told(&waited));
}
