//! Bytes of a file → [`Document`]: metadata, blocks (title, headings, labels, paragraphs, list items, infobox entries, table rows) and sentences, each with its span.

mod article;
mod blocks;
mod language;
mod line;
mod list;
mod model;
mod sentence;
mod statement;
mod table;
mod words;

pub use crate::language::Lang;
pub use language::detect;
pub use model::{Block, BlockKind, Document, Metadata, SourceMap};

use crate::diagnostic::Diagnostic;
use crate::text::Span;
use line::Lines;
use sha2::{Digest, Sha256};
use words::Words;

/// Reads the documents of one file; `id` becomes the document's id and the source that errors name.
///
/// Plain text in UTF-8 is read, with or without a byte order mark: an article with `= Title =` and `==Section==`, a ministry's statement or fact
/// sheet. Its text is the file's, unchanged, so that every span is a stretch of the file's bytes (after the mark).
///
/// # Errors
///
/// `document.not-utf-8` (with the bytes that are wrong), `document.empty`, and `document.unknown-form` for what is no text (NUL bytes, known
/// binary formats, markup of other formats, no letters).
pub fn read(id: &str, bytes: &[u8]) -> Result<Vec<Document>, Diagnostic> {
    let mark: &[u8] = b"\xef\xbb\xbf";
    let body = bytes.strip_prefix(mark).unwrap_or(bytes);
    let text = decode(body, bytes.len() - body.len()).map_err(|found| found.in_source(id))?;
    check_form(text).map_err(|found| found.in_source(id))?;
    let lang = detect(text);
    let blocks = read_blocks(text, lang);
    let title = blocks
        .iter()
        .find(|block| block.kind == BlockKind::Title)
        .map_or("", |block| block.span.of(text));
    Ok(vec![Document {
        id: id.to_owned(),
        title: title.to_owned(),
        lang,
        metadata: Metadata::default(),
        text: text.to_owned(),
        map: SourceMap::From(bytes.len() - body.len()),
        hash: Sha256::digest(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect(),
        blocks,
    }])
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
        .iter()
        .chain(&words.answers)
        .map(String::as_str)
        .collect();
    let mut lines = Lines::new(text);
    article::mark_headings(&mut lines);
    list::mark_bullets(&mut lines);
    table::mark(&mut lines);
    statement::join_wrapped(&mut lines);
    let head = statement::mark_title(&mut lines);
    article::mark_fact_sheets(&mut lines, &speakers);
    list::mark_bare(&mut lines);
    statement::join_broken(&mut lines);
    statement::mark_plain_headings(&mut lines, head);
    statement::mark_labels(&mut lines);
    blocks::assemble(&lines, words)
}

#[cfg(test)]
mod tests;
