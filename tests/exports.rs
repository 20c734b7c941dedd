//! The demo's documents as a graph: the same bytes whatever the order of input, every quote in its place, and other programs count the same
//! triples. Checks by programs that are not here (rapper; a Python with rdflib and pyshacl, named by CHANCERY_PYTHON) are skipped.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at what it does not expect; clippy sees only the bodies of #[test] as tests"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn documents() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/documents")
}

fn chancery(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("CHANCERY_STORE")
        .env_remove("CHANCERY_BASE")
        .output()
        .unwrap()
}

/// What a command writes; it must succeed.
fn said(folder: &Path, arguments: &[&str]) -> String {
    let output = chancery(folder, arguments);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// A folder with the store `s` of the demo's documents.
fn built() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let source = documents().display().to_string();
    said(folder.path(), &["build", &source, "--store", "s"]);
    folder
}

#[test]
fn the_order_of_arguments_changes_no_byte() {
    let folder = built();
    let mut files: Vec<String> = fs::read_dir(documents())
        .unwrap()
        .map(|entry| entry.unwrap().path().display().to_string())
        .filter(|path| path.ends_with(".txt"))
        .collect();
    files.sort();
    files.reverse();
    let mut arguments = vec!["build", "--store", "s2"];
    arguments.extend(files.iter().map(String::as_str));
    said(folder.path(), &arguments);
    for format in ["ttl", "nq"] {
        let export = |store: &str| {
            said(
                folder.path(),
                &["export", "--format", format, "--store", store],
            )
        };
        let one = export("s");
        assert!(one.len() > 10_000);
        assert!(one == export("s2"), "the {format} differs");
    }
}

#[test]
fn building_again_changes_nothing_and_a_changed_document_says_something_else() {
    let folder = tempfile::tempdir().unwrap();
    let docs = folder.path().join("docs");
    fs::create_dir(&docs).unwrap();
    for entry in fs::read_dir(documents()).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, docs.join(path.file_name().unwrap())).unwrap();
    }
    let build = || said(folder.path(), &["build", "docs", "--store", "s", "--json"]);
    let export = || said(folder.path(), &["export", "--format", "nq", "--store", "s"]);
    build();
    let first = export();
    assert!(build().contains("\"unchanged\":true"));
    assert!(first == export());
    let changed = docs.join("consulate-general-of-peru-paris.txt");
    let text = fs::read_to_string(&changed).unwrap();
    fs::write(
        &changed,
        "= A note =\n\nChile and Peru established diplomatic relations in 1823.\n",
    )
    .unwrap();
    assert!(build().contains("\"reused\":2"));
    let second = export();
    let graph = "document/consulate-general-of-peru-paris.txt>";
    let says = |export: &str, words: &str| {
        export
            .lines()
            .any(|line| line.contains(graph) && line.contains(words))
    };
    assert!(says(&first, "Consulate General") && !says(&second, "Consulate General"));
    assert!(!says(&first, "1823") && says(&second, "1823"));
    fs::write(&changed, text).unwrap();
    build();
    assert!(first == export(), "the way back leads to the same graph");
    // what is told of a document counts as well
    let table = fs::read_to_string(docs.join("sources.tsv")).unwrap();
    fs::write(
        docs.join("sources.tsv"),
        table.replace("Wikipedia", "An encyclopedia"),
    )
    .unwrap();
    build();
    assert!(export().contains("An encyclopedia"));
}

#[test]
fn documents_carry_what_their_table_tells() {
    let folder = built();
    let query = "SELECT ?id ?publisher ?licence ?source { GRAPH ?g { ?d dct:identifier ?id ; dct:publisher ?publisher ; dct:license ?licence } OPTIONAL { GRAPH ?g { ?d dct:source ?source } } } ORDER BY ?id";
    let rows = said(
        folder.path(),
        &["query", query, "--format", "csv", "--store", "s"],
    );
    let rows: Vec<&str> = rows.lines().skip(1).collect();
    assert_eq!(
        rows,
        [
            "consulate-general-of-peru-paris.txt,Wikipedia,CC-BY-SA-4.0,\"https://en.wikipedia.org/wiki/Consulate_General_of_Peru,_Paris\"",
            "france-perou-point-de-presse.txt,Ministère de l'Europe et des Affaires étrangères,free reuse with the source named,",
            "france-peru-relations.txt,Wikipedia,CC-BY-SA-4.0,https://en.wikipedia.org/wiki/France%E2%80%93Peru_relations",
        ]
    );
}

#[test]
fn every_quote_stands_at_its_offsets() {
    let folder = built();
    let passage = "GRAPH ?g { ?d dip:text ?text . ?p oa:hasSource ?d ; oa:hasSelector ?q, ?o . ?q oa:exact ?exact . ?o oa:start ?start ; oa:end ?end }";
    let count = |filter: &str| {
        let query = format!("SELECT (COUNT(*) AS ?n) {{ {passage} {filter} }}");
        let rows = said(
            folder.path(),
            &["query", &query, "--format", "csv", "--store", "s"],
        );
        rows.lines().nth(1).unwrap().parse::<usize>().unwrap()
    };
    assert!(count("") > 100);
    assert_eq!(
        count("FILTER(SUBSTR(?text, ?start + 1, ?end - ?start) != ?exact)"),
        0
    );
    let texts = said(
        folder.path(),
        &[
            "query",
            "SELECT ?id { GRAPH ?g { ?d dip:text ?text ; dct:identifier ?id } }",
            "--format",
            "csv",
            "--store",
            "s",
        ],
    );
    // the text is the file's, so the offsets lead into the file
    for id in texts.lines().skip(1) {
        let query =
            format!("SELECT ?text {{ GRAPH ?g {{ ?d dip:text ?text ; dct:identifier '{id}' }} }}");
        let json = said(
            folder.path(),
            &["query", &query, "--format", "json", "--store", "s"],
        );
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let text = json.pointer("/results/bindings/0/text/value").unwrap();
        let file = fs::read_to_string(documents().join(id)).unwrap();
        assert!(text.as_str() == Some(file.as_str()), "{id}");
    }
}

#[test]
fn every_format_holds_the_same_triples() {
    let folder = built();
    let count = |text: &str| text.lines().filter(|line| !line.is_empty()).count();
    let triples = count(&said(
        folder.path(),
        &["export", "--format", "nt", "--store", "s"],
    ));
    assert!(triples > 500, "{triples}");
    let python = std::env::var("CHANCERY_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    for (format, rapper, rdflib) in [
        ("ttl", "turtle", "turtle"),
        ("nt", "ntriples", "nt"),
        ("rdf", "rdfxml", "xml"),
    ] {
        let file = format!("graph.{format}");
        said(
            folder.path(),
            &["export", "--format", format, "--store", "s", "--to", &file],
        );
        if let Some(found) = run(
            folder.path(),
            "rapper",
            &["-q", "-i", rapper, "-o", "ntriples", &file],
        ) {
            assert_eq!(count(&found), triples, "rapper reads {file}");
        }
        let script = format!(
            "import importlib.util, sys\nif importlib.util.find_spec('rdflib') is None: sys.exit()\nimport rdflib\nprint(len(rdflib.Graph().parse('{file}', format='{rdflib}')))"
        );
        match run(folder.path(), &python, &["-c", &script]) {
            Some(found) if !found.is_empty() => {
                assert_eq!(found.trim().parse(), Ok(triples), "rdflib reads {file}");
            }
            Some(_) => skip("no rdflib here", &file),
            None => {}
        }
    }
}

#[test]
fn the_graph_conforms_to_the_shapes() {
    let folder = built();
    said(
        folder.path(),
        &[
            "export", "--format", "nq", "--store", "s", "--to", "graph.nq",
        ],
    );
    let shapes = Path::new(env!("CARGO_MANIFEST_DIR")).join("ontology/shapes.ttl");
    let script = "import importlib.util, sys
if importlib.util.find_spec('pyshacl') is None: sys.exit()
import pyshacl, rdflib
data = rdflib.Graph()
for quad in rdflib.Dataset().parse('graph.nq', format='nquads').quads(): data.add(quad[:3])
print(*pyshacl.validate(data, shacl_graph=rdflib.Graph().parse(sys.argv[1]))[::2])";
    let python = std::env::var("CHANCERY_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    match run(
        folder.path(),
        &python,
        &["-c", script, &shapes.display().to_string()],
    ) {
        Some(report) if !report.is_empty() => assert!(report.starts_with("True"), "{report}"),
        Some(_) => skip("no pyshacl here", "graph.nq"),
        None => {}
    }
}

/// What a program writes; nothing where it is not installed.
fn run(folder: &Path, program: &str, arguments: &[&str]) -> Option<String> {
    let Ok(output) = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
    else {
        skip(
            &format!("no {program} here"),
            arguments.last().unwrap_or(&""),
        );
        return None;
    };
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {errors}");
    Some(String::from_utf8(output.stdout).unwrap())
}

#[expect(clippy::print_stderr, reason = "says what was not checked")]
fn skip(why: &str, what: &str) {
    eprintln!("skipped, {why}: {what}");
}
