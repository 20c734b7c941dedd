//! Hand-made claims → the quads of the world and of their documents. The persons are invented.

use super::vocabulary::*;
use super::*;
use crate::fact::{
    Body, BodyClass, Claim, Edtf, Evidence, EvidenceRole, Fact, Flag, Kind, Modality, Office,
    Person, Polarity, Slot, Value,
};
use crate::resolve::{Source, Topics, resolve};
use crate::text::Span;
use oxigraph::model::{Literal, NamedOrBlankNode};
use std::collections::BTreeSet;

const TEXT_A: &str =
    "Été 1970 : le président Otto Lind s'est rendu au Pérou. Il reviendra en 1980.";
const TEXT_B: &str = "Otto Lind visited Peru in May 1970.";

fn body(key: &str, name: &str) -> Value {
    Value::Body(Body {
        class: BodyClass::State,
        key: key.into(),
        name: name.into(),
    })
}

fn claim(text: &str, words: &str, start: &str, modality: Modality) -> Claim {
    let at = text.find(words).unwrap();
    let fact = Fact::new(Kind::Visit)
        .with(
            Slot::Visitor,
            Value::Person(Person {
                name: "Otto Lind".into(),
            }),
        )
        .with(
            Slot::Role,
            Value::Office(Office {
                role: "President".into(),
                of: None,
            }),
        )
        .with(Slot::From, body("FRA", "France"))
        .with(Slot::To, body("PER", "Peru"))
        .with(Slot::Start, Value::Date(Edtf::parse(start).unwrap()));
    let evidence = vec![Evidence {
        span: Span::new(at, at + words.len()),
        role: EvidenceRole::Statement,
    }];
    Claim {
        fact,
        modality,
        polarity: Polarity::Affirmed,
        speaker: None,
        rule: "test.visit".into(),
        trigger: None,
        confidence: 90,
        evidence,
        flags: vec![Flag::UnresolvedDate("été".into())],
    }
}

fn input() -> (Vec<Source>, Vec<DocumentInfo>) {
    let sources = vec![
        Source {
            document: "b é.txt".into(),
            claims: vec![claim(
                TEXT_B,
                "Otto Lind visited Peru in May 1970",
                "1970-05",
                Modality::Asserted,
            )],
        },
        Source {
            document: "a".into(),
            claims: vec![
                claim(
                    TEXT_A,
                    "le président Otto Lind s'est rendu au Pérou",
                    "1970",
                    Modality::Asserted,
                ),
                claim(TEXT_A, "Il reviendra en 1980", "1980", Modality::Planned),
            ],
        },
    ];
    let info = |id: &str, lang: &str, text: &str| DocumentInfo {
        id: id.into(),
        title: format!("Title {id}"),
        lang: lang.into(),
        hash: "00".into(),
        text: text.into(),
        ..DocumentInfo::default()
    };
    (
        sources,
        vec![info("b é.txt", "en", TEXT_B), info("a", "fr", TEXT_A)],
    )
}

/// All quads, sorted.
fn quads(sources: &[Source], documents: &[DocumentInfo], gazetteer: &Gazetteer) -> Vec<Quad> {
    let world = resolve(sources, &Topics::default());
    let of = |id: &String| {
        let source = sources.iter().find(|s| s.document == *id).unwrap();
        let info = documents.iter().find(|d| d.id == *id).unwrap();
        (source, info, claim_hashes(id, &source.claims, &info.text))
    };
    let found: Vec<_> = world.sources.iter().map(of).collect();
    let said = found
        .iter()
        .map(|(source, info, hashes)| Said {
            document: &info.id,
            lang: &info.lang,
            claims: &source.claims,
            hashes,
        })
        .collect();
    let graphs = Graphs::new(&world, said, gazetteer, DEFAULT_BASE);
    let mut quads: Vec<Quad> = graphs.parts().flat_map(|part| graphs.part(part)).collect();
    quads.extend(documents.iter().flat_map(|info| graphs.document(info)));
    quads.sort_by_cached_key(ToString::to_string);
    quads.dedup();
    quads
}

fn all() -> Vec<Quad> {
    let (sources, documents) = input();
    quads(&sources, &documents, &Gazetteer::default())
}

fn objects(quads: &[Quad], subject: &str, predicate: NamedNodeRef<'_>) -> Vec<String> {
    quads
        .iter()
        .filter(|q| {
            q.subject.to_string() == format!("<{DEFAULT_BASE}{subject}>")
                && q.predicate == predicate
        })
        .map(|q| q.object.to_string())
        .collect()
}

#[test]
fn the_world_is_in_the_default_graph_and_leads_to_the_words() {
    let quads = all();
    let visit = "visit/france-peru-1970-otto-lind";
    assert_eq!(
        objects(&quads, visit, START),
        ["\"1970-05\"^^<http://id.loc.gov/datatypes/edtf/EDTF>"]
    );
    assert_eq!(
        objects(&quads, visit, EARLIEST),
        ["\"1970-05-01\"^^<http://www.w3.org/2001/XMLSchema#date>"]
    );
    assert_eq!(
        objects(&quads, visit, LABEL),
        ["\"Visit of Otto Lind to Peru (1970-05)\"@en"]
    );
    assert_eq!(objects(&quads, visit, SUPPORTED_BY).len(), 2);
    assert_eq!(
        objects(&quads, "office/president-of-france", ROLE_NAME),
        ["\"President\""]
    );
    assert_eq!(
        objects(
            &quads,
            "visit/france-peru-1970-otto-lind/start/1970",
            SUPPORTED_BY
        )
        .len(),
        1
    );
    assert_eq!(
        objects(
            &quads,
            "conflict/visit-france-peru-1970-otto-lind-start",
            GRADE
        ),
        ["\"different-precision\""]
    );
    let default: Vec<&Quad> = quads
        .iter()
        .filter(|q| q.graph_name == GraphName::DefaultGraph)
        .collect();
    assert!(
        !default
            .iter()
            .any(|q| q.object.to_string().contains("1980")),
        "what is planned is no fact"
    );
    let start = Literal::from(11_i64);
    assert!(
        quads
            .iter()
            .any(|q| q.predicate == OA_START && q.object == Term::from(start.clone())),
        "offsets count code points"
    );
}

#[test]
fn nothing_depends_on_the_order_and_nothing_is_blank() {
    let first = all();
    let (mut sources, mut documents) = input();
    sources.reverse();
    documents.reverse();
    let again = quads(&sources, &documents, &Gazetteer::default());
    assert_eq!(first, again);
    assert!(
        first
            .iter()
            .all(|q| matches!(q.subject, NamedOrBlankNode::NamedNode(_))
                && !matches!(q.object, Term::BlankNode(_)))
    );
    let graphs: BTreeSet<String> = first.iter().map(|q| q.graph_name.to_string()).collect();
    assert_eq!(graphs.len(), 3);
    for quad in &first {
        if let NamedOrBlankNode::NamedNode(node) = &quad.subject {
            NamedNode::new(node.as_str()).unwrap();
        }
    }
}

#[test]
fn every_claim_has_an_iri_of_its_own() {
    let quads = all();
    let claims: BTreeSet<String> = quads
        .iter()
        .filter(|q| q.predicate == TYPE && q.object == Term::from(CLAIM.into_owned()))
        .map(|q| q.subject.to_string())
        .collect();
    assert_eq!(claims.len(), 3);
    let supporting = quads.iter().filter(|q| q.predicate == SUPPORTS).count();
    assert_eq!(supporting, 2);
}

#[test]
fn a_city_of_the_gazetteer_has_its_point_and_says_where_it_comes_from() {
    let (mut sources, documents) = input();
    let city = Value::Place(crate::fact::Place {
        key: "lima".into(),
        name: "Lima".into(),
        state: Some("PER".into()),
    });
    for source in &mut sources {
        for claim in &mut source.claims {
            claim.fact.add(Slot::City, city.clone());
        }
    }
    let gazetteer = Gazetteer {
        coordinates: [(
            "lima".to_owned(),
            ("-12.04".to_owned(), "-77.05".to_owned()),
        )]
        .into(),
        ..Gazetteer::default()
    };
    let quads = quads(&sources, &documents, &gazetteer);
    assert_eq!(
        objects(&quads, "city/lima", GEO_HAS_GEOMETRY),
        [format!("<{DEFAULT_BASE}city/lima/point>")]
    );
    assert_eq!(
        objects(&quads, "city/lima/point", GEO_AS_WKT),
        [format!("\"POINT (-77.05 -12.04)\"^^{GEO_WKT}")]
    );
    assert_eq!(objects(&quads, "city/lima/point", DCT_SOURCE).len(), 1);
}

#[test]
fn a_parts_subjects_are_its_own_and_its_print_stands_for_its_quads() {
    let (mut sources, documents) = input();
    let prints = |sources: &[Source]| {
        let world = resolve(sources, &Topics::default());
        let said = sources
            .iter()
            .map(|source| {
                (
                    source,
                    claim_hashes(&source.document, &source.claims, TEXT_A),
                )
            })
            .collect::<Vec<_>>();
        let said = said
            .iter()
            .map(|(source, hashes)| Said {
                document: &source.document,
                lang: "en",
                claims: &source.claims,
                hashes,
            })
            .collect();
        let gazetteer = Gazetteer::default();
        let graphs = Graphs::new(&world, said, &gazetteer, DEFAULT_BASE);
        let mut prints = BTreeMap::new();
        let mut subjects = BTreeSet::new();
        for part in graphs.parts() {
            let quads = graphs.part(part);
            let own: BTreeSet<String> = quads.iter().map(|q| q.subject.to_string()).collect();
            assert!(own.iter().all(|subject| subjects.insert(subject.clone())));
            prints.insert(part.name(), graphs.print(part));
        }
        (prints, graphs.links("a"))
    };
    assert_eq!(documents.len(), sources.len());
    sources.reverse();
    let (both, links_of_both) = prints(&sources);
    sources.pop();
    let (one, links) = prints(&sources);
    assert_eq!(links_of_both, links);
    assert_ne!(
        both["visit/france-peru-1970-otto-lind"],
        one["visit/france-peru-1970-otto-lind"]
    );
}

#[test]
fn numbers_have_the_form_that_stores_keep() {
    for (number, plain) in [
        ("0.90", "0.9"),
        ("510.0", "510"),
        ("007", "7"),
        ("-0.50", "-0.5"),
        ("0.0", "0"),
        (".5", "0.5"),
        ("1500", "1500"),
    ] {
        let literal = super::world::decimal(number);
        assert_eq!(literal.value(), plain);
        let quad = Quad::new(
            TYPE.into_owned(),
            TYPE.into_owned(),
            literal,
            GraphName::DefaultGraph,
        );
        let store = oxigraph::store::Store::new().unwrap();
        store.insert(&quad).unwrap();
        assert_eq!(store.iter().next().unwrap().unwrap(), quad);
    }
}
