//! What this service says of itself (section "Service Manifest" of the specification).

use super::types::TYPES;
use super::{BATCH, SCHEMA};
use crate::serve::Shared;
use axum::http::HeaderMap;
use serde_json::{Value, json};

/// Width and height of a preview, in pixels.
const PREVIEW: (u32, u32) = (430, 320);

/// The manifest, with addresses as the client knows them.
pub(super) fn manifest(shared: &Shared, headers: &HeaderMap) -> Value {
    let service = shared.address_of(headers, "/reconcile");
    let suggest = |what: &str| {
        json!({
            "service_url": service,
            "service_path": format!("/suggest/{what}"),
            "flyout_service_url": service,
            "flyout_service_path": format!("/flyout/{what}?id=${{id}}"),
        })
    };
    let types: Vec<Value> = TYPES
        .iter()
        .map(|one| json!({ "id": one.id, "name": one.name }))
        .collect();
    let (width, height) = PREVIEW;
    json!({
        "versions": ["0.1", "0.2"],
        "name": "Chancery: diplomatic relations",
        "identifierSpace": shared.base,
        "schemaSpace": SCHEMA,
        "defaultTypes": types,
        "serviceVersion": env!("CARGO_PKG_VERSION"),
        "documentation": shared.address_of(headers, "/openapi.json"),
        "view": { "url": format!("{service}/view?id={{{{id}}}}") },
        "preview": { "url": format!("{service}/preview?id={{{{id}}}}"), "width": width, "height": height },
        "suggest": {
            "entity": suggest("entity"),
            "type": suggest("type"),
            "property": suggest("property"),
        },
        "extend": {
            "propose_properties": { "service_url": service, "service_path": "/properties" },
            "property_settings": [
                setting("date", "On a date", "text", "Only what was so on this day, month or year: 1964-11-20, 1964"),
                setting("office", "Office", "text", "Only holders of an office with this in its name: ambassador"),
                {
                    "name": "limit",
                    "label": "Limit",
                    "type": "number",
                    "default": 0,
                    "help_text": "Most values of an entity; 0 for all",
                },
            ],
        },
        "batchSize": BATCH,
    })
}

fn setting(name: &str, label: &str, kind: &str, help: &str) -> Value {
    json!({ "name": name, "label": label, "type": kind, "default": "", "help_text": help })
}
