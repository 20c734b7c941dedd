//! Servers that `SERVICE` and `LOAD` may reach: none, but those of an allow-list, and of these only public addresses.

use super::harmless::harmless;
use super::{MAX_NESTING, Part, QueryError};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, Triple};
use oxigraph::sparql::results::{
    QueryResultsFormat, QueryResultsParser, ReaderQueryResultsParserOutput,
};
use oxigraph::sparql::{DefaultServiceHandler, QueryEvaluationError, QuerySolutionIter};
use reqwest::blocking::Client;
use reqwest::redirect::Policy;
use reqwest::{Method, Url};
use spargebra::algebra::GraphPattern;
use std::io::Read;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use std::time::Duration;

/// Most redirects that are followed.
const REDIRECTS: usize = 5;
/// Most bytes that are read of one answer.
const BYTES: u64 = 64 << 20;
/// How long one answer may take; the limit of the query holds beside it.
const TIME: Duration = Duration::from_secs(60);

/// The allow-list: names of hosts, each alone (ports 80 and 443) or with a port. Empty, nothing is reached.
#[derive(Clone, Debug, Default)]
pub struct Outside {
    hosts: Vec<String>,
}

/// What a server answered: its media type and its bytes.
struct Fetched {
    media: String,
    bytes: Vec<u8>,
}

impl Outside {
    /// An allow-list.
    #[must_use]
    pub fn new(hosts: Vec<String>) -> Self {
        Self { hosts }
    }

    /// Whether nothing is reached.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hosts.is_empty()
    }

    /// The address of a URL, if it may be reached: its host is listed, and every address that it has is public.
    fn address(&self, url: &Url) -> Result<Vec<SocketAddr>, QueryError> {
        let refused = |why: &str| QueryError::Outside(format!("<{url}> is not reached: {why}"));
        if !matches!(url.scheme(), "http" | "https") {
            return Err(refused("only http and https are"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused("it has a name or password in it"));
        }
        let host = url.host_str().ok_or_else(|| refused("it has no host"))?;
        let port = url.port_or_known_default().unwrap_or(80);
        let with_port = format!("{host}:{port}");
        let listed = self.hosts.iter().any(|known| {
            known.eq_ignore_ascii_case(&with_port)
                || (known.eq_ignore_ascii_case(host) && matches!(port, 80 | 443))
        });
        if !listed {
            return Err(refused("its host is not one of those that are allowed"));
        }
        let bare = host.trim_matches(['[', ']']);
        let found: Vec<SocketAddr> = (bare, port)
            .to_socket_addrs()
            .map_err(|error| refused(&error.to_string()))?
            .collect();
        if found.is_empty() {
            return Err(refused("its host has no address"));
        }
        match found.iter().find(|address| !is_public(address.ip())) {
            Some(_) => Err(refused("its host has an address that is not public")),
            None => Ok(found),
        }
    }

    /// Asks a server; each redirect is checked as the first address was, and the connection goes to the addresses that were checked.
    fn fetch(&self, url: &str, accept: &str, query: Option<String>) -> Result<Fetched, QueryError> {
        let failed =
            |error: &dyn std::fmt::Display| QueryError::Outside(format!("<{url}>: {error}"));
        let mut at = Url::parse(url).map_err(|error| failed(&error))?;
        for _ in 0..=REDIRECTS {
            let addresses = self.address(&at)?;
            let client = Client::builder()
                .no_proxy()
                .redirect(Policy::none())
                .timeout(TIME)
                .resolve_to_addrs(at.host_str().unwrap_or_default(), &addresses)
                .user_agent(concat!("chancery/", env!("CARGO_PKG_VERSION")))
                .build()
                .map_err(|error| failed(&error))?;
            let method = if query.is_some() {
                Method::POST
            } else {
                Method::GET
            };
            let mut request = client.request(method, at.clone()).header("accept", accept);
            if let Some(query) = &query {
                request = request
                    .header("content-type", "application/sparql-query")
                    .body(query.clone());
            }
            let response = request.send().map_err(|error| failed(&error))?;
            let header = |name: &str| {
                let value = response.headers().get(name);
                value
                    .and_then(|value| value.to_str().ok())
                    .unwrap_or_default()
            };
            let status = response.status();
            // a query is not sent again elsewhere where the server wants it turned into a GET
            if status.is_redirection() && (query.is_none() || matches!(status.as_u16(), 307 | 308))
            {
                at = at
                    .join(header("location"))
                    .map_err(|error| failed(&error))?;
                continue;
            }
            if !status.is_success() {
                return Err(failed(&status));
            }
            let media = header("content-type")
                .split(';')
                .next()
                .unwrap_or_default()
                .trim()
                .to_ascii_lowercase();
            let mut bytes = Vec::new();
            response
                .take(BYTES + 1)
                .read_to_end(&mut bytes)
                .map_err(|error| failed(&error))?;
            if bytes.len() as u64 > BYTES {
                return Err(failed(&"the answer has more than 64 MiB"));
            }
            return Ok(Fetched { media, bytes });
        }
        Err(failed(&"too many redirects"))
    }

    /// The triples of a document elsewhere.
    pub(super) fn load(&self, source: &NamedNode) -> Result<Vec<Triple>, QueryError> {
        let accept = "text/turtle, application/n-triples, application/rdf+xml;q=0.9, application/ld+json;q=0.8";
        let got = self.fetch(source.as_str(), accept, None)?;
        let failed = |message: String| QueryError::Outside(format!("{source}: {message}"));
        let format = RdfFormat::from_media_type(&got.media)
            .ok_or_else(|| failed(format!("{:?} is no RDF", got.media)))?;
        let part = Part {
            format,
            bytes: &got.bytes,
        };
        harmless(&part, MAX_NESTING)?;
        RdfParser::from_format(format)
            .with_base_iri(source.as_str())
            .map_err(|error| failed(error.to_string()))?
            .without_named_graphs()
            .rename_blank_nodes()
            .for_slice(&got.bytes)
            .map(|quad| {
                quad.map(Triple::from)
                    .map_err(|error| failed(error.to_string()))
            })
            .collect()
    }
}

impl DefaultServiceHandler for Outside {
    type Error = QueryEvaluationError;

    fn handle(
        &self,
        service_name: &NamedNode,
        pattern: &GraphPattern,
        base_iri: Option<&oxiri::Iri<String>>,
    ) -> Result<QuerySolutionIter<'static>, Self::Error> {
        let failed =
            |error: Box<dyn std::error::Error + Send + Sync>| QueryEvaluationError::Service(error);
        let query = spargebra::Query::Select {
            dataset: None,
            pattern: pattern.clone(),
            base_iri: base_iri.cloned(),
        };
        let accept = "application/sparql-results+json, application/sparql-results+xml";
        let got = self
            .fetch(service_name.as_str(), accept, Some(query.to_string()))
            .map_err(|error| failed(Box::new(error)))?;
        let format = QueryResultsFormat::from_media_type(&got.media)
            .ok_or_else(|| failed(format!("{:?} is no result", got.media).into()))?;
        let parsed = QueryResultsParser::from_format(format)
            .for_reader(std::io::Cursor::new(got.bytes))
            .map_err(|error| failed(Box::new(error)))?;
        let ReaderQueryResultsParserOutput::Solutions(rows) = parsed else {
            return Err(failed("it gave no rows".into()));
        };
        let variables = rows.variables().into();
        let rows =
            rows.map(|row| row.map_err(|error| QueryEvaluationError::Service(Box::new(error))));
        Ok(QuerySolutionIter::new(variables, rows))
    }
}

/// Whether an address is one of the open internet: not of this machine, of a private net, or of any special purpose (IANA's registries).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = matches!(
        (a, b, c),
        (0 | 10 | 127, _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 31, 196)
            | (192, 52, 193)
            | (192, 88, 99)
            | (192, 168, _)
            | (192, 175, 48)
            | (198, 18..=19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            | (224..=255, _, _)
    );
    !special
}

/// Only what is handed out as global unicast, and none of it that carries an address of IPv4 or is set aside.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    (a & 0xe000) == 0x2000
        && !(a == 0x2001 && (b < 0x0200 || b == 0x0db8))
        && a != 0x2002
        && !(a == 0x3fff && b < 0x1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are() {
        for other in [
            "127.0.0.1",
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:8.8.8.8",
            "::8.8.8.8",
            "64:ff9b::7f00:1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
        ] {
            assert!(!is_public(other.parse().unwrap()), "{other}");
        }
        for public in [
            "8.8.8.8",
            "91.198.174.192",
            "172.32.0.1",
            "100.128.0.1",
            "2620:0:862:ed1a::1",
            "2a02:ec80:300:ed1a::1",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn a_listed_name_is_not_enough() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        let outside = Outside::new(vec![
            format!("localhost:{port}"),
            format!("127.0.0.1:{port}"),
            format!("[::ffff:127.0.0.1]:{port}"),
            "example.org".to_owned(),
        ]);
        for url in [
            format!("http://localhost:{port}/"),
            format!("http://127.0.0.1:{port}/"),
            format!("http://0x7f.1:{port}/"),
            format!("http://2130706433:{port}/"),
            format!("http://[::ffff:127.0.0.1]:{port}/"),
            format!("http://example.org:{port}/"),
            "http://example.org@localhost/".to_owned(),
            "http://a:b@example.org/".to_owned(),
            "http://other.example/".to_owned(),
            "ftp://example.org/".to_owned(),
            "file:///etc/passwd".to_owned(),
        ] {
            let fetched = outside.fetch(&url, "*/*", None);
            assert!(matches!(fetched, Err(QueryError::Outside(_))), "{url}");
        }
        assert!(listener.accept().is_err(), "something connected");
    }
}
