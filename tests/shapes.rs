//! `chancery validate`: every constraint of SHACL Core by a small graph whose results are known, the demo's store and a damaged copy of it; where
//! there is a Python with pyshacl (CHANCERY_PYTHON), it must find the same.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at what it does not expect; clippy sees only the bodies of #[test] as tests"
)]

mod support;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, Quad, Term};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use support::chancery;

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A folder with the store `s` of the demo's documents.
fn built() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let source = root("data/documents").display().to_string();
    let output = chancery(folder.path(), &["build", &source, "--store", "s"]);
    assert!(output.status.success());
    folder
}

/// The results of a SHACL report in N-Triples, as `tests/shapes/results.py` writes them: a line each.
fn lines(report: &[u8]) -> Vec<String> {
    let quads: Vec<Quad> = RdfParser::from_format(RdfFormat::NTriples)
        .for_slice(report)
        .collect::<Result<_, _>>()
        .unwrap();
    let sh = |name: &str| NamedNode::new_unchecked(format!("http://www.w3.org/ns/shacl#{name}"));
    let mut lines: Vec<String> = quads
        .iter()
        .filter(|quad| quad.predicate == sh("result"))
        .map(|result| {
            let value = |name: &str| {
                let of = quads.iter().find(|quad| {
                    Term::from(quad.subject.clone()) == result.object && quad.predicate == sh(name)
                });
                of.map(|quad| quad.object.clone())
            };
            let local = |name: &str| {
                let term = value(name).unwrap().to_string();
                term.trim_end_matches('>')
                    .rsplit('#')
                    .next()
                    .unwrap()
                    .to_owned()
            };
            let or_none = |term: Option<Term>| term.map_or("-".to_owned(), |term| term.to_string());
            let path = match value("resultPath") {
                Some(Term::BlankNode(_)) => "path".to_owned(),
                other => or_none(other),
            };
            [
                local("sourceConstraintComponent").replace("ConstraintComponent", ""),
                local("resultSeverity"),
                or_none(value("focusNode")),
                path,
                or_none(value("value")),
            ]
            .join(" ")
        })
        .collect();
    lines.sort();
    lines
}

/// What pyshacl finds in a file; nothing where it is not installed.
fn pyshacl(folder: &Path, data: &str, shapes: &str) -> Option<Vec<String>> {
    let python = std::env::var("CHANCERY_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let there = Command::new(&python)
        .args(["-c", "import pyshacl"])
        .output()
        .is_ok_and(|output| output.status.success());
    if !there {
        skip(data);
        return None;
    }
    let script = root("tests/shapes/results.py").display().to_string();
    let output = Command::new(&python)
        .args([&script, data, shapes])
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    let found = text(&output.stdout);
    Some(
        found
            .lines()
            .skip(1)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect(),
    )
}

#[expect(clippy::print_stderr, reason = "says what was not checked")]
fn skip(what: &str) {
    eprintln!("skipped, no pyshacl here: {what}");
}

#[test]
fn every_constraint_finds_what_is_known_and_what_pyshacl_finds() {
    let folder = root("tests/shapes");
    let arguments = ["validate", "data.ttl", "--shapes", "shapes.ttl"];
    let output = chancery(&folder, &[&arguments[..], &["--format", "nt"]].concat());
    assert_eq!(output.status.code(), Some(1));
    let known = fs::read_to_string(folder.join("results.txt")).unwrap();
    let known: Vec<&str> = known.lines().collect();
    let found = lines(&output.stdout);
    assert_eq!(found, known);
    if let Some(peer) = pyshacl(&folder, "data.ttl", "shapes.ttl") {
        assert_eq!(found, peer);
    }
    // the same bytes twice
    let again = chancery(&folder, &[&arguments[..], &["--format", "nt"]].concat());
    assert!(output.stdout == again.stdout);
    let report = json(&chancery(&folder, &[&arguments[..], &["--json"]].concat()));
    assert_eq!(report["outcome"], "violations");
    assert_eq!(report["conforms"], false);
    assert_eq!(report["warnings"], 1);
    assert_eq!(report["infos"], 1);
    assert_eq!(report["shapes"]["<http://example.org/IdleShape>"], 0);
    assert_eq!(report["shapes"]["<http://example.org/CountShape>"], 3);
    assert!(
        report["shapes"]
            .get("<http://example.org/OffShape>")
            .is_none()
    );
}

#[test]
fn messages_are_plain() {
    let folder = root("tests/shapes");
    let output = chancery(&folder, &["validate", "data.ttl", "--shapes", "shapes.ttl"]);
    let told = text(&output.stdout);
    for words in [
        "A counted thing has no <http://example.org/one>\n",
        "<http://example.org/count2> has more than 3 values of <http://example.org/few>",
        "<http://example.org/listed> has <http://example.org/colour> \"blue\", which is none of \"red\", \"green\"",
        "  Only red and green.\n",
        "has more than one (<http://example.org/nick>|<http://example.org/alias>)",
        "which is no valid xsd:date",
        "<http://example.org/logic1> conforms to what it must not",
        "<http://example.org/closed1> has <http://example.org/unknown> \"2\", which its shape does not allow",
        "nothing to check for <http://example.org/IdleShape>",
        "\ndoes not conform, ",
    ] {
        assert!(told.contains(words), "{words} is not in\n{told}");
    }
    assert!(!told.contains("Rouge"));
    assert!(text(&output.stderr).contains("the graph does not conform"));
}

#[test]
fn a_store_that_was_built_conforms_and_a_damaged_one_does_not() {
    let folder = built();
    let good = chancery(folder.path(), &["validate", "--store", "s"]);
    assert!(good.status.success(), "{}", text(&good.stdout));
    // the demo's consulate was asked to close by a day before the request
    assert!(text(&good.stdout).contains("\nno violation, 1 warning, "));
    let export = chancery(folder.path(), &["export", "--format", "nq", "--store", "s"]);
    // a fact without support, a date that is none, a claim from nowhere, a label too many
    let damaged: Vec<String> = text(&export.stdout)
        .lines()
        .filter(|line| {
            let fact = line.contains("visit/france-peru-1964-charles-de-gaulle> ");
            !(fact && line.contains("ontology#supportedBy"))
        })
        .enumerate()
        .map(|(at, line)| match at {
            _ if line.contains("ontology#signed") => line.replace("edtf/EDTF", "edtf/level-9"),
            at if at % 97 == 0 => line.replace("prov#wasDerivedFrom", "prov#wasQuotedFrom"),
            at if at % 53 == 0 => line.replace("skos/core#altLabel", "../2000/label"),
            _ => line.to_owned(),
        })
        .collect();
    fs::write(folder.path().join("damaged.nq"), damaged.join("\n") + "\n").unwrap();
    let arguments = ["validate", "damaged.nq", "--format", "nt"];
    let each = chancery(folder.path(), &arguments);
    assert_eq!(each.status.code(), Some(1));
    let each = lines(&each.stdout);
    assert!(
        each.iter()
            .any(|line| line.starts_with("MinCount") && line.contains("supportedBy"))
    );
    let whole = lines(&chancery(folder.path(), &[&arguments[..], &["--whole"]].concat()).stdout);
    assert_eq!(each, whole, "the shapes look at one graph at a time");
    let shapes = root("ontology/shapes.ttl").display().to_string();
    if let Some(peer) = pyshacl(folder.path(), "damaged.nq", &shapes) {
        assert_eq!(each, peer);
    }
    let told = text(&chancery(folder.path(), &["validate", "damaged.nq"]).stdout);
    assert!(
        told.contains("Visit of Charles de Gaulle to Peru (1964) has no dip:supportedBy"),
        "{told}"
    );
}

#[test]
fn nothing_checked_is_not_conforming() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("other.ttl"),
        "<http://example.org/a> <http://example.org/b> 1 .\n",
    )
    .unwrap();
    let output = chancery(folder.path(), &["validate", "other.ttl"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("nothing was checked"));
    let report = json(&chancery(
        folder.path(),
        &["validate", "other.ttl", "--json"],
    ));
    assert_eq!(report["outcome"], "nothing-checked");
    assert!(report["conforms"].is_null());
    // a report of SHACL can only say true or false, so there is none
    let output = chancery(folder.path(), &["validate", "other.ttl", "--format", "ttl"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
}

#[test]
fn shapes_that_cannot_be_used_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let prefixes =
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> .\n";
    let write = |name: &str, words: &str| {
        fs::write(folder.path().join(name), format!("{prefixes}{words}")).unwrap();
    };
    write("data.ttl", "ex:a a ex:Thing .");
    write("broken.ttl", "ex:s a sh:NodeShape");
    write(
        "aimless.ttl",
        "ex:s a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .",
    );
    write(
        "sparql.ttl",
        "ex:s a sh:NodeShape ; sh:targetClass ex:Thing ; sh:sparql [ sh:select \"SELECT $this WHERE { SERVICE <http://127.0.0.1:9/> { $this ?p ?o } }\" ] .",
    );
    let said = |shapes: &str| {
        let output = chancery(folder.path(), &["validate", "data.ttl", "--shapes", shapes]);
        (output.status.code(), text(&output.stderr))
    };
    let (code, words) = said("broken.ttl");
    assert!(
        code == Some(2) && words.contains("shapes.unreadable"),
        "{words}"
    );
    let (code, words) = said("aimless.ttl");
    assert!(
        code == Some(2) && words.contains("shapes.no-target"),
        "{words}"
    );
    let (code, words) = said("missing.ttl");
    assert!(
        code == Some(2) && words.contains("cannot read missing.ttl"),
        "{words}"
    );
    let (_, words) = said("sparql.ttl");
    assert!(
        words.contains("not checked: sh:sparql of <http://example.org/s>"),
        "{words}"
    );
}

#[test]
fn files_and_a_store_do_not_go_together_and_formats_are_known() {
    let folder = root("tests/shapes");
    for arguments in [
        &["validate", "data.ttl", "--store", "s"][..],
        &["validate", "data.ttl", "--format", "nq"],
        &["validate", "results.txt"],
    ] {
        assert_eq!(
            chancery(&folder, arguments).status.code(),
            Some(2),
            "{arguments:?}"
        );
    }
}

#[test]
fn a_build_checks_what_it_wrote_and_hides_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let docs = folder.path().join("docs");
    fs::create_dir(&docs).unwrap();
    let odd = "consulate-general-of-peru-paris.txt";
    fs::copy(root("data/documents").join(odd), docs.join(odd)).unwrap();
    let write = |year: u32| {
        let article =
            format!("= Relations =\n\nIn {year}, Peru opened an embassy in Nairobi, Kenya.\n");
        fs::write(docs.join("b.txt"), article).unwrap();
    };
    let build = |more: &[&str]| {
        let arguments = [&["build", "docs", "--store", "s", "--json"], more].concat();
        let built = chancery(folder.path(), &arguments);
        assert!(built.status.success(), "{}", text(&built.stderr));
        built
    };
    write(1999);
    let all = build(&[]);
    assert!(
        text(&all.stderr).contains("warning: shape:PossibleClaim, dip:flag (1 result)"),
        "{}",
        text(&all.stderr)
    );
    let nodes = |built: &Output| json(built)["validation"]["nodes"].as_u64().unwrap();
    assert_eq!(json(&all)["validation"]["graphs"], 3);
    // A build checks the world a slice at a time, the command all at once.
    let whole = json(&chancery(
        folder.path(),
        &["validate", "--store", "s", "--json"],
    ));
    for count in ["graphs", "nodes", "violations", "warnings"] {
        assert_eq!(json(&all)["validation"][count], whole[count], "{count}");
    }
    // Again, only what changed is checked: not the document with the odd claim.
    write(2001);
    let some = build(&[]);
    let told = json(&some);
    assert_eq!(told["validation"]["outcome"], "conforms", "{told}");
    assert_eq!(told["validation"]["graphs"], 2);
    assert!(nodes(&some) > 3 && nodes(&some) < nodes(&all));
    assert!(!text(&some.stderr).contains("shape:"));
    let same = build(&[]);
    assert_eq!(json(&same)["validation"], serde_json::Value::Null);
    write(2002);
    let left_out = build(&["--no-validate"]);
    assert_eq!(json(&left_out)["validation"], serde_json::Value::Null);
    let whole = chancery(folder.path(), &["validate", "--store", "s", "--json"]);
    assert_eq!(json(&whole)["warnings"], 1);
}
