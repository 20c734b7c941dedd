//! Words of a name → entities that have them in one of their names, the nearest first: by the server's index of names, facts by their labels.

use super::super::Shared;
use super::arguments::{literal, number, optional, text};
use super::tools::Failed;
use crate::serve::names::CLASSES;
use crate::serve::rows::Row;
use rmcp::model::JsonObject;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Most words of a name that are looked at.
const WORDS: usize = 8;

/// The tool `find`.
pub(super) async fn find(shared: &Shared, arguments: &JsonObject) -> Result<Value, Failed> {
    let name = text(arguments, "name")?;
    let language = optional(arguments, "language")?.unwrap_or("en");
    let limit = number(arguments, "limit", 20, 100)?.max(1);
    let class = match optional(arguments, "type")?.filter(|class| !class.is_empty()) {
        Some(class) => Some(self::class(class)?),
        None => None,
    };
    let order: Vec<String> = match class.as_deref() {
        // the rest is found as facts are, by the words of their labels
        Some(class) if !CLASSES.iter().any(|known| class == format!("dip:{known}")) => {
            let rows = shared.rows(near(name, class, limit)).await?;
            let found = rows.iter().filter_map(|row| row.get("entity"));
            found.map(|value| format!("<{}>", value.text)).collect()
        }
        class => {
            let local = class.and_then(|class| class.strip_prefix("dip:"));
            let names = shared.names().await?;
            let found = names.find(name, local).into_iter().map(|hit| hit.thing);
            // treaties are facts, and documents stand in graphs of their own: only who asks for them gets them
            let meant = |class: &str| local.is_some() || !matches!(class, "Treaty" | "Document");
            let found = found.filter(|thing| meant(thing.class)).take(limit);
            found.map(|thing| format!("<{}>", thing.iri)).collect()
        }
    };
    if order.is_empty() {
        return Ok(
            json!({ "entities": [], "note": "No name has all these words; try fewer, or another spelling or language." }),
        );
    }
    let told = shared.rows(told(&order)).await?;
    let mut entities: BTreeMap<String, Entity> = BTreeMap::new();
    for row in &told {
        let cell = |name: &str| row.get(name).map(|value| value.text.clone());
        let Some(iri) = cell("entity") else { continue };
        entities.entry(iri).or_default().add(row);
    }
    let found: Vec<Value> = order
        .iter()
        .filter_map(|iri| {
            let iri = iri.trim_start_matches('<').trim_end_matches('>');
            Some(entities.get(iri)?.json(iri, language))
        })
        .collect();
    Ok(json!({ "entities": found }))
}

/// A class by its name in the ontology or its IRI, as SPARQL has it.
fn class(name: &str) -> Result<String, Failed> {
    let local = name.strip_prefix("dip:").unwrap_or(name);
    if local.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(format!("dip:{local}"));
    }
    oxigraph::model::NamedNode::new(name)
        .map(|node| node.to_string())
        .map_err(|_| {
            Failed::told(format!(
                "{name:?} is no class; there are Person, State, Mission, Visit, Treaty and others"
            ))
        })
}

/// The query for things of a class whose label has all these words.
fn near(name: &str, class: &str, limit: usize) -> String {
    let whole = literal(&name.to_lowercase());
    let words: Vec<String> = name
        .split_whitespace()
        .take(WORDS)
        .map(|word| format!("CONTAINS(?low, {})", literal(&word.to_lowercase())))
        .collect();
    format!(
        "SELECT ?entity (MIN(?far) AS ?rank) WHERE {{ ?entity rdfs:label|skos:prefLabel|skos:altLabel ?name . BIND(LCASE(STR(?name)) AS ?low) \
         FILTER({}) ?entity a {class} . BIND(IF(?low = {whole}, 0, IF(STRSTARTS(?low, {whole}), 1000, 2000)) + STRLEN(?low) AS ?far) }} \
         GROUP BY ?entity ORDER BY ?rank ?entity LIMIT {limit}",
        words.join(" && ")
    )
}

/// The query for names, classes and keys of these entities.
fn told(iris: &[String]) -> String {
    format!(
        "SELECT DISTINCT ?entity ?class ?label ?name ?key ?same WHERE {{ VALUES ?entity {{ {} }} {{ ?entity a ?class }} UNION \
         {{ ?entity rdfs:label|skos:prefLabel ?label }} UNION {{ ?entity skos:altLabel ?name }} UNION {{ ?entity dip:key ?key }} UNION {{ ?entity owl:sameAs ?same }} }}",
        iris.join(" ")
    )
}

#[derive(Default)]
struct Entity {
    classes: BTreeSet<String>,
    /// Language → label.
    labels: BTreeMap<String, String>,
    names: BTreeSet<String>,
    key: Option<String>,
    same: BTreeSet<String>,
}

impl Entity {
    fn add(&mut self, row: &Row) {
        for (variable, value) in row {
            let text = value.text.clone();
            match variable.as_str() {
                "class" => {
                    let local = text.rsplit(['#', '/']).next().unwrap_or(&text);
                    self.classes.insert(local.to_owned());
                }
                "label" => {
                    let language = value.language.clone().unwrap_or_default();
                    self.labels.entry(language).or_insert(text);
                }
                "name" => {
                    self.names.insert(text);
                }
                "key" => self.key = Some(text),
                "same" => {
                    self.same.insert(text);
                }
                _ => {}
            }
        }
    }

    fn json(&self, iri: &str, language: &str) -> Value {
        let label = [language, "en", ""]
            .iter()
            .find_map(|language| self.labels.get(*language))
            .or_else(|| self.labels.values().next());
        let names: BTreeSet<&String> = self.labels.values().chain(&self.names).collect();
        let mut entity = Map::new();
        entity.insert("iri".to_owned(), json!(iri));
        entity.insert("label".to_owned(), json!(label));
        entity.insert("types".to_owned(), json!(self.classes));
        entity.insert("names".to_owned(), json!(names));
        if let Some(key) = &self.key {
            entity.insert("key".to_owned(), json!(key));
        }
        if !self.same.is_empty() {
            entity.insert("sameAs".to_owned(), json!(self.same));
        }
        entity.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_can_not_leave_their_quotes() {
        let query = near("a\") } DROP \\ \n'", "dip:Visit", 5);
        assert!(crate::query::check(&query).is_ok());
        assert!(query.contains(r#"CONTAINS(?low, "a\")")"#), "{query}");
        assert!(class("State> } #").is_err());
        assert_eq!(class("dip:State").ok().as_deref(), Some("dip:State"));
    }
}
