//! The IRI of an entity → what the store knows of it: properties, what points at it, and the sentences that tell so.

use crate::serve::Shared;
use crate::serve::problem::Problem;
use crate::serve::rows::{Row, Value, text};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

const PREFIXES: &str = "PREFIX dip: <https://w3id.org/chancery/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
";
/// Most things that point at an entity on its page.
pub(super) const ELSEWHERE: usize = 300;
/// Most sentences on a page.
pub(super) const SENTENCES: usize = 400;

/// A thing with its names.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    pub(super) value: Value,
    pub(super) labels: Vec<Value>,
}

/// Something that points at the entity.
#[derive(Clone, Debug)]
pub(super) struct Pointer {
    pub(super) thing: Named,
    pub(super) properties: BTreeSet<String>,
    pub(super) date: String,
}

/// A sentence, with its claim and its document.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    pub(super) claim: String,
    pub(super) quote: String,
    pub(super) document: String,
    pub(super) title: String,
}

/// What is known of an entity.
#[derive(Clone, Debug, Default)]
pub(super) struct Entity {
    pub(super) iri: String,
    pub(super) labels: Vec<Value>,
    /// Property → its values.
    pub(super) properties: BTreeMap<String, Vec<Named>>,
    pub(super) pointers: Vec<Pointer>,
    pub(super) sentences: Vec<Sentence>,
    /// Property and value, or property "" and the thing that points here → the claims that tell so.
    pub(super) told: BTreeMap<(String, String), BTreeSet<String>>,
}

/// Asks for all of it; none if the store says nothing of the entity. `iris` are ways to write its IRI.
pub(super) async fn of(shared: &Shared, iris: &[String]) -> Result<Option<Entity>, Problem> {
    let either = iris.join(" ");
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT DISTINCT ?x ?p ?o ?label WHERE {{
  VALUES ?x {{ {either} }}
  {{ ?x ?p ?o }} UNION {{ GRAPH ?g {{ ?x ?p ?o }} }}
  FILTER(?p NOT IN (dip:supportedBy, dip:value, dip:account, dip:supports))
  OPTIONAL {{ {{ ?o rdfs:label ?label }} UNION {{ ?o skos:prefLabel ?label }} }}
}} ORDER BY ?p ?o ?label LIMIT 5000"
        ))
        .await?;
    let Some(iri) = rows.first().and_then(|row| row.get("x")) else {
        return Ok(None);
    };
    let mut entity = Entity {
        iri: iri.text.clone(),
        ..Entity::default()
    };
    properties(&mut entity, &rows);
    let x = format!("<{}>", entity.iri);
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT ?s ?p ?label ?date WHERE {{
  {{ SELECT DISTINCT ?s ?p ?date WHERE {{ ?s ?p {x} FILTER(?p != rdf:value) OPTIONAL {{ ?s dip:date ?date }} }} ORDER BY ?date ?s ?p LIMIT {ELSEWHERE} }}
  OPTIONAL {{ {{ ?s rdfs:label ?label }} UNION {{ ?s skos:prefLabel ?label }} }}
}} ORDER BY ?date ?s ?p ?label"
        ))
        .await?;
    pointers(&mut entity, &rows);
    let mut facts = x.clone();
    for pointer in &entity.pointers {
        if pointer.thing.value.kind == "uri" {
            let _ = write!(facts, " <{}>", pointer.thing.value.text);
        }
    }
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT DISTINCT ?fact ?property ?value ?claim ?quote ?doc ?title WHERE {{
  {{ VALUES ?fact {{ {facts} }} ?fact dip:supportedBy ?claim }}
  UNION {{ BIND({x} AS ?fact) {x} dip:value ?node . ?node dip:onProperty ?property ; rdf:value ?value ; dip:supportedBy ?claim }}
  UNION {{ BIND({x} AS ?fact) GRAPH {x} {{ ?claim prov:wasDerivedFrom {x} }} }}
  GRAPH ?doc {{ ?claim dip:quote ?quote }}
  OPTIONAL {{ GRAPH ?doc {{ ?doc dct:title ?title }} }}
}} ORDER BY ?doc ?claim ?fact ?property ?value LIMIT 5000"
        ))
        .await?;
    sentences(&mut entity, &rows);
    Ok(Some(entity))
}

fn properties(entity: &mut Entity, rows: &[Row]) {
    for row in rows {
        let (Some(property), Some(value)) = (row.get("p"), row.get("o")) else {
            continue;
        };
        if property.text.ends_with("#label") || property.text.ends_with("#prefLabel") {
            if !entity.labels.contains(value) {
                entity.labels.push(value.clone());
            }
            continue;
        }
        let values = entity.properties.entry(property.text.clone()).or_default();
        add(values, value, row.get("label"));
    }
}

/// Adds a value, or one more label of the last one.
fn add(values: &mut Vec<Named>, value: &Value, label: Option<&Value>) {
    if values.last().is_none_or(|last| last.value != *value) {
        values.push(Named {
            value: value.clone(),
            labels: Vec::new(),
        });
    }
    if let (Some(last), Some(label)) = (values.last_mut(), label)
        && !last.labels.contains(label)
    {
        last.labels.push(label.clone());
    }
}

fn pointers(entity: &mut Entity, rows: &[Row]) {
    for row in rows {
        let (Some(thing), Some(property)) = (row.get("s"), row.get("p")) else {
            continue;
        };
        if entity
            .pointers
            .last()
            .is_none_or(|last| last.thing.value != *thing)
        {
            entity.pointers.push(Pointer {
                thing: Named {
                    value: thing.clone(),
                    labels: Vec::new(),
                },
                properties: BTreeSet::new(),
                date: text(row, "date").to_owned(),
            });
        }
        if let Some(last) = entity.pointers.last_mut() {
            last.properties.insert(property.text.clone());
            if let Some(label) = row.get("label")
                && !last.thing.labels.contains(label)
            {
                last.thing.labels.push(label.clone());
            }
        }
    }
}

fn sentences(entity: &mut Entity, rows: &[Row]) {
    let mut seen = BTreeSet::new();
    for row in rows {
        let claim = text(row, "claim").to_owned();
        if !seen.contains(&claim) {
            if entity.sentences.len() >= SENTENCES {
                continue;
            }
            seen.insert(claim.clone());
            entity.sentences.push(Sentence {
                claim: claim.clone(),
                quote: text(row, "quote").to_owned(),
                document: text(row, "doc").to_owned(),
                title: text(row, "title").to_owned(),
            });
        }
        let key = if row.contains_key("property") {
            (
                text(row, "property").to_owned(),
                text(row, "value").to_owned(),
            )
        } else {
            (String::new(), text(row, "fact").to_owned())
        };
        entity.told.entry(key).or_default().insert(claim);
    }
}
