//! `/list/Person` → all things of a class: facts by their dates, the latest first, all else by name.

use super::Visit;
use super::facts::{self, KINDS, Line, PREFIXES, Piece, Teller, text};
use super::frame::Frame;
use super::pages::Pages;
use crate::link::folded;
use crate::serve::Shared;
use crate::serve::names::CLASSES;
use crate::serve::problem::{Kind, Problem};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use std::sync::Arc;

/// Facts on a page.
const FACTS: usize = 40;
/// Names on a page.
const NAMES: usize = 100;

#[derive(Template)]
#[template(path = "list.html")]
struct List<'l> {
    frame: &'l Frame,
    class: &'static str,
    total: usize,
    lines: Vec<Line>,
    names: Vec<(Piece, String)>,
    pages: Pages,
}

/// `/list/…`
pub(in crate::serve) async fn answer(
    State(shared): State<Arc<Shared>>,
    Path(name): Path<String>,
    visit: Visit,
) -> Result<Response, Problem> {
    let names = shared.names().await?;
    let frame = visit.frame.clone();
    let teller = Teller {
        frame: &frame,
        names: &names,
    };
    let mut list = List {
        frame: &frame,
        class: "",
        total: 0,
        lines: Vec::new(),
        names: Vec::new(),
        pages: Pages::new(1, FACTS, 0),
    };
    let fact = KINDS.into_iter().find(|kind| *kind == name);
    if let Some(class) = fact {
        list.class = class;
        let rows = shared
            .rows(format!(
                "{PREFIXES}SELECT ?f (MAX(?day) AS ?last) WHERE {{ ?f a dip:{class} OPTIONAL {{ ?f dip:latest ?l }} OPTIONAL {{ ?f dip:earliest ?e }} BIND(STR(COALESCE(?e, ?l, \"\")) AS ?day) }} GROUP BY ?f ORDER BY DESC(?last) ?f"
            ))
            .await?;
        list.total = rows.len();
        list.pages = Pages::new(visit.number(), FACTS, rows.len());
        let iris: Vec<String> = list
            .pages
            .part(&rows)
            .iter()
            .map(|row| text(row, "f").to_owned())
            .collect();
        let facts = facts::of(&shared, &iris).await?;
        list.lines = iris
            .iter()
            .filter_map(|iri| facts.get(iri))
            .map(|fact| teller.line(fact, None))
            .collect();
    } else if let Some(class) = CLASSES.into_iter().find(|class| *class == name) {
        list.class = class;
        let mut all: Vec<(String, Piece, usize)> = names
            .all()
            .iter()
            .filter(|thing| thing.class == class)
            .map(|thing| {
                let piece = teller.thing(&thing.iri);
                (folded(&piece.text), piece, thing.claims)
            })
            .collect();
        all.sort_by(|a, b| (&a.0, &a.1.address).cmp(&(&b.0, &b.1.address)));
        list.total = all.len();
        list.pages = Pages::new(visit.number(), NAMES, all.len());
        list.names = list
            .pages
            .part(&all)
            .iter()
            .map(|(_, piece, claims)| {
                let shown = if *claims == 0 {
                    String::new()
                } else {
                    frame.number(*claims)
                };
                (piece.clone(), shown)
            })
            .collect();
    } else {
        let known: Vec<&str> = CLASSES.into_iter().chain(KINDS).collect();
        return Err(Problem::new(
            Kind::NotFound,
            format!(
                "There is no list of {name}. Lists are: {}.",
                known.join(", ")
            ),
        ));
    }
    visit.show(&list).await
}
