//! `/document/…`: the text of a document with every fact marked where it is told, and the list of these facts, each leading to the other.

use super::Visit;
use super::dates;
use super::facts::{KINDS, PREFIXES, Piece, Teller, local, text};
use super::frame::Frame;
use super::marks::{Mark, Segment, segments};
use super::pages::Pages;
use crate::serve::Shared;
use crate::serve::entity::{alternates, iris};
use crate::serve::problem::{Kind, Problem};
use crate::serve::rows::Row;
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// About as many characters of the text stand on a page.
const LONG: usize = 12_000;

/// The slots of claims as one would tell them: what, who, from whom to whom, where, when.
const SLOTS: [&str; 24] = [
    "event",
    "measure",
    "title",
    "kind",
    "visitor",
    "person",
    "participants",
    "role",
    "roles",
    "state",
    "organisation",
    "actor",
    "sending",
    "from",
    "parties",
    "of",
    "to",
    "receiving",
    "value",
    "unit",
    "city",
    "place",
    "date",
    "start",
];

/// What a document says of one fact.
#[derive(Clone, Debug, Default)]
pub(super) struct Claim {
    /// The last part of its IRI.
    pub(super) id: String,
    /// Its number in the document.
    pub(super) number: usize,
    /// The class of fact that it tells of; empty for another.
    pub(super) class: &'static str,
    /// What is said: slot and words, in the order in which one would tell it.
    pub(super) said: Vec<(String, String)>,
    /// The fact of the world that it supports; empty where it supports none.
    pub(super) fact: String,
    pub(super) rule: String,
    pub(super) modality: String,
    pub(super) denied: bool,
    pub(super) confidence: String,
    pub(super) speaker: String,
    pub(super) flags: Vec<String>,
    /// Where it stands, in code points of the text: the statement itself first.
    pub(super) places: Vec<(usize, usize)>,
}

/// A line of the text.
struct TextLine {
    segments: Vec<Segment>,
    /// `heading`, `item`, or nothing: how it looks, in the conventions of plain text.
    form: &'static str,
}

impl TextLine {
    fn of(segments: Vec<Segment>) -> Self {
        let text: String = segments.iter().map(|one| one.text.as_str()).collect();
        let text = text.trim();
        let form = if text.len() > 2 && text.starts_with('=') && text.ends_with('=') {
            "heading"
        } else if text.starts_with(['-', '*', '•', '|']) {
            "item"
        } else {
            ""
        };
        Self { segments, form }
    }
}

/// A claim as the list shows it.
struct Told {
    claim: Claim,
    fact: Option<Piece>,
    /// Whether its place is on this page of the text.
    here: bool,
    /// Where its place is.
    place: String,
}

#[derive(Template)]
#[template(path = "document.html")]
struct Page<'p> {
    frame: &'p Frame,
    title: String,
    language: String,
    iri: String,
    path: String,
    about: Vec<(String, Piece)>,
    lines: Vec<TextLine>,
    claims: Vec<Told>,
    kinds: Vec<(&'static str, usize)>,
    total: usize,
    silent: usize,
    pages: Pages,
}

/// `/document/…`
pub(in crate::serve) async fn answer(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let path = uri.path().trim_start_matches('/').to_owned();
    let outcome = respond(&shared, &path, &uri, &headers).await;
    let mut response = outcome.unwrap_or_else(IntoResponse::into_response);
    alternates(response.headers_mut(), &path);
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
        Problem::new(
            Kind::NotFound,
            format!("No document is known as {path}; /documents lists those that are here."),
        )
    };
    let either = iris(&shared.base, path).ok_or_else(unknown)?.join(" ");
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT ?d ?p ?o WHERE {{ VALUES ?d {{ {either} }} GRAPH ?d {{ ?d a dip:Document ; ?p ?o }} }} ORDER BY ?p ?o"
        ))
        .await?;
    let iri = rows
        .first()
        .map(|row| text(row, "d").to_owned())
        .ok_or_else(unknown)?;
    let of = |name: &str| {
        rows.iter()
            .find(|row| local(text(row, "p")) == name)
            .map(|row| text(row, "o").to_owned())
            .unwrap_or_default()
    };
    let names = shared.names().await?;
    let frame = visit.frame.clone();
    let teller = Teller {
        frame: &frame,
        names: &names,
    };
    let claims = claims(shared, &iri).await?;
    let gaps = gaps(shared, &iri).await?;
    let whole = of("text");
    let characters: Vec<char> = whole.chars().collect();
    let cuts = cuts(&characters);
    let pages = Pages::new(visit.number(), 1, cuts.len());
    let (from, to) = pages.part(&cuts).first().copied().unwrap_or((0, 0));
    let marks: Vec<Mark> = claims
        .iter()
        .flat_map(|claim| claim.places.iter().map(move |place| (claim, *place)))
        .map(|(claim, (start, end))| Mark {
            start,
            end,
            claim: claim.id.clone(),
            number: claim.number,
            class: claim.class,
        })
        .collect();
    let lines = segments(&characters, from, to, &marks, &gaps)
        .into_iter()
        .map(TextLine::of)
        .collect();
    let mut kinds: BTreeMap<&'static str, usize> = BTreeMap::new();
    for claim in &claims {
        *kinds.entry(claim.class).or_default() += 1;
    }
    let page_of = |claim: &Claim| {
        let start = claim.places.first().map_or(0, |(start, _)| *start);
        cuts.iter().position(|(_, end)| start < *end).unwrap_or(0) + 1
    };
    let here = pages.from() + 1;
    let total = claims.len();
    let told = claims
        .into_iter()
        .map(|claim| {
            let page = page_of(&claim);
            Told {
                here: page == here,
                place: if page == here {
                    format!("#c-{}", claim.id)
                } else {
                    format!("{}#c-{}", frame.with("page", page.to_string()), claim.id)
                },
                fact: (!claim.fact.is_empty()).then(|| Piece {
                    address: frame.to(super::facts::page(&claim.fact, &frame.base)),
                    text: frame.say("document.to_fact"),
                    language: String::new(),
                }),
                claim,
            }
        })
        // those of this page of the text; all stand in the data
        .filter(|told| told.here)
        .collect();
    let title = of("title");
    let page = Page {
        title: if title.is_empty() {
            of("identifier")
        } else {
            title
        },
        language: of("language"),
        about: about(&rows, &teller),
        path: path.to_owned(),
        lines,
        claims: told,
        kinds: KINDS
            .into_iter()
            .filter_map(|kind| Some((kind, *kinds.get(kind)?)))
            .collect(),
        total,
        silent: gaps.len(),
        pages,
        iri,
        frame: &frame,
    };
    visit.show(&page).await
}

/// Publisher, date, licence, source.
fn about(rows: &[Row], teller: &Teller<'_>) -> Vec<(String, Piece)> {
    let frame = teller.frame;
    [
        ("publisher", "document.publisher"),
        ("date", "page.date"),
        ("language", "site.languages"),
        ("license", "document.licence"),
        ("source", "document.source"),
        ("identifier", "document.file"),
    ]
    .into_iter()
    .flat_map(|(property, key)| {
        rows.iter()
            .filter(move |row| local(text(row, "p")) == property)
            .filter_map(|row| row.get("o"))
            .map(move |value| {
                let piece = match property {
                    "language" => Piece::plain(frame.say_of("tongue", &value.text)),
                    "date" => Piece::plain(dates::said(&value.text, frame.language)),
                    _ => Piece {
                        text: value.text.clone(),
                        address: super::facts::page(&value.text, "-"),
                        language: String::new(),
                    },
                };
                (frame.say(key), piece)
            })
    })
    .collect()
}

/// All claims of a document in the order of the text, numbered.
async fn claims(shared: &Shared, iri: &str) -> Result<Vec<Claim>, Problem> {
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT ?c ?p ?o WHERE {{ GRAPH <{iri}> {{ ?c a dip:Claim ; ?p ?o FILTER(?p NOT IN (rdf:type, dip:passage, dip:quote)) }} }} ORDER BY ?c ?p ?o"
        ))
        .await?;
    let mut claims: BTreeMap<String, Claim> = BTreeMap::new();
    for row in &rows {
        let claim = claims
            .entry(text(row, "c").to_owned())
            .or_insert_with(|| Claim {
                id: local(text(row, "c")).to_owned(),
                ..Claim::default()
            });
        let (property, value) = (text(row, "p"), text(row, "o").to_owned());
        match local(property) {
            "claimKind" => claim.class = class(&value),
            "rule" => claim.rule = value,
            "modality" => claim.modality = value,
            "polarity" => claim.denied = value == "denied",
            "confidence" => claim.confidence = value,
            "speaker" => claim.speaker = value,
            "flag" => claim.flags.push(value),
            "supports" => claim.fact = value,
            slot if property.contains("/said#") => claim.said.push((slot.to_owned(), value)),
            _ => {}
        }
    }
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT ?c ?order ?start ?end WHERE {{ GRAPH <{iri}> {{ ?c dip:passage ?passage . ?passage dip:order ?order ; oa:hasSelector ?s . ?s oa:start ?start ; oa:end ?end }} }} ORDER BY ?c ?order"
        ))
        .await?;
    for row in &rows {
        let place = |name: &str| text(row, name).parse::<usize>().ok();
        if let Some(claim) = claims.get_mut(text(row, "c"))
            && let (Some(start), Some(end)) = (place("start"), place("end"))
            // the statement; what it takes from elsewhere is not marked again there
            && claim.places.is_empty()
        {
            claim.places.push((start, end));
        }
    }
    let mut claims: Vec<Claim> = claims.into_values().collect();
    for claim in &mut claims {
        let place = |slot: &str| {
            let known = SLOTS.iter().position(|known| *known == slot);
            known.unwrap_or(SLOTS.len())
        };
        claim.said.sort_by_key(|(slot, _)| place(slot));
    }
    claims.sort_by(|a, b| (&a.places, a.class, &a.id).cmp(&(&b.places, b.class, &b.id)));
    for (at, claim) in claims.iter_mut().enumerate() {
        claim.number = at + 1;
    }
    Ok(claims)
}

/// The class of the facts that claims of a kind tell of.
fn class(kind: &str) -> &'static str {
    match kind {
        "visit" => "Visit",
        "treaty" => "Treaty",
        "mission" => "MissionPhase",
        "mission-event" => "MissionEvent",
        "relations" => "RelationEvent",
        "appointment" => "Appointment",
        "meeting" => "Meeting",
        "membership" => "OrganisationMembership",
        "observation" => "Observation",
        _ => "",
    }
}

/// Places that tell of facts and were not understood, in code points.
async fn gaps(shared: &Shared, iri: &str) -> Result<BTreeSet<(usize, usize)>, Problem> {
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT ?start ?end WHERE {{ GRAPH <{iri}> {{ <{iri}> dip:notUnderstood ?s . ?s oa:start ?start ; oa:end ?end }} }}"
        ))
        .await?;
    Ok(rows
        .iter()
        .filter_map(|row| {
            let place = |name: &str| text(row, name).parse::<usize>().ok();
            Some((place("start")?, place("end")?))
        })
        .collect())
}

/// Where the text is cut into pages: at the ends of lines.
fn cuts(characters: &[char]) -> Vec<(usize, usize)> {
    let mut cuts = Vec::new();
    let mut from = 0;
    for (at, c) in characters.iter().enumerate() {
        if *c == '\n' && at + 1 - from >= LONG {
            cuts.push((from, at + 1));
            from = at + 1;
        }
    }
    if from < characters.len() || cuts.is_empty() {
        cuts.push((from, characters.len()));
    }
    cuts
}
