//! The arguments of a tool → values, or words that say what is wrong with them.

use super::super::Shared;
use super::super::entity;
use super::tools::Failed;
use oxigraph::model::{Literal, NamedNode};
use rmcp::model::JsonObject;
use serde_json::Value;

/// A text that must be there.
pub(super) fn text<'a>(arguments: &'a JsonObject, name: &str) -> Result<&'a str, Failed> {
    let given = optional(arguments, name)?
        .map(str::trim)
        .unwrap_or_default();
    if given.is_empty() {
        return Err(Failed::told(format!("the argument {name:?} is missing")));
    }
    Ok(given)
}

/// A text that may be there.
pub(super) fn optional<'a>(
    arguments: &'a JsonObject,
    name: &str,
) -> Result<Option<&'a str>, Failed> {
    match arguments.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Failed::told(format!(
            "the argument {name:?} must be a text"
        ))),
    }
}

/// A whole number from 0 to `most`.
pub(super) fn number(
    arguments: &JsonObject,
    name: &str,
    default: usize,
    most: usize,
) -> Result<usize, Failed> {
    match arguments.get(name) {
        None | Some(Value::Null) => Ok(default),
        Some(value) => value
            .as_u64()
            .and_then(|number| usize::try_from(number).ok())
            .filter(|number| *number <= most)
            .ok_or_else(|| {
                Failed::told(format!(
                    "the argument {name:?} must be a whole number up to {most}"
                ))
            }),
    }
}

/// A text as SPARQL has it.
pub(super) fn literal(text: &str) -> String {
    Literal::new_simple_literal(text).to_string()
}

/// An IRI as SPARQL has it: whole, or what it has after the base; none for other words.
pub(super) fn iri(shared: &Shared, text: &str) -> Option<Result<String, Failed>> {
    if text.contains("://") {
        let node = NamedNode::new(text).map(|node| node.to_string());
        let wrong = |error| Failed::told(format!("<{text}> is no IRI: {error}"));
        return Some(node.map_err(wrong));
    }
    if !text.contains('/') {
        return None;
    }
    let iris = entity::iris(&shared.base, text).and_then(|iris| iris.into_iter().next());
    Some(iris.ok_or_else(|| Failed::told(format!("{text:?} is no end of an IRI"))))
}

/// A state or other body by its IRI, the end of it, its key (FRA) or its name, as SPARQL has it.
pub(super) async fn body(shared: &Shared, text: &str) -> Result<NamedNode, Failed> {
    let known = match iri(shared, text) {
        Some(iri) => vec![iri?],
        None => {
            let name = literal(text);
            let query = format!(
                "SELECT DISTINCT ?e WHERE {{ {{ ?e dip:key {name} }} UNION {{ ?e rdfs:label|skos:prefLabel|skos:altLabel ?name \
                 FILTER(LCASE(STR(?name)) = LCASE({name})) FILTER NOT EXISTS {{ ?e a dip:Fact }} }} }} ORDER BY ?e LIMIT 20"
            );
            let rows = shared.rows(query).await?;
            let found = rows.iter().filter_map(|row| row.get("e"));
            found.map(|value| format!("<{}>", value.text)).collect()
        }
    };
    match known.as_slice() {
        [one] => {
            let bare = one.trim_start_matches('<').trim_end_matches('>');
            NamedNode::new(bare).map_err(|error| Failed::told(error.to_string()))
        }
        [] => Err(Failed::told(format!(
            "nothing has the key or name {text:?}; look for it with `find` and give its IRI"
        ))),
        many => Err(Failed::told(format!(
            "{text:?} names several; give one of {}",
            many.join(", ")
        ))),
    }
}
