//! Bytes → fewer bytes, in a coding that the client reads (RFC 9110, section 12.5.3).

use super::problem::{Kind, Problem};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use std::io::Write;

/// Bodies shorter than this are sent as they are.
const SHORT: usize = 1024;

/// How a body is compressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Coding {
    /// Not at all.
    #[default]
    Identity,
    /// gzip
    Gzip,
    /// Brotli
    Brotli,
}

impl Coding {
    /// The value of `Content-Encoding`.
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// What the client likes best by its `Accept-Encoding`; Brotli among equals.
    pub(super) fn choose(accept: Option<&str>) -> Self {
        let Some(accept) = accept else {
            return Self::Identity;
        };
        let mut best = (0.0, Self::Identity);
        let mut named: Vec<(&str, f32)> = Vec::new();
        for range in accept.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default();
            let quality = parts
                .find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")))
                .map_or(Some(1.0), |text| text.trim().parse().ok());
            named.push((name, quality.unwrap_or(0.0)));
        }
        let quality = |wanted: &str| {
            let of = |name: &str| {
                named
                    .iter()
                    .find(|(known, _)| known.eq_ignore_ascii_case(name))
                    .map(|(_, quality)| *quality)
            };
            of(wanted).or(of("*")).unwrap_or(0.0)
        };
        for (coding, name) in [(Self::Brotli, "br"), (Self::Gzip, "gzip")] {
            if quality(name) > best.0 {
                best = (quality(name), coding);
            }
        }
        best.1
    }
}

/// The bytes compressed, where that makes them fewer; says how they are.
pub(super) fn compress(body: Vec<u8>, coding: Coding) -> (Vec<u8>, Coding) {
    if body.len() < SHORT {
        return (body, Coding::Identity);
    }
    let smaller = match coding {
        Coding::Identity => None,
        Coding::Gzip => gzip(&body),
        Coding::Brotli => brotli(&body),
    };
    match smaller {
        Some(smaller) if smaller.len() < body.len() => (smaller, coding),
        Some(_) | None => (body, Coding::Identity),
    }
}

fn gzip(body: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(4));
    encoder.write_all(body).ok()?;
    encoder.finish().ok()
}

fn brotli(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = brotli::CompressorWriter::new(&mut out, 16 << 10, 4, 20);
    encoder.write_all(body).ok()?;
    drop(encoder);
    Some(out)
}

/// Compresses beside the threads that speak HTTP.
pub(super) async fn squeeze(body: Vec<u8>, coding: Coding) -> Result<(Vec<u8>, Coding), Problem> {
    if body.len() < SHORT {
        return Ok((body, Coding::Identity));
    }
    tokio::task::spawn_blocking(move || compress(body, coding))
        .await
        .map_err(|error| Problem::new(Kind::Internal, error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn the_client_chooses() {
        let choose = |accept| Coding::choose(Some(accept));
        assert_eq!(Coding::choose(None), Coding::Identity);
        assert_eq!(choose(""), Coding::Identity);
        assert_eq!(choose("gzip, deflate, br"), Coding::Brotli);
        assert_eq!(choose("gzip;q=1.0, br;q=0.5"), Coding::Gzip);
        assert_eq!(choose("br;q=0, *"), Coding::Gzip);
        assert_eq!(choose("identity, *;q=0"), Coding::Identity);
    }

    #[test]
    fn what_is_compressed_is_the_same_again() {
        let text = "so many words ".repeat(1000).into_bytes();
        let (packed, coding) = compress(text.clone(), Coding::Gzip);
        assert_eq!(coding, Coding::Gzip);
        let mut read = Vec::new();
        flate2::read::GzDecoder::new(packed.as_slice())
            .read_to_end(&mut read)
            .unwrap();
        assert_eq!(read, text);
        let (packed, coding) = compress(text.clone(), Coding::Brotli);
        assert_eq!(coding, Coding::Brotli);
        assert!(packed.len() < 500);
        let mut read = Vec::new();
        brotli::Decompressor::new(packed.as_slice(), 4096)
            .read_to_end(&mut read)
            .unwrap();
        assert_eq!(read, text);
        assert_eq!(
            compress(b"short".to_vec(), Coding::Gzip).1,
            Coding::Identity
        );
    }
}
