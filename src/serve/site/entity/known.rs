//! The IRI of an entity → what the store knows of it: properties, what points at it, and the sentences that tell so.

use crate::serve::Shared;
use crate::serve::entity::iris;
use crate::serve::problem::{Kind, Problem};
use crate::serve::rows::{Row, Value, text};
use crate::serve::site::facts::{KINDS, PREFIXES, local};
use std::collections::{BTreeMap, BTreeSet};

/// Most things beside facts that point at an entity on its page.
const ELSEWHERE: usize = 40;
/// Most sentences on a page.
pub(super) const SENTENCES: usize = 400;

/// A thing with its names.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    pub(super) value: Value,
    pub(super) labels: Vec<Value>,
}

/// Something that points at the entity and is no fact: an office of a state, a city in it.
#[derive(Clone, Debug)]
pub(super) struct Pointer {
    pub(super) thing: String,
    pub(super) property: String,
}

/// A fact that the entity takes part in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    /// The first day that it may have been; `~`, behind all of them, without one.
    pub(super) day: String,
    pub(super) iri: String,
    pub(super) class: &'static str,
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
    /// Facts that it takes part in, by their days.
    pub(super) parts: Vec<Part>,
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
    // names in languages that the store has none in
    if let Some(thing) = shared.names().await?.of_iri(&entity.iri) {
        for label in &thing.labels {
            if !entity.labels.contains(label) {
                entity.labels.push(label.clone());
            }
        }
    }
    let x = format!("<{}>", entity.iri);
    entity.parts = parts_among(shared, &x).await?;
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT DISTINCT ?s ?p WHERE {{ ?s ?p {x} ; a ?class
  VALUES ?class {{ dip:Person dip:Office dip:Mission dip:City dip:Government dip:Organisation }} }} ORDER BY ?p ?s LIMIT {ELSEWHERE}"
        ))
        .await?;
    entity.pointers = rows
        .iter()
        .map(|row| Pointer {
            thing: text(row, "s").to_owned(),
            property: text(row, "p").to_owned(),
        })
        .collect();
    let facts = &x;
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

/// The facts that an entity takes part in; `either` are ways to write its IRI.
async fn parts_among(shared: &Shared, either: &str) -> Result<Vec<Part>, Problem> {
    let kinds: Vec<String> = KINDS.iter().map(|kind| format!("dip:{kind}")).collect();
    let kinds = kinds.join(" ");
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT DISTINCT ?f ?class ?day WHERE {{ VALUES ?x {{ {either} }} ?f ?p ?x ; a ?class VALUES ?class {{ {kinds} }}
  OPTIONAL {{ ?f dip:earliest ?e }} OPTIONAL {{ ?f dip:latest ?l }} BIND(COALESCE(?e, ?l) AS ?day) }}"
        ))
        .await?;
    Ok(parts(&rows))
}

/// The facts that the entity at a path takes part in: the first day of each (`~` without one), its class, its IRI.
///
/// # Errors
/// `NotFound` for what can be no path of an entity.
pub(in crate::serve::site) async fn parts_of(
    shared: &Shared,
    path: &str,
) -> Result<Vec<(String, &'static str, String)>, Problem> {
    let either = iris(&shared.base, path)
        .ok_or_else(|| Problem::new(Kind::NotFound, format!("No entity is known as {path}.")))?;
    let parts = parts_among(shared, &either.join(" ")).await?;
    let parts = parts.into_iter();
    Ok(parts.map(|part| (part.day, part.class, part.iri)).collect())
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

fn parts(rows: &[Row]) -> Vec<Part> {
    let mut parts: BTreeMap<String, Part> = BTreeMap::new();
    for row in rows {
        let class = local(text(row, "class"));
        let Some(class) = KINDS.into_iter().find(|kind| *kind == class) else {
            continue;
        };
        let day = match text(row, "day") {
            "" => "~",
            day => day,
        };
        let part = Part {
            day: day.to_owned(),
            iri: text(row, "f").to_owned(),
            class,
        };
        // where sources differ, the first day counts
        let held = parts
            .entry(part.iri.clone())
            .or_insert_with(|| part.clone());
        if part < *held {
            *held = part;
        }
    }
    let mut parts: Vec<Part> = parts.into_values().collect();
    parts.sort();
    parts
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
