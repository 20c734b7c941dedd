//! Pieces of a marked-up file → the text that a reader sees, in the conventions of plain text (`= Title =`, `- item`, `| a | b |`), with the way back
//! to the file's bytes.

use super::{Document, Metadata, SourceMap, detect, read_blocks};
use crate::diagnostic::Diagnostic;
use crate::language::Lang;
use quick_xml::escape::resolve_html5_entity;
use sha2::{Digest, Sha256};

/// The longest name of an entity that is looked for (`&CounterClockwiseContourIntegral;`).
const LONGEST_ENTITY: usize = 33;

/// A text in the making.
#[derive(Debug, Default)]
pub(super) struct Page {
    text: String,
    pieces: Vec<(usize, usize, usize)>,
    /// What the next line begins and ends with; it is begun with its first word.
    prefix: String,
    suffix: &'static str,
    gap: bool,
    open: bool,
    space: Option<Option<usize>>,
    /// What the file tells besides its text.
    pub(super) metadata: Metadata,
    /// Title, where metadata tell it.
    pub(super) title: String,
    /// Language, where metadata tell it.
    pub(super) lang: Option<Lang>,
}

impl Page {
    /// Ends the line that is open; the next one begins with `prefix` and ends with `suffix`.
    pub(super) fn line(&mut self, prefix: &str, suffix: &'static str) {
        self.end_line();
        prefix.clone_into(&mut self.prefix);
        self.suffix = suffix;
        // A short line without a stop introduces the list or table after it, as one that stands right before it does in plain text.
        if self.gap && prefix.starts_with(['-', '|']) && self.last_line_introduces() {
            self.gap = false;
        }
    }

    fn last_line_introduces(&self) -> bool {
        let last = self
            .text
            .trim_end_matches('\n')
            .rsplit('\n')
            .next()
            .unwrap_or("");
        !last.is_empty()
            && last.split_whitespace().count() <= 20
            && !last.trim_start().starts_with(['-', '|', '='])
            && !last.ends_with(['.', '!', '?', '…'])
    }

    /// Ends the line that is open; the next one stands after a blank line.
    pub(super) fn paragraph(&mut self) {
        self.end_line();
        self.gap = true;
    }

    /// Begins a heading of a level; 1 is the title.
    pub(super) fn heading(&mut self, level: usize) {
        const ENDS: [&str; 6] = [" =", " ==", " ===", " ====", " =====", " ======"];
        let level = level.clamp(1, 6);
        self.paragraph();
        self.line(
            &format!("{} ", "=".repeat(level)),
            ENDS.get(level - 1).unwrap_or(&" =="),
        );
    }

    /// Begins a list item, `depth` levels deep from 0.
    pub(super) fn item(&mut self, depth: usize) {
        self.line(&format!("{}- ", "  ".repeat(depth.min(12))), "");
    }

    /// Ends the line that is open.
    pub(super) fn end_line(&mut self) {
        if self.open {
            self.text.push_str(self.suffix);
            self.text.push('\n');
        }
        self.open = false;
        self.space = None;
        self.prefix.clear();
        self.suffix = "";
    }

    /// Whether the line that is open has words.
    pub(super) fn has_words(&self) -> bool {
        self.open
    }

    /// Adds words that do not stand in the file, as they are.
    pub(super) fn made(&mut self, words: &str) {
        self.begin();
        self.text.push_str(words);
    }

    /// Adds words that stand in the file at `at`; white space becomes one space, and entities (`&eacute;`) become what they stand for.
    pub(super) fn flow(&mut self, at: usize, raw: &str) {
        let mut skip = 0;
        for (offset, c) in raw.char_indices() {
            if offset < skip {
                continue;
            }
            if c == '&'
                && let Some((len, words)) = raw.get(offset..).and_then(entity)
            {
                skip = offset + len;
                if words.trim_matches([' ', '\n', '\t']).is_empty() {
                    self.space.get_or_insert(None);
                } else if !words.contains('\0') {
                    self.begin();
                    self.text.push_str(&words);
                }
            } else if c.is_ascii_whitespace() {
                self.space.get_or_insert((c == ' ').then_some(at + offset));
            } else if c != '\0' {
                self.begin();
                self.copy(at + offset, c);
            }
        }
    }

    fn begin(&mut self) {
        if self.open {
            if let Some(space) = self.space.take()
                && !self.text.ends_with(' ')
            {
                match space {
                    Some(at) => self.copy(at, ' '),
                    None => self.text.push(' '),
                }
            }
            return;
        }
        self.space = None;
        if self.gap && !self.text.is_empty() {
            self.text.push('\n');
        }
        self.gap = false;
        self.text.push_str(&self.prefix);
        self.open = true;
    }

    fn copy(&mut self, at: usize, c: char) {
        let (end, len) = (self.text.len(), c.len_utf8());
        match self.pieces.last_mut() {
            Some((text, file, known)) if *text + *known == end && *file + *known == at => {
                *known += len;
            }
            _ => self.pieces.push((end, at, len)),
        }
        self.text.push(c);
    }

    /// Sends the pieces through another map, from what was read here to the bytes of the file.
    pub(super) fn through(&mut self, map: &SourceMap) {
        let mut found = Vec::with_capacity(self.pieces.len());
        for &(text, from, len) in &self.pieces {
            map.stretches(from, len, |inner, file, len| {
                found.push((text + inner - from, file, len));
            });
        }
        self.pieces = found;
    }

    /// The document.
    ///
    /// # Errors
    /// `document.empty` where nothing is left for a reader to see.
    pub(super) fn finish(mut self, id: &str, bytes: &[u8]) -> Result<Document, Diagnostic> {
        self.end_line();
        if !self.text.chars().any(char::is_alphabetic) {
            return Err(
                Diagnostic::error("document.empty", "the page holds no text for a reader")
                    .in_source(id)
                    .help("leave it out, or look whether its text is loaded by a script"),
            );
        }
        let lang = self.lang.unwrap_or_else(|| detect(&self.text));
        let blocks = read_blocks(&self.text, lang);
        let title = blocks
            .iter()
            .find(|block| block.kind == super::BlockKind::Title)
            .map_or("", |block| block.span.of(&self.text));
        let title = if title.is_empty() {
            self.title
        } else {
            title.to_owned()
        };
        Ok(Document {
            id: id.to_owned(),
            title,
            lang,
            metadata: self.metadata,
            text: self.text,
            map: SourceMap::Pieces(self.pieces),
            blocks,
            hash: hash(bytes),
        })
    }
}

/// SHA-256 in hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Length and meaning of the entity that a text begins with.
fn entity(text: &str) -> Option<(usize, String)> {
    let inside = text.strip_prefix('&')?;
    let end = inside
        .bytes()
        .take(LONGEST_ENTITY)
        .position(|byte| byte == b';')?;
    let name = inside.get(..end)?;
    let words = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?.to_string()
        }
        None => resolve_html5_entity(name)?.to_owned(),
    };
    Some((end + 2, words))
}

/// The date as EDTF (`2016-05-02`, `2016-05`, `2016`) that a time stamp begins with.
pub(super) fn date(stamp: &str) -> Option<String> {
    let stamp = stamp.trim();
    let digits = stamp
        .split(|c: char| !(c.is_ascii_digit() || c == '-'))
        .next()?;
    let mut parts = digits.split('-');
    let year = parts.next().filter(|year| year.len() == 4)?;
    let part = |part: Option<&str>, most: u32| -> Option<String> {
        let part = part.filter(|part| part.len() == 2)?;
        (1..=most)
            .contains(&part.parse().ok()?)
            .then(|| part.to_owned())
    };
    let Some(month) = part(parts.next(), 12) else {
        return Some(year.to_owned());
    };
    Some(match part(parts.next(), 31) {
        Some(day) => format!("{year}-{month}-{day}"),
        None => format!("{year}-{month}"),
    })
}

/// The language of a tag such as `fr-FR`.
pub(super) fn lang(tag: &str) -> Option<Lang> {
    let tag = tag.trim().to_ascii_lowercase();
    let main = tag.split(['-', '_']).next()?;
    Lang::ALL.iter().copied().find(|lang| lang.tag() == main)
}

/// Sets what is not known yet; white space around the words is dropped.
pub(super) fn set(slot: &mut Option<String>, words: &str) {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if slot.is_none() && !words.is_empty() {
        *slot = Some(words);
    }
}
