//! `/page/mission/….geojson` → where a mission stood, in order, for a map: a point for each of its phases, and a line from each place to the next
//! (RFC 7946). The coordinates are the graph's; what names no city that has any is left out.

use super::known::parts_of;
use crate::serve::Shared;
use crate::serve::problem::{Kind, Problem};
use crate::serve::site::Visit;
use crate::serve::site::facts::{self, Fact, PREFIXES, Teller, text};
use axum::response::Response;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Answers for the mission at a path.
pub(super) async fn answer(shared: &Shared, path: &str, visit: Visit) -> Result<Response, Problem> {
    let parts = parts_of(shared, path).await?.into_iter();
    let phases = parts.filter(|(_, class, _)| *class == "MissionPhase");
    let iris: Vec<String> = phases.map(|(_, _, iri)| iri).collect();
    if iris.is_empty() {
        return Err(Problem::new(
            Kind::NotFound,
            format!("No mission is known as {path}."),
        ));
    }
    let mut phases: Vec<Fact> = facts::of(shared, &iris).await?.into_values().collect();
    // what has no first day stands where its last one puts it
    phases.sort_by(|a, b| (day(a), &a.iri).cmp(&(day(b), &b.iri)));
    let points = points(shared, &phases).await?;
    let names = shared.names().await?;
    let frame = visit.frame.clone();
    let teller = Teller {
        frame: &frame,
        names: &names,
    };
    let mut features = Vec::new();
    let mut before: Option<[f64; 2]> = None;
    for phase in &phases {
        let line = teller.line(phase, None);
        for city in phase.all("city") {
            let Some(point) = points.get(&city.text).copied() else {
                continue;
            };
            let label: String = line.head.iter().map(|piece| piece.text.as_str()).collect();
            let city = teller.thing(&city.text);
            let order = features.len();
            if let Some(before) = before.filter(|before| *before != point) {
                features.push(feature(
                    &json!({ "type": "LineString", "coordinates": [before, point] }),
                    json!({ "kind": "move", "date": line.edtf, "dateWords": line.date, "to": city.text }),
                ));
            }
            features.push(feature(
                &json!({ "type": "Point", "coordinates": point }),
                json!({
                    "kind": "phase",
                    "order": order,
                    "id": line.iri,
                    "name": city.text,
                    "label": label,
                    "opened": phase.text("opened"),
                    "closed": phase.text("closed"),
                    "dateWords": line.date,
                    "address": line.address,
                }),
            ));
            before = Some(point);
        }
    }
    let body = json!({ "type": "FeatureCollection", "features": features });
    visit.send_as("application/geo+json", &body).await
}

fn feature(geometry: &Value, properties: Value) -> Value {
    json!({ "type": "Feature", "geometry": geometry, "properties": properties })
}

fn day(fact: &Fact) -> &str {
    match (fact.text("earliest"), fact.text("latest")) {
        ("", "") => "~",
        ("", latest) => latest,
        (earliest, _) => earliest,
    }
}

/// Cities of facts → longitude and latitude.
async fn points(shared: &Shared, facts: &[Fact]) -> Result<BTreeMap<String, [f64; 2]>, Problem> {
    let cities: Vec<String> = facts
        .iter()
        .flat_map(|fact| fact.all("city"))
        .filter(|city| city.kind == "uri")
        .map(|city| format!("<{}>", city.text))
        .collect();
    if cities.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT DISTINCT ?city ?wkt WHERE {{ VALUES ?city {{ {} }} ?city geo:hasGeometry/geo:asWKT ?wkt }}",
            cities.join(" ")
        ))
        .await?;
    Ok(rows
        .iter()
        .filter_map(|row| Some((text(row, "city").to_owned(), coordinates(text(row, "wkt"))?)))
        .collect())
}

/// `POINT (2.35 48.86)` → longitude and latitude.
fn coordinates(wkt: &str) -> Option<[f64; 2]> {
    let [longitude, latitude] = crate::export::point_of(wkt)?;
    Some([longitude.as_f64()?, latitude.as_f64()?])
}
