//! The demo's documents as a graph: the same bytes whatever the order of input, every quote in its place, and other programs count the same
//! triples. Checks by programs that are not here (rapper; serdi; a Python with rdflib and pyshacl, named by CHANCERY_PYTHON; node with n3 and
//! jsonld, in the folder CHANCERY_NODE_MODULES) are skipped.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at what it does not expect; clippy sees only the bodies of #[test] as tests"
)]

mod support;

use oxigraph::io::{RdfFormat, RdfParser};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::chancery;

fn documents() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/documents")
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
fn other_programs_read_as_many_triples() {
    let folder = built();
    let lines = |text: &str| text.lines().filter(|line| !line.is_empty()).count();
    let formats = ["ttl", "nt", "rdf", "trig", "nq", "canonical", "jsonld"];
    for format in formats {
        let file = format!("graph.{format}");
        said(
            folder.path(),
            &["export", "--format", format, "--store", "s", "--to", &file],
        );
    }
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let triples = lines(&read("graph.nt"));
    let quads = lines(&read("graph.nq"));
    assert!(500 < triples && triples < quads, "{triples}, {quads}");
    assert_eq!(lines(&read("graph.canonical")), quads);
    let expected = |format: &str| match format {
        "ttl" | "nt" | "rdf" => triples,
        _ => quads,
    };
    for (format, name) in [
        ("ttl", "turtle"),
        ("nt", "ntriples"),
        ("rdf", "rdfxml"),
        ("trig", "trig"),
        ("nq", "nquads"),
    ] {
        let file = format!("graph.{format}");
        let arguments = ["-q", "-i", name, "-o", "ntriples", &file];
        if let Some(found) = run(folder.path(), "rapper", &arguments) {
            assert_eq!(lines(&found), expected(format), "rapper reads {file}");
        }
    }
    for format in ["ttl", "nt", "trig", "nq"] {
        let file = format!("graph.{format}");
        if let Some(found) = run(folder.path(), "serdi", &["-q", "-o", "nquads", &file]) {
            assert_eq!(lines(&found), expected(format), "serdi reads {file}");
        }
    }
    let shown = |formats: &[&str]| -> Vec<String> {
        formats
            .iter()
            .map(|format| format!("{format} {}", expected(format)))
            .collect()
    };
    let rdflib = "import importlib.util, sys
if importlib.util.find_spec('rdflib') is None: sys.exit()
import rdflib
for end, name in ('ttl', 'turtle'), ('nt', 'nt'), ('rdf', 'xml'): print(end, len(rdflib.Graph().parse('graph.' + end, format=name)))
for end, name in ('trig', 'trig'), ('nq', 'nquads'), ('jsonld', 'json-ld'): print(end, len(list(rdflib.Dataset().parse('graph.' + end, format=name).quads())))";
    if let Some(found) = run(folder.path(), &python(), &["-c", rdflib])
        && not_skipped(&found, "no rdflib here", "graph.*")
    {
        let formats = ["ttl", "nt", "rdf", "trig", "nq", "jsonld"];
        assert_eq!(found.lines().collect::<Vec<_>>(), shown(&formats), "rdflib");
    }
    // CHANCERY_NODE_MODULES is a folder that holds the npm packages n3 and jsonld.
    let n3 = "let n3, jsonld; const from = process.env.CHANCERY_NODE_MODULES; const load = name => require(from ? require('path').join(from, name) : name);
try { n3 = load('n3'); jsonld = load('jsonld') } catch { process.exit() }
const read = end => require('fs').readFileSync('graph.' + end, 'utf8');
for (const [end, format] of [['ttl', 'text/turtle'], ['nt', 'application/n-triples'], ['trig', 'application/trig'], ['nq', 'application/n-quads']])
  console.log(end, new n3.Parser({ format }).parse(read(end)).length);
const document = JSON.parse(read('jsonld'));
jsonld.toRDF(document, {}).then(quads => console.log('jsonld', quads.length))
  .then(() => jsonld.canonize(document, { algorithm: 'RDFC-1.0', format: 'application/n-quads' }))
  .then(canonical => console.log(canonical === read('canonical') ? 'canonical' : 'not canonical'));";
    if let Some(found) = run(folder.path(), "node", &["-e", n3])
        && not_skipped(&found, "no npm packages n3 and jsonld here", "graph.*")
    {
        let mut wanted = shown(&["ttl", "nt", "trig", "nq", "jsonld"]);
        wanted.push("canonical".to_owned());
        assert_eq!(
            found.lines().collect::<Vec<_>>(),
            wanted,
            "N3.js and jsonld.js"
        );
    }
}

fn quads(format: RdfFormat, text: &str) -> BTreeSet<String> {
    RdfParser::from_format(format)
        .for_slice(text.as_bytes())
        .map(|quad| quad.unwrap().to_string())
        .collect()
}

#[test]
fn what_is_written_reads_back_as_it_was_with_a_readable_context() {
    let folder = built();
    let export = |format: &str| {
        said(
            folder.path(),
            &["export", "--format", format, "--store", "s"],
        )
    };
    let all = quads(RdfFormat::NQuads, &export("nq"));
    let jsonld = export("jsonld");
    let profile = oxigraph::io::JsonLdProfileSet::empty();
    assert!(quads(RdfFormat::JsonLd { profile }, &jsonld) == all);
    assert!(quads(RdfFormat::TriG, &export("trig")) == all);
    let canonical = export("canonical");
    assert!(canonical.lines().is_sorted());
    assert!(quads(RdfFormat::NQuads, &canonical) == all);
    let world = quads(RdfFormat::NTriples, &export("nt"));
    assert!(quads(RdfFormat::Turtle, &export("ttl")) == world);
    assert!(quads(RdfFormat::RdfXml, &export("rdf")) == world);
    // Names and dates stand as people write them; the context's prefixes are those of every other format.
    let jsonld: Json = serde_json::from_str(&jsonld).unwrap();
    for (prefix, iri) in chancery::pipeline::PREFIXES {
        assert_eq!(jsonld["@context"][prefix], *iri);
    }
    let nodes = jsonld["@graph"].as_array().unwrap();
    let visit = nodes
        .iter()
        .find(|node| node["id"] == "visit/peru-france-2012-ollanta-humala")
        .unwrap();
    assert_eq!(visit["visitor"], "person/ollanta-humala");
    assert_eq!(visit["to"], "state/france");
    assert_eq!(visit["start"], "2012");
    assert_eq!(
        visit["label"]["en"],
        "Visit of Ollanta Humala to France (2012)"
    );
}

#[test]
fn two_exports_of_one_store_are_the_same_bytes() {
    let folder = built();
    for format in [
        "ttl",
        "nt",
        "rdf",
        "trig",
        "nq",
        "canonical",
        "jsonld",
        "geojson",
        "timeline",
    ] {
        let export = || {
            said(
                folder.path(),
                &["export", "--format", format, "--store", "s"],
            )
        };
        assert!(export() == export(), "{format}");
    }
    let export = |to: &str| said(folder.path(), &["export", "--to", to, "--store", "s"]);
    for (one, other) in [("a.jsonld", "b.jsonld"), ("a.nt.gz", "b.nt.gz")] {
        export(one);
        export(other);
        let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
        assert!(read(one) == read(other), "{one}");
    }
}

#[test]
fn parts_hold_what_belongs_to_them_with_its_sources() {
    let folder = built();
    let export = |arguments: &[&str]| {
        let mut all = vec!["export", "--store", "s"];
        all.extend(arguments);
        said(folder.path(), &all)
    };
    let all = quads(RdfFormat::NQuads, &export(&["--format", "nq"]));
    let parts: [&[&str]; 4] = [
        &["--entity", "person/ollanta-humala"],
        &["--entity", "Ollanta Humala"],
        &["--between", "FRA", "PER"],
        &["--document", "france-perou-point-de-presse.txt"],
    ];
    let mut found = Vec::new();
    for part in parts {
        let mut arguments = vec!["--format", "nq"];
        arguments.extend(part);
        let part = quads(RdfFormat::NQuads, &export(&arguments));
        assert!(
            part.is_subset(&all) && part.len() < all.len(),
            "{arguments:?}"
        );
        // What a claim is taken from goes along, with its licence.
        let licence = part.iter().any(|quad| quad.contains("terms/license>"));
        assert!(licence, "{arguments:?}");
        found.push(part);
    }
    assert!(found[0] == found[1] && found[0].len() < found[2].len());
    let says =
        |quads: &BTreeSet<String>, words: &str| quads.iter().any(|quad| quad.contains(words));
    assert!(says(&found[0], "President Ollanta Humala (2012, 2013"));
    assert!(!says(&found[0], "charles-de-gaulle") && says(&found[2], "charles-de-gaulle"));
    let entity = export(&["--entity", "person/ollanta-humala"]);
    assert!(entity.contains("<visit/peru-france-2012-ollanta-humala> a "));
    assert!(entity.contains("dct:license \"CC-BY-SA-4.0\""));
    for wrong in ["person/nobody", "Nobody", "https://example.org/nobody"] {
        let output = chancery(
            folder.path(),
            &["export", "--store", "s", "--entity", wrong],
        );
        assert_eq!(output.status.code(), Some(2), "{wrong}");
    }
}

#[test]
fn a_folder_gets_a_file_for_the_world_and_for_each_document() {
    let folder = built();
    said(
        folder.path(),
        &["export", "--format", "nt", "--to", "out/", "--store", "s"],
    );
    let read = |name: &str| fs::read_to_string(folder.path().join("out").join(name)).unwrap();
    let whole = said(folder.path(), &["export", "--format", "nt", "--store", "s"]);
    assert!(read("world.nt") == whole);
    let document = "france-peru-relations.txt";
    let one = said(
        folder.path(),
        &[
            "export",
            "--format",
            "nt",
            "--document",
            document,
            "--store",
            "s",
        ],
    );
    assert!(read(&format!("documents/{document}.nt")) == one);
    assert!(
        read("description.ttl").contains("<https://w3id.org/chancery/id/dataset> a void:Dataset")
    );
    assert_eq!(
        fs::read_dir(folder.path().join("out/documents"))
            .unwrap()
            .count(),
        3
    );
}

#[test]
fn maps_timelines_and_tables_carry_licences() {
    let folder = built();
    let export = |arguments: &[&str]| {
        let mut all = vec!["export", "--store", "s"];
        all.extend(arguments);
        said(folder.path(), &all)
    };
    let map: Json = serde_json::from_str(&export(&["--format", "geojson"])).unwrap();
    assert_eq!(map["type"], "FeatureCollection");
    assert_eq!(map["sources"].as_array().unwrap().len(), 3);
    // every document leads to the description of the whole
    let dataset = "https://w3id.org/chancery/id/dataset";
    assert!(
        map["sources"]
            .as_array()
            .unwrap()
            .iter()
            .all(|source| source["dataset"] == dataset)
    );
    let turtle = export(&["--format", "ttl"]);
    assert_eq!(turtle.matches("void:inDataset <dataset>").count(), 3);
    let features = map["features"].as_array().unwrap();
    let paris = features
        .iter()
        .find(|f| f["properties"]["layer"] == "mission" && f["properties"]["city"] == "Paris")
        .unwrap();
    assert_eq!(paris["geometry"]["type"], "Point");
    let [longitude, latitude] =
        [0, 1].map(|at| paris["geometry"]["coordinates"][at].as_f64().unwrap());
    assert!((longitude - 2.35).abs() < 0.1 && (latitude - 48.86).abs() < 0.1);
    assert_eq!(paris["properties"]["licence"], "CC-BY-SA-4.0");
    let visits = features
        .iter()
        .filter(|f| f["properties"]["layer"] == "visit")
        .count();
    let only = export(&["--format", "geojson", "--table", "visits"]);
    assert_eq!(only.matches("\"Feature\"").count(), visits);
    // A visit of which no city is told is not given a place.
    assert!(features.iter().any(|f| f["geometry"].is_null()));

    let timeline: Json = serde_json::from_str(&export(&[
        "--format",
        "timeline",
        "--between",
        "FRA",
        "PER",
    ]))
    .unwrap();
    let events = timeline["events"].as_array().unwrap();
    let starts: Vec<&str> = events
        .iter()
        .filter_map(|event| event["start"].as_str())
        .collect();
    assert!(starts.len() > 20 && starts.is_sorted());
    assert!(
        events
            .iter()
            .all(|event| event["said"][0]["quote"].is_string() && event["licences"][0].is_string())
    );

    let table = export(&["--format", "csv", "--table", "sources"]);
    assert!(table.starts_with("doc,title,language,publisher,date,source,licence,dataset\n"));
    assert_eq!(table.lines().count(), 4);
    let whole = export(&["--format", "csv", "--table", "visit"]);
    let document = "france-peru-relations.txt";
    let one = export(&[
        "--format",
        "csv",
        "--table",
        "visit",
        "--document",
        document,
    ]);
    let rows: Vec<&str> = whole
        .lines()
        .filter(|row| row.starts_with("doc,") || row.starts_with(document))
        .collect();
    assert_eq!(one.lines().collect::<Vec<_>>(), rows);
    let queried = said(
        folder.path(),
        &["query", "facts/visit", "--format", "csv", "--store", "s"],
    );
    assert_eq!(whole, queried.replace("\r\n", "\n"));
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
print(*pyshacl.validate(data, shacl_graph=rdflib.Graph().parse(sys.argv[1]), allow_warnings=True)[::2])";
    match run(
        folder.path(),
        &python(),
        &["-c", script, &shapes.display().to_string()],
    ) {
        Some(report) if !report.is_empty() => assert!(report.starts_with("True"), "{report}"),
        Some(_) => skip("no pyshacl here", "graph.nq"),
        None => {}
    }
}

fn python() -> String {
    std::env::var("CHANCERY_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

/// A script that says nothing has found no library.
fn not_skipped(found: &str, why: &str, what: &str) -> bool {
    if found.is_empty() {
        skip(why, what);
    }
    !found.is_empty()
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
