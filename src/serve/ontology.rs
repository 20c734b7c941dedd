//! `/ontology`: the ontology's Turtle file, as it is or in another graph format.

use super::evaluate::{Bounds, write_graph};
use super::formats;
use super::parameters::Parameters;
use super::problem::{Kind, Problem};
use super::protocol::text_header;
use super::rows::Value;
use crate::query::{Answer, GraphFormat};
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::rdfs;
use oxigraph::model::{NamedOrBlankNode, Term, Triple};
use rust_embed::RustEmbed;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The ontology's IRI; its terms follow after `#`.
pub(super) const IRI: &str = "https://w3id.org/chancery/ontology";

#[derive(RustEmbed)]
#[folder = "ontology"]
struct Files;

/// `/ontology`
pub(super) async fn answer(uri: Uri, headers: HeaderMap) -> Response {
    let accept = text_header(&headers, &header::ACCEPT);
    let query = uri.query().unwrap_or_default();
    let mut response =
        respond(query, accept.as_deref()).unwrap_or_else(IntoResponse::into_response);
    response
        .headers_mut()
        .insert(header::VARY, HeaderValue::from_static("Accept"));
    response
}

/// The names of a term of the ontology.
pub(super) fn labels(iri: &str) -> &'static [Value] {
    static LABELS: OnceLock<BTreeMap<String, Vec<Value>>> = OnceLock::new();
    let labels = LABELS.get_or_init(|| {
        let mut labels: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        let file = Files::get("chancery.ttl");
        let bytes = file.as_ref().map_or(&[][..], |file| &file.data);
        for quad in RdfParser::from_format(RdfFormat::Turtle)
            .for_slice(bytes)
            .flatten()
        {
            if let (NamedOrBlankNode::NamedNode(term), Term::Literal(label)) =
                (quad.subject, quad.object)
                && quad.predicate.as_ref() == rdfs::LABEL
            {
                labels.entry(term.into_string()).or_default().push(Value {
                    text: label.value().to_owned(),
                    kind: "literal".to_owned(),
                    language: label.language().map(str::to_owned),
                    datatype: None,
                });
            }
        }
        labels
    });
    labels.get(iri).map_or(&[], Vec::as_slice)
}

/// The ontology as Turtle.
pub(super) fn turtle() -> Option<String> {
    let file = Files::get("chancery.ttl")?;
    String::from_utf8(file.data.into_owned()).ok()
}

fn respond(query: &str, accept: Option<&str>) -> Result<Response, Problem> {
    let parameters = Parameters::parse(query.as_bytes())?;
    let offer = formats::graph(parameters.one("format")?, accept)?;
    let file = Files::get("chancery.ttl")
        .ok_or_else(|| Problem::new(Kind::NotFound, "This program carries no ontology."))?;
    if offer.value == GraphFormat::Turtle {
        let mut response = Response::new(file.data.into_owned().into());
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/turtle; charset=utf-8"),
        );
        return Ok(response);
    }
    let triples: Result<Vec<Triple>, _> = RdfParser::from_format(RdfFormat::Turtle)
        .for_slice(&file.data)
        .map(|quad| quad.map(Triple::from))
        .collect();
    let triples = triples.map_err(|error| Problem::new(Kind::Internal, error.to_string()))?;
    let graph = Answer::Graph(triples);
    let ready = write_graph(&graph, offer.value, offer.media, Bounds::NONE)?;
    Ok(ready.into_response())
}
