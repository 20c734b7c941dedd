//! A TEI P5 document → a page: headings, paragraphs, lists and tables of its `text`, metadata of its `teiHeader`.

use super::page::{Page, date, lang, set};
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Elements whose words are not shown: apparatus, page furniture, and the reading that an editor replaced.
const HIDDEN: &[&str] = &[
    "note",
    "fw",
    "figDesc",
    "sic",
    "orig",
    "abbr",
    "del",
    "listBibl",
    "biblStruct",
    "biblFull",
    "facsimile",
    "standOff",
];

/// Reads a document.
///
/// # Errors
/// `document.not-well-formed`, with the place.
pub(super) fn render(text: &str) -> Result<Page, Diagnostic> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut page = Page::default();
    let mut stack: Vec<String> = Vec::new();
    let (mut divisions, mut lists, mut rows, mut hidden) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut title = String::new();
    let place = |reader: &Reader<&[u8]>| usize::try_from(reader.buffer_position()).unwrap_or(0);
    loop {
        let start = place(&reader);
        let event = reader.read_event().map_err(|error| {
            let at = usize::try_from(reader.error_position()).unwrap_or(start);
            Diagnostic::error(
                "document.not-well-formed",
                format!("the XML is broken: {error}"),
            )
            .at(Span::new(at, at))
            .help("mend the file; `xmllint --noout FILE` shows every fault")
        })?;
        let inside = |stack: &[String], name: &str| stack.iter().any(|open| open == name);
        match event {
            Event::Eof => break,
            Event::Start(tag) => {
                let name = String::from_utf8_lossy(tag.local_name().as_ref()).into_owned();
                stack.push(name.clone());
                if inside(&stack, "teiHeader") || ["TEI", "text"].contains(&name.as_str()) {
                    head(&mut page, &name, &tag);
                    continue;
                }
                if HIDDEN.contains(&name.as_str()) {
                    hidden += 1;
                }
                if hidden > 0 || !inside(&stack, "text") {
                    continue;
                }
                match name.as_str() {
                    "body" | "front"
                        if !title.is_empty() && !page.has_words() && page.title.is_empty() =>
                    {
                        page.heading(1);
                        page.made(&title);
                        page.title.clone_from(&title);
                        page.paragraph();
                    }
                    "div" | "div1" | "div2" | "div3" => divisions += 1,
                    "head" if lists > 0 || rows > 0 => page.line("", ""),
                    "head" => page.heading(divisions + 1),
                    "list" => {
                        if lists == 0 {
                            page.end_line()
                        }
                        lists += 1;
                    }
                    "item" => page.item(lists.saturating_sub(1)),
                    "row" => {
                        rows += 1;
                        page.line("| ", " |");
                    }
                    "cell" if page.has_words() => page.made(" | "),
                    "lb" => page.flow(start, "\n"),
                    "p" | "ab" | "table" | "quote" | "opener" | "closer" | "salute"
                    | "dateline" | "signed"
                        if lists == 0 && rows == 0 && name != "quote" =>
                    {
                        page.paragraph()
                    }
                    _ => {}
                }
            }
            Event::End(_) => {
                let name = stack.pop().unwrap_or_default();
                if HIDDEN.contains(&name.as_str()) && !inside(&stack, "teiHeader") {
                    hidden = hidden.saturating_sub(1);
                }
                if hidden > 0 || !inside(&stack, "text") {
                    continue;
                }
                match name.as_str() {
                    "div" | "div1" | "div2" | "div3" => divisions = divisions.saturating_sub(1),
                    "list" => {
                        lists = lists.saturating_sub(1);
                        if lists == 0 {
                            page.paragraph()
                        }
                    }
                    "row" => {
                        rows = rows.saturating_sub(1);
                        page.end_line();
                    }
                    "head" if lists > 0 || rows > 0 => page.end_line(),
                    "table" | "head" => page.paragraph(),
                    "p" | "ab" if lists == 0 && rows == 0 => page.paragraph(),
                    _ => {}
                }
            }
            Event::Text(_) | Event::CData(_) => {
                let raw = text.get(start..place(&reader)).unwrap_or("");
                let (at, raw) = match raw.strip_prefix("<![CDATA[") {
                    Some(inner) => (start + 9, inner.trim_end_matches("]]>")),
                    None => (start, raw),
                };
                if inside(&stack, "teiHeader") {
                    header_words(&mut page, &stack, raw, &mut title);
                } else if hidden == 0 && inside(&stack, "text") {
                    page.flow(at, raw);
                }
            }
            Event::Empty(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
    }
    if page.title.is_empty() {
        page.title = title;
    }
    Ok(page)
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> String {
    tag.attributes()
        .filter_map(Result::ok)
        .find(|found| found.key.local_name().as_ref() == name.as_bytes())
        .map(|found| String::from_utf8_lossy(&found.value).into_owned())
        .unwrap_or_default()
}

/// What an element's attributes tell.
fn head(page: &mut Page, name: &str, tag: &BytesStart<'_>) {
    let metadata = &mut page.metadata;
    match name {
        "TEI" | "text" => page.lang = page.lang.or_else(|| lang(&attribute(tag, "lang"))),
        "language" => page.lang = page.lang.or_else(|| lang(&attribute(tag, "ident"))),
        "licence" => set(&mut metadata.license, &attribute(tag, "target")),
        "date" => set(
            &mut metadata.date,
            &date(&attribute(tag, "when")).unwrap_or_default(),
        ),
        _ => {}
    }
}

/// What the words of the header tell.
fn header_words(page: &mut Page, stack: &[String], raw: &str, title: &mut String) {
    let words = quick_xml::escape::unescape(raw).unwrap_or_default();
    let inside = |name: &str| stack.iter().any(|open| open == name);
    let metadata = &mut page.metadata;
    match stack.last().map(String::as_str) {
        Some("title") if inside("titleStmt") && title.is_empty() => {
            *title = words.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        Some("publisher") if inside("publicationStmt") => set(&mut metadata.publisher, &words),
        Some("idno") if words.trim_start().starts_with("http") => set(&mut metadata.url, &words),
        Some("licence") => set(&mut metadata.license, &words),
        Some("date") if inside("publicationStmt") => {
            set(&mut metadata.date, &date(&words).unwrap_or_default())
        }
        Some("edition") => set(&mut metadata.revision, &words),
        _ => {}
    }
}
