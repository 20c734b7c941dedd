//! A page of a MediaWiki XML dump → a document, where it is an article of the kind that is sought.

use super::page::{Page, date, set};
use super::{Select, Site, SourceMap, wikitext};
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use quick_xml::Reader;
use quick_xml::events::Event;

/// A page of a dump: its title and, where it is sought, its text with what the dump tells of it.
pub(super) struct Article {
    /// Its title.
    pub(super) title: String,
    /// Read, where it is an article (no redirect, no other namespace) of the kind sought.
    pub(super) page: Option<Page>,
}

/// Reads one `<page>…</page>` that begins at byte `start` of the dump of a wiki.
///
/// # Errors
/// `document.not-well-formed`, with the place.
pub(super) fn read(
    xml: &str,
    start: usize,
    select: Select,
    site: &Site,
) -> Result<Article, Diagnostic> {
    let mut reader = Reader::from_str(xml);
    let mut path: Vec<String> = Vec::new();
    let (mut title, mut space, mut revision, mut stamp) =
        (String::new(), String::new(), String::new(), String::new());
    let mut redirect = false;
    let mut text = (0, 0);
    let place = |reader: &Reader<&[u8]>| usize::try_from(reader.buffer_position()).unwrap_or(0);
    loop {
        let before = place(&reader);
        let event = reader.read_event().map_err(|error| {
            Diagnostic::error(
                "document.not-well-formed",
                format!("the page {title:?} is broken XML: {error}"),
            )
            .at(Span::new(start + before, start + before))
            .help("the dump is damaged here; the other pages are read")
        })?;
        match event {
            Event::Eof => break,
            Event::Start(tag) => {
                path.push(String::from_utf8_lossy(tag.local_name().as_ref()).into_owned())
            }
            Event::Empty(tag) => redirect |= tag.local_name().as_ref() == b"redirect",
            Event::End(_) => {
                path.pop();
            }
            Event::Text(_) | Event::CData(_) => {
                let raw = xml.get(before..place(&reader)).unwrap_or("");
                let words = || {
                    quick_xml::escape::unescape(raw)
                        .unwrap_or_default()
                        .trim()
                        .to_owned()
                };
                let parts: Vec<&str> = path.iter().skip(1).map(String::as_str).collect();
                match parts.as_slice() {
                    ["title"] => title = words(),
                    ["ns"] => space = words(),
                    ["revision", "id"] => revision = words(),
                    ["revision", "timestamp"] => stamp = words(),
                    ["revision", "text"] => text = (before, before + raw.len()),
                    _ => {}
                }
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    let raw = xml.get(text.0..text.1).unwrap_or("");
    if redirect || !(space.is_empty() || space == "0") || !select.wants(&title, raw) {
        return Ok(Article { title, page: None });
    }
    let (words, map) = unescape(raw, start + text.0);
    let mut page = wikitext::render(&words, &title);
    page.through(&map);
    set(&mut page.metadata.revision, &revision);
    set(&mut page.metadata.date, &date(&stamp).unwrap_or_default());
    site.describe(&mut page, &title);
    Ok(Article {
        title,
        page: Some(page),
    })
}

/// What an XML text says, with the way back.
fn unescape(raw: &str, start: usize) -> (String, SourceMap) {
    let mut words = String::with_capacity(raw.len());
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < raw.len() {
        let rest = raw.get(at..).unwrap_or("");
        let plain = rest.find('&').unwrap_or(rest.len());
        if plain > 0 {
            pieces.push((words.len(), start + at, plain));
            words.push_str(rest.get(..plain).unwrap_or(""));
            at += plain;
            continue;
        }
        let known = [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&amp;", "&"),
            ("&quot;", "\""),
            ("&apos;", "'"),
            ("&#039;", "'"),
            ("&#10;", "\n"),
        ];
        match known.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, meaning)) => {
                words.push_str(meaning);
                at += name.len();
            }
            None => {
                words.push('&');
                at += 1;
            }
        }
    }
    (words, SourceMap::Pieces(pieces))
}
