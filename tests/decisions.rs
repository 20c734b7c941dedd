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

/// A store without decisions, and its visits.
fn built() -> (tempfile::TempDir, Vec<String>) {
    let dir = folder();
    let built = chancery(dir.path(), &["build", "docs", "--store", "s"]);
    assert!(built.status.success(), "{}", text(&built.stderr));
    let apart = visits(dir.path());
    (dir, apart)
}

#[test]
fn a_decision_is_replayed_and_taken_back() {
    let (dir, apart) = built();
    let [first, second] = apart.as_slice() else {
        unreachable!("two visits: {apart:?}")
    };
    let rows = format!(
        "same,{first},,{second},,,,Ana Ruiz,2026-11-26,one year is a slip of the pen\nsame,person/nobody,,person/nobody-else,,,,Ana Ruiz,2026-11-26,\n"
    );
    let told = decide(dir.path(), &rows);
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

/// Builds `docs` into `s` under a table of these rows; gives what was told.
fn decide(dir: &Path, rows: &str) -> String {
    std::fs::write(dir.join("decisions.csv"), format!("{COLUMNS}{rows}")).unwrap();
    let deciding = [
        "build",
        "docs",
        "--store",
        "s",
        "--decisions",
        "decisions.csv",
    ];
    let built = chancery(dir, &deciding);
    assert!(built.status.success(), "{}", text(&built.stderr));
    text(&built.stderr)
}

fn ask(dir: &Path, query: &str) -> Vec<String> {
    let found = chancery(dir, &["query", query, "--store", "s", "--format", "csv"]);
    assert!(found.status.success(), "{}", text(&found.stderr));
    let rows = text(&found.stdout);
    rows.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn decisions_that_contradict_are_told_of_on_every_build() {
    let (dir, apart) = built();
    let rows = format!(
        "different,{0},,{1},,,,Luis Vela,2026-11-25,\nsame,{0},,{1},,,,Ana Ruiz,2026-11-26,\n",
        apart.first().unwrap(),
        apart.last().unwrap()
    );
    for told in [decide(dir.path(), &rows), decide(dir.path(), &rows)] {
        assert!(told.contains("decisions.csv:2:1"), "{told}");
        assert!(told.contains("decision.contradicts"), "{told}");
        assert!(
            told.contains("contradicts the decision same of Ana Ruiz"),
            "{told}"
        );
    }
    assert_eq!(visits(dir.path()).len(), 1);
}

#[test]
fn decisions_stand_in_the_graph_and_settle_conflicts() {
    let dir = folder();
    for (name, year) in [("c.txt", 1826), ("d.txt", 1827)] {
        let article = format!(
            "= France–Peru relations =\n\nFrance and Peru established diplomatic relations in {year}.\n"
        );
        std::fs::write(dir.path().join("docs").join(name), article).unwrap();
    }
    let rows = "prefer,relations/france-peru-established,,,,date,1826,Ana Ruiz,2026-11-26,the archive says so\n";
    let told = decide(dir.path(), rows);
    assert!(!told.contains("warning: shape"), "{told}");
    let query = "PREFIX prov: <http://www.w3.org/ns/prov#> SELECT ?verdict ?who ?when ?value ?why ?settles {
  ?d a dip:Decision, prov:Activity ; dip:verdict ?verdict ; dip:about ?about ; prov:wasAssociatedWith/rdfs:label ?who ;
    dct:date ?when ; dip:onProperty dip:date ; rdf:value ?value ; rdfs:comment ?why .
  ?conflict dip:settledBy ?d ; dip:about ?about ; dip:grade ?settles }";
    assert_eq!(
        ask(dir.path(), query),
        ["prefer,Ana Ruiz,2026-11-26,1826,the archive says so,contradiction"]
    );
    let shown = chancery(dir.path(), &["conflicts", "--store", "s"]);
    let shown = text(&shown.stdout);
    assert!(
        shown.contains("  settled by Ana Ruiz (2026-11-26)"),
        "{shown}"
    );
    let whole = chancery(dir.path(), &["validate", "--store", "s"]);
    assert!(whole.status.success(), "{}", text(&whole.stdout));
    assert!(
        chancery(dir.path(), &["build", "docs", "--store", "s"])
            .status
            .success()
    );
    assert_eq!(ask(dir.path(), "SELECT ?d { ?d a dip:Decision }").len(), 0);
}

#[test]
fn two_missions_are_decided_to_be_one() {
    let dir = folder();
    for (name, sentence) in [
        ("c.txt", "In 1901, Peru opened a consulate general in Lyon."),
        (
            "d.txt",
            "In 1930, Peru opened a consulate general in Marseille.",
        ),
    ] {
        let article = format!("= France–Peru relations =\n\n{sentence}\n");
        std::fs::write(dir.path().join("docs").join(name), article).unwrap();
    }
    assert!(
        chancery(dir.path(), &["build", "docs", "--store", "s"])
            .status
            .success()
    );
    let missions = "SELECT ?m { ?m a dip:Mission } ORDER BY ?m";
    let apart = ask(dir.path(), missions);
    assert_eq!(apart.len(), 2, "{apart:?}");
    let rows = format!(
        "same,{},,{},,,,Ana Ruiz,2026-11-26,it moved\n",
        apart.first().unwrap(),
        apart.last().unwrap()
    );
    let told = decide(dir.path(), &rows);
    assert!(!told.contains("decision."), "{told}");
    let one = ask(dir.path(), missions);
    assert_eq!(one.len(), 1, "{one:?}");
    let phases =
        "SELECT ?p { ?p a dip:MissionPhase ; dip:mission ?m . ?d a dip:Decision ; dip:about ?m }";
    assert_eq!(ask(dir.path(), phases).len(), 2);
}
