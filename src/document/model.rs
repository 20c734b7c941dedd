//! What a document is, whatever format it came in.

use crate::language::Lang;
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// What is known about a document besides its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// Date of publication as EDTF, where metadata (not the text) gives it.
    pub date: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it stands on the web.
    pub url: Option<String>,
    /// Revision id or version.
    pub revision: Option<String>,
    /// Licence: an SPDX identifier, an IRI or words.
    pub license: Option<String>,
}

/// From the document's text back to the bytes of its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SourceMap {
    /// The text is the file from this byte on (after a byte order mark).
    From(usize),
    /// Stretches (text start, file start, length in bytes) in order of the text; between them the text was made by the reader.
    Pieces(Vec<(usize, usize, usize)>),
}

/// What a block of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BlockKind {
    /// The document's title.
    Title,
    /// A section's heading, level 2 and below.
    Heading(u8),
    /// A line of its own that introduces the list or table that follows ("Presidential visits from France to Peru").
    Label,
    /// Running text.
    Paragraph,
    /// An item of a list, without its bullet.
    Item,
    /// `Key: value` of an infobox or a fact sheet; [`Block::key`] covers the key.
    Entry,
    /// A row of a table; [`Block::cells`] covers the cells.
    Row,
    /// The header row of a table.
    HeaderRow,
    /// A journalist's question.
    Question,
    /// The answer to a question.
    Answer,
}

/// A stretch of the document of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The words, without markup such as `==`, bullets or a key.
    pub span: Span,
    /// Key of an entry, cell of a row's … see [`BlockKind`].
    pub key: Option<Span>,
    /// Cells of a row, in order.
    pub cells: Vec<Span>,
    /// Sentences of the block in order; an item, entry, title, heading or label is one (or more, where it holds several).
    pub sentences: Vec<Span>,
    /// Indexes (in [`Document::blocks`]) of the headings it stands under, outermost first.
    pub under: Vec<usize>,
    /// Index of the label (or of the item one level up in a nested list) that introduces it.
    pub label: Option<usize>,
    /// Index of the header row of its table.
    pub header: Option<usize>,
    /// Nesting depth of a list item, from 0.
    pub depth: u8,
}

/// A document, read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its own id, or its path relative to the source given.
    pub id: String,
    /// Title, where it has one.
    pub title: String,
    /// Language.
    pub lang: Lang,
    /// What else is known.
    pub metadata: Metadata,
    /// What a reader sees.
    pub text: String,
    /// From the text to the file's bytes.
    pub map: SourceMap,
    /// Blocks in order of the text.
    pub blocks: Vec<Block>,
    /// SHA-256 of the file's bytes (of the record, in a file of many documents), in hexadecimal.
    pub hash: String,
}

impl Document {
    /// The words at a span.
    #[must_use]
    pub fn words(&self, span: Span) -> &str {
        span.of(&self.text)
    }
}

impl SourceMap {
    /// The file's bytes behind a span of the text, with the markup between them; an end that the reader made stands at the next byte of the file
    /// that it kept. `None` where nothing of the text stands in the file.
    #[must_use]
    pub fn file_span(&self, span: Span) -> Option<Span> {
        let pieces = match self {
            Self::From(start) => return Some(Span::new(span.start + start, span.end + start)),
            Self::Pieces(pieces) => pieces,
        };
        let first = pieces.partition_point(|&(text, _, len)| text + len <= span.start);
        let after = pieces.partition_point(|&(text, _, _)| text < span.end);
        let start = pieces.get(first).map(|&(text, file, _)| {
            if text <= span.start {
                return file + (span.start - text);
            }
            // The span begins with what the reader made: it stands right after the piece before.
            first
                .checked_sub(1)
                .and_then(|before| pieces.get(before))
                .map_or(file, |&(_, file, len)| file + len)
        })?;
        let &(text, file, len) = pieces.get(after.checked_sub(1)?)?;
        let end = match pieces.get(after) {
            // "Jupp&eacute;": the span ends with what the reader made, which stands before the next piece.
            Some(&(_, next, _)) if text + len < span.end => next,
            Some(_) | None => file + len.min(span.end - text),
        };
        Some(Span::new(start, end))
    }

    /// Tells `each` stretch (text start, file start, length) of `len` bytes of the text from `from` on.
    pub(super) fn stretches(
        &self,
        from: usize,
        len: usize,
        mut each: impl FnMut(usize, usize, usize),
    ) {
        match self {
            Self::From(start) => each(from, from + start, len),
            Self::Pieces(pieces) => {
                let first = pieces.partition_point(|&(text, _, known)| text + known <= from);
                for &(text, file, known) in pieces.get(first..).unwrap_or(&[]) {
                    if text >= from + len {
                        break;
                    }
                    let (start, end) = (text.max(from), (text + known).min(from + len));
                    each(start, file + (start - text), end - start);
                }
            }
        }
    }
}
