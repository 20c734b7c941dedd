//! `/store`: the SPARQL 1.1 Graph Store HTTP Protocol, with the graph named in the address (`?graph=`, `?default`) or by it.

use super::Shared;
use super::answers::coding;
use super::formats;
use super::parameters::Parameters;
use super::problem::{Kind, Problem};
use super::protocol::{self, Query, media_type, text_header};
use super::update::essence_of;
use super::worker::Change;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use oxigraph::io::RdfFormat;
use oxigraph::model::NamedNode;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Which graph a request is of.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    Default,
    Named(String),
    /// The store itself: what is posted becomes a new graph.
    Store,
}

impl Target {
    fn graph(&self) -> Result<Option<String>, Problem> {
        match self {
            Self::Default => Ok(None),
            Self::Named(iri) => Ok(Some(iri.clone())),
            Self::Store => Err(Problem::new(
                Kind::BadRequest,
                "Which graph? Write ?graph=IRI or ?default.",
            )),
        }
    }
}

fn target(shared: &Shared, uri: &Uri, headers: &HeaderMap) -> Result<Target, Problem> {
    let parameters = Parameters::parse(uri.query().unwrap_or_default().as_bytes())?;
    let iri = |text: &str| match NamedNode::new(text) {
        Ok(node) => Ok(Target::Named(node.into_string())),
        Err(error) => Err(Problem::new(
            Kind::BadRequest,
            format!("The graph is no IRI: {error}"),
        )),
    };
    match (parameters.one("graph")?, parameters.has("default")) {
        (Some(_), true) => Err(Problem::new(
            Kind::BadRequest,
            "Both ?graph= and ?default are given.",
        )),
        (Some(text), false) => iri(text),
        (None, true) => Ok(Target::Default),
        (None, false) if uri.path().len() > "/store/".len() => {
            iri(&shared.address_of(headers, uri.path()))
        }
        (None, false) => Ok(Target::Store),
    }
}

/// GET and HEAD.
pub(super) async fn get(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let outcome = read(&shared, &uri, &headers).await;
    let mut response = outcome.unwrap_or_else(IntoResponse::into_response);
    response.headers_mut().insert(
        header::VARY,
        HeaderValue::from_static("Accept, Accept-Encoding"),
    );
    response
}

async fn read(shared: &Shared, uri: &Uri, headers: &HeaderMap) -> Result<Response, Problem> {
    let accept = text_header(headers, &header::ACCEPT);
    let offer = formats::graph(None, accept.as_deref())?;
    let graph = target(shared, uri, headers)?.graph()?;
    let text = match &graph {
        None => "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }".to_owned(),
        Some(iri) => format!("CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"),
    };
    let query = Query {
        text,
        ..Query::default()
    };
    let asked = shared.asked(query, Some(offer.media.to_owned()), false, coding(headers));
    let missing = || Problem::new(Kind::NotFound, "There is no such graph.");
    let first = shared
        .respond(asked.clone(), headers, |given| {
            if given.rows == 0 && graph.is_some() {
                Err(missing())
            } else {
                Ok(())
            }
        })
        .await;
    match (first, graph) {
        // an empty graph that was made is there
        (Err(problem), Some(iri)) if problem.kind() == Kind::NotFound => {
            let ask = format!("SELECT ?g WHERE {{ GRAPH ?g {{}} FILTER(?g = <{iri}>) }}");
            if shared.rows(ask).await?.is_empty() {
                return Err(problem);
            }
            shared.respond(asked, headers, |_| Ok(())).await
        }
        (other, _) => other,
    }
}

/// PUT: in place of what the graph holds.
pub(super) async fn put(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<Response, Problem> {
    write(&shared, request, true).await
}

/// POST: beside what the graph holds; to the store itself, a new graph.
pub(super) async fn post(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<Response, Problem> {
    write(&shared, request, false).await
}

/// DELETE.
pub(super) async fn delete(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<Response, Problem> {
    let writer = shared.writer_for(request.headers())?;
    let graph = target(&shared, request.uri(), request.headers())?.graph()?;
    let there = shared
        .change(writer, Change::Remove { graph }, Vec::new())
        .await?;
    if there {
        Ok(StatusCode::NO_CONTENT.into_response())
    } else {
        Err(Problem::new(Kind::NotFound, "There is no such graph."))
    }
}

async fn write(shared: &Shared, request: Request, replace: bool) -> Result<Response, Problem> {
    let writer = shared.writer_for(request.headers())?;
    let headers = request.headers().clone();
    let target = target(shared, request.uri(), &headers)?;
    let fresh = (target == Target::Store && !replace)
        .then(|| shared.address_of(&headers, &format!("/store/{}", name())));
    let graph = match &fresh {
        Some(iri) => Some(iri.clone()),
        None => target.graph()?,
    };
    let base = match &graph {
        Some(iri) => iri.clone(),
        None => shared.address_of(&headers, "/store"),
    };
    let (parts, body) = documents(shared, request).await?;
    let change = Change::Put {
        graph: graph.clone(),
        parts,
        base: Some(base),
        replace,
        nesting: shared.config.limits.nesting,
    };
    let there = shared.change(writer, change, body).await?;
    let status = if there {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::CREATED
    };
    let mut response = status.into_response();
    if let Some(iri) = fresh
        && let Ok(value) = HeaderValue::from_str(&iri)
    {
        response.headers_mut().insert(header::LOCATION, value);
    }
    Ok(response)
}

/// The documents of a body: one, or the parts of a form; media type and length of each, and all their bytes.
async fn documents(
    shared: &Shared,
    request: Request,
) -> Result<(Vec<(String, usize)>, Vec<u8>), Problem> {
    let limit = shared.config.limits.upload_bytes;
    let time = shared.config.clients.body_time;
    let headers = request.headers().clone();
    let form = essence_of(&request) == "multipart/form-data";
    let media = if form {
        String::new()
    } else {
        known(&media_type(&headers)?)?
    };
    let bytes = protocol::body(request, limit, time).await?;
    if !form {
        return Ok((vec![(media, bytes.len())], bytes.to_vec()));
    }
    let mut inner = Request::new(Body::from(bytes));
    *inner.headers_mut() = headers;
    DefaultBodyLimit::disable().apply(&mut inner);
    let broken =
        |error: String| Problem::new(Kind::BadRequest, format!("The form is broken: {error}"));
    let mut form = Multipart::from_request(inner, &())
        .await
        .map_err(|error| broken(error.body_text()))?;
    let (mut parts, mut all) = (Vec::new(), Vec::new());
    while let Some(field) = form
        .next_field()
        .await
        .map_err(|error| broken(error.body_text()))?
    {
        let by_name = field
            .file_name()
            .and_then(|name| name.rsplit_once('.'))
            .and_then(|(_, ending)| RdfFormat::from_extension(ending))
            .map(|format| format.media_type().to_owned());
        let media = match (field.content_type(), by_name) {
            (Some(media), _) if media != "application/octet-stream" => {
                known(&super::negotiate::essence(media))?
            }
            (_, Some(media)) => media,
            (media, None) => known(media.unwrap_or_default())?,
        };
        let bytes = field
            .bytes()
            .await
            .map_err(|error| broken(error.body_text()))?;
        parts.push((media, bytes.len()));
        all.extend_from_slice(&bytes);
    }
    Ok((parts, all))
}

fn known(media: &str) -> Result<String, Problem> {
    match RdfFormat::from_media_type(media) {
        Some(_) => Ok(media.to_owned()),
        None => Err(Problem::new(
            Kind::UnsupportedMediaType,
            format!("“{media}” is no RDF that is read here."),
        )
        .with(
            "acceptable",
            vec![
                "text/turtle",
                "application/n-triples",
                "application/rdf+xml",
                "application/ld+json",
            ],
        )),
    }
}

/// A name that no graph has yet.
fn name() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_nanos());
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let hash = Sha256::digest(format!("{now} {number} {}", std::process::id()));
    hash.iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
