//! What people decided is replayed on every build, and told of where it rules nothing.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod support;

use std::path::Path;
use support::chancery;

const COLUMNS: &str = "decision,this,this_claim,that,that_claim,property,value,who,when,why\n";

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Two documents that tell of visits of one person in two years.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("docs")).unwrap();
    for (name, year) in [("a.txt", 1964), ("b.txt", 1965)] {
        let article = format!(
            "= France–Peru relations =\n\nIn {year}, President Anselmo Brant paid a visit to Peru.\n"
        );
        std::fs::write(dir.path().join("docs").join(name), article).unwrap();
    }
    dir
}

/// The visits of a store.
fn visits(dir: &Path) -> Vec<String> {
    let query = "SELECT ?v WHERE { ?v a <https://w3id.org/chancery/ontology#Visit> } ORDER BY ?v";
    let found = chancery(dir, &["query", query, "--store", "s", "--format", "csv"]);
    assert!(found.status.success(), "{}", text(&found.stderr));
    text(&found.stdout)
        .lines()
        .skip(1)
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_decision_is_replayed_and_taken_back() {
    let dir = folder();
    assert!(
        chancery(dir.path(), &["build", "docs", "--store", "s"])
            .status
            .success()
    );
    let apart = visits(dir.path());
    let [first, second] = apart.as_slice() else {
        unreachable!("two visits: {apart:?}")
    };
    let table = format!(
        "{COLUMNS}same,{first},,{second},,,,Ana Ruiz,2026-11-26,one year is a slip of the pen\nsame,person/nobody,,person/nobody-else,,,,Ana Ruiz,2026-11-26,\n"
    );
    std::fs::write(dir.path().join("decisions.csv"), table).unwrap();
    let deciding = [
        "build",
        "docs",
        "--store",
        "s",
        "--decisions",
        "decisions.csv",
    ];
    let built = chancery(dir.path(), &deciding);
    assert!(built.status.success(), "{}", text(&built.stderr));
    let told = text(&built.stderr);
    assert!(told.contains("decisions.csv:3:1"), "{told}");
    assert!(told.contains("decision.not-applied"), "{told}");
    assert_eq!(visits(dir.path()).len(), 1);
    assert!(
        chancery(dir.path(), &["build", "docs", "--store", "s"])
            .status
            .success()
    );
    assert_eq!(visits(dir.path()), apart);
}

#[test]
fn a_table_that_cannot_be_read_builds_nothing() {
    let dir = folder();
    std::fs::write(dir.path().join("decisions.csv"), "decision,this\nsame,x\n").unwrap();
    let deciding = [
        "build",
        "docs",
        "--store",
        "s",
        "--decisions",
        "decisions.csv",
    ];
    let built = chancery(dir.path(), &deciding);
    assert_eq!(built.status.code(), Some(2));
    assert!(text(&built.stderr).contains("decision.columns"));
    assert!(!dir.path().join("s").exists());
}
