//! A store → GeoJSON (RFC 7946) of missions and visits: where cities of the gazetteer are named there is a point, else the geometry
//! is null. One feature is in memory at a time.

use super::ExportError;
use super::part::Part;
use super::scan::{Graphs, Pattern, scan};
use super::sort::{Order, Sorter};
use super::terms::{MISSION_PHASE, TYPE, VISIT};
use super::told::{Reader, Told, at_hand, documents, joined};
use crate::store::Store;
use oxigraph::model::NamedOrBlankNode;
use serde_json::{Map, Value, json};
use std::io::Write;

/// What stands on a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// One feature per period of a mission.
    Missions,
    /// One feature per visit.
    Visits,
}

impl Layer {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Missions, Self::Visits];

    /// Name on the command line, and of its file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Missions => "missions",
            Self::Visits => "visits",
        }
    }
}

/// Writes a feature collection with these layers and gives how many features it has; properties are named as the columns of the
/// flat tables, lists joined by `|`. Its member `sources` tells every document's publisher and licence.
///
/// # Errors
/// [`ExportError::Query`] when the store fails, [`ExportError::Output`] when `out` does.
pub fn write_map(
    store: &Store,
    part: &Part,
    layers: &[Layer],
    mut out: impl Write,
) -> Result<usize, ExportError> {
    let store = at_hand(store, part)?;
    let mut reader = Reader::of(&store);
    let mut features = 0;
    write!(out, "{{\"type\": \"FeatureCollection\", \"features\": [")?;
    for layer in layers {
        let class = match layer {
            Layer::Missions => MISSION_PHASE,
            Layer::Visits => VISIT,
        };
        let class = class.into_owned();
        let mut sorter = Sorter::new(Order::Reading);
        let pattern = Pattern::of(Graphs::World).predicate(TYPE).object(&class);
        scan(&store, pattern, &mut |quad| sorter.push(quad))?;
        for quad in sorter.finish()? {
            let NamedOrBlankNode::NamedNode(node) = quad?.subject else {
                continue;
            };
            let told = reader.told(&node)?;
            let separator = if features == 0 { "\n" } else { ",\n" };
            write!(out, "{separator}{}", feature(&reader, *layer, &told)?)?;
            features += 1;
        }
    }
    write!(out, "\n],\n\"sources\": [")?;
    write_sources(&store, &mut out)?;
    writeln!(out, "\n]}}")?;
    out.flush()?;
    Ok(features)
}

/// Documents as JSON, one a line.
pub(super) fn write_sources(store: &Store, mut out: impl Write) -> Result<(), ExportError> {
    let mut separator = "\n";
    documents(store, |document| {
        let mut shown = Map::new();
        if let Value::Object(members) = json!(document) {
            shown.extend(
                members
                    .into_iter()
                    .filter(|(_, value)| value.as_str() != Some("")),
            );
        }
        write!(out, "{separator}{}", Value::from(shown))?;
        separator = ",\n";
        Ok(())
    })
}

fn feature(reader: &Reader<'_>, layer: Layer, told: &Told) -> Result<Value, ExportError> {
    let points = reader.points(told)?;
    let geometry = match points.as_slice() {
        [] => Value::Null,
        [point] => json!({ "type": "Point", "coordinates": point }),
        points => json!({ "type": "MultiPoint", "coordinates": points }),
    };
    let mut properties = Map::new();
    let mut tell = |name: &str, value: Value| {
        properties.insert(name.to_owned(), value);
    };
    tell("label", json!(told.label));
    match layer {
        Layer::Missions => {
            tell("layer", json!("mission"));
            tell("kind", told.text("missionKind"));
            let mission = told.values.get("mission").and_then(|things| things.first());
            let mission = mission.and_then(|thing| thing.id.as_ref());
            tell(
                "mission",
                mission.map_or(Value::Null, |id| json!(id.as_str())),
            );
            for side in ["sending", "receiving"] {
                tell(side, told.text(side));
                tell(&format!("{side}_key"), told.keys(side));
            }
            for name in ["city", "opened", "closed", "address", "status"] {
                tell(name, told.text(name));
            }
        }
        Layer::Visits => {
            tell("layer", json!("visit"));
            tell("kind", told.text("visitKind"));
            for name in ["visitor", "role"] {
                tell(name, told.text(name));
            }
            for side in ["from", "to"] {
                tell(side, told.text(side));
                tell(&format!("{side}_key"), told.keys(side));
            }
            for name in ["city", "start", "end"] {
                tell(name, told.text(name));
            }
        }
    }
    for name in ["earliest", "latest"] {
        tell(name, told.text(name));
    }
    tell("quotes", told.quotes().into());
    tell("documents", joined(told.documents().into_iter()));
    tell("licence", joined(told.licences.iter().map(String::as_str)));
    Ok(json!({
        "type": "Feature",
        "id": told.id.as_str(),
        "geometry": geometry,
        "properties": properties,
    }))
}
