//! The IRI of a fact, claim or entity → what documents say of it: the words, who says them and how they are meant, and where they stand.

use super::super::Shared;
use super::arguments::{iri, number, text};
use super::tools::Failed;
use crate::serve::rows::Row;
use rmcp::model::JsonObject;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The tool `sentences`.
pub(super) async fn sentences(shared: &Shared, arguments: &JsonObject) -> Result<Value, Failed> {
    let given = text(arguments, "iri")?;
    let limit = number(arguments, "limit", 40, 200)?.max(1);
    let node = iri(shared, given).unwrap_or_else(|| {
        Err(Failed::told(format!(
            "{given:?} is no IRI; look for it with `find`"
        )))
    })?;
    let rows = shared.rows(query(&node, limit)).await?;
    if rows.is_empty() {
        return Err(Failed::told(format!("no sentence stands behind {node}")));
    }
    let mut claims: Vec<(String, Map<String, Value>)> = Vec::new();
    for row in &rows {
        let Some(claim) = row.get("claim") else {
            continue;
        };
        let told = match claims.iter_mut().find(|(known, _)| *known == claim.text) {
            Some((_, told)) => told,
            None => {
                claims.push((claim.text.clone(), statement(row)));
                let Some((_, told)) = claims.last_mut() else {
                    continue;
                };
                told
            }
        };
        // a claim may tell several things of it
        if let Some(property) = row.get("property") {
            let local = property.text.rsplit(['#', '/']).next().unwrap_or_default();
            let list = told.entry("tells").or_insert_with(|| json!([]));
            if let Some(list) = list.as_array_mut()
                && !list.iter().any(|known| known == local)
            {
                list.push(json!(local));
            }
        }
    }
    let more = claims.len() > limit;
    let sentences: Vec<Value> = claims
        .into_iter()
        .take(limit)
        .map(|(_, told)| told.into())
        .collect();
    let of = node.trim_start_matches('<').trim_end_matches('>');
    Ok(json!({ "iri": of, "sentences": sentences, "more": more }))
}

fn query(node: &str, limit: usize) -> String {
    format!(
        "SELECT DISTINCT ?claim ?fact ?label ?property ?quote ?modality ?polarity ?speaker ?confidence ?document ?id ?title ?language ?publisher ?source ?licence ?date WHERE {{ \
         {{ SELECT DISTINCT ?claim ?fact ?property WHERE {{ \
           {{ BIND({node} AS ?fact) ?fact dip:supportedBy ?claim }} UNION \
           {{ BIND({node} AS ?fact) ?fact dip:value ?value . ?value dip:supportedBy ?claim ; dip:onProperty ?property }} UNION \
           {{ ?fact ?role {node} ; a dip:Fact ; dip:supportedBy ?claim }} UNION \
           {{ GRAPH ?any {{ {node} dip:quote ?words }} BIND({node} AS ?claim) OPTIONAL {{ GRAPH ?any {{ ?claim dip:supports ?fact }} }} }} \
         }} ORDER BY ?fact ?claim ?property LIMIT {rows} }} \
         GRAPH ?document {{ ?claim dip:quote ?quote . OPTIONAL {{ ?claim dip:modality ?modality }} OPTIONAL {{ ?claim dip:polarity ?polarity }} \
           OPTIONAL {{ ?claim dip:speaker ?speaker }} OPTIONAL {{ ?claim dip:confidence ?confidence }} OPTIONAL {{ ?document dct:identifier ?id }} \
           OPTIONAL {{ ?document dct:title ?title }} OPTIONAL {{ ?document dct:language ?language }} OPTIONAL {{ ?document dct:publisher ?publisher }} \
           OPTIONAL {{ ?document dct:source ?source }} OPTIONAL {{ ?document dct:license ?licence }} OPTIONAL {{ ?document dct:date ?date }} }} \
         OPTIONAL {{ ?fact rdfs:label ?label }} }} ORDER BY ?fact ?claim ?property",
        rows = limit.saturating_mul(10)
    )
}

fn statement(row: &Row) -> Map<String, Value> {
    let put = |object: &mut Map<String, Value>, name: &str, variable: &str| {
        if let Some(value) = row.get(variable) {
            object.insert(name.to_owned(), json!(value.text));
        }
    };
    let mut told = Map::new();
    for name in [
        "quote",
        "claim",
        "fact",
        "label",
        "modality",
        "polarity",
        "speaker",
        "confidence",
    ] {
        put(&mut told, name, name);
    }
    let mut document = Map::new();
    let members: BTreeMap<&str, &str> = BTreeMap::from([
        ("iri", "document"),
        ("id", "id"),
        ("title", "title"),
        ("language", "language"),
        ("publisher", "publisher"),
        ("source", "source"),
        ("licence", "licence"),
        ("date", "date"),
    ]);
    for (name, variable) in members {
        put(&mut document, name, variable);
    }
    told.insert("document".to_owned(), document.into());
    told
}
