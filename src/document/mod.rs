//! Bytes of a file → [`Document`]: metadata, blocks (title, headings, labels, paragraphs, list items, infobox entries, table rows) and sentences, each with its span.

mod article;
mod blocks;
mod dump;
mod format;
mod html;
mod language;
mod line;
mod list;
mod markdown;
mod model;
mod numbered;
mod page;
mod records;
mod sections;
mod select;
mod sentence;
mod site;
mod statement;
mod table;
mod tei;
mod term;
mod wiki;
mod wikitext;
mod words;

pub use crate::language::Lang;
pub use format::{Documents, read_all, read_page};
pub use language::detect;
pub use model::{Block, BlockKind, Document, Metadata, SourceMap};
pub use select::Select;
pub use site::Site;

use crate::diagnostic::Diagnostic;
use crate::text::Span;
use line::Lines;
use words::Words;

/// Reads the documents of one file; `id` becomes the document's id and the source that errors name.
///
/// Its format is told by the ending of `id`, else by its first words: plain text in UTF-8 (an article with `= Title =` and `==Section==`, a ministry's
/// statement or fact sheet), wikitext, HTML, TEI, Markdown, JSON lines or a MediaWiki dump. Of plain text, the document's text is the file's, unchanged;
/// of the others it is what a reader sees, with a [`SourceMap`] to the file.
///
/// # Errors
///
/// Where no document can be read, the first reason: `document.not-utf-8` (with the bytes that are wrong), `document.empty`, `document.bad-record`,
/// `document.not-well-formed`, and `document.unknown-form` for what is no text (NUL bytes, known binary formats, no letters).
pub fn read(id: &str, bytes: &[u8]) -> Result<Vec<Document>, Diagnostic> {
    let found = read_all(id, bytes, Select::All);
    if found.documents.is_empty()
        && let Some(problem) = found.problems.into_iter().next()
    {
        return Err(problem);
    }
    Ok(found.documents)
}

/// The document of a text that was taken from another document of this language, with the blocks that it had there: what a store holds of it.
#[must_use]
pub fn read_again(id: &str, text: &str, lang: Lang) -> Document {
    let mut document = plain(id, text, SourceMap::From(0), String::new());
    if document.lang != lang {
        document.blocks = read_blocks(text, lang);
        document.lang = lang;
    }
    document
}

/// The document of a plain text.
fn plain(id: &str, text: &str, map: SourceMap, hash: String) -> Document {
    let lang = detect(text);
    let blocks = read_blocks(text, lang);
    let title = blocks
        .iter()
        .find(|block| block.kind == BlockKind::Title)
        .map_or("", |block| block.span.of(text));
    Document {
        id: id.to_owned(),
        title: title.to_owned(),
        lang,
        metadata: Metadata::default(),
        text: text.to_owned(),
        map,
        hash,
        blocks,
    }
}

/// Bytes → text; `skipped` bytes of the file stand before them.
fn decode(body: &[u8], skipped: usize) -> Result<&str, Diagnostic> {
    let wide = body.starts_with(b"\xff\xfe") || body.starts_with(b"\xfe\xff");
    std::str::from_utf8(body).map_err(|wrong| {
        let start = wrong.valid_up_to() + skipped;
        let end = wrong.error_len().map_or(body.len() + skipped, |len| start + len);
        let line = body.iter().take(wrong.valid_up_to()).filter(|&&byte| byte == b'\n').count() + 1;
        let help = if wide {
            "the file looks like UTF-16: save it as UTF-8, for example with `iconv -f UTF-16 -t UTF-8`"
        } else {
            "save the file as UTF-8, for example with `iconv -f WINDOWS-1252 -t UTF-8`"
        };
        Diagnostic::error(
            "document.not-utf-8",
            format!("the text is not UTF-8: wrong from byte {start} on, in line {line}"),
        )
        .at(Span::new(start, end))
        .help(help)
    })
}

/// Says what is wrong with a text that is no document of a known form.
fn check_form(text: &str) -> Result<(), Diagnostic> {
    const FOREIGN: &[(&str, &str)] = &[
        ("%PDF-", "a PDF file"),
        ("PK\u{3}\u{4}", "a ZIP archive or office file"),
        ("{\\rtf", "an RTF file"),
        ("<?xml", "an XML file"),
        ("<!doctype", "an HTML page"),
        ("<html", "an HTML page"),
    ];
    const HELP: &str = "give plain text in UTF-8: an article (`= Title =`, `==Section==`) or a statement (a title line, paragraphs)";
    let unknown = |message: String| Diagnostic::error("document.unknown-form", message).help(HELP);
    let words = text.trim();
    if words.is_empty() {
        return Err(
            Diagnostic::error("document.empty", "the file holds no text")
                .at(Span::new(0, text.len()))
                .help("leave the file out, or give it a text"),
        );
    }
    if let Some(at) = text.find('\0') {
        return Err(
            unknown(format!("this is no text: a NUL byte stands at byte {at}"))
                .at(Span::new(at, at + 1)),
        );
    }
    let start: String = words
        .chars()
        .take(16)
        .collect::<String>()
        .to_ascii_lowercase();
    if let Some((_, name)) = FOREIGN
        .iter()
        .find(|(mark, _)| start.starts_with(&mark.to_ascii_lowercase()))
    {
        return Err(unknown(format!("this is {name}, which is not read"))
            .at(Span::new(0, text.len().min(1))));
    }
    if !words.chars().any(char::is_alphabetic) {
        return Err(
            unknown("the text has no letters".to_owned()).at(Span::new(0, text.len()).trim(text))
        );
    }
    Ok(())
}

/// Finds the blocks of a text: what each line is, from the surest sign to the least sure, then the blocks that the lines make.
fn read_blocks(text: &str, lang: Lang) -> Vec<Block> {
    let words = Words::of(lang);
    let speakers: Vec<&str> = words
        .questions
        .signs
        .iter()
        .chain(&words.answers.signs)
        .map(String::as_str)
        .collect();
    let mut lines = Lines::new(text);
    article::mark_headings(&mut lines);
    list::mark_bullets(&mut lines);
    table::mark(&mut lines);
    sections::mark(&mut lines);
    statement::join_wrapped(&mut lines);
    let head = statement::mark_title(&mut lines, words);
    article::mark_fact_sheets(&mut lines, &speakers);
    list::mark_bare(&mut lines);
    statement::join_broken(&mut lines);
    statement::mark_plain_headings(&mut lines, head);
    statement::mark_labels(&mut lines);
    blocks::assemble(&lines, words)
}

#[cfg(test)]
mod tests;
