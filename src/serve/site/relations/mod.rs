//! `/relations` → the states and who has most to do with whom; `/relations/FRA` → a state's partners; `/relations/FRA/PER` → all that is told of
//! two states: one timeline, a table of the same, figures, and both for programs.

mod figures;
pub(super) mod files;
pub(in crate::serve) mod pairs;
mod two;

use super::Visit;
use super::facts::{Piece, Teller};
use super::frame::Frame;
use super::pages::Pages;
use crate::serve::Shared;
use crate::serve::names::{Names, Thing, gazetteer};
use crate::serve::problem::{Kind, Problem};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use pairs::{Pair, code};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
pub(super) use two::Sides;

/// Pairs on a page.
const SHOWN: usize = 60;

#[derive(Template)]
#[template(path = "relations.html")]
struct Relations<'r> {
    frame: &'r Frame,
    /// The state whose partners these are; none for all pairs.
    state: Option<Piece>,
    total: usize,
    pairs: &'r [Pair],
    pages: Pages,
}

/// `/relations`
pub(in crate::serve) async fn all(
    State(shared): State<Arc<Shared>>,
    visit: Visit,
) -> Result<Response, Problem> {
    list(&shared, visit, None).await
}

/// `/relations/FRA`
pub(in crate::serve) async fn partners(
    State(shared): State<Arc<Shared>>,
    Path(name): Path<String>,
    visit: Visit,
) -> Result<Response, Problem> {
    list(&shared, visit, Some(name)).await
}

/// `/relations/FRA/PER`, and with `.csv`, `.json` or `.ttl` behind it.
pub(in crate::serve) async fn between(
    State(shared): State<Arc<Shared>>,
    Path((one, other)): Path<(String, String)>,
    visit: Visit,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if let Some(other) = other.strip_suffix(".csv") {
        return files::csv(&shared, &one, other, visit).await;
    }
    if let Some(other) = other.strip_suffix(".json") {
        return files::json(&shared, &one, other, visit).await;
    }
    if let Some(other) = other.strip_suffix(".ttl") {
        return files::turtle(&shared, &one, other, &headers).await;
    }
    two::answer(&shared, &one, &other, visit).await
}

async fn list(shared: &Shared, visit: Visit, of: Option<String>) -> Result<Response, Problem> {
    let names = shared.names().await?;
    let frame = visit.frame.clone();
    let teller = Teller {
        frame: &frame,
        names: &names,
    };
    let state = match &of {
        Some(name) => Some(state(&names, name, &shared.base)?),
        None => None,
    };
    let whose = state.map_or_else(pairs::all, |state| pairs::of(&state.iri));
    let found = pairs::pairs(shared, &teller, whose).await?;
    let pages = Pages::new(visit.number(), SHOWN, found.len());
    let page = Relations {
        frame: &frame,
        state: state.map(|state| teller.thing(&state.iri)),
        total: found.len(),
        pairs: pages.part(&found),
        pages,
    };
    visit.show(&page).await
}

/// The state that an address names.
fn state<'n>(names: &'n Names, name: &str, base: &str) -> Result<&'n Thing, Problem> {
    names.state(name, base).ok_or_else(|| {
        Problem::new(
            Kind::NotFound,
            format!("No state is known as {name}. A state has its ISO code here (FRA), or the last part of its IRI (france)."),
        )
    })
}

/// `/relations.json`: the states with the places of their capitals, and the number of facts of each pair; for a map. `most` of the pairs are given
/// where that is asked, those with the most facts.
pub(in crate::serve) async fn map(
    State(shared): State<Arc<Shared>>,
    visit: Visit,
) -> Result<Response, Problem> {
    let names = shared.names().await?;
    let teller = Teller {
        frame: &visit.frame,
        names: &names,
    };
    let mut found = pairs::pairs(&shared, &teller, pairs::all()).await?;
    let total = found.len();
    if let Ok(most) = visit.asked("most").parse() {
        found.truncate(most);
    }
    let mut states: BTreeMap<String, Value> = BTreeMap::new();
    for thing in names.all().iter().filter(|thing| thing.class == "State") {
        let point = gazetteer().and_then(|gazetteer| {
            let city = gazetteer.capital_of(gazetteer.body_index(&thing.key)?)?;
            let city = gazetteer.cities().get(city)?;
            let (latitude, longitude) = city.at.as_ref()?;
            Some([
                longitude.parse::<f64>().ok()?,
                latitude.parse::<f64>().ok()?,
            ])
        });
        let code = code(thing);
        states.insert(
            code.clone(),
            json!({
                "id": thing.iri,
                "name": teller.thing(&thing.iri).text,
                "address": visit.frame.to(format!("/relations/{code}")),
                "capital": point,
            }),
        );
    }
    let pairs: Vec<Value> = found
        .iter()
        .map(|pair| json!({ "a": pair.a, "b": pair.b, "facts": pair.n, "address": pair.address }))
        .collect();
    let body = json!({ "states": states, "total": total, "pairs": pairs });
    visit.send(&body).await
}
