//! Linking from the command line: what is certain is linked, and stays through builds; people decide on the rest; indexes are made of any dump.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod support;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use support::chancery;

const ARTICLE: &str = "= Chile–Peru relations =\n\nIn 1992, Chilean President Anselmo Brant paid a state visit to Peru.\n\nPeru has an embassy in Santiago and Chile has an embassy in Lima.\n";

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn done(found: &Output) -> String {
    assert!(found.status.success(), "{}", text(&found.stderr));
    text(&found.stdout)
}

/// A folder with a store of one article.
fn built() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("docs")).unwrap();
    std::fs::write(dir.path().join("docs/a.txt"), ARTICLE).unwrap();
    build(dir.path());
    dir
}

fn build(dir: &Path) {
    done(&chancery(dir, &["build", "docs", "--store", "s"]));
}

/// What an entity is linked to, by a property.
fn linked(dir: &Path, entity: &str, property: &str) -> Vec<String> {
    let query = format!(
        "SELECT ?o WHERE {{ <https://w3id.org/chancery/id/{entity}> {property} ?o }} ORDER BY ?o"
    );
    let rows = done(&chancery(
        dir,
        &["query", &query, "--store", "s", "--format", "csv"],
    ));
    rows.lines()
        .skip(1)
        .map(|iri| iri.rsplit('/').next().unwrap().to_owned())
        .collect()
}

fn export(dir: &Path) -> String {
    done(&chancery(
        dir,
        &["export", "--format", "canonical", "--store", "s"],
    ))
}

fn link(dir: &Path, more: &[&str]) -> Output {
    let arguments: Vec<&str> = ["link", "--store", "s"]
        .iter()
        .chain(more)
        .copied()
        .collect();
    Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(arguments)
        .current_dir(dir)
        .env("SOURCE_DATE_EPOCH", "1764115200")
        .output()
        .unwrap()
}

#[test]
fn links_come_without_a_network_and_stay_through_builds() {
    let dir = built();
    let dir = dir.path();
    let bare = export(dir);
    done(&link(dir, &[]));
    assert_eq!(linked(dir, "state/peru", "owl:sameAs"), ["Q419"]);
    assert_eq!(linked(dir, "city/lima", "owl:sameAs"), ["Q2868"]);
    // One source alone knows the embassies.
    assert!(linked(dir, "mission/peru-chile-embassy", "owl:sameAs").is_empty());
    assert_eq!(
        linked(dir, "mission/peru-chile-embassy", "skos:closeMatch").len(),
        1
    );
    // No person is linked from memory.
    assert!(linked(dir, "person/anselmo-brant", "owl:sameAs").is_empty());
    let once = export(dir);
    assert!(once.contains("\"2025-11-26\""));
    done(&link(dir, &[]));
    assert!(once == export(dir), "linking twice changes nothing");

    // Every link has its evidence, and the shapes accept it.
    done(&chancery(dir, &["validate", "--store", "s"]));
    let evidence = "SELECT ?l WHERE { ?e owl:sameAs|skos:closeMatch ?i MINUS { ?l a dip:Link ; dip:about ?e ; dip:item ?i ; dip:score ?s ; dip:reason ?r } }";
    let without = done(&chancery(
        dir,
        &["query", evidence, "--store", "s", "--format", "csv"],
    ));
    assert_eq!(without.lines().count(), 1, "{without}");

    // A document comes that tells more of the same entities: their parts are made anew, the links stay.
    std::fs::write(
        dir.join("docs/b.txt"),
        "= Chile–Peru relations =\n\nIn 1995, Peruvian President Bruno Salas paid a visit to Chile.\n",
    )
    .unwrap();
    build(dir);
    assert_eq!(linked(dir, "state/peru", "owl:sameAs"), ["Q419"]);
    // The same as a store that was built of both and then given the links.
    let grown = export(dir);
    std::fs::rename(dir.join("s"), dir.join("old")).unwrap();
    std::fs::create_dir(dir.join("s")).unwrap();
    std::fs::copy(dir.join("old/links.jsonl"), dir.join("s/links.jsonl")).unwrap();
    build(dir);
    assert!(grown == export(dir));
    // What is no longer there has no link any more.
    std::fs::remove_file(dir.join("docs/b.txt")).unwrap();
    done(&chancery(
        dir,
        &["build", "docs", "--prune", "--store", "s"],
    ));
    assert!(once == export(dir));
    std::fs::remove_file(dir.join("s/links.jsonl")).unwrap();
    build(dir);
    assert!(bare == export(dir));
}

#[test]
fn a_dry_run_writes_nothing_and_says_all() {
    let dir = built();
    let before = export(dir.path());
    let told = done(&link(dir.path(), &["--dry-run", "--json"]));
    assert!(told.lines().any(|line| {
        line.contains("\"entity\":\"https://w3id.org/chancery/id/state/peru\"")
            && line.contains("\"linked\"")
    }));
    assert!(
        told.lines()
            .any(|line| line.contains("person/anselmo-brant") && line.contains("\"why\""))
    );
    assert!(!dir.path().join("s/links.jsonl").exists());
    assert!(before == export(dir.path()));
}

#[test]
fn people_decide_and_no_later_run_overrides_them() {
    let dir = built();
    let dir = dir.path();
    // In the terminal: the first question is of an embassy.
    let mut review = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(["link", "review", "--store", "s", "--who", "Ana Ruiz"])
        .current_dir(dir)
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    review
        .stdin
        .take()
        .unwrap()
        .write_all(b"what\n9\n1\nx\nq\n")
        .unwrap();
    let told = review.wait_with_output().unwrap();
    assert!(told.status.success());
    let told = text(&told.stderr);
    assert!(told.contains("embassy in Santiago"), "the sentence: {told}");
    assert!(
        told.contains("sending: Chile") && told.contains("operator: Chile"),
        "both sides' facts: {told}"
    );
    assert!(told.contains("there is no 9"));
    let table = std::fs::read_to_string(dir.join("s/link-decisions.csv")).unwrap();
    assert_eq!(table.lines().count(), 3, "{table}");
    assert!(table.contains("Ana Ruiz"));
    done(&link(dir, &[]));
    let embassies = ["mission/peru-chile-embassy", "mission/chile-peru-embassy"];
    let same: Vec<String> = embassies
        .iter()
        .flat_map(|one| linked(dir, one, "owl:sameAs"))
        .collect();
    let close: Vec<String> = embassies
        .iter()
        .flat_map(|one| linked(dir, one, "skos:closeMatch"))
        .collect();
    assert_eq!(
        (same.len(), close.len()),
        (1, 0),
        "one accepted, one has no item"
    );

    // What was linked by rule is parted by a person.
    let decided = format!("{table}different,state/peru,,Q419,Ana Ruiz,2026-11-26,a test\n");
    std::fs::write(dir.join("mine.csv"), decided).unwrap();
    done(&link(dir, &["--decisions", "mine.csv"]));
    assert!(linked(dir, "state/peru", "owl:sameAs").is_empty());
    // What is odd about decisions is told of: another type, an item that is nowhere, an entity that is nowhere.
    let odd = "decision,entity,claim,item,who,when,why\nsame,state/peru,,Q2868,Ana,2026-11-26,\nsame,state/nowhere,,Q419,Ana,2026-11-26,\n";
    std::fs::write(dir.join("mine.csv"), odd).unwrap();
    let told = text(&link(dir, &["--decisions", "mine.csv"]).stderr);
    assert!(told.contains("Q2868 (Lima), which is a city"), "{told}");
    assert!(
        told.contains("state/nowhere") && told.contains("applies to nothing"),
        "{told}"
    );
    let wrong = "decision,entity,claim,item,who,when,why\nsame,state/peru,,419,Ana,2026-11-26,\n";
    std::fs::write(dir.join("mine.csv"), wrong).unwrap();
    let told = link(dir, &["--decisions", "mine.csv"]);
    assert_eq!(told.status.code(), Some(2));
    assert!(
        text(&told.stderr).contains("mine.csv:2"),
        "{}",
        text(&told.stderr)
    );
}

#[test]
fn what_is_open_goes_to_a_spreadsheet_and_comes_back() {
    let dir = built();
    let dir = dir.path();
    done(&chancery(
        dir,
        &["link", "review", "--store", "s", "--export", "open.csv"],
    ));
    let open = std::fs::read_to_string(dir.join("open.csv")).unwrap();
    assert!(open.lines().count() > 1, "{open}");
    // Not filled in, it decides nothing.
    done(&link(dir, &["--decisions", "open.csv"]));
    let filled: Vec<String> = open
        .lines()
        .map(
            |line| match line.strip_prefix(",mission/peru-chile-embassy,") {
                Some(rest) => {
                    let cells: Vec<&str> = rest.splitn(5, ',').collect();
                    format!(
                        "same,mission/peru-chile-embassy,{},{},Ana,2026-11-26,{}",
                        cells[0], cells[1], cells[4]
                    )
                }
                None => line.to_owned(),
            },
        )
        .collect();
    std::fs::write(dir.join("filled.csv"), filled.join("\n")).unwrap();
    done(&link(dir, &["--decisions", "filled.csv"]));
    assert_eq!(
        linked(dir, "mission/peru-chile-embassy", "owl:sameAs").len(),
        1
    );
}

/// A dump of made-up items: a person with an office, the office, a redirect, and lines that hold none.
const DUMP: &str = r#"[
{"type":"item","id":"Q900001","labels":{"mul":{"language":"mul","value":"Anselmo Brant"}},"descriptions":{"en":{"language":"en","value":"President of Chile"}},"aliases":[],"claims":{"P31":[{"mainsnak":{"snaktype":"value","property":"P31","datavalue":{"value":{"entity-type":"item","numeric-id":5,"id":"Q5"},"type":"wikibase-entityid"}},"type":"statement","rank":"normal"}],"P569":[{"mainsnak":{"snaktype":"value","property":"P569","datavalue":{"value":{"time":"+1930-00-00T00:00:00Z","timezone":0,"before":0,"after":0,"precision":9,"calendarmodel":"http://www.wikidata.org/entity/Q1985727"},"type":"time"}},"type":"statement","rank":"normal"}],"P39":[{"mainsnak":{"snaktype":"value","property":"P39","datavalue":{"value":{"entity-type":"item","numeric-id":900002,"id":"Q900002"},"type":"wikibase-entityid"}},"type":"statement","rank":"normal","qualifiers":{"P580":[{"snaktype":"value","property":"P580","datavalue":{"value":{"time":"+1990-03-11T00:00:00Z","precision":11},"type":"time"}}],"P582":[{"snaktype":"value","property":"P582","datavalue":{"value":{"time":"+1994-03-11T00:00:00Z","precision":11},"type":"time"}}]}}]},"sitelinks":{}},
{"type":"item","id":"Q900002","labels":{"en":{"language":"en","value":"President of Chile"},"es":{"language":"es","value":"presidente de Chile"}},"descriptions":{},"aliases":{},"claims":{"P1308":[{"mainsnak":{"snaktype":"value","property":"P1308","datavalue":{"value":{"entity-type":"item","numeric-id":900001,"id":"Q900001"},"type":"wikibase-entityid"}},"type":"statement","rank":"normal"}],"P1001":[{"mainsnak":{"snaktype":"value","property":"P1001","datavalue":{"value":{"entity-type":"item","numeric-id":298,"id":"Q298"},"type":"wikibase-entityid"}},"type":"statement","rank":"normal"}]},"sitelinks":[]},
this is no entity,
{"type":"property","id":"P31","labels":{}},
{"type":"item","id":"Q900003","labels":{},"claims":
]
"#;

#[test]
fn an_index_is_made_of_a_dump_and_links_persons_by_their_offices() {
    let dir = built();
    let dir = dir.path();
    std::fs::write(dir.join("dump.json"), DUMP).unwrap();
    let made = chancery(
        dir,
        &["link", "index", "dump.json", "--out", "w.idx", "--json"],
    );
    let told = done(&made);
    assert!(
        told.contains("\"items\":2") && told.contains("\"broken\":2"),
        "{told}"
    );
    assert!(text(&made.stderr).contains("line 4"));
    let found = done(&chancery(
        dir,
        &["link", "find", "Brant, Anselmo", "--index", "w.idx"],
    ));
    assert!(
        found.starts_with("Q900001\tAnselmo Brant\tperson"),
        "{found}"
    );
    let typo = done(&chancery(
        dir,
        &["link", "find", "Anselmo Brand", "--index", "w.idx"],
    ));
    assert!(typo.contains("Q900001") && typo.contains("typo"), "{typo}");
    assert_eq!(
        chancery(dir, &["link", "find", "Nobody", "--index", "w.idx"])
            .status
            .code(),
        Some(1)
    );
    done(&link(dir, &["--index", "w.idx"]));
    assert_eq!(
        linked(dir, "person/anselmo-brant", "owl:sameAs"),
        ["Q900001"]
    );
    assert_eq!(
        linked(dir, "office/president-of-chile", "owl:sameAs"),
        ["Q900002"]
    );

    // Packed, and as an answer of wbgetentities, it is the same index.
    let bytes = std::fs::read(dir.join("w.idx")).unwrap();
    let items: Vec<&str> = DUMP
        .lines()
        .filter(|line| line.contains("Q90000") && line.ends_with("},"))
        .collect();
    let entities: Vec<String> = items
        .iter()
        .enumerate()
        .map(|(at, item)| format!("\"Q90000{}\":{}", at + 1, item.trim_end_matches(',')))
        .collect();
    let answer = format!(
        "{{\"entities\":{{{}}},\"success\":1}}",
        entities.join(",\n")
    );
    std::fs::write(dir.join("answer.json"), answer).unwrap();
    done(&chancery(
        dir,
        &["link", "index", "answer.json", "--out", "b.idx"],
    ));
    assert!(bytes == std::fs::read(dir.join("b.idx")).unwrap());
    let packed = Command::new("gzip")
        .arg("-k")
        .arg("dump.json")
        .current_dir(dir)
        .status();
    if packed.is_ok_and(|status| status.success()) {
        done(&chancery(
            dir,
            &["link", "index", "dump.json.gz", "--out", "c.idx"],
        ));
        assert!(bytes == std::fs::read(dir.join("c.idx")).unwrap());
    }
}

#[test]
fn what_is_no_index_is_told_of() {
    let dir = built();
    let dir = dir.path();
    std::fs::write(
        dir.join("none.idx"),
        "not an index, but long enough to be one\n",
    )
    .unwrap();
    for file in ["none.idx", "missing.idx", "docs"] {
        let told = link(dir, &["--index", file]);
        assert_eq!(told.status.code(), Some(2), "{}", text(&told.stderr));
        assert!(text(&told.stderr).contains(file));
    }
    // Cut off in the middle.
    std::fs::write(dir.join("dump.json"), DUMP).unwrap();
    done(&chancery(
        dir,
        &["link", "index", "dump.json", "--out", "w.idx"],
    ));
    let whole = std::fs::read(dir.join("w.idx")).unwrap();
    for length in [0, 7, 15, 40, whole.len() / 2, whole.len() - 1] {
        std::fs::write(dir.join("cut.idx"), &whole[..length]).unwrap();
        assert_eq!(
            link(dir, &["--index", "cut.idx"]).status.code(),
            Some(2),
            "{length}"
        );
    }
    let told = chancery(dir, &["link", "index", "missing.json", "--out", "x.idx"]);
    assert_eq!(told.status.code(), Some(2));
}

#[test]
fn what_wikidata_lacks_is_written_for_its_editors() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let article = "= Chile–Peru relations =\n\nChile and Peru established diplomatic relations in March 1823.\n\nBoth nations are members of the United Nations.\n";
    std::fs::create_dir(dir.join("docs")).unwrap();
    std::fs::write(dir.join("docs/a.txt"), article).unwrap();
    std::fs::write(
        dir.join("docs/sources.tsv"),
        "file\ttitle\tpublisher\turl\tlicence\na.txt\tChile–Peru relations\tThe test\thttps://example.org/chile-peru\tCC0-1.0\n",
    )
    .unwrap();
    build(dir);
    let export = |more: &[&str]| {
        let arguments: Vec<&str> = ["export", "--format", "quickstatements", "--store", "s"]
            .iter()
            .chain(more)
            .copied()
            .collect();
        chancery(dir, &arguments)
    };
    // Nothing is linked yet.
    assert_eq!(done(&export(&[])), "");
    done(&link(dir, &[]));
    let commands = done(&export(&[]));
    let relation = commands
        .lines()
        .find(|line| line.starts_with("Q298\tP530\tQ419\t"))
        .unwrap();
    assert!(relation.contains("\tP580\t+1823-03-00T00:00:00Z/10\tS854\t\"https://example.org/chile-peru\"\tS1683\ten:\"Chile and Peru established diplomatic relations in March 1823.\"\tS813\t+"), "{relation}");
    assert!(commands.contains("Q419\tP463\tQ1065\t"), "{commands}");
    let report = done(&export(&["--report"]));
    assert!(
        report.contains("Chile (Q298): diplomatic relation (P530) = Peru (Q419)"),
        "{report}"
    );

    // What an index shows to be there is left out.
    let statement = |property: &str, id: &str| {
        format!(
            "\"{property}\":[{{\"mainsnak\":{{\"snaktype\":\"value\",\"property\":\"{property}\",\"datavalue\":{{\"value\":{{\"entity-type\":\"item\",\"id\":\"{id}\"}},\"type\":\"wikibase-entityid\"}}}},\"type\":\"statement\",\"rank\":\"normal\"}}]"
        )
    };
    let chile = format!(
        "{{\"type\":\"item\",\"id\":\"Q298\",\"labels\":{{\"en\":{{\"language\":\"en\",\"value\":\"Chile\"}}}},\"claims\":{{{},{}}}}}\n",
        statement("P31", "Q6256"),
        statement("P530", "Q419")
    );
    std::fs::write(dir.join("dump.json"), chile).unwrap();
    done(&chancery(
        dir,
        &["link", "index", "dump.json", "--out", "w.idx"],
    ));
    let rest = export(&["--index", "w.idx"]);
    let commands = done(&rest);
    assert!(
        !commands.contains("Q298\tP530") && commands.contains("Q419\tP530\tQ298"),
        "{commands}"
    );
    assert!(
        text(&rest.stderr).contains("1 that Wikidata has"),
        "{}",
        text(&rest.stderr)
    );
}
