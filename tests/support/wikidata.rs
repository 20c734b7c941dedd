//! Entities in the JSON of Wikidata's dumps, made for tests and benchmarks.

use serde_json::{Value as Json, json};

/// A statement whose value is an item.
pub(crate) fn item(property: &str, id: &str) -> (String, Json) {
    let number: u64 = id[1..].parse().unwrap();
    let value = json!({ "entity-type": "item", "numeric-id": number, "id": id });
    let snak = json!({ "snaktype": "value", "property": property, "datavalue": { "value": value, "type": "wikibase-entityid" } });
    (
        property.to_owned(),
        json!([{ "mainsnak": snak, "type": "statement", "rank": "normal" }]),
    )
}

/// A statement whose value is a text.
pub(crate) fn text(property: &str, words: &str) -> (String, Json) {
    let snak = json!({ "snaktype": "value", "property": property, "datavalue": { "value": words, "type": "string" } });
    (
        property.to_owned(),
        json!([{ "mainsnak": snak, "type": "statement", "rank": "normal" }]),
    )
}

pub(crate) fn point(lat: f64, lon: f64) -> (String, Json) {
    let value = json!({ "latitude": lat, "longitude": lon, "precision": 0.01, "globe": "http://www.wikidata.org/entity/Q2" });
    let snak = json!({ "snaktype": "value", "property": "P625", "datavalue": { "value": value, "type": "globecoordinate" } });
    (
        "P625".to_owned(),
        json!([{ "mainsnak": snak, "type": "statement", "rank": "normal" }]),
    )
}

pub(crate) fn names(names: &[String; 3]) -> Json {
    let mut map = serde_json::Map::new();
    for (lang, name) in ["en", "fr", "es"]
        .iter()
        .zip(names)
        .filter(|(_, name)| !name.is_empty())
    {
        map.insert(
            (*lang).to_owned(),
            json!({ "language": lang, "value": name }),
        );
    }
    map.into()
}

pub(crate) fn entity(
    id: &str,
    labels: Json,
    aliases: &[String],
    claims: Vec<(String, Json)>,
) -> String {
    let aliases: Vec<Json> = aliases
        .iter()
        .map(|name| json!({ "language": "en", "value": name }))
        .collect();
    let aliases = if aliases.is_empty() {
        json!([])
    } else {
        json!({ "en": aliases })
    };
    let mut all = serde_json::Map::new();
    for (property, statements) in claims {
        let list = all.entry(property).or_insert_with(|| json!([]));
        list.as_array_mut()
            .unwrap()
            .extend(statements.as_array().unwrap().clone());
    }
    json!({ "type": "item", "id": id, "labels": labels, "descriptions": [], "aliases": aliases, "claims": all, "sitelinks": {}, "lastrevid": 1 })
        .to_string()
}
