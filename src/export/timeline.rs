//! A store → a timeline as JSON: every fact with its dates, who and what it names, and the words of documents, from the first to
//! the last; those without a date stand at the end. One fact is in memory at a time.

use super::ExportError;
use super::map::write_sources;
use super::part::Part;
use super::scan::{Graphs, Pattern, scan};
use super::sort::{Order, Sorter};
use super::terms::{EARLIEST, FACT, TYPE};
use super::told::{Reader, Thing, Told, at_hand};
use crate::store::Store;
use oxigraph::model::{NamedNode, NamedOrBlankNode};
use serde_json::{Map, Value, json};
use std::io::Write;

/// Writes `{"events": […], "sources": […]}` and gives how many events there are. `date` is EDTF as documents give it, `start` and `end` are the first
/// and last day that it can mean (ISO 8601).
///
/// # Errors
/// [`ExportError::Query`] when the store fails, [`ExportError::Output`] when `out` does.
pub fn write_timeline(
    store: &Store,
    part: &Part,
    mut out: impl Write,
) -> Result<usize, ExportError> {
    let store = at_hand(store, part)?;
    let mut reader = Reader::of(&store);
    let mut events = 0;
    write!(out, "{{\"events\": [")?;
    let mut write = |told: &Told, out: &mut dyn Write| -> Result<(), ExportError> {
        let separator = if events == 0 { "\n" } else { ",\n" };
        write!(out, "{separator}{}", event(told))?;
        events += 1;
        Ok(())
    };
    let mut dated = Sorter::new(Order::Object);
    let pattern = Pattern::of(Graphs::World).predicate(EARLIEST);
    scan(&store, pattern, &mut |quad| dated.push(quad))?;
    for quad in dated.finish()? {
        if let NamedOrBlankNode::NamedNode(node) = quad?.subject {
            write(&reader.told(&node)?, &mut out)?;
        }
    }
    let fact = FACT.into_owned();
    let mut undated = Sorter::new(Order::Reading);
    let pattern = Pattern::of(Graphs::World).predicate(TYPE).object(&fact);
    scan(&store, pattern, &mut |quad| {
        let NamedOrBlankNode::NamedNode(node) = &quad.subject else {
            return Ok(());
        };
        if has_date(&store, node)? {
            return Ok(());
        }
        undated.push(quad)
    })?;
    for quad in undated.finish()? {
        if let NamedOrBlankNode::NamedNode(node) = quad?.subject {
            write(&reader.told(&node)?, &mut out)?;
        }
    }
    write!(out, "\n],\n\"sources\": [")?;
    write_sources(&store, &mut out)?;
    writeln!(out, "\n]}}")?;
    out.flush()?;
    Ok(events)
}

fn has_date(store: &Store, node: &NamedNode) -> Result<bool, ExportError> {
    let mut found = false;
    let pattern = Pattern::of(Graphs::World).subject(node).predicate(EARLIEST);
    scan(store, pattern, &mut |_| {
        found = true;
        Ok(())
    })?;
    Ok(found)
}

fn event(told: &Told) -> Value {
    let mut event = Map::new();
    event.insert("id".to_owned(), json!(told.id.as_str()));
    event.insert("kind".to_owned(), json!(told.kind));
    event.insert("label".to_owned(), json!(told.label));
    for (name, property) in [("date", "date"), ("start", "earliest"), ("end", "latest")] {
        event.insert(name.to_owned(), told.text(property));
    }
    let names = told.values.iter().filter(|(name, _)| {
        !matches!(
            name.as_str(),
            "date" | "start" | "end" | "earliest" | "latest"
        )
    });
    let values: Map<String, Value> = names
        .map(|(name, things)| (name.clone(), things.iter().map(thing).collect()))
        .collect();
    event.insert("values".to_owned(), values.into());
    event.insert("said".to_owned(), told.quotes().into());
    let licences: Vec<&String> = told.licences.iter().collect();
    event.insert("licences".to_owned(), json!(licences));
    event.into()
}

/// Text as it is; something with an IRI with its name, and its key where it has one.
fn thing(thing: &Thing) -> Value {
    match (&thing.id, &thing.key) {
        (None, _) => json!(thing.label),
        (Some(id), None) => json!({ "id": id.as_str(), "label": thing.label }),
        (Some(id), Some(key)) => json!({ "id": id.as_str(), "label": thing.label, "key": key }),
    }
}
