//! An id → a small page about the entity, for a frame in the client's own page (sections "Preview Service" and "Flyout Services"), or its address here.

use super::extend::iri;
use super::suggest::about;
use super::types::{named_type, property};
use super::{PREFIXES, Sent, kept};
use crate::serve::Shared;
use crate::serve::html::{document, escape};
use crate::serve::parameters::{Parameters, encode};
use crate::serve::problem::{Kind, Problem};
use crate::serve::rows::text;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

/// Most values of a property that are shown.
const VALUES: usize = 3;
/// Most properties that are shown.
const PROPERTIES: usize = 8;
/// Most events that are shown.
const EVENTS: usize = 6;
/// Longest sentence that is shown, in characters.
const SENTENCE: usize = 240;

fn id(uri: &Uri) -> Result<String, Problem> {
    let parameters = Parameters::parse(uri.query().unwrap_or_default().as_bytes())?;
    let id = parameters.one("id")?.filter(|id| !id.is_empty());
    id.map(str::to_owned)
        .ok_or_else(|| Problem::new(Kind::BadRequest, "The parameter “id” is missing."))
}

fn unknown(id: &str) -> Problem {
    Problem::new(Kind::NotFound, format!("Nothing is known as {id}."))
}

/// `/reconcile/view`: the entity's own address, whose path the id is not when clients escape it.
pub(super) async fn view(State(shared): State<Arc<Shared>>, uri: Uri) -> Result<Response, Problem> {
    let id = id(&uri)?;
    let path = id.strip_prefix(&shared.base).unwrap_or(&id);
    if path.contains("://") || iri(&shared.base, path).is_none() {
        return Err(unknown(&id));
    }
    let path: Vec<String> = path.split('/').map(encode).collect();
    let location = format!("/id/{}", path.join("/"));
    let mut response = StatusCode::SEE_OTHER.into_response();
    let location = HeaderValue::from_str(&location).map_err(|_| unknown(&id))?;
    response.headers_mut().insert(header::LOCATION, location);
    Ok(response)
}

/// `/reconcile/preview`
pub(super) async fn page(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let made = async {
        let id = id(&uri)?;
        let (name, inside) = inside(&shared, &headers, &id).await?;
        Ok(Sent {
            media: "text/html; charset=utf-8",
            body: document(&name, &inside).into_bytes(),
        })
    };
    let mut response = kept(&shared, &uri, &headers, made).await;
    // the one page that others may put into a frame: those that may read
    let ancestors = match (shared.config.origins.as_slice(), &shared.config.write) {
        ([], None) => "*".to_owned(),
        ([], Some(_)) => "'self'".to_owned(),
        (origins, _) => format!("'self' {}", origins.join(" ")),
    };
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors {ancestors}"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// `/reconcile/flyout/entity`
pub(super) async fn entity_flyout(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let made = async {
        let id = id(&uri)?;
        let (_, html) = inside(&shared, &headers, &id).await?;
        Ok(flyout(&id, &html))
    };
    kept(&shared, &uri, &headers, made).await
}

/// `/reconcile/flyout/type`
pub(super) async fn type_flyout(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let words = |id: &str| named_type(id).map(|known| described(known.name, known.about));
    term_flyout(&shared, &uri, &headers, words).await
}

/// `/reconcile/flyout/property`
pub(super) async fn property_flyout(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let words = |id: &str| property(id).map(|known| described(known.name, &about(known)));
    term_flyout(&shared, &uri, &headers, words).await
}

/// A few words about a class or property; `words` gives them for its id.
async fn term_flyout(
    shared: &Arc<Shared>,
    uri: &Uri,
    headers: &HeaderMap,
    words: fn(&str) -> Option<String>,
) -> Response {
    let made = async {
        let id = id(uri)?;
        let html = words(&id).ok_or_else(|| unknown(&id))?;
        Ok(flyout(&id, &html))
    };
    kept(shared, uri, headers, made).await
}

fn flyout(id: &str, html: &str) -> Sent {
    let answer = json!({ "id": id, "html": html });
    Sent::json(answer.to_string().into_bytes())
}

fn described(name: &str, about: &str) -> String {
    format!("<p><b>{}</b><br>{}.</p>", escape(name), escape(about))
}

/// The name of an entity, and what is told of it as HTML.
async fn inside(
    shared: &Shared,
    headers: &HeaderMap,
    id: &str,
) -> Result<(String, String), Problem> {
    let iri = iri(&shared.base, id).ok_or_else(|| unknown(id))?;
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT DISTINCT ?p ?o ?label WHERE {{
  <{iri}> ?p ?o
  FILTER(STRSTARTS(STR(?p), STR(dip:)) || ?p IN (rdfs:label, <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>))
  FILTER(?p NOT IN (dip:supportedBy, dip:value, dip:account, dip:key, dip:earliest, dip:latest))
  OPTIONAL {{ ?o rdfs:label ?label }}
}} ORDER BY ?p ?o LIMIT 200"
        ))
        .await?;
    if rows.is_empty() {
        return Err(unknown(id));
    }
    let (mut name, mut class) = (String::new(), String::new());
    let mut told: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in &rows {
        let property = super::types::local(text(row, "p"));
        let value = match text(row, "label") {
            "" => text(row, "o"),
            label => label,
        };
        if property.ends_with("#label") {
            value.clone_into(&mut name);
        } else if property.ends_with("#type") {
            let known = named_type(value).map(|one| one.name);
            class = known.map_or(class, str::to_owned);
        } else {
            told.entry(property).or_default().push(value.to_owned());
        }
    }
    if name.is_empty() {
        id.clone_into(&mut name);
    }
    let mut html = format!(
        "<p><b>{}</b> {}</p>\n<table>",
        escape(&name),
        escape(&class)
    );
    for (property, mut values) in told.into_iter().take(PROPERTIES) {
        values.dedup();
        let more = if values.len() > VALUES { " …" } else { "" };
        values.truncate(VALUES);
        let known = super::types::property(property).map_or(property, |known| known.name);
        let _ = write!(
            html,
            "\n<tr><th>{}</th><td>{}{more}</td></tr>",
            escape(known),
            escape(&values.join("; "))
        );
    }
    html.push_str("\n</table>");
    let events = events(shared, &iri).await?;
    if !events.is_empty() {
        html.push_str("\n<ul>");
        for event in &events {
            let _ = write!(html, "<li>{}</li>", escape(event));
        }
        html.push_str("</ul>");
    }
    if let Some(quote) = sentence(shared, &iri).await? {
        let _ = write!(html, "\n<blockquote>{}</blockquote>", escape(&quote));
    }
    // a flyout stands in the client's page
    let address = format!("/reconcile/view?id={}", encode(id));
    let address = shared.address_of(headers, &address);
    let _ = write!(
        html,
        "\n<p><a href=\"{}\" target=\"_blank\" rel=\"noopener\">{}</a></p>",
        escape(&address),
        escape(&iri)
    );
    Ok((name, html))
}

/// The first of what an entity took part in, in the order of time.
async fn events(shared: &Shared, iri: &str) -> Result<Vec<String>, Problem> {
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT DISTINCT ?event ?label ?date WHERE {{ ?event ?p <{iri}> ; a dip:Fact ; rdfs:label ?label OPTIONAL {{ ?event dip:earliest ?date }} }} ORDER BY ?date ?label LIMIT {EVENTS}"
        ))
        .await?;
    let labels = rows.iter().map(|row| text(row, "label").to_owned());
    Ok(labels.collect())
}

/// The first sentence that tells of an entity.
async fn sentence(shared: &Shared, iri: &str) -> Result<Option<String>, Problem> {
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT ?quote WHERE {{ <{iri}> dip:supportedBy ?claim . GRAPH ?doc {{ ?claim dip:quote ?quote }} }} ORDER BY ?doc ?claim LIMIT 1"
        ))
        .await?;
    let quote = rows.first().map(|row| text(row, "quote"));
    Ok(quote.map(|quote| {
        let cut: String = quote.chars().take(SENTENCE).collect();
        if cut.len() < quote.len() {
            format!("{cut}…")
        } else {
            cut
        }
    }))
}
