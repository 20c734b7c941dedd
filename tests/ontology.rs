//! The ontology for others: OWL 2 RL and nothing beyond it, examples of every class that the shapes accept, alignments whose ids and labels are
//! known, a reference page that is current, and a description of a store as VoID and DCAT.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at what it does not expect; clippy sees only the bodies of #[test] as tests"
)]

mod support;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use support::chancery;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
const OWL: &str = "http://www.w3.org/2002/07/owl#";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const DIP: &str = "https://w3id.org/chancery/ontology#";
const SAID: &str = "https://w3id.org/chancery/said#";

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// What a command writes; it must succeed.
fn said(folder: &Path, arguments: &[&str]) -> String {
    let output = chancery(folder, arguments);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

fn parse(path: &Path) -> Vec<Quad> {
    let quads = path.extension().is_some_and(|end| end == "nq");
    // Turtle is TriG
    let format = if quads {
        RdfFormat::NQuads
    } else {
        RdfFormat::TriG
    };
    RdfParser::from_format(format)
        .for_slice(&fs::read(path).unwrap())
        .collect::<Result<_, _>>()
        .unwrap()
}

fn iri(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        other @ (Term::BlankNode(_) | Term::Literal(_) | Term::Triple(_)) => other.to_string(),
    }
}

fn subject(quad: &Quad) -> String {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(node) => node.to_string(),
    }
}

/// Kinds of OWL by term: `Class`, `ObjectProperty` …
fn kinds(quads: &[Quad]) -> BTreeMap<String, BTreeSet<String>> {
    let mut kinds: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for quad in quads {
        if quad.predicate.as_str() == format!("{RDF}type") {
            let kind = iri(&quad.object);
            let kind = kind.strip_prefix(OWL).unwrap_or(&kind).to_owned();
            kinds.entry(subject(quad)).or_default().insert(kind);
        }
    }
    kinds
}

/// The datatypes that OWL 2 RL allows as ranges (W3C Recommendation of 11 December 2012, section 4.2).
const DATATYPES: &[&str] = &[
    "string",
    "normalizedString",
    "token",
    "language",
    "Name",
    "NCName",
    "NMTOKEN",
    "boolean",
    "decimal",
    "integer",
    "nonNegativeInteger",
    "nonPositiveInteger",
    "positiveInteger",
    "negativeInteger",
    "long",
    "int",
    "short",
    "byte",
    "unsignedLong",
    "unsignedInt",
    "unsignedShort",
    "unsignedByte",
    "hexBinary",
    "base64Binary",
    "anyURI",
    "dateTime",
    "dateTimeStamp",
    "float",
    "double",
];

/// What is wrong with axioms as OWL 2 RL: every axiom here is between named terms, so the profile comes down to these rules.
fn beyond_rl(quads: &[Quad]) -> Vec<String> {
    let kinds = kinds(quads);
    let is = |term: &str, kind: &str| kinds.get(term).is_some_and(|kinds| kinds.contains(kind));
    let property = |term: &str| is(term, "ObjectProperty") || is(term, "DatatypeProperty");
    let datatype = |term: &str| {
        term == format!("{RDFS}Literal")
            || term
                .strip_prefix("http://www.w3.org/2001/XMLSchema#")
                .is_some_and(|name| DATATYPES.contains(&name))
    };
    let mut wrong = Vec::new();
    for (term, kinds) in &kinds {
        if kinds.len() != 1 {
            wrong.push(format!("{term} is of several kinds: {kinds:?}"));
        }
        let known = [
            "Ontology",
            "Class",
            "ObjectProperty",
            "DatatypeProperty",
            "AnnotationProperty",
        ];
        for kind in kinds.iter().filter(|kind| !known.contains(&kind.as_str())) {
            wrong.push(format!("{term} is a {kind}"));
        }
    }
    for quad in quads {
        let (s, p, o) = (subject(quad), quad.predicate.as_str(), iri(&quad.object));
        let blank = matches!(quad.object, Term::BlankNode(_)) || s.starts_with("_:");
        let local = p.rsplit(['#', '/']).next().unwrap();
        let well = match local {
            _ if blank => false,
            "type" => true,
            "subClassOf" | "disjointWith" => is(&s, "Class") && is(&o, "Class"),
            "subPropertyOf" => {
                (is(&s, "ObjectProperty") && is(&o, "ObjectProperty"))
                    || (is(&s, "DatatypeProperty") && is(&o, "DatatypeProperty"))
            }
            "domain" => property(&s) && is(&o, "Class"),
            "range" if is(&s, "ObjectProperty") => is(&o, "Class"),
            "range" => is(&s, "DatatypeProperty") && datatype(&o),
            "inverseOf" => is(&s, "ObjectProperty") && is(&o, "ObjectProperty"),
            "imports" | "versionInfo" => is(&s, "Ontology"),
            "label" | "isDefinedBy" => p.starts_with(RDFS),
            _ => is(p, "AnnotationProperty"),
        };
        if !well {
            wrong.push(quad.to_string());
        }
    }
    wrong
}

#[test]
fn the_ontology_and_its_alignments_are_in_owl_2_rl() {
    let mut quads = parse(&root("ontology/chancery.ttl"));
    assert_eq!(beyond_rl(&quads), Vec::<String>::new());
    quads.extend(parse(&root("ontology/alignments.ttl")));
    quads.dedup();
    assert_eq!(beyond_rl(&quads), Vec::<String>::new());
    // the check itself sees what is beyond the profile
    let text = "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <http://example.org/> .
        :A a owl:Class ; rdfs:subClassOf [ a owl:Restriction ] . :p a owl:DatatypeProperty ; rdfs:range xsd:date . :p a owl:Class .
        :q a owl:ObjectProperty , owl:ReflexiveProperty ; rdfs:domain :Unknown ; :unknown 1 .";
    let quads: Vec<Quad> = RdfParser::from_format(RdfFormat::Turtle)
        .for_slice(text)
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(beyond_rl(&quads).len(), 9, "{:#?}", beyond_rl(&quads));
}

/// Domains, ranges, superclasses and disjoint classes of the ontology against data: what a reasoner would add or find wrong.
fn what_a_reasoner_would_say(ontology: &[Quad], data: &[Quad]) -> BTreeSet<String> {
    let mut types: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for quad in data {
        if quad.predicate.as_str() == format!("{RDF}type") {
            types
                .entry(quad.subject.to_string())
                .or_default()
                .insert(iri(&quad.object));
        }
    }
    let axioms = |local: &str, namespace: &str| -> Vec<(String, String)> {
        ontology
            .iter()
            .filter(|quad| quad.predicate.as_str() == format!("{namespace}{local}"))
            .map(|quad| (subject(quad), iri(&quad.object)))
            .collect()
    };
    let domains: BTreeMap<String, String> = axioms("domain", RDFS).into_iter().collect();
    let ranges: BTreeMap<String, String> = axioms("range", RDFS).into_iter().collect();
    let above = axioms("subClassOf", RDFS);
    let disjoint = axioms("disjointWith", OWL);
    let kinds = kinds(ontology);
    let mut said = BTreeSet::new();
    let is = |node: &str, class: &str| types.get(node).is_some_and(|types| types.contains(class));
    for quad in data {
        let property = quad.predicate.as_str();
        if property.starts_with(DIP) || property.starts_with(SAID) {
            let Some(kind) = kinds.get(property) else {
                said.insert(format!("{property} is not defined"));
                continue;
            };
            let leads_to_things = matches!(quad.object, Term::NamedNode(_));
            if kind.contains("ObjectProperty") != leads_to_things {
                said.insert(format!("{property} leads to {}", quad.object));
            }
            if let Some(class) = ranges.get(property)
                && leads_to_things
                && !is(&quad.object.to_string(), class)
            {
                said.insert(format!("{} is a {class}", quad.object));
            }
        }
        if let Some(class) = domains.get(property)
            && !is(&quad.subject.to_string(), class)
        {
            said.insert(format!(
                "{} is a {class}, as it has {property}",
                quad.subject
            ));
        }
    }
    for (node, types) in &types {
        for (class, superclass) in &above {
            if types.contains(class) && !types.contains(superclass) {
                said.insert(format!("{node} is a {superclass}"));
            }
        }
        for (one, other) in &disjoint {
            if types.contains(one) && types.contains(other) {
                said.insert(format!("{node} is a {one} and a {other}"));
            }
        }
        for class in types.iter().filter(|class| class.starts_with(DIP)) {
            if !kinds.contains_key(class) {
                said.insert(format!("{class} is not defined"));
            }
        }
    }
    said
}

#[test]
fn data_need_no_reasoner_and_use_only_what_is_defined() {
    let ontology = parse(&root("ontology/chancery.ttl"));
    let folder = tempfile::tempdir().unwrap();
    let documents = root("data/documents").display().to_string();
    said(folder.path(), &["build", &documents, "--store", "s"]);
    said(
        folder.path(),
        &["export", "--format", "nq", "--store", "s", "--to", "all.nq"],
    );
    for path in [folder.path().join("all.nq"), root("ontology/examples.trig")] {
        let data = parse(&path);
        assert!(data.len() > 500);
        let found = what_a_reasoner_would_say(&ontology, &data);
        assert!(found.is_empty(), "{}: {found:#?}", path.display());
    }
}

#[test]
fn every_class_has_an_example_and_the_shapes_accept_it() {
    let ontology = parse(&root("ontology/chancery.ttl"));
    let examples = parse(&root("ontology/examples.trig"));
    let mut without = Vec::new();
    for (class, kinds) in kinds(&ontology) {
        if !kinds.contains("Class") {
            continue;
        }
        let named: Vec<&Quad> = ontology
            .iter()
            .filter(|quad| {
                subject(quad) == class && quad.predicate.as_str() == format!("{SKOS}example")
            })
            .collect();
        let there = named.iter().any(|named| {
            examples.iter().any(|quad| {
                Term::from(quad.subject.clone()) == named.object
                    && quad.predicate.as_str() == format!("{RDF}type")
                    && iri(&quad.object) == class
            })
        });
        if !there {
            without.push(class);
        }
    }
    assert_eq!(without, Vec::<String>::new());
    let report = said(&root("ontology"), &["validate", "examples.trig", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["outcome"], "conforms", "{report}");
    let idle: Vec<&String> = report["shapes"]
        .as_object()
        .unwrap()
        .iter()
        .filter(|(_, n)| **n == 0)
        .map(|(shape, _)| shape)
        .collect();
    assert!(idle.is_empty(), "no example for {idle:?}");
}

#[test]
fn alignments_name_terms_of_ours_and_known_items_of_wikidata() {
    let known = kinds(&parse(&root("ontology/chancery.ttl")));
    let alignments = parse(&root("ontology/alignments.ttl"));
    let mut labels: BTreeMap<String, String> = BTreeMap::new();
    let mut named = BTreeSet::new();
    for quad in &alignments {
        let (s, o) = (subject(quad), iri(&quad.object));
        if s.starts_with(DIP) {
            assert!(known.contains_key(&s), "{s} is not defined");
        }
        if o.contains("wikidata.org/") {
            named.insert(o);
        }
        if s.contains("wikidata.org/")
            && let Term::Literal(label) = &quad.object
        {
            labels.insert(s, label.value().to_owned());
        }
    }
    assert_eq!(named, labels.keys().cloned().collect());
    // Items stand beside classes, properties beside properties.
    for quad in &alignments {
        let o = iri(&quad.object);
        let is_class = known
            .get(&subject(quad))
            .is_some_and(|kinds| kinds.contains("Class"));
        assert!(!o.contains("wikidata.org/entity/Q") || is_class, "{quad}");
        assert!(
            !o.contains("wikidata.org/prop/direct/P") || !is_class,
            "{quad}"
        );
    }
    for (vocabulary, namespace) in [
        ("schema.org", "https://schema.org/"),
        ("FOAF", "http://xmlns.com/foaf/0.1/"),
        ("ORG", "http://www.w3.org/ns/org#"),
        ("PROV-O", "http://www.w3.org/ns/prov#"),
        ("OWL-Time", "http://www.w3.org/2006/time#"),
        ("SEM", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
        ("GeoSPARQL", "http://www.opengis.net/ont/geosparql#"),
        ("ELI", "http://data.europa.eu/eli/ontology#"),
        ("Wikidata", "http://www.wikidata.org/"),
    ] {
        let aligned = alignments
            .iter()
            .any(|quad| iri(&quad.object).starts_with(namespace));
        assert!(aligned, "nothing is aligned with {vocabulary}");
    }
    let Some(table) = wikidata() else { return };
    for (term, label) in &labels {
        let id = term.rsplit('/').next().unwrap();
        assert_eq!(table.get(id), Some(label), "{id}");
    }
}

/// Ids of Wikidata with their English labels, from the tables beside the checkout.
fn wikidata() -> Option<BTreeMap<String, String>> {
    let mut table = BTreeMap::new();
    for name in ["wikidata-classes.tsv", "wikidata-properties.tsv"] {
        let path = root("../shared/reference").join(name);
        let Ok(text) = fs::read_to_string(&path) else {
            skip(&format!("no {} here", path.display()), "labels of Wikidata");
            return None;
        };
        for line in text.lines().skip(1) {
            let mut cells = line.split('\t');
            if let (Some(id), Some(label)) = (cells.next(), cells.next()) {
                table.insert(id.to_owned(), label.to_owned());
            }
        }
    }
    Some(table)
}

#[test]
fn the_reference_page_is_current() {
    let page = said(&root("."), &["ontology", "--format", "markdown"]);
    let written = fs::read_to_string(root("docs/ontology.md")).unwrap();
    assert!(
        page == written,
        "docs/ontology.md is not current: chancery ontology --format markdown > docs/ontology.md"
    );
    for words in [
        "### dip:Visit",
        "```mermaid\nclassDiagram",
        "`wd:Q131569` treaty",
        "visite",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn the_files_of_the_ontology_are_printed() {
    let here = root(".");
    for (part, file) in [
        ("terms", "chancery.ttl"),
        ("alignments", "alignments.ttl"),
        ("shapes", "shapes.ttl"),
        ("examples", "examples.trig"),
    ] {
        let written = fs::read_to_string(root("ontology").join(file)).unwrap();
        assert!(said(&here, &["ontology", part]) == written);
        let nquads = said(&here, &["ontology", part, "--format", "nq"]);
        let back = RdfParser::from_format(RdfFormat::NQuads)
            .for_slice(&nquads)
            .count();
        assert_eq!(back, parse(&root("ontology").join(file)).len(), "{part}");
    }
}

#[test]
fn a_store_is_described_with_source_and_licence_of_every_document() {
    let folder = tempfile::tempdir().unwrap();
    let documents = root("data/documents").display().to_string();
    said(folder.path(), &["build", &documents, "--store", "s"]);
    let describe = |more: &[&str]| {
        said(
            folder.path(),
            &[&["describe", "--store", "s"], more].concat(),
        )
    };
    let told = describe(&[]);
    assert!(told == describe(&[]), "the same store, the same bytes");
    for words in [
        "<https://w3id.org/chancery/id/dataset> a void:Dataset , dcat:Dataset ;",
        "dct:license <https://spdx.org/licenses/CC-BY-SA-4.0>",
        "dct:rights \"free reuse with the source named\"",
        "dct:source <https://en.wikipedia.org/wiki/France%E2%80%93Peru_relations>",
        "dct:publisher \"Ministère de l'Europe et des Affaires étrangères\"",
        "dct:language <http://id.loc.gov/vocabulary/iso639-1/fr>",
        "dcat:startDate \"",
        "several licences",
    ] {
        assert!(told.contains(words), "{words} is not in\n{told}");
    }
    assert!(!told.contains("sparqlEndpoint"));
    let asked = describe(&["--endpoint", "https://example.org/sparql", "--format", "nt"]);
    assert!(asked.contains("void#sparqlEndpoint> <https://example.org/sparql>"));
    // the figures are those of the store
    let export = said(folder.path(), &["export", "--format", "nq", "--store", "s"]);
    let triples = format!("void:triples \"{}\"^^xsd:integer", export.lines().count());
    assert!(told.contains(&triples), "{triples}");
}

#[expect(clippy::print_stderr, reason = "says what was not checked")]
fn skip(why: &str, what: &str) {
    eprintln!("skipped, {why}: {what}");
}
