//! The bytes of a request → a query that a worker answers on the connection itself, where it is nothing but that; and the head of its answer.
//!
//! What is out of the ordinary in any way is left to the server, which answers it as it answers everything else.

use super::answers::coding;
use super::cache::Key;
use super::compress::Coding;
use super::layers::{self, request_id};
use super::listen::{HEAD, HEADERS};
use super::negotiate::prefers;
use super::problem::Problem;
use super::protocol::{Asked, Head, text_header};
use super::worker::Ask;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use serde::{Deserialize, Serialize};
use std::time::{Duration, SystemTime};

/// On which terms a worker answers on a connection.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Terms {
    /// The name by which the client knows the server; it was looked at.
    pub(super) host: String,
    /// Whether any page may read.
    pub(super) open: bool,
    /// Whether listed pages alone may read.
    pub(super) by_origin: bool,
    /// Most rows or triples.
    pub(super) rows: Option<usize>,
    /// Most bytes of an answer.
    pub(super) bytes: usize,
    /// Deepest nesting of brackets in a query.
    pub(super) nesting: usize,
    /// Most bytes of a query.
    pub(super) query_bytes: usize,
    /// Most bytes of answers that it keeps.
    pub(super) cache: usize,
    /// How many answers it may give before it tells of them.
    pub(super) untold: usize,
}

/// A query, and what its answer needs of the request.
#[derive(Debug)]
pub(super) struct Quick {
    /// The query.
    pub(super) ask: Ask,
    /// The headers of the request.
    pub(super) headers: HeaderMap,
    /// The id of the request.
    pub(super) id: HeaderValue,
    /// GET or POST.
    pub(super) method: Method,
}

/// What was sent so far.
#[derive(Debug)]
pub(super) enum Seen {
    /// A query, and the length of its request.
    Whole(Box<Quick>, usize),
    /// The beginning of something.
    Part,
    /// Something else.
    Other,
}

/// What a worker says of an answer that it gave.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Served {
    /// On which connection.
    pub(super) connection: u64,
    /// The id of the request.
    pub(super) id: String,
    /// Its method.
    pub(super) method: String,
    /// The status of the answer.
    pub(super) status: u16,
    /// How long it took.
    pub(super) took: Duration,
    /// Whether a query was evaluated.
    pub(super) evaluated: bool,
    /// Whether the answer was kept from before.
    pub(super) hit: bool,
    /// What was wrong with it.
    pub(super) problem: Option<Problem>,
    /// An answer for the server to keep for others.
    pub(super) keep: Option<Keep>,
}

/// An answer to keep; its bytes are elsewhere.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Keep {
    /// What it is known by.
    pub(super) key: Key,
    /// Its media type.
    pub(super) media: String,
    /// Rows or triples in it.
    pub(super) rows: usize,
    /// How it is compressed.
    pub(super) coding: Coding,
    /// The generation that it is of.
    pub(super) version: Option<String>,
    /// How many bytes it has.
    pub(super) length: usize,
}

/// The path that queries are asked at.
pub(super) const PATH: &str = "/sparql";

/// The `Host` of a request for queries whose head is whole; none for anything else.
pub(super) fn host_of(bytes: &[u8]) -> Option<String> {
    let mut space = [httparse::EMPTY_HEADER; HEADERS];
    let mut request = httparse::Request::new(&mut space);
    request
        .parse(bytes)
        .ok()
        .filter(httparse::Status::is_complete)?;
    if !is_path(request.path?) {
        return None;
    }
    let mut hosts = request
        .headers
        .iter()
        .filter(|header| header.name.eq_ignore_ascii_case("host"));
    let host = std::str::from_utf8(hosts.next()?.value).ok()?;
    hosts.next().is_none().then(|| host.to_owned())
}

fn is_path(target: &str) -> bool {
    target
        .strip_prefix(PATH)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('?'))
}

/// Looks at what was sent.
pub(super) fn see(bytes: &[u8], terms: &Terms) -> Seen {
    let mut space = [httparse::EMPTY_HEADER; HEADERS];
    let mut request = httparse::Request::new(&mut space);
    let start = match request.parse(bytes) {
        Ok(httparse::Status::Complete(start)) => start,
        Ok(httparse::Status::Partial) if bytes.len() < HEAD => return Seen::Part,
        Ok(httparse::Status::Partial) | Err(_) => return Seen::Other,
    };
    let Some((quick, length)) = query(&request, bytes.get(start..).unwrap_or_default(), terms)
    else {
        return Seen::Other;
    };
    match quick {
        Some(quick) => Seen::Whole(Box::new(quick), start + length),
        None => Seen::Part,
    }
}

/// The query and the length of the body; no query while the body is not whole; none at all for anything out of the ordinary.
fn query(
    request: &httparse::Request<'_, '_>,
    body: &[u8],
    terms: &Terms,
) -> Option<(Option<Quick>, usize)> {
    let method = match request.method? {
        "GET" => Method::GET,
        "POST" => Method::POST,
        _ => return None,
    };
    let target = request.path?;
    if request.version != Some(1) || !is_path(target) {
        return None;
    }
    let mut headers = HeaderMap::with_capacity(16);
    for one in request.headers.iter() {
        let name = HeaderName::from_bytes(one.name.as_bytes()).ok()?;
        headers.append(name, HeaderValue::from_bytes(one.value).ok()?);
    }
    let one = |name| {
        let mut values = headers.get_all(name).iter();
        let first = values.next();
        values.next().is_none().then_some(first)
    };
    // what decides how a request is read, who may read the answer, and what becomes of the connection
    let plain = one(header::HOST)?? == terms.host.as_str()
        && one(header::CONNECTION)?.is_none_or(|value| value == "keep-alive")
        && [
            header::TRANSFER_ENCODING,
            header::EXPECT,
            header::UPGRADE,
            header::TRAILER,
            header::ORIGIN,
        ]
        .iter()
        .all(|name| !headers.contains_key(name));
    let accept = text_header(&headers, &header::ACCEPT);
    if !plain || prefers(accept.as_deref(), "text/html") {
        return None;
    }
    let length = match one(header::CONTENT_LENGTH)? {
        None => 0,
        Some(value) if value.as_bytes().iter().all(u8::is_ascii_digit) => {
            value.to_str().ok()?.parse::<usize>().ok()?
        }
        Some(_) => return None,
    };
    let head = Head::of(&method, &target.parse::<Uri>().ok()?, &headers).ok()?;
    if length > head.room(terms.query_bytes).unwrap_or(0) {
        return None;
    }
    let Some(body) = body.get(..length) else {
        return Some((None, length));
    };
    let Asked::Query(mut query) = head.asked(body, terms.query_bytes).ok()? else {
        return None;
    };
    query.base = Some(format!("http://{}{PATH}", terms.host));
    let ask = Ask {
        query,
        accept,
        page: None,
        rows: terms.rows,
        bytes: terms.bytes,
        nesting: terms.nesting,
        coding: coding(&headers),
    };
    let id = request_id(&headers);
    let quick = Quick {
        ask,
        headers,
        id,
        method,
    };
    Some((Some(quick), length))
}

/// The head of an answer as it is sent, before its body of so many bytes.
pub(super) fn head(
    status: StatusCode,
    mut headers: HeaderMap,
    length: usize,
    terms: &Terms,
    id: HeaderValue,
) -> Vec<u8> {
    headers.insert(header::VARY, HeaderValue::from_static(super::sparql::VARY));
    let open = terms.open.then(|| HeaderValue::from_static("*"));
    layers::dress(&mut headers, open, terms.by_origin, id);
    let mut out = Vec::with_capacity(1024 + length.min(64 << 10));
    out.extend_from_slice(b"HTTP/1.1 ");
    out.extend_from_slice(status.as_str().as_bytes());
    out.push(b' ');
    out.extend_from_slice(status.canonical_reason().unwrap_or_default().as_bytes());
    let mut line = |name: &str, value: &[u8]| {
        out.extend_from_slice(b"\r\n");
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(b": ");
        out.extend_from_slice(value);
    };
    for (name, value) in &headers {
        line(name.as_str(), value.as_bytes());
    }
    if status != StatusCode::NOT_MODIFIED {
        line("content-length", length.to_string().as_bytes());
    }
    line(
        "date",
        httpdate::fmt_http_date(SystemTime::now()).as_bytes(),
    );
    out.extend_from_slice(b"\r\n\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms() -> Terms {
        Terms {
            host: "here.example".to_owned(),
            open: true,
            by_origin: false,
            rows: None,
            bytes: 1000,
            nesting: 10,
            query_bytes: 100,
            cache: 0,
            untold: 1,
        }
    }

    fn seen(text: &str) -> String {
        match see(text.as_bytes(), &terms()) {
            Seen::Whole(quick, length) => format!("{} {length}", quick.ask.query.text),
            Seen::Part => "part".to_owned(),
            Seen::Other => "other".to_owned(),
        }
    }

    #[test]
    fn queries_and_nothing_else() {
        let host = "host: here.example\r\n";
        let get = format!("GET /sparql?query=ASK+%7B%7D HTTP/1.1\r\n{host}\r\n");
        assert_eq!(seen(&get), format!("ASK {{}} {}", get.len()));
        assert_eq!(
            seen(&format!("{get}GET /")),
            format!("ASK {{}} {}", get.len())
        );
        assert_eq!(seen("GET /sparql?query=ASK"), "part");
        let head = format!(
            "POST /sparql HTTP/1.1\r\n{host}content-type: application/sparql-query\r\ncontent-length: 6\r\n"
        );
        assert_eq!(seen(&format!("{head}\r\nASK")), "part");
        assert_eq!(
            seen(&format!("{head}\r\nASK {{}}")),
            format!("ASK {{}} {}", head.len() + 8)
        );
        for more in [
            "origin: http://a",
            "transfer-encoding: chunked",
            "host: here.example",
            "content-length: 6",
            "connection: close",
            "expect: 100-continue",
            "accept: text/html",
        ] {
            assert_eq!(
                seen(&format!("{head}{more}\r\n\r\nASK {{}}")),
                "other",
                "{more}"
            );
        }
        for first in [
            "GET /sparql HTTP/1.1",
            "GET /sparql?query=ASK HTTP/1.0",
            "GET /sparql?query=ASK&update=x HTTP/1.1",
            "GET /sparqls?query=ASK HTTP/1.1",
            "GET /health HTTP/1.1",
            "HEAD /sparql?query=ASK HTTP/1.1",
            "GET http://here.example/sparql?query=ASK HTTP/1.1",
            "\0",
        ] {
            assert_eq!(seen(&format!("{first}\r\n{host}\r\n")), "other", "{first}");
        }
        let other = "GET /sparql?query=ASK HTTP/1.1\r\nhost: other.example\r\n\r\n";
        assert_eq!(seen(other), "other");
        assert_eq!(host_of(other.as_bytes()).as_deref(), Some("other.example"));
        assert_eq!(host_of(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n"), None);
        assert_eq!(host_of(b"GET /sparql HTTP/1.1\r\nhost: a\r\n"), None);
    }
}
