//! The name of a tool and its arguments → its answer as JSON, or words that say why there is none.

use super::super::Shared;
use super::arguments::{number, optional, text};
use super::{find, sentences, timeline};
use crate::query::{catalogue, find as question_of};
use crate::serve::compress::Coding;
use crate::serve::problem::Problem;
use crate::serve::protocol::Query;
use crate::serve::rows::{self, Value as Cell};
use rmcp::model::{JsonObject, Tool};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What the tools are, for clients.
const DECLARED: &str = include_str!("tools.json");

/// Why a tool has no answer.
#[derive(Debug)]
pub(super) enum Failed {
    /// There is no such tool.
    Unknown,
    /// In words for whoever asked.
    Told(String),
}

impl Failed {
    pub(super) fn told(words: impl Into<String>) -> Self {
        Self::Told(words.into())
    }
}

impl From<Problem> for Failed {
    fn from(problem: Problem) -> Self {
        Self::Told(problem.told())
    }
}

/// The tools with their names, schemas and descriptions.
pub(super) fn declared() -> Vec<Tool> {
    // a test holds the file to be right
    serde_json::from_str(DECLARED).unwrap_or_default()
}

/// Calls a tool.
pub(super) async fn call(
    shared: &Shared,
    name: &str,
    arguments: &JsonObject,
) -> Result<Value, Failed> {
    match name {
        "find" => find::find(shared, arguments).await,
        "timeline" => timeline::timeline(shared, arguments).await,
        "sentences" => sentences::sentences(shared, arguments).await,
        "sparql" => {
            let query = text(arguments, "query")?;
            let limit = number(arguments, "limit", 100, 1000)?;
            ask(shared, query, limit).await
        }
        "question" => question(shared, arguments).await,
        _ => Err(Failed::Unknown),
    }
}

/// Asks the store within the limits of the server; at most `limit` rows are given.
async fn ask(shared: &Shared, text: &str, limit: usize) -> Result<Value, Failed> {
    let most = shared.config.limits.query_bytes;
    if text.len() > most {
        return Err(Failed::told(format!(
            "the query is longer than {most} bytes"
        )));
    }
    let query = Query {
        text: text.to_owned(),
        prefixes: true,
        ..Query::default()
    };
    let accept = "application/sparql-results+json, text/turtle".to_owned();
    let asked = shared.asked(query, Some(accept), false, Coding::Identity);
    let (given, _) = shared.given(asked.into()).await?;
    if given.media == "text/turtle" {
        let turtle = String::from_utf8_lossy(&given.body).into_owned();
        return Ok(json!({ "triples": given.rows, "turtle": turtle }));
    }
    let document: Value =
        serde_json::from_slice(&given.body).map_err(|error| Failed::told(error.to_string()))?;
    if let Some(answer) = document.get("boolean") {
        return Ok(json!({ "boolean": answer }));
    }
    let rows = rows::read(&given.body).map_err(|error| Failed::told(error.to_string()))?;
    let variables = document.get("head").and_then(|head| head.get("vars"));
    let shown: Vec<Value> = rows
        .iter()
        .take(limit)
        .map(|row| {
            let cells = row.iter().map(|(name, cell)| (name.clone(), plain(cell)));
            cells.collect::<Map<String, Value>>().into()
        })
        .collect();
    Ok(json!({
        "variables": variables,
        "total": rows.len(),
        "truncated": rows.len() > limit,
        "rows": shown,
    }))
}

/// A value as a reader takes it: an IRI as such, a number as a number, a text with its language where it has one.
fn plain(cell: &Cell) -> Value {
    let datatype = cell.datatype.as_deref().unwrap_or_default();
    let number = || {
        let integer = datatype
            .ends_with("#integer")
            .then(|| cell.text.parse::<i64>().ok());
        integer.flatten().map(Value::from)
    };
    match (cell.kind.as_str(), &cell.language) {
        ("uri", _) => json!({ "iri": cell.text }),
        (_, Some(language)) => json!({ "text": cell.text, "language": language }),
        ("bnode", _) => json!({ "blank": cell.text }),
        _ => number().unwrap_or_else(|| json!(cell.text)),
    }
}

async fn question(shared: &Shared, arguments: &JsonObject) -> Result<Value, Failed> {
    let Some(name) = optional(arguments, "name")?.filter(|name| !name.is_empty()) else {
        let questions: Vec<Value> = catalogue()
            .iter()
            .map(|question| {
                let parameters: Map<String, Value> = question
                    .parameters
                    .iter()
                    .map(|one| {
                        let told = json!({ "default": one.default, "description": one.description });
                        (one.name.clone(), told)
                    })
                    .collect();
                json!({ "name": question.name, "question": question.question, "parameters": parameters })
            })
            .collect();
        return Ok(json!({ "questions": questions }));
    };
    let limit = number(arguments, "limit", 100, 1000)?;
    let mut given = BTreeMap::new();
    match arguments.get("parameters") {
        None | Some(Value::Null) => {}
        Some(Value::Object(values)) => {
            for name in values.keys() {
                if let Some(value) = optional(values, name)? {
                    given.insert(name.clone(), value.to_owned());
                }
            }
        }
        Some(_) => return Err(Failed::told("“parameters” must be an object of texts")),
    }
    let wrong = |error: crate::query::QueryError| Failed::told(error.to_string());
    let query = question_of(name).map_err(wrong)?;
    let mut answer = ask(shared, &query.with(&given).map_err(wrong)?, limit).await?;
    if let Some(object) = answer.as_object_mut() {
        object.insert("question".to_owned(), json!(query.question));
    }
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tool_is_declared() {
        let declared = declared();
        let names: Vec<&str> = declared.iter().map(|tool| tool.name.as_ref()).collect();
        assert_eq!(
            names,
            ["find", "timeline", "sentences", "sparql", "question"]
        );
        for tool in &declared {
            assert!(
                tool.description
                    .as_ref()
                    .is_some_and(|words| words.len() > 40)
            );
            assert!(
                tool.annotations
                    .as_ref()
                    .is_some_and(|hints| hints.read_only_hint == Some(true))
            );
        }
    }

    #[test]
    fn values_are_plain() {
        let cell = |kind: &str, text: &str, datatype: Option<&str>| Cell {
            text: text.to_owned(),
            kind: kind.to_owned(),
            language: None,
            datatype: datatype.map(str::to_owned),
        };
        let integer = "http://www.w3.org/2001/XMLSchema#integer";
        assert_eq!(plain(&cell("literal", "7", Some(integer))), json!(7));
        assert_eq!(plain(&cell("literal", "7", None)), json!("7"));
        assert_eq!(
            plain(&cell("uri", "http://a", None)),
            json!({ "iri": "http://a" })
        );
    }
}
