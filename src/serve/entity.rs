//! `/id/…` → 303 to `/page/…` or `/data/…`; `/data/…` → what the store says of that IRI, in the format of the ending or by negotiation.

use super::answers::coding;
use super::formats::{self, GRAPH_NAMES};
use super::negotiate::prefers;
use super::parameters::percent_decoded;
use super::pool::Given;
use super::problem::{Kind, Problem};
use super::protocol::{Query, text_header};
use super::{Shared, void};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use oxigraph::model::NamedNode;
use std::fmt::Write;
use std::sync::Arc;

/// The data set as a whole, which documents are part of.
pub(super) const DATASET: &str = "dataset";
/// Endings of `/data/…`; each is a name of a format.
const ENDINGS: [&str; 4] = ["ttl", "nt", "jsonld", "rdf"];
/// How many statements that point at an entity are shown with it.
const INCOMING: usize = 1000;

/// `/id/…`
pub(super) async fn redirect(uri: Uri, headers: HeaderMap) -> Response {
    let accept = text_header(&headers, &header::ACCEPT);
    let path = uri.path().strip_prefix("/id/").unwrap_or_default();
    if path == DATASET {
        return see_other(void::PATH);
    }
    let mut response = if prefers(accept.as_deref(), "text/html") {
        see_other(&format!("/page/{path}"))
    } else {
        match formats::graph(None, accept.as_deref()) {
            Ok(offer) => {
                let ending = GRAPH_NAMES
                    .iter()
                    .filter(|(name, _)| ENDINGS.contains(name))
                    .find(|(_, media)| *media == offer.value.media_type())
                    .map_or("ttl", |(name, _)| *name);
                see_other(&format!("/data/{path}.{ending}"))
            }
            Err(problem) => problem.into_response(),
        }
    };
    vary(&mut response);
    alternates(response.headers_mut(), path);
    response
}

/// The `Link`s between the forms of an entity, and to the description of the whole.
pub(super) fn alternates(headers: &mut HeaderMap, path: &str) {
    let mut links = format!("</page/{path}>; rel=\"alternate\"; type=\"text/html\"");
    for ending in ENDINGS {
        let media = GRAPH_NAMES
            .iter()
            .find(|(name, _)| *name == ending)
            .map_or("", |(_, media)| *media);
        let _ = write!(
            links,
            ", </data/{path}.{ending}>; rel=\"alternate\"; type=\"{media}\""
        );
    }
    let _ = write!(links, ", {}", void::LINK);
    if let Ok(value) = HeaderValue::from_str(&links) {
        headers.insert(header::LINK, value);
    }
}

/// `/data/…`
pub(super) async fn data(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let path = uri.path().strip_prefix("/data/").unwrap_or_default();
    let (path, ending) = match path.rsplit_once('.') {
        Some((path, ending)) if ENDINGS.contains(&ending) => (path, Some(ending)),
        _ => (path, None),
    };
    let outcome = describe(&shared, path, ending, &headers).await;
    let mut response = outcome.unwrap_or_else(IntoResponse::into_response);
    alternates(response.headers_mut(), path);
    response.headers_mut().insert(
        header::VARY,
        HeaderValue::from_static(if ending.is_none() {
            "Accept, Accept-Encoding"
        } else {
            "Accept-Encoding"
        }),
    );
    response
}

async fn describe(
    shared: &Shared,
    path: &str,
    ending: Option<&str>,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let accept = text_header(headers, &header::ACCEPT);
    let offer = formats::graph(ending, accept.as_deref())?;
    let unknown = || Problem::new(Kind::NotFound, format!("No entity is known as {path}."));
    let query = Query {
        text: description(&shared.base, path).ok_or_else(unknown)?,
        ..Query::default()
    };
    let asked = shared.asked(query, Some(offer.media.to_owned()), false, coding(headers));
    let known = |given: &Given| {
        if given.rows == 0 {
            Err(unknown())
        } else {
            Ok(())
        }
    };
    shared.respond(asked, headers, known).await
}

/// The IRIs of an entity, in `<>`: it may stand in the store with or without percent escapes. None if neither is an IRI.
pub(super) fn iris(base: &str, path: &str) -> Option<Vec<String>> {
    let decoded = percent_decoded(path).unwrap_or_default();
    let mut iris: Vec<String> = [path, decoded.as_str()]
        .into_iter()
        .filter(|path| !path.is_empty())
        .filter_map(|path| NamedNode::new(format!("{base}{path}")).ok())
        .map(|node| node.to_string())
        .collect();
    iris.dedup();
    (!iris.is_empty()).then_some(iris)
}

/// A query for all that is said of an entity in any graph, the first statements that point at it, and the names of what it points at.
pub(super) fn description(base: &str, path: &str) -> Option<String> {
    let iris = iris(base, path)?;
    let iris = iris.join(" ");
    Some(format!(
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ VALUES ?s {{ {iris} }} {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}
  UNION
  {{ SELECT ?s ?p ?o WHERE {{
      VALUES ?o {{ {iris} }} {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }}
    }} ORDER BY ?p ?s LIMIT {INCOMING} }}
  UNION
  {{ VALUES ?x {{ {iris} }} VALUES ?p {{ rdfs:label skos:prefLabel }} ?x ?y ?s . ?s ?p ?o }}
}}"
    ))
}

fn see_other(location: &str) -> Response {
    match HeaderValue::from_str(location) {
        Ok(value) => {
            let mut response = StatusCode::SEE_OTHER.into_response();
            response.headers_mut().insert(header::LOCATION, value);
            response
        }
        Err(_) => Problem::new(Kind::NotFound, "The address is no IRI.").into_response(),
    }
}

fn vary(response: &mut Response) {
    response
        .headers_mut()
        .insert(header::VARY, HeaderValue::from_static("Accept"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_can_not_leave_its_brackets() {
        let query = description("http://e/id/", "person/a%3E%20%7D").unwrap();
        assert!(!query.contains("a> }"), "{query}");
        assert!(crate::query::check(&query).is_ok());
        let both = description("http://e/id/", "person/%C3%A9").unwrap();
        assert!(
            both.contains("<http://e/id/person/%C3%A9> <http://e/id/person/é>"),
            "{both}"
        );
        assert!(description("http://e/id/", "").is_none());
    }
}
