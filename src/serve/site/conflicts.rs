//! `/conflicts` → what sources disagree on, the sentences of each side beside those of the other.

use super::Visit;
use super::facts::{self, PREFIXES, Piece, Sentence, Teller, local, text};
use super::frame::Frame;
use super::pages::Pages;
use crate::serve::Shared;
use crate::serve::problem::Problem;
use crate::serve::rows::Row;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

/// Disagreements on a page.
const SHOWN: usize = 20;
/// Sentences of a side.
const SENTENCES: usize = 4;

/// Something that sources disagree on.
#[derive(Clone, Debug, Default)]
pub(super) struct Dispute {
    /// What it is about.
    pub(super) about: Vec<Piece>,
    /// What is disputed: a date, a visitor.
    pub(super) property: String,
    /// How far apart the sides are, in words.
    pub(super) grade: String,
    /// Who says what.
    pub(super) sides: Vec<Side>,
    /// Whether somebody decided which side leads.
    pub(super) settled: bool,
    /// The last part of its IRI.
    pub(super) id: String,
}

/// What some sources say.
#[derive(Clone, Debug, Default)]
pub(super) struct Side {
    /// The value.
    pub(super) value: Option<Piece>,
    /// What the value is, where the sides differ in that.
    pub(super) property: String,
    /// Whether it is said not to be so.
    pub(super) denied: bool,
    /// Who says so.
    pub(super) sentences: Vec<Sentence>,
}

#[derive(Template)]
#[template(path = "conflicts.html")]
struct Conflicts<'c> {
    frame: &'c Frame,
    total: usize,
    disputes: Vec<Dispute>,
    pages: Pages,
}

/// `/conflicts`
pub(in crate::serve) async fn answer(
    State(shared): State<Arc<Shared>>,
    visit: Visit,
) -> Result<Response, Problem> {
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT ?x WHERE {{ ?x a dip:Conflict OPTIONAL {{ ?x dip:settledBy ?d }} }} ORDER BY BOUND(?d) ?x"
        ))
        .await?;
    let mut all: Vec<String> = rows.iter().map(|row| text(row, "x").to_owned()).collect();
    all.dedup();
    let pages = Pages::new(visit.number(), SHOWN, all.len());
    let names = shared.names().await?;
    let frame = visit.frame.clone();
    let teller = Teller {
        frame: &frame,
        names: &names,
    };
    let page = Conflicts {
        frame: &frame,
        total: all.len(),
        disputes: read(&shared, &teller, pages.part(&all)).await?,
        pages,
    };
    visit.show(&page).await
}

/// The disagreements about something.
pub(super) async fn about(
    shared: &Shared,
    teller: &Teller<'_>,
    iri: &str,
) -> Result<Vec<Dispute>, Problem> {
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT DISTINCT ?x WHERE {{ ?x a dip:Conflict ; dip:about <{iri}> }} ORDER BY ?x LIMIT {SHOWN}"
        ))
        .await?;
    let iris: Vec<String> = rows.iter().map(|row| text(row, "x").to_owned()).collect();
    read(shared, teller, &iris).await
}

async fn read(
    shared: &Shared,
    teller: &Teller<'_>,
    iris: &[String],
) -> Result<Vec<Dispute>, Problem> {
    if iris.is_empty() {
        return Ok(Vec::new());
    }
    let mut these = String::new();
    for iri in iris {
        let _ = write!(these, "<{iri}> ");
    }
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT ?x ?about ?grade ?property ?settled ?side ?value ?of ?polarity ?claim ?quote ?doc ?language WHERE {{ VALUES ?x {{ {these} }}
  ?x dip:about ?about ; dip:grade ?grade ; dip:side ?side OPTIONAL {{ ?x dip:onProperty ?property }} OPTIONAL {{ ?x dip:settledBy ?settled }}
  OPTIONAL {{ ?side rdf:value ?value }} OPTIONAL {{ ?side dip:onProperty ?of }} OPTIONAL {{ ?side dip:polarity ?polarity }}
  OPTIONAL {{ ?side dip:supportedBy ?claim GRAPH ?doc {{ ?claim dip:quote ?quote OPTIONAL {{ ?doc dct:language ?language }} }} }}
}} ORDER BY ?x ?side ?doc ?claim"
        ))
        .await?;
    let facts = {
        let mut about: Vec<String> = rows
            .iter()
            .map(|row| text(row, "about").to_owned())
            .collect();
        about.sort();
        about.dedup();
        facts::of(shared, &about).await?
    };
    let mut found: BTreeMap<String, Dispute> = BTreeMap::new();
    let mut sides: BTreeMap<(String, String), Side> = BTreeMap::new();
    for row in &rows {
        let x = text(row, "x");
        found.entry(x.to_owned()).or_insert_with(|| Dispute {
            about: about_pieces(teller, &facts, text(row, "about")),
            property: property(teller, row, "property"),
            grade: teller.frame.value(text(row, "grade")),
            settled: row.contains_key("settled"),
            id: local(x).to_owned(),
            sides: Vec::new(),
        });
        let side = sides
            .entry((x.to_owned(), text(row, "side").to_owned()))
            .or_insert_with(|| Side {
                value: row.get("value").map(|value| teller.value(value)),
                property: property(teller, row, "of"),
                denied: text(row, "polarity") == "denied",
                sentences: Vec::new(),
            });
        if row.contains_key("quote") && side.sentences.len() < SENTENCES {
            let mut sentence = facts::sentence(shared, teller.names, row);
            sentence.address = teller.frame.to(&sentence.address);
            if !side.sentences.contains(&sentence) {
                side.sentences.push(sentence);
            }
        }
    }
    for ((x, _), side) in sides {
        if let Some(dispute) = found.get_mut(&x) {
            dispute.sides.push(side);
        }
    }
    Ok(iris.iter().filter_map(|iri| found.remove(iri)).collect())
}

fn property(teller: &Teller<'_>, row: &Row, column: &str) -> String {
    match text(row, column) {
        "" => String::new(),
        iri => teller.term(iri),
    }
}

/// What a disagreement is about: the line of a fact, else its name.
fn about_pieces(
    teller: &Teller<'_>,
    facts: &BTreeMap<String, facts::Fact>,
    iri: &str,
) -> Vec<Piece> {
    match facts.get(iri) {
        Some(fact) if !fact.class.is_empty() => {
            let line = teller.line(fact, None);
            let text: String = line.head.iter().map(|piece| piece.text.as_str()).collect();
            vec![Piece {
                text,
                address: line.address,
                language: String::new(),
            }]
        }
        Some(_) | None => vec![teller.thing(iri)],
    }
}
