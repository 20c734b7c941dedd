//! `/openapi.json`: the paths of this server for programs, as OpenAPI 3.1.

use super::Shared;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use std::sync::Arc;

const ROWS: [&str; 4] = [
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
];
const GRAPHS: [&str; 4] = [
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
    "application/rdf+xml",
];

/// `/openapi.json`
pub(super) async fn answer(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    let mut text = document(&shared.address_of(&headers, "")).to_string();
    text.push('\n');
    let mut response = text.into_response();
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    response
}

fn document(server: &str) -> Value {
    let graph = query("graph", "IRI of the graph");
    let default = query("default", "the default graph");
    let update = json!({
        "required": true,
        "content": {
            "application/sparql-update": text(),
            "application/x-www-form-urlencoded": form("update"),
        }
    });
    let asked = json!({
        "required": true,
        "content": {
            "application/sparql-query": text(),
            "application/x-www-form-urlencoded": form("query"),
        }
    });
    let mut document: Map<String, Value> = GRAPHS
        .iter()
        .map(|media| ((*media).to_owned(), text()))
        .collect();
    document.insert("multipart/form-data".to_owned(), text());
    let document = json!({ "required": true, "content": document });
    let timeline = [
        query("from", "a year, a month or a day"),
        query("to", "a year, a month or a day"),
        query("kind", "a class of facts; may be given more than once"),
        query("between", "two states: FRA,PER"),
        query("of", "an entity, as the path of its page: person/…"),
    ];
    let both: Vec<&str> = ROWS.iter().chain(&GRAPHS).copied().collect();
    let dataset = [
        query(
            "default-graph-uri",
            "a graph of the default graph; may be repeated",
        ),
        query("named-graph-uri", "a named graph; may be repeated"),
        query("format", "json, xml, csv, tsv; ttl, nt, jsonld, rdf"),
    ];
    let mut sparql = vec![query(
        "query",
        "SPARQL 1.1 Query; without it, the service description",
    )];
    sparql.extend(dataset.clone());
    let using = [
        query(
            "using-graph-uri",
            "a graph of the default graph; may be repeated",
        ),
        query("using-named-graph-uri", "a named graph; may be repeated"),
    ];
    let path = json!({ "name": "path", "in": "path", "required": true, "schema": { "type": "string" }, "description": "what the IRI has after the base" });
    let entity = || vec![path.clone()];
    let target = [graph, default];
    let store = |extra: &[Value]| -> Value {
        let parameters: Vec<Value> = target.iter().chain(extra).cloned().collect();
        json!({
            "get": operation("Read a graph", &parameters, None, "200", &GRAPHS, false),
            "put": operation("Put a graph in place of what it holds", &parameters, Some(&document), "204", &[], true),
            "post": operation("Add to a graph, or make one", &parameters, Some(&document), "204", &[], true),
            "delete": operation("Remove a graph", &parameters, None, "204", &[], true),
        })
    };
    let reconciled = [
        query("queries", "a batch of queries, in JSON"),
        query("extend", "entities and properties, in JSON"),
        query("query", "one query: a name, or in JSON"),
    ];
    let batch = json!({
        "required": true,
        "content": { "application/x-www-form-urlencoded": { "schema": {
            "type": "object",
            "properties": { "queries": { "type": "string" }, "extend": { "type": "string" } },
        } } }
    });
    let suggested = [
        query("prefix", "the beginning of a name, or an id"),
        query("cursor", "how many to leave out"),
        query("type", "a class"),
    ];
    let id = [query("id", "an id")];
    let message = json!({ "required": true, "content": { "application/json": { "schema": { "type": "object" } } } });
    let page = ["text/html"];
    let json_only = ["application/json"];
    let get = |summary: &str, parameters: &[Value], media: &[&str]| json!({ "get": operation(summary, parameters, None, "200", media, false) });
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Chancery",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "What documents say about diplomatic relations, each fact with the sentence it came from. docs/HTTP.md tells more."
        },
        "servers": [{ "url": server }],
        "paths": {
            "/": get("The first page of the site", &[], &page),
            "/sparql": {
                "get": operation("Ask", &sparql, None, "200", &both, false),
                "post": operation("Ask", &dataset, Some(&asked), "200", &both, false),
            },
            "/update": { "post": operation("Change the store", &using, Some(&update), "204", &[], true) },
            "/store": store(&[]),
            "/store/{path}": store(&entity()),
            "/id/{path}": { "get": operation("An entity's IRI: leads to its page or its data", &entity(), None, "303", &[], false) },
            "/data/{path}": get("What is said of an entity", &entity(), &GRAPHS),
            "/page/{path}": get("An entity as a page", &entity(), &page),
            "/search.json": get("Things by the beginnings of their names", &[query("q", "the beginning of a name")], &json_only),
            "/relations.json": get("Pairs of states and the number of facts about both", &[query("most", "so many pairs, those with the most facts")], &json_only),
            "/timeline.json": get("What began in a window of time, counted or listed", &timeline, &json_only),
            "/ontology": get("The ontology", &[query("format", "ttl, nt, jsonld, rdf")], &GRAPHS),
            "/reconcile": {
                "get": operation("The manifest of the reconciliation service, matches, values of properties (docs/RECONCILE.md)", &reconciled, None, "200", &json_only, false),
                "post": operation("Matches, values of properties", &[], Some(&batch), "200", &json_only, false),
            },
            "/reconcile/properties": get("Properties that entities of a class have", &[query("type", "a class"), query("limit", "most of them")], &json_only),
            "/reconcile/suggest/entity": get("Entities whose names begin so", &suggested, &json_only),
            "/reconcile/suggest/type": get("Classes whose names begin so", &suggested, &json_only),
            "/reconcile/suggest/property": get("Properties whose names begin so", &suggested, &json_only),
            "/reconcile/flyout/entity": get("A few words about an entity", &id, &json_only),
            "/reconcile/flyout/type": get("A few words about a class", &id, &json_only),
            "/reconcile/flyout/property": get("A few words about a property", &id, &json_only),
            "/reconcile/preview": get("A small page about an entity", &id, &page),
            "/reconcile/view": { "get": operation("Leads to an entity", &id, None, "303", &[], false) },
            "/.well-known/void": get("What the store holds, as VoID and DCAT", &[query("format", "ttl, nt, jsonld, rdf")], &GRAPHS),
            "/mcp": {
                "post": operation("Model Context Protocol, Streamable HTTP; a session begins with initialize", &[], Some(&message), "200", &["application/json", "text/event-stream"], false),
                "get": operation("What is told in a session (Mcp-Session-Id) beside answers", &[], None, "200", &["text/event-stream"], false),
                "delete": operation("Ends a session (Mcp-Session-Id)", &[], None, "202", &[], false)
            },
            "/health": get("Whether the server answers", &[], &json_only),
            "/ready": get("Whether a query would be answered", &[], &json_only),
            "/metrics": get("Counts for Prometheus", &[], &["text/plain"]),
            "/openapi.json": get("This description", &[], &json_only),
        },
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": {
                "Problem": {
                    "type": "object",
                    "description": "RFC 9457",
                    "required": ["type", "title", "status", "detail"],
                    "properties": {
                        "type": { "type": "string", "format": "uri" },
                        "title": { "type": "string" },
                        "status": { "type": "integer" },
                        "detail": { "type": "string" },
                        "line": { "type": "integer", "minimum": 1 },
                        "column": { "type": "integer", "minimum": 1 },
                        "limit": { "type": "number" },
                        "acceptable": { "type": "array", "items": { "type": "string" } }
                    }
                }
            }
        }
    })
}

fn text() -> Value {
    json!({ "schema": { "type": "string" } })
}

fn form(name: &str) -> Value {
    json!({ "schema": { "type": "object", "required": [name], "properties": { name: { "type": "string" } } } })
}

fn query(name: &str, description: &str) -> Value {
    json!({ "name": name, "in": "query", "description": description, "schema": { "type": "string" } })
}

fn operation(
    summary: &str,
    parameters: &[Value],
    body: Option<&Value>,
    status: &str,
    media: &[&str],
    writes: bool,
) -> Value {
    let content: Map<String, Value> = media
        .iter()
        .map(|media| ((*media).to_owned(), text()))
        .collect();
    let problem = json!({
        "description": "What went wrong",
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } }
    });
    let mut done = json!({ "description": "Done" });
    if let Some(object) = done.as_object_mut().filter(|_| !content.is_empty()) {
        object.insert("content".to_owned(), content.into());
    }
    let mut operation = json!({
        "summary": summary,
        "responses": { status: done, "default": problem },
    });
    if let Some(object) = operation.as_object_mut() {
        if !parameters.is_empty() {
            object.insert("parameters".to_owned(), parameters.into());
        }
        if let Some(body) = body {
            object.insert("requestBody".to_owned(), body.clone());
        }
        if writes {
            object.insert("security".to_owned(), json!([{ "token": [] }]));
        }
    }
    operation
}
