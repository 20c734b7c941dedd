//! What an answer is known by, and whether its client has it already (RFC 9110, sections 8.8.3 and 13.1.2).

use super::protocol::text_header;
use axum::body::{Body, HttpBody};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Of answers up to this size a tag is made of their bytes, where they have none.
const SMALL: u64 = 4 << 20;

/// The answer to a client that has what carries this tag.
pub(super) fn conditional(headers: &HeaderMap, tag: &str) -> Option<Response> {
    matches(headers, tag).then(|| {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        set_tag(response.headers_mut(), tag);
        response
    })
}

/// The tag of what has this key.
pub(super) fn tag(key: &[u8; 32]) -> String {
    let mut tag = String::from("\"");
    for byte in key.iter().take(16) {
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

/// Says that what is sent carries this tag, and is to be asked for again.
pub(super) fn set_tag(headers: &mut HeaderMap, tag: &str) {
    if let Ok(value) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, value);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
}

/// Whether `If-None-Match` names the tag.
fn matches(headers: &HeaderMap, tag: &str) -> bool {
    text_header(headers, &header::IF_NONE_MATCH).is_some_and(|listed| {
        listed
            .split(',')
            .map(|one| one.trim().trim_start_matches("W/"))
            .any(|one| one == tag || one == "*")
    })
}

/// The answer to a GET with a tag of its bytes, where it is whole, and nobody said how long it may be kept; without its body for a client that has
/// it. So pages and files of the program need no versions of their own.
pub(super) async fn tagged(asked: &HeaderMap, response: Response) -> Response {
    let known = response.headers();
    let other = known.contains_key(header::ETAG) || known.contains_key(header::CACHE_CONTROL);
    let size = response.body().size_hint().exact();
    if other || response.status() != StatusCode::OK || size.is_none_or(|size| size > SMALL) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut hash = Sha256::new();
    hash.update(&bytes);
    // one address has a tag for each of its forms
    for name in [header::CONTENT_TYPE, header::CONTENT_ENCODING] {
        hash.update(
            parts
                .headers
                .get(name)
                .map_or(&[][..], HeaderValue::as_bytes),
        );
    }
    let tag = tag(&hash.finalize().into());
    let mut response = Response::from_parts(parts, Body::from(bytes));
    set_tag(response.headers_mut(), &tag);
    if matches(asked, &tag) {
        let headers = response.headers_mut();
        headers.remove(header::CONTENT_TYPE);
        headers.remove(header::CONTENT_LENGTH);
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
    }
    response
}
