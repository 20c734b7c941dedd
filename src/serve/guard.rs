//! A request and the settings → whether its host is ours, its origin may read or write, and its credential is right.

use super::Shared;
use super::config::Config;
use super::problem::{Kind, Problem};
use super::protocol::text_header;
use axum::http::{HeaderMap, HeaderValue, Version, header};
use sha2::{Digest, Sha256};
use std::fmt;
use std::net::IpAddr;
use subtle::ConstantTimeEq;

/// A credential; it is not shown, and compared in a time that does not depend on it.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    /// A credential that is this text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }

    fn is(&self, text: &str) -> bool {
        let other: [u8; 32] = Sha256::digest(text.as_bytes()).into();
        self.0.ct_eq(&other).into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret")
    }
}

/// Whether a request can be read in one way only, by this server and by any before it (RFC 9112, sections 3.2 and 6.1).
///
/// # Errors
/// `BadRequest`.
pub(super) fn is_plain(version: Version, headers: &HeaderMap) -> Result<(), Problem> {
    let hosts = headers.get_all(header::HOST).iter().count();
    if hosts > 1 || (hosts == 0 && version == Version::HTTP_11) {
        let problem = "A request names one Host.";
        return Err(Problem::new(Kind::BadRequest, problem));
    }
    match text_header(headers, &header::TRANSFER_ENCODING) {
        Some(coding) if !coding.eq_ignore_ascii_case("chunked") => Err(Problem::new(
            Kind::BadRequest,
            "The only Transfer-Encoding that is read is “chunked”.",
        )),
        Some(_) | None => Ok(()),
    }
}

/// Whether the `Host` is one that this server is known by. A page of a stranger whose name leads here (DNS rebinding) has another. Only a server
/// that writes, or that was told its names, looks at it.
///
/// # Errors
/// `Forbidden`.
pub(super) fn host(config: &Config, headers: &HeaderMap) -> Result<(), Problem> {
    if config.write.is_none() && config.hosts.is_empty() {
        return Ok(());
    }
    ours(config, headers)
}

/// Whether a program speaks to this server by a name of it, and not a page of another site through its reader's browser.
///
/// # Errors
/// `Forbidden`.
pub(super) fn speaks_to_us(config: &Config, headers: &HeaderMap) -> Result<(), Problem> {
    ours(config, headers)?;
    origin(config, headers)
}

fn ours(config: &Config, headers: &HeaderMap) -> Result<(), Problem> {
    let host = text_header(headers, &header::HOST).unwrap_or_default();
    let name = without_port(&host).to_ascii_lowercase();
    let ours = name == "localhost"
        || name.ends_with(".localhost")
        || name
            .trim_matches(['[', ']'])
            .parse::<IpAddr>()
            .is_ok_and(|ip| ip.is_loopback() || ip == config.address.ip())
        || config
            .hosts
            .iter()
            .any(|known| known.eq_ignore_ascii_case(&name));
    if ours {
        Ok(())
    } else {
        Err(Problem::new(
            Kind::Forbidden,
            "This server is not known by that name; it can be told its names with --host.",
        ))
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        Some(_) | None => host,
    }
}

/// Whether a change is asked for by somebody who may: the credential is right, and no page of another site sent it.
///
/// # Errors
/// `ReadOnly`, `Unauthorized`, `Forbidden`.
pub(super) fn may_write(shared: &Shared, headers: &HeaderMap) -> Result<(), Problem> {
    let given = text_header(headers, &header::AUTHORIZATION).unwrap_or_default();
    let token = given
        .split_once(' ')
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map_or("", |(_, token)| token.trim());
    may_write_with(shared, headers, token)
}

/// As [`may_write`], for a form that has the credential in a field, as a page without scripts can't send the header.
///
/// # Errors
/// As [`may_write`].
pub(super) fn may_write_with(
    shared: &Shared,
    headers: &HeaderMap,
    token: &str,
) -> Result<(), Problem> {
    let Some(write) = &shared.config.write else {
        return Err(super::protocol::read_only());
    };
    if headers.contains_key(header::COOKIE) {
        return Err(Problem::new(
            Kind::Forbidden,
            "Changes are not taken together with cookies.",
        ));
    }
    origin(&shared.config, headers)?;
    if write.is(token) {
        Ok(())
    } else {
        Err(Problem::new(
            Kind::Unauthorized,
            "Changes need the credential of this server: Authorization: Bearer …",
        ))
    }
}

/// Whether a page that asks, if it is one, is of this server or of a listed origin.
fn origin(config: &Config, headers: &HeaderMap) -> Result<(), Problem> {
    let Some(origin) = text_header(headers, &header::ORIGIN) else {
        return Ok(());
    };
    let host = text_header(headers, &header::HOST).unwrap_or_default();
    let own = origin
        .strip_prefix("http://")
        .or(origin.strip_prefix("https://"))
        .is_some_and(|name| name.eq_ignore_ascii_case(&host));
    if own || config.origins.contains(&origin) {
        Ok(())
    } else {
        Err(Problem::new(
            Kind::Forbidden,
            "That is not taken from pages of other origins; --cors lists those that may.",
        ))
    }
}

/// The value of `Access-Control-Allow-Origin` for a request; none for an origin that may not read. Without a list any page may read what is open
/// to read, but not from a server that writes.
pub(super) fn readable_by(config: &Config, headers: &HeaderMap) -> Option<HeaderValue> {
    if config.origins.is_empty() {
        return config
            .write
            .is_none()
            .then(|| HeaderValue::from_static("*"));
    }
    let origin = headers.get(header::ORIGIN)?;
    let listed = config
        .origins
        .iter()
        .any(|known| known == "*" || known.as_bytes() == origin.as_bytes());
    listed.then(|| origin.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_told_apart() {
        let mut config = Config::new("");
        let asked = |config: &Config, name: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(name));
            host(config, &headers).is_ok()
        };
        assert!(asked(&config, "anything.example"), "reading is open");
        config.write = Some(Secret::new("x"));
        for ours in [
            "localhost",
            "LOCALHOST:80",
            "127.0.0.1:7878",
            "[::1]:7878",
            "127.9.9.9",
        ] {
            assert!(asked(&config, ours), "{ours}");
        }
        for other in [
            "",
            "evil.example",
            "localhost.evil.example",
            "10.0.0.1",
            "127.0.0.1.evil",
        ] {
            assert!(!asked(&config, other), "{other}");
        }
        config.hosts.push("Data.example".to_owned());
        assert!(asked(&config, "data.example:443"));
    }

    #[test]
    fn secrets_are_not_shown() {
        let secret = Secret::new("open sesame");
        assert_eq!(format!("{secret:?}"), "Secret");
        assert!(secret.is("open sesame") && !secret.is("open") && !secret.is(""));
    }
}
