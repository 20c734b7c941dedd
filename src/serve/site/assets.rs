//! Files that pages name (style, pictures, scripts) → answers under addresses that change with their content, so that they can be kept for good.
//!
//! `web/static/` is in the repository; `web/dist/` is what building the scripts leaves, and may be missing: pages then go without them. Files in
//! `web/dist/chunks/`, which scripts load when they need them, have the hash in their names already.

use crate::serve::answers::coding;
use crate::serve::compress::{Coding, squeeze};
use crate::serve::problem::{Kind, Problem};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::Response;
use rust_embed::{EmbeddedFile, RustEmbed};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, OnceLock, PoisonError};

#[derive(RustEmbed)]
#[folder = "web/static/"]
struct Static;

#[derive(RustEmbed)]
#[folder = "web/dist/"]
#[allow_missing = true]
struct Built;

/// Path under `/assets/`, with its hash → the file's path in its folder.
struct Addresses {
    of: BTreeMap<String, String>,
    at: BTreeMap<String, String>,
}

/// `/assets/…`
pub(in crate::serve) async fn answer(uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let path = uri.path().strip_prefix("/assets/").unwrap_or_default();
    let found = addresses()
        .at
        .get(path)
        .and_then(|name| file(name).map(|file| (name, file)));
    let Some((name, file)) = found else {
        return Err(Problem::new(
            Kind::NotFound,
            format!("No file of the site is called {path}."),
        ));
    };
    let (body, coding) = packed(name, file, coding(&headers)).await?;
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(media_type(name)),
    );
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(coding) = coding.name() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    keep(headers);
    Ok(response)
}

/// A file in a coding; it is packed once.
async fn packed(
    name: &str,
    file: EmbeddedFile,
    coding: Coding,
) -> Result<(Bytes, Coding), Problem> {
    type Packed = BTreeMap<(String, Coding), (Bytes, Coding)>;
    static PACKED: Mutex<Packed> = Mutex::new(BTreeMap::new());
    let held = || PACKED.lock().unwrap_or_else(PoisonError::into_inner);
    let key = (name.to_owned(), coding);
    let found = held().get(&key).cloned();
    if let Some(found) = found {
        return Ok(found);
    }
    let (body, coding) = squeeze(file.data.into_owned(), coding).await?;
    let made = (Bytes::from(body), coding);
    held().insert(key, made.clone());
    Ok(made)
}

fn keep(headers: &mut HeaderMap) {
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
}

/// The address of a file of `web/static/` or `web/dist/`; none where there is no such file.
pub(in crate::serve) fn address(name: &str) -> Option<&'static str> {
    addresses().of.get(name).map(String::as_str)
}

fn addresses() -> &'static Addresses {
    static ADDRESSES: OnceLock<Addresses> = OnceLock::new();
    ADDRESSES.get_or_init(|| {
        let mut of = BTreeMap::new();
        let mut at = BTreeMap::new();
        for name in Static::iter().chain(Built::iter()) {
            let Some(file) = file(&name) else { continue };
            let mut hash = String::new();
            for byte in file.metadata.sha256_hash().iter().take(6) {
                let _ = write!(hash, "{byte:02x}");
            }
            let path = match name.rsplit_once('.') {
                _ if name.starts_with("chunks/") => name.to_string(),
                Some((stem, ending)) => format!("{stem}-{hash}.{ending}"),
                None => format!("{name}-{hash}"),
            };
            of.insert(name.to_string(), format!("/assets/{path}"));
            at.insert(path, name.to_string());
        }
        Addresses { of, at }
    })
}

fn file(name: &str) -> Option<EmbeddedFile> {
    Static::get(name).or_else(|| Built::get(name))
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" | "map" => "application/json",
        "woff2" => "font/woff2",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}
