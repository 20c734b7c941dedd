//! The server → its SPARQL 1.1 Service Description, in any graph format.

use super::Shared;
use super::evaluate::{Bounds, write_graph};
use super::formats;
use super::problem::Problem;
use super::protocol::text_header;
use crate::query::{Answer, GraphFormat, RowFormat};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{BlankNode, NamedNode, NamedOrBlankNode, Term, Triple};

const SD: &str = "http://www.w3.org/ns/sparql-service-description#";
const FORMATS: &str = "http://www.w3.org/ns/formats/";

/// The description in the format that `accept` asks for.
///
/// # Errors
/// `NotAcceptable`.
pub(super) fn answer(
    shared: &Shared,
    headers: &HeaderMap,
    accept: Option<&str>,
) -> Result<Response, Problem> {
    let offer = formats::graph(None, accept)?;
    let endpoint = format!("http://{}/sparql", host(shared, headers));
    let graph = Answer::Graph(describe(&endpoint, shared.writer.is_some()));
    let ready = write_graph(&graph, offer.value, offer.media, Bounds::NONE)?;
    Ok(ready.into_response())
}

/// The name under which the client reached the server, if it is one that can stand in an IRI.
pub(super) fn host(shared: &Shared, headers: &HeaderMap) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    text_header(headers, &header::HOST)
        .filter(|host| !host.is_empty() && host.bytes().all(plain))
        .filter(|host| NamedNode::new(format!("http://{host}/")).is_ok())
        .unwrap_or_else(|| shared.address.to_string())
}

fn describe(endpoint: &str, writes: bool) -> Vec<Triple> {
    let service = BlankNode::new_unchecked("service");
    let dataset = BlankNode::new_unchecked("dataset");
    let graph = BlankNode::new_unchecked("graph");
    let mut triples = vec![
        typed(&service, "Service"),
        link(&service, "endpoint", NamedNode::new_unchecked(endpoint)),
        link(&service, "supportedLanguage", sd("SPARQL11Query")),
        link(&service, "defaultDataset", dataset.clone()),
        typed(&dataset, "Dataset"),
        link(&dataset, "defaultGraph", graph.clone()),
        typed(&graph, "Graph"),
    ];
    if writes {
        triples.push(link(&service, "supportedLanguage", sd("SPARQL11Update")));
    }
    let rows = RowFormat::ALL.iter().map(|format| match format {
        RowFormat::Json => "SPARQL_Results_JSON",
        RowFormat::Xml => "SPARQL_Results_XML",
        RowFormat::Csv => "SPARQL_Results_CSV",
        RowFormat::Tsv => "SPARQL_Results_TSV",
    });
    let graphs = GraphFormat::ALL.iter().filter_map(|format| match format {
        GraphFormat::Turtle => Some("Turtle"),
        GraphFormat::NTriples => Some("N-Triples"),
        GraphFormat::JsonLd => Some("JSON-LD"),
        GraphFormat::RdfXml => Some("RDF_XML"),
        GraphFormat::NQuads | GraphFormat::TriG => None,
    });
    for name in rows.chain(graphs) {
        let format = NamedNode::new_unchecked(format!("{FORMATS}{name}"));
        triples.push(link(&service, "resultFormat", format));
    }
    triples
}

fn sd(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{SD}{name}"))
}

fn typed(subject: &BlankNode, class: &str) -> Triple {
    let subject = NamedOrBlankNode::from(subject.clone());
    Triple::new(subject, rdf::TYPE, sd(class))
}

fn link(subject: &BlankNode, property: &str, object: impl Into<Term>) -> Triple {
    Triple::new(
        NamedOrBlankNode::from(subject.clone()),
        sd(property),
        object,
    )
}
