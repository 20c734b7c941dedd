//! `/page/…`: what has an IRI as a page: what it is, the facts that it takes part in grouped as a reader of its class would, what is disputed, how to
//! cite it.

mod known;
mod moves;
mod neighbours;
mod schema;
mod strip;

use super::Visit;
use super::conflicts::{self, Dispute};
use super::facts::{self, KINDS, Line, Piece, Teller, local, page};
use super::frame::Frame;
use super::pages::Pages;
use super::relations::pairs::{self, Pair, code};
use crate::serve::Shared;
use crate::serve::entity::{alternates, iris};
use crate::serve::parameters::percent_decoded;
use crate::serve::problem::{Kind, Problem};
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Redirect, Response};
pub(super) use known::parts_of;
use known::{Entity, Named};
use neighbours::Neighbours;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use strip::Strip;

/// Facts of each kind on the page of an entity that has many kinds of them.
const FEW: usize = 4;
/// Facts of the one kind that is asked for.
const MANY: usize = 40;
/// Facts that the strip and the neighbours are drawn from.
const DRAWN: usize = 120;
/// Longer values are cut.
const LONG: usize = 600;
/// Partners on the page of a state.
const PARTNERS: usize = 8;

/// What pages of a class have first, and in this order; all other kinds follow.
const ORDERS: [(&str, &[&str]); 5] = [
    ("Person", &["Appointment", "Visit", "Meeting"]),
    ("Mission", &["MissionPhase", "Appointment", "MissionEvent"]),
    ("Organisation", &["OrganisationMembership", "Treaty"]),
    ("Office", &["Appointment", "Visit", "Meeting"]),
    ("City", &["MissionPhase", "Visit", "Meeting"]),
];

/// A property and its values, each with the numbers of the sentences that tell it.
struct Property {
    name: String,
    iri: String,
    values: Vec<(Piece, Vec<usize>)>,
}

/// Facts of one kind.
struct Section {
    class: &'static str,
    total: usize,
    lines: Vec<Line>,
    /// Where all of them are; empty when they are here.
    all: String,
}

/// Things of one kind that point here and are no facts.
struct Others {
    name: String,
    things: Vec<Piece>,
}

#[derive(Template)]
#[template(path = "entity.html")]
struct Page<'p> {
    frame: &'p Frame,
    name: String,
    language: String,
    class: String,
    iri: String,
    path: String,
    also: Vec<String>,
    /// The entity itself, where it is a fact.
    line: Option<Line>,
    properties: Vec<Property>,
    sentences: Vec<facts::Sentence>,
    sections: Vec<Section>,
    chosen: bool,
    pages: Pages,
    others: Vec<Others>,
    pairs: Vec<Pair>,
    all_partners: String,
    disputes: Vec<Dispute>,
    links: Vec<Piece>,
    strip: Strip,
    neighbours: Neighbours,
    sources: Vec<Piece>,
    /// Where its places are told as GeoJSON; empty for what stands nowhere.
    moves: String,
    schema: String,
    formats: [(&'static str, &'static str); 4],
}

/// `/page/…`
pub(in crate::serve) async fn answer(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let path = uri.path().strip_prefix("/page/").unwrap_or_default();
    if path.starts_with("document/") {
        return Redirect::permanent(&format!("/{path}")).into_response();
    }
    let outcome = respond(&shared, path, &uri, &headers).await;
    let mut response = outcome.unwrap_or_else(IntoResponse::into_response);
    alternates(response.headers_mut(), path);
    response
}

async fn respond(
    shared: &Shared,
    path: &str,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let mut visit = Visit::new(shared, uri, headers)?;
    if let Some(same) = visit.unchanged() {
        return Ok(same);
    }
    let unknown = || {
        let shown = percent_decoded(path).unwrap_or_else(|_| path.to_owned());
        Problem::new(Kind::NotFound, format!("No entity is known as {shown}."))
    };
    if let Some(path) = path.strip_suffix(".geojson") {
        return moves::answer(shared, path, visit).await;
    }
    let iris = iris(&shared.base, path).ok_or_else(unknown)?;
    let entity = known::of(shared, &iris).await?.ok_or_else(unknown)?;
    let names = shared.names().await?;
    let frame = visit.frame.clone();
    let teller = Teller {
        frame: &frame,
        names: &names,
    };
    let classes: BTreeSet<&str> = entity
        .properties
        .get("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        .into_iter()
        .flatten()
        .map(|class| local(&class.value.text))
        .collect();
    let class = class(&classes);
    let own = facts::of(shared, std::slice::from_ref(&entity.iri)).await?;
    let line = own
        .get(&entity.iri)
        .filter(|fact| !fact.class.is_empty())
        .map(|fact| teller.line(fact, None));
    let asked = KINDS.into_iter().find(|kind| *kind == visit.asked("kind"));
    let (sections, pages, drawn) =
        sections(shared, &teller, &entity, class, asked, visit.number()).await?;
    let mut partners = Vec::new();
    let mut all_partners = String::new();
    if class == "State" && asked.is_none() {
        partners = pairs::pairs(shared, &teller, pairs::of(&entity.iri)).await?;
        partners.truncate(PARTNERS);
        if let Some(state) = names.of_iri(&entity.iri) {
            all_partners = frame.to(format!("/relations/{}", code(state)));
        }
    }
    let label = frame.language.best(&entity.labels);
    let name = match (&line, label) {
        // what happened is told in the reader's language, not by its English label
        (Some(line), _) if class != "Treaty" => line.head.iter().map(|p| p.text.as_str()).collect(),
        (_, Some(label)) => label.text.clone(),
        (_, None) => entity
            .iri
            .strip_prefix(&shared.base)
            .unwrap_or(&entity.iri)
            .to_owned(),
    };
    let mut sentences: Vec<facts::Sentence> = entity
        .sentences
        .iter()
        .map(|sentence| facts::Sentence {
            claim: local(&sentence.claim).to_owned(),
            quote: sentence.quote.trim().to_owned(),
            title: if sentence.title.is_empty() {
                teller.thing(&sentence.document).text
            } else {
                sentence.title.clone()
            },
            address: frame.to(format!(
                "{}#c-{}",
                page(&sentence.document, &shared.base),
                local(&sentence.claim)
            )),
            language: String::new(),
        })
        .collect();
    if line.is_none() && !sections.is_empty() {
        // each stands below the fact that it tells
        sentences.clear();
    }
    let sources = sources(&sections, &sentences);
    let page = Page {
        name,
        language: label
            .and_then(|label| label.language.clone())
            .filter(|language| language != frame.code() && line.is_none())
            .unwrap_or_default(),
        class: frame.say_of("class", class),
        also: also(&entity, &frame),
        properties: properties(&entity, &teller, !sentences.is_empty()),
        others: others(&entity, &teller),
        disputes: conflicts::about(shared, &teller, &entity.iri).await?,
        links: links(&entity),
        strip: if matches!(class, "Person" | "Mission" | "Office") {
            Strip::of(&drawn, &teller)
        } else {
            Strip::default()
        },
        neighbours: Neighbours::of(&entity.iri, &drawn, &own, &teller),
        schema: schema::of(&entity, &entity.iri),
        iri: entity.iri.clone(),
        path: path.to_owned(),
        line,
        sentences,
        chosen: asked.is_some(),
        sections,
        pages,
        pairs: partners,
        all_partners,
        sources,
        moves: if class == "Mission" {
            frame.to(format!("/page/{path}.geojson"))
        } else {
            String::new()
        },
        formats: [
            ("ttl", "Turtle"),
            ("jsonld", "JSON-LD"),
            ("nt", "N-Triples"),
            ("rdf", "RDF/XML"),
        ],
        frame: &frame,
    };
    visit.show(&page).await
}

/// The class that says most.
fn class<'c>(classes: &BTreeSet<&'c str>) -> &'c str {
    const GENERAL: [&str; 4] = ["Fact", "Event", "Body", "Place"];
    classes
        .iter()
        .find(|class| !GENERAL.contains(class))
        .or_else(|| classes.iter().next())
        .copied()
        .unwrap_or("Thing")
}

/// The facts that an entity takes part in, by kind; and some of them to draw from.
async fn sections(
    shared: &Shared,
    teller: &Teller<'_>,
    entity: &Entity,
    class: &str,
    asked: Option<&'static str>,
    number: usize,
) -> Result<(Vec<Section>, Pages, BTreeMap<String, facts::Fact>), Problem> {
    let first = ORDERS
        .iter()
        .find(|(of, _)| *of == class)
        .map_or(&[][..], |(_, order)| *order);
    let rest = KINDS.iter().filter(|kind| !first.contains(kind));
    let kinds: Vec<&'static str> = first.iter().chain(rest).copied().collect();
    // heads and moves of a mission, offices of a person: in their order; else the latest first
    let in_order = matches!(class, "Mission" | "Person" | "Office");
    let mut pages = Pages::new(1, MANY, 0);
    let mut chosen: Vec<(&'static str, usize, Vec<String>)> = Vec::new();
    for kind in kinds {
        if asked.is_some_and(|asked| asked != kind) {
            continue;
        }
        let mut of_kind: Vec<_> = entity
            .parts
            .iter()
            .filter(|part| part.class == kind)
            .collect();
        if of_kind.is_empty() {
            continue;
        }
        if !in_order {
            of_kind.sort_by(|a, b| {
                (a.day == "~", &b.day, &a.iri).cmp(&(b.day == "~", &a.day, &b.iri))
            });
        }
        let shown = if asked.is_some() {
            pages = Pages::new(number, MANY, of_kind.len());
            pages.part(&of_kind)
        } else {
            let most = if in_order { MANY } else { FEW };
            of_kind.get(..most.min(of_kind.len())).unwrap_or_default()
        };
        let iris = shown.iter().map(|part| part.iri.clone()).collect();
        chosen.push((kind, of_kind.len(), iris));
    }
    let mut iris: Vec<String> = chosen
        .iter()
        .flat_map(|(_, _, iris)| iris.clone())
        .collect();
    for part in entity.parts.iter().take(DRAWN) {
        if !iris.contains(&part.iri) {
            iris.push(part.iri.clone());
        }
    }
    let facts = facts::of(shared, &iris).await?;
    let sections = chosen
        .into_iter()
        .map(|(class, total, iris)| Section {
            class,
            total,
            all: if iris.len() < total && asked.is_none() {
                teller.frame.with("kind", class)
            } else {
                String::new()
            },
            lines: iris
                .iter()
                .filter_map(|iri| facts.get(iri))
                .map(|fact| teller.line(fact, None))
                .collect(),
        })
        .collect();
    Ok((sections, pages, facts))
}

/// Other names than the one that the page has.
fn also(entity: &Entity, frame: &Frame) -> Vec<String> {
    let shown = frame.language.label(&entity.labels);
    let others = entity
        .properties
        .get("http://www.w3.org/2004/02/skos/core#altLabel")
        .into_iter()
        .flatten()
        .map(|name| name.value.text.as_str());
    let mut also: Vec<String> = Vec::new();
    for name in entity
        .labels
        .iter()
        .map(|label| label.text.as_str())
        .chain(others)
    {
        if Some(name) != shown && !also.iter().any(|held| held == name) {
            also.push(name.to_owned());
        }
    }
    also
}

/// What is told of the entity itself.
fn properties(entity: &Entity, teller: &Teller<'_>, numbered: bool) -> Vec<Property> {
    const HIDDEN: [&str; 16] = [
        "type",
        "key",
        "altLabel",
        "sameAs",
        "exactMatch",
        "closeMatch",
        "earliest",
        "latest",
        "hasGeometry",
        "supports",
        "account",
        "accountOf",
        "text",
        "hash",
        "relation",
        "hasSelector",
    ];
    let numbers: BTreeMap<&str, usize> = entity
        .sentences
        .iter()
        .enumerate()
        .map(|(at, sentence)| (sentence.claim.as_str(), at + 1))
        .collect();
    entity
        .properties
        .iter()
        .filter(|(iri, _)| !HIDDEN.contains(&local(iri)))
        .map(|(iri, values)| Property {
            name: teller.term(iri),
            iri: iri.clone(),
            values: values
                .iter()
                .map(|value| {
                    let key = (iri.clone(), value.value.text.clone());
                    let told = entity.told.get(&key).into_iter().flatten();
                    let numbers = told
                        .filter_map(|claim| numbers.get(claim.as_str()))
                        .copied();
                    (
                        shown(value, teller),
                        if numbered {
                            numbers.collect()
                        } else {
                            Vec::new()
                        },
                    )
                })
                .collect(),
        })
        .collect()
}

/// A value; long texts are cut.
fn shown(value: &Named, teller: &Teller<'_>) -> Piece {
    let mut piece = teller.value(&value.value);
    let named = teller.frame.language.best(&value.labels);
    if let Some(label) = named
        && value.value.kind == "uri"
        && teller.names.of_iri(&value.value.text).is_none()
    {
        piece.text.clone_from(&label.text);
    }
    if piece.text.chars().count() > LONG {
        piece.text = piece.text.chars().take(LONG).chain(" …".chars()).collect();
    }
    piece
}

/// What points here and is no fact: by its class where it has one, else by how it points here.
fn others(entity: &Entity, teller: &Teller<'_>) -> Vec<Others> {
    let mut by: BTreeMap<String, Vec<Piece>> = BTreeMap::new();
    for pointer in &entity.pointers {
        // a relation's page tells nothing that those of its states don't
        if pointer.thing.contains("/relation/") || pointer.thing.contains("/link/") {
            continue;
        }
        let name = match teller.names.of_iri(&pointer.thing) {
            Some(thing) => teller.frame.say_of("classes", thing.class),
            None => teller.term(&pointer.property),
        };
        let things = by.entry(name).or_default();
        let piece = teller.thing(&pointer.thing);
        if !things.contains(&piece) {
            things.push(piece);
        }
    }
    by.into_iter()
        .map(|(name, things)| Others { name, things })
        .collect()
}

/// Where else it is described.
fn links(entity: &Entity) -> Vec<Piece> {
    let of = |iri: &str| {
        let values = entity.properties.get(iri).into_iter().flatten();
        values.map(|value| value.value.text.clone())
    };
    of("http://www.w3.org/2002/07/owl#sameAs")
        .chain(of("http://www.w3.org/2004/02/skos/core#exactMatch"))
        .chain(of("http://www.w3.org/2004/02/skos/core#closeMatch"))
        .map(|iri| Piece {
            text: match iri.strip_prefix("http://www.wikidata.org/entity/") {
                Some(id) => format!("Wikidata {id}"),
                None => iri.clone(),
            },
            address: page(&iri, "-"),
            language: String::new(),
        })
        .collect()
}

/// The documents that tell what the page shows.
fn sources(sections: &[Section], sentences: &[facts::Sentence]) -> Vec<Piece> {
    let mut sources: BTreeMap<String, String> = BTreeMap::new();
    let below = sections
        .iter()
        .flat_map(|section| &section.lines)
        .flat_map(|line| &line.sentences);
    for sentence in below.chain(sentences) {
        let address = sentence.address.split('#').next().unwrap_or_default();
        sources.insert(sentence.title.clone(), address.to_owned());
    }
    sources
        .into_iter()
        .map(|(text, address)| Piece {
            text,
            address,
            language: String::new(),
        })
        .collect()
}
