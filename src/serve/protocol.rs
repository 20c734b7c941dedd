//! A request to `/sparql` → what it asks: a query with its dataset, or the description of the service (SPARQL 1.1 Protocol, section 2.1).

use super::config::Config;
use super::negotiate::essence;
use super::parameters::Parameters;
use super::problem::{Kind, Problem};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Request, Uri, header};
use http_body_util::LengthLimitError;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use tokio::time::timeout;

/// What a client asks of `/sparql`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// The description of the service: GET without a query.
    Description,
    /// A query.
    Query(Query),
}

/// A query as the protocol carries it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Query {
    /// The SPARQL text.
    pub(super) text: String,
    /// IRIs of `default-graph-uri`.
    pub(super) default_graphs: Vec<String>,
    /// IRIs of `named-graph-uri`.
    pub(super) named_graphs: Vec<String>,
    /// What relative IRIs begin with.
    pub(super) base: Option<String>,
    /// Whether the prefixes of this program need no declaration.
    pub(super) prefixes: bool,
    /// `format`, for people who write addresses by hand.
    pub(super) format: Option<String>,
}

/// Reads a request.
///
/// # Errors
/// The problem to answer with.
pub(super) async fn read(request: Request<Body>, config: &Config) -> Result<Asked, Problem> {
    let max_query = config.limits.query_bytes;
    let head = Head::of(request.method(), request.uri(), request.headers())?;
    let bytes = match head.room(max_query) {
        Some(room) => body(request, room, config.clients.body_time).await?,
        None => Bytes::new(),
    };
    head.asked(&bytes, max_query)
}

/// Where a query stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Address,
    Form,
    Body,
}

/// What stands before the body of a request: where the query is, and the parameters of the address.
#[derive(Clone, Debug)]
pub(super) struct Head {
    address: Parameters,
    place: Place,
}

impl Head {
    /// Reads a head.
    ///
    /// # Errors
    /// The problem to answer with.
    pub(super) fn of(method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<Self, Problem> {
        let address = Parameters::parse(uri.query().unwrap_or_default().as_bytes())?;
        refuse_update(&address)?;
        if method != Method::POST {
            let place = Place::Address;
            return Ok(Self { address, place });
        }
        let place = match media_type(headers)?.as_str() {
            "application/x-www-form-urlencoded" => Place::Form,
            "application/sparql-query" if address.has("query") => {
                return Err(Problem::new(
                    Kind::BadRequest,
                    "The body is a query, and the address has a “query” too.",
                ));
            }
            "application/sparql-query" => Place::Body,
            "application/sparql-update" => return Err(read_only()),
            _ => return Err(media_problem("The body is neither a form nor a query.")),
        };
        Ok(Self { address, place })
    }

    /// How long a body may be, in bytes; none where none is read.
    pub(super) fn room(&self, max_query: usize) -> Option<usize> {
        match self.place {
            Place::Address => None,
            // every byte may be an escape of three, and the other parameters need room too
            Place::Form => Some(max_query.saturating_mul(3).saturating_add(65_536)),
            Place::Body => Some(max_query),
        }
    }

    /// What is asked, with the body.
    ///
    /// # Errors
    /// The problem to answer with.
    pub(super) fn asked(&self, body: &[u8], max_query: usize) -> Result<Asked, Problem> {
        let address = &self.address;
        match self.place {
            Place::Address => match address.one("query")? {
                None => Ok(Asked::Description),
                Some(text) => query(text, address, address, max_query),
            },
            Place::Form => {
                let form = Parameters::parse(body)?;
                refuse_update(&form)?;
                if address.has("query") {
                    return Err(Problem::new(
                        Kind::BadRequest,
                        "A form is sent with POST, and the address has a “query” too.",
                    ));
                }
                match form.one("query")? {
                    Some(text) => query(text, &form, address, max_query),
                    None => Err(missing()),
                }
            }
            Place::Body => {
                let text = std::str::from_utf8(body)
                    .map_err(|_| Problem::new(Kind::BadRequest, "The query is not UTF-8 text."))?;
                query(text, address, address, max_query)
            }
        }
    }
}

/// The media type of a body that can be read: in UTF-8, not compressed; without its parameters, in lower case.
///
/// # Errors
/// `UnsupportedMediaType`.
pub(super) fn media_type(headers: &HeaderMap) -> Result<String, Problem> {
    let Some(content_type) = text_header(headers, &header::CONTENT_TYPE) else {
        return Err(media_problem("What is sent needs a Content-Type."));
    };
    if let Some(encoding) = text_header(headers, &header::CONTENT_ENCODING)
        && !encoding.eq_ignore_ascii_case("identity")
    {
        return Err(media_problem("Compressed bodies are not read."));
    }
    if !is_utf8(&content_type) {
        return Err(media_problem("Only the charset UTF-8 is read."));
    }
    Ok(essence(&content_type))
}

/// An update is refused wherever it comes from.
pub(super) fn read_only() -> Problem {
    Problem::new(
        Kind::ReadOnly,
        "Changes are refused: this server only reads, as it was not started with --writable.",
    )
}

fn refuse_update(parameters: &Parameters) -> Result<(), Problem> {
    if parameters.has("update") {
        Err(read_only())
    } else {
        Ok(())
    }
}

fn missing() -> Problem {
    Problem::new(Kind::BadRequest, "The parameter “query” is missing.")
}

fn media_problem(detail: &str) -> Problem {
    Problem::new(Kind::UnsupportedMediaType, detail).with(
        "acceptable",
        vec![
            "application/x-www-form-urlencoded",
            "application/sparql-query",
        ],
    )
}

fn query(
    text: &str,
    dataset: &Parameters,
    address: &Parameters,
    max_query: usize,
) -> Result<Asked, Problem> {
    if text.len() > max_query {
        return Err(too_large(max_query));
    }
    if text.trim().is_empty() {
        return Err(missing());
    }
    let format = match dataset.one("format")? {
        Some(format) => Some(format),
        None => address.one("format")?,
    };
    Ok(Asked::Query(Query {
        text: text.to_owned(),
        default_graphs: dataset
            .all("default-graph-uri")
            .map(str::to_owned)
            .collect(),
        named_graphs: dataset.all("named-graph-uri").map(str::to_owned).collect(),
        base: None,
        prefixes: false,
        format: format.filter(|name| !name.is_empty()).map(str::to_owned),
    }))
}

fn too_large(limit: usize) -> Problem {
    Problem::new(Kind::TooLarge, format!("At most {limit} bytes are read.")).with("limit", limit)
}

/// The whole body, if it comes in time and is not larger than `limit` bytes.
pub(super) async fn body(
    request: Request<Body>,
    limit: usize,
    time: Duration,
) -> Result<Bytes, Problem> {
    match timeout(time, axum::body::to_bytes(request.into_body(), limit)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_limit(&error) => Err(too_large(limit)),
        Ok(Err(_)) => Err(Problem::new(
            Kind::BadRequest,
            "The body broke off, or is not cut into chunks as it should be.",
        )),
        Err(_) => Err(Problem::new(
            Kind::SlowBody,
            "The body did not arrive in time.",
        )),
    }
}

/// Whether a body was not read to its end because it is too long.
fn is_limit(error: &axum::Error) -> bool {
    std::error::Error::source(error).is_some_and(|source| source.is::<LengthLimitError>())
}

/// A header as text, several of one name joined with commas; none if there is none.
pub(super) fn text_header(headers: &HeaderMap, name: &header::HeaderName) -> Option<String> {
    let values: Vec<&str> = headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    if values.is_empty() {
        None
    } else {
        Some(values.join(", "))
    }
}

/// Whether the type names no charset or UTF-8.
fn is_utf8(content_type: &str) -> bool {
    content_type
        .split(';')
        .skip(1)
        .filter_map(|parameter| parameter.split_once('='))
        .filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
        .all(|(_, value)| {
            let value = value.trim().trim_matches('"');
            value.eq_ignore_ascii_case("utf-8") || value.eq_ignore_ascii_case("utf8")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn ask(method: &str, address: &str, media: &str, body: &str) -> Result<Asked, u16> {
        use axum::response::IntoResponse;
        let mut request = Request::builder().method(method).uri(address);
        if !media.is_empty() {
            request = request.header("content-type", media);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let mut config = Config::new("");
        config.limits.query_bytes = 100;
        read(request, &config)
            .await
            .map_err(|problem| problem.into_response().status().as_u16())
    }

    fn simple(text: &str) -> Result<Asked, u16> {
        Ok(Asked::Query(Query {
            text: text.to_owned(),
            ..Query::default()
        }))
    }

    const FORM: &str = "application/x-www-form-urlencoded";

    #[tokio::test]
    async fn the_three_ways_to_ask() {
        assert_eq!(
            ask("GET", "/sparql?query=ASK+%7B%7D", "", "").await,
            simple("ASK {}")
        );
        assert_eq!(
            ask("POST", "/sparql", FORM, "query=ASK%7B%7D").await,
            simple("ASK{}")
        );
        let direct = ask(
            "POST",
            "/sparql",
            "application/sparql-query; charset=UTF-8",
            "ASK {}",
        )
        .await;
        assert_eq!(direct, simple("ASK {}"));
        assert_eq!(ask("GET", "/sparql", "", "").await, Ok(Asked::Description));
        let dataset = ask(
            "POST",
            "/sparql?default-graph-uri=http%3A%2F%2Fa&format=csv",
            "application/sparql-query",
            "ASK {}",
        );
        let expected = Query {
            text: "ASK {}".into(),
            default_graphs: vec!["http://a".into()],
            named_graphs: vec![],
            base: None,
            prefixes: false,
            format: Some("csv".into()),
        };
        assert_eq!(dataset.await, Ok(Asked::Query(expected)));
    }

    #[tokio::test]
    async fn what_is_refused() {
        assert_eq!(
            ask("GET", "/sparql?query=A&query=B", "", "").await,
            Err(400)
        );
        assert_eq!(ask("GET", "/sparql?query=", "", "").await, Err(400));
        assert_eq!(
            ask("GET", "/sparql?update=DROP+ALL", "", "").await,
            Err(403)
        );
        assert_eq!(
            ask("POST", "/sparql", FORM, "update=DROP+ALL").await,
            Err(403)
        );
        assert_eq!(
            ask("POST", "/sparql", "application/sparql-update", "DROP ALL").await,
            Err(403)
        );
        assert_eq!(ask("POST", "/sparql", FORM, "a=b").await, Err(400));
        assert_eq!(
            ask("POST", "/sparql", "text/plain", "ASK {}").await,
            Err(415)
        );
        assert_eq!(ask("POST", "/sparql", "", "ASK {}").await, Err(415));
        assert_eq!(
            ask(
                "POST",
                "/sparql",
                "application/sparql-query; charset=UTF-16",
                "A"
            )
            .await,
            Err(415)
        );
        let long = "x".repeat(101);
        assert_eq!(
            ask("POST", "/sparql", "application/sparql-query", &long).await,
            Err(413)
        );
        assert_eq!(
            ask("POST", "/sparql", FORM, &format!("query={long}")).await,
            Err(413)
        );
    }
}
