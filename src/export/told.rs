//! Nodes of a store → what tables, maps and timelines tell of them: names, values, words and sources.

use super::ExportError;
use super::part::{Depth, Part, quads_of};
use super::scan::{Graphs, Pattern, scan};
use super::sort::{Order, Sorter};
use super::terms::*;
use crate::store::Store;
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Properties that say where a fact comes from rather than what it is.
const BOOKKEEPING: &[NamedNodeRef<'_>] = &[TYPE, LABEL, SUPPORTED_BY, ACCOUNT, VALUE];

/// A store that holds a part and answers at once: the store itself, or the part in memory.
///
/// # Errors
/// [`ExportError::Query`] when the store fails.
pub(super) fn at_hand(store: &Store, part: &Part) -> Result<Store, ExportError> {
    if matches!((store, part), (Store::Embedded(_), Part::Whole)) {
        return Ok(store.clone());
    }
    let mut quads = Vec::new();
    quads_of(store, part, Depth::Facts, &mut |quad| {
        quads.push(quad);
        Ok(())
    })?;
    Ok(Store::in_memory(quads)?)
}

/// How many documents and things are remembered, since many facts name the same ones.
const REMEMBERED: usize = 10_000;

/// Reads facts from a store.
pub(super) struct Reader<'s> {
    store: &'s Store,
    documents: BTreeMap<NamedNode, Document>,
    things: BTreeMap<NamedNode, Thing>,
}

/// A document: where it comes from and under which licence. What it does not tell is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Document {
    #[serde(
        rename = "iri",
        serialize_with = "iri",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) graph: Option<NamedNode>,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) language: String,
    pub(super) publisher: String,
    pub(super) date: String,
    pub(super) source: String,
    pub(super) licence: String,
    /// The data set that it is part of, which is described at that IRI.
    pub(super) dataset: String,
}

fn iri<S: serde::Serializer>(node: &Option<NamedNode>, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(node.as_ref().map_or("", |node| node.as_str()))
}

/// Every document of a store, in the order of their ids.
pub(super) fn documents(
    store: &Store,
    mut each: impl FnMut(Document) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let mut ids = Sorter::new(Order::Object);
    let pattern = Pattern::of(Graphs::Named).predicate(IDENTIFIER);
    scan(store, pattern, &mut |quad| ids.push(quad))?;
    for quad in ids.finish()? {
        let quad = quad?;
        let (NamedOrBlankNode::NamedNode(node), GraphName::NamedNode(graph)) =
            (quad.subject, quad.graph_name)
        else {
            continue;
        };
        // A document stands in the graph that has its name.
        if node == graph {
            each(document(store, &node)?)?;
        }
    }
    Ok(())
}

fn document(store: &Store, node: &NamedNode) -> Result<Document, ExportError> {
    let said = said_of(store, node, Graphs::One(node), &[TEXT])?;
    let words = |property: NamedNodeRef<'_>| {
        let values = said.get(property.as_str()).map(Vec::as_slice);
        values
            .unwrap_or_default()
            .iter()
            .map(words)
            .collect::<Vec<_>>()
            .join("|")
    };
    Ok(Document {
        graph: Some(node.clone()),
        id: words(IDENTIFIER),
        title: words(TITLE),
        language: words(LANGUAGE),
        publisher: words(PUBLISHER),
        date: words(ISSUED),
        source: words(SOURCE),
        licence: words(LICENSE),
        dataset: words(IN_DATASET),
    })
}

/// Property → its values, sorted, each once.
type Said = BTreeMap<String, Vec<Term>>;

fn said_of(
    store: &Store,
    node: &NamedNode,
    graphs: Graphs<'_>,
    but: &[NamedNodeRef<'_>],
) -> Result<Said, ExportError> {
    let mut said = Said::new();
    scan(store, Pattern::of(graphs).subject(node), &mut |quad| {
        if !but.contains(&quad.predicate.as_ref()) {
            said.entry(quad.predicate.into_string())
                .or_default()
                .push(quad.object);
        }
        Ok(())
    })?;
    for values in said.values_mut() {
        values.sort_by_cached_key(ToString::to_string);
        values.dedup();
    }
    Ok(said)
}

/// A literal's text, an IRI as it is.
pub(super) fn words(term: &Term) -> String {
    match term {
        Term::Literal(literal) => literal.value().to_owned(),
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::BlankNode(node) => node.to_string(),
        Term::Triple(triple) => triple.to_string(),
    }
}

/// Something that a fact names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Thing {
    pub(super) id: Option<NamedNode>,
    pub(super) label: String,
    /// ISO 3166 alpha-3 for present states.
    pub(super) key: Option<String>,
}

/// A fact of the world.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) id: NamedNode,
    /// The most special class: `Visit`, `MissionPhase` …
    pub(super) kind: String,
    pub(super) label: String,
    /// The ontology's name of a property → its values.
    pub(super) values: BTreeMap<String, Vec<Thing>>,
    /// What documents say: their words and the document's id.
    pub(super) said: BTreeSet<(String, String)>,
    /// Licences of these documents.
    pub(super) licences: BTreeSet<String>,
}

impl Told {
    /// Texts of a property's values, joined by `|`; nothing where there are none.
    pub(super) fn text(&self, property: &str) -> Value {
        let values = self
            .values
            .get(property)
            .map(Vec::as_slice)
            .unwrap_or_default();
        joined(values.iter().map(|thing| thing.label.as_str()))
    }

    /// Keys of a property's values, likewise.
    pub(super) fn keys(&self, property: &str) -> Value {
        let values = self
            .values
            .get(property)
            .map(Vec::as_slice)
            .unwrap_or_default();
        joined(values.iter().filter_map(|thing| thing.key.as_deref()))
    }

    /// Ids of the documents that tell it.
    pub(super) fn documents(&self) -> BTreeSet<&str> {
        self.said
            .iter()
            .map(|(_, document)| document.as_str())
            .collect()
    }

    /// What documents say, as JSON.
    pub(super) fn quotes(&self) -> Vec<Value> {
        self.said
            .iter()
            .map(|(quote, document)| json!({ "quote": quote, "document": document }))
            .collect()
    }
}

/// `a|b`; null where there is nothing.
pub(super) fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> Value {
    let texts: Vec<&str> = texts.collect();
    if texts.is_empty() {
        Value::Null
    } else {
        json!(texts.join("|"))
    }
}

impl<'s> Reader<'s> {
    pub(super) fn of(store: &'s Store) -> Self {
        Self {
            store,
            documents: BTreeMap::new(),
            things: BTreeMap::new(),
        }
    }

    /// What is told of a fact.
    pub(super) fn told(&mut self, fact: &NamedNode) -> Result<Told, ExportError> {
        let mut told = Told {
            id: fact.clone(),
            kind: String::new(),
            label: String::new(),
            values: BTreeMap::new(),
            said: BTreeSet::new(),
            licences: BTreeSet::new(),
        };
        let mut claims = Vec::new();
        for (property, values) in said_of(self.store, fact, Graphs::World, &[])? {
            if property == SUPPORTED_BY.as_str() {
                claims = values;
            } else if property == TYPE.as_str() {
                let classes = values.iter().map(words).filter_map(|class| {
                    let name = class.rsplit('#').next()?.to_owned();
                    (!matches!(name.as_str(), "Fact" | "Event")).then_some(name)
                });
                told.kind = classes.min().unwrap_or_default();
            } else if property == LABEL.as_str() {
                told.label = values.iter().map(words).min().unwrap_or_default();
            } else if !BOOKKEEPING.iter().any(|other| property == other.as_str())
                && let Some((_, name)) = property.rsplit_once('#')
            {
                let things = values.iter().map(|value| self.thing(value));
                told.values
                    .insert(name.to_owned(), things.collect::<Result<_, _>>()?);
            }
        }
        for claim in &claims {
            let Term::NamedNode(claim) = claim else {
                continue;
            };
            let said = said_of(self.store, claim, Graphs::Named, &[])?;
            let value =
                |property: NamedNodeRef<'_>| said.get(property.as_str()).and_then(|v| v.first());
            if let (Some(quote), Some(Term::NamedNode(node))) = (value(QUOTE), value(DERIVED_FROM))
            {
                let document = self.document(node)?;
                if !document.licence.is_empty() {
                    told.licences.insert(document.licence);
                }
                told.said.insert((words(quote), document.id));
            }
        }
        Ok(told)
    }

    fn document(&mut self, node: &NamedNode) -> Result<Document, ExportError> {
        if let Some(known) = self.documents.get(node) {
            return Ok(known.clone());
        }
        if self.documents.len() >= REMEMBERED {
            self.documents.clear();
        }
        let found = document(self.store, node)?;
        self.documents.insert(node.clone(), found.clone());
        Ok(found)
    }

    fn thing(&mut self, value: &Term) -> Result<Thing, ExportError> {
        let Term::NamedNode(node) = value else {
            return Ok(Thing {
                id: None,
                label: words(value),
                key: None,
            });
        };
        if let Some(known) = self.things.get(node) {
            return Ok(known.clone());
        }
        if self.things.len() >= REMEMBERED {
            self.things.clear();
        }
        // Not all that is told: a state may be supported by very many claims.
        let first = |property: NamedNodeRef<'_>| -> Result<Option<String>, ExportError> {
            let mut found = BTreeSet::new();
            let pattern = Pattern::of(Graphs::World).subject(node).predicate(property);
            scan(self.store, pattern, &mut |quad| {
                found.insert(words(&quad.object));
                Ok(())
            })?;
            Ok(found.into_iter().next())
        };
        let thing = Thing {
            label: first(LABEL)?.unwrap_or_else(|| node.as_str().to_owned()),
            key: first(KEY)?,
            id: Some(node.clone()),
        };
        self.things.insert(node.clone(), thing.clone());
        Ok(thing)
    }

    /// The places that a fact names whose coordinates are known: longitude and latitude.
    pub(super) fn points(&self, told: &Told) -> Result<Vec<[serde_json::Number; 2]>, ExportError> {
        let mut points = Vec::new();
        for thing in ["city", "place"]
            .iter()
            .filter_map(|p| told.values.get(*p))
            .flatten()
        {
            let Some(node) = &thing.id else { continue };
            for point in said_of(self.store, node, Graphs::World, &[SUPPORTED_BY])?
                .remove(HAS_GEOMETRY.as_str())
                .unwrap_or_default()
            {
                let Term::NamedNode(point) = point else {
                    continue;
                };
                let wkt = said_of(self.store, &point, Graphs::World, &[])?.remove(AS_WKT.as_str());
                points.extend(
                    wkt.into_iter()
                        .flatten()
                        .filter_map(|wkt| point_of(&words(&wkt))),
                );
            }
        }
        Ok(points)
    }
}

/// `POINT (2.35 48.86)` → its numbers.
#[must_use]
pub fn point_of(wkt: &str) -> Option<[serde_json::Number; 2]> {
    let inside = wkt.trim().strip_prefix("POINT")?.trim();
    let inside = inside.strip_prefix('(')?.strip_suffix(')')?;
    let (longitude, latitude) = inside.trim().split_once(' ')?;
    let number = |text: &str| serde_json::from_str(text.trim()).ok();
    Some([number(longitude)?, number(latitude)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_read() {
        let show = |wkt: &str| point_of(wkt).map(|point| json!(point).to_string());
        assert_eq!(
            show("POINT (-77.05 -12.04)").as_deref(),
            Some("[-77.05,-12.04]")
        );
        assert_eq!(show("POINT(2 48.8)").as_deref(), Some("[2,48.8]"));
        assert_eq!(show("POINT EMPTY"), None);
        assert_eq!(show("LINESTRING (0 0, 1 1)"), None);
    }
}
