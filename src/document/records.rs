//! JSON lines (`{"id","title","text","lang","date","url","license"}`, a document per line) → pages.

use super::SourceMap;
use super::markdown::tell;
use super::page::Page;
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// Reads the record of a line that begins at byte `start` of the file: its own id, its text with the way back to the file, and what else it tells.
///
/// # Errors
/// `document.bad-record`, which names the line.
pub(super) fn read(
    line: &str,
    start: usize,
    number: usize,
) -> Result<(Option<String>, String, SourceMap, Page), Diagnostic> {
    let bad = |why: String| {
        Diagnostic::error("document.bad-record", format!("line {number} is no record: {why}"))
            .at(Span::new(start, start + line.len()))
            .help("a line is an object such as {\"id\": \"1\", \"title\": \"…\", \"text\": \"…\"}; \"text\" must be there")
    };
    let fields: BTreeMap<String, &RawValue> =
        serde_json::from_str(line).map_err(|error| bad(error.to_string()))?;
    let mut page = Page::default();
    let mut id = None;
    let mut text = None;
    for (key, raw) in fields {
        if key == "text" {
            let words: String = serde_json::from_str(raw.get())
                .map_err(|error| bad(format!("its text is no string ({error})")))?;
            // Where the value stands in the line: both are parts of one string.
            let at = (raw.get().as_ptr() as usize).saturating_sub(line.as_ptr() as usize);
            let map = unescaped(raw.get(), &words, start + at);
            text = Some((words, map));
            continue;
        }
        let value = match serde_json::from_str::<serde_json::Value>(raw.get()) {
            Ok(serde_json::Value::String(words)) => words,
            Ok(serde_json::Value::Number(number)) => number.to_string(),
            Ok(_) | Err(_) => continue,
        };
        if key == "id" {
            id = Some(value).filter(|id| !id.trim().is_empty());
        } else {
            tell(&mut page, &key, &value);
        }
    }
    let (words, map) = text.ok_or_else(|| bad("it has no \"text\"".to_owned()))?;
    Ok((id, words, map, page))
}

/// The stretches of a JSON string's value that stand as they are in the file.
fn unescaped(raw: &str, words: &str, start: usize) -> SourceMap {
    let mut pieces: Vec<(usize, usize, usize)> = Vec::new();
    let (mut text, mut at) = (0, 1);
    let bytes = raw.as_bytes();
    while text < words.len() && at < bytes.len() {
        let Some(c) = words.get(text..).and_then(|rest| rest.chars().next()) else {
            break;
        };
        if bytes.get(at) == Some(&b'\\') {
            let unit = if bytes.get(at + 1) == Some(&b'u') {
                6
            } else {
                2
            };
            at += if c.len_utf8() == 4 { 2 * unit } else { unit };
        } else {
            let len = c.len_utf8();
            match pieces.last_mut() {
                Some((known, file, size))
                    if *known + *size == text && *file + *size == start + at =>
                {
                    *size += len
                }
                _ => pieces.push((text, start + at, len)),
            }
            at += len;
        }
        text += c.len_utf8();
    }
    SourceMap::Pieces(pieces)
}
