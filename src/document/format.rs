//! A file's name and first words → its format; its bytes → all its documents, and what is wrong with those that cannot be read.

use super::dump;
use super::page::{Page, hash};
use super::{
    Document, Select, Site, SourceMap, check_form, decode, html, markdown, plain, records, tei,
    wikitext,
};
use crate::diagnostic::Diagnostic;
use crate::text::Span;

/// How the text of a file is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Plain,
    Wikitext,
    Html,
    Tei,
    Markdown,
    JsonLines,
    Dump,
}

/// What opens and closes bold type in wikitext.
const BOLD: &str = "'''";

/// The documents of a file, and what could not be used of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Documents {
    /// Documents in order of the file.
    pub documents: Vec<Document>,
    /// Records and pages that could not be read; the others were.
    pub problems: Vec<Diagnostic>,
}

/// Tells the format by the ending of the name, else by how the text begins.
pub(super) fn detect(id: &str, text: &str) -> Format {
    let words = text.trim_start();
    let end = words
        .char_indices()
        .nth(4096)
        .map_or(words.len(), |(at, _)| at);
    let head = words.get(..end).unwrap_or(words);
    let begins = |sign: &str| {
        head.get(..sign.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(sign))
    };
    match ending(id).as_str() {
        "jsonl" | "ndjson" => return Format::JsonLines,
        "md" | "markdown" => return Format::Markdown,
        named if WIKI_ENDINGS.contains(&named) => return Format::Wikitext,
        "html" | "htm" | "xhtml" => return Format::Html,
        _ => {}
    }
    let marked_up = head.contains('<');
    if marked_up && head.contains("<mediawiki") || head.starts_with("<page>") {
        Format::Dump
    } else if begins("<!doctype html")
        || begins("<html")
        || (begins("<?xml") && head.to_ascii_lowercase().contains("<html"))
    {
        Format::Html
    } else if marked_up && (head.contains("<TEI") || head.contains("<teiCorpus")) {
        Format::Tei
    } else if head.starts_with("{\"")
        && head
            .lines()
            .next()
            .is_some_and(|line| line.to_ascii_lowercase().contains("\"text\""))
    {
        Format::JsonLines
    } else if head.contains("[[")
        && head.contains("]]")
        && (head.contains("{{") || head.contains(BOLD))
        && !head.starts_with("= ")
        || head.matches(BOLD).count() > 1
    {
        Format::Wikitext
    } else if !head.starts_with('=') && markdown::is_markdown(head) {
        Format::Markdown
    } else {
        Format::Plain
    }
}

/// Reads all documents of a file; `select` chooses the pages of a dump.
///
/// A document of a file of many has its own id where the file gives one, else the file's with `#` and its title.
#[must_use]
pub fn read_all(id: &str, bytes: &[u8], select: Select) -> Documents {
    let mut found = Documents::default();
    let mark: &[u8] = b"\xef\xbb\xbf";
    let body = bytes.strip_prefix(mark).unwrap_or(bytes);
    let skipped = bytes.len() - body.len();
    let text = match decode(body, skipped) {
        Ok(text) => text,
        Err(problem) => {
            found.problems.push(problem.in_source(id));
            return found;
        }
    };
    match detect(id, text) {
        Format::JsonLines => lines(id, text, skipped, &mut found),
        Format::Dump => pages(id, text, skipped, select, &mut found),
        format @ (Format::Plain
        | Format::Wikitext
        | Format::Html
        | Format::Tei
        | Format::Markdown) => match one(id, text, skipped, bytes, format) {
            Ok(document) => found.documents.push(document),
            Err(problem) => found.problems.push(problem.in_source(id)),
        },
    }
    found
}

fn one(
    id: &str,
    text: &str,
    skipped: usize,
    bytes: &[u8],
    format: Format,
) -> Result<Document, Diagnostic> {
    if format == Format::Plain {
        check_form(text)?;
        return Ok(plain(id, text, SourceMap::From(skipped), hash(bytes)));
    }
    if text.trim().is_empty() {
        check_form(text)?;
    }
    let mut page = match format {
        Format::Html => html::render(text),
        Format::Tei => tei::render(text)?,
        Format::Markdown => markdown::render(text),
        Format::Wikitext | Format::Plain | Format::JsonLines | Format::Dump => {
            let title = if wikitext::is_titled(text) && !says_wikitext(id) {
                String::new()
            } else {
                named(id)
            };
            wikitext::render(text, &title)
        }
    };
    if skipped > 0 {
        page.through(&SourceMap::From(skipped));
    }
    page.finish(id, bytes)
}

/// Endings of the names of files of wikitext.
const WIKI_ENDINGS: [&str; 3] = ["wiki", "wikitext", "mediawiki"];

/// Whether a file says by its name that it is wikitext, whose pages are named as their files are.
fn says_wikitext(id: &str) -> bool {
    WIKI_ENDINGS.contains(&ending(id).as_str())
}

/// What the name of a file ends in, without what says how it is packed, in small letters.
fn ending(id: &str) -> String {
    let name = id.rsplit('/').next().unwrap_or(id).to_ascii_lowercase();
    let packed = [".gz", ".bz2", ".zst"];
    let name = packed.iter().fold(name.as_str(), |name, end| {
        name.strip_suffix(end).unwrap_or(name)
    });
    let ending = name.rsplit_once('.').map_or("", |(_, end)| end);
    ending.to_owned()
}

/// The title that a file of wikitext has by its name.
fn named(id: &str) -> String {
    let name = id.rsplit('/').next().unwrap_or(id);
    name.rsplit_once('.')
        .map_or(name, |(name, _)| name)
        .replace('_', " ")
}

fn lines(id: &str, text: &str, skipped: usize, found: &mut Documents) {
    let mut start = 0;
    for (line, number) in text.split_inclusive('\n').zip(1_usize..) {
        let at = start + skipped;
        start += line.len();
        if line.trim().is_empty() {
            continue;
        }
        let result = records::read(line, at, number).and_then(|(own, words, map, page)| {
            let own = own.unwrap_or_else(|| {
                format!(
                    "{id}#{}",
                    if page.title.is_empty() {
                        number.to_string()
                    } else {
                        page.title.clone()
                    }
                )
            });
            record(&own, &words, map, page, line).map_err(|problem| {
                Diagnostic {
                    message: format!("line {number}: {}", problem.message),
                    ..problem
                }
                .at(Span::new(at, at + line.trim_end().len()))
            })
        });
        match result {
            Ok(document) => found.documents.push(document),
            Err(problem) => found.problems.push(problem.in_source(id)),
        }
    }
}

/// The document of a record: its text in any format of one document.
fn record(
    own: &str,
    words: &str,
    map: SourceMap,
    told: Page,
    line: &str,
) -> Result<Document, Diagnostic> {
    check_form(words)?;
    let mut document = match detect("", words) {
        Format::Wikitext => {
            let mut page = wikitext::render(words, &told.title);
            page.through(&map);
            page.finish(own, line.as_bytes())?
        }
        Format::Plain
        | Format::Html
        | Format::Tei
        | Format::Markdown
        | Format::JsonLines
        | Format::Dump => plain(own, words, map, hash(line.as_bytes())),
    };
    if !told.title.is_empty() {
        document.title = told.title;
    }
    if let Some(lang) = told.lang {
        document.lang = lang;
    }
    document.metadata = told.metadata;
    Ok(document)
}

fn pages(id: &str, text: &str, skipped: usize, select: Select, found: &mut Documents) {
    let mut at = 0;
    let site = Site::parse(text.split("<page>").next().unwrap_or(""));
    while let Some(start) = text
        .get(at..)
        .and_then(|rest| rest.find("<page>"))
        .map(|start| at + start)
    {
        let end = text
            .get(start..)
            .and_then(|rest| rest.find("</page>"))
            .map_or(text.len(), |end| start + end + "</page>".len());
        let xml = text.get(start..end).unwrap_or("");
        match read_page(id, xml, start + skipped, select, &site) {
            Ok(document) => found.documents.extend(document),
            Err(problem) => found.problems.push(problem),
        }
        at = end;
    }
}

/// Reads one `<page>…</page>` of the dump of a wiki, which begins at byte `start` of it; `None` where it is not of the kind sought.
///
/// # Errors
/// What is wrong with the page.
pub fn read_page(
    id: &str,
    xml: &str,
    start: usize,
    select: Select,
    site: &Site,
) -> Result<Option<Document>, Diagnostic> {
    let article = dump::read(xml, start, select, site).map_err(|problem| problem.in_source(id))?;
    let own = format!("{id}#{}", article.title);
    article
        .page
        .map(|page| page.finish(&own, xml.as_bytes()))
        .transpose()
}
