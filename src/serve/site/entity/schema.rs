//! An entity → what search engines read of it: schema.org in JSON-LD.

use super::known::Entity;
use serde_json::{Map, Value, json};

const DIP: &str = "https://w3id.org/chancery/ontology#";

/// Our classes and those of schema.org, the closest first (`ontology/alignments.ttl`).
const CLASSES: [(&str, &str); 12] = [
    ("Person", "Person"),
    ("State", "Country"),
    ("City", "City"),
    ("Government", "GovernmentOrganization"),
    ("Mission", "GovernmentOffice"),
    ("Organisation", "Organization"),
    ("Treaty", "Legislation"),
    ("Document", "CreativeWork"),
    ("Claim", "Claim"),
    ("Observation", "Observation"),
    ("Place", "Place"),
    ("Event", "Event"),
];

/// The JSON-LD as the content of a script element that is data: no `<` stands in it.
pub(super) fn of(entity: &Entity, page: &str) -> String {
    let types: Vec<&str> = entity
        .properties
        .get("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        .into_iter()
        .flatten()
        .filter_map(|class| class.value.text.strip_prefix(DIP))
        .collect();
    let class = CLASSES
        .iter()
        .find(|(ours, _)| types.contains(ours))
        .map_or("Thing", |(_, theirs)| theirs);
    let mut object = Map::new();
    object.insert("@context".into(), "https://schema.org".into());
    object.insert("@type".into(), class.into());
    object.insert("@id".into(), entity.iri.clone().into());
    object.insert("url".into(), page.into());
    let names: Vec<Value> = entity
        .labels
        .iter()
        .map(|label| match &label.language {
            Some(language) => json!({ "@language": language, "@value": label.text }),
            None => label.text.clone().into(),
        })
        .collect();
    if !names.is_empty() {
        object.insert("name".into(), names.into());
    }
    let values = |iri: &str| {
        let values = entity.properties.get(iri).into_iter().flatten();
        values.map(|value| value.value.text.clone())
    };
    let same: Vec<String> = values("http://www.w3.org/2002/07/owl#sameAs")
        .chain(values("http://www.w3.org/2004/02/skos/core#exactMatch"))
        .collect();
    if !same.is_empty() {
        object.insert("sameAs".into(), same.into());
    }
    if class == "Event" {
        for (ours, theirs) in [("earliest", "startDate"), ("latest", "endDate")] {
            if let Some(date) = values(&format!("{DIP}{ours}")).next() {
                object.insert(theirs.into(), date.into());
            }
        }
    }
    Value::Object(object).to_string().replace('<', "\\u003c")
}
