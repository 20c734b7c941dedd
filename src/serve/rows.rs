//! SPARQL results in JSON → rows that the server reads itself.

use serde::Deserialize;
use std::collections::BTreeMap;

/// The values of a row by the names of their variables; unbound ones are absent.
pub(super) type Row = BTreeMap<String, Value>;

/// A value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Value {
    /// The IRI, or the text of a literal.
    #[serde(rename = "value")]
    pub(super) text: String,
    /// `uri`, `literal` or `bnode`.
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// The language of a literal.
    #[serde(rename = "xml:lang")]
    pub(super) language: Option<String>,
    /// The datatype of a literal.
    pub(super) datatype: Option<String>,
}

/// The IRI or text that a variable has in a row; empty where it is unbound.
pub(super) fn text<'r>(row: &'r Row, name: &str) -> &'r str {
    row.get(name).map_or("", |value| value.text.as_str())
}

#[derive(Deserialize)]
struct Document {
    results: Results,
}

#[derive(Deserialize)]
struct Results {
    bindings: Vec<Row>,
}

/// Reads `application/sparql-results+json`.
pub(super) fn read(bytes: &[u8]) -> serde_json::Result<Vec<Row>> {
    serde_json::from_slice::<Document>(bytes).map(|document| document.results.bindings)
}
