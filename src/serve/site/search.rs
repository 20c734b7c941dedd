//! `/search` → things by the beginnings of their names, as a page; `/search.json` → the first of them as JSON, for a box that answers as one types.

use super::Visit;
use super::facts::page;
use super::frame::Frame;
use super::pages::Pages;
use super::relations::pairs::code;
use crate::serve::Shared;
use crate::serve::names::{CLASSES, Hit};
use crate::serve::problem::Problem;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};
use std::sync::Arc;

/// Results on a page.
const SHOWN: usize = 40;
/// Results as one types.
const SUGGESTED: usize = 10;

#[derive(Template)]
#[template(path = "search.html")]
struct Found<'f> {
    frame: &'f Frame,
    text: String,
    total: usize,
    results: Vec<Shown>,
    classes: Vec<(&'static str, usize)>,
    class: &'static str,
    pages: Pages,
}

/// A thing that was found, as it is shown.
struct Shown {
    class: &'static str,
    name: String,
    language: String,
    also: String,
    address: String,
    relations: String,
    claims: usize,
}

/// `/search?q=…`
pub(in crate::serve) async fn answer(
    State(shared): State<Arc<Shared>>,
    mut visit: Visit,
) -> Result<Response, Problem> {
    let names = shared.names().await?;
    let text: String = visit.asked("q").chars().take(200).collect();
    visit.frame.asked.clone_from(&text);
    let class = CLASSES
        .into_iter()
        .find(|class| *class == visit.asked("class"))
        .unwrap_or_default();
    let all = names.find(&text, None);
    let classes: Vec<(&'static str, usize)> = CLASSES
        .into_iter()
        .map(|class| {
            let of_it = all.iter().filter(|hit| hit.thing.class == class);
            (class, of_it.count())
        })
        .filter(|(_, n)| *n > 0)
        .collect();
    let shown: Vec<&Hit<'_>> = all
        .iter()
        .filter(|hit| class.is_empty() || hit.thing.class == class)
        .collect();
    let pages = Pages::new(visit.number(), SHOWN, shown.len());
    let frame = visit.frame.clone();
    let results = pages
        .part(&shown)
        .iter()
        .map(|hit| result(hit, &frame))
        .collect();
    let found = Found {
        frame: &frame,
        text,
        total: all.len(),
        results,
        classes,
        class,
        pages,
    };
    visit.show(&found).await
}

fn result(hit: &Hit<'_>, frame: &Frame) -> Shown {
    let thing = hit.thing;
    let label = frame.language.best(&thing.labels);
    let name = label.map_or_else(String::new, |label| label.text.clone());
    Shown {
        class: thing.class,
        language: label
            .and_then(|label| label.language.clone())
            .filter(|language| language != frame.code())
            .unwrap_or_default(),
        also: hit
            .by
            .map(|by| by.text.clone())
            .filter(|by| *by != name)
            .unwrap_or_default(),
        name,
        address: frame.to(page(&thing.iri, &frame.base)),
        relations: if thing.class == "State" {
            frame.to(format!("/relations/{}", code(thing)))
        } else {
            String::new()
        },
        claims: thing.claims,
    }
}

/// `/search.json?q=…`
pub(in crate::serve) async fn suggest(
    State(shared): State<Arc<Shared>>,
    visit: Visit,
) -> Result<Response, Problem> {
    let names = shared.names().await?;
    let found = names.find(visit.asked("q"), None);
    let results: Vec<Value> = found
        .iter()
        .take(SUGGESTED)
        .map(|hit| {
            let result = result(hit, &visit.frame);
            json!({
                "id": hit.thing.iri,
                "class": result.class,
                "kind": visit.frame.say_of("class", result.class),
                "name": result.name,
                "also": result.also,
                "address": result.address,
                "claims": result.claims,
            })
        })
        .collect();
    let body = json!({ "total": found.len(), "results": results });
    visit.send(&body).await
}
