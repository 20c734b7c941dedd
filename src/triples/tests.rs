//! Hand-made claims → the quads of the world and of their documents. The persons are invented.

use super::vocabulary::*;
use super::*;
use crate::fact::{
    Body, BodyClass, Claim, Edtf, Evidence, EvidenceRole, Fact, Flag, Kind, Modality, Office,
    Person, Polarity, Slot, Value,
};
use crate::resolve::{Topics, resolve};
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

fn all() -> Vec<Quad> {
    let (sources, documents) = input();
    let topics = Topics::default();
    quads(
        &resolve(&sources, &topics),
        &sources,
        &documents,
        &Gazetteer::default(),
        DEFAULT_BASE,
    )
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
    let again = quads(
        &resolve(&sources, &Topics::default()),
        &sources,
        &documents,
        &Gazetteer::default(),
        DEFAULT_BASE,
    );
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
    let world = resolve(&sources, &Topics::default());
    let quads = quads(&world, &sources, &documents, &gazetteer, DEFAULT_BASE);
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
